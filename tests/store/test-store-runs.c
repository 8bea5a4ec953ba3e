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
  g_assert_cmpint (a->has_failed, ==, b->has_failed);
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
  runs[0].has_failed = runs[3].has_failed = TRUE;

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

/* An event with its run, which so shares its row. */
static void
add_event_with_run (WfStoreFixture *f, const WfStoredRun *run)
{
  g_autoptr (WfEvent) event =
      wf_test_event (run->event_id, "lead.received", run->lead, run->started);
  g_autoptr (GError) error = NULL;
  gint64 rowid;
  gboolean is_new;

  wf_store_add_event (f->store, event, run->started, &rowid, &is_new, &error);
  g_assert_no_error (error);
  save (f, run);
}

/* Half of them in their event's row, half apart: r-0 to r-7, of versions 1 and 2, leads l-0 to l-2. */
static void
add_eight_runs (WfStoreFixture *f)
{
  wf_store_fixture_begin (f);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *key = g_strdup_printf ("r-%u", i), *event = g_strdup_printf ("e-%u", i),
                      *lead = g_strdup_printf ("l-%u", i % 3);
      WfStoredRun run = wf_test_run (key, i == 7 ? "other" : "w", lead, event, NOW + i * MINUTE);

      run.version = 1 + i / 4;
      run.has_waiting = i != 1;
      run.waits_for_event = i % 3 == 0;
      run.has_failed = i == 2 || i == 5;
      run.finished = i == 6;
      if (i % 2 == 0)
        add_event_with_run (f, &run);
      else
        save (f, &run);
    }
}

static void
assert_eight_runs (WfStore *store)
{
  g_autoptr (GArray) counts = wf_store_count_waiting_runs (store, "w");
  g_autoptr (GArray) none = wf_store_count_waiting_runs (store, "unknown");

  ASSERT_KEYS (wf_store_list_runs_of_workflow (store, "w", 0, NULL, 100), "r-0 r-2 r-3 r-4 r-5");
  ASSERT_KEYS (wf_store_list_runs_of_workflow (store, "w", 2, NULL, 100), "r-0 r-2 r-3");
  ASSERT_KEYS (wf_store_list_runs_of_workflow (store, "w", 0, NULL, 2), "r-0 r-2");
  ASSERT_KEYS (wf_store_list_runs_of_workflow (store, "w", 0, "r-1", 3), "r-2 r-3 r-4");
  ASSERT_KEYS (wf_store_list_runs_of_workflow (store, "w", 0, "r-6", 3), "");
  ASSERT_KEYS (wf_store_list_runs_of_workflow (store, "w", 0, "unknown", 3), "");
  ASSERT_KEYS (wf_store_list_runs_of_workflow (store, "unknown", 0, NULL, 3), "");
  ASSERT_KEYS (wf_store_list_failed_runs (store, 0, 10), "r-5 r-2");
  ASSERT_KEYS (wf_store_list_failed_runs (store, 1, 10), "r-2");
  ASSERT_KEYS (wf_store_list_failed_runs (store, 0, 1), "r-5");
  g_assert_cmpuint (wf_store_count_failed_runs (store), ==, 2);
  ASSERT_KEYS (wf_store_list_waiting_runs_of_lead (store, "l-0", 10), "r-0 r-3");
  ASSERT_KEYS (wf_store_list_waiting_runs_of_lead (store, "l-0", 1), "r-0");
  ASSERT_KEYS (wf_store_list_waiting_runs_of_lead (store, "l-1", 10), "");
  g_assert_true (wf_store_has_unfinished_runs (store, "l-0"));
  g_assert_true (wf_store_has_unfinished_runs (store, "l-1"));
  g_assert_false (wf_store_has_unfinished_runs (store, "l-9"));
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (counts->len, ==, 2);
  g_assert_cmpint (g_array_index (counts, WfVersionCount, 0).version, ==, 1);
  g_assert_cmpuint (g_array_index (counts, WfVersionCount, 0).waiting, ==, 3);
  g_assert_cmpint (g_array_index (counts, WfVersionCount, 1).version, ==, 2);
  g_assert_cmpuint (g_array_index (counts, WfVersionCount, 1).waiting, ==, 2);
}

/* S12, S18: in the transaction that made them, and afterwards. */
static void
test_waiting_and_failed (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  add_eight_runs (f);
  assert_eight_runs (f->store);
  wf_store_fixture_commit (f);
  assert_eight_runs (f->store);
  wf_store_fixture_reopen (f);
  assert_eight_runs (f->store);
}

/* A page goes on behind a run that was finished meanwhile; what is finished or resolved is not listed any more. */
static void
test_walk_while_finishing (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *after = NULL;
  guint n = 0;

  add_eight_runs (f);
  for (;;)
    {
      g_autoptr (GPtrArray) page = wf_store_list_runs_of_workflow (f->store, "w", 0, after, 2);

      if (page->len == 0)
        break;
      for (guint i = 0; i < page->len; i++, n++)
        {
          WfStoredRun *run = g_ptr_array_index (page, i);

          run->finished = TRUE;
          run->waits_for_event = run->has_waiting = run->has_failed = FALSE;
          save (f, run);
          g_set_str (&after, run->key);
        }
    }
  g_assert_cmpuint (n, ==, 5);
  ASSERT_KEYS (wf_store_list_runs_of_workflow (f->store, "w", 0, NULL, 100), "");
  g_assert_cmpuint (wf_store_count_failed_runs (f->store), ==, 0);
  ASSERT_KEYS (wf_store_list_waiting_runs_of_lead (f->store, "l-0", 10), "");
  g_assert_false (wf_store_has_unfinished_runs (f->store, "l-2"));
  /* One that waits for nothing but its activity is not in the way of a new version. */
  g_assert_true (wf_store_has_unfinished_runs (f->store, "l-1"));
  wf_store_fixture_commit (f);
}

/* What waits for an instant or an event waits, whether it is said or not; what is finished does not. */
static void
test_has_waiting (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  WfStoredRun run = wf_test_run ("r", "w", "l-1", "e-1", NOW);

  wf_store_fixture_begin (f);
  for (guint i = 0; i < 16; i++)
    {
      g_autoptr (WfStoredRun) read = NULL;

      run.has_waiting = (i & 1) != 0;
      run.waits_for_event = (i & 2) != 0;
      run.next_due = i & 4 ? NOW + HOUR : WF_INSTANT_NONE;
      run.finished = (i & 8) != 0;
      save (f, &run);
      read = wf_store_get_run (f->store, "r");
      assert_same_run (read, &run);
      g_assert_cmpint (read->has_waiting, ==, i > 0 && i < 8);
    }
  wf_store_fixture_commit (f);
}

static void
test_last_run (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  WfStoredRun in_event = wf_test_run ("r-1", "w", "l-1", "e-1", NOW + MINUTE);
  WfStoredRun apart = wf_test_run ("r-2", "w", "l-1", "e-9", NOW + HOUR);
  WfInstant since = NOW;

  g_assert_cmpint (wf_store_get_last_run (f->store, "w", &since), ==, WF_INSTANT_NONE);
  g_assert_cmpint (since, ==, WF_INSTANT_NONE);
  wf_store_fixture_add_event (f, "e-0", "lead.received", "l-1", NOW, NULL);
  g_assert_cmpint (wf_store_get_last_run (f->store, "w", &since), ==, WF_INSTANT_NONE);
  g_assert_cmpint (since, ==, NOW);
  wf_store_fixture_begin (f);
  add_event_with_run (f, &in_event);
  /* The first word of this workflow is in this transaction. */
  g_assert_cmpuint (wf_store_count_runs (f->store, "w", NULL, FALSE), ==, 1);
  g_assert_cmpint (wf_store_get_last_run (f->store, "w", NULL), ==, NOW + MINUTE);
  save (f, &apart);
  wf_store_fixture_commit (f);
  g_assert_cmpint (wf_store_get_last_run (f->store, "w", &since), ==, NOW + HOUR);
  g_assert_cmpint (since, ==, NOW);
  g_assert_cmpint (wf_store_get_last_run (f->store, "other", NULL), ==, WF_INSTANT_NONE);
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
  g_test_add_func ("/store/runs/waiting-and-failed", test_waiting_and_failed);
  g_test_add_func ("/store/runs/walk-while-finishing", test_walk_while_finishing);
  g_test_add_func ("/store/runs/has-waiting", test_has_waiting);
  g_test_add_func ("/store/runs/last-run", test_last_run);
  return g_test_run ();
}
