/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks what a person typed about a CRM, and says why connecting failed. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-connect-text.h"

#include "wf-crm.h"

#include <glib/gi18n-lib.h>

#define MOST_NAME_CHARACTERS 60

static gboolean
is_blank (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0';
}

const char *
wf_connect_check_name (const char *name)
{
  if (is_blank (name))
    return _ ("Give the account a name, such as your company's.");
  if (g_utf8_strlen (name, -1) > MOST_NAME_CHARACTERS)
    return _ ("The name is too long.");
  return NULL;
}

static gboolean
is_this_computer (const char *host)
{
  return g_str_equal (host, "localhost") || g_str_equal (host, "127.0.0.1") ||
         g_str_equal (host, "::1");
}

/* A token must not travel in the clear: http is for this computer only. */
const char *
wf_connect_check_address (const char *address)
{
  if (is_blank (address))
    return _ ("Enter the address of the CRM's server.");
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return _ ("This is not a web address. It begins with https://");
  if (g_uri_get_userinfo (uri) != NULL)
    return _ ("Write no name or password into the address; the token has its own field.");
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "http"))
    return _ ("This is not a web address. It begins with https://");
  if (!is_this_computer (g_uri_get_host (uri)))
    return _ ("The address must begin with https://, so that nobody on the way can read along.");
  return NULL;
}

const char *
wf_connect_check_token (const char *token)
{
  if (is_blank (token))
    return _ ("Enter the token that the CRM gave you.");
  for (const char *c = token; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return _ ("A token has no spaces and no accented letters. Copy it again.");
    }
  return NULL;
}

static const char *
crm_error_text (int code)
{
  switch (code)
    {
    case WF_CRM_ERROR_AUTH:
      return _ ("The CRM does not accept this token. Copy it again, or ask for a new one.");
    case WF_CRM_ERROR_FORBIDDEN:
      return _ (
          "The CRM knows you, but your role may not use this program. Ask your administrator.");
    case WF_CRM_ERROR_NOT_FOUND:
      return _ (
          "There is a server at this address, but not the CRM. Check the end of the address.");
    case WF_CRM_ERROR_RATE_LIMITED:
      return _ ("The CRM is busy. Try again in a minute.");
    case WF_CRM_ERROR_SERVER:
      return _ ("The CRM has a problem at the moment. Try again later.");
    case WF_CRM_ERROR_OFFLINE:
      return _ ("The server cannot be reached. Check the address and your network.");
    case WF_CRM_ERROR_CERTIFICATE:
      return _ (
          "The server cannot prove that it is who it says: its certificate is not valid. Nothing was sent. "
          "Check the address, or ask your administrator.");
    case WF_CRM_ERROR_PROTOCOL:
      return _ (
          "The server's answer cannot be read. Check that the address is that of the CRM's interface.");
    default:
      return NULL;
    }
}

char *
wf_connect_error_text (const GError *error)
{
  if (error == NULL)
    return g_strdup (_ ("Something went wrong."));
  const char *known = error->domain == WF_CRM_ERROR && !wf_crm_error_is_token_unread (error)
                          ? crm_error_text (error->code)
                          : NULL;
  return g_strdup (known != NULL ? known : error->message);
}

gboolean
wf_connect_error_is_about_token (const GError *error)
{
  return !wf_crm_error_is_token_unread (error) &&
         (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH) ||
          g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN));
}

gboolean
wf_connect_error_is_about_address (const GError *error)
{
  static const WfCrmError codes[] = { WF_CRM_ERROR_NOT_FOUND, WF_CRM_ERROR_OFFLINE,
                                      WF_CRM_ERROR_CERTIFICATE, WF_CRM_ERROR_PROTOCOL };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_error_matches (error, WF_CRM_ERROR, (int) codes[i]))
        return TRUE;
    }
  return FALSE;
}
