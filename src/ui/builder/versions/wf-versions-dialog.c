/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions of a workflow: list, comparison of two, restore. All of it is known here, so it
 * works offline too. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-versions-dialog.h"

#include "wf-plain-text.h"
#include "wf-version-comparison.h"
#include "wf-version-row.h"

#include <glib/gi18n-lib.h>

struct _WfVersionsDialog
{
  AdwDialog parent_instance;

  AdwNavigationSplitView *split;
  GtkStack *stack;
  AdwStatusPage *error;
  AdwPreferencesGroup *versions;
  GtkWidget *compare;
  AdwNavigationPage *comparison_page;
  GtkStack *comparison_stack;
  WfVersionComparison *comparison;

  WfBuilderContext *context; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GPtrArray *rows;           /* (owned) of WfVersionRow, unowned: newest first */
  GQueue chosen;             /* of WfVersionRow, unowned: at most two, in the order of choosing */
};

enum
{
  RESTORED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfVersionsDialog, wf_versions_dialog, ADW_TYPE_DIALOG)

/* -- comparison -------------------------------------------------------------------------------- */

static guint
get_place (WfVersionsDialog *self, gpointer row)
{
  guint place = 0;

  g_ptr_array_find (self->rows, row, &place);
  return place;
}

static void
show_two (WfVersionsDialog *self)
{
  WfVersionRow *one = g_queue_peek_head (&self->chosen), *other = g_queue_peek_tail (&self->chosen);
  gboolean one_is_older = get_place (self, one) > get_place (self, other);
  WfVersionRow *older = one_is_older ? one : other, *newer = one_is_older ? other : one;
  g_autofree char *title =
      g_strdup_printf ("%s → %s", wf_version_row_get_name (older), wf_version_row_get_name (newer));

  adw_navigation_page_set_title (self->comparison_page, title);
  wf_version_comparison_show (self->comparison, wf_builder_context_get_runtime (self->context),
                              wf_version_row_get_workflow (older),
                              wf_version_row_get_workflow (newer));
  gtk_stack_set_visible_child_name (self->comparison_stack, "comparison");
}

static void
update_comparison (WfVersionsDialog *self)
{
  gboolean two = g_queue_get_length (&self->chosen) == 2;

  gtk_widget_set_sensitive (self->compare, two);
  if (two)
    {
      show_two (self);
      return;
    }
  adw_navigation_page_set_title (self->comparison_page, _ ("Comparison"));
  gtk_stack_set_visible_child_name (self->comparison_stack, "nothing");
}

/* A third one takes the place of the one that was chosen first. */
static void
on_toggled (WfVersionRow *row, WfVersionsDialog *self)
{
  g_queue_remove (&self->chosen, row);
  if (wf_version_row_is_chosen (row))
    g_queue_push_tail (&self->chosen, row);
  if (g_queue_get_length (&self->chosen) > 2)
    wf_version_row_choose (g_queue_peek_head (&self->chosen), FALSE); /* comes here again */
  else
    update_comparison (self);
}

static void
on_compare_clicked (WfVersionsDialog *self)
{
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static void
on_restore (WfVersionRow *row, WfVersionsDialog *self)
{
  g_autoptr (WfVersionsDialog) alive = g_object_ref (self);
  g_autoptr (WfWorkflow) workflow = wf_workflow_ref (wf_version_row_get_workflow (row));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[RESTORED], 0, workflow);
}

/* -- list -------------------------------------------------------------------------------------- */

static void
add_row (WfVersionsDialog *self, const WfWorkflowVersion *version, gboolean is_current)
{
  WfVersionRow *row =
      wf_version_row_new (version, is_current, wf_builder_context_is_editable (self->context),
                          wf_builder_context_get_organisation (self->context),
                          wf_clock_now (wf_builder_context_get_clock (self->context)));

  g_signal_connect_object (row, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "restore", G_CALLBACK (on_restore), self, G_CONNECT_DEFAULT);
  adw_preferences_group_add (self->versions, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

static void
show_versions (WfVersionsDialog *self, const GPtrArray *versions)
{
  gboolean seen_published = FALSE;

  for (guint i = 0; i < versions->len; i++)
    {
      const WfWorkflowVersion *version = g_ptr_array_index (versions, i);

      add_row (self, version, !version->is_draft && !seen_published);
      seen_published |= !version->is_draft;
    }
  gtk_stack_set_visible_child_name (self->stack, versions->len > 0 ? "list" : "empty");
  /* What people ask most: what did the last change do? */
  for (guint i = 0; i < MIN (self->rows->len, 2); i++)
    if (self->rows->len >= 2)
      wf_version_row_choose (g_ptr_array_index (self->rows, i), TRUE);
  update_comparison (self);
}

static void
on_versions_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfVersionsDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions =
      wf_runtime_list_versions_finish (WF_RUNTIME (source), result, &error);

  if (versions != NULL)
    show_versions (self, versions);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      wf_plain_page_set_description (self->error, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
}

/* -- object ------------------------------------------------------------------------------------ */

static void
on_closed (WfVersionsDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  wf_version_comparison_clear (self->comparison);
}

static void
wf_versions_dialog_dispose (GObject *object)
{
  WfVersionsDialog *self = WF_VERSIONS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear (&self->chosen);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_VERSIONS_DIALOG);
  G_OBJECT_CLASS (wf_versions_dialog_parent_class)->dispose (object);
}

static void
wf_versions_dialog_finalize (GObject *object)
{
  WfVersionsDialog *self = WF_VERSIONS_DIALOG (object);

  g_clear_object (&self->context);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wf_versions_dialog_parent_class)->finalize (object);
}

static void
wf_versions_dialog_class_init (WfVersionsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_versions_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_versions_dialog_finalize;
  signals[RESTORED] = g_signal_new ("restored", WF_TYPE_VERSIONS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (WF_TYPE_VERSION_COMPARISON);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/versions/wf-versions-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfVersionsDialog, split);
  gtk_widget_class_bind_template_child (widget_class, WfVersionsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WfVersionsDialog, error);
  gtk_widget_class_bind_template_child (widget_class, WfVersionsDialog, versions);
  gtk_widget_class_bind_template_child (widget_class, WfVersionsDialog, compare);
  gtk_widget_class_bind_template_child (widget_class, WfVersionsDialog, comparison_page);
  gtk_widget_class_bind_template_child (widget_class, WfVersionsDialog, comparison_stack);
  gtk_widget_class_bind_template_child (widget_class, WfVersionsDialog, comparison);
  gtk_widget_class_bind_template_callback (widget_class, on_compare_clicked);
}

static void
wf_versions_dialog_init (WfVersionsDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  g_queue_init (&self->chosen);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "closed", G_CALLBACK (on_closed), NULL);
}

/**
 * wf_versions_dialog_new:
 * @context: of the builder; where it is not editable, nothing can be restored
 *
 * Returns: (transfer floating): the dialog; it reads the versions by itself
 */
WfVersionsDialog *
wf_versions_dialog_new (WfBuilderContext *context)
{
  WfVersionsDialog *self = g_object_new (WF_TYPE_VERSIONS_DIALOG, NULL);

  self->context = g_object_ref (context);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  update_comparison (self);
  wf_runtime_list_versions_async (wf_builder_context_get_runtime (context),
                                  wf_builder_context_get_workflow (context)->id, self->cancellable,
                                  on_versions_read, g_object_ref (self));
  return self;
}
