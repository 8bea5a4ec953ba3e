/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a damaged database: it is kept beside the new one under another name, never deleted. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Moves the file with its write-ahead log away. Result: where it is now (owned by the caller); NULL with an error. */
char *wf_store_aside_move (const char *path, GError **error);

/* A small file beside the database says that damage was seen: the next opening checks it whole. */
gboolean wf_store_aside_is_suspect (const char *path);
void wf_store_aside_set_suspect (const char *path);
void wf_store_aside_clear_suspect (const char *path);

G_END_DECLS
