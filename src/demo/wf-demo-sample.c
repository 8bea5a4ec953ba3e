/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample company's documents, which the program carries inside itself. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-sample.h"

#include "wf-demo-resources.h"

#define PREFIX "/org/example/Workflow/sample/"

static const char *const workflow_files[] = {
  "marketing-leads.workflow.json",  "recover-discarded.workflow.json",
  "confirm-meetings.workflow.json", "opened-mail.workflow.json",
  "follow-proposals.workflow.json",
};

WfJsonDocument *
wf_demo_sample_load (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (wf_demo_resources_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (bytes == NULL)
    return NULL;
  return wf_json_document_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                 0, error);
}

static gboolean
check (const WfDemoOutcome *outcome, const char *name, GError **error)
{
  const WfProblem *problem;

  if (!wf_demo_outcome_is_problem (outcome))
    return TRUE;
  problem = outcome->errors != NULL && wf_problems_get_n (outcome->errors) > 0
                ? wf_problems_get (outcome->errors, 0)
                : NULL;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s%s: %s", name,
               problem != NULL ? problem->path : "",
               problem != NULL ? problem->text : outcome->title);
  return FALSE;
}

static gboolean
write_organisation (WfDemoCrm *crm, const WfDemoCaller *caller, GError **error)
{
  g_autoptr (WfJsonDocument) document = wf_demo_sample_load ("organisation.json", error);
  g_auto (WfDemoOutcome) outcome = { 0 };

  if (document == NULL)
    return FALSE;
  wf_demo_crm_put_organisation (crm, caller, wf_json_document_get_root (document), NULL, &outcome);
  return check (&outcome, "organisation.json", error);
}

static gboolean
write_workflow (WfDemoCrm *crm, const WfDemoCaller *caller, const char *name, GError **error)
{
  g_autoptr (WfJsonDocument) document = wf_demo_sample_load (name, error);
  g_auto (WfDemoOutcome) outcome = { 0 };

  if (document == NULL)
    return FALSE;
  wf_demo_crm_put_workflow (crm, caller,
                            wf_json_get_member_string (wf_json_document_get_root (document), "id"),
                            wf_json_document_get_root (document), NULL, TRUE, &outcome);
  return check (&outcome, name, error);
}

gboolean
wf_demo_sample_ensure (WfDemoCrm *crm, WfInstant at, gboolean *made, GError **error)
{
  gboolean success;
  g_auto (WfDemoCaller) caller = { 0 }, author = { 0 };

  *made = wf_demo_crm_get_organisation (crm) == NULL;
  if (!*made)
    return TRUE;

  wf_demo_crm_init_caller (crm, &caller, WF_DEMO_CALLER_SELF, NULL);
  wf_demo_crm_set_now (crm, at);
  wf_demo_crm_begin (crm);
  success = write_organisation (crm, &caller, error);
  wf_demo_crm_init_caller (crm, &author, WF_DEMO_CALLER_PERSON, "carla");
  for (guint i = 0; success && i < G_N_ELEMENTS (workflow_files); i++)
    success = write_workflow (crm, &author, workflow_files[i], error);
  wf_demo_crm_set_now (crm, WF_INSTANT_NONE);
  if (!success)
    {
      wf_demo_crm_rollback (crm);
      return FALSE;
    }
  if (!wf_demo_crm_commit (crm, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "The sample company cannot be stored.");
      return FALSE;
    }
  return TRUE;
}
