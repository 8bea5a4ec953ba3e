/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interfaces: what a connector does not carry out is refused, and values of the domain copy
 * and free well. */
#include "wf-accounts.h"
#include "wf-crm.h"

#define TEST_TYPE_CRM (test_crm_get_type ())
G_DECLARE_FINAL_TYPE (TestCrm, test_crm, TEST, CRM, GObject)

/* A connector that can do nothing but open. */
struct _TestCrm
{
  GObject parent_instance;
};

static void
test_crm_open_async (WfCrm *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  WfCrmSession *session = g_new0 (WfCrmSession, 1);

  session->server_name = g_strdup ("test");
  g_task_return_pointer (task, session, (GDestroyNotify) wf_crm_session_free);
}

static WfCrmSession *
test_crm_open_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_crm_iface_init (WfCrmInterface *iface)
{
  iface->open_async = test_crm_open_async;
  iface->open_finish = test_crm_open_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestCrm, test_crm, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_CRM, test_crm_iface_init))

static void
test_crm_class_init (TestCrmClass *klass)
{
}

static void
test_crm_init (TestCrm *self)
{
}

static void
on_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

static void
test_override (void)
{
  g_autoptr (WfCrm) crm = g_object_new (TEST_TYPE_CRM, NULL);
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WfCrmSession) session = NULL;

  wf_crm_open_async (crm, NULL, on_ready, &slot);
  result = wait_for (&slot);
  session = wf_crm_open_finish (crm, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (session->server_name, ==, "test");
}

#define ASSERT_REFUSED(call, finish)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) error = NULL;                                                               \
    GAsyncResult *slot = NULL;                                                                     \
    g_autoptr (GAsyncResult) result = NULL;                                                        \
    call;                                                                                          \
    result = wait_for (&slot);                                                                     \
    g_assert_false (finish (crm, result, &error) != 0);                                            \
    g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED);                              \
  }                                                                                                \
  G_STMT_END

static void
test_refused (void)
{
  g_autoptr (WfCrm) crm = g_object_new (TEST_TYPE_CRM, NULL);
  g_autoptr (GPtrArray) activities = g_ptr_array_new ();
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("N");
  WfCrmActivityQuery query = { NULL };
  WfActivityChange change = { NULL };
  WfCrmMessage message = { NULL };

  ASSERT_REFUSED (wf_crm_get_organisation_async (crm, NULL, on_ready, &slot),
                  wf_crm_get_organisation_finish);
  ASSERT_REFUSED (wf_crm_poll_events_async (crm, NULL, 1, 0, NULL, on_ready, &slot),
                  wf_crm_poll_events_finish);
  ASSERT_REFUSED (wf_crm_list_activities_async (crm, &query, NULL, on_ready, &slot),
                  wf_crm_list_activities_finish);
  ASSERT_REFUSED (wf_crm_create_activities_async (crm, activities, NULL, on_ready, &slot),
                  wf_crm_create_activities_finish);
  ASSERT_REFUSED (wf_crm_change_activity_async (crm, "a", NULL, &change, NULL, on_ready, &slot),
                  wf_crm_change_activity_finish);
  ASSERT_REFUSED (wf_crm_get_activity_async (crm, "a", NULL, on_ready, &slot),
                  wf_crm_get_activity_finish);
  ASSERT_REFUSED (wf_crm_send_message_async (crm, &message, NULL, on_ready, &slot),
                  wf_crm_send_message_finish);
  ASSERT_REFUSED (wf_crm_list_workflows_async (crm, NULL, on_ready, &slot),
                  wf_crm_list_workflows_finish);
  ASSERT_REFUSED (wf_crm_save_workflow_async (crm, workflow, NULL, NULL, on_ready, &slot),
                  wf_crm_save_workflow_finish);
}

static void
test_errors (void)
{
  g_autoptr (GError) error = wf_crm_error_new_retry_after (17, "slow down");
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) other = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "other");

  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_RATE_LIMITED);
  g_prefix_error (&copy, "here: ");
  g_assert_cmpuint (wf_crm_error_get_retry_after (copy), ==, 17);
  g_assert_cmpuint (wf_crm_error_get_retry_after (other), ==, 0);
  g_assert_cmpuint (wf_crm_error_get_retry_after (NULL), ==, 0);
  g_assert_true (wf_crm_error_is_transient (error));
  g_assert_false (wf_crm_error_is_transient (other));
  for (int code = WF_CRM_ERROR_AUTH; code <= WF_CRM_ERROR_NOT_SUPPORTED; code++)
    {
      g_autoptr (GError) each = g_error_new (WF_CRM_ERROR, code, "x");

      g_assert_cmpint (wf_crm_error_is_transient (each), ==,
                       code == WF_CRM_ERROR_RATE_LIMITED || code == WF_CRM_ERROR_SERVER ||
                           code == WF_CRM_ERROR_OFFLINE || code == WF_CRM_ERROR_UNCERTAIN);
    }
}

static void
test_values (void)
{
  WfEventBatch *batch = g_new0 (WfEventBatch, 1);
  WfActivityPage *page = g_new0 (WfActivityPage, 1);
  WfCrmWorkflow *workflow = g_new0 (WfCrmWorkflow, 1);
  g_autoptr (WfAccount) account = wf_account_new ("a", "open", "https://crm.example", NULL);
  g_autoptr (WfAccount) copy = wf_account_copy (account);

  batch->events = g_ptr_array_new ();
  batch->problems = wf_problems_new (NULL);
  batch->next_cursor = g_strdup ("c");
  page->activities = g_ptr_array_new ();
  workflow->workflow = wf_workflow_new ("N");
  workflow->etag = g_strdup ("e");
  g_assert_cmpstr (copy->url, ==, account->url);
  g_assert_true (copy->url != account->url);
  wf_event_batch_free (batch);
  wf_activity_page_free (page);
  wf_crm_workflow_free (workflow);
  wf_event_batch_free (NULL);
  wf_activity_page_free (NULL);
  wf_crm_workflow_free (NULL);
  wf_crm_session_free (NULL);
  wf_account_free (NULL);
}

/* S22: exactly at the deadline is on time. */
static void
test_late (void)
{
  g_autoptr (WfActivity) activity = wf_activity_new ("a");
  g_autoptr (WfActivity) copy = NULL;
  WfActivity *again = wf_activity_ref (activity);

  g_assert_false (wf_activity_is_late (activity, 1000));
  activity->due = 1000;
  g_assert_false (wf_activity_is_late (activity, 1000));
  g_assert_true (wf_activity_is_late (activity, 1001));
  activity->status = WF_ACTIVITY_DONE;
  activity->completed = 1000;
  g_assert_false (wf_activity_is_late (activity, 5000));
  activity->completed = 1001;
  g_assert_true (wf_activity_is_late (activity, 5000));
  activity->status = WF_ACTIVITY_CANCELLED;
  g_assert_false (wf_activity_is_late (activity, 5000));
  activity->status = WF_ACTIVITY_NO_LONGER_NEEDED;
  g_assert_false (wf_activity_is_late (activity, 5000));
  g_assert_cmpstr (wf_activity_status_names[WF_ACTIVITY_NO_LONGER_NEEDED], ==, "no-longer-needed");

  activity->notes = g_strdup ("x");
  copy = wf_activity_copy (activity);
  g_assert_cmpstr (copy->notes, ==, "x");
  g_assert_true (copy->notes != activity->notes);
  g_assert_cmpint (copy->completed, ==, 1001);
  wf_activity_unref (again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crm/override", test_override);
  g_test_add_func ("/crm/refused", test_refused);
  g_test_add_func ("/crm/errors", test_errors);
  g_test_add_func ("/crm/values", test_values);
  g_test_add_func ("/activity/late", test_late);
  return g_test_run ();
}
