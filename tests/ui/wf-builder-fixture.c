/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window over one workflow, for tests of the builder. */
#include "wf-builder-fixture.h"

#include "wf-window-check.h"

WfWorkflow *
wf_builder_fixture_read (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

void
wf_builder_fixture_set_up (WfBuilderFixture *self, WfWorkflow *workflow, int width, int height,
                           gboolean is_editable)
{
  self->clock = wf_fake_clock_new_at (WF_BUILDER_FIXTURE_NOW);
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "carla");
  self->document = wf_workflow_document_new (workflow, self->organisation);
  self->context = wf_builder_context_new (self->runtime, self->document, is_editable);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  adw_window_set_content (ADW_WINDOW (self->window), adw_bin_new ());
  gtk_window_present (GTK_WINDOW (self->window));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

void
wf_builder_fixture_tear_down (WfBuilderFixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->context);
  g_assert_finalize_object (self->document);
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
}

void
wf_builder_fixture_present (WfBuilderFixture *self, gpointer dialog)
{
  adw_dialog_present (ADW_DIALOG (dialog), adw_window_get_content (ADW_WINDOW (self->window)));
}

typedef struct
{
  GtkWidget *root;
  const char *text;
} Shown;

static gboolean
shows_text (gpointer data)
{
  const Shown *shown = data;

  return wf_window_check_has_text (shown->root, shown->text);
}

void
wf_builder_fixture_assert_shows (WfBuilderFixture *self, const char *text)
{
  if (!wf_window_check_wait (shows_text, &(Shown) { self->window, text }))
    g_error ("“%s” is not shown", text);
}
