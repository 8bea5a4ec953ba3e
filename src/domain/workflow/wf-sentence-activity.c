/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities in sentences (B24): tasks, calls and meetings, with who gets them and by when. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-sentence-private.h"

#include "wf-event-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- people ---- */

const char *
wf_sentence_get_group (const char *group, const WfOrganisation *organisation)
{
  return wf_organisation_get_entry_name (organisation, WF_ENTRY_GROUP, group);
}

/* The id behind the prefix, or NULL. */
static const char *
get_id (const char *text, const char *prefix)
{
  return g_str_has_prefix (text, prefix) ? text + strlen (prefix) : NULL;
}

/* What recipients and assignees share; NULL when it is none of that. */
static const char *
find_somebody (const char *text, const WfOrganisation *organisation)
{
  const char *person = get_id (text, "person:");

  if (person != NULL)
    return wf_organisation_get_person_name (organisation, person);
  if (g_str_equal (text, "responsible"))
    /* Translators: somebody who gets work or a message: “Create “Call” for the responsible”, “Give
     * the lead to the responsible”, “tell the responsible” */
    return C_ ("somebody", "the responsible");
  if (g_str_equal (text, "manager"))
    /* Translators: somebody who gets work or a message, as above */
    return C_ ("somebody", "the manager of the responsible");
  return NULL;
}

char *
wf_sentence_make_assignee (const char *assignee, const WfOrganisation *organisation)
{
  const char *text = assignee != NULL ? assignee : "responsible";
  const char *somebody = find_somebody (text, organisation);
  const char *in_turn = get_id (text, "round-robin:"), *least = get_id (text, "least-loaded:");

  if (in_turn != NULL)
    /* Translators: somebody who gets work: “Create “Call” for the next one in turn of …”; %s is a
     * group */
    return g_strdup_printf (C_ ("somebody", "the next one in turn of the group %s"),
                            wf_sentence_get_group (in_turn, organisation));
  if (least != NULL)
    /* Translators: somebody who gets work: “Create “Call” for the one with …”; %s is a group */
    return g_strdup_printf (C_ ("somebody", "the one with the least to do of the group %s"),
                            wf_sentence_get_group (least, organisation));
  return g_strdup (somebody != NULL ? somebody : text);
}

char *
wf_sentence_make_recipient (const char *recipient, const WfOrganisation *organisation)
{
  const char *text = recipient != NULL ? recipient : "responsible";
  const char *somebody = find_somebody (text, organisation), *group = get_id (text, "group:");

  if (group != NULL)
    /* Translators: those who get a message: “tell everybody of …”; %s is a group */
    return g_strdup_printf (C_ ("somebody", "everybody of the group %s"),
                            wf_sentence_get_group (group, organisation));
  return g_strdup (somebody != NULL ? somebody : text);
}

/* ---- deadlines ---- */

/* Of tasks: they are due. */
void
wf_sentence_add_deadline (char **sentence, const WfSentenceDeadline *deadline)
{
  g_autofree char *within = wf_duration_to_text (deadline->within);
  const char *before = wf_sentence_get_field (deadline->before);

  if (!wf_duration_is_set (deadline->within))
    /* Translators: a sentence such as “Create “Call” for the responsible” */
    wf_sentence_extend (sentence, _ ("%1$s, without a deadline so far"), NULL, NULL);
  else if (deadline->before != NULL && deadline->business_time)
    /* Translators: a sentence such as “Create “Call” for the responsible”, an amount of time such
     * as “2 hours”, and a date such as “Meeting’s start” */
    wf_sentence_extend (sentence, _ ("%1$s, due %2$s of business hours before “%3$s”"), within,
                        before);
  else if (deadline->before != NULL && deadline->business_hours)
    /* Translators: a sentence such as “Create “Call” for the responsible”, an amount of time such
     * as “2 hours”, and a date such as “Meeting’s start” */
    wf_sentence_extend (sentence, _ ("%1$s, due %2$s before “%3$s”, in business hours"), within,
                        before);
  else if (deadline->before != NULL)
    /* Translators: a sentence such as “Create “Call” for the responsible”, an amount of time such
     * as “2 hours”, and a date such as “Meeting’s start” */
    wf_sentence_extend (sentence, _ ("%1$s, due %2$s before “%3$s”"), within, before);
  else if (deadline->business_hours)
    /* Translators: a sentence such as “Create “Call” for the responsible”, and an amount of time
     * such as “2 hours” */
    wf_sentence_extend (sentence, _ ("%1$s, due in %2$s (business hours)"), within, NULL);
  else
    /* Translators: a sentence such as “Create “Call” for the responsible”, and an amount of time
     * such as “2 hours” */
    wf_sentence_extend (sentence, _ ("%1$s, due in %2$s"), within, NULL);
}

/* Of calls and meetings: they begin then. */
static void
add_beginning (char **sentence, const WfSentenceDeadline *deadline)
{
  g_autofree char *within = wf_duration_to_text (deadline->within);
  const char *before = wf_sentence_get_field (deadline->before);

  if (!wf_duration_is_set (deadline->within))
    /* Translators: a sentence such as “Schedule a call for the responsible” */
    wf_sentence_extend (sentence, _ ("%1$s, at a time that has still to be chosen"), NULL, NULL);
  else if (deadline->before != NULL && deadline->business_time)
    /* Translators: a sentence such as “Schedule a call for the responsible”, an amount of time
     * such as “2 hours”, and a date such as “Meeting’s start” */
    wf_sentence_extend (sentence, _ ("%1$s, %2$s of business hours before “%3$s”"), within, before);
  else if (deadline->before != NULL && deadline->business_hours)
    /* Translators: a sentence such as “Schedule a call for the responsible”, an amount of time
     * such as “2 hours”, and a date such as “Meeting’s start” */
    wf_sentence_extend (sentence, _ ("%1$s, %2$s before “%3$s”, in business hours"), within,
                        before);
  else if (deadline->before != NULL)
    /* Translators: a sentence such as “Schedule a call for the responsible”, an amount of time
     * such as “2 hours”, and a date such as “Meeting’s start” */
    wf_sentence_extend (sentence, _ ("%1$s, %2$s before “%3$s”"), within, before);
  else if (deadline->business_hours)
    /* Translators: a sentence such as “Schedule a call for the responsible”, and an amount of time
     * such as “2 hours” */
    wf_sentence_extend (sentence, _ ("%1$s, in %2$s (business hours)"), within, NULL);
  else
    /* Translators: a sentence such as “Schedule a call for the responsible”, and an amount of time
     * such as “2 hours” */
    wf_sentence_extend (sentence, _ ("%1$s, in %2$s"), within, NULL);
}

void
wf_sentence_add_notify (char **sentence, WfDuration notify)
{
  g_autofree char *text = wf_duration_to_text (notify);

  if (wf_duration_is_set (notify))
    /* Translators: a sentence such as “Create “Call” for the responsible, due in 2 hours”, and
     * an amount of time */
    wf_sentence_extend (sentence, _ ("%1$s, remind %2$s before"), text, NULL);
}

/* ---- activities ---- */

const char *
wf_sentence_get_type (const char *type, const WfOrganisation *organisation)
{
  if (type[0] == '\0')
    return C_ ("activity", "an activity");
  return wf_organisation_get_entry_name (organisation, WF_ENTRY_ACTIVITY_TYPE, type);
}

static char *
make_head (const WfStep *step, const WfOrganisation *organisation)
{
  const WfCreateActivity *self = &step->create_activity;
  g_autofree char *whom = wf_sentence_make_assignee (self->assignee, organisation);
  const char *type = wf_sentence_get_type (self->activity_type, organisation);
  gboolean typed = self->activity_type[0] != '\0';

  if (step->kind == WF_STEP_SCHEDULE_CALL)
    return typed
               /* Translators: the name of a type of activity, and somebody such as “the
                * responsible” */
               ? g_strdup_printf (_ ("Schedule the call “%1$s” for %2$s"), type, whom)
               /* Translators: %s is somebody such as “the responsible” */
               : g_strdup_printf (_ ("Schedule a call for %s"), whom);
  if (step->kind == WF_STEP_SCHEDULE_MEETING)
    return typed
               /* Translators: the name of a type of activity, and somebody such as “the
                * responsible” */
               ? g_strdup_printf (_ ("Schedule the meeting “%1$s” for %2$s"), type, whom)
               /* Translators: %s is somebody such as “the responsible” */
               : g_strdup_printf (_ ("Schedule a meeting for %s"), whom);
  /* Translators: the name of a type of activity, and somebody such as “the responsible” */
  return g_strdup_printf (_ ("Create “%1$s” for %2$s"), type, whom);
}

static void
add_appointment (char **sentence, const WfCreateActivity *self)
{
  g_autofree char *lasts = wf_duration_to_text (self->lasts);
  g_autofree char *place = wf_sentence_quote (self->place);

  if (wf_duration_is_set (self->lasts))
    /* Translators: a sentence such as “Schedule a call for the responsible, in 2 hours”, and an
     * amount of time */
    wf_sentence_extend (sentence, _ ("%1$s, lasting %2$s"), lasts, NULL);
  if (self->place != NULL && self->place[0] != '\0')
    /* Translators: a sentence such as “Schedule a meeting for the responsible, in 2 hours”, and a
     * place such as “Meeting room 3” */
    wf_sentence_extend (sentence, _ ("%1$s, at “%2$s”"), place, NULL);
}

static void
add_permission (char **sentence, const WfCreateActivity *self, const WfOrganisation *organisation)
{
  guint n = self->groups != NULL ? g_strv_length (self->groups) : 0;
  g_autofree char *groups = NULL;

  if (self->scope != WF_PERMISSION_GROUPS || n == 0)
    return;
  groups = wf_sentence_join (self->groups, wf_sentence_get_group, organisation);
  wf_sentence_extend (sentence,
                      /* Translators: a sentence such as “Create “Call” for the responsible, due
                       * in 2 hours”, and names of groups */
                      ngettext ("%1$s, if the responsible is in the group %2$s",
                                "%1$s, if the responsible is in one of the groups %2$s", n),
                      groups, NULL);
}

static const char *
get_event_name (const char *type, G_GNUC_UNUSED const WfOrganisation *organisation)
{
  return wf_event_type_to_text (type);
}

/* B8, B9, S10: how it may end otherwise than by being done. */
static void
add_endings (char **sentence, const WfCreateActivity *self)
{
  guint n = self->retire_on != NULL ? g_strv_length (self->retire_on) : 0;
  g_autofree char *events = n > 0 ? wf_sentence_join (self->retire_on, get_event_name, NULL) : NULL;

  if (self->join)
    /* Translators: a sentence such as “Create “Call” for the responsible, due in 2 hours” */
    wf_sentence_extend (sentence, _ ("%1$s, joining an open one of the same type"), NULL, NULL);
  if (self->keep_when_closed)
    /* Translators: a sentence such as “Create “Call” for the responsible, due in 2 hours” */
    wf_sentence_extend (sentence, _ ("%1$s, and keep it when the lead is closed"), NULL, NULL);
  if (n > 0)
    wf_sentence_extend (sentence,
                        /* Translators: a sentence such as “Create “Call” for the responsible,
                         * due in 2 hours”, and names of events such as “E-mail answered” */
                        ngettext ("%1$s; no longer needed after the event: %2$s",
                                  "%1$s; no longer needed after one of the events: %2$s", n),
                        events, NULL);
}

char *
wf_sentence_make_activity (const WfStep *step, const WfOrganisation *organisation)
{
  const WfCreateActivity *self = &step->create_activity;
  const WfSentenceDeadline deadline = { self->complete_within, self->before, self->business_time,
                                        self->business_hours };
  char *sentence = make_head (step, organisation);

  if (step->kind == WF_STEP_CREATE_ACTIVITY)
    wf_sentence_add_deadline (&sentence, &deadline);
  else
    add_beginning (&sentence, &deadline);
  add_appointment (&sentence, self);
  wf_sentence_add_notify (&sentence, self->notify);
  add_permission (&sentence, self, organisation);
  add_endings (&sentence, self);
  return sentence;
}
