/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replay's ticks. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-replay-schedule.h"

#include "wf-tick.h"

/* Two kinds of ticks. Those of a clock come one after the other: each, when it falls due, enters
 * the next. Those of a lead's date are entered whenever events tell of another date; the due
 * instant is remembered, and one that is not it any more is stale and does nothing.
 *
 * Leads are kept by id only, and only where a workflow asks for each of them. */

struct _WfReplayTick
{
  guint workflow; /* its place */
  WfInstant at;
  char *lead; /* (owned) (nullable) of a date */
};

/* A workflow with a schedule. */
typedef struct
{
  WfWorkflow *workflow; /* borrowed from the engine */
  GHashTable *due;      /* (owned) (nullable) lead -> instant: when its date falls due */
} Scheduled;

struct _WfReplaySchedule
{
  WfEngine *engine; /* borrowed */
  WfReplayTickFunc enter;
  WfReplayLeadFunc get_lead;
  gpointer user_data;
  GArray *scheduled; /* (owned) of Scheduled */
  gboolean for_each_lead;
  GPtrArray *leads;   /* (owned) of char: ids, in the order in which they became known */
  GHashTable *places; /* (owned) id, borrowed from leads -> its place */
  WfInstant begin;
};

static void
tick_clear (gpointer data)
{
  WfReplayTick *self = data;

  g_free (self->lead);
}

/**
 * wf_replay_tick_release:
 * @tick: (transfer full): a reference on a tick
 */
void
wf_replay_tick_release (gpointer tick)
{
  g_rc_box_release_full (tick, tick_clear);
}

static void
scheduled_clear (gpointer data)
{
  Scheduled *self = data;

  g_clear_pointer (&self->due, g_hash_table_unref);
}

static gboolean
is_about_dates (const WfWorkflow *workflow)
{
  return wf_schedule_get_kind (workflow->schedule) == WF_SCHEDULE_DATE;
}

/**
 * wf_replay_schedule_new:
 * @engine: whose workflows are scheduled; must outlive it
 * @enter: enters a tick in the agenda
 * @get_lead: answers what a lead is like
 * @user_data: for both
 *
 * Returns: (transfer full): the ticks of a replay that has not begun
 */
WfReplaySchedule *
wf_replay_schedule_new (WfEngine *engine, WfReplayTickFunc enter, WfReplayLeadFunc get_lead,
                        gpointer user_data)
{
  g_autoptr (GPtrArray) workflows = wf_engine_list_scheduled (engine);
  WfReplaySchedule *self = g_new0 (WfReplaySchedule, 1);

  self->engine = engine;
  self->enter = enter;
  self->get_lead = get_lead;
  self->user_data = user_data;
  self->scheduled = g_array_new (FALSE, FALSE, sizeof (Scheduled));
  g_array_set_clear_func (self->scheduled, scheduled_clear);
  for (guint i = 0; i < workflows->len; i++)
    {
      Scheduled scheduled = { g_ptr_array_index (workflows, i), NULL };

      if (is_about_dates (scheduled.workflow))
        scheduled.due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      else if (wf_workflow_is_for_each_lead (scheduled.workflow))
        self->for_each_lead = TRUE;
      g_array_append_val (self->scheduled, scheduled);
    }
  self->leads = g_ptr_array_new_with_free_func (g_free);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * wf_replay_schedule_free:
 * @self: (nullable) (transfer full): the ticks of a replay
 */
void
wf_replay_schedule_free (WfReplaySchedule *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->scheduled);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->leads);
  g_free (self);
}

static void
enter_tick (WfReplaySchedule *self, guint workflow, const char *lead, WfInstant at)
{
  WfReplayTick *tick = g_rc_box_new0 (WfReplayTick);

  *tick = (WfReplayTick) { workflow, at, g_strdup (lead) };
  self->enter (at, tick, self->user_data);
  wf_replay_tick_release (tick);
}

static void
enter_next (WfReplaySchedule *self, guint workflow, WfInstant after)
{
  const Scheduled *scheduled = &g_array_index (self->scheduled, Scheduled, workflow);
  WfInstant next = wf_tick_get_next (self->engine, scheduled->workflow, after, self->begin);

  if (next != WF_INSTANT_NONE)
    enter_tick (self, workflow, NULL, next);
}

/**
 * wf_replay_schedule_begin:
 * @self: the ticks of a replay
 * @at: the time of the first event
 */
void
wf_replay_schedule_begin (WfReplaySchedule *self, WfInstant at)
{
  self->begin = at;
  for (guint i = 0; i < self->scheduled->len; i++)
    enter_next (self, i, at);
}

/* lead: NULL when it is gone. */
static void
update_date (WfReplaySchedule *self, guint workflow, const char *id, const WfJson *lead,
             WfInstant now)
{
  const Scheduled *scheduled = &g_array_index (self->scheduled, Scheduled, workflow);
  WfInstant next = wf_tick_get_next_for_lead (self->engine, scheduled->workflow, lead, now);
  const WfInstant *known = g_hash_table_lookup (scheduled->due, id);

  if (next == WF_INSTANT_NONE)
    {
      g_hash_table_remove (scheduled->due, id);
      return;
    }
  if (known != NULL && *known == next)
    return;
  g_hash_table_replace (scheduled->due, g_strdup (id), g_memdup2 (&next, sizeof next));
  enter_tick (self, workflow, id, next);
}

static void
add_lead (WfReplaySchedule *self, const char *id)
{
  char *copy;

  if (!self->for_each_lead || g_hash_table_contains (self->places, id))
    return;
  copy = g_strdup (id);
  g_hash_table_insert (self->places, copy, GUINT_TO_POINTER (self->leads->len));
  g_ptr_array_add (self->leads, copy);
}

/* Its place stays empty: the order of the others is kept. */
static void
remove_lead (WfReplaySchedule *self, const char *id)
{
  gpointer place;

  if (!g_hash_table_steal_extended (self->places, id, NULL, &place))
    return;
  g_free (g_ptr_array_index (self->leads, GPOINTER_TO_UINT (place)));
  g_ptr_array_index (self->leads, GPOINTER_TO_UINT (place)) = NULL;
}

static void
update_dates (WfReplaySchedule *self, const char *id, const WfJson *lead, WfInstant now)
{
  for (guint i = 0; i < self->scheduled->len; i++)
    if (g_array_index (self->scheduled, Scheduled, i).due != NULL)
      update_date (self, i, id, lead, now);
}

/**
 * wf_replay_schedule_tell:
 * @self: the ticks of a replay
 * @event: what happened; what it tells of its lead is known already
 * @now: the replay's instant
 */
void
wf_replay_schedule_tell (WfReplaySchedule *self, const WfEvent *event, WfInstant now)
{
  const char *id = wf_event_get_lead (event);

  if (id == NULL || self->scheduled->len == 0)
    return;
  if (g_str_equal (wf_event_get_event_type (event), "lead.deleted"))
    {
      wf_replay_schedule_set_lead (self, id, NULL, now);
      return;
    }
  add_lead (self, id);
  update_dates (self, id, self->get_lead (id, self->user_data), now);
}

/**
 * wf_replay_schedule_set_lead:
 * @self: the ticks of a replay
 * @id: a lead
 * @lead: (nullable): its members as they are now; %NULL: it is gone
 * @now: the replay's instant
 */
void
wf_replay_schedule_set_lead (WfReplaySchedule *self, const char *id, const WfJson *lead,
                             WfInstant now)
{
  if (lead == NULL)
    remove_lead (self, id);
  update_dates (self, id, lead, now);
}

static WfEvent *
make_event (WfReplaySchedule *self, const WfWorkflow *workflow, const WfReplayTick *tick,
            const char *lead)
{
  return wf_tick_make_event (workflow, tick->at, lead,
                             lead != NULL ? self->get_lead (lead, self->user_data) : NULL);
}

/* A date: FALSE when it is another one by now. */
static gboolean
fire_date (WfReplaySchedule *self, const WfReplayTick *tick, WfInstant now)
{
  const Scheduled *scheduled = &g_array_index (self->scheduled, Scheduled, tick->workflow);
  const WfInstant *due = g_hash_table_lookup (scheduled->due, tick->lead);

  if (due == NULL || *due != tick->at)
    return FALSE;
  update_date (self, tick->workflow, tick->lead, self->get_lead (tick->lead, self->user_data), now);
  return TRUE;
}

/**
 * wf_replay_schedule_fire:
 * @self: the ticks of a replay
 * @tick: what fell due
 * @now: the replay's instant
 *
 * Returns: (transfer full) (element-type WfEvent): what happens now
 */
GPtrArray *
wf_replay_schedule_fire (WfReplaySchedule *self, const WfReplayTick *tick, WfInstant now)
{
  const WfWorkflow *workflow = g_array_index (self->scheduled, Scheduled, tick->workflow).workflow;
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_event_unref);

  if (tick->lead != NULL)
    {
      if (fire_date (self, tick, now))
        g_ptr_array_add (events, make_event (self, workflow, tick, tick->lead));
      return events;
    }
  enter_next (self, tick->workflow, tick->at);
  if (!wf_workflow_is_for_each_lead (workflow))
    {
      g_ptr_array_add (events, make_event (self, workflow, tick, NULL));
      return events;
    }
  for (guint i = 0; i < self->leads->len; i++)
    {
      const char *lead = g_ptr_array_index (self->leads, i);

      if (lead != NULL)
        g_ptr_array_add (events, make_event (self, workflow, tick, lead));
    }
  return events;
}
