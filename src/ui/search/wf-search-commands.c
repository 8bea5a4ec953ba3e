/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that can be found. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-search-commands.h"

#include "wf-actions.h"
#include "wf-pages.h"
#include "wf-word-match.h"

#include <glib/gi18n-lib.h>

/* A widget tells nobody which actions are enabled around it, but its buttons follow them: so a button is asked that nobody
 * sees. */
static GtkWidget *
probe_new (GtkWidget *place)
{
  GtkWidget *probe = g_object_ref_sink (gtk_button_new ());

  gtk_widget_set_visible (probe, FALSE);
  gtk_widget_set_parent (probe, place);
  return probe;
}

static void
probe_free (GtkWidget *probe)
{
  gtk_widget_unparent (probe);
  g_object_unref (probe);
}

static gboolean
is_enabled (GtkWidget *probe, const char *action, GVariant *target)
{
  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (probe), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), action);
  return gtk_widget_get_sensitive (probe);
}

/* R7, R62: the action that shows a page is there for all pages. */
static gboolean
is_allowed (const char *action, GVariant *target, WfRuntime *runtime)
{
  const WfPageInfo *page;

  if (g_str_equal (action, "win.search"))
    return FALSE; /* it is what is open */
  if (!g_str_equal (action, "win.show-page"))
    return TRUE;
  page = wf_pages_find (g_variant_get_string (target, NULL));
  return page != NULL && wf_page_is_allowed (page, runtime);
}

static const char *
get_icon (const char *action, GVariant *target)
{
  const WfPageInfo *page = NULL;

  if (g_str_equal (action, "win.show-page"))
    page = wf_pages_find (g_variant_get_string (target, NULL));
  return page != NULL ? page->icon : "system-run-symbolic";
}

static void
add (GPtrArray *commands, const WfShortcutInfo *info, const char *action, GVariant *target)
{
  g_autofree char *keys = wf_shortcut_dup_label (info);
  WfSearchItem *item = wf_search_item_new (WF_SEARCH_COMMANDS, get_icon (action, target),
                                           gettext (info->title), NULL, action, target);

  wf_search_item_set_keys (item, keys);
  g_ptr_array_add (commands, item);
}

GPtrArray *
wf_search_commands_list (GtkWidget *place, WfRuntime *runtime)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func (g_object_unref);
  /* The same action is in the table for each place where its keys work. */
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *probe = probe_new (place);
  guint n;
  const WfShortcutInfo *table = wf_actions_get_shortcuts (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = NULL;
      g_autoptr (GVariant) target = NULL;

      if (table[i].title == NULL || !g_hash_table_add (seen, (gpointer) table[i].action) ||
          !g_action_parse_detailed_name (table[i].action, &action, &target, NULL))
        continue;
      if (is_allowed (action, target, runtime) && is_enabled (probe, action, target))
        add (commands, &table[i], action, target);
    }
  probe_free (probe);
  return commands;
}

GPtrArray *
wf_search_commands_find (GPtrArray *commands, const char *text)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean all = *text == '\0';

  for (int wanted = WF_WORD_MATCH_BEGINS; wanted >= WF_WORD_MATCH_WORD; wanted--)
    for (guint i = 0; i < commands->len; i++)
      {
        WfSearchItem *item = commands->pdata[i];
        /* Among leads and activities, a part of a word would bring far too many commands. */
        if (all ? wanted == WF_WORD_MATCH_BEGINS
                : (int) wf_word_match (wf_search_item_get_title (item), text) == wanted)
          g_ptr_array_add (found, g_object_ref (item));
      }
  return found;
}
