/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of the runtime share: a clock, a CRM in memory, a notifier that remembers, a store,
 * and a runtime on them. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#define MOST_REAL_SECONDS 20

/* -- a notifier that remembers ----------------------------------------------------------------- */

struct _WfRecordingNotifier
{
  GObject parent_instance;

  GPtrArray *lines; /* (owned) of char* */
  gboolean failing;
  void (*hook) (gpointer);
  gpointer hook_data;
};

static void notifier_init (WfNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfRecordingNotifier, wf_recording_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_NOTIFIER, notifier_init))

static gboolean
record (WfRecordingNotifier *self, char *line, GError **error)
{
  if (self->hook != NULL)
    self->hook (self->hook_data);
  if (self->failing)
    {
      g_free (line);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "No notification server");
      return FALSE;
    }
  g_ptr_array_add (self->lines, line);
  return TRUE;
}

static gboolean
show_reminder (WfNotifier *notifier, WfActivity *activity, WfInstant now, gboolean quiet,
               GError **error)
{
  return record (WF_RECORDING_NOTIFIER (notifier),
                 g_strconcat ("reminder ", activity->id, quiet ? " quietly" : NULL, NULL), error);
}

static gboolean
show_catch_up (WfNotifier *notifier, GPtrArray *activities, WfInstant now, gboolean quiet,
               GError **error)
{
  GString *line = g_string_new ("catch-up");

  for (guint i = 0; i < activities->len; i++)
    g_string_append_printf (line, " %s", ((WfActivity *) g_ptr_array_index (activities, i))->id);
  if (quiet)
    g_string_append (line, " quietly");
  return record (WF_RECORDING_NOTIFIER (notifier), g_string_free (line, FALSE), error);
}

static gboolean
show_message (WfNotifier *notifier, const char *id, const char *title, const char *text,
              gboolean quiet, GError **error)
{
  return record (WF_RECORDING_NOTIFIER (notifier),
                 g_strdup_printf ("message %s %s%s", id, title, quiet ? " quietly" : ""), error);
}

static void
withdraw (WfNotifier *notifier, const char *id)
{
  g_ptr_array_add (WF_RECORDING_NOTIFIER (notifier)->lines, g_strconcat ("withdraw ", id, NULL));
}

static void
notifier_init (WfNotifierInterface *iface)
{
  iface->show_reminder = show_reminder;
  iface->show_catch_up = show_catch_up;
  iface->show_message = show_message;
  iface->withdraw = withdraw;
}

static void
wf_recording_notifier_finalize (GObject *object)
{
  g_ptr_array_unref (WF_RECORDING_NOTIFIER (object)->lines);
  G_OBJECT_CLASS (wf_recording_notifier_parent_class)->finalize (object);
}

static void
wf_recording_notifier_class_init (WfRecordingNotifierClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wf_recording_notifier_finalize;
}

static void
wf_recording_notifier_init (WfRecordingNotifier *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_free);
}

WfRecordingNotifier *
wf_recording_notifier_new (void)
{
  return g_object_new (WF_TYPE_RECORDING_NOTIFIER, NULL);
}

void
wf_recording_notifier_set_failing (WfRecordingNotifier *self, gboolean failing)
{
  self->failing = failing;
}

GPtrArray *
wf_recording_notifier_get_lines (WfRecordingNotifier *self)
{
  return self->lines;
}

guint
wf_recording_notifier_count (WfRecordingNotifier *self, const char *prefix)
{
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (self->lines, i), prefix);
  return n;
}

void
wf_recording_notifier_set_hook (WfRecordingNotifier *self, void (*hook) (gpointer),
                                gpointer user_data)
{
  self->hook = hook;
  self->hook_data = user_data;
}

/* -- running ----------------------------------------------------------------------------------- */

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
wf_runtime_settle (WfRuntime *runtime)
{
  gboolean timed_out = FALSE;
  guint watchdog = g_timeout_add_seconds (MOST_REAL_SECONDS, on_timeout, &timed_out);

  wf_fake_clock_run_idle ();
  while (!wf_runtime_is_settled (runtime) && !timed_out)
    {
      g_main_context_iteration (NULL, TRUE);
      wf_fake_clock_run_idle ();
    }
  g_source_remove (watchdog);
  if (timed_out)
    g_printerr (
        "busy: writes %u figures %d intake %d (paused %d) dispatch %d (%u) scheduler %d reminders %d messages %d\n",
        runtime->n_writes, runtime->figures_busy, runtime->intake.busy,
        runtime->intake.channel.paused, runtime->dispatch.busy, runtime->dispatch.in_flight,
        runtime->scheduler.busy, runtime->reminders.busy, runtime->reminders.messages_busy);
  g_assert_false (timed_out);
}

/* What one does may be news for the other. */
void
wf_fixture_settle (WfFixture *self)
{
  WfRuntime *other = self->peer != NULL ? self->peer->runtime : NULL;

  do
    {
      wf_runtime_settle (self->runtime);
      if (other != NULL)
        wf_runtime_settle (other);
    }
  while (!wf_runtime_is_settled (self->runtime));
}

void
wf_fixture_set_up (WfFixture *self, const char *person)
{
  *self = (WfFixture) { 0 };
  self->clock = wf_fake_clock_new_at (WF_TEST_START);
  self->folder = wf_test_folder_new ();
  self->crm = wf_scripted_crm_new (WF_CLOCK (self->clock), person);
  self->notifier = wf_recording_notifier_new ();
  self->store_path = wf_test_folder_build (self->folder, "store.db");
}

void
wf_fixture_set_up_peer (WfFixture *self, WfFixture *other, const char *person)
{
  *self = (WfFixture) { 0 };
  self->clock = g_object_ref (other->clock);
  self->folder = wf_test_folder_new ();
  self->crm = wf_scripted_crm_new_peer (other->crm, person);
  self->notifier = wf_recording_notifier_new ();
  self->store_path = wf_test_folder_build (self->folder, "store.db");
  self->peer = other;
  other->peer = self;
}

void
wf_fixture_tear_down (WfFixture *self)
{
  if (self->runtime != NULL)
    wf_fixture_stop (self);
  wf_fake_clock_run_idle ();
  if (self->peer != NULL)
    self->peer->peer = NULL;
  g_clear_object (&self->notifier);
  g_clear_object (&self->crm);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->folder, wf_test_folder_free);
  g_clear_pointer (&self->store_path, g_free);
}

void
wf_fixture_on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GAsyncResult *
wf_fixture_wait_for (GAsyncResult **result)
{
  gboolean timed_out = FALSE;
  guint watchdog = g_timeout_add_seconds (MOST_REAL_SECONDS, on_timeout, &timed_out);

  while (*result == NULL && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_false (timed_out);
  return *result;
}

void
wf_fixture_start (WfFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (self->runtime);
  self->runtime = wf_runtime_new (WF_CLOCK (self->clock), WF_CRM (self->crm),
                                  self->notifier != NULL ? WF_NOTIFIER (self->notifier) : NULL,
                                  self->store_path);
  wf_runtime_start_async (self->runtime, NULL, wf_fixture_on_result, &result);
  g_assert_true (wf_runtime_start_finish (self->runtime, wf_fixture_wait_for (&result), &error));
  g_assert_no_error (error);
  wf_fixture_settle (self);
}

void
wf_fixture_stop (WfFixture *self)
{
  WfRuntime *runtime = self->runtime;
  gboolean timed_out = FALSE;
  guint watchdog = g_timeout_add_seconds (MOST_REAL_SECONDS, on_timeout, &timed_out);

  g_object_add_weak_pointer (G_OBJECT (runtime), (gpointer *) &self->runtime);
  wf_runtime_stop (runtime);
  wf_fake_clock_run_idle ();
  g_object_unref (runtime);
  /* A job that was in a thread when it stopped holds it until its answer has come back. */
  while (self->runtime != NULL && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_null (self->runtime);
}

WfInstant
wf_fixture_now (WfFixture *self)
{
  return wf_clock_now (WF_CLOCK (self->clock));
}

void
wf_fixture_pass (WfFixture *self, gint64 microseconds)
{
  WfInstant until = wf_fixture_now (self) + microseconds;

  while (wf_fixture_now (self) < until)
    {
      WfInstant next = wf_fake_clock_get_next_alarm (self->clock);

      wf_fake_clock_advance_to (self->clock, next == WF_INSTANT_NONE || next > until
                                                 ? until
                                                 : MAX (next, wf_fixture_now (self)));
      if (self->runtime != NULL)
        wf_fixture_settle (self);
    }
}

/* -- what is in the CRM ------------------------------------------------------------------------ */

void
wf_fixture_put_workflow (WfFixture *self, guint version, const char *extra, const char *steps)
{
  g_autofree char *json =
      g_strdup_printf ("{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW
                       "\",\"name\":\"First contact\",\"state\":\"live\",\"version\":%u,"
                       "\"trigger\":{\"event\":\"lead.received\"%s%s},\"steps\":%s}",
                       version, extra != NULL ? "," : "", extra != NULL ? extra : "", steps);

  wf_scripted_crm_put_workflow (self->crm, json);
}

void
wf_fixture_put_simple_workflow (WfFixture *self)
{
  wf_fixture_put_workflow (
      self, 1, NULL,
      "[{\"id\":\"call\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"
      "\"activity-type\":\"call\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"},"
      "\"notify\":{\"amount\":10,\"unit\":\"minutes\"}}]");
}

void
wf_fixture_add_event_at (WfFixture *self, WfInstant at, const char *id, const char *type,
                         const char *lead, const char *owner, const char *data)
{
  g_autofree char *time = wf_instant_format_utc (at);
  g_autofree char *owner_text = owner != NULL ? g_strdup_printf ("\"%s\"", owner)
                                              : g_strdup ("null");
  g_autofree char *json = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/crm/test\",\"type\":\"%s\",\"time\":\"%s\","
      "\"data\":{\"lead\":{\"id\":\"%s\",\"name\":\"Padaria Sol\",\"owner\":%s,\"origin\":\"web\",\"stage\":\"new\"}%s}}",
      id, type, time, lead, owner_text, data != NULL ? data : "");

  wf_scripted_crm_add_event (self->crm, json);
}

void
wf_fixture_add_event (WfFixture *self, const char *id, const char *type, const char *lead,
                      const char *owner, const char *data)
{
  wf_fixture_add_event_at (self, wf_fixture_now (self), id, type, lead, owner, data);
}

/* -- what is in the store ---------------------------------------------------------------------- */

GPtrArray *
wf_fixture_list (WfFixture *self, const char *person)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *activities;
  guint total = 0;
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_ALL,
    .person = person,
    .now = wf_fixture_now (self),
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };

  wf_runtime_list_activities_async (self->runtime, &query, NULL, wf_fixture_on_result, &result);
  activities = wf_runtime_list_activities_finish (self->runtime, wf_fixture_wait_for (&result),
                                                  &total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (activities->len, ==, total);
  return activities;
}

WfActivity *
wf_fixture_get_only (WfFixture *self)
{
  g_autoptr (GPtrArray) all = wf_fixture_list (self, NULL);

  g_assert_cmpuint (all->len, ==, 1);
  return wf_activity_ref (g_ptr_array_index (all, 0));
}

guint
wf_fixture_count_log (WfFixture *self, const char *kind)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  guint total = 0;

  wf_runtime_list_log_async (self->runtime, kind, NULL, 0, 1000, NULL, wf_fixture_on_result,
                             &result);
  entries =
      wf_runtime_list_log_finish (self->runtime, wf_fixture_wait_for (&result), &total, &error);
  g_assert_no_error (error);
  return total;
}

/* -- commands ---------------------------------------------------------------------------------- */

static gboolean
finish_command (WfFixture *self, GAsyncResult **result, GError **error)
{
  gboolean done = wf_runtime_command_finish (self->runtime, wf_fixture_wait_for (result), error);

  g_clear_object (result);
  wf_fixture_settle (self);
  return done;
}

gboolean
wf_fixture_complete (WfFixture *self, const char *activity, const char *outcome, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_complete_async (self->runtime, activity, outcome, NULL, wf_fixture_on_result, &result);
  return finish_command (self, &result, error);
}

gboolean
wf_fixture_reopen (WfFixture *self, const char *activity, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_reopen_async (self->runtime, activity, NULL, wf_fixture_on_result, &result);
  return finish_command (self, &result, error);
}

gboolean
wf_fixture_dismiss (WfFixture *self, const char *activity, const char *reason, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_dismiss_async (self->runtime, activity, reason, NULL, wf_fixture_on_result, &result);
  return finish_command (self, &result, error);
}

WfInstant
wf_fixture_snooze (WfFixture *self, const char *activity, WfSnooze snooze, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  WfInstant at;

  wf_runtime_snooze_async (self->runtime, activity, snooze, NULL, wf_fixture_on_result, &result);
  at = wf_runtime_snooze_finish (self->runtime, wf_fixture_wait_for (&result), error);
  wf_fixture_settle (self);
  return at;
}

gboolean
wf_fixture_reschedule (WfFixture *self, const char *activity, WfInstant due, const char *reason,
                       GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_reschedule_async (self->runtime, activity, due, reason, NULL, wf_fixture_on_result,
                               &result);
  return finish_command (self, &result, error);
}

gboolean
wf_fixture_reassign (WfFixture *self, const char *activity, const char *person, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_reassign_async (self->runtime, activity, person, NULL, wf_fixture_on_result, &result);
  return finish_command (self, &result, error);
}

gboolean
wf_fixture_comment (WfFixture *self, const char *activity, const char *text, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_comment_async (self->runtime, activity, text, NULL, wf_fixture_on_result, &result);
  return finish_command (self, &result, error);
}

gboolean
wf_fixture_save_workflow (WfFixture *self, WfWorkflow *workflow, gboolean publish, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_save_workflow_async (self->runtime, workflow, publish, NULL, wf_fixture_on_result,
                                  &result);
  return finish_command (self, &result, error);
}

gboolean
wf_fixture_set_workflow_state (WfFixture *self, const char *id, WfWorkflowState state,
                               GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_set_workflow_state_async (self->runtime, id, state, NULL, wf_fixture_on_result,
                                       &result);
  return finish_command (self, &result, error);
}

GPtrArray *
wf_fixture_list_workflows (WfFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  wf_runtime_list_workflows_async (self->runtime, NULL, wf_fixture_on_result, &result);
  rows = wf_runtime_list_workflows_finish (self->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  return rows;
}

gboolean
wf_fixture_publish (WfFixture *self, WfWorkflow *workflow, WfInFlight in_flight, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_publish_workflow_async (self->runtime, workflow, in_flight, NULL, wf_fixture_on_result,
                                     &result);
  return finish_command (self, &result, error);
}

gboolean
wf_fixture_resume (WfFixture *self, const char *id, WfResume resume, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_resume_workflow_async (self->runtime, id, resume, NULL, wf_fixture_on_result, &result);
  return finish_command (self, &result, error);
}

WfInFlightCount *
wf_fixture_count_in_flight (WfFixture *self, WfWorkflow *newer)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfInFlightCount *count;

  wf_runtime_count_in_flight_async (self->runtime, WF_TEST_WORKFLOW, newer, NULL,
                                    wf_fixture_on_result, &result);
  count = wf_runtime_count_in_flight_finish (self->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  return count;
}

guint
wf_fixture_count_held (WfFixture *self, WfHeldStorm **storm)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) storms = NULL;
  guint n = 0;

  wf_runtime_list_held_async (self->runtime, NULL, wf_fixture_on_result, &result);
  storms = wf_runtime_list_held_finish (self->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < storms->len; i++)
    n += ((const WfHeldStorm *) g_ptr_array_index (storms, i))->n;
  if (storm != NULL)
    *storm = storms->len > 0 ? g_ptr_array_steal_index (storms, 0) : NULL;
  return n;
}

gboolean
wf_fixture_release (WfFixture *self, WfRelease release, guint capacity, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_release_held_async (self->runtime, WF_TEST_WORKFLOW, release, capacity, NULL,
                                 wf_fixture_on_result, &result);
  return finish_command (self, &result, error);
}

gboolean
wf_fixture_start_workflow (WfFixture *self, const char *id, const char *lead, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_start_workflow_async (self->runtime, id, lead, NULL, wf_fixture_on_result, &result);
  return finish_command (self, &result, error);
}

WfTakeBack *
wf_fixture_take_back (WfFixture *self, gint64 version, WfInstant from, WfInstant until,
                      gboolean preview, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  WfTakeBack *found;

  wf_runtime_take_back_async (self->runtime, WF_TEST_WORKFLOW, version, from, until, preview, NULL,
                              wf_fixture_on_result, &result);
  found = wf_runtime_take_back_finish (self->runtime, wf_fixture_wait_for (&result), error);
  wf_fixture_settle (self);
  return found;
}

WfCompareResult *
wf_fixture_compare (WfFixture *self, WfWorkflow *edited, WfInstant from, WfInstant until,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_compare_async (self->runtime, edited, from, until, cancellable, wf_fixture_on_result,
                            &result);
  return wf_runtime_compare_finish (self->runtime, wf_fixture_wait_for (&result), error);
}

gboolean
wf_fixture_start_trial (WfFixture *self, WfWorkflow *draft, WfInstant until, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_start_trial_async (self->runtime, draft, until, NULL, wf_fixture_on_result, &result);
  return finish_command (self, &result, error);
}

gboolean
wf_fixture_stop_trial (WfFixture *self, GError **error)
{
  GAsyncResult *result = NULL;

  wf_runtime_stop_trial_async (self->runtime, WF_TEST_WORKFLOW, NULL, wf_fixture_on_result,
                               &result);
  return finish_command (self, &result, error);
}

WfTrial *
wf_fixture_get_trial (WfFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfTrial *trial;

  wf_runtime_get_trial_async (self->runtime, WF_TEST_WORKFLOW, NULL, wf_fixture_on_result, &result);
  trial = wf_runtime_get_trial_finish (self->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  return trial;
}

GPtrArray *
wf_fixture_check_health (WfFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *findings;

  wf_runtime_check_health_async (self->runtime, NULL, wf_fixture_on_result, &result);
  findings = wf_runtime_check_health_finish (self->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  return findings;
}

void
wf_fixture_set_reminder_rules (WfFixture *self, const char *rules)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (rules, -1, 0, NULL);
  g_autoptr (WfReminderRules) read =
      wf_reminder_rules_read (wf_json_document_get_root (document), NULL);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (read);
  wf_runtime_set_reminder_rules_async (self->runtime, read, NULL, wf_fixture_on_result, &result);
  g_assert_true (finish_command (self, &result, &error));
  g_assert_no_error (error);
  g_assert_true (wf_runtime_get_reminder_rules (self->runtime) == read);
}

char *
wf_fixture_describe_receipts (WfFixture *self, const char *activity)
{
  static const char *const kinds[] = { "shown", "late", "snoozed", "not-needed" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) receipts = NULL;
  GString *text = g_string_new (NULL);
  WfInstant next;

  wf_runtime_list_receipts_async (self->runtime, activity, NULL, wf_fixture_on_result, &result);
  receipts =
      wf_runtime_list_receipts_finish (self->runtime, wf_fixture_wait_for (&result), &next, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < receipts->len; i++)
    {
      const WfReceipt *receipt = &g_array_index (receipts, WfReceipt, i);
      g_autofree char *at =
          wf_instant_format_utc (receipt->shown != WF_INSTANT_NONE ? receipt->shown : receipt->at);

      g_string_append_printf (text, "%s %s\n", kinds[receipt->kind], at);
    }
  if (next != WF_INSTANT_NONE)
    {
      g_autofree char *at = wf_instant_format_utc (next);

      g_string_append_printf (text, "next %s\n", at);
    }
  return g_string_free (text, FALSE);
}

/* Of the newest entry with that title; NULL: there is none. Owned by the caller. */
char *
wf_fixture_dup_details (WfFixture *self, const char *title)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const WfLogEntry *newest = NULL;

  wf_runtime_list_log_async (self->runtime, "change", NULL, 0, 100000, NULL, wf_fixture_on_result,
                             &result);
  entries = wf_runtime_list_log_finish (self->runtime, wf_fixture_wait_for (&result), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      const WfLogEntry *entry = g_ptr_array_index (entries, i);

      if (g_str_equal (entry->title, title) && (newest == NULL || entry->id > newest->id))
        newest = entry;
    }
  return newest != NULL ? g_strdup (newest->details) : NULL;
}

guint
wf_fixture_count_titles (WfFixture *self, const char *title)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  guint n = 0;

  wf_runtime_list_log_async (self->runtime, NULL, NULL, 0, 100000, NULL, wf_fixture_on_result,
                             &result);
  entries = wf_runtime_list_log_finish (self->runtime, wf_fixture_wait_for (&result), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    n += g_str_equal (((const WfLogEntry *) g_ptr_array_index (entries, i))->title, title);
  return n;
}

gboolean
wf_commit_crash (WfFaultPoint point, gpointer user_data)
{
  WfCommitCrash *crash = user_data;

  return point == WF_FAULT_AFTER_COMMIT && ++crash->n == crash->at;
}
