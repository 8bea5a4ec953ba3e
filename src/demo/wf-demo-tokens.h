/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may sign in to the demo CRM: a random token for each person and machine, and how often
 * each may ask. */
#pragma once

#include "wf-demo-crm.h"

G_BEGIN_DECLS

typedef struct _WfDemoTokens WfDemoTokens;

/* Reads path, or makes tokens for the people that have none yet and writes it (mode 0600). path
 * NULL: in memory only. */
WfDemoTokens *wf_demo_tokens_load (const char *path, WfOrganisation *organisation, GError **error);
void wf_demo_tokens_free (WfDemoTokens *self);
const char *wf_demo_tokens_get (WfDemoTokens *self, const char *name);
/* Whose token it is; NULL when it is nobody's. */
const char *wf_demo_tokens_find (WfDemoTokens *self, const char *token);
/* Somebody signed in with it since the start: a person is at work there, nobody is simulated. */
gboolean wf_demo_tokens_was_used (WfDemoTokens *self, const char *name);
/* name: NULL for those who do not sign in. FALSE when this name asks more often than limit in ten seconds; *retry_after then has the
 * seconds to wait. */
gboolean wf_demo_tokens_take (WfDemoTokens *self, const char *name, gint64 monotonic, guint limit,
                              guint *retry_after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoTokens, wf_demo_tokens_free)

G_END_DECLS
