/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One side of a merge, taken apart: steps by id, lists of steps and paths of branches by names that
 * are the same on each side. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

/* The list at the top. Any other list is that of a path, and has its name. */
#define WF_MERGE_TOP ""

typedef struct
{
  const char *id;     /* borrowed from the document */
  const WfJson *json; /* borrowed */
  const char *list;   /* borrowed: where it stands */
  gboolean is_branch;
} WfMergeStep;

typedef struct
{
  char *name;         /* (owned) of the path: that of its list */
  const char *branch; /* borrowed: id */
  const WfJson *json; /* borrowed */
} WfMergePath;

typedef struct
{
  WfJsonDocument *document; /* (owned) (nullable) */
  const WfJson *root;       /* borrowed; NULL: there is no such side, and nothing on it */
  GPtrArray *order;         /* (owned) of WfMergeStep: in reading order */
  GHashTable *steps;        /* (owned) id -> WfMergeStep */
  GHashTable *lists;        /* (owned) list -> GPtrArray of ids, borrowed */
  GHashTable *paths;        /* (owned) name -> WfMergePath */
  GHashTable *branches;     /* (owned) id -> GPtrArray of names of paths, borrowed */
} WfMergeSide;

/* workflow: nullable; every step has an id of its own. base: the side that the paths' names come
 * from; NULL for the base itself. */
void wf_merge_side_init (WfMergeSide *self, const WfWorkflow *workflow, const WfMergeSide *base);
void wf_merge_side_clear (WfMergeSide *self);
const WfMergeStep *wf_merge_side_get_step (const WfMergeSide *self, const char *id); /* nullable */
const WfMergePath *wf_merge_side_get_path (const WfMergeSide *self, const char *name);
const GPtrArray *wf_merge_side_get_list (const WfMergeSide *self, const char *list); /* nullable */
const GPtrArray *wf_merge_side_get_paths (const WfMergeSide *self, const char *branch);

/* Two orders of the same things put together. All: of char*, each a thing once; base: nullable.
 * Those of mine and theirs that are not among the others come behind what they come behind there.
 * *conflict: both changed it differently; mine is kept then. Owned by the caller, borrows. */
GPtrArray *wf_merge_order (const GPtrArray *base, const GPtrArray *mine, const GPtrArray *theirs,
                           gboolean *conflict);

/* Gives every step an id of its own. */
void wf_merge_make_ids_unique (WfWorkflow *workflow);
/* Gives steps other ids where both sides added different ones under the same id, or one side made
 * something else of a branch. base: nullable. */
void wf_merge_part_ids (const WfWorkflow *base, WfWorkflow *mine, WfWorkflow *theirs);

/* Which text is made of them. */
typedef enum
{
  WF_MERGE_BOTH_CHANGED, /* member: what, or NULL for the whole */
  WF_MERGE_MINE_REMOVED,
  WF_MERGE_THEIRS_REMOVED,
  WF_MERGE_BOTH_MOVED,
  WF_MERGE_BOTH_ORDERED,
  WF_MERGE_TOO_DEEP,
} WfMergeConflict;
/* Adds a sentence. conflicts: nullable. json: the step, the path; NULL: the workflow itself. */
void wf_merge_tell (GPtrArray *conflicts, WfMergeConflict conflict, const WfJson *json,
                    const char *member);

/* An object on the three sides, each nullable. */
typedef struct
{
  const WfJson *base, *mine, *theirs;
  const WfJson *subject;          /* (nullable) what sentences tell of */
  const char *const *apart;       /* (nullable) members that are written otherwise */
  const char *const *of_theirs;   /* (nullable) theirs, where both changed them */
  const char *const *not_told_of; /* (nullable) mine, without a word */
} WfMergeMembers;

/* One that only one side has is that side's. */
void wf_merge_members_narrow_to_present (WfMergeMembers *members);
/* Where members belong together (a wait, a step of another kind), those of one side are taken. */
void wf_merge_members_narrow_to_one (WfMergeMembers *members, GPtrArray *conflicts);
/* Into an open object. */
void wf_merge_members (const WfMergeMembers *members, GPtrArray *conflicts, WfJsonWriter *writer);
/* Beside the members apart. a, b: nullable. */
gboolean wf_merge_differs (const WfJson *a, const WfJson *b, const char *const *apart);

G_END_DECLS
