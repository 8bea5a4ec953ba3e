/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What proves that a webhook comes from this company, and that one that comes in may. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WF_DEMO_SECRET_PREFIX "whsec_"

/* "whsec_" and 32 random bytes in base64. Owned by the caller, as are the next. */
char *wf_demo_webhook_make_secret (void);
/* "v1," and base64 of HMAC-SHA256 over "id.timestamp.body" with the secret's bytes. */
char *wf_demo_webhook_sign (const char *secret, const char *id, gint64 timestamp, const char *body);
/* The token of the address of a hook: HMAC-SHA256 over "hook:NAME", as 64 hexadecimal digits. */
char *wf_demo_webhook_make_token (const char *secret, const char *name);
/* Takes the same time wherever they differ. */
gboolean wf_demo_webhook_equal (const char *a, const char *b);

G_END_DECLS
