/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What events of leads, meetings and payments mean for activities that are there already: S5, S9,
 * S10, B9. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include "wf-anchor.h"
#include "wf-deadline.h"
#include "wf-event-catalogue.h"
#include "wf-responsible.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* When there came to be a reason for the activity: with the event that it is there for. That may
 * have reached this computer a day later, together with what ended the reason. */
static WfInstant
get_reason_time (WfCommit *self, const WfActivity *activity)
{
  g_autoptr (WfEvent) origin =
      activity->event_id != NULL && activity->event_source != NULL
          ? wf_store_get_event (self->store, activity->event_source, activity->event_id)
          : NULL;

  return origin != NULL ? wf_event_get_time (origin) : activity->created;
}

/* -- S10: the lead is gone or closed ----------------------------------------------------------- */

static gboolean
survives_closing (WfCommit *self, const WfActivity *activity, WfEvent *event)
{
  g_auto (WfActivityStep) step = { NULL };

  if (wf_commit_find_step (self, activity, &step) && step.keep_when_closed)
    return TRUE;
  /* Made by this very event, on another computer that was faster, or after it. */
  if (g_strcmp0 (activity->event_id, wf_event_get_id (event)) == 0 &&
      g_strcmp0 (activity->event_source, wf_event_get_source (event)) == 0)
    return TRUE;
  return get_reason_time (self, activity) > wf_event_get_time (event);
}

static gboolean
close_activities (WfCommit *self, WfEvent *event, gboolean deleted, GError **error)
{
  g_autoptr (GPtrArray) open = wf_commit_list_open (self, wf_event_get_lead (event));

  for (guint i = 0; i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);
      gboolean done = TRUE;

      if (deleted)
        done = wf_commit_close_activity (self, activity, WF_ACTIVITY_CANCELLED,
                                         _ ("Cancelled: lead removed"), error);
      else if (!survives_closing (self, activity, event))
        done = wf_commit_close_activity (self, activity, WF_ACTIVITY_NO_LONGER_NEEDED,
                                         _ ("The lead was closed"), error);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

/* Merged: what was open goes on with the one that stays; the CRM has moved it already. */
static gboolean
move_to_survivor (WfCommit *self, WfEvent *event, const char *survivor, GError **error)
{
  const char *name = wf_json_get_member_string (wf_commit_get_lead (self, survivor), "name");
  g_autoptr (GPtrArray) open = wf_commit_list_open (self, wf_event_get_lead (event));

  for (guint i = 0; i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);
      g_autoptr (WfActivity) after = wf_activity_copy (activity);

      g_set_str (&after->lead, survivor);
      if (name != NULL)
        g_set_str (&after->lead_name, name);
      if (!wf_store_put_activity (self->store, after, NULL, error))
        return FALSE;
      g_ptr_array_add (self->changes->stale, g_strdup (activity->id));
      self->changes->activities = TRUE;
    }
  return open->len == 0 || wf_commit_log (self, "change", _ ("Activities moved to the merged lead"),
                                          survivor, NULL, error);
}

/* The lead that stays after a merge, or NULL. */
static const char *
get_survivor (WfEvent *event)
{
  const char *survivor = wf_json_get_member_string (wf_event_get_data (event), "merged-into");

  return g_strcmp0 (survivor, wf_event_get_lead (event)) != 0 ? survivor : NULL;
}

static gboolean
follow_closing (WfCommit *self, WfEvent *event, GError **error)
{
  const char *survivor = get_survivor (event);
  gboolean deleted = g_str_equal (wf_event_get_event_type (event), "lead.deleted");

  if (survivor != NULL ? !move_to_survivor (self, event, survivor, error)
                       : !close_activities (self, event, deleted, error))
    return FALSE;
  if (deleted)
    wf_commit_forget_lead (self, wf_event_get_lead (event));
  return TRUE;
}

/* -- S9: the lead has another owner ------------------------------------------------------------ */

static const char *
get_previous_owner (WfEvent *event, const char *known)
{
  const WfJson *data = wf_event_get_data (event);
  const char *owner = wf_json_get_member_string (wf_json_get_member (data, "previous"), "owner");

  if (owner == NULL)
    owner = wf_json_get_member_string (data, "owner-from");
  return owner != NULL ? owner : known;
}

static gboolean
give_to (WfCommit *self, const WfActivity *activity, const char *owner, GError **error)
{
  g_autoptr (WfActivity) after = wf_activity_copy (activity);
  WfActivityChange change = {
    .person = owner,
    .due = WF_INSTANT_NONE,
    .remind = WF_INSTANT_NONE,
    .completed = WF_INSTANT_NONE,
  };

  g_set_str (&after->person, *owner != '\0' ? owner : NULL);
  return wf_commit_change_activity (self, activity, after, &change, error);
}

/* Both are told, each on their own computer; with one message a lead, not one an activity. */
static gboolean
tell_about_reassignment (WfCommit *self, const char *lead, const char *cause, const char *before,
                         const char *owner, guint n, GError **error)
{
  const char *name = wf_json_get_member_string (wf_commit_get_lead (self, lead), "name");
  g_autofree char *id = g_strconcat ("reassigned/", cause, NULL);
  g_autofree char *text = NULL;

  if (!self->reminds || n == 0)
    return TRUE;
  if (wf_commit_is_own (self, before) && *owner == '\0')
    text = g_strdup_printf (ngettext ("%u activity of %s is back in the queue.",
                                      "%u activities of %s are back in the queue.", n),
                            n, name != NULL ? name : lead);
  else if (wf_commit_is_own (self, before))
    text = g_strdup_printf (ngettext ("%u activity of %s is now somebody else’s.",
                                      "%u activities of %s are now somebody else’s.", n),
                            n, name != NULL ? name : lead);
  else if (wf_commit_is_own (self, owner))
    text = g_strdup_printf (
        ngettext ("%u activity of %s is now yours.", "%u activities of %s are now yours.", n), n,
        name != NULL ? name : lead);
  else
    return TRUE;
  return wf_commit_keep_message (self, id, _ ("Lead reassigned"), text, error);
}

/* What a step gave to somebody else than the responsible stays with them. Who gets the others is
 * decided as for a new one: an owner who is away has somebody who stands in (S11). */
static const char *
find_follower (WfCommit *self, const WfActivity *activity, const char *owner)
{
  g_auto (WfActivityStep) step = { NULL };

  if (!wf_commit_find_step (self, activity, &step))
    return owner;
  if (step.assignee != NULL && !g_str_equal (step.assignee, "responsible"))
    return NULL;

  if (*owner == '\0')
    return owner;
  WfResponsible found =
      wf_responsible_resolve (wf_commit_get_organisation (self), step.workflow, owner);
  return found.person != NULL ? found.person : owner;
}

gboolean
wf_commit_follow_owner (WfCommit *self, const char *lead, const char *before, const char *owner,
                        const char *id, GError **error)
{
  guint n = 0;

  if (lead == NULL || before == NULL || owner == NULL || g_str_equal (before, owner))
    return TRUE;

  g_autoptr (GPtrArray) open = wf_commit_list_open (self, lead);
  for (guint i = 0; i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);
      g_autofree char *follower = g_strcmp0 (activity->person, before) == 0
                                      ? g_strdup (find_follower (self, activity, owner))
                                      : NULL;

      if (follower == NULL || g_strcmp0 (follower, activity->person) == 0)
        continue;
      if (!give_to (self, activity, follower, error))
        return FALSE;
      n++;
    }
  return tell_about_reassignment (self, lead, id, before, owner, n, error);
}

/* S11: nobody is responsible any more, and not only that the event does not say who is. */
static gboolean
is_given_back (WfEvent *event)
{
  const WfJson *data = wf_event_get_data (event);
  const WfJson *sides = wf_json_get_path (data, "changes.owner");

  return wf_json_is (wf_json_get_member (data, "owner_to"), WF_JSON_NULL) ||
         wf_json_is (wf_json_get_member (wf_json_get_member (data, "lead"), "owner"),
                     WF_JSON_NULL) ||
         (wf_json_get_size (sides) == 2 &&
          wf_json_is (wf_json_get_element (sides, 1), WF_JSON_NULL));
}

static const char *
get_new_owner (WfEvent *event)
{
  const char *owner = wf_event_get_owner (event);

  return owner == NULL && is_given_back (event) ? "" : owner;
}

/* -- S5: the date from which a deadline counts back moved or is off ---------------------------- */

/* Of several meetings or payments of a lead only the one that the activity is about. */
static gboolean
is_same_record (WfCommit *self, const WfActivity *activity, WfEvent *event, const char *group)
{
  g_autoptr (WfEvent) origin =
      activity->event_id != NULL && activity->event_source != NULL
          ? wf_store_get_event (self->store, activity->event_source, activity->event_id)
          : NULL;
  g_autofree char *field = g_strconcat (group, ".id", NULL);
  const char *here = wf_json_get_string (wf_event_get_field (event, field));
  const char *there = origin != NULL ? wf_json_get_string (wf_event_get_field (origin, field))
                                     : NULL;

  return here == NULL || there == NULL || g_str_equal (here, there);
}

static gboolean
recompute (WfCommit *self, const WfActivity *activity, const WfActivityStep *step, WfEvent *event,
           GError **error)
{
  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, activity->person);
  WfDeadlineRequest request = {
    .now = self->now,
    .within = step->within,
    .before = TRUE,
    .business_hours = step->business_hours,
    .business_time = step->business_time,
    .notify = step->notify,
  };

  if (!wf_event_get_instant (event, step->before, wf_working_hours_get_zone (hours), &request.from))
    return TRUE;

  WfDeadline deadline = wf_deadline_compute (&request, hours, NULL);
  if (deadline.outcome == WF_DEADLINE_ANCHOR_PAST)
    return wf_commit_close_activity (self, activity, WF_ACTIVITY_NO_LONGER_NEEDED,
                                     _ ("The date has passed"), error);
  /* What was cut short once is not stretched by each event that tells of the same date. */
  if (deadline.outcome != WF_DEADLINE_OK || deadline.due == activity->due ||
      (deadline.shortened && deadline.due > activity->due))
    return TRUE;
  return wf_commit_move_deadline (self, activity, &request, &deadline,
                                  _ ("Deadline moved with its date"), error);
}

static const char *
get_gone_reason (const char *type)
{
  if (g_str_equal (type, "meeting.cancelled"))
    return _ ("The meeting was cancelled");
  return g_str_equal (type, "payment.received") ? _ ("The payment was received")
                                                : _ ("The date was removed");
}

static gboolean
follow_anchor (WfCommit *self, const WfActivity *activity, const WfActivityStep *step,
               WfEvent *event, gboolean *closed, GError **error)
{
  const char *type = wf_event_get_event_type (event), *dot = strchr (step->before, '.');
  g_autofree char *group = dot != NULL ? g_strndup (step->before, (gsize) (dot - step->before))
                                       : NULL;
  WfAnchorChange anchor = wf_anchor_judge (event, step->before);

  *closed = FALSE;
  if (anchor == WF_ANCHOR_STAYS || !is_same_record (self, activity, event, group))
    return TRUE;
  if (anchor == WF_ANCHOR_MOVED)
    return activity->pinned || recompute (self, activity, step, event, error);
  *closed = TRUE;
  return wf_commit_close_activity (self, activity, WF_ACTIVITY_NO_LONGER_NEEDED,
                                   get_gone_reason (type), error);
}

/* -- B9: what made it useful is gone ----------------------------------------------------------- */

static const char *
get_retire_reason (const char *type)
{
  if (g_str_equal (type, "email.replied") || g_str_equal (type, "message.received"))
    return _ ("The lead replied");
  return wf_event_type_to_text (type);
}

static gboolean
log_retired (WfCommit *self, const WfActivity *activity, WfEvent *event, const char *reason,
             GError **error)
{
  g_autofree char *title = g_strdup_printf (_ ("Activity no longer needed: %s"), reason);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "activity", activity->id);
  wf_json_writer_add_string (writer, "event-id", wf_event_get_id (event));
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", title, activity->lead, details, error);
}

/* Visible (the reason is kept as its outcome, and in the log) and undoable (it can be opened
 * again). */
static gboolean
retire (WfCommit *self, const WfActivity *activity, const WfActivityStep *step, WfEvent *event,
        GError **error)
{
  const char *type = wf_event_get_event_type (event);
  const char *reason = get_retire_reason (type);

  /* Only what happened after that which the activity is there for. */
  if (step->retire_on == NULL || !g_strv_contains (step->retire_on, type) ||
      wf_event_get_time (event) <= get_reason_time (self, activity))
    return TRUE;
  return wf_commit_close_activity (self, activity, WF_ACTIVITY_NO_LONGER_NEEDED, reason, error) &&
         log_retired (self, activity, event, reason, error);
}

/* -- any event --------------------------------------------------------------------------------- */

static gboolean
follow_event (WfCommit *self, WfEvent *event, GError **error)
{
  if (!wf_commit_is_watched (self, wf_event_get_event_type (event)))
    return TRUE;

  g_autoptr (GPtrArray) open = wf_commit_list_open (self, wf_event_get_lead (event));
  for (guint i = 0; i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);
      g_auto (WfActivityStep) step = { NULL };
      gboolean closed = FALSE;

      /* What this very event made is not touched by it. */
      if ((g_strcmp0 (activity->event_id, wf_event_get_id (event)) == 0 &&
           g_strcmp0 (activity->event_source, wf_event_get_source (event)) == 0) ||
          !wf_commit_find_step (self, activity, &step))
        continue;
      if (step.before != NULL && !follow_anchor (self, activity, &step, event, &closed, error))
        return FALSE;
      if (!closed && !retire (self, activity, &step, event, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
wf_commit_lead_event (WfCommit *self, WfEvent *event, const char *owner_before, GError **error)
{
  const char *lead = wf_event_get_lead (event);

  if (lead == NULL)
    return TRUE;
  if (wf_run_get_cancel_reason (event) != NULL || get_survivor (event) != NULL)
    return follow_closing (self, event, error);
  if (g_str_equal (wf_event_get_event_type (event), "lead.reassigned") &&
      !wf_commit_follow_owner (self, lead, get_previous_owner (event, owner_before),
                               get_new_owner (event), wf_event_get_id (event), error))
    return FALSE;
  return follow_event (self, event, error);
}
