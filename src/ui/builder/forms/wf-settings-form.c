/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form for any kind of step: a row for each setting, and under it what is wrong with it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-settings-form.h"

#include "wf-setting-row.h"
#include "wf-step-dialog-problems.h"

typedef struct
{
  WfSettingRow row;
  WfProblemRow *problem; /* (unowned) below the row */
} Entry;

struct _WfSettingsForm
{
  AdwPreferencesGroup parent_instance;

  WfSettingContext context;
  GPtrArray *entries; /* (owned) of Entry */
  gboolean showing;   /* the rows are being filled: nobody changed anything */
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfSettingsForm, wf_settings_form, ADW_TYPE_PREFERENCES_GROUP)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->row.data_free != NULL)
    entry->row.data_free (entry->row.data);
  g_free (entry);
}

static void
on_row_changed (gpointer user_data)
{
  WfSettingsForm *self = user_data;

  if (!self->showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_setting (WfSettingsForm *self, const WfSettingInfo *info)
{
  WfSettingRowMake make = wf_setting_row_find (info->type);
  Entry *entry;

  if (make == NULL)
    return;
  entry = g_new0 (Entry, 1);
  entry->row.info = info;
  entry->row.context = &self->context;
  entry->row.changed = on_row_changed;
  entry->row.changed_data = self;
  g_ptr_array_add (self->entries, entry);
  make (&entry->row);
  entry->problem = g_object_new (WF_TYPE_PROBLEM_ROW, "visible", FALSE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), entry->row.widget);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (entry->problem));
}

static void
wf_settings_form_dispose (GObject *object)
{
  /* Rows emit while they go. */
  WF_SETTINGS_FORM (object)->showing = TRUE;
  G_OBJECT_CLASS (wf_settings_form_parent_class)->dispose (object);
}

static void
wf_settings_form_finalize (GObject *object)
{
  WfSettingsForm *self = WF_SETTINGS_FORM (object);

  g_ptr_array_unref (self->entries);
  wf_organisation_unref (self->context.organisation);
  g_free (self->context.event_type);
  G_OBJECT_CLASS (wf_settings_form_parent_class)->finalize (object);
}

static void
wf_settings_form_class_init (WfSettingsFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_settings_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_settings_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_SETTINGS_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_settings_form_init (WfSettingsForm *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

/**
 * wf_settings_form_set_up:
 * @self: a form without rows
 * @kind: of the steps
 * @organisation: (nullable): whose people, groups and stages can be chosen
 * @event_type: of the trigger, for merge fields
 *
 * Makes the rows. To be called once.
 */
void
wf_settings_form_set_up (WfSettingsForm *self, WfStepKind kind, WfOrganisation *organisation,
                         const char *event_type)
{
  const WfStepKindInfo *info = wf_step_catalogue_get (kind);

  self->context.organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  self->context.event_type = g_strdup (event_type);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), wf_step_kind_to_text (kind));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         wf_step_kind_to_summary (kind));
  for (guint i = 0; info != NULL && i < info->n_settings; i++)
    add_setting (self, &info->settings[i]);
}

void
wf_settings_form_show_step (WfSettingsForm *self, const WfStep *step)
{
  self->showing = TRUE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      entry->row.set (&entry->row, wf_step_get_setting (step, entry->row.info->name));
    }
  self->showing = FALSE;
}

void
wf_settings_form_read_step (WfSettingsForm *self, WfStep *step)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      wf_step_take_setting (step, entry->row.info->name, entry->row.get (&entry->row));
    }
}

void
wf_settings_form_show_problems (WfSettingsForm *self, const WfProblems *problems, const char *base)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      wf_problem_row_set_text (
          entry->problem,
          wf_step_problem_find (problems, base, entry->row.info->name, WF_PROBLEM_WARNING),
          entry->row.widget);
    }
}
