/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events come in: from the session over the organisation, the workflows and the activities to
 * the poll loop. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include <glib/gi18n-lib.h>

#define MOST_EVENTS_OF_POLL 1000
#define MOST_EVENTS_OF_TRANSACTION 500 /* well below 100 ms */
#define LONG_POLL_SECONDS 30

/* Intake policy (S16, S20). The cursor is kept in the same transaction as everything that the
 * events before it caused, and the CRM is asked from there: a crash repeats a batch, and the
 * inbox knows its events again. A batch is one transaction; one that a CRM makes larger than
 * asked for is taken in pieces, the cursor with the last. An event that changes workflows or
 * organisation ends a piece, so that the events after it are judged by the new ones. The first
 * time, the cursor is "now": what is already there starts nothing. */

/* -- committing a batch ------------------------------------------------------------------------ */

typedef struct
{
  GPtrArray *events;   /* (owned) of WfEvent */
  char *cursor;        /* (owned) (nullable) with the last piece */
  GPtrArray *problems; /* (owned) (nullable) of char*, two each: text, then details */
} Piece;

static void
piece_free (Piece *self)
{
  g_ptr_array_unref (self->events);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self->cursor);
  g_free (self);
}

static gboolean
log_problems (WfCommit *commit, const GPtrArray *problems, GError **error)
{
  for (guint i = 0; problems != NULL && i + 1 < problems->len; i += 2)
    if (!wf_commit_log (commit, "problem", g_ptr_array_index (problems, i), NULL,
                        g_ptr_array_index (problems, i + 1), error))
      return FALSE;
  return TRUE;
}

static gpointer
commit_piece (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  const Piece *piece = commit->arguments;

  commit->store = store;
  for (guint i = 0; i < piece->events->len; i++)
    if (!wf_commit_event (commit, g_ptr_array_index (piece->events, i), error))
      return NULL;
  if (!log_problems (commit, piece->problems, error))
    return NULL;
  if (piece->cursor != NULL && !wf_store_set_fact (store, WF_FACT_CURSOR, piece->cursor, error))
    return NULL;
  return wf_commit_finish (commit, error);
}

static GPtrArray *
copy_problems (const WfProblems *problems)
{
  GPtrArray *copies = NULL;

  for (guint i = 0; problems != NULL && i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);
      g_autoptr (WfJsonWriter) writer = NULL;

      if (problem->severity != WF_PROBLEM_ERROR)
        continue;
      if (copies == NULL)
        copies = g_ptr_array_new_with_free_func (g_free);
      writer = wf_json_writer_new ();
      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "path", problem->path);
      wf_json_writer_add_string (writer, "code", problem->code);
      wf_json_writer_end (writer);
      g_ptr_array_add (copies,
                       g_strdup_printf (_ ("An event of the CRM was skipped: %s"), problem->text));
      g_ptr_array_add (copies, wf_json_writer_finish (writer, FALSE));
    }
  return copies;
}

static gboolean
ends_piece (WfEvent *event)
{
  const char *type = wf_event_get_event_type (event);

  return g_str_has_prefix (type, "workflow.") || g_str_has_prefix (type, "organisation.");
}

static Piece *
take_piece (WfIntake *intake)
{
  WfEventBatch *batch = intake->batch;
  Piece *piece = g_new0 (Piece, 1);
  gboolean ended = FALSE;

  piece->events = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_event_unref);
  while (intake->next_event < batch->events->len &&
         piece->events->len < MOST_EVENTS_OF_TRANSACTION && !ended)
    {
      WfEvent *event = g_ptr_array_index (batch->events, intake->next_event++);

      g_ptr_array_add (piece->events, wf_event_ref (event));
      ended = ends_piece (event);
    }
  if (intake->next_event == batch->events->len)
    {
      piece->cursor = g_strdup (batch->next_cursor);
      piece->problems = copy_problems (batch->problems);
    }
  return piece;
}

static void
note_stale (WfIntake *intake, const GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (intake->stale, g_strdup (g_ptr_array_index (ids, i)));
}

static void
end_batch (WfRuntime *self)
{
  WfIntake *intake = &self->intake;

  g_free (intake->cursor);
  intake->cursor = g_steal_pointer (&intake->batch->next_cursor);
  intake->has_cursor = TRUE;
  intake->caught_up = !intake->batch->more;
  g_clear_pointer (&intake->batch, wf_event_batch_free);
  intake->next_event = 0;
}

static void
on_piece_committed (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  WfIntake *intake = &self->intake;
  const WfChanges *changes = result;

  if (self->stopped)
    return;
  if (error != NULL)
    {
      /* Nothing of it is stored: the same events are asked for again after a pause. */
      g_clear_pointer (&intake->batch, wf_event_batch_free);
      intake->next_event = 0;
      wf_intake_step_failed (self, error);
      return;
    }
  intake->need_workflows |= changes->reload_workflows;
  intake->need_organisation |= changes->reload_organisation;
  note_stale (intake, changes->stale);
  wf_intake_note_refused (self, changes->refused);
  if (intake->next_event == intake->batch->events->len)
    end_batch (self);
  if (changes->n_done > 0)
    wf_scheduler_kick (self);
  wf_intake_step_done (self);
}

static void
commit_next_piece (WfRuntime *self)
{
  WfCommit *commit = wf_runtime_new_commit (self);

  /* While there is much to catch up with, what a person does goes first. */
  commit->import = self->intake.batch->more ||
                   self->intake.batch->events->len > MOST_EVENTS_OF_TRANSACTION;
  commit->arguments = take_piece (&self->intake);
  commit->arguments_free = (GDestroyNotify) piece_free;
  wf_runtime_commit (self, commit_piece, commit, on_piece_committed, NULL);
}

/* -- polling ----------------------------------------------------------------------------------- */

static gboolean
has_news (WfRuntime *self, const WfEventBatch *batch)
{
  return batch->events->len > 0 || g_strcmp0 (batch->next_cursor, self->intake.cursor) != 0 ||
         (batch->problems != NULL && wf_problems_get_n (batch->problems) > 0);
}

static gpointer
log_expired (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;

  commit->store = store;
  if (!wf_commit_log (
          commit, "problem",
          _ ("The CRM no longer keeps the events since this computer was last connected. "
             "Everything that it still has is read again."),
          NULL, NULL, error) ||
      !wf_store_set_fact (store, WF_FACT_CURSOR, "", error) ||
      !wf_store_set_fact (store, WF_FACT_ACTIVITIES, NULL, error) ||
      !wf_store_set_fact (store, WF_FACT_PAST, NULL, error))
    return NULL;
  return wf_commit_finish (commit, error);
}

static void
on_expired_logged (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  if (self->stopped)
    return;
  if (error != NULL)
    {
      wf_intake_step_failed (self, error);
      return;
    }
  g_clear_pointer (&self->intake.cursor, g_free);
  self->intake.need_organisation = self->intake.need_workflows = TRUE;
  self->intake.need_activities = self->intake.read_everything = TRUE;
  self->intake.need_leads = self->intake.read_all_leads = TRUE;
  wf_past_read_again (self);
  wf_intake_step_done (self);
}

static void
on_polled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  WfIntake *intake = &self->intake;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfEventBatch) batch = wf_crm_poll_events_finish (WF_CRM (source), result, &error);
  gboolean poked = g_cancellable_is_cancelled (intake->poll);

  g_clear_object (&intake->poll);
  if (self->stopped)
    return;
  if (batch == NULL)
    {
      if (poked)
        wf_intake_step_done (self);
      else if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_CURSOR_EXPIRED) &&
               intake->cursor != NULL)
        wf_runtime_commit (self, log_expired, wf_runtime_new_commit (self), on_expired_logged,
                           NULL);
      else
        wf_intake_step_failed (self, error);
      return;
    }

  wf_runtime_note_sync (self);
  if (!has_news (self, batch))
    {
      intake->caught_up = !batch->more;
      wf_intake_step_done (self);
      return;
    }
  intake->batch = g_steal_pointer (&batch);
  intake->next_event = 0;
  if (intake->need_clock)
    wf_intake_step_done (self); /* first what time it is, then what the events mean */
  else
    commit_next_piece (self);
}

static void
ask_for_events (WfRuntime *self)
{
  WfIntake *intake = &self->intake;
  gboolean may_wait = intake->caught_up && !intake->need_leads && !wf_past_is_next (self);

  intake->leads_turn = intake->past.turn = TRUE;
  intake->poll = g_cancellable_new ();
  wf_crm_poll_events_async (self->crm, intake->cursor, MOST_EVENTS_OF_POLL,
                            may_wait ? LONG_POLL_SECONDS : 0, intake->poll, on_polled,
                            g_object_ref (self));
}

/* -- the order of things ----------------------------------------------------------------------- */

void
wf_intake_continue (WfRuntime *self)
{
  WfIntake *intake = &self->intake;

  if (self->stopped || !self->started || intake->busy || intake->channel.paused)
    return;
  intake->busy = TRUE;
  if (!intake->session || intake->need_clock)
    wf_intake_open_session (self);
  else if (intake->need_organisation)
    wf_intake_read_organisation (self);
  else if (intake->need_workflows)
    wf_intake_read_workflows (self);
  else if (intake->batch != NULL)
    commit_next_piece (self);
  else if (!intake->has_cursor && intake->fresh_cursor == NULL)
    wf_intake_read_cursor (self);
  else if (intake->need_activities)
    wf_intake_read_activities (self);
  else if (g_hash_table_size (intake->stale) > 0 || g_hash_table_size (intake->refused) > 0)
    wf_intake_read_stale (self);
  else if (intake->need_leads && intake->leads_turn)
    wf_intake_read_leads (self);
  else if (intake->past.turn && wf_past_is_next (self))
    wf_intake_read_past (self);
  else
    ask_for_events (self);
  wf_runtime_update_status (self);
}

void
wf_intake_step_done (WfRuntime *self)
{
  if (self->stopped)
    return;
  self->intake.busy = FALSE;
  wf_channel_succeed (&self->intake.channel);
  wf_intake_continue (self);
}

void
wf_intake_step_failed (WfRuntime *self, const GError *error)
{
  WfIntake *intake = &self->intake;

  if (self->stopped)
    return;
  intake->busy = FALSE;
  intake->caught_up = FALSE;
  /* Whoever signs in again begins with a new session. */
  if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH))
    intake->session = FALSE;
  g_debug ("Intake pauses: error %d", error->code);
  wf_channel_fail (&intake->channel, self->clock, error);
  wf_runtime_update_status (self);
  wf_intake_note_workflows_tried (self);
  /* Without a network our own clock is the best there is; a server that is there will tell. */
  if (intake->unsure && intake->channel.status != WF_SYNC_STATUS_PROBLEM)
    {
      intake->unsure = FALSE;
      wf_scheduler_kick (self);
    }
}

/* What waits for time need not wait for the CRM any longer. */
void
wf_intake_note_workflows_tried (WfRuntime *self)
{
  if (self->intake.tried_workflows)
    return;
  self->intake.tried_workflows = TRUE;
  wf_scheduler_kick (self);
}

static void
on_pause_ended (WfAlarmReason reason, gpointer user_data)
{
  WfRuntime *self = user_data;

  /* After a clock change the rest of the pause means nothing: try now. */
  if (!self->intake.channel.paused || self->intake.channel.status == WF_SYNC_STATUS_NEEDS_SIGN_IN)
    return;
  wf_channel_resume (&self->intake.channel);
  wf_intake_continue (self);
}

/* A poll that is being held is given up for it. */
static void
on_past_pause_ended (WfAlarmReason reason, gpointer user_data)
{
  WfRuntime *self = user_data;
  WfIntake *intake = &self->intake;

  if (!intake->past.channel.paused)
    return;
  wf_channel_resume (&intake->past.channel);
  if (intake->poll != NULL && wf_past_is_next (self))
    g_cancellable_cancel (intake->poll);
}

void
wf_intake_init (WfRuntime *self)
{
  WfIntake *intake = &self->intake;

  wf_channel_init (&intake->channel, self->clock, on_pause_ended, self);
  wf_past_init (self, on_past_pause_ended);
  intake->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  intake->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  intake->reading_since = intake->leads_since = intake->leads_after = WF_INSTANT_NONE;
}

void
wf_intake_clear (WfRuntime *self)
{
  WfIntake *intake = &self->intake;

  g_cancellable_cancel (intake->poll);
  wf_channel_clear (&intake->channel);
  wf_past_clear (self);
  g_clear_pointer (&intake->cursor, g_free);
  g_clear_pointer (&intake->fresh_cursor, g_free);
  g_clear_pointer (&intake->page, g_free);
  g_clear_pointer (&intake->leads_page, g_free);
  g_clear_pointer (&intake->batch, wf_event_batch_free);
  g_clear_pointer (&intake->stale, g_hash_table_unref);
  g_clear_pointer (&intake->refused, g_hash_table_unref);
}

void
wf_intake_begin (WfRuntime *self, char *cursor_fact, const char *past_fact)
{
  WfIntake *intake = &self->intake;

  intake->has_cursor = cursor_fact != NULL;
  if (cursor_fact != NULL && *cursor_fact != '\0')
    intake->cursor = g_steal_pointer (&cursor_fact);
  g_free (cursor_fact);
  wf_past_begin (self, past_fact);
  intake->need_organisation = intake->need_workflows = intake->need_activities = TRUE;
  intake->need_leads = intake->leads_turn = TRUE;
  wf_intake_continue (self);
}

void
wf_intake_poke (WfRuntime *self)
{
  WfIntake *intake = &self->intake;

  if (intake->past.channel.paused)
    {
      intake->past.channel.attempt = 0;
      wf_channel_resume (&intake->past.channel);
    }
  if (intake->channel.paused)
    {
      intake->channel.attempt = 0;
      wf_channel_resume (&intake->channel);
      wf_intake_continue (self);
      return;
    }
  /* A poll that is being held may hang on a connection that is dead since the computer slept. */
  if (intake->poll != NULL && intake->caught_up)
    {
      intake->caught_up = FALSE;
      g_cancellable_cancel (intake->poll);
    }
}
