/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills a store file as if an account had been used: seed-store FILE NUMBER-OF-ACTIVITIES. */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-store-data.h"
#include "wf-json-writer.h"

#include <stdlib.h>

#define PERSON "person-7" /* one of WF_BENCH_PEOPLE */
#define BATCH 1000

/* Nothing becomes due while a benchmark runs. */
#define FIRST_DUE G_TIME_SPAN_HOUR
#define DUE_EVERY (30 * G_TIME_SPAN_SECOND)
#define REMIND_BEFORE (10 * G_TIME_SPAN_MINUTE)

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
  wf_json_writer_begin_object (writer, "week");
  wf_json_writer_end (writer);
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
    g_error ("The organisation cannot be used");
  return organisation;
}

/* All that follows from an event but the outbox: the CRM has it already. */
static gboolean
store_item (WfStore *store, WfBenchItem *item, guint n, WfInstant now, GError **error)
{
  WfActivity *a = item->activity;
  WfStoredRun run = { .key = item->run_key,
                      .workflow = item->workflow,
                      .version = 3,
                      .lead = a->lead,
                      .event_source = a->event_source,
                      .event_id = a->event_id,
                      .started = now,
                      .next_due = WF_INSTANT_NONE,
                      .state = item->state };
  gint64 rowid;
  gboolean is_new;

  a->due = a->original_due = now + FIRST_DUE + (WfInstant) n * DUE_EVERY;
  a->remind = a->due - REMIND_BEFORE;
  return wf_store_add_event (store, item->event, now, &rowid, &is_new, error) &&
         wf_store_add_trace (store, rowid, item->verdicts, error) &&
         wf_store_save_run (store, &run, error) &&
         wf_store_put_activity (store, a, item->run_key, error) &&
         wf_store_set_reminder (store, a->id, a->remind, error);
}

static void
store_batch (WfStore *store, guint from, guint until, WfInstant now)
{
  g_autoptr (GError) error = NULL;

  check (wf_store_begin (store, &error), error);
  for (guint n = from; n < until; n++)
    {
      WfBenchItem item;

      wf_bench_item_init (&item, n);
      check (store_item (store, &item, n, now, &error), error);
      wf_bench_item_clear (&item);
    }
  check (wf_store_commit (store, &error), error);
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

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept_aside = NULL;

  if (argc != 3)
    {
      g_printerr ("Usage: seed-store FILE NUMBER-OF-ACTIVITIES\n");
      return 2;
    }
  guint n = (guint) strtoul (argv[2], NULL, 10);
  WfInstant now = g_get_real_time ();
  g_autoptr (WfStore) store = wf_store_open (argv[1], WF_STORE_READ_WRITE, &kept_aside, &error);
  check (store != NULL, error);
  store_account (store);
  for (guint i = 0; i < n; i += BATCH)
    store_batch (store, i, MIN (i + BATCH, n), now);
  check (wf_store_checkpoint (store, &error), error);
  return 0;
}
