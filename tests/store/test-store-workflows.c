/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflow versions: every published one is kept, drafts come and go (S12, S30). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

static void
save (WfStoreFixture *f, WfWorkflow *workflow, const char *etag, WfInstant at)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_save_workflow (f->store, workflow, etag, "carla", at, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

static char *
list (WfStoreFixture *f)
{
  g_autoptr (GPtrArray) stored = wf_store_list_workflows (f->store);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < stored->len; i++)
    {
      WfStoredWorkflow *w = g_ptr_array_index (stored, i);

      g_string_append_printf (text, "%s%s:%" G_GINT64_FORMAT "%s", i > 0 ? " " : "",
                              w->workflow->id, w->workflow->version, w->is_draft ? ":draft" : "");
    }
  return g_string_free (text, FALSE);
}

#define ASSERT_LIST(f, expected)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_list = list (f);                                                             \
    g_assert_cmpstr (_list, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_versions (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfWorkflow) one = wf_test_workflow ("w-1", 1, WF_WORKFLOW_LIVE),
                         two = wf_test_workflow ("w-1", 2, WF_WORKFLOW_LIVE),
                         other = wf_test_workflow ("w-2", 7, WF_WORKFLOW_PAUSED), old = NULL,
                         current = NULL, none = NULL;
  g_autoptr (GPtrArray) stored = NULL;

  ASSERT_LIST (f, "");
  g_set_str (&two->name, "Second");
  save (f, one, "\"1\"", NOW);
  save (f, two, "\"2\"", NOW + 1);
  save (f, other, NULL, NOW);
  ASSERT_LIST (f, "w-1:2 w-2:7");
  old = wf_store_get_workflow_version (f->store, "w-1", 1);
  current = wf_store_get_workflow_version (f->store, "w-1", 2);
  none = wf_store_get_workflow_version (f->store, "w-1", 3);
  g_assert_cmpstr (old->name, ==, "First contact");
  g_assert_cmpstr (current->name, ==, "Second");
  g_assert_null (none);
  stored = wf_store_list_workflows (f->store);
  g_assert_cmpstr (((WfStoredWorkflow *) g_ptr_array_index (stored, 0))->etag, ==, "\"2\"");
  g_assert_cmpstr (((WfStoredWorkflow *) g_ptr_array_index (stored, 0))->author, ==, "carla");
  g_assert_cmpint (((WfStoredWorkflow *) g_ptr_array_index (stored, 0))->saved, ==, NOW + 1);
  g_assert_null (((WfStoredWorkflow *) g_ptr_array_index (stored, 1))->etag);
}

/* Pausing changes the state of a version without making a new one. */
static void
test_state (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfWorkflow) w = wf_test_workflow ("w-1", 4, WF_WORKFLOW_LIVE), read = NULL;

  save (f, w, "1", NOW);
  w->state = WF_WORKFLOW_PAUSED;
  save (f, w, "2", NOW);
  ASSERT_LIST (f, "w-1:4");
  read = wf_store_get_workflow_version (f->store, "w-1", 4);
  g_assert_cmpint (read->state, ==, WF_WORKFLOW_PAUSED);
}

static void
test_drafts (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfWorkflow) live = wf_test_workflow ("w-1", 4, WF_WORKFLOW_LIVE),
                         draft = wf_test_workflow ("w-1", 4, WF_WORKFLOW_DRAFT),
                         theirs = wf_test_workflow ("w-1", 5, WF_WORKFLOW_LIVE), published = NULL;
  g_autoptr (GError) error = NULL;

  save (f, live, "1", NOW);
  g_set_str (&draft->name, "Mine");
  save (f, draft, NULL, NOW);
  ASSERT_LIST (f, "w-1:4 w-1:4:draft");
  /* One draft a workflow. */
  draft->version = 5;
  save (f, draft, NULL, NOW + 1);
  ASSERT_LIST (f, "w-1:4 w-1:5:draft");
  /* Somebody else's version leaves it alone (S30). */
  save (f, theirs, "2", NOW + 2);
  ASSERT_LIST (f, "w-1:5 w-1:5:draft");
  /* Once it is what was published, it is no draft any more. */
  published = wf_workflow_copy (draft);
  published->version = 6;
  published->state = WF_WORKFLOW_LIVE;
  save (f, published, "3", NOW + 3);
  ASSERT_LIST (f, "w-1:6");

  save (f, draft, NULL, NOW + 4);
  ASSERT_LIST (f, "w-1:6 w-1:5:draft");
  wf_store_fixture_begin (f);
  g_assert_true (wf_store_delete_draft (f->store, "w-1", &error));
  wf_store_fixture_commit (f);
  ASSERT_LIST (f, "w-1:6");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/workflows/versions", test_versions);
  g_test_add_func ("/store/workflows/state", test_state);
  g_test_add_func ("/store/workflows/drafts", test_drafts);
  return g_test_run ();
}
