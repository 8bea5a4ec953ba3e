/* SPDX-License-Identifier: GPL-3.0-or-later */
/* data/openapi.yaml against the server: each route it describes answers, and each route that
 * answers is described. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-fixture.h"
#include "wf-demo-request.h"

#include <string.h>

#define QUIET GINT_TO_POINTER (WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY)
#define UUID "11111111-1111-4111-8111-111111111111"

/* "GET activities/{}": the method and the path without the names of its parameters. */
static char *
normalise (const char *method, const char *path)
{
  g_autoptr (GRegex) names = g_regex_new ("\\{[a-z]+\\}", 0, 0, NULL);
  g_autofree char *upper = g_ascii_strup (method, -1);
  g_autofree char *plain = g_regex_replace_literal (names, path, -1, 0, "{}", 0, NULL);

  return g_strdup_printf ("%s %s", upper, plain);
}

/* The description is plain YAML that we write ourselves: two spaces before a path, four before a
 * method. */
static GHashTable *
read_description (void)
{
  GHashTable *routes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "data", "openapi.yaml", NULL);
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  gboolean in_paths = FALSE;

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] != ' ' && lines[i][0] != '\0')
        in_paths = g_str_equal (lines[i], "paths:");
      else if (in_paths && g_str_has_prefix (lines[i], "  /"))
        {
          g_free (path);
          path = g_strndup (lines[i] + 3, strcspn (lines[i] + 3, ":"));
        }
      else if (in_paths &&
               g_regex_match_simple ("^    (get|put|post|patch|delete):$", lines[i], 0, 0))
        {
          g_autofree char *method = g_strndup (lines[i] + 4, strcspn (lines[i] + 4, ":"));
          g_hash_table_add (routes, normalise (method, path));
        }
    }
  return routes;
}

static void
test_same_routes (void)
{
  g_autoptr (GHashTable) described = read_description ();
  char *route;
  guint n = 0;

  while ((route = wf_demo_routes_dup (n)) != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (route, " ", 2);
      g_autofree char *name = normalise (parts[0], parts[1]);

      g_test_message ("%s", name);
      g_assert_true (g_hash_table_contains (described, name));
      g_free (route);
      n++;
    }
  g_assert_cmpuint (g_hash_table_size (described), ==, n);
}

static void
test_each_answers (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) described = read_description ();
  GHashTableIter iter;
  gpointer key;

  g_assert_cmpuint (g_hash_table_size (described), >, 20);
  g_hash_table_iter_init (&iter, described);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_auto (GStrv) parts = g_strsplit (key, " ", 2);
      g_auto (GStrv) pieces = g_strsplit (parts[1], "{}", -1);
      g_autofree char *path = g_strjoinv (UUID, pieces);
      gboolean writes = g_str_equal (parts[0], "PUT") || g_str_equal (parts[0], "POST") ||
                        g_str_equal (parts[0], "PATCH");
      gboolean streams = g_str_has_suffix (path, "stream");
      g_autofree char *full = streams ? g_strconcat (path, "?after=rubbish", NULL)
                                      : g_strdup (path);
      g_autoptr (WfDemoAnswer) answer =
          wf_demo_fixture_ask (fixture, parts[0], full, "carla", writes ? "{}" : NULL, NULL);
      const char *type = wf_demo_answer_get (answer, "type");

      g_test_message ("%s: %u %s", (char *) key, answer->status, type != NULL ? type : "");
      g_assert_cmpuint (answer->status, >, 0);
      g_assert_cmpuint (answer->status, !=, 405);
      g_assert_cmpuint (answer->status, <, 500);
      g_assert_cmpstr (type, !=, "/problems/no-such-address");
      if (answer->status >= 400)
        g_assert_cmpstr (answer->content_type, ==, "application/problem+json");
    }
  g_autoptr (WfDemoAnswer) nothing =
      wf_demo_fixture_ask (fixture, "GET", "nothing", "carla", NULL, NULL);
  g_assert_cmpstr (wf_demo_answer_get (nothing, "type"), ==, "/problems/no-such-address");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/api/same-routes", test_same_routes);
  g_test_add ("/demo/api/each-answers", WfDemoFixture, QUIET, wf_demo_fixture_set_up,
              test_each_answers, wf_demo_fixture_tear_down);
  return g_test_run ();
}
