/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today worked through: outcomes, several at once with what is left named, every step taken back, the queue, search and
 * filters. */
#include "wf-activity-row.h"
#include "wf-outcome-dialog.h"
#include "wf-paged-selection.h"
#include "wf-people-dialog.h"
#include "wf-reschedule-dialog.h"
#include "wf-row-text.h"
#include "wf-today-window.h"
#include "wf-value-chip.h"

#define shows(self, text) wf_today_window_assert_shows ((self)->page, text)
#define says(self, text) wf_today_window_assert_shows ((self)->window, text)
#define hides(self, text) wf_today_window_assert_hides ((self)->page, text)

static void
add_four (WfTodayWindow *self)
{
  wf_today_window_add (self, "a-1", "First", "ana", -60);
  wf_today_window_add (self, "a-2", "Second", "ana", 20);
  wf_today_window_add (self, "a-3", "Third", "ana", 40);
  wf_today_window_add (self, "a-4", "Fourth", "ana", 24 * 60);
  wf_fake_runtime_tell (self->runtime);
}

static void
select_rows (WfTodayWindow *self, guint first, guint n)
{
  gtk_selection_model_select_range (wf_today_window_get_selection (self), first, n, TRUE);
}

static void
press (WfTodayWindow *self, const char *action)
{
  wf_today_window_activate (self, action, NULL, NULL);
}

static WfPagedSelection *
get_selection (WfTodayWindow *self)
{
  return WF_PAGED_SELECTION (wf_today_window_get_selection (self));
}

static const char *
get_selected (WfTodayWindow *self)
{
  const WfActivity *only = wf_paged_selection_get_only (get_selection (self));

  return only != NULL ? only->id : NULL;
}

/* The type of the activities gets outcomes. */
static void
set_outcomes (WfTodayWindow *self)
{
  g_autofree char *text = wf_organisation_to_text (self->organisation, FALSE);
  g_autoptr (GString) changed = g_string_new (text);

  g_assert_cmpuint (
      g_string_replace (changed, "\"icon\":\"call\"",
                        "\"icon\":\"call\",\"outcomes\":[{\"id\":\"reached\",\"name\":\"Reached\"},"
                        "{\"id\":\"no-answer\",\"name\":\"No answer\"}]",
                        0),
      ==, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (changed->str, -1, 0, &error);
  g_assert_no_error (error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  wf_organisation_unref (self->organisation);
  self->organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  g_assert_nonnull (self->organisation);
}

/* Shown, with all of its fields. */
static gboolean
asks_outcome (gpointer window)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  return WF_IS_OUTCOME_DIALOG (dialog) &&
         wf_window_check_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "note") != NULL;
}

static GtkWidget *
wait_for_question (WfTodayWindow *self)
{
  g_assert_true (wf_window_check_wait (asks_outcome, self->window));
  return GTK_WIDGET (wf_today_window_get_dialog (self));
}

static void
choose (WfTodayWindow *self, int index)
{
  GtkWidget *dialog = wait_for_question (self);

  g_assert_true (gtk_widget_activate_action (dialog, "outcome.choose", "i", index));
  wf_today_window_wait_no_dialog (self);
  wf_fake_clock_run_idle ();
}

/* ---- outcomes ---------------------------------------------------------------------------------- */

static void
test_outcome (WfTodayWindow *self, gconstpointer data)
{
  set_outcomes (self);
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  select_rows (self, 0, 1);
  press (self, "today.complete");
  GtkWidget *dialog = wait_for_question (self);
  wf_today_window_assert_shows (dialog, "Reached");
  wf_today_window_assert_shows (dialog, "No answer");
  wf_today_window_assert_shows (dialog, "First · Padaria Sol");
  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
  g_assert_null (wf_fake_runtime_get_last_command (self->runtime));
  choose (self, 1);
  wf_today_window_assert_command (self, "complete a-1 no-answer");
  says (self, "Completed “First”");
  hides (self, "First");
  g_assert_cmpstr (get_selected (self), ==, "a-2"); /* work goes on there */
}

/* A note becomes a comment of what was done. */
static void
test_outcome_note (WfTodayWindow *self, gconstpointer data)
{
  set_outcomes (self);
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  wf_today_window_activate (self, "today.complete-one", "s", "a-1");
  GtkWidget *note = wf_window_check_find (wait_for_question (self), ADW_TYPE_ENTRY_ROW, "note");
  gtk_editable_set_text (GTK_EDITABLE (note), "  Calls back on Monday ");
  choose (self, 0);
  wf_today_window_assert_command (self, "comment a-1 Calls back on Monday");
}

static void
test_outcome_cancelled (WfTodayWindow *self, gconstpointer data)
{
  set_outcomes (self);
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  GtkWidget *check = wf_window_check_find (self->page, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  adw_dialog_force_close (ADW_DIALOG (wait_for_question (self)));
  wf_fake_clock_run_idle ();
  g_assert_null (wf_fake_runtime_get_last_command (self->runtime));
  g_assert_false (gtk_check_button_get_active (
      GTK_CHECK_BUTTON (wf_window_check_find (self->page, GTK_TYPE_CHECK_BUTTON, NULL))));
}

/* One question for all of a type. */
static void
test_outcome_of_several (WfTodayWindow *self, gconstpointer data)
{
  set_outcomes (self);
  add_four (self);
  WfActivity *plain = wf_today_window_add (self, "a-5", "Plain", "ana", 30);
  g_set_str (&plain->type, "unknown");
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "ana");
  shows (self, "Plain");
  select_rows (self, 0, 4);
  press (self, "today.complete");
  wf_today_window_assert_shows (wait_for_question (self), "First · 3");
  choose (self, 0);
  wf_today_window_assert_command (self, "complete a-1 a-2 a-3 reached");
  says (self, "4 completed");
  press (self, "today.undo");
  shows (self, "First");
  shows (self, "Plain");
}

/* ---- several ----------------------------------------------------------------------------------- */

static void
test_selection_mode (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  GtkWidget *check = wf_window_check_find (self->page, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Complete “First”");
  press (self, "today.select");
  shows (self, "0 selected");
  check = wf_window_check_find (self->page, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Select “First”");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE); /* selects, does not complete */
  shows (self, "1 selected");
  g_assert_null (wf_fake_runtime_get_last_command (self->runtime));
  wf_today_window_activate (self, "today.toggle-one", "s", "a-3");
  shows (self, "2 selected");
  g_assert_cmpuint (wf_window_check_count_nameless (self->page), ==, 0);
  press (self, "today.close");
  hides (self, "2 selected");
  g_assert_cmpuint (wf_paged_selection_get_n (get_selection (self)), ==, 0);
}

static void
test_bulk (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_fake_runtime_refuse (self->runtime, "a-2", "It is done already.");
  wf_today_window_open (self, "ana");
  shows (self, "First");
  select_rows (self, 0, 3);
  shows (self, "3 selected");
  press (self, "today.complete");
  wf_today_window_assert_command (self, "complete a-1 a-2 a-3");
  hides (self, "First");
  hides (self, "Third");
  shows (self, "Second");
  says (self, "1 was left: It is done already.");
  hides (self, "3 selected");
  press (self, "today.undo");
  wf_today_window_assert_command (self, "undo a-1 a-3");
  shows (self, "First");
  shows (self, "Third");
}

/* What is done to several is done to all of them, and taken back by one step. */
static void
test_bulk_of_each_kind (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  select_rows (self, 1, 2);
  wf_today_window_activate (self, "today.snooze", "s", "1-hour");
  wf_today_window_assert_command (self, "snooze a-2 a-3 2");
  says (self, "2 snoozed");
  press (self, "today.undo");
  wf_today_window_assert_command (self, "undo a-2 a-3");

  select_rows (self, 1, 2);
  press (self, "today.reschedule");
  AdwDialog *dialog = wf_today_window_get_dialog (self);
  g_assert_true (WF_IS_RESCHEDULE_DIALOG (dialog));
  WfInstant due = wf_today_window_now (self) + 30 * G_TIME_SPAN_HOUR;
  g_signal_emit_by_name (dialog, "rescheduled", due, "They asked for it");
  adw_dialog_force_close (dialog);
  g_autofree char *command =
      g_strdup_printf ("reschedule a-2 a-3 %" G_GINT64_FORMAT " They asked for it", due);
  wf_today_window_assert_command (self, command);
  says (self, "2 moved: Tomorrow, 16:00");
  press (self, "today.undo");
  wf_today_window_assert_command (self, "undo a-2 a-3");

  wf_fake_clock_run_idle ();
  select_rows (self, 1, 2);
  press (self, "today.dismiss");
  wf_today_window_assert_command (self, "dismiss a-2 a-3");
  says (self, "2 are no longer needed");
}

static gboolean
is_recent_reason (GtkWidget *widget, const char *reason)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), reason) == 0;
}

static GtkWidget *
find_recent_reason (GtkWidget *root, const char *reason)
{
  if (is_recent_reason (root, reason))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_recent_reason (child, reason);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_reason_entry (gpointer dialog)
{
  return wf_window_check_find (dialog, ADW_TYPE_ENTRY_ROW, "reason") != NULL;
}

/* The dialog, once it is shown. */
static GtkWidget *
open_reschedule_dialog (WfTodayWindow *self)
{
  press (self, "today.reschedule");
  GtkWidget *dialog = GTK_WIDGET (wf_today_window_get_dialog (self));

  g_assert_true (wf_window_check_wait (has_reason_entry, dialog));
  return dialog;
}

static gboolean
was_moved_for_illness (gpointer runtime)
{
  const char *command = wf_fake_runtime_get_last_command (runtime);

  return g_str_has_prefix (command, "reschedule a-2 a-3 ") &&
         g_str_has_suffix (command, " Illness");
}

/* S7: a reason that was given lately is given again by a click; the dialog and the calendar share them. */
static void
test_recent_reasons (WfTodayWindow *self, gconstpointer data)
{
  static const char *const known[] = { "The client asked for another day, and a late one",
                                       "Illness", NULL };
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  g_auto (GStrv) after = NULL;

  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  select_rows (self, 1, 2);
  g_settings_reset (settings, "recent-reasons");
  GtkWidget *dialog = open_reschedule_dialog (self);
  GtkWidget *box = wf_window_check_find (dialog, ADW_TYPE_WRAP_BOX, "recent");
  g_assert_null (box); /* nothing to offer, nothing shown */
  adw_dialog_force_close (ADW_DIALOG (dialog));
  wf_fake_clock_run_idle ();

  g_settings_set_strv (settings, "recent-reasons", known);
  dialog = open_reschedule_dialog (self);
  g_assert_nonnull (wf_window_check_find (dialog, ADW_TYPE_WRAP_BOX, "recent"));
  GtkWidget *reason = find_recent_reason (dialog, known[0]);
  GtkWidget *entry = wf_window_check_find (dialog, ADW_TYPE_ENTRY_ROW, "reason");
  g_assert_nonnull (reason);
  g_assert_nonnull (entry);
  gtk_test_accessible_assert_property (reason, GTK_ACCESSIBLE_PROPERTY_LABEL, known[0]);
  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
  g_signal_emit_by_name (reason, "clicked");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, known[0]);
  g_signal_emit_by_name (find_recent_reason (dialog, known[1]), "clicked");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, known[1]);
  g_signal_emit_by_name (wf_window_check_find (dialog, GTK_TYPE_BUTTON, "save"), "clicked");
  g_assert_true (wf_window_check_wait (was_moved_for_illness, self->runtime));
  after = g_settings_get_strv (settings, "recent-reasons");
  g_assert_cmpstr (after[0], ==, known[1]); /* the newest first, each once */
  g_assert_cmpstr (after[1], ==, known[0]);
  g_assert_null (after[2]);
  g_settings_reset (settings, "recent-reasons");
}

static void
test_bulk_of_manager (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_open (self, "carla");
  wf_today_window_show (self, "everyone");
  shows (self, "First");
  select_rows (self, 0, 2);
  press (self, "today.reassign");
  AdwDialog *dialog = wf_today_window_get_dialog (self);
  g_assert_true (WF_IS_PEOPLE_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "chosen", "bruno");
  adw_dialog_force_close (dialog);
  wf_today_window_assert_command (self, "reassign a-1 a-2 bruno");
  says (self, "2 given to Bruno Lima");
  press (self, "today.undo");
  wf_today_window_assert_command (self, "undo a-1 a-2");
}

static void
test_bulk_leaves_approvals (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  WfActivity *approval = wf_today_window_add (self, "a-5", "May we?", "ana", 30);
  approval->kind = WF_ACTIVITY_APPROVAL;
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "ana");
  shows (self, "May we?");
  gtk_selection_model_select_all (wf_today_window_get_selection (self));
  shows (self, "5 selected");
  press (self, "today.complete");
  says (self, "1 was left: Approvals are answered one by one.");
  wf_today_window_assert_command (self, "complete a-1 a-2 a-3 a-4");
  shows (self, "May we?");
}

/* ---- back -------------------------------------------------------------------------------------- */

/* Each step can be taken back, the newest first, also when its message is gone. */
static void
test_undo_of_undo (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  wf_today_window_activate (self, "today.complete-one", "s", "a-1");
  hides (self, "First");
  wf_today_window_activate (self, "today.complete-one", "s", "a-2");
  hides (self, "Second");
  press (self, "today.undo");
  shows (self, "Second");
  hides (self, "First");
  press (self, "today.undo");
  shows (self, "First");
  wf_today_window_assert_command (self, "undo a-1");
}

/* What changed meanwhile is left as it is, and said. */
static void
test_undo_too_late (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  wf_today_window_activate (self, "today.complete-one", "s", "a-1");
  hides (self, "First");
  g_assert_nonnull (wf_fake_runtime_change (self->runtime, "a-1"));
  press (self, "today.undo");
  says (self, "1 had changed meanwhile and stays as it is");
}

static void
test_next (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  select_rows (self, 1, 1);
  press (self, "today.complete");
  hides (self, "Second");
  g_assert_cmpstr (get_selected (self), ==, "a-3");
  press (self, "today.complete");
  hides (self, "Third");
  g_assert_cmpstr (get_selected (self), ==, "a-4");
  press (self, "today.complete"); /* the last: then the one above */
  hides (self, "Fourth");
  g_assert_cmpstr (get_selected (self), ==, "a-1");
  press (self, "today.complete");
  shows (self, "All Done");
}

/* ---- queue, closed ones, search and filters ---------------------------------------------------- */

static void
test_queue (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_add (self, "a-5", "Nobody’s", NULL, 30);
  wf_today_window_add (self, "a-6", "Nobody’s too", NULL, 45);
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  g_assert_false (wf_window_check_has_text (self->page, "Everyone")); /* not Ana's to see */
  wf_today_window_show (self, "unassigned");
  shows (self, "Nobody’s");
  hides (self, "First");
  select_rows (self, 0, 1);
  press (self, "today.claim");
  wf_today_window_assert_command (self, "reassign a-5 ana");
  says (self, "The activity is yours now");
  hides (self, "Nobody’s");
  g_assert_cmpstr (get_selected (self), ==, "a-6");
  press (self, "today.undo"); /* back to the queue */
  shows (self, "Nobody’s");
}

static GtkWidget *
find_button (WfTodayWindow *self, const char *name)
{
  return wf_window_check_find (self->page, GTK_TYPE_BUTTON, name);
}

/* What several in the queue allow is to take them: that has a button, and what is refused has none. */
static void
test_queue_bar (WfTodayWindow *self, gconstpointer data)
{
  static const char *const refused[] = { "complete_button", "snooze_button", "reschedule_button",
                                         "give_button", "dismiss_button" };

  add_four (self);
  wf_today_window_add (self, "a-5", "Nobody’s", NULL, 30);
  wf_today_window_add (self, "a-6", "Nobody’s too", NULL, 45);
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  select_rows (self, 0, 2);
  shows (self, "2 selected");
  g_assert_null (find_button (self, "claim_button"));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_nonnull (find_button (self, refused[i]));
  press (self, "today.close");
  wf_today_window_show (self, "unassigned");
  shows (self, "Nobody’s");
  hides (self, "First");
  select_rows (self, 0, 2);
  shows (self, "2 selected");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_null (find_button (self, refused[i]));
  GtkWidget *claim = find_button (self, "claim_button");
  g_assert_nonnull (claim);
  g_assert_cmpuint (wf_window_check_count_nameless (self->page), ==, 0);
  g_signal_emit_by_name (claim, "clicked");
  wf_today_window_assert_command (self, "reassign a-5 a-6 ana");
  hides (self, "Nobody’s");
}

static gboolean
has_live_check (gpointer page)
{
  GtkWidget *check = wf_window_check_find (page, GTK_TYPE_CHECK_BUTTON, NULL);

  return check != NULL && gtk_widget_get_sensitive (check);
}

/* What is not this person's to complete is not asked about: the outcome and the note would be lost. */
static void
test_queue_check (WfTodayWindow *self, gconstpointer data)
{
  set_outcomes (self);
  wf_today_window_add (self, "a-5", "Nobody’s", NULL, 30);
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "ana");
  wf_today_window_show (self, "unassigned");
  shows (self, "Nobody’s");
  GtkWidget *check = wf_window_check_find (self->page, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_false (gtk_widget_get_sensitive (check));
  wf_today_window_activate (self, "today.complete-one", "s", "a-5");
  says (self, "Nobody is responsible yet. Take it first.");
  g_assert_null (wf_today_window_get_dialog (self));
  g_assert_null (wf_fake_runtime_get_last_command (self->runtime));

  /* It selects whatever it is, and completes what was taken. */
  press (self, "today.select");
  g_assert_true (gtk_widget_get_sensitive (check));
  press (self, "today.select");
  select_rows (self, 0, 1);
  press (self, "today.claim");
  wf_today_window_show (self, "mine");
  g_assert_true (wf_window_check_wait (has_live_check, self->page));
  shows (self, "Nobody’s");
}

/* The dialog begins with the present deadline, which is no new one: said where it is entered, and refused. */
static void
test_same_deadline (WfTodayWindow *self, gconstpointer data)
{
  static const char problem[] = "This is the present deadline. Choose another time.";

  wf_today_window_add (self, "a-1", "First", "ana", 60);
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  select_rows (self, 0, 1);
  GtkWidget *dialog = open_reschedule_dialog (self);
  GtkWidget *reason = wf_window_check_find (dialog, ADW_TYPE_ENTRY_ROW, "reason");
  GtkWidget *time = wf_window_check_find (dialog, ADW_TYPE_ENTRY_ROW, "time");
  GtkWidget *save = wf_window_check_find (dialog, GTK_TYPE_BUTTON, "save");
  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_false (wf_window_check_has_text (dialog, problem)); /* nothing was entered yet */
  gtk_editable_set_text (GTK_EDITABLE (reason), "They asked");
  wf_today_window_assert_shows (dialog, problem);
  g_assert_false (gtk_widget_get_sensitive (save));
  g_autofree char *present = g_strdup (gtk_editable_get_text (GTK_EDITABLE (time)));
  gtk_editable_set_text (GTK_EDITABLE (time), "11:20");
  wf_today_window_assert_hides (dialog, problem);
  g_assert_true (gtk_widget_get_sensitive (save));
  gtk_editable_set_text (GTK_EDITABLE (time), present);
  wf_today_window_assert_shows (dialog, problem);
  gtk_editable_set_text (GTK_EDITABLE (time), "11:20");
  g_signal_emit_by_name (save, "clicked");
  wf_today_window_wait_no_dialog (self);
  g_assert_true (
      g_str_has_prefix (wf_fake_runtime_get_last_command (self->runtime), "reschedule a-1 "));
}

static void
test_closed (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  wf_today_window_activate (self, "today.complete-one", "s", "a-1");
  hides (self, "First");
  press (self, "today.show-closed");
  shows (self, "Closed · 1");
  shows (self, "Done late");
  shows (self, "Closed Lately, Too"); /* as a chip */
  select_rows (self, 3, 1);
  g_assert_cmpstr (get_selected (self), ==, "a-1");
  press (self, "today.reopen");
  wf_today_window_assert_command (self, "reopen a-1");
  says (self, "“First” is open again");
  hides (self, "Closed · 1");
  shows (self, "Late · 1");
}

static gboolean
has_no_chip (gpointer page)
{
  return wf_window_check_find (page, WF_TYPE_VALUE_CHIP, NULL) == NULL;
}

static void
test_search (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  press (self, "today.search");
  GtkWidget *search = wf_window_check_find (self->page, GTK_TYPE_SEARCH_ENTRY, "search");
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "ThIr");
  hides (self, "First");
  shows (self, "Third");
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing like it");
  shows (self, "Nothing Found");
  press (self, "today.clear-filter");
  shows (self, "First");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
}

static void
test_filter (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  WfActivity *other = wf_today_window_add (self, "a-5", "Other", "bruno", 30);
  g_set_str (&other->type, "unknown");
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "carla");
  wf_today_window_activate (self, "today.show-person", "s", "bruno");
  hides (self, "First");
  shows (self, "Other");
  GtkWidget *chip = wf_window_check_find (self->page, WF_TYPE_VALUE_CHIP, NULL);
  g_assert_nonnull (chip);
  shows (self, "Bruno Lima");
  shows (self, "Late");
  press (self, "today.clear-filter");
  shows (self, "First");
  g_assert_true (wf_window_check_wait (has_no_chip, self->page));

  wf_today_window_activate (self, "today.show-at-risk", NULL, NULL);
  hides (self, "First");  /* late */
  hides (self, "Fourth"); /* tomorrow */
  shows (self, "Second");
  chip = wf_window_check_find (self->page, WF_TYPE_VALUE_CHIP, NULL);
  g_signal_emit_by_name (chip, "removed");
  shows (self, "Fourth");
}

/* ---- selection --------------------------------------------------------------------------------- */

static void
test_selection_outlives_refresh (WfTodayWindow *self, gconstpointer data)
{
  add_four (self);
  wf_today_window_open (self, "ana");
  shows (self, "First");
  select_rows (self, 1, 2);
  wf_today_window_add (self, "a-0", "New and late", "ana", -24 * 60);
  wf_fake_runtime_tell (self->runtime);
  shows (self, "New and late");
  GtkSelectionModel *model = wf_today_window_get_selection (self);
  g_assert_false (gtk_selection_model_is_selected (model, 1));
  g_assert_true (gtk_selection_model_is_selected (model, 2));
  g_assert_true (gtk_selection_model_is_selected (model, 3));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 2);

  /* One of them is completed elsewhere. */
  wf_fake_runtime_change (self->runtime, "a-2")->status = WF_ACTIVITY_DONE;
  wf_fake_runtime_tell (self->runtime);
  hides (self, "Second");
  g_assert_cmpstr (get_selected (self), ==, "a-3");
}

static gboolean
has_250_rows (gpointer selection)
{
  g_autoptr (GPtrArray) rows = wf_paged_selection_list_rows (selection);

  return rows->len == 250;
}

/* 100,000 rows: a range reads what it reaches over, and no more than a hand can mean. */
static void
test_selection_of_many (WfTodayWindow *self, gconstpointer data)
{
  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%06u", i);
      wf_today_window_add (self, id, "Call", "ana", 24 * 60 + (int) i);
    }
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "ana");
  shows (self, "Call");
  GtkSelectionModel *model = wf_today_window_get_selection (self);
  gtk_selection_model_select_range (model, 100, 250, TRUE);
  g_assert_true (wf_window_check_wait (has_250_rows, get_selection (self)));
  g_assert_cmpuint (wf_paged_selection_get_n (get_selection (self)), ==, 250);
  guint listed = wf_fake_runtime_get_n_listed (self->runtime);
  gtk_selection_model_select_item (model, 3, TRUE);
  wf_today_window_add (self, "zz", "New", "ana", 24 * 60 - 1);
  wf_fake_runtime_tell (self->runtime);
  shows (self, "New");
  g_assert_cmpstr (get_selected (self), ==, "a-000003");
  g_assert_cmpuint (wf_fake_runtime_get_n_listed (self->runtime) - listed, <, 1500);
  gtk_selection_model_select_all (model);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_paged_selection_get_n (get_selection (self)), ==, WF_MOST_SELECTED);
  /* Nobody takes that for all of them. */
  g_autofree char *some = g_strdup_printf ("%'u of %'u selected", WF_MOST_SELECTED, 100001);
  shows (self, some);
}

/* Each row that the list view has says what it should, and there are more than can be seen. */
static gboolean
are_all_filled (gpointer data)
{
  WfTodayWindow *self = data;
  GtkWidget *list = wf_window_check_find (self->page, GTK_TYPE_LIST_VIEW, "list");
  guint n_rows = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);
      if (!WF_IS_ACTIVITY_ROW (row))
        continue;
      GtkWidget *words =
          GTK_WIDGET (gtk_widget_get_template_child (row, WF_TYPE_ACTIVITY_ROW, "words"));
      const char *title = wf_row_text_get_line (WF_ROW_TEXT (words), WF_ROW_TITLE);
      n_rows++;
      if (title == NULL || !g_str_has_prefix (title, "Call "))
        return FALSE;
    }
  return n_rows > 100;
}

static guint
count_mapped (WfTodayWindow *self)
{
  GtkWidget *list = wf_window_check_find (self->page, GTK_TYPE_LIST_VIEW, "list");
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (WF_IS_ACTIVITY_ROW (gtk_widget_get_first_child (child)))
      n += gtk_widget_get_mapped (gtk_widget_get_first_child (child));
  return n;
}

/* Rows out of view say what they should soon after those in view, also for another filter. */
static void
test_rows_out_of_view (WfTodayWindow *self, gconstpointer data)
{
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%03u", i);
      g_autofree char *title = g_strdup_printf ("%s %03u", i % 2 == 0 ? "Call" : "Visit", i);
      wf_today_window_add (self, id, title, "ana", 90 + (int) (i % 60));
    }
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "ana");
  shows (self, "Call 000");
  GtkWidget *list = wf_window_check_find (self->page, GTK_TYPE_LIST_VIEW, "list");
  gtk_list_view_scroll_to (GTK_LIST_VIEW (list), 15, GTK_LIST_SCROLL_NONE, NULL);
  wf_today_page_find (WF_TODAY_PAGE (self->page), "call");
  g_assert_true (wf_window_check_wait (are_all_filled, self));
  g_assert_cmpuint (count_mapped (self), <, 60);
}

static guint
count_rows (WfTodayWindow *self)
{
  GtkWidget *list = wf_window_check_find (self->page, GTK_TYPE_LIST_VIEW, "list");
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += WF_IS_ACTIVITY_ROW (gtk_widget_get_first_child (child));
  return n;
}

static gboolean
has_many_rows (gpointer data)
{
  return count_rows (data) > 100;
}

static gboolean
has_one_row (gpointer data)
{
  return count_rows (data) == 1;
}

/* A short list between two long ones: rows that have gone are no more there, and those that come say what they should. */
static void
test_short_list_between (WfTodayWindow *self, gconstpointer data)
{
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%03u", i);
      g_autofree char *title = g_strdup_printf ("%s %03u", i == 7 ? "Visit" : "Call", i);
      wf_today_window_add (self, id, title, "ana", 90 + (int) (i % 60));
    }
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "ana");
  shows (self, "Call 000");
  g_assert_true (wf_window_check_wait (has_many_rows, self));
  wf_today_page_find (WF_TODAY_PAGE (self->page), "visit");
  shows (self, "Visit 007");
  hides (self, "Call 000");
  g_assert_true (wf_window_check_wait (has_one_row, self));
  wf_today_page_find (WF_TODAY_PAGE (self->page), "call");
  hides (self, "Visit 007");
  shows (self, "Call 000");
  g_assert_true (wf_window_check_wait (are_all_filled, self));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/today-many/" name, WfTodayWindow, GINT_TO_POINTER (FALSE), wf_today_window_set_up, \
              func, wf_today_window_tear_down)

int
main (int argc, char **argv)
{
  wf_today_window_init (&argc, &argv);
  ADD ("outcome", test_outcome);
  ADD ("outcome-note", test_outcome_note);
  ADD ("outcome-cancelled", test_outcome_cancelled);
  ADD ("outcome-of-several", test_outcome_of_several);
  ADD ("selection-mode", test_selection_mode);
  ADD ("bulk", test_bulk);
  ADD ("bulk-of-each-kind", test_bulk_of_each_kind);
  ADD ("recent-reasons", test_recent_reasons);
  ADD ("bulk-of-manager", test_bulk_of_manager);
  ADD ("bulk-leaves-approvals", test_bulk_leaves_approvals);
  ADD ("undo-of-undo", test_undo_of_undo);
  ADD ("undo-too-late", test_undo_too_late);
  ADD ("next", test_next);
  ADD ("queue", test_queue);
  ADD ("queue-bar", test_queue_bar);
  ADD ("queue-check", test_queue_check);
  ADD ("same-deadline", test_same_deadline);
  ADD ("closed", test_closed);
  ADD ("search", test_search);
  ADD ("filter", test_filter);
  ADD ("selection-outlives-refresh", test_selection_outlives_refresh);
  ADD ("selection-of-many", test_selection_of_many);
  ADD ("rows-out-of-view", test_rows_out_of_view);
  ADD ("short-list-between", test_short_list_between);
  return g_test_run ();
}
