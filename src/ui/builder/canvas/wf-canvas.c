/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canvas as a widget: what it shows, its style, and what follows from a change of the document
 * or the selection. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"

#include <glib/gi18n-lib.h>

#define USUAL_FONT_SIZE 11.0 /* points */
#define USUAL_RESOLUTION 96.0
#define LEAST_SIZE 120

typedef enum
{
  PROP_ZOOM = 1,
  /* of GtkScrollable */
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} WfCanvasProperty;

typedef enum
{
  SIGNAL_OPEN,
  SIGNAL_MENU,
  SIGNAL_VIEW_CHANGED,
  N_SIGNALS,
} WfCanvasSignal;
static guint signals[N_SIGNALS];
static GParamSpec *zoom_property;

G_DEFINE_FINAL_TYPE_WITH_CODE (WfCanvas, wf_canvas, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

gint64
wf_canvas_begin_work (WfCanvas *self)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  gint64 frame = frames != NULL ? gdk_frame_clock_get_frame_counter (frames) : 0;

  if (frame != self->frame)
    {
      self->frame = frame;
      self->work = 0;
    }
  return g_get_monotonic_time ();
}

void
wf_canvas_end_work (WfCanvas *self, gint64 began)
{
  self->work += g_get_monotonic_time () - began;
}

void
wf_canvas_emit_open (WfCanvas *self, const WfTarget *target)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, target);
}

void
wf_canvas_emit_menu (WfCanvas *self, const WfTarget *target, double x, double y)
{
  g_signal_emit (self, signals[SIGNAL_MENU], 0, target, x, y);
}

void
wf_canvas_emit_view_changed (WfCanvas *self)
{
  g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
}

WfStepSelection *
wf_canvas_get_selection (WfCanvas *self)
{
  return self->context != NULL ? wf_builder_context_get_selection (self->context) : NULL;
}

gboolean
wf_canvas_is_editable (WfCanvas *self)
{
  return self->context != NULL && wf_builder_context_is_editable (self->context);
}

guint
wf_canvas_get_focus_card (WfCanvas *self)
{
  if (self->layout == NULL)
    return G_MAXUINT;
  return wf_flow_layout_find_card (self->layout,
                                   wf_step_selection_get_focus (wf_canvas_get_selection (self)));
}

/* A card shows that it has the focus when somebody moves it by the keyboard, and when nothing else
 * shows which one the inspector is about: the trigger and a path cannot be selected. */
WfCardFlags
wf_canvas_get_card_flags (WfCanvas *self, guint card)
{
  const WfFlowCard *shown = wf_flow_layout_get_card (self->layout, card);
  WfStepSelection *selection = wf_canvas_get_selection (self);
  WfCanvasCard *widget = wf_canvas_find_widget (self, card);
  WfCardFlags flags = 0;

  if (shown->target.kind == WF_TARGET_STEP &&
      wf_step_selection_is_selected (selection, shown->target.step))
    flags |= WF_CARD_SELECTED;
  if (wf_target_equal (wf_step_selection_get_focus (selection), &shown->target) &&
      ((flags & WF_CARD_SELECTED) == 0 ||
       (widget != NULL && gtk_widget_has_visible_focus (GTK_WIDGET (widget)))))
    flags |= WF_CARD_FOCUSED;
  if (self->hovered == card)
    flags |= WF_CARD_HOVERED;
  if (wf_canvas_is_carried (self, card))
    flags |= WF_CARD_DRAGGED;
  return flags;
}

/* How much larger than usual the text is: the desktop's font size and scaling. */
static double
get_text_scale (WfCanvas *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double resolution = pango_cairo_context_get_resolution (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (resolution <= 0)
    resolution = USUAL_RESOLUTION;
  if (pango_font_description_get_size_is_absolute (font)) /* pixels */
    size *= 72 / USUAL_RESOLUTION;
  else
    size *= resolution / USUAL_RESOLUTION;
  return size > 0 ? size / USUAL_FONT_SIZE : 1.0;
}

static void
set_up_painter (WfCanvas *self)
{
  g_clear_object (&self->painter);
  self->painter = wf_flow_painter_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  wf_flow_palette_init (&self->palette, GTK_WIDGET (self));
  wf_flow_painter_set_palette (self->painter, &self->palette);
  wf_flow_metrics_init (&self->metrics, get_text_scale (self));
  self->metrics.mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* The first card of the reading order that stays and is in view keeps its place while the others
 * make room. delta: how far it moved on the canvas. */
static gboolean
find_kept_card (WfCanvas *self, const WfFlowLayout *previous, const graphene_rect_t *view,
                graphene_point_t *delta)
{
  for (guint i = 0; i < self->cards->len; i++)
    {
      const WfCanvasCard *card = g_ptr_array_index (self->cards, i);
      const WfFlowCard *old = wf_flow_layout_get_card (previous, card->index);
      guint index = wf_flow_layout_find_card (self->layout, &old->target);
      const WfFlowCard *now;
      graphene_point_t before, after;

      if (index == G_MAXUINT || !graphene_rect_intersection (view, &old->bounds, NULL))
        continue;
      now = wf_flow_layout_get_card (self->layout, index);
      graphene_rect_get_center (&old->bounds, &before);
      graphene_rect_get_center (&now->bounds, &after);
      graphene_point_init (delta, after.x - before.x, now->bounds.origin.y - old->bounds.origin.y);
      return TRUE;
    }
  return FALSE;
}

static void
adopt (WfCanvas *self, const WfFlowLayout *previous, const graphene_rect_t *view, double x,
       double y, gboolean animate)
{
  graphene_point_t delta, shift;
  double new_x, new_y;
  gboolean is_kept = previous != NULL && self->is_placed &&
                     find_kept_card (self, previous, view, &delta);

  wf_canvas_stop_motion (self);
  wf_canvas_configure_adjustments (self);
  if (is_kept)
    wf_canvas_set_values (self, (double) delta.x * self->zoom - x,
                          (double) delta.y * self->zoom - y);
  wf_canvas_get_origin (self, &new_x, &new_y);
  graphene_point_init (&shift, (float) ((x - new_x) / self->zoom),
                       (float) ((y - new_y) / self->zoom));
  wf_canvas_adopt_layout (self, previous, &shift, animate);
}

/* Lays the workflow out anew. reuse: metrics and font are the same as before. */
void
wf_canvas_relayout (WfCanvas *self, gboolean animate, gboolean reuse)
{
  g_autoptr (WfFlowLayout) previous = NULL;
  WfWorkflowDocument *document;
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  double x = 0, y = 0;

  if (self->context == NULL)
    return;
  self->is_layout_stale = FALSE;
  if (self->painter == NULL || !reuse)
    set_up_painter (self);
  if (self->layout != NULL)
    {
      wf_canvas_get_origin (self, &x, &y);
      wf_canvas_get_view (self, &view);
    }
  previous = g_steal_pointer (&self->layout);
  document = wf_builder_context_get_document (self->context);
  g_clear_pointer (&self->laid_out, wf_workflow_unref);
  self->laid_out = wf_workflow_ref (wf_workflow_document_get_workflow (document));
  self->layout = wf_flow_layout_new (self->laid_out, wf_workflow_document_get_problems (document),
                                     wf_builder_context_get_organisation (self->context),
                                     &self->metrics, wf_flow_painter_measure, self->painter,
                                     reuse ? previous : NULL);
  self->hovered = G_MAXUINT;
  self->pressed = G_MAXUINT;
  adopt (self, previous, &view, x, y, animate);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  wf_canvas_emit_view_changed (self);
}

/* A screen reader hears what a command did, when it was given here. */
static void
announce_change (WfCanvas *self)
{
  const char *news =
      wf_workflow_document_get_news (wf_builder_context_get_document (self->context));

  if (news != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), news, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
on_document_changed (WfWorkflowDocument *document, WfCanvas *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->is_layout_stale = TRUE;
      return;
    }
  wf_canvas_cancel_drag (self);
  wf_canvas_relayout (self, TRUE, TRUE);
  wf_canvas_follow_focus (self);
  announce_change (self);
}

static void
on_selection_changed (WfStepSelection *selection, WfCanvas *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wf_canvas_update_flags (self);
}

static void
on_focus_changed (WfStepSelection *selection, WfCanvas *self)
{
  if (!self->is_pointing)
    self->is_reveal_pending = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wf_canvas_follow_focus (self);
}

/* Colours, font or direction of the desktop changed. */
static void
refresh_style (WfCanvas *self)
{
  WfFlowPalette palette;

  if (self->painter == NULL)
    return;
  memset (&palette, 0, sizeof palette); /* compared with its padding */
  wf_flow_palette_init (&palette, GTK_WIDGET (self));
  if (memcmp (&palette, &self->palette, sizeof palette) == 0)
    return;
  self->palette = palette;
  wf_flow_painter_set_palette (self->painter, &palette);
  wf_canvas_redraw (self);
}

static void
relayout_for_style (WfCanvas *self)
{
  if (self->painter != NULL)
    wf_canvas_relayout (self, FALSE, FALSE);
}

static void
wf_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wf_canvas_parent_class)->css_changed (widget, change);
  refresh_style (WF_CANVAS (widget));
}

static void
wf_canvas_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (wf_canvas_parent_class)->system_setting_changed (widget, setting);
  switch (setting)
    {
    case GTK_SYSTEM_SETTING_DPI:
    case GTK_SYSTEM_SETTING_FONT_NAME:
    case GTK_SYSTEM_SETTING_FONT_CONFIG:
    case GTK_SYSTEM_SETTING_ICON_THEME:
      relayout_for_style (WF_CANVAS (widget));
      break;
    case GTK_SYSTEM_SETTING_DISPLAY:
    default:
      break;
    }
}

static void
wf_canvas_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  relayout_for_style (WF_CANVAS (widget));
}

static void
wf_canvas_map (GtkWidget *widget)
{
  WfCanvas *self = WF_CANVAS (widget);

  GTK_WIDGET_CLASS (wf_canvas_parent_class)->map (widget);
  if (self->is_layout_stale)
    wf_canvas_relayout (self, FALSE, TRUE);
  if (self->layout != NULL)
    {
      wf_canvas_update_flags (self);
      wf_canvas_follow_focus (self);
    }
}

static void
wf_canvas_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wf_canvas_parent_class)->root (widget);
  wf_canvas_adopt_bars (WF_CANVAS (widget));
}

static void
wf_canvas_unroot (GtkWidget *widget)
{
  wf_canvas_leave_bars (WF_CANVAS (widget));
  GTK_WIDGET_CLASS (wf_canvas_parent_class)->unroot (widget);
}

static void
wf_canvas_unmap (GtkWidget *widget)
{
  WfCanvas *self = WF_CANVAS (widget);

  wf_canvas_cancel_drag (self);
  self->is_space_held = FALSE;
  GTK_WIDGET_CLASS (wf_canvas_parent_class)->unmap (widget);
}

static void
wf_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                   int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfCanvas *self = WF_CANVAS (widget);
  float width = 0, height = 0;

  if (self->layout != NULL)
    wf_flow_layout_get_size (self->layout, &width, &height);
  *minimum = LEAST_SIZE;
  *natural =
      MAX (LEAST_SIZE, (int) ceilf (orientation == GTK_ORIENTATION_HORIZONTAL ? width : height));
}

static gboolean
on_resized (gpointer data)
{
  WfCanvas *self = data;

  self->resized = 0;
  wf_canvas_emit_view_changed (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: whoever shows or hides itself then, would do so in the middle of the window's
 * layout. */
static void
tell_size (WfCanvas *self, int width, int height)
{
  if (width == self->width && height == self->height)
    return;
  self->width = width;
  self->height = height;
  if (self->resized == 0)
    self->resized = g_idle_add (on_resized, self);
}

static void
wf_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WfCanvas *self = WF_CANVAS (widget);
  gint64 began = wf_canvas_begin_work (self);

  tell_size (self, width, height);
  wf_canvas_configure_adjustments (self);
  if (self->layout != NULL)
    {
      wf_canvas_place_first (self);
      wf_canvas_cover (self, FALSE);
      wf_canvas_allocate_children (self);
    }
  wf_canvas_end_work (self, began);
}

static void
wf_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfCanvas *self = WF_CANVAS (widget);
  gint64 began = wf_canvas_begin_work (self);

  if (self->layout != NULL)
    {
      wf_canvas_snapshot_flow (self, snapshot);
      wf_canvas_snapshot_drag (self, snapshot);
      wf_canvas_snapshot_bars (self, snapshot);
    }
  wf_canvas_end_work (self, began);
}

static void
wf_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfCanvas *self = WF_CANVAS (object);

  switch ((WfCanvasProperty) id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, (int) self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, (int) self->vscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_canvas_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WfCanvas *self = WF_CANVAS (object);

  switch ((WfCanvasProperty) id)
    {
    case PROP_ZOOM:
      wf_canvas_zoom_to (self, g_value_get_double (value), (double) NAN, (double) NAN);
      break;
    case PROP_HADJUSTMENT:
      wf_canvas_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      wf_canvas_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = (guint) g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = (guint) g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_canvas_dispose (GObject *object)
{
  WfCanvas *self = WF_CANVAS (object);

  g_clear_handle_id (&self->resized, g_source_remove);
  wf_canvas_dispose_drag (self);
  wf_canvas_dispose_view (self);
  wf_canvas_dispose_bars (self);
  wf_canvas_dispose_cards (self);
  g_clear_object (&self->context);
  g_clear_object (&self->painter);
  g_clear_pointer (&self->marks, wf_flow_marks_unref);
  g_clear_pointer (&self->layout, wf_flow_layout_unref);
  g_clear_pointer (&self->laid_out, wf_workflow_unref);
  G_OBJECT_CLASS (wf_canvas_parent_class)->dispose (object);
}

static void
install_signals (WfCanvasClass *klass)
{
  signals[SIGNAL_OPEN] = g_signal_new ("open", WF_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_MENU] = g_signal_new ("menu", WF_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_DOUBLE,
                                       G_TYPE_DOUBLE);
  signals[SIGNAL_VIEW_CHANGED] = g_signal_new ("view-changed", WF_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* A list, not a tree: position, size of the set and level of each card are told one by one, which
 * screen readers speak for the items of a list; for those of a tree they want to walk the whole of
 * it, and most of it is no widget. */
static void
wf_canvas_class_init (WfCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_canvas_get_property;
  object_class->set_property = wf_canvas_set_property;
  object_class->dispose = wf_canvas_dispose;
  widget_class->root = wf_canvas_root;
  widget_class->unroot = wf_canvas_unroot;
  widget_class->map = wf_canvas_map;
  widget_class->unmap = wf_canvas_unmap;
  widget_class->measure = wf_canvas_measure;
  widget_class->size_allocate = wf_canvas_size_allocate;
  widget_class->snapshot = wf_canvas_snapshot;
  widget_class->css_changed = wf_canvas_css_changed;
  widget_class->system_setting_changed = wf_canvas_system_setting_changed;
  widget_class->direction_changed = wf_canvas_direction_changed;
  widget_class->focus = wf_canvas_focus;
  widget_class->grab_focus = wf_canvas_grab_focus;
  zoom_property =
      g_param_spec_double ("zoom", NULL, NULL, WF_CANVAS_MIN_ZOOM, WF_CANVAS_MAX_ZOOM, 1,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (object_class, PROP_ZOOM, zoom_property);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  install_signals (klass);
  wf_canvas_install_view_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "wf-canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
on_style_changed (AdwStyleManager *manager, GParamSpec *pspec, WfCanvas *self)
{
  refresh_style (self);
}

static void
wf_canvas_init (WfCanvas *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("canvas", "Workflow"),
                                  GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE, -1);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (on_style_changed), self, 0);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (on_style_changed), self, 0);
  g_signal_connect_object (style, "notify::accent-color", G_CALLBACK (on_style_changed), self, 0);
  wf_canvas_init_view (self);
  wf_canvas_init_bars (self);
  wf_canvas_init_cards (self);
  wf_canvas_init_input (self);
  wf_canvas_init_drag (self);
}

void
wf_canvas_set_context (WfCanvas *self, WfBuilderContext *context)
{
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (wf_builder_context_get_document (context), "changed",
                           G_CALLBACK (on_document_changed), self, 0);
  g_signal_connect_object (wf_canvas_get_selection (self), "changed",
                           G_CALLBACK (on_selection_changed), self, 0);
  g_signal_connect_object (wf_canvas_get_selection (self), "focus-changed",
                           G_CALLBACK (on_focus_changed), self, 0);
  wf_canvas_relayout (self, FALSE, FALSE);
}

void
wf_canvas_set_marks (WfCanvas *self, WfFlowMarks *marks)
{
  if (marks == self->marks)
    return;
  g_clear_pointer (&self->marks, wf_flow_marks_unref);
  self->marks = marks != NULL ? wf_flow_marks_ref (marks) : NULL;
  wf_canvas_redraw (self);
}

guint
wf_canvas_get_n_widgets (WfCanvas *self)
{
  return self->cards->len + self->spare_cards->len;
}

gint64
wf_canvas_get_frame_time (WfCanvas *self)
{
  return self->work;
}

WfFlowLayout *
wf_canvas_get_layout (WfCanvas *self)
{
  if (self->is_layout_stale)
    wf_canvas_relayout (self, FALSE, TRUE);
  return self->layout;
}
