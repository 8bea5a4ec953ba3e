/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts about activities out of their rows. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-fact-blocks.h"

#define FACT_PERSON "person"
#define FACT_KNOWN_FROM "reminders-known-from"

/* Policy (B11, B20): was the person reminded? A receipt knows. Without any, nothing was shown here: that means that nothing
 * was shown at all when this store's own person had the activity at its deadline and it had a reminder, since only then a
 * computer of that person was to remind. Not of what was over before this store heard of it, nor of what it had before it
 * noted such things. Of other people's activities nothing is known. */

/* What is needed beside the columns while a block is made. */
typedef struct
{
  gboolean can_know[WF_FACT_BLOCK_SIZE];   /* as far as the activity itself goes */
  guint32 at_deadline[WF_FACT_BLOCK_SIZE]; /* who had it */
} Scratch;

void
wf_store_get_fact_basis (WfStore *self, WfFactBasis *basis)
{
  g_autofree char *person = wf_store_get_fact (self, FACT_PERSON);
  g_autofree char *known_from = wf_store_get_fact (self, FACT_KNOWN_FROM);

  basis->own = wf_store_find_name (self, person);
  basis->known_from = known_from != NULL ? g_ascii_strtoll (known_from, NULL, 10) : 0;
}

static guint8
get_flags (int row)
{
  return (guint8) ((row & WF_ROW_ARRIVED_LATE ? WF_FACT_ARRIVED_LATE : 0) |
                   (row & WF_ROW_BUSINESS_HOURS ? WF_FACT_BUSINESS_HOURS : 0) |
                   (row & WF_ROW_PINNED ? WF_FACT_PINNED : 0));
}

static void
read_row (WfStore *self, sqlite3_stmt *row, const WfFactBasis *basis, WfFactBlock *facts,
          Scratch *scratch)
{
  guint i = facts->n++;
  int flags = sqlite3_column_int (row, 2);
  WfBodyBeginning body = { WF_INSTANT_NONE, WF_INSTANT_NONE, 0 };
  WfKey lead;

  facts->number[i] = sqlite3_column_int64 (row, 0);
  facts->status[i] = (guint8) sqlite3_column_int (row, 1);
  facts->flags[i] = get_flags (flags);
  facts->person[i] = (guint32) sqlite3_column_int64 (row, 3);
  facts->origin[i] = (guint32) sqlite3_column_int64 (row, 4);
  facts->workflow[i] = (guint32) sqlite3_column_int64 (row, 5);
  facts->type[i] = (guint32) sqlite3_column_int64 (row, 6);
  facts->created[i] = wf_column_instant (row, 7);
  facts->due[i] = wf_column_instant (row, 8);
  facts->closed[i] = facts->status[i] == WF_ACTIVITY_OPEN ? WF_INSTANT_NONE
                                                          : wf_column_instant (row, 9);
  wf_column_init_key (&lead, row, 10);
  facts->lead[i] = wf_key_hash_lead (&lead);
  if (!wf_body_read_beginning (sqlite3_column_blob (row, 11),
                               (gsize) sqlite3_column_bytes (row, 11), &body))
    {
      self->damaged = TRUE;
      g_warning ("A stored activity cannot be read");
    }
  facts->original_due[i] = body.original_due;
  facts->version[i] = (guint32) CLAMP (body.version, 0, G_MAXUINT32);
  scratch->can_know[i] = basis->own != 0 && body.remind != WF_INSTANT_NONE &&
                         facts->due[i] != WF_INSTANT_NONE && (flags & WF_ROW_CAME_CLOSED) == 0 &&
                         facts->number[i] >= basis->known_from;
  scratch->at_deadline[i] = facts->person[i];
}

static gboolean
read_rows (WfStore *self, gint64 block, const WfFactBasis *basis, WfFactBlock *facts,
           Scratch *scratch, GError **error)
{
  gboolean row = FALSE;
  g_auto (WfStatement) walk = wf_store_prepare (
      self, "SELECT no, status, flags, person, origin, workflow, type, created, due, completed,"
            " lead, body FROM activities WHERE no >= ?1 AND no < ?2 ORDER BY no");

  facts->n = 0;
  sqlite3_bind_int64 (walk, 1, block << WF_FACT_BLOCK_SHIFT);
  sqlite3_bind_int64 (walk, 2, (block + 1) << WF_FACT_BLOCK_SHIFT);
  while (wf_store_next_row (self, walk, &row, error))
    {
      if (!row)
        return TRUE;
      read_row (self, walk, basis, facts, scratch);
    }
  return FALSE;
}

/* The place of an activity, at i or behind it; n when it is not there. */
static guint
find (const WfFactBlock *facts, guint i, gint64 number)
{
  while (i < facts->n && facts->number[i] < number)
    i++;
  return i;
}

static gboolean
read_holders (WfStore *self, gint64 block, WfFactBlock *facts, Scratch *scratch, GError **error)
{
  gboolean row = FALSE, is_first = TRUE;
  gint64 number = 0;
  guint i = 0;
  g_auto (WfStatement) walk = wf_store_prepare (
      self, "SELECT activity, since, person FROM holders WHERE activity >= ?1 AND activity < ?2"
            " ORDER BY activity, since");

  sqlite3_bind_int64 (walk, 1, block << WF_FACT_BLOCK_SHIFT);
  sqlite3_bind_int64 (walk, 2, (block + 1) << WF_FACT_BLOCK_SHIFT);
  while (wf_store_next_row (self, walk, &row, error))
    {
      if (!row)
        return TRUE;
      is_first = number != sqlite3_column_int64 (walk, 0);
      number = sqlite3_column_int64 (walk, 0);
      i = find (facts, i, number);
      if (i == facts->n || facts->number[i] != number)
        continue;
      if (!is_first)
        facts->flags[i] |= WF_FACT_REASSIGNED;
      if (is_first || sqlite3_column_int64 (walk, 1) <= facts->due[i])
        scratch->at_deadline[i] = (guint32) sqlite3_column_int64 (walk, 2);
    }
  return FALSE;
}

static gboolean
read_receipts (WfStore *self, gint64 block, WfFactBlock *facts, GError **error)
{
  gboolean row = FALSE;
  guint i = 0;
  g_auto (WfStatement) walk = wf_store_prepare (
      self, "SELECT activity, kind, shown FROM receipts INDEXED BY receipts_activity"
            " WHERE activity >= ?1 AND activity < ?2 ORDER BY activity");

  sqlite3_bind_int64 (walk, 1, block << WF_FACT_BLOCK_SHIFT);
  sqlite3_bind_int64 (walk, 2, (block + 1) << WF_FACT_BLOCK_SHIFT);
  while (wf_store_next_row (self, walk, &row, error))
    {
      int kind = sqlite3_column_int (walk, 1);
      WfInstant shown = wf_column_instant (walk, 2);

      if (!row)
        return TRUE;
      i = find (facts, i, sqlite3_column_int64 (walk, 0));
      if (i == facts->n || facts->number[i] != sqlite3_column_int64 (walk, 0))
        continue;
      facts->flags[i] |= WF_FACT_REMINDER_KNOWN;
      if ((kind == WF_RECEIPT_SHOWN || kind == WF_RECEIPT_SHOWN_LATE) && shown != WF_INSTANT_NONE &&
          (facts->due[i] == WF_INSTANT_NONE || shown < facts->due[i]))
        facts->flags[i] |= WF_FACT_REMINDED;
    }
  return FALSE;
}

gboolean
wf_store_build_facts (WfStore *self, gint64 block, const WfFactBasis *basis, WfFactBlock *facts,
                      GError **error)
{
  g_autofree Scratch *scratch = g_new (Scratch, 1);

  if (!read_rows (self, block, basis, facts, scratch, error) ||
      !read_holders (self, block, facts, scratch, error) ||
      !read_receipts (self, block, facts, error))
    return FALSE;
  for (guint i = 0; i < facts->n; i++)
    if (scratch->can_know[i] && scratch->at_deadline[i] == basis->own)
      facts->flags[i] |= WF_FACT_REMINDER_KNOWN;
  return TRUE;
}
