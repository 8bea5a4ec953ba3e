/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The imperative shell around the engine for one account: the object, its start and stop, and
 * what its parts share. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include "wf-account-files.h"

#include "wf-server-clock.h"

#include <string.h>

G_DEFINE_QUARK (wf-runtime-error-quark, wf_runtime_error)

G_DEFINE_FINAL_TYPE (WfRuntime, wf_runtime, G_TYPE_OBJECT)

enum
{
  PROP_SYNC_STATUS = 1,
  PROP_PROBLEM,
  PROP_LAST_SYNC,
  PROP_PENDING_CHANGES,
  PROP_PERSON,
  PROP_ORGANISATION,
  PROP_LATE_COUNT,
  PROP_TODAY_COUNT,
  PROP_READING_PAST,
  N_PROPERTIES,
};

enum
{
  ACTIVITIES_CHANGED,
  LEADS_CHANGED,
  WORKFLOWS_CHANGED,
  LOG_CHANGED,
  ACTIVITY_CLOSED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* -- what is known ----------------------------------------------------------------------------- */

gboolean
wf_runtime_sees_everyone (WfRuntime *self)
{
  return self->is_machine || wf_runtime_may (self, WF_RIGHT_SEE_EVERYONE);
}

WfCommit *
wf_runtime_new_commit (WfRuntime *self)
{
  WfCommit *commit = wf_commit_new (self->engine, self->person, wf_runtime_sees_everyone (self),
                                    self->notifier != NULL, wf_clock_now (self->clock));

  g_hash_table_unref (commit->gauges);
  commit->gauges = g_hash_table_ref (self->gauges);
  wf_reminder_rules_unref (commit->rules);
  commit->rules = wf_reminder_rules_ref (self->reminders.rules);
  g_time_zone_unref (commit->zone);
  commit->zone = g_time_zone_ref (self->reminders.zone);
  return commit;
}

void
wf_runtime_set_engine (WfRuntime *self, WfEngine *engine)
{
  if (self->engine == engine)
    return;
  g_clear_pointer (&self->engine, wf_engine_unref);
  self->engine = wf_engine_ref (engine);
}

void
wf_runtime_set_organisation (WfRuntime *self, WfOrganisation *organisation)
{
  if (self->organisation == organisation)
    return;
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORGANISATION]);
  wf_reminders_check_plan (self);
}

void
wf_runtime_set_person (WfRuntime *self, const char *person, gboolean is_machine)
{
  self->is_machine = is_machine;
  if (!g_set_str (&self->person, person))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
  wf_reminders_check_plan (self);
}

static void
set_uint (WfRuntime *self, guint *field, guint value, int property)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
wf_runtime_set_figures (WfRuntime *self, guint late, guint today, guint pending)
{
  set_uint (self, &self->late_count, late, PROP_LATE_COUNT);
  set_uint (self, &self->today_count, today, PROP_TODAY_COUNT);
  set_uint (self, &self->pending_changes, pending, PROP_PENDING_CHANGES);
}

static WfSyncStatus
find_status (WfRuntime *self, const char **problem)
{
  const WfChannel *channels[] = { &self->intake.channel, &self->dispatch.channel };
  const WfSyncStatus worst_first[] = { WF_SYNC_STATUS_NEEDS_SIGN_IN, WF_SYNC_STATUS_OFFLINE,
                                       WF_SYNC_STATUS_PROBLEM };

  *problem = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (worst_first); i++)
    for (guint j = 0; j < G_N_ELEMENTS (channels); j++)
      if (channels[j]->status == worst_first[i])
        {
          *problem = channels[j]->problem;
          return worst_first[i];
        }
  if (!self->intake.session)
    return WF_SYNC_STATUS_STARTING;
  return self->intake.caught_up && !self->intake.need_leads && !self->dispatch.busy
             ? WF_SYNC_STATUS_UP_TO_DATE
             : WF_SYNC_STATUS_SYNCING;
}

void
wf_runtime_update_status (WfRuntime *self)
{
  const char *problem;
  WfSyncStatus status = find_status (self, &problem);

  if (self->stopped)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  if (self->sync_status != status)
    {
      self->sync_status = status;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNC_STATUS]);
    }
  if (self->reading_past != wf_past_is_wanted (self))
    {
      self->reading_past = !self->reading_past;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READING_PAST]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
wf_runtime_note_sync (WfRuntime *self)
{
  self->last_sync = wf_clock_now (self->clock);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNC]);
}

/* -- writing ----------------------------------------------------------------------------------- */

typedef struct
{
  WfRuntime *runtime; /* (owned) */
  WfWriteDone done;
  gpointer user_data;
  GDestroyNotify result_free;
} Write;

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Write *write = user_data;
  g_autoptr (WfRuntime) self = write->runtime;
  g_autoptr (GError) error = NULL;
  gpointer value = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  self->n_writes--;
  if (self->fault_hook != NULL && !self->stopped &&
      self->fault_hook (WF_FAULT_AFTER_COMMIT, self->fault_data))
    wf_runtime_abandon (self);
  if (self->stopped && error == NULL)
    {
      if (value != NULL && write->result_free != NULL)
        write->result_free (value);
      value = NULL;
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The runtime was stopped");
    }
  write->done (self, value, error, write->user_data);
}

static gboolean
die_before_commit (WfRuntime *self)
{
  return self->fault_hook != NULL && !self->stopped &&
         self->fault_hook (WF_FAULT_BEFORE_COMMIT, self->fault_data);
}

static void
write_job (WfRuntime *self, gboolean import, WfStoreJob job, gpointer data,
           GDestroyNotify data_free, GDestroyNotify result_free, WfWriteDone done,
           gpointer user_data)
{
  if (die_before_commit (self))
    wf_runtime_abandon (self);
  if (self->stopped)
    {
      g_autoptr (GError) error =
          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The runtime was stopped");

      if (data_free != NULL)
        data_free (data);
      done (self, NULL, error, user_data);
      return;
    }

  Write *write = g_new0 (Write, 1);
  write->runtime = g_object_ref (self);
  write->done = done;
  write->user_data = user_data;
  write->result_free = result_free;
  self->n_writes++;
  if (import)
    wf_store_thread_import_async (self->store, job, data, data_free, result_free, NULL, on_written,
                                  write);
  else
    wf_store_thread_write_async (self->store, job, data, data_free, result_free, NULL, on_written,
                                 write);
}

void
wf_runtime_write (WfRuntime *self, WfStoreJob job, gpointer data, GDestroyNotify data_free,
                  GDestroyNotify result_free, WfWriteDone done, gpointer user_data)
{
  write_job (self, FALSE, job, data, data_free, result_free, done, user_data);
}

typedef struct
{
  WfWriteDone done;
  gpointer user_data;
} Commit;

static void
on_committed (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autofree Commit *commit = user_data;
  g_autoptr (WfChanges) changes = result;

  /* What a person may not do, or no longer, is an answer and nothing for the log. */
  if (error != NULL && !self->stopped && error->domain != WF_RUNTIME_ERROR)
    g_warning ("The store refused a change: %s", error->message);
  if (changes != NULL)
    wf_runtime_announce (self, changes);
  if (commit->done != NULL)
    commit->done (self, changes, error, commit->user_data);
}

void
wf_runtime_commit (WfRuntime *self, WfStoreJob job, WfCommit *commit, WfWriteDone done,
                   gpointer user_data)
{
  Commit *continuation = g_new0 (Commit, 1);

  continuation->done = done;
  continuation->user_data = user_data;
  write_job (self, commit->import, job, commit, (GDestroyNotify) wf_commit_free,
             (GDestroyNotify) wf_changes_free, on_committed, continuation);
}

static void
withdraw (WfRuntime *self, const GPtrArray *ids)
{
  for (guint i = 0; self->notifier != NULL && i < ids->len; i++)
    wf_notifier_withdraw (self->notifier, g_ptr_array_index (ids, i));
}

void
wf_runtime_announce (WfRuntime *self, const WfChanges *changes)
{
  if (self->stopped)
    return;
  withdraw (self, changes->closed);
  withdraw (self, changes->withdrawn);
  wf_reminders_forget (self, changes->closed);
  wf_reminders_forget (self, changes->withdrawn);
  wf_reminders_forget (self, changes->reminders);
  for (guint i = 0; i < changes->closed->len; i++)
    g_signal_emit (self, signals[ACTIVITY_CLOSED], 0,
                   (const char *) g_ptr_array_index (changes->closed, i));
  if (changes->activities)
    g_signal_emit (self, signals[ACTIVITIES_CHANGED], 0);
  /* The next activity is a lead's too. */
  if (changes->leads || changes->activities)
    g_signal_emit (self, signals[LEADS_CHANGED], 0);
  if (changes->workflows)
    g_signal_emit (self, signals[WORKFLOWS_CHANGED], 0);
  if (changes->log)
    g_signal_emit (self, signals[LOG_CHANGED], 0);
  if (self->stopped)
    return;

  if (changes->activities || changes->outbox)
    wf_runtime_update_figures (self);
  if (changes->outbox)
    wf_dispatch_kick (self);
  if (changes->messages)
    wf_messages_kick (self);
  if (changes->catch_up)
    wf_reminders_update_catch_up (self);
}

/* -- stop -------------------------------------------------------------------------------------- */

static void
halt (WfRuntime *self)
{
  self->stopped = TRUE;
  wf_intake_clear (self);
  wf_dispatch_clear (self);
  wf_scheduler_clear (self);
  wf_reminders_clear (self);
  g_cancellable_cancel (self->cancellable);
}

void
wf_runtime_stop (WfRuntime *self)
{
  g_return_if_fail (WF_IS_RUNTIME (self));

  if (!self->stopped)
    halt (self);
  if (self->store != NULL)
    wf_store_thread_close (self->store);
  g_clear_object (&self->store);
}

void
wf_runtime_abandon (WfRuntime *self)
{
  if (!self->stopped)
    halt (self);
}

gboolean
wf_runtime_is_settled (WfRuntime *self)
{
  const WfIntake *intake = &self->intake;
  gboolean idle = self->n_writes == 0 && !self->figures_busy && !self->dispatch.busy &&
                  !self->scheduler.busy && !self->reminders.busy &&
                  !self->reminders.messages_busy && !self->reminders.plan_busy &&
                  !self->reminders.catch_up_busy && self->reminders.n_showing == 0;

  if (self->stopped)
    return TRUE;
  return self->started && idle &&
         (intake->channel.paused || (intake->poll != NULL && intake->caught_up &&
                                     !intake->need_leads && !wf_past_is_next (self)));
}

void
wf_runtime_set_fault_hook (WfRuntime *self, WfFaultHook hook, gpointer user_data)
{
  self->fault_hook = hook;
  self->fault_data = user_data;
}

void
wf_runtime_poke (WfRuntime *self)
{
  g_return_if_fail (WF_IS_RUNTIME (self));

  if (!self->started || self->stopped)
    return;
  wf_reminders_check_zone (self);
  wf_intake_poke (self);
  wf_dispatch_poke (self);
  wf_scheduler_kick (self);
  wf_messages_kick (self);
  wf_runtime_update_figures (self);
}

/* -- the object -------------------------------------------------------------------------------- */

static void
wf_runtime_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfRuntime *self = WF_RUNTIME (object);

  switch (id)
    {
    case PROP_SYNC_STATUS:
      g_value_set_int (value, (int) self->sync_status);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_LAST_SYNC:
      g_value_set_int64 (value, self->last_sync);
      break;
    case PROP_PENDING_CHANGES:
      g_value_set_uint (value, self->pending_changes);
      break;
    case PROP_PERSON:
      g_value_set_string (value, self->person);
      break;
    case PROP_ORGANISATION:
      g_value_set_pointer (value, self->organisation);
      break;
    case PROP_LATE_COUNT:
      g_value_set_uint (value, self->late_count);
      break;
    case PROP_TODAY_COUNT:
      g_value_set_uint (value, self->today_count);
      break;
    case PROP_READING_PAST:
      g_value_set_boolean (value, self->reading_past);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_runtime_dispose (GObject *object)
{
  WfRuntime *self = WF_RUNTIME (object);

  wf_runtime_stop (self);
  g_clear_object (&self->crm);
  g_clear_object (&self->notifier);
  G_OBJECT_CLASS (wf_runtime_parent_class)->dispose (object);
}

static void
wf_runtime_finalize (GObject *object)
{
  WfRuntime *self = WF_RUNTIME (object);

  g_clear_pointer (&self->engine, wf_engine_unref);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_hash_table_unref (self->gauges);
  g_hash_table_unref (self->comments_asked);
  wf_reminders_finalize (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_free (self->store_path);
  g_free (self->folder);
  g_free (self->person);
  g_free (self->problem);
  G_OBJECT_CLASS (wf_runtime_parent_class)->finalize (object);
}

static void
wf_runtime_class_init (WfRuntimeClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = wf_runtime_get_property;
  object_class->dispose = wf_runtime_dispose;
  object_class->finalize = wf_runtime_finalize;

  properties[PROP_SYNC_STATUS] = g_param_spec_int ("sync-status", NULL, NULL,
                                                   WF_SYNC_STATUS_STARTING, WF_SYNC_STATUS_PROBLEM,
                                                   WF_SYNC_STATUS_STARTING, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_LAST_SYNC] =
      g_param_spec_int64 ("last-sync", NULL, NULL, G_MININT64, G_MAXINT64, WF_INSTANT_NONE, flags);
  properties[PROP_PENDING_CHANGES] =
      g_param_spec_uint ("pending-changes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_PERSON] = g_param_spec_string ("person", NULL, NULL, NULL, flags);
  properties[PROP_ORGANISATION] = g_param_spec_pointer ("organisation", NULL, NULL, flags);
  properties[PROP_LATE_COUNT] =
      g_param_spec_uint ("late-count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TODAY_COUNT] =
      g_param_spec_uint ("today-count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_READING_PAST] = g_param_spec_boolean ("reading-past", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[ACTIVITIES_CHANGED] = g_signal_new ("activities-changed", WF_TYPE_RUNTIME,
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                              0);
  signals[LEADS_CHANGED] = g_signal_new ("leads-changed", WF_TYPE_RUNTIME, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WORKFLOWS_CHANGED] = g_signal_new (
      "workflows-changed", WF_TYPE_RUNTIME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOG_CHANGED] = g_signal_new ("log-changed", WF_TYPE_RUNTIME, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVITY_CLOSED] = g_signal_new ("activity-closed", WF_TYPE_RUNTIME, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wf_runtime_init (WfRuntime *self)
{
  self->cancellable = g_cancellable_new ();
  self->gauges = wf_storm_gauges_new ();
  self->comments_asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  wf_reminders_init (self);
  self->sync_status = WF_SYNC_STATUS_STARTING;
  self->last_sync = WF_INSTANT_NONE;
}

/**
 * wf_runtime_new:
 * @clock: the only source of time
 * @crm: the connection, not yet opened
 * @notifier: (nullable): how the person is told; %NULL for an engine without a window
 * @store_path: file of the account's store
 *
 * Returns: (transfer full): a runtime that does nothing until it is started
 */
WfRuntime *
wf_runtime_new (WfClock *clock, WfCrm *crm, WfNotifier *notifier, const char *store_path)
{
  WfRuntime *self = g_object_new (WF_TYPE_RUNTIME, NULL);

  self->clock = WF_CLOCK (wf_server_clock_new (clock));
  self->crm = g_object_ref (crm);
  self->notifier = notifier != NULL ? g_object_ref (notifier) : NULL;
  self->store_path = g_strdup (store_path);
  self->folder = wf_account_files_make_folder_path (store_path);
  wf_intake_init (self);
  wf_dispatch_init (self);
  wf_scheduler_init (self);
  wf_reminders_init_ready (self);
  return self;
}

/**
 * wf_runtime_get_folder:
 * @self: a runtime
 *
 * Returns: (transfer none): the path of a folder for files that belong to this account on this
 *   computer; who writes there makes it
 */
const char *
wf_runtime_get_folder (WfRuntime *self)
{
  return self->folder;
}

WfClock *
wf_runtime_get_clock (WfRuntime *self)
{
  return self->clock;
}

WfSyncStatus
wf_runtime_get_sync_status (WfRuntime *self)
{
  return self->sync_status;
}

const char *
wf_runtime_get_problem (WfRuntime *self)
{
  return self->problem;
}

WfInstant
wf_runtime_get_last_sync (WfRuntime *self)
{
  return self->last_sync;
}

guint
wf_runtime_get_pending_changes (WfRuntime *self)
{
  return self->pending_changes;
}

WfOrganisation *
wf_runtime_get_organisation (WfRuntime *self)
{
  return self->organisation;
}

const char *
wf_runtime_get_person (WfRuntime *self)
{
  return self->person;
}

gboolean
wf_runtime_may (WfRuntime *self, WfRight right)
{
  const WfPerson *person = self->organisation != NULL && self->person != NULL
                               ? wf_organisation_get_person (self->organisation, self->person)
                               : NULL;

  return person != NULL && wf_organisation_person_may (self->organisation, person, right);
}

guint
wf_runtime_get_late_count (WfRuntime *self)
{
  return self->late_count;
}

guint
wf_runtime_get_today_count (WfRuntime *self)
{
  return self->today_count;
}

gboolean
wf_runtime_get_reading_past (WfRuntime *self)
{
  return self->reading_past;
}
