/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Narrowing bars, one a stage, with the other numbers of the stage in words; a bottleneck is hatched and says so. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-layout.h"
#include "wf-chart-private.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define WF_TYPE_FUNNEL_CHART (wf_funnel_chart_get_type ())
G_DECLARE_FINAL_TYPE (WfFunnelChart, wf_funnel_chart, WF, FUNNEL_CHART, WfChart)

struct _WfFunnelChart
{
  WfChart parent_instance;

  char *marked; /* (owned) (nullable) id of the bottleneck */
};

G_DEFINE_FINAL_TYPE (WfFunnelChart, wf_funnel_chart, WF_TYPE_CHART)

static double
get_most (const WfChartData *data)
{
  double most = 0;

  for (guint c = 0; c < data->n_categories; c++)
    most = isnan (data->series[0].values[c]) ? most : MAX (most, data->series[0].values[c]);
  return most;
}

static gboolean
is_marked (WfFunnelChart *self, const WfChartData *data, guint category)
{
  return self->marked != NULL && g_strcmp0 (data->categories[category].id, self->marked) == 0;
}

static double
get_share (const WfChartCanvas *canvas, guint category)
{
  double value = wf_chart_canvas_get_value (canvas, 0, category);

  return isnan (value) || value < 0 || canvas->top <= 0 ? 0 : MIN (value / canvas->top, 1);
}

static void
init_funnel (WfChartCanvas *canvas, WfFunnel *funnel)
{
  wf_chart_canvas_move_top (canvas, get_most (canvas->data));
  wf_funnel_init (funnel, canvas->width, canvas->height, canvas->text_height,
                  canvas->data->n_categories);
}

/* ---- words ------------------------------------------------------------------------------------- */

/* Lines are broken between numbers, not inside "Median: 2 days". */
static void
append_unbroken (GString *words, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == ' ')
        g_string_append (words, "\u00a0");
      else
        g_string_append_c (words, *c);
    }
}

/* "Left: 3 · Here: 2 · Median: 2 days" */
static char *
get_words (const WfChartData *data, guint category)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint s = 1; s < data->n_series; s++)
    {
      g_autofree char *value =
          wf_value_to_text (data->series[s].kind, data->series[s].values[category]);

      /* Translators: the name of what is counted, and how many: "Done on Time: 12" */
      g_autofree char *part = g_strdup_printf (_ ("%s: %s"), data->series[s].name, value);

      append_unbroken (words, part);
      if (s + 1 < data->n_series)
        g_string_append (words, "\u00a0· ");
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
draw_name (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const graphene_rect_t *area,
           guint category, gboolean marked)
{
  g_autofree char *text =
      /* Translators: behind the name of a stage in which leads stay longest */
      marked ? g_strdup_printf (_ ("%s – Bottleneck"), canvas->data->categories[category].label)
             : g_strdup (canvas->data->categories[category].label);
  g_autoptr (PangoLayout) name = wf_chart_canvas_get_text (canvas, text, TRUE);

  wf_chart_paint_text (canvas, snapshot, name, area, 0, &canvas->palette.text);
}

/* In at most two lines. */
static void
draw_words (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const graphene_rect_t *words,
            guint category, gboolean marked)
{
  g_autofree char *text = get_words (canvas->data, category);
  g_autoptr (PangoLayout) line = wf_chart_canvas_get_text (canvas, text, FALSE);
  g_autoptr (PangoLayout) layout = pango_layout_copy (line);
  graphene_rect_t area = *words;
  float height = canvas->text_height;
  int lines;

  pango_layout_set_width (layout, (int) area.size.width * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -2);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  lines = *text == '\0' ? 0 : pango_layout_get_line_count (layout);
  area.origin.y += MAX (0, (area.size.height - height * (float) (1 + lines)) / 2);
  area.size.height = height;
  draw_name (canvas, snapshot, &area, category, marked);
  area.origin.y += height;
  area.size.height = height * (float) lines;
  if (lines > 0)
    wf_chart_paint_text (canvas, snapshot, layout, &area, 0, &canvas->palette.dim);
}

/* ---- bars -------------------------------------------------------------------------------------- */

/* From the end of a bar to the beginning of the next: what goes on. */
static void
draw_passage (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const graphene_rect_t *bar,
              const graphene_rect_t *next)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  float top = bar->origin.y + bar->size.height;
  GdkRGBA color = canvas->palette.grid;

  if (canvas->palette.high_contrast)
    color.alpha = 0.5f;
  gsk_path_builder_move_to (builder, wf_chart_canvas_mirror (canvas, bar->origin.x), top);
  gsk_path_builder_line_to (builder,
                            wf_chart_canvas_mirror (canvas, bar->origin.x + bar->size.width), top);
  gsk_path_builder_line_to (
      builder, wf_chart_canvas_mirror (canvas, next->origin.x + next->size.width), next->origin.y);
  gsk_path_builder_line_to (builder, wf_chart_canvas_mirror (canvas, next->origin.x),
                            next->origin.y);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

/* In the bar, or beside one that is too short. */
static void
draw_value (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const graphene_rect_t *bar,
            guint category, const WfSeriesStyle *style)
{
  g_autofree char *value =
      wf_value_to_text (canvas->data->series[0].kind, canvas->data->series[0].values[category]);
  g_autoptr (PangoLayout) text = wf_chart_canvas_get_text (canvas, value, TRUE);
  float width = wf_chart_text_get_width (text) + 2 * WF_CHART_GAP;
  GdkRGBA color = canvas->palette.text;
  graphene_rect_t area = *bar;

  if (width > bar->size.width)
    {
      area.origin.x = MIN (bar->origin.x + bar->size.width, canvas->width - width);
      area.size.width = width;
    }
  else if (style->fill == WF_FILL_SOLID)
    color = wf_chart_palette_get_text_on (&style->color);
  else
    wf_chart_paint_area (canvas, snapshot,
                         &GRAPHENE_RECT_INIT (bar->origin.x + (bar->size.width - width) / 2,
                                              bar->origin.y + 3, width, bar->size.height - 6),
                         &canvas->palette.card);
  wf_chart_paint_text (canvas, snapshot, text, &area, 0.5f, &color);
}

static void
draw_bar (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const graphene_rect_t *bar,
          guint category, gboolean marked)
{
  WfSeriesStyle style;

  wf_series_style_init (&style, &canvas->palette, canvas->data, 0);
  if (marked)
    style.fill = WF_FILL_HATCHED;
  if (bar->size.width > 0)
    wf_chart_paint_part (canvas, snapshot, bar, &style);
  draw_value (canvas, snapshot, bar, category, &style);
}

static void
wf_funnel_chart_draw (WfChart *chart, WfChartCanvas *canvas, GtkSnapshot *snapshot)
{
  WfFunnelChart *self = WF_FUNNEL_CHART (chart);
  WfFunnel funnel;

  init_funnel (canvas, &funnel);
  for (guint c = 0; c + 1 < funnel.n && funnel.wide; c++)
    {
      graphene_rect_t bar = wf_funnel_get_bar (&funnel, c, get_share (canvas, c));
      graphene_rect_t next = wf_funnel_get_bar (&funnel, c + 1, get_share (canvas, c + 1));

      draw_passage (canvas, snapshot, &bar, &next);
    }
  for (guint c = 0; c < funnel.n; c++)
    {
      graphene_rect_t bar = wf_funnel_get_bar (&funnel, c, get_share (canvas, c));
      graphene_rect_t words = wf_funnel_get_words (&funnel, c);
      gboolean marked = is_marked (self, canvas->data, c);

      draw_words (canvas, snapshot, &words, c, marked);
      draw_bar (canvas, snapshot, &bar, c, marked);
    }
}

/* ---- the chart --------------------------------------------------------------------------------- */

static void
wf_funnel_chart_place (WfChart *chart, WfChartCanvas *canvas, graphene_rect_t *marks, guint n)
{
  WfFunnel funnel;

  init_funnel (canvas, &funnel);
  for (guint i = 0; i < n; i++)
    marks[i] = wf_funnel_get_row (&funnel, i);
}

static void
wf_funnel_chart_get_height (WfChart *chart, WfChartCanvas *canvas, float *least, float *natural)
{
  *least = *natural =
      wf_funnel_get_least_height (canvas->width >= WF_FUNNEL_WIDE * canvas->text_height,
                                  MAX (canvas->data->n_categories, 1), canvas->text_height);
}

static const char *
wf_funnel_chart_get_remark (WfChart *chart, guint category)
{
  return is_marked (WF_FUNNEL_CHART (chart), wf_chart_get_data (chart), category)
             /* Translators: a stage in which leads stay longest */
             ? _ ("bottleneck")
             : NULL;
}

static int
wf_funnel_chart_get_step (WfChart *chart, GtkDirectionType direction)
{
  return direction == GTK_DIR_UP ? -1 : direction == GTK_DIR_DOWN ? 1 : 0;
}

static void
wf_funnel_chart_finalize (GObject *object)
{
  g_free (WF_FUNNEL_CHART (object)->marked);
  G_OBJECT_CLASS (wf_funnel_chart_parent_class)->finalize (object);
}

static void
wf_funnel_chart_class_init (WfFunnelChartClass *klass)
{
  WfChartClass *chart_class = WF_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_funnel_chart_finalize;
  chart_class->legend = WF_LEGEND_NONE;
  chart_class->draw = wf_funnel_chart_draw;
  chart_class->place = wf_funnel_chart_place;
  chart_class->get_height = wf_funnel_chart_get_height;
  chart_class->get_remark = wf_funnel_chart_get_remark;
  chart_class->get_step = wf_funnel_chart_get_step;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "funnelchart");
}

static void
wf_funnel_chart_init (WfFunnelChart *self)
{
}

GtkWidget *
wf_funnel_chart_new (void)
{
  return g_object_new (WF_TYPE_FUNNEL_CHART, NULL);
}

/**
 * wf_funnel_chart_mark:
 * @self: a funnel
 * @id: (nullable): of the category that is a bottleneck
 */
void
wf_funnel_chart_mark (GtkWidget *self, const char *id)
{
  g_return_if_fail (WF_IS_FUNNEL_CHART (self));
  if (g_set_str (&WF_FUNNEL_CHART (self)->marked, id))
    wf_chart_queue_words (WF_CHART (self));
}
