/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What calendar and leads ask the store: a month of ten thousand to a million activities, and a hundred thousand leads. */
#define G_LOG_DOMAIN "wf-bench"

#include "bench-store-window.h"

#include "wf-bench-store-data.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#define NOW G_GINT64_CONSTANT (1795262400000000) /* 2026-11-20T12:00Z */
#define DAYS 42
#define PER_DAY 8
#define PEOPLE 50
#define TYPES 6
#define WORKFLOWS 40
#define LEADS 100000
#define BATCH 5000
#define ROUNDS 7

typedef struct
{
  WfStore *store; /* (owned) */
  char *path;     /* (owned) */
  const char *name;
} Window;

static void
check (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("%s", error->message);
}

/* ---- what is stored ---- */

/* Half of them are done, each third of those late; deadlines are on whole minutes, so that many are at one instant. */
static WfActivity *
make_activity (GRand *random, guint n, WfInstant from, WfInstant until)
{
  g_autofree char *id = g_strdup_printf ("activity-%u", n);
  WfActivity *a = wf_activity_new (id);
  gint32 minutes = (gint32) ((until - from) / G_TIME_SPAN_MINUTE);

  a->due = a->original_due = from +
                             (WfInstant) g_rand_int_range (random, 0, minutes) * G_TIME_SPAN_MINUTE;
  a->created = a->due - G_TIME_SPAN_DAY;
  a->person = g_strdup_printf ("person-%d", g_rand_int_range (random, 0, PEOPLE));
  a->type = g_strdup_printf ("type-%d", g_rand_int_range (random, 0, TYPES));
  a->workflow = g_strdup_printf ("workflow-%d", g_rand_int_range (random, 0, WORKFLOWS));
  a->lead = g_strdup_printf ("l-%d", g_rand_int_range (random, 0, LEADS));
  a->lead_name = g_strdup_printf ("Padaria São João %s", a->lead + 2);
  a->title = g_strdup_printf ("Ligar para %s", a->lead_name);
  a->notes = g_strdup ("Falar sobre a proposta que foi enviada na semana passada");
  if (n % 2 == 0)
    {
      a->status = WF_ACTIVITY_DONE;
      a->completed = a->due + (n % 3 == 0 ? 1 : -1) * G_TIME_SPAN_HOUR;
    }
  return a;
}

static void
put_batch (Window *self, GRand *random, guint first, guint n, WfInstant from, WfInstant until)
{
  g_autoptr (GError) error = NULL;
  gboolean more;

  check (wf_store_begin (self->store, &error), error);
  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (WfActivity) a = make_activity (random, i, from, until);

      check (wf_store_put_activity (self->store, a, NULL, &error), error);
    }
  check (wf_store_commit (self->store, &error), error);
  if (!wf_store_wants_merge (self->store))
    return;
  check (wf_store_begin (self->store, &error) &&
             wf_store_merge_keys (self->store, FALSE, &more, &error) &&
             wf_store_commit (self->store, &error),
         error);
}

static void
fill (Window *self, GRand *random, guint first, guint n, WfInstant from, WfInstant until)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i += BATCH)
    put_batch (self, random, first + i, MIN (BATCH, n - i), from, until);
  if (!wf_store_checkpoint (self->store, &error) && error != NULL)
    g_error ("%s", error->message);
}

/* ---- measuring ---- */

typedef void (*Ask) (Window *self, gconstpointer question);

static double
measure (Window *self, Ask ask, gconstpointer question)
{
  double times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      ask (self, question);
      times[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  return wf_bench_get_median (times, ROUNDS);
}

/* The first time: nothing of it is known yet. */
static double
measure_first (Window *self, Ask ask, gconstpointer question)
{
  gint64 start = g_get_monotonic_time ();

  ask (self, question);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static void
print (Window *self, const char *what, double value, double reference)
{
  g_autofree char *name = g_strdup_printf ("store/%s/%s", self->name, what);

  wf_bench_print (name, "ms", value, reference);
}

static void
get_bounds (WfInstant bounds[DAYS + 1])
{
  for (guint i = 0; i <= DAYS; i++) /* of a zone three hours behind */
    bounds[i] = NOW - 9 * G_TIME_SPAN_HOUR + ((WfInstant) i - DAYS / 2) * G_TIME_SPAN_DAY;
}

static void
ask_days (Window *self, gconstpointer question)
{
  WfInstant bounds[DAYS + 1];

  get_bounds (bounds);
  wf_calendar_days_free (wf_store_list_days (self->store, question, bounds, DAYS, PER_DAY));
}

static void
ask_counts (Window *self, gconstpointer question)
{
  WfInstant bounds[DAYS + 1];

  get_bounds (bounds);
  wf_calendar_days_free (wf_store_list_days (self->store, question, bounds, DAYS, 0));
}

/* The same counts as SQLite makes them out of the best index. */
static void
ask_sqlite (Window *self, gconstpointer question)
{
  sqlite3 *db = (sqlite3 *) question;
  WfInstant bounds[DAYS + 1];
  g_autofree char *sql = NULL;

  get_bounds (bounds);
  sql = g_strdup_printf (
      "SELECT (due - %" G_GINT64_FORMAT ") / 86400000000, count(*), total(due < %" G_GINT64_FORMAT
      ") FROM activities INDEXED BY activities_open WHERE status = 0 AND due >= %" G_GINT64_FORMAT
      " AND due < %" G_GINT64_FORMAT " GROUP BY 1 UNION ALL SELECT (due - %" G_GINT64_FORMAT
      ") / 86400000000, count(*), total(status = 1) FROM activities INDEXED BY activities_closed WHERE status > 0"
      " AND due >= %" G_GINT64_FORMAT " AND due < %" G_GINT64_FORMAT " GROUP BY 1",
      bounds[0], NOW, bounds[0], bounds[DAYS], bounds[0], bounds[0], bounds[DAYS]);
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
}

static void
ask_search (Window *self, gconstpointer question)
{
  g_ptr_array_unref (wf_store_list_activities (self->store, question));
  (void) wf_store_count_activities (self->store, question);
}

static void
ask_load (Window *self, gconstpointer question)
{
  WfInstant bounds[DAYS + 1];
  guint counts[PEOPLE * DAYS];

  get_bounds (bounds);
  wf_store_count_load (self->store, question, bounds, DAYS, counts);
}

static void
ask_people (Window *self, gconstpointer question)
{
  g_ptr_array_unref (wf_store_count_people (self->store, NOW, NOW + G_TIME_SPAN_HOUR, question));
}

static void
measure_filters (Window *self)
{
  static const char *const people[] = { "person-1", "person-7", "person-30", NULL };
  static const char *const types[] = { "type-1", "type-4", NULL };
  static const char *const workflows[] = { "workflow-1", "workflow-2", "workflow-3", NULL };
  const WfActivityQuery all = { .scope = WF_ACTIVITIES_ALL, .now = NOW };
  WfActivityQuery of_people = all, of_types = all, of_workflows = all, of_one = all, found = all;

  of_people.people = people;
  of_types.types = types;
  of_workflows.workflows = workflows;
  of_one.person = people[0];
  print (self, "days-of-3-people", measure (self, ask_days, &of_people), 0);
  print (self, "days-of-2-types", measure (self, ask_days, &of_types), 0);
  print (self, "days-of-3-workflows", measure (self, ask_days, &of_workflows), 0);
  print (self, "days-of-person", measure (self, ask_days, &of_one), 0);
  found.text = "joao 99";
  print (self, "days-with-text/first", measure_first (self, ask_days, &found), 0);
  print (self, "days-with-text", measure (self, ask_days, &found), 0);
  found.scope = WF_ACTIVITIES_OPEN;
  found.due_from = found.due_until = WF_INSTANT_NONE;
  found.limit = 200;
  found.text = "proposta que";
  print (self, "search/first", measure_first (self, ask_search, &found), 0);
  found.text = "proposta que foi";
  print (self, "search", measure (self, ask_search, &found), 0);
  found.person = people[0];
  print (self, "search-of-person", measure (self, ask_search, &found), 0);
}

static void
measure_days (Window *self)
{
  const WfActivityQuery all = { .scope = WF_ACTIVITIES_ALL, .now = NOW };
  GStrvBuilder *builder = g_strv_builder_new ();
  g_auto (GStrv) people = NULL;
  sqlite3 *db = NULL;

  for (guint i = 0; i < PEOPLE; i++)
    g_strv_builder_take (builder, g_strdup_printf ("person-%u", i));
  people = g_strv_builder_unref_to_strv (builder);
  if (sqlite3_open_v2 (self->path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  print (self, "days", measure (self, ask_days, &all), 0);
  print (self, "counts", measure (self, ask_counts, &all), measure (self, ask_sqlite, db));
  sqlite3_close (db);
  measure_filters (self);
  print (self, "load-of-50-people", measure (self, ask_load, people), 0);
  print (self, "count-people", measure (self, ask_people, NULL), 0);
}

/* ---- leads ---- */

static void
put_leads (Window *self)
{
  g_autoptr (GError) error = NULL;

  check (wf_store_begin (self->store, &error), error);
  for (guint i = 0; i < LEADS; i++)
    {
      g_autofree char *id = g_strdup_printf ("l-%u", i);
      g_autofree char *text = g_strdup_printf (
          "{\"id\":\"%s\",\"name\":\"Padaria São João %u\",\"company\":\"Companhia %u Ltda.\",\"phone\":\"+55 11 9%07u\","
          "\"email\":\"contato%u@padaria.example\",\"stage\":\"stage-%u\",\"owner\":\"person-%u\",\"source\":\"source-%u\","
          "\"origin\":\"web\",\"score\":%u,\"created\":\"2026-0%u-11T10:00:00Z\",\"custom\":{\"sector\":\"food\"}}",
          id, i * 7919 % LEADS, i, i, i, i % 7, i % PEOPLE, i % 5, i % 101, i % 9 + 1);
      g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

      check (wf_store_set_lead (self->store, id, wf_json_document_get_root (document),
                                NOW - (WfInstant) i, &error),
             error);
    }
  check (wf_store_commit (self->store, &error), error);
}

static void
ask_leads (Window *self, gconstpointer question)
{
  g_ptr_array_unref (wf_store_query_leads (self->store, question));
}

static void
ask_lead_count (Window *self, gconstpointer question)
{
  (void) wf_store_count_leads (self->store, question);
}

static void
ask_moments (Window *self, gconstpointer question)
{
  g_ptr_array_unref (wf_store_list_moments (self->store, question, 0, 50));
}

static void
measure_leads (Window *self)
{
  static const char *const names[] = { "by-name",   "by-stage", "by-owner",        "by-score",
                                       "by-origin", "by-next",  "by-last-contact", "by-created" };
  WfLeadQuery query = { .limit = 200, .now = NOW };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat ("leads/", names[i], NULL);

      query.order = (WfLeadOrder) i;
      if (query.order == WF_LEADS_BY_NEXT)
        print (self, "leads/by-next/first", measure_first (self, ask_leads, &query), 0);
      print (self, name, measure (self, ask_leads, &query), 0);
    }
  query.order = WF_LEADS_BY_SCORE;
  query.offset = LEADS / 2;
  print (self, "leads/by-score-at-50000", measure (self, ask_leads, &query), 0);
  query = (WfLeadQuery) { .limit = 200, .now = NOW, .text = "joao 777" };
  print (self, "leads/search", measure (self, ask_leads, &query), 0);
  print (self, "leads/search-count", measure (self, ask_lead_count, &query), 0);
  query = (WfLeadQuery) { .limit = 200, .now = NOW, .without_next = TRUE };
  print (self, "leads/without-next", measure (self, ask_leads, &query), 0);
  print (self, "leads/without-next-count", measure (self, ask_lead_count, &query), 0);
  print (self, "leads/moments", measure (self, ask_moments, "l-77"), 0);
}

/* ---- the sections ---- */

static void
run (const char *folder, const char *name, guint n_month, guint n_before, gboolean with_leads)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (n_month);
  Window window = { .name = name };
  WfInstant bounds[DAYS + 1];

  get_bounds (bounds);
  window.path = g_strconcat (folder, "/", strrchr (name, '/') + 1, NULL);
  window.store = wf_store_open (window.path, WF_STORE_READ_WRITE, NULL, &error);
  check (window.store != NULL, error);
  fill (&window, random, 0, n_before, bounds[0] - 400 * G_TIME_SPAN_DAY, bounds[0]);
  fill (&window, random, n_before, n_month, bounds[0], bounds[DAYS]);
  if (with_leads)
    put_leads (&window);
  wf_store_close (window.store);
  /* As the window's own connection asks. */
  window.store = wf_store_open (window.path, WF_STORE_READ_ONLY, NULL, &error);
  check (window.store != NULL, error);
  measure_days (&window);
  if (with_leads)
    measure_leads (&window);
  wf_store_close (window.store);
  g_unlink (window.path);
  g_free (window.path);
}

void
bench_store_window (const char *folder, guint n_rows)
{
  run (folder, "calendar/10000", 10000, 0, FALSE);
  if (n_rows >= 100000)
    run (folder, "calendar/100000", 100000, 0, TRUE);
  if (n_rows < 1000000)
    return;
  run (folder, "calendar/100000-of-1000000", 100000, 900000, FALSE);
  run (folder, "calendar/1000000", 1000000, 0, FALSE);
}
