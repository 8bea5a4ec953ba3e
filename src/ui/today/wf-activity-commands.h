/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with an activity, with a message and a way back: do, then undo by toast. */
#pragma once

#include "wf-runtime.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* widget: anything in the window, for the message. failed: called after an error while the widget is in a window; nullable. */
typedef void (*WfCommandCallback) (GtkWidget *widget);

void wf_activity_command_complete (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                   WfCommandCallback failed);
void wf_activity_command_dismiss (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                  WfCommandCallback failed);
void wf_activity_command_snooze (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                 WfSnooze snooze);
void wf_activity_command_reschedule (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                     WfInstant due, const char *reason);
void wf_activity_command_reassign (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                   const char *person);
/* done: called when the comment was kept. */
void wf_activity_command_comment (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                  const char *text, WfCommandCallback done);

G_END_DECLS
