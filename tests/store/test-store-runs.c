/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs: saved, found again, due, counted. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

static void
save (WfStoreFixture *f, const WfStoredRun *run)
{
  g_autoptr (GError) error = NULL;

  wf_store_save_run (f->store, run, &error);
  g_assert_no_error (error);
}

static void
assert_same_run (const WfStoredRun *a, const WfStoredRun *b)
{
  g_assert_nonnull (a);
  g_assert_cmpstr (a->key, ==, b->key);
  g_assert_cmpstr (a->workflow, ==, b->workflow);
  g_assert_cmpint (a->version, ==, b->version);
  g_assert_cmpstr (a->lead, ==, b->lead);
  g_assert_cmpstr (a->event_source, ==, b->event_source);
  g_assert_cmpstr (a->event_id, ==, b->event_id);
  g_assert_cmpint (a->started, ==, b->started);
  g_assert_cmpint (a->next_due, ==, b->next_due);
  g_assert_cmpint (a->finished, ==, b->finished);
  g_assert_cmpint (a->waits_for_event, ==, b->waits_for_event);
  g_assert_cmpstr (a->state, ==, b->state);
}

/* With its event in the same transaction, in an earlier one, and without any; two runs of one event; a run of another lead
 * than its event's. All are stored differently, and must read the same. */
static void
test_round_trip (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfEvent) event = wf_test_event ("e-2", "lead.received", "l-1", NOW);
  g_autoptr (GError) error = NULL;
  WfStoredRun runs[6];
  gint64 rowid;
  gboolean is_new;

  wf_store_fixture_add_event (f, "e-1", "lead.received", "l-1", NOW, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    runs[i] = wf_test_run (NULL, i == 2 ? "w-2" : "w-1", "l-1",
                           i == 0   ? "e-1"
                           : i == 5 ? "e-none"
                                    : "e-2",
                           NOW + i);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    runs[i].key = wf_test_uuid (i);
  runs[3].lead = (char *) "l-2";
  runs[4].lead = NULL;
  runs[4].finished = runs[1].waits_for_event = TRUE;
  runs[2].next_due = NOW + HOUR;

  wf_store_fixture_begin (f);
  save (f, &runs[0]);
  wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error);
  g_assert_no_error (error);
  for (guint i = 1; i < G_N_ELEMENTS (runs); i++)
    save (f, &runs[i]);
  /* Again, in the transaction that made it. */
  runs[1].state = (char *) "{\"again\":1}";
  save (f, &runs[1]);
  wf_store_fixture_commit (f);
  wf_store_fixture_reopen (f);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autoptr (WfStoredRun) read = wf_store_get_run (f->store, runs[i].key);

      assert_same_run (read, &runs[i]);
    }
  g_assert_cmpuint (wf_store_count_runs (f->store, "w-1", NULL, FALSE), ==, 5);
  g_assert_cmpuint (wf_store_count_runs (f->store, "w-1", NULL, TRUE), ==, 4);
  g_assert_cmpuint (wf_store_count_runs (f->store, "w-1", "l-1", FALSE), ==, 3);
  g_assert_cmpuint (wf_store_count_runs (f->store, "w-1", "l-2", FALSE), ==, 1);
  g_assert_null (wf_store_get_run (f->store, "unknown"));
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    g_free (runs[i].key);
}

static void
test_update (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfStoredRun) read = NULL;
  WfStoredRun run = wf_test_run ("run-1", "w-1", "l-1", "e-1", NOW);

  wf_store_fixture_begin (f);
  save (f, &run);
  wf_store_fixture_commit (f);
  run.version = 2;
  run.next_due = NOW + HOUR;
  run.finished = run.waits_for_event = TRUE;
  run.state = (char *) "{\"steps\":{}}";
  wf_store_fixture_begin (f);
  save (f, &run);
  wf_store_fixture_commit (f);
  read = wf_store_get_run (f->store, "run-1");
  assert_same_run (read, &run);
  g_assert_cmpuint (wf_store_count_runs (f->store, "w-1", NULL, FALSE), ==, 1);
}

static char *
get_keys (GPtrArray *runs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((WfStoredRun *) g_ptr_array_index (runs, i))->key);
  g_ptr_array_unref (runs);
  return g_string_free (text, FALSE);
}

#define ASSERT_KEYS(runs, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_keys = get_keys (runs);                                                      \
    g_assert_cmpstr (_keys, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_due (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  WfStoredRun a = wf_test_run ("a", "w", NULL, "e-1", NOW),
              b = wf_test_run ("b", "w", NULL, "e-1", NOW),
              c = wf_test_run ("c", "w", NULL, "e-1", NOW),
              done = wf_test_run ("done", "w", NULL, "e-1", NOW);

  a.next_due = NOW + 2;
  b.next_due = NOW + 1;
  done.next_due = NOW;
  done.finished = TRUE;
  wf_store_fixture_begin (f);
  save (f, &a);
  save (f, &b);
  save (f, &c);
  save (f, &done);
  wf_store_fixture_commit (f);
  ASSERT_KEYS (wf_store_list_runs_due (f->store, NOW, 10), "");
  ASSERT_KEYS (wf_store_list_runs_due (f->store, NOW + 1, 10), "b");
  ASSERT_KEYS (wf_store_list_runs_due (f->store, NOW + 2, 10), "b a");
  ASSERT_KEYS (wf_store_list_runs_due (f->store, NOW + 2, 1), "b");
  g_assert_cmpint (wf_store_get_next_due (f->store, NULL), ==, NOW + 1);
}

static void
test_of_lead (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  WfStoredRun a = wf_test_run ("a", "w", "l-1", "e-1", NOW),
              b = wf_test_run ("b", "w", "l-1", "e-2", NOW + DAY),
              other = wf_test_run ("other", "w", "l-2", "e-3", NOW);

  a.finished = TRUE;
  wf_store_fixture_begin (f);
  save (f, &a);
  save (f, &b);
  save (f, &other);
  wf_store_fixture_commit (f);
  ASSERT_KEYS (wf_store_list_runs_of_lead (f->store, "l-1", FALSE, 10), "a b");
  ASSERT_KEYS (wf_store_list_runs_of_lead (f->store, "l-1", TRUE, 10), "b");
  ASSERT_KEYS (wf_store_list_runs_of_lead (f->store, "l-1", FALSE, 1), "a");
  ASSERT_KEYS (wf_store_list_runs_of_lead (f->store, "l-3", FALSE, 10), "");
  g_assert_cmpuint (wf_store_count_runs (f->store, "w", "l-1", FALSE), ==, 2);
  g_assert_cmpuint (wf_store_count_runs (f->store, "w", "l-1", TRUE), ==, 1);
  g_assert_cmpuint (wf_store_count_runs (f->store, "x", "l-1", FALSE), ==, 0);
}

static void
test_count_between (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  WfStoredRun a = wf_test_run ("a", "w", "l-1", "e-1", NOW),
              b = wf_test_run ("b", "w", "l-2", "e-2", NOW + HOUR),
              c = wf_test_run ("c", "x", "l-1", "e-1", NOW);

  wf_store_fixture_begin (f);
  save (f, &a);
  save (f, &b);
  save (f, &c);
  wf_store_fixture_commit (f);
  g_assert_cmpuint (wf_store_count_runs_between (f->store, "w", NULL, NOW, NOW + HOUR), ==, 1);
  g_assert_cmpuint (wf_store_count_runs_between (f->store, "w", NULL, NOW, NOW + HOUR + 1), ==, 2);
  g_assert_cmpuint (wf_store_count_runs_between (f->store, "w", NULL, NOW + 1, WF_INSTANT_NONE), ==,
                    1);
  g_assert_cmpuint (wf_store_count_runs_between (f->store, "w", "l-1", WF_INSTANT_NONE, NOW), ==,
                    0);
  g_assert_cmpuint (wf_store_count_runs_between (f->store, "w", "l-1", NOW, NOW + 1), ==, 1);
  g_assert_cmpuint (
      wf_store_count_runs_between (f->store, "nothing", NULL, WF_INSTANT_NONE, WF_INSTANT_NONE), ==,
      0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/runs/round-trip", test_round_trip);
  g_test_add_func ("/store/runs/update", test_update);
  g_test_add_func ("/store/runs/due", test_due);
  g_test_add_func ("/store/runs/of-lead", test_of_lead);
  g_test_add_func ("/store/runs/count-between", test_count_between);
  return g_test_run ();
}
