/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees a lead, who may do what with it, and doing it (R52, R66, S17, R117). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-lead-command.h"

#include "wf-action-apply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- who sees it ------------------------------------------------------------------------------- */

static const WfPerson *
find_actor (WfCommit *self)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);

  return organisation != NULL && self->person != NULL
             ? wf_organisation_get_person (organisation, self->person)
             : NULL;
}

gboolean
wf_lead_sees_owner (WfCommit *self, const char *owner)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *actor = find_actor (self);

  if (self->everyone || (owner != NULL && wf_commit_is_own (self, owner)))
    return TRUE;
  return owner == NULL && actor != NULL &&
         (wf_organisation_person_may (organisation, actor, WF_RIGHT_CLAIM_UNASSIGNED) ||
          wf_organisation_person_may (organisation, actor, WF_RIGHT_DIRECT_LEAD));
}

/* R47, R54: who is to serve the client has an activity of somebody else's lead. */
static gboolean
has_activity (WfCommit *self, const char *lead)
{
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_ALL,
    .person = self->person,
    .lead = lead,
    .now = self->now,
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };

  return self->person != NULL && wf_store_count_activities (self->store, &query) > 0;
}

gboolean
wf_lead_is_seen (WfCommit *self, const WfLead *lead)
{
  return wf_lead_sees_owner (self, lead->owner) || has_activity (self, lead->id);
}

WfLead *
wf_lead_find_seen (WfCommit *self, const char *id, GError **error)
{
  g_autoptr (WfLead) lead = id != NULL ? wf_lead_changes_dup_lead (self, id) : NULL;

  if (lead != NULL && wf_lead_is_seen (self, lead))
    return g_steal_pointer (&lead);
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                       _ ("There is no such lead."));
  return NULL;
}

const WfPerson *
wf_lead_get_actor (WfCommit *self, GError **error)
{
  const WfPerson *actor = find_actor (self);

  if (actor == NULL)
    g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED,
                         _ ("You are not among the people of this organisation."));
  return actor;
}

/* -- doing it ---------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, WfRuntimeError code, const char *text)
{
  g_set_error_literal (error, WF_RUNTIME_ERROR, (int) code, text);
  return FALSE;
}

/* Where the CRM never took the lead there is nothing to change. */
static gboolean
check_taken (WfCommit *self, const WfLead *lead, GError **error)
{
  return !wf_lead_changes_is_refused_lead (self->store, lead->id) ||
         refuse (error, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                 _ ("The CRM did not take this lead: it is only on this computer."));
}

/* One change of one member: what was, what is to be, by whom and why (R117). */
typedef struct
{
  WfActionKind kind;
  const char *member, *title;
  const char *before, *after, *reason; /* (nullable) */
  gboolean allow_back;
} Change;

static WfAction *
make_action (const WfLead *lead, const Change *change)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  if (change->after != NULL)
    wf_json_writer_add_string (writer, change->member, change->after);
  else
    wf_json_writer_add_null (writer, change->member);
  if (change->kind == WF_ACTION_CHANGE_STAGE)
    {
      wf_json_writer_add_boolean (writer, "allow-back", change->allow_back);
      wf_json_writer_add_string (writer, "reason", change->reason);
    }
  wf_json_writer_end (writer);
  return wf_action_new (change->kind, key, lead->id, wf_json_writer_finish_document (writer));
}

static WfJsonDocument *
make_members (const Change *change)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  if (change->after != NULL)
    wf_json_writer_add_string (writer, change->member, change->after);
  else
    wf_json_writer_add_null (writer, change->member);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

static gboolean
log_change (WfCommit *self, const WfLead *lead, const Change *change, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *before = g_strconcat (change->member, "-before", NULL);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "by", self->person);
  /* Nobody, and a stage that is not known, are an empty text. */
  wf_json_writer_add_string (writer, before, change->before != NULL ? change->before : "");
  wf_json_writer_add_string (writer, change->member, change->after != NULL ? change->after : "");
  wf_json_writer_add_string (writer, "text", change->reason);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", change->title, lead->id, details, error);
}

static gboolean
carry_out (WfCommit *self, const WfLead *lead, const Change *change, GError **error)
{
  g_autoptr (WfAction) action = make_action (lead, change);
  g_autoptr (WfJsonDocument) members = make_members (change);

  return wf_lead_changes_add (self, action, wf_json_document_get_root (members), error) &&
         log_change (self, lead, change, error);
}

/* -- stage ------------------------------------------------------------------------------------- */

static gboolean
check_move (WfCommit *self, const WfLead *lead, const char *stage, const char *reason,
            WfLeadPurpose purpose, GError **error)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *actor = wf_lead_get_actor (self, error);
  g_autofree char *refusal = NULL;
  gboolean needs_reason = FALSE;

  if (actor == NULL)
    return FALSE;
  if (purpose == WF_LEAD_UNDOING)
    refusal = wf_stage_is_closing (organisation, stage)
                  ? wf_organisation_explain_right (organisation, actor, WF_RIGHT_FINALIZE_LEAD)
                  : NULL;
  else
    refusal = wf_lead_explain_stage (lead, organisation, actor, stage, &needs_reason);
  if (refusal != NULL)
    return refuse (error, WF_RUNTIME_ERROR_NOT_ALLOWED, refusal);
  if (g_strcmp0 (lead->stage, stage) == 0)
    return refuse (error, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                   _ ("The lead is in this stage already."));
  return !needs_reason || reason != NULL ||
         refuse (error, WF_RUNTIME_ERROR_INVALID, _ ("Moving a lead back needs a reason."));
}

gboolean
wf_lead_move (WfCommit *self, const WfLead *lead, const char *stage, const char *reason,
              WfLeadPurpose purpose, GError **error)
{
  Change change = {
    .kind = WF_ACTION_CHANGE_STAGE,
    .member = "stage",
    .title = _ ("Stage changed"),
    .before = lead->stage,
    .after = stage,
    .reason = reason != NULL && reason[0] != '\0' ? reason : NULL,
  };

  if (!check_taken (self, lead, error) ||
      !check_move (self, lead, stage, change.reason, purpose, error))
    return FALSE;
  change.allow_back =
      !wf_organisation_is_forward (wf_commit_get_organisation (self), lead->stage, stage);
  return carry_out (self, lead, &change, error);
}

/* -- responsible ------------------------------------------------------------------------------- */

/* S11: who may claim takes it out of the queue; R66: who may direct gives it to whom they like. */
static char *
explain_directing (const WfLead *lead, const WfOrganisation *organisation, const WfPerson *actor,
                   const char *person)
{
  if (lead->owner == NULL && g_strcmp0 (person, actor->id) == 0 &&
      wf_organisation_person_may (organisation, actor, WF_RIGHT_CLAIM_UNASSIGNED))
    return NULL;
  return wf_organisation_explain_right (organisation, actor, WF_RIGHT_DIRECT_LEAD);
}

char *
wf_lead_explain_owner (const WfOrganisation *organisation, const char *person)
{
  const WfPerson *owner = person != NULL ? wf_organisation_get_person (organisation, person) : NULL;

  if (person == NULL)
    return NULL;
  if (owner == NULL)
    return g_strdup (_ ("There is no such person."));
  if (!owner->active)
    return g_strdup_printf (_ ("%s is not active."), owner->name);
  if (!wf_organisation_person_may (organisation, owner, WF_RIGHT_WORK_ACTIVITIES))
    return g_strdup_printf (_ ("%s does not work on leads."), owner->name);
  return NULL;
}

char *
wf_lead_explain_direction (const WfLead *lead, const WfOrganisation *organisation,
                           const WfPerson *actor, const char *person)
{
  char *refusal = NULL;

  if (organisation == NULL || actor == NULL)
    return g_strdup (_ ("You are not among the people of this organisation."));
  refusal = explain_directing (lead, organisation, actor, person);
  return refusal != NULL ? refusal : wf_lead_explain_owner (organisation, person);
}

gboolean
wf_lead_direct (WfCommit *self, const WfLead *lead, const char *person, const char *reason,
                WfLeadPurpose purpose, GError **error)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *actor = wf_lead_get_actor (self, error);
  Change change = {
    .kind = WF_ACTION_CHANGE_RESPONSIBLE,
    .member = "owner",
    .title = person != NULL ? _ ("Lead directed to somebody") : _ ("Lead given back to the queue"),
    .before = lead->owner,
    .after = person,
    .reason = reason,
  };
  g_autofree char *refusal = NULL;

  if (actor == NULL || !check_taken (self, lead, error))
    return FALSE;
  refusal = purpose == WF_LEAD_UNDOING
                ? wf_lead_explain_owner (organisation, person)
                : wf_lead_explain_direction (lead, organisation, actor, person);
  if (refusal != NULL)
    return refuse (error, WF_RUNTIME_ERROR_NOT_ALLOWED, refusal);
  if (g_strcmp0 (lead->owner, person) == 0)
    return refuse (error, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                   person != NULL ? _ ("This person is responsible for the lead already.")
                                  : _ ("The lead is in the queue already."));
  return carry_out (self, lead, &change, error);
}
