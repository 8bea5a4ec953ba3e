/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps "notify" and "control" when it has something to tell: a message to the responsible,
 * their manager, a named person or a group (R79, R85). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-assignee.h"
#include "wf-decision.h"
#include "wf-merge-text.h"
#include "wf-step-settings.h"

#include <string.h>

/* FALSE with *reason when there is nobody to tell. */
static gboolean
fill_recipients (const WfDecision *decision, const char *recipient, WfEffect *effect,
                 const char **reason)
{
  const char *owner = wf_decision_find_owner (decision);
  const char *const recipients[] = { recipient, NULL };
  WfResponsible one;

  if (recipient == NULL || !g_str_has_prefix (recipient, "group:"))
    {
      if (!wf_responsible_resolve_recipient (decision->organisation, decision->workflow, owner,
                                             recipient, &one, reason))
        return FALSE;
      effect->person = g_strdup (one.person);
      return TRUE;
    }
  effect->people =
      wf_recipients_list_people (decision->organisation, decision->workflow, owner, recipients);
  *reason = "no-member";
  return effect->people[0] != NULL;
}

static WfEffect *
tell (const WfDecision *decision, const char *recipient, const char *sender, const char *text,
      const char **reason)
{
  g_autoptr (WfEffect) effect = wf_effect_new (WF_EFFECT_NOTIFY);

  if (!fill_recipients (decision, recipient, effect, reason))
    return NULL;
  effect->title = g_strdup (decision->workflow->name);
  effect->text = g_strdup (text);
  effect->sender = g_strdup (sender);
  return g_steal_pointer (&effect);
}

WfEffect *
wf_decide_notify (const WfDecision *decision, const char **reason)
{
  const WfNotify *notify = &decision->step->notify;
  g_autofree char *text = wf_merge_text_expand (notify->text, decision->context);

  return tell (decision, notify->recipient, notify->sender, text, reason);
}

WfEffect *
wf_decide_control (const WfDecision *decision, const char **reason)
{
  const WfStep *step = decision->step;
  g_autofree char *text = wf_decision_expand (decision, "text");

  return tell (decision, wf_step_get_text (step, "recipient"), wf_step_get_text (step, "sender"),
               text != NULL ? text : decision->text, reason);
}
