/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts known by number. Folding and hashing go eight bytes at a time: this is done for every
 * text that rules ask for. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-text-id.h"

#include "wf-text-fold.h"

#include <string.h>

#define WORD sizeof (guint64)
#define SHORT 128 /* bytes; longer texts are folded in the heap */
#define EACH(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

typedef struct
{
  guint64 hash;
  guint64 *words; /* (owned) folded; NULL: an empty place */
  guint32 length; /* bytes */
  guint32 id;
} Entry;

struct _WfTextIds
{
  Entry *table; /* (owned) open addressing */
  guint mask, n;
  gboolean folding;
};

#define FIRST_SIZE 8

WfTextIds *
wf_text_ids_new (gboolean folding)
{
  WfTextIds *self = g_new0 (WfTextIds, 1);

  self->folding = folding;
  self->mask = FIRST_SIZE - 1;
  self->table = g_new0 (Entry, FIRST_SIZE);
  return self;
}

void
wf_text_ids_free (WfTextIds *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i <= self->mask; i++)
    g_free (self->table[i].words);
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

  memcpy (&word, text, WORD);
  return word;
}

static inline guint64
read_short (const char *text, gsize length)
{
  guint64 word = 0;

  for (gsize i = 0; i < length; i++)
    word |= (guint64) (guchar) text[i] << (8 * i);
  return word;
}

/* Both ends of a byte must reach the low bits, by which the table is entered: the upper half of
 * the product is folded in. */
static inline guint64
mix (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  hash = (hash ^ hash >> 32) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return hash ^ hash >> 32;
}

static inline gsize
count_words (gsize length)
{
  return (length + WORD - 1) / WORD;
}

/* Makes words of the text, folding ASCII; the last word overlaps the one before, so that nothing
 * beyond the text is read. FALSE when there is other text to be folded. */
static inline gboolean
prepare (gboolean folding, const char *text, gsize length, guint64 *words, guint64 *hash)
{
  gsize n = count_words (length);

  *hash = length;
  for (gsize i = 0; i < n; i++)
    {
      guint64 word = length < WORD ? read_short (text, length)
                                   : read_word (i < n - 1 ? text + i * WORD : text + length - WORD);

      if (folding && (word & EACH (0x80)) != 0)
        return FALSE;
      words[i] = folding ? lower (word) : word;
      *hash = mix (*hash, words[i]);
    }
  return TRUE;
}

static inline gboolean
is_same (const Entry *entry, const guint64 *words, gsize length, guint64 hash)
{
  if (entry->hash != hash || entry->length != length)
    return FALSE;
  for (gsize i = 0; i < count_words (length); i++)
    if (entry->words[i] != words[i])
      return FALSE;
  return TRUE;
}

static inline guint32
look_up (const WfTextIds *self, const guint64 *words, gsize length, guint64 hash)
{
  for (guint place = (guint) hash & self->mask;; place = (place + 1) & self->mask)
    {
      const Entry *entry = &self->table[place];

      if (entry->words == NULL)
        return WF_TEXT_NO_ID;
      if (is_same (entry, words, length, hash))
        return entry->id;
    }
}

/* Folded text that is not ASCII is hashed as it is. */
static guint64
hash_folded (const char *text, gsize length, guint64 *words)
{
  guint64 hash;

  prepare (FALSE, text, length, words, &hash);
  return hash;
}

static guint32
find_folded (const WfTextIds *self, const char *text)
{
  g_autofree char *folded = wf_text_fold (text);
  gsize length = strlen (folded);
  g_autofree guint64 *words = g_new (guint64, count_words (length) + 1);
  guint64 hash = hash_folded (folded, length, words);

  return look_up (self, words, length, hash);
}

guint32
wf_text_ids_find (const WfTextIds *self, const char *text, gsize length)
{
  guint64 on_stack[SHORT / WORD], hash;
  g_autofree guint64 *on_heap = NULL;
  guint64 *words = on_stack;

  if (length > SHORT)
    words = on_heap = g_new (guint64, count_words (length));
  if (!prepare (self->folding, text, length, words, &hash))
    return find_folded (self, text);
  return look_up (self, words, length, hash);
}

static void
enter (WfTextIds *self, Entry entry)
{
  guint place = (guint) entry.hash & self->mask;

  while (self->table[place].words != NULL)
    place = (place + 1) & self->mask;
  self->table[place] = entry;
}

static void
grow (WfTextIds *self)
{
  g_autofree Entry *old = g_steal_pointer (&self->table);
  guint size = self->mask + 1;

  self->table = g_new0 (Entry, size * 2);
  self->mask = size * 2 - 1;
  for (guint i = 0; i < size; i++)
    if (old[i].words != NULL)
      enter (self, old[i]);
}

guint32
wf_text_ids_add (WfTextIds *self, const char *text)
{
  guint32 id = wf_text_ids_find (self, text, strlen (text));
  g_autofree char *folded = NULL;
  Entry entry = { .id = self->n };

  if (id != WF_TEXT_NO_ID)
    return id;
  if (self->folding)
    text = folded = wf_text_fold (text);
  entry.length = (guint32) strlen (text);
  entry.words = g_new (guint64, count_words (entry.length) + 1);
  entry.hash = hash_folded (text, entry.length, entry.words);
  if (++self->n * 2 > self->mask)
    grow (self);
  enter (self, entry);
  return entry.id;
}
