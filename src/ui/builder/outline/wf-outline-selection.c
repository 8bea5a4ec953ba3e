/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder's selection as a list view knows one. Steps are selected as the builder says; the
 * trigger and paths, which cannot be selected, look so while they have the focus and no step is
 * selected. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-selection.h"

struct _WfOutlineSelection
{
  GObject parent_instance;

  GListModel *items;
  WfStepSelection *selection;
};

/* ---- GListModel ---- */

static GType
get_item_type (GListModel *model)
{
  return WF_TYPE_OUTLINE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (WF_OUTLINE_SELECTION (model)->items);
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (WF_OUTLINE_SELECTION (model)->items, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- GtkSelectionModel ---- */

static gboolean
is_target_selected (WfOutlineSelection *self, const WfTarget *target)
{
  if (target->kind == WF_TARGET_STEP)
    return wf_step_selection_is_selected (self->selection, target->step);
  return wf_step_selection_get_n (self->selection) == 0 &&
         wf_target_equal (wf_step_selection_get_focus (self->selection), target);
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  WfOutlineSelection *self = WF_OUTLINE_SELECTION (model);
  g_autoptr (WfOutlineItem) item = g_list_model_get_item (self->items, position);

  return item != NULL && is_target_selected (self, wf_outline_item_get_target (item));
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  GtkBitset *found = gtk_bitset_new_empty ();
  guint n = get_n_items (G_LIST_MODEL (model));

  for (guint i = position; i < n && i - position < n_items; i++)
    if (is_selected (model, i))
      gtk_bitset_add (found, i);
  return found;
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  WfOutlineSelection *self = WF_OUTLINE_SELECTION (model);
  g_autoptr (WfOutlineItem) item = g_list_model_get_item (self->items, position);
  const WfTarget *target = item != NULL ? wf_outline_item_get_target (item) : NULL;

  if (target == NULL)
    return FALSE;
  if (unselect_rest || !is_target_selected (self, target))
    wf_step_selection_focus (self->selection, target,
                             unselect_rest ? WF_SELECT_REPLACE : WF_SELECT_TOGGLE);
  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  WfOutlineSelection *self = WF_OUTLINE_SELECTION (model);
  g_autoptr (WfOutlineItem) item = g_list_model_get_item (self->items, position);
  const WfTarget *target = item != NULL ? wf_outline_item_get_target (item) : NULL;

  if (target == NULL || target->kind != WF_TARGET_STEP)
    return FALSE;
  if (is_target_selected (self, target))
    wf_step_selection_focus (self->selection, target, WF_SELECT_TOGGLE);
  return TRUE;
}

/* The focus stays where the list has it; lines that are no steps are passed over. */
static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  WfOutlineSelection *self = WF_OUTLINE_SELECTION (model);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) found = NULL;
  guint n = get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WfOutlineItem) item = g_list_model_get_item (self->items, i);
      const WfTarget *target = wf_outline_item_get_target (item);
      gboolean wanted = gtk_bitset_contains (mask, i) ? gtk_bitset_contains (selected, i)
                                                      : is_target_selected (self, target);

      if (wanted && target->kind == WF_TARGET_STEP)
        g_strv_builder_add (ids, target->step);
    }
  found = g_strv_builder_end (ids);
  wf_step_selection_select_ids (self->selection, (const char *const *) found);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->set_selection = set_selection;
}

/* ---- object ---- */

G_DEFINE_FINAL_TYPE_WITH_CODE (WfOutlineSelection, wf_outline_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_init))

static void
wf_outline_selection_finalize (GObject *object)
{
  WfOutlineSelection *self = WF_OUTLINE_SELECTION (object);

  g_clear_object (&self->items);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (wf_outline_selection_parent_class)->finalize (object);
}

static void
wf_outline_selection_class_init (WfOutlineSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_outline_selection_finalize;
}

static void
wf_outline_selection_init (WfOutlineSelection *self)
{
}

static void
on_selection_changed (WfOutlineSelection *self)
{
  guint n = get_n_items (G_LIST_MODEL (self));

  if (n > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n);
}

static void
on_items_changed (WfOutlineSelection *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

WfOutlineSelection *
wf_outline_selection_new (GListModel *items, WfStepSelection *selection)
{
  WfOutlineSelection *self = g_object_new (WF_TYPE_OUTLINE_SELECTION, NULL);

  self->items = g_object_ref (items);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (items, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "focus-changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

guint
wf_outline_selection_find (WfOutlineSelection *self, const WfTarget *target)
{
  guint n = g_list_model_get_n_items (self->items);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WfOutlineItem) item = g_list_model_get_item (self->items, i);

      if (wf_target_equal (wf_outline_item_get_target (item), target))
        return i;
    }
  return G_MAXUINT;
}
