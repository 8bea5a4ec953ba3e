/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The differences of two workflows, in sentences (B14). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-difference-private.h"

#include "wf-event-catalogue.h"
#include "wf-sentence.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define STORM_LIMIT "storm-limit"

const char *const wf_difference_kind_names[] = { "removed", "added", "moved", "changed", NULL };

static char *
quote_or_none (const char *text)
{
  return text != NULL && text[0] != '\0' ? wf_difference_quote (text)
                                         : g_strdup (C_ ("difference", "none"));
}

/* The format takes the old and the new text. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
add_change (GPtrArray *sentences, const char *format, const char *before, const char *after)
{
  g_ptr_array_add (sentences, g_strdup_printf (format, before, after));
}
#pragma GCC diagnostic pop

static void
compare_texts (GPtrArray *sentences, const char *format, const char *before, const char *after)
{
  g_autofree char *old = quote_or_none (before);
  g_autofree char *new = quote_or_none (after);

  if (g_strcmp0 (before != NULL ? before : "", after != NULL ? after : "") != 0)
    add_change (sentences, format, old, new);
}

/* ---- the trigger ---- */

static char *
describe (const WfCondition *condition, const WfOrganisation *organisation)
{
  if (condition == NULL)
    return g_strdup (C_ ("difference", "none"));
  return wf_condition_to_text (condition, organisation);
}

/* A list of conditions that all must hold, or a single one, or none. */
static gboolean
is_list (const WfCondition *self)
{
  return self == NULL || wf_condition_get_kind (self) == WF_CONDITION_ALL ||
         wf_condition_get_kind (self) == WF_CONDITION_TEST;
}

static guint
count (const WfCondition *self)
{
  if (self == NULL)
    return 0;
  return wf_condition_get_kind (self) == WF_CONDITION_TEST ? 1 : wf_condition_get_n_children (self);
}

static const WfCondition *
get_one (const WfCondition *self, guint index)
{
  return wf_condition_get_kind (self) == WF_CONDITION_TEST ? self
                                                           : wf_condition_get_child (self, index);
}

static gboolean
is_same_condition (const WfCondition *a, const WfCondition *b)
{
  g_autofree char *x = wf_difference_condition_to_json (a);
  g_autofree char *y = wf_difference_condition_to_json (b);

  return strcmp (x, y) == 0;
}

/* The same question with another answer: "at least 80" and "at least 90". */
static gboolean
is_same_question (const WfCondition *a, const WfCondition *b)
{
  return wf_condition_get_kind (a) == WF_CONDITION_TEST &&
         wf_condition_get_kind (b) == WF_CONDITION_TEST &&
         strcmp (wf_condition_get_field (a), wf_condition_get_field (b)) == 0 &&
         wf_condition_get_operator (a) == wf_condition_get_operator (b);
}

/* Takes from both what fits; pairs: receives two conditions each. */
static void
match (GPtrArray *before, GPtrArray *after,
       gboolean (*fits) (const WfCondition *, const WfCondition *), GPtrArray *pairs)
{
  for (guint i = 0; i < before->len;)
    {
      guint found = after->len;

      for (guint j = 0; found == after->len && j < after->len; j++)
        if (fits (g_ptr_array_index (before, i), g_ptr_array_index (after, j)))
          found = j;
      if (found == after->len)
        {
          i++;
          continue;
        }
      g_ptr_array_add (pairs, g_ptr_array_index (before, i));
      g_ptr_array_add (pairs, g_ptr_array_index (after, found));
      g_ptr_array_remove_index (before, i);
      g_ptr_array_remove_index (after, found);
    }
}

static GPtrArray *
list_conditions (const WfCondition *self)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < count (self); i++)
    g_ptr_array_add (list, (gpointer) get_one (self, i));
  return list;
}

static void
compare_lists (const WfCondition *before, const WfCondition *after,
               const WfOrganisation *organisation, GPtrArray *sentences)
{
  g_autoptr (GPtrArray) old = list_conditions (before);
  g_autoptr (GPtrArray) new = list_conditions (after);
  g_autoptr (GPtrArray) same = g_ptr_array_new ();
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();

  match (old, new, is_same_condition, same);
  match (old, new, is_same_question, changed);
  for (guint i = 0; i < changed->len; i += 2)
    {
      g_autofree char *was = describe (g_ptr_array_index (changed, i), organisation);
      g_autofree char *is = describe (g_ptr_array_index (changed, i + 1), organisation);

      add_change (sentences, _ ("Condition: %1$s → %2$s"), was, is);
    }
  for (guint i = 0; i < old->len; i++)
    {
      g_autofree char *was = describe (g_ptr_array_index (old, i), organisation);

      g_ptr_array_add (sentences, g_strdup_printf (_ ("Condition removed: %s"), was));
    }
  for (guint i = 0; i < new->len; i++)
    {
      g_autofree char *is = describe (g_ptr_array_index (new, i), organisation);

      g_ptr_array_add (sentences, g_strdup_printf (_ ("Condition added: %s"), is));
    }
}

static void
compare_conditions (const WfCondition *before, const WfCondition *after,
                    const WfOrganisation *organisation, GPtrArray *sentences)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (is_same_condition (before, after))
    return;
  if (is_list (before) && is_list (after))
    {
      compare_lists (before, after, organisation, sentences);
      return;
    }
  old = describe (before, organisation);
  new = describe (after, organisation);
  add_change (sentences, _ ("Conditions: %1$s → %2$s"), old, new);
}

static const char *
get_reentry_text (WfReentry reentry)
{
  switch (reentry)
    {
    case WF_REENTRY_EVERY_EVENT:
      return C_ ("re-entry", "every event");
    case WF_REENTRY_ONCE_PER_LEAD:
      return C_ ("re-entry", "once per lead");
    case WF_REENTRY_ONCE_WHILE_OPEN:
      return C_ ("re-entry", "once while open");
    case WF_REENTRY_RESTART:
      return C_ ("re-entry", "start again");
    }
  g_assert_not_reached ();
}

static char *
describe_schedule (const WfSchedule *schedule)
{
  return schedule != NULL ? wf_schedule_to_text (schedule) : g_strdup (C_ ("difference", "none"));
}

/* Two schedules may be told alike and yet differ in something unknown. */
static char *
write_schedule (const WfSchedule *schedule)
{
  g_autoptr (WfJsonWriter) writer = NULL;

  if (schedule == NULL)
    return g_strdup ("");
  writer = wf_json_writer_new ();
  wf_schedule_write (schedule, writer, NULL);
  return wf_json_writer_finish (writer, FALSE);
}

static void
compare_schedules (const WfSchedule *before, const WfSchedule *after, GPtrArray *sentences)
{
  g_autofree char *old_json = write_schedule (before);
  g_autofree char *new_json = write_schedule (after);
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (strcmp (old_json, new_json) == 0)
    return;
  old = describe_schedule (before);
  new = describe_schedule (after);
  if (strcmp (old, new) == 0)
    g_ptr_array_add (sentences, g_strdup (_ ("The schedule changed")));
  else
    add_change (sentences, _ ("Schedule: %1$s → %2$s"), old, new);
}

static void
compare_triggers (const WfWorkflow *before, const WfWorkflow *after,
                  const WfOrganisation *organisation, GPtrArray *sentences)
{
  compare_texts (sentences, _ ("Event: %1$s → %2$s"), wf_event_type_to_text (before->event),
                 wf_event_type_to_text (after->event));
  compare_schedules (before->schedule, after->schedule, sentences);
  if (before->for_each_lead != after->for_each_lead)
    g_ptr_array_add (sentences, g_strdup (after->for_each_lead
                                              ? _ ("The schedule now counts for each lead")
                                              : _ ("The schedule no longer counts for each lead")));
  compare_conditions (before->conditions, after->conditions, organisation, sentences);
  if (before->reentry != after->reentry)
    add_change (sentences, _ ("When a lead comes again: %1$s → %2$s"),
                get_reentry_text (before->reentry), get_reentry_text (after->reentry));
  if (before->own_events != after->own_events)
    g_ptr_array_add (sentences,
                     g_strdup (after->own_events
                                   ? _ ("Events that workflows cause now start it too")
                                   : _ ("Events that workflows cause no longer start it")));
  if (before->keep_when_left != after->keep_when_left)
    g_ptr_array_add (
        sentences,
        g_strdup (after->keep_when_left
                      ? _ ("It now goes on when the record leaves the stage in which it started")
                      : _ ("It now ends when the record leaves the stage in which it started")));
}

/* ---- settings of the whole ---- */

static const WfJson *
get_extra (const WfWorkflow *workflow, const char *name)
{
  return workflow->extra != NULL
             ? wf_json_get_member (wf_json_document_get_root (workflow->extra), name)
             : NULL;
}

static char *
describe_storm_limit (const WfJson *limit)
{
  gint64 number;

  if (limit == NULL)
    return g_strdup (C_ ("limit", "the usual one"));
  if (!wf_json_get_int64 (limit, &number))
    return wf_json_to_text (limit, FALSE);
  return number == 0 ? g_strdup (C_ ("limit", "none"))
                     : g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

/* S13 */
static void
compare_storm_limits (const WfWorkflow *before, const WfWorkflow *after, GPtrArray *sentences)
{
  g_autofree char *old = describe_storm_limit (get_extra (before, STORM_LIMIT));
  g_autofree char *new = describe_storm_limit (get_extra (after, STORM_LIMIT));

  if (strcmp (old, new) != 0)
    add_change (sentences, _ ("Limit of events in 10 minutes: %1$s → %2$s"), old, new);
}

/* S11. Two people may have the same name. */
static void
compare_fallback_people (const WfWorkflow *before, const WfWorkflow *after,
                         const WfOrganisation *organisation, GPtrArray *sentences)
{
  g_autofree char *old =
      quote_or_none (wf_organisation_get_person_name (organisation, before->fallback_person));
  g_autofree char *new =
      quote_or_none (wf_organisation_get_person_name (organisation, after->fallback_person));

  if (g_strcmp0 (before->fallback_person, after->fallback_person) != 0)
    add_change (sentences, _ ("Fallback person: %1$s → %2$s"), old, new);
}

/* ---- what this version does not know ---- */

static gboolean
is_same_extra (WfJsonDocument *before, WfJsonDocument *after)
{
  if (before == NULL || after == NULL)
    return before == after;
  return wf_json_equal (wf_json_document_get_root (before), wf_json_document_get_root (after));
}

/* Decisions about what is under way are nothing that the workflow does, and the limit of storms has
 * its own sentence. */
static gboolean
is_aside (const char *name)
{
  return wf_workflow_is_decision (name) || strcmp (name, STORM_LIMIT) == 0;
}

/* Whether the one has nothing that the other has not, too. */
static gboolean
is_within (const WfWorkflow *one, const WfWorkflow *other)
{
  const WfJson *value, *same;
  const char *name;
  WfJsonIter iter;

  if (one->extra == NULL)
    return TRUE;
  wf_json_iter_init (&iter, wf_json_document_get_root (one->extra));
  while (wf_json_iter_next (&iter, &name, &value))
    {
      if (is_aside (name))
        continue;
      same = get_extra (other, name);
      if (same == NULL || !wf_json_equal (value, same))
        return FALSE;
    }
  return TRUE;
}

static void
compare_extras (const WfWorkflow *before, const WfWorkflow *after, GPtrArray *sentences)
{
  if (!is_within (before, after) || !is_within (after, before) ||
      !is_same_extra (before->trigger_extra, after->trigger_extra))
    g_ptr_array_add (sentences, g_strdup (_ ("Other settings changed")));
}

/* ---- steps ---- */

static const WfDifferenceEntry *
find_beside (const WfDifferenceSide *side, const WfDifferenceEntry *entry)
{
  for (guint i = 0; i < side->entries->len; i++)
    {
      const WfDifferenceEntry *other = wf_difference_side_get (side, (int) i);

      if (other->branch == entry->branch && other->path == entry->path &&
          other->position + 1 == entry->position)
        return other;
    }
  return NULL;
}

static char *
describe_move (const WfDifferencePair *self, const WfDifferenceEntry *before,
               const WfDifferenceEntry *after)
{
  const WfDifferenceEntry *previous, *branch;
  g_autofree char *path = NULL;

  if (wf_difference_side_get_owner (&self->before, before) ==
      wf_difference_side_get_owner (&self->after, after))
    {
      previous = find_beside (&self->after, after);
      return previous == NULL ? g_strdup_printf (_ ("“%s” moved to the beginning"), after->title)
                              : g_strdup_printf (_ ("“%1$s” moved behind “%2$s”"), after->title,
                                                 previous->title);
    }
  if (after->branch < 0)
    return g_strdup_printf (_ ("“%s” moved out of its branch"), after->title);
  branch = wf_difference_side_get (&self->after, after->branch);
  path = wf_difference_path_to_text (wf_difference_entry_get_path (branch, after->path),
                                     after->path, self->organisation);
  return g_strdup_printf (_ ("“%1$s” moved into the branch “%2$s”"), after->title, path);
}

static char *
describe_step (const WfDifferenceSide *side, const WfDifferenceEntry *entry,
               const WfOrganisation *organisation)
{
  const WfStep *step = entry->id != NULL ? wf_workflow_find_step (side->workflow, entry->id) : NULL;

  return step != NULL ? wf_sentence_for_step (step, organisation) : g_strdup (entry->title);
}

/* What stands at one place of the newer document. */
static void
compare_place (const WfDifferencePair *self, const WfDifferenceEntry *after, GPtrArray *sentences)
{
  const WfDifferenceEntry *before;

  if (after->other < 0)
    {
      g_autofree char *sentence = describe_step (&self->after, after, self->organisation);

      /* Translators: a step such as “Create “Call” for the responsible, due in 2 hours” */
      g_ptr_array_add (sentences, g_strdup_printf (_ ("Step added: %s"), sentence));
      return;
    }
  before = wf_difference_side_get (&self->before, after->other);
  if (after->moved)
    g_ptr_array_add (sentences, describe_move (self, before, after));
  wf_difference_compare_step (self, before, after, sentences);
}

static void
compare_steps (const WfDifferencePair *self, GPtrArray *sentences)
{
  for (guint i = 0; i < self->before.entries->len; i++)
    {
      const WfDifferenceEntry *before = wf_difference_side_get (&self->before, (int) i);

      if (before->other < 0)
        g_ptr_array_add (sentences, g_strdup_printf (_ ("Step removed: “%s”"), before->title));
    }
  for (guint i = 0; i < self->after.entries->len; i++)
    compare_place (self, wf_difference_side_get (&self->after, (int) i), sentences);
}

/**
 * wf_difference_list:
 * @before: (nullable): as it was; %NULL: a new workflow
 * @after: as it is
 * @organisation: (nullable): for names
 *
 * State and version do not count, nor what was decided about what is under way: they are not what
 * a workflow does.
 *
 * Returns: (transfer container) (element-type utf8): a sentence for each difference, in the user's
 *   language
 */
GPtrArray *
wf_difference_list (const WfWorkflow *before, const WfWorkflow *after,
                    const WfOrganisation *organisation)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  g_auto (WfDifferencePair) pair = { 0 };

  wf_difference_pair_init (&pair, before, after, organisation);
  if (before == NULL)
    {
      g_autofree char *trigger = wf_sentence_for_trigger (after, organisation);

      g_ptr_array_add (sentences, g_strdup_printf (_ ("New workflow “%s”"), after->name));
      g_ptr_array_add (sentences, g_steal_pointer (&trigger));
    }
  else
    {
      compare_texts (sentences, _ ("Name: %1$s → %2$s"), before->name, after->name);
      compare_texts (sentences, _ ("Objective: %1$s → %2$s"), before->objective, after->objective);
      compare_fallback_people (before, after, organisation, sentences);
      compare_storm_limits (before, after, sentences);
      compare_triggers (before, after, organisation, sentences);
    }
  compare_steps (&pair, sentences);
  if (before != NULL)
    compare_extras (before, after, sentences);
  return sentences;
}

/* ---- for marking ---- */

/**
 * wf_difference_step_free:
 * @self: (nullable) (transfer full): a step that differs
 */
void
wf_difference_step_free (WfDifferenceStep *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self);
}

static void
add_step (GPtrArray *steps, const WfDifferenceEntry *entry, WfDifferenceKind kind)
{
  WfDifferenceStep *step = g_new (WfDifferenceStep, 1);

  *step = (WfDifferenceStep) { g_strdup (entry->id != NULL ? entry->id : ""), kind };
  g_ptr_array_add (steps, step);
}

/**
 * wf_difference_list_steps:
 * @before: (nullable): as it was
 * @after: as it is
 *
 * Returns: (transfer container) (element-type WfDifferenceStep): the steps that are not as they
 *   were
 */
GPtrArray *
wf_difference_list_steps (const WfWorkflow *before, const WfWorkflow *after)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_difference_step_free);
  g_auto (WfDifferencePair) pair = { 0 };

  wf_difference_pair_init (&pair, before, after, NULL);
  for (guint i = 0; i < pair.before.entries->len; i++)
    if (wf_difference_side_get (&pair.before, (int) i)->other < 0)
      add_step (steps, wf_difference_side_get (&pair.before, (int) i), WF_DIFFERENCE_REMOVED);
  for (guint i = 0; i < pair.after.entries->len; i++)
    {
      const WfDifferenceEntry *entry = wf_difference_side_get (&pair.after, (int) i);

      if (entry->other < 0)
        {
          add_step (steps, entry, WF_DIFFERENCE_ADDED);
          continue;
        }
      if (entry->moved)
        add_step (steps, entry, WF_DIFFERENCE_MOVED);
      if (wf_difference_compare_step (&pair, wf_difference_side_get (&pair.before, entry->other),
                                      entry, NULL))
        add_step (steps, entry, WF_DIFFERENCE_CHANGED);
    }
  return steps;
}
