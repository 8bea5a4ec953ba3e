/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow through GTK's own printing: the pages of the print dialog, sent to a file, as other
 * programs read them. */
#include "wf-flow-sample.h"
#include "wf-test-folder.h"
#include "wf-ui-gresource.h"
#include "wf-workflow-print-private.h"

static const char *const steps =
    "[{\"id\":\"a\",\"kind\":\"create-activity\",\"activity-type\":\"filter-1\","
    "\"complete-within\":{\"amount\":30,\"unit\":\"minutes\"},"
    "\"notes\":\"Ask for the size of the shop\"},"
    "{\"id\":\"w\",\"kind\":\"wait\",\"for\":{\"amount\":1,\"unit\":\"days\"}}]";

/* What poppler's program prints about a file; NULL when it is not installed. Owned by the
 * caller. */
static char *
ask (const char *name, const char *path, const char *to)
{
  g_autofree char *program = g_find_program_in_path (name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status;

  if (program == NULL)
    return NULL;
  g_spawn_sync (NULL, (char *[]) { program, (char *) path, (char *) to, NULL }, NULL,
                G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return text;
}

static guint
count_pages (const char *path)
{
  g_autofree char *info = ask ("pdfinfo", path, NULL);
  const char *at = info != NULL ? strstr (info, "Pages:") : NULL;

  g_assert_nonnull (at);
  return (guint) g_ascii_strtoull (at + strlen ("Pages:"), NULL, 10);
}

static GtkPrintOperationResult export (WfWorkflow *workflow, const char *path, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (WfOrganisation) organisation = wf_flow_sample_organisation ();

  gtk_print_operation_set_export_filename (operation, path);
  return wf_print_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, workflow, organisation,
                       error);
}

static gboolean
has_poppler (void)
{
  g_autofree char *program = g_find_program_in_path ("pdfinfo");

  if (program == NULL)
    g_test_skip ("poppler's programs are not installed");
  return program != NULL;
}

static void
test_pages (void)
{
  static const char *const texts[] = { "What it does", "When a lead is received", "Filter 1",
                                       "Ask for the size of the shop", "Wait for 1 day" };
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "printed.pdf"), *text = NULL;
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_read ("{\"event\":\"lead.received\"}", steps);
  g_autoptr (GError) error = NULL;

  if (!has_poppler ())
    return;
  g_assert_cmpint (export (workflow, path, &error), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_cmpuint (count_pages (path), ==, 1);
  text = ask ("pdftotext", path, "-");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (strstr (text, texts[i]) == NULL)
        g_test_message ("not on paper: %s", texts[i]);
      g_assert_nonnull (strstr (text, texts[i]));
    }
}

/* As many as the operation was told, each with its number. */
static void
test_many_pages (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "large.pdf"), *text = NULL;
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (11, 200);
  g_autoptr (GError) error = NULL;
  guint n;

  if (!has_poppler ())
    return;
  g_assert_cmpint (export (workflow, path, &error), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  n = count_pages (path);
  g_assert_cmpuint (n, >, 4);
  text = ask ("pdftotext", path, "-");
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *page = g_strdup_printf ("Page %u of %u", i, n);

      g_assert_nonnull (strstr (text, page));
    }
}

static void
test_error (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "missing/printed.pdf");
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("Test");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (export (workflow, path, &error), ==, GTK_PRINT_OPERATION_RESULT_ERROR);
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  wf_ui_register_resource ();
  g_test_add_func ("/ui/print-operation/pages", test_pages);
  g_test_add_func ("/ui/print-operation/many-pages", test_many_pages);
  g_test_add_func ("/ui/print-operation/error", test_error);
  return g_test_run ();
}
