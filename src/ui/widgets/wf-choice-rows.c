/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of rows of which one is chosen. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-choice-rows.h"

#define CHECKS "wf-checks"

/**
 * wf_choice_rows_new:
 * @title: what is asked, for screen readers
 * @rows: the answers
 * @n_rows: how many
 *
 * Returns: (transfer floating): the group; the first answer is chosen
 */
GtkWidget *
wf_choice_rows_new (const char *title, const WfChoiceRow *rows, guint n_rows)
{
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *checks = g_ptr_array_new ();

  for (guint i = 0; i < n_rows; i++)
    {
      GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rows[i].title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rows[i].subtitle);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_check_button_set_group (GTK_CHECK_BUTTON (check),
                                  i > 0 ? g_ptr_array_index (checks, 0) : NULL);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      g_ptr_array_add (checks, check);
    }
  gtk_check_button_set_active (g_ptr_array_index (checks, 0), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (group), CHECKS, checks, (GDestroyNotify) g_ptr_array_unref);
  return group;
}

/**
 * wf_choice_rows_get_chosen:
 * @rows: from wf_choice_rows_new()
 *
 * Returns: the index of the answer
 */
guint
wf_choice_rows_get_chosen (GtkWidget *rows)
{
  GPtrArray *checks = g_object_get_data (G_OBJECT (rows), CHECKS);

  for (guint i = 0; i < checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (checks, i)))
      return i;
  return 0;
}
