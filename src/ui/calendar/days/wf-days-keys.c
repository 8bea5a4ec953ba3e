/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard in the columns: one stop of the Tab key, arrows from block to block, also to what is out of
 * view. Ctrl and the arrows move an activity: it is shown where it would land, Enter asks the reason, Esc
 * leaves it where it was. With Shift, too, it is how long it lasts that they change. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

#include "wf-calendar-arrow.h"

const WfDaysBlock *
wf_days_keys_get_focus (WfDaysGrid *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return child != NULL && self->layout != NULL ? wf_days_items_get_block (self, child) : NULL;
}

static void
on_focus_moved (WfDaysGrid *self)
{
  const WfDaysBlock *block = wf_days_keys_get_focus (self);

  if (block == NULL || block->activity == NULL)
    return;
  self->follows = FALSE;
  g_set_str (&self->focused, block->activity->id);
  wf_calendar_model_select (self->model, block->activity->id);
}

void
wf_days_keys_focus_block (WfDaysGrid *self, const WfDaysBlock *block)
{
  GdkRectangle bounds;
  GtkWidget *widget;

  wf_days_grid_get_bounds (self, block, &bounds);
  wf_days_grid_reveal (self, &bounds);
  if (block->activity != NULL)
    g_set_str (&self->focused, block->activity->id);
  wf_days_items_cover (self, FALSE);
  widget = wf_days_items_find (self, block);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
}

/* activity: nullable. */
void
wf_days_keys_focus_activity (WfDaysGrid *self, const char *activity)
{
  const WfDaysBlock *block = activity != NULL && self->layout != NULL
                                 ? wf_days_layout_find (self->layout, activity)
                                 : NULL;

  if (block != NULL)
    wf_days_keys_focus_block (self, block);
}

/* The first that is seen, else the first of all. */
static const WfDaysBlock *
find_first (WfDaysGrid *self)
{
  const char *selected = wf_calendar_model_get_selected (self->model);
  const WfDaysBlock *block = selected != NULL ? wf_days_layout_find (self->layout, selected) : NULL;
  double top = self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;

  for (guint i = 0; block == NULL && i < self->layout->blocks->len; i++)
    {
      const WfDaysBlock *candidate = self->layout->blocks->pdata[i];
      if (candidate->y >= top)
        block = candidate;
    }
  if (block == NULL && self->layout->blocks->len > 0)
    block = self->layout->blocks->pdata[0];
  return block;
}

/* GtkWidget's focus(): Tab comes in once and goes out again, as from a list. */
gboolean
wf_days_keys_focus (WfDaysGrid *self, GtkDirectionType direction)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const WfDaysBlock *first;

  if (gtk_widget_get_focus_child (widget) != NULL || gtk_widget_is_focus (widget))
    return FALSE;
  first = self->layout != NULL ? find_first (self) : NULL;
  if (first == NULL)
    return gtk_widget_grab_focus (widget);
  wf_days_keys_focus_block (self, first);
  return TRUE;
}

static gboolean
step (WfDaysGrid *self, int days, int steps)
{
  const WfDaysBlock *from = wf_days_keys_get_focus (self);
  const WfDaysBlock *to;

  if (self->layout == NULL)
    return FALSE;
  to = from != NULL ? wf_days_layout_step (self->layout, from, days, steps) : find_first (self);
  if (to != NULL)
    wf_days_keys_focus_block (self, to);
  return to != NULL || from != NULL; /* at the end it stays, and the window does not scroll away */
}

static gboolean
go_to_end (WfDaysGrid *self, gboolean last)
{
  const WfDaysBlock *from = wf_days_keys_get_focus (self);
  guint index;

  if (from == NULL)
    return FALSE;
  index = last ? self->layout->first[from->day + 1] - 1 : self->layout->first[from->day];
  wf_days_keys_focus_block (self, self->layout->blocks->pdata[index]);
  return TRUE;
}

static gboolean
on_arrow (WfDaysGrid *self, guint key, gboolean moves)
{
  int days, steps;

  if (!wf_calendar_arrow_read (GTK_WIDGET (self), key, &days, &steps))
    return FALSE;
  return moves ? wf_days_drag_step (self, days, steps) : step (self, days, steps);
}

static gboolean
on_length_arrow (WfDaysGrid *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return wf_days_drag_step_length (self, -1);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return wf_days_drag_step_length (self, 1);
    default:
      return FALSE;
    }
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        WfDaysGrid *self)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);
  gboolean is_previewed = self->move.kind == WF_DAYS_MOVE_KEYS;

  if (self->move.kind == WF_DAYS_MOVE_ASKED)
    return FALSE;
  if (held == GDK_CONTROL_MASK)
    return on_arrow (self, key, TRUE);
  if (held == (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
    return on_length_arrow (self, key);
  if (held != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return is_previewed && wf_days_drag_commit (self);
    case GDK_KEY_Escape:
      return wf_days_drag_cancel (self);
    case GDK_KEY_Home:
      return !is_previewed && go_to_end (self, FALSE);
    case GDK_KEY_End:
      return !is_previewed && go_to_end (self, TRUE);
    default:
      /* While something is on its way, an arrow alone moves it, too. */
      return on_arrow (self, key, is_previewed);
    }
}

/* The list of an hour and the question for a reason have keys of their own. */
static gboolean
is_in_popover (WfDaysGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) !=
                              gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                WfDaysGrid *self)
{
  return !is_in_popover (self) && on_key (controller, key, code, state, self);
}

void
wf_days_keys_init (WfDaysGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (on_focus_moved), NULL);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_focus_moved), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
