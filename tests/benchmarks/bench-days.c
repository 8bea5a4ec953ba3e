/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a week of 2,000 activities costs in columns of time: our own work in each frame while it scrolls through the whole day,
 * laying all of them out anew, and drawing what is seen once. Goal (performance.md): 8 ms of own work a frame. */
#include "wf-days-sample.h"
#include "wf-ui-gresource.h"

#include <stdio.h>

#define N_FRAMES 120
#define STEP 29
#define N_RUNS 20

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
print (const char *what, guint n, double *values, guint n_values)
{
  g_sort_array (values, n_values, sizeof *values, compare, NULL);
  printf (
      "{\"name\": \"days/%s/%u\", \"unit\": \"ms\", \"value\": %.3f, \"p95\": %.3f, \"most\": %.3f}\n",
      what, n, values[n_values / 2], values[n_values * 95 / 100], values[n_values - 1]);
  fflush (stdout);
}

static void
on_after_paint (GdkFrameClock *frames, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
draw_frame (WfDaysSample *s)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (s->window);
  gboolean drawn = FALSE;
  gulong handler = g_signal_connect (frames, "after-paint", G_CALLBACK (on_after_paint), &drawn);

  gtk_widget_queue_draw (s->window);
  while (!drawn)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (frames, handler);
}

/* Down and up again; what is counted is cover, layout and drawing of the columns in that frame. */
static void
scroll (WfDaysSample *s, const char *what, guint n)
{
  GtkAdjustment *adjustment = s->grid->vadjustment;
  double values[N_FRAMES], step = STEP;

  for (guint i = 0; i < N_FRAMES; i++)
    {
      double before = gtk_adjustment_get_value (adjustment);

      s->grid->work = 0;
      gtk_adjustment_set_value (adjustment, before + step);
      if (gtk_adjustment_get_value (adjustment) == before)
        step = -step;
      draw_frame (s);
      values[i] = (double) s->grid->work / 1000;
    }
  print (what, n, values, N_FRAMES);
}

static void
relayout (WfDaysSample *s, guint n)
{
  double values[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      gint64 began = g_get_monotonic_time ();

      wf_days_grid_relayout (s->grid);
      values[i] = (double) (g_get_monotonic_time () - began) / 1000;
    }
  print ("relayout", n, values, N_RUNS);
}

static void
draw (WfDaysSample *s, guint n)
{
  double values[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      gint64 began = g_get_monotonic_time ();

      GTK_WIDGET_GET_CLASS (s->grid)->snapshot (GTK_WIDGET (s->grid), snapshot);
      values[i] = (double) (g_get_monotonic_time () - began) / 1000;
      g_clear_pointer (&(GskRenderNode *) { gtk_snapshot_free_to_node (snapshot) },
                       gsk_render_node_unref);
    }
  print ("snapshot", n, values, N_RUNS);
}

static void
run (guint n)
{
  WfDaysSample s;

  wf_days_sample_init (&s, "America/Sao_Paulo", "2026-11-18T10:20:00-03:00", "ana");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_autofree char *time =
          g_strdup_printf ("2026-11-%02uT%02u:%02u:00-03:00", 15 + i % 7, i / 7 % 24, i * 7 % 60);

      if (i % 5 == 0)
        wf_days_sample_add_meeting (&s, id, "Meeting", time, 45);
      else
        wf_days_sample_add (&s, id, "Realizar Filtro 1", time);
    }
  wf_days_sample_show (&s, WF_CALENDAR_WEEK, 1200, 900, FALSE);
  scroll (&s, "scroll-own", n);
  wf_days_grid_set_zoom (s.grid, 5, 0); /* what comes into view is bound on the way */
  draw_frame (&s);
  scroll (&s, "scroll-zoomed-own", n);
  wf_days_grid_set_zoom (s.grid, 1, 0);
  draw_frame (&s);
  relayout (&s, n);
  draw (&s, n);
  wf_days_sample_clear (&s);
}

int
main (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  adw_init ();
  wf_ui_register_resource ();
  gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  run (100);
  run (2000);
  return 0;
}
