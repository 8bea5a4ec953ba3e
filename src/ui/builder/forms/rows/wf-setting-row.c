/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows show which type of setting, and what the types share. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

typedef void (*MakeFunc) (WfSettingRow *self);

static MakeFunc
find_make (WfSettingType type)
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
      return wf_setting_row_make_duration;
    case WF_SETTING_DEADLINE:
      return wf_setting_row_make_deadline;
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
      return wf_setting_row_make_permission;
    case WF_SETTING_CONDITION:
      return wf_setting_row_make_condition;
    case WF_SETTING_PATHS:
      return wf_setting_row_make_paths;
    default:
      g_return_val_if_reached (wf_setting_row_make_text);
    }
}

/**
 * wf_setting_row_make:
 * @self: with info, context and changed
 *
 * Makes the rows of the setting's type.
 */
void
wf_setting_row_make (WfSettingRow *self)
{
  find_make (self->info->type) (self);
  if (self->n_parts == 0)
    self->parts[self->n_parts++] = (WfSettingPart) { self->widget, "", NULL };
}

gboolean
wf_setting_row_is_group (const WfSettingRow *self)
{
  return ADW_IS_PREFERENCES_GROUP (self->widget);
}

void
wf_setting_row_emit_changed (WfSettingRow *self)
{
  if (self->changed != NULL)
    self->changed (self->changed_data);
}

/**
 * wf_setting_row_connect:
 * @self: a setting
 * @dialog: that edits it
 * @signal: of @dialog
 * @callback: not called any more once the rows of the setting are gone, with which it goes itself
 * @data: (transfer full): for @callback
 */
void
wf_setting_row_connect (WfSettingRow *self, gpointer dialog, const char *signal, GCallback callback,
                        gpointer data)
{
  GClosure *closure = g_cclosure_new (callback, data, (GClosureNotify) (void (*) (void)) g_free);

  g_object_watch_closure (G_OBJECT (self->widget), closure);
  g_signal_connect_closure (dialog, signal, closure, FALSE);
}

/* -- values ------------------------------------------------------------------------------------ */

WfJsonDocument *
wf_setting_make_text_value (const char *text)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  if (text == NULL || *text == '\0')
    return NULL;
  wf_json_writer_add_string (writer, NULL, text);
  return wf_json_writer_finish_document (writer);
}

WfJsonDocument *
wf_setting_make_list_value (const char *const *ids)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  if (ids[0] == NULL)
    return NULL;
  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    wf_json_writer_add_string (writer, NULL, ids[i]);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

char **
wf_setting_dup_list_value (const WfJson *value)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  const WfJson *element;
  WfJsonIter iter;

  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &element))
    if (wf_json_get_string (element) != NULL)
      g_strv_builder_add (list, wf_json_get_string (element));
  return g_strv_builder_end (list);
}

/**
 * wf_setting_with_member:
 * @object: (nullable): an object
 * @name: of a member
 * @value: (nullable): what it is now; %NULL removes it
 *
 * Returns: (transfer full): the object with that member, at its place or at the end
 */
WfJsonDocument *
wf_setting_with_member (const WfJson *object, const char *name, const WfJson *value)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  gboolean written = value == NULL;
  const WfJson *present;
  const char *member;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, object);
  while (wf_json_iter_next (&iter, &member, &present))
    {
      gboolean is_it = g_str_equal (member, name);

      if (is_it)
        written = TRUE;
      if (!is_it || value != NULL)
        wf_json_writer_add_value (writer, member, is_it ? value : present);
    }
  if (!written)
    wf_json_writer_add_value (writer, name, value);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}
