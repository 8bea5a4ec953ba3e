/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random operations on the store and on a simple model in memory must not differ in anything that can be asked. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

#define ACTIVITIES 60
#define EVENTS 60
#define RUNS 40
#define STEPS 1500

static const char *const people[] = { NULL, "ana", "bruno", "carla" };
static const char *const leads[] = { NULL, "l-1", "l-2", "l-3" };
static const char *const workflows[] = { "w-1", "w-2" };

/* What the model knows of one activity. */
typedef struct
{
  WfActivity *a; /* (owned) (nullable) NULL: not stored */
  WfInstant reminder;
  gboolean told;
} Known;

/* What it knows of a run: the n-th is of workflow n % 2 and of the n-th lead but one. */
typedef struct
{
  gboolean there, finished, waits_for_event, has_waiting, has_failed;
  gint64 version;
  guint order;
} KnownRun;

typedef struct
{
  gboolean there;
  WfInstant release;
} KnownMatch;

typedef struct
{
  Known activities[ACTIVITIES];
  gboolean events[EVENTS];
  WfInstant event_times[EVENTS];
  KnownRun runs[RUNS];
  guint n_runs;
  gboolean leads[4];
  WfInstant dates[2][4];
  KnownMatch held[2][EVENTS];
  guint n_effects;
  WfInstant now;
} Model;

typedef struct
{
  WfStoreFixture *f;
  GRand *random;
  Model model, saved; /* saved: as at the begin of the transaction */
  char *ids[ACTIVITIES];
} Test;

static void
model_clear (Model *model)
{
  for (guint i = 0; i < ACTIVITIES; i++)
    g_clear_pointer (&model->activities[i].a, wf_activity_unref);
}

static void
model_copy (Model *to, const Model *from)
{
  model_clear (to);
  *to = *from;
  for (guint i = 0; i < ACTIVITIES; i++)
    to->activities[i].a = from->activities[i].a == NULL ? NULL
                                                        : wf_activity_copy (from->activities[i].a);
}

static guint
pick (Test *t, guint n)
{
  return (guint) g_rand_int_range (t->random, 0, (gint32) n);
}

static WfInstant
pick_instant (Test *t)
{
  return NOW + (WfInstant) pick (t, 100) * HOUR;
}

/* ---- operations ---- */

static WfActivity *
make_activity (Test *t, guint i)
{
  WfActivity *a =
      wf_test_activity (t->ids[i], pick (t, 20) == 0 ? WF_INSTANT_NONE : pick_instant (t));

  g_set_str (&a->person, people[pick (t, 4)]);
  g_set_str (&a->lead, leads[pick (t, 4)]);
  g_set_str (&a->workflow, workflows[pick (t, 2)]);
  a->status = pick (t, 3) == 0 ? (WfActivityStatus) pick (t, 4) : WF_ACTIVITY_OPEN;
  a->completed = a->status == WF_ACTIVITY_DONE ? pick_instant (t) : WF_INSTANT_NONE;
  a->created = NOW - (WfInstant) pick (t, 40) * DAY;
  a->visible_from = pick (t, 3) == 0 ? pick_instant (t) : WF_INSTANT_NONE;
  a->sync = (WfSyncState) pick (t, 2);
  if (pick (t, 2) == 0)
    {
      a->event_source = g_strdup ("/crm/test");
      a->event_id = g_strdup_printf ("e-%u", pick (t, EVENTS));
    }
  return a;
}

static void
put (Test *t)
{
  g_autoptr (GError) error = NULL;
  guint i = pick (t, ACTIVITIES);
  Known *known = &t->model.activities[i];
  WfActivity *a = make_activity (t, i);

  wf_store_put_activity (t->f->store, a, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&known->a, wf_activity_unref);
  known->a = a;
  if (a->status != WF_ACTIVITY_OPEN)
    known->reminder = WF_INSTANT_NONE;
}

static void
set_reminder (Test *t)
{
  g_autoptr (GError) error = NULL;
  guint i = pick (t, ACTIVITIES);
  Known *known = &t->model.activities[i];
  WfInstant at = pick (t, 5) == 0 ? WF_INSTANT_NONE : pick_instant (t);

  if (known->a == NULL)
    return;
  wf_store_set_reminder (t->f->store, t->ids[i], at, &error);
  g_assert_no_error (error);
  known->reminder = known->a->status == WF_ACTIVITY_OPEN ? at : WF_INSTANT_NONE;
}

/* An event, with the chain that follows from it: then the rows share numbers. */
static void
add_event (Test *t)
{
  g_autoptr (GError) error = NULL;
  guint n = pick (t, EVENTS);
  g_autofree char *id = g_strdup_printf ("e-%u", n);
  g_autoptr (WfEvent) event =
      wf_test_event (id, "lead.received", leads[1 + pick (t, 3)], t->model.now);
  gint64 rowid;
  gboolean is_new;

  wf_store_add_event (t->f->store, event, t->model.now, &rowid, &is_new, &error);
  g_assert_no_error (error);
  g_assert_cmpint (is_new, ==, !t->model.events[n]);
  if (is_new)
    t->model.event_times[n] = t->model.now;
  t->model.events[n] = TRUE;
  for (guint i = 0; is_new && i < 2; i++)
    {
      guint which = pick (t, ACTIVITIES);
      Known *known = &t->model.activities[which];
      WfActivity *a = make_activity (t, which);
      WfOutboxItem item = { .kind = WF_OUTBOX_CREATE_ACTIVITY,
                            .subject = a->id,
                            .lead = a->lead,
                            .not_before = WF_INSTANT_NONE };

      g_set_str (&a->event_source, "/crm/test");
      g_set_str (&a->event_id, id);
      g_set_str (&a->lead, pick (t, 2) == 0 ? leads[pick (t, 4)] : wf_event_get_lead (event));
      wf_store_put_activity (t->f->store, a, NULL, &error);
      item.lead = a->lead;
      wf_store_add_outbox (t->f->store, &item, t->model.now, &error);
      g_assert_no_error (error);
      t->model.n_effects++;
      if (a->status != WF_ACTIVITY_OPEN)
        known->reminder = WF_INSTANT_NONE;
      g_clear_pointer (&known->a, wf_activity_unref);
      known->a = a;
    }
}

/* Inserts or replaces one, with its event in its own row or apart. */
static void
save_run (Test *t)
{
  g_autoptr (GError) error = NULL;
  guint n = pick (t, RUNS);
  KnownRun *known = &t->model.runs[n];
  g_autofree char *key = g_strdup_printf ("run-%u", n),
                  *event = g_strdup_printf ("e-%u", pick (t, EVENTS));
  WfStoredRun run = wf_test_run (key, workflows[n % 2], leads[n % 4], event, NOW + n * HOUR);

  if (!known->there)
    known->order = t->model.n_runs++;
  known->there = TRUE;
  known->version = run.version = 1 + pick (t, 3);
  known->finished = run.finished = pick (t, 3) == 0;
  known->waits_for_event = run.waits_for_event = pick (t, 3) == 0;
  known->has_failed = run.has_failed = pick (t, 4) == 0;
  run.has_waiting = pick (t, 2) == 0;
  known->has_waiting = !run.finished && (run.has_waiting || run.waits_for_event);
  wf_store_save_run (t->f->store, &run, &error);
  g_assert_no_error (error);
}

static void
change_lead (Test *t)
{
  g_autoptr (GError) error = NULL;
  guint n = 1 + pick (t, 3), workflow = pick (t, 2);
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\"}", leads[n]);
  g_autoptr (WfJsonDocument) lead = wf_json_document_parse (text, -1, 0, NULL);

  switch (pick (t, 4))
    {
    case 0:
      wf_store_delete_lead (t->f->store, leads[n], &error);
      t->model.leads[n] = FALSE;
      t->model.dates[0][n] = t->model.dates[1][n] = WF_INSTANT_NONE;
      break;
    case 1:
      wf_store_clear_dates (t->f->store, workflows[workflow], &error);
      for (guint i = 0; i < 4; i++)
        t->model.dates[workflow][i] = WF_INSTANT_NONE;
      break;
    case 2:
      wf_store_set_lead (t->f->store, leads[n], wf_json_document_get_root (lead), NOW, &error);
      t->model.leads[n] = TRUE;
      break;
    default:
      t->model.dates[workflow][n] = pick (t, 4) == 0 ? WF_INSTANT_NONE : pick_instant (t);
      wf_store_set_date (t->f->store, workflows[workflow], leads[n], t->model.dates[workflow][n],
                         &error);
      break;
    }
  g_assert_no_error (error);
}

static gint64
find_held (Test *t, guint workflow, guint event)
{
  g_autoptr (GPtrArray) all = wf_store_list_held (t->f->store, workflows[workflow], FALSE, 0, 1000);
  g_autofree char *id = g_strdup_printf ("e-%u", event);

  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((WfHeldMatch *) g_ptr_array_index (all, i))->event_id, id))
      return ((WfHeldMatch *) g_ptr_array_index (all, i))->id;
  return 0;
}

static void
change_held (Test *t)
{
  g_autoptr (GError) error = NULL;
  guint workflow = pick (t, 2), event = pick (t, EVENTS);
  KnownMatch *known = &t->model.held[workflow][event];
  g_autofree char *id = g_strdup_printf ("e-%u", event);
  WfHeldMatch match = { .workflow = (char *) workflows[workflow],
                        .event_source = (char *) "/crm/test",
                        .event_id = id,
                        .reason = (char *) "storm",
                        .at = NOW,
                        .release = WF_INSTANT_NONE };
  gint64 row = find_held (t, workflow, event);

  g_assert_cmpint (row != 0, ==, known->there);
  if (!known->there || pick (t, 4) == 0)
    {
      wf_store_add_held (t->f->store, &match, &error);
      if (!known->there)
        *known = (KnownMatch) { TRUE, WF_INSTANT_NONE };
    }
  else if (pick (t, 3) == 0)
    {
      wf_store_remove_held (t->f->store, row, &error);
      known->there = FALSE;
    }
  else
    {
      known->release = pick (t, 3) == 0 ? WF_INSTANT_NONE : pick_instant (t);
      wf_store_set_held_release (t->f->store, row, known->release, &error);
    }
  g_assert_no_error (error);
}

static int
find_index (Test *t, const char *id)
{
  for (int i = 0; i < ACTIVITIES; i++)
    if (g_str_equal (t->ids[i], id))
      return i;
  g_assert_not_reached ();
}

static void
take_late (Test *t)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) late =
      wf_store_take_became_late (t->f->store, t->model.now, ACTIVITIES + 1, &error);
  guint expected = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < ACTIVITIES; i++)
    {
      Known *known = &t->model.activities[i];

      expected += known->a != NULL && !known->told && known->a->status == WF_ACTIVITY_OPEN &&
                  known->a->due != WF_INSTANT_NONE && known->a->due < t->model.now;
    }
  g_assert_cmpuint (late->len, ==, expected);
  for (guint i = 0; i < late->len; i++)
    {
      WfActivity *a = g_ptr_array_index (late, i);
      Known *known = &t->model.activities[find_index (t, a->id)];

      g_assert_false (known->told);
      wf_assert_same_activity (a, known->a);
      known->told = TRUE;
    }
}

/* ---- questions ---- */

static gboolean
matches (const WfActivity *a, const WfActivityQuery *query)
{
  gboolean is_open = a->status == WF_ACTIVITY_OPEN;

  if (query->scope == WF_ACTIVITIES_OPEN &&
      (!is_open || (a->visible_from != WF_INSTANT_NONE && a->visible_from > query->now)))
    return FALSE;
  if (query->scope == WF_ACTIVITIES_CLOSED && is_open)
    return FALSE;
  if (query->unassigned ? a->person != NULL
                        : query->person != NULL && g_strcmp0 (query->person, a->person) != 0)
    return FALSE;
  if (query->lead != NULL && g_strcmp0 (query->lead, a->lead) != 0)
    return FALSE;
  if (query->due_from != WF_INSTANT_NONE && (a->due == WF_INSTANT_NONE || a->due < query->due_from))
    return FALSE;
  return query->due_until == WF_INSTANT_NONE ||
         (a->due != WF_INSTANT_NONE && a->due < query->due_until);
}

static void
ask_activities (Test *t)
{
  WfActivityQuery query = { .scope = (WfActivityScope) pick (t, 3),
                            .person = people[pick (t, 4)],
                            .unassigned = pick (t, 5) == 0,
                            .lead = leads[pick (t, 4)],
                            .now = pick_instant (t),
                            .due_from = WF_INSTANT_NONE,
                            .due_until = WF_INSTANT_NONE };
  g_autoptr (GPtrArray) found = NULL, page = NULL;
  guint expected = 0;

  if (pick (t, 2) == 0)
    query.due_from = pick_instant (t);
  if (pick (t, 2) == 0)
    query.due_until = pick_instant (t);
  for (guint i = 0; i < ACTIVITIES; i++)
    expected += t->model.activities[i].a != NULL && matches (t->model.activities[i].a, &query);
  g_assert_cmpuint (wf_store_count_activities (t->f->store, &query), ==, expected);
  found = wf_store_list_activities (t->f->store, &query);
  g_assert_cmpuint (found->len, ==, expected);
  for (guint i = 0; i < found->len; i++)
    {
      WfActivity *a = g_ptr_array_index (found, i);

      wf_assert_same_activity (a, t->model.activities[find_index (t, a->id)].a);
      g_assert_true (matches (a, &query));
      if (i > 0)
        g_assert_cmpint (((WfActivity *) g_ptr_array_index (found, i - 1))->due, <=, a->due);
    }
  query.offset = pick (t, 5);
  query.limit = 1 + pick (t, 10);
  page = wf_store_list_activities (t->f->store, &query);
  for (guint i = 0; i < page->len; i++)
    g_assert_cmpstr (((WfActivity *) g_ptr_array_index (page, i))->id, ==,
                     ((WfActivity *) g_ptr_array_index (found, query.offset + i))->id);
}

static void
ask_reminders (Test *t)
{
  const char *person = people[1 + pick (t, 3)];
  WfInstant until = pick_instant (t), next = WF_INSTANT_NONE;
  g_autoptr (GPtrArray) due = wf_store_list_reminders_due (t->f->store, person, until, 1000);
  guint expected = 0;

  for (guint i = 0; i < ACTIVITIES; i++)
    {
      const Known *known = &t->model.activities[i];

      if (known->a == NULL || known->reminder == WF_INSTANT_NONE ||
          g_strcmp0 (known->a->person, person) != 0)
        continue;
      expected += known->reminder <= until;
      next = next == WF_INSTANT_NONE ? known->reminder : MIN (next, known->reminder);
    }
  g_assert_cmpuint (due->len, ==, expected);
  g_assert_cmpint (wf_store_get_next_reminder (t->f->store, person), ==, next);
}

static void
ask_figures (Test *t)
{
  const char *workflow = workflows[pick (t, 2)];
  WfWorkflowFigures figures, expected = { 0 };

  for (guint i = 0; i < ACTIVITIES; i++)
    {
      const WfActivity *a = t->model.activities[i].a;
      guint ago;

      if (a == NULL || g_strcmp0 (a->workflow, workflow) != 0)
        continue;
      ago = (guint) ((NOW - a->created) / DAY);
      if (ago >= 30)
        continue;
      expected.created++;
      expected.per_day[29 - ago]++;
      if (a->status != WF_ACTIVITY_DONE)
        continue;
      expected.done++;
      expected.done_on_time += a->due == WF_INSTANT_NONE || a->completed <= a->due;
    }
  wf_store_get_workflow_figures (t->f->store, workflow, NOW, &figures);
  g_assert_cmpuint (figures.created, ==, expected.created);
  g_assert_cmpuint (figures.done, ==, expected.done);
  g_assert_cmpuint (figures.done_on_time, ==, expected.done_on_time);
  for (guint i = 0; i < 30; i++)
    g_assert_cmpuint (figures.per_day[i], ==, expected.per_day[i]);
}

static void
ask_counts (Test *t)
{
  guint n_events = 0;

  for (guint i = 0; i < EVENTS; i++)
    n_events += t->model.events[i];
  g_assert_cmpuint (wf_store_count_log (t->f->store, "event", NULL), ==, n_events);
  g_assert_cmpuint (wf_store_count_log (t->f->store, "effect", NULL), ==, t->model.n_effects);
  g_assert_cmpuint (wf_store_count_outbox (t->f->store), ==, t->model.n_effects);
}

static void
ask_created (Test *t)
{
  guint workflow = pick (t, 2), expected = 0;
  WfInstant from = NOW - (WfInstant) pick (t, 40) * DAY,
            until = from + (WfInstant) pick (t, 40) * DAY;
  g_autoptr (GPtrArray) found =
      wf_store_list_created_by (t->f->store, workflows[workflow], 0, from, until, NULL, 1000);

  for (guint i = 0; i < ACTIVITIES; i++)
    {
      const WfActivity *a = t->model.activities[i].a;

      expected += a != NULL && g_str_equal (a->workflow, workflows[workflow]) &&
                  a->created >= from && a->created < until;
    }
  g_assert_cmpuint (found->len, ==, expected);
  for (guint i = 1; i < found->len; i++)
    g_assert_cmpint (((WfActivity *) g_ptr_array_index (found, i - 1))->created, <=,
                     ((WfActivity *) g_ptr_array_index (found, i))->created);
}

static void
ask_events (Test *t)
{
  WfInstant from = NOW + (WfInstant) pick (t, 200) * MINUTE,
            until = from + (WfInstant) pick (t, 300) * MINUTE;
  g_autoptr (GPtrArray) found = wf_store_list_events (t->f->store, from, until, 0, 0, 1000);
  guint expected = 0;

  for (guint i = 0; i < EVENTS; i++)
    expected += t->model.events[i] && t->model.event_times[i] >= from &&
                t->model.event_times[i] < until;
  g_assert_cmpuint (found->len, ==, expected);
}

/* The failed ones, last first. */
static void
ask_failed (Test *t)
{
  g_autoptr (GPtrArray) failed = wf_store_list_failed_runs (t->f->store, 0, 1000);
  guint expected = 0, last = G_MAXUINT;

  for (guint i = 0; i < RUNS; i++)
    expected += t->model.runs[i].there && t->model.runs[i].has_failed;
  g_assert_cmpuint (wf_store_count_failed_runs (t->f->store), ==, expected);
  g_assert_cmpuint (failed->len, ==, expected);
  for (guint i = 0; i < failed->len; i++)
    {
      const WfStoredRun *run = g_ptr_array_index (failed, i);
      const KnownRun *known = &t->model.runs[g_ascii_strtoull (run->key + 4, NULL, 10)];

      g_assert_true (run->has_failed);
      g_assert_cmpint (run->version, ==, known->version);
      g_assert_cmpuint (known->order, <, last);
      last = known->order;
    }
}

static void
ask_runs (Test *t)
{
  guint workflow = pick (t, 2), lead = pick (t, 4), n_listed = 0, n_of_lead = 0, n_unfinished = 0;
  guint per_version[4] = { 0 };
  g_autoptr (GPtrArray) listed =
      wf_store_list_runs_of_workflow (t->f->store, workflows[workflow], 0, NULL, 1000);
  g_autoptr (GPtrArray) of_lead =
      wf_store_list_waiting_runs_of_lead (t->f->store, leads[lead], 1000);
  g_autoptr (GArray) counts = wf_store_count_waiting_runs (t->f->store, workflows[workflow]);

  for (guint i = 0; i < RUNS; i++)
    {
      const KnownRun *run = &t->model.runs[i];
      gboolean open = run->there && !run->finished;

      n_listed += open && i % 2 == workflow && (run->has_waiting || run->has_failed);
      per_version[run->version] += open && i % 2 == workflow && run->has_waiting;
      n_of_lead += open && i % 4 == lead && lead != 0 && run->waits_for_event;
      n_unfinished += open && i % 4 == lead && lead != 0;
    }
  g_assert_cmpuint (listed->len, ==, n_listed);
  g_assert_cmpuint (of_lead->len, ==, n_of_lead);
  g_assert_cmpint (wf_store_has_unfinished_runs (t->f->store, leads[lead]), ==, n_unfinished > 0);
  for (guint i = 0; i < counts->len; i++)
    {
      const WfVersionCount *count = &g_array_index (counts, WfVersionCount, i);

      g_assert_cmpuint (count->waiting, ==, per_version[count->version]);
      per_version[count->version] = 0;
    }
  g_assert_cmpuint (per_version[1] + per_version[2] + per_version[3], ==, 0);
}

static void
ask_dates (Test *t)
{
  WfInstant until = pick_instant (t), next = WF_INSTANT_NONE;
  g_autoptr (GPtrArray) due = wf_store_list_dates_due (t->f->store, until, 1000),
                        known = wf_store_list_leads (t->f->store, NULL, 1000);
  guint expected = 0, n_leads = 0;

  for (guint i = 0; i < 8; i++)
    {
      WfInstant at = t->model.dates[i / 4][i % 4];

      n_leads += i < 4 && t->model.leads[i];
      if (at == WF_INSTANT_NONE)
        continue;
      expected += at <= until;
      next = next == WF_INSTANT_NONE ? at : MIN (next, at);
    }
  g_assert_cmpuint (due->len, ==, expected);
  g_assert_cmpuint (known->len, ==, n_leads);
  g_assert_cmpint (wf_store_get_next_date (t->f->store), ==, next);
}

static void
ask_held (Test *t)
{
  guint workflow = pick (t, 2), n_undecided = 0, n_due = 0;
  WfInstant until = pick_instant (t), next = WF_INSTANT_NONE;
  g_autoptr (GPtrArray) due = wf_store_list_held_due (t->f->store, until, 1000);
  g_autoptr (GPtrArray) undecided =
      wf_store_list_held (t->f->store, workflows[workflow], TRUE, 0, 1000);

  for (guint i = 0; i < 2 * EVENTS; i++)
    {
      const KnownMatch *match = &t->model.held[i / EVENTS][i % EVENTS];

      if (!match->there)
        continue;
      n_undecided += i / EVENTS == workflow && match->release == WF_INSTANT_NONE;
      if (match->release == WF_INSTANT_NONE)
        continue;
      n_due += match->release <= until;
      next = next == WF_INSTANT_NONE ? match->release : MIN (next, match->release);
    }
  g_assert_cmpuint (due->len, ==, n_due);
  g_assert_cmpuint (undecided->len, ==, n_undecided);
  g_assert_cmpuint (wf_store_count_held (t->f->store, workflows[workflow]), ==, n_undecided);
  g_assert_cmpint (wf_store_get_next_release (t->f->store), ==, next);
}

static void
ask_something (Test *t)
{
  static void (*const questions[]) (Test *) = { ask_reminders, ask_figures, ask_counts,
                                                ask_created,   ask_events,  ask_failed,
                                                ask_runs,      ask_dates,   ask_held };

  questions[pick (t, G_N_ELEMENTS (questions))](t);
}

/* ---- the test ---- */

static void
change (Test *t)
{
  wf_store_fixture_begin (t->f);
  model_copy (&t->saved, &t->model);
  for (guint n = 1 + pick (t, 6); n > 0; n--)
    switch (pick (t, 10))
      {
      case 6:
      case 7:
        save_run (t);
        break;
      case 8:
        change_lead (t);
        break;
      case 9:
        change_held (t);
        break;
      case 0:
        add_event (t);
        break;
      case 1:
        set_reminder (t);
        break;
      case 2:
        t->model.now += (WfInstant) pick (t, 3) * MINUTE;
        take_late (t);
        break;
      default:
        put (t);
        break;
      }
  if (pick (t, 5) == 0)
    {
      wf_store_rollback (t->f->store);
      model_copy (&t->model, &t->saved);
    }
  else
    wf_store_fixture_commit (t->f);
}

static void
test_model (gconstpointer data)
{
  Test t = { .f = wf_store_fixture_new (),
             .random = g_rand_new_with_seed (GPOINTER_TO_UINT (data)) };

  t.model.now = NOW;
  for (guint i = 0; i < ACTIVITIES; i++)
    {
      t.ids[i] = i % 4 == 0 ? g_strdup_printf ("crm-%u", i) : wf_test_uuid (i);
      t.model.activities[i].reminder = WF_INSTANT_NONE;
    }
  for (guint i = 0; i < 8; i++)
    t.model.dates[i / 4][i % 4] = WF_INSTANT_NONE;
  for (guint step = 0; step < STEPS; step++)
    {
      guint what = pick (&t, 100);

      if (what == 0)
        wf_store_fixture_reopen (t.f);
      else if (what < 40)
        change (&t);
      else if (what < 60)
        ask_activities (&t);
      else
        ask_something (&t);
    }
  model_clear (&t.model);
  model_clear (&t.saved);
  for (guint i = 0; i < ACTIVITIES; i++)
    g_free (t.ids[i]);
  g_rand_free (t.random);
  wf_store_fixture_free (t.f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/model/1", GUINT_TO_POINTER (1), test_model);
  g_test_add_data_func ("/store/model/2", GUINT_TO_POINTER (2), test_model);
  g_test_add_data_func ("/store/model/3", GUINT_TO_POINTER (3), test_model);
  return g_test_run ();
}
