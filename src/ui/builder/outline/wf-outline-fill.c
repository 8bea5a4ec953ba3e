/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills the outline from the document: one walk, and only what came, went or moved is told to the
 * list, so that focus and scroll position stay where they are. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-item-private.h"

#include "wf-sentence.h"
#include "wf-step-catalogue.h"

#include <glib/gi18n-lib.h>

#define TRIGGER_ICON "media-playback-start-symbolic"
#define PATH_ICON "go-next-symbolic"
#define UNKNOWN_ICON "dialog-question-symbolic"

typedef struct
{
  WfOrganisation *organisation; /* (nullable) */
  GHashTable *problems;         /* of WfProblem by line */
  GHashTable *old;              /* the items there are, by their targets */
  GPtrArray *items;             /* (owned) as it shall be */
  GString *pointer;             /* of the line that is being made */
} Filling;

/* ---- targets as keys ---- */

static guint
hash_target (gconstpointer key)
{
  const WfTarget *target = key;

  return (target->step != NULL ? g_str_hash (target->step) : 0) * 31 + target->path * 7 +
         (guint) target->kind;
}

static gboolean
targets_equal (gconstpointer a, gconstpointer b)
{
  return wf_target_equal (a, b);
}

/* ---- lines ---- */

/* The item of before, when there was one; each is taken once, also when a damaged document has an
 * id twice. */
static void
add_item (Filling *self, WfOutlineContent *content)
{
  const WfProblem *problem = g_hash_table_lookup (self->problems, self->pointer->str);
  WfOutlineItem *item;
  gpointer old = g_hash_table_lookup (self->old, content->target);

  if (old != NULL)
    g_hash_table_remove (self->old, content->target);
  item = old != NULL ? g_object_ref (old) : wf_outline_item_new ();
  content->problem = problem != NULL ? problem->text : NULL;
  content->is_error = problem != NULL && problem->severity == WF_PROBLEM_ERROR;
  wf_outline_item_set_content (item, content);
  g_ptr_array_add (self->items, item);
}

/* When the step runs, unless its sentence says so or nobody chose it. */
static char *
make_step_subtitle (const WfStep *step, const char *sentence)
{
  g_autofree char *run = wf_sentence_for_run (&step->run);

  if (strstr (sentence, run) != NULL ||
      (!step->run.explicit && step->run.mode == WF_RUN_IMMEDIATELY))
    return g_strdup ("");
  return g_steal_pointer (&run);
}

/* Nothing of a condition that cannot be read: the problem says so. */
static char *
make_path_subtitle (const WfPath *path, const WfOrganisation *organisation)
{
  if (path->condition != NULL)
    return wf_condition_to_text (path->condition, organisation);
  if (path->extra != NULL &&
      wf_json_get_member (wf_json_document_get_root (path->extra), "if") != NULL)
    return g_strdup ("");
  return g_strdup (_ ("In every other case"));
}

static void add_steps (Filling *self, GPtrArray *steps, const char *branch, guint path,
                       guint depth);

static void
add_path (Filling *self, const WfStep *branch, guint index, guint depth)
{
  const WfPath *path = g_ptr_array_index (branch->paths, index);
  WfOutlineContent content = {
    .target = wf_target_new_path (branch->id, index),
    .place = wf_target_new_place (branch->id, index, 0),
    .icon = PATH_ICON,
    .title = g_strdup (path->name != NULL && *path->name != '\0' ? path->name : _ ("Path")),
    .subtitle = make_path_subtitle (path, self->organisation),
    .depth = depth,
    .number = index + 1,
    .n = branch->paths->len,
  };
  gsize length = self->pointer->len;

  g_string_append_printf (self->pointer, "/paths/%u", index);
  add_item (self, &content);
  add_steps (self, path->steps, branch->id, index, depth + 1);
  g_string_truncate (self->pointer, length);
}

static void
add_steps (Filling *self, GPtrArray *steps, const char *branch, guint path, guint depth)
{
  gsize length = self->pointer->len;

  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);
      const WfStepKindInfo *info = wf_step_catalogue_get (step->kind);
      WfOutlineContent content = {
        .target = wf_target_new_step (step->id),
        .place = wf_target_new_place (branch, path, i + 1),
        .icon = info != NULL ? info->icon : UNKNOWN_ICON,
        .title = wf_sentence_for_step (step, self->organisation),
        .is_branch = step->kind == WF_STEP_BRANCH,
        .depth = depth,
        .number = i + 1,
        .n = steps->len,
      };

      content.subtitle = make_step_subtitle (step, content.title);
      g_string_append_printf (self->pointer, "/steps/%u", i);
      add_item (self, &content);
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        add_path (self, step, j, depth + 1);
      g_string_truncate (self->pointer, length);
    }
}

static void
add_trigger (Filling *self, const WfWorkflow *workflow)
{
  WfOutlineContent content = {
    .target = wf_target_new_trigger (),
    .place = wf_target_new_place (NULL, 0, 0),
    .icon = TRIGGER_ICON,
    .title = wf_sentence_for_trigger (workflow, self->organisation),
    .subtitle = g_strdup (workflow->objective != NULL ? workflow->objective : ""),
    .number = 1,
    .n = 1,
  };

  add_item (self, &content);
}

/* ---- the list ---- */

static GHashTable *
index_items (GListModel *model)
{
  GHashTable *index = g_hash_table_new_full (hash_target, targets_equal,
                                             (GDestroyNotify) wf_target_free, g_object_unref);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    {
      WfOutlineItem *item = g_list_model_get_item (model, i);

      g_hash_table_replace (index, wf_target_copy (wf_outline_item_get_target (item)), item);
    }
  return index;
}

static gboolean
is_item (GListModel *model, guint position, gpointer item)
{
  g_autoptr (GObject) there = g_list_model_get_item (model, position);

  return (gpointer) there == item;
}

/* What both begin and end with is left alone. */
static void
update_store (GListStore *store, GPtrArray *items)
{
  GListModel *model = G_LIST_MODEL (store);
  guint n = g_list_model_get_n_items (model), start = 0, end = 0;

  while (start < MIN (n, items->len) && is_item (model, start, items->pdata[start]))
    start++;
  while (end < MIN (n, items->len) - start &&
         is_item (model, n - 1 - end, items->pdata[items->len - 1 - end]))
    end++;
  if (n - start - end > 0 || items->len - start - end > 0)
    g_list_store_splice (store, start, n - start - end, items->pdata + start,
                         items->len - start - end);
}

/**
 * wf_outline_fill:
 * @store: of #WfOutlineItem
 * @document: what it shows from now on; the first line is the trigger
 */
void
wf_outline_fill (GListStore *store, WfWorkflowDocument *document)
{
  const WfWorkflow *workflow = wf_workflow_document_get_workflow (document);
  g_autoptr (GHashTable) problems =
      wf_outline_problems_new (wf_workflow_document_get_problems (document));
  g_autoptr (GHashTable) old = index_items (G_LIST_MODEL (store));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) pointer = g_string_new (NULL);
  Filling filling = {
    .organisation = wf_workflow_document_get_organisation (document),
    .problems = problems,
    .old = old,
    .items = items,
    .pointer = pointer,
  };

  add_trigger (&filling, workflow);
  add_steps (&filling, workflow->steps, NULL, 0, 0);
  update_store (store, items);
}
