/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staying alive for reminders: start at login, with the person's consent, by the background portal or an autostart entry. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks the desktop's portal; where there is none, writes or removes an autostart entry in the user's config folder. */
void wf_background_set_autostart_async (GApplication *application, gboolean autostart,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
/* The state that holds now: a refusal gives FALSE without an error. */
gboolean wf_background_set_autostart_finish (GAsyncResult *result, gboolean *autostart,
                                             GError **error);

G_END_DECLS
