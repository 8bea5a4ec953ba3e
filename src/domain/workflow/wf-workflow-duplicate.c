/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow that begins as another. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow.h"

#include "wf-json-writer.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>

/**
 * wf_workflow_drop_decisions:
 * @self: a workflow that is not shared yet
 *
 * What was decided about what is under way (S12, S13) counts for this workflow in this account;
 * elsewhere it would decide about other runs and events. The note of a version goes, too.
 */
void
wf_workflow_drop_decisions (WfWorkflow *self)
{
  g_autoptr (WfJsonDocument) before = g_steal_pointer (&self->extra);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  if (before == NULL)
    return;
  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, wf_json_document_get_root (before));
  while (wf_json_iter_next (&iter, &name, &value))
    if (!wf_workflow_is_decision (name))
      wf_json_writer_add_value (writer, name, value);
  wf_json_writer_end (writer);
  self->extra = wf_json_writer_finish_document (writer);
}

/**
 * wf_workflow_duplicate:
 * @self: a workflow
 *
 * Returns: (transfer full): a draft of its own that does the same, with a new id, called “… (copy)”
 */
WfWorkflow *
wf_workflow_duplicate (const WfWorkflow *self)
{
  WfWorkflow *copy = wf_workflow_copy (self);

  wf_workflow_drop_decisions (copy);
  g_free (copy->id);
  copy->id = wf_uuid_new ();
  g_free (copy->name);
  copy->name = g_strdup_printf (_ ("%s (copy)"), self->name);
  copy->state = WF_WORKFLOW_DRAFT;
  copy->version = 1;
  return copy;
}
