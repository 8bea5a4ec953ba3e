/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events about activities: another computer's work, or our own that comes back from the CRM. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#define LOG_PAGE 100
#define MOST_LOG_PAGES 10

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
  if (shown->completed == WF_INSTANT_NONE &&
      (shown->status == WF_ACTIVITY_CANCELLED || shown->status == WF_ACTIVITY_NO_LONGER_NEEDED))
    shown->completed = wf_event_get_time (event);
  note_given (self, event, known, shown);
  return wf_commit_store_activity (self, shown, error);
}

/* -- what was over before it began here -------------------------------------------------------- */

void
wf_activity_end_clear (WfActivityEnd *self)
{
  g_clear_pointer (&self->outcome, g_free);
}

typedef enum
{
  SAYS_NOTHING,
  SAYS_OPEN,
  SAYS_ENDED,
} Saying;

/* What the event says about the activity, if it is about it. */
static Saying
read_end (WfEvent *event, const char *id, WfActivityEnd *end)
{
  const char *type = wf_event_get_event_type (event);
  const char *about = find_id (event);
  g_autoptr (WfActivity) shown = NULL;

  if (about == NULL || g_ascii_strcasecmp (about, id) != 0)
    return SAYS_NOTHING;
  shown =
      wf_activity_payload_read_object (wf_json_get_member (wf_event_get_data (event), "activity"));
  end->at = wf_event_get_time (event);
  if (g_str_equal (type, "activity.deleted"))
    end->status = WF_ACTIVITY_CANCELLED;
  else if (shown != NULL)
    end->status = shown->status;
  else if (g_str_equal (type, "activity.completed"))
    end->status = WF_ACTIVITY_DONE;
  else
    return SAYS_NOTHING;
  if (end->status == WF_ACTIVITY_OPEN)
    return SAYS_OPEN;
  if (shown != NULL && shown->completed != WF_INSTANT_NONE)
    end->at = shown->completed;
  end->outcome = g_strdup (get_outcome (event));
  return SAYS_ENDED;
}

static WfEvent *
load_event (WfCommit *self, const WfLogEntry *entry)
{
  g_autoptr (WfJsonDocument) details =
      entry->details != NULL ? wf_json_document_parse (entry->details, -1, 0, NULL) : NULL;
  const WfJson *root = details != NULL ? wf_json_document_get_root (details) : NULL;
  const char *source = wf_json_get_member_string (root, "source"),
             *id = wf_json_get_member_string (root, "id");

  return source != NULL && id != NULL ? wf_store_get_event (self->store, source, id) : NULL;
}

static gboolean
is_same_event (const WfEvent *a, const WfEvent *b)
{
  return g_str_equal (wf_event_get_id (a), wf_event_get_id (b)) &&
         g_str_equal (wf_event_get_source (a), wf_event_get_source (b));
}

/* *over: nothing further is to be looked at. */
static Saying
read_page (WfCommit *self, const GPtrArray *entries, const WfEvent *began, const char *id,
           WfActivityEnd *end, gboolean *over)
{
  const char *first = wf_event_get_event_type (began);
  Saying saying = SAYS_NOTHING;

  for (guint i = 0; i < entries->len && !*over; i++)
    {
      const WfLogEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (WfEvent) event = NULL;

      if (!g_str_has_prefix (entry->title, "activity.") && !g_str_equal (entry->title, first))
        continue;
      event = load_event (self, entry);
      if (event == NULL)
        continue;
      *over = is_same_event (event, began);
      if (!*over && g_str_has_prefix (entry->title, "activity."))
        saying = read_end (event, id, end);
      *over |= saying != SAYS_NOTHING;
    }
  return saying;
}

/**
 * wf_commit_find_end:
 * @self: a transaction
 * @began: the event that began the run; what came before it here is not looked at
 * @id: of an activity that is not kept here
 * @end: receives how it ended
 *
 * Another computer may be ahead by so much that what it made is over when this one comes to its
 * step. The event that told of it found no step that waited; it is kept with its lead.
 *
 * Returns: whether it ended, by the last event that says something about it
 */
gboolean
wf_commit_find_end (WfCommit *self, const WfEvent *began, const char *id, WfActivityEnd *end)
{
  const char *lead = wf_event_get_lead (began);
  Saying saying = SAYS_NOTHING;
  gboolean over = lead == NULL;

  *end = (WfActivityEnd) { WF_ACTIVITY_OPEN, WF_INSTANT_NONE, NULL };
  for (guint page = 0; page < MOST_LOG_PAGES && !over; page++)
    {
      g_autoptr (GPtrArray) entries =
          wf_store_list_log (self->store, "event", lead, page * LOG_PAGE, LOG_PAGE);

      over = entries == NULL || entries->len == 0;
      if (!over)
        saying = read_page (self, entries, began, id, end, &over);
    }
  return saying == SAYS_ENDED;
}
