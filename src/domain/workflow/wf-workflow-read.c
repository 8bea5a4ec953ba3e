/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading workflow documents. Only what cannot be read is a problem here; what has to be there
 * is checked by wf_workflow_validate(), which also serves workflows that an editor makes.
 * Nothing of a document is lost: what is not known, and conditions that cannot be read, are kept
 * as they are. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-private.h"

#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  guint n_steps;
} Reading;

static gboolean
has_unknown (const WfJson *object, WfKnown known)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  if (!wf_json_is (object, WF_JSON_OBJECT))
    return FALSE;
  wf_json_iter_init (&iter, object);
  while (wf_json_iter_next (&iter, &name, &value))
    {
      WfKnown inner;

      if (!wf_known_find (known, name, &inner) ||
          (inner.members != NULL && has_unknown (value, inner)))
        return TRUE;
    }
  return FALSE;
}

/* Decisions about what is under way (S12, S13) and the limit of storms are kept like unknown
 * members, but they do something: the runtime reads them. */
static gboolean
is_for_runtime (WfKnown known, const char *name)
{
  return known.members == wf_known_workflow.members &&
         (wf_workflow_is_decision (name) || g_str_equal (name, "storm-limit"));
}

/* Writes the unknown members of an object, and warns of each at its own path. quiet: not of
 * those at the top. */
static void
keep_unknown (const WfJsonCursor *cursor, WfKnown known, gboolean quiet, WfJsonWriter *writer)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, cursor->value);
  while (wf_json_iter_next (&iter, &name, &value))
    {
      WfJsonCursor place = {
        .parent = cursor, .name = name, .value = value, .problems = cursor->problems
      };
      WfKnown inner;

      if (!wf_known_find (known, name, &inner))
        {
          wf_json_writer_add_value (writer, name, value);
          if (!quiet && !is_for_runtime (known, name))
            wf_json_cursor_warning (&place, "unknown-member",
                                    _ ("“%s” is not known here. It is kept but does nothing."),
                                    name);
        }
      else if (inner.members != NULL && has_unknown (value, inner))
        {
          wf_json_writer_begin_object (writer, name);
          keep_unknown (&place, inner, FALSE, writer);
          wf_json_writer_end (writer);
        }
    }
}

/* Members that could not be read and are kept as they are. */
#define MOST_UNREADABLE 3
typedef struct
{
  const char *names[MOST_UNREADABLE];
  guint n;
} Unreadable;

static void
add_unreadable (Unreadable *self, const char *name)
{
  g_return_if_fail (self->n < MOST_UNREADABLE);
  self->names[self->n++] = name;
}

/* unreadable: nullable */
static WfJsonDocument *
read_extra (const WfJsonCursor *cursor, WfKnown known, gboolean quiet, const Unreadable *unreadable)
{
  guint n = unreadable != NULL ? unreadable->n : 0;
  g_autoptr (WfJsonWriter) writer = NULL;

  if (!has_unknown (cursor->value, known) && n == 0)
    return NULL;
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < n; i++)
    wf_json_writer_add_value (writer, unreadable->names[i],
                              wf_json_get_member (cursor->value, unreadable->names[i]));
  keep_unknown (cursor, known, quiet, writer);
  return wf_json_writer_finish_document (writer);
}

static char *
dup_text (const WfJsonCursor *cursor, const char *name, const char *fallback)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);
  const char *text = wf_json_cursor_get_string (&member, FALSE);

  return g_strdup (text != NULL ? text : fallback);
}

static gboolean
read_boolean (const WfJsonCursor *cursor, const char *name)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);

  return wf_json_cursor_get_boolean (&member, FALSE, FALSE);
}

static WfDuration
read_duration (const WfJsonCursor *cursor, const char *name)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);

  return wf_duration_read (&member, FALSE);
}

/* fallback: when missing or unknown, which is a problem of its own. */
static int
read_enum (const WfJsonCursor *cursor, const char *name, const char *const *names, int fallback)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);
  int index = wf_json_cursor_get_enum (&member, names, FALSE);

  return index >= 0 ? index : fallback;
}

/* unreadable: receives the name when there is a condition that cannot be read. */
static WfCondition *
read_condition (const WfJsonCursor *cursor, const char *name, Unreadable *unreadable)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);
  WfCondition *condition = NULL;

  if (member.value == NULL)
    return NULL;
  condition = wf_condition_read_unfinished (&member);
  if (condition == NULL)
    add_unreadable (unreadable, name);
  return condition;
}

static void
read_run (WfRunSettings *run, const WfJsonCursor *step)
{
  WfJsonCursor cursor = wf_json_cursor_member (step, "run");
  WfJsonCursor mode = wf_json_cursor_member (&cursor, "mode");
  int index;

  run->explicit = cursor.value != NULL;
  if (cursor.value == NULL || !wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    return;
  index = wf_json_cursor_get_enum (&mode, wf_run_mode_names, TRUE);
  run->mode = (WfRunMode) MAX (index, 0);
  run->delay = read_duration (&cursor, "delay");
  run->field = dup_text (&cursor, "field", NULL);
  run->offset = read_duration (&cursor, "offset");
}

static char **
read_list (const WfJsonCursor *owner, const char *name)
{
  WfJsonCursor cursor = wf_json_cursor_member (owner, name);
  g_autoptr (GStrvBuilder) list = NULL;
  const WfJson *value;
  WfJsonIter iter;

  if (cursor.value == NULL || !wf_json_cursor_expect (&cursor, WF_JSON_ARRAY))
    return NULL;
  list = g_strv_builder_new ();
  wf_json_iter_init (&iter, cursor.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = &cursor, .index = i, .value = value, .problems = cursor.problems
      };
      const char *text = wf_json_cursor_get_string (&element, TRUE);

      g_strv_builder_add (list, text != NULL ? text : "");
    }
  return g_strv_builder_end (list);
}

static void
read_create_activity (WfStep *step, const WfJsonCursor *cursor)
{
  const WfStepKindInfo *kind = wf_step_catalogue_get (step->kind);
  WfCreateActivity *self = &step->create_activity;
  WfJsonCursor within = wf_json_cursor_member (cursor, "complete-within");
  WfJsonCursor permission = wf_json_cursor_member (cursor, "permission");

  self->activity_type = dup_text (cursor, "activity-type", "");
  self->complete_within = wf_duration_read (&within, FALSE);
  self->before = dup_text (&within, "before", NULL);
  self->business_time = read_boolean (&within, "business-time");
  self->notify = read_duration (cursor, "notify");
  if (permission.value != NULL && wf_json_cursor_expect (&permission, WF_JSON_OBJECT))
    {
      self->scope = (WfPermissionScope) read_enum (&permission, "scope", wf_permission_scope_names,
                                                   WF_PERMISSION_ALL);
      self->groups = read_list (&permission, "groups");
    }
  self->notes = dup_text (cursor, "notes", NULL);
  self->business_hours = read_boolean (cursor, "business-hours");
  self->keep_when_closed = read_boolean (cursor, "keep");
  self->assignee = dup_text (cursor, "assignee", NULL);
  self->retire_on = read_list (cursor, "retire-on");
  self->join = read_boolean (cursor, "join");
  if (wf_step_kind_info_get_setting (kind, "lasts") != NULL)
    self->lasts = read_duration (cursor, "lasts");
  if (wf_step_kind_info_get_setting (kind, "place") != NULL)
    self->place = dup_text (cursor, "place", NULL);
}

/* The members that the catalogue knows, in its order, as they stand; whether they make sense is
 * checked by wf_workflow_validate(). */
static WfJsonDocument *
read_settings (const WfStepKindInfo *kind, const WfJsonCursor *cursor)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < kind->n_settings; i++)
    {
      const char *name = kind->settings[i].name;
      const WfJson *value = wf_json_get_member (cursor->value, name);

      if (value != NULL)
        wf_json_writer_add_value (writer, name, value);
    }
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

static void
read_notify (WfNotify *self, const WfJsonCursor *cursor)
{
  self->text = dup_text (cursor, "text", "");
  self->recipient = dup_text (cursor, "recipient", "responsible");
  self->sender = dup_text (cursor, "sender", NULL);
}

static void
read_wait (WfWait *self, const WfJsonCursor *cursor, Unreadable *unreadable)
{
  static const char *const names[] = { "for", "until", "until-condition" };
  int kind = -1;

  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    {
      if (wf_json_get_member (cursor->value, names[i]) == NULL)
        continue;
      if (kind >= 0)
        {
          WfJsonCursor second = wf_json_cursor_member (cursor, names[i]);

          wf_json_cursor_problem (&second, "wait-kind",
                                  _ ("A wait has either “%s” or “%s”, not both."), names[kind],
                                  names[i]);
          continue;
        }
      kind = i;
    }
  if (kind < 0)
    wf_json_cursor_problem (
        cursor, "wait-kind", "%s",
        _ ("A wait needs “for”, “until” or “until-condition”: it must be clear when it ends."));
  self->kind = (WfWaitKind) MAX (kind, 0);
  self->duration = read_duration (cursor, "for");
  self->business_hours = read_boolean (cursor, "business-hours");
  self->until = dup_text (cursor, "until", NULL);
  self->condition = read_condition (cursor, "until-condition", unreadable);
  self->time_out = read_duration (cursor, "time-out");
}

static void read_steps (GPtrArray *steps, const WfJsonCursor *cursor, guint depth,
                        Reading *reading);

/* Also what cannot be read has a place, so that the paths of later problems are right. */
static WfPath *
read_path (const WfJsonCursor *cursor, guint depth, Reading *reading)
{
  WfPath *path = wf_path_new (NULL);
  Unreadable unreadable = { .n = 0 };
  WfJsonCursor steps;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    {
      path->name = g_strdup ("");
      return path;
    }
  path->name = dup_text (cursor, "name", "");
  path->condition = read_condition (cursor, "if", &unreadable);
  steps = wf_json_cursor_member (cursor, "steps");
  read_steps (path->steps, &steps, depth + 1, reading);
  path->extra = read_extra (cursor, wf_known_path, FALSE, &unreadable);
  return path;
}

static void
read_paths (GPtrArray *paths, const WfJsonCursor *step, guint depth, Reading *reading)
{
  WfJsonCursor cursor = wf_json_cursor_member (step, "paths");
  const WfJson *value;
  WfJsonIter iter;

  if (cursor.value == NULL || !wf_json_cursor_expect (&cursor, WF_JSON_ARRAY))
    return;
  wf_json_iter_init (&iter, cursor.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = &cursor, .index = i, .value = value, .problems = cursor.problems
      };

      g_ptr_array_add (paths, read_path (&element, depth, reading));
    }
}

static WfStepKind
find_kind (const char *name)
{
  for (int i = 0; name != NULL && wf_step_kind_names[i] != NULL; i++)
    if (g_str_equal (wf_step_kind_names[i], name))
      return (WfStepKind) i;
  return WF_STEP_OTHER;
}

static WfStep *
step_new_blank (WfStepKind kind, const char *kind_name)
{
  WfStep *step = g_new0 (WfStep, 1);

  step->kind = kind;
  step->kind_name = g_strdup (kind_name != NULL ? kind_name : "");
  if (kind == WF_STEP_BRANCH)
    step->paths = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_path_free);
  return step;
}

static WfStep *
read_step (const WfJsonCursor *cursor, guint depth, Reading *reading)
{
  WfJsonCursor kind = wf_json_cursor_member (cursor, "kind");
  Unreadable unreadable = { .n = 0 };
  const char *kind_name;
  WfStep *step;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    {
      step = step_new_blank (WF_STEP_OTHER, NULL);
      step->id = g_strdup ("");
      return step;
    }
  kind_name = wf_json_cursor_get_string (&kind, TRUE);
  step = step_new_blank (find_kind (kind_name), kind_name);
  step->id = dup_text (cursor, "id", "");
  read_run (&step->run, cursor);
  switch (step->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
      read_create_activity (step, cursor);
      break;
    case WF_STEP_NOTIFY:
      read_notify (&step->notify, cursor);
      break;
    case WF_STEP_WAIT:
      read_wait (&step->wait, cursor, &unreadable);
      break;
    case WF_STEP_BRANCH:
      read_paths (step->paths, cursor, depth, reading);
      break;
    case WF_STEP_OTHER:
      break;
    default:
      step->settings = read_settings (wf_step_catalogue_get (step->kind), cursor);
      break;
    }
  step->extra =
      read_extra (cursor, wf_known_step (step->kind), step->kind == WF_STEP_OTHER, &unreadable);
  return step;
}

static void
read_steps (GPtrArray *steps, const WfJsonCursor *cursor, guint depth, Reading *reading)
{
  const WfJson *value;
  WfJsonIter iter;

  if (cursor->value == NULL || !wf_json_cursor_expect (cursor, WF_JSON_ARRAY))
    return;
  if (depth > WF_WORKFLOW_MOST_DEPTH && wf_json_get_size (cursor->value) > 0)
    {
      wf_json_cursor_problem (cursor, "too-deep",
                              _ ("Branches can be nested %d levels deep at most."),
                              WF_WORKFLOW_MOST_DEPTH);
      return;
    }
  wf_json_iter_init (&iter, cursor->value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = cursor, .index = i, .value = value, .problems = cursor->problems
      };

      if (++reading->n_steps > WF_WORKFLOW_MOST_STEPS)
        {
          wf_json_cursor_problem (&element, "too-many-steps",
                                  _ ("A workflow can have %d steps at most."),
                                  WF_WORKFLOW_MOST_STEPS);
          return;
        }
      g_ptr_array_add (steps, read_step (&element, depth, reading));
    }
}

/**
 * wf_step_read:
 * @cursor: one step, as in a document; its problems may be collected
 *
 * Steps inside it are read too. What is not known is kept, as in a whole document.
 *
 * Returns: (transfer full) (nullable): the step, %NULL when it is no object. With an error among
 *   the problems it must not run.
 */
WfStep *
wf_step_read (const WfJsonCursor *cursor)
{
  Reading reading = { .n_steps = 1 };

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return NULL;
  return read_step (cursor, 0, &reading);
}

static void
read_schedule (WfWorkflow *self, const WfJsonCursor *trigger, Unreadable *unreadable)
{
  static const char *const for_each_names[] = { "lead", NULL };
  WfJsonCursor schedule = wf_json_cursor_member (trigger, "schedule");
  WfJsonCursor for_each = wf_json_cursor_member (trigger, "for-each");

  if (schedule.value != NULL)
    {
      self->schedule = wf_schedule_read (&schedule);
      if (self->schedule == NULL)
        add_unreadable (unreadable, "schedule");
    }
  if (for_each.value != NULL)
    {
      self->for_each_lead = wf_json_cursor_get_enum (&for_each, for_each_names, TRUE) == 0;
      if (!self->for_each_lead)
        add_unreadable (unreadable, "for-each");
    }
}

static void
read_trigger (WfWorkflow *self, const WfJsonCursor *root)
{
  WfJsonCursor cursor = wf_json_cursor_member (root, "trigger");
  Unreadable unreadable = { .n = 0 };

  if (cursor.value == NULL || !wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    {
      self->event = g_strdup ("");
      return;
    }
  self->event = dup_text (&cursor, "event", "");
  self->conditions = read_condition (&cursor, "conditions", &unreadable);
  self->reentry =
      (WfReentry) read_enum (&cursor, "reentry", wf_reentry_names, WF_REENTRY_EVERY_EVENT);
  self->own_events = read_boolean (&cursor, "own-events");
  self->keep_when_left = read_boolean (&cursor, "keep-when-left");
  read_schedule (self, &cursor, &unreadable);
  self->trigger_extra = read_extra (&cursor, wf_known_trigger, FALSE, &unreadable);
}

/**
 * wf_workflow_read:
 * @root: the document
 * @problems: (nullable): receives what cannot be read, and a warning for each unknown member
 *
 * Returns: (transfer full) (nullable): the workflow, NULL when it is no object. With an error among
 *   @problems it must not run:
 *   it may lack what could not be read.
 */
WfWorkflow *
wf_workflow_read (const WfJson *root, WfProblems *problems)
{
  WfJsonCursor cursor = wf_json_cursor_root (root, problems);
  WfJsonCursor format, version, steps;
  Reading reading = { 0 };
  WfWorkflow *self;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    return NULL;
  self = wf_workflow_alloc ();
  format = wf_json_cursor_member (&cursor, "format");
  version = wf_json_cursor_member (&cursor, "version");
  steps = wf_json_cursor_member (&cursor, "steps");
  self->format = wf_json_cursor_get_int64 (&format, TRUE, 0);
  self->id = dup_text (&cursor, "id", "");
  self->name = dup_text (&cursor, "name", "");
  self->objective = dup_text (&cursor, "objective", NULL);
  self->fallback_person = dup_text (&cursor, "fallback-person", NULL);
  self->state =
      (WfWorkflowState) read_enum (&cursor, "state", wf_workflow_state_names, WF_WORKFLOW_DRAFT);
  self->version = wf_json_cursor_get_int64 (&version, FALSE, 1);
  read_trigger (self, &cursor);
  read_steps (self->steps, &steps, 0, &reading);
  self->extra = read_extra (&cursor, wf_known_workflow, FALSE, NULL);
  return self;
}
