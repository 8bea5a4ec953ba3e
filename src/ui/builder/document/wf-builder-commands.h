/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with the steps of a workflow: each is one change of the document with a name
 * ("Delete Step"), undone at once, and leaves a sensible selection and focus. Canvas, outline and
 * menus call these, so that they all do the same. Need no display. Each returns FALSE, and changes
 * nothing, when it does not apply. */
#pragma once

#include "wf-step-selection.h"

G_BEGIN_DECLS

/* The steps that are selected; without any, the step that has the focus. */
gboolean wf_builder_can_delete (WfStepSelection *self);
gboolean wf_builder_delete (WfStepSelection *self);
gboolean wf_builder_duplicate (WfStepSelection *self);
/* by: -1 up, 1 down, within their sequence; over the edge of a path into the sequence around it and
 * back (as a person would move a line in an outline). */
gboolean wf_builder_can_move (WfStepSelection *self, int by);
gboolean wf_builder_move (WfStepSelection *self, int by);
/* Drop: the steps go to the place, in reading order. A branch cannot go into itself. */
gboolean wf_builder_can_move_to (WfStepSelection *self, const WfStepPlace *place);
gboolean wf_builder_move_to (WfStepSelection *self, const WfStepPlace *place);
/* A dragged step from the outside of the selection or with Ctrl: a copy goes there. */
gboolean wf_builder_copy_to (WfStepSelection *self, const WfStepPlace *place);

/* The clipboard, across workflows and applications: JSON text {"workflow-steps": 1, "steps":
 * [...]}. Owned by the caller; NULL when nothing is selected. */
char *wf_builder_copy_text (WfStepSelection *self);
gboolean wf_builder_cut_text (WfStepSelection *self, char **text);
/* Accepts the above, an array of steps, or one step of the workflow format; with new ids. FALSE
 * with an error for people when the text is none (error: G_IO_ERROR_INVALID_DATA). place: NULL:
 * after the focus. */
gboolean wf_builder_paste_text (WfStepSelection *self, const char *text, const WfStepPlace *place,
                                GError **error);

/* A new step, with an id or without; taken. It becomes selected. */
gboolean wf_builder_add (WfStepSelection *self, const WfStepPlace *place, WfStep *step);
/* A branch with the paths "Path 1" and "Otherwise"; the selected steps go into the first path
 * (wrap). */
gboolean wf_builder_wrap_in_branch (WfStepSelection *self);
/* step: with the id of the one that it replaces; copied. merge: nullable, see
 * wf_workflow_document_change(). */
gboolean wf_builder_replace (WfStepSelection *self, const WfStep *step, const char *merge);

gboolean wf_builder_add_path (WfStepSelection *self, const char *branch);
gboolean wf_builder_remove_path (WfStepSelection *self, const char *branch, guint path);
gboolean wf_builder_move_path (WfStepSelection *self, const char *branch, guint path, int by);
/* condition: nullable, referenced. */
gboolean wf_builder_set_path (WfStepSelection *self, const char *branch, guint path,
                              const char *name, WfCondition *condition, const char *merge);

G_END_DECLS
