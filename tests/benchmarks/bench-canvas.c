/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a frame of the canvas takes while it scrolls and zooms, near and from afar, with 100, 1,000 and 2,000 steps; beside a bare
 * widget that only draws rounded boxes with a text and lines between them, culled and remembered: the limit. */
#include "wf-canvas-private.h"
#include "wf-canvas-sample.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"

#include <stdio.h>

#define N_FRAMES 60
#define WIDTH 1200
#define HEIGHT 900

/* ---- the bare widget ---- */

#define BARE_TYPE (bare_get_type ())
G_DECLARE_FINAL_TYPE (Bare, bare, BARE, WIDGET, GtkWidget)
#define BOX_WIDTH 280
#define BOX_HEIGHT 60
#define BOX_STEP 108

struct _Bare
{
  GtkWidget parent_instance;
  GskRenderNode *box;
  double at, zoom;
};
G_DEFINE_FINAL_TYPE (Bare, bare, GTK_TYPE_WIDGET)

static GskRenderNode *
make_box (GtkWidget *widget)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (widget, "Create “Call” for the responsible");
  const GdkRGBA white = { 1, 1, 1, 1 }, grey = { 0.7f, 0.7f, 0.7f, 1 }, black = { 0, 0, 0, 1 };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, BOX_WIDTH, BOX_HEIGHT), 12);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &white, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { grey, grey, grey, grey });
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (36, 18));
  gtk_snapshot_append_layout (snapshot, layout, &black);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (104, 42));
  gtk_snapshot_append_color (snapshot, &grey, &GRAPHENE_RECT_INIT (0, 0, 2, BOX_STEP - BOX_HEIGHT));
  return gtk_snapshot_free_to_node (snapshot);
}

static void
bare_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Bare *self = BARE_WIDGET (widget);
  double seen = gtk_widget_get_height (widget) / self->zoom;

  if (self->box == NULL)
    self->box = make_box (widget);
  gtk_snapshot_scale (snapshot, (float) self->zoom, (float) self->zoom);
  for (int i = (int) (self->at / BOX_STEP); i * BOX_STEP < self->at + seen; i++)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (
          snapshot, &GRAPHENE_POINT_INIT ((float) (gtk_widget_get_width (widget) / self->zoom / 2) -
                                              BOX_WIDTH / 2,
                                          (float) (i * BOX_STEP - self->at)));
      gtk_snapshot_append_node (snapshot, self->box);
      gtk_snapshot_restore (snapshot);
    }
}

static void
bare_finalize (GObject *object)
{
  g_clear_pointer (&BARE_WIDGET (object)->box, gsk_render_node_unref);
  G_OBJECT_CLASS (bare_parent_class)->finalize (object);
}

static void
bare_class_init (BareClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bare_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = bare_snapshot;
}

static void
bare_init (Bare *self)
{
  self->zoom = 1;
}

/* ---- frames ---- */

typedef struct
{
  gint64 began, took;
  gboolean is_done;
} Frame;

static void
on_before_paint (GdkFrameClock *clock, Frame *frame)
{
  frame->began = g_get_monotonic_time ();
}

static void
on_after_paint (GdkFrameClock *clock, Frame *frame)
{
  frame->took = g_get_monotonic_time () - frame->began;
  frame->is_done = frame->began != 0;
}

/* Microseconds from the beginning of the next frame until it is painted. */
static gint64
run_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Frame frame = { 0 };
  gulong before = g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &frame);
  gulong after = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &frame);

  gtk_widget_queue_draw (widget);
  while (!frame.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  return frame.took;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *first = a, *second = b;

  return *first < *second ? -1 : *first > *second;
}

static double
get_median (gint64 *values)
{
  qsort (values, N_FRAMES, sizeof *values, compare);
  return (double) values[N_FRAMES / 2] / 1000;
}

static void
print (const char *what, guint n, double value, double reference)
{
  printf ("{\"name\": \"canvas/%s/%u\", \"unit\": \"ms\", \"value\": %.2f", what, n, value);
  if (reference > 0)
    printf (", \"reference\": %.2f, \"ratio\": %.2f", reference, value / reference);
  puts ("}");
  fflush (stdout);
}

typedef struct
{
  double pan, zoom, whole;
} Limit;

static void
measure_limit (Limit *limit)
{
  GtkWidget *window = adw_window_new (), *widget = g_object_new (BARE_TYPE, NULL);
  Bare *bare = BARE_WIDGET (widget);
  gint64 times[N_FRAMES];

  adw_window_set_content (ADW_WINDOW (window), widget);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 10; i++)
    run_frame (widget);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      bare->at = 1000 + i * 37;
      times[i] = run_frame (widget);
    }
  limit->pan = get_median (times);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      bare->zoom = 0.7 + i * 0.01;
      times[i] = run_frame (widget);
    }
  limit->zoom = get_median (times);
  bare->zoom = 0.1;
  for (guint i = 0; i < N_FRAMES; i++)
    {
      bare->at = 1000 + i * 37;
      times[i] = run_frame (widget);
    }
  limit->whole = get_median (times);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
measure_pan (const char *name, const WfCanvasSampleWindow *view, guint n, double reference)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scrolled);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  gint64 times[N_FRAMES], own[N_FRAMES];
  g_autofree char *own_name = g_strdup_printf ("%s-own", name);

  for (guint i = 0; i < N_FRAMES; i++)
    {
      gtk_adjustment_set_value (adjustment, end / 3 + fmod (i * 37, end / 2));
      times[i] = run_frame (GTK_WIDGET (view->canvas));
      own[i] = wf_canvas_get_frame_time (view->canvas);
    }
  print (name, n, get_median (times), reference);
  print (own_name, n, get_median (own), 0);
}

static void
measure_zoom (const WfCanvasSampleWindow *view, guint n, double reference)
{
  gint64 times[N_FRAMES];

  for (guint i = 0; i < N_FRAMES; i++)
    {
      wf_canvas_zoom_to (view->canvas, 0.7 + i * 0.01, 500, 300);
      times[i] = run_frame (GTK_WIDGET (view->canvas));
    }
  print ("zoom", n, get_median (times), reference);
  wf_canvas_zoom_to (view->canvas, 1, 500, 300);
}

static void
measure_edit (const WfCanvasSampleWindow *view, WfWorkflowDocument *document, guint n)
{
  gint64 times[N_FRAMES], own[N_FRAMES];

  for (guint i = 0; i < N_FRAMES; i++)
    {
      WfWorkflow *next = wf_workflow_copy (wf_workflow_document_get_workflow (document));
      WfStep *step = g_ptr_array_index (next->steps, 2);
      gint64 began;

      step->create_activity.complete_within.amount = 1 + i;
      began = g_get_monotonic_time ();
      wf_workflow_document_change (document, next, NULL);
      times[i] = g_get_monotonic_time () - began;
      began = g_get_monotonic_time ();
      wf_canvas_relayout (view->canvas, FALSE, TRUE);
      own[i] = g_get_monotonic_time () - began;
    }
  print ("edit", n, get_median (times), 0);
  print ("edit-own", n, get_median (own), 0);
}

static void
measure (guint n, const Limit *limit)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  g_autoptr (WfRuntime) runtime = wf_fake_runtime_new (WF_CLOCK (clock), organisation, "carla");
  g_autoptr (WfWorkflow) workflow = wf_canvas_sample_new_large (n);
  g_autoptr (WfWorkflowDocument) document = wf_workflow_document_new (workflow, organisation);
  g_autoptr (WfBuilderContext) context = wf_builder_context_new (runtime, document, TRUE);
  gint64 began = g_get_monotonic_time ();
  WfCanvasSampleWindow view;

  wf_canvas_sample_window_init (&view, context, WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (view.window));
  run_frame (GTK_WIDGET (view.canvas));
  print ("open", n, (double) (g_get_monotonic_time () - began) / 1000, 0);
  for (guint i = 0; i < 10; i++)
    run_frame (GTK_WIDGET (view.canvas));
  measure_pan ("pan", &view, n, limit->pan);
  measure_zoom (&view, n, limit->zoom);
  measure_edit (&view, document, n);
  wf_canvas_zoom_to (view.canvas, WF_CANVAS_MIN_ZOOM, 500, 300);
  measure_pan ("whole", &view, n, limit->whole);
  gtk_window_destroy (GTK_WINDOW (view.window));
}

int
main (int argc, char **argv)
{
  static const guint sizes[] = { 100, 1000, 2000 };
  Limit limit;

  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  measure_limit (&limit);
  print ("limit-pan", 0, limit.pan, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    measure (sizes[i], &limit);
  return 0;
}
