/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The details of an activity: how it ended, what it was before, its reminders, and what the CRM has not confirmed. */
#include "wf-activity-details.h"
#include "wf-today-window.h"

static GtkWidget *
open_details (WfTodayWindow *self, const char *person)
{
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, person);
  wf_fake_clock_run_idle ();
  wf_today_page_open (WF_TODAY_PAGE (self->page), "a-1");
  wf_today_window_assert_shows (self->page, "Padaria Sol");
  return wf_today_window_get_details (self);
}

/* S7: the original deadline is kept for ever. */
static void
test_moved (WfTodayWindow *self, gconstpointer data)
{
  WfActivity *activity = wf_today_window_add (self, "a-1", "Call", "ana", 60);

  activity->original_due = activity->due - G_TIME_SPAN_DAY;
  GtkWidget *details = open_details (self, "ana");
  wf_today_window_assert_shows (details, "First Deadline");
  wf_today_window_assert_shows (details, "Tuesday, 17 November 2026, 11:00");
  wf_today_window_assert_shows (details, "Wednesday, 18 November 2026, 11:00");
}

/* R5: at risk is said by a sign and a word, not by colour alone. */
static void
test_at_risk (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Call", "ana", 20);
  GtkWidget *details = open_details (self, "ana");
  wf_today_window_assert_shows (details, "At risk: due within the hour");
  wf_fake_clock_advance (self->clock, 21 * G_TIME_SPAN_MINUTE);
  wf_today_window_assert_hides (details, "At risk: due within the hour");
}

/* B9: closed ones say why, and can be opened again. */
static void
test_closed (WfTodayWindow *self, gconstpointer data)
{
  WfActivity *activity = wf_today_window_add (self, "a-1", "Call", "ana", 60);

  activity->status = WF_ACTIVITY_NO_LONGER_NEEDED;
  activity->outcome = g_strdup ("The lead replied.");
  GtkWidget *details = open_details (self, "ana");
  wf_today_window_assert_shows (details, "No longer needed");
  wf_today_window_assert_shows (details, "The reason: The lead replied.");
  g_assert_null (wf_window_check_find (details, GTK_TYPE_BUTTON, "complete"));
  GtkWidget *reopen = wf_window_check_find (details, GTK_TYPE_BUTTON, "reopen");
  g_assert_nonnull (reopen);
  g_signal_emit_by_name (reopen, "clicked");
  wf_today_window_assert_command (self, "reopen a-1");
  wf_today_window_assert_hides (details, "The reason: The lead replied.");
  g_assert_null (wf_window_check_find (details, GTK_TYPE_BUTTON, "reopen"));
}

/* B11: receipts, the newest in sight. */
static void
test_receipts (WfTodayWindow *self, gconstpointer data)
{
  WfInstant now = wf_today_window_now (self);

  wf_today_window_add (self, "a-1", "Call", "ana", 60);
  wf_fake_runtime_add_receipt (self->runtime, "a-1",
                               &(WfReceipt) { .at = now - 20 * G_TIME_SPAN_MINUTE,
                                              .shown = now - 20 * G_TIME_SPAN_MINUTE,
                                              .kind = WF_RECEIPT_SHOWN });
  wf_fake_runtime_add_receipt (self->runtime, "a-1",
                               &(WfReceipt) { .at = now - 19 * G_TIME_SPAN_MINUTE,
                                              .shown = now + 15 * G_TIME_SPAN_MINUTE,
                                              .kind = WF_RECEIPT_SNOOZED });
  GtkWidget *details = open_details (self, "ana");
  wf_today_window_assert_shows (details, "Reminders");
  wf_today_window_assert_shows (details, "Snoozed until 10:15.");
}

/* B18: what waits is said, what was refused is decided. */
static void
test_pending (WfTodayWindow *self, gconstpointer data)
{
  WfPendingChange *waits = g_new0 (WfPendingChange, 1);
  WfPendingChange *refused = g_new0 (WfPendingChange, 1);

  waits->what = g_strdup ("Moved");
  waits->state = WF_OUTBOX_PENDING;
  waits->at = refused->at = wf_today_window_now (self);
  refused->what = g_strdup ("Given to Bruno");
  refused->problem = g_strdup ("Bruno is inactive.");
  refused->state = WF_OUTBOX_FAILED;
  wf_today_window_add (self, "a-1", "Call", "ana", 60);
  wf_fake_runtime_add_pending (self->runtime, "a-1", waits);
  wf_fake_runtime_add_pending (self->runtime, "a-1", refused);
  GtkWidget *details = open_details (self, "ana");
  wf_today_window_assert_shows (details, "Not Confirmed by the CRM");
  wf_today_window_assert_shows (details, "On this computer only, not sent yet · just now");
  wf_today_window_assert_shows (details, "Bruno is inactive. · just now");
  g_assert_cmpuint (wf_window_check_count_nameless (details), ==, 0);
  g_signal_emit_by_name (wf_window_check_find (details, GTK_TYPE_BUTTON, "drop"), "clicked");
  wf_today_window_assert_command (self, "drop 2");
  wf_today_window_assert_hides (details, "Given to Bruno");
  wf_today_window_assert_shows (details, "Moved");
}

/* Each role gets the buttons of what it may do. */
static void
test_buttons (WfTodayWindow *self, gconstpointer data)
{
  static const char *const of_manager[] = { "complete", "reschedule", "reassign", NULL };
  static const char *const not_of_manager[] = { "snooze", "reopen", "claim", NULL };

  wf_today_window_add (self, "a-1", "Call", "ana", 60);
  GtkWidget *details = open_details (self, "carla");
  for (guint i = 0; of_manager[i] != NULL; i++)
    g_assert_nonnull (wf_window_check_find (details, GTK_TYPE_WIDGET, of_manager[i]));
  for (guint i = 0; not_of_manager[i] != NULL; i++)
    g_assert_null (wf_window_check_find (details, GTK_TYPE_WIDGET, not_of_manager[i]));
}

/* Their own work people may give to somebody else, as ui.md lists it; what is not theirs, not. */
static void
test_give_own (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Call", "ana", 60);
  wf_today_window_add (self, "a-2", "Write", NULL, 120);
  GtkWidget *details = open_details (self, "ana");
  GtkWidget *reassign = wf_window_check_find (details, GTK_TYPE_BUTTON, "reassign");
  g_assert_nonnull (reassign);
  g_assert_true (gtk_widget_get_sensitive (reassign));
  wf_today_page_open (WF_TODAY_PAGE (self->page), "a-2");
  wf_today_window_assert_shows (details, "Write");
  g_assert_null (wf_window_check_find (details, GTK_TYPE_BUTTON, "reassign"));
}

static gboolean
may_snooze_until_due (WfTodayWindow *self)
{
  wf_fake_runtime_remember (self->runtime, "nothing yet");
  gtk_widget_activate_action (self->page, "today.snooze-until-due", NULL);
  wf_fake_clock_run_idle ();
  return g_strcmp0 (wf_fake_runtime_get_last_command (self->runtime), "snooze a-1 3") == 0;
}

/* S8: what is late cannot wait until it is due, also when it became late meanwhile. */
static void
test_snooze_until_due (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Call", "ana", 20);
  open_details (self, "ana");
  g_assert_true (may_snooze_until_due (self));
  wf_fake_clock_advance (self->clock, 21 * G_TIME_SPAN_MINUTE);
  g_assert_false (may_snooze_until_due (self));
}

static GtkListBoxRow *
get_other (GtkWidget *details)
{
  GtkWidget *others = wf_window_check_find (details, GTK_TYPE_LIST_BOX, "others");

  return others != NULL ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (others), 0) : NULL;
}

static gboolean
has_other (gpointer details)
{
  return get_other (details) != NULL;
}

/* The lead's other activities are opened from there. */
static void
test_others (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Call", "ana", 60);
  wf_today_window_add (self, "a-2", "Write", "ana", 120);
  GtkWidget *details = open_details (self, "ana");
  g_assert_true (wf_window_check_wait (has_other, details));
  GtkListBoxRow *row = get_other (details);
  g_assert_true (gtk_list_box_row_get_activatable (row));
  g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (row)), "row-activated", row);
  wf_fake_clock_run_idle ();
  g_assert_cmpstr (wf_activity_details_get_activity (WF_ACTIVITY_DETAILS (details))->id, ==, "a-2");
}

/* What cannot be read is said where one looks for it. */
static void
test_others_error (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Call", "ana", 60);
  WfActivity *other = wf_today_window_add (self, "a-2", "Write", "ana", 120);
  GtkWidget *details = open_details (self, "ana");
  wf_fake_clock_run_idle ();
  wf_fake_runtime_fail_next_list (self->runtime, "The disk is full.");
  wf_activity_details_set_activity (WF_ACTIVITY_DETAILS (details), other);
  wf_today_window_assert_shows (details, "The disk is full.");
}

static void
test_comment_key (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Call", "ana", 60);
  GtkWidget *details = open_details (self, "ana");
  wf_today_window_activate (self, "today.add-comment", NULL, NULL);
  GtkWidget *comment = wf_window_check_find (details, ADW_TYPE_ENTRY_ROW, "comment");
  g_assert_nonnull (gtk_widget_get_focus_child (comment));
  gtk_editable_set_text (GTK_EDITABLE (comment), "Out of office");
  g_signal_emit_by_name (comment, "apply");
  wf_today_window_assert_command (self, "comment a-1 Out of office");
  wf_today_window_assert_shows (self->window, "Comment added");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (comment)), ==, "");
}

static const char *
get_comment (GtkWidget *comment)
{
  return gtk_editable_get_text (GTK_EDITABLE (comment));
}

/* A comment that was begun waits on its activity, and can be sent when one comes back to it. */
static void
test_comment_draft (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Call", "ana", 60);
  wf_today_window_add (self, "a-2", "Write", "ana", 120);
  GtkWidget *details = open_details (self, "ana");
  GtkWidget *comment = wf_window_check_find (details, ADW_TYPE_ENTRY_ROW, "comment");
  gtk_editable_set_text (GTK_EDITABLE (comment), "Half a thou");
  wf_today_window_activate (self, "today.open-one", "s", "a-2");
  g_assert_cmpstr (get_comment (comment), ==, "");
  gtk_editable_set_text (GTK_EDITABLE (comment), "Another");
  wf_today_window_activate (self, "today.open-one", "s", "a-1");
  g_assert_cmpstr (get_comment (comment), ==, "Half a thou");

  /* Completing it moves the selection on; what was begun on the next one is there. */
  wf_today_window_activate (self, "today.complete", NULL, NULL);
  wf_today_window_assert_command (self, "complete a-1");
  wf_today_window_activate (self, "today.open-one", "s", "a-2");
  g_assert_cmpstr (get_comment (comment), ==, "Another");
  wf_today_window_activate (self, "today.add-comment", NULL, NULL);
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (comment)), "activate");
  wf_today_window_assert_command (self, "comment a-2 Another");
  wf_today_window_assert_shows (self->window, "Comment added");
  g_assert_cmpstr (get_comment (comment), ==, "");
}

/* It is kept only when the list shows another by then: that one's words stay. */
static void
test_comment_left (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Call", "ana", 60);
  wf_today_window_add (self, "a-2", "Write", "ana", 120);
  GtkWidget *details = open_details (self, "ana");
  GtkWidget *comment = wf_window_check_find (details, ADW_TYPE_ENTRY_ROW, "comment");
  gtk_editable_set_text (GTK_EDITABLE (comment), "Out of office");
  g_signal_emit_by_name (comment, "apply");
  wf_today_window_activate (self, "today.open-one", "s", "a-2");
  gtk_editable_set_text (GTK_EDITABLE (comment), "Another");
  wf_today_window_assert_shows (self->window, "Comment added");
  g_assert_cmpstr (get_comment (comment), ==, "Another");
  wf_today_window_activate (self, "today.open-one", "s", "a-1");
  g_assert_cmpstr (get_comment (comment), ==, "");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/today-details/" name, WfTodayWindow, GINT_TO_POINTER (FALSE),                      \
              wf_today_window_set_up, func, wf_today_window_tear_down)

int
main (int argc, char **argv)
{
  wf_today_window_init (&argc, &argv);
  ADD ("moved", test_moved);
  ADD ("at-risk", test_at_risk);
  ADD ("closed", test_closed);
  ADD ("receipts", test_receipts);
  ADD ("pending", test_pending);
  ADD ("buttons", test_buttons);
  ADD ("give-own", test_give_own);
  ADD ("snooze-until-due", test_snooze_until_due);
  ADD ("others", test_others);
  ADD ("others-error", test_others_error);
  ADD ("comment-key", test_comment_key);
  ADD ("comment-draft", test_comment_draft);
  ADD ("comment-left", test_comment_left);
  return g_test_run ();
}
