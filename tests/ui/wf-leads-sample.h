/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company with a pipeline and some leads, for tests of the window. */
#pragma once

#include "wf-fake-runtime.h"

G_BEGIN_DECLS

/* Stages new, filter-1, meeting, won, discarded; Ana (attendant), Bruno (seller: he may not finalize), Carla (administrator), Dora
 * (media: she only reads); two stores with store flow, one without. */
WfOrganisation *wf_leads_sample_organisation (void);
/* Three open leads and a lost one, with activities and moments of the first. */
void wf_leads_sample_fill (WfRuntime *runtime);

G_END_DECLS
