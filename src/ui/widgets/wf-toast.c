/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short messages at the foot of the window. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-toast.h"

#include <glib/gi18n-lib.h>

#define LAST_UNDO "wf-last-undo"

typedef struct
{
  WfUndoFunc undo; /* NULL once done */
  gpointer data;
  GDestroyNotify data_free;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  if (undo->data_free != NULL)
    undo->data_free (undo->data);
  g_free (undo);
}

static void
on_undo_clicked (AdwToast *toast, gpointer user_data)
{
  Undo *undo = user_data;
  WfUndoFunc func = g_steal_pointer (&undo->undo);

  if (func != NULL)
    func (undo->data);
}

static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  GtkRoot *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;
  GtkWidget *content = ADW_IS_APPLICATION_WINDOW (root)
                           ? adw_application_window_get_content (ADW_APPLICATION_WINDOW (root))
                           : NULL;

  return ADW_IS_TOAST_OVERLAY (content) ? ADW_TOAST_OVERLAY (content) : NULL;
}

static AdwToast *
make_toast (const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  return toast;
}

void
wf_toast_show (GtkWidget *widget, const char *text)
{
  AdwToastOverlay *overlay = find_overlay (widget);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (overlay, make_toast (text));
}

static void
on_dismissed (AdwToast *toast, gpointer overlay)
{
  if (g_object_get_data (overlay, LAST_UNDO) == toast)
    g_object_set_data (overlay, LAST_UNDO, NULL);
}

void
wf_toast_show_undo (GtkWidget *widget, const char *text, WfUndoFunc func, gpointer data,
                    GDestroyNotify data_free)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  Undo *undo = g_new0 (Undo, 1);
  AdwToast *toast = make_toast (text);

  undo->undo = func;
  undo->data = data;
  undo->data_free = data_free;
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_clicked), undo, undo_free, 0);
  if (overlay == NULL)
    {
      g_object_unref (g_object_ref_sink (toast));
      return;
    }
  g_object_set_data_full (G_OBJECT (overlay), LAST_UNDO, g_object_ref (toast), g_object_unref);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), overlay, 0);
  adw_toast_overlay_add_toast (overlay, toast);
}

gboolean
wf_toast_undo_last (GtkWidget *widget)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  AdwToast *last = overlay != NULL ? g_object_get_data (G_OBJECT (overlay), LAST_UNDO) : NULL;

  if (last == NULL)
    return FALSE;
  g_autoptr (AdwToast) toast = g_object_ref (last);
  g_signal_emit_by_name (toast, "button-clicked");
  adw_toast_dismiss (toast);
  return TRUE;
}
