/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts for the reports: those of activities against the rows themselves, stored or not; of leads, holders and moves. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-facts.h"
#include "wf-store-fixture.h"
#include "wf-store-private.h"

#include <sqlite3.h>
#include <string.h>

#define ACTIVITIES 120
#define STEPS 1500
#define MOST_WALKERS 3

static const char *const people[] = { NULL, "ana", "bruno", "carla" };
static const char *const leads[] = { NULL, "l-1", "l-2", "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11" };

/* ---- one fact a row, as values ---- */

typedef struct
{
  gint64 number;
  WfInstant created, due, original_due, closed;
  guint64 lead;
  guint32 person, type, workflow, origin, version;
  guint status, flags;
} Fact;

typedef struct
{
  GArray *facts; /* (owned) of Fact */
  guint n_blocks, most;
  GCancellable *cancellable; /* (nullable) cancelled by the first block */
} Collected;

static gboolean
collect (const WfActivityFacts *f, gpointer user_data)
{
  Collected *all = user_data;

  for (guint i = 0; i < f->n; i++)
    {
      Fact fact = { f->number[i],  f->created[i], f->due[i],  f->original_due[i], f->closed[i],
                    f->lead[i],    f->person[i],  f->type[i], f->workflow[i],     f->origin[i],
                    f->version[i], f->status[i],  f->flags[i] };

      g_array_append_val (all->facts, fact);
    }
  all->n_blocks++;
  g_cancellable_cancel (all->cancellable);
  return all->most == 0 || all->facts->len < all->most;
}

static int
compare_facts (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const Fact *) a)->number, y = ((const Fact *) b)->number;

  return x < y ? -1 : x > y;
}

/* In the order of number. */
static GArray *
walk_facts (WfStore *store, WfInstant from, WfInstant until, guint n_walkers)
{
  g_autoptr (GError) error = NULL;
  Collected all[MOST_WALKERS] = { 0 };
  gpointer walkers[MOST_WALKERS];
  GArray *facts = g_array_new (FALSE, TRUE, sizeof (Fact));

  for (guint i = 0; i < n_walkers; i++)
    {
      all[i].facts = g_array_new (FALSE, TRUE, sizeof (Fact));
      walkers[i] = &all[i];
    }
  wf_store_walk_activity_facts (store, from, until, NULL, collect, NULL, walkers, n_walkers,
                                &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_walkers; i++)
    {
      g_array_append_vals (facts, all[i].facts->data, all[i].facts->len);
      g_array_unref (all[i].facts);
    }
  g_array_sort (facts, compare_facts);
  return facts;
}

static void
assert_same_fact (const Fact *a, const Fact *b)
{
  g_assert_cmpint (a->number, ==, b->number);
  g_assert_cmpint (a->created, ==, b->created);
  g_assert_cmpint (a->due, ==, b->due);
  g_assert_cmpint (a->original_due, ==, b->original_due);
  g_assert_cmpint (a->closed, ==, b->closed);
  g_assert_cmpuint (a->lead, ==, b->lead);
  g_assert_cmpuint (a->person, ==, b->person);
  g_assert_cmpuint (a->type, ==, b->type);
  g_assert_cmpuint (a->workflow, ==, b->workflow);
  g_assert_cmpuint (a->origin, ==, b->origin);
  g_assert_cmpuint (a->version, ==, b->version);
  g_assert_cmpuint (a->status, ==, b->status);
  g_assert_cmphex (a->flags, ==, b->flags);
}

static void
assert_same_facts (const GArray *a, const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    assert_same_fact (&g_array_index (a, Fact, i), &g_array_index (b, Fact, i));
}

static GArray *
list_facts (WfStore *store, WfInstant from, WfInstant until)
{
  return walk_facts (store, from, until, MOST_WALKERS);
}

/* ---- saving ---- */

static guint
save_all (WfStoreFixture *f, gboolean with_newest)
{
  gboolean more = TRUE;
  guint n = 0;

  for (; more; n++)
    {
      g_autoptr (GError) error = NULL;

      wf_store_fixture_begin (f);
      if (with_newest)
        wf_store_save_newest_facts (f->store, &more, &error);
      else
        wf_store_save_facts (f->store, &more, &error);
      g_assert_no_error (error);
      wf_store_fixture_commit (f);
      g_assert_cmpuint (n, <, 1000);
    }
  return n;
}

static sqlite3 *
open_plain (WfStoreFixture *f)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  return db;
}

static void
execute (WfStoreFixture *f, const char *sql)
{
  sqlite3 *db = open_plain (f);

  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static gint64
ask (WfStoreFixture *f, const char *sql)
{
  sqlite3 *db = open_plain (f);
  sqlite3_stmt *statement = NULL;
  gint64 answer;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return answer;
}

/* ---- the model: activities as they are read one by one, and what happened to them ---- */

typedef struct
{
  WfActivity *a;    /* (owned) (nullable) */
  GArray *holders;  /* (owned) of WfHolder */
  GArray *receipts; /* (owned) of WfReceipt */
  gboolean came_closed;
} Known;

typedef struct
{
  WfStoreFixture *f;
  GRand *random;
  Known known[ACTIVITIES], saved[ACTIVITIES];
  const char *own;
  guint n_damaged;
  WfInstant now;
} Test;

static guint
pick (Test *t, guint n)
{
  return (guint) g_rand_int_range (t->random, 0, (gint32) n);
}

static WfInstant
pick_instant (Test *t)
{
  return NOW + (WfInstant) pick (t, 400) * HOUR + (pick (t, 4) == 0 ? pick (t, 1000000) : 0);
}

static void
known_clear (Known *known)
{
  g_clear_pointer (&known->a, wf_activity_unref);
  g_clear_pointer (&known->holders, g_array_unref);
  g_clear_pointer (&known->receipts, g_array_unref);
}

static void
known_copy (Known *to, const Known *from)
{
  known_clear (to);
  to->a = from->a != NULL ? wf_activity_copy (from->a) : NULL;
  to->holders = from->holders != NULL ? g_array_copy (from->holders) : NULL;
  to->receipts = from->receipts != NULL ? g_array_copy (from->receipts) : NULL;
  to->came_closed = from->came_closed;
}

static void
known_all_copy (Known *to, const Known *from)
{
  for (guint i = 0; i < ACTIVITIES; i++)
    known_copy (&to[i], &from[i]);
}

static WfActivity *
make_activity (Test *t, guint i)
{
  g_autofree char *id = i % 3 == 0 ? g_strdup_printf ("crm-%u", i) : wf_test_uuid (i);
  WfActivity *a = wf_test_activity (id, pick (t, 12) == 0 ? WF_INSTANT_NONE : pick_instant (t));

  g_set_str (&a->person, people[pick (t, 4)]);
  g_set_str (&a->lead, leads[pick (t, 4)]);
  g_set_str (&a->workflow, pick (t, 2) == 0 ? "w-1" : pick (t, 3) == 0 ? NULL : "w-2");
  g_set_str (&a->type, pick (t, 2) == 0 ? "call" : "visit");
  a->created = NOW - (WfInstant) pick (t, 400) * HOUR;
  a->original_due = pick (t, 2) == 0 ? a->due : pick_instant (t);
  a->workflow_version = pick (t, 5) == 0 ? 70000 : pick (t, 3);
  a->remind = pick (t, 2) == 0 ? WF_INSTANT_NONE : pick_instant (t);
  a->status = (WfActivityStatus) (pick (t, 2) == 0 ? 0 : pick (t, 4));
  a->completed = a->status == WF_ACTIVITY_OPEN ? WF_INSTANT_NONE : pick_instant (t);
  a->business_hours = pick (t, 2) == 0;
  a->arrived_late = pick (t, 6) == 0;
  a->pinned = pick (t, 6) == 0;
  return a;
}

static void
add_holder (Known *known, const char *person, WfInstant since)
{
  WfHolder holder = { .person = 0, .since = since };
  guint n = known->holders->len;

  holder.number = 0;
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_strcmp0 (people[i], person) == 0)
      holder.person = i;
  if (n > 0)
    holder.since = MAX (since, g_array_index (known->holders, WfHolder, n - 1).since);
  if (n > 0 && g_array_index (known->holders, WfHolder, n - 1).since == holder.since)
    g_array_set_size (known->holders, n - 1);
  g_array_append_val (known->holders, holder);
}

static void
put (Test *t)
{
  g_autoptr (GError) error = NULL;
  guint i = pick (t, ACTIVITIES);
  Known *known = &t->known[i];
  WfActivity *a = make_activity (t, i);

  wf_store_set_now (t->f->store, t->now);
  wf_store_put_activity (t->f->store, a, NULL, &error);
  g_assert_no_error (error);
  if (known->a == NULL)
    {
      known->came_closed = a->status != WF_ACTIVITY_OPEN;
      known->holders = g_array_new (FALSE, FALSE, sizeof (WfHolder));
      known->receipts = g_array_new (FALSE, FALSE, sizeof (WfReceipt));
    }
  else if (g_strcmp0 (known->a->person, a->person) != 0)
    {
      if (known->holders->len == 0)
        add_holder (known, known->a->person, known->a->created);
      add_holder (known, a->person, t->now);
    }
  g_clear_pointer (&known->a, wf_activity_unref);
  known->a = a;
}

static void
add_receipt (Test *t)
{
  g_autoptr (GError) error = NULL;
  Known *known = &t->known[pick (t, ACTIVITIES)];
  WfReceipt receipt = { .at = t->now, .kind = (WfReceiptKind) pick (t, 4) };

  if (known->a == NULL)
    return;
  receipt.shown = receipt.kind == WF_RECEIPT_NOT_NEEDED ? WF_INSTANT_NONE : pick_instant (t);
  if (pick (t, 2) == 0 && known->a->status == WF_ACTIVITY_OPEN)
    {
      wf_store_set_reminder (t->f->store, known->a->id, t->now, &error);
      g_assert_no_error (error);
      wf_store_finish_reminder_as (t->f->store, known->a->id, receipt.kind, receipt.shown, &error);
    }
  else
    wf_store_add_receipt (t->f->store, known->a->id, &receipt, &error);
  g_assert_no_error (error);
  g_array_append_val (known->receipts, receipt);
}

/* Numbers that no activity has: so the blocks fill up. */
static void
skip_numbers (Test *t)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 300; i++)
    {
      wf_store_add_log (t->f->store, t->now, "problem", "p", NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

/* The lead's origin goes over to its activities. */
static void
set_origin (Test *t)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
      g_strdup_printf ("{\"origin\":\"%s\"}", pick (t, 2) == 0 ? "web" : "flow");
  g_autoptr (WfJsonDocument) lead = wf_json_document_parse (text, -1, 0, NULL);

  wf_store_set_lead (t->f->store, leads[1 + pick (t, 3)], wf_json_document_get_root (lead), t->now,
                     &error);
  g_assert_no_error (error);
}

static void
prune (Test *t)
{
  g_autoptr (GError) error = NULL;
  guint removed;

  wf_store_prune (t->f->store, t->now - HOUR, t->now, 50, &removed, &error);
  g_assert_no_error (error);
}

/* ---- what the facts should be ---- */

static guint
expect_flags (Test *t, const Known *known)
{
  const WfActivity *a = known->a;
  guint flags = (a->business_hours ? WF_FACT_BUSINESS_HOURS : 0) |
                (a->arrived_late ? WF_FACT_ARRIVED_LATE : 0) | (a->pinned ? WF_FACT_PINNED : 0);
  const char *holder = a->person;

  for (guint i = 0; i < known->holders->len; i++)
    if (i == 0 || g_array_index (known->holders, WfHolder, i).since <= a->due)
      holder = people[g_array_index (known->holders, WfHolder, i).person];
  if (known->holders->len > 1)
    flags |= WF_FACT_REASSIGNED;
  if (t->own != NULL && g_strcmp0 (holder, t->own) == 0 && a->remind != WF_INSTANT_NONE &&
      a->due != WF_INSTANT_NONE && !known->came_closed)
    flags |= WF_FACT_REMINDER_KNOWN;
  for (guint i = 0; i < known->receipts->len; i++)
    {
      const WfReceipt *receipt = &g_array_index (known->receipts, WfReceipt, i);

      flags |= WF_FACT_REMINDER_KNOWN;
      if (receipt->kind <= WF_RECEIPT_SHOWN_LATE &&
          (a->due == WF_INSTANT_NONE || receipt->shown < a->due))
        flags |= WF_FACT_REMINDED;
    }
  return flags;
}

/* By the rows: numbers and origins are only there. */
static Fact
expect_fact (Test *t, const Known *known, sqlite3 *db)
{
  static const char sql[] = "SELECT no, ifnull(origin, 0) FROM activities WHERE id = ?1 OR"
                            " id = unhex(replace(?1, '-', ''))";
  const WfActivity *a = known->a;
  WfStore *store = t->f->store;
  sqlite3_stmt *find = NULL;
  Fact fact = { .created = a->created,
                .due = a->due,
                .original_due = a->original_due,
                .closed = a->status == WF_ACTIVITY_OPEN ? WF_INSTANT_NONE : a->completed,
                .lead = wf_store_hash_lead (a->lead),
                .person = wf_store_get_name_number (store, a->person),
                .type = wf_store_get_name_number (store, a->type),
                .workflow = wf_store_get_name_number (store, a->workflow),
                .version = (guint32) a->workflow_version,
                .status = a->status,
                .flags = expect_flags (t, known) };

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &find, NULL), ==, SQLITE_OK);
  sqlite3_bind_text (find, 1, a->id, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (find), ==, SQLITE_ROW);
  fact.number = sqlite3_column_int64 (find, 0);
  fact.origin = (guint32) sqlite3_column_int64 (find, 1);
  sqlite3_finalize (find);
  return fact;
}

/* What a writer sees of its own transaction is looked at by a second connection after the commit. */
static void
ask_all (Test *t)
{
  g_autoptr (GArray) facts = list_facts (t->f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
  g_autoptr (GArray) expected = g_array_new (FALSE, TRUE, sizeof (Fact));
  sqlite3 *db = open_plain (t->f);

  for (guint i = 0; i < ACTIVITIES; i++)
    if (t->known[i].a != NULL)
      {
        Fact fact = expect_fact (t, &t->known[i], db);

        g_array_append_val (expected, fact);
      }
  sqlite3_close (db);
  g_array_sort (expected, compare_facts);
  assert_same_facts (facts, expected);
}

static gboolean
lies_in (WfInstant at, WfInstant from, WfInstant until)
{
  return at != WF_INSTANT_NONE && at >= from && at < until;
}

/* All of the period are among them. */
static void
ask_period (Test *t)
{
  WfInstant from = NOW + ((WfInstant) pick (t, 800) - 400) * HOUR,
            until = from + (WfInstant) pick (t, 40) * HOUR;
  g_autoptr (GArray) some = list_facts (t->f->store, from, until);
  g_autoptr (GArray) all = list_facts (t->f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const Fact *fact = &g_array_index (all, Fact, i);

      if (!lies_in (fact->created, from, until) && !lies_in (fact->due, from, until) &&
          !lies_in (fact->closed, from, until))
        continue;
      while (n < some->len && g_array_index (some, Fact, n).number < fact->number)
        n++;
      g_assert_cmpuint (n, <, some->len);
      assert_same_fact (&g_array_index (some, Fact, n), fact);
    }
}

static void
ask_holders (Test *t)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) holders = wf_store_list_holders (t->f->store, NULL, &error);
  guint n = 0;
  sqlite3 *db = open_plain (t->f);

  g_assert_no_error (error);
  for (guint i = 0; i < ACTIVITIES; i++)
    {
      const Known *known = &t->known[i];
      gint64 number = known->a != NULL ? expect_fact (t, known, db).number : 0;
      guint k = 0;

      for (guint h = 0; known->a != NULL && h < holders->len; h++)
        {
          const WfHolder *holder = &g_array_index (holders, WfHolder, h);
          const WfHolder *expected;

          if (holder->number != number)
            continue;
          g_assert_cmpuint (k, <, known->holders->len);
          expected = &g_array_index (known->holders, WfHolder, k++);
          g_assert_cmpint (holder->since, ==, expected->since);
          g_assert_cmpstr (wf_store_get_name (t->f->store, holder->person), ==,
                           people[expected->person]);
        }
      g_assert_cmpuint (k, ==, known->a != NULL ? known->holders->len : 0);
      n += k;
    }
  sqlite3_close (db);
  g_assert_cmpuint (n, ==, holders->len);
}

/* A transaction, which is rolled back now and then; in its middle it sees what it did. */
static void
change (Test *t)
{
  wf_store_fixture_begin (t->f);
  known_all_copy (t->saved, t->known);
  for (guint n = 1 + pick (t, 5); n > 0; n--)
    switch (pick (t, 12))
      {
      case 0:
      case 1:
        add_receipt (t);
        break;
      case 2:
        skip_numbers (t);
        break;
      case 3:
        set_origin (t);
        break;
      case 4:
        prune (t);
        break;
      default:
        put (t);
        break;
      }
  if (pick (t, 4) == 0)
    {
      g_autoptr (GArray) inside = list_facts (t->f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
      guint n = 0;

      for (guint i = 0; i < ACTIVITIES; i++)
        n += t->known[i].a != NULL;
      g_assert_cmpuint (inside->len, ==, n);
    }
  if (pick (t, 5) == 0)
    {
      wf_store_rollback (t->f->store);
      known_all_copy (t->known, t->saved);
    }
  else
    wf_store_fixture_commit (t->f);
  t->now += (WfInstant) pick (t, 3) * MINUTE;
}

static void
sign_in (Test *t)
{
  g_autoptr (GError) error = NULL;

  t->own = people[pick (t, 4)];
  wf_store_fixture_begin (t->f);
  wf_store_set_fact (t->f->store, "person", t->own, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (t->f);
}

/* A byte of a stored block is another one: what is in the rows is told all the same. */
static void
damage (Test *t)
{
  gint64 block = ask (t->f, "SELECT min(block) FROM fact_zones WHERE stale = 0 AND n > 0");
  sqlite3 *db = open_plain (t->f);
  sqlite3_blob *blob = NULL;
  guint8 byte = 0;
  int at;

  g_assert_cmpint (sqlite3_blob_open (db, "main", "fact_blocks", "columns", block, 1, &blob), ==,
                   SQLITE_OK);
  at = (int) pick (t, (guint) sqlite3_blob_bytes (blob));
  g_assert_cmpint (sqlite3_blob_read (blob, &byte, 1, at), ==, SQLITE_OK);
  byte ^= (guint8) (1 + pick (t, 255));
  g_assert_cmpint (sqlite3_blob_write (blob, &byte, 1, at), ==, SQLITE_OK);
  sqlite3_blob_close (blob);
  sqlite3_close (db);
  g_test_expect_message ("wf-store", G_LOG_LEVEL_WARNING, "*block of facts cannot be read*");
  ask_all (t);
  g_test_assert_expected_messages ();
  execute (t->f, "DELETE FROM fact_zones; DELETE FROM fact_blocks");
  t->n_damaged++;
}

static void
test_model (gconstpointer data)
{
  Test t = { .f = wf_store_fixture_new (),
             .random = g_rand_new_with_seed (GPOINTER_TO_UINT (data)),
             .now = NOW };

  for (guint step = 0; step < STEPS; step++)
    {
      guint what = pick (&t, 100);

      if (what < 2)
        sign_in (&t);
      else if (what < 4)
        wf_store_fixture_reopen (t.f);
      else if (what < 20)
        {
          save_all (t.f, pick (&t, 2) == 0);
          if (pick (&t, 5) == 0)
            {
              save_all (t.f, TRUE);
              if (ask (t.f, "SELECT count(*) FROM fact_zones WHERE stale = 0 AND n > 0") > 0)
                damage (&t);
            }
        }
      else if (what < 60)
        change (&t);
      else if (what < 80)
        ask_all (&t);
      else if (what < 95)
        ask_period (&t);
      else
        ask_holders (&t);
    }
  save_all (t.f, TRUE);
  ask_all (&t);
  g_assert_cmpuint (t.n_damaged, >, 10);
  g_assert_cmpint (ask (t.f, "SELECT count(*) FROM fact_zones WHERE n > 0"), >, 1);
  for (guint i = 0; i < ACTIVITIES; i++)
    {
      known_clear (&t.known[i]);
      known_clear (&t.saved[i]);
    }
  g_rand_free (t.random);
  wf_store_fixture_free (t.f);
}

/* ---- blocks ---- */

/* Activities over several blocks, with rows of other tables between them. */
static void
fill (WfStoreFixture *f, guint n)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_autoptr (WfActivity) a = wf_test_activity (id, NOW + i * HOUR);

      a->created = NOW + i * MINUTE;
      wf_store_put_activity (f->store, a, NULL, &error);
      g_assert_no_error (error);
    }
  wf_store_fixture_commit (f);
}

static void
change_one (WfStoreFixture *f, const char *id, const char *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) a = wf_store_get_activity (f->store, id);
  g_autoptr (WfActivity) changed = wf_activity_copy (a);

  g_set_str (&changed->person, person);
  wf_store_put_activity (f->store, changed, NULL, &error);
  g_assert_no_error (error);
}

static void
test_saving (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GArray) before = NULL, after = NULL;

  g_assert_cmpuint (save_all (f, TRUE), ==, 1);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM fact_zones"), ==, 0);
  fill (f, 20000);
  before = list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
  g_assert_cmpuint (before->len, ==, 20000);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM fact_zones"), ==, 0);
  /* Two are full; the third one is the newest. */
  g_assert_cmpuint (save_all (f, FALSE), ==, 2);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM fact_zones"), ==, 2);
  g_assert_cmpuint (save_all (f, FALSE), ==, 1); /* which finds nothing to do */
  g_assert_cmpuint (save_all (f, TRUE), ==, 1);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM fact_zones WHERE stale = 0"), ==, 3);
  g_assert_cmpint (ask (f, "SELECT sum(n) FROM fact_zones"), ==, 20000);
  g_assert_cmpint (ask (f, "SELECT max(length(columns)) FROM fact_blocks"), <, 8192 * 40);
  after = list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
  assert_same_facts (before, after);
}

/* Only blocks that were changed are made anew, and what was rolled back was no change. */
static void
test_stale (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  fill (f, 20000);
  save_all (f, TRUE);
  wf_store_fixture_begin (f);
  change_one (f, "a-3", "bruno");
  wf_store_rollback (f->store);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM fact_zones WHERE stale"), ==, 0);
  wf_store_fixture_begin (f);
  change_one (f, "a-9000", "bruno");
  wf_store_fixture_commit (f);
  g_assert_cmpint (ask (f, "SELECT block FROM fact_zones WHERE stale"), ==, 1);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM fact_zones WHERE stale"), ==, 1);
  g_assert_cmpuint (save_all (f, FALSE), ==, 1);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM fact_zones WHERE stale"), ==, 0);
}

static gboolean
has_number (const GArray *facts, gint64 number)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_array_index (facts, Fact, i).number == number)
      return TRUE;
  return FALSE;
}

static void
move (WfStoreFixture *f, const char *id, WfInstant due)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) a = wf_store_get_activity (f->store, id);
  g_autoptr (WfActivity) moved = wf_activity_copy (a);

  moved->due = due;
  wf_store_put_activity (f->store, moved, NULL, &error);
  g_assert_no_error (error);
}

/* Who asks for an hour does not read what changed elsewhere, but what came into it; also in the transaction that changes it,
 * and not what of old stores is not known. */
static void
test_stale_elsewhere (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  const WfInstant from = NOW + 9000 * HOUR, until = from + HOUR;
  gint64 number;

  fill (f, 20000);
  save_all (f, TRUE);
  number = ask (f, "SELECT min(no) FROM activities");
  for (guint open = 0; open < 2; open++)
    {
      g_autoptr (GArray) before = NULL, after = NULL;

      wf_store_fixture_begin (f);
      change_one (f, "a-0", open == 0 ? "bruno" : "carla");
      if (open == 0)
        wf_store_fixture_commit (f);
      before = list_facts (f->store, from, until);
      g_assert_cmpuint (wf_store_take_missed_facts (f->store), ==, 0);
      g_assert_false (has_number (before, number));
      if (open == 0)
        wf_store_fixture_begin (f);
      move (f, "a-0", from + 1);
      if (open == 0)
        wf_store_fixture_commit (f);
      after = list_facts (f->store, from, until);
      g_assert_cmpuint (wf_store_take_missed_facts (f->store), ==, 1);
      g_assert_true (has_number (after, number));
      if (open == 0)
        {
          wf_store_fixture_begin (f);
          move (f, "a-0", NOW);
        }
      wf_store_fixture_commit (f);
      save_all (f, TRUE);
      g_array_unref (list_facts (f->store, from, until));
      g_assert_cmpuint (wf_store_take_missed_facts (f->store), ==, 0);
    }
  execute (f, "UPDATE fact_zones SET stale = 1");
  wf_store_fixture_begin (f);
  change_one (f, "a-0", "ana");
  wf_store_fixture_commit (f);
  g_array_unref (list_facts (f->store, from, until));
  g_assert_cmpuint (wf_store_take_missed_facts (f->store), ==, 2);
}

/* What is stored is what is read, where it is true: else the rows are. */
static void
test_stored_is_used (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GArray) stored = NULL, built = NULL;

  fill (f, 20000);
  save_all (f, TRUE);
  /* Behind the store's back: nothing was noted. */
  execute (f, "UPDATE activities SET due = 7");
  stored = list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
  g_assert_cmpint (g_array_index (stored, Fact, 100).due, ==, NOW + 100 * HOUR);
  execute (f, "UPDATE fact_zones SET stale = 1 WHERE block = 0");
  built = list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
  g_assert_cmpint (g_array_index (built, Fact, 100).due, ==, 7);
  g_assert_cmpint (g_array_index (built, Fact, 10000).due, ==, NOW + 10000 * HOUR);
  g_assert_cmpuint (wf_store_take_missed_facts (f->store), ==, 1);
  execute (f, "UPDATE fact_zones SET stale = 1 WHERE block > 0");
  g_array_unref (list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE));
  g_assert_cmpuint (wf_store_take_missed_facts (f->store), ==, 2); /* not the newest of three */
  g_assert_cmpuint (wf_store_take_missed_facts (f->store), ==, 0);
}

/* Another connection changes what this one has read. */
static void
test_other_connection (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfStore) reader = NULL;
  g_autoptr (GArray) before = NULL, after = NULL, again = NULL;

  fill (f, 9000);
  save_all (f, TRUE);
  reader = wf_store_open (f->path, WF_STORE_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  before = list_facts (reader, WF_INSTANT_NONE, WF_INSTANT_NONE);
  wf_store_fixture_begin (f);
  change_one (f, "a-5", "carla");
  /* Not before it is committed. */
  again = list_facts (reader, WF_INSTANT_NONE, WF_INSTANT_NONE);
  assert_same_facts (before, again);
  wf_store_fixture_commit (f);
  after = list_facts (reader, WF_INSTANT_NONE, WF_INSTANT_NONE);
  g_assert_cmpstr (wf_store_get_name (reader, g_array_index (after, Fact, 5).person), ==, "carla");
  g_assert_cmpstr (wf_store_get_name (reader, g_array_index (after, Fact, 6).person), ==, "ana");
}

/* Whole blocks are left out where nothing of them lies in the period. */
static void
test_zones (void)
{
  static const struct
  {
    WfInstant from, until;
    guint n_blocks;
  } periods[] = {
    { WF_INSTANT_NONE, WF_INSTANT_NONE, 3 },
    { NOW, NOW + MINUTE, 1 },
    { WF_INSTANT_NONE, NOW, 0 },
    { WF_INSTANT_NONE, NOW + 1, 1 },
    { NOW + 19999 * HOUR, WF_INSTANT_NONE, 1 },
    { NOW + 19999 * HOUR + 1, WF_INSTANT_NONE, 0 },
    { NOW + 8190 * HOUR, NOW + 8192 * HOUR, 2 },
    { NOW + 5 * MINUTE, NOW + 20000 * MINUTE, 3 },
  };
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  fill (f, 20000);
  for (guint saved = 0; saved < 2; saved++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
        {
          g_autoptr (GError) error = NULL;
          Collected all = { .facts = g_array_new (FALSE, TRUE, sizeof (Fact)) };

          wf_store_foreach_activity_facts (f->store, periods[i].from, periods[i].until, NULL,
                                           collect, &all, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (all.n_blocks, ==, periods[i].n_blocks);
          g_array_unref (all.facts);
        }
      save_all (f, TRUE);
    }
}

static void
test_enough_and_cancelled (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) facts = g_array_new (FALSE, TRUE, sizeof (Fact));
  Collected all = { .facts = facts, .most = 1 };
  gboolean ok;

  fill (f, 20000);
  ok = wf_store_foreach_activity_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE, cancellable,
                                        collect, &all, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpuint (all.n_blocks, ==, 1);
  all = (Collected) { .facts = facts, .cancellable = cancellable };
  ok = wf_store_foreach_activity_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE, cancellable,
                                        collect, &all, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (ok);
  g_assert_cmpuint (all.n_blocks, ==, 1);
  /* The reading transaction is over: it can be written again. */
  wf_store_fixture_begin (f);
  wf_store_fixture_commit (f);
}

typedef struct
{
  WfStore *store;
  guint n, n_named;
  gboolean enough;
} Namer;

static gboolean
count_named (const WfActivityFacts *facts, gpointer user_data)
{
  Namer *self = user_data;

  for (guint i = 0; i < facts->n; i++)
    {
      g_autofree char *name = wf_store_dup_name (self->store, facts->type[i]);

      self->n_named += g_strcmp0 (name, "filter-1") == 0;
    }
  self->n += facts->n;
  return !self->enough;
}

/* However many threads look at them they are the same; each may ask for names, and end it. */
static void
test_threads (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) alone = NULL;
  Namer namers[MOST_WALKERS];
  gpointer walkers[MOST_WALKERS];

  fill (f, 50000);
  save_all (f, TRUE);
  alone = walk_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE, 1);
  g_assert_cmpuint (alone->len, ==, 50000);
  for (guint n = 2; n <= MOST_WALKERS; n++)
    {
      g_autoptr (GArray) together = walk_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE, n);

      assert_same_facts (alone, together);
    }
  for (guint enough = 0; enough < 2; enough++)
    {
      guint sum = 0, n_named = 0;

      wf_store_fixture_reopen (f); /* no name is known yet */
      for (guint i = 0; i < MOST_WALKERS; i++)
        {
          namers[i] = (Namer) { .store = f->store, .enough = enough == 1 };
          walkers[i] = &namers[i];
        }
      wf_store_walk_activity_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE, NULL, count_named,
                                    NULL, walkers, MOST_WALKERS, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < MOST_WALKERS; i++)
        {
          sum += namers[i].n;
          n_named += namers[i].n_named;
        }
      g_assert_cmpuint (n_named, ==, sum);
      if (enough == 0)
        g_assert_cmpuint (sum, ==, 50000);
      else
        g_assert_cmpuint (sum, <, 50000); /* each may have one more under way */
    }
  g_cancellable_cancel (cancellable);
  wf_store_walk_activity_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE, cancellable,
                                count_named, NULL, walkers, MOST_WALKERS, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_by_number (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GArray) facts = NULL;
  gint64 numbers[3];

  fill (f, 10);
  facts = list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
  numbers[0] = g_array_index (facts, Fact, 7).number;
  numbers[1] = 12345678;
  numbers[2] = g_array_index (facts, Fact, 2).number;
  g_autoptr (GPtrArray) found = wf_store_list_activities_by_number (f->store, numbers, 3);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((WfActivity *) found->pdata[0])->id, ==, "a-7");
  g_assert_cmpstr (((WfActivity *) found->pdata[1])->id, ==, "a-2");
  g_assert_cmpuint (wf_store_get_name_number (f->store, NULL), ==, 0);
  g_assert_cmpuint (wf_store_get_name_number (f->store, "never"), ==, 0);
  g_assert_null (wf_store_get_name (f->store, 0));
  g_assert_cmpuint (wf_store_hash_lead (NULL), ==, 0);
}

/* ---- who held it, and how it ended ---- */

static void
put_known (WfStoreFixture *f, WfActivity *a, const char *person, WfInstant now)
{
  g_autoptr (GError) error = NULL;

  g_set_str (&a->person, person);
  wf_store_fixture_begin (f);
  if (now != WF_INSTANT_NONE)
    wf_store_set_now (f->store, now);
  wf_store_put_activity (f->store, a, NULL, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
assert_holder (WfStoreFixture *f, guint i, const char *person, WfInstant since)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) holders = wf_store_list_holders (f->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (i, <, holders->len);
  g_assert_cmpstr (wf_store_get_name (f->store, g_array_index (holders, WfHolder, i).person), ==,
                   person);
  g_assert_cmpint (g_array_index (holders, WfHolder, i).since, ==, since);
}

static void
test_holders (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW + HOUR);
  g_autoptr (WfEvent) event =
      wf_test_event ("e-1", "activity.reassigned", "l-1", NOW + 20 * MINUTE);
  g_autoptr (GError) error = NULL;
  gboolean is_new;
  gint64 rowid;

  put_known (f, a, "ana", NOW);
  put_known (f, a, "ana", NOW + 5 * MINUTE);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM holders"), ==, 0);
  put_known (f, a, "bruno", NOW + 10 * MINUTE);
  assert_holder (f, 0, "ana", NOW);
  assert_holder (f, 1, "bruno", NOW + 10 * MINUTE);
  /* By the CRM's time, when it is told. */
  wf_store_fixture_begin (f);
  wf_store_set_now (f->store, NOW + HOUR);
  wf_store_add_event (f->store, event, NOW + 30 * MINUTE, &rowid, &is_new, &error);
  g_assert_no_error (error);
  g_set_str (&a->person, NULL);
  wf_store_put_activity (f->store, a, NULL, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  assert_holder (f, 2, NULL, NOW + 20 * MINUTE);
  /* A clock that goes back does not change the order: the later word counts. */
  put_known (f, a, "carla", NOW);
  assert_holder (f, 2, "carla", NOW + 20 * MINUTE);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM holders"), ==, 3);
}

/* A CRM that says when something was done only does not take away when it was cancelled. */
static void
test_closed (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW + HOUR);
  g_autoptr (GArray) facts = NULL, again = NULL;

  put_known (f, a, "ana", NOW);
  a->status = WF_ACTIVITY_CANCELLED;
  a->completed = NOW + MINUTE;
  put_known (f, a, "ana", NOW);
  a->completed = WF_INSTANT_NONE;
  a->sync = WF_SYNC_CONFIRMED;
  put_known (f, a, "ana", NOW);
  facts = list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
  g_assert_cmpint (g_array_index (facts, Fact, 0).closed, ==, NOW + MINUTE);
  a->status = WF_ACTIVITY_OPEN;
  put_known (f, a, "ana", NOW);
  again = list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE);
  g_assert_cmpint (g_array_index (again, Fact, 0).closed, ==, WF_INSTANT_NONE);
}

/* ---- leads ---- */

static void
set_lead (WfStoreFixture *f, const char *id, const char *text, WfInstant at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) lead = wf_json_document_parse (text, -1, 0, NULL);

  wf_store_fixture_begin (f);
  wf_store_set_lead (f->store, id, wf_json_document_get_root (lead), at, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
add_event (WfStoreFixture *f, const char *type, const char *data, WfInstant at)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"source\":\"/crm/test\",\"type\":\"%s\",\"data\":%s}", type, data);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfEvent) event =
      wf_event_read (document, wf_json_document_get_root (document), at, problems);
  gboolean is_new;
  gint64 rowid;

  g_assert_nonnull (event);
  wf_store_fixture_begin (f);
  wf_store_add_event (f->store, event, at, &rowid, &is_new, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

#define MOVED(from, to) "{\"lead\":\"l-1\",\"stage_from\":\"" from "\",\"stage_to\":\"" to "\"}"

static char *
describe_moves (WfStoreFixture *f, const char *lead)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) moves = wf_store_list_stage_moves (f->store, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < moves->len; i++)
    {
      const WfStageMove *move = &g_array_index (moves, WfStageMove, i);

      if (i > 0)
        g_assert_cmpuint (move[-1].lead, <=, move->lead);
      if (move->lead == wf_store_hash_lead (lead))
        g_string_append_printf (text, "%s@%d ", wf_store_get_name (f->store, move->stage),
                                (int) ((move->at - NOW) / MINUTE));
    }
  return g_string_free (text, FALSE);
}

static void
assert_moves (WfStoreFixture *f, const char *expected)
{
  g_autofree char *moves = describe_moves (f, "l-1");

  g_assert_cmpstr (moves, ==, expected);
}

static void
test_stage_moves (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;

  set_lead (f, "l-1", "{\"stage\":\"new\"}", NOW);
  set_lead (f, "l-1", "{\"stage\":\"new\"}", NOW + MINUTE);
  assert_moves (f, "new@0 ");
  /* The same told twice: by its event and by the lead, at the same time or later. */
  add_event (f, "lead.stage-changed", MOVED ("new", "filter"), NOW + 2 * MINUTE);
  set_lead (f, "l-1", "{\"stage\":\"filter\"}", NOW + 2 * MINUTE);
  set_lead (f, "l-1", "{\"stage\":\"filter\"}", NOW + 5 * MINUTE);
  assert_moves (f, "new@0 filter@2 ");
  /* By the lead first; its event comes late, and was earlier. */
  set_lead (f, "l-1", "{\"stage\":\"won\"}", NOW + 10 * MINUTE);
  assert_moves (f, "new@0 filter@2 won@10 ");
  add_event (f, "lead.stage-changed", MOVED ("filter", "won"), NOW + 8 * MINUTE);
  assert_moves (f, "new@0 filter@2 won@8 ");
  /* One from between, later still: it went to and fro. */
  add_event (f, "lead.stage-changed", MOVED ("filter", "visit"), NOW + 4 * MINUTE);
  add_event (f, "lead.stage-changed", MOVED ("visit", "filter"), NOW + 6 * MINUTE);
  assert_moves (f, "new@0 filter@2 visit@4 filter@6 won@8 ");
  /* An older state tells nothing that is not known. */
  set_lead (f, "l-1", "{\"stage\":\"filter\"}", NOW + 3 * MINUTE);
  assert_moves (f, "new@0 filter@2 visit@4 filter@6 won@8 ");
  set_lead (f, "l-1", "{}", NOW + 20 * MINUTE);
  assert_moves (f, "new@0 filter@2 visit@4 filter@6 won@8 ");
  wf_store_fixture_begin (f);
  wf_store_delete_lead (f->store, "l-1", &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  assert_moves (f, "");
}

/* Known by a move first: where it came from is where it began. */
static void
test_stage_before (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  add_event (f, "lead.stage-changed", MOVED ("new", "filter"), NOW + 2 * MINUTE);
  assert_moves (f, ""); /* nothing else is known of the lead */
  set_lead (f, "l-1", "{\"stage\":\"filter\"}", NOW + 2 * MINUTE);
  assert_moves (f, "new@2 filter@2 ");
  set_lead (f, "l-1", "{\"stage\":\"filter\",\"created\":\"2026-11-21T11:00:00Z\"}",
            NOW + 3 * MINUTE);
  assert_moves (f, "new@-60 filter@2 ");
}

static const WfLeadFacts *
find_lead (GArray *facts, const char *id)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_array_index (facts, WfLeadFacts, i).lead == wf_store_hash_lead (id))
      return &g_array_index (facts, WfLeadFacts, i);
  g_assert_not_reached ();
}

static void
assert_name (WfStoreFixture *f, guint32 number, const char *name)
{
  g_assert_cmpstr (wf_store_get_name (f->store, number), ==, name);
}

static void
test_lead_facts (void)
{
  static const char uuid[] = "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11";
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) facts = NULL;
  const WfLeadFacts *lead;
  g_autofree char *id = NULL;

  set_lead (
      f, "l-1",
      "{\"stage\":\"new\",\"owner\":\"ana\",\"source\":\"fair\",\"origin\":\"flow\",\"unit\":\"u-1\","
      "\"product\":\"p-1\",\"interest\":\"x\",\"value\":1234.5,\"created\":\"2026-11-21T11:00:00Z\"}",
      NOW);
  set_lead (f, uuid, "{\"custom\":{\"product\":\"p-2\"},\"interest\":\"x\",\"value\":\"12\"}", NOW);
  set_lead (f, "l-3", "{\"interest\":\"x\",\"last-contact\":\"2026-11-21T10:00:00Z\"}", NOW);
  add_event (f, "call.made", "{\"lead\":\"l-1\"}", NOW + 3 * HOUR);
  add_event (f, "email.sent", "{\"lead\":\"l-1\"}", NOW + 2 * HOUR);
  add_event (f, "email.replied", "{\"lead\":\"l-1\"}", NOW + 4 * HOUR);
  set_lead (f, uuid, "{\"custom\":{\"product\":\"p-2\"},\"interest\":\"x\",\"value\":\"12\"}",
            NOW + HOUR);
  facts = wf_store_list_lead_facts (f->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts->len, ==, 3);
  lead = find_lead (facts, "l-1");
  assert_name (f, lead->stage, "new");
  assert_name (f, lead->owner, "ana");
  assert_name (f, lead->source, "fair");
  assert_name (f, lead->origin, "flow");
  assert_name (f, lead->unit, "u-1");
  assert_name (f, lead->product, "p-1");
  g_assert_cmpfloat (lead->value, ==, 1234.5);
  g_assert_cmpint (lead->created, ==, NOW - HOUR);
  g_assert_cmpint (lead->first_contact, ==, NOW + 2 * HOUR);
  g_assert_cmpint (lead->stage_since, ==, NOW);
  id = wf_store_get_lead_id (f->store, lead->number);
  g_assert_cmpstr (id, ==, "l-1");
  lead = find_lead (facts, uuid);
  assert_name (f, lead->product, "p-2");
  g_assert_cmpfloat (lead->value, ==, 12);
  g_assert_cmpint (lead->created, ==, NOW);
  g_assert_cmpint (lead->first_contact, ==, WF_INSTANT_NONE);
  g_assert_cmpint (lead->stage_since, ==, WF_INSTANT_NONE);
  g_assert_cmpuint (lead->stage + lead->owner + lead->source + lead->origin + lead->unit, ==, 0);
  lead = find_lead (facts, "l-3");
  assert_name (f, lead->product, "x");
  g_assert_cmpint (lead->first_contact, ==, NOW - 2 * HOUR);
  g_assert_null (wf_store_get_lead_id (f->store, 12345));
}

/* What was changed here lies over what the CRM told. */
static void
test_local_lead_facts (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) facts = NULL;
  g_autoptr (WfJsonDocument) changed =
      wf_json_document_parse ("{\"stage\":\"won\",\"unit\":\"u-2\",\"value\":7}", -1, 0, NULL);
  const WfLeadFacts *lead;

  set_lead (f, "l-1", "{\"stage\":\"new\",\"unit\":\"u-1\"}", NOW);
  wf_store_fixture_begin (f);
  wf_store_set_lead_local (f->store, "l-1", wf_json_document_get_root (changed), WF_SYNC_LOCAL,
                           NULL, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  facts = wf_store_list_lead_facts (f->store, NULL, &error);
  g_assert_no_error (error);
  lead = find_lead (facts, "l-1");
  assert_name (f, lead->stage, "won");
  assert_name (f, lead->unit, "u-2");
  g_assert_cmpfloat (lead->value, ==, 7);
  g_assert_cmpint (lead->stage_since, ==, WF_INSTANT_NONE); /* the CRM has not moved it */
  assert_moves (f, "new@0 ");
}

static void
assert_stage (WfStore *store, const char *stage)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) facts = wf_store_list_lead_facts (store, NULL, &error);
  g_autoptr (GArray) moves = wf_store_list_stage_moves (store, NULL, &error);
  const WfLeadFacts *lead;

  g_assert_no_error (error);
  lead = find_lead (facts, "l-1");
  g_assert_cmpstr (wf_store_get_name (store, lead->stage), ==, stage);
  g_assert_cmpstr (
      wf_store_get_name (store, g_array_index (moves, WfStageMove, moves->len - 1).stage), ==,
      stage);
  /* What is handed out is the caller's own. */
  g_array_set_size (facts, 0);
  g_array_set_size (moves, 0);
}

/* Leads that were read stay in memory, but never longer than they are true. */
static void
test_kept_lead_facts (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) won = wf_json_document_parse ("{\"stage\":\"won\"}", -1, 0, NULL);
  WfStore *reader;

  set_lead (f, "l-1", "{\"stage\":\"new\"}", NOW);
  reader = wf_store_open (f->path, WF_STORE_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      assert_stage (f->store, "new");
      assert_stage (reader, "new");
    }
  set_lead (f, "l-1", "{\"stage\":\"filter\"}", NOW + MINUTE);
  assert_stage (f->store, "filter");
  assert_stage (reader, "filter");
  /* What a transaction changed counts in it, and no longer when it is undone. */
  wf_store_fixture_begin (f);
  wf_store_set_lead (f->store, "l-1", wf_json_document_get_root (won), NOW + 2 * MINUTE, &error);
  g_assert_no_error (error);
  assert_stage (f->store, "won");
  assert_stage (reader, "filter");
  wf_store_rollback (f->store);
  assert_stage (f->store, "filter");
  wf_store_release_memory (f->store);
  assert_stage (f->store, "filter");
  wf_store_close (reader);
}

static guint
count_moves (WfStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) moves = wf_store_list_stage_moves (store, NULL, &error);

  g_assert_no_error (error);
  return moves->len;
}

/* What is written besides does not make them be read again; what they say does. */
static void
test_lead_revision (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  gconstpointer kept;
  WfStore *reader;

  set_lead (f, "l-1", "{\"stage\":\"new\"}", NOW);
  reader = wf_store_open (f->path, WF_STORE_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_moves (reader), ==, 1);
  kept = reader->lead_facts;
  wf_store_fixture_begin (f);
  wf_store_set_fact (f->store, "cursor", "e-1", &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  fill (f, 3);
  execute (f, "DELETE FROM stage_moves"); /* by nobody who tells of it: it is not looked at again */
  g_assert_cmpuint (count_moves (reader), ==, 1);
  g_assert_true (reader->lead_facts == kept);
  set_lead (f, "l-2", "{\"stage\":\"new\"}", NOW);
  set_lead (f, "l-2", "{\"stage\":\"won\"}", NOW + MINUTE);
  g_assert_cmpuint (count_moves (reader), ==, 3); /* of the other lead nothing is read */
  g_assert_true (reader->lead_facts == kept);
  wf_store_close (reader);
}

/* ---- how far it is ---- */

typedef struct
{
  guint n_told, n_read, n_to_read;
} Progress;

static gboolean
on_any_facts (const WfActivityFacts *facts, gpointer user_data)
{
  return TRUE;
}

static void
on_progress (guint n_read, guint n_to_read, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpuint (n_read, >=, progress->n_read);
  g_assert_cmpuint (n_read, <=, n_to_read);
  if (progress->n_told++ == 0)
    g_assert_cmpuint (n_read, ==, 0);
  progress->n_read = n_read;
  progress->n_to_read = n_to_read;
}

static Progress
walk_with_progress (WfStore *store)
{
  g_autoptr (GError) error = NULL;
  Progress progress = { 0 };
  gpointer walker = &progress;

  wf_store_walk_activity_facts (store, WF_INSTANT_NONE, WF_INSTANT_NONE, NULL, on_any_facts,
                                on_progress, &walker, 1, &error);
  g_assert_no_error (error);
  return progress;
}

/* Told while blocks are read from their rows, which are not the newest one. */
static void
test_progress (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  Progress progress;

  fill (f, 10);
  progress = walk_with_progress (f->store);
  g_assert_cmpuint (progress.n_told, ==, 0);
  execute (f, "UPDATE activities SET no = no + 20000 WHERE no > 5");
  progress = walk_with_progress (f->store);
  g_assert_cmpuint (progress.n_to_read, ==, 2);
  g_assert_cmpuint (progress.n_read, ==, 2);
  save_all (f, FALSE);
  progress = walk_with_progress (f->store);
  g_assert_cmpuint (progress.n_told, ==, 0);
}

/* ---- how it is read ---- */

static void
assert_plan (sqlite3 *db, const char *sql, const char *expected)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *plan = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, explain, -1, &plan, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (plan), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (plan, 3), ==, expected);
  g_assert_cmpint (sqlite3_step (plan), ==, SQLITE_DONE);
  sqlite3_finalize (plan);
}

/* Rows in the order of their tables or covering indexes, and nothing is sorted. */
static void
test_plans (void)
{
  static const struct
  {
    const char *beginning, *expected;
  } plans[] = {
    { "SELECT no, status, flags",
      "SEARCH activities USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)" },
    { "SELECT activity, since, person FROM holders WHERE",
      "SEARCH holders USING PRIMARY KEY (activity>? AND activity<?)" },
    { "SELECT activity, person, since FROM holders ORDER", "SCAN holders" },
    { "SELECT activity, kind, shown",
      "SEARCH receipts USING COVERING INDEX receipts_activity (activity>? AND activity<?)" },
    { "SELECT block, stale", "SCAN fact_zones" },
    { "SELECT columns", "SEARCH fact_blocks USING INTEGER PRIMARY KEY (rowid=?)" },
    { "SELECT no, heard", "SCAN leads USING COVERING INDEX leads_facts" },
    { "SELECT lead, at, stage, before",
      "SEARCH stage_moves USING PRIMARY KEY (lead>? AND lead<?)" },
    { "SELECT lead, first", "SCAN contacts" },
    { "SELECT lead FROM activities", "SCAN activities USING COVERING INDEX activities_person" },
  };
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint found = 0;

  fill (f, 10);
  save_all (f, TRUE);
  g_array_unref (list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE));
  execute (f, "UPDATE fact_zones SET stale = 1");
  g_array_unref (list_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE));
  g_array_unref (wf_store_list_holders (f->store, NULL, &error));
  g_array_unref (wf_store_list_lead_facts (f->store, NULL, &error));
  g_array_unref (wf_store_list_leads_with_next (f->store, NULL, &error));
  for (sqlite3_stmt *s = sqlite3_next_stmt (f->store->db, NULL); s != NULL;
       s = sqlite3_next_stmt (f->store->db, s))
    for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
      if (g_str_has_prefix (sqlite3_sql (s), plans[i].beginning))
        {
          assert_plan (f->store->db, sqlite3_sql (s), plans[i].expected);
          found |= 1u << i;
        }
  g_assert_cmphex (found, ==, (1u << G_N_ELEMENTS (plans)) - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/facts/model/1", GUINT_TO_POINTER (1), test_model);
  g_test_add_data_func ("/store/facts/model/2", GUINT_TO_POINTER (2), test_model);
  g_test_add_data_func ("/store/facts/model/3", GUINT_TO_POINTER (3), test_model);
  g_test_add_func ("/store/facts/saving", test_saving);
  g_test_add_func ("/store/facts/stale", test_stale);
  g_test_add_func ("/store/facts/stored-is-used", test_stored_is_used);
  g_test_add_func ("/store/facts/other-connection", test_other_connection);
  g_test_add_func ("/store/facts/zones", test_zones);
  g_test_add_func ("/store/facts/enough-and-cancelled", test_enough_and_cancelled);
  g_test_add_func ("/store/facts/stale-elsewhere", test_stale_elsewhere);
  g_test_add_func ("/store/facts/threads", test_threads);
  g_test_add_func ("/store/facts/by-number", test_by_number);
  g_test_add_func ("/store/facts/holders", test_holders);
  g_test_add_func ("/store/facts/closed", test_closed);
  g_test_add_func ("/store/facts/stage-moves", test_stage_moves);
  g_test_add_func ("/store/facts/kept-lead-facts", test_kept_lead_facts);
  g_test_add_func ("/store/facts/lead-revision", test_lead_revision);
  g_test_add_func ("/store/facts/progress", test_progress);
  g_test_add_func ("/store/facts/stage-before", test_stage_before);
  g_test_add_func ("/store/facts/leads", test_lead_facts);
  g_test_add_func ("/store/facts/local-leads", test_local_lead_facts);
  g_test_add_func ("/store/facts/plans", test_plans);
  return g_test_run ();
}
