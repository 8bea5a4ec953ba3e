/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every part of the builder works on. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-builder-context.h"

struct _WfBuilderContext
{
  GObject parent_instance;

  WfRuntime *runtime;
  WfStepSelection *selection; /* has the document */
  gboolean editable;
};

G_DEFINE_FINAL_TYPE (WfBuilderContext, wf_builder_context, G_TYPE_OBJECT)

static void
wf_builder_context_finalize (GObject *object)
{
  WfBuilderContext *self = WF_BUILDER_CONTEXT (object);

  g_clear_object (&self->runtime);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (wf_builder_context_parent_class)->finalize (object);
}

static void
wf_builder_context_class_init (WfBuilderContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_builder_context_finalize;
}

static void
wf_builder_context_init (WfBuilderContext *self)
{
}

/**
 * wf_builder_context_new:
 * @runtime: of the account; referenced
 * @document: what is edited; referenced. Its selection is made here: make the context before
 *   anything that shows the document.
 * @editable: %FALSE for those who may look but not change (R7)
 *
 * Returns: (transfer full): the context
 */
WfBuilderContext *
wf_builder_context_new (WfRuntime *runtime, WfWorkflowDocument *document, gboolean editable)
{
  WfBuilderContext *self = g_object_new (WF_TYPE_BUILDER_CONTEXT, NULL);

  self->runtime = g_object_ref (runtime);
  self->selection = wf_step_selection_new (document);
  self->editable = editable;
  return self;
}

/* Borrowed, as all that follow. */
WfRuntime *
wf_builder_context_get_runtime (WfBuilderContext *self)
{
  return self->runtime;
}

WfWorkflowDocument *
wf_builder_context_get_document (WfBuilderContext *self)
{
  return wf_step_selection_get_document (self->selection);
}

WfStepSelection *
wf_builder_context_get_selection (WfBuilderContext *self)
{
  return self->selection;
}

/* The present version; another one after each change. */
WfWorkflow *
wf_builder_context_get_workflow (WfBuilderContext *self)
{
  return wf_workflow_document_get_workflow (wf_builder_context_get_document (self));
}

WfOrganisation *
wf_builder_context_get_organisation (WfBuilderContext *self)
{
  return wf_workflow_document_get_organisation (wf_builder_context_get_document (self));
}

WfClock *
wf_builder_context_get_clock (WfBuilderContext *self)
{
  return wf_runtime_get_clock (self->runtime);
}

gboolean
wf_builder_context_is_editable (WfBuilderContext *self)
{
  return self->editable;
}
