/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the top of a page that says that the CRM cannot be reached. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-sync-banner.h"

#include <glib/gi18n-lib.h>

static void
ask_to_sign_in (AdwBanner *banner)
{
  adw_banner_set_title (banner, _ ("The CRM asks you to sign in again."));
  adw_banner_set_button_label (banner, _ ("Sign In…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (banner), "win.sign-in-again");
}

static void
offer_to_try (AdwBanner *banner, WfSyncStatus status)
{
  adw_banner_set_title (banner,
                        status == WF_SYNC_STATUS_OFFLINE
                            ? _ ("Offline. What you do here is sent when the CRM can be reached.")
                            : _ ("The CRM has a problem. What you do here is sent later."));
  adw_banner_set_button_label (banner, _ ("Try Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (banner), "win.refresh");
}

static void
show (AdwBanner *banner, GParamSpec *pspec, WfRuntime *runtime)
{
  WfSyncStatus status = wf_runtime_get_sync_status (runtime);
  gboolean offline = status == WF_SYNC_STATUS_OFFLINE || status == WF_SYNC_STATUS_PROBLEM;

  if (status == WF_SYNC_STATUS_NEEDS_SIGN_IN)
    ask_to_sign_in (banner);
  else if (offline)
    offer_to_try (banner, status);
  adw_banner_set_revealed (banner, offline || status == WF_SYNC_STATUS_NEEDS_SIGN_IN);
}

/**
 * wf_sync_banner_bind:
 * @banner: a banner
 * @runtime: whose connection it tells of
 */
void
wf_sync_banner_bind (AdwBanner *banner, WfRuntime *runtime)
{
  g_return_if_fail (ADW_IS_BANNER (banner) && WF_IS_RUNTIME (runtime));
  g_signal_connect_object (runtime, "notify::sync-status", G_CALLBACK (show), banner,
                           G_CONNECT_SWAPPED);
  show (banner, NULL, runtime);
}
