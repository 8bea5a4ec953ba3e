/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's webhooks: where they may go, how they are signed, repeated and kept, and what
 * comes in. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-fixture.h"
#include "wf-demo-webhook-address.h"
#include "wf-demo-webhook-secret.h"
#include "wf-json-writer.h"
#include "wf-scripted-server.h"
#include "wf-test-folder.h"

#include <string.h>

#define QUIET_FLAGS (WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY)
#define QUIET GINT_TO_POINTER (QUIET_FLAGS)
#define PRIVATE GINT_TO_POINTER (QUIET_FLAGS | WF_DEMO_ALLOW_PRIVATE_WEBHOOKS)
#define CREATE "If-None-Match: *"
#define KEY "00000000-0000-4000-8000-000000000001"
#define PATH "actions/" KEY
#define MOST_ROUNDS 3000

/* -- signature --------------------------------------------------------------------------------- */

static char *
sign_independently (const char *secret, const char *id, const char *timestamp, const char *body)
{
  gsize length;
  g_autofree guchar *key = g_base64_decode (secret + strlen ("whsec_"), &length);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, length);
  g_autofree char *signed_text = g_strdup_printf ("%s.%s.%s", id, timestamp, body);
  guint8 digest[32];
  gsize n = sizeof digest;

  g_hmac_update (hmac, (const guchar *) signed_text, -1);
  g_hmac_get_digest (hmac, digest, &n);
  g_autofree char *text = g_base64_encode (digest, n);
  return g_strconcat ("v1,", text, NULL);
}

/* The vector of the webhook specification that receivers' libraries are tested with. */
static void
test_signature (void)
{
  static const char *const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static const char *const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  static const char *const body = "{\"test\": 2432232314}";
  g_autofree char *signature = wf_demo_webhook_sign (secret, id, 1614265330, body);
  g_autofree char *independent = sign_independently (secret, id, "1614265330", body);
  g_autofree char *later = wf_demo_webhook_sign (secret, id, 1614265331, body);

  g_assert_cmpstr (signature, ==, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  g_assert_cmpstr (signature, ==, independent);
  g_assert_cmpstr (later, !=, signature);
}

static void
test_secret (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) first =
      wf_demo_fixture_ask (fixture, "GET", "webhook-secret", "carla", NULL, NULL);
  g_autoptr (WfDemoAnswer) second =
      wf_demo_fixture_ask (fixture, "GET", "webhook-secret", "helena", NULL, NULL);
  const char *secret = wf_demo_answer_get (first, "secret");
  gsize length;

  g_assert_true (g_str_has_prefix (secret, "whsec_"));
  g_autofree guchar *key = g_base64_decode (secret + strlen ("whsec_"), &length);
  g_assert_cmpuint (length, ==, 32);
  g_assert_cmpstr (wf_demo_answer_get (second, "secret"), ==, secret);
  wf_demo_assert_status (fixture, "GET", "webhook-secret", "ana", NULL, NULL, 403);
  wf_demo_assert_status (fixture, "GET", "webhook-secret", WF_DEMO_ENGINE, NULL, NULL, 403);
  wf_demo_assert_status (fixture, "GET", "hooks", "ana", NULL, NULL, 403);
}

/* -- addresses --------------------------------------------------------------------------------- */

static const struct
{
  const char *address;
  gboolean is_public;
} addresses[] = {
  { "8.8.8.8", TRUE },
  { "1.1.1.1", TRUE },
  { "0.0.0.0", FALSE },
  { "0.1.2.3", FALSE },
  { "10.0.0.1", FALSE },
  { "9.255.255.255", TRUE },
  { "11.0.0.0", TRUE },
  { "100.63.255.255", TRUE },
  { "100.64.0.1", FALSE },
  { "100.127.255.255", FALSE },
  { "100.128.0.0", TRUE },
  { "127.0.0.1", FALSE },
  { "127.255.255.254", FALSE },
  { "169.254.169.254", FALSE }, /* where clouds keep their secrets */
  { "172.15.255.255", TRUE },
  { "172.16.0.1", FALSE },
  { "172.31.255.255", FALSE },
  { "172.32.0.0", TRUE },
  { "192.0.0.8", FALSE },
  { "192.0.2.1", FALSE },
  { "192.88.99.1", FALSE },
  { "192.167.255.255", TRUE },
  { "192.168.1.1", FALSE },
  { "192.169.0.0", TRUE },
  { "198.18.0.1", FALSE },
  { "198.19.255.255", FALSE },
  { "198.20.0.0", TRUE },
  { "198.51.100.7", FALSE },
  { "203.0.113.7", FALSE },
  { "224.0.0.1", FALSE },
  { "239.255.255.255", FALSE },
  { "240.0.0.1", FALSE },
  { "255.255.255.255", FALSE },
  { "2606:4700:4700::1111", TRUE },
  { "2a00:1450:4001::1", TRUE },
  { "::", FALSE },
  { "::1", FALSE },
  { "::7f00:1", FALSE },
  { "::ffff:127.0.0.1", FALSE },
  { "::ffff:10.1.2.3", FALSE },
  { "::ffff:169.254.169.254", FALSE },
  { "::ffff:8.8.8.8", TRUE },
  { "64:ff9b::10.0.0.1", FALSE },
  { "64:ff9b::8.8.8.8", TRUE },
  { "64:ff9b:1::1", FALSE },
  { "100::1", FALSE },
  { "2001::1", FALSE }, /* Teredo */
  { "2001:db8::1", FALSE },
  { "2001:200::1", TRUE },
  { "2002:7f00:1::1", FALSE }, /* 6to4 of 127.0.0.1 */
  { "3fff::1", FALSE },
  { "3fff:1000::1", TRUE },
  { "5f00::1", FALSE },
  { "fc00::1", FALSE },
  { "fd12:3456::1", FALSE },
  { "fe80::1", FALSE },
  { "fec0::1", FALSE },
  { "ff02::1", FALSE },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (addresses[i].address);

      g_test_message ("%s", addresses[i].address);
      g_assert_nonnull (address);
      g_assert_true (wf_demo_webhook_is_public (address) == addresses[i].is_public);
    }
}

/* -- a resolver that the test tells what names mean -------------------------------------------- */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  const char *answers[4]; /* with spaces; the last one is given for ever */
  guint n_lookups;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer list)
{
  g_resolver_free_addresses (list);
}

static void
test_resolver_lookup_async (GResolver *resolver, const char *hostname, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  guint i = MIN (self->n_lookups, G_N_ELEMENTS (self->answers) - 1);
  GList *list = NULL;

  while (i > 0 && self->answers[i] == NULL)
    i--;
  self->n_lookups++;
  if (self->answers[i] == NULL)
    {
      g_task_return_new_error_literal (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "None");
      return;
    }
  g_auto (GStrv) parts = g_strsplit (self->answers[i], " ", -1);
  for (guint j = 0; parts[j] != NULL; j++)
    list = g_list_append (list, g_inet_address_new_from_string (parts[j]));
  g_task_return_pointer (task, list, free_addresses);
}

static GList *
test_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_lookup_with_flags_async (GResolver *resolver, const char *hostname,
                                       GResolverNameLookupFlags flags, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
  test_resolver_lookup_async (resolver, hostname, cancellable, callback, user_data);
}

static void
test_resolver_class_init (TestResolverClass *class)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (class);

  resolver_class->lookup_by_name_async = test_resolver_lookup_async;
  resolver_class->lookup_by_name_finish = test_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = test_resolver_lookup_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = test_resolver_lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* -- deliveries -------------------------------------------------------------------------------- */

typedef struct
{
  WfDemoFixture demo;
  WfScriptedServer *receiver;
  TestResolver *resolver;
  GResolver *system; /* the resolver before */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  wf_demo_fixture_set_up (&fixture->demo, data);
  fixture->receiver = wf_scripted_server_new ();
  fixture->system = g_resolver_get_default ();
  fixture->resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (G_RESOLVER (fixture->resolver));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wf_scripted_server_free (fixture->receiver);
  wf_demo_fixture_tear_down (&fixture->demo, data);
  g_resolver_set_default (fixture->system);
  g_clear_object (&fixture->system);
  g_clear_object (&fixture->resolver);
}

static void
post (Fixture *fixture, const char *url, gboolean allow_private)
{
  g_autofree char *body = g_strdup_printf (
      "{\"kind\":\"webhook\",\"url\":\"%s\",\"payload\":{\"lead\":\"l-1\",\"name\":\"Pão\"},\"allow-private\":%s}",
      url, allow_private ? "true" : "false");
  g_autoptr (WfDemoAnswer) answer =
      wf_demo_fixture_ask (&fixture->demo, "PUT", PATH, WF_DEMO_ENGINE, body, CREATE);

  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_cmpstr (wf_demo_answer_get (answer, "state"), ==, "pending");
}

static void
post_to_receiver (Fixture *fixture)
{
  g_autofree char *url =
      g_strconcat (wf_scripted_server_get_uri (fixture->receiver), "/hook?x=1", NULL);

  post (fixture, url, TRUE);
}

static gint64
get_attempts (WfDemoAnswer *answer)
{
  gint64 n = -1;

  wf_json_get_int64 (wf_json_get_member (answer->root, "attempts"), &n);
  return n;
}

/* Until so many attempts have ended. Owned by the caller. */
static WfDemoAnswer *
wait_for_attempts (Fixture *fixture, gint64 attempts)
{
  for (guint i = 0; i < MOST_ROUNDS; i++)
    {
      WfDemoAnswer *answer =
          wf_demo_fixture_ask (&fixture->demo, "GET", PATH, WF_DEMO_ENGINE, NULL, NULL);

      g_assert_cmpint (get_attempts (answer), <=, attempts);
      if (get_attempts (answer) == attempts)
        return answer;
      wf_demo_answer_free (answer);
    }
  g_assert_not_reached ();
}

static void
assert_state (Fixture *fixture, gint64 attempts, const char *state, const char *note)
{
  g_autoptr (WfDemoAnswer) answer = wait_for_attempts (fixture, attempts);

  g_assert_cmpstr (wf_demo_answer_get (answer, "state"), ==, state);
  g_assert_cmpstr (wf_demo_answer_get (answer, "note"), ==, note);
}

static gint64
get_pause (Fixture *fixture)
{
  return wf_fake_clock_get_next_alarm (fixture->demo.clock) -
         wf_clock_now (WF_CLOCK (fixture->demo.clock));
}

/* To the next attempt and not further: its time limit must not run out meanwhile. */
static void
go_on (Fixture *fixture)
{
  wf_fake_clock_advance_to (fixture->demo.clock,
                            wf_fake_clock_get_next_alarm (fixture->demo.clock));
}

static void
assert_signed (Fixture *fixture, guint index)
{
  g_autoptr (WfDemoAnswer) secret =
      wf_demo_fixture_ask (&fixture->demo, "GET", "webhook-secret", "carla", NULL, NULL);
  const char *timestamp =
      wf_scripted_server_get_header (fixture->receiver, index, "webhook-timestamp");
  g_autofree char *expected =
      sign_independently (wf_demo_answer_get (secret, "secret"), KEY, timestamp,
                          wf_scripted_server_get_body (fixture->receiver, index));

  g_assert_cmpstr (wf_scripted_server_get_header (fixture->receiver, index, "webhook-signature"),
                   ==, expected);
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->receiver, index, "webhook-id"), ==, KEY);
}

static void
test_delivered (Fixture *fixture, gconstpointer data)
{
  wf_scripted_server_add_status (fixture->receiver, 204, NULL);
  post_to_receiver (fixture);
  assert_state (fixture, 1, "done", NULL);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->receiver), ==, 1);
  g_assert_cmpstr (wf_scripted_server_get_request (fixture->receiver, 0), ==, "POST /hook?x=1");
  g_assert_cmpstr (wf_scripted_server_get_body (fixture->receiver, 0), ==,
                   "{\"lead\":\"l-1\",\"name\":\"Pão\"}");
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->receiver, 0, "content-type"), ==,
                   "application/json");
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->receiver, 0, "webhook-timestamp"), ==,
                   "1795197000");
  g_assert_null (wf_scripted_server_get_header (fixture->receiver, 0, "authorization"));
  assert_signed (fixture, 0);

  /* The same key again is no second delivery. */
  g_autoptr (WfDemoAnswer) again = wf_demo_fixture_ask (
      &fixture->demo, "PUT", PATH, WF_DEMO_ENGINE,
      "{\"kind\":\"webhook\",\"url\":\"https://a.example\",\"payload\":{}}", CREATE);
  g_assert_cmpuint (again->status, ==, 412);
  g_assert_cmpstr (wf_demo_answer_get (again, "state"), ==, "done");
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->receiver), ==, 1);
}

static void
test_retried (Fixture *fixture, gconstpointer data)
{
  WfScriptedAnswer busy = { .status = 429, .headers = { "Retry-After", "120" } };
  WfScriptedAnswer cut = { .manner = WF_SCRIPTED_CUT };

  wf_scripted_server_add_status (fixture->receiver, 500, "no");
  wf_scripted_server_add (fixture->receiver, &busy);
  wf_scripted_server_add (fixture->receiver, &cut);
  wf_scripted_server_add_status (fixture->receiver, 200, "{}");
  post_to_receiver (fixture);
  assert_state (fixture, 1, "pending", "http-500");
  g_assert_cmpint (get_pause (fixture), <=, G_TIME_SPAN_SECOND);
  go_on (fixture);
  assert_state (fixture, 2, "pending", "http-429");
  g_assert_cmpint (get_pause (fixture), >=, 120 * G_TIME_SPAN_SECOND);
  go_on (fixture);
  assert_state (fixture, 3, "pending", "unreachable");
  go_on (fixture);
  assert_state (fixture, 4, "done", NULL);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->receiver), ==, 4);
  /* Each has its own time and signature, all have the same id. */
  for (guint i = 0; i < 4; i++)
    assert_signed (fixture, i);
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->receiver, 0, "webhook-signature"), !=,
                   wf_scripted_server_get_header (fixture->receiver, 3, "webhook-signature"));
}

static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 12; i++)
    wf_scripted_server_add_status (fixture->receiver, 503, NULL);
  post_to_receiver (fixture);
  for (guint i = 1; i <= 8; i++)
    {
      assert_state (fixture, i, "pending", "http-503");
      g_assert_cmpint (get_pause (fixture), <=, G_TIME_SPAN_MINUTE);
      go_on (fixture);
    }
  assert_state (fixture, 9, "failed", "http-503");
  wf_fake_clock_advance (fixture->demo.clock, 2 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->receiver), ==, 9);
}

static void
test_last_words (Fixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 400, 401, 403, 404, 409, 410, 422, 301, 302, 307, 308, 304 };
  g_autofree char *location =
      g_strconcat (wf_scripted_server_get_uri (fixture->receiver), "/elsewhere", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      WfScriptedAnswer answer = { .status = statuses[i], .headers = { "Location", location } };
      g_autofree char *path = g_strdup_printf ("actions/00000000-0000-4000-8000-0000000001%02u", i);
      g_autofree char *body = g_strdup_printf (
          "{\"kind\":\"webhook\",\"url\":\"%s/hook\",\"payload\":{},\"allow-private\":true}",
          wf_scripted_server_get_uri (fixture->receiver));
      g_autofree char *note = g_strdup_printf ("http-%u", statuses[i]);
      gboolean ended = FALSE;

      wf_scripted_server_add (fixture->receiver, &answer);
      wf_demo_assert_status (&fixture->demo, "PUT", path, WF_DEMO_ENGINE, body, CREATE, 201);
      for (guint j = 0; j < MOST_ROUNDS && !ended; j++)
        {
          g_autoptr (WfDemoAnswer) state =
              wf_demo_fixture_ask (&fixture->demo, "GET", path, WF_DEMO_ENGINE, NULL, NULL);

          ended = g_strcmp0 (wf_demo_answer_get (state, "state"), "failed") == 0;
          if (ended)
            g_assert_cmpstr (wf_demo_answer_get (state, "note"), ==, note);
        }
      g_test_message ("%u", statuses[i]);
      g_assert_true (ended);
    }
  wf_fake_clock_advance (fixture->demo.clock, 2 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->receiver), ==,
                    G_N_ELEMENTS (statuses));
}

static void
test_slow (Fixture *fixture, gconstpointer data)
{
  WfScriptedAnswer hold = { .manner = WF_SCRIPTED_HOLD };

  wf_scripted_server_add (fixture->receiver, &hold);
  wf_scripted_server_add_status (fixture->receiver, 200, NULL);
  post_to_receiver (fixture);
  for (guint i = 0; i < MOST_ROUNDS && wf_scripted_server_get_n_held (fixture->receiver) == 0; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (wf_scripted_server_get_n_held (fixture->receiver), ==, 1);
  g_assert_cmpint (get_pause (fixture), ==, 15 * G_TIME_SPAN_SECOND);
  go_on (fixture);
  assert_state (fixture, 1, "pending", "timed-out");
  go_on (fixture);
  assert_state (fixture, 2, "done", NULL);
}

/* -- where they may not go --------------------------------------------------------------------- */

typedef struct
{
  const char *host;   /* of the URL */
  const char *answer; /* of the resolver */
  const char *note;   /* NULL: refused as private; else it waits for a name that may come */
} HostCase;

static const HostCase hosts[] = {
  { "127.0.0.1", NULL },
  { "[::1]", NULL },
  { "[::ffff:127.0.0.1]", NULL },
  { "[fe80::1]", NULL },
  { "10.1.2.3", NULL },
  { "169.254.169.254", NULL },
  { "localhost", "127.0.0.1 ::1" },
  { "intranet.example", "192.168.1.10" },
  { "half.example", "8.8.8.8 10.0.0.1" }, /* one that is not public is enough */
  { "six.example", "fd00::1" },
  { "mapped.example", "::ffff:10.0.0.1" },
  { "2130706433", "127.0.0.1", "unknown-host" }, /* 127.0.0.1 as a number: no name at all */
  { "0x7f.1", "127.0.0.1", "unknown-host" },
};

static void
assert_refused (Fixture *fixture, gboolean allow_private)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *port =
          strrchr (wf_scripted_server_get_uri (fixture->receiver), ':') != NULL
              ? g_strdup (strrchr (wf_scripted_server_get_uri (fixture->receiver), ':'))
              : NULL;
      g_autofree char *path = g_strdup_printf ("actions/00000000-0000-4000-8000-0000000002%02u", i);
      g_autofree char *body = g_strdup_printf (
          "{\"kind\":\"webhook\",\"url\":\"http://%s%s/\",\"payload\":{},\"allow-private\":%s}",
          hosts[i].host, port, allow_private ? "true" : "false");
      gboolean ended = FALSE;

      fixture->resolver->answers[0] = hosts[i].answer;
      wf_demo_assert_status (&fixture->demo, "PUT", path, WF_DEMO_ENGINE, body, CREATE, 201);
      for (guint j = 0; j < MOST_ROUNDS && !ended; j++)
        {
          g_autoptr (WfDemoAnswer) state =
              wf_demo_fixture_ask (&fixture->demo, "GET", path, WF_DEMO_ENGINE, NULL, NULL);

          ended = wf_demo_answer_get (state, "note") != NULL;
          if (ended)
            {
              g_assert_cmpstr (wf_demo_answer_get (state, "note"), ==,
                               hosts[i].note != NULL ? hosts[i].note : "private-address");
              g_assert_cmpstr (wf_demo_answer_get (state, "state"), ==,
                               hosts[i].note != NULL ? "pending" : "refused");
            }
        }
      g_test_message ("%s", hosts[i].host);
      g_assert_true (ended);
    }
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->receiver), ==, 0);
}

/* The action does not ask for it, though the server would allow it. */
static void
test_not_asked (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, FALSE);
}

/* The action asks for it, but the server does not allow it. */
static void
test_not_allowed (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, TRUE);
}

/* What was looked up and checked is where the connection goes: the name is not asked again, and
 * the receiver still hears it. */
static void
test_pinned (Fixture *fixture, gconstpointer data)
{
  const char *uri = wf_scripted_server_get_uri (fixture->receiver);
  g_autofree char *url = g_strdup_printf ("http://hook.example%s/", strrchr (uri, ':'));
  g_autofree char *host = g_strdup_printf ("hook.example%s", strrchr (uri, ':'));

  fixture->resolver->answers[0] = "127.0.0.1";
  fixture->resolver->answers[1] = "127.0.0.2";
  wf_scripted_server_add_status (fixture->receiver, 200, NULL);
  post (fixture, url, TRUE);
  assert_state (fixture, 1, "done", NULL);
  g_assert_cmpuint (fixture->resolver->n_lookups, ==, 1);
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->receiver, 0, "host"), ==, host);
}

static void
test_unknown_host (Fixture *fixture, gconstpointer data)
{
  post (fixture, "https://nowhere.example/", FALSE);
  assert_state (fixture, 1, "pending", "unknown-host");
  fixture->resolver->answers[0] = "10.0.0.1";
  go_on (fixture);
  assert_state (fixture, 2, "refused", "private-address");
}

/* -- restarts ---------------------------------------------------------------------------------- */

static void
start_in (Fixture *fixture, WfTestFolder *folder)
{
  g_autoptr (GError) error = NULL;

  fixture->demo.server = wf_demo_server_new (wf_test_folder_get_path (folder),
                                             WF_CLOCK (fixture->demo.clock),
                                             GPOINTER_TO_INT (PRIVATE), &error);
  g_assert_no_error (error);
}

static void
restart (Fixture *fixture, WfTestFolder *folder)
{
  wf_demo_server_stop (fixture->demo.server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->demo.server);
  start_in (fixture, folder);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  WfScriptedAnswer hold = { .manner = WF_SCRIPTED_HOLD };
  g_autofree char *signature = NULL;

  wf_demo_server_stop (fixture->demo.server);
  g_clear_object (&fixture->demo.server);
  start_in (fixture, folder);

  /* Between two attempts. */
  wf_scripted_server_add_status (fixture->receiver, 500, NULL);
  wf_scripted_server_add (fixture->receiver, &hold);
  wf_scripted_server_add_status (fixture->receiver, 200, NULL);
  post_to_receiver (fixture);
  assert_state (fixture, 1, "pending", "http-500");
  restart (fixture, folder);
  assert_state (fixture, 1, "pending", "http-500");

  /* In the middle of one: nobody knows whether it arrived, so it is sent again, with its id. */
  go_on (fixture);
  for (guint i = 0; i < MOST_ROUNDS && wf_scripted_server_get_n_held (fixture->receiver) == 0; i++)
    g_main_context_iteration (NULL, TRUE);
  restart (fixture, folder);
  assert_state (fixture, 2, "done", NULL);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->receiver), ==, 3);
  for (guint i = 0; i < 3; i++)
    assert_signed (fixture, i);

  /* And it stays done. */
  restart (fixture, folder);
  assert_state (fixture, 2, "done", NULL);
  wf_demo_server_stop (fixture->demo.server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->demo.server);
}

/* -- what comes in ----------------------------------------------------------------------------- */

/* The path below the API's base of a hook's address. Owned by the caller. */
static char *
get_hook (WfDemoFixture *fixture, const char *name)
{
  g_autofree char *path = g_strconcat ("hooks?name=", name, NULL);
  g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_ask (fixture, "GET", path, "carla", NULL, NULL);
  const char *url = wf_json_get_member_string (wf_json_get_element (answer->root, 0), "url");
  const char *base = wf_demo_server_get_uri (fixture->server);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_true (g_str_has_prefix (url, base));
  return g_strdup (url + strlen (base) + 1);
}

static void
put_lead (WfDemoFixture *fixture, const char *id, const char *email, const char *phone)
{
  g_autofree char *path = g_strconcat ("leads/", id, NULL);
  g_autofree char *body = g_strdup_printf (
      "{\"name\":\"n\",\"stage\":\"new\",\"owner\":\"ana\",\"email\":\"%s\",\"phone\":\"%s\"}",
      email, phone);

  wf_demo_assert_status (fixture, "PUT", path, WF_DEMO_BRIDGE, body, CREATE, 201);
}

static const struct
{
  const char *body;
  const char *lead; /* NULL: about nobody */
} calls[] = {
  { "{\"lead\":\"l-1\"}", "l-1" },
  { "{\"lead\":{\"id\":\"l-2\"}}", "l-2" },
  { "{\"lead\":\"nobody\"}", NULL },
  { "{\"email\":\"CONTATO@sol.example\"}", "l-1" },
  { "{\"phone\":\"5511900000002\"}", "l-2" },
  { "{\"phone\":\"+55 (11) 90000-0002\"}", "l-2" },
  { "{\"email\":\"same@sol.example\"}", NULL },                                /* two have it */
  { "{\"email\":\"contato@sol.example\",\"phone\":\"5511900000002\"}", NULL }, /* of two */
  { "{\"email\":\"\"}", NULL },
  { "{\"email\":null,\"phone\":7}", NULL },
  { "[1,2]", NULL },
  { "\"text\"", NULL },
};

static void
test_hooks (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *hook = NULL;

  put_lead (fixture, "l-1", "contato@sol.example", "+55 11 90000-0001");
  put_lead (fixture, "l-2", "x@sol.example", "+55 11 90000-0002");
  put_lead (fixture, "l-3", "same@sol.example", "");
  put_lead (fixture, "l-4", "same@sol.example", "");
  hook = get_hook (fixture, "site-form");
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (WfDemoAnswer) now =
          wf_demo_fixture_ask (fixture, "GET", "events?after=now", "carla", NULL, NULL);
      g_autofree char *path = g_strconcat ("events?after=", now->next_cursor, NULL);

      g_test_message ("%s", calls[i].body);
      wf_demo_assert_status (fixture, "POST", hook, NULL, calls[i].body, NULL, 202);
      g_autoptr (WfDemoAnswer) events =
          wf_demo_fixture_ask (fixture, "GET", path, "carla", NULL, NULL);
      const WfJson *event = wf_json_get_element (events->root, 0);
      g_autofree char *body =
          wf_json_to_text (wf_json_get_path (event, "data.webhook.body"), FALSE);
      g_assert_cmpuint (wf_json_get_size (events->root), ==, 1);
      g_assert_cmpstr (wf_json_get_member_string (event, "type"), ==, "webhook.received");
      g_assert_cmpstr (wf_json_get_string (wf_json_get_path (event, "data.webhook.name")), ==,
                       "site-form");
      g_assert_cmpstr (wf_json_get_string (wf_json_get_path (event, "data.lead.id")), ==,
                       calls[i].lead);
      g_assert_cmpstr (body, ==, calls[i].body);
    }
}

static void
test_hook_repeated (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *hook = get_hook (fixture, "erp");
  gint64 n = wf_demo_server_count (fixture->server, "events");

  wf_demo_assert_status (fixture, "POST", hook, NULL, "{}", "webhook-id: d-1", 202);
  wf_demo_assert_status (fixture, "POST", hook, NULL, "{}", "webhook-id: d-1", 202);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n + 1);
  wf_demo_assert_status (fixture, "POST", hook, NULL, "{}", "webhook-id: d-2", 202);
  wf_demo_assert_status (fixture, "POST", hook, NULL, "{}", NULL, 202);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n + 3);
  /* What was called is listed from then on. */
  g_autoptr (WfDemoAnswer) list =
      wf_demo_fixture_ask (fixture, "GET", "hooks", "carla", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (list->root), ==, 1);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_get_element (list->root, 0), "name"), ==,
                   "erp");
}

static void
test_hook_of_workflow (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_assert_status (
      fixture, "PUT", "workflows/77777777-7777-4777-8777-777777777777", "carla",
      "{\"format\":1,\"id\":\"77777777-7777-4777-8777-777777777777\",\"name\":\"n\",\"state\":\"draft\","
      "\"version\":1,\"trigger\":{\"event\":\"webhook.received\",\"conditions\":{\"all\":[{\"any\":["
      "{\"field\":\"webhook.name\",\"op\":\"in\",\"value\":[\"shop\",\"form\",\"Not A Name\"]}]}]}},\"steps\":[]}",
      CREATE, 201);
  g_autoptr (WfDemoAnswer) list =
      wf_demo_fixture_ask (fixture, "GET", "hooks", "carla", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (list->root), ==, 2);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_get_element (list->root, 0), "name"), ==,
                   "form");
  g_assert_cmpstr (wf_json_get_member_string (wf_json_get_element (list->root, 1), "name"), ==,
                   "shop");
}

static void
test_hook_refused (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *hook = get_hook (fixture, "erp");
  g_autofree char *other = g_strdup_printf ("hooks/other%s", strchr (hook, '?'));
  g_autofree char *large = g_strnfill (256 * 1024 + 2, ' ');
  g_autofree char *wrong = g_strdup (hook);
  gint64 n = wf_demo_server_count (fixture->server, "events");

  wrong[strlen (wrong) - 1] = wrong[strlen (wrong) - 1] == '0' ? '1' : '0';
  wf_demo_assert_status (fixture, "POST", "hooks/erp", NULL, "{}", NULL, 401);
  wf_demo_assert_status (fixture, "POST", "hooks/erp?token=", NULL, "{}", NULL, 401);
  wf_demo_assert_status (fixture, "POST", wrong, NULL, "{}", NULL, 401);
  /* The token of one hook opens no other, and somebody's own token opens none. */
  wf_demo_assert_status (fixture, "POST", other, NULL, "{}", NULL, 401);
  wf_demo_assert_status (fixture, "POST", "hooks/erp", "carla", "{}", NULL, 401);
  wf_demo_assert_status (fixture, "POST", hook, NULL, "{", NULL, 400);
  memcpy (large, "{}", 2);
  wf_demo_assert_status (fixture, "POST", hook, NULL, large, NULL, 413);
  wf_demo_assert_status (fixture, "GET", "hooks?name=A/B", "carla", NULL, NULL, 400);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n);
  wf_demo_server_set_rate_limit (fixture->server, 2);
  wf_fake_clock_advance (fixture->clock, 10 * G_TIME_SPAN_SECOND);
  wf_demo_assert_status (fixture, "POST", hook, NULL, "{}", NULL, 202);
  wf_demo_assert_status (fixture, "POST", hook, NULL, "{}", NULL, 202);
  wf_demo_assert_status (fixture, "POST", hook, NULL, "{}", NULL, 429);
}

#define ADD(name, flags, func)                                                                     \
  g_test_add ("/demo/webhooks/" name, Fixture, flags, set_up, func, tear_down)
#define ADD_PLAIN(name, func)                                                                      \
  g_test_add ("/demo/webhooks/" name, WfDemoFixture, QUIET, wf_demo_fixture_set_up, func,          \
              wf_demo_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/webhooks/signature", test_signature);
  g_test_add_func ("/demo/webhooks/addresses", test_addresses);
  ADD_PLAIN ("secret", test_secret);
  ADD ("delivered", PRIVATE, test_delivered);
  ADD ("retried", PRIVATE, test_retried);
  ADD ("given-up", PRIVATE, test_given_up);
  ADD ("last-words", PRIVATE, test_last_words);
  ADD ("slow", PRIVATE, test_slow);
  ADD ("not-asked", PRIVATE, test_not_asked);
  ADD ("not-allowed", QUIET, test_not_allowed);
  ADD ("pinned", PRIVATE, test_pinned);
  ADD ("unknown-host", QUIET, test_unknown_host);
  ADD ("restart", PRIVATE, test_restart);
  ADD_PLAIN ("hooks", test_hooks);
  ADD_PLAIN ("hook-repeated", test_hook_repeated);
  ADD_PLAIN ("hook-of-workflow", test_hook_of_workflow);
  ADD_PLAIN ("hook-refused", test_hook_refused);
  return g_test_run ();
}
