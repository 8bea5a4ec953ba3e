/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialogs of steps and schedules, the gallery of templates, and what a manager decides. */
#include "wf-attention-dialog.h"
#include "wf-compare-dialog.h"
#include "wf-duration-row.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-publish-question.h"
#include "wf-resume-question.h"
#include "wf-schedule-dialog.h"
#include "wf-step-catalogue.h"
#include "wf-step-dialog.h"
#include "wf-step-form.h"
#include "wf-take-back-dialog.h"
#include "wf-template-gallery.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "carla");
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 700);
  /* Where the focus goes when a dialog closes. */
  adw_window_set_content (ADW_WINDOW (self->window), gtk_button_new_with_label ("Behind"));
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (adw_window_get_content (ADW_WINDOW (self->window)));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
}

typedef struct
{
  Fixture *fixture;
  const char *text;
} Shown;

static gboolean
shows_text (gpointer data)
{
  const Shown *shown = data;

  return wf_window_check_has_text (shown->fixture->window, shown->text);
}

static void
assert_shows (Fixture *self, const char *text)
{
  if (!wf_window_check_wait (shows_text, &(Shown) { self, text }))
    g_error ("“%s” is not shown", text);
}

static void
present (Fixture *self, gpointer dialog)
{
  adw_dialog_present (ADW_DIALOG (dialog), adw_window_get_content (ADW_WINDOW (self->window)));
}

static WfWorkflow *
read_workflow (const char *trigger, const char *steps)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"Test\",\"state\":"
      "\"draft\",\"version\":1,\"trigger\":%s,\"steps\":[%s]}",
      trigger, steps);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

#define RECEIVED "{\"event\":\"lead.received\",\"reentry\":\"every-event\"}"

#define WEBHOOK "{\"id\":\"s\",\"kind\":\"webhook\",\"url\":\"https://example.com/hook\"}"

/* -- the pop-up of a step ---------------------------------------------------------------------- */

typedef struct
{
  Fixture *fixture;
  WfWorkflowDocument *document; /* (owned) */
  WfBuilderContext *context;    /* (owned) */
  WfStepDialog *dialog;         /* of the window */
  WfStepForm *form;
} Popup;

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* It closes with an animation. */
static void
popup_clear (Popup *self)
{
  if (self->dialog == NULL)
    return;
  g_object_add_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
  adw_dialog_force_close (ADW_DIALOG (self->dialog));
  g_assert_true (wf_window_check_wait (is_null, &self->dialog));
  g_clear_object (&self->context);
  g_clear_object (&self->document);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Popup, popup_clear)

static void
open_popup (Popup *self, Fixture *fixture, WfWorkflow *workflow, const WfStep *step)
{
  const WfStepPlace place = { .position = G_MAXUINT };

  self->fixture = fixture;
  self->document = wf_workflow_document_new (workflow, fixture->organisation);
  self->context = wf_builder_context_new (fixture->runtime, self->document, TRUE);
  self->dialog = wf_step_dialog_new (self->context, &place, step);
  present (fixture, self->dialog);
  assert_shows (fixture, wf_step_kind_to_summary (step->kind));
  self->form =
      WF_STEP_FORM (wf_window_check_find (GTK_WIDGET (self->dialog), WF_TYPE_STEP_FORM, NULL));
}

static GtkWidget *
get_save (Popup *self)
{
  return wf_window_check_find (GTK_WIDGET (self->dialog), GTK_TYPE_BUTTON, "save");
}

static void
test_every_kind_has_a_dialog (Fixture *self, gconstpointer data)
{
  for (int kind = 0; kind < WF_N_STEP_KINDS; kind++)
    {
      g_autoptr (WfWorkflow) workflow = read_workflow (RECEIVED, "");
      g_autoptr (WfStep) step = wf_step_new ((WfStepKind) kind);
      g_auto (Popup) popup = { NULL };

      open_popup (&popup, self, workflow, step);
      g_assert_cmpstr (adw_dialog_get_title (ADW_DIALOG (popup.dialog)), ==,
                       wf_step_kind_to_text (step->kind));
      g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (popup.dialog)), ==, 0);
    }
}

static gboolean
has_focus_on_type (gpointer data)
{
  Popup *self = data;

  return gtk_root_get_focus (GTK_ROOT (self->fixture->window)) ==
         wf_step_form_get_row (self->form, "activity-type", 0);
}

/* R13-R25: a new activity with what is usual, the keyboard in the first field, and one key to save it. */
static void
test_new_activity (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (RECEIVED, "");
  g_autoptr (WfStep) step = wf_step_new (WF_STEP_CREATE_ACTIVITY);
  g_auto (Popup) popup = { NULL };
  WfWorkflow *after;
  const WfStep *added;

  open_popup (&popup, self, workflow, step);
  g_assert_true (wf_window_check_wait (has_focus_on_type, &popup));
  /* The only type that there is. */
  g_assert_true (gtk_widget_get_sensitive (get_save (&popup)));
  gtk_widget_activate_action (GTK_WIDGET (popup.dialog), "step.save", NULL);
  after = wf_workflow_document_get_workflow (popup.document);
  g_assert_cmpuint (after->steps->len, ==, 1);
  added = g_ptr_array_index (after->steps, 0);
  g_assert_cmpstr (added->create_activity.activity_type, ==, "filter-1");
  g_assert_cmpint (added->create_activity.complete_within.amount, ==, 30);
  g_assert_cmpint (added->create_activity.notify.amount, ==, 10);
  g_assert_true (added->create_activity.business_hours);
  g_assert_cmpstr (wf_workflow_document_get_undo_name (popup.document), !=, NULL);
  wf_workflow_document_undo (popup.document);
  g_assert_cmpuint (wf_workflow_document_get_workflow (popup.document)->steps->len, ==, 0);
}

/* R16, R25: what is wrong is said, and cannot be saved. */
static void
test_invalid_is_not_saved (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (
      RECEIVED, "{\"id\":\"s\",\"kind\":\"create-activity\",\"activity-type\":\"filter-1\","
                "\"complete-within\":{\"amount\":30,\"unit\":\"minutes\"}}");
  g_auto (Popup) popup = { NULL };
  WfDurationRow *within;
  GtkWidget *amount;

  open_popup (&popup, self, workflow, g_ptr_array_index (workflow->steps, 0));
  within = WF_DURATION_ROW (wf_step_form_get_row (popup.form, "complete-within", 0));
  amount = wf_window_check_find (GTK_WIDGET (within), GTK_TYPE_SPIN_BUTTON, NULL);
  g_assert_true (gtk_widget_get_sensitive (get_save (&popup)));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (amount), 29);
  g_assert_false (gtk_widget_get_sensitive (get_save (&popup)));
  assert_shows (self, "Complete within must be at least 30 minutes; this is 29 minutes.");
  gtk_widget_activate_action (GTK_WIDGET (popup.dialog), "step.save", NULL);
  g_assert_false (wf_workflow_document_is_modified (popup.document));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (amount), 31);
  g_assert_true (gtk_widget_get_sensitive (get_save (&popup)));
  gtk_widget_activate_action (GTK_WIDGET (popup.dialog), "step.save", NULL);
  g_assert_true (wf_workflow_document_is_modified (popup.document));
  g_assert_cmpuint (wf_workflow_document_get_workflow (popup.document)->steps->len, ==, 1);
}

/* A message says what is missing, by the field's label. */
static void
test_demand (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (RECEIVED, "");
  g_autoptr (WfStep) step = wf_step_new (WF_STEP_SEND_EMAIL);
  g_auto (Popup) popup = { NULL };
  GtkWidget *subject;

  open_popup (&popup, self, workflow, step);
  g_assert_false (gtk_widget_get_sensitive (get_save (&popup)));
  assert_shows (self, "To save it, fill in “Subject”.");
  subject = wf_step_form_get_row (popup.form, "subject", 0);
  gtk_editable_set_text (GTK_EDITABLE (subject), "Hello");
  assert_shows (self, "To save it, fill in “Text”.");
}

static void
test_schedule (Fixture *self, gconstpointer data)
{
  static const char *const schedules[] = {
    "{\"every\":\"day\",\"interval\":2,\"at\":\"09:30\",\"working-days\":true}",
    "{\"every\":\"week\",\"at\":\"08:00\",\"on\":[\"mon\",\"thu\"]}",
    "{\"every\":\"month\",\"at\":\"09:00\",\"day\":31}",
    "{\"every\":\"year\",\"at\":\"09:00\",\"month\":12,\"day\":24}",
    "{\"cron\":\"30 8 * * 1-5\"}",
    "{\"date\":\"lead.custom.renewal\",\"offset\":{\"amount\":3,\"unit\":\"days\"},\"direction\":"
    "\"before\",\"at\":\"09:00\",\"yearly\":true}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (schedules); i++)
    {
      g_autofree char *trigger =
          g_strdup_printf ("{\"event\":\"schedule.tick\",\"schedule\":%s}", schedules[i]);
      g_autoptr (WfWorkflow) workflow = read_workflow (trigger, "");
      g_autoptr (WfWorkflowDocument) document =
          wf_workflow_document_new (workflow, self->organisation);
      g_autofree char *before = NULL, *after = NULL;
      WfScheduleDialog *dialog;
      GtkWidget *save;

      g_test_message ("%s", schedules[i]);
      g_assert_nonnull (workflow->schedule);
      before = wf_schedule_to_text (workflow->schedule);
      dialog = wf_schedule_dialog_new (document, WF_CLOCK (self->clock));
      present (self, dialog);
      assert_shows (self, before);
      g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
      save = wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "save");
      g_assert_true (gtk_widget_get_sensitive (save));
      g_signal_emit_by_name (save, "clicked");
      after = wf_schedule_to_text (wf_workflow_document_get_workflow (document)->schedule);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
on_template_chosen (WfTemplateGallery *gallery, WfWorkflow *draft, WfWorkflow **chosen)
{
  *chosen = wf_workflow_ref (draft);
}

static void
test_gallery (Fixture *self, gconstpointer data)
{
  WfTemplateGallery *gallery = wf_template_gallery_new ();
  WfWorkflow *chosen = NULL;
  GtkWidget *row, *use;

  g_signal_connect (gallery, "chosen", G_CALLBACK (on_template_chosen), &chosen);
  present (self, gallery);
  assert_shows (self, "Recover leads discarded in Filter 2");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (gallery)), ==, 0);
  row = wf_window_check_find (GTK_WIDGET (gallery), ADW_TYPE_ACTION_ROW, NULL);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  assert_shows (self, "Benefits");
  use = wf_window_check_find (GTK_WIDGET (gallery), GTK_TYPE_BUTTON, "use");
  g_signal_emit_by_name (use, "clicked");
  g_assert_nonnull (chosen);
  g_assert_cmpint (chosen->state, ==, WF_WORKFLOW_DRAFT);
  g_assert_cmpuint (chosen->steps->len, >, 0);
  wf_workflow_unref (chosen);
}

static void
add_waiting (Fixture *self)
{
  WfHeldStorm *storm = g_new0 (WfHeldStorm, 1);
  WfBlockedStep *step = g_new0 (WfBlockedStep, 1);

  *storm = (WfHeldStorm) { g_strdup ("w-1"),
                           g_strdup ("First contact"),
                           g_strdup ("import"),
                           120,
                           wf_clock_now (WF_CLOCK (self->clock)),
                           wf_clock_now (WF_CLOCK (self->clock)) };
  step->run_key = g_strdup ("run-1");
  step->workflow = g_strdup ("w-2");
  step->workflow_name = g_strdup ("Follow proposals");
  step->step = g_strdup ("mail");
  step->lead = g_strdup ("l-7");
  step->reason = g_strdup ("No such address");
  step->sentence = g_strdup ("Send an e-mail to the lead");
  wf_fake_runtime_add_held (self->runtime, storm);
  wf_fake_runtime_add_blocked (self->runtime, step);
}

static void
test_decide (Fixture *self, gconstpointer data)
{
  g_autoptr (WfAttention) attention = NULL;
  WfAttentionDialog *dialog;
  g_autofree char *text = NULL;

  add_waiting (self);
  attention = wf_attention_new (self->runtime);
  dialog = wf_attention_dialog_new (attention);
  present (self, dialog);
  assert_shows (self, "First contact");
  assert_shows (self, "Send an e-mail to the lead");
  text = wf_attention_to_text (attention);
  g_assert_cmpstr (text, ==, "120 matches of workflows are held back, 1 step has stopped");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "attention.resolve", "(ssu)", "run-1", "mail",
                              WF_RESOLVE_RETRY);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "resolve run-1 mail 0");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "attention.release", "(su)", "w-1",
                              WF_RELEASE_SPREAD);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "release w-1 1");
  assert_shows (self, "Nothing Is Waiting");
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

static WfDueChange *
make_due_change (Fixture *self, const char *id)
{
  WfInstant now = wf_clock_now (WF_CLOCK (self->clock));
  WfDueChange *change = g_new0 (WfDueChange, 1);

  change->activity = wf_fake_activity_new (id, "Filter 1", "ana", now + G_TIME_SPAN_HOUR);
  change->due = now + G_TIME_SPAN_DAY;
  change->remind = WF_INSTANT_NONE;
  return change;
}

static GtkWidget *
find_by_tooltip (GtkWidget *root, const char *tooltip)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (root), tooltip) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_by_tooltip (child, tooltip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_focus_on_close (gpointer widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && gtk_widget_get_mapped (focus) && GTK_IS_BUTTON (focus) &&
         g_strcmp0 (gtk_button_get_label (GTK_BUTTON (focus)), "_Close") == 0 &&
         gtk_widget_is_ancestor (focus, widget);
}

/* S25: old and new are shown, and nothing moves before somebody says so. */
static void
test_due_changes (Fixture *self, gconstpointer data)
{
  g_autoptr (WfAttention) attention = wf_attention_new (self->runtime);
  WfAttentionDialog *dialog = wf_attention_dialog_new (attention);
  g_autofree char *text = NULL;

  present (self, dialog);
  assert_shows (self, "Nothing Is Waiting");
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);

      wf_fake_runtime_add_due_change (self->runtime, make_due_change (self, id));
    }
  wf_fake_runtime_set_account (self->runtime, self->organisation, "carla");
  assert_shows (self, "Other Deadlines");
  assert_shows (self, "Today, 11:00 → Tomorrow, 10:00\nPadaria Sol · Ana Souza · First contact");
  assert_shows (self, "and 10 more");
  text = wf_attention_to_text (attention);
  g_assert_cmpstr (text, ==, "60 activities would be due at another time");
  g_assert_null (wf_fake_runtime_get_last_command (self->runtime));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  GtkWidget *apply = find_by_tooltip (GTK_WIDGET (dialog), "Move these deadlines");
  g_assert_nonnull (apply);
  g_assert_true (gtk_widget_grab_focus (apply));
  gtk_widget_activate_action (apply, "attention.apply-due-changes", NULL);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "apply-due-changes");
  assert_shows (self, "The deadlines were moved");
  assert_shows (self, "Nothing Is Waiting");
  /* The button is gone, and the keyboard is still in the dialog. */
  g_assert_true (wf_window_check_wait (has_focus_on_close, dialog));
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

/* Who may not edit the organisation is not asked. */
static void
test_due_changes_of_others (Fixture *self, gconstpointer data)
{
  g_autoptr (WfAttention) attention = NULL;
  g_autofree char *text = NULL;

  wf_fake_runtime_set_account (self->runtime, self->organisation, "ana");
  wf_fake_runtime_add_due_change (self->runtime, make_due_change (self, "a-1"));
  attention = wf_attention_new (self->runtime);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  text = wf_attention_to_text (attention);
  g_assert_null (text);
}

static void
on_publish (WfWorkflow *workflow, WfInFlight in_flight, gpointer user_data)
{
  *(int *) user_data = (int) in_flight;
}

static void
respond (Fixture *self, const char *response)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
}

static void
test_publish (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) published = read_workflow (RECEIVED, WEBHOOK);
  g_autoptr (WfWorkflow) edited = read_workflow (RECEIVED, "");
  GtkWidget *parent = adw_window_get_content (ADW_WINDOW (self->window));
  int answer = -1;

  /* The first publication asks nothing. */
  wf_publish_ask (parent, self->runtime, edited, NULL, on_publish, &answer, NULL);
  g_assert_cmpint (answer, ==, WF_IN_FLIGHT_FINISH);
  answer = -1;
  wf_fake_runtime_set_in_flight (self->runtime, 42, 40, 0);
  wf_publish_ask (parent, self->runtime, edited, published, on_publish, &answer, NULL);
  assert_shows (self, "Publish “Test”?");
  assert_shows (self, "Move to the new version");
  g_assert_cmpint (answer, ==, -1);
  respond (self, "publish");
  g_assert_cmpint (answer, ==, WF_IN_FLIGHT_FINISH);
}

static void
on_resume (gboolean resume, WfResume how, gpointer user_data)
{
  *(int *) user_data = resume ? (int) how : 100;
}

static void
test_resume (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (RECEIVED, "");
  GtkWidget *parent = adw_window_get_content (ADW_WINDOW (self->window));
  int answer = -1;

  wf_fake_runtime_set_in_flight (self->runtime, 3, 0, 2);
  wf_resume_ask (parent, self->runtime, workflow, on_resume, &answer, NULL);
  assert_shows (self, "Resume “Test”?");
  respond (self, "cancel");
  g_assert_cmpint (answer, ==, 100);
}

static void
test_compare (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (RECEIVED, WEBHOOK);
  WfCompareDialog *dialog = wf_compare_dialog_new (self->runtime, workflow);

  present (self, dialog);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "compare 7");
  assert_shows (self, "0 events were replayed.");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

static gboolean
is_gone (gpointer data)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (((Fixture *) data)->window)) == NULL;
}

static void
test_take_back (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (RECEIVED, "");
  WfTakeBackDialog *dialog = wf_take_back_dialog_new (self->runtime, workflow);

  present (self, dialog);
  assert_shows (self, "1 untouched activity");
  assert_shows (self, "Visit");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  g_signal_emit_by_name (wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "take_back"),
                         "clicked");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==,
                   "take-back 6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11 0");
  g_assert_true (wf_window_check_wait (is_gone, self));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  ADD ("/ui/builder/every-kind", test_every_kind_has_a_dialog);
  ADD ("/ui/builder/new-activity", test_new_activity);
  ADD ("/ui/builder/invalid-is-not-saved", test_invalid_is_not_saved);
  ADD ("/ui/builder/demand", test_demand);
  ADD ("/ui/builder/schedule", test_schedule);
  ADD ("/ui/builder/gallery", test_gallery);
  ADD ("/ui/builder/decide", test_decide);
  ADD ("/ui/builder/due-changes", test_due_changes);
  ADD ("/ui/builder/due-changes-of-others", test_due_changes_of_others);
  ADD ("/ui/builder/publish", test_publish);
  ADD ("/ui/builder/resume", test_resume);
  ADD ("/ui/builder/compare", test_compare);
  ADD ("/ui/builder/take-back", test_take_back);
  return g_test_run ();
}
