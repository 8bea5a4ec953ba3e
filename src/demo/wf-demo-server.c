/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's HTTP server on loopback: connections, sign-in, limits. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-server.h"

#include "wf-demo-faults.h"
#include "wf-demo-json.h"
#include "wf-demo-request.h"
#include "wf-demo-sample.h"
#include "wf-demo-tokens.h"
#include "wf-demo-webhooks.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define DEFAULT_RATE_LIMIT 6000
#define DEFAULT_SEED 20261120
#define PRUNE_PERIOD G_TIME_SPAN_HOUR

struct _WfDemoServer
{
  GObject parent_instance;

  WfClock *clock;             /* (owned) */
  WfDemoCrm *crm;             /* (owned) (nullable) after stop */
  WfDemoTokens *tokens;       /* (owned) */
  WfDemoWaiters *waiters;     /* (owned) */
  WfDemoFaults *faults;       /* (owned) */
  WfDemoWebhooks *webhooks;   /* (owned) */
  WfDemoGenerator *generator; /* (owned) (nullable) */
  SoupServer *soup;           /* (owned) */
  WfAlarm *alarm;             /* (owned) lateness, retention */
  char *uri;                  /* (owned) */
  char *tokens_file;          /* (owned) (nullable) */
  int lock;                   /* file descriptor; -1 in memory */
  guint port;
  guint rate_limit;
  guint n_busy;      /* requests that are not answered wholly */
  gboolean changing; /* inside on_crm_changed */
  WfInstant last_use;
  WfInstant next_prune;
};

G_DEFINE_FINAL_TYPE (WfDemoServer, wf_demo_server, G_TYPE_OBJECT)

/* -- what time brings -------------------------------------------------------------------------- */

static void
look_at_time (WfDemoServer *self)
{
  WfInstant now = wf_clock_now (self->clock), next;

  wf_demo_crm_begin (self->crm);
  if (now >= self->next_prune)
    {
      wf_demo_crm_prune (self->crm);
      self->next_prune = now + PRUNE_PERIOD;
    }
  next = wf_demo_crm_announce_late (self->crm);
  wf_demo_crm_commit (self->crm, NULL);
  /* Late is after the deadline, not at it (S22). */
  wf_alarm_set (self->alarm,
                next == WF_INSTANT_NONE ? self->next_prune : MIN (next + 1, self->next_prune));
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  look_at_time (user_data);
}

static void
on_crm_changed (gpointer user_data)
{
  WfDemoServer *self = user_data;

  if (self->changing)
    return;
  self->changing = TRUE;
  look_at_time (self);
  if (self->waiters != NULL)
    wf_demo_waiters_wake (self->waiters);
  if (self->webhooks != NULL)
    wf_demo_webhooks_wake (self->webhooks);
  self->changing = FALSE;
}

/* -- requests ---------------------------------------------------------------------------------- */

static void
on_message_finished (SoupServerMessage *message, gpointer user_data)
{
  WfDemoServer *self = user_data;

  self->n_busy--;
  self->last_use = wf_clock_now (self->clock);
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  WfDemoServer *self = user_data;

  self->n_busy++;
  g_signal_connect_object (message, "finished", G_CALLBACK (on_message_finished), self,
                           G_CONNECT_DEFAULT);
}

/* A body that says it is too large is refused before it is read; one that does not say, when it
 * grew too large. */
static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length > WF_DEMO_MOST_BODY)
    soup_message_body_set_accumulate (body, FALSE);
}

static void
on_early (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_content_length (headers) > WF_DEMO_MOST_BODY)
    {
      wf_demo_request_set_problem (message, 413, "too-large",
                                   _ ("The content is larger than 8 MiB."), 0);
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Connection", "close");
    }
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
}

static gboolean
take_turn (WfDemoServer *self, WfDemoRequest *request, const char *name)
{
  guint retry_after;

  if (wf_demo_tokens_take (self->tokens, name, wf_clock_monotonic (self->clock), self->rate_limit,
                           &retry_after))
    return TRUE;
  wf_demo_outcome_fail (&request->outcome, 429, "rate-limited", _ ("Too many requests."));
  request->outcome.retry_after = retry_after;
  return FALSE;
}

/* Other systems sign in with the token of the hook's address. */
static gboolean
sign_in_to_hook (WfDemoServer *self, WfDemoRequest *request)
{
  if (!take_turn (self, request, NULL))
    return FALSE;
  if (wf_demo_crm_check_hook (self->crm, request->path[1],
                              g_hash_table_lookup (request->query, "token")))
    return TRUE;
  wf_demo_outcome_fail (&request->outcome, 401, "unauthorized",
                        _ ("The address of this hook has another token."));
  return FALSE;
}

static gboolean
sign_in (WfDemoServer *self, WfDemoRequest *request)
{
  const char *authorization = wf_demo_request_get_header (request, "Authorization");
  const char *name = NULL;
  WfDemoCallerKind kind = WF_DEMO_CALLER_PERSON;

  if (wf_demo_routes_is_hook (request))
    return sign_in_to_hook (self, request);
  if (authorization != NULL && g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0)
    name = wf_demo_tokens_find (self->tokens, authorization + 7);
  if (g_strcmp0 (name, WF_DEMO_BRIDGE) == 0)
    kind = WF_DEMO_CALLER_BRIDGE;
  else if (g_strcmp0 (name, WF_DEMO_ENGINE) == 0)
    kind = WF_DEMO_CALLER_ENGINE;
  if (name != NULL)
    wf_demo_crm_init_caller (self->crm, &request->caller, kind,
                             kind == WF_DEMO_CALLER_PERSON ? name : NULL);
  if (name == NULL || (kind == WF_DEMO_CALLER_PERSON &&
                       (request->caller.person == NULL || !request->caller.person->active)))
    {
      wf_demo_outcome_fail (&request->outcome, 401, "unauthorized", _ ("Sign in again."));
      return FALSE;
    }
  request->caller_name = name;
  request->caller.cause = g_strdup (wf_demo_request_get_header (request, "Workflow-Cause"));
  return take_turn (self, request, name);
}

/* The parts of a path below the API's base, each decoded; NULL when it is not below it. */
static char **
split_path (const char *raw)
{
  if (!g_str_has_prefix (raw, WF_DEMO_BASE_PATH "/"))
    return NULL;

  g_auto (GStrv) parts = g_strsplit (raw + strlen (WF_DEMO_BASE_PATH "/"), "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *decoded = g_uri_unescape_string (parts[i], NULL);

      if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
        {
          g_free (decoded);
          return NULL;
        }
      g_free (parts[i]);
      parts[i] = decoded;
    }
  return g_steal_pointer (&parts);
}

static void
answer (WfDemoServer *self, SoupServerMessage *message, GHashTable *query)
{
  g_auto (WfDemoRequest) request = {
    .message = message,
    .crm = self->crm,
    .waiters = self->waiters,
    .base = self->uri,
    .query = query != NULL ? g_hash_table_ref (query) : g_hash_table_new (g_str_hash, g_str_equal),
    .path = split_path (g_uri_get_path (soup_server_message_get_uri (message))),
  };

  if (request.path == NULL)
    wf_demo_outcome_fail (&request.outcome, 404, "no-such-address",
                          _ ("There is nothing at this address."));
  else if (soup_server_message_get_request_body (message)->length > WF_DEMO_MOST_BODY)
    wf_demo_outcome_fail (&request.outcome, 413, "too-large",
                          _ ("The content is larger than 8 MiB."));
  else if (sign_in (self, &request))
    wf_demo_routes_dispatch (&request);
  wf_demo_request_answer (&request);
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  WfDemoServer *self = user_data;
  WfDemoFault fault;
  const char *below = g_str_has_prefix (path, WF_DEMO_BASE_PATH) ? path + strlen (WF_DEMO_BASE_PATH)
                                                                 : path;

  if (soup_server_message_get_status (message) != 0)
    return;
  if (wf_demo_faults_before (self->faults, message, below, &fault))
    return;
  answer (self, message, query);
  wf_demo_faults_after (self->faults, message, &fault);
}

/* -- start and stop ---------------------------------------------------------------------------- */

static gboolean
lock_folder (WfDemoServer *self, const char *state_dir, GError **error)
{
  g_autofree char *path = g_build_filename (state_dir, "lock", NULL);

  if (g_mkdir_with_parents (state_dir, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "The folder %s cannot be made: %s", state_dir, g_strerror (errno));
      return FALSE;
    }
  self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "The file %s cannot be made: %s", path, g_strerror (errno));
      return FALSE;
    }
  if (flock (self->lock, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "Another demo CRM has the folder %s.",
                   state_dir);
      return FALSE;
    }
  /* What a server that was killed left behind would lead clients nowhere. */
  g_autofree char *ready = g_build_filename (state_dir, WF_DEMO_READY_FILE, NULL);
  g_unlink (ready);
  return TRUE;
}

static gboolean
fill (WfDemoServer *self, WfDemoFlags flags, guint seed, GError **error)
{
  gboolean made, has_past = (flags & WF_DEMO_NO_HISTORY) == 0;
  WfInstant begin = wf_clock_now (self->clock) -
                    (has_past ? (WF_DEMO_HISTORY_DAYS + 1) * G_TIME_SPAN_DAY : 0);

  if (!wf_demo_sample_ensure (self->crm, begin, &made, error))
    return FALSE;
  if (made && has_past && !wf_demo_history_write (self->crm, seed, error))
    return FALSE;
  self->tokens =
      wf_demo_tokens_load (self->tokens_file, wf_demo_crm_get_organisation (self->crm), error);
  return self->tokens != NULL;
}

static gboolean
listen_on (WfDemoServer *self, guint port, GError **error)
{
  if (!soup_server_listen_local (self->soup, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;

  GSList *uris = soup_server_get_uris (self->soup);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

static gboolean
start (WfDemoServer *self, const char *state_dir, WfDemoFlags flags, guint port, guint seed,
       GError **error)
{
  gboolean in_memory = g_str_equal (state_dir, WF_DEMO_MEMORY);
  g_autofree char *path = in_memory ? g_strdup (WF_DEMO_MEMORY)
                                    : g_build_filename (state_dir, "crm.sqlite", NULL);
  g_autofree char *log_id = in_memory ? g_strdup_printf ("%08x", seed) : NULL;

  if (!in_memory && !lock_folder (self, state_dir, error))
    return FALSE;
  if (!in_memory)
    self->tokens_file = g_build_filename (state_dir, "tokens.json", NULL);
  self->crm = wf_demo_crm_open (path, self->clock, log_id, error);
  if (self->crm == NULL || !fill (self, flags, seed, error))
    return FALSE;

  self->waiters = wf_demo_waiters_new (self->crm, self->clock);
  self->faults = wf_demo_faults_new (self->clock);
  self->soup = soup_server_new ("server-header", "workflow-demo-crm ", NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), self);
  soup_server_add_early_handler (self->soup, NULL, on_early, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  if (!listen_on (self, port, error))
    return FALSE;

  self->uri = g_strdup_printf ("http://127.0.0.1:%u" WF_DEMO_BASE_PATH, self->port);
  self->last_use = wf_clock_now (self->clock);
  self->alarm = wf_clock_new_alarm (self->clock, on_alarm, self);
  wf_demo_crm_set_changed_func (self->crm, on_crm_changed, self);
  look_at_time (self);
  self->webhooks =
      wf_demo_webhooks_new (self->crm, self->clock, (flags & WF_DEMO_ALLOW_PRIVATE_WEBHOOKS) != 0);
  if ((flags & WF_DEMO_NO_GENERATOR) == 0)
    self->generator = wf_demo_generator_new (self->crm, self->tokens, self->clock, seed);
  return TRUE;
}

static void
wf_demo_server_dispose (GObject *object)
{
  WfDemoServer *self = WF_DEMO_SERVER (object);

  wf_demo_server_stop (self);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (wf_demo_server_parent_class)->dispose (object);
}

static void
wf_demo_server_finalize (GObject *object)
{
  WfDemoServer *self = WF_DEMO_SERVER (object);

  g_free (self->uri);
  g_free (self->tokens_file);
  G_OBJECT_CLASS (wf_demo_server_parent_class)->finalize (object);
}

static void
wf_demo_server_class_init (WfDemoServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wf_demo_server_dispose;
  object_class->finalize = wf_demo_server_finalize;
}

static void
wf_demo_server_init (WfDemoServer *self)
{
  self->lock = -1;
  self->rate_limit = DEFAULT_RATE_LIMIT;
}

/* -- public ------------------------------------------------------------------------------------ */

WfDemoServer *
wf_demo_server_new_full (const char *state_dir, WfClock *clock, WfDemoFlags flags, guint port,
                         guint seed, GError **error)
{
  g_autoptr (WfDemoServer) self = g_object_new (WF_TYPE_DEMO_SERVER, NULL);

  self->clock = g_object_ref (clock);
  if (!start (self, state_dir, flags, port, seed, error))
    return NULL;
  return g_steal_pointer (&self);
}

WfDemoServer *
wf_demo_server_new (const char *state_dir, WfClock *clock, WfDemoFlags flags, GError **error)
{
  return wf_demo_server_new_full (state_dir, clock, flags, 0, DEFAULT_SEED, error);
}

void
wf_demo_server_stop (WfDemoServer *self)
{
  if (self->crm != NULL)
    wf_demo_crm_set_changed_func (self->crm, NULL, NULL);
  g_clear_pointer (&self->generator, wf_demo_generator_free);
  g_clear_pointer (&self->webhooks, wf_demo_webhooks_free);
  g_clear_pointer (&self->alarm, wf_alarm_free);
  g_clear_pointer (&self->waiters, wf_demo_waiters_free);
  g_clear_pointer (&self->faults, wf_demo_faults_free);
  if (self->soup != NULL)
    {
      soup_server_disconnect (self->soup);
      g_signal_handlers_disconnect_by_data (self->soup, self);
    }
  g_clear_object (&self->soup);
  g_clear_pointer (&self->tokens, wf_demo_tokens_free);
  g_clear_pointer (&self->crm, wf_demo_crm_free);
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
}

const char *
wf_demo_server_get_uri (WfDemoServer *self)
{
  return self->uri;
}

guint
wf_demo_server_get_port (WfDemoServer *self)
{
  return self->port;
}

const char *
wf_demo_server_get_token (WfDemoServer *self, const char *person)
{
  return wf_demo_tokens_get (self->tokens, person);
}

const char *
wf_demo_server_get_tokens_file (WfDemoServer *self)
{
  return self->tokens_file;
}

WfInstant
wf_demo_server_get_last_use (WfDemoServer *self)
{
  return self->n_busy > 0 ? wf_clock_now (self->clock) : self->last_use;
}

gboolean
wf_demo_server_add_event (WfDemoServer *self, const char *text, GError **error)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_auto (WfDemoCaller) caller = { 0 };
  gboolean known, stored;

  if (document == NULL)
    return FALSE;

  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *stamps_text =
      g_strdup_printf ("{\"specversion\":\"1.0\",\"source\":\"%s\",\"id\":\"%s\"}",
                       wf_demo_crm_get_source (self->crm), id);
  g_autoptr (WfJsonDocument) stamps = wf_json_document_parse (stamps_text, -1, 0, NULL);
  g_autoptr (WfJsonDocument) event =
      wf_demo_json_merge (wf_json_document_get_root (stamps), wf_json_document_get_root (document));
  wf_demo_crm_init_caller (self->crm, &caller, WF_DEMO_CALLER_SELF, NULL);
  wf_demo_crm_begin (self->crm);
  stored = wf_demo_crm_post_event (self->crm, &caller, event, wf_json_document_get_root (event), "",
                                   &known, problems);
  if (!wf_demo_crm_commit (self->crm, NULL) || !stored)
    {
      const WfProblem *problem = wf_problems_get_n (problems) > 0 ? wf_problems_get (problems, 0)
                                                                  : NULL;

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s",
                   problem != NULL ? problem->path : "",
                   problem != NULL ? problem->text : "not stored");
      return FALSE;
    }
  return TRUE;
}

gint64
wf_demo_server_count (WfDemoServer *self, const char *table)
{
  static const char *const tables[] = { "activities", "events",  "leads",     "messages", "audit",
                                        "comments",   "actions", "audiences", "deals",    NULL };
  g_autofree char *sql = NULL;

  if (g_str_equal (table, "workflows"))
    sql = g_strdup ("SELECT count(*) FROM documents WHERE kind = 'workflow'");
  else if (g_strv_contains (tables, table))
    sql = g_strdup_printf ("SELECT count(*) FROM %s", table);
  g_return_val_if_fail (sql != NULL, -1);
  return wf_demo_database_get_number (wf_demo_crm_get_database (self->crm), -1, sql, "");
}

void
wf_demo_server_prune_events (WfDemoServer *self, guint keep)
{
  wf_demo_crm_begin (self->crm);
  wf_demo_crm_prune_events (self->crm, keep);
  wf_demo_crm_commit (self->crm, NULL);
}

void
wf_demo_server_set_rate_limit (WfDemoServer *self, guint requests)
{
  self->rate_limit = requests;
}

void
wf_demo_server_add_fault (WfDemoServer *self, const WfDemoFault *fault)
{
  wf_demo_faults_add (self->faults, fault);
}

void
wf_demo_server_fail_next (WfDemoServer *self, guint n, guint status)
{
  WfDemoFault fault = { .kind = WF_DEMO_FAULT_STATUS, .status = status };

  for (guint i = 0; i < n; i++)
    wf_demo_faults_add (self->faults, &fault);
}

void
wf_demo_server_set_refusing (WfDemoServer *self, gboolean refusing)
{
  g_autoptr (GError) error = NULL;

  if (refusing)
    soup_server_disconnect (self->soup);
  else if (!listen_on (self, self->port, &error))
    g_warning ("The demo CRM cannot listen again: %s", error->message);
}
