/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One event's way through one workflow (R143): every outcome, with the values that were seen. */
#include "wf-replay-fixture.h"

#include "wf-instant.h"
#include "wf-template.h"
#include "wf-walk.h"

/* A step's kind and settings, as wf-replay-fixture.h has some. */
#define SET_SCORE(n) "'kind':'set-field','field':'lead.score','value':" #n
#define SCORE(op, n) "{'field':'lead.score','op':'" op "','value':" #n "}"
#define BRANCH(id, paths) "{'id':'" id "','kind':'branch','paths':[" paths "]}"
#define PATH(name, condition, steps) "{'name':'" name "','if':" condition ",'steps':[" steps "]}"
#define OTHERWISE(steps) "{'name':'Otherwise','steps':[" steps "]}"
#define STEP(id, rest) "{'id':'" id "'," rest "}"
#define AFTER RUN ("after-previous")

typedef struct
{
  const char *name;
  const char *event; /* of the trigger; NULL: lead.received */
  const char *rest;  /* of the trigger; nullable */
  const char *steps;
  const char *data; /* further members of the event's data; nullable */
  const char *lead; /* as cached; nullable */
  gboolean succeed;
  /* "place outcome DDTHH:MM text" and behind it " | sentence = value" of each test, with a "!" where
   * it does not hold */
  const char *expected;
} Case;

static const Case cases[] = {
  { "everything at once", NULL, NULL,
    "[" STEP ("a", CALL) "," STEP ("b", TELL ("responsible", "Call {lead.name}")) "]", NULL, NULL,
    FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "a passed 20T10:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:30\n"
    "b passed 20T10:00 Ana Souza: “Call Padaria Sol”\n" },
  { "another event", "lead.updated", NULL, "[" STEP ("a", CALL) "]", NULL, NULL, FALSE,
    "trigger not-taken 20T10:00 The event does not start the workflow: it waits for “Lead "
    "updated”.\n" },
  { "the trigger's conditions do not hold", NULL,
    "'conditions':{'all':[{'any':[" SCORE (
        "ge",
        80) ",{'field':'lead.owner','op':'eq','value':"
            "'ana'}]},{'none':[{'field':'lead.stage','op':'eq','value':'new'}]},{'field':'lead.city','op':"
            "'is-set'}]}",
    "[" STEP ("a", CALL) "]", NULL, NULL, FALSE,
    "trigger not-taken 20T10:00 Its conditions do not hold."
    " | Score is at least 80 = 35!"
    " | Responsible is Ana Souza = Ana Souza"
    " | not (Stage is Novo) = Novo!"
    " | City is filled in = !\n" },
  { "fields that the event does not carry come from the lead", NULL,
    "'conditions':{'field':'lead.city','op':'eq','value':'Santos'}", "[" STEP ("a", CALL) "]", NULL,
    "{'id':'l1','city':'Santos','score':90}", FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts. | City is Santos = Santos\n"
    "a passed 20T10:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:30\n" },
  { "a workflow that cannot run", NULL, NULL, "[" STEP ("a", "'kind':'teleport'") "]", NULL, NULL,
    FALSE,
    "trigger skipped 20T10:00 The workflow cannot run: The step “a” is of the kind “teleport”, "
    "which this version cannot carry out.\n" },
  { "an event that a workflow caused", NULL, NULL, "[" STEP ("a", CALL) "]",
    "'cause':'c0ffee00-0000-4000-8000-000000000000/1/x/1'", NULL, FALSE,
    "trigger skipped 20T10:00 A workflow caused this event, and such events do not start it.\n" },
  { "nested branches", NULL, NULL,
    "[" BRANCH ("b", PATH ("Hot", SCORE ("ge", 80), STEP ("x", CALL)) "," PATH (
                         "Warm", SCORE ("ge", 20),
                         BRANCH ("c", PATH ("Never", "{'any':[]}", STEP ("y", CALL))) "," STEP (
                             "z", CALL)) "," OTHERWISE ("")) "]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "b passed 20T10:00 The path “Warm” was taken.\n"
    "b/0 not-taken 20T10:00 Its conditions do not hold. | Score is at least 80 = 35!\n"
    "b/1 passed 20T10:00 Its conditions hold. | Score is at least 20 = 35\n"
    "b/2 not-taken 20T10:00 The path “Warm” comes before it and was taken.\n"
    "c passed 20T10:00 No path fits: the flow goes on after the branch.\n"
    "c/0 not-taken 20T10:00 Its conditions do not hold.\n"
    "z passed 20T10:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:30\n" },
  { "a branch sees what a step before it changed", NULL, NULL,
    "[" STEP ("s",
              SET_SCORE (90)) ","
                              "{'id':'c','kind':'branch'," DELAY (1, "hours") ",'paths':[" PATH (
                                  "Hot", SCORE ("ge", 80),
                                  STEP ("y", NOTIFY ("{lead.score}"))) "," OTHERWISE ("") "]}]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "s passed 20T10:00 Set “Score” to “90”\n"
    "c passed 20T11:00 The path “Hot” was taken.\n"
    "c/0 passed 20T11:00 Its conditions hold. | Score is at least 80 = 90\n"
    "c/1 not-taken 20T11:00 The path “Hot” comes before it and was taken.\n"
    "y passed 20T11:00 Ana Souza: “90”\n" },
  { "delays and waits pass on the virtual clock", NULL, NULL,
    "[" STEP (
        "d",
        CALL "," DELAY (
            2,
            "days")) ","
                     "{'id':'w','kind':'wait','for':{'amount':1,'unit':'hours'},'business-hours':true}," STEP (
                         "e", CALL) "]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "w passed 20T11:00 It waited until Fri 20 Nov 2026 11:00.\n"
    "e passed 20T11:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 11:30\n"
    "d passed 22T10:00 “Ligar” for Ana Souza, due Sun 22 Nov 2026 10:30\n" },
  { "a condition that holds is not waited for", NULL, NULL,
    "[{'id':'w','kind':'wait','until-condition':" SCORE ("ge", 20) ",'time-out':{'amount':1,'unit':"
                                                                   "'days'}}," STEP ("e", CALL) "]",
    NULL, NULL, TRUE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "w passed 20T10:00 The condition holds already. | Score is at least 20 = 35\n"
    "e passed 20T10:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:30\n" },
  { "one that does not times out", NULL, NULL,
    "[{'id':'w','kind':'wait','until-condition':" SCORE ("ge", 80) ",'time-out':{'amount':1,'unit':"
                                                                   "'days'}}," STEP ("e", CALL) "]",
    NULL, NULL, TRUE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "w passed 21T10:00 It waited until the time-out, Sat 21 Nov 2026 10:00. | Score is at least 80 "
    "= 35!\n"
    "e passed 21T10:00 “Ligar” for Ana Souza, due Sat 21 Nov 2026 10:30\n" },
  { "S23: a control tells when its time is over", "lead.stage-changed",
    "'conditions':{'field':'lead.stage','op':'eq','value':'new'}",
    "[" STEP ("c", "'kind':'control','at-most':{'amount':3,'unit':'days'},'text':'Slow'") "]", NULL,
    NULL, FALSE,
    "trigger passed 20T10:00 Lead’s stage changed: the workflow starts. | Stage is Novo = Novo\n"
    "c passed 23T10:00 Carla Reis: “Slow”\n" },
  { "a chain waits for a person", NULL, NULL,
    "[" STEP ("a", CALL) "," STEP ("b", CALL "," AFTER) "," STEP ("c", NOTIFY ("x") "," AFTER) "]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "a passed 20T10:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:30\n"
    "b waits 20T10:00 It waits until the step before it is done.\n"
    "c waits 20T10:00 It waits until the step before it is done.\n" },
  { "or the person does it in time", NULL, NULL,
    "[" STEP ("a", CALL) "," STEP ("b", CALL "," AFTER) "," STEP ("c", NOTIFY ("x") "," AFTER) "]",
    NULL, NULL, TRUE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "a passed 20T10:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:30\n"
    "b passed 20T10:29 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:59\n"
    "c passed 20T10:58 Ana Souza: “x”\n" },
  { "approvals are approved", NULL, NULL,
    "[" STEP (
        "a",
        "'kind':'request-approval','text':'Discount?','approver':'manager',"
        "'complete-within':{'amount':2,'unit':'hours'}") ","
                                                         "{'id':'b','kind':'branch'," AFTER
                                                         ",'paths':[" PATH (
                                                             "Yes",
                                                             "{'field':'approval.outcome','op':'eq','value':'approved'}",
                                                             STEP ("x", NOTIFY ("x"))) "]}]",
    NULL, NULL, TRUE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "a passed 20T10:00 “Discount?” for Carla Reis, due Fri 20 Nov 2026 12:00\n"
    "b passed 20T11:59 The path “Yes” was taken.\n"
    "b/0 passed 20T11:59 Its conditions hold. | Approval’s outcome is approved = approved\n"
    "x passed 20T11:59 Ana Souza: “x”\n" },
  { "permission by groups", NULL, NULL,
    "[" STEP ("a", CALL ",'permission':{'scope':'groups','groups':['outbound']}") "," STEP (
        "b", CALL "," AFTER) "," STEP ("c", CALL
                                       ",'permission':{'scope':'groups','groups':['inbound']}") "]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "a skipped 20T10:00 The responsible is in none of the permitted groups.\n"
    "b skipped 20T10:00 The step before it was skipped.\n"
    "c passed 20T10:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:30\n" },
  { "a date that is missing", "meeting.scheduled", NULL,
    "[" STEP (
        "a", CALL
        ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':1,"
        "'unit':'hours'}}") "," STEP ("b",
                                      "'kind':'wait','until':'meeting.start'") "," STEP ("c",
                                                                                         CALL) "]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Meeting scheduled: the workflow starts.\n"
    "a skipped 20T10:00 The date from which it counts is missing.\n"
    "b skipped 20T10:00 The date from which it counts is missing.\n"
    "c skipped 20T10:00 The wait above it did not end.\n" },
  { "S28: the record has left the stage by then", "lead.stage-changed",
    "'conditions':{'field':'lead.stage','op':'eq','value':'new'}",
    "[" STEP ("s", "'kind':'change-stage','stage':'filter-1'") "," STEP (
        "d", CALL "," DELAY (1, "hours")) "]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead’s stage changed: the workflow starts. | Stage is Novo = Novo\n"
    "s passed 20T10:00 Move the lead to the stage “Filtro 1”\n"
    "d skipped 20T11:00 The record has left the stage.\n" },
  { "S10: the lead is gone", NULL, NULL,
    "[" STEP ("x", "'kind':'delete-record','confirmed':true") "," STEP ("d", CALL
                                                                        "," DELAY (1, "hours")) "]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "x passed 20T10:00 Delete the lead for good\n"
    "d stopped 20T10:00 The lead was deleted.\n" },
  { "S17: never backwards, and what is not known", NULL, NULL,
    "[" STEP ("s", "'kind':'change-stage','stage':'filter-1'") "," STEP (
        "t",
        "'kind':'change-stage','stage':'new'," AFTER) "," STEP ("u",
                                                                "'kind':'change-stage',"
                                                                "'stage':'mars'," AFTER) "," STEP ("v",
                                                                                                   CALL
                                                                                                   "," AFTER) "]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "s passed 20T10:00 Move the lead to the stage “Filtro 1”\n"
    "t passed 20T10:00 Move the lead to the stage “Novo” (ignored: it is further already)\n"
    "u stopped 20T10:00 There is no such stage, person or field.\n"
    "v skipped 20T10:00 The step before it failed.\n" },
  { "B9: lateness makes it pointless", NULL, NULL,
    "[" STEP ("a", CALL ",'retire-on':['activity.became-late']") "," STEP (
        "b", CALL
        "," AFTER) ",{'id':'w','kind':'wait','for':{'amount':1,'unit':'days'}}," STEP ("c",
                                                                                       NOTIFY (
                                                                                           "x")) "]",
    NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "a passed 20T10:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:30\n"
    "b skipped 20T10:30 The step before it was cancelled.\n"
    "w passed 21T10:00 It waited until Sat 21 Nov 2026 10:00.\n"
    "c passed 21T10:00 Ana Souza: “x”\n" },
  { "B8: a second one joins", NULL, NULL,
    "[" STEP ("a", CALL) "," STEP ("b", CALL ",'join':true") "]", NULL, NULL, FALSE,
    "trigger passed 20T10:00 Lead received: the workflow starts.\n"
    "a passed 20T10:00 “Ligar” for Ana Souza, due Fri 20 Nov 2026 10:30\n"
    "b passed 20T10:00 Joins “Ligar”, which is open already\n" },
};

static const char *const outcome_names[] = { "passed", "waits", "skipped", "not-taken", "stopped" };

static void
write_stop (GString *text, const WfWalkStop *stop)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr (GDateTime) at = wf_instant_to_date_time (stop->at, zone);
  g_autofree char *time = g_date_time_format (at, "%dT%H:%M");

  g_string_append (text, stop->place == WF_WALK_TRIGGER ? "trigger" : stop->step);
  if (stop->place == WF_WALK_PATH)
    g_string_append_printf (text, "/%u", stop->path);
  g_string_append_printf (text, " %s %s %s", outcome_names[stop->outcome], time, stop->text);
  for (guint i = 0; i < stop->tests->len; i++)
    {
      const WfWalkTest *test = g_ptr_array_index (stop->tests, i);

      g_string_append_printf (text, " | %s = %s%s", test->sentence,
                              test->value != NULL ? test->value : "", test->holds ? "" : "!");
    }
  g_string_append_c (text, '\n');
}

static char *
walk (const Case *one)
{
  const char *type =
      one->event == NULL || g_str_equal (one->event, "lead.updated") ? "lead.received" : one->event;
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) workflow = wf_fixture_new_workflow_with (
      W1, one->event != NULL ? one->event : "lead.received", one->rest, one->steps);
  g_autoptr (WfEvent) event =
      wf_fixture_new_event ("e1", type, "2026-11-20T10:00:00-03:00", LEAD ("ana"), one->data);
  g_autoptr (WfJsonDocument) lead = one->lead != NULL ? wf_fixture_new_json (one->lead) : NULL;
  g_autofree char *before = wf_workflow_to_text (workflow, FALSE);
  g_autoptr (GPtrArray) stops = wf_walk_run (organisation, workflow, event,
                                             lead != NULL ? wf_json_document_get_root (lead) : NULL,
                                             one->succeed);
  g_autofree char *after = wf_workflow_to_text (workflow, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpstr (before, ==, after);
  for (guint i = 0; i < stops->len; i++)
    write_stop (text, g_ptr_array_index (stops, i));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The same input twice: the same way. */
static void
test_walk (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *first = walk (one);
  g_autofree char *second = walk (one);

  g_assert_cmpstr (first, ==, one->expected);
  g_assert_cmpstr (second, ==, one->expected);
}

/* ---- every template ---- */

/* With everything in it that a trigger may ask for; what it asks for besides, it does not find. */
static WfEvent *
make_event_for (const WfWorkflow *workflow)
{
  return wf_fixture_new_event (
      "e1", workflow->event, "2026-11-20T10:00:00-03:00",
      "'id':'l1','name':'Padaria Sol','owner':'ana','phone':'11 5555','email':'a@b.example',"
      "'score':95,'stage':'filter-1','source':'marketing-platform','origin':'web'",
      "'meeting':{'id':'m1','start':'2026-11-25T10:00:00-03:00'},'deal':{'id':'d1','stage':'offer'}");
}

static guint
count_stops (const WfTemplate *template, WfOrganisation *organisation, gboolean succeed)
{
  g_autoptr (WfWorkflow) workflow = wf_template_instantiate (template);
  g_autoptr (WfEvent) event = make_event_for (workflow);
  g_autoptr (GPtrArray) stops = NULL;
  WfInstant last = WF_INSTANT_NONE;

  /* So that each does something, whatever its conditions. */
  g_clear_pointer (&workflow->conditions, wf_condition_unref);
  stops = wf_walk_run (organisation, workflow, event, NULL, succeed);
  for (guint i = 0; i < stops->len; i++)
    {
      const WfWalkStop *stop = g_ptr_array_index (stops, i);

      g_assert_cmpstr (stop->text, !=, "");
      g_assert_cmpint (stop->at, >=, last);
      g_assert_cmpint (stop->place == WF_WALK_TRIGGER, ==, i == 0);
      if (stop->place != WF_WALK_TRIGGER)
        g_assert_nonnull (wf_workflow_find_step (workflow, stop->step));
      last = stop->at;
    }
  return stops->len;
}

/* Done in time, at least as much happens. */
static void
test_templates (void)
{
  g_autoptr (GPtrArray) templates = wf_template_list ("en");
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();

  g_assert_cmpuint (templates->len, >, 0);
  for (guint i = 0; i < templates->len; i++)
    {
      const WfTemplate *template = g_ptr_array_index (templates, i);
      guint open = count_stops (template, organisation, FALSE);
      guint done = count_stops (template, organisation, TRUE);

      g_test_message ("%s: %u, %u", template->id, open, done);
      g_assert_cmpuint (open, >, 1);
      g_assert_cmpuint (done, >=, open);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/walk/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_walk);
    }
  g_test_add_func ("/walk/templates", test_templates);
  return g_test_run ();
}
