/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of step through two programs and the demo CRM over HTTP: seen there exactly once,
 * through broken connections too, and refusals of the real server (S16-S18). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-world.h"
#include "wf-scripted-server.h"

#define N_PROGRAMS 2
#define WORKFLOW "9f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c14"
#define LEAD "t-lead"

typedef struct
{
  WfDemoWorld demo;
  gint64 n_activities, n_actions; /* before the event */
  gint64 expected_actions;
  WfScriptedServer *receiver; /* (unowned) (nullable) of webhooks */
  const char *member, *value; /* what every program is to know of the lead */
} World;

static gint64
n_actions (World *self)
{
  return wf_demo_server_count (self->demo.server, "actions") - self->n_actions;
}

static gint64
n_activities (World *self)
{
  return wf_demo_server_count (self->demo.server, "activities") - self->n_activities;
}

static gboolean
all_done (gpointer world)
{
  World *self = world;

  return n_actions (self) >= self->expected_actions && wf_demo_world_is_settled (self);
}

static gboolean
one_activity (gpointer world)
{
  World *self = world;

  return n_activities (self) >= 1 && wf_demo_world_is_settled (self);
}

/* -- programs ---------------------------------------------------------------------------------- */

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
publish (World *self, const char *steps)
{
  g_autofree char *json = g_strdup_printf (
      "{\"format\":1,\"id\":\"" WORKFLOW "\",\"name\":\"Forms\",\"state\":\"draft\",\"version\":1,"
      "\"trigger\":{\"event\":\"form.submitted\"},\"steps\":%s}",
      steps);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (document);
  workflow = wf_workflow_read (wf_json_document_get_root (document), problems);
  g_assert_nonnull (workflow);
  wf_runtime_save_workflow_async (self->demo.runtimes[0], workflow, TRUE, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (wf_runtime_command_finish (self->demo.runtimes[0], result, &error));
  g_assert_no_error (error);
  wf_demo_world_wait (self, wf_demo_world_is_settled);
}

/* An administrator's desktop and an always-on engine, which is started when the workflow is
 * there. */
static void
set_up_with (World *self, const char *other, const char *steps)
{
  *self = (World) { .demo.tokens = { "helena", other } };
  self->demo.notifiers[0] = wf_recording_notifier_new (); /* hers who administrates */
  wf_demo_world_begin (&self->demo,
                       WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY | WF_DEMO_ALLOW_PRIVATE_WEBHOOKS);
  wf_demo_world_start (&self->demo, 0);
  wf_demo_world_wait (self, wf_demo_world_is_settled);
  publish (self, steps);
  wf_demo_world_start (&self->demo, 1);
  wf_demo_world_wait (self, wf_demo_world_is_settled);
  self->n_activities = wf_demo_server_count (self->demo.server, "activities");
  self->n_actions = wf_demo_server_count (self->demo.server, "actions");
}

static void
set_up (World *self, const char *steps)
{
  set_up_with (self, WF_DEMO_ENGINE, steps);
}

static void
tear_down (World *self)
{
  wf_demo_world_end (&self->demo);
}

static void
submit_form (World *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/crm/aurora\",\"type\":\"form.submitted\",\"data\":{\"lead\":{"
      "\"id\":\"" LEAD
      "\",\"name\":\"Padaria\",\"owner\":\"ana\",\"origin\":\"web\",\"stage\":\"new\",\"score\":10,"
      "\"email\":\"contato@padaria.example\",\"phone\":\"+5511999990000\"}}}",
      id);

  g_assert_true (wf_demo_server_add_event (self->demo.server, json, &error));
  g_assert_no_error (error);
}

/* -- what is known ----------------------------------------------------------------------------- */

static gpointer
read_lead (WfStore *store, gpointer data, GError **error)
{
  return wf_store_get_lead (store, data);
}

static WfJsonDocument *
dup_lead (World *self, guint index)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfJsonDocument *lead;

  wf_store_thread_read_async (self->demo.runtimes[index]->store, read_lead, g_strdup (LEAD), g_free,
                              (GDestroyNotify) wf_json_document_unref, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  lead = wf_store_thread_finish (self->demo.runtimes[index]->store, result, &error);
  g_assert_no_error (error);
  return lead;
}

static gboolean
everybody_knows_the_lead (gpointer world)
{
  World *self = world;

  for (guint i = 0; i < N_PROGRAMS; i++)
    {
      g_autoptr (WfJsonDocument) lead = dup_lead (self, i);
      const WfJson *value =
          lead != NULL ? wf_json_get_member (wf_json_document_get_root (lead), self->member) : NULL;
      g_autofree char *text = value != NULL ? wf_json_to_text (value, FALSE) : NULL;

      if (g_strcmp0 (text, self->value) != 0)
        return FALSE;
    }
  return wf_demo_world_is_settled (self);
}

/* The only one of the lead, or NULL. */
static WfActivity *
get_activity (World *self, guint index)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) activities = NULL;
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_ALL,
    .lead = LEAD,
    .now = wf_clock_now (WF_CLOCK (self->demo.clock)),
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };

  wf_runtime_list_activities_async (self->demo.runtimes[index], &query, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  activities = wf_runtime_list_activities_finish (self->demo.runtimes[index], result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (activities->len, <=, 1);
  return activities->len == 1 ? wf_activity_ref (g_ptr_array_index (activities, 0)) : NULL;
}

static gboolean
everybody_sees_it_closed (gpointer world)
{
  World *self = world;

  for (guint i = 0; i < N_PROGRAMS; i++)
    {
      g_autoptr (WfActivity) activity = get_activity (self, i);

      if (activity == NULL || activity->status != WF_ACTIVITY_NO_LONGER_NEEDED)
        return FALSE;
    }
  return wf_demo_world_is_settled (self);
}

static guint
count_log (World *self, guint index, const char *kind)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  guint total = 0;

  wf_runtime_list_log_async (self->demo.runtimes[index], kind, NULL, 0, 10, NULL, on_result,
                             &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = wf_runtime_list_log_finish (self->demo.runtimes[index], result, &total, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    g_test_message ("%s: %s", kind, ((WfLogEntry *) g_ptr_array_index (entries, i))->title);
  return total;
}

static gboolean
everybody_logged_a_change (gpointer world)
{
  World *self = world;

  for (guint i = 0; i < N_PROGRAMS; i++)
    if (count_log (self, i, "change") == 0)
      return FALSE;
  return wf_demo_world_is_settled (self);
}

static gboolean
everybody_knows_a_problem (gpointer world)
{
  World *self = world;

  for (guint i = 0; i < N_PROGRAMS; i++)
    if (count_log (self, i, "problem") == 0)
      return FALSE;
  return wf_demo_world_is_settled (self);
}

/* -- every kind -------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *settings;       /* of the step, with a leading comma */
  const char *table;          /* that gets a row; nullable */
  const char *member, *value; /* of the lead afterwards, as JSON; nullable */
} Kind;

static const Kind kinds[] = {
  { "post-to-stream", ",\"text\":\"New: {lead.name}\"", "comments", NULL, NULL },
  { "change-stage", ",\"stage\":\"filter-1\"", NULL, "stage", "\"filter-1\"" },
  { "change-responsible", ",\"to\":\"person:bruno\"", NULL, "owner", "\"bruno\"" },
  { "set-field", ",\"field\":\"lead.interest\",\"value\":\"solar\"", NULL, "interest",
    "\"solar\"" },
  { "add-score", ",\"points\":5", NULL, "score", "15" },
  { "send-email", ",\"subject\":\"Hello\",\"text\":\"Hello {lead.name}\"", "messages", NULL, NULL },
  { "send-message", ",\"channel\":\"sms\",\"text\":\"Hello\"", "messages", NULL, NULL },
  { "add-to-audience", ",\"platform\":\"google\",\"audience\":\"customers\",\"by\":\"email\"",
    "audiences", NULL, NULL },
};

static void
test_kind (gconstpointer data)
{
  static const WfDemoFault faults[] = {
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 500, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 429, .retry_after = 5, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_CUT_BODY, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_DROP_BEFORE, .path = "/actions" },
  };
  const Kind *kind = data;
  World world;
  g_autofree char *steps = g_strdup_printf (
      "[{\"id\":\"act\",\"kind\":\"%s\"%s},{\"id\":\"then\",\"kind\":\"create-activity\","
      "\"run\":{\"mode\":\"after-previous\"},\"activity-type\":\"call\",\"complete-within\":{"
      "\"amount\":60,\"unit\":\"minutes\"}}]",
      kind->name, kind->settings);
  gint64 n_rows;

  set_up (&world, steps);
  n_rows = kind->table != NULL ? wf_demo_server_count (world.demo.server, kind->table) : 0;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    wf_demo_server_add_fault (world.demo.server, &faults[i]);
  world.member = kind->member != NULL ? kind->member : "name";
  world.value = kind->member != NULL ? kind->value : "\"Padaria\"";
  submit_form (&world, "f-1");
  wf_demo_world_wait (&world, one_activity);
  wf_demo_world_wait (&world, everybody_knows_the_lead);

  g_assert_cmpint (n_actions (&world), ==, 1);
  g_assert_cmpint (n_activities (&world), ==, 1);
  if (kind->table != NULL)
    g_assert_cmpint (wf_demo_server_count (world.demo.server, kind->table) - n_rows, ==, 1);
  for (guint i = 0; i < N_PROGRAMS; i++)
    g_assert_cmpuint (count_log (&world, i, "problem"), ==, 0);
  tear_down (&world);
}

static void
test_delete_record (void)
{
  World world;
  gint64 n_leads;

  set_up (&world, "[{\"id\":\"act\",\"kind\":\"delete-record\",\"confirmed\":true}]");
  n_leads = wf_demo_server_count (world.demo.server, "leads");
  world.expected_actions = 1;
  submit_form (&world, "f-1");
  wf_demo_world_wait (&world, all_done);
  wf_demo_world_wait (&world, everybody_logged_a_change);
  g_assert_cmpint (n_actions (&world), ==, 1);
  g_assert_cmpint (wf_demo_server_count (world.demo.server, "leads"), ==, n_leads);
  for (guint i = 0; i < N_PROGRAMS; i++)
    {
      g_autoptr (WfJsonDocument) lead = dup_lead (&world, i);

      g_assert_null (lead);
      g_assert_cmpuint (count_log (&world, i, "problem"), ==, 0);
    }
  tear_down (&world);
}

/* In order: what the run itself has just made is there to be closed. */
static void
test_close_activities (void)
{
  World world;

  set_up (&world, "[{\"id\":\"call\",\"kind\":\"create-activity\",\"activity-type\":\"call\","
                  "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}},"
                  "{\"id\":\"act\",\"kind\":\"close-activities\",\"activity-types\":[\"call\"],"
                  "\"reason\":\"Over\"}]");
  world.expected_actions = 1;
  submit_form (&world, "f-1");
  wf_demo_world_wait (&world, all_done);
  wf_demo_world_wait (&world, everybody_sees_it_closed);
  g_assert_cmpint (n_actions (&world), ==, 1);
  g_assert_cmpint (n_activities (&world), ==, 1);
  tear_down (&world);
}

static gboolean
webhook_came (gpointer world)
{
  World *self = world;

  return wf_scripted_server_get_n_requests (self->receiver) > 0 && wf_demo_world_is_settled (self);
}

static void
test_webhook (void)
{
  World world;
  g_autoptr (WfScriptedServer) receiver = wf_scripted_server_new ();
  g_autofree char *steps = g_strdup_printf (
      "[{\"id\":\"act\",\"kind\":\"webhook\",\"url\":\"%s/hook\",\"allow-private\":true}]",
      wf_scripted_server_get_uri (receiver));

  wf_scripted_server_add_status (receiver, 204, NULL);
  set_up (&world, steps);
  world.expected_actions = 1;
  submit_form (&world, "f-1");
  wf_demo_world_wait (&world, all_done);
  g_assert_cmpint (n_actions (&world), ==, 1);
  world.receiver = receiver;
  wf_demo_world_wait (&world, webhook_came);
  wf_fake_clock_advance (world.demo.clock, G_TIME_SPAN_MINUTE);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (receiver), ==, 1);
  g_assert_nonnull (g_strrstr (wf_scripted_server_get_body (receiver, 0), "Padaria"));
  tear_down (&world);
}

/* Asked and answered on one computer, and every run goes on. */
static void
test_approval (void)
{
  World world;
  g_autoptr (WfActivity) ask = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&world,
          "[{\"id\":\"ask\",\"kind\":\"request-approval\",\"text\":\"A discount\","
          "\"approver\":\"person:helena\",\"complete-within\":{\"amount\":2,\"unit\":\"hours\"}},"
          "{\"id\":\"act\",\"kind\":\"change-stage\",\"run\":{\"mode\":\"after-previous\"},"
          "\"stage\":\"filter-1\"}]");
  submit_form (&world, "f-1");
  wf_demo_world_wait (&world, one_activity);
  ask = get_activity (&world, 0);
  g_assert_nonnull (ask);
  g_assert_cmpint (ask->kind, ==, WF_ACTIVITY_APPROVAL);
  g_assert_cmpint (n_actions (&world), ==, 0);
  wf_runtime_complete_async (world.demo.runtimes[0], ask->id, WF_OUTCOME_APPROVED, NULL, on_result,
                             &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (wf_runtime_command_finish (world.demo.runtimes[0], result, &error));
  g_assert_no_error (error);
  world.member = "stage";
  world.value = "\"filter-1\"";
  wf_demo_world_wait (&world, everybody_knows_the_lead);
  g_assert_cmpint (n_actions (&world), ==, 1);
  for (guint i = 0; i < N_PROGRAMS; i++)
    g_assert_cmpuint (count_log (&world, i, "problem"), ==, 0);
  tear_down (&world);
}

/* A real refusal: the manager is told, the step blocks, and tried again it goes through. */
static void
test_refused (void)
{
  static const WfDemoFault fault = { .kind = WF_DEMO_FAULT_STATUS,
                                     .status = 422,
                                     .path = "/actions" };
  World world;
  char run[WF_UUID_LENGTH + 1];
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&world,
          "[{\"id\":\"act\",\"kind\":\"change-stage\",\"stage\":\"filter-1\"},"
          "{\"id\":\"then\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"after-previous\"},"
          "\"activity-type\":\"call\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]");
  wf_demo_server_add_fault (world.demo.server, &fault);
  wf_demo_server_add_fault (world.demo.server, &fault);
  submit_form (&world, "f-1");
  wf_demo_world_wait (&world, everybody_knows_a_problem);
  g_assert_cmpint (n_actions (&world), ==, 0);
  g_assert_cmpint (n_activities (&world), ==, 0);
  g_assert_cmpuint (wf_recording_notifier_count (world.demo.notifiers[0], "message refused/"), ==,
                    1);

  wf_run_make_key (WORKFLOW, "/crm/aurora", "f-1", run);
  wf_runtime_resolve_step_async (world.demo.runtimes[0], run, "act", WF_RESOLVE_RETRY, NULL,
                                 on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (wf_runtime_command_finish (world.demo.runtimes[0], result, &error));
  g_assert_no_error (error);
  wf_demo_world_wait (&world, one_activity);
  g_assert_cmpint (n_actions (&world), ==, 1);
  g_assert_cmpint (n_activities (&world), ==, 1);
  tear_down (&world);
}

/* -- what is left to another engine ------------------------------------------------------------- */

/* How far the second program's action got, by its log. Owned by the caller. */
static char *
dup_state (World *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  char *state = NULL;

  wf_runtime_list_log_async (self->demo.runtimes[1], "effect", LEAD, 0, 10, NULL, on_result,
                             &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = wf_runtime_list_log_finish (self->demo.runtimes[1], result, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len && state == NULL; i++)
    {
      const WfLogEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (WfJsonDocument) details = wf_json_document_parse (entry->details, -1, 0, NULL);

      if (g_str_has_prefix (entry->title, "perform/"))
        state = g_strdup (wf_json_get_member_string (wf_json_document_get_root (details), "state"));
    }
  return state;
}

static gboolean
it_is_left (gpointer world)
{
  World *self = world;

  g_autofree char *state = dup_state (self);

  return g_strcmp0 (state, "left") == 0 && wf_demo_world_is_settled (self);
}

static gboolean
it_is_done (gpointer world)
{
  World *self = world;

  g_autofree char *state = dup_state (self);

  return g_strcmp0 (state, "done") == 0 && wf_demo_world_is_settled (self);
}

/* Bruno's desktop is shown the leads of Ana, who is in his group, and may not move them: what the
 * server refuses it there somebody else does, and its run goes on. */
static void
test_colleague (gconstpointer data)
{
  const Kind *kind = data;
  World world;
  g_autofree char *steps = g_strdup_printf (
      "[{\"id\":\"act\",\"kind\":\"%s\"%s},{\"id\":\"then\",\"kind\":\"create-activity\","
      "\"run\":{\"mode\":\"after-previous\"},\"activity-type\":\"call\",\"assignee\":\"person:bruno\","
      "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]",
      kind->name, kind->settings);

  set_up_with (&world, "bruno", steps);
  wf_runtime_stop (world.demo.runtimes[0]);
  g_clear_object (&world.demo.runtimes[0]);
  submit_form (&world, "f-1");
  wf_demo_world_wait (&world, it_is_left);
  g_assert_cmpint (n_actions (&world), ==, 0);
  g_assert_cmpint (n_activities (&world), ==, 0);
  g_assert_cmpuint (count_log (&world, 1, "problem"), ==, 0);

  wf_demo_world_start (&world.demo, 0);
  wf_demo_world_wait (&world, it_is_done);
  wf_demo_world_wait (&world, one_activity);
  g_assert_cmpint (n_actions (&world), ==, 1);
  g_assert_cmpint (n_activities (&world), ==, 1);
  for (guint i = 0; i < N_PROGRAMS; i++)
    g_assert_cmpuint (count_log (&world, i, "problem"), ==, 0);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/runtime/effects-demo/%s", kinds[i].name);

      g_test_add_data_func (path, &kinds[i], test_kind);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/runtime/effects-demo/colleague/%s", kinds[i].name);

      g_test_add_data_func (path, &kinds[i], test_colleague);
    }
  g_test_add_func ("/runtime/effects-demo/delete-record", test_delete_record);
  g_test_add_func ("/runtime/effects-demo/close-activities", test_close_activities);
  g_test_add_func ("/runtime/effects-demo/webhook", test_webhook);
  g_test_add_func ("/runtime/effects-demo/approval", test_approval);
  g_test_add_func ("/runtime/effects-demo/refused", test_refused);
  return g_test_run ();
}
