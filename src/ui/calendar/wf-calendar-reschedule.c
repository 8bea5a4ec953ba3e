/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rescheduling from a calendar: check, ask the reason, do, offer the way back.
 *
 * The policy: what has passed is refused, since a deadline that is late at once helps nobody; closed
 * time is allowed, since clients keep other hours, but never without saying so. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-reschedule.h"

#include "wf-activity-rights.h"
#include "wf-instant.h"
#include "wf-reschedule-popover.h"
#include "wf-reschedule-text.h"
#include "wf-time-left.h"
#include "wf-time-text.h"
#include "wf-toast.h"
#include "wf-zone-table.h"

#include <glib/gi18n-lib.h>

/* ---- what may be moved, and where to ----------------------------------------------------------- */

gboolean
wf_calendar_can_move (WfCalendarModel *model, const WfActivity *activity)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (model), FALSE);
  return activity->status == WF_ACTIVITY_OPEN && activity->due != WF_INSTANT_NONE &&
         wf_activity_may_change (wf_calendar_model_get_runtime (model), activity);
}

/* Why it cannot be moved at all; NULL: it can. Borrowed. */
static const char *
explain_refusal (WfCalendarModel *model, const WfActivity *activity)
{
  if (activity->status != WF_ACTIVITY_OPEN)
    return _ ("The activity is closed already.");
  if (activity->due == WF_INSTANT_NONE)
    return _ ("The activity has no deadline.");
  return wf_activity_explain_refusal (wf_calendar_model_get_runtime (model), activity);
}

/* What to consider of a time that is allowed; NULL: nothing. Owned by the caller. */
static char *
find_concern (WfCalendarModel *model, const WfActivity *activity, WfInstant due)
{
  return wf_reschedule_find_concern (
      wf_runtime_get_organisation (wf_calendar_model_get_runtime (model)), activity, due);
}

static void
take_note (char **note, char *text)
{
  if (note != NULL)
    *note = text;
  else
    g_free (text);
}

/**
 * wf_calendar_check_move:
 * @model: a calendar
 * @activity: what is to be moved
 * @due: where to
 * @note: (out) (optional) (nullable) (transfer full): what is to be said of it
 *
 * Returns: whether it may be moved there
 */
WfMoveVerdict
wf_calendar_check_move (WfCalendarModel *model, const WfActivity *activity, WfInstant due,
                        char **note)
{
  const char *refusal;
  char *concern;

  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (model), WF_MOVE_REFUSED);
  take_note (note, NULL);
  refusal = explain_refusal (model, activity);
  if (refusal == NULL && activity->due == due)
    return WF_MOVE_SAME;
  if (refusal == NULL && due <= wf_calendar_model_get_now (model))
    refusal = _ ("This time has passed.");
  if (refusal != NULL)
    {
      take_note (note, g_strdup (refusal));
      return WF_MOVE_REFUSED;
    }
  concern = find_concern (model, activity, due);
  if (concern == NULL)
    return WF_MOVE_FINE;
  take_note (note, concern);
  return WF_MOVE_CLOSED;
}

gboolean
wf_calendar_can_set_length (WfCalendarModel *model, const WfActivity *activity)
{
  return (activity->kind == WF_ACTIVITY_CALL || activity->kind == WF_ACTIVITY_MEETING) &&
         wf_calendar_can_move (model, activity);
}

/**
 * wf_calendar_check_length:
 * @model: a calendar
 * @activity: a call or a meeting
 * @ends: its new end
 * @note: (out) (optional) (nullable) (transfer full): what is to be said of it
 *
 * Returns: whether it may end then
 */
WfMoveVerdict
wf_calendar_check_length (WfCalendarModel *model, const WfActivity *activity, WfInstant ends,
                          char **note)
{
  const char *refusal;
  WfInstant from, until;

  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (model), WF_MOVE_REFUSED);
  take_note (note, NULL);
  refusal = explain_refusal (model, activity);
  wf_calendar_get_extent (activity, &from, &until);
  if (refusal == NULL && activity->kind != WF_ACTIVITY_CALL &&
      activity->kind != WF_ACTIVITY_MEETING)
    refusal = _ ("Only calls and meetings last a while.");
  if (refusal == NULL && ends == until)
    return WF_MOVE_SAME;
  if (refusal == NULL && (ends - from < WF_LENGTH_LEAST || ends - from > WF_LENGTH_MOST))
    refusal = _ ("It lasts from five minutes to a day.");
  if (refusal != NULL)
    {
      take_note (note, g_strdup (refusal));
      return WF_MOVE_REFUSED;
    }
  /* The office may close as it ends: the instant before that counts. */
  char *concern = find_concern (model, activity, ends - 1);
  if (concern == NULL)
    return WF_MOVE_FINE;
  take_note (note, concern);
  return WF_MOVE_CLOSED;
}

/**
 * wf_calendar_move_days:
 * @due: an instant
 * @days: how many days later; negative: earlier
 * @zone: the viewer's
 *
 * Returns: the same time of that day; one that does not exist is shifted by the gap, of one that comes
 *   twice it is the earlier (S21)
 */
WfInstant
wf_calendar_move_days (WfInstant due, int days, GTimeZone *zone)
{
  g_autoptr (WfZoneTable) table = wf_zone_table_new (zone);

  return wf_zone_table_to_instant (table,
                                   wf_zone_table_to_local (table, due) + days * G_TIME_SPAN_DAY);
}

char *
wf_calendar_describe_move (WfCalendarModel *model, WfInstant due)
{
  GTimeZone *zone = wf_calendar_model_get_zone (model);
  g_autoptr (GDateTime) local = wf_instant_to_date_time (due, zone);
  g_autoptr (GDateTime) now = wf_instant_to_date_time (wf_calendar_model_get_now (model), zone);

  if (local == NULL || now == NULL || g_date_time_get_year (local) != g_date_time_get_year (now))
    return wf_time_text_full (due, zone);
  /* Translators: a day and a time of this year, strftime format: "Friday, 20 November, 17:50" */
  return g_date_time_format (local, _ ("%A, %-d %B, %H:%M"));
}

char *
wf_calendar_describe_length (WfCalendarModel *model, WfInstant from, WfInstant until)
{
  g_autofree char *clock = wf_time_text_clock (until, wf_calendar_model_get_zone (model));
  g_autofree char *amount = wf_time_amount_to_text ((until - from) / G_TIME_SPAN_MINUTE);

  /* Translators: when a meeting ends, and how long it lasts: "Until 11:30, 45 min" */
  return g_strdup_printf (_ ("Until %s, %s"), clock, amount);
}

/* ---- the command ------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *over;        /* (owned) */
  WfCalendarModel *model; /* (owned) */
  WfActivity *activity;   /* (owned) as it was before */
  WfInstant due;          /* WF_INSTANT_NONE: its end is moved, and not the whole */
  WfInstant ends;         /* of another length */
  char *reason;           /* (owned) (nullable) once it was given */
  WfBulkResult *result;   /* (owned) (nullable) once it was done: what Undo needs */
  WfRescheduleDone done;  /* (nullable) NULL once called */
  gpointer data;
} Move;

static void
move_free (gpointer data)
{
  Move *self = data;

  g_object_unref (self->over);
  g_object_unref (self->model);
  wf_activity_unref (self->activity);
  g_free (self->reason);
  g_clear_pointer (&self->result, wf_bulk_result_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Move, move_free)

static gboolean
is_alive (const Move *self)
{
  return gtk_widget_get_root (self->over) != NULL;
}

static void
announce (const Move *self, const char *text)
{
  if (is_alive (self))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->over), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
tell_done (Move *self, gboolean moved)
{
  WfRescheduleDone done = g_steal_pointer (&self->done);

  if (done != NULL && is_alive (self))
    done (moved, self->data);
}

static void
say (const Move *self, const char *text)
{
  wf_toast_show (self->over, text);
  announce (self, text);
}

static void
say_failure (Move *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && is_alive (self))
    say (self, error->message);
}

static char *
describe_undone (const Move *self)
{
  WfInstant from, until;

  wf_calendar_get_extent (self->activity, &from, &until);
  g_autofree char *when = self->due == WF_INSTANT_NONE
                              ? wf_calendar_describe_length (self->model, from, until)
                              : wf_calendar_describe_move (self->model, self->activity->due);
  if (self->due == WF_INSTANT_NONE)
    return g_steal_pointer (&when);
  /* Translators: said by a screen reader; %s is a day and a time */
  return g_strdup_printf (_ ("Moved back to %s"), when);
}

static char *
describe_done (const Move *self)
{
  if (self->due == WF_INSTANT_NONE)
    return wf_calendar_describe_length (self->model, self->activity->due, self->ends);
  g_autofree char *when = wf_calendar_describe_move (self->model, self->due);
  /* Translators: an activity was rescheduled; %s is a day and a time: "Tuesday, 24 November, 10:30" */
  return g_strdup_printf (_ ("Moved to %s"), when);
}

static void
on_undone (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Move) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_left = 0;

  if (!wf_runtime_undo_finish (WF_RUNTIME (object), result, &n_left, &error))
    {
      say_failure (self, error);
      return;
    }
  if (n_left > 0)
    {
      say (self, _ ("It was changed meanwhile and stays as it is."));
      return;
    }
  g_autofree char *text = describe_undone (self);
  announce (self, text);
}

static Move *
move_new (GtkWidget *over, WfCalendarModel *model, WfActivity *activity, WfInstant due)
{
  Move *self = g_new0 (Move, 1);

  self->over = g_object_ref (over);
  self->model = g_object_ref (model);
  self->activity = wf_activity_ref (activity);
  self->due = due;
  return self;
}

/* The toast keeps its own until it is gone. */
static void
undo (gpointer data)
{
  Move *done = data;
  Move *self = move_new (done->over, done->model, done->activity, done->due);

  self->result = g_steal_pointer (&done->result);
  wf_runtime_undo_async (wf_calendar_model_get_runtime (self->model), self->result, NULL, on_undone,
                         self);
}

static void
on_moved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Move) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *over = self->over;

  self->result = wf_runtime_change_many_finish (WF_RUNTIME (object), result, &error);
  if (self->result == NULL)
    say_failure (self, error);
  else if (self->result->done->len == 0 && self->result->refused->len > 0 && is_alive (self))
    say (self, g_ptr_array_index (self->result->refused, 0));
  if (self->result == NULL || self->result->done->len == 0)
    {
      tell_done (self, FALSE);
      return;
    }
  tell_done (self, TRUE);
  g_autofree char *text = describe_done (self);
  announce (self, text);
  if (is_alive (self))
    wf_toast_show_undo (over, text, undo, g_steal_pointer (&self), move_free);
}

/* reason: NULL when the person changed their mind. */
static void
on_reason_given (const char *reason, gpointer data)
{
  g_autoptr (Move) self = data;
  const char *const activities[] = { self->activity->id, NULL };

  if (reason == NULL)
    {
      tell_done (self, FALSE);
      return;
    }
  self->reason = g_strdup (reason);
  const WfBulkChange change = { .kind = WF_BULK_RESCHEDULE,
                                .text = self->reason,
                                .due = self->due };
  Move *taken = g_steal_pointer (&self);
  wf_runtime_change_many_async (wf_calendar_model_get_runtime (taken->model), activities, &change,
                                NULL, on_moved, taken);
}

/**
 * wf_calendar_reschedule:
 * @over: where it is asked and told; in a window
 * @at: (nullable): the place of what is moved in @over
 * @model: the calendar
 * @activity: what is moved
 * @due: its new deadline; of a call or a meeting its beginning, the end moves along
 * @done: (nullable): called once it is moved, or is not to be moved
 * @data: for @done
 */
void
wf_calendar_reschedule (GtkWidget *over, const GdkRectangle *at, WfCalendarModel *model,
                        WfActivity *activity, WfInstant due, WfRescheduleDone done, gpointer data)
{
  g_autofree char *note = NULL;
  WfMoveVerdict verdict;

  g_return_if_fail (GTK_IS_WIDGET (over));
  verdict = wf_calendar_check_move (model, activity, due, &note);
  g_autoptr (Move) self = move_new (over, model, activity, due);
  self->done = done;
  self->data = data;
  if (verdict == WF_MOVE_REFUSED)
    say (self, note);
  if (verdict == WF_MOVE_REFUSED || verdict == WF_MOVE_SAME)
    {
      tell_done (self, FALSE);
      return;
    }
  g_autofree char *when = wf_calendar_describe_move (model, due);
  /* Translators: a question; %s is a day and a time: "Tuesday, 24 November, 10:30" */
  g_autofree char *title = g_strdup_printf (_ ("Move to %s"), when);
  wf_reschedule_popover_ask (over, at, title, note, on_reason_given, g_steal_pointer (&self));
}

/**
 * wf_calendar_set_length:
 * @over: where it is told; in a window
 * @model: the calendar
 * @activity: a call or a meeting
 * @ends: its new end
 * @done: (nullable): called once it lasts so long, or is not to
 * @data: for @done
 */
void
wf_calendar_set_length (GtkWidget *over, WfCalendarModel *model, WfActivity *activity,
                        WfInstant ends, WfRescheduleDone done, gpointer data)
{
  const char *const activities[] = { activity->id, NULL };
  const WfBulkChange change = { .kind = WF_BULK_SET_LENGTH,
                                .due = WF_INSTANT_NONE,
                                .length = ends - activity->due };
  g_autofree char *note = NULL;
  WfMoveVerdict verdict;

  g_return_if_fail (GTK_IS_WIDGET (over));
  verdict = wf_calendar_check_length (model, activity, ends, &note);
  g_autoptr (Move) self = move_new (over, model, activity, WF_INSTANT_NONE);
  self->ends = ends;
  self->done = done;
  self->data = data;
  if (verdict == WF_MOVE_REFUSED)
    say (self, note);
  if (verdict == WF_MOVE_REFUSED || verdict == WF_MOVE_SAME)
    {
      tell_done (self, FALSE);
      return;
    }
  wf_runtime_change_many_async (wf_calendar_model_get_runtime (model), activities, &change, NULL,
                                on_moved, g_steal_pointer (&self));
}
