/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Publishing to a real CalDAV server, Radicale, on a free port with a folder of its own. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-caldav-calendars.h"
#include "wf-icalendar.h"
#include "wf-publisher-scene.h"
#include "wf-test-folder.h"

#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define HOUR G_TIME_SPAN_HOUR
#define SECOND G_TIME_SPAN_SECOND
#define N_MANY 40
#define MOST_LINES 1000 /* of its log before it is ready */
#define UID "a-1@workflow.example.org"
#define TEXT                                                                                       \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:" UID               \
  "\r\nDTSTAMP:20261118T130000Z\r\nDTSTART:20261118T150000Z\r\nSUMMARY:%s\r\nEND:VEVENT\r\n"       \
  "END:VCALENDAR\r\n"

typedef struct
{
  WfPublisherScene scene;
  WfAwait await;
  WfTestFolder *folder;
  GSubprocess *server; /* (owned) (nullable) while it is stopped */
  GDataInputStream *log;
  guint port;
} Fixture;

/* ---- the server -------------------------------------------------------------------------------- */

static void
write_passwords (Fixture *f, const char *text)
{
  g_autofree char *path = g_build_filename (wf_test_folder_get_path (f->folder), "users", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* It says where it listens. Port 0: a free one. */
static guint
wait_for_port (Fixture *f)
{
  g_autoptr (GRegex) regex = g_regex_new ("127\\.0\\.0\\.1:(\\d+)", 0, 0, NULL);

  for (guint i = 0; i < MOST_LINES; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (f->log, NULL, NULL, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_assert_nonnull (line);
      if (strstr (line, "Listening") != NULL && g_regex_match (regex, line, 0, &match))
        {
          g_autofree char *port = g_match_info_fetch (match, 1);
          return (guint) g_ascii_strtoull (port, NULL, 10);
        }
    }
  g_error ("The server does not say where it listens");
}

/* Nobody reads it any more, and a full pipe would stop the server. */
static void
drain_log (Fixture *f)
{
  g_autoptr (GOutputStream) nowhere =
      g_unix_output_stream_new (open ("/dev/null", O_WRONLY | O_CLOEXEC), TRUE);

  g_output_stream_splice_async (nowhere, G_INPUT_STREAM (f->log),
                                G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL, NULL,
                                NULL);
}

/* None is left behind when the test fails. */
static void
end_with_test (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start_server (Fixture *f)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  const char *folder = wf_test_folder_get_path (f->folder);
  g_autofree char *hosts = g_strdup_printf ("127.0.0.1:%u", f->port);
  g_autofree char *users = g_build_filename (folder, "users", NULL);
  g_autofree char *storage = g_build_filename (folder, "collections", NULL);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, end_with_test, NULL, NULL);
  f->server = g_subprocess_launcher_spawn (
      launcher, &error, "python3", "-m", "radicale", "--config", "", "--server-hosts", hosts,
      "--auth-type", "htpasswd", "--auth-htpasswd-filename", users, "--auth-htpasswd-encryption",
      "plain", "--auth-delay", "0", "--storage-filesystem-folder", storage, "--logging-level",
      "info", NULL);
  g_assert_no_error (error);
  f->log = g_data_input_stream_new (g_subprocess_get_stderr_pipe (f->server));
  f->port = wait_for_port (f);
  drain_log (f);
}

static void
stop_server (Fixture *f)
{
  g_subprocess_force_exit (f->server);
  g_subprocess_wait (f->server, NULL, NULL);
  g_clear_object (&f->log);
  g_clear_object (&f->server);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = wf_test_folder_new ();
  write_passwords (f, "ana:pass:word\n");
  start_server (f);
  wf_publisher_scene_set_up (&f->scene, wf_caldav_calendars_new);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  wf_await_clear (&f->await);
  wf_publisher_scene_tear_down (&f->scene);
  if (f->server != NULL)
    stop_server (f);
  wf_test_folder_free (f->folder);
}

/* ---- calls ------------------------------------------------------------------------------------- */

static GPtrArray *
list (Fixture *f, const char *password, GError **error)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/", f->port);

  wf_await_clear (&f->await);
  wf_calendars_list_async (f->scene.calendars, address, "ana", password, NULL, wf_await_callback,
                           &f->await);
  return wf_calendars_list_finish (f->scene.calendars, wf_await (&f->await), error);
}

/* Found, made, and its password kept: as the window does it. */
static WfCalendarTarget *
make (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) targets = list (f, "pass:word", &error);
  WfCalendarTarget *made;

  g_assert_no_error (error);
  g_assert_true (((WfCalendarTarget *) targets->pdata[0])->is_new);
  wf_await_clear (&f->await);
  wf_calendars_make_async (f->scene.calendars, targets->pdata[0], "pass:word", NULL,
                           wf_await_callback, &f->await);
  made = wf_calendars_make_finish (f->scene.calendars, wf_await (&f->await), &error);
  g_assert_no_error (error);
  wf_await_clear (&f->await);
  wf_calendars_keep_password_async (f->scene.calendars, made, "pass:word", NULL, wf_await_callback,
                                    &f->await);
  wf_calendars_keep_password_finish (f->scene.calendars, wf_await (&f->await), &error);
  g_assert_no_error (error);
  return made;
}

static WfCalendarStore *
open_store (Fixture *f, const WfCalendarTarget *target)
{
  return wf_await_open (&f->await, f->scene.calendars, target);
}

static char *
put (Fixture *f, WfCalendarStore *store, const char *title, const char *etag, GError **error)
{
  g_autofree char *text = g_strdup_printf (TEXT, title);

  return wf_await_put (&f->await, store, UID, text, etag, error);
}

static char *
find (Fixture *f, WfCalendarStore *store, const char *uid)
{
  return wf_await_find (&f->await, store, uid);
}

static gboolean
remove_entry (Fixture *f, WfCalendarStore *store, const char *uid, const char *etag, GError **error)
{
  return wf_await_remove (&f->await, store, uid, etag, error);
}

/* ---- what the server keeps --------------------------------------------------------------------- */

static char *
get_folder (Fixture *f)
{
  return g_build_filename (wf_test_folder_get_path (f->folder), "collections", "collection-root",
                           "ana", "workflow", NULL);
}

static guint
count (Fixture *f)
{
  g_autofree char *path = get_folder (f);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    n += g_str_has_suffix (name, ".ics");
  return n;
}

static void
check_text (Fixture *f, const char *activity, const char *line)
{
  g_autofree char *folder = get_folder (f);
  g_autofree char *uid = wf_icalendar_make_uid (activity);
  g_autofree char *name = g_strconcat (uid, ".ics", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  if (strstr (text, line) == NULL)
    g_error ("%s lacks %s", text, line);
}

/* ---- tests ------------------------------------------------------------------------------------- */

static void
test_discovery (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (list (f, "wrong", &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
  g_clear_error (&error);
  g_autoptr (WfCalendarTarget) made = make (f);
  g_autoptr (GPtrArray) targets = list (f, "pass:word", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (targets->len, ==, 1);
  const WfCalendarTarget *found = targets->pdata[0];
  g_assert_false (found->is_new);
  g_assert_true (found->takes_tasks);
  g_assert_cmpstr (found->name, ==, "Workflow");
  g_assert_cmpstr (found->address, ==, made->address);
  /* Made again, it is refused: nothing of it is lost. */
  wf_await_clear (&f->await);
  wf_calendars_make_async (f->scene.calendars, made, "pass:word", NULL, wf_await_callback,
                           &f->await);
  g_assert_null (wf_calendars_make_finish (f->scene.calendars, wf_await (&f->await), &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN);
}

static void
test_states (Fixture *f, gconstpointer data)
{
  g_autoptr (WfCalendarTarget) target = make (f);
  g_autoptr (WfCalendarStore) mine = open_store (f, target);
  g_autoptr (WfCalendarStore) other = open_store (f, target);
  g_autoptr (GError) error = NULL;

  g_assert_null (find (f, mine, UID));
  g_autofree char *first = put (f, mine, "One", NULL, &error);
  g_assert_no_error (error);
  g_autofree char *found = find (f, other, UID);
  g_assert_cmpstr (found, ==, first);
  g_assert_null (put (f, mine, "Twice", NULL, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_ALREADY_EXISTS);
  g_clear_error (&error);
  g_autofree char *second = put (f, other, "Two", first, &error);
  g_assert_no_error (error);
  g_assert_null (put (f, mine, "Late", first, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (remove_entry (f, mine, UID, first, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  check_text (f, "a-1", "SUMMARY:Two");
  g_assert_true (remove_entry (f, other, UID, second, &error));
  g_assert_true (remove_entry (f, mine, UID, second, &error));
  g_assert_no_error (error);
  g_assert_null (put (f, mine, "Gone", second, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT);
}

static void
add_many (Fixture *f)
{
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      wf_publisher_scene_add (&f->scene, id, i % 2 == 0 ? WF_ACTIVITY_MEETING : WF_ACTIVITY_TASK,
                              (8 + i) * HOUR, 0, "Shop");
    }
}

static void
test_publish (Fixture *f, gconstpointer data)
{
  WfPublisherScene *scene = &f->scene;
  g_autoptr (WfCalendarTarget) target = make (f);
  g_autoptr (WfCalendarStore) other = open_store (f, target);
  g_autoptr (GError) error = NULL;

  add_many (f);
  wf_publisher_scene_begin (scene, target);
  wf_publisher_scene_check (scene, WF_PUBLISHER_UP_TO_DATE, N_MANY);
  g_assert_cmpuint (count (f), ==, N_MANY);
  check_text (f, "a-0", "DTSTART:20261118T210000Z");
  check_text (f, "a-0", "LOCATION:Shop");
  check_text (f, "a-1", "DUE:20261118T220000Z");
  /* Changed there, then here: here wins. Deleted there: it comes back when it changes. */
  g_autofree char *etag = find (f, other, UID);
  g_autofree char *edited = put (f, other, "By hand", etag, &error);
  g_assert_no_error (error);
  g_autofree char *gone = find (f, other, "a-2@workflow.example.org");
  g_assert_true (remove_entry (f, other, "a-2@workflow.example.org", gone, &error));
  wf_publisher_scene_reschedule (scene, "a-1", 60 * HOUR);
  wf_publisher_scene_reschedule (scene, "a-2", 61 * HOUR);
  wf_publisher_scene_complete (scene, "a-3");
  wf_publisher_scene_pass (scene, 3 * SECOND);
  wf_publisher_scene_check (scene, WF_PUBLISHER_UP_TO_DATE, N_MANY - 1);
  g_assert_cmpuint (count (f), ==, N_MANY - 1);
  check_text (f, "a-1", "DUE:20261121T010000Z");
  check_text (f, "a-2", "DTSTART:20261121T020000Z");
  wf_calendar_publisher_leave (scene->publisher);
  wf_publisher_scene_settle (scene);
  wf_publisher_scene_check (scene, WF_PUBLISHER_OFF, 0);
  g_assert_cmpuint (count (f), ==, 0);
}

/* The server is killed in the middle of a pass and comes back. */
static void
test_restart (Fixture *f, gconstpointer data)
{
  WfPublisherScene *scene = &f->scene;
  g_autoptr (WfCalendarTarget) target = make (f);

  add_many (f);
  wf_calendar_publisher_begin (scene->publisher, target, FALSE);
  while (wf_calendar_publisher_get_n_published (scene->publisher) < 5)
    g_main_context_iteration (NULL, TRUE);
  stop_server (f);
  wf_publisher_scene_settle (scene);
  g_assert_cmpint (wf_calendar_publisher_get_state (scene->publisher), ==, WF_PUBLISHER_WAITING);
  g_assert_nonnull (wf_calendar_publisher_get_problem (scene->publisher));
  start_server (f);
  wf_publisher_scene_pass (scene, 15 * G_TIME_SPAN_MINUTE);
  wf_publisher_scene_check (scene, WF_PUBLISHER_UP_TO_DATE, N_MANY);
  g_assert_cmpuint (count (f), ==, N_MANY);
}

/* The password is changed on the server: that is said, and nothing is tried over and over. */
static void
test_password_changes (Fixture *f, gconstpointer data)
{
  WfPublisherScene *scene = &f->scene;
  g_autoptr (WfCalendarTarget) target = make (f);

  wf_publisher_scene_add (scene, "a-0", WF_ACTIVITY_CALL, HOUR, 0, NULL);
  wf_publisher_scene_begin (scene, target);
  stop_server (f);
  write_passwords (f, "ana:another\n");
  start_server (f);
  wf_publisher_scene_add (scene, "a-1", WF_ACTIVITY_CALL, HOUR, 0, NULL);
  wf_publisher_scene_pass (scene, 3 * SECOND);
  wf_publisher_scene_check (scene, WF_PUBLISHER_PROBLEM, 1);
  stop_server (f);
  write_passwords (f, "ana:pass:word\n");
  start_server (f);
  wf_calendar_publisher_poke (scene->publisher);
  wf_publisher_scene_settle (scene);
  wf_publisher_scene_check (scene, WF_PUBLISHER_UP_TO_DATE, 2);
}

static gboolean
is_there (void)
{
  g_autoptr (GSubprocess) probe =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                        "python3", "-c", "import radicale", NULL);

  return probe != NULL && g_subprocess_wait_check (probe, NULL, NULL);
}

int
main (int argc, char **argv)
{
  WfTestFolder *folder =
      wf_test_folder_new (); /* the library opens a file of passwords only once */
  g_autofree char *keyring = g_build_filename (wf_test_folder_get_path (folder), "keyring", NULL);
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!is_there ())
    {
      g_print ("1..0 # SKIP Radicale is not installed\n");
      wf_test_folder_free (folder);
      return 0;
    }
#define ADD(name, func) g_test_add ("/caldav-server/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("discovery", test_discovery);
  ADD ("states", test_states);
  ADD ("publish", test_publish);
  ADD ("restart", test_restart);
  ADD ("password-changes", test_password_changes);
#undef ADD
  status = g_test_run ();
  wf_test_folder_free (folder);
  return status;
}
