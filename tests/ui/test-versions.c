/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions of a workflow: the list, two of them compared, restored; two people's changes; the note of a publication. */
#include "wf-builder-fixture.h"
#include "wf-conflict-dialog.h"
#include "wf-conflict-resolve.h"
#include "wf-publish-question.h"
#include "wf-ui-gresource.h"
#include "wf-version-comparison.h"
#include "wf-version-row.h"
#include "wf-versions-dialog.h"
#include "wf-window-check.h"

typedef WfBuilderFixture Fixture;

#define CALL(id, minutes)                                                                          \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"activity-type\":\"filter-1\","                \
  "\"complete-within\":{\"amount\":" minutes ",\"unit\":\"minutes\"},\"permission\":{\"scope\":"   \
  "\"all\"}}"
#define POINTS(id, points) "{\"id\":\"" id "\",\"kind\":\"add-score\",\"points\":" points "}"

static WfWorkflow *
make_workflow (int version, const char *name, const char *steps)
{
  g_autofree char *text =
      g_strdup_printf ("{\"format\":1,\"id\":\"" WF_BUILDER_FIXTURE_ID
                       "\",\"name\":\"%s\",\"state\":\"live\",\"version\":%d,\"trigger\":"
                       "{\"event\":\"lead.received\",\"reentry\":\"every-event\"},\"steps\":[%s]}",
                       name, version, steps);

  return wf_builder_fixture_read (text);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = make_workflow (3, "First contact", CALL ("call", "60"));

  wf_builder_fixture_set_up (self, workflow, 1100, 760, data == NULL);
}

/* -- list and comparison ----------------------------------------------------------------------- */

/* workflow: taken. */
static void
add_version (Fixture *self, WfWorkflow *workflow, const char *author, const char *note,
             gboolean is_draft)
{
  WfWorkflowVersion *version = g_new (WfWorkflowVersion, 1);

  *version = (WfWorkflowVersion) {
    .workflow = workflow,
    .author = g_strdup (author),
    .note = g_strdup (note),
    .saved = wf_clock_now (WF_CLOCK (self->clock)) - 2 * G_TIME_SPAN_HOUR,
    .is_draft = is_draft,
  };
  wf_fake_runtime_add_version (self->runtime, version);
}

static void
add_versions (Fixture *self)
{
  add_version (self, make_workflow (4, "First contact", CALL ("call", "90") "," POINTS ("p", "5")),
               "carla", NULL, TRUE);
  add_version (self, make_workflow (3, "First contact", CALL ("call", "60")), "carla",
               "More time for the call", FALSE);
  add_version (self, make_workflow (2, "First contact", CALL ("call", "30")), "ana", NULL, FALSE);
  add_version (self, make_workflow (1, "First contact", CALL ("old", "30")), NULL, NULL, FALSE);
}

static void
list_rows (GtkWidget *root, GPtrArray *rows)
{
  if (WF_IS_VERSION_ROW (root))
    g_ptr_array_add (rows, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_rows (child, rows);
}

static WfMarkKind
get_mark (WfFlowMarks *marks, const char *step)
{
  g_autoptr (WfTarget) target = wf_target_new_step (step);

  return wf_flow_marks_get (marks, target, NULL);
}

static void
on_workflow (gpointer dialog, WfWorkflow *workflow, WfWorkflow **result)
{
  g_clear_pointer (result, wf_workflow_unref);
  *result = wf_workflow_ref (workflow);
}

static void
test_list (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  WfVersionsDialog *dialog;
  WfVersionComparison *comparison;
  g_autoptr (WfWorkflow) restored = NULL;

  add_versions (self);
  dialog = wf_versions_dialog_new (self->context);
  g_signal_connect (dialog, "restored", G_CALLBACK (on_workflow), &restored);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "Version 3");
  wf_builder_fixture_assert_shows (self, "Live");
  wf_builder_fixture_assert_shows (self, "Draft");
  wf_builder_fixture_assert_shows (self, "Carla Mendes · Today, 08:00\n“More time for the call”");
  wf_builder_fixture_assert_shows (self, "Unknown author · Today, 08:00");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  list_rows (GTK_WIDGET (dialog), rows);
  g_assert_cmpuint (rows->len, ==, 4);
  /* The newest change is what is shown first: the draft against what is live. */
  wf_builder_fixture_assert_shows (self, "Version 3 → Draft");
  comparison = WF_VERSION_COMPARISON (
      wf_window_check_find (GTK_WIDGET (dialog), WF_TYPE_VERSION_COMPARISON, "comparison"));
  g_assert_cmpint (get_mark (wf_version_comparison_get_marks (comparison), "call"), ==,
                   WF_MARK_CHANGED);
  g_assert_cmpint (get_mark (wf_version_comparison_get_marks (comparison), "p"), ==, WF_MARK_ADDED);
  /* A third choice takes the place of the first. */
  wf_version_row_choose (g_ptr_array_index (rows, 3), TRUE);
  g_assert_false (wf_version_row_is_chosen (g_ptr_array_index (rows, 0)));
  wf_builder_fixture_assert_shows (self, "Version 1 → Version 3");
  wf_builder_fixture_assert_shows (self, "Steps That Are Gone");
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (wf_window_check_find (
                                        GTK_WIDGET (comparison), ADW_TYPE_TOGGLE_GROUP, "side")),
                                    "older");
  g_assert_cmpint (get_mark (wf_version_comparison_get_marks (comparison), "old"), ==,
                   WF_MARK_REMOVED);
  wf_version_row_choose (g_ptr_array_index (rows, 3), FALSE);
  wf_builder_fixture_assert_shows (self, "Choose two versions in the list.");
  g_signal_emit_by_name (g_ptr_array_index (rows, 2), "restore");
  g_assert_nonnull (restored);
  g_assert_cmpint (restored->version, ==, 2);
}

static gboolean
is_restore_shown (GtkWidget *root)
{
  return wf_window_check_find (root, GTK_TYPE_BUTTON, "restore") != NULL;
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  WfVersionsDialog *dialog;

  add_versions (self);
  dialog = wf_versions_dialog_new (self->context);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "Version 2");
  g_assert_false (is_restore_shown (GTK_WIDGET (dialog)));
}

static void
test_one_version (Fixture *self, gconstpointer data)
{
  WfVersionsDialog *dialog;

  add_version (self, make_workflow (1, "First contact", CALL ("call", "30")), "ana", NULL, FALSE);
  dialog = wf_versions_dialog_new (self->context);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "Version 1");
  wf_builder_fixture_assert_shows (self, "Nothing to Compare");
  g_assert_true (is_restore_shown (GTK_WIDGET (dialog)));
}

static void
test_no_versions (Fixture *self, gconstpointer data)
{
  wf_builder_fixture_present (self, wf_versions_dialog_new (self->context));
  wf_builder_fixture_assert_shows (self, "No Versions Yet");
}

static void
test_versions_fail (Fixture *self, gconstpointer data)
{
  wf_fake_runtime_fail_next (self->runtime, "The disk is full");
  wf_builder_fixture_present (self, wf_versions_dialog_new (self->context));
  wf_builder_fixture_assert_shows (self, "Versions Cannot Be Read");
  wf_builder_fixture_assert_shows (self, "The disk is full");
}

static void
test_marks (void)
{
  g_autoptr (WfWorkflow) older = make_workflow (
      1, "A", CALL ("a", "30") "," POINTS ("b", "1") "," POINTS ("c", "1") "," POINTS ("d", "1"));
  g_autoptr (WfWorkflow) newer = make_workflow (
      2, "A", CALL ("a", "40") "," POINTS ("c", "1") "," POINTS ("b", "1") "," POINTS ("e", "1"));
  g_autoptr (WfFlowMarks) before = wf_version_comparison_make_marks (older, newer, FALSE);
  g_autoptr (WfFlowMarks) after = wf_version_comparison_make_marks (older, newer, TRUE);
  g_autoptr (WfTarget) trigger = wf_target_new_trigger ();

  g_assert_cmpint (get_mark (after, "a"), ==, WF_MARK_CHANGED);
  g_assert_cmpint (get_mark (after, "e"), ==, WF_MARK_ADDED);
  g_assert_cmpint (get_mark (after, "d"), ==, WF_MARK_NONE);
  g_assert_true (get_mark (after, "b") == WF_MARK_MOVED || get_mark (after, "c") == WF_MARK_MOVED);
  g_assert_cmpint (get_mark (before, "d"), ==, WF_MARK_REMOVED);
  g_assert_cmpint (get_mark (before, "a"), ==, WF_MARK_CHANGED);
  g_assert_cmpint (get_mark (before, "e"), ==, WF_MARK_NONE);
  g_assert_cmpint (wf_flow_marks_get (after, trigger, NULL), ==, WF_MARK_NONE);
  g_free (newer->event);
  newer->event = g_strdup ("lead.updated");
  g_autoptr (WfFlowMarks) other = wf_version_comparison_make_marks (older, newer, TRUE);
  g_assert_cmpint (wf_flow_marks_get (other, trigger, NULL), ==, WF_MARK_CHANGED);
}

/* -- two people's changes ---------------------------------------------------------------------- */

static void
test_resolve (void)
{
  g_autoptr (WfWorkflow) base = make_workflow (3, "First", CALL ("a", "30") "," POINTS ("b", "1"));
  g_autoptr (WfWorkflow) mine = make_workflow (3, "First", CALL ("a", "60") "," POINTS ("b", "1"));
  g_autoptr (WfWorkflow) theirs =
      make_workflow (4, "Second", CALL ("a", "30") "," POINTS ("b", "2") "," POINTS ("c", "3"));
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WfWorkflow) both =
      wf_conflict_resolve (WF_RESOLVE_WITH_BOTH, base, mine, theirs, conflicts);
  g_autoptr (WfWorkflow) only_mine =
      wf_conflict_resolve (WF_RESOLVE_WITH_MINE, base, mine, theirs, NULL);
  g_autoptr (WfWorkflow) only_theirs =
      wf_conflict_resolve (WF_RESOLVE_WITH_THEIRS, base, mine, theirs, NULL);
  g_autoptr (WfWorkflow) copy =
      wf_conflict_resolve (WF_RESOLVE_WITH_COPY, base, mine, theirs, NULL);

  g_assert_cmpuint (conflicts->len, ==, 0);
  g_assert_cmpint (both->version, ==, 4);
  g_assert_cmpstr (both->name, ==, "Second");
  g_assert_cmpint (wf_workflow_find_step (both, "a")->create_activity.complete_within.amount, ==,
                   60);
  g_assert_nonnull (wf_workflow_find_step (both, "c"));

  g_assert_cmpint (only_mine->version, ==, 4);
  g_assert_cmpstr (only_mine->id, ==, WF_BUILDER_FIXTURE_ID);
  g_assert_cmpstr (only_mine->name, ==, "First");
  g_assert_null (wf_workflow_find_step (only_mine, "c"));

  g_assert_true (only_theirs == theirs);

  g_assert_cmpstr (copy->id, !=, WF_BUILDER_FIXTURE_ID);
  g_assert_cmpstr (copy->name, ==, "First (copy)");
  g_assert_cmpint (copy->state, ==, WF_WORKFLOW_DRAFT);
  g_assert_cmpint (wf_workflow_find_step (copy, "a")->create_activity.complete_within.amount, ==,
                   60);
  g_assert_cmpint (mine->version, ==, 3); /* untouched */
}

static GtkWidget *
find_check (gpointer dialog, const char *name)
{
  return wf_window_check_find (dialog, GTK_TYPE_CHECK_BUTTON, name);
}

static gboolean
is_chosen (gpointer dialog, const char *name)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (find_check (dialog, name)));
}

static void
go_on (gpointer dialog)
{
  g_signal_emit_by_name (wf_window_check_find (dialog, GTK_TYPE_BUTTON, "go_on"), "clicked");
}

static void
test_conflict (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) base = make_workflow (3, "First", CALL ("a", "30") "," POINTS ("b", "1"));
  g_autoptr (WfWorkflow) mine = make_workflow (3, "First", CALL ("a", "60") "," POINTS ("b", "1"));
  g_autoptr (WfWorkflow) theirs =
      make_workflow (4, "First", CALL ("a", "30") "," POINTS ("b", "2"));
  WfConflictDialog *dialog = wf_conflict_dialog_new (self->context, base, mine, theirs, "ana");
  g_autoptr (WfWorkflow) result = NULL;

  g_signal_connect (dialog, "resolved", G_CALLBACK (on_workflow), &result);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "Ana Souza Changed");
  wf_builder_fixture_assert_shows (self, "You Changed");
  wf_builder_fixture_assert_shows (self, "Ana Souza published “First” while you worked on it.");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  g_assert_true (is_chosen (dialog, "both"));
  g_assert_false (wf_window_check_has_text (GTK_WIDGET (dialog), "Cannot Be Put Together"));
  go_on (dialog);
  g_assert_nonnull (result);
  g_assert_cmpint (result->version, ==, 4);
  g_assert_cmpint (wf_workflow_find_step (result, "a")->create_activity.complete_within.amount, ==,
                   60);
}

/* Both touched the same: theirs is not lost from sight, and nothing is decided silently. */
static void
test_clash (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) base = make_workflow (3, "First", CALL ("a", "30"));
  g_autoptr (WfWorkflow) mine = make_workflow (3, "First", CALL ("a", "60"));
  g_autoptr (WfWorkflow) theirs = make_workflow (4, "First", CALL ("a", "90"));
  WfConflictDialog *dialog = wf_conflict_dialog_new (self->context, base, mine, theirs, NULL);
  g_autoptr (WfWorkflow) result = NULL;

  g_signal_connect (dialog, "resolved", G_CALLBACK (on_workflow), &result);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "Somebody Else Changed");
  g_assert_true (is_chosen (dialog, "use_mine"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (dialog, "both")), TRUE);
  wf_builder_fixture_assert_shows (self, "Cannot Be Put Together");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (dialog, "take_theirs")), TRUE);
  go_on (dialog);
  g_assert_true (result == theirs);
}

static void
test_unknown_base (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) mine = make_workflow (3, "First", CALL ("a", "60"));
  g_autoptr (WfWorkflow) theirs = make_workflow (4, "First", CALL ("a", "90"));
  WfConflictDialog *dialog = wf_conflict_dialog_new (self->context, NULL, mine, theirs, "ana");
  g_autoptr (WfWorkflow) result = NULL;

  g_signal_connect (dialog, "resolved", G_CALLBACK (on_workflow), &result);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "Yours Differs From Theirs");
  wf_builder_fixture_assert_shows (self, "What both began with is not known here.");
  g_assert_false (gtk_widget_is_sensitive (find_check (dialog, "both")));
  g_assert_true (is_chosen (dialog, "use_mine"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (dialog, "keep_copy")), TRUE);
  go_on (dialog);
  g_assert_cmpstr (result->name, ==, "First (copy)");
}

/* -- publishing -------------------------------------------------------------------------------- */

typedef struct
{
  WfWorkflow *workflow;
  WfInFlight in_flight;
} Published;

static void
on_noted (WfWorkflow *workflow, WfInFlight in_flight, gpointer user_data)
{
  Published *published = user_data;

  g_clear_pointer (&published->workflow, wf_workflow_unref);
  published->workflow = wf_workflow_ref (workflow);
  published->in_flight = in_flight;
}

static AdwDialog *
get_question (Fixture *self)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  return dialog;
}

static void
respond (Fixture *self, const char *response)
{
  AdwDialog *dialog = get_question (self);

  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
}

static void
test_note (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) published = make_workflow (3, "First", CALL ("a", "30"));
  g_autoptr (WfWorkflow) edited = make_workflow (3, "First", CALL ("a", "60"));
  GtkWidget *parent = adw_window_get_content (ADW_WINDOW (self->window)), *note;
  Published answer = { 0 };
  g_autoptr (GPtrArray) differences = wf_difference_list (published, edited, self->organisation);

  wf_fake_runtime_set_in_flight (self->runtime, 42, 40, 0);
  wf_publish_ask (parent, self->runtime, edited, published, on_noted, &answer, NULL);
  wf_builder_fixture_assert_shows (self, "Publish “First”?");
  wf_builder_fixture_assert_shows (self, "42 runs wait in earlier versions. What becomes of them?");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (get_question (self))), ==, 0);
  note = wf_window_check_find (GTK_WIDGET (get_question (self)), ADW_TYPE_ENTRY_ROW, "note");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (note)), ==,
                   g_ptr_array_index (differences, 0));
  gtk_editable_set_text (GTK_EDITABLE (note), "They need more time");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (get_question (self), "move")), TRUE);
  respond (self, "publish");
  g_assert_nonnull (answer.workflow);
  g_assert_cmpstr (wf_workflow_get_note (answer.workflow), ==, "They need more time");
  g_assert_cmpint (answer.in_flight, ==, WF_IN_FLIGHT_MOVE);
  g_assert_null (wf_workflow_get_note (edited)); /* it is shared with the editor */

  /* Emptied: there is none. */
  wf_fake_runtime_set_in_flight (self->runtime, 0, 0, 0);
  wf_publish_ask (parent, self->runtime, edited, published, on_noted, &answer, NULL);
  wf_builder_fixture_assert_shows (self, "Publish “First”?");
  note = wf_window_check_find (GTK_WIDGET (get_question (self)), ADW_TYPE_ENTRY_ROW, "note");
  g_assert_null (find_check (get_question (self), "finish"));
  gtk_editable_set_text (GTK_EDITABLE (note), "");
  respond (self, "publish");
  g_assert_null (wf_workflow_get_note (answer.workflow));
  g_assert_cmpint (answer.in_flight, ==, WF_IN_FLIGHT_FINISH);
  wf_workflow_unref (answer.workflow);
}

static void
test_many_differences (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) published = make_workflow (3, "First", "");
  g_autoptr (WfWorkflow) edited = make_workflow (
      3, "First",
      POINTS ("a", "1") "," POINTS ("b", "2") "," POINTS ("c", "3") "," POINTS (
          "d", "4") "," POINTS ("e", "5") "," POINTS ("f", "6") "," POINTS ("g",
                                                                            "7") "," POINTS ("h",
                                                                                             "8"));
  Published answer = { 0 };
  const char *body;

  wf_publish_ask (adw_window_get_content (ADW_WINDOW (self->window)), self->runtime, edited,
                  published, on_noted, &answer, NULL);
  wf_builder_fixture_assert_shows (self, "Publish “First”?");
  body = adw_alert_dialog_get_body (ADW_ALERT_DIALOG (get_question (self)));
  g_assert_true (g_str_has_suffix (body, "\nand 2 more"));
  respond (self, "cancel");
  g_assert_null (answer.workflow);
}

#define ADD(path, func, data)                                                                      \
  g_test_add (path, Fixture, data, set_up, func, wf_builder_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  g_test_add_func ("/ui/versions/marks", test_marks);
  ADD ("/ui/versions/list", test_list, NULL);
  ADD ("/ui/versions/read-only", test_read_only, "read-only");
  ADD ("/ui/versions/one", test_one_version, NULL);
  ADD ("/ui/versions/none", test_no_versions, NULL);
  ADD ("/ui/versions/error", test_versions_fail, NULL);
  g_test_add_func ("/ui/conflict/resolve", test_resolve);
  ADD ("/ui/conflict/dialog", test_conflict, NULL);
  ADD ("/ui/conflict/clash", test_clash, NULL);
  ADD ("/ui/conflict/unknown-base", test_unknown_base, NULL);
  ADD ("/ui/publish/note", test_note, NULL);
  ADD ("/ui/publish/many", test_many_differences, NULL);
  return g_test_run ();
}
