/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the edge-case bench knows of the workflow that it tries (B19). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-edge-bench-private.h"

#include "wf-step-settings.h"

#define MOST_HORIZON (400 * WF_BENCH_DAY)

static void
add_anchor (GPtrArray *anchors, const char *field)
{
  if (field != NULL && field[0] != '\0' &&
      !g_ptr_array_find_with_equal_func (anchors, field, g_str_equal, NULL))
    g_ptr_array_add (anchors, g_strdup (field));
}

/* How long a duration may take on the wall at most, business hours and all. */
static gint64
get_length (WfDuration duration)
{
  static const gint64 lengths[] = { 6 * WF_BENCH_MINUTE, 6 * WF_BENCH_HOUR, 2 * WF_BENCH_DAY,
                                    8 * WF_BENCH_DAY, 32 * WF_BENCH_DAY };

  return MIN (duration.amount, 400) * lengths[duration.unit];
}

static void
collect_times (WfStep *step, gpointer user_data)
{
  WfBench *self = user_data;

  self->horizon += get_length (step->run.delay);
  if (step->run.mode == WF_RUN_BEFORE)
    add_anchor (self->anchors, step->run.field);
  if (wf_step_kind_is_activity (step->kind))
    {
      add_anchor (self->anchors, step->create_activity.before);
      self->horizon += get_length (step->create_activity.complete_within);
    }
  else if (step->kind == WF_STEP_WAIT)
    {
      add_anchor (self->anchors, step->wait.kind == WF_WAIT_UNTIL ? step->wait.until : NULL);
      self->horizon += get_length (step->wait.duration) + get_length (step->wait.time_out);
    }
  else if (wf_step_kind_has_settings (step->kind))
    {
      add_anchor (self->anchors, wf_json_get_member_string (
                                     wf_step_get_setting (step, "complete-within"), "before"));
      self->horizon += get_length (wf_step_get_duration (step, "complete-within")) +
                       get_length (wf_step_get_duration (step, "at-most"));
    }
}

/* A tick around a date of the lead comes just as long before or after it as the schedule says. */
static void
take_schedule_date (WfBench *self)
{
  static const gint64 lengths[] = { WF_BENCH_MINUTE, WF_BENCH_HOUR, WF_BENCH_DAY, 7 * WF_BENCH_DAY,
                                    30 * WF_BENCH_DAY };
  const char *field = self->workflow->schedule != NULL
                          ? wf_schedule_get_date_field (self->workflow->schedule)
                          : NULL;
  g_autoptr (WfJsonWriter) writer = NULL;
  g_autoptr (WfJsonDocument) document = NULL;
  WfJsonCursor offset;
  WfDuration duration;
  const WfJson *root;

  if (field == NULL)
    return;
  writer = wf_json_writer_new ();
  wf_schedule_write (self->workflow->schedule, writer, NULL);
  document = wf_json_writer_finish_document (writer);
  root = wf_json_document_get_root (document);
  offset = wf_json_cursor_root (wf_json_get_member (root, "offset"), NULL);
  duration = wf_duration_read (&offset, FALSE);
  self->anchor_distance = MIN (duration.amount, 400) * lengths[duration.unit];
  if (g_strcmp0 (wf_json_get_member_string (root, "direction"), "after") == 0)
    self->anchor_distance = -self->anchor_distance;
  add_anchor (self->anchors, field);
}

/* Its ticks are made here, at the dates that count: 30 February never comes. */
static void
stop_schedule (WfWorkflow *workflow)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ("{\"cron\":\"0 0 30 2 *\"}", -1, 0, NULL);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), NULL);

  if (workflow->schedule == NULL)
    return;
  workflow->for_each_lead = wf_workflow_is_for_each_lead (workflow);
  wf_schedule_unref (workflow->schedule);
  workflow->schedule = wf_schedule_read (&cursor);
}

static void
find_permitted (WfStep *step, gpointer user_data)
{
  char ***groups = user_data;

  if (*groups == NULL && wf_step_kind_is_activity (step->kind) &&
      step->create_activity.scope == WF_PERMISSION_GROUPS)
    *groups = step->create_activity.groups;
}

static gboolean
is_in_one (const WfPerson *person, char **groups)
{
  for (guint i = 0; groups != NULL && groups[i] != NULL; i++)
    if (wf_person_in_group (person, groups[i]))
      return TRUE;
  return groups == NULL;
}

/* Somebody whom the workflow gives something to. */
static const char *
find_owner (const WfBench *self)
{
  char **groups = NULL;
  const WfPerson *any = NULL;

  if (self->organisation == NULL)
    return "somebody";
  wf_workflow_foreach_step (self->workflow, find_permitted, &groups);
  for (guint i = 0; i < wf_organisation_get_n_people (self->organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (self->organisation, i);

      if (!person->active)
        continue;
      if (is_in_one (person, groups))
        return person->id;
      any = any != NULL ? any : person;
    }
  return any != NULL ? any->id : NULL;
}

void
wf_bench_init (WfBench *self, WfOrganisation *organisation, WfWorkflow *workflow, WfInstant now)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  *self = (WfBench) { .organisation = organisation, .now = now, .horizon = WF_BENCH_DAY };
  self->workflow = wf_workflow_copy (workflow);
  self->workflow->state = WF_WORKFLOW_LIVE;
  self->hours = organisation != NULL
                    ? wf_working_hours_ref (wf_organisation_get_hours (organisation))
                    : wf_working_hours_new_always_open (utc);
  self->zone = wf_working_hours_get_zone (self->hours);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) wf_json_document_unref);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->anchors = g_ptr_array_new_with_free_func (g_free);
  self->anchor_distance = 7 * WF_BENCH_DAY;
  take_schedule_date (self);
  stop_schedule (self->workflow);
  wf_workflow_foreach_step (self->workflow, collect_times, self);
  if (self->anchors->len > 0)
    self->horizon += 14 * WF_BENCH_DAY + ABS (self->anchor_distance);
  self->horizon = MIN (self->horizon, MOST_HORIZON);
  self->owner = find_owner (self);
  self->solved = wf_bench_solve (self);
}

void
wf_bench_clear (WfBench *self)
{
  wf_workflow_unref (self->workflow);
  wf_working_hours_unref (self->hours);
  g_hash_table_unref (self->fields);
  g_hash_table_unref (self->changed);
  g_ptr_array_unref (self->anchors);
}
