/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An activity's texts for rows and details. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-text.h"

#include "wf-outcome.h"
#include "wf-sync-text.h"
#include "wf-time-left.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

#define SOON G_TIME_SPAN_HOUR

/* Organisations name icons by short words; the symbols are the platform's. */
static const struct
{
  const char *word;
  const char *icon;
} icons[] = {
  { "call", "call-start-symbolic" },
  { "phone", "call-start-symbolic" },
  { "mail", "mail-unread-symbolic" },
  { "email", "mail-unread-symbolic" },
  { "message", "user-available-symbolic" },
  { "chat", "user-available-symbolic" },
  { "meeting", "x-office-calendar-symbolic" },
  { "calendar", "x-office-calendar-symbolic" },
  { "confirm", "object-select-symbolic" },
  { "check", "object-select-symbolic" },
  { "recover", "edit-undo-symbolic" },
  { "retrieve", "edit-undo-symbolic" },
  { "finish", "checkbox-checked-symbolic" },
  { "finalize", "checkbox-checked-symbolic" },
  { "document", "x-office-document-symbolic" },
  { "proposal", "x-office-document-symbolic" },
  { "visit", "mark-location-symbolic" },
  { "store", "mark-location-symbolic" },
  { "search", "system-search-symbolic" },
  { "person", "avatar-default-symbolic" },
};

const char *
wf_activity_kind_to_text (WfActivityKind kind)
{
  switch (kind)
    {
    case WF_ACTIVITY_CALL:
      return C_ ("activity", "Call");
    case WF_ACTIVITY_MEETING:
      return C_ ("activity", "Meeting");
    case WF_ACTIVITY_APPROVAL:
      return C_ ("activity", "Approval");
    case WF_ACTIVITY_TASK:
    default:
      return NULL;
    }
}

static const char *
done_to_text (const WfActivity *activity, gboolean late)
{
  if (g_strcmp0 (activity->outcome, WF_OUTCOME_APPROVED) == 0)
    return late ? _ ("Approved late") : _ ("Approved");
  if (g_strcmp0 (activity->outcome, WF_OUTCOME_REJECTED) == 0)
    return late ? _ ("Rejected late") : _ ("Rejected");
  return late ? _ ("Done late") : _ ("Done");
}

const char *
wf_activity_end_to_text (const WfActivity *activity, WfInstant now)
{
  switch (activity->status)
    {
    case WF_ACTIVITY_DONE:
      return done_to_text (activity, wf_activity_is_late (activity, now));
    case WF_ACTIVITY_CANCELLED:
      return _ ("Cancelled");
    case WF_ACTIVITY_NO_LONGER_NEEDED:
      return _ ("No longer needed");
    case WF_ACTIVITY_OPEN:
    default:
      return NULL;
    }
}

char *
wf_activity_ending_to_text (const WfActivity *activity, const WfOrganisation *organisation)
{
  const char *outcome = activity->outcome;

  if (outcome == NULL || *outcome == '\0' || activity->kind == WF_ACTIVITY_APPROVAL)
    return NULL;
  switch (activity->status)
    {
    case WF_ACTIVITY_DONE:
      /* Translators: %s is how a call or another activity ended */
      return g_strdup_printf (_ ("Outcome: %s"), wf_organisation_get_outcome_name (
                                                     organisation, activity->type, outcome));
    case WF_ACTIVITY_CANCELLED:
    case WF_ACTIVITY_NO_LONGER_NEEDED:
      /* Translators: %s is the reason for which an activity was closed */
      return g_strdup_printf (_ ("The reason: %s"), outcome);
    case WF_ACTIVITY_OPEN:
    default:
      return NULL;
    }
}

static const char *
get_kind_icon (WfActivityKind kind)
{
  switch (kind)
    {
    case WF_ACTIVITY_CALL:
      return "call-start-symbolic";
    case WF_ACTIVITY_MEETING:
      return "x-office-calendar-symbolic";
    case WF_ACTIVITY_APPROVAL:
      return "dialog-question-symbolic";
    case WF_ACTIVITY_TASK:
    default:
      return NULL;
    }
}

static const char *
get_type_icon (const WfActivity *activity, const WfOrganisation *organisation)
{
  const WfEntry *type =
      organisation != NULL
          ? wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, activity->type)
          : NULL;
  const char *word = type != NULL ? type->icon : NULL;

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (icons); i++)
    {
      if (g_str_equal (icons[i].word, word))
        return icons[i].icon;
    }
  return word != NULL && g_str_has_suffix (word, "-symbolic") ? word : "view-list-bullet-symbolic";
}

const char *
wf_activity_icon (const WfActivity *activity, const WfOrganisation *organisation)
{
  const char *icon = get_kind_icon (activity->kind);

  return icon != NULL ? icon : get_type_icon (activity, organisation);
}

const char *
wf_activity_person_name (const WfActivity *activity, const WfOrganisation *organisation)
{
  if (activity->person == NULL)
    return _ ("Unassigned");
  return wf_organisation_get_person_name (organisation, activity->person);
}

static void
append_part (GString *text, const char *part, const char *separator)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, part);
}

char *
wf_activity_subtitle (const WfActivity *activity, const WfOrganisation *organisation,
                      gboolean with_person)
{
  GString *text = g_string_new (wf_activity_kind_to_text (activity->kind));

  append_part (text, activity->lead_name, " · ");
  if (with_person)
    append_part (text, wf_activity_person_name (activity, organisation), " · ");
  append_part (text, activity->workflow_name, " · ");
  return g_string_free_and_steal (text);
}

char *
wf_activity_spoken (const WfActivity *activity, const WfOrganisation *organisation,
                    gboolean with_person, WfInstant now)
{
  GString *text = g_string_new (activity->title);
  g_autofree char *left = wf_time_left_to_speech (activity->due, now);
  g_autofree char *sync = wf_sync_change_text (activity->sync, activity->sync_error);

  append_part (text, wf_activity_kind_to_text (activity->kind), ", ");
  append_part (text, activity->lead_name, ", ");
  append_part (text, left, ", ");
  if (with_person)
    append_part (text, wf_activity_person_name (activity, organisation), ", ");
  append_part (text, activity->workflow_name, ", ");
  append_part (text, sync, ", ");
  return g_string_free_and_steal (text);
}

char *
wf_activity_due_in_section (const WfActivity *activity, WfDaySection section, WfInstant now,
                            GTimeZone *zone)
{
  switch (section)
    {
    case WF_DAY_SECTION_NOW:
    case WF_DAY_SECTION_LATER_TODAY:
    case WF_DAY_SECTION_TOMORROW:
      return wf_time_text_clock (activity->due, zone);
    case WF_DAY_SECTION_LATE:
    case WF_DAY_SECTION_THIS_WEEK:
    case WF_DAY_SECTION_LATER:
    case WF_DAY_SECTION_CLOSED:
    default:
      return wf_time_text_day_and_time (activity->due, now, zone);
    }
}

WfUrgency
wf_activity_urgency (const WfActivity *activity, WfInstant now)
{
  if (activity->status != WF_ACTIVITY_OPEN)
    return WF_URGENCY_NONE;
  if (wf_activity_is_late (activity, now))
    return WF_URGENCY_LATE;
  return activity->due - now < SOON ? WF_URGENCY_SOON : WF_URGENCY_NONE;
}
