/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a workflow refers to must exist: fields of its event, people, groups, stages, types. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-validate-private.h"

#include "wf-event-catalogue.h"
#include "wf-merge-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LEAD_PREFIX "lead."
#define OUTCOME_FIELD "approval.outcome"

/* ---- fields ---- */

typedef enum
{
  FIELD_FINE,
  FIELD_NOT_CARRIED, /* known, but not with this event */
  FIELD_UNKNOWN,
  FIELD_NO_LEAD,
} FieldVerdict;

/* A CRM's own types of event carry what we cannot know. */
static FieldVerdict
judge_field (const WfCheck *self, const char *field)
{
  if (!self->has_lead && g_str_has_prefix (field, LEAD_PREFIX))
    return FIELD_NO_LEAD;
  if (!self->event_known || wf_event_catalogue_carries (self->workflow->event, field) ||
      (self->approval_above && g_str_equal (field, OUTCOME_FIELD)))
    return FIELD_FINE;
  return wf_field_find (field) != NULL ? FIELD_NOT_CARRIED : FIELD_UNKNOWN;
}

static void
add_no_lead (const WfJsonCursor *place, const char *field)
{
  wf_json_cursor_problem (
      place, "no-lead",
      _ ("The workflow starts at set times without a lead, so there is no “%s”. "
         "Start it for each lead instead."),
      wf_field_to_text (field));
}

typedef struct
{
  const WfCheck *check;
  const WfJsonCursor *place;
} TextCheck;

static void
on_check_merge_field (const char *field, gpointer user_data)
{
  const TextCheck *check = user_data;

  switch (field[0] != '\0' ? judge_field (check->check, field) : FIELD_UNKNOWN)
    {
    case FIELD_FINE:
      break;
    case FIELD_NO_LEAD:
      add_no_lead (check->place, field);
      break;
    case FIELD_NOT_CARRIED:
    case FIELD_UNKNOWN:
      wf_json_cursor_problem (check->place, "unknown-field",
                              _ ("The field {%s} is not known for the event “%s”."), field,
                              wf_event_type_to_text (check->check->workflow->event));
      break;
    }
}

void
wf_check_merge_text (const WfCheck *self, const WfJsonCursor *place, const char *text)
{
  TextCheck check = { self, place };
  guint n_unclosed;

  if (text == NULL || place->problems == NULL)
    return;
  n_unclosed = wf_merge_text_foreach_field (text, on_check_merge_field, &check);
  for (guint i = 0; i < n_unclosed; i++)
    wf_json_cursor_problem (place, "unclosed-brace", "%s",
                            _ ("A brace { is not closed by }. Write {{ for a brace itself."));
}

void
wf_check_date_field (const WfCheck *self, const WfJsonCursor *place, const char *field)
{
  const WfFieldInfo *info = wf_field_find (field);
  FieldVerdict verdict;

  if (wf_check_is_blank (field))
    {
      wf_check_missing (place, _ ("It is not said which date counts."));
      return;
    }
  if (info != NULL && info->type != WF_FIELD_DATE_TIME)
    {
      wf_json_cursor_problem (place, "not-a-date", _ ("“%s” is not a date."),
                              wf_field_to_text (field));
      return;
    }
  verdict = judge_field (self, field);
  if (verdict == FIELD_NO_LEAD)
    add_no_lead (place, field);
  else if (verdict != FIELD_FINE)
    wf_json_cursor_problem (
        place, verdict == FIELD_NOT_CARRIED ? "field-not-carried" : "unknown-field",
        _ ("The event “%s” has no field “%s”."), wf_event_type_to_text (self->workflow->event),
        wf_field_to_text (field));
}

void
wf_check_lead (const WfCheck *self, const WfJsonCursor *place)
{
  if (!self->has_lead && wf_check_is_new (place))
    wf_json_cursor_problem (
        place, "no-lead", "%s",
        _ ("The workflow starts at set times without a lead, but this needs one. Start it for each lead instead."));
}

/* ---- the organisation ---- */

static gboolean
has_entries (const WfCheck *self, WfEntryKind kind)
{
  guint n = 0;

  if (self->organisation != NULL)
    wf_organisation_get_entries (self->organisation, kind, &n);
  return n > 0;
}

void
wf_check_group (const WfCheck *self, const WfJsonCursor *place, const char *group)
{
  if (self->organisation != NULL &&
      wf_organisation_get_entry (self->organisation, WF_ENTRY_GROUP, group) == NULL)
    wf_json_cursor_problem (place, "unknown-group", _ ("The organisation has no group “%s”."),
                            group);
}

void
wf_check_person (const WfCheck *self, const WfJsonCursor *place, const char *id)
{
  const WfPerson *person;

  if (self->organisation == NULL)
    return;
  person = wf_organisation_get_person (self->organisation, id);
  if (person == NULL)
    wf_json_cursor_problem (place, "unknown-person", _ ("The organisation has no person “%s”."),
                            id);
  else if (!person->active)
    wf_json_cursor_warning (place, "inactive-person", _ ("%s is not active."), person->name);
}

/* Some CRMs do not tell their stages: then none can be unknown. */
static gboolean
may_have_stage (const WfCheck *self, const char *record, const char *stage)
{
  gboolean told = FALSE;
  guint n = 0;
  const WfPipeline *pipelines =
      self->organisation != NULL ? wf_organisation_get_pipelines (self->organisation, &n) : NULL;

  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (pipelines[i].record, record))
        continue;
      told = TRUE;
      for (guint j = 0; j < pipelines[i].n_stages; j++)
        if (g_str_equal (pipelines[i].stages[j].id, stage))
          return TRUE;
    }
  return !told;
}

void
wf_check_stage (const WfCheck *self, const WfJsonCursor *place, const char *record,
                const char *stage)
{
  if (!may_have_stage (self, record, stage))
    wf_json_cursor_problem (place, "unknown-stage",
                            g_str_equal (record, "deal")
                                ? _ ("The organisation’s deals have no stage “%s”.")
                                : _ ("The organisation’s leads have no stage “%s”."),
                            stage);
}

/* A CRM's own types of event carry what we cannot know. */
void
wf_check_watched_stage (const WfCheck *self, const WfJsonCursor *place, const char *stage)
{
  gboolean has_deal = !self->event_known ||
                      wf_event_catalogue_carries (self->workflow->event, "deal.stage");

  if (!has_deal)
    wf_check_stage (self, place, "lead", stage);
  else if (!may_have_stage (self, "lead", stage) && !may_have_stage (self, "deal", stage))
    wf_json_cursor_problem (place, "unknown-stage", _ ("The organisation has no stage “%s”."),
                            stage);
}

void
wf_check_activity_type (const WfCheck *self, const WfJsonCursor *place, const char *type)
{
  if (has_entries (self, WF_ENTRY_ACTIVITY_TYPE) &&
      wf_organisation_get_entry (self->organisation, WF_ENTRY_ACTIVITY_TYPE, type) == NULL)
    wf_json_cursor_problem (place, "unknown-activity-type",
                            _ ("The organisation has no activity type “%s”."), type);
}

void
wf_check_event_type (G_GNUC_UNUSED const WfCheck *self, const WfJsonCursor *place, const char *type)
{
  if (wf_check_is_blank (type))
    wf_check_missing (place, _ ("This is empty."));
  else if (wf_event_catalogue_find (type) == NULL)
    wf_json_cursor_warning (
        place, "unknown-event",
        _ ("The event “%s” is not among the known ones. It works only if the CRM has it."), type);
}

/* The id behind "person:" and the like; NULL when the text does not begin so, or has no id. */
static const char *
get_id (const char *text, const char *prefix)
{
  return g_str_has_prefix (text, prefix) && text[strlen (prefix)] != '\0' ? text + strlen (prefix)
                                                                          : NULL;
}

/* TRUE when it is one of the words and ids that recipients and assignees share. */
static gboolean
check_somebody (const WfCheck *self, const WfJsonCursor *place, const char *somebody)
{
  const char *person = get_id (somebody, "person:");

  if (person != NULL)
    wf_check_person (self, place, person);
  else if (g_str_equal (somebody, "responsible") || g_str_equal (somebody, "manager"))
    wf_check_lead (self, place);
  else
    return FALSE;
  return TRUE;
}

void
wf_check_recipient (const WfCheck *self, const WfJsonCursor *place, const char *recipient)
{
  const char *text = recipient != NULL ? recipient : "responsible";
  const char *group = get_id (text, "group:");

  if (group != NULL)
    wf_check_group (self, place, group);
  else if (!check_somebody (self, place, text))
    wf_json_cursor_problem (
        place, "unknown-recipient",
        _ ("“%s” is no recipient. Write “responsible”, “manager”, “person:” and a person’s id, or “group:” and a group’s id."),
        text);
}

void
wf_check_assignee (const WfCheck *self, const WfJsonCursor *place, const char *assignee)
{
  const char *text = assignee != NULL ? assignee : "responsible";
  const char *group = get_id (text, "round-robin:");

  if (group == NULL)
    group = get_id (text, "least-loaded:");
  if (group != NULL)
    wf_check_group (self, place, group);
  else if (!check_somebody (self, place, text))
    wf_json_cursor_problem (
        place, "unknown-assignee",
        _ ("“%s” is nobody who can be given work. Write “responsible”, “manager”, “person:” and a person’s id, or “round-robin:” or “least-loaded:” and a group’s id."),
        text);
}

/* ---- conditions ---- */

static void
check_condition_field (const WfCheck *self, const WfCondition *test, const WfJsonCursor *cursor)
{
  WfJsonCursor place = wf_json_cursor_member (cursor, "field");
  const char *field = wf_condition_get_field (test);
  FieldVerdict verdict = judge_field (self, field);

  if (verdict == FIELD_NO_LEAD)
    add_no_lead (&place, field);
  else if (verdict != FIELD_FINE)
    wf_json_cursor_warning (
        &place, verdict == FIELD_NOT_CARRIED ? "field-not-carried" : "unknown-field",
        _ ("The event “%s” has no field “%s”; it counts as empty."),
        wf_event_type_to_text (self->workflow->event), wf_field_to_text (field));
}

/* Somebody may have left since: such a comparison works, but nobody will match it. */
static void
check_compared_id (const WfCheck *self, const WfCondition *test, const WfJsonCursor *place,
                   const WfJson *value)
{
  const WfFieldInfo *info = wf_field_find (wf_condition_get_field (test));
  const char *id = wf_json_get_string (value);

  if (id == NULL || id[0] == '\0')
    return;
  if (wf_condition_get_operator (test) == WF_OP_MEMBER_OF)
    wf_check_group (self, place, id);
  else if (info == NULL || wf_condition_get_operator (test) == WF_OP_CONTAINS ||
           wf_condition_get_operator (test) == WF_OP_STARTS_WITH)
    return;
  else if (info->type == WF_FIELD_PERSON && strcmp (info->id, "actor") != 0 &&
           wf_organisation_get_person (self->organisation, id) == NULL)
    wf_json_cursor_warning (place, "unknown-person", _ ("The organisation has no person “%s”."),
                            id);
  else if (info->type == WF_FIELD_GROUP &&
           wf_organisation_get_entry (self->organisation, WF_ENTRY_GROUP, id) == NULL)
    wf_json_cursor_warning (place, "unknown-group", _ ("The organisation has no group “%s”."), id);
  else if (info->type == WF_FIELD_STAGE &&
           wf_organisation_get_stage (self->organisation, id) == NULL)
    wf_json_cursor_warning (place, "unknown-stage", _ ("The organisation has no stage “%s”."), id);
}

static void
check_test (const WfCheck *self, const WfCondition *test, const WfJsonCursor *cursor)
{
  WfJsonCursor place = wf_json_cursor_member (cursor, "value");
  const WfJson *value = wf_condition_get_value (test), *element;
  WfJsonIter iter;

  check_condition_field (self, test, cursor);
  if (wf_check_is_new (&place))
    wf_condition_check_value (test, &place);
  if (self->organisation == NULL)
    return;
  check_compared_id (self, test, &place, value);
  if (!wf_json_is (value, WF_JSON_ARRAY))
    return;
  wf_json_iter_init (&iter, value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &element); i++)
    {
      WfJsonCursor one = wf_json_cursor_element (&place, i);

      check_compared_id (self, test, &one, element);
    }
}

static void
check_tests (const WfCheck *self, const WfCondition *condition, const WfJsonCursor *cursor)
{
  static const char *const names[] = { "all", "any", "none" };
  WfConditionKind kind = wf_condition_get_kind (condition);
  WfJsonCursor list;

  if (kind == WF_CONDITION_TEST)
    {
      check_test (self, condition, cursor);
      return;
    }
  list = wf_json_cursor_member (cursor, names[kind]);
  for (guint i = 0; i < wf_condition_get_n_children (condition); i++)
    {
      WfJsonCursor element = wf_json_cursor_element (&list, i);

      check_tests (self, wf_condition_get_child (condition, i), &element);
    }
}

void
wf_check_condition (const WfCheck *self, const WfCondition *condition, WfJsonDocument *extra,
                    const WfJsonCursor *place)
{
  const WfJson *kept = extra != NULL ? wf_json_document_get_root (extra) : NULL;

  if (condition != NULL)
    check_tests (self, condition, place);
  else if (wf_json_get_member (kept, place->name) != NULL && wf_check_is_new (place))
    wf_json_cursor_problem (place, "condition-unreadable", "%s",
                            _ ("This condition cannot be read."));
}
