/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is set in a step of a kind that the catalogue describes. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-step-settings.h"

/**
 * wf_step_kind_has_settings:
 * @kind: a kind
 *
 * Returns: %TRUE when the step's settings are kept as members by name
 */
gboolean
wf_step_kind_has_settings (WfStepKind kind)
{
  return kind >= WF_STEP_POST_TO_STREAM && kind < WF_STEP_OTHER;
}

/**
 * wf_step_get_setting:
 * @self: a step
 * @name: of a setting
 *
 * Returns: (transfer none) (nullable): what is set
 */
const WfJson *
wf_step_get_setting (const WfStep *self, const char *name)
{
  if (!wf_step_kind_has_settings (self->kind) || self->settings == NULL)
    return NULL;
  return wf_json_get_member (wf_json_document_get_root (self->settings), name);
}

/**
 * wf_step_get_text:
 * @self: a step
 * @name: of a setting
 *
 * Returns: (transfer none) (nullable): the text, or the catalogue's fallback
 */
const char *
wf_step_get_text (const WfStep *self, const char *name)
{
  const char *text = wf_json_get_string (wf_step_get_setting (self, name));
  const WfStepKindInfo *kind = wf_step_catalogue_get (self->kind);
  const WfSettingInfo *setting =
      text == NULL && kind != NULL ? wf_step_kind_info_get_setting (kind, name) : NULL;

  return setting != NULL ? setting->fallback : text;
}

/**
 * wf_step_get_flag:
 * @self: a step
 * @name: of a setting
 *
 * Returns: whether it is set and true
 */
gboolean
wf_step_get_flag (const WfStep *self, const char *name)
{
  return wf_json_get_boolean (wf_step_get_setting (self, name), FALSE);
}

/**
 * wf_step_get_number:
 * @self: a step
 * @name: of a setting
 * @fallback: when it is not set
 *
 * Returns: the whole number
 */
gint64
wf_step_get_number (const WfStep *self, const char *name, gint64 fallback)
{
  gint64 number;

  return wf_json_get_int64 (wf_step_get_setting (self, name), &number) ? number : fallback;
}

/**
 * wf_step_get_duration:
 * @self: a step
 * @name: of a setting
 *
 * Returns: the duration; its amount is 0 when it is not set
 */
WfDuration
wf_step_get_duration (const WfStep *self, const char *name)
{
  WfJsonCursor cursor = wf_json_cursor_root (wf_step_get_setting (self, name), NULL);

  return wf_duration_read (&cursor, FALSE);
}

/**
 * wf_step_dup_list:
 * @self: a step
 * @name: of a setting
 *
 * Returns: (transfer full): its texts, NULL-terminated; empty when it is not set
 */
char **
wf_step_dup_list (const WfStep *self, const char *name)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  const WfJson *value;
  WfJsonIter iter;

  wf_json_iter_init (&iter, wf_step_get_setting (self, name));
  while (wf_json_iter_next (&iter, NULL, &value))
    if (wf_json_get_string (value) != NULL)
      g_strv_builder_add (list, wf_json_get_string (value));
  return g_strv_builder_end (list);
}

/**
 * wf_step_take_setting:
 * @self: a step that nobody shares yet
 * @name: of a setting
 * @value: (nullable) (transfer full): what it is now; %NULL removes it
 *
 * Members keep the order of the catalogue, so that the same settings always give the same bytes.
 */
void
wf_step_take_setting (WfStep *self, const char *name, WfJsonDocument *value)
{
  const WfStepKindInfo *kind = wf_step_catalogue_get (self->kind);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) taken = value;

  g_return_if_fail (wf_step_kind_has_settings (self->kind));
  wf_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < kind->n_settings; i++)
    {
      const char *member = kind->settings[i].name;
      const WfJson *present = g_str_equal (member, name)
                                  ? (taken != NULL ? wf_json_document_get_root (taken) : NULL)
                                  : wf_step_get_setting (self, member);

      if (present != NULL)
        wf_json_writer_add_value (writer, member, present);
    }
  wf_json_writer_end (writer);
  g_clear_pointer (&self->settings, wf_json_document_unref);
  self->settings = wf_json_writer_finish_document (writer);
}

/**
 * wf_step_set_text:
 * @self: a step that nobody shares yet
 * @name: of a setting
 * @text: (nullable): what it is now; %NULL removes it
 */
void
wf_step_set_text (WfStep *self, const char *name, const char *text)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  if (text != NULL)
    wf_json_writer_add_string (writer, NULL, text);
  wf_step_take_setting (self, name, text != NULL ? wf_json_writer_finish_document (writer) : NULL);
}
