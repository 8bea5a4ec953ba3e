/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the CRM says otherwise (B18): what still makes sense is made, the rest is shown with the
 * reason, and the person decides. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-day.h"
#include "wf-runtime-fixture.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GPtrArray *
list (WfFixture *f, const char *subject)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *pending;

  wf_runtime_list_pending_async (f->runtime, subject, 0, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  pending = wf_runtime_list_pending_finish (f->runtime, result, &error);
  g_assert_no_error (error);
  return pending;
}

static gboolean
decide (WfFixture *f, gboolean retry, gint64 item, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean done;

  if (retry)
    wf_runtime_retry_change_async (f->runtime, item, NULL, on_result, &result);
  else
    wf_runtime_drop_change_async (f->runtime, item, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = wf_runtime_command_finish (f->runtime, result, error);
  wf_fixture_settle (f);
  return done;
}

/* -- my change, and what the CRM did meanwhile -------------------------------------------------- */

typedef enum
{
  COMPLETE,
  DISMISS,
  RESCHEDULE,
  REASSIGN,
  COMMENT,
  REOPEN, /* of one that is done here and there before */
} Mine;

typedef enum
{
  NOTHING,
  NOTED,
  DONE_SAME,
  DONE_OTHERWISE,
  CANCELLED,
  RETIRED,
  RESCHEDULED,
  REASSIGNED,
  FORBIDS, /* answers 403 */
  REFUSES, /* answers 422 */
  DELETED, /* answers 404 */
} Theirs;

static const struct
{
  Mine mine;
  Theirs theirs;
  const char *reason; /* part of it; NULL: mine is made */
} pairs[] = {
  { COMPLETE, NOTHING, NULL },
  { COMPLETE, NOTED, NULL },
  { COMPLETE, DONE_SAME, NULL },
  { COMPLETE, DONE_OTHERWISE, "Ana completed it at 10:00 with “No answer”" },
  { COMPLETE, CANCELLED, "cancelled meanwhile" },
  { COMPLETE, RETIRED, NULL }, /* work wins over the machine */
  { COMPLETE, RESCHEDULED, NULL },
  { COMPLETE, REASSIGNED, NULL },
  { COMPLETE, FORBIDS, "" },
  { COMPLETE, REFUSES, "" },
  { COMPLETE, DELETED, "" },
  { DISMISS, NOTED, NULL },
  { DISMISS, DONE_OTHERWISE, "Ana completed it" },
  { DISMISS, CANCELLED, "cancelled" },
  { DISMISS, RETIRED, "no longer needed" },
  { DISMISS, RESCHEDULED, NULL },
  { DISMISS, REASSIGNED, NULL },
  { RESCHEDULE, NOTED, NULL },
  { RESCHEDULE, DONE_OTHERWISE, "Ana completed it" },
  { RESCHEDULE, CANCELLED, "cancelled" },
  { RESCHEDULE, RETIRED, "no longer needed" },
  { RESCHEDULE, RESCHEDULED, "deadline was moved to 14:00" },
  { RESCHEDULE, REASSIGNED, NULL },
  { RESCHEDULE, FORBIDS, "" },
  { REASSIGN, NOTED, NULL },
  { REASSIGN, DONE_OTHERWISE, "Ana completed it" },
  { REASSIGN, CANCELLED, "cancelled" },
  { REASSIGN, RESCHEDULED, NULL },
  { REASSIGN, REASSIGNED, "given to Carla" },
  { REASSIGN, REFUSES, "" },
  { COMMENT, NOTED, NULL },
  { COMMENT, DONE_OTHERWISE, NULL },
  { COMMENT, CANCELLED, NULL },
  { COMMENT, RESCHEDULED, NULL },
  { COMMENT, REASSIGNED, NULL },
  { COMMENT, DELETED, "" },
  { REOPEN, NOTHING, NULL },
  { REOPEN, NOTED, NULL },
  { REOPEN, CANCELLED, "cancelled" },
  { REOPEN, RETIRED, "no longer needed" },
};

static void
do_mine (WfFixture *f, const char *id, Mine mine)
{
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  switch (mine)
    {
    case COMPLETE:
      done = wf_fixture_complete (f, id, "Reached", &error);
      break;
    case DISMISS:
      done = wf_fixture_dismiss (f, id, "Moved away", &error);
      break;
    case RESCHEDULE:
      done = wf_fixture_reschedule (f, id, wf_fixture_now (f) + 6 * HOUR, "They asked", &error);
      break;
    case REASSIGN:
      done = wf_fixture_reassign (f, id, "bruno", &error);
      break;
    case COMMENT:
      done = wf_fixture_comment (f, id, "Dog barks", &error);
      break;
    case REOPEN:
      done = wf_fixture_reopen (f, id, &error);
      break;
    default:
      g_assert_not_reached ();
    }
  g_assert_no_error (error);
  g_assert_true (done);
}

static void
end (WfFixture *f, WfActivity *there, WfActivityStatus status, const char *outcome)
{
  there->status = status;
  there->completed = wf_fixture_now (f);
  g_set_str (&there->outcome, outcome);
}

static void
do_theirs (WfFixture *f, const char *id, Theirs theirs)
{
  g_autoptr (WfActivity) there = wf_activity_copy (wf_scripted_crm_get_activity (f->crm, id));

  switch (theirs)
    {
    case NOTHING:
      return;
    case NOTED:
      g_set_str (&there->notes, "Call after lunch");
      break;
    case DONE_SAME:
      end (f, there, WF_ACTIVITY_DONE, "Reached");
      break;
    case DONE_OTHERWISE:
      end (f, there, WF_ACTIVITY_DONE, "No answer");
      break;
    case CANCELLED:
      end (f, there, WF_ACTIVITY_CANCELLED, "Lead removed");
      break;
    case RETIRED:
      end (f, there, WF_ACTIVITY_NO_LONGER_NEEDED, "Lead replied");
      break;
    case RESCHEDULED:
      there->due = wf_fixture_now (f) + 4 * HOUR;
      break;
    case REASSIGNED:
      g_set_str (&there->person, "carla");
      break;
    case FORBIDS:
      wf_scripted_crm_fail (f->crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_FORBIDDEN, 0);
      return;
    case REFUSES:
      wf_scripted_crm_fail (f->crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_INVALID, 0);
      return;
    case DELETED:
      wf_scripted_crm_fail (f->crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_NOT_FOUND, 0);
      return;
    default:
      g_assert_not_reached ();
    }
  wf_scripted_crm_put_activity (f->crm, there);
}

static char *
begin_for (WfFixture *f, const char *owner, gboolean done)
{
  char *id;

  wf_fixture_set_up (f, "carla");
  wf_fixture_put_simple_workflow (f);
  wf_fixture_start (f);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", owner, NULL);
  wf_fixture_settle (f);
  id = g_strdup (wf_scripted_crm_get_activity_at (f->crm, 0)->id);
  if (done)
    g_assert_true (wf_fixture_complete (f, id, "Reached", NULL));
  return id;
}

static char *
begin (WfFixture *f, gboolean done)
{
  return begin_for (f, "ana", done);
}

static gboolean
is_made (const WfActivity *there, Mine mine, WfInstant asked_due)
{
  switch (mine)
    {
    case COMPLETE:
      return there->status == WF_ACTIVITY_DONE && g_strcmp0 (there->outcome, "Reached") == 0;
    case DISMISS:
      return there->status == WF_ACTIVITY_NO_LONGER_NEEDED &&
             g_strcmp0 (there->outcome, "Moved away") == 0;
    case RESCHEDULE:
      return there->due == asked_due && there->status == WF_ACTIVITY_OPEN;
    case REASSIGN:
      return g_strcmp0 (there->person, "bruno") == 0 && there->status == WF_ACTIVITY_OPEN;
    case REOPEN:
      return there->status == WF_ACTIVITY_OPEN;
    case COMMENT:
    default:
      return TRUE;
    }
}

/* What the CRM has is what is shown here, in either case. */
static void
assert_same_here (WfFixture *f, const WfActivity *there, gboolean gone)
{
  g_autoptr (WfActivity) here = wf_fixture_get_only (f);

  g_assert_cmpint (here->status, ==, gone ? WF_ACTIVITY_CANCELLED : there->status);
  g_assert_cmpint (here->due, ==, there->due);
  g_assert_cmpstr (here->person, ==, there->person);
  if (!gone)
    g_assert_cmpstr (here->outcome, ==, there->outcome);
  g_assert_cmpstr (here->notes, ==, there->notes);
}

static void
test_pairs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      WfFixture f;
      g_autofree char *id = begin (&f, pairs[i].mine == REOPEN);
      WfInstant asked_due = wf_fixture_now (&f) + 6 * HOUR;
      gboolean offline = pairs[i].theirs < FORBIDS;
      g_autoptr (GPtrArray) pending = NULL;
      g_autoptr (WfActivity) here = NULL;
      const WfActivity *there;

      g_test_message ("%u: mine %d, theirs %d", i, pairs[i].mine, pairs[i].theirs);
      wf_scripted_crm_set_offline (f.crm, offline);
      wf_fixture_settle (&f);
      do_theirs (&f, id, pairs[i].theirs);
      do_mine (&f, id, pairs[i].mine);
      wf_scripted_crm_set_offline (f.crm, FALSE);
      wf_fixture_pass (&f, 10 * MINUTE);

      there = wf_scripted_crm_get_activity (f.crm, id);
      pending = list (&f, id);
      here = wf_fixture_get_only (&f);
      g_assert_cmpint (is_made (there, pairs[i].mine, asked_due), ==,
                       pairs[i].reason == NULL || pairs[i].mine == COMMENT);
      assert_same_here (&f, there, pairs[i].theirs == DELETED);
      if (pairs[i].reason == NULL)
        {
          g_assert_cmpuint (pending->len, ==, 0);
          g_assert_cmpint (here->sync, ==, WF_SYNC_CONFIRMED);
          g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
        }
      else
        {
          const WfPendingChange *one = g_ptr_array_index (pending, 0);

          g_assert_cmpuint (pending->len, ==, 1);
          g_assert_cmpint (one->state, ==, WF_OUTBOX_FAILED);
          g_test_message ("%s: %s", one->what, one->problem);
          if (offline)
            g_assert_nonnull (strstr (one->problem, pairs[i].reason));
          else
            g_assert_nonnull (one->problem);
          g_assert_cmpint (here->sync, ==, WF_SYNC_REFUSED);
          g_assert_cmpstr (here->sync_error, ==, one->problem);
          g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
        }
      wf_fixture_tear_down (&f);
    }
}

/* -- waiting ----------------------------------------------------------------------------------- */

static void
test_words (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, FALSE);
  g_autoptr (GPtrArray) pending = NULL, of_lead = NULL, all = NULL, other = NULL;
  static const char *const expected[] = { "Comment: “Dog barks”", "Given to Bruno",
                                          "Moved to 16:00: “They asked”",
                                          "Completed with “Reached”", "Opened again" };

  wf_scripted_crm_set_offline (f.crm, TRUE);
  do_mine (&f, id, COMMENT);
  do_mine (&f, id, REASSIGN);
  do_mine (&f, id, RESCHEDULE);
  do_mine (&f, id, COMPLETE);
  do_mine (&f, id, REOPEN);
  pending = list (&f, id);
  g_assert_cmpuint (pending->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < pending->len; i++)
    {
      const WfPendingChange *one = g_ptr_array_index (pending, i);

      g_assert_cmpstr (one->what, ==, expected[i]);
      g_assert_cmpint (one->state, !=, WF_OUTBOX_FAILED);
      g_assert_cmpint (one->at, >, 0);
    }
  of_lead = list (&f, "l-1");
  all = list (&f, NULL);
  other = list (&f, "l-2");
  g_assert_cmpuint (of_lead->len, ==, pending->len);
  g_assert_cmpuint (all->len, ==, pending->len);
  g_assert_cmpuint (other->len, ==, 0);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 20 * MINUTE);
  g_clear_pointer (&all, g_ptr_array_unref);
  all = list (&f, NULL);
  g_assert_cmpuint (all->len, ==, 0);
  wf_fixture_tear_down (&f);
}

/* -- deciding ---------------------------------------------------------------------------------- */

static void
refuse (WfFixture *f, const char *id)
{
  wf_scripted_crm_fail (f->crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_INVALID, 0);
  g_assert_true (wf_fixture_complete (f, id, "Reached", NULL));
  wf_fixture_settle (f);
}

static void
test_retry (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, FALSE);
  g_autoptr (GPtrArray) pending = NULL, after = NULL;
  g_autoptr (WfActivity) here = NULL, done = NULL;
  g_autoptr (GError) error = NULL;
  WfInstant did = wf_fixture_now (&f);
  gint64 item;

  refuse (&f, id);
  here = wf_fixture_get_only (&f);
  g_assert_cmpint (here->status, ==, WF_ACTIVITY_OPEN);
  /* It is still there after a restart. */
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  pending = list (&f, id);
  g_assert_cmpuint (pending->len, ==, 1);
  item = ((WfPendingChange *) g_ptr_array_index (pending, 0))->item;
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_true (decide (&f, TRUE, item, &error));
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, id)->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, id)->completed, ==, did);
  after = list (&f, id);
  g_assert_cmpuint (after->len, ==, 0);
  done = wf_fixture_get_only (&f);
  g_assert_cmpint (done->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_false (decide (&f, TRUE, item, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  wf_fixture_tear_down (&f);
}

static void
test_drop (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, FALSE);
  g_autoptr (GPtrArray) pending = NULL, after = NULL;
  g_autoptr (WfActivity) here = NULL;
  g_autoptr (GError) error = NULL;
  gint64 item;

  refuse (&f, id);
  pending = list (&f, NULL);
  item = ((WfPendingChange *) g_ptr_array_index (pending, 0))->item;
  g_assert_true (decide (&f, FALSE, item, &error));
  after = list (&f, NULL);
  g_assert_cmpuint (after->len, ==, 0);
  here = wf_fixture_get_only (&f);
  g_assert_cmpint (here->status, ==, WF_ACTIVITY_OPEN);
  g_assert_cmpint (here->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_null (here->sync_error);
  g_assert_false (decide (&f, FALSE, item, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  wf_fixture_tear_down (&f);
}

/* Not tried again there, but done once more as usual. */
static void
test_done_again (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, FALSE);
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (WfActivity) here = NULL;

  refuse (&f, id);
  do_mine (&f, id, COMPLETE);
  wf_fixture_settle (&f);
  pending = list (&f, NULL);
  g_assert_cmpuint (pending->len, ==, 0);
  here = wf_fixture_get_only (&f);
  g_assert_cmpint (here->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (here->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_null (here->sync_error);
  wf_fixture_tear_down (&f);
}

/* -- being told --------------------------------------------------------------------------------- */

static guint
count_lines (WfFixture *f, const char *prefix)
{
  return wf_recording_notifier_count (f->notifier, prefix);
}

/* Completed without the CRM after its reminder was shown, which is withdrawn; then the CRM refuses. */
static void
test_told (void)
{
  static const WfCrmError refusals[] = { WF_CRM_ERROR_FORBIDDEN, WF_CRM_ERROR_INVALID };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      WfFixture f;
      g_autofree char *id = begin_for (&f, "carla", FALSE);
      g_autofree char *reminder = g_strconcat ("reminder ", id, NULL);
      g_autofree char *withdrawn = g_strconcat ("withdraw ", id, NULL);
      g_autofree char *message = g_strconcat ("message refused/", id, "/", NULL);
      g_autoptr (WfActivity) here = NULL;

      wf_fixture_pass (&f, 51 * MINUTE);
      g_assert_cmpuint (count_lines (&f, reminder), ==, 1);
      wf_scripted_crm_set_offline (f.crm, TRUE);
      wf_fixture_settle (&f);
      do_mine (&f, id, COMPLETE);
      g_assert_cmpuint (count_lines (&f, withdrawn), ==, 1);
      g_assert_cmpuint (count_lines (&f, message), ==, 0);
      wf_scripted_crm_set_offline (f.crm, FALSE);
      wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CHANGE, 1, refusals[i], 0);
      wf_fixture_pass (&f, 5 * MINUTE);

      here = wf_fixture_get_only (&f);
      g_assert_cmpint (here->status, ==, WF_ACTIVITY_OPEN);
      g_assert_cmpint (here->sync, ==, WF_SYNC_REFUSED);
      g_assert_cmpuint (count_lines (&f, message), ==, 1);
      g_assert_cmpuint (count_lines (&f, reminder), ==, 2);
      wf_fixture_tear_down (&f);
    }
}

/* Each of them, and none for what nobody here did by hand. */
static void
test_told_of_each (void)
{
  static const Mine changes[] = { COMPLETE, DISMISS, RESCHEDULE, REASSIGN, COMMENT };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      WfFixture f;
      g_autofree char *id = begin_for (&f, "carla", FALSE);

      wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_INVALID, 0);
      do_mine (&f, id, changes[i]);
      wf_fixture_settle (&f);
      g_assert_cmpuint (count_lines (&f, "message refused/"), ==, 1);
      /* Its time is ahead. */
      g_assert_cmpuint (count_lines (&f, "reminder "), ==, 0);
      wf_fixture_pass (&f, 51 * MINUTE);
      g_assert_cmpuint (count_lines (&f, "reminder "), ==, 1);
      wf_fixture_tear_down (&f);
    }
}

static void
test_not_told_of_automatic (void)
{
  WfFixture f;
  g_autofree char *id = begin_for (&f, "carla", FALSE);

  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_INVALID, 0);
  wf_fixture_add_event (&f, "e-2", "lead.discarded", "l-1", "carla", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  g_assert_cmpuint (count_lines (&f, "message refused/"), ==, 0);
  wf_fixture_tear_down (&f);
}

/* -- refused in part ---------------------------------------------------------------------------- */

/* The completion is refused, the note that was written with it is taken. */
static void
test_in_part (void)
{
  WfFixture f;
  g_autofree char *id = begin_for (&f, "carla", FALSE);
  g_autofree char *reminder = g_strconcat ("reminder ", id, NULL);
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (WfActivity) here = NULL, after = NULL;
  const WfPendingChange *refused;

  wf_fixture_pass (&f, 51 * MINUTE);
  wf_scripted_crm_set_offline (f.crm, TRUE);
  wf_fixture_settle (&f);
  do_mine (&f, id, COMPLETE);
  do_mine (&f, id, COMMENT);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_INVALID, 0);
  wf_fixture_pass (&f, 5 * MINUTE);

  pending = list (&f, id);
  g_assert_cmpuint (pending->len, ==, 1);
  refused = g_ptr_array_index (pending, 0);
  g_assert_cmpint (refused->state, ==, WF_OUTBOX_FAILED);
  here = wf_fixture_get_only (&f);
  g_assert_cmpint (here->status, ==, WF_ACTIVITY_OPEN);
  g_assert_cmpint (here->sync, ==, WF_SYNC_REFUSED);
  g_assert_cmpstr (here->sync_error, ==, refused->problem);
  g_assert_cmpuint (count_lines (&f, reminder), ==, 2);
  /* Nor does a later one that is taken, on its way or there, hide it. */
  do_mine (&f, id, RESCHEDULE);
  wf_fixture_pass (&f, MINUTE);
  after = wf_fixture_get_only (&f);
  g_assert_cmpint (after->sync, ==, WF_SYNC_REFUSED);
  g_assert_cmpstr (after->sync_error, ==, refused->problem);
  g_assert_true (decide (&f, FALSE, refused->item, NULL));
  g_clear_pointer (&after, wf_activity_unref);
  after = wf_fixture_get_only (&f);
  g_assert_cmpint (after->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_null (after->sync_error);
  wf_fixture_tear_down (&f);
}

/* -- the end before it was read again ------------------------------------------------------------ */

/* A list of what changed since does not name it any more. */
static void
start_later (WfFixture *f)
{
  wf_fixture_pass (f, 20 * MINUTE);
  wf_fixture_stop (f);
  wf_fixture_start (f);
  wf_fixture_settle (f);
}

static void
test_read_again_after_restart (void)
{
  WfFixture f;
  g_autofree char *id = begin_for (&f, "carla", FALSE);
  g_autofree char *reminder = g_strconcat ("reminder ", id, NULL);
  g_autoptr (WfActivity) done = NULL, here = NULL;

  start_later (&f);
  wf_fixture_pass (&f, 31 * MINUTE);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_INVALID, 0);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_GET, 1, WF_CRM_ERROR_SERVER, 0);
  do_mine (&f, id, COMPLETE);
  wf_fixture_settle (&f);
  done = wf_fixture_get_only (&f);
  g_assert_cmpint (done->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (done->sync, ==, WF_SYNC_REFUSED);
  wf_fixture_stop (&f);

  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  here = wf_fixture_get_only (&f);
  g_assert_cmpint (here->status, ==, WF_ACTIVITY_OPEN);
  g_assert_cmpint (here->sync, ==, WF_SYNC_REFUSED);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, reminder), ==, 2);
  wf_fixture_tear_down (&f);
}

/* The answer of one reading is lost: tried again, not left out. */
static void
test_read_again_after_failure (void)
{
  WfFixture f;
  g_autofree char *id = begin_for (&f, "carla", FALSE);
  g_autoptr (WfActivity) here = NULL;

  start_later (&f);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_INVALID, 0);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_GET, 1, WF_CRM_ERROR_SERVER, 0);
  do_mine (&f, id, COMPLETE);
  wf_fixture_pass (&f, 5 * MINUTE);
  here = wf_fixture_get_only (&f);
  g_assert_cmpint (here->status, ==, WF_ACTIVITY_OPEN);
  wf_fixture_tear_down (&f);
}

/* What the CRM has by then decides whether a repetition makes sense. */
static void
test_retry_too_late (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, FALSE);
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (GError) error = NULL;

  refuse (&f, id);
  do_theirs (&f, id, CANCELLED);
  wf_fixture_settle (&f);
  pending = list (&f, id);
  g_assert_cmpuint (pending->len, ==, 1);
  g_assert_false (
      decide (&f, TRUE, ((WfPendingChange *) g_ptr_array_index (pending, 0))->item, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/pending/pairs", test_pairs);
  g_test_add_func ("/runtime/pending/words", test_words);
  g_test_add_func ("/runtime/pending/retry", test_retry);
  g_test_add_func ("/runtime/pending/drop", test_drop);
  g_test_add_func ("/runtime/pending/done-again", test_done_again);
  g_test_add_func ("/runtime/pending/told", test_told);
  g_test_add_func ("/runtime/pending/told-of-each", test_told_of_each);
  g_test_add_func ("/runtime/pending/not-told-of-automatic", test_not_told_of_automatic);
  g_test_add_func ("/runtime/pending/in-part", test_in_part);
  g_test_add_func ("/runtime/pending/read-again-after-restart", test_read_again_after_restart);
  g_test_add_func ("/runtime/pending/read-again-after-failure", test_read_again_after_failure);
  g_test_add_func ("/runtime/pending/retry-too-late", test_retry_too_late);
  return g_test_run ();
}
