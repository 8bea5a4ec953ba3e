/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stage and responsible of many leads at once, and back. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"
#include "wf-lead-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
done_free (WfLeadDone *self)
{
  g_free (self->lead);
  g_free (self->stage_before);
  g_free (self->stage);
  g_free (self->owner_before);
  g_free (self->owner);
  g_free (self);
}

static void
refusal_free (WfLeadRefusal *self)
{
  g_free (self->lead);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static WfLeadsResult *
leads_result_new (void)
{
  WfLeadsResult *self = g_new0 (WfLeadsResult, 1);

  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) done_free);
  self->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) refusal_free);
  return self;
}

void
wf_leads_result_free (WfLeadsResult *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->refused);
  g_free (self);
}

static WfLeadDone *
done_copy (const WfLeadDone *self)
{
  WfLeadDone *copy = g_memdup2 (self, sizeof *self);

  copy->lead = g_strdup (self->lead);
  copy->stage_before = g_strdup (self->stage_before);
  copy->stage = g_strdup (self->stage);
  copy->owner_before = g_strdup (self->owner_before);
  copy->owner = g_strdup (self->owner);
  return copy;
}

/* -- one lead ---------------------------------------------------------------------------------- */

/* What is asked for: of each lead the same, or, to undo, of each what it was. */
typedef struct
{
  char **leads;                 /* (owned) (nullable) */
  char *stage, *owner, *reason; /* (owned) (nullable) */
  GPtrArray *undo;              /* (owned) (nullable) of WfLeadDone */
  WfLeadsResult *result;        /* (unowned) of the answer, which outlives the job */
} Bulk;

static void
bulk_free (Bulk *self)
{
  g_strfreev (self->leads);
  g_free (self->stage);
  g_free (self->owner);
  g_free (self->reason);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_free (self);
}

/* TRUE: an answer about this lead alone, which is left out; FALSE: the store failed. */
static gboolean
leave_out (Bulk *bulk, const char *id, const char *name, GError *reason, GError **error)
{
  WfLeadRefusal *refusal;

  if (reason->domain != WF_RUNTIME_ERROR)
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  refusal = g_new0 (WfLeadRefusal, 1);
  refusal->lead = g_strdup (id);
  refusal->name = g_strdup (name != NULL ? name : id);
  refusal->text = g_strdup (reason->message);
  g_ptr_array_add (bulk->result->refused, refusal);
  g_error_free (reason);
  return TRUE;
}

/* Whether it was done; what is so already is no refusal. */
static gboolean
settle (gboolean done, GError **reason)
{
  if (!done && g_error_matches (*reason, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES))
    g_clear_error (reason);
  return done;
}

/* Everything that is asked of one lead, or nothing: both are looked at before either is done. */
static gboolean
check_owner (WfCommit *self, const Bulk *bulk, const WfLead *lead, GError **error)
{
  g_autofree char *refusal = NULL;
  const char *owner = bulk->owner != NULL && bulk->owner[0] != '\0' ? bulk->owner : NULL;
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *actor = wf_lead_get_actor (self, error);

  if (actor == NULL)
    return FALSE;
  if (bulk->owner == NULL || g_strcmp0 (lead->owner, owner) == 0)
    return TRUE;
  refusal = wf_lead_explain_direction (lead, organisation, actor, owner);
  if (refusal != NULL)
    g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED, refusal);
  return refusal == NULL;
}

static gboolean
change_stage (WfCommit *self, const Bulk *bulk, const WfLead *lead, WfLeadDone *done,
              GError **reason)
{
  if (bulk->stage == NULL)
    return FALSE;
  done->stage_changed =
      settle (wf_lead_move (self, lead, bulk->stage, bulk->reason, WF_LEAD_ASKED, reason), reason);
  done->stage_before = g_strdup (lead->stage);
  done->stage = g_strdup (bulk->stage);
  return done->stage_changed;
}

static gboolean
change_owner (WfCommit *self, const Bulk *bulk, const WfLead *lead, WfLeadDone *done,
              GError **reason)
{
  const char *owner = bulk->owner != NULL && bulk->owner[0] != '\0' ? bulk->owner : NULL;

  if (bulk->owner == NULL)
    return FALSE;
  done->owner_changed =
      settle (wf_lead_direct (self, lead, owner, bulk->reason, WF_LEAD_ASKED, reason), reason);
  done->owner_before = g_strdup (lead->owner);
  done->owner = g_strdup (owner);
  return done->owner_changed;
}

static gboolean
change_one (WfCommit *self, Bulk *bulk, const char *id, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (WfLead) lead = wf_lead_find_seen (self, id, &reason);
  WfLeadDone *done = g_new0 (WfLeadDone, 1);

  done->lead = g_strdup (id);
  if (lead != NULL && check_owner (self, bulk, lead, &reason))
    change_stage (self, bulk, lead, done, &reason);
  if (reason == NULL)
    change_owner (self, bulk, lead, done, &reason);
  if (done->stage_changed || done->owner_changed)
    g_ptr_array_add (bulk->result->done, done);
  else
    done_free (done);
  return reason == NULL ||
         leave_out (bulk, id, lead != NULL ? lead->name : NULL, g_steal_pointer (&reason), error);
}

/* -- and back ---------------------------------------------------------------------------------- */

/* Since then nobody did anything else with it. */
static gboolean
is_as_left (const WfLead *lead, const WfLeadDone *was)
{
  return (!was->stage_changed || g_strcmp0 (lead->stage, was->stage) == 0) &&
         (!was->owner_changed || g_strcmp0 (lead->owner, was->owner) == 0);
}

static gboolean
put_back (WfCommit *self, const WfLead *lead, const WfLeadDone *was, GError **reason)
{
  const char *text = _ ("Taken back");
  g_autofree char *refusal = NULL;

  if (was->stage_changed && was->stage_before == NULL)
    {
      g_set_error_literal (reason, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                           _ ("The lead was in no stage before."));
      return FALSE;
    }
  /* Both or neither. */
  if (was->owner_changed)
    refusal = wf_lead_explain_owner (wf_commit_get_organisation (self), was->owner_before);
  if (refusal != NULL)
    {
      g_set_error_literal (reason, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED, refusal);
      return FALSE;
    }
  return (!was->stage_changed ||
          wf_lead_move (self, lead, was->stage_before, text, WF_LEAD_UNDOING, reason)) &&
         (!was->owner_changed ||
          wf_lead_direct (self, lead, was->owner_before, text, WF_LEAD_UNDOING, reason));
}

static WfLeadDone *
invert (const WfLeadDone *was)
{
  WfLeadDone *done = done_copy (was);
  char *stage = done->stage, *owner = done->owner;

  done->stage = done->stage_before;
  done->stage_before = stage;
  done->owner = done->owner_before;
  done->owner_before = owner;
  return done;
}

static gboolean
undo_one (WfCommit *self, Bulk *bulk, const WfLeadDone *was, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (WfLead) lead = wf_lead_changes_dup_lead (self, was->lead);

  if (lead == NULL)
    reason = g_error_new_literal (WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                                  _ ("There is no such lead."));
  else if (!is_as_left (lead, was))
    reason = g_error_new_literal (WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                                  _ ("The lead was changed since."));
  else if (put_back (self, lead, was, &reason))
    g_ptr_array_add (bulk->result->done, invert (was));
  return reason == NULL || leave_out (bulk, was->lead, lead != NULL ? lead->name : NULL,
                                      g_steal_pointer (&reason), error);
}

/* -- all of them ------------------------------------------------------------------------------- */

static gpointer
run_bulk (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  Bulk *bulk = self->arguments;

  self->store = store;
  for (guint i = 0; bulk->leads != NULL && bulk->leads[i] != NULL; i++)
    if (!change_one (self, bulk, bulk->leads[i], error))
      return NULL;
  for (guint i = 0; bulk->undo != NULL && i < bulk->undo->len; i++)
    if (!undo_one (self, bulk, g_ptr_array_index (bulk->undo, i), error))
      return NULL;
  return wf_commit_finish (self, error);
}

/* The job's arguments go with its transaction; what it finds out is kept here. */
typedef struct
{
  GTask *task;           /* (owned) */
  WfLeadsResult *result; /* (owned) */
} Answer;

static void
on_bulk_done (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autofree Answer *answer = user_data;
  g_autoptr (GTask) task = answer->task;
  g_autoptr (WfLeadsResult) leads = answer->result;

  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_pointer (task, g_steal_pointer (&leads), (GDestroyNotify) wf_leads_result_free);
}

static void
run (WfRuntime *self, GTask *task, Bulk *bulk)
{
  WfCommit *commit;
  Answer *answer;

  if (task == NULL)
    {
      bulk_free (bulk);
      return;
    }
  commit = wf_runtime_new_commit (self);
  answer = g_new0 (Answer, 1);
  answer->task = task;
  answer->result = leads_result_new ();
  bulk->result = answer->result;
  commit->arguments = bulk;
  commit->arguments_free = (GDestroyNotify) bulk_free;
  wf_runtime_commit (self, run_bulk, commit, on_bulk_done, answer);
}

/**
 * wf_runtime_change_leads_async:
 * @self: a runtime
 * @leads: ids, %NULL-terminated
 * @change: what is to become of each, copied
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_change_leads_async (WfRuntime *self, const char *const *leads,
                               const WfLeadChange *change, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_change_leads_async, cancellable, callback, user_data);
  Bulk *bulk = g_new0 (Bulk, 1);

  bulk->leads = g_strdupv ((char **) leads);
  bulk->stage = g_strdup (change->stage);
  bulk->owner = g_strdup (change->owner);
  bulk->reason = change->reason != NULL ? g_strstrip (g_strdup (change->reason)) : NULL;
  run (self, task, bulk);
}

WfLeadsResult *
wf_runtime_change_leads_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wf_runtime_undo_leads_async:
 * @self: a runtime
 * @result: of wf_runtime_change_leads_finish()
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here; wf_runtime_change_leads_finish() says what was put back
 *   and what was not
 * @user_data: for @callback
 */
void
wf_runtime_undo_leads_async (WfRuntime *self, const WfLeadsResult *result,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_undo_leads_async, cancellable, callback, user_data);
  Bulk *bulk = g_new0 (Bulk, 1);

  bulk->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) done_free);
  for (guint i = 0; i < result->done->len; i++)
    g_ptr_array_add (bulk->undo, done_copy (g_ptr_array_index (result->done, i)));
  run (self, task, bulk);
}
