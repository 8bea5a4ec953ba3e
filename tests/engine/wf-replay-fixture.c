/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replays as tables. */
#include "wf-replay-fixture.h"

#include <string.h>

void
wf_fixture_on_line (const char *line, gpointer user_data)
{
  WfReplayOutput *output = user_data;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (line, -1, 0, NULL);
  const char *key = wf_json_get_member_string (wf_json_document_get_root (document), "key");

  g_ptr_array_add (output->lines, g_strdup (line));
  if (key != NULL && !g_ptr_array_find_with_equal_func (output->keys, key, g_str_equal, NULL))
    g_ptr_array_add (output->keys, g_strdup (key));
}

static void
append_time (GString *text, const char *before, const char *time)
{
  if (time == NULL)
    return;
  g_string_append (text, before);
  g_string_append_len (text, g_str_has_prefix (time, "2026-11-") ? time + 8 : time + 5,
                       g_str_has_prefix (time, "2026-11-") ? 8 : 11);
}

/* "DDTHH:MM kind step person due DDTHH:MM remind DDTHH:MM arrived-late notes" */
static char *
summarize (const char *line)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (line, -1, 0, NULL);
  const WfJson *root = wf_json_document_get_root (document);
  const char *person = wf_json_get_member_string (root, "person"),
             *notes = wf_json_get_member_string (root, "notes");
  GString *text = g_string_new (NULL);

  append_time (text, "", wf_json_get_member_string (root, "time"));
  g_string_append_printf (text, " %s %s %s", wf_json_get_member_string (root, "kind"),
                          wf_json_get_member_string (root, "step"), person != NULL ? person : "-");
  append_time (text, " due ", wf_json_get_member_string (root, "due"));
  append_time (text, " remind ", wf_json_get_member_string (root, "remind"));
  if (wf_json_get_boolean (wf_json_get_member (root, "arrived-late"), FALSE))
    g_string_append (text, " arrived-late");
  append_time (text, " ends ", wf_json_get_member_string (root, "ends"));
  if (wf_json_get_member_string (root, "ignored") != NULL)
    g_string_append (text, " ignored");
  if (wf_json_get_member_string (root, "refused") != NULL)
    g_string_append (text, " refused");
  if (notes != NULL)
    g_string_append_printf (text, " %s", notes);
  return g_string_free (text, FALSE);
}

/* "{e1/a}" becomes the key of the effect that the step a gives for the event e1. */
static gboolean
on_key (const GMatchInfo *match, GString *result, gpointer user_data)
{
  g_autofree char *event = g_match_info_fetch (match, 1), *step = g_match_info_fetch (match, 2);
  char key[WF_UUID_LENGTH + 1];

  wf_effect_make_key (W1, "/crm/acme", event, step, 0, key);
  g_string_append (result, key);
  return FALSE;
}

static char *
insert_keys (const char *quoted)
{
  g_autoptr (GRegex) keys = g_regex_new ("\\{([^{}/']+)/([^{}/']+)\\}", 0, 0, NULL);

  return g_regex_replace_eval (keys, quoted, -1, 0, 0, on_key, NULL, NULL);
}

void
wf_fixture_replay (const WfReplayCase *one, gboolean explain, WfReplayOutput *output)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (WfReplay) replay = NULL;
  WfInstant until = WF_INSTANT_NONE;

  output->lines = g_ptr_array_new_with_free_func (g_free);
  output->keys = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (workflows, wf_fixture_new_workflow_with (
                                  W1, one->event != NULL ? one->event : "lead.received",
                                  one->trigger, one->steps));
  replay = wf_replay_new (organisation, workflows, explain, wf_fixture_on_line, output);
  for (guint i = 0; i < G_N_ELEMENTS (one->events) && one->events[i] != NULL; i++)
    {
      g_autofree char *quoted = insert_keys (one->events[i]);
      g_autoptr (WfEvent) event = wf_fixture_new_event_from (quoted);

      wf_replay_add (replay, event);
    }
  if (one->until != NULL)
    {
      g_autofree char *text = g_strdup_printf ("2026-11-%s:00-03:00", one->until);

      until = wf_fixture_instant (text);
    }
  wf_replay_finish (replay, until);
}

void
wf_fixture_output_clear (WfReplayOutput *output)
{
  g_ptr_array_unref (output->lines);
  g_ptr_array_unref (output->keys);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Lines of one instant are ordered by key, which no table can foresee: both sides are compared
 * sorted; the order itself is checked by assert_order(). */
static void
assert_same (GPtrArray *lines, const char *const *expected)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_autoptr (GPtrArray) got = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; expected[i] != NULL; i++)
    g_ptr_array_add (wanted, (gpointer) expected[i]);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (got, summarize (g_ptr_array_index (lines, i)));
  g_ptr_array_sort (wanted, compare_texts);
  g_ptr_array_sort (got, compare_texts);
  for (guint i = 0; i < MIN (wanted->len, got->len); i++)
    g_assert_cmpstr (g_ptr_array_index (got, i), ==, g_ptr_array_index (wanted, i));
  g_assert_cmpuint (got->len, ==, wanted->len);
}

static guint
rank (const char *kind)
{
  return g_str_equal (kind, "became-late") ? 2 : (g_str_equal (kind, "reminder") ? 1 : 0);
}

static void
assert_order (GPtrArray *lines)
{
  for (guint i = 1; i < lines->len; i++)
    {
      g_autoptr (WfJsonDocument) a =
          wf_json_document_parse (g_ptr_array_index (lines, i - 1), -1, 0, NULL);
      g_autoptr (WfJsonDocument) b =
          wf_json_document_parse (g_ptr_array_index (lines, i), -1, 0, NULL);
      const WfJson *x = wf_json_document_get_root (a), *y = wf_json_document_get_root (b);
      int order =
          strcmp (wf_json_get_member_string (x, "time"), wf_json_get_member_string (y, "time"));

      if (order == 0)
        order = strcmp (wf_json_get_member_string (x, "key"), wf_json_get_member_string (y, "key"));
      if (order == 0)
        order = (int) rank (wf_json_get_member_string (x, "kind")) -
                (int) rank (wf_json_get_member_string (y, "kind"));
      g_assert_cmpint (order, <=, 0);
    }
}

void
wf_fixture_test_replay (gconstpointer data)
{
  const WfReplayCase *one = data;
  WfReplayOutput output, again;

  wf_fixture_replay (one, FALSE, &output);
  assert_same (output.lines, one->expected);
  assert_order (output.lines);
  wf_fixture_replay (one, FALSE, &again);
  g_assert_cmpuint (output.lines->len, ==, again.lines->len);
  for (guint i = 0; i < output.lines->len; i++)
    g_assert_cmpstr (g_ptr_array_index (output.lines, i), ==, g_ptr_array_index (again.lines, i));
  wf_fixture_output_clear (&output);
  wf_fixture_output_clear (&again);
}

void
wf_fixture_add_replays (const char *path, const WfReplayCase *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), "/", '-');
      g_autofree char *full = g_strdup_printf ("%s/%02u %s", path, i, name);

      g_test_add_data_func (full, &cases[i], wf_fixture_test_replay);
    }
}
