/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts: the file, the tokens, and the sample company's own server process. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-crm-accounts.h"

#include "wf-account-file.h"
#include "wf-credentials.h"
#include "wf-scripted-server.h"
#include "wf-test-folder.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#define LONGEST_REAL_WAIT 60

typedef struct
{
  WfTestFolder *folder;
  WfClock *clock;
  WfAccounts *accounts;
  char *config, *sample;
  GAsyncResult *result;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = wf_test_folder_new ();
  fixture->clock = wf_system_clock_new ();
  fixture->config = wf_test_folder_build (fixture->folder, "config");
  fixture->sample = wf_test_folder_build (fixture->folder, "sample");
  fixture->accounts = wf_crm_accounts_new (fixture->clock, fixture->config, fixture->sample);
}

/* The process that a test started, by the id it wrote; nobody else's. */
static gint64
get_sample_pid (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->sample, "ready.json", NULL);
  g_autoptr (WfJsonDocument) document = wf_json_document_load (path, 0, NULL);
  gint64 pid = 0;

  if (document != NULL)
    wf_json_get_int64 (wf_json_get_member (wf_json_document_get_root (document), "pid"), &pid);
  return pid;
}

static void
kill_sample (Fixture *fixture, int signal_number)
{
  gint64 pid = get_sample_pid (fixture);

  if (pid <= 1)
    return;
  int descriptor = pidfd_open ((pid_t) pid, 0);
  if (descriptor < 0)
    return;
  struct pollfd ended = { .fd = descriptor, .events = POLLIN };
  kill ((pid_t) pid, signal_number);
  g_assert_cmpint (poll (&ended, 1, LONGEST_REAL_WAIT * 1000), ==, 1);
  close (descriptor);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  kill_sample (fixture, SIGTERM);
  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  g_clear_object (&fixture->accounts);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->clock);
  g_free (fixture->config);
  g_free (fixture->sample);
  wf_test_folder_free (fixture->folder);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

static gboolean
on_watchdog (gpointer user_data)
{
  g_error ("The test waits for what does not come");
  return G_SOURCE_REMOVE;
}

static GAsyncResult *
wait_for_result (Fixture *fixture)
{
  guint watchdog = g_timeout_add_seconds (LONGEST_REAL_WAIT, on_watchdog, NULL);

  g_clear_error (&fixture->error);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  return g_steal_pointer (&fixture->result);
}

static WfAccount *
add (Fixture *fixture, const char *name, const char *kind, const char *url, const char *token)
{
  wf_accounts_add_async (fixture->accounts, name, kind, url, token, NULL, on_result, fixture);
  g_autoptr (GAsyncResult) result = wait_for_result (fixture);
  return wf_accounts_add_finish (fixture->accounts, result, &fixture->error);
}

static WfCrm *
connect_to (Fixture *fixture, const WfAccount *account)
{
  wf_accounts_connect_async (fixture->accounts, account, NULL, on_result, fixture);
  g_autoptr (GAsyncResult) result = wait_for_result (fixture);
  return wf_accounts_connect_finish (fixture->accounts, result, &fixture->error);
}

static WfCrmSession *
sign_in (Fixture *fixture, WfCrm *crm)
{
  wf_crm_open_async (crm, NULL, on_result, fixture);
  g_autoptr (GAsyncResult) result = wait_for_result (fixture);
  return wf_crm_open_finish (crm, result, &fixture->error);
}

/* -- the file ---------------------------------------------------------------------------------- */

static void
put (WfAccountFile *file, const char *name, const char *kind, const char *url, const char *person)
{
  g_autoptr (WfAccount) account = wf_account_new (name, kind, url, person);
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_account_file_put (file, account, &error));
  g_assert_no_error (error);
}

static void
assert_account (GPtrArray *list, guint index, const char *name, const char *url, const char *person)
{
  WfAccount *account = list->pdata[index];

  g_assert_cmpstr (account->name, ==, name);
  g_assert_cmpstr (account->url, ==, url);
  g_assert_cmpstr (account->person, ==, person);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->config, "accounts.ini", NULL);
  g_autoptr (WfAccountFile) file = wf_account_file_new (path);
  g_autoptr (GPtrArray) none = wf_account_file_list (file);
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_cmpuint (none->len, ==, 0);
  put (file, "Acme", "open", "https://crm.example", "ana");
  put (file, "Água [São João] = 1 \n\"x\"", "open", "https://b.example", NULL);
  put (file, "Sample", "sample", "", "carla");
  put (file, "Acme", "open", "https://crm.example", "bruno");
  g_autoptr (GPtrArray) list = wf_account_file_list (file);
  g_assert_cmpuint (list->len, ==, 3);
  assert_account (list, 0, "Acme", "https://crm.example", "bruno");
  assert_account (list, 1, "Sample", "", "carla");
  assert_account (list, 2, "Água [São João] = 1 \n\"x\"", "https://b.example", NULL);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  g_assert_true (wf_account_file_remove (file, "Sample", &error));
  g_assert_no_error (error);
  g_assert_false (wf_account_file_remove (file, "Sample", &error));
  g_assert_nonnull (error);
  g_autoptr (GPtrArray) rest = wf_account_file_list (file);
  g_assert_cmpuint (rest->len, ==, 2);
}

static void
test_token_file_option (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wf_test_folder_write (
      fixture->folder, "accounts.ini",
      "# written by hand\n[account acme]\nkind=open\nurl=https://crm.example\ntoken-file=/run/token\n\n"
      "[other]\nkind=open\n\n[account broken]\nurl=x\n",
      -1);
  g_autoptr (WfAccountFile) file = wf_account_file_new (path);
  g_autoptr (GPtrArray) list = wf_account_file_list (file);

  g_assert_cmpuint (list->len, ==, 1);
  put (file, "acme", "open", "https://crm.example", "ana");
  g_autofree char *token_file = wf_account_file_dup_token_file (file, "acme");
  g_assert_cmpstr (token_file, ==, "/run/token");
  g_assert_null (wf_account_file_dup_token_file (file, "nobody"));
}

/* -- tokens ------------------------------------------------------------------------------------ */

static char *
look_up (Fixture *fixture, const char *account, const char *token_file)
{
  wf_credentials_lookup_async (account, token_file, NULL, on_result, fixture);
  g_autoptr (GAsyncResult) result = wait_for_result (fixture);
  return wf_credentials_lookup_finish (result, &fixture->error);
}

static void
test_token_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = wf_test_folder_write (fixture->folder, "good", "  abc-123\n", -1);
  g_autofree char *empty = wf_test_folder_write (fixture->folder, "empty", "\n", -1);
  g_autofree char *two = wf_test_folder_write (fixture->folder, "two", "abc def", -1);
  g_autofree char *missing = wf_test_folder_build (fixture->folder, "missing");
  const char *const wrong[] = { empty, two, missing };

  g_assert_cmpint (g_chmod (good, 0600), ==, 0);
  g_autofree char *token = look_up (fixture, "acme", good);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (token, ==, "abc-123");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (look_up (fixture, "acme", wrong[i]));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
      /* What is there and wrong does not become right by itself. */
      g_assert_cmpint (wf_crm_error_is_token_unread (fixture->error), ==,
                       g_str_equal (wrong[i], missing));
    }
  g_setenv (WF_TOKEN_FILE_VARIABLE, good, TRUE);
  g_autofree char *by_variable = look_up (fixture, "acme", missing);
  g_unsetenv (WF_TOKEN_FILE_VARIABLE);
  g_assert_cmpstr (by_variable, ==, "abc-123");
}

static void
test_secret_service (Fixture *fixture, gconstpointer data)
{
  wf_credentials_store_async ("acme", "https://crm.example", "secret-token", NULL, on_result,
                              fixture);
  g_autoptr (GAsyncResult) stored = wait_for_result (fixture);
  g_assert_true (wf_credentials_store_finish (stored, &fixture->error));
  g_assert_no_error (fixture->error);

  g_autofree char *token = look_up (fixture, "acme", NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (token, ==, "secret-token");
  g_assert_null (look_up (fixture, "other", NULL));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
  g_assert_false (wf_crm_error_is_token_unread (fixture->error));

  for (guint i = 0; i < 2; i++)
    {
      wf_credentials_clear_async ("acme", NULL, on_result, fixture);
      g_autoptr (GAsyncResult) cleared = wait_for_result (fixture);
      g_assert_true (wf_credentials_clear_finish (cleared, &fixture->error));
      g_assert_no_error (fixture->error);
    }
  g_assert_null (look_up (fixture, "acme", NULL));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
}

/* The store's kind is chosen once a process: another process is one without any store. */
static void
test_no_secret_service (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      g_assert_null (look_up (fixture, "acme", NULL));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
      g_assert_nonnull (strstr (fixture->error->message, WF_TOKEN_FILE_VARIABLE));
      g_assert_true (wf_crm_error_is_token_unread (fixture->error));
      return;
    }
  g_auto (GStrv) environment = g_get_environ ();
  environment = g_environ_unsetenv (environment, "SECRET_BACKEND");
  environment =
      g_environ_setenv (environment, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_trap_subprocess_with_envp (NULL, (const char *const *) environment, 0,
                                    G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* -- adding ------------------------------------------------------------------------------------ */

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WfScriptedServer) server = wf_scripted_server_new ();
  static const char me[] =
      "{\"person\":\"ana\",\"name\":\"Ana\",\"roles\":[\"attendant\"],\"server\":{\"name\":\"Acme\"}}";

  wf_scripted_server_add_status (server, 401, "{}");
  g_assert_null (add (fixture, "acme", "open", wf_scripted_server_get_uri (server), "bad"));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
  g_assert_null (add (fixture, "acme", "open", "http://crm.example", "t"));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
  g_assert_null (add (fixture, "  ", "open", wf_scripted_server_get_uri (server), "t"));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
  g_assert_null (add (fixture, "acme", "open", wf_scripted_server_get_uri (server), ""));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
  g_assert_null (add (fixture, "acme", "telepathy", wf_scripted_server_get_uri (server), "t"));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED);
  /* Nothing of a failed attempt stays. */
  g_autoptr (GPtrArray) none = wf_accounts_list (fixture->accounts);
  g_assert_cmpuint (none->len, ==, 0);

  wf_scripted_server_add_status (server, 200, me);
  g_autoptr (WfAccount) account =
      add (fixture, " acme ", "open", wf_scripted_server_get_uri (server), " t-1\n");
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (account->name, ==, "acme");
  g_assert_cmpstr (account->person, ==, "ana");
  g_autoptr (GPtrArray) list = wf_accounts_list (fixture->accounts);
  g_assert_cmpuint (list->len, ==, 1);

  /* No token in the file. */
  g_autofree char *path = g_build_filename (fixture->config, "accounts.ini", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "t-1"));

  g_autoptr (WfCrm) crm = connect_to (fixture, account);
  g_assert_no_error (fixture->error);
  wf_scripted_server_add_status (server, 200, me);
  g_autoptr (WfCrmSession) session = sign_in (fixture, crm);
  g_assert_cmpstr (session->server_name, ==, "Acme");
  g_assert_cmpstr (wf_scripted_server_get_header (server, 2, "Authorization"), ==, "Bearer t-1");

  g_assert_true (wf_accounts_remove (fixture->accounts, "acme", &fixture->error));
  g_assert_no_error (fixture->error);
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (look_up (fixture, "acme", NULL));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
}

/* -- the sample -------------------------------------------------------------------------------- */

static void
test_sample (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WfAccount) account = add (fixture, "Aurora", WF_ACCOUNT_KIND_SAMPLE, NULL, NULL);
  gint64 pid;

  g_assert_no_error (fixture->error);
  g_assert_cmpstr (account->person, ==, WF_SAMPLE_PERSON);
  pid = get_sample_pid (fixture);
  g_assert_cmpint (pid, >, 1);

  g_autoptr (WfCrm) crm = connect_to (fixture, account);
  g_assert_no_error (fixture->error);
  g_autoptr (WfCrmSession) session = sign_in (fixture, crm);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (session->person, ==, "carla");
  /* The server that runs is used again, also by somebody else. */
  g_assert_cmpint (get_sample_pid (fixture), ==, pid);
  g_set_str (&account->person, "ana");
  g_autoptr (WfCrm) other = connect_to (fixture, account);
  g_autoptr (WfCrmSession) ana = sign_in (fixture, other);
  g_assert_cmpstr (ana->person, ==, "ana");
  g_assert_cmpint (get_sample_pid (fixture), ==, pid);
  g_set_str (&account->person, "nobody");
  g_assert_null (connect_to (fixture, account));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);

  /* Killed without a word: what was answered is kept, and the next connection starts it anew. */
  g_set_str (&account->person, "carla");
  wf_crm_poll_events_async (crm, "now", 1, 0, NULL, on_result, fixture);
  g_autoptr (GAsyncResult) polled = wait_for_result (fixture);
  g_autoptr (WfEventBatch) before = wf_crm_poll_events_finish (crm, polled, &fixture->error);
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  WfActivity *activity = wf_activity_new ("a-1");
  g_set_str (&activity->type, "call");
  g_set_str (&activity->title, "t");
  activity->due = wf_clock_now (fixture->clock) + G_TIME_SPAN_DAY;
  g_ptr_array_add (activities, activity);
  wf_crm_create_activities_async (crm, activities, NULL, on_result, fixture);
  g_autoptr (GAsyncResult) created = wait_for_result (fixture);
  g_autoptr (GPtrArray) results = wf_crm_create_activities_finish (crm, created, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_null (results->pdata[0]);
  kill_sample (fixture, SIGKILL);

  g_autoptr (WfCrm) anew = connect_to (fixture, account);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (get_sample_pid (fixture), !=, pid);
  wf_crm_get_activity_async (anew, "a-1", NULL, on_result, fixture);
  g_autoptr (GAsyncResult) got = wait_for_result (fixture);
  g_autoptr (WfActivity) kept = wf_crm_get_activity_finish (anew, got, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (kept->title, ==, "t");
  wf_crm_poll_events_async (anew, before->next_cursor, 100, 0, NULL, on_result, fixture);
  g_autoptr (GAsyncResult) polled_again = wait_for_result (fixture);
  g_autoptr (WfEventBatch) after = wf_crm_poll_events_finish (anew, polled_again, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (after->events->len, >=, 1);

  /* No server is left behind for the file of accounts to name. */
  g_autoptr (GPtrArray) list = wf_accounts_list (fixture->accounts);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((WfAccount *) list->pdata[0])->url, ==, "");
}

static void
test_sample_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = g_strdup (g_getenv ("WORKFLOW_DEMO_CRM"));
  g_autofree char *stale = wf_test_folder_write (fixture->folder, "not-a-program",
                                                 "#!/bin/sh\necho no ready line\n", -1);

  g_setenv ("WORKFLOW_DEMO_CRM", "/nonexistent/workflow-demo-crm", TRUE);
  g_assert_null (add (fixture, "Aurora", WF_ACCOUNT_KIND_SAMPLE, NULL, NULL));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED);
  g_assert_nonnull (strstr (fixture->error->message, "/nonexistent/workflow-demo-crm"));

  g_assert_cmpint (g_chmod (stale, 0700), ==, 0);
  g_setenv ("WORKFLOW_DEMO_CRM", stale, TRUE);
  g_assert_null (add (fixture, "Aurora", WF_ACCOUNT_KIND_SAMPLE, NULL, NULL));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE);
  g_setenv ("WORKFLOW_DEMO_CRM", program, TRUE);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *keyring = wf_test_folder_build (folder, "keyring");
  int result;

  /* libsecret's file backend: no bus, and nobody's real secrets. */
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL ||
      !g_str_equal (g_getenv ("DBUS_SESSION_BUS_ADDRESS"), "unix:path=/nonexistent"))
    {
      g_setenv ("SECRET_BACKEND", "file", TRUE);
      g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
      g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
    }
  g_unsetenv (WF_TOKEN_FILE_VARIABLE);
  g_test_init (&argc, &argv, NULL);

  ADD ("/crm/accounts/file", test_file);
  ADD ("/crm/accounts/token-file-option", test_token_file_option);
  ADD ("/crm/accounts/token-file", test_token_file);
  ADD ("/crm/accounts/secret-service", test_secret_service);
  ADD ("/crm/accounts/no-secret-service", test_no_secret_service);
  ADD ("/crm/accounts/add", test_add);
  ADD ("/crm/accounts/sample", test_sample);
  ADD ("/crm/accounts/sample-missing", test_sample_missing);
  result = g_test_run ();
  return result;
}
