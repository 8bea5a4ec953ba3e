/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that tell differences (B14) know of each other. */
#pragma once

#include "wf-compare.h"
#include "wf-step-catalogue.h"

G_BEGIN_DECLS

/* What is set, in the user's language: "2 hours", “Ana Souza”, "none". value: NULL: not set. Owned
 * by the caller. */
char *wf_difference_value_to_text (const WfSettingInfo *setting, const WfJson *value,
                                   const WfOrganisation *organisation);
/* Whether both mean the same: what is not set means what the catalogue says. */
gboolean wf_difference_is_same (const WfSettingInfo *setting, const WfJson *a, const WfJson *b);
/* A text in quotes, shortened. Owned by the caller. */
char *wf_difference_quote (const char *text);
/* The condition as JSON, "" for NULL. Owned by the caller. */
char *wf_difference_condition_to_json (const WfCondition *condition);

/* A step in its document. */
typedef struct
{
  const char *id;     /* borrowed */
  const WfJson *json; /* borrowed */
  char *title;        /* (owned) in the user's language */
  int branch;         /* place of the branch step around it; -1: none */
  guint path;         /* which of the branch's paths */
  guint position;     /* among the steps beside it */
  int other;          /* place of the same step in the other document; -1: none */
  GArray *keys;       /* (owned) (nullable) of guint, of a branch: its paths' keys */
  gboolean moved;
} WfDifferenceEntry;

/* One of the two documents. */
typedef struct
{
  const WfWorkflow *workflow; /* borrowed; NULL: there was none */
  WfJsonDocument *document;   /* (owned) (nullable) */
  GArray *entries;            /* (owned) of WfDifferenceEntry, in reading order */
} WfDifferenceSide;

/* What is beside a step, the same number on both sides: 0 is the workflow itself. */
#define WF_DIFFERENCE_ROOT 0

typedef struct
{
  const WfOrganisation *organisation; /* (nullable) */
  WfDifferenceSide before, after;
} WfDifferencePair;

/* Matches steps by id, and paths by name, condition or content. */
void wf_difference_pair_init (WfDifferencePair *self, const WfWorkflow *before,
                              const WfWorkflow *after, const WfOrganisation *organisation);
void wf_difference_pair_clear (WfDifferencePair *self);
WfDifferenceEntry *wf_difference_side_get (const WfDifferenceSide *self, int place);
/* The key of the sequence that the step is in. */
guint wf_difference_side_get_owner (const WfDifferenceSide *self, const WfDifferenceEntry *entry);
const WfJson *wf_difference_entry_get_path (const WfDifferenceEntry *branch, guint index);
/* The name that people know a path by. Owned by the caller. */
char *wf_difference_path_to_text (const WfJson *path, guint index,
                                  const WfOrganisation *organisation);
/* Whether a step that both have is not the same in them; sentences: receives how; nullable. */
gboolean wf_difference_compare_step (const WfDifferencePair *self, const WfDifferenceEntry *before,
                                     const WfDifferenceEntry *after, GPtrArray *sentences);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfDifferencePair, wf_difference_pair_clear)

G_END_DECLS
