/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the event log of the open API by cursor, with long polling (S20). */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-open-crm-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

/* What the thread that reads the batch needs. */
typedef struct
{
  WfHttpAnswer *answer; /* (owned) */
  WfInstant received;
} Reading;

static void
reading_free (Reading *reading)
{
  wf_http_answer_free (reading->answer);
  g_free (reading);
}

static void
copy_problems (const WfProblems *from, guint index, WfProblems *to)
{
  for (guint i = 0; i < wf_problems_get_n (from); i++)
    {
      const WfProblem *problem = wf_problems_get (from, i);
      g_autofree char *path = g_strdup_printf ("/%u%s", index, problem->path);

      wf_problems_add (to, problem->severity, path, problem->code, "%s", problem->text);
    }
}

/* One event that cannot be read is a problem of its own; the rest goes on. */
static void
read_events (WfJsonDocument *document, WfInstant received, WfEventBatch *batch)
{
  WfJsonIter iter;
  const WfJson *value;
  guint index = 0;

  wf_json_iter_init (&iter, wf_json_document_get_root (document));
  while (wf_json_iter_next (&iter, NULL, &value))
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      WfEvent *event = wf_event_read (document, value, received, problems);

      copy_problems (problems, index++, batch->problems);
      if (event != NULL)
        g_ptr_array_add (batch->events, event);
    }
}

static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  g_autoptr (WfJsonDocument) document = wf_open_crm_parse (reading->answer, &error);

  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!wf_json_is (wf_json_document_get_root (document), WF_JSON_ARRAY) ||
      reading->answer->next_cursor == NULL)
    {
      g_task_return_error (task,
                           wf_open_crm_make_protocol_error (_ ("a list of events with a cursor")));
      return;
    }
  WfEventBatch *batch = g_new0 (WfEventBatch, 1);
  batch->events = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_event_unref);
  batch->problems = wf_problems_new (NULL);
  batch->next_cursor = g_strdup (reading->answer->next_cursor);
  batch->more = reading->answer->more;
  read_events (document, reading->received, batch);
  g_task_return_pointer (task, batch, (GDestroyNotify) wf_event_batch_free);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WfOpenCrm *self = g_task_get_source_object (task);
  GError *error = NULL;
  WfHttpAnswer *answer = wf_http_send_finish (WF_HTTP (source), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  Reading *reading = g_new0 (Reading, 1);
  reading->answer = answer;
  reading->received = wf_clock_now (self->clock);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

void
wf_open_crm_poll_events_async (WfCrm *crm, const char *cursor, guint limit, guint wait,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *path = g_strdup_printf ("events?limit=%u&wait=%u%s%s", CLAMP (limit, 1, 500),
                                           MIN (wait, 60), escaped != NULL ? "&after=" : "",
                                           escaped != NULL ? escaped : "");
  WfHttpRequest request = { .method = "GET", .path = path, .wait = wait, .only_once = TRUE };

  g_task_set_source_tag (task, wf_open_crm_poll_events_async);
  wf_http_send_async (self->http, &request, cancellable, on_answer, task);
}

WfEventBatch *
wf_open_crm_poll_events_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
