/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a workflow starts by itself: rows for each kind of schedule, and what it means in words with
 * the next times. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-schedule-dialog.h"

#include "wf-duration-row.h"
#include "wf-field-row.h"
#include "wf-problem-row.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

#define N_NEXT 3

/* In the order of the combo row. */
typedef enum
{
  KIND_DAY,
  KIND_WEEK,
  KIND_MONTH,
  KIND_YEAR,
  KIND_CRON,
  KIND_DATE,
} Kind;

static const char *const every[] = { "day", "week", "month", "year", NULL };
static const char *const weekday_ids[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

struct _WfScheduleDialog
{
  AdwDialog parent_instance;

  GtkWidget *save;
  AdwComboRow *kind;
  AdwSpinRow *interval;
  AdwExpanderRow *weekdays;
  AdwComboRow *month;
  AdwSpinRow *day;
  GtkEditable *cron;
  WfFieldRow *date;
  GtkEditable *custom_date;
  AdwComboRow *direction;
  WfDurationRow *offset;
  GtkEditable *at;
  AdwSwitchRow *working_days;
  AdwSwitchRow *yearly;
  AdwSwitchRow *for_each;
  AdwActionRow *result;
  WfProblemRow *problem;

  GtkCheckButton *checks[G_N_ELEMENTS (weekday_ids)]; /* (unowned) */
  WfWorkflowDocument *document;                       /* (owned) */
  WfClock *clock;                                     /* (owned) */
  WfSchedule *schedule;                               /* (owned) (nullable) what is shown now */
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (WfScheduleDialog, wf_schedule_dialog, ADW_TYPE_DIALOG)

static Kind
get_kind (WfScheduleDialog *self)
{
  return (Kind) adw_combo_row_get_selected (self->kind);
}

/* -- widgets to schedule ----------------------------------------------------------------------- */

static void
write_weekdays (WfScheduleDialog *self, WfJsonWriter *writer)
{
  wf_json_writer_begin_array (writer, "on");
  for (guint i = 0; i < G_N_ELEMENTS (weekday_ids); i++)
    if (gtk_check_button_get_active (self->checks[i]))
      wf_json_writer_add_string (writer, NULL, weekday_ids[i]);
  wf_json_writer_end (writer);
}

static void
write_every (WfScheduleDialog *self, WfJsonWriter *writer, Kind kind)
{
  gint64 interval = (gint64) adw_spin_row_get_value (self->interval);

  wf_json_writer_add_string (writer, "every", every[kind]);
  if (interval > 1)
    wf_json_writer_add_int (writer, "interval", interval);
  wf_json_writer_add_string (writer, "at", gtk_editable_get_text (self->at));
  if (kind == KIND_WEEK)
    write_weekdays (self, writer);
  if (kind == KIND_YEAR)
    wf_json_writer_add_int (writer, "month", adw_combo_row_get_selected (self->month) + 1);
  if (kind == KIND_MONTH || kind == KIND_YEAR)
    wf_json_writer_add_int (writer, "day", (gint64) adw_spin_row_get_value (self->day));
  if (adw_switch_row_get_active (self->working_days))
    wf_json_writer_add_boolean (writer, "working-days", TRUE);
}

static void
write_date (WfScheduleDialog *self, WfJsonWriter *writer)
{
  const char *custom = gtk_editable_get_text (self->custom_date);
  WfDuration offset = wf_duration_row_get_duration (self->offset);

  wf_json_writer_add_string (writer, "date",
                             *custom != '\0' ? custom : wf_field_row_get_field (self->date));
  if (wf_duration_is_set (offset))
    wf_duration_write (offset, writer, "offset");
  wf_json_writer_add_string (
      writer, "direction", adw_combo_row_get_selected (self->direction) == 0 ? "before" : "after");
  wf_json_writer_add_string (writer, "at", gtk_editable_get_text (self->at));
  if (adw_switch_row_get_active (self->yearly))
    wf_json_writer_add_boolean (writer, "yearly", TRUE);
}

static WfSchedule *
read_widgets (WfScheduleDialog *self, WfProblems *problems)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) document = NULL;
  Kind kind = get_kind (self);
  WfJsonCursor cursor;

  wf_json_writer_begin_object (writer, NULL);
  if (kind == KIND_CRON)
    wf_json_writer_add_string (writer, "cron", gtk_editable_get_text (self->cron));
  else if (kind == KIND_DATE)
    write_date (self, writer);
  else
    write_every (self, writer, kind);
  wf_json_writer_end (writer);
  document = wf_json_writer_finish_document (writer);
  cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  return wf_schedule_read (&cursor);
}

/* -- what it means ----------------------------------------------------------------------------- */

static char *
make_next_text (WfScheduleDialog *self)
{
  WfOrganisation *organisation = wf_workflow_document_get_organisation (self->document);
  WfWorkingHours *hours = organisation != NULL ? wf_organisation_get_hours (organisation) : NULL;
  WfInstant start = wf_clock_now (self->clock), at = start;
  g_autoptr (GString) text = g_string_new (NULL);

  if (hours == NULL || wf_schedule_get_kind (self->schedule) == WF_SCHEDULE_DATE)
    return g_strdup ("");
  for (guint i = 0; i < N_NEXT; i++)
    {
      g_autofree char *next = NULL;

      at = wf_schedule_next (self->schedule, at, start, hours);
      if (at == WF_INSTANT_NONE)
        break;
      next = wf_time_text_full (at, wf_working_hours_get_zone (hours));
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", next);
    }
  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text))
                       : g_strdup (_ ("It never starts."));
}

static const char *
find_error (const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    if (wf_problems_get (problems, i)->severity == WF_PROBLEM_ERROR)
      return wf_problems_get (problems, i)->text;
  return NULL;
}

static void
on_changed (WfScheduleDialog *self)
{
  g_autoptr (WfProblems) problems = NULL;
  const char *error;

  if (self->setting)
    return;
  problems = wf_problems_new (NULL);
  g_clear_pointer (&self->schedule, wf_schedule_unref);
  self->schedule = read_widgets (self, problems);
  error = self->schedule == NULL ? find_error (problems) : NULL;
  wf_problem_row_set_text (self->problem, error, GTK_WIDGET (self->result));
  gtk_widget_set_visible (GTK_WIDGET (self->result), self->schedule != NULL);
  gtk_widget_set_sensitive (self->save, self->schedule != NULL);
  if (self->schedule != NULL)
    {
      g_autofree char *words = wf_schedule_to_text (self->schedule);
      g_autofree char *next = make_next_text (self);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result), words);
      adw_action_row_set_subtitle (self->result, next);
    }
}

static void
on_kind_changed (WfScheduleDialog *self)
{
  Kind kind = get_kind (self);
  const struct
  {
    gpointer widget;
    gboolean shown;
  } rows[] = {
    { self->interval, kind <= KIND_YEAR },
    { self->weekdays, kind == KIND_WEEK },
    { self->month, kind == KIND_YEAR },
    { self->day, kind == KIND_MONTH || kind == KIND_YEAR },
    { self->cron, kind == KIND_CRON },
    { self->date, kind == KIND_DATE },
    { self->custom_date, kind == KIND_DATE },
    { self->direction, kind == KIND_DATE },
    { self->offset, kind == KIND_DATE },
    { self->at, kind != KIND_CRON },
    { self->working_days, kind <= KIND_YEAR },
    { self->yearly, kind == KIND_DATE },
    { self->for_each, kind != KIND_DATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_visible (rows[i].widget, rows[i].shown);
  on_changed (self);
}

/* -- schedule to widgets ----------------------------------------------------------------------- */

static void
show_weekdays (WfScheduleDialog *self, const WfJson *on)
{
  const WfJson *value;
  WfJsonIter iter;

  wf_json_iter_init (&iter, on);
  while (wf_json_iter_next (&iter, NULL, &value))
    for (guint i = 0; i < G_N_ELEMENTS (weekday_ids); i++)
      if (g_strcmp0 (wf_json_get_string (value), weekday_ids[i]) == 0)
        gtk_check_button_set_active (self->checks[i], TRUE);
}

static void
show_text (GtkEditable *row, const char *text)
{
  if (text != NULL)
    gtk_editable_set_text (row, text);
}

static void
show_date (WfScheduleDialog *self, const WfJson *root)
{
  const char *date = wf_json_get_member_string (root, "date");
  WfJsonCursor offset = wf_json_cursor_root (wf_json_get_member (root, "offset"), NULL);

  if (date != NULL && strstr (date, ".custom.") != NULL)
    show_text (self->custom_date, date);
  else
    wf_field_row_set_field (self->date, date);
  wf_duration_row_set_duration (self->offset, wf_duration_read (&offset, FALSE));
  adw_combo_row_set_selected (
      self->direction,
      g_strcmp0 (wf_json_get_member_string (root, "direction"), "after") == 0 ? 1 : 0);
  adw_switch_row_set_active (self->yearly,
                             wf_json_get_boolean (wf_json_get_member (root, "yearly"), FALSE));
}

static Kind
find_kind (const WfJson *root)
{
  const char *name = wf_json_get_member_string (root, "every");

  if (wf_json_get_member (root, "cron") != NULL)
    return KIND_CRON;
  if (wf_json_get_member (root, "date") != NULL)
    return KIND_DATE;
  for (guint i = 0; every[i] != NULL; i++)
    if (g_strcmp0 (name, every[i]) == 0)
      return (Kind) i;
  return KIND_DAY;
}

static void
show_schedule (WfScheduleDialog *self, const WfJson *root)
{
  Kind kind = find_kind (root);

  adw_combo_row_set_selected (self->kind, kind);
  adw_spin_row_set_value (self->interval,
                          wf_json_get_double (wf_json_get_member (root, "interval"), 1));
  adw_spin_row_set_value (self->day, wf_json_get_double (wf_json_get_member (root, "day"), 1));
  adw_combo_row_set_selected (
      self->month, (guint) wf_json_get_double (wf_json_get_member (root, "month"), 1) - 1);
  adw_switch_row_set_active (
      self->working_days, wf_json_get_boolean (wf_json_get_member (root, "working-days"), FALSE));
  show_weekdays (self, wf_json_get_member (root, "on"));
  show_text (self->at, wf_json_get_member_string (root, "at"));
  show_text (self->cron, wf_json_get_member_string (root, "cron"));
  if (kind == KIND_DATE)
    show_date (self, root);
}

/* Names of months and weekdays are the locale's. */
static void
fill_months (WfScheduleDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (int month = 1; month <= 12; month++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (2026, month, 1, 0, 0, 0);

      gtk_string_list_take (names, g_date_time_format (date, "%OB"));
    }
  adw_combo_row_set_model (self->month, G_LIST_MODEL (names));
}

static void
fill_weekdays (WfScheduleDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (weekday_ids); i++)
    {
      /* 2 November 2026 is a Monday. */
      g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 11, 2 + (int) i, 0, 0, 0);
      g_autofree char *name = g_date_time_format (date, "%A");
      GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_expander_row_add_row (self->weekdays, row);
      self->checks[i] = GTK_CHECK_BUTTON (check);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed), self);
    }
}

static void
fill_widgets (WfScheduleDialog *self)
{
  const WfWorkflow *workflow = wf_workflow_document_get_workflow (self->document);
  g_autoptr (WfJsonWriter) writer = NULL;
  g_autoptr (WfJsonDocument) document = NULL;

  self->setting = TRUE;
  wf_field_row_set_event (self->date, "lead.received", TRUE);
  gtk_editable_set_text (self->at, "09:00");
  adw_switch_row_set_active (self->for_each, workflow->for_each_lead);
  if (workflow->schedule != NULL)
    {
      writer = wf_json_writer_new ();
      wf_schedule_write (workflow->schedule, writer, NULL);
      document = wf_json_writer_finish_document (writer);
      show_schedule (self, wf_json_document_get_root (document));
    }
  self->setting = FALSE;
  on_kind_changed (self);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
on_cancel_clicked (WfScheduleDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked (WfScheduleDialog *self)
{
  WfWorkflow *next = wf_workflow_copy (wf_workflow_document_get_workflow (self->document));

  g_clear_pointer (&next->schedule, wf_schedule_unref);
  next->schedule = wf_schedule_ref (self->schedule);
  next->for_each_lead = get_kind (self) == KIND_DATE || adw_switch_row_get_active (self->for_each);
  wf_workflow_document_change (self->document, next, NULL);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
wf_schedule_dialog_dispose (GObject *object)
{
  WfScheduleDialog *self = WF_SCHEDULE_DIALOG (object);

  self->setting = TRUE;
  g_clear_object (&self->document);
  g_clear_object (&self->clock);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SCHEDULE_DIALOG);
  G_OBJECT_CLASS (wf_schedule_dialog_parent_class)->dispose (object);
}

static void
wf_schedule_dialog_finalize (GObject *object)
{
  g_clear_pointer (&WF_SCHEDULE_DIALOG (object)->schedule, wf_schedule_unref);
  G_OBJECT_CLASS (wf_schedule_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, interval);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, weekdays);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, month);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, day);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, cron);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, date);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, custom_date);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, direction);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, offset);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, at);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, working_days);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, yearly);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, for_each);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, result);
  gtk_widget_class_bind_template_child (widget_class, WfScheduleDialog, problem);
}

static void
wf_schedule_dialog_class_init (WfScheduleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_schedule_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_schedule_dialog_finalize;
  g_type_ensure (WF_TYPE_DURATION_ROW);
  g_type_ensure (WF_TYPE_FIELD_ROW);
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/forms/wf-schedule-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
wf_schedule_dialog_init (WfScheduleDialog *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_months (self);
  fill_weekdays (self);
  self->setting = FALSE;
}

WfScheduleDialog *
wf_schedule_dialog_new (WfWorkflowDocument *document, WfClock *clock)
{
  WfScheduleDialog *self = g_object_new (WF_TYPE_SCHEDULE_DIALOG, NULL);

  self->document = g_object_ref (document);
  self->clock = g_object_ref (clock);
  fill_widgets (self);
  return self;
}
