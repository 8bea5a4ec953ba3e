/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a picture of the window by its own renderer, twice as fine as the screen. */
#pragma once

#include "wf-window.h"

G_BEGIN_DECLS

/* Waits until the window shows its content, draws it and saves it as PNG. */
void wf_screenshot_take_async (WfWindow *window, const char *path, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean wf_screenshot_finish (GAsyncResult *result, GError **error);

G_END_DECLS
