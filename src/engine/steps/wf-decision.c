/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kinds of steps have in common when they decide. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-decision.h"

#include "wf-merge-text.h"
#include "wf-responsible.h"
#include "wf-run-private.h"
#include "wf-step-settings.h"

static gboolean
has_given_lead_away (const WfRun *run)
{
  for (guint i = 0; run != NULL && i < run->n_steps; i++)
    if (run->steps[i].step->kind == WF_STEP_CHANGE_RESPONSIBLE &&
        run->steps[i].status == WF_STEP_SUCCEEDED)
      return TRUE;
  return FALSE;
}

/* S11: as of the event. But a run that has itself given the lead to somebody (R82) goes on with
 * them: what it distributes must not end with whom it was taken from. */
const char *
wf_decision_find_owner (const WfDecision *self)
{
  const char *owner =
      has_given_lead_away (self->run) ? wf_json_get_member_string (self->lead, "owner") : NULL;

  if (owner != NULL && *owner != '\0')
    return owner;
  return wf_responsible_find_owner (self->event, self->lead);
}

const char *
wf_decision_get_field (const WfDecision *self, const char *field)
{
  const char *text = wf_json_get_string (wf_condition_context_get_field (self->context, field));

  return text != NULL && *text != '\0' ? text : NULL;
}

char *
wf_decision_expand (const WfDecision *self, const char *setting)
{
  const char *text = wf_step_get_text (self->step, setting);

  return text != NULL ? wf_merge_text_expand (text, self->context) : NULL;
}

const char *
wf_decision_find_record (const WfDecision *self, gboolean *deal, const char **reason)
{
  *deal = g_strcmp0 (wf_step_get_text (self->step, "record"), "deal") == 0;
  *reason = "no-record";
  return *deal ? wf_decision_get_field (self, "deal.id") : wf_event_get_lead (self->event);
}

WfJsonWriter *
wf_decision_begin_members (void)
{
  WfJsonWriter *writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  return writer;
}

WfEffect *
wf_decision_finish_action (const WfDecision *self, WfActionKind kind, WfJsonWriter *writer,
                           const char *record)
{
  WfEffect *effect = wf_effect_new (WF_EFFECT_ACTION);

  effect->action = wf_action_new (kind, self->key, wf_event_get_lead (self->event),
                                  wf_json_writer_finish_document (writer));
  effect->action->record = g_strdup (record);
  wf_json_writer_free (writer);
  return effect;
}
