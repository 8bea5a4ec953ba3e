/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log page (B3, R117) and retention (S29). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

static void
add_log (WfStoreFixture *f, const char *kind, const char *title, const char *lead, WfInstant at)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_add_log (f->store, at, kind, title, lead, "{\"who\":\"ana\"}", &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static char *
list (WfStoreFixture *f, const char *kind, const char *lead, guint offset, guint limit)
{
  g_autoptr (GPtrArray) entries = wf_store_list_log (f->store, kind, lead, offset, limit);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      WfLogEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", entry->kind, entry->title);
    }
  if (offset == 0 && limit == 0)
    g_assert_cmpuint (wf_store_count_log (f->store, kind, lead), ==, entries->len);
  return g_string_free (text, FALSE);
}

#define ASSERT_LOG(f, kind, lead, expected)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_list = list (f, kind, lead, 0, 0);                                           \
    g_assert_cmpstr (_list, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

/* An event with its run, activity and creation in one transaction, as the runtime does it. */
static void
add_chain (WfStoreFixture *f, const char *event_id, const char *activity_id, const char *lead)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfEvent) event = wf_test_event (event_id, "lead.received", lead, NOW);
  g_autoptr (WfActivity) a = wf_test_activity (activity_id, NOW + HOUR);
  g_autofree char *run_key = g_strconcat ("run-", event_id, NULL);
  WfStoredRun run = wf_test_run (run_key, "w", lead, event_id, NOW);
  WfOutboxItem item = { .kind = WF_OUTBOX_CREATE_ACTIVITY,
                        .subject = a->id,
                        .lead = (char *) lead,
                        .cause = (char *) "c",
                        .run_key = run.key,
                        .not_before = WF_INSTANT_NONE };
  gint64 rowid;
  gboolean is_new;

  g_set_str (&a->lead, lead);
  g_set_str (&a->cause, "c");
  g_set_str (&a->event_source, "/crm/test");
  g_set_str (&a->event_id, event_id);
  run.finished = TRUE;
  wf_store_fixture_begin (f);
  wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error);
  wf_store_add_trace (f->store, rowid, "[{\"workflow\":\"w\",\"verdict\":\"started\"}]", &error);
  wf_store_save_run (f->store, &run, &error);
  wf_store_put_activity (f->store, a, run.key, &error);
  wf_store_add_outbox (f->store, &item, NOW, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static void
test_order_and_filters (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  ASSERT_LOG (f, NULL, NULL, "");
  add_chain (f, "e-1", "a-1", "l-1");
  add_log (f, "problem", "p-1", NULL, NOW);
  wf_store_fixture_add_event (f, "e-2", "lead.updated", "l-2", NOW, NULL);
  wf_store_fixture_add_outbox (f, WF_OUTBOX_SEND_MESSAGE, "m", "l-1");
  add_log (f, "change", "c-1", "l-1", NOW);
  add_log (f, "problem", "p-2", "l-2", NOW);

  ASSERT_LOG (
      f, NULL, NULL,
      "problem:p-2 change:c-1 effect:send-message event:lead.updated problem:p-1 effect:create-activity"
      " event:lead.received");
  ASSERT_LOG (f, "event", NULL, "event:lead.updated event:lead.received");
  ASSERT_LOG (f, "effect", NULL, "effect:send-message effect:create-activity");
  ASSERT_LOG (f, "problem", NULL, "problem:p-2 problem:p-1");
  ASSERT_LOG (f, "change", NULL, "change:c-1");
  ASSERT_LOG (f, NULL, "l-1",
              "change:c-1 effect:send-message effect:create-activity event:lead.received");
  ASSERT_LOG (f, "effect", "l-1", "effect:send-message effect:create-activity");
  ASSERT_LOG (f, "event", "l-1", "event:lead.received");
  ASSERT_LOG (f, "problem", "l-1", "");
  ASSERT_LOG (f, "problem", "l-2", "problem:p-2");
  ASSERT_LOG (f, NULL, "l-3", "");
}

static const WfLogEntry *
get_entry (GPtrArray *log, guint index, WfJsonDocument **details)
{
  const WfLogEntry *entry = g_ptr_array_index (log, index);

  g_clear_pointer (details, wf_json_document_unref);
  *details = wf_json_document_parse (entry->details, -1, 0, NULL);
  g_assert_nonnull (*details);
  return entry;
}

static void
assert_member (WfJsonDocument *details, const char *name, const char *expected)
{
  g_assert_cmpstr (wf_json_get_member_string (wf_json_document_get_root (details), name), ==,
                   expected);
}

static void
test_details (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) details = NULL;
  g_autoptr (GPtrArray) log = NULL;
  const WfLogEntry *entry;
  gint64 item = 0;

  add_chain (f, "e-1", "a-1", "l-1");
  add_log (f, "change", "Deadline moved", "l-1", NOW + 5);
  log = wf_store_list_log (f->store, NULL, NULL, 0, 0);
  entry = get_entry (log, 0, &details);
  g_assert_cmpint (entry->at, ==, NOW + 5);
  g_assert_cmpstr (entry->lead, ==, "l-1");
  assert_member (details, "who", "ana");

  entry = get_entry (log, 1, &details);
  g_assert_cmpstr (entry->lead, ==, "l-1");
  assert_member (details, "state", "pending");
  assert_member (details, "subject", "a-1");
  assert_member (details, "cause", "c");
  g_assert_true (
      wf_json_get_int64 (wf_json_get_member (wf_json_document_get_root (details), "item"), &item));

  entry = get_entry (log, 2, &details);
  g_assert_cmpint (entry->at, ==, NOW);
  assert_member (details, "source", "/crm/test");
  assert_member (details, "id", "e-1");
  assert_member (details, "time", "2026-11-21T12:00:00Z");
  g_assert_cmpuint (
      wf_json_get_size (wf_json_get_path (wf_json_document_get_root (details), "verdicts")), ==, 1);

  wf_store_fixture_begin (f);
  g_assert_true (wf_store_set_outbox_state (f->store, item, WF_OUTBOX_FAILED, WF_INSTANT_NONE,
                                            "You may not", &error));
  wf_store_fixture_commit (f);
  g_clear_pointer (&log, g_ptr_array_unref);
  log = wf_store_list_log (f->store, "effect", NULL, 0, 0);
  get_entry (log, 0, &details);
  assert_member (details, "state", "failed");
  assert_member (details, "error", "You may not");
}

/* Pages forward, backward and at random give what the whole list has; also when something is added between two pages. */
static void
test_pages (void)
{
  static const char *const kinds[] = { NULL, "event", "effect", "problem" };
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *event = g_strdup_printf ("e-%u", i), *activity = g_strdup_printf ("a-%u", i),
                      *lead = g_strdup_printf ("l-%u", i % 3), *title = g_strdup_printf ("p-%u", i);

      if (i % 3 == 0)
        add_chain (f, event, activity, lead);
      else if (i % 3 == 1)
        add_log (f, "problem", title, lead, NOW);
      else
        wf_store_fixture_add_outbox (f, WF_OUTBOX_SEND_MESSAGE, title, lead);
    }
  for (guint i = 0; i < 400; i++)
    {
      const char *kind = kinds[g_rand_int_range (random, 0, 4)];
      const char *lead = g_rand_int_range (random, 0, 2) == 0 ? NULL : "l-0";
      guint offset = (guint) g_rand_int_range (random, 0, 90),
            limit = (guint) g_rand_int_range (random, 1, 20);
      g_autoptr (GPtrArray) page = NULL, whole = NULL;

      /* Now and then the next page of the same list. */
      page = wf_store_list_log (f->store, kind, lead, offset, limit);
      whole = wf_store_list_log (f->store, kind, lead, 0, 0);
      g_assert_cmpuint (page->len, ==, offset >= whole->len ? 0 : MIN (limit, whole->len - offset));
      for (guint j = 0; j < page->len; j++)
        g_assert_cmpint (((WfLogEntry *) g_ptr_array_index (page, j))->id, ==,
                         ((WfLogEntry *) g_ptr_array_index (whole, offset + j))->id);
    }
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GPtrArray) whole = wf_store_list_log (f->store, NULL, NULL, 0, 0);

      for (guint offset = 0; offset < whole->len; offset += 7)
        {
          g_autoptr (GPtrArray) page = wf_store_list_log (f->store, NULL, NULL, offset, 7);

          for (guint j = 0; j < page->len; j++)
            g_assert_cmpint (((WfLogEntry *) g_ptr_array_index (page, j))->id, ==,
                             ((WfLogEntry *) g_ptr_array_index (whole, offset + j))->id);
        }
      add_log (f, "problem", "late", NULL, NOW);
    }
}

/* A read in the middle of a transaction sees what was put in. */
static void
test_inside_transaction (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfEvent) event = wf_test_event ("e-1", "lead.received", "l-1", NOW), read = NULL;
  gint64 rowid;
  gboolean is_new;

  wf_store_fixture_begin (f);
  wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error);
  g_assert_no_error (error);
  ASSERT_LOG (f, "event", NULL, "event:lead.received");
  read = wf_store_get_event (f->store, "/crm/test", "e-1");
  g_assert_nonnull (read);
  g_assert_true (wf_store_add_trace (f->store, rowid, "[]", &error));
  wf_store_fixture_commit (f);
  g_assert_cmpuint (wf_store_count_log (f->store, "event", NULL), ==, 1);
}

/* ---- retention ---- */

static guint
prune_all (WfStoreFixture *f, WfInstant before, guint most)
{
  g_autoptr (GError) error = NULL;
  guint total = 0, removed = 1;

  for (guint i = 0; i < 1000 && removed > 0; i++)
    {
      wf_store_fixture_begin (f);
      wf_store_prune (f->store, before, NOW, most, &removed, &error);
      g_assert_no_error (error);
      wf_store_fixture_commit (f);
      total += removed;
    }
  g_assert_cmpuint (removed, ==, 0);
  return total;
}

static void
test_prune (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity = NULL;
  g_autoptr (WfStoredRun) unfinished = NULL, gone = NULL;
  g_autoptr (WfEvent) needed = NULL, old = NULL;
  WfActivityQuery query = { .scope = WF_ACTIVITIES_ALL,
                            .lead = "l-1",
                            .now = NOW,
                            .due_from = WF_INSTANT_NONE,
                            .due_until = WF_INSTANT_NONE };
  WfStoredRun run = wf_test_run ("waiting", "w", "l-9", "e-0", NOW),
              late_run = wf_test_run ("late", "w", "l-9", "e-1", NOW),
              newest_run = wf_test_run ("newest", "w", NULL, "e-none", NOW);

  wf_store_fixture_add_event (f, "e-0", "lead.received", "l-9", NOW, "[]");
  wf_store_fixture_begin (f);
  wf_store_save_run (f->store, &run, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *event = g_strdup_printf ("e-%u", i), *id = g_strdup_printf ("a-%u", i);

      add_chain (f, event, id, "l-1");
    }
  add_log (f, "problem", "old", NULL, NOW);
  add_log (f, "change", "audit", NULL, NOW);
  late_run.finished = TRUE;
  wf_store_fixture_begin (f);
  wf_store_save_run (f->store, &late_run, &error);
  wf_store_save_run (f->store, &newest_run, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  for (guint i = 1; i <= 19; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_autoptr (WfOutboxItem) item = NULL;

      for (gint64 n = 1; n < 40; n++)
        {
          g_clear_pointer (&item, wf_outbox_item_free);
          item = wf_store_get_outbox_item (f->store, n);
          if (item != NULL && g_str_equal (item->subject, id))
            break;
        }
      wf_store_fixture_begin (f);
      wf_store_set_outbox_state (f->store, item->id, WF_OUTBOX_DONE, WF_INSTANT_NONE, NULL, &error);
      g_assert_no_error (error);
      wf_store_fixture_commit (f);
    }
  wf_store_fixture_add_event (f, "e-young", "lead.updated", "l-1", NOW + DAY, NULL);

  g_assert_cmpuint (prune_all (f, NOW, 3), ==, 0);
  /* 20 events with the runs in them, the finished run apart, 19 effects that are done, one problem. */
  g_assert_cmpuint (prune_all (f, NOW + 1, 3), ==, 20 + 19 + 1 + 1);
  unfinished = wf_store_get_run (f->store, "waiting");
  g_assert_cmpstr (unfinished->event_id, ==, "e-0");
  needed = wf_store_get_event (f->store, "/crm/test", "e-0");
  g_assert_nonnull (needed);
  gone = wf_store_get_run (f->store, "run-e-1");
  g_assert_null (gone);
  old = wf_store_get_event (f->store, "/crm/test", "e-1");
  g_assert_null (old);
  /* Activities stay, and are found by their lead. */
  g_assert_cmpuint (wf_store_count_activities (f->store, &query), ==, 20);
  activity = wf_store_get_activity (f->store, "a-1");
  g_assert_cmpstr (activity->event_id, ==, "e-1");
  ASSERT_LOG (f, "change", NULL, "change:Old entries of the log were removed. change:audit");
  ASSERT_LOG (f, "event", NULL, "event:lead.updated event:lead.received");
  /* Numbers go on where they were. */
  g_assert_cmpint (wf_store_fixture_add_event (f, "e-new", "lead.updated", NULL, NOW, NULL), >, 24);
}

/* An action says in the list what it does; one whose text cannot be read says at least that it is one. */
static void
test_perform (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfJsonDocument) details = NULL;
  g_autoptr (GPtrArray) log = NULL, ready = NULL;
  WfOutboxItem item = { .kind = WF_OUTBOX_PERFORM,
                        .subject = (char *) "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11",
                        .lead = (char *) "l-1",
                        .payload =
                            (char *) "{\"key\":\"k\",\"kind\":\"change-stage\",\"stage\":\"s\"}",
                        .cause = (char *) "c",
                        .not_before = WF_INSTANT_NONE };
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_add_outbox (f->store, &item, NOW, &error);
  item.payload = (char *) "damaged";
  item.lead = (char *) "l-2";
  wf_store_add_outbox (f->store, &item, NOW, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  ASSERT_LOG (f, "effect", NULL, "effect:perform effect:perform/change-stage");
  ASSERT_LOG (f, NULL, "l-1", "effect:perform/change-stage");
  log = wf_store_list_log (f->store, NULL, "l-1", 0, 0);
  get_entry (log, 0, &details);
  assert_member (details, "kind", "perform/change-stage");
  assert_member (details, "cause", "c");
  ready = wf_store_list_outbox_ready (f->store, NOW, 10);
  g_assert_cmpuint (ready->len, ==, 2);
  g_assert_cmpint (((WfOutboxItem *) g_ptr_array_index (ready, 0))->kind, ==, WF_OUTBOX_PERFORM);
  g_assert_true (g_str_has_suffix (((WfOutboxItem *) g_ptr_array_index (ready, 0))->payload, "}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/log/order-and-filters", test_order_and_filters);
  g_test_add_func ("/store/log/details", test_details);
  g_test_add_func ("/store/log/perform", test_perform);
  g_test_add_func ("/store/log/pages", test_pages);
  g_test_add_func ("/store/log/inside-transaction", test_inside_transaction);
  g_test_add_func ("/store/log/prune", test_prune);
  return g_test_run ();
}
