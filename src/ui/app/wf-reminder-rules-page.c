/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences of reminders: without a window, the person's own lead times, quiet hours (B23). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-reminder-rules-page.h"

#include "wf-background.h"
#include "wf-calendar-layout.h"
#include "wf-duration-row.h"
#include "wf-runtime-day.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_FROM (19 * 60)
#define DEFAULT_UNTIL (8 * 60)
#define DAYS_A_WEEK 7

struct _WfReminderRulesPage
{
  AdwPreferencesPage parent_instance;

  GApplication *application; /* (owned) (nullable) */
  WfRuntime *runtime;        /* (owned) (nullable) */
  WfReminderRules *rules;    /* (owned) as shown; ahead of the runtime's while they are kept */
  GSettings *settings;       /* (owned) */
  GCancellable *cancellable; /* (owned) of this page */
  gboolean filling;          /* the rows follow, nobody changed them */
  GPtrArray *time_rows;      /* (owned) of GtkWidget, borrowed from the group */
  GPtrArray *type_ids;       /* (owned) of char *; the first is NULL: all types */

  AdwSwitchRow *background, *autostart;
  AdwPreferencesGroup *lead_group, *times_group, *at_due_group, *quiet_group;
  AdwComboRow *types;
  AdwSwitchRow *inherits, *at_due, *quiet;
  GtkWidget *add;
  AdwEntryRow *from, *until;
  AdwWrapBox *days;
  GtkToggleButton *day_buttons[DAYS_A_WEEK]; /* Monday first, borrowed */
};

G_DEFINE_FINAL_TYPE (WfReminderRulesPage, wf_reminder_rules_page, ADW_TYPE_PREFERENCES_PAGE)

static void show_rules (WfReminderRulesPage *self);

static void
say (WfReminderRulesPage *self, const char *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast;

  if (dialog == NULL)
    return;
  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
}

/* ---- start at login ---------------------------------------------------------------------------- */

static void
set_autostart (WfReminderRulesPage *self, gboolean autostart)
{
  self->filling = TRUE;
  adw_switch_row_set_active (self->autostart, autostart);
  self->filling = FALSE;
  g_settings_set_boolean (self->settings, "autostart", autostart);
}

static void
on_autostart_set (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReminderRulesPage) self = WF_REMINDER_RULES_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  gboolean autostart = FALSE;
  gboolean answered = wf_background_set_autostart_finish (result, &autostart, &error);

  if (self->autostart == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gboolean wanted = adw_switch_row_get_active (self->autostart);
  if (!answered)
    {
      set_autostart (self, !wanted);
      say (self, error->message);
      return;
    }
  set_autostart (self, autostart);
  if (autostart != wanted)
    say (self, _ ("The desktop does not allow it. You can change this in Settings."));
}

static void
on_autostart_changed (WfReminderRulesPage *self)
{
  if (self->filling || self->application == NULL)
    return;
  wf_background_set_autostart_async (self->application, adw_switch_row_get_active (self->autostart),
                                     self->cancellable, on_autostart_set, g_object_ref (self));
}

/* ---- keeping them ------------------------------------------------------------------------------ */

static void
on_rules_kept (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReminderRulesPage) self = WF_REMINDER_RULES_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  if (wf_runtime_command_finish (WF_RUNTIME (object), result, &error) ||
      self->runtime != WF_RUNTIME (object))
    return;
  say (self, error->message);
  g_clear_pointer (&self->rules, wf_reminder_rules_unref);
  self->rules = wf_reminder_rules_ref (wf_runtime_get_reminder_rules (self->runtime));
  show_rules (self);
}

/* Takes rules. */
static void
keep (WfReminderRulesPage *self, WfReminderRules *rules)
{
  wf_reminder_rules_unref (self->rules);
  self->rules = rules;
  if (self->runtime != NULL)
    wf_runtime_set_reminder_rules_async (self->runtime, rules, self->cancellable, on_rules_kept,
                                         g_object_ref (self));
}

/* ---- lead times -------------------------------------------------------------------------------- */

static const char *
get_type_id (WfReminderRulesPage *self)
{
  guint selected = adw_combo_row_get_selected (self->types);

  return selected < self->type_ids->len ? g_ptr_array_index (self->type_ids, selected) : NULL;
}

static void
keep_times (WfReminderRulesPage *self)
{
  WfDuration times[WF_MOST_LEAD_TIMES];
  guint n = 0;

  for (guint i = 0; i < self->time_rows->len && n < WF_MOST_LEAD_TIMES; i++)
    {
      WfDuration time = wf_duration_row_get_duration (g_ptr_array_index (self->time_rows, i));

      if (wf_duration_is_set (time))
        times[n++] = time;
    }
  keep (self, wf_reminder_rules_with (self->rules, get_type_id (self), times, n));
}

/* What cannot be used is said in its row, and left out. */
static void
on_time_changed (WfReminderRulesPage *self, WfDurationRow *row)
{
  gboolean set = wf_duration_is_set (wf_duration_row_get_duration (row));

  wf_duration_row_set_problem (row, set ? NULL : _ ("Enter a number from 1."));
  if (!self->filling)
    keep_times (self);
}

static void
on_remove_clicked (WfReminderRulesPage *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, WF_TYPE_DURATION_ROW);
  guint index = 0;

  g_ptr_array_find (self->time_rows, row, &index);
  adw_preferences_group_remove (self->times_group, row);
  g_ptr_array_remove_index (self->time_rows, index);
  keep_times (self);
  show_rules (self);
  /* The keyboard stays where the row was. */
  if (self->time_rows->len > 0)
    gtk_widget_grab_focus (
        g_ptr_array_index (self->time_rows, MIN (index, self->time_rows->len - 1)));
  else
    gtk_widget_grab_focus (self->add);
}

/* A list: its rows come from the rules, not from a template. */
static void
add_time_row (WfReminderRulesPage *self, WfDuration time)
{
  GtkWidget *row = g_object_new (WF_TYPE_DURATION_ROW, "title", _ ("Before"), NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Remove the Reminder"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove the Reminder"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), self,
                           G_CONNECT_SWAPPED);
  wf_duration_row_add_suffix (WF_DURATION_ROW (row), button);
  wf_duration_row_set_duration (WF_DURATION_ROW (row), time);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_time_changed), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->times_group, row);
  g_ptr_array_add (self->time_rows, row);
}

static gboolean
has_time (WfReminderRulesPage *self, WfDuration time)
{
  for (guint i = 0; i < self->time_rows->len; i++)
    {
      WfDuration other = wf_duration_row_get_duration (g_ptr_array_index (self->time_rows, i));

      if (other.amount == time.amount && other.unit == time.unit)
        return TRUE;
    }
  return FALSE;
}

static void
update_times_group (WfReminderRulesPage *self)
{
  guint n = self->time_rows->len;

  gtk_widget_set_sensitive (self->add, n < WF_MOST_LEAD_TIMES);
  adw_preferences_group_set_description (self->times_group,
                                         n > 0 ? NULL : _ ("None but your manager’s."));
}

static void
on_add_clicked (WfReminderRulesPage *self)
{
  static const WfDuration usual[WF_MOST_LEAD_TIMES] = { { 1, WF_TIME_UNIT_HOURS },
                                                        { 1, WF_TIME_UNIT_DAYS },
                                                        { 10, WF_TIME_UNIT_MINUTES },
                                                        { 30, WF_TIME_UNIT_MINUTES },
                                                        { 1, WF_TIME_UNIT_WEEKS } };
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (usual) && has_time (self, usual[i]))
    i++;
  add_time_row (self, usual[i]);
  keep_times (self);
  update_times_group (self);
  gtk_widget_grab_focus (g_ptr_array_index (self->time_rows, self->time_rows->len - 1));
}

static void
on_type_changed (WfReminderRulesPage *self)
{
  if (!self->filling)
    show_rules (self);
}

static void
on_inherits_changed (WfReminderRulesPage *self)
{
  guint n;
  const WfDuration *times;

  if (self->filling)
    return;
  times = wf_reminder_rules_get_lead_times (self->rules, NULL, &n);
  if (adw_switch_row_get_active (self->inherits))
    keep (self, wf_reminder_rules_with (self->rules, get_type_id (self), NULL, 0));
  else
    keep (self, wf_reminder_rules_with (self->rules, get_type_id (self),
                                        n > 0 ? times : &WF_DURATION_NONE, n));
  show_rules (self);
}

static void
on_at_due_changed (WfReminderRulesPage *self)
{
  if (!self->filling)
    keep (self,
          wf_reminder_rules_with_at_due (self->rules, adw_switch_row_get_active (self->at_due)));
}

static void
show_times (WfReminderRulesPage *self)
{
  const char *type = get_type_id (self);
  guint n, n_all;
  const WfDuration *all = wf_reminder_rules_get_lead_times (self->rules, NULL, &n_all);
  const WfDuration *times = wf_reminder_rules_get_lead_times (self->rules, type, &n);
  gboolean inherits = type != NULL && times == all;

  for (guint i = 0; i < self->time_rows->len; i++)
    adw_preferences_group_remove (self->times_group, g_ptr_array_index (self->time_rows, i));
  g_ptr_array_set_size (self->time_rows, 0);
  for (guint i = 0; i < n; i++)
    add_time_row (self, times[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->inherits), type != NULL);
  adw_switch_row_set_active (self->inherits, inherits);
  gtk_widget_set_sensitive (GTK_WIDGET (self->times_group), !inherits);
  update_times_group (self);
}

/* ---- quiet hours ------------------------------------------------------------------------------- */

static gboolean
read_clock (AdwEntryRow *row, int *minute)
{
  int hours, minutes;
  gboolean good =
      wf_time_text_parse_clock (gtk_editable_get_text (GTK_EDITABLE (row)), &hours, &minutes);

  if (good)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
      *minute = hours * 60 + minutes;
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  return good;
}

static void
show_clock (AdwEntryRow *row, int minute)
{
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static guint
read_days (WfReminderRulesPage *self)
{
  guint days = 0;

  for (guint i = 0; i < DAYS_A_WEEK; i++)
    if (gtk_toggle_button_get_active (self->day_buttons[i]))
      days |= 1u << (G_DATE_MONDAY + i);
  return days;
}

static void
show_quiet (WfReminderRulesPage *self)
{
  int from, until;
  guint days;
  gboolean quiet = wf_reminder_rules_get_quiet (self->rules, &from, &until, &days);

  adw_switch_row_set_active (self->quiet, quiet);
  if (!quiet || from == until)
    {
      from = DEFAULT_FROM;
      until = DEFAULT_UNTIL;
    }
  show_clock (self->from, from);
  show_clock (self->until, until);
  for (guint i = 0; i < DAYS_A_WEEK; i++)
    gtk_toggle_button_set_active (self->day_buttons[i],
                                  quiet && (days & 1u << (G_DATE_MONDAY + i)) != 0);
}

static void
on_quiet_changed (WfReminderRulesPage *self)
{
  int from = DEFAULT_FROM, until = DEFAULT_UNTIL;
  gboolean good;

  if (self->filling)
    return;
  good = read_clock (self->from, &from);
  good &= read_clock (self->until, &until);
  if (!good)
    {
      say (self, _ ("Enter a time of day, such as 19:00."));
      return;
    }
  keep (self, wf_reminder_rules_with_quiet (self->rules, adw_switch_row_get_active (self->quiet),
                                            from, until, read_days (self)));
  self->filling = TRUE;
  show_clock (self->from, from);
  show_clock (self->until, until);
  self->filling = FALSE;
}

/* Some day must be left for reminders. */
static void
on_day_toggled (WfReminderRulesPage *self, GtkToggleButton *button)
{
  if (self->filling)
    return;
  for (guint i = 0; i < DAYS_A_WEEK; i++)
    if (!gtk_toggle_button_get_active (self->day_buttons[i]))
      {
        on_quiet_changed (self);
        return;
      }
  self->filling = TRUE;
  gtk_toggle_button_set_active (button, FALSE);
  self->filling = FALSE;
  say (self, _ ("At least one day must not be quiet."));
}

/* As the locale names and orders them: a list, not a template. */
static void
add_day (WfReminderRulesPage *self, guint weekday)
{
  /* 1 January 2024 was a Monday. */
  g_autoptr (GDateTime) day = g_date_time_new_utc (2024, 1, (int) weekday, 0, 0, 0);
  g_autofree char *name = g_date_time_format (day, "%a");
  g_autofree char *full_name = g_date_time_format (day, "%A");
  GtkWidget *button = gtk_toggle_button_new_with_label (name);

  gtk_widget_set_tooltip_text (button, full_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, full_name,
                                  -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_day_toggled), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->days, button);
  self->day_buttons[weekday - G_DATE_MONDAY] = GTK_TOGGLE_BUTTON (button);
}

/* ---- what is shown ----------------------------------------------------------------------------- */

static void
show_rules (WfReminderRulesPage *self)
{
  self->filling = TRUE;
  show_times (self);
  adw_switch_row_set_active (self->at_due, wf_reminder_rules_get_at_due (self->rules));
  show_quiet (self);
  self->filling = FALSE;
}

static void
fill_types (WfReminderRulesPage *self)
{
  WfOrganisation *organisation = self->runtime != NULL ? wf_runtime_get_organisation (self->runtime)
                                                       : NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = 0;
  const WfEntry *entries =
      organisation != NULL ? wf_organisation_get_entries (organisation, WF_ENTRY_ACTIVITY_TYPE, &n)
                           : NULL;

  self->filling = TRUE;
  g_ptr_array_set_size (self->type_ids, 0);
  g_ptr_array_add (self->type_ids, NULL);
  gtk_string_list_append (names, _ ("All Types"));
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (self->type_ids, g_strdup (entries[i].id));
      gtk_string_list_append (names, entries[i].name);
    }
  adw_combo_row_set_model (self->types, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->types, 0);
  self->filling = FALSE;
}

static void
set_rules_visible (WfReminderRulesPage *self, gboolean visible)
{
  GtkWidget *groups[] = { GTK_WIDGET (self->lead_group), GTK_WIDGET (self->times_group),
                          GTK_WIDGET (self->at_due_group), GTK_WIDGET (self->quiet_group) };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_widget_set_visible (groups[i], visible);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_reminder_rules_page_dispose (GObject *object)
{
  WfReminderRulesPage *self = WF_REMINDER_RULES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->application);
  g_clear_object (&self->runtime);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_REMINDER_RULES_PAGE);
  G_OBJECT_CLASS (wf_reminder_rules_page_parent_class)->dispose (object);
}

static void
wf_reminder_rules_page_finalize (GObject *object)
{
  WfReminderRulesPage *self = WF_REMINDER_RULES_PAGE (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->rules, wf_reminder_rules_unref);
  g_ptr_array_unref (self->time_rows);
  g_ptr_array_unref (self->type_ids);
  G_OBJECT_CLASS (wf_reminder_rules_page_parent_class)->finalize (object);
}

static void
wf_reminder_rules_page_class_init (WfReminderRulesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_reminder_rules_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_reminder_rules_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-reminder-rules-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, background);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, autostart);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, lead_group);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, times_group);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, at_due_group);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, quiet_group);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, types);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, inherits);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, add);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, at_due);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, quiet);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, from);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, until);
  gtk_widget_class_bind_template_child (widget_class, WfReminderRulesPage, days);
  gtk_widget_class_bind_template_callback (widget_class, on_autostart_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_type_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_inherits_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_at_due_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_quiet_changed);
}

static void
wf_reminder_rules_page_init (WfReminderRulesPage *self)
{
  GDateWeekday first = wf_calendar_get_first_weekday ();

  g_type_ensure (WF_TYPE_DURATION_ROW);
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (WF_APPLICATION_ID);
  self->rules = wf_reminder_rules_new_default ();
  self->time_rows = g_ptr_array_new ();
  self->type_ids = g_ptr_array_new_with_free_func (g_free);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < DAYS_A_WEEK; i++)
    add_day (self, (first - G_DATE_MONDAY + i) % DAYS_A_WEEK + G_DATE_MONDAY);
  g_settings_bind (self->settings, "run-in-background", self->background, "active",
                   G_SETTINGS_BIND_DEFAULT);
  set_autostart (self, g_settings_get_boolean (self->settings, "autostart"));
  set_rules_visible (self, FALSE);
}

void
wf_reminder_rules_page_set_application (WfReminderRulesPage *self, GApplication *application)
{
  g_return_if_fail (WF_IS_REMINDER_RULES_PAGE (self));
  g_set_object (&self->application, application);
}

void
wf_reminder_rules_page_set_runtime (WfReminderRulesPage *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_REMINDER_RULES_PAGE (self));

  g_set_object (&self->runtime, runtime);
  set_rules_visible (self, runtime != NULL);
  if (runtime == NULL)
    return;
  g_clear_pointer (&self->rules, wf_reminder_rules_unref);
  self->rules = wf_reminder_rules_ref (wf_runtime_get_reminder_rules (runtime));
  fill_types (self);
  show_rules (self);
}
