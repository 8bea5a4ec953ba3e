/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people changed of leads here lies over what the CRM told, in what is shown, and nowhere else (B18). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

#define AT (1000 * G_TIME_SPAN_HOUR)

static void
set_lead (WfStore *store, const char *json, WfInstant at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) lead = wf_json_document_parse (json, -1, 0, &error);

  g_assert_no_error (error);
  wf_store_begin (store, &error);
  g_assert_true (
      wf_store_set_lead (store, wf_json_get_member_string (wf_json_document_get_root (lead), "id"),
                         wf_json_document_get_root (lead), at, &error));
  wf_store_commit (store, &error);
  g_assert_no_error (error);
}

static void
set_local (WfStore *store, const char *id, const char *json, WfSyncState sync, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) members = json != NULL ? wf_json_document_parse (json, -1, 0, &error)
                                                    : NULL;

  g_assert_no_error (error);
  wf_store_begin (store, &error);
  g_assert_true (wf_store_set_lead_local (
      store, id, members != NULL ? wf_json_document_get_root (members) : NULL, sync, why, &error));
  wf_store_commit (store, &error);
  g_assert_no_error (error);
}

/* "stage/owner" of the lead as it is shown, when the query finds it; else NULL. Owned by the caller. */
static char *
find (WfStore *store, const WfLeadQuery *query, const char *id)
{
  g_autoptr (GPtrArray) leads = wf_store_query_leads (store, query);
  char *text = NULL;

  g_assert_cmpuint (wf_store_count_leads (store, query), ==, leads->len);
  for (guint i = 0; i < leads->len; i++)
    {
      const WfLead *lead = g_ptr_array_index (leads, i);

      if (g_str_equal (lead->id, id))
        text = g_strdup_printf ("%s/%s/%d", lead->stage, lead->owner != NULL ? lead->owner : "-",
                                lead->sync);
    }
  return text;
}

static void
assert_shown (WfStore *store, const char *id, const char *expected)
{
  WfLeadQuery all = { .now = AT };
  g_autofree char *listed = find (store, &all, id);
  g_autoptr (WfLead) card = wf_store_get_lead_card (store, id, AT);
  g_autofree char *shown = card != NULL ? g_strdup_printf ("%s/%s/%d", card->stage,
                                                           card->owner != NULL ? card->owner : "-",
                                                           card->sync)
                                        : NULL;

  g_assert_cmpstr (listed, ==, expected);
  g_assert_cmpstr (shown, ==, expected);
}

static void
assert_told (WfStore *store, const char *id, const char *stage)
{
  g_autoptr (WfJsonDocument) told = wf_store_get_lead (store, id);

  g_assert_cmpstr (
      told != NULL ? wf_json_get_member_string (wf_json_document_get_root (told), "stage") : NULL,
      ==, stage);
}

static void
test_over (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  static const char *const offer[] = { "offer", NULL }, *const new[] = { "new", NULL },
                           *const bruno[] = { "bruno", NULL }, *const nobody[] = { "", NULL };
  WfLeadQuery by_stage = { .stages = offer, .now = AT }, before = { .stages = new, .now = AT },
              by_owner = { .owners = bruno, .now = AT }, queue = { .owners = nobody, .now = AT };
  WfSyncState sync;

  set_lead (f->store, "{\"id\":\"l-1\",\"name\":\"A\",\"stage\":\"new\",\"owner\":\"ana\"}", AT);
  assert_shown (f->store, "l-1", "new/ana/2");
  set_local (f->store, "l-1", "{\"stage\":\"offer\"}", WF_SYNC_LOCAL, NULL);
  assert_shown (f->store, "l-1", "offer/ana/0");
  assert_told (f->store, "l-1", "new");
  g_autofree char *found = find (f->store, &by_stage, "l-1");
  g_assert_nonnull (found);
  g_autofree char *gone = find (f->store, &before, "l-1");
  g_assert_null (gone);

  /* What the CRM tells goes beneath: an older state, and a newer one. */
  set_lead (f->store, "{\"id\":\"l-1\",\"name\":\"B\",\"stage\":\"new\",\"owner\":\"bruno\"}",
            AT - 1);
  assert_shown (f->store, "l-1", "offer/ana/0");
  set_lead (f->store, "{\"id\":\"l-1\",\"name\":\"C\",\"stage\":\"filter\",\"owner\":\"bruno\"}",
            AT + 1);
  assert_shown (f->store, "l-1", "offer/bruno/0");
  assert_told (f->store, "l-1", "filter");
  g_autofree char *owned = find (f->store, &by_owner, "l-1");
  g_assert_nonnull (owned);

  set_local (f->store, "l-1", "{\"stage\":\"offer\",\"owner\":null}", WF_SYNC_SENT, NULL);
  assert_shown (f->store, "l-1", "offer/-/1");
  g_autofree char *queued = find (f->store, &queue, "l-1");
  g_assert_nonnull (queued);
  g_autoptr (WfJsonDocument) members = wf_store_get_lead_local (f->store, "l-1", &sync);
  g_assert_nonnull (members);
  g_assert_cmpint (sync, ==, WF_SYNC_SENT);

  set_local (f->store, "l-1", NULL, WF_SYNC_REFUSED, "No");
  assert_shown (f->store, "l-1", "filter/bruno/3");
  g_autoptr (WfLead) card = wf_store_get_lead_card (f->store, "l-1", AT);
  g_assert_cmpstr (card->sync_error, ==, "No");
  set_local (f->store, "l-1", NULL, WF_SYNC_CONFIRMED, NULL);
  assert_shown (f->store, "l-1", "filter/bruno/2");
  g_assert_null (wf_store_get_lead_local (f->store, "l-1", &sync));
  g_assert_cmpint (sync, ==, WF_SYNC_CONFIRMED);
}

static gboolean
count_lead (const WfJson *lead, gpointer user_data)
{
  (*(guint *) user_data)++;
  return TRUE;
}

/* Until the CRM tells of it, workflows do not know it. */
static void
test_only_here (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  guint n = 0;

  set_local (f->store, "l-2", NULL, WF_SYNC_REFUSED, "No");
  assert_shown (f->store, "l-2", NULL);
  set_local (
      f->store, "l-2",
      "{\"id\":\"l-2\",\"name\":\"New\",\"stage\":\"new\",\"owner\":\"davi\",\"origin\":\"flow\"}",
      WF_SYNC_LOCAL, NULL);
  assert_shown (f->store, "l-2", "new/davi/0");
  assert_told (f->store, "l-2", NULL);
  g_autoptr (GPtrArray) told = wf_store_list_leads (f->store, NULL, 10);
  g_assert_cmpuint (told->len, ==, 0);
  wf_store_foreach_latest_lead (f->store, 10, count_lead, &n);
  g_assert_cmpuint (n, ==, 0);
  g_autoptr (WfLead) card = wf_store_get_lead_card (f->store, "l-2", AT);
  g_assert_cmpint (card->seen, ==, WF_INSTANT_NONE);

  set_lead (
      f->store,
      "{\"id\":\"l-2\",\"name\":\"New\",\"stage\":\"new\",\"owner\":\"davi\",\"origin\":\"flow\"}",
      AT);
  assert_told (f->store, "l-2", "new");
  set_local (f->store, "l-2", NULL, WF_SYNC_CONFIRMED, NULL);
  assert_shown (f->store, "l-2", "new/davi/2");

  /* One that nothing is left of is gone. */
  set_local (f->store, "l-3", "{\"id\":\"l-3\",\"stage\":\"new\"}", WF_SYNC_LOCAL, NULL);
  assert_shown (f->store, "l-3", "new/-/0");
  set_local (f->store, "l-3", NULL, WF_SYNC_CONFIRMED, NULL);
  assert_shown (f->store, "l-3", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/lead-local/over", test_over);
  g_test_add_func ("/store/lead-local/only-here", test_only_here);
  return g_test_run ();
}
