/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses how the window is drawn before GTK starts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Without a usable GPU the processor draws faster by itself than through a software OpenGL (performance.md, Window). Sets
 * GSK_RENDERER unless the user set it. Call it first in main, while there is one thread. */
void wf_renderer_choose (void);
/* TRUE when the folder has a render node that this process may use. Apart for the test. */
gboolean wf_renderer_has_gpu (const char *dri_dir);

G_END_DECLS
