/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reminders with their receipts (S6-S8, S20, B11), lateness told once (S22), and the next instant of all. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

static void
put (WfStoreFixture *f, const char *id, const char *person, WfInstant due, WfActivityStatus status)
{
  g_autoptr (WfActivity) a = wf_test_activity (id, due);

  g_set_str (&a->person, person);
  a->status = status;
  wf_store_fixture_put (f, a);
}

static void
remind (WfStoreFixture *f, const char *id, WfInstant at)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_set_reminder (f->store, id, at, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static char *
list (WfStoreFixture *f, const char *person, WfInstant until, guint most)
{
  g_autoptr (GPtrArray) reminders = wf_store_list_reminders_due (f->store, person, until, most);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < reminders->len; i++)
    {
      WfReminder *reminder = g_ptr_array_index (reminders, i);

      g_string_append_printf (text, "%s%s+%d%s", i > 0 ? " " : "", reminder->activity,
                              (int) ((reminder->at - NOW) / MINUTE), reminder->claimed ? "!" : "");
    }
  return g_string_free (text, FALSE);
}

#define ASSERT_REMINDERS(f, person, until, expected)                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_list = list (f, person, until, 100);                                         \
    g_assert_cmpstr (_list, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_reminders (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *first = NULL;

  put (f, "a", "ana", NOW + HOUR, WF_ACTIVITY_OPEN);
  put (f, "b", "ana", NOW + HOUR, WF_ACTIVITY_OPEN);
  put (f, "c", "bruno", NOW + HOUR, WF_ACTIVITY_OPEN);
  put (f, "closed", "ana", NOW + HOUR, WF_ACTIVITY_DONE);
  remind (f, "a", NOW + 20 * MINUTE);
  remind (f, "b", NOW + 10 * MINUTE);
  remind (f, "c", NOW + 5 * MINUTE);
  remind (f, "closed", NOW);
  ASSERT_REMINDERS (f, "ana", NOW + 9 * MINUTE, "");
  ASSERT_REMINDERS (f, "ana", NOW + 10 * MINUTE, "b+10");
  ASSERT_REMINDERS (f, "ana", NOW + HOUR, "b+10 a+20");
  ASSERT_REMINDERS (f, "bruno", NOW + HOUR, "c+5");
  ASSERT_REMINDERS (f, "nobody", NOW + HOUR, "");
  ASSERT_REMINDERS (f, NULL, NOW + HOUR, "");
  first = list (f, "ana", NOW + HOUR, 1);
  g_assert_cmpstr (first, ==, "b+10");
  g_assert_cmpint (wf_store_get_next_reminder (f->store, "ana"), ==, NOW + 10 * MINUTE);
  g_assert_cmpint (wf_store_get_next_reminder (f->store, NULL), ==, WF_INSTANT_NONE);

  /* Snooze moves, and only one is kept (S8). */
  remind (f, "b", NOW + 30 * MINUTE);
  ASSERT_REMINDERS (f, "ana", NOW + HOUR, "a+20 b+30");
  remind (f, "a", WF_INSTANT_NONE);
  ASSERT_REMINDERS (f, "ana", NOW + HOUR, "b+30");
  /* It follows its person, and goes when the activity is closed anywhere. */
  put (f, "b", "bruno", NOW + HOUR, WF_ACTIVITY_OPEN);
  ASSERT_REMINDERS (f, "ana", NOW + HOUR, "");
  ASSERT_REMINDERS (f, "bruno", NOW + HOUR, "c+5 b+30");
  put (f, "c", "bruno", NOW + HOUR, WF_ACTIVITY_DONE);
  ASSERT_REMINDERS (f, "bruno", NOW + HOUR, "b+30");
}

static void
test_claims (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) receipts = NULL;

  put (f, "a", "ana", NOW + HOUR, WF_ACTIVITY_OPEN);
  remind (f, "a", NOW);
  wf_store_fixture_begin (f);
  g_assert_true (wf_store_claim_reminder (f->store, "a", NOW, &error));
  wf_store_fixture_commit (f);
  /* The program ends here: the next start sees that it is uncertain. */
  wf_store_fixture_reopen (f);
  ASSERT_REMINDERS (f, "ana", NOW, "a+0!");
  g_assert_cmpint (wf_store_get_next_reminder (f->store, "ana"), ==, WF_INSTANT_NONE);
  remind (f, "a", NOW + MINUTE);
  ASSERT_REMINDERS (f, "ana", NOW + MINUTE, "a+1");

  wf_store_fixture_begin (f);
  g_assert_false (wf_store_claim_reminder (f->store, "a", NOW, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (wf_store_claim_reminder (f->store, "a", NOW + MINUTE, &error));
  g_assert_true (wf_store_finish_reminder (f->store, "a", NOW + 2 * MINUTE, &error));
  g_assert_true (wf_store_set_reminder (f->store, "a", NOW + 3 * MINUTE, &error));
  g_assert_true (wf_store_finish_reminder (f->store, "a", WF_INSTANT_NONE, &error));
  g_assert_true (wf_store_finish_reminder (f->store, "a", NOW, &error));
  g_assert_false (wf_store_set_reminder (f->store, "unknown", NOW, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  wf_store_fixture_commit (f);
  ASSERT_REMINDERS (f, "ana", NOW + HOUR, "");
  receipts = wf_store_list_receipts (f->store, "a");
  g_assert_cmpuint (receipts->len, ==, 2);
  g_assert_cmpint (g_array_index (receipts, WfReceipt, 0).at, ==, NOW + MINUTE);
  g_assert_cmpint (g_array_index (receipts, WfReceipt, 0).shown, ==, NOW + 2 * MINUTE);
  g_assert_cmpint (g_array_index (receipts, WfReceipt, 1).shown, ==, WF_INSTANT_NONE);
}

/* ---- lateness ---- */

static char *
take (WfStoreFixture *f, WfInstant now, guint most)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) late = NULL;
  GString *text = g_string_new (NULL);

  wf_store_fixture_begin (f);
  late = wf_store_take_became_late (f->store, now, most, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  for (guint i = 0; i < late->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((WfActivity *) g_ptr_array_index (late, i))->id);
  return g_string_free (text, FALSE);
}

#define ASSERT_TAKEN(f, now, most, expected)                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_taken = take (f, now, most);                                                 \
    g_assert_cmpstr (_taken, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
test_became_late (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  put (f, "a", "ana", NOW, WF_ACTIVITY_OPEN);
  put (f, "b", NULL, NOW + MINUTE, WF_ACTIVITY_OPEN);
  put (f, "done", "ana", NOW, WF_ACTIVITY_DONE);
  /* Exactly at the deadline is not late (S22). */
  ASSERT_TAKEN (f, NOW, 10, "");
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, NOW + 1);
  ASSERT_TAKEN (f, NOW + 1, 10, "a");
  ASSERT_TAKEN (f, NOW + 1, 10, "");
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, NOW + MINUTE + 1);
  wf_store_fixture_reopen (f);
  ASSERT_TAKEN (f, NOW + HOUR, 10, "b");
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, WF_INSTANT_NONE);
  /* One that arrives with its deadline behind the rest is told as well. */
  put (f, "old", "ana", NOW - DAY, WF_ACTIVITY_OPEN);
  put (f, "exact", "ana", NOW + HOUR, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + HOUR, 10, "old");
  ASSERT_TAKEN (f, NOW + HOUR + 1, 10, "exact");
}

/* Once an activity, whatever becomes of it. */
static void
test_told_once (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  put (f, "a", "ana", NOW, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + MINUTE, 10, "a");
  put (f, "a", "ana", NOW + HOUR, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + DAY, 10, "");
  put (f, "a", "ana", NOW - HOUR, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + DAY, 10, "");
  put (f, "a", "ana", NOW, WF_ACTIVITY_DONE);
  put (f, "a", "ana", NOW, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + 2 * DAY, 10, "");

  /* Watched one by one, moved ahead before it was told, late again: told then. */
  put (f, "b", "ana", NOW + 3 * DAY, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + 4 * DAY, 10, "b");
  put (f, "c", "ana", NOW, WF_ACTIVITY_OPEN);
  put (f, "c", "ana", NOW + 5 * DAY, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + 4 * DAY, 10, "");
  ASSERT_TAKEN (f, NOW + 6 * DAY, 10, "c");
  /* Closed in time, opened again when it is too late. */
  put (f, "d", "ana", NOW + 7 * DAY, WF_ACTIVITY_DONE);
  put (f, "e", "ana", NOW + 7 * DAY, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + 8 * DAY, 10, "e");
  put (f, "d", "ana", NOW + 7 * DAY, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + 8 * DAY, 10, "d");
  ASSERT_TAKEN (f, NOW + 9 * DAY, 10, "");
}

static void
test_late_in_steps (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  guint told = 0;

  /* Several at the same instant, more than one step takes. */
  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%02u", i);

      put (f, id, "ana", NOW + (i / 10) * MINUTE, WF_ACTIVITY_OPEN);
    }
  for (guint step = 0; step < 20; step++)
    {
      g_autofree char *taken = take (f, NOW + HOUR, 4);
      g_auto (GStrv) ids = g_strsplit (taken, " ", -1);

      for (guint i = 0; ids[i] != NULL && ids[i][0] != '\0'; i++)
        {
          g_autofree char *expected = g_strdup_printf ("a-%02u", told++);

          g_assert_cmpstr (ids[i], ==, expected);
        }
    }
  g_assert_cmpuint (told, ==, 25);
}

/* The clock was ahead by a year, and was set back. */
static void
test_late_after_clock_change (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  put (f, "a", "ana", NOW + 300 * DAY, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW + 365 * DAY, 10, "a");
  put (f, "b", "ana", NOW + HOUR, WF_ACTIVITY_OPEN);
  ASSERT_TAKEN (f, NOW, 10, "");
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, NOW + HOUR + 1);
  ASSERT_TAKEN (f, NOW + HOUR + 1, 10, "b");
}

static void
test_next_due (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) hidden = wf_test_activity ("hidden", NOW + 90 * DAY);
  WfStoredRun run = wf_test_run ("r", "w", NULL, "e-1", NOW);
  WfOutboxItem item = { .kind = WF_OUTBOX_SEND_MESSAGE,
                        .subject = (char *) "m",
                        .not_before = NOW + MINUTE };

  g_assert_cmpint (wf_store_get_next_due (f->store, "ana"), ==, WF_INSTANT_NONE);
  hidden->visible_from = NOW + 5 * HOUR;
  wf_store_fixture_put (f, hidden);
  g_assert_cmpint (wf_store_get_next_due (f->store, "ana"), ==, NOW + 5 * HOUR);
  put (f, "a", "ana", NOW + 4 * HOUR, WF_ACTIVITY_OPEN);
  g_assert_cmpint (wf_store_get_next_due (f->store, "ana"), ==, NOW + 4 * HOUR + 1);
  remind (f, "a", NOW + 3 * HOUR);
  g_assert_cmpint (wf_store_get_next_due (f->store, "ana"), ==, NOW + 3 * HOUR);
  g_assert_cmpint (wf_store_get_next_due (f->store, "bruno"), ==, NOW + 4 * HOUR + 1);
  run.next_due = NOW + 2 * HOUR;
  wf_store_fixture_begin (f);
  wf_store_save_run (f->store, &run, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  g_assert_cmpint (wf_store_get_next_due (f->store, "ana"), ==, NOW + 2 * HOUR);
  wf_store_fixture_begin (f);
  wf_store_add_outbox (f->store, &item, NOW, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  g_assert_cmpint (wf_store_get_next_due (f->store, "ana"), ==, NOW + MINUTE);
}

/* What became visible is not "next" for ever. */
static void
test_visible_passes (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) a = wf_test_activity ("a", NOW + 90 * DAY),
                         b = wf_test_activity ("b", NOW + 90 * DAY);

  a->visible_from = NOW + HOUR;
  b->visible_from = NOW + 2 * HOUR;
  wf_store_fixture_put (f, a);
  wf_store_fixture_put (f, b);
  ASSERT_TAKEN (f, NOW, 10, "");
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, NOW + HOUR);
  ASSERT_TAKEN (f, NOW + HOUR, 10, "");
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, NOW + 2 * HOUR);
  ASSERT_TAKEN (f, NOW + 3 * HOUR, 10, "");
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, NOW + 90 * DAY + 1);
}

/* B11: what became of reminders, in the order in which it happened; a snooze leaves the reminder. */
static void
test_receipt_kinds (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) a = wf_test_activity ("a", NOW + DAY);
  const WfReceipt snoozed = { NOW + MINUTE, NOW + HOUR, WF_RECEIPT_SNOOZED };
  g_autoptr (GArray) receipts = NULL;
  g_autoptr (GError) error = NULL;
  static const WfReceipt expected[] = {
    { NOW + MINUTE, NOW + HOUR, WF_RECEIPT_SNOOZED },
    { NOW, NOW + 2 * MINUTE, WF_RECEIPT_SHOWN_LATE },
    { NOW + HOUR, NOW + HOUR, WF_RECEIPT_SHOWN },
    { NOW + 2 * HOUR, WF_INSTANT_NONE, WF_RECEIPT_NOT_NEEDED },
  };

  wf_store_fixture_put (f, a);
  wf_store_fixture_begin (f);
  g_assert_true (wf_store_set_reminder (f->store, "a", NOW, &error));
  g_assert_true (wf_store_add_receipt (f->store, "a", &snoozed, &error));
  g_assert_cmpint (wf_store_get_next_reminder (f->store, "ana"), ==, NOW);
  g_assert_true (
      wf_store_finish_reminder_as (f->store, "a", WF_RECEIPT_SHOWN_LATE, NOW + 2 * MINUTE, &error));
  g_assert_cmpint (wf_store_get_next_reminder (f->store, "ana"), ==, WF_INSTANT_NONE);
  g_assert_true (wf_store_set_reminder (f->store, "a", NOW + HOUR, &error));
  g_assert_true (wf_store_finish_reminder (f->store, "a", NOW + HOUR, &error));
  g_assert_true (wf_store_set_reminder (f->store, "a", NOW + 2 * HOUR, &error));
  g_assert_true (wf_store_finish_reminder (f->store, "a", WF_INSTANT_NONE, &error));
  g_assert_no_error (error);
  g_assert_false (wf_store_add_receipt (f->store, "unknown", &snoozed, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  wf_store_fixture_commit (f);
  receipts = wf_store_list_receipts (f->store, "a");
  g_assert_cmpuint (receipts->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < receipts->len; i++)
    {
      g_assert_cmpint (g_array_index (receipts, WfReceipt, i).at, ==, expected[i].at);
      g_assert_cmpint (g_array_index (receipts, WfReceipt, i).shown, ==, expected[i].shown);
      g_assert_cmpint (g_array_index (receipts, WfReceipt, i).kind, ==, expected[i].kind);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/due/reminders", test_reminders);
  g_test_add_func ("/store/due/claims", test_claims);
  g_test_add_func ("/store/due/became-late", test_became_late);
  g_test_add_func ("/store/due/told-once", test_told_once);
  g_test_add_func ("/store/due/late-in-steps", test_late_in_steps);
  g_test_add_func ("/store/due/late-after-clock-change", test_late_after_clock_change);
  g_test_add_func ("/store/due/next-due", test_next_due);
  g_test_add_func ("/store/due/visible-passes", test_visible_passes);
  g_test_add_func ("/store/due/receipt-kinds", test_receipt_kinds);

  return g_test_run ();
}
