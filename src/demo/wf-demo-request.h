/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP request to the demo CRM: what was asked, by whom, and the answer. */
#pragma once

#include "wf-demo-crm.h"
#include "wf-demo-waiters.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define WF_DEMO_BASE_PATH "/wfcrm/v1"
#define WF_DEMO_MOST_BODY ((goffset) 8 * 1024 * 1024)

typedef struct
{
  SoupServerMessage *message; /* (unowned) */
  WfDemoCrm *crm;             /* (unowned) */
  WfDemoWaiters *waiters;     /* (unowned) */
  const char *base;           /* (unowned) the API's address */
  char **path;                /* (owned) parts below the base path, decoded */
  GHashTable *query;          /* (owned) */
  const char *caller_name;    /* (unowned) name of the token */
  WfDemoCaller caller;
  WfJsonDocument *body; /* (owned) (nullable) */
  const WfJson *root;   /* (unowned) (nullable) of body */
  WfDemoOutcome outcome;
  char *next_page;          /* (owned) (nullable) */
  char *next_cursor;        /* (owned) (nullable) */
  gboolean more;            /* beside next_cursor */
  const char *content_type; /* (unowned) (nullable) of the answer, when not plain JSON */
  gboolean held;            /* a waiter answers later */
  gboolean keep;            /* what was stored stays although the answer is a problem */
} WfDemoRequest;

void wf_demo_request_clear (WfDemoRequest *self);
const char *wf_demo_request_get_header (const WfDemoRequest *self, const char *name);
/* "If-None-Match: *": create only. */
gboolean wf_demo_request_is_creation (const WfDemoRequest *self);
/* Reads the body as JSON into body and root; FALSE with a 400, 413 or 415. */
gboolean wf_demo_request_read_body (WfDemoRequest *self);
/* Writes outcome, or 304 when the client has it already, into the message. */
void wf_demo_request_answer (WfDemoRequest *self);

/* Finds the route and carries it out within one transaction. */
void wf_demo_routes_dispatch (WfDemoRequest *self);
/* A webhook comes in: its address has the token, nobody signs in. */
gboolean wf_demo_routes_is_hook (const WfDemoRequest *self);
/* "GET activities/{id}", for the comparison with the description; NULL after the last. Owned by
 * the caller. */
char *wf_demo_routes_dup (guint index);

/* The names of the API's error answers that are not about a record. */
void wf_demo_request_set_problem (SoupServerMessage *message, guint status, const char *problem,
                                  const char *title, guint retry_after);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfDemoRequest, wf_demo_request_clear)

G_END_DECLS
