/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with one activity, in the store's thread: the rules, for one command and for
 * many at once. */
#pragma once

#include "wf-commit.h"
#include "wf-runtime-day.h"

G_BEGIN_DECLS

typedef enum
{
  WF_COMMAND_COMPLETE,
  WF_COMMAND_REOPEN,
  WF_COMMAND_DISMISS,
  WF_COMMAND_SNOOZE,
  WF_COMMAND_RESCHEDULE,
  WF_COMMAND_REASSIGN,
  WF_COMMAND_COMMENT,
  WF_COMMAND_SET_LENGTH,
} WfCommandKind;

typedef struct
{
  WfCommandKind kind;
  char *text;   /* (owned) (nullable) outcome, reason or comment */
  char *person; /* (owned) (nullable) */
  WfInstant due;
  WfSnooze snooze;
  gint64 length; /* of WF_COMMAND_SET_LENGTH, microseconds */
  gboolean may_claim, may_work;
} WfActivityCommand;

void wf_activity_command_clear (WfActivityCommand *self);
/* FALSE with WF_RUNTIME_ERROR_INVALID: something is missing, whatever the activity. Strips texts. */
gboolean wf_activity_command_check (WfActivityCommand *self, GError **error);

/* What it did, owned by the caller; NULL with an error of WF_RUNTIME_ERROR and nothing changed, or
 * with one of the store. */
WfDone *wf_activity_command_run (WfCommit *self, const WfActivityCommand *command,
                                 const char *activity, GError **error);

/* -- wf-activity-change.c: changing a copy ----------------------------------------------------- */

/* Leaves everything as it is. */
void wf_activity_change_init (WfActivityChange *change);
void wf_activity_set_status (WfCommit *self, WfActivity *after, WfActivityChange *change,
                             WfActivityStatus status, const char *outcome);
/* S7: original deadline kept, reminder and end moved along, pinned. */
void wf_activity_set_due (WfCommit *self, WfActivity *after, WfActivityChange *change,
                          WfInstant due, const char *reason);
/* The deadline and its reminder stay, and so does what is computed from them: it is not pinned. */
void wf_activity_set_ends (WfActivity *after, WfActivityChange *change, WfInstant ends);
/* person NULL: nobody's. */
void wf_activity_set_person (WfActivity *after, WfActivityChange *change, const char *person);
/* R117: "NAME-before" and "NAME" of an entry of the log; what is not set is an empty text. Nothing where both
 * are the same. */
void wf_change_write_instants (WfJsonWriter *writer, const char *name, WfInstant before,
                               WfInstant after);
/* The audit trail names what, by whom and the reason (R117, S7). */
gboolean wf_activity_log_change (WfCommit *self, const char *title, const WfActivity *before,
                                 const WfActivity *after, const char *text, GError **error);
/* The same of what changed nothing but when it reminds. */
gboolean wf_activity_log_reminder (WfCommit *self, const char *title, const WfActivity *activity,
                                   WfInstant before, WfInstant after, GError **error);

/* -- wf-undo.c --------------------------------------------------------------------------------- */

/* Puts one back as it was; *left: it changed meanwhile, or is not for this person to change. */
gboolean wf_undo_one (WfCommit *self, const WfDone *done, gboolean may_work, gboolean *left,
                      GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfActivityCommand, wf_activity_command_clear)

G_END_DECLS
