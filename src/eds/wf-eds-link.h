/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The helper program for this computer's calendars: started when it is needed, ended when it is not. */
#pragma once

#include "wf-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the helper is, for programs that are not installed. */
#define WF_EDS_HELPER_VARIABLE "WORKFLOW_DESKTOP_CALENDAR"

#define WF_TYPE_EDS_LINK (wf_eds_link_get_type ())
G_DECLARE_FINAL_TYPE (WfEdsLink, wf_eds_link, WF, EDS_LINK, GObject)

WfEdsLink *wf_eds_link_new (WfClock *clock);
/* FALSE: the helper is not installed; the error says so in words. */
gboolean wf_eds_link_is_installed (GError **error);
/* parameters: (nullable) floating. Errors: WF_CRM_ERROR, or G_IO_ERROR_CANCELLED. */
void wf_eds_link_call_async (WfEdsLink *self, const char *method, GVariant *parameters,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
GVariant *wf_eds_link_call_finish (WfEdsLink *self, GAsyncResult *result, GError **error);
/* A callback for calls whose answer says nothing but that it was done; task: (owned) a GTask that returns TRUE then. */
void wf_eds_link_return_done (GObject *link, GAsyncResult *result, gpointer task);
/* Whether the helper runs. */
gboolean wf_eds_link_is_open (WfEdsLink *self);

G_END_DECLS
