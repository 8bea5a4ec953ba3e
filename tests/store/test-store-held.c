/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a date (R127) or for a person's decision (S13). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

/* ---- dates ---- */

static void
set_date (WfStoreFixture *f, const char *workflow, const char *lead, WfInstant at)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_set_date (f->store, workflow, lead, at, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static char *
list_dates (WfStore *store, WfInstant until, guint most)
{
  g_autoptr (GPtrArray) dates = wf_store_list_dates_due (store, until, most);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < dates->len; i++)
    {
      const WfStoredDate *date = g_ptr_array_index (dates, i);

      g_string_append_printf (text, "%s/%s+%d ", date->workflow, date->lead,
                              (int) ((date->at - NOW) / MINUTE));
    }
  return g_string_free (text, FALSE);
}

#define ASSERT_DATES(f, until, most, expected)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_dates = list_dates ((f)->store, until, most);                                \
    g_assert_cmpstr (_dates, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
test_dates (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (wf_store_get_next_date (f->store), ==, WF_INSTANT_NONE);
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, WF_INSTANT_NONE);
  set_date (f, "w-1", "l-1", NOW + 3 * MINUTE);
  set_date (f, "w-1", "l-2", NOW + 1 * MINUTE);
  set_date (f, "w-2", "l-1", NOW + 2 * MINUTE);
  ASSERT_DATES (f, NOW + MINUTE - 1, 10, "");
  ASSERT_DATES (f, NOW + DAY, 10, "w-1/l-2+1 w-2/l-1+2 w-1/l-1+3 ");
  ASSERT_DATES (f, NOW + 2 * MINUTE, 10, "w-1/l-2+1 w-2/l-1+2 ");
  ASSERT_DATES (f, NOW + DAY, 1, "w-1/l-2+1 ");
  g_assert_cmpint (wf_store_get_next_date (f->store), ==, NOW + MINUTE);
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, NOW + MINUTE);

  /* One a workflow and lead: another instant replaces it, none removes it. */
  set_date (f, "w-1", "l-2", NOW + 9 * MINUTE);
  set_date (f, "w-2", "l-1", WF_INSTANT_NONE);
  set_date (f, "w-2", "l-7", WF_INSTANT_NONE);
  wf_store_fixture_reopen (f);
  ASSERT_DATES (f, NOW + DAY, 10, "w-1/l-1+3 w-1/l-2+9 ");
  wf_store_fixture_begin (f);
  wf_store_set_date (f->store, "w-2", "l-2", NOW, &error);
  wf_store_clear_dates (f->store, "w-1", &error);
  wf_store_clear_dates (f->store, "unknown", &error);
  g_assert_no_error (error);
  ASSERT_DATES (f, NOW + DAY, 10, "w-2/l-2+0 ");
  wf_store_rollback (f->store);
  ASSERT_DATES (f, NOW + DAY, 10, "w-1/l-1+3 w-1/l-2+9 ");

  g_assert_false (wf_store_set_date (f->store, "w", "l", NOW, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED); /* no transaction */
  g_clear_error (&error);
  wf_store_fixture_begin (f);
  g_assert_false (wf_store_set_date (f->store, "w", NULL, NOW, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  wf_store_rollback (f->store);
}

/* ---- held matches ---- */

static WfHeldMatch
make_match (const char *workflow, const char *lead, const char *event)
{
  return (WfHeldMatch) { .workflow = (char *) workflow,
                         .lead = (char *) lead,
                         .event_source = (char *) "/crm/test",
                         .event_id = (char *) event,
                         .reason = (char *) "storm",
                         .at = NOW,
                         .release = WF_INSTANT_NONE };
}

static void
add_held (WfStoreFixture *f, const WfHeldMatch *match)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_add_held (f->store, match, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

/* Takes the list. */
static char *
get_events (GPtrArray *matches)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < matches->len; i++)
    g_string_append_printf (text, "%s ",
                            ((WfHeldMatch *) g_ptr_array_index (matches, i))->event_id);
  g_ptr_array_unref (matches);
  return g_string_free (text, FALSE);
}

#define ASSERT_HELD(matches, expected)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_events = get_events (matches);                                               \
    g_assert_cmpstr (_events, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

static gint64
find_held (WfStore *store, const char *event)
{
  g_autoptr (GPtrArray) all = wf_store_list_held (store, NULL, FALSE, 0, 100);

  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((WfHeldMatch *) g_ptr_array_index (all, i))->event_id, event))
      return ((WfHeldMatch *) g_ptr_array_index (all, i))->id;
  return 0;
}

static void
set_release (WfStoreFixture *f, const char *event, WfInstant release)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_set_held_release (f->store, find_held (f->store, event), release, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
test_held_round_trip (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *workflow = wf_test_uuid (1), *lead = wf_test_uuid (2), *event = wf_test_uuid (3);
  WfHeldMatch match = make_match (workflow, lead, event), bare = make_match ("w", NULL, "e-1");
  g_autoptr (GPtrArray) read = NULL;
  const WfHeldMatch *first, *second;

  match.reason = (char *) "import";
  match.at = NOW - DAY;
  match.release = NOW + HOUR;
  add_held (f, &match);
  add_held (f, &bare);
  wf_store_fixture_reopen (f);
  read = wf_store_list_held (f->store, NULL, FALSE, 0, 10);
  g_assert_cmpuint (read->len, ==, 2);
  first = g_ptr_array_index (read, 0);
  second = g_ptr_array_index (read, 1);
  g_assert_cmpint (first->id, >, 0);
  g_assert_cmpint (second->id, >, first->id);
  g_assert_cmpstr (first->workflow, ==, workflow);
  g_assert_cmpstr (first->lead, ==, lead);
  g_assert_cmpstr (first->event_source, ==, "/crm/test");
  g_assert_cmpstr (first->event_id, ==, event);
  g_assert_cmpstr (first->reason, ==, "import");
  g_assert_cmpint (first->at, ==, NOW - DAY);
  g_assert_cmpint (first->release, ==, NOW + HOUR);
  g_assert_null (second->lead);
  g_assert_cmpint (second->release, ==, WF_INSTANT_NONE);
}

static void
test_held (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  static const char *const events[] = { "e-1", "e-2", "e-3", "e-4" };
  WfHeldMatch again = make_match ("w-1", "l-9", "e-3");
  g_autoptr (GError) error = NULL;
  gint64 first;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      WfHeldMatch match = make_match (i == 1 ? "w-2" : "w-1", "l-1", events[i]);

      add_held (f, &match);
    }
  ASSERT_HELD (wf_store_list_held (f->store, NULL, FALSE, 0, 10), "e-1 e-2 e-3 e-4 ");
  ASSERT_HELD (wf_store_list_held (f->store, "w-1", FALSE, 0, 10), "e-1 e-3 e-4 ");
  ASSERT_HELD (wf_store_list_held (f->store, "w-1", FALSE, 0, 2), "e-1 e-3 ");
  ASSERT_HELD (wf_store_list_held (f->store, "w-1", TRUE, find_held (f->store, "e-1"), 2),
               "e-3 e-4 ");
  ASSERT_HELD (wf_store_list_held (f->store, "unknown", FALSE, 0, 10), "");
  g_assert_cmpuint (wf_store_count_held (f->store, NULL), ==, 4);
  g_assert_cmpuint (wf_store_count_held (f->store, "w-1"), ==, 3);
  g_assert_cmpuint (wf_store_count_held (f->store, "unknown"), ==, 0);
  g_assert_cmpint (wf_store_get_next_release (f->store), ==, WF_INSTANT_NONE);
  ASSERT_HELD (wf_store_list_held_due (f->store, NOW + DAY, 10), "");

  set_release (f, "e-4", NOW + MINUTE);
  set_release (f, "e-1", NOW + 2 * MINUTE);
  set_release (f, "e-3", NOW + MINUTE);
  /* The same match again changes nothing of what was decided. */
  add_held (f, &again);
  ASSERT_HELD (wf_store_list_held (f->store, NULL, TRUE, 0, 10), "e-2 ");
  g_assert_cmpuint (wf_store_count_held (f->store, "w-1"), ==, 0);
  g_assert_cmpint (wf_store_get_next_release (f->store), ==, NOW + MINUTE);
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, NOW + MINUTE);
  ASSERT_HELD (wf_store_list_held_due (f->store, NOW + MINUTE - 1, 10), "");
  ASSERT_HELD (wf_store_list_held_due (f->store, NOW + MINUTE, 10), "e-3 e-4 ");
  ASSERT_HELD (wf_store_list_held_due (f->store, NOW + DAY, 2), "e-3 e-4 ");
  ASSERT_HELD (wf_store_list_held_due (f->store, NOW + DAY, 10), "e-3 e-4 e-1 ");
  set_release (f, "e-3", WF_INSTANT_NONE);
  ASSERT_HELD (wf_store_list_held (f->store, "w-1", TRUE, 0, 10), "e-3 ");

  first = find_held (f->store, "e-4");
  wf_store_fixture_begin (f);
  wf_store_remove_held (f->store, first, &error);
  wf_store_remove_held (f->store, first, &error);
  g_assert_no_error (error);
  g_assert_false (wf_store_set_held_release (f->store, first, NOW, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  wf_store_fixture_commit (f);
  wf_store_fixture_reopen (f);
  ASSERT_HELD (wf_store_list_held (f->store, NULL, FALSE, 0, 10), "e-1 e-2 e-3 ");
  /* A decision on one that is gone never meets a later one. */
  again.event_id = (char *) "e-5";
  add_held (f, &again);
  g_assert_cmpint (find_held (f->store, "e-5"), >, first);
}

/* S13: nothing is lost: the event of a held match is kept until it is decided. */
static void
test_held_event_stays (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  WfHeldMatch match = make_match ("w", "l-1", "e-1");
  g_autoptr (WfEvent) kept = NULL, gone = NULL;
  g_autoptr (GError) error = NULL;
  guint removed;

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);

      wf_store_fixture_add_event (f, id, "lead.received", "l-1", NOW, "[]");
    }
  add_held (f, &match);
  wf_store_fixture_begin (f);
  wf_store_prune (f->store, NOW + DAY, NOW + DAY, 100, &removed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (removed, ==, 1); /* not the newest one */
  kept = wf_store_get_event (f->store, "/crm/test", "e-1");
  gone = wf_store_get_event (f->store, "/crm/test", "e-2");
  g_assert_nonnull (kept);
  g_assert_null (gone);
  wf_store_remove_held (f->store, find_held (f->store, "e-1"), &error);
  wf_store_prune (f->store, NOW + DAY, NOW + DAY, 100, &removed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (removed, ==, 1);
  wf_store_fixture_commit (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/held/dates", test_dates);
  g_test_add_func ("/store/held/round-trip", test_held_round_trip);
  g_test_add_func ("/store/held/decisions", test_held);
  g_test_add_func ("/store/held/event-stays", test_held_event_stays);
  return g_test_run ();
}
