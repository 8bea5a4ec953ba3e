/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading JSON documents of people: each wrong value becomes a problem that names its path. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-json-cursor.h"
#include "wf-json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

WfJsonCursor
wf_json_cursor_root (const WfJson *root, WfProblems *problems)
{
  return (WfJsonCursor) { .value = root, .problems = problems };
}

WfJsonCursor
wf_json_cursor_member (const WfJsonCursor *self, const char *name)
{
  return (WfJsonCursor) {
    .parent = self,
    .name = name,
    .value = wf_json_get_member (self->value, name),
    .problems = self->problems,
  };
}

WfJsonCursor
wf_json_cursor_element (const WfJsonCursor *self, guint index)
{
  return (WfJsonCursor) {
    .parent = self,
    .index = index,
    .value = wf_json_get_element (self->value, index),
    .problems = self->problems,
  };
}

/* RFC 6901: "~" becomes "~0" and "/" becomes "~1". */
static void
append_escaped (GString *path, const char *name)
{
  for (const char *at = name; *at != '\0'; at++)
    {
      if (*at == '~')
        g_string_append (path, "~0");
      else if (*at == '/')
        g_string_append (path, "~1");
      else
        g_string_append_c (path, *at);
    }
}

/* Recursion is bounded by the documents' depth. */
static void
append_path (GString *path, const WfJsonCursor *self)
{
  if (self->parent == NULL)
    return;
  append_path (path, self->parent);
  g_string_append_c (path, '/');
  if (self->name != NULL)
    append_escaped (path, self->name);
  else
    g_string_append_printf (path, "%u", self->index);
}

char *
wf_json_cursor_dup_path (const WfJsonCursor *self)
{
  GString *path = g_string_new (NULL);

  append_path (path, self);
  return g_string_free_and_steal (path);
}

static void
add_problem (const WfJsonCursor *self, WfProblemSeverity severity, const char *code,
             const char *format, va_list arguments)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (self->problems == NULL)
    return;
  path = wf_json_cursor_dup_path (self);
  text = g_strdup_vprintf (format, arguments);
  wf_problems_add (self->problems, severity, path, code, "%s", text);
}

void
wf_json_cursor_problem (const WfJsonCursor *self, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_problem (self, WF_PROBLEM_ERROR, code, format, arguments);
  va_end (arguments);
}

void
wf_json_cursor_warning (const WfJsonCursor *self, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_problem (self, WF_PROBLEM_WARNING, code, format, arguments);
  va_end (arguments);
}

gboolean
wf_json_cursor_is_missing (const WfJsonCursor *self)
{
  return self->value == NULL;
}

static const char *
type_to_text (WfJsonType type)
{
  switch (type)
    {
    case WF_JSON_MISSING:
      break;
    case WF_JSON_NULL:
      return _ ("This must be null.");
    case WF_JSON_BOOLEAN:
      return _ ("This must be true or false.");
    case WF_JSON_NUMBER:
      return _ ("This must be a number.");
    case WF_JSON_STRING:
      return _ ("This must be a text.");
    case WF_JSON_ARRAY:
      return _ ("This must be a list.");
    case WF_JSON_OBJECT:
      return _ ("This must be an object.");
    }
  g_assert_not_reached ();
}

gboolean
wf_json_cursor_expect (const WfJsonCursor *self, WfJsonType type)
{
  if (wf_json_is (self->value, type))
    return TRUE;
  if (self->value == NULL)
    wf_json_cursor_problem (self, "missing", "%s", _ ("This is missing."));
  else
    wf_json_cursor_problem (self, "wrong-type", "%s", type_to_text (type));
  return FALSE;
}

/* TRUE when there is a value of the type to be read. */
static gboolean
has (const WfJsonCursor *self, WfJsonType type, gboolean required)
{
  return (required || self->value != NULL) && wf_json_cursor_expect (self, type);
}

/* A text with a NUL character is refused: it would be cut off silently. */
const char *
wf_json_cursor_get_string (const WfJsonCursor *self, gboolean required)
{
  const char *text;

  if (!has (self, WF_JSON_STRING, required))
    return NULL;
  text = wf_json_get_string (self->value);
  if (strlen (text) == wf_json_get_string_length (self->value))
    return text;
  wf_json_cursor_problem (self, "wrong-text", "%s",
                          _ ("This text contains a character that is not allowed."));
  return NULL;
}

gboolean
wf_json_cursor_get_boolean (const WfJsonCursor *self, gboolean required, gboolean fallback)
{
  return has (self, WF_JSON_BOOLEAN, required) ? wf_json_get_boolean (self->value, fallback)
                                               : fallback;
}

gint64
wf_json_cursor_get_int64 (const WfJsonCursor *self, gboolean required, gint64 fallback)
{
  gint64 number;

  if (!has (self, WF_JSON_NUMBER, required))
    return fallback;
  if (wf_json_get_int64 (self->value, &number))
    return number;
  wf_json_cursor_problem (self, "wrong-type", "%s", _ ("This must be a whole number."));
  return fallback;
}

int
wf_json_cursor_get_enum (const WfJsonCursor *self, const char *const *names, gboolean required)
{
  g_autofree char *list = NULL;
  const char *text;

  if (!has (self, WF_JSON_STRING, required))
    return -1;
  text = wf_json_get_string (self->value);
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], text))
      return i;
  list = g_strjoinv (", ", (char **) names);
  /* Translators: the first is what somebody wrote, the second a list of technical words */
  wf_json_cursor_problem (self, "unknown-value", _ ("“%s” is not known here. Known are: %s."), text,
                          list);
  return -1;
}

WfJsonDocument *
wf_json_cursor_dup_unknown (const WfJsonCursor *self, const char *const *known)
{
  g_autoptr (WfJsonWriter) writer = NULL;
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, self->value);
  while (wf_json_iter_next (&iter, &name, &value))
    {
      WfJsonCursor member = {
        .parent = self, .name = name, .value = value, .problems = self->problems
      };

      if (name == NULL || g_strv_contains (known, name))
        continue;
      wf_json_cursor_warning (&member, "unknown-member",
                              _ ("“%s” is not known here. It is kept but does nothing."), name);
      if (writer == NULL)
        {
          writer = wf_json_writer_new ();
          wf_json_writer_begin_object (writer, NULL);
        }
      wf_json_writer_add_value (writer, name, value);
    }
  return writer != NULL ? wf_json_writer_finish_document (writer) : NULL;
}
