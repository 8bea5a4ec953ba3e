/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendars that evolution-data-server knows, and ours among them. Used from one thread. */
#pragma once

#include <libecal/libecal.h>

G_BEGIN_DECLS

/* The library's own types have no clean-up, and may get one. */
typedef ECalClient WfEdsClient;
typedef ICalComponent WfEdsComponent;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfEdsClient, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfEdsComponent, g_object_unref)

typedef struct _WfEdsSources WfEdsSources;

WfEdsSources *wf_eds_sources_new (void);
void wf_eds_sources_free (WfEdsSources *self);
/* -> (a(ssbb)) of the protocol, floating */
GVariant *wf_eds_sources_list (WfEdsSources *self, GError **error);
gboolean wf_eds_sources_make (WfEdsSources *self, const char *id, const char *name, GError **error);
gboolean wf_eds_sources_release (WfEdsSources *self, const char *id, GError **error);
/* The calendar or, for tasks, the list that belongs to it. NULL without an error: there is none. make: a
 * list of tasks that is not there yet is made. Owned by the caller. */
ECalClient *wf_eds_sources_open (WfEdsSources *self, const char *id, gboolean tasks, gboolean make,
                                 GError **error);
/* After an error: everything is opened again. */
void wf_eds_sources_reset (WfEdsSources *self);

G_END_DECLS
