/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replay's output: the lines of one instant are kept until it has passed, then given out in
 * their order. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-replay-lines.h"

#include "wf-engine-private.h"
#include "wf-instant.h"

#include <string.h>

typedef enum
{
  RANK_EFFECT,
  RANK_REMINDER,
  RANK_LATE,
} Rank;

typedef struct
{
  char key[WF_UUID_LENGTH + 1];
  Rank rank;
  guint number; /* in the order of adding */
  char *text;   /* (owned) */
} Line;

#define N_FORMATTED 64 /* a power of two */

struct _WfReplayLines
{
  GTimeZone *zone; /* (owned) */
  WfReplayLineFunc func;
  gpointer user_data;
  WfJsonWriter *writer; /* (owned) empty between lines */
  struct
  {
    WfInstant at;
    char *text;             /* (owned) (nullable) */
  } formatted[N_FORMATTED]; /* the last ones: lines that follow each other name the same instants */
  GPtrArray *verdicts;      /* (owned) of char */
  GArray *effects;          /* (owned) of Line */
};

static void
line_clear (gpointer data)
{
  g_free (((Line *) data)->text);
}

WfReplayLines *
wf_replay_lines_new (GTimeZone *zone, WfReplayLineFunc func, gpointer user_data)
{
  WfReplayLines *self = g_new0 (WfReplayLines, 1);

  self->zone = g_time_zone_ref (zone);
  self->func = func;
  self->user_data = user_data;
  self->writer = wf_json_writer_new ();
  self->verdicts = g_ptr_array_new_with_free_func (g_free);
  self->effects = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->effects, line_clear);
  return self;
}

void
wf_replay_lines_free (WfReplayLines *self)
{
  if (self == NULL)
    return;
  g_time_zone_unref (self->zone);
  for (guint i = 0; i < N_FORMATTED; i++)
    g_free (self->formatted[i].text);
  wf_json_writer_free (self->writer);
  g_ptr_array_unref (self->verdicts);
  g_array_unref (self->effects);
  g_free (self);
}

static const char *
format (WfReplayLines *self, WfInstant at)
{
  guint place = (guint) ((guint64) at / G_USEC_PER_SEC / 60 % N_FORMATTED);

  if (self->formatted[place].text == NULL || self->formatted[place].at != at)
    {
      g_free (self->formatted[place].text);
      self->formatted[place].at = at;
      self->formatted[place].text = wf_instant_format_zone (at, self->zone);
    }
  return self->formatted[place].text;
}

static void
write_instant (WfReplayLines *self, const char *name, WfInstant at)
{
  const char *text = at != WF_INSTANT_NONE ? format (self, at) : NULL;

  if (text != NULL)
    wf_json_writer_add_string (self->writer, name, text);
  else
    wf_json_writer_add_null (self->writer, name);
}

static void
write_nullable (WfReplayLines *self, const char *name, const char *text)
{
  if (text != NULL)
    wf_json_writer_add_string (self->writer, name, text);
  else
    wf_json_writer_add_null (self->writer, name);
}

static void
begin_line (WfReplayLines *self, WfInstant at)
{
  wf_json_writer_begin_object (self->writer, NULL);
  write_instant (self, "time", at);
}

static void
write_head (WfReplayLines *self, WfInstant at, const WfWorkflow *workflow, const char *step,
            const char *kind)
{
  begin_line (self, at);
  wf_json_writer_add_string (self->writer, "workflow", workflow->id);
  wf_json_writer_add_int (self->writer, "version", workflow->version);
  wf_json_writer_add_string (self->writer, "step", step);
  wf_json_writer_add_string (self->writer, "kind", kind);
}

static void
write_subject (WfReplayLines *self, const char *lead, const char *person, const char *key)
{
  write_nullable (self, "lead", lead);
  write_nullable (self, "person", person);
  wf_json_writer_add_string (self->writer, "key", key);
}

static void
end_line (WfReplayLines *self, const char *key, Rank rank)
{
  Line line = { .rank = rank, .number = self->effects->len };

  g_strlcpy (line.key, key, sizeof line.key);
  line.text = wf_json_writer_finish (self->writer, FALSE);
  g_array_append_val (self->effects, line);
}

void
wf_replay_lines_add_verdict (WfReplayLines *self, WfInstant at, const WfVerdict *verdict,
                             const WfEvent *event)
{
  begin_line (self, at);
  wf_verdict_write (verdict, event, self->writer);
  g_ptr_array_add (self->verdicts, wf_json_writer_finish (self->writer, FALSE));
}

static void
write_activity (WfReplayLines *self, const WfActivity *activity)
{
  write_instant (self, "due", activity->due);
  write_instant (self, "remind", activity->remind);
  wf_json_writer_add_string (self->writer, "activity-type", activity->type);
  wf_json_writer_add_string (self->writer, "title", activity->title);
  wf_json_writer_add_string (self->writer, "notes", activity->notes);
  if (activity->kind != WF_ACTIVITY_TASK)
    wf_json_writer_add_string (self->writer, "activity-kind",
                               wf_activity_kind_names[activity->kind]);
  if (activity->ends != WF_INSTANT_NONE)
    write_instant (self, "ends", activity->ends);
  wf_json_writer_add_string (self->writer, "place", activity->place);
  if (activity->arrived_late)
    wf_json_writer_add_boolean (self->writer, "arrived-late", TRUE);
}

static void
write_message (WfReplayLines *self, const WfEffect *effect)
{
  if (effect->people != NULL)
    {
      wf_json_writer_begin_array (self->writer, "people");
      for (guint i = 0; effect->people[i] != NULL; i++)
        wf_json_writer_add_string (self->writer, NULL, effect->people[i]);
      wf_json_writer_end (self->writer);
    }
  wf_json_writer_add_string (self->writer, "title", effect->title);
  wf_json_writer_add_string (self->writer, "text", effect->text);
  wf_json_writer_add_string (self->writer, "sender", effect->sender);
}

/* The line has a workflow already: whose activities are closed is said in the document's words. */
static void
write_action (WfReplayLines *self, const WfAction *action)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_add_string (self->writer, "record", action->record);
  wf_json_iter_init (&iter, wf_json_document_get_root (action->members));
  while (wf_json_iter_next (&iter, &name, &value))
    if (action->kind == WF_ACTION_CLOSE_ACTIVITIES && g_str_equal (name, "workflow"))
      wf_json_writer_add_string (self->writer, "created-by", "this-workflow");
    else
      wf_json_writer_add_value (self->writer, name, value);
}

static void
begin_effect (WfReplayLines *self, WfInstant at, const WfEffect *effect, const char *kind)
{
  write_head (self, at, effect->workflow, effect->step, kind);
  write_subject (self, effect->lead, effect->person, effect->key);
}

void
wf_replay_lines_add_effect (WfReplayLines *self, WfInstant at, const WfEffect *effect)
{
  begin_effect (self, at, effect, wf_step_kind_names[effect->step_kind]);
  if (effect->activity != NULL)
    write_activity (self, effect->activity);
  if (effect->kind == WF_EFFECT_NOTIFY)
    write_message (self, effect);
  if (effect->action != NULL)
    write_action (self, effect->action);
  end_line (self, effect->key, RANK_EFFECT);
}

void
wf_replay_lines_add_action (WfReplayLines *self, WfInstant at, const WfEffect *effect,
                            WfApplyOutcome outcome)
{
  begin_effect (self, at, effect, wf_step_kind_names[effect->step_kind]);
  write_action (self, effect->action);
  if (outcome == WF_APPLY_FURTHER)
    wf_json_writer_add_string (self->writer, "ignored", "already-further");
  else if (outcome == WF_APPLY_UNKNOWN)
    wf_json_writer_add_string (self->writer, "refused", "unknown");
  end_line (self, effect->key, RANK_EFFECT);
}

void
wf_replay_lines_add_joined (WfReplayLines *self, WfInstant at, const WfEffect *effect,
                            const WfReplayActivity *activity)
{
  write_head (self, at, effect->workflow, effect->step, "joined");
  write_subject (self, effect->lead, activity->person, effect->key);
  write_instant (self, "due", activity->due);
  write_instant (self, "remind", activity->remind);
  wf_json_writer_add_string (self->writer, "activity-type", activity->type);
  wf_json_writer_add_string (self->writer, "into", activity->key);
  end_line (self, effect->key, RANK_EFFECT);
}

static void
add_about (WfReplayLines *self, WfInstant at, const WfReplayActivity *activity, const char *kind,
           Rank rank)
{
  write_head (self, at, activity->workflow, activity->step->id, kind);
  write_subject (self, activity->lead, activity->person, activity->key);
  write_instant (self, "due", activity->due);
  wf_json_writer_add_string (self->writer, "activity-type", activity->type);
  end_line (self, activity->key, rank);
}

void
wf_replay_lines_add_reminder (WfReplayLines *self, WfInstant at, const WfReplayActivity *activity)
{
  add_about (self, at, activity, "reminder", RANK_REMINDER);
}

void
wf_replay_lines_add_late (WfReplayLines *self, WfInstant at, const WfReplayActivity *activity)
{
  add_about (self, at, activity, "became-late", RANK_LATE);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *x = a, *y = b;
  int order = strcmp (x->key, y->key);

  if (order != 0)
    return order;
  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return (x->number > y->number) - (x->number < y->number);
}

void
wf_replay_lines_flush (WfReplayLines *self)
{
  for (guint i = 0; i < self->verdicts->len; i++)
    self->func (g_ptr_array_index (self->verdicts, i), self->user_data);
  g_ptr_array_set_size (self->verdicts, 0);
  if (self->effects->len > 1)
    g_array_sort (self->effects, compare_lines);
  for (guint i = 0; i < self->effects->len; i++)
    self->func (g_array_index (self->effects, Line, i).text, self->user_data);
  g_array_set_size (self->effects, 0);
}
