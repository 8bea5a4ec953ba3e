/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending one change, message, workflow or action, with the look at the present state that a
 * conflict asks for. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-dispatch.h"

/* After this many rounds of "changed meanwhile" the change waits like after any other failure. */
#define MOST_CONFLICTS 3

typedef struct
{
  WfDelivery *delivery; /* (unowned) outlives the request */
  WfRuntime *runtime;   /* (owned) */
  WfDeliveryDone done;
  gpointer user_data;
  guint conflicts;
  GError *conflict; /* (owned) (nullable) of a workflow, until it was looked at */
} Request;

static void
finish (Request *request, GError *error)
{
  request->delivery->error = error;
  request->done (request->user_data);
  g_object_unref (request->runtime);
  g_free (request);
}

/* -- changes of activities --------------------------------------------------------------------- */

static void look (Request *request);

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  GError *error = NULL;

  request->delivery->answer = wf_crm_change_activity_finish (WF_CRM (source), result, &error);
  if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT) &&
      request->conflicts++ < MOST_CONFLICTS && !request->runtime->stopped)
    {
      g_clear_error (&error);
      look (request);
      return;
    }
  finish (request, error);
}

static void
apply (Request *request, const char *etag)
{
  WfDelivery *delivery = request->delivery;

  wf_crm_change_activity_async (request->runtime->crm, delivery->item->subject, etag,
                                &delivery->change->change, request->runtime->cancellable,
                                on_changed, request);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  GError *error = NULL;
  g_autoptr (WfActivity) present = wf_crm_get_activity_finish (WF_CRM (source), result, &error);

  if (present == NULL || request->runtime->stopped)
    {
      finish (request, error);
      return;
    }
  switch (wf_change_payload_judge (request->delivery->change, present))
    {
    case WF_CHANGE_APPLY:
      apply (request, present->etag);
      return;
    case WF_CHANGE_OVERRUN:
      request->delivery->overrun = TRUE;
      break;
    case WF_CHANGE_DONE:
    default:
      break;
    }
  request->delivery->answer = g_steal_pointer (&present);
  finish (request, NULL);
}

static void
look (Request *request)
{
  wf_crm_get_activity_async (request->runtime->crm, request->delivery->item->subject,
                             request->runtime->cancellable, on_looked, request);
}

/* A change is made on the state that the person saw. Without its tag, or after an attempt of
 * unknown end, the present state is looked at first. */
static void
send_change (Request *request)
{
  WfDelivery *delivery = request->delivery;

  if (delivery->change->etag == NULL || delivery->item->attempts > 1)
    look (request);
  else
    apply (request, delivery->change->etag);
}

/* -- messages and workflows -------------------------------------------------------------------- */

static void
on_message_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  wf_crm_send_message_finish (WF_CRM (source), result, &error);
  finish (user_data, error);
}

/* A conflict may be with ourselves: an answer that was lost, or a program that ended before it came
 * (S16). */
static gboolean
is_same_workflow (WfWorkflow *a, WfWorkflow *b)
{
  g_autofree char *x = wf_workflow_to_text (a, FALSE);
  g_autofree char *y = wf_workflow_to_text (b, FALSE);

  return g_str_equal (x, y);
}

static void
on_workflows_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  WfDelivery *delivery = request->delivery;
  GError *error = NULL;
  g_autoptr (GPtrArray) present = wf_crm_list_workflows_finish (WF_CRM (source), result, &error);

  for (guint i = 0; present != NULL && i < present->len; i++)
    {
      const WfCrmWorkflow *item = g_ptr_array_index (present, i);

      if (!is_same_workflow (item->workflow, delivery->workflow))
        continue;
      g_set_str (&delivery->etag, item->etag);
      g_clear_error (&request->conflict);
      break;
    }
  /* Unknown for now: tried again later, like any other failure. */
  if (error != NULL)
    g_clear_error (&request->conflict);
  finish (request, error != NULL ? error : g_steal_pointer (&request->conflict));
}

static void
on_workflow_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  GError *error = NULL;
  char *etag = wf_crm_save_workflow_finish (WF_CRM (source), result, &error);

  if (etag != NULL)
    {
      g_free (request->delivery->etag);
      request->delivery->etag = etag;
    }
  if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT) && !request->runtime->stopped)
    {
      request->conflict = error;
      wf_crm_list_workflows_async (request->runtime->crm, request->runtime->cancellable,
                                   on_workflows_looked, request);
      return;
    }
  finish (request, error);
}

/* -- actions ----------------------------------------------------------------------------------- */

static void
on_performed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  GError *error = NULL;

  request->delivery->result = wf_crm_perform_finish (WF_CRM (source), result, &error);
  finish (request, error);
}

void
wf_delivery_send (WfDelivery *self, WfRuntime *runtime, WfDeliveryDone done, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->delivery = self;
  request->runtime = g_object_ref (runtime);
  request->done = done;
  request->user_data = user_data;
  switch (self->item->kind)
    {
    case WF_OUTBOX_CHANGE_ACTIVITY:
      send_change (request);
      break;
    case WF_OUTBOX_SEND_MESSAGE:
      wf_crm_send_message_async (runtime->crm, &self->message->message, runtime->cancellable,
                                 on_message_sent, request);
      break;
    case WF_OUTBOX_SAVE_WORKFLOW:
      wf_crm_save_workflow_async (runtime->crm, self->workflow, self->etag, runtime->cancellable,
                                  on_workflow_saved, request);
      break;
    case WF_OUTBOX_PERFORM:
      self->sent = wf_clock_now (runtime->clock);
      wf_crm_perform_async (runtime->crm, self->action, runtime->cancellable, on_performed,
                            request);
      break;
    case WF_OUTBOX_CREATE_ACTIVITY:
    default:
      g_assert_not_reached ();
    }
}
