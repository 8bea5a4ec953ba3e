/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sum behind a deadline, as the explanation of an activity keeps it (B2): read again to be
 * reckoned again, and kept true when the deadline moves by a rule. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include "wf-instant.h"

/* -- reading ----------------------------------------------------------------------------------- */

static WfInstant
get_instant (const WfJson *object, const char *name)
{
  gint64 number;

  return wf_json_get_int64 (wf_json_get_member (object, name), &number) ? number : WF_INSTANT_NONE;
}

static gboolean
get_flag (const WfJson *object, const char *name)
{
  return wf_json_get_boolean (wf_json_get_member (object, name), FALSE);
}

static WfDuration
get_duration (const WfJson *object, const char *name)
{
  const WfJson *value = wf_json_get_member (object, name);
  const char *unit = wf_json_get_member_string (value, "unit");
  WfDuration duration = WF_DURATION_NONE;

  if (unit == NULL || !wf_time_unit_parse (unit, &duration.unit) ||
      !wf_json_get_int64 (wf_json_get_member (value, "amount"), &duration.amount))
    return WF_DURATION_NONE;
  return duration;
}

/* The reason whose deadline counts: the own one, or one of those that joined (B8). NULL when the
 * deadline comes from elsewhere. */
static const WfJson *
find_reason (const WfJson *root, WfInstant due)
{
  const WfJson *also = wf_json_get_member (root, "also");

  if (get_instant (wf_json_get_member (root, "deadline"), "due") == due)
    return root;
  for (guint i = 0; i < wf_json_get_size (also); i++)
    {
      const WfJson *reason = wf_json_get_element (also, i);

      if (get_instant (wf_json_get_member (reason, "deadline"), "due") == due)
        return reason;
    }
  return NULL;
}

gboolean
wf_commit_read_deadline (const WfActivity *activity, WfDeadlineRequest *request, char **hours_of)
{
  g_autoptr (WfJsonDocument) document =
      activity->explanation != NULL ? wf_json_document_parse (activity->explanation, -1, 0, NULL)
                                    : NULL;
  const WfJson *reason =
      document != NULL ? find_reason (wf_json_document_get_root (document), activity->due) : NULL;
  const WfJson *deadline = wf_json_get_member (reason, "deadline");
  const WfJson *responsible = wf_json_get_member (reason, "responsible");
  const char *person = wf_json_get_member_string (responsible, "hours-of");

  *request = (WfDeadlineRequest) {
    .from = get_instant (deadline, "from"),
    .now = get_instant (deadline, "now"),
    .within = get_duration (deadline, "within"),
    .before = wf_json_get_member_string (deadline, "before") != NULL,
    .business_hours = get_flag (deadline, "business-hours"),
    .business_time = get_flag (deadline, "business-time"),
    .notify = get_duration (deadline, "notify"),
  };
  if (person == NULL)
    person = wf_json_get_member_string (responsible, "owner-id");
  *hours_of = g_strdup (person != NULL ? person : activity->person);
  return reason != NULL && request->from != WF_INSTANT_NONE && wf_duration_is_set (request->within);
}

/* -- writing ----------------------------------------------------------------------------------- */

typedef struct
{
  WfJsonWriter *writer;
  const WfJson *reason; /* the one that is to be changed */
  WfInstant from, due, remind;
} Rewriting;

static void
write_deadline (const Rewriting *self, const WfJson *deadline)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (self->writer, "deadline");
  wf_json_iter_init (&iter, deadline);
  while (wf_json_iter_next (&iter, &name, &value))
    if (g_str_equal (name, "from"))
      wf_json_writer_add_int (self->writer, name, self->from);
    else if (g_str_equal (name, "due"))
      wf_json_writer_add_int (self->writer, name, self->due);
    else if (!g_str_equal (name, "remind"))
      wf_json_writer_add_value (self->writer, name, value);
  if (self->remind != WF_INSTANT_NONE)
    wf_json_writer_add_int (self->writer, "remind", self->remind);
  wf_json_writer_end (self->writer);
}

static void write_reasons (const Rewriting *self, const WfJson *list);

/* The members of one reason; those that joined it stand in the first one only. */
static void
write_members (const Rewriting *self, const WfJson *reason)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, reason);
  while (wf_json_iter_next (&iter, &name, &value))
    if (reason == self->reason && g_str_equal (name, "deadline"))
      write_deadline (self, value);
    else if (g_str_equal (name, "also"))
      write_reasons (self, value);
    else
      wf_json_writer_add_value (self->writer, name, value);
}

static void
write_reasons (const Rewriting *self, const WfJson *list)
{
  wf_json_writer_begin_array (self->writer, "also");
  for (guint i = 0; i < wf_json_get_size (list); i++)
    {
      const WfJson *reason = wf_json_get_element (list, i);

      wf_json_writer_begin_object (self->writer, NULL);
      if (reason == self->reason)
        write_members (self, reason);
      else
        wf_json_writer_add_members (self->writer, reason);
      wf_json_writer_end (self->writer);
    }
  wf_json_writer_end (self->writer);
}

static void
move (WfActivity *after, WfInstant from, const WfDeadline *deadline, WfDuration notify)
{
  g_autoptr (WfJsonDocument) document =
      after->explanation != NULL ? wf_json_document_parse (after->explanation, -1, 0, NULL) : NULL;
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  Rewriting self = { writer, find_reason (root, after->due), from, deadline->due,
                     deadline->remind };

  if (self.reason != NULL)
    {
      wf_json_writer_begin_object (writer, NULL);
      write_members (&self, root);
      wf_json_writer_end (writer);
      g_free (after->explanation);
      after->explanation = wf_json_writer_finish (writer, FALSE);
    }
  if (after->ends != WF_INSTANT_NONE)
    after->ends += deadline->due - after->due;
  after->due = deadline->due;
  after->remind = deadline->remind;
  after->visible_from = wf_deadline_visible_from (deadline->due, notify, after->created);
}

static gboolean
log_move (WfCommit *self, const WfActivity *activity, WfInstant due, const char *title,
          GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *before = wf_instant_format_utc (activity->due);
  g_autofree char *after = wf_instant_format_utc (due);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "activity", activity->id);
  wf_json_writer_add_string (writer, "by", self->automatic ? NULL : self->person);
  wf_json_writer_add_string (writer, "due-before", before);
  wf_json_writer_add_string (writer, "due", after);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", title, activity->lead, details, error);
}

/* The CRM is given no reason with it: one comes with what a person moves, which is pinned
 * against later reckoning (S7). The log has it. */
gboolean
wf_commit_move_deadline (WfCommit *self, const WfActivity *activity,
                         const WfDeadlineRequest *request, const WfDeadline *deadline,
                         const char *title, GError **error)
{
  g_autoptr (WfActivity) after = wf_activity_copy (activity);
  WfActivityChange change = {
    .due = deadline->due,
    .remind = deadline->remind,
    .completed = WF_INSTANT_NONE,
  };

  move (after, request->from, deadline, request->notify);
  change.ends = after->ends;
  return wf_commit_change_activity (self, activity, after, &change, error) &&
         log_move (self, activity, deadline->due, title, error);
}
