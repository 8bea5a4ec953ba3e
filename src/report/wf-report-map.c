/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers by 64-bit keys: open addressing, at most half full. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-map.h"

#define LEAST_SIZE 16

static void
allocate (WfReportMap *self, guint size)
{
  self->size = size;
  self->n = 0;
  self->entries = g_new0 (WfReportMapEntry, size);
}

void
wf_report_map_init (WfReportMap *self, guint expected)
{
  guint size = LEAST_SIZE;

  while (size / 2 < expected && size < 1u << 31)
    size *= 2;
  allocate (self, size);
}

void
wf_report_map_clear (WfReportMap *self)
{
  g_clear_pointer (&self->entries, g_free);
}

static void
put (WfReportMap *self, guint64 key, guint32 value_and_one)
{
  guint place = wf_report_map_place (self, key);

  while (self->entries[place].value != 0)
    place = (place + 1) & (self->size - 1);
  self->entries[place] = (WfReportMapEntry) { key, value_and_one };
  self->n++;
}

void
wf_report_map_add (WfReportMap *self, guint64 key, guint32 value)
{
  if ((self->n + 1) * 2 > self->size)
    {
      WfReportMap old = *self;

      allocate (self, old.size * 2);
      for (guint i = 0; i < old.size; i++)
        if (old.entries[i].value != 0)
          put (self, old.entries[i].key, old.entries[i].value);
      wf_report_map_clear (&old);
    }
  put (self, key, value + 1);
}
