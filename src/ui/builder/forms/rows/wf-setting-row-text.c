/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings that are text: one line, several lines, or a value that may also be a number. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include "wf-event-catalogue.h"
#include "wf-field-menu.h"
#include "wf-merge-completion.h"
#include "wf-merge-suggest.h"

#include <glib/gi18n-lib.h>

/* -- one line ---------------------------------------------------------------------------------- */

static void
set_text (WfSettingRow *self, const WfJson *value)
{
  const char *text = wf_json_get_string (value);

  gtk_editable_set_text (GTK_EDITABLE (self->widget), text != NULL ? text : "");
}

static WfJsonDocument *
get_text (WfSettingRow *self)
{
  return wf_setting_make_text_value (gtk_editable_get_text (GTK_EDITABLE (self->widget)));
}

static void
insert_merge_field (const char *field, gpointer user_data)
{
  WfSettingRow *self = user_data;
  g_autofree char *text = wf_merge_completion_make_field (field);
  int position = gtk_editable_get_position (GTK_EDITABLE (self->widget));

  gtk_editable_insert_text (GTK_EDITABLE (self->widget), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (self->widget), position);
}

static void
choose_field (const char *field, gpointer user_data)
{
  WfSettingRow *self = user_data;

  gtk_editable_set_text (GTK_EDITABLE (self->widget), field);
}

static GtkWidget *
make_entry (WfSettingRow *self)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), wf_setting_to_text (self->info));
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (wf_setting_row_emit_changed), self);
  if (self->info->type == WF_SETTING_URL)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (entry), GTK_INPUT_PURPOSE_URL);
  else if (self->info->type == WF_SETTING_FIELD)
    adw_entry_row_add_suffix (
        ADW_ENTRY_ROW (entry),
        wf_field_menu_new (self->context->event_type, wf_field_can_be_written, choose_field, self));
  else if (self->info->type != WF_SETTING_WORD)
    {
      adw_entry_row_add_suffix (
          ADW_ENTRY_ROW (entry),
          wf_field_menu_new (self->context->event_type, NULL, insert_merge_field, self));
      wf_merge_suggest_add (entry, self->context->event_type);
    }
  return entry;
}

void
wf_setting_row_make_text (WfSettingRow *self)
{
  self->widget = make_entry (self);
  self->set = set_text;
  self->get = get_text;
}

/* -- text, number or boolean ------------------------------------------------------------------- */

static void
set_value (WfSettingRow *self, const WfJson *value)
{
  g_autofree char *text =
      value != NULL && !wf_json_is (value, WF_JSON_STRING) ? wf_json_to_text (value, FALSE) : NULL;

  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->widget), text);
  else
    set_text (self, value);
}

/* What reads as a number or as true or false is one; everything else is text. */
static WfJsonDocument *
get_value (WfSettingRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->widget));
  g_autoptr (WfJsonDocument) parsed = wf_json_document_parse (text, -1, 0, NULL);
  const WfJson *root = parsed != NULL ? wf_json_document_get_root (parsed) : NULL;

  if (wf_json_is (root, WF_JSON_NUMBER) || wf_json_is (root, WF_JSON_BOOLEAN))
    return g_steal_pointer (&parsed);
  return get_text (self);
}

void
wf_setting_row_make_value (WfSettingRow *self)
{
  self->widget = make_entry (self);
  self->set = set_value;
  self->get = get_value;
}

/* -- several lines ----------------------------------------------------------------------------- */

static GtkTextBuffer *
get_buffer (WfSettingRow *self)
{
  return gtk_text_view_get_buffer (self->data);
}

static void
set_long_text (WfSettingRow *self, const WfJson *value)
{
  const char *text = wf_json_get_string (value);

  gtk_text_buffer_set_text (get_buffer (self), text != NULL ? text : "", -1);
}

static WfJsonDocument *
get_long_text (WfSettingRow *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  text = gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);
  return wf_setting_make_text_value (text);
}

static void
insert_at_cursor (const char *field, gpointer user_data)
{
  WfSettingRow *self = user_data;
  g_autofree char *text = wf_merge_completion_make_field (field);

  gtk_text_buffer_insert_at_cursor (get_buffer (self), text, -1);
  gtk_widget_grab_focus (self->data);
}

static GtkWidget *
make_text_view (WfSettingRow *self)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextView *text_view = GTK_TEXT_VIEW (view);

  gtk_text_view_set_wrap_mode (text_view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (text_view, FALSE);
  gtk_widget_add_css_class (view, "wf-plain-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  wf_setting_to_text (self->info), -1);
  g_signal_connect_swapped (gtk_text_view_get_buffer (text_view), "changed",
                            G_CALLBACK (wf_setting_row_emit_changed), self);
  wf_merge_suggest_add (view, self->context->event_type);
  self->data = text_view;
  return view;
}

static GtkWidget *
make_heading (WfSettingRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (wf_setting_to_text (self->info));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box),
                  wf_field_menu_new (self->context->event_type, NULL, insert_at_cursor, self));
  return box;
}

void
wf_setting_row_make_long_text (WfSettingRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 72);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), make_text_view (self));
  gtk_box_append (GTK_BOX (box), make_heading (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  self->focus = self->data;
  self->widget = g_object_new (ADW_TYPE_PREFERENCES_ROW, "child", box, "activatable", FALSE,
                               "focusable", FALSE, NULL);
  self->set = set_long_text;
  self->get = get_long_text;
}
