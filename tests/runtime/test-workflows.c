/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts, publishing, conflicts and states of workflows (S12, S30, B18). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#define MINUTE G_TIME_SPAN_MINUTE

static WfRuntimeWorkflow *
get_row (WfFixture *f, GPtrArray **rows)
{
  g_clear_pointer (rows, g_ptr_array_unref);
  *rows = wf_fixture_list_workflows (f);
  g_assert_cmpuint ((*rows)->len, ==, 1);
  return g_ptr_array_index (*rows, 0);
}

static void
begin (WfFixture *f, const char *person)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_simple_workflow (f);
  wf_fixture_start (f);
}

/* The published version with another name. */
static WfWorkflow *
edit (WfFixture *f, const char *name)
{
  WfWorkflow *copy = wf_workflow_copy (wf_scripted_crm_get_workflow (f->crm, WF_TEST_WORKFLOW));

  g_set_str (&copy->name, name);
  return copy;
}

static void
test_draft (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WfWorkflow) edited = NULL;
  WfRuntimeWorkflow *row;

  begin (&f, "carla");
  edited = edit (&f, "Second try");
  g_assert_true (wf_fixture_save_workflow (&f, edited, FALSE, NULL));
  row = get_row (&f, &rows);
  g_assert_cmpstr (row->workflow->name, ==, "First contact");
  g_assert_nonnull (row->draft);
  g_assert_cmpstr (row->draft->name, ==, "Second try");
  g_assert_cmpint (row->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_cmpuint (row->n_errors, ==, 0);
  g_assert_cmpstr (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW)->name, ==,
                   "First contact");
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_SAVE), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_publish (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WfWorkflow) edited = NULL;
  WfRuntimeWorkflow *row;

  begin (&f, "carla");
  edited = edit (&f, "Second try");
  wf_scripted_crm_set_offline (f.crm, TRUE);
  g_assert_true (wf_fixture_save_workflow (&f, edited, TRUE, NULL));
  row = get_row (&f, &rows);
  g_assert_cmpint (row->sync, ==, WF_SYNC_LOCAL); /* honest: it is on this computer */
  g_assert_cmpint (row->workflow->version, ==, 1);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 2 * MINUTE);

  row = get_row (&f, &rows);
  g_assert_cmpint (row->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_cmpint (row->workflow->version, ==, 2);
  g_assert_cmpint (row->workflow->state, ==, WF_WORKFLOW_LIVE);
  g_assert_cmpstr (row->workflow->name, ==, "Second try");
  g_assert_null (row->draft);
  g_assert_cmpint (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW)->version, ==, 2);

  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->workflow_version, ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_new_workflow (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WfWorkflow) new = NULL;
  g_autoptr (GError) error = NULL;
  WfRuntimeWorkflow *row;
  WfStep *step;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_start (&f);
  new = wf_workflow_new ("New");
  g_assert_true (wf_fixture_save_workflow (&f, new, FALSE, &error));
  row = get_row (&f, &rows);
  g_assert_cmpstr (row->workflow->name, ==, "New");
  g_assert_cmpint (row->sync, ==, WF_SYNC_LOCAL);

  /* With errors it stays a draft. */
  g_assert_false (wf_fixture_save_workflow (&f, new, TRUE, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_SAVE), ==, 0);

  g_set_str (&new->event, "lead.received");
  step = wf_step_new (WF_STEP_CREATE_ACTIVITY);
  g_set_str (&step->id, "call");
  g_set_str (&step->create_activity.activity_type, "call");
  step->create_activity.complete_within = (WfDuration) { 1, WF_TIME_UNIT_HOURS };
  g_ptr_array_add (new->steps, step);
  g_assert_true (wf_fixture_save_workflow (&f, new, TRUE, &error));
  g_assert_no_error (error);
  row = get_row (&f, &rows);
  g_assert_cmpint (row->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_cmpint (row->workflow->version, ==, 1);
  g_assert_nonnull (wf_scripted_crm_get_workflow (f.crm, new->id));
  wf_fixture_tear_down (&f);
}

static void
test_conflict (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WfWorkflow) edited = NULL, theirs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  WfRuntimeWorkflow *row;

  begin (&f, "carla");
  edited = edit (&f, "Ours");
  wf_scripted_crm_set_offline (f.crm, TRUE);
  g_assert_true (wf_fixture_save_workflow (&f, edited, TRUE, NULL));
  theirs = edit (&f, "Theirs");
  theirs->version = 2;
  text = wf_workflow_to_text (theirs, FALSE);
  wf_scripted_crm_put_workflow (f.crm, text);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 2 * MINUTE);

  /* Theirs counts; ours is not lost and not silently thrown over it. */
  g_assert_cmpstr (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW)->name, ==, "Theirs");
  row = get_row (&f, &rows);
  g_assert_cmpstr (row->workflow->name, ==, "Theirs");
  g_assert_nonnull (row->draft);
  g_assert_cmpstr (row->draft->name, ==, "Ours");
  g_assert_cmpint (row->sync, ==, WF_SYNC_REFUSED);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);

  /* Still on the old base: refused here already. On the new one: it is what the person wants. */
  g_assert_false (wf_fixture_save_workflow (&f, edited, TRUE, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT);
  edited->version = 2;
  g_assert_true (wf_fixture_save_workflow (&f, edited, TRUE, NULL));
  row = get_row (&f, &rows);
  g_assert_cmpstr (row->workflow->name, ==, "Ours");
  g_assert_cmpint (row->workflow->version, ==, 3);
  g_assert_cmpint (row->sync, ==, WF_SYNC_CONFIRMED);
  wf_fixture_tear_down (&f);
}

static void
test_rights (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL;
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  edited = edit (&f, "Not allowed");
  g_assert_false (wf_fixture_save_workflow (&f, edited, FALSE, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  wf_fixture_tear_down (&f);
}

static void
test_states (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WfWorkflow) edited = NULL;

  begin (&f, "carla");
  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  g_assert_cmpint (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW)->state, ==,
                   WF_WORKFLOW_PAUSED);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 0);

  /* Published while paused, it stays paused. */
  edited = edit (&f, "Second try");
  g_assert_true (wf_fixture_save_workflow (&f, edited, TRUE, NULL));
  g_assert_cmpint (get_row (&f, &rows)->workflow->state, ==, WF_WORKFLOW_PAUSED);
  g_assert_cmpint (get_row (&f, &rows)->workflow->version, ==, 2);

  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_LIVE, NULL));
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/workflows/draft", test_draft);
  g_test_add_func ("/runtime/workflows/publish", test_publish);
  g_test_add_func ("/runtime/workflows/new", test_new_workflow);
  g_test_add_func ("/runtime/workflows/conflict", test_conflict);
  g_test_add_func ("/runtime/workflows/rights", test_rights);
  g_test_add_func ("/runtime/workflows/states", test_states);
  return g_test_run ();
}
