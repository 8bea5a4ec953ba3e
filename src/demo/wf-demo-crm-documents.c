/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's organisation, workflow documents and audit trail. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm-private.h"
#include "wf-demo-json.h"

#include "wf-instant.h"
#include "wf-workflow.h"

#include <glib/gi18n-lib.h>

#define ORGANISATION_ID "organisation"
/* The problem of a workflow that gives people too little time. */
#define TOO_SHORT "duration-too-short"

static void
store_document (WfDemoCrm *self, const WfDemoCaller *caller, const char *kind, const char *id,
                const char *body, gint64 *revision)
{
  *revision = wf_demo_crm_next_revision (self);
  wf_demo_database_run (
      self->database,
      "INSERT INTO documents (kind, id, body, revision, author, saved) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT (kind, id) DO UPDATE SET body = ?3, revision = ?4, author = ?5, saved = ?6",
      "sssisi", kind, id, body, *revision, wf_demo_caller_get_id (caller), wf_demo_crm_now (self));
}

static gint64
get_revision (WfDemoCrm *self, const char *kind, const char *id)
{
  return wf_demo_database_get_number (self->database, 0,
                                      "SELECT revision FROM documents WHERE kind = ? AND id = ?",
                                      "ss", kind, id);
}

static void
get_document (WfDemoCrm *self, const char *kind, const char *id, const char *missing,
              WfDemoOutcome *outcome)
{
  sqlite3_stmt *row = wf_demo_database_query (
      self->database, "SELECT body, revision FROM documents WHERE kind = ? AND id = ?", "ss", kind,
      id);

  if (wf_demo_database_step (self->database, row))
    {
      wf_demo_outcome_succeed (outcome, 200, g_strdup (wf_demo_column_text (row, 0)),
                               sqlite3_column_int64 (row, 1));
      wf_demo_database_end (row);
    }
  else
    wf_demo_outcome_fail (outcome, 404, "not-found", missing);
}

/* -- organisation ------------------------------------------------------------------------------ */

void
wf_demo_crm_load_organisation (WfDemoCrm *self)
{
  g_autofree char *text = wf_demo_database_dup_text (
      self->database, "SELECT body FROM documents WHERE kind = '" WF_DEMO_KIND_ORGANISATION "'",
      "");
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                     : NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  g_clear_pointer (&self->organisation, wf_organisation_unref);
  if (document != NULL)
    self->organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
}

void
wf_demo_crm_get_organisation_document (WfDemoCrm *self, WfDemoOutcome *outcome)
{
  get_document (self, WF_DEMO_KIND_ORGANISATION, ORGANISATION_ID,
                _ ("There is no organisation yet."), outcome);
}

/* Stores it as the one that counts from now. text: as it was written; the revision is the result. */
static gint64
change_organisation (WfDemoCrm *self, const WfDemoCaller *caller, WfOrganisation *organisation,
                     const char *text)
{
  WfDemoEventDraft draft = { .type = "organisation.changed" };
  gint64 revision;

  store_document (self, caller, WF_DEMO_KIND_ORGANISATION, ORGANISATION_ID, text, &revision);
  wf_demo_crm_add_event (self, caller, &draft);
  wf_demo_crm_audit (self, caller, "organisation.changed", ORGANISATION_ID, NULL);
  self->organisation_changed = TRUE;
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  self->organisation = organisation;
  return revision;
}

void
wf_demo_crm_change_organisation (WfDemoCrm *self, const WfDemoCaller *caller,
                                 WfOrganisation *organisation)
{
  g_autofree char *text = wf_organisation_to_text (organisation, FALSE);

  change_organisation (self, caller, organisation, text);
}

void
wf_demo_crm_put_organisation (WfDemoCrm *self, const WfDemoCaller *caller, const WfJson *body,
                              const char *if_match, WfDemoOutcome *outcome)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfOrganisation) organisation = NULL;
  gint64 revision = get_revision (self, WF_DEMO_KIND_ORGANISATION, ORGANISATION_ID);

  if (!wf_demo_crm_caller_may (self, caller, WF_RIGHT_EDIT_ORGANISATION))
    {
      wf_demo_outcome_fail (outcome, 403, "forbidden",
                            _ ("Your role does not edit the organisation."));
      return;
    }
  if (revision != 0 && !wf_demo_crm_check_match (if_match, revision, outcome))
    return;
  organisation = wf_organisation_read (body, problems);
  if (organisation == NULL || wf_problems_has_errors (problems))
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return;
    }

  g_autofree char *text = wf_json_to_text (body, FALSE);
  revision = change_organisation (self, caller, g_steal_pointer (&organisation), text);
  wf_demo_outcome_succeed (outcome, 200, g_steal_pointer (&text), revision);
}

/* -- workflows --------------------------------------------------------------------------------- */

void
wf_demo_crm_list_workflows (WfDemoCrm *self, WfDemoOutcome *outcome)
{
  g_autoptr (GString) list = g_string_new ("[");
  gint64 latest = 0;
  guint n = 0;
  sqlite3_stmt *row = wf_demo_database_query (
      self->database,
      "SELECT body, revision, author, saved FROM documents WHERE kind = '" WF_DEMO_KIND_WORKFLOW
      "' ORDER BY id",
      "");

  while (wf_demo_database_step (self->database, row))
    {
      g_autofree char *tag = wf_demo_crm_make_tag (sqlite3_column_int64 (row, 1));
      g_autofree char *saved = wf_instant_format_utc (sqlite3_column_int64 (row, 3));
      g_autoptr (WfJsonDocument) body =
          wf_json_document_parse (wf_demo_column_text (row, 0), -1, 0, NULL);
      g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

      latest = MAX (latest, sqlite3_column_int64 (row, 1));
      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "etag", tag);
      wf_json_writer_add_string (writer, "author", wf_demo_column_text (row, 2));
      wf_json_writer_add_string (writer, "saved", saved);
      wf_json_writer_add_value (writer, "workflow", wf_json_document_get_root (body));
      wf_json_writer_end (writer);
      g_autofree char *item = wf_json_writer_finish (writer, FALSE);
      g_string_append_printf (list, "%s%s", n++ > 0 ? "," : "", item);
    }
  g_string_append_c (list, ']');
  wf_demo_outcome_succeed (outcome, 200, g_string_free (g_steal_pointer (&list), FALSE), latest);
}

void
wf_demo_crm_get_workflow (WfDemoCrm *self, const char *id, WfDemoOutcome *outcome)
{
  get_document (self, WF_DEMO_KIND_WORKFLOW, id, _ ("There is no such workflow."), outcome);
}

/* A draft may be incomplete (S30), but nobody is ever to be given less than half an hour, not
 * through the API either (S27). */
static void
check_minimum (WfDemoCrm *self, const WfWorkflow *workflow, WfProblems *problems)
{
  g_autoptr (WfProblems) all = wf_problems_new (NULL);

  wf_workflow_validate (workflow, self->organisation, all);
  for (guint i = 0; i < wf_problems_get_n (all); i++)
    {
      const WfProblem *problem = wf_problems_get (all, i);

      if (problem->severity == WF_PROBLEM_ERROR && g_strcmp0 (problem->code, TOO_SHORT) == 0)
        wf_problems_add (problems, WF_PROBLEM_ERROR, problem->path, problem->code, "%s",
                         problem->text);
    }
}

static gboolean
has_too_short (const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    if (g_strcmp0 (wf_problems_get (problems, i)->code, TOO_SHORT) == 0)
      return TRUE;
  return FALSE;
}

/* What runs must hold in every way. NULL with a problem in outcome. */
static WfWorkflow *
read_workflow (WfDemoCrm *self, const char *id, const WfJson *body, WfDemoOutcome *outcome)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow = wf_workflow_read (body, problems);

  if (workflow != NULL && g_strcmp0 (workflow->id, id) != 0)
    {
      wf_problems_add (problems, WF_PROBLEM_ERROR, "/id", "wrong-value", "%s",
                       _ ("This is not the id of the address."));
      g_clear_pointer (&workflow, wf_workflow_unref);
    }
  if (workflow != NULL &&
      (workflow->state == WF_WORKFLOW_LIVE || workflow->state == WF_WORKFLOW_PAUSED))
    wf_workflow_validate (workflow, self->organisation, problems);
  else if (workflow != NULL && workflow->state == WF_WORKFLOW_DRAFT)
    check_minimum (self, workflow, problems);
  if (workflow == NULL || has_too_short (problems) ||
      (wf_problems_has_errors (problems) && workflow->state != WF_WORKFLOW_DRAFT &&
       workflow->state != WF_WORKFLOW_ARCHIVED))
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return NULL;
    }
  return g_steal_pointer (&workflow);
}

static void
tell_workflow (WfDemoCrm *self, const WfDemoCaller *caller, const WfWorkflow *workflow)
{
  g_autofree char *object = g_strconcat ("workflow/", workflow->id, NULL);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_object (writer, "workflow");
  wf_json_writer_add_string (writer, "id", workflow->id);
  wf_json_writer_add_int (writer, "version", workflow->version);
  wf_json_writer_add_string (writer, "state", wf_workflow_state_names[workflow->state]);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) data = wf_json_writer_finish_document (writer);
  g_autofree char *detail = wf_json_to_text (wf_json_document_get_root (data), FALSE);
  WfDemoEventDraft draft = { .type = "workflow.changed", .data = wf_json_document_get_root (data) };
  wf_demo_crm_add_event (self, caller, &draft);
  wf_demo_crm_audit (self, caller, "workflow.saved", object, detail);
}

void
wf_demo_crm_put_workflow (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                          const WfJson *body, const char *if_match, gboolean create,
                          WfDemoOutcome *outcome)
{
  gint64 revision = get_revision (self, WF_DEMO_KIND_WORKFLOW, id);

  if (!wf_demo_crm_caller_may (self, caller, WF_RIGHT_EDIT_WORKFLOWS))
    {
      wf_demo_outcome_fail (outcome, 403, "forbidden", _ ("Your role does not edit workflows."));
      return;
    }
  if (create && revision != 0)
    {
      g_auto (WfDemoOutcome) existing = { 0 };
      wf_demo_crm_get_workflow (self, id, &existing);
      g_autoptr (WfJsonDocument) stored = wf_json_document_parse (existing.body, -1, 0, NULL);

      wf_demo_outcome_fail (outcome, 412, "already-exists", _ ("This workflow exists already."));
      outcome->etag = wf_demo_crm_make_tag (revision);
      outcome->has_same_content = TRUE;
      outcome->same_content = wf_json_equal (wf_json_document_get_root (stored), body);
      return;
    }
  if (!create && revision == 0)
    {
      wf_demo_outcome_fail (outcome, 404, "not-found", _ ("There is no such workflow."));
      return;
    }
  if (!create && !wf_demo_crm_check_match (if_match, revision, outcome))
    return;

  g_autoptr (WfWorkflow) workflow = read_workflow (self, id, body, outcome);
  if (workflow == NULL)
    return;
  g_autofree char *text = wf_json_to_text (body, FALSE);
  store_document (self, caller, WF_DEMO_KIND_WORKFLOW, id, text, &revision);
  tell_workflow (self, caller, workflow);
  wf_demo_outcome_succeed (outcome, create ? 201 : 200, g_steal_pointer (&text), revision);
}

/* -- audit ------------------------------------------------------------------------------------- */

void
wf_demo_crm_audit (WfDemoCrm *self, const WfDemoCaller *caller, const char *action,
                   const char *object, const char *detail)
{
  wf_demo_database_run (
      self->database,
      "INSERT INTO audit (time, person, action, object, detail) VALUES (?, ?, ?, ?, ?)", "issss",
      wf_demo_crm_now (self), wf_demo_caller_get_id (caller), action, object, detail);
}

void
wf_demo_crm_list_audit (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                        WfDemoOutcome *outcome, char **next_page)
{
  g_autoptr (WfJsonWriter) writer = NULL;
  gint64 page, last = 0;
  guint limit, n = 0;

  *next_page = NULL;
  if (!wf_demo_crm_caller_may (self, caller, WF_RIGHT_SEE_LOG))
    {
      wf_demo_outcome_fail (outcome, 403, "forbidden", _ ("Your role does not see the log."));
      return;
    }
  if (!wf_demo_crm_read_page (query, &page, &limit, outcome))
    return;

  writer = wf_json_writer_new ();
  wf_json_writer_begin_array (writer, NULL);
  sqlite3_stmt *row = wf_demo_database_query (
      self->database,
      "SELECT sequence, time, person, action, object, detail FROM audit WHERE (?1 = 0 OR sequence < ?1)"
      " ORDER BY sequence DESC LIMIT ?2",
      "ii", page, (gint64) limit);
  while (wf_demo_database_step (self->database, row))
    {
      g_autofree char *time = wf_instant_format_utc (sqlite3_column_int64 (row, 1));
      const char *detail_text = wf_demo_column_text (row, 5);
      g_autoptr (WfJsonDocument) detail =
          detail_text != NULL ? wf_json_document_parse (detail_text, -1, 0, NULL) : NULL;

      last = sqlite3_column_int64 (row, 0);
      n++;
      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_int (writer, "sequence", last);
      wf_json_writer_add_string (writer, "time", time);
      wf_json_writer_add_string (writer, "person", wf_demo_column_text (row, 2));
      wf_json_writer_add_string (writer, "action", wf_demo_column_text (row, 3));
      wf_json_writer_add_string (writer, "object", wf_demo_column_text (row, 4));
      if (detail != NULL)
        wf_json_writer_add_value (writer, "detail", wf_json_document_get_root (detail));
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
  if (n == limit && last > 1)
    *next_page = g_strdup_printf ("%" G_GINT64_FORMAT, last);
  wf_demo_outcome_succeed (outcome, 200, wf_json_writer_finish (writer, FALSE), 0);
}
