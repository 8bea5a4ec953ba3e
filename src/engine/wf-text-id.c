/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts known by number. Folding and hashing go eight bytes at a time: this is done for every text that rules ask for. */
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
  gsize length;
  guint64 *words; /* (owned) folded, padded with NUL */
} Text;

struct _WfTextIds
{
  gboolean folding;
  GArray *texts;  /* (owned) of Text, by id */
  guint32 *table; /* (owned) open addressing, WF_TEXT_NO_ID where empty */
  guint mask;
};

static void
text_clear (gpointer data)
{
  g_free (((Text *) data)->words);
}

static void
clear_table (WfTextIds *self, guint size)
{
  self->mask = size - 1;
  self->table = g_renew (guint32, self->table, size);
  memset (self->table, 0xff, size * sizeof (guint32));
}

WfTextIds *
wf_text_ids_new (gboolean folding)
{
  WfTextIds *self = g_new0 (WfTextIds, 1);

  self->folding = folding;
  self->texts = g_array_new (FALSE, FALSE, sizeof (Text));
  g_array_set_clear_func (self->texts, text_clear);
  clear_table (self, 8);
  return self;
}

void
wf_text_ids_free (WfTextIds *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->texts);
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

/* Both ends of a byte must reach the low bits, by which the table is entered: the upper half of the product is folded in. */
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

/* Makes words of the text, folding ASCII; the last word overlaps the one before, so that nothing beyond the text is read.
 * FALSE when there is other text to be folded. */
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
is_same (const Text *text, const guint64 *words, gsize length, guint64 hash)
{
  if (text->hash != hash || text->length != length)
    return FALSE;
  for (gsize i = 0; i < count_words (length); i++)
    if (text->words[i] != words[i])
      return FALSE;
  return TRUE;
}

static guint32
look_up (const WfTextIds *self, const guint64 *words, gsize length, guint64 hash)
{
  guint32 id;

  for (guint place = (guint) hash & self->mask; (id = self->table[place]) != WF_TEXT_NO_ID; place = (place + 1) & self->mask)
    if (is_same (&g_array_index (self->texts, Text, id), words, length, hash))
      return id;
  return WF_TEXT_NO_ID;
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
enter (WfTextIds *self, guint32 id)
{
  guint place = (guint) g_array_index (self->texts, Text, id).hash & self->mask;

  while (self->table[place] != WF_TEXT_NO_ID)
    place = (place + 1) & self->mask;
  self->table[place] = id;
}

guint32
wf_text_ids_add (WfTextIds *self, const char *text)
{
  guint32 id = wf_text_ids_find (self, text, strlen (text));
  g_autofree char *folded = NULL;
  Text entry = { 0 };

  if (id != WF_TEXT_NO_ID)
    return id;
  if (self->folding)
    text = folded = wf_text_fold (text);
  id = self->texts->len;
  entry.length = strlen (text);
  entry.words = g_new (guint64, count_words (entry.length) + 1);
  entry.hash = hash_folded (text, entry.length, entry.words);
  g_array_append_val (self->texts, entry);
  if (self->texts->len * 2 > self->mask)
    {
      clear_table (self, (self->mask + 1) * 2);
      for (guint32 i = 0; i < id; i++)
        enter (self, i);
    }
  enter (self, id);
  return id;
}
