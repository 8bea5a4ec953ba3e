/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an account that is not open has on this computer: how much of it the CRM does not have yet, and its end. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-account-files.h"

#include "wf-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Policy. An account that is removed leaves no data of its CRM behind: the store with its log, what was kept aside of it when it
 * was damaged, and the folder with its other files go. A symbolic link goes, and not what it points to. */

#define EXTENSION ".sqlite"

/**
 * wf_account_files_make_folder_path:
 * @store_path: file of the account's store
 *
 * Accounts have their stores in one folder, so each has a folder of its own beside its store.
 *
 * Returns: (transfer full): the folder's path; it need not exist
 */
char *
wf_account_files_make_folder_path (const char *store_path)
{
  const char *extension = g_str_has_suffix (store_path, EXTENSION) ? EXTENSION : "";
  int length = (int) (strlen (store_path) - strlen (extension));

  return g_strdup_printf ("%.*s.files", length, store_path);
}

/* -- counting ---------------------------------------------------------------------------------- */

static void
count (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *path = data;
  GError *error = NULL;
  WfStore *store;
  guint n;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_task_return_int (task, 0);
      return;
    }
  store = wf_store_open (path, WF_STORE_READ_ONLY, NULL, &error);
  if (store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  n = wf_store_count_outbox (store);
  wf_store_close (store);
  g_task_return_int (task, n);
}

/**
 * wf_account_files_count_async:
 * @store_path: file of the account's store
 * @cancellable: (nullable): cancels
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Reads in a thread; changes nothing.
 */
void
wf_account_files_count_async (const char *store_path, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, wf_account_files_count_async);
  g_task_set_task_data (task, g_strdup (store_path), g_free);
  g_task_run_in_thread (task, count);
}

gboolean
wf_account_files_count_finish (GAsyncResult *result, guint *n, GError **error)
{
  g_autoptr (GError) own = NULL;
  gssize found;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  found = g_task_propagate_int (G_TASK (result), &own);
  *n = own == NULL ? (guint) found : 0;
  if (own == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

/* -- deleting ---------------------------------------------------------------------------------- */

static gboolean
delete_one (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) own = NULL;

  if (g_file_delete (file, cancellable, &own) ||
      g_error_matches (own, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

static gboolean
delete_tree (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileEnumerator) children = NULL;
  GFile *child;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable) !=
      G_FILE_TYPE_DIRECTORY)
    return delete_one (file, cancellable, error);
  children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                        G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, error);
  if (children == NULL)
    return FALSE;
  do
    if (!g_file_enumerator_iterate (children, NULL, &child, cancellable, error) ||
        (child != NULL && !delete_tree (child, cancellable, error)))
      return FALSE;
  while (child != NULL);
  return delete_one (file, cancellable, error);
}

/* The store's own names: see wf-store-aside.c for those of a damaged one. */
static gboolean
belongs_to (const char *name, const char *store)
{
  static const char *const rests[] = { "", "-wal", "-shm", "-journal", "-suspect" };
  gsize length = strlen (store);

  if (!g_str_has_prefix (name, store))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    if (g_str_equal (name + length, rests[i]))
      return TRUE;
  return g_str_has_prefix (name + length, ".damaged-");
}

static gboolean
delete_all (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder_path = g_path_get_dirname (path);
  g_autofree char *store = g_path_get_basename (path);
  g_autofree char *files_path = wf_account_files_make_folder_path (path);
  g_autoptr (GFile) files = g_file_new_for_path (files_path);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (folder_path, 0, NULL);
  const char *name;

  /* No folder: there never was anything. */
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (belongs_to (name, store))
      g_ptr_array_add (names, g_strdup (name));
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (folder_path, names->pdata[i], NULL);

      if (!delete_one (file, cancellable, error))
        return FALSE;
    }
  return delete_tree (files, cancellable, error);
}

static void
delete_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (delete_all (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    {
      g_prefix_error (&error, "%s ",
                      _ ("The data of the account could not be deleted from this computer."));
      g_task_return_error (task, error);
    }
}

/**
 * wf_account_files_delete_async:
 * @store_path: file of the account's store
 * @cancellable: (nullable): cancels; what is deleted by then stays deleted
 * @callback: called with the result
 * @user_data: for @callback
 */
void
wf_account_files_delete_async (const char *store_path, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, wf_account_files_delete_async);
  g_task_set_task_data (task, g_strdup (store_path), g_free);
  g_task_run_in_thread (task, delete_in_thread);
}

gboolean
wf_account_files_delete_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
