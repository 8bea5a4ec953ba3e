/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The changes that the audit trail shows, a page at a time. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-audit-source.h"

#define PAGE_SIZE 100
#define EXPORT_SIZE 1000

struct _WfAuditSource
{
  WfRuntime *runtime;  /* (owned) */
  WfPagedList *list;   /* (owned) */
  WfAuditQuery *query; /* (owned) (nullable) until the first one */
};

/* A row of the list: an entry that several may hold. */
typedef struct
{
  WfLogEntry *entry; /* (owned) */
  char *key;         /* (owned) */
} Row;

static void
row_clear (gpointer data)
{
  Row *row = data;

  wf_log_entry_free (row->entry);
  g_free (row->key);
}

static void
row_unref (gpointer row)
{
  g_atomic_rc_box_release_full (row, row_clear);
}

static gpointer
row_ref (gpointer row)
{
  return g_atomic_rc_box_acquire (row);
}

static const char *
get_key (gpointer row)
{
  return ((Row *) row)->key;
}

const WfLogEntry *
wf_audit_row_get_entry (gpointer row)
{
  return ((Row *) row)->entry;
}

/* ---- reader ------------------------------------------------------------------------------------ */

static void
load_async (gpointer source, guint section, guint offset, guint limit, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfAuditSource *self = source;
  WfAuditQuery query = *self->query;

  query.offset = offset;
  query.limit = limit;
  wf_runtime_list_audit_async (self->runtime, &query, cancellable, callback, user_data);
}

static GPtrArray *
load_finish (gpointer source, GAsyncResult *result, guint *total, GError **error)
{
  WfAuditSource *self = source;
  g_autoptr (GPtrArray) entries =
      wf_runtime_list_audit_finish (self->runtime, result, total, error);

  if (entries == NULL)
    return NULL;
  GPtrArray *rows = g_ptr_array_new_full (entries->len, row_unref);
  for (guint i = 0; i < entries->len; i++)
    {
      Row *row = g_atomic_rc_box_new (Row);

      row->entry = g_steal_pointer (&entries->pdata[i]);
      row->key = g_strdup_printf ("%" G_GINT64_FORMAT, row->entry->id);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

static const WfPagedListReader reader = {
  .n_sections = 1,
  .page_size = PAGE_SIZE,
  .load_async = load_async,
  .load_finish = load_finish,
  .get_key = get_key,
  .row_ref = row_ref,
  .row_unref = row_unref,
};

/* ---- public ------------------------------------------------------------------------------------ */

static void
refresh (WfAuditSource *self)
{
  if (self->query != NULL)
    wf_paged_list_refresh (self->list);
}

WfAuditSource *
wf_audit_source_new (WfRuntime *runtime)
{
  WfAuditSource *self = g_new0 (WfAuditSource, 1);

  self->runtime = g_object_ref (runtime);
  self->list = wf_paged_list_new (&reader, self);
  g_signal_connect_swapped (runtime, "log-changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (runtime, "notify::organisation", G_CALLBACK (refresh), self);
  return self;
}

void
wf_audit_source_free (WfAuditSource *self)
{
  g_signal_handlers_disconnect_by_data (self->runtime, self);
  wf_paged_list_detach (self->list);
  g_object_unref (self->list);
  g_object_unref (self->runtime);
  g_clear_pointer (&self->query, wf_audit_query_free);
  g_free (self);
}

WfPagedList *
wf_audit_source_get_list (WfAuditSource *self)
{
  return self->list;
}

static gboolean
is_same (const WfAuditQuery *a, const WfAuditQuery *b)
{
  return a->subject == b->subject && a->from == b->from && a->until == b->until &&
         g_strcmp0 (a->person, b->person) == 0 && g_strcmp0 (a->lead, b->lead) == 0 &&
         g_strcmp0 (a->text, b->text) == 0;
}

void
wf_audit_source_set_query (WfAuditSource *self, const WfAuditQuery *query)
{
  gboolean first = self->query == NULL;

  if (!first && is_same (self->query, query))
    return;
  g_clear_pointer (&self->query, wf_audit_query_free);
  self->query = wf_audit_query_copy (query);
  if (first)
    wf_paged_list_reset (self->list);
  else
    wf_paged_list_requery (self->list);
}

/* ---- export ------------------------------------------------------------------------------------ */

typedef struct
{
  WfRuntime *runtime;      /* (owned) */
  WfAuditQuery *query;     /* (owned) as when it began */
  const WfLogNames *names; /* borrowed */
  GString *csv;            /* (owned) (nullable) */
} Export;

static void
export_free (Export *export)
{
  if (export->csv != NULL)
    g_string_free (export->csv, TRUE);
  wf_audit_query_free (export->query);
  g_object_unref (export->runtime);
  g_free (export);
}

static void export_on (GTask *task);

static void
on_export_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  guint total;
  g_autoptr (GPtrArray) entries =
      wf_runtime_list_audit_finish (WF_RUNTIME (object), result, &total, &error);

  if (entries == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task)) /* the names may be gone */
    return;
  for (guint i = 0; i < entries->len; i++)
    wf_audit_append_csv (export->csv, entries->pdata[i], export->names);
  export->query->offset += entries->len;
  if (entries->len == EXPORT_SIZE)
    {
      export_on (task);
      return;
    }
  g_task_return_pointer (task, g_string_free_to_bytes (g_steal_pointer (&export->csv)),
                         (GDestroyNotify) g_bytes_unref);
}

static void
export_on (GTask *task)
{
  const Export *export = g_task_get_task_data (task);

  wf_runtime_list_audit_async (export->runtime, export->query, g_task_get_cancellable (task),
                               on_export_read, g_object_ref (task));
}

/**
 * wf_audit_source_export_async:
 * @self: a source with a query
 * @names: for ids; must stay until the end, or until @cancellable is cancelled
 * @cancellable: (nullable): ends it
 * @callback: called with the file
 * @user_data: for @callback
 */
void
wf_audit_source_export_async (WfAuditSource *self, const WfLogNames *names,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->runtime = g_object_ref (self->runtime);
  export->query = wf_audit_query_copy (self->query);
  export->query->offset = 0;
  export->query->limit = EXPORT_SIZE;
  export->names = names;
  export->csv = g_string_new (NULL);
  wf_audit_append_csv_head (export->csv);
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  export_on (task);
}

/**
 * wf_audit_source_export_finish:
 *
 * Returns: (transfer full) (nullable): the file's text; NULL with @error
 */
GBytes *
wf_audit_source_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
