/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions, facts, events with traces, organisation and leads. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

static void
test_facts (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL, *other = NULL, *gone = NULL;

  g_assert_null (wf_store_get_fact (f->store, "cursor"));
  wf_store_fixture_begin (f);
  wf_store_set_fact (f->store, "cursor", "c-1", &error);
  wf_store_set_fact (f->store, "cursor", "c-2", &error);
  wf_store_set_fact (f->store, "person", "ana", &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  wf_store_fixture_reopen (f);
  cursor = wf_store_get_fact (f->store, "cursor");
  other = wf_store_get_fact (f->store, "person");
  g_assert_cmpstr (cursor, ==, "c-2");
  g_assert_cmpstr (other, ==, "ana");
  wf_store_fixture_begin (f);
  g_assert_true (wf_store_set_fact (f->store, "cursor", NULL, &error));
  wf_store_fixture_commit (f);
  gone = wf_store_get_fact (f->store, "cursor");
  g_assert_null (gone);
}

static void
test_rollback (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW), found = NULL;
  g_autoptr (WfEvent) event = wf_test_event ("e-1", "lead.received", "l-1", NOW), none = NULL;
  g_autofree char *fact = NULL;
  WfWorkflowFigures figures;
  gint64 rowid, rowid_again;
  gboolean is_new;

  wf_store_fixture_begin (f);
  wf_store_set_fact (f->store, "cursor", "c-1", &error);
  wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error);
  wf_store_put_activity (f->store, a, NULL, &error);
  g_assert_no_error (error);
  wf_store_rollback (f->store);

  fact = wf_store_get_fact (f->store, "cursor");
  g_assert_null (fact);
  none = wf_store_get_event (f->store, "/crm/test", "e-1");
  g_assert_null (none);
  found = wf_store_get_activity (f->store, "a-1");
  g_assert_null (found);
  wf_store_get_workflow_figures (f->store, "w", NOW, &figures);
  g_assert_cmpuint (figures.created, ==, 0);

  /* Names, numbers and counts made in it are as if they had never been. */
  wf_store_fixture_begin (f);
  wf_store_add_event (f->store, event, NOW, &rowid_again, &is_new, &error);
  g_assert_true (is_new);
  g_assert_cmpint (rowid_again, ==, rowid);
  wf_store_put_activity (f->store, a, NULL, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  wf_store_fixture_reopen (f);
  found = wf_store_get_activity (f->store, "a-1");
  wf_assert_same_activity (found, a);
  wf_store_get_workflow_figures (f->store, "w", NOW, &figures);
  g_assert_cmpuint (figures.created, ==, 1);
}

static void
test_needs_transaction (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW);
  g_autoptr (GError) error = NULL;

  g_assert_false (wf_store_put_activity (f->store, a, NULL, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (wf_store_commit (f->store, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  g_clear_error (&error);
  wf_store_fixture_begin (f);
  g_assert_false (wf_store_begin (f->store, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  wf_store_rollback (f->store);
  wf_store_rollback (f->store);
}

static void
test_events (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfEvent) event = wf_test_event ("e-1", "lead.received", "l-1", NOW), read = NULL,
                      unknown = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = wf_event_to_text (event), *read_text = NULL;
  gint64 rowid = 0, again = 0, third = 0;
  gboolean is_new = FALSE;

  wf_store_fixture_begin (f);
  g_assert_true (wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error));
  g_assert_true (is_new);
  g_assert_cmpint (rowid, >, 0);
  /* Known in the same transaction, before it was written. */
  g_assert_true (wf_store_add_event (f->store, event, NOW, &again, &is_new, &error));
  g_assert_false (is_new);
  g_assert_cmpint (again, ==, rowid);
  wf_store_fixture_commit (f);
  wf_store_fixture_reopen (f);

  wf_store_fixture_begin (f);
  g_assert_true (wf_store_add_event (f->store, event, NOW + HOUR, &third, &is_new, &error));
  wf_store_fixture_commit (f);
  g_assert_false (is_new);
  g_assert_cmpint (third, ==, rowid);
  read = wf_store_get_event (f->store, "/crm/test", "e-1");
  g_assert_nonnull (read);
  read_text = wf_event_to_text (read);
  g_assert_cmpstr (read_text, ==, text);
  unknown = wf_store_get_event (f->store, "/crm/other", "e-1");
  g_assert_null (unknown);
  g_assert_null (wf_store_get_event (f->store, "/crm/test", "e-2"));
}

/* The same id from two sources, ids that are UUIDs, and ids that only look like one. */
static void
test_event_identity (void)
{
  static const char *const ids[] = { "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11",
                                     "6F0C4A0E-6D0A-4B67-9A55-3F3F6F1B0C11",
                                     "6f0c4a0e6d0a4b679a553f3f6f1b0c11",
                                     "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c1",
                                     "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c111",
                                     "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0cg1",
                                     "4711",
                                     "ação" };
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    wf_store_fixture_add_event (f, ids[i], "lead.received", ids[i], NOW, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (WfEvent) event = wf_store_get_event (f->store, "/crm/test", ids[i]);
      g_autoptr (GPtrArray) log = wf_store_list_log (f->store, "event", ids[i], 0, 0);

      g_assert_cmpstr (wf_event_get_id (event), ==, ids[i]);
      g_assert_cmpuint (log->len, ==, 1);
      g_assert_cmpstr (((WfLogEntry *) g_ptr_array_index (log, 0))->lead, ==, ids[i]);
    }
}

static char *
get_trace (WfStore *store, guint index)
{
  g_autoptr (GPtrArray) log = wf_store_list_log (store, "event", NULL, index, 1);
  WfLogEntry *entry = g_ptr_array_index (log, 0);
  g_autoptr (WfJsonDocument) details = wf_json_document_parse (entry->details, -1, 0, NULL);
  const WfJson *verdicts = wf_json_get_member (wf_json_document_get_root (details), "verdicts");

  return verdicts == NULL ? NULL : wf_json_to_text (verdicts, FALSE);
}

static void
test_traces (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *second = NULL, *first = NULL, *replaced = NULL;
  gint64 rowid = wf_store_fixture_add_event (f, "e-1", "lead.received", "l-1", NOW, NULL);

  wf_store_fixture_add_event (f, "e-2", "lead.received", NULL, NOW, "[{\"verdict\":\"started\"}]");
  second = get_trace (f->store, 0);
  first = get_trace (f->store, 1);
  g_assert_cmpstr (second, ==, "[{\"verdict\":\"started\"}]");
  g_assert_null (first);

  wf_store_fixture_begin (f);
  g_assert_true (wf_store_add_trace (f->store, rowid, "[1]", &error));
  g_assert_false (wf_store_add_trace (f->store, 999, "[1]", &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  wf_store_fixture_commit (f);
  replaced = get_trace (f->store, 1);
  g_assert_cmpstr (replaced, ==, "[1]");
}

static void
test_organisation (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfOrganisation) organisation = wf_organisation_new_empty (), read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = wf_organisation_to_text (organisation, FALSE), *read_text = NULL;

  g_assert_null (wf_store_get_organisation (f->store));
  wf_store_fixture_begin (f);
  g_assert_true (wf_store_set_organisation (f->store, organisation, &error));
  wf_store_fixture_commit (f);
  read = wf_store_get_organisation (f->store);
  g_assert_nonnull (read);
  read_text = wf_organisation_to_text (read, FALSE);
  g_assert_cmpstr (read_text, ==, text);
}

static void
set_lead (WfStoreFixture *f, const char *id, const char *text, WfInstant at)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_set_lead (f->store, id, wf_json_document_get_root (document), at, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
assert_lead_score (WfStoreFixture *f, const char *id, gint64 expected)
{
  g_autoptr (WfJsonDocument) lead = wf_store_get_lead (f->store, id);
  gint64 score = 0;

  g_assert_nonnull (lead);
  g_assert_true (
      wf_json_get_int64 (wf_json_get_member (wf_json_document_get_root (lead), "score"), &score));
  g_assert_cmpint (score, ==, expected);
}

static void
test_leads (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  g_assert_null (wf_store_get_lead (f->store, "l-1"));
  set_lead (f, "l-1", "{\"id\":\"l-1\",\"score\":10,\"origin\":\"web\"}", NOW);
  assert_lead_score (f, "l-1", 10);
  set_lead (f, "l-1", "{\"id\":\"l-1\",\"score\":20}", NOW + HOUR);
  assert_lead_score (f, "l-1", 20);
  /* What is older than the known state changes nothing. */
  set_lead (f, "l-1", "{\"id\":\"l-1\",\"score\":5}", NOW + MINUTE);
  assert_lead_score (f, "l-1", 20);
}

static guint
count_origin (WfStoreFixture *f, const char *origin)
{
  WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                            .now = NOW,
                            .origin = origin,
                            .due_from = WF_INSTANT_NONE,
                            .due_until = WF_INSTANT_NONE };

  return wf_store_count_activities (f->store, &query);
}

/* R61: the origin comes from the lead, also when that becomes known, or changes, after the activity. */
static void
test_origin (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) first = wf_test_activity ("a-1", NOW + HOUR),
                         second = wf_test_activity ("a-2", NOW + HOUR);

  wf_store_fixture_put (f, first);
  g_set_str (&second->lead, "l-2");
  g_assert_cmpuint (count_origin (f, "web"), ==, 1);
  g_assert_cmpuint (count_origin (f, "flow"), ==, 0);
  set_lead (f, "l-1", "{\"origin\":\"flow\"}", NOW);
  set_lead (f, "l-2", "{\"origin\":\"web\"}", NOW);
  wf_store_fixture_put (f, second);
  g_assert_cmpuint (count_origin (f, "flow"), ==, 1);
  g_assert_cmpuint (count_origin (f, "web"), ==, 1);
  g_assert_cmpuint (count_origin (f, NULL), ==, 2);
  set_lead (f, "l-1", "{\"origin\":\"web\"}", NOW + 1);
  g_assert_cmpuint (count_origin (f, "flow"), ==, 0);
  g_assert_cmpuint (count_origin (f, "web"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/facts", test_facts);
  g_test_add_func ("/store/rollback", test_rollback);
  g_test_add_func ("/store/needs-transaction", test_needs_transaction);
  g_test_add_func ("/store/events", test_events);
  g_test_add_func ("/store/event-identity", test_event_identity);
  g_test_add_func ("/store/traces", test_traces);
  g_test_add_func ("/store/organisation", test_organisation);
  g_test_add_func ("/store/leads", test_leads);
  g_test_add_func ("/store/origin", test_origin);
  return g_test_run ();
}
