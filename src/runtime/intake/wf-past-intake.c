/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done before this computer was connected is read from the CRM, page by page, behind
 * everything else: reports are about that too. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include "wf-instant.h"
#include "wf-json-writer.h"

/* Policy. The first reading asks for open activities only, so that the person can begin. What was
 * closed within the time for which everything is kept (S29) follows when there is nothing else to
 * do: one page at a time, between two pages events are asked for, and a page is written in
 * portions that let other transactions go first. It is silent: nothing of the past reminds,
 * announces, becomes late or starts a step. Events and the other readings know better what is
 * stored already; only what is open here and closed there ends here too, as any other reading
 * would have it. The place that was reached is kept with the last portion of each page, so a
 * restart goes on there; whoever sees more than before, or is somebody else, begins again.
 * Failures have a pause of their own and hold nothing else up; a wrong token is everybody's. A CRM
 * that has no list of activities, or none for these eyes, has no past to tell. */
#define PORTION 200

/* -- what is known of it ----------------------------------------------------------------------- */

void
wf_past_init (WfRuntime *self, WfAlarmFunc resume)
{
  WfPast *past = &self->intake.past;

  wf_channel_init (&past->channel, self->clock, resume, self);
  past->since = WF_INSTANT_NONE;
}

void
wf_past_clear (WfRuntime *self)
{
  WfPast *past = &self->intake.past;

  wf_channel_clear (&past->channel);
  g_clear_pointer (&past->person, g_free);
  g_clear_pointer (&past->page, g_free);
}

/* {"since", "person", "page", "done"}; person: only whose; page: where to go on. */
void
wf_past_begin (WfRuntime *self, const char *fact)
{
  WfPast *past = &self->intake.past;
  g_autoptr (WfJsonDocument) document = fact != NULL ? wf_json_document_parse (fact, -1, 0, NULL)
                                                     : NULL;
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;
  const char *since = wf_json_get_member_string (root, "since");

  if (since == NULL || !wf_instant_parse (since, &past->since))
    return;
  g_set_str (&past->person, wf_json_get_member_string (root, "person"));
  g_set_str (&past->page, wf_json_get_member_string (root, "page"));
  past->done = wf_json_get_boolean (wf_json_get_member (root, "done"), FALSE);
}

void
wf_past_read_again (WfRuntime *self)
{
  WfPast *past = &self->intake.past;

  past->since = WF_INSTANT_NONE;
  past->done = FALSE;
  g_clear_pointer (&past->page, g_free);
}

static const char *
get_wanted_person (WfRuntime *self)
{
  return wf_runtime_sees_everyone (self) ? NULL : self->person;
}

/* What was read for everyone is enough for one person too. */
static gboolean
is_of_scope (WfRuntime *self)
{
  const WfPast *past = &self->intake.past;

  return past->since != WF_INSTANT_NONE &&
         (past->person == NULL || g_strcmp0 (past->person, get_wanted_person (self)) == 0);
}

gboolean
wf_past_is_wanted (WfRuntime *self)
{
  return !self->intake.past.done || !is_of_scope (self);
}

gboolean
wf_past_is_next (WfRuntime *self)
{
  const WfIntake *intake = &self->intake;

  return intake->caught_up && !intake->need_leads && !intake->past.channel.paused &&
         wf_past_is_wanted (self);
}

/* -- writing a page ---------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *activities; /* (owned) of WfActivity, the whole page */
  guint from, n;
  WfInstant since;
  char *fact; /* (owned) (nullable) with the last portion */
} Portion;

static void
portion_free (Portion *self)
{
  g_ptr_array_unref (self->activities);
  g_free (self->fact);
  g_free (self);
}

static gboolean
store_new (WfCommit *self, WfActivity *activity, GError **error)
{
  g_autofree char *run_key = wf_store_get_activity_run (self->store, activity->id);

  activity->sync = WF_SYNC_CONFIRMED;
  self->changes->activities = TRUE;
  return wf_store_put_activity (self->store, activity, run_key, error);
}

static gboolean
store_one (WfCommit *self, WfActivity *activity, WfInstant since, GError **error)
{
  if (activity->status == WF_ACTIVITY_OPEN)
    return TRUE;

  g_autoptr (WfActivity) known = wf_store_get_activity (self->store, activity->id);
  if (known != NULL)
    return known->status != WF_ACTIVITY_OPEN || wf_commit_store_activity (self, activity, error);
  /* Touched since, but over for longer than anything is kept. */
  if (!wf_commit_keeps (self, activity->person) ||
      (activity->completed != WF_INSTANT_NONE && activity->completed < since))
    return TRUE;
  return store_new (self, activity, error);
}

static gpointer
store_portion (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Portion *portion = self->arguments;

  self->store = store;
  wf_store_set_now (store, self->now);
  for (guint i = 0; i < portion->n; i++)
    if (!store_one (self, g_ptr_array_index (portion->activities, portion->from + i),
                    portion->since, error))
      return NULL;
  if (portion->fact != NULL && !wf_store_set_fact (store, WF_FACT_PAST, portion->fact, error))
    return NULL;
  return wf_commit_finish (self, error);
}

static char *
write_fact (const WfPast *past, const char *next_page)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *since = wf_instant_format_utc (past->since);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "since", since);
  wf_json_writer_add_string (writer, "person", past->person);
  wf_json_writer_add_string (writer, "page", next_page);
  if (next_page == NULL)
    wf_json_writer_add_boolean (writer, "done", TRUE);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

/* A page on its way into the store. */
typedef struct
{
  GPtrArray *activities; /* (owned) */
  char *next_page;       /* (owned) (nullable) */
  guint next;
} Rest;

static void
rest_free (Rest *self)
{
  g_ptr_array_unref (self->activities);
  g_free (self->next_page);
  g_free (self);
}

static void store_next (WfRuntime *self, Rest *rest);

static void
end_page (WfRuntime *self, char *next_page)
{
  WfPast *past = &self->intake.past;

  past->turn = FALSE;
  past->done = next_page == NULL;
  g_free (past->page);
  past->page = next_page;
  wf_channel_succeed (&past->channel);
  wf_intake_step_done (self);
}

/* Its own pause: meanwhile the intake goes on. */
static void
pause_past (WfRuntime *self, const GError *error)
{
  WfPast *past = &self->intake.past;

  past->turn = FALSE;
  g_debug ("The past is not read now: error %d", error->code);
  wf_channel_fail (&past->channel, self->clock, error);
  wf_intake_step_done (self);
}

static void
on_portion_stored (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  Rest *rest = user_data;

  if (self->stopped)
    {
      rest_free (rest);
      return;
    }
  if (error == NULL && rest->next < rest->activities->len)
    {
      store_next (self, rest);
      return;
    }
  if (error != NULL)
    pause_past (self, error);
  else
    end_page (self, g_steal_pointer (&rest->next_page));
  rest_free (rest);
}

/* Takes rest. */
static void
store_next (WfRuntime *self, Rest *rest)
{
  WfCommit *commit = wf_runtime_new_commit (self);
  Portion *portion = g_new0 (Portion, 1);

  portion->activities = g_ptr_array_ref (rest->activities);
  portion->from = rest->next;
  portion->n = MIN (PORTION, rest->activities->len - rest->next);
  portion->since = self->intake.past.since;
  rest->next += portion->n;
  if (rest->next == rest->activities->len)
    portion->fact = write_fact (&self->intake.past, rest->next_page);
  commit->silent = commit->import = commit->automatic = TRUE;
  commit->arguments = portion;
  commit->arguments_free = (GDestroyNotify) portion_free;
  wf_runtime_commit (self, store_portion, commit, on_portion_stored, rest);
}

/* page: nullable: the CRM has none. */
static void
store_page (WfRuntime *self, const WfActivityPage *page)
{
  Rest *rest = g_new0 (Rest, 1);

  rest->activities = page != NULL ? g_ptr_array_ref (page->activities) : g_ptr_array_new ();
  rest->next_page = g_strdup (page != NULL ? page->next_page : NULL);
  store_next (self, rest);
}

/* -- asking for a page ------------------------------------------------------------------------- */

static gboolean
is_not_there (const GError *error)
{
  return g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN);
}

/* What the CRM says to a place that it does not know any more. */
static gboolean
is_about_place (const GError *error)
{
  return g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND);
}

static void
on_page_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivityPage) page = wf_crm_list_activities_finish (WF_CRM (source), result, &error);
  WfPast *past = &self->intake.past;

  if (self->stopped)
    return;
  if (page != NULL)
    store_page (self, page);
  else if (past->page != NULL && is_about_place (error))
    {
      /* From the beginning, after a pause; what is stored already costs little. */
      g_clear_pointer (&past->page, g_free);
      pause_past (self, error);
    }
  else if (is_not_there (error))
    store_page (self, NULL);
  else if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH))
    wf_intake_step_failed (self, error);
  else
    pause_past (self, error);
}

void
wf_intake_read_past (WfRuntime *self)
{
  WfPast *past = &self->intake.past;

  if (past->done || !is_of_scope (self))
    {
      wf_past_read_again (self);
      past->since = wf_clock_now (self->clock) - WF_RETENTION_KEPT;
      g_set_str (&past->person, get_wanted_person (self));
    }
  WfCrmActivityQuery query = {
    .person = past->person,
    .updated_after = past->since,
    .page = past->page,
  };
  wf_crm_list_activities_async (self->crm, &query, self->cancellable, on_page_read,
                                g_object_ref (self));
}
