/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random operations on the store and on a simple model in memory must not differ in anything that can be asked. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

#define ACTIVITIES 60
#define EVENTS 60
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

typedef struct
{
  Known activities[ACTIVITIES];
  gboolean events[EVENTS];
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

/* ---- the test ---- */

static void
change (Test *t)
{
  wf_store_fixture_begin (t->f);
  model_copy (&t->saved, &t->model);
  for (guint n = 1 + pick (t, 6); n > 0; n--)
    switch (pick (t, 6))
      {
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
  for (guint step = 0; step < STEPS; step++)
    {
      guint what = pick (&t, 100);

      if (what == 0)
        wf_store_fixture_reopen (t.f);
      else if (what < 40)
        change (&t);
      else if (what < 70)
        ask_activities (&t);
      else if (what < 80)
        ask_reminders (&t);
      else if (what < 90)
        ask_figures (&t);
      else
        ask_counts (&t);
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
