/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP request to the demo CRM: reading its body, writing its answer. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROBLEM_TYPE "application/problem+json"
#define JSON_TYPE "application/json"

void
wf_demo_request_clear (WfDemoRequest *self)
{
  g_clear_pointer (&self->path, g_strfreev);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->body, wf_json_document_unref);
  g_clear_pointer (&self->next_page, g_free);
  g_clear_pointer (&self->next_cursor, g_free);
  wf_demo_caller_clear (&self->caller);
  wf_demo_outcome_clear (&self->outcome);
}

const char *
wf_demo_request_get_header (const WfDemoRequest *self, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message),
                                       name);
}

gboolean
wf_demo_request_is_creation (const WfDemoRequest *self)
{
  return g_strcmp0 (wf_demo_request_get_header (self, "If-None-Match"), "*") == 0;
}

static gboolean
is_json (const char *content_type)
{
  return content_type == NULL || g_str_has_suffix (content_type, "json");
}

gboolean
wf_demo_request_read_body (WfDemoRequest *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);
  g_autoptr (GError) error = NULL;

  if (body->length > WF_DEMO_MOST_BODY ||
      soup_message_headers_get_content_length (headers) > WF_DEMO_MOST_BODY)
    {
      wf_demo_outcome_fail (&self->outcome, 413, "too-large",
                            _ ("The content is larger than 8 MiB."));
      return FALSE;
    }
  if (!is_json (soup_message_headers_get_content_type (headers, NULL)))
    {
      wf_demo_outcome_fail (&self->outcome, 415, "not-json", _ ("The content must be JSON."));
      return FALSE;
    }
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  self->body = wf_json_document_parse (text != NULL ? text : "", (gssize) length,
                                       (gsize) WF_DEMO_MOST_BODY, &error);
  if (self->body == NULL)
    {
      g_autofree char *title = g_strdup_printf (_ ("The content is not JSON: %s"), error->message);

      wf_demo_outcome_fail (&self->outcome, 400, "bad-json", title);
      return FALSE;
    }
  self->root = wf_json_document_get_root (self->body);
  return TRUE;
}

static void
answer_problem (WfDemoRequest *self, SoupMessageHeaders *headers)
{
  char *text = wf_demo_outcome_to_text (&self->outcome);

  soup_server_message_set_status (self->message, self->outcome.status, NULL);
  soup_server_message_set_response (self->message, PROBLEM_TYPE, SOUP_MEMORY_TAKE, text,
                                    strlen (text));
  if (self->outcome.retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", self->outcome.retry_after);
      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  if (self->outcome.status == 401)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
}

void
wf_demo_request_answer (WfDemoRequest *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  const char *known = wf_demo_request_get_header (self, "If-None-Match");
  WfDemoOutcome *outcome = &self->outcome;

  if (self->held)
    return;
  if (outcome->etag != NULL)
    soup_message_headers_replace (headers, "ETag", outcome->etag);
  if (wf_demo_outcome_is_problem (outcome))
    {
      answer_problem (self, headers);
      return;
    }
  if (self->next_page != NULL)
    soup_message_headers_replace (headers, "Next-Page", self->next_page);
  if (soup_server_message_get_method (self->message) == SOUP_METHOD_GET && outcome->etag != NULL &&
      g_strcmp0 (known, outcome->etag) == 0)
    {
      soup_server_message_set_status (self->message, 304, NULL);
      return;
    }
  soup_server_message_set_status (self->message, outcome->status, NULL);
  if (outcome->body != NULL)
    {
      gsize length = strlen (outcome->body);
      soup_server_message_set_response (self->message,
                                        self->content_type != NULL ? self->content_type : JSON_TYPE,
                                        SOUP_MEMORY_TAKE, g_steal_pointer (&outcome->body), length);
    }
}

void
wf_demo_request_set_problem (SoupServerMessage *message, guint status, const char *problem,
                             const char *title, guint retry_after)
{
  g_auto (WfDemoRequest) request = { .message = message };

  wf_demo_outcome_fail (&request.outcome, status, problem, title);
  request.outcome.retry_after = retry_after;
  wf_demo_request_answer (&request);
}
