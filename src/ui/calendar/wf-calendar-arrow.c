/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arrow keys of the calendar. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-arrow.h"

gboolean
wf_calendar_arrow_read (GtkWidget *widget, guint key, int *days, int *steps)
{
  int ahead = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? -1 : 1;

  *days = *steps = 0;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      *steps = -1;
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      *steps = 1;
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      *days = -ahead;
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      *days = ahead;
      return TRUE;
    default:
      return FALSE;
    }
}
