/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows for the tests of the canvas's geometry and drawing. */
#include "wf-flow-sample.h"

WfWorkflow *
wf_flow_sample_read (const char *trigger, const char *steps)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"First contact\","
      "\"objective\":\"Nobody waits more than half an hour for Filter 1\",\"state\":\"live\","
      "\"version\":3,\"trigger\":%s,\"steps\":%s}",
      trigger, steps);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);
  WfWorkflow *workflow;

  g_assert_no_error (error);
  workflow = wf_workflow_read (wf_json_document_get_root (document), NULL);
  g_assert_nonnull (workflow);
  return workflow;
}

WfOrganisation *
wf_flow_sample_organisation (void)
{
  static const char *const text =
      "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\","
      "\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\",\"week\":{"
      "\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]]}},"
      "\"people\":[{\"id\":\"ana\",\"name\":\"Ana Souza\",\"role\":\"attendant\",\"active\":true,"
      "\"groups\":[\"inbound\"]}],"
      "\"groups\":[{\"id\":\"inbound\",\"name\":\"Inbound\"}],"
      "\"activity-types\":[{\"id\":\"filter-1\",\"name\":\"Realizar Filtro 1\"},"
      "{\"id\":\"call\",\"name\":\"Call\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);
  WfOrganisation *organisation;

  g_assert_no_error (error);
  organisation = wf_organisation_read (wf_json_document_get_root (document), NULL);
  g_assert_nonnull (organisation);
  return organisation;
}

typedef struct
{
  GRand *rand;
  guint left, next;
} Making;

static WfStep *
make_leaf (Making *making)
{
  guint kind = (guint) g_rand_int_range (making->rand, 0, 4);
  WfStep *step;

  if (kind == 0)
    {
      step = wf_step_new (WF_STEP_WAIT);
      step->wait.duration = (WfDuration) { 1 + (gint64) making->next % 9, WF_TIME_UNIT_DAYS };
    }
  else if (kind == 1)
    {
      step = wf_step_new (WF_STEP_NOTIFY);
      g_free (step->notify.text);
      step->notify.text = g_strdup_printf (
          "Lead %u has a meeting tomorrow%s", making->next,
          g_rand_boolean (making->rand) ? " and nobody has called since last week" : "");
    }
  else
    {
      step = wf_step_new (WF_STEP_CREATE_ACTIVITY);
      g_set_str (&step->create_activity.activity_type, kind == 2 ? "call" : "filter-1");
      step->create_activity.complete_within =
          (WfDuration) { 30 + (gint64) making->next % 90, WF_TIME_UNIT_MINUTES };
    }
  if (g_rand_int_range (making->rand, 0, 3) == 0)
    {
      step->run.mode = WF_RUN_DELAY;
      step->run.delay = (WfDuration) { 1 + (gint64) making->next % 3, WF_TIME_UNIT_HOURS };
    }
  return step;
}

static void fill (Making *making, GPtrArray *steps, guint most, guint depth);

static WfStep *
make_branch (Making *making, guint depth)
{
  WfStep *step = wf_step_new (WF_STEP_BRANCH);
  guint n = (guint) g_rand_int_range (making->rand, 0, 5);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Path %u", i + 1);
      WfPath *path = wf_path_new (g_rand_boolean (making->rand) ? name : "");

      if (i + 1 < n)
        path->condition = wf_condition_new_test ("lead.score", WF_OP_GE, "80");
      fill (making, path->steps, (guint) g_rand_int_range (making->rand, 0, 6), depth + 1);
      g_ptr_array_add (step->paths, path);
    }
  return step;
}

static void
fill (Making *making, GPtrArray *steps, guint most, guint depth)
{
  for (guint i = 0; i < most && making->left > 0; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", making->next++);
      WfStep *step;

      making->left--;
      step = depth < 6 && g_rand_int_range (making->rand, 0, 4) == 0 ? make_branch (making, depth)
                                                                     : make_leaf (making);
      g_set_str (&step->id, id);
      g_ptr_array_add (steps, step);
    }
}

WfWorkflow *
wf_flow_sample_random (guint32 seed, guint n_steps)
{
  WfWorkflow *workflow = wf_workflow_new ("Random");
  Making making = { g_rand_new_with_seed (seed), n_steps, 1 };

  g_set_str (&workflow->event, "lead.received");
  fill (&making, workflow->steps, n_steps, 0);
  g_rand_free (making.rand);
  return workflow;
}
