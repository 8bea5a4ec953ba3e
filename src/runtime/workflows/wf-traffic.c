/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many runs reached each step and each path of a workflow. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include "wf-run-reached.h"

#include <string.h>

#define PAGE 2000

/* Policy. Counted from the states of the runs that the store keeps, which is every run of at least
 * 13 months (S29): so there is no figure beside them that could be another one. Page by page in the
 * store's reading thread: other questions come between two pages, and a question that is not wanted
 * any more ends with its page. */

/**
 * wf_traffic_count_free:
 * @self: (nullable) (transfer full): a count
 */
void
wf_traffic_count_free (WfTrafficCount *self)
{
  if (self == NULL)
    return;
  g_free (self->step);
  g_free (self);
}

/* Of one version: to which path of the present version each of its paths belongs. */
typedef struct
{
  gint64 version;
  GHashTable *branches; /* (owned) (nullable) id -> GArray of int, -1: not there any more */
} Version;

static void
version_free (gpointer data)
{
  Version *self = data;

  g_clear_pointer (&self->branches, g_hash_table_unref);
  g_free (self);
}

/* Shared by the main context and the job under way, which may outlive the question. */
typedef struct
{
  char *workflow; /* (owned) */
  WfInstant since;
  WfRunStatesPlace place;
  WfWorkflow *present;  /* (owned) (nullable) */
  GPtrArray *versions;  /* (owned) of Version */
  const Version *found; /* (nullable) borrowed from versions: of the run that is counted */
  GHashTable *counts;   /* (owned) set of WfTrafficCount */
  WfStore *store;       /* borrowed for the time of a job */
  gboolean begun;
  guint n_damaged;
} Traffic;

static guint
count_hash (gconstpointer key)
{
  const WfTrafficCount *count = key;

  return (count->step != NULL ? g_str_hash (count->step) : 0) * 31 + (guint) count->path;
}

static gboolean
count_equal (gconstpointer a, gconstpointer b)
{
  const WfTrafficCount *x = a, *y = b;

  return x->path == y->path && g_strcmp0 (x->step, y->step) == 0;
}

static void
traffic_clear (gpointer data)
{
  Traffic *self = data;

  g_free (self->workflow);
  g_clear_pointer (&self->present, wf_workflow_unref);
  g_ptr_array_unref (self->versions);
  g_hash_table_unref (self->counts);
}

static void
traffic_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, traffic_clear);
}

/* -- counting ---------------------------------------------------------------------------------- */

static void
add (Traffic *self, const char *step, int path)
{
  const WfTrafficCount key = { (char *) step, path, 0 };
  WfTrafficCount *count = g_hash_table_lookup (self->counts, &key);

  if (count == NULL)
    {
      count = g_new (WfTrafficCount, 1);
      *count = (WfTrafficCount) { g_strdup (step), path, 0 };
      g_hash_table_add (self->counts, count);
    }
  count->count++;
}

static int
find_path (const WfStep *branch, const char *name)
{
  for (guint i = 0; branch != NULL && branch->kind == WF_STEP_BRANCH && i < branch->paths->len; i++)
    if (strcmp (((const WfPath *) g_ptr_array_index (branch->paths, i))->name, name) == 0)
      return (int) i;
  return -1;
}

typedef struct
{
  const WfWorkflow *present;
  GHashTable *branches;
} Mapping;

static void
on_step (WfStep *step, gpointer user_data)
{
  const Mapping *self = user_data;
  const WfStep *present;
  GArray *paths;

  if (step->kind != WF_STEP_BRANCH)
    return;
  present = wf_workflow_find_step (self->present, step->id);
  paths = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < step->paths->len; i++)
    {
      int path = find_path (present, ((const WfPath *) g_ptr_array_index (step->paths, i))->name);

      g_array_append_val (paths, path);
    }
  g_hash_table_replace (self->branches, g_strdup (step->id), paths);
}

/* Paths have names and no ids: an older version's path is the present one's with the same name. */
static Version *
make_version (Traffic *self, gint64 number)
{
  Version *version = g_new0 (Version, 1);
  g_autoptr (WfWorkflow) older = NULL;
  Mapping mapping;

  version->version = number;
  g_ptr_array_add (self->versions, version);
  if (self->present == NULL || self->present->version == number)
    return version;
  older = wf_store_get_workflow_version (self->store, self->workflow, number);
  if (older == NULL)
    return version;
  version->branches =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  mapping = (Mapping) { self->present, version->branches };
  wf_workflow_foreach_step (older, on_step, &mapping);
  return version;
}

static const Version *
find_version (Traffic *self, gint64 number)
{
  for (guint i = 0; i < self->versions->len; i++)
    {
      const Version *version = g_ptr_array_index (self->versions, i);

      if (version->version == number)
        return version;
    }
  return make_version (self, number);
}

static void
on_reached (const char *step, int path, gpointer user_data)
{
  Traffic *self = user_data;
  const GArray *paths = path >= 0 && self->found->branches != NULL
                            ? g_hash_table_lookup (self->found->branches, step)
                            : NULL;

  if (paths != NULL)
    path = (guint) path < paths->len ? g_array_index (paths, int, path) : -1;
  if (paths == NULL || path >= 0)
    add (self, step, path);
}

static void
on_run (gint64 version, const char *state, gpointer user_data)
{
  Traffic *self = user_data;

  self->found = find_version (self, version);
  add (self, NULL, -1);
  if (state == NULL || !wf_run_foreach_reached (state, on_reached, self))
    self->n_damaged++;
}

static WfWorkflow *
find_present (WfStore *store, const char *id)
{
  g_autoptr (GPtrArray) versions = wf_store_list_versions (store, id);

  for (guint i = 0; i < versions->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (versions, i);

      if (!item->is_draft)
        return wf_workflow_ref (item->workflow);
    }
  return NULL;
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const WfTrafficCount *x = *(const WfTrafficCount *const *) a;
  const WfTrafficCount *y = *(const WfTrafficCount *const *) b;
  int order = g_strcmp0 (x->step, y->step);

  return order != 0 ? order : (x->path > y->path) - (x->path < y->path);
}

/* The trigger first, then by id. */
static GPtrArray *
take_counts (Traffic *self)
{
  GPtrArray *counts = g_hash_table_steal_all_keys (self->counts);

  g_ptr_array_set_free_func (counts, (GDestroyNotify) wf_traffic_count_free);
  g_ptr_array_sort (counts, compare_counts);
  if (self->n_damaged > 0)
    g_warning ("The states of %u runs cannot be read", self->n_damaged);
  return counts;
}

/* NULL without an error: there is another page. */
static gpointer
count_page (WfStore *store, gpointer data, GError **error)
{
  Traffic *self = data;

  self->store = store;
  if (!self->begun)
    self->present = find_present (store, self->workflow);
  self->begun = TRUE;
  if (wf_store_list_run_states (store, self->workflow, self->since, &self->place, PAGE, on_run,
                                self))
    return NULL;
  return take_counts (self);
}

/* -- pages ------------------------------------------------------------------------------------- */

typedef struct
{
  WfRuntime *runtime; /* (owned) */
  Traffic *traffic;   /* (owned) */
  GTask *task;        /* (owned) */
} Request;

static void
request_free (Request *self)
{
  traffic_unref (self->traffic);
  g_object_unref (self->task);
  g_object_unref (self->runtime);
  g_free (self);
}

static void ask_for_page (Request *request);

static void
on_page_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  GError *error = NULL;
  GPtrArray *counts = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  if (error == NULL && counts == NULL && request->runtime->store == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The runtime was stopped");
  if (error == NULL && counts == NULL)
    {
      ask_for_page (request);
      return;
    }
  if (error != NULL)
    g_task_return_error (request->task, error);
  else
    g_task_return_pointer (request->task, counts, (GDestroyNotify) g_ptr_array_unref);
  request_free (request);
}

static void
ask_for_page (Request *request)
{
  wf_store_thread_read_async (request->runtime->store, count_page,
                              g_atomic_rc_box_acquire (request->traffic), traffic_unref,
                              (GDestroyNotify) g_ptr_array_unref,
                              g_task_get_cancellable (request->task), on_page_counted, request);
}

/**
 * wf_runtime_count_traffic_async:
 * @self: a runtime
 * @workflow: its id
 * @since: runs that began then or later; WF_INSTANT_NONE: all that are known
 * @cancellable: (nullable): ends it with the page under way
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Paths are those of the version that is published now; what older versions had under another name
 * counts for the branch only.
 */
void
wf_runtime_count_traffic_async (WfRuntime *self, const char *workflow, WfInstant since,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task =
      wf_query_begin (self, wf_runtime_count_traffic_async, cancellable, callback, user_data);
  Request *request;
  Traffic *traffic;

  if (task == NULL)
    return;
  traffic = g_atomic_rc_box_new0 (Traffic);
  traffic->workflow = g_strdup (workflow);
  traffic->since = since;
  traffic->versions = g_ptr_array_new_with_free_func (version_free);
  traffic->counts =
      g_hash_table_new_full (count_hash, count_equal, (GDestroyNotify) wf_traffic_count_free, NULL);
  request = g_new0 (Request, 1);
  request->runtime = g_object_ref (self);
  request->traffic = traffic;
  request->task = task;
  ask_for_page (request);
}

GPtrArray *
wf_runtime_count_traffic_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
