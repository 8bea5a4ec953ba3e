/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workflow that is being edited, with undo, redo and its problems. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-document.h"

struct _WfWorkflowDocument
{
  GObject parent_instance;

  WfOrganisation *organisation; /* (nullable) */
  WfWorkflow *current;
  WfWorkflow *saved;
  GPtrArray *undo; /* of WfWorkflow, the latest last */
  GPtrArray *redo;
  char *merge; /* (nullable) what the latest change was about */
  WfProblems *problems;
};

typedef enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_MODIFIED,
} WfWorkflowDocumentProperty;
static GParamSpec *properties[PROP_MODIFIED + 1];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (WfWorkflowDocument, wf_workflow_document, G_TYPE_OBJECT)

static void
show (WfWorkflowDocument *self, WfWorkflow *workflow)
{
  g_clear_pointer (&self->current, wf_workflow_unref);
  self->current = workflow;
  g_clear_pointer (&self->problems, wf_problems_free);
  self->problems = wf_problems_new (NULL);
  wf_workflow_validate (workflow, self->organisation, self->problems);
  for (guint i = PROP_CAN_UNDO; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_signal_emit (self, changed_signal, 0);
}

static void
step_through (WfWorkflowDocument *self, GPtrArray *from, GPtrArray *to)
{
  WfWorkflow *next;

  if (from->len == 0)
    return;
  g_clear_pointer (&self->merge, g_free);
  next = g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, wf_workflow_ref (self->current));
  show (self, next);
}

static void
wf_workflow_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfWorkflowDocument *self = WF_WORKFLOW_DOCUMENT (object);

  switch ((WfWorkflowDocumentProperty) id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->undo->len > 0);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->redo->len > 0);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, wf_workflow_document_is_modified (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_workflow_document_finalize (GObject *object)
{
  WfWorkflowDocument *self = WF_WORKFLOW_DOCUMENT (object);

  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_pointer (&self->current, wf_workflow_unref);
  g_clear_pointer (&self->saved, wf_workflow_unref);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
  g_clear_pointer (&self->merge, g_free);
  g_clear_pointer (&self->problems, wf_problems_free);
  G_OBJECT_CLASS (wf_workflow_document_parent_class)->finalize (object);
}

static void
wf_workflow_document_class_init (WfWorkflowDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = wf_workflow_document_get_property;
  object_class->finalize = wf_workflow_document_finalize;
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  changed_signal = g_signal_new ("changed", WF_TYPE_WORKFLOW_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_workflow_document_init (WfWorkflowDocument *self)
{
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
}

/* organisation: nullable; what the document is validated against. */
WfWorkflowDocument *
wf_workflow_document_new (WfWorkflow *workflow, WfOrganisation *organisation)
{
  WfWorkflowDocument *self = g_object_new (WF_TYPE_WORKFLOW_DOCUMENT, NULL);

  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  self->saved = wf_workflow_ref (workflow);
  show (self, wf_workflow_ref (workflow));
  return self;
}

/* Borrowed, immutable: copy it to change it. */
WfWorkflow *
wf_workflow_document_get_workflow (WfWorkflowDocument *self)
{
  return self->current;
}

WfOrganisation *
wf_workflow_document_get_organisation (WfWorkflowDocument *self)
{
  return self->organisation;
}

/* The problems of the present version, always up to date. */
const WfProblems *
wf_workflow_document_get_problems (WfWorkflowDocument *self)
{
  return self->problems;
}

/* next: taken. merge: nullable; changes in a row about the same thing, such as typing a name, are undone as one. */
void
wf_workflow_document_change (WfWorkflowDocument *self, WfWorkflow *next, const char *merge)
{
  if (merge == NULL || g_strcmp0 (merge, self->merge) != 0)
    g_ptr_array_add (self->undo, wf_workflow_ref (self->current));
  g_free (self->merge);
  self->merge = g_strdup (merge);
  g_ptr_array_set_size (self->redo, 0);
  show (self, next);
}

/* step: copied. With an id it replaces the step of that id; a new one is put at place. */
void
wf_workflow_document_put_step (WfWorkflowDocument *self, const WfStepPlace *place,
                               const WfStep *step)
{
  WfWorkflow *next = wf_workflow_copy (self->current);

  if (wf_workflow_edit_has_id (step))
    wf_workflow_edit_replace (next, step->id, wf_step_copy (step));
  else
    wf_workflow_edit_insert (next, place, wf_step_copy (step));
  wf_workflow_document_change (self, next, NULL);
}

void
wf_workflow_document_undo (WfWorkflowDocument *self)
{
  step_through (self, self->undo, self->redo);
}

void
wf_workflow_document_redo (WfWorkflowDocument *self)
{
  step_through (self, self->redo, self->undo);
}

/* TRUE unless the content equals what was saved last, however it came to be so. */
gboolean
wf_workflow_document_is_modified (WfWorkflowDocument *self)
{
  g_autofree char *now = NULL;
  g_autofree char *before = NULL;

  if (self->current == self->saved)
    return FALSE;
  now = wf_workflow_to_text (self->current, FALSE);
  before = wf_workflow_to_text (self->saved, FALSE);
  return g_strcmp0 (now, before) != 0;
}

/* saved: the version that was kept; NULL = the present one. */
void
wf_workflow_document_mark_saved (WfWorkflowDocument *self, WfWorkflow *saved)
{
  WfWorkflow *kept = wf_workflow_ref (saved != NULL ? saved : self->current);

  wf_workflow_unref (self->saved);
  self->saved = kept;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

/* What would be wrong with a step before it is put into the document. A step with the id of one that is there replaces it, any
 * other one is inserted at place. pointer: receives where it stands, owned by the caller. Result owned by the caller. */
WfProblems *
wf_workflow_document_try_step (WfWorkflowDocument *self, const WfStepPlace *place,
                               const WfStep *step, char **pointer)
{
  g_autoptr (WfWorkflow) trial = wf_workflow_copy (self->current);
  WfStep *copy = wf_step_copy (step);
  WfProblems *problems = wf_problems_new (NULL);
  g_autofree char *id = NULL;

  if (!wf_workflow_edit_has_id (copy))
    {
      g_free (copy->id);
      copy->id = wf_workflow_make_step_id (trial);
    }
  id = g_strdup (copy->id);
  if (wf_workflow_find_step (trial, id) != NULL)
    wf_workflow_edit_replace (trial, id, copy);
  else
    wf_workflow_edit_insert (trial, place, copy);
  *pointer = wf_workflow_edit_make_pointer (trial, id);
  wf_workflow_validate (trial, self->organisation, problems);
  return problems;
}
