/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of held matches: a person's decision, here or on another computer, and the spread
 * over working days (S13, B7). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-backlog.h"
#include "wf-command.h"
#include "wf-workflow-members.h"

#include "wf-instant.h"
#include "wf-open-time.h"

#include <glib/gi18n-lib.h>

#define USUAL_CAPACITY 20

/* -- spreading --------------------------------------------------------------------------------- */

/* Local midnight so many days after the instant's day. */
static WfInstant
find_midnight (WfInstant at, gint days, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (at, zone);
  g_autoptr (GDateTime) day = local != NULL ? g_date_time_add_days (local, days) : NULL;
  g_autoptr (GDateTime) midnight =
      day != NULL ? g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                                     g_date_time_get_day_of_month (day), 0, 0, 0)
                  : NULL;

  return midnight != NULL ? g_date_time_to_unix_usec (midnight) : at;
}

/* The slot-th of so many, evenly over the open time between from and the end of its day. */
static WfInstant
find_slot (WfWorkingHours *hours, WfInstant from, guint slot, guint n)
{
  WfInstant end = find_midnight (from, 1, wf_working_hours_get_zone (hours)), at = from;
  gint64 open = wf_working_hours_open_time_between (hours, from, end);
  gint64 offset = n > 0 ? open / n * slot : 0;

  if (offset > 0 && wf_open_time_add (hours, from, offset, &at) != WF_OPEN_TIME_OK)
    return from;
  at = wf_working_hours_next_open (hours, at);
  return at != WF_INSTANT_NONE ? at : from;
}

/* How many still fit into the rest of the first day. */
static guint
scale_first_day (WfWorkingHours *hours, WfInstant from, guint capacity)
{
  GTimeZone *zone = wf_working_hours_get_zone (hours);
  WfInstant begin = find_midnight (from, 0, zone), end = find_midnight (from, 1, zone);
  gint64 whole = wf_working_hours_open_time_between (hours, begin, end);
  gint64 rest = wf_working_hours_open_time_between (hours, from, end);

  return whole > 0 ? (guint) (capacity * (rest / G_TIME_SPAN_SECOND) / (whole / G_TIME_SPAN_SECOND))
                   : 0;
}

/**
 * wf_storm_find_place:
 * @hours: of the person responsible
 * @from: when it was decided
 * @place: how many of the person's matches come before
 * @capacity: at most so many a working day
 *
 * Returns: when it starts: so many a working day, evenly over its open hours, the first day's rest
 *   first
 */
WfInstant
wf_storm_find_place (WfWorkingHours *hours, WfInstant from, guint place, guint capacity)
{
  WfInstant open = wf_working_hours_next_open (hours, from), day = open;
  guint today;

  if (open == WF_INSTANT_NONE)
    return from;
  today = scale_first_day (hours, open, capacity);
  if (place < today)
    return find_slot (hours, open, place, today);
  place -= today;
  if (wf_open_time_add_working_days (hours, open, 1 + place / capacity, &day) != WF_OPEN_TIME_OK)
    return open;
  day = find_midnight (day, 0, wf_working_hours_get_zone (hours));
  day = wf_working_hours_next_open (hours, day);
  return day != WF_INSTANT_NONE ? find_slot (hours, day, place % capacity, capacity) : open;
}

/* Who would get it: only for the share of each, the run itself decides (S11). */
static const char *
find_person (WfCommit *self, const WfHeldMatch *match, const WfEvent *event)
{
  const char *owner = event != NULL ? wf_event_get_owner (event) : NULL;

  if (owner == NULL)
    owner = wf_json_get_member_string (wf_commit_get_lead (self, match->lead), "owner");
  return owner != NULL ? owner : "";
}

static gboolean
spread (WfCommit *self, WfWork *work, const WfHeldMatch *match, GError **error)
{
  guint capacity = work->capacity > 0 ? work->capacity : USUAL_CAPACITY;
  g_autoptr (WfEvent) event =
      wf_store_get_event (self->store, match->event_source, match->event_id);
  const char *person = find_person (self, match, event);
  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, *person != '\0' ? person : NULL);
  guint place;

  if (work->counts == NULL)
    work->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  place = GPOINTER_TO_UINT (g_hash_table_lookup (work->counts, person));
  g_hash_table_insert (work->counts, g_strdup (person), GUINT_TO_POINTER (place + 1));
  return wf_store_set_held_release (
      self->store, match->id, wf_storm_find_place (hours, work->from, place, capacity), error);
}

/* -- carrying out a decision ------------------------------------------------------------------- */

static const char *
get_title (WfRelease choice)
{
  switch (choice)
    {
    case WF_RELEASE_CREATE:
      return _ ("Held events released");
    case WF_RELEASE_SPREAD:
      return _ ("Held events spread over working days");
    case WF_RELEASE_DROP:
    default:
      return _ ("Held events dropped");
    }
}

static gboolean
log_decision (WfCommit *self, const WfWork *work, GError **error)
{
  const WfWorkflow *workflow = wf_engine_get_workflow (self->engine, work->workflow);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", work->workflow);
  wf_json_writer_add_string (writer, "name", workflow != NULL ? workflow->name : NULL);
  wf_json_writer_add_int (writer, "held", wf_store_count_held (self->store, work->workflow));
  if (work->choice == WF_RELEASE_SPREAD)
    wf_json_writer_add_int (writer, "capacity", work->capacity);
  wf_json_writer_add_string (writer, "by", work->by);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", get_title ((WfRelease) work->choice), NULL, details, error);
}

static gboolean
release (WfCommit *self, WfWork *work, const WfHeldMatch *match, GError **error)
{
  switch ((WfRelease) work->choice)
    {
    case WF_RELEASE_SPREAD:
      return spread (self, work, match, error);
    case WF_RELEASE_DROP:
      return wf_store_remove_held (self->store, match->id, error);
    case WF_RELEASE_CREATE:
    default:
      break;
    }
  if (wf_in_flight_is_held (self->engine, match->workflow))
    return wf_store_set_held_release (self->store, match->id, self->now, error);
  /* What an import tells is old: nobody could have been in time. */
  return wf_storm_start_match (
      self, match, g_str_equal (match->reason, "import") ? self->now : WF_INSTANT_NONE, error);
}

gboolean
wf_storm_run_portion (WfCommit *self, WfWork *work, gboolean *finished, GError **error)
{
  gint64 after = work->after != NULL ? g_ascii_strtoll (work->after, NULL, 10) : 0;
  g_autoptr (GPtrArray) held =
      wf_store_list_held (self->store, work->workflow, TRUE, after, WF_PORTION);

  if (work->after == NULL && !log_decision (self, work, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      const WfHeldMatch *match = g_ptr_array_index (held, i);

      /* What came after the last one that was looked at is another decision. */
      if (match->at <= work->until && !release (self, work, match, error))
        return FALSE;
      after = match->id;
    }
  g_free (work->after);
  work->after = g_strdup_printf ("%" G_GINT64_FORMAT, after);
  self->changes->workflows = TRUE;
  *finished = held->len < WF_PORTION;
  return TRUE;
}

/* -- a decision that comes from elsewhere ------------------------------------------------------ */

static gboolean
add_work (WfStore *store, const char *workflow, const WfReleaseDecision *decision, GError **error)
{
  g_autofree char *name = g_strconcat (WF_FACT_RELEASED, workflow, NULL);
  g_autofree char *at = wf_instant_format_utc (decision->at);
  WfWork *work = wf_work_new (WF_WORK_RELEASE, workflow);

  work->choice = (int) decision->choice;
  work->from = decision->at;
  work->until = decision->until;
  work->capacity = decision->capacity;
  work->by = g_strdup (decision->by);
  return wf_backlog_add (store, work, error) && wf_store_set_fact (store, name, at, error);
}

static WfInstant
get_last_release (WfStore *store, const char *workflow)
{
  g_autofree char *name = g_strconcat (WF_FACT_RELEASED, workflow, NULL);
  g_autofree char *text = wf_store_get_fact (store, name);
  WfInstant at = WF_INSTANT_NONE;

  if (text != NULL)
    wf_instant_parse (text, &at);
  return at;
}

static gboolean
is_known (WfStore *store, const WfReleaseDecision *decision)
{
  g_autoptr (WfEvent) event =
      wf_store_get_event (store, decision->event_source, decision->event_id);

  return event != NULL;
}

/**
 * wf_storm_note:
 * @store: in a transaction
 * @workflow: as the CRM has it
 * @error: return location
 *
 * Takes over the decisions about what this computer holds too. One that is about events that did
 * not come here yet waits for them.
 */
gboolean
wf_storm_note (WfStore *store, const WfWorkflow *workflow, GError **error)
{
  guint n = wf_workflow_get_n_releases (workflow);
  WfInstant last = n > 0 ? get_last_release (store, workflow->id) : WF_INSTANT_NONE;

  for (guint i = 0; i < n; i++)
    {
      WfReleaseDecision decision;

      if (wf_workflow_get_release (workflow, i, &decision) && decision.at > last &&
          is_known (store, &decision) && wf_store_count_held (store, workflow->id) > 0 &&
          !add_work (store, workflow->id, &decision, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * wf_storm_follow_decision:
 * @self: a transaction
 * @workflow: whose match is being held
 * @event: why
 * @decided: set to %TRUE when somebody decided about it already, on a computer that was ahead
 * @error: return location
 *
 * The decision is carried out when the last event that it is about is here, for all at once, so
 * that a spread comes out as everywhere else.
 */
gboolean
wf_storm_follow_decision (WfCommit *self, const WfWorkflow *workflow, const WfEvent *event,
                          gboolean *decided, GError **error)
{
  guint n = wf_workflow_get_n_releases (workflow);
  WfInstant last = n > 0 ? get_last_release (self->store, workflow->id) : WF_INSTANT_NONE;

  for (guint i = 0; i < n && !*decided; i++)
    {
      WfReleaseDecision decision;

      if (!wf_workflow_get_release (workflow, i, &decision) || decision.at <= last ||
          wf_event_get_time (event) > decision.until)
        continue;
      if (g_str_equal (decision.event_id, wf_event_get_id (event)) &&
          g_str_equal (decision.event_source, wf_event_get_source (event)))
        {
          *decided = TRUE;
          return add_work (self->store, workflow->id, &decision, error);
        }
      *decided = !is_known (self->store, &decision);
    }
  return TRUE;
}

/* -- the command ------------------------------------------------------------------------------- */

typedef struct
{
  char *workflow; /* (owned) */
  WfRelease release;
  guint capacity;
} Arguments;

static void
arguments_free (Arguments *self)
{
  g_free (self->workflow);
  g_free (self);
}

/* What the person decides about: everything that is held now. NULL: nothing; else the last match. */
static WfHeldMatch *
find_last (WfStore *store, const char *workflow, WfInstant *until)
{
  WfHeldMatch *last = NULL;
  gint64 after = 0;
  guint n;

  *until = WF_INSTANT_NONE;

  do
    {
      g_autoptr (GPtrArray) held = wf_store_list_held (store, workflow, TRUE, after, 1000);

      n = held->len;
      for (guint i = 0; i < n; i++)
        *until = MAX (*until, ((const WfHeldMatch *) g_ptr_array_index (held, i))->at);
      if (n == 0)
        break;
      g_clear_pointer (&last, wf_held_match_free);
      last = g_ptr_array_steal_index (held, n - 1);
      after = last->id;
    }
  while (n == 1000);
  return last;
}

/* Later than every decision that is known, so that their order is the same everywhere. */
static WfInstant
find_decision_time (WfCommit *self, const WfWorkflow *workflow)
{
  WfInstant at = MAX (self->now, get_last_release (self->store, workflow->id) + 1);
  WfReleaseDecision decision;

  for (guint i = 0; i < wf_workflow_get_n_releases (workflow); i++)
    if (wf_workflow_get_release (workflow, i, &decision))
      at = MAX (at, decision.at + 1);
  return at;
}

static gpointer
decide (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  g_autoptr (WfStoredWorkflow) current =
      wf_workflow_find_stored (store, arguments->workflow, FALSE);
  WfReleaseDecision decision = {
    .choice = arguments->release,
    .capacity = arguments->capacity > 0 ? arguments->capacity : USUAL_CAPACITY,
    .by = self->person,
  };
  g_autoptr (WfHeldMatch) last = find_last (store, arguments->workflow, &decision.until);

  self->store = store;
  if (last == NULL || current == NULL)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                           _ ("Nothing of this workflow is held back any more."));
      return NULL;
    }

  g_autoptr (WfWorkflow) next = wf_workflow_copy (current->workflow);
  decision.at = find_decision_time (self, next);
  decision.event_source = last->event_source;
  decision.event_id = last->event_id;
  wf_workflow_add_release (next, &decision);
  if (!add_work (store, next->id, &decision, error) ||
      !wf_workflow_queue (self, next, current->etag, error))
    return NULL;
  self->changes->workflows = TRUE;
  return wf_commit_finish (self, error);
}

/**
 * wf_runtime_release_held_async:
 * @self: a runtime
 * @workflow: whose matches are held
 * @release: what becomes of them
 * @capacity: of %WF_RELEASE_SPREAD: how many a working day and person; 0: 20
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once the decision is durable here
 * @user_data: for @callback
 */
void
wf_runtime_release_held_async (WfRuntime *self, const char *workflow, WfRelease release_how,
                               guint capacity, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_release_held_async, cancellable, callback, user_data);
  Arguments *arguments;

  if (!wf_workflow_check_right (self, &task))
    return;
  arguments = g_new0 (Arguments, 1);
  arguments->workflow = g_strdup (workflow);
  arguments->release = release_how;
  arguments->capacity = capacity;
  wf_command_run (self, task, decide, arguments, (GDestroyNotify) arguments_free);
}
