/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the CRM's answer to any request of the open API: the connector reads them as a
 * whole or says in one error why it cannot. The first line of an input is the request and the
 * status, then come headers, an empty line and the body.
 *
 * The transport is left out: this file has all that wf-http.h declares, so that the linker takes
 * nothing of wf-http.c. */
#include "fuzz-target.h"
#include "wf-http-error.h"
#include "wf-http.h"
#include "wf-json-writer.h"
#include "wf-open-activity.h"
#include "wf-open-crm.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1795000000000000)
#define MOST_ROUNDS 100000

/* -- the input --------------------------------------------------------------------------------- */

typedef struct
{
  char *request; /* (owned) */
  guint status;
  SoupMessageHeaders *headers; /* (owned) */
  GBytes *body;                /* (owned) */
} Input;

static void
input_clear (Input *self)
{
  g_free (self->request);
  soup_message_headers_unref (self->headers);
  g_bytes_unref (self->body);
}

/* Takes the next line off the text, without its end. */
static char *
take_line (const char **text, gsize *size)
{
  const char *end = memchr (*text, '\n', *size);
  gsize length = end != NULL ? (gsize) (end - *text) : *size;
  char *line = g_strndup (*text, length);

  length += end != NULL;
  *text += length;
  *size -= length;
  return line;
}

static void
add_header (Input *self, const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = colon != NULL ? g_strndup (line, (gsize) (colon - line)) : NULL;
  g_autofree char *value = colon != NULL ? g_strstrip (g_strdup (colon + 1)) : NULL;

  /* What is no header would not have come through the transport. */
  if (name == NULL || *name == '\0' || strpbrk (name, " \t\r\n:") != NULL ||
      strpbrk (value, "\r\n") != NULL)
    return;
  soup_message_headers_append (self->headers, name, value);
}

static void
input_init (Input *self, const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  g_autofree char *first = take_line (&text, &size);
  char *space = strchr (first, ' ');
  guint64 status = 200;

  if (space != NULL)
    {
      *space = '\0';
      g_ascii_string_to_unsigned (space + 1, 10, 100, 599, &status, NULL);
    }
  *self = (Input) { .request = g_strdup (first), .status = (guint) status };
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  while (size > 0)
    {
      g_autofree char *line = take_line (&text, &size);

      if (*line == '\0')
        break;
      add_header (self, line);
    }
  self->body = g_bytes_new (text, size);
}

/* -- the transport that is no transport -------------------------------------------------------- */

struct _WfHttp
{
  GObject parent_instance;

  const Input *input; /* (unowned) what every request is answered */
  guint n_requests;
};

G_DEFINE_FINAL_TYPE (WfHttp, wf_http, G_TYPE_OBJECT)

static const Input *present_input;

static void
wf_http_class_init (WfHttpClass *klass)
{
}

static void
wf_http_init (WfHttp *self)
{
}

WfHttp *
wf_http_new (WfClock *clock, const char *url, const char *default_path, const char *token,
             GError **error)
{
  WfHttp *self = g_object_new (WF_TYPE_HTTP, NULL);

  self->input = present_input;
  return self;
}

void
wf_http_set_timeout (WfHttp *self, guint seconds)
{
}

void
wf_http_set_most_retries (WfHttp *self, guint most_retries)
{
}

void
wf_http_set_most_bytes (WfHttp *self, gsize most_bytes)
{
}

void
wf_http_answer_free (WfHttpAnswer *self)
{
  g_bytes_unref (self->body);
  g_free (self->etag);
  g_free (self->next_page);
  g_free (self->next_cursor);
  g_free (self);
}

static WfHttpAnswer *
make_answer (const Input *input)
{
  WfHttpAnswer *answer = g_new0 (WfHttpAnswer, 1);
  SoupMessageHeaders *headers = input->headers;

  answer->status = input->status;
  answer->body = g_bytes_ref (input->body);
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  answer->next_page = g_strdup (soup_message_headers_get_one (headers, "Next-Page"));
  answer->next_cursor = g_strdup (soup_message_headers_get_one (headers, "Next-Cursor"));
  answer->more = g_strcmp0 (soup_message_headers_get_one (headers, "Events-More"), "true") == 0;
  answer->sent = NOW;
  return answer;
}

void
wf_http_send_async (WfHttp *self, const WfHttpRequest *request, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  /* What is sent must be sendable, whatever came before. */
  FUZZ_CHECK (request->path != NULL && g_str_is_ascii (request->path));
  FUZZ_CHECK (request->body == NULL || g_utf8_validate (request->body, -1, NULL));
  FUZZ_CHECK (self->n_requests++ < 10);
  if (!(self->input->status == 412 && request->answers_412))
    error = wf_http_error_from_status (self->input->status, "Reason", self->input->headers,
                                       self->input->body, NOW);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, make_answer (self->input), (GDestroyNotify) wf_http_answer_free);
}

WfHttpAnswer *
wf_http_send_finish (WfHttp *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- one request and what must hold of its answer ---------------------------------------------- */

typedef struct
{
  gboolean done;
  GError *error; /* (owned) */
  GPtrArray *activities;
} Answer;

/* Either an answer or an error that says what can be done. */
static void
end (Answer *self, gboolean answered)
{
  FUZZ_CHECK (!self->done);
  FUZZ_CHECK (answered == (self->error == NULL));
  FUZZ_CHECK (answered || (self->error->domain == WF_CRM_ERROR && self->error->code >= 0 &&
                           self->error->code <= WF_CRM_ERROR_NOT_SUPPORTED &&
                           g_utf8_validate (self->error->message, -1, NULL)));
  FUZZ_CHECK (answered || wf_crm_error_get_retry_after (self->error) <= 3600);
  self->done = TRUE;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (WfCrmSession) session = wf_crm_open_finish (WF_CRM (source), result, &answer->error);

  FUZZ_CHECK (session == NULL || (session->server_name != NULL && session->roles != NULL));
  end (answer, session != NULL);
}

static void
on_organisation (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (WfOrganisation) organisation =
      wf_crm_get_organisation_finish (WF_CRM (source), result, &answer->error);

  FUZZ_CHECK (organisation == NULL || wf_organisation_get_hours (organisation) != NULL);
  end (answer, organisation != NULL);
}

static void
on_workflows (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GPtrArray) workflows =
      wf_crm_list_workflows_finish (WF_CRM (source), result, &answer->error);

  for (guint i = 0; workflows != NULL && i < workflows->len; i++)
    {
      const WfCrmWorkflow *item = g_ptr_array_index (workflows, i);

      FUZZ_CHECK (item->workflow != NULL && item->workflow->id != NULL);
    }
  end (answer, workflows != NULL);
}

static void
on_events (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (WfEventBatch) batch =
      wf_crm_poll_events_finish (WF_CRM (source), result, &answer->error);

  FUZZ_CHECK (batch == NULL || batch->next_cursor != NULL);
  for (guint i = 0; batch != NULL && i < batch->events->len; i++)
    {
      WfEvent *event = g_ptr_array_index (batch->events, i);

      FUZZ_CHECK (wf_event_get_id (event) != NULL && wf_event_get_source (event) != NULL &&
                  wf_event_get_event_type (event) != NULL);
    }
  end (answer, batch != NULL);
}

/* What was read is the same when it is written and read again. */
static void
check_activity (const WfActivity *activity)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  FUZZ_CHECK (activity->id != NULL && activity->type != NULL && activity->due != WF_INSTANT_NONE);
  wf_open_activity_write (writer, activity);
  g_autoptr (WfJsonDocument) document = wf_json_writer_finish_document (writer);
  WfJsonCursor root = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  g_autoptr (WfActivity) again = wf_open_activity_read (&root);
  FUZZ_CHECK (again != NULL && g_str_equal (activity->id, again->id));
  FUZZ_CHECK (activity->due == again->due && activity->status == again->status &&
              activity->kind == again->kind && g_strcmp0 (activity->person, again->person) == 0);
}

static void
on_activities (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (WfActivityPage) page =
      wf_crm_list_activities_finish (WF_CRM (source), result, &answer->error);

  for (guint i = 0; page != NULL && i < page->activities->len; i++)
    check_activity (g_ptr_array_index (page->activities, i));
  end (answer, page != NULL);
}

static void
on_activity (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (WfActivity) activity =
      wf_crm_get_activity_finish (WF_CRM (source), result, &answer->error);

  if (activity != NULL)
    check_activity (activity);
  end (answer, activity != NULL);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (WfActivity) activity =
      wf_crm_change_activity_finish (WF_CRM (source), result, &answer->error);

  end (answer, activity != NULL);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GPtrArray) results =
      wf_crm_create_activities_finish (WF_CRM (source), result, &answer->error);

  FUZZ_CHECK (results == NULL || results->len == answer->activities->len);
  end (answer, results != NULL);
}

static void
on_performed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (WfCrmActionResult) performed =
      wf_crm_perform_finish (WF_CRM (source), result, &answer->error);

  FUZZ_CHECK (performed == NULL || performed->lead == NULL ||
              wf_json_is (wf_json_document_get_root (performed->lead), WF_JSON_OBJECT));
  end (answer, performed != NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autofree char *etag = wf_crm_save_workflow_finish (WF_CRM (source), result, &answer->error);

  end (answer, etag != NULL);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  end (answer, wf_crm_send_message_finish (WF_CRM (source), result, &answer->error));
}

/* -- asking ------------------------------------------------------------------------------------ */

#define KEY "0b8a52b6-3f0e-5c4e-9d1a-2f1d0e3c4b5a"

static void
create (WfCrm *crm, Answer *answer)
{
  static const char *const ids[] = { KEY, "a-2" };

  answer->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      WfActivity *activity = wf_activity_new (ids[i]);

      g_set_str (&activity->type, "call");
      activity->due = NOW;
      g_ptr_array_add (answer->activities, activity);
    }
  wf_crm_create_activities_async (crm, answer->activities, NULL, on_created, answer);
}

static void
perform (WfCrm *crm, Answer *answer)
{
  g_autoptr (WfJsonDocument) members = wf_json_document_parse ("{\"points\":5}", -1, 0, NULL);
  g_autoptr (WfAction) action =
      wf_action_new (WF_ACTION_ADD_SCORE, KEY, "l-1", g_steal_pointer (&members));

  wf_crm_perform_async (crm, action, NULL, on_performed, answer);
}

static void
save (WfCrm *crm, Answer *answer)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (
      "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"W\",\"state\":"
      "\"live\",\"version\":1,\"trigger\":{\"event\":\"lead.received\"},\"steps\":[]}",
      -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow =
      wf_workflow_read (wf_json_document_get_root (document), problems);

  wf_crm_save_workflow_async (crm, workflow, NULL, NULL, on_saved, answer);
}

static gboolean
ask (WfCrm *crm, const char *request, Answer *answer)
{
  const WfCrmActivityQuery query = { .updated_after = WF_INSTANT_NONE };
  const WfActivityChange change = { .due = WF_INSTANT_NONE,
                                    .remind = WF_INSTANT_NONE,
                                    .completed = WF_INSTANT_NONE };
  const WfCrmMessage message = { .key = KEY, .person = "ana", .title = "T", .text = "Text" };

  if (g_str_equal (request, "me"))
    wf_crm_open_async (crm, NULL, on_opened, answer);
  else if (g_str_equal (request, "organisation"))
    wf_crm_get_organisation_async (crm, NULL, on_organisation, answer);
  else if (g_str_equal (request, "workflows"))
    wf_crm_list_workflows_async (crm, NULL, on_workflows, answer);
  else if (g_str_equal (request, "events"))
    wf_crm_poll_events_async (crm, "c1", 100, 0, NULL, on_events, answer);
  else if (g_str_equal (request, "activities"))
    wf_crm_list_activities_async (crm, &query, NULL, on_activities, answer);
  else if (g_str_equal (request, "activity"))
    wf_crm_get_activity_async (crm, KEY, NULL, on_activity, answer);
  else if (g_str_equal (request, "change"))
    wf_crm_change_activity_async (crm, KEY, "\"a1\"", &change, NULL, on_changed, answer);
  else if (g_str_equal (request, "create"))
    create (crm, answer);
  else if (g_str_equal (request, "perform"))
    perform (crm, answer);
  else if (g_str_equal (request, "save"))
    save (crm, answer);
  else if (g_str_equal (request, "message"))
    wf_crm_send_message_async (crm, &message, NULL, on_sent, answer);
  else
    return FALSE;
  return TRUE;
}

/* The connector warns of what it leaves out; there is nobody to read it. */
static void
on_log (const char *domain, GLogLevelFlags level, const char *text, gpointer user_data)
{
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Input input;
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  g_autoptr (WfCrm) crm = NULL;
  Answer answer = { 0 };

  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_handler ("wf-crm", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_DEBUG, on_log, NULL);
  input_init (&input, data, size);
  present_input = &input;
  crm = wf_open_crm_new (clock, "http://127.0.0.1", "token", NULL);
  FUZZ_CHECK (crm != NULL);
  if (ask (crm, input.request, &answer))
    for (guint i = 0; i < MOST_ROUNDS && !answer.done; i++)
      g_main_context_iteration (NULL, TRUE);
  else
    answer.done = TRUE;
  FUZZ_CHECK (answer.done);
  /* Nothing more may come. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_error (&answer.error);
  g_clear_pointer (&answer.activities, g_ptr_array_unref);
  g_clear_object (&crm);
  input_clear (&input);
  return 0;
}
