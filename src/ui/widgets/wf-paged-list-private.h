/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the paged list share. */
#pragma once

#include "wf-paged-list.h"

#include "wf-paged-item.h"

G_BEGIN_DECLS

/* Policy: the first page of each section and the pages that were looked at last are read again by a refresh, the others are
 * forgotten until somebody looks at them again. A list view keeps at most some 200 rows alive, so that these pages cover what
 * is on the screen. */
#define WF_PAGED_N_RECENT 4

typedef struct
{
  guint section;
  guint page;
} WfPagedPlace;

typedef struct
{
  WfPagedPlace place;
  GPtrArray *rows; /* (owned) */
} WfPagedAnswer;

typedef struct
{
  guint n_pending;
  GPtrArray *answers; /* (owned) of WfPagedAnswer */
  guint *totals;      /* (owned) */
  GError *error;      /* (owned) (nullable) */
} WfPagedRefresh;

struct _WfPagedList
{
  GObject parent_instance;

  const WfPagedListReader *reader;
  gpointer source;      /* borrowed; NULL once detached */
  GPtrArray **sections; /* (owned) each of WfPagedItem (nullable) */
  GHashTable *by_key;   /* (owned) key -> WfPagedItem, borrowed from sections */
  WfPagedPlace recent[WF_PAGED_N_RECENT];
  guint n_recent;
  GPtrArray *forgotten; /* (owned) of WfPagedItem: to be freed by and by */
  guint forgetting;     /* source */
  guint64 generation;   /* answers of an earlier one are dropped */
  GCancellable *cancellable;
  WfPagedRefresh *refresh; /* (nullable) the one under way; owned by its readings */
  gboolean refresh_again;
  gboolean other_query; /* the rows are not yet those of the query */
  gboolean handed_over; /* an item stands for another row than before the answer */
  gboolean loaded;
  GError *error; /* (owned) (nullable) */
};

/* Of n sections. */
void wf_paged_sections_free (GPtrArray **sections, guint n);

/* The same, of a list: what nobody has any more is freed by and by, since it may be whatever was scrolled past. */
void wf_paged_list_forget (WfPagedList *self, GPtrArray **sections);

/* wf-paged-list-answers.c: how the answers of a refresh become the list. */

/* The pages behind the first ones that a refresh reads. Of WfPagedPlace; owned by the caller. */
GArray *wf_paged_list_list_further (WfPagedList *self);
/* Takes the answers over and tells what differs. Returns the pages that are to be read again: of WfPagedPlace; owned by the
 * caller. */
GArray *wf_paged_list_take_answers (WfPagedList *self, WfPagedRefresh *refresh);

G_END_DECLS
