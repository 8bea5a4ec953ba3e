/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar in a window: states, views, steps, details with their commands, filters, and what a screen reader gets. */
#include "wf-activity-details.h"
#include "wf-agenda-item.h"
#include "wf-calendar-filter-popover.h"
#include "wf-calendar-page.h"
#include "wf-calendar-views.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-reschedule-dialog.h"
#include "wf-reschedule-popover.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture *self, gconstpointer person)
{
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, person);
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", 1200, "default-height",
                               700, NULL);
}

static void
open_page (Fixture *self)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->page = g_object_new (WF_TYPE_CALENDAR_PAGE, "runtime", self->runtime, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), overlay);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
reset_settings (void)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);

  g_settings_reset (settings, "calendar-view");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
  reset_settings ();
}

static WfActivity *
add (Fixture *self, const char *id, const char *person, gint64 hours)
{
  WfActivity *activity = wf_fake_activity_new (
      id, id, person, wf_clock_now (WF_CLOCK (self->clock)) + hours * G_TIME_SPAN_HOUR);

  wf_fake_runtime_add (self->runtime, activity);
  return activity;
}

static void
add_two (Fixture *self)
{
  add (self, "a-1", "ana", -2);
  add (self, "a-2", "ana", 3);
  wf_fake_runtime_tell (self->runtime);
}

typedef struct
{
  GtkWidget *root;
  const char *text;
  GType type;
} Wanted;

static gboolean
shows_text (gpointer data)
{
  return wf_window_check_has_text (((Wanted *) data)->root, ((Wanted *) data)->text);
}

static gboolean
shows_type (gpointer data)
{
  return wf_window_check_find (((Wanted *) data)->root, ((Wanted *) data)->type, NULL) != NULL;
}

static gboolean
hides_text (gpointer data)
{
  return !shows_text (data);
}

static gboolean
hides_type (gpointer data)
{
  return !shows_type (data);
}

static void
assert_shows (Fixture *self, const char *text)
{
  if (!wf_window_check_wait (shows_text, &(Wanted) { self->window, text, 0 }))
    g_error ("“%s” is not shown", text);
}

static void
assert_hides (Fixture *self, const char *text)
{
  if (!wf_window_check_wait (hides_text, &(Wanted) { self->window, text, 0 }))
    g_error ("“%s” is still shown", text);
}

static GtkWidget *
wait_for (Fixture *self, GType type)
{
  if (!wf_window_check_wait (shows_type, &(Wanted) { self->window, NULL, type }))
    g_error ("There is no %s", g_type_name (type));
  return wf_window_check_find (self->window, type, NULL);
}

/* As from a view: what has the focus in the calendar. */
static void
activate (Fixture *self, const char *action, const char *format, ...)
{
  GtkWidget *stack = wf_window_check_find (self->page, GTK_TYPE_STACK, "stack");
  g_autoptr (GVariant) target = NULL;
  va_list arguments;

  if (format != NULL)
    {
      va_start (arguments, format);
      target = g_variant_ref_sink (g_variant_new_va (format, NULL, &arguments));
      va_end (arguments);
    }
  g_assert_true (gtk_widget_activate_action_variant (stack, action, target));
  wf_fake_clock_run_idle ();
}

/* ---- states ---- */

static gboolean
is_ready (gpointer page)
{
  gboolean ready;

  g_object_get (page, "ready", &ready, NULL);
  return ready;
}

static void
test_ready (Fixture *self, gconstpointer data)
{
  add_two (self);
  open_page (self);
  g_assert_false (is_ready (self->page));
  g_assert_true (wf_window_check_wait (is_ready, self->page));
  assert_shows (self, "November 2026");
  wait_for (self, WF_TYPE_MONTH_VIEW);
  g_assert_cmpuint (wf_window_check_count_nameless (self->window), ==, 0);
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  open_page (self);
  assert_shows (self, "Nothing planned in this month");
  activate (self, "calendar.view", "s", "week");
  assert_shows (self, "Nothing planned in this week");
  add_two (self);
  assert_hides (self, "Nothing planned in this week");
}

static void
test_error (Fixture *self, gconstpointer data)
{
  wf_fake_runtime_fail_next (self->runtime, "The disk is full.");
  open_page (self);
  assert_shows (self, "The Calendar Cannot Be Read");
  assert_shows (self, "The disk is full.");
  gtk_widget_activate_action (wf_window_check_find (self->page, ADW_TYPE_STATUS_PAGE, "error"),
                              "today.reload", NULL);
  wait_for (self, WF_TYPE_MONTH_VIEW);
}

static void
test_offline (Fixture *self, gconstpointer data)
{
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  wf_fake_runtime_set_sync (self->runtime, WF_SYNC_STATUS_OFFLINE, NULL, 1, 0);
  assert_shows (self, "Offline. What you do here is sent when the CRM can be reached.");
  wf_fake_runtime_set_sync (self->runtime, WF_SYNC_STATUS_UP_TO_DATE, NULL, 0, 0);
  assert_hides (self, "Offline. What you do here is sent when the CRM can be reached.");
}

/* ---- where ---- */

static void
test_views (Fixture *self, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  static const struct
  {
    const char *name;
    const char *title;
  } views[] = { { "day", "Wednesday, 18 November 2026" },
                { "week", "15–21 November 2026" },
                { "agenda", "18 November – 15 December 2026" },
                { "month", "November 2026" } };

  add_two (self);
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *kept = NULL;
      activate (self, "calendar.view", "s", views[i].name);
      assert_shows (self, views[i].title);
      kept = g_settings_get_string (settings, "calendar-view");
      g_assert_cmpstr (kept, ==, views[i].name);
    }
  activate (self, "calendar.zoom", "i", 1);
  wait_for (self, WF_TYPE_AGENDA_VIEW);
  activate (self, "calendar.zoom", "i", -1);
  activate (self, "calendar.zoom", "i", -1);
  wait_for (self, WF_TYPE_DAYS_VIEW);
  assert_shows (self, "15–21 November 2026");
}

/* The view that was shown last is the first one of the next time. */
static void
test_remembered (Fixture *self, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);

  g_settings_set_string (settings, "calendar-view", "agenda");
  add_two (self);
  open_page (self);
  wait_for (self, WF_TYPE_AGENDA_VIEW);
}

static void
test_steps (Fixture *self, gconstpointer data)
{
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  activate (self, "calendar.step", "i", 1);
  assert_shows (self, "December 2026");
  activate (self, "calendar.turn", "i", 1);
  assert_shows (self, "January 2027");
  activate (self, "calendar.today", NULL);
  assert_shows (self, "November 2026");
  activate (self, "calendar.show-day", "s", "2026-11-23");
  assert_shows (self, "Monday, 23 November 2026");
  wait_for (self, WF_TYPE_DAYS_VIEW);
}

/* ---- details and commands ---- */

static void
test_details (Fixture *self, gconstpointer data)
{
  add_two (self);
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  activate (self, "calendar.open", "s", "a-2");
  wait_for (self, WF_TYPE_ACTIVITY_DETAILS);
  activate (self, "today.complete", NULL);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "complete a-2");
  assert_shows (self, "Completed “a-2”");
  activate (self, "today.undo", NULL);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "undo a-2");
  activate (self, "today.close", NULL);
  g_assert_true (wf_window_check_wait (hides_type,
                                       &(Wanted) { self->window, NULL, WF_TYPE_ACTIVITY_DETAILS }));
}

/* One that is not among those read, as from a notification. */
static void
test_open_other (Fixture *self, gconstpointer data)
{
  add (self, "far", "ana", 24 * 200);
  wf_fake_runtime_tell (self->runtime);
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  activate (self, "calendar.open", "s", "far");
  wait_for (self, WF_TYPE_ACTIVITY_DETAILS);
  assert_shows (self, "far");
  activate (self, "calendar.open", "s", "unknown");
  assert_shows (self, "There is no such activity.");
}

static void
test_reschedule (Fixture *self, gconstpointer data)
{
  WfInstant due = wf_clock_now (WF_CLOCK (self->clock)) + 2 * G_TIME_SPAN_DAY;
  GtkWidget *popover;

  add_two (self);
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  activate (self, "calendar.reschedule-to", "(sx)", "a-2", due);
  popover = wait_for (self, WF_TYPE_RESCHEDULE_POPOVER);
  gtk_popover_popdown (GTK_POPOVER (popover));
  wf_fake_clock_run_idle ();
  activate (self, "calendar.open", "s", "a-2");
  activate (self, "today.reschedule", NULL);
  wait_for (self, WF_TYPE_RESCHEDULE_DIALOG);
}

/* R7: somebody else's work is not this person's to change. */
static void
test_rights (Fixture *self, gconstpointer data)
{
  GtkWidget *stack;

  add (self, "a-1", "bruno", 1);
  wf_fake_runtime_tell (self->runtime);
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  activate (self, "calendar.open", "s", "a-1");
  wait_for (self, WF_TYPE_ACTIVITY_DETAILS);
  stack = wf_window_check_find (self->page, GTK_TYPE_STACK, "stack");
  gtk_widget_activate_action (stack, "today.complete", NULL);
  wf_fake_clock_run_idle ();
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), !=, "complete a-1");
}

/* ---- filters ---- */

static guint
count_chips (GtkWidget *widget)
{
  guint n = WF_IS_CALENDAR_CHIP (widget) && gtk_widget_get_mapped (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_chips (child);
  return n;
}

typedef struct
{
  GtkWidget *root;
  guint n;
} Count;

static gboolean
has_chips (gpointer data)
{
  return count_chips (((Count *) data)->root) == ((Count *) data)->n;
}

static void
assert_chips (Fixture *self, guint n)
{
  if (!wf_window_check_wait (has_chips, &(Count) { self->page, n }))
    g_error ("%u chips instead of %u", count_chips (self->page), n);
}

static WfCalendarFilterPopover *
open_popover (Fixture *self)
{
  activate (self, "calendar.filter", NULL);
  return WF_CALENDAR_FILTER_POPOVER (wait_for (self, WF_TYPE_CALENDAR_FILTER_POPOVER));
}

static GtkWidget *
find_check (GtkWidget *root, const char *text)
{
  if (GTK_IS_CHECK_BUTTON (root) && wf_window_check_has_text (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_check (child, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Who leads others sees all of them first, and can choose some. */
static void
test_filter (Fixture *self, gconstpointer data)
{
  WfCalendarFilterPopover *popover;
  WfActivity *done;
  GtkWidget *check;

  add_two (self);
  add (self, "a-3", "bruno", 26);
  done = add (self, "a-4", "bruno", 50);
  done->status = WF_ACTIVITY_DONE;
  done->completed = done->due;
  wf_fake_runtime_tell (self->runtime);
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  assert_chips (self, 3);
  popover = open_popover (self);
  assert_shows (self, "Bruno Lima");
  check = find_check (GTK_WIDGET (popover), "Bruno Lima");
  g_assert_nonnull (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  assert_chips (self, 1);
  check = wf_window_check_find (GTK_WIDGET (popover), GTK_TYPE_CHECK_BUTTON, "closed");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  assert_chips (self, 2);
  g_assert_cmpuint (wf_window_check_count_nameless (self->window), ==, 0);
}

/* A person of the workload is chosen in the filter: it is seen there, goes on to hold, and is taken out there. */
static void
test_person_filter (Fixture *self, gconstpointer data)
{
  WfCalendarFilterPopover *popover;
  GtkWidget *button, *clear;

  add_two (self);
  add (self, "a-3", "bruno", 26);
  wf_fake_runtime_tell (self->runtime);
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  assert_chips (self, 3);
  activate (self, "calendar.show-person", "(ss)", "bruno", "2026-11-19");
  assert_shows (self, "Thursday, 19 November 2026");
  assert_chips (self, 1);
  button = wf_window_check_find (self->page, GTK_TYPE_MENU_BUTTON, "filter_button");
  g_assert_true (gtk_widget_has_css_class (button, "accent"));
  popover = open_popover (self);
  assert_shows (self, "Bruno Lima");
  g_assert_true (gtk_check_button_get_active (
      GTK_CHECK_BUTTON (find_check (GTK_WIDGET (popover), "Bruno Lima"))));
  clear = wf_window_check_find (GTK_WIDGET (popover), GTK_TYPE_BUTTON, "clear");
  g_assert_true (gtk_widget_get_sensitive (clear));
  g_signal_emit_by_name (clear, "clicked");
  g_assert_false (gtk_widget_has_css_class (button, "accent"));
  activate (self, "calendar.view", "s", "month");
  assert_chips (self, 3); /* everyone's, as before */
}

/* ---- the agenda's keys ---- */

static GtkWidget *
open_agenda (Fixture *self)
{
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  activate (self, "calendar.view", "s", "agenda");
  return wait_for (self, WF_TYPE_AGENDA_VIEW);
}

static void
select_row (GtkWidget *agenda, const char *id)
{
  GtkWidget *list = wf_window_check_find (agenda, GTK_TYPE_LIST_VIEW, "list");
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (WfAgendaItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);
      WfActivity *activity = wf_agenda_item_get_activity (item);
      if (activity != NULL && g_str_equal (activity->id, id))
        gtk_list_view_scroll_to (GTK_LIST_VIEW (list), i,
                                 GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
    }
}

static const char *
get_selected_row (GtkWidget *agenda)
{
  GtkWidget *list = wf_window_check_find (agenda, GTK_TYPE_LIST_VIEW, "list");
  WfAgendaItem *item = gtk_single_selection_get_selected_item (
      GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
  WfActivity *activity = item != NULL ? wf_agenda_item_get_activity (item) : NULL;

  return activity != NULL ? activity->id : NULL;
}

static gboolean
press_key (GtkWidget *agenda, guint key, GdkModifierType state)
{
  GtkWidget *list = wf_window_check_find (agenda, GTK_TYPE_LIST_VIEW, "list");
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (list);
  gboolean handled = FALSE;

  for (guint i = 0; !handled && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }
  return handled;
}

static void
answer_reason (Fixture *self, const char *reason)
{
  GtkWidget *popover = wait_for (self, WF_TYPE_RESCHEDULE_POPOVER);
  GtkWidget *entry = wf_window_check_find (popover, GTK_TYPE_EDITABLE, "reason");

  gtk_editable_set_text (GTK_EDITABLE (entry), reason);
  g_signal_emit_by_name (wf_window_check_find (popover, GTK_TYPE_BUTTON, "move"), "clicked");
  wf_fake_clock_run_idle ();
}

static gboolean
has_selected (gpointer agenda)
{
  return g_strcmp0 (get_selected_row (agenda), "a-2") == 0;
}

/* Ctrl and the arrows move there, too: the reason is asked, and the selection goes along. */
static void
test_agenda_keys (Fixture *self, gconstpointer data)
{
  WfActivity *call = add (self, "a-2", "ana", 3);
  WfInstant due = call->due;
  GtkWidget *agenda;

  call->kind = WF_ACTIVITY_CALL;
  call->ends = due + 30 * G_TIME_SPAN_MINUTE;
  add (self, "a-1", "ana", 20);
  wf_fake_runtime_tell (self->runtime);
  agenda = open_agenda (self);
  assert_shows (self, "a-2");
  select_row (agenda, "a-2");
  g_assert_cmpstr (get_selected_row (agenda), ==, "a-2");
  g_assert_true (press_key (agenda, GDK_KEY_Right, GDK_CONTROL_MASK));
  answer_reason (self, "They asked");
  g_autofree char *moved =
      g_strdup_printf ("reschedule a-2 %" G_GINT64_FORMAT " They asked", due + G_TIME_SPAN_DAY);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, moved);
  g_assert_true (wf_window_check_wait (has_selected, agenda));

  g_assert_true (press_key (agenda, GDK_KEY_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  wf_fake_clock_run_idle ();
  g_assert_true (g_str_has_prefix (wf_fake_runtime_get_last_command (self->runtime), "length a-2"));

  /* Somebody else's, or what has no activity, is left to the list. */
  gtk_single_selection_set_selected (
      GTK_SINGLE_SELECTION (gtk_list_view_get_model (
          GTK_LIST_VIEW (wf_window_check_find (agenda, GTK_TYPE_LIST_VIEW, "list")))),
      GTK_INVALID_LIST_POSITION);
  g_assert_false (press_key (agenda, GDK_KEY_Right, GDK_CONTROL_MASK));
}

/* To the right is on, or back where one reads from right to left. */
static void
test_agenda_mirrored (Fixture *self, gconstpointer data)
{
  WfInstant due = add (self, "a-2", "ana", 50)->due;
  GtkWidget *agenda;

  wf_fake_runtime_tell (self->runtime);
  agenda = open_agenda (self);
  gtk_widget_set_direction (agenda, GTK_TEXT_DIR_RTL);
  assert_shows (self, "a-2");
  select_row (agenda, "a-2");
  g_assert_true (press_key (agenda, GDK_KEY_Right, GDK_CONTROL_MASK));
  answer_reason (self, "They asked");
  g_autofree char *moved =
      g_strdup_printf ("reschedule a-2 %" G_GINT64_FORMAT " They asked", due - G_TIME_SPAN_DAY);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, moved);
}

static void
test_saved_filter (Fixture *self, gconstpointer data)
{
  WfCalendarFilterPopover *popover;
  static char *const ana[] = { "ana", NULL };
  const WfCalendarFilter wanted = { .people = (char **) ana };
  GtkWidget *name, *save;

  add_two (self);
  add (self, "a-3", "bruno", 26);
  wf_fake_runtime_tell (self->runtime);
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  assert_chips (self, 3);
  popover = open_popover (self);
  wf_calendar_filter_popover_set_filter (popover, &wanted);
  name = wf_window_check_find (GTK_WIDGET (popover), GTK_TYPE_ENTRY, "name");
  save = wf_window_check_find (GTK_WIDGET (popover), GTK_TYPE_BUTTON, "save");
  g_assert_false (gtk_widget_get_sensitive (save));
  gtk_editable_set_text (GTK_EDITABLE (name), "Only Ana");
  g_assert_true (gtk_widget_get_sensitive (save));
  g_signal_emit_by_name (save, "clicked");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==,
                   "filter calendar Only Ana {\"people\":[\"ana\"]}");
  assert_shows (self, "Only Ana");
  /* applied by its name */
  wf_calendar_filter_popover_set_filter (popover, &(WfCalendarFilter) { .everyone = TRUE });
  GtkWidget *list = wf_window_check_find (GTK_WIDGET (popover), GTK_TYPE_LIST_VIEW, "saved");
  g_signal_emit_by_name (wf_window_check_find (list, GTK_TYPE_BUTTON, NULL), "clicked");
  assert_chips (self, 2);
}

/* Who does not see others is not offered them. */
static void
test_own_filter (Fixture *self, gconstpointer data)
{
  add_two (self);
  add (self, "a-3", "bruno", 26);
  wf_fake_runtime_tell (self->runtime);
  open_page (self);
  wait_for (self, WF_TYPE_MONTH_VIEW);
  assert_chips (self, 2);
  open_popover (self);
  assert_shows (self, "Realizar Filtro 1");
  assert_hides (self, "Bruno Lima");
  g_assert_null (wf_window_check_find (self->window, GTK_TYPE_CHECK_BUTTON, "everyone"));
}

#define ADD(name, person)                                                                          \
  g_test_add ("/calendar-page/" #name, Fixture, person, set_up, test_##name, tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  ADD (ready, "ana");
  ADD (empty, "ana");
  ADD (error, "ana");
  ADD (offline, "ana");
  ADD (views, "ana");
  ADD (remembered, "ana");
  ADD (steps, "ana");
  ADD (details, "ana");
  ADD (open_other, "ana");
  ADD (reschedule, "ana");
  ADD (rights, "ana");
  ADD (filter, "carla");
  ADD (person_filter, "carla");
  ADD (saved_filter, "carla");
  ADD (agenda_keys, "ana");
  ADD (agenda_mirrored, "ana");
  ADD (own_filter, "ana");
  return g_test_run ();
}
