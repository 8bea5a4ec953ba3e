/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of calendars. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-caldav-address.h"

#include "wf-crm.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE)

static char *
get_origin (GUri *uri)
{
  char *origin = g_uri_join (FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                             g_uri_get_port (uri), "", NULL, NULL);

  if (g_str_has_suffix (origin, "/"))
    origin[strlen (origin) - 1] = '\0';
  return origin;
}

gboolean
wf_caldav_address_split (const char *text, char **origin, char **path, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *whole = strstr (stripped, "://") != NULL
                               ? g_strdup (stripped)
                               : g_strconcat ("https://", stripped, NULL);
  g_autoptr (GUri) uri = g_uri_parse (whole, FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
                           _ ("The address must begin with https:// and the name of the server."));
      return FALSE;
    }
  *origin = get_origin (uri);
  *path = g_strdup (*g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/");
  return TRUE;
}

char *
wf_caldav_address_follow (const char *origin, const char *path, const char *reference)
{
  g_autofree char *from = g_strconcat (origin, path, NULL);
  g_autoptr (GUri) base = g_uri_parse (from, FLAGS, NULL);
  g_autoptr (GUri) uri = base != NULL ? g_uri_parse_relative (base, reference, FLAGS, NULL) : NULL;
  g_autofree char *other = uri != NULL && g_uri_get_host (uri) != NULL ? get_origin (uri) : NULL;

  if (other == NULL || g_ascii_strcasecmp (other, origin) != 0)
    return NULL;
  return g_strdup (*g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/");
}
