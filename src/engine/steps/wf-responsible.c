/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets it: permission groups and missing or inactive owners. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-responsible.h"

#include "wf-absence.h"

#include <string.h>

const char *const wf_responsible_how_names[] = {
  "owner",         "cover",         "coordinator", "fallback-person", "no-owner",
  "unknown-owner", "nobody-active", "manager",     "named-person",    "round-robin",
  "least-loaded",  "no-manager",    "no-member",   "unknown-person",  NULL,
};

/* An event that carries no more of the lead than its id says nothing about the owner. */
const char *
wf_responsible_find_owner (const WfEvent *event, const WfJson *lead)
{
  const WfJson *carried = wf_event_get_lead_members (event);
  const char *owner = wf_event_get_owner (event);

  if (owner != NULL && *owner != '\0')
    return owner;
  if (wf_json_get_member (carried, "owner") != NULL || wf_json_get_size (carried) > 1)
    return NULL;
  owner = wf_json_get_member_string (lead, "owner");
  return owner != NULL && *owner != '\0' ? owner : NULL;
}

gboolean
wf_responsible_is_permitted (const WfPerson *owner, char **groups, const char **group)
{
  *group = NULL;
  if (owner == NULL || groups == NULL)
    return FALSE;
  for (guint i = 0; groups[i] != NULL; i++)
    if (wf_person_in_group (owner, groups[i]))
      {
        *group = groups[i];
        return TRUE;
      }
  return FALSE;
}

static const WfPerson *
find_active (const WfOrganisation *organisation, const char *id, const WfPerson *instead_of)
{
  const WfPerson *person = id != NULL ? wf_organisation_get_person (organisation, id) : NULL;

  return person != NULL && person->active && person != instead_of ? person : NULL;
}

static const WfPerson *
find_coordinator (const WfOrganisation *organisation, WfEntryKind kind, const char *const *ids,
                  const WfPerson *of, const char **group)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      const WfEntry *entry = wf_organisation_get_entry (organisation, kind, ids[i]);
      const WfPerson *person = entry != NULL ? find_active (organisation, entry->coordinator, of)
                                             : NULL;

      if (person == NULL)
        continue;
      *group = entry->id;
      return person;
    }
  return NULL;
}

static const WfPerson *
find_fallback (const WfOrganisation *organisation, const WfWorkflow *workflow, const WfPerson *of)
{
  return find_active (organisation, workflow->fallback_person, of);
}

/* S11, owner inactive: cover, else group coordinator, else the workflow's fallback person, else
 * the queue. */
static void
find_stand_in (const WfOrganisation *organisation, const WfWorkflow *workflow, WfResponsible *self)
{
  const WfPerson *owner = self->known_owner, *person;

  if ((person = find_active (organisation, owner->cover, owner)) != NULL)
    self->how = WF_RESPONSIBLE_COVER;
  else if ((person = find_coordinator (organisation, WF_ENTRY_GROUP, owner->groups, owner,
                                       &self->group)) != NULL)
    self->how = WF_RESPONSIBLE_COORDINATOR;
  else if ((person = find_fallback (organisation, workflow, owner)) != NULL)
    self->how = WF_RESPONSIBLE_FALLBACK;
  else
    self->how = WF_RESPONSIBLE_NOBODY_ACTIVE;
  self->person = person != NULL ? person->id : NULL;
}

WfResponsible
wf_responsible_resolve (const WfOrganisation *organisation, const WfWorkflow *workflow,
                        const char *owner)
{
  WfResponsible self = { .how = WF_RESPONSIBLE_OWNER, .owner = owner, .person = owner };

  if (owner == NULL)
    {
      self.how = WF_RESPONSIBLE_NO_OWNER;
      return self;
    }
  if (organisation == NULL)
    return self;
  self.known_owner = wf_organisation_get_person (organisation, owner);
  if (self.known_owner == NULL)
    {
      self.how = WF_RESPONSIBLE_UNKNOWN_OWNER;
      self.person = NULL;
    }
  else if (!self.known_owner->active)
    {
      find_stand_in (organisation, workflow, &self);
    }
  return self;
}

/* Somebody else who is away does not help. */
static const WfPerson *
if_there (const WfPerson *person, WfInstant at)
{
  return person != NULL && wf_person_get_absence (person, at) == NULL ? person : NULL;
}

static const char *
find_cover (const WfOrganisation *organisation, const WfWorkflow *workflow,
            const WfResponsible *self, const char *type, WfInstant at)
{
  const char *cover =
      wf_organisation_find_cover (organisation, self->away, self->absence, at, type);
  const WfPerson *person;
  const char *group;

  if (cover != NULL)
    return cover;
  person = if_there (
      find_coordinator (organisation, WF_ENTRY_GROUP, self->away->groups, self->away, &group), at);
  if (person == NULL)
    person = if_there (find_fallback (organisation, workflow, self->away), at);
  return person != NULL ? person->id : NULL;
}

gboolean
wf_responsible_follow_absence (WfResponsible *self, const WfOrganisation *organisation,
                               const WfWorkflow *workflow, const char *type, WfInstant at)
{
  const WfPerson *person = organisation != NULL && self->person != NULL
                               ? wf_organisation_get_person (organisation, self->person)
                               : NULL;
  const WfAbsence *absence = person != NULL ? wf_person_get_absence (person, at) : NULL;

  if (absence == NULL)
    return FALSE;
  self->away = person;
  self->absence = absence;
  self->treatment = wf_absence_get_treatment (absence, type);
  if (self->treatment == WF_ABSENCE_COVER)
    self->person = find_cover (organisation, workflow, self, type, at);
  return TRUE;
}

const WfPerson *
wf_responsible_get_calendar_person (const WfResponsible *self, const WfOrganisation *organisation)
{
  const WfPerson *person = NULL;

  if (self->assignee != NULL && self->away != NULL)
    return self->away;
  if (organisation != NULL && self->assignee != NULL && self->person != NULL)
    person = wf_organisation_get_person (organisation, self->person);
  return person != NULL ? person : self->known_owner;
}

/* The manager of a person is who coordinates their group, else their team, else their unit. */
static const WfPerson *
find_manager (const WfOrganisation *organisation, const WfPerson *owner, const char **group)
{
  const WfPerson *person =
      find_coordinator (organisation, WF_ENTRY_GROUP, owner->groups, owner, group);

  if (person == NULL)
    person = find_coordinator (organisation, WF_ENTRY_TEAM, owner->teams, owner, group);
  if (person == NULL)
    person = find_coordinator (organisation, WF_ENTRY_UNIT, owner->units, owner, group);
  return person;
}

gboolean
wf_responsible_resolve_manager (const WfOrganisation *organisation, const WfWorkflow *workflow,
                                const char *owner, WfResponsible *self, const char **reason)
{
  const WfPerson *person = NULL;

  *self = wf_responsible_resolve (organisation, workflow, owner);
  self->group = NULL;
  self->how = WF_RESPONSIBLE_MANAGER;
  if (self->known_owner != NULL)
    person = find_manager (organisation, self->known_owner, &self->group);
  if (person == NULL && organisation != NULL &&
      (person = find_fallback (organisation, workflow, self->known_owner)) != NULL)
    self->how = WF_RESPONSIBLE_FALLBACK;
  if (person == NULL)
    self->how = WF_RESPONSIBLE_NO_MANAGER;
  self->person = person != NULL ? person->id : NULL;
  *reason = "no-manager";
  return person != NULL;
}

gboolean
wf_responsible_resolve_person (const WfOrganisation *organisation, const WfWorkflow *workflow,
                               const char *owner, const char *id, WfResponsible *self,
                               const char **reason)
{
  *self = wf_responsible_resolve (organisation, workflow, id);
  if (self->how == WF_RESPONSIBLE_OWNER)
    self->how = WF_RESPONSIBLE_NAMED;
  else if (self->how == WF_RESPONSIBLE_UNKNOWN_OWNER)
    self->how = WF_RESPONSIBLE_UNKNOWN_PERSON;
  *reason = self->how == WF_RESPONSIBLE_UNKNOWN_PERSON ? "unknown-person" : "nobody-active";
  self->owner = owner;
  self->known_owner = organisation != NULL && owner != NULL
                          ? wf_organisation_get_person (organisation, owner)
                          : NULL;
  return self->person != NULL;
}

gboolean
wf_responsible_find_group_stand_in (const WfOrganisation *organisation, const WfWorkflow *workflow,
                                    const char *group, WfResponsible *self)
{
  const WfPerson *person = NULL;
  const char *const ids[] = { group, NULL };

  self->how = WF_RESPONSIBLE_NO_MEMBER;
  self->group = group;
  if (organisation == NULL)
    return FALSE;
  if ((person = find_coordinator (organisation, WF_ENTRY_GROUP, ids, NULL, &self->group)) != NULL)
    self->how = WF_RESPONSIBLE_COORDINATOR;
  else if ((person = find_fallback (organisation, workflow, NULL)) != NULL)
    self->how = WF_RESPONSIBLE_FALLBACK;
  self->person = person != NULL ? person->id : NULL;
  return person != NULL;
}

gboolean
wf_responsible_resolve_recipient (const WfOrganisation *organisation, const WfWorkflow *workflow,
                                  const char *owner, const char *recipient,
                                  WfResponsible *responsible, const char **reason)
{
  if (recipient != NULL && g_str_has_prefix (recipient, "person:"))
    return wf_responsible_resolve_person (organisation, workflow, owner,
                                          recipient + strlen ("person:"), responsible, reason);
  if (g_strcmp0 (recipient, "manager") == 0)
    return wf_responsible_resolve_manager (organisation, workflow, owner, responsible, reason);
  *responsible = wf_responsible_resolve (organisation, workflow, owner);
  *reason = wf_responsible_how_names[responsible->how];
  return responsible->person != NULL;
}
