/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deletes one step as the builder deletes a selection, for tests that need a workflow without it. */
#pragma once

#include "wf-workflow-edit.h"

G_BEGIN_DECLS

/* FALSE when there is no such step. */
static inline gboolean
wf_step_remove (WfWorkflow *workflow, const char *id)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) roots = NULL;
  g_autoptr (GPtrArray) taken = NULL;

  g_hash_table_add (ids, (gpointer) id);
  roots = wf_workflow_edit_find_roots (workflow, ids);
  taken = wf_workflow_edit_take (workflow, roots);
  return taken->len == 1;
}

G_END_DECLS
