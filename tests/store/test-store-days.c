/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists, counts and days of activities against a plain walk over all of them, with every mixture of conditions; and that they
 * are answered by the indexes. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"
#include "wf-store-private.h"

#include <string.h>

#define ACTIVITIES 4000
#define LEADS 40
#define ROUNDS 1500

static const char *const people[] = { "ana", "bruno", "carla", "davi", "elisa" };
static const char *const types[] = { "call", "filter-1", "visit", "proposal" };
static const char *const workflows[] = { NULL, "w-1", "w-2", "w-3" };
static const char *const origins[] = { NULL, "web", "flow" };
static const char *const titles[] = { "Ligar", "Reunião de decisão", "Enviar PROPOSTA", "Visita" };
static const char *const notes[] = { NULL, "Falar com José sobre preço", "urgente", "Zürich" };
static const char *const texts[] = { "jose", "DECISAO",       "propos", "lead 1",
                                     "zur",  "nothing of it", "é" };

typedef struct
{
  WfStoreFixture *f;
  GRand *random;
  GPtrArray *all; /* (owned) of WfActivity */
  const char *origin[LEADS];
  WfInstant now;
} World;

static guint
pick (World *w, guint n)
{
  return (guint) g_rand_int_range (w->random, 0, (gint32) n);
}

/* ---- the world ---- */

/* Many on the same instant, and some exactly on the bounds of days. */
static WfInstant
pick_due (World *w)
{
  WfInstant day = NOW - 30 * DAY + (WfInstant) pick (w, 60) * DAY;

  switch (pick (w, 6))
    {
    case 0:
      return WF_INSTANT_NONE;
    case 1:
      return day;
    case 2:
      return day - 1;
    case 3:
      return NOW - (WfInstant) pick (w, 3) + 1;
    default:
      return day + (WfInstant) pick (w, 24 * 4) * 15 * MINUTE;
    }
}

static WfActivity *
make_activity (World *w, guint i)
{
  g_autofree char *id = i % 2 == 0 ? g_strdup_printf ("a-%u", i) : wf_test_uuid (i);
  WfActivity *a = wf_test_activity (id, pick_due (w));
  guint lead = pick (w, LEADS + 4);

  g_set_str (&a->person, pick (w, 8) == 0 ? NULL : people[pick (w, G_N_ELEMENTS (people))]);
  g_set_str (&a->type, types[pick (w, G_N_ELEMENTS (types))]);
  g_set_str (&a->workflow, workflows[pick (w, G_N_ELEMENTS (workflows))]);
  g_set_str (&a->title, titles[pick (w, G_N_ELEMENTS (titles))]);
  g_set_str (&a->notes, notes[pick (w, G_N_ELEMENTS (notes))]);
  g_clear_pointer (&a->lead, g_free);
  g_clear_pointer (&a->lead_name, g_free);
  if (lead < LEADS)
    {
      a->lead = g_strdup_printf ("l-%u", lead);
      a->lead_name = g_strdup_printf ("Lead %u", lead);
    }
  a->status = pick (w, 2) == 0 ? WF_ACTIVITY_OPEN : (WfActivityStatus) pick (w, 4);
  if (a->status != WF_ACTIVITY_OPEN && pick (w, 10) > 0)
    a->completed = a->due == WF_INSTANT_NONE ? NOW : a->due + ((WfInstant) pick (w, 3) - 1) * HOUR;
  if (pick (w, 5) == 0)
    a->visible_from = NOW + ((WfInstant) pick (w, 40) - 20) * HOUR;
  return a;
}

static void
set_origin (World *w, guint lead, const char *origin)
{
  g_autofree char *id = g_strdup_printf ("l-%u", lead);
  g_autofree char *text = origin == NULL
                              ? g_strdup_printf ("{\"id\":\"%s\"}", id)
                              : g_strdup_printf ("{\"id\":\"%s\",\"origin\":\"%s\"}", id, origin);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (GError) error = NULL;

  wf_store_set_lead (w->f->store, id, wf_json_document_get_root (document), w->now++, &error);
  g_assert_no_error (error);
  w->origin[lead] = origin;
}

static void
put (World *w, guint i)
{
  g_autoptr (GError) error = NULL;
  WfActivity *a = make_activity (w, i);

  wf_store_put_activity (w->f->store, a, NULL, &error);
  g_assert_no_error (error);
  if (i < w->all->len)
    {
      wf_activity_unref (w->all->pdata[i]);
      w->all->pdata[i] = a;
    }
  else
    g_ptr_array_add (w->all, a);
}

/* Rows are inserted, then a part of them replaced, then leads change their origin. */
static World *
world_new (guint32 seed)
{
  World *w = g_new0 (World, 1);

  w->f = wf_store_fixture_new ();
  w->random = g_rand_new_with_seed (seed);
  w->all = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  w->now = NOW;
  for (guint part = 0; part < 8; part++)
    {
      wf_store_fixture_begin (w->f);
      for (guint i = 0; i < LEADS / 2; i++)
        set_origin (w, pick (w, LEADS), origins[pick (w, 3)]);
      for (guint i = 0; i < ACTIVITIES / 8; i++)
        put (w, w->all->len);
      for (guint i = 0; i < ACTIVITIES / 16; i++)
        put (w, pick (w, w->all->len));
      wf_store_fixture_commit (w->f);
    }
  return w;
}

static void
world_free (World *w)
{
  g_ptr_array_unref (w->all);
  g_rand_free (w->random);
  wf_store_fixture_free (w->f);
  g_free (w);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* ---- questions ---- */

typedef struct
{
  WfActivityQuery query;
  const char *people[4], *types[4], *workflows[4];
} Question;

static const char *const *
pick_list (World *w, const char **list, const char *const *from, guint n)
{
  guint length = pick (w, 4);

  for (guint i = 0; i < length; i++)
    list[i] = pick (w, 12) == 0 ? "unknown" : from[pick (w, n)];
  list[length] = NULL;
  return list;
}

static void
pick_question (World *w, Question *question)
{
  WfActivityQuery *q = &question->query;
  static char lead[16];

  *q = (WfActivityQuery) { .scope = (WfActivityScope) pick (w, 3),
                           .now = NOW + ((WfInstant) pick (w, 5) - 2) * 10 * HOUR,
                           .due_from = WF_INSTANT_NONE,
                           .due_until = WF_INSTANT_NONE };
  if (pick (w, 4) == 0)
    q->person = people[pick (w, G_N_ELEMENTS (people))];
  q->unassigned = pick (w, 8) == 0;
  if (pick (w, 8) == 0)
    {
      g_snprintf (lead, sizeof lead, "l-%u", pick (w, LEADS));
      q->lead = lead;
    }
  if (pick (w, 3) == 0)
    q->origin = origins[1 + pick (w, 2)];
  if (pick (w, 2) == 0)
    q->due_from = pick_due (w);
  if (pick (w, 2) == 0)
    q->due_until = pick_due (w);
  if (pick (w, 3) == 0)
    q->people = pick_list (w, question->people, people, G_N_ELEMENTS (people));
  if (pick (w, 4) == 0)
    q->types = pick_list (w, question->types, types, G_N_ELEMENTS (types));
  if (pick (w, 4) == 0)
    q->workflows = pick_list (w, question->workflows, workflows + 1, G_N_ELEMENTS (workflows) - 1);
  if (pick (w, 4) == 0)
    q->text = texts[pick (w, G_N_ELEMENTS (texts))];
  q->also_hidden = pick (w, 3) == 0;
  q->only_late = pick (w, 5) == 0;
}

static gboolean
is_in (const char *const *list, const char *name)
{
  return list == NULL || (name != NULL && g_strv_contains (list, name));
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *folded = text != NULL ? g_str_to_ascii (text, "C") : NULL;
  g_autofree char *small = folded != NULL ? g_ascii_strdown (folded, -1) : NULL;
  g_autofree char *wanted = g_str_to_ascii (part, "C");
  g_autofree char *wanted_small = g_ascii_strdown (wanted, -1);

  return small != NULL && strstr (small, wanted_small) != NULL;
}

static gboolean
has_origin (World *w, const WfActivity *a, const char *origin)
{
  const char *own = a->lead != NULL ? w->origin[atoi (a->lead + 2)] : NULL;

  return origin == NULL || g_str_equal (own != NULL ? own : "web", origin);
}

static gboolean
is_person_meant (const WfActivity *a, const WfActivityQuery *q)
{
  if (q->unassigned)
    return a->person == NULL && q->people == NULL;
  return (q->person == NULL || g_strcmp0 (a->person, q->person) == 0) &&
         is_in (q->people, a->person);
}

static gboolean
is_state_meant (const WfActivity *a, const WfActivityQuery *q)
{
  gboolean open = a->status == WF_ACTIVITY_OPEN;

  if (q->only_late && (!open || a->due == WF_INSTANT_NONE || a->due >= q->now))
    return FALSE;
  if (q->scope == WF_ACTIVITIES_OPEN && !q->also_hidden && a->visible_from != WF_INSTANT_NONE &&
      a->visible_from > q->now)
    return FALSE;
  return q->scope == WF_ACTIVITIES_ALL || open == (q->scope == WF_ACTIVITIES_OPEN);
}

static gboolean
is_due_in (const WfActivity *a, WfInstant from, WfInstant until)
{
  if (a->due == WF_INSTANT_NONE)
    return from == WF_INSTANT_NONE && until == WF_INSTANT_NONE;
  return (from == WF_INSTANT_NONE || a->due >= from) &&
         (until == WF_INSTANT_NONE || a->due < until);
}

static gboolean
is_meant (World *w, const WfActivity *a, const WfActivityQuery *q)
{
  return is_person_meant (a, q) && is_state_meant (a, q) &&
         (q->lead == NULL || g_strcmp0 (a->lead, q->lead) == 0) && has_origin (w, a, q->origin) &&
         is_in (q->types, a->type) && is_in (q->workflows, a->workflow) &&
         (q->text == NULL || contains (a->title, q->text) || contains (a->lead_name, q->text) ||
          contains (a->notes, q->text));
}

static GHashTable *
find_all (World *w, const WfActivityQuery *q, WfInstant from, WfInstant until)
{
  GHashTable *found = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < w->all->len; i++)
    {
      const WfActivity *a = w->all->pdata[i];

      if (is_meant (w, a, q) && is_due_in (a, from, until))
        g_hash_table_insert (found, a->id, (gpointer) a);
    }
  return found;
}

/* All that are meant, each once, by due. */
static void
assert_list (const GPtrArray *list, GHashTable *expected)
{
  WfInstant last = WF_INSTANT_NONE;

  g_assert_cmpuint (list->len, ==, g_hash_table_size (expected));
  for (guint i = 0; i < list->len; i++)
    {
      const WfActivity *a = list->pdata[i];

      g_assert_true (g_hash_table_contains (expected, a->id));
      g_assert_cmpint (a->due, >=, last);
      last = a->due;
      g_hash_table_remove (expected, a->id);
    }
}

static void
assert_pages (World *w, const WfActivityQuery *query, const GPtrArray *whole)
{
  WfActivityQuery page = *query;

  page.offset = pick (w, whole->len + 3);
  page.limit = 1 + pick (w, 20);
  g_autoptr (GPtrArray) list = wf_store_list_activities (w->f->store, &page);

  g_assert_cmpuint (list->len, ==, MIN (page.limit, whole->len - MIN (whole->len, page.offset)));
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpstr (((WfActivity *) list->pdata[i])->id, ==,
                     ((WfActivity *) whole->pdata[page.offset + i])->id);
}

static void
test_lists (void)
{
  g_autoptr (World) w = world_new (20261120);
  guint found = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      Question question;
      const WfActivityQuery *q = &question.query;

      pick_question (w, &question);
      g_autoptr (GHashTable) expected = find_all (w, q, q->due_from, q->due_until);
      g_autoptr (GPtrArray) list = wf_store_list_activities (w->f->store, q);

      found += list->len > 0;
      g_assert_cmpuint (wf_store_count_activities (w->f->store, q), ==,
                        g_hash_table_size (expected));
      assert_list (list, expected);
      assert_pages (w, q, list);
    }
  g_assert_cmpuint (found, >, ROUNDS / 4);
}

/* ---- days ---- */

/* Days of 23, 24 and 25 hours and of a zone that is not whole hours off. */
static guint
pick_bounds (World *w, WfInstant *bounds)
{
  guint n = 1 + pick (w, 42);
  WfInstant at = NOW - 25 * DAY + (WfInstant) pick (w, 4) * 15 * MINUTE;

  for (guint i = 0; i <= n; i++)
    {
      bounds[i] = at;
      at += DAY + (pick (w, 10) == 0 ? ((WfInstant) pick (w, 3) - 1) * HOUR : 0);
    }
  return n;
}

static void
count_expected (GHashTable *expected, WfInstant now, WfDayFigures *figures)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const WfActivity *a = value;

      if (a->status == WF_ACTIVITY_OPEN)
        figures->open++;
      else if (a->status == WF_ACTIVITY_DONE)
        figures->done++;
      else
        figures->closed++;
      figures->late += a->status == WF_ACTIVITY_OPEN && wf_activity_is_late (a, now);
      figures->done_late += a->status == WF_ACTIVITY_DONE && a->completed != WF_INSTANT_NONE &&
                            a->completed > a->due;
    }
}

static void
assert_day (World *w, const WfActivityQuery *q, const WfCalendarDays *days, guint day,
            const WfInstant *bounds, guint per_day)
{
  g_autoptr (GHashTable) expected = find_all (w, q, bounds[day], bounds[day + 1]);
  const WfDayFigures *counts = &days->counts[day];
  WfDayFigures wanted = { 0 };
  const GPtrArray *first = days->first[day];
  WfInstant last = WF_INSTANT_NONE;

  count_expected (expected, q->now, &wanted);
  g_assert_cmpuint (counts->open, ==, wanted.open);
  g_assert_cmpuint (counts->late, ==, wanted.late);
  g_assert_cmpuint (counts->done, ==, wanted.done);
  g_assert_cmpuint (counts->done_late, ==, wanted.done_late);
  g_assert_cmpuint (counts->closed, ==, wanted.closed);
  g_assert_cmpuint (first->len, ==, MIN (per_day, g_hash_table_size (expected)));
  for (guint i = 0; i < first->len; i++)
    {
      const WfActivity *a = first->pdata[i];

      g_assert_true (g_hash_table_contains (expected, a->id));
      g_assert_cmpint (a->due, >=, last);
      last = a->due;
    }
}

static void
test_days (void)
{
  g_autoptr (World) w = world_new (7);

  for (guint round = 0; round < ROUNDS / 10; round++)
    {
      WfInstant bounds[44];
      guint n = pick_bounds (w, bounds), per_day = pick (w, 4) * 3;
      Question question;

      pick_question (w, &question);
      if (round % 3 == 0) /* what the counts of hours answer */
        question.query = (WfActivityQuery) { .scope = question.query.scope,
                                             .origin = question.query.origin,
                                             .now = question.query.now,
                                             .also_hidden = question.query.also_hidden,
                                             .only_late = question.query.only_late };
      g_autoptr (WfCalendarDays) days =
          wf_store_list_days (w->f->store, &question.query, bounds, n, per_day);

      g_assert_cmpuint (days->n_days, ==, n);
      for (guint i = 0; i < n; i++)
        assert_day (w, &question.query, days, i, bounds, per_day);
    }
}

/* Half-open: exactly at a bound belongs to the day that begins there; late only after the deadline (S22). */
static void
test_bounds (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  const WfInstant bounds[] = { NOW, NOW + DAY, NOW + 2 * DAY };
  const WfInstant dues[] = { NOW - 1, NOW, NOW + DAY - 1, NOW + DAY, NOW + 2 * DAY };
  WfActivityQuery query = { .scope = WF_ACTIVITIES_ALL, .now = NOW + DAY - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (dues); i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_autoptr (WfActivity) a = wf_test_activity (id, dues[i]);

      wf_store_fixture_put (f, a);
    }
  g_autoptr (WfCalendarDays) days = wf_store_list_days (f->store, &query, bounds, 2, 8);
  g_assert_cmpuint (days->counts[0].open, ==, 2);
  g_assert_cmpuint (days->counts[0].late, ==, 1); /* the other is due exactly now */
  g_assert_cmpuint (days->counts[1].open, ==, 1);
  g_assert_cmpuint (days->counts[1].late, ==, 0);
  g_assert_cmpstr (((WfActivity *) days->first[1]->pdata[0])->id, ==, "a-3");
  g_autoptr (WfCalendarDays) none = wf_store_list_days (f->store, &query, bounds, 0, 8);
  g_assert_cmpuint (none->n_days, ==, 0);
}

/* What a transaction has not committed yet is seen inside it and not after it was rolled back. */
static void
test_rollback (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  const WfInstant bounds[] = { NOW - DAY, NOW + DAY };
  WfActivityQuery query = { .scope = WF_ACTIVITIES_ALL, .now = NOW };
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW), b = wf_test_activity ("a-2", NOW);
  g_autoptr (WfCalendarDays) inside = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  wf_store_fixture_put (f, a);
  wf_store_fixture_begin (f);
  wf_store_put_activity (f->store, b, NULL, &error);
  g_assert_no_error (error);
  inside = wf_store_list_days (f->store, &query, bounds, 1, 0);
  g_assert_cmpuint (inside->counts[0].open, ==, 2);
  wf_store_rollback (f->store);
  after = wf_store_list_days (f->store, &query, bounds, 1, 0);
  g_assert_cmpuint (after->counts[0].open, ==, 1);
}

/* ---- people ---- */

static void
test_load (void)
{
  g_autoptr (World) w = world_new (11);
  static const char *const who[] = { "ana", "nobody", "carla", NULL };
  WfInstant bounds[44];
  guint n = pick_bounds (w, bounds);
  g_autofree guint *counts = g_new (guint, 3 * n);

  wf_store_count_load (w->f->store, who, bounds, n, counts);
  for (guint p = 0; who[p] != NULL; p++)
    for (guint d = 0; d < n; d++)
      {
        WfActivityQuery q = { .scope = WF_ACTIVITIES_OPEN, .person = who[p], .also_hidden = TRUE };
        g_autoptr (GHashTable) expected = find_all (w, &q, bounds[d], bounds[d + 1]);

        g_assert_cmpuint (counts[p * n + d], ==, g_hash_table_size (expected));
      }
}

static void
assert_person_count (World *w, const WfPersonCount *count, const char *origin, WfInstant soon)
{
  WfActivityQuery q = { .scope = WF_ACTIVITIES_OPEN,
                        .person = count->person,
                        .unassigned = count->person == NULL,
                        .origin = origin,
                        .now = NOW };
  g_autoptr (GHashTable) open = find_all (w, &q, WF_INSTANT_NONE, WF_INSTANT_NONE);
  g_autoptr (GHashTable) late = find_all (w, &q, G_MININT64 + 1, NOW);
  g_autoptr (GHashTable) near = find_all (w, &q, NOW, soon);
  WfInstant oldest = WF_INSTANT_NONE;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, late);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (oldest == WF_INSTANT_NONE || ((WfActivity *) value)->due < oldest)
      oldest = ((WfActivity *) value)->due;
  g_assert_cmpuint (count->open, ==, g_hash_table_size (open));
  g_assert_cmpuint (count->late, ==, g_hash_table_size (late));
  g_assert_cmpuint (count->soon, ==, g_hash_table_size (near));
  g_assert_cmpint (count->oldest, ==, oldest);
}

static void
test_people (void)
{
  g_autoptr (World) w = world_new (12);

  for (guint o = 0; o < G_N_ELEMENTS (origins); o++)
    {
      g_autoptr (GPtrArray) counts =
          wf_store_count_people (w->f->store, NOW, NOW + HOUR, origins[o]);

      g_assert_cmpuint (counts->len, ==, G_N_ELEMENTS (people) + 1);
      for (guint i = 0; i < counts->len; i++)
        assert_person_count (w, counts->pdata[i], origins[o], NOW + HOUR);
    }
  g_autoptr (GPtrArray) none = wf_store_count_people (w->f->store, NOW, NOW + HOUR, "mars");
  g_assert_cmpuint (none->len, ==, 0);
}

/* ---- how it is answered ---- */

static void
assert_plan (sqlite3 *db, const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *plan = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, explain, -1, &plan, NULL), ==, SQLITE_OK);
  while (sqlite3_step (plan) == SQLITE_ROW)
    {
      const char *step = (const char *) sqlite3_column_text (plan, 3);

      if (g_str_has_prefix (step, "SCAN activities"))
        g_assert_nonnull (strstr (step, " USING "));
      g_assert_null (strstr (step, "activities USING INDEX")); /* which reads rows */
      g_assert_null (strstr (step, "TEMP B-TREE"));
    }
  sqlite3_finalize (plan);
}

/* Not what storing asks. */
static gboolean
is_of_questions (const char *sql)
{
  static const char *const indexes[] = { "activities_person", "activities_open",
                                         "activities_closed" };

  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    if (strstr (sql, indexes[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Every question of above: an index has all that it needs, and no list is sorted but that of one lead. */
static void
test_plans (void)
{
  g_autoptr (World) w = world_new (3);
  guint n = 0;

  for (guint round = 0; round < 400; round++)
    {
      WfInstant bounds[44];
      guint n_days = pick_bounds (w, bounds);
      Question question;

      pick_question (w, &question);
      question.query.lead = NULL;
      g_autoptr (GPtrArray) list = wf_store_list_activities (w->f->store, &question.query);
      g_autoptr (WfCalendarDays) days =
          wf_store_list_days (w->f->store, &question.query, bounds, n_days, 3);
      (void) wf_store_count_activities (w->f->store, &question.query);
    }
  g_autoptr (GPtrArray) counts = wf_store_count_people (w->f->store, NOW, NOW + HOUR, NULL);
  for (sqlite3_stmt *s = sqlite3_next_stmt (w->f->store->db, NULL); s != NULL;
       s = sqlite3_next_stmt (w->f->store->db, s))
    if (is_of_questions (sqlite3_sql (s)))
      {
        assert_plan (w->f->store->db, sqlite3_sql (s));
        n++;
      }
  g_assert_cmpuint (n, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/days/lists", test_lists);
  g_test_add_func ("/store/days/days", test_days);
  g_test_add_func ("/store/days/bounds", test_bounds);
  g_test_add_func ("/store/days/rollback", test_rollback);
  g_test_add_func ("/store/days/load", test_load);
  g_test_add_func ("/store/days/people", test_people);
  g_test_add_func ("/store/days/plans", test_plans);

  return g_test_run ();
}
