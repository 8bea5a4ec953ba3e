/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder's bottom panel: the list of problems, and the test. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-try-panel.h"

#include "wf-problem-item.h"
#include "wf-test-view.h"

#include <glib/gi18n-lib.h>

struct _WfTryPanel
{
  AdwBin parent_instance;

  AdwViewStack *stack;
  AdwViewStackPage *problems_page;
  GtkStack *problems_stack;
  GtkListView *problems;
  WfTestView *test;

  WfBuilderContext *context; /* (owned) (nullable) */
  GListStore *items;         /* (owned) of WfProblemItem: errors, then warnings */
};

enum
{
  MARKS_CHANGED,
  REVEAL,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfTryPanel, wf_try_panel, ADW_TYPE_BIN)

static const WfProblems *
get_problems (WfTryPanel *self)
{
  return wf_workflow_document_get_problems (wf_builder_context_get_document (self->context));
}

static void
collect (WfTryPanel *self, WfProblemSeverity severity, GPtrArray *items)
{
  const WfProblems *problems = get_problems (self);

  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      if (problem->severity == severity)
        g_ptr_array_add (
            items, wf_problem_item_new (problem, wf_builder_context_get_workflow (self->context),
                                        wf_builder_context_get_organisation (self->context)));
    }
}

static void
show_problems (WfTryPanel *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n;

  collect (self, WF_PROBLEM_ERROR, items);
  collect (self, WF_PROBLEM_WARNING, items);
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  n = items->len + wf_problems_get_n_dropped (get_problems (self));
  adw_view_stack_page_set_badge_number (self->problems_page, n);
  adw_view_stack_page_set_needs_attention (self->problems_page,
                                           wf_problems_has_errors (get_problems (self)));
  gtk_stack_set_visible_child_name (self->problems_stack, n > 0 ? "list" : "good");
}

static void
on_problem_activated (WfTryPanel *self, guint position)
{
  g_autoptr (WfProblemItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL)
    g_signal_emit (self, signals[REVEAL], 0, wf_problem_item_get_target (item));
}

static void
on_marks_changed (WfTryPanel *self)
{
  g_signal_emit (self, signals[MARKS_CHANGED], 0);
}

static void
on_reveal (WfTryPanel *self, const WfTarget *target)
{
  g_signal_emit (self, signals[REVEAL], 0, target);
}

static void
wf_try_panel_dispose (GObject *object)
{
  WfTryPanel *self = WF_TRY_PANEL (object);

  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_TRY_PANEL);
  G_OBJECT_CLASS (wf_try_panel_parent_class)->dispose (object);
}

static void
wf_try_panel_finalize (GObject *object)
{
  g_object_unref (WF_TRY_PANEL (object)->items);
  G_OBJECT_CLASS (wf_try_panel_parent_class)->finalize (object);
}

static void
wf_try_panel_class_init (WfTryPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_try_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_try_panel_finalize;
  signals[MARKS_CHANGED] = g_signal_new ("marks-changed", WF_TYPE_TRY_PANEL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REVEAL] = g_signal_new ("reveal", WF_TYPE_TRY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (WF_TYPE_TEST_VIEW);
  g_type_ensure (WF_TYPE_PROBLEM_ITEM);
  gtk_widget_class_set_css_name (widget_class, "wf-try-panel");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/try/wf-try-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, WfTryPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, WfTryPanel, problems_page);
  gtk_widget_class_bind_template_child (widget_class, WfTryPanel, problems_stack);
  gtk_widget_class_bind_template_child (widget_class, WfTryPanel, problems);
  gtk_widget_class_bind_template_child (widget_class, WfTryPanel, test);
  gtk_widget_class_bind_template_callback (widget_class, on_problem_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_marks_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_reveal);
}

static void
wf_try_panel_init (WfTryPanel *self)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  self->items = g_list_store_new (WF_TYPE_PROBLEM_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_list_view_set_model (self->problems, GTK_SELECTION_MODEL (selection));
}

/**
 * wf_try_panel_set_context:
 * @self: a panel
 * @context: of the builder; once
 */
void
wf_try_panel_set_context (WfTryPanel *self, WfBuilderContext *context)
{
  g_return_if_fail (WF_IS_TRY_PANEL (self) && self->context == NULL);
  self->context = g_object_ref (context);
  wf_test_view_set_context (self->test, context);
  g_signal_connect_object (wf_builder_context_get_document (context), "changed",
                           G_CALLBACK (show_problems), self, G_CONNECT_SWAPPED);
  show_problems (self);
}

/**
 * wf_try_panel_get_marks:
 * @self: a panel
 *
 * Returns: (transfer none) (nullable): the way of the test as far as it has lit up; another object
 *   after each change
 */
WfFlowMarks *
wf_try_panel_get_marks (WfTryPanel *self)
{
  g_return_val_if_fail (WF_IS_TRY_PANEL (self), NULL);
  return wf_test_view_get_marks (self->test);
}

void
wf_try_panel_show_problems (WfTryPanel *self)
{
  g_return_if_fail (WF_IS_TRY_PANEL (self));
  adw_view_stack_set_visible_child_name (self->stack, "problems");
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->problems));
}

void
wf_try_panel_show_test (WfTryPanel *self)
{
  g_return_if_fail (WF_IS_TRY_PANEL (self));
  adw_view_stack_set_visible_child_name (self->stack, "test");
  wf_test_view_focus_first (self->test);
}

/**
 * wf_try_panel_dup_summary:
 * @self: a panel with a context
 *
 * Returns: (transfer full): how many problems there are, and which is the first; errors come before
 *   warnings
 */
char *
wf_try_panel_dup_summary (WfTryPanel *self)
{
  g_autoptr (WfProblemItem) first = NULL;
  g_autofree char *count = NULL;
  guint n;

  g_return_val_if_fail (WF_IS_TRY_PANEL (self) && self->context != NULL, NULL);
  n = adw_view_stack_page_get_badge_number (self->problems_page);
  if (n == 0)
    return g_strdup (_ ("No problems"));
  first = g_list_model_get_item (G_LIST_MODEL (self->items), 0);
  count = g_strdup_printf (ngettext ("%u problem", "%u problems", n), n);
  if (n == 1)
    return g_strdup_printf (_ ("%s: %s"), count, wf_problem_item_get_text (first));
  /* Translators: "2 problems", and the text of the first one */
  return g_strdup_printf (_ ("%s, first: %s"), count, wf_problem_item_get_text (first));
}
