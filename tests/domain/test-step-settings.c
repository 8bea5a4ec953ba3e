/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of step: read, written back byte by byte, copied, and in agreement with the
 * catalogue. */
#include "wf-step-settings.h"
#include "wf-test-documents.h"

#include <string.h>

#define STEP(kind, members)                                                                        \
  "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"N\",\"state\":"        \
  "\"draft\",\"version\":1,\"trigger\":{\"event\":\"meeting.scheduled\",\"reentry\":"              \
  "\"every-event\"},\"steps\":[{\"id\":\"a\",\"kind\":\"" kind "\",\"run\":{\"mode\":"             \
  "\"immediately\"}" members "}]}"
#define DAY "{\"amount\":1,\"unit\":\"days\"}"
#define ACTIVITY                                                                                                       \
  ",\"activity-type\":\"filter-1\",\"complete-within\":{\"amount\":2,\"unit\":\"hours\",\"before\":\"meeting.start\"," \
  "\"business-time\":true},\"notify\":" DAY                                                                            \
  ",\"permission\":{\"scope\":\"groups\",\"groups\":[\"inbound\"]},\"notes\":\"x\","                                   \
  "\"business-hours\":true,\"keep\":true,\"assignee\":\"round-robin:inbound\",\"retire-on\":"                          \
  "[\"email.replied\",\"meeting.cancelled\"],\"join\":true"

/* Each kind with every setting, in the order in which we write: nothing may change. */
static const char *const whole[] = {
  STEP ("create-activity", ACTIVITY),
  STEP ("schedule-call", ACTIVITY ",\"lasts\":" DAY),
  STEP ("schedule-meeting", ACTIVITY ",\"lasts\":" DAY ",\"place\":\"Room {lead.name}\""),
  STEP ("notify", ",\"text\":\"Hi\",\"recipient\":\"group:inbound\",\"sender\":\"ana\""),
  STEP ("wait", ",\"for\":" DAY ",\"business-hours\":true"),
  STEP ("branch", ",\"paths\":[{\"name\":\"p\",\"if\":{\"field\":\"lead.score\",\"op\":\"ge\","
                  "\"value\":80},\"steps\":[]}]"),
  STEP ("post-to-stream", ",\"text\":\"Look\",\"mentions\":[\"responsible\",\"person:ana\","
                          "\"group:inbound\"],\"sender\":\"ana\""),
  STEP ("change-stage", ",\"stage\":\"filter-2\",\"record\":\"lead\",\"allow-back\":true,"
                        "\"reason\":\"answered\""),
  STEP ("change-responsible",
        ",\"rules\":[{\"if\":{\"all\":[{\"field\":\"lead.region\",\"op\":"
        "\"eq\",\"value\":\"south\"}]},\"to\":\"least-loaded:inbound\"}],\"to\":\"manager\""),
  STEP ("set-field", ",\"field\":\"lead.custom.sector\",\"value\":\"food\""),
  STEP ("add-score", ",\"points\":-10"),
  STEP ("send-email", ",\"to\":\"lead\",\"subject\":\"Hello {lead.name}\",\"text\":\"Dear\","
                      "\"sender\":\"ana\",\"track-opening\":true"),
  STEP ("send-message", ",\"channel\":\"whatsapp\",\"template\":\"hello\",\"text\":\"Hi\""),
  STEP ("add-to-audience", ",\"platform\":\"google\",\"audience\":\"warm\",\"by\":\"email\""),
  STEP ("webhook", ",\"url\":\"https://x.example/new?lead={lead.id}\",\"send\":\"lead\","
                   "\"allow-private\":true"),
  STEP ("delete-record", ",\"record\":\"lead\",\"confirmed\":true"),
  STEP ("control", ",\"at-most\":" DAY ",\"business-hours\":true,\"stage\":\"new\","
                   "\"recipient\":\"manager\",\"text\":\"Late\",\"sender\":\"ana\""),
  STEP ("close-activities", ",\"activity-types\":[\"filter-1\"],\"created-by\":\"this-workflow\","
                            "\"reason\":\"answered\""),
  STEP ("request-approval", ",\"text\":\"10 %\",\"approver\":\"manager\",\"complete-within\":" DAY
                            ",\"notify\":{\"amount\":1,\"unit\":\"hours\"},\"business-hours\":true,"
                            "\"on-rejection\":\"continue\""),
};
G_STATIC_ASSERT (G_N_ELEMENTS (whole) == WF_N_STEP_KINDS);

static WfWorkflow *
read_workflow (const char *text, WfProblems *problems)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);

  return wf_workflow_read (wf_json_document_get_root (document), problems);
}

static const WfStep *
get_step (WfWorkflow *workflow)
{
  return g_ptr_array_index (workflow->steps, 0);
}

static void
test_whole (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();

  for (guint kind = 0; kind < G_N_ELEMENTS (whole); kind++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfWorkflow) workflow = read_workflow (whole[kind], problems);
      g_autoptr (WfWorkflow) copy = wf_workflow_copy (workflow);
      g_autofree char *text = wf_workflow_to_text (workflow, FALSE);
      g_autofree char *copied = NULL;
      g_autofree char *shown = NULL;

      g_assert_cmpint (get_step (workflow)->kind, ==, (int) kind);
      g_assert_null (get_step (workflow)->extra);
      g_assert_cmpstr (text, ==, whole[kind]);
      g_clear_pointer (&workflow, wf_workflow_unref);
      copied = wf_workflow_to_text (copy, FALSE);
      g_assert_cmpstr (copied, ==, whole[kind]);
      wf_workflow_validate (copy, organisation, problems);
      shown = wf_test_problems_to_text (problems);
      g_assert_cmpstr (shown, ==,
                       kind == WF_STEP_DELETE_RECORD ? "?deletes-record /steps/0/kind" : "");
    }
}

/* The steps above have each setting of the catalogue, and the tables of names agree with it. */
static void
test_catalogue (void)
{
  for (guint kind = 0; kind < WF_N_STEP_KINDS; kind++)
    {
      const WfStepKindInfo *info = wf_step_catalogue_get ((WfStepKind) kind);
      g_autoptr (WfWorkflow) workflow = read_workflow (whole[kind], NULL);
      g_autoptr (WfJsonDocument) document = wf_test_json (whole[kind]);
      const WfJson *steps = wf_json_get_member (wf_json_document_get_root (document), "steps");

      g_assert_cmpint (info->kind, ==, (int) kind);
      g_assert_cmpstr (info->name, ==, wf_step_kind_names[kind]);
      g_assert_true (wf_step_catalogue_find (info->name) == info);
      g_assert_cmpstr (wf_step_kind_to_text (info->kind), !=, "");
      g_assert_cmpstr (wf_step_kind_to_summary (info->kind), !=, "");
      g_assert_cmpstr (wf_step_group_to_text (info->group), !=, info->group);
      for (guint i = 0; i < info->n_settings && kind != WF_STEP_WAIT; i++)
        {
          g_test_message ("%s %s", info->name, info->settings[i].name);
          g_assert_nonnull (
              wf_json_get_member (wf_json_get_element (steps, 0), info->settings[i].name));
          g_assert_cmpstr (wf_setting_to_text (&info->settings[i]), !=, "");
        }
    }
  g_assert_null (wf_step_kind_names[WF_N_STEP_KINDS]);
  g_assert_null (wf_step_catalogue_get (WF_STEP_OTHER));
  g_assert_null (wf_step_catalogue_find ("teleport"));
  g_assert_null (wf_step_catalogue_find (NULL));
  g_assert_cmpstr (wf_step_group_to_text ("moon"), ==, "moon");
}

/* What a setting is when the document does not say it. */
static void
test_fallbacks (void)
{
  static const struct
  {
    const char *kind, *setting, *fallback;
  } cases[] = {
    { "change-stage", "record", "lead" },
    { "change-stage", "stage", NULL },
    { "send-email", "to", "lead" },
    { "send-message", "channel", "sms" },
    { "add-to-audience", "by", "both" },
    { "add-to-audience", "platform", "facebook" },
    { "webhook", "send", "event" },
    { "delete-record", "record", "lead" },
    { "control", "recipient", "manager" },
    { "close-activities", "created-by", "any" },
    { "request-approval", "approver", "manager" },
    { "request-approval", "on-rejection", "stop" },
    { "control", "teleport", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfStep) step = wf_step_new (wf_step_catalogue_find (cases[i].kind)->kind);

      g_assert_cmpstr (wf_step_get_text (step, cases[i].setting), ==, cases[i].fallback);
      g_assert_null (wf_step_get_setting (step, cases[i].setting));
    }
}

/* Settings keep the catalogue's order, however they are set. */
static void
test_set (void)
{
  g_autoptr (WfStep) step = wf_step_new (WF_STEP_CONTROL);
  g_auto (GStrv) list = NULL;
  g_autofree char *text = NULL;

  wf_step_set_text (step, "text", "Late");
  wf_step_take_setting (step, "business-hours", wf_test_json ("true"));
  wf_step_take_setting (step, "at-most", wf_test_json ("{ 'amount': 3, 'unit': 'days' }"));
  wf_step_set_text (step, "sender", "ana");
  wf_step_set_text (step, "sender", NULL);
  text = wf_json_to_text (wf_json_document_get_root (step->settings), FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"at-most\":{\"amount\":3,\"unit\":\"days\"},\"business-hours\":true,"
                   "\"text\":\"Late\"}");
  g_assert_true (wf_step_get_flag (step, "business-hours"));
  g_assert_cmpint (wf_step_get_duration (step, "at-most").amount, ==, 3);
  g_assert_cmpint (wf_step_get_duration (step, "text").amount, ==, 0);
  g_assert_cmpint (wf_step_get_number (step, "text", 7), ==, 7);
  list = wf_step_dup_list (step, "text");
  g_assert_cmpuint (g_strv_length (list), ==, 0);
}

/* What belongs to another kind is kept, but does nothing. */
static void
test_other_kinds_members (void)
{
  static const char *const texts[][2] = {
    { STEP ("create-activity", ",\"activity-type\":\"t\",\"permission\":{\"scope\":\"all\"},"
                               "\"lasts\":{\"amount\":1,\"unit\":\"days\"},\"place\":5"),
      "?unknown-member /steps/0/lasts\n?unknown-member /steps/0/place" },
    { STEP ("schedule-call", ",\"permission\":{\"scope\":\"all\"},\"place\":\"x\""),
      "?unknown-member /steps/0/place" },
    { STEP ("change-stage", ",\"stage\":{\"deep\":[1]},\"points\":{\"a\":null}"),
      "?unknown-member /steps/0/points" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfWorkflow) workflow = read_workflow (texts[i][0], problems);
      g_autofree char *text = wf_workflow_to_text (workflow, FALSE);
      g_autofree char *shown = wf_test_problems_to_text (problems);

      g_assert_cmpstr (text, ==, texts[i][0]);
      g_assert_cmpstr (shown, ==, texts[i][1]);
    }
}

#define TRIGGER(members)                                                                           \
  "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"N\",\"state\":"        \
  "\"draft\",\"version\":1,\"trigger\":{\"event\":\"schedule.tick\"" members "},\"steps\":[]}"

/* The trigger's own times (R127), also those that cannot be read. */
static void
test_schedules (void)
{
  static const struct
  {
    const char *text, *problems;
    gboolean schedule, for_each;
  } cases[] = {
    { TRIGGER (
          ",\"reentry\":\"every-event\",\"schedule\":{\"every\":\"day\",\"at\":\"09:00\",\"u\":1},\"for-each\":\"lead\""),
      "?unknown-member /trigger/schedule/u", TRUE, TRUE },
    { TRIGGER (
          ",\"reentry\":\"every-event\",\"own-events\":true,\"schedule\":{\"cron\":\"30 8 * * 1-5\"}"),
      "", TRUE, FALSE },
    { TRIGGER (
          ",\"reentry\":\"every-event\",\"schedule\":{\"date\":\"lead.custom.renewal\",\"at\":\"09:00\"}"),
      "", TRUE, TRUE },
    { TRIGGER (
          ",\"reentry\":\"every-event\",\"schedule\":{\"date\":\"lead.created\"},\"for-each\":\"lead\""),
      "", TRUE, TRUE },
    { TRIGGER (
          ",\"conditions\":5,\"reentry\":\"every-event\",\"schedule\":{\"cron\":\"x\",\"u\":1},\"for-each\":\"deal\",\"v\":2"),
      "wrong-type /trigger/conditions\n?unknown-member /trigger/schedule/u\nbad-cron /trigger/schedule/cron\nunknown-value /trigger/for-each\n?unknown-member /trigger/v",
      FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfWorkflow) workflow = read_workflow (cases[i].text, problems);
      g_autoptr (WfWorkflow) copy = wf_workflow_copy (workflow);
      g_autofree char *shown = NULL;
      g_autofree char *text = NULL;

      g_clear_pointer (&workflow, wf_workflow_unref);
      text = wf_workflow_to_text (copy, FALSE);
      shown = wf_test_problems_to_text (problems);
      g_assert_cmpstr (text, ==, cases[i].text);
      for (guint j = 0; j < wf_problems_get_n (problems); j++)
        g_test_message ("%s", wf_problems_get (problems, j)->text);
      g_assert_cmpstr (shown, ==, cases[i].problems);
      g_assert_cmpint (copy->schedule != NULL, ==, cases[i].schedule);
      g_assert_cmpint (wf_workflow_is_for_each_lead (copy), ==, cases[i].for_each);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/step-settings/whole", test_whole);
  g_test_add_func ("/step-settings/catalogue", test_catalogue);
  g_test_add_func ("/step-settings/fallbacks", test_fallbacks);
  g_test_add_func ("/step-settings/set", test_set);
  g_test_add_func ("/step-settings/other-kinds-members", test_other_kinds_members);
  g_test_add_func ("/step-settings/schedules", test_schedules);
  return g_test_run ();
}
