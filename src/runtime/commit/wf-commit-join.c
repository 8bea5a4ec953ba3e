/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining instead of duplicating (B8, S15): one open activity serves several reasons, and several
 * runs wait for it. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include "wf-explanation.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

/* Joining policy. Effect keys do not depend on it: each computer decides for itself, and only
 * from what the CRM has confirmed. Whoever is in doubt creates: two activities are a nuisance,
 * none would be a loss. */

/* -- which ------------------------------------------------------------------------------------- */

static const WfCreateActivity *
get_settings (const WfEffect *effect)
{
  const WfStep *step = wf_workflow_find_step (effect->workflow, effect->step);

  return step != NULL && wf_step_kind_is_activity (step->kind) ? &step->create_activity : NULL;
}

/* Whoever of a group is chosen next may as well be the one who has it already. */
static gboolean
goes_to_anybody (const WfCreateActivity *settings)
{
  return settings->assignee != NULL && (g_str_has_prefix (settings->assignee, "round-robin:") ||
                                        g_str_has_prefix (settings->assignee, "least-loaded:"));
}

static gboolean
can_join (const WfActivity *open, const WfActivity *wanted, const WfCreateActivity *settings)
{
  return open->sync == WF_SYNC_CONFIRMED && open->kind == wanted->kind &&
         g_strcmp0 (open->type, wanted->type) == 0 && g_strcmp0 (open->id, wanted->id) != 0 &&
         (goes_to_anybody (settings) || g_strcmp0 (open->person, wanted->person) == 0);
}

WfActivity *
wf_commit_find_joinable (WfCommit *self, const WfEffect *effect)
{
  const WfCreateActivity *settings = get_settings (effect);

  if (settings == NULL || !settings->join || effect->lead == NULL)
    return NULL;

  g_autoptr (GPtrArray) open = wf_commit_list_open (self, effect->lead);
  for (guint i = 0; i < open->len; i++)
    {
      WfActivity *activity = g_ptr_array_index (open, i);

      if (can_join (activity, effect->activity, settings))
        return wf_activity_ref (activity);
    }
  return NULL;
}

/* -- joining ----------------------------------------------------------------------------------- */

static gboolean
log_join (WfCommit *self, const WfActivity *open, const WfActivity *after, const WfActivity *wanted,
          GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *due_before = wf_instant_format_utc (open->due);
  g_autofree char *due = wf_instant_format_utc (after->due);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "activity", open->id);
  wf_json_writer_add_string (writer, "workflow", wanted->workflow);
  wf_json_writer_add_string (writer, "name", wanted->workflow_name);
  wf_json_writer_add_string (writer, "step", wanted->step);
  wf_json_writer_add_string (writer, "event-id", wanted->event_id);
  wf_json_writer_add_string (writer, "due-before", due_before);
  wf_json_writer_add_string (writer, "due", due);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", _ ("Joined an activity that was open already"), open->lead,
                        details, error);
}

gboolean
wf_commit_join_activity (WfCommit *self, const WfActivity *open, const WfActivity *wanted,
                         GError **error)
{
  g_autoptr (WfActivity) after = wf_activity_copy (open);
  gboolean sooner = !open->pinned && wanted->due < open->due;
  WfActivityChange change = {
    .due = wanted->due,
    .remind = wanted->remind, /* without a reason: it is not pinned by it (S7) */
    .completed = WF_INSTANT_NONE,
  };

  if (open->explanation != NULL && wanted->explanation != NULL)
    {
      g_free (after->explanation);
      after->explanation = wf_explanation_join (open->explanation, wanted->explanation);
    }
  self->changes->activities = TRUE;
  if (!sooner)
    return wf_store_put_activity (self->store, after, NULL, error) &&
           log_join (self, open, after, wanted, error);

  after->due = wanted->due;
  after->remind = wanted->remind;
  if (after->visible_from != WF_INSTANT_NONE && wanted->visible_from != WF_INSTANT_NONE)
    after->visible_from = MIN (after->visible_from, wanted->visible_from);
  return wf_commit_change_activity (self, open, after, &change, error) &&
         log_join (self, open, after, wanted, error);
}

/* -- runs that follow another run's activity --------------------------------------------------- */

static char *
make_fact_name (const char *activity)
{
  return g_strconcat (WF_FACT_FOLLOWED, activity, NULL);
}

static WfJsonDocument *
read_followers (WfCommit *self, const char *activity)
{
  g_autofree char *name = make_fact_name (activity);
  g_autofree char *text = wf_store_get_fact (self->store, name);

  return text != NULL ? wf_json_document_parse (text, -1, 0, NULL) : NULL;
}

gboolean
wf_commit_follow_activity (WfCommit *self, const WfRun *run, const char *key, const char *activity,
                           GError **error)
{
  g_autofree char *name = make_fact_name (activity);
  g_autoptr (WfJsonDocument) known = read_followers (self, activity);
  const WfJson *list = known != NULL ? wf_json_document_get_root (known) : NULL;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < wf_json_get_size (list); i++)
    wf_json_writer_add_value (writer, NULL, wf_json_get_element (list, i));
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "run", wf_run_get_key (run));
  wf_json_writer_add_string (writer, "key", key);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  g_autofree char *text = wf_json_writer_finish (writer, FALSE);
  return wf_store_set_fact (self->store, name, text, error);
}

static gboolean
tell_follower (WfCommit *self, const WfActivity *activity, const WfJson *follower, GError **error)
{
  const char *run = wf_json_get_member_string (follower, "run");
  const char *key = wf_json_get_member_string (follower, "key");

  if (run == NULL || key == NULL)
    return TRUE;
  if (activity->status != WF_ACTIVITY_DONE)
    return wf_commit_cancel_in_run (self, run, NULL, key,
                                    wf_activity_status_names[activity->status], error);
  return wf_commit_activity_done (
      self, run, NULL, key, activity->outcome,
      activity->completed != WF_INSTANT_NONE ? activity->completed : self->now, error);
}

gboolean
wf_commit_tell_followers (WfCommit *self, const WfActivity *activity, GError **error)
{
  g_autofree char *name = make_fact_name (activity->id);
  g_autoptr (WfJsonDocument) known = read_followers (self, activity->id);
  const WfJson *list = known != NULL ? wf_json_document_get_root (known) : NULL;

  if (list == NULL)
    return TRUE;
  for (guint i = 0; i < wf_json_get_size (list); i++)
    if (!tell_follower (self, activity, wf_json_get_element (list, i), error))
      return FALSE;
  return wf_store_set_fact (self->store, name, NULL, error);
}
