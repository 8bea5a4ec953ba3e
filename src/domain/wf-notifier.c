/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface by which the runtime tells the person. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-notifier.h"

G_DEFINE_INTERFACE (WfNotifier, wf_notifier, G_TYPE_OBJECT)

static void
wf_notifier_default_init (WfNotifierInterface *iface)
{
}

/**
 * wf_notifier_show_reminder:
 * @self: the notifier
 * @activity: what is due
 * @now: the present instant, for texts such as "due in 10 minutes"
 * @quiet: without a pop-up or a sound (B23)
 * @error: why it could not be shown
 *
 * Returns: TRUE once a notification server really has it (S20: nothing counts as shown that was
 *   not)
 */
gboolean
wf_notifier_show_reminder (WfNotifier *self, WfActivity *activity, WfInstant now, gboolean quiet,
                           GError **error)
{
  g_return_val_if_fail (WF_IS_NOTIFIER (self), FALSE);
  return WF_NOTIFIER_GET_IFACE (self)->show_reminder (self, activity, now, quiet, error);
}

gboolean
wf_notifier_show_catch_up (WfNotifier *self, GPtrArray *activities, WfInstant now, gboolean quiet,
                           GError **error)
{
  g_return_val_if_fail (WF_IS_NOTIFIER (self), FALSE);
  return WF_NOTIFIER_GET_IFACE (self)->show_catch_up (self, activities, now, quiet, error);
}

gboolean
wf_notifier_show_message (WfNotifier *self, const char *id, const char *title, const char *text,
                          gboolean quiet, GError **error)
{
  g_return_val_if_fail (WF_IS_NOTIFIER (self), FALSE);
  return WF_NOTIFIER_GET_IFACE (self)->show_message (self, id, title, text, quiet, error);
}

void
wf_notifier_withdraw (WfNotifier *self, const char *id)
{
  g_return_if_fail (WF_IS_NOTIFIER (self));
  WF_NOTIFIER_GET_IFACE (self)->withdraw (self, id);
}
