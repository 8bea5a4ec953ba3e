/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns the table of leads shows: those that the person chose and that the window has room for. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-leads-page-private.h"

#define HIDDEN "lead-columns-hidden"

/* The name is always there, and the check marks come and go with the selection. A column is named in the settings
 * as its action is. */
static const struct
{
  const char *name;
  WfLeadColumn column;
  WfLeadsRoom room; /* at least */
} columns[] = {
  { "stage", WF_LEAD_COLUMN_STAGE, WF_LEADS_ROOM_HALF },
  { "owner", WF_LEAD_COLUMN_OWNER, WF_LEADS_ROOM_MOST },
  { "score", WF_LEAD_COLUMN_SCORE, WF_LEADS_ROOM_MOST },
  { "origin", WF_LEAD_COLUMN_ORIGIN, WF_LEADS_ROOM_ALL },
  { "next", WF_LEAD_COLUMN_NEXT, WF_LEADS_ROOM_HALF },
  { "contact", WF_LEAD_COLUMN_CONTACT, WF_LEADS_ROOM_ALL },
};

static void
set_hidden (GSettings *settings, const char *name, gboolean hidden)
{
  g_auto (GStrv) before = g_settings_get_strv (settings, HIDDEN);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; before[i] != NULL; i++)
    {
      if (!g_str_equal (before[i], name))
        g_strv_builder_add (builder, before[i]);
    }
  if (hidden)
    g_strv_builder_add (builder, name);
  g_auto (GStrv) after = g_strv_builder_end (builder);
  g_settings_set_strv (settings, HIDDEN, (const char *const *) after);
}

/* The state follows the settings (wf_lead_columns_shown_update). */
static void
on_change_state (GSimpleAction *action, GVariant *state, WfLeadsPage *self)
{
  set_hidden (self->settings, g_action_get_name (G_ACTION (action)),
              !g_variant_get_boolean (state));
}

/**
 * wf_lead_columns_shown_update:
 * @self: a page
 *
 * Shows the columns that are chosen and that there is room for. How wide the person made one stays.
 */
void
wf_lead_columns_shown_update (WfLeadsPage *self)
{
  if (self->settings == NULL)
    return;
  g_auto (GStrv) hidden = g_settings_get_strv (self->settings, HIDDEN);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      gboolean chosen = !g_strv_contains ((const char *const *) hidden, columns[i].name);
      GAction *action = g_action_map_lookup_action (self->shown, columns[i].name);

      g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (chosen));
      gtk_column_view_column_set_visible (self->columns[columns[i].column],
                                          chosen && self->room >= columns[i].room);
    }
}

/**
 * wf_lead_columns_shown_set_up:
 * @self: a page
 *
 * Offers an action for each column, "columns.stage" and so on, and takes the choice of the last time.
 */
void
wf_lead_columns_shown_set_up (WfLeadsPage *self)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();

  self->settings = g_settings_new (WF_APPLICATION_ID);
  self->shown = G_ACTION_MAP (group);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GSimpleAction) action =
          g_simple_action_new_stateful (columns[i].name, NULL, g_variant_new_boolean (TRUE));

      g_signal_connect_object (action, "change-state", G_CALLBACK (on_change_state), self, 0);
      g_action_map_add_action (self->shown, G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (group));
  g_signal_connect_object (self->settings, "changed::" HIDDEN,
                           G_CALLBACK (wf_lead_columns_shown_update), self, G_CONNECT_SWAPPED);
  wf_lead_columns_shown_update (self);
}

static gboolean
is_hidden (WfLeadColumn column, const char *const *hidden)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      if (columns[i].column == column)
        return g_strv_contains (hidden, columns[i].name);
    }
  return column != WF_LEAD_COLUMN_NAME;
}

static WfLeadColumn
find_column (WfLeadsPage *self, GtkColumnViewColumn *wanted)
{
  guint which = 0;

  while (which < WF_N_LEAD_COLUMNS && self->columns[which] != wanted)
    which++;
  return which;
}

/**
 * wf_lead_columns_shown_list:
 * @self: a page
 *
 * Result: of WfLeadColumn: those that are chosen, however narrow the window, in the order in which the person put them; owned by the
 * caller.
 */
GArray *
wf_lead_columns_shown_list (WfLeadsPage *self)
{
  GListModel *all = gtk_column_view_get_columns (self->table);
  g_auto (GStrv) hidden = g_settings_get_strv (self->settings, HIDDEN);
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (WfLeadColumn));

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);
      WfLeadColumn which = find_column (self, column);

      if (!is_hidden (which, (const char *const *) hidden))
        g_array_append_val (chosen, which);
    }
  return chosen;
}
