/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list to choose from: a check button a row, in sections with headings, which a search narrows. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-check-list.h"

#include "wf-text-fold.h"

#define INDENT 24 /* of what is below another */
#define FILTER "wf-check-list-filter"

/* Lives as long as the filter. */
typedef struct
{
  const WfCheckListClass *klass;
  char *wanted; /* (owned) (nullable) folded */
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_free (self->wanted);
  g_free (self);
}

static const char *
get_whole (const WfCheckListClass *klass, gpointer item)
{
  return klass->get_whole != NULL ? klass->get_whole (item) : klass->get_name (item);
}

static gboolean
is_wanted (gpointer item, gpointer user_data)
{
  const Search *self = user_data;

  return self->wanted == NULL ||
         wf_text_contains_folded (get_whole (self->klass, item), self->wanted);
}

/* ---- rows -------------------------------------------------------------------------------------- */

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_list_item_set_focusable (list_item, FALSE);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, check);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  const WfCheckListClass *klass = user_data;
  gpointer item = gtk_list_item_get_item (list_item);
  GtkWidget *check = gtk_list_item_get_child (list_item);
  gboolean below = klass->is_below != NULL && klass->is_below (item);

  gtk_label_set_text (GTK_LABEL (gtk_check_button_get_child (GTK_CHECK_BUTTON (check))),
                      klass->get_name (item));
  gtk_widget_set_margin_start (check, below ? INDENT : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_whole (klass, item), -1);
  g_object_set_data_full (
      G_OBJECT (check), "binding",
      g_object_ref (g_object_bind_property (item, "active", check, "active",
                                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL)),
      g_object_unref);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GObject *check = G_OBJECT (gtk_list_item_get_child (list_item));

  g_binding_unbind (g_object_get_data (check, "binding"));
  g_object_set_data (check, "binding", NULL);
}

static void
set_factories (GtkListView *list, const WfCheckListClass *klass)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headings = wf_heading_factory_new (klass->get_heading);

  g_signal_connect (rows, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (rows, "bind", G_CALLBACK (on_bind), (gpointer) klass);
  g_signal_connect (rows, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_factory (list, rows);
  gtk_list_view_set_header_factory (list, headings);
}

/* ---- public ------------------------------------------------------------------------------------ */

/**
 * wf_check_list_set_up:
 * @list: an empty list
 * @items: objects with a property "active"; more may come and some may go
 * @klass: what is asked of them; a constant
 *
 * Returns: (transfer none): what is shown, in its order
 */
GListModel *
wf_check_list_set_up (GtkListView *list, GListModel *items, const WfCheckListClass *klass)
{
  g_return_val_if_fail (GTK_IS_LIST_VIEW (list) && G_IS_LIST_MODEL (items), NULL);
  g_autoptr (GtkSorter) sections =
      GTK_SORTER (gtk_custom_sorter_new (klass->compare_sections, NULL, NULL));
  GtkSorter *order = GTK_SORTER (gtk_custom_sorter_new (klass->compare_items, NULL, NULL));
  Search *search = g_new0 (Search, 1);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, search, search_free));
  GtkFilterListModel *filtered =
      gtk_filter_list_model_new (g_object_ref (items), g_object_ref (filter));
  GtkSortListModel *sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), order);
  g_autoptr (GtkSelectionModel) none =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (sorted)));

  search->klass = klass;
  gtk_sort_list_model_set_section_sorter (sorted, sections);
  g_object_set_data (G_OBJECT (filter), "search", search); /* its own user data, which it frees */
  g_object_set_data_full (G_OBJECT (list), FILTER, filter, g_object_unref);
  set_factories (list, klass);
  gtk_list_view_set_model (list, none);
  return G_LIST_MODEL (sorted);
}

/**
 * wf_check_list_search:
 * @list: a list that was set up
 * @text: what is looked for; "": nothing, everything is shown
 */
void
wf_check_list_search (GtkListView *list, const char *text)
{
  GtkFilter *filter = g_object_get_data (G_OBJECT (list), FILTER);
  Search *search;

  g_return_if_fail (filter != NULL && text != NULL);
  search = g_object_get_data (G_OBJECT (filter), "search");
  g_free (search->wanted);
  search->wanted = *text != '\0' ? wf_text_fold (text) : NULL;
  gtk_filter_changed (filter, GTK_FILTER_CHANGE_DIFFERENT);
}
