/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R117: whatever a person does leaves one entry in the audit trail: who, what, and from what to what. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-absence.h"
#include "wf-instant.h"
#include "wf-lead-calls.h"
#include "wf-runtime-day.h"
#include "wf-runtime-fixture.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

static const char company[] =
    "{\"format\":1,\"name\":\"Test\",\"process\":\"2-with-store-flow\",\"people\":["
    "{\"id\":\"carla\",\"name\":\"Carla\",\"role\":\"coordinator\",\"teams\":[\"sp\"]},"
    "{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\",\"teams\":[\"sp\"]},"
    "{\"id\":\"bruno\",\"name\":\"Bruno\",\"role\":\"attendant\",\"teams\":[\"sp\"]},"
    "{\"id\":\"davi\",\"name\":\"Davi\",\"role\":\"seller\",\"units\":[\"centro\"]}],"
    "\"teams\":[{\"id\":\"sp\",\"name\":\"SP\"}],"
    "\"units\":[{\"id\":\"centro\",\"name\":\"Centro\",\"store-flow\":true}],"
    "\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\"}],"
    "\"pipelines\":[{\"id\":\"leads\",\"record\":\"lead\",\"stages\":[{\"id\":\"new\",\"name\":\"New\"},"
    "{\"id\":\"filter-1\",\"name\":\"Filter 1\"},{\"id\":\"offer\",\"name\":\"Offer\"}]}]}";

/* ---- the scene --------------------------------------------------------------------------------- */

/* From 16:00 to 17:00 UTC, with a reminder at 15:50; now it is 13:00. */
static void
put_activity (WfFixture *f, const char *id, const char *person)
{
  g_autoptr (WfActivity) activity = wf_activity_new (id);

  g_set_str (&activity->type, "call");
  g_set_str (&activity->title, "Demonstration");
  activity->person = g_strdup (person);
  activity->lead = g_strdup ("l-1");
  activity->kind = WF_ACTIVITY_MEETING;
  activity->created = wf_fixture_now (f);
  activity->due = wf_fixture_now (f) + 3 * HOUR;
  activity->remind = activity->due - 10 * MINUTE;
  activity->ends = activity->due + HOUR;
  wf_scripted_crm_put_activity (f->crm, activity);
}

static void
put_lead (WfFixture *f, const char *id, const char *stage)
{
  g_autofree char *json = g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"%s\",\"stage\":\"%s\",\"origin\":\"web\",\"owner\":\"ana\","
      "\"updated\":\"2026-11-17T13:00:00Z\"}",
      id, id, stage);

  wf_scripted_crm_put_lead (f->crm, json);
}

static void
begin (WfFixture *f, const char *person)
{
  wf_fixture_set_up (f, person);
  wf_scripted_crm_set_organisation (f->crm, company);
  wf_fixture_put_simple_workflow (f);
  put_activity (f, "mine", "ana");
  put_activity (f, "other", "ana");
  put_lead (f, "l-1", "filter-1");
  put_lead (f, "l-2", "new");
  wf_fixture_start (f);
  wf_fixture_settle (f);
}

/* ---- what people do ---------------------------------------------------------------------------- */

static void
complete (WfFixture *f)
{
  g_assert_true (wf_fixture_complete (f, "mine", "Reached", NULL));
}

static void
reopen (WfFixture *f)
{
  complete (f);
  g_assert_true (wf_fixture_reopen (f, "mine", NULL));
}

static void
dismiss (WfFixture *f)
{
  g_assert_true (wf_fixture_dismiss (f, "mine", "Moved away", NULL));
}

static void
snooze (WfFixture *f)
{
  g_assert_cmpint (wf_fixture_snooze (f, "mine", WF_SNOOZE_15_MINUTES, NULL), ==,
                   wf_fixture_now (f) + 15 * MINUTE);
}

static void
reschedule (WfFixture *f)
{
  g_assert_true (
      wf_fixture_reschedule (f, "mine", wf_fixture_now (f) + 6 * HOUR, "They asked", NULL));
}

static void
reassign (WfFixture *f)
{
  g_assert_true (wf_fixture_reassign (f, "mine", "bruno", NULL));
}

/* What is made for a lead that nobody owns waits in the queue. */
static void
claim (WfFixture *f)
{
  const WfActivity *queued = NULL;
  g_autoptr (GError) error = NULL;

  wf_fixture_add_event (f, "e-1", "lead.received", "l-3", NULL, NULL);
  wf_fixture_settle (f);
  for (guint i = 0; i < wf_scripted_crm_get_n_activities (f->crm); i++)
    {
      const WfActivity *there = wf_scripted_crm_get_activity_at (f->crm, i);

      if (there->person == NULL)
        queued = there;
    }
  g_assert_nonnull (queued);
  wf_fixture_reassign (f, queued->id, "ana", &error);
  g_assert_no_error (error);
}

static void
comment (WfFixture *f)
{
  g_assert_true (wf_fixture_comment (f, "mine", "Dog barks", NULL));
}

static WfBulkResult *
change_many (WfFixture *f, const WfBulkChange *change, gboolean both)
{
  const char *ids[] = { "mine", both ? "other" : NULL, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfBulkResult *done;

  wf_runtime_change_many_async (f->runtime, ids, change, NULL, wf_fixture_on_result, &result);
  done = wf_runtime_change_many_finish (f->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done->done->len, ==, both ? 2 : 1);
  wf_fixture_settle (f);
  return done;
}

static void
change_and_undo (WfFixture *f, const WfBulkChange *change)
{
  g_autoptr (WfBulkResult) done = change_many (f, change, FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  guint n_left;

  wf_runtime_undo_async (f->runtime, done, NULL, wf_fixture_on_result, &result);
  g_assert_true (wf_runtime_undo_finish (f->runtime, wf_fixture_wait_for (&result), &n_left, NULL));
  g_assert_cmpuint (n_left, ==, 0);
  wf_fixture_settle (f);
}

static void
complete_both (WfFixture *f)
{
  const WfBulkChange change = { .kind = WF_BULK_COMPLETE,
                                .text = "Reached",
                                .due = WF_INSTANT_NONE };
  g_autoptr (WfBulkResult) done = change_many (f, &change, TRUE);
}

static const WfBulkChange shorter = { .kind = WF_BULK_SET_LENGTH,
                                      .due = WF_INSTANT_NONE,
                                      .length = 30 * MINUTE };

static void
shorten (WfFixture *f)
{
  g_autoptr (WfBulkResult) done = change_many (f, &shorter, FALSE);
}

static void
undo_length (WfFixture *f)
{
  change_and_undo (f, &shorter);
}

static void
undo_reschedule (WfFixture *f)
{
  change_and_undo (f, &(WfBulkChange) { .kind = WF_BULK_RESCHEDULE,
                                        .text = "They asked",
                                        .due = wf_fixture_now (f) + 6 * HOUR });
}

static void
undo_snooze (WfFixture *f)
{
  change_and_undo (f, &(WfBulkChange) { .kind = WF_BULK_SNOOZE,
                                        .snooze = WF_SNOOZE_15_MINUTES,
                                        .due = WF_INSTANT_NONE });
}

static void
set_absence_until (WfFixture *f, const char *text)
{
  WfAbsence absence = { .id = (char *) "a1",
                        .treatment = WF_ABSENCE_HOLD,
                        .reason = (char *) "Course" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_instant_parse ("2026-11-19T03:00:00Z", &absence.from));
  g_assert_true (wf_instant_parse (text, &absence.until));
  wf_runtime_set_absence_async (f->runtime, "ana", &absence, NULL, wf_fixture_on_result, &result);
  wf_runtime_command_finish (f->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  wf_fixture_settle (f);
}

static void
set_absence (WfFixture *f)
{
  set_absence_until (f, "2026-11-20T03:00:00Z");
}

static void
replace_absence (WfFixture *f)
{
  set_absence (f);
  set_absence_until (f, "2026-11-21T03:00:00Z");
}

static void
end_absence (WfFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_end_absence_async (f->runtime, "ana", "a1", NULL, wf_fixture_on_result, &result);
  g_assert_true (wf_runtime_command_finish (f->runtime, wf_fixture_wait_for (&result), NULL));
  wf_fixture_settle (f);
}

static void
remove_absence (WfFixture *f)
{
  set_absence (f);
  end_absence (f);
}

static void
cut_absence_short (WfFixture *f)
{
  set_absence (f);
  wf_fixture_pass (f, 15 * HOUR);
  end_absence (f);
}

static void
move_lead (WfFixture *f)
{
  g_assert_true (wf_lead_calls_change_stage (f->runtime, "l-1", "offer", NULL, NULL));
}

static void
move_lead_back (WfFixture *f)
{
  g_assert_true (wf_lead_calls_change_stage (f->runtime, "l-1", "new", "Wrong person", NULL));
}

static void
direct_lead (WfFixture *f)
{
  g_assert_true (wf_lead_calls_direct (f->runtime, "l-1", "bruno", NULL));
}

static void
queue_lead (WfFixture *f)
{
  g_assert_true (wf_lead_calls_direct (f->runtime, "l-1", NULL, NULL));
}

static void
comment_lead (WfFixture *f)
{
  g_assert_true (wf_lead_calls_comment (f->runtime, "l-1", "Dog barks", NULL, NULL));
}

static void
create_lead (WfFixture *f)
{
  const WfNewLead lead = { .name = "Zé", .phone = "+55 11 98888-0001" };
  g_autofree char *id = wf_lead_calls_create (f->runtime, &lead, NULL);

  g_assert_nonnull (id);
}

static const char *const both_leads[] = { "l-1", "l-2", NULL };

static void
move_leads (WfFixture *f)
{
  g_autoptr (WfLeadsResult) done =
      wf_lead_calls_change (f->runtime, both_leads, &(WfLeadChange) { .stage = "offer" });

  g_assert_cmpuint (done->done->len, ==, 2);
}

static void
undo_leads (WfFixture *f)
{
  g_autoptr (WfLeadsResult) done =
      wf_lead_calls_change (f->runtime, both_leads, &(WfLeadChange) { .stage = "offer" });
  g_autoptr (WfLeadsResult) undone = wf_lead_calls_undo (f->runtime, done);

  g_assert_cmpuint (undone->done->len, ==, 2);
}

static void
publish (WfFixture *f)
{
  g_autoptr (GPtrArray) stored = wf_fixture_list_workflows (f);
  const WfStoredWorkflow *published = g_ptr_array_index (stored, 0);
  g_autoptr (WfWorkflow) edited = wf_workflow_copy (published->workflow);
  g_autoptr (GError) error = NULL;

  g_set_str (&edited->name, "Edited");
  wf_fixture_save_workflow (f, edited, TRUE, &error);
  g_assert_no_error (error);
}

static void
pause_workflow (WfFixture *f)
{
  g_assert_true (wf_fixture_set_workflow_state (f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
}

/* The CRM refuses to complete it; what then becomes of that is a decision of its own. */
static void
decide (WfFixture *f, gboolean retry)
{
  g_autoptr (GAsyncResult) listed = NULL, result = NULL;
  g_autoptr (GPtrArray) pending = NULL;

  wf_scripted_crm_fail (f->crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_INVALID, 0);
  complete (f);
  wf_runtime_list_pending_async (f->runtime, "mine", 0, NULL, wf_fixture_on_result, &listed);
  pending = wf_runtime_list_pending_finish (f->runtime, wf_fixture_wait_for (&listed), NULL);
  g_assert_cmpuint (pending->len, ==, 1);
  const WfPendingChange *change = g_ptr_array_index (pending, 0);
  if (retry)
    wf_runtime_retry_change_async (f->runtime, change->item, NULL, wf_fixture_on_result, &result);
  else
    wf_runtime_drop_change_async (f->runtime, change->item, NULL, wf_fixture_on_result, &result);
  g_assert_true (wf_runtime_command_finish (f->runtime, wf_fixture_wait_for (&result), NULL));
  wf_fixture_settle (f);
}

static void
retry_change (WfFixture *f)
{
  decide (f, TRUE);
}

static void
drop_change (WfFixture *f)
{
  decide (f, FALSE);
}

/* ---- what the trail says ----------------------------------------------------------------------- */

#define DUE "2026-11-18T16:00:00Z"
#define ENDS "2026-11-18T17:00:00Z"
#define LATER "2026-11-18T19:00:00Z"
#define LATER_ENDS "2026-11-18T20:00:00Z"
#define AWAY "2026-11-19T03:00:00Z"
#define BACK "2026-11-20T03:00:00Z"

typedef struct
{
  const char *name, *person;
  void (*act) (WfFixture *f);
  const char *title;
  guint n; /* entries with this title */
  const char *
      members; /* of the newest: "NAME=VALUE" each, with spaces between; "_" is a space of a value */
} Case;

static const Case cases[] = {
  { "complete", "ana", complete, "Activity completed", 1,
    "activity=mine title=Demonstration status-before=open status=done outcome-before= "
    "outcome=Reached" },
  { "reopen", "ana", reopen, "Activity opened again", 1,
    "status-before=done status=open outcome-before=Reached outcome=" },
  { "dismiss", "ana", dismiss, "Activity no longer needed", 1,
    "status-before=open status=no-longer-needed outcome-before= outcome=Moved_away" },
  { "snooze", "ana", snooze, "Reminder snoozed", 1,
    "activity=mine title=Demonstration remind-before=2026-11-18T15:50:00Z "
    "remind=2026-11-18T13:15:00Z" },
  { "reschedule", "ana", reschedule, "Activity rescheduled", 1,
    "due-before=" DUE " due=" LATER " ends-before=" ENDS " ends=" LATER_ENDS " text=They_asked" },
  { "reassign", "carla", reassign, "Activity given to somebody else", 1,
    "person-before=ana person=bruno" },
  { "claim", "ana", claim, "Activity given to somebody else", 1, "person-before= person=ana" },
  { "comment", "ana", comment, "Comment added", 1, "activity=mine text=Dog_barks" },
  { "bulk", "ana", complete_both, "Activity completed", 2, "status-before=open status=done" },
  { "length", "ana", shorten, "Length changed", 1,
    "ends-before=" ENDS " ends=2026-11-18T16:30:00Z" },
  { "undo-length", "ana", undo_length, "Change undone", 1,
    "ends-before=2026-11-18T16:30:00Z ends=" ENDS },
  { "undo-reschedule", "ana", undo_reschedule, "Change undone", 1,
    "due-before=" LATER " due=" DUE " ends-before=" LATER_ENDS " ends=" ENDS },
  { "undo-snooze", "ana", undo_snooze, "Change undone", 1,
    "remind-before=2026-11-18T13:15:00Z remind=2026-11-18T15:50:00Z" },
  { "absence", "ana", set_absence, "Absence set", 1,
    "person=ana from-before= from=" AWAY " until-before= until=" BACK },
  { "absence-replaced", "ana", replace_absence, "Absence set", 2,
    "until-before=" BACK " until=2026-11-21T03:00:00Z" },
  { "absence-removed", "ana", remove_absence, "Absence ended", 1,
    "from-before=" AWAY " from= until-before=" BACK " until=" },
  { "absence-cut-short", "ana", cut_absence_short, "Absence ended", 1,
    "until-before=" BACK " until=2026-11-19T04:00:00Z" },
  { "lead-stage", "ana", move_lead, "Stage changed", 1, "stage-before=filter-1 stage=offer" },
  { "lead-stage-back", "carla", move_lead_back, "Stage changed", 1,
    "stage-before=filter-1 stage=new text=Wrong_person" },
  { "lead-owner", "carla", direct_lead, "Lead directed to somebody", 1,
    "owner-before=ana owner=bruno" },
  { "lead-queue", "carla", queue_lead, "Lead given back to the queue", 1,
    "owner-before=ana owner=" },
  { "lead-comment", "ana", comment_lead, "Comment added", 1, "" },
  { "lead-new", "davi", create_lead, "Lead registered in the store", 1, "" },
  { "leads-bulk", "carla", move_leads, "Stage changed", 2, "stage=offer" },
  { "leads-undo", "carla", undo_leads, "Stage changed", 4, "stage-before=offer" },
  { "publish", "carla", publish, "Workflow published", 1,
    "workflow=" WF_TEST_WORKFLOW " name=Edited version-before=1 version=2" },
  { "pause", "carla", pause_workflow, "Workflow paused", 1, "state-before=live state=paused" },
  { "refused-retry", "ana", retry_change, "Refused change sent again", 1,
    "activity=mine status-before=open status=done outcome-before= outcome=Reached" },
  { "refused-drop", "ana", drop_change, "Refused change dropped", 1, "activity=mine" },
};

static char *
dup_value (const WfJson *root, const char *name)
{
  const WfJson *value = wf_json_get_member (root, name);
  gint64 number;

  if (wf_json_get_int64 (value, &number))
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return g_strdup (wf_json_get_string (value));
}

static void
assert_members (const WfJson *root, const char *members)
{
  g_auto (GStrv) list = g_strsplit (members, " ", -1);

  for (guint i = 0; list[i] != NULL && *list[i] != '\0'; i++)
    {
      char *expected = strchr (list[i], '=');
      g_autofree char *value = NULL;

      *expected++ = '\0';
      value = dup_value (root, list[i]);
      g_test_message ("%s", list[i]);
      g_assert_cmpstr (value, ==, g_strdelimit (expected, "_", ' '));
    }
}

/* Whatever was something else before is something now, and never the same. */
static void
assert_pairs (const WfJson *root)
{
  static const char *const names[] = { "due",   "ends",    "person",  "owner", "stage", "status",
                                       "state", "version", "outcome", "from",  "until", "remind" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat (names[i], "-before", NULL);
      g_autofree char *before = dup_value (root, name);
      g_autofree char *after = dup_value (root, names[i]);

      if (before == NULL)
        continue;
      g_assert_nonnull (after);
      g_assert_cmpstr (before, !=, after);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  WfFixture f;
  g_autofree char *details = NULL;
  g_autoptr (WfJsonDocument) document = NULL;
  const WfJson *root;

  begin (&f, c->person);
  c->act (&f);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_fixture_count_titles (&f, c->title), ==, c->n);
  details = wf_fixture_dup_details (&f, c->title);
  g_test_message ("%s", details);
  document = wf_json_document_parse (details, -1, 0, NULL);
  g_assert_nonnull (document);
  root = wf_json_document_get_root (document);
  g_assert_cmpstr (wf_json_get_member_string (root, "by"), ==, c->person);
  assert_members (root, c->members);
  assert_pairs (root);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/runtime/audit/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
