/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the agenda: time, what, for whom, and how it stands; before it a bar in the colour of its
 * type. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-agenda-row.h"

#include "wf-activity-text.h"
#include "wf-calendar-paint.h"
#include "wf-sync-text.h"
#include "wf-time-left.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

#define BAR 4.0f
#define BESIDE 8 /* of the bar, from the row's content */

struct _WfAgendaRow
{
  GtkBox parent_instance;

  WfCalendarModel *model; /* (owned) */
  GtkListItem *list_item; /* (nullable) while bound */
  WfAgendaItem *item;     /* (owned) (nullable) while bound */
  GtkLabel *time;
  GtkLabel *until;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *state;
};

G_DEFINE_FINAL_TYPE (WfAgendaRow, wf_agenda_row, GTK_TYPE_BOX)

static WfActivity *
get_activity (WfAgendaRow *self)
{
  return self->item != NULL ? wf_agenda_item_get_activity (self->item) : NULL;
}

/* ---- words ------------------------------------------------------------------------------------- */

/* The end stands below the beginning, of what lasts. */
static void
show_time (WfAgendaRow *self, const WfActivity *activity)
{
  GTimeZone *zone = wf_calendar_model_get_zone (self->model);
  gboolean lasts = activity->ends != WF_INSTANT_NONE && activity->ends > activity->due;
  g_autofree char *from = wf_time_text_clock (activity->due, zone);
  g_autofree char *until = lasts ? wf_time_text_clock (activity->ends, zone) : NULL;

  gtk_label_set_text (self->time, from);
  gtk_label_set_text (self->until, lasts ? until : "");
  gtk_widget_set_visible (GTK_WIDGET (self->until), lasts);
}

static void
set_style (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* What is late is said in words and in red; what is closed is dimmed. */
static void
show_state (WfAgendaRow *self, const WfActivity *activity)
{
  WfInstant now = wf_calendar_model_get_now (self->model);
  const char *end = wf_activity_end_to_text (activity, now);
  g_autofree char *sync = wf_sync_change_text (activity->sync, activity->sync_error);
  gboolean late = end == NULL && wf_activity_is_late (activity, now);
  g_autofree char *left = late ? wf_time_left_to_text (activity->due, now) : NULL;
  const char *text = end != NULL ? end : left != NULL ? left : sync;

  gtk_label_set_text (self->state, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), text != NULL);
  set_style (GTK_WIDGET (self->state), "error", late);
  set_style (GTK_WIDGET (self->state), "dimmed", !late);
  set_style (GTK_WIDGET (self->title), "dimmed", end != NULL);
}

static void
strike (WfAgendaRow *self, gboolean closed)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (closed)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  gtk_label_set_attributes (self->title, attributes);
}

static void
show_activity (WfAgendaRow *self, WfActivity *activity)
{
  WfRuntime *runtime = wf_calendar_model_get_runtime (self->model);
  g_autofree char *subtitle = wf_activity_subtitle (activity, wf_runtime_get_organisation (runtime),
                                                    wf_calendar_model_shows_several (self->model));
  g_autofree char *spoken = wf_calendar_chip_describe (activity, self->model);

  show_time (self, activity);
  gtk_label_set_text (self->title, activity->title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *subtitle != '\0');
  show_state (self, activity);
  strike (self, activity->status != WF_ACTIVITY_OPEN);
  gtk_list_item_set_accessible_label (self->list_item, spoken);
}

static void
show_plain (WfAgendaRow *self, const char *time, const char *title)
{
  gtk_label_set_text (self->time, time);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->until), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->state), FALSE);
  set_style (GTK_WIDGET (self->title), "dimmed", FALSE);
  strike (self, FALSE);
}

static void
show (WfAgendaRow *self)
{
  gboolean is_now = wf_agenda_item_get_kind (self->item) == WF_AGENDA_NOW;
  g_autofree char *text = NULL;

  switch (wf_agenda_item_get_kind (self->item))
    {
    case WF_AGENDA_NOW:
      text = wf_time_text_clock (wf_calendar_model_get_now (self->model),
                                 wf_calendar_model_get_zone (self->model));
      show_plain (self, text, C_ ("calendar", "Now"));
      gtk_list_item_set_accessible_label (self->list_item, C_ ("calendar", "Now"));
      break;
    case WF_AGENDA_MORE:
      text = g_strdup_printf (ngettext ("%u more activity, show the day",
                                        "%u more activities, show the day",
                                        wf_agenda_item_get_n (self->item)),
                              wf_agenda_item_get_n (self->item));
      show_plain (self, "", text);
      gtk_list_item_set_accessible_label (self->list_item, text);
      break;
    case WF_AGENDA_ACTIVITY:
    default:
      show_activity (self, get_activity (self));
      break;
    }
  set_style (GTK_WIDGET (self), "now", is_now);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- drawing ----------------------------------------------------------------------------------- */

static void
draw_bar (WfAgendaRow *self, GtkSnapshot *snapshot, const WfActivity *activity)
{
  GtkWidget *widget = GTK_WIDGET (self);
  WfRuntime *runtime = wf_calendar_model_get_runtime (self->model);
  float height = (float) gtk_widget_get_height (widget) - 6;
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float x = reversed ? (float) (gtk_widget_get_width (widget) + BESIDE) - BAR : -BESIDE;
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, 3, BAR, height);
  WfCalendarPalette palette;
  GskRoundedRect round;
  GdkRGBA color;

  wf_calendar_palette_init (&palette, widget);
  wf_calendar_get_type_color (wf_runtime_get_organisation (runtime), activity->type, palette.dark,
                              &color);
  gsk_rounded_rect_init_from_rect (&round, &bounds, BAR / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &color, &bounds);
  gtk_snapshot_pop (snapshot);
}

/* The line of the present time, from the word to the end. */
static void
draw_now (WfAgendaRow *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  float width = (float) gtk_widget_get_width (widget);
  float middle = (float) gtk_widget_get_height (widget) / 2;
  PangoLayout *layout = gtk_label_get_layout (self->title);
  int text_width;
  graphene_rect_t bounds;
  GdkRGBA color;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (self->title), widget, &bounds))
    return;
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  gtk_widget_get_color (widget, &color);
  float room = bounds.size.width - (float) text_width - 12;
  float x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
                ? bounds.origin.x
                : width - room - (width - bounds.origin.x - bounds.size.width);
  if (room > 0)
    gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (x, middle - 1, room, 2));
}

static void
wf_agenda_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfAgendaRow *self = WF_AGENDA_ROW (widget);

  if (get_activity (self) != NULL)
    draw_bar (self, snapshot, get_activity (self));
  else if (self->item != NULL && wf_agenda_item_get_kind (self->item) == WF_AGENDA_NOW)
    draw_now (self, snapshot);
  GTK_WIDGET_CLASS (wf_agenda_row_parent_class)->snapshot (widget, snapshot);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_agenda_row_dispose (GObject *object)
{
  WfAgendaRow *self = WF_AGENDA_ROW (object);

  wf_agenda_row_unbind (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_AGENDA_ROW);
  G_OBJECT_CLASS (wf_agenda_row_parent_class)->dispose (object);
}

static void
wf_agenda_row_finalize (GObject *object)
{
  g_clear_object (&WF_AGENDA_ROW (object)->model);
  G_OBJECT_CLASS (wf_agenda_row_parent_class)->finalize (object);
}

static void
wf_agenda_row_class_init (WfAgendaRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wf_agenda_row_dispose;
  object_class->finalize = wf_agenda_row_finalize;
  widget_class->snapshot = wf_agenda_row_snapshot;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "calendar/agenda/wf-agenda-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfAgendaRow, time);
  gtk_widget_class_bind_template_child (widget_class, WfAgendaRow, until);
  gtk_widget_class_bind_template_child (widget_class, WfAgendaRow, title);
  gtk_widget_class_bind_template_child (widget_class, WfAgendaRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WfAgendaRow, state);
  gtk_widget_class_set_css_name (widget_class, "wf-agenda-row");
}

static void
wf_agenda_row_init (WfAgendaRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_agenda_row_new (WfCalendarModel *model)
{
  WfAgendaRow *self = g_object_new (WF_TYPE_AGENDA_ROW, NULL);

  self->model = g_object_ref (model);
  return GTK_WIDGET (self);
}

void
wf_agenda_row_bind (WfAgendaRow *self, GtkListItem *list_item)
{
  g_return_if_fail (WF_IS_AGENDA_ROW (self));
  wf_agenda_row_unbind (self);
  self->list_item = list_item;
  self->item = g_object_ref (gtk_list_item_get_item (list_item));
  gtk_list_item_set_selectable (list_item, wf_agenda_item_get_kind (self->item) != WF_AGENDA_NOW);
  gtk_list_item_set_activatable (list_item, wf_agenda_item_get_kind (self->item) != WF_AGENDA_NOW);
  g_signal_connect_swapped (self->item, "changed", G_CALLBACK (show), self);
  show (self);
}

void
wf_agenda_row_unbind (WfAgendaRow *self)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show, self);
  g_clear_object (&self->item);
  self->list_item = NULL;
}
