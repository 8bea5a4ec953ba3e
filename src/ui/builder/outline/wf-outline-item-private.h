/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What filling the outline knows of its lines. */
#pragma once

#include "wf-outline-item.h"

G_BEGIN_DECLS

typedef struct
{
  WfTarget *target;    /* (owned) */
  WfTarget *place;     /* (owned) */
  const char *icon;    /* static */
  char *title;         /* (owned) */
  char *subtitle;      /* (owned) */
  const char *problem; /* (nullable) borrowed, copied by the item */
  gboolean is_error;
  gboolean is_branch;
  guint depth;
  guint number, n;
} WfOutlineContent;

WfOutlineItem *wf_outline_item_new (void);
/* content: what it owns is taken. */
void wf_outline_item_set_content (WfOutlineItem *self, WfOutlineContent *content);

/* wf-outline-problems.c: the first error of each line, or its first warning. Key: "" for the
 * trigger, "/steps/1", and "/steps/1/paths/0"; value: a WfProblem, borrowed. Owned by the
 * caller. */
GHashTable *wf_outline_problems_new (const WfProblems *problems);

G_END_DECLS
