/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CRM in memory that does what a test tells it: several people may be connected, and each kind
 * of request may fail. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-scripted-crm.h"

#include "wf-absence.h"

#include "wf-instant.h"
#include "wf-json-writer.h"

#define SOURCE "/crm/test"

static const char default_organisation[] =
    "{\"format\":1,\"name\":\"Test\",\"process\":\"1\","
    "\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\",\"week\":{"
    "\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],\"tue\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
    "\"wed\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],\"thu\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
    "\"fri\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],\"sat\":[],\"sun\":[]}},"
    "\"people\":["
    "{\"id\":\"carla\",\"name\":\"Carla\",\"role\":\"coordinator\",\"active\":true,\"groups\":[],\"teams\":[\"sp\"],"
    "\"units\":[]},"
    "{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\",\"active\":true,\"groups\":[\"inbound\"],\"teams\":[\"sp\"],"
    "\"units\":[]},"
    "{\"id\":\"bruno\",\"name\":\"Bruno\",\"role\":\"attendant\",\"active\":true,\"groups\":[\"inbound\"],"
    "\"teams\":[\"sp\"],\"units\":[]}],"
    "\"groups\":[{\"id\":\"inbound\",\"name\":\"Inbound\",\"coordinator\":\"carla\"}],"
    "\"teams\":[{\"id\":\"sp\",\"name\":\"SP\",\"coordinator\":\"carla\"}],\"units\":[],"
    "\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\",\"icon\":\"call\"},"
    "{\"id\":\"visit\",\"name\":\"Visit\",\"icon\":\"task\"}],"
    "\"pipelines\":[{\"id\":\"leads\",\"record\":\"lead\",\"stages\":[{\"id\":\"new\",\"name\":\"New\"},"
    "{\"id\":\"filter-1\",\"name\":\"Filter 1\"}]}]}";

/* -- the state that all connections share ------------------------------------------------------ */

typedef struct
{
  WfScriptedCall call;
  WfCrmError code;
  guint retry_after;
  gboolean carried_out; /* the request is done, its answer lost */
} Failure;

/* An action that was carried out, and what it was answered. */
typedef struct
{
  WfAction *action;  /* (owned) */
  char *lead, *note; /* (owned) (nullable) */
} Performed;

/* What actions of one kind are answered. */
typedef struct
{
  char *lead, *note; /* (owned) (nullable) */
  gboolean refuses;
  WfCrmError refusal;
} ActionScript;

typedef struct
{
  gatomicrefcount ref_count;
  WfClock *clock;               /* (owned) */
  WfOrganisation *organisation; /* (owned) */
  GPtrArray *events;            /* (owned) of char*; NULL text = malformed */
  guint oldest;                 /* index of the first event that is kept */
  GPtrArray *activities;        /* (owned) of WfActivity */
  GHashTable *updated;          /* (owned) id -> WfInstant: of activities */
  GHashTable *by_id;            /* (owned) id -> WfActivity (unowned) */
  GPtrArray *workflows;         /* (owned) of WfCrmWorkflow */
  GHashTable *messages;         /* (owned) keys */
  GHashTable *comments;         /* (owned) keys */
  GPtrArray *actions;           /* (owned) of Performed */
  GPtrArray *leads;             /* (owned) of WfJsonDocument */
  GPtrArray *said;              /* (owned) of WfJsonDocument: comments to be listed */
  ActionScript scripts[WF_N_ACTION_KINDS];
  guint revision, n_calls[WF_SCRIPTED_ANY + 1];
  GQueue failures;                   /* of Failure (owned) */
  char *refused_type, *choking_type; /* (owned) (nullable) */
  WfCrmError refusal;
  gboolean offline, ignores_limit;
  guint most_events;
  WfScriptedHook hook;
  gpointer hook_data;
  GPtrArray *journal;     /* (owned) of char* */
  GPtrArray *connections; /* of WfScriptedCrm (unowned): those that wait are told of events */
} State;

struct _WfScriptedCrm
{
  GObject parent_instance;

  State *state;
  char *person;
  gboolean may_not_perform;
  GTask *held; /* (owned) (nullable) the poll that waits */
  guint held_from, held_limit;
  WfAlarm *held_end;
  GCancellable *held_cancellable;
  gulong held_handler;
};

static void crm_init (WfCrmInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfScriptedCrm, wf_scripted_crm, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_CRM, crm_init))

static void
performed_free (Performed *performed)
{
  wf_action_unref (performed->action);
  g_free (performed->lead);
  g_free (performed->note);
  g_free (performed);
}

static void
state_unref (State *state)
{
  if (!g_atomic_ref_count_dec (&state->ref_count))
    return;
  g_object_unref (state->clock);
  g_clear_pointer (&state->organisation, wf_organisation_unref);
  g_ptr_array_unref (state->events);
  g_hash_table_unref (state->by_id);
  g_ptr_array_unref (state->activities);
  g_hash_table_unref (state->updated);
  g_ptr_array_unref (state->workflows);
  g_hash_table_unref (state->messages);
  g_hash_table_unref (state->comments);
  g_ptr_array_unref (state->actions);
  g_ptr_array_unref (state->leads);
  g_ptr_array_unref (state->said);
  for (guint i = 0; i < WF_N_ACTION_KINDS; i++)
    {
      g_free (state->scripts[i].lead);
      g_free (state->scripts[i].note);
    }
  g_queue_clear_full (&state->failures, g_free);
  g_free (state->refused_type);
  g_free (state->choking_type);
  g_ptr_array_unref (state->journal);
  g_ptr_array_unref (state->connections);
  g_free (state);
}

static void
note (State *state, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (state->journal, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* -- the log ----------------------------------------------------------------------------------- */

static void answer_held (WfScriptedCrm *self);

static void
add_text (State *state, char *text)
{
  g_ptr_array_add (state->events, text);
  for (guint i = 0; i < state->connections->len; i++)
    answer_held (g_ptr_array_index (state->connections, i));
}

static void
add_instant (WfJsonWriter *writer, const char *name, WfInstant instant)
{
  if (instant == WF_INSTANT_NONE)
    return;

  g_autofree char *text = wf_instant_format_utc (instant);
  wf_json_writer_add_string (writer, name, text);
}

static void
write_activity (WfJsonWriter *writer, const WfActivity *activity)
{
  wf_json_writer_begin_object (writer, "activity");
  wf_json_writer_add_string (writer, "id", activity->id);
  wf_json_writer_add_string (writer, "lead", activity->lead);
  wf_json_writer_add_string (writer, "lead-name", activity->lead_name);
  wf_json_writer_add_string (writer, "type", activity->type);
  wf_json_writer_add_string (writer, "title", activity->title);
  wf_json_writer_add_string (writer, "notes", activity->notes);
  wf_json_writer_add_string (writer, "person", activity->person);
  add_instant (writer, "created", activity->created);
  add_instant (writer, "due", activity->due);
  add_instant (writer, "original-due", activity->original_due);
  add_instant (writer, "remind", activity->remind);
  add_instant (writer, "completed", activity->completed);
  wf_json_writer_add_string (writer, "status", wf_activity_status_names[activity->status]);
  wf_json_writer_add_string (writer, "outcome", activity->outcome);
  wf_json_writer_add_boolean (writer, "pinned", activity->pinned);
  wf_json_writer_add_string (writer, "kind", wf_activity_kind_names[activity->kind]);
  add_instant (writer, "ends", activity->ends);
  wf_json_writer_add_string (writer, "place", activity->place);
  wf_json_writer_add_string (writer, "workflow", activity->workflow);
  wf_json_writer_add_int (writer, "workflow-version", activity->workflow_version);
  wf_json_writer_add_string (writer, "step", activity->step);
  wf_json_writer_add_string (writer, "event-source", activity->event_source);
  wf_json_writer_add_string (writer, "event-id", activity->event_id);
  wf_json_writer_add_string (writer, "etag", activity->etag);
  wf_json_writer_end (writer);
}

static void
tell (State *state, const char *type, const WfActivity *activity, const char *cause)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *id = g_strdup_printf ("s-%u", state->events->len + 1);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "specversion", "1.0");
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "source", SOURCE);
  wf_json_writer_add_string (writer, "type", type);
  add_instant (writer, "time", wf_clock_now (state->clock));
  wf_json_writer_begin_object (writer, "data");
  if (activity != NULL && activity->lead != NULL)
    {
      wf_json_writer_begin_object (writer, "lead");
      wf_json_writer_add_string (writer, "id", activity->lead);
      wf_json_writer_end (writer);
    }
  wf_json_writer_add_string (writer, "cause", cause);
  if (activity != NULL)
    write_activity (writer, activity);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  add_text (state, wf_json_writer_finish (writer, FALSE));
}

static void
stamp (State *state, WfActivity *activity)
{
  WfInstant *updated = g_new (WfInstant, 1);

  g_free (activity->etag);
  activity->etag = g_strdup_printf ("\"a%u\"", ++state->revision);
  *updated = wf_clock_now (state->clock);
  g_hash_table_replace (state->updated, g_strdup (activity->id), updated);
}

static WfActivity *
store (State *state, WfActivity *activity)
{
  WfActivity *stored = wf_activity_copy (activity);

  stamp (state, stored);
  stored->sync = WF_SYNC_CONFIRMED;
  g_ptr_array_add (state->activities, stored);
  g_hash_table_replace (state->by_id, stored->id, stored);
  return stored;
}

/* -- failures ---------------------------------------------------------------------------------- */

static GError *
make_error (WfCrmError code, guint retry_after)
{
  GError *error = wf_crm_error_new_retry_after (retry_after, "A failure of the test");

  error->code = (int) code;
  return error;
}

static Failure *
take_failure (State *state, WfScriptedCall call)
{
  for (GList *link = state->failures.head; link != NULL; link = link->next)
    {
      Failure *failure = link->data;

      if (failure->call == call || failure->call == WF_SCRIPTED_ANY)
        {
          g_queue_delete_link (&state->failures, link);
          return failure;
        }
    }
  return NULL;
}

static gboolean
sees_everyone (WfScriptedCrm *self)
{
  const WfPerson *person;

  if (self->person == NULL)
    return TRUE;
  person = wf_organisation_get_person (self->state->organisation, self->person);
  return person != NULL &&
         wf_organisation_person_may (self->state->organisation, person, WF_RIGHT_SEE_EVERYONE);
}

/* The task of a request, or NULL when it has failed before anything was done. lost: its answer
 * will be. */
static GTask *
begin (WfScriptedCrm *self, WfScriptedCall call, gboolean *lost, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  State *state = self->state;
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree Failure *failure = NULL;

  g_task_set_task_data (task, GINT_TO_POINTER (call), NULL);
  state->n_calls[call]++;
  state->n_calls[WF_SCRIPTED_ANY]++;
  *lost = FALSE;
  gboolean broken = state->hook != NULL && !state->hook (call, FALSE, state->hook_data);
  failure = take_failure (state, call);
  if (state->offline || broken)
    g_task_return_error (task, make_error (WF_CRM_ERROR_OFFLINE, 0));
  else if (failure != NULL && !failure->carried_out)
    g_task_return_error (task, make_error (failure->code, failure->retry_after));
  else
    {
      *lost = failure != NULL;
      return g_steal_pointer (&task);
    }
  return NULL;
}

/* Gives the answer, or loses it. Takes task and answer. */
static void
end (WfScriptedCrm *self, GTask *task, gboolean lost, gpointer answer, GDestroyNotify answer_free)
{
  State *state = self->state;

  if (state->hook != NULL &&
      !state->hook ((WfScriptedCall) GPOINTER_TO_INT (g_task_get_task_data (task)), TRUE,
                    state->hook_data))
    lost = TRUE;
  if (lost)
    {
      if (answer != NULL && answer_free != NULL)
        answer_free (answer);
      g_task_return_error (task, make_error (WF_CRM_ERROR_UNCERTAIN, 0));
    }
  else
    g_task_return_pointer (task, answer, answer_free);
  g_object_unref (task);
}

static gpointer
finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- session, organisation, workflows ---------------------------------------------------------- */

static void
open_async (WfCrm *crm, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_OPEN, &lost, cancellable, callback, user_data);

  if (task == NULL)
    return;

  WfCrmSession *session = g_new0 (WfCrmSession, 1);
  session->server_name = g_strdup ("Test");
  session->person = g_strdup (self->person);
  session->roles = g_new0 (char *, 1);
  end (self, task, lost, session, (GDestroyNotify) wf_crm_session_free);
}

static void
get_organisation_async (WfCrm *crm, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_ORGANISATION, &lost, cancellable, callback, user_data);

  if (task != NULL)
    end (self, task, lost, wf_organisation_ref (self->state->organisation),
         (GDestroyNotify) wf_organisation_unref);
}

static WfCrmWorkflow *
find_workflow (State *state, const char *id)
{
  for (guint i = 0; i < state->workflows->len; i++)
    {
      WfCrmWorkflow *item = g_ptr_array_index (state->workflows, i);

      if (g_str_equal (item->workflow->id, id))
        return item;
    }
  return NULL;
}

static void
list_workflows_async (WfCrm *crm, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_WORKFLOWS, &lost, cancellable, callback, user_data);

  if (task == NULL)
    return;

  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_crm_workflow_free);
  for (guint i = 0; i < self->state->workflows->len; i++)
    {
      const WfCrmWorkflow *item = g_ptr_array_index (self->state->workflows, i);
      WfCrmWorkflow *copy = g_new0 (WfCrmWorkflow, 1);

      copy->workflow = wf_workflow_ref (item->workflow);
      copy->etag = g_strdup (item->etag);
      copy->author = g_strdup (item->author);
      copy->saved = item->saved;
      g_ptr_array_add (list, copy);
    }
  end (self, task, lost, list, (GDestroyNotify) g_ptr_array_unref);
}

static void
put_workflow (State *state, WfWorkflow *workflow, const char *author)
{
  WfCrmWorkflow *item = find_workflow (state, workflow->id);

  if (item == NULL)
    {
      item = g_new0 (WfCrmWorkflow, 1);
      g_ptr_array_add (state->workflows, item);
    }
  g_clear_pointer (&item->workflow, wf_workflow_unref);
  item->workflow = wf_workflow_ref (workflow);
  g_free (item->etag);
  item->etag = g_strdup_printf ("\"w%u\"", ++state->revision);
  g_set_str (&item->author, author);
  item->saved = wf_clock_now (state->clock);
  note (state, "save %s v%" G_GINT64_FORMAT " %s", workflow->id, workflow->version,
        wf_workflow_state_names[workflow->state]);
  tell (state, "workflow.changed", NULL, NULL);
}

static void
save_workflow_async (WfCrm *crm, WfWorkflow *workflow, const char *etag, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_SAVE, &lost, cancellable, callback, user_data);

  if (task == NULL)
    return;

  const WfCrmWorkflow *item = find_workflow (self->state, workflow->id);
  if (g_strcmp0 (item != NULL ? item->etag : NULL, etag) != 0)
    {
      g_task_return_error (task, make_error (WF_CRM_ERROR_CONFLICT, 0));
      g_object_unref (task);
      return;
    }
  put_workflow (self->state, workflow, self->person);
  end (self, task, lost, g_strdup (find_workflow (self->state, workflow->id)->etag), g_free);
}

/* -- events ------------------------------------------------------------------------------------ */

static void
read_event (State *state, guint index, WfEventBatch *batch)
{
  const char *text = g_ptr_array_index (state->events, index);
  g_autoptr (WfJsonDocument) document = NULL;
  WfEvent *event = NULL;

  if (text == NULL)
    {
      wf_problems_add (batch->problems, WF_PROBLEM_ERROR, "/0", "not-an-event", "This is no event");
      return;
    }
  document = wf_json_document_parse (text, -1, 0, NULL);
  g_assert_nonnull (document);
  event = wf_event_read (document, wf_json_document_get_root (document),
                         wf_clock_now (state->clock), batch->problems);
  if (event != NULL)
    g_ptr_array_add (batch->events, event);
}

static WfEventBatch *
make_batch (State *state, guint from, guint limit)
{
  WfEventBatch *batch = g_new0 (WfEventBatch, 1);
  guint until =
      MIN (from + (state->ignores_limit ? G_MAXUINT / 2 : MIN (limit, state->most_events)),
           state->events->len);

  batch->events = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_event_unref);
  batch->problems = wf_problems_new (NULL);
  for (guint i = from; i < until; i++)
    read_event (state, i, batch);
  batch->next_cursor = g_strdup_printf ("c%u", until);
  batch->more = until < state->events->len;
  return batch;
}

static GTask *
take_held (WfScriptedCrm *self)
{
  g_clear_signal_handler (&self->held_handler, self->held_cancellable);
  g_clear_object (&self->held_cancellable);
  wf_alarm_set (self->held_end, WF_INSTANT_NONE);
  return g_steal_pointer (&self->held);
}

static void
answer_held (WfScriptedCrm *self)
{
  if (self->held != NULL)
    end (self, take_held (self), FALSE, make_batch (self->state, self->held_from, self->held_limit),
         (GDestroyNotify) wf_event_batch_free);
}

static void
on_held_end (WfAlarmReason reason, gpointer user_data)
{
  if (reason == WF_ALARM_DUE)
    answer_held (user_data);
}

static void
on_held_cancelled (GCancellable *cancellable, gpointer user_data)
{
  WfScriptedCrm *self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->held);

  /* The handler cannot be disconnected from within itself: the next poll or the end does it. */
  wf_alarm_set (self->held_end, WF_INSTANT_NONE);
  if (task != NULL)
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

static void
hold (WfScriptedCrm *self, GTask *task, guint from, guint limit, guint wait)
{
  g_clear_signal_handler (&self->held_handler, self->held_cancellable);
  g_clear_object (&self->held_cancellable);
  self->held = task;
  self->held_from = from;
  self->held_limit = limit;
  if (g_task_get_cancellable (task) != NULL)
    {
      self->held_cancellable = g_object_ref (g_task_get_cancellable (task));
      self->held_handler = g_signal_connect (self->held_cancellable, "cancelled",
                                             G_CALLBACK (on_held_cancelled), self);
    }
  wf_alarm_set (self->held_end, wf_clock_now (self->state->clock) + wait * G_TIME_SPAN_SECOND);
}

static void
poll_events_async (WfCrm *crm, const char *cursor, guint limit, guint wait,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  State *state = self->state;
  guint64 from = state->oldest;
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_POLL, &lost, cancellable, callback, user_data);

  if (task == NULL)
    return;
  g_assert_null (self->held);
  if (g_strcmp0 (cursor, "now") == 0)
    from = state->events->len;
  else if (cursor != NULL)
    g_assert_true (g_ascii_string_to_unsigned (cursor + 1, 10, 0, G_MAXUINT, &from, NULL));
  if (from < state->oldest)
    {
      g_task_return_error (task, make_error (WF_CRM_ERROR_CURSOR_EXPIRED, 0));
      g_object_unref (task);
    }
  else if (wait > 0 && from >= state->events->len && !lost)
    hold (self, task, (guint) from, limit, wait);
  else
    end (self, task, lost, make_batch (state, (guint) from, limit),
         (GDestroyNotify) wf_event_batch_free);
}

/* -- activities -------------------------------------------------------------------------------- */

#define LONG_AGO (200 * G_TIME_SPAN_DAY)

static WfScriptedCall
get_kind_of_list (WfScriptedCrm *self, const WfCrmActivityQuery *query)
{
  return !query->only_open && query->updated_after != WF_INSTANT_NONE &&
                 wf_clock_now (self->state->clock) - query->updated_after > LONG_AGO
             ? WF_SCRIPTED_PAST
             : WF_SCRIPTED_LIST;
}

static void
list_activities_async (WfCrm *crm, const WfCrmActivityQuery *query, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task =
      begin (self, get_kind_of_list (self, query), &lost, cancellable, callback, user_data);
  guint64 from = 0;

  if (task == NULL)
    return;
  if (query->page != NULL)
    g_assert_true (g_ascii_string_to_unsigned (query->page, 10, 0, G_MAXUINT, &from, NULL));

  /* Pages of three, so that there are several. */
  WfActivityPage *page = g_new0 (WfActivityPage, 1);
  page->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  for (; from < self->state->activities->len; from++)
    {
      WfActivity *activity = g_ptr_array_index (self->state->activities, from);

      const WfInstant *updated = g_hash_table_lookup (self->state->updated, activity->id);

      if ((query->only_open && activity->status != WF_ACTIVITY_OPEN) ||
          (query->updated_after != WF_INSTANT_NONE && *updated <= query->updated_after) ||
          (query->person != NULL && g_strcmp0 (query->person, activity->person) != 0))
        continue;
      if (page->activities->len == 3)
        {
          page->next_page = g_strdup_printf ("%" G_GUINT64_FORMAT, from);
          break;
        }
      g_ptr_array_add (page->activities, wf_activity_copy (activity));
    }
  end (self, task, lost, page, (GDestroyNotify) wf_activity_page_free);
}

static void
free_error (gpointer error)
{
  if (error != NULL)
    g_error_free (error);
}

static GError *
create_one (State *state, WfActivity *activity)
{
  if (state->refused_type != NULL && g_str_equal (activity->type, state->refused_type))
    {
      note (state, "refused %s", activity->id);
      return make_error (state->refusal, 0);
    }
  if (g_hash_table_contains (state->by_id, activity->id))
    {
      note (state, "exists %s", activity->id);
      return NULL;
    }
  note (state, "create %s", activity->id);
  tell (state, "activity.created", store (state, activity), activity->cause);
  return NULL;
}

static gboolean
chokes (State *state, GPtrArray *activities)
{
  for (guint i = 0; state->choking_type != NULL && i < activities->len; i++)
    if (g_str_equal (((WfActivity *) g_ptr_array_index (activities, i))->type, state->choking_type))
      return TRUE;
  return FALSE;
}

static void
create_activities_async (WfCrm *crm, GPtrArray *activities, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_CREATE, &lost, cancellable, callback, user_data);

  if (task == NULL)
    return;
  if (chokes (self->state, activities))
    {
      g_task_return_error (task, make_error (WF_CRM_ERROR_INVALID, 0));
      g_object_unref (task);
      return;
    }

  GPtrArray *answers = g_ptr_array_new_with_free_func (free_error);
  for (guint i = 0; i < activities->len; i++)
    g_ptr_array_add (answers, create_one (self->state, g_ptr_array_index (activities, i)));
  end (self, task, lost, answers, (GDestroyNotify) g_ptr_array_unref);
}

static const char *
apply (State *state, WfActivity *activity, const WfActivityChange *change)
{
  const char *type = "activity.updated";

  if (change->status != NULL)
    {
      for (guint i = 0; wf_activity_status_names[i] != NULL; i++)
        if (g_str_equal (change->status, wf_activity_status_names[i]))
          activity->status = (WfActivityStatus) i;
      activity->completed = activity->status == WF_ACTIVITY_OPEN   ? WF_INSTANT_NONE
                            : change->completed != WF_INSTANT_NONE ? change->completed
                                                                   : wf_clock_now (state->clock);
      g_set_str (&activity->outcome,
                 change->outcome != NULL && *change->outcome != '\0' ? change->outcome : NULL);
      if (activity->status == WF_ACTIVITY_DONE)
        type = "activity.completed";
    }
  if (change->person != NULL)
    {
      g_set_str (&activity->person, *change->person != '\0' ? change->person : NULL);
      type = "activity.reassigned";
    }
  if (change->due != WF_INSTANT_NONE)
    {
      activity->due = change->due;
      if (change->ends != 0 && change->ends != WF_INSTANT_NONE)
        activity->ends = change->ends;
      activity->pinned |= change->reason != NULL; /* a person's doing (S7) */
    }
  else if (change->ends != 0 && change->ends != WF_INSTANT_NONE)
    activity->ends = change->ends;
  if (change->pin != WF_PIN_LEAVE)
    activity->pinned = change->pin == WF_PIN_SET;
  if (change->remind != WF_INSTANT_NONE)
    activity->remind = change->remind;
  if (change->comment != NULL)
    g_hash_table_add (state->comments, change->comment_key != NULL ? g_strdup (change->comment_key)
                                                                   : wf_uuid_new ());
  return type;
}

static void
change_activity_async (WfCrm *crm, const char *id, const char *etag, const WfActivityChange *change,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  State *state = self->state;
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_CHANGE, &lost, cancellable, callback, user_data);

  if (task == NULL)
    return;

  WfActivity *activity = g_hash_table_lookup (state->by_id, id);
  if (activity == NULL || g_strcmp0 (activity->etag, etag) != 0)
    {
      g_task_return_error (
          task, make_error (activity == NULL ? WF_CRM_ERROR_NOT_FOUND : WF_CRM_ERROR_CONFLICT, 0));
      g_object_unref (task);
      return;
    }
  note (state, "change %s%s%s%s%s%s%s", id, change->status != NULL ? " " : "",
        change->status != NULL ? change->status : "", change->person != NULL ? " person " : "",
        change->person != NULL ? change->person : "", change->due != WF_INSTANT_NONE ? " due" : "",
        change->comment != NULL ? " comment" : "");
  const char *type = apply (state, activity, change);
  stamp (state, activity);
  tell (state, type, activity, NULL);
  end (self, task, lost, wf_activity_copy (activity), (GDestroyNotify) wf_activity_unref);
}

static void
get_activity_async (WfCrm *crm, const char *id, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_GET, &lost, cancellable, callback, user_data);

  if (task == NULL)
    return;

  WfActivity *activity = g_hash_table_lookup (self->state->by_id, id);
  if (activity == NULL ||
      (!sees_everyone (self) && g_strcmp0 (activity->person, self->person) != 0))
    {
      g_task_return_error (task, make_error (WF_CRM_ERROR_NOT_FOUND, 0));
      g_object_unref (task);
      return;
    }
  end (self, task, lost, wf_activity_copy (activity), (GDestroyNotify) wf_activity_unref);
}

static void
send_message_async (WfCrm *crm, const WfCrmMessage *message, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_MESSAGE, &lost, cancellable, callback, user_data);

  if (task == NULL)
    return;
  if (!g_hash_table_add (self->state->messages, g_strdup (message->key)))
    {
      g_task_return_error (task, make_error (WF_CRM_ERROR_ALREADY_EXISTS, 0));
      g_object_unref (task);
      return;
    }
  note (self->state, "message %s", message->key);
  end (self, task, lost, GINT_TO_POINTER (TRUE), NULL);
}

static gboolean
send_message_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/* -- actions ----------------------------------------------------------------------------------- */

static Performed *
find_performed (State *state, const char *key)
{
  for (guint i = 0; i < state->actions->len; i++)
    {
      Performed *performed = g_ptr_array_index (state->actions, i);

      if (g_str_equal (performed->action->key, key))
        return performed;
    }
  return NULL;
}

/* B10: people's absences are in the document that everyone reads. */
static void
change_absences (State *state, const WfAction *action)
{
  const char *person = wf_action_get_text (action, "person");
  g_autoptr (WfAbsence) absence = wf_absence_read (wf_action_get_member (action, "absence"), NULL);
  WfOrganisation *changed =
      absence != NULL ? wf_organisation_with_absence (state->organisation, person, absence)
                      : wf_organisation_end_absence (state->organisation, person,
                                                     wf_action_get_text (action, "absence"),
                                                     wf_clock_now (state->clock));

  if (changed == NULL)
    return;
  wf_organisation_unref (state->organisation);
  state->organisation = changed;
  tell (state, "organisation.changed", NULL, NULL);
}

static Performed *
carry_out (State *state, WfAction *action)
{
  const ActionScript *script = &state->scripts[action->kind];
  Performed *performed = g_new0 (Performed, 1);

  performed->action = wf_action_ref (action);
  performed->lead = g_strdup (script->lead);
  performed->note = g_strdup (script->note);
  g_ptr_array_add (state->actions, performed);
  note (state, "perform %s %s", action->key, wf_action_kind_names[action->kind]);
  if (action->kind == WF_ACTION_SET_ABSENCE || action->kind == WF_ACTION_END_ABSENCE)
    change_absences (state, action);
  return performed;
}

static void
perform_async (WfCrm *crm, WfAction *action, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  State *state = self->state;
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_PERFORM, &lost, cancellable, callback, user_data);

  if (task == NULL)
    return;
  if (state->scripts[action->kind].refuses)
    {
      note (state, "refused %s", action->key);
      g_task_return_error (task, make_error (state->scripts[action->kind].refusal, 0));
      g_object_unref (task);
      return;
    }
  const Performed *performed = find_performed (state, action->key);
  if (performed == NULL && self->may_not_perform)
    {
      note (state, "forbidden %s", action->key);
      g_task_return_error (task, make_error (WF_CRM_ERROR_FORBIDDEN, 0));
      g_object_unref (task);
      return;
    }
  if (performed != NULL)
    note (state, "performed %s", action->key);
  else
    performed = carry_out (state, action);

  WfCrmActionResult *result = g_new0 (WfCrmActionResult, 1);
  if (performed->lead != NULL)
    result->lead = wf_json_document_parse (performed->lead, -1, 0, NULL);
  result->note = g_strdup (performed->note);
  end (self, task, lost, result, (GDestroyNotify) wf_crm_action_result_free);
}

/* -- leads and comments ------------------------------------------------------------------------ */

#define DOCUMENTS_OF_PAGE 3

/* Those that may be seen, from a place on, in pages. Takes task and documents. */
static void
answer_documents (WfScriptedCrm *self, GTask *task, gboolean lost, GPtrArray *documents,
                  const char *page)
{
  WfDocumentPage *answer = g_new0 (WfDocumentPage, 1);
  guint64 from = 0;

  if (page != NULL)
    g_assert_true (g_ascii_string_to_unsigned (page, 10, 0, G_MAXUINT, &from, NULL));
  answer->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_json_document_unref);
  for (guint64 i = from; i < documents->len && i < from + DOCUMENTS_OF_PAGE; i++)
    g_ptr_array_add (answer->documents, wf_json_document_ref (g_ptr_array_index (documents, i)));
  if (from + DOCUMENTS_OF_PAGE < documents->len)
    answer->next_page = g_strdup_printf ("%" G_GUINT64_FORMAT, from + DOCUMENTS_OF_PAGE);
  g_ptr_array_unref (documents);
  end (self, task, lost, answer, (GDestroyNotify) wf_document_page_free);
}

static gboolean
is_listed (WfScriptedCrm *self, const WfJson *lead, WfInstant updated_after)
{
  const char *owner = wf_json_get_member_string (lead, "owner");
  const char *text = wf_json_get_member_string (lead, "updated");
  WfInstant updated = G_MAXINT64;

  if (text != NULL)
    g_assert_true (wf_instant_parse (text, &updated));
  return updated > updated_after &&
         (sees_everyone (self) || owner == NULL || g_strcmp0 (owner, self->person) == 0);
}

static void
list_leads_async (WfCrm *crm, WfInstant updated_after, const char *page, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_LEADS, &lost, cancellable, callback, user_data);
  GPtrArray *listed;

  if (task == NULL)
    return;
  listed = g_ptr_array_new ();
  for (guint i = 0; i < self->state->leads->len; i++)
    if (is_listed (self, wf_json_document_get_root (g_ptr_array_index (self->state->leads, i)),
                   updated_after))
      g_ptr_array_add (listed, g_ptr_array_index (self->state->leads, i));
  answer_documents (self, task, lost, listed, page);
}

static void
list_comments_async (WfCrm *crm, const char *lead, const char *page, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (crm);
  gboolean lost;
  GTask *task = begin (self, WF_SCRIPTED_COMMENTS, &lost, cancellable, callback, user_data);
  GPtrArray *said;

  if (task == NULL)
    return;
  said = g_ptr_array_new ();
  for (guint i = self->state->said->len; i-- > 0;)
    if (g_strcmp0 (
            wf_json_get_member_string (
                wf_json_document_get_root (g_ptr_array_index (self->state->said, i)), "lead"),
            lead) == 0)
      g_ptr_array_add (said, g_ptr_array_index (self->state->said, i));
  answer_documents (self, task, lost, said, page);
}

static WfJsonDocument *
read_document (const char *json)
{
  g_autoptr (GError) error = NULL;
  WfJsonDocument *document = wf_json_document_parse (json, -1, 0, &error);

  g_assert_no_error (error);
  g_assert_nonnull (wf_json_get_member_string (wf_json_document_get_root (document), "id"));
  return document;
}

void
wf_scripted_crm_put_lead (WfScriptedCrm *self, const char *json)
{
  GPtrArray *leads = self->state->leads;
  WfJsonDocument *lead = read_document (json);
  const char *id = wf_json_get_member_string (wf_json_document_get_root (lead), "id");

  for (guint i = 0; i < leads->len; i++)
    if (g_strcmp0 (wf_json_get_member_string (
                       wf_json_document_get_root (g_ptr_array_index (leads, i)), "id"),
                   id) == 0)
      {
        g_ptr_array_remove_index (leads, i);
        break;
      }
  g_ptr_array_add (leads, lead);
}

void
wf_scripted_crm_put_comment (WfScriptedCrm *self, const char *json)
{
  g_ptr_array_add (self->state->said, read_document (json));
}

static void
crm_init (WfCrmInterface *iface)
{
  iface->list_leads_async = list_leads_async;
  iface->list_leads_finish = (gpointer) finish;
  iface->list_comments_async = list_comments_async;
  iface->list_comments_finish = (gpointer) finish;
  iface->open_async = open_async;
  iface->open_finish = (gpointer) finish;
  iface->get_organisation_async = get_organisation_async;
  iface->get_organisation_finish = (gpointer) finish;
  iface->poll_events_async = poll_events_async;
  iface->poll_events_finish = (gpointer) finish;
  iface->list_activities_async = list_activities_async;
  iface->list_activities_finish = (gpointer) finish;
  iface->create_activities_async = create_activities_async;
  iface->create_activities_finish = (gpointer) finish;
  iface->change_activity_async = change_activity_async;
  iface->change_activity_finish = (gpointer) finish;
  iface->get_activity_async = get_activity_async;
  iface->get_activity_finish = (gpointer) finish;
  iface->send_message_async = send_message_async;
  iface->send_message_finish = send_message_finish;
  iface->list_workflows_async = list_workflows_async;
  iface->list_workflows_finish = (gpointer) finish;
  iface->save_workflow_async = save_workflow_async;
  iface->save_workflow_finish = (gpointer) finish;
  iface->perform_async = perform_async;
  iface->perform_finish = (gpointer) finish;
}

/* -- the object -------------------------------------------------------------------------------- */

static void
wf_scripted_crm_dispose (GObject *object)
{
  WfScriptedCrm *self = WF_SCRIPTED_CRM (object);

  if (self->state != NULL)
    {
      g_clear_signal_handler (&self->held_handler, self->held_cancellable);
      g_clear_object (&self->held_cancellable);
      g_clear_object (&self->held);
      g_clear_pointer (&self->held_end, wf_alarm_free);
      g_ptr_array_remove (self->state->connections, self);
    }
  g_clear_pointer (&self->state, state_unref);
  g_clear_pointer (&self->person, g_free);
  G_OBJECT_CLASS (wf_scripted_crm_parent_class)->dispose (object);
}

static void
wf_scripted_crm_class_init (WfScriptedCrmClass *class)
{
  G_OBJECT_CLASS (class)->dispose = wf_scripted_crm_dispose;
}

static void
wf_scripted_crm_init (WfScriptedCrm *self)
{
}

static WfScriptedCrm *
new_connection (State *state, const char *person)
{
  WfScriptedCrm *self = g_object_new (WF_TYPE_SCRIPTED_CRM, NULL);

  self->state = state;
  self->person = g_strdup (person);
  self->held_end = wf_clock_new_alarm (state->clock, on_held_end, self);
  g_ptr_array_add (state->connections, self);
  return self;
}

WfScriptedCrm *
wf_scripted_crm_new (WfClock *clock, const char *person)
{
  State *state = g_new0 (State, 1);

  g_atomic_ref_count_init (&state->ref_count);
  state->clock = g_object_ref (clock);
  state->events = g_ptr_array_new_with_free_func (g_free);
  state->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  state->updated = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  state->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  state->workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_crm_workflow_free);
  state->messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  state->comments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  state->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) performed_free);
  state->leads = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_json_document_unref);
  state->said = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_json_document_unref);
  state->journal = g_ptr_array_new_with_free_func (g_free);
  state->connections = g_ptr_array_new ();
  state->most_events = 1000;
  g_queue_init (&state->failures);

  WfScriptedCrm *self = new_connection (state, person);
  wf_scripted_crm_set_organisation (self, default_organisation);
  g_ptr_array_set_size (state->events, 0);
  return self;
}

WfScriptedCrm *
wf_scripted_crm_new_peer (WfScriptedCrm *self, const char *person)
{
  g_atomic_ref_count_inc (&self->state->ref_count);
  return new_connection (self->state, person);
}

void
wf_scripted_crm_set_organisation (WfScriptedCrm *self, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, &error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  g_assert_no_error (error);
  g_clear_pointer (&self->state->organisation, wf_organisation_unref);
  self->state->organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  g_assert_nonnull (self->state->organisation);
  tell (self->state, "organisation.changed", NULL, NULL);
}

void
wf_scripted_crm_put_workflow (WfScriptedCrm *self, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, &error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow = NULL;

  g_assert_no_error (error);
  workflow = wf_workflow_read (wf_json_document_get_root (document), problems);
  g_assert_nonnull (workflow);
  g_assert_false (wf_problems_has_errors (problems));
  put_workflow (self->state, workflow, "carla");
}

const char *
wf_scripted_crm_get_workflow_etag (WfScriptedCrm *self, const char *id)
{
  const WfCrmWorkflow *item = find_workflow (self->state, id);

  return item != NULL ? item->etag : NULL;
}

WfWorkflow *
wf_scripted_crm_get_workflow (WfScriptedCrm *self, const char *id)
{
  const WfCrmWorkflow *item = find_workflow (self->state, id);

  return item != NULL ? item->workflow : NULL;
}

void
wf_scripted_crm_add_event (WfScriptedCrm *self, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, &error);

  g_assert_no_error (error);
  add_text (self->state, g_strdup (json));
}

void
wf_scripted_crm_add_malformed_event (WfScriptedCrm *self)
{
  add_text (self->state, NULL);
}

void
wf_scripted_crm_put_activity (WfScriptedCrm *self, WfActivity *activity)
{
  State *state = self->state;
  WfActivity *old = g_hash_table_lookup (state->by_id, activity->id);

  if (old == NULL)
    {
      tell (state, "activity.created", store (state, activity), NULL);
      return;
    }

  const char *type = activity->status == WF_ACTIVITY_DONE && old->status != WF_ACTIVITY_DONE
                         ? "activity.completed"
                     : g_strcmp0 (activity->person, old->person) != 0 ? "activity.reassigned"
                                                                      : "activity.updated";
  guint index = 0;
  g_assert_true (g_ptr_array_find (state->activities, old, &index));
  WfActivity *stored = wf_activity_copy (activity);
  stamp (state, stored);
  g_hash_table_replace (state->by_id, stored->id, stored);
  wf_activity_unref (old);
  g_ptr_array_index (state->activities, index) = stored;
  tell (state, type, stored, NULL);
}

WfActivity *
wf_scripted_crm_get_activity (WfScriptedCrm *self, const char *id)
{
  return g_hash_table_lookup (self->state->by_id, id);
}

guint
wf_scripted_crm_get_n_activities (WfScriptedCrm *self)
{
  return self->state->activities->len;
}

WfActivity *
wf_scripted_crm_get_activity_at (WfScriptedCrm *self, guint index)
{
  g_assert_cmpuint (index, <, self->state->activities->len);
  return g_ptr_array_index (self->state->activities, index);
}

guint
wf_scripted_crm_get_n_messages (WfScriptedCrm *self)
{
  return g_hash_table_size (self->state->messages);
}

guint
wf_scripted_crm_get_n_comments (WfScriptedCrm *self)
{
  return g_hash_table_size (self->state->comments);
}

guint
wf_scripted_crm_get_n_actions (WfScriptedCrm *self)
{
  return self->state->actions->len;
}

WfAction *
wf_scripted_crm_get_action_at (WfScriptedCrm *self, guint index)
{
  g_assert_cmpuint (index, <, self->state->actions->len);
  return ((Performed *) g_ptr_array_index (self->state->actions, index))->action;
}

WfAction *
wf_scripted_crm_get_action (WfScriptedCrm *self, const char *key)
{
  const Performed *performed = find_performed (self->state, key);

  return performed != NULL ? performed->action : NULL;
}

void
wf_scripted_crm_answer_action (WfScriptedCrm *self, WfActionKind kind, const char *lead,
                               const char *note_text)
{
  ActionScript *script = &self->state->scripts[kind];
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = lead != NULL ? wf_json_document_parse (lead, -1, 0, &error)
                                                     : NULL;

  g_assert_no_error (error);
  g_set_str (&script->lead, lead);
  g_set_str (&script->note, note_text);
}

void
wf_scripted_crm_echo_action (WfScriptedCrm *self, WfAction *action, const char *type,
                             const char *data)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) more = data != NULL ? wf_json_document_parse (data, -1, 0, &error)
                                                 : NULL;
  g_autofree char *id = g_strdup_printf ("s-%u", self->state->events->len + 1);

  g_assert_no_error (error);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "specversion", "1.0");
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "source", SOURCE);
  wf_json_writer_add_string (writer, "type", type);
  add_instant (writer, "time", wf_clock_now (self->state->clock));
  wf_json_writer_begin_object (writer, "data");
  if (action->lead != NULL &&
      wf_json_get_member (more != NULL ? wf_json_document_get_root (more) : NULL, "lead") == NULL)
    {
      wf_json_writer_begin_object (writer, "lead");
      wf_json_writer_add_string (writer, "id", action->lead);
      wf_json_writer_end (writer);
    }
  wf_json_writer_add_string (writer, "cause", action->cause);
  if (more != NULL)
    wf_json_writer_add_members (writer, wf_json_document_get_root (more));
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  add_text (self->state, wf_json_writer_finish (writer, FALSE));
}

void
wf_scripted_crm_expire_events (WfScriptedCrm *self)
{
  self->state->oldest = self->state->events->len;
}

static void
add_failure (State *state, guint times, const Failure *failure)
{
  for (guint i = 0; i < times; i++)
    {
      Failure *copy = g_new (Failure, 1);

      *copy = *failure;
      g_queue_push_tail (&state->failures, copy);
    }
}

void
wf_scripted_crm_fail (WfScriptedCrm *self, WfScriptedCall call, guint times, WfCrmError code,
                      guint retry_after)
{
  add_failure (self->state, times,
               &(Failure) { .call = call, .code = code, .retry_after = retry_after });
}

void
wf_scripted_crm_lose_answer (WfScriptedCrm *self, WfScriptedCall call, guint times)
{
  add_failure (self->state, times, &(Failure) { .call = call, .carried_out = TRUE });
}

void
wf_scripted_crm_refuse_type (WfScriptedCrm *self, const char *type, WfCrmError code)
{
  g_set_str (&self->state->refused_type, type);
  self->state->refusal = code;
}

void
wf_scripted_crm_choke_on_type (WfScriptedCrm *self, const char *type)
{
  g_set_str (&self->state->choking_type, type);
}

void
wf_scripted_crm_refuse_action (WfScriptedCrm *self, WfActionKind kind, WfCrmError code)
{
  self->state->scripts[kind].refuses = TRUE;
  self->state->scripts[kind].refusal = code;
}

void
wf_scripted_crm_accept_actions (WfScriptedCrm *self)
{
  for (guint i = 0; i < WF_N_ACTION_KINDS; i++)
    self->state->scripts[i].refuses = FALSE;
}

void
wf_scripted_crm_set_may_perform (WfScriptedCrm *self, gboolean may_perform)
{
  self->may_not_perform = !may_perform;
}

void
wf_scripted_crm_set_offline (WfScriptedCrm *self, gboolean offline)
{
  State *state = self->state;

  state->offline = offline;
  for (guint i = 0; offline && i < state->connections->len; i++)
    {
      WfScriptedCrm *connection = g_ptr_array_index (state->connections, i);

      if (connection->held == NULL)
        continue;
      g_autoptr (GTask) task = take_held (connection);
      g_task_return_error (task, make_error (WF_CRM_ERROR_OFFLINE, 0));
    }
}

void
wf_scripted_crm_set_most_events (WfScriptedCrm *self, guint most)
{
  self->state->most_events = most;
}

void
wf_scripted_crm_set_ignores_limit (WfScriptedCrm *self, gboolean ignores)
{
  self->state->ignores_limit = ignores;
}

void
wf_scripted_crm_set_hook (WfScriptedCrm *self, WfScriptedHook hook, gpointer user_data)
{
  self->state->hook = hook;
  self->state->hook_data = user_data;
}

guint
wf_scripted_crm_count_calls (WfScriptedCrm *self, WfScriptedCall call)
{
  return self->state->n_calls[call];
}

GPtrArray *
wf_scripted_crm_get_journal (WfScriptedCrm *self)
{
  return self->state->journal;
}

gboolean
wf_scripted_crm_is_waiting (WfScriptedCrm *self)
{
  return self->held != NULL;
}
