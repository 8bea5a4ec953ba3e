/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menus of the outline. What can be added is what the catalogue of steps has. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-menu.h"

#include "wf-step-catalogue.h"

#include <glib/gi18n-lib.h>

/* The groups of kinds, in the order in which they are offered. */
static const char *const groups[] = { "activities", "communication", "record", "flow", "systems" };

static GMenuModel *
make_group (const char *group, const char *branch, guint path)
{
  GMenu *menu = g_menu_new ();

  for (int kind = 0; kind < WF_N_STEP_KINDS; kind++)
    {
      const WfStepKindInfo *info = wf_step_catalogue_get ((WfStepKind) kind);
      g_autoptr (GMenuItem) item = NULL;

      if (!g_str_equal (info->group, group))
        continue;
      item = g_menu_item_new (wf_step_kind_to_text (info->kind), NULL);
      g_menu_item_set_action_and_target (item, "editor.add-step", "(ssu)", info->name,
                                         branch != NULL ? branch : "", path);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/* branch: nullable, the top of the document; path: of the branch. Action editor.add-step with (kind, branch or "", path). */
GMenuModel *
wf_step_menu_new_for_adding (const char *branch, guint path)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autoptr (GMenuModel) section = make_group (groups[i], branch, path);

      g_menu_append_submenu (menu, wf_step_group_to_text (groups[i]), section);
    }
  return G_MENU_MODEL (menu);
}

static void
add_for_step (GMenu *menu, const char *title, const char *action, const char *step)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (title, NULL);

  g_menu_item_set_action_and_target (item, action, "s", step);
  g_menu_append_item (menu, item);
}

static GMenu *
make_path_menu (WfOutlineItem *item)
{
  GMenu *menu = g_menu_new ();
  const char *step = wf_outline_item_get_step (item);
  guint path = wf_outline_item_get_path (item);
  g_autoptr (GMenuItem) edit = g_menu_item_new (_ ("_Edit…"), NULL);
  g_autoptr (GMenuItem) remove = g_menu_item_new (_ ("_Delete"), NULL);

  g_menu_item_set_action_and_target (edit, "editor.edit-path", "(su)", step, path);
  g_menu_append_item (menu, edit);
  g_menu_item_set_action_and_target (remove, "editor.remove-path", "(su)", step, path);
  g_menu_append_item (menu, remove);
  return menu;
}

GMenuModel *
wf_step_menu_new_for_item (WfOutlineItem *item)
{
  const char *step = wf_outline_item_get_step (item);
  GMenu *menu;

  if (wf_outline_item_is_path (item))
    return G_MENU_MODEL (make_path_menu (item));
  menu = g_menu_new ();
  if (wf_outline_item_get_kind (item) == WF_STEP_BRANCH)
    add_for_step (menu, _ ("Add _Path"), "editor.add-path", step);
  else if (wf_outline_item_get_kind (item) != WF_STEP_OTHER)
    add_for_step (menu, _ ("_Edit…"), "editor.edit-step", step);
  if (wf_outline_item_can_move_up (item))
    add_for_step (menu, _ ("Move _Up"), "editor.move-up", step);
  if (wf_outline_item_can_move_down (item))
    add_for_step (menu, _ ("Move _Down"), "editor.move-down", step);
  add_for_step (menu, _ ("D_uplicate"), "editor.duplicate", step);
  add_for_step (menu, _ ("_Delete"), "editor.remove-step", step);
  return G_MENU_MODEL (menu);
}
