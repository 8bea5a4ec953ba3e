/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What most people set in a new step, so that little is left to fill in. Needs no display. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

/* organisation: nullable. */
void wf_step_set_usual (WfStep *self, const WfOrganisation *organisation);

G_END_DECLS
