/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events about activities: another computer's work, or our own that comes back from the CRM. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

static const char *
find_id (WfEvent *event)
{
  const WfJson *data = wf_event_get_data (event);
  const WfJson *activity = wf_json_get_member (data, "activity");

  return wf_json_is (activity, WF_JSON_STRING) ? wf_json_get_string (activity)
                                               : wf_json_get_member_string (activity, "id");
}

/* The log tells the past in order, while the activities may have been read since: work that is
 * done here stays done until an event that is newer says otherwise. What carries the tag that is
 * known says nothing new. */
static gboolean
is_outdated (const WfActivity *known, const WfActivity *shown, WfEvent *event)
{
  if (known->etag != NULL && g_strcmp0 (known->etag, shown->etag) == 0)
    return TRUE;
  return known->status != WF_ACTIVITY_OPEN && shown->status == WF_ACTIVITY_OPEN &&
         known->completed != WF_INSTANT_NONE && wf_event_get_time (event) < known->completed;
}

/* What a person answered, when the event does not carry the whole activity. */
static const char *
get_outcome (WfEvent *event)
{
  const WfJson *data = wf_event_get_data (event);
  const char *outcome =
      wf_json_get_member_string (wf_json_get_member (data, "activity"), "outcome");

  return outcome != NULL ? outcome : wf_json_get_member_string (data, "outcome");
}

/* The event names the activity only. */
static gboolean
follow_id (WfCommit *self, WfEvent *event, const WfActivity *known, const char *id, GError **error)
{
  if (!g_str_equal (wf_event_get_event_type (event), "activity.completed"))
    {
      if (known != NULL || self->everyone)
        g_ptr_array_add (self->changes->stale, g_strdup (id));
      return TRUE;
    }
  if (known == NULL)
    return wf_commit_activity_done (self, NULL, wf_event_get_lead (event), id, get_outcome (event),
                                    wf_event_get_time (event), error);

  g_autoptr (WfActivity) after = wf_activity_copy (known);
  after->status = WF_ACTIVITY_DONE;
  after->completed = wf_event_get_time (event);
  if (get_outcome (event) != NULL)
    g_set_str (&after->outcome, get_outcome (event));
  g_clear_pointer (&after->etag, g_free);
  return wf_commit_store_activity (self, after, error);
}

static gboolean
forget (WfCommit *self, const WfActivity *known, GError **error)
{
  g_autoptr (WfActivity) after = wf_activity_copy (known);

  after->status = WF_ACTIVITY_CANCELLED;
  after->completed = self->now;
  return wf_commit_store_activity (self, after, error);
}

/* S9: somebody made it the signed-in person's, on another computer or in the CRM. */
static void
note_given (WfCommit *self, WfEvent *event, const WfActivity *known, const WfActivity *shown)
{
  if (g_str_equal (wf_event_get_event_type (event), "activity.reassigned") &&
      shown->status == WF_ACTIVITY_OPEN && wf_commit_is_own (self, shown->person) &&
      (known == NULL || !wf_commit_is_own (self, known->person)))
    wf_commit_note_given (self, shown->lead);
}

gboolean
wf_commit_activity_event (WfCommit *self, WfEvent *event, GError **error)
{
  const char *type = wf_event_get_event_type (event);
  const char *id = g_str_has_prefix (type, "activity.") ? find_id (event) : NULL;

  if (id == NULL)
    return TRUE;

  g_autoptr (WfActivity) known = wf_store_get_activity (self->store, id);
  if (g_str_equal (type, "activity.deleted"))
    return known == NULL || known->status != WF_ACTIVITY_OPEN || forget (self, known, error);

  g_autoptr (WfActivity) shown =
      wf_activity_payload_read_object (wf_json_get_member (wf_event_get_data (event), "activity"));
  if (shown == NULL)
    return follow_id (self, event, known, id, error);
  if (shown->lead == NULL)
    shown->lead = g_strdup (wf_event_get_lead (event));
  if (known != NULL && is_outdated (known, shown, event))
    return TRUE;
  note_given (self, event, known, shown);
  return wf_commit_store_activity (self, shown, error);
}
