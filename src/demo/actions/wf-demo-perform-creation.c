/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The action with which people in a store register a client (R58, R60, R64). */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-perform.h"

#include "wf-lead.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>

#define MOST_NOTES 10000
#define ORIGIN "flow"

/* What the action has under the same name as the lead, and how long it may be. */
static const struct
{
  const char *name;
  gboolean required;
  gsize most;
} members[] = {
  { "name", TRUE, 300 },
  { "phone", FALSE, 64 },
  { "email", FALSE, 320 },
  { "interest", FALSE, 1000 },
};

/* Where it is made: a machine says so, people work somewhere. FALSE with a problem. */
static gboolean
find_unit (WfDemoPerformance *self, const char **unit)
{
  const WfOrganisation *organisation = self->crm->organisation;
  const WfPerson *person = self->caller->person;
  g_autofree char *refusal = NULL;

  *unit = wf_demo_perform_get_text (self, "unit", FALSE, 128);
  if (wf_demo_outcome_is_problem (self->outcome))
    return FALSE;
  if (*unit != NULL && wf_organisation_get_entry (organisation, WF_ENTRY_UNIT, *unit) == NULL)
    {
      wf_demo_perform_refuse (self, "/unit", "unknown-unit", _ ("There is no such unit."));
      return FALSE;
    }
  if (self->caller->kind != WF_DEMO_CALLER_PERSON)
    return TRUE;
  refusal = wf_organisation_explain_new_lead (organisation, person, unit);
  if (refusal == NULL)
    return TRUE;
  if (*unit == NULL && wf_organisation_person_may (organisation, person, WF_RIGHT_CREATE_FLOW_LEAD))
    wf_demo_perform_refuse (self, "/unit", "missing", refusal);
  else
    wf_demo_outcome_fail (self->outcome, 403, "forbidden", refusal);
  return FALSE;
}

static WfJsonDocument *
write_lead (WfDemoPerformance *self, const char *unit)
{
  const WfDemoCaller *caller = self->caller;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    wf_json_writer_add_string (writer, members[i].name,
                               wf_action_get_text (self->action, members[i].name));
  wf_json_writer_add_string (writer, "origin", ORIGIN);
  wf_json_writer_add_string (writer, "stage",
                             wf_organisation_get_first_stage (self->crm->organisation));
  if (caller->kind == WF_DEMO_CALLER_PERSON && wf_person_owns_new_leads (caller->person))
    wf_json_writer_add_string (writer, "owner", caller->person->id);
  wf_json_writer_add_string (writer, "unit", unit);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

/* What was noted at the counter is the first thing that is said about the lead. */
static void
add_notes (WfDemoPerformance *self, const char *notes)
{
  char id[WF_UUID_LENGTH + 1];
  WfDemoComment comment = { .id = id,
                            .lead = self->action->lead,
                            .author = wf_demo_caller_get_id (self->caller),
                            .text = notes };

  if (notes == NULL || *notes == '\0')
    return;
  wf_uuid_v5 (self->action->key, WF_ACTION_NOTES, -1, id);
  wf_demo_crm_add_comment (self->crm, self->caller, &comment, TRUE);
}

static gboolean
check (WfDemoPerformance *self)
{
  const char *origin = wf_demo_perform_get_text (self, "origin", FALSE, 128);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    wf_demo_perform_get_text (self, members[i].name, members[i].required, members[i].most);
  wf_demo_perform_get_text (self, "notes", FALSE, MOST_NOTES);
  if (origin != NULL && !g_str_equal (origin, ORIGIN))
    wf_demo_perform_refuse (self, "/origin", "wrong-value",
                            _ ("Leads of the store flow only are created so."));
  if (wf_demo_database_get_number (self->crm->database, 0, "SELECT 1 FROM leads WHERE id = ?", "s",
                                   self->action->lead) != 0)
    wf_demo_perform_refuse (self, "/lead", "already-exists", _ ("This lead exists already."));
  if (wf_organisation_get_first_stage (self->crm->organisation) == NULL)
    wf_demo_perform_refuse (self, "/kind", "no-stage", _ ("There is no stage for leads."));
  return !wf_demo_outcome_is_problem (self->outcome);
}

/* Both are true of it, and workflows wait for either: somebody entered it, and a lead came in. */
void
wf_demo_perform_lead_creation (WfDemoPerformance *self)
{
  static const char *const types[] = { "lead.created-manually", "lead.received", NULL };
  const char *unit = NULL;

  if (!find_unit (self, &unit) || !check (self))
    return;

  g_autoptr (WfJsonDocument) lead = write_lead (self, unit);
  gint64 revision;
  g_autofree char *stored = wf_demo_crm_add_lead (self->crm, self->caller, self->action->lead,
                                                  wf_json_document_get_root (lead), types,
                                                  &revision);
  add_notes (self, wf_action_get_text (self->action, "notes"));
}
