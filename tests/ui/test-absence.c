/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telling of an absence, and the briefing on return (B10). */
#include "wf-absence-dialog.h"
#include "wf-absence-text.h"
#include "wf-absence-type-row.h"
#include "wf-absence.h"
#include "wf-briefing-banner.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-people-dialog.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

#include <string.h>

typedef struct
{
  WfFakeClock *clock;
  WfRuntime *runtime;
  WfOrganisation *organisation;
  GtkWidget *window;
  AdwDialog *dialog;
  GtkWidget *banner;
} Fixture;

static WfInstant
now (Fixture *self)
{
  return wf_clock_now (WF_CLOCK (self->clock));
}

/* Wednesday, 07:00 in São Paulo. */
static void
set_up (Fixture *self, gconstpointer person)
{
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, person);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);

      wf_fake_runtime_add (
          self->runtime,
          wf_fake_activity_new (id, "Call", "ana", now (self) + (i + 1) * 5 * G_TIME_SPAN_HOUR));
    }
  self->window =
      g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", 560, "default-height", 760, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
}

static gboolean
is_open (gpointer dialog)
{
  return wf_window_check_find (dialog, GTK_TYPE_BUTTON, "save") != NULL;
}

static void
open_dialog (Fixture *self, const char *person)
{
  self->dialog = wf_absence_dialog_new (self->runtime, person);
  gtk_window_present (GTK_WINDOW (self->window));
  adw_dialog_present (self->dialog, self->window);
  g_assert_true (wf_window_check_wait (is_open, self->dialog));
}

typedef struct
{
  GtkWidget *root;
  const char *text;
} Text;

static gboolean
shows (gpointer data)
{
  const Text *text = data;

  return wf_window_check_has_text (text->root, text->text);
}

static void
assert_shows (GtkWidget *root, const char *text)
{
  Text wanted = { root, text };

  g_test_message ("%s", text);
  g_assert_true (wf_window_check_wait (shows, &wanted));
}

static GtkWidget *
find (Fixture *self, GType type, const char *id)
{
  GtkWidget *found = wf_window_check_find (GTK_WIDGET (self->dialog), type, id);

  g_assert_nonnull (found);
  return found;
}

static void
choose_last_day (Fixture *self, int day)
{
  GtkCalendar *calendar = GTK_CALENDAR (gtk_widget_get_template_child (
      GTK_WIDGET (self->dialog), WF_TYPE_ABSENCE_DIALOG, "last_calendar"));
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 11, day, 0, 0, 0);

  gtk_calendar_select_day (calendar, date);
}

static gboolean
has_no_dialog (gpointer data)
{
  return adw_application_window_get_visible_dialog (
             ADW_APPLICATION_WINDOW (((Fixture *) data)->window)) == NULL;
}

static gboolean
people_are_open (gpointer data)
{
  return WF_IS_PEOPLE_DIALOG (adw_application_window_get_visible_dialog (
      ADW_APPLICATION_WINDOW (((Fixture *) data)->window)));
}

static void
choose_cover (Fixture *self, const char *id)
{
  AdwDialog *people;

  gtk_widget_activate (find (self, ADW_TYPE_ACTION_ROW, "cover"));
  g_assert_true (wf_window_check_wait (people_are_open, self));
  people = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  g_signal_emit_by_name (people, "chosen", id);
  adw_dialog_force_close (people);
}

/* Who covers is asked for; then what it means is said before it is done. */
static void
test_set (Fixture *self, gconstpointer data)
{
  GtkWidget *save;

  open_dialog (self, NULL);
  save = find (self, GTK_TYPE_BUTTON, "save");
  assert_shows (GTK_WIDGET (self->dialog), "Choose who covers.");
  g_assert_false (gtk_widget_get_sensitive (save));
  choose_cover (self, "bruno");
  assert_shows (GTK_WIDGET (self->dialog), "Bruno Lima");
  assert_shows (GTK_WIDGET (self->dialog), "3 activities go to Bruno Lima.");
  g_assert_true (gtk_widget_get_sensitive (save));
  choose_last_day (self, 20);
  assert_shows (GTK_WIDGET (self->dialog), "5 activities go to Bruno Lima.");
  gtk_widget_activate (save);
  g_assert_true (wf_window_check_wait (has_no_dialog, self));
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==,
                   "set-absence ana 2026-11-18T10:00:00Z 2026-11-21T03:00:00Z cover bruno 0");
}

static void
test_treatments (Fixture *self, gconstpointer data)
{
  GtkWidget *cover;
  WfAbsenceTypeRow *type;

  open_dialog (self, NULL);
  cover = find (self, ADW_TYPE_ACTION_ROW, "cover");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (self, GTK_TYPE_CHECK_BUTTON, "shift_check")),
                               TRUE);
  assert_shows (GTK_WIDGET (self->dialog), "3 activities move to Thursday, 19 November or later.");
  g_assert_false (gtk_widget_get_visible (cover));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find (self, ADW_TYPE_EXPANDER_ROW, "by_type")),
                                 TRUE);
  assert_shows (GTK_WIDGET (self->dialog), "Realizar Filtro 1");
  type = WF_ABSENCE_TYPE_ROW (find (self, WF_TYPE_ABSENCE_TYPE_ROW, NULL));
  wf_absence_type_row_set_treatment (type, TRUE, WF_ABSENCE_HOLD);
  assert_shows (GTK_WIDGET (self->dialog), "3 activities stay as they are.");
  wf_absence_type_row_set_treatment (type, TRUE, WF_ABSENCE_COVER);
  g_assert_true (gtk_widget_get_visible (cover));
  assert_shows (GTK_WIDGET (self->dialog), "Choose who covers.");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (self, GTK_TYPE_CHECK_BUTTON, "hold_check")),
                               TRUE);
  wf_absence_type_row_set_treatment (type, FALSE, WF_ABSENCE_HOLD);
  gtk_widget_activate (find (self, GTK_TYPE_BUTTON, "save"));
  g_assert_true (wf_window_check_wait (has_no_dialog, self));
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==,
                   "set-absence ana 2026-11-18T10:00:00Z 2026-11-19T03:00:00Z hold - 0");
}

/* A refusal stays in the dialog, which can be corrected. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  open_dialog (self, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (self, GTK_TYPE_CHECK_BUTTON, "hold_check")),
                               TRUE);
  assert_shows (GTK_WIDGET (self->dialog), "3 activities stay as they are.");
  wf_fake_runtime_fail_next (self->runtime, "Somebody else was faster.");
  gtk_widget_activate (find (self, GTK_TYPE_BUTTON, "save"));
  assert_shows (GTK_WIDGET (self->dialog), "Somebody else was faster.");
  g_assert_true (gtk_widget_get_sensitive (find (self, GTK_TYPE_BUTTON, "save")));
  adw_dialog_close (self->dialog);
}

static void
give_absence (Fixture *self, const char *from, const char *until)
{
  WfAbsence absence = { .id = "b-1", .treatment = WF_ABSENCE_SHIFT, .reason = "Course" };
  g_autoptr (GDateTime) begin = g_date_time_new_from_iso8601 (from, NULL);
  g_autoptr (GDateTime) end = g_date_time_new_from_iso8601 (until, NULL);
  WfOrganisation *changed;

  absence.from = g_date_time_to_unix_usec (begin);
  absence.until = g_date_time_to_unix_usec (end);
  changed = wf_organisation_with_absence (self->organisation, "ana", &absence);
  wf_organisation_unref (self->organisation);
  self->organisation = changed;
  wf_fake_runtime_set_account (self->runtime, changed, wf_runtime_get_person (self->runtime));
}

/* One that is planned is shown, and ended. */
static void
test_planned (Fixture *self, gconstpointer data)
{
  give_absence (self, "2026-11-17T00:00:00-03:00", "2026-11-21T00:00:00-03:00");
  open_dialog (self, "ana");
  assert_shows (GTK_WIDGET (self->dialog), "Ana Souza");
  assert_shows (GTK_WIDGET (self->dialog), "Tuesday, 17 November 2026");
  assert_shows (GTK_WIDGET (self->dialog), "Friday, 20 November 2026");
  assert_shows (GTK_WIDGET (self->dialog), "End Absence Now");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (self, ADW_TYPE_ENTRY_ROW, "reason"))),
                   ==, "Course");
  g_assert_true (gtk_check_button_get_active (
      GTK_CHECK_BUTTON (find (self, GTK_TYPE_CHECK_BUTTON, "shift_check"))));
  gtk_widget_activate (find (self, GTK_TYPE_BUTTON, "end"));
  g_assert_true (wf_window_check_wait (has_no_dialog, self));
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "end-absence ana b-1");
}

/* Only who manages others may choose another person. */
static void
test_who (Fixture *self, gconstpointer data)
{
  GtkWidget *person;

  open_dialog (self, "ana");
  person = find (self, ADW_TYPE_ACTION_ROW, "person");
  g_assert_cmpint (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (person)), ==,
                   g_str_equal (wf_runtime_get_person (self->runtime), "carla"));
  adw_dialog_close (self->dialog);
}

static void
test_accessible (Fixture *self, gconstpointer data)
{
  open_dialog (self, NULL);
  choose_cover (self, "bruno");
  assert_shows (GTK_WIDGET (self->dialog), "3 activities go to Bruno Lima.");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find (self, ADW_TYPE_EXPANDER_ROW, "by_type")),
                                 TRUE);
  assert_shows (GTK_WIDGET (self->dialog), "Realizar Filtro 1");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (self->dialog)), ==, 0);
  g_assert_true (adw_dialog_get_default_widget (self->dialog) ==
                 find (self, GTK_TYPE_BUTTON, "save"));
  adw_dialog_close (self->dialog);
}

/* -- the banner -------------------------------------------------------------------------------- */

static WfBriefing *
make_briefing (Fixture *self)
{
  WfBriefing *briefing = g_new0 (WfBriefing, 1);

  briefing->absence = g_strdup ("b-1");
  briefing->late = 2;
  briefing->today = 1;
  briefing->created = 4;
  briefing->shifted = 3;
  briefing->covered = 5;
  briefing->completed = 4;
  briefing->cover = g_strdup ("bruno");
  briefing->first = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_ptr_array_add (briefing->first, wf_fake_activity_new ("a-9", "Call <b>Padaria</b>", "ana",
                                                          now (self) + 25 * G_TIME_SPAN_MINUTE));
  g_ptr_array_add (briefing->first, wf_fake_activity_new ("a-8", "Filter 1", "ana",
                                                          now (self) + 3 * G_TIME_SPAN_HOUR));
  return briefing;
}

static void
on_show_activity (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_set_str (user_data, g_variant_get_string (parameter, NULL));
}

static gboolean
is_hidden (gpointer banner)
{
  return !gtk_widget_get_visible (banner);
}

static void
open_banner (Fixture *self)
{
  self->banner = wf_briefing_banner_new ();
  wf_briefing_banner_set_runtime (WF_BRIEFING_BANNER (self->banner), self->runtime);
  gtk_widget_set_margin_start (self->banner, 12);
  gtk_widget_set_margin_end (self->banner, 12);
  gtk_widget_set_valign (self->banner, GTK_ALIGN_START);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), self->banner);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
test_briefing (Fixture *self, gconstpointer data)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("show-activity", G_VARIANT_TYPE_STRING);
  g_autofree char *shown = NULL;

  g_signal_connect (action, "activate", G_CALLBACK (on_show_activity), &shown);
  g_action_map_add_action (G_ACTION_MAP (self->window), G_ACTION (action));
  open_banner (self);
  wf_fake_clock_run_idle ();
  g_assert_false (gtk_widget_get_visible (self->banner)); /* nothing to say */
  wf_fake_runtime_set_briefing (self->runtime, make_briefing (self));
  wf_fake_runtime_tell (self->runtime);
  assert_shows (self->banner, "Welcome Back");
  assert_shows (self->banner, "2 activities are late.\n1 activity is due today.\n4 activities came "
                              "in meanwhile.\n3 activities were moved to your return.\n5 "
                              "activities went to Bruno Lima. 4 of them are done.");
  assert_shows (self->banner, "Call <b>Padaria</b>");
  g_assert_cmpuint (wf_window_check_count_nameless (self->banner), ==, 0);
  g_assert_cmpstr (gtk_widget_get_css_name (self->banner), ==, "briefing");
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (self->banner)), ==,
                   GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_activate (wf_window_check_find (self->banner, ADW_TYPE_ACTION_ROW, NULL));
  g_assert_cmpstr (shown, ==, "a-9");
  gtk_widget_activate (wf_window_check_find (self->banner, GTK_TYPE_BUTTON, "dismiss"));
  g_assert_true (wf_window_check_wait (is_hidden, self->banner));
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "dismiss-briefing b-1");
}

/* -- words ------------------------------------------------------------------------------------- */

static void
test_words (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  WfWorkingHours *hours = wf_organisation_get_hours (organisation);
  GTimeZone *zone = wf_working_hours_get_zone (hours);
  WfInstant from = wf_absence_find_midnight (2026, 11, 19, 0, zone);
  g_autofree char *one =
      wf_absence_text_period (from, wf_absence_find_midnight (2026, 11, 19, 1, zone), zone);
  g_autofree char *more =
      wf_absence_text_period (from, wf_absence_find_midnight (2026, 11, 30, 1, zone), zone);
  g_autoptr (GPtrArray) effects = g_ptr_array_new ();
  WfAbsenceEffect cover = { NULL, 1, WF_ABSENCE_COVER }, shift = { NULL, 3, WF_ABSENCE_SHIFT };
  g_autofree char *none = wf_absence_text_preview (effects, NULL, from, hours);
  g_autofree char *some = NULL;
  g_autoptr (GTimeZone) gap = g_time_zone_new_identifier ("America/Sao_Paulo");

  g_assert_cmpstr (one, ==, "19 November 2026");
  g_assert_cmpstr (more, ==, "19 November 2026 to 30 November 2026");
  g_assert_cmpstr (none, ==, "No open activity is due in this time.");
  g_ptr_array_add (effects, &cover);
  g_ptr_array_add (effects, &shift);
  /* Saturday: the return is on Monday. */
  some = wf_absence_text_preview (effects, "Bruno",
                                  wf_absence_find_midnight (2026, 11, 21, 0, zone), hours);
  g_assert_cmpstr (some, ==,
                   "1 activity goes to Bruno.\n3 activities move to Monday, 23 November or later.");
  /* The clocks skipped midnight that day: it began at one. */
  g_assert_cmpint (wf_absence_find_midnight (2018, 11, 4, 0, gap), ==,
                   G_GINT64_CONSTANT (1541300400) * G_TIME_SPAN_SECOND);
}

#define ADD(name, person, func)                                                                    \
  g_test_add ("/ui/absence/" name, Fixture, person, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  g_test_add_func ("/ui/absence/words", test_words);
  ADD ("set", "ana", test_set);
  ADD ("treatments", "ana", test_treatments);
  ADD ("refused", "ana", test_refused);
  ADD ("planned", "ana", test_planned);
  ADD ("who", "ana", test_who);
  ADD ("who-manager", "carla", test_who);
  ADD ("accessible", "ana", test_accessible);
  ADD ("briefing", "ana", test_briefing);
  return g_test_run ();
}
