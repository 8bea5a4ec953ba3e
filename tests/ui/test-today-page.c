/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today in a window: rows, states, commands with their undo, focus and selection, and what a screen reader gets. */
#include "wf-activity-details.h"
#include "wf-activity-row.h"
#include "wf-explanation.h"
#include "wf-row-text.h"
#include "wf-today-window.h"
#include "wf-workflows-dialog.h"

typedef WfTodayWindow Fixture;

#define now wf_today_window_now
#define open_page wf_today_window_open
#define activate wf_today_window_activate
#define get_selection wf_today_window_get_selection
#define get_dialog wf_today_window_get_dialog
#define assert_shows wf_today_window_assert_shows
#define assert_hides wf_today_window_assert_hides

static void
add_three (Fixture *self)
{
  wf_fake_runtime_add (self->runtime, wf_fake_activity_new ("a-1", "Recover lead", "ana",
                                                            now (self) - 2 * G_TIME_SPAN_HOUR));
  wf_fake_runtime_add (self->runtime, wf_fake_activity_new ("a-2", "Filter 1", "ana",
                                                            now (self) + 25 * G_TIME_SPAN_MINUTE));
  wf_fake_runtime_add (self->runtime, wf_fake_activity_new ("a-3", "Confirm meeting", NULL,
                                                            now (self) + G_TIME_SPAN_DAY));
  wf_fake_runtime_tell (self->runtime);
}

static void
test_rows (Fixture *self, gconstpointer data)
{
  add_three (self);
  open_page (self, "ana");
  assert_shows (self->page, "Late · 1");
  assert_shows (self->page, "Now · 1");
  assert_shows (self->page, "Recover lead");
  assert_shows (self->page, "2 h late");
  assert_shows (self->page, "in 25 min");
  assert_shows (self->page, "Padaria Sol · First contact");
  g_assert_false (wf_window_check_has_text (self->page, "Confirm meeting")); /* not Ana's */

  /* A minute later the texts have moved without a new row. */
  GtkWidget *row = wf_window_check_find (self->page, WF_TYPE_ACTIVITY_ROW, NULL);
  wf_fake_clock_advance (self->clock, 61 * G_TIME_SPAN_SECOND);
  assert_shows (self->page, "in 24 min");
  g_assert_true (wf_window_check_find (self->page, WF_TYPE_ACTIVITY_ROW, NULL) == row);
}

static void
test_complete_and_undo (Fixture *self, gconstpointer data)
{
  add_three (self);
  open_page (self, "ana");
  assert_shows (self->page, "Recover lead");
  activate (self, "today.complete-one", "s", "a-1");
  assert_hides (self->page, "Recover lead");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "complete a-1");
  assert_shows (self->window, "Completed “Recover lead”");
  activate (self, "today.undo", NULL, NULL);
  assert_shows (self->page, "Recover lead");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "undo a-1");
}

static void
answer (Fixture *self, const char *response)
{
  AdwDialog *dialog = get_dialog (self);

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
  wf_today_window_wait_no_dialog (self);
}

static void
add_approval (Fixture *self, const char *id)
{
  WfActivity *activity =
      wf_fake_activity_new (id, "May we give a discount?", "ana", now (self) + G_TIME_SPAN_HOUR);

  activity->kind = WF_ACTIVITY_APPROVAL;
  activity->notes = g_strdup ("May we give a discount?\nThe lead compares prices.");
  wf_fake_runtime_add (self->runtime, activity);
  wf_fake_runtime_tell (self->runtime);
}

/* Every way of completing an approval asks for its answer; none gives it by itself. */
static void
test_approval (Fixture *self, gconstpointer data)
{
  add_approval (self, "a-1");
  open_page (self, "ana");
  assert_shows (self->page, "Approval · Padaria Sol · First contact");
  GtkWidget *check = wf_window_check_find (self->page, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Approve or reject “May we give a discount?”");
  GtkWidget *row =
      gtk_widget_get_parent (wf_window_check_find (self->page, WF_TYPE_ACTIVITY_ROW, NULL));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "May we give a discount?, Approval, Padaria Sol, in 1 hour, First contact");

  /* The check button: asked, and not ticked any more without an answer. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  assert_shows (self->window, "Padaria Sol\n\nThe lead compares prices.");
  answer (self, "cancel");
  wf_fake_clock_run_idle ();
  g_assert_null (wf_fake_runtime_get_last_command (self->runtime));
  g_assert_false (gtk_check_button_get_active (
      GTK_CHECK_BUTTON (wf_window_check_find (self->page, GTK_TYPE_CHECK_BUTTON, NULL))));

  /* Space in the list, and the button of the details, which is the same action. */
  gtk_selection_model_select_item (get_selection (self), 0, TRUE);
  activate (self, "today.complete", NULL, NULL);
  answer (self, "reject");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "complete a-1 rejected");
  assert_shows (self->window, "Rejected “May we give a discount?”");
  assert_shows (self->page, "All Done");
}

static void
test_approval_details (Fixture *self, gconstpointer data)
{
  add_approval (self, "a-1");
  add_approval (self, "a-2");
  open_page (self, "ana");
  assert_shows (self->page, "May we give a discount?");
  gtk_selection_model_select_item (get_selection (self), 0, TRUE);
  activate (self, "today.open", NULL, NULL);
  GtkWidget *details = wf_window_check_find (self->page, WF_TYPE_ACTIVITY_DETAILS, NULL);
  assert_shows (details, "Approval");
  GtkWidget *complete = wf_window_check_find (details, GTK_TYPE_BUTTON, "complete");
  g_assert_nonnull (complete);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (complete)), ==, "_Approve or Reject…");
  g_signal_emit_by_name (complete, "clicked");
  answer (self, "approve");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "complete a-1 approved");
  assert_shows (details, "Approved"); /* among the others of the lead, beside the next one */
}

static void
test_meeting (Fixture *self, gconstpointer data)
{
  WfActivity *meeting =
      wf_fake_activity_new ("a-1", "Show the kitchen", "ana", now (self) + G_TIME_SPAN_HOUR);

  meeting->kind = WF_ACTIVITY_MEETING;
  meeting->ends = meeting->due + 45 * G_TIME_SPAN_MINUTE;
  meeting->place = g_strdup ("Loja Centro");
  wf_fake_runtime_add (self->runtime, meeting);
  wf_fake_runtime_tell (self->runtime);
  open_page (self, "ana");
  assert_shows (self->page, "Meeting · Padaria Sol · First contact");
  gtk_selection_model_select_item (get_selection (self), 0, TRUE);
  activate (self, "today.open", NULL, NULL);
  GtkWidget *details = wf_window_check_find (self->page, WF_TYPE_ACTIVITY_DETAILS, NULL);
  assert_shows (details, "Meeting");
  assert_shows (details, "Begins");
  assert_shows (details, "Wednesday, 18 November 2026, 11:00");
  assert_shows (details, "Ends");
  assert_shows (details, "Wednesday, 18 November 2026, 11:45");
  assert_shows (details, "Loja Centro");
  g_assert_false (wf_window_check_has_text (details, "Deadline"));
  g_assert_null (wf_window_check_find (details, GTK_TYPE_BUTTON, "dial"));
}

static void
test_call (Fixture *self, gconstpointer data)
{
  WfActivity *call = wf_fake_activity_new ("a-1", "Ask", "ana", now (self) + G_TIME_SPAN_HOUR);

  call->kind = WF_ACTIVITY_CALL;
  call->lead_phone = g_strdup ("+55 11 91234-5678");
  wf_fake_runtime_add (self->runtime, call);
  wf_fake_runtime_tell (self->runtime);
  open_page (self, "ana");
  assert_shows (self->page, "Call · Padaria Sol · First contact");
  gtk_selection_model_select_item (get_selection (self), 0, TRUE);
  activate (self, "today.open", NULL, NULL);
  GtkWidget *details = wf_window_check_find (self->page, WF_TYPE_ACTIVITY_DETAILS, NULL);
  assert_shows (details, "+55 11 91234-5678");
  assert_shows (details, "Begins");
  GtkWidget *dial = wf_window_check_find (details, GTK_TYPE_BUTTON, "dial");
  g_assert_nonnull (dial);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (dial), ==, "+55 11 91234-5678");
  g_assert_cmpuint (wf_window_check_count_nameless (self->page), ==, 0);
}

/* B8: what joined an activity is said below why it is there. */
static void
test_also (Fixture *self, gconstpointer data)
{
  static const char *const why =
      "{\"format\":1,\"event\":{\"type\":\"lead.received\",\"id\":\"e-%s\",\"time\":1763456400000000},"
      "\"workflow\":{\"id\":\"w-%s\",\"name\":\"%s\",\"version\":1},\"path\":[],"
      "\"responsible\":{\"how\":\"owner\",\"owner\":\"Ana Souza\",\"person\":\"Ana Souza\"},"
      "\"deadline\":{\"from\":1763456400000000,\"now\":1763456400000000,\"due\":1763460000000000,"
      "\"within\":{\"amount\":1,\"unit\":\"hours\"}}}";
  g_autofree char *first = g_strdup_printf (why, "1", "1", "First contact");
  g_autofree char *second = g_strdup_printf (why, "2", "2", "Hot lead");
  WfActivity *activity = wf_fake_activity_new ("a-1", "Call", "ana", now (self) + G_TIME_SPAN_HOUR);

  activity->explanation = wf_explanation_join (first, second);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfExplanation) read = wf_explanation_parse (activity->explanation, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->also->len, ==, 1);
  wf_fake_runtime_add (self->runtime, activity);
  wf_fake_runtime_tell (self->runtime);
  open_page (self, "ana");
  assert_shows (self->page, "Call");
  gtk_selection_model_select_item (get_selection (self), 0, TRUE);
  activate (self, "today.open", NULL, NULL);
  GtkWidget *details = wf_window_check_find (self->page, WF_TYPE_ACTIVITY_DETAILS, NULL);
  GtkWidget *expander = wf_window_check_find (details, ADW_TYPE_EXPANDER_ROW, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  assert_shows (details, "Also because of");
  assert_shows (details, g_ptr_array_index (read->also, 0));
}

static GtkWidget *
open_why (Fixture *self, guint row)
{
  gtk_selection_model_select_item (get_selection (self), row, TRUE);
  activate (self, "today.open", NULL, NULL);
  GtkWidget *details = wf_window_check_find (self->page, WF_TYPE_ACTIVITY_DETAILS, NULL);
  GtkWidget *expander = wf_window_check_find (details, ADW_TYPE_EXPANDER_ROW, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  return expander;
}

/* B2: on each activity, also where the CRM keeps no explanation. */
static void
test_why_from_record (Fixture *self, gconstpointer data)
{
  WfActivity *planned = wf_today_window_add (self, "a-1", "Visit", "ana", 20);
  WfActivity *made = wf_today_window_add (self, "a-2", "Call", "ana", 40);

  g_clear_pointer (&planned->workflow, g_free);
  g_clear_pointer (&planned->workflow_name, g_free);
  g_clear_pointer (&planned->event_type, g_free);
  g_set_str (&made->workflow, "w-1");
  g_set_str (&made->workflow_name, "First contact");
  g_set_str (&made->event_type, "lead.received");
  made->workflow_version = 3;
  wf_fake_runtime_tell (self->runtime);
  open_page (self, "ana");
  assert_shows (self->page, "Call");
  GtkWidget *why = open_why (self, 0);
  assert_shows (why, "None: it was planned by hand");
  g_assert_false (wf_window_check_has_text (why, "What happened"));
  why = open_why (self, 1);
  assert_shows (why, "First contact, version 3");
  assert_shows (why, "Lead received");
  assert_shows (why, "The CRM does not say more than this.");
}

static void
add_workflow (Fixture *self, const char *id, const char *name, WfWorkflowState state)
{
  WfRuntimeWorkflow *row = g_new0 (WfRuntimeWorkflow, 1);

  row->workflow = wf_workflow_new (name);
  g_set_str (&row->workflow->id, id);
  g_set_str (&row->workflow->event, "lead.received");
  row->workflow->state = state;
  wf_fake_runtime_add_workflow (self->runtime, row);
}

static void
open_workflows (Fixture *self)
{
  activate (self, "today.start-workflow", NULL, NULL);
  g_assert_true (WF_IS_WORKFLOWS_DIALOG (get_dialog (self)));
}

/* R104: by hand, by whoever works on leads; only what is live. */
static void
test_start_workflow (Fixture *self, gconstpointer data)
{
  add_three (self);
  add_workflow (self, "w-1", "Win back", WF_WORKFLOW_LIVE);
  add_workflow (self, "w-2", "Hot lead", WF_WORKFLOW_LIVE);
  add_workflow (self, "w-3", "Old habits", WF_WORKFLOW_PAUSED);
  open_page (self, "ana");
  assert_shows (self->page, "Recover lead");
  gtk_selection_model_select_item (get_selection (self), 0, TRUE);
  open_workflows (self);
  GtkWidget *dialog = GTK_WIDGET (get_dialog (self));
  assert_shows (dialog, "Hot lead");
  assert_shows (dialog, "When a lead is received");
  assert_shows (dialog, "Win back");
  g_assert_false (wf_window_check_has_text (dialog, "Old habits"));
  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
  GtkWidget *search = wf_window_check_find (dialog, GTK_TYPE_SEARCH_ENTRY, "search");
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing like it");
  assert_shows (dialog, "No Workflow Found");
  gtk_editable_set_text (GTK_EDITABLE (search), "win");
  assert_hides (dialog, "Hot lead");
  assert_shows (dialog, "Win back");
  g_signal_emit_by_name (search, "activate"); /* Enter takes the only one */
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "start w-1 l-77");
  assert_shows (self->window, "Started “Win back” for Padaria Sol");
  wf_today_window_wait_no_dialog (self);
}

static void
test_nothing_to_start (Fixture *self, gconstpointer data)
{
  add_three (self);
  open_page (self, "ana");
  assert_shows (self->page, "Recover lead");
  gtk_selection_model_select_item (get_selection (self), 0, TRUE);
  open_workflows (self);
  assert_shows (GTK_WIDGET (get_dialog (self)), "No Workflow Is Live");
  adw_dialog_force_close (get_dialog (self));
  wf_fake_runtime_fail_next (self->runtime, "The disk is full.");
  open_workflows (self);
  assert_shows (GTK_WIDGET (get_dialog (self)), "The disk is full.");
  adw_dialog_force_close (get_dialog (self));
}

/* R7 and B18: what the runtime refuses is said, and the row stays as it was. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  add_three (self);
  open_page (self, "ana");
  assert_shows (self->page, "Recover lead");
  GtkWidget *check = wf_window_check_find (self->page, GTK_TYPE_CHECK_BUTTON, NULL);
  wf_fake_runtime_fail_next (self->runtime, "You may not do this.");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  assert_shows (self->window, "You may not do this.");
  wf_fake_clock_run_idle ();
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

static void
test_selection_survives (Fixture *self, gconstpointer data)
{
  add_three (self);
  open_page (self, "ana");
  assert_shows (self->page, "Filter 1");
  GtkSelectionModel *selection = get_selection (self);
  gtk_selection_model_select_item (selection, 1, TRUE);
  wf_fake_runtime_add (self->runtime, wf_fake_activity_new ("a-0", "New and late", "ana",
                                                            now (self) - G_TIME_SPAN_DAY));
  wf_fake_runtime_tell (self->runtime);
  assert_shows (self->page, "New and late");
  g_assert_true (gtk_selection_model_is_selected (selection, 2));
  g_assert_false (gtk_selection_model_is_selected (selection, 1));
}

static void
test_details (Fixture *self, gconstpointer data)
{
  WfActivity *activity = wf_fake_activity_new ("a-9", "Call", "ana", now (self) + G_TIME_SPAN_HOUR);

  activity->lead_phone = g_strdup ("+55 11 91234-5678");
  activity->notes = g_strdup ("Ask about the oven");
  activity->sync = WF_SYNC_LOCAL;
  wf_fake_runtime_add (self->runtime, activity);
  wf_fake_runtime_tell (self->runtime);
  open_page (self, "ana");
  assert_shows (self->page, "Call");
  gtk_selection_model_select_item (get_selection (self), 0, TRUE);
  activate (self, "today.open", NULL, NULL);
  GtkWidget *details = wf_window_check_find (self->page, WF_TYPE_ACTIVITY_DETAILS, NULL);
  g_assert_nonnull (details);
  assert_shows (details, "+55 11 91234-5678");
  assert_shows (details, "Ask about the oven");
  assert_shows (details, "On this computer only, not sent yet");
  g_assert_cmpuint (wf_window_check_count_nameless (self->page), ==, 0);
  activate (self, "today.snooze", "s", "15-minutes");
  assert_shows (self->window, "Reminds you again: Today, 10:15");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "snooze a-9 1");
  activate (self, "today.close", NULL, NULL);
  g_assert_true (
      gtk_widget_is_focus (wf_window_check_find (self->page, GTK_TYPE_LIST_VIEW, "list")) ||
      gtk_widget_get_focus_child (wf_window_check_find (self->page, GTK_TYPE_LIST_VIEW, "list")) !=
          NULL);
}

/* S11, R6: a manager sees everyone, and what nobody has. */
static void
test_manager (Fixture *self, gconstpointer data)
{
  add_three (self);
  open_page (self, "carla");
  wf_today_window_show (self, "everyone");
  assert_shows (self->page, "Confirm meeting");
  assert_shows (self->page, "Unassigned");
  assert_shows (self->page, "Padaria Sol · Ana Souza · First contact");
  wf_today_window_show (self, "unassigned");
  assert_hides (self->page, "Recover lead");
  assert_shows (self->page, "Confirm meeting");
}

/* R61: the switch is there only with store flow, and is remembered. */
static void
test_store_flow (Fixture *self, gconstpointer store_flow)
{
  open_page (self, "carla");
  wf_today_window_show (self, "everyone");
  assert_shows (self->page, "All Done");
  GtkWidget *origin = wf_window_check_find (self->page, ADW_TYPE_TOGGLE_GROUP, "group");
  if (!GPOINTER_TO_INT (store_flow))
    {
      g_assert_null (origin);
      return;
    }
  g_assert_nonnull (origin);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (origin), "flow");
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  g_autofree char *remembered = g_settings_get_string (settings, "lead-origin");
  g_assert_cmpstr (remembered, ==, "flow");
  g_settings_reset (settings, "lead-origin");
}

static void
test_states (Fixture *self, gconstpointer data)
{
  wf_fake_runtime_set_sync (self->runtime, WF_SYNC_STATUS_STARTING, NULL, 0, WF_INSTANT_NONE);
  open_page (self, "ana");
  wf_fake_clock_run_idle ();
  g_assert_false (
      wf_window_check_has_text (self->page, "All Done")); /* nothing is known yet: no good news */
  gboolean ready;
  g_object_get (self->page, "ready", &ready, NULL);
  g_assert_false (ready);

  wf_fake_runtime_set_sync (self->runtime, WF_SYNC_STATUS_OFFLINE, "No network", 0,
                            WF_INSTANT_NONE);
  assert_shows (self->page, "Nothing Here Yet");
  wf_fake_runtime_set_sync (self->runtime, WF_SYNC_STATUS_UP_TO_DATE, NULL, 0, now (self));
  assert_shows (self->page, "All Done");
  assert_hides (self->page, "Offline. What you do here is sent when the CRM can be reached.");
  wf_fake_runtime_set_sync (self->runtime, WF_SYNC_STATUS_OFFLINE, "No network", 2, now (self));
  assert_shows (self->page, "Offline. What you do here is sent when the CRM can be reached.");

  wf_fake_runtime_fail_next (self->runtime, "The disk is full.");
  wf_fake_runtime_tell (self->runtime);
  assert_shows (self->page, "The disk is full.");
}

static void
test_accessible (Fixture *self, gconstpointer data)
{
  add_three (self);
  open_page (self, "carla");
  wf_today_window_show (self, "everyone");
  assert_shows (self->page, "Recover lead");
  g_assert_cmpuint (wf_window_check_count_nameless (self->page), ==, 0);
  GtkWidget *list = wf_window_check_find (self->page, GTK_TYPE_LIST_VIEW, "list");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Activities");
  GtkWidget *check = wf_window_check_find (self->page, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_ROLE_CHECKBOX);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Complete “Recover lead”");
  GtkWidget *row =
      gtk_widget_get_parent (wf_window_check_find (self->page, WF_TYPE_ACTIVITY_ROW, NULL));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Recover lead, Padaria Sol, 2 hours late, Ana Souza, First contact");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Today, 08:00");
  GtkWidget *activity_row = wf_window_check_find (self->page, WF_TYPE_ACTIVITY_ROW, NULL);
  g_assert_cmpstr (gtk_widget_get_css_name (activity_row), ==, "wf-activity-row");
}

static gboolean
has_tooltip_at (WfRowText *words, const graphene_rect_t *area)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shows = FALSE;

  g_signal_emit_by_name (words, "query-tooltip", (int) graphene_rect_get_x (area) + 2,
                         (int) graphene_rect_get_y (area) + 2, FALSE, tooltip, &shows);
  return shows;
}

static gboolean
is_row_drawn (gpointer data)
{
  graphene_rect_t area;

  return wf_row_text_get_line_area (data, WF_ROW_END, &area);
}

/* What is said in short says more to whoever points at it. */
static void
test_row_tooltips (Fixture *self, gconstpointer data)
{
  graphene_rect_t area;

  wf_today_window_add (self, "a-1", "Filter 1", "ana", 25)->sync = WF_SYNC_LOCAL;
  wf_fake_runtime_tell (self->runtime);
  open_page (self, "ana");
  assert_shows (self->page, "in 25 min");
  WfRowText *words = WF_ROW_TEXT (wf_window_check_find (self->page, WF_TYPE_ROW_TEXT, NULL));
  g_assert_true (wf_window_check_wait (is_row_drawn, words));
  g_assert_cmpstr (wf_row_text_get_icon (words, WF_ROW_SIGN), ==, "view-refresh-symbolic");
  g_assert_cmpint (wf_row_text_get_tone (words, WF_ROW_END), ==, WF_TONE_WARNING);
  g_assert_true (wf_row_text_get_icon_area (words, WF_ROW_SIGN, &area));
  g_assert_true (has_tooltip_at (words, &area));
  g_assert_true (wf_row_text_get_icon_area (words, WF_ROW_END_ICON, &area));
  g_assert_true (has_tooltip_at (words, &area));
  g_assert_true (wf_row_text_get_line_area (words, WF_ROW_END_NOTE, &area));
  g_assert_true (has_tooltip_at (words, &area));
  g_assert_true (wf_row_text_get_line_area (words, WF_ROW_TITLE, &area));
  g_assert_false (has_tooltip_at (words, &area));
}

static gboolean
has_width (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0;
}

/* In a language that is written from the right, the check button stands at the right edge. */
static void
test_right_to_left (Fixture *self, gconstpointer data)
{
  graphene_point_t check_at, row_at = GRAPHENE_POINT_INIT (0, 0);

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  add_three (self);
  open_page (self, "ana");
  assert_shows (self->page, "Recover lead");
  GtkWidget *row = wf_window_check_find (self->page, WF_TYPE_ACTIVITY_ROW, NULL);
  GtkWidget *check = wf_window_check_find (row, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_true (wf_window_check_wait (has_width, check));
  g_assert_true (gtk_widget_compute_point (check, row, &row_at, &check_at));
  g_assert_cmpfloat (check_at.x, >, gtk_widget_get_width (row) / 2.0);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

#define ADD(name, flow, func)                                                                      \
  g_test_add (name, Fixture, GINT_TO_POINTER (flow), wf_today_window_set_up, func,                 \
              wf_today_window_tear_down)

int
main (int argc, char **argv)
{
  wf_today_window_init (&argc, &argv);
  ADD ("/today/rows", FALSE, test_rows);
  ADD ("/today/complete-and-undo", FALSE, test_complete_and_undo);
  ADD ("/today/approval", FALSE, test_approval);
  ADD ("/today/approval-details", FALSE, test_approval_details);
  ADD ("/today/meeting", FALSE, test_meeting);
  ADD ("/today/call", FALSE, test_call);
  ADD ("/today/also", FALSE, test_also);
  ADD ("/today/start-workflow", FALSE, test_start_workflow);
  ADD ("/today/nothing-to-start", FALSE, test_nothing_to_start);
  ADD ("/today/refused", FALSE, test_refused);
  ADD ("/today/selection-survives", FALSE, test_selection_survives);
  ADD ("/today/details", FALSE, test_details);
  ADD ("/today/manager", FALSE, test_manager);
  ADD ("/today/store-flow", TRUE, test_store_flow);
  ADD ("/today/no-store-flow", FALSE, test_store_flow);
  ADD ("/today/states", FALSE, test_states);
  ADD ("/today/accessible", FALSE, test_accessible);
  ADD ("/today/why-from-record", FALSE, test_why_from_record);
  ADD ("/today/row-tooltips", FALSE, test_row_tooltips);
  ADD ("/today/right-to-left", FALSE, test_right_to_left);
  return g_test_run ();
}
