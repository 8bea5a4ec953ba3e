/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program with one view of the builder alone in a window, for tests that look at it over the accessibility bus and drive it with
 * real keys and a real pointer: tells on stdout what is opened, what is selected and how the steps are ordered. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  int width, height;
  int n_steps; /* of a large workflow; 0: a small one */
  gboolean is_dark, is_mirrored, is_read_only, is_large_text;
} WfBuilderWindowOptions;

/* Reads the command line and begins GTK. more: options of one program, ended by an empty one. FALSE: it was wrong, and told. */
gboolean wf_builder_window_begin (WfBuilderWindowOptions *options, const GOptionEntry *more,
                                  int *argc, char ***argv);
/* What is edited, over a runtime in memory. workflow: taken. */
WfBuilderContext *wf_builder_window_new_context (const WfBuilderWindowOptions *options,
                                                 WfWorkflow *workflow);
/* Tells what the view, the document and the selection do, and puts the keys of the editor's commands on the window: Insert adds a
 * note at the beginning, Delete, Alt+Up, Alt+Down, Ctrl+Z and Ctrl+Shift+Z. */
void wf_builder_window_connect (GtkWindow *window, GtkWidget *view, WfBuilderContext *context);
/* Until the window is closed. */
void wf_builder_window_run (void);

G_END_DECLS
