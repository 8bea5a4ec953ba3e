/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts of this computer's user: a file of names and addresses, tokens in the secret
 * service, and the sample. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-crm-accounts.h"

#include "wf-account-file.h"
#include "wf-credentials.h"
#include "wf-open-crm.h"
#include "wf-sample-server.h"

#include <glib/gi18n-lib.h>

struct _WfCrmAccounts
{
  GObject parent_instance;

  WfClock *clock;      /* (owned) */
  WfAccountFile *file; /* (owned) */
  char *sample_dir;    /* (owned) */
};

static void wf_crm_accounts_iface_init (WfAccountsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfCrmAccounts, wf_crm_accounts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_ACCOUNTS, wf_crm_accounts_iface_init))

static gboolean
is_sample (const WfAccount *account)
{
  return g_str_equal (account->kind, WF_ACCOUNT_KIND_SAMPLE);
}

static GPtrArray *
wf_crm_accounts_list (WfAccounts *accounts)
{
  return wf_account_file_list (WF_CRM_ACCOUNTS (accounts)->file);
}

/* -- connecting -------------------------------------------------------------------------------- */

/* What is on its way: an account, and for a new one its token. */
typedef struct
{
  WfAccount *account; /* (owned) */
  char *token;        /* (owned) (nullable) */
  WfCrm *crm;         /* (owned) (nullable) while it is tried */
} Pending;

static void
pending_free (Pending *pending)
{
  wf_account_free (pending->account);
  wf_credentials_free_token (pending->token);
  g_clear_object (&pending->crm);
  g_free (pending);
}

/* The account becomes the last used; that this cannot be written is no reason not to work. */
static void
remember (WfCrmAccounts *self, const WfAccount *account)
{
  g_autoptr (GError) error = NULL;

  if (!wf_account_file_put (self->file, account, &error))
    g_warning ("The file of accounts cannot be written: %s", error->message);
}

static void
return_connection (GTask *task, const char *url, const char *token)
{
  WfCrmAccounts *self = g_task_get_source_object (task);
  Pending *pending = g_task_get_task_data (task);
  GError *error = NULL;
  WfCrm *crm = wf_open_crm_new (self->clock, url, token, &error);

  if (crm == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  remember (self, pending->account);
  g_task_return_pointer (task, crm, g_object_unref);
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pending *pending = g_task_get_task_data (task);
  GError *error = NULL;
  char *token = wf_credentials_lookup_finish (result, &error);

  if (token == NULL)
    g_task_return_error (task, error);
  else
    return_connection (task, pending->account->url, token);
  wf_credentials_free_token (token);
}

static void
on_sample (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pending *pending = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WfSampleServer) server = wf_sample_server_start_finish (result, &error);

  if (server == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* The address changes with each start; what is kept is that it is the sample. */
  g_set_str (&pending->account->url, "");
  return_connection (task, server->url, server->token);
}

static const char *
get_person (const WfAccount *account)
{
  return account->person != NULL && *account->person != '\0' ? account->person : WF_SAMPLE_PERSON;
}

static gboolean
check_kind (const char *kind, GError **error)
{
  if (g_strcmp0 (kind, WF_ACCOUNT_KIND_OPEN) == 0 || g_strcmp0 (kind, WF_ACCOUNT_KIND_SAMPLE) == 0)
    return TRUE;
  g_set_error (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED,
               _ ("This version has no connection of the kind “%s”."), kind != NULL ? kind : "");
  return FALSE;
}

static void
wf_crm_accounts_connect_async (WfAccounts *accounts, const WfAccount *account,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  WfCrmAccounts *self = WF_CRM_ACCOUNTS (accounts);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Pending *pending = g_new0 (Pending, 1);
  GError *error = NULL;

  pending->account = wf_account_copy (account);
  g_task_set_source_tag (task, wf_crm_accounts_connect_async);
  g_task_set_task_data (task, pending, (GDestroyNotify) pending_free);
  if (!check_kind (account->kind, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
  else if (is_sample (account))
    wf_sample_server_start_async (self->clock, self->sample_dir, get_person (account), cancellable,
                                  on_sample, task);
  else
    {
      g_autofree char *token_file = wf_account_file_dup_token_file (self->file, account->name);

      wf_credentials_lookup_async (account->name, token_file, cancellable, on_token, task);
    }
}

static WfCrm *
wf_crm_accounts_connect_finish (WfAccounts *accounts, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, accounts), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- adding ------------------------------------------------------------------------------------ */

static void
return_added (GTask *task)
{
  WfCrmAccounts *self = g_task_get_source_object (task);
  Pending *pending = g_task_get_task_data (task);
  GError *error = NULL;

  if (!wf_account_file_put (self->file, pending->account, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, wf_account_copy (pending->account),
                           (GDestroyNotify) wf_account_free);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!wf_credentials_store_finish (result, &error))
    g_task_return_error (task, error);
  else
    return_added (task);
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pending *pending = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WfCrmSession) session = wf_crm_open_finish (WF_CRM (source), result, &error);

  if (session == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_set_str (&pending->account->person, session->person);
  if (is_sample (pending->account))
    {
      return_added (task);
      return;
    }
  wf_credentials_store_async (pending->account->name, pending->account->url, pending->token,
                              g_task_get_cancellable (task), on_stored, g_object_ref (task));
}

/* Takes the task's reference. */
static void
try_connection (GTask *task, const char *url, const char *token)
{
  g_autoptr (GTask) own = task;
  WfCrmAccounts *self = g_task_get_source_object (task);
  Pending *pending = g_task_get_task_data (task);
  GError *error = NULL;

  pending->crm = wf_open_crm_new (self->clock, url, token, &error);
  if (pending->crm == NULL)
    g_task_return_error (task, error);
  else
    wf_crm_open_async (pending->crm, g_task_get_cancellable (task), on_tried,
                       g_steal_pointer (&own));
}

static void
on_sample_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (WfSampleServer) server = wf_sample_server_start_finish (result, &error);

  if (server == NULL)
    g_task_return_error (task, error);
  else
    try_connection (g_steal_pointer (&task), server->url, server->token);
}

static void
wf_crm_accounts_add_async (WfAccounts *accounts, const char *name, const char *kind,
                           const char *url, const char *token, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  WfCrmAccounts *self = WF_CRM_ACCOUNTS (accounts);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Pending *pending = g_new0 (Pending, 1);
  g_autofree char *plain_token = token != NULL ? g_strstrip (g_strdup (token)) : NULL;
  g_autofree char *plain_name = g_strstrip (g_strdup (name != NULL ? name : ""));
  GError *error = NULL;

  pending->account = wf_account_new (plain_name, kind, url != NULL ? url : "", NULL);
  pending->token = g_steal_pointer (&plain_token);
  g_task_set_source_tag (task, wf_crm_accounts_add_async);
  g_task_set_task_data (task, pending, (GDestroyNotify) pending_free);
  if (*plain_name == '\0')
    g_task_return_new_error_literal (task, WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
                                     _ ("The account needs a name."));
  else if (!check_kind (kind, &error))
    g_task_return_error (task, error);
  else if (is_sample (pending->account))
    {
      g_set_str (&pending->account->url, "");
      wf_sample_server_start_async (self->clock, self->sample_dir, WF_SAMPLE_PERSON, cancellable,
                                    on_sample_added, g_steal_pointer (&task));
    }
  else if (pending->token == NULL || *pending->token == '\0')
    g_task_return_new_error_literal (task, WF_CRM_ERROR, WF_CRM_ERROR_AUTH,
                                     _ ("The account needs an access token."));
  else
    try_connection (g_object_ref (task), pending->account->url, pending->token);
}

static WfAccount *
wf_crm_accounts_add_finish (WfAccounts *accounts, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, accounts), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- removing ---------------------------------------------------------------------------------- */

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_credentials_clear_finish (result, &error))
    g_warning ("The token of a removed account is still in the password store: %s", error->message);
}

static gboolean
wf_crm_accounts_remove (WfAccounts *accounts, const char *name, GError **error)
{
  WfCrmAccounts *self = WF_CRM_ACCOUNTS (accounts);
  g_autoptr (GPtrArray) list = wf_account_file_list (self->file);
  gboolean has_token = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      WfAccount *account = list->pdata[i];

      if (g_str_equal (account->name, name))
        has_token = !is_sample (account);
    }
  if (!wf_account_file_remove (self->file, name, error))
    return FALSE;
  if (has_token)
    wf_credentials_clear_async (name, NULL, on_cleared, NULL);
  return TRUE;
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_crm_accounts_iface_init (WfAccountsInterface *iface)
{
  iface->list = wf_crm_accounts_list;
  iface->connect_async = wf_crm_accounts_connect_async;
  iface->connect_finish = wf_crm_accounts_connect_finish;
  iface->add_async = wf_crm_accounts_add_async;
  iface->add_finish = wf_crm_accounts_add_finish;
  iface->remove = wf_crm_accounts_remove;
}

static void
wf_crm_accounts_dispose (GObject *object)
{
  WfCrmAccounts *self = WF_CRM_ACCOUNTS (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->file, wf_account_file_free);
  g_clear_pointer (&self->sample_dir, g_free);
  G_OBJECT_CLASS (wf_crm_accounts_parent_class)->dispose (object);
}

static void
wf_crm_accounts_class_init (WfCrmAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_crm_accounts_dispose;
}

static void
wf_crm_accounts_init (WfCrmAccounts *self)
{
}

WfAccounts *
wf_crm_accounts_new (WfClock *clock, const char *config_dir, const char *sample_dir)
{
  WfCrmAccounts *self = g_object_new (WF_TYPE_CRM_ACCOUNTS, NULL);
  g_autofree char *path = config_dir != NULL ? g_build_filename (config_dir, "accounts.ini", NULL)
                                             : g_build_filename (g_get_user_config_dir (),
                                                                 "workflow", "accounts.ini", NULL);

  self->clock = g_object_ref (clock);
  self->file = wf_account_file_new (path);
  self->sample_dir = sample_dir != NULL
                         ? g_strdup (sample_dir)
                         : g_build_filename (g_get_user_state_dir (), "workflow", "sample", NULL);
  return WF_ACCOUNTS (self);
}
