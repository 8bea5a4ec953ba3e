/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notification that the account does not open, for whoever has no window. */
#pragma once

#include "wf-session.h"

G_BEGIN_DECLS

/* The session has failed. A click opens the window. */
void wf_account_failure_tell (GApplication *application, WfSession *session);
/* It is not so any more; nothing when it was not told. */
void wf_account_failure_take_back (GApplication *application);

G_END_DECLS
