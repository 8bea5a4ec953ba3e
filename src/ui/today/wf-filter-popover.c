/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses by what Today's list is narrowed. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-filter-popover.h"

#include "wf-check-list.h"
#include "wf-list-top.h"

#include <glib/gi18n-lib.h>

struct _WfFilterPopover
{
  GtkPopover parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfActivityFilter *filter;  /* (nullable) borrowed from the page */
  GListStore *items;         /* (owned) of WfFilterItem */
  GHashTable *workflows;     /* (owned) id -> name, as last listed */
  GCancellable *cancellable; /* (owned) */
  gboolean reading;
  GtkEditable *search;
  GtkListView *list;
  GtkWidget *clear;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfFilterPopover, wf_filter_popover, GTK_TYPE_POPOVER)

/* ---- what is offered --------------------------------------------------------------------------- */

static void
on_item_changed (WfFilterPopover *self, GParamSpec *pspec, WfFilterItem *item)
{
  if (self->reading || self->filter == NULL)
    return;
  wf_filter_item_write (item, self->filter, wf_filter_item_is_active (item));
  gtk_widget_set_sensitive (self->clear, TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
offer (WfFilterPopover *self, guint kind, const char *id, const char *name)
{
  g_autoptr (WfFilterItem) item = wf_filter_item_new (kind, id, name);

  if (self->filter != NULL)
    wf_filter_item_read (item, self->filter);
  g_signal_connect_object (item, "notify::active", G_CALLBACK (on_item_changed), self,
                           G_CONNECT_SWAPPED);
  g_list_store_append (self->items, item);
}

static void
offer_entries (WfFilterPopover *self, const WfOrganisation *organisation, guint kind,
               WfEntryKind entries_kind)
{
  guint n;
  const WfEntry *entries = wf_organisation_get_entries (organisation, entries_kind, &n);

  for (guint i = 0; i < n; i++)
    offer (self, kind, entries[i].id, entries[i].name);
}

static void
offer_people (WfFilterPopover *self, const WfOrganisation *organisation)
{
  guint n = wf_organisation_get_n_people (organisation);

  for (guint i = 0; i < n; i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      if (wf_organisation_person_may (organisation, person, WF_RIGHT_WORK_ACTIVITIES))
        offer (self, WF_FILTER_PEOPLE, person->id, person->name);
    }
}

static void
fill (WfFilterPopover *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  GHashTableIter iter;
  gpointer id, name;

  if (self->runtime == NULL)
    return;
  g_list_store_remove_all (self->items);
  for (guint i = 0; wf_filter_state_get_id (i) != NULL; i++)
    offer (self, WF_FILTER_ITEM_STATE, wf_filter_state_get_id (i), wf_filter_state_get_name (i));
  if (organisation != NULL)
    offer_entries (self, organisation, WF_FILTER_TYPES, WF_ENTRY_ACTIVITY_TYPE);
  g_hash_table_iter_init (&iter, self->workflows);
  while (g_hash_table_iter_next (&iter, &id, &name))
    offer (self, WF_FILTER_WORKFLOWS, id, name);
  if (organisation == NULL || !wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE))
    return;
  offer_entries (self, organisation, WF_FILTER_GROUPS, WF_ENTRY_GROUP);
  offer_people (self, organisation);
}

/* FALSE: they are as they were, so that the list need not move under the person's eyes. */
static gboolean
take_workflows (WfFilterPopover *self, GPtrArray *rows)
{
  gboolean changed = rows->len != g_hash_table_size (self->workflows);

  for (guint i = 0; i < rows->len; i++)
    {
      const WfWorkflow *workflow = ((const WfRuntimeWorkflow *) rows->pdata[i])->workflow;
      changed = changed || g_strcmp0 (g_hash_table_lookup (self->workflows, workflow->id),
                                      workflow->name) != 0;
    }
  if (!changed)
    return FALSE;
  g_hash_table_remove_all (self->workflows);
  for (guint i = 0; i < rows->len; i++)
    {
      const WfWorkflow *workflow = ((const WfRuntimeWorkflow *) rows->pdata[i])->workflow;
      g_hash_table_insert (self->workflows, g_strdup (workflow->id), g_strdup (workflow->name));
    }
  return TRUE;
}

static void
on_workflows_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfFilterPopover) self = WF_FILTER_POPOVER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      wf_runtime_list_workflows_finish (WF_RUNTIME (object), result, &error);

  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The workflows cannot be listed: %s", error->message);
      return;
    }
  if (self->runtime != NULL && take_workflows (self, rows))
    fill (self);
}

static void
wf_filter_popover_map (GtkWidget *widget)
{
  WfFilterPopover *self = WF_FILTER_POPOVER (widget);

  fill (self);
  gtk_widget_set_sensitive (
      self->clear, self->filter != NULL &&
                       (wf_activity_filter_is_narrow (self->filter) || self->filter->states != 0));
  wf_runtime_list_workflows_async (self->runtime, self->cancellable, on_workflows_listed,
                                   g_object_ref (self));
  GTK_WIDGET_CLASS (wf_filter_popover_parent_class)->map (widget);
  wf_list_top_show (GTK_WIDGET (self->list));
}

/* ---- list -------------------------------------------------------------------------------------- */

static void
on_search_changed (WfFilterPopover *self)
{
  wf_check_list_search (self->list, gtk_editable_get_text (self->search));
}

static void
on_stop_search (WfFilterPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_clear_clicked (WfFilterPopover *self)
{
  wf_activity_filter_clear (self->filter);
  wf_filter_popover_read (self);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* States first, then as the kinds come. */
static int
get_rank (WfFilterItem *item)
{
  guint kind = wf_filter_item_get_kind (item);

  return kind == WF_FILTER_ITEM_STATE ? -1 : (int) kind;
}

static int
compare_kinds (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return get_rank ((WfFilterItem *) a) - get_rank ((WfFilterItem *) b);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  if (get_rank ((WfFilterItem *) a) < 0)
    return 0; /* as they are written */
  return g_utf8_collate (wf_filter_item_get_name ((WfFilterItem *) a),
                         wf_filter_item_get_name ((WfFilterItem *) b));
}

static const char *
get_name (gpointer item)
{
  return wf_filter_item_get_name (item);
}

static const char *
get_heading (gpointer item)
{
  return wf_filter_item_kind_to_text (wf_filter_item_get_kind (item));
}

static const WfCheckListClass list_class = { .get_name = get_name,
                                             .get_heading = get_heading,
                                             .compare_sections = compare_kinds,
                                             .compare_items = compare_names };

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_filter_popover_dispose (GObject *object)
{
  WfFilterPopover *self = WF_FILTER_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->filter = NULL;
  g_clear_object (&self->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_FILTER_POPOVER);
  G_OBJECT_CLASS (wf_filter_popover_parent_class)->dispose (object);
}

static void
wf_filter_popover_finalize (GObject *object)
{
  WfFilterPopover *self = WF_FILTER_POPOVER (object);

  g_object_unref (self->items);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->workflows);
  G_OBJECT_CLASS (wf_filter_popover_parent_class)->finalize (object);
}

static void
wf_filter_popover_class_init (WfFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_filter_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_filter_popover_finalize;
  widget_class->map = wf_filter_popover_map;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_FILTER_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "today/wf-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, WfFilterPopover, search);
  gtk_widget_class_bind_template_child (widget_class, WfFilterPopover, list);
  gtk_widget_class_bind_template_child (widget_class, WfFilterPopover, clear);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
wf_filter_popover_init (WfFilterPopover *self)
{
  self->items = g_list_store_new (WF_TYPE_FILTER_ITEM);
  self->workflows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_check_list_set_up (self->list, G_LIST_MODEL (self->items), &list_class);
}

void
wf_filter_popover_set_runtime (WfFilterPopover *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_FILTER_POPOVER (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  g_signal_connect_object (runtime, "notify::organisation", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  fill (self);
}

void
wf_filter_popover_set_filter (WfFilterPopover *self, WfActivityFilter *filter)
{
  g_return_if_fail (WF_IS_FILTER_POPOVER (self));
  self->filter = filter;
  wf_filter_popover_read (self);
}

void
wf_filter_popover_read (WfFilterPopover *self)
{
  g_return_if_fail (WF_IS_FILTER_POPOVER (self));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  if (self->filter == NULL)
    return;
  self->reading = TRUE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WfFilterItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      wf_filter_item_read (item, self->filter);
    }
  self->reading = FALSE;
}

GPtrArray *
wf_filter_popover_list_active (WfFilterPopover *self)
{
  g_return_val_if_fail (WF_IS_FILTER_POPOVER (self), NULL);
  GPtrArray *active = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WfFilterItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      if (wf_filter_item_is_active (item))
        g_ptr_array_add (active, g_steal_pointer (&item));
    }
  return active;
}
