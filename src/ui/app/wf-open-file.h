/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a workflow's file: shows it as sentences with what is wrong in it, and takes it over as a draft. */
#pragma once

#include "wf-runtime.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* runtime: nullable; without one the file can be read only. */
void wf_open_file_choose (GtkWindow *window, WfRuntime *runtime);

G_END_DECLS
