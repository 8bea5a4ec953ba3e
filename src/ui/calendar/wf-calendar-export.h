/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saves activities of the calendar as an iCalendar file: asks which, then where. */
#pragma once

#include "wf-calendar-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_CALENDAR_EXPORT (wf_calendar_export_get_type ())
G_DECLARE_FINAL_TYPE (WfCalendarExport, wf_calendar_export, WF, CALENDAR_EXPORT, AdwAlertDialog)

/* over: in the window of the calendar; it tells by a toast that the file was saved. Both choices keep to the
 * calendar's filter. */
void wf_calendar_export_ask (GtkWidget *over, WfCalendarModel *model);
/* The same without asking, for what is shown or for all that is open. Result: what the file gets. */
void wf_calendar_export_make_async (WfCalendarModel *model, gboolean all_open,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
/* *n: nullable: how many activities are in it. Owned by the caller. */
GBytes *wf_calendar_export_make_finish (WfCalendarModel *model, GAsyncResult *result, guint *n,
                                        GError **error);

G_END_DECLS
