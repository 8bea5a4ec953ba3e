/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft runs in shadow beside the live version for a while: it creates nothing (B21). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"
#include "wf-comparison.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define USUAL_LENGTH (7 * G_TIME_SPAN_DAY)

/* Policy. A trial is a draft and two instants, kept as a fact. Nothing runs for it: what it would
 * have done is a comparison of the events that came in since it began, made when somebody looks.
 * So it costs nothing, survives every crash, and shows exactly what a comparison shows. When its
 * time is over the person is told, and its result stays until it is stopped or begun again. */

typedef struct
{
  WfWorkflow *draft; /* (owned) */
  WfInstant began, until;
  char *by; /* (owned) (nullable) */
  gboolean ended;
} Kept;

static void
kept_free (Kept *self)
{
  g_clear_pointer (&self->draft, wf_workflow_unref);
  g_free (self->by);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Kept, kept_free)

/* NULL when it is damaged. */
static Kept *
read_kept (const WfJson *object)
{
  const char *began = wf_json_get_member_string (object, "began");
  const char *until = wf_json_get_member_string (object, "until");
  const WfJson *draft = wf_json_get_member (object, "draft");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (Kept) kept = g_new0 (Kept, 1);

  kept->by = g_strdup (wf_json_get_member_string (object, "by"));
  kept->ended = wf_json_get_boolean (wf_json_get_member (object, "ended"), FALSE);
  kept->draft = draft != NULL ? wf_workflow_read (draft, problems) : NULL;
  if (kept->draft == NULL || began == NULL || until == NULL ||
      !wf_instant_parse (began, &kept->began) || !wf_instant_parse (until, &kept->until))
    return NULL;
  return g_steal_pointer (&kept);
}

static GPtrArray *
load (WfStore *store)
{
  GPtrArray *trials = g_ptr_array_new_with_free_func ((GDestroyNotify) kept_free);
  g_autofree char *text = wf_store_get_fact (store, WF_FACT_TRIALS);
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                     : NULL;
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;

  for (guint i = 0; i < wf_json_get_size (root); i++)
    {
      Kept *kept = read_kept (wf_json_get_element (root, i));

      if (kept != NULL)
        g_ptr_array_add (trials, kept);
      else
        g_warning ("A trial cannot be read and is dropped");
    }
  return trials;
}

static void
write_kept (const Kept *kept, WfJsonWriter *writer)
{
  g_autofree char *began = wf_instant_format_utc (kept->began);
  g_autofree char *until = wf_instant_format_utc (kept->until);
  g_autofree char *text = wf_workflow_to_text (kept->draft, FALSE);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "began", began);
  wf_json_writer_add_string (writer, "until", until);
  wf_json_writer_add_string (writer, "by", kept->by);
  if (kept->ended)
    wf_json_writer_add_boolean (writer, "ended", TRUE);
  if (document != NULL)
    wf_json_writer_add_value (writer, "draft", wf_json_document_get_root (document));
  wf_json_writer_end (writer);
}

static gboolean
save (WfStore *store, const GPtrArray *trials, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  if (trials->len == 0)
    return wf_store_set_fact (store, WF_FACT_TRIALS, NULL, error);
  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < trials->len; i++)
    write_kept (g_ptr_array_index (trials, i), writer);
  wf_json_writer_end (writer);
  text = wf_json_writer_finish (writer, FALSE);
  return wf_store_set_fact (store, WF_FACT_TRIALS, text, error);
}

/* Its place, or trials->len. */
static guint
find (const GPtrArray *trials, const char *workflow)
{
  guint i = 0;

  while (i < trials->len &&
         !g_str_equal (((const Kept *) g_ptr_array_index (trials, i))->draft->id, workflow))
    i++;
  return i;
}

static gboolean
log_trial (WfCommit *self, const Kept *kept, const char *title, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *until = wf_instant_format_utc (kept->until);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", kept->draft->id);
  wf_json_writer_add_string (writer, "name", kept->draft->name);
  wf_json_writer_add_string (writer, "until", until);
  wf_json_writer_add_string (writer, "by", self->automatic ? kept->by : self->person);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  self->changes->workflows = TRUE;
  return wf_commit_log (self, "change", title, NULL, details, error);
}

/* -- its end ----------------------------------------------------------------------------------- */

static gboolean
end (WfCommit *self, Kept *kept, GError **error)
{
  g_autofree char *id = g_strconcat ("trial/", kept->draft->id, NULL);

  kept->ended = TRUE;
  if (!log_trial (self, kept, _ ("Trial ended"), error))
    return FALSE;
  return !self->reminds ||
         wf_commit_keep_message (self, id, kept->draft->name,
                                 _ ("The trial is over: see what it would have done."), error);
}

gboolean
wf_trial_end_due (WfCommit *self, GError **error)
{
  g_autoptr (GPtrArray) trials = load (self->store);
  gboolean changed = FALSE;

  for (guint i = 0; i < trials->len; i++)
    {
      Kept *kept = g_ptr_array_index (trials, i);

      if (kept->ended || kept->until > self->now)
        continue;
      if (!end (self, kept, error))
        return FALSE;
      changed = TRUE;
    }
  return !changed || save (self->store, trials, error);
}

WfInstant
wf_trial_get_next_end (WfStore *store)
{
  g_autoptr (GPtrArray) trials = load (store);
  WfInstant next = WF_INSTANT_NONE;

  for (guint i = 0; i < trials->len; i++)
    {
      const Kept *kept = g_ptr_array_index (trials, i);

      if (!kept->ended && (next == WF_INSTANT_NONE || kept->until < next))
        next = kept->until;
    }
  return next;
}

/* -- the commands ------------------------------------------------------------------------------ */

typedef struct
{
  WfWorkflow *draft; /* (owned) (nullable) of start */
  char *workflow;    /* (owned) (nullable) of stop */
  WfInstant until;
} Arguments;

static void
arguments_free (Arguments *self)
{
  g_clear_pointer (&self->draft, wf_workflow_unref);
  g_free (self->workflow);
  g_free (self);
}

static gpointer
start (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  g_autoptr (GPtrArray) trials = load (store);
  guint place = find (trials, arguments->draft->id);
  Kept *kept;

  self->store = store;
  if (!wf_workflow_expect_valid (self, arguments->draft, error))
    return NULL;
  if (place < trials->len)
    g_ptr_array_remove_index (trials, place);
  kept = g_new0 (Kept, 1);
  kept->draft = wf_workflow_ref (arguments->draft);
  kept->began = self->now;
  kept->until = arguments->until == WF_INSTANT_NONE ? self->now + USUAL_LENGTH : arguments->until;
  kept->by = g_strdup (self->person);
  g_ptr_array_add (trials, kept);
  if (!save (store, trials, error) || !log_trial (self, kept, _ ("Trial started"), error))
    return NULL;
  return wf_commit_finish (self, error);
}

static gpointer
stop (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  g_autoptr (GPtrArray) trials = load (store);
  guint place = find (trials, arguments->workflow);

  self->store = store;
  if (place == trials->len)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                           _ ("There is no trial of this workflow."));
      return NULL;
    }

  g_autoptr (Kept) kept = g_ptr_array_steal_index (trials, place);
  if (!save (store, trials, error) || !log_trial (self, kept, _ ("Trial stopped"), error))
    return NULL;
  return wf_commit_finish (self, error);
}

/**
 * wf_runtime_start_trial_async:
 * @self: a runtime
 * @draft: what is tried; a copy is taken, later edits do not change the trial
 * @until: its end; WF_INSTANT_NONE: in a week
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 *
 * Takes the place of an earlier trial of the same workflow.
 */
void
wf_runtime_start_trial_async (WfRuntime *self, WfWorkflow *draft, WfInstant until,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_start_trial_async, cancellable, callback, user_data);
  Arguments *arguments;

  if (!wf_workflow_check_right (self, &task))
    return;
  if (until != WF_INSTANT_NONE && until <= wf_clock_now (self->clock))
    {
      g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                                       _ ("The trial has to end in the future."));
      g_object_unref (task);
      return;
    }
  arguments = g_new0 (Arguments, 1);
  arguments->draft = wf_workflow_copy (draft);
  arguments->until = until;
  wf_command_run (self, task, start, arguments, (GDestroyNotify) arguments_free);
}

void
wf_runtime_stop_trial_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_stop_trial_async, cancellable, callback, user_data);
  Arguments *arguments;

  if (!wf_workflow_check_right (self, &task))
    return;
  arguments = g_new0 (Arguments, 1);
  arguments->workflow = g_strdup (workflow);
  arguments->until = WF_INSTANT_NONE;
  wf_command_run (self, task, stop, arguments, (GDestroyNotify) arguments_free);
}

/* -- its result -------------------------------------------------------------------------------- */

void
wf_trial_free (WfTrial *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->draft, wf_workflow_unref);
  g_clear_pointer (&self->result, wf_compare_result_free);
  g_free (self);
}

/* NULL without an error: there is none. */
static gpointer
find_trial (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  g_autoptr (GPtrArray) trials = load (store);
  guint place = find (trials, self->arguments);

  return place < trials->len ? g_ptr_array_steal_index (trials, place) : NULL;
}

static void
return_trial (GTask *task, WfCompareResult *result, GError *error)
{
  const Kept *kept = g_task_get_task_data (task);
  WfTrial *trial = NULL;

  if (error == NULL)
    {
      trial = g_new0 (WfTrial, 1);
      trial->draft = wf_workflow_ref (kept->draft);
      trial->began = kept->began;
      trial->until = kept->until;
      trial->result = result;
      g_task_return_pointer (task, trial, (GDestroyNotify) wf_trial_free);
    }
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
on_trial_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WfRuntime *self = WF_RUNTIME (source);
  GTask *task = user_data;
  GError *error = NULL;
  Kept *kept = g_task_propagate_pointer (G_TASK (result), &error);

  if (kept == NULL || self->store == NULL)
    {
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_pointer (task, NULL, NULL);
      g_clear_pointer (&kept, kept_free);
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, kept, (GDestroyNotify) kept_free);
  wf_comparison_run (self, kept->draft, kept->began, kept->until, task, return_trial);
}

/**
 * wf_runtime_get_trial_async:
 * @self: a runtime
 * @workflow: its id
 * @cancellable: (nullable): ends it with the page under way
 * @callback: called with the trial and what it would have done until now or until its end
 * @user_data: for @callback
 */
void
wf_runtime_get_trial_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = wf_query_begin (self, wf_runtime_get_trial_async, cancellable, callback, user_data);

  if (task != NULL)
    wf_query_run (self, wf_runtime_get_trial_async, find_trial, g_strdup (workflow), g_free,
                  (GDestroyNotify) kept_free, cancellable, on_trial_found, task);
}

WfTrial *
wf_runtime_get_trial_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
