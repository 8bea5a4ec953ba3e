/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what happened to a lead. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-moment-text.h"

#include "wf-activity-text.h"
#include "wf-event-catalogue.h"
#include "wf-instant.h"
#include "wf-outcome.h"
#include "wf-sync-text.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define AGO_BELOW (12 * G_TIME_SPAN_HOUR) /* as wf_time_text_ago() goes over to days */

static const char *
get_person_name (const WfMomentReader *reader, const char *person)
{
  return wf_organisation_get_person_name (reader->organisation, person);
}

static gboolean
is_viewer (const WfMomentReader *reader, const char *person)
{
  return person != NULL && g_strcmp0 (person, reader->person) == 0;
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

/* NULL instead of an empty text. */
static char *
finish_text (GString *text)
{
  char *result = g_string_free_and_steal (text);

  if (*result == '\0')
    g_clear_pointer (&result, g_free);
  return result;
}

/* ---- events ------------------------------------------------------------------------------------ */

/* What there is to add to an event's name, in this order. Stages and persons of changes are in the sentence. */
static const struct
{
  const char *type; /* the whole name, or what it begins with up to a full stop */
  const char *fields[4];
} event_fields[] = {
  { "lead.received", { "lead.source", "form.name" } },
  { "lead.created-manually", { "lead.source" } },
  { "lead.stage-changed", { "reason" } },
  { "lead.discarded", { "reason" } },
  { "lead.finalized", { "reason" } },
  { "meeting.", { "meeting.title", "meeting.start", "meeting.place" } },
  { "email.", { "email.subject", "email.link" } },
  { "message.", { "message.channel", "message.text" } },
  { "call.", { "call.outcome", "call.phone" } },
  { "form.", { "form.name" } },
  { "ticket.", { "ticket.subject", "ticket.text" } },
  { "activity.", { "activity.title", "activity.due" } },
  { "deal.", { "deal.name", "deal.stage", "reason" } },
  { "payment.", { "deal.name", "payment.due" } },
  { "webhook.", { "webhook.name" } },
};

static gboolean
is_of_type (const char *type, const char *wanted)
{
  return g_str_has_suffix (wanted, ".") ? g_str_has_prefix (type, wanted)
                                        : g_str_equal (type, wanted);
}

/* A text or a number as it is, an id as its name, an instant as a day and a time; NULL when it is missing. */
static char *
get_field (const WfEvent *event, const char *field, const WfMomentReader *reader)
{
  const WfFieldInfo *info = wf_field_find (field);
  const WfJson *value = wf_event_get_field (event, field);
  WfInstant at;

  if (value == NULL || wf_json_is (value, WF_JSON_NULL))
    return NULL;
  if (info != NULL && info->type == WF_FIELD_DATE_TIME &&
      wf_event_get_instant (event, field, reader->zone, &at))
    return wf_time_text_day_and_time (at, reader->now, reader->zone);
  if (!wf_json_is (value, WF_JSON_STRING))
    return wf_json_to_text (value, FALSE);
  return g_strdup (
      wf_organisation_get_name_in_field (reader->organisation, field, wf_json_get_string (value)));
}

static char *
describe_event_fields (const WfEvent *event, const WfMomentReader *reader)
{
  const char *type = wf_event_get_event_type (event);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (event_fields); i++)
    {
      if (!is_of_type (type, event_fields[i].type))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (event_fields[i].fields); j++)
        {
          const char *field = event_fields[i].fields[j];
          g_autofree char *value = field != NULL ? get_field (event, field, reader) : NULL;
          append_part (text, value, " · ");
        }
      break;
    }
  return finish_text (text);
}

/* What changed from what to what: the event's own name says it less well. */
static char *
describe_change (const WfEvent *event, const WfMomentReader *reader)
{
  static const struct
  {
    const char *type, *from, *to;
    const char *both, *only; /* only: nothing was there before, or nobody says what */
  } changes[] = {
    { "lead.stage-changed", "stage_from", "stage_to", N_ ("Stage changed from “%s” to “%s”"),
      N_ ("Stage changed to “%s”") },
    { "deal.stage-changed", "stage_from", "stage_to", N_ ("Deal moved from “%s” to “%s”"),
      N_ ("Deal moved to “%s”") },
    { "lead.reassigned", "owner_from", "owner_to", N_ ("Lead given by %s to %s"),
      N_ ("Lead given to %s") },
    { "lead.score-changed", "score_from", "score_to", N_ ("Score changed from %s to %s"),
      N_ ("Score changed to %s") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      if (!g_str_equal (wf_event_get_event_type (event), changes[i].type))
        continue;
      g_autofree char *from = get_field (event, changes[i].from, reader);
      g_autofree char *to = get_field (event, changes[i].to, reader);
      if (from != NULL && to != NULL)
        return g_strdup_printf (gettext (changes[i].both), from, to);
      if (to != NULL)
        return g_strdup_printf (gettext (changes[i].only), to);
    }
  return NULL;
}

static char *
event_title (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  if (moment->event == NULL)
    return g_strdup (moment->text != NULL ? moment->text : "");
  char *change = describe_change (moment->event, reader);
  return change != NULL
             ? change
             : g_strdup (wf_event_type_to_text (wf_event_get_event_type (moment->event)));
}

/* Who did it, when that is somebody of the company: a CRM and its clients are no news. */
static char *
describe_actor (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  const char *actor = moment->person;

  if (actor == NULL && moment->event != NULL)
    actor = wf_json_get_string (wf_event_get_field (moment->event, "actor"));
  if (is_viewer (reader, actor))
    return g_strdup (_ ("By you"));
  if (actor == NULL || reader->organisation == NULL ||
      wf_organisation_get_person (reader->organisation, actor) == NULL)
    return NULL;
  return g_strdup_printf (_ ("By %s"), get_person_name (reader, actor));
}

static char *
event_details (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  GString *text = g_string_new (NULL);
  g_autofree char *fields = moment->event != NULL ? describe_event_fields (moment->event, reader)
                                                  : NULL;
  g_autofree char *actor = describe_actor (moment, reader);

  append_part (text, fields, " · ");
  append_part (text, actor, " · ");
  if (moment->event != NULL && wf_event_is_import (moment->event))
    append_part (text, _ ("Imported"), " · ");
  return finish_text (text);
}

/* ---- comments ---------------------------------------------------------------------------------- */

static char *
comment_title (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  if (is_viewer (reader, moment->person))
    return g_strdup (_ ("You commented"));
  if (moment->person == NULL)
    return g_strdup (_ ("Comment"));
  return g_strdup_printf (_ ("%s commented"), get_person_name (reader, moment->person));
}

/* ---- activities -------------------------------------------------------------------------------- */

static const char *
get_doer (const WfLeadMoment *moment)
{
  return moment->person != NULL ? moment->person : moment->activity->person;
}

static char *
done_title (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  const char *title = moment->activity->title;
  const char *doer = get_doer (moment);
  gboolean late = wf_activity_is_late (moment->activity, reader->now);

  if (is_viewer (reader, doer))
    return g_strdup_printf (late ? _ ("You completed “%s” late") : _ ("You completed “%s”"), title);
  if (doer == NULL)
    return g_strdup_printf (late ? _ ("“%s” was completed late") : _ ("“%s” was completed"), title);
  /* Translators: a person and an activity */
  return g_strdup_printf (late ? _ ("%s completed “%s” late") : _ ("%s completed “%s”"),
                          get_person_name (reader, doer), title);
}

static char *
closed_title (const WfLeadMoment *moment)
{
  const char *format = moment->activity->status == WF_ACTIVITY_NO_LONGER_NEEDED
                           ? _ ("“%s” is no longer needed")
                           : _ ("“%s” was cancelled");

  return g_strdup_printf (format, moment->activity->title);
}

static char *
created_title (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  const WfActivity *activity = moment->activity;

  if (activity->person == NULL)
    return g_strdup_printf (_ ("“%s” was planned for nobody yet"), activity->title);
  if (is_viewer (reader, activity->person))
    return g_strdup_printf (_ ("“%s” was planned for you"), activity->title);
  /* Translators: an activity and a person */
  return g_strdup_printf (_ ("“%s” was planned for %s"), activity->title,
                          get_person_name (reader, activity->person));
}

/* The outcome's name among those of the activity's type; the word itself when it is none of them. */
static const char *
get_outcome_name (const WfActivity *activity, const WfMomentReader *reader)
{
  if (g_strcmp0 (activity->outcome, WF_OUTCOME_APPROVED) == 0)
    return _ ("Approved");
  if (g_strcmp0 (activity->outcome, WF_OUTCOME_REJECTED) == 0)
    return _ ("Rejected");
  return wf_organisation_get_outcome_name (reader->organisation, activity->type, activity->outcome);
}

static char *
describe_due (const WfActivity *activity, const WfMomentReader *reader)
{
  g_autofree char *due = wf_time_text_day_and_time (activity->due, reader->now, reader->zone);

  if (activity->kind == WF_ACTIVITY_CALL || activity->kind == WF_ACTIVITY_MEETING)
    /* Translators: when a call or a meeting begins: "Begins Tomorrow, 09:20" */
    return g_strdup_printf (_ ("Begins %s"), due);
  /* Translators: when something is due: "Due Tomorrow, 09:20" */
  return g_strdup_printf (_ ("Due %s"), due);
}

/* An outcome that the person chose, a deadline, and the workflow that asked for it. */
static char *
activity_details (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  const WfActivity *activity = moment->activity;
  GString *text = g_string_new (NULL);

  if (moment->kind == WF_MOMENT_ACTIVITY_CREATED)
    {
      g_autofree char *due = describe_due (activity, reader);
      append_part (text, due, " · ");
    }
  if (moment->kind == WF_MOMENT_ACTIVITY_DONE)
    append_part (text, get_outcome_name (activity, reader), " · ");
  if (activity->workflow_name != NULL)
    {
      g_autofree char *workflow = g_strdup_printf (_ ("Workflow “%s”"), activity->workflow_name);
      append_part (text, workflow, " · ");
    }
  if (moment->kind == WF_MOMENT_ACTIVITY_CLOSED)
    append_part (text, moment->text, " · ");
  return finish_text (text);
}

/* ---- runs -------------------------------------------------------------------------------------- */

static char *
run_title (const WfLeadMoment *moment)
{
  const char *name = moment->workflow_name != NULL ? moment->workflow_name : moment->workflow;
  const char *format = moment->failed     ? _ ("Workflow “%s” is blocked (version %d)")
                       : moment->finished ? _ ("Workflow “%s” ran (version %d)")
                                          : _ ("Workflow “%s” is running (version %d)");

  return g_strdup_printf (format, name != NULL ? name : "", (int) moment->version);
}

/* ---- public ------------------------------------------------------------------------------------ */

static gboolean
is_of_activity (const WfLeadMoment *moment)
{
  return moment->activity != NULL &&
         (moment->kind == WF_MOMENT_ACTIVITY_CREATED || moment->kind == WF_MOMENT_ACTIVITY_DONE ||
          moment->kind == WF_MOMENT_ACTIVITY_CLOSED);
}

char *
wf_moment_title (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  switch (moment->kind)
    {
    case WF_MOMENT_COMMENT:
      return comment_title (moment, reader);
    case WF_MOMENT_ACTIVITY_CREATED:
      return is_of_activity (moment) ? created_title (moment, reader) : g_strdup ("");
    case WF_MOMENT_ACTIVITY_DONE:
      return is_of_activity (moment) ? done_title (moment, reader) : g_strdup ("");
    case WF_MOMENT_ACTIVITY_CLOSED:
      return is_of_activity (moment) ? closed_title (moment) : g_strdup ("");
    case WF_MOMENT_RUN:
      return run_title (moment);
    case WF_MOMENT_CHANGE:
      return g_strdup (moment->text != NULL ? moment->text : "");
    case WF_MOMENT_EVENT:
    default:
      return event_title (moment, reader);
    }
}

char *
wf_moment_details (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  switch (moment->kind)
    {
    case WF_MOMENT_COMMENT:
      return moment->text != NULL && *moment->text != '\0' ? g_strdup (moment->text) : NULL;
    case WF_MOMENT_ACTIVITY_CREATED:
    case WF_MOMENT_ACTIVITY_DONE:
    case WF_MOMENT_ACTIVITY_CLOSED:
      return is_of_activity (moment) ? activity_details (moment, reader) : NULL;
    case WF_MOMENT_RUN:
      return NULL;
    case WF_MOMENT_CHANGE:
      return describe_actor (moment, reader);
    case WF_MOMENT_EVENT:
    default:
      return event_details (moment, reader);
    }
}

/* Some languages write the names of days in lower case; a heading begins with a capital letter. */
static char *
make_heading (char *text)
{
  g_autofree char *taken = text;
  GString *heading = g_string_new (NULL);

  g_string_append_unichar (heading, g_unichar_totitle (g_utf8_get_char (taken)));
  g_string_append (heading, *taken != '\0' ? g_utf8_next_char (taken) : "");
  return g_string_free_and_steal (heading);
}

char *
wf_moment_day (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  g_autoptr (GDateTime) at = wf_instant_to_date_time (moment->at, reader->zone);
  g_autoptr (GDateTime) now = wf_instant_to_date_time (reader->now, reader->zone);

  if (at == NULL || now == NULL)
    return g_strdup ("");
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  int day = g_date_time_get_day_of_year (at);
  int year = g_date_time_get_year (at);
  if (year == g_date_time_get_year (now) && day == g_date_time_get_day_of_year (now))
    return g_strdup (_ ("Today"));
  if (year == g_date_time_get_year (yesterday) && day == g_date_time_get_day_of_year (yesterday))
    return g_strdup (_ ("Yesterday"));
  if (year == g_date_time_get_year (now))
    /* Translators: a day of this year, strftime format: "Monday, 16 November" */
    return make_heading (g_date_time_format (at, _ ("%A, %-d %B")));
  /* Translators: a day of another year, strftime format: "16 November 2025" */
  return g_date_time_format (at, _ ("%-d %B %Y"));
}

char *
wf_moment_time (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  if (moment->at <= reader->now && reader->now - moment->at < AGO_BELOW)
    return wf_time_text_ago (moment->at, reader->now, reader->zone);
  return wf_time_text_clock (moment->at, reader->zone);
}

char *
wf_moment_spoken (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  g_autofree char *title = wf_moment_title (moment, reader);
  g_autofree char *details = wf_moment_details (moment, reader);
  g_autofree char *time = wf_time_text_day_and_time (moment->at, reader->now, reader->zone);
  g_autofree char *sync = wf_sync_change_text (moment->sync, NULL);
  GString *text = g_string_new (title);

  append_part (text, details, ", ");
  append_part (text, time, ", ");
  if (moment->kind == WF_MOMENT_COMMENT)
    append_part (text, sync, ", ");
  return g_string_free_and_steal (text);
}

static const char *
event_icon (const WfEvent *event)
{
  static const struct
  {
    const char *type, *icon;
  } icons[] = {
    { "meeting.", "x-office-calendar-symbolic" }, { "email.", "mail-unread-symbolic" },
    { "message.", "user-available-symbolic" },    { "call.missed", "call-missed-symbolic" },
    { "call.", "call-start-symbolic" },           { "form.", "x-office-document-symbolic" },
    { "ticket.", "dialog-question-symbolic" },    { "deal.", "x-office-document-symbolic" },
    { "payment.", "x-office-document-symbolic" }, { "activity.", "view-list-bullet-symbolic" },
    { "lead.", "avatar-default-symbolic" },
  };
  const char *type = event != NULL ? wf_event_get_event_type (event) : "";

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      if (is_of_type (type, icons[i].type))
        return icons[i].icon;
    }
  return "media-record-symbolic";
}

const char *
wf_moment_icon (const WfLeadMoment *moment, const WfMomentReader *reader)
{
  if (wf_moment_is_problem (moment))
    return "dialog-warning-symbolic";
  switch (moment->kind)
    {
    case WF_MOMENT_COMMENT:
      return "chat-message-new-symbolic";
    case WF_MOMENT_ACTIVITY_CREATED:
      return is_of_activity (moment) ? wf_activity_icon (moment->activity, reader->organisation)
                                     : "view-list-bullet-symbolic";
    case WF_MOMENT_ACTIVITY_DONE:
      return "object-select-symbolic";
    case WF_MOMENT_ACTIVITY_CLOSED:
      return "action-unavailable-symbolic";
    case WF_MOMENT_RUN:
      return "org.example.Workflow-symbolic";
    case WF_MOMENT_CHANGE:
      return "document-edit-symbolic";
    case WF_MOMENT_EVENT:
    default:
      return event_icon (moment->event);
    }
}

gboolean
wf_moment_is_problem (const WfLeadMoment *moment)
{
  return (moment->kind == WF_MOMENT_RUN && moment->failed) ||
         (moment->kind == WF_MOMENT_COMMENT && moment->sync == WF_SYNC_REFUSED);
}

static const char *
get_identity (const WfLeadMoment *moment)
{
  if (moment->kind == WF_MOMENT_RUN)
    return moment->run;
  if (is_of_activity (moment))
    return moment->activity->id;
  if (moment->event != NULL)
    return wf_event_get_id (moment->event);
  return moment->text;
}

char *
wf_moment_key (const WfLeadMoment *moment)
{
  const char *identity = get_identity (moment);

  return g_strdup_printf ("%d %" G_GINT64_FORMAT " %s", (int) moment->kind, moment->at,
                          identity != NULL ? identity : "");
}
