/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON merge patches (RFC 7396) and checks of members by a table. */
#pragma once

#include "wf-json-writer.h"
#include "wf-problem.h"

G_BEGIN_DECLS

typedef enum
{
  WF_DEMO_TEXT,
  WF_DEMO_INSTANT,
  WF_DEMO_BOOLEAN,
  WF_DEMO_NUMBER,
  WF_DEMO_OBJECT,
  WF_DEMO_TEXTS,         /* a list of texts, each of most_length at most */
  WF_DEMO_STATUS,        /* one of wf_activity_status_names */
  WF_DEMO_ACTIVITY_KIND, /* one of wf_activity_kind_names */
} WfDemoMemberKind;

typedef struct
{
  const char *name; /* NULL ends a table */
  WfDemoMemberKind kind;
  gboolean required;
  gboolean patchable; /* may be in a patch */
  guint most_length;  /* of a text, in bytes */
} WfDemoMember;

/* target changed by patch; either may be NULL. The result is always an object. */
WfJsonDocument *wf_demo_json_merge (const WfJson *target, const WfJson *patch);
/* The same as text. Owned by the caller. */
char *wf_demo_json_merge_text (const WfJson *target, const WfJson *patch);
/* A problem for each wrong or missing member of object; path goes before the members' names
 * ("/3"). Unknown members pass. */
void wf_demo_json_check (const WfJson *object, const WfDemoMember *members, const char *path,
                         WfProblems *problems);
/* A problem for each member that no patch may have. */
void wf_demo_json_check_patch (const WfJson *patch, const WfDemoMember *members,
                               WfProblems *problems);
/* Only the members that the table knows. */
WfJsonDocument *wf_demo_json_keep_known (const WfJson *object, const WfDemoMember *members);
/* The member as an instant, WF_INSTANT_NONE without one. */
gint64 wf_demo_json_get_instant (const WfJson *object, const char *name);

G_END_DECLS
