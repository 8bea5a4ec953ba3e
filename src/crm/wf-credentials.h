/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens of accounts in the secret service, or in a file for computers without a session. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Names a file that holds the token; it wins over everything else. */
#define WF_TOKEN_FILE_VARIABLE "WORKFLOW_TOKEN_FILE"

/* Errors are WF_CRM_ERROR_AUTH with a text that says what to do: nothing stored, service locked,
 * service absent. */
void wf_credentials_store_async (const char *account, const char *url, const char *token,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean wf_credentials_store_finish (GAsyncResult *result, GError **error);
/* token_file: (nullable) looked at after the variable. Result: owned, freed with
 * wf_credentials_free_token. */
void wf_credentials_lookup_async (const char *account, const char *token_file,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Only what was stored under this name: no file is looked at, whatever variable names one. */
void wf_credentials_lookup_stored_async (const char *account, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
char *wf_credentials_lookup_finish (GAsyncResult *result, GError **error);
/* Forgetting what is not there is a success. */
void wf_credentials_clear_async (const char *account, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean wf_credentials_clear_finish (GAsyncResult *result, GError **error);
/* Overwrites it first. */
void wf_credentials_free_token (char *token);

G_END_DECLS
