/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows that start by themselves: schedules, and dates that each lead has (R127). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-backlog.h"
#include "wf-runtime-private.h"
#include "wf-workflow-members.h"

#include "wf-condition.h"
#include "wf-instant.h"
#include "wf-tick.h"

/* Policy. A tick is an event that every computer makes alike, with the tick's own time and an id
 * of workflow and instant: whoever is on makes it, and it starts a run once (S15, S16). It goes
 * through the same transaction as an event of the CRM, and so does the fact that it was made.
 *
 * What was missed while nothing was running is made up for once: only the latest tick of each
 * schedule, with its own time, so that a deadline that has passed is marked as the system's delay
 * (S26). Ticks from before this computer knew the account, from before the workflow was published
 * or resumed, do not count.
 *
 * Dates are one row a workflow and lead: set when an event shows the lead, and for all known leads
 * when the workflow is published. What counts for "the next" is the event's time and not ours, so
 * that a late event gives the same date as an early one. */

static WfInstant
read_instant_fact (WfStore *store, const char *name)
{
  g_autofree char *text = wf_store_get_fact (store, name);
  WfInstant at = WF_INSTANT_NONE;

  if (text != NULL)
    wf_instant_parse (text, &at);
  return at;
}

static gboolean
write_instant_fact (WfStore *store, const char *name, WfInstant at, GError **error)
{
  g_autofree char *text = wf_instant_format_utc (at);

  return wf_store_set_fact (store, name, text, error);
}

/* -- what a published workflow needs ----------------------------------------------------------- */

/* From when a schedule counts, and the tick that was looked at last. */
typedef struct
{
  WfInstant start, after;
} TickState;

static gboolean
read_state (WfStore *store, const char *workflow, TickState *state)
{
  g_autofree char *name = g_strconcat (WF_FACT_TICK, workflow, NULL);
  g_autofree char *text = wf_store_get_fact (store, name);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, " ", 2) : NULL;

  *state = (TickState) { WF_INSTANT_NONE, WF_INSTANT_NONE };
  return parts != NULL && parts[0] != NULL && parts[1] != NULL &&
         wf_instant_parse (parts[0], &state->start) && wf_instant_parse (parts[1], &state->after);
}

static gboolean
write_state (WfStore *store, const char *workflow, const TickState *state, GError **error)
{
  g_autofree char *name = g_strconcat (WF_FACT_TICK, workflow, NULL);
  g_autofree char *start = wf_instant_format_utc (state->start);
  g_autofree char *after = wf_instant_format_utc (state->after);
  g_autofree char *text = g_strconcat (start, " ", after, NULL);

  return wf_store_set_fact (store, name, text, error);
}

static gboolean
note_schedule (WfStore *store, const WfWorkflow *workflow, WfInstant saved, GError **error)
{
  TickState known, state;

  read_state (store, workflow->id, &known);
  state.start = wf_workflow_get_schedule_start (workflow);
  if (state.start == WF_INSTANT_NONE)
    state.start = saved;
  state.after = MAX (known.after, saved);
  if (state.start == known.start && state.after == known.after)
    return TRUE;
  return write_state (store, workflow->id, &state, error);
}

static gboolean
note_dates (WfStore *store, const WfWorkflow *workflow, WfInstant saved, GError **error)
{
  g_autofree char *name = g_strconcat (WF_FACT_DATES, workflow->id, NULL);
  g_autofree char *known = wf_store_get_fact (store, name);
  g_autofree char *value =
      g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, workflow->version, saved);

  if (g_strcmp0 (known, value) == 0)
    return TRUE;

  WfWork *work = wf_work_new (WF_WORK_DATES, workflow->id);
  work->from = saved;
  return wf_backlog_add (store, work, error) && wf_store_clear_dates (store, workflow->id, error) &&
         wf_store_set_fact (store, name, value, error);
}

/* It has no dates any more. */
static gboolean
forget_dates (WfStore *store, const WfWorkflow *workflow, GError **error)
{
  g_autofree char *name = g_strconcat (WF_FACT_DATES, workflow->id, NULL);
  g_autofree char *known = wf_store_get_fact (store, name);

  return known == NULL || (wf_store_clear_dates (store, workflow->id, error) &&
                           wf_store_set_fact (store, name, NULL, error));
}

/**
 * wf_ticks_note_workflow:
 * @store: in a transaction
 * @workflow: as the CRM has it
 * @saved: when it was saved there
 * @now: the transaction's instant
 * @error: return location
 */
gboolean
wf_ticks_note_workflow (WfStore *store, const WfWorkflow *workflow, WfInstant saved, WfInstant now,
                        GError **error)
{
  gboolean dated = workflow->schedule != NULL &&
                   wf_schedule_get_kind (workflow->schedule) == WF_SCHEDULE_DATE;
  WfInstant since;

  if (!dated && !forget_dates (store, workflow, error))
    return FALSE;
  if (workflow->schedule == NULL || workflow->state != WF_WORKFLOW_LIVE)
    return TRUE;

  since = read_instant_fact (store, WF_FACT_TICKS_SINCE);
  if (since == WF_INSTANT_NONE)
    {
      since = now;
      if (!write_instant_fact (store, WF_FACT_TICKS_SINCE, now, error))
        return FALSE;
    }
  return dated ? note_dates (store, workflow, MAX (saved, since), error)
               : note_schedule (store, workflow, MAX (saved, since), error);
}

/* -- schedules --------------------------------------------------------------------------------- */

static gboolean
is_dated (const WfWorkflow *workflow)
{
  return wf_schedule_get_kind (workflow->schedule) == WF_SCHEDULE_DATE;
}

/* The last of those in (after, now], found from its end: a schedule of minutes that was not looked
 * at for a month is no reason to count through the month. */
static WfInstant
find_latest (WfCommit *self, const WfWorkflow *workflow, const TickState *state)
{
  static const gint64 windows[] = { G_TIME_SPAN_HOUR, G_TIME_SPAN_DAY, 32 * G_TIME_SPAN_DAY,
                                    G_MAXINT64 };
  WfInstant latest = WF_INSTANT_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (windows) && latest == WF_INSTANT_NONE; i++)
    {
      gboolean whole = self->now - state->after <= windows[i];
      WfInstant from = whole ? state->after : self->now - windows[i];
      WfInstant tick = wf_tick_get_next (self->engine, workflow, from, state->start);

      while (tick != WF_INSTANT_NONE && tick <= self->now && tick > from)
        {
          latest = from = tick;
          tick = wf_tick_get_next (self->engine, workflow, from, state->start);
        }
      if (whole)
        break;
    }
  return latest;
}

static gboolean
make_tick (WfCommit *self, WfWorkflow *workflow, WfInstant at, GError **error)
{
  if (workflow->for_each_lead)
    {
      WfWork *work = wf_work_new (WF_WORK_TICK, workflow->id);

      work->version = workflow->version;
      work->from = at;
      self->changes->more = TRUE;
      return wf_backlog_add (self->store, work, error);
    }

  g_autoptr (WfEvent) event = wf_tick_make_event (workflow, at, NULL, NULL);
  return wf_commit_event (self, event, error);
}

static gboolean
run_schedule (WfCommit *self, WfWorkflow *workflow, GError **error)
{
  TickState state;
  WfInstant latest;

  if (!read_state (self->store, workflow->id, &state))
    return TRUE; /* published a moment ago: noted when it is read from the CRM */
  latest = find_latest (self, workflow, &state);
  if (latest == WF_INSTANT_NONE)
    return TRUE;
  state.after = latest;
  return write_state (self->store, workflow->id, &state, error) &&
         make_tick (self, workflow, latest, error);
}

/* One lead of a schedule that starts once for each. Its conditions are looked at before an event is
 * made of it: the inbox is not for what did not happen. */
static gboolean
tick_for_lead (WfCommit *self, const WfWork *work, const WfWorkflow *workflow,
               const WfStoredLead *stored, GError **error)
{
  const WfJson *lead = wf_json_document_get_root (stored->lead);
  g_autoptr (WfEvent) event = wf_tick_make_event (workflow, work->from, stored->id, lead);
  const WfConditionContext context = {
    .event = event,
    .lead = lead,
    .organisation = wf_commit_get_organisation (self),
    .now = self->now,
  };

  if (workflow->conditions != NULL && !wf_condition_holds (workflow->conditions, &context, NULL))
    return TRUE;
  return wf_commit_event (self, event, error);
}

/* A workflow that is not live any more, or has no schedule: the rest is dropped. */
static WfWorkflow *
get_scheduled (WfCommit *self, const WfWork *work)
{
  WfWorkflow *workflow = wf_engine_get_workflow (self->engine, work->workflow);

  return workflow != NULL && workflow->state == WF_WORKFLOW_LIVE && workflow->schedule != NULL
             ? workflow
             : NULL;
}

gboolean
wf_tick_run_portion (WfCommit *self, WfWork *work, gboolean *finished, GError **error)
{
  const WfWorkflow *workflow = get_scheduled (self, work);
  g_autoptr (GPtrArray) leads =
      workflow != NULL ? wf_store_list_leads (self->store, work->after, WF_PORTION) : NULL;

  for (guint i = 0; leads != NULL && i < leads->len; i++)
    {
      const WfStoredLead *lead = g_ptr_array_index (leads, i);

      if (!tick_for_lead (self, work, workflow, lead, error))
        return FALSE;
      g_set_str (&work->after, lead->id);
    }
  *finished = leads == NULL || leads->len == 0;
  return TRUE;
}

/* -- dates ------------------------------------------------------------------------------------- */

static gboolean
set_date (WfCommit *self, const WfWorkflow *workflow, const char *id, const WfJson *lead,
          WfInstant after, GError **error)
{
  WfInstant at = lead != NULL ? wf_tick_get_next_for_lead (self->engine, workflow, lead, after)
                              : WF_INSTANT_NONE;

  return wf_store_set_date (self->store, workflow->id, id, at, error);
}

/**
 * wf_ticks_note_lead:
 * @self: a transaction
 * @lead: the lead's id
 * @at: the time of the event that showed it
 * @error: return location
 */
gboolean
wf_ticks_note_lead (WfCommit *self, const char *lead, WfInstant at, GError **error)
{
  if (self->dated == NULL)
    {
      self->dated = wf_engine_list_scheduled (self->engine);
      for (guint i = self->dated->len; i > 0; i--)
        if (!is_dated (g_ptr_array_index (self->dated, i - 1)))
          g_ptr_array_remove_index (self->dated, i - 1);
    }
  for (guint i = 0; lead != NULL && i < self->dated->len; i++)
    if (!set_date (self, g_ptr_array_index (self->dated, i), lead, wf_commit_get_lead (self, lead),
                   at, error))
      return FALSE;
  return TRUE;
}

gboolean
wf_dates_run_portion (WfCommit *self, WfWork *work, gboolean *finished, GError **error)
{
  WfWorkflow *workflow = get_scheduled (self, work);
  g_autoptr (GPtrArray) leads = workflow != NULL && is_dated (workflow)
                                    ? wf_store_list_leads (self->store, work->after, WF_PORTION)
                                    : NULL;

  for (guint i = 0; leads != NULL && i < leads->len; i++)
    {
      const WfStoredLead *lead = g_ptr_array_index (leads, i);

      if (!set_date (self, workflow, lead->id, wf_json_document_get_root (lead->lead), work->from,
                     error))
        return FALSE;
      g_set_str (&work->after, lead->id);
    }
  *finished = leads == NULL || leads->len == 0;
  return TRUE;
}

/* A workflow that is not live now starts nothing; its dates are made again when it is. */
static gboolean
run_date (WfCommit *self, const WfStoredDate *date, GError **error)
{
  WfWorkflow *workflow = wf_engine_get_workflow (self->engine, date->workflow);
  const WfJson *lead = wf_commit_get_lead (self, date->lead);

  if (workflow == NULL || workflow->state != WF_WORKFLOW_LIVE || workflow->schedule == NULL ||
      !is_dated (workflow) || lead == NULL)
    return wf_store_set_date (self->store, date->workflow, date->lead, WF_INSTANT_NONE, error);

  g_autoptr (WfEvent) event = wf_tick_make_event (workflow, date->at, date->lead, lead);
  return wf_commit_event (self, event, error) &&
         set_date (self, workflow, date->lead, wf_commit_get_lead (self, date->lead), date->at,
                   error);
}

static gboolean
run_dates (WfCommit *self, GError **error)
{
  g_autoptr (GPtrArray) dates = wf_store_list_dates_due (self->store, self->now, WF_PORTION);

  for (guint i = 0; i < dates->len; i++)
    if (!run_date (self, g_ptr_array_index (dates, i), error))
      return FALSE;
  self->changes->more |= dates->len == WF_PORTION;
  return TRUE;
}

/* -- the scheduler's part ---------------------------------------------------------------------- */

gboolean
wf_ticks_run_due (WfCommit *self, GError **error)
{
  g_autoptr (GPtrArray) scheduled = wf_engine_list_scheduled (self->engine);

  for (guint i = 0; i < scheduled->len; i++)
    {
      WfWorkflow *workflow = g_ptr_array_index (scheduled, i);

      if (!is_dated (workflow) && !run_schedule (self, workflow, error))
        return FALSE;
    }
  return run_dates (self, error);
}

/**
 * wf_ticks_get_next:
 * @self: a transaction
 *
 * Returns: when the next schedule is due, or WF_INSTANT_NONE; dates are the store's business
 */
WfInstant
wf_ticks_get_next (WfCommit *self)
{
  g_autoptr (GPtrArray) scheduled = wf_engine_list_scheduled (self->engine);
  WfInstant next = WF_INSTANT_NONE;

  for (guint i = 0; i < scheduled->len; i++)
    {
      const WfWorkflow *workflow = g_ptr_array_index (scheduled, i);
      TickState state;
      WfInstant tick;

      if (is_dated (workflow) || !read_state (self->store, workflow->id, &state))
        continue;
      tick = wf_tick_get_next (self->engine, workflow, self->now, state.start);
      if (tick != WF_INSTANT_NONE && (next == WF_INSTANT_NONE || tick < next))
        next = tick;
    }
  return next;
}
