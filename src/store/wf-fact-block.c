/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of the facts about activities: columns of a few thousand neighbours, in memory and packed. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-fact-block.h"

#include <string.h>

/* Packed, the columns follow each other. Of each value its distance from the smallest one is kept, divided by what all such
 * distances have in common (instants are whole seconds or minutes, mostly), in as few bytes as the largest one needs: none,
 * when all values are the same. Instants are distances from an earlier column of the same activity. That is less than half
 * of what the columns are in memory, and is undone faster than the rest would be read. What needs eight bytes is kept as
 * it is. */

#define FORMAT_LITTLE_ENDIAN 1
#define FORMAT_BIG_ENDIAN 129
#define FORMAT (G_BYTE_ORDER == G_LITTLE_ENDIAN ? FORMAT_LITTLE_ENDIAN : FORMAT_BIG_ENDIAN)

typedef struct
{
  guint64 checksum; /* of all that follows */
  guint32 n;
  guint8 format, unused[3];
} Header;

typedef struct
{
  gint64 base;
  guint64 scale;
  guint8 width, has_none, unused[6];
} ColumnHeader;

typedef struct
{
  gsize offset;
  guint size;          /* of a value in memory */
  gboolean is_instant; /* may be WF_INSTANT_NONE */
  gsize reference;     /* of another column, which comes before; 0: none */
} Column;

#define COLUMN(name, is_instant, reference)                                                        \
  { G_STRUCT_OFFSET (WfFactBlock, name), sizeof (((WfFactBlock *) NULL)->name[0]), is_instant,     \
    reference }

static const Column columns[] = {
  COLUMN (number, FALSE, 0),
  COLUMN (created, TRUE, 0),
  COLUMN (due, TRUE, G_STRUCT_OFFSET (WfFactBlock, created)),
  COLUMN (original_due, TRUE, G_STRUCT_OFFSET (WfFactBlock, due)),
  COLUMN (closed, TRUE, G_STRUCT_OFFSET (WfFactBlock, due)),
  COLUMN (lead, FALSE, 0),
  COLUMN (person, FALSE, 0),
  COLUMN (type, FALSE, 0),
  COLUMN (workflow, FALSE, 0),
  COLUMN (origin, FALSE, 0),
  COLUMN (version, FALSE, 0),
  COLUMN (status, FALSE, 0),
  COLUMN (flags, FALSE, 0),
};

/* Four lanes, so that no multiplication waits for the one before. Finds what is damaged, not what is forged. */
static guint64
get_checksum (const guint8 *bytes, gsize length)
{
  guint64 lanes[4] = { 1, 2, 3, 4 }, word = 0, sum = length;
  gsize i = 0;

  for (; i + sizeof lanes <= length; i += sizeof lanes)
    for (guint k = 0; k < 4; k++)
      {
        memcpy (&word, bytes + i + k * sizeof word, sizeof word);
        lanes[k] = (lanes[k] ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
        lanes[k] ^= lanes[k] >> 31;
      }
  for (; i < length; i += sizeof word)
    {
      word = 0;
      memcpy (&word, bytes + i, MIN (sizeof word, length - i));
      lanes[0] = (lanes[0] ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      lanes[0] ^= lanes[0] >> 31;
    }
  for (guint k = 0; k < 4; k++)
    sum = (sum ^ lanes[k]) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9) + k;
  return sum;
}

/* ---- packing ---- */

static gint64
get_value (const WfFactBlock *self, const Column *column, guint i)
{
  const guint8 *data = (const guint8 *) self + column->offset;

  switch (column->size)
    {
    case 1:
      return data[i];
    case 4:
      return ((const guint32 *) data)[i];
    default:
      return ((const gint64 *) data)[i];
    }
}

static gboolean
is_none (const Column *column, gint64 value)
{
  return column->is_instant && value == WF_INSTANT_NONE;
}

/* From what the value is counted: without an instant there, from the beginning of time. */
static guint64
get_reference (const WfFactBlock *self, const Column *column, guint i)
{
  const WfInstant *reference =
      (const WfInstant *) (gconstpointer) ((const guint8 *) self + column->reference);

  return column->reference == 0 || reference[i] == WF_INSTANT_NONE ? 0 : (guint64) reference[i];
}

static gint64
get_distance (const WfFactBlock *self, const Column *column, guint i)
{
  return (gint64) ((guint64) get_value (self, column, i) - get_reference (self, column, i));
}

static guint64
get_common (guint64 a, guint64 b)
{
  while (b != 0)
    {
      guint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

static guint8
get_width (guint64 most)
{
  return most == 0             ? 0
         : most <= G_MAXUINT8  ? 1
         : most <= G_MAXUINT16 ? 2
         : most <= G_MAXUINT32 ? 4
                               : 8;
}

static void
measure (const WfFactBlock *self, const Column *column, ColumnHeader *header)
{
  gint64 least = G_MAXINT64, most = G_MININT64;
  guint64 common = 0, codes;

  *header = (ColumnHeader) { .scale = 1 };
  for (guint i = 0; i < self->n; i++)
    {
      gint64 distance = get_distance (self, column, i);

      if (is_none (column, get_value (self, column, i)))
        {
          header->has_none = 1;
          continue;
        }
      least = MIN (least, distance);
      most = MAX (most, distance);
    }
  if (least > most)
    return; /* all are none, or there are no rows */
  for (guint i = 0; column->is_instant && common != 1 && i < self->n; i++)
    if (!is_none (column, get_value (self, column, i)))
      common = get_common (common, (guint64) get_distance (self, column, i) - (guint64) least);
  header->base = least;
  header->scale = MAX (common, 1);
  codes = ((guint64) most - (guint64) least) / header->scale;
  header->width = column->size == 8 && codes >= G_MAXUINT32 ? 8
                                                            : get_width (codes + header->has_none);
}

static void
append_codes (GByteArray *bytes, const guint64 *codes, guint n, guint width)
{
  static const guint8 nothing[8] = { 0 };
  guint start = bytes->len;

  g_byte_array_set_size (bytes, start + n * width);
  for (guint i = 0; i < n; i++)
    {
      guint8 *to = bytes->data + start + i * width;

      if (width == 1)
        *to = (guint8) codes[i];
      else if (width == 2)
        memcpy (to, &(guint16) { (guint16) codes[i] }, 2);
      else if (width == 4)
        memcpy (to, &(guint32) { (guint32) codes[i] }, 4);
      else if (width == 8)
        memcpy (to, &codes[i], 8);
    }
  g_byte_array_append (bytes, nothing, -bytes->len & 7);
}

static void
pack_column (WfFactBlock *self, const Column *column, GByteArray *bytes)
{
  ColumnHeader header;

  measure (self, column, &header);
  for (guint i = 0; i < self->n; i++)
    {
      gint64 value = get_value (self, column, i);

      if (header.width == 8)
        self->codes[i] = (guint64) value;
      else if (is_none (column, value))
        self->codes[i] = 0;
      else
        self->codes[i] = ((guint64) get_distance (self, column, i) - (guint64) header.base) /
                             header.scale +
                         header.has_none;
    }
  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
  append_codes (bytes, self->codes, self->n, header.width);
}

void
wf_fact_block_pack (WfFactBlock *self, GByteArray *bytes)
{
  Header header = { .n = self->n, .format = FORMAT };

  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    pack_column (self, &columns[i], bytes);
  header.checksum =
      get_checksum (bytes->data + sizeof header.checksum, bytes->len - sizeof header.checksum);
  memcpy (bytes->data, &header, sizeof header);
}

/* ---- unpacking ---- */

#define UNPACK(type)                                                                               \
  for (guint i = 0; i < n; i++)                                                                    \
    {                                                                                              \
      type code;                                                                                   \
                                                                                                   \
      memcpy (&code, bytes + i * sizeof code, sizeof code);                                        \
      codes[i] = code;                                                                             \
    }

static void
read_codes (const guint8 *bytes, guint width, guint n, guint64 *codes)
{
  switch (width)
    {
    case 1:
      UNPACK (guint8)
      break;
    case 2:
      UNPACK (guint16)
      break;
    case 4:
      UNPACK (guint32)
      break;
    default:
      memset (codes, 0, n * sizeof *codes);
      break;
    }
}

static void
unpack_instants (WfFactBlock *self, const Column *column, const ColumnHeader *header)
{
  gint64 *to = (gint64 *) (gpointer) ((guint8 *) self + column->offset);
  const gint64 *reference =
      (const gint64 *) (gconstpointer) ((const guint8 *) self + column->reference);
  guint64 base = (guint64) header->base - (header->has_none ? header->scale : 0);

  if (column->reference == 0)
    for (guint i = 0; i < self->n; i++)
      to[i] = (gint64) (base + self->codes[i] * header->scale);
  else
    for (guint i = 0; i < self->n; i++)
      to[i] = (gint64) (base + self->codes[i] * header->scale +
                        (reference[i] == WF_INSTANT_NONE ? 0 : (guint64) reference[i]));
  if (header->has_none)
    for (guint i = 0; i < self->n; i++)
      if (self->codes[i] == 0)
        to[i] = WF_INSTANT_NONE;
}

static void
unpack_column (WfFactBlock *self, const Column *column, const ColumnHeader *header,
               const guint8 *bytes)
{
  guint8 *to = (guint8 *) self + column->offset;

  if (header->width == 8)
    {
      memcpy (to, bytes, (gsize) self->n * column->size);
      return;
    }
  read_codes (bytes, header->width, self->n, self->codes);
  if (column->size == 8)
    unpack_instants (self, column, header);
  else if (column->size == 4)
    for (guint i = 0; i < self->n; i++)
      ((guint32 *) (gpointer) to)[i] = (guint32) ((guint64) header->base + self->codes[i]);
  else
    for (guint i = 0; i < self->n; i++)
      to[i] = (guint8) ((guint64) header->base + self->codes[i]);
}

/* What the columns say of themselves, before anything of them is believed. */
static gboolean
is_sound (const Column *column, const ColumnHeader *header)
{
  guint width = header->width;

  return (width <= 2 || width == 4 || (width == 8 && column->size == 8)) && header->has_none <= 1 &&
         (!header->has_none || column->is_instant) && header->scale != 0;
}

gboolean
wf_fact_block_unpack (WfFactBlock *self, const guint8 *bytes, gsize length)
{
  Header header;
  gsize at = sizeof header;

  self->n = 0;
  if (bytes == NULL || length < sizeof header)
    return FALSE;
  memcpy (&header, bytes, sizeof header);
  if (header.format != FORMAT || header.n > WF_FACT_BLOCK_SIZE ||
      header.checksum !=
          get_checksum (bytes + sizeof header.checksum, length - sizeof header.checksum))
    return FALSE;
  self->n = header.n;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      ColumnHeader column;
      gsize size;

      if (length - at < sizeof column)
        return FALSE;
      memcpy (&column, bytes + at, sizeof column);
      at += sizeof column;
      size = ((gsize) self->n * column.width + 7) & ~(gsize) 7;
      if (!is_sound (&columns[i], &column) || length - at < size)
        return FALSE;
      unpack_column (self, &columns[i], &column, bytes + at);
      at += size;
    }
  return at == length;
}

/* ---- zones ---- */

const WfFactZones wf_fact_zones_none = {
  { WF_INSTANT_NONE, WF_INSTANT_NONE },
  { WF_INSTANT_NONE, WF_INSTANT_NONE },
  { WF_INSTANT_NONE, WF_INSTANT_NONE },
};

void
wf_fact_zone_add (WfFactZone *self, WfInstant at)
{
  if (at == WF_INSTANT_NONE)
    return;
  self->first = self->first == WF_INSTANT_NONE ? at : MIN (self->first, at);
  self->last = self->last == WF_INSTANT_NONE ? at : MAX (self->last, at);
}

static void
zone_add_zone (WfFactZone *self, const WfFactZone *other)
{
  wf_fact_zone_add (self, other->first);
  wf_fact_zone_add (self, other->last);
}

void
wf_fact_zones_add (WfFactZones *self, const WfFactZones *other)
{
  zone_add_zone (&self->created, &other->created);
  zone_add_zone (&self->due, &other->due);
  zone_add_zone (&self->closed, &other->closed);
}

static void
get_zone (const WfInstant *values, guint n, WfFactZone *zone)
{
  *zone = wf_fact_zones_none.created;
  for (guint i = 0; i < n; i++)
    wf_fact_zone_add (zone, values[i]);
}

void
wf_fact_block_get_zones (const WfFactBlock *self, WfFactZones *zones)
{
  get_zone (self->created, self->n, &zones->created);
  get_zone (self->due, self->n, &zones->due);
  get_zone (self->closed, self->n, &zones->closed);
}

static gboolean
zone_touches (const WfFactZone *self, WfInstant from, WfInstant until)
{
  return self->first != WF_INSTANT_NONE && (from == WF_INSTANT_NONE || self->last >= from) &&
         (until == WF_INSTANT_NONE || self->first < until);
}

gboolean
wf_fact_zones_touch (const WfFactZones *self, WfInstant from, WfInstant until)
{
  return (from == WF_INSTANT_NONE && until == WF_INSTANT_NONE) ||
         zone_touches (&self->created, from, until) || zone_touches (&self->due, from, until) ||
         zone_touches (&self->closed, from, until);
}
