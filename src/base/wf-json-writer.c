/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON in the order in which members are added. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-json-writer.h"
#include "wf-json-private.h"

struct _WfJsonWriter
{
  yyjson_mut_doc *doc; /* (owned) */
  GPtrArray *open;     /* (owned) of yyjson_mut_val: containers that are not ended */
};

WfJsonWriter *
wf_json_writer_new (void)
{
  WfJsonWriter *self = g_new0 (WfJsonWriter, 1);

  self->doc = yyjson_mut_doc_new (NULL);
  self->open = g_ptr_array_new ();
  return self;
}

void
wf_json_writer_free (WfJsonWriter *self)
{
  if (self == NULL)
    return;
  yyjson_mut_doc_free (self->doc);
  g_ptr_array_unref (self->open);
  g_free (self);
}

/* Text that is not UTF-8 would make the whole unwritable: what is wrong in it is replaced. */
static yyjson_mut_val *
make_string (WfJsonWriter *self, const char *text)
{
  g_autofree char *valid = NULL;

  if (g_utf8_validate (text, -1, NULL))
    return yyjson_mut_strcpy (self->doc, text);
  valid = g_utf8_make_valid (text, -1);
  return yyjson_mut_strcpy (self->doc, valid);
}

static void
add (WfJsonWriter *self, const char *name, yyjson_mut_val *value)
{
  yyjson_mut_val *container =
      self->open->len > 0 ? g_ptr_array_index (self->open, self->open->len - 1) : NULL;

  if (container == NULL)
    {
      g_return_if_fail (yyjson_mut_doc_get_root (self->doc) == NULL);
      yyjson_mut_doc_set_root (self->doc, value);
    }
  else if (yyjson_mut_is_arr (container))
    {
      yyjson_mut_arr_append (container, value);
    }
  else
    {
      g_return_if_fail (name != NULL);
      yyjson_mut_obj_add (container, make_string (self, name), value);
    }
}

static void
begin (WfJsonWriter *self, const char *name, yyjson_mut_val *container)
{
  add (self, name, container);
  g_ptr_array_add (self->open, container);
}

void
wf_json_writer_begin_object (WfJsonWriter *self, const char *name)
{
  begin (self, name, yyjson_mut_obj (self->doc));
}

void
wf_json_writer_begin_array (WfJsonWriter *self, const char *name)
{
  begin (self, name, yyjson_mut_arr (self->doc));
}

void
wf_json_writer_end (WfJsonWriter *self)
{
  g_return_if_fail (self->open->len > 0);
  g_ptr_array_set_size (self->open, (int) self->open->len - 1);
}

void
wf_json_writer_add_string (WfJsonWriter *self, const char *name, const char *value)
{
  if (value != NULL)
    add (self, name, make_string (self, value));
}

void
wf_json_writer_add_int (WfJsonWriter *self, const char *name, gint64 value)
{
  add (self, name, yyjson_mut_sint (self->doc, value));
}

/* JSON has no infinity and no NaN: they are written as null. */
void
wf_json_writer_add_double (WfJsonWriter *self, const char *name, double value)
{
  add (self, name, yyjson_mut_real (self->doc, value));
}

void
wf_json_writer_add_boolean (WfJsonWriter *self, const char *name, gboolean value)
{
  add (self, name, yyjson_mut_bool (self->doc, value));
}

void
wf_json_writer_add_null (WfJsonWriter *self, const char *name)
{
  add (self, name, yyjson_mut_null (self->doc));
}

void
wf_json_writer_add_value (WfJsonWriter *self, const char *name, const WfJson *value)
{
  if (value != NULL)
    add (self, name, yyjson_val_mut_copy (self->doc, wf_json_to_yyjson (value)));
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

static void
start_over (WfJsonWriter *self)
{
  yyjson_mut_doc_free (self->doc);
  self->doc = yyjson_mut_doc_new (NULL);
  g_ptr_array_set_size (self->open, 0);
}

/* "null" when nothing was added. */
char *
wf_json_writer_finish (WfJsonWriter *self, gboolean pretty)
{
  yyjson_write_flag flags = YYJSON_WRITE_INF_AND_NAN_AS_NULL |
                            (pretty ? YYJSON_WRITE_PRETTY_TWO_SPACES : 0);
  char *text;

  if (yyjson_mut_doc_get_root (self->doc) == NULL)
    wf_json_writer_add_null (self, NULL);
  text = yyjson_mut_write (self->doc, flags, NULL);
  start_over (self);
  return text;
}

WfJsonDocument *
wf_json_writer_finish_document (WfJsonWriter *self)
{
  yyjson_doc *doc;

  if (yyjson_mut_doc_get_root (self->doc) == NULL)
    wf_json_writer_add_null (self, NULL);
  doc = yyjson_mut_doc_imut_copy (self->doc, NULL);
  start_over (self);
  return wf_json_document_new_take (doc);
}
