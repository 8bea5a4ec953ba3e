/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads and their comments through the open API's connector: against the demo CRM, and against answers that are late,
 * broken or wrong. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-open-fixture.h"

#include "wf-instant.h"

#define UUID_1 "00000000-0000-4000-8000-000000000001"
#define UUID_2 "00000000-0000-4000-8000-000000000002"

static void
add_lead (WfOpenFixture *fixture, const char *id, const char *owner)
{
  g_autofree char *json = g_strdup_printf (
      "{\"type\":\"lead.received\",\"data\":{\"lead\":{\"id\":\"%s\",\"name\":\"P\",\"stage\":\"filter-1\","
      "\"owner\":\"%s\",\"score\":10}}}",
      id, owner);

  g_assert_true (wf_demo_server_add_event (fixture->server, json, NULL));
}

static void
set_up (WfOpenFixture *fixture, gconstpointer data)
{
  wf_open_fixture_set_up_demo (fixture, "ana");
  wf_open_crm_set_most_retries (WF_OPEN_CRM (fixture->crm), 0);
}

static void
set_up_scripted (WfOpenFixture *fixture, gconstpointer data)
{
  wf_open_fixture_set_up_scripted (fixture);
  wf_open_crm_set_most_retries (WF_OPEN_CRM (fixture->crm), 0);
}

static const char *
get_text (const WfDocumentPage *page, guint index, const char *member)
{
  return wf_json_get_member_string (
      wf_json_document_get_root (g_ptr_array_index (page->documents, index)), member);
}

/* -- against the demo CRM ---------------------------------------------------------------------- */

static void
test_leads (WfOpenFixture *fixture, gconstpointer data)
{
  WfInstant between;

  add_lead (fixture, "l-1", "ana");
  add_lead (fixture, "l-2", "diego"); /* of another team */
  wf_fake_clock_advance (fixture->clock, G_TIME_SPAN_HOUR);
  between = wf_clock_now (WF_CLOCK (fixture->clock)) - G_TIME_SPAN_MINUTE;
  add_lead (fixture, "l-3", "ana");

  g_autoptr (WfDocumentPage) all = CALL (fixture, fixture->crm, list_leads, WF_INSTANT_NONE, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (all->documents->len, ==, 2);
  g_assert_null (all->next_page);
  g_assert_cmpstr (get_text (all, 0, "id"), ==, "l-1");
  g_assert_cmpstr (get_text (all, 0, "stage"), ==, "filter-1");
  g_assert_nonnull (get_text (all, 0, "updated"));

  g_autoptr (WfDocumentPage) news = CALL (fixture, fixture->crm, list_leads, between, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (news->documents->len, ==, 1);
  g_assert_cmpstr (get_text (news, 0, "id"), ==, "l-3");
}

/* More than a page: each lead comes once. */
static void
test_lead_pages (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *place = NULL;
  guint n_pages = 0;

  for (guint i = 0; i < 1100; i++)
    {
      g_autofree char *id = g_strdup_printf ("l-%u", i);

      add_lead (fixture, id, "ana");
    }
  do
    {
      g_autoptr (WfDocumentPage) page =
          CALL (fixture, fixture->crm, list_leads, WF_INSTANT_NONE, place);

      g_assert_no_error (fixture->error);
      for (guint i = 0; i < page->documents->len; i++)
        g_assert_true (g_hash_table_add (ids, g_strdup (get_text (page, i, "id"))));
      g_set_str (&place, page->next_page);
      n_pages++;
    }
  while (place != NULL);
  g_assert_cmpuint (n_pages, ==, 3);
  g_assert_cmpuint (g_hash_table_size (ids), ==, 1100);
}

static void
post (WfOpenFixture *fixture, const char *key, const char *text)
{
  g_autofree char *json = g_strdup_printf (
      "{\"kind\":\"post-to-stream\",\"lead\":\"l-1\",\"text\":\"%s\",\"sender\":\"ana\"}", text);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, NULL);
  g_autoptr (WfAction) action = wf_action_read (wf_json_document_get_root (document), key, NULL);
  g_autoptr (WfCrmActionResult) result = CALL (fixture, fixture->crm, perform, action);

  g_assert_no_error (fixture->error);
}

static void
test_comments (WfOpenFixture *fixture, gconstpointer data)
{
  WfInstant at;

  add_lead (fixture, "l-1", "ana");
  post (fixture, UUID_1, "first");
  wf_fake_clock_advance (fixture->clock, G_TIME_SPAN_MINUTE);
  post (fixture, UUID_2, "second");

  g_autoptr (WfDocumentPage) page = CALL (fixture, fixture->crm, list_comments, "l-1", NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (page->documents->len, ==, 2);
  g_assert_cmpstr (get_text (page, 0, "id"), ==, UUID_2);
  g_assert_cmpstr (get_text (page, 0, "lead"), ==, "l-1");
  g_assert_cmpstr (get_text (page, 0, "author"), ==, "ana");
  g_assert_cmpstr (get_text (page, 0, "text"), ==, "second");
  g_assert_true (wf_instant_parse (get_text (page, 0, "at"), &at));
  g_assert_cmpint (at, ==, wf_clock_now (WF_CLOCK (fixture->clock)));

  g_assert_null (CALL (fixture, fixture->crm, list_comments, "gone", NULL));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND);
}

/* -- against answers of any kind --------------------------------------------------------------- */

typedef struct
{
  const char *name;
  WfScriptedAnswer answer;
  int code; /* -1: none */
  guint retry_after;
} AnswerCase;

static const AnswerCase answer_cases[] = {
  { "success", { .status = 200, .body = "[]" }, -1 },
  { "auth", { .status = 401, .body = "" }, WF_CRM_ERROR_AUTH },
  { "forbidden", { .status = 403, .body = "" }, WF_CRM_ERROR_FORBIDDEN },
  { "not-found", { .status = 404, .body = "" }, WF_CRM_ERROR_NOT_FOUND },
  { "busy",
    { .status = 429, .body = "", .headers = { "Retry-After", "7" } },
    WF_CRM_ERROR_RATE_LIMITED,
    7 },
  { "server", { .status = 500, .body = "oops" }, WF_CRM_ERROR_SERVER },
  { "bad-json", { .status = 200, .body = "[{\"id\":" }, WF_CRM_ERROR_PROTOCOL },
  { "no-json", { .status = 200, .body = "<html>" }, WF_CRM_ERROR_PROTOCOL },
  { "other-json", { .status = 200, .body = "{}" }, WF_CRM_ERROR_PROTOCOL },
  { "cut", { .manner = WF_SCRIPTED_CUT }, WF_CRM_ERROR_OFFLINE },
  { "cut-body",
    { .status = 200,
      .body = "[{\"id\":\"l-1\"},{\"id\":\"l-2\"}]",
      .manner = WF_SCRIPTED_CUT_BODY },
    WF_CRM_ERROR_OFFLINE },
};

static void
check_error (WfOpenFixture *fixture, const WfDocumentPage *page, const AnswerCase *expected)
{
  g_assert_true ((page != NULL) == (expected->code < 0));
  if (expected->code < 0)
    {
      g_assert_no_error (fixture->error);
      return;
    }
  g_assert_error (fixture->error, WF_CRM_ERROR, expected->code);
  g_assert_cmpuint (wf_crm_error_get_retry_after (fixture->error), ==, expected->retry_after);
}

static void
test_answer (WfOpenFixture *fixture, gconstpointer data)
{
  const AnswerCase *expected = data;

  wf_scripted_server_add (fixture->scripted, &expected->answer);
  wf_scripted_server_add (fixture->scripted, &expected->answer);
  g_autoptr (WfDocumentPage) leads =
      CALL (fixture, fixture->crm, list_leads, WF_INSTANT_NONE, NULL);
  check_error (fixture, leads, expected);
  g_autoptr (WfDocumentPage) comments = CALL (fixture, fixture->crm, list_comments, "l-1", NULL);
  check_error (fixture, comments, expected);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->scripted), ==, 2);
}

/* What is asked, and what of an answer can be used. */
static void
test_request (WfOpenFixture *fixture, gconstpointer data)
{
  WfScriptedAnswer leads = {
    .body = "[{\"id\":\"l-1\",\"x\":1},{\"name\":\"no id\"},7,{\"id\":\"l-2\"}]",
    .headers = { "Next-Page", "a/b" }
  };
  WfScriptedAnswer comments = {
    .body =
        "[{\"id\":\"c-1\",\"text\":\"t\",\"time\":\"2026-11-20T10:00:00Z\",\"author\":null},"
        "{\"id\":\"c-2\",\"text\":\"t\"},{\"id\":\"c-3\",\"text\":\"\",\"time\":\"2026-11-20T10:00:00Z\"},"
        "{\"id\":\"c-4\",\"text\":\"t\",\"time\":\"never\"}]",
  };
  WfInstant after;

  g_assert_true (wf_instant_parse ("2026-11-20T10:00:00Z", &after));
  wf_scripted_server_add (fixture->scripted, &leads);
  wf_scripted_server_add (fixture->scripted, &comments);
  g_test_expect_message ("wf-crm", G_LOG_LEVEL_WARNING, "2 leads or comments*");
  g_autoptr (WfDocumentPage) page = CALL (fixture, fixture->crm, list_leads, after, "p 1");
  g_test_assert_expected_messages ();
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (
      wf_scripted_server_get_request (fixture->scripted, 0), ==,
      "GET /wfcrm/v1/leads?limit=500&updated-after=2026-11-20T10%3A00%3A00Z&page=p%201");
  g_assert_cmpuint (page->documents->len, ==, 2);
  g_assert_cmpstr (get_text (page, 1, "id"), ==, "l-2");
  g_assert_cmpstr (page->next_page, ==, "a/b");

  g_test_expect_message ("wf-crm", G_LOG_LEVEL_WARNING, "3 leads or comments*");
  g_autoptr (WfDocumentPage) said = CALL (fixture, fixture->crm, list_comments, "l-1", NULL);
  g_test_assert_expected_messages ();
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (wf_scripted_server_get_request (fixture->scripted, 1), ==,
                   "GET /wfcrm/v1/leads/l-1/comments?limit=500&order=newest");
  g_assert_cmpuint (said->documents->len, ==, 1);
  g_assert_cmpstr (get_text (said, 0, "lead"), ==, "l-1");
  g_assert_null (get_text (said, 0, "author"));
}

static void
test_slow (WfOpenFixture *fixture, gconstpointer data)
{
  WfScriptedAnswer hold = { .manner = WF_SCRIPTED_HOLD };

  wf_scripted_server_add (fixture->scripted, &hold);
  wf_crm_list_leads_async (fixture->crm, WF_INSTANT_NONE, NULL, NULL, wf_open_fixture_on_result,
                           fixture);
  wf_open_fixture_wait_held (fixture);
  wf_fake_clock_advance (fixture->clock, 31 * G_TIME_SPAN_SECOND);
  g_autoptr (GAsyncResult) result = wf_open_fixture_wait (fixture);
  g_assert_null (wf_crm_list_leads_finish (fixture->crm, result, &fixture->error));
  g_assert_true (wf_crm_error_is_transient (fixture->error));
}

static void
test_cancelled (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  wf_crm_list_comments_async (fixture->crm, "l-1", NULL, cancellable, wf_open_fixture_on_result,
                              fixture);
  g_autoptr (GAsyncResult) result = wf_open_fixture_wait (fixture);
  g_assert_null (wf_crm_list_comments_finish (fixture->crm, result, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->scripted), ==, 0);
}

#define ADD(name, set_up, func)                                                                    \
  g_test_add ("/crm/open-leads/" name, WfOpenFixture, NULL, set_up, func, wf_open_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("leads", set_up, test_leads);
  ADD ("lead-pages", set_up, test_lead_pages);
  ADD ("comments", set_up, test_comments);
  for (guint i = 0; i < G_N_ELEMENTS (answer_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/crm/open-leads/answer/", answer_cases[i].name, NULL);

      g_test_add (path, WfOpenFixture, &answer_cases[i], set_up_scripted, test_answer,
                  wf_open_fixture_tear_down);
    }
  ADD ("request", set_up_scripted, test_request);
  ADD ("slow", set_up_scripted, test_slow);
  ADD ("cancelled", set_up_scripted, test_cancelled);
  return g_test_run ();
}
