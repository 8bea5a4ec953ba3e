/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the blocks of facts come from: the rows, or what was stored of them. */
#pragma once

#include "wf-fact-block.h"
#include "wf-store-private.h"

G_BEGIN_DECLS

/* What of the whole store the flags of each activity depend on. */
typedef struct
{
  gint64 own; /* number of the name of this store's person; 0: nobody */
  gint64
      known_from; /* activities from this number on: reminders without a receipt were not shown */
} WfFactBasis;
void wf_store_get_fact_basis (WfStore *self, WfFactBasis *basis);

/* Reads the rows. FALSE with an error. */
gboolean wf_store_build_facts (WfStore *self, gint64 block, const WfFactBasis *basis,
                               WfFactBlock *facts, GError **error);

typedef struct
{
  gint64 block;
  gboolean valid;     /* as of basis */
  gboolean has_zones; /* no instant is outside of them, whether it is valid or not */
  WfFactZones zones;
} WfStoredBlock;
/* Of WfStoredBlock, in their order; what the open transaction changed is not valid. NULL with an error. */
GArray *wf_store_list_stored_blocks (WfStore *self, const WfFactBasis *basis, GError **error);
/* A stored block, packed; owned by the caller. NULL: it is not there. */
GByteArray *wf_store_load_columns (WfStore *self, gint64 block);

G_END_DECLS
