/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the outline: the step's sentence, when it runs, what is wrong with it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-row.h"

#include "wf-step-menu.h"

#define INDENT_PIXELS 24

struct _WfOutlineRow
{
  AdwActionRow parent_instance;

  GtkImage *icon;
  GtkWidget *problem;
  GtkMenuButton *add;
  GtkMenuButton *menu;
  WfOutlineItem *item;
};

G_DEFINE_FINAL_TYPE (WfOutlineRow, wf_outline_row, ADW_TYPE_ACTION_ROW)

static void
wf_outline_row_dispose (GObject *object)
{
  g_clear_object (&WF_OUTLINE_ROW (object)->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_OUTLINE_ROW);
  G_OBJECT_CLASS (wf_outline_row_parent_class)->dispose (object);
}

static void
wf_outline_row_class_init (WfOutlineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_outline_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/outline/wf-outline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, problem);
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, add);
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, menu);
}

static void
wf_outline_row_init (WfOutlineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_problem (WfOutlineRow *self)
{
  const char *text = wf_outline_item_get_problem (self->item);
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (self->problem, text != NULL);
  gtk_widget_set_tooltip_text (self->problem, text);
  if (text == NULL)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                                   wf_outline_item_get_subtitle (self->item));
      return;
    }
  subtitle = g_strconcat (wf_outline_item_get_subtitle (self->item), "\n", text, NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

/* editable FALSE: for those who may look but not change (R7). */
WfOutlineRow *
wf_outline_row_new (WfOutlineItem *item, gboolean editable)
{
  WfOutlineRow *self = g_object_new (WF_TYPE_OUTLINE_ROW, NULL);
  int indent = INDENT_PIXELS * (int) MIN (wf_outline_item_get_depth (item), 8);

  self->item = g_object_ref (item);
  gtk_image_set_from_icon_name (self->icon, wf_outline_item_get_icon (item));
  gtk_widget_set_margin_start (GTK_WIDGET (self->icon), indent);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), wf_outline_item_get_title (item));
  gtk_widget_set_visible (GTK_WIDGET (self->menu), editable);
  if (editable)
    {
      g_autoptr (GMenuModel) menu = wf_step_menu_new_for_item (item);

      gtk_menu_button_set_menu_model (self->menu, menu);
    }
  if (editable && wf_outline_item_is_path (item))
    {
      g_autoptr (GMenuModel) add = wf_step_menu_new_for_adding (wf_outline_item_get_step (item),
                                                                wf_outline_item_get_path (item));

      gtk_widget_set_visible (GTK_WIDGET (self->add), TRUE);
      gtk_menu_button_set_menu_model (self->add, add);
    }
  show_problem (self);
  return self;
}

WfOutlineItem *
wf_outline_row_get_item (WfOutlineRow *self)
{
  return self->item;
}
