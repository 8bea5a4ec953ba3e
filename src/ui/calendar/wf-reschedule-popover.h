/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks in a small popover why an activity is moved (S7), with the reasons that were given lately. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_RESCHEDULE_POPOVER (wf_reschedule_popover_get_type ())
G_DECLARE_FINAL_TYPE (WfReschedulePopover, wf_reschedule_popover, WF, RESCHEDULE_POPOVER,
                      GtkPopover)

/* reason: stripped, never empty; NULL: the person changed their mind. Called once. */
typedef void (*WfReasonFunc) (const char *reason, gpointer data);
/* at: in over; NULL: the whole of it. note: nullable: what to consider. */
void wf_reschedule_popover_ask (GtkWidget *over, const GdkRectangle *at, const char *title,
                                const char *note, WfReasonFunc func, gpointer data);

G_END_DECLS
