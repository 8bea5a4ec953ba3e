/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities as iCalendar (RFC 5545). */
#define G_LOG_DOMAIN "wf-icalendar"

#include "wf-icalendar.h"

#include "wf-instant.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>
#include <libical/ical.h>
#include <string.h>

#define DOMAIN "workflow.example.org"
#define PRODUCT "-//example.org//Workflow " WF_VERSION "//EN"
/* Whatever is longer is hashed: some calendars make file names of UIDs. */
#define MOST_UID_BYTES 128
/* How long a call or a meeting is when nobody said so; the window draws it as long. */
#define USUAL_LENGTH (30 * G_TIME_SPAN_MINUTE)

/* Policy: times are written in UTC. An activity is one instant, it never repeats, so UTC says exactly when
 * it is and every calendar shows it in the reader's own zone; a zone of ours would have to be carried in each
 * entry and could differ from the reader's rules. */

/* ---- texts ------------------------------------------------------------------------------------- */

/* RFC 5545, 3.1: line breaks are line feeds, no other control characters. What is no UTF-8 is marked. Owned
 * by the caller. */
static char *
clean_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == '\r')
        {
          if (p[1] != '\n')
            g_string_append_c (clean, '\n');
        }
      else if (c == '\t')
        g_string_append_c (clean, ' ');
      else if (c == '\n' || !g_unichar_iscntrl (c))
        g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}

/* A title is one line. Owned by the caller. */
static char *
clean_line (const char *text)
{
  char *line = clean_text (text);

  return g_strstrip (g_strdelimit (line, "\n", ' '));
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static char *
make_summary (const WfActivity *activity)
{
  const char *title = is_set (activity->title) ? activity->title : activity->type;
  const char *lead = is_set (activity->lead_name) ? activity->lead_name : activity->lead;
  g_autofree char *whole = NULL;

  if (!is_set (lead))
    return clean_line (title != NULL ? title : "");
  /* Translators: an entry of a calendar: what is to do, and for which lead */
  whole = g_strdup_printf (_ ("%1$s: %2$s"), title != NULL ? title : "", lead);
  return clean_line (whole);
}

static void
add_line (GString *text, const char *format, const char *value)
{
  g_autofree char *line = NULL;

  if (!is_set (value))
    return;
  line = clean_line (value);
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, format, line);
}

/* The notes, then how the lead is reached and who does it; empty: nothing is known. Owned by the caller. */
static char *
make_description (const WfActivity *activity, const WfOrganisation *organisation)
{
  GString *text = g_string_new (NULL);
  g_autofree char *notes = is_set (activity->notes) ? clean_text (activity->notes) : NULL;
  const char *person = organisation != NULL && activity->person != NULL
                           ? wf_organisation_get_person_name (organisation, activity->person)
                           : NULL;

  if (notes != NULL)
    g_string_append (text, g_strstrip (notes));
  add_line (text, _ ("Phone: %s"), activity->lead_phone);
  add_line (text, _ ("E-mail: %s"), activity->lead_email);
  /* Translators: %s is the name of the person who does it */
  add_line (text, _ ("Responsible: %s"), person);
  return g_string_free (text, FALSE);
}

/* ---- times ------------------------------------------------------------------------------------- */

/* The null time beyond the years 1..9999. */
static struct icaltimetype
make_time (WfInstant instant)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = instant != WF_INSTANT_NONE ? wf_instant_to_date_time (instant, utc)
                                                          : NULL;
  struct icaltimetype result = icaltime_null_time ();

  if (time == NULL)
    return result;
  g_date_time_get_ymd (time, &result.year, &result.month, &result.day);
  result.hour = g_date_time_get_hour (time);
  result.minute = g_date_time_get_minute (time);
  result.second = g_date_time_get_second (time);
  result.zone = icaltimezone_get_utc_timezone ();
  return result;
}

static void
add_time (icalcomponent *entry, icalproperty *(*make) (struct icaltimetype), WfInstant instant)
{
  struct icaltimetype time = make_time (instant);

  if (!icaltime_is_null_time (time))
    icalcomponent_add_property (entry, make (time));
}

static void
add_text (icalcomponent *entry, icalproperty *(*make) (const char *), const char *text)
{
  if (is_set (text))
    icalcomponent_add_property (entry, make (text));
}

/* ---- one entry --------------------------------------------------------------------------------- */

/* An entry without a beginning is no event. */
static gboolean
is_event (const WfActivity *activity)
{
  return (activity->kind == WF_ACTIVITY_MEETING || activity->kind == WF_ACTIVITY_CALL) &&
         !icaltime_is_null_time (make_time (activity->due));
}

/* Before the beginning of an event, before the end of a task. Some calendars know no other alarms than those
 * that count from there. */
static void
add_alarm (icalcomponent *entry, const WfActivity *activity, const char *summary)
{
  gint64 before = activity->due - activity->remind;
  icalcomponent *alarm;
  icalproperty *trigger;

  if (activity->status != WF_ACTIVITY_OPEN || activity->remind == WF_INSTANT_NONE ||
      icaltime_is_null_time (make_time (activity->due)) || before < 0 ||
      before > 366 * G_TIME_SPAN_DAY)
    return;
  alarm = icalcomponent_new_valarm ();
  icalcomponent_add_property (alarm, icalproperty_new_action (ICAL_ACTION_DISPLAY));
  icalcomponent_add_property (alarm, icalproperty_new_description (summary));
  trigger = icalproperty_new_trigger (icaltriggertype_from_int (-(int) (before / G_USEC_PER_SEC)));
  if (!is_event (activity))
    icalproperty_add_parameter (trigger, icalparameter_new_related (ICAL_RELATED_END));
  icalcomponent_add_property (alarm, trigger);
  icalcomponent_add_component (entry, alarm);
}

static icalproperty_status
get_status (const WfActivity *activity)
{
  gboolean event = is_event (activity);

  switch (activity->status)
    {
    case WF_ACTIVITY_OPEN:
      return event ? ICAL_STATUS_CONFIRMED : ICAL_STATUS_NEEDSACTION;
    case WF_ACTIVITY_DONE: /* an event that took place has no state of its own */
      return event ? ICAL_STATUS_CONFIRMED : ICAL_STATUS_COMPLETED;
    case WF_ACTIVITY_CANCELLED:
    case WF_ACTIVITY_NO_LONGER_NEEDED:
    default:
      return ICAL_STATUS_CANCELLED;
    }
}

static void
add_when (icalcomponent *entry, const WfActivity *activity)
{
  if (is_event (activity))
    {
      gboolean ends = activity->ends != WF_INSTANT_NONE && activity->ends > activity->due;
      add_time (entry, icalproperty_new_dtstart, activity->due);
      add_time (entry, icalproperty_new_dtend,
                ends ? activity->ends : activity->due + USUAL_LENGTH);
      return;
    }
  add_time (entry, icalproperty_new_due, activity->due);
  if (activity->status == WF_ACTIVITY_DONE)
    {
      add_time (entry, icalproperty_new_completed, activity->completed);
      icalcomponent_add_property (entry, icalproperty_new_percentcomplete (100));
    }
}

/* One category; a comma would make two of it. Owned by the caller. */
static char *
make_category (const WfActivity *activity, const WfOrganisation *organisation)
{
  const char *type =
      organisation != NULL
          ? wf_organisation_get_entry_name (organisation, WF_ENTRY_ACTIVITY_TYPE, activity->type)
          : NULL;
  g_auto (GStrv) parts = is_set (type) ? g_strsplit (type, ",", -1) : NULL;
  g_autofree char *joined = NULL;

  if (parts == NULL)
    return NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);
  joined = g_strjoinv (" ", parts);
  return clean_line (joined);
}

/* Owned by the caller. */
static icalcomponent *
make_entry (const WfActivity *activity, const WfOrganisation *organisation, WfInstant now)
{
  icalcomponent *entry = is_event (activity) ? icalcomponent_new_vevent ()
                                             : icalcomponent_new_vtodo ();
  g_autofree char *uid = wf_icalendar_make_uid (activity->id);
  g_autofree char *summary = make_summary (activity);
  g_autofree char *description = make_description (activity, organisation);
  g_autofree char *place = is_set (activity->place) ? clean_line (activity->place) : NULL;
  g_autofree char *category = make_category (activity, organisation);

  add_text (entry, icalproperty_new_uid, uid);
  add_time (entry, icalproperty_new_dtstamp, now);
  add_time (entry, icalproperty_new_created, activity->created);
  add_when (entry, activity);
  add_text (entry, icalproperty_new_summary, summary);
  add_text (entry, icalproperty_new_location, place);
  add_text (entry, icalproperty_new_description, description);
  add_text (entry, icalproperty_new_categories, category);
  icalcomponent_add_property (entry, icalproperty_new_status (get_status (activity)));
  add_alarm (entry, activity, summary);
  return entry;
}

/* ---- public ------------------------------------------------------------------------------------ */

static icalcomponent *
make_calendar (void)
{
  icalcomponent *calendar = icalcomponent_new_vcalendar ();

  icalcomponent_add_property (calendar, icalproperty_new_prodid (PRODUCT));
  icalcomponent_add_property (calendar, icalproperty_new_version ("2.0"));
  icalcomponent_add_property (calendar, icalproperty_new_calscale ("GREGORIAN"));
  return calendar;
}

/* Takes the calendar. Owned by the caller. */
static char *
print (icalcomponent *calendar)
{
  char *text = icalcomponent_as_ical_string_r (calendar);
  char *own = g_strdup (text);

  icalmemory_free_buffer (text);
  icalcomponent_free (calendar);
  return own;
}

/**
 * wf_icalendar_make_uid:
 * @activity: its id
 *
 * An id that is long or has other characters than letters, digits, "-" and "." is hashed (RFC 9562).
 *
 * Returns: (transfer full): the same for the same id, always
 */
char *
wf_icalendar_make_uid (const char *activity)
{
  static const char allowed[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-.";
  gsize length = strlen (activity);
  char uuid[WF_UUID_LENGTH + 1];

  if (length > 0 && length <= MOST_UID_BYTES && strspn (activity, allowed) == length)
    return g_strconcat (activity, "@" DOMAIN, NULL);
  wf_uuid_v5 ("https://" DOMAIN "/activity", activity, (gssize) length, uuid);
  return g_strconcat (uuid, "@" DOMAIN, NULL);
}

/**
 * wf_icalendar_write:
 * @activities: of #WfActivity
 * @organisation: (nullable): for names of types and people
 * @now: the time of writing
 *
 * Lines end with CR LF and are folded, as RFC 5545 wants it.
 *
 * Returns: (transfer full): a VCALENDAR, without an entry when there is no activity
 */
char *
wf_icalendar_write (GPtrArray *activities, const WfOrganisation *organisation, WfInstant now)
{
  icalcomponent *calendar = make_calendar ();

  for (guint i = 0; i < activities->len; i++)
    icalcomponent_add_component (calendar, make_entry (activities->pdata[i], organisation, now));
  return print (calendar);
}

/**
 * wf_icalendar_write_one:
 * @activity: an activity
 * @organisation: (nullable): for names of types and people
 * @now: the time of writing
 * @sequence: how often the entry changed since it was first written
 *
 * Returns: (transfer full): a VCALENDAR with one entry
 */
char *
wf_icalendar_write_one (const WfActivity *activity, const WfOrganisation *organisation,
                        WfInstant now, guint sequence)
{
  icalcomponent *calendar = make_calendar ();
  icalcomponent *entry = make_entry (activity, organisation, now);

  icalcomponent_add_property (entry, icalproperty_new_sequence ((int) MIN (sequence, G_MAXINT)));
  add_time (entry, icalproperty_new_lastmodified, now);
  icalcomponent_add_component (calendar, entry);
  return print (calendar);
}
