/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON in the order in which members are added. The text grows as members come: a tree would
 * be built only to be written and thrown away, and effects, states and traces are written for every
 * event. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-json-writer.h"
#include "wf-json-private.h"

#include <math.h>
#include <string.h>

#define MOST_INT_DIGITS 20 /* with a sign */

struct _WfJsonWriter
{
  GString *text; /* (owned) */
  GString
      *open; /* (owned) the closing brackets of containers that are not ended, outermost first */
  gboolean follows; /* something stands before in this container */
};

WfJsonWriter *
wf_json_writer_new (void)
{
  WfJsonWriter *self = g_new0 (WfJsonWriter, 1);

  self->text = g_string_sized_new (512);
  self->open = g_string_sized_new (16);
  return self;
}

void
wf_json_writer_free (WfJsonWriter *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_string_free (self->open, TRUE);
  g_free (self);
}

/* Bytes that stand for themselves. */
static inline gboolean
is_plain (guchar c)
{
  return c >= ' ' && c != '"' && c != '\\';
}

static void
append_escaped (GString *text, guchar c)
{
  static const char short_names[] = "\"\"\\\\\bb\ff\nn\rr\tt";

  for (const char *pair = short_names; *pair != '\0'; pair += 2)
    if ((guchar) pair[0] == c)
      {
        g_string_append_c (text, '\\');
        g_string_append_c (text, pair[1]);
        return;
      }
  g_string_append_printf (text, "\\u%04X", c);
}

/* Text that is not UTF-8 would make the whole unreadable: what is wrong in it is replaced. */
static void
append_string (GString *text, const char *string)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (string, -1, NULL))
    string = valid = g_utf8_make_valid (string, -1);
  g_string_append_c (text, '"');
  while (*string != '\0')
    {
      const char *end = string;

      while (is_plain ((guchar) *end))
        end++;
      g_string_append_len (text, string, end - string);
      string = end;
      if (*string != '\0')
        append_escaped (text, (guchar) *string++);
    }
  g_string_append_c (text, '"');
}

/* The comma and the name before a value. FALSE where none may stand. */
static gboolean
begin_value (WfJsonWriter *self, const char *name)
{
  gboolean in_object = self->open->len > 0 && self->open->str[self->open->len - 1] == '}';

  g_return_val_if_fail (self->open->len > 0 || self->text->len == 0, FALSE);
  g_return_val_if_fail (!in_object || name != NULL, FALSE);
  if (self->follows)
    g_string_append_c (self->text, ',');
  self->follows = TRUE;
  if (in_object)
    {
      append_string (self->text, name);
      g_string_append_c (self->text, ':');
    }
  return TRUE;
}

static void
add_literal (WfJsonWriter *self, const char *name, const char *literal, gsize length)
{
  if (begin_value (self, name))
    g_string_append_len (self->text, literal, (gssize) length);
}

static void
begin (WfJsonWriter *self, const char *name, char opening, char closing)
{
  if (!begin_value (self, name))
    return;
  g_string_append_c (self->text, opening);
  g_string_append_c (self->open, closing);
  self->follows = FALSE;
}

void
wf_json_writer_begin_object (WfJsonWriter *self, const char *name)
{
  begin (self, name, '{', '}');
}

void
wf_json_writer_begin_array (WfJsonWriter *self, const char *name)
{
  begin (self, name, '[', ']');
}

void
wf_json_writer_end (WfJsonWriter *self)
{
  g_return_if_fail (self->open->len > 0);
  g_string_append_c (self->text, self->open->str[self->open->len - 1]);
  g_string_truncate (self->open, self->open->len - 1);
  self->follows = TRUE;
}

void
wf_json_writer_add_string (WfJsonWriter *self, const char *name, const char *value)
{
  if (value != NULL && begin_value (self, name))
    append_string (self->text, value);
}

static void
append_int (GString *text, guint64 magnitude, gboolean negative)
{
  char digits[MOST_INT_DIGITS];
  char *to = digits + sizeof digits;

  do
    *--to = (char) ('0' + magnitude % 10);
  while ((magnitude /= 10) > 0);
  if (negative)
    *--to = '-';
  g_string_append_len (text, to, digits + sizeof digits - to);
}

void
wf_json_writer_add_int (WfJsonWriter *self, const char *name, gint64 value)
{
  if (begin_value (self, name))
    append_int (self->text, value < 0 ? 0 - (guint64) value : (guint64) value, value < 0);
}

/* Whole numbers and texts without anything to escape, as most values in traces are: without a
 * buffer of the parser's for each. FALSE for anything else. */
static gboolean
append_plain (GString *text, yyjson_val *value)
{
  const char *string;
  gsize length;

  if (yyjson_is_int (value))
    {
      gint64 number = yyjson_get_sint (value);
      gboolean negative = yyjson_is_sint (value) && number < 0;

      append_int (text, negative ? 0 - (guint64) number : yyjson_get_uint (value), negative);
      return TRUE;
    }
  if (!yyjson_is_str (value))
    return FALSE;
  string = yyjson_get_str (value);
  length = yyjson_get_len (value);
  for (gsize i = 0; i < length; i++)
    if (!is_plain ((guchar) string[i]))
      return FALSE;
  g_string_append_c (text, '"');
  g_string_append_len (text, string, (gssize) length);
  g_string_append_c (text, '"');
  return TRUE;
}

/* The parser's own way of writing a value: the shortest digits that give the same number. */
static void
append_value (WfJsonWriter *self, yyjson_val *value)
{
  gsize length;
  char *text;

  if (append_plain (self->text, value))
    return;
  text = yyjson_val_write (value, 0, &length);
  g_string_append_len (self->text, text, (gssize) length);
  free (text);
}

/* JSON has no infinity and no NaN: they are written as null. */
void
wf_json_writer_add_double (WfJsonWriter *self, const char *name, double value)
{
  yyjson_val number = { .tag = YYJSON_TYPE_NUM | YYJSON_SUBTYPE_REAL, .uni.f64 = value };

  if (!isfinite (value))
    wf_json_writer_add_null (self, name);
  else if (begin_value (self, name))
    append_value (self, &number);
}

void
wf_json_writer_add_boolean (WfJsonWriter *self, const char *name, gboolean value)
{
  if (value)
    add_literal (self, name, "true", strlen ("true"));
  else
    add_literal (self, name, "false", strlen ("false"));
}

void
wf_json_writer_add_null (WfJsonWriter *self, const char *name)
{
  add_literal (self, name, "null", strlen ("null"));
}

void
wf_json_writer_add_value (WfJsonWriter *self, const char *name, const WfJson *value)
{
  if (value != NULL && begin_value (self, name))
    append_value (self, wf_json_to_yyjson (value));
}

void
wf_json_writer_add_members (WfJsonWriter *self, const WfJson *object)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  if (!wf_json_is (object, WF_JSON_OBJECT))
    return;
  wf_json_iter_init (&iter, object);
  while (wf_json_iter_next (&iter, &name, &value))
    wf_json_writer_add_value (self, name, value);
}

/* Closes what is open. "null" when nothing was added. */
static void
complete (WfJsonWriter *self)
{
  if (self->text->len == 0)
    wf_json_writer_add_null (self, NULL);
  while (self->open->len > 0)
    wf_json_writer_end (self);
}

static void
start_over (WfJsonWriter *self)
{
  g_string_truncate (self->text, 0);
  self->follows = FALSE;
}

static char *
indent (const GString *text)
{
  yyjson_doc *doc = yyjson_read_opts (text->str, text->len, YYJSON_READ_BIGNUM_AS_RAW, NULL, NULL);
  char *result = yyjson_write (doc, YYJSON_WRITE_PRETTY_TWO_SPACES, NULL);

  yyjson_doc_free (doc);
  return result;
}

char *
wf_json_writer_finish (WfJsonWriter *self, gboolean pretty)
{
  char *text;

  complete (self);
  text = pretty ? indent (self->text) : g_strndup (self->text->str, self->text->len);
  start_over (self);
  return text;
}

WfJsonDocument *
wf_json_writer_finish_document (WfJsonWriter *self)
{
  yyjson_doc *doc;

  complete (self);
  doc = yyjson_read_opts (self->text->str, self->text->len, YYJSON_READ_BIGNUM_AS_RAW, NULL, NULL);
  start_over (self);
  return wf_json_document_new_take (doc);
}
