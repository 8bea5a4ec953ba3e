/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many activities at once and back, and how activities end (outcomes). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-day.h"
#include "wf-runtime-fixture.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

#define ORGANISATION(outcomes)                                                                      \
  "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"people\":["                                  \
  "{\"id\":\"carla\",\"name\":\"Carla\",\"role\":\"coordinator\",\"teams\":[\"sp\"]},"              \
  "{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\",\"groups\":[\"inbound\"],\"teams\":["    \
  "\"sp\"]},{\"id\":\"bruno\",\"name\":\"Bruno\",\"role\":\"attendant\",\"groups\":[\"inbound\"],"  \
  "\"teams\":[\"sp\"]}],\"groups\":[{\"id\":\"inbound\",\"name\":\"Inbound\"}],\"teams\":[{"        \
  "\"id\":\"sp\",\"name\":\"SP\"}],\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\"" outcomes \
  "}]}"

#define OUTCOMES                                                                                   \
  ",\"outcomes\":[{\"id\":\"reached\",\"name\":\"Reached\"},{\"id\":\"no-answer\",\"name\":\"No "  \
  "answer\"}]"

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static WfBulkResult *
change_many (WfFixture *f, char **ids, const WfBulkChange *change, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_change_many_async (f->runtime, (const char *const *) ids, change, NULL, on_result,
                                &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  WfBulkResult *done = wf_runtime_change_many_finish (f->runtime, result, error);
  wf_fixture_settle (f);
  return done;
}

static guint
undo (WfFixture *f, const WfBulkResult *done)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_left = 99;

  wf_runtime_undo_async (f->runtime, done, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (wf_runtime_undo_finish (f->runtime, result, &n_left, &error));
  g_assert_no_error (error);
  wf_fixture_settle (f);
  return n_left;
}

/* n activities of ana's, each of a lead of its own; their ids in the order of the leads. */
static char **
begin (WfFixture *f, const char *person, guint n)
{
  GStrvBuilder *ids = g_strv_builder_new ();

  wf_fixture_set_up (f, person);
  wf_fixture_put_simple_workflow (f);
  wf_fixture_start (f);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *event = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (f, event, "lead.received", lead, "ana", NULL);
    }
  wf_fixture_settle (f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f->crm), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      for (guint j = 0; j < n; j++)
        {
          const WfActivity *activity = wf_scripted_crm_get_activity_at (f->crm, j);

          if (g_str_equal (activity->lead, lead))
            g_strv_builder_add (ids, activity->id);
        }
    }
  return g_strv_builder_unref_to_strv (ids);
}

static WfActivity *
find (WfFixture *f, const char *id)
{
  g_autoptr (GPtrArray) list = wf_fixture_list (f, NULL);

  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((WfActivity *) g_ptr_array_index (list, i))->id, id))
      return wf_activity_ref (g_ptr_array_index (list, i));
  g_assert_not_reached ();
}

static void
assert_same (const WfActivity *a, const WfActivity *b)
{
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpstr (a->outcome, ==, b->outcome);
  g_assert_cmpint (a->completed, ==, b->completed);
  g_assert_cmpstr (a->person, ==, b->person);
  g_assert_cmpint (a->due, ==, b->due);
  g_assert_cmpint (a->remind, ==, b->remind);
  g_assert_cmpint (a->pinned, ==, b->pinned);
}

/* Every kind, done to three and taken back: as if nothing had been, here and in the CRM. */
static void
test_kinds (void)
{
  const WfBulkChange changes[] = {
    { .kind = WF_BULK_COMPLETE, .text = "Reached", .due = WF_INSTANT_NONE },
    { .kind = WF_BULK_DISMISS, .text = "Closed shop", .due = WF_INSTANT_NONE },
    { .kind = WF_BULK_RESCHEDULE, .text = "The client asked" },
    { .kind = WF_BULK_REASSIGN, .person = "bruno", .due = WF_INSTANT_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      WfFixture f;
      g_auto (GStrv) ids = begin (&f, "carla", 3);
      g_autoptr (WfActivity) before = find (&f, ids[1]);
      g_autoptr (WfActivity) there =
          wf_activity_copy (wf_scripted_crm_get_activity (f.crm, ids[1]));
      g_autoptr (WfActivity) changed = NULL, after = NULL;
      g_autoptr (WfBulkResult) done = NULL;
      WfBulkChange change = changes[i];
      g_autoptr (GError) error = NULL;

      g_test_message ("kind %d", change.kind);
      if (change.kind == WF_BULK_RESCHEDULE)
        change.due = wf_fixture_now (&f) + 5 * HOUR;
      done = change_many (&f, ids, &change, &error);
      g_assert_no_error (error);
      g_assert_cmpint (done->kind, ==, change.kind);
      g_assert_cmpuint (done->done->len, ==, 3);
      g_assert_cmpuint (done->refused->len, ==, 0);
      g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, 3);
      changed = find (&f, ids[1]);
      g_assert_cmpint (changed->sync, ==, WF_SYNC_CONFIRMED);
      g_assert_true (changed->status != before->status || changed->due != before->due ||
                     g_strcmp0 (changed->person, before->person) != 0);

      g_assert_cmpuint (undo (&f, done), ==, 0);
      after = find (&f, ids[1]);
      assert_same (after, before);
      g_assert_cmpint (after->sync, ==, WF_SYNC_CONFIRMED);
      assert_same (wf_scripted_crm_get_activity (f.crm, ids[1]), there);
      g_assert_cmpuint (wf_fixture_count_titles (&f, "Change undone"), ==, 3);
      /* Taken back twice is not taken back further. */
      g_assert_cmpuint (undo (&f, done), ==, 3);
      wf_fixture_tear_down (&f);
    }
}

/* What does not apply, or is not hers, is left out and named. */
static void
test_refused (void)
{
  WfFixture f;
  g_auto (GStrv) ids = begin (&f, "ana", 3);
  const char *asked[] = { ids[0], "nonsense", ids[1], ids[2], ids[0], NULL };
  WfBulkChange complete = { .kind = WF_BULK_COMPLETE, .due = WF_INSTANT_NONE };
  WfBulkChange reschedule = { .kind = WF_BULK_RESCHEDULE, .due = wf_fixture_now (&f) + HOUR };
  g_autoptr (WfBulkResult) done = NULL, nothing = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_fixture_complete (&f, ids[1], NULL, NULL));
  done = change_many (&f, (char **) asked, &complete, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done->done->len, ==, 2);
  g_assert_cmpuint (done->refused->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (done->refused, 0), ==, "There is no such activity.");
  g_assert_cmpstr (g_ptr_array_index (done->refused, 1), ==, "The activity is closed already.");
  g_assert_cmpstr (g_ptr_array_index (done->refused, 2), ==, "The activity is closed already.");
  nothing = change_many (&f, ids, &reschedule, &error);
  g_assert_null (nothing);
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  wf_fixture_tear_down (&f);
}

/* Bruno's own computer: ana's are not his to change, also not many at once. */
static void
test_rights (void)
{
  WfFixture f;
  g_auto (GStrv) ids = begin (&f, "carla", 2);
  WfFixture bruno;
  WfBulkChange complete = { .kind = WF_BULK_COMPLETE, .due = WF_INSTANT_NONE };
  g_autoptr (WfBulkResult) done = NULL;

  wf_fixture_set_up_peer (&bruno, &f, "bruno");
  wf_fixture_start (&bruno);
  wf_fixture_settle (&bruno);
  done = change_many (&bruno, ids, &complete, NULL);
  g_assert_cmpuint (done->done->len, ==, 0);
  g_assert_cmpuint (done->refused->len, ==, 2);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, ids[0])->status, ==, WF_ACTIVITY_OPEN);
  wf_fixture_tear_down (&bruno);
  wf_fixture_tear_down (&f);
}

/* What somebody changed after it stays: here, and in the CRM. */
static void
test_undo_leaves (void)
{
  WfFixture f;
  g_auto (GStrv) ids = begin (&f, "carla", 4);
  WfBulkChange give = { .kind = WF_BULK_REASSIGN, .person = "bruno", .due = WF_INSTANT_NONE };
  g_autoptr (WfBulkResult) done = change_many (&f, ids, &give, NULL);
  g_autoptr (WfActivity) moved = NULL, first = NULL, second = NULL;

  g_assert_true (wf_fixture_complete (&f, ids[0], "Reached", NULL));
  moved = wf_activity_copy (wf_scripted_crm_get_activity (f.crm, ids[1]));
  moved->due += HOUR;
  wf_scripted_crm_put_activity (f.crm, moved);
  wf_fixture_settle (&f);
  /* A comment is no change of what is put back. */
  g_assert_true (wf_fixture_comment (&f, ids[2], "He knows", NULL));

  g_assert_cmpuint (undo (&f, done), ==, 2);
  first = find (&f, ids[0]);
  second = find (&f, ids[1]);
  g_assert_cmpint (first->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpstr (first->person, ==, "bruno");
  g_assert_cmpstr (second->person, ==, "bruno");
  g_assert_cmpint (second->due, ==, moved->due);
  g_assert_cmpstr (wf_scripted_crm_get_activity (f.crm, ids[2])->person, ==, "ana");
  g_assert_cmpstr (wf_scripted_crm_get_activity (f.crm, ids[3])->person, ==, "ana");
  wf_fixture_tear_down (&f);
}

/* Both ways while offline: the CRM gets them in their order, and ends as it began. */
static void
test_offline (void)
{
  WfFixture f;
  g_auto (GStrv) ids = begin (&f, "ana", 2);
  WfBulkChange complete = { .kind = WF_BULK_COMPLETE, .text = "Reached", .due = WF_INSTANT_NONE };
  GPtrArray *journal = wf_scripted_crm_get_journal (f.crm);
  g_autoptr (WfBulkResult) done = NULL;
  g_autoptr (GString) told = g_string_new (NULL);

  wf_scripted_crm_set_offline (f.crm, TRUE);
  wf_fixture_settle (&f);
  g_ptr_array_set_size (journal, 0);
  done = change_many (&f, ids, &complete, NULL);
  g_assert_cmpuint (undo (&f, done), ==, 0);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 10 * MINUTE);
  for (guint i = 0; i < journal->len; i++)
    {
      const char *line = g_ptr_array_index (journal, i);

      if (g_str_has_prefix (line, "change ") && strstr (line, ids[0]) != NULL)
        g_string_append (told, strrchr (line, ' '));
    }
  g_assert_cmpstr (told->str, ==, " done open");
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, ids[0])->status, ==, WF_ACTIVITY_OPEN);
  g_assert_null (wf_scripted_crm_get_activity (f.crm, ids[0])->outcome);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  wf_fixture_tear_down (&f);
}

/* S8: a snooze taken back reminds when it was to remind. */
static void
test_snooze (void)
{
  WfFixture f;
  g_auto (GStrv) ids = begin (&f, "ana", 1);
  WfBulkChange later = { .kind = WF_BULK_SNOOZE,
                         .snooze = WF_SNOOZE_5_MINUTES,
                         .due = WF_INSTANT_NONE };
  g_autoptr (WfBulkResult) done = change_many (&f, ids, &later, NULL);
  const WfDone *one = g_ptr_array_index (done->done, 0);

  g_assert_cmpint (one->reminder_after, ==, wf_fixture_now (&f) + 5 * MINUTE);
  g_assert_cmpint (one->reminder_before, ==, one->before->remind);
  g_assert_cmpuint (undo (&f, done), ==, 0);
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 0);
  wf_fixture_pass (&f, 41 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* A snoozed reminder survives a completion that is taken back. */
static void
test_snooze_survives (void)
{
  WfFixture f;
  g_auto (GStrv) ids = begin (&f, "ana", 1);
  WfBulkChange complete = { .kind = WF_BULK_COMPLETE, .due = WF_INSTANT_NONE };
  g_autoptr (WfBulkResult) done = NULL;

  g_assert_cmpint (wf_fixture_snooze (&f, ids[0], WF_SNOOZE_15_MINUTES, NULL), ==,
                   wf_fixture_now (&f) + 15 * MINUTE);
  done = change_many (&f, ids, &complete, NULL);
  g_assert_cmpuint (undo (&f, done), ==, 0);
  wf_fixture_pass (&f, 16 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* A claim from the queue goes back to the queue. */
static void
test_claim (void)
{
  WfFixture f;
  WfBulkChange claim = { .kind = WF_BULK_REASSIGN, .person = "ana", .due = WF_INSTANT_NONE };
  g_autoptr (WfBulkResult) done = NULL;
  WfActivity *there;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", NULL, NULL);
  wf_fixture_settle (&f);
  there = wf_scripted_crm_get_activity_at (f.crm, 0);
  g_assert_null (there->person);
  char *ids[] = { there->id, NULL };
  done = change_many (&f, ids, &claim, NULL);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->person, ==, "ana");
  g_assert_cmpuint (undo (&f, done), ==, 0);
  g_assert_null (wf_scripted_crm_get_activity_at (f.crm, 0)->person);
  wf_fixture_tear_down (&f);
}

/* B9: what closed itself says why, and can be opened again; it does not close once more by what
 * happened before. */
static void
test_retirement (void)
{
  WfFixture f;
  WfBulkChange reopen = { .kind = WF_BULK_REOPEN, .due = WF_INSTANT_NONE };
  g_autoptr (WfBulkResult) done = NULL;
  g_autoptr (WfActivity) retired = NULL, open = NULL, again = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (
      &f, 1, NULL,
      "[{\"id\":\"a\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"
      "\"activity-type\":\"call\",\"complete-within\":{\"amount\":2,\"unit\":\"hours\"},"
      "\"permission\":{\"scope\":\"all\"},\"retire-on\":[\"email.replied\"]}]");
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_pass (&f, MINUTE);
  wf_fixture_add_event (&f, "e-2", "email.replied", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  retired = wf_fixture_get_only (&f);
  g_assert_cmpint (retired->status, ==, WF_ACTIVITY_NO_LONGER_NEEDED);
  g_assert_nonnull (retired->outcome);

  char *ids[] = { retired->id, NULL };
  done = change_many (&f, ids, &reopen, NULL);
  g_assert_cmpuint (done->done->len, ==, 1);
  wf_fixture_pass (&f, 5 * MINUTE);
  open = wf_fixture_get_only (&f);
  g_assert_cmpint (open->status, ==, WF_ACTIVITY_OPEN);
  g_assert_null (open->outcome);
  g_assert_cmpint (open->due, ==, retired->due);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, ids[0])->status, ==, WF_ACTIVITY_OPEN);

  g_assert_cmpuint (undo (&f, done), ==, 0);
  again = wf_fixture_get_only (&f);
  assert_same (again, retired);
  wf_fixture_tear_down (&f);
}

/* A type with outcomes wants one of them; the event carries it. */
static void
test_outcomes (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_scripted_crm_set_organisation (f.crm, ORGANISATION (OUTCOMES));
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  activity = wf_fixture_get_only (&f);
  g_assert_false (wf_fixture_complete (&f, activity->id, NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_OUTCOME_NEEDED);
  g_assert_nonnull (strstr (error->message, "“Reached”, “No answer”"));
  g_clear_error (&error);
  g_assert_false (wf_fixture_complete (&f, activity->id, "  ", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_OUTCOME_NEEDED);
  g_clear_error (&error);
  g_assert_false (wf_fixture_complete (&f, activity->id, "Reached", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "“Reached”, “No answer”"));
  g_clear_error (&error);
  g_assert_true (wf_fixture_complete (&f, activity->id, "no-answer", &error));
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->outcome, ==, "no-answer");
  g_assert_true (wf_fixture_reopen (&f, activity->id, &error));
  g_assert_null (wf_scripted_crm_get_activity_at (f.crm, 0)->outcome);
  /* Closing it as no longer needed wants none. */
  g_assert_true (wf_fixture_dismiss (&f, activity->id, "Moved away", &error));
  wf_fixture_tear_down (&f);
}

/* A meeting of the CRM, of ana; ends: WF_INSTANT_NONE: not known. */
static void
put_timed (WfFixture *f, const char *id, WfActivityKind kind, WfInstant ends)
{
  g_autoptr (WfActivity) activity = wf_activity_new (id);

  g_set_str (&activity->type, "call");
  g_set_str (&activity->title, "Demonstration");
  activity->person = g_strdup ("ana");
  activity->lead = g_strdup ("l-1");
  activity->kind = kind;
  activity->created = wf_fixture_now (f);
  activity->due = wf_fixture_now (f) + 3 * HOUR;
  activity->remind = activity->due - 10 * MINUTE;
  activity->ends = ends;
  wf_scripted_crm_put_activity (f->crm, activity);
}

#define TIMED "00000000-0000-4000-8000-000000000001"
#define OTHER "00000000-0000-4000-8000-000000000002"

/* How long a meeting lasts: here, in the CRM, in the audit trail with both ends, and back; the
 * deadline, its reminder and what is computed from an event stay. */
static void
test_length (void)
{
  WfFixture f;
  char *ids[] = { (char *) TIMED, NULL };
  WfBulkChange length = { .kind = WF_BULK_SET_LENGTH,
                          .due = WF_INSTANT_NONE,
                          .length = 45 * MINUTE };
  g_autoptr (WfBulkResult) done = NULL, same = NULL, again = NULL;
  g_autoptr (WfActivity) before = NULL, after = NULL, back = NULL;
  g_autofree char *details = NULL;

  wf_fixture_set_up (&f, "ana");
  put_timed (&f, TIMED, WF_ACTIVITY_MEETING, wf_fixture_now (&f) + 4 * HOUR);
  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  before = wf_fixture_get_only (&f);
  done = change_many (&f, ids, &length, NULL);
  g_assert_cmpuint (done->done->len, ==, 1);
  after = wf_fixture_get_only (&f);
  g_assert_cmpint (after->ends, ==, before->due + 45 * MINUTE);
  g_assert_cmpint (after->sync, ==, WF_SYNC_CONFIRMED);
  assert_same (after, before);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, TIMED)->ends, ==, after->ends);
  details = wf_fixture_dup_details (&f, "Length changed");
  g_assert_nonnull (strstr (details, "\"by\":\"ana\""));
  g_assert_nonnull (strstr (details, "\"ends-before\":\""));
  g_assert_nonnull (strstr (details, "\"ends\":\""));
  g_assert_null (strstr (details, "\"due\""));

  same = change_many (&f, ids, &length, NULL);
  g_assert_cmpstr (g_ptr_array_index (same->refused, 0), ==, "It lasts that long already.");
  g_assert_cmpuint (undo (&f, done), ==, 0);
  back = wf_fixture_get_only (&f);
  g_assert_cmpint (back->ends, ==, before->ends);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, TIMED)->ends, ==, before->ends);

  /* Another length since: what is newer stays. */
  again = change_many (&f, ids, &length, NULL);
  put_timed (&f, TIMED, WF_ACTIVITY_MEETING, before->due + 2 * HOUR);
  wf_fixture_settle (&f);
  g_assert_cmpuint (undo (&f, again), ==, 1);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, TIMED)->ends, ==, before->due + 2 * HOUR);
  wf_fixture_tear_down (&f);
}

/* What had no end gets the one that calendars show for it when its length is put back. */
static void
test_length_of_none (void)
{
  WfFixture f;
  char *ids[] = { (char *) TIMED, NULL };
  WfBulkChange length = { .kind = WF_BULK_SET_LENGTH, .due = WF_INSTANT_NONE, .length = 2 * HOUR };
  g_autoptr (WfBulkResult) done = NULL;
  const WfActivity *there;

  wf_fixture_set_up (&f, "ana");
  put_timed (&f, TIMED, WF_ACTIVITY_CALL, WF_INSTANT_NONE);
  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  done = change_many (&f, ids, &length, NULL);
  there = wf_scripted_crm_get_activity (f.crm, TIMED);
  g_assert_cmpint (there->ends, ==, there->due + 2 * HOUR);
  g_assert_cmpuint (undo (&f, done), ==, 0);
  there = wf_scripted_crm_get_activity (f.crm, TIMED);
  g_assert_cmpint (there->ends, ==, there->due + 30 * MINUTE);
  wf_fixture_tear_down (&f);
}

/* Tasks have none; nobody changes another's; too short, too long. */
static void
test_length_refused (void)
{
  static const gint64 wrong[] = { 0, -HOUR, WF_LENGTH_LEAST - 1, WF_LENGTH_MOST + 1 };
  WfFixture f, bruno;
  char *ids[] = { (char *) TIMED, (char *) OTHER, NULL };
  WfBulkChange length = { .kind = WF_BULK_SET_LENGTH, .due = WF_INSTANT_NONE, .length = HOUR };
  g_autoptr (WfBulkResult) done = NULL, theirs = NULL;

  wf_fixture_set_up (&f, "carla");
  put_timed (&f, TIMED, WF_ACTIVITY_TASK, WF_INSTANT_NONE);
  put_timed (&f, OTHER, WF_ACTIVITY_CALL, WF_INSTANT_NONE);
  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  done = change_many (&f, ids, &length, NULL);
  g_assert_cmpuint (done->done->len, ==, 1);
  g_assert_cmpuint (done->refused->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (done->refused, 0), ==,
                   "Only calls and meetings last a while.");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      WfBulkChange change = { .kind = WF_BULK_SET_LENGTH,
                              .due = WF_INSTANT_NONE,
                              .length = wrong[i] };

      g_assert_null (change_many (&f, ids, &change, &error));
      g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
    }
  wf_fixture_set_up_peer (&bruno, &f, "bruno");
  wf_fixture_start (&bruno);
  wf_fixture_settle (&bruno);
  length.length = 2 * HOUR;
  theirs = change_many (&bruno, ids, &length, NULL);
  g_assert_cmpuint (theirs->done->len, ==, 0);
  g_assert_cmpuint (theirs->refused->len, ==, 2);
  wf_fixture_tear_down (&bruno);
  wf_fixture_tear_down (&f);
}

/* Both changed it while this computer was offline: theirs stays, and it is said which it is. */
static void
test_length_conflict (void)
{
  WfFixture f;
  char *ids[] = { (char *) TIMED, NULL };
  WfBulkChange length = { .kind = WF_BULK_SET_LENGTH, .due = WF_INSTANT_NONE, .length = 2 * HOUR };
  g_autoptr (WfBulkResult) done = NULL;
  g_autoptr (WfActivity) after = NULL;
  WfInstant theirs;

  wf_fixture_set_up (&f, "ana");
  put_timed (&f, TIMED, WF_ACTIVITY_MEETING, wf_fixture_now (&f) + 4 * HOUR);
  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  wf_scripted_crm_set_offline (f.crm, TRUE);
  done = change_many (&f, ids, &length, NULL);
  g_assert_cmpuint (done->done->len, ==, 1);
  g_autoptr (WfActivity) other = wf_activity_copy (wf_scripted_crm_get_activity (f.crm, TIMED));
  other->ends = theirs = other->due + 90 * MINUTE;
  wf_scripted_crm_put_activity (f.crm, other);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, TIMED)->ends, ==, theirs);
  after = wf_fixture_get_only (&f);
  g_assert_cmpint (after->ends, ==, theirs);
  wf_fixture_tear_down (&f);
}

/* "In one stroke": thousands are a matter of seconds, and the window's thread does nothing of it. */
static void
test_many (void)
{
  const guint n = 5000;
  WfFixture f;
  WfBulkChange give = { .kind = WF_BULK_REASSIGN, .person = "bruno", .due = WF_INSTANT_NONE };
  g_autoptr (WfBulkResult) done = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) list = NULL;
  gint64 began, seconds_to_change, seconds_to_undo;

  wf_fixture_set_up (&f, "carla");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("00000000-0000-4000-8000-%012u", i);
      g_autoptr (WfActivity) activity = wf_activity_new (id);

      g_set_str (&activity->type, "call");
      g_set_str (&activity->title, "Call");
      activity->person = g_strdup ("ana");
      activity->lead = g_strdup_printf ("l-%u", i);
      activity->created = wf_fixture_now (&f);
      activity->due = wf_fixture_now (&f) + HOUR + i * G_TIME_SPAN_SECOND;
      wf_scripted_crm_put_activity (f.crm, activity);
      g_strv_builder_add (builder, id);
    }
  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  list = wf_fixture_list (&f, NULL);
  g_assert_cmpuint (list->len, ==, n);
  wf_scripted_crm_set_offline (f.crm, TRUE);

  g_auto (GStrv) ids = g_strv_builder_end (builder);
  began = g_get_monotonic_time ();
  done = change_many (&f, ids, &give, NULL);
  seconds_to_change = g_get_monotonic_time () - began;
  g_assert_cmpuint (done->done->len, ==, n);
  began = g_get_monotonic_time ();
  g_assert_cmpuint (undo (&f, done), ==, 0);
  seconds_to_undo = g_get_monotonic_time () - began;
  g_test_message ("%u changed in %.2f s, undone in %.2f s", n,
                  (double) seconds_to_change / G_TIME_SPAN_SECOND,
                  (double) seconds_to_undo / G_TIME_SPAN_SECOND);
  g_assert_cmpint (seconds_to_change, <, 20 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (seconds_to_undo, <, 20 * G_TIME_SPAN_SECOND);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/bulk/length-conflict", test_length_conflict);
  g_test_add_func ("/runtime/bulk/length-refused", test_length_refused);
  g_test_add_func ("/runtime/bulk/length-of-none", test_length_of_none);
  g_test_add_func ("/runtime/bulk/length", test_length);
  g_test_add_func ("/runtime/bulk/kinds", test_kinds);
  g_test_add_func ("/runtime/bulk/refused", test_refused);
  g_test_add_func ("/runtime/bulk/rights", test_rights);
  g_test_add_func ("/runtime/bulk/undo-leaves", test_undo_leaves);
  g_test_add_func ("/runtime/bulk/offline", test_offline);
  g_test_add_func ("/runtime/bulk/snooze", test_snooze);
  g_test_add_func ("/runtime/bulk/snooze-survives", test_snooze_survives);
  g_test_add_func ("/runtime/bulk/claim", test_claim);
  g_test_add_func ("/runtime/bulk/retirement", test_retirement);
  g_test_add_func ("/runtime/bulk/outcomes", test_outcomes);
  g_test_add_func ("/runtime/bulk/many", test_many);
  return g_test_run ();
}
