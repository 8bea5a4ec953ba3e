/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the editor know of each other. */
#pragma once

#include "wf-builder-context.h"
#include "wf-canvas.h"
#include "wf-draft-recovery.h"
#include "wf-inspector.h"
#include "wf-outline-view.h"
#include "wf-step-chooser.h"
#include "wf-try-panel.h"
#include "wf-workflow-editor.h"

G_BEGIN_DECLS

struct _WfWorkflowEditor
{
  AdwNavigationPage parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkWidget *add;
  GtkWidget *add_action;
  GtkWidget *publish;
  GtkMenuButton *zoom;
  AdwBanner *banner;
  AdwOverlaySplitView *split;
  WfInspector *inspector;
  GtkStack *stack;
  WfCanvas *canvas;
  WfCanvasMinimap *minimap;
  WfOutlineView *outline;
  GtkRevealer *panel_revealer;
  WfTryPanel *panel;
  AdwButtonContent *problems_content;

  WfRuntime *runtime;
  WfWorkflow *published; /* (owned) (nullable) the version that people work with now */
  WfBuilderContext *context;
  WfWorkflowDocument *document; /* (owned) the context's */
  WfStepSelection *selection;   /* (owned) the context's */
  WfDraftRecovery *recovery;    /* (owned) (nullable) read-only: none */
  WfStepChooser *chooser;       /* (unowned) (nullable) made when it is first needed */
  WfTarget *chooser_place;      /* (owned) (nullable) where the chosen step goes */
  GtkPopoverMenu *menu;         /* (unowned) (nullable) of steps */
  WfFlowMarks *traffic;         /* (owned) (nullable) shown unless a test is */
  WfWorkflowConflict *conflict; /* (owned) (nullable) S30 */
  GCancellable *cancellable;
  AdwToastOverlay *around; /* (weak) (nullable) of the page that the editor is in */
  guint n_publishing;      /* publications that have no answer yet */
  gboolean editable;
  gboolean traffic_wanted;
};

/* The document's workflow; borrowed. */
WfWorkflow *wf_workflow_editor_get_workflow (WfWorkflowEditor *self);
void wf_workflow_editor_show_document (WfWorkflowEditor *self);
/* In the editor; when it is no longer shown, where it was. */
void wf_workflow_editor_say (WfWorkflowEditor *self, const char *text);
/* For who goes back to where the editor came from. */
void wf_workflow_editor_say_outside (WfWorkflowEditor *self, const char *text);

/* wf-workflow-editor-steps.c: the actions that change steps and paths */
void wf_workflow_editor_install_step_actions (GtkWidgetClass *widget_class);
void wf_workflow_editor_update_step_actions (WfWorkflowEditor *self);
/* A card or row was activated, or the "+" of an edge. */
void wf_workflow_editor_open (WfWorkflowEditor *self, const WfTarget *target);
/* The menu of what has the focus, at a point of the widget. */
void wf_workflow_editor_show_menu (WfWorkflowEditor *self, GtkWidget *widget, double x, double y);

/* wf-workflow-editor-view.c: canvas or outline, zoom, traffic, the panels */
void wf_workflow_editor_install_view_actions (GtkWidgetClass *widget_class);
void wf_workflow_editor_set_traffic (WfWorkflowEditor *self, gboolean wanted);
void wf_workflow_editor_show_marks (WfWorkflowEditor *self);
void wf_workflow_editor_show_zoom (WfWorkflowEditor *self);
/* The target gets the focus and comes into view, in the canvas or the outline.
 */
void wf_workflow_editor_reveal (WfWorkflowEditor *self, const WfTarget *target);
/* The keyboard goes on in the canvas or the outline. */
gboolean wf_workflow_editor_focus_view (WfWorkflowEditor *self);
void wf_workflow_editor_focus_inspector (WfWorkflowEditor *self);

/* wf-workflow-editor-publish.c: drafts, publishing, versions, conflicts, taking
 * back */
void wf_workflow_editor_install_publish_actions (GtkWidgetClass *widget_class);
void wf_workflow_editor_update_publish_actions (WfWorkflowEditor *self, guint n_errors);
void wf_workflow_editor_save_draft (WfWorkflowEditor *self);
void wf_workflow_editor_look_for_conflict (WfWorkflowEditor *self);
void wf_workflow_editor_resolve_conflict (WfWorkflowEditor *self);

/* wf-workflow-editor-file.c: to a file, to paper */
void wf_workflow_editor_install_file_actions (GtkWidgetClass *widget_class);

G_END_DECLS
