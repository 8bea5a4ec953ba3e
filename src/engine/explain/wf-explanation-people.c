/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the responsible was found, as a sentence (B2). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-explanation-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  /* Names as of the decision, "?" for those that are missing; group and named: nullable. */
  const char *owner, *person, *group, *named;
  gboolean permitted, assigned; /* assigned: the step gives it to somebody else than the owner */
  gint64 n_candidates;
} People;

static int
find_how (const char *name)
{
  for (int i = 0; name != NULL && wf_responsible_how_names[i] != NULL; i++)
    if (g_str_equal (wf_responsible_how_names[i], name))
      return i;
  return -1;
}

static const char *
or_unknown (const char *text)
{
  return text != NULL ? text : "?";
}

/* Somebody else than the owner was to get it. */
static char *
describe_assigned (const People *self, WfResponsibleHow how)
{
  const char *group = or_unknown (self->group), *named = or_unknown (self->named);

  switch (how)
    {
    case WF_RESPONSIBLE_COVER:
      return g_strdup_printf (_ ("%s was to get it and is not active; %s covers."), named,
                              self->person);
    case WF_RESPONSIBLE_COORDINATOR:
      if (self->named == NULL)
        return g_strdup_printf (_ ("%s coordinates the group %s."), self->person, group);
      return g_strdup_printf (
          _ ("%s was to get it and is not active; %s coordinates the group %s."), named,
          self->person, group);
    case WF_RESPONSIBLE_FALLBACK:
      return g_strdup_printf (
          _ ("Nobody of those who were to get it could; %s is the workflow's fallback person."),
          self->person);
    case WF_RESPONSIBLE_NOBODY_ACTIVE:
      return g_strdup_printf (_ ("%s was to get it and is not active, and nobody stands in; "
                                 "whoever may can claim the activity."),
                              named);
    case WF_RESPONSIBLE_ROUND_ROBIN:
      return g_strdup_printf (
          g_dngettext (NULL, "By turns, %s is the only active person of the group %s.",
                       "By turns, %s was chosen among the active people of the group %s.",
                       (gulong) self->n_candidates),
          self->person, group);
    case WF_RESPONSIBLE_LEAST_LOADED:
      return g_strdup_printf (
          g_dngettext (NULL, "For the least busy, %s is the only active person of the group %s.",
                       "For the least busy, %s was proposed among the active people of the group "
                       "%s.",
                       (gulong) self->n_candidates),
          self->person, group);
    default:
      return NULL;
    }
}

static char *
describe_owned (const People *self, WfResponsibleHow how)
{
  switch (how)
    {
    case WF_RESPONSIBLE_OWNER:
      if (self->permitted && self->group != NULL)
        return g_strdup_printf (_ ("%s owns the lead and belongs to the group %s."), self->person,
                                self->group);
      return g_strdup_printf (_ ("%s owns the lead."), self->person);
    case WF_RESPONSIBLE_COVER:
      return g_strdup_printf (_ ("%s owns the lead and is not active; %s covers."), self->owner,
                              self->person);
    case WF_RESPONSIBLE_COORDINATOR:
      return g_strdup_printf (
          _ ("%s owns the lead and is not active; %s coordinates the group %s."), self->owner,
          self->person, or_unknown (self->group));
    case WF_RESPONSIBLE_FALLBACK:
      return g_strdup_printf (
          _ ("%s owns the lead and is not active; %s is the workflow's fallback person."),
          self->owner, self->person);
    case WF_RESPONSIBLE_NO_OWNER:
      return g_strdup (_ ("Nobody owned the lead; whoever may can claim the activity."));
    case WF_RESPONSIBLE_UNKNOWN_OWNER:
      return g_strdup_printf (
          _ ("The organisation did not know the owner, %s; whoever may can claim the activity."),
          self->owner);
    case WF_RESPONSIBLE_NOBODY_ACTIVE:
      return g_strdup_printf (
          _ ("%s owns the lead and is not active, and nobody stands in; whoever may can claim the "
             "activity."),
          self->owner);
    case WF_RESPONSIBLE_MANAGER:
      return g_strdup_printf (_ ("%s coordinates the people of %s."), self->person, self->owner);
    case WF_RESPONSIBLE_NAMED:
      return g_strdup_printf (_ ("The workflow names %s."), self->person);
    case WF_RESPONSIBLE_NO_MANAGER:
      return g_strdup_printf (
          _ ("Nobody coordinates the people of %s; whoever may can claim the activity."),
          self->owner);
    case WF_RESPONSIBLE_NO_MEMBER:
      return g_strdup_printf (
          _ ("Nobody of the group %s is active; whoever may can claim the activity."),
          or_unknown (self->group));
    case WF_RESPONSIBLE_UNKNOWN_PERSON:
      return g_strdup_printf (_ ("The organisation did not know %s, whom the workflow names; "
                                 "whoever may can claim the activity."),
                              or_unknown (self->named));
    case WF_RESPONSIBLE_ROUND_ROBIN:
    case WF_RESPONSIBLE_LEAST_LOADED:
      return NULL; /* only of an assignee */
    }
  return NULL;
}

char *
wf_explanation_describe_responsible (const WfJson *responsible)
{
  int how = find_how (wf_json_get_member_string (responsible, "how"));
  People self = {
    .owner = or_unknown (wf_json_get_member_string (responsible, "owner")),
    .person = or_unknown (wf_json_get_member_string (responsible, "person")),
    .group = wf_json_get_member_string (responsible, "group"),
    .named = wf_json_get_member_string (responsible, "named"),
    .permitted =
        wf_json_get_boolean (wf_json_get_member (responsible, "permitted-by-group"), FALSE),
    .assigned = wf_json_get_member_string (responsible, "assignee") != NULL,
  };
  const char *away = wf_json_get_member_string (responsible, "away");
  char *text = NULL;

  if (how < 0)
    return NULL;
  if (away != NULL)
    self.person = away; /* who would have got it; who does is another sentence */
  wf_json_get_int64 (wf_json_get_member (responsible, "candidates"), &self.n_candidates);
  if (self.assigned)
    text = describe_assigned (&self, (WfResponsibleHow) how);
  return text != NULL ? text : describe_owned (&self, (WfResponsibleHow) how);
}

char *
wf_explanation_describe_absence (const WfJson *responsible, GTimeZone *zone)
{
  const char *away = wf_json_get_member_string (responsible, "away");
  const char *treatment = wf_json_get_member_string (responsible, "away-treatment");
  const char *person = wf_json_get_member_string (responsible, "person");
  g_autofree char *until = NULL;
  WfInstant at;

  if (away == NULL || treatment == NULL ||
      !wf_json_get_int64 (wf_json_get_member (responsible, "away-until"), &at))
    return NULL;
  until = wf_explanation_format_instant (at, zone);
  if (g_str_equal (treatment, wf_absence_treatment_names[WF_ABSENCE_SHIFT]))
    return g_strdup_printf (_ ("%s is away until %s; the time counts from the return."), away,
                            until);
  if (person == NULL)
    return g_strdup_printf (
        _ ("%s is away until %s, and nobody stands in; whoever may can claim the activity."), away,
        until);
  return g_strdup_printf (_ ("%s is away until %s; %s covers."), away, until, person);
}
