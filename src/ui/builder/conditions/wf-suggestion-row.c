/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One suggestion. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-suggestion-row.h"

struct _WfSuggestionRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *detail;
  char *value;
};

G_DEFINE_FINAL_TYPE (WfSuggestionRow, wf_suggestion_row, GTK_TYPE_LIST_BOX_ROW)

static void
wf_suggestion_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SUGGESTION_ROW);
  G_OBJECT_CLASS (wf_suggestion_row_parent_class)->dispose (object);
}

static void
wf_suggestion_row_finalize (GObject *object)
{
  g_free (WF_SUGGESTION_ROW (object)->value);
  G_OBJECT_CLASS (wf_suggestion_row_parent_class)->finalize (object);
}

static void
wf_suggestion_row_class_init (WfSuggestionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_suggestion_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_suggestion_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/conditions/wf-suggestion-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfSuggestionRow, title);
  gtk_widget_class_bind_template_child (widget_class, WfSuggestionRow, detail);
}

static void
wf_suggestion_row_init (WfSuggestionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_suggestion_row_new (const WfSuggestion *suggestion)
{
  WfSuggestionRow *self = g_object_new (WF_TYPE_SUGGESTION_ROW, NULL);

  self->value = g_strdup (suggestion->value);
  gtk_label_set_text (self->title, suggestion->title);
  gtk_label_set_text (self->detail, suggestion->detail != NULL ? suggestion->detail : "");
  return GTK_WIDGET (self);
}

const char *
wf_suggestion_row_get_value (WfSuggestionRow *self)
{
  return self->value;
}

const char *
wf_suggestion_row_get_title (WfSuggestionRow *self)
{
  return gtk_label_get_text (self->title);
}
