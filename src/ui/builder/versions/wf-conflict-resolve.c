/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four ways out of a conflict. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-conflict-resolve.h"

#include "wf-uuid.h"
#include "wf-workflow-merge.h"

#include <glib/gi18n-lib.h>

static WfWorkflow *
copy_with_version (const WfWorkflow *mine, gint64 version)
{
  WfWorkflow *copy = wf_workflow_copy (mine);

  copy->version = version;
  return copy;
}

/**
 * wf_conflict_resolve:
 * @way: what the person chose
 * @base: (nullable): what both began with
 * @mine: what this person made of it
 * @theirs: what is published now
 * @conflicts: (nullable) (element-type utf8): receives what could not be put together
 *
 * Returns: (transfer full): what the editor goes on with
 */
WfWorkflow *
wf_conflict_resolve (WfConflictWay way, const WfWorkflow *base, const WfWorkflow *mine,
                     WfWorkflow *theirs, GPtrArray *conflicts)
{
  switch (way)
    {
    case WF_RESOLVE_WITH_BOTH:
      g_return_val_if_fail (base != NULL, NULL);
      return wf_workflow_merge (base, mine, theirs, conflicts);
    case WF_RESOLVE_WITH_MINE:
      return copy_with_version (mine, theirs->version);
    case WF_RESOLVE_WITH_THEIRS:
      return wf_workflow_ref (theirs);
    case WF_RESOLVE_WITH_COPY:
      return wf_workflow_duplicate (mine);
    }
  g_return_val_if_reached (NULL);
}
