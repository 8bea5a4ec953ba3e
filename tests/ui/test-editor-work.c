/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of the work in the editor: publishing, drafts, conflicts, versions, the clipboard, and a crash. The sample is
 * "a b(b1 b2(c1|)||b3) d e". */
#include "wf-builder-sample.h"
#include "wf-compare-dialog.h"
#include "wf-conflict-dialog.h"
#include "wf-editor-window.h"
#include "wf-ui-gresource.h"
#include "wf-version-row.h"
#include "wf-versions-dialog.h"
#include "wf-window-check.h"
#include "wf-workflows-page.h"

#include <glib/gstdio.h>

static void
set_up (WfEditorWindow *self, gconstpointer data)
{
  wf_editor_window_init (self, "carla");
}

static void
tear_down (WfEditorWindow *self, gconstpointer data)
{
  wf_editor_window_clear (self);
}

static WfWorkflow *
make_version (gint64 version, const char *objective)
{
  WfWorkflow *workflow = wf_builder_sample_new ();

  workflow->version = version;
  workflow->state = WF_WORKFLOW_LIVE;
  g_set_str (&workflow->objective, objective);
  return workflow;
}

/* The editor of version 3, which is live. */
static void
open_live (WfEditorWindow *self)
{
  g_autoptr (WfWorkflow) published = make_version (3, "Before");

  wf_editor_window_open (self, wf_workflow_ref (published), published);
}

static void
edit (WfEditorWindow *self)
{
  wf_editor_window_point_at (self, "d");
  wf_editor_window_activate (self, "editor.delete");
}

static gboolean
is_saved (gpointer data)
{
  return wf_fake_runtime_get_n_saved (((WfEditorWindow *) data)->runtime) > 0;
}

static gboolean
has_no_dialog (gpointer window)
{
  return adw_window_get_visible_dialog (window) == NULL;
}

static guint
count_drafts (WfEditorWindow *self)
{
  g_autofree char *folder = wf_test_folder_build (self->folder, "drafts");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".json");
  return n;
}

static gboolean
has_no_draft_file (gpointer data)
{
  return count_drafts (data) == 0;
}

/* ---- publishing ---- */

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
answer_publish (WfEditorWindow *self, const char *note)
{
  GtkWidget *dialog = wf_editor_window_wait_for (self, ADW_TYPE_ALERT_DIALOG, NULL);
  GtkWidget *row = wf_editor_window_wait_for (self, ADW_TYPE_ENTRY_ROW, "note");
  GtkWidget *button = find_button (dialog, "_Publish");

  gtk_editable_set_text (GTK_EDITABLE (row), note);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* The note is in what is published and not in what was edited: after it nothing may count as changed. */
static void
test_publish (WfEditorWindow *self, gconstpointer data)
{
  gpointer editor;
  gboolean publish;
  WfWorkflow *saved;

  open_live (self);
  g_assert_false (wf_editor_window_can (self, "editor.publish"));
  edit (self);
  wf_draft_recovery_flush (self->editor->recovery);
  g_assert_cmpuint (count_drafts (self), ==, 1);
  g_assert_true (wf_editor_window_can (self, "editor.publish"));
  editor = self->editor;
  g_object_add_weak_pointer (editor, &editor);
  wf_editor_window_activate (self, "editor.publish");
  answer_publish (self, "Without the second call");
  g_assert_true (wf_window_check_wait (is_null, &editor));
  self->editor = NULL;
  wf_editor_window_assert_shows (self, "“Test” is live");
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 1);
  saved = wf_fake_runtime_get_saved (self->runtime, 0, &publish);
  g_assert_true (publish);
  g_assert_cmpstr (wf_workflow_get_note (saved), ==, "Without the second call");
  g_assert_cmpuint (saved->steps->len, ==, 3);
  g_assert_true (wf_window_check_wait (has_no_draft_file, self));
}

static gboolean
comparison_offers_publish (WfEditorWindow *self)
{
  GtkWidget *dialog, *button;
  gboolean offers;

  wf_editor_window_activate (self, "editor.compare");
  dialog = wf_editor_window_wait_for (self, WF_TYPE_COMPARE_DIALOG, NULL);
  button = GTK_WIDGET (gtk_widget_get_template_child (dialog, WF_TYPE_COMPARE_DIALOG, "publish"));
  offers = gtk_widget_get_visible (button);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  return offers;
}

/* Where nothing is different, the comparison does not offer to publish it. */
static void
test_compare_publish (WfEditorWindow *self, gconstpointer data)
{
  open_live (self);
  g_assert_false (comparison_offers_publish (self));
  edit (self);
  g_assert_true (comparison_offers_publish (self));
}

/* The first publication asks nothing. */
static void
test_publish_first (WfEditorWindow *self, gconstpointer data)
{
  gpointer editor;
  gboolean publish;

  wf_editor_window_open (self, wf_builder_sample_new (), NULL);
  editor = self->editor;
  g_object_add_weak_pointer (editor, &editor);
  wf_editor_window_activate (self, "editor.publish");
  g_assert_true (wf_window_check_wait (is_null, &editor));
  self->editor = NULL;
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 1);
  wf_fake_runtime_get_saved (self->runtime, 0, &publish);
  g_assert_true (publish);
}

/* Who goes back before the answer is there does not save a draft on top of the publication. */
static void
test_leave_while_publishing (WfEditorWindow *self, gconstpointer data)
{
  gboolean publish;

  wf_editor_window_open (self, wf_builder_sample_new (), NULL);
  edit (self);
  wf_editor_window_activate (self, "editor.publish");
  wf_editor_window_leave (self);
  wf_editor_window_assert_shows (self, "“Test” is live");
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 1);
  wf_fake_runtime_get_saved (self->runtime, 0, &publish);
  g_assert_true (publish);
}

/* When that fails, the work is a draft, and the person is told although the editor is gone. */
static void
test_leave_while_publishing_fails (WfEditorWindow *self, gconstpointer data)
{
  gboolean publish;

  wf_editor_window_open (self, wf_builder_sample_new (), NULL);
  edit (self);
  wf_fake_runtime_fail_next (self->runtime, "No room");
  wf_editor_window_activate (self, "editor.publish");
  wf_editor_window_leave (self);
  wf_editor_window_assert_shows (self, "Not saved: No room");
  g_assert_true (wf_window_check_wait (is_saved, self));
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 1);
  wf_fake_runtime_get_saved (self->runtime, 0, &publish);
  g_assert_false (publish);
}

/* ---- drafts ---- */

static void
test_leave_saves_draft (WfEditorWindow *self, gconstpointer data)
{
  gboolean publish;

  open_live (self);
  edit (self);
  wf_draft_recovery_flush (self->editor->recovery);
  g_assert_cmpuint (count_drafts (self), ==, 1);
  wf_editor_window_leave (self);
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 1);
  g_assert_cmpuint (wf_fake_runtime_get_saved (self->runtime, 0, &publish)->steps->len, ==, 3);
  g_assert_false (publish);
  g_assert_true (wf_window_check_wait (has_no_draft_file, self));
}

static void
test_leave_unchanged (WfEditorWindow *self, gconstpointer data)
{
  open_live (self);
  edit (self);
  wf_editor_window_activate (self, "editor.undo");
  wf_editor_window_leave (self);
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 0);
}

/* A copy or a template is kept although nobody changed it. */
static void
test_leave_new (WfEditorWindow *self, gconstpointer data)
{
  wf_editor_window_open (self, wf_builder_sample_new (), NULL);
  wf_workflow_editor_mark_new (self->editor);
  g_assert_true (wf_editor_window_can (self, "editor.save-draft"));
  g_assert_false (wf_editor_window_can (self, "editor.undo"));
  wf_editor_window_leave (self);
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 1);
}

/* A draft that cannot be saved is still in its file, and the person is told. */
static void
test_leave_fails (WfEditorWindow *self, gconstpointer data)
{
  open_live (self);
  edit (self);
  wf_fake_runtime_fail_next (self->runtime, "No room");
  wf_editor_window_leave (self);
  wf_editor_window_assert_shows (self, "Not saved: No room");
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 0);
  g_assert_cmpuint (count_drafts (self), ==, 1);
}

/* ---- conflicts (S30) ---- */

static void
tell_conflict (WfEditorWindow *self)
{
  WfWorkflowConflict *conflict = g_new0 (WfWorkflowConflict, 1);

  conflict->base = make_version (3, "Before");
  conflict->theirs = make_version (4, "Theirs");
  conflict->mine = wf_workflow_ref (wf_workflow_editor_get_workflow (self->editor));
  conflict->author = g_strdup ("ana");
  wf_fake_runtime_set_conflict (self->runtime, conflict);
  g_signal_emit_by_name (self->runtime, "workflows-changed");
}

static gboolean
is_told (gpointer editor)
{
  return adw_banner_get_revealed (WF_WORKFLOW_EDITOR (editor)->banner);
}

static gboolean
is_not_told (gpointer editor)
{
  return !is_told (editor);
}

static void
resolve (WfEditorWindow *self, const char *way)
{
  GtkWidget *dialog;

  open_live (self);
  edit (self);
  g_assert_false (is_told (self->editor));
  tell_conflict (self);
  g_assert_true (wf_window_check_wait (is_told, self->editor));
  g_assert_cmpstr (adw_banner_get_title (self->editor->banner), ==,
                   "Ana Souza published version 4 while you were editing");
  g_signal_emit_by_name (self->editor->banner, "button-clicked");
  dialog = wf_editor_window_wait_for (self, WF_TYPE_CONFLICT_DIALOG, NULL);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (wf_editor_window_wait_for (self, GTK_TYPE_CHECK_BUTTON, way)), TRUE);
  g_signal_emit_by_name (wf_window_check_find (dialog, GTK_TYPE_BUTTON, "go_on"), "clicked");
  g_assert_true (wf_window_check_wait (is_not_told, self->editor));
}

typedef struct
{
  const char *way;
  const char *objective; /* what the editor goes on with */
  guint n_steps;
} Way;

static void
test_conflict (WfEditorWindow *self, gconstpointer data)
{
  static const Way ways[] = {
    { "both", "Theirs", 3 },
    { "use_mine", "Before", 3 },
    { "take_theirs", "Theirs", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      const WfWorkflow *now;
      g_autofree char *undone = NULL;
      guint n = wf_fake_runtime_get_n_saved (self->runtime);
      gboolean publish;

      g_test_message ("%s", ways[i].way);
      resolve (self, ways[i].way);
      now = wf_workflow_editor_get_workflow (self->editor);
      g_assert_cmpint (now->version, ==, 4);
      g_assert_cmpstr (now->objective, ==, ways[i].objective);
      g_assert_cmpuint (now->steps->len, ==, ways[i].n_steps);
      g_assert_false (wf_workflow_document_is_modified (self->editor->document));
      g_assert_cmpint (self->editor->published->version, ==, 4);
      g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, n + 1);
      g_assert_cmpint (wf_fake_runtime_get_saved (self->runtime, n, &publish)->version, ==, 4);
      g_assert_false (publish);
      wf_editor_window_activate (self, "editor.undo");
      undone = wf_editor_window_describe (self);
      g_assert_cmpstr (undone, ==, "a b(b1 b2(c1|)||b3) e");
      wf_editor_window_activate (self, "editor.redo");
      wf_editor_window_leave (self);
    }
}

static void
test_conflict_copy (WfEditorWindow *self, gconstpointer data)
{
  const WfWorkflow *now, *copy;
  gboolean publish;

  resolve (self, "keep_copy");
  now = wf_workflow_editor_get_workflow (self->editor);
  g_assert_cmpstr (now->objective, ==, "Theirs");
  g_assert_cmpint (now->version, ==, 4);
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 2);
  copy = wf_fake_runtime_get_saved (self->runtime, 0, &publish);
  g_assert_false (publish);
  g_assert_cmpstr (copy->id, !=, now->id);
  g_assert_cmpstr (copy->name, ==, "Test (copy)");
  g_assert_cmpuint (copy->steps->len, ==, 3);
  g_assert_cmpstr (wf_fake_runtime_get_saved (self->runtime, 1, &publish)->id, ==, now->id);
  g_assert_false (publish);
}

/* As long as mine is not kept anywhere, theirs does not take its place. */
static void
test_conflict_copy_fails (WfEditorWindow *self, gconstpointer data)
{
  GtkWidget *dialog;

  open_live (self);
  edit (self);
  tell_conflict (self);
  g_assert_true (wf_window_check_wait (is_told, self->editor));
  g_signal_emit_by_name (self->editor->banner, "button-clicked");
  dialog = wf_editor_window_wait_for (self, WF_TYPE_CONFLICT_DIALOG, NULL);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (wf_editor_window_wait_for (self, GTK_TYPE_CHECK_BUTTON, "keep_copy")),
      TRUE);
  wf_fake_runtime_fail_next (self->runtime, "No room");
  g_signal_emit_by_name (wf_window_check_find (dialog, GTK_TYPE_BUTTON, "go_on"), "clicked");
  wf_editor_window_assert_shows (self, "Not saved: No room");
  g_assert_cmpint (wf_workflow_editor_get_workflow (self->editor)->version, ==, 3);
  g_assert_cmpuint (wf_workflow_editor_get_workflow (self->editor)->steps->len, ==, 3);
  g_assert_true (is_told (self->editor));
  wf_fake_runtime_set_conflict (self->runtime, NULL);
}

/* Publishing finds it, too. */
static void
test_conflict_of_publishing (WfEditorWindow *self, gconstpointer data)
{
  WfWorkflowConflict *conflict = g_new0 (WfWorkflowConflict, 1);

  open_live (self);
  edit (self);
  conflict->theirs = make_version (4, "Theirs");
  conflict->mine = wf_workflow_ref (wf_workflow_editor_get_workflow (self->editor));
  wf_fake_runtime_set_conflict (self->runtime, conflict);
  wf_editor_window_activate (self, "editor.publish");
  answer_publish (self, "");
  g_assert_true (wf_window_check_wait (is_told, self->editor));
  g_assert_cmpstr (adw_banner_get_title (self->editor->banner), ==,
                   "Somebody else published version 4 while you were editing");
  g_assert_true (wf_workflow_document_is_modified (self->editor->document));
  wf_fake_runtime_set_conflict (self->runtime, NULL);
  g_signal_emit_by_name (self->runtime, "workflows-changed");
  g_assert_true (wf_window_check_wait (is_not_told, self->editor));
}

/* ---- versions ---- */

static void
test_restore (WfEditorWindow *self, gconstpointer data)
{
  WfWorkflowVersion *version = g_new0 (WfWorkflowVersion, 1);
  GtkWidget *row;
  g_autofree char *before = NULL, *undone = NULL;

  version->workflow = wf_builder_sample_read (
      "{\"id\":\"x\",\"kind\":\"notify\",\"text\":\"x\",\"recipient\":\"manager\"}");
  version->workflow->version = 2;
  wf_fake_runtime_add_version (self->runtime, version);
  open_live (self);
  before = wf_editor_window_describe (self);
  wf_editor_window_activate (self, "editor.versions");
  row = wf_editor_window_wait_for (self, WF_TYPE_VERSION_ROW, NULL);
  g_signal_emit_by_name (row, "restore");
  wf_editor_window_assert_shows (self, "Version 2 is in the editor as a draft");
  g_assert_true (wf_window_check_wait (has_no_dialog, self->window));
  g_assert_cmpuint (wf_workflow_editor_get_workflow (self->editor)->steps->len, ==, 1);
  g_assert_cmpint (wf_workflow_editor_get_workflow (self->editor)->version, ==, 3);
  g_assert_cmpint (wf_workflow_editor_get_workflow (self->editor)->state, ==, WF_WORKFLOW_LIVE);
  g_assert_true (wf_workflow_document_is_modified (self->editor->document));
  wf_editor_window_activate (self, "editor.undo");
  undone = wf_editor_window_describe (self);
  g_assert_cmpstr (undone, ==, before);
  g_assert_false (wf_workflow_document_is_modified (self->editor->document));
}

static void
test_versions_fail (WfEditorWindow *self, gconstpointer data)
{
  open_live (self);
  wf_fake_runtime_fail_next (self->runtime, "The shelf is empty");
  wf_editor_window_activate (self, "editor.versions");
  wf_editor_window_assert_shows (self, "The shelf is empty");
  adw_dialog_close (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));
  g_assert_true (wf_window_check_wait (has_no_dialog, self->window));
}

/* ---- the clipboard ---- */

static gboolean
has_more_steps (gpointer editor)
{
  return wf_workflow_editor_get_workflow (editor)->steps->len == 5;
}

static void
test_clipboard (WfEditorWindow *self, gconstpointer data)
{
  g_autofree char *after = NULL, *undone = NULL;
  GdkClipboard *clipboard;
  WfWorkflow *other;

  wf_editor_window_open (self, wf_builder_sample_new (), NULL);
  wf_editor_window_point_at (self, "b");
  wf_editor_window_activate (self, "editor.copy");
  wf_editor_window_leave (self);
  other = wf_builder_sample_new ();
  g_set_str (&other->id, "0d0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c12");
  wf_editor_window_open (self, other, NULL);
  wf_editor_window_point_at (self, "d");
  wf_editor_window_activate (self, "editor.paste");
  g_assert_true (wf_window_check_wait (has_more_steps, self->editor));
  after = wf_editor_window_describe (self);
  g_assert_true (g_str_has_prefix (after, "a b(b1 b2(c1|)||b3) d "));
  g_assert_true (g_str_has_suffix (after, ") e"));
  wf_editor_window_activate (self, "editor.undo");
  undone = wf_editor_window_describe (self);
  g_assert_cmpstr (undone, ==, "a b(b1 b2(c1|)||b3) d e");
  clipboard = gtk_widget_get_clipboard (self->window);
  gdk_clipboard_set_text (clipboard, "Milk, bread, and a thing");
  wf_editor_window_activate (self, "editor.paste");
  wf_editor_window_assert_shows (self, data);
  g_assert_false (wf_workflow_document_is_modified (self->editor->document));
}

/* ---- a crash ---- */

typedef struct
{
  WfRuntime *runtime;
  GtkWidget *window;
  WfWorkflowsPage *page;
} Later;

/* A process that begins where another one ended. workflow: that it knows; nullable. */
static void
later_begin (Later *self, WfEditorWindow *before, WfWorkflow *workflow)
{
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);

  self->runtime = wf_fake_runtime_new (WF_CLOCK (before->clock), organisation, "carla");
  wf_fake_runtime_set_folder (self->runtime, wf_test_folder_get_path (before->folder));
  if (workflow != NULL)
    {
      WfRuntimeWorkflow *entry = g_new0 (WfRuntimeWorkflow, 1);

      entry->workflow = wf_workflow_ref (workflow);
      wf_fake_runtime_add_workflow (self->runtime, entry);
    }
  self->page = g_object_new (WF_TYPE_WORKFLOWS_PAGE, "runtime", self->runtime, NULL);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 800);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
later_end (Later *self)
{
  gpointer page = self->page;

  g_object_add_weak_pointer (page, &page);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_true (wf_window_check_wait (is_null, &page));
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->runtime);
}

static AdwBanner *
find_banner (Later *self)
{
  return ADW_BANNER (wf_editor_window_find (GTK_WIDGET (self->page), ADW_TYPE_BANNER));
}

static gboolean
is_offered (gpointer data)
{
  return adw_banner_get_revealed (find_banner (data));
}

static gboolean
has_editor (gpointer data)
{
  return wf_window_check_find (((Later *) data)->window, WF_TYPE_WORKFLOW_EDITOR, NULL) != NULL;
}

/* What the editor had when the process ended. Owned by the caller. */
static char *
crash (WfEditorWindow *self)
{
  char *text;

  open_live (self);
  edit (self);
  wf_draft_recovery_flush (self->editor->recovery);
  g_assert_cmpuint (count_drafts (self), ==, 1);
  text = g_strdup (wf_workflow_document_get_text (self->editor->document));
  gtk_window_destroy (GTK_WINDOW (self->window)); /* nobody went back: nothing was saved */
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_runtime_get_n_saved (self->runtime), ==, 0);
  self->editor = NULL;
  self->window = adw_window_new ();
  return text;
}

static void
bring_back (Later *later, const char *text)
{
  WfWorkflowEditor *editor;

  g_assert_true (wf_window_check_wait (is_offered, later));
  g_assert_cmpstr (adw_banner_get_title (find_banner (later)), ==,
                   "“Test” has changes that were not saved");
  g_signal_emit_by_name (find_banner (later), "button-clicked");
  g_assert_true (wf_window_check_wait (has_editor, later));
  editor = WF_WORKFLOW_EDITOR (wf_window_check_find (later->window, WF_TYPE_WORKFLOW_EDITOR, NULL));
  g_assert_cmpstr (wf_workflow_document_get_text (editor->document), ==, text);
  g_assert_true (wf_workflow_document_is_modified (editor->document));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save-draft", NULL));
}

static gboolean
is_kept (gpointer data)
{
  return wf_fake_runtime_get_n_saved (((Later *) data)->runtime) == 1;
}

static void
test_crash (WfEditorWindow *self, gconstpointer data)
{
  g_autofree char *text = crash (self);
  g_autofree char *saved = NULL;
  g_autoptr (WfWorkflow) known = data != NULL ? make_version (3, "Before") : NULL;
  gboolean publish;
  Later later;

  later_begin (&later, self, known);
  bring_back (&later, text);
  g_assert_true (wf_window_check_wait (is_kept, &later));
  g_assert_true (wf_window_check_wait (has_no_draft_file, self));
  saved = wf_workflow_to_text (wf_fake_runtime_get_saved (later.runtime, 0, &publish), FALSE);
  g_assert_cmpstr (saved, ==, text);
  g_assert_false (is_offered (&later));
  later_end (&later);
}

/* The list is read again before the first look was over. */
static void
test_crash_while_list_changes (WfEditorWindow *self, gconstpointer data)
{
  g_autofree char *text = crash (self);
  g_autoptr (WfWorkflow) known = make_version (3, "Before");
  Later later;

  later_begin (&later, self, known);
  for (guint i = 0; i < 20; i++)
    {
      g_signal_emit_by_name (later.runtime, "workflows-changed");
      g_main_context_iteration (NULL, FALSE);
    }
  bring_back (&later, text);
  g_assert_true (wf_window_check_wait (is_kept, &later));
  later_end (&later);
}

/* Another account's work is not offered. */
static void
test_crash_other_account (WfEditorWindow *self, gconstpointer data)
{
  g_autofree char *text = crash (self);
  g_autoptr (WfWorkflow) known = make_version (3, "Before");
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  WfRuntime *other = wf_fake_runtime_new (WF_CLOCK (self->clock), organisation, "carla");
  Later later;

  wf_fake_runtime_set_folder (other, wf_test_folder_get_path (folder));
  later_begin (&later, self, known);
  g_assert_true (wf_window_check_wait (is_offered, &later));
  g_object_set (later.page, "runtime", other, NULL);
  g_assert_false (is_offered (&later));
  g_object_set (later.page, "runtime", later.runtime, NULL);
  g_assert_true (wf_window_check_wait (is_offered, &later));
  later_end (&later);
  g_assert_finalize_object (other);
  g_assert_cmpuint (count_drafts (self), ==, 1);
}

static gboolean
is_aside (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_damaged (WfEditorWindow *self, gconstpointer data)
{
  g_autofree char *text = crash (self);
  g_autofree char *path = wf_test_folder_build (self->folder, "drafts/cut.json");
  g_autofree char *aside = wf_test_folder_build (self->folder, "drafts/cut.json.damaged");
  g_autoptr (WfWorkflow) known = make_version (3, "Before");
  Later later;

  g_assert_true (g_file_set_contents (path, "{\"workflow-draft\":1,\"at\":", -1, NULL));
  later_begin (&later, self, known);
  bring_back (&later, text); /* the other one is there all the same */
  g_assert_true (wf_window_check_wait (is_aside, aside));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (wf_window_check_wait (is_kept, &later));
  later_end (&later);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (WfEditorWindow *, gconstpointer);
    const char *data;
  } tests[] = {
    { "/ui/editor-work/publish", test_publish, NULL },
    { "/ui/editor-work/publish-first", test_publish_first, NULL },
    { "/ui/editor-work/compare-publish", test_compare_publish, NULL },
    { "/ui/editor-work/leave-while-publishing", test_leave_while_publishing, NULL },
    { "/ui/editor-work/leave-while-publishing-fails", test_leave_while_publishing_fails, NULL },
    { "/ui/editor-work/leave-saves-draft", test_leave_saves_draft, NULL },
    { "/ui/editor-work/leave-unchanged", test_leave_unchanged, NULL },
    { "/ui/editor-work/leave-new", test_leave_new, NULL },
    { "/ui/editor-work/leave-fails", test_leave_fails, NULL },
    { "/ui/editor-work/conflict", test_conflict, NULL },
    { "/ui/editor-work/conflict-copy", test_conflict_copy, NULL },
    { "/ui/editor-work/conflict-copy-fails", test_conflict_copy_fails, NULL },
    { "/ui/editor-work/conflict-of-publishing", test_conflict_of_publishing, NULL },
    { "/ui/editor-work/restore", test_restore, NULL },
    { "/ui/editor-work/versions-fail", test_versions_fail, NULL },
    { "/ui/editor-work/clipboard", test_clipboard, "The copied text is not steps of a workflow." },
    { "/ui/editor-work/crash", test_crash, "known" },
    { "/ui/editor-work/crash-unknown", test_crash, NULL },
    { "/ui/editor-work/crash-while-list-changes", test_crash_while_list_changes, NULL },
    { "/ui/editor-work/crash-other-account", test_crash_other_account, NULL },
    { "/ui/editor-work/damaged", test_damaged, NULL },
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, WfEditorWindow, tests[i].data, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
