/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What opens over the page of reports: the rule for commissions, fixed days, the list of filters, saved reports, schedules. */
#include "wf-commission-dialog.h"
#include "wf-period-dialog.h"
#include "wf-report-filter-popover.h"
#include "wf-report-sample.h"
#include "wf-report-schedule-dialog.h"
#include "wf-report-schedule-form.h"
#include "wf-report-schedule-row.h"
#include "wf-report-window.h"
#include "wf-saved-report-row.h"
#include "wf-saved-reports.h"
#include "wf-share-row.h"
#include "wf-toast.h"
#include "wf-window-check.h"

#include <glib/gstdio.h>

typedef struct
{
  WfReportWindow in;
  GtkWidget *button;
  char *told; /* (owned) (nullable) by a signal */
} Fixture;

static void
set_up (Fixture *self, gconstpointer width)
{
  GtkWidget *bar = adw_header_bar_new ();

  wf_report_window_set_up (&self->in, GPOINTER_TO_INT (width), 700);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), "Menu");
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), self->button);
  gtk_widget_set_valign (bar, GTK_ALIGN_START);
  adw_toast_overlay_set_child (self->in.overlay, bar);
  gtk_window_present (GTK_WINDOW (self->in.window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_report_window_tear_down (&self->in);
  g_free (self->told);
}

/* ---- looking ---- */

static GtkWidget *
find (GtkWidget *root, GType type, const char *id)
{
  return wf_report_window_find (root, type, id);
}

static guint
count (GtkWidget *root, GType type)
{
  guint n = gtk_widget_get_mapped (root) && g_type_is_a (G_OBJECT_TYPE (root), type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);
  return n;
}

typedef struct
{
  GtkWidget *root;
  GType type;
  guint n;
} Wanted;

static gboolean
has_as_many (gpointer data)
{
  const Wanted *wanted = data;

  return count (wanted->root, wanted->type) == wanted->n;
}

static void
assert_count (GtkWidget *root, GType type, guint n)
{
  if (!wf_window_check_wait (has_as_many, &(Wanted) { root, type, n }))
    g_error ("There are %u of %s, not %u", count (root, type), g_type_name (type), n);
}

static void
assert_shows (GtkWidget *root, const char *text)
{
  wf_report_window_assert_shows (root, text);
}

static void
click (GtkWidget *button)
{
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Nothing is nameless, and nothing is wider than the window. */
static void
check_look (Fixture *self, GtkWidget *dialog)
{
  int least;

  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
  gtk_widget_measure (self->in.window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  g_assert_cmpint (gtk_widget_get_width (dialog), <=, gtk_widget_get_width (self->in.window));
}

/* ---- the rule for commissions ---- */

static void
on_rule_saved (Fixture *self, const WfCommissionRule *rule)
{
  g_free (self->told);
  self->told = wf_commission_rule_to_text (rule);
}

static gboolean
has_found_row (GtkWidget *root, const char *id, WfShareRow **row)
{
  if (WF_IS_SHARE_ROW (root) && g_str_equal (wf_share_row_get_id (WF_SHARE_ROW (root)), id))
    {
      *row = WF_SHARE_ROW (root);
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_found_row (child, id, row))
        return TRUE;
    }
  return FALSE;
}

/* What was entered for one kind is not lost while another is looked at; what is saved is the kind that is shown. */
static void
test_commission (Fixture *self, gconstpointer data)
{
  g_autoptr (WfCommissionRule) rule = wf_commission_rule_new (WF_COMMISSION_BY_ORIGIN, 1.5);
  WfShareRow *row = NULL;
  GtkWidget *dialog, *by;
  double percent;

  wf_commission_rule_set (rule, "web", 3);
  dialog = GTK_WIDGET (wf_commission_dialog_new (self->in.runtime, rule));
  g_signal_connect_swapped (dialog, "saved", G_CALLBACK (on_rule_saved), self);
  adw_dialog_present (ADW_DIALOG (dialog), self->in.window);
  by = find (dialog, ADW_TYPE_COMBO_ROW, "by");
  assert_count (dialog, WF_TYPE_SHARE_ROW, 2);
  g_assert_true (has_found_row (dialog, "web", &row));
  g_assert_true (wf_share_row_get_percent (row, &percent));
  g_assert_cmpfloat (percent, ==, 3);
  g_assert_true (has_found_row (dialog, "flow", &row));
  g_assert_false (wf_share_row_get_percent (row, &percent));
  wf_share_row_set_percent (row, 5);
  check_look (self, dialog);
  adw_combo_row_set_selected (ADW_COMBO_ROW (by), WF_COMMISSION_BY_PERSON);
  assert_count (dialog, WF_TYPE_SHARE_ROW, 4);
  adw_combo_row_set_selected (ADW_COMBO_ROW (by), WF_COMMISSION_BY_ORIGIN);
  assert_count (dialog, WF_TYPE_SHARE_ROW, 2);
  click (find (dialog, GTK_TYPE_BUTTON, "save"));
  g_assert_cmpstr (self->told, !=, NULL);
  wf_commission_rule_set (rule, "flow", 5);
  g_autofree char *expected = wf_commission_rule_to_text (rule);
  g_assert_cmpstr (self->told, ==, expected);
}

/* ---- fixed days ---- */

static void
on_days_chosen (Fixture *self, const char *text)
{
  g_free (self->told);
  self->told = g_strdup (text);
}

static void
test_period (Fixture *self, gconstpointer data)
{
  g_autoptr (GDateTime) early = g_date_time_new_local (2026, 11, 1, 12, 0, 0);
  GtkWidget *dialog, *apply;
  GDate first, last;

  g_date_clear (&first, 1);
  g_date_clear (&last, 1);
  g_date_set_dmy (&first, 3, G_DATE_NOVEMBER, 2026);
  g_date_set_dmy (&last, 5, G_DATE_NOVEMBER, 2026);
  dialog = GTK_WIDGET (wf_period_dialog_new (&first, &last));
  g_signal_connect_swapped (dialog, "chosen", G_CALLBACK (on_days_chosen), self);
  adw_dialog_present (ADW_DIALOG (dialog), self->in.window);
  apply = find (dialog, GTK_TYPE_BUTTON, "apply");
  assert_shows (dialog, "3 days");
  g_assert_cmpint (gtk_widget_get_width (dialog), <=, gtk_widget_get_width (self->in.window));
  gtk_calendar_select_day (GTK_CALENDAR (find (dialog, GTK_TYPE_CALENDAR, "last")), early);
  assert_shows (dialog, "The last day is before the first.");
  g_assert_false (gtk_widget_get_sensitive (apply));
  gtk_calendar_select_day (GTK_CALENDAR (find (dialog, GTK_TYPE_CALENDAR, "first")), early);
  assert_shows (dialog, "1 day");
  click (apply);
  g_assert_cmpstr (self->told, ==, "2026-11-01/2026-11-01");
}

/* ---- filters ---- */

static void
on_chosen (WfReportChoices *choices, WfReportFilter *filter)
{
  wf_report_choices_write (choices, filter);
}

static void
test_filters (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportChoices) choices = wf_report_choices_new (self->in.runtime);
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  GtkWidget *popover = g_object_new (WF_TYPE_REPORT_FILTER_POPOVER, NULL), *search, *check;
  gboolean sections[WF_N_DIMENSIONS] = { FALSE };
  GListModel *all = wf_report_choices_get_list (choices);

  wf_report_filter_popover_set_choices (WF_REPORT_FILTER_POPOVER (popover), choices);
  g_signal_connect (choices, "chosen", G_CALLBACK (on_chosen), filter);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  search = find (popover, GTK_TYPE_SEARCH_ENTRY, "search");
  assert_shows (popover, "Person");
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (WfReportChoice) choice = g_list_model_get_item (all, i);
      sections[wf_report_choice_get_section (choice)] = TRUE;
    }
  for (WfDimension i = 0; i <= WF_DIMENSION_UNIT; i++)
    g_assert_true (sections[i]);
  g_assert_true (sections[WF_DIMENSION_TYPE]);
  g_assert_true (sections[WF_DIMENSION_STAGE]);
  g_assert_true (sections[WF_DIMENSION_ORIGIN]);
  g_assert_cmpuint (wf_window_check_count_nameless (popover), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (search), "sao pau"); /* without accents, in the middle */
  assert_count (popover, GTK_TYPE_CHECK_BUTTON, 1);
  check = find (popover, GTK_TYPE_CHECK_BUTTON, NULL);
  assert_shows (check, "São Paulo");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_true (wf_report_filter_is_wanted (filter, WF_DIMENSION_TEAM, "sp"));
  gtk_editable_set_text (GTK_EDITABLE (search), "nobody at all");
  assert_shows (popover, "Nothing has this name.");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), NULL);
}

/* ---- saved reports ---- */

static void
on_applied (Fixture *self, const char *name, const char *text)
{
  g_free (self->told);
  self->told = g_strdup_printf ("%s %s", name, text);
}

static void
undo (Fixture *self)
{
  GtkWidget *toast = find (self->in.window, g_type_from_name ("AdwToastWidget"), NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (toast); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (wf_window_check_has_text (child, "Undo"))
        {
          click (find (child, GTK_TYPE_BUTTON, NULL));
          return;
        }
    }
  g_error ("Nothing can be undone");
}

static void
save_as (GtkWidget *saved, const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (find (saved, GTK_TYPE_ENTRY, "name")), name);
  click (find (saved, GTK_TYPE_BUTTON, "save"));
}

static void
test_saved (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  g_autofree char *text = NULL, *expected = NULL;
  GtkWidget *saved = g_object_new (WF_TYPE_SAVED_REPORTS, NULL);

  filter->period.kind = WF_PERIOD_LAST_7_DAYS;
  text = wf_report_filter_to_text (filter);
  wf_saved_reports_set_runtime (WF_SAVED_REPORTS (saved), self->in.runtime);
  wf_saved_reports_set_filter (WF_SAVED_REPORTS (saved), filter);
  g_signal_connect_swapped (saved, "applied", G_CALLBACK (on_applied), self);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), saved);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  assert_shows (saved, "Reports that you save are listed here.");
  g_assert_false (gtk_widget_get_sensitive (find (saved, GTK_TYPE_BUTTON, "save")));
  save_as (saved, "Weekly");
  assert_shows (saved, "Weekly");
  g_signal_emit_by_name (find (saved, WF_TYPE_SAVED_REPORT_ROW, NULL), "renamed");
  assert_shows (saved, "Another name for “Weekly”:");
  save_as (saved, "Board");
  assert_shows (saved, "Board");
  assert_count (saved, WF_TYPE_SAVED_REPORT_ROW, 1);
  g_signal_emit_by_name (find (saved, WF_TYPE_SAVED_REPORT_ROW, NULL), "removed");
  assert_count (saved, WF_TYPE_SAVED_REPORT_ROW, 0);
  undo (self);
  assert_shows (saved, "Board");
  g_assert_cmpuint (wf_window_check_count_nameless (saved), ==, 0);
  g_signal_emit_by_name (find (saved, WF_TYPE_SAVED_REPORT_ROW, NULL), "applied");
  expected = g_strdup_printf ("Board %s", text);
  g_assert_cmpstr (self->told, ==, expected);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), NULL);
}

/* ---- schedules ---- */

static void
set_text (GtkWidget *root, const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (root, ADW_TYPE_ENTRY_ROW, id)), text);
}

static void
set_switch (GtkWidget *root, const char *id, gboolean active)
{
  adw_switch_row_set_active (ADW_SWITCH_ROW (find (root, ADW_TYPE_SWITCH_ROW, id)), active);
}

/* Each field that is missing or wrong keeps it from being saved, and says so where it is. */
static void
check_form (GtkWidget *form, GFile *folder)
{
  GtkWidget *save = find (form, GTK_TYPE_BUTTON, "save_button");
  GtkWidget *row = find (form, ADW_TYPE_ACTION_ROW, "folder");

  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  wf_report_schedule_form_set_folder (WF_REPORT_SCHEDULE_FORM (form), folder);
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_true (gtk_widget_get_sensitive (save));
  set_text (form, "time", "25:00");
  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_true (gtk_widget_has_css_class (find (form, ADW_TYPE_ENTRY_ROW, "time"), "error"));
  set_text (form, "time", "9:30");
  g_assert_true (gtk_widget_get_sensitive (save));
  set_text (form, "name", " ");
  g_assert_false (gtk_widget_get_sensitive (save));
  set_text (form, "name", "Board");
  set_switch (form, "pdf", FALSE);
  g_assert_false (gtk_widget_get_sensitive (save));
  assert_shows (form, "At least one of them is needed");
  set_switch (form, "csv", TRUE);
  g_assert_true (gtk_widget_get_sensitive (save));
}

static void
check_repeat (GtkWidget *form)
{
  AdwComboRow *every = ADW_COMBO_ROW (find (form, ADW_TYPE_COMBO_ROW, "every"));

  g_assert_null (wf_window_check_find (form, ADW_TYPE_COMBO_ROW, "weekday"));
  adw_combo_row_set_selected (every, WF_REPORT_EVERY_MONTH);
  adw_spin_row_set_value (ADW_SPIN_ROW (find (form, ADW_TYPE_SPIN_ROW, "day")), 31);
  g_assert_null (wf_window_check_find (form, ADW_TYPE_COMBO_ROW, "weekday"));
  adw_combo_row_set_selected (every, WF_REPORT_EVERY_WEEK);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (form, ADW_TYPE_COMBO_ROW, "weekday")), 4);
}

static void
find_undo (GtkWidget *widget, GtkWidget **found)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "_Undo") == 0)
    *found = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_undo (child, found);
}

static gboolean
has_undo (gpointer dialog)
{
  GtkWidget *button = NULL;

  find_undo (dialog, &button);
  return button != NULL;
}

static void
undo_removal (GtkWidget *dialog)
{
  GtkWidget *button = NULL;

  g_assert_true (wf_window_check_wait (has_undo, dialog));
  find_undo (dialog, &button);
  click (button);
}

static void
test_schedules (Fixture *self, gconstpointer data)
{
  WfReportScheduleRunner *runner = wf_report_schedule_runner_new (self->in.runtime, NULL);
  g_autoptr (WfReportFilter) present = wf_report_filter_new ();
  g_autofree char *target = wf_test_folder_build (self->in.folder, "reports");
  g_autoptr (GFile) folder = g_file_new_for_path (target);
  const WfReportSchedule *schedule;
  GtkWidget *dialog, *form;

  g_assert_cmpint (g_mkdir (target, 0700), ==, 0);
  wf_fake_clock_run_idle ();
  dialog = GTK_WIDGET (wf_report_schedule_dialog_new (runner, present));
  adw_dialog_present (ADW_DIALOG (dialog), self->in.window);
  assert_shows (dialog, "No Scheduled Reports");
  click (find (dialog, GTK_TYPE_BUTTON, "add_button"));
  form = find (dialog, WF_TYPE_REPORT_SCHEDULE_FORM, NULL);
  check_form (form, folder);
  check_repeat (form);
  check_look (self, dialog);
  click (find (form, GTK_TYPE_BUTTON, "save_button"));
  assert_count (dialog, WF_TYPE_REPORT_SCHEDULE_ROW, 1);
  schedule = wf_report_schedule_runner_get (runner, 0);
  g_assert_cmpstr (schedule->name, ==, "Board");
  g_assert_cmpuint (schedule->minute, ==, 9 * 60 + 30);
  g_assert_cmpint (schedule->every, ==, WF_REPORT_EVERY_WEEK);
  g_assert_cmpuint (schedule->weekday, ==, 4);
  g_assert_cmpuint (schedule->files, ==, WF_REPORT_FILE_CSV);
  g_assert_true (wf_report_filter_equal (schedule->filter, present));
  g_signal_emit_by_name (find (dialog, WF_TYPE_REPORT_SCHEDULE_ROW, NULL), "remove");
  assert_shows (dialog, "No Scheduled Reports");
  g_assert_cmpuint (wf_report_schedule_runner_get_n (runner), ==, 0);
  undo_removal (dialog);
  assert_count (dialog, WF_TYPE_REPORT_SCHEDULE_ROW, 1);
  schedule = wf_report_schedule_runner_get (runner, 0);
  g_assert_cmpstr (schedule->name, ==, "Board");
  g_assert_cmpuint (schedule->minute, ==, 9 * 60 + 30);
  g_assert_true (wf_report_filter_equal (schedule->filter, present));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  wf_report_schedule_runner_stop (runner);
  wf_fake_clock_run_idle ();
  g_object_unref (runner);
}

#define ADD(path, width, test)                                                                     \
  g_test_add (path, Fixture, GINT_TO_POINTER (width), set_up, test, tear_down)

/* Whoever has large letters and a narrow window sees them whole. */
static void
test_large_text (Fixture *self, gconstpointer data)
{
  g_autoptr (WfCommissionRule) rule = wf_commission_rule_new (WF_COMMISSION_BY_ORIGIN, 1.5);
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  WfReportScheduleRunner *runner = wf_report_schedule_runner_new (self->in.runtime, NULL);
  AdwDialog *dialogs[3];
  GDate day;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 30, G_DATE_SEPTEMBER, 2026);
  dialogs[0] = wf_period_dialog_new (&day, &day);
  dialogs[1] = wf_commission_dialog_new (self->in.runtime, rule);
  dialogs[2] = wf_report_schedule_dialog_new (runner, filter);
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      int least;

      adw_dialog_present (dialogs[i], self->in.window);
      gtk_widget_measure (adw_dialog_get_child (dialogs[i]), GTK_ORIENTATION_HORIZONTAL, -1, &least,
                          NULL, NULL, NULL);
      g_test_message ("%s: %d", G_OBJECT_TYPE_NAME (dialogs[i]), least);
      g_assert_cmpint (least, <=, 350);
      adw_dialog_force_close (dialogs[i]);
    }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  wf_report_schedule_runner_stop (runner);
  wf_fake_clock_run_idle ();
  g_object_unref (runner);
}

int
main (int argc, char **argv)
{
  wf_report_window_init (&argc, &argv);
  ADD ("/report-dialogs/commission", 800, test_commission);
  ADD ("/report-dialogs/commission-narrow", 360, test_commission);
  ADD ("/report-dialogs/period", 800, test_period);
  ADD ("/report-dialogs/period-narrow", 360, test_period);
  ADD ("/report-dialogs/filters", 800, test_filters);
  ADD ("/report-dialogs/saved", 800, test_saved);
  ADD ("/report-dialogs/schedules", 800, test_schedules);
  ADD ("/report-dialogs/schedules-narrow", 360, test_schedules);
  ADD ("/report-dialogs/large-text", 360, test_large_text);
  return g_test_run ();
}
