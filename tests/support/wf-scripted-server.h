/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An HTTP server in the test's own process that answers what a script says, good or broken. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  WF_SCRIPTED_WHOLE,
  WF_SCRIPTED_HOLD,          /* answers only when released: for time-outs without sleeping */
  WF_SCRIPTED_HOLD_BODY,     /* head and half of the body, the rest only when released */
  WF_SCRIPTED_CUT,           /* closes the connection instead of answering */
  WF_SCRIPTED_CUT_BODY,      /* head and half of the body, then closes the connection */
  WF_SCRIPTED_LARGE,         /* body is ignored: large_size bytes follow, under their length */
  WF_SCRIPTED_LARGE_CHUNKED, /* the same without telling the length */
  WF_SCRIPTED_GZIP,          /* the body, compressed */
} WfScriptedManner;

typedef struct
{
  guint status;             /* 0 = 200 */
  const char *body;         /* (nullable) */
  const char *content_type; /* (nullable) application/json */
  const char *headers[8];   /* name, value, ..., NULL */
  WfScriptedManner manner;
  guint64 large_size;
} WfScriptedAnswer;

typedef struct _WfScriptedServer WfScriptedServer;

/* On loopback, in the clear. */
WfScriptedServer *wf_scripted_server_new (void);
void wf_scripted_server_free (WfScriptedServer *self);
/* "http://127.0.0.1:PORT". Borrowed. */
const char *wf_scripted_server_get_uri (WfScriptedServer *self);
/* Answers are used up in order; without one the status is 599. All texts are copied. */
void wf_scripted_server_add (WfScriptedServer *self, const WfScriptedAnswer *answer);
void wf_scripted_server_add_status (WfScriptedServer *self, guint status, const char *body);
guint wf_scripted_server_get_n_requests (WfScriptedServer *self);
/* What was asked: "GET /wfcrm/v1/me?x=y". index from 0. Borrowed, as are the next. */
const char *wf_scripted_server_get_request (WfScriptedServer *self, guint index);
const char *wf_scripted_server_get_body (WfScriptedServer *self, guint index);
const char *wf_scripted_server_get_header (WfScriptedServer *self, guint index, const char *name);
/* Lets everything go on that is held. */
void wf_scripted_server_release (WfScriptedServer *self);
/* Holds that are in force. */
guint wf_scripted_server_get_n_held (WfScriptedServer *self);
/* No connection is possible any more. */
void wf_scripted_server_stop (WfScriptedServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfScriptedServer, wf_scripted_server_free)

G_END_DECLS
