/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two versions of a workflow side by side. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-version-comparison.h"

#include "wf-canvas.h"
#include "wf-compare.h"
#include "wf-plain-text.h"
#include "wf-sentence.h"

#include <glib/gi18n-lib.h>

struct _WfVersionComparison
{
  AdwBin parent_instance;

  GtkWidget *sentences;
  GtkOrientable *separator;
  AdwPreferencesGroup *differences;
  AdwPreferencesGroup *removed;
  AdwToggleGroup *side;
  GtkScrolledWindow *picture;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfWorkflow *older, *newer; /* (owned) (nullable) */
  WfFlowMarks *marks;        /* (owned) (nullable) of the picture that is shown */
  GPtrArray *rows;           /* (owned) of GtkWidget, unowned */
};

enum
{
  PROP_NARROW = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfVersionComparison, wf_version_comparison, ADW_TYPE_BIN)

/* -- marks ------------------------------------------------------------------------------------- */

static WfMarkKind
get_mark (WfDifferenceKind kind)
{
  switch (kind)
    {
    case WF_DIFFERENCE_REMOVED:
      return WF_MARK_REMOVED;
    case WF_DIFFERENCE_ADDED:
      return WF_MARK_ADDED;
    case WF_DIFFERENCE_MOVED:
      return WF_MARK_MOVED;
    case WF_DIFFERENCE_CHANGED:
      return WF_MARK_CHANGED;
    }
  return WF_MARK_NONE;
}

/* A step that was moved and changed as well has one mark that says both. */
static void
mark_step (WfFlowMarks *marks, const char *id, WfMarkKind kind)
{
  g_autoptr (WfTarget) target = wf_target_new_step (id);
  WfMarkKind before = wf_flow_marks_get (marks, target, NULL);
  gboolean both = (before == WF_MARK_MOVED && kind == WF_MARK_CHANGED) ||
                  (before == WF_MARK_CHANGED && kind == WF_MARK_MOVED);

  /* Translators: said of a step that was changed: it was moved as well */
  wf_flow_marks_set (marks, target, both ? WF_MARK_CHANGED : kind, both ? _ ("moved too") : NULL);
}

static void
mark_trigger (WfFlowMarks *marks, const WfWorkflow *older, const WfWorkflow *newer)
{
  g_autofree char *before = wf_sentence_for_trigger (older, NULL);
  g_autofree char *after = wf_sentence_for_trigger (newer, NULL);
  g_autoptr (WfTarget) target = wf_target_new_trigger ();

  if (!g_str_equal (before, after))
    wf_flow_marks_set (marks, target, WF_MARK_CHANGED, NULL);
}

/**
 * wf_version_comparison_make_marks:
 * @older: a version
 * @newer: a later one
 * @of_newer: whether they are for the picture of @newer
 *
 * Returns: (transfer full): marks for what is not alike: added steps are marked in the newer,
 *   removed ones in the older
 */
WfFlowMarks *
wf_version_comparison_make_marks (const WfWorkflow *older, const WfWorkflow *newer,
                                  gboolean of_newer)
{
  g_autoptr (GPtrArray) steps = wf_difference_list_steps (older, newer);
  WfFlowMarks *marks = wf_flow_marks_new ();

  mark_trigger (marks, older, newer);
  for (guint i = 0; i < steps->len; i++)
    {
      const WfDifferenceStep *step = g_ptr_array_index (steps, i);

      if (wf_workflow_find_step (of_newer ? newer : older, step->id) != NULL)
        mark_step (marks, step->id, get_mark (step->kind));
    }
  return marks;
}

/* -- sentences --------------------------------------------------------------------------------- */

static void
add_row (WfVersionComparison *self, AdwPreferencesGroup *group, const char *text)
{
  GtkWidget *row = wf_plain_row_new (text, NULL);

  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_removed (WfVersionComparison *self, const WfOrganisation *organisation)
{
  g_autoptr (GPtrArray) steps = wf_difference_list_steps (self->older, self->newer);
  gboolean any = FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      const WfDifferenceStep *difference = g_ptr_array_index (steps, i);
      const WfStep *step = difference->kind == WF_DIFFERENCE_REMOVED
                               ? wf_workflow_find_step (self->older, difference->id)
                               : NULL;
      g_autofree char *text = NULL;

      if (step == NULL)
        continue;
      text = wf_sentence_for_step (step, organisation);
      add_row (self, self->removed, text);
      any = TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->removed), any);
}

static void
show_sentences (WfVersionComparison *self)
{
  WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  g_autoptr (GPtrArray) sentences = wf_difference_list (self->older, self->newer, organisation);

  wf_plain_rows_remove (self->rows);
  for (guint i = 0; i < sentences->len; i++)
    add_row (self, self->differences, g_ptr_array_index (sentences, i));
  if (sentences->len == 0)
    add_row (self, self->differences, _ ("Both do the same."));
  show_removed (self, organisation);
}

/* -- picture ----------------------------------------------------------------------------------- */

/* Once its size has settled: while a page slides in or the dialog finds its shape, it has
 * others. */
static gboolean
fit (GtkWidget *canvas, GdkFrameClock *clock, gpointer user_data)
{
  graphene_size_t *last = user_data;
  float width = (float) gtk_widget_get_width (canvas),
        height = (float) gtk_widget_get_height (canvas);
  gboolean settled = width > 0 && width == last->width && height == last->height;

  graphene_size_init (last, width, height);
  if (!settled)
    return G_SOURCE_CONTINUE;
  wf_canvas_zoom_to_fit (WF_CANVAS (canvas));
  return G_SOURCE_REMOVE;
}

static void
on_canvas_mapped (GtkWidget *canvas)
{
  gtk_widget_add_tick_callback (canvas, fit, graphene_size_alloc (),
                                (GDestroyNotify) graphene_size_free);
}

static void
show_picture (WfVersionComparison *self)
{
  gboolean newer = g_strcmp0 (adw_toggle_group_get_active_name (self->side), "newer") == 0;
  WfWorkflow *workflow = newer ? self->newer : self->older;
  g_autoptr (WfWorkflowDocument) document =
      wf_workflow_document_new (workflow, wf_runtime_get_organisation (self->runtime));
  g_autoptr (WfBuilderContext) context = wf_builder_context_new (self->runtime, document, FALSE);
  GtkWidget *canvas = g_object_new (WF_TYPE_CANVAS, NULL);

  g_clear_pointer (&self->marks, wf_flow_marks_unref);
  self->marks = wf_version_comparison_make_marks (self->older, self->newer, newer);
  wf_canvas_set_context (WF_CANVAS (canvas), context);
  wf_canvas_set_marks (WF_CANVAS (canvas), self->marks);
  g_signal_connect (canvas, "map", G_CALLBACK (on_canvas_mapped), NULL);
  gtk_scrolled_window_set_child (self->picture, canvas);
}

/* The group also tells when its toggles go away at the end. */
static void
on_side_changed (WfVersionComparison *self)
{
  if (self->runtime != NULL)
    show_picture (self);
}

/* -- object ------------------------------------------------------------------------------------ */

#define SENTENCES_WIDTH 300

static GtkOrientable *
get_box (WfVersionComparison *self)
{
  return GTK_ORIENTABLE (adw_bin_get_child (ADW_BIN (self)));
}

static gboolean
is_narrow (WfVersionComparison *self)
{
  return gtk_orientable_get_orientation (get_box (self)) == GTK_ORIENTATION_VERTICAL;
}

/* One above the other. */
static void
set_narrow (WfVersionComparison *self, gboolean narrow)
{
  if (narrow == is_narrow (self))
    return;
  gtk_orientable_set_orientation (get_box (self),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (self->separator,
                                  narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (self->sentences, narrow ? -1 : SENTENCES_WIDTH, -1);
  gtk_widget_set_vexpand (self->sentences, narrow);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
}

static void
wf_version_comparison_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, is_narrow (WF_VERSION_COMPARISON (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_version_comparison_set_property (GObject *object, guint id, const GValue *value,
                                    GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      set_narrow (WF_VERSION_COMPARISON (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_version_comparison_dispose (GObject *object)
{
  g_clear_object (&WF_VERSION_COMPARISON (object)->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_VERSION_COMPARISON);
  G_OBJECT_CLASS (wf_version_comparison_parent_class)->dispose (object);
}

static void
wf_version_comparison_finalize (GObject *object)
{
  WfVersionComparison *self = WF_VERSION_COMPARISON (object);

  g_clear_pointer (&self->older, wf_workflow_unref);
  g_clear_pointer (&self->newer, wf_workflow_unref);
  g_clear_pointer (&self->marks, wf_flow_marks_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wf_version_comparison_parent_class)->finalize (object);
}

static void
wf_version_comparison_class_init (WfVersionComparisonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = wf_version_comparison_get_property;
  G_OBJECT_CLASS (klass)->set_property = wf_version_comparison_set_property;
  G_OBJECT_CLASS (klass)->dispose = wf_version_comparison_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_version_comparison_finalize;
  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/versions/wf-version-comparison.ui");
  gtk_widget_class_bind_template_child (widget_class, WfVersionComparison, sentences);
  gtk_widget_class_bind_template_child (widget_class, WfVersionComparison, separator);
  gtk_widget_class_bind_template_child (widget_class, WfVersionComparison, differences);
  gtk_widget_class_bind_template_child (widget_class, WfVersionComparison, removed);
  gtk_widget_class_bind_template_child (widget_class, WfVersionComparison, side);
  gtk_widget_class_bind_template_child (widget_class, WfVersionComparison, picture);
  gtk_widget_class_bind_template_callback (widget_class, on_side_changed);
}

static void
wf_version_comparison_init (WfVersionComparison *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_toggle_group_set_active_name (self->side, "newer");
}

/**
 * wf_version_comparison_show:
 * @self: a comparison
 * @runtime: of the account
 * @older: a version
 * @newer: a later one; its picture is shown first
 */
void
wf_version_comparison_show (WfVersionComparison *self, WfRuntime *runtime, WfWorkflow *older,
                            WfWorkflow *newer)
{
  g_return_if_fail (WF_IS_VERSION_COMPARISON (self));
  g_set_object (&self->runtime, runtime);
  wf_workflow_ref (older);
  wf_workflow_ref (newer);
  g_clear_pointer (&self->older, wf_workflow_unref);
  g_clear_pointer (&self->newer, wf_workflow_unref);
  self->older = older;
  self->newer = newer;
  show_sentences (self);
  show_picture (self);
}

/**
 * wf_version_comparison_clear:
 * @self: a comparison
 *
 * Lets go of what was compared. A dialog calls it when it closes, since its content may be kept
 * longer than itself.
 */
void
wf_version_comparison_clear (WfVersionComparison *self)
{
  g_return_if_fail (WF_IS_VERSION_COMPARISON (self));
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->older, wf_workflow_unref);
  g_clear_pointer (&self->newer, wf_workflow_unref);
  g_clear_pointer (&self->marks, wf_flow_marks_unref);
  wf_plain_rows_remove (self->rows);
  gtk_scrolled_window_set_child (self->picture, NULL);
}

WfFlowMarks *
wf_version_comparison_get_marks (WfVersionComparison *self)
{
  g_return_val_if_fail (WF_IS_VERSION_COMPARISON (self), NULL);
  return self->marks;
}
