/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM: a real server of the open API on loopback, with a sample company and events that
 * happen by themselves. */
#pragma once

#include "wf-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  WF_DEMO_NO_FLAGS = 0,
  WF_DEMO_NO_GENERATOR = 1 << 0, /* nothing happens by itself: only requests make events */
  WF_DEMO_NO_HISTORY =
      1 << 1, /* the sample company without its past months: starts at once, the log begins empty */
  WF_DEMO_ALLOW_PRIVATE_WEBHOOKS =
      1
      << 2, /* actions may say "allow-private": webhooks then go to this computer and network too */
} WfDemoFlags;

#define WF_DEMO_MEMORY ":memory:"
/* In the state folder, while the program runs: its ready line. */
#define WF_DEMO_READY_FILE "ready.json"
/* Tokens of the machine accounts, beside those of the people. */
#define WF_DEMO_BRIDGE "bridge"
#define WF_DEMO_ENGINE "engine"

#define WF_TYPE_DEMO_SERVER (wf_demo_server_get_type ())
G_DECLARE_FINAL_TYPE (WfDemoServer, wf_demo_server, WF, DEMO_SERVER, GObject)

/* state_dir: made when missing; WF_DEMO_MEMORY keeps nothing. port: 0 takes a free one. seed: of
 * the sample's past and of what happens. Runs in the thread-default main context. NULL with an
 * error, G_IO_ERROR_BUSY when another server has the folder. */
WfDemoServer *wf_demo_server_new (const char *state_dir, WfClock *clock, WfDemoFlags flags,
                                  GError **error);
WfDemoServer *wf_demo_server_new_full (const char *state_dir, WfClock *clock, WfDemoFlags flags,
                                       guint port, guint seed, GError **error);
/* Closes every connection and the database. Done by the last unref too. */
void wf_demo_server_stop (WfDemoServer *self);

/* "http://127.0.0.1:PORT/wfcrm/v1". Borrowed. */
const char *wf_demo_server_get_uri (WfDemoServer *self);
guint wf_demo_server_get_port (WfDemoServer *self);
/* The bearer token of a person of the sample ("carla", "ana", ...), WF_DEMO_BRIDGE or
 * WF_DEMO_ENGINE; NULL when unknown. Borrowed. */
const char *wf_demo_server_get_token (WfDemoServer *self, const char *person);
/* Path of tokens.json; NULL for a server in memory. Borrowed. */
const char *wf_demo_server_get_tokens_file (WfDemoServer *self);
/* When the last request ended; now while one is held (a long poll, a stream). */
WfInstant wf_demo_server_get_last_use (WfDemoServer *self);

/* Adds an event as if it had happened in the CRM: text is one CloudEvent; time, id and source
 * are filled in when missing. An event that carries data.lead updates the server's leads. FALSE
 * with an error when it is not valid. */
gboolean wf_demo_server_add_event (WfDemoServer *self, const char *text, GError **error);
/* How many rows: "activities", "events", "leads", "messages", "workflows", "audit", "comments",
 * "actions", "audiences", "deals". */
gint64 wf_demo_server_count (WfDemoServer *self, const char *table);
/* Forgets all but the newest events, as retention does: older cursors expire. */
void wf_demo_server_prune_events (WfDemoServer *self, guint keep);
/* Requests a token may send within ten seconds (6000 unless told). */
void wf_demo_server_set_rate_limit (WfDemoServer *self, guint requests);

/* Faults, for tests of clients: each is used up by one request, in the order in which they were
 * added. */
typedef enum
{
  WF_DEMO_FAULT_STATUS,      /* answers status and retry_after; nothing is done */
  WF_DEMO_FAULT_DROP_BEFORE, /* closes the connection; nothing is done */
  WF_DEMO_FAULT_DROP_AFTER,  /* does it, commits, then closes instead of answering */
  WF_DEMO_FAULT_CUT_BODY,    /* does the request and closes in the middle of the answer */
  WF_DEMO_FAULT_DELAY,       /* answers when the clock has moved by delay */
} WfDemoFaultKind;

typedef struct
{
  WfDemoFaultKind kind;
  guint status;
  guint retry_after;  /* seconds */
  gint64 delay;       /* microseconds */
  const char *method; /* only requests with this method; NULL = any */
  const char
      *path; /* only paths below the API's base that begin with this ("/activities"); NULL = any */
} WfDemoFault;

void wf_demo_server_add_fault (WfDemoServer *self, const WfDemoFault *fault);
void wf_demo_server_fail_next (WfDemoServer *self, guint n, guint status);
/* While refusing, no connection is made, as when the server is away; those that are open are
 * closed. */
void wf_demo_server_set_refusing (WfDemoServer *self, gboolean refusing);

G_END_DECLS
