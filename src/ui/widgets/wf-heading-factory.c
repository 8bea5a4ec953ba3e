/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headings of a list in sections. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-heading-factory.h"

#define MARGIN 12 /* where the rows of a popover’s list begin */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, MARGIN);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_header_set_child (header, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListHeader *header, gpointer user_data)
{
  WfHeadingFunc get_text = (WfHeadingFunc) (void (*) (void)) user_data;
  const char *text = get_text (gtk_list_header_get_item (header));
  GtkWidget *label = gtk_list_header_get_child (header);

  gtk_widget_set_visible (label, text != NULL);
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

/**
 * wf_heading_factory_new:
 * @get_text: the heading above the section that begins with an item
 *
 * Returns: (transfer full): a factory for the headers of a list
 */
GtkListItemFactory *
wf_heading_factory_new (WfHeadingFunc get_text)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), (gpointer) (void (*) (void)) get_text);
  return factory;
}
