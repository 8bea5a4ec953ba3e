/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with activities, one or many, with a message and a way back: do, then undo by toast. */
#pragma once

#include "wf-runtime-day.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* widget: anything in the window, for the message. failed: called after an error, or when the person gave no answer to a
 * question, while the widget is in a window; nullable. */
typedef void (*WfCommandCallback) (GtkWidget *widget);

/* begun: called when the command was given, with what it is about (the first of several); nullable. */
typedef void (*WfCommandBegun) (GtkWidget *widget, WfActivity *activity);

/* An approval asks for its answer first, a type with outcomes for one of them. */
void wf_activity_command_complete (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                   WfCommandBegun begun, WfCommandCallback failed);
void wf_activity_command_dismiss (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                  WfCommandCallback failed);
void wf_activity_command_snooze (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                 WfSnooze snooze);
void wf_activity_command_reschedule (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                     WfInstant due, const char *reason);
void wf_activity_command_reassign (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                   const char *person);
void wf_activity_command_reopen (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                 WfCommandCallback failed);
/* R104: starts a workflow for the activity's lead. name: of the workflow, for the message. */
void wf_activity_command_start_workflow (GtkWidget *widget, WfRuntime *runtime,
                                         WfActivity *activity, const char *workflow,
                                         const char *name);
/* done: called when the comment was kept, with the activity on which it is; nullable. */
void wf_activity_command_comment (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                  const char *text, WfCommandBegun done);

/* Several at once: one message, one Undo; what could not be done is named. activities: of WfActivity. Approvals are left, since
 * each has its own answer; of types with outcomes one is asked for each type. */
void wf_activities_command_complete (GtkWidget *widget, WfRuntime *runtime, GPtrArray *activities,
                                     WfCommandBegun begun, WfCommandCallback failed);
/* change: not of WF_BULK_COMPLETE; copied. */
void wf_activities_command_change (GtkWidget *widget, WfRuntime *runtime, GPtrArray *activities,
                                   const WfBulkChange *change, WfCommandCallback failed);

G_END_DECLS
