/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface by which the runtime tells the person; desktop/ carries it out, tests record it. */
#pragma once

#include "wf-activity.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Instead of an activity's id: withdraws the catch-up. */
#define WF_NOTIFIER_CATCH_UP "#catch-up"

#define WF_TYPE_NOTIFIER (wf_notifier_get_type ())
G_DECLARE_INTERFACE (WfNotifier, wf_notifier, WF, NOTIFIER, GObject)

struct _WfNotifierInterface
{
  GTypeInterface parent_iface;

  /* TRUE once the notification was really handed over to a server. quiet: without a pop-up or a
   * sound (B23). */
  gboolean (*show_reminder) (WfNotifier *self, WfActivity *activity, WfInstant now, gboolean quiet,
                             GError **error);
  /* B12: several missed reminders as one; activities: of WfActivity, most urgent first. */
  gboolean (*show_catch_up) (WfNotifier *self, GPtrArray *activities, WfInstant now, gboolean quiet,
                             GError **error);
  /* A workflow's own notify step. id: its effect key. */
  gboolean (*show_message) (WfNotifier *self, const char *id, const char *title, const char *text,
                            gboolean quiet, GError **error);
  void (*withdraw) (WfNotifier *self, const char *id);
};

gboolean wf_notifier_show_reminder (WfNotifier *self, WfActivity *activity, WfInstant now,
                                    gboolean quiet, GError **error);
gboolean wf_notifier_show_catch_up (WfNotifier *self, GPtrArray *activities, WfInstant now,
                                    gboolean quiet, GError **error);
gboolean wf_notifier_show_message (WfNotifier *self, const char *id, const char *title,
                                   const char *text, gboolean quiet, GError **error);
void wf_notifier_withdraw (WfNotifier *self, const char *id);

G_END_DECLS
