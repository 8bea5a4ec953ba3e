/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a frame of the canvas takes while it scrolls and zooms, near and from afar; beside a bare widget that draws the
 * same graph as rounded boxes with a text and lines between them, culled and remembered: the limit.
 *
 *   bench-canvas                    100, 1,000 and 2,000 steps beside the limit
 *   bench-canvas SIZE               one size, from the start of the process; for bench-canvas-peers.py
 *   bench-canvas --write FILE SIZE  the same graph for others: {"nodes": [{"id", "x", "y", "label"}], "edges": [[from, to]]} */
#include "wf-canvas-private.h"
#include "wf-canvas-sample.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-json-writer.h"
#include "wf-ui-gresource.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define N_FRAMES 60
#define PAN_STEP 37
#define WIDTH 1200
#define HEIGHT 900

/* ---- the bare widget ---- */

#define BARE_TYPE (bare_get_type ())
G_DECLARE_FINAL_TYPE (Bare, bare, BARE, WIDGET, GtkWidget)
#define RADIUS 12

/* Draws the graph of a canvas: a rounded box with its text for each card and a line for each edge, and nothing else. */
struct _Bare
{
  GtkWidget parent_instance;
  WfFlowLayout *layout;      /* (owned) the canvas may make another one meanwhile */
  GHashTable *cards, *edges; /* index to GskRenderNode, made when it is first seen */
  double at, zoom;
};
G_DEFINE_FINAL_TYPE (Bare, bare, GTK_TYPE_WIDGET)

static GskRenderNode *
make_card (Bare *self, guint index)
{
  const WfFlowCard *card = wf_flow_layout_get_card (self->layout, index);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (PangoLayout) text = gtk_widget_create_pango_layout (GTK_WIDGET (self), card->title);
  const GdkRGBA white = { 1, 1, 1, 1 }, grey = { 0.7f, 0.7f, 0.7f, 1 }, black = { 0, 0, 0, 1 };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &card->bounds, RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &white, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { grey, grey, grey, grey });
  pango_layout_set_width (text, (int) (card->bounds.size.width - 4 * RADIUS) * PANGO_SCALE);
  pango_layout_set_wrap (text, PANGO_WRAP_WORD_CHAR);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (card->bounds.origin.x + 3 * RADIUS,
                                                          card->bounds.origin.y + RADIUS));
  gtk_snapshot_append_layout (snapshot, text, &black);
  return gtk_snapshot_free_to_node (snapshot);
}

static GskRenderNode *
make_edge (Bare *self, guint index)
{
  const WfFlowEdge *edge = wf_flow_layout_get_edge (self->layout, index);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskStroke) stroke = gsk_stroke_new (2);
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_move_to (builder, edge->points[0].x, edge->points[0].y);
  for (guint i = 1; i < edge->n_points; i++)
    gsk_path_builder_line_to (builder, edge->points[i].x, edge->points[i].y);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &(GdkRGBA) { 0.7f, 0.7f, 0.7f, 1 });
  return gtk_snapshot_free_to_node (snapshot);
}

static void
append_all (Bare *self, GtkSnapshot *snapshot, GHashTable *nodes, const GArray *indices,
            GskRenderNode *(*make) (Bare *self, guint index))
{
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      GskRenderNode *node = g_hash_table_lookup (nodes, GUINT_TO_POINTER (index));

      if (node == NULL)
        {
          node = make (self, index);
          g_hash_table_insert (nodes, GUINT_TO_POINTER (index), node);
        }
      gtk_snapshot_append_node (snapshot, node);
    }
}

static void
bare_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Bare *self = BARE_WIDGET (widget);
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint));
  double width = gtk_widget_get_width (widget) / self->zoom;
  double height = gtk_widget_get_height (widget) / self->zoom, x;
  graphene_rect_t view;
  float all_width, all_height;

  wf_flow_layout_get_size (self->layout, &all_width, &all_height);
  x = ((double) all_width - width) / 2;
  graphene_rect_init (&view, (float) x, (float) self->at, (float) width, (float) height);
  wf_flow_layout_list_edges_in (self->layout, &view, edges);
  wf_flow_layout_list_cards_in (self->layout, &view, cards);
  gtk_snapshot_scale (snapshot, (float) self->zoom, (float) self->zoom);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) round (-x), (float) round (-self->at)));
  append_all (self, snapshot, self->edges, edges, make_edge);
  append_all (self, snapshot, self->cards, cards, make_card);
}

static void
bare_finalize (GObject *object)
{
  g_clear_pointer (&BARE_WIDGET (object)->cards, g_hash_table_unref);
  g_clear_pointer (&BARE_WIDGET (object)->edges, g_hash_table_unref);
  g_clear_pointer (&BARE_WIDGET (object)->layout, wf_flow_layout_unref);
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
  GDestroyNotify unref = (GDestroyNotify) gsk_render_node_unref;

  self->cards = g_hash_table_new_full (NULL, NULL, NULL, unref);
  self->edges = g_hash_table_new_full (NULL, NULL, NULL, unref);
  self->zoom = 1;
}

/* ---- frames ---- */

typedef struct
{
  gint64 began;
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
  frame->is_done = frame->began != 0;
}

/* Microseconds from the beginning of the next frame until the display has painted it. */
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
  gdk_display_sync (gtk_widget_get_display (widget));
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  return g_get_monotonic_time () - frame.began;
}

static void
warm_up (GtkWidget *widget)
{
  for (guint i = 0; i < 10; i++)
    run_frame (widget);
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

/* ---- the limit ---- */

typedef struct
{
  double pan, zoom, whole;
} Limit;

static void
measure_limit (WfFlowLayout *layout, Limit *limit)
{
  GtkWidget *window = adw_window_new (), *widget = g_object_new (BARE_TYPE, NULL);
  Bare *bare = BARE_WIDGET (widget);
  gint64 times[N_FRAMES];
  float width, height;

  bare->layout = wf_flow_layout_ref (layout);
  wf_flow_layout_get_size (layout, &width, &height);
  adw_window_set_content (ADW_WINDOW (window), widget);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  warm_up (widget);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      bare->at = (double) height / 3 + i * PAN_STEP;
      times[i] = run_frame (widget);
    }
  limit->pan = get_median (times);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      bare->zoom = 0.7 + i * 0.01;
      times[i] = run_frame (widget);
    }
  limit->zoom = get_median (times);
  bare->at = 0;
  for (guint i = 0; i < N_FRAMES; i++)
    {
      bare->zoom = HEIGHT / (double) height * (i % 2 == 0 ? 0.99 : 1);
      times[i] = run_frame (widget);
    }
  limit->whole = get_median (times);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- the canvas ---- */

typedef struct
{
  WfRuntime *runtime;
  WfWorkflowDocument *document;
  WfBuilderContext *context;
  WfCanvasSampleWindow view;
} Shown;

static void
shown_init (Shown *self, guint n)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  g_autoptr (WfWorkflow) workflow = wf_canvas_sample_new_large (n);

  self->runtime = wf_fake_runtime_new (WF_CLOCK (clock), organisation, "carla");
  self->document = wf_workflow_document_new (workflow, organisation);
  self->context = wf_builder_context_new (self->runtime, self->document, TRUE);
  wf_canvas_sample_window_init (&self->view, self->context, WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (self->view.window));
  run_frame (GTK_WIDGET (self->view.canvas));
}

static void
shown_clear (Shown *self)
{
  gtk_window_destroy (GTK_WINDOW (self->view.window));
  g_object_unref (self->context);
  g_object_unref (self->document);
  g_object_unref (self->runtime);
}

typedef struct
{
  double frame, own;
} Cost;

static Cost
measure_pan (const WfCanvasSampleWindow *view)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scrolled);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  gint64 times[N_FRAMES], own[N_FRAMES];

  for (guint i = 0; i < N_FRAMES; i++)
    {
      gtk_adjustment_set_value (adjustment, end / 3 + fmod (i * PAN_STEP, end / 2));
      times[i] = run_frame (GTK_WIDGET (view->canvas));
      own[i] = wf_canvas_get_frame_time (view->canvas);
    }
  return (Cost) { get_median (times), get_median (own) };
}

/* Each step to a zoom that was not shown before. */
static Cost
measure_zoom (const WfCanvasSampleWindow *view)
{
  gint64 times[N_FRAMES], own[N_FRAMES];

  for (guint i = 0; i < N_FRAMES; i++)
    {
      wf_canvas_zoom_to (view->canvas, 0.7 + i * 0.01, 500, 300);
      times[i] = run_frame (GTK_WIDGET (view->canvas));
      own[i] = wf_canvas_get_frame_time (view->canvas);
    }
  wf_canvas_zoom_to (view->canvas, 1, 500, 300);
  return (Cost) { get_median (times), get_median (own) };
}

/* All of it in view; as it then has nowhere to scroll to, it changes its size a little. */
static Cost
measure_whole (const WfCanvasSampleWindow *view)
{
  gint64 times[N_FRAMES], own[N_FRAMES];
  double fit;

  wf_canvas_zoom_to_fit (view->canvas);
  warm_up (GTK_WIDGET (view->canvas));
  fit = wf_canvas_get_zoom (view->canvas);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      wf_canvas_zoom_to (view->canvas, MAX (fit * (i % 2 == 0 ? 0.99 : 1), WF_CANVAS_MIN_ZOOM),
                         (double) NAN, (double) NAN);
      times[i] = run_frame (GTK_WIDGET (view->canvas));
      own[i] = wf_canvas_get_frame_time (view->canvas);
    }
  return (Cost) { get_median (times), get_median (own) };
}

static void
measure_edit (const Shown *shown, guint n)
{
  gint64 times[N_FRAMES], own[N_FRAMES];

  for (guint i = 0; i < N_FRAMES; i++)
    {
      WfWorkflow *next = wf_workflow_copy (wf_workflow_document_get_workflow (shown->document));
      WfStep *step = g_ptr_array_index (next->steps, 2);
      gint64 began;

      step->create_activity.complete_within.amount = 1 + i;
      began = g_get_monotonic_time ();
      wf_workflow_document_change (shown->document, next, NULL);
      times[i] = g_get_monotonic_time () - began;
      began = g_get_monotonic_time ();
      wf_canvas_relayout (shown->view.canvas, FALSE, TRUE);
      own[i] = g_get_monotonic_time () - began;
    }
  print ("edit", n, get_median (times), 0);
  print ("edit-own", n, get_median (own), 0);
}

static void
print_cost (const char *what, guint n, const Cost *cost, double reference)
{
  g_autofree char *own = g_strdup_printf ("%s-own", what);

  print (what, n, cost->frame, reference);
  print (own, n, cost->own, 0);
}

static void
measure_beside_limit (guint n)
{
  gint64 began = g_get_monotonic_time ();
  Limit limit;
  Shown shown;
  Cost cost;

  shown_init (&shown, n);
  print ("open", n, (double) (g_get_monotonic_time () - began) / 1000, 0);
  measure_limit (wf_canvas_get_layout (shown.view.canvas), &limit);
  warm_up (GTK_WIDGET (shown.view.canvas));
  cost = measure_pan (&shown.view);
  print_cost ("pan", n, &cost, limit.pan);
  cost = measure_zoom (&shown.view);
  print_cost ("zoom", n, &cost, limit.zoom);
  measure_edit (&shown, n);
  cost = measure_whole (&shown.view);
  print_cost ("whole", n, &cost, limit.whole);
  shown_clear (&shown);
}

static void
measure_all (void)
{
  static const guint sizes[] = { 100, 1000, 2000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    measure_beside_limit (sizes[i]);
}

/* ---- one size, for bench-canvas-peers.py ---- */

/* The number after a field's name in a file of /proc. */
static double
read_number (const char *file, const char *field)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *at;

  if (!g_file_get_contents (file, &text, NULL, &error))
    g_error ("%s", error->message);
  at = strstr (text, field);
  if (at == NULL)
    g_error ("%s has no %s", file, field);
  return g_ascii_strtod (at + strlen (field), NULL);
}

/* Milliseconds; the kernel counts in hundredths of a second. */
static double
get_age (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) fields = NULL;
  struct timespec now;

  if (!g_file_get_contents ("/proc/self/stat", &text, NULL, &error))
    g_error ("%s", error->message);
  fields = g_strsplit (strrchr (text, ')') + 2, " ", 0); /* from the third field on */
  clock_gettime (CLOCK_BOOTTIME, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6 -
         g_ascii_strtod (fields[19], NULL) * 1000 / (double) sysconf (_SC_CLK_TCK);
}

static void
measure_one (guint n)
{
  Shown shown;
  double open;

  shown_init (&shown, n);
  open = get_age ();
  warm_up (GTK_WIDGET (shown.view.canvas));
  {
    Cost pan = measure_pan (&shown.view), zoom = measure_zoom (&shown.view);
    Cost whole = measure_whole (&shown.view);
    const struct
    {
      const char *what, *unit;
      double value;
    } measures[] = {
      { "open", "ms", open },
      { "pan", "ms", pan.frame },
      { "zoom", "ms", zoom.frame },
      { "whole", "ms", whole.frame },
      { "memory", "MB", read_number ("/proc/self/smaps_rollup", "\nPss:") / 1024 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
      printf ("{\"name\": \"canvas/%u/%s\", \"unit\": \"%s\", \"value\": %.2f}\n", n,
              measures[i].what, measures[i].unit, measures[i].value);
  }
  shown_clear (&shown);
}

static void
add_nodes (WfJsonWriter *writer, const WfFlowLayout *layout)
{
  wf_json_writer_begin_array (writer, "nodes");
  for (guint i = 0; i < wf_flow_layout_get_n_cards (layout); i++)
    {
      const WfFlowCard *card = wf_flow_layout_get_card (layout, i);

      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_int (writer, "id", i);
      wf_json_writer_add_int (writer, "x", (gint64) card->bounds.origin.x);
      wf_json_writer_add_int (writer, "y", (gint64) card->bounds.origin.y);
      wf_json_writer_add_string (writer, "label", card->title != NULL ? card->title : "");
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

static void
add_edges (WfJsonWriter *writer, const WfFlowLayout *layout)
{
  wf_json_writer_begin_array (writer, "edges");
  for (guint i = 0; i < wf_flow_layout_get_n_cards (layout); i++)
    {
      const WfFlowCard *card = wf_flow_layout_get_card (layout, i);

      for (guint j = 0; j < card->n_next; j++)
        {
          wf_json_writer_begin_array (writer, NULL);
          wf_json_writer_add_int (writer, NULL, i);
          wf_json_writer_add_int (writer, NULL, card->next[j]);
          wf_json_writer_end (writer);
        }
    }
  wf_json_writer_end (writer);
}

static void
write_graph (const char *file, guint n)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const WfFlowLayout *layout;
  Shown shown;

  shown_init (&shown, n);
  layout = wf_canvas_get_layout (shown.view.canvas);
  wf_json_writer_begin_object (writer, NULL);
  add_nodes (writer, layout);
  add_edges (writer, layout);
  wf_json_writer_end (writer);
  text = wf_json_writer_finish (writer, FALSE);
  if (!g_file_set_contents (file, text, -1, &error))
    g_error ("%s", error->message);
  shown_clear (&shown);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  wf_ui_register_resource ();
  gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc, char **argv)
{
  adw_init ();
  load_style ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (argc == 1)
    measure_all ();
  else if (argc == 2 && atoi (argv[1]) > 0)
    measure_one ((guint) atoi (argv[1]));
  else if (argc == 4 && g_str_equal (argv[1], "--write") && atoi (argv[3]) > 0)
    write_graph (argv[2], (guint) atoi (argv[3]));
  else
    {
      fputs ("usage: bench-canvas [SIZE | --write FILE SIZE]\n", stderr);
      return 2;
    }
  return 0;
}
