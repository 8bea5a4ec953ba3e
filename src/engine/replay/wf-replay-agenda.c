/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to happen on a virtual clock: a heap by instant. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-replay-agenda.h"

struct _WfAgenda
{
  GArray *heap; /* (owned) of WfAgendaEntry */
  GDestroyNotify free_subject;
  guint64 next_sequence;
};

WfAgenda *
wf_agenda_new (GDestroyNotify free_subject)
{
  WfAgenda *self = g_new0 (WfAgenda, 1);

  self->heap = g_array_new (FALSE, FALSE, sizeof (WfAgendaEntry));
  self->free_subject = free_subject;
  return self;
}

void
wf_agenda_free (WfAgenda *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->heap->len; i++)
    self->free_subject (g_array_index (self->heap, WfAgendaEntry, i).subject);
  g_array_unref (self->heap);
  g_free (self);
}

static gboolean
is_before (const WfAgendaEntry *a, const WfAgendaEntry *b)
{
  if (a->at != b->at)
    return a->at < b->at;
  if (a->phase != b->phase)
    return a->phase < b->phase;
  return a->sequence < b->sequence;
}

void
wf_agenda_add (WfAgenda *self, WfInstant at, WfAgendaPhase phase, int kind, gpointer subject)
{
  WfAgendaEntry entry = { at, phase, self->next_sequence++, kind, subject };
  WfAgendaEntry *heap;
  guint place = self->heap->len;

  g_array_append_val (self->heap, entry);
  heap = (WfAgendaEntry *) (gpointer) self->heap->data;
  while (place > 0 && is_before (&entry, &heap[(place - 1) / 2]))
    {
      heap[place] = heap[(place - 1) / 2];
      place = (place - 1) / 2;
    }
  heap[place] = entry;
}

/* Puts the last entry into the gap at the top. */
static void
close_gap (WfAgenda *self)
{
  WfAgendaEntry *heap = (WfAgendaEntry *) (gpointer) self->heap->data;
  WfAgendaEntry last = heap[self->heap->len - 1];
  guint n = self->heap->len - 1, place = 0, child;

  g_array_set_size (self->heap, n);
  while ((child = place * 2 + 1) < n)
    {
      if (child + 1 < n && is_before (&heap[child + 1], &heap[child]))
        child++;
      if (!is_before (&heap[child], &last))
        break;
      heap[place] = heap[child];
      place = child;
    }
  if (n > 0)
    heap[place] = last;
}

gboolean
wf_agenda_take (WfAgenda *self, WfInstant until, WfAgendaEntry *entry)
{
  const WfAgendaEntry *first;

  if (self->heap->len == 0)
    return FALSE;
  first = &g_array_index (self->heap, WfAgendaEntry, 0);
  if (first->at > until || (first->at == until && first->phase == WF_AGENDA_PASSED))
    return FALSE;
  *entry = *first;
  close_gap (self);
  return TRUE;
}
