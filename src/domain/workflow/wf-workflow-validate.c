/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that must hold before a workflow can run (R14-R24, R96, S6, S27): the whole, its
 * trigger, and how its steps hang together. Paths are those of the document. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-validate-private.h"

#include "wf-event-catalogue.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>

#define TICK_EVENT "schedule.tick"

gboolean
wf_check_is_new (const WfJsonCursor *place)
{
  g_autofree char *path = NULL;

  if (place->problems == NULL)
    return FALSE;
  path = wf_json_cursor_dup_path (place);
  return wf_problems_find_below (place->problems, path) == NULL;
}

void
wf_check_missing (const WfJsonCursor *place, const char *reason)
{
  if (wf_check_is_new (place))
    wf_json_cursor_problem (place, "missing", "%s", reason);
}

gboolean
wf_check_is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\n\r")] == '\0';
}

gboolean
wf_check_has_control_character (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      return TRUE;
  return FALSE;
}

void
wf_check_length (const WfJsonCursor *place, const char *text, glong most)
{
  glong length = text != NULL ? g_utf8_strlen (text, -1) : 0;

  if (length > most)
    wf_json_cursor_problem (place, "too-long",
                            ngettext ("This has %ld characters, but %ld character is the most.",
                                      "This has %ld characters, but %ld characters are the most.",
                                      (gulong) most),
                            length, most);
}

static void
check_member_length (const WfJsonCursor *owner, const char *name, const char *text, glong most)
{
  WfJsonCursor place = wf_json_cursor_member (owner, name);

  wf_check_length (&place, text, most);
}

/* ---- steps ---- */

static void
check_run (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor, gboolean first)
{
  WfJsonCursor run = wf_json_cursor_member (cursor, "run");
  WfJsonCursor mode = wf_json_cursor_member (&run, "mode");
  WfJsonCursor delay = wf_json_cursor_member (&run, "delay");
  WfJsonCursor field = wf_json_cursor_member (&run, "field");
  WfJsonCursor offset = wf_json_cursor_member (&run, "offset");

  wf_check_duration (&delay, step->run.delay, step->run.mode == WF_RUN_DELAY);
  wf_check_duration (&offset, step->run.offset, step->run.mode == WF_RUN_BEFORE);
  if (step->run.mode == WF_RUN_BEFORE)
    wf_check_date_field (self, &field, step->run.field);
  if (step->run.mode == WF_RUN_AFTER_PREVIOUS && first)
    wf_json_cursor_problem (
        &mode, "previous-missing", "%s",
        _ ("The first step of a sequence has no previous step that it could follow."));
}

static void check_steps (WfCheck *self, GPtrArray *steps, const WfJsonCursor *owner, guint depth);

static void
check_path (WfCheck *self, const WfPath *path, const WfJsonCursor *cursor, guint depth)
{
  WfJsonCursor condition = wf_json_cursor_member (cursor, "if");

  check_member_length (cursor, "name", path->name, WF_CHECK_MOST_NAME);
  wf_check_condition (self, path->condition, path->extra, &condition);
  if (path->condition != NULL && wf_condition_get_kind (path->condition) != WF_CONDITION_TEST &&
      wf_condition_get_n_children (path->condition) == 0)
    wf_json_cursor_warning (&condition, "condition-empty", "%s",
                            wf_condition_get_kind (path->condition) == WF_CONDITION_ANY
                                ? _ ("This condition is empty: the path is never taken.")
                                : _ ("This condition is empty: the path is always taken."));
  check_steps (self, path->steps, cursor, depth + 1);
}

static gboolean
is_always_taken (const WfPath *path)
{
  return path->condition == NULL &&
         (path->extra == NULL ||
          wf_json_get_member (wf_json_document_get_root (path->extra), "if") == NULL);
}

static void
check_branch (WfCheck *self, const WfStep *step, const WfJsonCursor *cursor, guint depth)
{
  WfJsonCursor paths = wf_json_cursor_member (cursor, "paths");
  gboolean closed = FALSE, approval_above = self->approval_above, approval_below = FALSE;

  if (step->paths->len == 0 && wf_check_is_new (&paths))
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
      self->approval_above = approval_above;
      check_path (self, path, &place, depth);
      approval_below |= self->approval_above;
    }
  self->approval_above = approval_above || approval_below;
}

/* The id is a line of the effect key's name (S15), so it must be one line. */
static void
check_step_id (WfCheck *self, const WfStep *step, const WfJsonCursor *cursor)
{
  WfJsonCursor id = wf_json_cursor_member (cursor, "id");

  if (wf_check_is_blank (step->id))
    wf_check_missing (&id, _ ("The step has no id."));
  else if (wf_check_has_control_character (step->id))
    wf_json_cursor_problem (&id, "wrong-text", "%s",
                            _ ("This text contains a character that is not allowed."));
  else if (!g_hash_table_add (self->ids, step->id))
    wf_json_cursor_problem (&id, "duplicate-id", _ ("The id “%s” is used twice."), step->id);
  check_member_length (cursor, "id", step->id, WF_CHECK_MOST_ID);
}

static void
check_other (const WfStep *step, const WfJsonCursor *cursor)
{
  WfJsonCursor kind = wf_json_cursor_member (cursor, "kind");

  if (step->kind_name[0] == '\0')
    {
      if (wf_check_is_new (cursor))
        wf_check_missing (&kind, _ ("It is not said what the step does."));
      return;
    }
  wf_json_cursor_problem (
      &kind, "step-kind-unsupported",
      _ ("This version of the program cannot carry out steps of the kind “%s”. The workflow is held."),
      step->kind_name);
}

static void
check_step (WfCheck *self, const WfStep *step, const WfJsonCursor *cursor, gboolean first,
            guint depth)
{
  check_step_id (self, step, cursor);
  check_run (self, step, cursor, first);
  switch (step->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
      wf_check_activity_step (self, step, cursor);
      break;
    case WF_STEP_NOTIFY:
      wf_check_notify_step (self, &step->notify, cursor);
      break;
    case WF_STEP_WAIT:
      wf_check_wait_step (self, step, cursor);
      break;
    case WF_STEP_BRANCH:
      check_branch (self, step, cursor, depth);
      break;
    case WF_STEP_OTHER:
      check_other (step, cursor);
      break;
    default:
      wf_check_settings_step (self, step, cursor);
      break;
    }
  self->approval_above |= step->kind == WF_STEP_REQUEST_APPROVAL;
}

static void
check_steps (WfCheck *self, GPtrArray *steps, const WfJsonCursor *owner, guint depth)
{
  WfJsonCursor list = wf_json_cursor_member (owner, "steps");

  if (depth > WF_WORKFLOW_MOST_DEPTH && steps->len > 0)
    {
      if (wf_check_is_new (&list))
        wf_json_cursor_problem (&list, "too-deep",
                                _ ("Branches can be nested %d levels deep at most."),
                                WF_WORKFLOW_MOST_DEPTH);
      return;
    }
  for (guint i = 0; i < steps->len; i++)
    {
      WfJsonCursor place = wf_json_cursor_element (&list, i);

      if (++self->n_steps == WF_WORKFLOW_MOST_STEPS + 1)
        wf_json_cursor_problem (&place, "too-many-steps",
                                _ ("A workflow can have %d steps at most."),
                                WF_WORKFLOW_MOST_STEPS);
      check_step (self, g_ptr_array_index (steps, i), &place, i == 0, depth);
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

  if (self->format != WF_WORKFLOW_FORMAT && wf_check_is_new (&format))
    wf_json_cursor_problem (
        &format, "format-newer", "%s",
        _ ("This file was made by a newer version of the program: only format 1 can be read."));
  if (wf_check_is_blank (self->id))
    wf_check_missing (&id, _ ("The workflow has no id."));
  else if (!wf_uuid_is_valid (self->id))
    wf_json_cursor_warning (
        &id, "id-not-uuid", "%s",
        _ ("The id of a workflow should be a UUID, so that no other has the same."));
  if (wf_check_is_blank (self->name))
    wf_check_missing (&name, _ ("The workflow has no name."));
  check_member_length (root, "name", self->name, WF_CHECK_MOST_NAME);
  check_member_length (root, "objective", self->objective, WF_CHECK_MOST_OBJECTIVE);
  if (self->version < 1 && wf_check_is_new (&version))
    wf_json_cursor_problem (&version, "out-of-range", "%s", _ ("Versions are counted from 1."));
}

/* S11 */
static void
check_fallback_person (const WfCheck *self, const WfJsonCursor *root)
{
  WfJsonCursor place = wf_json_cursor_member (root, "fallback-person");
  const char *id = self->workflow->fallback_person;

  if (id == NULL)
    return;
  if (wf_check_is_blank (id))
    wf_check_missing (&place, _ ("This is empty."));
  else
    wf_check_person (self, &place, id);
}

static void
check_event (const WfCheck *self, const WfJsonCursor *trigger)
{
  WfJsonCursor event = wf_json_cursor_member (trigger, "event");

  if (wf_check_is_blank (self->workflow->event))
    {
      if (wf_check_is_new (trigger))
        wf_check_missing (&event, _ ("Choose the event that starts the workflow."));
    }
  else
    {
      wf_check_event_type (self, &event, self->workflow->event);
    }
}

static gboolean
is_kept (WfJsonDocument *extra, const char *name)
{
  return extra != NULL && wf_json_get_member (wf_json_document_get_root (extra), name) != NULL;
}

/* R127. What cannot be read was named by reading, but an editor's workflow was not read. */
static void
check_schedule (const WfCheck *self, const WfJsonCursor *trigger)
{
  const WfWorkflow *workflow = self->workflow;
  WfJsonCursor schedule = wf_json_cursor_member (trigger, "schedule");
  WfJsonCursor for_each = wf_json_cursor_member (trigger, "for-each");
  gboolean unreadable = workflow->schedule == NULL && is_kept (workflow->trigger_extra, "schedule");
  gboolean ticks = g_str_equal (workflow->event, TICK_EVENT);

  if (unreadable && wf_check_is_new (&schedule))
    wf_json_cursor_problem (&schedule, "schedule-unreadable", "%s",
                            _ ("This schedule cannot be read."));
  else if (ticks && workflow->schedule == NULL && !unreadable)
    wf_check_missing (&schedule, _ ("It is not said at which times the workflow starts."));
  if (!ticks && (workflow->schedule != NULL || unreadable))
    wf_json_cursor_problem (&schedule, "schedule-event",
                            _ ("Only a workflow that starts with the event “%s” has a schedule."),
                            wf_event_type_to_text (TICK_EVENT));
  if (workflow->for_each_lead && workflow->schedule == NULL && !unreadable)
    wf_json_cursor_problem (&for_each, "for-each-without-schedule", "%s",
                            _ ("Only a workflow with a schedule can start for each lead."));
}

/* The date of a schedule is one of the lead: there is no event before it starts. */
static void
check_schedule_date (const WfCheck *self, const WfJsonCursor *trigger)
{
  WfJsonCursor schedule = wf_json_cursor_member (trigger, "schedule");
  WfJsonCursor date = wf_json_cursor_member (&schedule, "date");
  const char *field = self->workflow->schedule != NULL
                          ? wf_schedule_get_date_field (self->workflow->schedule)
                          : NULL;

  if (field == NULL)
    return;
  if (g_str_has_prefix (field, "lead."))
    wf_check_date_field (self, &date, field);
  else
    wf_json_cursor_problem (&date, "not-of-lead", _ ("“%s” is no date of the lead."),
                            wf_field_to_text (field));
}

static void
check_trigger (const WfCheck *self, const WfJsonCursor *root)
{
  WfJsonCursor trigger = wf_json_cursor_member (root, "trigger");
  WfJsonCursor conditions = wf_json_cursor_member (&trigger, "conditions");

  check_event (self, &trigger);
  wf_check_condition (self, self->workflow->conditions, self->workflow->trigger_extra, &conditions);
  check_schedule (self, &trigger);
  check_schedule_date (self, &trigger);
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
  WfCheck check = {
    .workflow = self,
    .organisation = organisation,
    .event_known = wf_event_catalogue_find (self->event) != NULL,
    .has_lead = self->schedule == NULL || wf_workflow_is_for_each_lead (self),
    .ids = ids,
  };

  check_identity (self, &root);
  check_fallback_person (&check, &root);
  check_trigger (&check, &root);
  if (self->steps->len == 0 && wf_check_is_new (&steps))
    wf_json_cursor_warning (&steps, "no-steps", "%s",
                            _ ("The workflow has no steps yet: it does nothing."));
  check_steps (&check, self->steps, &root, 0);
}
