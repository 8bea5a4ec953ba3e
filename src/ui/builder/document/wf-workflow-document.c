/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workflow that is being edited, with undo, redo and its problems. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-document.h"

#include "wf-workflow-history.h"

#include <glib/gi18n-lib.h>

struct _WfWorkflowDocument
{
  GObject parent_instance;

  WfOrganisation *organisation; /* (nullable) */
  WfWorkflowHistory *history;
  char *saved; /* the text that was saved last */
  char *news;  /* (nullable) what was done last */
  WfProblems *problems;
  WfSelectionState *selection;                   /* (nullable) */
  gboolean could_undo, could_redo, was_modified; /* as notified last */
};

typedef enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_MODIFIED,
} WfWorkflowDocumentProperty;
static GParamSpec *properties[PROP_MODIFIED + 1];
static guint changed_signal, saved_signal;

G_DEFINE_FINAL_TYPE (WfWorkflowDocument, wf_workflow_document, G_TYPE_OBJECT)

static void
notify_if (WfWorkflowDocument *self, gboolean *was, gboolean is, WfWorkflowDocumentProperty id)
{
  if (*was == is)
    return;
  *was = is;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
notify_state (WfWorkflowDocument *self)
{
  notify_if (self, &self->could_undo, wf_workflow_history_can_step (self->history, -1, NULL),
             PROP_CAN_UNDO);
  notify_if (self, &self->could_redo, wf_workflow_history_can_step (self->history, 1, NULL),
             PROP_CAN_REDO);
  notify_if (self, &self->was_modified, wf_workflow_document_is_modified (self), PROP_MODIFIED);
}

static void
show (WfWorkflowDocument *self)
{
  g_clear_pointer (&self->problems, wf_problems_free);
  self->problems = wf_problems_new (NULL);
  wf_workflow_validate (wf_workflow_document_get_workflow (self), self->organisation,
                        self->problems);
  notify_state (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
take_news (WfWorkflowDocument *self, char *news)
{
  g_free (self->news);
  self->news = news;
}

/* name: (nullable) of the change that was undone or done again. Owned by the caller. */
static char *
make_step_news (int by, const char *name)
{
  if (name == NULL)
    return g_strdup (by < 0 ? _ ("Undone") : _ ("Done again"));
  /* Translators: %s is the name of a command, such as “Delete Step”; a screen reader says it after
   * Undo or Redo */
  return g_strdup_printf (by < 0 ? _ ("Undone: %s") : _ ("Done again: %s"), name);
}

static void
step_through (WfWorkflowDocument *self, int by)
{
  WfSelectionState *selection;
  g_autofree char *name = NULL;

  if (!wf_workflow_history_step (self->history, by, &selection))
    return;
  wf_workflow_document_set_selection (self, selection);
  name = g_strdup (by < 0 ? wf_workflow_document_get_redo_name (self)
                          : wf_workflow_document_get_undo_name (self));
  take_news (self, make_step_news (by, name));
  show (self);
}

static void
wf_workflow_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfWorkflowDocument *self = WF_WORKFLOW_DOCUMENT (object);

  switch ((WfWorkflowDocumentProperty) id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, wf_workflow_history_can_step (self->history, -1, NULL));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, wf_workflow_history_can_step (self->history, 1, NULL));
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
  g_clear_pointer (&self->history, wf_workflow_history_free);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->news, g_free);
  g_clear_pointer (&self->problems, wf_problems_free);
  g_clear_pointer (&self->selection, wf_selection_state_unref);
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
  saved_signal = g_signal_new ("saved", WF_TYPE_WORKFLOW_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
wf_workflow_document_init (WfWorkflowDocument *self)
{
}

/* organisation: nullable; what the document is validated against. */
WfWorkflowDocument *
wf_workflow_document_new (WfWorkflow *workflow, WfOrganisation *organisation)
{
  WfWorkflowDocument *self = g_object_new (WF_TYPE_WORKFLOW_DOCUMENT, NULL);

  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  self->history = wf_workflow_history_new (workflow);
  self->saved = g_strdup (wf_workflow_history_get_text (self->history));
  show (self);
  return self;
}

/* Borrowed, immutable: copy it to change it. */
WfWorkflow *
wf_workflow_document_get_workflow (WfWorkflowDocument *self)
{
  return wf_workflow_history_get_workflow (self->history);
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

/* next: taken. merge: nullable; changes in a row about the same thing, such as typing a name, are
 * undone as one. */
void
wf_workflow_document_change (WfWorkflowDocument *self, WfWorkflow *next, const char *merge)
{
  wf_workflow_document_change_selecting (self, next, merge, NULL, NULL);
}

void
wf_workflow_document_change_named (WfWorkflowDocument *self, WfWorkflow *next, const char *merge,
                                   const char *name)
{
  wf_workflow_document_change_selecting (self, next, merge, name, NULL);
}

void
wf_workflow_document_change_selecting (WfWorkflowDocument *self, WfWorkflow *next,
                                       const char *merge, const char *name,
                                       WfSelectionState *selection)
{
  g_autoptr (WfSelectionState) after = selection != NULL ? selection
                                                         : wf_selection_state_ref (self->selection);

  wf_workflow_history_push (self->history, next, merge, name, self->selection, after);
  wf_workflow_document_set_selection (self, after);
  take_news (self, g_strdup (name));
  show (self);
}

void
wf_workflow_document_undo (WfWorkflowDocument *self)
{
  step_through (self, -1);
}

void
wf_workflow_document_redo (WfWorkflowDocument *self)
{
  step_through (self, 1);
}

const char *
wf_workflow_document_get_undo_name (WfWorkflowDocument *self)
{
  const char *name;

  wf_workflow_history_can_step (self->history, -1, &name);
  return name;
}

const char *
wf_workflow_document_get_redo_name (WfWorkflowDocument *self)
{
  const char *name;

  wf_workflow_history_can_step (self->history, 1, &name);
  return name;
}

const char *
wf_workflow_document_get_news (WfWorkflowDocument *self)
{
  return self->news;
}

WfSelectionState *
wf_workflow_document_get_selection (WfWorkflowDocument *self)
{
  return self->selection;
}

void
wf_workflow_document_set_selection (WfWorkflowDocument *self, WfSelectionState *selection)
{
  WfSelectionState *old = self->selection;

  self->selection = wf_selection_state_ref (selection);
  wf_selection_state_unref (old);
}

const char *
wf_workflow_document_get_text (WfWorkflowDocument *self)
{
  return wf_workflow_history_get_text (self->history);
}

const char *
wf_workflow_document_get_saved_text (WfWorkflowDocument *self)
{
  return self->saved;
}

/* TRUE unless the content equals what was saved last, however it came to be so. */
gboolean
wf_workflow_document_is_modified (WfWorkflowDocument *self)
{
  return g_strcmp0 (wf_workflow_history_get_text (self->history), self->saved) != 0;
}

/* saved: the version that was kept; NULL = the present one. */
void
wf_workflow_document_mark_saved (WfWorkflowDocument *self, WfWorkflow *saved)
{
  g_free (self->saved);
  self->saved = saved != NULL ? wf_workflow_to_text (saved, FALSE)
                              : g_strdup (wf_workflow_history_get_text (self->history));
  wf_workflow_history_end_merging (self->history);
  notify_state (self);
  g_signal_emit (self, saved_signal, 0);
}

/* What would be wrong with a step before it is put into the document. A step with the id of one
 * that is there replaces it, any other one is inserted at place. pointer: receives where it stands,
 * owned by the caller. Result owned by the caller. */
WfProblems *
wf_workflow_document_try_step (WfWorkflowDocument *self, const WfStepPlace *place,
                               const WfStep *step, char **pointer)
{
  g_autoptr (WfWorkflow) trial = wf_workflow_copy (wf_workflow_document_get_workflow (self));
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
