/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of the facts about activities: columns of a few thousand neighbours, in memory and packed. */
#pragma once

#include "wf-store-facts.h"

G_BEGIN_DECLS

/* The activities with numbers from block << SHIFT on. */
#define WF_FACT_BLOCK_SHIFT 13
#define WF_FACT_BLOCK_SIZE (1 << WF_FACT_BLOCK_SHIFT)

typedef struct
{
  guint n;
  gint64 number[WF_FACT_BLOCK_SIZE];
  WfInstant created[WF_FACT_BLOCK_SIZE];
  WfInstant due[WF_FACT_BLOCK_SIZE];
  WfInstant original_due[WF_FACT_BLOCK_SIZE];
  WfInstant closed[WF_FACT_BLOCK_SIZE];
  guint64 lead[WF_FACT_BLOCK_SIZE];
  guint32 person[WF_FACT_BLOCK_SIZE];
  guint32 type[WF_FACT_BLOCK_SIZE];
  guint32 workflow[WF_FACT_BLOCK_SIZE];
  guint32 origin[WF_FACT_BLOCK_SIZE];
  guint32 version[WF_FACT_BLOCK_SIZE];
  guint8 status[WF_FACT_BLOCK_SIZE];
  guint8 flags[WF_FACT_BLOCK_SIZE];
  guint64 codes[WF_FACT_BLOCK_SIZE]; /* space for packing and unpacking */
} WfFactBlock;

/* Replaces what is in bytes. */
void wf_fact_block_pack (WfFactBlock *self, GByteArray *bytes);
/* FALSE: it is not what pack made, on this kind of machine; then the block is undefined. */
gboolean wf_fact_block_unpack (WfFactBlock *self, const guint8 *bytes, gsize length);

typedef struct
{
  WfInstant first, last; /* WF_INSTANT_NONE both: there is none */
} WfFactZone;
typedef struct
{
  WfFactZone created, due, closed;
} WfFactZones;
/* Widens it by an instant, or nothing; by another one. */
void wf_fact_zone_add (WfFactZone *self, WfInstant at);
void wf_fact_zones_add (WfFactZones *self, const WfFactZones *other);
extern const WfFactZones wf_fact_zones_none;
void wf_fact_block_get_zones (const WfFactBlock *self, WfFactZones *zones);
/* Whether something of it may lie in [from, until); WF_INSTANT_NONE is no bound. */
gboolean wf_fact_zones_touch (const WfFactZones *self, WfInstant from, WfInstant until);

G_END_DECLS
