/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite off the main loop: one thread with the writing connection, one with a reading connection; jobs run in order. */
#pragma once

#include "wf-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WF_TYPE_STORE_THREAD (wf_store_thread_get_type ())
G_DECLARE_FINAL_TYPE (WfStoreThread, wf_store_thread, WF, STORE_THREAD, GObject)

/* Runs in the store's thread. Result: handed to the finish function; NULL with error set is a failure, NULL without is a
 * result. A writing job is wrapped in one transaction: an error rolls everything back. */
typedef gpointer (*WfStoreJob) (WfStore *store, gpointer data, GError **error);

/* Opens both connections (blocking for some milliseconds: made in a thread by the caller or at start-up). */
WfStoreThread *wf_store_thread_new (const char *path, char **kept_aside, GError **error);
void wf_store_thread_write_async (WfStoreThread *self, WfStoreJob job, gpointer data,
                                  GDestroyNotify data_free, GDestroyNotify result_free,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
void wf_store_thread_read_async (WfStoreThread *self, WfStoreJob job, gpointer data,
                                 GDestroyNotify data_free, GDestroyNotify result_free,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
/* As write, for the batches of a long import: waits for every other writing job, so that a person's command waits for one
 * batch at most. */
void wf_store_thread_import_async (WfStoreThread *self, WfStoreJob job, gpointer data,
                                   GDestroyNotify data_free, GDestroyNotify result_free,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* For either. */
gpointer wf_store_thread_finish (WfStoreThread *self, GAsyncResult *result, GError **error);
/* Finishes the jobs under way, checkpoints and closes. */
void wf_store_thread_close (WfStoreThread *self);

G_END_DECLS
