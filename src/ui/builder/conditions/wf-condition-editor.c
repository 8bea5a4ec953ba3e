/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions as rows. Nested ones are shown as a sentence and kept as they are until the person replaces them. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-condition-editor.h"

#include "wf-condition-draft.h"
#include "wf-test-row.h"

struct _WfConditionEditor
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *nested;
  AdwComboRow *kind;
  GPtrArray *rows;   /* of WfTestRow, unowned */
  char *event_type;  /* (nullable) */
  WfCondition *kept; /* (nullable) the nested condition */
  gboolean setting;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WfConditionEditor, wf_condition_editor, ADW_TYPE_PREFERENCES_GROUP)

static void
show_rows (WfConditionEditor *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->nested), self->kept != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->kind),
                          self->rows->len > 1 || (self->rows->len == 1 &&
                                                  adw_combo_row_get_selected (self->kind) == 2));
}

static void
on_changed (WfConditionEditor *self)
{
  if (self->setting)
    return;
  show_rows (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_row_removed (WfTestRow *row, WfConditionEditor *self)
{
  g_ptr_array_remove (self->rows, row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  on_changed (self);
}

static WfTestRow *
add_row (WfConditionEditor *self, const WfTestDraft *draft)
{
  WfTestRow *row = wf_test_row_new (self->event_type, draft);

  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_row_removed), self, G_CONNECT_DEFAULT);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  return row;
}

static void
on_add_clicked (WfConditionEditor *self)
{
  g_clear_pointer (&self->kept, wf_condition_unref);
  gtk_widget_child_focus (GTK_WIDGET (add_row (self, NULL)), GTK_DIR_TAB_FORWARD);
  on_changed (self);
}

static void
clear_rows (WfConditionEditor *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
wf_condition_editor_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_CONDITION_EDITOR);
  G_OBJECT_CLASS (wf_condition_editor_parent_class)->dispose (object);
}

static void
wf_condition_editor_finalize (GObject *object)
{
  WfConditionEditor *self = WF_CONDITION_EDITOR (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->event_type, g_free);
  g_clear_pointer (&self->kept, wf_condition_unref);
  G_OBJECT_CLASS (wf_condition_editor_parent_class)->finalize (object);
}

static void
wf_condition_editor_class_init (WfConditionEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_condition_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_condition_editor_finalize;
  changed_signal = g_signal_new ("changed", WF_TYPE_CONDITION_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/conditions/wf-condition-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, WfConditionEditor, nested);
  gtk_widget_class_bind_template_child (widget_class, WfConditionEditor, kind);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
wf_condition_editor_init (WfConditionEditor *self)
{
  self->rows = g_ptr_array_new ();
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->setting = FALSE;
}

/* The event type tells which fields rows added from now on offer. */
void
wf_condition_editor_set_event (WfConditionEditor *self, const char *event_type)
{
  g_free (self->event_type);
  self->event_type = g_strdup (event_type);
}

/* condition: nullable; referenced. organisation: for names, nullable. */
void
wf_condition_editor_set_condition (WfConditionEditor *self, WfCondition *condition,
                                   const WfOrganisation *organisation)
{
  g_autoptr (GPtrArray) tests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_test_draft_free);
  WfConditionKind kind;

  self->setting = TRUE;
  clear_rows (self);
  g_clear_pointer (&self->kept, wf_condition_unref);
  if (wf_condition_draft_read (condition, &kind, tests))
    {
      adw_combo_row_set_selected (self->kind, kind);
      for (guint i = 0; i < tests->len; i++)
        add_row (self, g_ptr_array_index (tests, i));
    }
  else
    {
      g_autofree char *text = wf_condition_to_text (condition, organisation);

      self->kept = wf_condition_ref (condition);
      adw_action_row_set_subtitle (self->nested, text);
    }
  self->setting = FALSE;
  show_rows (self);
}

/* NULL when there are none. Owned by the caller. */
WfCondition *
wf_condition_editor_dup_condition (WfConditionEditor *self)
{
  g_autoptr (GPtrArray) tests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_test_draft_free);

  if (self->kept != NULL)
    return wf_condition_ref (self->kept);
  for (guint i = 0; i < self->rows->len; i++)
    {
      WfTestDraft *draft = wf_test_row_dup_draft (g_ptr_array_index (self->rows, i));

      if (draft != NULL)
        g_ptr_array_add (tests, draft);
    }
  return wf_condition_draft_build ((WfConditionKind) adw_combo_row_get_selected (self->kind),
                                   tests);
}
