/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses how the window is drawn before GTK starts. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-renderer.h"

#include <unistd.h>

gboolean
wf_renderer_has_gpu (const char *dri_dir)
{
  g_autoptr (GDir) dir = g_dir_open (dri_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (dri_dir, name, NULL);
      if (g_str_has_prefix (name, "renderD") && access (path, R_OK | W_OK) == 0)
        return TRUE;
    }
  return FALSE;
}

void
wf_renderer_choose (void)
{
  if (g_getenv ("GSK_RENDERER") == NULL && !wf_renderer_has_gpu ("/dev/dri"))
    g_setenv ("GSK_RENDERER", "cairo", FALSE);
}
