/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about leads that are kept and brought up to date by what changed: always the same as read anew. */
#include "wf-store-fixture.h"
#include "wf-store-private.h"

#define LEADS 40
#define STEPS 400
#define KEPT_REVISIONS 256 /* wf-store-lead-changes.c */

static const char *const stages[] = { "new", "filter", "visit", "won", "" };
static const char *const people[] = { "ana", "bia", "caio" };

typedef struct
{
  WfStoreFixture *f;
  WfStore *reader; /* (owned) keeps what it read */
  GRand *random;
  WfInstant now;
  guint n_updates; /* of what was kept */
} Test;

static guint
pick (Test *t, guint n)
{
  return (guint) g_rand_int_range (t->random, 0, (gint32) n);
}

/* Owned by the caller. */
static char *
pick_lead (Test *t)
{
  guint i = pick (t, LEADS);

  return i % 2 == 0 ? g_strdup_printf ("crm-%u", i) : wf_test_uuid (i);
}

static WfInstant
pick_time (Test *t)
{
  return t->now - (pick (t, 3) == 0 ? (WfInstant) pick (t, 5000) * MINUTE : 0);
}

/* ---- comparing ---- */

static void
assert_same_lead (const WfLeadFacts *a, const WfLeadFacts *b)
{
  g_assert_cmpuint (a->lead, ==, b->lead);
  g_assert_cmpint (a->number, ==, b->number);
  g_assert_cmpuint (a->stage, ==, b->stage);
  g_assert_cmpuint (a->owner, ==, b->owner);
  g_assert_cmpuint (a->source, ==, b->source);
  g_assert_cmpuint (a->origin, ==, b->origin);
  g_assert_cmpuint (a->unit, ==, b->unit);
  g_assert_cmpuint (a->product, ==, b->product);
  g_assert_cmpint (a->created, ==, b->created);
  g_assert_cmpint (a->first_contact, ==, b->first_contact);
  g_assert_cmpint (a->stage_since, ==, b->stage_since);
  g_assert_cmpfloat (a->value, ==, b->value);
}

static GArray *
list_leads (WfStore *store)
{
  g_autoptr (GError) error = NULL;
  GArray *leads = wf_store_list_lead_facts (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 1; i < leads->len; i++)
    g_assert_cmpuint (g_array_index (leads, WfLeadFacts, i - 1).lead, <,
                      g_array_index (leads, WfLeadFacts, i).lead);
  return leads;
}

static GArray *
list_moves (WfStore *store)
{
  g_autoptr (GError) error = NULL;
  GArray *moves = wf_store_list_stage_moves (store, NULL, &error);

  g_assert_no_error (error);
  return moves;
}

static void
assert_same (WfStore *kept, WfStore *fresh)
{
  g_autoptr (GArray) leads = list_leads (kept), fresh_leads = list_leads (fresh);
  g_autoptr (GArray) moves = list_moves (kept), fresh_moves = list_moves (fresh);

  g_assert_cmpuint (leads->len, ==, fresh_leads->len);
  for (guint i = 0; i < leads->len; i++)
    assert_same_lead (&g_array_index (leads, WfLeadFacts, i),
                      &g_array_index (fresh_leads, WfLeadFacts, i));
  g_assert_cmpuint (moves->len, ==, fresh_moves->len);
  for (guint i = 0; i < moves->len; i++)
    {
      const WfStageMove *a = &g_array_index (moves, WfStageMove, i),
                        *b = &g_array_index (fresh_moves, WfStageMove, i);

      g_assert_cmpuint (a->lead, ==, b->lead);
      g_assert_cmpuint (a->stage, ==, b->stage);
      g_assert_cmpint (a->at, ==, b->at);
    }
}

/* What each connection keeps, against one that keeps nothing yet. */
static void
check (Test *t)
{
  g_autoptr (GError) error = NULL;
  WfStore *fresh = wf_store_open (t->f->path, WF_STORE_READ_ONLY, NULL, &error);
  gconstpointer before = t->reader->lead_facts;

  g_assert_no_error (error);
  assert_same (t->reader, fresh);
  t->n_updates += before != NULL && before == t->reader->lead_facts;
  assert_same (t->f->store, fresh);
  wf_store_close (fresh);
}

/* ---- changing, in an open transaction ---- */

static void
set_lead (Test *t, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new ("{\"origin\":\"web\"");
  g_autoptr (WfJsonDocument) lead = NULL;

  g_string_append_printf (text, ",\"stage\":\"%s\",\"owner\":\"%s\",\"value\":%u",
                          stages[pick (t, 5)], people[pick (t, 3)], pick (t, 3));
  if (pick (t, 3) == 0)
    g_string_append (text, ",\"created\":\"2026-11-20T11:00:00Z\",\"unit\":\"u-1\"");
  if (pick (t, 4) == 0)
    g_string_append (text, ",\"last-contact\":\"2026-11-21T09:00:00Z\",\"source\":\"fair\"");
  g_string_append_c (text, '}');
  lead = wf_json_document_parse (text->str, -1, 0, NULL);
  wf_store_set_lead (t->f->store, id, wf_json_document_get_root (lead), pick_time (t), &error);
  g_assert_no_error (error);
}

static void
set_local (Test *t, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
      g_strdup_printf ("{\"stage\":\"%s\",\"product\":\"cake\"}", stages[pick (t, 5)]);
  g_autoptr (WfJsonDocument) members =
      pick (t, 3) == 0 ? NULL : wf_json_document_parse (text, -1, 0, NULL);

  wf_store_set_lead_local (t->f->store, id,
                           members != NULL ? wf_json_document_get_root (members) : NULL,
                           members != NULL ? WF_SYNC_LOCAL : WF_SYNC_CONFIRMED, NULL, &error);
  g_assert_no_error (error);
}

static void
add_event (Test *t, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"source\":\"/crm/test\",\"id\":\"%u\",\"type\":\"%s\",\"data\":{\"lead\":\"%s\","
      "\"stage_from\":\"%s\",\"stage_to\":\"%s\"}}",
      g_rand_int (t->random), pick (t, 3) == 0 ? "call.made" : "lead.stage-changed", id,
      stages[pick (t, 5)], stages[pick (t, 5)]);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfEvent) event =
      wf_event_read (document, wf_json_document_get_root (document), pick_time (t), problems);
  gboolean is_new;
  gint64 rowid;

  g_assert_nonnull (event);
  wf_store_add_event (t->f->store, event, t->now, &rowid, &is_new, &error);
  g_assert_no_error (error);
}

static void
change (Test *t)
{
  g_autofree char *id = pick_lead (t);
  guint what = pick (t, 10);

  t->now += MINUTE;
  if (what < 4)
    set_lead (t, id);
  else if (what < 6)
    set_local (t, id);
  else if (what < 9)
    add_event (t, id);
  else
    {
      g_autoptr (GError) error = NULL;

      wf_store_delete_lead (t->f->store, id, &error);
      g_assert_no_error (error);
    }
}

/* One transaction; sometimes looked at in its middle, and sometimes undone. */
static void
change_some (Test *t)
{
  guint n = 1 + pick (t, 6);

  wf_store_fixture_begin (t->f);
  for (guint i = 0; i < n; i++)
    {
      change (t);
      if (pick (t, 8) == 0)
        g_array_unref (list_leads (t->f->store));
    }
  if (pick (t, 6) == 0)
    wf_store_rollback (t->f->store);
  else
    wf_store_fixture_commit (t->f);
}

static Test
test_new (guint seed)
{
  g_autoptr (GError) error = NULL;
  Test t = { .f = wf_store_fixture_new (), .random = g_rand_new_with_seed (seed), .now = NOW };

  t.reader = wf_store_open (t.f->path, WF_STORE_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  return t;
}

static void
test_clear (Test *t)
{
  wf_store_close (t->reader);
  g_rand_free (t->random);
  wf_store_fixture_free (t->f);
}

/* ---- tests ---- */

static void
test_model (gconstpointer data)
{
  Test t = test_new (GPOINTER_TO_UINT (data));

  for (guint step = 0; step < STEPS; step++)
    {
      change_some (&t);
      if (pick (&t, 2) == 0)
        check (&t);
      if (pick (&t, 40) == 0)
        wf_store_fixture_reopen (t.f);
    }
  check (&t);
  g_assert_cmpuint (t.n_updates, >, STEPS / 4);
  test_clear (&t);
}

/* Who did not look for very long reads everything, and so does who meets a transaction that changed very much. */
static void
test_long_ago (void)
{
  Test t = test_new (4);
  guint n_updates;

  for (guint i = 0; i < LEADS; i++)
    change_some (&t);
  check (&t);
  check (&t);
  n_updates = t.n_updates;
  for (guint i = 0; i < KEPT_REVISIONS * 2; i++)
    {
      g_autofree char *id = pick_lead (&t);

      wf_store_fixture_begin (t.f);
      t.now += MINUTE;
      set_lead (&t, id);
      wf_store_fixture_commit (t.f);
    }
  check (&t);
  g_assert_cmpuint (t.n_updates, ==, n_updates);
  test_clear (&t);
}

static void
test_very_many (void)
{
  Test t = test_new (5);
  guint n_updates;

  change_some (&t);
  check (&t);
  n_updates = t.n_updates;
  wf_store_fixture_begin (t.f);
  for (guint i = 0; i < 4000; i++)
    {
      g_autofree char *id = wf_test_uuid (i);

      set_lead (&t, id);
    }
  wf_store_fixture_commit (t.f);
  check (&t);
  g_assert_cmpuint (t.n_updates, ==, n_updates);
  test_clear (&t);
}

/* What is cancelled in its middle is as it was, and complete the next time. */
static void
test_cancelled (void)
{
  Test t = test_new (6);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < LEADS; i++)
    change_some (&t);
  check (&t);
  wf_store_fixture_begin (t.f);
  set_lead (&t, "crm-0");
  set_lead (&t, "crm-2");
  wf_store_fixture_commit (t.f);
  g_cancellable_cancel (cancellable);
  g_assert_null (wf_store_list_lead_facts (t.reader, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  check (&t);
  test_clear (&t);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/lead-facts/model/1", GUINT_TO_POINTER (1), test_model);
  g_test_add_data_func ("/store/lead-facts/model/2", GUINT_TO_POINTER (2), test_model);
  g_test_add_data_func ("/store/lead-facts/model/3", GUINT_TO_POINTER (3), test_model);
  g_test_add_func ("/store/lead-facts/long-ago", test_long_ago);
  g_test_add_func ("/store/lead-facts/very-many", test_very_many);
  g_test_add_func ("/store/lead-facts/cancelled", test_cancelled);
  return g_test_run ();
}
