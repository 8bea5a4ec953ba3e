/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings that are several ids: a row that opens, with a check for each. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include <glib/gi18n-lib.h>

#define ID "wf-id"

static void
show_summary (WfSettingRow *self)
{
  GPtrArray *checks = self->data;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (checks, i);
      g_autofree char *name = NULL;

      if (!gtk_check_button_get_active (check))
        continue;
      name = wf_setting_id_to_text (self->info, self->context,
                                    g_object_get_data (G_OBJECT (check), ID));
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    }
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->widget), text->str);
}

static void
on_toggled (WfSettingRow *self)
{
  show_summary (self);
  wf_setting_row_emit_changed (self);
}

static GtkCheckButton *
add_check (WfSettingRow *self, const char *id)
{
  g_autofree char *name = wf_setting_id_to_text (self->info, self->context, id);
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (check), ID, g_strdup (id), g_free);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_toggled), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->widget), row);
  g_ptr_array_add (self->data, check);
  return GTK_CHECK_BUTTON (check);
}

static GtkCheckButton *
find_check (WfSettingRow *self, const char *id)
{
  GPtrArray *checks = self->data;

  for (guint i = 0; i < checks->len; i++)
    if (g_strcmp0 (g_object_get_data (g_ptr_array_index (checks, i), ID), id) == 0)
      return g_ptr_array_index (checks, i);
  return add_check (self, id);
}

static void
set_list (WfSettingRow *self, const WfJson *value)
{
  GPtrArray *checks = self->data;
  const WfJson *element;
  WfJsonIter iter;

  for (guint i = 0; i < checks->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (checks, i), FALSE);
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &element))
    if (wf_json_get_string (element) != NULL)
      gtk_check_button_set_active (find_check (self, wf_json_get_string (element)), TRUE);
}

static WfJsonDocument *
get_list (WfSettingRow *self)
{
  GPtrArray *checks = self->data;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  guint n = 0;

  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (checks, i)))
      {
        wf_json_writer_add_string (writer, NULL,
                                   g_object_get_data (g_ptr_array_index (checks, i), ID));
        n++;
      }
  wf_json_writer_end (writer);
  return n > 0 ? wf_json_writer_finish_document (writer) : NULL;
}

void
wf_setting_row_make_list (WfSettingRow *self)
{
  g_auto (GStrv) ids = wf_setting_list_ids (self->info, self->context);

  self->widget = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget),
                                 wf_setting_to_text (self->info));
  self->data = g_ptr_array_new ();
  self->data_free = (GDestroyNotify) g_ptr_array_unref;
  for (guint i = 0; ids[i] != NULL; i++)
    add_check (self, ids[i]);
  self->set = set_list;
  self->get = get_list;
}
