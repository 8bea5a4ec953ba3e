/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the top of a page that says that the CRM cannot be reached, and what can be done (B18). */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Follows the runtime as long as the banner lives. */
void wf_sync_banner_bind (AdwBanner *banner, WfRuntime *runtime);

G_END_DECLS
