/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading JSON documents of people: each wrong value becomes a problem that names its path. */
#pragma once

#include "wf-json.h"
#include "wf-problem.h"

G_BEGIN_DECLS

/* A place in a document. Lives on the stack; a child points to its parent, so the path is made
 * only for a problem. */
typedef struct _WfJsonCursor
{
  const struct _WfJsonCursor *parent; /* NULL at the root */
  const char *name;                   /* member name, or NULL for an array element */
  guint index;
  const WfJson *value; /* NULL = missing */
  WfProblems *problems;
} WfJsonCursor;

WfJsonCursor wf_json_cursor_root (const WfJson *root, WfProblems *problems);
WfJsonCursor wf_json_cursor_member (const WfJsonCursor *self, const char *name);
WfJsonCursor wf_json_cursor_element (const WfJsonCursor *self, guint index);
/* RFC 6901 pointer. Owned by the caller. */
char *wf_json_cursor_dup_path (const WfJsonCursor *self);
void wf_json_cursor_problem (const WfJsonCursor *self, const char *code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void wf_json_cursor_warning (const WfJsonCursor *self, const char *code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

gboolean wf_json_cursor_is_missing (const WfJsonCursor *self);
/* FALSE with a problem ("missing" or "wrong-type") unless the value is of the type. */
gboolean wf_json_cursor_expect (const WfJsonCursor *self, WfJsonType type);
/* These add a problem when the value is of another type, or when it is missing and required. */
const char *wf_json_cursor_get_string (const WfJsonCursor *self, gboolean required);
gboolean wf_json_cursor_get_boolean (const WfJsonCursor *self, gboolean required,
                                     gboolean fallback);
gint64 wf_json_cursor_get_int64 (const WfJsonCursor *self, gboolean required, gint64 fallback);
/* index into the NULL-terminated names, -1 with a problem when it is none of them or missing and
 * required. */
int wf_json_cursor_get_enum (const WfJsonCursor *self, const char *const *names, gboolean required);
/* A copy of the members that are not among known (NULL-terminated), or NULL when there are none;
 * each also becomes a warning "unknown-member" at its own path. Owned by the caller. */
WfJsonDocument *wf_json_cursor_dup_unknown (const WfJsonCursor *self, const char *const *known);

G_END_DECLS
