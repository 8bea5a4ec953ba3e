/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menus of the outline. A kind of step that can be added is one row of the table. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-menu.h"

#include <glib/gi18n-lib.h>

static const struct
{
  WfStepKind kind;
  const char *name; /* as in the document */
  const char *title;
} addable[] = {
  { WF_STEP_CREATE_ACTIVITY, "create-activity", N_ ("Create Activity…") },
  { WF_STEP_NOTIFY, "notify", N_ ("Notify…") },
  { WF_STEP_WAIT, "wait", N_ ("Wait…") },
  { WF_STEP_BRANCH, "branch", N_ ("Branch") },
};

/* branch: nullable, the top of the document; path: of the branch. Action editor.add-step with (kind, branch or "", path). */
GMenuModel *
wf_step_menu_new_for_adding (const char *branch, guint path)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (addable); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (addable[i].title), NULL);

      g_menu_item_set_action_and_target (item, "editor.add-step", "(ssu)", addable[i].name,
                                         branch != NULL ? branch : "", path);
      g_menu_append_item (menu, item);
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
