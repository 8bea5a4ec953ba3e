/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company, its activities and leads, generated; and its rows, ready to be asked by plain SQL. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-report-sample.h"

#include "wf-instant.h"
#include "wf-store-facts.h"
#include "wf-store-private.h"

#include <string.h>

#define NUMBERS_BETWEEN 60 /* so that even a few activities fill several blocks of facts */

/* "" is none; "ghost" is nobody of the organisation. */
const char *const wf_sample_people[] = { "ana", "bo",  "cai",   "dea", "edu",
                                         "flo", "gil", "ghost", "",    NULL };
const char *const wf_sample_groups[] = { "g1", "g2", "g3", "", NULL };
const char *const wf_sample_teams[] = { "t1", "t2", "", NULL };
const char *const wf_sample_units[] = { "u1", "u2", "", NULL };
const char *const wf_sample_types[] = { "call", "visit", "", "mail", NULL };
const char *const wf_sample_workflows[] = { "w-1", "w-2", "w-3", "", NULL };
const char *const wf_sample_stages[] = { "new", "filter", "visit", "won", "lost", "old", "", NULL };
const char *const wf_sample_sources[] = { "site", "fair", "", NULL };
const char *const wf_sample_origins[] = { "web", "flow", "", NULL };
const char *const wf_sample_products[] = { "flat", "house", "", NULL };

static const char organisation_text[] =
    "{ 'format': 1, 'name': 'Acme', 'process': '2-with-store-flow',"
    "  'working-hours': { 'time-zone': 'America/Santiago',"
    "    'week': { 'mon': [['09:00','12:00'],['13:00','18:00']], 'tue': [['09:00','18:00']], 'wed': [['09:00','18:00']],"
    "              'thu': [['09:00','18:00']], 'fri': [['00:00','24:00']], 'sat': [['00:00','03:00']], 'sun': [] },"
    "    'holidays': [ { 'every': '12-25', 'name': 'Natal' } ] },"
    "  'people': ["
    "    { 'id': 'ana', 'name': 'Ana', 'role': 'attendant', 'groups': ['g1'], 'teams': ['t1'], 'absences': ["
    "      { 'id': 'a1', 'from': '2026-11-02T00:00:00-03:00', 'until': '2026-11-12T00:00:00-03:00', 'treatment': 'hold' } ] },"
    "    { 'id': 'bo', 'name': 'Bo', 'role': 'attendant', 'groups': ['g1', 'g2'], 'teams': ['t1'] },"
    "    { 'id': 'cai', 'name': 'Cai', 'role': 'seller', 'units': ['u1', 'u2'] },"
    "    { 'id': 'dea', 'name': 'Dea', 'role': 'attendant', 'groups': ['g2'], 'teams': ['t2'], 'units': ['u2'] },"
    "    { 'id': 'edu', 'name': 'Edu', 'role': 'coordinator', 'teams': ['t1'] },"
    "    { 'id': 'flo', 'name': 'Flo', 'role': 'administrator' },"
    "    { 'id': 'gil', 'name': 'Gil', 'role': 'attendant', 'active': false, 'groups': ['g3'] },"
    "    { 'id': 'hal', 'name': 'Hal', 'role': 'ranking' } ],"
    "  'groups': [ { 'id': 'g1', 'name': 'G1' }, { 'id': 'g2', 'name': 'G2', 'working-hours': { 'time-zone': 'Europe/Berlin',"
    "    'week': { 'mon': [['08:00','16:00']], 'tue': [['08:00','16:00']], 'wed': [], 'thu': [['20:00','24:00']],"
    "              'fri': [['00:00','04:00']], 'sat': [], 'sun': [['01:00','05:00']] } } }, { 'id': 'g3', 'name': 'G3' } ],"
    "  'teams': [ { 'id': 't1', 'name': 'T1' }, { 'id': 't2', 'name': 'T2' } ],"
    "  'units': [ { 'id': 'u1', 'name': 'U1', 'store-flow': true }, { 'id': 'u2', 'name': 'U2' } ],"
    "  'activity-types': [ { 'id': 'call', 'name': 'Call' }, { 'id': 'visit', 'name': 'Visit' } ],"
    "  'pipelines': [ { 'id': 'leads', 'record': 'lead', 'stages': [ { 'id': 'new', 'name': 'New' },"
    "    { 'id': 'filter', 'name': 'Filter' }, { 'id': 'visit', 'name': 'Visit' },"
    "    { 'id': 'won', 'name': 'Won', 'closes': 'finalized' }, { 'id': 'lost', 'name': 'Lost', 'closes': 'discarded' } ] } ] }";

static WfOrganisation *
read_organisation (void)
{
  g_autofree char *text = g_strdelimit (g_strdup (organisation_text), "'", '"');
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation;

  g_assert_nonnull (document);
  organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    g_test_message ("%s: %s", wf_problems_get (problems, i)->path,
                    wf_problems_get (problems, i)->text);
  g_assert_nonnull (organisation);
  return organisation;
}

/* -- generating -------------------------------------------------------------------------------- */

const char *
wf_report_sample_pick (WfReportSample *self, const char *const *from, guint n)
{
  if (n == 0)
    n = g_strv_length ((char **) from);
  return from[g_rand_int_range (self->random, 0, (int) n)];
}

static char *
pick (WfReportSample *self, const char *const *from)
{
  const char *text = wf_report_sample_pick (self, from, 0);

  return text[0] != '\0' ? g_strdup (text) : NULL;
}

/* Mostly lately; every fourth at a full hour, where things meet. */
static WfInstant
random_instant (WfReportSample *self, WfInstant middle, gint64 spread)
{
  double x = g_rand_double_range (self->random, -1, 1);
  WfInstant at = middle + (WfInstant) (x * x * x * (double) spread);

  return g_rand_int_range (self->random, 0, 4) == 0 ? at - at % HOUR : at;
}

static void
add_member (GString *text, const char *name, const char *value)
{
  if (value[0] != '\0')
    g_string_append_printf (text, ",\"%s\":\"%s\"", name, value);
}

static void
add_lead (WfReportSample *self, guint n)
{
  g_autofree char *id = g_strdup_printf ("l-%u", n);
  WfInstant created = random_instant (self, NOW - 30 * DAY, 400 * DAY);
  WfInstant at = g_rand_boolean (self->random) ? created
                                               : random_instant (self, NOW - 20 * DAY, 100 * DAY);
  const char *stage = wf_report_sample_pick (self, wf_sample_stages, 0);
  const char *const members[][2] = {
    { "owner", wf_report_sample_pick (self, wf_sample_people, 0) },
    { "source", wf_report_sample_pick (self, wf_sample_sources, 0) },
    { "origin", wf_report_sample_pick (self, wf_sample_origins, 0) },
    { "product", wf_report_sample_pick (self, wf_sample_products, 0) },
  };
  double value = g_rand_int_range (self->random, 0, 1000) * 0.25;
  gboolean has_created = g_rand_int_range (self->random, 0, 5) > 0;

  at = MAX (at, created);
  for (int moves = g_rand_int_range (self->random, 1, 6); moves > 0; moves--)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (WfJsonDocument) document = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *date = wf_instant_format_utc (created);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_printf (text, "{\"id\":\"%s\",\"name\":\"Lead %u\",\"value\":%s", id, n,
                       g_ascii_dtostr (number, sizeof number, value));
      for (guint i = 0; i < G_N_ELEMENTS (members); i++)
        add_member (text, members[i][0], members[i][1]);
      add_member (text, "stage", stage);
      if (has_created)
        add_member (text, "created", date);
      g_string_append_c (text, '}');
      document = wf_json_document_parse (text->str, -1, 0, &error);
      g_assert_no_error (error);
      wf_store_set_lead (self->f->store, id, wf_json_document_get_root (document), at, &error);
      g_assert_no_error (error);
      at += 1 + (WfInstant) (g_rand_double (self->random) * 9 * DAY);
      stage = wf_report_sample_pick (self, wf_sample_stages, 0);
    }
}

static void
close_activity (WfReportSample *self, WfActivity *a)
{
  static const WfActivityStatus statuses[] = {
    WF_ACTIVITY_OPEN, WF_ACTIVITY_DONE,      WF_ACTIVITY_DONE,
    WF_ACTIVITY_DONE, WF_ACTIVITY_CANCELLED, WF_ACTIVITY_NO_LONGER_NEEDED
  };

  a->status = statuses[g_rand_int_range (self->random, 0, G_N_ELEMENTS (statuses))];
  if (a->status == WF_ACTIVITY_OPEN || g_rand_int_range (self->random, 0, 20) == 0)
    return;
  a->completed = random_instant (self, a->due != WF_INSTANT_NONE ? a->due : a->created, 6 * DAY);
  if (a->due != WF_INSTANT_NONE && g_rand_int_range (self->random, 0, 10) == 0)
    a->completed = a->due; /* S22: on time */
}

static void
add_activity (WfReportSample *self, guint n, guint n_leads)
{
  g_autofree char *id = g_strdup_printf ("a-%u", n);
  g_autoptr (WfActivity) a = wf_activity_new (id);
  g_autoptr (GError) error = NULL;
  g_autofree char *workflow = pick (self, wf_sample_workflows);

  g_set_str (&a->type, wf_report_sample_pick (self, wf_sample_types, 0));
  g_set_str (&a->title, "T");
  a->person = pick (self, wf_sample_people);
  if (g_rand_int_range (self->random, 0, 8) > 0)
    a->lead = g_strdup_printf ("l-%d", g_rand_int_range (self->random, 0, (int) n_leads + 3));
  if (workflow != NULL)
    a->workflow_version = g_rand_int_range (self->random, 1, WF_SAMPLE_VERSIONS + 1);
  a->workflow = g_steal_pointer (&workflow);
  a->created = random_instant (self, NOW - 20 * DAY, 500 * DAY);
  a->created = MIN (a->created, NOW);
  a->due = a->original_due = random_instant (self, a->created + 2 * DAY, 5 * DAY);
  if (g_rand_int_range (self->random, 0, 12) == 0)
    a->due = a->original_due = WF_INSTANT_NONE;
  a->arrived_late = g_rand_int_range (self->random, 0, 8) == 0;
  close_activity (self, a);
  wf_store_put_activity (self->f->store, a, NULL, &error);
  self->f->store->next_number += NUMBERS_BETWEEN;
  g_assert_no_error (error);
}

/* -- rows that tests write themselves ---------------------------------------------------------- */

static void
execute (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

/* Who held it: the first from its creation, others around its deadline; the last one has it. */
static void
add_holders (WfReportSample *self, gint64 no, WfInstant created, WfInstant around)
{
  g_autofree char *clear =
      g_strdup_printf ("DELETE FROM holders WHERE activity = %" G_GINT64_FORMAT, no);
  int n = g_rand_int_range (self->random, 1, 4);
  WfInstant since = created;

  execute (self->db, clear);
  for (int i = 0; i <= n; i++)
    {
      const char *person = wf_report_sample_pick (self, wf_sample_people, 0);
      g_autofree char *holder =
          i == n
              ? g_strdup_printf ("(SELECT person FROM activities WHERE no = %" G_GINT64_FORMAT ")",
                                 no)
              : g_strdup_printf ("(SELECT no FROM names WHERE name = '%s' AND name <> '')", person);
      g_autofree char *sql = g_strdup_printf (
          "INSERT OR REPLACE INTO holders (activity, since, person) VALUES (%" G_GINT64_FORMAT
          ", %" G_GINT64_FORMAT ", %s)",
          no, since, holder);

      execute (self->db, sql);
      since = MAX (since + 1, random_instant (self, around, 2 * DAY));
    }
}

static void
add_receipt (WfReportSample *self, gint64 no, WfInstant around)
{
  int kind = g_rand_int_range (self->random, WF_RECEIPT_SHOWN, WF_RECEIPT_NOT_NEEDED + 1);
  WfInstant at = random_instant (self, around - 10 * MINUTE, HOUR);
  g_autofree char *shown =
      kind == WF_RECEIPT_NOT_NEEDED ? g_strdup ("NULL") : g_strdup_printf ("%" G_GINT64_FORMAT, at);
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO receipts (activity, at, shown, kind) VALUES (%" G_GINT64_FORMAT
                       ", %" G_GINT64_FORMAT ", %s, %d)",
                       no, at, shown, kind);

  execute (self->db, sql);
}

static void
add_rows (WfReportSample *self)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, 3 * sizeof (gint64));
  sqlite3_stmt *walk = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (self->db,
                                       "SELECT no, created, due FROM activities WHERE due NOT NULL",
                                       -1, &walk, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (walk) == SQLITE_ROW)
    {
      gint64 row[] = { sqlite3_column_int64 (walk, 0), sqlite3_column_int64 (walk, 1),
                       sqlite3_column_int64 (walk, 2) };

      g_array_append_vals (rows, row, 1);
    }
  sqlite3_finalize (walk);
  execute (self->db, "BEGIN");
  for (guint i = 0; i < rows->len; i++)
    {
      const gint64 *row = (const gint64 *) (gpointer) rows->data + 3 * i;

      if (g_rand_int_range (self->random, 0, 3) == 0)
        add_holders (self, row[0], row[1], row[2]);
      if (g_rand_boolean (self->random))
        add_receipt (self, row[0], row[2]);
    }
  execute (self->db, "COMMIT");
}

/* -- functions and views ----------------------------------------------------------------------- */

static const WfPerson *
get_person (WfReportSample *self, sqlite3_value *id)
{
  return wf_organisation_get_person (self->organisation, (const char *) sqlite3_value_text (id));
}

static void
open_time (sqlite3_context *context, int n, sqlite3_value **values)
{
  WfReportSample *self = sqlite3_user_data (context);
  WfWorkingHours *hours =
      wf_organisation_get_hours_for (self->organisation, get_person (self, values[0]));

  sqlite3_result_int64 (context,
                        wf_working_hours_open_time_between (hours, sqlite3_value_int64 (values[1]),
                                                            sqlite3_value_int64 (values[2])));
}

static void
hour_of_week (sqlite3_context *context, int n, sqlite3_value **values)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (WF_SAMPLE_ZONE);
  g_autoptr (GDateTime) at = wf_instant_to_date_time (sqlite3_value_int64 (values[0]), zone);

  sqlite3_result_int (context,
                      (g_date_time_get_day_of_week (at) - 1) * 24 + g_date_time_get_hour (at));
}

static void
is_away (sqlite3_context *context, int n, sqlite3_value **values)
{
  const WfPerson *person = get_person (sqlite3_user_data (context), values[0]);

  sqlite3_result_int (context,
                      person != NULL &&
                          wf_person_get_absence (person, sqlite3_value_int64 (values[1])) != NULL);
}

static void
lead_hash (sqlite3_context *context, int n, sqlite3_value **values)
{
  sqlite3_result_int64 (
      context, (gint64) wf_store_hash_lead ((const char *) sqlite3_value_text (values[0])));
}

static void
add_members (WfReportSample *self, int dimension, const char *person, const char *const *ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("INSERT INTO member VALUES (%d, '%s', '%s')", dimension, person, ids[i]);

      execute (self->db, sql);
    }
}

#define NAME(column) "ifnull((SELECT name FROM names WHERE no = " column "), '')"

static const char views[] =
    "CREATE TEMP TABLE member (dimension INT, who TEXT, id TEXT);"
    "CREATE TEMP TABLE stage (id TEXT, place INT, won INT, closed INT);"
    "INSERT INTO stage VALUES ('new', 0, 0, 0), ('filter', 1, 0, 0), ('visit', 2, 0, 0), ('won', 3, 1, 1),"
    "  ('lost', 4, 0, 1);"
    "CREATE TEMP TABLE client AS SELECT lead_hash(id) AS hash, id, " NAME ("owner") " AS owner, " NAME ("stage") " AS stage, " NAME ("source") " AS source, " NAME ("origin") " AS origin, " NAME (
        "product") " AS product, value, ifnull(created, heard) AS created,"
                   "  (SELECT first FROM contacts c WHERE c.lead = leads.id) AS first FROM leads;"
                   "CREATE TEMP TABLE act AS SELECT a.no, " NAME ("person") " AS person, " NAME ("type") " AS type, " NAME ("workflow") " AS workflow, v.version, " NAME (
                       "a.origin") " AS origin, a.lead,"
                                   "  ifnull(c.stage, '') AS stage, ifnull(c.source, '') AS source, a.created, due,"
                                   "  iif(status = 0, NULL, completed) AS closed, status, (flags & 2) <> 0 AS arrived_late,"
                                   "  (SELECT count(*) FROM holders h WHERE h.activity = a.no) > 1 AS reassigned,"
                                   "  (SELECT max(since) FROM holders h WHERE h.activity = a.no) AS last_since,"
                                   "  EXISTS (SELECT 1 FROM receipts r WHERE r.activity = a.no AND r.kind IN (0, 1) AND r.shown < a.due) AS reminded,"
                                   "  EXISTS (SELECT 1 FROM receipts r WHERE r.activity = a.no) AS known"
                                   "  FROM activities a LEFT JOIN client c ON c.id = a.lead LEFT JOIN versions v ON v.id = a.id;"
                                   "CREATE TEMP TABLE held AS"
                                   "  SELECT no, person, due AS since, closed AS until FROM act WHERE status = 1 AND closed > due AND NOT reassigned"
                                   "  UNION ALL SELECT no, person, max(due, since), min(closed, next) FROM (SELECT a.no, a.due, a.closed, " NAME (
                                       "h.person") " AS person,"
                                                   "  iif(row_number() OVER w = 1, a.due, h.since) AS since, ifnull(lead(h.since) OVER w, a.closed) AS next"
                                                   "  FROM act a JOIN holders h ON h.activity = a.no WHERE a.status = 1 AND a.closed > a.due AND a.reassigned"
                                                   "  WINDOW w AS (PARTITION BY a.no ORDER BY h.since));"
                                                   "DELETE FROM held WHERE until <= since;"
                                                   "CREATE TEMP TABLE move AS SELECT lead AS hash, " NAME (
                                                       "stage") " AS stage, at,"
                                                                "  lag(" NAME (
                                                                    "stage") ") OVER w AS before, lag(at) OVER w AS before_at, row_number() OVER w AS place"
                                                                             "  FROM stage_moves WINDOW w AS (PARTITION BY lead ORDER BY at);";

static void
make_views (WfReportSample *self)
{
  static const struct
  {
    const char *name;
    int n;
    void (*func) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "open_time", 3, open_time },
    { "hour_of_week", 1, hour_of_week },
    { "is_away", 2, is_away },
    { "lead_hash", 1, lead_hash },
  };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    sqlite3_create_function (self->db, functions[i].name, functions[i].n, SQLITE_UTF8, self,
                             functions[i].func, NULL, NULL);
  execute (self->db, views);
  for (guint i = 0; i < wf_organisation_get_n_people (self->organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (self->organisation, i);

      add_members (self, WF_DIMENSION_GROUP, person->id, person->groups);
      add_members (self, WF_DIMENSION_TEAM, person->id, person->teams);
      add_members (self, WF_DIMENSION_UNIT, person->id, person->units);
    }
}

/* The version is not in a column of its own. */
static void
add_versions (WfReportSample *self, guint n_activities)
{
  execute (self->db, "CREATE TEMP TABLE versions (id TEXT PRIMARY KEY, version INT)");
  for (guint i = 0; i < n_activities; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i), *sql = NULL;
      g_autoptr (WfActivity) activity = wf_store_get_activity (self->f->store, id);

      sql = g_strdup_printf ("INSERT INTO versions VALUES ('%s', %" G_GINT64_FORMAT ")", id,
                             activity->workflow_version);
      execute (self->db, sql);
    }
}

WfReportSample *
wf_report_sample_new (guint32 seed, guint n_activities, guint n_leads)
{
  WfReportSample *self = g_new0 (WfReportSample, 1);
  g_autoptr (GError) error = NULL;

  self->f = wf_store_fixture_new ();
  self->organisation = read_organisation ();
  self->random = g_rand_new_with_seed (seed);
  wf_store_fixture_begin (self->f);
  wf_store_set_organisation (self->f->store, self->organisation, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_leads; i++)
    add_lead (self, i);
  for (guint i = 0; i < n_activities; i++)
    add_activity (self, i, n_leads);
  wf_store_fixture_commit (self->f);
  g_assert_cmpint (sqlite3_open (self->f->path, &self->db), ==, SQLITE_OK);
  add_rows (self);
  add_versions (self, n_activities);
  make_views (self);
  return self;
}

void
wf_report_sample_free (WfReportSample *self)
{
  g_assert_cmpint (sqlite3_close (self->db), ==, SQLITE_OK);
  wf_store_fixture_free (self->f);
  wf_organisation_unref (self->organisation);
  g_rand_free (self->random);
  g_free (self);
}

void
wf_report_sample_save_facts (WfReportSample *self)
{
  gboolean more = TRUE;

  for (guint n = 0; more; n++)
    {
      g_autoptr (GError) error = NULL;

      wf_store_fixture_begin (self->f);
      wf_store_save_facts (self->f->store, &more, &error);
      g_assert_no_error (error);
      wf_store_fixture_commit (self->f);
      g_assert_cmpuint (n, <, 1000);
    }
}
