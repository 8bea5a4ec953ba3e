/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open activities of Today as a paged list with a section a part of the day. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-source.h"

#include "wf-day-sections.h"

#define PAGE_SIZE 100

struct _WfActivitySource
{
  WfRuntime *runtime;     /* (owned) */
  WfMinuteClock *minutes; /* (owned) */
  WfPagedList *list;      /* (owned) */
  char *person;           /* (owned) (nullable) */
  gboolean unassigned;
  char *origin;     /* (owned) (nullable) */
  gboolean reading; /* a filter was set once */
  WfInstant now;    /* of the last refresh: all pages are cut at the same instants */
  WfInstant bounds[WF_N_DAY_SECTIONS + 1];
};

static void
begin_refresh (gpointer source)
{
  WfActivitySource *self = source;

  self->now = wf_minute_clock_get_now (self->minutes);
  wf_day_sections_get_bounds (self->now, wf_minute_clock_get_zone (self->minutes), self->bounds);
}

static void
load_async (gpointer source, guint section, guint offset, guint limit, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfActivitySource *self = source;
  const WfActivityQuery query = {
    .scope = WF_ACTIVITIES_OPEN,
    .person = self->person,
    .unassigned = self->unassigned,
    .origin = self->origin,
    .now = self->now,
    .due_from = self->bounds[section],
    .due_until = self->bounds[section + 1],
    .offset = offset,
    .limit = limit,
  };

  wf_runtime_list_activities_async (self->runtime, &query, cancellable, callback, user_data);
}

static GPtrArray *
load_finish (gpointer source, GAsyncResult *result, guint *total, GError **error)
{
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
  if (self->reading)
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
  g_free (self->person);
  g_free (self->origin);
  g_free (self);
}

WfPagedList *
wf_activity_source_get_list (WfActivitySource *self)
{
  return self->list;
}

void
wf_activity_source_set_filter (WfActivitySource *self, const char *person, gboolean unassigned,
                               const char *origin)
{
  if (self->reading && g_strcmp0 (person, self->person) == 0 && unassigned == self->unassigned &&
      g_strcmp0 (origin, self->origin) == 0)
    return;
  g_free (self->person);
  self->person = g_strdup (person);
  self->unassigned = unassigned;
  g_free (self->origin);
  self->origin = g_strdup (origin);
  self->reading = TRUE;
  wf_paged_list_reset (self->list);
}
