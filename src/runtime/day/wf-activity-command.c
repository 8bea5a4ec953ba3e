/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person may do with an activity, and doing it. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-activity-command.h"

#include "wf-instant.h"
#include "wf-outcome.h"
#include "wf-reminder-plan.h"
#include "wf-zone-table.h"

#include <glib/gi18n-lib.h>

void
wf_activity_command_clear (WfActivityCommand *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->person, g_free);
}

void
wf_done_free (WfDone *self)
{
  if (self == NULL)
    return;
  wf_activity_unref (self->before);
  wf_activity_unref (self->after);
  g_free (self);
}

static const char *
get_title (WfCommandKind kind)
{
  switch (kind)
    {
    case WF_COMMAND_COMPLETE:
      return _ ("Activity completed");
    case WF_COMMAND_REOPEN:
      return _ ("Activity opened again");
    case WF_COMMAND_DISMISS:
      return _ ("Activity no longer needed");
    case WF_COMMAND_SNOOZE:
      return _ ("Reminder snoozed");
    case WF_COMMAND_RESCHEDULE:
      return _ ("Activity rescheduled");
    case WF_COMMAND_REASSIGN:
      return _ ("Activity given to somebody else");
    case WF_COMMAND_COMMENT:
      return _ ("Comment added");
    case WF_COMMAND_SET_LENGTH:
      return _ ("Length changed");
    default:
      g_return_val_if_reached ("");
    }
}

/* -- what may be done -------------------------------------------------------------------------- */

static const char *
explain_refusal (const WfActivityCommand *command, const WfActivity *activity, gboolean own)
{
  if (own)
    return _ ("Your role does not allow you to work on activities.");
  if (activity->person != NULL)
    return _ ("Somebody else is responsible for this activity.");
  return command->may_claim ? _ ("Nobody is responsible yet. Take it first.")
                            : _ ("Nobody is responsible for this activity yet.");
}

/* One's own; everybody's for those who see everyone; nobody's for those who may claim it (S11). */
static gboolean
check_rights (WfCommit *self, const WfActivityCommand *command, const WfActivity *activity,
              GError **error)
{
  gboolean own = wf_commit_is_own (self, activity->person);
  gboolean claim = activity->person == NULL && command->kind == WF_COMMAND_REASSIGN &&
                   command->may_claim && wf_commit_is_own (self, command->person);

  if ((own && command->may_work) || (!own && self->everyone) || claim)
    return TRUE;
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED,
                       explain_refusal (command, activity, own));
  return FALSE;
}

static gboolean
check_status (const WfActivityCommand *command, const WfActivity *activity, GError **error)
{
  if (command->kind == WF_COMMAND_COMMENT)
    return TRUE;
  if (command->kind == WF_COMMAND_REOPEN)
    {
      if (activity->status != WF_ACTIVITY_OPEN)
        return TRUE;
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                           _ ("The activity is open already."));
      return FALSE;
    }
  if (activity->status == WF_ACTIVITY_OPEN)
    return TRUE;
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                       _ ("The activity is closed already."));
  return FALSE;
}

/* -- outcomes ---------------------------------------------------------------------------------- */

static gboolean
refuse_outcome (WfRuntimeError code, const WfEntry *type, GError **error)
{
  g_autofree char *list = wf_entry_list_outcomes (type);

  g_set_error (error, WF_RUNTIME_ERROR, code,
               /* Translators: the name of a type of activity, and a list of quoted outcomes */
               _ ("“%s” ends with one of: %s."), type->name, list);
  return FALSE;
}

/* A question that is asked wants one of its two answers; a type with outcomes wants one of them. */
static gboolean
check_outcome (WfCommit *self, const WfActivityCommand *command, const WfActivity *activity,
               GError **error)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfEntry *type =
      organisation != NULL
          ? wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, activity->type)
          : NULL;

  if (command->kind != WF_COMMAND_COMPLETE)
    return TRUE;
  if (activity->kind != WF_ACTIVITY_APPROVAL)
    {
      if (type == NULL || type->n_outcomes == 0 ||
          wf_entry_find_outcome (type, command->text) != NULL)
        return TRUE;
      return refuse_outcome (command->text == NULL ? WF_RUNTIME_ERROR_OUTCOME_NEEDED
                                                   : WF_RUNTIME_ERROR_INVALID,
                             type, error);
    }
  if (g_strcmp0 (command->text, WF_OUTCOME_APPROVED) == 0 ||
      g_strcmp0 (command->text, WF_OUTCOME_REJECTED) == 0)
    return TRUE;
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                       _ ("An approval is either approved or rejected."));
  return FALSE;
}

/* -- reminders that move ----------------------------------------------------------------------- */

/* Where the doors open at midnight, or never close, nobody wakes up for it: nine o'clock, when it is open then. */
#define MORNING (9 * G_TIME_SPAN_HOUR)

/* at is WF_INSTANT_NONE, or an opening. */
static WfInstant
find_morning_of (const WfWorkingHours *hours, const WfZoneTable *table, WfInstant at)
{
  gint64 local, day;
  WfInstant nine;

  if (at == WF_INSTANT_NONE)
    return at;
  local = wf_zone_table_to_local (table, at);
  day = local - (local % G_TIME_SPAN_DAY + G_TIME_SPAN_DAY) % G_TIME_SPAN_DAY;
  nine = wf_zone_table_to_instant (table, day + MORNING);
  return at == wf_zone_table_to_instant (table, day) && wf_working_hours_is_open (hours, nine)
             ? nine
             : at;
}

/* S8: today's, while it is ahead; else that of the next day with working hours. By wall time (S21). */
static WfInstant
find_next_morning (WfCommit *self, const WfActivity *activity)
{
  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, activity->person);
  g_autoptr (WfZoneTable) table = wf_zone_table_new (wf_working_hours_get_zone (hours));
  gint64 local = wf_zone_table_to_local (table, self->now);
  gint64 today = local - (local % G_TIME_SPAN_DAY + G_TIME_SPAN_DAY) % G_TIME_SPAN_DAY;

  for (guint day = 0; day < 2; day++)
    {
      WfInstant midnight = wf_zone_table_to_instant (table, today + day * G_TIME_SPAN_DAY);
      WfInstant morning =
          find_morning_of (hours, table, wf_working_hours_next_open (hours, midnight));
      if (morning != WF_INSTANT_NONE && morning > self->now)
        return morning;
    }
  return self->now + G_TIME_SPAN_DAY; /* there are no working hours */
}

/* S8: never silently past the deadline: what would be later reminds at the deadline, and the
 * caller is told when. */
static WfInstant
find_snooze (WfCommit *self, const WfActivityCommand *command, const WfActivity *activity)
{
  WfInstant at;

  switch (command->snooze)
    {
    case WF_SNOOZE_5_MINUTES:
      at = self->now + 5 * G_TIME_SPAN_MINUTE;
      break;
    case WF_SNOOZE_15_MINUTES:
      at = self->now + 15 * G_TIME_SPAN_MINUTE;
      break;
    case WF_SNOOZE_1_HOUR:
      at = self->now + G_TIME_SPAN_HOUR;
      break;
    case WF_SNOOZE_UNTIL_DUE:
      return activity->due > self->now ? activity->due : WF_INSTANT_NONE;
    case WF_SNOOZE_NEXT_MORNING:
      at = find_next_morning (self, activity);
      break;
    default:
      g_return_val_if_reached (WF_INSTANT_NONE);
    }
  return activity->due > self->now ? MIN (at, activity->due) : at;
}

static gboolean
snooze (WfCommit *self, const WfActivityCommand *command, const WfActivity *activity,
        GError **error)
{
  WfInstant at = find_snooze (self, command, activity);

  if (at == WF_INSTANT_NONE)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                           _ ("The deadline has passed."));
      return FALSE;
    }
  if (!wf_commit_is_own (self, activity->person))
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED,
                           _ ("Only the person responsible is reminded of this activity."));
      return FALSE;
    }
  WfInstant before = wf_store_get_reminder (self->store, activity->id);
  self->changes->instant = at;
  return wf_reminder_snooze (self, activity, at, error) &&
         wf_activity_log_reminder (self, get_title (WF_COMMAND_SNOOZE), activity, before, at,
                                   error);
}

/* -- another deadline -------------------------------------------------------------------------- */

/* S7: it is pinned and audited as moved, so it has to move; and what would be late at once helps nobody. */
static gboolean
set_due (WfCommit *self, const WfActivityCommand *command, const WfActivity *before,
         WfActivity *after, WfActivityChange *change, GError **error)
{
  if (command->due == before->due)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                           _ ("It is due then already."));
      return FALSE;
    }
  if (command->due <= self->now)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                           _ ("This time has passed."));
      return FALSE;
    }
  wf_activity_set_due (self, after, change, command->due, command->text);
  return TRUE;
}

/* -- how long it lasts ------------------------------------------------------------------------- */

/* A call or a meeting begins at its deadline; anything else has no length. */
static gboolean
set_length (const WfActivityCommand *command, const WfActivity *before, WfActivity *after,
            WfActivityChange *change, GError **error)
{
  WfInstant ends;

  if ((before->kind != WF_ACTIVITY_CALL && before->kind != WF_ACTIVITY_MEETING) ||
      before->due == WF_INSTANT_NONE)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                           _ ("Only calls and meetings last a while."));
      return FALSE;
    }
  ends = before->due + command->length;
  if (ends == before->ends)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                           _ ("It lasts that long already."));
      return FALSE;
    }
  wf_activity_set_ends (after, change, ends);
  return TRUE;
}

/* -- doing it ---------------------------------------------------------------------------------- */

static gboolean
check_person (WfCommit *self, const char *id, GError **error)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *person =
      organisation != NULL && id != NULL ? wf_organisation_get_person (organisation, id) : NULL;

  if (person != NULL && person->active)
    return TRUE;
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                       _ ("There is no such active person."));
  return FALSE;
}

static gboolean
change (WfCommit *self, const WfActivityCommand *command, const WfActivity *before,
        WfActivity *after, GError **error)
{
  WfActivityChange wanted;

  wf_activity_change_init (&wanted);
  switch (command->kind)
    {
    case WF_COMMAND_COMPLETE:
      wf_activity_set_status (self, after, &wanted, WF_ACTIVITY_DONE, command->text);
      break;
    case WF_COMMAND_REOPEN:
      wf_activity_set_status (self, after, &wanted, WF_ACTIVITY_OPEN, NULL);
      break;
    case WF_COMMAND_DISMISS:
      wf_activity_set_status (self, after, &wanted, WF_ACTIVITY_NO_LONGER_NEEDED, command->text);
      break;
    case WF_COMMAND_RESCHEDULE:
      if (!set_due (self, command, before, after, &wanted, error))
        return FALSE;
      break;
    case WF_COMMAND_REASSIGN:
      if (!check_person (self, command->person, error))
        return FALSE;
      wf_activity_set_person (after, &wanted, command->person);
      break;
    case WF_COMMAND_COMMENT:
      wanted.comment = command->text;
      break;
    case WF_COMMAND_SET_LENGTH:
      if (!set_length (command, before, after, &wanted, error))
        return FALSE;
      break;
    case WF_COMMAND_SNOOZE:
    default:
      g_return_val_if_reached (FALSE);
    }
  return wf_commit_change_activity (self, before, after, &wanted, error);
}

static gboolean
refuse (const char *text, GError **error)
{
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID, text);
  return FALSE;
}

gboolean
wf_activity_command_check (WfActivityCommand *self, GError **error)
{
  gboolean has_text;

  if (self->text != NULL)
    g_strstrip (self->text);
  has_text = self->text != NULL && *self->text != '\0';
  if (!has_text)
    g_clear_pointer (&self->text, g_free);
  if (self->kind == WF_COMMAND_RESCHEDULE && (self->due == WF_INSTANT_NONE || !has_text))
    return refuse (_ ("A new deadline needs a reason."), error);
  if (self->kind == WF_COMMAND_SET_LENGTH &&
      (self->length < WF_LENGTH_LEAST || self->length > WF_LENGTH_MOST))
    return refuse (_ ("It lasts from five minutes to a day."), error);
  return self->kind != WF_COMMAND_COMMENT || has_text ||
         refuse (_ ("The comment is empty."), error);
}

static gboolean
carry_out (WfCommit *self, const WfActivityCommand *command, const WfActivity *before,
           WfActivity *after, GError **error)
{
  if (command->kind == WF_COMMAND_SNOOZE)
    return snooze (self, command, before, error);
  return change (self, command, before, after, error) &&
         wf_activity_log_change (self, get_title (command->kind), before, after, command->text,
                                 error);
}

WfDone *
wf_activity_command_run (WfCommit *self, const WfActivityCommand *command, const char *id,
                         GError **error)
{
  g_autoptr (WfActivity) before = wf_store_get_activity (self->store, id);
  g_autoptr (WfActivity) after = NULL;
  WfInstant reminder = wf_store_get_reminder (self->store, id);
  WfDone *done;

  if (before == NULL || !wf_commit_keeps (self, before->person))
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                           _ ("There is no such activity."));
      return NULL;
    }
  after = wf_activity_copy (before);
  if (!check_status (command, before, error) || !check_rights (self, command, before, error) ||
      !check_outcome (self, command, before, error) ||
      !carry_out (self, command, before, after, error))
    return NULL;

  done = g_new0 (WfDone, 1);
  done->before = g_steal_pointer (&before);
  done->after = g_steal_pointer (&after);
  done->reminder_before = reminder;
  done->reminder_after = wf_store_get_reminder (self->store, id);
  return done;
}
