/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year of a company of fifty people, as the benchmarks of reports look at it. */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-report-data.h"

#include "wf-bench-store-data.h"
#include "wf-store-facts.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define BATCH 2000
#define OPEN_OF_1000 20

static void
check (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "It failed");
}

WfOrganisation *
wf_bench_report_make_organisation (void)
{
  g_autoptr (GString) text = g_string_new (
      "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\",\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\","
      "\"week\":{\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],\"tue\":[[\"09:00\",\"18:00\"]],"
      "\"wed\":[[\"09:00\",\"18:00\"]],\"thu\":[[\"09:00\",\"18:00\"]],\"fri\":[[\"09:00\",\"18:00\"]],\"sat\":[],"
      "\"sun\":[]}},\"groups\":[{\"id\":\"g-0\",\"name\":\"A\"},{\"id\":\"g-1\",\"name\":\"B\"}],"
      "\"teams\":[{\"id\":\"t-0\",\"name\":\"A\"},{\"id\":\"t-1\",\"name\":\"B\"}],\"activity-types\":["
      "{\"id\":\"filter-1\",\"name\":\"Filter 1\"},{\"id\":\"filter-2\",\"name\":\"Filter 2\"},"
      "{\"id\":\"visit\",\"name\":\"Visit\"}],\"pipelines\":[{\"id\":\"p\","
      "\"record\":\"lead\",\"stages\":[{\"id\":\"filter-0\",\"name\":\"0\"},{\"id\":\"filter-1\",\"name\":\"1\"},"
      "{\"id\":\"filter-2\",\"name\":\"2\"},{\"id\":\"filter-3\",\"name\":\"3\",\"closes\":\"finalized\"}]}],\"people\":[");
  g_autoptr (WfJsonDocument) document = NULL;
  WfOrganisation *organisation;

  for (guint i = 0; i < WF_BENCH_PEOPLE; i++)
    g_string_append_printf (
        text,
        "%s{\"id\":\"person-%u\",\"name\":\"Person %u\",\"role\":\"%s\",\"active\":true,"
        "\"groups\":[\"g-%u\"],\"teams\":[\"t-%u\"]}",
        i > 0 ? "," : "", i, i, i == 0 ? "administrator" : "attendant", i % 2, i / 3 % 2);
  g_string_append (text, "]}");
  document = wf_json_document_parse (text->str, -1, 0, NULL);
  organisation = wf_organisation_read (wf_json_document_get_root (document), NULL);
  if (organisation == NULL)
    g_error ("The organisation cannot be read");
  return organisation;
}

/* Most of a year's activities are over; a fifth of them was late. */
static void
close_activity (WfActivity *activity, guint n)
{
  static const char *const types[] = { "filter-1", "filter-2", "visit" };

  g_set_str (&activity->type, types[n % G_N_ELEMENTS (types)]);
  if (n % 1000 < OPEN_OF_1000)
    return;
  activity->status = n % 50 == 49   ? WF_ACTIVITY_CANCELLED
                     : n % 50 == 48 ? WF_ACTIVITY_NO_LONGER_NEEDED
                                    : WF_ACTIVITY_DONE;
  activity->completed = n % 5 == 0
                            ? activity->due + (WfInstant) (n % 977 + 1) * G_TIME_SPAN_MINUTE * 3
                            : activity->due - (WfInstant) (n % 25) * G_TIME_SPAN_MINUTE;
}

static void
put_batch (WfStore *store, guint first, guint end)
{
  g_autoptr (GError) error = NULL;
  gboolean more;

  check (wf_store_begin (store, &error), error);
  for (guint i = first; i < end; i++)
    {
      WfBenchItem item;

      wf_bench_item_init (&item, i);
      close_activity (item.activity, i);
      check (wf_store_put_activity (store, item.activity, NULL, &error), error);
      wf_bench_item_clear (&item);
    }
  check (wf_store_commit (store, &error), error);
  if (wf_store_wants_merge (store))
    check (wf_store_begin (store, &error) && wf_store_merge_keys (store, FALSE, &more, &error) &&
               wf_store_commit (store, &error),
           error);
}

static void
put_leads (WfStore *store, guint n_rows)
{
  g_autoptr (GError) error = NULL;

  check (wf_store_begin (store, &error), error);
  for (guint i = 0; i < WF_BENCH_LEADS * 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("l-%u", i / 2);
      g_autofree char *text = g_strdup_printf (
          "{\"id\":\"%s\",\"name\":\"Padaria Sol %u\",\"owner\":\"person-%u\",\"source\":\"fair\",\"origin\":\"%s\","
          "\"stage\":\"filter-%u\",\"interest\":\"bread\",\"value\":%u,\"last-contact\":\"2026-01-01T10:00:00Z\"}",
          id, i / 2, i / 2 % WF_BENCH_PEOPLE, i % 6 < 2 ? "flow" : "web", i / 2 % 3 + i % 2, i);
      g_autoptr (WfJsonDocument) lead = wf_json_document_parse (text, -1, 0, NULL);
      gint64 time = (gint64) i * n_rows / WF_BENCH_LEADS / 2;

      check (wf_store_set_lead (store, id, wf_json_document_get_root (lead),
                                wf_bench_get_time ((guint) time), &error),
             error);
    }
  check (wf_store_commit (store, &error), error);
}

static void
fill (WfStore *store, guint n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfOrganisation) organisation = wf_bench_report_make_organisation ();

  check (wf_store_begin (store, &error) &&
             wf_store_set_organisation (store, organisation, &error) &&
             wf_store_set_fact (store, "person", WF_BENCH_REPORT_VIEWER, &error) &&
             wf_store_set_fact (store, "cursor", "seed", &error) && wf_store_commit (store, &error),
         error);
  for (guint next = 0; next < n_rows; next += BATCH)
    {
      put_batch (store, next, MIN (next + BATCH, n_rows));
      if (next % (50 * BATCH) == 0)
        check (wf_store_checkpoint (store, &error) || error == NULL, error);
    }
  put_leads (store, n_rows);
  check (wf_store_checkpoint (store, &error) || error == NULL, error);
}

WfStore *
wf_bench_report_open (const char *path, guint n_rows)
{
  g_autoptr (GError) error = NULL;
  gboolean is_kept = g_file_test (path, G_FILE_TEST_EXISTS);
  WfStore *store = wf_store_open (path, WF_STORE_READ_WRITE, NULL, &error);

  check (store != NULL, error);
  if (!is_kept)
    fill (store, n_rows);
  return store;
}

void
wf_bench_report_save_facts (WfStore *store)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GError) error = NULL;

      check (wf_store_begin (store, &error) && wf_store_save_facts (store, &more, &error) &&
                 wf_store_commit (store, &error),
             error);
    }
  wf_store_checkpoint (store, NULL);
}

void
wf_bench_report_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}
