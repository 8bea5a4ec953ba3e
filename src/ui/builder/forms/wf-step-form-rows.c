/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a step's form, in the groups of their settings. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-form-private.h"

void
wf_step_entry_free (gpointer data)
{
  WfStepEntry *entry = data;

  if (entry->row.data_free != NULL)
    entry->row.data_free (entry->row.data);
  g_strfreev (entry->choices);
  g_clear_pointer (&entry->shown, wf_json_document_unref);
  g_free (entry);
}

/* NULL: “More”, which has rows inside of a row. */
static AdwPreferencesGroup *
find_group (WfStepForm *self, const WfStepEntry *entry)
{
  if (wf_setting_row_is_group (&entry->row))
    return self->own_group;
  switch (entry->row.info->section)
    {
    case WF_SECTION_DEADLINE:
      return self->deadline;
    case WF_SECTION_WHO:
      return self->who;
    case WF_SECTION_NOTES:
      return self->notes;
    case WF_SECTION_MORE:
      return NULL;
    case WF_SECTION_MAIN:
    default:
      return self->main;
    }
}

static void
add_widget (WfStepForm *self, const WfStepEntry *entry, GtkWidget *widget)
{
  if (entry->group != NULL)
    adw_preferences_group_add (entry->group, widget);
  else
    adw_expander_row_add_row (self->more, widget);
}

static void
remove_widget (WfStepForm *self, const WfStepEntry *entry, GtkWidget *widget)
{
  if (entry->group != NULL)
    adw_preferences_group_remove (entry->group, widget);
  else
    adw_expander_row_remove (self->more, widget);
}

static void
add_entry (WfStepForm *self, WfStepEntry *entry)
{
  entry->form = self;
  entry->row.context = &self->context;
  entry->row.changed = wf_step_form_on_row_changed;
  entry->row.changed_data = entry;
  wf_setting_row_make (&entry->row);
  entry->group = find_group (self, entry);
  g_ptr_array_add (self->entries, entry);
  for (guint i = 0; i < entry->row.n_parts; i++)
    {
      WfSettingPart *part = &entry->row.parts[i];

      add_widget (self, entry, part->widget);
      if (part->path == NULL)
        continue;
      part->problem = g_object_new (WF_TYPE_PROBLEM_ROW, "visible", FALSE, NULL);
      add_widget (self, entry, GTK_WIDGET (part->problem));
    }
}

/* The row that asks which of several settings it is to be. */
static void
add_question (WfStepForm *self, const WfStepKindInfo *kind, const WfSettingInfo *first)
{
  g_autoptr (GStrvBuilder) choices = g_strv_builder_new ();
  WfStepEntry *entry = g_new0 (WfStepEntry, 1);

  for (guint i = 0; i < kind->n_settings; i++)
    if (g_strcmp0 (kind->settings[i].question, first->question) == 0)
      g_strv_builder_add (choices, kind->settings[i].name);
  entry->choices = g_strv_builder_end (choices);
  entry->own = (WfSettingInfo) { .name = first->question,
                                 .type = WF_SETTING_CHOICE,
                                 .label = first->question,
                                 .choices = (const char *const *) entry->choices,
                                 .fallback = first->name,
                                 .section = first->section };
  entry->row.info = &entry->own;
  add_entry (self, entry);
}

static void
add_setting (WfStepForm *self, const WfStepKindInfo *kind, const WfSettingInfo *info)
{
  WfStepEntry *entry;

  if (info->question != NULL && wf_step_form_find_entry (self, info->question) == NULL)
    add_question (self, kind, info);
  entry = g_new0 (WfStepEntry, 1);
  entry->row.info = info;
  add_entry (self, entry);
}

static void
remove_rows (WfStepForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      WfStepEntry *entry = g_ptr_array_index (self->entries, i);

      for (guint j = 0; j < entry->row.n_parts; j++)
        {
          remove_widget (self, entry, entry->row.parts[j].widget);
          if (entry->row.parts[j].problem != NULL)
            remove_widget (self, entry, GTK_WIDGET (entry->row.parts[j].problem));
        }
    }
  g_ptr_array_set_size (self->entries, 0);
}

static gboolean
has_section (const WfStepKindInfo *kind, WfSettingSection section)
{
  for (guint i = 0; kind != NULL && i < kind->n_settings; i++)
    if (kind->settings[i].section == section)
      return TRUE;
  return FALSE;
}

static void
show_groups (WfStepForm *self, const WfStepKindInfo *kind)
{
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), has_section (kind, WF_SECTION_DEADLINE));
  gtk_widget_set_visible (GTK_WIDGET (self->who), has_section (kind, WF_SECTION_WHO));
  gtk_widget_set_visible (GTK_WIDGET (self->notes), has_section (kind, WF_SECTION_NOTES));
  gtk_widget_set_visible (self->more_group, has_section (kind, WF_SECTION_MORE));
  adw_expander_row_set_expanded (self->more, FALSE);
}

void
wf_step_form_make_rows (WfStepForm *self, WfStepKind kind)
{
  const WfStepKindInfo *info = wf_step_catalogue_get (kind);

  remove_rows (self);
  self->kind = self->context.kind = kind;
  adw_preferences_group_set_description (self->main, wf_step_kind_to_summary (kind));
  for (guint i = 0; info != NULL && i < info->n_settings; i++)
    add_setting (self, info, &info->settings[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->own_group), FALSE);
  for (guint i = 0; i < self->entries->len; i++)
    if (((WfStepEntry *) g_ptr_array_index (self->entries, i))->group == self->own_group)
      gtk_widget_set_visible (GTK_WIDGET (self->own_group), TRUE);
  show_groups (self, info);
}
