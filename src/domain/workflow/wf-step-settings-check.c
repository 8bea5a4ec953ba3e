/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks the settings that the catalogue describes, each by its type (R78-R88, R126, R16, S27). The
 * settings are kept as they stand in the document, so their JSON types are checked here too. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-validate-private.h"

#include "wf-event-catalogue.h"
#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_RULES 100
#define MOST_POINTS 1000000

static const char *const duration_members[] = { "amount", "unit", NULL };
static const char *const deadline_members[] = { "amount", "unit", "before", "business-time", NULL };
static const char *const rule_members[] = { "if", "to", NULL };

static void
warn_unknown (const WfJsonCursor *place, const char *const *known)
{
  g_autoptr (WfJsonDocument) unknown = wf_json_cursor_dup_unknown (place, known);
}

/* The text, or NULL after a problem: it is empty or no text. */
static const char *
get_word (const WfJsonCursor *place)
{
  const char *word = wf_json_cursor_get_string (place, TRUE);

  if (word == NULL)
    return NULL;
  if (!wf_check_is_blank (word))
    return word;
  wf_check_missing (place, _ ("This is empty."));
  return NULL;
}

/* Calls one for each element of a list. */
typedef void (*ElementFunc) (const WfCheck *self, const WfJsonCursor *place);

static void
check_list (const WfCheck *self, const WfJsonCursor *place, ElementFunc one)
{
  const WfJson *value;
  WfJsonIter iter;

  if (!wf_json_cursor_expect (place, WF_JSON_ARRAY))
    return;
  wf_json_iter_init (&iter, place->value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = place, .index = i, .value = value, .problems = place->problems
      };

      one (self, &element);
    }
}

/* ---- one value each ---- */

static void
check_text (const WfCheck *self, const WfJsonCursor *place, const WfSettingInfo *setting)
{
  const char *text = wf_json_cursor_get_string (place, TRUE);
  gboolean line = setting->type == WF_SETTING_TEXT;

  if (text == NULL)
    return;
  if ((setting->flags & WF_SETTING_REQUIRED) != 0 && wf_check_is_blank (text))
    wf_check_missing (place, _ ("This is empty."));
  else if (line && wf_check_has_control_character (text))
    wf_json_cursor_problem (place, "wrong-text", "%s",
                            _ ("This must be one line, without tabulators."));
  wf_check_length (place, text, line ? WF_CHECK_MOST_LINE : WF_CHECK_MOST_TEXT);
  wf_check_merge_text (self, place, text);
}

static void
check_word (G_GNUC_UNUSED const WfCheck *self, const WfJsonCursor *place)
{
  const char *word = get_word (place);

  if (word != NULL && wf_check_has_control_character (word))
    wf_json_cursor_problem (place, "wrong-text", "%s",
                            _ ("This must be one line, without tabulators."));
  wf_check_length (place, word, WF_CHECK_MOST_LINE);
}

/* R78: what cannot be taken back must be confirmed. */
static void
check_confirmation (const WfJsonCursor *place)
{
  if (place->value != NULL && !wf_json_cursor_expect (place, WF_JSON_BOOLEAN))
    return;
  if (!wf_json_get_boolean (place->value, FALSE))
    wf_json_cursor_problem (place, "not-confirmed", "%s",
                            _ ("This must be confirmed: what the step does cannot be undone."));
}

static void
check_number (const WfJsonCursor *place)
{
  gint64 number = wf_json_cursor_get_int64 (place, TRUE, 1);

  if (number == 0)
    wf_json_cursor_problem (place, "out-of-range", "%s", _ ("This must not be 0."));
  else if (number < -MOST_POINTS || number > MOST_POINTS)
    wf_json_cursor_problem (place, "out-of-range", _ ("This must be between -%d and %d."),
                            MOST_POINTS, MOST_POINTS);
}

/* An empty text is a value too: it clears the field. */
static void
check_value (const WfCheck *self, const WfJsonCursor *place)
{
  const char *text;

  switch (wf_json_get_type (place->value))
    {
    case WF_JSON_NUMBER:
    case WF_JSON_BOOLEAN:
      return;
    case WF_JSON_STRING:
      text = wf_json_cursor_get_string (place, TRUE);
      wf_check_length (place, text, WF_CHECK_MOST_TEXT);
      wf_check_merge_text (self, place, text);
      return;
    default:
      wf_json_cursor_problem (place, "wrong-type", "%s",
                              _ ("This must be a text, a number, true or false."));
    }
}

static void
check_duration (const WfJsonCursor *place)
{
  wf_duration_read (place, TRUE);
  if (wf_json_is (place->value, WF_JSON_OBJECT))
    warn_unknown (place, duration_members);
}

static void
check_deadline (const WfCheck *self, const WfJsonCursor *place)
{
  WfJsonCursor before = wf_json_cursor_member (place, "before");
  WfJsonCursor business_time = wf_json_cursor_member (place, "business-time");
  WfDuration within = wf_duration_read (place, TRUE);

  if (!wf_json_is (place->value, WF_JSON_OBJECT))
    return;
  warn_unknown (place, deadline_members);
  wf_json_cursor_get_boolean (&business_time, FALSE, FALSE);
  if (before.value == NULL && wf_duration_is_set (within))
    wf_check_minimum (place, within);
  else if (before.value != NULL && wf_json_cursor_get_string (&before, TRUE) != NULL)
    wf_check_date_field (self, &before, wf_json_get_string (before.value));
}

static void
check_field (const WfCheck *self, const WfJsonCursor *place)
{
  const char *field = get_word (place);

  if (field == NULL)
    return;
  if (wf_field_can_be_written (field))
    return;
  if (wf_field_find (field) != NULL || wf_field_is_custom (field))
    wf_json_cursor_problem (place, "not-writable", _ ("“%s” cannot be written by a step."),
                            wf_field_to_text (field));
  else
    wf_json_cursor_problem (place, "unknown-field", _ ("The event “%s” has no field “%s”."),
                            wf_event_type_to_text (self->workflow->event),
                            wf_field_to_text (field));
}

static void
check_person (const WfCheck *self, const WfJsonCursor *place)
{
  const char *person = get_word (place);

  if (person != NULL)
    wf_check_person (self, place, person);
}

static void
check_recipient (const WfCheck *self, const WfJsonCursor *place)
{
  const char *recipient = get_word (place);

  if (recipient != NULL)
    wf_check_recipient (self, place, recipient);
}

static void
check_assignee (const WfCheck *self, const WfJsonCursor *place)
{
  const char *assignee = get_word (place);

  if (assignee != NULL)
    wf_check_assignee (self, place, assignee);
}

static void
check_activity_type (const WfCheck *self, const WfJsonCursor *place)
{
  const char *type = get_word (place);

  if (type != NULL)
    wf_check_activity_type (self, place, type);
}

static void
check_event_type (const WfCheck *self, const WfJsonCursor *place)
{
  const char *type = get_word (place);

  if (type != NULL)
    wf_check_event_type (self, place, type);
}

static void
check_date_field (const WfCheck *self, const WfJsonCursor *place)
{
  const char *field = get_word (place);

  if (field != NULL)
    wf_check_date_field (self, place, field);
}

static void
check_url (const WfCheck *self, const WfJsonCursor *place)
{
  const char *url = get_word (place);

  if (url != NULL)
    wf_check_url (self, place, url);
}

/* The stage belongs to the record that the step is about. */
static void
check_stage (const WfCheck *self, const WfStep *step, const WfJsonCursor *place)
{
  const char *stage = get_word (place);
  const char *record = wf_step_get_text (step, "record");

  if (stage == NULL)
    return;
  if (step->kind == WF_STEP_CONTROL)
    wf_check_watched_stage (self, place, stage);
  else
    wf_check_stage (self, place, g_strcmp0 (record, "deal") == 0 ? "deal" : "lead", stage);
}

static void
check_condition (const WfCheck *self, const WfJsonCursor *place)
{
  g_autoptr (WfCondition) condition = wf_condition_read (place);

  if (condition != NULL)
    wf_check_condition (self, condition, NULL, place);
}

/* {"if": condition, "to": assignee} (R126) */
static void
check_rule (const WfCheck *self, const WfJsonCursor *place)
{
  WfJsonCursor condition = wf_json_cursor_member (place, "if");
  WfJsonCursor to = wf_json_cursor_member (place, "to");

  if (!wf_json_cursor_expect (place, WF_JSON_OBJECT))
    return;
  warn_unknown (place, rule_members);
  check_condition (self, &condition);
  check_assignee (self, &to);
}

static void
check_rules (const WfCheck *self, const WfJsonCursor *place)
{
  if (wf_json_get_size (place->value) > MOST_RULES && wf_json_is (place->value, WF_JSON_ARRAY))
    wf_json_cursor_problem (place, "too-many-rules", _ ("There can be %d rules at most."),
                            MOST_RULES);
  else
    check_list (self, place, check_rule);
}

/* ---- by type ---- */

/* What is there, by its type. */
static void
check_present (const WfCheck *self, const WfStep *step, const WfSettingInfo *setting,
               const WfJsonCursor *place)
{
  switch (setting->type)
    {
    case WF_SETTING_TEXT:
    case WF_SETTING_LONG_TEXT:
      check_text (self, place, setting);
      break;
    case WF_SETTING_WORD:
      check_word (self, place);
      break;
    case WF_SETTING_CHOICE:
      wf_json_cursor_get_enum (place, setting->choices, TRUE);
      break;
    case WF_SETTING_BOOLEAN:
      wf_json_cursor_expect (place, WF_JSON_BOOLEAN);
      break;
    case WF_SETTING_NUMBER:
      check_number (place);
      break;
    case WF_SETTING_VALUE:
      check_value (self, place);
      break;
    case WF_SETTING_DURATION:
      check_duration (place);
      break;
    case WF_SETTING_DEADLINE:
      check_deadline (self, place);
      break;
    case WF_SETTING_DATE_FIELD:
      check_date_field (self, place);
      break;
    case WF_SETTING_FIELD:
      check_field (self, place);
      break;
    case WF_SETTING_STAGE:
      check_stage (self, step, place);
      break;
    case WF_SETTING_PERSON:
      check_person (self, place);
      break;
    case WF_SETTING_RECIPIENT:
      check_recipient (self, place);
      break;
    case WF_SETTING_RECIPIENTS:
      check_list (self, place, check_recipient);
      break;
    case WF_SETTING_ASSIGNEE:
      check_assignee (self, place);
      break;
    case WF_SETTING_RULES:
      check_rules (self, place);
      break;
    case WF_SETTING_ACTIVITY_TYPE:
      check_activity_type (self, place);
      break;
    case WF_SETTING_ACTIVITY_TYPES:
      check_list (self, place, check_activity_type);
      break;
    case WF_SETTING_EVENT_TYPES:
      check_list (self, place, check_event_type);
      break;
    case WF_SETTING_URL:
      check_url (self, place);
      break;
    case WF_SETTING_CONDITION:
      check_condition (self, place);
      break;
    case WF_SETTING_PERMISSION: /* of activities: wf-workflow-validate-steps.c */
    case WF_SETTING_PATHS:      /* of branches: wf-workflow-validate.c */
      break;
    }
}

/* What counts when a setting is missing may need a lead too. */
static void
check_missing (const WfCheck *self, const WfSettingInfo *setting, const WfJsonCursor *place)
{
  if ((setting->flags & WF_SETTING_REQUIRED) != 0)
    wf_check_missing (place, _ ("This is missing."));
  else if (setting->type == WF_SETTING_RECIPIENT)
    wf_check_recipient (self, place, setting->fallback);
  else if (setting->type == WF_SETTING_ASSIGNEE)
    wf_check_assignee (self, place, setting->fallback);
}

static void
check_setting (const WfCheck *self, const WfStep *step, const WfSettingInfo *setting,
               const WfJsonCursor *cursor)
{
  WfJsonCursor place = wf_json_cursor_member (cursor, setting->name);

  if ((setting->flags & WF_SETTING_MUST_BE_TRUE) != 0)
    check_confirmation (&place);
  else if (place.value == NULL)
    check_missing (self, setting, &place);
  else
    check_present (self, step, setting, &place);
}

/* ---- what several members say together ---- */

static void
check_message (const WfStep *step, const WfJsonCursor *cursor)
{
  WfJsonCursor template = wf_json_cursor_member (cursor, "template");
  WfJsonCursor text = wf_json_cursor_member (cursor, "text");
  gboolean has_template = !wf_check_is_blank (wf_json_get_string (template.value));

  if (has_template)
    return;
  if (g_strcmp0 (wf_step_get_text (step, "channel"), "whatsapp") == 0)
    wf_check_missing (&template, _ ("WhatsApp needs an approved template."));
  else if (wf_check_is_blank (wf_json_get_string (text.value)))
    wf_check_missing (&text, _ ("A message needs a text or an approved template."));
}

/* A value with merge fields is known only when the step runs. */
static void
check_field_value (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor)
{
  WfJsonCursor place = wf_json_cursor_member (cursor, "value");
  const WfFieldInfo *info = wf_field_find (wf_step_get_text (step, "field"));
  const char *text = wf_json_get_string (place.value);
  char *end = NULL;

  if (info == NULL || place.value == NULL || !wf_check_is_new (&place) ||
      (text != NULL && (text[0] == '\0' || strchr (text, '{') != NULL)))
    return;
  if (info->type == WF_FIELD_NUMBER)
    {
      if (text != NULL)
        g_ascii_strtod (text, &end);
      if (text != NULL ? *end != '\0' : !wf_json_is (place.value, WF_JSON_NUMBER))
        wf_json_cursor_problem (&place, "wrong-type", _ ("“%s” is a number."),
                                wf_field_to_text (info->id));
    }
  else if (info->type == WF_FIELD_GROUP && text != NULL)
    {
      wf_check_group (self, &place, text);
    }
}

static void
check_approval (const WfStep *step, const WfJsonCursor *cursor)
{
  WfJsonCursor within = wf_json_cursor_member (cursor, "complete-within");
  WfJsonCursor notify = wf_json_cursor_member (cursor, "notify");
  WfDuration deadline = wf_step_get_duration (step, "complete-within");

  if (wf_json_get_member (within.value, "before") == NULL && wf_duration_is_set (deadline))
    wf_check_notify (&notify, deadline, wf_step_get_duration (step, "notify"));
}

/* R78. A confirmed step still deletes: whoever publishes the workflow is told. */
static void
warn_of_deletion (const WfJsonCursor *cursor)
{
  WfJsonCursor kind = wf_json_cursor_member (cursor, "kind");

  wf_json_cursor_warning (&kind, "deletes-record", "%s",
                          _ ("The record is deleted for good. This cannot be undone."));
}

/* What the step does is done to a lead: there must be one. */
static void
check_needs_lead (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor)
{
  WfJsonCursor kind = wf_json_cursor_member (cursor, "kind");
  WfJsonCursor send = wf_json_cursor_member (cursor, "send");

  if (step->kind == WF_STEP_WEBHOOK)
    {
      if (g_strcmp0 (wf_step_get_text (step, "send"), "lead") == 0)
        wf_check_lead (self, &send);
    }
  else if (step->kind != WF_STEP_REQUEST_APPROVAL)
    {
      wf_check_lead (self, &kind);
    }
}

static void
check_together (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor)
{
  check_needs_lead (self, step, cursor);
  switch (step->kind)
    {
    case WF_STEP_SEND_MESSAGE:
      check_message (step, cursor);
      break;
    case WF_STEP_SET_FIELD:
      check_field_value (self, step, cursor);
      break;
    case WF_STEP_REQUEST_APPROVAL:
      check_approval (step, cursor);
      break;
    case WF_STEP_DELETE_RECORD:
      warn_of_deletion (cursor);
      break;
    default:
      break;
    }
}

/* The step as its cursor's value would be: that of the workflow has none. */
void
wf_check_settings_step (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor)
{
  const WfStepKindInfo *kind = wf_step_catalogue_get (step->kind);
  WfJsonCursor settings = *cursor;

  settings.value = step->settings != NULL ? wf_json_document_get_root (step->settings) : NULL;
  for (guint i = 0; i < kind->n_settings; i++)
    check_setting (self, step, &kind->settings[i], &settings);
  check_together (self, step, &settings);
}
