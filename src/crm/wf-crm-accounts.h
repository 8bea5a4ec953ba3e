/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts of this computer's user: a file of names and addresses, tokens in the secret
 * service, and the sample. */
#pragma once

#include "wf-accounts.h"
#include "wf-clock.h"

G_BEGIN_DECLS

#define WF_TYPE_CRM_ACCOUNTS (wf_crm_accounts_get_type ())
G_DECLARE_FINAL_TYPE (WfCrmAccounts, wf_crm_accounts, WF, CRM_ACCOUNTS, GObject)

/* config_dir: holds accounts.ini; NULL = "workflow" in the user's configuration folder.
 * sample_dir: the sample company's data; NULL = "workflow/sample" in the user's state folder.
 *
 * connect_async starts the sample's server when it does not run yet (program:
 * $WORKFLOW_DEMO_CRM, else the installed workflow-demo-crm); it ends by itself some minutes
 * after its last client. For an account of kind "sample", person chooses who signs in; url and
 * token are not needed. A token comes from $WORKFLOW_TOKEN_FILE, else from the account's
 * "token-file" in accounts.ini, else from the secret service. */
WfAccounts *wf_crm_accounts_new (WfClock *clock, const char *config_dir, const char *sample_dir);

G_END_DECLS
