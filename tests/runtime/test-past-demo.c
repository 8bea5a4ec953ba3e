/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample company's months before the first start, read over HTTP, are what its manager's
 * reports are about. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-world.h"
#include "wf-report.h"

typedef struct
{
  WfDemoWorld demo;
} World;

static gboolean
is_read (gpointer world)
{
  World *self = world;

  return wf_demo_world_is_settled (world) && !wf_runtime_get_reading_past (self->demo.runtimes[0]);
}

static gpointer
compute (WfStore *store, gpointer data, GError **error)
{
  return wf_report_compute (store, data, error);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static WfReport *
report (World *self, guint days)
{
  WfRuntime *runtime = self->demo.runtimes[0];
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfReportQuery *query = g_new0 (WfReportQuery, 1);
  WfReport *computed;

  query->filter = wf_report_filter_new ();
  query->filter->period.kind = WF_PERIOD_FIXED;
  g_date_set_dmy (&query->filter->period.last, 18, G_DATE_NOVEMBER, 2026); /* WF_TEST_START */
  query->filter->period.first = query->filter->period.last;
  g_date_subtract_days (&query->filter->period.first, days - 1);
  query->organisation = wf_organisation_ref (wf_runtime_get_organisation (runtime));
  query->rule = wf_commission_rule_new (WF_COMMISSION_BY_ORIGIN, 2);
  query->viewer = g_strdup (wf_runtime_get_person (runtime));
  query->now = wf_clock_now (WF_CLOCK (self->demo.clock));
  query->zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  query->first_weekday = G_DATE_MONDAY;
  wf_runtime_read_async (runtime, WF_RIGHT_SEE_EVERYONE, compute, query,
                         (GDestroyNotify) wf_report_query_free, (GDestroyNotify) wf_report_free,
                         NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  computed = wf_runtime_read_finish (runtime, result, &error);
  g_assert_no_error (error);
  return computed;
}

static void
describe (const WfReport *self)
{
  const guint *n = self->now.counts;
  guint entered = 0;

  for (guint i = 0; i < self->funnel->len; i++)
    entered += ((const WfFunnelRow *) self->funnel->pdata[i])->entered;
  g_test_message ("created %u, on time %u, late %u, open late %u, not needed %u; people %u",
                  n[WF_MEASURE_CREATED], n[WF_MEASURE_ON_TIME], n[WF_MEASURE_LATE],
                  n[WF_MEASURE_OPEN_LATE], n[WF_MEASURE_NOT_NEEDED], self->rows->len);
  g_test_message ("contacted %u, not %u; moves %u; commission %.2f in %u rows", self->contacted,
                  self->not_contacted, entered, self->commission, self->commissions->len);
  for (int i = 0; i < WF_N_CAUSES; i++)
    g_test_message ("%s: %u", wf_cause_get_title ((WfCause) i),
                    g_array_index (self->causes, WfCauseRow, i).n);
}

/* A company that a manager knows: most is done on time, some of it late, some given up. */
static void
assert_believable (const WfReport *self)
{
  const guint *n = self->now.counts;
  guint n_moving = 0;

  describe (self);
  g_assert_cmpuint (n[WF_MEASURE_CREATED], >, 50);
  g_assert_cmpuint (n[WF_MEASURE_ON_TIME], >, n[WF_MEASURE_CREATED] / 2);
  g_assert_cmpuint (n[WF_MEASURE_LATE], >, 0);
  g_assert_cmpuint (n[WF_MEASURE_LATE], <, n[WF_MEASURE_ON_TIME] / 2);
  g_assert_cmpuint (n[WF_MEASURE_OPEN_LATE], >, 0);
  g_assert_cmpuint (n[WF_MEASURE_NOT_NEEDED], >, 0);
  g_assert_cmpuint (g_array_index (self->causes, WfCauseRow, WF_CAUSE_SYSTEM).n, >, 0);
  g_assert_cmpuint (g_array_index (self->causes, WfCauseRow, WF_CAUSE_UNKNOWN).n, >, 0);
  g_assert_cmpuint (self->rows->len, >=, 4);
  g_assert_cmpuint (self->contacted, >, self->not_contacted);
  for (guint i = 0; i < self->funnel->len; i++)
    n_moving += ((const WfFunnelRow *) self->funnel->pdata[i])->entered > 0;
  g_assert_cmpuint (n_moving, >=, 4);
  g_assert_cmpuint (self->commissions->len, >, 0);
  g_assert_cmpfloat (self->commission, >, 0);
}

static void
test_reports (void)
{
  World world = { .demo.tokens = { "carla" } };
  g_autoptr (WfReport) month = NULL, quarter = NULL;

  wf_demo_world_begin (&world.demo, WF_DEMO_NO_GENERATOR);
  wf_demo_world_start (&world.demo, 0);
  wf_demo_world_wait (&world, is_read);
  month = report (&world, 30);
  assert_believable (month);
  quarter = report (&world, 90);
  assert_believable (quarter);
  g_assert_cmpuint (quarter->now.counts[WF_MEASURE_ON_TIME], >,
                    month->now.counts[WF_MEASURE_ON_TIME]);
  wf_demo_world_end (&world.demo);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/past/reports", test_reports);
  return g_test_run ();
}
