/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report that is looked at: reading, other questions, changes of the store, commissions, the activities behind a number. */
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-report-model.h"
#include "wf-report-sample.h"
#include "wf-test-folder.h"

typedef struct
{
  WfTestFolder *folder;
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfStore *store;
  WfRuntime *runtime;
  WfReportModel *model;
  guint n_changed;
} Fixture;

static void
on_changed (Fixture *self)
{
  self->n_changed++;
}

static void
set_up (Fixture *self, gconstpointer person)
{
  g_autofree char *path = NULL;

  self->folder = wf_test_folder_new ();
  path = wf_test_folder_build (self->folder, "store.db");
  self->clock = wf_fake_clock_new_at (WF_REPORT_SAMPLE_NOW);
  self->organisation = wf_report_sample_organisation ();
  self->store = wf_report_sample_open (path, self->organisation);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation,
                                       person != NULL ? person : "carla");
  wf_fake_runtime_set_store (self->runtime, self->store);
  self->model = wf_report_model_new ();
  g_signal_connect_swapped (self->model, "changed", G_CALLBACK (on_changed), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_report_model_set_runtime (self->model, NULL);
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->model);
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
  g_assert_finalize_object (self->runtime);
  wf_store_close (self->store);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
  wf_test_folder_free (self->folder);
}

static void
look (Fixture *self)
{
  wf_report_model_set_runtime (self->model, self->runtime);
  wf_report_model_set_active (self->model, TRUE);
  wf_fake_clock_run_idle ();
}

static guint
get_count (Fixture *self, WfMeasure measure)
{
  const WfReport *report = wf_report_model_get_report (self->model);

  g_assert_nonnull (report);
  return report->now.counts[measure];
}

/* ---- reading ----------------------------------------------------------------------------------- */

static void
test_first (Fixture *self, gconstpointer data)
{
  wf_report_model_set_active (self->model, TRUE);
  g_assert_false (wf_report_model_is_loading (self->model)); /* nobody is signed in */
  wf_report_model_set_runtime (self->model, self->runtime);
  g_assert_true (wf_report_model_is_loading (self->model));
  g_assert_null (wf_report_model_get_report (self->model));
  g_assert_null (wf_report_model_get_query (self->model));
  wf_fake_clock_run_idle ();
  g_assert_false (wf_report_model_is_loading (self->model));
  g_assert_no_error (wf_report_model_get_error (self->model));
  g_assert_cmpuint (get_count (self, WF_MEASURE_CREATED), ==, WF_REPORT_SAMPLE_CREATED);
  g_assert_cmpuint (get_count (self, WF_MEASURE_ON_TIME), ==, WF_REPORT_SAMPLE_ON_TIME);
  g_assert_cmpuint (get_count (self, WF_MEASURE_LATE), ==, WF_REPORT_SAMPLE_LATE);
  g_assert_cmpuint (get_count (self, WF_MEASURE_OPEN_LATE), ==, WF_REPORT_SAMPLE_OPEN_LATE);
  g_assert_cmpstr (wf_report_model_get_query (self->model)->viewer, ==, "carla");
  g_assert_cmpuint (self->n_changed, >, 1);
}

static void
test_nobody_looks (Fixture *self, gconstpointer data)
{
  wf_report_model_set_runtime (self->model, self->runtime);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_runtime_get_n_jobs (self->runtime), ==, 0);
  wf_report_model_set_active (self->model, TRUE);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_runtime_get_n_jobs (self->runtime), ==, 1);
  wf_report_model_set_active (self->model, FALSE);
  g_assert_cmpint (wf_fake_clock_get_next_alarm (self->clock), ==, WF_INSTANT_NONE);
  wf_fake_runtime_tell (self->runtime);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_runtime_get_n_jobs (self->runtime), ==, 1);
  g_assert_nonnull (wf_report_model_get_report (self->model)); /* it stays to be shown */
  wf_report_model_set_active (self->model, TRUE);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_runtime_get_n_jobs (self->runtime), ==, 2);
}

static void
test_not_allowed (Fixture *self, gconstpointer data)
{
  look (self);
  g_assert_null (wf_report_model_get_report (self->model));
  g_assert_error (wf_report_model_get_error (self->model), WF_RUNTIME_ERROR,
                  WF_RUNTIME_ERROR_NOT_ALLOWED);
}

static void
test_error (Fixture *self, gconstpointer data)
{
  look (self);
  wf_fake_runtime_fail_next (self->runtime, "The disk is gone");
  wf_report_model_reload (self->model);
  g_assert_true (wf_report_model_is_loading (self->model));
  wf_fake_clock_run_idle ();
  g_assert_cmpstr (wf_report_model_get_error (self->model)->message, ==, "The disk is gone");
  g_assert_nonnull (wf_report_model_get_report (self->model)); /* the last good one */
  wf_report_model_reload (self->model);
  wf_fake_clock_run_idle ();
  g_assert_no_error (wf_report_model_get_error (self->model));
}

/* ---- other questions --------------------------------------------------------------------------- */

static void
test_filter (Fixture *self, gconstpointer data)
{
  static const char *const only_ana[] = { "ana", NULL };
  static const char *const only_bruno[] = { "bruno", NULL };
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();

  look (self);
  filter->only[WF_DIMENSION_PERSON] = g_strdupv ((char **) only_ana);
  wf_report_model_set_filter (self->model, filter);
  g_assert_cmpuint (get_count (self, WF_MEASURE_CREATED), ==, WF_REPORT_SAMPLE_CREATED); /* stays */
  g_strfreev (filter->only[WF_DIMENSION_PERSON]);
  filter->only[WF_DIMENSION_PERSON] = g_strdupv ((char **) only_bruno);
  wf_report_model_set_filter (self->model, filter); /* cancels the one under way */
  g_assert_true (wf_report_filter_equal (wf_report_model_get_filter (self->model), filter));
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (get_count (self, WF_MEASURE_CREATED), ==, 3);
  g_assert_true (wf_report_filter_equal (wf_report_model_get_query (self->model)->filter, filter));
  self->n_changed = 0;
  wf_report_model_set_filter (self->model, filter); /* the same */
  g_assert_cmpuint (self->n_changed, ==, 0);
}

static void
test_origin (Fixture *self, gconstpointer data)
{
  look (self);
  wf_report_model_set_origin (self->model, "flow");
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (get_count (self, WF_MEASURE_CREATED), ==, 2);
  wf_report_model_set_origin (self->model, NULL);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (get_count (self, WF_MEASURE_CREATED), ==, WF_REPORT_SAMPLE_CREATED);
}

/* ---- changes ----------------------------------------------------------------------------------- */

static gboolean
has_one_more (Fixture *self)
{
  return get_count (self, WF_MEASURE_CREATED) == WF_REPORT_SAMPLE_CREATED + 1;
}

/* The pause between two readings is real time. */
static void
test_store_changes (Fixture *self, gconstpointer data)
{
  gint64 until = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  look (self);
  wf_report_sample_add (self->store, "a-9");
  for (guint i = 0; i < 50; i++) /* a busy day */
    wf_fake_runtime_tell (self->runtime);
  wf_fake_clock_run_idle ();
  while (!has_one_more (self) && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (has_one_more (self));
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_runtime_get_n_jobs (self->runtime), <=, 3);
}

static void
test_day_ends (Fixture *self, gconstpointer data)
{
  const WfTimeRange *range;
  WfInstant end;

  look (self);
  range = wf_report_model_get_report (self->model)->range;
  end = wf_fake_clock_get_next_alarm (self->clock);
  g_assert_cmpint (end, ==, range->until); /* the last 30 days end with today */
  wf_fake_clock_advance_to (self->clock, end);
  wf_fake_clock_run_idle ();
  range = wf_report_model_get_report (self->model)->range;
  g_assert_cmpint (range->until, >, end);
  g_assert_cmpint (wf_fake_clock_get_next_alarm (self->clock), ==, range->until);
}

static void
test_another_account (Fixture *self, gconstpointer data)
{
  look (self);
  wf_report_model_set_runtime (self->model, NULL);
  g_assert_null (wf_report_model_get_report (self->model));
  g_assert_null (wf_report_model_get_query (self->model));
  g_assert_false (wf_report_model_is_loading (self->model));
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
}

/* ---- commissions ------------------------------------------------------------------------------- */

static void
test_rule (Fixture *self, gconstpointer data)
{
  g_autoptr (WfCommissionRule) rule = wf_commission_rule_new (WF_COMMISSION_BY_PERSON, 2.5);
  g_autoptr (WfReportModel) other = wf_report_model_new ();
  const WfCommissionRule *kept;

  wf_commission_rule_set (rule, "ana", 5);
  look (self);
  kept = wf_report_model_get_rule (self->model);
  g_assert_cmpfloat (wf_commission_rule_get (kept, "ana"), ==, 0); /* nothing at first */
  wf_report_model_set_rule (self->model, rule);
  wf_fake_clock_run_idle ();
  kept = wf_report_model_get_query (self->model)->rule;
  g_assert_cmpfloat (wf_commission_rule_get (kept, "ana"), ==, 5);
  /* The next time. */
  wf_report_model_set_runtime (other, self->runtime);
  wf_fake_clock_run_idle ();
  kept = wf_report_model_get_rule (other);
  g_assert_cmpint (kept->by, ==, WF_COMMISSION_BY_PERSON);
  g_assert_cmpfloat (wf_commission_rule_get (kept, "ana"), ==, 5);
  g_assert_cmpfloat (wf_commission_rule_get (kept, "bruno"), ==, 2.5);
  wf_report_model_set_runtime (other, NULL);
}

/* ---- the activities behind a number ------------------------------------------------------------ */

typedef struct
{
  GPtrArray *activities;
  guint total;
  GError *error;
  gboolean done;
} Listed;

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Listed *listed = user_data;

  listed->activities = wf_report_model_list_part_finish (WF_REPORT_MODEL (object), result,
                                                         &listed->total, &listed->error);
  listed->done = TRUE;
}

static void
list (Fixture *self, const WfReportPart *part, guint offset, guint most, Listed *listed)
{
  *listed = (Listed) { 0 };
  wf_report_model_list_part_async (self->model, part, offset, most, NULL, on_listed, listed);
  wf_fake_clock_run_idle ();
  g_assert_true (listed->done);
}

static void
test_part (Fixture *self, gconstpointer data)
{
  WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_CREATED);
  Listed listed;

  look (self);
  list (self, &part, 0, 3, &listed);
  g_assert_no_error (listed.error);
  g_assert_cmpuint (listed.total, ==, WF_REPORT_SAMPLE_CREATED);
  g_assert_cmpuint (listed.activities->len, ==, 3);
  g_assert_cmpstr (((WfActivity *) listed.activities->pdata[0])->id, ==, "a-5"); /* the latest */
  g_ptr_array_unref (listed.activities);
  list (self, &part, 6, 3, &listed); /* the last page */
  g_assert_cmpuint (listed.activities->len, ==, 1);
  g_assert_cmpstr (((WfActivity *) listed.activities->pdata[0])->id, ==, "a-7");
  g_ptr_array_unref (listed.activities);
  part.row = "bruno";
  list (self, &part, 0, 100, &listed);
  g_assert_cmpuint (listed.total, ==, 3);
  g_ptr_array_unref (listed.activities);
  part = (WfReportPart) WF_REPORT_PART_ALL (WF_MEASURE_OPEN_LATE);
  list (self, &part, 0, 100, &listed);
  g_assert_cmpuint (listed.total, ==, WF_REPORT_SAMPLE_OPEN_LATE);
  g_assert_cmpstr (((WfActivity *) listed.activities->pdata[0])->id, ==, "a-4");
  g_ptr_array_unref (listed.activities);
}

static void
test_part_fails (Fixture *self, gconstpointer data)
{
  const WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_CREATED);
  g_autoptr (GError) error = NULL;
  Listed listed;

  list (self, &part, 0, 3, &listed); /* before there is anybody */
  g_assert_error (listed.error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED);
  g_clear_error (&listed.error);
  look (self);
  wf_fake_runtime_fail_next (self->runtime, "The disk is gone");
  list (self, &part, 0, 3, &listed);
  g_assert_null (listed.activities);
  g_assert_cmpstr (listed.error->message, ==, "The disk is gone");
  g_clear_error (&listed.error);
}

#define ADD(path, person, test) g_test_add (path, Fixture, person, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "America/Sao_Paulo", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("/report-model/first", NULL, test_first);
  ADD ("/report-model/nobody-looks", NULL, test_nobody_looks);
  ADD ("/report-model/not-allowed", "ana", test_not_allowed);
  ADD ("/report-model/error", NULL, test_error);
  ADD ("/report-model/filter", NULL, test_filter);
  ADD ("/report-model/origin", NULL, test_origin);
  ADD ("/report-model/store-changes", NULL, test_store_changes);
  ADD ("/report-model/day-ends", NULL, test_day_ends);
  ADD ("/report-model/another-account", NULL, test_another_account);
  ADD ("/report-model/rule", NULL, test_rule);
  ADD ("/report-model/part", NULL, test_part);
  ADD ("/report-model/part-fails", NULL, test_part_fails);
  return g_test_run ();
}
