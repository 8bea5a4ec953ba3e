/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences of two workflows in sentences (B14). */
#include "wf-compare.h"
#include "wf-engine-fixture.h"

#include <string.h>

#define ID "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define TRIGGER "'trigger':{'event':'lead.received'}"
#define CALL                                                                                       \
  "{'id':'call','kind':'create-activity','activity-type':'call','complete-within':{'amount':2,"    \
  "'unit':'hours'}}"
#define MAIL                                                                                       \
  "{'id':'mail','kind':'create-activity','activity-type':'mail','complete-within':{'amount':1,"    \
  "'unit':'days'}}"
#define TELL "{'id':'tell','kind':'notify','text':'Look'}"
#define HOT "{'field':'lead.score','op':'ge','value':80}"
#define BRANCH(paths) "{'id':'way','kind':'branch','paths':[" paths "]}"
#define HOT_PATH(steps) "{'name':'Score 80 or more','if':" HOT ",'steps':[" steps "]}"
#define REST(steps) "{'name':'Otherwise','steps':[" steps "]}"

#define STEPS(steps) "'steps':[" steps "]"

/* What follows the id, before and after; the sentences, each on a line. */
static const struct
{
  const char *name, *before, *after, *sentences;
} vectors[] = {
  { "same", TRIGGER "," STEPS (CALL), TRIGGER "," STEPS (CALL), "" },
  { "state and version do not count", "'state':'draft','version':1," TRIGGER "," STEPS (CALL),
    "'state':'live','version':9," TRIGGER "," STEPS (CALL), "" },
  { "defaults do not count", TRIGGER "," STEPS (CALL),
    "'trigger':{'event':'lead.received','reentry':'every-event'},"
    "'steps':[{'id':'call','kind':'create-activity','run':{'mode':'immediately'},"
    "'activity-type':'call','complete-within':{'amount':2,'unit':'hours'},'business-hours':false,"
    "'permission':{'scope':'all'},'assignee':'responsible'}]",
    "" },
  { "name", "'name':'A'," TRIGGER "," STEPS (""), "'name':'B'," TRIGGER "," STEPS (""),
    "Name: “A” → “B”\n" },
  { "objective", TRIGGER "," STEPS (""), "'objective':'More'," TRIGGER "," STEPS (""),
    "Objective: none → “More”\n" },
  { "event", TRIGGER "," STEPS (""), "'trigger':{'event':'lead.updated'}," STEPS (""),
    "Event: “Lead received” → “Lead updated”\n" },
  { "condition added", TRIGGER "," STEPS (""),
    "'trigger':{'event':'lead.received','conditions':{'all':[" HOT "]}}," STEPS (""),
    "Condition added: Score is at least 80\n" },
  { "condition removed", "'trigger':{'event':'lead.received','conditions':" HOT "}," STEPS (""),
    TRIGGER "," STEPS (""), "Condition removed: Score is at least 80\n" },
  { "condition changed",
    "'trigger':{'event':'lead.received','conditions':{'all':[" HOT
    ",{'field':'lead.name','op':'is-set'}]}}," STEPS (""),
    "'trigger':{'event':'lead.received','conditions':{'all':[{'field':'lead.name','op':'is-set'},"
    "{'field':'lead.score','op':'ge','value':90}]}}," STEPS (""),
    "Condition: Score is at least 80 → Score is at least 90\n" },
  { "conditions of another kind",
    "'trigger':{'event':'lead.received','conditions':{'all':[" HOT "]}}," STEPS (""),
    "'trigger':{'event':'lead.received','conditions':{'any':[" HOT
    ",{'field':'lead.name','op':'is-set'}]}}," STEPS (""),
    "Conditions: Score is at least 80 → Score is at least 80 or Name is filled in\n" },
  { "re-entry", TRIGGER "," STEPS (""),
    "'trigger':{'event':'lead.received','reentry':'once-per-lead'}," STEPS (""),
    "When a lead comes again: every event → once per lead\n" },
  { "own events", TRIGGER "," STEPS (""),
    "'trigger':{'event':'lead.received','own-events':true}," STEPS (""),
    "Events that workflows cause now start it too\n" },
  { "keep when left", TRIGGER "," STEPS (""),
    "'trigger':{'event':'lead.received','keep-when-left':true}," STEPS (""),
    "It now goes on when the record leaves the stage in which it started\n" },
  { "no longer kept when left",
    "'trigger':{'event':'lead.received','keep-when-left':true}," STEPS (""), TRIGGER "," STEPS (""),
    "It now ends when the record leaves the stage in which it started\n" },
  { "fallback person", TRIGGER "," STEPS (""), "'fallback-person':'ana'," TRIGGER "," STEPS (""),
    "Fallback person: none → “Ana Souza”\n" },
  { "another fallback person", "'fallback-person':'ana'," TRIGGER "," STEPS (""),
    "'fallback-person':'zoe'," TRIGGER "," STEPS (""), "Fallback person: “Ana Souza” → “zoe”\n" },
  { "storm limit", TRIGGER "," STEPS (""), "'storm-limit':50," TRIGGER "," STEPS (""),
    "Limit of events in 10 minutes: the usual one → 50\n" },
  { "no storm limit", "'storm-limit':50," TRIGGER "," STEPS (""),
    "'storm-limit':0," TRIGGER "," STEPS (""), "Limit of events in 10 minutes: 50 → none\n" },
  { "decisions about what is under way do not count", TRIGGER "," STEPS (""),
    "'in-flight':'move','paused':'2026-11-20T10:00:00Z','resume':{'choice':'skip'},'release':[{}],"
    "'schedule-start':'2026-11-01T10:00:00Z'," TRIGGER "," STEPS (""),
    "" },
  { "what was noted of a version does not count", "'note':'Before'," TRIGGER "," STEPS (""),
    "'note':'After'," TRIGGER "," STEPS (""), "" },
  { "but what is unknown beside them does",
    "'colour':'blue','in-flight':'move'," TRIGGER "," STEPS (""),
    "'colour':'red','in-flight':'stop'," TRIGGER "," STEPS (""), "Other settings changed\n" },
  { "added", TRIGGER "," STEPS (CALL), TRIGGER "," STEPS (CALL "," TELL),
    "Step added: Tell the responsible: “Look”\n" },
  { "removed", TRIGGER "," STEPS (CALL "," TELL), TRIGGER "," STEPS (CALL),
    "Step removed: “Notify”\n" },
  { "moved", TRIGGER "," STEPS (CALL "," MAIL "," TELL), TRIGGER "," STEPS (MAIL "," TELL "," CALL),
    "“Ligar” moved behind “Notify”\n" },
  { "moved to the beginning", TRIGGER "," STEPS (CALL "," MAIL "," TELL),
    TRIGGER "," STEPS (TELL "," CALL "," MAIL), "“Notify” moved to the beginning\n" },
  { "moved into a branch", TRIGGER "," STEPS (CALL "," BRANCH (HOT_PATH (""))),
    TRIGGER "," STEPS (BRANCH (HOT_PATH (CALL))),
    "“Ligar” moved into the branch “Score 80 or more”\n" },
  { "moved out of a branch", TRIGGER "," STEPS (BRANCH (HOT_PATH (CALL))),
    TRIGGER "," STEPS (BRANCH (HOT_PATH ("")) "," CALL), "“Ligar” moved out of its branch\n" },
  { "branch removed", TRIGGER "," STEPS (BRANCH (HOT_PATH ("") "," REST (CALL))),
    TRIGGER "," STEPS (BRANCH (REST (CALL))), "Branch “Score 80 or more” removed\n" },
  { "branch added", TRIGGER "," STEPS (BRANCH (HOT_PATH (CALL))),
    TRIGGER "," STEPS (BRANCH (HOT_PATH (CALL) "," REST (TELL))),
    "Branch “Otherwise” added\nStep added: Tell the responsible: “Look”\n" },
  { "branch called otherwise", TRIGGER "," STEPS (BRANCH (HOT_PATH (CALL))),
    TRIGGER "," STEPS (BRANCH ("{'name':'Hot','if':" HOT ",'steps':[" CALL "]}")),
    "Branch “Score 80 or more” is now called “Hot”\n" },
  { "branch with another condition", TRIGGER "," STEPS (BRANCH (HOT_PATH (CALL))),
    TRIGGER "," STEPS (BRANCH ("{'name':'Score 80 or more','if':{'field':'lead.score','op':'ge',"
                               "'value':90},'steps':[" CALL "]}")),
    "Condition of branch “Score 80 or more”: Score is at least 80 → Score is at least 90\n" },
  { "branches in another order", TRIGGER "," STEPS (BRANCH (HOT_PATH ("") "," REST (""))),
    TRIGGER "," STEPS (BRANCH (REST ("") "," HOT_PATH (""))),
    "The branches of “Branch” are asked in another order\n" },
  { "another kind", TRIGGER "," STEPS ("{'id':'x','kind':'notify','text':'Look'}"),
    TRIGGER "," STEPS ("{'id':'x','kind':'post-to-stream','text':'Look'}"),
    "“Notify” is now “Add a message to the stream”\n" },
  { "start", TRIGGER "," STEPS ("{'id':'x','kind':'notify','text':'Look'}"),
    TRIGGER "," STEPS ("{'id':'x','kind':'notify','text':'Look','run':{'mode':'delay',"
                       "'delay':{'amount':1,'unit':'days'}}}"),
    "Start of “Notify”: Immediately → 1 day later\n" },
  { "unknown member", TRIGGER "," STEPS ("{'id':'x','kind':'notify','text':'Look'}"),
    TRIGGER "," STEPS ("{'id':'x','kind':'notify','text':'Look','colour':'red'}"),
    "Other settings of “Notify” changed\n" },
  { "unknown kind", TRIGGER "," STEPS ("{'id':'x','kind':'dance','speed':1}"),
    TRIGGER "," STEPS ("{'id':'x','kind':'dance','speed':2}"),
    "Other settings of “dance” changed\n" },
  { "unknown member of the whole", TRIGGER "," STEPS (""), "'colour':'red'," TRIGGER "," STEPS (""),
    "Other settings changed\n" },
  { "two of a kind are told apart",
    TRIGGER
    "," STEPS ("{'id':'x','kind':'notify','text':'A'},{'id':'y','kind':'notify','text':'B'}"),
    TRIGGER
    "," STEPS ("{'id':'x','kind':'notify','text':'A'},{'id':'y','kind':'notify','text':'C'}"),
    "Text of “Notify (y)”: “B” → “C”\n" },
  { "ids that are there twice", TRIGGER "," STEPS (TELL "," TELL),
    TRIGGER "," STEPS (TELL "," TELL), "" },
};

/* One setting of a kind: the step without its id and kind, before and after. */
static const struct
{
  const char *kind, *before, *after, *sentence;
} settings[] = {
  { "create-activity", "'activity-type':'call','complete-within':{'amount':2,'unit':'hours'}",
    "'activity-type':'call','complete-within':{'amount':1,'unit':'hours'}",
    "Deadline of “Ligar”: 2 hours → 1 hour" },
  { "create-activity", "'activity-type':'call','complete-within':{'amount':2,'unit':'hours'}",
    "'activity-type':'call','complete-within':{'amount':2,'unit':'hours','before':'meeting.start'}",
    "Deadline of “Ligar”: 2 hours → 2 hours before “Meeting’s start”" },
  { "create-activity", "'activity-type':'call'", "'activity-type':'mail'",
    "Type of activity of “Escrever”: “Ligar” → “Escrever”" },
  { "create-activity", "'activity-type':'call'", "'activity-type':'call','business-hours':true",
    "Consider the company’s business hours of “Ligar”: no → yes" },
  { "create-activity", "'activity-type':'call'",
    "'activity-type':'call','permission':{'scope':'groups','groups':['inbound','outbound']}",
    "Creation permission of “Ligar”: all → “Inbound”, “Outbound”" },
  { "create-activity", "'activity-type':'call'",
    "'activity-type':'call','assignee':'round-robin:inbound'",
    "Assigned to of “Ligar”: Responsible → in turn in the group “Inbound”" },
  { "create-activity", "'activity-type':'call'",
    "'activity-type':'call','assignee':'least-loaded:outbound'",
    "Assigned to of “Ligar”: Responsible → who has least to do in the group “Outbound”" },
  { "create-activity", "'activity-type':'call','notify':{'amount':10,'unit':'minutes'}",
    "'activity-type':'call'", "Notify of “Ligar”: 10 minutes → none" },
  { "create-activity", "'activity-type':'call'",
    "'activity-type':'call','retire-on':['email.replied','meeting.scheduled']",
    "No longer needed after of “Ligar”: none → “E-mail answered”, “Meeting scheduled”" },
  { "schedule-call", "'lasts':{'amount':15,'unit':'minutes'}",
    "'lasts':{'amount':30,'unit':'minutes'}",
    "Lasts of “Schedule a call”: 15 minutes → 30 minutes" },
  { "schedule-meeting", "'place':'Here'", "'place':'There'",
    "Place of “Schedule a meeting”: “Here” → “There”" },
  { "notify", "'text':'A'", "'text':'A','recipient':'manager'",
    "Recipient of “Notify”: Responsible → The responsible’s manager" },
  { "notify", "'text':'A'", "'text':'A','recipient':'group:inbound'",
    "Recipient of “Notify”: Responsible → the group “Inbound”" },
  { "wait", "'for':{'amount':1,'unit':'days'}", "'for':{'amount':2,'unit':'days'}",
    "Wait for of “Wait”: 1 day → 2 days" },
  { "wait", "'until':'meeting.start'", "'until':'meeting.end'",
    "Wait until of “Wait”: “Meeting’s start” → “Meeting’s end”" },
  { "wait", "'until-condition':" HOT ",'time-out':{'amount':1,'unit':'days'}",
    "'until-condition':{'field':'lead.score','op':'ge','value':90},'time-out':{'amount':1,'unit':'days'}",
    "Wait until this holds of “Wait”: Score is at least 80 → Score is at least 90" },
  { "post-to-stream", "'text':'A'", "'text':'A','mentions':['person:ana','manager']",
    "Mentions of “Add a message to the stream”: none → “Ana Souza”, The responsible’s manager" },
  { "change-stage", "'stage':'new'", "'stage':'filter-1'",
    "Stage of “Change the stage”: “Novo” → “Filtro 1”" },
  { "change-stage", "'stage':'new'", "'stage':'new','record':'deal'",
    "Record of “Change the stage”: Lead → Deal" },
  { "change-responsible", "'to':'manager'", "'to':'person:bruno'",
    "New responsible of “Change the responsible”: The responsible’s manager → “Bruno Lima”" },
  { "change-responsible", "'to':'manager'",
    "'to':'manager','rules':[{'if':" HOT ",'to':'person:ana'}]",
    "By criteria of “Change the responsible”: none → if Score is at least 80: “Ana Souza”" },
  { "set-field", "'field':'lead.custom.sector','value':'food'",
    "'field':'lead.interest','value':'food'", "Field of “Set a field”: “sector” → “Interest”" },
  { "set-field", "'field':'lead.score','value':'7'", "'field':'lead.score','value':8",
    "Value of “Set a field”: “7” → 8" },
  { "set-field", "'field':'lead.custom.vip','value':true",
    "'field':'lead.custom.vip','value':false", "Value of “Set a field”: yes → no" },
  { "add-score", "'points':5", "'points':-5", "Points of “Add to the score”: 5 → -5" },
  { "send-email", "'subject':'A','text':'B'", "'subject':'C','text':'B'",
    "Subject of “Send an e-mail”: “A” → “C”" },
  { "send-message", "'channel':'sms','text':'A'", "'channel':'whatsapp','text':'A'",
    "By of “Send a message”: SMS → WhatsApp" },
  { "send-message", "'template':'a'", "'template':'b'",
    "Approved template of “Send a message”: “a” → “b”" },
  { "add-to-audience", "'audience':'a'", "'audience':'a','platform':'google'",
    "Platform of “Add to an ad audience”: Facebook → Google" },
  { "webhook", "'url':'https://a.example/'", "'url':'https://b.example/'",
    "Address of “Call a webhook”: “https://a.example/” → “https://b.example/”" },
  { "delete-record", "'confirmed':true", "'confirmed':true,'record':'deal'",
    "Record of “Delete the record”: Lead → Deal" },
  { "control", "'at-most':{'amount':3,'unit':'days'}", "'at-most':{'amount':1,'unit':'weeks'}",
    "At most in the stage of “Control the time in a stage”: 3 days → 1 week" },
  { "close-activities", "'reason':'A'", "'reason':'A','activity-types':['call']",
    "Types of activity of “Close activities”: all → “Ligar”" },
  { "request-approval", "'text':'A'", "'text':'A','on-rejection':'continue'",
    "When it is rejected of “Request an approval”: Stop here → Go on" },
};

static WfWorkflow *
read_members (const char *members)
{
  g_autofree char *named = strstr (members, "'name':'A'") == members ||
                                   strstr (members, "'name':'B'") == members
                               ? g_strdup (members)
                               : g_strconcat ("'name':'W',", members, NULL);
  g_autofree char *quoted = g_strdup_printf ("{'format':1,'id':'" ID "',%s}", named);
  g_autoptr (WfJsonDocument) document = wf_fixture_new_json (quoted);

  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

static char *
list (const WfWorkflow *before, const WfWorkflow *after, const WfOrganisation *organisation)
{
  g_autoptr (GPtrArray) sentences = wf_difference_list (before, after, organisation);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (sentences, i));
  return g_string_free_and_steal (text);
}

static void
test_sentences (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (WfWorkflow) before = read_members (vectors[i].before);
      g_autoptr (WfWorkflow) after = read_members (vectors[i].after);
      g_autofree char *text = list (before, after, organisation);
      g_autofree char *nothing = list (after, after, organisation);

      g_test_message ("%s: %s", vectors[i].name, text);
      g_assert_cmpstr (text, ==, vectors[i].sentences);
      g_assert_cmpstr (nothing, ==, "");
    }
}

static WfWorkflow *
read_step (const char *kind, const char *members)
{
  g_autofree char *quoted = g_strdup_printf (TRIGGER ",'steps':[{'id':'x','kind':'%s'%s%s}]", kind,
                                             members[0] != '\0' ? "," : "", members);

  return read_members (quoted);
}

static void
test_settings (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GHashTable) kinds = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (WfWorkflow) before = read_step (settings[i].kind, settings[i].before);
      g_autoptr (WfWorkflow) after = read_step (settings[i].kind, settings[i].after);
      g_autofree char *text = list (before, after, organisation);
      g_autofree char *back = list (after, before, organisation);
      g_autofree char *expected = g_strconcat (settings[i].sentence, "\n", NULL);

      g_assert_cmpstr (text, ==, expected);
      g_assert_cmpstr (back, !=, "");
      g_hash_table_add (kinds, (gpointer) settings[i].kind);
    }
  g_assert_cmpuint (g_hash_table_size (kinds), ==, WF_N_STEP_KINDS - 1); /* branches are above */
}

/* What is so long that its beginnings are the same. */
static void
test_long_texts (void)
{
  g_autofree char *start = g_strnfill (200, 'a');
  g_autofree char *one = g_strdup_printf ("'text':'%s1'", start);
  g_autofree char *two = g_strdup_printf ("'text':'%s2'", start);
  g_autoptr (WfWorkflow) before = read_step ("notify", one);
  g_autoptr (WfWorkflow) after = read_step ("notify", two);
  g_autofree char *text = list (before, after, NULL);

  g_assert_cmpstr (text, ==, "Text of “Notify” changed\n");
}

static void
test_new (void)
{
  g_autoptr (WfWorkflow) after = read_members (TRIGGER "," STEPS (TELL));
  g_autofree char *text = list (NULL, after, NULL);

  g_assert_cmpstr (text, ==,
                   "New workflow “W”\nWhen a lead is received\n"
                   "Step added: Tell the responsible: “Look”\n");
}

static void
test_schedule (void)
{
  static const char start[] = "'trigger':{'event':'schedule.tick','schedule':";
  g_autofree char *morning = g_strconcat (start, "{'every':'day','at':'09:00'}}," STEPS (""), NULL);
  g_autofree char *evening =
      g_strconcat (start, "{'every':'day','at':'18:00'},'for-each':'lead'}," STEPS (""), NULL);
  g_autoptr (WfWorkflow) before = read_members (morning);
  g_autoptr (WfWorkflow) after = read_members (evening);
  g_autofree char *text = list (before, after, NULL);

  g_test_message ("%s", text);
  g_assert_true (g_str_has_prefix (text, "Schedule: "));
  g_assert_nonnull (strstr (text, "09:00"));
  g_assert_nonnull (strstr (text, "18:00"));
  g_assert_nonnull (strstr (text, "\nThe schedule now counts for each lead\n"));
}

/* ---- for marking ---- */

static char *
list_steps (const char *before_text, const char *after_text)
{
  g_autoptr (WfWorkflow) before = before_text != NULL ? read_members (before_text) : NULL;
  g_autoptr (WfWorkflow) after = read_members (after_text);
  g_autoptr (GPtrArray) steps = wf_difference_list_steps (before, after);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const WfDifferenceStep *step = g_ptr_array_index (steps, i);

      g_string_append_printf (text, "%s %s,", step->id, wf_difference_kind_names[step->kind]);
    }
  return g_string_free_and_steal (text);
}

static void
test_steps (void)
{
  static const struct
  {
    const char *before, *after, *steps;
  } table[] = {
    { TRIGGER "," STEPS (CALL), TRIGGER "," STEPS (CALL), "" },
    { NULL, TRIGGER "," STEPS (CALL "," TELL), "call added,tell added," },
    { TRIGGER "," STEPS (CALL "," MAIL "," TELL), TRIGGER "," STEPS (TELL "," MAIL),
      "call removed,tell moved," },
    { TRIGGER "," STEPS (CALL "," TELL),
      TRIGGER "," STEPS ("{'id':'tell','kind':'notify','text':'Listen'}," MAIL "," CALL),
      "tell moved,tell changed,mail added," },
    { TRIGGER "," STEPS (BRANCH (HOT_PATH (CALL))), TRIGGER "," STEPS (BRANCH (REST (MAIL))),
      "call removed,way changed,mail added," },
    /* What changes inside a branch is no change of the branch. */
    { TRIGGER "," STEPS (BRANCH (HOT_PATH (CALL))),
      TRIGGER "," STEPS (BRANCH (HOT_PATH (CALL "," TELL))), "tell added," },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *steps = list_steps (table[i].before, table[i].after);

      g_assert_cmpstr (steps, ==, table[i].steps);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/difference/sentences", test_sentences);
  g_test_add_func ("/engine/difference/settings", test_settings);
  g_test_add_func ("/engine/difference/long-texts", test_long_texts);
  g_test_add_func ("/engine/difference/new", test_new);
  g_test_add_func ("/engine/difference/schedule", test_schedule);
  g_test_add_func ("/engine/difference/steps", test_steps);
  return g_test_run ();
}
