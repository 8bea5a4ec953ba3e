/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks of the store put in: events, runs, activities and outbox items of a believable size. */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-store-data.h"

#include "wf-instant.h"
#include "wf-json-writer.h"
#include "wf-uuid.h"

#include <stdlib.h>

#define START G_GINT64_CONSTANT (1764547200000000) /* 2025-12-01 */
#define EVENT_EVERY (G_TIME_SPAN_DAY * 365 / 1000000)
#define SPACE "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"

/* A small mixer, so that neighbours are far apart. */
static guint
scatter (guint n, guint salt)
{
  guint64 x = ((guint64) n + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) +
              salt * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);

  x ^= x >> 31;
  x *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint) (x >> 33);
}

WfInstant
wf_bench_get_time (guint n)
{
  return START + (WfInstant) n * EVENT_EVERY;
}

static char *
make_key (const char *kind, guint n)
{
  char uuid[WF_UUID_LENGTH + 1];
  g_autofree char *name = g_strdup_printf ("/crm/acme\ne-%u\n%s\n0", n, kind);

  wf_uuid_v5 (SPACE, name, -1, uuid);
  return g_strdup (uuid);
}

static WfEvent *
make_event (guint n, guint lead, guint person)
{
  g_autofree char *time = wf_instant_format_utc (wf_bench_get_time (n));
  g_autofree char *text = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"e-%u\",\"source\":\"/crm/acme\",\"type\":\"lead.received\",\"time\":\"%s\","
      "\"subject\":\"lead/l-%u\",\"data\":{\"lead\":{\"id\":\"l-%u\",\"name\":\"Padaria Sol %u\",\"owner\":\"person-%u\","
      "\"source\":\"marketing-platform\",\"origin\":\"web\",\"stage\":\"filter-1\",\"score\":%u,"
      "\"email\":\"contato%u@padariasol.example\",\"custom\":{\"sector\":\"food\"}},\"actor\":\"crm\",\"import\":false}}",
      n, time, lead, lead, lead, person, n % 100, lead);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  return wf_event_read (document, wf_json_document_get_root (document), wf_bench_get_time (n),
                        problems);
}

static WfActivity *
make_activity (guint n, guint lead, guint person, const char *workflow)
{
  g_autofree char *id = make_key ("filter1", n);
  WfActivity *a = wf_activity_new (id);

  a->lead = g_strdup_printf ("l-%u", lead);
  a->lead_name = g_strdup_printf ("Padaria Sol %u", lead);
  a->lead_email = g_strdup_printf ("contato%u@padariasol.example", lead);
  g_set_str (&a->type, "filter-1");
  g_set_str (&a->title, "Realizar Filtro 1");
  a->notes = g_strdup_printf ("Ligar para Padaria Sol %u", lead);
  a->person = g_strdup_printf ("person-%u", person);
  a->created = wf_bench_get_time (n);
  a->due = a->original_due = a->created +
                             (WfInstant) (30 + scatter (n, 3) % 4320) * G_TIME_SPAN_MINUTE;
  a->remind = a->due - 10 * G_TIME_SPAN_MINUTE;
  a->zone = g_strdup ("America/Sao_Paulo");
  a->business_hours = TRUE;
  a->workflow = g_strdup (workflow);
  a->workflow_name = g_strdup_printf ("First contact %s", workflow);
  a->workflow_version = 3;
  a->step = g_strdup ("filter1");
  a->event_source = g_strdup ("/crm/acme");
  a->event_id = g_strdup_printf ("e-%u", n);
  a->event_type = g_strdup ("lead.received");
  a->cause = g_strdup_printf ("%s/filter1/e-%u", workflow, n);
  a->explanation = g_strdup_printf (
      "{\"event\":{\"type\":\"lead.received\",\"id\":\"e-%u\"},\"path\":[{\"field\":\"lead.source\",\"op\":\"eq\","
      "\"value\":\"marketing-platform\",\"seen\":\"marketing-platform\"}],\"responsible\":{\"how\":\"owner\","
      "\"person\":\"person-%u\"},\"deadline\":[{\"from\":\"2026-11-20T20:50:00Z\",\"amount\":30,\"unit\":\"minutes\"}]}",
      n, person);
  return a;
}

void
wf_bench_item_init (WfBenchItem *self, guint n)
{
  guint lead = scatter (n, 1) % WF_BENCH_LEADS, person = scatter (n, 2) % WF_BENCH_PEOPLE;
  guint workflow = scatter (n, 4) % WF_BENCH_WORKFLOWS;

  self->workflow = g_strdup_printf ("6f0c4a0e-6d0a-4b67-9a55-%012x", workflow);
  self->event = make_event (n, lead, person);
  self->activity = make_activity (n, lead, person, self->workflow);
  self->run_key = make_key ("run", n);
  self->verdicts = g_strdup_printf (
      "[{\"workflow\":\"%s\",\"version\":3,\"verdict\":\"started\"},{\"workflow\":\"%s\","
      "\"version\":1,\"verdict\":\"condition-failed\",\"field\":\"lead.score\",\"op\":\"ge\","
      "\"value\":80,\"seen\":%u}]",
      self->workflow, self->workflow, n % 100);
  self->state =
      g_strdup_printf ("{\"steps\":{\"filter1\":{\"status\":\"running\",\"at\":%" G_GINT64_FORMAT
                       ",\"key\":\"%s\"}}}",
                       self->activity->created, self->activity->id);
  g_autofree char *event = wf_event_to_text (self->event);
  self->content = g_strconcat (event, self->verdicts, self->state, self->activity->explanation,
                               self->activity->notes, NULL);
}

void
wf_bench_item_clear (WfBenchItem *self)
{
  wf_event_unref (self->event);
  wf_activity_unref (self->activity);
  g_free (self->verdicts);
  g_free (self->run_key);
  g_free (self->workflow);
  g_free (self->state);
  g_free (self->content);
}

gboolean
wf_bench_item_store (const WfBenchItem *self, WfStore *store, GError **error)
{
  const WfActivity *a = self->activity;
  WfStoredRun run = { .key = self->run_key,
                      .workflow = self->workflow,
                      .version = 3,
                      .lead = a->lead,
                      .event_source = a->event_source,
                      .event_id = a->event_id,
                      .started = a->created,
                      .next_due = WF_INSTANT_NONE,
                      .state = self->state };
  WfOutboxItem item = { .kind = WF_OUTBOX_CREATE_ACTIVITY,
                        .subject = a->id,
                        .lead = a->lead,
                        .cause = a->cause,
                        .run_key = self->run_key,
                        .not_before = WF_INSTANT_NONE };
  gint64 rowid;
  gboolean is_new;

  return wf_store_add_event (store, self->event, a->created, &rowid, &is_new, error) &&
         wf_store_add_trace (store, rowid, self->verdicts, error) &&
         wf_store_save_run (store, &run, error) &&
         wf_store_put_activity (store, a, self->run_key, error) &&
         wf_store_add_outbox (store, &item, a->created, error);
}

double
wf_bench_store_batch (WfStore *store, const WfBenchItem *items, guint n_items)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean ok = wf_store_begin (store, &error);

  for (guint i = 0; ok && i < n_items; i++)
    ok = wf_bench_item_store (&items[i], store, &error);
  ok = ok && wf_store_set_fact (store, "cursor", items[n_items - 1].activity->event_id, &error) &&
       wf_store_commit (store, &error);
  if (!ok)
    g_error ("%s", error->message);
  return (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
wf_bench_get_median (double *values, guint n_values)
{
  qsort (values, n_values, sizeof *values, compare_doubles);
  return values[n_values / 2];
}

void
wf_bench_print (const char *name, const char *unit, double value, double reference)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "name", name);
  wf_json_writer_add_string (writer, "unit", unit);
  wf_json_writer_add_double (writer, "value", value);
  if (reference > 0)
    {
      wf_json_writer_add_double (writer, "reference", reference);
      wf_json_writer_add_double (writer, "ratio", value / reference);
    }
  wf_json_writer_end (writer);
  text = wf_json_writer_finish (writer, FALSE);
  g_print ("%s\n", text);
}
