/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes text fit for a log: no token, no query, no personal data. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "https://crm.example/rest/12/abcdef/method?x=y" -> "https://crm.example/…": scheme and host
 * only. Owned by the caller. */
char *wf_redact_uri (const char *uri);
/* A short stable fingerprint of an id, to follow it through a log without naming it. Owned by
 * the caller. */
char *wf_redact_id (const char *id);

G_END_DECLS
