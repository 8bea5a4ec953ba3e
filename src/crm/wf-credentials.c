/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens of accounts in the secret service, or in a file for computers without a session. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-credentials.h"

#include "wf-crm.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_TOKEN_BYTES 8192
#define ACCOUNT_ATTRIBUTE "account"
#define URL_ATTRIBUTE "url"

static const SecretSchema schema = {
  WF_APPLICATION_ID ".Account",
  SECRET_SCHEMA_NONE,
  {
      { ACCOUNT_ATTRIBUTE, SECRET_SCHEMA_ATTRIBUTE_STRING },
      { URL_ATTRIBUTE, SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

void
wf_credentials_free_token (char *token)
{
  if (token == NULL)
    return;
  explicit_bzero (token, strlen (token));
  g_free (token);
}

/* The secret service speaks D-Bus: its errors are about buses and prompts. A person needs to
 * know what to do. */
static GError *
translate (GError *error)
{
  g_autofree char *message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
    message = g_strdup (_ ("The password store is locked. Unlock it and try again."));
  else
    message = g_strdup_printf (
        _ ("The password store cannot be used. Start a password service, or keep the token in a file and name "
           "it in %s. (%s)"),
        WF_TOKEN_FILE_VARIABLE, error->message);
  g_error_free (error);
  return wf_crm_error_new_token_unread (message);
}

/* -- file -------------------------------------------------------------------------------------- */

static void
warn_if_readable (const char *path)
{
  struct stat status;

  if (stat (path, &status) == 0 && (status.st_mode & (S_IRGRP | S_IROTH)) != 0)
    g_warning (
        "The token file can be read by other users of this computer: its mode should be 0600");
}

static char *
read_token_file (const char *path, GError **error)
{
  g_autoptr (GError) own = NULL;
  char *content = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, &own))
    {
      g_autofree char *message =
          g_strdup_printf (_ ("The token file cannot be read: %s"), own->message);

      g_propagate_error (error, wf_crm_error_new_token_unread (message));
      return NULL;
    }
  g_strstrip (content);
  if (*content == '\0' || length > MOST_TOKEN_BYTES || strpbrk (content, " \t\r\n") != NULL)
    {
      wf_credentials_free_token (content);
      g_set_error (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH,
                   _ ("The file %s does not hold one token."), path);
      return NULL;
    }
  warn_if_readable (path);
  return content;
}

/* -- secret service ---------------------------------------------------------------------------- */

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate (error));
}

void
wf_credentials_store_async (const char *account, const char *url, const char *token,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *label = g_strdup_printf (_ ("Workflow: account “%s”"), account);

  g_task_set_source_tag (task, wf_credentials_store_async);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, cancellable, on_stored,
                         task, ACCOUNT_ATTRIBUTE, account, URL_ATTRIBUTE, url, NULL);
}

gboolean
wf_credentials_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, translate (error));
  else if (secret == NULL)
    g_task_return_new_error_literal (task, WF_CRM_ERROR, WF_CRM_ERROR_AUTH,
                                     _ ("No token is stored for this account. Sign in again."));
  else
    {
      g_task_return_pointer (task, g_strdup (secret), (GDestroyNotify) wf_credentials_free_token);
      secret_password_free (secret);
    }
}

void
wf_credentials_lookup_async (const char *account, const char *token_file, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const char *variable = g_getenv (WF_TOKEN_FILE_VARIABLE);
  const char *path = variable != NULL && *variable != '\0' ? variable : token_file;
  GError *error = NULL;

  g_task_set_source_tag (task, wf_credentials_lookup_async);
  if (path == NULL || *path == '\0')
    {
      secret_password_lookup (&schema, cancellable, on_looked_up, g_steal_pointer (&task),
                              ACCOUNT_ATTRIBUTE, account, NULL);
      return;
    }
  char *token = read_token_file (path, &error);
  if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify) wf_credentials_free_token);
  else
    g_task_return_error (task, error);
}

void
wf_credentials_lookup_stored_async (const char *account, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, wf_credentials_lookup_stored_async);
  secret_password_lookup (&schema, cancellable, on_looked_up, task, ACCOUNT_ATTRIBUTE, account,
                          NULL);
}

char *
wf_credentials_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, translate (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
wf_credentials_clear_async (const char *account, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, wf_credentials_clear_async);
  secret_password_clear (&schema, cancellable, on_cleared, task, ACCOUNT_ATTRIBUTE, account, NULL);
}

gboolean
wf_credentials_clear_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
