/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars on CalDAV servers that answer well and badly. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-caldav-address.h"
#include "wf-caldav-calendars.h"
#include "wf-dav-answer.h"
#include "wf-fake-clock.h"
#include "wf-scripted-server.h"

#include <string.h>

#define LONGEST_REAL_WAIT 20
#define UID "a-1@workflow.example.org"
#define ENTRY "dav/ana/office/a-1@workflow.example.org.ics"
#define XML "<?xml version=\"1.0\"?>\n"
#define SPACES "xmlns:d=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\""
#define RESPONSE(href, props)                                                                      \
  "<d:response><d:href>" href "</d:href><d:propstat><d:prop>" props                                \
  "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
#define STATUS(content) XML "<d:multistatus " SPACES ">" content "</d:multistatus>"
#define CALENDAR "<d:resourcetype><d:collection/><C:calendar/></d:resourcetype>"
#define KINDS(names)                                                                               \
  "<C:supported-calendar-component-set>" names "</C:supported-calendar-component-set>"
#define READ_ONLY                                                                                  \
  "<d:current-user-privilege-set><d:privilege><d:read/></d:privilege></d:current-user-privilege-set>"
#define READ_WRITE                                                                                    \
  "<d:current-user-privilege-set><d:privilege><d:read/></d:privilege><d:privilege><d:write-content/>" \
  "</d:privilege></d:current-user-privilege-set>"

typedef struct
{
  WfFakeClock *clock;
  WfScriptedServer *server;
  WfCalendars *calendars;
  WfCalendarStore *store;
  GAsyncResult *result; /* (owned) (nullable) */
} Fixture;

static void
on_result (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ((Fixture *) user_data)->result = g_object_ref (result);
}

static void
on_watchdog (gpointer user_data)
{
  g_error ("The test waits for what does not come");
}

static void
wait_for_result (Fixture *f)
{
  guint watchdog = g_timeout_add_seconds_once (LONGEST_REAL_WAIT, on_watchdog, NULL);

  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static GPtrArray *
list (Fixture *f, const char *path, GError **error)
{
  g_autofree char *address = g_strconcat (wf_scripted_server_get_uri (f->server), path, NULL);
  GPtrArray *targets;

  wf_calendars_list_async (f->calendars, address, "ana", "pass:word", NULL, on_result, f);
  wait_for_result (f);
  targets = wf_calendars_list_finish (f->calendars, f->result, error);
  g_clear_object (&f->result);
  return targets;
}

static char *
put (Fixture *f, const char *etag, GError **error)
{
  char *state;

  wf_calendar_store_put_async (f->store, UID, "BEGIN:VCALENDAR\r\n", etag, NULL, on_result, f);
  wait_for_result (f);
  state = wf_calendar_store_put_finish (f->store, f->result, error);
  g_clear_object (&f->result);
  return state;
}

static gboolean
remove_entry (Fixture *f, GError **error)
{
  gboolean removed;

  wf_calendar_store_remove_async (f->store, UID, "\"1\"", NULL, on_result, f);
  wait_for_result (f);
  removed = wf_calendar_store_remove_finish (f->store, f->result, error);
  g_clear_object (&f->result);
  return removed;
}

static char *
find (Fixture *f, GError **error)
{
  char *state;

  wf_calendar_store_find_async (f->store, UID, NULL, on_result, f);
  wait_for_result (f);
  state = wf_calendar_store_find_finish (f->store, f->result, error);
  g_clear_object (&f->result);
  return state;
}

/* Without a user, so that no password service is needed. */
static void
open_store (Fixture *f)
{
  g_autofree char *address =
      g_strconcat (wf_scripted_server_get_uri (f->server), "/dav/ana/office", NULL);
  g_autoptr (WfCalendarTarget) target =
      wf_calendar_target_new (WF_CALENDAR_KIND_CALDAV, address, NULL, "Work", TRUE);
  g_autoptr (GError) error = NULL;

  wf_calendars_open_async (f->calendars, target, NULL, on_result, f);
  wait_for_result (f);
  f->store = wf_calendars_open_finish (f->calendars, f->result, &error);
  g_assert_no_error (error);
  g_clear_object (&f->result);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = wf_fake_clock_new_at ("2026-11-20T17:50:00Z");
  f->server = wf_scripted_server_new ();
  f->calendars = wf_caldav_calendars_new (WF_CLOCK (f->clock));
  open_store (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  g_clear_object (&f->calendars);
  wf_scripted_server_free (f->server);
  g_object_unref (f->clock);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
answer_with (Fixture *f, guint status, const char *body, const char *name, const char *value)
{
  const WfScriptedAnswer answer = { .status = status,
                                    .body = body,
                                    .content_type = "application/xml",
                                    .headers = { name, value, NULL } };

  wf_scripted_server_add (f->server, &answer);
}

static void
answer_xml (Fixture *f, const char *body)
{
  answer_with (f, 207, body, NULL, NULL);
}

static void
check_request (Fixture *f, guint index, const char *expected)
{
  g_assert_cmpuint (index, <, wf_scripted_server_get_n_requests (f->server));
  g_assert_cmpstr (wf_scripted_server_get_request (f->server, index), ==, expected);
}

/* ---- finding ----------------------------------------------------------------------------------- */

static void
test_the_calendar_itself (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address =
      g_strconcat (wf_scripted_server_get_uri (f->server), "/dav/ana/office/", NULL);

  answer_xml (f, STATUS (RESPONSE ("/dav/ana/office/", CALENDAR READ_WRITE
                                   "<d:displayname>My &amp; your work</d:displayname>")));
  g_autoptr (GPtrArray) targets = list (f, "/dav/ana/office/", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (targets->len, ==, 1);
  const WfCalendarTarget *target = targets->pdata[0];
  g_assert_cmpstr (target->address, ==, address);
  g_assert_cmpstr (target->name, ==, "My & your work");
  g_assert_cmpstr (target->user, ==, "ana");
  g_assert_true (target->takes_tasks);
  check_request (f, 0, "PROPFIND /dav/ana/office/");
  g_assert_cmpstr (wf_scripted_server_get_header (f->server, 0, "Depth"), ==, "0");
  g_assert_cmpstr (wf_scripted_server_get_header (f->server, 0, "Authorization"), ==,
                   "Basic YW5hOnBhc3M6d29yZA==");
}

/* From the server's name: well-known address, redirection, the person, their calendars. */
static void
test_from_the_name (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  answer_with (f, 301, "", "Location", "/dav/");
  answer_xml (f, STATUS (RESPONSE ("/dav/", "<d:current-user-principal><d:href>/p/ana/</d:href>"
                                            "</d:current-user-principal>")));
  answer_xml (f, STATUS (RESPONSE ("/p/ana/", "<C:calendar-home-set><d:href>/dav/ana/</d:href>"
                                              "</C:calendar-home-set>")));
  answer_xml (
      f,
      STATUS (RESPONSE ("/dav/ana/", "<d:resourcetype><d:collection/></d:resourcetype>") RESPONSE (
          "/dav/ana/office/",
          CALENDAR READ_WRITE KINDS ("<C:comp name=\"VEVENT\"/><C:comp name=\"VTODO\"/>"))
                  RESPONSE ("events%20only/", CALENDAR KINDS ("<C:comp name=\"VEVENT\"/>"))
                      RESPONSE ("/dav/ana/tasks/", CALENDAR KINDS ("<C:comp name=\"VTODO\"/>"))
                          RESPONSE ("/dav/ana/shared/", CALENDAR READ_ONLY)));
  g_autoptr (GPtrArray) targets = list (f, "", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (targets->len, ==, 2);
  const WfCalendarTarget *first = targets->pdata[0], *second = targets->pdata[1];
  g_assert_cmpstr (first->name, ==, "office");
  g_assert_true (first->takes_tasks);
  g_assert_cmpstr (second->name, ==, "events only");
  g_assert_true (g_str_has_suffix (second->address, "/dav/ana/events%20only/"));
  g_assert_false (second->takes_tasks);
  check_request (f, 0, "PROPFIND /.well-known/caldav");
  check_request (f, 1, "PROPFIND /dav/");
  check_request (f, 2, "PROPFIND /p/ana/");
  check_request (f, 3, "PROPFIND /dav/ana/");
  g_assert_cmpstr (wf_scripted_server_get_header (f->server, 3, "Depth"), ==, "1");
}

/* Each is told in words; a password never goes to another server. */
static void
test_not_found (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body, *location;
    guint times;
    WfCrmError expected;
  } rules[] = {
    { 401, "", NULL, 1, WF_CRM_ERROR_AUTH },
    { 403, "", NULL, 1, WF_CRM_ERROR_FORBIDDEN },
    { 404, "", NULL, 2, WF_CRM_ERROR_NOT_FOUND },
    { 405, "", NULL, 2, WF_CRM_ERROR_NOT_FOUND },
    { 200, "<html>", NULL, 2, WF_CRM_ERROR_NOT_FOUND },
    { 429, "", NULL, 1, WF_CRM_ERROR_RATE_LIMITED },
    { 503, "", NULL, 1, WF_CRM_ERROR_SERVER },
    { 207, "<html>", NULL, 1, WF_CRM_ERROR_PROTOCOL },
    { 207, "<d:multistatus xmlns:d=\"DAV:\"><d:response>", NULL, 1, WF_CRM_ERROR_PROTOCOL },
    { 207, STATUS (RESPONSE ("/x/", CALENDAR READ_ONLY)), NULL, 1, WF_CRM_ERROR_FORBIDDEN },
    { 207, STATUS (""), NULL, 2, WF_CRM_ERROR_NOT_FOUND },
    { 302, "", "/again", 8, WF_CRM_ERROR_PROTOCOL },
    { 302, "", "https://elsewhere.example/dav/", 1, WF_CRM_ERROR_PROTOCOL },
    { 207,
      STATUS (RESPONSE (
          "/x/",
          "<C:calendar-home-set><d:href>//elsewhere.example/</d:href></C:calendar-home-set>")),
      NULL, 1, WF_CRM_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GError) error = NULL;
      guint before = wf_scripted_server_get_n_requests (f->server);
      for (guint n = 0; n < rules[i].times; n++)
        answer_with (f, rules[i].status, rules[i].body,
                     rules[i].location != NULL ? "Location" : NULL, rules[i].location);
      g_autoptr (GPtrArray) targets = list (f, "/x/", &error);
      g_assert_null (targets);
      g_assert_error (error, WF_CRM_ERROR, (int) rules[i].expected);
      g_assert_null (strstr (error->message, "CRM"));
      g_assert_cmpuint (wf_scripted_server_get_n_requests (f->server), ==, before + rules[i].times);
    }
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *text, *origin, *path;
  } rules[] = {
    { "cal.example", "https://cal.example", "/" },
    { " https://cal.example:8443/dav/ana/ ", "https://cal.example:8443", "/dav/ana/" },
    { "http://127.0.0.1:5232/a%20b/", "http://127.0.0.1:5232", "/a%20b/" },
    { "https://ana@cal.example/", NULL, NULL },
    { "https://cal.example/?x=1", NULL, NULL },
    { "", NULL, NULL },
    { "https://", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *origin = NULL, *path = NULL;
      g_autoptr (GError) error = NULL;
      gboolean good = wf_caldav_address_split (rules[i].text, &origin, &path, &error);
      g_assert_cmpint (good, ==, rules[i].origin != NULL);
      g_assert_cmpint (error == NULL, ==, good);
      g_assert_cmpstr (origin, ==, rules[i].origin);
      g_assert_cmpstr (path, ==, rules[i].path);
    }
}

/* In the clear only to this computer. */
static void
test_in_the_clear (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wf_calendars_list_async (f->calendars, "http://cal.example/", "ana", "x", NULL, on_result, f);
  wait_for_result (f);
  g_assert_null (wf_calendars_list_finish (f->calendars, f->result, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
  g_clear_object (&f->result);
}

/* ---- entries ----------------------------------------------------------------------------------- */

static void
test_put (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  answer_with (f, 201, "", "ETag", "\"1\"");
  g_autofree char *first = put (f, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, "\"1\"");
  check_request (f, 0, "PUT /" ENTRY);
  g_assert_cmpstr (wf_scripted_server_get_body (f->server, 0), ==, "BEGIN:VCALENDAR\r\n");
  g_assert_cmpstr (wf_scripted_server_get_header (f->server, 0, "If-None-Match"), ==, "*");
  g_assert_cmpstr (wf_scripted_server_get_header (f->server, 0, "Content-Type"), ==,
                   "text/calendar; charset=utf-8");
  answer_with (f, 204, "", "ETag", "\"2\"");
  g_autofree char *second = put (f, "\"1\"", &error);
  g_assert_cmpstr (second, ==, "\"2\"");
  g_assert_cmpstr (wf_scripted_server_get_header (f->server, 1, "If-Match"), ==, "\"1\"");
  g_assert_null (wf_scripted_server_get_header (f->server, 1, "If-None-Match"));
}

/* A server that keeps something else than it was sent tells no state, or a weak one: it is asked for. */
static void
test_put_without_state (Fixture *f, gconstpointer data)
{
  static const char *const told[] = { NULL, "W/\"1\"" };
  static const struct
  {
    const char *body, *expected;
  } states[] = {
    { STATUS (RESPONSE ("/" ENTRY, "<d:getetag>\"9\"</d:getetag>")), "\"9\"" },
    { STATUS (RESPONSE ("/" ENTRY, "<d:getetag>W/\"9\"</d:getetag>")), "*" },
    { STATUS (RESPONSE ("/" ENTRY, "")), "*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    for (guint n = 0; n < G_N_ELEMENTS (states); n++)
      {
        g_autoptr (GError) error = NULL;
        answer_with (f, 201, "", told[i] != NULL ? "ETag" : NULL, told[i]);
        answer_xml (f, states[n].body);
        g_autofree char *state = put (f, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (state, ==, states[n].expected);
      }
}

static void
test_put_fails (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint status;
    gboolean is_new;
    const char *body;
    WfCrmError expected;
  } rules[] = {
    { 401, TRUE, "", WF_CRM_ERROR_AUTH },
    { 403, TRUE, "", WF_CRM_ERROR_FORBIDDEN },
    { 403, TRUE, "<e><C:supported-calendar-component/></e>", WF_CRM_ERROR_INVALID },
    { 404, TRUE, "", WF_CRM_ERROR_NOT_FOUND },
    { 404, FALSE, "", WF_CRM_ERROR_CONFLICT },
    { 409, TRUE, "", WF_CRM_ERROR_NOT_FOUND },
    { 409, TRUE, "<e><C:no-uid-conflict/></e>", WF_CRM_ERROR_INVALID },
    { 412, TRUE, "", WF_CRM_ERROR_ALREADY_EXISTS },
    { 412, FALSE, "", WF_CRM_ERROR_CONFLICT },
    { 413, TRUE, "", WF_CRM_ERROR_INVALID },
    { 415, FALSE, "", WF_CRM_ERROR_INVALID },
    { 429, TRUE, "", WF_CRM_ERROR_RATE_LIMITED },
    { 500, TRUE, "", WF_CRM_ERROR_SERVER },
    { 503, FALSE, "", WF_CRM_ERROR_SERVER },
    { 507, TRUE, "", WF_CRM_ERROR_FORBIDDEN },
    { 302, TRUE, "", WF_CRM_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GError) error = NULL;
      answer_with (f, rules[i].status, rules[i].body, NULL, NULL);
      g_assert_null (put (f, rules[i].is_new ? NULL : "\"1\"", &error));
      g_assert_error (error, WF_CRM_ERROR, (int) rules[i].expected);
      g_assert_null (strstr (error->message, "CRM"));
    }
  g_assert_cmpuint (wf_scripted_server_get_n_requests (f->server), ==, G_N_ELEMENTS (rules));
}

static void
test_asked_to_wait (Fixture *f, gconstpointer data)
{
  static const guint statuses[] = { 429, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;
      answer_with (f, statuses[i], "", "Retry-After", "90");
      g_assert_null (put (f, NULL, &error));
      g_assert_true (wf_crm_error_is_transient (error));
      g_assert_cmpuint (wf_crm_error_get_retry_after (error), ==, 90);
    }
}

/* Whether it was put nobody knows: the caller looks first. */
static void
test_no_answer (Fixture *f, gconstpointer data)
{
  static const WfScriptedManner manners[] = { WF_SCRIPTED_CUT, WF_SCRIPTED_CUT_BODY };

  for (guint i = 0; i < G_N_ELEMENTS (manners); i++)
    {
      const WfScriptedAnswer broken = { .status = 201, .body = "{\"a\":1}", .manner = manners[i] };
      g_autoptr (GError) error = NULL;
      wf_scripted_server_add (f->server, &broken);
      g_assert_null (put (f, NULL, &error));
      g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN);
    }
  wf_scripted_server_stop (f->server);
  g_autoptr (GError) error = NULL;
  g_assert_null (put (f, NULL, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE);
  g_assert_null (strstr (error->message, "CRM"));
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  const WfScriptedAnswer held = { .status = 201, .manner = WF_SCRIPTED_HOLD };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  wf_scripted_server_add (f->server, &held);
  wf_calendar_store_put_async (f->store, UID, "x", NULL, cancellable, on_result, f);
  while (wf_scripted_server_get_n_held (f->server) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  wait_for_result (f);
  g_assert_null (wf_calendar_store_put_finish (f->store, f->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&f->result);
  wf_scripted_server_release (f->server);
}

static void
test_remove (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint status;
    gboolean removed;
    WfCrmError expected;
  } rules[] = {
    { 204, TRUE, 0 },
    { 200, TRUE, 0 },
    { 404, TRUE, 0 }, /* what is not there is removed */
    { 410, TRUE, 0 },
    { 412, FALSE, WF_CRM_ERROR_CONFLICT },
    { 403, FALSE, WF_CRM_ERROR_FORBIDDEN },
    { 500, FALSE, WF_CRM_ERROR_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GError) error = NULL;
      wf_scripted_server_add_status (f->server, rules[i].status, "");
      g_assert_cmpint (remove_entry (f, &error), ==, rules[i].removed);
      if (!rules[i].removed)
        g_assert_error (error, WF_CRM_ERROR, (int) rules[i].expected);
      check_request (f, i, "DELETE /" ENTRY);
      g_assert_cmpstr (wf_scripted_server_get_header (f->server, i, "If-Match"), ==, "\"1\"");
    }
}

static void
test_find (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  answer_xml (f, STATUS (RESPONSE ("/" ENTRY, "<d:getetag>&quot;7&quot;</d:getetag>")));
  g_autofree char *state = find (f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (state, ==, "\"7\"");
  wf_scripted_server_add_status (f->server, 404, "");
  g_assert_null (find (f, &error));
  g_assert_no_error (error);
  wf_scripted_server_add_status (f->server, 401, "");
  g_assert_null (find (f, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
}

/* ---- answers ----------------------------------------------------------------------------------- */

static GPtrArray *
read_answer (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return wf_dav_answer_read (bytes, error);
}

/* Prefixes are the server's own choice; what it could not tell does not count. */
static void
test_spaces_and_parts (void)
{
  static const char text[] =
      "<multistatus xmlns=\"DAV:\"><response><href>/a/</href><propstat><prop>"
      "<x:resourcetype xmlns:x=\"DAV:\"><y:calendar xmlns:y=\"urn:ietf:params:xml:ns:caldav\"/></x:resourcetype>"
      "<displayname><![CDATA[<Work>]]></displayname></prop><status>HTTP/1.1 200 OK</status></propstat>"
      "<propstat><prop><getetag>\"1\"</getetag></prop><status>HTTP/1.1 404 Not Found</status></propstat>"
      "</response><response><href>/b/</href><propstat><prop><resourcetype><calendar/></resourcetype></prop>"
      "<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) resources = read_answer (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (resources->len, ==, 2);
  const WfDavResource *first = resources->pdata[0], *second = resources->pdata[1];
  g_assert_true (first->is_calendar);
  g_assert_cmpstr (first->name, ==, "<Work>");
  g_assert_null (first->etag);
  g_assert_false (second->is_calendar); /* of another namespace */
}

static void
test_odd_answers (void)
{
  static const char *const odd[] = {
    "",
    "no XML",
    "<multistatus/>",
    "<a:multistatus xmlns:a=\"DAV:\"><a:response>",
    "<!DOCTYPE x [<!ENTITY e \"eeee\">]><multistatus xmlns=\"DAV:\"><response><href>&e;</href></response></multistatus>",
    "<multistatus xmlns=\"DAV:\">\xff</multistatus>",
  };
  GString *deep = g_string_new ("<multistatus xmlns=\"DAV:\">");

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (read_answer (odd[i], &error));
      g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
    }
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  g_autoptr (GError) error = NULL;
  g_assert_null (read_answer (deep->str, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
  g_string_free (deep, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/caldav/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("the-calendar-itself", test_the_calendar_itself);
  ADD ("from-the-name", test_from_the_name);
  ADD ("not-found", test_not_found);
  ADD ("in-the-clear", test_in_the_clear);
  ADD ("put", test_put);
  ADD ("put-without-state", test_put_without_state);
  ADD ("put-fails", test_put_fails);
  ADD ("asked-to-wait", test_asked_to_wait);
  ADD ("no-answer", test_no_answer);
  ADD ("cancelled", test_cancelled);
  ADD ("remove", test_remove);
  ADD ("find", test_find);
#undef ADD
  g_test_add_func ("/caldav/addresses", test_addresses);
  g_test_add_func ("/caldav/spaces-and-parts", test_spaces_and_parts);
  g_test_add_func ("/caldav/odd-answers", test_odd_answers);
  return g_test_run ();
}
