/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the editor know of each other. */
#pragma once

#include "wf-condition-editor.h"
#include "wf-outline-item.h"
#include "wf-workflow-document.h"
#include "wf-workflow-editor.h"

G_BEGIN_DECLS

struct _WfWorkflowEditor
{
  AdwNavigationPage parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkWidget *publish;
  GtkWidget *save_draft;
  GtkWidget *more;
  AdwBanner *banner;
  AdwPreferencesPage *page;
  AdwEntryRow *name;
  AdwEntryRow *objective;
  AdwComboRow *event;
  AdwActionRow *schedule;
  AdwComboRow *reentry;
  WfConditionEditor *conditions;
  GtkMenuButton *add_other;
  GtkListBox *outline;
  GtkWidget *steps_group;
  GtkWidget *add_group;

  WfRuntime *runtime;
  WfWorkflow *published; /* (owned) (nullable) the version that people work with now */
  WfWorkflowDocument *document;
  GListStore *items;
  GtkStringList *events; /* ids */
  GCancellable *cancellable;
  gboolean editable;
  gboolean setting; /* while the widgets are filled from the document */
  gboolean
      from_widgets; /* while the document is changed by a widget that shows its own text already */
};

/* The document's workflow; borrowed. */
WfWorkflow *wf_workflow_editor_get_workflow (WfWorkflowEditor *self);
void wf_workflow_editor_show_document (WfWorkflowEditor *self);
void wf_workflow_editor_say (WfWorkflowEditor *self, const char *text);

/* wf-workflow-editor-steps.c: the actions that change steps and paths */
void wf_workflow_editor_install_step_actions (GtkWidgetClass *widget_class);
/* A row of the outline was activated: its dialog opens. */
void wf_workflow_editor_open_item (WfWorkflowEditor *self, WfOutlineItem *item);

/* wf-workflow-editor-publish.c: drafts, publishing, trying and taking back */
void wf_workflow_editor_install_publish_actions (GtkWidgetClass *widget_class);
void wf_workflow_editor_save_draft (WfWorkflowEditor *self);

G_END_DECLS
