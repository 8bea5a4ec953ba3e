/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An HTTP server in the test's own process that answers what a script says, good or broken. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-scripted-server.h"

#include <libsoup/soup.h>
#include <string.h>

#define BLOCK_SIZE (1024 * 1024)

typedef struct
{
  char *line;          /* (owned) */
  char *body;          /* (owned) */
  GHashTable *headers; /* (owned) lower-case name -> value */
} Request;

typedef struct
{
  SoupServerMessage *message; /* (owned) */
  GBytes *rest;               /* (owned) (nullable) of the body */
} Hold;

struct _WfScriptedServer
{
  SoupServer *soup;    /* (owned) (nullable) */
  char *uri;           /* (owned) */
  GQueue answers;      /* of WfScriptedAnswer, owned */
  GPtrArray *requests; /* (owned) of Request */
  GPtrArray *holds;    /* (owned) of Hold */
  char *block;         /* (owned) of large bodies */
};

static void
answer_free (WfScriptedAnswer *answer)
{
  g_free ((char *) answer->body);
  g_free ((char *) answer->content_type);
  for (guint i = 0; i < G_N_ELEMENTS (answer->headers); i++)
    g_free ((char *) answer->headers[i]);
  g_free (answer);
}

static void
request_free (Request *request)
{
  g_free (request->line);
  g_free (request->body);
  g_hash_table_unref (request->headers);
  g_free (request);
}

static void
hold_free (Hold *hold)
{
  g_signal_handlers_disconnect_by_data (hold->message, hold);
  g_object_unref (hold->message);
  g_clear_pointer (&hold->rest, g_bytes_unref);
  g_free (hold);
}

/* -- what was asked ---------------------------------------------------------------------------- */

static void
record (WfScriptedServer *self, SoupServerMessage *message)
{
  Request *request = g_new0 (Request, 1);
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  SoupMessageHeadersIter iter;
  const char *name, *value;
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));

  request->line = g_strdup_printf ("%s %s%s%s", soup_server_message_get_method (message),
                                   g_uri_get_path (uri), query != NULL ? "?" : "",
                                   query != NULL ? query : "");
  request->body = g_bytes_get_size (body) > 0
                      ? g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body))
                      : g_strdup ("");
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_hash_table_insert (request->headers, g_ascii_strdown (name, -1), g_strdup (value));
  g_ptr_array_add (self->requests, request);
}

/* -- how it is answered ------------------------------------------------------------------------ */

static void
cut (SoupServerMessage *message)
{
  g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

static void
on_wrote_chunk_cut (SoupServerMessage *message, gpointer user_data)
{
  cut (message);
}

static void
on_held_finished (SoupServerMessage *message, gpointer user_data)
{
  WfScriptedServer *self = g_object_get_data (G_OBJECT (message), "wf-server");

  g_ptr_array_remove_fast (self->holds, user_data);
}

static void
hold (WfScriptedServer *self, SoupServerMessage *message, GBytes *rest)
{
  Hold *entry = g_new0 (Hold, 1);

  entry->message = g_object_ref (message);
  entry->rest = rest;
  g_ptr_array_add (self->holds, entry);
  g_object_set_data (G_OBJECT (message), "wf-server", self);
  g_signal_connect (message, "finished", G_CALLBACK (on_held_finished), entry);
}

/* Half of the body under the length of the whole. Result: the other half, owned. */
static GBytes *
send_half (SoupServerMessage *message, const char *text)
{
  gsize length = strlen (text);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, text,
                            length / 2);
  soup_message_headers_set_content_length (headers, (goffset) length);
  return g_bytes_new (text + length / 2, length - length / 2);
}

static void
send_large (WfScriptedServer *self, SoupServerMessage *message, guint64 size, gboolean chunked)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (self->block == NULL)
    {
      self->block = g_malloc (BLOCK_SIZE);
      memset (self->block, ' ', BLOCK_SIZE);
    }
  if (chunked)
    soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  else
    soup_message_headers_set_content_length (headers, (goffset) size);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  for (guint64 sent = 0; sent < size; sent += BLOCK_SIZE)
    soup_message_body_append (body, SOUP_MEMORY_STATIC, self->block, MIN (BLOCK_SIZE, size - sent));
  soup_message_body_complete (body);
}

static void
send_compressed (SoupServerMessage *message, const char *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GBytes) plain = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) compressed = g_converter_convert_bytes (G_CONVERTER (compressor), plain, NULL);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), compressed);
  soup_message_body_complete (soup_server_message_get_response_body (message));
}

static void
carry_out (WfScriptedServer *self, SoupServerMessage *message, const WfScriptedAnswer *answer)
{
  const char *text = answer->body != NULL ? answer->body : "";

  switch (answer->manner)
    {
    case WF_SCRIPTED_CUT:
      cut (message);
      break;
    case WF_SCRIPTED_CUT_BODY:
      g_bytes_unref (send_half (message, text));
      g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk_cut), NULL);
      break;
    case WF_SCRIPTED_HOLD_BODY:
      hold (self, message, send_half (message, text));
      break;
    case WF_SCRIPTED_LARGE:
    case WF_SCRIPTED_LARGE_CHUNKED:
      send_large (self, message, answer->large_size, answer->manner == WF_SCRIPTED_LARGE_CHUNKED);
      break;
    case WF_SCRIPTED_GZIP:
      send_compressed (message, text);
      break;
    case WF_SCRIPTED_HOLD:
      hold (self, message, NULL);
      soup_server_message_pause (message);
      G_GNUC_FALLTHROUGH;
    case WF_SCRIPTED_WHOLE:
    default:
      soup_server_message_set_response (
          message, answer->content_type != NULL ? answer->content_type : "application/json",
          SOUP_MEMORY_COPY, text, strlen (text));
      break;
    }
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  WfScriptedServer *self = user_data;
  WfScriptedAnswer *answer = g_queue_pop_head (&self->answers);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  record (self, message);
  if (answer == NULL)
    {
      soup_server_message_set_status (message, 599, "The script is over");
      return;
    }
  soup_server_message_set_status (message, answer->status != 0 ? answer->status : 200, NULL);
  for (guint i = 0; i + 1 < G_N_ELEMENTS (answer->headers) && answer->headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, answer->headers[i], answer->headers[i + 1]);
  carry_out (self, message, answer);
  answer_free (answer);
}

/* -- public ------------------------------------------------------------------------------------ */

WfScriptedServer *
wf_scripted_server_new (void)
{
  WfScriptedServer *self = g_new0 (WfScriptedServer, 1);
  g_autoptr (GError) error = NULL;

  g_queue_init (&self->answers);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->holds = g_ptr_array_new_with_free_func ((GDestroyNotify) hold_free);
  self->soup = soup_server_new ("server-header", "scripted", NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  soup_server_listen_local (self->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  GSList *uris = soup_server_get_uris (self->soup);
  g_autofree char *uri = g_uri_to_string (uris->data);
  self->uri = g_strndup (uri, strlen (uri) - (g_str_has_suffix (uri, "/") ? 1 : 0));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
wf_scripted_server_stop (WfScriptedServer *self)
{
  if (self->soup == NULL)
    return;
  g_ptr_array_set_size (self->holds, 0);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
}

void
wf_scripted_server_free (WfScriptedServer *self)
{
  wf_scripted_server_stop (self);
  g_ptr_array_unref (self->holds);
  g_ptr_array_unref (self->requests);
  g_queue_clear_full (&self->answers, (GDestroyNotify) answer_free);
  g_free (self->uri);
  g_free (self->block);
  g_free (self);
}

const char *
wf_scripted_server_get_uri (WfScriptedServer *self)
{
  return self->uri;
}

void
wf_scripted_server_add (WfScriptedServer *self, const WfScriptedAnswer *answer)
{
  WfScriptedAnswer *copy = g_memdup2 (answer, sizeof *answer);

  copy->body = g_strdup (answer->body);
  copy->content_type = g_strdup (answer->content_type);
  for (guint i = 0; i < G_N_ELEMENTS (copy->headers); i++)
    copy->headers[i] = g_strdup (answer->headers[i]);
  g_queue_push_tail (&self->answers, copy);
}

void
wf_scripted_server_add_status (WfScriptedServer *self, guint status, const char *body)
{
  WfScriptedAnswer answer = {
    .status = status,
    .body = body,
    .content_type = status >= 400 ? "application/problem+json" : NULL,
  };

  wf_scripted_server_add (self, &answer);
}

guint
wf_scripted_server_get_n_requests (WfScriptedServer *self)
{
  return self->requests->len;
}

static Request *
get_request (WfScriptedServer *self, guint index)
{
  g_assert_cmpuint (index, <, self->requests->len);
  return self->requests->pdata[index];
}

const char *
wf_scripted_server_get_request (WfScriptedServer *self, guint index)
{
  return get_request (self, index)->line;
}

const char *
wf_scripted_server_get_body (WfScriptedServer *self, guint index)
{
  return get_request (self, index)->body;
}

const char *
wf_scripted_server_get_header (WfScriptedServer *self, guint index, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (get_request (self, index)->headers, lower);
}

void
wf_scripted_server_release (WfScriptedServer *self)
{
  while (self->holds->len > 0)
    {
      Hold *entry = g_ptr_array_steal_index (self->holds, self->holds->len - 1);

      if (entry->rest != NULL)
        soup_message_body_append_bytes (soup_server_message_get_response_body (entry->message),
                                        entry->rest);
      soup_server_message_unpause (entry->message);
      hold_free (entry);
    }
}

guint
wf_scripted_server_get_n_held (WfScriptedServer *self)
{
  return self->holds->len;
}
