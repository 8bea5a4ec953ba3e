/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells when a window has painted its first frame with content: how long a start takes. */
#pragma once

#include "wf-window.h"

G_BEGIN_DECLS

/* Prints {"first-frame": true} as one line on stdout, once, after the first frame that shows content
 * was painted. Asks for no frame of its own. Call it before the window is presented. */
void wf_first_frame_announce (WfWindow *window);

G_END_DECLS
