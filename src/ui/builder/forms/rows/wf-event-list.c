/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events that a workflow can start on as the list of a row, in groups. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-event-list.h"

#include "wf-event-catalogue.h"
#include "wf-heading-factory.h"
#include "wf-type-ahead.h"

#include <glib/gi18n-lib.h>

static char *
get_name (GtkStringObject *object)
{
  const char *id = gtk_string_object_get_string (object);

  return g_strdup (*id != '\0' ? wf_event_type_to_text (id) : _ ("Choose an event"));
}

/* Each list of the lists is a section: the first has what is not of the catalogue. */
static GListStore *
make_lists (void)
{
  GListStore *lists = g_list_store_new (GTK_TYPE_STRING_LIST);
  g_autoptr (GtkStringList) others = gtk_string_list_new ((const char *const[]) { "", NULL });
  g_autoptr (GHashTable) groups =
      g_hash_table_new (g_str_hash, g_str_equal); /* of lists, unowned */
  guint n;
  const WfEventTypeInfo *types = wf_event_catalogue_get_types (&n);

  g_list_store_append (lists, others);
  for (guint i = 0; i < n; i++)
    {
      GtkStringList *list = g_hash_table_lookup (groups, types[i].group);

      if (list == NULL)
        {
          g_autoptr (GtkStringList) new_list = gtk_string_list_new (NULL);

          list = new_list;
          g_list_store_append (lists, list);
          g_hash_table_insert (groups, (gpointer) types[i].group, list);
        }
      gtk_string_list_append (list, types[i].id);
    }
  return lists;
}

static const char *
get_heading (gpointer item)
{
  const WfEventTypeInfo *info = wf_event_catalogue_find (gtk_string_object_get_string (item));

  return info != NULL ? wf_event_group_to_text (info->group) : NULL;
}

/**
 * wf_event_list_fill:
 * @row: a row without a list
 *
 * Its list can be searched, and typing on the row chooses too.
 */
void
wf_event_list_fill (AdwComboRow *row)
{
  g_autoptr (GtkExpression) name =
      gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_name), NULL, NULL);
  g_autoptr (GtkListItemFactory) headers = wf_heading_factory_new (get_heading);
  g_autoptr (GtkFlattenListModel) model = gtk_flatten_list_model_new (G_LIST_MODEL (make_lists ()));

  adw_combo_row_set_expression (row, name);
  adw_combo_row_set_header_factory (row, headers);
  adw_combo_row_set_model (row, G_LIST_MODEL (model));
  wf_type_ahead_add (row);
}

static guint
find (AdwComboRow *row, const char *event)
{
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), event))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

void
wf_event_list_set (AdwComboRow *row, const char *event)
{
  if (event == NULL)
    event = "";
  if (find (row, event) == GTK_INVALID_LIST_POSITION)
    {
      GListModel *lists =
          gtk_flatten_list_model_get_model (GTK_FLATTEN_LIST_MODEL (adw_combo_row_get_model (row)));
      g_autoptr (GtkStringList) others = g_list_model_get_item (lists, 0);

      gtk_string_list_append (others, event);
    }
  if (!g_str_equal (wf_event_list_get (row), event))
    adw_combo_row_set_selected (row, find (row, event));
}

const char *
wf_event_list_get (AdwComboRow *row)
{
  gpointer item = adw_combo_row_get_selected_item (row);

  return item != NULL ? gtk_string_object_get_string (item) : "";
}
