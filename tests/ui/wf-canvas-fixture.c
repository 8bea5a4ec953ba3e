/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A canvas in a window, for tests. */
#include "wf-canvas-fixture.h"

#include "wf-canvas-private.h"
#include "wf-fake-runtime.h"
#include "wf-window-check.h"

static gboolean
is_drawn (gpointer data)
{
  WfCanvas *canvas = data;

  return gtk_widget_get_mapped (GTK_WIDGET (canvas)) && canvas->is_covered &&
         wf_canvas_get_frame_time (canvas) > 0;
}

void
wf_canvas_fixture_set_up (WfCanvasFixture *self, WfWorkflow *workflow, gboolean is_editable)
{
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), organisation, "carla");
  self->document = wf_workflow_document_new (workflow, organisation);
  self->context = wf_builder_context_new (self->runtime, self->document, is_editable);
  wf_canvas_sample_window_init (&self->view, self->context, WF_CANVAS_FIXTURE_WIDTH,
                                WF_CANVAS_FIXTURE_HEIGHT);
  gtk_widget_set_can_target (GTK_WIDGET (self->view.scrolled),
                             FALSE); /* the display's pointer is somewhere */
  gtk_window_present (GTK_WINDOW (self->view.window));
  g_assert_true (wf_window_check_wait (is_drawn, self->view.canvas));
}

void
wf_canvas_fixture_tear_down (WfCanvasFixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->view.window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->context);
  g_assert_finalize_object (self->document);
  g_assert_finalize_object (self->runtime);
  g_object_unref (self->clock);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
on_after_paint (GdkFrameClock *frames, gboolean *is_painted)
{
  *is_painted = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

void
wf_canvas_fixture_wait_for_frame (WfCanvasFixture *self)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (GTK_WIDGET (self->view.canvas));
  gboolean is_painted = FALSE;
  gulong handler =
      g_signal_connect (frames, "after-paint", G_CALLBACK (on_after_paint), &is_painted);

  gdk_frame_clock_request_phase (frames, GDK_FRAME_CLOCK_PHASE_PAINT);
  g_assert_true (wf_window_check_wait (is_true, &is_painted));
  g_signal_handler_disconnect (frames, handler);
}
