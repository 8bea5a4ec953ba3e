/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members of a step as its form works on them, and the questions which of several settings it
 * is to be. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-form-private.h"

/* -- members ----------------------------------------------------------------------------------- */

const WfJson *
wf_step_form_get_root (WfJsonDocument *document)
{
  return document != NULL ? wf_json_document_get_root (document) : NULL;
}

const WfJson *
wf_step_form_get_member (WfStepForm *self, const char *name)
{
  return wf_json_get_member (wf_step_form_get_root (self->members), name);
}

/* value: nullable; taken */
static void
take_member (WfStepForm *self, const char *name, WfJsonDocument *value)
{
  g_autoptr (WfJsonDocument) taken = value;
  g_autoptr (WfJsonDocument) before = g_steal_pointer (&self->members);

  self->members =
      wf_setting_with_member (wf_step_form_get_root (before), name, wf_step_form_get_root (taken));
}

/* What is inside of a value and has no row: it stays. */
static const char *const *
get_known_inside (WfSettingType type)
{
  static const char *const duration[] = { "amount", "unit", NULL };
  static const char *const deadline[] = { "amount", "unit", "before", "business-time", NULL };
  static const char *const permission[] = { "scope", "groups", NULL };

  switch (type)
    {
    case WF_SETTING_DURATION:
      return duration;
    case WF_SETTING_DEADLINE:
      return deadline;
    case WF_SETTING_PERMISSION:
      return permission;
    default:
      return NULL;
    }
}

/* value: taken, nullable */
static WfJsonDocument *
keep_unknown (const WfSettingInfo *info, const WfJson *before, WfJsonDocument *value)
{
  const char *const *known = get_known_inside (info->type);
  const WfJson *inside;
  const char *name;
  WfJsonIter iter;

  if (known == NULL || value == NULL || !wf_json_is (before, WF_JSON_OBJECT))
    return value;
  wf_json_iter_init (&iter, before);
  while (wf_json_iter_next (&iter, &name, &inside))
    if (!g_strv_contains (known, name))
      {
        g_autoptr (WfJsonDocument) less = value;

        value = wf_setting_with_member (wf_step_form_get_root (less), name, inside);
      }
  return value;
}

/* What a setting that answers its question has while nothing is filled in, so that the document
 * says which answer it is. */
static WfJsonDocument *
make_empty_answer (const WfSettingInfo *info)
{
  if (info->type == WF_SETTING_DATE_FIELD)
    return wf_json_document_parse ("\"\"", -1, 0, NULL);
  if (info->type == WF_SETTING_CONDITION)
    return wf_json_document_parse ("null", -1, 0, NULL);
  return wf_json_document_parse ("{\"amount\":0,\"unit\":\"minutes\"}", -1, 0, NULL);
}

void
wf_step_form_read_row (WfStepForm *self, WfStepEntry *entry)
{
  const WfSettingInfo *info = entry->row.info;
  WfJsonDocument *value = entry->row.get (&entry->row);

  if (value == NULL && info->question != NULL)
    value = make_empty_answer (info);
  take_member (self, info->name, keep_unknown (info, wf_step_form_get_root (entry->shown), value));
}

/* -- questions: settings that exclude each other ----------------------------------------------- */

gboolean
wf_step_entry_is_question (const WfStepEntry *entry)
{
  return entry->choices != NULL;
}

WfStepEntry *
wf_step_form_find_entry (WfStepForm *self, const char *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      WfStepEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->row.info->name, name))
        return entry;
    }
  return NULL;
}

/* The setting that answers the question now; the first when none is there. */
const char *
wf_step_form_get_answer (WfStepForm *self, const WfStepEntry *question)
{
  for (guint i = 0; question->choices[i] != NULL; i++)
    if (wf_step_form_get_member (self, question->choices[i]) != NULL)
      return question->choices[i];
  return question->choices[0];
}

gboolean
wf_step_form_is_shown (WfStepForm *self, const WfSettingInfo *info)
{
  if (info->question != NULL)
    return g_str_equal (
        wf_step_form_get_answer (self, wf_step_form_find_entry (self, info->question)), info->name);
  if (info->shown_with != NULL)
    return wf_step_form_is_shown (self, wf_step_form_find_entry (self, info->shown_with)->row.info);
  return TRUE;
}

/* Rows of several parts know themselves which of them are shown; settings that may be hidden are
 * one part. */
void
wf_step_form_show_visible (WfStepForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      WfStepEntry *entry = g_ptr_array_index (self->entries, i);
      const WfSettingInfo *info = entry->row.info;

      if (info->question == NULL && info->shown_with == NULL)
        continue;
      gtk_widget_set_visible (entry->row.widget, wf_step_form_is_shown (self, info));
      if (!wf_step_form_is_shown (self, info))
        wf_problem_row_set_text (entry->row.parts[0].problem, NULL, entry->row.widget);
    }
}

/* A setting that was just asked for begins with what is usual. */
static void
begin_row (WfStepForm *self, WfStepEntry *entry)
{
  g_autoptr (WfJsonDocument) present = entry->row.get (&entry->row);
  g_autoptr (WfJsonDocument) usual = NULL;

  if (present == NULL && entry->row.info->type == WF_SETTING_DURATION)
    usual = wf_json_document_parse ("{\"amount\":1,\"unit\":\"days\"}", -1, 0, NULL);
  if (present == NULL && entry->row.info->type == WF_SETTING_DATE_FIELD)
    usual = wf_setting_make_text_value (wf_setting_get_usual_date (self->context.event_type));
  if (usual != NULL)
    entry->row.set (&entry->row, wf_step_form_get_root (usual));
  wf_step_form_read_row (self, entry);
}

void
wf_step_form_answer (WfStepForm *self, const WfStepEntry *question)
{
  g_autoptr (WfJsonDocument) chosen = question->row.get ((WfSettingRow *) &question->row);
  const char *name = wf_json_get_string (wf_step_form_get_root (chosen));

  for (guint i = 0; question->choices[i] != NULL; i++)
    if (!g_str_equal (question->choices[i], name))
      take_member (self, question->choices[i], NULL);
  begin_row (self, wf_step_form_find_entry (self, name));
  for (guint i = 0; i < self->entries->len; i++)
    {
      WfStepEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->row.info->shown_with == NULL)
        continue;
      if (wf_step_form_is_shown (self, entry->row.info))
        begin_row (self, entry);
      else
        take_member (self, entry->row.info->name, NULL);
    }
  wf_step_form_show_visible (self);
}
