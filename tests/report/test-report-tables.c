/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report counts into: tables that several threads fill and one adds up, leads by their hashes, local hours. */
#include "wf-report-private.h"

#include "wf-civil-date.h"

#define DAY G_TIME_SPAN_DAY
#define BASE G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */

/* ---- rows and causes ---- */

static void
add_to_row (WfRowTable *table, const char *id, guint n, gint64 sample)
{
  guint row = wf_row_table_get (table, id);
  WfRowTally *tally = table->tallies->pdata[row];

  tally->figures.counts[WF_MEASURE_CREATED] += n;
  g_array_append_val (tally->samples, sample);
}

/* More rows than either of them has room for at first. */
static void
test_rows (void)
{
  WfRowTable one, other;

  wf_row_table_init (&one);
  wf_row_table_init (&other);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *mine = g_strdup_printf ("r-%u", i),
                      *theirs = g_strdup_printf ("r-%u", i * 2);

      add_to_row (&one, mine, i, (gint64) i);
      add_to_row (&other, theirs, 1000, -1);
    }
  wf_row_table_merge (&one, &other);
  g_assert_cmpuint (one.tallies->len, ==, 450);
  for (guint i = 0; i < one.tallies->len; i++)
    {
      const WfRowTally *tally = one.tallies->pdata[i];
      guint number = (guint) g_ascii_strtoull (tally->id + 2, NULL, 10);
      gboolean is_mine = number < 300, is_theirs = number % 2 == 0;

      g_assert_cmpuint (tally->figures.counts[WF_MEASURE_CREATED], ==,
                        (is_mine ? number : 0) + (is_theirs ? 1000 : 0));
      g_assert_cmpuint (tally->samples->len, ==, is_mine + is_theirs);
      g_assert_cmpuint (wf_row_table_get (&one, tally->id), ==, i);
    }
  wf_row_table_clear (&one);
  wf_row_table_clear (&other);
}

static void
test_causes (void)
{
  WfCauseTally one, other;
  g_autoptr (GArray) rows = NULL;

  wf_cause_tally_init (&one);
  wf_cause_tally_init (&other);
  for (int i = 0; i < WF_N_CAUSES; i++)
    for (gint64 k = 0; k <= i; k++)
      {
        gint64 late = 10 + k;

        one.n[i]++;
        other.n[i] += 2;
        g_array_append_val (one.samples[i], k);
        g_array_append_val (other.samples[i], late);
      }
  wf_cause_tally_merge (&one, &other);
  rows = wf_cause_tally_finish (&one);
  g_assert_cmpuint (rows->len, ==, WF_N_CAUSES);
  for (guint i = 0; i < rows->len; i++)
    {
      const WfCauseRow *row = &g_array_index (rows, WfCauseRow, i);

      g_assert_cmpuint (row->n, ==, 3 * (i + 1));
      g_assert_cmpint (row->total, ==, (gint64) (i * (i + 1) + 10 * (i + 1)));
      g_assert_cmpint (row->median, ==, i); /* the last of the small ones */
    }
  wf_cause_tally_clear (&one);
  wf_cause_tally_clear (&other);
}

/* ---- leads ---- */

static int
compare_leads (gconstpointer a, gconstpointer b)
{
  guint64 x = ((const WfLeadFacts *) a)->lead, y = ((const WfLeadFacts *) b)->lead;

  return x < y ? -1 : x > y;
}

/* n different ones; those of few bits are all in the same bucket. */
static GArray *
make_leads (guint n, guint bits)
{
  GArray *leads = g_array_new (FALSE, TRUE, sizeof (WfLeadFacts));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  while (leads->len < n)
    {
      guint64 random = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
      WfLeadFacts facts = { .lead = random >> (64 - bits) };

      if (g_hash_table_add (seen, g_memdup2 (&facts.lead, sizeof facts.lead)))
        g_array_append_val (leads, facts);
    }
  g_array_sort (leads, compare_leads);
  return leads;
}

static void
check_leads (GArray *leads)
{
  WfReportLeadIndex index;
  guint32 number = 0, at = 0;

  wf_report_lead_index_init (&index, leads);
  for (guint i = 0; i < leads->len; i++)
    {
      guint64 lead = g_array_index (leads, WfLeadFacts, i).lead;
      gboolean next_is_known = i + 1 < leads->len &&
                               g_array_index (leads, WfLeadFacts, i + 1).lead == lead + 1;

      wf_report_lead_index_prepare (&index, lead);
      g_assert_true (wf_report_lead_index_find (&index, lead, &number));
      g_assert_cmpuint (number, ==, i);
      g_assert_true (wf_report_lead_index_seek (&index, lead, &at));
      g_assert_cmpuint (at, ==, i);
      if (lead < G_MAXUINT64)
        g_assert_cmpint (wf_report_lead_index_find (&index, lead + 1, &number), ==, next_is_known);
    }
  g_assert_false (wf_report_lead_index_seek (&index, G_MAXUINT64, &at) &&
                  g_array_index (leads, WfLeadFacts, leads->len - 1).lead != G_MAXUINT64);
  wf_report_lead_index_clear (&index);
}

static void
test_lead_index (void)
{
  static const struct
  {
    guint n, bits;
  } cases[] = { { 0, 64 }, { 1, 64 }, { 2, 64 }, { 3, 64 }, { 1000, 64 }, { 5000, 64 }, { 60, 8 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) leads = make_leads (cases[i].n, cases[i].bits);

      check_leads (leads);
    }
}

/* The highest and the lowest number there are. */
static void
test_lead_index_ends (void)
{
  const WfLeadFacts ends[] = { { .lead = 0 }, { .lead = G_MAXUINT64 } };
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (WfLeadFacts));

  g_array_append_vals (leads, ends, G_N_ELEMENTS (ends));
  check_leads (leads);
}

/* ---- local hours ---- */

/* Through the years, in small steps and in leaps, as GDateTime says it. */
static void
test_local_hours (void)
{
  static const char *const zones[] = { "UTC", "America/Sao_Paulo", "Europe/Lisbon",
                                       "Australia/Lord_Howe", "Asia/Kathmandu" };

  for (guint z = 0; z < G_N_ELEMENTS (zones); z++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[z]);
      g_autoptr (WfZoneTable) table = wf_zone_table_new (zone);
      WfLocalHours hours;
      WfInstant at = BASE;

      g_assert_nonnull (zone);
      wf_local_hours_init (&hours, table);
      for (guint i = 0; i < 20000; i++)
        {
          g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (at);
          g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
          guint weekday, hour;

          wf_local_hours_find (&hours, at, &weekday, &hour);
          g_assert_cmpuint (hour, ==, (guint) g_date_time_get_hour (local));
          g_assert_cmpuint (weekday, ==, (guint) g_date_time_get_day_of_week (local) - 1);
          at += i % 100 == 0 ? g_test_rand_int_range (-4000, 4000) * DAY
                             : g_test_rand_int_range (-30, 60) * G_TIME_SPAN_MINUTE;
          if (at < BASE - 30 * 366 * DAY || at > BASE + 12 * 366 * DAY)
            at = BASE;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/tables/rows", test_rows);
  g_test_add_func ("/report/tables/causes", test_causes);
  g_test_add_func ("/report/tables/lead-index", test_lead_index);
  g_test_add_func ("/report/tables/lead-index-ends", test_lead_index_ends);
  g_test_add_func ("/report/tables/local-hours", test_local_hours);
  return g_test_run ();
}
