/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window over the runtime in memory and the sample's store, and ways to look at it: for tests of what reports show. */
#pragma once

#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-test-folder.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  WfTestFolder *folder;
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfStore *store;
  WfRuntime *runtime; /* of Carla, the administrator */
  GtkWidget *window;  /* with a toast overlay as its content, not presented yet */
  AdwToastOverlay *overlay;
} WfReportWindow;

/* At the start of main(): zone, libadwaita without animations, resources. */
void wf_report_window_init (int *argc, char ***argv);
void wf_report_window_set_up (WfReportWindow *self, int width, int height);
/* Closes it; nobody else may have the runtime or an alarm then. */
void wf_report_window_tear_down (WfReportWindow *self);

/* Wait until it is mapped, or it is an error. id: nullable: as in wf_window_check_find(). Borrowed. */
GtkWidget *wf_report_window_find (GtkWidget *root, GType type, const char *id);
void wf_report_window_assert_shows (GtkWidget *root, const char *text);

G_END_DECLS
