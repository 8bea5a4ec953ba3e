/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unsaved work is in a file soon after each change, goes when it is saved or given up, and is found again; damaged files are set
 * aside, what cannot be written is told and tried again. */
#include "wf-builder-sample.h"
#include "wf-draft-recovery.h"
#include "wf-test-folder.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define ID "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"

typedef struct
{
  WfTestFolder *files;
  char *account; /* does not exist at first */
  char *folder;  /* of its drafts */
  char *path;
  WfWorkflowDocument *document;
  WfDraftRecovery *recovery;
  guint n_problems;
} Fixture;

static void
on_problem (WfDraftRecovery *recovery, const char *text, Fixture *self)
{
  g_assert_cmpstr (text, !=, "");
  self->n_problems++;
}

static void
start (Fixture *self)
{
  g_autoptr (WfWorkflow) workflow = wf_builder_sample_new ();

  self->document = wf_workflow_document_new (workflow, NULL);
  self->recovery = wf_draft_recovery_new (self->account, self->document);
  g_signal_connect (self->recovery, "problem", G_CALLBACK (on_problem), self);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->files = wf_test_folder_new ();
  self->account = wf_test_folder_build (self->files, "account");
  self->folder = g_build_filename (self->account, "drafts", NULL);
  self->path = g_build_filename (self->folder, ID ".json", NULL);
  self->n_problems = 0;
  start (self);
}

/* Work that is being written holds it until its result was told. */
static void
end (Fixture *self)
{
  WfDraftRecovery *recovery = self->recovery;

  g_object_add_weak_pointer (G_OBJECT (recovery), (gpointer *) &self->recovery);
  g_object_unref (recovery);
  for (guint i = 0; i < 1000 && self->recovery != NULL; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (self->recovery);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  end (self);
  g_assert_finalize_object (self->document);
  g_free (self->account);
  g_free (self->folder);
  g_free (self->path);
  wf_test_folder_free (self->files);
}

static void
rename_workflow (Fixture *self, const char *name)
{
  WfWorkflow *next = wf_workflow_copy (wf_workflow_document_get_workflow (self->document));

  g_set_str (&next->name, name);
  wf_workflow_document_change (self->document, next, NULL);
}

static gboolean
exists (Fixture *self)
{
  return g_file_test (self->path, G_FILE_TEST_EXISTS);
}

/* At most so many rounds of the main loop, each of which waits for something to happen. */
static void
wait_until_exists (Fixture *self, gboolean wanted)
{
  for (guint i = 0; i < 1000 && exists (self) != wanted; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (exists (self), ==, wanted);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

/* n_damaged: (nullable) receives how many were set aside. */
static GPtrArray *
list_drafts (const char *folder, guint *n_damaged, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_draft_recovery_list_async (folder, NULL, on_listed, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (n_damaged != NULL)
    *n_damaged = wf_draft_recovery_list_get_n_damaged (result);
  return wf_draft_recovery_list_finish (result, error);
}

static GPtrArray *
list (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *drafts = list_drafts (self->account, NULL, &error);

  g_assert_no_error (error);
  return drafts;
}

static void
assert_draft (Fixture *self, const char *name)
{
  g_autoptr (GPtrArray) drafts = list (self);
  const WfRecoveredDraft *draft;

  g_assert_cmpuint (drafts->len, ==, 1);
  draft = g_ptr_array_index (drafts, 0);
  g_assert_cmpstr (draft->workflow->name, ==, name);
  g_assert_cmpstr (draft->base->name, ==, "Test");
}

/* ---- tests ---- */

static void
test_written (Fixture *self, gconstpointer data)
{
  struct stat info;

  g_object_set (self->recovery, "delay", 1, NULL);
  rename_workflow (self, "First");
  g_assert_false (exists (self));
  wait_until_exists (self, TRUE);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  assert_draft (self, "First");
  /* The whole work, byte by byte. */
  g_autoptr (GPtrArray) drafts = list (self);
  g_autofree char *text =
      wf_workflow_to_text (((WfRecoveredDraft *) g_ptr_array_index (drafts, 0))->workflow, FALSE);
  g_assert_cmpstr (text, ==, wf_workflow_document_get_text (self->document));
  g_assert_cmpuint (self->n_problems, ==, 0);
}

static void
test_flush (Fixture *self, gconstpointer data)
{
  rename_workflow (self, "First");
  rename_workflow (self, "Second");
  g_assert_false (exists (self));
  wf_draft_recovery_flush (self->recovery);
  assert_draft (self, "Second");
  /* nothing is pending any more */
  g_unlink (self->path);
  wf_draft_recovery_flush (self->recovery);
  g_assert_false (exists (self));
}

static void
test_undone (Fixture *self, gconstpointer data)
{
  rename_workflow (self, "First");
  wf_draft_recovery_flush (self->recovery);
  g_assert_true (exists (self));
  wf_workflow_document_undo (self->document);
  wf_draft_recovery_flush (self->recovery);
  g_assert_false (exists (self));
}

static void
test_saved (Fixture *self, gconstpointer data)
{
  rename_workflow (self, "First");
  wf_draft_recovery_flush (self->recovery);
  wf_workflow_document_mark_saved (self->document, NULL);
  wait_until_exists (self, FALSE);
  /* what goes on from there is kept again, with the new base */
  rename_workflow (self, "Second");
  wf_draft_recovery_flush (self->recovery);
  g_autoptr (GPtrArray) drafts = list (self);
  g_assert_cmpstr (((WfRecoveredDraft *) g_ptr_array_index (drafts, 0))->base->name, ==, "First");
}

/* Saving went on while the person typed: what was typed is not saved. */
static void
test_saved_another (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) saved = NULL;

  rename_workflow (self, "First");
  saved = wf_workflow_ref (wf_workflow_document_get_workflow (self->document));
  rename_workflow (self, "Second");
  wf_draft_recovery_flush (self->recovery);
  wf_workflow_document_mark_saved (self->document, saved);
  wf_draft_recovery_flush (self->recovery);
  g_autoptr (GPtrArray) drafts = list (self);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((WfRecoveredDraft *) g_ptr_array_index (drafts, 0))->workflow->name, ==,
                   "Second");
}

/* Whatever the threads are at: the last word counts. */
static void
test_discarded (Fixture *self, gconstpointer data)
{
  g_object_set (self->recovery, "delay", 0, NULL);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("Name %u", i);

      rename_workflow (self, name);
      g_main_context_iteration (NULL, FALSE);
    }
  wf_draft_recovery_discard (self->recovery);
  wf_draft_recovery_flush (self->recovery);
  g_assert_false (exists (self));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (exists (self));
}

/* An editor that is closed without a word keeps the work. */
static void
test_disposed (Fixture *self, gconstpointer data)
{
  rename_workflow (self, "First");
  end (self);
  wait_until_exists (self, TRUE);
  assert_draft (self, "First");
  g_assert_finalize_object (self->document);
  start (self);
}

static void
test_cannot_write (Fixture *self, gconstpointer data)
{
  g_assert_true (g_file_set_contents (self->account, "in the way", -1, NULL));
  rename_workflow (self, "First");
  wf_draft_recovery_flush (self->recovery);
  g_assert_cmpuint (self->n_problems, ==, 1);
  rename_workflow (self, "Second");
  wf_draft_recovery_flush (self->recovery);
  g_assert_cmpuint (self->n_problems, ==, 1);
  g_assert_cmpint (g_unlink (self->account), ==, 0);
  rename_workflow (self, "Third");
  wf_draft_recovery_flush (self->recovery);
  assert_draft (self, "Third");
  /* told again when it begins anew, also by a thread */
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_assert_true (g_file_set_contents (self->folder, "in the way", -1, NULL));
  g_object_set (self->recovery, "delay", 0, NULL);
  rename_workflow (self, "Fourth");
  for (guint i = 0; i < 1000 && self->n_problems < 2; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_problems, ==, 2);
}

static void
test_list (Fixture *self, gconstpointer data)
{
  const struct
  {
    const char *name;
    const char *content;
    gboolean is_draft;
  } rows[] = {
    { "old.json",
      "{\"workflow-draft\":1,\"at\":\"2026-11-18T10:00:00Z\",\"base\":null,\"workflow\":{\"name\":"
      "\"Old\"}}",
      TRUE },
    { "new.json",
      "{\"workflow-draft\":1,\"at\":\"2026-11-20T10:00:00Z\",\"base\":{\"name\":\"B\"},\"workflow\":"
      "{\"name\":\"New\"}}",
      TRUE },
    { "cut.json", "{\"workflow-draft\":1,\"at\":\"2026-11-18T10:", FALSE },
    { "empty.json", "", FALSE },
    { "other.json", "{\"workflow\":{\"name\":\"x\"},\"at\":\"2026-11-18T10:00:00Z\"}", FALSE },
    { "none.json", "{\"workflow-draft\":1,\"at\":\"2026-11-18T10:00:00Z\",\"workflow\":3}", FALSE },
    { "time.json", "{\"workflow-draft\":1,\"at\":\"soon\",\"workflow\":{\"name\":\"x\"}}", FALSE },
  };
  g_autoptr (GPtrArray) none = list (self);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  guint n_damaged = 0;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (self->folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, rows[i].name, NULL);
      g_assert_true (g_file_set_contents (path, rows[i].content, -1, NULL));
    }
  /* one was set aside before */
  g_autofree char *aside = g_build_filename (self->folder, "cut.json.damaged", NULL);
  g_assert_true (g_file_set_contents (aside, "before", -1, NULL));

  drafts = list_drafts (self->account, &n_damaged, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_damaged, ==, 5);
  g_assert_cmpuint (drafts->len, ==, 2);
  g_assert_cmpstr (((WfRecoveredDraft *) g_ptr_array_index (drafts, 0))->workflow->name, ==, "New");
  g_assert_cmpstr (((WfRecoveredDraft *) g_ptr_array_index (drafts, 1))->workflow->name, ==, "Old");
  g_assert_null (((WfRecoveredDraft *) g_ptr_array_index (drafts, 1))->base);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean was_aside = g_str_equal (rows[i].name, "cut.json");
      g_autofree char *damaged = g_strconcat (self->folder, "/", rows[i].name,
                                              was_aside ? ".damaged-2" : ".damaged", NULL);
      g_autofree char *content = NULL;

      g_assert_cmpint (g_file_test (damaged, G_FILE_TEST_EXISTS), ==, !rows[i].is_draft);
      if (!rows[i].is_draft)
        g_assert_true (g_file_get_contents (damaged, &content, NULL, NULL));
      if (!rows[i].is_draft)
        g_assert_cmpstr (content, ==, rows[i].content);
    }
  again = list_drafts (self->account, &n_damaged, &error);
  g_assert_cmpuint (n_damaged, ==, 0); /* it is told once */
  g_assert_cmpuint (again->len, ==, 2);
}

/* Another file's id can be any text. */
static void
test_odd_id (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_builder_sample_new ();
  g_autoptr (WfWorkflowDocument) document = NULL;
  g_autoptr (WfDraftRecovery) recovery = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  WfWorkflow *next;

  g_set_str (&workflow->id, "../../etc/x y");
  document = wf_workflow_document_new (workflow, NULL);
  recovery = wf_draft_recovery_new (self->account, document);
  next = wf_workflow_copy (workflow);
  g_set_str (&next->name, "Odd");
  wf_workflow_document_change (document, next, NULL);
  wf_draft_recovery_flush (recovery);
  drafts = list (self);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((WfRecoveredDraft *) g_ptr_array_index (drafts, 0))->workflow->id, ==,
                   "../../etc/x y");
}

static void
test_folder_is_none (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = wf_test_folder_write (self->files, "file", "x", -1);

  g_assert_null (list_drafts (file, NULL, &error));
  g_assert_nonnull (error);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/ui/draft-recovery/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("written", test_written);
  ADD ("flush", test_flush);
  ADD ("undone", test_undone);
  ADD ("saved", test_saved);
  ADD ("saved-another", test_saved_another);
  ADD ("discarded", test_discarded);
  ADD ("disposed", test_disposed);
  ADD ("cannot-write", test_cannot_write);
  ADD ("list", test_list);
  ADD ("odd-id", test_odd_id);
  ADD ("folder-is-none", test_folder_is_none);
  return g_test_run ();
}
