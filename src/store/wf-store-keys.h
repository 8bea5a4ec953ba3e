/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the row of a key is: events, runs and activities are asked for by ids that are as good as random. */
#pragma once

#include "wf-store.h"

G_BEGIN_DECLS

/* From so many numbers on the newest keys are merged into the index, also while there is no pause. */
#define WF_STORE_RECENT_KEYS 131072

typedef enum
{
  WF_KEY_EVENT,
  WF_KEY_RUN,
  WF_KEY_ACTIVITY,
} WfKeyKind; /* two bits */

typedef struct
{
  gint64 hash;  /* its lowest two bits are the kind */
  gint64 entry; /* number and kind; 0: an empty slot */
} WfKeyEntry;

/* The newest keys in memory. What is here may be gone from the database: the row decides. */
typedef struct
{
  WfKeyEntry *slots; /* (owned) (nullable) */
  guint n_slots, n_used, n_reloaded;
  gint64 loaded; /* the highest entry that was read */
  GArray
      *sorted; /* (owned) (nullable) of WfKeyEntry: the generation that is being merged, by hash */
  gint64 sorted_generation;
} WfRecentKeys;

void wf_recent_keys_clear (WfRecentKeys *self);

/* Whether the row with this number has the key that is looked for. */
typedef gboolean (*WfKeyMatch) (WfStore *self, gint64 number, gconstpointer key);

/* At the begin of a transaction; outside of one each look-up does it itself. */
void wf_store_sync_keys (WfStore *self);
gboolean wf_store_add_key (WfStore *self, WfKeyKind kind, gint64 hash, gint64 number,
                           GError **error);
/* 0 when unknown. */
gint64 wf_store_find_key (WfStore *self, WfKeyKind kind, gint64 hash, WfKeyMatch is_it,
                          gconstpointer key);
gboolean wf_store_remove_key (WfStore *self, WfKeyKind kind, gint64 hash, gint64 number,
                              GError **error);

G_END_DECLS
