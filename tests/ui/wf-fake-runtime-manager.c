/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime without store and CRM: what managers ask and decide. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-runtime.h"

/* What a test has set, on the runtime object. */
typedef struct
{
  GPtrArray *held;        /* (owned) of WfHeldStorm */
  GPtrArray *blocked;     /* (owned) of WfBlockedStep */
  GPtrArray *due_changes; /* (owned) of WfDueChange */
  GPtrArray *findings;    /* (owned) of WfHealthFinding */
  GPtrArray *workflows;   /* (owned) of WfRuntimeWorkflow */
  guint waiting, movable, overdue;
} Manager;

static void
manager_free (gpointer data)
{
  Manager *self = data;

  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->blocked);
  g_ptr_array_unref (self->due_changes);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->workflows);
  g_free (self);
}

static Manager *
get_manager (WfRuntime *runtime)
{
  Manager *self = g_object_get_data (G_OBJECT (runtime), "manager");

  if (self != NULL)
    return self;
  self = g_new0 (Manager, 1);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_held_storm_free);
  self->blocked = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_blocked_step_free);
  self->due_changes = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_due_change_free);
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_health_finding_free);
  self->workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_runtime_workflow_free);
  g_object_set_data_full (G_OBJECT (runtime), "manager", self, manager_free);
  return self;
}

void
wf_fake_runtime_add_held (WfRuntime *self, WfHeldStorm *storm)
{
  g_ptr_array_add (get_manager (self)->held, storm);
}

void
wf_fake_runtime_add_blocked (WfRuntime *self, WfBlockedStep *step)
{
  g_ptr_array_add (get_manager (self)->blocked, step);
}

void
wf_fake_runtime_add_due_change (WfRuntime *self, WfDueChange *change)
{
  g_ptr_array_add (get_manager (self)->due_changes, change);
}

void
wf_fake_runtime_add_finding (WfRuntime *self, WfHealthFinding *finding)
{
  g_ptr_array_add (get_manager (self)->findings, finding);
}

void
wf_fake_runtime_add_workflow (WfRuntime *self, WfRuntimeWorkflow *workflow)
{
  g_ptr_array_add (get_manager (self)->workflows, workflow);
}

void
wf_fake_runtime_set_in_flight (WfRuntime *self, guint waiting, guint movable, guint overdue)
{
  Manager *manager = get_manager (self);

  manager->waiting = waiting;
  manager->movable = movable;
  manager->overdue = overdue;
}

/* ---- values ---- */

void
wf_held_storm_free (WfHeldStorm *self)
{
  g_free (self->workflow);
  g_free (self->workflow_name);
  g_free (self->reason);
  g_free (self);
}

void
wf_blocked_step_free (WfBlockedStep *self)
{
  g_free (self->run_key);
  g_free (self->workflow);
  g_free (self->workflow_name);
  g_free (self->step);
  g_free (self->lead);
  g_free (self->reason);
  g_free (self->sentence);
  g_free (self);
}

void
wf_in_flight_count_free (WfInFlightCount *self)
{
  g_clear_pointer (&self->versions, g_array_unref);
  g_free (self);
}

void
wf_take_back_free (WfTakeBack *self)
{
  g_ptr_array_unref (self->withdrawn);
  g_ptr_array_unref (self->touched);
  g_free (self);
}

void
wf_trial_free (WfTrial *self)
{
  wf_workflow_unref (self->draft);
  wf_compare_result_free (self->result);
  g_free (self);
}

void
wf_due_change_free (WfDueChange *self)
{
  if (self == NULL)
    return;
  wf_activity_unref (self->activity);
  g_free (self);
}

void
wf_runtime_workflow_free (WfRuntimeWorkflow *self)
{
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_clear_pointer (&self->draft, wf_workflow_unref);
  g_free (self->author);
  g_free (self);
}

/* ---- questions ---- */

static GPtrArray *
copy_workflows (const GPtrArray *workflows)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_runtime_workflow_free);

  for (guint i = 0; i < workflows->len; i++)
    {
      const WfRuntimeWorkflow *workflow = g_ptr_array_index (workflows, i);
      WfRuntimeWorkflow *own = g_memdup2 (workflow, sizeof *workflow);

      own->workflow = workflow->workflow != NULL ? wf_workflow_ref (workflow->workflow) : NULL;
      own->draft = workflow->draft != NULL ? wf_workflow_ref (workflow->draft) : NULL;
      own->author = g_strdup (workflow->author);
      g_ptr_array_add (copy, own);
    }
  return copy;
}

void
wf_runtime_list_workflows_async (WfRuntime *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    g_task_return_pointer (task, copy_workflows (get_manager (self)->workflows),
                           (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_workflows_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GPtrArray *
copy_due_changes (const GPtrArray *changes)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_due_change_free);

  for (guint i = 0; i < changes->len; i++)
    {
      const WfDueChange *change = g_ptr_array_index (changes, i);
      WfDueChange *own = g_memdup2 (change, sizeof *change);

      wf_activity_ref (own->activity);
      g_ptr_array_add (copy, own);
    }
  return copy;
}

void
wf_runtime_list_due_changes_async (WfRuntime *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    g_task_return_pointer (task, copy_due_changes (get_manager (self)->due_changes),
                           (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_due_changes_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GPtrArray *
copy_findings (const GPtrArray *findings)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_health_finding_free);

  for (guint i = 0; i < findings->len; i++)
    {
      const WfHealthFinding *finding = g_ptr_array_index (findings, i);
      WfHealthFinding *own = g_memdup2 (finding, sizeof *finding);

      own->code = g_strdup (finding->code);
      own->workflows = g_ptr_array_new_with_free_func (g_free);
      for (guint j = 0; j < finding->workflows->len; j++)
        g_ptr_array_add (own->workflows, g_strdup (g_ptr_array_index (finding->workflows, j)));
      own->step = g_strdup (finding->step);
      own->path = g_strdup (finding->path);
      own->text = g_strdup (finding->text);
      g_ptr_array_add (copy, own);
    }
  return copy;
}

void
wf_runtime_check_health_async (WfRuntime *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    g_task_return_pointer (task, copy_findings (get_manager (self)->findings),
                           (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_check_health_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GPtrArray *
copy_held (const GPtrArray *held)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_held_storm_free);

  for (guint i = 0; i < held->len; i++)
    {
      const WfHeldStorm *storm = g_ptr_array_index (held, i);
      WfHeldStorm *own = g_memdup2 (storm, sizeof *storm);

      own->workflow = g_strdup (storm->workflow);
      own->workflow_name = g_strdup (storm->workflow_name);
      own->reason = g_strdup (storm->reason);
      g_ptr_array_add (copy, own);
    }
  return copy;
}

void
wf_runtime_list_held_async (WfRuntime *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    g_task_return_pointer (task, copy_held (get_manager (self)->held),
                           (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_held_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GPtrArray *
copy_blocked (const GPtrArray *blocked)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_blocked_step_free);

  for (guint i = 0; i < blocked->len; i++)
    {
      const WfBlockedStep *step = g_ptr_array_index (blocked, i);
      WfBlockedStep *own = g_memdup2 (step, sizeof *step);

      own->run_key = g_strdup (step->run_key);
      own->workflow = g_strdup (step->workflow);
      own->workflow_name = g_strdup (step->workflow_name);
      own->step = g_strdup (step->step);
      own->lead = g_strdup (step->lead);
      own->reason = g_strdup (step->reason);
      own->sentence = g_strdup (step->sentence);
      g_ptr_array_add (copy, own);
    }
  return copy;
}

void
wf_runtime_list_blocked_async (WfRuntime *self, guint offset, guint limit,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    g_task_return_pointer (task, copy_blocked (get_manager (self)->blocked),
                           (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_blocked_finish (WfRuntime *self, GAsyncResult *result, guint *total, GError **error)
{
  *total = get_manager (self)->blocked->len;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_count_in_flight_async (WfRuntime *self, const char *workflow, WfWorkflow *newer,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  const Manager *manager = get_manager (self);
  WfInFlightCount *count;

  if (task == NULL)
    return;
  count = g_new0 (WfInFlightCount, 1);
  count->waiting = manager->waiting;
  count->movable = manager->movable;
  count->overdue = manager->overdue;
  count->versions = g_array_new (FALSE, FALSE, sizeof (WfVersionCount));
  g_task_return_pointer (task, count, (GDestroyNotify) wf_in_flight_count_free);
}

WfInFlightCount *
wf_runtime_count_in_flight_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_compare_async (WfRuntime *self, WfWorkflow *edited, WfInstant from, WfInstant until,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  g_autoptr (WfCompare) compare =
      wf_compare_new (self != NULL ? wf_runtime_get_organisation (self) : NULL, NULL, edited);

  wf_fake_runtime_remember (self, "compare %d", (int) ((until - from) / G_TIME_SPAN_DAY));
  if (task != NULL)
    g_task_return_pointer (task, wf_compare_finish (compare, WF_INSTANT_NONE),
                           (GDestroyNotify) wf_compare_result_free);
}

WfCompareResult *
wf_runtime_compare_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_get_trial_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    g_task_return_pointer (task, NULL, NULL);
}

WfTrial *
wf_runtime_get_trial_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_take_back_async (WfRuntime *self, const char *workflow, gint64 version, WfInstant from,
                            WfInstant until, gboolean preview, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  WfTakeBack *answer;

  wf_fake_runtime_remember (self, "take-back %s %d", workflow, preview);
  if (task == NULL)
    return;
  answer = g_new0 (WfTakeBack, 1);
  answer->withdrawn = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  answer->touched = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_ptr_array_add (answer->withdrawn, wf_fake_activity_new ("a-1", "Call", "ana", until));
  g_ptr_array_add (answer->touched, wf_fake_activity_new ("a-2", "Visit", "ana", until));
  g_task_return_pointer (task, answer, (GDestroyNotify) wf_take_back_free);
}

WfTakeBack *
wf_runtime_take_back_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- decisions ---- */

static void
succeed (WfRuntime *self, GCancellable *cancellable, GAsyncReadyCallback callback,
         gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

void
wf_runtime_release_held_async (WfRuntime *self, const char *workflow, WfRelease release,
                               guint capacity, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  wf_fake_runtime_remember (self, "release %s %d", workflow, (int) release);
  g_ptr_array_set_size (get_manager (self)->held, 0);
  succeed (self, cancellable, callback, user_data);
}

void
wf_runtime_resolve_step_async (WfRuntime *self, const char *run_key, const char *step,
                               WfResolve resolve, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  wf_fake_runtime_remember (self, "resolve %s %s %d", run_key, step, (int) resolve);
  g_ptr_array_set_size (get_manager (self)->blocked, 0);
  succeed (self, cancellable, callback, user_data);
}

void
wf_runtime_apply_due_changes_async (WfRuntime *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  wf_fake_runtime_remember (self, "apply-due-changes");
  g_ptr_array_set_size (get_manager (self)->due_changes, 0);
  succeed (self, cancellable, callback, user_data);
}

void
wf_runtime_start_workflow_async (WfRuntime *self, const char *workflow, const char *lead,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  wf_fake_runtime_remember (self, "start %s %s", workflow, lead);
  succeed (self, cancellable, callback, user_data);
}

void
wf_runtime_publish_workflow_async (WfRuntime *self, WfWorkflow *workflow, WfInFlight in_flight,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "publish %s %d", workflow->name, (int) in_flight);
  if (task == NULL)
    return;
  if (wf_fake_runtime_allows_saving (self, workflow, TRUE))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error_literal (task, wf_runtime_error_quark (), WF_RUNTIME_ERROR_CONFLICT,
                                     "Somebody else published meanwhile.");
}

void
wf_runtime_resume_workflow_async (WfRuntime *self, const char *workflow, WfResume resume,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  wf_fake_runtime_remember (self, "resume %s %d", workflow, (int) resume);
  succeed (self, cancellable, callback, user_data);
}

void
wf_runtime_start_trial_async (WfRuntime *self, WfWorkflow *draft, WfInstant until,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  wf_fake_runtime_remember (self, "start-trial %s", draft->name);
  succeed (self, cancellable, callback, user_data);
}

void
wf_runtime_stop_trial_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  wf_fake_runtime_remember (self, "stop-trial %s", workflow);
  succeed (self, cancellable, callback, user_data);
}
