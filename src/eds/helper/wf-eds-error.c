/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of evolution-data-server as errors that say what the caller can do. */
#define G_LOG_DOMAIN "wf-eds"

#include "wf-eds-error.h"

#include "wf-crm.h"

#include <glib/gi18n-lib.h>
#include <libecal/libecal.h>

typedef struct
{
  WfCrmError code;
  const char *words; /* not translated yet */
} Meaning;

static const Meaning changed = { WF_CRM_ERROR_CONFLICT,
                                 N_ ("The entry was changed in the calendar meanwhile.") };
static const Meaning there = { WF_CRM_ERROR_ALREADY_EXISTS,
                               N_ ("The entry was changed in the calendar meanwhile.") };
static const Meaning refused = { WF_CRM_ERROR_INVALID,
                                 N_ ("The calendar does not take this entry.") };
static const Meaning gone = { WF_CRM_ERROR_NOT_FOUND,
                              N_ ("The calendar is not there any more. Choose another one.") };
static const Meaning forbidden = { WF_CRM_ERROR_FORBIDDEN,
                                   N_ ("You may not change this calendar.") };
static const Meaning offline = { WF_CRM_ERROR_OFFLINE,
                                 N_ ("The calendar’s server cannot be reached.") };
static const Meaning password = {
  WF_CRM_ERROR_AUTH, N_ ("The calendar’s server does not accept the user name or the password.")
};
static const Meaning silent = { WF_CRM_ERROR_UNCERTAIN,
                                N_ ("This computer’s calendar did not answer.") };

static const Meaning *
get_calendar_meaning (int code)
{
  switch ((ECalClientError) code)
    {
    case E_CAL_CLIENT_ERROR_NO_SUCH_CALENDAR:
      return &gone;
    case E_CAL_CLIENT_ERROR_OBJECT_NOT_FOUND:
      return &changed;
    case E_CAL_CLIENT_ERROR_OBJECT_ID_ALREADY_EXISTS:
      return &there;
    case E_CAL_CLIENT_ERROR_INVALID_OBJECT:
    case E_CAL_CLIENT_ERROR_UNKNOWN_USER:
    case E_CAL_CLIENT_ERROR_INVALID_RANGE:
    default:
      return &refused;
    }
}

static const Meaning *
get_client_meaning (int code)
{
  switch ((EClientError) code)
    {
    case E_CLIENT_ERROR_PERMISSION_DENIED:
      return &forbidden;
    case E_CLIENT_ERROR_OUT_OF_SYNC:
      return &changed;
    case E_CLIENT_ERROR_AUTHENTICATION_FAILED:
    case E_CLIENT_ERROR_AUTHENTICATION_REQUIRED:
      return &password;
    case E_CLIENT_ERROR_REPOSITORY_OFFLINE:
    case E_CLIENT_ERROR_OFFLINE_UNAVAILABLE:
    case E_CLIENT_ERROR_COULD_NOT_CANCEL:
    case E_CLIENT_ERROR_TLS_NOT_AVAILABLE:
      return &offline;
    case E_CLIENT_ERROR_INVALID_ARG:
    case E_CLIENT_ERROR_NOT_SUPPORTED:
    case E_CLIENT_ERROR_QUERY_REFUSED:
      return &refused;
    default:
      return &silent;
    }
}

GError *
wf_eds_error_translate (GError *error, gboolean *lost)
{
  const Meaning *meaning = &silent;

  if (error->domain == WF_CRM_ERROR)
    return error;
  if (error->domain == E_CAL_CLIENT_ERROR)
    meaning = get_calendar_meaning (error->code);
  else if (error->domain == E_CLIENT_ERROR)
    meaning = get_client_meaning (error->code);
  *lost |= meaning == &silent || meaning == &gone || meaning == &offline || meaning == &password;
  g_info ("A calendar answers: %s", error->message);
  g_error_free (error);
  return g_error_new_literal (WF_CRM_ERROR, (int) meaning->code, _ (meaning->words));
}
