/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A temporary folder of one test, removed with all that is in it. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-test-folder.h"

#include <glib/gstdio.h>

struct _WfTestFolder
{
  char *path; /* (owned) */
};

WfTestFolder *
wf_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  WfTestFolder *self = g_new0 (WfTestFolder, 1);

  self->path = g_dir_make_tmp ("workflow-test-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

/* Symbolic links are removed, not followed. */
static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_remove (path);
}

void
wf_test_folder_free (WfTestFolder *self)
{
  if (self == NULL)
    return;
  remove_tree (self->path);
  g_free (self->path);
  g_free (self);
}

const char *
wf_test_folder_get_path (WfTestFolder *self)
{
  return self->path;
}

char *
wf_test_folder_build (WfTestFolder *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

char *
wf_test_folder_write (WfTestFolder *self, const char *name, const char *content, gssize length)
{
  g_autoptr (GError) error = NULL;
  char *path = wf_test_folder_build (self, name);

  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  return path;
}
