/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log as a paged list, filtered by kind, lead and text. */
#pragma once

#include "wf-log-text.h"
#include "wf-paged-list.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

/* A row of the list: an entry with a reference count. */
typedef struct
{
  WfLogEntry *entry; /* (owned) */
  char *key;         /* (owned) */
  gboolean expanded; /* all lines are shown; belongs to the window */
  /*< private >*/
  gatomicrefcount ref_count;
} WfLogRow;

typedef struct _WfLogSource WfLogSource;

/* changed: called when a search has ended. */
WfLogSource *wf_log_source_new (WfRuntime *runtime, GCallback changed, gpointer user_data);
void wf_log_source_free (WfLogSource *self);
WfPagedList *wf_log_source_get_list (WfLogSource *self); /* borrowed; its rows are WfLogRow */
const WfLogNames *wf_log_source_get_names (WfLogSource *self);
/* kind: "event", "effect", "problem", "change" or NULL; lead: id or NULL; text: searched in the words of the entries, NULL
 * or "" for none. Reads anew when something changed. */
void wf_log_source_set_filter (WfLogSource *self, const char *kind, const char *lead,
                               const char *text);
/* A search looks through the newest entries only. TRUE when there are older ones; n: how many were looked through. */
gboolean wf_log_source_has_older (WfLogSource *self, guint *n);
void wf_log_source_search_further (WfLogSource *self);

/* Everything that the filter lets through, as CSV. */
void wf_log_source_export_async (WfLogSource *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GBytes *wf_log_source_export_finish (WfLogSource *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfLogSource, wf_log_source_free)

G_END_DECLS
