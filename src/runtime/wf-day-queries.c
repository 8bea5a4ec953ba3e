/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the calendar and a manager's Today ask: days, and what needs somebody (R6). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"
#include "wf-runtime-day.h"

/* A person is told before the hour is over (ui.md "Today": at risk in the next hour). */
#define SOON G_TIME_SPAN_HOUR

/* -- days -------------------------------------------------------------------------------------- */

typedef struct
{
  WfActivityQuery *query; /* (owned) */
  WfInstant *bounds;      /* (owned) */
  guint n_days, per_day;
} DaysArguments;

static void
days_arguments_free (DaysArguments *self)
{
  wf_activity_query_free (self->query);
  g_free (self->bounds);
  g_free (self);
}

static gpointer
list_days (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const DaysArguments *arguments = self->arguments;

  return wf_store_list_days (store, arguments->query, arguments->bounds, arguments->n_days,
                             arguments->per_day);
}

/**
 * wf_runtime_list_days_async:
 * @self: a runtime
 * @query: copied; a person who does not see everyone gets only the own ones and the queue
 * @bounds: @n_days + 1 rising instants; copied
 * @n_days: how many days
 * @per_day: at most so many activities of each
 * @cancellable: (nullable): for days that are not looked at any more
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_list_days_async (WfRuntime *self, const WfActivityQuery *query, const WfInstant *bounds,
                            guint n_days, guint per_day, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  DaysArguments *arguments = g_new0 (DaysArguments, 1);

  arguments->query = wf_query_copy_activities (self, query);
  arguments->bounds = g_memdup2 (bounds, (n_days + 1) * sizeof *bounds);
  arguments->n_days = n_days;
  arguments->per_day = per_day;
  wf_query_run (self, wf_runtime_list_days_async, list_days, arguments,
                (GDestroyNotify) days_arguments_free, (GDestroyNotify) wf_calendar_days_free,
                cancellable, callback, user_data);
}

/**
 * wf_runtime_list_days_finish:
 *
 * Returns: (transfer full) (nullable): the days; NULL with @error
 */
WfCalendarDays *
wf_runtime_list_days_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- what needs a manager ---------------------------------------------------------------------- */

void
wf_exceptions_free (WfExceptions *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self);
}

/* The most late first, then the most soon; then those who wait longest, then by id. */
static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const WfPersonCount *x = a, *y = b;

  if (x->late != y->late)
    return x->late > y->late ? -1 : 1;
  if (x->soon != y->soon)
    return x->soon > y->soon ? -1 : 1;
  if (x->oldest != y->oldest)
    return x->oldest < y->oldest ? -1 : 1;
  return g_strcmp0 (x->person, y->person);
}

static void
count_people (WfCommit *self, const char *origin, WfExceptions *exceptions)
{
  g_autoptr (GPtrArray) counts =
      wf_store_count_people (self->store, self->now, self->now + SOON, origin);

  exceptions->people = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_person_count_free);
  while (counts->len > 0)
    {
      g_autoptr (WfPersonCount) count = g_ptr_array_steal_index_fast (counts, counts->len - 1);

      if (count->person == NULL)
        exceptions->unassigned = count->open;
      else if (count->late + count->soon > 0 &&
               (self->everyone || wf_commit_is_own (self, count->person)))
        g_ptr_array_add (exceptions->people, g_steal_pointer (&count));
    }
  g_ptr_array_sort_values (exceptions->people, compare_counts);
}

static guint
count_leads_without_next (WfCommit *self, const char *origin)
{
  const char *own[] = { self->person != NULL ? self->person : "", NULL };
  WfLeadQuery query = { .origin = origin,
                        .owners = self->everyone ? NULL : own,
                        .without_next = TRUE,
                        .only_open = TRUE,
                        .now = self->now };

  /* Without a person "" would be the queue. */
  return self->everyone || self->person != NULL ? wf_store_count_leads (self->store, &query) : 0;
}

static void
count_workflows (WfCommit *self, WfExceptions *exceptions)
{
  g_autoptr (GPtrArray) rows =
      wf_query_list_workflows (self->store, wf_commit_get_organisation (self), self->now);

  for (guint i = 0; i < rows->len; i++)
    {
      const WfRuntimeWorkflow *row = g_ptr_array_index (rows, i);

      exceptions->conflicts += row->in_conflict;
      exceptions->problems += row->n_errors > 0;
    }
}

/* What workflows do to everyone is nobody's business who sees only the own work. */
static gpointer
get_exceptions (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const char *origin = self->arguments;
  WfExceptions *exceptions = g_new0 (WfExceptions, 1);

  self->store = store;
  count_people (self, origin, exceptions);
  exceptions->without_next = count_leads_without_next (self, origin);
  exceptions->refused = wf_store_count_refused (store);
  if (!self->everyone)
    return exceptions;
  exceptions->failing = wf_store_count_failed_runs (store);
  exceptions->held = wf_store_count_held (store, NULL);
  count_workflows (self, exceptions);
  return exceptions;
}

/**
 * wf_runtime_get_exceptions_async:
 * @self: a runtime
 * @origin: (nullable): "web" or "flow": of people, the queue and leads (R61)
 * @cancellable: (nullable): gives up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Who does not see everyone gets the own numbers, the queue and the refused changes of this computer; the rest is 0.
 */
void
wf_runtime_get_exceptions_async (WfRuntime *self, const char *origin, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  wf_query_run (self, wf_runtime_get_exceptions_async, get_exceptions, g_strdup (origin), g_free,
                (GDestroyNotify) wf_exceptions_free, cancellable, callback, user_data);
}

/**
 * wf_runtime_get_exceptions_finish:
 *
 * Returns: (transfer full) (nullable): NULL with @error
 */
WfExceptions *
wf_runtime_get_exceptions_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
