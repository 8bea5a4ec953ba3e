/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime without store and CRM: days of a calendar, exceptions, many activities at once and back, pending changes and
 * receipts, of wf-runtime-day.h. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-runtime.h"
#include "wf-runtime-day.h"

#include <string.h>

typedef struct
{
  WfExceptions figures; /* people is not used */
  GPtrArray *pending;   /* (owned) of WfPendingChange */
  GHashTable *subjects; /* (owned) WfPendingChange -> activity id (owned) */
  GHashTable *receipts; /* (owned) activity -> GArray of WfReceipt */
  GHashTable *refused;  /* (owned) activity -> reason */
  WfWorkload *workload; /* (owned) (nullable) */
} Day;

static void
day_free (gpointer data)
{
  Day *self = data;

  g_ptr_array_unref (self->pending);
  g_hash_table_unref (self->subjects);
  g_hash_table_unref (self->receipts);
  g_hash_table_unref (self->refused);
  g_clear_pointer (&self->workload, wf_workload_free);
  g_free (self);
}

static Day *
get_day (WfRuntime *runtime)
{
  Day *self = g_object_get_data (G_OBJECT (runtime), "day");

  if (self != NULL)
    return self;
  self = g_new0 (Day, 1);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_pending_change_free);
  self->subjects = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->receipts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_object_set_data_full (G_OBJECT (runtime), "day", self, day_free);
  return self;
}

/* ---- what a test sets -------------------------------------------------------------------------- */

void
wf_fake_runtime_set_exceptions (WfRuntime *self, const WfExceptions *figures)
{
  get_day (self)->figures = *figures;
  get_day (self)->figures.people = NULL;
}

void
wf_fake_runtime_add_pending (WfRuntime *self, const char *activity, WfPendingChange *change)
{
  Day *day = get_day (self);

  change->item = day->pending->len + 1;
  g_ptr_array_add (day->pending, change);
  g_hash_table_insert (day->subjects, change, g_strdup (activity));
}

void
wf_fake_runtime_add_receipt (WfRuntime *self, const char *activity, const WfReceipt *receipt)
{
  GHashTable *receipts = get_day (self)->receipts;
  GArray *list = g_hash_table_lookup (receipts, activity);

  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (WfReceipt));
      g_hash_table_insert (receipts, g_strdup (activity), list);
    }
  g_array_append_val (list, *receipt);
}

void
wf_fake_runtime_refuse (WfRuntime *self, const char *activity, const char *reason)
{
  g_hash_table_insert (get_day (self)->refused, g_strdup (activity), g_strdup (reason));
}

void
wf_fake_runtime_set_workload (WfRuntime *self, WfWorkload *workload)
{
  g_clear_pointer (&get_day (self)->workload, wf_workload_free);
  get_day (self)->workload = workload;
}

/* ---- calendar ---------------------------------------------------------------------------------- */

static void
days_free (gpointer data)
{
  WfCalendarDays *days = data;

  for (guint i = 0; i < days->n_days; i++)
    g_ptr_array_unref (days->first[i]);
  g_free (days->first);
  g_free (days->counts);
  g_free (days);
}

static void
count (WfDayFigures *figures, const WfActivity *activity, WfInstant now)
{
  gboolean late = wf_activity_is_late (activity, now);

  switch (activity->status)
    {
    case WF_ACTIVITY_OPEN:
      figures->open++;
      figures->late += late;
      break;
    case WF_ACTIVITY_DONE:
      figures->done++;
      figures->done_late += late;
      break;
    case WF_ACTIVITY_CANCELLED:
    case WF_ACTIVITY_NO_LONGER_NEEDED:
    default:
      figures->closed++;
    }
}

void
wf_runtime_list_days_async (WfRuntime *self, const WfActivityQuery *query, const WfInstant *bounds,
                            guint n_days, guint per_day, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  WfCalendarDays *days = g_new0 (WfCalendarDays, 1);

  days->n_days = n_days;
  days->counts = g_new0 (WfDayFigures, n_days);
  days->first = g_new0 (GPtrArray *, n_days);
  for (guint i = 0; i < n_days; i++)
    {
      WfActivityQuery day = *query;
      day.due_from = bounds[i];
      day.due_until = bounds[i + 1];
      day.offset = day.limit = 0;
      g_autoptr (GPtrArray) found = wf_fake_runtime_list (self, &day);
      days->first[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
      for (guint j = 0; j < found->len; j++)
        {
          count (&days->counts[i], found->pdata[j], wf_clock_now (wf_runtime_get_clock (self)));
          if (j < per_day)
            g_ptr_array_add (days->first[i], wf_activity_ref (found->pdata[j]));
        }
    }
  if (task != NULL)
    g_task_return_pointer (task, days, days_free);
  else
    days_free (days);
}

WfCalendarDays *
wf_runtime_list_days_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_workload_free (WfWorkload *self)
{
  g_strfreev (self->people);
  g_free (self->loads);
  g_free (self);
}

static WfWorkload *
copy_workload (const WfWorkload *from, guint n_days)
{
  WfWorkload *copy = g_new0 (WfWorkload, 1);

  copy->n_days = n_days;
  if (from == NULL || from->n_days != n_days)
    {
      copy->people = g_new0 (char *, 1);
      return copy;
    }
  copy->n_people = from->n_people;
  copy->people = g_strdupv (from->people);
  copy->loads = g_memdup2 (from->loads, sizeof (WfDayLoad) * from->n_people * n_days);
  return copy;
}

void
wf_runtime_get_workload_async (WfRuntime *self, const char *const *people, const WfInstant *bounds,
                               guint n_days, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    g_task_return_pointer (task, copy_workload (get_day (self)->workload, n_days),
                           (GDestroyNotify) wf_workload_free);
}

WfWorkload *
wf_runtime_get_workload_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- what needs a manager ---------------------------------------------------------------------- */

static void
person_free (gpointer data)
{
  g_free (((WfPersonCount *) data)->person);
  g_free (data);
}

void
wf_exceptions_free (WfExceptions *self)
{
  g_ptr_array_unref (self->people);
  g_free (self);
}

static WfPersonCount *
get_person (GPtrArray *people, const char *id)
{
  for (guint i = 0; i < people->len; i++)
    {
      WfPersonCount *known = people->pdata[i];
      if (g_strcmp0 (known->person, id) == 0)
        return known;
    }
  WfPersonCount *person = g_new0 (WfPersonCount, 1);
  person->person = g_strdup (id);
  person->oldest = WF_INSTANT_NONE;
  g_ptr_array_add (people, person);
  return person;
}

static gint
compare_late (gconstpointer a, gconstpointer b)
{
  const WfPersonCount *x = *(WfPersonCount *const *) a, *y = *(WfPersonCount *const *) b;

  return x->late != y->late ? (x->late < y->late ? 1 : -1) : g_strcmp0 (x->person, y->person);
}

static GPtrArray *
count_people (WfRuntime *self, const char *origin)
{
  WfInstant now = wf_clock_now (wf_runtime_get_clock (self));
  const WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                                  .origin = origin,
                                  .now = now,
                                  .due_from = WF_INSTANT_NONE,
                                  .due_until = now + G_TIME_SPAN_HOUR };
  g_autoptr (GPtrArray) found = wf_fake_runtime_list (self, &query);
  GPtrArray *people = g_ptr_array_new_with_free_func (person_free);

  for (guint i = 0; i < found->len; i++)
    {
      const WfActivity *activity = found->pdata[i];
      WfPersonCount *person = get_person (people, activity->person);
      gboolean late = wf_activity_is_late (activity, now);
      person->open++;
      person->late += late;
      person->soon += !late;
      if (late && (person->oldest == WF_INSTANT_NONE || activity->due < person->oldest))
        person->oldest = activity->due;
    }
  g_ptr_array_sort (people, compare_late);
  return people;
}

void
wf_runtime_get_exceptions_async (WfRuntime *self, const char *origin, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task == NULL)
    return;
  WfExceptions *exceptions = g_memdup2 (&get_day (self)->figures, sizeof (WfExceptions));
  const WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                                  .unassigned = TRUE,
                                  .origin = origin,
                                  .now = wf_clock_now (wf_runtime_get_clock (self)),
                                  .due_from = WF_INSTANT_NONE,
                                  .due_until = WF_INSTANT_NONE };
  g_autoptr (GPtrArray) queue = wf_fake_runtime_list (self, &query);
  exceptions->people = count_people (self, origin);
  exceptions->unassigned = queue->len;
  g_task_return_pointer (task, exceptions, (GDestroyNotify) wf_exceptions_free);
}

WfExceptions *
wf_runtime_get_exceptions_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- many at once ------------------------------------------------------------------------------ */

void
wf_done_free (WfDone *self)
{
  wf_activity_unref (self->before);
  wf_activity_unref (self->after);
  g_free (self);
}

void
wf_bulk_result_free (WfBulkResult *self)
{
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->refused);
  g_free (self);
}

static void
apply (WfRuntime *self, WfActivity *activity, const WfBulkChange *change)
{
  WfInstant now = wf_clock_now (wf_runtime_get_clock (self));

  switch (change->kind)
    {
    case WF_BULK_COMPLETE:
      activity->status = WF_ACTIVITY_DONE;
      activity->completed = now;
      g_set_str (&activity->outcome, change->text);
      break;
    case WF_BULK_DISMISS:
      activity->status = WF_ACTIVITY_NO_LONGER_NEEDED;
      g_set_str (&activity->outcome, change->text);
      break;
    case WF_BULK_RESCHEDULE:
      activity->due = change->due;
      activity->pinned = TRUE;
      break;
    case WF_BULK_REASSIGN:
      g_set_str (&activity->person, change->person);
      break;
    case WF_BULK_SNOOZE:
      activity->remind = now + 15 * G_TIME_SPAN_MINUTE;
      break;
    case WF_BULK_SET_LENGTH:
      activity->ends = activity->due + change->length;
      break;
    case WF_BULK_REOPEN:
    default:
      activity->status = WF_ACTIVITY_OPEN;
      activity->completed = WF_INSTANT_NONE;
    }
}

/* "complete a-1 a-2 reached": as the single command, with all ids. */
static void
remember (WfRuntime *self, const char *const *activities, const WfBulkChange *change)
{
  static const char *const names[] = { "complete", "dismiss", "reschedule", "reassign",
                                       "snooze",   "reopen",  "length" };
  g_autofree char *ids = g_strjoinv (" ", (char **) activities);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%s %s", names[change->kind], ids);
  if (change->kind == WF_BULK_RESCHEDULE)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, change->due);
  if (change->kind == WF_BULK_SET_LENGTH)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, change->length / G_TIME_SPAN_MINUTE);
  if (change->kind == WF_BULK_SNOOZE)
    g_string_append_printf (text, " %d", (int) change->snooze);
  if (change->person != NULL)
    g_string_append_printf (text, " %s", change->person);
  if (change->text != NULL)
    g_string_append_printf (text, " %s", change->text);
  wf_fake_runtime_remember (self, "%s", text->str);
}

void
wf_runtime_change_many_async (WfRuntime *self, const char *const *activities,
                              const WfBulkChange *change, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  WfBulkResult *result = g_new0 (WfBulkResult, 1);

  remember (self, activities, change);
  result->kind = change->kind;
  result->done = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_done_free);
  result->refused = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; task != NULL && activities[i] != NULL; i++)
    {
      const char *reason = g_hash_table_lookup (get_day (self)->refused, activities[i]);
      g_autoptr (WfActivity) before = wf_fake_runtime_find (self, activities[i]);
      WfActivity *after =
          before != NULL && reason == NULL ? wf_fake_runtime_change (self, activities[i]) : NULL;
      if (after == NULL)
        {
          g_ptr_array_add (result->refused,
                           g_strdup (reason != NULL ? reason : "There is no such activity."));
          continue;
        }
      apply (self, after, change);
      WfDone *done = g_new0 (WfDone, 1);
      done->before = wf_activity_ref (before);
      done->after = wf_activity_ref (after);
      g_ptr_array_add (result->done, done);
    }
  if (task == NULL)
    {
      wf_bulk_result_free (result);
      return;
    }
  g_task_return_pointer (task, result, (GDestroyNotify) wf_bulk_result_free);
  wf_fake_runtime_tell (self);
}

WfBulkResult *
wf_runtime_change_many_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_undo_async (WfRuntime *self, const WfBulkResult *result, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  g_autoptr (GString) text = g_string_new ("undo");
  guint n_left = 0;

  for (guint i = 0; task != NULL && i < result->done->len; i++)
    {
      const WfDone *done = result->done->pdata[i];
      g_autoptr (WfActivity) present = wf_fake_runtime_find (self, done->after->id);
      g_string_append_printf (text, " %s", done->after->id);
      if (present == done->after)
        wf_fake_runtime_replace (self, wf_activity_copy (done->before));
      else
        n_left++;
    }
  wf_fake_runtime_remember (self, "%s", text->str);
  if (task == NULL)
    return;
  g_object_set_data (G_OBJECT (task), "left", GUINT_TO_POINTER (n_left));
  g_task_return_boolean (task, TRUE);
  wf_fake_runtime_tell (self);
}

gboolean
wf_runtime_undo_finish (WfRuntime *self, GAsyncResult *result, guint *n_left, GError **error)
{
  *n_left = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "left"));
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- pending changes --------------------------------------------------------------------------- */

void
wf_pending_change_free (WfPendingChange *self)
{
  g_free (self->what);
  g_free (self->problem);
  g_free (self);
}

void
wf_runtime_list_pending_async (WfRuntime *self, const char *subject, guint most,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  Day *day = get_day (self);

  if (task == NULL)
    return;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_pending_change_free);
  for (guint i = 0; i < day->pending->len && list->len < most; i++)
    {
      const WfPendingChange *change = day->pending->pdata[i];
      const char *of = g_hash_table_lookup (day->subjects, change);
      if (subject != NULL && g_strcmp0 (of, subject) != 0)
        continue;
      WfPendingChange *copy = g_memdup2 (change, sizeof (WfPendingChange));
      copy->what = g_strdup (change->what);
      copy->problem = g_strdup (change->problem);
      g_ptr_array_add (list, copy);
    }
  g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_pending_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
end_pending (WfRuntime *self, const char *command, gint64 item, GTask *task)
{
  GPtrArray *pending = get_day (self)->pending;
  g_autoptr (GTask) owned = task;

  wf_fake_runtime_remember (self, "%s %" G_GINT64_FORMAT, command, item);
  if (task == NULL)
    return;
  for (guint i = 0; i < pending->len; i++)
    {
      if (((WfPendingChange *) pending->pdata[i])->item == item)
        g_ptr_array_remove_index (pending, i);
    }
  g_task_return_boolean (task, TRUE);
  wf_fake_runtime_tell (self);
}

void
wf_runtime_retry_change_async (WfRuntime *self, gint64 item, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  end_pending (self, "retry", item,
               wf_fake_runtime_make_task (self, cancellable, callback, user_data));
}

void
wf_runtime_drop_change_async (WfRuntime *self, gint64 item, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  end_pending (self, "drop", item,
               wf_fake_runtime_make_task (self, cancellable, callback, user_data));
}

/* ---- reminder rules ---------------------------------------------------------------------------- */

static void
set_rules (WfRuntime *self, WfReminderRules *rules)
{
  g_object_set_data_full (G_OBJECT (self), "reminder-rules", rules,
                          (GDestroyNotify) wf_reminder_rules_unref);
}

WfReminderRules *
wf_runtime_get_reminder_rules (WfRuntime *self)
{
  if (g_object_get_data (G_OBJECT (self), "reminder-rules") == NULL)
    set_rules (self, wf_reminder_rules_new_default ());
  return g_object_get_data (G_OBJECT (self), "reminder-rules");
}

void
wf_runtime_set_reminder_rules_async (WfRuntime *self, WfReminderRules *rules,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  g_autofree char *text = wf_reminder_rules_to_text (rules);

  if (task == NULL)
    return;
  set_rules (self, wf_reminder_rules_ref (rules));
  wf_fake_runtime_remember (self, "rules %s", text);
  g_task_return_boolean (task, TRUE);
}

/* ---- receipts ---------------------------------------------------------------------------------- */

void
wf_runtime_list_receipts_async (WfRuntime *self, const char *activity, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  GArray *known = g_hash_table_lookup (get_day (self)->receipts, activity);

  if (task == NULL)
    return;
  g_autoptr (WfActivity) found = wf_fake_runtime_find (self, activity);
  if (found != NULL)
    g_object_set_data_full (G_OBJECT (task), "next", g_memdup2 (&found->remind, sizeof (WfInstant)),
                            g_free);
  g_task_return_pointer (
      task, known != NULL ? g_array_copy (known) : g_array_new (FALSE, FALSE, sizeof (WfReceipt)),
      (GDestroyNotify) g_array_unref);
}

GArray *
wf_runtime_list_receipts_finish (WfRuntime *self, GAsyncResult *result, WfInstant *next,
                                 GError **error)
{
  const WfInstant *remind = g_object_get_data (G_OBJECT (result), "next");

  *next = remind != NULL ? *remind : WF_INSTANT_NONE;
  return g_task_propagate_pointer (G_TASK (result), error);
}
