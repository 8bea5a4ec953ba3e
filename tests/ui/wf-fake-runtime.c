/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A runtime without store and CRM for tests of the window. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-runtime.h"
#include "wf-text-fold.h"

#include <string.h>

struct _WfRuntime
{
  GObject parent_instance;

  WfClock *clock;
  WfOrganisation *organisation;
  char *person;
  GPtrArray *activities; /* of WfActivity, by due */
  GPtrArray *log;        /* of WfLogEntry, oldest first */
  WfSyncStatus status;
  char *problem;
  guint pending;
  WfInstant last_sync;
  gboolean reading_past;
  char *failure;
  char *list_failure;
  char *last_command;
  gboolean withdrawn;
  guint n_listed;
};

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
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfRuntime, wf_runtime, G_TYPE_OBJECT)
G_DEFINE_QUARK (wf-fake-runtime-error, wf_runtime_error)

static void
wf_runtime_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfRuntime *self = WF_RUNTIME (object);

  switch (id)
    {
    case PROP_SYNC_STATUS:
      g_value_set_int (value, self->status);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_LAST_SYNC:
      g_value_set_int64 (value, self->last_sync);
      break;
    case PROP_PENDING_CHANGES:
      g_value_set_uint (value, self->pending);
      break;
    case PROP_PERSON:
      g_value_set_string (value, self->person);
      break;
    case PROP_ORGANISATION:
      g_value_set_pointer (value, self->organisation);
      break;
    case PROP_LATE_COUNT:
      g_value_set_uint (value, wf_runtime_get_late_count (self));
      break;
    case PROP_TODAY_COUNT:
      g_value_set_uint (value, wf_runtime_get_today_count (self));
      break;
    case PROP_READING_PAST:
      g_value_set_boolean (value, self->reading_past);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_runtime_finalize (GObject *object)
{
  WfRuntime *self = WF_RUNTIME (object);

  g_object_unref (self->clock);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_free (self->person);
  g_free (self->problem);
  g_free (self->failure);
  g_free (self->list_failure);
  g_free (self->last_command);
  g_ptr_array_unref (self->activities);
  g_ptr_array_unref (self->log);
  G_OBJECT_CLASS (wf_runtime_parent_class)->finalize (object);
}

static void
wf_runtime_class_init (WfRuntimeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const char *const names[] = { "activities-changed", "workflows-changed", "log-changed",
                                       "leads-changed" };

  object_class->get_property = wf_runtime_get_property;
  object_class->finalize = wf_runtime_finalize;
  props[PROP_SYNC_STATUS] =
      g_param_spec_int ("sync-status", NULL, NULL, 0, WF_SYNC_STATUS_PROBLEM, 0, flags);
  props[PROP_READING_PAST] = g_param_spec_boolean ("reading-past", NULL, NULL, FALSE, flags);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  props[PROP_LAST_SYNC] =
      g_param_spec_int64 ("last-sync", NULL, NULL, G_MININT64, G_MAXINT64, WF_INSTANT_NONE, flags);
  props[PROP_PENDING_CHANGES] =
      g_param_spec_uint ("pending-changes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_PERSON] = g_param_spec_string ("person", NULL, NULL, NULL, flags);
  props[PROP_ORGANISATION] = g_param_spec_pointer ("organisation", NULL, NULL, flags);
  props[PROP_LATE_COUNT] = g_param_spec_uint ("late-count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_TODAY_COUNT] = g_param_spec_uint ("today-count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_new (names[i], WF_TYPE_RUNTIME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                  0);
  g_signal_new ("activity-closed", WF_TYPE_RUNTIME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wf_runtime_init (WfRuntime *self)
{
  self->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  self->log = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_log_entry_free);
  self->status = WF_SYNC_STATUS_UP_TO_DATE;
  self->last_sync = WF_INSTANT_NONE;
}

/* ---- the double's own ---- */

WfRuntime *
wf_fake_runtime_new (WfClock *clock, WfOrganisation *organisation, const char *person)
{
  WfRuntime *self = g_object_new (WF_TYPE_RUNTIME, NULL);

  self->clock = g_object_ref (clock);
  self->last_sync = wf_clock_now (clock);
  wf_fake_runtime_set_account (self, organisation, person);
  return self;
}

void
wf_fake_runtime_set_account (WfRuntime *self, WfOrganisation *organisation, const char *person)
{
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  g_set_str (&self->person, person);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORGANISATION]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERSON]);
}

static gint
compare_due (gconstpointer a, gconstpointer b)
{
  const WfActivity *x = *(WfActivity *const *) a, *y = *(WfActivity *const *) b;

  return x->due < y->due ? -1 : x->due > y->due ? 1 : strcmp (x->id, y->id);
}

void
wf_fake_runtime_add (WfRuntime *self, WfActivity *activity)
{
  g_ptr_array_add (self->activities, activity);
}

void
wf_fake_runtime_add_log (WfRuntime *self, WfLogEntry *entry)
{
  entry->id = self->log->len + 1;
  g_ptr_array_add (self->log, entry);
}

void
wf_fake_runtime_tell (WfRuntime *self)
{
  g_ptr_array_sort (self->activities, compare_due);
  g_signal_emit_by_name (self, "activities-changed");
  g_signal_emit_by_name (self, "log-changed");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LATE_COUNT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TODAY_COUNT]);
}

void
wf_fake_runtime_set_reading_past (WfRuntime *self, gboolean reading)
{
  self->reading_past = reading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READING_PAST]);
}

void
wf_fake_runtime_set_sync (WfRuntime *self, WfSyncStatus status, const char *problem, guint pending,
                          WfInstant last)
{
  self->status = status;
  g_set_str (&self->problem, problem);
  self->pending = pending;
  self->last_sync = last;
  for (guint i = PROP_SYNC_STATUS; i <= PROP_PENDING_CHANGES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

void
wf_fake_runtime_fail_next (WfRuntime *self, const char *message)
{
  g_set_str (&self->failure, message);
}

void
wf_fake_runtime_fail_next_list (WfRuntime *self, const char *message)
{
  g_set_str (&self->list_failure, message);
}

const char *
wf_fake_runtime_get_last_command (WfRuntime *self)
{
  return self->last_command;
}

guint
wf_fake_runtime_get_n_listed (WfRuntime *self)
{
  return self->n_listed;
}

GTask *
wf_fake_runtime_make_task (WfRuntime *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *failure = g_steal_pointer (&self->failure);

  if (failure == NULL)
    return task;
  g_task_return_new_error_literal (task, wf_runtime_error_quark (), WF_RUNTIME_ERROR_NOT_ALLOWED,
                                   failure);
  g_object_unref (task);
  return NULL;
}

void
wf_fake_runtime_remember (WfRuntime *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_free (self->last_command);
  self->last_command = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

/* ---- wf-runtime.h ---- */

WfRuntime *
wf_runtime_new (WfClock *clock, WfCrm *crm, WfNotifier *notifier, const char *store_path)
{
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);

  return wf_fake_runtime_new (clock, organisation, "carla");
}

void
wf_runtime_start_async (WfRuntime *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

gboolean
wf_runtime_start_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wf_runtime_stop (WfRuntime *self)
{
  wf_fake_runtime_remember (self, "stop");
}

void
wf_runtime_withdraw_all (WfRuntime *self)
{
  self->withdrawn = TRUE;
}

gboolean
wf_fake_runtime_was_withdrawn (WfRuntime *self)
{
  return self->withdrawn;
}

void
wf_runtime_poke (WfRuntime *self)
{
  wf_fake_runtime_remember (self, "poke");
}

WfClock *
wf_runtime_get_clock (WfRuntime *self)
{
  return self->clock;
}

WfSyncStatus
wf_runtime_get_sync_status (WfRuntime *self)
{
  return self->status;
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
  return self->pending;
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

static guint
count_due (WfRuntime *self, WfInstant from, WfInstant until)
{
  guint n = 0;

  for (guint i = 0; i < self->activities->len; i++)
    {
      const WfActivity *activity = self->activities->pdata[i];
      n += activity->status == WF_ACTIVITY_OPEN && activity->due >= from && activity->due < until;
    }
  return n;
}

guint
wf_runtime_get_late_count (WfRuntime *self)
{
  return count_due (self, G_MININT64, wf_clock_now (self->clock));
}

guint
wf_runtime_get_today_count (WfRuntime *self)
{
  WfInstant now = wf_clock_now (self->clock);

  return count_due (self, now, (now / G_TIME_SPAN_DAY + 1) * G_TIME_SPAN_DAY);
}

static gboolean
is_any_of (const char *const *list, const char *value)
{
  return list == NULL || (value != NULL && g_strv_contains (list, value));
}

static gboolean
has_words (const WfActivity *activity, const char *text)
{
  g_autofree char *folded = text != NULL ? wf_text_fold (text) : NULL;

  return text == NULL || wf_text_contains_folded (activity->title, folded) ||
         (activity->lead_name != NULL && wf_text_contains_folded (activity->lead_name, folded)) ||
         (activity->notes != NULL && wf_text_contains_folded (activity->notes, folded));
}

static gboolean
matches (const WfActivity *activity, const WfActivityQuery *query)
{
  if (query->scope == WF_ACTIVITIES_OPEN && activity->status != WF_ACTIVITY_OPEN)
    return FALSE;
  if (query->scope == WF_ACTIVITIES_CLOSED && activity->status == WF_ACTIVITY_OPEN)
    return FALSE;
  if (!is_any_of (query->people, activity->person) || !is_any_of (query->types, activity->type) ||
      !is_any_of (query->workflows, activity->workflow) || !has_words (activity, query->text) ||
      (query->only_late && (activity->status != WF_ACTIVITY_OPEN || activity->due >= query->now)))
    return FALSE;
  if (query->unassigned ? activity->person != NULL
                        : query->person != NULL && g_strcmp0 (activity->person, query->person) != 0)
    return FALSE;
  if (query->lead != NULL && g_strcmp0 (activity->lead, query->lead) != 0)
    return FALSE;
  return (query->due_from == WF_INSTANT_NONE || activity->due >= query->due_from) &&
         (query->due_until == WF_INSTANT_NONE || activity->due < query->due_until);
}

void
wf_runtime_list_activities_async (WfRuntime *self, const WfActivityQuery *query,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  if (self->list_failure != NULL)
    {
      g_free (self->failure);
      self->failure = g_steal_pointer (&self->list_failure);
    }
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  guint total = 0;

  for (guint i = 0; i < self->activities->len; i++)
    {
      if (!matches (self->activities->pdata[i], query))
        continue;
      if (total >= query->offset && (query->limit == 0 || rows->len < query->limit))
        g_ptr_array_add (rows, wf_activity_ref (self->activities->pdata[i]));
      total++;
    }
  if (task == NULL)
    {
      g_ptr_array_unref (rows);
      return;
    }
  self->n_listed += rows->len;
  g_object_set_data (G_OBJECT (task), "total", GUINT_TO_POINTER (total));
  g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_activities_finish (WfRuntime *self, GAsyncResult *result, guint *total,
                                   GError **error)
{
  *total = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "total"));
  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
wf_fake_runtime_list (WfRuntime *self, const WfActivityQuery *query)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  for (guint i = 0; i < self->activities->len; i++)
    {
      if (matches (self->activities->pdata[i], query))
        g_ptr_array_add (rows, wf_activity_ref (self->activities->pdata[i]));
    }
  return rows;
}

static WfActivity *
find (WfRuntime *self, const char *id, guint *index)
{
  for (guint i = 0; i < self->activities->len; i++)
    {
      WfActivity *activity = self->activities->pdata[i];
      if (!g_str_equal (activity->id, id))
        continue;
      if (index != NULL)
        *index = i;
      return activity;
    }
  return NULL;
}

void
wf_runtime_get_activity_async (WfRuntime *self, const char *id, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  WfActivity *found = find (self, id, NULL);

  if (task == NULL)
    return;
  if (found == NULL)
    g_task_return_new_error_literal (task, wf_runtime_error_quark (), WF_RUNTIME_ERROR_NOT_FOUND,
                                     "There is no such activity.");
  else
    g_task_return_pointer (task, wf_activity_ref (found), (GDestroyNotify) wf_activity_unref);
}

WfActivity *
wf_runtime_get_activity_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static WfLogEntry *
copy_entry (const WfLogEntry *entry)
{
  WfLogEntry *copy = g_new0 (WfLogEntry, 1);

  copy->id = entry->id;
  copy->at = entry->at;
  copy->kind = g_strdup (entry->kind);
  copy->title = g_strdup (entry->title);
  copy->lead = g_strdup (entry->lead);
  copy->details = g_strdup (entry->details);
  return copy;
}

void
wf_runtime_list_log_async (WfRuntime *self, const char *kind, const char *lead, guint offset,
                           guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_log_entry_free);
  guint total = 0;

  for (guint i = self->log->len; i > 0; i--)
    {
      const WfLogEntry *entry = self->log->pdata[i - 1];
      if ((kind != NULL && !g_str_equal (kind, entry->kind)) ||
          (lead != NULL && g_strcmp0 (lead, entry->lead) != 0))
        continue;
      if (total >= offset && (limit == 0 || rows->len < limit))
        g_ptr_array_add (rows, copy_entry (entry));
      total++;
    }
  if (task == NULL)
    {
      g_ptr_array_unref (rows);
      return;
    }
  self->n_listed += rows->len;
  g_object_set_data (G_OBJECT (task), "total", GUINT_TO_POINTER (total));
  g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_log_finish (WfRuntime *self, GAsyncResult *result, guint *total, GError **error)
{
  *total = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "total"));
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A copy in the place of the old one, as the store hands out new values too. */
static WfActivity *
change (WfRuntime *self, const char *id)
{
  guint index;
  WfActivity *old = find (self, id, &index);
  WfActivity *copy = old != NULL ? wf_activity_copy (old) : NULL;

  if (copy == NULL)
    return NULL;
  wf_activity_unref (old);
  self->activities->pdata[index] = copy;
  copy->sync = WF_SYNC_LOCAL;
  return copy;
}

WfActivity *
wf_fake_runtime_find (WfRuntime *self, const char *id)
{
  WfActivity *found = find (self, id, NULL);

  return found != NULL ? wf_activity_ref (found) : NULL;
}

WfActivity *
wf_fake_runtime_change (WfRuntime *self, const char *id)
{
  return change (self, id);
}

void
wf_fake_runtime_replace (WfRuntime *self, WfActivity *activity)
{
  guint index;
  WfActivity *old = find (self, activity->id, &index);

  g_return_if_fail (old != NULL);
  self->activities->pdata[index] = activity;
  wf_activity_unref (old);
}

static void
finish_command (WfRuntime *self, GTask *task, gboolean found)
{
  if (!found)
    {
      g_task_return_new_error_literal (task, wf_runtime_error_quark (), WF_RUNTIME_ERROR_NOT_FOUND,
                                       "There is no such activity.");
      return;
    }
  g_task_return_boolean (task, TRUE);
  wf_fake_runtime_tell (self);
}

static void
set_status (WfRuntime *self, const char *command, const char *id, WfActivityStatus status,
            const char *outcome, GTask *task)
{
  g_autoptr (GTask) owned = task;

  if (outcome != NULL)
    wf_fake_runtime_remember (self, "%s %s %s", command, id, outcome);
  else
    wf_fake_runtime_remember (self, "%s %s", command, id);
  if (task == NULL)
    return;
  WfActivity *activity = change (self, id);
  if (activity != NULL)
    {
      activity->status = status;
      g_set_str (&activity->outcome, outcome);
      activity->completed = status == WF_ACTIVITY_DONE ? wf_clock_now (self->clock)
                                                       : WF_INSTANT_NONE;
    }
  finish_command (self, task, activity != NULL);
}

void
wf_runtime_complete_async (WfRuntime *self, const char *activity, const char *outcome,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  set_status (self, "complete", activity, WF_ACTIVITY_DONE, outcome,
              wf_fake_runtime_make_task (self, cancellable, callback, user_data));
}

void
wf_runtime_reopen_async (WfRuntime *self, const char *activity, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  set_status (self, "reopen", activity, WF_ACTIVITY_OPEN, NULL,
              wf_fake_runtime_make_task (self, cancellable, callback, user_data));
}

void
wf_runtime_dismiss_async (WfRuntime *self, const char *activity, const char *reason,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  set_status (self, "dismiss", activity, WF_ACTIVITY_NO_LONGER_NEEDED, NULL,
              wf_fake_runtime_make_task (self, cancellable, callback, user_data));
}

void
wf_runtime_snooze_async (WfRuntime *self, const char *activity, WfSnooze snooze,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "snooze %s %d", activity, (int) snooze);
  if (task != NULL)
    g_task_return_int (task, wf_clock_now (self->clock) + 15 * G_TIME_SPAN_MINUTE);
}

WfInstant
wf_runtime_snooze_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

void
wf_runtime_reschedule_async (WfRuntime *self, const char *activity, WfInstant due,
                             const char *reason, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "reschedule %s %" G_GINT64_FORMAT " %s", activity, due, reason);
  if (task == NULL)
    return;
  WfActivity *changed = change (self, activity);
  if (changed != NULL)
    changed->due = due;
  finish_command (self, task, changed != NULL);
}

void
wf_runtime_reassign_async (WfRuntime *self, const char *activity, const char *person,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "reassign %s %s", activity, person);
  if (task == NULL)
    return;
  WfActivity *changed = change (self, activity);
  if (changed != NULL)
    g_set_str (&changed->person, person);
  finish_command (self, task, changed != NULL);
}

void
wf_runtime_comment_async (WfRuntime *self, const char *activity, const char *text,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "comment %s %s", activity, text);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

void
wf_runtime_save_workflow_async (WfRuntime *self, WfWorkflow *workflow, gboolean publish,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "save-workflow %s %d", workflow->name, publish);
  if (task == NULL)
    return;
  if (wf_fake_runtime_allows_saving (self, workflow, publish))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error_literal (task, wf_runtime_error_quark (), WF_RUNTIME_ERROR_CONFLICT,
                                     "Somebody else published meanwhile.");
}

void
wf_runtime_set_workflow_state_async (WfRuntime *self, const char *workflow, WfWorkflowState state,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "set-workflow-state %s %d", workflow, (int) state);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

gboolean
wf_runtime_command_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- samples ---- */

WfOrganisation *
wf_fake_organisation_new (gboolean store_flow)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"format\": 1, \"name\": \"Padrão Móveis\", \"process\": \"%s\","
      "  \"working-hours\": { \"time-zone\": \"America/Sao_Paulo\", \"week\": {"
      "    \"mon\": [[\"09:00\", \"12:00\"], [\"13:00\", \"18:00\"]], \"tue\": [[\"09:00\", \"12:00\"], [\"13:00\", \"18:00\"]],"
      "    \"wed\": [[\"09:00\", \"12:00\"], [\"13:00\", \"18:00\"]], \"thu\": [[\"09:00\", \"12:00\"], [\"13:00\", \"18:00\"]],"
      "    \"fri\": [[\"09:00\", \"12:00\"], [\"13:00\", \"18:00\"]], \"sat\": [], \"sun\": [] } },"
      "  \"people\": ["
      "    { \"id\": \"ana\", \"name\": \"Ana Souza\", \"role\": \"attendant\", \"active\": true, \"groups\": [\"inbound\"], \"teams\": [\"sp\"], \"units\": [] },"
      "    { \"id\": \"bruno\", \"name\": \"Bruno Lima\", \"role\": \"attendant\", \"active\": true, \"groups\": [\"inbound\"], \"teams\": [\"sp\"], \"units\": [] },"
      "    { \"id\": \"carla\", \"name\": \"Carla Mendes\", \"role\": \"administrator\", \"active\": true, \"groups\": [], \"teams\": [], \"units\": [] } ],"
      "  \"groups\": [ { \"id\": \"inbound\", \"name\": \"Inbound\", \"coordinator\": \"carla\" } ],"
      "  \"teams\": [ { \"id\": \"sp\", \"name\": \"São Paulo\" } ],"
      "  \"units\": [ { \"id\": \"centro\", \"name\": \"Loja Centro\", \"store-flow\": true } ],"
      "  \"activity-types\": [ { \"id\": \"filter-1\", \"name\": \"Realizar Filtro 1\", \"icon\": \"call\" } ],"
      "  \"pipelines\": [] }",
      store_flow ? "2-with-store-flow" : "1");
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  return wf_organisation_read (wf_json_document_get_root (document), problems);
}

WfActivity *
wf_fake_activity_new (const char *id, const char *title, const char *person, WfInstant due)
{
  WfActivity *activity = wf_activity_new (id);

  g_set_str (&activity->title, title);
  g_set_str (&activity->type, "filter-1");
  activity->person = g_strdup (person);
  activity->lead = g_strdup ("l-77");
  activity->lead_name = g_strdup ("Padaria Sol");
  activity->created = due - G_TIME_SPAN_HOUR;
  activity->due = activity->original_due = due;
  activity->remind = activity->visible_from = activity->completed = WF_INSTANT_NONE;
  activity->status = WF_ACTIVITY_OPEN;
  activity->sync = WF_SYNC_CONFIRMED;
  activity->workflow_name = g_strdup ("First contact");
  return activity;
}

/* ---- accounts ---- */

#define WF_TYPE_FAKE_ACCOUNTS (wf_fake_accounts_get_type ())
G_DECLARE_FINAL_TYPE (WfFakeAccounts, wf_fake_accounts, WF, FAKE_ACCOUNTS, GObject)

struct _WfFakeAccounts
{
  GObject parent_instance;

  GPtrArray *known; /* of WfAccount */
  GError *failure;
};

static GPtrArray *
fake_list (WfAccounts *accounts)
{
  WfFakeAccounts *self = WF_FAKE_ACCOUNTS (accounts);
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_account_free);

  for (guint i = 0; i < self->known->len; i++)
    g_ptr_array_add (copy, wf_account_copy (self->known->pdata[i]));
  return copy;
}

static void
fake_connect_async (WfAccounts *accounts, const WfAccount *account, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  WfFakeAccounts *self = WF_FAKE_ACCOUNTS (accounts);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->failure != NULL)
    g_task_return_error (task, g_steal_pointer (&self->failure));
  else
    g_task_return_pointer (task, g_object_new (G_TYPE_OBJECT, NULL), g_object_unref);
}

static WfCrm *
fake_connect_finish (WfAccounts *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_add_async (WfAccounts *accounts, const char *name, const char *kind, const char *url,
                const char *token, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  WfFakeAccounts *self = WF_FAKE_ACCOUNTS (accounts);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->failure != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&self->failure));
      return;
    }
  g_ptr_array_add (self->known, wf_account_new (name, kind, url, NULL));
  g_task_return_pointer (task, wf_account_new (name, kind, url, NULL),
                         (GDestroyNotify) wf_account_free);
}

static WfAccount *
fake_add_finish (WfAccounts *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
fake_remove (WfAccounts *self, const char *name, GError **error)
{
  GPtrArray *known = WF_FAKE_ACCOUNTS (self)->known;

  for (guint i = 0; i < known->len; i++)
    {
      if (g_str_equal (((WfAccount *) known->pdata[i])->name, name))
        g_ptr_array_remove_index (known, i);
    }
  return TRUE;
}

static void
fake_accounts_iface_init (WfAccountsInterface *iface)
{
  iface->list = fake_list;
  iface->connect_async = fake_connect_async;
  iface->connect_finish = fake_connect_finish;
  iface->add_async = fake_add_async;
  iface->add_finish = fake_add_finish;
  iface->remove = fake_remove;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WfFakeAccounts, wf_fake_accounts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_ACCOUNTS, fake_accounts_iface_init))

static void
wf_fake_accounts_finalize (GObject *object)
{
  g_ptr_array_unref (WF_FAKE_ACCOUNTS (object)->known);
  g_clear_error (&WF_FAKE_ACCOUNTS (object)->failure);
  G_OBJECT_CLASS (wf_fake_accounts_parent_class)->finalize (object);
}

static void
wf_fake_accounts_class_init (WfFakeAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_fake_accounts_finalize;
}

static void
wf_fake_accounts_init (WfFakeAccounts *self)
{
  self->known = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_account_free);
}

WfAccounts *
wf_fake_accounts_new (void)
{
  return g_object_new (WF_TYPE_FAKE_ACCOUNTS, NULL);
}

void
wf_fake_accounts_fail_next (WfAccounts *self, GError *error)
{
  g_clear_error (&WF_FAKE_ACCOUNTS (self)->failure);
  WF_FAKE_ACCOUNTS (self)->failure = error;
}
