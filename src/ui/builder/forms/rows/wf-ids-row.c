/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of which several answers can be chosen. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-ids-row.h"

#include "wf-word-match.h"

#include <glib/gi18n-lib.h>

/* Fewer than these are not searched. */
#define MANY 7

/* -- one answer -------------------------------------------------------------------------------- */

#define WF_TYPE_IDS_ITEM (wf_ids_item_get_type ())
G_DECLARE_FINAL_TYPE (WfIdsItem, wf_ids_item, WF, IDS_ITEM, GObject)

struct _WfIdsItem
{
  GObject parent_instance;

  char *id;   /* (owned) */
  char *name; /* (owned) */
  gboolean chosen;
};

enum
{
  PROP_CHOSEN = 1,
};

G_DEFINE_FINAL_TYPE (WfIdsItem, wf_ids_item, G_TYPE_OBJECT)

static void
wf_ids_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    g_value_set_boolean (value, WF_IDS_ITEM (object)->chosen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wf_ids_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WfIdsItem *self = WF_IDS_ITEM (object);

  if (id != PROP_CHOSEN)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (self->chosen == g_value_get_boolean (value))
    return;
  self->chosen = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
wf_ids_item_finalize (GObject *object)
{
  g_free (WF_IDS_ITEM (object)->id);
  g_free (WF_IDS_ITEM (object)->name);
  G_OBJECT_CLASS (wf_ids_item_parent_class)->finalize (object);
}

static void
wf_ids_item_class_init (WfIdsItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wf_ids_item_get_property;
  object_class->set_property = wf_ids_item_set_property;
  object_class->finalize = wf_ids_item_finalize;
  g_object_class_install_property (
      object_class, PROP_CHOSEN,
      g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
}

static void
wf_ids_item_init (WfIdsItem *self)
{
}

/* -- the row ----------------------------------------------------------------------------------- */

struct _WfIdsRow
{
  AdwActionRow parent_instance;

  GtkMenuButton *open;
  GtkPopover *popover;
  GtkEditable *search;
  GtkListView *list;

  GListStore *items;       /* (owned) of WfIdsItem */
  GtkCustomFilter *filter; /* (owned) */
  char *empty_text;        /* (owned) (nullable) */
  gboolean setting;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WfIdsRow, wf_ids_row, ADW_TYPE_ACTION_ROW)

static guint
get_n (WfIdsRow *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

/* Borrowed: the store holds it. */
static WfIdsItem *
get_item (WfIdsRow *self, guint position)
{
  g_autoptr (WfIdsItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item;
}

static void
show_summary (WfIdsRow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < get_n (self); i++)
    if (get_item (self, i)->chosen)
      g_string_append_printf (text, "%s%s", text->len > 0 ? C_ ("separator of a list", ", ") : "",
                              get_item (self, i)->name);
  if (text->len == 0 && self->empty_text != NULL)
    g_string_append (text, self->empty_text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
}

static void
on_chosen_changed (WfIdsRow *self)
{
  if (self->setting)
    return;
  show_summary (self);
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
is_found (gpointer item, gpointer user_data)
{
  WfIdsRow *self = user_data;

  return wf_word_match (WF_IDS_ITEM (item)->name, gtk_editable_get_text (self->search)) !=
         WF_WORD_MATCH_NONE;
}

static void
on_search_changed (WfIdsRow *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* Enter in the search checks the first that is found. */
static void
on_search_activated (WfIdsRow *self)
{
  g_autoptr (WfIdsItem) item =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), 0);

  if (item != NULL)
    wf_ids_row_toggle (self, item->id);
}

static void
on_search_stopped (WfIdsRow *self)
{
  gtk_popover_popdown (self->popover);
}

static void
on_show (WfIdsRow *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_set_visible (GTK_WIDGET (self->search), get_n (self) >= MANY);
}

static void
on_title_changed (WfIdsRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

/* -- the list's items -------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *check = gtk_check_button_new_with_label ("");
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_list_item_set_child (list_item, check);
  gtk_list_item_set_focusable (list_item, FALSE);
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  WfIdsItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *check = gtk_list_item_get_child (list_item);
  GBinding *binding = g_object_bind_property (item, "chosen", check, "active",
                                              G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  gtk_label_set_text (GTK_LABEL (gtk_check_button_get_child (GTK_CHECK_BUTTON (check))),
                      item->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, item->name,
                                  -1);
  g_object_set_data (G_OBJECT (list_item), "wf-binding", binding);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  g_binding_unbind (g_object_steal_data (G_OBJECT (list_item), "wf-binding"));
}

static GtkListItemFactory *
make_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_ids_row_dispose (GObject *object)
{
  WfIdsRow *self = WF_IDS_ROW (object);

  self->setting = TRUE;
  if (self->filter != NULL) /* it asks the search, which goes now */
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->filter);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_IDS_ROW);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (wf_ids_row_parent_class)->dispose (object);
}

static void
wf_ids_row_finalize (GObject *object)
{
  g_free (WF_IDS_ROW (object)->empty_text);
  G_OBJECT_CLASS (wf_ids_row_parent_class)->finalize (object);
}

static void
wf_ids_row_class_init (WfIdsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_ids_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_ids_row_finalize;
  changed_signal = g_signal_new ("changed", WF_TYPE_IDS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/rows/wf-ids-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfIdsRow, open);
  gtk_widget_class_bind_template_child (widget_class, WfIdsRow, popover);
  gtk_widget_class_bind_template_child (widget_class, WfIdsRow, search);
  gtk_widget_class_bind_template_child (widget_class, WfIdsRow, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
}

static void
wf_ids_row_init (WfIdsRow *self)
{
  g_autoptr (GtkListItemFactory) factory = make_factory ();
  GListModel *found;
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (WF_TYPE_IDS_ITEM);
  self->filter = gtk_custom_filter_new (is_found, self, NULL);
  found = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->items)),
                                                   GTK_FILTER (g_object_ref (self->filter))));
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (found));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, selection);
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_changed), NULL);
}

void
wf_ids_row_set_empty_text (WfIdsRow *self, const char *text)
{
  g_set_str (&self->empty_text, text);
  show_summary (self);
}

void
wf_ids_row_add (WfIdsRow *self, const char *id, const char *name)
{
  g_autoptr (WfIdsItem) item = g_object_new (WF_TYPE_IDS_ITEM, NULL);

  item->id = g_strdup (id);
  item->name = g_strdup (name);
  g_signal_connect_object (item, "notify::chosen", G_CALLBACK (on_chosen_changed), self,
                           G_CONNECT_SWAPPED);
  g_list_store_append (self->items, item);
}

static WfIdsItem *
find_item (WfIdsRow *self, const char *id)
{
  for (guint i = 0; i < get_n (self); i++)
    if (g_str_equal (get_item (self, i)->id, id))
      return get_item (self, i);
  return NULL;
}

gboolean
wf_ids_row_has (WfIdsRow *self, const char *id)
{
  return find_item (self, id) != NULL;
}

void
wf_ids_row_set_chosen (WfIdsRow *self, const char *const *ids)
{
  self->setting = TRUE;
  for (guint i = 0; i < get_n (self); i++)
    g_object_set (get_item (self, i), "chosen",
                  ids != NULL && g_strv_contains (ids, get_item (self, i)->id), NULL);
  self->setting = FALSE;
  show_summary (self);
}

void
wf_ids_row_toggle (WfIdsRow *self, const char *id)
{
  WfIdsItem *item = find_item (self, id);

  g_return_if_fail (item != NULL);
  g_object_set (item, "chosen", !item->chosen, NULL);
}

char **
wf_ids_row_dup_chosen (WfIdsRow *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < get_n (self); i++)
    if (get_item (self, i)->chosen)
      g_strv_builder_add (ids, get_item (self, i)->id);
  return g_strv_builder_end (ids);
}
