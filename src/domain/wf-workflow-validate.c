/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that must hold before a workflow can run (R14-R24, R96, S6, S27). Paths are those
 * of the document. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-private.h"

#include "wf-event-catalogue.h"
#include "wf-merge-text.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longest texts, in characters. */
#define MOST_NAME 200
#define MOST_OBJECTIVE 2000
#define MOST_TEXT 10000
#define MOST_ID 100

#define PERSON_PREFIX "person:"

typedef struct
{
  const WfWorkflow *workflow;
  const WfOrganisation *organisation; /* (nullable) */
  gboolean event_known;               /* the catalogue has the trigger's type */
  GHashTable *ids;                    /* (owned) borrowed step ids */
  guint n_steps;
} Check;

/* Reading may have named the place already: one mistake is one problem. */
static gboolean
is_new (const WfJsonCursor *place)
{
  g_autofree char *path = NULL;

  if (place->problems == NULL)
    return FALSE;
  path = wf_json_cursor_dup_path (place);
  return wf_problems_find_below (place->problems, path) == NULL;
}

static void
add_missing (const WfJsonCursor *place, const char *reason)
{
  if (is_new (place))
    wf_json_cursor_problem (place, "missing", "%s", reason);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\n\r")] == '\0';
}

static void
check_length (const WfJsonCursor *owner, const char *name, const char *text, glong most)
{
  WfJsonCursor place = wf_json_cursor_member (owner, name);
  glong length = text != NULL ? g_utf8_strlen (text, -1) : 0;

  if (length > most)
    wf_json_cursor_problem (&place, "too-long",
                            ngettext ("This has %ld characters, but %ld character is the most.",
                                      "This has %ld characters, but %ld characters are the most.",
                                      (gulong) most),
                            length, most);
}

static void
check_merge_text (const Check *check, const WfJsonCursor *owner, const char *name, const char *text)
{
  WfJsonCursor place = wf_json_cursor_member (owner, name);
  g_autofree char *path = NULL;

  if (text == NULL || place.problems == NULL)
    return;
  path = wf_json_cursor_dup_path (&place);
  wf_merge_text_check (text, check->workflow->event, path, place.problems);
}

/* A duration of an editor's workflow can be out of range; that of a document was read already. */
static void
check_duration (const WfJsonCursor *owner, const char *name, WfDuration duration, gboolean required)
{
  WfJsonCursor place = wf_json_cursor_member (owner, name);
  WfJsonCursor amount = wf_json_cursor_member (&place, "amount");

  if (duration.amount == 0 && required)
    add_missing (&place, _ ("An amount of time is missing here."));
  else if ((duration.amount < 0 || duration.amount > WF_DURATION_MOST_AMOUNT) && is_new (&amount))
    wf_json_cursor_problem (&amount, "amount-out-of-range",
                            _ ("The amount must be between 1 and %d."), WF_DURATION_MOST_AMOUNT);
}

/* What a date is counted from must be a date that this event has. */
static void
check_date_field (const Check *check, const WfJsonCursor *owner, const char *name,
                  const char *field)
{
  WfJsonCursor place = wf_json_cursor_member (owner, name);
  const WfFieldInfo *info = wf_field_find (field);

  if (is_blank (field))
    add_missing (&place, _ ("It is not said which date counts."));
  else if (info != NULL && info->type != WF_FIELD_DATE_TIME)
    wf_json_cursor_problem (&place, "not-a-date", _ ("“%s” is not a date."),
                            wf_field_to_text (field));
  else if (check->event_known && !wf_event_catalogue_carries (check->workflow->event, field))
    wf_json_cursor_problem (&place, info != NULL ? "field-not-carried" : "unknown-field",
                            _ ("The event “%s” has no field “%s”."),
                            wf_event_type_to_text (check->workflow->event),
                            wf_field_to_text (field));
}

static gboolean
has_entries (const Check *check, WfEntryKind kind)
{
  guint n = 0;

  if (check->organisation != NULL)
    wf_organisation_get_entries (check->organisation, kind, &n);
  return n > 0;
}

static void
check_group (const Check *check, const WfJsonCursor *place, const char *group)
{
  if (check->organisation != NULL &&
      wf_organisation_get_entry (check->organisation, WF_ENTRY_GROUP, group) == NULL)
    wf_json_cursor_problem (place, "unknown-group", _ ("The organisation has no group “%s”."),
                            group);
}

static void
check_person (const Check *check, const WfJsonCursor *place, const char *id)
{
  const WfPerson *person;

  if (check->organisation == NULL)
    return;
  person = wf_organisation_get_person (check->organisation, id);
  if (person == NULL)
    wf_json_cursor_problem (place, "unknown-person", _ ("The organisation has no person “%s”."),
                            id);
  else if (!person->active)
    wf_json_cursor_warning (place, "inactive-person", _ ("%s is not active."), person->name);
}

/* ---- conditions ---- */

static void
check_condition_field (const Check *check, const WfCondition *test, const WfJsonCursor *cursor)
{
  WfJsonCursor place = wf_json_cursor_member (cursor, "field");
  const char *field = wf_condition_get_field (test);

  if (!check->event_known || wf_event_catalogue_carries (check->workflow->event, field))
    return;
  wf_json_cursor_warning (&place,
                          wf_field_find (field) != NULL ? "field-not-carried" : "unknown-field",
                          _ ("The event “%s” has no field “%s”; it counts as empty."),
                          wf_event_type_to_text (check->workflow->event), wf_field_to_text (field));
}

/* Somebody may have left since: such a comparison works, but nobody will match it. */
static void
check_compared_id (const Check *check, const WfCondition *test, const WfJsonCursor *place,
                   const WfJson *value)
{
  const WfFieldInfo *info = wf_field_find (wf_condition_get_field (test));
  const char *id = wf_json_get_string (value);

  if (id == NULL || id[0] == '\0')
    return;
  if (wf_condition_get_operator (test) == WF_OP_MEMBER_OF)
    check_group (check, place, id);
  else if (info == NULL || wf_condition_get_operator (test) == WF_OP_CONTAINS ||
           wf_condition_get_operator (test) == WF_OP_STARTS_WITH)
    return;
  else if (info->type == WF_FIELD_PERSON && strcmp (info->id, "actor") != 0 &&
           wf_organisation_get_person (check->organisation, id) == NULL)
    wf_json_cursor_warning (place, "unknown-person", _ ("The organisation has no person “%s”."),
                            id);
  else if (info->type == WF_FIELD_GROUP &&
           wf_organisation_get_entry (check->organisation, WF_ENTRY_GROUP, id) == NULL)
    wf_json_cursor_warning (place, "unknown-group", _ ("The organisation has no group “%s”."), id);
  else if (info->type == WF_FIELD_STAGE &&
           wf_organisation_get_stage (check->organisation, id) == NULL)
    wf_json_cursor_warning (place, "unknown-stage", _ ("The organisation has no stage “%s”."), id);
}

static void
check_test (const Check *check, const WfCondition *test, const WfJsonCursor *cursor)
{
  WfJsonCursor place = wf_json_cursor_member (cursor, "value");
  const WfJson *value = wf_condition_get_value (test), *element;
  WfJsonIter iter;

  check_condition_field (check, test, cursor);
  if (check->organisation == NULL)
    return;
  check_compared_id (check, test, &place, value);
  if (!wf_json_is (value, WF_JSON_ARRAY))
    return;
  wf_json_iter_init (&iter, value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &element); i++)
    {
      WfJsonCursor one = wf_json_cursor_element (&place, i);

      check_compared_id (check, test, &one, element);
    }
}

static void
check_tests (const Check *check, const WfCondition *condition, const WfJsonCursor *cursor)
{
  static const char *const names[] = { "all", "any", "none" };
  WfConditionKind kind = wf_condition_get_kind (condition);
  WfJsonCursor list;

  if (kind == WF_CONDITION_TEST)
    {
      check_test (check, condition, cursor);
      return;
    }
  list = wf_json_cursor_member (cursor, names[kind]);
  for (guint i = 0; i < wf_condition_get_n_children (condition); i++)
    {
      WfJsonCursor element = wf_json_cursor_element (&list, i);

      check_tests (check, wf_condition_get_child (condition, i), &element);
    }
}

/* extra: where reading has kept what it could not read. */
static void
check_condition (const Check *check, const WfCondition *condition, WfJsonDocument *extra,
                 const WfJsonCursor *owner, const char *name)
{
  WfJsonCursor place = wf_json_cursor_member (owner, name);

  if (condition != NULL)
    check_tests (check, condition, &place);
  else if (extra != NULL && wf_json_get_member (wf_json_document_get_root (extra), name) != NULL &&
           is_new (&place))
    wf_json_cursor_problem (&place, "condition-unreadable", "%s",
                            _ ("This condition cannot be read."));
}

/* ---- steps ---- */

static void
check_run (const Check *check, const WfStep *step, const WfJsonCursor *cursor, gboolean first)
{
  WfJsonCursor run = wf_json_cursor_member (cursor, "run");
  WfJsonCursor mode = wf_json_cursor_member (&run, "mode");

  check_duration (&run, "delay", step->run.delay, step->run.mode == WF_RUN_DELAY);
  check_duration (&run, "offset", step->run.offset, step->run.mode == WF_RUN_BEFORE);
  if (step->run.mode == WF_RUN_BEFORE)
    check_date_field (check, &run, "field", step->run.field);
  if (step->run.mode == WF_RUN_AFTER_PREVIOUS && first)
    wf_json_cursor_problem (
        &mode, "previous-missing", "%s",
        _ ("The first step of a sequence has no previous step that it could follow."));
}

/* In minutes, only to compare two durations for a warning. */
static gint64
get_rough_minutes (WfDuration duration)
{
  static const gint64 minutes[] = { 1, 60, 24 * 60, 7 * 24 * 60, 30 * 24 * 60 };

  return duration.amount * minutes[duration.unit];
}

static void
check_complete_within (const Check *check, const WfCreateActivity *self, const WfJsonCursor *cursor)
{
  WfJsonCursor within = wf_json_cursor_member (cursor, "complete-within");
  WfJsonCursor amount = wf_json_cursor_member (&within, "amount");
  WfJsonCursor notify = wf_json_cursor_member (cursor, "notify");
  g_autofree char *text = NULL;

  check_duration (cursor, "complete-within", self->complete_within, TRUE);
  check_duration (cursor, "notify", self->notify, FALSE);
  if (self->before != NULL)
    {
      check_date_field (check, &within, "before", self->before);
      return; /* the minimum is about time after an event (A1) */
    }
  if (!wf_duration_is_set (self->complete_within))
    return;
  if (wf_duration_is_below_minimum (self->complete_within) && is_new (&amount))
    {
      text = wf_duration_to_text (self->complete_within);
      wf_json_cursor_problem (&amount, "duration-too-short",
                              _ ("Complete within must be at least 30 minutes; this is %s."), text);
    }
  if (get_rough_minutes (self->notify) >= get_rough_minutes (self->complete_within))
    wf_json_cursor_warning (
        &notify, "notify-too-long", "%s",
        _ ("The notification is as long before the deadline as the deadline itself: it comes at once."));
}

static void
check_permission (const Check *check, const WfCreateActivity *self, const WfJsonCursor *cursor)
{
  WfJsonCursor permission = wf_json_cursor_member (cursor, "permission");
  WfJsonCursor groups = wf_json_cursor_member (&permission, "groups");

  if (self->scope != WF_PERMISSION_GROUPS)
    return;
  if ((self->groups == NULL || self->groups[0] == NULL) && is_new (&groups))
    wf_json_cursor_problem (&groups, "groups-missing", "%s",
                            _ ("Choose at least one group, or permit it for all."));
  for (guint i = 0; self->groups != NULL && self->groups[i] != NULL; i++)
    {
      WfJsonCursor group = wf_json_cursor_element (&groups, i);

      if (self->groups[i][0] == '\0')
        add_missing (&group, _ ("This is empty."));
      else
        check_group (check, &group, self->groups[i]);
    }
}

static void
check_create_activity (const Check *check, const WfCreateActivity *self, const WfJsonCursor *cursor)
{
  WfJsonCursor type = wf_json_cursor_member (cursor, "activity-type");

  if (is_blank (self->activity_type))
    add_missing (&type, _ ("The type of the activity is missing."));
  else if (has_entries (check, WF_ENTRY_ACTIVITY_TYPE) &&
           wf_organisation_get_entry (check->organisation, WF_ENTRY_ACTIVITY_TYPE,
                                      self->activity_type) == NULL)
    wf_json_cursor_problem (&type, "unknown-activity-type",
                            _ ("The organisation has no activity type “%s”."), self->activity_type);
  check_complete_within (check, self, cursor);
  check_permission (check, self, cursor);
  check_length (cursor, "notes", self->notes, MOST_TEXT);
  check_merge_text (check, cursor, "notes", self->notes);
}

static void
check_notify (const Check *check, const WfNotify *self, const WfJsonCursor *cursor)
{
  WfJsonCursor text = wf_json_cursor_member (cursor, "text");
  WfJsonCursor recipient = wf_json_cursor_member (cursor, "recipient");
  WfJsonCursor sender = wf_json_cursor_member (cursor, "sender");

  if (is_blank (self->text))
    add_missing (&text, _ ("The text of the notification is missing."));
  check_length (cursor, "text", self->text, MOST_TEXT);
  check_merge_text (check, cursor, "text", self->text);
  if (g_str_has_prefix (self->recipient, PERSON_PREFIX) &&
      self->recipient[strlen (PERSON_PREFIX)] != '\0')
    check_person (check, &recipient, self->recipient + strlen (PERSON_PREFIX));
  else if (!g_str_equal (self->recipient, "responsible") &&
           !g_str_equal (self->recipient, "manager"))
    wf_json_cursor_problem (
        &recipient, "unknown-recipient",
        _ ("“%s” is no recipient. Write “responsible”, “manager” or “person:” and a person’s id."),
        self->recipient);
  if (self->sender != NULL)
    check_person (check, &sender, self->sender);
}

static void
check_wait (const Check *check, const WfStep *step, const WfJsonCursor *cursor)
{
  const WfWait *self = &step->wait;
  WfJsonCursor condition = wf_json_cursor_member (cursor, "until-condition");

  check_duration (cursor, "for", self->duration, FALSE);
  check_duration (cursor, "time-out", self->time_out, self->kind == WF_WAIT_UNTIL_CONDITION);
  check_condition (check, self->condition, step->extra, cursor, "until-condition");
  if (self->kind == WF_WAIT_UNTIL)
    check_date_field (check, cursor, "until", self->until);
  else if (self->kind == WF_WAIT_UNTIL_CONDITION && self->condition == NULL)
    add_missing (&condition, _ ("It is not said what the step waits for."));
  else if (self->kind == WF_WAIT_FOR && self->duration.amount == 0 && is_new (cursor))
    check_duration (cursor, "for", self->duration, TRUE);
}

static void check_steps (Check *check, GPtrArray *steps, const WfJsonCursor *owner, guint depth);

static void
check_path (Check *check, const WfPath *path, const WfJsonCursor *cursor, guint depth)
{
  WfJsonCursor condition = wf_json_cursor_member (cursor, "if");

  check_length (cursor, "name", path->name, MOST_NAME);
  check_condition (check, path->condition, path->extra, cursor, "if");
  if (path->condition != NULL && wf_condition_get_kind (path->condition) != WF_CONDITION_TEST &&
      wf_condition_get_n_children (path->condition) == 0)
    wf_json_cursor_warning (&condition, "condition-empty", "%s",
                            wf_condition_get_kind (path->condition) == WF_CONDITION_ANY
                                ? _ ("This condition is empty: the path is never taken.")
                                : _ ("This condition is empty: the path is always taken."));
  check_steps (check, path->steps, cursor, depth + 1);
}

static gboolean
is_always_taken (const WfPath *path)
{
  return path->condition == NULL &&
         (path->extra == NULL ||
          wf_json_get_member (wf_json_document_get_root (path->extra), "if") == NULL);
}

static void
check_branch (Check *check, const WfStep *step, const WfJsonCursor *cursor, guint depth)
{
  WfJsonCursor paths = wf_json_cursor_member (cursor, "paths");
  gboolean closed = FALSE;

  if (step->paths->len == 0 && is_new (&paths))
    wf_json_cursor_problem (&paths, "branch-empty", "%s", _ ("A branch needs at least one path."));
  for (guint i = 0; i < step->paths->len; i++)
    {
      const WfPath *path = g_ptr_array_index (step->paths, i);
      WfJsonCursor place = wf_json_cursor_element (&paths, i);

      if (closed)
        wf_json_cursor_warning (
            &place, "path-unreachable", "%s",
            _ ("This path is never taken: the one before it has no condition and is always taken."));
      closed |= is_always_taken (path);
      check_path (check, path, &place, depth);
    }
}

/* The id is a line of the effect key's name (S15), so it must be one line. */
static gboolean
has_control_character (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      return TRUE;
  return FALSE;
}

static void
check_step_id (Check *check, const WfStep *step, const WfJsonCursor *cursor)
{
  WfJsonCursor id = wf_json_cursor_member (cursor, "id");

  if (is_blank (step->id))
    add_missing (&id, _ ("The step has no id."));
  else if (has_control_character (step->id))
    wf_json_cursor_problem (&id, "wrong-text", "%s",
                            _ ("This text contains a character that is not allowed."));
  else if (!g_hash_table_add (check->ids, step->id))
    wf_json_cursor_problem (&id, "duplicate-id", _ ("The id “%s” is used twice."), step->id);
  check_length (cursor, "id", step->id, MOST_ID);
}

static void
check_other (const WfStep *step, const WfJsonCursor *cursor)
{
  WfJsonCursor kind = wf_json_cursor_member (cursor, "kind");

  if (step->kind_name[0] == '\0')
    {
      if (is_new (cursor))
        add_missing (&kind, _ ("It is not said what the step does."));
      return;
    }
  wf_json_cursor_problem (
      &kind, "step-kind-unsupported",
      _ ("This version of the program cannot carry out steps of the kind “%s”. The workflow is held."),
      step->kind_name);
}

static void
check_step (Check *check, const WfStep *step, const WfJsonCursor *cursor, gboolean first,
            guint depth)
{
  check_step_id (check, step, cursor);
  check_run (check, step, cursor, first);
  switch (step->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
      check_create_activity (check, &step->create_activity, cursor);
      break;
    case WF_STEP_NOTIFY:
      check_notify (check, &step->notify, cursor);
      break;
    case WF_STEP_WAIT:
      check_wait (check, step, cursor);
      break;
    case WF_STEP_BRANCH:
      check_branch (check, step, cursor, depth);
      break;
    case WF_STEP_OTHER:
      check_other (step, cursor);
      break;
    }
}

static void
check_steps (Check *check, GPtrArray *steps, const WfJsonCursor *owner, guint depth)
{
  WfJsonCursor list = wf_json_cursor_member (owner, "steps");

  if (depth > WF_WORKFLOW_MOST_DEPTH && steps->len > 0)
    {
      if (is_new (&list))
        wf_json_cursor_problem (&list, "too-deep",
                                _ ("Branches can be nested %d levels deep at most."),
                                WF_WORKFLOW_MOST_DEPTH);
      return;
    }
  for (guint i = 0; i < steps->len; i++)
    {
      WfJsonCursor place = wf_json_cursor_element (&list, i);

      if (++check->n_steps == WF_WORKFLOW_MOST_STEPS + 1)
        wf_json_cursor_problem (&place, "too-many-steps",
                                _ ("A workflow can have %d steps at most."),
                                WF_WORKFLOW_MOST_STEPS);
      check_step (check, g_ptr_array_index (steps, i), &place, i == 0, depth);
    }
}

/* ---- the whole ---- */

static void
check_identity (const WfWorkflow *self, const WfJsonCursor *root)
{
  WfJsonCursor format = wf_json_cursor_member (root, "format");
  WfJsonCursor id = wf_json_cursor_member (root, "id");
  WfJsonCursor name = wf_json_cursor_member (root, "name");
  WfJsonCursor version = wf_json_cursor_member (root, "version");

  if (self->format != WF_WORKFLOW_FORMAT && is_new (&format))
    wf_json_cursor_problem (
        &format, "format-newer", "%s",
        _ ("This file was made by a newer version of the program: only format 1 can be read."));
  if (is_blank (self->id))
    add_missing (&id, _ ("The workflow has no id."));
  else if (!wf_uuid_is_valid (self->id))
    wf_json_cursor_warning (
        &id, "id-not-uuid", "%s",
        _ ("The id of a workflow should be a UUID, so that no other has the same."));
  if (is_blank (self->name))
    add_missing (&name, _ ("The workflow has no name."));
  check_length (root, "name", self->name, MOST_NAME);
  check_length (root, "objective", self->objective, MOST_OBJECTIVE);
  if (self->version < 1 && is_new (&version))
    wf_json_cursor_problem (&version, "out-of-range", "%s", _ ("Versions are counted from 1."));
}

static void
check_trigger (const Check *check, const WfJsonCursor *root)
{
  const WfWorkflow *self = check->workflow;
  WfJsonCursor trigger = wf_json_cursor_member (root, "trigger");
  WfJsonCursor event = wf_json_cursor_member (&trigger, "event");

  if (is_blank (self->event))
    {
      if (is_new (&trigger))
        add_missing (&event, _ ("Choose the event that starts the workflow."));
    }
  else if (!check->event_known)
    {
      wf_json_cursor_warning (
          &event, "unknown-event",
          _ ("The event “%s” is not among the known ones. It works only if the CRM has it."),
          self->event);
    }
  check_condition (check, self->conditions, self->trigger_extra, &trigger, "conditions");
}

/**
 * wf_workflow_validate:
 * @self: the workflow
 * @organisation: (nullable): to check people, groups and types against
 * @problems: receives what is wrong; what reading put there already is not said twice
 */
void
wf_workflow_validate (const WfWorkflow *self, const WfOrganisation *organisation,
                      WfProblems *problems)
{
  WfJsonCursor root = wf_json_cursor_root (NULL, problems);
  WfJsonCursor steps = wf_json_cursor_member (&root, "steps");
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  Check check = {
    .workflow = self,
    .organisation = organisation,
    .event_known = wf_event_catalogue_find (self->event) != NULL,
    .ids = ids,
  };

  check_identity (self, &root);
  check_trigger (&check, &root);
  if (self->steps->len == 0 && is_new (&steps))
    wf_json_cursor_warning (&steps, "no-steps", "%s",
                            _ ("The workflow has no steps yet: it does nothing."));
  check_steps (&check, self->steps, &root, 0);
}
