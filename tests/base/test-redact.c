/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing secret gets into a log. */
#include "wf-redact.h"

#include <string.h>

static void
test_uri (void)
{
  static const char *const uris[][2] = {
    { "https://crm.example/rest/12/s3cret/method?auth=s3cret", "https://crm.example/…" },
    { "https://ana:s3cret@crm.example:8443/x#s3cret", "https://crm.example:8443/…" },
    { "http://127.0.0.1:34567/events?after=s3cret", "http://127.0.0.1:34567/…" },
    { "https://[::1]:80/s3cret", "https://[::1]:80/…" },
    { "s3cret", "…" },
    { "mailto:s3cret@crm.example", "…" },
    { "", "…" },
  };
  g_autofree char *none = wf_redact_uri (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autofree char *text = wf_redact_uri (uris[i][0]);

      g_assert_cmpstr (text, ==, uris[i][1]);
      g_assert_null (strstr (text, "s3cret"));
    }
  g_assert_cmpstr (none, ==, "…");
}

static void
test_id (void)
{
  g_autofree char *one = wf_redact_id ("l-77");
  g_autofree char *same = wf_redact_id ("l-77");
  g_autofree char *other = wf_redact_id ("l-78");
  g_autofree char *none = wf_redact_id (NULL);

  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpuint (strlen (one), ==, 8);
  g_assert_null (strstr (one, "77"));
  g_assert_cmpstr (none, ==, "none");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redact/uri", test_uri);
  g_test_add_func ("/redact/id", test_id);
  return g_test_run ();
}
