/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor as people have it: a page that was opened from another one, in a window, over a runtime in memory. */
#pragma once

#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-test-folder.h"
#include "wf-workflow-editor-private.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  WfFakeClock *clock;
  WfTestFolder *folder; /* of the account */
  WfRuntime *runtime;
  GtkWidget *window;
  AdwNavigationView *view;
  WfWorkflowEditor *editor; /* of the window */
} WfEditorWindow;

/* person: "carla" may edit, "ana" may only look. There is no editor yet. */
void wf_editor_window_init (WfEditorWindow *self, const char *person);
/* Opens a page with an editor and waits until it is drawn. workflow: taken. published: nullable. */
void wf_editor_window_open (WfEditorWindow *self, WfWorkflow *workflow, WfWorkflow *published);
/* Back to where the editor was opened; it is gone then. */
void wf_editor_window_leave (WfEditorWindow *self);
/* Closes the window. Nothing of the editor may be left: the test ends otherwise. */
void wf_editor_window_clear (WfEditorWindow *self);

void wf_editor_window_activate (WfEditorWindow *self, const char *action);
/* TRUE when a button for the action could be pressed. action: detailed. */
gboolean wf_editor_window_can (WfEditorWindow *self, const char *action);
/* Selects as wf_builder_sample_select() does, or: "trigger", "path b 1". */
void wf_editor_window_point_at (WfEditorWindow *self, const char *what);
/* The document as wf_builder_sample_outline() does, checked against what canvas and outline show. Owned by the caller. */
char *wf_editor_window_describe (WfEditorWindow *self);
void wf_editor_window_assert_shows (WfEditorWindow *self, const char *text);
/* Mapped or not. NULL: there is none. */
GtkWidget *wf_editor_window_find (GtkWidget *root, GType type);
/* Waits for a mapped widget, in the window: a dialog. */
GtkWidget *wf_editor_window_wait_for (WfEditorWindow *self, GType type, const char *buildable_id);

G_END_DECLS
