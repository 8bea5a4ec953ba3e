/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a person's own calendar in step with their open activities. */
#define G_LOG_DOMAIN "wf-icalendar"

#include "wf-calendar-publisher-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Policy. What should be there is compared with what was published, and the difference is put and removed one
 * by one: a pass. That an entry is about to be published is on the disk before the calendar hears of it, so
 * that after a crash it is found again: nothing is there twice (a UID is always the same and creation is
 * conditional) and nothing is left behind. What somebody deleted in the calendar comes back only when the
 * activity changes, because nobody looks at what did not change. What somebody edited there is replaced
 * when the activity changes. What is done, closed, given away or too far ahead is removed. A pass that
 * fails for a while is repeated after the pauses of wf_backoff_delay; one that only the person can help with
 * waits for them, and is tried once an hour. */

#define FILE_NAME "calendar.json"
/* While events come in by the dozen there is no pass after each of them. */
#define CALM (2 * G_TIME_SPAN_SECOND)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfCalendarPublisher, wf_calendar_publisher, G_TYPE_OBJECT)

/* ---- state ------------------------------------------------------------------------------------- */

void
wf_calendar_publisher_set_state (WfCalendarPublisher *self, WfPublisherState state,
                                 const char *problem)
{
  self->state = state;
  g_set_str (&self->problem, problem);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
wf_calendar_publisher_arm (WfCalendarPublisher *self, gint64 pause)
{
  self->due = wf_clock_now (self->clock) + pause;
  wf_alarm_set (self->alarm, self->due);
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  WfInstant now = wf_clock_now (self->clock);

  /* somebody may have set the clock back */
  self->due = MIN (self->due, now + WF_CALENDAR_PUBLISHER_PERIOD);
  if (now < self->due)
    wf_alarm_set (self->alarm, self->due);
  else
    wf_calendar_publisher_begin_pass (self);
}

/* Soon, unless it is tried sooner already. A pause after a failure is kept: a password that is wrong is
 * not tried with every change until the account is locked. */
static void
schedule (WfCalendarPublisher *self)
{
  if (self->busy)
    self->again = TRUE;
  else if (self->published->target != NULL && self->state != WF_PUBLISHER_WAITING &&
           self->state != WF_PUBLISHER_PROBLEM && self->due > wf_clock_now (self->clock) + CALM)
    wf_calendar_publisher_arm (self, CALM);
}

static void
on_password_forgotten (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_calendars_keep_password_finish (WF_CALENDARS (object), result, &error))
    g_warning ("The calendar’s password could not be forgotten: %s", error->message);
}

void
wf_calendar_publisher_turn_off (WfCalendarPublisher *self)
{
  if (self->published->target != NULL)
    wf_calendars_keep_password_async (self->calendars, self->published->target, NULL, NULL,
                                      on_password_forgotten, NULL);
  if (g_unlink (self->path) != 0 && g_file_test (self->path, G_FILE_TEST_EXISTS))
    g_warning ("The list of published activities could not be removed");
  wf_published_free (self->published);
  self->published = wf_published_new ();
  g_clear_object (&self->store);
  self->forgetting = self->again = FALSE;
  self->due = G_MAXINT64;
  self->n_failures = 0;
  self->last = WF_INSTANT_NONE;
  wf_alarm_set (self->alarm, WF_INSTANT_NONE);
  wf_calendar_publisher_set_state (self, WF_PUBLISHER_OFF, NULL);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
read_file (WfCalendarPublisher *self)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (g_file_get_contents (self->path, &text, &length, &error))
    self->published = wf_published_read (text, (gssize) length, &error);
  if (error != NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_warning ("The list of published activities cannot be read: %s", error->message);
      g_set_str (&self->problem,
                 _ ("It is not known any more what was published. Choose the calendar again."));
    }
  if (self->published == NULL)
    self->published = wf_published_new ();
}

static void
wf_calendar_publisher_dispose (GObject *object)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (object);

  g_clear_pointer (&self->alarm, wf_alarm_free);
  g_clear_object (&self->store);
  g_clear_object (&self->calendars);
  g_clear_object (&self->runtime);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (wf_calendar_publisher_parent_class)->dispose (object);
}

static void
wf_calendar_publisher_finalize (GObject *object)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (object);

  wf_published_free (self->published);
  g_free (self->path);
  g_free (self->problem);
  G_OBJECT_CLASS (wf_calendar_publisher_parent_class)->finalize (object);
}

static void
wf_calendar_publisher_class_init (WfCalendarPublisherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_calendar_publisher_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_calendar_publisher_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_calendar_publisher_init (WfCalendarPublisher *self)
{
  self->due = G_MAXINT64;
  self->last = WF_INSTANT_NONE;
}

/**
 * wf_calendar_publisher_new:
 * @runtime: of the account, started
 * @calendars: the calendars that can be reached
 *
 * Returns: (transfer full): the account's publisher; stop it with wf_calendar_publisher_stop()
 */
WfCalendarPublisher *
wf_calendar_publisher_new (WfRuntime *runtime, WfCalendars *calendars)
{
  WfCalendarPublisher *self = g_object_new (WF_TYPE_CALENDAR_PUBLISHER, NULL);

  self->runtime = g_object_ref (runtime);
  self->calendars = g_object_ref (calendars);
  self->clock = g_object_ref (wf_runtime_get_clock (runtime));
  self->path = g_build_filename (wf_runtime_get_folder (runtime), FILE_NAME, NULL);
  self->alarm = wf_clock_new_alarm (self->clock, on_alarm, self);
  read_file (self);
  g_signal_connect_object (runtime, "activities-changed", G_CALLBACK (schedule), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (runtime, "notify::person", G_CALLBACK (schedule), self,
                           G_CONNECT_SWAPPED);
  if (self->published->target != NULL)
    {
      self->state = WF_PUBLISHER_WORKING;
      wf_calendar_publisher_begin_pass (self);
    }
  return self;
}

/**
 * wf_calendar_publisher_stop:
 * @self: a publisher
 *
 * Nothing is published any more; what was, stays, and the next publisher of the account goes on from there.
 */
void
wf_calendar_publisher_stop (WfCalendarPublisher *self)
{
  self->stopped = TRUE;
  wf_alarm_set (self->alarm, WF_INSTANT_NONE);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/**
 * wf_calendar_publisher_begin:
 * @self: a publisher that is off
 * @target: the calendar
 * @only_meetings: meetings and calls, else everything that the calendar takes
 */
void
wf_calendar_publisher_begin (WfCalendarPublisher *self, const WfCalendarTarget *target,
                             gboolean only_meetings)
{
  g_return_if_fail (self->published->target == NULL);

  if (g_mkdir_with_parents (wf_runtime_get_folder (self->runtime), 0700) != 0)
    g_warning ("The folder of the account cannot be made: %s", g_strerror (errno));
  self->published->target = wf_calendar_target_copy (target);
  self->published->only_meetings = only_meetings;
  self->unsaved = TRUE;
  wf_calendar_publisher_set_state (self, WF_PUBLISHER_WORKING, NULL);
  wf_calendar_publisher_begin_pass (self);
}

void
wf_calendar_publisher_set_only_meetings (WfCalendarPublisher *self, gboolean only_meetings)
{
  if (self->published->only_meetings == only_meetings)
    return;
  self->published->only_meetings = only_meetings;
  self->unsaved = TRUE;
  wf_calendar_publisher_poke (self);
}

void
wf_calendar_publisher_leave (WfCalendarPublisher *self)
{
  if (self->published->target == NULL || self->published->leaving)
    return;
  self->published->leaving = self->unsaved = TRUE;
  wf_calendar_publisher_set_state (self, WF_PUBLISHER_WORKING, NULL);
  wf_calendar_publisher_poke (self);
}

void
wf_calendar_publisher_forget (WfCalendarPublisher *self)
{
  if (self->published->target == NULL)
    return;
  if (!self->busy)
    {
      wf_calendar_publisher_turn_off (self);
      return;
    }
  self->forgetting = TRUE;
  g_cancellable_cancel (self->cancellable);
}

void
wf_calendar_publisher_poke (WfCalendarPublisher *self)
{
  wf_calendar_publisher_begin_pass (self);
}

WfClock *
wf_calendar_publisher_get_clock (WfCalendarPublisher *self)
{
  return self->clock;
}

WfPublisherState
wf_calendar_publisher_get_state (WfCalendarPublisher *self)
{
  return self->state;
}

const WfCalendarTarget *
wf_calendar_publisher_get_target (WfCalendarPublisher *self)
{
  return self->published->target;
}

gboolean
wf_calendar_publisher_get_only_meetings (WfCalendarPublisher *self)
{
  return self->published->only_meetings;
}

gboolean
wf_calendar_publisher_is_busy (WfCalendarPublisher *self)
{
  return self->busy;
}

gboolean
wf_calendar_publisher_is_leaving (WfCalendarPublisher *self)
{
  return self->published->leaving;
}

static guint
count (WfCalendarPublisher *self, gboolean refused)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->published->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const WfPublishedEntry *entry = value;
      n += (refused ? entry->refused : entry->digest) != NULL;
    }
  return n;
}

guint
wf_calendar_publisher_get_n_published (WfCalendarPublisher *self)
{
  return count (self, FALSE);
}

guint
wf_calendar_publisher_get_n_refused (WfCalendarPublisher *self)
{
  return count (self, TRUE);
}

WfInstant
wf_calendar_publisher_get_last (WfCalendarPublisher *self)
{
  return self->last;
}

const char *
wf_calendar_publisher_get_problem (WfCalendarPublisher *self)
{
  return self->problem;
}
