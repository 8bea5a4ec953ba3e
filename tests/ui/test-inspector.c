/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side panel of the builder: it shows what has the focus, changes the document as somebody types, keeps the cursor, and
 * follows undo. */
#include "wf-builder-commands.h"
#include "wf-condition-editor.h"
#include "wf-event-list.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-inspector.h"
#include "wf-path-form.h"
#include "wf-step-form.h"
#include "wf-trigger-form.h"
#include "wf-type-ahead.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

#include <string.h>

#define WORKFLOW                                                                                   \
  "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"Test\",\"state\":"     \
  "\"draft\",\"version\":1,\"x-own\":1,\"trigger\":{\"event\":\"lead.received\",\"conditions\":{"  \
  "\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}]},\"reentry\":\"every-event\"}," \
  "\"steps\":["                                                                                    \
  "{\"id\":\"mail\",\"kind\":\"send-email\",\"subject\":\"Hello\",\"text\":\"Hi\"},"               \
  "{\"id\":\"tell\",\"kind\":\"notify\",\"text\":\"Look\",\"recipient\":\"manager\"},"             \
  "{\"id\":\"fork\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Hot\",\"steps\":[]},{\"name\":"     \
  "\"Otherwise\",\"steps\":[]}]},"                                                                 \
  "{\"id\":\"new\",\"kind\":\"of-tomorrow\"}]}"

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  WfWorkflowDocument *document;
  WfBuilderContext *context;
  WfStepSelection *selection; /* (unowned) */
  GtkWidget *window;
  WfInspector *inspector;
} Fixture;

static WfWorkflow *
read_workflow (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (WORKFLOW, -1, 0, &error);

  g_assert_no_error (error);
  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

static void
make_inspector (Fixture *self, gboolean editable)
{
  self->context = wf_builder_context_new (self->runtime, self->document, editable);
  self->selection = wf_builder_context_get_selection (self->context);
  self->inspector = g_object_new (WF_TYPE_INSPECTOR, NULL);
  wf_inspector_set_context (self->inspector, self->context);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->inspector));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = read_workflow ();

  self->clock = wf_fake_clock_new_at ("2026-11-18T13:00:00Z");
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "carla");
  self->document = wf_workflow_document_new (workflow, self->organisation);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 900);
  make_inspector (self, data == NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->context);
  g_assert_finalize_object (self->document);
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
focus (Fixture *self, WfTarget *taken)
{
  g_autoptr (WfTarget) target = taken;

  wf_step_selection_focus (self->selection, target, WF_SELECT_REPLACE);
  settle ();
}

static const char *
get_page (Fixture *self)
{
  GtkWidget *stack = wf_window_check_find (GTK_WIDGET (self->inspector), GTK_TYPE_STACK, "stack");

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static WfStepForm *
get_form (Fixture *self)
{
  return WF_STEP_FORM (
      wf_window_check_find (GTK_WIDGET (self->inspector), WF_TYPE_STEP_FORM, NULL));
}

static const WfStep *
get_step (Fixture *self, const char *id)
{
  return wf_workflow_find_step (wf_workflow_document_get_workflow (self->document), id);
}

static char *
dup_member (Fixture *self, const char *id, const char *member)
{
  g_autofree char *text = wf_step_to_text (get_step (self, id));
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  return g_strdup (wf_json_get_member_string (wf_json_document_get_root (document), member));
}

static void
assert_member (Fixture *self, const char *id, const char *member, const char *expected)
{
  g_autofree char *value = dup_member (self, id, member);

  g_assert_cmpstr (value, ==, expected);
}

/* -- what it shows ----------------------------------------------------------------------------- */

static void
test_follows_focus (Fixture *self, gconstpointer data)
{
  settle ();
  g_assert_cmpstr (get_page (self), ==, "trigger");
  focus (self, wf_target_new_step ("mail"));
  g_assert_cmpstr (get_page (self), ==, "step");
  g_assert_true (wf_window_check_has_text (self->window, "Send an e-mail"));
  g_assert_nonnull (wf_step_form_get_row (get_form (self), "subject", 0));
  focus (self, wf_target_new_step ("tell"));
  g_assert_null (wf_step_form_get_row (get_form (self), "subject", 0));
  g_assert_nonnull (wf_step_form_get_row (get_form (self), "recipient", 0));
  focus (self, wf_target_new_path ("fork", 1));
  g_assert_cmpstr (get_page (self), ==, "path");
  focus (self, wf_target_new_step ("new"));
  g_assert_cmpstr (get_page (self), ==, "unknown");
  focus (self, wf_target_new_place (NULL, 0, 0));
  g_assert_cmpstr (get_page (self), ==, "nothing");
  wf_step_selection_set_ids (self->selection, (const char *const[]) { "mail", "tell", NULL });
  settle ();
  g_assert_cmpstr (get_page (self), ==, "several");
  g_assert_true (wf_window_check_has_text (self->window, "2 steps selected"));
  focus (self, wf_target_new_trigger ());
  g_assert_cmpstr (get_page (self), ==, "trigger");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (self->inspector)), ==, 0);
  g_assert_false (wf_workflow_document_is_modified (self->document));
}

/* A step that goes away takes its form with it. */
static void
test_deleted (Fixture *self, gconstpointer data)
{
  focus (self, wf_target_new_step ("mail"));
  g_assert_true (wf_builder_delete (self->selection));
  settle ();
  g_assert_true (wf_window_check_find (GTK_WIDGET (self->inspector), WF_TYPE_STEP_FORM, NULL) ==
                     NULL ||
                 wf_step_form_get_row (get_form (self), "subject", 0) == NULL);
  wf_workflow_document_undo (self->document);
  settle ();
  g_assert_cmpstr (get_page (self), ==, "step");
  g_assert_nonnull (wf_step_form_get_row (get_form (self), "subject", 0));
}

/* -- a step ------------------------------------------------------------------------------------ */

static void
type_letters (GtkWidget *entry, const char *letters)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (entry));

  for (const char *letter = letters; *letter != '\0'; letter++)
    {
      gtk_editable_insert_text (GTK_EDITABLE (entry), letter, 1, &position);
      gtk_editable_set_position (GTK_EDITABLE (entry), position);
      settle ();
    }
}

/* Typing goes to the document, keeps the cursor, and is one undo; another field is another one. */
static void
test_typing (Fixture *self, gconstpointer data)
{
  GtkWidget *subject, *view;
  GtkTextBuffer *buffer;

  focus (self, wf_target_new_step ("mail"));
  subject = wf_step_form_get_row (get_form (self), "subject", 0);
  gtk_editable_set_position (GTK_EDITABLE (subject), 2);
  type_letters (subject, "xyz");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (subject)), ==, 5);
  g_assert_true (subject == wf_step_form_get_row (get_form (self), "subject", 0));
  assert_member (self, "mail", "subject", "Hexyzllo");

  view = wf_window_check_find (wf_step_form_get_row (get_form (self), "text", 0),
                               GTK_TYPE_TEXT_VIEW, NULL);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_text (buffer, "Other", -1);
  settle ();
  assert_member (self, "mail", "text", "Other");

  wf_workflow_document_undo (self->document);
  settle ();
  assert_member (self, "mail", "text", "Hi");
  assert_member (self, "mail", "subject", "Hexyzllo");
  g_assert_true (subject == wf_step_form_get_row (get_form (self), "subject", 0));
  wf_workflow_document_undo (self->document);
  settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (subject)), ==, "Hello");
  assert_member (self, "mail", "subject", "Hello");
  g_assert_false (wf_workflow_document_is_modified (self->document));
  wf_workflow_document_redo (self->document);
  settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (subject)), ==, "Hexyzllo");
}

/* What is wrong is in the draft, and said in place. */
static void
test_invalid (Fixture *self, gconstpointer data)
{
  GtkWidget *subject;

  focus (self, wf_target_new_step ("mail"));
  subject = wf_step_form_get_row (get_form (self), "subject", 0);
  gtk_editable_set_text (GTK_EDITABLE (subject), "");
  settle ();
  g_assert_nonnull (wf_step_form_get_problem (get_form (self), "subject", 0));
  assert_member (self, "mail", "subject", NULL);
  g_assert_true (wf_problems_has_errors (wf_workflow_document_get_problems (self->document)));
  gtk_editable_set_text (GTK_EDITABLE (subject), "{lead.nonsense}");
  settle ();
  assert_member (self, "mail", "subject", "{lead.nonsense}");
  g_assert_nonnull (wf_step_form_get_problem (get_form (self), "subject", 0));
  gtk_editable_set_text (GTK_EDITABLE (subject), "Fine");
  settle ();
  g_assert_null (wf_step_form_get_problem (get_form (self), "subject", 0));
}

/* -- a path ------------------------------------------------------------------------------------ */

static const WfPath *
get_path (Fixture *self, guint index)
{
  return g_ptr_array_index (get_step (self, "fork")->paths, index);
}

static void
test_path (Fixture *self, gconstpointer data)
{
  GtkWidget *form, *name;

  focus (self, wf_target_new_path ("fork", 0));
  form = wf_window_check_find (GTK_WIDGET (self->inspector), WF_TYPE_PATH_FORM, NULL);
  name = wf_window_check_find (form, ADW_TYPE_ENTRY_ROW, "name");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Hot");
  gtk_editable_set_position (GTK_EDITABLE (name), 3);
  type_letters (name, "ter");
  g_assert_cmpstr (get_path (self, 0)->name, ==, "Hotter");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (name)), ==, 6);
  wf_workflow_document_undo (self->document);
  settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Hot");
  focus (self, wf_target_new_path ("fork", 1));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Otherwise");
  g_assert_false (wf_workflow_document_is_modified (self->document));
}

/* -- the trigger ------------------------------------------------------------------------------- */

typedef struct
{
  Fixture *fixture;
  GType type;
  const char *id;
  GtkWidget *found;
} Row;

static gboolean
has_row (gpointer data)
{
  Row *row = data;

  row->found = wf_window_check_find (GTK_WIDGET (row->fixture->inspector), row->type, row->id);
  return row->found != NULL;
}

static GtkWidget *
find_row (Fixture *self, GType type, const char *id)
{
  GtkWidget *more =
      wf_window_check_find (GTK_WIDGET (self->inspector), ADW_TYPE_EXPANDER_ROW, "more");
  Row row = { self, type, id, NULL };

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (more), TRUE);
  g_assert_true (wf_window_check_wait (has_row, &row));
  return row.found;
}

static const WfWorkflow *
get_workflow (Fixture *self)
{
  return wf_workflow_document_get_workflow (self->document);
}

static void
test_trigger (Fixture *self, gconstpointer data)
{
  GtkWidget *name, *event, *reentry, *own;

  settle ();
  name = find_row (self, ADW_TYPE_ENTRY_ROW, "name");
  gtk_editable_set_position (GTK_EDITABLE (name), -1);
  type_letters (name, "ing");
  g_assert_cmpstr (get_workflow (self)->name, ==, "Testing");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (name)), ==, 7);
  wf_workflow_document_undo (self->document);
  settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Test");

  event = find_row (self, ADW_TYPE_COMBO_ROW, "event");
  g_assert_cmpstr (wf_event_list_get (ADW_COMBO_ROW (event)), ==, "lead.received");
  adw_combo_row_set_selected (ADW_COMBO_ROW (event),
                              wf_type_ahead_find (ADW_COMBO_ROW (event), "lead disc"));
  g_assert_cmpstr (get_workflow (self)->event, ==, "lead.discarded");
  g_assert_nonnull (get_workflow (self)->conditions);
  reentry = find_row (self, ADW_TYPE_COMBO_ROW, "reentry");
  adw_combo_row_set_selected (ADW_COMBO_ROW (reentry), WF_REENTRY_RESTART);
  g_assert_cmpint (get_workflow (self)->reentry, ==, WF_REENTRY_RESTART);
  own = find_row (self, ADW_TYPE_SWITCH_ROW, "own_events");
  adw_switch_row_set_active (ADW_SWITCH_ROW (own), TRUE);
  g_assert_true (get_workflow (self)->own_events);
  wf_workflow_document_undo (self->document);
  wf_workflow_document_undo (self->document);
  wf_workflow_document_undo (self->document);
  settle ();
  g_assert_false (adw_switch_row_get_active (ADW_SWITCH_ROW (own)));
  g_assert_cmpstr (wf_event_list_get (ADW_COMBO_ROW (event)), ==, "lead.received");
  g_assert_false (wf_workflow_document_is_modified (self->document));
}

/* An event that nobody here knows is kept, and can be chosen again. */
static void
test_unknown_event (Fixture *self, gconstpointer data)
{
  AdwComboRow *row = ADW_COMBO_ROW (g_object_ref_sink (adw_combo_row_new ()));

  wf_event_list_fill (row);
  g_assert_cmpstr (wf_event_list_get (row), ==, "");
  wf_event_list_set (row, "acme.own");
  g_assert_cmpstr (wf_event_list_get (row), ==, "acme.own");
  wf_event_list_set (row, "meeting.held");
  g_assert_cmpstr (wf_event_list_get (row), ==, "meeting.held");
  wf_event_list_set (row, NULL);
  g_assert_cmpstr (wf_event_list_get (row), ==, "");
  /* Typing never chooses “Choose an event”. */
  g_assert_cmpuint (wf_type_ahead_find (row, "choose"), ==, G_MAXUINT);
  g_assert_cmpuint (wf_type_ahead_find (row, "zzz"), ==, G_MAXUINT);
  g_object_unref (row);
}

static gint64
get_limit (Fixture *self)
{
  const WfWorkflow *workflow = get_workflow (self);
  gint64 limit;

  return wf_json_get_int64 (wf_json_get_member (workflow->extra != NULL
                                                    ? wf_json_document_get_root (workflow->extra)
                                                    : NULL,
                                                "storm-limit"),
                            &limit)
             ? limit
             : -1;
}

/* S13: the limit is beside what nobody here knows, which stays. */
static void
test_storm_limit (Fixture *self, gconstpointer data)
{
  GtkWidget *storm, *limit;
  g_autofree char *before = NULL, *after = NULL;

  settle ();
  before = wf_workflow_to_text (get_workflow (self), FALSE);
  storm = find_row (self, ADW_TYPE_COMBO_ROW, "storm");
  g_assert_cmpint (get_limit (self), ==, -1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (storm), 1);
  settle ();
  g_assert_cmpint (get_limit (self), ==, 100);
  limit = find_row (self, ADW_TYPE_SPIN_ROW, "storm_limit");
  g_assert_nonnull (limit);
  adw_spin_row_set_value (ADW_SPIN_ROW (limit), 250);
  g_assert_cmpint (get_limit (self), ==, 250);
  adw_combo_row_set_selected (ADW_COMBO_ROW (storm), 2);
  g_assert_cmpint (get_limit (self), ==, 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (storm), 0);
  after = wf_workflow_to_text (get_workflow (self), FALSE);
  g_assert_cmpstr (after, ==, before);
}

/* R7 */
static void
test_read_only (Fixture *self, gconstpointer data)
{
  settle ();
  g_assert_true (
      wf_window_check_has_text (self->window, "You may look at this workflow but not change it."));
  g_assert_false (gtk_widget_is_sensitive (
      wf_window_check_find (GTK_WIDGET (self->inspector), ADW_TYPE_COMBO_ROW, "event")));
  focus (self, wf_target_new_step ("mail"));
  g_assert_false (gtk_widget_is_sensitive (wf_step_form_get_row (get_form (self), "subject", 0)));
  focus (self, wf_target_new_path ("fork", 0));
  g_assert_false (gtk_widget_is_sensitive (
      wf_window_check_find (GTK_WIDGET (self->inspector), ADW_TYPE_ENTRY_ROW, "name")));
}

static void
test_focus_first (Fixture *self, gconstpointer data)
{
  GtkWidget *focused;

  focus (self, wf_target_new_step ("mail"));
  wf_inspector_focus_first (self->inspector);
  focused = gtk_root_get_focus (GTK_ROOT (self->window));
  g_assert_nonnull (focused);
  g_assert_true (
      gtk_widget_is_ancestor (focused, wf_step_form_get_row (get_form (self), "to", 0)) ||
      focused == wf_step_form_get_row (get_form (self), "to", 0));
  focus (self, wf_target_new_path ("fork", 0));
  wf_inspector_focus_first (self->inspector);
  focused = gtk_root_get_focus (GTK_ROOT (self->window));
  g_assert_nonnull (focused);
  g_assert_true (gtk_widget_is_ancestor (
      focused, wf_window_check_find (GTK_WIDGET (self->inspector), WF_TYPE_CONDITION_EDITOR,
                                     NULL))); /* it has a name already */
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  ADD ("/ui/inspector/follows-focus", test_follows_focus);
  ADD ("/ui/inspector/deleted", test_deleted);
  ADD ("/ui/inspector/typing", test_typing);
  ADD ("/ui/inspector/invalid", test_invalid);
  ADD ("/ui/inspector/path", test_path);
  ADD ("/ui/inspector/trigger", test_trigger);
  ADD ("/ui/inspector/unknown-event", test_unknown_event);
  ADD ("/ui/inspector/storm-limit", test_storm_limit);
  g_test_add ("/ui/inspector/read-only", Fixture, "read-only", set_up, test_read_only, tear_down);
  ADD ("/ui/inspector/focus-first", test_focus_first);
  return g_test_run ();
}
