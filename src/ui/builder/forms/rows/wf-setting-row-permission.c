/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For whose leads something is created: all, or those of people in chosen groups (R20-R22). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include "wf-ids-row.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  AdwComboRow *scope;
  WfIdsRow *groups;
} Permission; /* both unowned: rows of the form */

static const char *const scopes[] = {
  [WF_PERMISSION_ALL] = "all", [WF_PERMISSION_GROUPS] = "groups"
};

static WfPermissionScope
get_scope (const Permission *rows)
{
  return (WfPermissionScope) adw_combo_row_get_selected (rows->scope);
}

static void
show_scope (WfSettingRow *self)
{
  const Permission *rows = self->data;

  gtk_widget_set_visible (GTK_WIDGET (rows->groups), get_scope (rows) == WF_PERMISSION_GROUPS);
}

static void
on_scope_changed (WfSettingRow *self)
{
  show_scope (self);
  wf_setting_row_emit_changed (self);
}

/* Groups that the organisation no longer has are shown too: unchecking them is the mend. */
static void
set_permission (WfSettingRow *self, const WfJson *value)
{
  const Permission *rows = self->data;
  g_auto (GStrv) groups = wf_setting_dup_list_value (wf_json_get_member (value, "groups"));
  const char *scope = wf_json_get_member_string (value, "scope");

  for (guint i = 0; groups[i] != NULL; i++)
    if (!wf_ids_row_has (rows->groups, groups[i]))
      wf_ids_row_add (rows->groups, groups[i], groups[i]);
  wf_ids_row_set_chosen (rows->groups, (const char *const *) groups);
  adw_combo_row_set_selected (rows->scope, g_strcmp0 (scope, scopes[WF_PERMISSION_GROUPS]) == 0
                                               ? WF_PERMISSION_GROUPS
                                               : WF_PERMISSION_ALL);
  show_scope (self);
}

static WfJsonDocument *
get_permission (WfSettingRow *self)
{
  const Permission *rows = self->data;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_auto (GStrv) groups = wf_ids_row_dup_chosen (rows->groups);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "scope", scopes[get_scope (rows)]);
  if (get_scope (rows) == WF_PERMISSION_GROUPS)
    {
      wf_json_writer_begin_array (writer, "groups");
      for (guint i = 0; groups[i] != NULL; i++)
        wf_json_writer_add_string (writer, NULL, groups[i]);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

static AdwComboRow *
make_scope (WfSettingRow *self)
{
  const char *const texts[] = { _ ("All"), _ ("Groups"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (texts);
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), wf_setting_to_text (self->info));
  adw_combo_row_set_model (row, G_LIST_MODEL (model));
  return row;
}

static WfIdsRow *
make_groups (WfOrganisation *organisation)
{
  WfIdsRow *row = g_object_new (WF_TYPE_IDS_ROW, "title", _ ("Groups"), NULL);
  guint n = 0;
  const WfEntry *entries =
      organisation != NULL ? wf_organisation_get_entries (organisation, WF_ENTRY_GROUP, &n) : NULL;

  wf_ids_row_set_empty_text (row, _ ("None"));
  for (guint i = 0; i < n; i++)
    wf_ids_row_add (row, entries[i].id, entries[i].name);
  return row;
}

void
wf_setting_row_make_permission (WfSettingRow *self)
{
  Permission *rows = g_new (Permission, 1);

  rows->scope = make_scope (self);
  rows->groups = make_groups (self->context->organisation);
  self->data = rows;
  self->data_free = g_free;
  self->widget = GTK_WIDGET (rows->scope);
  self->parts[0] = (WfSettingPart) { self->widget, "", NULL };
  self->parts[1] = (WfSettingPart) { GTK_WIDGET (rows->groups), "groups", NULL };
  self->n_parts = 2;
  self->set = set_permission;
  self->get = get_permission;
  show_scope (self);
  g_signal_connect_swapped (rows->scope, "notify::selected", G_CALLBACK (on_scope_changed), self);
  g_signal_connect_swapped (rows->groups, "changed", G_CALLBACK (wf_setting_row_emit_changed),
                            self);
}
