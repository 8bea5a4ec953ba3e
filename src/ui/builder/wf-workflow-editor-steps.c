/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's actions that change steps and paths. They work on what is
 * selected, or has the focus, in the canvas and the outline alike. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor-private.h"

#include "wf-builder-commands.h"
#include "wf-step-dialog.h"
#include "wf-step-menu.h"

#include <glib/gi18n-lib.h>

static const WfTarget *
get_focus (WfWorkflowEditor *self)
{
  return wf_step_selection_get_focus (self->selection);
}

static const WfStep *
get_focused_step (WfWorkflowEditor *self)
{
  const WfTarget *focus = get_focus (self);

  return focus->kind == WF_TARGET_STEP
             ? wf_workflow_find_step (wf_workflow_editor_get_workflow (self), focus->step)
             : NULL;
}

static void
say_with_undo (WfWorkflowEditor *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "editor.undo");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* ---- adding ---- */

static void
present_step_dialog (WfWorkflowEditor *self, const WfStepPlace *place, const WfStep *step)
{
  adw_dialog_present (ADW_DIALOG (wf_step_dialog_new (self->context, place, step)),
                      GTK_WIDGET (self));
}

/* A branch has nothing to fill in before it stands there; every other kind has
 * its pop-up (R13). */
static void
add_step (WfWorkflowEditor *self, WfStepKind kind, const WfTarget *at)
{
  WfStepPlace place;
  g_autoptr (WfStep) step = NULL;

  wf_target_get_place (at, wf_workflow_editor_get_workflow (self), &place);
  if (kind == WF_STEP_BRANCH)
    {
      wf_builder_add (self->selection, &place, wf_step_new (WF_STEP_BRANCH));
      return;
    }
  step = wf_step_new (kind);
  present_step_dialog (self, &place, step);
}

static void
on_kind_chosen (WfWorkflowEditor *self, int kind)
{
  g_autoptr (WfTarget) place = g_steal_pointer (&self->chooser_place);

  if (place != NULL)
    add_step (self, (WfStepKind) kind, place);
}

/* Where the canvas shows what the chooser adds after. */
static gboolean
point_at_canvas (WfWorkflowEditor *self, GdkRectangle *area)
{
  graphene_point_t origin;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->canvas)) ||
      !wf_canvas_get_target_rect (self->canvas, self->chooser_place, area) ||
      !gtk_widget_compute_point (GTK_WIDGET (self->canvas), GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT (0, 0), &origin))
    return FALSE;
  area->x += (int) origin.x;
  area->y += (int) origin.y;
  return TRUE;
}

/* Beside what has the focus; in the middle when that is not in the editor, such
 * as a menu that is closing. */
static void
point_chooser (WfWorkflowEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  GdkRectangle area = { width / 2, height / 2, 1, 1 };

  if (point_at_canvas (self, &area))
    {
      gtk_popover_set_pointing_to (GTK_POPOVER (self->chooser), &area);
      return;
    }
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)) &&
      !GTK_IS_SCROLLED_WINDOW (focus) && focus != GTK_WIDGET (self->canvas) &&
      gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    area = (GdkRectangle) { CLAMP ((int) bounds.origin.x, 0, width),
                            CLAMP ((int) bounds.origin.y, 0, height), (int) bounds.size.width,
                            (int) bounds.size.height };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->chooser), &area);
}

/* Where the card stands at the side of a narrow window, the chooser goes as far to the other side
 * as it needs; its arrow goes on pointing at the card. */
static void
keep_chooser_inside (WfWorkflowEditor *self)
{
  GtkPopover *popover = GTK_POPOVER (self->chooser);
  int width = gtk_widget_get_width (GTK_WIDGET (self)), needed, left, offset = 0;
  GdkRectangle area;

  if (!gtk_popover_get_pointing_to (popover, &area))
    return;
  gtk_widget_measure (GTK_WIDGET (popover), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL,
                      NULL);
  left = area.x + (area.width - needed) / 2;
  offset = MIN (offset, width - needed - left);
  offset = MAX (offset, -left); /* where it fits nowhere, it begins with the window */
  gtk_popover_set_offset (popover, offset, 0);
}

static void
open_chooser (WfWorkflowEditor *self, const WfTarget *place)
{
  if (self->chooser == NULL)
    {
      self->chooser = wf_step_chooser_new ();
      gtk_widget_set_parent (GTK_WIDGET (self->chooser), GTK_WIDGET (self));
      g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (on_kind_chosen), self,
                               G_CONNECT_SWAPPED);
      /* Its list is as wide as its rows, which are there when it is shown. */
      g_signal_connect_object (self->chooser, "map", G_CALLBACK (keep_chooser_inside), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  g_clear_pointer (&self->chooser_place, wf_target_free);
  self->chooser_place = wf_target_copy (place);
  point_chooser (self);
  wf_step_chooser_reset (self->chooser);
  keep_chooser_inside (self);
  gtk_popover_popup (GTK_POPOVER (self->chooser));
}

static void
on_add_step (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  open_chooser (self, get_focus (self));
}

static void
on_add_action (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  add_step (self, WF_STEP_CREATE_ACTIVITY, get_focus (self));
}

/* ---- opening ---- */

static void
open_step (WfWorkflowEditor *self, const char *id)
{
  const WfStep *step = wf_workflow_find_step (wf_workflow_editor_get_workflow (self), id);
  const WfStepPlace place = { .position = G_MAXUINT };

  if (step == NULL)
    return;
  if (step->kind == WF_STEP_BRANCH || step->kind == WF_STEP_OTHER)
    wf_workflow_editor_focus_inspector (self);
  else
    present_step_dialog (self, &place, step);
}

/* Over the accessibility bus something is opened that has not got the focus yet. */
void
wf_workflow_editor_open (WfWorkflowEditor *self, const WfTarget *opened)
{
  g_autoptr (WfTarget) target = wf_target_copy (opened);

  if (target->kind != WF_TARGET_PLACE && target->kind != WF_TARGET_NONE &&
      !wf_target_equal (target, get_focus (self)))
    wf_step_selection_focus (self->selection, target, WF_SELECT_REPLACE);
  switch (target->kind)
    {
    case WF_TARGET_PLACE:
      if (self->editable)
        open_chooser (self, target);
      break;
    case WF_TARGET_STEP:
      if (self->editable)
        open_step (self, target->step);
      else
        wf_workflow_editor_focus_inspector (self);
      break;
    case WF_TARGET_TRIGGER:
    case WF_TARGET_PATH:
      wf_workflow_editor_focus_inspector (self);
      break;
    case WF_TARGET_NONE:
    default:
      break;
    }
}

static void
on_edit (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  wf_workflow_editor_open (self, get_focus (self));
}

void
wf_workflow_editor_show_menu (WfWorkflowEditor *self, GtkWidget *widget, double x, double y)
{
  g_autoptr (GMenuModel) model = wf_step_menu_new (self->context);
  graphene_point_t point;

  if (self->menu == NULL)
    {
      self->menu = GTK_POPOVER_MENU (gtk_popover_menu_new_from_model (NULL));
      gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
    }
  gtk_popover_menu_set_menu_model (self->menu, model);
  if (!gtk_widget_compute_point (widget, GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* ---- commands on the selection ---- */

static void
on_delete (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  guint n = MAX (wf_step_selection_get_n (self->selection), 1);
  g_autofree char *text = NULL;

  if (!wf_builder_delete (self->selection))
    return;
  text = g_strdup_printf (ngettext ("%u step deleted", "%u steps deleted", n), n);
  say_with_undo (self, text);
}

static void
on_duplicate (GtkWidget *widget, const char *action, GVariant *target)
{
  wf_builder_duplicate (WF_WORKFLOW_EDITOR (widget)->selection);
}

static void
on_move (GtkWidget *widget, const char *action, GVariant *target)
{
  wf_builder_move (WF_WORKFLOW_EDITOR (widget)->selection,
                   g_str_equal (action, "editor.move-up") ? -1 : 1);
}

static void
on_wrap (GtkWidget *widget, const char *action, GVariant *target)
{
  wf_builder_wrap_in_branch (WF_WORKFLOW_EDITOR (widget)->selection);
}

static void
on_select_all (GtkWidget *widget, const char *action, GVariant *target)
{
  wf_step_selection_select_all (WF_WORKFLOW_EDITOR (widget)->selection);
}

/* ---- clipboard: JSON text, so that steps travel across workflows and
 * applications ---- */

static void
on_copy (GtkWidget *widget, const char *action, GVariant *target)
{
  g_autofree char *text = wf_builder_copy_text (WF_WORKFLOW_EDITOR (widget)->selection);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
on_cut (GtkWidget *widget, const char *action, GVariant *target)
{
  g_autofree char *text = NULL;

  if (wf_builder_cut_text (WF_WORKFLOW_EDITOR (widget)->selection, &text))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
on_text_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (text != NULL)
    wf_builder_paste_text (self->selection, text, NULL, &error);
  if (error != NULL)
    wf_workflow_editor_say (self, error->message);
}

static void
on_paste (GtkWidget *widget, const char *action, GVariant *target)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget),
                                 WF_WORKFLOW_EDITOR (widget)->cancellable, on_text_read,
                                 g_object_ref (widget));
}

/* ---- paths of a branch ---- */

/* The branch that has the focus, itself or through one of its paths; NULL:
 * none. */
static const char *
get_focused_branch (WfWorkflowEditor *self)
{
  const WfStep *step = get_focused_step (self);
  const WfTarget *focus = get_focus (self);

  if (focus->kind == WF_TARGET_PATH)
    return focus->step;
  return step != NULL && step->kind == WF_STEP_BRANCH ? step->id : NULL;
}

static void
on_add_path (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  g_autofree char *branch = g_strdup (get_focused_branch (self));

  if (branch != NULL)
    wf_builder_add_path (self->selection, branch);
}

static void
on_remove_path (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  g_autoptr (WfTarget) focus = wf_target_copy (get_focus (self));

  if (focus->kind == WF_TARGET_PATH &&
      wf_builder_remove_path (self->selection, focus->step, focus->path))
    say_with_undo (self, _ ("Path deleted"));
}

static void
on_move_path (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  g_autoptr (WfTarget) focus = wf_target_copy (get_focus (self));

  if (focus->kind == WF_TARGET_PATH)
    wf_builder_move_path (self->selection, focus->step, focus->path,
                          g_str_equal (action, "editor.move-path-left") ? -1 : 1);
}

/* ---- which of them can be used now ---- */

/* by: -1 to the left, 1 to the right; 0: can it be removed? It is not when it is the only one. */
static gboolean
can_change_path (WfWorkflowEditor *self, int by)
{
  const WfTarget *focus = get_focus (self);
  const WfStep *branch =
      focus->kind == WF_TARGET_PATH
          ? wf_workflow_find_step (wf_workflow_editor_get_workflow (self), focus->step)
          : NULL;
  gint64 to = (gint64) focus->path + by;

  return branch != NULL && branch->kind == WF_STEP_BRANCH && branch->paths->len > 1 && to >= 0 &&
         to < branch->paths->len;
}

void
wf_workflow_editor_update_step_actions (WfWorkflowEditor *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  WfTargetKind focus = get_focus (self)->kind;
  gboolean steps = wf_builder_can_delete (self->selection);
  const struct
  {
    const char *name;
    gboolean can;
  } actions[] = {
    { "editor.add-step", TRUE },
    { "editor.add-action", TRUE },
    { "editor.paste", TRUE },
    { "editor.edit", focus != WF_TARGET_NONE },
    { "editor.delete", steps },
    { "editor.duplicate", steps },
    { "editor.cut", steps },
    { "editor.wrap", steps },
    { "editor.move-up", wf_builder_can_move (self->selection, -1) },
    { "editor.move-down", wf_builder_can_move (self->selection, 1) },
    { "editor.add-path", get_focused_branch (self) != NULL },
    { "editor.remove-path", can_change_path (self, 0) },
    { "editor.move-path-left", can_change_path (self, -1) },
    { "editor.move-path-right", can_change_path (self, 1) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (widget, actions[i].name, self->editable && actions[i].can);
  gtk_widget_action_set_enabled (widget, "editor.copy", steps);
}

void
wf_workflow_editor_install_step_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.add-step", NULL, on_add_step);
  gtk_widget_class_install_action (widget_class, "editor.add-action", NULL, on_add_action);
  gtk_widget_class_install_action (widget_class, "editor.edit", NULL, on_edit);
  gtk_widget_class_install_action (widget_class, "editor.delete", NULL, on_delete);
  gtk_widget_class_install_action (widget_class, "editor.duplicate", NULL, on_duplicate);
  gtk_widget_class_install_action (widget_class, "editor.move-up", NULL, on_move);
  gtk_widget_class_install_action (widget_class, "editor.move-down", NULL, on_move);
  gtk_widget_class_install_action (widget_class, "editor.wrap", NULL, on_wrap);
  gtk_widget_class_install_action (widget_class, "editor.select-all", NULL, on_select_all);
  gtk_widget_class_install_action (widget_class, "editor.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "editor.cut", NULL, on_cut);
  gtk_widget_class_install_action (widget_class, "editor.paste", NULL, on_paste);
  gtk_widget_class_install_action (widget_class, "editor.add-path", NULL, on_add_path);
  gtk_widget_class_install_action (widget_class, "editor.remove-path", NULL, on_remove_path);
  gtk_widget_class_install_action (widget_class, "editor.move-path-left", NULL, on_move_path);
  gtk_widget_class_install_action (widget_class, "editor.move-path-right", NULL, on_move_path);
}
