/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which row shows which type of setting. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

WfSettingRowMake
wf_setting_row_find (WfSettingType type)
{
  switch (type)
    {
    case WF_SETTING_TEXT:
    case WF_SETTING_WORD:
    case WF_SETTING_URL:
    case WF_SETTING_FIELD:
      return wf_setting_row_make_text;
    case WF_SETTING_LONG_TEXT:
      return wf_setting_row_make_long_text;
    case WF_SETTING_VALUE:
      return wf_setting_row_make_value;
    case WF_SETTING_BOOLEAN:
      return wf_setting_row_make_boolean;
    case WF_SETTING_NUMBER:
      return wf_setting_row_make_number;
    case WF_SETTING_DURATION:
    case WF_SETTING_DEADLINE:
      return wf_setting_row_make_duration;
    case WF_SETTING_CHOICE:
    case WF_SETTING_DATE_FIELD:
    case WF_SETTING_STAGE:
    case WF_SETTING_PERSON:
    case WF_SETTING_RECIPIENT:
    case WF_SETTING_ASSIGNEE:
    case WF_SETTING_ACTIVITY_TYPE:
      return wf_setting_row_make_choice;
    case WF_SETTING_RECIPIENTS:
    case WF_SETTING_ACTIVITY_TYPES:
    case WF_SETTING_EVENT_TYPES:
      return wf_setting_row_make_list;
    case WF_SETTING_RULES:
      return wf_setting_row_make_rules;
    case WF_SETTING_PERMISSION:
    case WF_SETTING_CONDITION:
    case WF_SETTING_PATHS:
      return NULL;
    default:
      g_return_val_if_reached (NULL);
    }
}

void
wf_setting_row_emit_changed (WfSettingRow *self)
{
  if (self->changed != NULL)
    self->changed (self->changed_data);
}

WfJsonDocument *
wf_setting_make_text_value (const char *text)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  if (text == NULL || *text == '\0')
    return NULL;
  wf_json_writer_add_string (writer, NULL, text);
  return wf_json_writer_finish_document (writer);
}
