/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the explanation that is stored with an activity. It is made for every activity:
 * nothing here formats or translates. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-explanation-private.h"

#include "wf-run-private.h"

#include <string.h>

typedef struct
{
  WfJsonWriter *writer;
  const WfDecision *decision;
  const WfConditionContext *context; /* as it was when the conditions were looked at */
} Writing;

static void
write_test (Writing *self, const WfCondition *test, gboolean holds)
{
  const char *field = wf_condition_get_field (test);

  wf_json_writer_begin_object (self->writer, NULL);
  wf_json_writer_add_string (self->writer, "field", field);
  wf_json_writer_add_string (self->writer, "op",
                             wf_operator_names[wf_condition_get_operator (test)]);
  wf_json_writer_add_value (self->writer, "value", wf_condition_get_value (test));
  wf_json_writer_add_value (self->writer, "seen",
                            wf_condition_context_get_field (self->context, field));
  if (!holds)
    wf_json_writer_add_boolean (self->writer, "not", TRUE);
  wf_json_writer_end (self->writer);
}

/* The tests that decided: of "any" the first that held, of "none" those that did not hold. Depth
 * is bounded by reading. */
static void
write_tests (Writing *self, const WfCondition *condition, gboolean holds)
{
  WfConditionKind kind = wf_condition_get_kind (condition);

  if (kind == WF_CONDITION_TEST)
    {
      write_test (self, condition, holds);
      return;
    }
  for (guint i = 0; i < wf_condition_get_n_children (condition); i++)
    {
      const WfCondition *child = wf_condition_get_child (condition, i);

      if (kind != WF_CONDITION_ANY || !holds)
        {
          write_tests (self, child, kind == WF_CONDITION_NONE ? !holds : holds);
        }
      else if (wf_condition_holds (child, self->context, NULL))
        {
          write_tests (self, child, TRUE);
          return;
        }
    }
}

static void
write_condition (Writing *self, const WfCondition *condition)
{
  wf_json_writer_begin_array (self->writer, "tests");
  if (condition != NULL)
    write_tests (self, condition, TRUE);
  wf_json_writer_end (self->writer);
}

static void
write_trigger (Writing *self)
{
  const WfConditionContext context = {
    .event = self->decision->event,
    .lead = self->decision->lead,
    .organisation = self->decision->organisation,
    .now = self->decision->now,
  };

  if (self->decision->workflow->conditions == NULL)
    return;
  self->context = &context;
  wf_json_writer_begin_object (self->writer, NULL);
  write_condition (self, self->decision->workflow->conditions);
  wf_json_writer_end (self->writer);
  self->context = self->decision->context;
}

static void
write_branch (Writing *self, const WfRunStep *branch, const WfPath *path)
{
  WfRunMove move = { self->decision->engine, self->decision->event, self->decision->lead,
                     self->decision->now, NULL };
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context =
      wf_run_make_context (self->decision->run, &move, branch->base, &view);

  self->context = &context;
  wf_json_writer_begin_object (self->writer, NULL);
  wf_json_writer_add_string (self->writer, "branch", branch->step->id);
  wf_json_writer_add_string (self->writer, "path", path->name);
  write_condition (self, path->condition);
  wf_json_writer_end (self->writer);
  self->context = self->decision->context;
}

static void
write_wait (Writing *self, const WfRunStep *wait)
{
  wf_json_writer_begin_object (self->writer, NULL);
  wf_json_writer_add_string (self->writer, "wait", wait->step->id);
  wf_json_writer_add_int (self->writer, "from", wait->base);
  wf_json_writer_add_int (self->writer, "until", wait->done);
  wf_json_writer_add_string (self->writer, "reason", wait->reason);
  wf_json_writer_end (self->writer);
}

/* From the top down to the step: the branches around it and the waits above it. Recursion goes
 * outwards, bounded by the document's depth. */
static void
write_way (Writing *self, guint index)
{
  const WfRunStep *steps = self->decision->run->steps, *step = &steps[index];

  if (step->parent != WF_NO_STEP)
    {
      write_way (self, (guint) step->parent);
      write_branch (self, &steps[step->parent],
                    g_ptr_array_index (steps[step->parent].step->paths, (guint) step->path));
    }
  if (step->wait != WF_NO_STEP)
    write_wait (self, &steps[step->wait]);
}

static void
write_own_mode (Writing *self, const WfRunStep *step)
{
  if (step->step->run.mode == WF_RUN_IMMEDIATELY)
    return;
  wf_json_writer_begin_object (self->writer, NULL);
  wf_json_writer_add_string (self->writer, "run", wf_run_mode_names[step->step->run.mode]);
  wf_json_writer_add_int (self->writer, "at", step->base);
  wf_json_writer_end (self->writer);
}

static void
write_path (Writing *self)
{
  wf_json_writer_begin_array (self->writer, "path");
  write_trigger (self);
  write_way (self, self->decision->index);
  write_own_mode (self, &self->decision->run->steps[self->decision->index]);
  wf_json_writer_end (self->writer);
}

/* How one was chosen among several, and whom the step named. */
static void
write_assignee (Writing *self, const WfResponsible *responsible)
{
  const WfOrganisation *organisation = self->decision->organisation;
  const char *named = responsible->assignee != NULL &&
                              g_str_has_prefix (responsible->assignee, "person:")
                          ? responsible->assignee + strlen ("person:")
                          : NULL;
  const WfPerson *person = organisation != NULL && named != NULL
                               ? wf_organisation_get_person (organisation, named)
                               : NULL;
  const WfPerson *calendar = wf_responsible_get_calendar_person (responsible, organisation);

  if (responsible->assignee == NULL)
    return;
  wf_json_writer_add_string (self->writer, "assignee", responsible->assignee);
  wf_json_writer_add_string (self->writer, "named", person != NULL ? person->name : named);
  if (calendar != NULL)
    wf_json_writer_add_string (self->writer, "hours-of", calendar->id);
  if (responsible->n_candidates == 0)
    return;
  wf_json_writer_add_int (self->writer, "candidates", responsible->n_candidates);
  wf_json_writer_add_int (self->writer, "place", responsible->place);
}

/* B10: who would have got it. */
static void
write_absence (Writing *self, const WfResponsible *responsible)
{
  if (responsible->away == NULL || responsible->treatment == WF_ABSENCE_HOLD)
    return;
  wf_json_writer_add_string (self->writer, "away", responsible->away->name);
  wf_json_writer_add_int (self->writer, "away-until", responsible->absence->until);
  wf_json_writer_add_string (self->writer, "away-treatment",
                             wf_absence_treatment_names[responsible->treatment]);
}

static void
write_responsible (Writing *self, const WfActivityPlan *plan)
{
  const WfOrganisation *organisation = self->decision->organisation;
  const WfResponsible *responsible = &plan->responsible;
  const WfPerson *person = organisation != NULL && responsible->person != NULL
                               ? wf_organisation_get_person (organisation, responsible->person)
                               : NULL;
  const WfEntry *group =
      organisation != NULL && responsible->group != NULL
          ? wf_organisation_get_entry (organisation, WF_ENTRY_GROUP, responsible->group)
          : NULL;

  wf_json_writer_begin_object (self->writer, "responsible");
  wf_json_writer_add_string (self->writer, "how", wf_responsible_how_names[responsible->how]);
  wf_json_writer_add_string (self->writer, "owner",
                             responsible->known_owner != NULL ? responsible->known_owner->name
                                                              : responsible->owner);
  wf_json_writer_add_string (self->writer, "owner-id", responsible->owner);
  wf_json_writer_add_string (self->writer, "person",
                             person != NULL ? person->name : responsible->person);
  wf_json_writer_add_string (self->writer, "group",
                             group != NULL ? group->name : responsible->group);
  if (plan->permitted)
    wf_json_writer_add_boolean (self->writer, "permitted-by-group", TRUE);
  write_assignee (self, responsible);
  write_absence (self, responsible);
  wf_json_writer_end (self->writer);
}

static void
write_duration (Writing *self, const char *name, WfDuration duration)
{
  if (wf_duration_is_set (duration))
    wf_duration_write (duration, self->writer, name);
}

static void
write_flag (Writing *self, const char *name, gboolean flag)
{
  if (flag)
    wf_json_writer_add_boolean (self->writer, name, TRUE);
}

static void
write_deadline (Writing *self, const WfActivityPlan *plan, const WfDeadlineRequest *request,
                const WfDeadline *deadline, const char *zone)
{
  wf_json_writer_begin_object (self->writer, "deadline");
  wf_json_writer_add_int (self->writer, "from", request->from);
  wf_json_writer_add_int (self->writer, "now", request->now);
  write_duration (self, "within", request->within);
  wf_json_writer_add_string (self->writer, "before", plan->before);
  write_flag (self, "business-hours", request->business_hours);
  write_flag (self, "business-time", request->business_time);
  write_duration (self, "notify", request->notify);
  wf_json_writer_add_int (self->writer, "due", deadline->due);
  if (deadline->remind != WF_INSTANT_NONE)
    wf_json_writer_add_int (self->writer, "remind", deadline->remind);
  write_flag (self, "at-once", deadline->remind_at_once);
  write_flag (self, "shortened", deadline->shortened);
  write_flag (self, "arrived-late", deadline->arrived_late);
  wf_json_writer_add_string (self->writer, "zone", zone);
  wf_json_writer_end (self->writer);
}

char *
wf_explanation_make (const WfDecision *decision, const WfActivityPlan *plan,
                     const WfDeadlineRequest *request, const WfDeadline *deadline, const char *zone)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  Writing self = { writer, decision, decision->context };

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "format", WF_EXPLANATION_FORMAT);
  wf_json_writer_begin_object (writer, "event");
  wf_json_writer_add_string (writer, "type", wf_event_get_event_type (decision->event));
  wf_json_writer_add_string (writer, "id", wf_event_get_id (decision->event));
  wf_json_writer_add_int (writer, "time", wf_event_get_time (decision->event));
  wf_json_writer_end (writer);
  wf_json_writer_begin_object (writer, "workflow");
  wf_json_writer_add_string (writer, "id", decision->workflow->id);
  wf_json_writer_add_string (writer, "name", decision->workflow->name);
  wf_json_writer_add_int (writer, "version", decision->workflow->version);
  wf_json_writer_end (writer);
  write_path (&self);
  write_responsible (&self, plan);
  write_deadline (&self, plan, request, deadline, zone);
  return wf_json_writer_finish (writer, FALSE);
}
