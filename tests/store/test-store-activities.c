/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities: what is stored comes back, local changes survive the CRM's state, lists, counts, figures. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

static WfActivity *
get (WfStoreFixture *f, const char *id)
{
  return wf_store_get_activity (f->store, id);
}

static WfActivity *
make_full (void)
{
  WfActivity *a = wf_test_activity ("8d3c2f44-0c6e-5b1f-9a77-0123456789ab", NOW + HOUR);

  a->lead_phone = g_strdup ("+55 11 5555 0100");
  a->lead_email = g_strdup ("contato@padariasol.example");
  a->notes = g_strdup ("Ligar");
  a->original_due = NOW + 2 * HOUR;
  a->remind = NOW + 50 * MINUTE;
  a->visible_from = NOW - HOUR;
  a->completed = NOW + 3;
  a->kind = WF_ACTIVITY_MEETING;
  a->ends = NOW + 90 * MINUTE;
  a->place = g_strdup ("Avenida Paulista, 1000");
  a->zone = g_strdup ("America/Sao_Paulo");
  a->status = WF_ACTIVITY_DONE;
  a->outcome = g_strdup ("reached");
  a->business_hours = a->arrived_late = a->pinned = TRUE;
  a->workflow_name = g_strdup ("First contact");
  a->step = g_strdup ("filter1");
  a->event_source = g_strdup ("/crm/test");
  a->event_id = g_strdup ("e-1");
  a->event_type = g_strdup ("lead.received");
  a->cause = g_strdup ("w/filter1/e-1");
  a->explanation = g_strdup ("{\"path\":[]}");
  a->etag = g_strdup ("\"7\"");
  a->sync = WF_SYNC_REFUSED;
  a->sync_error = g_strdup ("no");
  return a;
}

static void
test_round_trip (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) full = make_full (), bare = wf_activity_new ("4711"), read = NULL,
                         read_bare = NULL;

  wf_store_fixture_put (f, full);
  wf_store_fixture_put (f, bare);
  wf_store_fixture_reopen (f);
  read = get (f, full->id);
  read_bare = get (f, "4711");
  wf_assert_same_activity (read, full);
  wf_assert_same_activity (read_bare, bare);
  g_assert_null (get (f, "4712"));
}

/* R86, R87: each alone, and all kinds. */
static void
test_kind_ends_place (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  for (guint i = 0; i < 16; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_autoptr (WfActivity) a = wf_test_activity (id, NOW), read = NULL;

      a->kind = (WfActivityKind) (i / 4);
      a->ends = i & 1 ? NOW + HOUR : WF_INSTANT_NONE;
      a->place = i & 2 ? g_strdup ("Loja Centro") : NULL;
      a->pinned = a->business_hours = i % 3 == 0;
      wf_store_fixture_put (f, a);
      a->due += MINUTE;
      wf_store_fixture_put (f, a);
      read = get (f, id);
      wf_assert_same_activity (read, a);
    }
}

static void
test_replace (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) full = make_full (), changed = NULL, read = NULL;
  WfActivityQuery query = { .scope = WF_ACTIVITIES_ALL,
                            .now = NOW,
                            .due_from = WF_INSTANT_NONE,
                            .due_until = WF_INSTANT_NONE };

  wf_store_fixture_put (f, full);
  changed = wf_activity_copy (full);
  changed->status = WF_ACTIVITY_OPEN;
  changed->due += DAY;
  g_set_str (&changed->person, NULL);
  g_set_str (&changed->title, "Other");
  g_set_str (&changed->lead, "l-9");
  changed->sync = WF_SYNC_LOCAL;
  wf_store_fixture_put (f, changed);
  read = get (f, full->id);
  wf_assert_same_activity (read, changed);
  g_assert_cmpuint (wf_store_count_activities (f->store, &query), ==, 1);
  query.lead = "l-1";
  g_assert_cmpuint (wf_store_count_activities (f->store, &query), ==, 0);
  query.lead = "l-9";
  g_assert_cmpuint (wf_store_count_activities (f->store, &query), ==, 1);
}

static void
test_run_link (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) first = wf_test_activity ("a-1", NOW),
                         second = wf_test_activity ("a-2", NOW);
  g_autoptr (GError) error = NULL;
  g_autofree char *key = wf_test_uuid (1), *a = NULL, *b = NULL, *c = NULL, *after = NULL;
  WfStoredRun run = wf_test_run (key, "w", "l-1", "e-1", NOW);

  wf_store_fixture_begin (f);
  /* In either order: the run may be saved after its activities. */
  wf_store_put_activity (f->store, first, key, &error);
  wf_store_save_run (f->store, &run, &error);
  wf_store_put_activity (f->store, second, key, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  a = wf_store_get_activity_run (f->store, "a-1");
  b = wf_store_get_activity_run (f->store, "a-2");
  c = wf_store_get_activity_run (f->store, "a-3");
  g_assert_cmpstr (a, ==, key);
  g_assert_cmpstr (b, ==, key);
  g_assert_null (c);
  /* The CRM's state says nothing of runs. */
  second->sync = WF_SYNC_CONFIRMED;
  wf_store_fixture_put (f, second);
  after = wf_store_get_activity_run (f->store, "a-2");
  g_assert_cmpstr (after, ==, key);
}

/* ---- local changes (B18) ---- */

static gint64
get_only_outbox_id (WfStoreFixture *f)
{
  g_autoptr (GPtrArray) items = wf_store_list_outbox_ready (f->store, NOW, 10);

  g_assert_cmpuint (items->len, >=, 1);
  return ((WfOutboxItem *) g_ptr_array_index (items, 0))->id;
}

static void
set_state (WfStoreFixture *f, gint64 id, WfOutboxState state, const char *text)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_set_outbox_state (f->store, id, state, WF_INSTANT_NONE, text, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

/* A confirmed activity that ana completes here. */
static WfActivity *
complete_locally (WfStoreFixture *f, WfActivity **theirs)
{
  WfActivity *mine;

  *theirs = wf_test_activity ("a-1", NOW + HOUR);
  (*theirs)->sync = WF_SYNC_CONFIRMED;
  (*theirs)->etag = g_strdup ("1");
  wf_store_fixture_put (f, *theirs);
  mine = wf_activity_copy (*theirs);
  mine->status = WF_ACTIVITY_DONE;
  mine->completed = NOW;
  mine->outcome = g_strdup ("reached");
  mine->sync = WF_SYNC_LOCAL;
  wf_store_fixture_put (f, mine);
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CHANGE_ACTIVITY, "a-1", "l-1");
  return mine;
}

static void
test_snapshot_keeps_pending (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) theirs = NULL, read = NULL;
  g_autoptr (WfActivity) mine = complete_locally (f, &theirs);
  gint64 id = get_only_outbox_id (f);

  /* The CRM's state still says open, but another person and title. */
  g_set_str (&theirs->title, "Theirs");
  g_set_str (&theirs->person, "bruno");
  g_set_str (&theirs->etag, "2");
  wf_store_fixture_put (f, theirs);
  read = get (f, "a-1");
  g_assert_cmpint (read->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (read->completed, ==, NOW);
  g_assert_cmpstr (read->outcome, ==, "reached");
  g_assert_cmpint (read->sync, ==, WF_SYNC_LOCAL);
  g_assert_cmpstr (read->title, ==, "Theirs");
  g_assert_cmpstr (read->person, ==, "bruno");
  g_assert_cmpstr (read->etag, ==, "2");

  /* Also while it is on its way, and again and again. */
  set_state (f, id, WF_OUTBOX_SENT, NULL);
  wf_store_fixture_put (f, theirs);
  g_clear_pointer (&read, wf_activity_unref);
  read = get (f, "a-1");
  g_assert_cmpint (read->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (read->sync, ==, WF_SYNC_SENT);

  /* Once it is done, the CRM's word counts. */
  set_state (f, id, WF_OUTBOX_DONE, NULL);
  g_clear_pointer (&read, wf_activity_unref);
  read = get (f, "a-1");
  g_assert_cmpint (read->sync, ==, WF_SYNC_CONFIRMED);
  wf_store_fixture_put (f, theirs);
  g_clear_pointer (&read, wf_activity_unref);
  read = get (f, "a-1");
  g_assert_cmpint (read->status, ==, WF_ACTIVITY_OPEN);
  g_assert_null (read->outcome);
}

static void
test_refused_change_gives_way (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) theirs = NULL, read = NULL, later = NULL;
  g_autoptr (WfActivity) mine = complete_locally (f, &theirs);

  set_state (f, get_only_outbox_id (f), WF_OUTBOX_FAILED, "You may not");
  read = get (f, "a-1");
  g_assert_cmpint (read->sync, ==, WF_SYNC_REFUSED);
  g_assert_cmpstr (read->sync_error, ==, "You may not");
  wf_store_fixture_put (f, theirs);
  g_clear_pointer (&read, wf_activity_unref);
  read = get (f, "a-1");
  g_assert_cmpint (read->status, ==, WF_ACTIVITY_OPEN);
  /* It counts no more, and is still to be seen. */
  g_assert_cmpint (read->sync, ==, WF_SYNC_REFUSED);
  g_assert_cmpstr (read->sync_error, ==, "You may not");

  /* A later change of something else does not bring the refused one back. */
  later = wf_activity_copy (read);
  later->due += DAY;
  later->sync = WF_SYNC_LOCAL;
  wf_store_fixture_put (f, later);
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CHANGE_ACTIVITY, "a-1", "l-1");
  theirs->status = WF_ACTIVITY_CANCELLED;
  wf_store_fixture_put (f, theirs);
  g_clear_pointer (&read, wf_activity_unref);
  read = get (f, "a-1");
  g_assert_cmpint (read->status, ==, WF_ACTIVITY_CANCELLED);
  g_assert_cmpint (read->due, ==, theirs->due + DAY);
}

static void
test_two_changes (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) theirs = NULL, read = NULL;
  g_autoptr (WfActivity) mine = complete_locally (f, &theirs);
  gint64 first = get_only_outbox_id (f);

  /* Undo: open again, while the completion waits. */
  mine->status = WF_ACTIVITY_OPEN;
  mine->completed = WF_INSTANT_NONE;
  g_clear_pointer (&mine->outcome, g_free);
  wf_store_fixture_put (f, mine);
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CHANGE_ACTIVITY, "a-1", "l-1");
  set_state (f, first, WF_OUTBOX_DONE, NULL);
  read = get (f, "a-1");
  g_assert_cmpint (read->sync, ==, WF_SYNC_LOCAL);
  /* The answer to the first change must not undo the second. */
  theirs->status = WF_ACTIVITY_DONE;
  theirs->completed = NOW;
  wf_store_fixture_put (f, theirs);
  g_clear_pointer (&read, wf_activity_unref);
  read = get (f, "a-1");
  g_assert_cmpint (read->status, ==, WF_ACTIVITY_OPEN);
  g_assert_cmpint (read->completed, ==, WF_INSTANT_NONE);
}

/* The engine decides once more on an event whose activity another engine created, and somebody completed. */
static void
test_created_again (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) theirs = wf_test_activity ("a-1", NOW),
                         ours = wf_test_activity ("a-1", NOW), read = NULL;

  theirs->sync = WF_SYNC_CONFIRMED;
  theirs->etag = g_strdup ("4");
  theirs->status = WF_ACTIVITY_DONE;
  wf_store_fixture_put (f, theirs);
  ours->explanation = g_strdup ("{}");
  wf_store_fixture_put (f, ours);
  read = get (f, "a-1");
  g_assert_cmpint (read->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (read->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_cmpstr (read->explanation, ==, "{}");
}

/* ---- lists ---- */

static void
add (WfStoreFixture *f, const char *id, const char *person, WfInstant due, WfActivityStatus status,
     WfInstant visible_from)
{
  g_autoptr (WfActivity) a = wf_test_activity (id, due);

  g_set_str (&a->person, person);
  a->status = status;
  a->visible_from = visible_from;
  wf_store_fixture_put (f, a);
}

static char *
list (WfStoreFixture *f, WfActivityQuery query)
{
  g_autoptr (GPtrArray) activities = wf_store_list_activities (f->store, &query);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < activities->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            ((WfActivity *) g_ptr_array_index (activities, i))->id);
  if (query.offset == 0 && query.limit == 0)
    g_assert_cmpuint (wf_store_count_activities (f->store, &query), ==, activities->len);
  return g_string_free (ids, FALSE);
}

#define ASSERT_LIST(f, expected, ...)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    WfActivityQuery _query = { __VA_ARGS__ };                                                      \
    _query.now = _query.now == 0 ? NOW : _query.now;                                               \
    _query.due_from = _query.due_from == 0 ? WF_INSTANT_NONE : _query.due_from;                    \
    _query.due_until = _query.due_until == 0 ? WF_INSTANT_NONE : _query.due_until;                 \
    g_autofree char *_ids = list (f, _query);                                                      \
    g_assert_cmpstr (_ids, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

static void
test_lists (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  add (f, "late", "ana", NOW - HOUR, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  add (f, "later", "ana", NOW + HOUR, WF_ACTIVITY_OPEN, NOW);
  add (f, "hidden", "ana", NOW + 90 * DAY, WF_ACTIVITY_OPEN, NOW + 1);
  add (f, "done", "ana", NOW - 2 * HOUR, WF_ACTIVITY_DONE, WF_INSTANT_NONE);
  add (f, "cancelled", "ana", NOW + 2 * HOUR, WF_ACTIVITY_CANCELLED, WF_INSTANT_NONE);
  add (f, "bruno", "bruno", NOW, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  add (f, "queue", NULL, NOW + MINUTE, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  add (f, "queue-done", NULL, NOW + MINUTE, WF_ACTIVITY_DONE, WF_INSTANT_NONE);

  ASSERT_LIST (f, "late later", .person = "ana");
  ASSERT_LIST (f, "late later hidden", .person = "ana", .now = NOW + 1);
  ASSERT_LIST (f, "late bruno queue later", .person = NULL);
  ASSERT_LIST (f, "queue", .unassigned = TRUE);
  ASSERT_LIST (f, "", .person = "nobody");
  ASSERT_LIST (f, "done cancelled", .person = "ana", .scope = WF_ACTIVITIES_CLOSED);
  ASSERT_LIST (f, "done queue-done cancelled", .scope = WF_ACTIVITIES_CLOSED);
  ASSERT_LIST (f, "queue-done", .unassigned = TRUE, .scope = WF_ACTIVITIES_CLOSED);
  ASSERT_LIST (f, "done late later cancelled hidden", .person = "ana", .scope = WF_ACTIVITIES_ALL);
  ASSERT_LIST (f, "done late bruno queue queue-done later cancelled hidden",
               .scope = WF_ACTIVITIES_ALL);
  /* Half-open. */
  ASSERT_LIST (f, "late bruno", .due_from = NOW - HOUR, .due_until = NOW + MINUTE);
  ASSERT_LIST (f, "late", .person = "ana", .due_until = NOW + HOUR);
  ASSERT_LIST (f, "later", .person = "ana", .due_from = NOW - HOUR + 1);
  ASSERT_LIST (f, "late bruno", .scope = WF_ACTIVITIES_ALL, .due_from = NOW - HOUR,
               .due_until = NOW + 1);
  /* Pages. */
  ASSERT_LIST (f, "bruno queue", .offset = 1, .limit = 2);
  ASSERT_LIST (f, "later", .offset = 3, .limit = 2);
  ASSERT_LIST (f, "", .offset = 4, .limit = 2);
  ASSERT_LIST (f, "late bruno queue", .scope = WF_ACTIVITIES_ALL, .offset = 1, .limit = 3);
}

static void
test_lists_of_lead (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) other = wf_test_activity ("other", NOW);

  add (f, "b", "bruno", NOW + HOUR, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  add (f, "a", "ana", NOW, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  add (f, "hidden", "ana", NOW, WF_ACTIVITY_OPEN, NOW + 1);
  add (f, "done", "ana", NOW - HOUR, WF_ACTIVITY_DONE, WF_INSTANT_NONE);
  g_set_str (&other->lead, "l-2");
  wf_store_fixture_put (f, other);
  ASSERT_LIST (f, "a b", .lead = "l-1");
  ASSERT_LIST (f, "done", .lead = "l-1", .scope = WF_ACTIVITIES_CLOSED);
  ASSERT_LIST (f, "done a hidden b", .lead = "l-1", .scope = WF_ACTIVITIES_ALL);
  ASSERT_LIST (f, "a", .lead = "l-1", .person = "ana");
  ASSERT_LIST (f, "other", .lead = "l-2", .scope = WF_ACTIVITIES_ALL);
  ASSERT_LIST (f, "", .lead = "l-3", .scope = WF_ACTIVITIES_ALL);
}

static void
test_count_today (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  guint late = 99, today = 99;

  wf_store_count_today (f->store, "ana", NOW, NOW + 12 * HOUR, &late, &today);
  g_assert_cmpuint (late, ==, 0);
  g_assert_cmpuint (today, ==, 0);
  add (f, "late", "ana", NOW - 1, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  add (f, "due", "ana", NOW, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  add (f, "today", "ana", NOW + 12 * HOUR - 1, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  add (f, "tomorrow", "ana", NOW + 12 * HOUR, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  add (f, "hidden", "ana", NOW + HOUR, WF_ACTIVITY_OPEN, NOW + MINUTE);
  add (f, "done", "ana", NOW + HOUR, WF_ACTIVITY_DONE, WF_INSTANT_NONE);
  add (f, "bruno", "bruno", NOW - HOUR, WF_ACTIVITY_OPEN, WF_INSTANT_NONE);
  wf_store_count_today (f->store, "ana", NOW, NOW + 12 * HOUR, &late, &today);
  g_assert_cmpuint (late, ==, 1);
  g_assert_cmpuint (today, ==, 2);
  wf_store_count_today (f->store, NULL, NOW, NOW + 12 * HOUR, &late, &today);
  g_assert_cmpuint (late, ==, 2);
  g_assert_cmpuint (today, ==, 2);
}

/* ---- figures ---- */

static void
test_figures (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) on_time = wf_test_activity ("a-1", NOW),
                         too_late = wf_test_activity ("a-2", NOW),
                         old = wf_test_activity ("a-3", NOW), open = wf_test_activity ("a-4", NOW);
  g_autoptr (GError) error = NULL;
  g_autofree char *key = wf_test_uuid (1);
  WfStoredRun run = wf_test_run (key, "w", NULL, "e-1", NOW - HOUR);
  WfWorkflowFigures figures;

  on_time->status = too_late->status = WF_ACTIVITY_DONE;
  on_time->completed = NOW;
  too_late->completed = NOW + 1;
  too_late->created = NOW - 29 * DAY;
  old->created = NOW - 30 * DAY;
  wf_store_fixture_put (f, on_time);
  wf_store_fixture_put (f, too_late);
  wf_store_fixture_put (f, old);
  wf_store_fixture_put (f, open);
  wf_store_fixture_begin (f);
  wf_store_save_run (f->store, &run, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  wf_store_get_workflow_figures (f->store, "w", NOW, &figures);
  g_assert_cmpuint (figures.created, ==, 3);
  g_assert_cmpuint (figures.done, ==, 2);
  g_assert_cmpuint (figures.done_on_time, ==, 1);
  g_assert_cmpuint (figures.per_day[29], ==, 2);
  g_assert_cmpuint (figures.per_day[0], ==, 1);
  g_assert_cmpint (figures.last_run, ==, NOW - HOUR);

  /* Changes are counted in place: opened again, given to another workflow. */
  on_time->status = WF_ACTIVITY_OPEN;
  g_set_str (&open->workflow, "other");
  wf_store_fixture_put (f, on_time);
  wf_store_fixture_put (f, open);
  wf_store_get_workflow_figures (f->store, "w", NOW, &figures);
  g_assert_cmpuint (figures.created, ==, 2);
  g_assert_cmpuint (figures.done, ==, 1);
  g_assert_cmpuint (figures.done_on_time, ==, 0);
  wf_store_get_workflow_figures (f->store, "unknown", NOW, &figures);
  g_assert_cmpuint (figures.created, ==, 0);
  g_assert_cmpint (figures.last_run, ==, WF_INSTANT_NONE);
}

/* A person moves a meeting while the CRM sends its older state; a CRM that knows tasks only makes no task of it. */
static void
test_meeting_and_crm (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW + DAY), theirs = NULL, read = NULL;

  a->kind = WF_ACTIVITY_MEETING;
  a->ends = NOW + DAY + HOUR;
  a->place = g_strdup ("Loja Centro");
  a->sync = WF_SYNC_CONFIRMED;
  wf_store_fixture_put (f, a);
  theirs = wf_activity_copy (a);
  a->due += DAY;
  a->ends += DAY;
  a->sync = WF_SYNC_LOCAL;
  wf_store_fixture_put (f, a);
  wf_store_fixture_add_outbox (f, WF_OUTBOX_CHANGE_ACTIVITY, "a-1", "l-1");
  g_set_str (&theirs->place, "Loja Norte");
  wf_store_fixture_put (f, theirs);
  read = get (f, "a-1");
  g_assert_cmpint (read->due, ==, a->due);
  g_assert_cmpint (read->ends, ==, a->ends);
  g_assert_cmpstr (read->place, ==, "Loja Norte");

  set_state (f, get_only_outbox_id (f), WF_OUTBOX_DONE, NULL);
  theirs->kind = WF_ACTIVITY_TASK;
  theirs->due = a->due;
  theirs->ends = WF_INSTANT_NONE;
  g_set_str (&theirs->place, NULL);
  wf_store_fixture_put (f, theirs);
  g_clear_pointer (&read, wf_activity_unref);
  read = get (f, "a-1");
  g_assert_cmpint (read->kind, ==, WF_ACTIVITY_MEETING);
  g_assert_cmpint (read->ends, ==, a->ends);
  g_assert_cmpstr (read->place, ==, "Loja Norte");

  /* Moved there: an end of ours would be of another beginning. */
  theirs->due += HOUR;
  wf_store_fixture_put (f, theirs);
  g_clear_pointer (&read, wf_activity_unref);
  read = get (f, "a-1");
  g_assert_cmpint (read->due, ==, theirs->due);
  g_assert_cmpint (read->ends, ==, WF_INSTANT_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/activities/round-trip", test_round_trip);
  g_test_add_func ("/store/activities/kind-ends-place", test_kind_ends_place);
  g_test_add_func ("/store/activities/meeting-and-crm", test_meeting_and_crm);
  g_test_add_func ("/store/activities/replace", test_replace);
  g_test_add_func ("/store/activities/run-link", test_run_link);
  g_test_add_func ("/store/activities/snapshot-keeps-pending", test_snapshot_keeps_pending);
  g_test_add_func ("/store/activities/refused-change-gives-way", test_refused_change_gives_way);
  g_test_add_func ("/store/activities/two-changes", test_two_changes);
  g_test_add_func ("/store/activities/created-again", test_created_again);
  g_test_add_func ("/store/activities/lists", test_lists);
  g_test_add_func ("/store/activities/lists-of-lead", test_lists_of_lead);
  g_test_add_func ("/store/activities/count-today", test_count_today);
  g_test_add_func ("/store/activities/figures", test_figures);
  return g_test_run ();
}
