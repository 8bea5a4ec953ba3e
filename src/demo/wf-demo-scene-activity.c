/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activities of the sample's past: made by its own workflows for its own events, with the
 * engine's keys (S15). */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-scene-activity.h"
#include "wf-demo-crm-private.h"

#include "wf-deadline.h"
#include "wf-event.h"
#include "wf-instant.h"
#include "wf-json-writer.h"
#include "wf-merge-text.h"
#include "wf-uuid.h"
#include "wf-workflow.h"

/* What one activity is made from. */
typedef struct
{
  WfDemoCrm *crm;
  WfEvent *event;
  const WfWorkflow *workflow;
  const WfStep *step;
  const WfPerson *person;
  WfConditionContext context;
  WfDeadline deadline;
  gboolean arrived_late; /* S26: the event was on its way for long */
} Making;

static WfEvent *
load_last_event (WfDemoCrm *crm)
{
  g_autofree char *text = wf_demo_database_dup_text (
      crm->database, "SELECT body FROM events ORDER BY sequence DESC LIMIT 1", "");
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                     : NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  return document != NULL ? wf_event_read (document, wf_json_document_get_root (document),
                                           wf_demo_crm_now (crm), problems)
                          : NULL;
}

GPtrArray *
wf_demo_load_workflows (WfDemoCrm *crm)
{
  GPtrArray *workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  sqlite3_stmt *row = wf_demo_database_query (
      crm->database,
      "SELECT body FROM documents WHERE kind = '" WF_DEMO_KIND_WORKFLOW "' ORDER BY id", "");

  while (wf_demo_database_step (crm->database, row))
    {
      g_autoptr (WfJsonDocument) document =
          wf_json_document_parse (wf_demo_column_text (row, 0), -1, 0, NULL);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      WfWorkflow *workflow = document != NULL
                                 ? wf_workflow_read (wf_json_document_get_root (document), problems)
                                 : NULL;

      if (workflow != NULL)
        g_ptr_array_add (workflows, workflow);
    }
  return workflows;
}

static gboolean
is_permitted (const WfCreateActivity *settings, const WfPerson *person)
{
  if (settings->scope == WF_PERMISSION_ALL)
    return TRUE;
  for (guint i = 0; person != NULL && settings->groups != NULL && settings->groups[i] != NULL; i++)
    if (wf_person_in_group (person, settings->groups[i]))
      return TRUE;
  return FALSE;
}

static gboolean
find_deadline (Making *making)
{
  const WfCreateActivity *settings = &making->step->create_activity;
  WfWorkingHours *hours =
      making->person != NULL
          ? wf_organisation_get_hours_for (making->crm->organisation, making->person)
          : wf_organisation_get_hours (making->crm->organisation);
  WfDeadlineRequest request = {
    .from = wf_event_get_time (making->event),
    .now = wf_demo_crm_now (making->crm),
    .within = settings->complete_within,
    .before = settings->before != NULL,
    .business_hours = settings->business_hours,
    .business_time = settings->business_time,
    .notify = settings->notify,
  };

  if (request.before && !wf_event_get_instant (making->event, settings->before,
                                               wf_working_hours_get_zone (hours), &request.from))
    return FALSE;
  making->deadline = wf_deadline_compute (&request, hours, NULL);
  return making->deadline.outcome == WF_DEADLINE_OK;
}

static void
add_instant (WfJsonWriter *writer, const char *name, WfInstant instant)
{
  g_autofree char *text = instant != WF_INSTANT_NONE ? wf_instant_format_utc (instant) : NULL;

  wf_json_writer_add_string (writer, name, text);
}

static const char *
get_field (Making *making, const char *field)
{
  return wf_json_get_string (wf_event_get_field (making->event, field));
}

static WfJsonDocument *
write_activity (Making *making)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfCreateActivity *settings = &making->step->create_activity;
  const WfEntry *type = wf_organisation_get_entry (making->crm->organisation,
                                                   WF_ENTRY_ACTIVITY_TYPE, settings->activity_type);
  WfInstant now = wf_demo_crm_now (making->crm);
  g_autofree char *notes =
      settings->notes != NULL ? wf_merge_text_expand (settings->notes, &making->context) : NULL;
  g_autofree char *cause = g_strdup_printf ("%s/%s/%s", making->workflow->id, making->step->id,
                                            wf_event_get_id (making->event));

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "lead", wf_event_get_lead (making->event));
  wf_json_writer_add_string (writer, "lead-name", get_field (making, "lead.name"));
  wf_json_writer_add_string (writer, "lead-phone", get_field (making, "lead.phone"));
  wf_json_writer_add_string (writer, "lead-email", get_field (making, "lead.email"));
  wf_json_writer_add_string (writer, "type", settings->activity_type);
  wf_json_writer_add_string (writer, "title", type != NULL ? type->name : settings->activity_type);
  wf_json_writer_add_string (writer, "notes", notes);
  wf_json_writer_add_string (writer, "person", making->person != NULL ? making->person->id : NULL);
  add_instant (writer, "created", now);
  add_instant (writer, "due", making->deadline.due);
  add_instant (writer, "original-due", making->deadline.due);
  add_instant (writer, "remind", making->deadline.remind);
  add_instant (writer, "visible-from",
               wf_deadline_visible_from (making->deadline.due, settings->notify, now));
  wf_json_writer_add_string (writer, "zone",
                             g_time_zone_get_identifier (wf_working_hours_get_zone (
                                 wf_organisation_get_hours (making->crm->organisation))));
  wf_json_writer_add_boolean (writer, "business-hours", settings->business_hours);
  if (making->arrived_late)
    wf_json_writer_add_boolean (writer, "arrived-late", TRUE);
  wf_json_writer_add_string (writer, "workflow", making->workflow->id);
  wf_json_writer_add_string (writer, "workflow-name", making->workflow->name);
  wf_json_writer_add_int (writer, "workflow-version", making->workflow->version);
  wf_json_writer_add_string (writer, "step", making->step->id);
  wf_json_writer_add_string (writer, "event-source", wf_event_get_source (making->event));
  wf_json_writer_add_string (writer, "event-id", wf_event_get_id (making->event));
  wf_json_writer_add_string (writer, "event-type", wf_event_get_event_type (making->event));
  wf_json_writer_add_string (writer, "cause", cause);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

static char *
make_activity (Making *making)
{
  g_auto (WfDemoOutcome) outcome = { 0 };
  g_auto (WfDemoCaller) caller = { 0 };
  char key[WF_UUID_LENGTH + 1];

  if (!is_permitted (&making->step->create_activity, making->person) || !find_deadline (making))
    return NULL;

  g_autofree char *name = g_strdup_printf ("%s\n%s\n%s\n0", wf_event_get_source (making->event),
                                           wf_event_get_id (making->event), making->step->id);
  g_autoptr (WfJsonDocument) body = write_activity (making);
  wf_uuid_v5 (making->workflow->id, name, -1, key);
  wf_demo_crm_init_caller (making->crm, &caller, WF_DEMO_CALLER_ENGINE, NULL);
  wf_demo_crm_create_activity (making->crm, &caller, key, wf_json_document_get_root (body), "",
                               &outcome);
  return outcome.status == 201 ? g_strdup (key) : NULL;
}

char *
wf_demo_make_activity (WfDemoCrm *crm, GPtrArray *workflows, gboolean arrived_late)
{
  g_autoptr (WfEvent) event = load_last_event (crm);
  Making making = { .crm = crm, .event = event, .arrived_late = arrived_late };

  if (event == NULL)
    return NULL;
  making.context = (WfConditionContext) {
    .event = event,
    .organisation = crm->organisation,
    .now = wf_demo_crm_now (crm),
  };
  if (wf_event_get_owner (event) != NULL)
    making.person = wf_organisation_get_person (crm->organisation, wf_event_get_owner (event));
  for (guint i = 0; i < workflows->len; i++)
    {
      making.workflow = workflows->pdata[i];
      if (making.workflow->state != WF_WORKFLOW_LIVE || making.workflow->steps->len == 0 ||
          g_strcmp0 (making.workflow->event, wf_event_get_event_type (event)) != 0 ||
          (making.workflow->conditions != NULL &&
           !wf_condition_holds (making.workflow->conditions, &making.context, NULL)))
        continue;
      making.step = making.workflow->steps->pdata[0];
      if (making.step->kind == WF_STEP_CREATE_ACTIVITY)
        return make_activity (&making);
    }
  return NULL;
}

/* status and outcome_text go onto an open activity, in the name of its person or of the CRM. */
static void
close_activity (WfDemoCrm *crm, const char *activity, const char *status, const char *outcome_text,
                gboolean by_person)
{
  g_autofree char *text = wf_demo_database_dup_text (
      crm->database, "SELECT body FROM activities WHERE id = ? AND status = 'open'", "s", activity);
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                     : NULL;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_auto (WfDemoOutcome) outcome = { 0 };
  g_auto (WfDemoCaller) caller = { 0 };

  if (document == NULL)
    return;
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "status", status);
  wf_json_writer_add_string (writer, "outcome", outcome_text);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) patch = wf_json_writer_finish_document (writer);
  wf_demo_crm_init_caller (
      crm, &caller, WF_DEMO_CALLER_SELF,
      by_person ? wf_json_get_member_string (wf_json_document_get_root (document), "person")
                : NULL);
  wf_demo_crm_patch_activity (crm, &caller, activity, wf_json_document_get_root (patch), "*",
                              &outcome);
}

void
wf_demo_complete_activity (WfDemoCrm *crm, const char *activity, const char *outcome_text)
{
  close_activity (crm, activity, "done", outcome_text, TRUE);
}

void
wf_demo_retire_activities (WfDemoCrm *crm, WfInstant before)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *row = wf_demo_database_query (
      crm->database, "SELECT id FROM activities WHERE status = 'open' AND due < ? ORDER BY due",
      "i", before);

  while (wf_demo_database_step (crm->database, row))
    g_ptr_array_add (ids, g_strdup (wf_demo_column_text (row, 0)));
  for (guint i = 0; i < ids->len; i++)
    close_activity (crm, ids->pdata[i], "no-longer-needed", NULL, FALSE);
}
