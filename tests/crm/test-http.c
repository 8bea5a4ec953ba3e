/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transport against a server that answers well and badly: each failure must say what the
 * caller can do. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-http.h"

#include "wf-crm.h"
#include "wf-fake-clock.h"
#include "wf-scripted-server.h"
#include "wf-test-folder.h"

#include <string.h>

#define START "2026-11-20T17:50:00Z"
#define LONGEST_REAL_WAIT 20

typedef struct
{
  WfFakeClock *clock;
  WfScriptedServer *server;
  WfHttp *http;
  WfHttpAnswer *answer;
  GError *error;
  gboolean done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->clock = wf_fake_clock_new_at (START);
  fixture->server = wf_scripted_server_new ();
  fixture->http = wf_http_new (WF_CLOCK (fixture->clock),
                               wf_scripted_server_get_uri (fixture->server), "/wfcrm/v1",
                               "secret-1", &error);
  g_assert_no_error (error);
  wf_http_set_most_retries (fixture->http, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->answer, wf_http_answer_free);
  g_clear_error (&fixture->error);
  g_clear_object (&fixture->http);
  wf_scripted_server_free (fixture->server);
  g_object_unref (fixture->clock);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->answer = wf_http_send_finish (WF_HTTP (source), result, &fixture->error);
  g_assert_true ((fixture->answer != NULL) != (fixture->error != NULL));
  fixture->done = TRUE;
}

static gboolean
on_watchdog (gpointer user_data)
{
  g_error ("The test waits for what does not come");
  return G_SOURCE_REMOVE;
}

static void
wait_until (gboolean (*condition) (Fixture *fixture), Fixture *fixture)
{
  guint watchdog = g_timeout_add_seconds (LONGEST_REAL_WAIT, on_watchdog, NULL);

  while (!condition (fixture))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static gboolean
is_done (Fixture *fixture)
{
  return fixture->done;
}

static gboolean
is_held (Fixture *fixture)
{
  return wf_scripted_server_get_n_held (fixture->server) > 0;
}

static void
start (Fixture *fixture, const WfHttpRequest *request, GCancellable *cancellable)
{
  g_clear_pointer (&fixture->answer, wf_http_answer_free);
  g_clear_error (&fixture->error);
  fixture->done = FALSE;
  wf_http_send_async (fixture->http, request, cancellable, on_answer, fixture);
}

static const WfHttpRequest read_request = { .method = "GET", .path = "activities?limit=5" };
static const WfHttpRequest write_request = { .method = "POST",
                                             .path = "activities",
                                             .body = "[{\"id\":\"a\"}]" };

static void
ask (Fixture *fixture, const WfHttpRequest *request)
{
  start (fixture, request, NULL);
  wait_until (is_done, fixture);
}

static void
test_success (Fixture *fixture, gconstpointer data)
{
  WfScriptedAnswer answer = {
    .status = 200,
    .body = "[1]",
    .headers = { "ETag", "\"r7\"", "Next-Page", "12", "Next-Cursor", "c.9", "Events-More", "true" },
  };
  WfHttpRequest request = {
    .method = "PUT",
    .path = "messages/1",
    .body = "{}",
    .if_none_match = "*",
    .cause = "w/s/e",
  };

  wf_scripted_server_add (fixture->server, &answer);
  ask (fixture, &request);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->answer->status, ==, 200);
  g_assert_cmpmem (g_bytes_get_data (fixture->answer->body, NULL),
                   g_bytes_get_size (fixture->answer->body), "[1]", 3);
  g_assert_cmpstr (fixture->answer->etag, ==, "\"r7\"");
  g_assert_cmpstr (fixture->answer->next_page, ==, "12");
  g_assert_cmpstr (fixture->answer->next_cursor, ==, "c.9");
  g_assert_true (fixture->answer->more);
  g_assert_cmpstr (wf_scripted_server_get_request (fixture->server, 0), ==,
                   "PUT /wfcrm/v1/messages/1");
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->server, 0, "Authorization"), ==,
                   "Bearer secret-1");
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->server, 0, "If-None-Match"), ==, "*");
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->server, 0, "Workflow-Cause"), ==,
                   "w/s/e");
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->server, 0, "Content-Type"), ==,
                   "application/json");
  g_assert_cmpstr (wf_scripted_server_get_body (fixture->server, 0), ==, "{}");
}

static void
test_header_injection (Fixture *fixture, gconstpointer data)
{
  WfHttpRequest request = read_request;

  request.cause = "a\r\nX-Evil: 1";
  wf_scripted_server_add_status (fixture->server, 200, "{}");
  ask (fixture, &request);
  g_assert_no_error (fixture->error);
  g_assert_null (wf_scripted_server_get_header (fixture->server, 0, "X-Evil"));
}

/* -- statuses ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *path;
  guint status;
  const char *body;
  int code;
  const char *text; /* (nullable) part of the message */
} StatusCase;

static const StatusCase status_cases[] = {
  { "/crm/http/status/400", 400, "{\"title\":\"Bad\",\"status\":400,\"detail\":\"line 3\"}",
    WF_CRM_ERROR_INVALID, "Bad line 3" },
  { "/crm/http/status/401", 401, "{}", WF_CRM_ERROR_AUTH, NULL },
  { "/crm/http/status/403", 403, "{\"title\":\"Managers only\",\"status\":403}",
    WF_CRM_ERROR_FORBIDDEN, "Managers only" },
  { "/crm/http/status/404", 404, "", WF_CRM_ERROR_NOT_FOUND, NULL },
  { "/crm/http/status/409", 409, "{}", WF_CRM_ERROR_CONFLICT, NULL },
  { "/crm/http/status/410", 410, "{\"type\":\"/problems/cursor-expired\"}",
    WF_CRM_ERROR_CURSOR_EXPIRED, NULL },
  { "/crm/http/status/412-changed", 412, "{\"type\":\"/problems/changed\"}", WF_CRM_ERROR_CONFLICT,
    NULL },
  { "/crm/http/status/412-exists", 412, "{\"type\":\"/problems/already-exists\"}",
    WF_CRM_ERROR_ALREADY_EXISTS, NULL },
  { "/crm/http/status/422", 422,
    "{\"title\":\"Not valid.\",\"errors\":[{\"pointer\":\"#/due\",\"detail\":\"is missing\"}]}",
    WF_CRM_ERROR_INVALID, "#/due: is missing" },
  { "/crm/http/status/428", 428, "{}", WF_CRM_ERROR_INVALID, NULL },
  { "/crm/http/status/429", 429, "{}", WF_CRM_ERROR_RATE_LIMITED, NULL },
  { "/crm/http/status/500", 500, "<html>no problem document</html>", WF_CRM_ERROR_SERVER, NULL },
  { "/crm/http/status/503", 503, "not json", WF_CRM_ERROR_SERVER, NULL },
  { "/crm/http/status/302", 302, "", WF_CRM_ERROR_PROTOCOL, NULL },
};

static void
test_status (Fixture *fixture, gconstpointer data)
{
  const StatusCase *row = data;

  wf_scripted_server_add_status (fixture->server, row->status, row->body);
  ask (fixture, &read_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, row->code);
  g_assert_null (strstr (fixture->error->message, "secret-1"));
  if (row->text != NULL)
    g_assert_nonnull (strstr (fixture->error->message, row->text));
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->server), ==, 1);
}

typedef struct
{
  const char *path;
  const char *retry_after, *date;
  guint seconds;
} RetryCase;

static const RetryCase retry_cases[] = {
  { "/crm/http/retry-after/seconds", "7", NULL, 7 },
  { "/crm/http/retry-after/none", NULL, NULL, 0 },
  { "/crm/http/retry-after/date", "Fri, 20 Nov 2026 10:00:42 GMT", "Fri, 20 Nov 2026 10:00:00 GMT",
    42 },
  { "/crm/http/retry-after/past-date", "Fri, 20 Nov 2026 09:59:00 GMT",
    "Fri, 20 Nov 2026 10:00:00 GMT", 0 },
  { "/crm/http/retry-after/too-long", "999999", NULL, 3600 },
  { "/crm/http/retry-after/nonsense", "soon", NULL, 0 },
  { "/crm/http/retry-after/negative", "-5", NULL, 0 },
};

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  const RetryCase *row = data;
  WfScriptedAnswer answer = { .status = 429 };
  guint i = 0;

  if (row->date != NULL)
    {
      answer.headers[i++] = "Date";
      answer.headers[i++] = row->date;
    }
  if (row->retry_after != NULL)
    {
      answer.headers[i++] = "Retry-After";
      answer.headers[i++] = row->retry_after;
    }
  wf_scripted_server_add (fixture->server, &answer);
  ask (fixture, &write_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_RATE_LIMITED);
  g_assert_cmpuint (wf_crm_error_get_retry_after (fixture->error), ==, row->seconds);
}

static void
test_server_retry_after (Fixture *fixture, gconstpointer data)
{
  WfScriptedAnswer answer = { .status = 503, .headers = { "Retry-After", "9" } };

  wf_scripted_server_add (fixture->server, &answer);
  ask (fixture, &write_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_SERVER);
  g_assert_cmpuint (wf_crm_error_get_retry_after (fixture->error), ==, 9);
}

static void
test_answered_412 (Fixture *fixture, gconstpointer data)
{
  WfHttpRequest request = {
    .method = "PUT", .path = "workflows/1", .body = "{}", .answers_412 = TRUE
  };

  wf_scripted_server_add_status (fixture->server, 412, "{\"same-content\":true}");
  ask (fixture, &request);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->answer->status, ==, 412);
}

/* -- broken connections ------------------------------------------------------------------------ */

typedef struct
{
  const char *path;
  WfScriptedManner manner;
  gboolean is_write;
  int code;
} BrokenCase;

static const BrokenCase broken_cases[] = {
  { "/crm/http/cut/read", WF_SCRIPTED_CUT, FALSE, WF_CRM_ERROR_OFFLINE },
  { "/crm/http/cut/write", WF_SCRIPTED_CUT, TRUE, WF_CRM_ERROR_UNCERTAIN },
  { "/crm/http/cut-body/read", WF_SCRIPTED_CUT_BODY, FALSE, WF_CRM_ERROR_OFFLINE },
  { "/crm/http/cut-body/write", WF_SCRIPTED_CUT_BODY, TRUE, WF_CRM_ERROR_UNCERTAIN },
};

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  const BrokenCase *row = data;
  WfScriptedAnswer answer = { .body = "[\"0123456789 0123456789 0123456789\"]",
                              .manner = row->manner };

  wf_scripted_server_add (fixture->server, &answer);
  ask (fixture, row->is_write ? &write_request : &read_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, row->code);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->server), ==, 1);
}

/* A connection that was kept open is closed when the next request comes: it goes out again by
 * itself, whole. */
static void
test_kept_connection_is_cut (Fixture *fixture, gconstpointer data)
{
  WfHttpRequest request = { .method = "PUT", .path = "actions/1", .body = "{\"kind\":\"x\"}" };
  WfScriptedAnswer cut = { .manner = WF_SCRIPTED_CUT };

  wf_scripted_server_add_status (fixture->server, 200, "[]");
  wf_scripted_server_add (fixture->server, &cut);
  wf_scripted_server_add_status (fixture->server, 201, "{}");
  ask (fixture, &read_request);
  g_assert_no_error (fixture->error);
  ask (fixture, &request);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->server), ==, 3);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpstr (wf_scripted_server_get_body (fixture->server, i), ==, request.body);
}

static const BrokenCase slow_cases[] = {
  { "/crm/http/slow/read", WF_SCRIPTED_HOLD, FALSE, WF_CRM_ERROR_OFFLINE },
  { "/crm/http/slow/write", WF_SCRIPTED_HOLD, TRUE, WF_CRM_ERROR_UNCERTAIN },
  { "/crm/http/slow-body/read", WF_SCRIPTED_HOLD_BODY, FALSE, WF_CRM_ERROR_OFFLINE },
  { "/crm/http/slow-body/write", WF_SCRIPTED_HOLD_BODY, TRUE, WF_CRM_ERROR_UNCERTAIN },
};

static void
test_slow (Fixture *fixture, gconstpointer data)
{
  const BrokenCase *row = data;
  WfScriptedAnswer answer = { .body = "[\"0123456789 0123456789 0123456789\"]",
                              .manner = row->manner };

  wf_http_set_timeout (fixture->http, 5);
  wf_scripted_server_add (fixture->server, &answer);
  start (fixture, row->is_write ? &write_request : &read_request, NULL);
  wait_until (is_held, fixture);
  wf_fake_clock_advance (fixture->clock, 4 * G_TIME_SPAN_SECOND);
  g_assert_false (fixture->done);
  wf_fake_clock_advance (fixture->clock, 1 * G_TIME_SPAN_SECOND);
  wait_until (is_done, fixture);
  g_assert_error (fixture->error, WF_CRM_ERROR, row->code);
}

static void
test_slow_in_time (Fixture *fixture, gconstpointer data)
{
  WfScriptedAnswer answer = { .body = "[\"0123456789 0123456789 0123456789\"]",
                              .manner = WF_SCRIPTED_HOLD_BODY };
  WfHttpRequest request = read_request;

  /* The server was asked to hold the answer: its wait comes on top. */
  request.wait = 25;
  wf_http_set_timeout (fixture->http, 5);
  wf_scripted_server_add (fixture->server, &answer);
  start (fixture, &request, NULL);
  wait_until (is_held, fixture);
  wf_fake_clock_advance (fixture->clock, 29 * G_TIME_SPAN_SECOND);
  g_assert_false (fixture->done);
  wf_scripted_server_release (fixture->server);
  wait_until (is_done, fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (g_bytes_get_size (fixture->answer->body), ==, strlen (answer.body));
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  wf_http_set_most_retries (fixture->http, 3);
  wf_scripted_server_stop (fixture->server);
  ask (fixture, &write_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE);
  /* Nothing was sent: the caller waits for the network, the transport does not try again by
   * itself. */
  ask (fixture, &read_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  WfScriptedAnswer answer = { .manner = WF_SCRIPTED_HOLD };

  wf_scripted_server_add (fixture->server, &answer);
  start (fixture, &write_request, cancellable);
  wait_until (is_held, fixture);
  g_cancellable_cancel (cancellable);
  wait_until (is_done, fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  start (fixture, &read_request, cancellable);
  wait_until (is_done, fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* -- size -------------------------------------------------------------------------------------- */

static void
test_large (Fixture *fixture, gconstpointer data)
{
  WfScriptedAnswer answer = { .manner = GPOINTER_TO_INT (data),
                              .large_size = (guint64) 100 * 1000 * 1000 };

  wf_scripted_server_add (fixture->server, &answer);
  ask (fixture, &read_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
}

static void
test_large_enough (Fixture *fixture, gconstpointer data)
{
  WfScriptedAnswer answer = { .manner = WF_SCRIPTED_LARGE_CHUNKED, .large_size = 3 * 1000 * 1000 };

  wf_http_set_most_bytes (fixture->http, 3 * 1000 * 1000);
  wf_scripted_server_add (fixture->server, &answer);
  ask (fixture, &read_request);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (g_bytes_get_size (fixture->answer->body), ==, 3 * 1000 * 1000);
}

static void
test_gzip (Fixture *fixture, gconstpointer data)
{
  g_autofree char *spaces = g_strnfill (200000, ' ');
  g_autofree char *body = g_strconcat ("[", spaces, "]", NULL);
  WfScriptedAnswer answer = { .manner = WF_SCRIPTED_GZIP, .body = body };

  wf_scripted_server_add (fixture->server, &answer);
  ask (fixture, &read_request);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (g_bytes_get_size (fixture->answer->body), ==, 200002);
  g_assert_nonnull (
      strstr (wf_scripted_server_get_header (fixture->server, 0, "Accept-Encoding"), "gzip"));

  /* What counts is the size after unpacking. */
  wf_http_set_most_bytes (fixture->http, 100000);
  wf_scripted_server_add (fixture->server, &answer);
  ask (fixture, &read_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
}

/* -- retries ----------------------------------------------------------------------------------- */

static gboolean
has_pause (Fixture *fixture)
{
  return fixture->done || wf_scripted_server_get_n_requests (fixture->server) > 0;
}

static void
test_retry (Fixture *fixture, gconstpointer data)
{
  WfScriptedAnswer limited = { .status = 429, .headers = { "Retry-After", "3" } };
  WfInstant begin = wf_clock_now (WF_CLOCK (fixture->clock));

  wf_http_set_most_retries (fixture->http, 2);
  wf_scripted_server_add_status (fixture->server, 500, "{}");
  wf_scripted_server_add (fixture->server, &limited);
  wf_scripted_server_add_status (fixture->server, 200, "[]");
  start (fixture, &read_request, NULL);
  wait_until (has_pause, fixture);
  for (guint i = 0; i < 200 && !fixture->done; i++)
    {
      for (guint j = 0; j < 50 && !fixture->done; j++)
        {
          g_main_context_iteration (NULL, FALSE);
          g_thread_yield ();
        }
      wf_fake_clock_advance (fixture->clock, 100 * G_TIME_SPAN_MILLISECOND);
    }
  g_assert_true (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->server), ==, 3);
  /* At least the server's three seconds went by, and half of the first pause. */
  g_assert_cmpint (wf_clock_now (WF_CLOCK (fixture->clock)) - begin, >=,
                   3500 * G_TIME_SPAN_MILLISECOND);
}

static void
test_no_retry_of_writes (Fixture *fixture, gconstpointer data)
{
  wf_http_set_most_retries (fixture->http, 5);
  wf_scripted_server_add_status (fixture->server, 500, "{}");
  wf_scripted_server_add_status (fixture->server, 200, "[]");
  ask (fixture, &write_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_SERVER);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_no_retry_of_refusals (Fixture *fixture, gconstpointer data)
{
  wf_http_set_most_retries (fixture->http, 5);
  wf_scripted_server_add_status (fixture->server, 403, "{}");
  wf_scripted_server_add_status (fixture->server, 200, "[]");
  ask (fixture, &read_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_no_long_pause (Fixture *fixture, gconstpointer data)
{
  WfScriptedAnswer limited = { .status = 429, .headers = { "Retry-After", "600" } };

  wf_http_set_most_retries (fixture->http, 5);
  wf_scripted_server_add (fixture->server, &limited);
  ask (fixture, &read_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_RATE_LIMITED);
  g_assert_cmpuint (wf_crm_error_get_retry_after (fixture->error), ==, 600);
}

static void
test_cancelled_pause (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  wf_http_set_most_retries (fixture->http, 5);
  wf_scripted_server_add_status (fixture->server, 500, "{}");
  start (fixture, &read_request, cancellable);
  wait_until (has_pause, fixture);
  /* One alarm of the running try, then one of the pause: both end with the cancellation. */
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  wait_until (is_done, fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (fixture->clock), ==, 0);
}

/* -- addresses and certificates ---------------------------------------------------------------- */

typedef struct
{
  const char *url;
  gboolean accepted;
} AddressCase;

static const AddressCase address_cases[] = {
  { "https://crm.example", TRUE },
  { "https://crm.example/", TRUE },
  { "https://crm.example:8443/sales/wfcrm/v1/", TRUE },
  { "http://127.0.0.1:8377", TRUE },
  { "http://127.3.2.1", TRUE },
  { "http://[::1]:8377/wfcrm/v1", TRUE },
  { "http://localhost:8377", TRUE },
  { "http://crm.example", FALSE },
  { "http://127.0.0.1.evil.example", FALSE },
  { "http://10.0.0.1", FALSE },
  { "http://localhost.evil.example", FALSE },
  { "http://127.0.0.1@evil.example", FALSE },
  { "https://user:password@crm.example", FALSE },
  { "https://crm.example/?token=1", FALSE },
  { "https://crm.example/#x", FALSE },
  { "ftp://crm.example", FALSE },
  { "file:///etc/passwd", FALSE },
  { "crm.example", FALSE },
  { "https://", FALSE },
  { "", FALSE },
};

static void
test_addresses (void)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at (START);

  for (guint i = 0; i < G_N_ELEMENTS (address_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WfHttp) http =
          wf_http_new (WF_CLOCK (clock), address_cases[i].url, "/wfcrm/v1", "t", &error);

      g_test_message ("%s", address_cases[i].url);
      if (address_cases[i].accepted)
        g_assert_no_error (error);
      else
        g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
    }
}

static void
test_bad_token (void)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at (START);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfHttp) http =
      wf_http_new (WF_CLOCK (clock), "https://crm.example", "/wfcrm/v1", "a\nb", &error);

  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
  g_assert_null (http);
}

/* A certificate that nobody signed, made for this run. */
static GTlsCertificate *
make_certificate (WfTestFolder *folder)
{
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  g_autofree char *key = wf_test_folder_build (folder, "key.pem");
  g_autofree char *certificate = wf_test_folder_build (folder, "certificate.pem");
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { openssl,
                              "req",
                              "-x509",
                              "-newkey",
                              "ec",
                              "-pkeyopt",
                              "ec_paramgen_curve:prime256v1",
                              "-nodes",
                              "-keyout",
                              key,
                              "-out",
                              certificate,
                              "-days",
                              "2",
                              "-subj",
                              "/CN=127.0.0.1",
                              "-addext",
                              "subjectAltName=IP:127.0.0.1",
                              NULL };
  int status;

  if (openssl == NULL)
    return NULL;
  g_spawn_sync (NULL, (char **) arguments, NULL,
                G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  GTlsCertificate *made = g_tls_certificate_new_from_files (certificate, key, &error);
  g_assert_no_error (error);
  return made;
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTlsConnection) connection = G_TLS_CONNECTION (source);

  /* The client turns away: that is the point. */
  g_assert_false (g_tls_connection_handshake_finish (connection, result, NULL));
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *plain, GObject *source, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GIOStream *stream = g_tls_server_connection_new (G_IO_STREAM (plain), user_data, &error);

  g_assert_no_error (error);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (stream), G_PRIORITY_DEFAULT, NULL,
                                    on_handshake, NULL);
  return TRUE;
}

static void
test_certificate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()) ||
      (certificate = make_certificate (folder)) == NULL)
    {
      g_test_skip ("needs openssl and a TLS backend");
      return;
    }
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), certificate);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_clear_object (&fixture->http);
  fixture->http = wf_http_new (WF_CLOCK (fixture->clock), url, "/wfcrm/v1", "secret-1", &error);
  g_assert_no_error (error);
  ask (fixture, &write_request);
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_CERTIFICATE);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* -- log --------------------------------------------------------------------------------------- */

static GLogWriterOutput
on_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append (user_data, fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

static void
test_log (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GString) log = g_string_new (NULL);
      Fixture fixture = { 0 };

      g_log_set_writer_func (on_log, log, NULL);
      set_up (&fixture, NULL);
      wf_scripted_server_add_status (fixture.server, 500, "{\"title\":\"Padaria Sol\"}");
      ask (&fixture, &write_request);
      g_assert_cmpuint (log->len, >, 0);
      g_assert_null (strstr (log->str, "secret-1"));
      g_assert_null (strstr (log->str, "Padaria"));
      g_assert_null (strstr (log->str, "activities"));
      tear_down (&fixture, NULL);
      g_string_append_c (log, '.');
      return;
    }
  g_setenv ("G_MESSAGES_DEBUG", "wf-crm", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/crm/http/success", NULL, test_success);
  ADD ("/crm/http/header-injection", NULL, test_header_injection);
  for (guint i = 0; i < G_N_ELEMENTS (status_cases); i++)
    ADD (status_cases[i].path, &status_cases[i], test_status);
  for (guint i = 0; i < G_N_ELEMENTS (retry_cases); i++)
    ADD (retry_cases[i].path, &retry_cases[i], test_retry_after);
  ADD ("/crm/http/retry-after/503", NULL, test_server_retry_after);
  ADD ("/crm/http/answered-412", NULL, test_answered_412);
  for (guint i = 0; i < G_N_ELEMENTS (broken_cases); i++)
    ADD (broken_cases[i].path, &broken_cases[i], test_broken);
  ADD ("/crm/http/kept-connection-cut", NULL, test_kept_connection_is_cut);
  for (guint i = 0; i < G_N_ELEMENTS (slow_cases); i++)
    ADD (slow_cases[i].path, &slow_cases[i], test_slow);
  ADD ("/crm/http/slow-in-time", NULL, test_slow_in_time);
  ADD ("/crm/http/offline", NULL, test_offline);
  ADD ("/crm/http/cancelled", NULL, test_cancelled);
  ADD ("/crm/http/large/length", GINT_TO_POINTER (WF_SCRIPTED_LARGE), test_large);
  ADD ("/crm/http/large/chunked", GINT_TO_POINTER (WF_SCRIPTED_LARGE_CHUNKED), test_large);
  ADD ("/crm/http/large/enough", NULL, test_large_enough);
  ADD ("/crm/http/gzip", NULL, test_gzip);
  ADD ("/crm/http/retry/read", NULL, test_retry);
  ADD ("/crm/http/retry/write", NULL, test_no_retry_of_writes);
  ADD ("/crm/http/retry/refusal", NULL, test_no_retry_of_refusals);
  ADD ("/crm/http/retry/long", NULL, test_no_long_pause);
  ADD ("/crm/http/retry/cancelled", NULL, test_cancelled_pause);
  ADD ("/crm/http/certificate", NULL, test_certificate);
  g_test_add_func ("/crm/http/addresses", test_addresses);
  g_test_add_func ("/crm/http/bad-token", test_bad_token);
  g_test_add_func ("/crm/http/log", test_log);
  return g_test_run ();
}
