/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the documents and event files that commands are given. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-input.h"

#include "wf-ctl-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_BYTES ((gsize) 64 * 1024)

struct _WfCtlLines
{
  char *path; /* (owned) */
  int fd;
  gboolean owns_fd;
  gboolean ended;
  GString *text;  /* (owned) what was read and not handed out */
  gsize used;     /* bytes of text that were handed out */
  gsize searched; /* bytes of text without a line break */
  guint64 number;
};

/**
 * wf_ctl_file_to_text:
 * @path: a path, or "-"
 *
 * Returns: (transfer none): its name in messages
 */
const char *
wf_ctl_file_to_text (const char *path)
{
  return g_str_equal (path, "-") ? _ ("standard input") : path;
}

/**
 * wf_ctl_load_document:
 * @path: a file
 * @problems: receives why it cannot be read
 *
 * Returns: (transfer full) (nullable): the document
 */
WfJsonDocument *
wf_ctl_load_document (const char *path, WfProblems *problems)
{
  g_autoptr (GError) error = NULL;
  WfJsonDocument *document = wf_json_document_load (path, 0, &error);

  if (document == NULL)
    wf_problems_add (problems, WF_PROBLEM_ERROR, "",
                     g_error_matches (error, WF_JSON_ERROR, WF_JSON_ERROR_FILE) ? "unreadable-file"
                                                                                : "not-json",
                     "%s", error->message);
  return document;
}

/**
 * wf_ctl_load_organisation:
 * @path: a file
 *
 * Prints what is wrong.
 *
 * Returns: (transfer full) (nullable): the organisation, NULL after an error
 */
WfOrganisation *
wf_ctl_load_organisation (const char *path)
{
  g_autoptr (WfProblems) problems = wf_problems_new (path);
  g_autoptr (WfJsonDocument) document = wf_ctl_load_document (path, problems);
  g_autoptr (WfOrganisation) organisation = NULL;

  if (document != NULL)
    organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  wf_ctl_print_problems (problems, FALSE);
  if (wf_problems_has_errors (problems))
    return NULL;
  return g_steal_pointer (&organisation);
}

/**
 * wf_ctl_load_workflow:
 * @path: a file
 *
 * Prints what is wrong.
 *
 * Returns: (transfer full) (nullable): the workflow, NULL after an error
 */
WfWorkflow *
wf_ctl_load_workflow (const char *path)
{
  g_autoptr (WfProblems) problems = wf_problems_new (path);
  g_autoptr (WfJsonDocument) document = wf_ctl_load_document (path, problems);
  g_autoptr (WfWorkflow) workflow = NULL;

  if (document != NULL)
    workflow = wf_workflow_read (wf_json_document_get_root (document), problems);
  wf_ctl_print_problems (problems, FALSE);
  if (wf_problems_has_errors (problems))
    return NULL;
  return g_steal_pointer (&workflow);
}

/**
 * wf_ctl_lines_new:
 * @path: a file, or "-" for standard input
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its lines
 */
WfCtlLines *
wf_ctl_lines_new (const char *path, GError **error)
{
  gboolean standard = g_str_equal (path, "-");
  int fd = standard ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  WfCtlLines *self;

  if (fd < 0)
    {
      int saved = errno;

      g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved),
                           g_strerror (saved));
      return NULL;
    }
  self = g_new0 (WfCtlLines, 1);
  self->path = g_strdup (wf_ctl_file_to_text (path));
  self->fd = fd;
  self->owns_fd = !standard;
  self->text = g_string_sized_new (2 * CHUNK_BYTES);
  return self;
}

/**
 * wf_ctl_lines_free:
 * @self: (transfer full): the lines of a file
 */
void
wf_ctl_lines_free (WfCtlLines *self)
{
  if (self->owns_fd)
    close (self->fd);
  g_free (self->path);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* Reads some more behind what there is. */
static gboolean
read_chunk (WfCtlLines *self, GError **error)
{
  gsize length;
  gssize n;

  g_string_erase (self->text, 0, (gssize) self->used);
  self->used = 0;
  length = self->text->len;
  g_string_set_size (self->text, length + CHUNK_BYTES);
  do
    n = read (self->fd, self->text->str + length, CHUNK_BYTES);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    {
      int saved = errno;

      g_string_set_size (self->text, length);
      g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved),
                           g_strerror (saved));
      return FALSE;
    }
  g_string_set_size (self->text, length + (gsize) n);
  self->ended = n == 0;
  return TRUE;
}

/* Finds the end of the next line, reading as needed. *too_long: its beginning was thrown away. */
static gboolean
find_line_end (WfCtlLines *self, gsize *end, gboolean *too_long, GError **error)
{
  *too_long = FALSE;
  self->searched = 0;
  for (;;)
    {
      const char *start = self->text->str + self->used;
      gsize length = self->text->len - self->used;
      const char *found = memchr (start + self->searched, '\n', length - self->searched);

      if (found != NULL || self->ended)
        {
          *end = found != NULL ? (gsize) (found - self->text->str) : self->text->len;
          *too_long |= *end - self->used > WF_CTL_LINE_MOST_BYTES;
          return TRUE;
        }
      self->searched = length;
      if (length > WF_CTL_LINE_MOST_BYTES)
        {
          *too_long = TRUE;
          self->used = self->text->len;
          self->searched = 0;
        }
      if (!read_chunk (self, error))
        return FALSE;
    }
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isspace (text[i]))
        return FALSE;
    }
  return TRUE;
}

/**
 * wf_ctl_lines_next:
 * @self: the lines of a file
 * @line: (out) (transfer none): the next line that is not blank
 * @length: (out): its length in bytes
 * @error: return location
 *
 * Returns: what was found; @error is set for WF_CTL_LINE_FAILED only
 */
WfCtlLineResult
wf_ctl_lines_next (WfCtlLines *self, const char **line, gsize *length, GError **error)
{
  for (;;)
    {
      gboolean too_long;
      gsize start, end;

      if (!find_line_end (self, &end, &too_long, error))
        return WF_CTL_LINE_FAILED;
      start = self->used;
      if (start == end && end == self->text->len && self->ended && !too_long)
        return WF_CTL_LINE_END;
      self->used = MIN (end + 1, self->text->len);
      self->number++;
      if (too_long)
        return WF_CTL_LINE_TOO_LONG;
      if (is_blank (self->text->str + start, end - start))
        continue;
      *line = self->text->str + start;
      *length = end - start;
      return WF_CTL_LINE_READ;
    }
}

/**
 * wf_ctl_lines_get_number:
 * @self: the lines of a file
 *
 * Returns: the number of the line read last, from 1
 */
guint64
wf_ctl_lines_get_number (const WfCtlLines *self)
{
  return self->number;
}

/**
 * wf_ctl_lines_dup_place:
 * @self: the lines of a file
 *
 * Returns: (transfer full): file and number of the line read last
 */
char *
wf_ctl_lines_dup_place (const WfCtlLines *self)
{
  return g_strdup_printf ("%s:%" G_GUINT64_FORMAT, self->path, self->number);
}

/**
 * wf_ctl_lines_read_event:
 * @self: the lines of a file
 * @line: the line read last
 * @length: its length
 * @received: the event's time when it says none; WF_INSTANT_NONE: it must say one
 * @problems: receives what is wrong
 *
 * Returns: (transfer full) (nullable): the event, NULL after an error
 */
WfEvent *
wf_ctl_lines_read_event (const WfCtlLines *self, const char *line, gsize length, WfInstant received,
                         WfProblems *problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse (line, (gssize) length, WF_CTL_LINE_MOST_BYTES, &error);

  if (document != NULL)
    return wf_event_read (document, wf_json_document_get_root (document), received, problems);
  wf_problems_add (problems, WF_PROBLEM_ERROR, "", "not-json", "%s", error->message);
  return NULL;
}

/* An event that cannot be read is named, and the rest goes on. FALSE when the reading is over. */
static gboolean
take_event (const WfCtlLines *lines, const char *line, gsize length, WfInstant *last,
            WfCtlEventFunc func, gpointer user_data, gboolean *fine)
{
  g_autofree char *place = wf_ctl_lines_dup_place (lines);
  g_autoptr (WfProblems) problems = wf_problems_new (place);
  g_autoptr (WfEvent) event = wf_ctl_lines_read_event (lines, line, length, *last, problems);

  wf_ctl_print_problems (problems, TRUE);
  *fine &= !wf_problems_has_errors (problems);
  if (event == NULL)
    return TRUE;
  *last = wf_event_get_time (event);
  return func (event, user_data);
}

/**
 * wf_ctl_foreach_event:
 * @path: a file of events, or "-" for standard input
 * @func: called for each event that can be read
 * @user_data: for @func
 *
 * An event that says no time has that of the one before it.
 *
 * Returns: whether everything could be read
 */
gboolean
wf_ctl_foreach_event (const char *path, WfCtlEventFunc func, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCtlLines) lines = wf_ctl_lines_new (path, &error);
  WfInstant last = WF_INSTANT_NONE;
  gboolean fine = TRUE, more = lines != NULL;

  while (more)
    {
      const char *line;
      gsize length;

      switch (wf_ctl_lines_next (lines, &line, &length, &error))
        {
        case WF_CTL_LINE_READ:
          more = take_event (lines, line, length, &last, func, user_data, &fine);
          break;
        case WF_CTL_LINE_TOO_LONG:
          wf_ctl_message (_ ("%s:%ld: This line is longer than %d bytes."),
                          wf_ctl_file_to_text (path), (long) wf_ctl_lines_get_number (lines),
                          (int) WF_CTL_LINE_MOST_BYTES);
          fine = FALSE;
          break;
        case WF_CTL_LINE_END:
          return fine;
        case WF_CTL_LINE_FAILED:
          more = FALSE;
          break;
        }
    }
  if (error != NULL)
    wf_ctl_message ("%s: %s", wf_ctl_file_to_text (path), error->message);
  return FALSE;
}

/**
 * wf_ctl_validate_workflow:
 * @workflow: a workflow that could be read
 * @path: its file
 * @organisation: (nullable): where it is to run
 *
 * Returns: whether it can run
 */
gboolean
wf_ctl_validate_workflow (const WfWorkflow *workflow, const char *path,
                          const WfOrganisation *organisation)
{
  g_autoptr (WfProblems) problems = wf_problems_new (path);

  wf_workflow_validate (workflow, organisation, problems);
  wf_ctl_print_problems (problems, FALSE);
  return !wf_problems_has_errors (problems);
}
