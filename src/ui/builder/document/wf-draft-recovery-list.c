/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an earlier process left behind. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-draft-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#define SUFFIX ".json"
#define SET_ASIDE ".damaged"

/* Under the first name that is free: what was set aside before is not lost to it. */
static void
set_aside (const char *path, const char *reason)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *target = g_strconcat (path, SET_ASIDE, NULL);

  for (guint i = 2; g_file_test (target, G_FILE_TEST_EXISTS); i++)
    {
      g_free (target);
      target = g_strdup_printf ("%s%s-%u", path, SET_ASIDE, i);
    }
  if (g_rename (path, target) == 0)
    g_message ("the draft %s cannot be read and was set aside: %s", name, reason);
  else
    g_message ("the draft %s cannot be read (%s) nor set aside: %s", name, reason,
               g_strerror (errno));
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const WfRecoveredDraft *one = *(WfRecoveredDraft *const *) a;
  const WfRecoveredDraft *other = *(WfRecoveredDraft *const *) b;

  return one->at == other->at ? 0 : (one->at < other->at ? 1 : -1);
}

typedef struct
{
  char *folder;
  guint n_damaged;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *self = data;

  g_free (self->folder);
  g_free (self);
}

static void
load (Listing *listing, GPtrArray *drafts, const char *path)
{
  g_autoptr (GError) error = NULL;
  WfRecoveredDraft *draft = wf_draft_file_load (path, &error);

  if (draft != NULL)
    g_ptr_array_add (drafts, draft);
  else
    {
      set_aside (path, error->message);
      listing->n_damaged++;
    }
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) drafts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_recovered_draft_free);
  g_autoptr (GError) error = NULL;
  Listing *listing = data;
  const char *name;
  g_autoptr (GDir) dir = g_dir_open (listing->folder, 0, &error);

  if (dir == NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  while (dir != NULL && !g_cancellable_is_cancelled (cancellable) &&
         (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (listing->folder, name, NULL);

      if (g_str_has_suffix (name, SUFFIX))
        load (listing, drafts, path);
    }
  g_ptr_array_sort (drafts, compare_newest_first);
  g_task_return_pointer (task, g_steal_pointer (&drafts), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * wf_draft_recovery_list_async:
 * @folder: of the account
 * @cancellable: (nullable): to give up
 * @callback: called in the thread's main context
 * @user_data: for it
 */
void
wf_draft_recovery_list_async (const char *folder, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);

  g_task_set_source_tag (task, wf_draft_recovery_list_async);
  listing->folder = wf_draft_file_get_folder (folder);
  g_task_set_task_data (task, listing, listing_free);
  g_task_run_in_thread (task, list_in_thread);
}

/**
 * wf_draft_recovery_list_finish:
 * @result: of the above
 * @error: when the folder cannot be read
 *
 * Returns: (transfer full) (element-type WfRecoveredDraft): the drafts, newest first
 */
GPtrArray *
wf_draft_recovery_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wf_draft_recovery_list_get_n_damaged:
 * @result: as of wf_draft_recovery_list_finish()
 *
 * Returns: how many drafts could not be read and were set aside; those are not met again
 */
guint
wf_draft_recovery_list_get_n_damaged (GAsyncResult *result)
{
  const Listing *listing = g_task_get_task_data (G_TASK (result));

  return listing->n_damaged;
}
