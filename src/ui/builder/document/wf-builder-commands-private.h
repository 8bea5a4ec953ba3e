/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the builder's commands share. */
#pragma once

#include "wf-builder-commands.h"

G_BEGIN_DECLS

/* The workflow of the selection's document; borrowed. */
WfWorkflow *wf_builder_get_workflow (WfStepSelection *self);
/* What a command works on, found in this workflow: the selected steps without those inside of
 * others; without any, the step that has the focus. Of WfStepRoot; owned by the caller. */
GArray *wf_builder_find_roots (WfStepSelection *self, const WfWorkflow *workflow);
/* The ids of steps; owned by the caller. */
char **wf_builder_dup_ids (GPtrArray *steps);
char **wf_builder_dup_root_ids (const GArray *roots);
/* One change of the document. next, ids, focus: taken; ids: nullable, nothing is selected; focus:
 * NULL: the last of the ids. */
void wf_builder_commit (WfStepSelection *self, WfWorkflow *next, const char *merge,
                        const char *name, char **ids, WfTarget *focus);
/* Puts steps with ids of their own at the place, as one change after which they are selected.
 * place: nullable, after the focus. steps: taken out of the array. FALSE when there is no such
 * place or they do not fit. */
gboolean wf_builder_insert (WfStepSelection *self, const WfStepPlace *place, GPtrArray *steps,
                            const char *name);
/* With this name and this end of a change, also for cutting. */
gboolean wf_builder_delete_as (WfStepSelection *self, const char *name);

G_END_DECLS
