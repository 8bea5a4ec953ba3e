/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the file of a scheduled report.
 *
 * Policy: a file of the person's is never lost. It is written beside its place under another name and moved there when it is
 * whole; what is there already is replaced only if it is the file that this schedule wrote and nobody has changed it since. A
 * folder that is gone is not made: it may be on a disk that is not there. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-schedule-file.h"

#include "wf-report-schedule.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_NUMBERS 99
#define MOST_NAME 120 /* bytes, so that date, number and extension fit into 255 */

char *
wf_report_schedule_make_stem (const char *name, const GDate *date)
{
  g_autoptr (GString) stem = g_string_new (NULL);

  for (const char *at = name; *at != '\0' && stem->len < MOST_NAME; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_iscntrl (letter) ||
          strchr ("/\\:*?\"<>|", (int) (letter < 128 ? letter : 'x')) != NULL)
        g_string_append_c (stem, '-');
      else if (letter != '.' || stem->len > 0) /* a leading dot hides a file */
        g_string_append_unichar (stem, letter);
    }
  g_strstrip (stem->str);
  g_string_truncate (stem, strlen (stem->str));
  if (stem->len == 0)
    g_string_append (stem, _ ("Report"));
  g_string_append_printf (stem, " %04d-%02d-%02d", g_date_get_year (date),
                          (int) g_date_get_month (date), g_date_get_day (date));
  return g_string_free (g_steal_pointer (&stem), FALSE);
}

char *
wf_report_schedule_get_checksum (GBytes *content)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
}

static const WfReportMade *
find_made (const GPtrArray *made, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  for (guint i = 0; i < made->len; i++)
    {
      const WfReportMade *entry = made->pdata[i];
      if (g_strcmp0 (entry->uri, uri) == 0)
        return entry;
    }
  return NULL;
}

/* What cannot be read is somebody else's. */
static gboolean
is_ours (GFile *file, const GPtrArray *made)
{
  const WfReportMade *entry = find_made (made, file);
  g_autoptr (GBytes) content = entry != NULL ? g_file_load_bytes (file, NULL, NULL, NULL) : NULL;
  g_autofree char *checksum = content != NULL ? wf_report_schedule_get_checksum (content) : NULL;

  return checksum != NULL && g_strcmp0 (checksum, entry->checksum) == 0;
}

static GFile *
write_aside (GFile *folder, GBytes *content, GError **error)
{
  g_autofree char *id = wf_uuid_new ();
  g_autofree char *name = g_strdup_printf (".%s.part", id);
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autoptr (GFileOutputStream) stream = g_file_create (file, G_FILE_CREATE_NONE, NULL, error);

  if (stream == NULL)
    return NULL;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), g_bytes_get_data (content, NULL),
                                 g_bytes_get_size (content), NULL, NULL, error) &&
      g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error))
    return g_steal_pointer (&file);
  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL); /* the first error is told */
  g_file_delete (file, NULL, NULL);
  return NULL;
}

/* FALSE without error: the name is taken. */
static gboolean
move_there (GFile *part, GFile *file, const GPtrArray *made, GError **error)
{
  GFileCopyFlags flags = G_FILE_COPY_NO_FALLBACK_FOR_MOVE;
  g_autoptr (GError) problem = NULL;

  if (is_ours (file, made))
    flags |= G_FILE_COPY_OVERWRITE;
  if (g_file_move (part, file, flags, NULL, NULL, NULL, &problem))
    return TRUE;
  if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_EXISTS) &&
      !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_WOULD_MERGE) &&
      !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static GFile *
move_somewhere (GFile *part, GFile *folder, const char *stem, const char *extension,
                const GPtrArray *made, GError **error)
{
  for (guint i = 1; i <= MOST_NUMBERS; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf (" (%u)", i) : g_strdup ("");
      g_autofree char *name = g_strdup_printf ("%s%s.%s", stem, number, extension);
      g_autoptr (GFile) file = g_file_get_child (folder, name);
      GError *problem = NULL;

      if (move_there (part, file, made, &problem))
        return g_steal_pointer (&file);
      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return NULL;
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("There are too many files named “%s”."),
               stem);
  return NULL;
}

static gboolean
check_folder (GFile *folder, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (folder);

  if (g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("The folder “%s” is not there."), name);
  return FALSE;
}

char *
wf_report_schedule_write_file (GFile *folder, const char *stem, const char *extension,
                               GBytes *content, const GPtrArray *made, GError **error)
{
  g_autoptr (GFile) part = NULL;
  g_autoptr (GFile) file = NULL;

  if (!check_folder (folder, error))
    return NULL;
  part = write_aside (folder, content, error);
  if (part == NULL)
    return NULL;
  file = move_somewhere (part, folder, stem, extension, made, error);
  if (file == NULL)
    {
      g_file_delete (part, NULL, NULL);
      return NULL;
    }
  return g_file_get_uri (file);
}
