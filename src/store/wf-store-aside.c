/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a damaged database: it is kept beside the new one under another name, never deleted. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-aside.h"

#include "wf-store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static char *
make_name (const char *path)
{
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc_usec (wf_clock_now (clock));
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  char *name = g_strdup_printf ("%s.damaged-%s", path, stamp);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.damaged-%s-%u", path, stamp, i);
    }
  return name;
}

static gboolean
move_file (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_DAMAGED,
               _ ("The damaged data cannot be moved aside: %s"), g_strerror (errno));
  return FALSE;
}

char *
wf_store_aside_move (const char *path, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *name = make_name (path);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (name, suffixes[i], NULL);

      if (!move_file (from, to, error))
        return NULL;
    }
  wf_store_aside_clear_suspect (path);
  return g_steal_pointer (&name);
}

static char *
make_suspect_name (const char *path)
{
  return g_strconcat (path, "-suspect", NULL);
}

gboolean
wf_store_aside_is_suspect (const char *path)
{
  g_autofree char *name = make_suspect_name (path);

  return g_file_test (name, G_FILE_TEST_EXISTS);
}

void
wf_store_aside_set_suspect (const char *path)
{
  g_autofree char *name = make_suspect_name (path);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (name, "", 0, &error))
    g_warning ("Damage of the store could not be noted: %s", g_strerror (errno));
}

void
wf_store_aside_clear_suspect (const char *path)
{
  g_autofree char *name = make_suspect_name (path);

  g_unlink (name);
}
