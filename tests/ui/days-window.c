/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with a day or a week alone, for tests over the accessibility bus and with a real pointer, and to be looked at: tells
 * on stdout what is opened and what was asked of the runtime last. */
#include "wf-days-sample.h"
#include "wf-ui-gresource.h"

#include <locale.h>
#include <stdio.h>

static int width = 1000, height = 720, many, people = 3;
static gboolean is_day, is_dark, is_mirrored, has_strip, is_month, is_large;
static char *zone, *now, *date, *person;
static const GOptionEntry entries[] = {
  { "width", 0, 0, G_OPTION_ARG_INT, &width, NULL, NULL },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, NULL, NULL },
  { "many", 0, 0, G_OPTION_ARG_INT, &many, NULL, NULL },
  { "people", 0, 0, G_OPTION_ARG_INT, &people, NULL, NULL },
  { "day", 0, 0, G_OPTION_ARG_NONE, &is_day, NULL, NULL },
  { "month", 0, 0, G_OPTION_ARG_NONE, &is_month, NULL, NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &is_dark, NULL, NULL },
  { "large", 0, 0, G_OPTION_ARG_NONE, &is_large, NULL, NULL },
  { "mirrored", 0, 0, G_OPTION_ARG_NONE, &is_mirrored, NULL, NULL },
  { "strip", 0, 0, G_OPTION_ARG_NONE, &has_strip, NULL, NULL },
  { "zone", 0, 0, G_OPTION_ARG_STRING, &zone, NULL, NULL },
  { "now", 0, 0, G_OPTION_ARG_STRING, &now, NULL, NULL },
  { "date", 0, 0, G_OPTION_ARG_STRING, &date, NULL, NULL },
  { "person", 0, 0, G_OPTION_ARG_STRING, &person, NULL, NULL },
  { NULL },
};

static void
add_many (WfDaysSample *sample, int n)
{
  for (int i = 0; i < n; i++)
    {
      int minute = 9 * 60 + (i * 37) % (9 * 60);
      g_autofree char *id = g_strdup_printf ("many-%d", i);
      g_autofree char *time = g_strdup_printf ("2026-11-%02dT%02d:%02d:00-03:00",
                                               18 + (n > 100 ? i % 5 - 2 : 0), minute / 60,
                                               minute % 60);

      wf_days_sample_add (sample, id, "Realizar Filtro 1", time);
    }
}

static gboolean
tell (gpointer data)
{
  static char *said;
  WfDaysSample *sample = data;
  const char *last = wf_fake_runtime_get_last_command (sample->runtime);

  if (sample->opened->len > 0)
    fputs (sample->opened->str, stdout);
  g_string_truncate (sample->opened, 0);
  if (last != NULL && g_set_str (&said, last))
    printf ("%s\n", last);
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

static void
set_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  if (is_dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  if (is_mirrored)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (is_large)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  WfDaysSample sample;
  GDate shown;

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
  wf_days_sample_init (&sample, zone != NULL ? zone : "America/Sao_Paulo",
                       now != NULL ? now : "2026-11-18T10:20:00-03:00",
                       person != NULL ? person : "carla");
  if (many > 0)
    add_many (&sample, many);
  else
    wf_days_sample_fill (&sample);
  wf_days_sample_set_workload (&sample, (guint) people, is_month ? 35 : is_day ? 1 : 7);
  wf_days_sample_show (&sample, is_day ? WF_CALENDAR_DAY : WF_CALENDAR_WEEK, width, height,
                       has_strip);
  if (is_month)
    wf_calendar_model_set_view (sample.model, WF_CALENDAR_MONTH);
  g_date_clear (&shown, 1);
  if (date != NULL)
    {
      g_date_set_parse (&shown, date);
      wf_calendar_model_set_date (sample.model, &shown);
    }
  g_timeout_add (50, tell, &sample);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
