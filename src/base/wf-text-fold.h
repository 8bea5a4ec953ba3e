/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing text as people expect: "JOSÉ" is "jose". Plain ASCII is compared without allocation. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Compatibility form, case folded, without combining accents. Owned by the caller. */
char *wf_text_fold (const char *text);
/* Like strcmp of the folded text and a text that was folded before. */
int wf_text_compare_folded (const char *text, const char *folded);
gboolean wf_text_contains_folded (const char *text, const char *folded);
gboolean wf_text_starts_with_folded (const char *text, const char *folded);
/* The same for all texts that fold to the same; wf_text_hash (folded) equals wf_text_hash
 * (text). For an index. */
guint wf_text_hash (const char *text);

G_END_DECLS
