/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day of the month. Its chips are made once, as many as ever fitted, and bound to other activities
 * when another month is shown. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-month-cell.h"

#include "wf-month-more.h"

#include <glib/gi18n-lib.h>

#define SIDE 3 /* between the cell's border and the chips */
#define GAP 2  /* between the chips */
#define DOT 6.0f
#define MOST_DOTS 4
#define SIGN 11.0f
/* Where so few rows fit, "+N more" is beside the number of the day instead of taking one of them. */
#define FEW_ROWS 3
/* Below so many times the height of a chip there is only room for "+N" there: beside the number of the day, and beside that and the
 * number of late ones. */
#define MORE_ROOM 5
#define MORE_ROOM_LATE 8

struct _WfMonthCell
{
  GtkWidget parent_instance;

  WfCalendarModel *model; /* (owned) */
  guint day;
  GDate date;
  gboolean is_other; /* of another month */
  gboolean is_today, is_closed;
  char *note;            /* (owned) (nullable) a holiday, who is away */
  char *label;           /* (owned) (nullable) */
  GPtrArray *activities; /* (owned) (nullable) of WfActivity: the first of the day */
  guint total, late;
  WfMonthRoom room;
  GPtrArray *chips; /* of GtkWidget, children */
  guint n_chips, n_more;
  GtkWidget *more; /* (nullable) a child */
  int head_more;   /* its width beside the number of the day; 0: it is below the chips */
  gboolean is_target;
};

G_DEFINE_FINAL_TYPE (WfMonthCell, wf_month_cell, GTK_TYPE_WIDGET)

/* ---- words ------------------------------------------------------------------------------------- */

static void
append (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, ", %s", part);
}

static char *
make_label (WfMonthCell *self)
{
  g_autofree char *date = wf_calendar_date_to_text (&self->date, FALSE);
  g_autofree char *total = NULL, *late = NULL;
  GString *text = g_string_new (date);

  total = self->total > 0 ? g_strdup_printf (ngettext ("%u activity", "%u activities", self->total),
                                             self->total)
                          : g_strdup (_ ("no activities"));
  if (self->late > 0)
    late = g_strdup_printf (ngettext ("%u late", "%u late", self->late), self->late);
  append (text, self->is_today ? C_ ("calendar", "today") : NULL);
  append (text, self->note);
  append (text, total);
  append (text, late);
  return g_string_free_and_steal (text);
}

static char *
join_notes (const char *holiday, const char *away)
{
  if (holiday != NULL && away != NULL)
    return g_strdup_printf ("%s · %s", holiday, away);
  return g_strdup (holiday != NULL ? holiday : away);
}

/* ---- drawing ----------------------------------------------------------------------------------- */

static PangoLayout *
make_layout (WfMonthCell *self, const char *text, PangoWeight weight)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_weight_new (weight));
  pango_attr_list_insert (list, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, list);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
make_small (PangoLayout *layout)
{
  PangoAttrList *list = pango_attr_list_copy (pango_layout_get_attributes (layout));

  pango_attr_list_insert (list, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
}

static void
draw_layout (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_back (WfMonthCell *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette, int width,
           int height)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  GdkRGBA target = palette->accent;

  if (self->is_closed)
    gtk_snapshot_append_color (snapshot, &palette->closed, &bounds);
  if (self->is_target)
    {
      target.alpha = 0.25f;
      gtk_snapshot_append_color (snapshot, &target, &bounds);
    }
}

/* The number of the day; today's on a disc of the accent. Returns where its box ends. */
static float
draw_number (WfMonthCell *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette, int width,
             gboolean reversed)
{
  const GdkRGBA on_accent = { 1, 1, 1, 1 };
  g_autofree char *text = g_strdup_printf ("%d", g_date_get_day (&self->date));
  g_autoptr (PangoLayout) layout =
      make_layout (self, text, self->is_today ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  int text_width, text_height;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  float disc = (float) MAX (self->room.head - 2, 0);
  float box = MAX (disc, (float) text_width + 8);
  float x = self->room.narrow ? ((float) width - box) / 2 : reversed ? (float) width - box - 1 : 1;
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, 1, box, disc);
  if (self->is_today)
    {
      GskRoundedRect round;
      gsk_rounded_rect_init_from_rect (&round, &bounds, disc / 2);
      gtk_snapshot_push_rounded_clip (snapshot, &round);
      gtk_snapshot_append_color (snapshot, &palette->accent, &bounds);
      gtk_snapshot_pop (snapshot);
    }
  draw_layout (snapshot, layout, x + (box - (float) text_width) / 2,
               1 + (disc - (float) text_height) / 2,
               self->is_today   ? &on_accent
               : self->is_other ? &palette->dim
                                : &palette->text);
  return box + 1;
}

/* How many are late, when they may not all be seen. Returns the width, with that of what is beside it. */
static float
draw_late (WfMonthCell *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette, int width,
           gboolean reversed)
{
  g_autofree char *text = g_strdup_printf ("%u", self->late);
  g_autoptr (PangoLayout) layout = NULL;
  int text_width, text_height;

  if (self->late == 0 || self->n_more == 0)
    return (float) self->head_more;
  layout = make_layout (self, text, PANGO_WEIGHT_BOLD);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  float both = SIGN + 3 + (float) text_width;
  float beside = self->head_more > 0 ? (float) self->head_more : 5;
  float x = reversed ? beside : (float) width - both - beside;
  float middle = (float) self->room.head / 2;
  wf_calendar_draw_sign (snapshot, palette, WF_CALENDAR_SIGN_LATE,
                         reversed ? x + (float) text_width + 3 : x, middle - SIGN / 2, SIGN);
  draw_layout (snapshot, layout, reversed ? x : x + SIGN + 3, middle - (float) text_height / 2,
               &palette->late);
  return both + beside + 3;
}

static void
draw_note (WfMonthCell *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette, float start,
           float end, int width, gboolean reversed)
{
  float room = (float) width - start - end - 6;
  g_autoptr (PangoLayout) layout = NULL;
  int text_height;

  if (self->note == NULL || room < 24)
    return;
  layout = make_layout (self, self->note, PANGO_WEIGHT_NORMAL);
  make_small (layout);
  pango_layout_set_width (layout, (int) room * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &text_height);
  draw_layout (snapshot, layout, reversed ? end + 3 : start + 3,
               ((float) self->room.head - (float) text_height) / 2, &palette->dim);
}

static void
draw_dots (WfMonthCell *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette, int width,
           float y)
{
  WfRuntime *runtime = wf_calendar_model_get_runtime (self->model);
  guint n = MIN (self->activities->len, MOST_DOTS);
  float x = ((float) width - (float) n * DOT - (float) (n - 1) * 2) / 2;

  for (guint i = 0; i < n; i++, x += DOT + 2)
    {
      const WfActivity *activity = self->activities->pdata[i];
      const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, DOT, DOT);
      GskRoundedRect round;
      GdkRGBA color;
      wf_calendar_get_type_color (wf_runtime_get_organisation (runtime), activity->type,
                                  palette->dark, &color);
      gsk_rounded_rect_init_from_rect (&round, &bounds, DOT / 2);
      gtk_snapshot_push_rounded_clip (snapshot, &round);
      gtk_snapshot_append_color (snapshot, &color, &bounds);
      gtk_snapshot_pop (snapshot);
    }
}

/* Without room for a text: dots of the types, and how many there are; late ones in red with the sign. */
static void
draw_summary (WfMonthCell *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette, int width,
              int height)
{
  g_autofree char *text = g_strdup_printf ("%u", self->total);
  g_autoptr (PangoLayout) layout = NULL;
  float y = (float) self->room.head + 2;
  int text_width, text_height;

  if (self->total == 0)
    return;
  if (self->activities != NULL && self->activities->len > 0)
    draw_dots (self, snapshot, palette, width, y);
  layout = make_layout (self, text, self->late > 0 ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  y += DOT + 2;
  if (y + (float) text_height > (float) height)
    return;
  float sign = self->late > 0 ? SIGN + 2 : 0;
  float x = ((float) width - (float) text_width - sign) / 2;
  if (self->late > 0)
    wf_calendar_draw_sign (snapshot, palette, WF_CALENDAR_SIGN_LATE, x,
                           y + ((float) text_height - SIGN) / 2, SIGN);
  draw_layout (snapshot, layout, x + sign, y, self->late > 0 ? &palette->late : &palette->text);
}

static void
wf_month_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfMonthCell *self = WF_MONTH_CELL (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  WfCalendarPalette palette;
  float start, end;

  wf_calendar_palette_init (&palette, widget);
  gtk_snapshot_push_clip (snapshot, &bounds);
  draw_back (self, snapshot, &palette, width, height);
  start = draw_number (self, snapshot, &palette, width, reversed);
  if (self->room.narrow || self->room.rows == 0)
    draw_summary (self, snapshot, &palette, width, height);
  else
    {
      end = draw_late (self, snapshot, &palette, width, reversed);
      draw_note (self, snapshot, &palette, start, end, width, reversed);
    }
  GTK_WIDGET_CLASS (wf_month_cell_parent_class)->snapshot (widget, snapshot);
  gtk_snapshot_pop (snapshot);
}

/* ---- chips ------------------------------------------------------------------------------------- */

static void
show_part (GtkWidget *part, gboolean shown)
{
  if (gtk_widget_get_child_visible (part) != shown)
    gtk_widget_set_child_visible (part, shown);
  gtk_widget_set_focusable (part, shown);
}

static GtkWidget *
get_chip (WfMonthCell *self, guint index)
{
  if (index == self->chips->len)
    {
      GtkWidget *chip = wf_calendar_chip_new ();
      if (self->more != NULL)
        gtk_widget_insert_before (chip, GTK_WIDGET (self), self->more);
      else
        gtk_widget_set_parent (chip, GTK_WIDGET (self));
      g_ptr_array_add (self->chips, chip);
    }
  return self->chips->pdata[index];
}

static void
bind_more (WfMonthCell *self)
{
  if (self->n_more == 0)
    {
      if (self->more != NULL)
        show_part (self->more, FALSE);
      return;
    }
  if (self->more == NULL)
    {
      self->more = wf_month_more_new ();
      gtk_widget_set_parent (self->more, GTK_WIDGET (self));
    }
  wf_month_more_bind (WF_MONTH_MORE (self->more), self->n_more, &self->date);
  show_part (self->more, TRUE);
}

static void
bind_chips (WfMonthCell *self)
{
  guint known = self->activities != NULL ? self->activities->len : 0;
  guint rows = self->room.narrow ? 0 : self->room.rows;

  self->n_chips = MIN (rows, known);
  if (self->total > rows && rows > FEW_ROWS)
    self->n_chips = MIN (rows - 1, known);
  self->n_more = rows > 0 && self->total > self->n_chips ? self->total - self->n_chips : 0;
  for (guint i = 0; i < self->n_chips; i++)
    {
      GtkWidget *chip = get_chip (self, i);
      wf_calendar_chip_bind (WF_CALENDAR_CHIP (chip), self->activities->pdata[i], self->model,
                             FALSE);
      show_part (chip, TRUE);
    }
  for (guint i = self->n_chips; i < self->chips->len; i++)
    {
      show_part (self->chips->pdata[i], FALSE);
      wf_calendar_chip_bind (self->chips->pdata[i], NULL, self->model, FALSE);
    }
  bind_more (self);
}

/* The activity that had the focus keeps it; when it is gone, what took its place gets it. */
static void
rebind (WfMonthCell *self)
{
  int focused = wf_month_cell_get_focused_part (self);
  g_autofree char *id = NULL;
  GtkWidget *next = NULL;

  if (focused >= 0 && (guint) focused < self->n_chips)
    id = g_strdup (wf_calendar_chip_get_activity (self->chips->pdata[focused])->id);
  bind_chips (self);
  if (focused >= 0)
    {
      if (id != NULL)
        next = GTK_WIDGET (wf_month_cell_find_chip (self, id));
      if (next == NULL)
        next = wf_month_cell_get_part (self, (guint) focused);
      gtk_widget_grab_focus (next != NULL ? next : GTK_WIDGET (self));
      if (next != NULL && WF_IS_CALENDAR_CHIP (next)) /* it had the focus, for another one */
        wf_calendar_model_select (self->model,
                                  wf_calendar_chip_get_activity (WF_CALENDAR_CHIP (next))->id);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
place (GtkWidget *part, int x, int y, int width, int height)
{
  gtk_widget_allocate (part, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y)));
}

/* At the other end of the line with the number of the day. */
static void
place_in_head (WfMonthCell *self, int width)
{
  WfMonthMore *more = WF_MONTH_MORE (self->more);
  int least = (self->late > 0 ? MORE_ROOM_LATE : MORE_ROOM) * self->room.chip_height;
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  wf_month_more_set_brief (more, width < least);
  self->head_more = CLAMP (wf_month_more_get_width (more), 1, MAX (width - self->room.head, 1));
  place (self->more, reversed ? 0 : width - self->head_more, 0, self->head_more, self->room.head);
}

static void
wf_month_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WfMonthCell *self = WF_MONTH_CELL (widget);
  int inner = MAX (width - 2 * SIDE, 1), y = self->room.head;

  for (guint i = 0; i < self->n_chips; i++, y += self->room.chip_height + GAP)
    place (self->chips->pdata[i], SIDE, y, inner, self->room.chip_height);
  self->head_more = 0;
  if (self->n_more > 0 && self->room.rows <= FEW_ROWS)
    place_in_head (self, width);
  else if (self->n_more > 0)
    {
      wf_month_more_set_brief (WF_MONTH_MORE (self->more), FALSE);
      place (self->more, SIDE, y, inner, self->room.chip_height);
    }
}

static void
wf_month_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  /* The view gives it its share. Chips are measured so that GTK lets them be allocated. */
  WfMonthCell *self = WF_MONTH_CELL (widget);

  for (guint i = 0; i < self->chips->len; i++)
    gtk_widget_measure (self->chips->pdata[i], orientation, -1, minimum, natural, NULL, NULL);
  *minimum = 0;
  *natural = 0;
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfMonthCell *self = WF_MONTH_CELL (widget);
  char day[32];

  g_snprintf (day, sizeof day, "%04d-%02d-%02d", g_date_get_year (&self->date),
              g_date_get_month (&self->date), g_date_get_day (&self->date));
  gtk_widget_activate_action (widget, "calendar.show-day", "s", day);
}

static void
on_pressed (WfMonthCell *self, int n_press)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2 || self->room.narrow) /* there is nothing else that a finger could hit */
    open_action (GTK_WIDGET (self), "cell.open", NULL);
}

static gboolean
wf_month_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                             GtkTooltip *tooltip)
{
  WfMonthCell *self = WF_MONTH_CELL (widget);

  if (self->note == NULL && !self->room.narrow) /* everything can be read already */
    return FALSE;
  gtk_tooltip_set_text (tooltip, self->label);
  return TRUE;
}

/* A day that has the focus is the date of all views, and no activity is meant. */
static void
wf_month_cell_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  WfMonthCell *self = WF_MONTH_CELL (widget);
  GtkStateFlags flags = gtk_widget_get_state_flags (widget);

  GTK_WIDGET_CLASS (wf_month_cell_parent_class)->state_flags_changed (widget, previous);
  if ((flags & ~previous & GTK_STATE_FLAG_FOCUSED) != 0)
    wf_calendar_model_select (self->model, NULL);
}

static void
wf_month_cell_dispose (GObject *object)
{
  WfMonthCell *self = WF_MONTH_CELL (object);

  for (guint i = 0; i < self->chips->len; i++)
    gtk_widget_unparent (self->chips->pdata[i]);
  g_ptr_array_set_size (self->chips, 0);
  self->n_chips = 0;
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  G_OBJECT_CLASS (wf_month_cell_parent_class)->dispose (object);
}

static void
wf_month_cell_finalize (GObject *object)
{
  WfMonthCell *self = WF_MONTH_CELL (object);

  g_ptr_array_unref (self->chips);
  g_free (self->note);
  g_free (self->label);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (wf_month_cell_parent_class)->finalize (object);
}

static void
wf_month_cell_class_init (WfMonthCellClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wf_month_cell_dispose;
  object_class->finalize = wf_month_cell_finalize;
  widget_class->measure = wf_month_cell_measure;
  widget_class->size_allocate = wf_month_cell_size_allocate;
  widget_class->snapshot = wf_month_cell_snapshot;
  widget_class->query_tooltip = wf_month_cell_query_tooltip;
  widget_class->state_flags_changed = wf_month_cell_state_flags_changed;
  gtk_widget_class_install_action (widget_class, "cell.open", NULL, open_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "cell.open", NULL);
  gtk_widget_class_set_css_name (widget_class, "wf-month-cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
wf_month_cell_init (WfMonthCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->chips = g_ptr_array_new ();
  g_date_clear (&self->date, 1);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/* ---- for the view ------------------------------------------------------------------------------ */

GtkWidget *
wf_month_cell_new (WfCalendarModel *model)
{
  WfMonthCell *self = g_object_new (WF_TYPE_MONTH_CELL, NULL);

  self->model = g_object_ref (model);
  return GTK_WIDGET (self);
}

static void
count (WfMonthCell *self, const WfDayFigures *figures)
{
  self->total = figures->open + figures->done + figures->closed;
  self->late = figures->late;
}

void
wf_month_cell_bind (WfMonthCell *self, guint day, gboolean closed, const char *holiday)
{
  const WfCalendarSpan *span = wf_calendar_model_get_span (self->model);
  const WfCalendarDays *days = wf_calendar_model_get_days (self->model);
  g_autofree char *away = wf_calendar_model_describe_absences (self->model, day);
  g_autofree char *label = NULL;
  const WfDayFigures none = { 0 };
  GDate today;

  self->day = day;
  self->date = span->first;
  g_date_add_days (&self->date, day);
  wf_calendar_model_get_today (self->model, &today);
  self->is_today = g_date_compare (&self->date, &today) == 0;
  self->is_other = day < span->main_from || day >= span->main_until;
  self->is_closed = closed;
  g_free (self->note);
  self->note = join_notes (holiday, away);
  count (self, days != NULL ? &days->counts[day] : &none);
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  if (days != NULL)
    self->activities = g_ptr_array_ref (days->first[day]);
  label = make_label (self);
  if (g_set_str (&self->label, label))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
  rebind (self);
}

void
wf_month_cell_set_room (WfMonthCell *self, const WfMonthRoom *room)
{
  if (self->room.head == room->head && self->room.chip_height == room->chip_height &&
      self->room.rows == room->rows && self->room.narrow == room->narrow)
    return;
  self->room = *room;
  rebind (self);
}

guint
wf_month_cell_get_day (WfMonthCell *self)
{
  return self->day;
}

const char *
wf_month_cell_get_label (WfMonthCell *self)
{
  return self->label;
}

guint
wf_month_cell_get_n_chips (WfMonthCell *self)
{
  return self->n_chips;
}

guint
wf_month_cell_get_n_more (WfMonthCell *self)
{
  return self->n_more;
}

GtkWidget *
wf_month_cell_get_part (WfMonthCell *self, guint index)
{
  if (index < self->n_chips)
    return self->chips->pdata[index];
  return index == self->n_chips && self->n_more > 0 ? self->more : NULL;
}

int
wf_month_cell_get_focused_part (WfMonthCell *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  GtkWidget *part;

  for (guint i = 0; (part = wf_month_cell_get_part (self, i)) != NULL; i++)
    {
      if (part == focus && gtk_widget_is_focus (part))
        return (int) i;
    }
  return -1;
}

WfCalendarChip *
wf_month_cell_find_chip (WfMonthCell *self, const char *activity)
{
  for (guint i = 0; i < self->n_chips; i++)
    {
      WfCalendarChip *chip = self->chips->pdata[i];
      if (g_str_equal (wf_calendar_chip_get_activity (chip)->id, activity))
        return chip;
    }
  return NULL;
}

void
wf_month_cell_set_target (WfMonthCell *self, gboolean target)
{
  if (target == self->is_target)
    return;
  self->is_target = target;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
