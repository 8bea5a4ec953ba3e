/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Carries out the schedules of reports.
 *
 * Policy: schedules are kept with the account and read again each time, because another program may have changed them. Whoever
 * carries out holds a lock in the account's folder, and looks again once it has it, so that of two programs one makes a report;
 * the other comes back a minute later to see that it was made. What goes wrong is kept, told once by a notification, and tried
 * again at the next time. What became of a schedule is kept apart from it, so that a change by the person is not undone. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-schedule-runner.h"

#include "wf-report-schedule-job.h"
#include "wf-runtime-leads.h"
#include "wf-saved-reports.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_FILE "report-schedules.lock"
#define LOCK_PAUSE G_TIME_SPAN_MINUTE
#define MOST_MADE 16u

/* What is read each time. */
enum
{
  KEPT_SCHEDULES,
  KEPT_RUNS,
  KEPT_REPORTS,
  KEPT_STATE,
  N_KEPT
};
static const char *const kept_pages[N_KEPT] = {
  "report-schedules",
  "report-schedule-runs",
  WF_SAVED_REPORTS_PAGE,
  "reports-state",
};
#define RULE_NAME "commissions"
#define NOTIFICATION "report-schedules"

typedef struct
{
  WfReportSchedule *schedule; /* (owned) */
  WfReportScheduleRun *run;   /* (owned) */
} Entry;

struct _WfReportScheduleRunner
{
  GObject parent_instance;

  WfRuntime *runtime;        /* (owned) */
  WfNotifier *notifier;      /* (owned) (nullable) */
  WfAlarm *alarm;            /* (owned) (nullable) after stop */
  GCancellable *cancellable; /* (owned) */
  GPtrArray *entries;        /* (owned) of Entry, by name */
  GPtrArray *kept[N_KEPT];   /* (owned) (nullable) of WfSavedFilter */
  guint reading;             /* which of them */
  GPtrArray *wanted;         /* (owned) of char: ids, by hand */
  char *current;             /* (owned) (nullable) id of what is being made */
  gboolean busy, again;
  int lock; /* -1: not held */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_PROBLEM,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfReportScheduleRunner, wf_report_schedule_runner, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  wf_report_schedule_free (entry->schedule);
  wf_report_schedule_run_free (entry->run);
  g_free (entry);
}

static gboolean
is_stopped (WfReportScheduleRunner *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static WfInstant
get_now (WfReportScheduleRunner *self)
{
  return wf_clock_now (wf_runtime_get_clock (self->runtime));
}

static void
emit_changed (WfReportScheduleRunner *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- lock ---- */

static void
unlock (WfReportScheduleRunner *self)
{
  if (self->lock >= 0)
    close (self->lock); /* and the lock with it */
  self->lock = -1;
}

/* FALSE: another program has it. A folder in which nothing can be locked is told, and nothing is made. */
static gboolean
lock (WfReportScheduleRunner *self)
{
  const char *folder = wf_runtime_get_folder (self->runtime);
  g_autofree char *path = g_build_filename (folder, LOCK_FILE, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_warning ("%s: %s", folder, g_strerror (errno));
  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      g_warning ("%s: %s", path, g_strerror (errno));
      return FALSE;
    }
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  unlock (self);
  return FALSE;
}

/* ---- when ---- */

static WfInstant
get_next (WfReportScheduleRunner *self, const Entry *entry)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return wf_report_schedule_get_next (entry->schedule, entry->run, get_now (self), zone);
}

static gboolean
is_due (WfReportScheduleRunner *self, const Entry *entry)
{
  WfInstant next = get_next (self, entry);

  return next != WF_INSTANT_NONE && next <= get_now (self);
}

static void
arm (WfReportScheduleRunner *self)
{
  WfInstant first = WF_INSTANT_NONE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      WfInstant next = get_next (self, self->entries->pdata[i]);
      if (next != WF_INSTANT_NONE && (first == WF_INSTANT_NONE || next < first))
        first = next;
    }
  wf_alarm_set (self->alarm, first);
}

static Entry *
find_entry (WfReportScheduleRunner *self, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];
      if (g_str_equal (entry->schedule->id, id))
        return entry;
    }
  return NULL;
}

static gboolean
is_wanted (WfReportScheduleRunner *self, const char *id)
{
  return g_ptr_array_find_with_equal_func (self->wanted, id, g_str_equal, NULL);
}

/* What was asked for by hand and is gone is forgotten. */
static Entry *
pick (WfReportScheduleRunner *self)
{
  while (self->wanted->len > 0)
    {
      Entry *entry = find_entry (self, self->wanted->pdata[0]);
      if (entry != NULL)
        return entry;
      g_ptr_array_remove_index (self->wanted, 0);
    }
  for (guint i = 0; i < self->entries->len; i++)
    if (is_due (self, self->entries->pdata[i]))
      return self->entries->pdata[i];
  return NULL;
}

/* ---- reading ---- */

static void step (WfReportScheduleRunner *self);
static void load (WfReportScheduleRunner *self);

static const char *
find_kept (WfReportScheduleRunner *self, guint page, const char *name)
{
  GPtrArray *kept = self->kept[page];

  for (guint i = 0; kept != NULL && i < kept->len; i++)
    {
      const WfSavedFilter *entry = kept->pdata[i];
      if (g_str_equal (entry->name, name))
        return entry->text;
    }
  return NULL;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;
  int names = g_utf8_collate (x->schedule->name, y->schedule->name);

  return names != 0 ? names : g_strcmp0 (x->schedule->id, y->schedule->id);
}

static void
take_entry (WfReportScheduleRunner *self, const WfSavedFilter *kept)
{
  WfReportSchedule *schedule = wf_report_schedule_read (kept->name, kept->text);
  const char *run = find_kept (self, KEPT_RUNS, kept->name);
  Entry *entry;

  if (schedule == NULL)
    {
      g_warning ("A schedule of reports cannot be read");
      return;
    }
  entry = g_new0 (Entry, 1);
  entry->schedule = schedule;
  entry->run = run != NULL ? wf_report_schedule_run_read (run) : wf_report_schedule_run_new ();
  g_ptr_array_add (self->entries, entry);
}

static void
take_all (WfReportScheduleRunner *self)
{
  GPtrArray *schedules = self->kept[KEPT_SCHEDULES];

  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < schedules->len; i++)
    take_entry (self, schedules->pdata[i]);
  g_ptr_array_sort_values (self->entries, compare_entries);
}

static void
rest (WfReportScheduleRunner *self)
{
  unlock (self);
  self->busy = FALSE;
  emit_changed (self);
  if (is_stopped (self))
    return;
  if (!self->again)
    return;
  self->again = FALSE;
  wf_report_schedule_runner_look (self);
}

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportScheduleRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *kept = wf_runtime_list_filters_finish (WF_RUNTIME (object), result, &error);

  if (is_stopped (self))
    {
      g_clear_pointer (&kept, g_ptr_array_unref);
      return;
    }
  if (kept == NULL)
    {
      g_warning ("The schedules of reports cannot be read: %s", error->message);
      wf_alarm_set (self->alarm, get_now (self) + LOCK_PAUSE);
      rest (self);
      return;
    }
  g_clear_pointer (&self->kept[self->reading], g_ptr_array_unref);
  self->kept[self->reading++] = kept;
  if (self->reading < N_KEPT)
    {
      load (self);
      return;
    }
  take_all (self);
  step (self);
}

/* From self->reading on. */
static void
load (WfReportScheduleRunner *self)
{
  wf_runtime_list_filters_async (self->runtime, kept_pages[self->reading], self->cancellable,
                                 on_listed, g_object_ref (self));
}

static void
reload (WfReportScheduleRunner *self)
{
  self->reading = 0;
  load (self);
}

/* ---- carrying out ---- */

static WfReportFilter *
read_filter (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  return document != NULL ? wf_report_filter_read (wf_json_document_get_root (document), NULL)
                          : NULL;
}

static WfReportFilter *
make_filter (WfReportScheduleRunner *self, const WfReportSchedule *schedule, GError **error)
{
  const char *text;
  WfReportFilter *filter;

  if (schedule->saved == NULL)
    return wf_report_filter_copy (schedule->filter);
  text = find_kept (self, KEPT_REPORTS, schedule->saved);
  filter = text != NULL ? read_filter (text) : NULL;
  if (filter == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("The saved report “%s” is not there any more."), schedule->saved);
  return filter;
}

/* As the page of reports keeps it; NULL: there is none. */
static WfCommissionRule *
make_rule (WfReportScheduleRunner *self)
{
  const char *text = find_kept (self, KEPT_STATE, RULE_NAME);
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                     : NULL;

  return document != NULL ? wf_commission_rule_read (wf_json_document_get_root (document), NULL)
                          : NULL;
}

/* Of all that went wrong, a line each. NULL: nothing did. Owned by the caller. */
static char *
list_failures (WfReportScheduleRunner *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];

      if (entry->run->error != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", entry->schedule->name,
                                entry->run->error);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Policy. What went wrong stands in the list of schedules until it goes well. It is told once, when it begins or becomes
 * something else, and not each day anew: in the window at once, and to a desktop without a pop-up, in one notification for all
 * schedules, since a folder that is gone is gone for each of them. before: nullable: what was wrong the last time. */
static void
tell (WfReportScheduleRunner *self, const Entry *entry, const char *before)
{
  g_autofree char *all = list_failures (self), *text = NULL;
  g_autoptr (GError) error = NULL;

  if (entry->run->error != NULL && g_strcmp0 (entry->run->error, before) != 0)
    {
      text = g_strdup_printf ("%s: %s", entry->schedule->name, entry->run->error);
      g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, text);
    }
  if (self->notifier == NULL || g_strcmp0 (entry->run->error, before) == 0)
    return;
  if (all == NULL)
    {
      wf_notifier_withdraw (self->notifier, NOTIFICATION);
      return;
    }
  if (!wf_notifier_show_message (self->notifier, NOTIFICATION, _ ("A report could not be saved"),
                                 all, TRUE, &error))
    g_warning ("A report could not be saved, and nobody told: %s",
               error != NULL ? error->message : "no server");
}

/* Files of before stay known, so that one that is made again on the same day is replaced. */
static void
merge_made (WfReportScheduleRun *run, GPtrArray *made)
{
  for (guint i = 0; i < made->len; i++)
    {
      const WfReportMade *entry = made->pdata[i];

      for (guint j = 0; j < run->made->len; j++)
        if (g_str_equal (((WfReportMade *) run->made->pdata[j])->uri, entry->uri))
          {
            g_ptr_array_remove_index (run->made, j);
            break;
          }
    }
  g_ptr_array_extend_and_steal (run->made, made);
  if (run->made->len > MOST_MADE)
    g_ptr_array_remove_range (run->made, 0, run->made->len - MOST_MADE);
}

static void
on_run_kept (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportScheduleRunner) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    g_warning ("What became of a scheduled report cannot be kept: %s", error->message);
  if (is_stopped (self))
    {
      unlock (self);
      return;
    }
  step (self);
}

/* error: nullable. */
static void
end_run (WfReportScheduleRunner *self, GPtrArray *made, const GError *error)
{
  g_autofree char *id = g_steal_pointer (&self->current);
  Entry *entry = find_entry (self, id);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *text = NULL, *before = g_strdup (entry->run->error);

  if (is_due (self, entry))
    {
      entry->run->day = wf_report_schedule_get_last_day (entry->schedule, get_now (self), zone);
      entry->run->covered = get_now (self);
    }
  entry->run->at = get_now (self);
  g_set_str (&entry->run->error, error != NULL ? error->message : NULL);
  merge_made (entry->run, made);
  tell (self, entry, before);
  emit_changed (self);
  text = wf_report_schedule_run_to_text (entry->run);
  wf_runtime_save_filter_async (self->runtime, kept_pages[KEPT_RUNS], id, text, NULL, on_run_kept,
                                g_object_ref (self));
}

static void
on_job_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportScheduleRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *made = wf_report_schedule_job_finish (result, &error);

  if (is_stopped (self))
    {
      g_ptr_array_unref (made);
      unlock (self);
      return;
    }
  end_run (self, made, error);
}

static void
carry_out (WfReportScheduleRunner *self, const Entry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfReportFilter) filter = make_filter (self, entry->schedule, &error);
  g_autoptr (WfCommissionRule) rule = make_rule (self);
  guint index;

  self->current = g_strdup (entry->schedule->id);
  if (g_ptr_array_find_with_equal_func (self->wanted, self->current, g_str_equal, &index))
    g_ptr_array_remove_index (self->wanted, index);
  emit_changed (self);
  if (filter == NULL)
    end_run (self, g_ptr_array_new_with_free_func ((GDestroyNotify) wf_report_made_free), error);
  else
    wf_report_schedule_job_async (self->runtime, entry->schedule, filter, rule, entry->run,
                                  self->cancellable, on_job_done, g_object_ref (self));
}

/* Between two reports, and after everything was read. */
static void
step (WfReportScheduleRunner *self)
{
  const Entry *entry = pick (self);

  if (entry == NULL)
    {
      arm (self);
      rest (self);
    }
  else if (self->lock >= 0)
    carry_out (self, entry);
  else if (lock (self))
    reload (self); /* another program may just have done it */
  else
    {
      wf_alarm_set (self->alarm, get_now (self) + LOCK_PAUSE);
      rest (self);
    }
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  wf_report_schedule_runner_look (user_data);
}

/* ---- object ---- */

static void
wf_report_schedule_runner_dispose (GObject *object)
{
  WfReportScheduleRunner *self = WF_REPORT_SCHEDULE_RUNNER (object);

  if (self->runtime != NULL)
    wf_report_schedule_runner_stop (self);
  unlock (self);
  g_clear_object (&self->runtime);
  g_clear_object (&self->notifier);
  G_OBJECT_CLASS (wf_report_schedule_runner_parent_class)->dispose (object);
}

static void
wf_report_schedule_runner_finalize (GObject *object)
{
  WfReportScheduleRunner *self = WF_REPORT_SCHEDULE_RUNNER (object);

  for (guint i = 0; i < N_KEPT; i++)
    g_clear_pointer (&self->kept[i], g_ptr_array_unref);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->wanted);
  g_object_unref (self->cancellable);
  g_free (self->current);
  G_OBJECT_CLASS (wf_report_schedule_runner_parent_class)->finalize (object);
}

static void
wf_report_schedule_runner_class_init (WfReportScheduleRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wf_report_schedule_runner_dispose;
  object_class->finalize = wf_report_schedule_runner_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wf_report_schedule_runner_init (WfReportScheduleRunner *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->wanted = g_ptr_array_new_with_free_func (g_free);
  self->lock = -1;
}

WfReportScheduleRunner *
wf_report_schedule_runner_new (WfRuntime *runtime, WfNotifier *notifier)
{
  WfReportScheduleRunner *self = g_object_new (WF_TYPE_REPORT_SCHEDULE_RUNNER, NULL);

  self->runtime = g_object_ref (runtime);
  g_set_object (&self->notifier, notifier);
  self->alarm = wf_clock_new_alarm (wf_runtime_get_clock (runtime), on_alarm, self);
  g_signal_connect_object (runtime, "notify::organisation",
                           G_CALLBACK (wf_report_schedule_runner_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runtime, "notify::person", G_CALLBACK (wf_report_schedule_runner_look),
                           self, G_CONNECT_SWAPPED);
  wf_report_schedule_runner_look (self);
  return self;
}

void
wf_report_schedule_runner_stop (WfReportScheduleRunner *self)
{
  g_return_if_fail (WF_IS_REPORT_SCHEDULE_RUNNER (self));
  if (is_stopped (self))
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->alarm, wf_alarm_free);
  g_signal_handlers_disconnect_by_data (self->runtime, self);
}

void
wf_report_schedule_runner_look (WfReportScheduleRunner *self)
{
  g_return_if_fail (WF_IS_REPORT_SCHEDULE_RUNNER (self));
  if (is_stopped (self) || wf_runtime_get_organisation (self->runtime) == NULL ||
      wf_runtime_get_person (self->runtime) == NULL)
    return;
  if (self->busy)
    {
      self->again = TRUE;
      return;
    }
  self->busy = TRUE;
  reload (self);
}

WfRuntime *
wf_report_schedule_runner_get_runtime (WfReportScheduleRunner *self)
{
  return self->runtime;
}

guint
wf_report_schedule_runner_get_n (WfReportScheduleRunner *self)
{
  return self->entries->len;
}

static const Entry *
get_entry (WfReportScheduleRunner *self, guint index)
{
  g_assert (index < self->entries->len);
  return self->entries->pdata[index];
}

const WfReportSchedule *
wf_report_schedule_runner_get (WfReportScheduleRunner *self, guint index)
{
  return get_entry (self, index)->schedule;
}

const WfReportScheduleRun *
wf_report_schedule_runner_get_run (WfReportScheduleRunner *self, guint index)
{
  return get_entry (self, index)->run;
}

gboolean
wf_report_schedule_runner_is_running (WfReportScheduleRunner *self, guint index)
{
  const char *id = get_entry (self, index)->schedule->id;

  return g_strcmp0 (self->current, id) == 0 || is_wanted (self, id);
}

WfInstant
wf_report_schedule_runner_get_next (WfReportScheduleRunner *self, guint index)
{
  return get_next (self, get_entry (self, index));
}

guint
wf_report_schedule_runner_get_n_failed (WfReportScheduleRunner *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += get_entry (self, i)->run->error != NULL;
  return n;
}

/* ---- changes by the person ---- */

static void
on_kept (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportScheduleRunner) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, error->message);
  wf_report_schedule_runner_look (self);
}

static void
keep (WfReportScheduleRunner *self, guint page, const char *id, const char *text)
{
  wf_runtime_save_filter_async (self->runtime, kept_pages[page], id, text, NULL, on_kept,
                                g_object_ref (self));
}

void
wf_report_schedule_runner_save (WfReportScheduleRunner *self, const WfReportSchedule *schedule,
                                const WfReportScheduleRun *run)
{
  g_autofree char *text = wf_report_schedule_to_text (schedule);
  g_autofree char *past = run != NULL ? wf_report_schedule_run_to_text (run) : NULL;

  if (past != NULL) /* before the schedule, which would otherwise be carried out as a new one */
    keep (self, KEPT_RUNS, schedule->id, past);
  keep (self, KEPT_SCHEDULES, schedule->id, text);
}

static gboolean
is_only_failure (WfReportScheduleRunner *self, const char *id)
{
  const Entry *entry = find_entry (self, id);

  return entry != NULL && entry->run->error != NULL &&
         wf_report_schedule_runner_get_n_failed (self) == 1;
}

void
wf_report_schedule_runner_remove (WfReportScheduleRunner *self, const char *id)
{
  g_autofree char *copy = g_strdup (id); /* it may be of the entry */

  keep (self, KEPT_SCHEDULES, copy, NULL);
  keep (self, KEPT_RUNS, copy, NULL);
  if (self->notifier != NULL && is_only_failure (self, copy))
    wf_notifier_withdraw (self->notifier, NOTIFICATION);
}

void
wf_report_schedule_runner_run_now (WfReportScheduleRunner *self, const char *id)
{
  if (!is_wanted (self, id))
    g_ptr_array_add (self->wanted, g_strdup (id));
  emit_changed (self);
  wf_report_schedule_runner_look (self);
}
