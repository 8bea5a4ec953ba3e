/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activities of Today as a paged list with a section a part of the day. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-source.h"

#include "wf-day-sections.h"

#define PAGE_SIZE 100

struct _WfActivitySource
{
  WfRuntime *runtime;       /* (owned) */
  WfMinuteClock *minutes;   /* (owned) */
  WfPagedList *list;        /* (owned) */
  WfActivityFilter *filter; /* (owned) (nullable) until one was set */
  WfFilterQuery query;      /* of the last refresh, as are the next */
  WfInstant now;            /* all pages are cut at the same instants */
  WfInstant bounds[WF_N_DAY_SECTIONS + 1];
};

static void
begin_refresh (gpointer source)
{
  WfActivitySource *self = source;

  self->now = wf_minute_clock_get_now (self->minutes);
  wf_day_sections_get_bounds (self->now, wf_minute_clock_get_zone (self->minutes), self->bounds);
  wf_filter_query_clear (&self->query);
  wf_filter_query_init (&self->query, self->filter, wf_runtime_get_organisation (self->runtime),
                        wf_runtime_get_person (self->runtime));
}

/* Policy: what was closed can be looked at again where it was due since yesterday, or would have been in the coming week. */
static void
narrow_to_closed (WfActivitySource *self, WfActivityQuery *query)
{
  query->scope = WF_ACTIVITIES_CLOSED;
  query->only_late = FALSE;
  query->due_from = self->bounds[WF_DAY_SECTION_TOMORROW] - 2 * G_TIME_SPAN_DAY;
  query->due_until = self->bounds[WF_DAY_SECTION_TOMORROW] + 7 * G_TIME_SPAN_DAY;
}

static gboolean
is_shown (const WfActivitySource *self, guint section)
{
  WfFilterStates states = self->filter->states;

  if (section == WF_DAY_SECTION_CLOSED)
    return (states & WF_FILTER_CLOSED) != 0;
  if ((states & (WF_FILTER_LATE | WF_FILTER_AT_RISK)) == 0)
    return TRUE;
  return (section == WF_DAY_SECTION_LATE && (states & WF_FILTER_LATE) != 0) ||
         (section == WF_DAY_SECTION_NOW && (states & WF_FILTER_AT_RISK) != 0);
}

static void
return_nothing (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, return_nothing);
  g_task_return_pointer (task, g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
load_async (gpointer source, guint section, guint offset, guint limit, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfActivitySource *self = source;
  WfActivityQuery query = self->query.query;

  if (!is_shown (self, section))
    {
      return_nothing (cancellable, callback, user_data);
      return;
    }
  query.now = self->now;
  query.only_late = FALSE; /* the section says so */
  query.offset = offset;
  query.limit = limit;
  if (section == WF_DAY_SECTION_CLOSED)
    narrow_to_closed (self, &query);
  else
    {
      query.due_from = self->bounds[section];
      query.due_until = self->bounds[section + 1];
    }
  wf_runtime_list_activities_async (self->runtime, &query, cancellable, callback, user_data);
}

static GPtrArray *
load_finish (gpointer source, GAsyncResult *result, guint *total, GError **error)
{
  *total = 0;
  if (g_async_result_is_tagged (result, return_nothing))
    return g_task_propagate_pointer (G_TASK (result), error);
  return wf_runtime_list_activities_finish (((WfActivitySource *) source)->runtime, result, total,
                                            error);
}

static const char *
get_key (gpointer row)
{
  return ((WfActivity *) row)->id;
}

static const WfPagedListReader reader = {
  .n_sections = WF_N_DAY_SECTIONS,
  .page_size = PAGE_SIZE,
  .load_async = load_async,
  .load_finish = load_finish,
  .begin_refresh = begin_refresh,
  .get_key = get_key,
  .row_ref = (gpointer (*) (gpointer)) wf_activity_ref,
  .row_unref = (void (*) (gpointer)) wf_activity_unref,
};

static void
refresh (WfActivitySource *self)
{
  if (self->filter != NULL)
    wf_paged_list_refresh (self->list);
}

/* Reads when a filter is set. Follows the runtime and, each minute, the time. */
WfActivitySource *
wf_activity_source_new (WfRuntime *runtime, WfMinuteClock *minutes)
{
  WfActivitySource *self = g_new0 (WfActivitySource, 1);

  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  self->list = wf_paged_list_new (&reader, self);
  g_signal_connect_swapped (runtime, "activities-changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (minutes, "notify::now", G_CALLBACK (refresh), self);
  return self;
}

void
wf_activity_source_free (WfActivitySource *self)
{
  g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_signal_handlers_disconnect_by_data (self->minutes, self);
  wf_paged_list_detach (self->list);
  g_object_unref (self->list);
  g_object_unref (self->runtime);
  g_object_unref (self->minutes);
  g_clear_pointer (&self->filter, wf_activity_filter_free);
  wf_filter_query_clear (&self->query);
  g_free (self);
}

WfPagedList *
wf_activity_source_get_list (WfActivitySource *self)
{
  return self->list;
}

void
wf_activity_source_set_filter (WfActivitySource *self, const WfActivityFilter *filter)
{
  if (self->filter != NULL && wf_activity_filter_equal (filter, self->filter))
    return;
  g_clear_pointer (&self->filter, wf_activity_filter_free);
  self->filter = wf_activity_filter_copy (filter);
  wf_paged_list_requery (self->list);
}

const WfActivityFilter *
wf_activity_source_get_filter (WfActivitySource *self)
{
  return self->filter;
}
