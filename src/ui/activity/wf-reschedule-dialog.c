/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a new deadline and the reason (S7). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-reschedule-dialog.h"

#include "wf-instant.h"
#include "wf-problem-row.h"
#include "wf-recent-reasons.h"
#include "wf-reschedule-text.h"
#include "wf-time-left.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

#define QUARTER (15 * G_TIME_SPAN_MINUTE)

struct _WfRescheduleDialog
{
  AdwDialog parent_instance;

  WfMinuteClock *minutes; /* (owned) */
  WfRuntime *runtime;     /* (owned) */
  GPtrArray *activities;  /* (owned) of WfActivity */
  gboolean reason_begun;  /* an empty reason is a problem once something was written */
  gboolean time_begun;    /* the present deadline is one once something was entered */
  GtkWidget *save;
  AdwActionRow *day;
  GtkPopover *popover;
  GtkCalendar *calendar;
  GtkEditable *time;
  WfProblemRow *time_problem;
  GtkEditable *reason;
  WfProblemRow *reason_problem;
  AdwWrapBox *recent;
  GtkLabel *result;
};

enum
{
  RESCHEDULED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfRescheduleDialog, wf_reschedule_dialog, ADW_TYPE_DIALOG)

static WfRescheduleCheck
check_fields (WfRescheduleDialog *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  const WfRescheduleSubject subject = {
    .activities = (const WfActivity *const *) self->activities->pdata,
    .n_activities = self->activities->len,
    .organisation = wf_runtime_get_organisation (self->runtime),
    .now = wf_minute_clock_get_now (self->minutes),
    .zone = wf_minute_clock_get_zone (self->minutes),
  };

  return wf_reschedule_check (&subject, g_date_time_get_year (day), g_date_time_get_month (day),
                              g_date_time_get_day_of_month (day),
                              gtk_editable_get_text (self->time),
                              gtk_editable_get_text (self->reason));
}

static void
show_result (WfRescheduleDialog *self, const WfRescheduleCheck *check)
{
  if (check->due == WF_INSTANT_NONE || (check->time_problem != NULL && !check->same))
    {
      gtk_label_set_text (self->result, "");
      return;
    }
  g_autofree char *full = wf_time_text_full (check->due, wf_minute_clock_get_zone (self->minutes));
  g_autofree char *left =
      wf_time_left_to_text (check->due, wf_minute_clock_get_now (self->minutes));
  g_autofree char *text = g_strdup_printf ("%s · %s%s%s", full, left,
                                           check->note != NULL ? "\n" : "",
                                           check->note != NULL ? check->note : "");
  gtk_label_set_text (self->result, text);
}

/* The dialog begins with the present deadline: that is no mistake until something was entered. */
static const char *
get_time_problem (WfRescheduleDialog *self, const WfRescheduleCheck *check)
{
  return check->same && !self->time_begun && !self->reason_begun ? NULL : check->time_problem;
}

static void
show_check (WfRescheduleDialog *self)
{
  g_auto (WfRescheduleCheck) check = check_fields (self);
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  /* Translators: a day without its time, strftime format: "Friday, 20 November 2026" */
  g_autofree char *day_text = g_date_time_format (day, _ ("%A, %-d %B %Y"));

  adw_action_row_set_subtitle (self->day, day_text);
  wf_problem_row_set_text (self->time_problem, get_time_problem (self, &check),
                           GTK_WIDGET (self->time));
  wf_problem_row_set_text (self->reason_problem, self->reason_begun ? check.reason_problem : NULL,
                           GTK_WIDGET (self->reason));
  show_result (self, &check);
  gtk_widget_set_sensitive (self->save, check.time_problem == NULL && check.reason_problem == NULL);
}

/* The fields are filled in before there is anything to check. */
static void
on_changed (WfRescheduleDialog *self)
{
  if (self->activities == NULL)
    return;
  self->time_begun = TRUE;
  show_check (self);
}

static void
on_reason_changed (WfRescheduleDialog *self)
{
  self->reason_begun = TRUE;
  show_check (self);
}

/* Not the whole answer: the day and the time may still be another. */
static void
on_recent_chosen (gpointer data, const char *reason)
{
  WfRescheduleDialog *self = data;

  gtk_editable_set_text (self->reason, reason);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  gtk_editable_set_position (self->reason, -1);
}

static void
on_day_selected (WfRescheduleDialog *self)
{
  on_changed (self);
  gtk_popover_popdown (self->popover);
}

static void
on_cancel_clicked (WfRescheduleDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked (WfRescheduleDialog *self)
{
  g_auto (WfRescheduleCheck) check = check_fields (self);
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));

  if (check.time_problem != NULL || check.reason_problem != NULL)
    {
      show_check (self); /* the time passed while the dialog was open */
      return;
    }
  wf_recent_reasons_remember (reason);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[RESCHEDULED], 0, check.due, reason);
}

static void
wf_reschedule_dialog_dispose (GObject *object)
{
  WfRescheduleDialog *self = WF_RESCHEDULE_DIALOG (object);

  g_clear_object (&self->minutes);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_RESCHEDULE_DIALOG);
  G_OBJECT_CLASS (wf_reschedule_dialog_parent_class)->dispose (object);
}

static void
wf_reschedule_dialog_class_init (WfRescheduleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_reschedule_dialog_dispose;
  signals[RESCHEDULED] = g_signal_new ("rescheduled", WF_TYPE_RESCHEDULE_DIALOG, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64,
                                       G_TYPE_STRING);
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-reschedule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, day);
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, popover);
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, time);
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, time_problem);
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, reason_problem);
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, result);
  gtk_widget_class_bind_template_child (widget_class, WfRescheduleDialog, recent);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
wf_reschedule_dialog_init (WfRescheduleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_recent_reasons_show (self->recent, on_recent_chosen, self);
}

/* What is offered at first: the present deadline while it is ahead, else the first quarter of an hour that is a working one. */
static WfInstant
choose_first (WfInstant due, WfInstant now, const WfWorkingHours *hours)
{
  WfInstant first = (now / QUARTER + 2) * QUARTER;

  if (due > now)
    return due;
  if (hours == NULL || wf_working_hours_is_open (hours, first))
    return first;
  WfInstant open = wf_working_hours_next_open (hours, first);
  return open != WF_INSTANT_NONE ? open + QUARTER : first;
}

/* The hours of the one whose activities they are; the company's when they are of several people. */
static const WfWorkingHours *
get_hours (const WfOrganisation *organisation, GPtrArray *activities)
{
  const char *id = ((const WfActivity *) activities->pdata[0])->person;

  if (organisation == NULL)
    return NULL;
  for (guint i = 1; i < activities->len; i++)
    {
      if (g_strcmp0 (id, ((const WfActivity *) activities->pdata[i])->person) != 0)
        return wf_organisation_get_hours_for (organisation, NULL);
    }
  return wf_organisation_get_hours_for (
      organisation, id != NULL ? wf_organisation_get_person (organisation, id) : NULL);
}

/**
 * wf_reschedule_dialog_new:
 * @runtime: knows the people and their hours
 * @minutes: the window's time
 * @activities: (element-type WfActivity): what is rescheduled; at least one
 *
 * Returns: (transfer floating): the question for a new deadline and the reason
 */
AdwDialog *
wf_reschedule_dialog_new (WfRuntime *runtime, WfMinuteClock *minutes, GPtrArray *activities)
{
  g_return_val_if_fail (activities->len > 0, NULL);
  WfRescheduleDialog *self = g_object_new (WF_TYPE_RESCHEDULE_DIALOG, NULL);
  WfInstant first = choose_first (((const WfActivity *) activities->pdata[0])->due,
                                  wf_minute_clock_get_now (minutes),
                                  get_hours (wf_runtime_get_organisation (runtime), activities));
  GTimeZone *zone = wf_minute_clock_get_zone (minutes);
  g_autoptr (GDateTime) day = wf_instant_to_date_time (first, zone);
  g_autofree char *time = wf_time_text_clock (first, zone);

  self->minutes = g_object_ref (minutes);
  self->runtime = g_object_ref (runtime);
  gtk_calendar_select_day (self->calendar, day);
  gtk_editable_set_text (self->time, time);
  self->activities = g_ptr_array_ref (activities);
  show_check (self);
  return ADW_DIALOG (self);
}
