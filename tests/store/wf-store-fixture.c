/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the store share: a store in a temporary folder, and things to put into it. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

#include "wf-instant.h"
#include "wf-uuid.h"

WfStoreFixture *
wf_store_fixture_new (void)
{
  WfStoreFixture *self = g_new0 (WfStoreFixture, 1);

  self->folder = wf_test_folder_new ();
  self->path = wf_test_folder_build (self->folder, "account.db");
  wf_store_fixture_reopen (self);
  return self;
}

void
wf_store_fixture_free (WfStoreFixture *self)
{
  g_clear_pointer (&self->store, wf_store_close);
  wf_test_folder_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
wf_store_fixture_reopen (WfStoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;

  g_clear_pointer (&self->store, wf_store_close);
  self->store = wf_store_open (self->path, WF_STORE_READ_WRITE, &aside, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->store);
  g_assert_null (aside);
}

void
wf_store_fixture_begin (WfStoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  wf_store_begin (self->store, &error);
  g_assert_no_error (error);
}

void
wf_store_fixture_commit (WfStoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  wf_store_commit (self->store, &error);
  g_assert_no_error (error);
}

WfEvent *
wf_test_event (const char *id, const char *type, const char *lead, WfInstant time)
{
  g_autofree char *at = wf_instant_format_utc (time);
  g_autofree char *member =
      lead == NULL ? g_strdup ("") : g_strdup_printf ("\"lead\":{\"id\":\"%s\",\"score\":7}", lead);
  g_autofree char *text = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/crm/test\",\"type\":\"%s\","
      "\"time\":\"%s\",\"data\":{%s}}",
      id, type, at, member);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfEvent *event = wf_event_read (document, wf_json_document_get_root (document), time, problems);

  g_assert_nonnull (event);
  return event;
}

WfActivity *
wf_test_activity (const char *id, WfInstant due)
{
  WfActivity *a = wf_activity_new (id);

  a->lead = g_strdup ("l-1");
  a->lead_name = g_strdup ("Padaria Sol");
  g_set_str (&a->type, "filter-1");
  g_set_str (&a->title, "Realizar Filtro 1");
  a->person = g_strdup ("ana");
  a->created = NOW;
  a->due = a->original_due = due;
  a->workflow = g_strdup ("w");
  a->workflow_version = 3;
  return a;
}

char *
wf_test_uuid (guint n)
{
  char uuid[WF_UUID_LENGTH + 1];
  g_autofree char *name = g_strdup_printf ("%u", n);

  wf_uuid_v5 ("6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11", name, -1, uuid);
  return g_strdup (uuid);
}

WfWorkflow *
wf_test_workflow (const char *id, gint64 version, WfWorkflowState state)
{
  WfWorkflow *workflow = wf_workflow_new ("First contact");

  g_set_str (&workflow->id, id);
  g_set_str (&workflow->event, "lead.received");
  workflow->version = version;
  workflow->state = state;
  return workflow;
}

WfStoredRun
wf_test_run (const char *key, const char *workflow, const char *lead, const char *event,
             WfInstant started)
{
  return (WfStoredRun) { .key = (char *) key,
                         .workflow = (char *) workflow,
                         .version = 1,
                         .lead = (char *) lead,
                         .event_source = (char *) "/crm/test",
                         .event_id = (char *) event,
                         .started = started,
                         .next_due = WF_INSTANT_NONE,
                         .state = (char *) "{}" };
}

void
wf_store_fixture_put (WfStoreFixture *self, const WfActivity *activity)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (self);
  wf_store_put_activity (self->store, activity, NULL, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (self);
}

void
wf_store_fixture_add_outbox (WfStoreFixture *self, WfOutboxKind kind, const char *subject,
                             const char *lead)
{
  g_autoptr (GError) error = NULL;
  WfOutboxItem item = {
    .kind = kind, .subject = (char *) subject, .lead = (char *) lead, .not_before = WF_INSTANT_NONE
  };

  wf_store_fixture_begin (self);
  wf_store_add_outbox (self->store, &item, NOW, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (self);
}

gint64
wf_store_fixture_add_event (WfStoreFixture *self, const char *id, const char *type,
                            const char *lead, WfInstant time, const char *trace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfEvent) event = wf_test_event (id, type, lead, time);
  gint64 rowid = 0;
  gboolean is_new = FALSE;

  wf_store_fixture_begin (self);
  wf_store_add_event (self->store, event, time, &rowid, &is_new, &error);
  g_assert_no_error (error);
  g_assert_true (is_new);
  if (trace != NULL)
    wf_store_add_trace (self->store, rowid, trace, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (self);
  return rowid;
}

void
wf_assert_same_activity (const WfActivity *a, const WfActivity *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->ends, ==, b->ends);
  g_assert_cmpstr (a->place, ==, b->place);
  g_assert_cmpstr (a->lead, ==, b->lead);
  g_assert_cmpstr (a->lead_name, ==, b->lead_name);
  g_assert_cmpstr (a->lead_phone, ==, b->lead_phone);
  g_assert_cmpstr (a->lead_email, ==, b->lead_email);
  g_assert_cmpstr (a->type, ==, b->type);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->notes, ==, b->notes);
  g_assert_cmpstr (a->person, ==, b->person);
  g_assert_cmpint (a->created, ==, b->created);
  g_assert_cmpint (a->due, ==, b->due);
  g_assert_cmpint (a->original_due, ==, b->original_due);
  g_assert_cmpint (a->remind, ==, b->remind);
  g_assert_cmpint (a->visible_from, ==, b->visible_from);
  g_assert_cmpint (a->completed, ==, b->completed);
  g_assert_cmpstr (a->zone, ==, b->zone);
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpstr (a->outcome, ==, b->outcome);
  g_assert_cmpint (a->business_hours, ==, b->business_hours);
  g_assert_cmpint (a->arrived_late, ==, b->arrived_late);
  g_assert_cmpint (a->pinned, ==, b->pinned);
  g_assert_cmpstr (a->workflow, ==, b->workflow);
  g_assert_cmpstr (a->workflow_name, ==, b->workflow_name);
  g_assert_cmpstr (a->step, ==, b->step);
  g_assert_cmpstr (a->event_source, ==, b->event_source);
  g_assert_cmpstr (a->event_id, ==, b->event_id);
  g_assert_cmpstr (a->event_type, ==, b->event_type);
  g_assert_cmpint (a->workflow_version, ==, b->workflow_version);
  g_assert_cmpstr (a->cause, ==, b->cause);
  g_assert_cmpstr (a->explanation, ==, b->explanation);
  g_assert_cmpstr (a->etag, ==, b->etag);
  g_assert_cmpint (a->sync, ==, b->sync);
  g_assert_cmpstr (a->sync_error, ==, b->sync_error);
}
