/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One value of a list, with a button that takes it out. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: removed (): its button, Delete or Backspace. */
#define WF_TYPE_VALUE_CHIP (wf_value_chip_get_type ())
G_DECLARE_FINAL_TYPE (WfValueChip, wf_value_chip, WF, VALUE_CHIP, GtkWidget)

/* name: as it is shown. */
GtkWidget *wf_value_chip_new (const char *value, const char *name);
const char *wf_value_chip_get_value (WfValueChip *self);

G_END_DECLS
