/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills a store file as if an account had been used:
 *
 *   seed-store FILE NUMBER-OF-ACTIVITIES             they are due from the next hour on, of several people
 *   seed-store FILE NUMBER-OF-ACTIVITIES CALENDAR    over three months around now, all of the account's person, and written
 *                                                    as iCalendar too: the same items for a calendar application */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-store-data.h"
#include "wf-instant.h"
#include "wf-json-writer.h"

#include <stdlib.h>

#define PERSON "person-7" /* one of WF_BENCH_PEOPLE */
#define BATCH 1000

/* Nothing becomes due while a benchmark runs. */
#define FIRST_DUE G_TIME_SPAN_HOUR
#define DUE_EVERY (30 * G_TIME_SPAN_SECOND)
#define REMIND_BEFORE (10 * G_TIME_SPAN_MINUTE)
#define MONTHS (90 * G_TIME_SPAN_DAY)
#define LASTS (30 * G_TIME_SPAN_MINUTE)

typedef struct
{
  WfStore *store;    /* (owned) */
  GString *calendar; /* (owned) (nullable) */
  WfInstant now;
  guint n_items;
} Seed;

static void
check (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("%s", error->message);
}

static void
add_named (WfJsonWriter *writer, const char *array, const char *id, const char *name)
{
  wf_json_writer_begin_array (writer, array);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "name", name);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
}

static void
add_people (WfJsonWriter *writer)
{
  wf_json_writer_begin_array (writer, "people");
  for (guint i = 0; i < WF_BENCH_PEOPLE; i++)
    {
      g_autofree char *id = g_strdup_printf ("person-%u", i);
      g_autofree char *name = g_strdup_printf ("Person %u", i);

      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "id", id);
      wf_json_writer_add_string (writer, "name", name);
      wf_json_writer_add_string (writer, "role", "attendant");
      wf_json_writer_add_boolean (writer, "active", TRUE);
      wf_json_writer_begin_array (writer, "teams");
      wf_json_writer_add_string (writer, NULL, "sp");
      wf_json_writer_end (writer);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

/* From Monday to Friday. */
static void
add_week (WfJsonWriter *writer)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri" };

  wf_json_writer_begin_object (writer, "week");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      wf_json_writer_begin_array (writer, days[i]);
      wf_json_writer_begin_array (writer, NULL);
      wf_json_writer_add_string (writer, NULL, "09:00");
      wf_json_writer_add_string (writer, NULL, "18:00");
      wf_json_writer_end (writer);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

static WfOrganisation *
make_organisation (void)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "format", 1);
  wf_json_writer_add_string (writer, "name", "Acme");
  wf_json_writer_add_string (writer, "process", "1");
  wf_json_writer_begin_object (writer, "working-hours");
  wf_json_writer_add_string (writer, "time-zone", "America/Sao_Paulo");
  add_week (writer);
  wf_json_writer_end (writer);
  add_people (writer);
  add_named (writer, "teams", "sp", "São Paulo");
  add_named (writer, "activity-types", "filter-1", "Filter 1");
  wf_json_writer_end (writer);

  g_autofree char *text = wf_json_writer_finish (writer, FALSE);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);
  if (organisation == NULL)
    g_error ("%s %s", wf_problems_get (problems, 0)->path, wf_problems_get (problems, 0)->text);
  return organisation;
}

/* ---- due ---- */

static void
set_due_soon (WfActivity *a, guint n, WfInstant now)
{
  a->due = a->original_due = now + FIRST_DUE + (WfInstant) n * DUE_EVERY;
  a->remind = a->due - REMIND_BEFORE;
}

/* Evenly over the months; nothing is reminded of, so that nothing happens while a benchmark runs. */
static void
set_due_around (WfActivity *a, guint n, const Seed *self)
{
  a->due = a->original_due = self->now - MONTHS / 2 + MONTHS / self->n_items * (WfInstant) n;
  a->remind = WF_INSTANT_NONE;
  g_set_str (&a->person, PERSON);
}

static char *
format_instant (WfInstant instant)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (instant);

  return g_date_time_format (time, "%Y%m%dT%H%M%SZ");
}

static void
append_event (GString *calendar, const WfActivity *a)
{
  g_autofree char *created = format_instant (a->created);
  g_autofree char *from = format_instant (a->due);
  g_autofree char *until = format_instant (a->due + LASTS);

  g_string_append_printf (
      calendar,
      "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:%s\r\nDTSTART:%s\r\nDTEND:%s\r\nSUMMARY:%s: %s\r\n"
      "DESCRIPTION:%s\r\nEND:VEVENT\r\n",
      a->id, created, from, until, a->title, a->lead_name, a->notes);
}

/* ---- rows ---- */

/* All that follows from an event but the outbox: the CRM has it already. */
static gboolean
store_item (const Seed *self, WfBenchItem *item, guint n, GError **error)
{
  WfStore *store = self->store;
  WfActivity *a = item->activity;
  WfStoredRun run = { .key = item->run_key,
                      .workflow = item->workflow,
                      .version = 3,
                      .lead = a->lead,
                      .event_source = a->event_source,
                      .event_id = a->event_id,
                      .started = self->now,
                      .next_due = WF_INSTANT_NONE,
                      .state = item->state };
  gint64 rowid;
  gboolean is_new;

  if (self->calendar != NULL)
    {
      set_due_around (a, n, self);
      append_event (self->calendar, a);
    }
  else
    set_due_soon (a, n, self->now);
  return wf_store_add_event (store, item->event, self->now, &rowid, &is_new, error) &&
         wf_store_add_trace (store, rowid, item->verdicts, error) &&
         wf_store_save_run (store, &run, error) &&
         wf_store_put_activity (store, a, item->run_key, error) &&
         (a->remind == WF_INSTANT_NONE || wf_store_set_reminder (store, a->id, a->remind, error));
}

static void
store_batch (const Seed *self, guint from, guint until)
{
  g_autoptr (GError) error = NULL;

  check (wf_store_begin (self->store, &error), error);
  for (guint n = from; n < until; n++)
    {
      WfBenchItem item;

      wf_bench_item_init (&item, n);
      check (store_item (self, &item, n, &error), error);
      wf_bench_item_clear (&item);
    }
  check (wf_store_commit (self->store, &error), error);
}

/* What the runtime remembers at its start. */
static void
store_account (WfStore *store)
{
  g_autoptr (WfOrganisation) organisation = make_organisation ();
  g_autoptr (GError) error = NULL;

  check (wf_store_begin (store, &error) &&
             wf_store_set_organisation (store, organisation, &error) &&
             wf_store_set_fact (store, "person", PERSON, &error) &&
             wf_store_set_fact (store, "cursor", "seed", &error) && wf_store_commit (store, &error),
         error);
}

static void
write_calendar (const Seed *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_string_append (self->calendar, "END:VCALENDAR\r\n");
  check (g_file_set_contents (path, self->calendar->str, (gssize) self->calendar->len, &error),
         error);
  g_string_free (self->calendar, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept_aside = NULL;
  Seed self = { .now = g_get_real_time () };

  if (argc != 3 && argc != 4)
    {
      g_printerr ("Usage: seed-store FILE NUMBER-OF-ACTIVITIES [CALENDAR]\n");
      return 2;
    }
  self.n_items = (guint) strtoul (argv[2], NULL, 10);
  if (argc == 4)
    self.calendar =
        g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Workflow//seed-store//EN\r\n");
  self.store = wf_store_open (argv[1], WF_STORE_READ_WRITE, &kept_aside, &error);
  check (self.store != NULL, error);
  store_account (self.store);
  for (guint i = 0; i < self.n_items; i += BATCH)
    store_batch (&self, i, MIN (i + BATCH, self.n_items));
  check (wf_store_checkpoint (self.store, &error), error);
  wf_store_close (self.store);
  if (self.calendar != NULL)
    write_calendar (&self, argv[3]);
  return 0;
}
