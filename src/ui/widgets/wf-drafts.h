/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts that were begun, each kept for what it is about while the program runs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* id -> text; owned by the caller: g_hash_table_unref(). */
GHashTable *wf_drafts_new (void);
/* A text of nothing but spaces is none. */
void wf_drafts_keep (GHashTable *drafts, const char *id, const char *text);

G_END_DECLS
