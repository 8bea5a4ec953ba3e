/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that offers the fields of an event. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-field-menu.h"

#include "wf-event-catalogue.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfFieldChosen chosen;
  gpointer user_data;
} Choice;

static void
on_insert (GSimpleAction *action, GVariant *target, gpointer user_data)
{
  const Choice *choice = user_data;

  choice->chosen (g_variant_get_string (target, NULL), choice->user_data);
}

static GMenuModel *
make_menu (const char *event_type, gboolean (*filter) (const char *field))
{
  GMenu *menu = g_menu_new ();
  guint n = 0;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (event_type, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GMenuItem) item = NULL;

      if (filter != NULL && !filter (fields[i].id))
        continue;
      item = g_menu_item_new (wf_field_to_text (fields[i].id), NULL);
      g_menu_item_set_action_and_target (item, "field.insert", "s", fields[i].id);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/**
 * wf_field_menu_new:
 * @event_type: of the trigger
 * @filter: (nullable): which fields are offered; %NULL: all
 * @chosen: is called with the field's id
 * @user_data: for @chosen; must live as long as the button
 *
 * Returns: (transfer floating): a flat button
 */
GtkWidget *
wf_field_menu_new (const char *event_type, gboolean (*filter) (const char *field),
                   WfFieldChosen chosen, gpointer user_data)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) insert = g_simple_action_new ("insert", G_VARIANT_TYPE_STRING);
  g_autoptr (GMenuModel) menu = make_menu (event_type, filter);
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice) { chosen, user_data };
  g_signal_connect_data (insert, "activate", G_CALLBACK (on_insert), choice,
                         (GClosureNotify) (void (*) (void)) g_free, G_CONNECT_DEFAULT);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (insert));
  gtk_widget_insert_action_group (button, "field", G_ACTION_GROUP (group));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, _ ("Insert Field"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Insert Field"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}
