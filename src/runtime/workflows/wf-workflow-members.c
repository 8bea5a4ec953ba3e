/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about what is under way, as members of the workflow's document. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-workflow-members.h"

#include "wf-instant.h"

/* As many as a computer may have missed while it was off. */
#define MOST_RELEASES 20

#define IN_FLIGHT "in-flight"
#define PAUSED "paused"
#define RESUME "resume"
#define RELEASE "release"
#define STORM_LIMIT "storm-limit"
#define SCHEDULE_START "schedule-start"

static const char *const in_flight_names[] = { "finish", "move", "stop", NULL };
static const char *const resume_names[] = { "run-now", "reschedule", "skip", NULL };
static const char *const release_names[] = { "create", "spread", "drop", NULL };

/* What is not known is the first, which changes least. */
static int
find_name (const char *const *names, const char *name)
{
  for (int i = 0; name != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;
  return 0;
}

static const WfJson *
get_root (const WfWorkflow *self)
{
  return self->extra != NULL ? wf_json_document_get_root (self->extra) : NULL;
}

static const WfJson *
get_member (const WfWorkflow *self, const char *name)
{
  return wf_json_get_member (get_root (self), name);
}

static WfInstant
get_instant (const WfJson *object, const char *name)
{
  const char *text = wf_json_get_member_string (object, name);
  WfInstant instant = WF_INSTANT_NONE;

  if (text != NULL)
    wf_instant_parse (text, &instant);
  return instant;
}

static void
add_instant (WfJsonWriter *writer, const char *name, WfInstant instant)
{
  g_autofree char *text = wf_instant_format_utc (instant);

  wf_json_writer_add_string (writer, name, text);
}

/* Every member but the one of that name, in an object that is left open. */
static WfJsonWriter *
begin_without (const WfWorkflow *self, const char *without)
{
  WfJsonWriter *writer = wf_json_writer_new ();
  WfJsonIter iter;
  const char *name;
  const WfJson *value;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, get_root (self));
  while (wf_json_iter_next (&iter, &name, &value))
    if (!g_str_equal (name, without))
      wf_json_writer_add_value (writer, name, value);
  return writer;
}

/* Takes the writer. */
static void
end_members (WfWorkflow *self, WfJsonWriter *writer)
{
  g_autoptr (WfJsonDocument) before = g_steal_pointer (&self->extra);

  wf_json_writer_end (writer);
  self->extra = wf_json_writer_finish_document (writer);
  if (wf_json_get_size (get_root (self)) == 0)
    g_clear_pointer (&self->extra, wf_json_document_unref);
  wf_json_writer_free (writer);
}

/**
 * wf_workflow_set_in_flight:
 * @self: a document that is about to be published
 * @in_flight: what becomes of the runs of older versions
 *
 * "Finish" is what happens anyway and writes nothing.
 */
void
wf_workflow_set_in_flight (WfWorkflow *self, WfInFlight in_flight)
{
  WfJsonWriter *writer = begin_without (self, IN_FLIGHT);

  if (in_flight != WF_IN_FLIGHT_FINISH)
    wf_json_writer_add_string (writer, IN_FLIGHT, in_flight_names[in_flight]);
  end_members (self, writer);
}

WfInFlight
wf_workflow_get_in_flight (const WfWorkflow *self)
{
  return (WfInFlight) find_name (in_flight_names,
                                 wf_json_get_string (get_member (self, IN_FLIGHT)));
}

void
wf_workflow_set_paused (WfWorkflow *self, WfInstant at)
{
  WfJsonWriter *writer = begin_without (self, PAUSED);

  add_instant (writer, PAUSED, at);
  end_members (self, writer);
}

/**
 * wf_workflow_set_resume:
 * @self: a paused workflow's document
 * @choice: what becomes of steps that came due meanwhile
 * @resumed: now
 *
 * The pause's beginning is the one that the document tells.
 */
void
wf_workflow_set_resume (WfWorkflow *self, WfResume choice, WfInstant resumed)
{
  WfInstant paused = get_instant (get_root (self), PAUSED);
  WfJsonWriter *writer = begin_without (self, PAUSED);

  end_members (self, writer);
  writer = begin_without (self, RESUME);
  wf_json_writer_begin_object (writer, RESUME);
  wf_json_writer_add_string (writer, "choice", resume_names[choice]);
  add_instant (writer, "paused", paused);
  add_instant (writer, "resumed", resumed);
  wf_json_writer_end (writer);
  end_members (self, writer);
}

gboolean
wf_workflow_get_resume (const WfWorkflow *self, WfResumeDecision *decision)
{
  const WfJson *resume = get_member (self, RESUME);

  decision->choice =
      (WfResume) find_name (resume_names, wf_json_get_member_string (resume, "choice"));
  decision->paused = get_instant (resume, "paused");
  decision->resumed = get_instant (resume, "resumed");
  return decision->resumed != WF_INSTANT_NONE;
}

void
wf_workflow_add_release (WfWorkflow *self, const WfReleaseDecision *decision)
{
  const WfJson *known = get_member (self, RELEASE);
  guint n = wf_json_get_size (known);
  WfJsonWriter *writer = begin_without (self, RELEASE);

  wf_json_writer_begin_array (writer, RELEASE);
  for (guint i = n >= MOST_RELEASES ? n - MOST_RELEASES + 1 : 0; i < n; i++)
    wf_json_writer_add_value (writer, NULL, wf_json_get_element (known, i));
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "choice", release_names[decision->choice]);
  add_instant (writer, "at", decision->at);
  add_instant (writer, "until", decision->until);
  wf_json_writer_add_string (writer, "source", decision->event_source);
  wf_json_writer_add_string (writer, "event", decision->event_id);
  if (decision->choice == WF_RELEASE_SPREAD)
    wf_json_writer_add_int (writer, "capacity", decision->capacity);
  wf_json_writer_add_string (writer, "by", decision->by);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  end_members (self, writer);
}

guint
wf_workflow_get_n_releases (const WfWorkflow *self)
{
  return wf_json_get_size (get_member (self, RELEASE));
}

gboolean
wf_workflow_get_release (const WfWorkflow *self, guint index, WfReleaseDecision *decision)
{
  const WfJson *release = wf_json_get_element (get_member (self, RELEASE), index);
  const char *choice = wf_json_get_member_string (release, "choice");
  gint64 capacity = 0;

  wf_json_get_int64 (wf_json_get_member (release, "capacity"), &capacity);
  decision->choice = (WfRelease) find_name (release_names, choice);
  decision->at = get_instant (release, "at");
  decision->until = get_instant (release, "until");
  decision->capacity = (guint) CLAMP (capacity, 0, G_MAXINT);
  decision->by = wf_json_get_member_string (release, "by");
  decision->event_source = wf_json_get_member_string (release, "source");
  decision->event_id = wf_json_get_member_string (release, "event");
  /* Words of a newer version are nobody's decision here: what is held stays held. */
  return g_strv_contains (release_names, choice != NULL ? choice : "") &&
         decision->at != WF_INSTANT_NONE && decision->until != WF_INSTANT_NONE &&
         decision->event_source != NULL && decision->event_id != NULL;
}

gboolean
wf_workflow_get_storm_limit (const WfWorkflow *self, guint *limit)
{
  gint64 number;

  if (!wf_json_get_int64 (get_member (self, STORM_LIMIT), &number) || number < 0 ||
      number > G_MAXINT)
    return FALSE;
  *limit = (guint) number;
  return TRUE;
}

void
wf_workflow_set_schedule_start (WfWorkflow *self, WfInstant at)
{
  WfJsonWriter *writer = begin_without (self, SCHEDULE_START);

  add_instant (writer, SCHEDULE_START, at);
  end_members (self, writer);
}

WfInstant
wf_workflow_get_schedule_start (const WfWorkflow *self)
{
  return get_instant (get_root (self), SCHEDULE_START);
}

void
wf_workflow_take_decisions (WfWorkflow *self, const WfWorkflow *published)
{
  static const char *const names[] = { PAUSED, RESUME, RELEASE, SCHEDULE_START };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const WfJson *value = get_member (published, names[i]);
      WfJsonWriter *writer = begin_without (self, names[i]);

      if (value != NULL)
        wf_json_writer_add_value (writer, names[i], value);
      end_members (self, writer);
    }
}
