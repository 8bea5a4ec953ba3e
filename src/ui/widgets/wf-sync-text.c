/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says how far the data is: nothing says saved when it is not (B18). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-sync-text.h"

#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

static char *
changes_text (guint n)
{
  return g_strdup_printf (ngettext ("%u change on this computer", "%u changes on this computer", n),
                          n);
}

/* The state's words, with the changes that wait behind a comma. */
static char *
with_changes (const char *state, guint pending)
{
  if (pending == 0)
    return g_strdup (state);
  g_autofree char *changes = changes_text (pending);
  /* Translators: a state and what is waiting: "Offline, 3 changes on this computer" */
  return g_strdup_printf (_ ("%s, %s"), state, changes);
}

static char *
up_to_date_text (guint pending, WfInstant last_sync, WfInstant now, GTimeZone *zone)
{
  if (pending > 0 || last_sync == WF_INSTANT_NONE)
    return with_changes (pending > 0 ? _ ("Sending") : _ ("Up to date"), pending);
  g_autofree char *ago = wf_time_text_ago (last_sync, now, zone);
  /* Translators: %s is "just now", "2 min ago" or a day and time */
  return g_strdup_printf (_ ("Up to date, %s"), ago);
}

char *
wf_sync_text (WfSyncStatus status, guint pending_changes, WfInstant last_sync, WfInstant now,
              GTimeZone *zone)
{
  switch (status)
    {
    case WF_SYNC_STATUS_STARTING:
      return g_strdup (_ ("Connecting…"));
    case WF_SYNC_STATUS_UP_TO_DATE:
      return up_to_date_text (pending_changes, last_sync, now, zone);
    case WF_SYNC_STATUS_SYNCING:
      return with_changes (_ ("Updating…"), pending_changes);
    case WF_SYNC_STATUS_OFFLINE:
      return with_changes (_ ("Offline"), pending_changes);
    case WF_SYNC_STATUS_NEEDS_SIGN_IN:
      return with_changes (_ ("Sign in again"), pending_changes);
    case WF_SYNC_STATUS_PROBLEM:
      return with_changes (_ ("Problem"), pending_changes);
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
wf_sync_icon (WfSyncStatus status)
{
  switch (status)
    {
    case WF_SYNC_STATUS_UP_TO_DATE:
      return "object-select-symbolic";
    case WF_SYNC_STATUS_OFFLINE:
      return "network-offline-symbolic";
    case WF_SYNC_STATUS_NEEDS_SIGN_IN:
      return "dialog-password-symbolic";
    case WF_SYNC_STATUS_PROBLEM:
      return "dialog-warning-symbolic";
    case WF_SYNC_STATUS_STARTING:
    case WF_SYNC_STATUS_SYNCING:
    default:
      return "view-refresh-symbolic";
    }
}

char *
wf_sync_change_text (WfSyncState state, const char *error)
{
  switch (state)
    {
    case WF_SYNC_LOCAL:
      return g_strdup (_ ("On this computer only, not sent yet"));
    case WF_SYNC_SENT:
      return g_strdup (_ ("Sent, not confirmed yet"));
    case WF_SYNC_CONFIRMED:
      return NULL;
    case WF_SYNC_REFUSED:
      if (error == NULL)
        return g_strdup (_ ("Refused by the CRM"));
      /* Translators: %s is the reason that the CRM gave */
      return g_strdup_printf (_ ("Refused by the CRM: %s"), error);
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
wf_sync_change_icon (WfSyncState state)
{
  switch (state)
    {
    case WF_SYNC_CONFIRMED:
      return NULL;
    case WF_SYNC_REFUSED:
      return "dialog-warning-symbolic";
    case WF_SYNC_LOCAL:
    case WF_SYNC_SENT:
    default:
      return "view-refresh-symbolic";
    }
}
