/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports against plain SQL over the rows: every number of random questions, and the activities behind
 * them. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-report-sample.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define N_STORES 3
#define N_ACTIVITIES 700
#define N_LEADS 70
#define N_QUESTIONS 120

/* What each measure counts, and when. */
static const struct
{
  const char *where, *at;
} measures[] = {
  [WF_MEASURE_CREATED] = { "created NOT NULL", "created" },
  [WF_MEASURE_ON_TIME] = { "status = 1 AND closed NOT NULL AND (due IS NULL OR closed <= due)",
                           "closed" },
  [WF_MEASURE_LATE] = { "status = 1 AND closed > due", "closed" },
  [WF_MEASURE_OPEN_LATE] = { "status = 0 AND due < ?now", "due" },
  [WF_MEASURE_CANCELLED] = { "status = 2 AND closed NOT NULL", "closed" },
  [WF_MEASURE_NOT_NEEDED] = { "status = 3 AND closed NOT NULL", "closed" },
};

typedef struct
{
  WfReportSample *sample;
  WfReportQuery *query; /* (owned) */
  WfReport *report;     /* (owned) */
  char *things;         /* (owned) what the filter wants of an activity beside people */
  char *leads;          /* (owned) of a lead beside its owner */
} Check;

/* -- the filter as SQL ------------------------------------------------------------------------- */

static char *
list_ids (GStrv ids)
{
  g_autofree char *joined = g_strjoinv ("','", ids);

  return g_strdup_printf ("('%s')", joined);
}

/* Whom the viewer sees and the filter wants. person: an expression. */
static char *
where_person (const WfReportQuery *query, const char *person)
{
  GString *sql = g_string_new ("TRUE");

  if (query->viewer != NULL)
    g_string_append_printf (
        sql,
        " AND ('%s' IN ('flo', 'hal') OR %s IN ('', '%s') OR EXISTS (SELECT 1 FROM member x JOIN member y"
        " ON x.dimension = y.dimension AND x.id = y.id WHERE x.who = '%s' AND y.who = %s))",
        query->viewer, person, query->viewer, query->viewer, person);
  for (int i = WF_DIMENSION_PERSON; i <= WF_DIMENSION_UNIT; i++)
    {
      g_autofree char *ids = NULL;

      if (query->filter->only[i] == NULL)
        continue;
      ids = list_ids (query->filter->only[i]);
      if (i == WF_DIMENSION_PERSON)
        g_string_append_printf (sql, " AND %s IN %s", person, ids);
      else
        g_string_append_printf (
            sql,
            " AND (EXISTS (SELECT 1 FROM member m WHERE m.dimension = %d AND m.who = %s AND m.id IN %s)"
            " OR ('' IN %s AND NOT EXISTS (SELECT 1 FROM member m WHERE m.dimension = %d AND m.who = %s)))",
            i, person, ids, ids, i, person);
    }
  return g_string_free (sql, FALSE);
}

static void
add_list (GString *sql, const WfReportQuery *query, WfDimension dimension, const char *column)
{
  GStrv only = query->filter->only[dimension];
  g_autofree char *ids = only != NULL ? list_ids (only) : NULL;

  if (ids != NULL)
    g_string_append_printf (sql, " AND %s IN %s", column, ids);
}

static void
add_lead_lists (GString *sql, const WfReportQuery *query)
{
  GStrv only = query->filter->only[WF_DIMENSION_ORIGIN];
  g_autofree char *ids = only != NULL ? list_ids (only) : NULL;

  add_list (sql, query, WF_DIMENSION_STAGE, "stage");
  add_list (sql, query, WF_DIMENSION_SOURCE, "source");
  if (ids != NULL)
    g_string_append_printf (sql, " AND (origin IN %s OR (origin = '' AND 'web' IN %s))", ids, ids);
  if (query->origin != NULL)
    g_string_append_printf (sql, " AND iif(origin = '', 'web', origin) = '%s'", query->origin);
}

static void
make_where (Check *self)
{
  GString *things = g_string_new ("TRUE"), *leads = g_string_new ("TRUE");
  const WfReportQuery *query = self->query;

  add_lead_lists (things, query);
  add_lead_lists (leads, query);
  add_list (things, query, WF_DIMENSION_TYPE, "type");
  add_list (things, query, WF_DIMENSION_WORKFLOW, "workflow");
  add_list (things, query, WF_DIMENSION_VERSION,
            "iif(workflow = '', '', workflow || '/' || version)");
  self->things = g_string_free (things, FALSE);
  self->leads = g_string_free (leads, FALSE);
}

/* -- asking ------------------------------------------------------------------------------------ */

static sqlite3_stmt *
ask (Check *self, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL, *now = g_strdup_printf ("%" G_GINT64_FORMAT, self->query->now);
  g_autoptr (GString) sql = NULL;
  sqlite3_stmt *statement = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  sql = g_string_new (text);
  g_string_replace (sql, "?now", now, 0);
  if (sqlite3_prepare_v2 (self->sample->db, sql->str, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql->str, sqlite3_errmsg (self->sample->db));
  return statement;
}

/* The first column of each row. */
static GArray *
take_numbers (sqlite3_stmt *statement)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 number = sqlite3_column_int64 (statement, 0);

      g_array_append_val (numbers, number);
    }
  sqlite3_finalize (statement);
  return numbers;
}

static gint64
take_number (sqlite3_stmt *statement)
{
  g_autoptr (GArray) numbers = take_numbers (statement);

  g_assert_cmpuint (numbers->len, ==, 1);
  return g_array_index (numbers, gint64, 0);
}

/* When those of a measure counted, in a range, ascending. more: a further condition. */
static GArray *
list_times (Check *self, WfMeasure measure, const WfTimeRange *range, const char *more)
{
  g_autofree char *person = where_person (self->query, "person");

  return take_numbers (
      ask (self,
           "SELECT %s FROM act WHERE %s AND %s AND %s AND %s AND %s >= %" G_GINT64_FORMAT
           " AND %s < %" G_GINT64_FORMAT " ORDER BY 1",
           measures[measure].at, measures[measure].where, self->things, person, more,
           measures[measure].at, range->from, measures[measure].at, range->until));
}

static guint
count (Check *self, WfMeasure measure, const char *more)
{
  g_autoptr (GArray) times = list_times (self, measure, self->report->range, more);

  return times->len;
}

/* -- samples of lateness ----------------------------------------------------------------------- */

/* person: a condition on who held it; what: one on the activity. */
static GArray *
list_lateness (Check *self, const WfTimeRange *range, const char *person, const char *what)
{
  g_autofree char *wanted = where_person (self->query, "h.person");

  return take_numbers (
      ask (self,
           "SELECT sum(open_time(h.person, h.since, h.until)) AS s FROM held h WHERE %s AND %s"
           " AND h.no IN (SELECT no FROM act WHERE %s AND %s AND closed >= %" G_GINT64_FORMAT
           " AND closed < %" G_GINT64_FORMAT ") GROUP BY h.no ORDER BY s",
           wanted, person, self->things, what, range->from, range->until));
}

static void
assert_percentiles (GArray *sorted, gint64 median, gint64 percentile_95)
{
  guint n = sorted->len;

  g_assert_cmpint (median, ==, n > 0 ? g_array_index (sorted, gint64, (n - 1) / 2) : 0);
  g_assert_cmpint (percentile_95, ==,
                   n > 0 ? g_array_index (sorted, gint64, (guint) ceil (n * 0.95 - 1e-9) - 1) : 0);
}

/* -- the parts --------------------------------------------------------------------------------- */

static void
check_trend (const WfTimeRange *range, const GArray *times, const guint *trend, guint n)
{
  guint next = 0;

  for (guint point = 0; point < MIN (range->n, n); point++)
    {
      guint expected = 0;

      while (next < times->len && g_array_index (times, gint64, next) < range->bounds[point + 1])
        {
          expected++;
          next++;
        }
      g_assert_cmpuint (trend[point], ==, expected);
    }
  for (guint point = range->n; point < n; point++)
    g_assert_cmpuint (trend[point], ==, 0);
}

static void
check_figures (Check *self)
{
  const WfReport *report = self->report;
  g_autoptr (GArray) now = list_lateness (self, report->range, "TRUE", "TRUE");
  g_autoptr (GArray) before = list_lateness (self, report->previous, "TRUE", "TRUE");

  for (int i = 0; i < WF_N_MEASURES; i++)
    {
      g_autoptr (GArray) times = list_times (self, (WfMeasure) i, report->range, "TRUE");
      g_autoptr (GArray) times_before = list_times (self, (WfMeasure) i, report->previous, "TRUE");

      g_assert_cmpuint (report->now.counts[i], ==, times->len);
      g_assert_cmpuint (report->before.counts[i], ==, times_before->len);
      check_trend (report->range, times, report->trend[i], report->range->n);
      check_trend (report->previous, times_before, report->trend_before[i], report->range->n);
    }
  assert_percentiles (now, report->now.median, report->now.percentile_95);
  assert_percentiles (before, report->before.median, report->before.percentile_95);
}

static void
check_hours (Check *self, const guint (*hours)[24], WfMeasure measure, const char *column,
             gboolean also_late)
{
  g_autofree char *person = where_person (self->query, "person");
  const WfTimeRange *range = self->report->range;
  sqlite3_stmt *walk = ask (
      self,
      "SELECT hour_of_week(%s), count(*) FROM act WHERE (%s OR (%d AND %s)) AND %s NOT NULL AND %s AND %s"
      " AND %s >= %" G_GINT64_FORMAT " AND %s < %" G_GINT64_FORMAT " GROUP BY 1",
      column, measures[measure].where, also_late, measures[WF_MEASURE_LATE].where, column,
      self->things, person, measures[measure].at, range->from, measures[measure].at, range->until);
  guint expected[7 * 24] = { 0 };

  while (sqlite3_step (walk) == SQLITE_ROW)
    expected[sqlite3_column_int (walk, 0)] = (guint) sqlite3_column_int (walk, 1);
  sqlite3_finalize (walk);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (hours[i / 24][i % 24], ==, expected[i]);
}

/* A condition on an activity, or of people's dimensions on who is named so. */
static char *
where_row (WfDimension by, const char *id, const char *person)
{
  switch (by)
    {
    case WF_DIMENSION_PERSON:
      return g_strdup_printf ("%s = '%s'", person, id);
    case WF_DIMENSION_GROUP:
    case WF_DIMENSION_TEAM:
    case WF_DIMENSION_UNIT:
      return g_strdup_printf (
          "iif('%s' = '', NOT EXISTS (SELECT 1 FROM member m WHERE m.dimension = %d AND m.who = %s),"
          " EXISTS (SELECT 1 FROM member m WHERE m.dimension = %d AND m.who = %s AND m.id = '%s'))",
          id, by, person, by, person, id);
    case WF_DIMENSION_VERSION:
      return g_strdup_printf ("iif(workflow = '', '', workflow || '/' || version) = '%s'", id);
    case WF_DIMENSION_ORIGIN:
      return g_strdup_printf ("iif(origin = '', 'web', origin) = '%s'", id);
    case WF_DIMENSION_TYPE:
    case WF_DIMENSION_WORKFLOW:
    case WF_DIMENSION_STAGE:
    case WF_DIMENSION_SOURCE:
      return g_strdup_printf ("%s = '%s'", wf_dimension_names[by], id);
    }
  g_assert_not_reached ();
}

/* All ids that there may be, each once. */
static GPtrArray *
list_row_ids (WfDimension by)
{
  const char *const *const lists[] = { wf_sample_people,
                                       wf_sample_groups,
                                       wf_sample_teams,
                                       wf_sample_units,
                                       wf_sample_types,
                                       wf_sample_workflows,
                                       NULL,
                                       wf_sample_stages,
                                       wf_sample_sources,
                                       wf_sample_origins };
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; by != WF_DIMENSION_VERSION && lists[by][i] != NULL; i++)
    if (by != WF_DIMENSION_ORIGIN || lists[by][i][0] != '\0')
      g_ptr_array_add (ids, g_strdup (lists[by][i]));
  for (guint i = 0; by == WF_DIMENSION_VERSION && wf_sample_workflows[i] != NULL; i++)
    for (int version = 1; version <= WF_SAMPLE_VERSIONS; version++)
      if (wf_sample_workflows[i][0] != '\0')
        g_ptr_array_add (ids, g_strdup_printf ("%s/%d", wf_sample_workflows[i], version));
  if (by == WF_DIMENSION_VERSION)
    g_ptr_array_add (ids, g_strdup (""));
  return ids;
}

static const WfReportRow *
find_row (const WfReport *report, const char *id)
{
  for (guint i = 0; i < report->rows->len; i++)
    if (strcmp (((WfReportRow *) report->rows->pdata[i])->id, id) == 0)
      return report->rows->pdata[i];
  return NULL;
}

/* Whether the filter leaves this row out although it wants some of its people for another one. */
static gboolean
is_left_out (const WfReportQuery *query, const char *id)
{
  GStrv only = query->filter->only[query->filter->by];

  return query->filter->by <= WF_DIMENSION_UNIT && only != NULL &&
         !g_strv_contains ((const char *const *) only, id);
}

static void
check_row (Check *self, const char *id, guint *n_rows)
{
  WfDimension by = self->query->filter->by;
  gboolean of_people = by <= WF_DIMENSION_UNIT;
  g_autofree char *what = where_row (by, id, "person");
  g_autofree char *who = where_row (by, id, "h.person");
  g_autoptr (GArray) lateness = list_lateness (self, self->report->range, of_people ? who : "TRUE",
                                               of_people ? "TRUE" : what);
  const WfReportRow *row = find_row (self->report, id);
  guint sum = lateness->len;

  if (is_left_out (self->query, id))
    {
      g_assert_null (row);
      return;
    }
  for (int i = 0; i < WF_N_MEASURES; i++)
    {
      guint expected = count (self, (WfMeasure) i, what);

      g_assert_cmpuint (row != NULL ? row->figures.counts[i] : 0, ==, expected);
      sum += expected;
    }
  g_assert_cmpint (row != NULL, ==, sum > 0);
  if (row == NULL)
    return;
  assert_percentiles (lateness, row->figures.median, row->figures.percentile_95);
  g_assert_cmpstr (row->name, !=, "");
  (*n_rows)++;
}

static void
check_rows (Check *self)
{
  g_autoptr (GPtrArray) ids = list_row_ids (self->query->filter->by);
  guint n_rows = 0;

  for (guint i = 0; i < ids->len; i++)
    check_row (self, ids->pdata[i], &n_rows);
  g_assert_cmpuint (self->report->rows->len, ==, n_rows);
  for (guint i = 1; i < self->report->rows->len; i++)
    {
      const WfReportRow *row = self->report->rows->pdata[i];
      const WfReportRow *before = self->report->rows->pdata[i - 1];

      g_assert_cmpuint (before->figures.counts[WF_MEASURE_CREATED], >=,
                        row->figures.counts[WF_MEASURE_CREATED]);
    }
}

#define CAUSE                                                                                      \
  "CASE WHEN arrived_late THEN 0 WHEN is_away(person, due) THEN 1"                                 \
  " WHEN reassigned AND last_since > due - 1800000000 THEN 2 WHEN reminded THEN 4 WHEN known THEN 3 ELSE 5 END"

static void
check_causes (Check *self)
{
  g_autofree char *person = where_person (self->query, "person");

  g_assert_cmpuint (self->report->causes->len, ==, WF_N_CAUSES);
  for (int i = 0; i < WF_N_CAUSES; i++)
    {
      const WfCauseRow *row = &g_array_index (self->report->causes, WfCauseRow, i);
      g_autofree char *what = g_strdup_printf ("status = 1 AND " CAUSE " = %d", i);
      g_autofree char *counted = g_strdup_printf ("%s AND %s", what, person);
      g_autoptr (GArray) lateness = list_lateness (self, self->report->range, "TRUE", counted);
      gint64 total = 0;

      for (guint j = 0; j < lateness->len; j++)
        total += g_array_index (lateness, gint64, j);
      g_assert_cmpint (row->cause, ==, i);
      g_assert_cmpuint (row->n, ==, count (self, WF_MEASURE_LATE, what));
      g_assert_cmpint (row->total, ==, total);
      assert_percentiles (
          lateness, row->median,
          lateness->len > 0
              ? g_array_index (lateness, gint64, (guint) ceil (lateness->len * 0.95 - 1e-9) - 1)
              : 0);
    }
}

static void
check_effect (Check *self, const WfEffectRow *row)
{
  const WfTimeRange *range = self->report->range;
  g_autofree char *person = where_person (self->query, "person");
  g_autofree char *what = g_strdup_printf ("workflow = '%s'", row->workflow);
  g_autofree char *counted = g_strdup_printf ("%s AND %s", what, person);
  g_autoptr (GArray) lateness = list_lateness (self, range, "TRUE", counted);
  g_autofree char *firsts = g_strdup_printf (
      "SELECT lead_hash(lead) AS hash, min(created) AS first FROM act WHERE %s AND %s AND lead NOT NULL"
      " AND created >= %" G_GINT64_FORMAT " AND created < %" G_GINT64_FORMAT " GROUP BY lead",
      self->things, counted, range->from, range->until);

  g_assert_cmpuint (row->created, ==, count (self, WF_MEASURE_CREATED, what));
  g_assert_cmpuint (row->on_time, ==, count (self, WF_MEASURE_ON_TIME, what));
  g_assert_cmpuint (row->late, ==, count (self, WF_MEASURE_LATE, what));
  g_assert_cmpuint (row->open_late, ==, count (self, WF_MEASURE_OPEN_LATE, what));
  g_assert_cmpuint (row->not_needed, ==, count (self, WF_MEASURE_NOT_NEEDED, what));
  assert_percentiles (
      lateness, row->median,
      lateness->len > 0
          ? g_array_index (lateness, gint64, (guint) ceil (lateness->len * 0.95 - 1e-9) - 1)
          : 0);
  g_assert_cmpint (row->leads, ==, take_number (ask (self, "SELECT count(*) FROM (%s)", firsts)));
  g_assert_cmpint (
      row->advanced, ==,
      take_number (ask (self,
                        "SELECT count(*) FROM (%s) f WHERE EXISTS (SELECT 1 FROM move m"
                        " JOIN stage a ON a.id = m.before JOIN stage b ON b.id = m.stage"
                        " WHERE m.hash = f.hash AND b.place > a.place AND m.at > f.first"
                        " AND m.at < %" G_GINT64_FORMAT ")",
                        firsts, range->until)));
}

static void
check_effects (Check *self)
{
  guint n = 0;

  for (guint i = 0; i < self->report->effects->len; i++)
    check_effect (self, self->report->effects->pdata[i]);
  for (guint i = 0; wf_sample_workflows[i] != NULL; i++)
    {
      g_autofree char *what = g_strdup_printf ("workflow = '%s'", wf_sample_workflows[i]);
      guint sum = 0;

      for (int j = 0; j < WF_N_MEASURES; j++)
        sum += wf_sample_workflows[i][0] != '\0' ? count (self, (WfMeasure) j, what) : 0;
      n += sum > 0 ? 1 : 0;
    }
  g_assert_cmpuint (self->report->effects->len, ==, n);
}

/* -- leads ------------------------------------------------------------------------------------- */

#define DAY_TEXT "86400000000"
/* Of the moves m of a client c: it came then, and was not only heard of. */
#define CAME "(m.place > 1 OR c.created IS NULL OR m.at - c.created < " DAY_TEXT ")"

static void
check_stage (Check *self, const WfFunnelRow *row, const char *wanted)
{
  const WfTimeRange *range = self->report->range;
  g_autofree char *in_range = g_strdup_printf (
      "m.at >= %" G_GINT64_FORMAT " AND m.at < %" G_GINT64_FORMAT, range->from, range->until);
  g_autoptr (GArray) times = NULL;

  g_assert_cmpint (row->entered, ==,
                   take_number (ask (self,
                                     "SELECT count(*) FROM move m JOIN (%s) c ON c.hash = m.hash"
                                     " WHERE m.stage = '%s' AND %s AND " CAME,
                                     wanted, row->stage, in_range)));
  g_assert_cmpint (row->left, ==,
                   take_number (ask (self,
                                     "SELECT count(*) FROM move m JOIN (%s) c ON c.hash = m.hash"
                                     " WHERE m.before = '%s' AND %s",
                                     wanted, row->stage, in_range)));
  g_assert_cmpint (
      row->here, ==,
      take_number (ask (self, "SELECT count(*) FROM (%s) WHERE stage = '%s'", wanted, row->stage)));
  times = take_numbers (ask (
      self,
      "SELECT m.at - m.before_at FROM move m JOIN (%s) c ON c.hash = m.hash WHERE m.before = '%s' AND %s"
      " AND (m.place > 2 OR c.created IS NULL OR m.before_at - c.created < " DAY_TEXT
      ") ORDER BY 1",
      wanted, row->stage, in_range));
  assert_percentiles (times, row->median, row->percentile_95);
}

static void
check_bottleneck (const WfReport *report)
{
  gint64 longest = 0, medians[16];
  guint n = 0, n_marked = 0, less;

  for (guint i = 0; i < report->funnel->len; i++)
    {
      const WfFunnelRow *row = report->funnel->pdata[i];

      n_marked += row->bottleneck ? 1 : 0;
      if (row->left >= 3)
        medians[n++] = row->median;
      if (row->left >= 3)
        longest = MAX (longest, row->median);
    }
  for (guint i = 0; i < report->funnel->len; i++)
    {
      const WfFunnelRow *row = report->funnel->pdata[i];

      if (row->bottleneck)
        g_assert_cmpint (row->median, ==, longest);
    }
  /* The middle one is at most half the longest when that many are. */
  less = 0;
  for (guint i = 0; i < n; i++)
    less += medians[i] * 2 <= longest ? 1 : 0;
  g_assert_cmpuint (n_marked, ==, longest > 0 && less >= (n - 1) / 2 + 1 ? 1 : 0);
}

static void
check_leads (Check *self)
{
  g_autofree char *owner = where_person (self->query, "owner");
  g_autofree char *wanted =
      g_strdup_printf ("SELECT * FROM client WHERE %s AND %s", owner, self->leads);
  const WfReport *report = self->report;
  g_autofree char *created = g_strdup_printf ("created >= %" G_GINT64_FORMAT
                                              " AND created < %" G_GINT64_FORMAT,
                                              report->range->from, report->range->until);
  g_autoptr (GArray) contacts = NULL;

  for (guint i = 0; i < report->funnel->len; i++)
    check_stage (self, report->funnel->pdata[i], wanted);
  check_bottleneck (report);
  contacts =
      take_numbers (ask (self,
                         "SELECT max(first - created, 0) FROM (%s) WHERE first NOT NULL AND %s"
                         " ORDER BY 1",
                         wanted, created));
  g_assert_cmpuint (report->contacted, ==, contacts->len);
  assert_percentiles (contacts, report->contact_median, report->contact_percentile_95);
  g_assert_cmpint (report->not_contacted, ==,
                   take_number (ask (self, "SELECT count(*) FROM (%s) WHERE first IS NULL AND %s",
                                     wanted, created)));
  g_assert_cmpint (
      report->without_next, ==,
      take_number (ask (self,
                        "SELECT count(*) FROM (%s) c WHERE stage NOT IN (SELECT id FROM stage"
                        " WHERE closed) AND NOT EXISTS (SELECT 1 FROM activities a WHERE"
                        " a.lead = c.id AND a.status = 0)",
                        wanted)));
}

static void
check_commissions (Check *self)
{
  static const char *const columns[] = { "iif(origin = '', 'web', origin)", "product", "owner" };
  const WfCommissionRule *rule = self->query->rule;
  const WfReport *report = self->report;
  g_autofree char *owner = where_person (self->query, "owner");
  sqlite3_stmt *walk = ask (
      self,
      "SELECT %s, count(*), sum(value) FROM client c WHERE %s AND %s AND EXISTS (SELECT 1 FROM move m"
      " JOIN stage s ON s.id = m.stage WHERE m.hash = c.hash AND s.won AND m.at >= %" G_GINT64_FORMAT
      " AND m.at < %" G_GINT64_FORMAT " AND " CAME ") GROUP BY 1",
      columns[rule != NULL ? rule->by : WF_COMMISSION_BY_ORIGIN], owner, self->leads,
      report->range->from, report->range->until);
  double sum = 0;
  guint n = 0;

  for (; sqlite3_step (walk) == SQLITE_ROW; n++)
    {
      const char *id = (const char *) sqlite3_column_text (walk, 0);
      double percent = rule != NULL ? wf_commission_rule_get (rule, id) : 0;
      double commission = sqlite3_column_double (walk, 2) * percent / 100;
      const WfCommissionRow *row = NULL;

      for (guint i = 0; i < report->commissions->len && row == NULL; i++)
        if (strcmp (((WfCommissionRow *) report->commissions->pdata[i])->id, id) == 0)
          row = report->commissions->pdata[i];
      g_assert_nonnull (row);
      g_assert_cmpint (row->deals, ==, sqlite3_column_int (walk, 1));
      g_assert_cmpfloat_with_epsilon (row->value, sqlite3_column_double (walk, 2), 1e-6);
      g_assert_cmpfloat (row->percent, ==, percent);
      g_assert_cmpfloat_with_epsilon (row->commission, commission, 1e-6);
      sum += commission;
    }
  sqlite3_finalize (walk);
  g_assert_cmpuint (report->commissions->len, ==, n);
  g_assert_cmpfloat_with_epsilon (report->commission, sum, 1e-6);
}

/* -- the activities behind a number ------------------------------------------------------------ */

static void
assert_part (Check *self, WfReportPart part, guint expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) numbers =
      wf_report_list_numbers (self->sample->f->store, self->query, &part, &error);
  g_autoptr (GPtrArray) activities = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (numbers->len, ==, expected);
  activities = wf_store_list_activities_by_number (
      self->sample->f->store, (const gint64 *) (gpointer) numbers->data, numbers->len);
  g_assert_cmpuint (activities->len, ==, expected);
  for (guint i = 1; i < activities->len && part.measure == WF_MEASURE_CREATED; i++)
    g_assert_cmpint (((WfActivity *) activities->pdata[i - 1])->created, >=,
                     ((WfActivity *) activities->pdata[i])->created);
}

static void
check_row_parts (Check *self)
{
  const WfReport *report = self->report;
  GRand *random = self->sample->random;
  const WfReportRow *row;
  WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_CREATED);

  if (report->rows->len == 0)
    return;
  row = report->rows->pdata[g_rand_int_range (random, 0, (int) report->rows->len)];
  part.row = row->id;
  for (int i = 0; i < WF_N_MEASURES; i++)
    {
      part.measure = (WfMeasure) i;
      assert_part (self, part, row->figures.counts[i]);
    }
}

static void
check_hour_parts (Check *self)
{
  const WfReport *report = self->report;
  WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_CREATED);
  guint weekday = (guint) g_rand_int_range (self->sample->random, 0, 7), n[2] = { 0 };
  g_autoptr (GArray) on_time = NULL, late = NULL;

  for (guint hour = 0; hour < 24; hour++)
    {
      n[0] += report->due_hours[weekday][hour];
      n[1] += report->hours[weekday][hour];
    }
  part.weekday = (int) weekday;
  assert_part (self, part, n[0]);
  part.hour = 10;
  assert_part (self, part, report->due_hours[weekday][10]);
  part.measure = WF_MEASURE_ON_TIME;
  on_time = wf_report_list_numbers (self->sample->f->store, self->query, &part, NULL);
  part.measure = WF_MEASURE_LATE;
  late = wf_report_list_numbers (self->sample->f->store, self->query, &part, NULL);
  g_assert_cmpuint (on_time->len + late->len, ==, report->hours[weekday][10]);
}

static void
check_parts (Check *self)
{
  const WfReport *report = self->report;
  GRand *random = self->sample->random;

  for (int i = 0; i < WF_N_MEASURES; i++)
    {
      WfReportPart part = WF_REPORT_PART_ALL ((WfMeasure) i);

      assert_part (self, part, report->now.counts[i]);
      part.point = g_rand_int_range (random, 0, (int) report->range->n);
      assert_part (self, part, report->trend[i][part.point]);
    }
  for (int i = 0; i < WF_N_CAUSES; i++)
    {
      WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_LATE);

      part.cause = i;
      assert_part (self, part, g_array_index (report->causes, WfCauseRow, i).n);
    }
  if (report->effects->len > 0)
    {
      const WfEffectRow *row = report->effects->pdata[0];
      WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_NOT_NEEDED);

      part.workflow = row->workflow;
      assert_part (self, part, row->not_needed);
    }
  check_row_parts (self);
  check_hour_parts (self);
}

/* -- random questions -------------------------------------------------------------------------- */

static GStrv
pick_ids (WfReportSample *sample, WfDimension dimension)
{
  g_autoptr (GPtrArray) ids = list_row_ids (dimension);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = (guint) g_rand_int_range (sample->random, 1, 4);

  if (dimension == WF_DIMENSION_ORIGIN)
    g_ptr_array_add (ids, g_strdup (""));
  while (n-- > 0)
    g_strv_builder_add (
        builder, g_ptr_array_index (ids, g_rand_int_range (sample->random, 0, (int) ids->len)));
  return g_strv_builder_end (builder);
}

static void
pick_period (WfReportSample *sample, WfPeriod *period)
{
  period->kind = (WfPeriodKind) g_rand_int_range (sample->random, 0, WF_N_PERIODS);
  if (period->kind != WF_PERIOD_FIXED)
    return;
  g_date_set_dmy (&period->first, 15, 8, 2026);
  g_date_add_days (&period->first, (guint) g_rand_int_range (sample->random, 0, 100));
  period->last = period->first;
  g_date_add_days (&period->last, (guint) g_rand_int_range (sample->random, 0, 60));
}

static WfCommissionRule *
pick_rule (WfReportSample *sample)
{
  WfCommissionRule *rule;

  if (g_rand_int_range (sample->random, 0, 4) == 0)
    return NULL;
  rule = wf_commission_rule_new ((WfCommissionBy) g_rand_int_range (sample->random, 0, 3), 2);
  wf_commission_rule_set (rule, "web", 3.5);
  wf_commission_rule_set (rule, "house", 10);
  wf_commission_rule_set (rule, "ana", 0);
  return rule;
}

static WfReportQuery *
pick_query (WfReportSample *sample, WfInstant now)
{
  static const char *const viewers[] = { NULL, NULL, NULL, "edu", "flo" };
  static const char *const origins[] = { NULL, NULL, "web", "flow" };
  WfReportQuery *query = g_new0 (WfReportQuery, 1);

  query->filter = wf_report_filter_new ();
  query->filter->by = (WfDimension) g_rand_int_range (sample->random, 0, WF_N_DIMENSIONS);
  pick_period (sample, &query->filter->period);
  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    if (g_rand_int_range (sample->random, 0, 6) == 0)
      query->filter->only[i] = pick_ids (sample, (WfDimension) i);
  query->organisation = wf_organisation_ref (sample->organisation);
  query->rule = pick_rule (sample);
  query->viewer = g_strdup (viewers[g_rand_int_range (sample->random, 0, G_N_ELEMENTS (viewers))]);
  query->origin = origins[g_rand_int_range (sample->random, 0, G_N_ELEMENTS (origins))];
  query->now = now;
  query->zone = g_time_zone_new_identifier (WF_SAMPLE_ZONE);
  query->first_weekday = g_rand_boolean (sample->random) ? G_DATE_MONDAY : G_DATE_SUNDAY;
  return query;
}

static void
check_query (WfReportSample *sample, const WfReportQuery *query)
{
  g_autoptr (GError) error = NULL;
  Check check = { .sample = sample, .query = wf_report_query_copy (query) };

  check.report = wf_report_compute (sample->f->store, check.query, &error);
  g_assert_no_error (error);
  make_where (&check);
  check_figures (&check);
  check_hours (&check, (const guint (*)[24]) check.report->hours, WF_MEASURE_ON_TIME, "closed",
               TRUE);
  check_hours (&check, (const guint (*)[24]) check.report->due_hours, WF_MEASURE_CREATED, "due",
               FALSE);
  check_rows (&check);
  check_causes (&check);
  check_effects (&check);
  check_leads (&check);
  check_commissions (&check);
  check_parts (&check);
  g_free (check.things);
  g_free (check.leads);
  wf_report_free (check.report);
  wf_report_query_free (check.query);
}

static void
test_random (void)
{
  for (guint store = 0; store < N_STORES; store++)
    {
      guint32 seed = g_test_rand_int ();
      g_autoptr (WfReportSample) sample = wf_report_sample_new (seed, N_ACTIVITIES, N_LEADS);

      g_test_message ("seed %u", seed);
      for (guint i = 0; i < N_QUESTIONS; i++)
        {
          g_autoptr (WfReportQuery) query = pick_query (sample, NOW + (i % 3) * 5 * HOUR);
          g_autofree char *filter = wf_report_filter_to_text (query->filter);

          if (i == N_QUESTIONS / 2)
            wf_report_sample_save_facts (sample);
          g_test_message ("%u: %s viewer %s origin %s", i, filter, query->viewer, query->origin);
          check_query (sample, query);
        }
    }
}

/* Every dimension with every period once, without any other filter. */
static void
test_every (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (WfReportSample) sample = wf_report_sample_new (seed, N_ACTIVITIES, N_LEADS);

  g_test_message ("seed %u", seed);
  for (int by = 0; by < WF_N_DIMENSIONS; by++)
    for (int kind = by % 2; kind < WF_PERIOD_FIXED; kind += 2)
      {
        g_autoptr (WfReportQuery) query = pick_query (sample, NOW);

        wf_report_filter_free (query->filter);
        query->filter = wf_report_filter_new ();
        query->filter->by = (WfDimension) by;
        query->filter->period.kind = (WfPeriodKind) kind;
        check_query (sample, query);
      }
}

/* -- edges ------------------------------------------------------------------------------------- */

static void
test_empty (void)
{
  g_autoptr (WfReportSample) sample = wf_report_sample_new (1, 0, 0);
  g_autoptr (WfReportQuery) query = pick_query (sample, NOW);

  check_query (sample, query);
}

static gboolean
is_refused (WfReportSample *sample, WfReportQuery *query, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfReport) report = wf_report_compute (sample->f->store, query, &error);

  if (report == NULL)
    g_assert_error (error, G_IO_ERROR, code);
  return report == NULL;
}

static gboolean
is_list_refused (WfReportSample *sample, WfReportQuery *query, int code)
{
  WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_CREATED);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) numbers = wf_report_list_numbers (sample->f->store, query, &part, &error);

  if (numbers == NULL)
    g_assert_error (error, G_IO_ERROR, code);
  return numbers == NULL;
}

static void
test_cancelled (void)
{
  g_autoptr (WfReportSample) sample = wf_report_sample_new (1, 20, 5);
  g_autoptr (WfReportQuery) query = pick_query (sample, NOW);

  g_set_str (&query->viewer, NULL);
  query->cancellable = g_cancellable_new ();
  g_assert_false (is_refused (sample, query, G_IO_ERROR_CANCELLED));
  g_cancellable_cancel (query->cancellable);
  g_assert_true (is_refused (sample, query, G_IO_ERROR_CANCELLED));
  g_assert_true (is_list_refused (sample, query, G_IO_ERROR_CANCELLED));
}

static const struct
{
  const char *viewer;
  gboolean report, activities;
} rights[] = {
  { NULL, TRUE, TRUE },    { "flo", TRUE, TRUE },     { "edu", TRUE, TRUE },
  { "ana", FALSE, FALSE }, { "gil", FALSE, FALSE },   { "cai", FALSE, FALSE },
  { "hal", TRUE, FALSE },  { "ghost", FALSE, FALSE }, { "", FALSE, FALSE },
};

static void
test_rights (void)
{
  g_autoptr (WfReportSample) sample = wf_report_sample_new (1, 20, 5);

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      g_autoptr (WfReportQuery) query = pick_query (sample, NOW);

      g_set_str (&query->viewer, rights[i].viewer);
      g_assert_cmpint (is_refused (sample, query, G_IO_ERROR_PERMISSION_DENIED), ==,
                       !rights[i].report);
      g_assert_cmpint (is_list_refused (sample, query, G_IO_ERROR_PERMISSION_DENIED), ==,
                       !rights[i].activities);
    }
}

/* -- charts ------------------------------------------------------------------------------------ */

static double
sum_series (const WfChartData *data, guint series)
{
  double sum = 0;

  for (guint i = 0; i < data->n_categories; i++)
    sum += isnan (data->series[series].values[i]) ? 0 : data->series[series].values[i];
  return sum;
}

static void
test_charts (void)
{
  g_autoptr (WfReportSample) sample = wf_report_sample_new (7, N_ACTIVITIES, N_LEADS);
  g_autoptr (WfReportQuery) query = pick_query (sample, NOW);
  g_autoptr (WfReport) report = NULL;
  g_autoptr (WfChartData) trend = NULL, few = NULL, all = NULL, table = NULL, heat = NULL,
                          causes = NULL, funnel = NULL, effects = NULL, commissions = NULL;
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;

  wf_report_filter_free (query->filter);
  query->filter = wf_report_filter_new ();
  query->filter->period.kind = WF_PERIOD_THIS_MONTH;
  g_set_str (&query->viewer, NULL);
  query->origin = NULL;
  query->first_weekday = G_DATE_SUNDAY;
  report = wf_report_compute (sample->f->store, query, NULL);
  g_assert_nonnull (report);
  trend = wf_report_get_trend (report);
  g_assert_cmpuint (trend->n_categories, ==, 30);
  g_assert_cmpfloat (sum_series (trend, 0), ==, report->now.counts[WF_MEASURE_CREATED]);
  g_assert_cmpfloat (sum_series (trend, 3), ==, report->before.counts[WF_MEASURE_CREATED]);
  g_assert_false (isnan (trend->series[0].values[20]));
  g_assert_true (isnan (trend->series[0].values[21])); /* tomorrow */
  g_assert_cmpstr (trend->categories[2].label, ==, "3 Nov");
  g_assert_cmpstr (trend->categories[2].name, ==, "Tuesday, 3 November 2026");
  few = wf_report_get_breakdown (report, query->filter, 2);
  all = wf_report_get_breakdown (report, query->filter, 0);
  g_assert_cmpuint (few->n_categories, ==, 3);
  g_assert_null (few->categories[2].id);
  g_assert_cmpuint (all->n_categories, ==, report->rows->len);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (sum_series (few, i), ==, sum_series (all, i));
  g_assert_cmpfloat (sum_series (all, 1), ==, report->now.counts[WF_MEASURE_LATE]);
  table = wf_report_get_breakdown_table (report, query->filter);
  g_assert_cmpfloat (sum_series (table, WF_MEASURE_CANCELLED), ==,
                     report->now.counts[WF_MEASURE_CANCELLED]);
  g_assert_cmpint (table->series[WF_N_MEASURES].kind, ==, WF_VALUE_DURATION);
  heat = wf_report_get_heat_map (report, FALSE);
  g_assert_cmpuint (heat->n_categories, ==, 24);
  g_assert_cmpstr (heat->series[0].name, ==, "Sunday");
  g_assert_cmpstr (heat->series[0].id, ==, "6");
  g_assert_cmpfloat (heat->series[1].values[9], ==, report->hours[0][9]);
  causes = wf_report_get_causes (report);
  g_assert_cmpfloat (sum_series (causes, 0), ==, report->now.counts[WF_MEASURE_LATE]);
  funnel = wf_report_get_funnel (report);
  g_assert_cmpstr (funnel->categories[0].id, ==, "new");
  effects = wf_report_get_effects (report);
  g_assert_cmpuint (effects->n_categories, ==, report->effects->len);
  commissions = wf_report_get_commissions (report, query->rule);
  g_assert_cmpfloat_with_epsilon (sum_series (commissions, 3), report->commission, 1e-6);
  csv = wf_report_to_csv (report, query->filter, query->rule);
  lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, "\"Figures\"");
  g_assert_true (g_str_has_prefix (lines[1], "\"Period\",\"1 – 30 November 2026\","));
  g_assert_nonnull (strstr (csv, "\r\n\r\n\"Activities over Time\"\r\n\"Day\",\"Created\""));
  g_assert_nonnull (strstr (csv, "\r\n\r\n\"Activities by Person\"\r\n"));
  g_assert_nonnull (strstr (csv, "\r\n\r\n\"Commissions on Closed Deals\"\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/random", test_random);
  g_test_add_func ("/report/every", test_every);
  g_test_add_func ("/report/empty", test_empty);
  g_test_add_func ("/report/cancelled", test_cancelled);
  g_test_add_func ("/report/rights", test_rights);
  g_test_add_func ("/report/charts", test_charts);
  return g_test_run ();
}
