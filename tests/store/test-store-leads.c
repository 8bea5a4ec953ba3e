/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads as a table against a plain walk over all of them; a lead's card, its last contact, and its line of time. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-json-writer.h"
#include "wf-store-fixture.h"

#include <string.h>

#define LEADS 600
#define ACTIVITIES 500
#define ROUNDS 600

static const char *const names[] = { "Padaria Sol", "padaria sol", "Água Viva", "agua mole",
                                     "Zürich AG",   "Ótica",       "Ömer" };
static const char *const companies[] = { NULL, "Companhia São José", "Acme", "" };
static const char *const phones[] = { NULL, "+55 (11) 99876-5432", "11 5555-0100" };
static const char *const emails[] = { NULL, "contato@padaria.example", "JOSE@acme.example" };
static const char *const stages[] = { NULL, "new", "filter-1", "unheard-of", "won", "discarded" };
static const char *const owners[] = { NULL, "ana", "bruno", "zoe", "ghost" };
static const char *const sources[] = { NULL, "marketing-platform", "fair" };
static const char *const origins[] = { NULL, "web", "flow" };
static const char *const texts[] = { "SOL",   "agua",      "sao jose", "99876", "(11) 99",
                                     "jose@", "5555 0100", "nothing",  "ö" };

/* What the test knows of a lead. */
typedef struct
{
  char *id; /* (owned) */
  const char *name, *company, *phone, *email, *stage, *owner, *source, *origin;
  int score; /* -1: none */
  WfInstant created, contact, next;
  guint n_open;
} Known;

typedef struct
{
  WfStoreFixture *f;
  GRand *random;
  Known leads[LEADS];
  WfInstant now;
} World;

#define pick_of(w, array) ((array)[pick ((w), G_N_ELEMENTS (array))])

static guint
pick (World *w, guint n)
{
  return (guint) g_rand_int_range (w->random, 0, (gint32) n);
}

/* ---- the world ---- */

static void
set_organisation (WfStoreFixture *f)
{
  static const char text[] =
      "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\",\"people\":["
      "{\"id\":\"ana\",\"name\":\"Élida\",\"role\":\"attendant\",\"active\":true},"
      "{\"id\":\"bruno\",\"name\":\"Zacarias\",\"role\":\"attendant\",\"active\":true},"
      "{\"id\":\"zoe\",\"name\":\"abel\",\"role\":\"attendant\",\"active\":true}],"
      "\"pipelines\":[{\"id\":\"p\",\"record\":\"lead\",\"stages\":[{\"id\":\"new\",\"name\":\"New\"},"
      "{\"id\":\"filter-1\",\"name\":\"F\"},{\"id\":\"won\",\"name\":\"Won\"},"
      "{\"id\":\"discarded\",\"name\":\"No\"}]}]}";
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfOrganisation) organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (organisation);
  wf_store_fixture_begin (f);
  wf_store_set_organisation (f->store, organisation, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static WfJsonDocument *
write_lead (const Known *k)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *created =
      k->created != WF_INSTANT_NONE
          ? g_strdup_printf ("2026-01-01T00:00:00.%06dZ", (int) (k->created % G_USEC_PER_SEC))
          : NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "name", k->name);
  wf_json_writer_add_string (writer, "company", k->company);
  wf_json_writer_add_string (writer, "phone", k->phone);
  wf_json_writer_add_string (writer, "email", k->email);
  wf_json_writer_add_string (writer, "stage", k->stage);
  wf_json_writer_add_string (writer, "owner", k->owner);
  wf_json_writer_add_string (writer, "source", k->source);
  wf_json_writer_add_string (writer, "origin", k->origin);
  wf_json_writer_add_string (writer, "created", created);
  if (k->score >= 0)
    wf_json_writer_add_int (writer, "score", k->score);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

#define YEAR G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01 */

static void
put_lead (World *w, guint i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = NULL;
  Known *k = &w->leads[i];

  k->name = pick_of (w, names);
  k->company = pick_of (w, companies);
  k->phone = pick_of (w, phones);
  k->email = pick_of (w, emails);
  k->stage = pick_of (w, stages);
  k->owner = pick_of (w, owners);
  k->source = pick_of (w, sources);
  k->origin = pick_of (w, origins);
  k->score = (int) pick (w, 12) - 1;
  k->created = pick (w, 5) == 0 ? WF_INSTANT_NONE : YEAR + pick (w, 1000);
  document = write_lead (k);
  wf_store_set_lead (w->f->store, k->id, wf_json_document_get_root (document), w->now++, &error);
  g_assert_no_error (error);
}

static void
put_activity (World *w, guint i)
{
  g_autofree char *id = g_strdup_printf ("a-%u", i);
  g_autoptr (WfActivity) a =
      wf_test_activity (id, pick (w, 10) == 0 ? WF_INSTANT_NONE : NOW + pick (w, 50) * HOUR);
  g_autoptr (GError) error = NULL;
  Known *k = &w->leads[pick (w, LEADS)];

  g_set_str (&a->lead, k->id);
  g_set_str (&a->person, pick_of (w, owners));
  a->status = pick (w, 3) == 0 ? WF_ACTIVITY_CANCELLED : WF_ACTIVITY_OPEN;
  a->visible_from = pick (w, 4) == 0 ? NOW + DAY : WF_INSTANT_NONE;
  wf_store_put_activity (w->f->store, a, NULL, &error);
  g_assert_no_error (error);
  if (a->status != WF_ACTIVITY_OPEN)
    return;
  k->n_open++;
  if (a->due != WF_INSTANT_NONE && (k->next == WF_INSTANT_NONE || a->due < k->next))
    k->next = a->due;
}

static void
add_contact (World *w, guint i)
{
  static const char *const types[] = { "email.replied", "lead.updated", "call.made",
                                       "meeting.scheduled" };
  Known *k = &w->leads[pick (w, LEADS)];
  g_autofree char *id = g_strdup_printf ("e-%u", i);
  const char *type = pick_of (w, types);
  WfInstant at = NOW - (WfInstant) pick (w, 5000) * MINUTE;
  g_autoptr (WfEvent) event = wf_test_event (id, type, k->id, at);
  g_autoptr (GError) error = NULL;
  gboolean is_new;
  gint64 rowid;

  wf_store_add_event (w->f->store, event, NOW, &rowid, &is_new, &error);
  g_assert_no_error (error);
  if (g_str_equal (type, "email.replied") || g_str_equal (type, "call.made"))
    k->contact = MAX (k->contact, at);
}

static World *
world_new (guint32 seed)
{
  World *w = g_new0 (World, 1);

  w->f = wf_store_fixture_new ();
  w->random = g_rand_new_with_seed (seed);
  w->now = NOW;
  set_organisation (w->f);
  wf_store_fixture_begin (w->f);
  for (guint i = 0; i < LEADS; i++)
    {
      w->leads[i].id = i % 2 == 0 ? g_strdup_printf ("l-%u", i) : wf_test_uuid (i);
      w->leads[i].contact = w->leads[i].next = WF_INSTANT_NONE;
      put_lead (w, i);
    }
  for (guint i = 0; i < LEADS / 2; i++)
    put_lead (w, pick (w, LEADS)); /* changed */
  for (guint i = 0; i < ACTIVITIES; i++)
    put_activity (w, i);
  for (guint i = 0; i < ACTIVITIES; i++)
    add_contact (w, i);
  wf_store_fixture_commit (w->f);
  return w;
}

static void
world_free (World *w)
{
  for (guint i = 0; i < LEADS; i++)
    g_free (w->leads[i].id);
  g_rand_free (w->random);
  wf_store_fixture_free (w->f);
  g_free (w);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* ---- questions ---- */

typedef struct
{
  WfLeadQuery query;
  const char *stages[4], *owners[4], *sources[4];
} Question;

static const char *const *
pick_list (World *w, const char **list, const char *const *from, guint n)
{
  guint length = pick (w, 4);

  for (guint i = 0; i < length; i++)
    list[i] = pick (w, 12) == 0 ? "unknown" : from[1 + pick (w, n - 1)];
  list[length] = NULL;
  return list;
}

static void
pick_question (World *w, Question *question)
{
  WfLeadQuery *q = &question->query;

  *q = (WfLeadQuery) { .order = (WfLeadOrder) pick (w, WF_LEADS_BY_CREATED + 1),
                       .descending = pick (w, 2) == 0,
                       .now = NOW };
  if (pick (w, 3) == 0)
    q->text = pick_of (w, texts);
  if (pick (w, 3) == 0)
    q->stages = pick_list (w, question->stages, stages, G_N_ELEMENTS (stages));
  if (pick (w, 3) == 0)
    q->owners = pick_list (w, question->owners, owners, G_N_ELEMENTS (owners));
  if (pick (w, 4) == 0)
    q->sources = pick_list (w, question->sources, sources, G_N_ELEMENTS (sources));
  if (pick (w, 3) == 0)
    q->origin = origins[1 + pick (w, 2)];
  q->without_owner = pick (w, 8) == 0;
  q->without_next = pick (w, 4) == 0;
  q->only_open = pick (w, 3) == 0;
}

static gboolean
is_in (const char *const *list, const char *name)
{
  return list == NULL || (name != NULL && g_strv_contains (list, name));
}

static char *
fold (const char *text)
{
  g_autofree char *plain = g_str_to_ascii (text, "C");

  return g_ascii_strdown (plain, -1);
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *folded = text != NULL ? fold (text) : NULL, *wanted = fold (part);

  return folded != NULL && strstr (folded, wanted) != NULL;
}

static gboolean
has_digits (const char *phone, const char *part)
{
  g_autoptr (GString) own = g_string_new (NULL), wanted = g_string_new (NULL);

  for (const char *p = phone; p != NULL && *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (own, *p);
  for (const char *p = part; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (wanted, *p);
    else if (strchr (" ()-+", *p) == NULL)
      return FALSE;
  return wanted->len >= 3 && strstr (own->str, wanted->str) != NULL;
}

static gboolean
is_meant (const Known *k, const WfLeadQuery *q)
{
  const char *origin = k->origin != NULL ? k->origin : "web";

  if (q->text != NULL && !contains (k->name, q->text) && !contains (k->company, q->text) &&
      !contains (k->email, q->text) && !contains (k->phone, q->text) &&
      !has_digits (k->phone, q->text))
    return FALSE;
  if (q->only_open && (g_strcmp0 (k->stage, "won") == 0 || g_strcmp0 (k->stage, "discarded") == 0))
    return FALSE;
  return is_in (q->stages, k->stage) && is_in (q->owners, k->owner) &&
         is_in (q->sources, k->source) && (q->origin == NULL || g_str_equal (q->origin, origin)) &&
         (!q->without_owner || k->owner == NULL) && (!q->without_next || k->n_open == 0);
}

/* What a lead is sorted by, as a text that compares in that order; NULL: nothing. Owned by the caller. */
static char *
make_key (const Known *k, WfLeadOrder order)
{
  static const char *const ranks[] = { "new", "filter-1", "won", "discarded" };
  const char *owner = g_strcmp0 (k->owner, "ana") == 0     ? "elida"
                      : g_strcmp0 (k->owner, "bruno") == 0 ? "zacarias"
                      : g_strcmp0 (k->owner, "zoe") == 0   ? "abel"
                                                           : k->owner;

  switch (order)
    {
    case WF_LEADS_BY_STAGE:
      for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
        if (g_strcmp0 (ranks[i], k->stage) == 0)
          return g_strdup_printf ("%u", i);
      return g_strdup (k->stage);
    case WF_LEADS_BY_OWNER:
      return g_strdup (owner);
    case WF_LEADS_BY_SCORE:
      return k->score < 0 ? NULL : g_strdup_printf ("%03d", k->score);
    case WF_LEADS_BY_ORIGIN:
      return g_strdup (k->origin != NULL ? k->origin : "web");
    case WF_LEADS_BY_NEXT:
      return k->next == WF_INSTANT_NONE ? NULL : g_strdup_printf ("%020" G_GINT64_FORMAT, k->next);
    case WF_LEADS_BY_LAST_CONTACT:
      return k->contact == WF_INSTANT_NONE ? NULL
                                           : g_strdup_printf ("%020" G_GINT64_FORMAT, k->contact);
    case WF_LEADS_BY_CREATED:
      return k->created == WF_INSTANT_NONE ? NULL
                                           : g_strdup_printf ("%020" G_GINT64_FORMAT, k->created);
    case WF_LEADS_BY_NAME:
    default:
      return fold (k->name);
    }
}

/* Ties by name, A to Z; then anything, but the same for every page. */
static void
assert_order (const Known *a, const Known *b, const WfLeadQuery *q)
{
  g_autofree char *x = make_key (a, q->order), *y = make_key (b, q->order);
  g_autofree char *name_a = fold (a->name), *name_b = fold (b->name);
  int order = g_strcmp0 (x, y);

  if (x == NULL || y == NULL)
    {
      g_assert_null (y); /* nothing comes last */
      if (x == NULL)
        g_assert_cmpstr (name_a, <=, name_b);
      return;
    }
  if (q->descending)
    g_assert_cmpint (order, >=, 0);
  else
    g_assert_cmpint (order, <=, 0);
  if (order == 0 && q->order != WF_LEADS_BY_NAME)
    g_assert_cmpstr (name_a, <=, name_b);
}

static void
assert_lead (const WfLead *lead, const Known *k)
{
  g_assert_cmpstr (lead->id, ==, k->id);
  g_assert_cmpstr (lead->name, ==, k->name);
  g_assert_cmpstr (lead->stage, ==, k->stage);
  g_assert_cmpstr (lead->owner, ==, k->owner);
  g_assert_cmpint (lead->has_score, ==, k->score >= 0);
  g_assert_cmpint (lead->created, ==, k->created);
  g_assert_cmpint (lead->last_contact, ==, k->contact);
  g_assert_cmpint (lead->next, ==, k->next);
  g_assert_cmpuint (lead->n_open, ==, k->n_open);
  g_assert_cmpint (lead->next_activity != NULL, ==, k->n_open > 0);
  g_assert_cmpint (lead->sync, ==, WF_SYNC_CONFIRMED);
}

static const Known *
find_known (World *w, const char *id)
{
  for (guint i = 0; i < LEADS; i++)
    if (g_str_equal (w->leads[i].id, id))
      return &w->leads[i];
  return NULL;
}

static void
assert_pages (World *w, const WfLeadQuery *query, const GPtrArray *whole)
{
  WfLeadQuery page = *query;

  page.offset = pick (w, whole->len + 2);
  page.limit = 1 + pick (w, 50) * (pick (w, 2) == 0 ? 1 : 50); /* also beyond what is kept */
  g_autoptr (GPtrArray) leads = wf_store_query_leads (w->f->store, &page);

  g_assert_cmpuint (leads->len, ==, MIN (page.limit, whole->len - MIN (whole->len, page.offset)));
  for (guint i = 0; i < leads->len; i++)
    g_assert_cmpstr (((WfLead *) leads->pdata[i])->id, ==,
                     ((WfLead *) whole->pdata[page.offset + i])->id);
}

static void
test_table (void)
{
  g_autoptr (World) w = world_new (20261120);

  for (guint round = 0; round < ROUNDS; round++)
    {
      Question question;
      const WfLeadQuery *q = &question.query;
      guint n = 0;

      pick_question (w, &question);
      g_autoptr (GPtrArray) leads = wf_store_query_leads (w->f->store, q);

      for (guint i = 0; i < LEADS; i++)
        n += is_meant (&w->leads[i], q);
      g_assert_cmpuint (leads->len, ==, n);
      g_assert_cmpuint (wf_store_count_leads (w->f->store, q), ==, n);
      for (guint i = 0; i < leads->len; i++)
        {
          const WfLead *lead = leads->pdata[i];

          g_assert_true (is_meant (find_known (w, lead->id), q));
          g_assert_null (lead->document);
          if (round < 5)
            assert_lead (lead, find_known (w, lead->id));
          if (i > 0)
            assert_order (find_known (w, ((WfLead *) leads->pdata[i - 1])->id),
                          find_known (w, lead->id), q);
        }
      assert_pages (w, q, leads);
    }
}

/* What changed since the last question is in the next answer, also in what is kept in memory. */
static void
test_changes (void)
{
  g_autoptr (World) w = world_new (5);
  WfLeadQuery q = { .order = WF_LEADS_BY_NEXT, .now = NOW, .without_next = TRUE };
  guint before = wf_store_count_leads (w->f->store, &q);
  g_autoptr (GPtrArray) leads = wf_store_query_leads (w->f->store, &q), after = NULL, closed = NULL;
  const WfLead *first = leads->pdata[0];
  g_autoptr (WfActivity) a = wf_test_activity ("new-one", NOW);

  g_set_str (&a->lead, first->id);
  wf_store_fixture_put (w->f, a);
  after = wf_store_query_leads (w->f->store, &q);
  g_assert_cmpuint (after->len, ==, before - 1);
  a->status = WF_ACTIVITY_DONE;
  a->completed = NOW;
  wf_store_fixture_put (w->f, a);
  closed = wf_store_query_leads (w->f->store, &q);
  g_assert_cmpuint (closed->len, ==, before);
}

static void
set_text_lead (WfStoreFixture *f, const char *text, WfInstant at)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_set_lead (f->store, "l-1", wf_json_document_get_root (document), at, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
test_card (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) first = wf_test_activity ("a-1", NOW + HOUR),
                         second = wf_test_activity ("a-2", NOW),
                         without_due = wf_test_activity ("a-3", WF_INSTANT_NONE);
  g_autoptr (WfLead) lead = NULL, older = NULL;

  g_assert_null (wf_store_get_lead_card (f->store, "l-1", NOW));
  set_text_lead (f,
                 "{\"id\":\"l-1\",\"name\":\"Padaria Sol\",\"custom\":{\"a\":1},\"score\":\"35\","
                 "\"last-contact\":\"2026-11-20T12:00:00Z\"}",
                 NOW);
  g_set_str (&second->title, "The first of them");
  wf_store_fixture_put (f, without_due);
  wf_store_fixture_put (f, first);
  wf_store_fixture_put (f, second);
  lead = wf_store_get_lead_card (f->store, "l-1", NOW);
  g_assert_cmpstr (lead->name, ==, "Padaria Sol");
  g_assert_true (lead->has_score && lead->score == 35);
  g_assert_nonnull (lead->document);
  g_assert_cmpint (lead->seen, ==, NOW);
  g_assert_cmpint (lead->last_contact, ==, NOW - DAY);
  g_assert_cmpuint (lead->n_open, ==, 3);
  g_assert_cmpint (lead->next, ==, NOW);
  g_assert_cmpstr (lead->next_activity, ==, "a-2");
  g_assert_cmpstr (lead->next_title, ==, "The first of them");

  set_text_lead (f, "{\"id\":\"l-1\",\"name\":\"Older\"}", NOW - 1);
  older = wf_store_get_lead_card (f->store, "l-1", NOW);
  g_assert_cmpstr (older->name, ==, "Padaria Sol");
}

/* ---- the last contact ---- */

static void
test_contacts (void)
{
  static const struct
  {
    const char *type;
    gboolean is_contact;
  } types[] = {
    { "lead.received", FALSE },     { "lead.updated", FALSE },       { "email.opened", TRUE },
    { "email.link-clicked", TRUE }, { "email.replied", TRUE },       { "message.received", TRUE },
    { "call.made", TRUE },          { "call.missed", TRUE },         { "meeting.held", TRUE },
    { "meeting.scheduled", FALSE }, { "meeting.cancelled", FALSE },  { "form.submitted", TRUE },
    { "ticket.submitted", TRUE },   { "payment.received", FALSE },   { "deal.won", FALSE },
    { "activity.created", FALSE },  { "activity.completed", FALSE }, /* without an outcome */
    { "schedule.tick", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
      g_autoptr (WfLead) lead = NULL;

      set_text_lead (f, "{\"id\":\"l-1\"}", NOW);
      wf_store_fixture_add_event (f, "e-1", types[i].type, "l-1", NOW - HOUR, NULL);
      wf_store_fixture_add_event (f, "e-2", types[i].type, "l-1", NOW - 2 * HOUR, NULL);
      wf_store_fixture_add_event (f, "e-3", types[i].type, NULL, NOW, NULL);
      lead = wf_store_get_lead_card (f->store, "l-1", NOW);
      g_assert_cmpint (lead->last_contact, ==, types[i].is_contact ? NOW - HOUR : WF_INSTANT_NONE);
    }
}

/* What was done here counts before the CRM tells it back; without an outcome nobody was spoken to. */
static void
test_contact_by_activity (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW), b = wf_test_activity ("a-2", NOW);
  g_autoptr (WfLead) before = NULL, after = NULL;

  set_text_lead (f, "{\"id\":\"l-1\"}", NOW);
  b->status = WF_ACTIVITY_DONE;
  b->completed = NOW + HOUR;
  wf_store_fixture_put (f, a);
  wf_store_fixture_put (f, b);
  before = wf_store_get_lead_card (f->store, "l-1", NOW);
  g_assert_cmpint (before->last_contact, ==, WF_INSTANT_NONE);
  a->status = WF_ACTIVITY_DONE;
  a->completed = NOW + MINUTE;
  g_set_str (&a->outcome, "reached");
  wf_store_fixture_put (f, a);
  after = wf_store_get_lead_card (f->store, "l-1", NOW);
  g_assert_cmpint (after->last_contact, ==, NOW + MINUTE);
}

/* ---- the line of time ---- */

static void
add_comment (WfStoreFixture *f, const char *id, const char *text, WfInstant at, WfSyncState sync)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_add_comment (f->store, id, "l-1", "ana", text, at, sync, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
add_log (WfStoreFixture *f, WfInstant at, const char *kind, const char *title, const char *details)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_add_log (f->store, at, kind, title, "l-1", details, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
save_run (WfStoreFixture *f, const char *key, const char *event, WfInstant at)
{
  WfStoredRun run = wf_test_run (key, "w", "l-1", event, at);
  g_autoptr (GError) error = NULL;

  run.has_failed = TRUE;
  wf_store_fixture_begin (f);
  wf_store_save_run (f->store, &run, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
assert_moments (WfStoreFixture *f, const WfMomentKind *kinds, const WfInstant *at, guint n)
{
  g_autoptr (GPtrArray) all = wf_store_list_moments (f->store, "l-1", 0, 100);

  g_assert_cmpuint (all->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const WfLeadMoment *moment = all->pdata[i];
      g_autoptr (GPtrArray) one = wf_store_list_moments (f->store, "l-1", i, 1);

      g_assert_cmpint (moment->kind, ==, kinds[i]);
      g_assert_cmpint (moment->at, ==, at[i]);
      g_assert_cmpuint (one->len, ==, 1);
      g_assert_cmpint (((WfLeadMoment *) one->pdata[0])->kind, ==, kinds[i]);
    }
}

static void
test_moments (void)
{
  static const WfMomentKind kinds[] = {
    WF_MOMENT_CHANGE,
    WF_MOMENT_ACTIVITY_CLOSED,
    WF_MOMENT_ACTIVITY_DONE,
    WF_MOMENT_COMMENT,
    WF_MOMENT_ACTIVITY_CREATED,
    WF_MOMENT_ACTIVITY_CREATED,
    WF_MOMENT_RUN,
    WF_MOMENT_EVENT,
    WF_MOMENT_RUN,
    WF_MOMENT_EVENT,
  };
  const WfInstant at[] = {
    NOW + 5 * HOUR, NOW + 4 * HOUR, NOW + 3 * HOUR, NOW + 2 * HOUR, NOW, NOW, NOW, NOW,
    NOW - HOUR,     NOW - HOUR
  };
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) done = wf_test_activity ("a-1", NOW), gone = wf_test_activity ("a-2", NOW),
                         other = wf_test_activity ("a-3", NOW);

  wf_store_fixture_add_event (f, "e-1", "lead.received", "l-1", NOW - HOUR, NULL);
  save_run (f, "run-1", "e-1", NOW - HOUR);
  wf_store_fixture_add_event (f, "e-2", "lead.updated", "l-1", NOW, NULL);
  save_run (f, "run-2", "e-2", NOW);
  wf_store_fixture_add_event (f, "e-3", "lead.updated", "l-2", NOW, NULL);
  done->created = gone->created = other->created = NOW;
  g_set_str (&other->lead, "l-2");
  wf_store_fixture_put (f, done);
  wf_store_fixture_put (f, gone);
  wf_store_fixture_put (f, other);
  done->status = WF_ACTIVITY_DONE;
  done->completed = NOW + 3 * HOUR;
  gone->status = WF_ACTIVITY_NO_LONGER_NEEDED;
  gone->completed = NOW + 4 * HOUR;
  wf_store_fixture_put (f, done);
  wf_store_fixture_put (f, gone);
  add_comment (f, "c-1", "Called", NOW + 2 * HOUR, WF_SYNC_LOCAL);
  add_comment (f, "c-1", "Other text", NOW, WF_SYNC_CONFIRMED);
  add_comment (f, "c-1", "Called", NOW, WF_SYNC_SENT); /* confirmed stays confirmed */
  add_log (f, NOW + 5 * HOUR, "change", "Stage changed", "{\"by\":\"ana\"}");
  /* Told by the moments themselves, or by nobody. */
  add_log (f, NOW + 3 * HOUR, "change", "Activity completed",
           "{\"by\":\"ana\",\"activity\":\"a-1\"}");
  add_log (f, NOW + 2 * HOUR, "change", "Commented", "{\"by\":\"ana\"}");
  add_log (f, NOW + 6 * HOUR, "change", "An activity became late", "{\"activity\":\"a-1\"}");
  add_log (f, NOW + 6 * HOUR, "problem", "No", "{\"by\":\"ana\"}");

  assert_moments (f, kinds, at, G_N_ELEMENTS (kinds));
  g_autoptr (GPtrArray) all = wf_store_list_moments (f->store, "l-1", 0, 100);
  const WfLeadMoment *change = all->pdata[0], *comment = all->pdata[3], *run = all->pdata[6];
  g_assert_cmpstr (change->text, ==, "Stage changed");
  g_assert_cmpstr (change->person, ==, "ana");
  g_assert_cmpstr (comment->text, ==, "Called");
  g_assert_cmpint (comment->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_cmpstr (run->run, ==, "run-2");
  g_assert_cmpstr (run->workflow, ==, "w");
  g_assert_true (run->failed && !run->finished);
  g_assert_cmpstr (((WfLeadMoment *) all->pdata[2])->activity->id, ==, "a-1");
  g_assert_cmpstr (wf_event_get_id (((WfLeadMoment *) all->pdata[7])->event), ==, "e-2");

  WfLeadMoment *kept = wf_lead_moment_ref (all->pdata[0]);
  g_clear_pointer (&all, g_ptr_array_unref);
  g_assert_cmpstr (kept->person, ==, "ana");
  wf_lead_moment_unref (kept);
}

/* The CRM's event of what is here itself is not shown beside it. */
static void
test_echoes (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  static const char *const events[] = {
    "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/crm/test\",\"type\":\"activity.created\",\"subject\":\"lead/l-1\","
    "\"time\":\"2026-11-20T12:00:00Z\",\"data\":{\"lead\":{\"id\":\"l-1\"},\"activity\":{\"id\":\"a-1\"}}}",
    "{\"specversion\":\"1.0\",\"id\":\"e-2\",\"source\":\"/crm/test\",\"type\":\"comment.added\",\"subject\":\"lead/l-1\","
    "\"time\":\"2026-11-20T12:00:00Z\",\"data\":{\"lead\":{\"id\":\"l-1\"},\"comment\":{\"id\":\"c-1\"}}}",
    "{\"specversion\":\"1.0\",\"id\":\"e-3\",\"source\":\"/crm/test\",\"type\":\"activity.created\",\"subject\":\"lead/l-1\","
    "\"time\":\"2026-11-20T12:00:00Z\",\"data\":{\"lead\":{\"id\":\"l-1\"},\"activity\":{\"id\":\"of-others\"}}}",
  };
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW);
  g_autoptr (GError) error = NULL;

  wf_store_fixture_put (f, a);
  add_comment (f, "c-1", "Hi", NOW, WF_SYNC_CONFIRMED);
  wf_store_fixture_begin (f);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (WfJsonDocument) document = wf_json_document_parse (events[i], -1, 0, NULL);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfEvent) event =
          wf_event_read (document, wf_json_document_get_root (document), NOW, problems);
      gboolean is_new;
      gint64 rowid;

      wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error);
      g_assert_no_error (error);
    }
  wf_store_fixture_commit (f);
  g_autoptr (GPtrArray) all = wf_store_list_moments (f->store, "l-1", 0, 10);
  guint n_events = 0;

  for (guint i = 0; i < all->len; i++)
    n_events += ((WfLeadMoment *) all->pdata[i])->kind == WF_MOMENT_EVENT;
  g_assert_cmpuint (n_events, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/leads/table", test_table);
  g_test_add_func ("/store/leads/changes", test_changes);
  g_test_add_func ("/store/leads/card", test_card);
  g_test_add_func ("/store/leads/contacts", test_contacts);
  g_test_add_func ("/store/leads/contact-by-activity", test_contact_by_activity);
  g_test_add_func ("/store/leads/moments", test_moments);
  g_test_add_func ("/store/leads/echoes", test_echoes);

  return g_test_run ();
}
