/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One condition as a row: field, operator, value. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-test-row.h"

#include "wf-event-catalogue.h"

#include <glib/gi18n-lib.h>

struct _WfTestRow
{
  AdwPreferencesRow parent_instance;

  GtkDropDown *field;
  GtkDropDown *operator;
  GtkEntry *value;
  GtkStringList *fields;
  gboolean setting;
};

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfTestRow, wf_test_row, ADW_TYPE_PREFERENCES_ROW)

static char *
get_field_name (GtkStringObject *object)
{
  return g_strdup (wf_field_to_text (gtk_string_object_get_string (object)));
}

static void
on_changed (WfTestRow *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_operator_changed (WfTestRow *self)
{
  WfOperator op = (WfOperator) gtk_drop_down_get_selected (self->operator);

  gtk_widget_set_visible (GTK_WIDGET (self->value), wf_operator_takes_value (op));
  on_changed (self);
}

static void
on_remove_clicked (WfTestRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
wf_test_row_dispose (GObject *object)
{
  g_clear_object (&WF_TEST_ROW (object)->fields);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_TEST_ROW);
  G_OBJECT_CLASS (wf_test_row_parent_class)->dispose (object);
}

static void
wf_test_row_class_init (WfTestRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_test_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_TEST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", WF_TYPE_TEST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/conditions/wf-test-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfTestRow, field);
  gtk_widget_class_bind_template_child (widget_class, WfTestRow, operator);
  gtk_widget_class_bind_template_child (widget_class, WfTestRow, value);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_operator_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
wf_test_row_init (WfTestRow *self)
{
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_field_name), NULL, NULL);
  g_autoptr (GtkStringList) operators = gtk_string_list_new (NULL);

  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < WF_N_OPERATORS; i++)
    gtk_string_list_append (operators, wf_operator_to_text ((WfOperator) i));
  self->fields = gtk_string_list_new (NULL);
  gtk_drop_down_set_expression (self->field, name);
  gtk_drop_down_set_model (self->field, G_LIST_MODEL (self->fields));
  gtk_drop_down_set_model (self->operator, G_LIST_MODEL (operators));
  self->setting = FALSE;
}

/* draft: nullable; a field that the event does not carry stays as it is. */
WfTestRow *
wf_test_row_new (const char *event_type, const WfTestDraft *draft)
{
  WfTestRow *self = g_object_new (WF_TYPE_TEST_ROW, NULL);
  guint n;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (event_type, &n);

  self->setting = TRUE;
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (self->fields, fields[i].id);
  if (draft != NULL)
    {
      if (gtk_string_list_find (self->fields, draft->field) == G_MAXUINT)
        gtk_string_list_append (self->fields, draft->field);
      gtk_drop_down_set_selected (self->field, gtk_string_list_find (self->fields, draft->field));
      gtk_drop_down_set_selected (self->operator, draft->op);
      gtk_editable_set_text (GTK_EDITABLE (self->value), draft->value);
    }
  self->setting = FALSE;
  return self;
}

/* Owned by the caller; NULL while no field is chosen. */
WfTestDraft *
wf_test_row_dup_draft (WfTestRow *self)
{
  gpointer field = gtk_drop_down_get_selected_item (self->field);
  WfTestDraft *draft;

  if (field == NULL)
    return NULL;
  draft = g_new0 (WfTestDraft, 1);
  draft->field = g_strdup (gtk_string_object_get_string (field));
  draft->op = (WfOperator) gtk_drop_down_get_selected (self->operator);
  draft->value = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->value)));
  return draft;
}
