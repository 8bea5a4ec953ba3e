/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of an activity no query asks for, packed into one column. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include <string.h>

/* The parts follow each other in a fixed order; a later version appends parts, and what an older one did not write is NULL.
 * A number is seven bits a byte, lowest first, the top bit says that more follow. A text is its length + 1 as a number (0 is
 * NULL) and its bytes; a name is its number in names; an instant is eight bytes, lowest first. */

static void
write_number (GByteArray *body, guint64 number)
{
  guint8 bytes[10];
  guint n = 0;

  for (; number > 127; number >>= 7)
    bytes[n++] = (guint8) (number | 128);
  bytes[n++] = (guint8) number;
  g_byte_array_append (body, bytes, n);
}

static void
write_text (GByteArray *body, const char *text)
{
  gsize length = text == NULL ? 0 : strlen (text);

  write_number (body, text == NULL ? 0 : length + 1);
  if (length > 0)
    g_byte_array_append (body, (const guint8 *) text, (guint) length);
}

static void
write_instant (GByteArray *body, WfInstant instant)
{
  gint64 bytes = GINT64_TO_LE (instant);

  g_byte_array_append (body, (const guint8 *) &bytes, sizeof bytes);
}

static gboolean
write_name (WfStore *self, const char *name, GError **error)
{
  gint64 number;

  if (!wf_store_intern (self, name, &number, error))
    return FALSE;
  write_number (self->body, (guint64) number);
  return TRUE;
}

gboolean
wf_store_body_write (WfStore *self, const WfActivity *a, GError **error)
{
  g_byte_array_set_size (self->body, 0);
  write_instant (self->body, a->original_due);
  write_instant (self->body, a->remind);
  write_number (self->body, (guint64) a->workflow_version);
  if (!write_name (self, a->zone, error) || !write_name (self, a->workflow_name, error) ||
      !write_name (self, a->step, error) || !write_name (self, a->event_source, error) ||
      !write_name (self, a->event_type, error))
    return FALSE;
  write_text (self->body, a->event_id);
  write_text (self->body, a->notes);
  write_text (self->body, a->outcome);
  write_text (self->body, a->etag);
  write_text (self->body, a->cause);
  write_text (self->body, a->explanation);
  /* Few have any of these: the rest ends here. */
  if (a->place == NULL && a->ends == WF_INSTANT_NONE)
    return TRUE;
  write_text (self->body, a->place);
  write_instant (self->body, a->ends);
  return TRUE;
}

typedef struct
{
  const guint8 *next, *end;
  gboolean damaged;
} Reader;

static guint64
read_number (Reader *reader)
{
  guint64 number = 0;

  for (guint shift = 0; shift < 64 && reader->next < reader->end; shift += 7)
    {
      guint8 byte = *reader->next++;

      number |= (guint64) (byte & 127) << shift;
      if (byte < 128)
        return number;
    }
  reader->damaged = TRUE;
  return 0;
}

static char *
read_text (Reader *reader)
{
  guint64 length = reader->next == reader->end ? 0 : read_number (reader);
  char *text;

  if (length == 0)
    return NULL;
  if (length - 1 > (guint64) (reader->end - reader->next))
    {
      reader->damaged = TRUE;
      return NULL;
    }
  text = g_strndup ((const char *) reader->next, (gsize) length - 1);
  reader->next += length - 1;
  return text;
}

static WfInstant
read_instant (Reader *reader)
{
  gint64 bytes;

  if (reader->end - reader->next < (gssize) sizeof bytes)
    {
      reader->damaged = TRUE;
      return WF_INSTANT_NONE;
    }
  memcpy (&bytes, reader->next, sizeof bytes);
  reader->next += sizeof bytes;
  return GINT64_FROM_LE (bytes);
}

static char *
read_name (WfStore *self, Reader *reader)
{
  return g_strdup (wf_store_get_name (self, (guint32) read_number (reader)));
}

gboolean
wf_store_body_read (WfStore *self, const guint8 *data, gsize length, WfActivity *a)
{
  Reader reader = { data, data + length, FALSE };

  a->original_due = read_instant (&reader);
  a->remind = read_instant (&reader);
  a->workflow_version = (gint64) read_number (&reader);
  a->zone = read_name (self, &reader);
  a->workflow_name = read_name (self, &reader);
  a->step = read_name (self, &reader);
  a->event_source = read_name (self, &reader);
  a->event_type = read_name (self, &reader);
  a->event_id = read_text (&reader);
  a->notes = read_text (&reader);
  a->outcome = read_text (&reader);
  a->etag = read_text (&reader);
  a->cause = read_text (&reader);
  a->explanation = read_text (&reader);
  a->place = read_text (&reader);
  a->ends = reader.next == reader.end ? WF_INSTANT_NONE : read_instant (&reader);
  return !reader.damaged;
}

gboolean
wf_body_read_beginning (const guint8 *data, gsize length, WfBodyBeginning *beginning)
{
  Reader reader = { data, data + length, FALSE };

  beginning->original_due = read_instant (&reader);
  beginning->remind = read_instant (&reader);
  beginning->version = (gint64) read_number (&reader);
  return !reader.damaged;
}

static void
skip_text (Reader *reader)
{
  guint64 length = read_number (reader);

  if (length == 0)
    return;
  if (length - 1 > (guint64) (reader->end - reader->next))
    reader->damaged = TRUE;
  else
    reader->next += length - 1;
}

char *
wf_store_body_dup_notes (const guint8 *data, gsize length)
{
  Reader reader = { data, data + length, FALSE };

  (void) read_instant (&reader); /* original_due */
  (void) read_instant (&reader); /* remind */
  for (guint i = 0; i < 6; i++)  /* the version and five names */
    (void) read_number (&reader);
  skip_text (&reader); /* event_id */
  return reader.damaged ? NULL : read_text (&reader);
}
