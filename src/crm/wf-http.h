/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one HTTP transport of the connectors: time limits, size limits, retries of reads, errors
 * that say what to do. */
#pragma once

#include "wf-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WF_HTTP_MOST_BYTES ((gsize) 64 * 1024 * 1024)
#define WF_HTTP_TIMEOUT_SECONDS 30
#define WF_HTTP_MOST_RETRIES 2

#define WF_TYPE_HTTP (wf_http_get_type ())
G_DECLARE_FINAL_TYPE (WfHttp, wf_http, WF, HTTP, GObject)

/* url: base address; plain http is refused with WF_CRM_ERROR_INVALID unless it leads to this
 * computer. default_path: taken when url has none, such as "/wfcrm/v1". token: sent as bearer
 * token, never logged. */
WfHttp *wf_http_new (WfClock *clock, const char *url, const char *default_path, const char *token,
                     GError **error);
/* A user and a password instead of a token (RFC 7617). FALSE: they cannot be sent like this. */
gboolean wf_http_set_user (WfHttp *self, const char *user, const char *password, GError **error);
/* A whole request without an answer after this time is given up (a long poll's wait comes on
 * top). */
void wf_http_set_timeout (WfHttp *self, guint seconds);
/* Reads are repeated this often after a transient failure, with the pauses of wf_backoff_delay;
 * writes never are. */
void wf_http_set_most_retries (WfHttp *self, guint most_retries);
/* Larger answers are refused. */
void wf_http_set_most_bytes (WfHttp *self, gsize most_bytes);

typedef struct
{
  const char *method; /* "GET", "PUT", ... */
  const char *path;   /* below the base address, encoded, with its query: "activities?limit=5" */
  const char *body;   /* (nullable) JSON; copied */
  const char *content_type;  /* (nullable) application/json */
  const char *if_match;      /* (nullable) */
  const char *if_none_match; /* (nullable) */
  const char *cause;         /* (nullable) S14 */
  guint wait;                /* seconds that the server was asked to hold the answer */
  gboolean only_once;        /* a read that the caller repeats itself */
  gboolean answers_412;      /* 412 is an answer, not an error */
  gboolean answers_all;      /* so is every status; nothing is repeated after one */
  gboolean is_read;          /* of another method than GET: nothing is changed by it */
  const char *accept;        /* (nullable) application/json */
  const char *depth;         /* (nullable) of WebDAV */
} WfHttpRequest;

typedef struct
{
  guint status;
  GBytes *body; /* (owned) never NULL */
  char *etag;   /* (owned) (nullable) as are the next */
  char *next_page;
  char *next_cursor;
  char *location;
  guint retry_after; /* seconds; 0: none were named */
  gboolean more;     /* Events-More */
  WfInstant sent;    /* when the last try began */
} WfHttpAnswer;

void wf_http_answer_free (WfHttpAnswer *self);

/* Errors: WF_CRM_ERROR, or G_IO_ERROR_CANCELLED. */
void wf_http_send_async (WfHttp *self, const WfHttpRequest *request, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
WfHttpAnswer *wf_http_send_finish (WfHttp *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfHttpAnswer, wf_http_answer_free)

G_END_DECLS
