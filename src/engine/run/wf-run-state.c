/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as text: what the store keeps, and the trace of the path taken (B2). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-private.h"

#include <glib/gi18n-lib.h>

#define STATE_FORMAT 1

G_DEFINE_QUARK (wf-run-error-quark, wf_run_error)

/* Steps that were not reached are not written: loading finds them out again. */
static gboolean
is_told (const WfRun *self, const WfRunStep *step)
{
  const WfRunStep *branch;

  if (step->status == WF_STEP_PENDING)
    return FALSE;
  if (step->parent == WF_NO_STEP)
    return TRUE;
  branch = &self->steps[step->parent];
  return step->status == WF_STEP_CANCELLED || branch->chosen == step->path;
}

static void
write_instant (WfJsonWriter *writer, const char *name, WfInstant instant)
{
  if (instant != WF_INSTANT_NONE)
    wf_json_writer_add_int (writer, name, instant);
}

static void
write_step (const WfRunStep *step, WfJsonWriter *writer)
{
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", step->step->id);
  wf_json_writer_add_string (writer, "status", wf_step_status_names[step->status]);
  write_instant (writer, "base", step->base);
  write_instant (writer, "at", step->at != step->base || step->begun ? step->at : WF_INSTANT_NONE);
  write_instant (writer, "done", step->done);
  if (step->begun && !wf_step_status_is_final (step->status))
    wf_json_writer_add_boolean (writer, "begun", TRUE);
  if (step->in_stage && !wf_step_status_is_final (step->status))
    wf_json_writer_add_boolean (writer, "in-stage", TRUE);
  wf_json_writer_add_string (writer, "stage", step->stage);
  if (step->iteration > 0)
    wf_json_writer_add_int (writer, "iteration", step->iteration);
  if (step->chosen != WF_NO_PATH)
    wf_json_writer_add_int (writer, "path", step->chosen);
  wf_json_writer_add_string (writer, "reason", step->reason);
  wf_json_writer_end (writer);
}

/**
 * wf_run_save:
 * @self: a run
 *
 * Returns: (transfer full): compact JSON; instants are microseconds since 1970
 */
char *
wf_run_save (const WfRun *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "format", STATE_FORMAT);
  if (self->base != wf_event_get_time (self->event))
    wf_json_writer_add_int (writer, "base", self->base);
  if (self->stopped)
    wf_json_writer_add_boolean (writer, "stopped", TRUE);
  if (self->results != NULL)
    wf_json_writer_add_value (writer, "results", wf_json_document_get_root (self->results));
  if (self->dates != NULL)
    wf_json_writer_add_value (writer, "dates", wf_json_document_get_root (self->dates));
  wf_json_writer_begin_array (writer, "steps");
  for (guint i = 0; i < self->n_steps; i++)
    if (is_told (self, &self->steps[i]))
      write_step (&self->steps[i], writer);
  return wf_json_writer_finish (writer, FALSE);
}

static gboolean
read_status (const WfJson *value, WfStepStatus *status)
{
  const char *name = wf_json_get_string (value);

  for (guint i = 0; name != NULL && wf_step_status_names[i] != NULL; i++)
    if (g_str_equal (wf_step_status_names[i], name))
      {
        *status = (WfStepStatus) i;
        return TRUE;
      }
  return FALSE;
}

/* TRUE also when it is missing. */
static gboolean
read_instant (const WfJson *object, const char *name, WfInstant *instant)
{
  const WfJson *value = wf_json_get_member (object, name);

  return value == NULL || wf_json_get_int64 (value, instant);
}

static gboolean
read_chosen (WfRunStep *step, const WfJson *value)
{
  gint64 chosen;

  if (value == NULL)
    return TRUE;
  if (step->step->kind != WF_STEP_BRANCH || step->step->paths == NULL ||
      !wf_json_get_int64 (value, &chosen) || chosen < 0 || chosen >= step->step->paths->len)
    return FALSE;
  step->chosen = (int) chosen;
  return TRUE;
}

/* Whether the parts fit together, so that the flow meets nothing that it could not have made
 * itself. */
static gboolean
is_sound (const WfRunStep *step)
{
  WfStepKind kind = step->step->kind;

  switch (step->status)
    {
    case WF_STEP_PENDING:
      return FALSE;
    case WF_STEP_WAITING:
      return step->base != WF_INSTANT_NONE &&
             (!step->begun || kind == WF_STEP_WAIT || kind == WF_STEP_CONTROL) &&
             (step->at != WF_INSTANT_NONE ||
              (step->begun &&
               (kind == WF_STEP_CONTROL || step->step->wait.kind == WF_WAIT_UNTIL_CONDITION)));
    case WF_STEP_RUNNING:
      return step->base != WF_INSTANT_NONE && kind != WF_STEP_WAIT &&
             (!step->begun || kind == WF_STEP_CONTROL);
    case WF_STEP_SUCCEEDED:
      return step->base != WF_INSTANT_NONE && step->done != WF_INSTANT_NONE;
    case WF_STEP_SKIPPED:
    case WF_STEP_FAILED:
    case WF_STEP_CANCELLED:
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_control (WfRunStep *step, const WfJson *value)
{
  const WfJson *iteration = wf_json_get_member (value, "iteration");
  gint64 number = 0;

  if (iteration != NULL &&
      (step->step->kind != WF_STEP_CONTROL || !wf_json_get_int64 (iteration, &number) ||
       number < 0 || number > G_MAXINT32))
    return FALSE;
  step->iteration = (guint) number;
  step->in_stage = wf_json_get_boolean (wf_json_get_member (value, "in-stage"), FALSE);
  step->stage = g_strdup (wf_json_get_member_string (value, "stage"));
  return TRUE;
}

static gboolean
read_step (WfRun *self, const WfJson *value)
{
  WfRunStep *step = wf_run_find_step (self, wf_json_get_member_string (value, "id"));

  if (step == NULL || step->status != WF_STEP_PENDING ||
      !read_status (wf_json_get_member (value, "status"), &step->status) ||
      !read_instant (value, "base", &step->base) || !read_instant (value, "at", &step->at) ||
      !read_instant (value, "done", &step->done) ||
      !read_chosen (step, wf_json_get_member (value, "path")) || !read_control (step, value))
    return FALSE;
  step->begun = wf_json_get_boolean (wf_json_get_member (value, "begun"), FALSE);
  if (step->status == WF_STEP_WAITING && step->at == WF_INSTANT_NONE && !step->begun)
    step->at = step->base;
  step->reason = g_strdup (wf_json_get_member_string (value, "reason"));
  return is_sound (step);
}

static gboolean
read_root (WfRun *self, const WfJson *root)
{
  const WfJson *steps = wf_json_get_member (root, "steps"), *value;
  const WfJson *results = wf_json_get_member (root, "results");
  const WfJson *dates = wf_json_get_member (root, "dates");
  gint64 format;
  WfJsonIter iter;

  if (!wf_json_get_int64 (wf_json_get_member (root, "format"), &format) || format != STATE_FORMAT ||
      !wf_json_is (steps, WF_JSON_ARRAY) || !read_instant (root, "base", &self->base) ||
      (results != NULL && !wf_json_is (results, WF_JSON_OBJECT)) ||
      (dates != NULL && !wf_json_is (dates, WF_JSON_OBJECT)))
    return FALSE;
  self->stopped = wf_json_get_boolean (wf_json_get_member (root, "stopped"), FALSE);
  if (results != NULL)
    self->results = wf_json_document_extract (results);
  if (dates != NULL)
    self->dates = wf_json_document_extract (dates);
  wf_json_iter_init (&iter, steps);
  while (wf_json_iter_next (&iter, NULL, &value))
    if (!read_step (self, value))
      return FALSE;
  return TRUE;
}

/**
 * wf_run_load:
 * @text: from wf_run_save()
 * @workflow: the version that the run is pinned to
 * @event: the event that started it
 * @error: set when the text is damaged or does not fit the workflow
 *
 * Returns: (transfer full) (nullable): the run
 */
WfRun *
wf_run_load (const char *text, WfWorkflow *workflow, WfEvent *event, GError **error)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, error);
  g_autoptr (WfRun) self = NULL;

  if (document == NULL)
    return NULL;
  self = wf_run_new (workflow, event);
  if (!read_root (self, wf_json_document_get_root (document)))
    {
      g_set_error_literal (error, WF_RUN_ERROR, WF_RUN_ERROR_DAMAGED,
                           _ ("The state of a run is damaged or belongs to another workflow."));
      return NULL;
    }
  wf_run_settle (self, &(WfRunMove) { NULL, event, NULL, WF_INSTANT_NONE, NULL });
  return g_steal_pointer (&self);
}
