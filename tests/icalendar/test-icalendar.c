/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities as iCalendar, read back with the library and, where other programs are stricter, by hand. */
#include "wf-icalendar.h"

#include "wf-instant.h"
#include "wf-problem.h"

#include <libical/ical.h>
#include <string.h>

#define N_RANDOM 500
#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)

static WfInstant
at (const char *text)
{
  WfInstant instant = WF_INSTANT_NONE;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static WfActivity *
make_activity (const char *id, WfActivityKind kind)
{
  WfActivity *activity = wf_activity_new (id);

  activity->kind = kind;
  g_set_str (&activity->type, "filter-1");
  g_set_str (&activity->title, "First call");
  activity->due = at ("2026-11-20T17:50:00-03:00");
  return activity;
}

static WfOrganisation *
make_organisation (void)
{
  static const char text[] =
      "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\",\"people\":[{\"id\":\"ana\",\"name\":\"Ana Souza\","
      "\"role\":\"attendant\",\"active\":true}],\"activity-types\":[{\"id\":\"filter-1\",\"name\":\"Realizar Filtro, 1\"}]}";
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new ("organisation");
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (organisation);
  return organisation;
}

static char *
write_one (const WfActivity *activity)
{
  g_autoptr (GPtrArray) activities = g_ptr_array_new ();

  g_ptr_array_add (activities, (gpointer) activity);
  return wf_icalendar_write (activities, NULL, at ("2026-11-18T10:00:00Z"));
}

/* The calendar must hold as many entries, without an error, and obey RFC 5545's own rules of which
 * properties there are. Owned by the caller. */
static icalcomponent *
parse (const char *text, int n)
{
  icalcomponent *calendar = icalcomponent_new_from_string (text);

  g_assert_nonnull (calendar);
  g_assert_cmpint (icalcomponent_isa (calendar), ==, ICAL_VCALENDAR_COMPONENT);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VEVENT_COMPONENT) +
                       icalcomponent_count_components (calendar, ICAL_VTODO_COMPONENT),
                   ==, n);
  return calendar;
}

static void
check_time (icalcomponent *entry, icalproperty_kind kind,
            struct icaltimetype (*get) (const icalproperty *), WfInstant expected)
{
  icalproperty *property = icalcomponent_get_first_property (entry, kind);

  if (expected == WF_INSTANT_NONE)
    {
      g_assert_null (property);
      return;
    }
  g_assert_nonnull (property);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = wf_instant_to_date_time (expected, utc);
  struct icaltimetype found = get (property);
  g_assert_true (icaltime_is_utc (found));
  g_assert_cmpint (found.year, ==, g_date_time_get_year (time));
  g_assert_cmpint (found.month, ==, g_date_time_get_month (time));
  g_assert_cmpint (found.day, ==, g_date_time_get_day_of_month (time));
  g_assert_cmpint (found.hour, ==, g_date_time_get_hour (time));
  g_assert_cmpint (found.minute, ==, g_date_time_get_minute (time));
  g_assert_cmpint (found.second, ==, g_date_time_get_second (time));
}

/* ---- by hand ----------------------------------------------------------------------------------- */

static void
test_whole_meeting (void)
{
  g_autoptr (WfActivity) meeting =
      make_activity ("3f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11", WF_ACTIVITY_MEETING);
  g_autoptr (GPtrArray) activities = g_ptr_array_new ();
  g_autoptr (WfOrganisation) organisation = make_organisation ();
  static const char expected[] =
      "BEGIN:VCALENDAR\r\n"
      "PRODID:-//example.org//Workflow " WF_VERSION "//EN\r\n"
      "VERSION:2.0\r\n"
      "CALSCALE:GREGORIAN\r\n"
      "BEGIN:VEVENT\r\n"
      "UID:3f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11@workflow.example.org\r\n"
      "DTSTAMP:20261118T100000Z\r\n"
      "CREATED:20261118T093000Z\r\n"
      "DTSTART:20261120T205000Z\r\n"
      "DTEND:20261120T220000Z\r\n"
      "SUMMARY:Demonstration: Padaria Sol\\; São Paulo\r\n"
      "LOCATION:Rua A\\, 10\r\n"
      "DESCRIPTION:Bring the price list\\nand cake\\nPhone: +55 11 5555 \r\n"
      " 0101\\nE-mail: sol@example.com\\nResponsible: Ana Souza\r\n"
      "CATEGORIES:Realizar Filtro 1\r\n"
      "STATUS:CONFIRMED\r\n"
      "BEGIN:VALARM\r\n"
      "ACTION:DISPLAY\r\n"
      "DESCRIPTION:Demonstration: Padaria Sol\\; São Paulo\r\n"
      "TRIGGER:-PT15M\r\n"
      "END:VALARM\r\n"
      "END:VEVENT\r\n"
      "END:VCALENDAR\r\n";

  g_set_str (&meeting->title, "Demonstration");
  g_set_str (&meeting->lead, "l-1");
  g_set_str (&meeting->lead_name, "Padaria Sol; São Paulo");
  g_set_str (&meeting->lead_phone, "+55 11 5555 0101");
  g_set_str (&meeting->lead_email, "sol@example.com");
  g_set_str (&meeting->notes, "Bring the price list\r\nand cake");
  g_set_str (&meeting->person, "ana");
  g_set_str (&meeting->place, "Rua A, 10");
  meeting->created = at ("2026-11-18T09:30:00Z");
  meeting->ends = at ("2026-11-20T19:00:00-03:00");
  meeting->remind = meeting->due - 15 * MINUTE;
  g_ptr_array_add (activities, meeting);
  g_autofree char *text =
      wf_icalendar_write (activities, organisation, at ("2026-11-18T10:00:00Z"));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_uids (void)
{
  static const char *const odd[] = { "", "77/8", "a b", "ação", "x@y", "line\nbreak" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *plain = wf_icalendar_make_uid ("lead-77.a");
  g_autofree char *filler = g_strnfill (10000, 'x');

  g_assert_cmpstr (plain, ==, "lead-77.a@workflow.example.org");
  for (guint i = 0; i <= G_N_ELEMENTS (odd); i++)
    {
      const char *id = i < G_N_ELEMENTS (odd) ? odd[i] : filler;
      g_autofree char *uid = wf_icalendar_make_uid (id), *again = wf_icalendar_make_uid (id);
      g_assert_cmpstr (uid, ==, again);
      g_assert_cmpuint (strlen (uid), ==, 36 + strlen ("@workflow.example.org"));
      g_assert_cmpuint (strspn (uid, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-.@"), ==,
                        strlen (uid));
      g_assert_true (g_hash_table_add (seen, g_steal_pointer (&uid)));
    }
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *text = wf_icalendar_write (none, NULL, at ("2026-11-18T10:00:00Z"));

  icalcomponent_free (parse (text, 0));
}

/* ---- kinds and states -------------------------------------------------------------------------- */

static void
test_kinds_and_states (void)
{
  static const struct
  {
    WfActivityKind kind;
    WfActivityStatus status;
    icalcomponent_kind entry;
    icalproperty_status expected;
  } rules[] = {
    { WF_ACTIVITY_TASK, WF_ACTIVITY_OPEN, ICAL_VTODO_COMPONENT, ICAL_STATUS_NEEDSACTION },
    { WF_ACTIVITY_TASK, WF_ACTIVITY_DONE, ICAL_VTODO_COMPONENT, ICAL_STATUS_COMPLETED },
    { WF_ACTIVITY_TASK, WF_ACTIVITY_CANCELLED, ICAL_VTODO_COMPONENT, ICAL_STATUS_CANCELLED },
    { WF_ACTIVITY_APPROVAL, WF_ACTIVITY_OPEN, ICAL_VTODO_COMPONENT, ICAL_STATUS_NEEDSACTION },
    { WF_ACTIVITY_APPROVAL, WF_ACTIVITY_NO_LONGER_NEEDED, ICAL_VTODO_COMPONENT,
      ICAL_STATUS_CANCELLED },
    { WF_ACTIVITY_CALL, WF_ACTIVITY_OPEN, ICAL_VEVENT_COMPONENT, ICAL_STATUS_CONFIRMED },
    { WF_ACTIVITY_CALL, WF_ACTIVITY_DONE, ICAL_VEVENT_COMPONENT, ICAL_STATUS_CONFIRMED },
    { WF_ACTIVITY_MEETING, WF_ACTIVITY_OPEN, ICAL_VEVENT_COMPONENT, ICAL_STATUS_CONFIRMED },
    { WF_ACTIVITY_MEETING, WF_ACTIVITY_CANCELLED, ICAL_VEVENT_COMPONENT, ICAL_STATUS_CANCELLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (WfActivity) activity = make_activity ("a", rules[i].kind);
      gboolean todo = rules[i].entry == ICAL_VTODO_COMPONENT;
      gboolean done = rules[i].status == WF_ACTIVITY_DONE;
      activity->status = rules[i].status;
      activity->completed = done ? activity->due + MINUTE : WF_INSTANT_NONE;
      activity->remind = activity->due - 90 * MINUTE;
      g_autofree char *text = write_one (activity);
      icalcomponent *calendar = parse (text, 1);
      icalcomponent *entry = icalcomponent_get_first_component (calendar, rules[i].entry);
      g_assert_nonnull (entry);
      g_assert_cmpint (icalcomponent_get_status (entry), ==, rules[i].expected);
      check_time (entry, ICAL_DTSTART_PROPERTY, icalproperty_get_dtstart,
                  todo ? WF_INSTANT_NONE : activity->due);
      check_time (entry, ICAL_DTEND_PROPERTY, icalproperty_get_dtend,
                  todo ? WF_INSTANT_NONE : activity->due + 30 * MINUTE);
      check_time (entry, ICAL_DUE_PROPERTY, icalproperty_get_due,
                  todo ? activity->due : WF_INSTANT_NONE);
      check_time (entry, ICAL_COMPLETED_PROPERTY, icalproperty_get_completed,
                  todo ? activity->completed : WF_INSTANT_NONE);
      g_assert_cmpint (icalcomponent_count_components (entry, ICAL_VALARM_COMPONENT), ==,
                       rules[i].status == WF_ACTIVITY_OPEN ? 1 : 0);
      icalcomponent_free (calendar);
    }
}

/* An alarm counts from the beginning of an event and from the end of a task; one after the deadline, or of
 * a task without one, cannot be told. */
static void
test_alarms (void)
{
  static const struct
  {
    WfActivityKind kind;
    gboolean has_due;
    int minutes; /* before */
    const char *expected;
  } rules[] = {
    { WF_ACTIVITY_TASK, TRUE, 10, "TRIGGER;RELATED=END:-PT10M\r\n" },
    { WF_ACTIVITY_TASK, TRUE, 0, "TRIGGER;RELATED=END:PT0S\r\n" },
    { WF_ACTIVITY_CALL, TRUE, 1500, "TRIGGER:-P1DT1H\r\n" },
    { WF_ACTIVITY_CALL, TRUE, -5, NULL },
    { WF_ACTIVITY_TASK, FALSE, 10, NULL },
    { WF_ACTIVITY_MEETING, TRUE, 367 * 1440, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (WfActivity) activity = make_activity ("a", rules[i].kind);
      activity->remind = activity->due - rules[i].minutes * MINUTE;
      if (!rules[i].has_due)
        activity->due = WF_INSTANT_NONE;
      g_autofree char *text = write_one (activity);
      if (rules[i].expected != NULL)
        g_assert_nonnull (strstr (text, rules[i].expected));
      else
        g_assert_null (strstr (text, "VALARM"));
      icalcomponent_free (parse (text, 1));
    }
}

/* Without a time it is no event; beyond the years of the format neither. */
static void
test_odd_times (void)
{
  static const WfInstant odd[] = { WF_INSTANT_NONE, G_MAXINT64, G_MININT64 + 1 };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (WfActivity) meeting = make_activity ("a", WF_ACTIVITY_MEETING);
      meeting->due = odd[i];
      meeting->remind = at ("2026-11-20T10:00:00Z");
      meeting->created = odd[i];
      g_autofree char *text = write_one (meeting);
      icalcomponent *calendar = parse (text, 1);
      icalcomponent *entry = icalcomponent_get_first_component (calendar, ICAL_VTODO_COMPONENT);
      g_assert_nonnull (entry);
      check_time (entry, ICAL_DUE_PROPERTY, icalproperty_get_due, WF_INSTANT_NONE);
      g_assert_null (strstr (text, "VALARM"));
      icalcomponent_free (calendar);
    }
}

static void
test_end_before_beginning (void)
{
  g_autoptr (WfActivity) meeting = make_activity ("a", WF_ACTIVITY_MEETING);

  meeting->ends = meeting->due - MINUTE;
  g_autofree char *text = write_one (meeting);
  icalcomponent *calendar = parse (text, 1);
  check_time (icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT),
              ICAL_DTEND_PROPERTY, icalproperty_get_dtend, meeting->due + 30 * MINUTE);
  icalcomponent_free (calendar);
}

static void
test_sequence (void)
{
  g_autoptr (WfActivity) task = make_activity ("a", WF_ACTIVITY_TASK);
  g_autofree char *text = wf_icalendar_write_one (task, NULL, at ("2026-11-18T10:00:00Z"), 7);

  icalcomponent_free (parse (text, 1));
  g_assert_nonnull (strstr (text, "\r\nSEQUENCE:7\r\n"));
  g_assert_nonnull (strstr (text, "\r\nLAST-MODIFIED:20261118T100000Z\r\n"));
}

/* ---- texts ------------------------------------------------------------------------------------- */

/* RFC 5545, 3.1: no line is longer than 75 octets, none is cut inside a character, each ends with CR LF, and
 * there are no other control characters. */
static void
check_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  guint n = g_strv_length (lines);

  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
      for (const char *p = lines[i]; *p != '\0'; p++)
        g_assert_false (g_ascii_iscntrl (*p));
    }
}

static void
test_odd_texts (void)
{
  static const struct
  {
    const char *title, *expected;
  } rules[] = {
    { "Plain", "Plain" },
    { "a, b; c: d \\ e \"f\" \xe2\x80\x9cg\xe2\x80\x9d",
      "a, b; c: d \\ e \"f\" \xe2\x80\x9cg\xe2\x80\x9d" },
    { "\\n is no line break, \\, no comma", "\\n is no line break, \\, no comma" },
    { "two\nlines", "two lines" },
    { "two\r\nlines\rthree", "two lines three" },
    { "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil", "END:VEVENT BEGIN:VEVENT UID:evil" },
    { "\tTab\t", "Tab" },
    { "bell\a, escape\x1b[1m, delete\x7f, C1\xc2\x85", "bell, escape[1m, delete, C1" },
    { "\xf0\x9f\x91\xa9\xf0\x9f\x8f\xbd\xe2\x80\x8d\xf0\x9f\x9a\x80 \xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a",
      "\xf0\x9f\x91\xa9\xf0\x9f\x8f\xbd\xe2\x80\x8d\xf0\x9f\x9a\x80 \xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a" },
    { "broken \xff\xc3", "broken \xef\xbf\xbd\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (WfActivity) activity = make_activity ("a", WF_ACTIVITY_CALL);
      g_set_str (&activity->title, rules[i].title);
      g_set_str (&activity->place, rules[i].title);
      g_autofree char *text = write_one (activity);
      icalcomponent *calendar = parse (text, 1);
      icalcomponent *entry = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
      check_lines (text);
      g_assert_cmpstr (icalcomponent_get_summary (entry), ==, rules[i].expected);
      g_assert_cmpstr (icalcomponent_get_location (entry), ==, rules[i].expected);
      g_assert_cmpstr (icalcomponent_get_uid (entry), ==, "a@workflow.example.org");
      icalcomponent_free (calendar);
    }
}

/* As other programs read it: the escapes of RFC 5545, 3.3.11, and no others. */
static void
test_escapes (void)
{
  g_autoptr (WfActivity) activity = make_activity ("a", WF_ACTIVITY_TASK);

  g_set_str (&activity->title, "a,b;c\\d\"e:f");
  g_set_str (&activity->notes, "one\n\ntwo\tthree");
  g_autofree char *text = write_one (activity);
  g_assert_nonnull (strstr (text, "\r\nSUMMARY:a\\,b\\;c\\\\d\"e:f\r\n"));
  g_assert_nonnull (strstr (text, "\r\nDESCRIPTION:one\\n\\ntwo three\r\n"));
}

static void
test_long_notes (void)
{
  g_autoptr (WfActivity) activity = make_activity ("a", WF_ACTIVITY_TASK);
  GString *notes = g_string_new (NULL);

  while (notes->len < 10240)
    g_string_append (notes, "ação, \xf0\x9f\x9a\x80; linha\n");
  g_string_append (notes, "end");
  g_set_str (&activity->notes, notes->str);
  g_autofree char *text = write_one (activity);
  icalcomponent *calendar = parse (text, 1);
  check_lines (text);
  g_assert_cmpstr (icalcomponent_get_description (
                       icalcomponent_get_first_component (calendar, ICAL_VTODO_COMPONENT)),
                   ==, notes->str);
  icalcomponent_free (calendar);
  g_string_free (notes, TRUE);
}

/* ---- by chance --------------------------------------------------------------------------------- */

static char *
make_random_text (GRand *random)
{
  static const char *const pieces[] = { "a",
                                        ",",
                                        ";",
                                        "\\",
                                        "\n",
                                        "\r\n",
                                        ":",
                                        "\"",
                                        "ç",
                                        "\xf0\x9f\x9a\x80",
                                        " ",
                                        "word",
                                        "\t",
                                        "BEGIN:VEVENT",
                                        "\\n",
                                        "=",
                                        "\xe2\x80\x8f",
                                        "^n" };
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (random, 0, 120);

  for (int i = 0; i < n; i++)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static WfActivity *
make_random_activity (GRand *random, guint number)
{
  g_autofree char *id = g_strdup_printf ("r-%u", number);
  WfActivity *activity =
      make_activity (id, (WfActivityKind) g_rand_int_range (random, 0, WF_ACTIVITY_APPROVAL + 1));
  char **const texts[] = { &activity->title, &activity->notes, &activity->lead_name,
                           &activity->place, &activity->lead_phone };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = g_rand_boolean (random) ? make_random_text (random) : NULL;
      g_set_str (texts[i], text);
    }
  activity->status =
      (WfActivityStatus) g_rand_int_range (random, 0, WF_ACTIVITY_NO_LONGER_NEEDED + 1);
  activity->due = (gint64) g_rand_int_range (random, -1000000000, G_MAXINT32) * 60 * G_USEC_PER_SEC;
  if (g_rand_boolean (random))
    activity->ends = activity->due + g_rand_int_range (random, -60, 600) * MINUTE;
  if (g_rand_boolean (random))
    activity->remind = activity->due - g_rand_int_range (random, -60, 100000) * MINUTE;
  return activity;
}

/* What the description must begin with: notes as a calendar keeps them. */
static char *
clean_notes (const char *notes)
{
  g_autoptr (GString) clean = g_string_new (notes);

  g_string_replace (clean, "\r\n", "\n", 0);
  g_string_replace (clean, "\t", " ", 0);
  return g_strstrip (g_strdup (clean->str));
}

static void
check_random (icalcomponent *entry, const WfActivity *activity)
{
  gboolean event = icalcomponent_isa (entry) == ICAL_VEVENT_COMPONENT;
  g_autofree char *uid = wf_icalendar_make_uid (activity->id);
  const char *description = icalcomponent_get_description (entry);

  g_assert_cmpint (event, ==,
                   activity->kind == WF_ACTIVITY_MEETING || activity->kind == WF_ACTIVITY_CALL);
  g_assert_cmpstr (icalcomponent_get_uid (entry), ==, uid);
  check_time (entry, event ? ICAL_DTSTART_PROPERTY : ICAL_DUE_PROPERTY,
              event ? icalproperty_get_dtstart : icalproperty_get_due, activity->due);
  if (activity->notes != NULL)
    {
      g_autofree char *clean = clean_notes (activity->notes);
      if (*clean != '\0')
        g_assert_true (g_str_has_prefix (description, clean));
    }
}

/* Many entries of all kinds in one calendar: each is found again, as it was. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261118);
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  icalcomponent *calendar, *entry;
  guint n = 0;

  for (guint i = 0; i < N_RANDOM; i++)
    g_ptr_array_add (activities, make_random_activity (random, i));
  g_autofree char *text = wf_icalendar_write (activities, NULL, at ("2026-11-18T10:00:00Z"));
  check_lines (text);
  calendar = parse (text, N_RANDOM);
  for (entry = icalcomponent_get_first_component (calendar, ICAL_ANY_COMPONENT); entry != NULL;
       entry = icalcomponent_get_next_component (calendar, ICAL_ANY_COMPONENT))
    check_random (entry, activities->pdata[n++]);
  g_assert_cmpuint (n, ==, N_RANDOM);
  icalcomponent_free (calendar);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/icalendar/whole-meeting", test_whole_meeting);
  g_test_add_func ("/icalendar/uids", test_uids);
  g_test_add_func ("/icalendar/nothing", test_nothing);
  g_test_add_func ("/icalendar/kinds-and-states", test_kinds_and_states);
  g_test_add_func ("/icalendar/alarms", test_alarms);
  g_test_add_func ("/icalendar/odd-times", test_odd_times);
  g_test_add_func ("/icalendar/end-before-beginning", test_end_before_beginning);
  g_test_add_func ("/icalendar/sequence", test_sequence);
  g_test_add_func ("/icalendar/odd-texts", test_odd_texts);
  g_test_add_func ("/icalendar/escapes", test_escapes);
  g_test_add_func ("/icalendar/long-notes", test_long_notes);
  g_test_add_func ("/icalendar/random", test_random);
  return g_test_run ();
}
