/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a comment on a lead is written (R155): @ completes people, Ctrl+Enter posts. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: post (const char *text, GStrv mentions): ids of people. The text stays until it is cleared. */
#define WF_TYPE_COMMENT_BOX (wf_comment_box_get_type ())
G_DECLARE_FINAL_TYPE (WfCommentBox, wf_comment_box, WF, COMMENT_BOX, AdwBin)

void wf_comment_box_set_runtime (WfCommentBox *self, WfRuntime *runtime);
/* What was typed and not posted yet; text: NULL clears it. Owned by the caller. */
char *wf_comment_box_dup_text (WfCommentBox *self);
void wf_comment_box_set_text (WfCommentBox *self, const char *text);
/* As the button does. */
void wf_comment_box_post (WfCommentBox *self);

G_END_DECLS
