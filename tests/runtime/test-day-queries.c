/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar's days, what needs a manager (R6), and the workload (B6): who sees whose, a week counted by hand, and many runs
 * against a model. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

/* Midnights in São Paulo, from the day of the fixture's beginning. */
static void
get_days (WfInstant *bounds, guint n_days)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");

  for (guint i = 0; i <= n_days; i++)
    {
      g_autoptr (GDateTime) first = g_date_time_new (zone, 2026, 11, 18, 0, 0, 0);
      g_autoptr (GDateTime) day = g_date_time_add_days (first, (int) i);

      bounds[i] = g_date_time_to_unix_usec (day);
    }
}

static WfInstant
get_start (void)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (WF_TEST_START, NULL);

  return g_date_time_to_unix_usec (start);
}

/* ---- days ---- */

static WfCalendarDays *
list_days (WfFixture *f, const WfActivityQuery *query, guint n_days)
{
  g_autofree WfInstant *bounds = g_new (WfInstant, n_days + 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfCalendarDays *days;

  get_days (bounds, n_days);
  wf_runtime_list_days_async (f->runtime, query, bounds, n_days, 3, NULL, wf_fixture_on_result,
                              &result);
  days = wf_runtime_list_days_finish (f->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  return days;
}

#define STEPS_OF_TWO                                                                               \
  "[{\"id\":\"call\",\"kind\":\"create-activity\",\"activity-type\":\"call\","                     \
  "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}},"                                     \
  "{\"id\":\"visit\",\"kind\":\"create-activity\",\"activity-type\":\"visit\","                    \
  "\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":1,\"unit\":\"days\"}},"                       \
  "\"complete-within\":{\"amount\":120,\"unit\":\"minutes\"}}]"

static void
set_up (WfFixture *f, const char *person)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_workflow (f, 1, NULL, STEPS_OF_TWO);
  wf_fixture_start (f);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_add_event (f, "e-2", "lead.received", "l-2", "bruno", NULL);
  wf_fixture_add_event (f, "e-3", "lead.received", "l-3", "bruno", NULL);
  wf_fixture_settle (f);
}

/* The query's lists may be gone when it is answered. */
static void
test_days (gconstpointer person)
{
  gboolean sees_all = g_str_equal (person, "carla");
  WfFixture f;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) types = NULL;
  WfActivityQuery query = { .scope = WF_ACTIVITIES_ALL };

  set_up (&f, person);
  query.now = wf_fixture_now (&f);
  g_autoptr (WfCalendarDays) all = list_days (&f, &query, 3);
  g_assert_cmpuint (all->counts[0].open, ==, sees_all ? 3 : 1);
  g_assert_cmpuint (all->first[0]->len, ==, sees_all ? 3 : 1);
  g_assert_cmpuint (all->counts[1].open, ==, 0);

  g_strv_builder_add (builder, "visit");
  types = g_strv_builder_end (builder);
  query.types = (const char *const *) types;
  g_autoptr (WfCalendarDays) none = list_days (&f, &query, 3);
  g_assert_cmpuint (none->counts[0].open, ==, 0);

  static const char *const bruno[] = { "bruno", NULL };
  query.types = NULL;
  query.people = bruno;
  g_autoptr (WfCalendarDays) his = list_days (&f, &query, 3);
  g_assert_cmpuint (his->counts[0].open, ==, sees_all ? 2 : 0);
  wf_fixture_tear_down (&f);
}

static void
test_cancelled (void)
{
  WfFixture f;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfInstant bounds[8];

  set_up (&f, "carla");
  get_days (bounds, 7);
  wf_runtime_get_workload_async (f.runtime, NULL, bounds, 7, cancellable, wf_fixture_on_result,
                                 &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (wf_runtime_get_workload_finish (f.runtime, wf_fixture_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  wf_fixture_tear_down (&f);
}

static void
test_not_open (void)
{
  WfFixture f;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfInstant bounds[2];

  wf_fixture_set_up (&f, "carla");
  get_days (bounds, 1);
  f.runtime = wf_runtime_new (WF_CLOCK (f.clock), WF_CRM (f.crm), NULL, f.store_path);
  wf_runtime_get_workload_async (f.runtime, NULL, bounds, 1, NULL, wf_fixture_on_result, &result);
  g_assert_null (wf_runtime_get_workload_finish (f.runtime, wf_fixture_wait_for (&result), &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_READY);
  g_clear_object (&result);
  wf_fixture_tear_down (&f);
}

/* ---- what needs a manager ---- */

static WfExceptions *
get_exceptions (WfFixture *f, const char *origin)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfExceptions *exceptions;

  wf_runtime_get_exceptions_async (f->runtime, origin, NULL, wf_fixture_on_result, &result);
  exceptions = wf_runtime_get_exceptions_finish (f->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  return exceptions;
}

/* "PERSON LATE/SOON" a word. */
static char *
describe_people (const WfExceptions *exceptions)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < exceptions->people->len; i++)
    {
      const WfPersonCount *count = exceptions->people->pdata[i];

      g_string_append_printf (text, "%s%s %u/%u", i > 0 ? " " : "", count->person, count->late,
                              count->soon);
    }
  return g_string_free_and_steal (text);
}

static void
test_exceptions (gconstpointer person)
{
  gboolean sees_all = g_str_equal (person, "carla");
  WfFixture f;
  g_autofree char *soon = NULL, *late = NULL;

  set_up (&f, person);
  wf_fixture_add_event (&f, "e-4", "lead.received", "l-4", NULL, NULL); /* to the queue */
  wf_fixture_add_event (&f, "e-5", "lead.updated", "l-5", "ana", NULL);
  wf_fixture_add_event (&f, "e-6", "lead.received", "l-6", "bruno", ",\"import\":true");
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, MINUTE);
  g_autoptr (WfExceptions) first = get_exceptions (&f, NULL);
  soon = describe_people (first);
  g_assert_cmpstr (soon, ==, sees_all ? "bruno 0/2 ana 0/1" : "ana 0/1");
  g_assert_cmpuint (first->unassigned, ==, 1);
  g_assert_cmpuint (first->held, ==, sees_all ? 1 : 0);
  g_assert_cmpuint (first->without_next, ==, sees_all ? 2 : 1); /* l-5, and the held l-6 */
  g_assert_cmpuint (first->failing + first->conflicts + first->problems + first->refused, ==, 0);

  wf_fixture_pass (&f, 2 * HOUR);
  g_autoptr (WfExceptions) second = get_exceptions (&f, NULL);
  late = describe_people (second);
  g_assert_cmpstr (late, ==, sees_all ? "bruno 2/0 ana 1/0" : "ana 1/0");
  g_autoptr (WfExceptions) flow = get_exceptions (&f, "flow");
  g_assert_cmpuint (flow->people->len, ==, 0);
  g_assert_cmpuint (flow->unassigned + flow->without_next, ==, 0);
  wf_fixture_tear_down (&f);
}

/* ---- workload ---- */

static WfWorkload *
get_workload (WfFixture *f, const char *const *people, guint n_days)
{
  g_autofree WfInstant *bounds = g_new (WfInstant, n_days + 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfWorkload *workload;

  get_days (bounds, n_days);
  wf_runtime_get_workload_async (f->runtime, people, bounds, n_days, NULL, wf_fixture_on_result,
                                 &result);
  workload = wf_runtime_get_workload_finish (f->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (workload->n_days, ==, n_days);
  g_assert_cmpuint (g_strv_length (workload->people), ==, workload->n_people);
  return workload;
}

/* Events that this computer has seen and that started nothing. */
static void
add_past (WfFixture *f, const WfInstant *times, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfStore) store = wf_store_open (f->store_path, WF_STORE_READ_WRITE, NULL, &error);

  g_assert_no_error (error);
  wf_store_begin (store, &error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (times[i]);
      g_autofree char *when = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
      g_autofree char *text = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"past-%u\",\"source\":\"/crm/test\",\"type\":\"lead.received\","
          "\"time\":\"%s\",\"subject\":\"lead/p-%u\",\"data\":{\"lead\":{\"id\":\"p-%u\",\"name\":\"P\",\"owner\":\"ana\"}}}",
          i, when, i, i);
      g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfEvent) event =
          wf_event_read (document, wf_json_document_get_root (document), times[i], problems);
      gboolean is_new;
      gint64 rowid;

      wf_store_add_event (store, event, times[i], &rowid, &is_new, &error);
      g_assert_no_error (error);
    }
  wf_store_commit (store, &error);
  g_assert_no_error (error);
}

static void
assert_load (const WfWorkload *workload, guint person, guint day, double certain, double committed,
             double expected, guint capacity)
{
  const WfDayLoad *load = &workload->loads[person * workload->n_days + day];

  g_test_message ("day %u", day);
  g_assert_cmpfloat (load->certain, ==, certain);
  g_assert_cmpfloat (load->committed, ==, committed);
  g_assert_cmpfloat (load->expected, ==, expected);
  g_assert_cmpuint (load->capacity, ==, capacity);
  g_assert_false (load->away);
}

/* It is Wednesday, 10:00. In the last weeks leads of Ana's came on two Wednesdays at 11:00 and on one at 09:30; each calls
 * for a call within the hour and a visit a day later. One came just now. */
static void
test_by_hand (void)
{
  static const char *const ana[] = { "ana", NULL };
  const WfInstant now = get_start ();
  const WfInstant past[] = { now - 14 * DAY + HOUR, now - 7 * DAY + HOUR, now - 7 * DAY - HOUR / 2,
                             now - 35 * DAY };
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (&f, 1, NULL, STEPS_OF_TWO);
  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  wf_fixture_stop (&f);
  add_past (&f, past, G_N_ELEMENTS (past));
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);

  g_autoptr (WfWorkload) workload = get_workload (&f, ana, 9);
  g_assert_cmpuint (workload->n_people, ==, 1);
  /* Today: the call of the lead of just now; the calls of 11:00 are still to be expected. */
  assert_load (workload, 0, 0, 1, 0, 0.5, 20);
  /* Tomorrow: its visit, and those of today's 11:00. That of 09:30 would have had its event already. */
  assert_load (workload, 0, 1, 0, 1, 0.5, 20);
  assert_load (workload, 0, 2, 0, 0, 0, 20);
  assert_load (workload, 0, 3, 0, 0, 0, 0); /* Saturday */
  assert_load (workload, 0, 4, 0, 0, 0, 0);
  assert_load (workload, 0, 5, 0, 0, 0, 20);
  assert_load (workload, 0, 6, 0, 0, 0, 20);
  /* Next Wednesday and Thursday: all three of them, and the one of just now is a fourth. */
  assert_load (workload, 0, 7, 0, 0, 0.75, 20);
  assert_load (workload, 0, 8, 0, 0, 0.75, 20);
  wf_fixture_tear_down (&f);
}

/* Everyone who works; and who sees only himself gets nobody else, whoever is asked for. */
static void
test_rights (gconstpointer person)
{
  static const char *const bruno[] = { "bruno", NULL };
  gboolean sees_all = g_str_equal (person, "carla");
  WfFixture f;

  set_up (&f, person);
  g_autoptr (WfWorkload) all = get_workload (&f, NULL, 1);
  g_autoptr (WfWorkload) his = get_workload (&f, bruno, 1);
  g_assert_cmpuint (all->n_people, ==, sees_all ? 3 : 1);
  g_assert_cmpuint (his->n_people, ==, sees_all ? 1 : 0);
  if (!sees_all)
    g_assert_cmpstr (all->people[0], ==, person);
  else
    g_assert_cmpfloat (his->loads[0].certain, ==, 2);
  wf_fixture_tear_down (&f);
}

/* A paused workflow commits nobody to anything. */
static void
test_paused (void)
{
  static const char *const ana[] = { "ana", NULL };
  WfFixture f;

  set_up (&f, "carla");
  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  wf_fixture_settle (&f);
  g_autoptr (WfWorkload) workload = get_workload (&f, ana, 3);
  assert_load (workload, 0, 0, 1, 0, 0, 20);
  assert_load (workload, 0, 1, 0, 0, 0, 20);
  wf_fixture_tear_down (&f);
}

/* ---- against a model ---- */

#define AT_ONCE                                                                                    \
  "{\"id\":\"a\",\"kind\":\"create-activity\",\"activity-type\":\"visit\","                        \
  "\"complete-within\":{\"amount\":45,\"unit\":\"minutes\"}}"
#define DELAYED(id, hours)                                                                         \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"activity-type\":\"visit\","                   \
  "\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":" #hours ",\"unit\":\"hours\"}},"             \
  "\"complete-within\":{\"amount\":45,\"unit\":\"minutes\"}}"

typedef struct
{
  WfInstant at;
  guint person;
} Came;

/* A wait holds the last one back as well: it runs three hours after the wait's end. */
static void
test_model (void)
{
  static const char *const people[] = { "ana", "bruno", "carla", NULL };
  static const WfInstant delays[] = { 0, 5 * HOUR, 30 * HOUR, 77 * HOUR, 51 * HOUR };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261118);
  g_autoptr (GArray) came = g_array_new (FALSE, FALSE, sizeof (Came));
  double certain[3][7] = { 0 }, committed[3][7] = { 0 };
  WfInstant bounds[8];
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (
      &f, 1, NULL,
      "[" AT_ONCE "," DELAYED ("b", 5) "," DELAYED ("c", 30) "," DELAYED (
          "d",
          77) ",{\"id\":\"w\",\"kind\":\"wait\",\"for\":{\"amount\":48,\"unit\":\"hours\"}}," DELAYED ("e",
                                                                                                       3) "]");
  wf_fixture_start (&f);
  for (guint i = 0; i < 120; i++)
    {
      Came one = { wf_fixture_now (&f), (guint) g_rand_int_range (random, 0, 3) };
      g_autofree char *id = g_strdup_printf ("e-%u", i), *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (&f, id, "lead.received", lead, people[one.person], NULL);
      g_array_append_val (came, one);
      wf_fixture_settle (&f);
      wf_fixture_pass (&f, (WfInstant) g_rand_int_range (random, 0, 30) * MINUTE);
    }
  get_days (bounds, 7);
  for (guint i = 0; i < came->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (delays); j++)
      {
        const Came *one = &g_array_index (came, Came, i);
        WfInstant runs = one->at + delays[j], due = runs + 45 * MINUTE;

        for (guint day = 0; day < 7; day++)
          if (due >= bounds[day] && due < bounds[day + 1])
            (runs <= wf_fixture_now (&f) ? certain : committed)[one->person][day]++;
      }
  g_autoptr (WfWorkload) workload = get_workload (&f, people, 7);
  for (guint person = 0; person < 3; person++)
    for (guint day = 0; day < 7; day++)
      {
        const WfDayLoad *load = &workload->loads[person * 7 + day];

        g_assert_cmpfloat (load->certain, ==, certain[person][day]);
        g_assert_cmpfloat (load->committed, ==, committed[person][day]);
      }
  wf_fixture_tear_down (&f);
}

/* Half a day away is half a day's work; all of it is away. */
static void
test_absence (void)
{
  static const char *const ana[] = { "ana", NULL };
  static const char text[] =
      "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\",\"week\":{"
      "\"mon\":[[\"09:00\",\"17:00\"]],\"tue\":[[\"09:00\",\"17:00\"]],\"wed\":[[\"09:00\",\"17:00\"]],"
      "\"thu\":[[\"09:00\",\"17:00\"]],\"fri\":[[\"09:00\",\"17:00\"]],\"sat\":[],\"sun\":[]}},"
      "\"people\":[{\"id\":\"carla\",\"name\":\"Carla\",\"role\":\"coordinator\",\"active\":true},"
      "{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\",\"active\":true,\"capacity\":10,\"absences\":["
      "{\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c22\",\"from\":\"2026-11-19T13:00:00-03:00\","
      "\"until\":\"2026-11-23T09:00:00-03:00\",\"treatment\":\"hold\"}]}]}";
  static const guint capacity[] = { 10, 5, 0, 0, 0, 10 };
  static const gboolean away[] = { FALSE, FALSE, TRUE, TRUE, TRUE, FALSE };
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_scripted_crm_set_organisation (f.crm, text);
  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  g_autoptr (WfWorkload) workload = get_workload (&f, ana, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpuint (workload->loads[i].capacity, ==, capacity[i]);
      g_assert_cmpint (workload->loads[i].away, ==, away[i]);
    }
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/runtime/day-queries/days/everyone", "carla", test_days);
  g_test_add_data_func ("/runtime/day-queries/days/own", "ana", test_days);
  g_test_add_func ("/runtime/day-queries/cancelled", test_cancelled);
  g_test_add_func ("/runtime/day-queries/not-open", test_not_open);
  g_test_add_data_func ("/runtime/day-queries/exceptions/everyone", "carla", test_exceptions);
  g_test_add_data_func ("/runtime/day-queries/exceptions/own", "ana", test_exceptions);
  g_test_add_func ("/runtime/day-queries/workload/by-hand", test_by_hand);
  g_test_add_data_func ("/runtime/day-queries/workload/everyone", "carla", test_rights);
  g_test_add_data_func ("/runtime/day-queries/workload/own", "ana", test_rights);
  g_test_add_func ("/runtime/day-queries/workload/paused", test_paused);
  g_test_add_func ("/runtime/day-queries/workload/absence", test_absence);
  g_test_add_func ("/runtime/day-queries/workload/model", test_model);
  return g_test_run ();
}
