/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which steps of the edited workflow are selected and what has the focus. The document is told, so
 * that each change remembers what was selected before and after it; when the document changes, what
 * it says counts here. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-selection.h"

struct _WfStepSelection
{
  GObject parent_instance;

  WfWorkflowDocument *document;
  GHashTable *ids; /* (owned) set of the selected steps */
  WfTarget *focus;
  char *anchor; /* (nullable) the step from which Shift extends */
};

static guint changed_signal, focus_changed_signal;

G_DEFINE_FINAL_TYPE (WfStepSelection, wf_step_selection, G_TYPE_OBJECT)

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static WfWorkflow *
get_workflow (WfStepSelection *self)
{
  return wf_workflow_document_get_workflow (self->document);
}

static gboolean
set_equal (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (b, id))
      return FALSE;
  return TRUE;
}

/* ---- order ---- */

typedef struct
{
  GHashTable *ids;
  GStrvBuilder *found;
} Collection;

static void
on_collect (WfStep *step, gpointer user_data)
{
  Collection *collection = user_data;

  if (g_hash_table_contains (collection->ids, step->id))
    g_strv_builder_add (collection->found, step->id);
}

static char **
dup_all_ids (WfStepSelection *self)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  Collection collection = { self->ids, found };

  if (g_hash_table_size (self->ids) > 0)
    wf_workflow_foreach_step (get_workflow (self), on_collect, &collection);
  return g_strv_builder_end (found);
}

static char **
dup_root_ids (WfStepSelection *self)
{
  g_autoptr (GArray) roots = wf_workflow_edit_find_roots (get_workflow (self), self->ids);
  char **ids = g_new0 (char *, roots->len + 1);

  for (guint i = 0; i < roots->len; i++)
    ids[i] = g_strdup (g_array_index (roots, WfStepRoot, i).step->id);
  return ids;
}

/* ---- state ---- */

static void
tell_document (WfStepSelection *self)
{
  g_autoptr (WfSelectionState) state =
      wf_selection_state_new_take (dup_all_ids (self), wf_target_copy (self->focus));

  wf_workflow_document_set_selection (self->document, state);
}

/* ids: taken; focus: taken. The document hears of it before anybody else does. */
static void
set_state (WfStepSelection *self, GHashTable *ids, WfTarget *focus)
{
  gboolean ids_same = set_equal (self->ids, ids);
  gboolean focus_same = wf_target_equal (self->focus, focus);

  g_hash_table_unref (self->ids);
  self->ids = ids;
  wf_target_free (self->focus);
  self->focus = focus;
  if (!ids_same || !focus_same)
    tell_document (self);
  if (!ids_same)
    g_signal_emit (self, changed_signal, 0);
  if (!focus_same)
    g_signal_emit (self, focus_changed_signal, 0);
}

static void
on_collect_existing (WfStep *step, gpointer user_data)
{
  g_hash_table_add (user_data, step->id);
}

/* The focus as far as it exists; a path that is gone leaves its branch, anything else the
 * trigger. */
static WfTarget *
find_focus (const WfTarget *wanted, const WfWorkflow *workflow)
{
  if (wanted != NULL && wf_target_exists (wanted, workflow))
    return wf_target_copy (wanted);
  if (wanted != NULL && wanted->step != NULL &&
      wf_workflow_find_step (workflow, wanted->step) != NULL)
    return wf_target_new_step (wanted->step);
  return wf_target_new_trigger ();
}

/* The document remembers what was selected in this version; without, what is still there stays. */
static void
on_document_changed (WfStepSelection *self)
{
  g_autoptr (WfSelectionState) state =
      wf_selection_state_ref (wf_workflow_document_get_selection (self->document));
  g_autoptr (GHashTable) existing = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *ids = new_set ();

  if (state == NULL)
    {
      /* Undone beyond what this selection has seen. */
      tell_document (self);
      state = wf_selection_state_ref (wf_workflow_document_get_selection (self->document));
    }
  wf_workflow_foreach_step (get_workflow (self), on_collect_existing, existing);
  for (guint i = 0; state->ids[i] != NULL; i++)
    if (g_hash_table_contains (existing, state->ids[i]))
      g_hash_table_add (ids, g_strdup (state->ids[i]));
  if (self->anchor != NULL && !g_hash_table_contains (existing, self->anchor))
    g_clear_pointer (&self->anchor, g_free);
  set_state (self, ids, find_focus (state->focus, get_workflow (self)));
}

/* ---- object ---- */

static void
wf_step_selection_finalize (GObject *object)
{
  WfStepSelection *self = WF_STEP_SELECTION (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->focus, wf_target_free);
  g_clear_pointer (&self->anchor, g_free);
  G_OBJECT_CLASS (wf_step_selection_parent_class)->finalize (object);
}

static void
wf_step_selection_class_init (WfStepSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_step_selection_finalize;
  changed_signal = g_signal_new ("changed", WF_TYPE_STEP_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  focus_changed_signal = g_signal_new ("focus-changed", WF_TYPE_STEP_SELECTION, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_step_selection_init (WfStepSelection *self)
{
  self->ids = new_set ();
  self->focus = wf_target_new_trigger ();
}

/**
 * wf_step_selection_new:
 * @document: what is edited. Make the selection before anything that shows the document, so that
 *   it knows of each change first.
 *
 * Returns: (transfer full): nothing selected, the focus on the trigger
 */
WfStepSelection *
wf_step_selection_new (WfWorkflowDocument *document)
{
  WfStepSelection *self = g_object_new (WF_TYPE_STEP_SELECTION, NULL);

  self->document = g_object_ref (document);
  tell_document (self);
  g_signal_connect_object (document, "changed", G_CALLBACK (on_document_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

WfWorkflowDocument *
wf_step_selection_get_document (WfStepSelection *self)
{
  return self->document;
}

const WfTarget *
wf_step_selection_get_focus (WfStepSelection *self)
{
  return self->focus;
}

gboolean
wf_step_selection_is_selected (WfStepSelection *self, const char *id)
{
  return id != NULL && g_hash_table_contains (self->ids, id);
}

guint
wf_step_selection_get_n (WfStepSelection *self)
{
  return g_hash_table_size (self->ids);
}

char **
wf_step_selection_dup_ids (WfStepSelection *self, gboolean only_roots)
{
  return only_roots ? dup_root_ids (self) : dup_all_ids (self);
}

/* ---- selecting ---- */

static GHashTable *
copy_set (GHashTable *ids)
{
  GHashTable *copy = new_set ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (copy, g_strdup (id));
  return copy;
}

typedef struct
{
  const char *from, *to;
  gboolean within;
  GHashTable *ids;
} Range;

/* From whichever of the two comes first to the other one, both included. */
static void
on_extend (WfStep *step, gpointer user_data)
{
  Range *range = user_data;
  gboolean is_end = g_str_equal (step->id, range->from) || g_str_equal (step->id, range->to);
  gboolean was_within = range->within;

  if (is_end && !g_str_equal (range->from, range->to))
    range->within = !range->within;
  if (is_end || was_within)
    g_hash_table_add (range->ids, g_strdup (step->id));
}

static GHashTable *
make_range (WfStepSelection *self, const char *to)
{
  Range range = { self->anchor != NULL ? self->anchor : to, to, FALSE, new_set () };

  wf_workflow_foreach_step (get_workflow (self), on_extend, &range);
  return range.ids;
}

static void
select_step (WfStepSelection *self, const WfTarget *target, WfSelectMode mode)
{
  g_autofree char *id = g_strdup (target->step);
  GHashTable *ids = NULL;

  switch (mode)
    {
    case WF_SELECT_REPLACE:
      ids = new_set ();
      g_hash_table_add (ids, g_strdup (id));
      break;
    case WF_SELECT_TOGGLE:
      ids = copy_set (self->ids);
      if (!g_hash_table_remove (ids, id))
        g_hash_table_add (ids, g_strdup (id));
      break;
    case WF_SELECT_EXTEND:
      if (self->anchor == NULL && self->focus->kind == WF_TARGET_STEP)
        self->anchor = g_strdup (self->focus->step);
      ids = make_range (self, id);
      break;
    }
  if (mode != WF_SELECT_EXTEND || self->anchor == NULL)
    g_set_str (&self->anchor, id);
  set_state (self, ids, wf_target_copy (target));
}

/**
 * wf_step_selection_focus:
 * @self: the selection
 * @target: what gets the focus; what does not exist is ignored
 * @mode: for a step how it becomes selected; with %WF_SELECT_REPLACE anything else clears the
 *   selection
 */
void
wf_step_selection_focus (WfStepSelection *self, const WfTarget *target, WfSelectMode mode)
{
  if (!wf_target_exists (target, get_workflow (self)))
    return;
  if (target->kind == WF_TARGET_STEP)
    {
      select_step (self, target, mode);
      return;
    }
  if (mode == WF_SELECT_REPLACE)
    g_clear_pointer (&self->anchor, g_free);
  set_state (self, mode == WF_SELECT_REPLACE ? new_set () : copy_set (self->ids),
             wf_target_copy (target));
}

/**
 * wf_step_selection_move_focus:
 * @self: the selection
 * @target: what gets the focus; what does not exist is ignored. The selection stays as it is.
 */
void
wf_step_selection_move_focus (WfStepSelection *self, const WfTarget *target)
{
  if (wf_target_exists (target, get_workflow (self)))
    set_state (self, copy_set (self->ids), wf_target_copy (target));
}

/* last: receives the last one that exists, NULL without any; borrowed from ids. */
static GHashTable *
make_set (WfStepSelection *self, const char *const *ids, const char **last)
{
  g_autoptr (GHashTable) existing = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *set = new_set ();

  *last = NULL;
  wf_workflow_foreach_step (get_workflow (self), on_collect_existing, existing);
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_hash_table_contains (existing, ids[i]))
      {
        g_hash_table_add (set, g_strdup (ids[i]));
        *last = ids[i];
      }
  return set;
}

void
wf_step_selection_set_ids (WfStepSelection *self, const char *const *ids)
{
  const char *last;
  GHashTable *set = make_set (self, ids, &last);

  g_set_str (&self->anchor, last);
  set_state (self, set, last != NULL ? wf_target_new_step (last) : wf_target_copy (self->focus));
}

void
wf_step_selection_select_ids (WfStepSelection *self, const char *const *ids)
{
  const char *last;
  GHashTable *set = make_set (self, ids, &last);

  set_state (self, set, wf_target_copy (self->focus));
}

static void
on_select (WfStep *step, gpointer user_data)
{
  g_hash_table_add (user_data, g_strdup (step->id));
}

/* The focus stays. */
void
wf_step_selection_select_all (WfStepSelection *self)
{
  GHashTable *ids = new_set ();

  wf_workflow_foreach_step (get_workflow (self), on_select, ids);
  set_state (self, ids, wf_target_copy (self->focus));
}

/* The focus stays. */
void
wf_step_selection_clear (WfStepSelection *self)
{
  g_clear_pointer (&self->anchor, g_free);
  set_state (self, new_set (), wf_target_copy (self->focus));
}
