/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Native notifications through GNotification, with Complete, Snooze and Open (R19, R169). */
#pragma once

#include "wf-notifier.h"

G_BEGIN_DECLS

/* The buttons call the application's actions, each with the activity's id as its text target:
 * app.complete-activity, and of an approval app.approve-activity and app.reject-activity instead; app.snooze-activity
 * (15 minutes), app.open-activity; a catch-up's default is app.show-today. */
#define WF_TYPE_DESKTOP_NOTIFIER (wf_desktop_notifier_get_type ())
G_DECLARE_FINAL_TYPE (WfDesktopNotifier, wf_desktop_notifier, WF, DESKTOP_NOTIFIER, GObject)

WfNotifier *wf_desktop_notifier_new (GApplication *application);

G_END_DECLS
