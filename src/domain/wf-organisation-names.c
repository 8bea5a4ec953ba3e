/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people, groups, types and stages are called. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-organisation.h"

#include "wf-event-catalogue.h"

/**
 * wf_organisation_get_person_name:
 * @self: (nullable): an organisation
 * @id: (nullable): of a person
 *
 * Returns: (nullable): the person's name; the id itself when nobody knows it
 */
const char *
wf_organisation_get_person_name (const WfOrganisation *self, const char *id)
{
  const WfPerson *person = self != NULL && id != NULL ? wf_organisation_get_person (self, id)
                                                      : NULL;

  return person != NULL ? person->name : id;
}

/**
 * wf_organisation_get_entry_name:
 * @self: (nullable): an organisation
 * @kind: of the entry
 * @id: (nullable): of a group, a team, a unit or a type of activity
 *
 * Returns: (nullable): its name; the id itself when nobody knows it
 */
const char *
wf_organisation_get_entry_name (const WfOrganisation *self, WfEntryKind kind, const char *id)
{
  const WfEntry *entry = self != NULL && id != NULL ? wf_organisation_get_entry (self, kind, id)
                                                    : NULL;

  return entry != NULL ? entry->name : id;
}

/**
 * wf_organisation_get_stage_name:
 * @self: (nullable): an organisation
 * @id: (nullable): of a stage of any pipeline
 *
 * Returns: (nullable): its name; the id itself when nobody knows it
 */
const char *
wf_organisation_get_stage_name (const WfOrganisation *self, const char *id)
{
  const WfEntry *stage = self != NULL && id != NULL ? wf_organisation_get_stage (self, id) : NULL;

  return stage != NULL ? stage->name : id;
}

/**
 * wf_organisation_get_name_in_field:
 * @self: (nullable): an organisation
 * @field: of an event
 * @value: what the field has
 *
 * Returns: the name that people know for the id of a person, group, stage or type of activity; any
 *   other value as it is
 */
const char *
wf_organisation_get_name_in_field (const WfOrganisation *self, const char *field, const char *value)
{
  const WfFieldInfo *info = wf_field_find (field);

  if (info == NULL)
    return value;
  switch (info->type)
    {
    case WF_FIELD_PERSON:
      return wf_organisation_get_person_name (self, value);
    case WF_FIELD_STAGE:
      return wf_organisation_get_stage_name (self, value);
    case WF_FIELD_GROUP:
      return wf_organisation_get_entry_name (self, WF_ENTRY_GROUP, value);
    case WF_FIELD_TEXT:
      return g_str_equal (field, "activity.type")
                 ? wf_organisation_get_entry_name (self, WF_ENTRY_ACTIVITY_TYPE, value)
                 : value;
    case WF_FIELD_NUMBER:
    case WF_FIELD_BOOLEAN:
    case WF_FIELD_DATE_TIME:
    case WF_FIELD_LIST:
      break;
    }
  return value;
}
