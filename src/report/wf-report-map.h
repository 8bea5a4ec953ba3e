/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers by 64-bit keys, quickly and without an allocation for each. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 key;
  guint32 value; /* and one; 0: the place is free */
} WfReportMapEntry;

typedef struct
{
  WfReportMapEntry *entries; /* (owned) */
  guint n, size;             /* size: a power of two */
} WfReportMap;

void wf_report_map_init (WfReportMap *self, guint expected);
void wf_report_map_clear (WfReportMap *self);
/* The key must not be in it yet. value: less than G_MAXUINT32. */
void wf_report_map_add (WfReportMap *self, guint64 key, guint32 value);

static inline guint
wf_report_map_place (const WfReportMap *self, guint64 key)
{
  key *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (guint) (key >> 32 ^ key >> 52) & (self->size - 1);
}

static inline gboolean
wf_report_map_find (const WfReportMap *self, guint64 key, guint32 *value)
{
  for (guint i = wf_report_map_place (self, key); self->entries[i].value != 0;
       i = (i + 1) & (self->size - 1))
    if (self->entries[i].key == key)
      {
        *value = self->entries[i].value - 1;
        return TRUE;
      }
  return FALSE;
}

/* The key is looked for soon: the memory may come meanwhile. */
static inline void
wf_report_map_prepare (const WfReportMap *self, guint64 key)
{
  __builtin_prefetch (&self->entries[wf_report_map_place (self, key)]);
}

G_END_DECLS
