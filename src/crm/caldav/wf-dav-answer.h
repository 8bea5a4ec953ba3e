/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what a WebDAV server tells of its resources (RFC 4918, 13; RFC 4791). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *href;             /* (owned) as told: a path or a whole address, encoded */
  char *name, *etag;      /* (owned) (nullable) */
  char *principal, *home; /* (owned) (nullable) addresses of who signed in, of their calendars */
  gboolean is_calendar;
  gboolean has_kinds; /* it tells which kinds of entries it takes; else all */
  gboolean takes_events, takes_tasks;
  gboolean has_rights; /* it tells what the person may do; else that shows */
  gboolean may_write;
} WfDavResource;
void wf_dav_resource_free (WfDavResource *self);

/* -> array of WfDavResource (owned), in order; NULL when it is no multi-status. Errors:
 * WF_CRM_ERROR_PROTOCOL. */
GPtrArray *wf_dav_answer_read (GBytes *body, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDavResource, wf_dav_resource_free)

G_END_DECLS
