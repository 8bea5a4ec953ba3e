/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the command line. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-options.h"

#include <glib/gi18n-lib.h>

#define MOST_PIXELS 8192

static const GOptionEntry entries[] = {
  { "sample", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample company"),
    NULL },
  { "server", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL,
    N_ ("Connect to this CRM for this run only"), N_ ("ADDRESS") },
  { "token-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Read the token from this file"), N_ ("FILE") },
  { "state-dir", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Keep this run's data in this folder"), N_ ("FOLDER") },
  { "background", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
    N_ ("Start without a window, for reminders"), NULL },
  { "page", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL,
    N_ ("Show this page: today, workflows or log"), N_ ("NAME") },
  { "size", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL,
    N_ ("Size of the window in pixels, such as 1024x720"), N_ ("SIZE") },
  { "dark", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Use the dark style"), NULL },
  { "screenshot", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Save a picture of the window and quit"), N_ ("FILE") },
  { "announce-frame", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL,
    NULL }, /* for tests/benchmarks */
  { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and quit"),
    NULL },
  { 0 },
};

void
wf_options_add_to (GApplication *application)
{
  g_application_set_option_context_summary (
      application, _ ("Workflow turns what happens in your CRM into activities."));
  g_application_add_main_option_entries (application, entries);
}

gboolean
wf_options_parse_size (const char *text, int *width, int *height)
{
  char *end;
  gint64 w = g_ascii_strtoll (text, &end, 10);

  if (end == text || *end != 'x')
    return FALSE;
  const char *second = end + 1;
  gint64 h = g_ascii_strtoll (second, &end, 10);
  if (end == second || *end != '\0' || w < 1 || h < 1 || w > MOST_PIXELS || h > MOST_PIXELS)
    return FALSE;
  *width = (int) w;
  *height = (int) h;
  return TRUE;
}

gboolean
wf_options_read (WfOptions *self, GVariantDict *values, GError **error)
{
  g_autofree char *size = NULL;

  self->sample = g_variant_dict_contains (values, "sample");
  self->background = g_variant_dict_contains (values, "background");
  self->dark = g_variant_dict_contains (values, "dark");
  self->announce_frame = g_variant_dict_contains (values, "announce-frame");
  g_variant_dict_lookup (values, "server", "s", &self->server);
  g_variant_dict_lookup (values, "token-file", "^ay", &self->token_file);
  g_variant_dict_lookup (values, "state-dir", "^ay", &self->state_dir);
  g_variant_dict_lookup (values, "screenshot", "^ay", &self->screenshot);
  g_variant_dict_lookup (values, "page", "s", &self->page);
  if (g_variant_dict_lookup (values, "size", "s", &size) &&
      !wf_options_parse_size (size, &self->width, &self->height))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is no size; write it as 1024x720."), size);
      return FALSE;
    }
  if (self->sample && self->server != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("--sample and --server cannot be used together."));
      return FALSE;
    }
  return TRUE;
}

void
wf_options_clear (WfOptions *self)
{
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->token_file, g_free);
  g_clear_pointer (&self->state_dir, g_free);
  g_clear_pointer (&self->screenshot, g_free);
  g_clear_pointer (&self->page, g_free);
}
