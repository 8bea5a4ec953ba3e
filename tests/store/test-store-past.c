/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read again later: events by their time (B1, B21), leads, and what a workflow created (B13). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

/* ---- events ---- */

static void
append_events (GPtrArray *events, GString *ids)
{
  for (guint i = 0; i < events->len; i++)
    {
      const WfStoredEvent *stored = g_ptr_array_index (events, i);

      g_assert_cmpint (stored->rowid, >, 0);
      g_string_append_printf (ids, "%s ", wf_event_get_id (stored->event));
    }
}

/* In pages of most, from the first to the last. */
static char *
walk_events (WfStore *store, WfInstant from, WfInstant until, guint most)
{
  GString *ids = g_string_new (NULL);
  WfInstant time = WF_INSTANT_NONE;
  gint64 rowid = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) page = wf_store_list_events (store, from, until, time, rowid, most);

      if (page->len == 0)
        return g_string_free (ids, FALSE);
      g_assert_cmpuint (page->len, <=, most);
      append_events (page, ids);
      rowid = ((WfStoredEvent *) g_ptr_array_index (page, page->len - 1))->rowid;
      time = wf_event_get_time (((WfStoredEvent *) g_ptr_array_index (page, page->len - 1))->event);
    }
}

#define ASSERT_EVENTS(f, from, until, expected)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    for (guint _most = 1; _most < 8; _most++)                                                      \
      {                                                                                            \
        g_autofree char *_ids = walk_events ((f)->store, from, until, _most);                      \
        g_assert_cmpstr (_ids, ==, expected);                                                      \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/* By their own time, whenever they came; those of one instant as they came. */
static void
test_events (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  static const int minutes[] = { 5, 3, 5, 0, 5, 9 };

  ASSERT_EVENTS (f, WF_INSTANT_NONE, WF_INSTANT_NONE, "");
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);

      wf_store_fixture_add_event (f, id, "lead.received", "l-1", NOW + minutes[i] * MINUTE, "[]");
    }
  ASSERT_EVENTS (f, WF_INSTANT_NONE, WF_INSTANT_NONE, "e-3 e-1 e-0 e-2 e-4 e-5 ");
  ASSERT_EVENTS (f, NOW + 5 * MINUTE, WF_INSTANT_NONE, "e-0 e-2 e-4 e-5 ");
  ASSERT_EVENTS (f, WF_INSTANT_NONE, NOW + 5 * MINUTE, "e-3 e-1 ");
  ASSERT_EVENTS (f, NOW + 3 * MINUTE, NOW + 9 * MINUTE, "e-1 e-0 e-2 e-4 ");
  ASSERT_EVENTS (f, NOW + 6 * MINUTE, NOW + 9 * MINUTE, "");
}

static void
test_event_of_this_transaction (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfEvent) event = wf_test_event ("e-1", "lead.received", "l-1", NOW);
  g_autoptr (GError) error = NULL;
  gint64 rowid;
  gboolean is_new;

  wf_store_fixture_begin (f);
  wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error);
  g_assert_no_error (error);
  ASSERT_EVENTS (f, WF_INSTANT_NONE, WF_INSTANT_NONE, "e-1 ");
  wf_store_rollback (f->store);
  ASSERT_EVENTS (f, WF_INSTANT_NONE, WF_INSTANT_NONE, "");
}

/* ---- leads ---- */

static void
set_lead (WfStoreFixture *f, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"origin\":\"flow\"}", id);
  g_autoptr (WfJsonDocument) lead = wf_json_document_parse (text, -1, 0, NULL);

  wf_store_fixture_begin (f);
  wf_store_set_lead (f->store, id, wf_json_document_get_root (lead), NOW, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static char *
walk_leads (WfStore *store, guint most)
{
  GString *ids = g_string_new (NULL);
  g_autofree char *after = NULL;

  for (;;)
    {
      g_autoptr (GPtrArray) page = wf_store_list_leads (store, after, most);

      if (page->len == 0)
        return g_string_free (ids, FALSE);
      for (guint i = 0; i < page->len; i++)
        {
          const WfStoredLead *lead = g_ptr_array_index (page, i);
          const WfJson *root = wf_json_document_get_root (lead->lead);

          g_assert_cmpstr (wf_json_get_member_string (root, "id"), ==, lead->id);
          g_string_append_printf (ids, "%s ", lead->id);
          g_set_str (&after, lead->id);
        }
    }
}

#define ASSERT_LEADS(f, expected)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    for (guint _most = 1; _most < 5; _most++)                                                      \
      {                                                                                            \
        g_autofree char *_ids = walk_leads ((f)->store, _most);                                    \
        g_assert_cmpstr (_ids, ==, expected);                                                      \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static void
test_leads (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *uuid = wf_test_uuid (1), *with_uuid = g_strdup_printf ("l-1 l-2 l-3 %s ", uuid);
  g_autoptr (GError) error = NULL;

  ASSERT_LEADS (f, "");
  set_lead (f, "l-3");
  set_lead (f, uuid);
  set_lead (f, "l-1");
  set_lead (f, "l-2");
  ASSERT_LEADS (f, with_uuid);

  g_assert_false (wf_store_delete_lead (f->store, "l-2", &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED); /* no transaction */
  g_clear_error (&error);
  wf_store_fixture_begin (f);
  wf_store_set_date (f->store, "w", "l-2", NOW, &error);
  wf_store_set_date (f->store, "w", "l-3", NOW + HOUR, &error);
  wf_store_delete_lead (f->store, "l-2", &error);
  wf_store_delete_lead (f->store, uuid, &error);
  wf_store_delete_lead (f->store, "unknown", &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  ASSERT_LEADS (f, "l-1 l-3 ");
  g_assert_null (wf_store_get_lead (f->store, "l-2"));
  g_assert_cmpint (wf_store_get_next_date (f->store), ==, NOW + HOUR);
}

/* A lead that comes back is not taken for the one that was deleted in the same transaction (R61). */
static void
test_lead_comes_back (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW + HOUR);
  WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                            .now = NOW,
                            .origin = "flow",
                            .due_from = WF_INSTANT_NONE,
                            .due_until = WF_INSTANT_NONE };
  g_autoptr (GError) error = NULL;

  set_lead (f, "l-1");
  wf_store_fixture_begin (f);
  wf_store_delete_lead (f->store, "l-1", &error);
  wf_store_put_activity (f->store, a, NULL, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  g_assert_cmpuint (wf_store_count_activities (f->store, &query), ==, 0);
  set_lead (f, "l-1");
  g_assert_cmpuint (wf_store_count_activities (f->store, &query), ==, 1);
}

/* ---- what a workflow created ---- */

static char *
walk_created (WfStore *store, gint64 version, WfInstant from, WfInstant until, guint most)
{
  GString *ids = g_string_new (NULL);
  g_autofree char *after = NULL;

  for (;;)
    {
      g_autoptr (GPtrArray) page =
          wf_store_list_created_by (store, "w", version, from, until, after, most);

      if (page->len == 0)
        return g_string_free (ids, FALSE);
      for (guint i = 0; i < page->len; i++)
        {
          g_set_str (&after, ((WfActivity *) g_ptr_array_index (page, i))->id);
          g_string_append_printf (ids, "%s ", after);
        }
    }
}

#define ASSERT_CREATED(f, version, from, until, expected)                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    for (guint _most = 1; _most < 6; _most++)                                                      \
      {                                                                                            \
        g_autofree char *_ids = walk_created ((f)->store, version, from, until, _most);            \
        g_assert_cmpstr (_ids, ==, expected);                                                      \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static void
test_created_by (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  static const int minutes[] = { 4, 2, 4, 0, 8 };
  g_autoptr (GPtrArray) unknown = NULL, lost = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_autoptr (WfActivity) a = wf_test_activity (id, NOW + HOUR);

      a->created = NOW + minutes[i] * MINUTE;
      a->workflow_version = 1 + i % 2;
      a->status = i == 0 ? WF_ACTIVITY_DONE : WF_ACTIVITY_OPEN;
      wf_store_fixture_put (f, a);
      g_set_str (&id, "other");
      g_set_str (&a->id, id);
      g_set_str (&a->workflow, "w-2");
      wf_store_fixture_put (f, a);
    }
  ASSERT_CREATED (f, 0, WF_INSTANT_NONE, WF_INSTANT_NONE, "a-3 a-1 a-0 a-2 a-4 ");
  ASSERT_CREATED (f, 1, WF_INSTANT_NONE, WF_INSTANT_NONE, "a-0 a-2 a-4 ");
  ASSERT_CREATED (f, 2, WF_INSTANT_NONE, WF_INSTANT_NONE, "a-3 a-1 ");
  ASSERT_CREATED (f, 0, NOW + 2 * MINUTE, NOW + 8 * MINUTE, "a-1 a-0 a-2 ");
  ASSERT_CREATED (f, 0, NOW + 4 * MINUTE, WF_INSTANT_NONE, "a-0 a-2 a-4 ");
  ASSERT_CREATED (f, 0, NOW + 9 * MINUTE, WF_INSTANT_NONE, "");
  unknown =
      wf_store_list_created_by (f->store, "unknown", 0, WF_INSTANT_NONE, WF_INSTANT_NONE, NULL, 10);
  g_assert_cmpuint (unknown->len, ==, 0);
  lost =
      wf_store_list_created_by (f->store, "w", 0, WF_INSTANT_NONE, WF_INSTANT_NONE, "unknown", 10);
  g_assert_cmpuint (lost->len, ==, 0);
}

/* ---- size ---- */

/* What was removed is room again, though the file stays as long as it was (S29). */
static void
test_size (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  gint64 empty = wf_store_get_size (f->store), full, pruned;
  g_autoptr (GError) error = NULL;
  guint removed;

  g_assert_cmpint (empty, >, 0);
  wf_store_fixture_begin (f);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *details = g_strnfill (1000, 'x');

      wf_store_add_log (f->store, NOW, "problem", "t", NULL, details, &error);
      g_assert_no_error (error);
    }
  wf_store_fixture_commit (f);
  full = wf_store_get_size (f->store);
  g_assert_cmpint (full, >, empty + 500 * 1000);
  wf_store_fixture_begin (f);
  wf_store_prune (f->store, NOW + DAY, NOW + DAY, 1000, &removed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (removed, >, 400);
  wf_store_fixture_commit (f);
  pruned = wf_store_get_size (f->store);
  g_assert_cmpint (pruned, <, empty + 100 * 1000);
}

/* ---- the past of workflows ---- */

static void
save_version (WfStoreFixture *f, gint64 version, WfWorkflowState state)
{
  g_autoptr (WfWorkflow) workflow = wf_test_workflow ("w-1", version, state);
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_save_workflow (f->store, workflow, "tag", "carla", NOW + version * MINUTE, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
test_versions (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) none = wf_store_list_versions (f->store, "w-2");
  g_autoptr (GString) text = g_string_new (NULL);

  save_version (f, 1, WF_WORKFLOW_LIVE);
  save_version (f, 2, WF_WORKFLOW_LIVE);
  save_version (f, 2, WF_WORKFLOW_PAUSED);
  save_version (f, 10, WF_WORKFLOW_LIVE);
  save_version (f, 9, WF_WORKFLOW_DRAFT);
  versions = wf_store_list_versions (f->store, "w-1");
  for (guint i = 0; i < versions->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (versions, i);

      g_assert_cmpstr (item->author, ==, "carla");
      g_assert_cmpint (item->saved, ==, NOW + item->workflow->version * MINUTE);
      g_string_append_printf (text, "%s%d ", item->is_draft ? "*" : "",
                              (int) item->workflow->version);
    }
  g_assert_cmpstr (text->str, ==, "*9 10 2 1 ");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
save_run (WfStoreFixture *f, const char *key, const char *workflow, const char *event,
          WfInstant started, const char *state)
{
  WfStoredRun run = wf_test_run (key, workflow, "l-1", event, started);
  g_autoptr (GError) error = NULL;

  run.state = (char *) state;
  wf_store_fixture_begin (f);
  wf_store_save_run (f->store, &run, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
on_state (gint64 version, const char *state, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", state);
}

#define ASSERT_STATES(f, workflow, since, expected)                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    for (guint _most = 1; _most < 6; _most++)                                                      \
      {                                                                                            \
        g_autoptr (GString) _states = g_string_new (NULL);                                         \
        WfRunStatesPlace _place = { 0 };                                                           \
        while (wf_store_list_run_states ((f)->store, workflow, since, &_place, _most, on_state,    \
                                         _states))                                                 \
          ;                                                                                        \
        g_assert_cmpstr (_states->str, ==, expected);                                              \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/* Those in their event's row, then those apart; each once, whatever the page's size. */
static void
test_run_states (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfEvent) event = wf_test_event ("e-1", "lead.received", "l-1", NOW);
  g_autoptr (GError) error = NULL;
  gint64 rowid;
  gboolean is_new;

  ASSERT_STATES (f, "w-1", WF_INSTANT_NONE, "");
  wf_store_fixture_begin (f);
  wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error);
  WfStoredRun run = wf_test_run ("k-1", "w-1", "l-1", "e-1", NOW);
  run.state = (char *) "one";
  wf_store_save_run (f->store, &run, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  save_run (f, "k-2", "w-1", "e-1", NOW + MINUTE, "two");
  save_run (f, "k-3", "w-2", "e-1", NOW + MINUTE, "other");
  save_run (f, "k-4", "w-1", "e-1", NOW + MINUTE, "four");
  save_run (f, "k-5", "w-1", "e-1", NOW - MINUTE, "five");
  ASSERT_STATES (f, "w-1", WF_INSTANT_NONE, "one five two four ");
  ASSERT_STATES (f, "w-1", NOW, "one two four ");
  ASSERT_STATES (f, "w-1", NOW + 1, "two four ");
  ASSERT_STATES (f, "w-2", NOW, "other ");
  ASSERT_STATES (f, "w-3", NOW, "");
}

static void
test_latest_events (void)
{
  static const struct
  {
    const char *type;
    guint most, look_at;
    const char *ids;
  } cases[] = {
    { "lead.received", 10, 100, "e-4 e-0 e-2 " },
    { "lead.received", 2, 100, "e-4 e-0 " },
    { "lead.received", 10, 2, "e-4 " },
    { "lead.updated", 10, 100, "e-1 e-3 " },
    { "lead.deleted", 10, 100, "" },
    { "lead.received", 0, 100, "" },
  };
  static const int minutes[] = { 5, 7, 3, 0, 9 };
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);

      wf_store_fixture_add_event (f, id, i % 2 == 0 ? "lead.received" : "lead.updated", "l-1",
                                  NOW + minutes[i] * MINUTE, "[]");
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) events =
          wf_store_list_latest_events (f->store, cases[i].type, cases[i].most, cases[i].look_at);
      g_autoptr (GString) ids = g_string_new (NULL);

      append_events (events, ids);
      g_assert_cmpstr (ids->str, ==, cases[i].ids);
    }
}

static gboolean
on_lead (const WfJson *lead, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", wf_json_get_member_string (lead, "id"));
  return !g_str_equal (wf_json_get_member_string (lead, "id"), "l-2");
}

static void
test_latest_leads (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("l-%u", i);

      set_lead (f, id);
    }
  wf_store_foreach_latest_lead (f->store, 2, on_lead, ids);
  g_assert_cmpstr (ids->str, ==, "l-4 l-3 ");
  g_string_truncate (ids, 0);
  wf_store_foreach_latest_lead (f->store, 10, on_lead, ids);
  g_assert_cmpstr (ids->str, ==, "l-4 l-3 l-2 ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/past/events", test_events);
  g_test_add_func ("/store/past/event-of-this-transaction", test_event_of_this_transaction);
  g_test_add_func ("/store/past/leads", test_leads);
  g_test_add_func ("/store/past/lead-comes-back", test_lead_comes_back);
  g_test_add_func ("/store/past/created-by", test_created_by);
  g_test_add_func ("/store/past/size", test_size);
  g_test_add_func ("/store/past/versions", test_versions);
  g_test_add_func ("/store/past/run-states", test_run_states);
  g_test_add_func ("/store/past/latest-events", test_latest_events);
  g_test_add_func ("/store/past/latest-leads", test_latest_leads);
  return g_test_run ();
}
