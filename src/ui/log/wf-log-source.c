/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log as a paged list, filtered by kind, lead and text. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-log-source.h"

#define PAGE_SIZE 100
#define SCAN_SIZE 200   /* entries of one reading while searching */
#define SCAN_FIRST 5000 /* entries that a search looks through at first */
#define MOST_EXPORTED 100000

struct _WfLogSource
{
  WfRuntime *runtime; /* (owned) */
  WfPagedList *list;  /* (owned) */
  GCallback changed;
  gpointer user_data;
  char *kind, *lead, *text; /* (owned) (nullable) */
  gboolean reading;         /* a filter was set once */
  WfLogNames names;
  GCancellable *cancellable; /* (owned) of everything under way */
  /* the search */
  GPtrArray *matches; /* (owned) of WfLogRow */
  GPtrArray *waiting; /* (owned) of GTask: pages asked for while it runs */
  gboolean scanning, exhausted;
  guint scanned, scan_limit;
  guint64 scan_generation;
};

/* A page of a search: which part of the matches. */
typedef struct
{
  guint offset, limit;
} Slice;

typedef struct
{
  WfLogSource *source;
  guint64 generation;
} Scan;

static WfLogRow *
row_new (WfLogEntry *entry)
{
  WfLogRow *row = g_new0 (WfLogRow, 1);

  row->entry = entry;
  row->key = g_strdup_printf ("%s/%" G_GINT64_FORMAT, entry->kind, entry->id);
  g_atomic_ref_count_init (&row->ref_count);
  return row;
}

static gpointer
row_ref (gpointer data)
{
  g_atomic_ref_count_inc (&((WfLogRow *) data)->ref_count);
  return data;
}

static void
row_unref (gpointer data)
{
  WfLogRow *row = data;

  if (!g_atomic_ref_count_dec (&row->ref_count))
    return;
  wf_log_entry_free (row->entry);
  g_free (row->key);
  g_free (row);
}

static const char *
get_key (gpointer row)
{
  return ((WfLogRow *) row)->key;
}

static gboolean
is_searching (WfLogSource *self)
{
  return self->text != NULL && *self->text != '\0';
}

/* Takes the entries over: the array loses them. */
static GPtrArray *
make_rows (GPtrArray *entries)
{
  GPtrArray *rows = g_ptr_array_new_full (entries->len, row_unref);

  g_ptr_array_set_free_func (entries, NULL);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (rows, row_new (entries->pdata[i]));
  g_ptr_array_set_size (entries, 0);
  return rows;
}

/* ---- search ------------------------------------------------------------------------------------ */

static void scan_on (WfLogSource *self);

static GPtrArray *
copy_slice (WfLogSource *self, const Slice *slice)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_unref);

  for (guint i = slice->offset; i < self->matches->len && rows->len < slice->limit; i++)
    g_ptr_array_add (rows, row_ref (self->matches->pdata[i]));
  return rows;
}

static void
answer_waiting (WfLogSource *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = waiting->pdata[i];
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_pointer (task, copy_slice (self, g_task_get_task_data (task)),
                               (GDestroyNotify) g_ptr_array_unref);
    }
}

static void
take_matches (WfLogSource *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      WfLogRow *row = rows->pdata[i];
      if (wf_log_matches (row->entry, &self->names, self->text))
        g_ptr_array_add (self->matches, row_ref (row));
    }
}

static void
on_scanned (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Scan *scan = user_data;
  g_autoptr (GError) error = NULL;
  guint total;
  g_autoptr (GPtrArray) entries =
      wf_runtime_list_log_finish (WF_RUNTIME (object), result, &total, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the source may be gone */
  WfLogSource *self = scan->source;
  if (scan->generation != self->scan_generation)
    return;
  if (entries != NULL)
    {
      self->scanned += entries->len;
      self->exhausted = entries->len < SCAN_SIZE;
      g_autoptr (GPtrArray) rows = make_rows (entries);
      take_matches (self, rows);
      if (!self->exhausted && self->scanned < self->scan_limit)
        {
          scan_on (self);
          return;
        }
    }
  self->scanning = FALSE;
  answer_waiting (self, error);
  ((void (*) (gpointer)) self->changed) (self->user_data);
}

static void
scan_on (WfLogSource *self)
{
  Scan *scan = g_new0 (Scan, 1);

  scan->source = self;
  scan->generation = self->scan_generation;
  wf_runtime_list_log_async (self->runtime, self->kind, self->lead, self->scanned, SCAN_SIZE,
                             self->cancellable, on_scanned, scan);
}

static void
begin_scan (WfLogSource *self)
{
  self->scan_generation++;
  self->scanned = 0;
  self->exhausted = FALSE;
  g_ptr_array_set_size (self->matches, 0);
  self->scanning = is_searching (self);
  if (self->scanning)
    scan_on (self);
}

/* ---- reader ------------------------------------------------------------------------------------ */

static void
begin_refresh (gpointer source)
{
  begin_scan (source);
}

static void
load_async (gpointer source, guint section, guint offset, guint limit, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfLogSource *self = source;

  if (!is_searching (self))
    {
      wf_runtime_list_log_async (self->runtime, self->kind, self->lead, offset, limit, cancellable,
                                 callback, user_data);
      return;
    }
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Slice *slice = g_new0 (Slice, 1);
  slice->offset = offset;
  slice->limit = limit;
  g_task_set_task_data (task, slice, g_free);
  g_task_set_source_tag (task, begin_scan);
  g_ptr_array_add (self->waiting, task);
  if (!self->scanning)
    answer_waiting (self, NULL);
}

static GPtrArray *
load_finish (gpointer source, GAsyncResult *result, guint *total, GError **error)
{
  WfLogSource *self = source;

  if (g_async_result_is_tagged (result, begin_scan))
    {
      *total = self->matches->len;
      return g_task_propagate_pointer (G_TASK (result), error);
    }
  g_autoptr (GPtrArray) entries = wf_runtime_list_log_finish (self->runtime, result, total, error);
  return entries != NULL ? make_rows (entries) : NULL;
}

static const WfPagedListReader reader = {
  .n_sections = 1,
  .page_size = PAGE_SIZE,
  .load_async = load_async,
  .load_finish = load_finish,
  .begin_refresh = begin_refresh,
  .get_key = get_key,
  .row_ref = row_ref,
  .row_unref = row_unref,
};

/* ---- names ------------------------------------------------------------------------------------- */

/* Policy: what a search found stays as it is until the person asks again; a busy log would search without end. */
static void
refresh (WfLogSource *self)
{
  if (self->reading && !is_searching (self))
    wf_paged_list_refresh (self->list);
}

static void
on_workflows_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) workflows =
      wf_runtime_list_workflows_finish (WF_RUNTIME (object), result, &error);
  WfLogSource *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the source is gone */
  for (guint i = 0; workflows != NULL && i < workflows->len; i++)
    {
      const WfRuntimeWorkflow *row = workflows->pdata[i];
      const WfWorkflow *workflow = row->workflow != NULL ? row->workflow : row->draft;
      if (workflow != NULL)
        g_hash_table_replace (self->names.workflows, g_strdup (workflow->id),
                              g_strdup (workflow->name));
    }
  refresh (self);
}

static void
read_names (WfLogSource *self)
{
  self->names.organisation = wf_runtime_get_organisation (self->runtime);
  wf_runtime_list_workflows_async (self->runtime, self->cancellable, on_workflows_read, self);
}

/* ---- public ------------------------------------------------------------------------------------ */

WfLogSource *
wf_log_source_new (WfRuntime *runtime, GCallback changed, gpointer user_data)
{
  WfLogSource *self = g_new0 (WfLogSource, 1);

  self->runtime = g_object_ref (runtime);
  self->changed = changed;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->matches = g_ptr_array_new_with_free_func (row_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->scan_limit = SCAN_FIRST;
  self->names.zone = g_time_zone_new_local ();
  self->names.workflows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->list = wf_paged_list_new (&reader, self);
  g_signal_connect_swapped (runtime, "log-changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (runtime, "workflows-changed", G_CALLBACK (read_names), self);
  g_signal_connect_swapped (runtime, "notify::organisation", G_CALLBACK (read_names), self);
  read_names (self);
  return self;
}

void
wf_log_source_free (WfLogSource *self)
{
  g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_cancellable_cancel (self->cancellable);
  wf_paged_list_detach (self->list);
  g_object_unref (self->list);
  g_autoptr (GError) gone =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The page is gone");
  answer_waiting (self, gone);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->matches);
  g_object_unref (self->cancellable);
  g_object_unref (self->runtime);
  g_hash_table_unref (self->names.workflows);
  g_time_zone_unref (self->names.zone);
  g_free (self->kind);
  g_free (self->lead);
  g_free (self->text);
  g_free (self);
}

WfPagedList *
wf_log_source_get_list (WfLogSource *self)
{
  return self->list;
}

const WfLogNames *
wf_log_source_get_names (WfLogSource *self)
{
  return &self->names;
}

void
wf_log_source_set_filter (WfLogSource *self, const char *kind, const char *lead, const char *text)
{
  if (self->reading && g_strcmp0 (kind, self->kind) == 0 && g_strcmp0 (lead, self->lead) == 0 &&
      g_strcmp0 (text, self->text) == 0)
    return;
  g_set_str (&self->kind, kind);
  g_set_str (&self->lead, lead);
  g_set_str (&self->text, text);
  self->reading = TRUE;
  self->scan_limit = SCAN_FIRST;
  wf_paged_list_reset (self->list);
}

gboolean
wf_log_source_has_older (WfLogSource *self, guint *n)
{
  *n = self->scanned;
  return is_searching (self) && !self->scanning && !self->exhausted;
}

void
wf_log_source_search_further (WfLogSource *self)
{
  self->scan_limit *= 4;
  wf_paged_list_refresh (self->list);
}

/* ---- export ------------------------------------------------------------------------------------ */

typedef struct
{
  GString *csv;             /* (owned) */
  GTimeZone *zone;          /* (owned) */
  char *kind, *lead, *text; /* (owned) (nullable) as when it began */
  guint offset;
} Export;

static void
export_free (Export *export)
{
  g_string_free (export->csv, TRUE);
  g_time_zone_unref (export->zone);
  g_free (export->kind);
  g_free (export->lead);
  g_free (export->text);
  g_free (export);
}

static void export_on (WfLogSource *self, GTask *task);

static void
append_entries (WfLogSource *self, Export *export, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const WfLogEntry *entry = entries->pdata[i];
      if (export->text == NULL || *export->text == '\0' ||
          wf_log_matches (entry, &self->names, export->text))
        wf_log_append_csv (export->csv, entry, &self->names, export->zone);
    }
  export->offset += entries->len;
}

static void
on_export_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  guint total;
  g_autoptr (GPtrArray) entries =
      wf_runtime_list_log_finish (WF_RUNTIME (object), result, &total, &error);

  if (entries == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  WfLogSource *self = g_object_get_data (G_OBJECT (task), "source");
  append_entries (self, export, entries);
  if (entries->len == SCAN_SIZE && export->offset < MOST_EXPORTED)
    {
      export_on (self, task);
      return;
    }
  g_task_return_pointer (task, g_string_free_to_bytes (g_steal_pointer (&export->csv)),
                         (GDestroyNotify) g_bytes_unref);
  export->csv = g_string_new (NULL);
}

static void
export_on (WfLogSource *self, GTask *task)
{
  const Export *export = g_task_get_task_data (task);

  wf_runtime_list_log_async (self->runtime, export->kind, export->lead, export->offset, SCAN_SIZE,
                             g_task_get_cancellable (task), on_export_read, g_object_ref (task));
}

/* cancellable: must be cancelled before the source is freed. */
void
wf_log_source_export_async (WfLogSource *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->csv = g_string_new (NULL);
  export->zone = g_time_zone_new_local ();
  export->kind = g_strdup (self->kind);
  export->lead = g_strdup (self->lead);
  export->text = g_strdup (self->text);
  wf_log_append_csv_head (export->csv);
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  g_object_set_data (G_OBJECT (task), "source", self);
  export_on (self, task);
}

GBytes *
wf_log_source_export_finish (WfLogSource *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
