/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports and bursts of events: held before their effects, shown, and released as somebody
 * decides (S13, B7). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-backlog.h"
#include "wf-runtime-private.h"
#include "wf-workflow-members.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define TEN_MINUTES (10 * G_TIME_SPAN_MINUTE)
#define LOOK_AGAIN (5 * G_TIME_SPAN_MINUTE)
#define MOST_LOG_ENTRIES 200
#define MOST_RUNS_A_DAY 20 /* S14: as in the engine */

/* Policy. What the engine holds is a row before anything else happens, so nothing is lost. Storms
 * are recognised by the events' own times, in the order of the CRM's log: every computer holds the
 * same matches, whatever its clock says.
 *
 * What is counted are the matches that this computer sees. An always-on engine, and the desktop of
 * who sees everybody, recognise the storm of the whole company. A desktop that is shown only its
 * person's and groups' leads recognises what floods these, so that a burst that is spread over many
 * people passes it: it then makes what it would have made of so many events on a quiet day, which
 * is below the limit for each person. A CRM cannot tell it the missing number: it knows how many
 * events there were, but not how many of them a workflow's conditions match, and on the number of
 * events alone a busy day would hold back every workflow with narrow conditions. An import is
 * different: each of its events says that it is one, and is held everywhere.
 *
 * A decision takes effect on the computer where it is made at once, and goes to the others as a
 * member of the workflow's document: up to which event's time it counts, and how. The spread is a
 * pure function of the decision and the matches' order, so that they agree about it. Where the
 * document cannot travel, or two managers decide differently at the same moment, an activity is
 * created by whoever releases it first and by nobody a second time: run and effects have the keys
 * of their event (S15, S16), and creation is conditional. */

/* -- how many lately --------------------------------------------------------------------------- */

/* An upper bound of the runs that started since an instant, so that the store is asked once for
 * about as many matches as make a storm, and not for each. Kept between transactions; used in the
 * store's thread only. */
typedef struct
{
  WfInstant since;
  guint bound;
} Gauge;

GHashTable *
wf_storm_gauges_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* The workflow's own limit, else the account's, else the usual one; 0: none. */
static guint
get_limit (WfCommit *self, const char *workflow)
{
  const WfWorkflow *document = wf_engine_get_workflow (self->engine, workflow);
  guint limit = 0;

  if (document != NULL && wf_workflow_get_storm_limit (document, &limit))
    return limit;
  if (!self->knows_storm_limit)
    {
      g_autofree char *text = wf_store_get_fact (self->store, WF_FACT_STORM_LIMIT);
      guint64 number = WF_STORM_MOST_RUNS;

      if (text != NULL)
        g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL);
      self->storm_limit = (guint) number;
      self->knows_storm_limit = TRUE;
    }
  return self->storm_limit;
}

/**
 * wf_storm_count_recent:
 * @self: a transaction
 * @workflow: its id
 * @at: the event's time
 *
 * Returns: what the engine's guard is to hear: no runs at all while the limit that counts for this
 *   workflow is not reached, and more than any limit from then on
 */
guint
wf_storm_count_recent (WfCommit *self, const char *workflow, WfInstant at)
{
  guint limit = get_limit (self, workflow);
  Gauge *gauge = g_hash_table_lookup (self->gauges, workflow);

  if (limit == 0)
    return 0;
  if (gauge != NULL && gauge->since <= at - TEN_MINUTES && gauge->bound < limit)
    return 0;
  if (gauge == NULL)
    {
      gauge = g_new0 (Gauge, 1);
      g_hash_table_insert (self->gauges, g_strdup (workflow), gauge);
    }
  gauge->since = at - TEN_MINUTES;
  gauge->bound =
      wf_store_count_runs_between (self->store, workflow, NULL, gauge->since, WF_INSTANT_NONE);
  if (gauge->bound < limit)
    return 0;
  return wf_store_count_runs_between (self->store, workflow, NULL, gauge->since, at + 1) >= limit
             ? G_MAXUINT
             : 0;
}

void
wf_storm_note_start (WfCommit *self, const char *workflow)
{
  Gauge *gauge = g_hash_table_lookup (self->gauges, workflow);

  if (gauge != NULL)
    gauge->bound++;
}

/* -- holding ----------------------------------------------------------------------------------- */

/* How many matches of the workflow are held for the first time in this transaction. */
typedef enum
{
  HELD_BEFORE = -1, /* of a storm that was announced */
} HeldCount;

static void
count_held (WfCommit *self, WfWorkflow *workflow)
{
  gpointer value;
  int count;

  /* A storm is announced when its first match is held, and not again while anything is. */
  if (g_hash_table_lookup_extended (self->held, workflow, NULL, &value))
    count = GPOINTER_TO_INT (value);
  else
    count = wf_store_count_held (self->store, workflow->id) > 0 ? HELD_BEFORE : 0;
  if (count != HELD_BEFORE)
    count++;
  g_hash_table_insert (self->held, wf_workflow_ref (workflow), GINT_TO_POINTER (count));
}

/**
 * wf_storm_hold:
 * @self: a transaction
 * @workflow: what would have started
 * @event: why
 * @reason: "storm" or "import"
 * @error: return location
 */
gboolean
wf_storm_hold (WfCommit *self, WfWorkflow *workflow, WfEvent *event, const char *reason,
               GError **error)
{
  WfHeldMatch match = {
    .workflow = workflow->id,
    .lead = (char *) wf_event_get_lead (event),
    .event_source = (char *) wf_event_get_source (event),
    .event_id = (char *) wf_event_get_id (event),
    .reason = (char *) (reason != NULL ? reason : "storm"),
    .at = wf_event_get_time (event),
    .release = WF_INSTANT_NONE,
  };
  gboolean decided = FALSE;

  if (!wf_storm_follow_decision (self, workflow, event, &decided, error))
    return FALSE;
  if (!decided)
    count_held (self, workflow);
  return wf_store_add_held (self->store, &match, error);
}

static gboolean
may_edit (WfCommit *self)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *person = organisation != NULL && self->person != NULL
                               ? wf_organisation_get_person (organisation, self->person)
                               : NULL;

  return person != NULL &&
         wf_organisation_person_may (organisation, person, WF_RIGHT_EDIT_WORKFLOWS);
}

static gboolean
announce (WfCommit *self, const WfWorkflow *workflow, int n, GError **error)
{
  const char *text = _ ("A workflow met many events at once: they are held back.");
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *id = g_strconcat ("held/", workflow->id, NULL);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", workflow->id);
  wf_json_writer_add_string (writer, "name", workflow->name);
  wf_json_writer_add_int (writer, "held", n);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  if (!wf_commit_log (self, "problem", text, NULL, details, error))
    return FALSE;
  return !self->reminds || !may_edit (self) ||
         wf_commit_keep_message (self, id, workflow->name, text, error);
}

/**
 * wf_storm_announce:
 * @self: a transaction at its end
 * @error: return location
 *
 * One entry a storm, not one a match: a storm must not become a storm of messages.
 */
gboolean
wf_storm_announce (WfCommit *self, GError **error)
{
  GHashTableIter iter;
  gpointer workflow, count;

  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_iter_next (&iter, &workflow, &count))
    if (GPOINTER_TO_INT (count) > 0 && !announce (self, workflow, GPOINTER_TO_INT (count), error))
      return FALSE;
  return TRUE;
}

/* -- starting what was held -------------------------------------------------------------------- */

static gboolean
is_entry_of (WfJsonDocument *details, const char *event_id, const char *event_source)
{
  const WfJson *root = details != NULL ? wf_json_document_get_root (details) : NULL;

  return g_strcmp0 (wf_json_get_member_string (root, "id"), event_id) == 0 &&
         g_strcmp0 (wf_json_get_member_string (root, "source"), event_source) == 0;
}

/* A run that had begun would have been cancelled. */
gboolean
wf_storm_was_closed_since (WfCommit *self, const char *lead, WfInstant at, const char *event_id,
                           const char *event_source)
{
  static const char *const closing[] = { "lead.deleted", "lead.discarded", "lead.finalized", NULL };
  g_autoptr (GPtrArray) entries =
      lead != NULL ? wf_store_list_log (self->store, "event", lead, 0, MOST_LOG_ENTRIES) : NULL;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const WfLogEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (WfJsonDocument) details = NULL;
      const char *text;
      WfInstant time = WF_INSTANT_NONE;

      if (!g_strv_contains (closing, entry->title))
        continue;
      details = entry->details != NULL ? wf_json_document_parse (entry->details, -1, 0, NULL)
                                       : NULL;
      text = details != NULL
                 ? wf_json_get_member_string (wf_json_document_get_root (details), "time")
                 : NULL;
      if (text != NULL && wf_instant_parse (text, &time) && time < at)
        continue;
      if (!is_entry_of (details, event_id, event_source))
        return TRUE;
    }
  return FALSE;
}

/* S14, S15: several matches of one lead may have been held when none of them had started. NULL:
 * nothing is against it. */
static const char *
find_refusal (WfCommit *self, const WfWorkflow *workflow, const WfHeldMatch *match)
{
  WfInstant day = match->at - (match->at % G_TIME_SPAN_DAY + G_TIME_SPAN_DAY) % G_TIME_SPAN_DAY;

  if (match->lead == NULL)
    return NULL;
  if (wf_storm_was_closed_since (self, match->lead, match->at, match->event_id,
                                 match->event_source))
    return "lead-closed";
  if ((workflow->reentry == WF_REENTRY_ONCE_PER_LEAD ||
       workflow->reentry == WF_REENTRY_ONCE_WHILE_OPEN) &&
      wf_store_count_runs (self->store, workflow->id, match->lead,
                           workflow->reentry == WF_REENTRY_ONCE_WHILE_OPEN) > 0)
    return "reentry";
  if (wf_store_count_runs_between (self->store, workflow->id, match->lead, day,
                                   day + G_TIME_SPAN_DAY) >= MOST_RUNS_A_DAY)
    return "daily-limit";
  return NULL;
}

static gboolean
log_refusal (WfCommit *self, const WfHeldMatch *match, const char *reason, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", match->workflow);
  wf_json_writer_add_string (writer, "event", match->event_id);
  wf_json_writer_add_string (writer, "reason", reason);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", _ ("A held event starts nothing any more"), match->lead,
                        details, error);
}

/* base WF_INSTANT_NONE: steps count from the event's own time (S26). */
gboolean
wf_storm_start_match (WfCommit *self, const WfHeldMatch *match, WfInstant base, GError **error)
{
  WfWorkflow *workflow = wf_engine_get_workflow (self->engine, match->workflow);
  g_autoptr (WfEvent) event =
      wf_store_get_event (self->store, match->event_source, match->event_id);
  char key[WF_UUID_LENGTH + 1];
  const char *refusal = NULL;

  wf_run_make_key (match->workflow, match->event_source, match->event_id, key);
  g_autoptr (WfStoredRun) present = wf_store_get_run (self->store, key);
  if (!wf_store_remove_held (self->store, match->id, error))
    return FALSE;
  if (present != NULL)
    return TRUE;
  if (workflow == NULL || workflow->state != WF_WORKFLOW_LIVE)
    refusal = "not-live";
  else if (event == NULL)
    refusal = "event-unknown";
  else
    refusal = find_refusal (self, workflow, match);
  if (refusal != NULL)
    return log_refusal (self, match, refusal, error);
  return wf_commit_start_run (self, workflow, event, base, error);
}

/* S12: a paused workflow starts nothing; its matches wait on. */
static gboolean
start_due_match (WfCommit *self, const WfHeldMatch *match, GError **error)
{
  if (wf_in_flight_is_held (self->engine, match->workflow))
    return wf_store_set_held_release (self->store, match->id, self->now + LOOK_AGAIN, error);
  return wf_storm_start_match (self, match, match->release, error);
}

gboolean
wf_storm_start_due (WfCommit *self, GError **error)
{
  g_autoptr (GPtrArray) due = wf_store_list_held_due (self->store, self->now, WF_PORTION);

  for (guint i = 0; i < due->len; i++)
    if (!start_due_match (self, g_ptr_array_index (due, i), error))
      return FALSE;
  self->changes->n_done += due->len;
  self->changes->more |= due->len == WF_PORTION;
  return TRUE;
}

/* -- what is held ------------------------------------------------------------------------------ */

void
wf_held_storm_free (WfHeldStorm *self)
{
  if (self == NULL)
    return;
  g_free (self->workflow);
  g_free (self->workflow_name);
  g_free (self->reason);
  g_free (self);
}

static void
count_match (WfCommit *self, GPtrArray *storms, const WfHeldMatch *match)
{
  const WfWorkflow *workflow = wf_engine_get_workflow (self->engine, match->workflow);
  WfHeldStorm *storm = NULL;

  for (guint i = 0; i < storms->len && storm == NULL; i++)
    {
      WfHeldStorm *known = g_ptr_array_index (storms, i);

      if (g_str_equal (known->workflow, match->workflow) &&
          g_str_equal (known->reason, match->reason))
        storm = known;
    }
  if (storm == NULL)
    {
      storm = g_new0 (WfHeldStorm, 1);
      storm->workflow = g_strdup (match->workflow);
      storm->workflow_name = g_strdup (workflow != NULL ? workflow->name : match->workflow);
      storm->reason = g_strdup (match->reason);
      storm->first = storm->last = match->at;
      g_ptr_array_add (storms, storm);
    }
  storm->n++;
  storm->first = MIN (storm->first, match->at);
  storm->last = MAX (storm->last, match->at);
}

/* The transaction is only read with. */
static gpointer
list_held (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  GPtrArray *storms = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_held_storm_free);
  gint64 after = 0;
  guint n;

  self->store = store;
  do
    {
      g_autoptr (GPtrArray) held = wf_store_list_held (store, NULL, TRUE, after, 1000);

      n = held->len;
      for (guint i = 0; i < n; i++)
        count_match (self, storms, g_ptr_array_index (held, i));
      if (n > 0)
        after = ((const WfHeldMatch *) g_ptr_array_index (held, n - 1))->id;
    }
  while (n == 1000);
  return storms;
}

void
wf_runtime_list_held_async (WfRuntime *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  wf_query_run (self, wf_runtime_list_held_async, list_held, NULL, NULL,
                (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
wf_runtime_list_held_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
