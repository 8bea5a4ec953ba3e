/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions that change a lead: stage (S17), responsible, fields, score, deletion. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-perform.h"

#include "wf-action-apply.h"
#include "wf-lead.h"

#include <glib/gi18n-lib.h>

static gboolean
may_close (WfDemoPerformance *self, const WfJson *after)
{
  const char *stage = wf_json_get_member_string (after, "stage");

  if (g_strcmp0 (stage, wf_json_get_member_string (self->lead, "stage")) == 0 ||
      !wf_stage_is_closing (self->crm->organisation, stage) ||
      wf_demo_crm_caller_may (self->crm, self->caller, WF_RIGHT_FINALIZE_LEAD))
    return TRUE;
  wf_demo_outcome_fail (self->outcome, 403, "forbidden", _ ("Your role does not finalize leads."));
  return FALSE;
}

/* The whole lead must still be one, whatever an action made of it: no name that is a list. */
static void
apply (WfDemoPerformance *self, const WfJson *after, const char *pointer)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_auto (WfDemoOutcome) changed = { 0 };

  if (!wf_demo_crm_check_lead (self->crm, after, problems))
    wf_demo_perform_refuse (self, pointer, "wrong-value", wf_problems_get (problems, 0)->text);
  else if (may_close (self, after))
    wf_demo_crm_apply_lead (self->crm, self->caller, self->action->lead, self->lead, after,
                            wf_action_get_text (self->action, "reason"), &changed);
}

void
wf_demo_perform_change (WfDemoPerformance *self, const WfAction *action, const char *pointer)
{
  g_autoptr (WfJsonDocument) after = NULL;

  switch (wf_action_apply (action, self->lead, self->crm->organisation, &after))
    {
    case WF_APPLY_CHANGED:
      apply (self, wf_json_document_get_root (after), pointer);
      break;
    case WF_APPLY_SAME:
      self->note = WF_DEMO_NOTE_SO;
      break;
    case WF_APPLY_FURTHER:
      self->note = WF_DEMO_NOTE_FURTHER;
      break;
    case WF_APPLY_NOTHING:
    case WF_APPLY_UNKNOWN:
      wf_demo_perform_refuse (self, pointer, "unknown-value",
                              _ ("The CRM does not know this, or it cannot be written there."));
      break;
    default:
      g_assert_not_reached ();
    }
}

void
wf_demo_perform_stage (WfDemoPerformance *self)
{
  wf_demo_perform_get_text (self, "stage", TRUE, 128);
  wf_demo_perform_get_text (self, "reason", FALSE, 1000);
  if (wf_demo_outcome_is_problem (self->outcome))
    return;
  if (self->action->record != NULL)
    wf_demo_perform_deal_stage (self);
  else
    wf_demo_perform_change (self, self->action, "/stage");
}

void
wf_demo_perform_field (WfDemoPerformance *self)
{
  const char *field = wf_demo_perform_get_text (self, "field", TRUE, 300);

  if (!wf_demo_outcome_is_problem (self->outcome))
    wf_demo_perform_change (self, self->action,
                            g_str_has_prefix (field, "lead.") ? "/value" : "/field");
}

void
wf_demo_perform_score (WfDemoPerformance *self)
{
  wf_demo_perform_change (self, self->action, "/points");
}

void
wf_demo_perform_deletion (WfDemoPerformance *self)
{
  if (self->action->record != NULL)
    wf_demo_perform_deal_deletion (self);
  else
    wf_demo_crm_remove_lead (self->crm, self->caller, self->action->lead);
}
