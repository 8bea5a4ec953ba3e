/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all charts share. A kind of chart says where its marks stand and draws; this holds the numbers, moves them, and carries the
 * focus, the pointer and the words. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-instance.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include <math.h>

#define DURATION 220    /* milliseconds */
#define ANY_WIDTH 10000 /* where a height is asked for any width, it is the least there is */

enum
{
  PROP_DATA = 1,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WfChart, wf_chart, GTK_TYPE_WIDGET)

#define PRIVATE(self) ((WfChartPrivate *) wf_chart_get_instance_private (self))

WfChartPrivate *
wf_chart_get_private (WfChart *self)
{
  return PRIVATE (self);
}

/* ---- drawing ----------------------------------------------------------------------------------- */

/* context: (transfer full) */
static void
init_canvas (WfChartCanvas *self, GtkWidget *widget, const WfChartData *data, const double *values,
             PangoContext *context, WfChartTexts *texts)
{
  g_autoptr (PangoLayout) text = NULL;
  int text_height;

  *self = (WfChartCanvas) {
    .data = data,
    .values = values,
    .mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
    .context = context,
    .texts = texts,
    .pointed = -1,
    .progress = 1,
  };
  text = wf_chart_canvas_get_text (self, "0", FALSE);
  pango_layout_get_pixel_size (text, NULL, &text_height);
  self->text_height = (float) text_height;
}

/**
 * wf_chart_canvas_init:
 * @self: (out): gets what is drawn with
 * @widget: whose font and direction count
 * @data: numbers
 * @values: (nullable): as they are shown now
 * @width: in pixels
 * @height: in pixels
 * @on_paper: black on white
 */
void
wf_chart_canvas_init (WfChartCanvas *self, GtkWidget *widget, const WfChartData *data,
                      const double *values, float width, float height, gboolean on_paper)
{
  init_canvas (self, widget, data, values, gtk_widget_create_pango_context (widget), NULL);
  self->width = width;
  self->height = height;
  if (on_paper)
    wf_chart_palette_init_for_paper (&self->palette);
  else
    wf_chart_palette_init_for_widget (&self->palette, widget);
}

void
wf_chart_canvas_clear (WfChartCanvas *self)
{
  g_clear_object (&self->context);
}

static int
get_pointed (WfChart *self)
{
  WfChartPrivate *priv = PRIVATE (self);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));

  if (priv->pointed >= 0)
    return priv->pointed;
  return focus != NULL && gtk_widget_has_visible_focus (focus) ? (int) priv->current : -1;
}

void
wf_chart_init_canvas (WfChart *self, WfChartCanvas *canvas, float width, float height)
{
  WfChartPrivate *priv = PRIVATE (self);

  if (priv->texts == NULL)
    priv->texts = wf_chart_texts_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  init_canvas (canvas, GTK_WIDGET (self), priv->data, priv->shown,
               g_object_ref (wf_chart_texts_get_context (priv->texts)), priv->texts);
  canvas->width = width;
  canvas->height = height;
  wf_chart_palette_init_for_widget (&canvas->palette, GTK_WIDGET (self));
  canvas->pointed = get_pointed (self);
  canvas->from_top = priv->from_top;
  canvas->progress = priv->progress;
}

static void
wf_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfChart *self = WF_CHART (widget);
  WfChartPrivate *priv = PRIVATE (self);
  g_auto (WfChartCanvas) canvas = { 0 };

  if (priv->data == NULL || priv->data->n_categories == 0 || priv->data->n_series == 0)
    return;
  wf_chart_init_canvas (self, &canvas, (float) gtk_widget_get_width (widget),
                        (float) gtk_widget_get_height (widget));
  WF_CHART_GET_CLASS (self)->draw (self, &canvas, snapshot);
  priv->top = canvas.top;
  for (guint i = 0; i < priv->marks->len; i++)
    gtk_widget_snapshot_child (widget, priv->marks->pdata[i], snapshot);
}

static void
on_progress (double value, gpointer user_data)
{
  WfChart *self = user_data;
  WfChartPrivate *priv = PRIVATE (self);
  guint n = priv->data != NULL ? priv->data->n_series * priv->data->n_categories : 0;

  priv->progress = value;
  for (guint i = 0; i < n; i++)
    {
      const WfSeries *series = &priv->data->series[i / priv->data->n_categories];
      double to = series->values[i % priv->data->n_categories];

      priv->shown[i] = value >= 1 || isnan (to) ? to : priv->from[i] + (to - priv->from[i]) * value;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- size -------------------------------------------------------------------------------------- */

static void
get_heights (WfChart *self, float width, float *least, float *natural)
{
  WfChartPrivate *priv = PRIVATE (self);
  g_autoptr (WfChartData) none = NULL;
  g_auto (WfChartCanvas) canvas = { 0 };

  wf_chart_init_canvas (self, &canvas, width, 0);
  if (canvas.data == NULL)
    canvas.data = none = wf_chart_data_new (NULL, NULL, 0, 0);
  canvas.values = priv->shown;
  WF_CHART_GET_CLASS (self)->get_height (self, &canvas, least, natural);
}

static GtkSizeRequestMode
wf_chart_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wf_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfChartClass *klass = WF_CHART_GET_CLASS (widget);
  float least, wanted;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = klass->least_width;
      *natural = klass->natural_width;
      return;
    }
  get_heights (WF_CHART (widget), (float) (for_size >= 0 ? for_size : ANY_WIDTH), &least, &wanted);
  *minimum = (int) ceilf (least);
  *natural = (int) ceilf (MAX (least, wanted));
}

/* Marks lie side by side without gaps, each at least a pixel. */
static void
allocate_mark (GtkWidget *mark, const graphene_rect_t *place)
{
  int x = (int) floorf (place->origin.x), y = (int) floorf (place->origin.y);
  int right = (int) floorf (place->origin.x + place->size.width);
  int bottom = (int) floorf (place->origin.y + place->size.height);

  gtk_widget_size_allocate (mark,
                            &(GtkAllocation) { x, y, MAX (right - x, 1), MAX (bottom - y, 1) }, -1);
}

static void
wf_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WfChart *self = WF_CHART (widget);
  WfChartPrivate *priv = PRIVATE (self);
  g_auto (WfChartCanvas) canvas = { 0 };

  if (priv->marks->len == 0)
    return;
  wf_chart_init_canvas (self, &canvas, (float) width, (float) height);
  WF_CHART_GET_CLASS (self)->place (self, &canvas, priv->places, priv->marks->len);
  for (guint i = 0; i < priv->marks->len; i++)
    {
      graphene_rect_t *place = &priv->places[i];

      if (canvas.mirrored)
        place->origin.x = (float) width - place->origin.x - place->size.width;
      /* a mark need not be measured, but GTK wants it to be */
      gtk_widget_measure (priv->marks->pdata[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL,
                          NULL);
      allocate_mark (priv->marks->pdata[i], place);
    }
}

/* ---- marks ------------------------------------------------------------------------------------- */

guint
wf_chart_get_series_of (WfChart *self, guint mark)
{
  WfChartPrivate *priv = PRIVATE (self);

  return WF_CHART_GET_CLASS (self)->has_cells ? mark / priv->data->n_categories : G_MAXUINT;
}

guint
wf_chart_get_category_of (WfChart *self, guint mark)
{
  WfChartPrivate *priv = PRIVATE (self);

  return WF_CHART_GET_CLASS (self)->has_cells ? mark % priv->data->n_categories : mark;
}

const char *
wf_chart_get_remark (WfChart *self, guint mark)
{
  WfChartClass *klass = WF_CHART_GET_CLASS (self);

  return klass->get_remark != NULL ? klass->get_remark (self, wf_chart_get_category_of (self, mark))
                                   : NULL;
}

static guint
count_marks (WfChart *self)
{
  WfChartPrivate *priv = PRIVATE (self);
  guint n;

  if (priv->data == NULL || priv->data->n_series == 0)
    return 0;
  n = priv->data->n_categories;
  if (WF_CHART_GET_CLASS (self)->has_cells)
    n *= priv->data->n_series;
  return MIN (n, WF_CHART_MOST_MARKS);
}

static void
set_n_marks (WfChart *self, guint n)
{
  WfChartPrivate *priv = PRIVATE (self);
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  while (priv->marks->len < n)
    {
      GtkWidget *mark = wf_chart_mark_new (priv->marks->len);

      gtk_widget_set_parent (mark, GTK_WIDGET (self));
      g_ptr_array_add (priv->marks, mark);
    }
  if (had_focus && n > 0 && priv->current >= n)
    gtk_widget_grab_focus (priv->marks->pdata[n - 1]);
  while (priv->marks->len > n)
    gtk_widget_unparent (g_ptr_array_steal_index (priv->marks, priv->marks->len - 1));
  priv->places = g_renew (graphene_rect_t, priv->places, MAX (n, 1));
  priv->pointed = -1;
  priv->current = n > 0 ? MIN (priv->current, n - 1) : 0;
}

static void
describe_marks (WfChart *self)
{
  WfChartPrivate *priv = PRIVATE (self);
  guint n = priv->marks->len;

  for (guint i = 0; i < n; i++)
    {
      guint series = wf_chart_get_series_of (self, i),
            category = wf_chart_get_category_of (self, i);
      g_autofree char *words =
          series != G_MAXUINT
              ? wf_chart_words_get_cell (priv->data, series, category)
              : wf_chart_words_get_category (priv->data, category, wf_chart_get_remark (self, i));

      wf_chart_mark_set (priv->marks->pdata[i], words, n, priv->activatable);
    }
}

static void
describe (WfChart *self)
{
  WfChartPrivate *priv = PRIVATE (self);
  const char *title = priv->data != NULL ? priv->data->title : "";

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  describe_marks (self);
}

int
wf_chart_find_mark (WfChart *self, double x, double y)
{
  WfChartPrivate *priv = PRIVATE (self);

  for (guint i = 0; i < priv->marks->len; i++)
    {
      const graphene_rect_t *place = &priv->places[i];

      if (x >= place->origin.x && x < place->origin.x + place->size.width && y >= place->origin.y &&
          y < place->origin.y + place->size.height)
        return (int) i;
    }
  return -1;
}

void
wf_chart_emit_activated (WfChart *self, guint series, guint category)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, series, category);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DATA:
      g_value_set_boxed (value, PRIVATE (WF_CHART (object))->data);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_chart_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DATA:
      wf_chart_set_data (WF_CHART (object), g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_chart_dispose (GObject *object)
{
  WfChartPrivate *priv = PRIVATE (WF_CHART (object));

  if (priv->animation != NULL)
    adw_animation_reset (priv->animation);
  g_clear_object (&priv->animation);
  while (priv->marks->len > 0)
    gtk_widget_unparent (g_ptr_array_steal_index (priv->marks, priv->marks->len - 1));
  g_clear_pointer (&priv->data, wf_chart_data_unref);
  g_clear_pointer (&priv->texts, wf_chart_texts_free);
  G_OBJECT_CLASS (wf_chart_parent_class)->dispose (object);
}

static void
wf_chart_finalize (GObject *object)
{
  WfChartPrivate *priv = PRIVATE (WF_CHART (object));

  g_ptr_array_unref (priv->marks);
  g_free (priv->places);
  g_free (priv->from);
  g_free (priv->shown);
  G_OBJECT_CLASS (wf_chart_parent_class)->finalize (object);
}

static void
wf_chart_class_init (WfChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_chart_get_property;
  object_class->set_property = wf_chart_set_property;
  object_class->dispose = wf_chart_dispose;
  object_class->finalize = wf_chart_finalize;
  widget_class->snapshot = wf_chart_snapshot;
  widget_class->get_request_mode = wf_chart_get_request_mode;
  widget_class->measure = wf_chart_measure;
  widget_class->size_allocate = wf_chart_size_allocate;
  klass->least_width = 240;
  klass->natural_width = 420;
  properties[PROP_DATA] =
      g_param_spec_boxed ("data", NULL, NULL, WF_TYPE_CHART_DATA,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", WF_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  wf_chart_install_input (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
wf_chart_init (WfChart *self)
{
  WfChartPrivate *priv = PRIVATE (self);
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  priv->marks = g_ptr_array_new ();
  priv->pointed = -1;
  priv->progress = 1;
  priv->animation =
      adw_timed_animation_new (GTK_WIDGET (self), 0, 1, DURATION,
                               adw_callback_animation_target_new (on_progress, self, NULL));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  wf_chart_add_controllers (self);
}

/* ---- numbers ----------------------------------------------------------------------------------- */

static gboolean
is_same_category (const WfCategory *a, const WfCategory *b)
{
  if (a->id != NULL || b->id != NULL)
    return g_strcmp0 (a->id, b->id) == 0;
  return g_str_equal (a->label, b->label) && g_strcmp0 (a->name, b->name) == 0;
}

/* Usually at the same place as before. */
static int
find_category (const WfChartData *data, const WfCategory *category, guint guess)
{
  if (guess < data->n_categories && is_same_category (&data->categories[guess], category))
    return (int) guess;
  for (guint i = 0; i < data->n_categories; i++)
    {
      if (is_same_category (&data->categories[i], category))
        return (int) i;
    }
  return -1;
}

static int
find_same_series (const WfChartData *data, const WfSeries *series)
{
  for (guint i = 0; i < data->n_series; i++)
    {
      if (g_str_equal (data->series[i].id, series->id) && data->series[i].kind == series->kind &&
          g_str_equal (data->series[i].name, series->name))
        return (int) i;
    }
  return -1;
}

/* What was shown of each new number so far; new ones come from 0. */
static double *
find_beginnings (WfChart *self, const WfChartData *data)
{
  WfChartPrivate *priv = PRIVATE (self);
  double *from = g_new0 (double, MAX (data->n_series * data->n_categories, 1));

  for (guint c = 0; c < data->n_categories; c++)
    {
      int category = find_category (priv->data, &data->categories[c], c);

      for (guint s = 0; s < data->n_series && category >= 0; s++)
        {
          int series = find_same_series (priv->data, &data->series[s]);
          guint at = (guint) series * priv->data->n_categories + (guint) category;

          if (series >= 0 && !isnan (priv->shown[at]))
            from[s * data->n_categories + c] = priv->shown[at];
        }
    }
  return from;
}

/* The first numbers are there at once. */
static void
show_data (WfChart *self, double *from)
{
  WfChartPrivate *priv = PRIVATE (self);
  guint n = priv->data->n_series * priv->data->n_categories;

  g_free (priv->from);
  priv->from = from != NULL ? from : g_new0 (double, MAX (n, 1));
  priv->shown = g_renew (double, priv->shown, MAX (n, 1));
  priv->from_top = priv->top;
  if (from != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      on_progress (0, self);
      adw_animation_play (priv->animation); /* without animations it ends here */
    }
  else
    on_progress (1, self);
}

/**
 * wf_chart_set_data:
 * @self: a chart
 * @data: (nullable): what is drawn
 */
void
wf_chart_set_data (WfChart *self, WfChartData *data)
{
  WfChartPrivate *priv;
  g_autofree double *from = NULL;

  g_return_if_fail (WF_IS_CHART (self));
  priv = PRIVATE (self);
  if (priv->data == data)
    return;
  adw_animation_pause (priv->animation);
  if (priv->data != NULL && data != NULL)
    from = find_beginnings (self, data);
  g_clear_pointer (&priv->data, wf_chart_data_unref);
  priv->data = data != NULL ? wf_chart_data_ref (data) : NULL;
  if (priv->texts != NULL)
    wf_chart_texts_age (priv->texts);
  set_n_marks (self, count_marks (self));
  if (data != NULL)
    show_data (self, g_steal_pointer (&from));
  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATA]);
}

WfChartData *
wf_chart_get_data (WfChart *self)
{
  g_return_val_if_fail (WF_IS_CHART (self), NULL);
  return PRIVATE (self)->data;
}

/**
 * wf_chart_set_activatable:
 * @self: a chart
 * @activatable: whether something happens on a click
 */
void
wf_chart_set_activatable (WfChart *self, gboolean activatable)
{
  g_return_if_fail (WF_IS_CHART (self));
  if (PRIVATE (self)->activatable == activatable)
    return;
  PRIVATE (self)->activatable = activatable;
  describe_marks (self);
}

gboolean
wf_chart_get_activatable (WfChart *self)
{
  g_return_val_if_fail (WF_IS_CHART (self), FALSE);
  return PRIVATE (self)->activatable;
}

void
wf_chart_queue_words (WfChart *self)
{
  describe_marks (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
wf_chart_get_n_marks (WfChart *self)
{
  return PRIVATE (self)->marks->len;
}

GtkWidget *
wf_chart_get_mark (WfChart *self, guint mark)
{
  g_return_val_if_fail (mark < PRIVATE (self)->marks->len, NULL);
  return PRIVATE (self)->marks->pdata[mark];
}

double
wf_chart_get_shown (WfChart *self, guint series, guint category)
{
  WfChartPrivate *priv = PRIVATE (self);

  return priv->shown[series * priv->data->n_categories + category];
}

static double *
copy_values (const WfChartData *data)
{
  double *values = g_new (double, MAX (data->n_series * data->n_categories, 1));

  for (guint s = 0; s < data->n_series; s++)
    {
      for (guint c = 0; c < data->n_categories; c++)
        values[s * data->n_categories + c] = data->series[s].values[c];
    }
  return values;
}

/**
 * wf_chart_draw:
 * @self: a chart
 * @width: in pixels
 * @height: in pixels
 * @on_paper: black on white, with patterns in place of colours that may be missing
 *
 * Returns: (transfer full) (nullable): the chart without a ground and legend; %NULL without numbers
 */
GskRenderNode *
wf_chart_draw (WfChart *self, int width, int height, gboolean on_paper)
{
  WfChartPrivate *priv;
  g_autofree double *values = NULL;
  g_auto (WfChartCanvas) canvas = { 0 };
  g_autoptr (GtkSnapshot) snapshot = NULL;

  g_return_val_if_fail (WF_IS_CHART (self) && width > 0 && height > 0, NULL);
  priv = PRIVATE (self);
  if (priv->data == NULL || wf_chart_data_is_empty (priv->data))
    return NULL;
  values = copy_values (priv->data);
  wf_chart_canvas_init (&canvas, GTK_WIDGET (self), priv->data, values, (float) width,
                        (float) height, on_paper);
  snapshot = gtk_snapshot_new ();
  WF_CHART_GET_CLASS (self)->draw (self, &canvas, snapshot);
  return gtk_snapshot_to_node (snapshot);
}

int
wf_chart_get_height (WfChart *self, int width)
{
  float least, natural;

  g_return_val_if_fail (WF_IS_CHART (self), 0);
  get_heights (self, (float) width, &least, &natural);
  return (int) ceilf (MAX (least, natural));
}
