/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule, or else the text as a crontab's time: what can be read has words, is read again as it
 * was written, and goes on in time. */
#include "fuzz-target.h"
#include "wf-cron.h"
#include "wf-schedule.h"

#include <string.h>

#define START G_GINT64_CONSTANT (1774746000000000) /* 29 March 2026 01:00Z, a clock change */

static void
check_instants (const WfSchedule *schedule, const WfWorkingHours *hours)
{
  WfInstant at = START - G_TIME_SPAN_HOUR;

  for (guint i = 0; i < 3; i++)
    {
      WfInstant next = wf_schedule_next (schedule, at, START, hours);

      if (next == WF_INSTANT_NONE)
        break;
      FUZZ_CHECK (next > at);
      /* Nothing lies in between. */
      FUZZ_CHECK (wf_schedule_next (schedule, next - 1, START, hours) == next);
      at = next;
    }
  at = wf_schedule_next_for_date (schedule, "2026-03-29T02:30:00+01:00", START, hours);
  FUZZ_CHECK (at == WF_INSTANT_NONE || at > START);
}

static void
check_written (const WfSchedule *schedule)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfSchedule) again = NULL;
  g_autofree char *text = wf_schedule_to_text (schedule);
  g_autofree char *same = NULL;
  WfJsonCursor cursor;

  wf_schedule_write (schedule, writer, NULL);
  document = wf_json_writer_finish_document (writer);
  cursor = wf_json_cursor_root (wf_json_document_get_root (document), NULL);
  again = wf_schedule_read (&cursor);
  FUZZ_CHECK (again != NULL);
  same = wf_schedule_to_text (again);
  FUZZ_CHECK (strcmp (text, same) == 0);
  FUZZ_CHECK (g_utf8_validate (text, -1, NULL));
}

static void
check_cron (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autofree char *reason = NULL;
  WfCron cron;
  guint place;

  if (wf_cron_parse (text, &cron, &place, &reason))
    {
      int minute = wf_cron_next_minute (&cron, 0);

      FUZZ_CHECK (minute >= 0 && minute < 24 * 60);
      FUZZ_CHECK (reason == NULL);
      return;
    }
  FUZZ_CHECK (reason != NULL && g_utf8_validate (reason, -1, NULL));
  FUZZ_CHECK (place >= 1 && place <= (guint) g_utf8_strlen (text, -1) + 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, NULL);
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (WfWorkingHours) hours = NULL;
  g_autoptr (WfSchedule) schedule = NULL;
  WfJsonCursor cursor;

  if (document == NULL)
    {
      check_cron (data, size);
      return 0;
    }
  problems = wf_problems_new (NULL);
  cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  schedule = wf_schedule_read (&cursor);
  FUZZ_CHECK ((schedule == NULL) == wf_problems_has_errors (problems));
  if (schedule == NULL)
    return 0;
  zone = g_time_zone_new_identifier ("Europe/Berlin");
  FUZZ_CHECK (zone != NULL);
  hours = wf_working_hours_new_always_open (zone);
  check_instants (schedule, hours);
  check_written (schedule);
  return 0;
}
