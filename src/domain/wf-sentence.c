/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow in sentences (B24). Sentences are whole for translators; where parts are optional,
 * a complete sentence is put into a longer one. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-sentence.h"

#include "wf-event-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PERSON_PREFIX "person:"

static const char *
get_type_name (const char *type, const WfOrganisation *organisation)
{
  const WfEntry *entry = NULL;

  if (type[0] == '\0')
    return C_ ("activity", "an activity");
  if (organisation != NULL)
    entry = wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, type);
  return entry != NULL ? entry->name : type;
}

static const char *
get_person_name (const char *id, const WfOrganisation *organisation)
{
  const WfPerson *person = organisation != NULL ? wf_organisation_get_person (organisation, id)
                                                : NULL;

  return person != NULL ? person->name : id;
}

static const char *
get_field_name (const char *field)
{
  return field != NULL && field[0] != '\0' ? wf_field_to_text (field) : C_ ("date", "a date");
}

/* Puts the sentence into a longer one, whose format takes it first and more second; frees what
 * it replaces. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
extend (char **sentence, const char *format, const char *more)
{
  char *longer = g_strdup_printf (format, *sentence, more);

  g_free (*sentence);
  *sentence = longer;
}
#pragma GCC diagnostic pop

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

/* "When ... and A and B", but "When ... and (A or B)". */
char *
wf_sentence_for_trigger (const WfWorkflow *workflow, const WfOrganisation *organisation)
{
  g_autofree char *sentence = make_event_sentence (workflow->event);
  g_autofree char *condition = NULL;

  if (workflow->conditions == NULL ||
      (wf_condition_get_kind (workflow->conditions) == WF_CONDITION_ALL &&
       wf_condition_get_n_children (workflow->conditions) == 0))
    return g_steal_pointer (&sentence);
  condition = wf_condition_to_text (workflow->conditions, organisation);
  if (wf_condition_get_kind (workflow->conditions) == WF_CONDITION_ANY &&
      wf_condition_get_n_children (workflow->conditions) > 1)
    /* Translators: “When a lead is received” and its conditions, of which one is enough */
    extend (&sentence, _ ("%1$s and (%2$s)"), condition);
  else
    /* Translators: “When a lead is received” and its conditions */
    extend (&sentence, C_ ("trigger", "%1$s and %2$s"), condition);
  return g_steal_pointer (&sentence);
}

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
      return g_strdup_printf (_ ("%1$s before “%2$s”"), duration, get_field_name (run->field));
    }
  g_assert_not_reached ();
}

static char *
make_deadline_before (const WfCreateActivity *self, const char *type, const char *within)
{
  const char *field = get_field_name (self->before);

  if (self->business_time)
    return g_strdup_printf (
        _ ("Create “%1$s” for the responsible, due %2$s of business hours before “%3$s”"), type,
        within, field);
  if (self->business_hours)
    return g_strdup_printf (
        _ ("Create “%1$s” for the responsible, due %2$s before “%3$s”, in business hours"), type,
        within, field);
  return g_strdup_printf (_ ("Create “%1$s” for the responsible, due %2$s before “%3$s”"), type,
                          within, field);
}

static char *
make_deadline (const WfCreateActivity *self, const WfOrganisation *organisation)
{
  const char *type = get_type_name (self->activity_type, organisation);
  g_autofree char *within = wf_duration_to_text (self->complete_within);

  if (!wf_duration_is_set (self->complete_within))
    return g_strdup_printf (_ ("Create “%s” for the responsible, without a deadline so far"), type);
  if (self->before != NULL)
    return make_deadline_before (self, type, within);
  if (self->business_hours)
    return g_strdup_printf (_ ("Create “%1$s” for the responsible, due in %2$s (business hours)"),
                            type, within);
  return g_strdup_printf (_ ("Create “%1$s” for the responsible, due in %2$s"), type, within);
}

static char *
join_groups (char **groups, const WfOrganisation *organisation)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      const WfEntry *entry =
          organisation != NULL ? wf_organisation_get_entry (organisation, WF_ENTRY_GROUP, groups[i])
                               : NULL;

      if (i > 0)
        g_string_append (text, C_ ("separator of a list", ", "));
      g_string_append (text, entry != NULL ? entry->name : groups[i]);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
add_permission (char **sentence, const WfCreateActivity *self, const WfOrganisation *organisation)
{
  guint n = self->groups != NULL ? g_strv_length (self->groups) : 0;
  g_autofree char *groups = NULL;

  if (self->scope != WF_PERMISSION_GROUPS || n == 0)
    return;
  groups = join_groups (self->groups, organisation);
  /* Translators: a sentence such as “Create “Call” for the responsible, due in 2 hours”, and
   * names of groups */
  extend (sentence,
          ngettext ("%1$s, if the responsible is in the group %2$s",
                    "%1$s, if the responsible is in one of the groups %2$s", n),
          groups);
}

static char *
make_create_activity (const WfCreateActivity *self, const WfOrganisation *organisation)
{
  char *sentence = make_deadline (self, organisation);

  if (wf_duration_is_set (self->notify))
    {
      g_autofree char *notify = wf_duration_to_text (self->notify);

      /* Translators: a sentence such as “Create “Call” for the responsible, due in 2 hours”, and
       * an amount of time */
      extend (&sentence, _ ("%1$s, remind %2$s before"), notify);
    }
  add_permission (&sentence, self, organisation);
  if (self->keep_when_closed)
    /* Translators: a sentence such as “Create “Call” for the responsible, due in 2 hours” */
    extend (&sentence, _ ("%1$s, and keep it when the lead is closed"), NULL);
  return sentence;
}

static char *
make_notify (const WfNotify *self, const WfOrganisation *organisation)
{
  char *sentence;

  if (g_str_equal (self->recipient, "responsible"))
    sentence = g_strdup_printf (_ ("Tell the responsible: “%s”"), self->text);
  else if (g_str_equal (self->recipient, "manager"))
    sentence = g_strdup_printf (_ ("Tell the manager of the responsible: “%s”"), self->text);
  else if (g_str_has_prefix (self->recipient, PERSON_PREFIX))
    /* Translators: a person and a text */
    sentence = g_strdup_printf (
        _ ("Tell %1$s: “%2$s”"),
        get_person_name (self->recipient + strlen (PERSON_PREFIX), organisation), self->text);
  else
    sentence = g_strdup_printf (_ ("Tell %1$s: “%2$s”"), self->recipient, self->text);
  if (self->sender != NULL)
    /* Translators: a sentence such as “Tell the responsible: “Call back””, and a person */
    extend (&sentence, _ ("%1$s, shown as sent by %2$s"),
            get_person_name (self->sender, organisation));
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
      return g_strdup_printf (_ ("Wait until “%s”"), get_field_name (self->until));
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
      return make_create_activity (&step->create_activity, organisation);
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
    }
  g_assert_not_reached ();
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

char *
wf_sentence_for_workflow (const WfWorkflow *workflow, const WfOrganisation *organisation)
{
  GString *text = g_string_new (NULL);
  g_autofree char *trigger = wf_sentence_for_trigger (workflow, organisation);
  g_autofree char *line = NULL;

  /* Translators: “When a lead is received”; what is done follows below */
  line = g_strdup_printf (C_ ("trigger", "%s:"), trigger);
  append_line (text, 0, line);
  append_steps (text, workflow->steps, 1, organisation);
  if (get_reentry_sentence (workflow->reentry) != NULL)
    append_line (text, 0, get_reentry_sentence (workflow->reentry));
  if (workflow->own_events)
    append_line (text, 0, _ ("Events that workflows cause start it too"));
  return g_string_free_and_steal (text);
}
