/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a person's own calendar in step with their open activities. */
#define G_LOG_DOMAIN "wf-icalendar"

#include "wf-calendar-publisher.h"

#include "wf-backoff.h"
#include "wf-icalendar.h"
#include "wf-published.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

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
/* What was too far ahead comes near. */
#define PERIOD G_TIME_SPAN_HOUR
/* An entry that changes under our hands each time we look at it is left for the next pass. */
#define MOST_LOOKS 3

typedef struct
{
  char *uid;            /* (owned) */
  WfActivity *activity; /* (owned) (nullable) NULL: the entry is removed */
  char *digest;         /* (owned) (nullable) of what is put */
  guint n_looks;
} Job;

struct _WfCalendarPublisher
{
  GObject parent_instance;

  WfRuntime *runtime;     /* (owned) */
  WfCalendars *calendars; /* (owned) */
  WfClock *clock;         /* (owned) */
  char *path;             /* (owned) of the file */
  WfPublished *published; /* (owned) */
  WfCalendarStore *store; /* (owned) (nullable) until it was opened */

  WfAlarm *alarm; /* (owned) the next pass */
  WfInstant due;
  guint n_failures;

  /* Of the pass under way, which holds a reference. */
  gboolean busy, again, forgetting, stopped;
  gboolean unsaved;          /* what the person chose is not on the disk yet */
  gboolean pass_leaving;     /* it removes everything */
  GCancellable *cancellable; /* (owned) (nullable) */
  GPtrArray *jobs;           /* (owned) (nullable) of Job */
  guint n_done;              /* jobs */
  GError *failure;           /* (owned) (nullable) */

  WfPublisherState state;
  char *problem; /* (owned) (nullable) */
  WfInstant last;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfCalendarPublisher, wf_calendar_publisher, G_TYPE_OBJECT)

static void begin_pass (WfCalendarPublisher *self);
static void run_job (WfCalendarPublisher *self);
static void next_job (WfCalendarPublisher *self);
static void end_pass (WfCalendarPublisher *self, GError *error);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->uid);
  g_free (job->digest);
  g_clear_pointer (&job->activity, wf_activity_unref);
  g_free (job);
}

static Job *
get_job (WfCalendarPublisher *self)
{
  return self->jobs->pdata[self->n_done];
}

/* ---- state ------------------------------------------------------------------------------------- */

static void
set_state (WfCalendarPublisher *self, WfPublisherState state, const char *problem)
{
  self->state = state;
  g_set_str (&self->problem, problem);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
arm (WfCalendarPublisher *self, gint64 pause)
{
  self->due = wf_clock_now (self->clock) + pause;
  wf_alarm_set (self->alarm, self->due);
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  WfInstant now = wf_clock_now (self->clock);

  self->due = MIN (self->due, now + PERIOD); /* somebody may have set the clock back */
  if (now < self->due)
    wf_alarm_set (self->alarm, self->due);
  else
    begin_pass (self);
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
    arm (self, CALM);
}

static void
on_password_forgotten (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_calendars_keep_password_finish (WF_CALENDARS (object), result, &error))
    g_warning ("The calendar’s password could not be forgotten: %s", error->message);
}

static void
turn_off (WfCalendarPublisher *self)
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
  set_state (self, WF_PUBLISHER_OFF, NULL);
}

/* ---- the end of a pass ------------------------------------------------------------------------- */

static void
tell_success (WfCalendarPublisher *self)
{
  self->n_failures = 0;
  if (self->published->leaving && g_hash_table_size (self->published->entries) == 0)
    {
      turn_off (self);
      return;
    }
  self->last = wf_clock_now (self->clock);
  arm (self, PERIOD);
  set_state (self, WF_PUBLISHER_UP_TO_DATE, NULL);
}

static void
tell_failure (WfCalendarPublisher *self, const GError *error)
{
  if (wf_crm_error_is_transient (error) ||
      g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN) ||
      g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT) ||
      g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_ALREADY_EXISTS))
    {
      arm (self, wf_backoff_delay (self->n_failures++, wf_crm_error_get_retry_after (error),
                                   g_random_double ()));
      set_state (self, WF_PUBLISHER_WAITING, error->message);
      return;
    }
  g_clear_object (&self->store); /* the password may be another one next time */
  arm (self, PERIOD);
  set_state (self, WF_PUBLISHER_PROBLEM, error->message);
}

static void
conclude (WfCalendarPublisher *self)
{
  g_autoptr (WfCalendarPublisher) keep = self; /* the pass's reference */
  g_autoptr (GError) failure = g_steal_pointer (&self->failure);
  gboolean again = self->again;

  self->busy = self->again = FALSE;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  if (self->stopped)
    return;
  if (self->forgetting)
    {
      turn_off (self);
      return;
    }
  if (failure != NULL)
    tell_failure (self, failure);
  else
    tell_success (self);
  if (again && failure == NULL && self->published->target != NULL)
    begin_pass (self);
}

static void
on_final_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error) &&
      self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  conclude (self);
}

/* The file is whole or as it was before. */
static void
save (WfCalendarPublisher *self, GCancellable *cancellable, GAsyncReadyCallback callback)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  char *text = wf_published_write (self->published);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  self->unsaved = FALSE;
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       cancellable, callback, self);
}

/* Takes the error. What the calendar took is written down, however it ended. */
static void
end_pass (WfCalendarPublisher *self, GError *error)
{
  self->failure = error;
  if ((self->unsaved || (self->jobs != NULL && self->jobs->len > 0)) && !self->forgetting)
    save (self, NULL, on_final_saved);
  else
    conclude (self);
}

/* ---- one entry --------------------------------------------------------------------------------- */

static void
finish_job (WfCalendarPublisher *self)
{
  self->n_done++;
  next_job (self);
}

static void
on_found (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  Job *job = get_job (self);
  WfPublishedEntry *entry = wf_published_find (self->published, job->uid);
  GError *error = NULL;
  g_autofree char *etag =
      wf_calendar_store_find_finish (WF_CALENDAR_STORE (object), result, &error);

  if (error != NULL)
    {
      end_pass (self, error);
      return;
    }
  g_set_str (&entry->etag, etag);
  if (etag == NULL && job->activity == NULL)
    {
      wf_published_remove (self->published, job->uid);
      finish_job (self);
    }
  else
    run_job (self);
}

/* Somebody else changed or deleted it, or an answer was lost: the same again with the state of now. */
static void
look (WfCalendarPublisher *self, Job *job)
{
  job->n_looks++;
  wf_calendar_store_find_async (self->store, job->uid, self->cancellable, on_found, self);
}

static gboolean
is_other_state (const GError *error)
{
  return g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_ALREADY_EXISTS);
}

/* Takes the error. */
static void
fail_job (WfCalendarPublisher *self, GError *error)
{
  Job *job = get_job (self);
  WfPublishedEntry *entry = wf_published_find (self->published, job->uid);

  if (is_other_state (error) && job->n_looks < MOST_LOOKS)
    {
      g_error_free (error);
      look (self, job);
    }
  else if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID))
    {
      g_info ("The calendar does not take an entry: %s", error->message);
      g_error_free (error);
      g_set_str (&entry->refused, job->digest != NULL ? job->digest : "");
      finish_job (self);
    }
  else
    {
      if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN))
        g_clear_pointer (&entry->etag, g_free);
      end_pass (self, error);
    }
}

static void
on_put (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  Job *job = get_job (self);
  WfPublishedEntry *entry = wf_published_find (self->published, job->uid);
  GError *error = NULL;
  char *etag = wf_calendar_store_put_finish (WF_CALENDAR_STORE (object), result, &error);

  if (etag == NULL)
    {
      fail_job (self, error);
      return;
    }
  g_free (entry->etag);
  entry->etag = etag;
  g_set_str (&entry->digest, job->digest);
  g_clear_pointer (&entry->refused, g_free);
  entry->sequence++;
  finish_job (self);
}

static void
on_removed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  GError *error = NULL;

  if (!wf_calendar_store_remove_finish (WF_CALENDAR_STORE (object), result, &error))
    {
      fail_job (self, error);
      return;
    }
  wf_published_remove (self->published, get_job (self)->uid);
  finish_job (self);
}

static void
run_job (WfCalendarPublisher *self)
{
  Job *job = get_job (self);
  WfPublishedEntry *entry = wf_published_find (self->published, job->uid);

  if (job->activity == NULL && entry->etag == NULL)
    look (self, job);
  else if (job->activity == NULL)
    wf_calendar_store_remove_async (self->store, job->uid, entry->etag, self->cancellable,
                                    on_removed, self);
  else
    {
      g_autofree char *text = wf_icalendar_write_one (job->activity,
                                                      wf_runtime_get_organisation (self->runtime),
                                                      wf_clock_now (self->clock), entry->sequence);
      wf_calendar_store_put_async (self->store, job->uid, text, entry->etag, self->cancellable,
                                   on_put, self);
    }
}

static void
next_job (WfCalendarPublisher *self)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    end_pass (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled")));
  else if (self->n_done >= self->jobs->len || self->published->leaving != self->pass_leaving)
    end_pass (self, NULL);
  else
    run_job (self);
}

/* ---- what there is to do ----------------------------------------------------------------------- */

/* Of what an entry says, without the time at which it is written. Owned by the caller. */
static char *
make_digest (WfCalendarPublisher *self, const WfActivity *activity)
{
  g_autofree char *text =
      wf_icalendar_write_one (activity, wf_runtime_get_organisation (self->runtime), 0, 0);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static gboolean
is_wanted (WfCalendarPublisher *self, const WfActivity *activity)
{
  gboolean event = activity->kind == WF_ACTIVITY_MEETING || activity->kind == WF_ACTIVITY_CALL;

  return activity->status == WF_ACTIVITY_OPEN && activity->due != WF_INSTANT_NONE &&
         (event || (!self->published->only_meetings && self->published->target->takes_tasks));
}

static void
add_job (WfCalendarPublisher *self, const char *uid, WfActivity *activity, char *digest)
{
  Job *job = g_new0 (Job, 1);

  job->uid = g_strdup (uid);
  job->activity = activity != NULL ? wf_activity_ref (activity) : NULL;
  job->digest = digest;
  g_ptr_array_add (self->jobs, job);
}

static void
plan_removals (WfCalendarPublisher *self, GHashTable *wanted)
{
  GHashTableIter iter;
  gpointer uid;

  g_hash_table_iter_init (&iter, self->published->entries);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    if (!g_hash_table_contains (wanted, uid))
      add_job (self, uid, NULL, NULL);
}

static void
plan_one (WfCalendarPublisher *self, const char *uid, WfActivity *activity)
{
  WfPublishedEntry *entry = wf_published_add (self->published, uid);
  g_autofree char *digest = make_digest (self, activity);

  if (g_strcmp0 (entry->digest, digest) != 0 && g_strcmp0 (entry->refused, digest) != 0)
    add_job (self, uid, activity, g_steal_pointer (&digest));
}

static void
on_planned_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    next_job (self);
  else
    end_pass (self, error);
}

/* activities: by due; the soonest are put first, after room was made. */
static void
plan (WfCalendarPublisher *self, GPtrArray *activities)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) uids = g_ptr_array_new ();

  self->jobs = g_ptr_array_new_with_free_func (job_free);
  self->n_done = 0;
  for (guint i = 0; i < activities->len; i++)
    {
      const WfActivity *activity = activities->pdata[i];
      char *uid = is_wanted (self, activity) ? wf_icalendar_make_uid (activity->id) : NULL;
      g_ptr_array_add (uids, uid);
      if (uid != NULL)
        g_hash_table_add (wanted, uid);
    }
  plan_removals (self, wanted);
  for (guint i = 0; i < activities->len; i++)
    if (uids->pdata[i] != NULL)
      plan_one (self, uids->pdata[i], activities->pdata[i]);
  if (self->jobs->len == 0)
    {
      end_pass (self, NULL);
      return;
    }
  set_state (self, WF_PUBLISHER_WORKING, NULL);
  save (self, self->cancellable, on_planned_saved);
}

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  GError *error = NULL;
  guint total;
  g_autoptr (GPtrArray) activities =
      wf_runtime_list_activities_finish (WF_RUNTIME (object), result, &total, &error);

  if (activities == NULL || g_cancellable_is_cancelled (self->cancellable))
    end_pass (self, error);
  else
    plan (self, activities);
}

static void
list_activities (WfCalendarPublisher *self)
{
  WfInstant now = wf_clock_now (self->clock);
  const WfActivityQuery query = {
    .scope = WF_ACTIVITIES_OPEN,
    .person = wf_runtime_get_person (self->runtime),
    .now = now,
    .due_from = WF_INSTANT_NONE,
    .due_until = now + WF_CALENDAR_PUBLISHER_DAYS * G_TIME_SPAN_DAY,
    .also_hidden = TRUE,
  };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->pass_leaving = self->published->leaving;
  if (self->pass_leaving)
    plan (self, none);
  else
    wf_runtime_list_activities_async (self->runtime, &query, self->cancellable, on_listed, self);
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  GError *error = NULL;

  self->store = wf_calendars_open_finish (WF_CALENDARS (object), result, &error);
  if (self->store == NULL)
    end_pass (self, error);
  else
    list_activities (self);
}

/* Until it is known who is signed in nothing is published, and nothing is taken for closed. */
static void
begin_pass (WfCalendarPublisher *self)
{
  if (self->busy)
    {
      self->again = TRUE;
      return;
    }
  self->due = G_MAXINT64;
  wf_alarm_set (self->alarm, WF_INSTANT_NONE);
  if (self->stopped || self->published->target == NULL ||
      (wf_runtime_get_person (self->runtime) == NULL && !self->published->leaving))
    return;
  self->busy = TRUE;
  self->cancellable = g_cancellable_new ();
  g_object_ref (self);
  if (self->store != NULL)
    list_activities (self);
  else
    wf_calendars_open_async (self->calendars, self->published->target, self->cancellable, on_opened,
                             self);
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
      begin_pass (self);
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
  set_state (self, WF_PUBLISHER_WORKING, NULL);
  begin_pass (self);
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
  set_state (self, WF_PUBLISHER_WORKING, NULL);
  wf_calendar_publisher_poke (self);
}

void
wf_calendar_publisher_forget (WfCalendarPublisher *self)
{
  if (self->published->target == NULL)
    return;
  if (!self->busy)
    {
      turn_off (self);
      return;
    }
  self->forgetting = TRUE;
  g_cancellable_cancel (self->cancellable);
}

void
wf_calendar_publisher_poke (WfCalendarPublisher *self)
{
  begin_pass (self);
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
