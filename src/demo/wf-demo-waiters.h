/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients that wait for events: long polls that are held, and streams. */
#pragma once

#include "wf-demo-crm.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _WfDemoWaiters WfDemoWaiters;

WfDemoWaiters *wf_demo_waiters_new (WfDemoCrm *crm, WfClock *clock);
/* Ends every stream and answers every poll with what there is. */
void wf_demo_waiters_free (WfDemoWaiters *self);

typedef struct
{
  SoupServerMessage *message;
  WfDemoCallerKind kind;
  const char *person; /* (nullable) */
  gint64 after;
  guint limit;
  char **types; /* (nullable) copied */
} WfDemoWait;

/* Holds the message until there is an event or the seconds are over. */
void wf_demo_waiters_hold (WfDemoWaiters *self, const WfDemoWait *wait, guint seconds);
/* Answers with a stream of Server-Sent Events that ends with the connection. */
void wf_demo_waiters_stream (WfDemoWaiters *self, const WfDemoWait *wait);
/* There are new events. */
void wf_demo_waiters_wake (WfDemoWaiters *self);
guint wf_demo_waiters_get_n (WfDemoWaiters *self);

/* Fills the answer to a poll: batch, Next-Cursor, Events-More. Result: how many events. */
guint wf_demo_waiters_answer (WfDemoCrm *crm, const WfDemoCaller *caller, const WfDemoWait *wait,
                              gboolean even_empty, gint64 *next);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoWaiters, wf_demo_waiters_free)

G_END_DECLS
