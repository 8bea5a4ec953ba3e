/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done with activities, and what was left, in words. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-batch-text.h"

#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

WfLeftActivity *
wf_left_activity_new (WfActivity *activity, const char *reason)
{
  WfLeftActivity *self = g_new0 (WfLeftActivity, 1);

  self->activity = wf_activity_ref (activity);
  self->reason = g_strdup (reason);
  return self;
}

void
wf_left_activity_free (WfLeftActivity *self)
{
  wf_activity_unref (self->activity);
  g_free (self->reason);
  g_free (self);
}

static char *
say_when (WfInstant at, WfRuntime *runtime)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return wf_time_text_day_and_time (at, wf_clock_now (wf_runtime_get_clock (runtime)), zone);
}

static char *
text_of_completion (const WfActivity *activity)
{
  if (g_strcmp0 (activity->outcome, WF_OUTCOME_APPROVED) == 0)
    return g_strdup_printf (_ ("Approved “%s”"), activity->title);
  if (g_strcmp0 (activity->outcome, WF_OUTCOME_REJECTED) == 0)
    return g_strdup_printf (_ ("Rejected “%s”"), activity->title);
  return g_strdup_printf (_ ("Completed “%s”"), activity->title);
}

static char *
text_of_snooze (WfInstant remind, WfRuntime *runtime)
{
  if (remind == WF_INSTANT_NONE)
    return g_strdup (_ ("No further reminder"));
  g_autofree char *when = say_when (remind, runtime);
  /* Translators: %s is a day and time: "Today, 15:30" */
  return g_strdup_printf (_ ("Reminds you again: %s"), when);
}

static gboolean
is_own (const char *person, WfRuntime *runtime)
{
  return g_strcmp0 (person, wf_runtime_get_person (runtime)) == 0;
}

char *
wf_batch_text_for_one (const WfDone *done, const WfBulkChange *change, WfInstant remind,
                       WfRuntime *runtime)
{
  const WfActivity *activity = done->after;
  g_autofree char *when = NULL;

  switch (change->kind)
    {
    case WF_BULK_COMPLETE:
      return text_of_completion (activity);
    case WF_BULK_DISMISS:
      return g_strdup_printf (_ ("“%s” is no longer needed"), activity->title);
    case WF_BULK_RESCHEDULE:
      when = say_when (activity->due, runtime);
      /* Translators: %s is a day and time: "Tomorrow, 09:20" */
      return g_strdup_printf (_ ("New deadline: %s"), when);
    case WF_BULK_REASSIGN:
      if (is_own (change->person, runtime))
        return g_strdup (_ ("The activity is yours now"));
      return g_strdup_printf (
          _ ("Given to %s"),
          wf_organisation_get_person_name (wf_runtime_get_organisation (runtime), change->person));
    case WF_BULK_SNOOZE:
      return text_of_snooze (remind, runtime);
    case WF_BULK_REOPEN:
      return g_strdup_printf (_ ("“%s” is open again"), activity->title);
    case WF_BULK_SET_LENGTH:
      when = say_when (activity->ends, runtime);
      /* Translators: when a call or a meeting ends; %s is a day and time: "Today, 15:30" */
      return g_strdup_printf (_ ("New end: %s"), when);
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
wf_batch_text_for_many (guint n, const WfBulkChange *change, WfRuntime *runtime)
{
  g_autofree char *when = NULL;
  const char *name = NULL;

  switch (change->kind)
    {
    case WF_BULK_COMPLETE:
      return g_strdup_printf (ngettext ("%u completed", "%u completed", n), n);
    case WF_BULK_DISMISS:
      return g_strdup_printf (ngettext ("%u is no longer needed", "%u are no longer needed", n), n);
    case WF_BULK_RESCHEDULE:
      when = say_when (change->due, runtime);
      /* Translators: how many activities, and their new deadline */
      return g_strdup_printf (ngettext ("%1$u moved: %2$s", "%1$u moved: %2$s", n), n, when);
    case WF_BULK_REASSIGN:
      name =
          wf_organisation_get_person_name (wf_runtime_get_organisation (runtime), change->person);
      if (is_own (change->person, runtime))
        return g_strdup_printf (ngettext ("%u is yours now", "%u are yours now", n), n);
      /* Translators: how many activities, and to whom */
      return g_strdup_printf (ngettext ("%1$u given to %2$s", "%1$u given to %2$s", n), n, name);
    case WF_BULK_SNOOZE:
      return g_strdup_printf (ngettext ("%u snoozed", "%u snoozed", n), n);
    case WF_BULK_REOPEN:
      return g_strdup_printf (ngettext ("%u is open again", "%u are open again", n), n);
    case WF_BULK_SET_LENGTH:
      return g_strdup_printf (ngettext ("%u has another length", "%u have another length", n), n);
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
wf_batch_text_for_left (GPtrArray *left)
{
  const WfLeftActivity *first = left->pdata[0];

  for (guint i = 1; i < left->len; i++)
    {
      const WfLeftActivity *other = left->pdata[i];
      if (!g_str_equal (first->reason, other->reason))
        return g_strdup_printf (ngettext ("%u was left", "%u were left", left->len), left->len);
    }
  /* Translators: how many activities, and why they were left as they are */
  return g_strdup_printf (ngettext ("%1$u was left: %2$s", "%1$u were left: %2$s", left->len),
                          left->len, first->reason);
}
