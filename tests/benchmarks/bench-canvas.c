/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a frame of the canvas takes while it scrolls and zooms, near and from afar; beside a bare widget that draws
 * the same graph as rounded boxes with a text and curved lines between them, culled and remembered: the limit.
 *
 * The two take turns in the same window, a few frames each, so that what else the machine does meets both. "-cpu" is the
 * processor time of this process for a frame, which does not count it at all. The limit is the
 * bare widget alone in the window: it has neither scroll bars nor a minimap. The canvas has both, as a person meets them
 * who pans by wheel, touchpad, keys or a drag of the surface: marks of the position, which it draws itself, and scroll bars
 * of GTK when the pointer comes to the edge. GTK lays the window out anew in each frame in which such a bar moves, which on
 * X11 asks the server several times; "pan-in-scrolled-window" is beside the bare widget in a scrolled window, which does so,
 * and "pan-by-scroll-bar" is the canvas with its bars shown, as while one is dragged.
 *
 * "pan-growth" is the large workflow beside the small one, taking turns in one window too, from the same place of the
 * pattern that the samples repeat, so that both show the same cards; "cards-in-view" counts them, a frame on average.
 *
 *   bench-canvas                    100, 1,000 and 2,000 steps beside the limit
 *   bench-canvas SIZE               one size, from the start of the process; for bench-canvas-peers.py
 *   bench-canvas --write FILE SIZE  the same graph for others:
 *                                   {"nodes": [{"id", "x", "y", "label"}], "edges": [[from, to]]} */
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
#define N_TURN 10 /* frames until it is the other's turn */
#define N_RESTS 12
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
  GtkAdjustment *adjustments[2]; /* (owned) (nullable) for who scrolls it in a scrolled window */
  GtkScrollablePolicy policies[2];
};
G_DEFINE_FINAL_TYPE_WITH_CODE (Bare, bare, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

typedef enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} BareProperty;

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

/* A little before the corner, on the way from or to its neighbour. */
static float
bend (float corner, float neighbour)
{
  return corner + CLAMP (neighbour - corner, -RADIUS, RADIUS) / 2;
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
    {
      const graphene_point_t *before = &edge->points[i - 1], *at = &edge->points[i];
      const graphene_point_t *after = at + 1;

      if (i + 1 == edge->n_points)
        {
          gsk_path_builder_line_to (builder, at->x, at->y);
          break;
        }
      gsk_path_builder_line_to (builder, bend (at->x, before->x), bend (at->y, before->y));
      gsk_path_builder_quad_to (builder, at->x, at->y, bend (at->x, after->x),
                                bend (at->y, after->y));
    }
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
on_scrolled (GtkAdjustment *adjustment, Bare *self)
{
  self->at = gtk_adjustment_get_value (adjustment);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
bare_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkAdjustment *adjustment = BARE_WIDGET (widget)->adjustments[GTK_ORIENTATION_VERTICAL];
  float all_width, all_height;

  wf_flow_layout_get_size (BARE_WIDGET (widget)->layout, &all_width, &all_height);
  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, gtk_adjustment_get_value (adjustment), 0,
                              (double) all_height, 1, height, height);
}

static void
bare_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  Bare *self = BARE_WIDGET (object);

  switch ((BareProperty) id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[id - PROP_HADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, (int) self->policies[id - PROP_HSCROLL_POLICY]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bare_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  Bare *self = BARE_WIDGET (object);

  switch ((BareProperty) id)
    {
    case PROP_HADJUSTMENT:
      g_set_object (&self->adjustments[0], g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      if (g_set_object (&self->adjustments[1], g_value_get_object (value)) &&
          self->adjustments[1] != NULL)
        g_signal_connect_object (self->adjustments[1], "value-changed", G_CALLBACK (on_scrolled),
                                 self, 0);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->policies[id - PROP_HSCROLL_POLICY] = (GtkScrollablePolicy) g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bare_finalize (GObject *object)
{
  g_clear_object (&BARE_WIDGET (object)->adjustments[0]);
  g_clear_object (&BARE_WIDGET (object)->adjustments[1]);
  g_clear_pointer (&BARE_WIDGET (object)->cards, g_hash_table_unref);
  g_clear_pointer (&BARE_WIDGET (object)->edges, g_hash_table_unref);
  g_clear_pointer (&BARE_WIDGET (object)->layout, wf_flow_layout_unref);
  G_OBJECT_CLASS (bare_parent_class)->finalize (object);
}

static void
bare_class_init (BareClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bare_get_property;
  object_class->set_property = bare_set_property;
  object_class->finalize = bare_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = bare_snapshot;
  GTK_WIDGET_CLASS (klass)->size_allocate = bare_size_allocate;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
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
get_median (gint64 *values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return (double) values[n / 2] / 1000;
}

/* Microseconds that the processors have worked for this process. */
static gint64
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
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

/* ---- the two in one window ---- */

typedef struct
{
  WfRuntime *runtime;
  WfWorkflowDocument *document;
  WfBuilderContext *context;
  WfCanvasSampleWindow view;
  GtkStack *stack; /* (nullable) of the canvas and the bare widget */
  GtkWidget *bare, *scrolled_bare;
  double height; /* of the whole, at its own size */
  double start;  /* of a pan */
  double fit;    /* the zoom at which all of it is in view */
} Shown;

/* The first branch from there on: the samples repeat themselves from one to the next. */
static double
find_start (const WfFlowLayout *layout, double from)
{
  for (guint i = 0; i < wf_flow_layout_get_n_cards (layout); i++)
    {
      const WfFlowCard *card = wf_flow_layout_get_card (layout, i);

      if (card->kind == WF_FLOW_BRANCH && (double) card->bounds.origin.y >= from)
        return (double) card->bounds.origin.y;
    }
  g_error ("no branch");
}

static void
shown_init (Shown *self, guint n)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  g_autoptr (WfWorkflow) workflow = wf_canvas_sample_new_large (n);
  const WfFlowLayout *layout;
  float width, height;

  *self = (Shown) { 0 };
  self->runtime = wf_fake_runtime_new (WF_CLOCK (clock), organisation, "carla");
  self->document = wf_workflow_document_new (workflow, organisation);
  self->context = wf_builder_context_new (self->runtime, self->document, TRUE);
  wf_canvas_sample_window_init (&self->view, self->context, WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (self->view.window));
  run_frame (GTK_WIDGET (self->view.canvas));
  layout = wf_canvas_get_layout (self->view.canvas);
  wf_flow_layout_get_size (layout, &width, &height);
  self->height = (double) height;
  self->start = find_start (layout, self->height / 3);
}

static void
shown_clear (Shown *self)
{
  gtk_window_destroy (GTK_WINDOW (self->view.window));
  g_object_unref (self->context);
  g_object_unref (self->document);
  g_object_unref (self->runtime);
}

static void
shown_add_limit (Shown *self)
{
  AdwWindow *window = ADW_WINDOW (self->view.window);
  g_autoptr (GtkWidget) content = g_object_ref (adw_window_get_content (window));
  WfFlowLayout *layout = wf_canvas_get_layout (self->view.canvas);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->bare = g_object_new (BARE_TYPE, NULL);
  self->scrolled_bare = g_object_new (BARE_TYPE, NULL);
  BARE_WIDGET (self->bare)->layout = wf_flow_layout_ref (layout);
  BARE_WIDGET (self->scrolled_bare)->layout = wf_flow_layout_ref (layout);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->scrolled_bare);
  self->stack = GTK_STACK (gtk_stack_new ());
  adw_window_set_content (window, NULL);
  gtk_stack_add_child (self->stack, content);
  gtk_stack_add_child (self->stack, self->bare);
  gtk_stack_add_child (self->stack, scrolled);
  adw_window_set_content (window, GTK_WIDGET (self->stack));
  warm_up (GTK_WIDGET (self->view.canvas));
}

/* A frame of the canvas differs from the one before it by this. */
typedef void (*Move) (Shown *shown, guint i);

static double
get_place (const Shown *shown, guint i)
{
  return shown->start + fmod (i * PAN_STEP, shown->height / 2);
}

static void
pan (Shown *shown, guint i)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (shown->view.scrolled),
                            get_place (shown, i));
}

static void
pan_scrolled_bare (Shown *shown, guint i)
{
  gtk_adjustment_set_value (
      BARE_WIDGET (shown->scrolled_bare)->adjustments[GTK_ORIENTATION_VERTICAL],
      get_place (shown, i));
}

static void
pan_bare (Shown *shown, guint i)
{
  BARE_WIDGET (shown->bare)->zoom = 1;
  BARE_WIDGET (shown->bare)->at = get_place (shown, i);
}

/* To a zoom that was not shown before, also not by the other one: letters of a size are remembered for both. */
static void
zoom (Shown *shown, guint i)
{
  wf_canvas_zoom_to (shown->view.canvas, 0.7 + i * 0.01, 500, 300);
}

static void
zoom_bare (Shown *shown, guint i)
{
  BARE_WIDGET (shown->bare)->zoom = 0.705 + i * 0.01;
}

/* All of it in view; as it then has nowhere to scroll to, it changes its size a little. */
static void
see_whole (Shown *shown, guint i)
{
  if (i == 0)
    {
      wf_canvas_zoom_to_fit (shown->view.canvas);
      shown->fit = wf_canvas_get_zoom (shown->view.canvas);
    }
  wf_canvas_zoom_to (shown->view.canvas,
                     MAX (shown->fit * (i % 2 == 0 ? 0.99 : 1), WF_CANVAS_MIN_ZOOM), (double) NAN,
                     (double) NAN);
}

static void
see_whole_bare (Shown *shown, guint i)
{
  BARE_WIDGET (shown->bare)->at = 0;
  BARE_WIDGET (shown->bare)->zoom = HEIGHT / shown->height * (i % 2 == 0 ? 0.99 : 1);
}

typedef struct
{
  gint64 frames[N_FRAMES], work[N_FRAMES], own[N_FRAMES];
} Times;

static void
show_in_stack (GtkStack *stack, GtkWidget *widget)
{
  GtkWidget *page = widget;

  while (gtk_widget_get_parent (page) != GTK_WIDGET (stack))
    page = gtk_widget_get_parent (page);
  gtk_stack_set_visible_child (stack, page);
}

static void
take_turn (Shown *shown, GtkWidget *widget, Move move, guint first, Times *times)
{
  if (shown->stack != NULL)
    show_in_stack (shown->stack, widget);
  for (guint i = 0; i < 3; i++) /* it comes into view */
    run_frame (widget);
  for (guint i = first; i < first + N_TURN; i++)
    {
      gint64 began = get_work ();

      move (shown, i);
      times->frames[i] = run_frame (widget);
      times->work[i] = get_work () - began;
      times->own[i] = wf_canvas_get_frame_time (shown->view.canvas);
    }
}

static void
measure (Shown *shown, guint n, const char *what, Move move, GtkWidget *bare, Move move_bare)
{
  g_autofree char *cpu = g_strdup_printf ("%s-cpu", what), *own = g_strdup_printf ("%s-own", what);
  Times times, limit;

  for (guint i = 0; i < N_FRAMES; i += N_TURN)
    {
      take_turn (shown, bare, move_bare, i, &limit);
      take_turn (shown, GTK_WIDGET (shown->view.canvas), move, i, &times);
    }
  print (what, n, get_median (times.frames, N_FRAMES), get_median (limit.frames, N_FRAMES));
  print (cpu, n, get_median (times.work, N_FRAMES), get_median (limit.work, N_FRAMES));
  print (own, n, get_median (times.own, N_FRAMES), 0);
}

/* As while a person drags a scroll bar: the pointer is at it. */
static void
measure_by_scroll_bar (Shown *shown, guint n)
{
  GtkEventController *pointer = shown->view.canvas->pointer;

  g_signal_emit_by_name (pointer, "motion", (double) WIDTH - 1, HEIGHT / 2.0);
  measure (shown, n, "pan-by-scroll-bar", pan, shown->scrolled_bare, pan_scrolled_bare);
  g_signal_emit_by_name (pointer, "leave");
}

static double
count_cards (Shown *shown)
{
  WfFlowLayout *layout = wf_canvas_get_layout (shown->view.canvas);
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint));
  graphene_rect_t view;

  for (guint i = 0; i < N_FRAMES; i++)
    {
      pan (shown, i);
      wf_canvas_get_view (shown->view.canvas, &view);
      wf_flow_layout_list_cards_in (layout, &view, cards);
    }
  return cards->len / (double) N_FRAMES;
}

static void
print_cards (Shown *shown, guint n)
{
  printf ("{\"name\": \"canvas/cards-in-view/%u\", \"unit\": \"cards\", \"value\": %.2f}\n", n,
          count_cards (shown));
}

/* The large one shows itself in the window of the small one. */
static void
measure_growth (guint n_small, guint n_large)
{
  Shown small, large;
  Times times, reference;
  GtkWidget *window;
  g_autoptr (GtkWidget) content = NULL;

  shown_init (&small, n_small);
  shown_add_limit (&small);
  shown_init (&large, n_large);
  shown_add_limit (&large);
  window = large.view.window;
  content = g_object_ref (adw_window_get_content (ADW_WINDOW (window)));
  adw_window_set_content (ADW_WINDOW (window), NULL);
  gtk_stack_add_child (small.stack, content);
  for (guint i = 0; i < N_FRAMES; i += N_TURN)
    {
      take_turn (&small, GTK_WIDGET (small.view.canvas), pan, i, &reference);
      gtk_stack_set_visible_child (small.stack, content);
      take_turn (&large, GTK_WIDGET (large.view.canvas), pan, i, &times);
    }
  print ("pan-growth", n_large, get_median (times.frames, N_FRAMES),
         get_median (reference.frames, N_FRAMES));
  print ("pan-growth-cpu", n_large, get_median (times.work, N_FRAMES),
         get_median (reference.work, N_FRAMES));
  print_cards (&small, n_small);
  print_cards (&large, n_large);
  gtk_stack_remove (small.stack, content);
  shown_clear (&large);
  shown_clear (&small);
}

/* The longest of the frames in which what is shown becomes sharp again after a zoom; the median of several zooms. */
static void
measure_rest (const Shown *shown, guint n)
{
  WfCanvas *canvas = shown->view.canvas;
  gint64 times[N_RESTS];

  for (guint i = 0; i < N_RESTS; i++)
    {
      wf_canvas_zoom_to (canvas, 0.8 + i * 0.013, 500, 300);
      run_frame (GTK_WIDGET (canvas));
      while (canvas->resting != 0)
        g_main_context_iteration (NULL, TRUE);
      times[i] = 0;
      do
        times[i] = MAX (times[i], run_frame (GTK_WIDGET (canvas)));
      while (canvas->sharpening != 0);
    }
  print ("zoom-rest", n, get_median (times, N_RESTS), 0);
  wf_canvas_zoom_to (canvas, 1, 500, 300);
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
  print ("edit", n, get_median (times, N_FRAMES), 0);
  print ("edit-own", n, get_median (own, N_FRAMES), 0);
}

static void
measure_beside_limit (guint n)
{
  gint64 began = g_get_monotonic_time ();
  Shown shown;

  shown_init (&shown, n);
  print ("open", n, (double) (g_get_monotonic_time () - began) / 1000, 0);
  shown_add_limit (&shown);
  measure (&shown, n, "pan", pan, shown.bare, pan_bare);
  measure (&shown, n, "pan-in-scrolled-window", pan, shown.scrolled_bare, pan_scrolled_bare);
  measure_by_scroll_bar (&shown, n);
  measure (&shown, n, "zoom", zoom, shown.bare, zoom_bare);
  measure_rest (&shown, n);
  measure_edit (&shown, n);
  measure (&shown, n, "whole", see_whole, shown.bare, see_whole_bare);
  shown_clear (&shown);
}

static void
measure_all (void)
{
  static const guint sizes[] = { 100, 1000, 2000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    measure_beside_limit (sizes[i]);
  measure_growth (sizes[0], sizes[G_N_ELEMENTS (sizes) - 1]);
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

static double
measure_alone (Shown *shown, Move move)
{
  Times times;

  for (guint i = 0; i < N_FRAMES; i += N_TURN)
    take_turn (shown, GTK_WIDGET (shown->view.canvas), move, i, &times);
  wf_canvas_zoom_to (shown->view.canvas, 1, 500, 300);
  return get_median (times.frames, N_FRAMES);
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
    double pan_frame = measure_alone (&shown, pan), zoom_frame = measure_alone (&shown, zoom);
    double whole_frame = measure_alone (&shown, see_whole);
    const struct
    {
      const char *what, *unit;
      double value;
    } measures[] = {
      { "open", "ms", open },
      { "pan", "ms", pan_frame },
      { "zoom", "ms", zoom_frame },
      { "whole", "ms", whole_frame },
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
