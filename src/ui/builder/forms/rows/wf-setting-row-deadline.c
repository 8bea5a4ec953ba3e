/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deadline: an amount of time after the event, or before a date that the event carries (R15-R17,
 * A1, S5). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include "wf-duration-row.h"
#include "wf-field-row.h"

#include <glib/gi18n-lib.h>

enum
{
  AFTER_EVENT,
  BEFORE_DATE,
};

typedef struct
{
  WfDurationRow *amount;
  AdwComboRow *direction;
  WfFieldRow *date;
  AdwSwitchRow *business_time;
} Deadline; /* all unowned: rows of the form */

static gboolean
counts_back (const Deadline *rows)
{
  return adw_combo_row_get_selected (rows->direction) == BEFORE_DATE;
}

static void
show_direction (WfSettingRow *self)
{
  const Deadline *rows = self->data;
  gboolean back = counts_back (rows);

  gtk_widget_set_visible (GTK_WIDGET (rows->date), back);
  gtk_widget_set_visible (GTK_WIDGET (rows->business_time), back);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rows->amount),
                                 back ? _ ("How long before") : wf_setting_to_text (self->info));
}

static void
on_direction_changed (WfSettingRow *self)
{
  show_direction (self);
  wf_setting_row_emit_changed (self);
}

static void
set_deadline (WfSettingRow *self, const WfJson *value)
{
  const Deadline *rows = self->data;
  WfJsonCursor cursor = wf_json_cursor_root (value, NULL);
  const char *before = wf_json_get_member_string (value, "before");

  wf_duration_row_set_duration (rows->amount, wf_duration_read (&cursor, FALSE));
  wf_field_row_set_field (rows->date, before);
  adw_switch_row_set_active (
      rows->business_time,
      wf_json_get_boolean (wf_json_get_member (value, "business-time"), FALSE));
  adw_combo_row_set_selected (rows->direction, before != NULL ? BEFORE_DATE : AFTER_EVENT);
  show_direction (self);
}

/* Also without an amount a direction is kept, so that the choice is not lost while somebody
 * types. */
static WfJsonDocument *
get_deadline (WfSettingRow *self)
{
  const Deadline *rows = self->data;
  WfDuration duration = wf_duration_row_get_duration (rows->amount);
  g_autoptr (WfJsonWriter) writer = NULL;
  const char *date = wf_field_row_get_field (rows->date);

  if (!wf_duration_is_set (duration) && !counts_back (rows))
    return NULL;
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "amount", duration.amount);
  wf_json_writer_add_string (writer, "unit", wf_time_unit_names[duration.unit]);
  if (counts_back (rows))
    {
      wf_json_writer_add_string (writer, "before", date != NULL ? date : "");
      if (adw_switch_row_get_active (rows->business_time))
        wf_json_writer_add_boolean (writer, "business-time", TRUE);
    }
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

static AdwComboRow *
make_direction (void)
{
  const char *const texts[] = { _ ("After the event"), _ ("Before a date"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (texts);
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Counted"));
  adw_combo_row_set_model (row, G_LIST_MODEL (model));
  return row;
}

void
wf_setting_row_make_deadline (WfSettingRow *self)
{
  Deadline *rows = g_new (Deadline, 1);

  rows->amount = g_object_new (WF_TYPE_DURATION_ROW, NULL);
  rows->direction = make_direction ();
  rows->date = g_object_new (WF_TYPE_FIELD_ROW, "title", _ ("Date"), NULL);
  rows->business_time =
      g_object_new (ADW_TYPE_SWITCH_ROW, "title", _ ("Count back in business time"), NULL);
  wf_field_row_set_event (rows->date, self->context->event_type, TRUE);
  wf_field_row_set_field (rows->date, wf_setting_get_usual_date (self->context->event_type));
  self->data = rows;
  self->data_free = g_free;
  self->widget = GTK_WIDGET (rows->amount);
  self->parts[0] = (WfSettingPart) { self->widget, "", NULL };
  self->parts[1] = (WfSettingPart) { GTK_WIDGET (rows->direction), NULL, NULL };
  self->parts[2] = (WfSettingPart) { GTK_WIDGET (rows->date), "before", NULL };
  self->parts[3] = (WfSettingPart) { GTK_WIDGET (rows->business_time), "business-time", NULL };
  self->n_parts = 4;
  self->set = set_deadline;
  self->get = get_deadline;
  show_direction (self);
  g_signal_connect_swapped (rows->amount, "changed", G_CALLBACK (wf_setting_row_emit_changed),
                            self);
  g_signal_connect_swapped (rows->direction, "notify::selected", G_CALLBACK (on_direction_changed),
                            self);
  g_signal_connect_swapped (rows->date, "notify::selected",
                            G_CALLBACK (wf_setting_row_emit_changed), self);
  g_signal_connect_swapped (rows->business_time, "notify::active",
                            G_CALLBACK (wf_setting_row_emit_changed), self);
}
