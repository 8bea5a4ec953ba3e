/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leads that the table shows. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-source.h"

#include "wf-lead-text.h"

#define PAGE_SIZE 100
#define EXPORT_SIZE 1000

struct _WfLeadSource
{
  WfRuntime *runtime;   /* (owned) */
  WfPagedList *list;    /* (owned) */
  WfLeadFilter *filter; /* (owned) (nullable) until the first query */
  char *text, *origin;  /* (owned) (nullable) */
  WfLeadOrder order;
  gboolean descending;
  gboolean answered; /* the rows of the list are those of the query */
};

static WfLeadQuery
make_query (WfLeadSource *self, guint offset, guint limit)
{
  WfLeadQuery query = {
    .text = self->text,
    .origin = self->origin,
    .order = self->order,
    .descending = self->descending,
    .now = wf_clock_now (wf_runtime_get_clock (self->runtime)),
    .offset = offset,
    .limit = limit,
  };

  wf_lead_filter_apply (self->filter, &query);
  return query;
}

/* ---- reader ------------------------------------------------------------------------------------ */

static void
load_async (gpointer source, guint section, guint offset, guint limit, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfLeadSource *self = source;
  WfLeadQuery query = make_query (self, offset, limit);

  wf_runtime_list_leads_async (self->runtime, &query, cancellable, callback, user_data);
}

static GPtrArray *
load_finish (gpointer source, GAsyncResult *result, guint *total, GError **error)
{
  return wf_runtime_list_leads_finish (((WfLeadSource *) source)->runtime, result, total, error);
}

static const char *
get_key (gpointer row)
{
  return ((WfLead *) row)->id;
}

static gpointer
row_ref (gpointer row)
{
  return wf_lead_ref (row);
}

static void
row_unref (gpointer row)
{
  wf_lead_unref (row);
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
on_refreshed (WfLeadSource *self)
{
  self->answered = TRUE;
}

static void
refresh (WfLeadSource *self)
{
  if (self->filter != NULL)
    wf_paged_list_refresh (self->list);
}

WfLeadSource *
wf_lead_source_new (WfRuntime *runtime)
{
  static const char *const changes[] = { "leads-changed", "activities-changed",
                                         "notify::organisation" };
  WfLeadSource *self = g_new0 (WfLeadSource, 1);

  self->runtime = g_object_ref (runtime);
  self->list = wf_paged_list_new (&reader, self);
  g_signal_connect_swapped (self->list, "refreshed", G_CALLBACK (on_refreshed), self);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_swapped (runtime, changes[i], G_CALLBACK (refresh), self);
  return self;
}

void
wf_lead_source_free (WfLeadSource *self)
{
  g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_signal_handlers_disconnect_by_data (self->list, self);
  wf_paged_list_detach (self->list);
  g_object_unref (self->list);
  g_object_unref (self->runtime);
  g_clear_pointer (&self->filter, wf_lead_filter_free);
  g_free (self->text);
  g_free (self->origin);
  g_free (self);
}

WfPagedList *
wf_lead_source_get_list (WfLeadSource *self)
{
  return self->list;
}

void
wf_lead_source_set_query (WfLeadSource *self, const WfLeadFilter *filter, const char *text,
                          const char *origin, WfLeadOrder order, gboolean descending)
{
  const char *wanted = text != NULL && *text != '\0' ? text : NULL;

  if (self->filter != NULL && wf_lead_filter_equal (self->filter, filter) &&
      g_strcmp0 (self->text, wanted) == 0 && g_strcmp0 (self->origin, origin) == 0 &&
      self->order == order && self->descending == descending)
    return;
  WfLeadFilter *before = g_steal_pointer (&self->filter);
  self->filter = wf_lead_filter_copy (filter);
  g_clear_pointer (&before, wf_lead_filter_free);
  g_set_str (&self->text, wanted);
  g_set_str (&self->origin, origin);
  self->order = order;
  self->descending = descending;
  self->answered = FALSE;
  /* The rows stay until the others are there, so that the table's cells need not be made anew. */
  if (wf_paged_list_get_error (self->list) == NULL)
    wf_paged_list_requery (self->list);
  else
    wf_paged_list_reset (self->list);
}

gboolean
wf_lead_source_is_answered (WfLeadSource *self)
{
  return self->answered;
}

/* ---- export ------------------------------------------------------------------------------------ */

typedef struct
{
  WfLeadSource query; /* as the table was when it began; its filter and texts are owned */
  GString *csv;       /* (owned) (nullable) */
  GTimeZone *zone;    /* (owned) */
  GArray *columns;    /* (owned) of WfLeadColumn */
  guint offset;
} Export;

static void
export_free (Export *export)
{
  if (export->csv != NULL)
    g_string_free (export->csv, TRUE);
  g_object_unref (export->query.runtime);
  wf_lead_filter_free (export->query.filter);
  g_free (export->query.text);
  g_free (export->query.origin);
  g_time_zone_unref (export->zone);
  g_array_unref (export->columns);
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
  g_autoptr (GPtrArray) leads =
      wf_runtime_list_leads_finish (WF_RUNTIME (object), result, &total, &error);

  if (leads == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  const WfOrganisation *organisation = wf_runtime_get_organisation (WF_RUNTIME (object));
  for (guint i = 0; i < leads->len; i++)
    wf_lead_append_csv (export->csv, leads->pdata[i], organisation, export->zone, export->columns);
  export->offset += leads->len;
  if (leads->len == EXPORT_SIZE)
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
  Export *export = g_task_get_task_data (task);
  WfLeadQuery query = make_query (&export->query, export->offset, EXPORT_SIZE);

  wf_runtime_list_leads_async (export->query.runtime, &query, g_task_get_cancellable (task),
                               on_export_read, g_object_ref (task));
}

void
wf_lead_source_export_async (WfLeadSource *self, GArray *columns, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->query = (WfLeadSource) {
    .runtime = g_object_ref (self->runtime),
    .filter = wf_lead_filter_copy (self->filter),
    .text = g_strdup (self->text),
    .origin = g_strdup (self->origin),
    .order = self->order,
    .descending = self->descending,
  };
  export->csv = g_string_new (NULL);
  export->zone = g_time_zone_new_local ();
  export->columns = g_array_ref (columns);
  wf_leads_append_csv_head (export->csv, columns);
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  export_on (task);
}

GBytes *
wf_lead_source_export_finish (WfLeadSource *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
