/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each template at work in the sample company, in both languages: events that start it and events
 * that must not, and everything that it then does, over as many weeks as it takes.
 *
 * templates/ID.json: {"until", "events": CloudEvents, "started" and "refused": their ids, with
 * those of ticks, "expected": [{"time", "lead", "kind", "step", "person" or "person-in" (a group),
 * "due", "remind", "has": [parts of the line]}]}. Instants are given to the minute, in the company's
 * zone. "{key:EVENT/STEP}" in an event is the key of what that step made. */
#include "wf-organisation.h"
#include "wf-replay.h"
#include "wf-template.h"

#include "wf-instant.h"

#include <locale.h>
#include <string.h>

#define SOURCE "/crm/aurora"
#define MINUTES_LENGTH 16 /* of "2026-11-24T10:00" */

static const char *const languages[] = { "en", "pt_BR" };

typedef struct
{
  WfJsonDocument *document; /* (owned) of the line */
  const WfJson *line;
  char *order; /* (owned) */
} Effect;

typedef struct
{
  WfOrganisation *organisation; /* (owned) */
  WfWorkflow *workflow;         /* (owned) */
  GPtrArray *effects;           /* (owned) of Effect */
  GHashTable *verdicts;         /* (owned) event id -> verdict */
} Trial;

static void
effect_free (gpointer data)
{
  Effect *self = data;

  wf_json_document_unref (self->document);
  g_free (self->order);
  g_free (self);
}

static void
trial_clear (Trial *self)
{
  wf_organisation_unref (self->organisation);
  wf_workflow_unref (self->workflow);
  g_ptr_array_unref (self->effects);
  g_hash_table_unref (self->verdicts);
}

static WfJsonDocument *
load (const char *first, ...)
{
  va_list arguments;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  WfJsonDocument *document;

  g_ptr_array_add (parts, (gpointer) g_test_get_dir (G_TEST_DIST));
  va_start (arguments, first);
  for (const char *part = first; part != NULL; part = va_arg (arguments, const char *))
    g_ptr_array_add (parts, (gpointer) part);
  va_end (arguments);
  g_ptr_array_add (parts, NULL);
  path = g_build_filenamev ((char **) parts->pdata);
  document = wf_json_document_load (path, 0, &error);
  g_assert_no_error (error);
  return document;
}

static WfOrganisation *
load_organisation (void)
{
  g_autoptr (WfJsonDocument) document = load ("..", "data", "sample", "organisation.json", NULL);
  WfOrganisation *organisation = wf_organisation_read (wf_json_document_get_root (document), NULL);

  g_assert_nonnull (organisation);
  return organisation;
}

/* As somebody who takes the template, saves it and opens it again. */
static WfWorkflow *
take (const WfTemplate *template, const WfOrganisation *organisation)
{
  g_autoptr (WfWorkflow) draft = wf_template_instantiate (template);
  g_autofree char *text = wf_workflow_to_text (draft, TRUE);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow =
      wf_workflow_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (workflow);
  wf_workflow_validate (workflow, organisation, problems);
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      g_autofree char *problem = wf_problem_to_text (wf_problems_get (problems, i));

      g_test_message ("%s", problem);
    }
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  return g_steal_pointer (&workflow);
}

static gboolean
on_key (const GMatchInfo *match, GString *result, gpointer user_data)
{
  const WfWorkflow *workflow = user_data;
  g_autofree char *event = g_match_info_fetch (match, 1);
  g_autofree char *step = g_match_info_fetch (match, 2);
  char key[WF_UUID_LENGTH + 1];

  wf_effect_make_key (workflow->id, SOURCE, event, step, 0, key);
  g_string_append (result, key);
  return FALSE;
}

static WfEvent *
make_event (const Trial *self, const WfJson *value)
{
  g_autofree char *text = wf_json_to_text (value, FALSE);
  g_autoptr (GRegex) regex = g_regex_new ("\\{key:([^/}]+)/([^}]+)\\}", 0, 0, NULL);
  g_autofree char *keyed =
      g_regex_replace_eval (regex, text, -1, 0, 0, on_key, self->workflow, NULL);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (keyed, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfEvent *event =
      wf_event_read (document, wf_json_document_get_root (document), WF_INSTANT_NONE, problems);

  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  g_assert_nonnull (event);
  g_assert_cmpstr (wf_event_get_source (event), ==, SOURCE);
  return event;
}

static const char *
get (const WfJson *object, const char *name)
{
  const char *text = wf_json_get_member_string (object, name);

  return text != NULL ? text : "";
}

/* Reminders and lateness follow from the activities, whose instants are compared. */
static void
on_line (const char *text, gpointer user_data)
{
  Trial *self = user_data;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  const WfJson *line = wf_json_document_get_root (document);
  const char *verdict = wf_json_get_member_string (line, "verdict");
  const char *kind = get (line, "kind");
  Effect *effect;

  if (verdict != NULL)
    {
      g_hash_table_replace (self->verdicts, g_strdup (get (line, "event")), g_strdup (verdict));
      return;
    }
  if (g_str_equal (kind, "reminder") || g_str_equal (kind, "became-late"))
    return;
  effect = g_new0 (Effect, 1);
  effect->document = g_steal_pointer (&document);
  effect->line = line;
  effect->order = g_strdup_printf ("%.*s %s %s", MINUTES_LENGTH, get (line, "time"),
                                   get (line, "lead"), get (line, "step"));
  g_ptr_array_add (self->effects, effect);
}

static int
compare_effects (gconstpointer a, gconstpointer b)
{
  const Effect *const *first = a, *const *second = b;

  return strcmp ((*first)->order, (*second)->order);
}

static void
run (Trial *self, const WfJson *data)
{
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();
  g_autoptr (WfReplay) replay = NULL;
  WfInstant until = WF_INSTANT_NONE;
  const WfJson *value;
  WfJsonIter iter;

  g_ptr_array_add (workflows, self->workflow);
  replay = wf_replay_new (self->organisation, workflows, TRUE, on_line, self);
  wf_json_iter_init (&iter, wf_json_get_member (data, "events"));
  while (wf_json_iter_next (&iter, NULL, &value))
    {
      g_autoptr (WfEvent) event = make_event (self, value);

      wf_replay_add (replay, event);
    }
  g_assert_true (wf_instant_parse (wf_json_get_member_string (data, "until"), &until));
  wf_replay_finish (replay, until);
  g_ptr_array_sort (self->effects, compare_effects);
}

static void
assert_verdicts (const Trial *self, const WfJson *ids, const char *expected)
{
  const WfJson *id;
  WfJsonIter iter;

  g_assert_cmpuint (wf_json_get_size (ids), >=, 1);
  wf_json_iter_init (&iter, ids);
  while (wf_json_iter_next (&iter, NULL, &id))
    {
      g_test_message ("%s", wf_json_get_string (id));
      g_assert_cmpstr (g_hash_table_lookup (self->verdicts, wf_json_get_string (id)), ==, expected);
    }
}

static void
assert_minutes (const WfJson *line, const WfJson *expected, const char *name)
{
  g_autofree char *minutes = g_strndup (get (line, name), MINUTES_LENGTH);

  g_assert_cmpstr (minutes, ==, get (expected, name));
}

static void
assert_person (const Trial *self, const WfJson *line, const WfJson *expected)
{
  const char *group = wf_json_get_member_string (expected, "person-in");
  const WfPerson *person;

  if (group == NULL)
    {
      g_assert_cmpstr (get (line, "person"), ==, get (expected, "person"));
      return;
    }
  person = wf_organisation_get_person (self->organisation, get (line, "person"));
  g_assert_nonnull (person);
  g_assert_true (wf_person_in_group (person, group));
}

static void
assert_effect (const Trial *self, const WfJson *line, const WfJson *expected)
{
  g_autofree char *text = wf_json_to_text (line, FALSE);
  const WfJson *part;
  WfJsonIter iter;

  g_test_message ("%s", text);
  g_assert_cmpstr (get (line, "step"), ==, get (expected, "step"));
  g_assert_cmpstr (get (line, "kind"), ==, get (expected, "kind"));
  g_assert_cmpstr (get (line, "lead"), ==, get (expected, "lead"));
  assert_minutes (line, expected, "time");
  assert_minutes (line, expected, "due");
  assert_minutes (line, expected, "remind");
  assert_person (self, line, expected);
  wf_json_iter_init (&iter, wf_json_get_member (expected, "has"));
  while (wf_json_iter_next (&iter, NULL, &part))
    if (strstr (text, wf_json_get_string (part)) == NULL)
      g_error ("“%s” is not in %s", wf_json_get_string (part), text);
}

/* No field of a text is left unfilled. */
static void
assert_filled (const WfJson *line)
{
  static const char *const names[] = { "text", "subject", "notes", "title", "url" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_null (strchr (get (line, names[i]), '{'));
      g_assert_null (strstr (get (line, names[i]), "“”"));
    }
}

static void
assert_effects (const Trial *self, const WfJson *expected)
{
  guint n = wf_json_get_size (expected);

  for (guint i = 0; i < MIN (n, self->effects->len); i++)
    {
      const Effect *effect = g_ptr_array_index (self->effects, i);

      assert_effect (self, effect->line, wf_json_get_element (expected, i));
      assert_filled (effect->line);
    }
  g_assert_cmpuint (self->effects->len, ==, n);
}

static void
try_template (const WfTemplate *template, const WfJson *data)
{
  Trial trial = { .organisation = load_organisation () };

  trial.workflow = take (template, trial.organisation);
  trial.effects = g_ptr_array_new_with_free_func (effect_free);
  trial.verdicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  run (&trial, data);
  assert_verdicts (&trial, wf_json_get_member (data, "started"), "started");
  assert_verdicts (&trial, wf_json_get_member (data, "refused"), "condition-failed");
  assert_effects (&trial, wf_json_get_member (data, "expected"));
  trial_clear (&trial);
}

static void
test_template (gconstpointer user_data)
{
  guint place = GPOINTER_TO_UINT (user_data);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (GPtrArray) templates = wf_template_list (languages[i]);
      const WfTemplate *template = g_ptr_array_index (templates, place);
      g_autofree char *name = g_strconcat (template->id, ".json", NULL);
      g_autoptr (WfJsonDocument) data = load ("engine", "templates", name, NULL);

      try_template (template, wf_json_document_get_root (data));
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) templates = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  templates = wf_template_list ("en");
  for (guint i = 0; i < templates->len; i++)
    {
      const WfTemplate *template = g_ptr_array_index (templates, i);
      g_autofree char *path = g_strconcat ("/templates/", template->id, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_template);
    }
  return g_test_run ();
}
