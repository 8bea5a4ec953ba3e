/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which events the effects of a step bring back from the CRM (S14, B16). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-health-private.h"

#include "wf-step-settings.h"

#include <string.h>

/* An emission is an event with only those members that the step decides. A condition about
 * anything else may hold. */

static void
emission_free (gpointer data)
{
  WfHealthEmission *self = data;

  wf_event_unref (self->event);
  g_free (self);
}

static WfJsonWriter *
begin (const char *type)
{
  WfJsonWriter *writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "specversion", "1.0");
  wf_json_writer_add_string (writer, "id", "emission");
  wf_json_writer_add_string (writer, "source", "/health");
  wf_json_writer_add_string (writer, "type", type);
  wf_json_writer_add_string (writer, "time", "2000-01-01T00:00:00Z");
  wf_json_writer_begin_object (writer, "data");
  return writer;
}

static void
end (GPtrArray *emissions, const WfStep *step, WfJsonWriter *writer)
{
  g_autoptr (WfJsonDocument) document = wf_json_writer_finish_document (writer);
  WfHealthEmission *emission = g_new (WfHealthEmission, 1);

  emission->step = step;
  emission->event =
      wf_event_read (document, wf_json_document_get_root (document), WF_INSTANT_NONE, NULL);
  g_ptr_array_add (emissions, emission);
  wf_json_writer_free (writer);
}

/* Of a record's member: value NULL: nothing is known of it. outside: a member beside the record
 * that says the same ("stage_to"); nullable. */
static void
add_member (GPtrArray *emissions, const WfStep *step, const char *type, const char *record,
            const char *member, const WfJson *value, const char *outside)
{
  WfJsonWriter *writer = begin (type);

  if (value != NULL)
    {
      wf_json_writer_begin_object (writer, record);
      wf_json_writer_add_value (writer, member, value);
      wf_json_writer_end (writer);
      if (outside != NULL)
        wf_json_writer_add_value (writer, outside, value);
    }
  end (emissions, step, writer);
}

static void
add_plain (GPtrArray *emissions, const WfStep *step, const char *type)
{
  end (emissions, step, begin (type));
}

static void
add_activity (GPtrArray *emissions, const WfStep *step)
{
  static const char *const types[] = { "activity.created", "activity.completed",
                                       "activity.became-late" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      WfJsonWriter *writer = begin (types[i]);

      if (wf_step_kind_is_activity (step->kind) && step->create_activity.activity_type[0] != '\0')
        {
          wf_json_writer_begin_object (writer, "activity");
          wf_json_writer_add_string (writer, "type", step->create_activity.activity_type);
          wf_json_writer_end (writer);
        }
      end (emissions, step, writer);
    }
}

static void
add_stage (GPtrArray *emissions, const WfStep *step)
{
  const char *record = wf_step_get_text (step, "record");
  gboolean deal = g_strcmp0 (record, "deal") == 0;

  add_member (emissions, step, deal ? "deal.stage-changed" : "lead.stage-changed",
              deal ? "deal" : "lead", "stage", wf_step_get_setting (step, "stage"), "stage_to");
}

/* Only a person who is named is known beforehand. */
static void
add_responsible (GPtrArray *emissions, const WfStep *step)
{
  const char *to = wf_step_get_text (step, "to");
  gboolean rules = wf_json_get_size (wf_step_get_setting (step, "rules")) > 0;
  g_autoptr (WfJsonWriter) writer = NULL;
  g_autoptr (WfJsonDocument) person = NULL;

  if (!rules && to != NULL && g_str_has_prefix (to, "person:"))
    {
      writer = wf_json_writer_new ();
      wf_json_writer_add_string (writer, NULL, to + strlen ("person:"));
      person = wf_json_writer_finish_document (writer);
    }
  add_member (emissions, step, "lead.reassigned", "lead", "owner",
              person != NULL ? wf_json_document_get_root (person) : NULL, "owner_to");
}

/* A text with merge fields is not known beforehand. */
static const WfJson *
get_known_value (const WfStep *step)
{
  const WfJson *value = wf_step_get_setting (step, "value");
  const char *text = wf_json_get_string (value);

  return text != NULL && strchr (text, '{') != NULL ? NULL : value;
}

static void
add_update (GPtrArray *emissions, const WfStep *step)
{
  const char *field = wf_step_get_text (step, "field");
  const WfJson *value = get_known_value (step);
  const char *member = field != NULL && g_str_has_prefix (field, "lead.") ? field + strlen ("lead.")
                                                                          : NULL;
  gboolean custom = member != NULL && g_str_has_prefix (member, "custom.");
  WfJsonWriter *writer = begin ("lead.updated");

  if (member != NULL)
    {
      wf_json_writer_begin_object (writer, "lead");
      if (custom)
        wf_json_writer_begin_object (writer, "custom");
      if (value != NULL)
        wf_json_writer_add_value (writer, custom ? member + strlen ("custom.") : member, value);
      if (custom)
        wf_json_writer_end (writer);
      wf_json_writer_end (writer);
      wf_json_writer_begin_object (writer, "changes");
      wf_json_writer_begin_array (writer, field);
      wf_json_writer_add_null (writer, NULL);
      if (value != NULL)
        wf_json_writer_add_value (writer, NULL, value);
      wf_json_writer_end (writer);
      wf_json_writer_end (writer);
    }
  end (emissions, step, writer);
  if (g_strcmp0 (field, "lead.stage") == 0)
    add_member (emissions, step, "lead.stage-changed", "lead", "stage", value, "stage_to");
  else if (g_strcmp0 (field, "lead.owner") == 0)
    add_member (emissions, step, "lead.reassigned", "lead", "owner", value, "owner_to");
  else if (g_strcmp0 (field, "lead.score") == 0)
    add_member (emissions, step, "lead.score-changed", "lead", "score", value, "score_to");
}

static void
add_mail (GPtrArray *emissions, const WfStep *step)
{
  if (wf_step_get_flag (step, "track-opening"))
    add_plain (emissions, step, "email.opened");
  add_plain (emissions, step, "email.link-clicked");
  add_plain (emissions, step, "email.replied");
}

static void
add_emissions (WfStep *step, gpointer user_data)
{
  GPtrArray *emissions = user_data;

  switch (step->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
    case WF_STEP_REQUEST_APPROVAL:
      add_activity (emissions, step);
      if (step->kind == WF_STEP_SCHEDULE_MEETING)
        add_plain (emissions, step, "meeting.scheduled");
      break;
    case WF_STEP_CHANGE_STAGE:
      add_stage (emissions, step);
      break;
    case WF_STEP_CHANGE_RESPONSIBLE:
      add_responsible (emissions, step);
      break;
    case WF_STEP_SET_FIELD:
      add_update (emissions, step);
      break;
    case WF_STEP_ADD_SCORE:
      add_plain (emissions, step, "lead.score-changed");
      break;
    case WF_STEP_SEND_EMAIL:
      add_mail (emissions, step);
      break;
    case WF_STEP_SEND_MESSAGE:
      add_plain (emissions, step, "message.received");
      break;
    case WF_STEP_DELETE_RECORD:
      if (g_strcmp0 (wf_step_get_text (step, "record"), "deal") != 0)
        add_plain (emissions, step, "lead.deleted");
      break;
    case WF_STEP_NOTIFY:
    case WF_STEP_WAIT:
    case WF_STEP_BRANCH:
    case WF_STEP_POST_TO_STREAM:
    case WF_STEP_ADD_TO_AUDIENCE:
    case WF_STEP_WEBHOOK:
    case WF_STEP_CONTROL:
    case WF_STEP_CLOSE_ACTIVITIES: /* "no longer needed" is no event */
    case WF_STEP_OTHER:
      break;
    }
}

GPtrArray *
wf_health_list_emissions (const WfWorkflow *workflow)
{
  GPtrArray *emissions = g_ptr_array_new_with_free_func (emission_free);

  wf_workflow_foreach_step (workflow, add_emissions, emissions);
  return emissions;
}

/* ---- whether conditions can hold ---- */

static gboolean
is_about_change (const WfCondition *test)
{
  WfOperator op = wf_condition_get_operator (test);

  return op == WF_OP_CHANGED || op == WF_OP_CHANGED_TO;
}

/* An update tells which field changed: another did not. */
static gboolean
test_may_hold (const WfHealthEmission *self, const WfCondition *test,
               const WfConditionContext *context)
{
  const WfJson *changes = wf_json_get_member (wf_event_get_data (self->event), "changes");
  const char *field = wf_condition_get_field (test);
  gboolean changed = wf_json_get_member (changes, field) != NULL;

  if (is_about_change (test) && changes != NULL)
    return changed && (wf_condition_get_operator (test) == WF_OP_CHANGED ||
                       wf_json_get_size (wf_json_get_member (changes, field)) < 2 ||
                       wf_condition_holds (test, context, NULL));
  if (wf_event_get_field (self->event, field) == NULL || g_str_has_prefix (field, "event."))
    return TRUE;
  return wf_condition_holds (test, context, NULL);
}

static gboolean
may_hold (const WfHealthEmission *self, const WfCondition *condition,
          const WfConditionContext *context)
{
  guint n;

  if (condition == NULL)
    return TRUE;
  n = wf_condition_get_n_children (condition);
  switch (wf_condition_get_kind (condition))
    {
    case WF_CONDITION_TEST:
      return test_may_hold (self, condition, context);
    case WF_CONDITION_ALL:
      for (guint i = 0; i < n; i++)
        if (!may_hold (self, wf_condition_get_child (condition, i), context))
          return FALSE;
      return TRUE;
    case WF_CONDITION_ANY:
      for (guint i = 0; i < n; i++)
        if (may_hold (self, wf_condition_get_child (condition, i), context))
          return TRUE;
      return FALSE;
    case WF_CONDITION_NONE:
      return TRUE; /* what is not told may keep each of them from holding */
    }
  g_assert_not_reached ();
}

gboolean
wf_health_emission_may_start (const WfHealthEmission *self, const WfWorkflow *workflow,
                              const WfOrganisation *organisation)
{
  const WfConditionContext context = {
    .event = self->event,
    .organisation = organisation,
    .now = wf_event_get_time (self->event),
  };

  return strcmp (wf_event_get_event_type (self->event), workflow->event) == 0 &&
         may_hold (self, workflow->conditions, &context);
}

/* ---- whether one condition says another ---- */

/* "Source is web" says "Source is one of web, phone", and "Source is filled in". Numbers: "at least
 * 90" says "at least 80". */
static gboolean
test_implies (const WfCondition *narrow, const WfCondition *wide)
{
  const WfJson *value = wf_condition_get_value (narrow), *other = wf_condition_get_value (wide);
  WfOperator op = wf_condition_get_operator (narrow), asked = wf_condition_get_operator (wide);

  if (strcmp (wf_condition_get_field (narrow), wf_condition_get_field (wide)) != 0)
    return FALSE;
  if (op == WF_OP_EQ && asked == WF_OP_IN)
    {
      for (guint i = 0; i < wf_json_get_size (other); i++)
        if (wf_json_equal (value, wf_json_get_element (other, i)))
          return TRUE;
      return FALSE;
    }
  if (asked == WF_OP_IS_SET)
    return op != WF_OP_IS_EMPTY && op != WF_OP_NE && op != WF_OP_NOT_IN && op != WF_OP_CHANGED;
  if (!wf_json_is (value, WF_JSON_NUMBER) || !wf_json_is (other, WF_JSON_NUMBER))
    return FALSE;
  if (asked == WF_OP_GE && (op == WF_OP_GE || op == WF_OP_GT || op == WF_OP_EQ))
    return wf_json_get_double (value, 0) >= wf_json_get_double (other, 0);
  if (asked == WF_OP_LE && (op == WF_OP_LE || op == WF_OP_LT || op == WF_OP_EQ))
    return wf_json_get_double (value, 0) <= wf_json_get_double (other, 0);
  return FALSE;
}

static gboolean
implies_one (const WfCondition *narrow, const WfCondition *wide)
{
  if (wf_condition_equal (narrow, wide))
    return TRUE;
  return wf_condition_get_kind (narrow) == WF_CONDITION_TEST &&
         wf_condition_get_kind (wide) == WF_CONDITION_TEST && test_implies (narrow, wide);
}

/* One of those that all hold in narrow says it. */
static gboolean
implies_part (const WfCondition *narrow, const WfCondition *wide)
{
  if (narrow == NULL)
    return FALSE;
  if (implies_one (narrow, wide))
    return TRUE;
  if (wf_condition_get_kind (narrow) != WF_CONDITION_ALL)
    return FALSE;
  for (guint i = 0; i < wf_condition_get_n_children (narrow); i++)
    if (implies_part (wf_condition_get_child (narrow, i), wide))
      return TRUE;
  return FALSE;
}

gboolean
wf_health_condition_implies (const WfCondition *narrow, const WfCondition *wide)
{
  if (wide == NULL)
    return TRUE;
  if (wf_condition_get_kind (wide) != WF_CONDITION_ALL)
    return implies_part (narrow, wide);
  for (guint i = 0; i < wf_condition_get_n_children (wide); i++)
    if (!wf_health_condition_implies (narrow, wf_condition_get_child (wide, i)))
      return FALSE;
  return TRUE;
}
