/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any document as events: what can be read has all that an event must have, and is the same
 * event when read again. */
#include "fuzz-target.h"
#include "wf-event-catalogue.h"
#include "wf-event.h"

static void
check_event (WfEvent *event, GTimeZone *zone)
{
  g_autofree char *text = wf_event_to_text (event);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfEvent) again = NULL;
  const WfFieldInfo *fields;
  WfInstant instant;
  guint n;

  FUZZ_CHECK (document != NULL);
  again = wf_event_read (document, wf_json_document_get_root (document), 7, NULL);
  FUZZ_CHECK (again != NULL);
  FUZZ_CHECK (g_str_equal (wf_event_get_id (event), wf_event_get_id (again)));
  FUZZ_CHECK (wf_event_get_time (event) == wf_event_get_time (again));
  FUZZ_CHECK (g_strcmp0 (wf_event_get_lead (event), wf_event_get_lead (again)) == 0);
  fields = wf_event_catalogue_get_fields (wf_event_get_event_type (event), &n);
  for (guint i = 0; i < n; i++)
    {
      wf_event_get_field (event, fields[i].id);
      wf_event_get_instant (event, fields[i].id, zone, &instant);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, NULL);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (GPtrArray) events = NULL;

  if (document == NULL)
    return 0;
  zone = g_time_zone_new_utc ();
  problems = wf_problems_new (NULL);
  events = wf_events_read (document, 7, problems);
  for (guint i = 0; i < events->len; i++)
    check_event (g_ptr_array_index (events, i), zone);
  return 0;
}
