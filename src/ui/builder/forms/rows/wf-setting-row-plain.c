/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings that are a switch, a number or an amount of time. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include "wf-duration-row.h"

#define MOST_NUMBER 1000000

/* -- yes or no --------------------------------------------------------------------------------- */

static void
set_boolean (WfSettingRow *self, const WfJson *value)
{
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->widget), wf_json_get_boolean (value, FALSE));
}

static WfJsonDocument *
get_boolean (WfSettingRow *self)
{
  return adw_switch_row_get_active (ADW_SWITCH_ROW (self->widget))
             ? wf_json_document_parse ("true", -1, 0, NULL)
             : NULL;
}

void
wf_setting_row_make_boolean (WfSettingRow *self)
{
  self->widget = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget),
                                 wf_setting_to_text (self->info));
  g_signal_connect_swapped (self->widget, "notify::active",
                            G_CALLBACK (wf_setting_row_emit_changed), self);
  self->set = set_boolean;
  self->get = get_boolean;
}

/* -- a whole number ---------------------------------------------------------------------------- */

static void
set_number (WfSettingRow *self, const WfJson *value)
{
  adw_spin_row_set_value (ADW_SPIN_ROW (self->widget), wf_json_get_double (value, 0));
}

static WfJsonDocument *
get_number (WfSettingRow *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_add_int (writer, NULL,
                          (gint64) adw_spin_row_get_value (ADW_SPIN_ROW (self->widget)));
  return wf_json_writer_finish_document (writer);
}

void
wf_setting_row_make_number (WfSettingRow *self)
{
  self->widget = adw_spin_row_new_with_range (-MOST_NUMBER, MOST_NUMBER, 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget),
                                 wf_setting_to_text (self->info));
  g_signal_connect_swapped (self->widget, "notify::value", G_CALLBACK (wf_setting_row_emit_changed),
                            self);
  self->set = set_number;
  self->get = get_number;
}

/* -- an amount of time ------------------------------------------------------------------------- */

static void
set_duration (WfSettingRow *self, const WfJson *value)
{
  WfJsonCursor cursor = wf_json_cursor_root (value, NULL);

  wf_duration_row_set_duration (WF_DURATION_ROW (self->widget), wf_duration_read (&cursor, FALSE));
}

static WfJsonDocument *
get_duration (WfSettingRow *self)
{
  WfDuration duration = wf_duration_row_get_duration (WF_DURATION_ROW (self->widget));
  g_autoptr (WfJsonWriter) writer = NULL;

  if (!wf_duration_is_set (duration))
    return NULL;
  writer = wf_json_writer_new ();
  wf_duration_write (duration, writer, NULL);
  return wf_json_writer_finish_document (writer);
}

void
wf_setting_row_make_duration (WfSettingRow *self)
{
  self->widget =
      g_object_new (WF_TYPE_DURATION_ROW, "title", wf_setting_to_text (self->info), NULL);
  g_signal_connect_swapped (self->widget, "changed", G_CALLBACK (wf_setting_row_emit_changed),
                            self);
  self->focus = wf_duration_row_get_entry (WF_DURATION_ROW (self->widget));
  self->set = set_duration;
  self->get = get_duration;
}
