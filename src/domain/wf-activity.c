/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An activity: what a pre-seller has to do for a lead, until when. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-activity.h"

const char *const wf_activity_status_names[] = { "open", "done", "cancelled", "no-longer-needed",
                                                 NULL };

const char *const wf_activity_kind_names[] = { "task", "call", "meeting", "approval", NULL };

/* The members that are owned texts, so that copy and free cannot forget one. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (WfActivity, id),          G_STRUCT_OFFSET (WfActivity, lead),
  G_STRUCT_OFFSET (WfActivity, lead_name),   G_STRUCT_OFFSET (WfActivity, lead_phone),
  G_STRUCT_OFFSET (WfActivity, lead_email),  G_STRUCT_OFFSET (WfActivity, type),
  G_STRUCT_OFFSET (WfActivity, title),       G_STRUCT_OFFSET (WfActivity, notes),
  G_STRUCT_OFFSET (WfActivity, person),      G_STRUCT_OFFSET (WfActivity, place),
  G_STRUCT_OFFSET (WfActivity, zone),        G_STRUCT_OFFSET (WfActivity, outcome),
  G_STRUCT_OFFSET (WfActivity, workflow),    G_STRUCT_OFFSET (WfActivity, workflow_name),
  G_STRUCT_OFFSET (WfActivity, step),        G_STRUCT_OFFSET (WfActivity, event_source),
  G_STRUCT_OFFSET (WfActivity, event_id),    G_STRUCT_OFFSET (WfActivity, event_type),
  G_STRUCT_OFFSET (WfActivity, explanation), G_STRUCT_OFFSET (WfActivity, etag),
  G_STRUCT_OFFSET (WfActivity, sync_error),  G_STRUCT_OFFSET (WfActivity, cause),
};

/**
 * wf_activity_new:
 * @id: the effect key (S15), or the CRM's id
 *
 * Returns: (transfer full): an open activity without type, title and instants
 */
WfActivity *
wf_activity_new (const char *id)
{
  WfActivity *self = g_new0 (WfActivity, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->type = g_strdup ("");
  self->title = g_strdup ("");
  self->created = self->due = self->original_due = WF_INSTANT_NONE;
  self->remind = self->visible_from = self->completed = self->ends = WF_INSTANT_NONE;
  return self;
}

WfActivity *
wf_activity_copy (const WfActivity *self)
{
  WfActivity *copy = g_memdup2 (self, sizeof *self);

  g_atomic_ref_count_init (&copy->ref_count);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char **text = G_STRUCT_MEMBER_P (copy, texts[i]);

      *text = g_strdup (*text);
    }
  return copy;
}

WfActivity *
wf_activity_ref (WfActivity *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_activity_unref (WfActivity *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, texts[i]));
  g_free (self);
}

/* Exactly at the deadline is on time. What was cancelled or is no longer needed is never late. */
gboolean
wf_activity_is_late (const WfActivity *self, WfInstant now)
{
  if (self->due == WF_INSTANT_NONE)
    return FALSE;
  switch (self->status)
    {
    case WF_ACTIVITY_OPEN:
      return now > self->due;
    case WF_ACTIVITY_DONE:
      return self->completed > self->due;
    case WF_ACTIVITY_CANCELLED:
    case WF_ACTIVITY_NO_LONGER_NEEDED:
      return FALSE;
    }
  g_assert_not_reached ();
}
