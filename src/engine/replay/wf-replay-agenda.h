/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to happen on a virtual clock: a heap by instant. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

/* At one instant, what is due comes before what follows from the instant's having passed (S22:
 * late is after the deadline). */
typedef enum
{
  WF_AGENDA_DUE,
  WF_AGENDA_PASSED,
} WfAgendaPhase;

typedef struct
{
  WfInstant at;
  WfAgendaPhase phase;
  guint64 sequence; /* what was entered first comes first */
  int kind;
  gpointer subject; /* (owned) */
} WfAgendaEntry;

typedef struct _WfAgenda WfAgenda;

WfAgenda *wf_agenda_new (GDestroyNotify free_subject);
void wf_agenda_free (WfAgenda *self);
/* subject: taken over. */
void wf_agenda_add (WfAgenda *self, WfInstant at, WfAgendaPhase phase, int kind, gpointer subject);
/* Takes the first entry that is due at until, or whose instant has passed by then. FALSE when
 * there is none. The subject belongs to the caller. */
gboolean wf_agenda_take (WfAgenda *self, WfInstant until, WfAgendaEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAgenda, wf_agenda_free)

G_END_DECLS
