/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells when trying again makes sense: the network came back, the computer woke up, the zone changed (S20). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Signal: woken (). */
#define WF_TYPE_WAKE_MONITOR (wf_wake_monitor_get_type ())
G_DECLARE_FINAL_TYPE (WfWakeMonitor, wf_wake_monitor, WF, WAKE_MONITOR, GObject)

/* localtime: nullable: instead of /etc/localtime. */
WfWakeMonitor *wf_wake_monitor_new (const char *localtime);

G_END_DECLS
