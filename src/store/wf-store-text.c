/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding text, as SQL functions. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"
#include "wf-text-fold.h"

#include <string.h>

/* Policy. The text of activities is looked for in the rows themselves, among those that the other conditions leave: an index
 * of words would cost every new activity more than all its other indexes together, and people look for a part of a word as
 * often as for a word. A row is read once for a text: what was found is kept as two bits an activity, for the count, the list
 * and the days of the same search, until anybody writes into the store. Who types on looks only at what the shorter text was
 * found in. */

/* Letters below this are folded one by one, out of a table; in the others one may depend on the next. */
#define FEWEST_FOREIGN 0x180

struct _WfTextMatches
{
  char *folded; /* (owned) what is looked for */
  WfStoreState state;
  GByteArray *known, *found; /* (owned) bits by number */
  char letters[FEWEST_FOREIGN][8];
  GString *space; /* (owned) */
};

/* ---- texts ---- */

static void
fill_letters (WfTextMatches *self)
{
  for (gunichar c = 1; c < FEWEST_FOREIGN; c++)
    {
      char letter[8] = { 0 };
      g_autofree char *folded = NULL;

      g_unichar_to_utf8 (c, letter);
      folded = wf_text_fold (letter);
      g_strlcpy (self->letters[c], folded, sizeof self->letters[c]);
    }
}

/* As wf_text_contains_folded, which takes a microsecond for a text with one accent. */
static gboolean
contains (WfTextMatches *self, const char *text)
{
  GString *space = self->space;

  g_string_truncate (space, 0);
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    if (*p < 0x80)
      g_string_append_c (space, self->letters[*p][0]);
    else
      {
        gunichar c = (gunichar) (*p & 0x1f) << 6 | (p[1] & 0x3f);

        if ((*p & 0xe0) != 0xc0 || c < 0x80 || c >= FEWEST_FOREIGN || (p[1] & 0xc0) != 0x80)
          return wf_text_contains_folded (text, self->folded);
        g_string_append (space, self->letters[c]);
        p++;
      }
  return strstr (space->str, self->folded) != NULL;
}

static gboolean
has_text (WfTextMatches *self, const char *text)
{
  return text != NULL && contains (self, text);
}

/* ---- what is known ---- */

static gboolean
has_bit (const GByteArray *bits, gint64 number)
{
  gsize i = (gsize) number / 8;

  return i < bits->len && (bits->data[i] >> (number % 8) & 1) != 0;
}

static void
set_bit (GByteArray *bits, gint64 number)
{
  gsize i = (gsize) number / 8;

  if (i >= bits->len)
    {
      guint old = bits->len;

      g_byte_array_set_size (bits, (guint) i + 4096);
      memset (bits->data + old, 0, bits->len - old);
    }
  bits->data[i] |= (guint8) (1 << (number % 8));
}

/* What the longer text is not in either: the rest is looked at again. */
static void
keep_misses (WfTextMatches *self)
{
  for (guint i = 0; i < self->found->len && i < self->known->len; i++)
    self->known->data[i] &= (guint8) ~self->found->data[i];
  g_byte_array_set_size (self->found, 0);
}

static WfTextMatches *
matches_new (void)
{
  WfTextMatches *self = g_new0 (WfTextMatches, 1);

  self->known = g_byte_array_new ();
  self->found = g_byte_array_new ();
  self->space = g_string_new (NULL);
  fill_letters (self);
  return self;
}

void
wf_text_matches_free (WfTextMatches *self)
{
  g_byte_array_unref (self->known);
  g_byte_array_unref (self->found);
  g_string_free (self->space, TRUE);
  g_free (self->folded);
  g_free (self);
}

/* The text that activity_has_text looks for from now on. */
void
wf_store_set_search (WfStore *self, const char *text)
{
  g_autofree char *folded = wf_text_fold (text);
  WfStoreState state = wf_store_get_state (self);
  WfTextMatches *matches = self->text_matches;
  gboolean same_state;

  if (matches == NULL)
    matches = self->text_matches = matches_new ();
  same_state = matches->folded != NULL && matches->state.version == state.version &&
               matches->state.changes == state.changes;
  if (same_state && strcmp (matches->folded, folded) == 0)
    return;
  if (same_state && strstr (folded, matches->folded) != NULL)
    keep_misses (matches);
  else
    {
      g_byte_array_set_size (matches->known, 0);
      g_byte_array_set_size (matches->found, 0);
    }
  g_set_str (&matches->folded, folded);
  matches->state = state;
}

/* ---- the function ---- */

static gboolean
look (WfStore *self, gint64 number)
{
  WfTextMatches *matches = self->text_matches;
  g_autofree char *notes = NULL;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT title, lead_name, body FROM activities WHERE no = ?");

  sqlite3_bind_int64 (select, 1, number);
  if (!wf_store_step (self, select))
    return FALSE;
  if (has_text (matches, (const char *) sqlite3_column_text (select, 0)) ||
      has_text (matches, (const char *) sqlite3_column_text (select, 1)))
    return TRUE;
  notes = wf_store_body_dup_notes (sqlite3_column_blob (select, 2),
                                   (gsize) sqlite3_column_bytes (select, 2));
  return has_text (matches, notes);
}

/* activity_has_text(number): in title, lead's name or notes. */
static void
activity_has_text (sqlite3_context *context, int n, sqlite3_value **values)
{
  WfStore *self = sqlite3_user_data (context);
  WfTextMatches *matches = self->text_matches;
  gint64 number = sqlite3_value_int64 (values[0]);

  if (!has_bit (matches->known, number))
    {
      if (look (self, number))
        set_bit (matches->found, number);
      set_bit (matches->known, number);
    }
  sqlite3_result_int (context, has_bit (matches->found, number));
}

/* text_has(text, folded): whether the text has what was folded before; NULL has nothing. */
static void
text_has (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const char *folded = (const char *) sqlite3_value_text (values[1]);

  sqlite3_result_int (context, text != NULL && wf_text_contains_folded (text, folded));
}

gboolean
wf_store_add_text_functions (WfStore *self, GError **error)
{
  return sqlite3_create_function (self->db, "activity_has_text", 1, SQLITE_UTF8, self,
                                  activity_has_text, NULL, NULL) == SQLITE_OK &&
                 sqlite3_create_function (self->db, "text_has", 2,
                                          SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, text_has, NULL,
                                          NULL) == SQLITE_OK
             ? TRUE
             : wf_store_fail (self, error);
}
