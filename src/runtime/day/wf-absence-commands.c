/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telling of an absence and of its end (B10): everyone hears of it through the CRM's document of the
 * organisation; here it counts at once (B18). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-absence-effects.h"
#include "wf-absence.h"
#include "wf-activity-command.h"
#include "wf-command.h"

#include <glib/gi18n-lib.h>

/* What the task and the transaction share. */
typedef struct
{
  char *person;       /* (owned) */
  WfAbsence *absence; /* (owned) (nullable) */
  char *id;           /* (owned) of the absence */
  WfEngine *engine;   /* (owned) (nullable) with the changed organisation */
} Telling;

static void
telling_clear (gpointer data)
{
  Telling *self = data;

  g_free (self->person);
  g_free (self->id);
  wf_absence_free (self->absence);
  g_clear_pointer (&self->engine, wf_engine_unref);
}

static void
telling_unref (Telling *self)
{
  g_atomic_rc_box_release_full (self, telling_clear);
}

static Telling *
telling_new (const char *person, const WfAbsence *absence, const char *id)
{
  Telling *self = g_atomic_rc_box_new0 (Telling);

  self->person = g_strdup (person);
  self->absence = absence != NULL ? wf_absence_copy (absence) : NULL;
  if (self->absence != NULL && self->absence->id == NULL)
    self->absence->id = wf_uuid_new ();
  self->id = g_strdup (self->absence != NULL ? self->absence->id : id);
  return self;
}

/* -- in the store's thread --------------------------------------------------------------------- */

static gboolean
refuse (WfRuntimeError code, const char *reason, GError **error)
{
  g_set_error_literal (error, WF_RUNTIME_ERROR, code, reason);
  return FALSE;
}

/* The organisation as it is here; NULL with an error when this person may not. Borrowed. */
static WfOrganisation *
check (WfCommit *self, const Telling *telling, GError **error)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *who = organisation != NULL && self->person != NULL
                            ? wf_organisation_get_person (organisation, self->person)
                            : NULL;
  g_autofree char *reason = NULL;

  if (organisation == NULL)
    {
      refuse (WF_RUNTIME_ERROR_NOT_READY, _ ("The organisation is not known yet."), error);
      return NULL;
    }
  reason = wf_organisation_explain_absence_right (organisation, who, telling->person);
  if (reason != NULL)
    {
      refuse (WF_RUNTIME_ERROR_NOT_ALLOWED, reason, error);
      return NULL;
    }
  if (telling->absence == NULL)
    return organisation;
  reason = wf_organisation_explain_absence (organisation, telling->person, telling->absence);
  if (reason == NULL && telling->absence->until <= self->now)
    reason = g_strdup (_ ("This absence is over already."));
  if (reason == NULL)
    return organisation;
  refuse (WF_RUNTIME_ERROR_INVALID, reason, error);
  return NULL;
}

/* Absences of one person go to the CRM in their order: they share a line of the outbox, as what
 * concerns one lead does. */
static gboolean
queue (WfCommit *self, WfActionKind kind, const Telling *telling, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *key = wf_uuid_new ();
  g_autofree char *line = g_strconcat ("person/", telling->person, NULL);
  g_autoptr (WfAction) action = NULL;
  g_autofree char *payload = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "person", telling->person);
  if (kind == WF_ACTION_SET_ABSENCE)
    wf_absence_write (telling->absence, writer, "absence", NULL);
  else
    wf_json_writer_add_string (writer, "absence", telling->id);
  wf_json_writer_end (writer);
  action = wf_action_new (kind, key, NULL, wf_json_writer_finish_document (writer));
  payload = wf_action_to_text (action, TRUE);
  self->changes->outbox = TRUE;
  return wf_store_add_outbox (self->store,
                              &(WfOutboxItem) { .kind = WF_OUTBOX_PERFORM,
                                                .subject = key,
                                                .lead = line,
                                                .payload = payload,
                                                .not_before = WF_INSTANT_NONE },
                              self->now, error);
}

/* R117. before, after: as the organisation has it; nullable: none. */
static gboolean
log_telling (WfCommit *self, const char *title, const Telling *telling, const WfAbsence *before,
             const WfAbsence *after, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "person", telling->person);
  wf_json_writer_add_string (writer, "by", self->person);
  if (telling->absence != NULL)
    wf_absence_write (telling->absence, writer, "absence", NULL);
  else
    wf_json_writer_add_string (writer, "absence", telling->id);
  wf_change_write_instants (writer, "from", before != NULL ? before->from : WF_INSTANT_NONE,
                            after != NULL ? after->from : WF_INSTANT_NONE);
  wf_change_write_instants (writer, "until", before != NULL ? before->until : WF_INSTANT_NONE,
                            after != NULL ? after->until : WF_INSTANT_NONE);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", title, NULL, details, error);
}

/* The absence that it is about. organisation: nullable. Borrowed from it; NULL when there is none. */
static const WfAbsence *
find_absence (const WfOrganisation *organisation, const Telling *telling)
{
  const WfPerson *person =
      organisation != NULL ? wf_organisation_get_person (organisation, telling->person) : NULL;

  return person != NULL ? wf_person_find_absence (person, telling->id) : NULL;
}

static gpointer
finish (WfCommit *self, Telling *telling, WfOrganisation *organisation, GError **error)
{
  if (!wf_store_set_organisation (self->store, organisation, error))
    return NULL;
  telling->engine = wf_runtime_build_engine (self->store);
  self->changes->activities = TRUE;
  return wf_commit_finish (self, error);
}

static gpointer
run_set (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  Telling *telling = self->arguments;
  WfOrganisation *organisation = check (self, telling, error);
  g_autoptr (WfOrganisation) changed = NULL;

  self->store = store;
  if (organisation == NULL)
    return NULL;
  changed = wf_organisation_with_absence (organisation, telling->person, telling->absence);
  if (find_absence (changed, telling) == NULL)
    {
      refuse (WF_RUNTIME_ERROR_INVALID, _ ("The absence cannot be written down."), error);
      return NULL;
    }
  if (!wf_absence_revert (self, telling->id, error) ||
      !queue (self, WF_ACTION_SET_ABSENCE, telling, error) ||
      !wf_absence_apply (self, changed, telling->person, telling->absence, error) ||
      !log_telling (self, _ ("Absence set"), telling, find_absence (organisation, telling),
                    telling->absence, error))
    return NULL;
  return finish (self, telling, changed, error);
}

static gboolean
take_back (WfCommit *self, WfOrganisation *changed, const Telling *telling, WfInstant from,
           GError **error)
{
  return from >= self->now
             ? wf_absence_revert (self, telling->id, error)
             : wf_absence_cut_short (self, changed, telling->person, telling->id, error);
}

static gpointer
run_end (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  Telling *telling = self->arguments;
  WfOrganisation *organisation = check (self, telling, error);
  const WfAbsence *absence = find_absence (organisation, telling);
  g_autoptr (WfOrganisation) changed = NULL;

  self->store = store;
  if (organisation == NULL)
    return NULL;
  if (absence == NULL || absence->until <= self->now)
    {
      refuse (WF_RUNTIME_ERROR_NO_LONGER_APPLIES, _ ("This absence is over already."), error);
      return NULL;
    }
  changed = wf_organisation_end_absence (organisation, telling->person, telling->id, self->now);
  if (!queue (self, WF_ACTION_END_ABSENCE, telling, error) ||
      !take_back (self, changed, telling, absence->from, error) ||
      !log_telling (self, _ ("Absence ended"), telling, absence, find_absence (changed, telling),
                    error))
    return NULL;
  return finish (self, telling, changed, error);
}

/* -- entry points ------------------------------------------------------------------------------ */

static void
on_told (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Telling *telling = g_task_get_task_data (task);

  self->n_engines_made--;
  if (error == NULL && telling->engine != NULL && !self->stopped)
    {
      g_autoptr (WfChanges) changes = wf_changes_new ();

      wf_runtime_set_engine (self, telling->engine);
      wf_runtime_set_organisation (self, wf_engine_get_organisation (self->engine));
      changes->activities = TRUE;
      wf_runtime_announce (self, changes);
    }
  wf_command_return (self, task, result, error);
}

static void
tell (WfRuntime *self, GTask *task, WfStoreJob job, Telling *telling)
{
  WfCommit *commit;

  if (task == NULL)
    {
      telling_unref (telling);
      return;
    }
  g_task_set_task_data (task, telling, (GDestroyNotify) telling_unref);
  commit = wf_runtime_new_commit (self);
  commit->arguments = g_atomic_rc_box_acquire (telling);
  commit->arguments_free = (GDestroyNotify) telling_unref;
  /* Until the engine is there, the store is ahead of the one that is in use. */
  self->n_engines_made++;
  wf_runtime_commit (self, job, commit, on_told, task);
}

/**
 * wf_runtime_set_absence_async:
 * @self: a runtime
 * @person: id of who is away
 * @absence: without an id it is a new one; with the id of one that is known it takes its place
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here, with everything that it does to activities
 * @user_data: for @callback
 */
void
wf_runtime_set_absence_async (WfRuntime *self, const char *person, const WfAbsence *absence,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  tell (self,
        wf_command_begin (self, wf_runtime_set_absence_async, cancellable, callback, user_data),
        run_set, telling_new (person, absence, NULL));
}

/**
 * wf_runtime_end_absence_async:
 * @self: a runtime
 * @person: id of who was away
 * @id: of the absence
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_end_absence_async (WfRuntime *self, const char *person, const char *id,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  tell (self,
        wf_command_begin (self, wf_runtime_end_absence_async, cancellable, callback, user_data),
        run_end, telling_new (person, NULL, id));
}

/* -- preview ----------------------------------------------------------------------------------- */

void
wf_absence_effect_free (WfAbsenceEffect *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self);
}

static void
count_effect (GPtrArray *effects, const char *type, WfAbsenceTreatment treatment)
{
  WfAbsenceEffect *effect;

  for (guint i = 0; i < effects->len; i++)
    {
      effect = g_ptr_array_index (effects, i);
      if (effect->treatment == treatment && g_strcmp0 (effect->type, type) == 0)
        {
          effect->n++;
          return;
        }
    }
  effect = g_new0 (WfAbsenceEffect, 1);
  effect->type = g_strdup (type);
  effect->treatment = treatment;
  effect->n = 1;
  g_ptr_array_add (effects, effect);
}

static gpointer
preview (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Telling *telling = self->arguments;
  GPtrArray *effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_absence_effect_free);

  self->store = store;
  g_autoptr (GPtrArray) affected =
      wf_absence_list_affected (self, telling->person, telling->absence);
  for (guint i = 0; i < affected->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (affected, i);

      count_effect (effects, activity->type, wf_absence_treat (telling->absence, activity));
    }
  return effects;
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *effects = g_task_propagate_pointer (G_TASK (result), &error);

  if (effects == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, effects, (GDestroyNotify) g_ptr_array_unref);
}

void
wf_runtime_preview_absence_async (WfRuntime *self, const char *person, const WfAbsence *absence,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task =
      wf_query_begin (self, wf_runtime_preview_absence_async, cancellable, callback, user_data);

  if (task != NULL)
    wf_query_run (self, wf_runtime_preview_absence_async, preview,
                  telling_new (person, absence, NULL), (GDestroyNotify) telling_unref,
                  (GDestroyNotify) g_ptr_array_unref, cancellable, on_previewed, task);
}

GPtrArray *
wf_runtime_preview_absence_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
