/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account's end on this computer: what was not sent is counted, and nothing stays behind. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-account-files.h"
#include "wf-runtime-fixture.h"

#include <glib/gstdio.h>

static guint
count (const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n = G_MAXUINT;

  wf_account_files_count_async (path, NULL, wf_fixture_on_result, &result);
  g_assert_true (wf_account_files_count_finish (wf_fixture_wait_for (&result), &n, &error));
  g_assert_no_error (error);
  return n;
}

static void delete (const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wf_account_files_delete_async (path, NULL, wf_fixture_on_result, &result);
  g_assert_true (wf_account_files_delete_finish (wf_fixture_wait_for (&result), &error));
  g_assert_no_error (error);
}

static void
test_count (void)
{
  WfFixture f;
  g_autofree char *id = NULL;

  wf_fixture_set_up (&f, "ana");
  g_assert_cmpuint (count (f.store_path), ==, 0); /* there is none */
  g_assert_false (g_file_test (f.store_path, G_FILE_TEST_EXISTS));
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  id = g_strdup (wf_scripted_crm_get_activity_at (f.crm, 0)->id);
  wf_scripted_crm_set_offline (f.crm, TRUE);
  wf_fixture_settle (&f);
  g_assert_true (wf_fixture_comment (&f, id, "One", NULL));
  g_assert_true (wf_fixture_complete (&f, id, "Reached", NULL));
  wf_fixture_stop (&f);
  g_assert_cmpuint (count (f.store_path), ==, 2);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, 10 * G_TIME_SPAN_MINUTE);
  wf_fixture_stop (&f);
  g_assert_cmpuint (count (f.store_path), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
write_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
}

static gboolean
exists (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* All of this account, and nothing of one whose name begins alike. */
static void
test_delete (void)
{
  static const char *const ours[] = {
    "acme.sqlite",         "acme.sqlite-wal",
    "acme.sqlite-shm",     "acme.sqlite.damaged-20261118T130000Z",
    "acme.sqlite-suspect", "acme.sqlite.damaged-20261118T130000Z-wal",
    "acme.files/a/draft",  "acme.files/calendar.ini"
  };
  static const char *const others[] = { "acme-ana.sqlite", "acme.sqlite2", "acme2.files/draft",
                                        "kept/precious" };
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *top = wf_test_folder_build (folder, "state");
  g_autofree char *path = g_build_filename (top, "acme.sqlite", NULL);
  g_autofree char *link = g_build_filename (top, "acme.files", "a", "link", NULL);
  g_autofree char *target = g_build_filename (top, "kept", NULL);

  delete (path); /* there is not even the folder */
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    write_file (top, ours[i]);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    write_file (top, others[i]);
  g_autoptr (GFile) file = g_file_new_for_path (link);
  g_assert_true (g_file_make_symbolic_link (file, target, NULL, NULL));
  delete (path);
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    g_assert_false (exists (top, ours[i]));
  g_assert_false (exists (top, "acme.files"));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (exists (top, others[i]));
}

/* Left for good or for another account, its notifications go; after a mere end they stay. */
static void
test_leave (void)
{
  for (guint leave = 0; leave < 2; leave++)
    {
      WfFixture f;
      g_autofree char *line = NULL;

      wf_fixture_set_up (&f, "ana");
      wf_fixture_put_simple_workflow (&f);
      wf_fixture_start (&f);
      wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
      wf_fixture_settle (&f);
      wf_fixture_pass (&f, 51 * G_TIME_SPAN_MINUTE);
      line = g_strconcat ("withdraw ", wf_scripted_crm_get_activity_at (f.crm, 0)->id, NULL);
      g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder "), ==, 1);
      if (leave)
        wf_runtime_withdraw_all (f.runtime);
      wf_fixture_stop (&f);
      wf_fake_clock_run_idle ();
      g_assert_cmpuint (wf_recording_notifier_count (f.notifier, line), ==, leave);
      /* Who comes back finds it in the list, and is not reminded once more. */
      wf_fixture_start (&f);
      wf_fixture_settle (&f);
      g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder "), ==, 1);
      wf_fixture_tear_down (&f);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/account-files/count", test_count);
  g_test_add_func ("/runtime/account-files/delete", test_delete);
  g_test_add_func ("/runtime/account-files/leave", test_leave);
  return g_test_run ();
}
