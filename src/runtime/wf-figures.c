/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of the sidebar: late, due today, not yet sent; counted off the main loop, once for
 * many changes. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

typedef struct
{
  char *person; /* (owned) (nullable) */
  WfInstant now, end_of_day;
  guint late, today, pending;
} Figures;

static void
figures_free (Figures *self)
{
  g_free (self->person);
  g_free (self);
}

static gpointer
read_figures (WfStore *store, gpointer data, GError **error)
{
  const Figures *wanted = data;
  Figures *figures = g_new0 (Figures, 1);

  wf_store_count_today (store, wanted->person, wanted->now, wanted->end_of_day, &figures->late,
                        &figures->today);
  figures->pending = wf_store_count_outbox (store);
  return figures;
}

static void
on_figures_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  Figures *figures = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  self->figures_busy = FALSE;
  if (figures != NULL && !self->stopped)
    wf_runtime_set_figures (self, figures->late, figures->today, figures->pending);
  g_clear_pointer (&figures, figures_free);
  if (self->figures_again && !self->stopped)
    wf_runtime_update_figures (self);
}

/* The end of the day where the person sits: lists show local time (S3). */
static WfInstant
find_end_of_day (WfInstant now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (now);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autoptr (GDateTime) midnight =
      g_date_time_new_local (g_date_time_get_year (local), g_date_time_get_month (local),
                             g_date_time_get_day_of_month (local), 0, 0, 0);
  g_autoptr (GDateTime) next = midnight != NULL ? g_date_time_add_days (midnight, 1) : NULL;

  return next != NULL ? g_date_time_to_unix_usec (next) : now + G_TIME_SPAN_DAY;
}

void
wf_runtime_update_figures (WfRuntime *self)
{
  if (self->store == NULL || self->stopped)
    return;
  self->figures_again = self->figures_busy;
  if (self->figures_busy)
    return;

  Figures *wanted = g_new0 (Figures, 1);
  wanted->person = g_strdup (self->person);
  wanted->now = wf_clock_now (self->clock);
  wanted->end_of_day = find_end_of_day (wanted->now);
  self->figures_busy = TRUE;
  wf_store_thread_read_async (self->store, read_figures, wanted, (GDestroyNotify) figures_free,
                              (GDestroyNotify) figures_free, self->cancellable, on_figures_read,
                              g_object_ref (self));
}
