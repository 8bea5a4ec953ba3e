/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this person may do with activities. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-rights.h"

#include <glib/gi18n-lib.h>

static gboolean
is_own (WfRuntime *runtime, const WfActivity *activity)
{
  const char *self = wf_runtime_get_person (runtime);

  return self != NULL && g_strcmp0 (activity->person, self) == 0;
}

gboolean
wf_activity_may_change (WfRuntime *runtime, const WfActivity *activity)
{
  return wf_runtime_may (runtime, is_own (runtime, activity) ? WF_RIGHT_WORK_ACTIVITIES
                                                             : WF_RIGHT_SEE_EVERYONE);
}

const char *
wf_activity_explain_refusal (WfRuntime *runtime, const WfActivity *activity)
{
  if (wf_activity_may_change (runtime, activity))
    return NULL;
  if (is_own (runtime, activity))
    return _ ("Your role does not allow you to work on activities.");
  if (activity->person != NULL)
    return _ ("Somebody else is responsible for this activity.");
  return wf_runtime_may (runtime, WF_RIGHT_CLAIM_UNASSIGNED)
             ? _ ("Nobody is responsible yet. Take it first.")
             : _ ("Nobody is responsible for this activity yet.");
}

static void
take_open (WfActivityRights *rights, WfRuntime *runtime, const WfActivity *activity, WfInstant now)
{
  gboolean may = wf_activity_may_change (runtime, activity);

  rights->change &= may;
  rights->snooze &= may && is_own (runtime, activity);
  rights->until_due &= rights->snooze && activity->due > now;
  rights->claim &= activity->person == NULL && wf_runtime_may (runtime, WF_RIGHT_CLAIM_UNASSIGNED);
}

/* Policy: of a selection, a command is about those whose state admits it; the runtime names the others. But it is offered only when
 * the person may give it for every one of these: nothing is asked that is refused afterwards. */
static WfActivityRights
find_rights (WfRuntime *runtime, const WfActivity *const *activities, guint n, WfInstant now)
{
  WfActivityRights rights = { TRUE, TRUE, TRUE, TRUE, TRUE };
  guint n_open = 0;

  for (guint i = 0; i < n; i++)
    {
      if (activities[i]->status == WF_ACTIVITY_OPEN)
        {
          take_open (&rights, runtime, activities[i], now);
          n_open++;
        }
      else
        rights.reopen &= wf_activity_may_change (runtime, activities[i]);
    }
  if (n_open == 0)
    rights = (WfActivityRights) { .reopen = rights.reopen };
  rights.reopen &= n_open < n;
  return rights;
}

WfActivityRights
wf_activity_rights_of (WfRuntime *runtime, GPtrArray *activities, WfInstant now)
{
  return find_rights (runtime, (const WfActivity *const *) activities->pdata, activities->len, now);
}

WfActivityRights
wf_activity_rights_of_one (WfRuntime *runtime, const WfActivity *activity, WfInstant now)
{
  return find_rights (runtime, &activity, activity != NULL ? 1 : 0, now);
}
