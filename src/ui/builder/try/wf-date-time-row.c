/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for a date and a time of day. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-date-time-row.h"

#include "wf-instant.h"
#include "wf-time-text.h"

struct _WfDateTimeRow
{
  AdwEntryRow parent_instance;

  GtkPopover *popover;
  GtkCalendar *calendar;

  GTimeZone *zone;  /* (owned) */
  gboolean setting; /* while the calendar is set from the text */
};

G_DEFINE_FINAL_TYPE (WfDateTimeRow, wf_date_time_row, ADW_TYPE_ENTRY_ROW)

/* "2026-11-20 17:50", also without the time. */
static GDateTime *
parse (WfDateTimeRow *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " T", 2);
  int year, month, day, hour = 0, minute = 0;

  if (parts[0] == NULL || !wf_instant_parse_date (parts[0], &year, &month, &day))
    return NULL;
  if (parts[1] != NULL && *g_strstrip (parts[1]) != '\0' &&
      !wf_time_text_parse_clock (parts[1], &hour, &minute))
    return NULL;
  return g_date_time_new (self->zone, year, month, day, hour, minute, 0);
}

static char *
dup_text (WfDateTimeRow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
}

static void
set_date_time (WfDateTimeRow *self, GDateTime *at)
{
  g_autofree char *text = at != NULL ? g_date_time_format (at, "%Y-%m-%d %H:%M") : g_strdup ("");

  gtk_editable_set_text (GTK_EDITABLE (self), text);
}

static void
on_changed (WfDateTimeRow *self)
{
  WfInstant at;
  gboolean fits = wf_date_time_row_get_instant (self, &at);

  if (fits)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               fits ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
}

static void
on_popover_shown (WfDateTimeRow *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GDateTime) at = parse (self, text);

  if (at == NULL)
    return;
  self->setting = TRUE;
  gtk_calendar_select_day (self->calendar, at);
  self->setting = FALSE;
}

/* The time of day stays. */
static void
on_day_selected (WfDateTimeRow *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GDateTime) at = parse (self, text);
  g_autoptr (GDateTime) day = NULL, next = NULL;

  if (self->setting)
    return;
  day = gtk_calendar_get_date (self->calendar);
  next = g_date_time_new (self->zone, g_date_time_get_year (day), g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day),
                          at != NULL ? g_date_time_get_hour (at) : 0,
                          at != NULL ? g_date_time_get_minute (at) : 0, 0);
  set_date_time (self, next);
  gtk_popover_popdown (self->popover);
}

static void
wf_date_time_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_DATE_TIME_ROW);
  G_OBJECT_CLASS (wf_date_time_row_parent_class)->dispose (object);
}

static void
wf_date_time_row_finalize (GObject *object)
{
  g_time_zone_unref (WF_DATE_TIME_ROW (object)->zone);
  G_OBJECT_CLASS (wf_date_time_row_parent_class)->finalize (object);
}

static void
wf_date_time_row_class_init (WfDateTimeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_date_time_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_date_time_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/try/wf-date-time-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfDateTimeRow, popover);
  gtk_widget_class_bind_template_child (widget_class, WfDateTimeRow, calendar);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected);
}

static void
wf_date_time_row_init (WfDateTimeRow *self)
{
  self->zone = g_time_zone_new_local ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_date_time_row_set_zone (WfDateTimeRow *self, GTimeZone *zone)
{
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

void
wf_date_time_row_set_instant (WfDateTimeRow *self, WfInstant at)
{
  g_autoptr (GDateTime) local = at != WF_INSTANT_NONE ? wf_instant_to_date_time (at, self->zone)
                                                      : NULL;

  set_date_time (self, local);
}

/**
 * wf_date_time_row_get_instant:
 * @self: a row
 * @at: (out): the instant, %WF_INSTANT_NONE when nothing is typed
 *
 * Returns: %FALSE when what is typed is no date
 */
gboolean
wf_date_time_row_get_instant (WfDateTimeRow *self, WfInstant *at)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GDateTime) local = parse (self, text);

  *at = WF_INSTANT_NONE;
  if (local != NULL)
    *at = g_date_time_to_unix_usec (local);
  return local != NULL || *text == '\0';
}
