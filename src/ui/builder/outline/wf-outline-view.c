/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outline: the same document as a nested list (B17). The list view makes widgets for the rows
 * in view only; the selection is the builder's own, the focus follows it and is followed by it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-view.h"

#include "wf-outline-drag.h"
#include "wf-outline-selection.h"

#include <glib/gi18n-lib.h>

struct _WfOutlineView
{
  AdwBin parent_instance;

  GtkListView *list;

  WfBuilderContext *context; /* (nullable) until it is set */
  GListStore *items;
  WfOutlineSelection *model; /* (nullable) until the context is set */
  GtkRoot *root;             /* (nullable) borrowed while rooted */
  gulong focus_handler;
};

static guint open_signal, menu_signal;

G_DEFINE_FINAL_TYPE (WfOutlineView, wf_outline_view, ADW_TYPE_BIN)

static WfStepSelection *
get_selection (WfOutlineView *self)
{
  return wf_builder_context_get_selection (self->context);
}

/* ---- focus ---- */

/* The row that has the keyboard focus, itself or with its "+"; NULL: it is elsewhere. */
static WfOutlineRow *
find_focused_row (WfOutlineView *self)
{
  GtkWidget *widget = self->root != NULL ? gtk_root_get_focus (self->root) : NULL;

  while (widget != NULL && gtk_widget_get_parent (widget) != GTK_WIDGET (self->list))
    widget = gtk_widget_get_parent (widget);
  widget = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;
  return WF_IS_OUTLINE_ROW (widget) ? WF_OUTLINE_ROW (widget) : NULL;
}

/* An arrow key moved the focus: the builder's goes with it, and the list selects what it
 * selects. */
static void
on_widget_focused (WfOutlineView *self)
{
  WfOutlineRow *row = find_focused_row (self);
  WfOutlineItem *item = row != NULL ? wf_outline_row_get_item (row) : NULL;

  if (item != NULL)
    wf_step_selection_move_focus (get_selection (self), wf_outline_item_get_target (item));
}

/* The line that shows a target; of a place the step that stands before it. */
static guint
find_line (WfOutlineView *self, const WfTarget *target)
{
  g_autoptr (WfTarget) beside = NULL;
  const WfStepPlace place = { target->step, target->path, target->position };
  GPtrArray *steps;

  if (target->kind != WF_TARGET_PLACE)
    return wf_outline_selection_find (self->model, target);
  steps = wf_workflow_edit_get_sequence (wf_builder_context_get_workflow (self->context), &place);
  if (steps != NULL && place.position > 0 && steps->len > 0)
    beside = wf_target_new_step (
        ((WfStep *) g_ptr_array_index (steps, MIN (place.position, steps->len) - 1))->id);
  else
    beside = place.branch != NULL ? wf_target_new_path (place.branch, place.path)
                                  : wf_target_new_trigger ();
  return wf_outline_selection_find (self->model, beside);
}

static void
scroll_to (WfOutlineView *self, const WfTarget *target, gboolean focus)
{
  guint position = find_line (self, target);

  if (position != G_MAXUINT)
    gtk_list_view_scroll_to (self->list, position,
                             focus ? GTK_LIST_SCROLL_FOCUS : GTK_LIST_SCROLL_NONE, NULL);
}

/* The focus is taken only from a row: whoever types in the inspector keeps it. */
static void
on_focus_changed (WfOutlineView *self)
{
  WfOutlineRow *row = find_focused_row (self);
  WfOutlineItem *item = row != NULL ? wf_outline_row_get_item (row) : NULL;
  const WfTarget *focus = wf_step_selection_get_focus (get_selection (self));

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      (item != NULL && wf_target_equal (wf_outline_item_get_target (item), focus)))
    return;
  scroll_to (self, focus, row != NULL);
}

/* A command moved the focus before the list had the line. A screen reader hears what it did, when
 * it was given here: a line that is deleted takes the focus with it, so that is asked for
 * before. */
static void
on_document_changed (WfOutlineView *self)
{
  WfWorkflowDocument *document = wf_builder_context_get_document (self->context);
  const char *news = wf_workflow_document_get_news (document);
  gboolean had_focus = find_focused_row (self) != NULL;

  wf_outline_fill (self->items, document);
  on_focus_changed (self);
  if (news != NULL && had_focus)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->list), news,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
wf_outline_view_root (GtkWidget *widget)
{
  WfOutlineView *self = WF_OUTLINE_VIEW (widget);

  GTK_WIDGET_CLASS (wf_outline_view_parent_class)->root (widget);
  self->root = gtk_widget_get_root (widget);
  self->focus_handler = g_signal_connect_swapped (self->root, "notify::focus-widget",
                                                  G_CALLBACK (on_widget_focused), self);
}

static void
wf_outline_view_unroot (GtkWidget *widget)
{
  WfOutlineView *self = WF_OUTLINE_VIEW (widget);

  g_clear_signal_handler (&self->focus_handler, self->root);
  self->root = NULL;
  GTK_WIDGET_CLASS (wf_outline_view_parent_class)->unroot (widget);
}

/* The list itself takes the focus when it has none yet: then the row of the builder's focus gets
 * it. */
static gboolean
wf_outline_view_grab_focus (GtkWidget *widget)
{
  WfOutlineView *self = WF_OUTLINE_VIEW (widget);

  if (self->context == NULL)
    return FALSE;
  scroll_to (self, wf_step_selection_get_focus (get_selection (self)), TRUE);
  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* Coming from elsewhere, by Tab or because the canvas gives way, is no reason to look at another
 * step. */
static gboolean
wf_outline_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (gtk_widget_get_focus_child (widget) == NULL && direction == GTK_DIR_TAB_FORWARD)
    return wf_outline_view_grab_focus (widget);
  return GTK_WIDGET_CLASS (wf_outline_view_parent_class)->focus (widget, direction);
}

/* ---- opening, menus ---- */

static void
emit_open (WfOutlineView *self, const WfTarget *target)
{
  g_signal_emit (self, open_signal, 0, target);
}

static void
on_activate (WfOutlineView *self, guint position)
{
  g_autoptr (WfOutlineItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL)
    emit_open (self, wf_outline_item_get_target (item));
}

static void
on_row_add (WfOutlineRow *row, WfOutlineView *self)
{
  WfOutlineItem *item = wf_outline_row_get_item (row);

  if (item != NULL)
    emit_open (self, wf_outline_item_get_place (item));
}

/* What is not selected becomes so before its menu is shown. */
static void
emit_menu (WfOutlineView *self, WfOutlineItem *item, double x, double y)
{
  const WfTarget *target = wf_outline_item_get_target (item);

  if (target->kind == WF_TARGET_STEP &&
      wf_step_selection_is_selected (get_selection (self), target->step))
    wf_step_selection_move_focus (get_selection (self), target);
  else
    wf_step_selection_focus (get_selection (self), target, WF_SELECT_REPLACE);
  g_signal_emit (self, menu_signal, 0, target, x, y);
}

/* x, y: of the list. */
static gboolean
show_menu_at (WfOutlineView *self, double x, double y)
{
  WfOutlineRow *row = wf_outline_drag_pick_row (self->list, y);
  graphene_point_t point;

  if (row == NULL || wf_outline_row_get_item (row) == NULL ||
      !gtk_widget_compute_point (GTK_WIDGET (self->list), GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return FALSE;
  emit_menu (self, wf_outline_row_get_item (row), (double) point.x, (double) point.y);
  return TRUE;
}

static void
on_secondary_pressed (GtkGesture *gesture, int n, double x, double y, WfOutlineView *self)
{
  if (show_menu_at (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_long_pressed (GtkGesture *gesture, double x, double y, WfOutlineView *self)
{
  if (show_menu_at (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* Menu, Shift+F10: beneath the text of the row. */
static gboolean
on_menu_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  WfOutlineView *self = WF_OUTLINE_VIEW (user_data);
  WfOutlineRow *row = find_focused_row (self);
  graphene_rect_t bounds;

  if (row == NULL || wf_outline_row_get_item (row) == NULL ||
      !gtk_widget_compute_bounds (GTK_WIDGET (row), widget, &bounds))
    return FALSE;
  emit_menu (self, wf_outline_row_get_item (row),
             (double) bounds.origin.x + (double) bounds.size.width / 4,
             (double) bounds.origin.y + (double) bounds.size.height);
  return TRUE;
}

static void
add_menu_controllers (WfOutlineView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_secondary_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (on_long_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (press));
}

static void
add_menu_keys (WfOutlineView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (on_menu_key, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* ---- rows ---- */

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item, WfOutlineView *self)
{
  gboolean editable = wf_builder_context_is_editable (self->context);
  WfOutlineRow *row = wf_outline_row_new (editable);

  g_signal_connect_object (row, "add", G_CALLBACK (on_row_add), self, 0);
  if (editable)
    wf_outline_drag_add_source (row, self->context);
  gtk_list_item_set_child (list_item, GTK_WIDGET (row));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  wf_outline_row_bind (WF_OUTLINE_ROW (gtk_list_item_get_child (list_item)), list_item);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  wf_outline_row_unbind (WF_OUTLINE_ROW (gtk_list_item_get_child (list_item)));
}

static void
set_factory (WfOutlineView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_factory (self->list, factory);
}

/* ---- object ---- */

static void
wf_outline_view_dispose (GObject *object)
{
  WfOutlineView *self = WF_OUTLINE_VIEW (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_OUTLINE_VIEW);
  g_clear_object (&self->model);
  g_clear_object (&self->items);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wf_outline_view_parent_class)->dispose (object);
}

static void
add_signals (void)
{
  open_signal = g_signal_new ("open", WF_TYPE_OUTLINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_POINTER);
  menu_signal = g_signal_new ("menu", WF_TYPE_OUTLINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
wf_outline_view_class_init (WfOutlineViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_outline_view_dispose;
  widget_class->root = wf_outline_view_root;
  widget_class->unroot = wf_outline_view_unroot;
  widget_class->focus = wf_outline_view_focus;
  widget_class->grab_focus = wf_outline_view_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "wf-outline");
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/outline/wf-outline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WfOutlineView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  add_signals ();
}

static void
wf_outline_view_init (WfOutlineView *self)
{
  self->items = g_list_store_new (WF_TYPE_OUTLINE_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_menu_controllers (self);
  add_menu_keys (self);
}

/**
 * wf_outline_view_set_context:
 * @self: the view
 * @context: what is edited; referenced. Once, before it is shown.
 */
void
wf_outline_view_set_context (WfOutlineView *self, WfBuilderContext *context)
{
  WfWorkflowDocument *document = wf_builder_context_get_document (context);

  g_return_if_fail (self->context == NULL);
  self->context = g_object_ref (context);
  self->model = wf_outline_selection_new (G_LIST_MODEL (self->items), get_selection (self));
  wf_outline_fill (self->items, document);
  set_factory (self);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->model));
  if (wf_builder_context_is_editable (context))
    wf_outline_drag_add_target (self->list, context);
  g_signal_connect_object (document, "changed", G_CALLBACK (on_document_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_selection (self), "focus-changed", G_CALLBACK (on_focus_changed),
                           self, G_CONNECT_SWAPPED);
}

/**
 * wf_outline_view_reveal:
 * @self: the view
 * @target: what comes into view and gets the keyboard's focus; of a place the line before it
 */
void
wf_outline_view_reveal (WfOutlineView *self, const WfTarget *target)
{
  if (self->context != NULL)
    scroll_to (self, target, TRUE);
}
