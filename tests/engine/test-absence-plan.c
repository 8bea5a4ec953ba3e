/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New activities for somebody who is away (B10, S11): who gets them, until when, and why (B2). */
#include "wf-absence.h"
#include "wf-engine-fixture.h"
#include "wf-explanation.h"
#include "wf-instant.h"
#include "wf-run.h"

#include <string.h>

#define W1 "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define STEP(rest)                                                                                 \
  "[{'id':'a','kind':'create-activity','activity-type':'call','complete-within':{'amount':2,"      \
  "'unit':'hours'}" rest "}]"
#define BUSINESS ",'business-hours':true"

/* Of ana; the event is on Friday 20 November 2026, 10:00 in São Paulo. */
typedef struct
{
  const char *name;
  const char *from, *until; /* of November 2026, "20T00:00" */
  WfAbsenceTreatment treatment;
  const char *mail;  /* treatment of the type "mail", nullable */
  const char *cover; /* nullable */
  const char *steps;
  const char *person, *due; /* person NULL: the queue */
  const char *sentence;
} Case;

static const Case cases[] = {
  { "there", "23T00:00", "25T00:00", WF_ABSENCE_COVER, NULL, "bruno", STEP (""), "ana", "20T12:00",
    "Ana Souza owns the lead." },
  { "back since then", "19T00:00", "20T10:00", WF_ABSENCE_COVER, NULL, "bruno", STEP (""), "ana",
    "20T12:00", "Ana Souza owns the lead." },
  { "covered", "20T00:00", "24T00:00", WF_ABSENCE_COVER, NULL, "bruno", STEP (""), "bruno",
    "20T12:00",
    "Ana Souza owns the lead. Ana Souza is away until Tue 24 Nov 2026 00:00; Bruno Lima covers." },
  { "away when it is due", "20T11:00", "24T00:00", WF_ABSENCE_COVER, NULL, "bruno", STEP (""),
    "bruno", "20T12:00",
    "Ana Souza owns the lead. Ana Souza is away until Tue 24 Nov 2026 00:00; Bruno Lima covers." },
  { "nobody covers: the coordinator", "20T00:00", "24T00:00", WF_ABSENCE_COVER, NULL, NULL,
    STEP (""), "carla", "20T12:00",
    "Ana Souza owns the lead. Ana Souza is away until Tue 24 Nov 2026 00:00; Carla Reis covers." },
  { "the cover is not active: the cover's cover", "20T00:00", "24T00:00", WF_ABSENCE_COVER, NULL,
    "dora", STEP (""), "bruno", "20T12:00",
    "Ana Souza owns the lead. Ana Souza is away until Tue 24 Nov 2026 00:00; Bruno Lima covers." },
  { "shifted", "20T00:00", "24T00:00", WF_ABSENCE_SHIFT, NULL, NULL, STEP (BUSINESS), "ana",
    "24T11:00",
    "Ana Souza owns the lead. Ana Souza is away until Tue 24 Nov 2026 00:00; the time counts from "
    "the return." },
  { "shifted, but due before the absence", "20T14:00", "24T00:00", WF_ABSENCE_SHIFT, NULL, NULL,
    STEP (BUSINESS), "ana", "20T12:00", "Ana Souza owns the lead." },
  { "shifted, but due after the return", "20T00:00", "20T11:00", WF_ABSENCE_SHIFT, NULL, NULL,
    STEP (BUSINESS), "ana", "20T12:00", "Ana Souza owns the lead." },
  { "held", "20T00:00", "24T00:00", WF_ABSENCE_HOLD, NULL, "bruno", STEP (""), "ana", "20T12:00",
    "Ana Souza owns the lead." },
  { "another treatment of another type", "20T00:00", "24T00:00", WF_ABSENCE_HOLD, "cover", "bruno",
    STEP (""), "ana", "20T12:00", "Ana Souza owns the lead." },
  { "a treatment of its own", "20T00:00", "24T00:00", WF_ABSENCE_HOLD, "cover", "bruno",
    "[{'id':'a','kind':'create-activity','activity-type':'mail','complete-within':{'amount':2,"
    "'unit':'hours'}}]",
    "bruno", "20T12:00",
    "Ana Souza owns the lead. Ana Souza is away until Tue 24 Nov 2026 00:00; Bruno Lima covers." },
  { "a named person", "20T00:00", "24T00:00", WF_ABSENCE_COVER, NULL, "bruno",
    STEP (",'assignee':'person:ana'"), "bruno", "20T12:00",
    "The workflow names Ana Souza. Ana Souza is away until Tue 24 Nov 2026 00:00; Bruno Lima "
    "covers." },
  { "a meeting keeps its time", "20T00:00", "24T00:00", WF_ABSENCE_SHIFT, NULL, NULL,
    "[{'id':'a','kind':'schedule-meeting','activity-type':'call','complete-within':{'amount':2,"
    "'unit':'hours'}}]",
    "ana", "20T12:00", "Ana Souza owns the lead." },
  { "an approval goes to the cover", "20T00:00", "24T00:00", WF_ABSENCE_COVER, NULL, "bruno",
    "[{'id':'a','kind':'request-approval','text':'ok?','approver':'person:ana','complete-within':"
    "{'amount':2,'unit':'hours'}}]",
    "bruno", "20T12:00",
    "The workflow names Ana Souza. Ana Souza is away until Tue 24 Nov 2026 00:00; Bruno Lima "
    "covers." },
};

static WfInstant
at (const char *text)
{
  g_autofree char *full = g_strdup_printf ("2026-11-%s:00-03:00", text);

  return wf_fixture_instant (full);
}

static WfOrganisation *
send_away (const Case *one)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  const WfAbsenceRule rule = { "mail", WF_ABSENCE_COVER };
  const WfAbsence absence = { .id = "b-1",
                              .from = at (one->from),
                              .until = at (one->until),
                              .treatment = one->treatment,
                              .rules = &rule,
                              .n_rules = one->mail != NULL,
                              .cover = one->cover };

  return wf_organisation_with_absence (organisation, "ana", &absence);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (WfOrganisation) organisation = send_away (one);
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  g_autoptr (WfEvent) event = wf_fixture_new_event (
      "e1", "lead.received", "2026-11-20T10:00:00-03:00", "'id':'l1','owner':'ana'", NULL);
  g_autoptr (WfExplanation) explanation = NULL;
  g_autoptr (WfEngine) engine = NULL;
  g_autoptr (WfRun) run = NULL;
  g_autoptr (GError) error = NULL;
  WfActivity *activity;

  g_ptr_array_add (workflows, wf_fixture_new_workflow_with (W1, "lead.received", NULL, one->steps));
  engine = wf_engine_new (organisation, workflows);
  run = wf_run_start (engine, g_ptr_array_index (workflows, 0), event, NULL,
                      wf_event_get_time (event), effects);
  g_assert_cmpuint (effects->len, ==, 1);
  activity = ((WfEffect *) g_ptr_array_index (effects, 0))->activity;
  g_assert_cmpstr (activity->person, ==, one->person);
  g_assert_cmpint (activity->due, ==, at (one->due));
  explanation = wf_explanation_parse_with_hours (activity->explanation, organisation, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (explanation->responsible, ==, one->sentence);
  /* The sum that is told gives the deadline that it has. */
  g_assert_cmpuint (explanation->deadline->len, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/absence-plan/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
