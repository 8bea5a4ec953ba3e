/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menus of the outline: which steps can be added, and what can be done with one. */
#pragma once

#include "wf-outline-item.h"

G_BEGIN_DECLS

GMenuModel *wf_step_menu_new_for_adding (const char *branch, guint path);
GMenuModel *wf_step_menu_new_for_item (WfOutlineItem *item);

G_END_DECLS
