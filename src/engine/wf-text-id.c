/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts known by number. Nearly all are short: up to sixteen bytes are folded, hashed and compared
 * as two words, without a loop. This is done for every text that rules ask for. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-text-id.h"

#include "wf-text-fold.h"

#include <string.h>

#define WORD sizeof (guint64)
#define EACH(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))
#define FIRST_SIZE 8
#define MOST_ON_STACK 256 /* bytes; longer texts are folded in the heap */

/* A text of any length, folded where the table folds. */
typedef struct
{
  guint64 first, last; /* its first and last eight bytes, which overlap; or all of a shorter one */
  guint64 hash;
  gsize length;     /* bytes */
  const char *text; /* longer than two words: all of it */
} Key;

typedef struct
{
  guint64 first, last, hash;
  char *text; /* (owned) (nullable) longer than two words */
  guint32 length;
  guint32 id; /* WF_TEXT_NO_ID: an empty place */
} Entry;

struct _WfTextIds
{
  Entry *table; /* (owned) open addressing */
  guint mask, n;
  gboolean folding;
};

static Entry *
new_table (guint size)
{
  Entry *table = g_new0 (Entry, size);

  for (guint i = 0; i < size; i++)
    table[i].id = WF_TEXT_NO_ID;
  return table;
}

WfTextIds *
wf_text_ids_new (gboolean folding)
{
  WfTextIds *self = g_new0 (WfTextIds, 1);

  self->folding = folding;
  self->mask = FIRST_SIZE - 1;
  self->table = new_table (FIRST_SIZE);
  return self;
}

void
wf_text_ids_free (WfTextIds *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i <= self->mask; i++)
    g_free (self->table[i].text);
  g_free (self->table);
  g_free (self);
}

/* Lower case for the ASCII capitals among eight bytes, none of which is above 0x7f. */
static inline guint64
lower (guint64 word)
{
  guint64 from_a = word + EACH (0x80 - 'A'), above_z = word + EACH (0x80 - 'Z' - 1);

  return word | (((from_a & ~above_z) & EACH (0x80)) >> 2);
}

static inline guint64
read_word (const char *text)
{
  guint64 word;

  memcpy (&word, text, sizeof word);
  return word;
}

static inline guint32
read_half (const char *text)
{
  guint32 half;

  memcpy (&half, text, sizeof half);
  return half;
}

/* All of a text shorter than a word, in one way for each length. */
static inline guint64
read_short (const char *text, gsize length)
{
  if (length >= 4)
    return read_half (text) | (guint64) read_half (text + length - 4) << 32;
  if (length == 0)
    return 0;
  return (guint64) (guchar) text[0] | (guint64) (guchar) text[length / 2] << 8 |
         (guint64) (guchar) text[length - 1] << 16;
}

/* The product's two halves folded: each bit of both reaches the low bits, by which the table is
 * entered. */
static inline guint64
mix (guint64 a, guint64 b)
{
  __extension__ typedef unsigned __int128 Product;
  Product product = (Product) (a ^ G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) *
                    (b ^ G_GUINT64_CONSTANT (0xd6e8feb86659fd93));

  return (guint64) product ^ (guint64) (product >> 64);
}

/* text: folded already. */
static inline Key
make_key (const char *text, gsize length)
{
  Key key = { .length = length, .text = length > 2 * WORD ? text : NULL };

  key.first = length >= WORD ? read_word (text) : read_short (text, length);
  key.last = length >= WORD ? read_word (text + length - WORD) : 0;
  key.hash = mix (key.first, key.last ^ length);
  for (gsize at = WORD; key.text != NULL && at + WORD < length; at += WORD)
    key.hash = mix (key.hash, read_word (text + at));
  return key;
}

static inline guint32
look_up (const WfTextIds *self, Key key)
{
  for (guint place = (guint) key.hash & self->mask;; place = (place + 1) & self->mask)
    {
      const Entry *entry = &self->table[place];

      if (entry->id == WF_TEXT_NO_ID)
        return WF_TEXT_NO_ID;
      if (entry->first == key.first && entry->last == key.last && entry->length == key.length &&
          (key.text == NULL || memcmp (entry->text, key.text, key.length) == 0))
        return entry->id;
    }
}

/* What is not ASCII, or very long. */
static guint32
find_folded (const WfTextIds *self, const char *text)
{
  g_autofree char *folded = wf_text_fold (text);

  return look_up (self, make_key (folded, strlen (folded)));
}

/* folded: as long as the text, at least a word. FALSE when it is not ASCII. */
static gboolean
fold_ascii (const char *text, gsize length, char *folded)
{
  for (gsize at = 0; at < length; at += WORD)
    {
      gsize from = MIN (at, length - WORD);
      guint64 word = read_word (text + from);

      if ((word & EACH (0x80)) != 0)
        return FALSE;
      word = lower (word);
      memcpy (folded + from, &word, WORD);
    }
  return TRUE;
}

static guint32
find_long (const WfTextIds *self, const char *text, gsize length)
{
  char folded[MOST_ON_STACK];

  if (length > sizeof folded || !fold_ascii (text, length, folded))
    return find_folded (self, text);
  return look_up (self, make_key (folded, length));
}

guint32
wf_text_ids_find (const WfTextIds *self, const char *text, gsize length)
{
  Key key;

  if (!self->folding)
    return look_up (self, make_key (text, length));
  if (length > 2 * WORD)
    return find_long (self, text, length);
  key = make_key (text, length);
  if (((key.first | key.last) & EACH (0x80)) != 0)
    return find_folded (self, text);
  key.first = lower (key.first);
  key.last = lower (key.last);
  key.hash = mix (key.first, key.last ^ length);
  return look_up (self, key);
}

static void
enter (WfTextIds *self, Entry entry)
{
  guint place = (guint) entry.hash & self->mask;

  while (self->table[place].id != WF_TEXT_NO_ID)
    place = (place + 1) & self->mask;
  self->table[place] = entry;
}

static void
grow (WfTextIds *self)
{
  g_autofree Entry *old = g_steal_pointer (&self->table);
  guint size = self->mask + 1;

  self->table = new_table (size * 2);
  self->mask = size * 2 - 1;
  for (guint i = 0; i < size; i++)
    if (old[i].id != WF_TEXT_NO_ID)
      enter (self, old[i]);
}

guint32
wf_text_ids_add (WfTextIds *self, const char *text)
{
  guint32 id = wf_text_ids_find (self, text, strlen (text));
  g_autofree char *folded = NULL;
  Key key;

  if (id != WF_TEXT_NO_ID)
    return id;
  if (self->folding)
    text = folded = wf_text_fold (text);
  key = make_key (text, strlen (text));
  id = self->n++;
  if (self->n * 4 > self->mask)
    grow (self);
  enter (self,
         (Entry) { key.first, key.last, key.hash, g_strdup (key.text), (guint32) key.length, id });
  return id;
}
