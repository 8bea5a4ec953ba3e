/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that the CRM carries out: once each, in order, through every kind of failure, and
 * visibly when it refuses (S16-S18). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

#define AFTER                                                                                      \
  "{\"id\":\"after\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"after-previous\"},"          \
  "\"activity-type\":\"call\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}"
#define AFTER_NOTHING                                                                              \
  "{\"id\":\"call\",\"kind\":\"create-activity\",\"activity-type\":\"call\","                      \
  "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}"
#define STAGE "{\"id\":\"act\",\"kind\":\"change-stage\",\"stage\":\"filter-1\"}"

static void
begin (WfFixture *f, const char *person, const char *steps)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_workflow (f, 1, NULL, steps);
  wf_fixture_start (f);
}

static void
receive (WfFixture *f, const char *event, const char *lead)
{
  wf_fixture_add_event (f, event, "lead.received", lead, "ana",
                        ",\"snapshot\":{\"email\":\"contato@padariasol.example\"}");
  wf_fixture_settle (f);
}

static guint
count_lines (WfFixture *f, const char *prefix)
{
  GPtrArray *journal = wf_scripted_crm_get_journal (f->crm);
  guint n = 0;

  for (guint i = 0; i < journal->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (journal, i), prefix);
  return n;
}

static int
find_line (WfFixture *f, const char *prefix)
{
  GPtrArray *journal = wf_scripted_crm_get_journal (f->crm);

  for (guint i = 0; i < journal->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (journal, i), prefix))
      return (int) i;
  return -1;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The newest entries of a kind; of WfLogEntry. */
static GPtrArray *
list_log (WfFixture *f, const char *kind)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  wf_runtime_list_log_async (f->runtime, kind, NULL, 0, 0, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = wf_runtime_list_log_finish (f->runtime, result, NULL, &error);
  g_assert_no_error (error);
  return entries;
}

static void
assert_detail (const WfLogEntry *entry, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) details = wf_json_document_parse (entry->details, -1, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_document_get_root (details), name), ==,
                   expected);
}

/* -- every kind -------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  WfActionKind kind;
  const char *settings; /* of the step, with a leading comma */
  const char *member, *expected;
} Kind;

static const Kind kinds[] = {
  { "post-to-stream", WF_ACTION_POST_TO_STREAM, ",\"text\":\"New: {lead.name}\"", "text",
    "New: Padaria Sol" },
  { "change-stage", WF_ACTION_CHANGE_STAGE, ",\"stage\":\"filter-1\"", "stage", "filter-1" },
  { "change-responsible", WF_ACTION_CHANGE_RESPONSIBLE, ",\"to\":\"person:bruno\"", "owner",
    "bruno" },
  { "set-field", WF_ACTION_SET_FIELD, ",\"field\":\"lead.custom.sector\",\"value\":\"food\"",
    "value", "food" },
  { "add-score", WF_ACTION_ADD_SCORE, ",\"points\":5", NULL, NULL },
  { "send-email", WF_ACTION_SEND_EMAIL, ",\"subject\":\"Hello\",\"text\":\"Hello {lead.name}\"",
    "text", "Hello Padaria Sol" },
  { "send-message", WF_ACTION_SEND_MESSAGE, ",\"channel\":\"sms\",\"text\":\"Hello\"", "text",
    "Hello" },
  { "add-to-audience", WF_ACTION_ADD_TO_AUDIENCE,
    ",\"platform\":\"google\",\"audience\":\"customers\"", "audience", "customers" },
  { "webhook", WF_ACTION_WEBHOOK, ",\"url\":\"https://example.org/hook\"", "url",
    "https://example.org/hook" },
  { "delete-record", WF_ACTION_DELETE_RECORD, ",\"confirmed\":true", NULL, NULL },
  { "close-activities", WF_ACTION_CLOSE_ACTIVITIES, ",\"reason\":\"Over\"", "reason", "Over" },
};

static void
receive_with_contact (WfFixture *f)
{
  wf_scripted_crm_add_event (
      f->crm,
      "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/crm/test\",\"type\":\"lead.received\","
      "\"time\":\"2026-11-18T13:00:00Z\",\"data\":{\"lead\":{\"id\":\"l-1\",\"name\":\"Padaria Sol\","
      "\"owner\":\"ana\",\"stage\":\"new\",\"email\":\"contato@padariasol.example\","
      "\"phone\":\"+5511999990000\"}}}");
  wf_fixture_settle (f);
}

/* Its answer is lost the first time: done once all the same, and the step after it runs. */
static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;
  WfFixture f;
  g_autofree char *steps = g_strdup_printf ("[{\"id\":\"act\",\"kind\":\"%s\"%s}," AFTER "]",
                                            kind->name, kind->settings);
  char key[WF_UUID_LENGTH + 1];
  const WfAction *action;

  begin (&f, "ana", steps);
  wf_scripted_crm_lose_answer (f.crm, WF_SCRIPTED_PERFORM, 1);
  receive_with_contact (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 0); /* not known to be done */
  wf_fixture_pass (&f, 5 * MINUTE);

  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  g_assert_cmpuint (count_lines (&f, "perform "), ==, 1);
  g_assert_cmpuint (count_lines (&f, "performed "), ==, 1);
  action = wf_scripted_crm_get_action_at (f.crm, 0);
  wf_effect_make_key (WF_TEST_WORKFLOW, "/crm/test", "e-1", "act", 0, key);
  g_assert_cmpstr (action->key, ==, key);
  g_assert_cmpint (action->kind, ==, kind->kind);
  g_assert_cmpstr (action->lead, ==, "l-1");
  g_assert_nonnull (action->cause);
  if (kind->member != NULL)
    g_assert_cmpstr (wf_action_get_text (action, kind->member), ==, kind->expected);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  wf_fixture_tear_down (&f);
}

/* -- failures ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  WfCrmError code;
  guint retry_after;
} Failure;

static const Failure transient[] = {
  { "rate-limited", WF_CRM_ERROR_RATE_LIMITED, 120 },
  { "server", WF_CRM_ERROR_SERVER, 0 },
  { "offline", WF_CRM_ERROR_OFFLINE, 0 },
  { "uncertain", WF_CRM_ERROR_UNCERTAIN, 0 },
  { "certificate", WF_CRM_ERROR_CERTIFICATE, 0 },
  { "protocol", WF_CRM_ERROR_PROTOCOL, 0 },
  { "conflict", WF_CRM_ERROR_CONFLICT, 0 },
};

static void
test_later (gconstpointer data)
{
  const Failure *failure = data;
  WfFixture f;

  begin (&f, "ana", "[" STAGE "," AFTER "]");
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_PERFORM, 2, failure->code, failure->retry_after);
  receive (&f, "e-1", "l-1");
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 1);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 0);
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  wf_fixture_tear_down (&f);
}

/* Of eight actions that go out side by side only the first gets through. */
static gboolean
let_one_through (WfScriptedCall call, gboolean carried_out, gpointer user_data)
{
  guint *n = user_data;

  return call != WF_SCRIPTED_PERFORM || carried_out || (*n)++ % 8 == 0;
}

/* "Update now" is for all that waits for another try, not for the first round of it. */
static void
test_update_now (void)
{
  WfFixture f;
  guint n = 0;

  begin (&f, "ana", "[" STAGE "]");
  wf_scripted_crm_set_hook (f.crm, let_one_through, &n);
  for (guint i = 0; i < 48; i++)
    {
      g_autofree char *event = g_strdup_printf ("e-%u", i), *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (&f, event, "lead.received", lead, "ana", NULL);
    }
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 6);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 42);
  wf_scripted_crm_set_hook (f.crm, NULL, NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 6); /* they wait */

  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 48);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_sign_in (void)
{
  WfFixture f;

  begin (&f, "ana", "[" STAGE "]");
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_PERFORM, 1, WF_CRM_ERROR_AUTH, 0);
  receive (&f, "e-1", "l-1");
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_NEEDS_SIGN_IN);
  wf_fixture_pass (&f, 20 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 0);
  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_refused (gconstpointer data)
{
  const Failure *failure = data;
  WfFixture f;
  g_autoptr (GPtrArray) problems = NULL;
  char run[WF_UUID_LENGTH + 1];

  begin (&f, "carla", "[" STAGE "," AFTER "]");
  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_CHANGE_STAGE, failure->code);
  receive (&f, "e-1", "l-1");
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 0);
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_PERFORM), ==, 1);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 0); /* the chain is blocked */
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);

  problems = list_log (&f, "problem");
  g_assert_cmpuint (problems->len, ==, 1);
  const WfLogEntry *problem = g_ptr_array_index (problems, 0);
  wf_run_make_key (WF_TEST_WORKFLOW, "/crm/test", "e-1", run);
  g_assert_cmpstr (problem->lead, ==, "l-1");
  assert_detail (problem, "run", run);
  assert_detail (problem, "step", "act");
  assert_detail (problem, "workflow", WF_TEST_WORKFLOW);
  assert_detail (problem, "name", "First contact");
  assert_detail (problem, "error", "A failure of the test");
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message refused/"), ==, 1);
  g_assert_cmpuint (wf_scripted_crm_get_n_messages (f.crm), ==, 0); /* she sits here */
  wf_fixture_tear_down (&f);
}

/* Forty refusals are neither forty messages nor forty problems. */
static void
test_no_flood (void)
{
  WfFixture f;

  begin (&f, "carla", "[" STAGE "]");
  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_CHANGE_STAGE, WF_CRM_ERROR_INVALID);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *event = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      receive (&f, event, lead);
    }
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_PERFORM), ==, 40);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message refused/"), ==, 1);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 11); /* the last one: and more */

  wf_fixture_pass (&f, HOUR);
  receive (&f, "e-next", "l-next");
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message refused/"), ==, 2);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 12);
  wf_fixture_tear_down (&f);
}

/* Where nobody sits who may do something about it, the managers hear of it through the CRM, from
 * several computers once. */
static void
test_managers_are_told (gconstpointer person)
{
  WfFixture f;
  g_autoptr (WfScriptedCrm) peer = NULL;
  g_autofree char *path = NULL;

  wf_fixture_set_up (&f, person);
  if (person == NULL)
    g_clear_object (&f.notifier);
  wf_fixture_put_workflow (&f, 1, NULL, "[" STAGE "]");
  wf_fixture_start (&f);
  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_CHANGE_STAGE, WF_CRM_ERROR_NOT_SUPPORTED);
  receive (&f, "e-1", "l-1");
  receive (&f, "e-2", "l-2");
  g_assert_cmpuint (wf_scripted_crm_get_n_messages (f.crm), ==, 1);
  if (f.notifier != NULL)
    g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message"), ==, 0);

  peer = wf_scripted_crm_new_peer (f.crm, "bruno");
  path = wf_test_folder_build (f.folder, "peer.db");
  wf_fixture_stop (&f);
  g_set_object (&f.crm, peer);
  g_set_str (&f.store_path, path);
  wf_fixture_start (&f);
  receive (&f, "e-3", "l-3");
  g_assert_cmpuint (count_lines (&f, "message"), ==, 1);
  g_assert_cmpuint (wf_scripted_crm_get_n_messages (f.crm), ==, 1);
  wf_fixture_tear_down (&f);
}

/* What her role may not do another computer does (see test-left.c): no problem and no alarm. */
static void
test_forbidden_here (void)
{
  WfFixture f;

  begin (&f, "ana", "[" STAGE "]");
  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_CHANGE_STAGE, WF_CRM_ERROR_FORBIDDEN);
  receive (&f, "e-1", "l-1");
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  g_assert_cmpuint (wf_scripted_crm_get_n_messages (f.crm), ==, 0);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message"), ==, 0);
  wf_fixture_tear_down (&f);
}

/* What she asked for by hand she is told of herself. */
static void
test_by_hand_refused (void)
{
  WfFixture f;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  begin (&f, "ana", "[" AFTER_NOTHING "]");
  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_START_WORKFLOW, WF_CRM_ERROR_INVALID);
  wf_runtime_start_workflow_async (f.runtime, WF_TEST_WORKFLOW, "l-1", NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (wf_runtime_command_finish (f.runtime, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result); /* it holds the runtime */
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message refused/"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* -- what an answer means ---------------------------------------------------------------------- */

/* S17: success, and a line that says why nothing happened. */
static void
test_already_further (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) changes = NULL;

  begin (&f, "ana", "[" STAGE "," AFTER "]");
  wf_scripted_crm_answer_action (f.crm, WF_ACTION_CHANGE_STAGE, NULL, "already-further");
  receive (&f, "e-1", "l-1");
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  changes = list_log (&f, "change");
  g_assert_cmpuint (changes->len, ==, 1);
  assert_detail (g_ptr_array_index (changes, 0), "step", "act");
  assert_detail (g_ptr_array_index (changes, 0), "note", "already-further");
  wf_fixture_tear_down (&f);
}

/* What the CRM answers is known before a later step decides; a step of the event's own time sees
 * the lead as of the event (S11). */
static void
test_later_steps_see_it (void)
{
  WfFixture f;

  begin (
      &f, "carla",
      "[{\"id\":\"act\",\"kind\":\"set-field\",\"field\":\"lead.custom.sector\",\"value\":"
      "\"food\"},{\"id\":\"pause\",\"kind\":\"wait\",\"for\":{\"amount\":1,\"unit\":\"hours\"}},"
      "{\"id\":\"which\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Food\",\"if\":{\"all\":[{"
      "\"field\":\"lead.custom.sector\",\"op\":\"eq\",\"value\":\"food\"}]},\"steps\":[{"
      "\"id\":\"call\",\"kind\":\"create-activity\",\"activity-type\":\"call\","
      "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]},{\"name\":\"Other\",\"steps\":[]}]}]");
  wf_scripted_crm_answer_action (
      f.crm, WF_ACTION_SET_FIELD,
      "{\"id\":\"l-1\",\"owner\":\"ana\",\"custom\":{\"sector\":\"food\"}}", NULL);
  receive (&f, "e-1", "l-1");
  wf_fixture_pass (&f, HOUR + MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  wf_fixture_tear_down (&f);
}

/* S9: the activities follow the new owner at once, and the event of it does nothing more. */
static void
test_activities_follow (void)
{
  WfFixture f;
  const WfActivity *there;

  begin (&f, "carla",
         "[{\"id\":\"call\",\"kind\":\"create-activity\",\"activity-type\":\"call\","
         "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}},"
         "{\"id\":\"act\",\"kind\":\"change-responsible\",\"to\":\"person:bruno\"}]");
  wf_scripted_crm_answer_action (f.crm, WF_ACTION_CHANGE_RESPONSIBLE,
                                 "{\"id\":\"l-1\",\"owner\":\"bruno\"}", NULL);
  receive (&f, "e-1", "l-1");
  there = wf_scripted_crm_get_activity_at (f.crm, 0);
  g_assert_cmpstr (there->person, ==, "bruno");
  wf_scripted_crm_echo_action (f.crm, wf_scripted_crm_get_action_at (f.crm, 0), "lead.reassigned",
                               "{\"lead\":{\"id\":\"l-1\",\"owner\":\"bruno\"}}");
  wf_fixture_settle (&f);
  g_assert_cmpuint (count_lines (&f, "change"), ==, 1);
  g_assert_cmpstr (there->person, ==, "bruno");
  wf_fixture_tear_down (&f);
}

static gpointer
read_lead (WfStore *store, gpointer data, GError **error)
{
  return wf_store_get_lead (store, data);
}

static gboolean
is_known (WfFixture *f, const char *lead)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) known = NULL;

  wf_store_thread_read_async (f->runtime->store, read_lead, g_strdup (lead), g_free,
                              (GDestroyNotify) wf_json_document_unref, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  known = wf_store_thread_finish (f->runtime->store, result, &error);
  g_assert_no_error (error);
  return known != NULL;
}

/* R78: audited, and gone here too; one that is gone already is success. */
static void
test_delete_record (gconstpointer data)
{
  WfFixture f;
  g_autoptr (GPtrArray) changes = NULL;

  begin (&f, "ana", "[{\"id\":\"act\",\"kind\":\"delete-record\",\"confirmed\":true}]");
  if (data != NULL)
    wf_scripted_crm_refuse_action (f.crm, WF_ACTION_DELETE_RECORD, WF_CRM_ERROR_NOT_FOUND);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  receive (&f, "e-1", "l-1");
  wf_fixture_add_event (&f, "e-2", "lead.updated", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_false (is_known (&f, "l-1"));
  g_assert_true (is_known (&f, "l-2"));
  changes = list_log (&f, "change");
  g_assert_cmpuint (changes->len, ==, 1);
  assert_detail (g_ptr_array_index (changes, 0), "action", "delete-record");
  assert_detail (g_ptr_array_index (changes, 0), "name", "First contact");
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  wf_fixture_tear_down (&f);
}

/* -- order ------------------------------------------------------------------------------------- */

/* What is to be closed must be there first, also when its creation takes several attempts; another
 * lead does not wait for it. */
static void
test_order (void)
{
  WfFixture f;
  const char *id;

  begin (&f, "ana",
         "[{\"id\":\"call\",\"kind\":\"create-activity\",\"activity-type\":\"call\","
         "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}},"
         "{\"id\":\"act\",\"kind\":\"close-activities\",\"activity-types\":[\"call\"]}]");
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CREATE, 2, WF_CRM_ERROR_SERVER, 0);
  receive (&f, "e-1", "l-1");
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 0);
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  g_assert_cmpint (find_line (&f, "create "), <, find_line (&f, "perform "));
  id = wf_scripted_crm_get_activity_at (f.crm, 0)->id;
  g_assert_nonnull (id);
  /* Which ones it closed only the CRM knows. */
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_GET), >=, 1);
  wf_fixture_tear_down (&f);
}

static void
test_close_is_seen (void)
{
  WfFixture f;
  g_autoptr (WfActivity) closed = NULL, seen = NULL;

  begin (&f, "ana",
         "[{\"id\":\"call\",\"kind\":\"create-activity\",\"activity-type\":\"call\","
         "\"complete-within\":{\"amount\":5,\"unit\":\"hours\"}},"
         "{\"id\":\"act\",\"kind\":\"close-activities\",\"run\":{\"mode\":\"delay\",\"delay\":{"
         "\"amount\":1,\"unit\":\"hours\"}}}]");
  receive (&f, "e-1", "l-1");
  /* The CRM closes it when it is asked to, and its event does not come. */
  closed = wf_activity_copy (wf_scripted_crm_get_activity_at (f.crm, 0));
  closed->status = WF_ACTIVITY_NO_LONGER_NEEDED;
  closed->completed = wf_fixture_now (&f) + HOUR;
  wf_scripted_crm_put_activity (f.crm, closed);
  wf_scripted_crm_expire_events (f.crm);
  wf_fixture_pass (&f, HOUR + MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  seen = wf_fixture_get_only (&f);
  g_assert_cmpint (seen->status, ==, WF_ACTIVITY_NO_LONGER_NEEDED);
  wf_fixture_tear_down (&f);
}

/* -- messages to several people ---------------------------------------------------------------- */

static void
test_message_to_a_group (void)
{
  WfFixture f;

  begin (&f, "ana",
         "[{\"id\":\"tell\",\"kind\":\"notify\",\"text\":\"New: {lead.name}\","
         "\"recipient\":\"group:inbound\"}," AFTER "]");
  receive (&f, "e-1", "l-1");
  g_assert_cmpuint (wf_scripted_crm_get_n_messages (f.crm), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message"), ==, 1);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_payload_keeps_people (void)
{
  const char *const people[] = { "ana", "bruno", NULL };
  WfCrmMessage message = { .key = "k", .people = people, .title = "T", .text = "Text" };
  g_autofree char *text = wf_message_payload_write (&message);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfMessagePayload) read = wf_message_payload_read (text, &error);

  g_assert_no_error (error);
  g_assert_null (read->message.person);
  g_assert_nonnull (read->message.people);
  g_assert_cmpstr (read->message.people[0], ==, "ana");
  g_assert_cmpstr (read->message.people[1], ==, "bruno");
  g_assert_null (read->message.people[2]);
}

static void
test_payload_keeps_calls (void)
{
  g_autoptr (WfActivity) call = wf_activity_new ("a-1");
  g_autoptr (WfActivity) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  call->kind = WF_ACTIVITY_MEETING;
  g_set_str (&call->type, "call");
  g_set_str (&call->title, "Meeting");
  g_set_str (&call->place, "Loja Centro");
  call->due = G_TIME_SPAN_DAY;
  call->ends = G_TIME_SPAN_DAY + G_TIME_SPAN_HOUR;
  text = wf_activity_payload_write (call);
  read = wf_activity_payload_read (text, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->kind, ==, WF_ACTIVITY_MEETING);
  g_assert_cmpstr (read->place, ==, "Loja Centro");
  g_assert_cmpint (read->ends, ==, call->ends);
}

int
main (int argc, char **argv)
{
  static const Failure permanent[] = {
    { "invalid", WF_CRM_ERROR_INVALID, 0 },
    { "forbidden", WF_CRM_ERROR_FORBIDDEN, 0 },
    { "not-found", WF_CRM_ERROR_NOT_FOUND, 0 },
    { "not-supported", WF_CRM_ERROR_NOT_SUPPORTED, 0 },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/runtime/effects/kind/%s", kinds[i].name);

      g_test_add_data_func (path, &kinds[i], test_kind);
    }
  for (guint i = 0; i < G_N_ELEMENTS (transient); i++)
    {
      g_autofree char *path = g_strdup_printf ("/runtime/effects/later/%s", transient[i].name);

      g_test_add_data_func (path, &transient[i], test_later);
    }
  for (guint i = 0; i < G_N_ELEMENTS (permanent); i++)
    {
      g_autofree char *path = g_strdup_printf ("/runtime/effects/refused/%s", permanent[i].name);

      g_test_add_data_func (path, &permanent[i], test_refused);
    }
  g_test_add_func ("/runtime/effects/update-now", test_update_now);
  g_test_add_func ("/runtime/effects/sign-in", test_sign_in);
  g_test_add_func ("/runtime/effects/no-flood", test_no_flood);
  g_test_add_data_func ("/runtime/effects/managers/person", "ana", test_managers_are_told);
  g_test_add_data_func ("/runtime/effects/managers/machine", NULL, test_managers_are_told);
  g_test_add_func ("/runtime/effects/forbidden-here", test_forbidden_here);
  g_test_add_func ("/runtime/effects/by-hand", test_by_hand_refused);
  g_test_add_func ("/runtime/effects/already-further", test_already_further);
  g_test_add_func ("/runtime/effects/later-steps-see-it", test_later_steps_see_it);
  g_test_add_func ("/runtime/effects/activities-follow", test_activities_follow);
  g_test_add_data_func ("/runtime/effects/delete-record", NULL, test_delete_record);
  g_test_add_data_func ("/runtime/effects/delete-record/gone", "", test_delete_record);
  g_test_add_func ("/runtime/effects/order", test_order);
  g_test_add_func ("/runtime/effects/close-is-seen", test_close_is_seen);
  g_test_add_func ("/runtime/effects/message-to-a-group", test_message_to_a_group);
  g_test_add_func ("/runtime/effects/payload/people", test_payload_keeps_people);
  g_test_add_func ("/runtime/effects/payload/call", test_payload_keeps_calls);
  return g_test_run ();
}
