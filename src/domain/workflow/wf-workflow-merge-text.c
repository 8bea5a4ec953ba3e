/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two people changed differently, in sentences. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-merge-private.h"

#include "wf-step-catalogue.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *member, *label;
} labels[] = {
  { "name", NC_ ("member of a workflow", "Name") },
  { "objective", NC_ ("member of a workflow", "Objective") },
  { "fallback-person", NC_ ("member of a workflow", "Fallback person") },
  { "storm-limit", NC_ ("member of a workflow", "Limit of events in 10 minutes") },
  { "event", NC_ ("member of a workflow", "Event") },
  { "conditions", NC_ ("member of a workflow", "Conditions") },
  { "if", NC_ ("member of a workflow", "Conditions") },
  { "reentry", NC_ ("member of a workflow", "When a lead comes again") },
  { "own-events", NC_ ("member of a workflow", "Events that workflows cause") },
  { "keep-when-left", NC_ ("member of a workflow", "When the record leaves the stage") },
  { "schedule", NC_ ("member of a workflow", "Schedule") },
  { "for-each", NC_ ("member of a workflow", "For each lead") },
  { "run", NC_ ("member of a workflow", "When it runs") },
};

static const char *
get_label (const WfStepKindInfo *kind, const char *member)
{
  const WfSettingInfo *setting = kind != NULL ? wf_step_kind_info_get_setting (kind, member) : NULL;

  if (setting != NULL)
    return wf_setting_to_text (setting);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].member, member))
      return g_dpgettext2 (NULL, "member of a workflow", labels[i].label);
  return member;
}

/* A path by its name, an activity by its type, any other step by what it does. */
static const char *
get_title (const WfJson *json, const WfStepKindInfo *kind)
{
  const char *name = wf_json_get_member_string (json, "name");
  const char *type = wf_json_get_member_string (json, "activity-type");

  if (name != NULL && name[0] != '\0')
    return name;
  if (type != NULL && type[0] != '\0')
    return type;
  return wf_step_kind_to_text (kind != NULL ? kind->kind : WF_STEP_OTHER);
}

static char *
describe_change (const char *title, const char *label)
{
  if (title != NULL && label != NULL)
    /* Translators: the name of a step or path, and of what is set there */
    return g_strdup_printf (_ ("“%1$s”: both of you changed “%2$s”. Yours is kept."), title, label);
  return g_strdup_printf (_ ("Both of you changed “%s”. Yours is kept."),
                          title != NULL ? title : label);
}

static char *
to_text (WfMergeConflict conflict, const WfJson *json, const char *member)
{
  const WfStepKindInfo *kind =
      json != NULL ? wf_step_catalogue_find (wf_json_get_member_string (json, "kind")) : NULL;
  const char *title = json != NULL ? get_title (json, kind) : NULL;

  switch (conflict)
    {
    case WF_MERGE_BOTH_CHANGED:
      return describe_change (title, member != NULL ? get_label (kind, member) : NULL);
    case WF_MERGE_MINE_REMOVED:
      return g_strdup_printf (
          _ ("You removed “%s”, which the other person changed. It stays removed."), title);
    case WF_MERGE_THEIRS_REMOVED:
      return g_strdup_printf (_ ("The other person removed “%s”, which you changed. It is kept."),
                              title);
    case WF_MERGE_BOTH_MOVED:
      return g_strdup_printf (
          _ ("Both of you moved “%s” to different places. It stays where you put it."), title);
    case WF_MERGE_BOTH_ORDERED:
      return title != NULL
                 ? g_strdup_printf (_ ("Both of you changed the order in “%s”. Yours is kept."),
                                    title)
                 : g_strdup (_ ("Both of you changed the order of the steps. Yours is kept."));
    case WF_MERGE_TOO_DEEP:
      return g_strdup (
          _ ("Put together, branches would be nested too deep. Your version is kept as it is."));
    }
  g_return_val_if_reached (NULL);
}

void
wf_merge_tell (GPtrArray *conflicts, WfMergeConflict conflict, const WfJson *json,
               const char *member)
{
  if (conflicts != NULL)
    g_ptr_array_add (conflicts, to_text (conflict, json, member));
}
