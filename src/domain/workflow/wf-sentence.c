/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow in sentences (B24). Sentences are whole for translators; where parts are optional,
 * a complete sentence is put into a longer one. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-sentence.h"

#include "wf-event-catalogue.h"
#include "wf-sentence-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The formats are msgids of ours and of translators, whose placeholders msgfmt checks. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
void
wf_sentence_extend (char **sentence, const char *format, const char *more, const char *last)
{
  char *longer = g_strdup_printf (format, *sentence, more, last);

  g_free (*sentence);
  *sentence = longer;
}
#pragma GCC diagnostic pop

char *
wf_sentence_quote (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *at = text != NULL ? text : ""; *at != '\0'; at++)
    if (!g_ascii_iscntrl (*at))
      g_string_append_c (line, *at);
    else if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  g_strchomp (line->str);
  return g_strdup (line->str[0] != '\0' ? line->str : "…");
}

const char *
wf_sentence_get_field (const char *field)
{
  return field != NULL && field[0] != '\0' ? wf_field_to_text (field) : C_ ("date", "a date");
}

char *
wf_sentence_join (char **ids, WfSentenceNameFunc func, const WfOrganisation *organisation)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_string_append (text, i > 0 ? C_ ("separator of a list", ", ") : "");
      g_string_append (text, func (ids[i], organisation));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

void
wf_sentence_add_sender (char **sentence, const char *sender, const WfOrganisation *organisation)
{
  if (sender != NULL && sender[0] != '\0')
    /* Translators: a sentence such as “Tell the responsible: “Call back””, and a person */
    wf_sentence_extend (sentence, _ ("%1$s, shown as sent by %2$s"),
                        wf_organisation_get_person_name (organisation, sender), NULL);
}

/* ---- triggers ---- */

static char *
make_event_sentence (const char *event)
{
  const char *sentence = wf_event_type_to_sentence (event);

  if (sentence != NULL)
    return g_strdup (sentence);
  if (event[0] == '\0')
    return g_strdup (_ ("When the event happens that has still to be chosen"));
  return g_strdup_printf (_ ("When the event “%s” happens"), event);
}

/* "Every Monday at 09:00, for each lead of which holds: A and B" (R127) */
static char *
make_schedule_sentence (const WfWorkflow *workflow, const char *condition)
{
  char *sentence = wf_schedule_to_text (workflow->schedule);

  if (condition != NULL && wf_workflow_is_for_each_lead (workflow))
    /* Translators: times such as “Every Monday at 09:00”, and conditions */
    wf_sentence_extend (&sentence, _ ("%1$s, for each lead of which holds: %2$s"), condition, NULL);
  else if (condition != NULL)
    /* Translators: times such as “Every Monday at 09:00”, and conditions */
    wf_sentence_extend (&sentence, _ ("%1$s, if %2$s"), condition, NULL);
  else if (wf_workflow_is_for_each_lead (workflow))
    /* Translators: times such as “Every Monday at 09:00” */
    wf_sentence_extend (&sentence, _ ("%1$s, for each lead"), NULL, NULL);
  return sentence;
}

static char *
make_condition (const WfCondition *condition, const WfOrganisation *organisation)
{
  if (condition == NULL || (wf_condition_get_kind (condition) == WF_CONDITION_ALL &&
                            wf_condition_get_n_children (condition) == 0))
    return NULL;
  return wf_condition_to_text (condition, organisation);
}

/* "When ... and A and B", but "When ... and (A or B)". */
char *
wf_sentence_for_trigger (const WfWorkflow *workflow, const WfOrganisation *organisation)
{
  g_autofree char *sentence = NULL;
  g_autofree char *condition = make_condition (workflow->conditions, organisation);

  if (workflow->schedule != NULL)
    return make_schedule_sentence (workflow, condition);
  sentence = make_event_sentence (workflow->event);
  if (condition == NULL)
    return g_steal_pointer (&sentence);
  if (wf_condition_get_kind (workflow->conditions) == WF_CONDITION_ANY &&
      wf_condition_get_n_children (workflow->conditions) > 1)
    /* Translators: “When a lead is received” and its conditions, of which one is enough */
    wf_sentence_extend (&sentence, _ ("%1$s and (%2$s)"), condition, NULL);
  else
    /* Translators: “When a lead is received” and its conditions */
    wf_sentence_extend (&sentence, C_ ("trigger", "%1$s and %2$s"), condition, NULL);
  return g_steal_pointer (&sentence);
}

/* ---- steps ---- */

char *
wf_sentence_for_run (const WfRunSettings *run)
{
  g_autofree char *duration = NULL;

  switch (run->mode)
    {
    case WF_RUN_IMMEDIATELY:
      return g_strdup (_ ("Immediately"));
    case WF_RUN_AFTER_PREVIOUS:
      return g_strdup (_ ("After the previous step"));
    case WF_RUN_DELAY:
      duration = wf_duration_to_text (run->delay);
      /* Translators: %s is an amount of time such as “1 day” */
      return g_strdup_printf (_ ("%s later"), duration);
    case WF_RUN_BEFORE:
      duration = wf_duration_to_text (run->offset);
      /* Translators: an amount of time such as “1 day”, and a date such as “Meeting’s start” */
      return g_strdup_printf (_ ("%1$s before “%2$s”"), duration,
                              wf_sentence_get_field (run->field));
    }
  g_assert_not_reached ();
}

static char *
make_notify (const WfNotify *self, const WfOrganisation *organisation)
{
  g_autofree char *text = wf_sentence_quote (self->text);
  g_autofree char *whom = wf_sentence_make_recipient (self->recipient, organisation);
  /* Translators: people, such as “the responsible” or “Ana Souza”, and a text */
  char *sentence = g_strdup_printf (_ ("Tell %1$s: “%2$s”"), whom, text);

  wf_sentence_add_sender (&sentence, self->sender, organisation);
  return sentence;
}

static char *
make_wait (const WfWait *self, const WfOrganisation *organisation)
{
  g_autofree char *duration =
      wf_duration_to_text (self->kind == WF_WAIT_FOR ? self->duration : self->time_out);
  g_autofree char *condition = NULL;

  switch (self->kind)
    {
    case WF_WAIT_FOR:
      return g_strdup_printf (
          self->business_hours ? _ ("Wait for %s (business hours)") : _ ("Wait for %s"), duration);
    case WF_WAIT_UNTIL:
      return g_strdup_printf (_ ("Wait until “%s”"), wf_sentence_get_field (self->until));
    case WF_WAIT_UNTIL_CONDITION:
      if (self->condition == NULL)
        return g_strdup_printf (
            _ ("Wait for a condition that has still to be chosen, for %s at most"), duration);
      condition = wf_condition_to_text (self->condition, organisation);
      /* Translators: a condition such as “Stage is Filter 2”, and an amount of time */
      return g_strdup_printf (_ ("Wait until %1$s, for %2$s at most"), condition, duration);
    }
  g_assert_not_reached ();
}

static char *
make_what (const WfStep *step, const WfOrganisation *organisation)
{
  switch (step->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
      return wf_sentence_make_activity (step, organisation);
    case WF_STEP_NOTIFY:
      return make_notify (&step->notify, organisation);
    case WF_STEP_WAIT:
      return make_wait (&step->wait, organisation);
    case WF_STEP_BRANCH:
      return g_strdup_printf (ngettext ("Take the path whose condition holds, of %u path",
                                        "Take the first path whose condition holds, of %u paths",
                                        step->paths->len),
                              step->paths->len);
    case WF_STEP_OTHER:
      return g_strdup_printf (_ ("A step of the kind “%s”, which this version cannot carry out"),
                              step->kind_name);
    default:
      return wf_sentence_make_settings (step, organisation);
    }
}

/**
 * wf_sentence_for_step:
 * @step: the step
 * @organisation: (nullable): for names
 *
 * Returns: (transfer full): what the step does; of a branch only its head
 */
char *
wf_sentence_for_step (const WfStep *step, const WfOrganisation *organisation)
{
  g_autofree char *what = make_what (step, organisation);
  g_autofree char *run = NULL;

  if (step->run.mode == WF_RUN_IMMEDIATELY)
    return g_steal_pointer (&what);
  run = wf_sentence_for_run (&step->run);
  /* Translators: when, such as “1 day later”, and what, such as “Create “Call” for the
   * responsible, due in 2 hours” */
  return g_strdup_printf (C_ ("step", "%1$s: %2$s"), run, what);
}

static char *
make_path (const WfPath *path, gboolean first, const WfOrganisation *organisation)
{
  g_autofree char *condition = NULL;
  gboolean named = path->name != NULL && path->name[0] != '\0';

  if (path->condition != NULL)
    {
      condition = wf_condition_to_text (path->condition, organisation);
      if (named)
        /* Translators: the name of a path and its condition */
        return g_strdup_printf (_ ("“%1$s”, if %2$s:"), path->name, condition);
      return g_strdup_printf (_ ("If %s:"), condition);
    }
  if (named)
    /* Translators: the name of a path */
    return g_strdup_printf (first ? _ ("“%s”, always:") : _ ("“%s”, in all other cases:"),
                            path->name);
  return g_strdup (first ? _ ("Always:") : _ ("In all other cases:"));
}

static void
append_line (GString *text, guint level, const char *line)
{
  for (guint i = 0; i < level; i++)
    g_string_append (text, "  ");
  g_string_append (text, line);
  g_string_append_c (text, '\n');
}

static void append_steps (GString *text, GPtrArray *steps, guint level,
                          const WfOrganisation *organisation);

static void
append_paths (GString *text, GPtrArray *paths, guint level, const WfOrganisation *organisation)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const WfPath *path = g_ptr_array_index (paths, i);
      g_autofree char *line = make_path (path, i == 0, organisation);

      append_line (text, level, line);
      append_steps (text, path->steps, level + 1, organisation);
    }
}

static void
append_steps (GString *text, GPtrArray *steps, guint level, const WfOrganisation *organisation)
{
  if (steps->len == 0)
    append_line (text, level, _ ("Do nothing"));
  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);
      g_autofree char *line = wf_sentence_for_step (step, organisation);

      append_line (text, level, line);
      if (step->kind == WF_STEP_BRANCH)
        append_paths (text, step->paths, level + 1, organisation);
    }
}

static const char *
get_reentry_sentence (WfReentry reentry)
{
  switch (reentry)
    {
    case WF_REENTRY_EVERY_EVENT:
      return NULL;
    case WF_REENTRY_ONCE_PER_LEAD:
      return _ ("Each lead starts it only once");
    case WF_REENTRY_ONCE_WHILE_OPEN:
      return _ ("A lead that still has an open activity of it joins that one");
    case WF_REENTRY_RESTART:
      return _ ("A lead that is waiting in it starts again from the beginning");
    }
  g_assert_not_reached ();
}

static char *
make_fallback_person (const char *id, const WfOrganisation *organisation)
{
  /* Translators: a person who gets the work */
  return g_strdup_printf (_ ("If the responsible is not active and nobody else stands in: %s"),
                          wf_organisation_get_person_name (organisation, id));
}

/**
 * wf_sentence_for_rules:
 * @workflow: the workflow
 * @organisation: (nullable): for names
 *
 * Returns: (transfer full): what holds for the workflow as a whole, a sentence each,
 *   NULL-terminated; empty when nothing differs from the usual
 */
char **
wf_sentence_for_rules (const WfWorkflow *workflow, const WfOrganisation *organisation)
{
  g_autoptr (GStrvBuilder) rules = g_strv_builder_new ();

  if (get_reentry_sentence (workflow->reentry) != NULL)
    g_strv_builder_add (rules, get_reentry_sentence (workflow->reentry));
  if (workflow->own_events)
    g_strv_builder_add (rules, _ ("Events that workflows cause start it too"));
  if (workflow->keep_when_left)
    g_strv_builder_add (rules,
                        _ ("It goes on when the record leaves the stage in which it started"));
  if (workflow->fallback_person != NULL)
    g_strv_builder_take (rules, make_fallback_person (workflow->fallback_person, organisation));
  return g_strv_builder_end (rules);
}

char *
wf_sentence_for_workflow (const WfWorkflow *workflow, const WfOrganisation *organisation)
{
  GString *text = g_string_new (NULL);
  g_autofree char *trigger = wf_sentence_for_trigger (workflow, organisation);
  g_auto (GStrv) rules = wf_sentence_for_rules (workflow, organisation);
  g_autofree char *line = NULL;

  /* Translators: “When a lead is received”; what is done follows below */
  line = g_strdup_printf (C_ ("trigger", "%s:"), trigger);
  append_line (text, 0, line);
  append_steps (text, workflow->steps, 1, organisation);
  for (guint i = 0; rules[i] != NULL; i++)
    append_line (text, 0, rules[i]);
  return g_string_free_and_steal (text);
}
