/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file accounts.ini: names and addresses, the last used first, never a token. */
#pragma once

#include "wf-accounts.h"

G_BEGIN_DECLS

typedef struct _WfAccountFile WfAccountFile;

/* A missing file is an empty one; a damaged one is left alone until something is saved, and told
 * in the log. */
WfAccountFile *wf_account_file_new (const char *path);
void wf_account_file_free (WfAccountFile *self);
/* of WfAccount (owned) */
GPtrArray *wf_account_file_list (WfAccountFile *self);
/* Owned by the caller; NULL without one. */
char *wf_account_file_dup_token_file (WfAccountFile *self, const char *name);
/* Adds or replaces it and puts it first. */
gboolean wf_account_file_put (WfAccountFile *self, const WfAccount *account, GError **error);
gboolean wf_account_file_remove (WfAccountFile *self, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAccountFile, wf_account_file_free)

G_END_DECLS
