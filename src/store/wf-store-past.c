/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The past of workflows: their versions, the states of their runs, the latest events of a type. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/**
 * wf_store_list_versions:
 * @id: a workflow
 *
 * Result: of WfStoredWorkflow: this computer's draft, then every published version, newest first.
 */
GPtrArray *
wf_store_list_versions (WfStore *self, const char *id)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT document, etag, author, saved, draft FROM workflows WHERE id = ?"
            " ORDER BY draft DESC, version DESC");

  wf_bind_text (select, 1, id);
  return wf_store_read_workflows (self, select);
}

/* ---- states of runs ---- */

/* The run of an event is in its row, any other apart; each kind is walked in an index of its own. */
static const char in_events[] =
    "SELECT time, id, run_version, run_state FROM inbox INDEXED BY inbox_time"
    " WHERE (time, id) > (?2, ?3) AND run_workflow = ?1 ORDER BY time, id";
static const char apart[] = "SELECT started, no, version, state FROM runs INDEXED BY runs_started"
                            " WHERE workflow = ?1 AND (started, no) > (?2, ?3)"
                            " ORDER BY started, no";

static guint
walk_states (WfStore *self, const char *sql, gint64 workflow, WfInstant since,
             WfRunStatesPlace *place, guint most, WfRunStateFunc func, gpointer user_data)
{
  g_auto (WfStatement) walk = wf_store_prepare (self, sql);
  guint n = 0;

  sqlite3_bind_int64 (walk, 1, workflow);
  sqlite3_bind_int64 (walk, 2, place->number != 0 ? place->time : since);
  sqlite3_bind_int64 (walk, 3, place->number);
  while (n < most && wf_store_step (self, walk))
    {
      place->time = sqlite3_column_int64 (walk, 0);
      place->number = sqlite3_column_int64 (walk, 1);
      func (sqlite3_column_int64 (walk, 2), (const char *) sqlite3_column_text (walk, 3),
            user_data);
      n++;
    }
  return n;
}

/**
 * wf_store_list_run_states:
 * @workflow: id of a workflow
 * @since: runs that began then or later; WF_INSTANT_NONE: all that are known
 * @place: (inout): where the page before ended; all zero: from the first
 * @most: at most so many
 * @func: called for each, in no order that means anything
 *
 * Result: FALSE when there are no more.
 */
gboolean
wf_store_list_run_states (WfStore *self, const char *workflow, WfInstant since,
                          WfRunStatesPlace *place, guint most, WfRunStateFunc func,
                          gpointer user_data)
{
  gint64 number;

  wf_store_show_run (self);
  number = wf_store_find_name (self, workflow);
  if (number == 0)
    return FALSE;
  if (walk_states (self, place->apart ? apart : in_events, number, since, place, most, func,
                   user_data) == most)
    return TRUE;
  if (place->apart)
    return FALSE;
  *place = (WfRunStatesPlace) { .apart = TRUE };
  return TRUE;
}

/* ---- events ---- */

/**
 * wf_store_list_latest_events:
 * @type: of the events
 * @most: at most so many
 * @look_at: of all types; a type that is rare is not looked for for ever
 *
 * Result: of WfStoredEvent, newest first by their own time; one that cannot be read any more is left out (which is logged).
 */
GPtrArray *
wf_store_list_latest_events (WfStore *self, const char *type, guint most, guint look_at)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_stored_event_free);
  gint64 number;

  wf_store_show_event (self);
  number = wf_store_find_name (self, type);
  if (number == 0)
    return events;
  g_auto (WfStatement) walk =
      wf_store_prepare (self, "SELECT type, id, payload, received FROM inbox INDEXED BY inbox_time"
                              " ORDER BY time DESC, id DESC");

  for (guint i = 0; i < look_at && events->len < most && wf_store_step (self, walk); i++)
    {
      g_autoptr (WfStoredEvent) stored = NULL;

      if (sqlite3_column_int64 (walk, 0) != number)
        continue;
      stored = g_new0 (WfStoredEvent, 1);
      stored->rowid = sqlite3_column_int64 (walk, 1);
      stored->event = wf_store_read_event (walk, 2, stored->rowid);
      if (stored->event != NULL)
        g_ptr_array_add (events, g_steal_pointer (&stored));
    }
  return events;
}

/* ---- leads ---- */

/**
 * wf_store_foreach_latest_lead:
 * @most: at most so many
 * @func: called for each; FALSE ends it
 *
 * The leads that became known here last, newest first.
 */
void
wf_store_foreach_latest_lead (WfStore *self, guint most, WfLeadFunc func, gpointer user_data)
{
  g_auto (WfStatement) walk =
      wf_store_prepare (self, "SELECT lead FROM leads WHERE " WF_LEAD_WAS_TOLD " ORDER BY no DESC LIMIT ?");
  gboolean go_on = TRUE;

  sqlite3_bind_int64 (walk, 1, most);
  while (go_on && wf_store_step (self, walk))
    {
      g_autoptr (WfJsonDocument) lead = wf_json_document_parse (
          (const char *) sqlite3_column_text (walk, 0), sqlite3_column_bytes (walk, 0), 0, NULL);

      if (lead != NULL)
        go_on = func (wf_json_document_get_root (lead), user_data);
    }
}
