/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account is left: what its reminders show on the screen goes, since its buttons would be another account's. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include "wf-reminder-plan.h"

/* The store of its own thread has an end that comes before the answer of this job, so that the answer is the notifier's, and
 * not the runtime's. */

static gpointer
take_all_down (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  g_autoptr (GPtrArray) ids = NULL;

  commit->store = store;
  ids = wf_on_screen_take_all (commit);
  return wf_on_screen_save (commit, error) ? g_steal_pointer (&ids) : NULL;
}

static void
on_taken_down (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfNotifier) notifier = WF_NOTIFIER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  if (ids == NULL)
    {
      g_warning ("The notifications of an account that was left could not be taken down: %s",
                 error->message);
      return;
    }
  for (guint i = 0; i < ids->len; i++)
    wf_notifier_withdraw (notifier, g_ptr_array_index (ids, i));
}

void
wf_runtime_withdraw_all (WfRuntime *self)
{
  g_return_if_fail (WF_IS_RUNTIME (self));

  if (!self->started || self->stopped || self->notifier == NULL)
    return;
  wf_store_thread_write_async (self->store, take_all_down, wf_runtime_new_commit (self),
                               (GDestroyNotify) wf_commit_free, (GDestroyNotify) g_ptr_array_unref,
                               NULL, on_taken_down, g_object_ref (self->notifier));
}
