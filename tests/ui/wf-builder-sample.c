/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows to edit in tests of the builder. */
#include "wf-builder-sample.h"

#define STEP(id)                                                                                   \
  "{\"id\":\"" id "\",\"kind\":\"notify\",\"text\":\"" id "\",\"recipient\":\"manager\"}"
#define HEAD                                                                                       \
  "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"Test\",\"state\":"     \
  "\"draft\",\"version\":1,\"trigger\":{\"event\":\"lead.received\",\"reentry\":\"every-event\"},"

static WfWorkflow *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

WfWorkflow *
wf_builder_sample_read (const char *steps)
{
  g_autofree char *text = g_strconcat (HEAD "\"steps\":[", steps, "]}", NULL);

  return read_text (text);
}

WfWorkflow *
wf_builder_sample_new (void)
{
  return wf_builder_sample_read (STEP (
      "a") ",{\"id\":\"b\",\"kind\":\"branch\",\"paths\":["
           "{\"name\":\"Hot\",\"if\":{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}]},"
           "\"steps\":[" STEP (
               "b1") ",{\"id\":\"b2\",\"kind\":\"branch\",\"paths\":["
                     "{\"name\":\"In\",\"if\":{\"all\":[]},\"steps\":[" STEP (
                         "c1") "]},{\"name\":\"Out\",\"steps\":[]}]}]},"
                               "{\"name\":\"Warm\",\"if\":{\"any\":[]},\"steps\":[]},"
                               "{\"name\":\"Otherwise\",\"steps\":[" STEP ("b3") "]}]}," STEP (
                                   "d") "," STEP ("e"));
}

WfWorkflow *
wf_builder_sample_new_damaged (void)
{
  return read_text (
      "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"\",\"state\":\"draft\","
      "\"version\":1,\"trigger\":{\"event\":\"acme.own\",\"conditions\":{\"some\":1},\"reentry\":"
      "\"restart\",\"colour\":[1,2,{\"a\":null}]},\"steps\":["
      "{\"id\":\"a\",\"kind\":\"create-activity\",\"activity-type\":\"gone\",\"complete-within\":"
      "{\"amount\":1,\"unit\":\"minutes\",\"about\":true},\"permission\":{\"scope\":\"groups\","
      "\"groups\":[],\"mood\":\"ü\"},\"extra\":{\"deep\":{\"er\":[1.5,1e3]}}},"
      "{\"id\":\"x\",\"kind\":\"fly-to-the-moon\",\"speed\":3,\"run\":{\"mode\":\"delay\",\"delay\":"
      "{\"amount\":2,\"unit\":\"days\"},\"why\":\"so\"}},"
      "{\"id\":\"w\",\"kind\":\"wait\",\"until-condition\":{\"nothing\":[]},\"time-out\":"
      "{\"amount\":1,\"unit\":\"weeks\"}},"
      "{\"id\":\"s\",\"kind\":\"set-field\",\"field\":3,\"value\":{\"any\":[\"thing\"]}},"
      "{\"id\":\"b\",\"kind\":\"branch\",\"paths\":[{\"name\":\"One\",\"if\":{\"op\":7},\"steps\":"
      "[{\"id\":\"b1\",\"kind\":\"add-score\",\"points\":\"many\"}],\"note\":\"kept\"},"
      "{\"name\":\"Two\",\"steps\":[{\"id\":\"b2\",\"kind\":\"\"}]}],\"shape\":\"round\"}],"
      "\"tags\":[\"x\",\"y\"],\"storm-limit\":5}");
}

/* At most three levels: as people build. */
static void
append_steps (GString *text, guint *next, guint n, guint depth)
{
  for (guint i = 0; i < n; i++)
    {
      guint number = (*next)++;

      g_string_append (text, i > 0 ? "," : "");
      if (number % 10 != 9 || depth > 2 || n - i < 7)
        {
          g_string_append_printf (
              text,
              "{\"id\":\"s%u\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"
              "\"activity-type\":\"filter-1\",\"complete-within\":{\"amount\":%u,\"unit\":\"minutes\"},"
              "\"notify\":{\"amount\":10,\"unit\":\"minutes\"},\"permission\":{\"scope\":\"all\"},"
              "\"notes\":\"Call {lead.name} about {lead.interest}, number %u\",\"business-hours\":true}",
              number, 30 + number % 60, number);
          continue;
        }
      g_string_append_printf (text, "{\"id\":\"s%u\",\"kind\":\"branch\",\"paths\":[", number);
      for (guint path = 0; path < 3; path++)
        {
          g_string_append_printf (
              text,
              "%s{\"name\":\"Path %u\",\"if\":{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\","
              "\"value\":%u}]},\"steps\":[",
              path > 0 ? "," : "", path + 1, 80 - path * 20);
          append_steps (text, next, 2, depth + 1);
          g_string_append (text, "]}");
        }
      g_string_append (text, "]}");
      i += 6;
    }
}

WfWorkflow *
wf_builder_sample_new_large (guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint next = 0;

  append_steps (text, &next, n, 0);
  return wf_builder_sample_read (text->str);
}

static void
append_outline (GString *text, GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", step->id);
      if (step->kind != WF_STEP_BRANCH)
        continue;
      g_string_append_c (text, '(');
      for (guint j = 0; j < step->paths->len; j++)
        {
          g_string_append (text, j > 0 ? "|" : "");
          append_outline (text, ((WfPath *) g_ptr_array_index (step->paths, j))->steps);
        }
      g_string_append_c (text, ')');
    }
}

char *
wf_builder_sample_outline (const WfWorkflow *workflow)
{
  GString *text = g_string_new (NULL);

  append_outline (text, workflow->steps);
  return g_string_free_and_steal (text);
}

char *
wf_builder_sample_selected (WfStepSelection *selection)
{
  g_auto (GStrv) ids = wf_step_selection_dup_ids (selection, FALSE);

  return g_strjoinv (" ", ids);
}

char *
wf_builder_sample_target (const WfTarget *target)
{
  switch (target->kind)
    {
    case WF_TARGET_TRIGGER:
      return g_strdup ("trigger");
    case WF_TARGET_STEP:
      return g_strdup_printf ("step %s", target->step);
    case WF_TARGET_PATH:
      return g_strdup_printf ("path %s %u", target->step, target->path);
    case WF_TARGET_PLACE:
      if (target->position == G_MAXUINT)
        return g_strdup_printf ("place %s %u end", target->step != NULL ? target->step : "-",
                                target->path);
      return g_strdup_printf ("place %s %u %u", target->step != NULL ? target->step : "-",
                              target->path, target->position);
    case WF_TARGET_NONE:
    default:
      return g_strdup ("none");
    }
}

void
wf_builder_sample_select (WfStepSelection *selection, const char *ids)
{
  g_auto (GStrv) list = g_strsplit (ids, " ", -1);

  if (*ids == '\0')
    wf_step_selection_clear (selection);
  else
    wf_step_selection_set_ids (selection, (const char *const *) list);
}
