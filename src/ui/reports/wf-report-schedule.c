/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report that is saved into a folder by itself.
 *
 * Policy: what is counted are days, not instants. A day of the schedule comes at its wall time in the zone in which the computer
 * is then, and is carried out once: a clock change, a journey or a program that was off neither doubles it nor loses it. Several
 * days that were missed are one report, because it is made with the numbers of now. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-schedule.h"

#include "wf-civil-date.h"
#include "wf-instant.h"
#include "wf-json-writer.h"
#include "wf-uuid.h"
#include "wf-zone-table.h"

#include <glib/gi18n-lib.h>

#define MINUTES_A_DAY 1440
#define DAY (WF_SECONDS_A_DAY * WF_MICROSECONDS)
#define MINUTE (60 * WF_MICROSECONDS)
#define MOST_DAYS 64 /* between two days of a schedule, and some more */

static const char *const every_names[] = { "day", "week", "month", NULL };
static const char *const file_names[] = { "csv", "pdf" };

WfReportSchedule *
wf_report_schedule_new (WfInstant since)
{
  WfReportSchedule *self = g_new0 (WfReportSchedule, 1);

  self->id = wf_uuid_new ();
  self->name = g_strdup ("");
  self->folder = g_strdup ("");
  self->files = WF_REPORT_FILE_PDF;
  self->day = 1;
  self->minute = 8 * 60;
  self->since = since;
  return self;
}

WfReportSchedule *
wf_report_schedule_copy (const WfReportSchedule *self)
{
  WfReportSchedule *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->saved = g_strdup (self->saved);
  copy->filter = self->filter != NULL ? wf_report_filter_copy (self->filter) : NULL;
  copy->folder = g_strdup (self->folder);
  return copy;
}

void
wf_report_schedule_free (WfReportSchedule *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->saved);
  g_clear_pointer (&self->filter, wf_report_filter_free);
  g_free (self->folder);
  g_free (self);
}

void
wf_report_made_free (WfReportMade *self)
{
  g_free (self->uri);
  g_free (self->checksum);
  g_free (self);
}

/* ---- text ---- */

static void
write_filter (const WfReportSchedule *self, WfJsonWriter *writer)
{
  g_autofree char *text = wf_report_filter_to_text (self->filter);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  wf_json_writer_add_value (writer, "filter", wf_json_document_get_root (document));
}

char *
wf_report_schedule_to_text (const WfReportSchedule *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "name", self->name);
  if (self->saved != NULL)
    wf_json_writer_add_string (writer, "saved", self->saved);
  else if (self->filter != NULL)
    write_filter (self, writer);
  wf_json_writer_begin_array (writer, "files");
  for (guint i = 0; i < G_N_ELEMENTS (file_names); i++)
    if (self->files & 1u << i)
      wf_json_writer_add_string (writer, NULL, file_names[i]);
  wf_json_writer_end (writer);
  wf_json_writer_add_string (writer, "folder", self->folder);
  wf_json_writer_add_string (writer, "every", every_names[self->every]);
  wf_json_writer_add_int (writer, "weekday", self->weekday);
  wf_json_writer_add_int (writer, "day", self->day);
  wf_json_writer_add_int (writer, "minute", self->minute);
  wf_json_writer_add_int (writer, "since", self->since);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

/* fallback where it is missing or out of range. */
static gint64
read_int (const WfJson *root, const char *name, gint64 least, gint64 most, gint64 fallback)
{
  gint64 number;

  if (!wf_json_get_int64 (wf_json_get_member (root, name), &number))
    return fallback;
  return number >= least && number <= most ? number : fallback;
}

static WfReportFiles
read_files (const WfJson *array)
{
  WfReportFiles files = 0;

  for (guint i = 0; i < wf_json_get_size (array); i++)
    for (guint j = 0; j < G_N_ELEMENTS (file_names); j++)
      if (g_strcmp0 (wf_json_get_string (wf_json_get_element (array, i)), file_names[j]) == 0)
        files |= 1u << j;
  return files;
}

static int
find_name (const char *const *names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return -1;
}

static gboolean
read_all (WfReportSchedule *self, const WfJson *root)
{
  const WfJson *filter = wf_json_get_member (root, "filter");
  const char *name = wf_json_get_member_string (root, "name");
  const char *folder = wf_json_get_member_string (root, "folder");
  int every = find_name (every_names, wf_json_get_member_string (root, "every"));

  if (name == NULL || folder == NULL || every < 0)
    return FALSE;
  g_set_str (&self->name, name);
  g_set_str (&self->folder, folder);
  self->saved = g_strdup (wf_json_get_member_string (root, "saved"));
  if (self->saved == NULL && filter != NULL)
    self->filter = wf_report_filter_read (filter, NULL);
  self->files = read_files (wf_json_get_member (root, "files"));
  self->every = (WfReportEvery) every;
  self->weekday = (guint) read_int (root, "weekday", 0, 6, 0);
  self->day = (guint) read_int (root, "day", 1, 31, 1);
  self->minute = (guint) read_int (root, "minute", 0, MINUTES_A_DAY - 1, self->minute);
  self->since = read_int (root, "since", 0, G_MAXINT64, 0);
  return self->files != 0 && (self->saved != NULL || self->filter != NULL);
}

WfReportSchedule *
wf_report_schedule_read (const char *id, const char *text)
{
  g_autoptr (WfReportSchedule) self = wf_report_schedule_new (0);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  if (document == NULL || !read_all (self, wf_json_document_get_root (document)))
    return NULL;
  g_set_str (&self->id, id);
  return g_steal_pointer (&self);
}

char *
wf_report_schedule_describe (const WfReportSchedule *self)
{
  static const char *const weekly[] = {
    N_ ("Every Monday at %s"),   N_ ("Every Tuesday at %s"), N_ ("Every Wednesday at %s"),
    N_ ("Every Thursday at %s"), N_ ("Every Friday at %s"),  N_ ("Every Saturday at %s"),
    N_ ("Every Sunday at %s"),
  };
  g_autofree char *time = g_strdup_printf ("%02u:%02u", self->minute / 60, self->minute % 60);
  g_autofree char *pattern = NULL;

  switch (self->every)
    {
    case WF_REPORT_EVERY_WEEK:
      pattern = g_strdup (_ (weekly[self->weekday]));
      return g_strdup_printf (pattern, time);
    case WF_REPORT_EVERY_MONTH:
      if (self->day == 31)
        return g_strdup_printf (_ ("On the last day of every month at %s"), time);
      /* Translators: the day of the month as a number, and a time of day */
      return g_strdup_printf (_ ("On day %1$u of every month at %2$s"), self->day, time);
    case WF_REPORT_EVERY_DAY:
    default:
      return g_strdup_printf (_ ("Every day at %s"), time);
    }
}

/* ---- what became of it ---- */

WfReportScheduleRun *
wf_report_schedule_run_new (void)
{
  WfReportScheduleRun *self = g_new0 (WfReportScheduleRun, 1);

  self->day = WF_REPORT_NO_DAY;
  self->covered = self->at = WF_INSTANT_NONE;
  self->made = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_report_made_free);
  return self;
}

void
wf_report_schedule_run_free (WfReportScheduleRun *self)
{
  if (self == NULL)
    return;
  g_free (self->error);
  g_ptr_array_unref (self->made);
  g_free (self);
}

char *
wf_report_schedule_run_to_text (const WfReportScheduleRun *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  if (self->day != WF_REPORT_NO_DAY)
    wf_json_writer_add_int (writer, "day", self->day);
  if (self->covered != WF_INSTANT_NONE)
    wf_json_writer_add_int (writer, "covered", self->covered);
  if (self->at != WF_INSTANT_NONE)
    wf_json_writer_add_int (writer, "at", self->at);
  if (self->error != NULL)
    wf_json_writer_add_string (writer, "error", self->error);
  wf_json_writer_begin_object (writer, "made");
  for (guint i = 0; i < self->made->len; i++)
    {
      const WfReportMade *made = self->made->pdata[i];
      wf_json_writer_add_string (writer, made->uri, made->checksum);
    }
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

static void
read_made (WfReportScheduleRun *self, const WfJson *object)
{
  const char *uri;
  const WfJson *checksum;
  WfJsonIter iter;

  if (!wf_json_is (object, WF_JSON_OBJECT))
    return;
  wf_json_iter_init (&iter, object);
  while (wf_json_iter_next (&iter, &uri, &checksum))
    {
      WfReportMade *made = g_new0 (WfReportMade, 1);

      made->uri = g_strdup (uri);
      made->checksum = g_strdup (wf_json_get_string (checksum));
      g_ptr_array_add (self->made, made);
    }
}

WfReportScheduleRun *
wf_report_schedule_run_read (const char *text)
{
  WfReportScheduleRun *self = wf_report_schedule_run_new ();
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;

  if (root == NULL)
    return self;
  self->day = read_int (root, "day", WF_CIVIL_FIRST_DAY, WF_CIVIL_LAST_DAY, WF_REPORT_NO_DAY);
  self->covered = read_int (root, "covered", 0, G_MAXINT64, WF_INSTANT_NONE);
  self->at = read_int (root, "at", 0, G_MAXINT64, WF_INSTANT_NONE);
  self->error = g_strdup (wf_json_get_member_string (root, "error"));
  read_made (self, wf_json_get_member (root, "made"));
  return self;
}

/* ---- when ---- */

static gboolean
is_day (const WfReportSchedule *self, gint64 day)
{
  WfCivilDate date;

  switch (self->every)
    {
    case WF_REPORT_EVERY_WEEK:
      return wf_civil_date_get_weekday (day) == (int) self->weekday;
    case WF_REPORT_EVERY_MONTH:
      date = wf_civil_date_from_day (day);
      return date.day ==
             MIN ((int) self->day, wf_civil_date_get_month_length (date.year, date.month));
    case WF_REPORT_EVERY_DAY:
    default:
      return TRUE;
    }
}

static gint64
get_day (const WfZoneTable *zone, WfInstant at)
{
  return wf_floor_divide (wf_zone_table_to_local (zone, at), DAY);
}

static WfInstant
get_instant (const WfReportSchedule *self, const WfZoneTable *zone, gint64 day)
{
  return wf_zone_table_to_instant (zone, day * DAY + self->minute * MINUTE);
}

/* The first day that may still count. A clock that had been set far ahead must not stop it for years: what lies beyond tomorrow
 * (a journey over the date line) was no day that was carried out. */
static gint64
get_first_day (const WfReportSchedule *self, const WfReportScheduleRun *run, gint64 today,
               const WfZoneTable *zone)
{
  gint64 first = MIN (get_day (zone, self->since), today);

  if (run != NULL && run->day != WF_REPORT_NO_DAY && run->covered >= self->since)
    return MAX (first, MIN (run->day, today + 1) + 1);
  return first;
}

WfInstant
wf_report_schedule_get_next (const WfReportSchedule *self, const WfReportScheduleRun *run,
                             WfInstant now, GTimeZone *zone)
{
  g_autoptr (WfZoneTable) table = wf_zone_table_new (zone);
  gint64 first = get_first_day (self, run, get_day (table, now), table);

  for (gint64 day = first; day < first + MOST_DAYS; day++)
    if (is_day (self, day) && get_instant (self, table, day) > MIN (self->since, now))
      return get_instant (self, table, day);
  return WF_INSTANT_NONE;
}

gint64
wf_report_schedule_get_last_day (const WfReportSchedule *self, WfInstant now, GTimeZone *zone)
{
  g_autoptr (WfZoneTable) table = wf_zone_table_new (zone);
  gint64 today = get_day (table, now);

  for (gint64 day = today; day > today - MOST_DAYS; day--)
    if (is_day (self, day) && get_instant (self, table, day) <= now)
      return day;
  return WF_REPORT_NO_DAY;
}
