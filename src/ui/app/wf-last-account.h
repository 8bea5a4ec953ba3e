/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which account opens by itself at the next start. */
#pragma once

#include "wf-accounts.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* It was opened: perhaps the next start opens it again. */
void wf_last_account_remember (GSettings *settings, WfAccounts *accounts, const WfAccount *account);
/* background: at login, without a window. Owned by the caller; NULL: none. */
WfAccount *wf_last_account_find (GSettings *settings, WfAccounts *accounts, gboolean background);

G_END_DECLS
