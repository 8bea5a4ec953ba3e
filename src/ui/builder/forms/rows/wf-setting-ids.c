/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be chosen for a setting, out of the organisation and the catalogues, and what each is
 * called. An empty id stands for "none". */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include "wf-event-catalogue.h"

#include <glib/gi18n-lib.h>

#define PERSON "person:"
#define GROUP "group:"
#define ROUND_ROBIN "round-robin:"
#define LEAST_LOADED "least-loaded:"

static void
add_people (GStrvBuilder *ids, const WfOrganisation *organisation, const char *prefix)
{
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);

      if (person->active)
        g_strv_builder_take (ids, g_strconcat (prefix, person->id, NULL));
    }
}

static void
add_entries (GStrvBuilder *ids, const WfOrganisation *organisation, WfEntryKind kind,
             const char *prefix)
{
  guint n;
  const WfEntry *entries = wf_organisation_get_entries (organisation, kind, &n);

  for (guint i = 0; i < n; i++)
    g_strv_builder_take (ids, g_strconcat (prefix, entries[i].id, NULL));
}

static void
add_stages (GStrvBuilder *ids, const WfOrganisation *organisation)
{
  guint n;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < pipelines[i].n_stages; j++)
      g_strv_builder_add (ids, pipelines[i].stages[j].id);
}

static void
add_of_organisation (GStrvBuilder *ids, WfSettingType type, const WfOrganisation *organisation)
{
  switch (type)
    {
    case WF_SETTING_STAGE:
      add_stages (ids, organisation);
      break;
    case WF_SETTING_PERSON:
      add_people (ids, organisation, "");
      break;
    case WF_SETTING_RECIPIENT:
    case WF_SETTING_RECIPIENTS:
      add_entries (ids, organisation, WF_ENTRY_GROUP, GROUP);
      add_people (ids, organisation, PERSON);
      break;
    case WF_SETTING_ASSIGNEE:
      add_entries (ids, organisation, WF_ENTRY_GROUP, ROUND_ROBIN);
      add_entries (ids, organisation, WF_ENTRY_GROUP, LEAST_LOADED);
      add_people (ids, organisation, PERSON);
      break;
    case WF_SETTING_ACTIVITY_TYPE:
    case WF_SETTING_ACTIVITY_TYPES:
      add_entries (ids, organisation, WF_ENTRY_ACTIVITY_TYPE, "");
      break;
    default:
      break;
    }
}

static void
add_dates (GStrvBuilder *ids, const char *event_type)
{
  guint n = 0;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (event_type, &n);

  for (guint i = 0; i < n; i++)
    if (fields[i].type == WF_FIELD_DATE_TIME)
      g_strv_builder_add (ids, fields[i].id);
}

const char *
wf_setting_get_usual_date (const char *event_type)
{
  guint n = 0;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (event_type, &n);
  const char *usual = NULL;

  for (guint i = 0; i < n; i++)
    if (fields[i].type == WF_FIELD_DATE_TIME)
      {
        if (!g_str_has_prefix (fields[i].id, "lead."))
          return fields[i].id;
        if (usual == NULL)
          usual = fields[i].id;
      }
  return usual;
}

static void
add_event_types (GStrvBuilder *ids)
{
  guint n;
  const WfEventTypeInfo *types = wf_event_catalogue_get_types (&n);

  for (guint i = 0; i < n; i++)
    g_strv_builder_add (ids, types[i].id);
}

static gboolean
is_list (WfSettingType type)
{
  return type == WF_SETTING_RECIPIENTS || type == WF_SETTING_ACTIVITY_TYPES ||
         type == WF_SETTING_EVENT_TYPES;
}

/**
 * wf_setting_list_ids:
 * @info: a setting
 * @context: of its form
 *
 * Returns: (transfer full): what can be chosen, in the order in which it is shown
 */
GStrv
wf_setting_list_ids (const WfSettingInfo *info, const WfSettingContext *context)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (info->type == WF_SETTING_CHOICE)
    return g_strdupv ((char **) info->choices);
  if (info->fallback == NULL && !is_list (info->type))
    g_strv_builder_add (ids, "");
  if (info->type == WF_SETTING_RECIPIENT || info->type == WF_SETTING_RECIPIENTS ||
      info->type == WF_SETTING_ASSIGNEE)
    g_strv_builder_add_many (ids, "responsible", "manager", NULL);
  if (context->organisation != NULL)
    add_of_organisation (ids, info->type, context->organisation);
  if (info->type == WF_SETTING_DATE_FIELD)
    add_dates (ids, context->event_type);
  else if (info->type == WF_SETTING_EVENT_TYPES)
    add_event_types (ids);
  return g_strv_builder_end (ids);
}

static char *
make_people_text (const WfSettingInfo *info, const WfOrganisation *organisation, const char *id)
{
  if (g_str_has_prefix (id, PERSON))
    return g_strdup (wf_organisation_get_person_name (organisation, id + strlen (PERSON)));
  if (g_str_has_prefix (id, GROUP))
    return g_strdup_printf (
        _ ("Everyone in %s"),
        wf_organisation_get_entry_name (organisation, WF_ENTRY_GROUP, id + strlen (GROUP)));
  if (g_str_has_prefix (id, ROUND_ROBIN))
    return g_strdup_printf (
        _ ("In turn: %s"),
        wf_organisation_get_entry_name (organisation, WF_ENTRY_GROUP, id + strlen (ROUND_ROBIN)));
  if (g_str_has_prefix (id, LEAST_LOADED))
    return g_strdup_printf (
        _ ("Fewest open activities: %s"),
        wf_organisation_get_entry_name (organisation, WF_ENTRY_GROUP, id + strlen (LEAST_LOADED)));
  return g_strdup (wf_setting_choice_to_text (info, id));
}

/* A call and a meeting are what they are without a type of activity. */
static const char *
get_empty_text (const WfSettingInfo *info, const WfSettingContext *context)
{
  if (info->flags & WF_SETTING_REQUIRED)
    return _ ("Choose…");
  if (info->type == WF_SETTING_ACTIVITY_TYPE)
    return context->kind == WF_STEP_SCHEDULE_CALL ? _ ("Call") : _ ("Meeting");
  return _ ("None");
}

/**
 * wf_setting_id_to_text:
 * @info: a setting
 * @context: of its form
 * @id: what can be chosen
 *
 * Returns: (transfer full): its name for people; the id itself when nobody knows it
 */
char *
wf_setting_id_to_text (const WfSettingInfo *info, const WfSettingContext *context, const char *id)
{
  const WfOrganisation *organisation = context->organisation;

  if (*id == '\0')
    return g_strdup (get_empty_text (info, context));
  switch (info->type)
    {
    case WF_SETTING_STAGE:
      return g_strdup (wf_organisation_get_stage_name (organisation, id));
    case WF_SETTING_PERSON:
      return g_strdup (wf_organisation_get_person_name (organisation, id));
    case WF_SETTING_ACTIVITY_TYPE:
    case WF_SETTING_ACTIVITY_TYPES:
      return g_strdup (wf_organisation_get_entry_name (organisation, WF_ENTRY_ACTIVITY_TYPE, id));
    case WF_SETTING_EVENT_TYPES:
      return g_strdup (wf_event_type_to_text (id));
    case WF_SETTING_DATE_FIELD:
      return g_strdup (wf_field_to_text (id));
    case WF_SETTING_RECIPIENT:
    case WF_SETTING_RECIPIENTS:
    case WF_SETTING_ASSIGNEE:
      return make_people_text (info, organisation, id);
    default:
      return g_strdup (wf_setting_choice_to_text (info, id));
    }
}
