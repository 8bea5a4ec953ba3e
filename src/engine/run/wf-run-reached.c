/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a run has come, from its saved state alone. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-reached.h"

#include "wf-run-private.h"

#include "wf-activity.h"

/* An activity of it ended so; what was cancelled while it waited was not reached. */
static gboolean
is_end_of_activity (const char *reason)
{
  return reason != NULL && g_strv_contains (wf_activity_status_names, reason);
}

static gboolean
is_reached (const WfJson *step, const char *status)
{
  if (g_str_equal (status, wf_step_status_names[WF_STEP_WAITING]))
    return wf_json_get_boolean (wf_json_get_member (step, "begun"), FALSE);
  if (g_str_equal (status, wf_step_status_names[WF_STEP_CANCELLED]))
    return is_end_of_activity (wf_json_get_member_string (step, "reason"));
  /* What is skipped before its time came has no base. */
  return wf_json_get_member (step, "base") != NULL;
}

/**
 * wf_run_foreach_reached:
 * @state: from wf_run_save()
 * @func: called for each step, and for each path that a branch took
 * @user_data: for @func
 *
 * Returns: %FALSE when the text is damaged
 */
gboolean
wf_run_foreach_reached (const char *state, WfRunReachedFunc func, gpointer user_data)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (state, -1, 0, NULL);
  const WfJson *steps, *step;
  WfJsonIter iter;

  if (document == NULL)
    return FALSE;
  steps = wf_json_get_member (wf_json_document_get_root (document), "steps");
  if (!wf_json_is (steps, WF_JSON_ARRAY))
    return FALSE;
  wf_json_iter_init (&iter, steps);
  while (wf_json_iter_next (&iter, NULL, &step))
    {
      const char *id = wf_json_get_member_string (step, "id");
      const char *status = wf_json_get_member_string (step, "status");
      gint64 path;

      if (id == NULL || status == NULL || !is_reached (step, status))
        continue;
      func (id, WF_NO_PATH, user_data);
      if (wf_json_get_int64 (wf_json_get_member (step, "path"), &path) && path >= 0 &&
          path <= G_MAXINT)
        func (id, (int) path, user_data);
    }
  return TRUE;
}
