/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's document: changes, undo and redo, problems, places; all without a display. */
#include "wf-instant.h"
#include "wf-outline-item.h"
#include "wf-step-dialog-problems.h"
#include "wf-step-remove.h"
#include "wf-workflow-document.h"

static const char *const organisation_text =
    "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\","
    "\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\",\"week\":{\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
    "\"tue\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],\"wed\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
    "\"thu\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],\"fri\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]]}},"
    "\"people\":[{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\",\"active\":true,\"groups\":[\"inbound\"]}],"
    "\"groups\":[{\"id\":\"inbound\",\"name\":\"Inbound\"}],"
    "\"activity-types\":[{\"id\":\"filter-1\",\"name\":\"Realizar Filtro 1\"}]}";

static WfOrganisation *
make_organisation (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (organisation_text, -1, 0, &error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation;

  g_assert_no_error (error);
  organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  g_assert_nonnull (organisation);
  return organisation;
}

static WfStep *
make_action (gint64 minutes)
{
  WfStep *step = wf_step_new (WF_STEP_CREATE_ACTIVITY);

  g_set_str (&step->create_activity.activity_type, "filter-1");
  step->create_activity.complete_within = (WfDuration) { minutes, WF_TIME_UNIT_MINUTES };
  return step;
}

static WfWorkflowDocument *
make_document (void)
{
  g_autoptr (WfOrganisation) organisation = make_organisation ();
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("Test");

  g_free (workflow->event);
  workflow->event = g_strdup ("lead.received");
  return wf_workflow_document_new (workflow, organisation);
}

static void
add (WfWorkflowDocument *document, const char *branch, guint path, WfStep *step)
{
  const WfStepPlace place = { branch, path, G_MAXUINT };
  WfWorkflow *next = wf_workflow_copy (wf_workflow_document_get_workflow (document));

  g_assert_true (wf_workflow_edit_insert (next, &place, step));
  wf_workflow_document_change (document, next, NULL);
}

static char *
text_of (WfWorkflowDocument *document)
{
  return wf_workflow_to_text (wf_workflow_document_get_workflow (document), FALSE);
}

static void
test_undo_redo (void)
{
  g_autoptr (WfWorkflowDocument) document = make_document ();
  g_autofree char *start = text_of (document);

  for (int i = 0; i < 20; i++)
    add (document, NULL, 0, make_action (30 + i));
  g_autofree char *end = text_of (document);

  g_assert_true (wf_workflow_document_is_modified (document));
  for (int i = 0; i < 25; i++)
    wf_workflow_document_undo (document);
  g_autofree char *undone = text_of (document);
  g_assert_cmpstr (undone, ==, start);
  g_assert_false (wf_workflow_document_is_modified (document));
  for (int i = 0; i < 25; i++)
    wf_workflow_document_redo (document);
  g_autofree char *redone = text_of (document);
  g_assert_cmpstr (redone, ==, end);
}

static void
test_merged_changes (void)
{
  g_autoptr (WfWorkflowDocument) document = make_document ();

  for (int i = 0; i < 5; i++)
    {
      WfWorkflow *next = wf_workflow_copy (wf_workflow_document_get_workflow (document));

      g_free (next->name);
      next->name = g_strdup_printf ("Name %d", i);
      wf_workflow_document_change (document, next, "name");
    }
  g_assert_cmpstr (wf_workflow_document_get_workflow (document)->name, ==, "Name 4");
  wf_workflow_document_undo (document);
  g_assert_cmpstr (wf_workflow_document_get_workflow (document)->name, ==, "Test");
}

static void
test_saved (void)
{
  g_autoptr (WfWorkflowDocument) document = make_document ();

  add (document, NULL, 0, make_action (30));
  wf_workflow_document_mark_saved (document, NULL);
  g_assert_false (wf_workflow_document_is_modified (document));
  wf_workflow_document_undo (document);
  g_assert_true (wf_workflow_document_is_modified (document));
}

/* R16: 29 minutes no, 30 minutes yes, and the problem stands at the member. */
static void
test_try_step (void)
{
  g_autoptr (WfWorkflowDocument) document = make_document ();
  const WfStepPlace place = { NULL, 0, G_MAXUINT };
  const struct
  {
    WfDuration within;
    gboolean valid;
  } rows[] = {
    { { 29, WF_TIME_UNIT_MINUTES }, FALSE }, { { 30, WF_TIME_UNIT_MINUTES }, TRUE },
    { { 0, WF_TIME_UNIT_HOURS }, FALSE },    { { 1, WF_TIME_UNIT_HOURS }, TRUE },
    { { 1, WF_TIME_UNIT_MONTHS }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WfStep) step = make_action (1);
      g_autofree char *pointer = NULL;
      g_autoptr (WfProblems) problems = NULL;

      step->create_activity.complete_within = rows[i].within;
      problems = wf_workflow_document_try_step (document, &place, step, &pointer);
      g_assert_cmpstr (pointer, ==, "/steps/0");
      g_assert_cmpint (
          wf_step_problem_find (problems, pointer, "complete-within", WF_PROBLEM_ERROR) == NULL, ==,
          rows[i].valid);
      g_assert_cmpint (wf_step_problem_find_error (problems, pointer) != NULL, ==, !rows[i].valid);
    }
}

static void
test_places (void)
{
  g_autoptr (WfWorkflowDocument) document = make_document ();
  WfStep *branch = wf_step_new (WF_STEP_BRANCH);
  g_autofree char *inner = NULL;

  g_set_str (&branch->id, "hot");
  g_ptr_array_add (branch->paths, wf_path_new ("Yes"));
  g_ptr_array_add (branch->paths, wf_path_new ("No"));
  add (document, NULL, 0, make_action (30));
  add (document, NULL, 0, branch);
  add (document, "hot", 1, make_action (40));
  add (document, "hot", 1, make_action (50));

  WfWorkflow *workflow = wf_workflow_document_get_workflow (document);
  const WfStepPlace no = { "hot", 1, 0 };
  GPtrArray *steps = wf_workflow_edit_get_sequence (workflow, &no);
  g_assert_cmpuint (steps->len, ==, 2);
  WfStep *second = g_ptr_array_index (steps, 1);
  inner = wf_workflow_edit_make_pointer (workflow, second->id);
  g_assert_cmpstr (inner, ==, "/steps/1/paths/1/steps/1");
  WfStepPlace place;
  g_assert_true (wf_workflow_edit_locate (workflow, second->id, &place));
  g_assert_cmpstr (place.branch, ==, "hot");
  g_assert_cmpuint (place.path, ==, 1);
  g_assert_cmpuint (place.position, ==, 1);

  g_autoptr (WfWorkflow) next = wf_workflow_copy (workflow);
  g_assert_true (wf_step_remove (next, "hot"));
  g_assert_null (wf_workflow_find_step (next, "hot"));
  g_assert_false (wf_step_remove (next, "hot"));

  /* A place that does not exist takes nothing. */
  const WfStepPlace nowhere = { "gone", 0, 0 };
  g_assert_false (wf_workflow_edit_insert (next, &nowhere, make_action (30)));
}

static void
test_outline (void)
{
  g_autoptr (WfWorkflowDocument) document = make_document ();
  g_autoptr (GListStore) store = g_list_store_new (WF_TYPE_OUTLINE_ITEM);
  WfStep *branch = wf_step_new (WF_STEP_BRANCH);
  const guint depths[] = { 0, 0, 0, 1, 2, 1 };

  g_set_str (&branch->id, "hot");
  g_ptr_array_add (branch->paths, wf_path_new ("Yes"));
  g_ptr_array_add (branch->paths, wf_path_new ("No"));
  add (document, NULL, 0, make_action (10));
  add (document, NULL, 0, branch);
  add (document, "hot", 0, make_action (40));
  wf_outline_fill (store, document);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, G_N_ELEMENTS (depths));
  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (WfOutlineItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_assert_cmpuint (wf_outline_item_get_depth (item), ==, depths[i]);
      g_assert_cmpstr (wf_outline_item_get_title (item), !=, "");
      g_assert_cmpint (wf_outline_item_is_path (item), ==, i == 3 || i == 5);
    }
  g_autoptr (WfOutlineItem) first = g_list_model_get_item (G_LIST_MODEL (store), 1);
  g_assert_nonnull (wf_outline_item_get_problem (first, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/document/undo-redo", test_undo_redo);
  g_test_add_func ("/ui/document/merged-changes", test_merged_changes);
  g_test_add_func ("/ui/document/saved", test_saved);
  g_test_add_func ("/ui/document/try-step", test_try_step);
  g_test_add_func ("/ui/document/places", test_places);
  g_test_add_func ("/ui/document/outline", test_outline);
  return g_test_run ();
}
