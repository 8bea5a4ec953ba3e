/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows to show on a canvas. */
#include "wf-canvas-sample.h"

#define STEPS_BETWEEN_BRANCHES 7

static WfWorkflow *
read_workflow (const char *steps)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"Sample\",\"state\":"
      "\"draft\",\"version\":1,\"trigger\":{\"event\":\"lead.received\"},\"steps\":[%s]}",
      steps);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

#define NOTE(id, run)                                                                              \
  "{\"id\":\"" id "\",\"kind\":\"post-to-stream\"," run "\"text\":\"Note " id "\"}"
#define ACTIVITY(id, hours)                                                                        \
  "{\"id\":\"" id                                                                                  \
  "\",\"kind\":\"create-activity\",\"activity-type\":\"filter-1\",\"complete-within\":"            \
  "{\"amount\":" hours ",\"unit\":\"hours\"}}"
#define LATER "\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":1,\"unit\":\"days\"}},"

WfWorkflow *
wf_canvas_sample_new (void)
{
  return read_workflow (ACTIVITY (
      "a",
      "2") ",{\"id\":\"b\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Hot\",\"if\":"
           "{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}]},\"steps\":[" ACTIVITY ("c", "4") "," NOTE ("d", LATER) "]},{\"name\":\"Otherwise\",\"steps\":[" NOTE (
               "e",
               "") "]}]},{\"id\":\"f\",\"kind\":\"wait\",\"for\":{\"amount\":2,\"unit\":\"days\"}}," NOTE ("g",
                                                                                                           ""));
}

WfWorkflow *
wf_canvas_sample_new_large (guint n)
{
  g_autoptr (GString) steps = g_string_new (NULL);
  guint made = 0;

  while (made < n)
    {
      if (made > 0)
        g_string_append_c (steps, ',');
      if (made % STEPS_BETWEEN_BRANCHES == STEPS_BETWEEN_BRANCHES - 1 && made + 3 <= n)
        {
          g_string_append_printf (
              steps,
              "{\"id\":\"s%u\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Hot\",\"if\":{\"all\":[{"
              "\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}]},\"steps\":[{\"id\":\"s%u\","
              "\"kind\":\"create-activity\",\"activity-type\":\"filter-1\",\"complete-within\":{"
              "\"amount\":%u,\"unit\":\"hours\"}}]},{\"name\":\"Otherwise\",\"steps\":[{\"id\":"
              "\"s%u\",\"kind\":\"post-to-stream\",\"text\":\"Note %u\"}]}]}",
              made, made + 1, made % 9 + 1, made + 2, made);
          made += 3;
          continue;
        }
      g_string_append_printf (
          steps,
          "{\"id\":\"s%u\",\"kind\":\"create-activity\",\"activity-type\":\"filter-1\",\"run\":{\"mode\":"
          "\"%s\"},\"complete-within\":{\"amount\":%u,\"unit\":\"hours\"}}",
          made, made % 3 == 0 ? "after-previous" : "immediately", made % 20 + 1);
      made++;
    }
  return read_workflow (steps->str);
}

/* As the editor puts it: the canvas scrolls, the minimap lies above it. */
void
wf_canvas_sample_window_init (WfCanvasSampleWindow *self, WfBuilderContext *context, int width,
                              int height)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->canvas = g_object_new (WF_TYPE_CANVAS, NULL);
  wf_canvas_set_context (self->canvas, context);
  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_child (self->scrolled, GTK_WIDGET (self->canvas));
  gtk_widget_set_vexpand (GTK_WIDGET (self->scrolled), TRUE);
  self->minimap = g_object_new (WF_TYPE_CANVAS_MINIMAP, NULL);
  wf_canvas_minimap_set_canvas (self->minimap, self->canvas);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->scrolled));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->minimap));
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_set_title (GTK_WINDOW (self->window), "Canvas");
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
}
