/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the author of a version wrote when publishing it: a member of the document that the workflow
 * itself does not follow, so it is kept where other such members are. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow.h"

#include <string.h>

#define NOTE "note"

static const WfJson *
get_members (const WfWorkflow *self)
{
  return self->extra != NULL ? wf_json_document_get_root (self->extra) : NULL;
}

/**
 * wf_workflow_get_note:
 * @self: a version
 *
 * Returns: (transfer none) (nullable): what its author wrote when publishing it
 */
const char *
wf_workflow_get_note (const WfWorkflow *self)
{
  const char *note = wf_json_get_member_string (get_members (self), NOTE);

  return note != NULL && note[0] != '\0' ? note : NULL;
}

/**
 * wf_workflow_set_note:
 * @self: a workflow that is not shared yet
 * @note: (nullable): what is to be kept with this version; blank is none
 */
void
wf_workflow_set_note (WfWorkflow *self, const char *note)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) before = g_steal_pointer (&self->extra);
  g_autofree char *stripped = note != NULL ? g_strstrip (g_strdup (note)) : NULL;
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, before != NULL ? wf_json_document_get_root (before) : NULL);
  while (wf_json_iter_next (&iter, &name, &value))
    if (strcmp (name, NOTE) != 0)
      wf_json_writer_add_value (writer, name, value);
  if (stripped != NULL && stripped[0] != '\0')
    wf_json_writer_add_string (writer, NOTE, stripped);
  wf_json_writer_end (writer);
  self->extra = wf_json_writer_finish_document (writer);
  if (wf_json_get_size (get_members (self)) == 0)
    g_clear_pointer (&self->extra, wf_json_document_unref);
}
