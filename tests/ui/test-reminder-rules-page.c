/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences of reminders: a person's own lead times and quiet hours, and the question about the background. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-background-question.h"
#include "wf-duration-row.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-reminder-rules-page.h"
#include "wf-runtime-day.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

static const char organisation_json[] =
    "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"people\":[{\"id\":\"ana\",\"name\":\"Ana\","
    "\"role\":\"attendant\",\"active\":true,\"groups\":[],\"teams\":[],\"units\":[]}],\"groups\":[],"
    "\"teams\":[],\"units\":[],\"pipelines\":[],\"activity-types\":[{\"id\":\"call\",\"name\":\"Ligar\"},"
    "{\"id\":\"visit\",\"name\":\"Visita & café\"}]}";

typedef struct
{
  AdwDialog *dialog;
  WfReminderRulesPage *page;
  GtkWindow *window;
  WfRuntime *runtime;
  WfOrganisation *organisation;
} Fixture;

static void
run_idle (void)
{
  for (int i = 0; i < 1000 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (WfClock) clock = WF_CLOCK (wf_fake_clock_new_at ("2026-11-18T13:00:00Z"));
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (organisation_json, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  f->organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  g_assert_nonnull (f->organisation);
  f->runtime = wf_fake_runtime_new (clock, f->organisation, "ana");
  f->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (f->window, 370, 700); /* 360 within its frame */
  f->dialog = adw_preferences_dialog_new ();
  f->page = g_object_new (WF_TYPE_REMINDER_RULES_PAGE, NULL);
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (f->dialog), ADW_PREFERENCES_PAGE (f->page));
  wf_reminder_rules_page_set_runtime (f->page, f->runtime);
  gtk_window_present (f->window);
  adw_dialog_present (f->dialog, GTK_WIDGET (f->window));
  g_assert_true (wf_window_check_wait (is_mapped, f->page));
  run_idle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (f->window);
  run_idle ();
  g_clear_object (&f->runtime);
  g_clear_pointer (&f->organisation, wf_organisation_unref);
}

static gpointer
find (Fixture *f, GType type, const char *name)
{
  GtkWidget *widget = wf_window_check_find (GTK_WIDGET (f->page), type, name);

  g_assert_nonnull (widget);
  return widget;
}

/* The first mapped one below root. */
static GtkWidget *
find_by_tooltip (GtkWidget *root, const char *tooltip)
{
  if (gtk_widget_get_mapped (root) && g_strcmp0 (gtk_widget_get_tooltip_text (root), tooltip) == 0)
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

static void
expect_rules (Fixture *f, const char *expected)
{
  run_idle ();
  g_autofree char *text = wf_reminder_rules_to_text (wf_runtime_get_reminder_rules (f->runtime));
  g_assert_cmpstr (text, ==, expected);
}

static void
press (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
  run_idle ();
}

static void
test_lead_times (Fixture *f, gconstpointer data)
{
  GtkWidget *add = find (f, GTK_TYPE_BUTTON, "add");
  AdwComboRow *types = find (f, ADW_TYPE_COMBO_ROW, "types");
  AdwSwitchRow *inherits;
  GtkWidget *row;

  press (add);
  expect_rules (f, "{\"at-due\":false,\"lead-times\":{\"*\":[\"1 hour\"]}}");
  row = find (f, WF_TYPE_DURATION_ROW, NULL);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (wf_duration_row_get_entry (WF_DURATION_ROW (row))),
                             2);
  press (add);
  expect_rules (f, "{\"at-due\":false,\"lead-times\":{\"*\":[\"2 hours\",\"1 hour\"]}}");

  /* What cannot be used is said in its row, and the others stay. */
  gtk_editable_set_text (GTK_EDITABLE (wf_duration_row_get_entry (WF_DURATION_ROW (row))), "0");
  expect_rules (f, "{\"at-due\":false,\"lead-times\":{\"*\":[\"1 hour\"]}}");
  g_assert_true (wf_window_check_has_text (row, "Enter a number from 1."));
  gtk_editable_set_text (GTK_EDITABLE (wf_duration_row_get_entry (WF_DURATION_ROW (row))), "2");
  run_idle ();

  /* A type has the same as all others until it has its own. */
  adw_combo_row_set_selected (types, 2);
  run_idle ();
  inherits = find (f, ADW_TYPE_SWITCH_ROW, "inherits");
  g_assert_true (adw_switch_row_get_active (inherits));
  g_assert_false (gtk_widget_is_sensitive (find (f, WF_TYPE_DURATION_ROW, NULL)));
  adw_switch_row_set_active (inherits, FALSE);
  run_idle ();
  g_assert_true (gtk_widget_is_sensitive (find (f, WF_TYPE_DURATION_ROW, NULL)));
  press (find_by_tooltip (GTK_WIDGET (f->page), "Remove the Reminder"));
  adw_switch_row_set_active (find (f, ADW_TYPE_SWITCH_ROW, "at_due"), TRUE);
  expect_rules (f, "{\"at-due\":true,\"lead-times\":{\"*\":[\"2 hours\",\"1 hour\"],"
                   "\"visit\":[\"1 hour\"]}}");
  adw_switch_row_set_active (inherits, TRUE);
  expect_rules (f, "{\"at-due\":true,\"lead-times\":{\"*\":[\"2 hours\",\"1 hour\"]}}");

  /* At most so many. */
  adw_combo_row_set_selected (types, 0);
  run_idle ();
  for (guint i = 2; i < WF_MOST_LEAD_TIMES; i++)
    press (add);
  g_assert_false (gtk_widget_is_sensitive (add));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (f->dialog)), ==, 0);

  /* With all of it, in the narrowest window. */
  int least;
  gtk_widget_measure (GTK_WIDGET (f->page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                      NULL);
  g_assert_cmpint (least, <=, 360);
}

static void
test_quiet_hours (Fixture *f, gconstpointer data)
{
  AdwSwitchRow *quiet = find (f, ADW_TYPE_SWITCH_ROW, "quiet");
  GtkWidget *from = find (f, ADW_TYPE_ENTRY_ROW, "from");
  GtkWidget *days = find (f, ADW_TYPE_WRAP_BOX, "days");

  g_assert_false (gtk_widget_is_sensitive (from));
  adw_switch_row_set_active (quiet, TRUE);
  expect_rules (f, "{\"at-due\":false,\"quiet\":{\"from\":\"19:00\",\"until\":\"08:00\"}}");
  gtk_editable_set_text (GTK_EDITABLE (from), "21h30");
  g_signal_emit_by_name (from, "apply");
  expect_rules (f, "{\"at-due\":false,\"quiet\":{\"from\":\"21:30\",\"until\":\"08:00\"}}");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (from)), ==, "21:30");
  gtk_editable_set_text (GTK_EDITABLE (from), "soon");
  g_signal_emit_by_name (from, "apply");
  expect_rules (f, "{\"at-due\":false,\"quiet\":{\"from\":\"21:30\",\"until\":\"08:00\"}}");
  g_assert_true (gtk_widget_has_css_class (from, "error"));
  gtk_editable_set_text (GTK_EDITABLE (from), "19:00");
  g_signal_emit_by_name (from, "apply");

  /* All days but one may be quiet. */
  guint n = 0;
  for (GtkWidget *day = gtk_widget_get_first_child (days); day != NULL;
       day = gtk_widget_get_next_sibling (day), n++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (day), TRUE);
  g_assert_cmpuint (n, ==, 7);
  g_assert_false (
      gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (gtk_widget_get_last_child (days))));
  adw_switch_row_set_active (quiet, FALSE);
  expect_rules (f, "{\"at-due\":false}");
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  AdwSwitchRow *at_due = find (f, ADW_TYPE_SWITCH_ROW, "at_due");

  wf_fake_runtime_fail_next (f->runtime, "The disk is full");
  adw_switch_row_set_active (at_due, TRUE);
  expect_rules (f, "{\"at-due\":false}");
  g_assert_false (adw_switch_row_get_active (at_due));
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->dialog), "The disk is full"));
}

static void
test_no_account (Fixture *f, gconstpointer data)
{
  wf_reminder_rules_page_set_runtime (f->page, NULL);
  run_idle ();
  g_assert_null (wf_window_check_find (GTK_WIDGET (f->page), ADW_TYPE_COMBO_ROW, "types"));
  g_assert_nonnull (wf_window_check_find (GTK_WIDGET (f->page), ADW_TYPE_SWITCH_ROW, "background"));
}

/* ---- the question ------------------------------------------------------------------------------ */

static void
on_window_destroyed (GtkWidget *window, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

static gboolean
has_question (gpointer window)
{
  return wf_window_check_find (window, WF_TYPE_BACKGROUND_QUESTION, NULL) != NULL;
}

static gboolean
has_no_question (gpointer window)
{
  return !has_question (window);
}

static void
test_question (Fixture *f, gconstpointer data)
{
  g_autoptr (GApplication) application =
      g_application_new ("org.example.WorkflowQuestion", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  GtkWidget *window = adw_window_new (), *dialog;
  gboolean closed = FALSE;

  g_settings_reset (settings, "run-in-background");
  g_assert_true (wf_background_question_is_open (settings));
  g_signal_connect (window, "destroy", G_CALLBACK (on_window_destroyed), &closed);
  gtk_window_present (GTK_WINDOW (window));

  /* Thinking better of it is no answer. */
  for (guint i = 0; i < 2; i++)
    {
      wf_background_question_ask (application, settings, GTK_WINDOW (window));
      g_assert_true (wf_window_check_wait (has_question, window));
      dialog = wf_window_check_find (window, WF_TYPE_BACKGROUND_QUESTION, NULL);
      g_assert_nonnull (dialog);
      g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
      g_signal_emit_by_name (dialog, "response::cancel", "cancel");
      adw_dialog_force_close (ADW_DIALOG (dialog));
      g_assert_true (wf_window_check_wait (has_no_question, window));
      g_assert_false (closed);
      g_assert_true (wf_background_question_is_open (settings));
    }

  wf_background_question_ask (application, settings, GTK_WINDOW (window));
  g_assert_true (wf_window_check_wait (has_question, window));
  dialog = wf_window_check_find (window, WF_TYPE_BACKGROUND_QUESTION, NULL);
  g_signal_emit_by_name (dialog, "response::quit", "quit");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  g_assert_true (wf_window_check_wait (is_true, &closed));
  g_assert_false (wf_background_question_is_open (settings));
  g_assert_false (g_settings_get_boolean (settings, "run-in-background"));
  g_assert_true (g_settings_get_boolean (settings, "background-asked"));
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  g_test_add ("/reminder-rules-page/lead-times", Fixture, NULL, set_up, test_lead_times, tear_down);
  g_test_add ("/reminder-rules-page/quiet-hours", Fixture, NULL, set_up, test_quiet_hours,
              tear_down);
  g_test_add ("/reminder-rules-page/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/reminder-rules-page/no-account", Fixture, NULL, set_up, test_no_account, tear_down);
  g_test_add ("/reminder-rules-page/question", Fixture, NULL, set_up, test_question, tear_down);
  return g_test_run ();
}
