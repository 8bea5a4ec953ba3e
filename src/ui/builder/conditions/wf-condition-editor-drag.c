/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving lines of the condition editor by dragging. The place where a line would land is drawn as a
 * bar that begins where the line would: in which group it lands is seen, and chosen by moving
 * sideways below the end of a group. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-condition-editor-private.h"
#include "wf-condition-words.h"

#define BAR 3.0f
#define DRAGGED_CHARS 40
#define BESIDE 12 /* pixels from the pointer to what is dragged */

/* ---- where it lands ---- */

static guint
get_level_at (WfConditionEditor *self, double x)
{
  int step = wf_condition_row_get_indent (1) - wf_condition_row_get_indent (0);
  double width = gtk_widget_get_width (GTK_WIDGET (self->list));
  double start = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - x : x;

  return (guint) MAX (0, (start - wf_condition_row_get_indent (0)) / step + 0.5);
}

/* The line above the place: the one under the pointer, or in its upper half the one before. */
static GtkWidget *
find_line_above (WfConditionEditor *self, double y)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);
  graphene_rect_t area;
  int index;

  if (row == NULL)
    return gtk_widget_get_last_child (GTK_WIDGET (self->list));
  index = gtk_list_box_row_get_index (row);
  if (index > 0 && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &area) &&
      y < area.origin.y + area.size.height / 2)
    row = gtk_list_box_get_row_at_index (self->list, index - 1);
  return GTK_WIDGET (row);
}

static void
set_landing (WfConditionEditor *self, WfConditionLanding landing)
{
  self->landing = landing;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
find_landing (WfConditionEditor *self, WfConditionRow *dragged, double x, double y)
{
  WfConditionLanding landing = { .below = find_line_above (self, y) };

  if (landing.below == NULL || !WF_IS_CONDITION_ROW (landing.below))
    return FALSE;
  wf_condition_draft_find_place_below (wf_condition_row_get_node (WF_CONDITION_ROW (landing.below)),
                                       get_level_at (self, x), &landing.group, &landing.position);
  if (!wf_condition_draft_can_move_to (wf_condition_row_get_node (dragged), landing.group,
                                       landing.position))
    return FALSE;
  set_landing (self, landing);
  return TRUE;
}

void
wf_condition_editor_paint_landing (WfConditionEditor *self, GtkSnapshot *snapshot)
{
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  graphene_rect_t line;
  GdkRGBA color;
  float indent, end;

  if (self->landing.group == NULL ||
      !gtk_widget_compute_bounds (self->landing.below, GTK_WIDGET (self), &line))
    return;
  indent =
      (float) wf_condition_row_get_indent (wf_condition_draft_get_level (self->landing.group) + 1);
  end = line.origin.x + line.size.width;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    end -= indent;
  else
    line.origin.x += indent;
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (manager),
                                       adw_style_manager_get_dark (manager), &color);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (line.origin.x,
                                                  line.origin.y + line.size.height - BAR / 2,
                                                  MAX (0, end - line.origin.x), BAR));
}

/* ---- dropping ---- */

/* Lines of this editor only. */
static WfConditionRow *
get_dragged (WfConditionEditor *self, GtkDropTarget *target)
{
  const GValue *value = gtk_drop_target_get_value (target);
  WfConditionRow *row = value != NULL ? g_value_get_object (value) : NULL;

  return row != NULL && gtk_widget_is_ancestor (GTK_WIDGET (row), GTK_WIDGET (self)) ? row : NULL;
}

static GdkDragAction
on_motion (GtkDropTarget *target, double x, double y, WfConditionEditor *self)
{
  WfConditionRow *dragged = get_dragged (self, target);

  if (dragged != NULL && find_landing (self, dragged, x, y))
    return GDK_ACTION_MOVE;
  set_landing (self, (WfConditionLanding) { NULL });
  return 0;
}

static void
on_leave (WfConditionEditor *self)
{
  set_landing (self, (WfConditionLanding) { NULL });
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, WfConditionEditor *self)
{
  WfConditionRow *dragged = get_dragged (self, target);
  WfConditionLanding landing = self->landing;
  WfConditionDraft *node;
  g_autofree char *text = NULL;

  set_landing (self, (WfConditionLanding) { NULL });
  if (dragged == NULL || landing.group == NULL)
    return FALSE;
  node = wf_condition_row_get_node (dragged);
  if (!wf_condition_draft_move_to (node, landing.group, landing.position))
    return FALSE;
  text = wf_condition_editor_describe_place (node);
  wf_condition_editor_edited (self, text);
  gtk_widget_grab_focus (GTK_WIDGET (dragged));
  return TRUE;
}

void
wf_condition_editor_add_drop (WfConditionEditor *self)
{
  GtkDropTarget *target = gtk_drop_target_new (WF_TYPE_CONDITION_ROW, GDK_ACTION_MOVE);

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_object (target, "motion", G_CALLBACK (on_motion), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "leave", G_CALLBACK (on_leave), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (target));
}

/* ---- dragging ---- */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, WfConditionRow *row)
{
  return gdk_content_provider_new_typed (WF_TYPE_CONDITION_ROW, row);
}

/* Small and beside the pointer: the landing place must be seen. */
static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, WfConditionRow *row)
{
  WfConditionEditor *self =
      WF_CONDITION_EDITOR (gtk_widget_get_ancestor (GTK_WIDGET (row), WF_TYPE_CONDITION_EDITOR));
  g_autofree char *text =
      wf_condition_draft_to_text (wf_condition_row_get_node (row), self->organisation);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), DRAGGED_CHARS);
  gtk_widget_add_css_class (label, "wf-dragged");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
  gdk_drag_set_hotspot (drag, -BESIDE, -BESIDE);
}

void
wf_condition_editor_add_drag (WfConditionEditor *self, WfConditionRow *row)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), row, G_CONNECT_DEFAULT);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_begin), row,
                           G_CONNECT_DEFAULT);
  gtk_widget_add_controller (wf_condition_row_get_handle (row), GTK_EVENT_CONTROLLER (source));
}
