/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows, groups and pages with plain text. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

/**
 * wf_plain_row_new:
 * @title: plain text
 * @subtitle: (nullable): plain text
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
wf_plain_row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

/**
 * wf_plain_row_add_severity:
 * @row: a row
 * @error: whether it is an error; else a warning
 */
void
wf_plain_row_add_severity (AdwActionRow *row, gboolean error)
{
  GtkWidget *icon =
      gtk_image_new_from_icon_name (error ? "dialog-error-symbolic" : "dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, error ? "error" : "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  error ? _ ("Error") : _ ("Warning"), -1);
  adw_action_row_add_prefix (row, icon);
}

/**
 * wf_plain_rows_remove:
 * @rows: (element-type GtkWidget): each in an AdwPreferencesGroup
 *
 * Takes the rows out of their groups, and empties the array.
 */
void
wf_plain_rows_remove (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (rows, 0);
}

void
wf_plain_group_set_title (AdwPreferencesGroup *group, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_preferences_group_set_title (group, escaped);
}

void
wf_plain_group_set_description (AdwPreferencesGroup *group, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_preferences_group_set_description (group, escaped);
}

void
wf_plain_page_set_description (AdwStatusPage *page, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (page, escaped);
}
