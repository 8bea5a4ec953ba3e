/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of step and every schedule in a sentence (B24). */
#include "wf-sentence.h"
#include "wf-test-documents.h"

#include <string.h>

#define DAY "{ 'amount': 1, 'unit': 'days' }"
#define TWO_HOURS "{ 'amount': 2, 'unit': 'hours' }"

static WfWorkflow *
read_workflow (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);

  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

/* Members of a step, and its sentence. */
static const char *const steps[][2] = {
  /* who gets it, and how it ends */
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'manager'",
    "Create “Realizar Filtro 1” for the manager of the responsible, due in 1 day" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'person:ana'",
    "Create “Realizar Filtro 1” for Ana Souza, due in 1 day" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'round-robin:inbound'",
    "Create “Realizar Filtro 1” for the next one in turn of the group Inbound, due in 1 day" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'least-loaded:gone', 'join': true, 'retire-on': ['email.replied']",
    "Create “Realizar Filtro 1” for the one with the least to do of the group gone, due in 1 day,"
    " joining an open one of the same type; no longer needed after the event: E-mail answered" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'retire-on': ['email.replied', 'moon.rose'], 'keep': true",
    "Create “Realizar Filtro 1” for the responsible, due in 1 day, and keep it when the lead is "
    "closed; no longer needed after one of the events: E-mail answered, moon.rose" },
  /* calls and meetings */
  { "'kind': 'schedule-call', 'complete-within': " TWO_HOURS,
    "Schedule a call for the responsible, in 2 hours" },
  { "'kind': 'schedule-call', 'activity-type': 'filter-1', 'complete-within': " TWO_HOURS
    ", 'business-hours': true, 'lasts': { 'amount': 15, 'unit': 'minutes' }, 'notify': { 'amount': 5, 'unit': 'minutes' }",
    "Schedule the call “Realizar Filtro 1” for the responsible, in 2 hours (business hours), "
    "lasting 15 minutes, remind 5 minutes before" },
  { "'kind': 'schedule-meeting', 'place': 'Room\\n3', 'assignee': 'person:bruno'",
    "Schedule a meeting for Bruno Lima, at a time that has still to be chosen, at “Room 3”" },
  { "'kind': 'schedule-meeting', 'activity-type': 'recover', 'complete-within': { 'amount': 1, 'unit': 'days', 'before': 'meeting.start' }",
    "Schedule the meeting “Recuperar lead” for the responsible, 1 day before “Meeting’s start”" },
  { "'kind': 'schedule-call', 'business-hours': true, 'complete-within': { 'amount': 1, 'unit': 'days', 'before': 'meeting.start' }",
    "Schedule a call for the responsible, 1 day before “Meeting’s start”, in business hours" },
  { "'kind': 'schedule-call', 'complete-within': { 'amount': 2, 'unit': 'hours', 'before': 'meeting.start', 'business-time': true }",
    "Schedule a call for the responsible, 2 hours of business hours before “Meeting’s start”" },
  /* notifications */
  { "'kind': 'notify', 'text': 'Two\\n\\nlines\\n', 'recipient': 'group:inbound'",
    "Tell everybody of the group Inbound: “Two lines”" },
  { "'kind': 'notify', 'recipient': 'boss'", "Tell boss: “…”" },
  /* communication */
  { "'kind': 'post-to-stream', 'text': 'Please look'",
    "Write to the record’s stream: “Please look”" },
  { "'kind': 'post-to-stream', 'text': 'Please look', 'mentions': ['responsible', 'person:ana', 'group:inbound'], 'sender': 'bruno'",
    "Write to the record’s stream: “Please look”, mentioning the responsible, Ana Souza, everybody of "
    "the group Inbound, shown as sent by Bruno Lima" },
  { "'kind': 'send-email', 'subject': 'Welcome'", "Send the lead the e-mail “Welcome”" },
  { "'kind': 'send-email', 'to': 'responsible', 'subject': 'Welcome', 'sender': 'ana', 'track-opening': true",
    "Send the responsible the e-mail “Welcome”, shown as sent by Ana Souza, and tell when it is opened" },
  { "'kind': 'send-email', 'to': 'manager'", "Send the manager of the responsible the e-mail “…”" },
  { "'kind': 'send-message', 'text': 'Hi'", "Send the lead by SMS: “Hi”" },
  { "'kind': 'send-message', 'template': 'hello', 'text': 'Hi'",
    "Send the lead the SMS template “hello”" },
  { "'kind': 'send-message', 'channel': 'whatsapp', 'template': 'hello'",
    "Send the lead the WhatsApp template “hello”" },
  { "'kind': 'send-message', 'channel': 'whatsapp'", "Send the lead by WhatsApp: “…”" },
  /* the record */
  { "'kind': 'change-stage', 'stage': 'filter-2'", "Move the lead to the stage “Filtro 2”" },
  { "'kind': 'change-stage', 'stage': 'won', 'record': 'deal', 'allow-back': true, 'reason': 'Paid'",
    "Move the deal to the stage “won”, also back from a later stage, because “Paid”" },
  { "'kind': 'change-stage'", "Move the lead to the stage “a stage”" },
  { "'kind': 'change-responsible', 'to': 'round-robin:inbound'",
    "Give the lead to the next one in turn of the group Inbound" },
  { "'kind': 'change-responsible', 'to': 'manager', 'rules': ["
    " { 'if': { 'field': 'lead.score', 'op': 'ge', 'value': 80 }, 'to': 'person:ana' },"
    " { 'if': { 'field': 'lead.region', 'op': 'eq', 'value': 'south' }, 'to': 'least-loaded:outbound' } ]",
    "Give the lead to Ana Souza if Score is at least 80; to the one with the least to do of the group "
    "Outbound if Region is south; otherwise to the manager of the responsible" },
  { "'kind': 'change-responsible', 'rules': [ {} ]",
    "Give the lead to the responsible if a condition holds that has still to be chosen; otherwise to "
    "the responsible" },
  { "'kind': 'set-field', 'field': 'lead.interest', 'value': 'ovens'",
    "Set “Interest” to “ovens”" },
  { "'kind': 'set-field', 'field': 'lead.custom.vip', 'value': true", "Set “vip” to “yes”" },
  { "'kind': 'set-field', 'field': 'lead.score', 'value': 5", "Set “Score” to “5”" },
  { "'kind': 'set-field', 'field': 'lead.group', 'value': 'inbound'", "Set “Group” to “Inbound”" },
  { "'kind': 'set-field', 'field': 'lead.interest', 'value': ''", "Clear “Interest”" },
  { "'kind': 'set-field'", "Set “a field” to “…”" },
  { "'kind': 'add-score', 'points': 1", "Add 1 point to the lead’s score" },
  { "'kind': 'add-score', 'points': 10", "Add 10 points to the lead’s score" },
  { "'kind': 'add-score', 'points': -10", "Take 10 points off the lead’s score" },
  { "'kind': 'delete-record'", "Delete the lead for good" },
  { "'kind': 'delete-record', 'record': 'deal'", "Delete the deal for good" },
  /* other systems */
  { "'kind': 'add-to-audience', 'audience': 'Customers', 'platform': 'google', 'by': 'email'",
    "Add the lead to the ad audience “Customers” of Google by the e-mail address" },
  { "'kind': 'add-to-audience', 'audience': 'Customers', 'platform': 'other', 'by': 'phone'",
    "Add the lead to the ad audience “Customers” by the telephone number" },
  { "'kind': 'add-to-audience', 'audience': 'Customers'",
    "Add the lead to the ad audience “Customers” of Facebook by e-mail address and telephone number" },
  { "'kind': 'webhook', 'url': 'https://x.example/new?token=secret'",
    "Send the event and the lead to https://x.example/new" },
  { "'kind': 'webhook', 'url': 'https://x.example', 'send': 'lead', 'allow-private': true",
    "Send the lead to https://x.example, which may be inside the company’s network" },
  /* flow and activities */
  { "'kind': 'control', 'at-most': { 'amount': 3, 'unit': 'days' }",
    "If the lead is still in the same stage after 3 days, tell the manager of the responsible" },
  { "'kind': 'control', 'at-most': " TWO_HOURS
    ", 'business-hours': true, 'stage': 'new', 'recipient': 'person:ana', 'text': 'Slow', 'sender': 'bruno'",
    "If the lead is still in the stage “Novo” after 2 hours (business hours), tell Ana Souza: “Slow”, "
    "shown as sent by Bruno Lima" },
  { "'kind': 'control', 'at-most': " TWO_HOURS ", 'stage': 'new'",
    "If the lead is still in the stage “Novo” after 2 hours, tell the manager of the responsible" },
  { "'kind': 'control', 'at-most': " TWO_HOURS ", 'business-hours': true",
    "If the lead is still in the same stage after 2 hours (business hours), tell the manager of the responsible" },
  { "'kind': 'close-activities'", "Close the lead’s open activities" },
  { "'kind': 'close-activities', 'activity-types': ['filter-1']",
    "Close the lead’s open activities of the type Realizar Filtro 1" },
  { "'kind': 'close-activities', 'activity-types': ['filter-1', 'gone'], 'created-by': 'this-workflow', 'reason': 'Answered'",
    "Close the lead’s open activities of the types Realizar Filtro 1, gone that this workflow created, "
    "because “Answered”" },
  { "'kind': 'request-approval', 'text': '10 % discount', 'complete-within': " DAY,
    "Ask the manager of the responsible to approve “10 % discount”, due in 1 day, and stop when it is rejected" },
  { "'kind': 'request-approval', 'text': 'x', 'approver': 'person:ana', 'complete-within': { 'amount': 2, 'unit': 'hours', 'before': 'meeting.start', 'business-time': true }, 'notify': { 'amount': 1, 'unit': 'hours' }, 'on-rejection': 'continue'",
    "Ask Ana Souza to approve “x”, due 2 hours of business hours before “Meeting’s start”, remind 1 "
    "hour before, and go on even when it is rejected" },
  { "'kind': 'request-approval'",
    "Ask the manager of the responsible to approve “…”, without a deadline so far, and stop when it is rejected" },
};

static void
test_steps (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{ 'format': 1, 'trigger': {}, 'steps': [ { 'id': 'a', %s } ] }", steps[i][0]);
      g_autoptr (WfWorkflow) workflow = read_workflow (text);
      const WfStep *step = g_ptr_array_index (workflow->steps, 0);
      g_autofree char *sentence = wf_sentence_for_step (step, organisation);
      g_autofree char *nameless = wf_sentence_for_step (step, NULL);

      g_assert_cmpstr (sentence, ==, steps[i][1]);
      g_assert_cmpuint (strlen (nameless), >, 0);
    }
}

/* A step of each kind that nobody has filled in yet has a sentence too. */
static void
test_blank (void)
{
  for (int kind = 0; kind < WF_N_STEP_KINDS; kind++)
    {
      g_autoptr (WfStep) step = wf_step_new ((WfStepKind) kind);
      g_autofree char *sentence = wf_sentence_for_step (step, NULL);

      g_test_message ("%s", sentence);
      g_assert_cmpuint (strlen (sentence), >, 0);
      g_assert_null (strstr (sentence, "(null)"));
      g_assert_null (strstr (sentence, "%"));
    }
}

static void
test_schedules (void)
{
  static const char *const cases[][2] = {
    { "'schedule': { 'every': 'day', 'at': '09:00' }", "%s" },
    { "'schedule': { 'every': 'day', 'at': '09:00' }, 'for-each': 'lead'", "%s, for each lead" },
    { "'schedule': { 'date': 'lead.created', 'at': '09:00' }", "%s, for each lead" },
    { "'schedule': { 'every': 'day', 'at': '09:00' }, 'for-each': 'lead', 'conditions': { 'all': [] }",
      "%s, for each lead" },
    { "'schedule': { 'every': 'day', 'at': '09:00' }, 'for-each': 'lead', 'conditions': { 'field': 'lead.score', 'op': 'ge', 'value': 80 }",
      "%s, for each lead of which holds: Score is at least 80" },
    { "'schedule': { 'every': 'day', 'at': '09:00' }, 'conditions': { 'field': 'event.time', 'op': 'matches-hours' }",
      "%s, if Event’s time is in working hours" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{ 'format': 1, 'trigger': { 'event': 'schedule.tick', %s } }", cases[i][0]);
      g_autoptr (WfWorkflow) workflow = read_workflow (text);
      g_autofree char *sentence = wf_sentence_for_trigger (workflow, NULL);
      g_autofree char *times = wf_schedule_to_text (workflow->schedule);
      g_auto (GStrv) around = g_strsplit (cases[i][1], "%s", 2);
      g_autofree char *expected = g_strconcat (around[0], times, around[1], NULL);

      g_assert_cmpstr (sentence, ==, expected);
    }
}

/* A workflow of many kinds reads like a page of a manual. */
static void
test_manual (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  g_autoptr (WfWorkflow) workflow = read_workflow (
      "{ 'format': 1, 'trigger': { 'event': 'lead.score-changed', 'conditions': { 'field': 'score_to', 'op': 'ge', 'value': 80 } },"
      "  'steps': [ { 'id': 'a', 'kind': 'change-responsible', 'to': 'least-loaded:inbound' },"
      "    { 'id': 'b', 'kind': 'request-approval', 'run': { 'mode': 'after-previous' }, 'text': 'Call today?', 'complete-within': " DAY
      ", 'on-rejection': 'continue' },"
      "    { 'id': 'c', 'kind': 'branch', 'paths': [ { 'name': 'Yes', 'if': { 'field': 'approval.outcome', 'op': 'eq', 'value': 'approved' },"
      "        'steps': [ { 'id': 'd', 'kind': 'schedule-call', 'complete-within': " TWO_HOURS
      ", 'business-hours': true } ] },"
      "      { 'name': 'No', 'steps': [ { 'id': 'e', 'kind': 'add-score', 'points': -20 } ] } ] } ] }");
  g_autofree char *text = wf_sentence_for_workflow (workflow, organisation);

  g_assert_cmpstr (
      text, ==,
      "When a lead’s score changes and New score is at least 80:\n"
      "  Give the lead to the one with the least to do of the group Inbound\n"
      "  After the previous step: Ask the manager of the responsible to approve “Call today?”, due in 1 day, "
      "and go on even when it is rejected\n"
      "  Take the first path whose condition holds, of 2 paths\n"
      "    “Yes”, if Approval’s outcome is approved:\n"
      "      Schedule a call for the responsible, in 2 hours (business hours)\n"
      "    “No”, in all other cases:\n"
      "      Take 20 points off the lead’s score\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence-steps/steps", test_steps);
  g_test_add_func ("/sentence-steps/blank", test_blank);
  g_test_add_func ("/sentence-steps/schedules", test_schedules);
  g_test_add_func ("/sentence-steps/manual", test_manual);
  return g_test_run ();
}
