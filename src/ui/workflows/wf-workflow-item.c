/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow in the list of workflows. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-item.h"

#include "wf-sentence.h"
#include "wf-word-match.h"

struct _WfWorkflowItem
{
  GObject parent_instance;

  WfWorkflow *workflow;
  WfWorkflow *draft; /* (nullable) */
  WfWorkflowFigures figures;
  guint n_errors;
  WfSyncState sync;
  char *trigger;
  char *text;     /* name and trigger, for the search */
  char *collated; /* name */
  gboolean in_conflict;
};

G_DEFINE_FINAL_TYPE (WfWorkflowItem, wf_workflow_item, G_TYPE_OBJECT)

static void
wf_workflow_item_finalize (GObject *object)
{
  WfWorkflowItem *self = WF_WORKFLOW_ITEM (object);

  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_clear_pointer (&self->draft, wf_workflow_unref);
  g_free (self->trigger);
  g_free (self->text);
  g_free (self->collated);
  G_OBJECT_CLASS (wf_workflow_item_parent_class)->finalize (object);
}

static void
wf_workflow_item_class_init (WfWorkflowItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_workflow_item_finalize;
}

static void
wf_workflow_item_init (WfWorkflowItem *self)
{
}

/* entry: read, not kept. organisation: nullable, for names. */
WfWorkflowItem *
wf_workflow_item_new (WfRuntimeWorkflow *entry, WfOrganisation *organisation)
{
  WfWorkflowItem *self = g_object_new (WF_TYPE_WORKFLOW_ITEM, NULL);

  self->workflow = wf_workflow_ref (entry->workflow);
  self->draft = entry->draft != NULL ? wf_workflow_ref (entry->draft) : NULL;
  self->figures = entry->figures;
  self->n_errors = entry->n_errors;
  self->sync = entry->sync;
  self->trigger = wf_sentence_for_trigger (self->workflow, organisation);
  self->text = g_strconcat (self->workflow->name, "\n", self->trigger, NULL);
  self->collated = g_utf8_collate_key (self->workflow->name, -1);
  self->in_conflict = entry->in_conflict;
  return self;
}

/* The published one, or the draft when there is no other. */
WfWorkflow *
wf_workflow_item_get_workflow (WfWorkflowItem *self)
{
  return self->workflow;
}

/* What an editor opens: the draft when there is one. */
WfWorkflow *
wf_workflow_item_get_latest (WfWorkflowItem *self)
{
  return self->draft != NULL ? self->draft : self->workflow;
}

const WfWorkflowFigures *
wf_workflow_item_get_figures (WfWorkflowItem *self)
{
  return &self->figures;
}

guint
wf_workflow_item_get_n_errors (WfWorkflowItem *self)
{
  return self->n_errors;
}

gboolean
wf_workflow_item_was_published (WfWorkflowItem *self)
{
  return self->workflow->state == WF_WORKFLOW_LIVE || self->workflow->state == WF_WORKFLOW_PAUSED;
}

WfSyncState
wf_workflow_item_get_sync (WfWorkflowItem *self)
{
  return self->sync;
}

const char *
wf_workflow_item_get_trigger (WfWorkflowItem *self)
{
  return self->trigger;
}

gboolean
wf_workflow_item_is_archived (WfWorkflowItem *self)
{
  return self->workflow->state == WF_WORKFLOW_ARCHIVED;
}

/* Somebody else published while this person edited (S30). */
gboolean
wf_workflow_item_is_in_conflict (WfWorkflowItem *self)
{
  return self->in_conflict;
}

/* More comes first. */
static int
compare_down (gint64 a, gint64 b)
{
  return (a < b) - (a > b);
}

int
wf_workflow_item_compare (WfWorkflowItem *a, WfWorkflowItem *b, WfWorkflowOrder order)
{
  int result = 0;

  switch (order)
    {
    case WF_WORKFLOW_ORDER_LAST_RUN:
      result = compare_down (a->figures.last_run, b->figures.last_run);
      break;
    case WF_WORKFLOW_ORDER_ACTIVITIES:
      result = compare_down (a->figures.created, b->figures.created);
      break;
    case WF_WORKFLOW_ORDER_PROBLEMS:
      result = compare_down ((gint64) a->n_errors + a->in_conflict,
                             (gint64) b->n_errors + b->in_conflict);
      break;
    case WF_WORKFLOW_ORDER_NAME:
    default:
      break;
    }
  return result != 0 ? result : strcmp (a->collated, b->collated);
}

gboolean
wf_workflow_item_matches (WfWorkflowItem *self, const char *text)
{
  return wf_word_match (self->text, text) != WF_WORD_MATCH_NONE;
}
