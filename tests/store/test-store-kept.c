/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and orders that the store keeps between two questions: after any write, undone or not, they are those of a connection
 * that never kept anything. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

#define N_ACTIVITIES 40
#define N_LEADS 30
#define STEPS 120

static const char *const people[] = { NULL, "ana", "bruno" };
static const char *const types[] = { "call", "email", "visit" };
static const char *const names[] = { "Álvaro", "bruna", "Carlos", "Dora", NULL };
static const char *const stages[] = { "new", "filter-1", "won" };

typedef struct
{
  WfStoreFixture *f;
  GRand *random;
  WfInstant at;
} Test;

static guint
pick (Test *t, guint n)
{
  return (guint) g_rand_int_range (t->random, 0, (gint32) n);
}

/* ---- writes ---- */

static void
write_activity (Test *t)
{
  g_autofree char *id = wf_test_uuid (pick (t, N_ACTIVITIES));
  g_autoptr (WfActivity) a = wf_test_activity (id, NOW + (WfInstant) pick (t, 50) * HOUR - DAY);
  g_autoptr (GError) error = NULL;

  g_set_str (&a->person, people[pick (t, G_N_ELEMENTS (people))]);
  g_set_str (&a->type, types[pick (t, G_N_ELEMENTS (types))]);
  g_set_str (&a->title, names[pick (t, 4)]);
  a->visible_from = pick (t, 4) == 0 ? NOW + (WfInstant) pick (t, 2) * HOUR : WF_INSTANT_NONE;
  a->status = pick (t, 3) == 0 ? WF_ACTIVITY_DONE : WF_ACTIVITY_OPEN;
  a->completed = a->status == WF_ACTIVITY_DONE ? NOW : WF_INSTANT_NONE;
  wf_store_put_activity (t->f->store, a, NULL, &error);
  g_assert_no_error (error);
}

static void
write_lead (Test *t)
{
  g_autofree char *id = g_strdup_printf ("l-%u", pick (t, N_LEADS));
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (GError) error = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "name", names[pick (t, G_N_ELEMENTS (names))]);
  wf_json_writer_add_string (writer, "stage", stages[pick (t, G_N_ELEMENTS (stages))]);
  wf_json_writer_add_string (writer, "owner", people[pick (t, G_N_ELEMENTS (people))]);
  wf_json_writer_add_int (writer, "score", pick (t, 20));
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) document = wf_json_writer_finish_document (writer);
  wf_store_set_lead (t->f->store, id, wf_json_document_get_root (document), t->at++, &error);
  g_assert_no_error (error);
}

static void
delete_lead (Test *t)
{
  g_autofree char *id = g_strdup_printf ("l-%u", pick (t, N_LEADS));
  g_autoptr (GError) error = NULL;

  wf_store_delete_lead (t->f->store, id, &error);
  g_assert_no_error (error);
}

static void
write_one (Test *t)
{
  guint what = pick (t, 8);

  if (what < 4)
    write_activity (t);
  else if (what < 7)
    write_lead (t);
  else
    delete_lead (t);
}

/* ---- questions ---- */

static const char *const calls[] = { "call", NULL };
static const char *const calls_and_visits[] = { "call", "visit", NULL };
static const char *const both_people[] = { "ana", "bruno", NULL };
static const char *const strangers[] = { "nobody", NULL };
static const char *const new_ones[] = { "new", NULL };

static const WfActivityQuery activity_queries[] = {
  { .scope = WF_ACTIVITIES_OPEN, .now = NOW },
  { .scope = WF_ACTIVITIES_OPEN, .now = NOW + 30 * MINUTE },
  { .scope = WF_ACTIVITIES_OPEN, .now = NOW, .also_hidden = TRUE },
  { .scope = WF_ACTIVITIES_ALL, .now = NOW },
  { .scope = WF_ACTIVITIES_CLOSED, .now = NOW, .due_from = NOW, .due_until = NOW + DAY },
  { .scope = WF_ACTIVITIES_OPEN, .now = NOW, .person = "ana" },
  { .scope = WF_ACTIVITIES_OPEN, .now = NOW, .unassigned = TRUE },
  { .scope = WF_ACTIVITIES_OPEN, .now = NOW, .people = both_people },
  { .scope = WF_ACTIVITIES_OPEN, .now = NOW, .people = strangers },
  { .scope = WF_ACTIVITIES_OPEN, .now = NOW, .types = calls },
  { .scope = WF_ACTIVITIES_ALL, .now = NOW, .types = calls_and_visits },
  { .scope = WF_ACTIVITIES_ALL, .now = NOW, .text = "alvaro" },
  { .scope = WF_ACTIVITIES_ALL, .now = NOW, .text = "bru" },
  { .scope = WF_ACTIVITIES_OPEN, .now = NOW, .only_late = TRUE },
};

static const WfLeadQuery lead_queries[] = {
  { .now = NOW },
  { .now = NOW, .order = WF_LEADS_BY_SCORE, .descending = TRUE },
  { .now = NOW, .order = WF_LEADS_BY_STAGE },
  { .now = NOW, .order = WF_LEADS_BY_SCORE, .stages = new_ones },
  { .now = NOW, .order = WF_LEADS_BY_OWNER, .text = "alvaro" },
  { .now = NOW, .order = WF_LEADS_BY_CREATED, .owners = both_people },
};

/* The list is walked anew each time. */
static void
check_activities (Test *t, WfStore *fresh)
{
  const WfActivityQuery *query = &activity_queries[pick (t, G_N_ELEMENTS (activity_queries))];
  g_autoptr (GPtrArray) walked = wf_store_list_activities (t->f->store, query);
  guint n = wf_store_count_activities (t->f->store, query);

  g_assert_cmpuint (n, ==, walked->len);
  if (fresh != NULL)
    g_assert_cmpuint (n, ==, wf_store_count_activities (fresh, query));
}

/* As a whole the order is kept; a page near the top of a new connection is not. */
static void
check_leads (Test *t, WfStore *fresh)
{
  WfLeadQuery query = lead_queries[pick (t, G_N_ELEMENTS (lead_queries))];
  g_autoptr (GPtrArray) kept = wf_store_query_leads (t->f->store, &query);

  g_assert_cmpuint (wf_store_count_leads (t->f->store, &query), ==, kept->len);
  if (fresh == NULL)
    return;
  query.limit = N_LEADS;
  g_autoptr (GPtrArray) sorted = wf_store_query_leads (fresh, &query);
  g_assert_cmpuint (wf_store_count_leads (fresh, &query), ==, kept->len);
  g_assert_cmpuint (sorted->len, ==, kept->len);
  for (guint i = 0; i < kept->len; i++)
    {
      const WfLead *a = kept->pdata[i], *b = sorted->pdata[i];
      g_assert_cmpstr (a->id, ==, b->id);
      g_assert_cmpstr (a->name, ==, b->name);
    }
}

static void
check (Test *t, WfStore *fresh)
{
  for (guint i = 0; i < 6; i++)
    {
      check_activities (t, fresh);
      check_leads (t, fresh);
    }
}

static WfStore *
open_fresh (Test *t)
{
  g_autoptr (GError) error = NULL;
  WfStore *fresh = wf_store_open (t->f->path, WF_STORE_READ_ONLY, NULL, &error);

  g_assert_no_error (error);
  return fresh;
}

/* In a transaction only its own connection sees what was written. */
static void
test_own_writes (void)
{
  Test t = { wf_store_fixture_new (), g_rand_new_with_seed (7), NOW };

  for (guint step = 0; step < STEPS; step++)
    {
      wf_store_fixture_begin (t.f);
      check (&t, NULL);
      for (guint i = pick (&t, 3) + 1; i > 0; i--)
        {
          write_one (&t);
          check (&t, NULL);
        }
      if (pick (&t, 3) == 0)
        wf_store_rollback (t.f->store);
      else
        wf_store_fixture_commit (t.f);
      WfStore *fresh = open_fresh (&t);
      check (&t, fresh);
      wf_store_close (fresh);
    }
  g_rand_free (t.random);
  wf_store_fixture_free (t.f);
}

/* As in the program: another connection writes than the one that is asked. */
static void
test_writes_of_others (void)
{
  Test t = { wf_store_fixture_new (), g_rand_new_with_seed (11), NOW };
  WfStore *writer = t.f->store, *reader = open_fresh (&t);

  for (guint step = 0; step < STEPS; step++)
    {
      wf_store_fixture_begin (t.f);
      write_one (&t);
      wf_store_fixture_commit (t.f);
      WfStore *fresh = open_fresh (&t);
      t.f->store = reader;
      check (&t, fresh);
      check (&t, fresh); /* and asked again */
      t.f->store = writer;
      wf_store_close (fresh);
    }
  wf_store_close (reader);
  g_rand_free (t.random);
  wf_store_fixture_free (t.f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/kept/own-writes", test_own_writes);
  g_test_add_func ("/store/kept/writes-of-others", test_writes_of_others);
  return g_test_run ();
}
