/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an account that is not open has on this computer: how much of it the CRM does not have yet, and its end. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folder beside the store for further files of the account. Owned by the caller. */
char *wf_account_files_make_folder_path (const char *store_path);
/* How many changes wait to be sent; 0 when there is no such store. */
void wf_account_files_count_async (const char *store_path, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean wf_account_files_count_finish (GAsyncResult *result, guint *n, GError **error);
/* Deletes the store with all that belongs to it; nobody may have it open. What is not there is no error. */
void wf_account_files_delete_async (const char *store_path, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean wf_account_files_delete_finish (GAsyncResult *result, GError **error);

G_END_DECLS
