/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a picture of the window by its own renderer. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-screenshot.h"

#include <glib/gi18n-lib.h>

#define SCALE 2
#define CALM_FRAMES 20                         /* animations have ended, images are there */
#define LONGEST_WAIT (20 * G_TIME_SPAN_SECOND) /* then the picture shows what there is */

typedef struct
{
  WfWindow *window; /* borrowed: the tick callback lives as long as it */
  char *path;       /* (owned) */
  gint64 started;
  guint calm_frames;
} Picture;

static void
picture_free (Picture *picture)
{
  g_free (picture->path);
  g_free (picture);
}

/* Without the border and shadow that the window draws around its content; in the picture's coordinates, which begin at the
 * window's outer edge. */
static graphene_rect_t
get_content_bounds (GtkWidget *window)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  graphene_rect_t bounds, outer;

  if (gtk_widget_compute_bounds (content, window, &bounds) &&
      gtk_widget_compute_bounds (window, window, &outer))
    graphene_rect_offset (&bounds, -outer.origin.x, -outer.origin.y);
  else
    graphene_rect_init (&bounds, 0, 0, (float) gtk_widget_get_width (window),
                        (float) gtk_widget_get_height (window));
  return bounds;
}

static GBytes *
draw (GtkWidget *widget, GError **error)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  graphene_rect_t bounds = get_content_bounds (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gtk_snapshot_scale (snapshot, SCALE, SCALE);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (widget));
  if (node == NULL || renderer == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _ ("The window could not be drawn."));
      return NULL;
    }
  graphene_rect_scale (&bounds, SCALE, SCALE, &bounds);
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node, &bounds);
  return gdk_texture_save_to_png_bytes (texture);
}

static void
on_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
save (GTask *task, GBytes *png)
{
  Picture *picture = g_task_get_task_data (task);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (picture->path);

  g_file_replace_contents_bytes_async (file, png, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_saved, g_object_ref (task));
}

/* Whatever asks to be drawn anew throws away what the window has drawn, until the end of this frame: such a frame gives no
 * picture, the next one does. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Picture *picture = g_task_get_task_data (task);
  gboolean ready = wf_window_is_ready (picture->window);
  gboolean over = g_get_monotonic_time () - picture->started >= LONGEST_WAIT;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GError) error = NULL;

  picture->calm_frames = ready ? picture->calm_frames + 1 : 0;
  if (picture->calm_frames < CALM_FRAMES && !over)
    return G_SOURCE_CONTINUE;
  png = draw (GTK_WIDGET (picture->window), &error);
  if (png == NULL && !over)
    return G_SOURCE_CONTINUE;
  if (png != NULL)
    save (task, png);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  return G_SOURCE_REMOVE;
}

void
wf_screenshot_take_async (WfWindow *window, const char *path, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (WF_IS_WINDOW (window));
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Picture *picture = g_new0 (Picture, 1);

  picture->window = window;
  picture->path = g_strdup (path);
  picture->started = g_get_monotonic_time ();
  g_task_set_task_data (task, picture, (GDestroyNotify) picture_free);
  gtk_widget_add_tick_callback (GTK_WIDGET (window), on_tick, task, g_object_unref);
}

gboolean
wf_screenshot_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
