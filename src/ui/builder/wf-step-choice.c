/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kind of step as one that can be chosen. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-choice.h"

#include "wf-word-match.h"

struct _WfStepChoice
{
  GObject parent_instance;

  const WfStepKindInfo *info;
  guint position, group;
};

G_DEFINE_FINAL_TYPE (WfStepChoice, wf_step_choice, G_TYPE_OBJECT)

static void
wf_step_choice_class_init (WfStepChoiceClass *klass)
{
}

static void
wf_step_choice_init (WfStepChoice *self)
{
}

/* In the order in which a new workflow usually grows. */
static const char *const groups[] = { "activities", "communication", "flow", "record", "systems" };

GListStore *
wf_step_choice_list_new (void)
{
  GListStore *list = g_list_store_new (WF_TYPE_STEP_CHOICE);

  for (guint group = 0; group < G_N_ELEMENTS (groups); group++)
    for (int kind = 0; kind < WF_N_STEP_KINDS; kind++)
      {
        const WfStepKindInfo *info = wf_step_catalogue_get ((WfStepKind) kind);
        g_autoptr (WfStepChoice) choice = NULL;

        if (!g_str_equal (info->group, groups[group]))
          continue;
        choice = g_object_new (WF_TYPE_STEP_CHOICE, NULL);
        choice->info = info;
        choice->group = group;
        choice->position = g_list_model_get_n_items (G_LIST_MODEL (list));
        g_list_store_append (list, choice);
      }
  return list;
}

const WfStepKindInfo *
wf_step_choice_get_info (WfStepChoice *self)
{
  return self->info;
}

/**
 * wf_step_choice_rank:
 * @self: a kind
 * @query: what is typed
 *
 * The name counts more than the summary; a name that begins with the query more than one with a
 * word that does, and that more than one that contains it.
 *
 * Returns: how well the kind answers the query; 0: it does not
 */
guint
wf_step_choice_rank (WfStepChoice *self, const char *query)
{
  const char *label = wf_step_kind_to_text (self->info->kind);
  WfWordMatch match = wf_word_match (label, query);
  g_autofree char *both = NULL;

  if (match != WF_WORD_MATCH_NONE)
    return (guint) match + 2;
  both = g_strdup_printf ("%s\n%s", label, wf_step_kind_to_summary (self->info->kind));
  match = wf_word_match (both, query);
  if (match == WF_WORD_MATCH_NONE)
    return 0;
  return match == WF_WORD_MATCH_CONTAINS ? 1 : 2;
}

guint
wf_step_choice_get_position (WfStepChoice *self)
{
  return self->position;
}

guint
wf_step_choice_get_group (WfStepChoice *self)
{
  return self->group;
}
