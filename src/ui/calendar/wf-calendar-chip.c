/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One activity in a calendar. It draws itself, so that hundreds of them cost a view little: a bar and
 * a tint in the colour of its type, its text, and a sign for what is late, refused or still on this
 * computer only. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-views.h"

#include "wf-activity-text.h"
#include "wf-calendar-paint.h"
#include "wf-sync-text.h"
#include "wf-time-left.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define BAR 3.0f
#define RADIUS 5.0f
#define PADDING 5 /* beside the text */
#define AIR 2     /* above and below it */
#define SIGN 12.0f
/* Below so many times the height of a line the time would leave no room for who it is for; a month is
 * in order of time anyway. */
#define TIME_ROOM 7

struct _WfCalendarChip
{
  GtkWidget parent_instance;

  WfActivity *activity;   /* (owned) (nullable) */
  WfCalendarModel *model; /* (owned) (nullable) */
  gboolean tall;
  PangoLayout *layout; /* (owned) (nullable) */
  gboolean is_single;  /* the text in the layout is that of one line, as is */
  gboolean has_time;   /* that there is room for the time in it */
  int line_height;     /* 0: not known yet */
  char *label;         /* (owned) (nullable) */
};

enum
{
  PROP_ACTIVITY = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfCalendarChip, wf_calendar_chip, GTK_TYPE_WIDGET)

/* ---- words ------------------------------------------------------------------------------------- */

static void
append_part (GString *text, const char *part, const char *separator)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, part);
}

/* "14:30", and of what lasts "14:30–15:15". */
static char *
describe_time (const WfActivity *activity, GTimeZone *zone, gboolean whole)
{
  g_autofree char *from = wf_time_text_clock (activity->due, zone);
  gboolean lasts = activity->ends != WF_INSTANT_NONE && activity->ends > activity->due &&
                   (activity->kind == WF_ACTIVITY_CALL || activity->kind == WF_ACTIVITY_MEETING);

  if (!whole || !lasts)
    return g_steal_pointer (&from);
  g_autofree char *until = wf_time_text_clock (activity->ends, zone);
  /* Translators: beginning and end of a meeting: "14:30–15:15" */
  return g_strdup_printf (_ ("%1$s–%2$s"), from, until);
}

static char *
describe_state (const WfActivity *activity, WfInstant now)
{
  const char *end = wf_activity_end_to_text (activity, now);

  if (end != NULL)
    return g_strdup (end);
  return wf_activity_is_late (activity, now) ? wf_time_left_to_speech (activity->due, now) : NULL;
}

/**
 * wf_calendar_chip_describe:
 * @activity: an activity
 * @model: the calendar that it is in
 *
 * Returns: (transfer full): its name for a screen reader: "Call, Padaria Sol, 14:30, 2 hours late"
 */
char *
wf_calendar_chip_describe (WfActivity *activity, WfCalendarModel *model)
{
  const WfOrganisation *organisation =
      wf_runtime_get_organisation (wf_calendar_model_get_runtime (model));
  GString *text = g_string_new (activity->title);
  g_autofree char *time = describe_time (activity, wf_calendar_model_get_zone (model), TRUE);
  g_autofree char *state = describe_state (activity, wf_calendar_model_get_now (model));
  g_autofree char *sync = wf_sync_change_text (activity->sync, activity->sync_error);

  append_part (text, wf_activity_kind_to_text (activity->kind), ", ");
  append_part (text, activity->lead_name, ", ");
  append_part (text, time, ", ");
  append_part (text, state, ", ");
  if (wf_calendar_model_shows_several (model))
    append_part (text, wf_activity_person_name (activity, organisation), ", ");
  append_part (text, sync, ", ");
  return g_string_free_and_steal (text);
}

static const char *
get_person (WfCalendarChip *self)
{
  WfRuntime *runtime = wf_calendar_model_get_runtime (self->model);

  return wf_calendar_model_shows_several (self->model)
             ? wf_activity_person_name (self->activity, wf_runtime_get_organisation (runtime))
             : NULL;
}

/* The colour says what type it is, so in one line the lead comes before the title. */
static char *
compose_line (WfCalendarChip *self, gsize *strong_from, gsize *strong_until)
{
  const WfActivity *activity = self->activity;
  g_autofree char *time = describe_time (activity, wf_calendar_model_get_zone (self->model), FALSE);
  GString *text = g_string_new (self->has_time ? time : NULL);
  gboolean has_lead = activity->lead_name != NULL && *activity->lead_name != '\0';

  if (self->has_time)
    g_string_append (text, " ");
  *strong_from = text->len;
  g_string_append (text, has_lead ? activity->lead_name : activity->title);
  *strong_until = text->len;
  append_part (text, get_person (self), " · ");
  if (has_lead)
    append_part (text, activity->title, " · ");
  return g_string_free_and_steal (text);
}

static char *
compose_lines (WfCalendarChip *self, gsize *strong_from, gsize *strong_until)
{
  const WfActivity *activity = self->activity;
  g_autofree char *time = describe_time (activity, wf_calendar_model_get_zone (self->model), TRUE);
  GString *text = g_string_new (activity->title);

  *strong_from = 0;
  *strong_until = text->len;
  append_part (text, activity->lead_name, "\n");
  append_part (text, time, "\n");
  append_part (text, activity->place, "\n");
  append_part (text, get_person (self), "\n");
  return g_string_free_and_steal (text);
}

/* The metrics of a font are dear to ask for. */
static int
get_line_height (WfCalendarChip *self)
{
  if (self->line_height == 0)
    self->line_height = wf_calendar_get_line_height (GTK_WIDGET (self));
  return self->line_height;
}

/* ---- the look ---------------------------------------------------------------------------------- */

static gboolean
is_closed (const WfCalendarChip *self)
{
  return self->activity->status != WF_ACTIVITY_OPEN;
}

static gboolean
is_late (const WfCalendarChip *self)
{
  return !is_closed (self) &&
         wf_activity_is_late (self->activity, wf_calendar_model_get_now (self->model));
}

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, gsize from, gsize until)
{
  attribute->start_index = (guint) from;
  attribute->end_index = (guint) until;
  pango_attr_list_insert (list, attribute);
}

/* What matters less is fainter, but in high contrast. */
static void
add_dim (WfCalendarChip *self, PangoAttrList *list, gsize from, gsize until)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));

  if (until > from &&
      !adw_style_manager_get_high_contrast (adw_style_manager_get_for_display (display)))
    add_attribute (list, pango_attr_foreground_alpha_new (is_closed (self) ? 0x9000 : 0xb800), from,
                   until);
}

static PangoAttrList *
make_attributes (WfCalendarChip *self, gsize strong_from, gsize strong_until, gsize length)
{
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_font_features_new ("tnum=1"));
  if (is_closed (self))
    {
      add_dim (self, list, 0, length);
      add_attribute (list, pango_attr_strikethrough_new (TRUE), strong_from, strong_until);
      return list;
    }
  add_dim (self, list, 0, strong_from);
  add_dim (self, list, strong_until, length);
  if (self->tall)
    add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD), strong_from, strong_until);
  return list;
}

static void
compose (WfCalendarChip *self, gboolean single)
{
  gsize strong_from, strong_until;
  g_autofree char *text = single ? compose_line (self, &strong_from, &strong_until)
                                 : compose_lines (self, &strong_from, &strong_until);
  g_autoptr (PangoAttrList) attributes =
      make_attributes (self, strong_from, strong_until, strlen (text));

  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
    }
  self->is_single = single;
  pango_layout_set_single_paragraph_mode (self->layout, single);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_set_attributes (self->layout, attributes);
}

static void
update_layout (WfCalendarChip *self, int width, int height)
{
  int line = get_line_height (self);
  gboolean single = !self->tall || height < 2 * line + 2 * AIR;
  gboolean has_time = self->tall || width >= TIME_ROOM * line;

  if (self->layout == NULL || single != self->is_single || has_time != self->has_time)
    {
      self->has_time = has_time;
      compose (self, single);
    }
  pango_layout_set_width (self->layout, MAX (width, 0) * PANGO_SCALE);
}

static WfCalendarSign
choose_sign (const WfCalendarChip *self)
{
  if (self->activity->sync == WF_SYNC_REFUSED)
    return WF_CALENDAR_SIGN_REFUSED;
  if (is_late (self))
    return WF_CALENDAR_SIGN_LATE;
  if (self->activity->sync == WF_SYNC_LOCAL)
    return WF_CALENDAR_SIGN_WAITING;
  return is_closed (self) ? WF_CALENDAR_SIGN_CLOSED : WF_CALENDAR_SIGN_NONE;
}

static float
choose_tint (WfCalendarChip *self, const WfCalendarPalette *palette)
{
  GtkStateFlags state = gtk_widget_get_state_flags (GTK_WIDGET (self));
  float tint = palette->dark ? 0.24f : 0.15f;

  if (palette->high_contrast)
    tint = 0.1f;
  if (is_closed (self))
    tint *= 0.5f;
  if ((state & GTK_STATE_FLAG_PRELIGHT) != 0)
    tint += 0.1f;
  if ((state & GTK_STATE_FLAG_SELECTED) != 0)
    tint += 0.22f;
  return tint;
}

static void
draw_box (WfCalendarChip *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette, int width,
          int height, gboolean reversed)
{
  WfRuntime *runtime = wf_calendar_model_get_runtime (self->model);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  const graphene_rect_t bar =
      GRAPHENE_RECT_INIT (reversed ? (float) width - BAR : 0, 0, BAR, (float) height);
  GskRoundedRect outline;
  GdkRGBA color, tint;

  wf_calendar_get_type_color (wf_runtime_get_organisation (runtime), self->activity->type,
                              palette->dark, &color);
  if (is_closed (self) && !palette->high_contrast)
    color.alpha = 0.6f;
  tint = color;
  tint.alpha = choose_tint (self, palette);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (palette->high_contrast) /* a line behind the text could be taken for one through it: done */
    gtk_snapshot_append_color (snapshot, &palette->back, &bounds);
  gtk_snapshot_append_color (snapshot, &tint, &bounds);
  gtk_snapshot_append_color (snapshot, &color, &bar);
  gtk_snapshot_pop (snapshot);
  if (palette->high_contrast)
    gtk_snapshot_append_border (snapshot, &outline, (const float[4]) { 1, 1, 1, 1 },
                                (const GdkRGBA[4]) { color, color, color, color });
}

static void
draw_text (WfCalendarChip *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette, int x,
           int width, int height)
{
  const graphene_rect_t clip = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  int text_height;

  if (width <= 0)
    return;
  pango_layout_get_pixel_size (self->layout, NULL, &text_height);
  int y = self->is_single && !self->tall ? (height - text_height) / 2 : AIR;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, 0));
  if (text_height + y > height)
    gtk_snapshot_push_clip (snapshot, &clip);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) y));
  gtk_snapshot_append_layout (snapshot, self->layout,
                              is_late (self) ? &palette->late : &palette->text);
  gtk_snapshot_restore (snapshot);
  if (text_height + y > height)
    gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
wf_calendar_chip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfCalendarChip *self = WF_CALENDAR_CHIP (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int start = (int) BAR + PADDING, line = get_line_height (self);
  WfCalendarPalette palette;
  WfCalendarSign sign;

  if (self->activity == NULL || width <= 0 || height <= 0)
    return;
  wf_calendar_palette_init (&palette, widget);
  sign = choose_sign (self);
  gboolean has_sign = sign != WF_CALENDAR_SIGN_NONE && width > start + (int) SIGN + PADDING;
  int end = has_sign ? PADDING + (int) SIGN : PADDING - 1;
  int text_width = width - start - end;
  update_layout (self, text_width, height);
  draw_box (self, snapshot, &palette, width, height, reversed);
  draw_text (self, snapshot, &palette, reversed ? end : start, text_width, height);
  if (has_sign)
    {
      float x = reversed ? PADDING - 2 : (float) width - SIGN - PADDING + 2;
      float y = self->tall ? AIR + ((float) line - SIGN) / 2 : ((float) height - SIGN) / 2;
      wf_calendar_draw_sign (snapshot, &palette, sign, x, MAX (y, 0), SIGN);
    }
}

static void
wf_calendar_chip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL
                 ? get_line_height (WF_CALENDAR_CHIP (widget)) + 2 * AIR
                 : 0;
  *natural = *minimum;
}

/* ---- input ------------------------------------------------------------------------------------- */

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfCalendarChip *self = WF_CALENDAR_CHIP (widget);

  if (self->activity == NULL)
    return;
  wf_calendar_model_select (self->model, self->activity->id);
  gtk_widget_activate_action (widget, "calendar.open", "s", self->activity->id);
}

static void
on_pressed (WfCalendarChip *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_released (WfCalendarChip *self, int n_press, double x, double y)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    gtk_widget_activate_action (GTK_WIDGET (self), "chip.open", NULL);
}

static gboolean
wf_calendar_chip_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                                GtkTooltip *tooltip)
{
  WfCalendarChip *self = WF_CALENDAR_CHIP (widget);

  if (self->activity == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, self->label);
  return TRUE;
}

static void
wf_calendar_chip_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  WfCalendarChip *self = WF_CALENDAR_CHIP (widget);
  GtkStateFlags drawn = GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_SELECTED | GTK_STATE_FLAG_DIR_RTL;
  GtkStateFlags gained = gtk_widget_get_state_flags (widget) & ~previous;

  GTK_WIDGET_CLASS (wf_calendar_chip_parent_class)->state_flags_changed (widget, previous);
  if ((gained & GTK_STATE_FLAG_FOCUSED) != 0 && self->activity != NULL)
    wf_calendar_model_select (self->model, self->activity->id); /* the keys are about this one */
  if (((gtk_widget_get_state_flags (widget) ^ previous) & drawn) != 0)
    gtk_widget_queue_draw (widget);
}

/* Font, direction or theme: the text is laid out anew. */
static void
drop_layout (WfCalendarChip *self)
{
  g_clear_object (&self->layout);
  self->line_height = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
wf_calendar_chip_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wf_calendar_chip_parent_class)->css_changed (widget, change);
  drop_layout (WF_CALENDAR_CHIP (widget));
}

static void
wf_calendar_chip_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (wf_calendar_chip_parent_class)->direction_changed (widget, previous);
  drop_layout (WF_CALENDAR_CHIP (widget));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
show_selected (WfCalendarChip *self)
{
  gboolean is_selected =
      self->activity != NULL &&
      g_strcmp0 (wf_calendar_model_get_selected (self->model), self->activity->id) == 0;

  if (is_selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
}

static void
set_model (WfCalendarChip *self, WfCalendarModel *model)
{
  if (model == self->model)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, show_selected, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "selected", G_CALLBACK (show_selected), self,
                             G_CONNECT_SWAPPED);
}

static void
wf_calendar_chip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACTIVITY:
      g_value_set_pointer (value, WF_CALENDAR_CHIP (object)->activity);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_calendar_chip_dispose (GObject *object)
{
  WfCalendarChip *self = WF_CALENDAR_CHIP (object);

  g_clear_pointer (&self->activity, wf_activity_unref);
  g_clear_object (&self->layout);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (wf_calendar_chip_parent_class)->dispose (object);
}

static void
wf_calendar_chip_finalize (GObject *object)
{
  g_free (WF_CALENDAR_CHIP (object)->label);
  G_OBJECT_CLASS (wf_calendar_chip_parent_class)->finalize (object);
}

static void
wf_calendar_chip_class_init (WfCalendarChipClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_calendar_chip_get_property;
  object_class->dispose = wf_calendar_chip_dispose;
  object_class->finalize = wf_calendar_chip_finalize;
  widget_class->measure = wf_calendar_chip_measure;
  widget_class->snapshot = wf_calendar_chip_snapshot;
  widget_class->query_tooltip = wf_calendar_chip_query_tooltip;
  widget_class->state_flags_changed = wf_calendar_chip_state_flags_changed;
  widget_class->css_changed = wf_calendar_chip_css_changed;
  widget_class->direction_changed = wf_calendar_chip_direction_changed;
  props[PROP_ACTIVITY] = g_param_spec_pointer (
      "activity", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  /* An action of its own is what GTK offers on the accessibility bus. */
  gtk_widget_class_install_action (widget_class, "chip.open", NULL, open_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "chip.open", NULL);
  gtk_widget_class_set_css_name (widget_class, "wf-calendar-chip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
wf_calendar_chip_init (WfCalendarChip *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
wf_calendar_chip_new (void)
{
  return g_object_new (WF_TYPE_CALENDAR_CHIP, NULL);
}

/**
 * wf_calendar_chip_bind:
 * @self: a chip of a pool
 * @activity: (nullable): what it shows from now on; NULL: it waits
 * @model: the calendar
 * @tall: whether it may have several lines
 */
void
wf_calendar_chip_bind (WfCalendarChip *self, WfActivity *activity, WfCalendarModel *model,
                       gboolean tall)
{
  g_return_if_fail (WF_IS_CALENDAR_CHIP (self) && WF_IS_CALENDAR_MODEL (model));
  g_autofree char *label = NULL;
  gboolean other = activity != self->activity;

  set_model (self, model);
  if (activity != NULL)
    wf_activity_ref (activity);
  g_clear_pointer (&self->activity, wf_activity_unref);
  self->activity = activity;
  self->tall = tall;
  g_clear_object (&self->layout);
  if (activity != NULL)
    label = wf_calendar_chip_describe (activity, model);
  if (g_set_str (&self->label, label) && label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
  show_selected (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (other)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVITY]);
}

WfActivity *
wf_calendar_chip_get_activity (WfCalendarChip *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_CHIP (self), NULL);
  return self->activity;
}
