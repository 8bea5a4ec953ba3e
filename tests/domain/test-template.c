/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates: complete in both languages, sound for the sample company, and drafts of their own. */
#include "wf-template.h"
#include "wf-test-documents.h"

#include "wf-event-catalogue.h"
#include "wf-uuid.h"

#include <locale.h>
#include <string.h>

static const char *const languages[] = { "en", "pt_BR" };

/* One for each example, guide template and scenario. */
static const char *const wanted_requirements[] = {
  "R27",  "R28",  "R29",  "R30",  "R147", "R148", "R149", "R150", "R151", "R152", "R153", "R154",
  "R155", "R156", "R157", "R158", "R159", "R160", "R162", "R163", "R164", "R165", "R166",
};

static WfOrganisation *
load_organisation (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "sample", "organisation.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_load (path, 0, &error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation;

  g_assert_no_error (error);
  organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  g_assert_nonnull (organisation);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  return organisation;
}

static void
assert_text (const char *text)
{
  g_assert_nonnull (text);
  g_assert_cmpuint (strlen (text), >, 0);
  /* Quotes as in books, in both languages. */
  g_assert_null (strchr (text, '"'));
  g_assert_null (strchr (text, '\''));
}

static void
test_complete (void)
{
  g_autoptr (GPtrArray) english = wf_template_list ("en");
  g_autoptr (GPtrArray) portuguese = wf_template_list ("pt_BR");
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (english->len, ==, G_N_ELEMENTS (wanted_requirements));
  g_assert_cmpuint (portuguese->len, ==, english->len);
  for (guint i = 0; i < english->len; i++)
    {
      const WfTemplate *one = g_ptr_array_index (english, i);
      const WfTemplate *other = g_ptr_array_index (portuguese, i);

      g_test_message ("%s", one->id);
      g_assert_true (g_hash_table_add (ids, one->id));
      g_assert_cmpstr (one->id, ==, other->id);
      g_assert_cmpstr (one->category, ==, other->category);
      g_assert_cmpstr (wf_template_category_to_text (one->category), !=, one->category);
      for (guint j = 0; j < 2; j++)
        {
          const WfTemplate *any = j == 0 ? one : other;

          assert_text (any->name);
          assert_text (any->scenario);
          assert_text (any->flow);
          assert_text (any->benefits);
          assert_text (any->workflow->objective);
          g_assert_cmpstr (any->workflow->name, ==, any->name);
        }
      g_assert_cmpstr (one->name, !=, other->name);
      g_assert_cmpstr (one->scenario, !=, other->scenario);
      g_assert_cmpstr (one->flow, !=, other->flow);
      g_assert_cmpstr (one->benefits, !=, other->benefits);
      g_assert_cmpuint (one->requirements->len, >=, 1);
      for (guint j = 0; j < one->requirements->len; j++)
        g_hash_table_add (met, g_ptr_array_index (one->requirements, j));
    }
  for (guint i = 0; i < G_N_ELEMENTS (wanted_requirements); i++)
    g_assert_true (g_hash_table_contains (met, wanted_requirements[i]));
}

/* Without any problem, warnings included: a person who takes one must not begin with a mistake. */
static void
test_valid (void)
{
  g_autoptr (WfOrganisation) organisation = load_organisation ();

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (GPtrArray) templates = wf_template_list (languages[i]);

      for (guint j = 0; j < templates->len; j++)
        {
          const WfTemplate *template = g_ptr_array_index (templates, j);
          g_autofree char *text = wf_workflow_to_text (template->workflow, FALSE);
          g_autoptr (WfProblems) problems = wf_test_check_workflow (text, organisation, NULL);
          g_autofree char *found = wf_test_problems_to_text (problems);

          g_test_message ("%s %s", languages[i], template->id);
          g_assert_cmpstr (found, ==, "");
          g_assert_cmpint (template->workflow->state, ==, WF_WORKFLOW_DRAFT);
          g_assert_true (wf_uuid_is_valid (template->workflow->id));
          g_assert_nonnull (wf_event_catalogue_find (template->workflow->event));
        }
    }
}

static void
add_step (WfStep *step, gpointer user_data)
{
  g_string_append_printf (user_data, "%s %s\n", step->id, step->kind_name);
}

static char *
list_steps (const WfWorkflow *workflow)
{
  g_autoptr (GString) steps = g_string_new (NULL);

  wf_workflow_foreach_step (workflow, add_step, steps);
  return g_string_free_and_steal (g_steal_pointer (&steps));
}

static void
test_same_steps (void)
{
  g_autoptr (GPtrArray) english = wf_template_list ("en");
  g_autoptr (GPtrArray) portuguese = wf_template_list ("pt_BR");

  for (guint i = 0; i < english->len; i++)
    {
      const WfTemplate *one = g_ptr_array_index (english, i);
      const WfTemplate *other = g_ptr_array_index (portuguese, i);
      g_autofree char *steps = list_steps (one->workflow);
      g_autofree char *other_steps = list_steps (other->workflow);

      g_assert_cmpstr (steps, ==, other_steps);
    }
}

static void
count_kind (WfStep *step, gpointer user_data)
{
  guint *counts = user_data;

  g_assert_cmpint (step->kind, <, WF_N_STEP_KINDS);
  counts[step->kind]++;
}

/* Together they show what workflows can do. Only deletion is left out: nobody should get that
 * with a template. */
static void
test_kinds (void)
{
  g_autoptr (GPtrArray) templates = wf_template_list ("en");
  guint counts[WF_N_STEP_KINDS] = { 0 };

  for (guint i = 0; i < templates->len; i++)
    wf_workflow_foreach_step (((WfTemplate *) g_ptr_array_index (templates, i))->workflow,
                              count_kind, counts);
  for (guint kind = 0; kind < WF_N_STEP_KINDS; kind++)
    {
      g_test_message ("%s: %u", wf_step_kind_names[kind], counts[kind]);
      g_assert_cmpint (counts[kind] > 0, ==, kind != WF_STEP_DELETE_RECORD);
    }
}

static void
test_instantiate (void)
{
  g_autoptr (GPtrArray) templates = wf_template_list ("pt_BR");

  for (guint i = 0; i < templates->len; i++)
    {
      const WfTemplate *template = g_ptr_array_index (templates, i);
      g_autoptr (WfWorkflow) first = wf_template_instantiate (template);
      g_autoptr (WfWorkflow) second = wf_template_instantiate (template);
      g_autofree char *steps = list_steps (template->workflow);
      g_autofree char *own_steps = list_steps (first);

      g_assert_true (wf_uuid_is_valid (first->id));
      g_assert_cmpstr (first->id, !=, template->workflow->id);
      g_assert_cmpstr (first->id, !=, second->id);
      g_assert_cmpint (first->state, ==, WF_WORKFLOW_DRAFT);
      g_assert_cmpint (first->version, ==, 1);
      g_assert_cmpstr (first->name, ==, template->name);
      g_assert_cmpstr (own_steps, ==, steps);
    }
}

static const struct
{
  const char *environment;
  const char *language; /* what is asked for; NULL: the user's */
  gboolean portuguese;
} choices[] = {
  { "pt_BR:en", NULL, TRUE }, { "pt", NULL, TRUE },     { "en", NULL, FALSE },
  { "de:pt_BR", NULL, TRUE }, { "en:pt", NULL, FALSE }, { "de", NULL, FALSE },
  { "pt_BR", "en", FALSE },   { "en", "pt_BR", TRUE },
};

static void
test_language (void)
{
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (GPtrArray) expected = wf_template_list (choices[i].portuguese ? "pt_BR" : "en");
      g_autoptr (GPtrArray) templates = NULL;

      g_setenv ("LANGUAGE", choices[i].environment, TRUE);
      templates = wf_template_list (choices[i].language);
      g_assert_cmpstr (((WfTemplate *) g_ptr_array_index (templates, 0))->name, ==,
                       ((WfTemplate *) g_ptr_array_index (expected, 0))->name);
    }
  if (before != NULL)
    g_setenv ("LANGUAGE", before, TRUE);
  else
    g_unsetenv ("LANGUAGE");
}

static void
test_categories (void)
{
  g_assert_cmpstr (wf_template_category_to_text ("pre-sales"), ==, "Pre-sales");
  g_assert_cmpstr (wf_template_category_to_text ("partners"), ==, "Partners");
  g_assert_cmpstr (wf_template_category_to_text ("cooking"), ==, "cooking");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/complete", test_complete);
  g_test_add_func ("/template/valid", test_valid);
  g_test_add_func ("/template/same-steps", test_same_steps);
  g_test_add_func ("/template/kinds", test_kinds);
  g_test_add_func ("/template/instantiate", test_instantiate);
  g_test_add_func ("/template/language", test_language);
  g_test_add_func ("/template/categories", test_categories);
  return g_test_run ();
}
