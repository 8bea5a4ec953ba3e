/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime without store and CRM: absences and the briefing on return, of wf-runtime-day.h. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-absence.h"
#include "wf-fake-runtime.h"
#include "wf-instant.h"

void
wf_absence_effect_free (WfAbsenceEffect *self)
{
  g_free (self->type);
  g_free (self);
}

void
wf_briefing_free (WfBriefing *self)
{
  if (self == NULL)
    return;
  g_free (self->absence);
  g_free (self->cover);
  g_clear_pointer (&self->first, g_ptr_array_unref);
  g_free (self);
}

void
wf_fake_runtime_set_briefing (WfRuntime *self, WfBriefing *briefing)
{
  g_object_set_data_full (G_OBJECT (self), "briefing", briefing, (GDestroyNotify) wf_briefing_free);
}

static WfBriefing *
copy (const WfBriefing *briefing)
{
  WfBriefing *result = g_memdup2 (briefing, sizeof *briefing);

  result->absence = g_strdup (briefing->absence);
  result->cover = g_strdup (briefing->cover);
  result->first = g_ptr_array_ref (briefing->first);
  return result;
}

void
wf_runtime_get_briefing_async (WfRuntime *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  const WfBriefing *briefing = g_object_get_data (G_OBJECT (self), "briefing");

  if (task != NULL)
    g_task_return_pointer (task, briefing != NULL ? copy (briefing) : NULL,
                           (GDestroyNotify) wf_briefing_free);
}

WfBriefing *
wf_runtime_get_briefing_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* wf_runtime_command_finish wants what every command of the fake returns. */
static void
succeed (GTask *task)
{
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

void
wf_runtime_dismiss_briefing_async (WfRuntime *self, const char *absence, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    {
      wf_fake_runtime_remember (self, "dismiss-briefing %s", absence);
      wf_fake_runtime_set_briefing (self, NULL);
    }
  succeed (task);
}

/* Each open activity that is due meanwhile, by type. */
void
wf_runtime_preview_absence_async (WfRuntime *self, const char *person, const WfAbsence *absence,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                            .person = person,
                            .now = G_MAXINT64,
                            .due_from = absence->from,
                            .due_until = absence->until };
  g_autoptr (GPtrArray) open = wf_fake_runtime_list (self, &query);
  GPtrArray *effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_absence_effect_free);

  for (guint i = 0; i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);
      WfAbsenceEffect *effect = g_new0 (WfAbsenceEffect, 1);

      effect->type = g_strdup (activity->type);
      effect->treatment = wf_absence_get_treatment (absence, activity->type);
      effect->n = 1;
      g_ptr_array_add (effects, effect);
    }
  if (task != NULL)
    g_task_return_pointer (task, effects, (GDestroyNotify) g_ptr_array_unref);
  else
    g_ptr_array_unref (effects);
}

GPtrArray *
wf_runtime_preview_absence_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* "set-absence ana 2026-11-19T03:00:00Z 2026-11-21T03:00:00Z cover bruno" */
void
wf_runtime_set_absence_async (WfRuntime *self, const char *person, const WfAbsence *absence,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  g_autofree char *from = wf_instant_format_utc (absence->from);
  g_autofree char *until = wf_instant_format_utc (absence->until);

  if (task != NULL)
    wf_fake_runtime_remember (self, "set-absence %s %s %s %s %s %u", person, from, until,
                              wf_absence_treatment_names[absence->treatment],
                              absence->cover != NULL ? absence->cover : "-", absence->n_rules);
  succeed (task);
}

void
wf_runtime_end_absence_async (WfRuntime *self, const char *person, const char *id,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task != NULL)
    wf_fake_runtime_remember (self, "end-absence %s %s", person, id);
  succeed (task);
}
