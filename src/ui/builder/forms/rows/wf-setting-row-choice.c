/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings that are one of several ids: a list to choose from by name. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include "wf-type-ahead.h"

/* More than these can be searched. */
#define FEW 8

static char *
get_name (GtkStringObject *object, gpointer user_data)
{
  WfSettingRow *self = user_data;
  const char *id = gtk_string_object_get_string (object);

  return wf_setting_id_to_text (self->info, self->context, id);
}

static GtkStringList *
get_ids (WfSettingRow *self)
{
  return GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (self->widget)));
}

/* What a document says is kept in the list, even when nobody knows it here. */
static void
set_choice (WfSettingRow *self, const WfJson *value)
{
  const char *id = wf_json_get_string (value);
  GtkStringList *ids = get_ids (self);

  if (id == NULL)
    id = self->info->fallback != NULL ? self->info->fallback : "";
  if (gtk_string_list_find (ids, id) == G_MAXUINT)
    gtk_string_list_append (ids, id);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->widget), gtk_string_list_find (ids, id));
}

static WfJsonDocument *
get_choice (WfSettingRow *self)
{
  gpointer item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->widget));
  const char *id = item != NULL ? gtk_string_object_get_string (item) : NULL;

  return wf_setting_make_text_value (id);
}

void
wf_setting_row_make_choice (WfSettingRow *self)
{
  g_auto (GStrv) ids = wf_setting_list_ids (self->info, self->context);
  g_autoptr (GtkStringList) model = gtk_string_list_new ((const char *const *) ids);
  g_autoptr (GtkExpression) name =
      gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_name), self, NULL);
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), wf_setting_to_text (self->info));
  adw_combo_row_set_expression (row, name);
  adw_combo_row_set_enable_search (row, g_strv_length (ids) > FEW);
  adw_combo_row_set_search_match_mode (row, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_model (row, G_LIST_MODEL (model));
  wf_type_ahead_add (row);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (wf_setting_row_emit_changed),
                            self);
  self->widget = GTK_WIDGET (row);
  self->set = set_choice;
  self->get = get_choice;
}
