/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox: order per lead, kinds, states, what is left after a crash (S16). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

static char *
describe (GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((WfOutboxItem *) g_ptr_array_index (items, i))->subject);
  g_ptr_array_unref (items);
  return g_string_free (text, FALSE);
}

#define ASSERT_ITEMS(items, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_text = describe (items);                                                     \
    g_assert_cmpstr (_text, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static gint64
find (WfStoreFixture *f, const char *subject)
{
  gint64 id = 0;

  for (gint64 i = 1; i < 100 && id == 0; i++)
    {
      g_autoptr (WfOutboxItem) item = wf_store_get_outbox_item (f->store, i);

      if (item != NULL && g_str_equal (item->subject, subject))
        id = i;
    }
  g_assert_cmpint (id, !=, 0);
  return id;
}

static void
set (WfStoreFixture *f, const char *subject, WfOutboxState state, WfInstant not_before)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_set_outbox_state (f->store, find (f, subject), state, not_before,
                             state == WF_OUTBOX_DONE ? NULL : "text", &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
test_round_trip (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = wf_test_uuid (1), *run_key = wf_test_uuid (2);
  WfOutboxItem item = { .kind = WF_OUTBOX_SEND_MESSAGE,
                        .subject = subject,
                        .lead = (char *) "l-1",
                        .payload = (char *) "{}",
                        .cause = (char *) "w/s/e",
                        .run_key = run_key,
                        .not_before = NOW + HOUR };
  g_autoptr (WfOutboxItem) read = NULL;

  wf_store_fixture_begin (f);
  g_assert_true (wf_store_add_outbox (f->store, &item, NOW, &error));
  wf_store_fixture_commit (f);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW + HOUR - 1, 10), "");
  g_assert_cmpint (wf_store_get_outbox_next (f->store), ==, NOW + HOUR);
  read = wf_store_get_outbox_item (f->store, find (f, subject));
  g_assert_cmpint (read->kind, ==, WF_OUTBOX_SEND_MESSAGE);
  g_assert_cmpint (read->state, ==, WF_OUTBOX_PENDING);
  g_assert_cmpstr (read->subject, ==, subject);
  g_assert_cmpstr (read->lead, ==, "l-1");
  g_assert_cmpstr (read->payload, ==, "{}");
  g_assert_cmpstr (read->cause, ==, "w/s/e");
  g_assert_cmpstr (read->run_key, ==, run_key);
  g_assert_cmpuint (read->attempts, ==, 0);
  g_assert_cmpint (read->not_before, ==, NOW + HOUR);
  g_assert_null (read->error);
}

/* The creation that follows from an event in one transaction shares rows with its activity: it must not show. */
static void
test_creation (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfEvent) event = wf_test_event ("e-1", "lead.received", "l-1", NOW);
  g_autoptr (WfActivity) first = wf_test_activity ("a-1", NOW),
                         second = wf_test_activity ("a-2", NOW), read = NULL;
  g_autoptr (GPtrArray) items = NULL;
  WfStoredRun run = wf_test_run ("run-1", "w", "l-1", "e-1", NOW);
  gint64 rowid;
  gboolean is_new;

  wf_store_fixture_begin (f);
  wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error);
  wf_store_save_run (f->store, &run, &error);
  for (guint i = 0; i < 2; i++)
    {
      WfActivity *a = i == 0 ? first : second;
      WfOutboxItem item = { .kind = WF_OUTBOX_CREATE_ACTIVITY,
                            .subject = a->id,
                            .lead = a->lead,
                            .cause = (char *) "w/s/e-1",
                            .run_key = run.key,
                            .not_before = WF_INSTANT_NONE };

      a->cause = g_strdup ("w/s/e-1");
      a->event_source = g_strdup ("/crm/test");
      a->event_id = g_strdup ("e-1");
      wf_store_put_activity (f->store, a, "run-1", &error);
      wf_store_add_outbox (f->store, &item, NOW, &error);
    }
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  wf_store_fixture_reopen (f);
  items = wf_store_list_outbox_ready (f->store, NOW, 10);
  g_assert_cmpuint (items->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      WfOutboxItem *item = g_ptr_array_index (items, i);

      g_assert_cmpint (item->kind, ==, WF_OUTBOX_CREATE_ACTIVITY);
      g_assert_cmpstr (item->subject, ==, i == 0 ? "a-1" : "a-2");
      g_assert_cmpstr (item->lead, ==, "l-1");
      g_assert_cmpstr (item->cause, ==, "w/s/e-1");
      g_assert_cmpstr (item->run_key, ==, "run-1");
      g_assert_cmpint (item->not_before, ==, WF_INSTANT_NONE);
    }
  set (f, "a-1", WF_OUTBOX_DONE, WF_INSTANT_NONE);
  read = wf_store_get_activity (f->store, "a-1");
  g_assert_cmpint (read->sync, ==, WF_SYNC_CONFIRMED);
  g_clear_pointer (&read, wf_activity_unref);
  read = wf_store_get_activity (f->store, "a-2");
  g_assert_cmpint (read->sync, ==, WF_SYNC_LOCAL);
  g_assert_cmpuint (wf_store_count_outbox (f->store), ==, 1);
}

static void
test_kinds_and_order (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "");
  g_assert_cmpint (wf_store_get_outbox_next (f->store), ==, WF_INSTANT_NONE);
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CREATE_ACTIVITY, "c1", "l-1");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CREATE_ACTIVITY, "c2", "l-1");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CHANGE_ACTIVITY, "h1", "l-1");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CHANGE_ACTIVITY, "h2", "l-2");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CREATE_ACTIVITY, "c3", "l-2");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CREATE_ACTIVITY, "c4", "l-3");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CHANGE_ACTIVITY, "h3", "l-2");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_SAVE_WORKFLOW, "w1", NULL);
  wf_store_fixture_add_outbox (f, WF_OUTBOX_SAVE_WORKFLOW, "w1", NULL);
  wf_store_fixture_add_outbox (f, WF_OUTBOX_SAVE_WORKFLOW, "w2", NULL);
  g_assert_cmpuint (wf_store_count_outbox (f->store), ==, 10);

  /* c3 waits for h2, which is another kind. */
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "c1 c2 c4");
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 2), "c1 c2");
  set (f, "c1", WF_OUTBOX_SENT, WF_INSTANT_NONE);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "h2");
  set (f, "c1", WF_OUTBOX_DONE, WF_INSTANT_NONE);
  set (f, "c2", WF_OUTBOX_DONE, WF_INSTANT_NONE);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "h1 h2");
  set (f, "h2", WF_OUTBOX_DONE, WF_INSTANT_NONE);
  set (f, "h1", WF_OUTBOX_DONE, WF_INSTANT_NONE);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "c3 c4");
  set (f, "c3", WF_OUTBOX_DONE, WF_INSTANT_NONE);
  set (f, "c4", WF_OUTBOX_FAILED, WF_INSTANT_NONE);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "h3");
  set (f, "h3", WF_OUTBOX_DONE, WF_INSTANT_NONE);
  /* Without a lead, one of each subject. */
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "w1 w2");
  g_assert_cmpuint (wf_store_count_outbox (f->store), ==, 3);
}

static void
test_waiting (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfOutboxItem) item = NULL;

  wf_store_fixture_add_outbox (f, WF_OUTBOX_CREATE_ACTIVITY, "c1", "l-1");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CREATE_ACTIVITY, "c2", "l-1");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CREATE_ACTIVITY, "c3", "l-2");
  set (f, "c1", WF_OUTBOX_SENT, WF_INSTANT_NONE);
  set (f, "c1", WF_OUTBOX_PENDING, NOW + MINUTE);
  item = wf_store_get_outbox_item (f->store, find (f, "c1"));
  g_assert_cmpuint (item->attempts, ==, 1);
  g_assert_cmpstr (item->error, ==, "text");
  /* The later one of the same lead waits too. */
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "c3");
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW - HOUR, 10), "c3"); /* a clock set back */
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW + MINUTE, 10), "c1 c2 c3");
  g_assert_cmpint (wf_store_get_outbox_next (f->store), ==, NOW);
  set (f, "c3", WF_OUTBOX_DONE, WF_INSTANT_NONE);
  set (f, "c2", WF_OUTBOX_PENDING, NOW + 2 * MINUTE);
  g_assert_cmpint (wf_store_get_outbox_next (f->store), ==, NOW + MINUTE);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "");
}

/* What is left to another engine: in nobody's way, no change that waits, asked for at its instant or
 * when a sign of it comes, and not hurried by whoever hurries the rest. */
static void
test_left (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *left = wf_test_uuid (1), *other = wf_test_uuid (2), *later = wf_test_uuid (3);
  g_autoptr (WfOutboxItem) read = NULL;
  guint n;

  wf_store_fixture_begin (f);
  for (guint i = 0; i < 3; i++)
    {
      WfOutboxItem item = { .kind = WF_OUTBOX_PERFORM,
                            .subject = i == 0   ? left
                                       : i == 1 ? other
                                                : later,
                            .lead = (char *) (i < 2 ? "l-1" : "l-2"),
                            .cause = (char *) (i == 0 ? "w/s/e-1" : "w/t/e-1"),
                            .not_before = WF_INSTANT_NONE };

      g_assert_true (wf_store_add_outbox (f->store, &item, NOW, &error));
    }
  wf_store_fixture_commit (f);
  set (f, left, WF_OUTBOX_SENT, WF_INSTANT_NONE);
  set (f, left, WF_OUTBOX_LEFT, NOW + HOUR);
  set (f, later, WF_OUTBOX_PENDING, NOW + MINUTE);
  read = wf_store_get_outbox_item (f->store, find (f, left));
  g_assert_cmpint (read->state, ==, WF_OUTBOX_LEFT);
  g_assert_cmpint (read->not_before, ==, NOW + HOUR);
  g_assert_cmpint (read->at, ==, NOW);
  g_assert_cmpuint (wf_store_count_outbox (f->store), ==, 2);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), other);

  wf_store_fixture_begin (f);
  g_assert_true (wf_store_hasten_outbox (f->store, &error));
  wf_store_fixture_commit (f);
  g_autofree char *both = g_strdup_printf ("%s %s", other, later);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), both);

  wf_store_fixture_begin (f);
  g_assert_true (wf_store_hasten_left (f->store, "w/t/e-1", NOW, &n, &error));
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (wf_store_hasten_left (f->store, "w/s/e-1", NOW, &n, &error));
  g_assert_cmpuint (n, ==, 1);
  wf_store_fixture_commit (f);
  set (f, other, WF_OUTBOX_SENT, WF_INSTANT_NONE);
  g_autofree char *first = g_strdup_printf ("%s %s", left, later);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), first);
  set (f, other, WF_OUTBOX_DONE, WF_INSTANT_NONE);
  set (f, later, WF_OUTBOX_DONE, WF_INSTANT_NONE);
  set (f, left, WF_OUTBOX_LEFT, NOW + 2 * HOUR);
  g_assert_cmpint (wf_store_get_outbox_next (f->store), ==, NOW + 2 * HOUR);
  g_assert_cmpuint (wf_store_count_outbox (f->store), ==, 0);
}

static void
test_after_crash (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;

  wf_store_fixture_add_outbox (f, WF_OUTBOX_CREATE_ACTIVITY, "c1", "l-1");
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CREATE_ACTIVITY, "c2", "l-2");
  ASSERT_ITEMS (wf_store_list_outbox_sent (f->store), "");
  set (f, "c1", WF_OUTBOX_SENT, WF_INSTANT_NONE);
  wf_store_fixture_reopen (f);
  ASSERT_ITEMS (wf_store_list_outbox_sent (f->store), "c1");
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "c2");
  wf_store_fixture_begin (f);
  g_assert_false (
      wf_store_set_outbox_state (f->store, 12345, WF_OUTBOX_DONE, WF_INSTANT_NONE, NULL, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  wf_store_rollback (f->store);
}

/* Retry of a refused one (log page). */
static void
test_retry (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  wf_store_fixture_add_outbox (f, WF_OUTBOX_SEND_MESSAGE, "m1", "l-1");
  set (f, "m1", WF_OUTBOX_FAILED, WF_INSTANT_NONE);
  g_assert_cmpuint (wf_store_count_outbox (f->store), ==, 0);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "");
  set (f, "m1", WF_OUTBOX_PENDING, WF_INSTANT_NONE);
  ASSERT_ITEMS (wf_store_list_outbox_ready (f->store, NOW, 10), "m1");
}

/* Many of another kind in front do not hold up a lead's only change for ever, nor the call. */
static void
test_many (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;

  wf_store_fixture_begin (f);
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *subject = g_strdup_printf ("s%u", i),
                      *lead = g_strdup_printf ("l%u", i % 500);
      WfOutboxItem item = { .kind = i % 2 == 0 ? WF_OUTBOX_CREATE_ACTIVITY
                                               : WF_OUTBOX_CHANGE_ACTIVITY,
                            .subject = subject,
                            .lead = lead,
                            .not_before = WF_INSTANT_NONE };

      wf_store_add_outbox (f->store, &item, NOW, &error);
      g_assert_no_error (error);
    }
  wf_store_fixture_commit (f);
  for (guint done = 0; done < 3000; done += items->len)
    {
      g_clear_pointer (&items, g_ptr_array_unref);
      items = wf_store_list_outbox_ready (f->store, NOW, 100);
      g_assert_cmpuint (items->len, >, 0);
      wf_store_fixture_begin (f);
      for (guint i = 0; i < items->len; i++)
        {
          WfOutboxItem *item = g_ptr_array_index (items, i);

          g_assert_cmpint (item->kind, ==, ((WfOutboxItem *) g_ptr_array_index (items, 0))->kind);
          wf_store_set_outbox_state (f->store, item->id, WF_OUTBOX_DONE, WF_INSTANT_NONE, NULL,
                                     &error);
          g_assert_no_error (error);
        }
      wf_store_fixture_commit (f);
    }
  g_assert_cmpuint (wf_store_count_outbox (f->store), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/outbox/round-trip", test_round_trip);
  g_test_add_func ("/store/outbox/creation", test_creation);
  g_test_add_func ("/store/outbox/kinds-and-order", test_kinds_and_order);
  g_test_add_func ("/store/outbox/waiting", test_waiting);
  g_test_add_func ("/store/outbox/left", test_left);
  g_test_add_func ("/store/outbox/after-crash", test_after_crash);
  g_test_add_func ("/store/outbox/retry", test_retry);
  g_test_add_func ("/store/outbox/many", test_many);
  return g_test_run ();
}
