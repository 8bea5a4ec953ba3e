/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short messages at the foot of the window. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-toast.h"

#include <glib/gi18n-lib.h>

#define UNDO_STACK "wf-undo-stack"
#define LAST_TOAST "wf-last-toast"

/* So many steps can be taken back. */
#define MOST_UNDOS 30

/* What a button of a toast does; the stack may have it, too. Reference counted. */
typedef struct
{
  WfUndoFunc func; /* NULL once done */
  gpointer data;
  GDestroyNotify data_free;
} Button;

static void
button_clear (gpointer data)
{
  Button *self = data;

  if (self->data_free != NULL)
    self->data_free (self->data);
}

static void
button_unref (gpointer data)
{
  g_rc_box_release_full (data, button_clear);
}

static Button *
button_new (WfUndoFunc func, gpointer data, GDestroyNotify data_free)
{
  Button *self = g_rc_box_new0 (Button);

  *self = (Button) { func, data, data_free };
  return self;
}

static gboolean
press (Button *self)
{
  WfUndoFunc func = g_steal_pointer (&self->func);

  if (func == NULL)
    return FALSE;
  func (self->data);
  return TRUE;
}

static void
on_button_clicked (AdwToast *toast, gpointer user_data)
{
  press (user_data);
}

static void
on_button_gone (gpointer data, GClosure *closure)
{
  button_unref (data);
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

static AdwToast *
make_with_button (const char *text, const char *label, Button *button)
{
  AdwToast *toast = make_toast (text);

  adw_toast_set_button_label (toast, label);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_button_clicked),
                         g_rc_box_acquire (button), on_button_gone, 0);
  return toast;
}

void
wf_toast_show_button (GtkWidget *widget, const char *text, const char *label, WfUndoFunc func,
                      gpointer data, GDestroyNotify data_free)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  Button *button = button_new (func, data, data_free);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (overlay, make_with_button (text, label, button));
  button_unref (button);
}

/* ---- undo -------------------------------------------------------------------------------------- */

static GPtrArray *
get_stack (AdwToastOverlay *overlay)
{
  GPtrArray *stack = g_object_get_data (G_OBJECT (overlay), UNDO_STACK);

  if (stack != NULL)
    return stack;
  stack = g_ptr_array_new_with_free_func (button_unref);
  g_object_set_data_full (G_OBJECT (overlay), UNDO_STACK, stack,
                          (GDestroyNotify) g_ptr_array_unref);
  return stack;
}

static void
dismiss_last (AdwToastOverlay *overlay)
{
  g_autoptr (AdwToast) last = g_object_steal_data (G_OBJECT (overlay), LAST_TOAST);

  if (last != NULL)
    adw_toast_dismiss (last);
}

/* Policy: toasts wait for each other, and who works fast would read about what was long ago. So a new step takes the place of the
 * one before, which can still be taken back by the key. */
void
wf_toast_show_undo (GtkWidget *widget, const char *text, WfUndoFunc func, gpointer data,
                    GDestroyNotify data_free)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  Button *button = button_new (func, data, data_free);

  if (overlay == NULL)
    {
      button_unref (button);
      return;
    }
  AdwToast *toast = make_with_button (text, _ ("_Undo"), button);
  GPtrArray *stack = get_stack (overlay);
  dismiss_last (overlay);
  g_object_set_data_full (G_OBJECT (overlay), LAST_TOAST, g_object_ref (toast), g_object_unref);
  if (stack->len == MOST_UNDOS)
    g_ptr_array_remove_index (stack, 0);
  g_ptr_array_add (stack, button);
  adw_toast_overlay_add_toast (overlay, toast);
}

gboolean
wf_toast_undo_last (GtkWidget *widget)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  GPtrArray *stack = overlay != NULL ? get_stack (overlay) : NULL;
  gboolean pressed = FALSE;

  while (stack != NULL && stack->len > 0 && !pressed)
    {
      Button *last = g_ptr_array_steal_index (stack, stack->len - 1);
      dismiss_last (overlay);
      pressed = press (last); /* FALSE: its own button was pressed before */
      button_unref (last);
    }
  return pressed;
}

void
wf_toast_forget_undo (GtkWidget *widget)
{
  AdwToastOverlay *overlay = find_overlay (widget);

  if (overlay == NULL)
    return;
  dismiss_last (overlay);
  g_object_set_data (G_OBJECT (overlay), UNDO_STACK, NULL);
}
