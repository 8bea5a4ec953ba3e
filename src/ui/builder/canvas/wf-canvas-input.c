/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pointer and a keyboard do on the canvas. The keyboard is at one card (the selection's
 * focus) and roams by the arrow keys; Tab goes on to that card's "+" and then out of the canvas. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"

#define PAN_STEP 60.0
#define CHOICE_MASK (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)

static const WfTarget *
get_target (WfCanvas *self, guint card)
{
  return &wf_flow_layout_get_card (self->layout, card)->target;
}

static guint
find_card_at (WfCanvas *self, double x, double y)
{
  graphene_point_t point;
  guint card;

  if (self->layout == NULL)
    return G_MAXUINT;
  wf_canvas_to_canvas (self, x, y, &point);
  card = wf_flow_layout_find_card_at (self->layout, point.x, point.y);
  return card != G_MAXUINT && get_target (self, card)->kind == WF_TARGET_NONE ? G_MAXUINT : card;
}

void
wf_canvas_move_focus (WfCanvas *self, guint card, WfSelectMode mode)
{
  g_autoptr (WfTarget) target = wf_target_copy (get_target (self, card));

  wf_step_selection_focus (wf_canvas_get_selection (self), target, mode);
}

/* The keyboard goes to the card of the focus, which gets a widget wherever it is. */
static gboolean
take_keyboard (WfCanvas *self)
{
  guint card = wf_canvas_get_focus_card (self);

  if (card == G_MAXUINT || gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (wf_canvas_ensure_widget (self, card)));
}

static gboolean
has_keyboard (WfCanvas *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL &&
         (focus == GTK_WIDGET (self) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)));
}

void
wf_canvas_follow_focus (WfCanvas *self)
{
  WfWorkflowDocument *document = wf_builder_context_get_document (self->context);
  guint card;

  if (self->laid_out != wf_workflow_document_get_workflow (document))
    return; /* the document has changed, and tells so next */
  card = wf_canvas_get_focus_card (self);
  if (card == G_MAXUINT || gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    return;
  wf_canvas_ensure_widget (self, card);
  if (has_keyboard (self))
    take_keyboard (self);
  wf_canvas_update_flags (self);
  if (self->is_reveal_pending)
    {
      self->is_reveal_pending = FALSE;
      wf_canvas_reveal_rect (self, &wf_flow_layout_get_card (self->layout, card)->bounds, TRUE);
    }
}

/* The "+" behind the card of the focus, when it is in view. */
static WfCanvasPlus *
find_plus_of_focus (WfCanvas *self)
{
  g_autoptr (WfTarget) target = NULL;
  WfStepPlace place;

  wf_target_get_place (wf_step_selection_get_focus (wf_canvas_get_selection (self)), self->laid_out,
                       &place);
  target = wf_target_new_place (place.branch, place.path, place.position);
  for (guint i = 0; i < self->pluses->len; i++)
    {
      WfCanvasPlus *plus = g_ptr_array_index (self->pluses, i);

      if (wf_target_equal (plus->place, target))
        return plus;
    }
  return NULL;
}

/* Tab: into the canvas at the focused card, from there to its "+", then out. Arrow keys are the
 * canvas's own. */
gboolean
wf_canvas_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WfCanvas *self = WF_CANVAS (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean is_forward = direction == GTK_DIR_TAB_FORWARD;
  WfCanvasPlus *plus;

  if (self->layout == NULL)
    return FALSE;
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return gtk_widget_get_focus_child (widget) != NULL ? FALSE : take_keyboard (self);
  if (focus == widget)
    return is_forward && take_keyboard (self);
  if (focus != NULL && WF_IS_CANVAS_PLUS (focus) && gtk_widget_get_parent (focus) == widget)
    return !is_forward && take_keyboard (self);
  if (gtk_widget_get_focus_child (widget) == NULL)
    return take_keyboard (self);
  plus = is_forward ? find_plus_of_focus (self) : NULL;
  return plus != NULL && gtk_widget_grab_focus (GTK_WIDGET (plus));
}

gboolean
wf_canvas_grab_focus (GtkWidget *widget)
{
  WfCanvas *self = WF_CANVAS (widget);

  return self->layout != NULL && take_keyboard (self);
}

void
wf_canvas_open_card (WfCanvas *self, guint card)
{
  g_autoptr (WfTarget) target = wf_target_copy (get_target (self, card));

  wf_canvas_emit_open (self, target);
}

/* The menu is about what is selected: a card outside of that is selected first. */
static void
open_menu (WfCanvas *self, guint card, double x, double y)
{
  g_autoptr (WfTarget) target = wf_target_copy (get_target (self, card));
  WfStepSelection *selection = wf_canvas_get_selection (self);

  if (target->kind != WF_TARGET_STEP || !wf_step_selection_is_selected (selection, target->step))
    wf_step_selection_focus (selection, target, WF_SELECT_REPLACE);
  wf_canvas_emit_menu (self, target, x, y);
}

void
wf_canvas_menu_of_card (WfCanvas *self, guint card)
{
  GdkRectangle rect;

  if (wf_canvas_get_target_rect (self, get_target (self, card), &rect))
    open_menu (self, card, rect.x + rect.width / 2.0, rect.y + rect.height);
}

void
wf_canvas_toggle_card (WfCanvas *self, guint card)
{
  wf_canvas_move_focus (self, card, WF_SELECT_TOGGLE);
}

static void
open_chooser (WfCanvas *self)
{
  g_autoptr (WfTarget) target = NULL;
  WfStepPlace place;

  wf_target_get_place (wf_step_selection_get_focus (wf_canvas_get_selection (self)), self->laid_out,
                       &place);
  target = wf_target_new_place (place.branch, place.path, place.position);
  wf_canvas_emit_open (self, target);
}

static gboolean
is_arrow (guint key, WfFlowDirection *direction)
{
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      *direction = WF_FLOW_UP;
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      *direction = WF_FLOW_DOWN;
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      *direction = WF_FLOW_LEFT;
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      *direction = WF_FLOW_RIGHT;
      return TRUE;
    default:
      return FALSE;
    }
}

static void
pan (WfCanvas *self, WfFlowDirection direction)
{
  GtkAdjustment *adjustment =
      direction == WF_FLOW_UP || direction == WF_FLOW_DOWN ? self->vadjustment : self->hadjustment;
  double step = direction == WF_FLOW_UP || direction == WF_FLOW_LEFT ? -PAN_STEP : PAN_STEP;

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
}

/* Nothing has the focus after a click on the empty surface: then the arrows scroll. */
static void
go (WfCanvas *self, WfFlowDirection direction, GdkModifierType state)
{
  guint card = wf_canvas_get_focus_card (self), next;

  if (gtk_widget_is_focus (GTK_WIDGET (self)) || card == G_MAXUINT)
    {
      pan (self, direction);
      return;
    }
  next = wf_flow_layout_find_neighbour (self->layout, card, direction);
  if (next == card || get_target (self, next)->kind == WF_TARGET_NONE)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    wf_canvas_move_focus (self, next,
                          (state & GDK_SHIFT_MASK) != 0 ? WF_SELECT_EXTEND : WF_SELECT_REPLACE);
}

static guint
find_last (WfCanvas *self)
{
  for (guint i = wf_flow_layout_get_n_cards (self->layout); i-- > 0;)
    {
      if (get_target (self, i)->kind != WF_TARGET_NONE)
        return i;
    }
  return 0;
}

/* A page further in the flow, along the neighbours. */
static guint
find_page_away (WfCanvas *self, WfFlowDirection direction)
{
  guint card = wf_canvas_get_focus_card (self);
  graphene_rect_t view;
  float start;

  if (card == G_MAXUINT)
    return 0;
  wf_canvas_get_view (self, &view);
  start = wf_flow_layout_get_card (self->layout, card)->bounds.origin.y;
  for (;;)
    {
      guint next = wf_flow_layout_find_neighbour (self->layout, card, direction);

      if (next == card || get_target (self, next)->kind == WF_TARGET_NONE ||
          fabsf (wf_flow_layout_get_card (self->layout, next)->bounds.origin.y - start) >
              view.size.height)
        return card;
      card = next;
    }
}

static gboolean
go_far (WfCanvas *self, guint key, GdkModifierType state)
{
  guint card;

  switch (key)
    {
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      card = 0;
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      card = find_last (self);
      break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      card = find_page_away (self, WF_FLOW_UP);
      break;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      card = find_page_away (self, WF_FLOW_DOWN);
      break;
    default:
      return FALSE;
    }
  wf_canvas_move_focus (self, card,
                        (state & GDK_SHIFT_MASK) != 0 ? WF_SELECT_EXTEND : WF_SELECT_REPLACE);
  return TRUE;
}

static gboolean
escape (WfCanvas *self)
{
  WfStepSelection *selection = wf_canvas_get_selection (self);

  if (wf_canvas_is_dragging (self))
    wf_canvas_cancel_drag (self);
  else if (wf_step_selection_get_n (selection) > 0)
    wf_step_selection_clear (selection);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* Keys of the card with the focus; a "+" that has it answers Enter and Space itself. */
static gboolean
act (WfCanvas *self, guint key, GdkModifierType state)
{
  guint card = wf_canvas_get_focus_card (self);
  gboolean is_on_card = card != G_MAXUINT && !gtk_widget_is_focus (GTK_WIDGET (self));

  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (!is_on_card || (state & ~GDK_SHIFT_MASK) != 0)
        return GDK_EVENT_PROPAGATE;
      wf_canvas_open_card (self, card);
      return GDK_EVENT_STOP;
    case GDK_KEY_F10:
      if ((state & GDK_SHIFT_MASK) == 0)
        return GDK_EVENT_PROPAGATE;
      G_GNUC_FALLTHROUGH;
    case GDK_KEY_Menu:
      if (!is_on_card)
        return GDK_EVENT_PROPAGATE;
      wf_canvas_menu_of_card (self, card);
      return GDK_EVENT_STOP;
    case GDK_KEY_slash:
    case GDK_KEY_KP_Divide:
      if (!wf_canvas_is_editable (self) || (state & ~GDK_SHIFT_MASK) != 0)
        return GDK_EVENT_PROPAGATE;
      open_chooser (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_a:
    case GDK_KEY_A:
      if (state != GDK_CONTROL_MASK)
        return GDK_EVENT_PROPAGATE;
      wf_step_selection_select_all (wf_canvas_get_selection (self));
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      return escape (self);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType all,
                WfCanvas *self)
{
  GdkModifierType state = all & CHOICE_MASK;
  WfFlowDirection direction;

  if (self->layout == NULL)
    return GDK_EVENT_PROPAGATE;
  if (wf_canvas_is_dragging (self) && key != GDK_KEY_Escape)
    {
      if (key == GDK_KEY_Control_L || key == GDK_KEY_Control_R)
        wf_canvas_update_drag (self, (double) self->drag.pointer.x, (double) self->drag.pointer.y,
                               TRUE);
      return GDK_EVENT_STOP;
    }
  if (key == GDK_KEY_space || key == GDK_KEY_KP_Space)
    {
      if ((state & GDK_CONTROL_MASK) != 0 && wf_canvas_get_focus_card (self) != G_MAXUINT)
        wf_canvas_toggle_card (self, wf_canvas_get_focus_card (self));
      else if (!self->is_space_held)
        {
          self->is_space_held = TRUE;
          gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
        }
      return GDK_EVENT_STOP;
    }
  if ((state & ~GDK_SHIFT_MASK) == 0)
    {
      if (is_arrow (key, &direction))
        {
          go (self, direction, state);
          return GDK_EVENT_STOP;
        }
      if (go_far (self, key, state))
        return GDK_EVENT_STOP;
    }
  return act (self, key, state);
}

static void
on_key_released (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                 WfCanvas *self)
{
  if (key == GDK_KEY_space || key == GDK_KEY_KP_Space)
    {
      self->is_space_held = FALSE;
      gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
    }
  if ((key == GDK_KEY_Control_L || key == GDK_KEY_Control_R) && wf_canvas_is_dragging (self))
    wf_canvas_update_drag (self, (double) self->drag.pointer.x, (double) self->drag.pointer.y,
                           FALSE);
}

static void
on_focus_leave (GtkEventControllerFocus *controller, WfCanvas *self)
{
  if (self->is_space_held)
    {
      self->is_space_held = FALSE;
      gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
    }
}

/* The card under the pointer is chosen when the button goes down, so that it can be dragged at
 * once; one of several that are selected only when the button goes up, so that all of them can be
 * dragged. */
static void
press_card (WfCanvas *self, guint card, GdkModifierType state)
{
  const WfTarget *target = get_target (self, card);
  WfStepSelection *selection = wf_canvas_get_selection (self);

  self->pressed = G_MAXUINT;
  if ((state & GDK_CONTROL_MASK) != 0 && target->kind == WF_TARGET_STEP)
    self->pressed = card;
  else if ((state & GDK_SHIFT_MASK) != 0)
    wf_canvas_move_focus (self, card, WF_SELECT_EXTEND);
  else if (target->kind == WF_TARGET_STEP && wf_step_selection_get_n (selection) > 1 &&
           wf_step_selection_is_selected (selection, target->step))
    self->pressed = card;
  else
    wf_canvas_move_focus (self, card, WF_SELECT_REPLACE);
  take_keyboard (self);
}

static void
press_surface (WfCanvas *self, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0 &&
      wf_step_selection_get_n (wf_canvas_get_selection (self)) > 0)
    wf_step_selection_clear (wf_canvas_get_selection (self));
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), GTK_WIDGET (self));
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, WfCanvas *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  guint card = find_card_at (self, x, y);

  if (self->layout == NULL || self->is_space_held || button == GDK_BUTTON_MIDDLE)
    return;
  self->is_pointing = TRUE;
  if (event != NULL && gdk_event_triggers_context_menu (event))
    {
      if (card != G_MAXUINT)
        {
          open_menu (self, card, x, y);
          gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
        }
    }
  else if (button == GDK_BUTTON_PRIMARY && card == G_MAXUINT)
    press_surface (self, state);
  else if (button == GDK_BUTTON_PRIMARY && n_press == 1)
    press_card (self, card, state);
  else if (button == GDK_BUTTON_PRIMARY && n_press == 2)
    wf_canvas_open_card (self, card);
  self->is_pointing = FALSE;
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, WfCanvas *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint card = self->pressed;

  self->pressed = G_MAXUINT;
  if (card == G_MAXUINT || self->drag.is_started || find_card_at (self, x, y) != card)
    return;
  self->is_pointing = TRUE;
  wf_canvas_move_focus (self, card,
                        (state & GDK_CONTROL_MASK) != 0 ? WF_SELECT_TOGGLE : WF_SELECT_REPLACE);
  self->is_pointing = FALSE;
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, WfCanvas *self)
{
  guint card = find_card_at (self, x, y);

  if (card == G_MAXUINT)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->is_pointing = TRUE;
  open_menu (self, card, x, y);
  self->is_pointing = FALSE;
}

static void
hover (WfCanvas *self, guint card)
{
  guint before = self->hovered;

  if (before == card || self->layout == NULL)
    return;
  self->hovered = card;
  if (wf_canvas_find_widget (self, before) != NULL)
    wf_canvas_card_update_flags (wf_canvas_find_widget (self, before));
  if (wf_canvas_find_widget (self, card) != NULL)
    wf_canvas_card_update_flags (wf_canvas_find_widget (self, card));
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, WfCanvas *self)
{
  hover (self, wf_canvas_is_dragging (self) ? G_MAXUINT : find_card_at (self, x, y));
}

static void
on_leave (GtkEventControllerMotion *controller, WfCanvas *self)
{
  hover (self, G_MAXUINT);
}

/* From far away the text of a card, near to it what is wrong with it. */
static gboolean
on_query_tooltip (WfCanvas *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip,
                  gpointer data)
{
  guint index = by_keyboard ? wf_canvas_get_focus_card (self) : find_card_at (self, x, y);
  const WfFlowCard *card;
  GdkRectangle rect;
  g_autofree char *text = NULL;

  if (index == G_MAXUINT || wf_canvas_is_dragging (self))
    return FALSE;
  card = wf_flow_layout_get_card (self->layout, index);
  if (!wf_canvas_is_overview (self))
    text = g_strdup (card->problem);
  else if (card->problem != NULL)
    text = g_strdup_printf ("%s\n%s", card->sentence, card->problem);
  else
    text = g_strdup (card->sentence);
  if (text == NULL || !wf_canvas_get_target_rect (self, &card->target, &rect))
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &rect);
  return TRUE;
}

void
wf_canvas_init_input (WfCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new (), *long_press = gtk_gesture_long_press_new ();

  self->hovered = G_MAXUINT;
  self->pressed = G_MAXUINT;
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_leave), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect (long_press, "pressed", G_CALLBACK (on_long_press), self);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (long_press));
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
}
