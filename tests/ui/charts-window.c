/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with all charts, for tests over the accessibility bus, and to be looked at: tells on stdout what was activated, and
 * writes a chart on paper into a file. */
#include "wf-chart-sample.h"
#include "wf-chart.h"
#include "wf-ui-gresource.h"

#include <adwaita.h>
#include <cairo-pdf.h>
#include <locale.h>
#include <stdio.h>

static int width = 1000, height = 1000;
static gboolean is_dark, is_mirrored, is_large, shows_table, is_empty;
static char *only, *paper;
static const GOptionEntry entries[] = {
  { "width", 0, 0, G_OPTION_ARG_INT, &width, NULL, NULL },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, NULL, NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &is_dark, NULL, NULL },
  { "mirrored", 0, 0, G_OPTION_ARG_NONE, &is_mirrored, NULL, NULL },
  { "large", 0, 0, G_OPTION_ARG_NONE, &is_large, NULL, NULL },
  { "table", 0, 0, G_OPTION_ARG_NONE, &shows_table, NULL, NULL },
  { "empty", 0, 0, G_OPTION_ARG_NONE, &is_empty, NULL, NULL },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, NULL, NULL },
  { "paper", 0, 0, G_OPTION_ARG_FILENAME, &paper, NULL, NULL },
  { NULL },
};

static void
set_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (is_dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  if (is_mirrored)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (is_large)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
}

static void
on_activated (WfChartView *view, WfChartData *data, guint series, guint category,
              gpointer user_data)
{
  printf ("activated %s %s %s\n", data->title,
          series == G_MAXUINT ? "all" : data->series[series].id, data->categories[category].label);
  fflush (stdout);
}

static void
print_page (WfChartView *view)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (paper, 595, 420);
  cairo_t *cairo = cairo_create (surface);
  g_autoptr (GskRenderNode) node = wf_chart_view_draw (view, 793, 560, TRUE);

  cairo_scale (cairo, 0.75, 0.75);
  if (node != NULL)
    gsk_render_node_draw (node, cairo);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}

/* Not padding of the card: GTK 4.18 leaves that out of where it says on the accessibility bus that something stands. */
static void
set_margins (GtkWidget *widget)
{
  gtk_widget_set_margin_start (widget, 12);
  gtk_widget_set_margin_end (widget, 12);
  gtk_widget_set_margin_top (widget, 12);
  gtk_widget_set_margin_bottom (widget, 12);
}

static void
add_view (GtkBox *box, WfChartSample sample)
{
  GtkWidget *chart = wf_chart_sample_new_chart (sample);
  GtkWidget *view = wf_chart_view_new (WF_CHART (chart));
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (WfChartData) data = wf_chart_sample_make (sample);
  g_autoptr (WfChartData) none = wf_chart_data_new (data->title, data->head, 0, 0);

  if (sample == WF_CHART_SAMPLE_FUNNEL)
    wf_funnel_chart_mark (chart, "Filtro 1");
  wf_chart_view_set_activatable (WF_CHART_VIEW (view), TRUE);
  wf_chart_view_set_data (WF_CHART_VIEW (view), is_empty ? none : data,
                          sample == WF_CHART_SAMPLE_TREND
                              ? "Created by the day of creation, done by the day of completion."
                              : NULL);
  wf_chart_view_set_show_table (WF_CHART_VIEW (view), shows_table);
  g_signal_connect (view, "activated", G_CALLBACK (on_activated), NULL);
  set_margins (view);
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), view);
  gtk_box_append (box, card);
  if (paper != NULL)
    print_page (WF_CHART_VIEW (view));
}

static void
present (void)
{
  GtkWidget *window = adw_window_new (), *scroll = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *overlay = adw_toast_overlay_new ();

  set_margins (box);
  for (guint i = 0; i < WF_N_CHART_SAMPLES; i++)
    {
      if (only == NULL || g_str_equal (only, wf_chart_sample_names[i]))
        add_view (GTK_BOX (box), (WfChartSample) i);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), scroll);
  adw_window_set_content (ADW_WINDOW (window), overlay);
  gtk_window_set_title (GTK_WINDOW (window), "Charts");
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  adw_init ();
  wf_ui_register_resource ();
  set_style ();
  present ();
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
