/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One direction of the connection: what is wrong with it, and the pause before the next attempt. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include "wf-backoff.h"

void
wf_channel_init (WfChannel *self, WfClock *clock, WfAlarmFunc resume, gpointer user_data)
{
  *self = (WfChannel) { .status = WF_SYNC_STATUS_UP_TO_DATE };
  self->alarm = wf_clock_new_alarm (clock, resume, user_data);
}

void
wf_channel_clear (WfChannel *self)
{
  g_clear_pointer (&self->alarm, wf_alarm_free);
  g_clear_pointer (&self->problem, g_free);
}

void
wf_channel_succeed (WfChannel *self)
{
  self->status = WF_SYNC_STATUS_UP_TO_DATE;
  self->attempt = 0;
  g_clear_pointer (&self->problem, g_free);
  wf_channel_resume (self);
}

void
wf_channel_resume (WfChannel *self)
{
  self->paused = FALSE;
  wf_alarm_set (self->alarm, WF_INSTANT_NONE);
}

static WfSyncStatus
judge (const GError *error)
{
  if (error->domain != WF_CRM_ERROR)
    return WF_SYNC_STATUS_PROBLEM;
  switch ((WfCrmError) error->code)
    {
    case WF_CRM_ERROR_AUTH:
      return WF_SYNC_STATUS_NEEDS_SIGN_IN;
    case WF_CRM_ERROR_OFFLINE:
    case WF_CRM_ERROR_UNCERTAIN:
      return WF_SYNC_STATUS_OFFLINE;
    case WF_CRM_ERROR_RATE_LIMITED:
    case WF_CRM_ERROR_SERVER:
    case WF_CRM_ERROR_FORBIDDEN:
    case WF_CRM_ERROR_NOT_FOUND:
    case WF_CRM_ERROR_CONFLICT:
    case WF_CRM_ERROR_ALREADY_EXISTS:
    case WF_CRM_ERROR_INVALID:
    case WF_CRM_ERROR_CERTIFICATE:
    case WF_CRM_ERROR_PROTOCOL:
    case WF_CRM_ERROR_CURSOR_EXPIRED:
    case WF_CRM_ERROR_NOT_SUPPORTED:
      return WF_SYNC_STATUS_PROBLEM;
    default:
      return WF_SYNC_STATUS_PROBLEM;
    }
}

/* Retry policy: back-off with jitter, a Retry-After of the answer wins (wf-backoff.h). A wrong
 * token is not tried again by itself: the person has to sign in, and the application then pokes.
 * The pause is by the wall clock, so that a computer that slept through it goes on at once. */
void
wf_channel_fail (WfChannel *self, WfClock *clock, const GError *error)
{
  guint retry_after = error->domain == WF_CRM_ERROR ? wf_crm_error_get_retry_after (error) : 0;

  self->status = judge (error);
  self->paused = TRUE;
  g_set_str (&self->problem, error->message);
  if (self->status == WF_SYNC_STATUS_NEEDS_SIGN_IN)
    {
      wf_alarm_set (self->alarm, WF_INSTANT_NONE);
      return;
    }
  wf_alarm_set (self->alarm, wf_clock_now (clock) +
                                 wf_backoff_delay (self->attempt, retry_after, g_random_double ()));
  self->attempt++;
}
