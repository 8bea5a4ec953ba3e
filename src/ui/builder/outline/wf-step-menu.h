/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of what has the focus in the canvas or the outline. */
#pragma once

#include "wf-builder-context.h"

G_BEGIN_DECLS

/* Actions editor.*, which work on the selection and have no target. Owned by the caller. */
GMenuModel *wf_step_menu_new (WfBuilderContext *context);

G_END_DECLS
