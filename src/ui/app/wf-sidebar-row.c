/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of the sidebar with its counter. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-sidebar-row.h"

#include <glib/gi18n-lib.h>

struct _WfSidebarRow
{
  GtkListBoxRow parent_instance;

  const WfPageInfo *page;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *counter;
};

G_DEFINE_FINAL_TYPE (WfSidebarRow, wf_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
wf_sidebar_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SIDEBAR_ROW);
  G_OBJECT_CLASS (wf_sidebar_row_parent_class)->dispose (object);
}

static void
wf_sidebar_row_class_init (WfSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_sidebar_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WfSidebarRow, title);
  gtk_widget_class_bind_template_child (widget_class, WfSidebarRow, counter);
}

static void
wf_sidebar_row_init (WfSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_sidebar_row_new (const WfPageInfo *page)
{
  WfSidebarRow *self = g_object_new (WF_TYPE_SIDEBAR_ROW, NULL);
  const char *title = gettext (page->title);

  self->page = page;
  gtk_image_set_from_icon_name (self->icon, page->icon);
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

const WfPageInfo *
wf_sidebar_row_get_page (WfSidebarRow *self)
{
  g_return_val_if_fail (WF_IS_SIDEBAR_ROW (self), NULL);
  return self->page;
}

void
wf_sidebar_row_set_counter (WfSidebarRow *self, guint n, gboolean urgent, const char *text)
{
  g_return_if_fail (WF_IS_SIDEBAR_ROW (self));
  g_autofree char *number = g_strdup_printf ("%u", n);

  gtk_label_set_text (self->counter, number);
  gtk_widget_set_visible (GTK_WIDGET (self->counter), n > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->counter), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  n > 0 ? text : "", -1);
  if (urgent)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "late");
}
