/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface to the CRM connections of this computer's user: crm/ carries it out, ui/ and
 * cli/ use it. */
#pragma once

#include "wf-crm.h"

G_BEGIN_DECLS

/* Kinds of account: a server of the open API, or the embedded demo CRM. */
#define WF_ACCOUNT_KIND_OPEN "open"
#define WF_ACCOUNT_KIND_SAMPLE "sample"
/* Who signs in to the sample when nobody was chosen. */
#define WF_SAMPLE_PERSON "carla"

typedef struct
{
  /* (owned) unique on this computer: names the store's file and `workflowctl engine --account` */
  char *name;
  char *kind; /* (owned) connector: "open" or "sample" (the embedded demo CRM as its own process) */
  char *url;  /* (owned) base address; for the sample made anew at each start */
  /* (owned) (nullable) who signs in, where the connector lets one choose (the sample) */
  char *person;
} WfAccount;

WfAccount *wf_account_new (const char *name, const char *kind, const char *url, const char *person);
WfAccount *wf_account_copy (const WfAccount *self);
void wf_account_free (WfAccount *self);

#define WF_TYPE_ACCOUNTS (wf_accounts_get_type ())
G_DECLARE_INTERFACE (WfAccounts, wf_accounts, WF, ACCOUNTS, GObject)

struct _WfAccountsInterface
{
  GTypeInterface parent_iface;

  /* -> array of WfAccount (owned), the last used first */
  GPtrArray *(*list) (WfAccounts *self);
  /* Makes the connection of a known account, not yet opened; starts the sample's server when it
   * is that. -> WfCrm */
  void (*connect_async) (WfAccounts *self, const WfAccount *account, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
  WfCrm *(*connect_finish) (WfAccounts *self, GAsyncResult *result, GError **error);
  /* Signs in to try it, then keeps the account and puts the token into the secret service.
   * token: never logged. -> WfAccount */
  void (*add_async) (WfAccounts *self, const char *name, const char *kind, const char *url,
                     const char *token, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data);
  WfAccount *(*add_finish) (WfAccounts *self, GAsyncResult *result, GError **error);
  gboolean (*remove) (WfAccounts *self, const char *name, GError **error);
};

GPtrArray *wf_accounts_list (WfAccounts *self);
void wf_accounts_connect_async (WfAccounts *self, const WfAccount *account,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
WfCrm *wf_accounts_connect_finish (WfAccounts *self, GAsyncResult *result, GError **error);
void wf_accounts_add_async (WfAccounts *self, const char *name, const char *kind, const char *url,
                            const char *token, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
WfAccount *wf_accounts_add_finish (WfAccounts *self, GAsyncResult *result, GError **error);
gboolean wf_accounts_remove (WfAccounts *self, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAccount, wf_account_free)

G_END_DECLS
