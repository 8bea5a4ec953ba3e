/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two computers edit the same workflow (S30): who comes second is told, nothing is overwritten and
 * nothing is lost, whatever happens in between. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-crash-scene.h"

#include "wf-workflow-merge.h"

#define MINUTE G_TIME_SPAN_MINUTE

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static WfWorkflowConflict *
get_conflict (WfFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfWorkflowConflict *conflict;

  wf_runtime_get_conflict_async (f->runtime, WF_TEST_WORKFLOW, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  conflict = wf_runtime_get_conflict_finish (f->runtime, result, &error);
  g_assert_no_error (error);
  return conflict;
}

static void
assert_no_conflict (WfFixture *f)
{
  g_autoptr (WfWorkflowConflict) conflict = get_conflict (f);
  g_autoptr (GPtrArray) rows = wf_fixture_list_workflows (f);

  g_assert_null (conflict);
  for (guint i = 0; i < rows->len; i++)
    g_assert_false (((WfRuntimeWorkflow *) g_ptr_array_index (rows, i))->in_conflict);
}

/* "base mine theirs" by name. */
static void
assert_conflict (WfFixture *f, const char *expected)
{
  g_autoptr (WfWorkflowConflict) conflict = get_conflict (f);
  g_autoptr (GPtrArray) rows = wf_fixture_list_workflows (f);
  g_autofree char *names = NULL;

  g_assert_nonnull (conflict);
  names = g_strdup_printf ("%s, %s, %s", conflict->base != NULL ? conflict->base->name : "-",
                           conflict->mine->name, conflict->theirs->name);
  g_assert_cmpstr (names, ==, expected);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (((WfRuntimeWorkflow *) g_ptr_array_index (rows, 0))->in_conflict);
}

static WfWorkflow *
edit (WfFixture *f, const char *name)
{
  WfWorkflow *copy = wf_workflow_copy (wf_scripted_crm_get_workflow (f->crm, WF_TEST_WORKFLOW));

  g_set_str (&copy->name, name);
  return copy;
}

static const char *
get_published_name (WfFixture *f)
{
  return wf_scripted_crm_get_workflow (f->crm, WF_TEST_WORKFLOW)->name;
}

static void
begin (WfFixture *ours, WfFixture *theirs)
{
  wf_fixture_set_up (ours, "carla");
  wf_fixture_put_simple_workflow (ours);
  wf_fixture_start (ours);
  if (theirs == NULL)
    return;
  wf_fixture_set_up_peer (theirs, ours, "carla");
  wf_fixture_start (theirs);
}

/* The person looks at both, puts them together, and publishes that. */
static void
resolve (WfFixture *f)
{
  g_autoptr (WfWorkflowConflict) conflict = get_conflict (f);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WfWorkflow) merged =
      wf_workflow_merge (conflict->base, conflict->mine, conflict->theirs, sentences);

  g_assert_cmpint (merged->version, ==, conflict->theirs->version);
  g_assert_true (wf_fixture_save_workflow (f, merged, FALSE, NULL));
  assert_no_conflict (f);
  g_assert_true (wf_fixture_save_workflow (f, merged, TRUE, NULL));
  wf_fixture_settle (f);
}

/* Only the CRM knew: it refuses. */
static void
test_refused (void)
{
  WfFixture ours, theirs;
  g_autoptr (WfWorkflow) mine = NULL, other = NULL;
  g_autoptr (GError) error = NULL;

  begin (&ours, &theirs);
  mine = edit (&ours, "Ours");
  g_set_str (&mine->objective, "Faster");
  other = edit (&theirs, "Theirs");
  wf_scripted_crm_set_offline (ours.crm, TRUE);
  g_assert_true (wf_fixture_save_workflow (&ours, mine, TRUE, NULL));
  wf_scripted_crm_set_offline (ours.crm, FALSE);
  wf_scripted_crm_fail (ours.crm, WF_SCRIPTED_POLL, 3, WF_CRM_ERROR_OFFLINE, 0);
  g_assert_true (wf_fixture_save_workflow (&theirs, other, TRUE, NULL));
  wf_fixture_pass (&ours, 5 * MINUTE);
  g_assert_cmpstr (get_published_name (&ours), ==, "Theirs");
  assert_conflict (&ours, "First contact, Ours, Theirs");
  g_assert_cmpuint (wf_fixture_count_log (&ours, "problem"), ==, 1);
  assert_no_conflict (&theirs);

  /* It is still there after a restart, and publishing does not even ask the CRM. */
  wf_fixture_stop (&ours);
  wf_fixture_start (&ours);
  assert_conflict (&ours, "First contact, Ours, Theirs");
  g_set_str (&mine->name, "Ours again");
  guint before = wf_scripted_crm_count_calls (ours.crm, WF_SCRIPTED_SAVE);
  g_assert_false (wf_fixture_save_workflow (&ours, mine, TRUE, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT);
  g_assert_cmpuint (wf_scripted_crm_count_calls (ours.crm, WF_SCRIPTED_SAVE), ==, before);
  assert_conflict (&ours, "First contact, Ours again, Theirs");

  resolve (&ours);
  g_assert_cmpstr (get_published_name (&ours), ==, "Ours again");
  g_assert_cmpint (wf_scripted_crm_get_workflow (ours.crm, WF_TEST_WORKFLOW)->version, ==, 3);
  assert_no_conflict (&ours);
  assert_no_conflict (&theirs);
  wf_fixture_tear_down (&theirs);
  wf_fixture_tear_down (&ours);
}

/* The other's version came in while there was a draft. */
static void
test_known_here (void)
{
  WfFixture ours, theirs;
  g_autoptr (WfWorkflow) mine = NULL, other = NULL;
  g_autoptr (GError) error = NULL;

  begin (&ours, &theirs);
  mine = edit (&ours, "Ours");
  other = edit (&theirs, "Theirs");
  g_assert_true (wf_fixture_save_workflow (&ours, mine, FALSE, NULL));
  assert_no_conflict (&ours);
  g_assert_true (wf_fixture_save_workflow (&theirs, other, TRUE, NULL));
  wf_fixture_settle (&ours);
  assert_conflict (&ours, "First contact, Ours, Theirs");

  /* Saving goes on as before, on its own base. */
  g_set_str (&mine->name, "Ours again");
  g_assert_true (wf_fixture_save_workflow (&ours, mine, FALSE, NULL));
  assert_conflict (&ours, "First contact, Ours again, Theirs");
  guint before = wf_scripted_crm_count_calls (ours.crm, WF_SCRIPTED_SAVE);
  g_assert_false (wf_fixture_publish (&ours, mine, WF_IN_FLIGHT_FINISH, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT);
  g_assert_cmpuint (wf_scripted_crm_count_calls (ours.crm, WF_SCRIPTED_SAVE), ==, before);
  g_assert_cmpstr (get_published_name (&ours), ==, "Theirs");

  resolve (&ours);
  g_assert_cmpstr (get_published_name (&ours), ==, "Ours again");
  assert_no_conflict (&ours);
  wf_fixture_tear_down (&theirs);
  wf_fixture_tear_down (&ours);
}

/* The editor was open, and nothing was saved so far: it is kept all the same. */
static void
test_without_a_draft (void)
{
  WfFixture ours, theirs;
  g_autoptr (WfWorkflow) mine = NULL, other = NULL;
  g_autoptr (GError) error = NULL;

  begin (&ours, &theirs);
  mine = edit (&ours, "Ours");
  other = edit (&theirs, "Theirs");
  g_assert_true (wf_fixture_save_workflow (&theirs, other, TRUE, NULL));
  wf_fixture_settle (&ours);
  assert_no_conflict (&ours);
  g_assert_false (wf_fixture_save_workflow (&ours, mine, TRUE, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT);
  assert_conflict (&ours, "First contact, Ours, Theirs");

  /* Theirs is taken: as it is, there is nothing to publish. */
  g_autoptr (WfWorkflowConflict) conflict = get_conflict (&ours);
  g_assert_true (wf_fixture_save_workflow (&ours, conflict->theirs, FALSE, NULL));
  assert_no_conflict (&ours);
  wf_fixture_tear_down (&theirs);
  wf_fixture_tear_down (&ours);
}

/* Somebody changed the version in the CRM and kept its number. */
static void
test_same_number (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) mine = NULL, other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  begin (&f, NULL);
  mine = edit (&f, "Ours");
  g_assert_true (wf_fixture_save_workflow (&f, mine, FALSE, NULL));
  other = edit (&f, "Theirs");
  text = wf_workflow_to_text (other, FALSE);
  wf_scripted_crm_put_workflow (f.crm, text);
  wf_fixture_settle (&f);
  assert_conflict (&f, "-, Ours, Theirs");
  g_assert_false (wf_fixture_save_workflow (&f, mine, TRUE, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT);
  g_assert_cmpstr (get_published_name (&f), ==, "Theirs");

  /* Who was told and saves again means it. */
  g_assert_true (wf_fixture_save_workflow (&f, mine, TRUE, NULL));
  wf_fixture_settle (&f);
  g_assert_cmpstr (get_published_name (&f), ==, "Ours");
  assert_no_conflict (&f);
  wf_fixture_tear_down (&f);
}

/* A pause is nobody's edit. */
static void
test_other_state (void)
{
  WfFixture ours, theirs;
  g_autoptr (WfWorkflow) mine = NULL;

  begin (&ours, &theirs);
  mine = edit (&ours, "Ours");
  g_assert_true (wf_fixture_save_workflow (&ours, mine, FALSE, NULL));
  g_assert_true (
      wf_fixture_set_workflow_state (&theirs, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  wf_fixture_settle (&ours);
  assert_no_conflict (&ours);
  g_assert_true (wf_fixture_save_workflow (&ours, mine, TRUE, NULL));
  wf_fixture_settle (&ours);
  g_assert_cmpstr (get_published_name (&ours), ==, "Ours");
  wf_fixture_tear_down (&theirs);
  wf_fixture_tear_down (&ours);
}

/* Edited on while the publication was on its way: that is no conflict with oneself. */
static void
test_edited_on (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) mine = NULL;

  begin (&f, NULL);
  mine = edit (&f, "First");
  wf_scripted_crm_set_offline (f.crm, TRUE);
  g_assert_true (wf_fixture_save_workflow (&f, mine, TRUE, NULL));
  g_set_str (&mine->name, "Second");
  g_assert_true (wf_fixture_save_workflow (&f, mine, FALSE, NULL));
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpstr (get_published_name (&f), ==, "First");
  assert_no_conflict (&f);

  g_autoptr (GPtrArray) rows = wf_fixture_list_workflows (&f);
  WfRuntimeWorkflow *row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->draft->name, ==, "Second");
  g_assert_cmpint (row->draft->version, ==, 2);
  g_assert_true (wf_fixture_save_workflow (&f, row->draft, TRUE, NULL));
  wf_fixture_settle (&f);
  g_assert_cmpstr (get_published_name (&f), ==, "Second");
  g_assert_cmpint (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW)->version, ==, 3);
  wf_fixture_tear_down (&f);
}

/* The CRM took it, and its answer was lost: the second time it says "changed meanwhile", by us. */
static void
test_lost_answer (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) mine = NULL;

  begin (&f, NULL);
  mine = edit (&f, "Ours");
  wf_scripted_crm_lose_answer (f.crm, WF_SCRIPTED_SAVE, 1);
  g_assert_true (wf_fixture_save_workflow (&f, mine, TRUE, NULL));
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpstr (get_published_name (&f), ==, "Ours");
  g_assert_cmpint (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW)->version, ==, 2);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  assert_no_conflict (&f);
  wf_fixture_tear_down (&f);
}

/* -- the program dies on the way --------------------------------------------------------------- */

static void
try_to_publish (WfCrashScene *self, WfWorkflow *workflow, gboolean *conflict)
{
  for (guint tries = 0; tries < 5; tries++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      gboolean done;

      wf_runtime_save_workflow_async (self->fixture.runtime, workflow, TRUE, NULL, on_result,
                                      &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      done = wf_runtime_command_finish (self->fixture.runtime, result, &error);
      g_clear_object (&result);
      wf_crash_scene_revive (self);
      *conflict = g_error_matches (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT);
      if (done || *conflict)
        return;
    }
  g_assert_not_reached ();
}

static char *
describe (WfCrashScene *self)
{
  WfFixture *f = &self->fixture;
  WfWorkflow *published = wf_scripted_crm_get_workflow (f->crm, WF_TEST_WORKFLOW);
  g_autoptr (WfWorkflowConflict) conflict = get_conflict (f);
  g_autoptr (GPtrArray) rows = wf_fixture_list_workflows (f);
  const WfRuntimeWorkflow *row = g_ptr_array_index (rows, 0);

  return g_strdup_printf ("%s %d; draft %s; mine %s", published->name, (int) published->version,
                          row->draft != NULL ? row->draft->name : "-",
                          conflict != NULL ? conflict->mine->name : "-");
}

static void
begin_scene (WfCrashScene *self, guint crash_at)
{
  wf_crash_scene_set_up (self, "carla", crash_at);
  self->safe = TRUE;
  wf_fixture_put_simple_workflow (&self->fixture);
  wf_crash_scene_start (self);
  wf_crash_scene_pass (self, MINUTE);
  self->safe = FALSE;
}

static gboolean
play_publication (guint crash_at, char **result)
{
  WfCrashScene scene;
  g_autoptr (WfWorkflow) mine = NULL;
  gboolean conflict;

  begin_scene (&scene, crash_at);
  mine = edit (&scene.fixture, "Ours");
  try_to_publish (&scene, mine, &conflict);
  wf_crash_scene_pass (&scene, 3 * MINUTE);
  scene.safe = TRUE;
  g_assert_false (conflict);
  *result = describe (&scene);
  return wf_crash_scene_tear_down (&scene);
}

static void
test_crash_publication (void)
{
  static const char *const expected[] = { "Ours 2; draft -; mine -", NULL };

  wf_crash_check_every_point (play_publication, 4, expected);
}

/* Somebody else publishes while it is under way here, and the person resolves. */
static gboolean
play_conflict (guint crash_at, char **result)
{
  WfCrashScene scene;
  WfFixture *f = &scene.fixture;
  g_autoptr (WfWorkflow) mine = NULL, theirs = NULL, merged = NULL;
  g_autoptr (WfWorkflowConflict) found = NULL;
  g_autofree char *text = NULL;
  gboolean conflict;

  begin_scene (&scene, crash_at);
  mine = edit (f, "Ours");
  theirs = edit (f, "Theirs");
  theirs->version = 2;
  text = wf_workflow_to_text (theirs, FALSE);
  scene.safe = TRUE;
  wf_scripted_crm_put_workflow (f->crm, text);
  scene.safe = FALSE;
  try_to_publish (&scene, mine, &conflict);
  wf_crash_scene_pass (&scene, 3 * MINUTE);
  scene.safe = TRUE;
  g_assert_cmpstr (get_published_name (f), ==, "Theirs");
  found = get_conflict (f);
  g_assert_nonnull (found);
  g_assert_cmpstr (found->mine->name, ==, "Ours");
  scene.safe = FALSE;
  merged = wf_workflow_merge (found->base, found->mine, found->theirs, NULL);
  try_to_publish (&scene, merged, &conflict);
  g_assert_false (conflict);
  wf_crash_scene_pass (&scene, 3 * MINUTE);
  scene.safe = TRUE;
  *result = describe (&scene);
  return wf_crash_scene_tear_down (&scene);
}

static void
test_crash_conflict (void)
{
  static const char *const expected[] = { "Ours 3; draft -; mine -", NULL };

  wf_crash_check_every_point (play_conflict, 4, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/conflicts/refused", test_refused);
  g_test_add_func ("/runtime/conflicts/known-here", test_known_here);
  g_test_add_func ("/runtime/conflicts/without-a-draft", test_without_a_draft);
  g_test_add_func ("/runtime/conflicts/same-number", test_same_number);
  g_test_add_func ("/runtime/conflicts/other-state", test_other_state);
  g_test_add_func ("/runtime/conflicts/edited-on", test_edited_on);
  g_test_add_func ("/runtime/conflicts/lost-answer", test_lost_answer);
  g_test_add_func ("/runtime/conflicts/crash-publication", test_crash_publication);
  g_test_add_func ("/runtime/conflicts/crash-conflict", test_crash_conflict);
  return g_test_run ();
}
