/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today's page in a window with a runtime in memory, for tests. */
#pragma once

#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-today-page.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

G_BEGIN_DECLS

typedef struct
{
  WfFakeClock *clock; /* begins at 2026-11-18T10:00:00Z */
  WfOrganisation *organisation;
  WfRuntime *runtime;
  GtkWidget *window;
  GtkWidget *page; /* after wf_today_window_open() */
} WfTodayWindow;

/* For g_test_add; store_flow: GINT_TO_POINTER (gboolean). */
void wf_today_window_set_up (WfTodayWindow *self, gconstpointer store_flow);
void wf_today_window_tear_down (WfTodayWindow *self, gconstpointer data);
/* gtk_test_init and what goes with it. */
void wf_today_window_init (int *argc, char ***argv);

WfInstant wf_today_window_now (WfTodayWindow *self);
void wf_today_window_open (WfTodayWindow *self, const char *person);
/* An activity of Ana's, or somebody's, due in so many minutes; wf_fake_runtime_tell when done. Borrowed. */
WfActivity *wf_today_window_add (WfTodayWindow *self, const char *id, const char *title,
                                 const char *person, int minutes);
/* Presses one of the toggles: "exceptions", "everyone", "unassigned", "mine". */
void wf_today_window_show (WfTodayWindow *self, const char *toggle);
void wf_today_window_activate (WfTodayWindow *self, const char *action, const char *format,
                               const char *target);
GtkSelectionModel *wf_today_window_get_selection (WfTodayWindow *self);
AdwDialog *wf_today_window_get_dialog (WfTodayWindow *self); /* nullable */
void wf_today_window_wait_no_dialog (WfTodayWindow *self);
GtkWidget *wf_today_window_get_details (WfTodayWindow *self);

/* Waits until a text is shown, or is not any more. */
void wf_today_window_assert_shows (GtkWidget *root, const char *text);
void wf_today_window_assert_hides (GtkWidget *root, const char *text);
void wf_today_window_assert_command (WfTodayWindow *self, const char *command);

G_END_DECLS
