/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a calendar's server answers, as errors that say what the caller can do. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-caldav-error.h"

#include "wf-crm.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_LOOKED_AT 4096

/* Preconditions of RFC 4791, 5.3.2.1, that are about the one entry and not about the calendar. */
static gboolean
is_about_entry (const WfHttpAnswer *answer)
{
  static const char *const conditions[] = {
    "supported-calendar-component",
    "supported-calendar-data",
    "valid-calendar-data",
    "valid-calendar-object-resource",
    "no-uid-conflict",
    "max-resource-size",
    "min-date-time",
    "max-date-time",
    "max-instances",
  };
  gsize length;
  const char *body = g_bytes_get_data (answer->body, &length);

  for (guint i = 0; body != NULL && i < G_N_ELEMENTS (conditions); i++)
    if (g_strstr_len (body, (gssize) MIN (length, MOST_LOOKED_AT), conditions[i]) != NULL)
      return TRUE;
  return FALSE;
}

static GError *
make (WfCrmError code, const char *message)
{
  return g_error_new_literal (WF_CRM_ERROR, (int) code, message);
}

static GError *
make_later (const WfHttpAnswer *answer, WfCrmError code, const char *message)
{
  GError *error = wf_crm_error_new_retry_after (answer->retry_after, message);

  error->code = (int) code;
  return error;
}

static GError *
make_refusal (const WfHttpAnswer *answer)
{
  if (is_about_entry (answer))
    return make (WF_CRM_ERROR_INVALID, _ ("The calendar does not take this entry."));
  if (answer->status == 403)
    return make (WF_CRM_ERROR_FORBIDDEN, _ ("You may not change this calendar."));
  return make (WF_CRM_ERROR_NOT_FOUND,
               _ ("The calendar is not there any more. Choose another one."));
}

GError *
wf_caldav_error_from_answer (const WfHttpAnswer *answer, gboolean is_new)
{
  guint status = answer->status;

  if (status >= 200 && status < 300)
    return NULL;
  switch (status)
    {
    case 401:
      return make (WF_CRM_ERROR_AUTH,
                   _ ("The calendar’s server does not accept the user name or the password."));
    case 403:
    case 404:
    case 409:
    case 410:
      return make_refusal (answer);
    case 412:
      return make (is_new ? WF_CRM_ERROR_ALREADY_EXISTS : WF_CRM_ERROR_CONFLICT,
                   _ ("The entry was changed in the calendar meanwhile."));
    case 408:
    case 429:
      return make_later (answer, WF_CRM_ERROR_RATE_LIMITED,
                         _ ("The calendar’s server asks to wait."));
    case 507:
      return make (WF_CRM_ERROR_FORBIDDEN, _ ("The calendar is full."));
    default:
      if (status >= 500)
        return make_later (answer, WF_CRM_ERROR_SERVER,
                           _ ("The calendar’s server has a problem of its own."));
      if (status >= 400)
        return make (WF_CRM_ERROR_INVALID, _ ("The calendar does not take this entry."));
      return make (WF_CRM_ERROR_PROTOCOL,
                   _ ("The calendar has another address now. Choose it again."));
    }
}

GError *
wf_caldav_error_from_transport (GError *error)
{
  const char *message = NULL;

  if (error->domain != WF_CRM_ERROR)
    return error;
  switch ((WfCrmError) error->code)
    {
    case WF_CRM_ERROR_OFFLINE:
      message = _ ("The calendar’s server cannot be reached.");
      break;
    case WF_CRM_ERROR_UNCERTAIN:
      message = _ ("The calendar’s server did not answer.");
      break;
    case WF_CRM_ERROR_CERTIFICATE:
      message = _ ("The calendar’s server cannot prove who it is.");
      break;
    case WF_CRM_ERROR_PROTOCOL:
      message = _ ("The calendar’s server answers something that cannot be read.");
      break;
    default: /* of the address, of the password: they say what to do */
      return error;
    }
  g_free (error->message);
  error->message = g_strdup (message);
  return error;
}
