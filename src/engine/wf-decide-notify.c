/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step "notify": a message to the responsible, their manager or a named person (R79, R85). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-step-kind.h"

#include "wf-merge-text.h"
#include "wf-responsible.h"

WfEffect *
wf_decide_notify (const WfDecision *decision, const char **reason)
{
  const WfNotify *notify = &decision->step->notify;
  const char *owner = wf_responsible_find_owner (decision->event, decision->lead);
  WfResponsible recipient;
  WfEffect *effect;

  if (!wf_responsible_resolve_recipient (decision->organisation, decision->workflow, owner,
                                         notify->recipient, &recipient, reason))
    return NULL;
  effect = wf_effect_new (WF_EFFECT_NOTIFY);
  effect->person = g_strdup (recipient.person);
  effect->title = g_strdup (decision->workflow->name);
  effect->text = wf_merge_text_expand (notify->text, decision->context);
  effect->sender = g_strdup (notify->sender);
  return effect;
}
