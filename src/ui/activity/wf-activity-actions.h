/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands for one activity as a group of actions "today.…", for any page that shows its details beside
 * something else than Today's list. */
#pragma once

#include "wf-activity-details.h"

G_BEGIN_DECLS

/* What the page answers; widget: the page. */
typedef struct
{
  WfActivity *(*get_current) (GtkWidget *widget); /* borrowed; nullable */
  void (*open) (GtkWidget *widget);               /* shows the details */
  void (*close) (GtkWidget *widget);              /* hides them */
  void (*leave) (GtkWidget *widget);              /* it is being closed: nullable */
  void (*reload) (GtkWidget *widget);             /* after an error */
} WfActivityActionsPage;

/* To be inserted as "today". page: static. Actions: complete, reopen, dismiss, snooze (s), snooze-menu, reschedule, reassign,
 * claim, start-workflow, add-comment, open-lead, follow, open, close, undo, reload. */
GActionGroup *wf_activity_actions_new (GtkWidget *widget, WfRuntime *runtime,
                                       WfMinuteClock *minutes, WfActivityDetails *details,
                                       const WfActivityActionsPage *page);
/* Enables what this person may do with the current activity; the runtime checks every command itself. */
void wf_activity_actions_update (GActionGroup *group);
/* For the details' signal "comment". */
void wf_activity_actions_comment (GActionGroup *group, const char *text);

G_END_DECLS
