/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface to the CRM connections of this computer's user. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-accounts.h"

G_DEFINE_INTERFACE (WfAccounts, wf_accounts, G_TYPE_OBJECT)

static void
wf_accounts_default_init (WfAccountsInterface *iface)
{
}

/**
 * wf_account_new:
 * @name: unique on this computer
 * @kind: the connector
 * @url: (nullable): base address
 * @person: (nullable): who signs in, where the connector lets one choose
 *
 * Returns: (transfer full): the account
 */
WfAccount *
wf_account_new (const char *name, const char *kind, const char *url, const char *person)
{
  WfAccount *self = g_new0 (WfAccount, 1);

  self->name = g_strdup (name);
  self->kind = g_strdup (kind);
  self->url = g_strdup (url);
  self->person = g_strdup (person);
  return self;
}

WfAccount *
wf_account_copy (const WfAccount *self)
{
  return wf_account_new (self->name, self->kind, self->url, self->person);
}

void
wf_account_free (WfAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->kind);
  g_free (self->url);
  g_free (self->person);
  g_free (self);
}

GPtrArray *
wf_accounts_list (WfAccounts *self)
{
  g_return_val_if_fail (WF_IS_ACCOUNTS (self), NULL);
  return WF_ACCOUNTS_GET_IFACE (self)->list (self);
}

void
wf_accounts_connect_async (WfAccounts *self, const WfAccount *account, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_ACCOUNTS (self));
  WF_ACCOUNTS_GET_IFACE (self)->connect_async (self, account, cancellable, callback, user_data);
}

WfCrm *
wf_accounts_connect_finish (WfAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_ACCOUNTS (self), NULL);
  return WF_ACCOUNTS_GET_IFACE (self)->connect_finish (self, result, error);
}

void
wf_accounts_add_async (WfAccounts *self, const char *name, const char *kind, const char *url,
                       const char *token, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (WF_IS_ACCOUNTS (self));
  WF_ACCOUNTS_GET_IFACE (self)->add_async (self, name, kind, url, token, cancellable, callback,
                                           user_data);
}

WfAccount *
wf_accounts_add_finish (WfAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_ACCOUNTS (self), NULL);
  return WF_ACCOUNTS_GET_IFACE (self)->add_finish (self, result, error);
}

gboolean
wf_accounts_remove (WfAccounts *self, const char *name, GError **error)
{
  g_return_val_if_fail (WF_IS_ACCOUNTS (self), FALSE);
  return WF_ACCOUNTS_GET_IFACE (self)->remove (self, name, error);
}
