/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts known by number: a table from text to id. Either exact, or without regard to case and
 * accents (wf-text-fold). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WF_TEXT_NO_ID G_MAXUINT32

typedef struct _WfTextIds WfTextIds;

WfTextIds *wf_text_ids_new (gboolean folding);
void wf_text_ids_free (WfTextIds *self);
/* The id of the text, a new one when it is not known: they are counted from 0. */
guint32 wf_text_ids_add (WfTextIds *self, const char *text);
/* WF_TEXT_NO_ID when it is not known. Plain ASCII is found without allocation.
 * length: strlen (text). */
guint32 wf_text_ids_find (const WfTextIds *self, const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfTextIds, wf_text_ids_free)

G_END_DECLS
