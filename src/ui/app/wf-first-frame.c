/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells when a window has painted its first frame with content. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-first-frame.h"

#include <stdio.h>

#define HAS_CONTENT "wf-first-frame-has-content"

/* The layout of this frame is done and nothing changes until it was painted. */
static void
on_paint (GdkFrameClock *frame_clock, gpointer user_data)
{
  WfWindow *window = WF_WINDOW (user_data);

  g_object_set_data (G_OBJECT (window), HAS_CONTENT, GINT_TO_POINTER (wf_window_is_ready (window)));
}

static void
on_after_paint (GdkFrameClock *frame_clock, gpointer user_data)
{
  if (g_object_get_data (user_data, HAS_CONTENT) == NULL)
    return;
  g_signal_handlers_disconnect_by_data (frame_clock, user_data);
  puts ("{\"first-frame\": true}");
  fflush (stdout); /* a pipe would keep it */
}

static void
on_realize (GtkWidget *window, gpointer user_data)
{
  GdkFrameClock *frame_clock = gtk_widget_get_frame_clock (window);

  g_signal_connect_object (frame_clock, "paint", G_CALLBACK (on_paint), window, G_CONNECT_DEFAULT);
  g_signal_connect_object (frame_clock, "after-paint", G_CALLBACK (on_after_paint), window,
                           G_CONNECT_DEFAULT);
}

void
wf_first_frame_announce (WfWindow *window)
{
  g_return_if_fail (WF_IS_WINDOW (window) && !gtk_widget_get_realized (GTK_WIDGET (window)));
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
}
