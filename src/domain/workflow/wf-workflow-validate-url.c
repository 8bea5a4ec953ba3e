/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of webhooks (R88): where data goes must be fixed when the workflow is published, so
 * that nothing which a lead typed into a form can send it elsewhere. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-validate-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_LENGTH 2000

/* The address with a letter in the place of each merge field: what GUri can read. */
static char *
replace_fields (const char *url)
{
  GString *plain = g_string_new (NULL);

  while (*url != '\0')
    {
      const char *end = *url == '{' ? strchr (url, '}') : NULL;

      if (end == NULL)
        g_string_append_c (plain, *url == '{' ? 'x' : *url);
      else
        g_string_append_c (plain, 'x');
      url = end != NULL ? end + 1 : url + 1;
    }
  return g_string_free_and_steal (plain);
}

/* Everything before the path, in which nothing may be merged. */
static gboolean
has_fixed_host (const char *url)
{
  const char *mark = strstr (url, "://");
  const char *host = mark != NULL ? mark + strlen ("://") : url;
  const char *end = mark != NULL ? host + strcspn (host, "/?#") : url + strlen (url);

  return memchr (url, '{', (gsize) (end - url)) == NULL;
}

static gboolean
has_space (const char *url)
{
  return wf_check_has_control_character (url) || strchr (url, ' ') != NULL;
}

static void
check_uri (const WfJsonCursor *place, GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);

  if (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))
    wf_json_cursor_problem (place, "url-scheme", "%s",
                            _ ("The address must begin with “https://” or “http://”."));
  else if (wf_check_is_blank (g_uri_get_host (uri)))
    wf_json_cursor_problem (place, "url-invalid", "%s", _ ("This is no address."));
  else if (g_uri_get_userinfo (uri) != NULL)
    wf_json_cursor_problem (
        place, "url-user-info", "%s",
        _ ("The address must not have a user name or a password: everybody who sees the workflow would read them."));
}

void
wf_check_url (const WfCheck *self, const WfJsonCursor *place, const char *url)
{
  g_autofree char *plain = NULL;
  g_autoptr (GUri) uri = NULL;

  wf_check_length (place, url, MOST_LENGTH);
  if (!has_fixed_host (url))
    {
      wf_json_cursor_problem (
          place, "url-field-in-host", "%s",
          _ ("Fields can only stand behind the host of the address: where the data goes must be fixed."));
      return;
    }
  plain = replace_fields (url);
  uri = has_space (plain) ? NULL : g_uri_parse (plain, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL)
    wf_json_cursor_problem (place, "url-invalid", "%s", _ ("This is no address."));
  else
    check_uri (place, uri);
  wf_check_merge_text (self, place, url);
}
