/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a list from its very top. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-list-top.h"

#define FRAMES_LEFT "wf-list-top-frames"

/* Where the first heading stands is known after the rows were laid out once. */
#define FRAMES 3

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  guint left = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), FRAMES_LEFT));

  if (left == 0)
    return G_SOURCE_REMOVE;
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_lower (adjustment));
  g_object_set_data (G_OBJECT (widget), FRAMES_LEFT, GUINT_TO_POINTER (left - 1));
  return left > 1 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static GtkSelectionModel *
get_model (GtkWidget *list)
{
  return GTK_IS_COLUMN_VIEW (list) ? gtk_column_view_get_model (GTK_COLUMN_VIEW (list))
                                   : gtk_list_view_get_model (GTK_LIST_VIEW (list));
}

void
wf_list_top_show (GtkWidget *list)
{
  g_return_if_fail (GTK_IS_LIST_VIEW (list) || GTK_IS_COLUMN_VIEW (list));
  GtkSelectionModel *model = get_model (list);

  if (model == NULL || g_list_model_get_n_items (G_LIST_MODEL (model)) == 0)
    return;
  if (GTK_IS_COLUMN_VIEW (list))
    gtk_column_view_scroll_to (GTK_COLUMN_VIEW (list), 0, NULL, GTK_LIST_SCROLL_NONE, NULL);
  else
    gtk_list_view_scroll_to (GTK_LIST_VIEW (list), 0, GTK_LIST_SCROLL_NONE, NULL);
  if (g_object_get_data (G_OBJECT (list), FRAMES_LEFT) == NULL)
    gtk_widget_add_tick_callback (list, on_frame, NULL, NULL);
  g_object_set_data (G_OBJECT (list), FRAMES_LEFT, GUINT_TO_POINTER (FRAMES));
}

void
wf_list_top_let_go (GtkWidget *list)
{
  g_return_if_fail (GTK_IS_WIDGET (list));
  g_object_set_data (G_OBJECT (list), FRAMES_LEFT, NULL);
}
