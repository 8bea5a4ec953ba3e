/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outline of a workflow as a flat list with depths (B17). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-item.h"

#include "wf-step-catalogue.h"

#include "wf-sentence.h"
#include "wf-step-dialog-problems.h"

#include <glib/gi18n-lib.h>

struct _WfOutlineItem
{
  GObject parent_instance;

  char *step; /* the step, or for a path its branch */
  int path;   /* -1: a step */
  WfStepKind kind;
  guint depth;
  char *title;
  char *subtitle;
  char *problem; /* (nullable) */
  gboolean can_move_up, can_move_down;
};

G_DEFINE_FINAL_TYPE (WfOutlineItem, wf_outline_item, G_TYPE_OBJECT)

static void
wf_outline_item_finalize (GObject *object)
{
  WfOutlineItem *self = WF_OUTLINE_ITEM (object);

  g_free (self->step);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->problem);
  G_OBJECT_CLASS (wf_outline_item_parent_class)->finalize (object);
}

static void
wf_outline_item_class_init (WfOutlineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_outline_item_finalize;
}

static void
wf_outline_item_init (WfOutlineItem *self)
{
  self->path = -1;
}

gboolean
wf_outline_item_is_path (WfOutlineItem *self)
{
  return self->path >= 0;
}

/* The step's id; for a path that of its branch. */
const char *
wf_outline_item_get_step (WfOutlineItem *self)
{
  return self->step;
}

guint
wf_outline_item_get_path (WfOutlineItem *self)
{
  return (guint) MAX (self->path, 0);
}

WfStepKind
wf_outline_item_get_kind (WfOutlineItem *self)
{
  return self->kind;
}

guint
wf_outline_item_get_depth (WfOutlineItem *self)
{
  return self->depth;
}

const char *
wf_outline_item_get_title (WfOutlineItem *self)
{
  return self->title;
}

const char *
wf_outline_item_get_subtitle (WfOutlineItem *self)
{
  return self->subtitle;
}

const char *
wf_outline_item_get_problem (WfOutlineItem *self)
{
  return self->problem;
}

const char *
wf_outline_item_get_icon (WfOutlineItem *self)
{
  if (self->path >= 0)
    return "go-next-symbolic";
  const WfStepKindInfo *info = wf_step_catalogue_get (self->kind);

  return info != NULL ? info->icon : "dialog-question-symbolic";
}

gboolean
wf_outline_item_can_move_up (WfOutlineItem *self)
{
  return self->can_move_up;
}

gboolean
wf_outline_item_can_move_down (WfOutlineItem *self)
{
  return self->can_move_down;
}

/* ---- making the list ---- */

static void add_steps (GListStore *store, WfWorkflowDocument *document, GPtrArray *steps,
                       guint depth);

static void
add_path (GListStore *store, WfWorkflowDocument *document, const WfStep *branch, guint index,
          guint depth)
{
  const WfPath *path = g_ptr_array_index (branch->paths, index);
  g_autoptr (WfOutlineItem) item = g_object_new (WF_TYPE_OUTLINE_ITEM, NULL);

  item->step = g_strdup (branch->id);
  item->kind = WF_STEP_BRANCH;
  item->path = (int) index;
  item->depth = depth;
  item->title = g_strdup (path->name != NULL && *path->name != '\0' ? path->name : _ ("Path"));
  item->subtitle =
      path->condition != NULL
          ? wf_condition_to_text (path->condition, wf_workflow_document_get_organisation (document))
          : g_strdup (_ ("In every other case"));
  g_list_store_append (store, item);
  add_steps (store, document, path->steps, depth + 1);
}

static void
add_step (GListStore *store, WfWorkflowDocument *document, GPtrArray *steps, guint index,
          guint depth)
{
  const WfStep *step = g_ptr_array_index (steps, index);
  g_autofree char *pointer =
      wf_workflow_edit_make_pointer (wf_workflow_document_get_workflow (document), step->id);
  g_autoptr (WfOutlineItem) item = g_object_new (WF_TYPE_OUTLINE_ITEM, NULL);

  item->step = g_strdup (step->id);
  item->kind = step->kind;
  item->depth = depth;
  item->title = wf_sentence_for_step (step, wf_workflow_document_get_organisation (document));
  item->subtitle = wf_sentence_for_run (&step->run);
  item->problem = g_strdup (wf_step_problem_find (wf_workflow_document_get_problems (document),
                                                  pointer, NULL, WF_PROBLEM_WARNING));
  item->can_move_up = index > 0;
  item->can_move_down = index + 1 < steps->len;
  g_list_store_append (store, item);
  for (guint i = 0; step->kind == WF_STEP_BRANCH && i < step->paths->len; i++)
    add_path (store, document, step, i, depth + 1);
}

static void
add_steps (GListStore *store, WfWorkflowDocument *document, GPtrArray *steps, guint depth)
{
  for (guint i = 0; i < steps->len; i++)
    add_step (store, document, steps, i, depth);
}

/* store: of WfOutlineItem; its content is replaced. */
void
wf_outline_fill (GListStore *store, WfWorkflowDocument *document)
{
  g_autoptr (GListStore) fresh = g_list_store_new (WF_TYPE_OUTLINE_ITEM);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  add_steps (fresh, document, wf_workflow_document_get_workflow (document)->steps, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fresh)); i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (fresh), i));
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata,
                       items->len);
}
