/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workload of people and days (B6): what is there, what is bound to come, what is likely to come, and what a person can do. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"
#include "wf-replay.h"
#include "wf-runtime-day.h"

/* Policy.
 *
 * - Certain: open activities, by their deadlines.
 * - Committed: what the steps that wait in runs now will create. Each run goes on by itself in memory: it is woken at its
 *   instants, what the machine carries out succeeds at once, and nobody completes an activity, so that what runs after one is
 *   not committed. What would join an open activity (B8) is not another one.
 * - Expected: the events of the last four weeks go through the workflows that are live now. An activity that would have been due
 *   at an instant d after an event at t is expected, with a quarter of one, at the same weekdays and times of each
 *   week to come, as long as its t is still ahead: so of today only the part that is left counts, and an activity with three
 *   days for it is not expected for tomorrow, since its event has been already. Nothing that is certain or committed is
 *   subtracted: that comes from events that were, this from events that will be.
 * - Capacity: a person's activities a working day, by the calendar that counts for them: 0 without open time, less in the
 *   same measure as an absence takes of it.
 *
 * Everything is read page by page in the store's reading thread, as a comparison is: other questions come in between. The
 * four weeks are replayed at most once an hour for the same workflows. */
#define WEEK (7 * G_TIME_SPAN_DAY)
#define WEEKS 4
#define KEPT G_TIME_SPAN_HOUR
#define EVENTS_A_PAGE 500
#define RUNS_A_PAGE 100
#define MOST_WAKES 500 /* of one run: more is a loop */

void
wf_workload_free (WfWorkload *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->people);
  g_free (self->loads);
  g_free (self);
}

/* -- what was learnt of the last weeks --------------------------------------------------------- */

/* An activity that an event of the last weeks would have made. */
typedef struct
{
  const char *person; /* interned */
  WfInstant began;    /* with the event */
  WfInstant due;
} Seen;

/* Kept with the runtime; never changed once it is complete. */
typedef struct
{
  gatomicrefcount ref_count;
  WfEngine *engine; /* (owned) */
  WfInstant at;
  GArray *seen; /* (owned) of Seen */
} Experience;

static Experience *
experience_new (WfEngine *engine, WfInstant at)
{
  Experience *self = g_new0 (Experience, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->engine = wf_engine_ref (engine);
  self->at = at;
  self->seen = g_array_new (FALSE, FALSE, sizeof (Seen));
  return self;
}

static Experience *
experience_ref (Experience *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
experience_unref (gpointer data)
{
  Experience *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  wf_engine_unref (self->engine);
  g_array_unref (self->seen);
  g_free (self);
}

/* Of these workflows and not too long ago. */
static Experience *
get_kept (WfRuntime *self, WfInstant now)
{
  Experience *kept = g_object_get_data (G_OBJECT (self), "wf-workload-experience");

  return kept != NULL && kept->engine == self->engine && kept->at <= now && now - kept->at < KEPT
             ? experience_ref (kept)
             : NULL;
}

static void
keep (WfRuntime *self, Experience *experience)
{
  g_object_set_data_full (G_OBJECT (self), "wf-workload-experience", experience_ref (experience),
                          experience_unref);
}

/* -- the work ---------------------------------------------------------------------------------- */

typedef enum
{
  PHASE_CERTAIN,
  PHASE_COMMITTED,
  PHASE_EXPECTED,
  PHASE_DONE,
} Phase;

/* Shared by the main context and the job under way, which may outlive the question; used by one of them at a time. */
typedef struct
{
  Phase phase;
  WfInstant now;
  char **people; /* (owned) */
  guint n_people, n_days;
  GHashTable *places; /* (owned) person -> place + 1 */
  WfInstant *bounds;  /* (owned) */
  WfDayLoad *loads;   /* (owned) */
  WfRunsPlace runs;
  Experience *experience; /* (owned) (nullable) complete, or being made with replay */
  WfReplay *replay;       /* (owned) (nullable) */
  GHashTable *began; /* (owned) (nullable) with replay: source and id of an event -> its time */
  WfInstant after_time;
  gint64 after_rowid;
} Work;

static void
work_clear (gpointer data)
{
  Work *self = data;

  g_clear_pointer (&self->replay, wf_replay_free);
  g_clear_pointer (&self->began, g_hash_table_unref);
  g_clear_pointer (&self->experience, experience_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_strfreev (self->people);
  g_free (self->bounds);
  g_free (self->loads);
}

static void
work_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, work_clear);
}

/* NULL when it is nobody's or no day's of those that are asked for. */
static WfDayLoad *
find_load (Work *self, const char *person, WfInstant due)
{
  guint place = person != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->places, person)) : 0;
  guint low = 0, high = self->n_days;

  if (place == 0 || due == WF_INSTANT_NONE || due < self->bounds[0] ||
      due >= self->bounds[self->n_days])
    return NULL;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->bounds[middle] <= due)
        low = middle;
      else
        high = middle;
    }
  return &self->loads[(place - 1) * self->n_days + low];
}

/* -- certain ----------------------------------------------------------------------------------- */

static void
count_certain (WfStore *store, Work *work)
{
  g_autofree guint *counts = g_new0 (guint, MAX (work->n_people * work->n_days, 1));

  wf_store_count_load (store, (const char *const *) work->people, work->bounds, work->n_days,
                       counts);
  for (guint i = 0; i < work->n_people * work->n_days; i++)
    work->loads[i].certain = counts[i];
  work->phase = PHASE_COMMITTED;
}

/* -- committed --------------------------------------------------------------------------------- */

/* What the machine carries out succeeds at once, which may set further effects free. */
static void
take_effects (WfCommit *self, Work *work, WfRun *run, const WfJson *lead, WfInstant at,
              GPtrArray *effects)
{
  for (guint i = 0; i < effects->len && i < MOST_WAKES; i++)
    {
      const WfEffect *effect = g_ptr_array_index (effects, i);
      WfDayLoad *load;

      if (effect->kind != WF_EFFECT_CREATE_ACTIVITY)
        {
          wf_run_effect_succeeded (run, self->engine, lead, effect->key, at, at, effects);
          continue;
        }
      load = find_load (work, effect->person, effect->activity->due);
      if (load != NULL)
        {
          g_autoptr (WfActivity) open = wf_commit_find_joinable (self, effect);

          load->committed += open == NULL;
        }
    }
}

static void
run_ahead (WfCommit *self, Work *work, const WfStoredRun *stored)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfRun) run = wf_in_flight_is_held (self->engine, stored->workflow)
                              ? NULL
                              : wf_commit_load_run (self, stored, &error);
  const WfJson *lead = stored->lead != NULL ? wf_commit_get_lead (self, stored->lead) : NULL;
  WfInstant next;

  if (error != NULL) /* shown where runs are looked at */
    g_debug ("A run cannot be looked ahead in: %s", error->message);
  for (guint n = 0; run != NULL && n < MOST_WAKES; n++)
    {
      g_autoptr (GPtrArray) effects =
          g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
      WfInstant at;

      next = wf_run_get_next_due (run);
      if (next == WF_INSTANT_NONE || next >= work->bounds[work->n_days])
        break;
      at = MAX (next, work->now);
      wf_run_wake (run, self->engine, lead, at, effects);
      take_effects (self, work, run, lead, at, effects);
    }
}

static void
count_committed (WfCommit *self, Work *work)
{
  g_autoptr (GPtrArray) runs = wf_store_list_runs_ahead (
      self->store, work->bounds[work->n_days] - 1, &work->runs, RUNS_A_PAGE);

  for (guint i = 0; i < runs->len; i++)
    run_ahead (self, work, g_ptr_array_index (runs, i));
  if (runs->len < RUNS_A_PAGE)
    work->phase = PHASE_EXPECTED;
}

/* -- expected ---------------------------------------------------------------------------------- */

static char *
make_event_name (const char *source, const char *id)
{
  return g_strdup_printf ("%s\n%s", source != NULL ? source : "", id != NULL ? id : "");
}

static void
note_event (Work *work, const WfEvent *event)
{
  WfInstant time = wf_event_get_time (event);

  g_hash_table_insert (work->began,
                       make_event_name (wf_event_get_source (event), wf_event_get_id (event)),
                       g_memdup2 (&time, sizeof time));
}

/* A step may run days after the event. What began with no event of the log (a set time) began when it was made. */
static WfInstant
get_beginning (Work *work, const WfActivity *activity, WfInstant at)
{
  g_autofree char *name = make_event_name (activity->event_source, activity->event_id);
  const WfInstant *time = g_hash_table_lookup (work->began, name);

  return time != NULL ? *time : at;
}

static void
on_effect (const WfEffect *effect, WfInstant at, gpointer user_data)
{
  Work *work = user_data;
  Seen seen = { 0 };

  if (effect->kind != WF_EFFECT_CREATE_ACTIVITY || effect->person == NULL ||
      effect->activity->due == WF_INSTANT_NONE)
    return;
  seen.person = g_intern_string (effect->person);
  seen.began = get_beginning (work, effect->activity, at);
  seen.due = effect->activity->due;
  g_array_append_val (work->experience->seen, seen);
}

static void
on_line (const char *line, gpointer user_data)
{
  /* What counts comes with the effects. */
}

static GPtrArray *
list_live (WfStore *store)
{
  g_autoptr (GPtrArray) stored = wf_store_list_workflows (store);
  GPtrArray *live = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);

  for (guint i = 0; i < stored->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (stored, i);

      if (!item->is_draft && item->workflow->state == WF_WORKFLOW_LIVE)
        g_ptr_array_add (live, wf_workflow_ref (item->workflow));
    }
  return live;
}

/* Storms and imports of the past are held as they were: they are no rule for the weeks to come. */
static void
begin_replay (WfCommit *self, Work *work)
{
  static const WfEngineSettings settings = { .storm_most_runs = WF_STORM_MOST_RUNS,
                                             .hold_imports = TRUE,
                                             .no_explanations = TRUE };
  g_autoptr (GPtrArray) live = list_live (self->store);

  work->experience = experience_new (self->engine, work->now);
  work->replay = wf_replay_new_with_settings (wf_commit_get_organisation (self), live, &settings,
                                              FALSE, on_line, work);
  wf_replay_set_effect_func (work->replay, on_effect, work);
  work->began = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* FALSE: there are more pages. */
static gboolean
replay_page (WfCommit *self, Work *work)
{
  g_autoptr (GPtrArray) events = NULL;

  if (work->replay == NULL)
    begin_replay (self, work);
  events = wf_store_list_events (self->store, work->now - WEEKS * WEEK, work->now, work->after_time,
                                 work->after_rowid, EVENTS_A_PAGE);
  for (guint i = 0; i < events->len; i++)
    {
      const WfStoredEvent *stored = g_ptr_array_index (events, i);

      note_event (work, stored->event);
      wf_replay_add (work->replay, stored->event);
      work->after_time = wf_event_get_time (stored->event);
      work->after_rowid = stored->rowid;
    }
  if (events->len == EVENTS_A_PAGE)
    return FALSE;
  wf_replay_finish (work->replay, work->now);
  g_clear_pointer (&work->replay, wf_replay_free);
  g_clear_pointer (&work->began, g_hash_table_unref);
  return TRUE;
}

/* The same weekday and local time some weeks later: days of 23 and 25 hours move the instant. */
static WfInstant
add_weeks (GTimeZone *zone, WfInstant at, int weeks)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) later = local != NULL ? g_date_time_add_weeks (local, weeks) : NULL;

  return later != NULL ? g_date_time_to_unix_usec (later) : WF_INSTANT_NONE;
}

static void
expect (Work *work, const Seen *seen, GTimeZone *zone)
{
  gint64 distance = work->bounds[0] - seen->due;
  int first = distance > 0 ? (int) (distance / WEEK) : 0;

  for (int weeks = MAX (first, 1);; weeks++)
    {
      WfInstant due = add_weeks (zone, seen->due, weeks);
      WfDayLoad *load;

      if (due == WF_INSTANT_NONE || due >= work->bounds[work->n_days])
        return;
      load = find_load (work, seen->person, due);
      if (load != NULL && add_weeks (zone, seen->began, weeks) >= work->now)
        load->expected += 1.0 / WEEKS;
    }
}

static void
count_expected (WfCommit *self, Work *work)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  GTimeZone *zone = organisation != NULL
                        ? wf_working_hours_get_zone (wf_organisation_get_hours (organisation))
                        : utc;

  for (guint i = 0; i < work->experience->seen->len; i++)
    {
      const Seen *seen = &g_array_index (work->experience->seen, Seen, i);

      if (g_hash_table_contains (work->places, seen->person))
        expect (work, seen, zone);
    }
  work->phase = PHASE_DONE;
}

/* -- capacity ---------------------------------------------------------------------------------- */

/* Of an open span, what no absence takes. */
static gint64
get_time_present (const WfPerson *person, WfInstant from, WfInstant until)
{
  gint64 present = 0;

  for (WfInstant at = from; at < until;)
    {
      const WfAbsence *absence = wf_person_get_absence (person, at);
      WfInstant end = until;

      if (absence != NULL)
        {
          at = absence->until;
          continue;
        }
      for (guint i = 0; i < person->n_absences; i++)
        if (person->absences[i].from > at)
          end = MIN (end, person->absences[i].from);
      present += end - at;
      at = end;
    }
  return present;
}

static void
fill_capacity (const WfPerson *person, WfWorkingHours *hours, WfInstant from, WfInstant until,
               WfDayLoad *load)
{
  g_autoptr (GArray) spans = wf_working_hours_get_spans (hours, from, until);
  gint64 open = 0, present = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const WfOpenSpan *span = &g_array_index (spans, WfOpenSpan, i);
      WfInstant begin = MAX (span->open, from), end = MIN (span->close, until);

      if (begin >= end)
        continue;
      open += end - begin;
      present += get_time_present (person, begin, end);
    }
  load->away = open > 0 ? present == 0 : wf_person_get_absence (person, from) != NULL;
  if (open > 0)
    load->capacity = (guint) (((gint64) person->capacity * present + open - 1) / open);
}

static void
fill_capacities (WfOrganisation *organisation, Work *work)
{
  for (guint i = 0; organisation != NULL && i < work->n_people; i++)
    {
      const WfPerson *person = wf_organisation_get_person (organisation, work->people[i]);
      WfWorkingHours *hours = person != NULL ? wf_organisation_get_hours_for (organisation, person)
                                             : NULL;

      for (guint j = 0; hours != NULL && j < work->n_days; j++)
        fill_capacity (person, hours, work->bounds[j], work->bounds[j + 1],
                       &work->loads[i * work->n_days + j]);
    }
}

/* -- page by page ------------------------------------------------------------------------------ */

/* One page. NULL without an error: look at the work's phase. */
static gpointer
work_on (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  Work *work = self->arguments;

  self->store = store;
  switch (work->phase)
    {
    case PHASE_CERTAIN:
      count_certain (store, work);
      break;
    case PHASE_COMMITTED:
      count_committed (self, work);
      break;
    case PHASE_EXPECTED:
      /* Complete when it was there from the beginning; else once the last page is through. */
      if ((work->experience != NULL && work->replay == NULL) || replay_page (self, work))
        count_expected (self, work);
      break;
    case PHASE_DONE:
    default:
      break;
    }
  return NULL;
}

typedef struct
{
  WfRuntime *runtime; /* (owned) */
  Work *work;         /* (owned) */
  GTask *task;        /* (owned) */
} Request;

static void
request_free (Request *self)
{
  work_unref (self->work);
  g_object_unref (self->task);
  g_object_unref (self->runtime);
  g_free (self);
}

static WfWorkload *
make_result (Work *work)
{
  WfWorkload *result = g_new0 (WfWorkload, 1);

  result->n_people = work->n_people;
  result->n_days = work->n_days;
  result->people = g_steal_pointer (&work->people);
  result->loads = g_steal_pointer (&work->loads);
  return result;
}

static void ask_for_page (Request *request);

static void
on_page_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  GError *error = NULL;

  (void) wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);
  if (error == NULL && request->work->phase != PHASE_DONE && request->runtime->store == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The runtime was stopped");
  if (error == NULL && request->work->phase != PHASE_DONE)
    {
      ask_for_page (request);
      return;
    }
  if (error != NULL)
    g_task_return_error (request->task, error);
  else
    {
      keep (request->runtime, request->work->experience);
      g_task_return_pointer (request->task, make_result (request->work),
                             (GDestroyNotify) wf_workload_free);
    }
  request_free (request);
}

static void
ask_for_page (Request *request)
{
  WfCommit *commit = wf_runtime_new_commit (request->runtime);

  commit->now = request->work->now;
  commit->arguments = g_atomic_rc_box_acquire (request->work);
  commit->arguments_free = work_unref;
  wf_store_thread_read_async (request->runtime->store, work_on, commit,
                              (GDestroyNotify) wf_commit_free, NULL,
                              g_task_get_cancellable (request->task), on_page_done, request);
}

/* -- the question ------------------------------------------------------------------------------ */

static gboolean
may_see (WfRuntime *self, const char *person)
{
  return wf_runtime_sees_everyone (self) || g_strcmp0 (person, self->person) == 0;
}

/* Those who are asked for, or everyone who works activities; of them those whom the person may see. */
static GStrv
list_people (WfRuntime *self, const char *const *asked)
{
  g_autoptr (GStrvBuilder) people = g_strv_builder_new ();
  guint n = asked == NULL && self->organisation != NULL
                ? wf_organisation_get_n_people (self->organisation)
                : 0;

  for (guint i = 0; asked != NULL && asked[i] != NULL; i++)
    if (may_see (self, asked[i]))
      g_strv_builder_add (people, asked[i]);
  for (guint i = 0; i < n; i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (self->organisation, i);

      if (person->active && may_see (self, person->id) &&
          wf_organisation_person_may (self->organisation, person, WF_RIGHT_WORK_ACTIVITIES))
        g_strv_builder_add (people, person->id);
    }
  return g_strv_builder_end (people);
}

static Work *
work_new (WfRuntime *self, const char *const *people, const WfInstant *bounds, guint n_days)
{
  Work *work = g_atomic_rc_box_new0 (Work);

  work->now = wf_clock_now (self->clock);
  work->after_time = WF_INSTANT_NONE;
  work->people = list_people (self, people);
  work->n_people = g_strv_length (work->people);
  work->n_days = n_days;
  work->bounds = g_memdup2 (bounds, (n_days + 1) * sizeof *bounds);
  work->loads = g_new0 (WfDayLoad, MAX (work->n_people * n_days, 1));
  work->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < work->n_people; i++)
    g_hash_table_insert (work->places, g_strdup (work->people[i]), GUINT_TO_POINTER (i + 1));
  work->experience = get_kept (self, work->now);
  fill_capacities (self->organisation, work);
  return work;
}

/**
 * wf_runtime_get_workload_async:
 * @self: a runtime
 * @people: (nullable): ids; NULL: everyone who works activities. Who does not see everyone gets at most himself
 * @bounds: @n_days + 1 rising instants; copied
 * @n_days: how many days
 * @cancellable: (nullable): ends it with the page under way
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_get_workload_async (WfRuntime *self, const char *const *people, const WfInstant *bounds,
                               guint n_days, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_query_begin (self, wf_runtime_get_workload_async, cancellable, callback, user_data);
  Request *request;

  if (task == NULL)
    return;
  request = g_new0 (Request, 1);
  request->runtime = g_object_ref (self);
  request->work = work_new (self, people, bounds, n_days);
  request->task = task;
  ask_for_page (request);
}

/**
 * wf_runtime_get_workload_finish:
 *
 * Returns: (transfer full) (nullable): NULL with @error
 */
WfWorkload *
wf_runtime_get_workload_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
