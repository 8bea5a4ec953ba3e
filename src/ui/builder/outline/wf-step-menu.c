/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of what has the focus in the canvas or the outline. It has what applies to this kind of
 * thing; whether it can be done now is said by the actions, so that an entry does not come and go
 * while a person learns where it stands. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-menu.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *title;
  const char *action;
} Entry;

static void
add_section (GMenu *menu, const Entry *entries, guint n)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < n; i++)
    g_menu_append (section, _ (entries[i].title), entries[i].action);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

#define ADD_SECTION(menu, entries) add_section (menu, entries, G_N_ELEMENTS (entries))

static const Entry edit_entries[] = {
  { N_ ("_Edit"), "editor.edit" },
};
static const Entry add_entries[] = {
  { N_ ("_Add Step"), "editor.add-step" },
};
static const Entry paste_entries[] = {
  { N_ ("_Paste"), "editor.paste" },
};
static const Entry clipboard_entries[] = {
  { N_ ("Cu_t"), "editor.cut" },
  { N_ ("_Copy"), "editor.copy" },
  { N_ ("_Paste"), "editor.paste" },
  { N_ ("D_uplicate"), "editor.duplicate" },
};
static const Entry copy_entries[] = {
  { N_ ("_Copy"), "editor.copy" },
};
static const Entry place_entries[] = {
  { N_ ("Move _Up"), "editor.move-up" },
  { N_ ("Move _Down"), "editor.move-down" },
  { N_ ("Put into a _Branch"), "editor.wrap" },
};
static const Entry branch_entries[] = {
  { N_ ("Add Pat_h"), "editor.add-path" },
};
static const Entry path_entries[] = {
  { N_ ("Add Pat_h"), "editor.add-path" },
  { N_ ("Move Path _Left"), "editor.move-path-left" },
  { N_ ("Move Path _Right"), "editor.move-path-right" },
};
static const Entry remove_path_entries[] = {
  { N_ ("_Delete Path"), "editor.remove-path" },
};

static void
add_delete (GMenu *menu, guint n)
{
  const Entry entry = { n > 1 ? N_ ("_Delete Steps") : N_ ("_Delete Step"), "editor.delete" };

  add_section (menu, &entry, 1);
}

/* n: how many steps are selected. */
static void
fill_for_step (GMenu *menu, const WfStep *step, guint n)
{
  if (n < 2)
    {
      ADD_SECTION (menu, edit_entries);
      ADD_SECTION (menu, add_entries);
      if (step->kind == WF_STEP_BRANCH)
        ADD_SECTION (menu, branch_entries);
    }
  ADD_SECTION (menu, clipboard_entries);
  ADD_SECTION (menu, place_entries);
  add_delete (menu, n);
}

static void
fill_for_path (GMenu *menu)
{
  ADD_SECTION (menu, edit_entries);
  ADD_SECTION (menu, add_entries);
  ADD_SECTION (menu, paste_entries);
  ADD_SECTION (menu, path_entries);
  ADD_SECTION (menu, remove_path_entries);
}

static void
fill_for_reading (GMenu *menu, const WfTarget *focus)
{
  ADD_SECTION (menu, edit_entries);
  if (focus->kind == WF_TARGET_STEP)
    ADD_SECTION (menu, copy_entries);
}

static void
fill (GMenu *menu, WfBuilderContext *context, const WfTarget *focus)
{
  WfStepSelection *selection = wf_builder_context_get_selection (context);
  const WfStep *step =
      focus->kind == WF_TARGET_STEP
          ? wf_workflow_find_step (wf_builder_context_get_workflow (context), focus->step)
          : NULL;

  if (!wf_builder_context_is_editable (context))
    {
      fill_for_reading (menu, focus);
    }
  else if (step != NULL)
    {
      fill_for_step (menu, step, wf_step_selection_get_n (selection));
    }
  else if (focus->kind == WF_TARGET_PATH)
    {
      fill_for_path (menu);
    }
  else
    {
      if (focus->kind == WF_TARGET_TRIGGER)
        ADD_SECTION (menu, edit_entries);
      ADD_SECTION (menu, add_entries);
      ADD_SECTION (menu, paste_entries);
    }
}

/**
 * wf_step_menu_new:
 * @context: the builder
 *
 * Returns: (transfer full): what can be done with the focus: the trigger, a step, a path, a place,
 *   or several steps when more than one is selected
 */
GMenuModel *
wf_step_menu_new (WfBuilderContext *context)
{
  GMenu *menu = g_menu_new ();

  fill (menu, context, wf_step_selection_get_focus (wf_builder_context_get_selection (context)));
  return G_MENU_MODEL (menu);
}
