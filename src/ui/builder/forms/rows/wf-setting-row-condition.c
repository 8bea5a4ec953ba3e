/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A setting that is a condition: the editor of conditions, as a group of its own. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include "wf-condition-editor.h"

static void
set_condition (WfSettingRow *self, const WfJson *value)
{
  WfJsonCursor cursor = wf_json_cursor_root (value, NULL);
  g_autoptr (WfCondition) condition = value != NULL ? wf_condition_read_unfinished (&cursor) : NULL;

  wf_condition_editor_set_condition (WF_CONDITION_EDITOR (self->widget), condition,
                                     self->context->organisation);
}

static WfJsonDocument *
get_condition (WfSettingRow *self)
{
  g_autoptr (WfCondition) condition =
      wf_condition_editor_dup_condition (WF_CONDITION_EDITOR (self->widget));

  return wf_condition_to_document (condition);
}

static gboolean
is_complete (WfSettingRow *self)
{
  return wf_condition_editor_is_complete (WF_CONDITION_EDITOR (self->widget));
}

void
wf_setting_row_make_condition (WfSettingRow *self)
{
  self->widget =
      g_object_new (WF_TYPE_CONDITION_EDITOR, "title", wf_setting_to_text (self->info), NULL);
  wf_condition_editor_set_context (WF_CONDITION_EDITOR (self->widget), self->context->builder);
  wf_condition_editor_set_event (WF_CONDITION_EDITOR (self->widget), self->context->event_type);
  g_signal_connect_swapped (self->widget, "changed", G_CALLBACK (wf_setting_row_emit_changed),
                            self);
  self->set = set_condition;
  self->get = get_condition;
  self->is_complete = is_complete;
}
