/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From failures of the transport and HTTP statuses to errors that say what the caller can do. */
#pragma once

#include "wf-clock.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How far a request came when the transport failed. */
typedef struct
{
  gboolean is_write;
  gboolean was_sent;  /* at least its head left this computer */
  gboolean timed_out; /* given up by us */
} WfHttpProgress;

/* error: of GIO or libsoup. A cancellation by the caller stays G_IO_ERROR_CANCELLED. Owned by
 * the caller. */
GError *wf_http_error_from_transport (const GError *error, const WfHttpProgress *progress);
/* NULL for 2xx and 304. body: a problem document (RFC 9457) or anything else. Owned by the
 * caller. */
GError *wf_http_error_from_status (guint status, const char *reason, SoupMessageHeaders *headers,
                                   GBytes *body, WfInstant now);
/* For a result inside a batch: status with the problem's title and first detail, nullable. Owned
 * by the caller. */
GError *wf_http_error_from_problem (guint status, const char *type, const char *title,
                                    const char *detail);
/* Seconds from a Retry-After header: a number, or a date against the server's own (RFC 9110,
 * 10.2.3); at most an hour. */
guint wf_http_read_retry_after (SoupMessageHeaders *headers, WfInstant now);

G_END_DECLS
