/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the store and beginning with what it remembers. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-reminder-jobs.h"
#include "wf-runtime-private.h"

#include "wf-server-clock.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  WfStoreThread *store; /* (owned) */
  char *kept_aside;     /* (owned) (nullable) */
} Opened;

static void
opened_free (Opened *self)
{
  g_clear_object (&self->store);
  g_free (self->kept_aside);
  g_free (self);
}

/* Opening may migrate a large file: off the main loop. */
static void
open_store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *path = data;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  Opened *opened = g_new0 (Opened, 1);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_set_error (&error, G_IO_ERROR, g_io_error_from_errno (errno),
                 _ ("The folder for the account cannot be made."));
  else
    opened->store = wf_store_thread_new (path, &opened->kept_aside, &error);
  if (error == NULL)
    {
      g_task_return_pointer (task, opened, (GDestroyNotify) opened_free);
      return;
    }
  opened_free (opened);
  g_task_return_error (task, g_steal_pointer (&error));
}

typedef struct
{
  WfEngine *engine;                         /* (owned) */
  char *person, *cursor, *past;             /* (owned) (nullable) */
  char *reminder_rules, *reminders_planned; /* (owned) (nullable) */
  WfInstant reminders_shown;
  GPtrArray *refused; /* (owned) of char *: activities, see wf-intake.c */
  gboolean is_machine;
  gint64 clock_offset;
} Remembered;

static void
remembered_free (Remembered *self)
{
  wf_engine_unref (self->engine);
  g_free (self->person);
  g_free (self->cursor);
  g_free (self->past);
  g_free (self->reminder_rules);
  g_free (self->reminders_planned);
  g_ptr_array_unref (self->refused);
  g_free (self);
}

WfEngine *
wf_runtime_build_engine (WfStore *store)
{
  g_autoptr (WfOrganisation) organisation = wf_store_get_organisation (store);
  g_autoptr (GPtrArray) stored = wf_store_list_workflows (store);
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);

  for (guint i = 0; i < stored->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (stored, i);

      if (!item->is_draft)
        g_ptr_array_add (workflows, wf_workflow_ref (item->workflow));
    }
  return wf_engine_new (organisation, workflows);
}

typedef struct
{
  char *kept_aside; /* (owned) (nullable) */
  WfInstant now;
} StartArguments;

static void
start_arguments_free (StartArguments *self)
{
  g_free (self->kept_aside);
  g_free (self);
}

static gpointer
remember (WfStore *store, gpointer data, GError **error)
{
  const StartArguments *arguments = data;

  if (arguments->kept_aside != NULL &&
      !wf_store_add_log (
          store, arguments->now, "problem",
          _ ("The local data was damaged and kept aside; it is read from the CRM again."), NULL,
          NULL, error))
    return NULL;

  Remembered *known = g_new0 (Remembered, 1);
  g_autofree char *machine = wf_store_get_fact (store, WF_FACT_MACHINE);
  g_autofree char *offset = wf_store_get_fact (store, WF_FACT_CLOCK_OFFSET);
  known->engine = wf_runtime_build_engine (store);
  known->person = wf_store_get_fact (store, WF_FACT_PERSON);
  known->cursor = wf_store_get_fact (store, WF_FACT_CURSOR);
  known->past = wf_store_get_fact (store, WF_FACT_PAST);
  known->reminder_rules = wf_store_get_fact (store, WF_FACT_REMINDER_RULES);
  known->reminders_planned = wf_store_get_fact (store, WF_FACT_REMINDERS_PLANNED);
  known->reminders_shown = wf_reminder_get_shown_until (store);
  known->refused = wf_store_list_refused_activities (store);
  known->is_machine = machine != NULL;
  if (offset != NULL)
    known->clock_offset = g_ascii_strtoll (offset, NULL, 10);
  return known;
}

static void
begin (WfRuntime *self, Remembered *known)
{
  self->started = TRUE;
  wf_server_clock_set_offset (WF_SERVER_CLOCK (self->clock), known->clock_offset);
  wf_runtime_set_engine (self, known->engine);
  wf_runtime_set_organisation (self, wf_engine_get_organisation (known->engine));
  wf_runtime_set_person (self, known->person, known->is_machine);
  wf_reminders_begin (self, known->reminder_rules, known->reminders_planned,
                      known->reminders_shown);
  /* The program may have ended before what a refused change was about was read again. */
  wf_intake_note_refused (self, known->refused);
  wf_intake_begin (self, g_steal_pointer (&known->cursor), known->past);
  wf_runtime_update_figures (self);
  wf_scheduler_kick (self);
  wf_messages_kick (self);
}

static void
on_remembered (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Remembered *known = result;

  if (error != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  begin (self, known);
  remembered_free (known);
  g_task_return_boolean (task, TRUE);
}

static void
on_store_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WfRuntime *self = g_task_get_source_object (task);
  GError *error = NULL;
  Opened *opened = g_task_propagate_pointer (G_TASK (result), &error);

  if (opened == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->stopped)
    {
      wf_store_thread_close (opened->store);
      opened_free (opened);
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                       "The runtime was stopped");
      return;
    }

  StartArguments *arguments = g_new0 (StartArguments, 1);
  arguments->kept_aside = g_steal_pointer (&opened->kept_aside);
  arguments->now = wf_clock_now (self->clock);
  self->store = g_steal_pointer (&opened->store);
  opened_free (opened);
  wf_runtime_write (self, remember, arguments, (GDestroyNotify) start_arguments_free,
                    (GDestroyNotify) remembered_free, on_remembered, g_steal_pointer (&task));
}

/**
 * wf_runtime_start_async:
 * @self: a runtime
 * @cancellable: (nullable): gives up the start
 * @callback: called when what the store knows can be read
 * @user_data: for @callback
 *
 * Once only. The connection to the CRM is made afterwards, and again and again while it fails.
 */
void
wf_runtime_start_async (WfRuntime *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) opening = NULL;

  g_return_if_fail (self->store == NULL && !self->stopped);
  g_task_set_source_tag (task, wf_runtime_start_async);
  opening = g_task_new (NULL, NULL, on_store_opened, g_steal_pointer (&task));
  g_task_set_task_data (opening, g_strdup (self->store_path), g_free);
  g_task_run_in_thread (opening, open_store);
}

gboolean
wf_runtime_start_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
