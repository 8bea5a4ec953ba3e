/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read from the CRM beside its events: session, organisation, workflows, activities. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include "wf-absence-effects.h"
#include "wf-instant.h"
#include "wf-server-clock.h"

#include <glib/gi18n-lib.h>

/* Read again what changed within this time before the last reading: clocks differ, and a write
 * may take long. */
#define OVERLAP (5 * G_TIME_SPAN_MINUTE)
#define MOST_STALE_ONE_BY_ONE 20

/* A CRM without this kind of thing: what the store knows is used. */
static gboolean
is_not_there (const GError *error)
{
  return g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND);
}

/* -- session ----------------------------------------------------------------------------------- */

/* Whose clock counts (S16): the CRM's. Where this computer's is ahead it would fire a delay early,
 * and take an event of now for one that arrived late; and whoever is first creates. So everything
 * here is by the CRM's time, as it was told at the last session, also while offline. A difference
 * of a moment is the way there and back: then our own clock is the steadier one. */
#define NOTICEABLE (2 * G_TIME_SPAN_SECOND)

/* TRUE when the time is another one now. */
static gboolean
follow_clock (WfRuntime *self, gint64 offset)
{
  WfServerClock *clock = WF_SERVER_CLOCK (self->clock);

  if (ABS (offset) < NOTICEABLE)
    offset = 0;
  if (ABS (offset - wf_server_clock_get_offset (clock)) < NOTICEABLE)
    return FALSE;
  wf_server_clock_set_offset (clock, offset);
  return TRUE;
}

typedef struct
{
  char *person; /* (owned) (nullable) */
  gint64 clock_offset;
  gboolean clock_changed;
} SessionArguments;

static void
session_arguments_free (SessionArguments *self)
{
  g_free (self->person);
  g_free (self);
}

/* What waits for another try waits by a clock that was wrong, perhaps for hours: it is tried now. */
static gboolean
try_again (WfStore *store, GError **error)
{
  g_autoptr (GPtrArray) items = wf_store_list_outbox_ready (store, G_MAXINT64, G_MAXUINT);

  for (guint i = 0; i < items->len; i++)
    {
      const WfOutboxItem *item = g_ptr_array_index (items, i);

      if (item->not_before != WF_INSTANT_NONE &&
          !wf_store_set_outbox_state (store, item->id, WF_OUTBOX_PENDING, WF_INSTANT_NONE, NULL,
                                      error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
store_session (WfStore *store, gpointer data, GError **error)
{
  const SessionArguments *arguments = data;
  g_autofree char *offset = arguments->clock_offset != 0
                                ? g_strdup_printf ("%" G_GINT64_FORMAT, arguments->clock_offset)
                                : NULL;

  if ((!arguments->clock_changed || try_again (store, error)) &&
      wf_store_set_fact (store, WF_FACT_PERSON, arguments->person, error) &&
      wf_store_set_fact (store, WF_FACT_CLOCK_OFFSET, offset, error))
    wf_store_set_fact (store, WF_FACT_MACHINE, arguments->person == NULL ? "1" : NULL, error);
  return NULL;
}

static void
on_session_stored (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  if (self->stopped)
    return;
  if (error != NULL)
    {
      wf_intake_step_failed (self, error);
      return;
    }
  self->intake.session = TRUE;
  wf_intake_step_done (self);
  wf_dispatch_poke (self);
  wf_scheduler_kick (self);
  wf_runtime_update_figures (self);
}

static void
on_session_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrmSession) session = wf_crm_open_finish (WF_CRM (source), result, &error);

  if (self->stopped)
    return;
  if (session == NULL)
    {
      self->intake.need_clock = TRUE;
      wf_intake_step_failed (self, error);
      return;
    }

  SessionArguments *arguments = g_new0 (SessionArguments, 1);
  arguments->person = g_strdup (session->person);
  /* Set while the answer was on its way, our clock makes nonsense of it: asked once more. */
  if (!self->intake.need_clock)
    {
      arguments->clock_changed = follow_clock (self, session->clock_offset);
      self->intake.unsure = FALSE;
    }
  arguments->clock_offset = wf_server_clock_get_offset (WF_SERVER_CLOCK (self->clock));
  /* Somebody else signs in to the same store: what was read is not all that this person may see. */
  if (self->person != NULL && g_strcmp0 (self->person, session->person) != 0)
    {
      self->intake.need_activities = self->intake.read_everything = TRUE;
      self->intake.need_leads = self->intake.read_all_leads = TRUE;
    }
  wf_runtime_set_person (self, session->person, session->person == NULL);
  wf_runtime_write (self, store_session, arguments, (GDestroyNotify) session_arguments_free, NULL,
                    on_session_stored, NULL);
}

void
wf_intake_open_session (WfRuntime *self)
{
  self->intake.need_clock = FALSE;
  wf_crm_open_async (self->crm, self->cancellable, on_session_opened, g_object_ref (self));
}

/* -- organisation and workflows ---------------------------------------------------------------- */

static void
on_engine_built (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  gboolean *need = user_data;

  self->n_engines_made--;
  if (self->stopped)
    return;
  if (error != NULL)
    {
      wf_intake_step_failed (self, error);
      wf_scheduler_kick (self);
      return;
    }
  *need = FALSE;
  wf_runtime_set_engine (self, result);
  wf_runtime_set_organisation (self, wf_engine_get_organisation (self->engine));
  wf_engine_unref (result);
  g_autoptr (WfChanges) changes = wf_changes_new ();
  changes->workflows = changes->activities = TRUE;
  wf_runtime_announce (self, changes);
  if (need == &self->intake.need_workflows)
    wf_intake_note_workflows_tried (self);
  /* Before the next events: what was due goes first. */
  wf_scheduler_kick (self);
  wf_intake_step_done (self);
}

/* Until the engine is there, the store is ahead of the one that is in use. */
static void
make_engine (WfRuntime *self, WfStoreJob job, gpointer data, GDestroyNotify data_free,
             gboolean *need)
{
  self->n_engines_made++;
  wf_runtime_write (self, job, data, data_free, (GDestroyNotify) wf_engine_unref, on_engine_built,
                    need);
}

static gpointer
store_organisation (WfStore *store, gpointer data, GError **error)
{
  g_autoptr (WfOrganisation) organisation = wf_absence_overlay (store, wf_organisation_ref (data));

  if (!wf_store_set_organisation (store, organisation, error))
    return NULL;
  return wf_runtime_build_engine (store);
}

static void
on_organisation_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  WfOrganisation *organisation = wf_crm_get_organisation_finish (WF_CRM (source), result, &error);

  if (self->stopped)
    {
      g_clear_pointer (&organisation, wf_organisation_unref);
      return;
    }
  if (organisation == NULL && is_not_there (error))
    {
      self->intake.need_organisation = FALSE;
      wf_intake_step_done (self);
    }
  else if (organisation == NULL)
    wf_intake_step_failed (self, error);
  else
    make_engine (self, store_organisation, organisation, (GDestroyNotify) wf_organisation_unref,
                 &self->intake.need_organisation);
}

void
wf_intake_read_organisation (WfRuntime *self)
{
  wf_crm_get_organisation_async (self->crm, self->cancellable, on_organisation_read,
                                 g_object_ref (self));
}

static gboolean
is_listed (const GPtrArray *workflows, const char *id)
{
  for (guint i = 0; i < workflows->len; i++)
    if (g_str_equal (((const WfCrmWorkflow *) g_ptr_array_index (workflows, i))->workflow->id, id))
      return TRUE;
  return FALSE;
}

/* One that is gone from the CRM starts nothing any more; its runs end on their version (S12). */
static gboolean
archive_unlisted (WfStore *store, const GPtrArray *stored, const GPtrArray *workflows,
                  WfInstant now, GError **error)
{
  for (guint i = 0; i < stored->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (stored, i);

      if (item->is_draft || item->workflow->state == WF_WORKFLOW_ARCHIVED ||
          is_listed (workflows, item->workflow->id))
        continue;
      g_autoptr (WfWorkflow) archived = wf_workflow_copy (item->workflow);
      archived->state = WF_WORKFLOW_ARCHIVED;
      if (!wf_store_save_workflow (store, archived, item->etag, item->author, item->saved, error) ||
          !wf_in_flight_note (store, archived, now, error))
        return FALSE;
    }
  return TRUE;
}

/* Drafts of this computer whose published version was only paused, resumed or the like. */
static gboolean
carry_drafts (WfStore *store, const GPtrArray *stored, const GPtrArray *workflows, GError **error)
{
  for (guint i = 0; i < stored->len; i++)
    {
      const WfStoredWorkflow *draft = g_ptr_array_index (stored, i);

      for (guint j = 0; draft->is_draft && j < workflows->len; j++)
        {
          const WfCrmWorkflow *item = g_ptr_array_index (workflows, j);

          if (g_str_equal (item->workflow->id, draft->workflow->id) &&
              !wf_workflow_carry_draft (store, stored, item->workflow, item->etag, error))
            return FALSE;
        }
    }
  return TRUE;
}

typedef struct
{
  GPtrArray *workflows; /* (owned) of WfCrmWorkflow */
  WfInstant now;
} WorkflowArguments;

static void
workflow_arguments_free (WorkflowArguments *self)
{
  g_ptr_array_unref (self->workflows);
  g_free (self);
}

static gboolean
store_workflow (WfStore *store, const WfCrmWorkflow *item, WfInstant now, GError **error)
{
  return wf_store_save_workflow (store, item->workflow, item->etag, item->author, item->saved,
                                 error) &&
         wf_in_flight_note (store, item->workflow, now, error) &&
         wf_storm_note (store, item->workflow, error) &&
         wf_ticks_note_workflow (store, item->workflow, item->saved, now, error);
}

static gpointer
store_workflows (WfStore *store, gpointer data, GError **error)
{
  const WorkflowArguments *arguments = data;
  g_autoptr (GPtrArray) stored = wf_store_list_workflows (store);

  if (!archive_unlisted (store, stored, arguments->workflows, arguments->now, error) ||
      !carry_drafts (store, stored, arguments->workflows, error))
    return NULL;
  for (guint i = 0; i < arguments->workflows->len; i++)
    {
      const WfCrmWorkflow *item = g_ptr_array_index (arguments->workflows, i);

      /* A draft in the CRM is somebody's own: it neither runs nor replaces the one that is kept
       * here. */
      if (item->workflow->state != WF_WORKFLOW_DRAFT &&
          !store_workflow (store, item, arguments->now, error))
        return NULL;
    }
  return wf_runtime_build_engine (store);
}

static void
on_workflows_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *workflows = wf_crm_list_workflows_finish (WF_CRM (source), result, &error);

  if (self->stopped)
    {
      g_clear_pointer (&workflows, g_ptr_array_unref);
      return;
    }
  if (workflows == NULL && is_not_there (error))
    {
      self->intake.need_workflows = FALSE;
      wf_intake_note_workflows_tried (self);
      wf_intake_step_done (self);
    }
  else if (workflows == NULL)
    wf_intake_step_failed (self, error);
  else
    {
      WorkflowArguments *arguments = g_new0 (WorkflowArguments, 1);

      arguments->workflows = workflows;
      arguments->now = wf_clock_now (self->clock);
      make_engine (self, store_workflows, arguments, (GDestroyNotify) workflow_arguments_free,
                   &self->intake.need_workflows);
    }
}

void
wf_intake_read_workflows (WfRuntime *self)
{
  wf_crm_list_workflows_async (self->crm, self->cancellable, on_workflows_read,
                               g_object_ref (self));
}

/* -- the first cursor -------------------------------------------------------------------------- */

static void
on_cursor_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfEventBatch) batch = wf_crm_poll_events_finish (WF_CRM (source), result, &error);

  if (self->stopped)
    return;
  if (batch == NULL)
    {
      wf_intake_step_failed (self, error);
      return;
    }
  /* Taken before the activities are read, so that nothing falls between; kept once they are. */
  self->intake.fresh_cursor = g_strdup (batch->next_cursor);
  wf_intake_step_done (self);
}

void
wf_intake_read_cursor (WfRuntime *self)
{
  wf_crm_poll_events_async (self->crm, "now", 1, 0, self->cancellable, on_cursor_read,
                            g_object_ref (self));
}

/* -- activities -------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *activities; /* (owned) of WfActivity */
  char *cursor;          /* (owned) (nullable) with the last page of a first reading */
  char *read_until;      /* (owned) (nullable) with the last page */
} PageArguments;

static void
page_arguments_free (PageArguments *self)
{
  g_ptr_array_unref (self->activities);
  g_free (self->cursor);
  g_free (self->read_until);
  g_free (self);
}

static gpointer
store_page (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  const PageArguments *arguments = commit->arguments;

  commit->store = store;
  for (guint i = 0; i < arguments->activities->len; i++)
    if (!wf_commit_store_activity (commit, g_ptr_array_index (arguments->activities, i), error))
      return NULL;
  if (arguments->cursor != NULL &&
      !wf_store_set_fact (store, WF_FACT_CURSOR, arguments->cursor, error))
    return NULL;
  if (arguments->read_until != NULL &&
      !wf_store_set_fact (store, WF_FACT_ACTIVITIES, arguments->read_until, error))
    return NULL;
  return wf_commit_finish (commit, error);
}

static void
on_page_stored (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  WfIntake *intake = &self->intake;

  if (self->stopped)
    return;
  if (error != NULL)
    {
      wf_intake_step_failed (self, error);
      return;
    }
  if (intake->page == NULL)
    {
      intake->need_activities = intake->read_everything = FALSE;
      intake->reading_since = WF_INSTANT_NONE;
      if (intake->fresh_cursor != NULL)
        {
          g_free (intake->cursor);
          intake->cursor = g_steal_pointer (&intake->fresh_cursor);
          intake->has_cursor = TRUE;
        }
      wf_scheduler_kick (self);
    }
  wf_intake_step_done (self);
}

static void
store_activities (WfRuntime *self, GPtrArray *activities, gboolean last)
{
  WfIntake *intake = &self->intake;
  WfCommit *commit = wf_runtime_new_commit (self);
  PageArguments *arguments = g_new0 (PageArguments, 1);

  arguments->activities = g_ptr_array_ref (activities);
  if (last)
    {
      arguments->cursor = g_strdup (intake->fresh_cursor);
      arguments->read_until = wf_instant_format_utc (intake->reading_since);
    }
  commit->silent = intake->fresh_cursor != NULL;
  commit->automatic = TRUE;
  commit->arguments = arguments;
  commit->arguments_free = (GDestroyNotify) page_arguments_free;
  wf_runtime_commit (self, store_page, commit, on_page_stored, NULL);
}

static void
on_page_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivityPage) page = wf_crm_list_activities_finish (WF_CRM (source), result, &error);
  WfIntake *intake = &self->intake;

  if (self->stopped)
    return;
  if (page == NULL && !is_not_there (error))
    {
      /* From the beginning: a page's place may not live as long as the pause. */
      g_clear_pointer (&intake->page, g_free);
      wf_intake_step_failed (self, error);
      return;
    }
  g_clear_pointer (&intake->page, g_free);
  if (page != NULL)
    {
      intake->page = g_strdup (page->next_page);
      store_activities (self, page->activities, intake->page == NULL);
    }
  else
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();

      store_activities (self, none, TRUE);
    }
}

static void
list_page (WfRuntime *self, WfInstant updated_after)
{
  WfIntake *intake = &self->intake;
  WfCrmActivityQuery query = {
    .person = wf_runtime_sees_everyone (self) ? NULL : self->person,
    .updated_after = updated_after,
    .only_open = updated_after == WF_INSTANT_NONE,
    .page = intake->page,
  };

  if (intake->page == NULL)
    intake->reading_since = wf_clock_now (self->clock);
  wf_crm_list_activities_async (self->crm, &query, self->cancellable, on_page_read,
                                g_object_ref (self));
}

/* -- since when -------------------------------------------------------------------------------- */

typedef struct
{
  WfRuntime *self; /* (owned) */
  WfIntakeListFunc list;
} Since;

static void
since_free (Since *since)
{
  g_object_unref (since->self);
  g_free (since);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Since, since_free)

static gpointer
get_read_until (WfStore *store, gpointer fact, GError **error)
{
  return wf_store_get_fact (store, fact);
}

static void
on_read_until (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Since) since = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);
  WfInstant read_until = WF_INSTANT_NONE;

  if (since->self->stopped)
    return;
  if (error != NULL)
    {
      wf_intake_step_failed (since->self, error);
      return;
    }
  if (text != NULL && wf_instant_parse (text, &read_until))
    read_until -= OVERLAP;
  since->list (since->self, read_until);
}

void
wf_intake_list_since (WfRuntime *self, const char *fact, WfIntakeListFunc list)
{
  Since *since = g_new (Since, 1);

  *since = (Since) { g_object_ref (self), list };
  wf_store_thread_read_async (self->store, get_read_until, (gpointer) fact, NULL, g_free,
                              self->cancellable, on_read_until, since);
}

/* The first time every open activity; later whatever changed since, closed ones too. */
void
wf_intake_read_activities (WfRuntime *self)
{
  if (self->intake.fresh_cursor != NULL || self->intake.read_everything)
    list_page (self, WF_INSTANT_NONE);
  else
    wf_intake_list_since (self, WF_FACT_ACTIVITIES, list_page);
}

/* -- single activities that changed ------------------------------------------------------------ */

static void
on_stale_stored (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  if (self->stopped)
    return;
  if (error != NULL)
    wf_intake_step_failed (self, error);
  else
    wf_intake_step_done (self);
}

/* One that is being read again. */
typedef struct
{
  WfRuntime *self;  /* (owned) */
  char *id;         /* (owned) */
  gboolean refused; /* no list would name it */
} Again;

static void
again_free (Again *again)
{
  g_object_unref (again->self);
  g_free (again->id);
  g_free (again);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Again, again_free)

static void
on_stale_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Again) again = user_data;
  WfRuntime *self = again->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity = wf_crm_get_activity_finish (WF_CRM (source), result, &error);

  if (self->stopped)
    return;
  if (activity == NULL && wf_crm_error_is_transient (error))
    {
      if (again->refused)
        g_hash_table_add (self->intake.refused, g_steal_pointer (&again->id));
      else
        self->intake.need_activities = TRUE;
      wf_intake_step_failed (self, error);
      return;
    }
  if (activity == NULL)
    {
      /* Gone, or not for our eyes. */
      wf_intake_step_done (self);
      return;
    }

  WfCommit *commit = wf_runtime_new_commit (self);
  PageArguments *arguments = g_new0 (PageArguments, 1);
  arguments->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_ptr_array_add (arguments->activities, g_steal_pointer (&activity));
  commit->automatic = TRUE;
  commit->arguments = arguments;
  commit->arguments_free = (GDestroyNotify) page_arguments_free;
  wf_runtime_commit (self, store_page, commit, on_stale_stored, NULL);
}

static void
read_one_again (WfRuntime *self, GHashTable *ids)
{
  Again *again = g_new0 (Again, 1);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  g_hash_table_iter_next (&iter, &id, NULL);
  again->self = g_object_ref (self);
  again->id = g_strdup (id);
  again->refused = ids == self->intake.refused;
  g_hash_table_iter_remove (&iter);
  wf_crm_get_activity_async (self->crm, again->id, self->cancellable, on_stale_read, again);
}

/* Many that changed in the CRM come sooner as one list. */
void
wf_intake_read_stale (WfRuntime *self)
{
  WfIntake *intake = &self->intake;

  if (g_hash_table_size (intake->stale) > MOST_STALE_ONE_BY_ONE)
    {
      g_hash_table_remove_all (intake->stale);
      intake->need_activities = TRUE;
      wf_intake_step_done (self);
    }
  else if (g_hash_table_size (intake->stale) > 0)
    read_one_again (self, intake->stale);
  else
    read_one_again (self, intake->refused);
}

void
wf_intake_note_refused (WfRuntime *self, const GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (self->intake.refused, g_strdup (g_ptr_array_index (ids, i)));
}
