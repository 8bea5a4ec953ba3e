/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime's commands and questions about leads, each run to its end. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-lead-calls.h"

#define MOST_REAL_SECONDS 60
#define MOST_MOMENTS 100

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  gboolean timed_out = FALSE;
  guint watchdog = g_timeout_add_seconds (MOST_REAL_SECONDS, on_timeout, &timed_out);

  while (*result == NULL && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_false (timed_out);
  return *result;
}

/* -- commands ---------------------------------------------------------------------------------- */

gboolean
wf_lead_calls_change_stage (WfRuntime *runtime, const char *lead, const char *stage,
                            const char *reason, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_change_stage_async (runtime, lead, stage, reason, NULL, on_result, &result);
  return wf_runtime_command_finish (runtime, wait_for (&result), error);
}

gboolean
wf_lead_calls_direct (WfRuntime *runtime, const char *lead, const char *person, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_direct_lead_async (runtime, lead, person, NULL, on_result, &result);
  return wf_runtime_command_finish (runtime, wait_for (&result), error);
}

gboolean
wf_lead_calls_comment (WfRuntime *runtime, const char *lead, const char *text,
                       const char *const *mentions, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_comment_lead_async (runtime, lead, text, mentions, NULL, on_result, &result);
  return wf_runtime_command_finish (runtime, wait_for (&result), error);
}

char *
wf_lead_calls_create (WfRuntime *runtime, const WfNewLead *lead, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_create_lead_async (runtime, lead, NULL, on_result, &result);
  return wf_runtime_create_lead_finish (runtime, wait_for (&result), error);
}

WfLeadsResult *
wf_lead_calls_change (WfRuntime *runtime, const char *const *leads, const WfLeadChange *change)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfLeadsResult *changed;

  wf_runtime_change_leads_async (runtime, leads, change, NULL, on_result, &result);
  changed = wf_runtime_change_leads_finish (runtime, wait_for (&result), &error);
  g_assert_no_error (error);
  return changed;
}

WfLeadsResult *
wf_lead_calls_undo (WfRuntime *runtime, const WfLeadsResult *before)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfLeadsResult *undone;

  wf_runtime_undo_leads_async (runtime, before, NULL, on_result, &result);
  undone = wf_runtime_change_leads_finish (runtime, wait_for (&result), &error);
  g_assert_no_error (error);
  return undone;
}

gboolean
wf_lead_calls_save_filter (WfRuntime *runtime, const char *page, const char *name, const char *text,
                           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_save_filter_async (runtime, page, name, text, NULL, on_result, &result);
  return wf_runtime_command_finish (runtime, wait_for (&result), error);
}

/* -- questions --------------------------------------------------------------------------------- */

WfLead *
wf_lead_calls_get (WfRuntime *runtime, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfLead *lead;

  wf_runtime_get_lead_async (runtime, id, NULL, on_result, &result);
  lead = wf_runtime_get_lead_finish (runtime, wait_for (&result), &error);
  if (lead == NULL)
    g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND);
  return lead;
}

char *
wf_lead_calls_list (WfRuntime *runtime, const WfLeadQuery *query)
{
  WfLeadQuery all = { .now = wf_clock_now (wf_runtime_get_clock (runtime)) };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leads = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  guint total = 0;

  wf_runtime_list_leads_async (runtime, query != NULL ? query : &all, NULL, on_result, &result);
  leads = wf_runtime_list_leads_finish (runtime, wait_for (&result), &total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (total, ==, leads->len);
  for (guint i = 0; i < leads->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((const WfLead *) g_ptr_array_index (leads, i))->id);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
wf_lead_calls_list_comments (WfRuntime *runtime, const char *lead)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) moments = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean more = TRUE;

  wf_runtime_list_moments_async (runtime, lead, 0, MOST_MOMENTS, NULL, on_result, &result);
  moments = wf_runtime_list_moments_finish (runtime, wait_for (&result), &more, &error);
  g_assert_no_error (error);
  g_assert_false (more);
  for (guint i = 0; i < moments->len; i++)
    {
      const WfLeadMoment *moment = g_ptr_array_index (moments, i);

      if (moment->kind == WF_MOMENT_COMMENT)
        g_string_append_printf (text, "%s: %s (%d)\n", moment->person, moment->text, moment->sync);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
wf_lead_calls_list_filters (WfRuntime *runtime, const char *page)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) filters = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  wf_runtime_list_filters_async (runtime, page, NULL, on_result, &result);
  filters = wf_runtime_list_filters_finish (runtime, wait_for (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < filters->len; i++)
    {
      const WfSavedFilter *filter = g_ptr_array_index (filters, i);

      g_string_append_printf (text, "%s=%s\n", filter->name, filter->text);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}
