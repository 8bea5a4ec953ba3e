/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The switch Web / Store flow / All at the top of every list of leads (R61): one choice for all pages, remembered. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Property, read-only, notified: origin ("web", "flow" or NULL for all). Hidden, and then NULL, when the company's process has
 * no store flow. */
#define WF_TYPE_ORIGIN_SWITCH (wf_origin_switch_get_type ())
G_DECLARE_FINAL_TYPE (WfOriginSwitch, wf_origin_switch, WF, ORIGIN_SWITCH, AdwBin)

void wf_origin_switch_set_runtime (WfOriginSwitch *self, WfRuntime *runtime);
const char *wf_origin_switch_get_origin (WfOriginSwitch *self); /* borrowed */
/* As a person does who switches it to all. */
void wf_origin_switch_set_all (WfOriginSwitch *self);

G_END_DECLS
