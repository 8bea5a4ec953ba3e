/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page Workflows: orders, archive, duplicating, unsaved work of an earlier process, the check of all, and files of other
 * companies. */
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-health-dialog.h"
#include "wf-need-row.h"
#include "wf-spark-line.h"
#include "wf-test-folder.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"
#include "wf-workflow-editor.h"
#include "wf-workflow-file-dialog.h"
#include "wf-workflow-row.h"
#include "wf-workflows-page.h"

typedef struct
{
  WfFakeClock *clock;
  WfRuntime *runtime;
  GtkWidget *window;
  WfWorkflowsPage *page;
} Fixture;

static void
add_workflow (Fixture *self, const char *name, WfWorkflowState state, guint created,
              WfInstant last_run, guint n_errors)
{
  WfRuntimeWorkflow *entry = g_new0 (WfRuntimeWorkflow, 1);

  entry->workflow = wf_workflow_new (name);
  g_free (entry->workflow->id);
  entry->workflow->id = g_ascii_strdown (name, -1);
  g_free (entry->workflow->event);
  entry->workflow->event = g_strdup ("lead.received");
  entry->workflow->state = state;
  entry->figures.created = created;
  entry->figures.last_run = last_run;
  entry->n_errors = n_errors;
  wf_fake_runtime_add_workflow (self->runtime, entry);
}

static GtkWidget *
find_list (Fixture *self)
{
  return wf_window_check_find (GTK_WIDGET (self->page), GTK_TYPE_LIST_BOX, "list");
}

/* "Alpha Beta ": the rows from the top. Owned by the caller. */
static char *
list_rows (Fixture *self)
{
  GtkWidget *list = find_list (self);
  GString *names = g_string_new (NULL);

  for (int i = 0; list != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i);

      if (row == NULL)
        break;
      g_string_append_printf (names, "%s ",
                              adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
    }
  return g_string_free (names, FALSE);
}

typedef struct
{
  Fixture *fixture;
  const char *rows;
} Rows;

static gboolean
has_rows (gpointer data)
{
  const Rows *rows = data;
  g_autofree char *now = list_rows (rows->fixture);

  return g_str_equal (now, rows->rows);
}

static void
assert_rows (Fixture *self, const char *rows)
{
  g_autofree char *now = NULL;

  wf_window_check_wait (has_rows, &(Rows) { self, rows });
  now = list_rows (self);
  g_assert_cmpstr (now, ==, rows);
}

/* data: width of the window in pixels. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);

  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), organisation, "carla");
  add_workflow (self, "Beta", WF_WORKFLOW_LIVE, 5, 300, 0);
  add_workflow (self, "Alpha", WF_WORKFLOW_PAUSED, 9, 100, 0);
  add_workflow (self, "Gamma", WF_WORKFLOW_LIVE, 7, 200, 2);
  add_workflow (self, "Old", WF_WORKFLOW_ARCHIVED, 0, 0, 0);
  self->page = g_object_new (WF_TYPE_WORKFLOWS_PAGE, "runtime", self->runtime, NULL);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), GPOINTER_TO_INT (data), 600);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_fake_clock_run_idle ();
  g_object_unref (self->runtime);
  g_object_unref (self->clock);
}

static void
test_order (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *order, *rows;
  } orders[] = {
    { "last-run", "Beta Gamma Alpha " },
    { "activities", "Alpha Gamma Beta " },
    { "problems", "Gamma Alpha Beta " },
    { "name", "Alpha Beta Gamma " },
  };

  assert_rows (self, "Alpha Beta Gamma ");
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      gtk_widget_activate_action (find_list (self), "workflows.order", "s", orders[i].order);
      assert_rows (self, orders[i].rows);
    }
}

static void
test_archive (Fixture *self, gconstpointer data)
{
  assert_rows (self, "Alpha Beta Gamma ");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "workflows.archived", NULL);
  assert_rows (self, "Old ");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "workflows.unarchive", "s", "old");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==,
                   "set-workflow-state old 2");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "workflows.archive", "s", "beta");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==,
                   "set-workflow-state beta 3");
}

static gboolean
has_editor (gpointer data)
{
  return wf_window_check_find (((Fixture *) data)->window, WF_TYPE_WORKFLOW_EDITOR, NULL) != NULL;
}

static void
test_duplicate (Fixture *self, gconstpointer data)
{
  assert_rows (self, "Alpha Beta Gamma ");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "workflows.duplicate", "s", "beta");
  g_assert_true (wf_window_check_wait (has_editor, self));
  g_assert_true (wf_window_check_has_text (self->window, "Beta (copy)"));
}

static void
test_open (Fixture *self, gconstpointer data)
{
  assert_rows (self, "Alpha Beta Gamma ");
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_list (self)), 1),
                         "activate");
  g_assert_true (wf_window_check_wait (has_editor, self));
  g_assert_true (wf_window_check_has_text (self->window, "Beta"));
}

/* ---- a narrow window ---- */

static gboolean
has_no_spark_line (gpointer data)
{
  return wf_window_check_find (data, WF_TYPE_SPARK_LINE, NULL) == NULL;
}

/* Nothing is cut off, with the three buttons of a window's frame. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  GtkWidget *widths = wf_window_check_find (GTK_WIDGET (self->page), ADW_TYPE_BREAKPOINT_BIN, NULL);
  int least;

  assert_rows (self, "Alpha Beta Gamma ");
  g_assert_true (wf_window_check_wait (has_no_spark_line, self->page));
  g_assert_cmpint (gtk_widget_get_width (self->window), <=, 360);
  gtk_widget_measure (adw_breakpoint_bin_get_child (ADW_BREAKPOINT_BIN (widths)),
                      GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
}

static void
test_wide (Fixture *self, gconstpointer data)
{
  assert_rows (self, "Alpha Beta Gamma ");
  g_assert_nonnull (wf_window_check_find (GTK_WIDGET (self->page), WF_TYPE_SPARK_LINE, NULL));
}

/* ---- the check of all ---- */

static gboolean
has_dialog (gpointer data)
{
  return wf_window_check_has_text (((Fixture *) data)->window, "Group “Night” has no members");
}

static void
test_check (Fixture *self, gconstpointer data)
{
  WfHealthFinding *finding = g_new0 (WfHealthFinding, 1);
  GtkWidget *dialog, *list;

  finding->code = g_strdup ("empty-group");
  finding->workflows = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (finding->workflows, g_strdup ("gamma"));
  finding->text = g_strdup ("Group “Night” has no members");
  wf_fake_runtime_add_finding (self->runtime, finding);
  assert_rows (self, "Alpha Beta Gamma ");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "workflows.check", NULL);
  g_assert_true (wf_window_check_wait (has_dialog, self));
  dialog = wf_window_check_find (self->window, WF_TYPE_HEALTH_DIALOG, NULL);
  g_assert_nonnull (dialog);
  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
  list = wf_window_check_find (dialog, GTK_TYPE_LIST_BOX, "list");
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0), "activate");
  g_assert_true (wf_window_check_wait (has_editor, self));
  g_assert_true (wf_window_check_has_text (self->window, "Gamma"));
}

/* ---- a file of another company (B22) ---- */

static const char package[] =
    "{\"format\": 1, \"kind\": \"workflow-package\", \"workflows\": [{\"format\": 1, \"id\": \"w-1\","
    " \"name\": \"From elsewhere\", \"version\": 3, \"state\": \"live\", \"trigger\": {\"event\":"
    " \"lead.received\"}, \"steps\": [{\"id\": \"s-1\", \"kind\": \"create-activity\", \"activity-type\":"
    " \"call\", \"complete-within\": {\"amount\": 1, \"unit\": \"hours\"}, \"permission\": {\"scope\":"
    " \"groups\", \"groups\": [\"night\"]}}]}], \"needs\": {\"groups\": [{\"id\": \"night\", \"name\":"
    " \"Night\"}]}}";

static gboolean
was_saved (gpointer data)
{
  return wf_fake_runtime_get_n_saved (((Fixture *) data)->runtime) > 0;
}

static GtkWidget *
find_need_row (GtkWidget *root, const char *name)
{
  if (WF_IS_NEED_ROW (root) && gtk_widget_get_mapped (root) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_need_row (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_need_row (gpointer dialog)
{
  return find_need_row (dialog, "Night") != NULL;
}

static AdwDialog *
open_package (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (package, -1, 0, &error);
  AdwDialog *dialog;

  g_assert_no_error (error);
  assert_rows (self, "Alpha Beta Gamma ");
  dialog = wf_workflow_file_dialog_new (self->runtime, "elsewhere.json", document);
  adw_dialog_present (dialog, self->window);
  g_assert_true (wf_window_check_wait (has_need_row, dialog));
  return dialog;
}

/* Who closes it in the middle still gets what was asked for. */
static void
test_package_closed (Fixture *self, gconstpointer data)
{
  gpointer dialog = open_package (self);

  g_object_add_weak_pointer (dialog, &dialog);
  g_signal_emit_by_name (wf_window_check_find (dialog, GTK_TYPE_BUTTON, "import_button"),
                         "clicked");
  adw_dialog_force_close (dialog);
  g_assert_true (wf_window_check_wait (was_saved, self));
  wf_fake_clock_run_idle ();
  g_assert_null (dialog);
}

static void
test_package (Fixture *self, gconstpointer data)
{
  AdwDialog *dialog = open_package (self);
  GtkWidget *row, *button;

  row = find_need_row (GTK_WIDGET (dialog), "Night");
  g_assert_null (wf_need_row_get_choice (WF_NEED_ROW (row))); /* nothing here is called so */
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  g_assert_cmpstr (wf_need_row_get_choice (WF_NEED_ROW (row)), ==, "inbound");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  button = wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "import_button");
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wf_window_check_wait (was_saved, self));
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==,
                   "save-workflow From elsewhere 0");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
    int width;
  } tests[] = {
    { "/ui/workflows-page/order", test_order, 800 },
    { "/ui/workflows-page/archive", test_archive, 800 },
    { "/ui/workflows-page/open", test_open, 800 },
    { "/ui/workflows-page/duplicate", test_duplicate, 800 },
    { "/ui/workflows-page/narrow", test_narrow, 360 },
    { "/ui/workflows-page/wide", test_wide, 800 },
    { "/ui/workflows-page/check", test_check, 800 },
    { "/ui/workflows-page/package", test_package, 800 },
    { "/ui/workflows-page/package-closed", test_package_closed, 800 },
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, GINT_TO_POINTER (tests[i].width), set_up, tests[i].test,
                tear_down);
  return g_test_run ();
}
