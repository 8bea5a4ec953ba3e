/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A searchable chooser of fields. What is typed and is in no catalogue becomes the last entry of
 * the list: a CRM's own field. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-field-chooser.h"

#include "wf-event-catalogue.h"
#include "wf-field-item.h"

#include <glib/gi18n-lib.h>

struct _WfFieldChooser
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkSortListModel *sorted;
  GtkFlattenListModel *flat;
  GtkCustomFilter *filter;

  GListStore *own; /* of WfFieldItem: none or one, what is typed */
  char *field;     /* (nullable) */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WfFieldChooser, wf_field_chooser, ADW_TYPE_BIN)

/* ---- the list ---- */

static const char *
get_query (WfFieldChooser *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  WfFieldChooser *self = data;
  guint place;

  return g_list_store_find (self->own, item, &place) ||
         wf_field_item_match (item, get_query (self)) > 0;
}

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (wf_field_item_get_group ((WfFieldItem *) a),
                    wf_field_item_get_group ((WfFieldItem *) b));
}

/* The lead's own come first, then the event's; a CRM's own last: as the catalogue has them. */
static int
get_rank (WfFieldItem *item)
{
  if (wf_field_find (wf_field_item_get_id (item)) == NULL)
    return 2;
  return g_str_has_prefix (wf_field_item_get_id (item), "lead.") ? 0 : 1;
}

static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer data)
{
  int difference = get_rank ((WfFieldItem *) a) - get_rank ((WfFieldItem *) b);

  return difference != 0 ? difference : compare_groups (a, b, data);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  WfFieldChooser *self = data;
  WfFieldItem *first = (WfFieldItem *) a, *second = (WfFieldItem *) b;
  int difference = (int) wf_field_item_match (second, get_query (self)) -
                   (int) wf_field_item_match (first, get_query (self));

  return difference != 0
             ? difference
             : g_utf8_collate (wf_field_item_get_name (first), wf_field_item_get_name (second));
}

static void
offer_own (WfFieldChooser *self)
{
  g_autofree char *id = wf_field_item_make_custom_id (get_query (self));
  g_autoptr (WfFieldItem) item = NULL;

  g_list_store_remove_all (self->own);
  if (id == NULL || wf_field_find (id) != NULL)
    return;
  item = wf_field_item_new (id);
  g_list_store_append (self->own, item);
}

static void
show_list (WfFieldChooser *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "fields" : "none");
  if (n > 0)
    gtk_single_selection_set_selected (self->selection, 0);
}

static void
on_search_changed (WfFieldChooser *self)
{
  offer_own (self);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (gtk_sort_list_model_get_sorter (self->sorted), GTK_SORTER_CHANGE_DIFFERENT);
  show_list (self);
}

/* ---- choosing ---- */

static void
show_field (WfFieldChooser *self)
{
  const char *name = self->field != NULL ? wf_field_to_text (self->field) : _ ("Choose a field");
  /* Translators: of a button, for screen readers; %s is a field's name */
  g_autofree char *label = g_strdup_printf (_ ("Field: %s"), name);

  gtk_label_set_text (self->label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), self->field);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
choose (WfFieldChooser *self, WfFieldItem *item)
{
  g_autofree char *id = NULL;

  if (item == NULL)
    return;
  id = g_strdup (wf_field_item_get_id (item));
  gtk_popover_popdown (self->popover);
  if (g_strcmp0 (self->field, id) == 0)
    return;
  wf_field_chooser_set_field (self, id);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_activated (WfFieldChooser *self, guint position)
{
  g_autoptr (WfFieldItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  choose (self, item);
}

static void
on_search_activated (WfFieldChooser *self)
{
  choose (self, gtk_single_selection_get_selected_item (self->selection));
}

static void
on_stop_search (WfFieldChooser *self)
{
  gtk_popover_popdown (self->popover);
}

/* The arrows walk through the list while the person goes on typing. */
static gboolean
on_key_pressed (WfFieldChooser *self, guint keyval)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint selected = gtk_single_selection_get_selected (self->selection);
  WfFieldItem *item;

  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_Up) || n == 0)
    return GDK_EVENT_PROPAGATE;
  selected = keyval == GDK_KEY_Down ? MIN (selected + 1, n - 1) : MAX (selected, 1) - 1;
  gtk_list_view_scroll_to (self->list, selected, GTK_LIST_SCROLL_SELECT, NULL);
  item = gtk_single_selection_get_selected_item (self->selection);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->search), wf_field_item_get_name (item),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  return GDK_EVENT_STOP;
}

/* The list opens at the field that is chosen. */
static void
show_chosen (WfFieldChooser *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n && self->field != NULL; i++)
    {
      g_autoptr (WfFieldItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_str_equal (wf_field_item_get_id (item), self->field))
        {
          gtk_list_view_scroll_to (self->list, i, GTK_LIST_SCROLL_SELECT, NULL);
          return;
        }
    }
}

static void
on_active_changed (WfFieldChooser *self)
{
  if (!gtk_menu_button_get_active (self->button))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  on_search_changed (self);
  show_chosen (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* ---- the widget ---- */

static void
wf_field_chooser_dispose (GObject *object)
{
  WfFieldChooser *self = WF_FIELD_CHOOSER (object);

  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  if (self->sorted != NULL)
    gtk_sort_list_model_set_sorter (self->sorted, NULL);
  g_clear_object (&self->own);
  adw_bin_set_child (ADW_BIN (object), NULL); /* first, or the bin would unparent it once more */
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_FIELD_CHOOSER);
  G_OBJECT_CLASS (wf_field_chooser_parent_class)->dispose (object);
}

static void
wf_field_chooser_finalize (GObject *object)
{
  WfFieldChooser *self = WF_FIELD_CHOOSER (object);

  g_free (self->field);
  G_OBJECT_CLASS (wf_field_chooser_parent_class)->finalize (object);
}

static gboolean
wf_field_chooser_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WF_FIELD_CHOOSER (widget)->button));
}

static void
wf_field_chooser_class_init (WfFieldChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WF_TYPE_FIELD_ITEM);
  G_OBJECT_CLASS (klass)->dispose = wf_field_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_field_chooser_finalize;
  widget_class->grab_focus = wf_field_chooser_grab_focus;
  changed_signal = g_signal_new ("changed", WF_TYPE_FIELD_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/conditions/wf-field-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, button);
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, label);
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, search);
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, list);
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, selection);
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, sorted);
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, flat);
  gtk_widget_class_bind_template_child (widget_class, WfFieldChooser, filter);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_active_changed);
  gtk_widget_class_set_css_name (widget_class, "fieldchooser");
}

static void
wf_field_chooser_init (WfFieldChooser *self)
{
  g_autoptr (GtkSorter) names = GTK_SORTER (gtk_custom_sorter_new (compare_names, self, NULL));
  g_autoptr (GtkSorter) sections = GTK_SORTER (gtk_custom_sorter_new (compare_ranks, NULL, NULL));

  self->own = g_list_store_new (WF_TYPE_FIELD_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_custom_filter_set_filter_func (self->filter, is_shown, self, NULL);
  gtk_sort_list_model_set_sorter (self->sorted, names);
  gtk_sort_list_model_set_section_sorter (self->sorted, sections);
  show_field (self);
}

void
wf_field_chooser_set_event (WfFieldChooser *self, const char *event_type)
{
  g_autoptr (GListStore) both = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GListModel) fields = wf_field_item_list (event_type, NULL);

  g_list_store_append (both, fields);
  g_list_store_append (both, self->own);
  gtk_flatten_list_model_set_model (self->flat, G_LIST_MODEL (both));
}

void
wf_field_chooser_set_field (WfFieldChooser *self, const char *field)
{
  if (g_set_str (&self->field, field))
    show_field (self);
}

const char *
wf_field_chooser_get_field (WfFieldChooser *self)
{
  return self->field;
}
