/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a CRM's name, address and token, and tries them before anything is kept. */
#pragma once

#include "wf-accounts.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: connected (WfAccount *account): it works and is kept. */
#define WF_TYPE_CONNECT_DIALOG (wf_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfConnectDialog, wf_connect_dialog, WF, CONNECT_DIALOG, AdwDialog)

/* account: nullable; to sign in again, its name and address are filled in and stay. */
WfConnectDialog *wf_connect_dialog_new (WfAccounts *accounts, const WfAccount *account);

G_END_DECLS
