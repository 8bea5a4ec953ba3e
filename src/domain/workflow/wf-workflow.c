/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow in memory: making, copying, searching. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-private.h"

#include "wf-step-settings.h"
#include "wf-uuid.h"

#include <string.h>

const char *const wf_step_kind_names[] = {
  "create-activity",
  "schedule-call",
  "schedule-meeting",
  "notify",
  "wait",
  "branch",
  "post-to-stream",
  "change-stage",
  "change-responsible",
  "set-field",
  "add-score",
  "send-email",
  "send-message",
  "add-to-audience",
  "webhook",
  "delete-record",
  "control",
  "close-activities",
  "request-approval",
  NULL,
};
const char *const wf_workflow_state_names[] = { "draft", "live", "paused", "archived", NULL };
const char *const wf_reentry_names[] = { "every-event", "once-per-lead", "once-while-open",
                                         "restart", NULL };
const char *const wf_run_mode_names[] = { "immediately", "after-previous", "delay", "before",
                                          NULL };
const char *const wf_permission_scope_names[] = { "all", "groups", NULL };

static const WfKnownMember duration_members[] = { { "amount" }, { "unit" }, { NULL } };
static const WfKnownMember deadline_members[] = {
  { "amount" }, { "unit" }, { "before" }, { "business-time" }, { NULL }
};
static const WfKnownMember permission_members[] = { { "scope" }, { "groups" }, { NULL } };
static const WfKnownMember run_members[] = {
  { "mode" }, { "delay", duration_members }, { "field" }, { "offset", duration_members }, { NULL },
};
static const WfKnownMember step_members[] = {
  { "id" }, { "kind" }, { "run", run_members }, { NULL }
};
static const WfKnownMember path_members[] = { { "name" }, { "if" }, { "steps" }, { NULL } };
static const WfKnownMember trigger_members[] = {
  { "event" },          { "conditions" }, { "reentry" },  { "own-events" },
  { "keep-when-left" }, { "schedule" },   { "for-each" }, { NULL },
};
static const WfKnownMember workflow_members[] = {
  { "format" }, { "id" },      { "name" },    { "objective" }, { "fallback-person" },
  { "state" },  { "version" }, { "trigger" }, { "steps" },     { NULL },
};

const WfKnown wf_known_path = { path_members, NULL };
const WfKnown wf_known_trigger = { trigger_members, NULL };
const WfKnown wf_known_workflow = { workflow_members, NULL };

WfKnown
wf_known_step (WfStepKind kind)
{
  return (WfKnown) { step_members, wf_step_catalogue_get (kind) };
}

/* Settings that are kept as they stand are not looked into: nothing in them can get lost. */
static const WfKnownMember *
get_setting_members (WfStepKind kind, WfSettingType type)
{
  if (wf_step_kind_has_settings (kind))
    return NULL;
  switch (type)
    {
    case WF_SETTING_DURATION:
      return duration_members;
    case WF_SETTING_DEADLINE:
      return deadline_members;
    case WF_SETTING_PERMISSION:
      return permission_members;
    default:
      return NULL;
    }
}

gboolean
wf_known_find (WfKnown known, const char *name, WfKnown *inner)
{
  const WfKnownMember *member = known.members;
  const WfSettingInfo *setting = NULL;

  while (member->name != NULL && strcmp (member->name, name) != 0)
    member++;
  if (member->name == NULL && known.step != NULL)
    setting = wf_step_kind_info_get_setting (known.step, name);
  if (inner != NULL)
    *inner = (WfKnown) { setting != NULL ? get_setting_members (known.step->kind, setting->type)
                                         : member->members,
                         NULL };
  return member->name != NULL || setting != NULL;
}

static GPtrArray *
new_steps (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wf_step_free);
}

static GPtrArray *
new_paths (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wf_path_free);
}

/**
 * wf_step_kind_is_activity:
 * @kind: a kind
 *
 * Returns: %TRUE when the settings are those of an activity: a task, a call or a meeting
 */
gboolean
wf_step_kind_is_activity (WfStepKind kind)
{
  return kind == WF_STEP_CREATE_ACTIVITY || kind == WF_STEP_SCHEDULE_CALL ||
         kind == WF_STEP_SCHEDULE_MEETING;
}

/**
 * wf_step_new:
 * @kind: what the step does
 *
 * Returns: (transfer full): a step without id that runs immediately, for everyone
 */
WfStep *
wf_step_new (WfStepKind kind)
{
  WfStep *self = g_new0 (WfStep, 1);

  self->id = g_strdup ("");
  self->kind = kind;
  self->kind_name = g_strdup (kind == WF_STEP_OTHER ? "" : wf_step_kind_names[kind]);
  self->run.explicit = kind != WF_STEP_WAIT && kind != WF_STEP_BRANCH && kind != WF_STEP_OTHER;
  if (wf_step_kind_is_activity (kind))
    {
      self->create_activity.activity_type = g_strdup ("");
    }
  else if (kind == WF_STEP_NOTIFY)
    {
      self->notify.text = g_strdup ("");
      self->notify.recipient = g_strdup ("responsible");
    }
  else if (kind == WF_STEP_BRANCH)
    {
      self->paths = new_paths ();
    }
  else if (wf_step_kind_has_settings (kind))
    {
      self->settings = wf_json_document_parse ("{}", -1, 0, NULL);
    }
  return self;
}

static WfJsonDocument *
ref_document (WfJsonDocument *document)
{
  return document != NULL ? wf_json_document_ref (document) : NULL;
}

static WfCondition *
ref_condition (WfCondition *condition)
{
  return condition != NULL ? wf_condition_ref (condition) : NULL;
}

static GPtrArray *
copy_steps (GPtrArray *steps)
{
  GPtrArray *copy = new_steps ();

  for (guint i = 0; i < steps->len; i++)
    g_ptr_array_add (copy, wf_step_copy (g_ptr_array_index (steps, i)));
  return copy;
}

static WfPath *
copy_path (const WfPath *self)
{
  WfPath *copy = g_new0 (WfPath, 1);

  copy->name = g_strdup (self->name);
  copy->condition = ref_condition (self->condition);
  copy->steps = copy_steps (self->steps);
  copy->extra = ref_document (self->extra);
  return copy;
}

static GPtrArray *
copy_paths (GPtrArray *paths)
{
  GPtrArray *copy = new_paths ();

  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (copy, copy_path (g_ptr_array_index (paths, i)));
  return copy;
}

static void
own_texts (char **first, char **second, char **third)
{
  *first = g_strdup (*first);
  *second = g_strdup (*second);
  *third = g_strdup (*third);
}

/* Everything by value is copied at once; then what is owned is made the copy's own. Conditions
 * and unknown members never change, so they are shared. */
WfStep *
wf_step_copy (const WfStep *self)
{
  WfStep *copy = g_memdup2 (self, sizeof *self);

  own_texts (&copy->id, &copy->kind_name, &copy->run.field);
  copy->extra = ref_document (self->extra);
  switch (self->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
      own_texts (&copy->create_activity.activity_type, &copy->create_activity.before,
                 &copy->create_activity.notes);
      copy->create_activity.groups = g_strdupv (self->create_activity.groups);
      copy->create_activity.assignee = g_strdup (self->create_activity.assignee);
      copy->create_activity.retire_on = g_strdupv (self->create_activity.retire_on);
      copy->create_activity.place = g_strdup (self->create_activity.place);
      break;
    case WF_STEP_NOTIFY:
      own_texts (&copy->notify.text, &copy->notify.recipient, &copy->notify.sender);
      break;
    case WF_STEP_WAIT:
      copy->wait.until = g_strdup (self->wait.until);
      copy->wait.condition = ref_condition (self->wait.condition);
      break;
    case WF_STEP_BRANCH:
      copy->paths = copy_paths (self->paths);
      break;
    case WF_STEP_OTHER:
      break;
    default:
      copy->settings = ref_document (self->settings);
      break;
    }
  return copy;
}

void
wf_step_free (WfStep *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->kind_name);
  g_free (self->run.field);
  wf_json_document_unref (self->extra);
  switch (self->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
      g_free (self->create_activity.activity_type);
      g_free (self->create_activity.before);
      g_free (self->create_activity.notes);
      g_strfreev (self->create_activity.groups);
      g_free (self->create_activity.assignee);
      g_strfreev (self->create_activity.retire_on);
      g_free (self->create_activity.place);
      break;
    case WF_STEP_NOTIFY:
      g_free (self->notify.text);
      g_free (self->notify.recipient);
      g_free (self->notify.sender);
      break;
    case WF_STEP_WAIT:
      g_free (self->wait.until);
      wf_condition_unref (self->wait.condition);
      break;
    case WF_STEP_BRANCH:
      g_ptr_array_unref (self->paths);
      break;
    case WF_STEP_OTHER:
      break;
    default:
      g_clear_pointer (&self->settings, wf_json_document_unref);
      break;
    }
  g_free (self);
}

WfPath *
wf_path_new (const char *name)
{
  WfPath *self = g_new0 (WfPath, 1);

  self->name = g_strdup (name);
  self->steps = new_steps ();
  return self;
}

void
wf_path_free (WfPath *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  wf_condition_unref (self->condition);
  g_ptr_array_unref (self->steps);
  wf_json_document_unref (self->extra);
  g_free (self);
}

/* A workflow with nothing in it; the caller fills all texts that are not nullable. */
WfWorkflow *
wf_workflow_alloc (void)
{
  WfWorkflow *self = g_new0 (WfWorkflow, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->format = WF_WORKFLOW_FORMAT;
  self->steps = new_steps ();
  return self;
}

WfWorkflow *
wf_workflow_new (const char *name)
{
  WfWorkflow *self = wf_workflow_alloc ();

  self->id = wf_uuid_new ();
  self->name = g_strdup (name);
  self->event = g_strdup ("");
  self->version = 1;
  return self;
}

WfWorkflow *
wf_workflow_ref (WfWorkflow *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_workflow_unref (WfWorkflow *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->objective);
  g_free (self->fallback_person);
  g_free (self->event);
  wf_condition_unref (self->conditions);
  g_clear_pointer (&self->schedule, wf_schedule_unref);
  g_ptr_array_unref (self->steps);
  wf_json_document_unref (self->extra);
  wf_json_document_unref (self->trigger_extra);
  g_free (self);
}

WfWorkflow *
wf_workflow_copy (const WfWorkflow *self)
{
  WfWorkflow *copy = g_memdup2 (self, sizeof *self);

  g_atomic_ref_count_init (&copy->ref_count);
  copy->id = g_strdup (self->id);
  copy->fallback_person = g_strdup (self->fallback_person);
  own_texts (&copy->name, &copy->objective, &copy->event);
  copy->conditions = ref_condition (self->conditions);
  copy->schedule = self->schedule != NULL ? wf_schedule_ref (self->schedule) : NULL;
  copy->steps = copy_steps (self->steps);
  copy->extra = ref_document (self->extra);
  copy->trigger_extra = ref_document (self->trigger_extra);
  return copy;
}

/**
 * wf_workflow_is_decision:
 * @member: the name of a member of a workflow's document
 *
 * Returns: whether it tells what was decided about what is under way in one account (S12, S13),
 *   such as a pause, or what was noted of a version, instead of what the workflow does
 */
gboolean
wf_workflow_is_decision (const char *member)
{
  static const char *const names[] = {
    "in-flight", "note", "paused", "release", "resume", "schedule-start", NULL,
  };

  return g_strv_contains (names, member);
}

/**
 * wf_workflow_is_for_each_lead:
 * @self: a workflow
 *
 * Returns: whether its schedule starts it once for each lead whose conditions hold: because it
 *   says so, or because it follows a date that each lead has
 */
gboolean
wf_workflow_is_for_each_lead (const WfWorkflow *self)
{
  return self->schedule != NULL &&
         (self->for_each_lead || wf_schedule_get_kind (self->schedule) == WF_SCHEDULE_DATE);
}

static void
foreach_step (GPtrArray *steps, WfStepFunc func, gpointer user_data)
{
  for (guint i = 0; i < steps->len; i++)
    {
      WfStep *step = g_ptr_array_index (steps, i);

      func (step, user_data);
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        foreach_step (((WfPath *) g_ptr_array_index (step->paths, j))->steps, func, user_data);
    }
}

void
wf_workflow_foreach_step (const WfWorkflow *self, WfStepFunc func, gpointer user_data)
{
  foreach_step (self->steps, func, user_data);
}

typedef struct
{
  const char *id;
  WfStep *found;
} Search;

static void
on_search_step (WfStep *step, gpointer user_data)
{
  Search *search = user_data;

  if (search->found == NULL && strcmp (step->id, search->id) == 0)
    search->found = step;
}

WfStep *
wf_workflow_find_step (const WfWorkflow *self, const char *id)
{
  Search search = { .id = id };

  foreach_step (self->steps, on_search_step, &search);
  return search.found;
}

static void
on_collect_id (WfStep *step, gpointer user_data)
{
  g_hash_table_add (user_data, step->id);
}

char *
wf_workflow_make_step_id (const WfWorkflow *self)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  foreach_step (self->steps, on_collect_id, ids);
  for (guint i = g_hash_table_size (ids) + 1;; i++)
    {
      g_autofree char *id = g_strdup_printf ("step-%u", i);

      if (!g_hash_table_contains (ids, id))
        return g_steal_pointer (&id);
    }
}
