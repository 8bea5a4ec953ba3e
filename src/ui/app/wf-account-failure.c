/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notification that the account does not open, for whoever has no window. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-account-failure.h"

#include "wf-connect-text.h"

#include <glib/gi18n-lib.h>

#define ID "account-failed"

/**
 * wf_account_failure_tell:
 * @application: registered
 * @session: has failed
 */
void
wf_account_failure_tell (GApplication *application, WfSession *session)
{
  const GError *error = wf_session_get_error (session);
  const WfAccount *account = wf_session_get_account (session);
  g_autofree char *reason = wf_connect_error_text (error);
  /* Translators: an account's name */
  g_autofree char *other = g_strdup_printf (_ ("%s cannot be opened"), account->name);
  /* Translators: the reason why an account does not open, a sentence */
  g_autofree char *body = g_strdup_printf (_ ("%s Until then you are not reminded."), reason);
  g_autoptr (GNotification) notification = g_notification_new (
      wf_crm_error_is_token_unread (error) ? _ ("Workflow cannot read its password") : other);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action (notification, "app.show-today");
  g_notification_add_button (notification, _ ("Open"), "app.show-today");
  g_application_send_notification (application, ID, notification);
}

void
wf_account_failure_take_back (GApplication *application)
{
  g_application_withdraw_notification (application, ID);
}
