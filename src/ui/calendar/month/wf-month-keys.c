/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard in the month. Tab comes in once, at the date, and goes on through what is in that day and
 * out; arrows go from day to day and, past the ends, to the next month; down from a day's border into
 * its activities is Tab or Shift+Down. Ctrl and the arrows move an activity by a day or a week. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-month-private.h"

/* ---- from day to day --------------------------------------------------------------------------- */

static void
focus_day (WfMonthView *self, guint day)
{
  WfMonthCell *cell = wf_month_view_get_cell (self, day);

  if (cell != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (cell));
}

static guint
get_day_of (WfMonthView *self, const GDate *date)
{
  int days = g_date_days_between (&self->first, date);

  return days >= 0 && (guint) days < self->n_cells ? (guint) days : 0;
}

/* The date goes along, so that another view or a later month begins with it. */
static void
go_to (WfMonthView *self, const GDate *date)
{
  int days = g_date_days_between (&self->first, date);

  if (days >= 0 && (guint) days < self->n_cells)
    focus_day (self, (guint) days);
  wf_calendar_model_set_date (self->model, date);
}

static void
move (WfMonthView *self, WfMonthCell *cell, int days)
{
  GDate date = self->first;

  g_date_add_days (&date, wf_month_cell_get_day (cell));
  if (days > 0)
    g_date_add_days (&date, (guint) days);
  else
    g_date_subtract_days (&date, (guint) -days);
  go_to (self, &date);
}

void
wf_month_keys_follow (WfMonthView *self)
{
  if (wf_month_view_get_focused_cell (self) != NULL)
    focus_day (self, get_day_of (self, wf_calendar_model_get_date (self->model)));
}

/* ---- inside of a day --------------------------------------------------------------------------- */

static gboolean
focus_part (WfMonthCell *cell, int index)
{
  GtkWidget *part = index >= 0 ? wf_month_cell_get_part (cell, (guint) index) : NULL;

  return part != NULL && gtk_widget_grab_focus (part);
}

/* Out of the day's parts there is the day itself, then the outside. */
static gboolean
tab (WfMonthCell *cell, int part, int direction)
{
  if (direction > 0)
    return focus_part (cell, part + 1);
  if (part < 0)
    return FALSE;
  return part == 0 ? gtk_widget_grab_focus (GTK_WIDGET (cell)) : focus_part (cell, part - 1);
}

static gboolean
go_down (WfMonthView *self, WfMonthCell *cell, int part)
{
  if (part < 0 || !focus_part (cell, part + 1))
    move (self, cell, WF_MONTH_COLUMNS);
  return TRUE;
}

static gboolean
go_up (WfMonthView *self, WfMonthCell *cell, int part)
{
  if (part < 0)
    move (self, cell, -WF_MONTH_COLUMNS);
  else if (part == 0 || !focus_part (cell, part - 1))
    gtk_widget_grab_focus (GTK_WIDGET (cell));
  return TRUE;
}

/* Beside an activity is the neighbour day's in the same place, or the day. */
static gboolean
go_aside (WfMonthView *self, WfMonthCell *cell, int part, int days)
{
  guint day = wf_month_cell_get_day (cell) + (guint) days; /* wraps below zero: no such cell */
  WfMonthCell *next = wf_month_view_get_cell (self, day);
  GDate first = self->first;

  move (self, cell, days);
  if (part >= 0 && next != NULL && g_date_compare (&first, &self->first) == 0)
    focus_part (next, part);
  return TRUE;
}

/* GtkWidget's focus(): Tab and the arrows. */
gboolean
wf_month_keys_focus (WfMonthView *self, GtkDirectionType direction)
{
  WfMonthCell *cell = wf_month_view_get_focused_cell (self);
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int part;

  if (cell == NULL)
    {
      if (self->n_cells == 0)
        return FALSE;
      focus_day (self, get_day_of (self, wf_calendar_model_get_date (self->model)));
      return TRUE;
    }
  part = wf_month_cell_get_focused_part (cell);
  switch (direction)
    {
    case GTK_DIR_TAB_FORWARD:
      return tab (cell, part, 1);
    case GTK_DIR_TAB_BACKWARD:
      return tab (cell, part, -1);
    case GTK_DIR_UP:
      return go_up (self, cell, part);
    case GTK_DIR_DOWN:
      return go_down (self, cell, part);
    case GTK_DIR_LEFT:
      return go_aside (self, cell, part, reversed ? 1 : -1);
    case GTK_DIR_RIGHT:
    default:
      return go_aside (self, cell, part, reversed ? -1 : 1);
    }
}

/* ---- keys of its own --------------------------------------------------------------------------- */

static gboolean
enter_day (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  WfMonthCell *cell = wf_month_view_get_focused_cell (WF_MONTH_VIEW (widget));

  return cell != NULL && wf_month_cell_get_focused_part (cell) < 0 && focus_part (cell, 0);
}

static gboolean
leave_day (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  WfMonthCell *cell = wf_month_view_get_focused_cell (WF_MONTH_VIEW (widget));

  return cell != NULL && wf_month_cell_get_focused_part (cell) >= 0 &&
         gtk_widget_grab_focus (GTK_WIDGET (cell));
}

/* (i): -1 the first, 1 the last day of the week. */
static gboolean
go_to_end (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  WfMonthCell *cell = wf_month_view_get_focused_cell (WF_MONTH_VIEW (widget));
  int direction, column;

  if (cell == NULL)
    return FALSE;
  g_variant_get (arguments, "(i)", &direction);
  column = (int) (wf_month_cell_get_day (cell) % WF_MONTH_COLUMNS);
  move (WF_MONTH_VIEW (widget), cell, direction < 0 ? -column : WF_MONTH_COLUMNS - 1 - column);
  return TRUE;
}

static gboolean
step (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  int direction;

  g_variant_get (arguments, "(i)", &direction);
  return gtk_widget_activate_action (widget, "calendar.step", "i", direction);
}

/* (ii): days, and whether the direction of the language counts. */
static gboolean
move_activity (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  WfMonthView *self = WF_MONTH_VIEW (widget);
  WfMonthCell *cell = wf_month_view_get_focused_cell (self);
  GtkWidget *part = NULL;
  int days, mirrored, focused = cell != NULL ? wf_month_cell_get_focused_part (cell) : -1;

  if (focused >= 0)
    part = wf_month_cell_get_part (cell, (guint) focused);
  if (part == NULL || !WF_IS_CALENDAR_CHIP (part))
    return FALSE;
  g_variant_get (arguments, "(ii)", &days, &mirrored);
  if (mirrored != 0 && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    days = -days;
  if (!wf_month_drag_move (self, cell, wf_calendar_chip_get_activity (WF_CALENDAR_CHIP (part)),
                           days))
    gtk_widget_error_bell (widget);
  return TRUE;
}

static void
add_key (GtkWidgetClass *widget_class, guint key, GdkModifierType modifiers,
         GtkShortcutFunc function, const char *format, int first, int second)
{
  if (format == NULL)
    gtk_widget_class_add_binding (widget_class, key, modifiers, function, NULL);
  else if (g_str_equal (format, "(i)"))
    gtk_widget_class_add_binding (widget_class, key, modifiers, function, "(i)", first);
  else
    gtk_widget_class_add_binding (widget_class, key, modifiers, function, "(ii)", first, second);
}

void
wf_month_keys_install (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    GtkShortcutFunc function;
    const char *format;
    int first, second;
  } keys[] = {
    { GDK_KEY_Down, GDK_SHIFT_MASK, enter_day },
    { GDK_KEY_F2, 0, enter_day },
    { GDK_KEY_Escape, 0, leave_day },
    { GDK_KEY_Home, 0, go_to_end, "(i)", -1 },
    { GDK_KEY_End, 0, go_to_end, "(i)", 1 },
    { GDK_KEY_Page_Up, 0, step, "(i)", -1 },
    { GDK_KEY_Page_Down, 0, step, "(i)", 1 },
    { GDK_KEY_Left, GDK_CONTROL_MASK, move_activity, "(ii)", -1, 1 },
    { GDK_KEY_Right, GDK_CONTROL_MASK, move_activity, "(ii)", 1, 1 },
    { GDK_KEY_Up, GDK_CONTROL_MASK, move_activity, "(ii)", -WF_MONTH_COLUMNS, 0 },
    { GDK_KEY_Down, GDK_CONTROL_MASK, move_activity, "(ii)", WF_MONTH_COLUMNS, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_key (widget_class, keys[i].key, keys[i].modifiers, keys[i].function, keys[i].format,
             keys[i].first, keys[i].second);
}
