/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows in sentences. */
#include "wf-event-catalogue.h"
#include "wf-sentence.h"
#include "wf-test-documents.h"

#include <string.h>

static WfWorkflow *
read_workflow (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);

  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

static const char *const steps[][2] = {
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': { 'amount': 30, 'unit': 'minutes' }",
    "Create “Realizar Filtro 1” for the responsible, due in 30 minutes" },
  { "'kind': 'create-activity', 'activity-type': 'gone', 'complete-within': { 'amount': 1, 'unit': 'hours' }, 'business-hours': true,"
    "'notify': { 'amount': 10, 'unit': 'minutes' }",
    "Create “gone” for the responsible, due in 1 hour (business hours), remind 10 minutes before" },
  { "'kind': 'create-activity', 'activity-type': 'recover', 'complete-within': { 'amount': 3, 'unit': 'months' }, 'keep': true",
    "Create “Recuperar lead” for the responsible, due in 3 months, and keep it when the lead is closed" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': { 'amount': 120, 'unit': 'minutes', 'before': 'meeting.start' }",
    "Create “Realizar Filtro 1” for the responsible, due 120 minutes before “Meeting’s start”" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'business-hours': true, 'complete-within': { 'amount': 1, 'unit': 'days', 'before': 'meeting.start' }",
    "Create “Realizar Filtro 1” for the responsible, due 1 day before “Meeting’s start”, in business hours" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': { 'amount': 2, 'unit': 'hours', 'before': 'meeting.start', 'business-time': true }",
    "Create “Realizar Filtro 1” for the responsible, due 2 hours of business hours before “Meeting’s start”" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': { 'amount': 1, 'unit': 'days' },"
    "'permission': { 'scope': 'groups', 'groups': ['inbound'] }",
    "Create “Realizar Filtro 1” for the responsible, due in 1 day, if the responsible is in the group Inbound" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': { 'amount': 1, 'unit': 'days' },"
    "'permission': { 'scope': 'groups', 'groups': ['inbound', 'gone'] }",
    "Create “Realizar Filtro 1” for the responsible, due in 1 day, if the responsible is in one of the groups Inbound, gone" },
  { "'kind': 'create-activity'",
    "Create “an activity” for the responsible, without a deadline so far" },
  { "'kind': 'notify', 'text': 'Call back'", "Tell the responsible: “Call back”" },
  { "'kind': 'notify', 'text': 'Late', 'recipient': 'manager', 'sender': 'ana'",
    "Tell the manager of the responsible: “Late”, shown as sent by Ana Souza" },
  { "'kind': 'notify', 'text': 'Hi', 'recipient': 'person:bruno', 'run': { 'mode': 'delay', 'delay': { 'amount': 1, 'unit': 'days' } }",
    "1 day later: Tell Bruno Lima: “Hi”" },
  { "'kind': 'notify', 'text': 'Hi', 'run': { 'mode': 'after-previous' }",
    "After the previous step: Tell the responsible: “Hi”" },
  { "'kind': 'notify', 'text': 'Hi', 'run': { 'mode': 'before', 'field': 'payment.due', 'offset': { 'amount': 1, 'unit': 'days' } }",
    "1 day before “Payment’s due date”: Tell the responsible: “Hi”" },
  { "'kind': 'wait', 'for': { 'amount': 2, 'unit': 'days' }", "Wait for 2 days" },
  { "'kind': 'wait', 'for': { 'amount': 2, 'unit': 'hours' }, 'business-hours': true",
    "Wait for 2 hours (business hours)" },
  { "'kind': 'wait', 'until': 'meeting.start'", "Wait until “Meeting’s start”" },
  { "'kind': 'wait', 'until-condition': { 'field': 'lead.stage', 'op': 'eq', 'value': 'filter-2' }, 'time-out': { 'amount': 1, 'unit': 'weeks' }",
    "Wait until Stage is Filtro 2, for 1 week at most" },
  { "'kind': 'branch', 'paths': [ {}, {} ]",
    "Take the first path whose condition holds, of 2 paths" },
  { "'kind': 'teleport'", "A step of the kind “teleport”, which this version cannot carry out" },
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
      g_autofree char *sentence =
          wf_sentence_for_step (g_ptr_array_index (workflow->steps, 0), organisation);
      g_autofree char *nameless =
          wf_sentence_for_step (g_ptr_array_index (workflow->steps, 0), NULL);

      g_assert_cmpstr (sentence, ==, steps[i][1]);
      g_assert_cmpuint (strlen (nameless), >, 0);
    }
}

static void
test_triggers (void)
{
  static const char *const cases[][2] = {
    { "{ 'event': 'lead.received' }", "When a lead is received" },
    { "{ 'event': 'lead.received', 'conditions': { 'all': [] } }", "When a lead is received" },
    { "{ 'event': 'lead.received', 'conditions': { 'all': [ { 'field': 'lead.source', 'op': 'eq', 'value': 'marketing-platform' } ] } }",
      "When a lead is received and Source is marketing-platform" },
    { "{ 'event': 'lead.received', 'conditions': { 'any': [ { 'field': 'lead.name', 'op': 'is-set' }, { 'field': 'lead.email', 'op': 'is-set' } ] } }",
      "When a lead is received and (Name is filled in or E-mail address is filled in)" },
    { "{ 'event': 'moon.rose' }", "When the event “moon.rose” happens" },
    { "{}", "When the event happens that has still to be chosen" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{ 'format': 1, 'trigger': %s }", cases[i][0]);
      g_autoptr (WfWorkflow) workflow = read_workflow (text);
      g_autofree char *sentence = wf_sentence_for_trigger (workflow, NULL);

      g_assert_cmpstr (sentence, ==, cases[i][1]);
    }
}

static void
test_run (void)
{
  WfRunSettings run = { .mode = WF_RUN_DELAY,
                        .delay = { 1, WF_TIME_UNIT_DAYS },
                        .offset = { 2, WF_TIME_UNIT_HOURS } };
  static const char *const expected[] = { "Immediately", "After the previous step", "1 day later",
                                          "2 hours before “a date”" };

  for (int mode = WF_RUN_IMMEDIATELY; mode <= WF_RUN_BEFORE; mode++)
    {
      g_autofree char *sentence = NULL;

      run.mode = (WfRunMode) mode;
      sentence = wf_sentence_for_run (&run);
      g_assert_cmpstr (sentence, ==, expected[mode]);
    }
}

static void
test_whole (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  g_autoptr (WfWorkflow) workflow = read_workflow (wf_test_workflow_text);
  g_autofree char *text = NULL;

  workflow->reentry = WF_REENTRY_ONCE_PER_LEAD;
  workflow->own_events = TRUE;
  workflow->keep_when_left = TRUE;
  workflow->fallback_person = g_strdup ("ana");
  text = wf_sentence_for_workflow (workflow, organisation);
  g_assert_cmpstr (
      text, ==,
      "When a lead is received and Source is marketing-platform:\n"
      "  Create “Realizar Filtro 1” for the responsible, due in 30 minutes (business hours), remind 10 minutes "
      "before, if the responsible is in the group Inbound\n"
      "  Take the first path whose condition holds, of 2 paths\n"
      "    “Score 80 or more”, if Score is at least 80:\n"
      "      Do nothing\n"
      "    “Otherwise”, in all other cases:\n"
      "      Do nothing\n"
      "Each lead starts it only once\n"
      "Events that workflows cause start it too\n"
      "It goes on when the record leaves the stage in which it started\n"
      "If the responsible is not active and nobody else stands in: Ana Souza\n");
}

/* Every type of the catalogue has a name, a sentence, fields, and a heading for its group. */
static void
test_catalogue (void)
{
  static const char *const must_exist[] = {
    "lead.received",       "lead.created-manually", "lead.updated",
    "lead.stage-changed",  "lead.discarded",        "lead.finalized",
    "lead.reassigned",     "lead.score-changed",    "lead.deleted",
    "meeting.scheduled",   "meeting.rescheduled",   "meeting.cancelled",
    "meeting.held",        "email.opened",          "email.link-clicked",
    "email.replied",       "message.received",      "call.made",
    "call.missed",         "form.submitted",        "ticket.submitted",
    "activity.created",    "activity.completed",    "activity.became-late",
    "activity.reassigned", "deal.stage-changed",    "deal.won",
    "deal.lost",           "payment.due-changed",   "payment.received",
    "webhook.received",    "schedule.tick",         "manual.started",
  };
  const WfEventTypeInfo *types;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (must_exist); i++)
    g_assert_nonnull (wf_event_catalogue_find (must_exist[i]));
  types = wf_event_catalogue_get_types (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (must_exist));
  for (guint i = 0; i < n; i++)
    {
      guint n_fields = 0;
      const WfFieldInfo *fields = wf_event_catalogue_get_fields (types[i].id, &n_fields);

      g_assert_cmpstr (wf_event_type_to_text (types[i].id), !=, types[i].id);
      g_assert_nonnull (wf_event_type_to_sentence (types[i].id));
      g_assert_cmpstr (wf_event_group_to_text (types[i].group), !=, types[i].group);
      g_assert_cmpuint (n_fields, >, 0);
      for (guint j = 0; j < n_fields; j++)
        {
          const WfFieldInfo *info = wf_field_find (fields[j].id);

          g_test_message ("%s %s", types[i].id, fields[j].id);
          g_assert_nonnull (info);
          g_assert_cmpint (info->type, ==, fields[j].type);
          g_assert_cmpstr (wf_field_to_text (fields[j].id), !=, fields[j].id);
          g_assert_true (wf_event_catalogue_carries (types[i].id, fields[j].id));
        }
    }
  g_assert_null (wf_event_catalogue_find ("moon.rose"));
  g_assert_null (wf_event_catalogue_find (NULL));
  g_assert_cmpstr (wf_event_type_to_text ("moon.rose"), ==, "moon.rose");
  g_assert_cmpstr (wf_event_group_to_text ("moon"), ==, "moon");
}

static void
test_fields (void)
{
  g_assert_cmpint (wf_field_find ("lead.score")->type, ==, WF_FIELD_NUMBER);
  g_assert_null (wf_field_find ("lead.custom.sector"));
  g_assert_null (wf_field_find (NULL));
  g_assert_true (wf_field_is_custom ("lead.custom.sector"));
  g_assert_true (wf_field_is_custom ("deal.custom.a.b"));
  g_assert_false (wf_field_is_custom ("lead.custom."));
  g_assert_false (wf_field_is_custom (".custom.x"));
  g_assert_false (wf_field_is_custom ("a.b.custom.x"));
  g_assert_false (wf_field_is_custom ("lead.customs"));
  g_assert_true (wf_event_catalogue_carries ("lead.received", "lead.custom.sector"));
  g_assert_false (wf_event_catalogue_carries ("lead.received", "meeting.start"));
  g_assert_true (wf_event_catalogue_carries ("meeting.held", "meeting.start"));
  g_assert_true (wf_event_catalogue_carries ("webhook.received", "webhook.name"));
  g_assert_true (wf_event_catalogue_carries ("webhook.received", "webhook.body.order.id"));
  g_assert_false (wf_event_catalogue_carries ("webhook.received", "webhook.body."));
  g_assert_false (wf_event_catalogue_carries ("lead.received", "webhook.body.order"));
  g_assert_true (wf_event_catalogue_carries ("manual.started", "workflow"));
  g_assert_true (wf_event_catalogue_carries ("manual.started", "actor"));
  g_assert_true (wf_event_catalogue_carries ("schedule.tick", "lead.city"));
  g_assert_true (wf_event_catalogue_carries ("lead.score-changed", "score_to"));
  g_assert_false (wf_event_catalogue_carries ("lead.received", "approval.outcome"));
  g_assert_cmpstr (wf_field_to_text ("lead.score"), ==, "Score");
  g_assert_cmpstr (wf_field_to_text ("lead.custom.sector"), ==, "sector");
  g_assert_cmpstr (wf_field_to_text ("moon.phase"), ==, "moon.phase");
}

/* Stages and people have steps of their own, and what the CRM counts itself is its own. */
static void
test_written_fields (void)
{
  static const char *const writable[] = {
    "lead.name",      "lead.company",      "lead.email",    "lead.phone",
    "lead.source",    "lead.origin",       "lead.tags",     "lead.group",
    "lead.interest",  "lead.score",        "lead.city",     "lead.region",
    "lead.job-title", "lead.company-size", "lead.custom.x", "lead.custom.x.y",
  };
  static const char *const others[] = {
    "lead.id", "lead.stage",   "lead.owner",    "lead.created", "lead.updated",
    "name",    "lead.custom.", "deal.custom.x", "actor",        "lead.nmae",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (writable); i++)
    g_assert_true (wf_field_can_be_written (writable[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (wf_field_can_be_written (others[i]));
  g_assert_false (wf_field_can_be_written (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/steps", test_steps);
  g_test_add_func ("/sentence/triggers", test_triggers);
  g_test_add_func ("/sentence/run", test_run);
  g_test_add_func ("/sentence/whole", test_whole);
  g_test_add_func ("/catalogue/types", test_catalogue);
  g_test_add_func ("/catalogue/fields", test_fields);
  g_test_add_func ("/catalogue/written-fields", test_written_fields);
  return g_test_run ();
}
