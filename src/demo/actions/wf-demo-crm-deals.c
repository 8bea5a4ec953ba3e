/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's deals: known from the events that carry them, moved forward by actions (S17). */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-json.h"
#include "wf-demo-perform.h"

#include "wf-action-apply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The stages in which a deal is closed, and what entering them means. */
static const struct
{
  const char *stage, *event;
} closing_stages[] = {
  { "deal-won", "deal.won" },
  { "won", "deal.won" },
  { "deal-lost", "deal.lost" },
  { "lost", "deal.lost" },
};

static void
store_deal (WfDemoCrm *self, const char *lead, const WfJson *deal)
{
  g_autofree char *text = wf_json_to_text (deal, FALSE);

  wf_demo_database_run (self->database,
                        "INSERT INTO deals (id, lead, body) VALUES (?1, ?2, ?3)"
                        " ON CONFLICT (id) DO UPDATE SET lead = ifnull (?2, lead), body = ?3",
                        "sss", wf_json_get_member_string (deal, "id"), lead, text);
}

char *
wf_demo_crm_dup_lead_of_deal (WfDemoCrm *self, const char *deal)
{
  return wf_demo_database_dup_text (self->database, "SELECT lead FROM deals WHERE id = ?", "s",
                                    deal);
}

static WfJsonDocument *
load_deal (WfDemoCrm *self, const char *id)
{
  g_autofree char *text =
      wf_demo_database_dup_text (self->database, "SELECT body FROM deals WHERE id = ?", "s", id);

  return text != NULL ? wf_json_document_parse (text, -1, 0, NULL) : NULL;
}

void
wf_demo_crm_learn_deal (WfDemoCrm *self, const char *lead, const WfJson *deal)
{
  const char *id = wf_json_get_member_string (deal, "id");

  if (!wf_json_is (deal, WF_JSON_OBJECT) || id == NULL || *id == '\0')
    return;
  g_autoptr (WfJsonDocument) old = load_deal (self, id);
  g_autoptr (WfJsonDocument) merged =
      wf_demo_json_merge (old != NULL ? wf_json_document_get_root (old) : NULL, deal);
  store_deal (self, lead, wf_json_document_get_root (merged));
}

/* -- actions ----------------------------------------------------------------------------------- */

static gboolean
is_deal_stage (const WfOrganisation *organisation, const char *stage)
{
  guint n;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; g_str_equal (pipelines[i].record, "deal") && j < pipelines[i].n_stages; j++)
      if (g_str_equal (pipelines[i].stages[j].id, stage))
        return TRUE;
  return FALSE;
}

static const char *
find_closing_event (const char *stage)
{
  for (guint i = 0; i < G_N_ELEMENTS (closing_stages); i++)
    if (g_str_equal (closing_stages[i].stage, stage))
      return closing_stages[i].event;
  return NULL;
}

/* The deal that belongs to the action's lead, or a problem. */
static WfJsonDocument *
get_deal (WfDemoPerformance *self)
{
  const WfAction *action = self->action;
  g_autofree char *lead = wf_demo_crm_dup_lead_of_deal (self->crm, action->record);
  WfJsonDocument *deal = load_deal (self->crm, action->record);

  if (deal != NULL && (action->lead == NULL || g_strcmp0 (lead, action->lead) == 0))
    return deal;
  g_clear_pointer (&deal, wf_json_document_unref);
  wf_demo_outcome_fail (self->outcome, 404, "not-found", _ ("There is no such deal."));
  return NULL;
}

static void
tell_deal (WfDemoPerformance *self, const char *type, const WfJson *deal, const char *from)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *lead = wf_demo_database_dup_text (self->crm->database,
                                                     "SELECT lead FROM deals WHERE id = ?", "s",
                                                     wf_json_get_member_string (deal, "id"));
  const char *to = wf_json_get_member_string (deal, "stage");

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_value (writer, "deal", deal);
  if (from != NULL)
    {
      wf_json_writer_add_string (writer, "stage_from", from);
      wf_json_writer_add_string (writer, "stage_to", to);
    }
  wf_json_writer_add_string (writer, "reason", wf_action_get_text (self->action, "reason"));
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) data = wf_json_writer_finish_document (writer);
  WfDemoEventDraft draft = { .type = type,
                             .lead = lead,
                             .people = wf_json_get_member_string (deal, "owner"),
                             .data = wf_json_document_get_root (data) };
  wf_demo_crm_add_event (self->crm, self->caller, &draft);
}

static void
move_deal (WfDemoPerformance *self, const WfJson *deal, const char *from, const char *stage)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const char *closing = find_closing_event (stage);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "stage", stage);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) patch = wf_json_writer_finish_document (writer);
  g_autoptr (WfJsonDocument) moved = wf_demo_json_merge (deal, wf_json_document_get_root (patch));
  const WfJson *root = wf_json_document_get_root (moved);
  store_deal (self->crm, NULL, root);
  tell_deal (self, "deal.stage-changed", root, from != NULL ? from : "");
  if (closing != NULL)
    tell_deal (self, closing, root, from);
}

void
wf_demo_perform_deal_stage (WfDemoPerformance *self)
{
  const char *stage = wf_action_get_text (self->action, "stage");
  g_autoptr (WfJsonDocument) deal = NULL;
  const char *from;

  if (!is_deal_stage (self->crm->organisation, stage))
    {
      wf_demo_perform_refuse (self, "/stage", "unknown-stage",
                              _ ("No pipeline of deals has this stage."));
      return;
    }
  deal = get_deal (self);
  if (deal == NULL)
    return;
  from = wf_json_get_member_string (wf_json_document_get_root (deal), "stage");
  if (g_strcmp0 (from, stage) == 0)
    self->note = WF_DEMO_NOTE_SO;
  else if (!wf_json_get_boolean (wf_action_get_member (self->action, "allow-back"), FALSE) &&
           !wf_organisation_is_forward (self->crm->organisation, from, stage))
    self->note = WF_DEMO_NOTE_FURTHER;
  else
    move_deal (self, wf_json_document_get_root (deal), from, stage);
}

void
wf_demo_perform_deal_deletion (WfDemoPerformance *self)
{
  g_autoptr (WfJsonDocument) deal = get_deal (self);
  g_autofree char *object = g_strconcat ("deal/", self->action->record, NULL);

  if (deal == NULL)
    return;
  tell_deal (self, "deal.deleted", wf_json_document_get_root (deal), NULL);
  wf_demo_crm_audit (self->crm, self->caller, "deal.deleted", object, NULL);
  wf_demo_database_run (self->crm->database, "DELETE FROM deals WHERE id = ?", "s",
                        self->action->record);
}
