/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail in the log's page (R117): columns, filters, narrow windows, names for a screen reader. */
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-log-page.h"
#include "wf-test-folder.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

typedef struct
{
  WfTestFolder *folder;
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfStore *store;
  WfRuntime *runtime;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
add (Fixture *self, const char *title, const char *lead, int minutes_ago, const char *details)
{
  g_autoptr (GError) error = NULL;
  WfInstant now = wf_clock_now (WF_CLOCK (self->clock));

  wf_store_begin (self->store, &error);
  wf_store_add_log (self->store, now - minutes_ago * G_TIME_SPAN_MINUTE, "change", title, lead,
                    details, &error);
  wf_store_commit (self->store, &error);
  g_assert_no_error (error);
}

static void
fill (Fixture *self)
{
  add (self, "Stage changed", "l-1", 60 * 24 * 40,
       "{\"by\":\"bia\",\"stage-before\":\"a\",\"stage\":\"b\"}");
  add (
      self, "Deadline moved", "l-1", 90,
      "{\"activity\":\"act-1\",\"title\":\"Call the client\",\"by\":\"ana\",\"text\":\"She asked for it\","
      "\"due-before\":\"2026-11-18T12:00:00Z\",\"due\":\"2026-11-19T12:00:00Z\"}");
  add (self, "An activity became late", "l-1", 5, "{\"activity\":\"act-2\"}");
}

static void
set_up (Fixture *self, gconstpointer width)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = wf_test_folder_new ();
  path = wf_test_folder_build (self->folder, "store.db");
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->organisation = wf_fake_organisation_new (TRUE);
  self->store = wf_store_open (path, WF_STORE_READ_WRITE, NULL, &error);
  g_assert_no_error (error);
  fill (self);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "carla");
  wf_fake_runtime_set_store (self->runtime, self->store);
  self->page = g_object_new (WF_TYPE_LOG_PAGE, "runtime", self->runtime, NULL);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), GPOINTER_TO_INT (width), 600);
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
  g_assert_finalize_object (self->runtime);
  wf_store_close (self->store);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
  wf_test_folder_free (self->folder);
}

/* ---- looking ----------------------------------------------------------------------------------- */

typedef struct
{
  Fixture *fixture;
  const char *text;
  gboolean there;
} Expected;

static gboolean
is_as_expected (gpointer data)
{
  const Expected *expected = data;

  return wf_window_check_has_text (expected->fixture->window, expected->text) == expected->there;
}

static void
expect (Fixture *self, const char *text, gboolean there)
{
  Expected expected = { self, text, there };

  g_test_message ("%s %s", there ? "shows" : "does not show", text);
  g_assert_true (wf_window_check_wait (is_as_expected, &expected));
}

static GtkWidget *
find (Fixture *self, GType type, const char *id)
{
  GtkWidget *widget = wf_window_check_find (self->window, type, id);

  g_assert_nonnull (widget);
  return widget;
}

static void
open_trail (Fixture *self)
{
  GtkWidget *pages = find (self, ADW_TYPE_VIEW_STACK, "pages");

  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (pages), "audit");
  expect (self, "Deadline moved", TRUE);
}

/* ---- tests ------------------------------------------------------------------------------------- */

static void
test_columns (Fixture *self, gconstpointer data)
{
  open_trail (self);
  expect (self, "3 changes", TRUE);
  expect (self, "She asked for it", TRUE);
  expect (self, "Deadline: Wednesday, 18 November 2026, 12:00", TRUE);
  expect (self, "Deadline: Thursday, 19 November 2026, 12:00", TRUE);
  expect (self, "Today, 08:30", TRUE);
  expect (self, "No person", TRUE);
  g_assert_cmpuint (wf_window_check_count_nameless (self->window), ==, 0);
}

static void
test_filters (Fixture *self, gconstpointer data)
{
  open_trail (self);
  GtkWidget *period = find (self, GTK_TYPE_DROP_DOWN, "period");
  GtkWidget *person = find (self, GTK_TYPE_DROP_DOWN, "person");
  GtkWidget *subject = find (self, GTK_TYPE_DROP_DOWN, "subject");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (period), 1); /* today */
  expect (self, "2 changes", TRUE);
  expect (self, "Stage changed", FALSE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (person), 1); /* no person */
  expect (self, "1 change", TRUE);
  expect (self, "An activity became late", TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (subject), 3); /* workflows */
  expect (self, "No change fits the filter.", TRUE);
  gtk_widget_activate_action (find (self, ADW_TYPE_STATUS_PAGE, NULL), "audit.clear", NULL);
  expect (self, "3 changes", TRUE);
}

static void
test_search (Fixture *self, gconstpointer data)
{
  open_trail (self);
  GtkWidget *search = find (self, GTK_TYPE_SEARCH_ENTRY, "search");

  gtk_widget_activate_action (self->page, "log.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "ASKED");
  expect (self, "1 change", TRUE);
  expect (self, "Stage changed", FALSE);
}

static gboolean
shows_rest (gpointer window)
{
  return wf_window_check_find (window, GTK_TYPE_LABEL, "rest") != NULL;
}

/* What has no column of its own any more stands below the change. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  open_trail (self);
  g_assert_true (wf_window_check_wait (shows_rest, self->window));
  GtkWidget *rest = find (self, GTK_TYPE_LABEL, "rest");

  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (rest)), "No person · "));
  g_assert_cmpint (gtk_widget_get_width (self->window), <=, 360);
}

/* A change that is made while somebody looks appears. */
static void
test_live (Fixture *self, gconstpointer data)
{
  open_trail (self);
  add (self, "Workflow paused", NULL, 0, "{\"workflow\":\"w\",\"name\":\"First contact\"}");
  g_signal_emit_by_name (self->runtime, "log-changed");
  expect (self, "Workflow paused", TRUE);
  expect (self, "4 changes", TRUE);
}

#define ADD(name, width, func)                                                                     \
  g_test_add (name, Fixture, GINT_TO_POINTER (width), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  ADD ("/audit-view/columns", 1100, test_columns);
  ADD ("/audit-view/filters", 1100, test_filters);
  ADD ("/audit-view/search", 1100, test_search);
  ADD ("/audit-view/narrow", 360, test_narrow);
  ADD ("/audit-view/live", 1100, test_live);
  return g_test_run ();
}
