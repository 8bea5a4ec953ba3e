/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings that are several ids: a row that says which, and opens a searchable list of checks. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include "wf-ids-row.h"

#include <glib/gi18n-lib.h>

/* What a document says is kept in the list, even when nobody knows it here. */
static void
set_list (WfSettingRow *self, const WfJson *value)
{
  g_auto (GStrv) ids = wf_setting_dup_list_value (value);
  WfIdsRow *row = WF_IDS_ROW (self->widget);

  for (guint i = 0; ids[i] != NULL; i++)
    if (!wf_ids_row_has (row, ids[i]))
      {
        g_autofree char *name = wf_setting_id_to_text (self->info, self->context, ids[i]);

        wf_ids_row_add (row, ids[i], name);
      }
  wf_ids_row_set_chosen (row, (const char *const *) ids);
}

static WfJsonDocument *
get_list (WfSettingRow *self)
{
  g_auto (GStrv) ids = wf_ids_row_dup_chosen (WF_IDS_ROW (self->widget));

  return wf_setting_make_list_value ((const char *const *) ids);
}

void
wf_setting_row_make_list (WfSettingRow *self)
{
  g_auto (GStrv) ids = wf_setting_list_ids (self->info, self->context);

  self->widget = g_object_new (WF_TYPE_IDS_ROW, "title", wf_setting_to_text (self->info), NULL);
  wf_ids_row_set_empty_text (WF_IDS_ROW (self->widget),
                             self->info->type == WF_SETTING_ACTIVITY_TYPES ? _ ("All")
                                                                           : _ ("None"));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *name = wf_setting_id_to_text (self->info, self->context, ids[i]);

      wf_ids_row_add (WF_IDS_ROW (self->widget), ids[i], name);
    }
  g_signal_connect_swapped (self->widget, "changed", G_CALLBACK (wf_setting_row_emit_changed),
                            self);
  self->set = set_list;
  self->get = get_list;
}
