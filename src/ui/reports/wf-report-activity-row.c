/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An activity behind a number. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-activity-row.h"

#include "wf-activity-text.h"
#include "wf-row-text.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfReportActivityRow
{
  GtkBox parent_instance;

  WfRuntime *runtime;     /* (owned) */
  WfMinuteClock *minutes; /* (owned) */
  GtkListItem *list_item; /* (nullable) borrowed while bound */
  WfPagedItem *item;      /* (owned) (nullable) while bound */
  WfRowText *words;
};

G_DEFINE_FINAL_TYPE (WfReportActivityRow, wf_report_activity_row, GTK_TYPE_BOX)

static const char *
get_state (const WfActivity *activity, WfInstant now)
{
  const char *end = wf_activity_end_to_text (activity, now);

  if (end != NULL)
    return end;
  return wf_activity_is_late (activity, now) ? C_ ("state of an activity", "Open and Late")
                                             : C_ ("state of an activity", "Open");
}

static void
show_activity (WfReportActivityRow *self, const WfActivity *activity)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  WfInstant now = wf_minute_clock_get_now (self->minutes);
  g_autofree char *subtitle = wf_activity_subtitle (activity, organisation, TRUE);
  g_autofree char *when =
      wf_time_text_day_and_time (activity->due, now, wf_minute_clock_get_zone (self->minutes));
  g_autofree char *due = g_strdup_printf (_ ("due %s"), when);
  const char *state = get_state (activity, now);
  g_autofree char *spoken =
      g_strdup_printf ("%s, %s, %s, %s", activity->title, subtitle, state, due);

  wf_row_text_set_icon (self->words, WF_ROW_ICON, wf_activity_icon (activity, organisation));
  wf_row_text_set_line (self->words, WF_ROW_TITLE, activity->title);
  wf_row_text_set_line (self->words, WF_ROW_SUBTITLE, subtitle);
  wf_row_text_set_line (self->words, WF_ROW_END, state);
  wf_row_text_set_tone (self->words, WF_ROW_END,
                        wf_activity_is_late (activity, now) ? WF_TONE_ERROR : WF_TONE_PLAIN);
  wf_row_text_set_line (self->words, WF_ROW_END_NOTE, due);
  gtk_list_item_set_accessible_label (self->list_item, spoken);
}

static void
show_row (WfReportActivityRow *self)
{
  const WfActivity *activity = wf_paged_item_get_row (self->item);

  if (activity != NULL)
    {
      show_activity (self, activity);
      return;
    }
  wf_row_text_wait (self->words);
  gtk_list_item_set_accessible_label (self->list_item, _ ("Reading"));
}

static void
wf_report_activity_row_dispose (GObject *object)
{
  WfReportActivityRow *self = WF_REPORT_ACTIVITY_ROW (object);

  wf_report_activity_row_unbind (self);
  g_clear_object (&self->minutes);
  g_clear_object (&self->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_REPORT_ACTIVITY_ROW);
  G_OBJECT_CLASS (wf_report_activity_row_parent_class)->dispose (object);
}

static void
wf_report_activity_row_class_init (WfReportActivityRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WF_TYPE_ROW_TEXT);
  G_OBJECT_CLASS (klass)->dispose = wf_report_activity_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-report-activity-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReportActivityRow, words);
}

static void
wf_report_activity_row_init (WfReportActivityRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_report_activity_row_new (WfRuntime *runtime, WfMinuteClock *minutes)
{
  WfReportActivityRow *self = g_object_new (WF_TYPE_REPORT_ACTIVITY_ROW, NULL);

  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  return GTK_WIDGET (self);
}

void
wf_report_activity_row_bind (WfReportActivityRow *self, GtkListItem *list_item)
{
  g_return_if_fail (WF_IS_REPORT_ACTIVITY_ROW (self));
  wf_report_activity_row_unbind (self);
  self->list_item = list_item;
  self->item = g_object_ref (gtk_list_item_get_item (list_item));
  g_signal_connect_swapped (self->item, "notify::row", G_CALLBACK (show_row), self);
  show_row (self);
}

void
wf_report_activity_row_unbind (WfReportActivityRow *self)
{
  g_return_if_fail (WF_IS_REPORT_ACTIVITY_ROW (self));
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  self->list_item = NULL;
}
