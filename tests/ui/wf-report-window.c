/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window over the runtime in memory and the sample's store. */
#include "wf-report-window.h"

#include "wf-report-sample.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

void
wf_report_window_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  g_setenv ("TZ", "America/Sao_Paulo", TRUE);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  gtk_css_provider_load_from_resource (style, "/org/example/Workflow/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

void
wf_report_window_set_up (WfReportWindow *self, int width, int height)
{
  g_autofree char *path = NULL, *account = NULL;

  self->folder = wf_test_folder_new ();
  path = wf_test_folder_build (self->folder, "store.db");
  account = wf_test_folder_build (self->folder, "account");
  self->clock = wf_fake_clock_new_at (WF_REPORT_SAMPLE_NOW);
  self->organisation = wf_report_sample_organisation ();
  self->store = wf_report_sample_open (path, self->organisation);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "carla");
  wf_fake_runtime_set_store (self->runtime, self->store);
  wf_fake_runtime_set_folder (self->runtime, account);
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", width,
                               "default-height", height, NULL);
  self->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window),
                                      GTK_WIDGET (self->overlay));
}

static gboolean
is_only_ours (gpointer runtime)
{
  return G_OBJECT (runtime)->ref_count == 1;
}

void
wf_report_window_tear_down (WfReportWindow *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_fake_clock_run_idle ();
  g_assert_true (wf_window_check_wait (is_only_ours, self->runtime));
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
  g_assert_finalize_object (self->runtime);
  wf_store_close (self->store);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
  wf_test_folder_free (self->folder);
}

typedef struct
{
  GtkWidget *root;
  GType type;
  const char *id, *text;
} Wanted;

static gboolean
is_there (gpointer data)
{
  const Wanted *wanted = data;

  return wf_window_check_find (wanted->root, wanted->type, wanted->id) != NULL;
}

GtkWidget *
wf_report_window_find (GtkWidget *root, GType type, const char *id)
{
  if (!wf_window_check_wait (is_there, &(Wanted) { root, type, id, NULL }))
    g_error ("There is no %s %s", g_type_name (type), id != NULL ? id : "");
  return wf_window_check_find (root, type, id);
}

static gboolean
shows (gpointer data)
{
  const Wanted *wanted = data;

  return wf_window_check_has_text (wanted->root, wanted->text);
}

void
wf_report_window_assert_shows (GtkWidget *root, const char *text)
{
  if (!wf_window_check_wait (shows, &(Wanted) { root, G_TYPE_INVALID, NULL, text }))
    g_error ("“%s” is not shown", text);
}
