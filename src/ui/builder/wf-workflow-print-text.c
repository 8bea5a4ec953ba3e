/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The handbook of a workflow as paragraphs (R134, B24): what it is for, when it starts, for whom,
 * and every step as a numbered sentence. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-print-private.h"

#include "wf-flow-layout-private.h"
#include "wf-sentence.h"
#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  GPtrArray *paragraphs;
  const WfWorkflow *workflow;
  const WfOrganisation *organisation;
} Making;

static void
paragraph_free (gpointer data)
{
  WfPrintParagraph *paragraph = data;

  g_free (paragraph->number);
  g_free (paragraph->text);
  g_free (paragraph);
}

/* text: taken. number: nullable. */
static void
take (Making *making, WfPrintStyle style, guint level, const char *number, char *text)
{
  WfPrintParagraph *paragraph = g_new0 (WfPrintParagraph, 1);

  paragraph->style = style;
  paragraph->level = level;
  paragraph->number = g_strdup (number);
  paragraph->text = text;
  g_ptr_array_add (making->paragraphs, paragraph);
}

static void
add (Making *making, WfPrintStyle style, const char *text)
{
  take (making, style, 0, NULL, g_strdup (text));
}

static gboolean
is_filled (const char *text)
{
  return text != NULL && text[0] != '\0';
}

/* ---- the head ---- */

char *
wf_print_make_version (const WfWorkflow *workflow)
{
  return g_strdup_printf (_ ("Version %d"), (int) workflow->version);
}

static const char *
get_state (WfWorkflowState state)
{
  switch (state)
    {
    case WF_WORKFLOW_DRAFT:
      return _ ("Draft");
    case WF_WORKFLOW_LIVE:
      return _ ("Live");
    case WF_WORKFLOW_PAUSED:
      return _ ("Paused");
    case WF_WORKFLOW_ARCHIVED:
      return _ ("Archived");
    }
  g_assert_not_reached ();
}

static void
add_head (Making *making)
{
  const WfWorkflow *workflow = making->workflow;
  g_autofree char *version = wf_print_make_version (workflow);
  const char *company =
      making->organisation != NULL ? wf_organisation_get_name (making->organisation) : NULL;

  add (making, WF_PRINT_TITLE, workflow->name);
  take (making, WF_PRINT_SUBTITLE, 0, NULL,
        is_filled (company)
            ? g_strdup_printf ("%s · %s · %s", company, version, get_state (workflow->state))
            : g_strdup_printf ("%s · %s", version, get_state (workflow->state)));
}

/* ---- when and for whom ---- */

static void
add_conditions (Making *making, const WfCondition *condition)
{
  guint n = wf_condition_get_n_children (condition);
  gboolean in_lines = wf_condition_get_kind (condition) == WF_CONDITION_ALL;

  for (guint i = 0; in_lines && i < n; i++)
    take (making, WF_PRINT_BULLET, 0, NULL,
          wf_condition_to_text (wf_condition_get_child (condition, i), making->organisation));
  if (!in_lines)
    take (making, WF_PRINT_BULLET, 0, NULL, wf_condition_to_text (condition, making->organisation));
}

static gboolean
has_conditions (const WfWorkflow *workflow)
{
  return workflow->conditions != NULL &&
         (wf_condition_get_kind (workflow->conditions) != WF_CONDITION_ALL ||
          wf_condition_get_n_children (workflow->conditions) > 0);
}

/* A schedule may be about no lead at all. */
static gboolean
is_about_leads (const WfWorkflow *workflow)
{
  return workflow->schedule == NULL || wf_workflow_is_for_each_lead (workflow);
}

static void
add_rules (Making *making)
{
  const WfWorkflow *workflow = making->workflow;
  g_auto (GStrv) rules = wf_sentence_for_rules (workflow, making->organisation);

  if (!is_about_leads (workflow) && !has_conditions (workflow) && rules[0] == NULL)
    return;
  add (making, WF_PRINT_HEADING, _ ("Who it applies to"));
  if (has_conditions (workflow))
    {
      add (making, WF_PRINT_TEXT,
           is_about_leads (workflow) ? _ ("Leads of which all of this holds:")
                                     : _ ("It runs if all of this holds:"));
      add_conditions (making, workflow->conditions);
    }
  else if (is_about_leads (workflow))
    {
      add (making, WF_PRINT_TEXT, _ ("Every lead to which that happens"));
    }
  for (guint i = 0; rules[i] != NULL; i++)
    add (making, WF_PRINT_TEXT, rules[i]);
}

static void
add_start (Making *making)
{
  /* The conditions follow as a list. */
  WfWorkflow plain = *making->workflow;

  plain.conditions = NULL;
  add (making, WF_PRINT_HEADING, _ ("When it starts"));
  take (making, WF_PRINT_TEXT, 0, NULL, wf_sentence_for_trigger (&plain, making->organisation));
}

/* ---- steps ---- */

static void
add_note (Making *making, guint level, const char *label, const char *text)
{
  if (is_filled (text))
    /* Translators: a setting such as “Notes”, and its text */
    take (making, WF_PRINT_NOTE, level, NULL,
          g_strdup_printf (C_ ("setting of a step", "%1$s: %2$s"), label, text));
}

/* Texts that the sentence leaves out: notes, the body of an e-mail. */
static void
add_texts (Making *making, const WfStep *step, const char *sentence, guint level)
{
  const WfStepKindInfo *info = wf_step_catalogue_get (step->kind);

  for (guint i = 0; info != NULL && i < info->n_settings; i++)
    {
      const WfSettingInfo *setting = &info->settings[i];
      const char *text = NULL;

      if (setting->type != WF_SETTING_LONG_TEXT)
        continue;
      if (wf_step_kind_is_activity (step->kind) && g_str_equal (setting->name, "notes"))
        text = step->create_activity.notes;
      else if (wf_step_kind_has_settings (step->kind))
        text = wf_step_get_text (step, setting->name);
      if (is_filled (text) && strstr (sentence, text) == NULL)
        add_note (making, level, wf_setting_to_text (setting), text);
    }
}

static void add_steps (Making *making, GPtrArray *steps, guint level, const char *prefix);

static void
add_path (Making *making, const WfStep *branch, guint index, guint level, const char *prefix)
{
  const WfPath *path = g_ptr_array_index (branch->paths, index);
  g_autofree char *number = g_strdup_printf ("%s%u", prefix, index + 1);
  g_autofree char *below = g_strconcat (number, ".", NULL);
  g_autofree char *title = wf_flow_make_path_title (path, index);
  g_autofree char *condition = wf_flow_make_path_condition (path, index, making->organisation);

  take (making, WF_PRINT_PATH, level, number,
        g_strdup_printf (C_ ("path", "%1$s: %2$s"), title, condition));
  if (path->steps->len == 0)
    take (making, WF_PRINT_TEXT, level + 1, NULL, g_strdup (_ ("Do nothing")));
  else
    add_steps (making, path->steps, level + 1, below);
}

static void
add_steps (Making *making, GPtrArray *steps, guint level, const char *prefix)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);
      g_autofree char *number = g_strdup_printf ("%s%u", prefix, i + 1);
      g_autofree char *below = g_strconcat (number, ".", NULL);
      char *sentence = wf_sentence_for_step (step, making->organisation);

      take (making, WF_PRINT_STEP, level, number, sentence);
      add_texts (making, step, sentence, level + 1);
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        add_path (making, step, j, level + 1, below);
    }
}

/**
 * wf_print_make_paragraphs:
 * @organisation: (nullable): for names
 *
 * Returns: (transfer full) (element-type WfPrintParagraph): everything that is printed, in its
 *   order, with the place of the picture
 */
GPtrArray *
wf_print_make_paragraphs (const WfWorkflow *workflow, const WfOrganisation *organisation)
{
  Making making = { g_ptr_array_new_with_free_func (paragraph_free), workflow, organisation };

  add_head (&making);
  if (is_filled (workflow->objective))
    add (&making, WF_PRINT_TEXT, workflow->objective);
  add (&making, WF_PRINT_PICTURE, "");
  add_start (&making);
  add_rules (&making);
  add (&making, WF_PRINT_HEADING, _ ("What it does"));
  if (workflow->steps->len == 0)
    add (&making, WF_PRINT_TEXT, _ ("Do nothing"));
  add_steps (&making, workflow->steps, 0, "");
  if (is_filled (wf_workflow_get_note (workflow)))
    {
      add (&making, WF_PRINT_HEADING, _ ("What is new in this version"));
      add (&making, WF_PRINT_TEXT, wf_workflow_get_note (workflow));
    }
  return making.paragraphs;
}
