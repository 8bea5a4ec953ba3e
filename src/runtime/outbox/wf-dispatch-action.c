/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of an action in the CRM, and how a refusal of any kind is made visible (S17, S18). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-dispatch.h"
#include "wf-lead-changes.h"
#include "wf-pending-text.h"

#include "wf-step-catalogue.h"

#include <glib/gi18n-lib.h>

/* -- carried out ------------------------------------------------------------------------------- */

/* Names the run and the step that the item comes from, as far as they are known. */
static void
write_origin (WfJsonWriter *writer, const WfOutboxItem *item, const WfEffectOrigin *origin)
{
  wf_json_writer_add_string (writer, "run", item->run_key);
  wf_json_writer_add_string (writer, "step", origin->step);
  if (origin->workflow == NULL)
    return;
  wf_json_writer_add_string (writer, "workflow", origin->workflow->id);
  wf_json_writer_add_string (writer, "name", origin->workflow->name);
}

static gboolean
log_action (WfCommit *self, const WfDelivery *delivery, const char *title, const char *note,
            GError **error)
{
  const WfOutboxItem *item = delivery->item;
  g_auto (WfEffectOrigin) origin = { NULL };
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_commit_find_origin (self, item->run_key, item->subject, &origin);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "item", item->id);
  wf_json_writer_add_string (writer, "action", wf_action_kind_names[delivery->action->kind]);
  wf_json_writer_add_string (writer, "record", delivery->action->record);
  wf_json_writer_add_string (writer, "note", note);
  write_origin (writer, item, &origin);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", title, item->lead, details, error);
}

/* An answer is newer than whatever happened until the action was sent, at that very instant too: an
 * event of then, which is heard of after it, takes nothing away. */
static WfInstant
get_answer_time (const WfDelivery *delivery)
{
  return delivery->sent + 1;
}

/* The lead as the CRM has it now: before the run is told, so that its later steps see it. With a
 * new owner the activities follow here and now; the event of it will find nothing left to do. */
static gboolean
learn_lead (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const char *lead = delivery->action->lead;
  const WfJson *seen = delivery->result != NULL && delivery->result->lead != NULL
                           ? wf_json_document_get_root (delivery->result->lead)
                           : NULL;
  const char *owner = wf_json_get_member_string (seen, "owner");

  if (lead == NULL || seen == NULL)
    return TRUE;
  /* S11: it was given back to the queue, and is there. */
  if (owner == NULL && wf_json_is (wf_action_get_member (delivery->action, "owner"), WF_JSON_NULL))
    owner = "";

  g_autofree char *before =
      g_strdup (wf_json_get_member_string (wf_commit_get_lead (self, lead), "owner"));
  wf_commit_learn_lead (self, lead, seen, get_answer_time (delivery));
  return wf_commit_follow_owner (self, lead, before, owner, delivery->action->key, error);
}

/* Which ones the CRM has closed only it can say: what may be among them is read again. */
static void
note_closed (WfCommit *self, const WfAction *action)
{
  const WfJson *types = wf_action_get_member (action, "activity-types");
  const char *workflow = wf_action_get_text (action, "workflow");
  g_autoptr (GPtrArray) open = action->lead != NULL ? wf_commit_list_open (self, action->lead)
                                                    : NULL;

  for (guint i = 0; open != NULL && i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);
      gboolean named = wf_json_get_size (types) == 0;

      for (guint j = 0; !named && j < wf_json_get_size (types); j++)
        named = g_strcmp0 (wf_json_get_string (wf_json_get_element (types, j)), activity->type) ==
                0;
      if (named && (workflow == NULL || g_strcmp0 (workflow, activity->workflow) == 0))
        g_ptr_array_add (self->changes->stale, g_strdup (activity->id));
    }
}

static gboolean
follow_action (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const WfAction *action = delivery->action;

  switch (action->kind)
    {
    case WF_ACTION_DELETE_RECORD:
      /* R78: who, what and when stays known for ever. */
      if (action->record == NULL && action->lead != NULL)
        wf_commit_forget_lead (self, action->lead);
      return log_action (self, delivery, _ ("Record deleted"), NULL, error);
    case WF_ACTION_CLOSE_ACTIVITIES:
      note_closed (self, action);
      return TRUE;
    case WF_ACTION_SET_ABSENCE:
    case WF_ACTION_END_ABSENCE:
      self->changes->reload_organisation = TRUE;
      return TRUE;
    case WF_ACTION_POST_TO_STREAM:
    case WF_ACTION_CHANGE_STAGE:
    case WF_ACTION_CHANGE_RESPONSIBLE:
    case WF_ACTION_SET_FIELD:
    case WF_ACTION_ADD_SCORE:
    case WF_ACTION_SEND_EMAIL:
    case WF_ACTION_SEND_MESSAGE:
    case WF_ACTION_ADD_TO_AUDIENCE:
    case WF_ACTION_WEBHOOK:
    case WF_ACTION_START_WORKFLOW:
    default:
      return TRUE;
    }
}

gboolean
wf_dispatch_record_action (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const WfOutboxItem *item = delivery->item;
  const char *note = delivery->result != NULL ? delivery->result->note : NULL;

  const WfJson *lead = delivery->result != NULL && delivery->result->lead != NULL
                           ? wf_json_document_get_root (delivery->result->lead)
                           : NULL;

  if (!learn_lead (self, delivery, error) || !follow_action (self, delivery, error) ||
      !wf_lead_changes_confirm (self, item, delivery->action, lead, note,
                                get_answer_time (delivery), error))
    return FALSE;
  if (g_strcmp0 (note, "already-further") == 0 &&
      !log_action (self, delivery, _ ("Ignored: the record is already further"), note, error))
    return FALSE;
  return item->run_key == NULL || wf_commit_tell_run (self, item->run_key, item->lead,
                                                      item->subject, self->now, NULL, error);
}

/* -- refused ----------------------------------------------------------------------------------- */

static char *
describe_action (const WfAction *action, const char *reason)
{
  const char *name = action != NULL ? wf_action_kind_names[action->kind] : NULL;
  const WfStepKindInfo *info = wf_step_catalogue_find (name);

  if (info == NULL)
    return g_strdup_printf (_ ("The CRM refuses an action: %s"), reason);
  return g_strdup_printf (_ ("The CRM refuses “%s”: %s"), wf_step_kind_to_text (info->kind),
                          reason);
}

static char *
describe_refusal (const WfDelivery *delivery)
{
  const char *reason = delivery->error->message;

  switch (delivery->item->kind)
    {
    case WF_OUTBOX_CREATE_ACTIVITY:
      return g_strdup_printf (_ ("The CRM refuses an activity: %s"), reason);
    case WF_OUTBOX_CHANGE_ACTIVITY:
      return g_strdup_printf (_ ("The CRM refuses a change of an activity: %s"), reason);
    case WF_OUTBOX_SEND_MESSAGE:
      return g_strdup_printf (_ ("The CRM refuses a message: %s"), reason);
    case WF_OUTBOX_SAVE_WORKFLOW:
      if (delivery->workflow != NULL &&
          g_error_matches (delivery->error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT))
        return g_strdup_printf (
            _ ("“%s” was changed by somebody else meanwhile. Your version is kept as a draft."),
            delivery->workflow->name);
      return g_strdup_printf (_ ("The CRM refuses a workflow: %s"), reason);
    case WF_OUTBOX_PERFORM:
      return describe_action (delivery->action, reason);
    default:
      g_return_val_if_reached (g_strdup (reason));
    }
}

/* What one person's role may not do, another's may (see wf-dispatch-left.c): where everybody is seen
 * the managers hear of it, once, and not of what each desktop waited for in vain. */
static gboolean
is_somebody_elses (WfCommit *self, const WfDelivery *delivery)
{
  return !self->everyone && g_error_matches (delivery->error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN);
}

/* What was refused of an activity, and why: one message a change, so that none hides another. */
static gboolean
tell_of_change (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const WfOutboxItem *item = delivery->item;
  g_autoptr (WfActivity) activity = wf_store_get_activity (self->store, item->subject);
  g_autofree char *what = wf_pending_describe_change (self, &delivery->change->change, activity);
  g_autofree char *id = g_strdup_printf ("refused/%s/%" G_GINT64_FORMAT, item->subject, item->id);
  g_autofree char *text =
      /* Translators: what the person changed ("Completed with “Reached”"), and the reason */
      g_strdup_printf (_ ("The CRM refuses your change. %s: %s"), what, delivery->error->message);

  return wf_commit_keep_message (
      self, id, activity != NULL ? activity->title : _ ("Not carried out"), text, error);
}

/* Policy (B18). Whoever changed something by hand is told when the CRM refuses it, also when no
 * window is open: by then they believe that it is done. What followed from an event was nobody's
 * wish; of what a workflow wanted its managers hear. */
static gboolean
tell_person (WfCommit *self, const WfDelivery *delivery, const char *text, GError **error)
{
  const WfOutboxItem *item = delivery->item;
  g_autofree char *id = g_strconcat ("refused/", item->subject, NULL);

  if (!self->reminds || item->run_key != NULL)
    return TRUE;
  switch (item->kind)
    {
    case WF_OUTBOX_CHANGE_ACTIVITY:
      return delivery->change == NULL || delivery->change->automatic ||
             tell_of_change (self, delivery, error);
    case WF_OUTBOX_SAVE_WORKFLOW:
      return delivery->workflow == NULL ||
             wf_commit_keep_message (self, id, delivery->workflow->name, text, error);
    case WF_OUTBOX_PERFORM:
      return wf_commit_keep_message (self, id, _ ("Not carried out"), text, error);
    case WF_OUTBOX_CREATE_ACTIVITY:
    case WF_OUTBOX_SEND_MESSAGE:
    default:
      return TRUE;
    }
}

static gboolean
log_refusal (WfCommit *self, const WfDelivery *delivery, const char *title, GError **error)
{
  const WfOutboxItem *item = delivery->item;
  g_auto (WfEffectOrigin) origin = { NULL };
  g_autoptr (WfJsonWriter) writer = NULL;

  if (wf_commit_find_origin (self, item->run_key, item->subject, &origin) &&
      !is_somebody_elses (self, delivery) &&
      !wf_commit_note_failure (self, origin.workflow, delivery->error->message))
    return TRUE;

  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "item", item->id);
  wf_json_writer_add_string (writer, "subject", item->subject);
  write_origin (writer, item, &origin);
  wf_json_writer_add_string (writer, "error", delivery->error->message);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "problem", title, item->lead, details, error);
}

gboolean
wf_dispatch_log_refusal (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  g_autofree char *title = describe_refusal (delivery);

  return log_refusal (self, delivery, title, error) && tell_person (self, delivery, title, error);
}
