/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a switch, a voice or a screen reader can do with rows and lists to choose from without keys and without a pointer.
 *
 * GTK 4.18 offers on the accessibility bus the actions that a widget's class has, and its own rows, combo rows and drop-downs
 * have none: they could be read there but not used. Its search entry has one that does nothing. Classes copy the actions of the class that they come from, once, so this is
 * done before the first of them. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-accessible-actions.h"

#include <adwaita.h>

static void
on_activate (GtkWidget *widget, const char *action, GVariant *target)
{
  gtk_widget_activate (widget);
}

/* At either end nothing happens: a list does not turn round unseen. */
static void
on_step (GtkWidget *widget, const char *action, GVariant *target)
{
  g_autoptr (GListModel) model = NULL;
  gboolean next = g_str_equal (action, "choice.next");
  guint selected;

  g_object_get (widget, "selected", &selected, "model", &model, NULL);
  if (model == NULL || selected == GTK_INVALID_LIST_POSITION ||
      (next ? selected + 1 >= g_list_model_get_n_items (model) : selected == 0))
    {
      gtk_widget_error_bell (widget);
      return;
    }
  g_object_set (widget, "selected", next ? selected + 1 : selected - 1, NULL);
}

static void
install_choice (GType type)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "choice.next", NULL, on_step);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "choice.previous", NULL, on_step);
}

/* “activate” then is what Enter does: it takes the first of what was found. */
static void
mend_search (void)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (GTK_TYPE_SEARCH_ENTRY);

  gtk_widget_class_set_activate_signal (GTK_WIDGET_CLASS (klass),
                                        g_signal_lookup ("activate", GTK_TYPE_SEARCH_ENTRY));
}

/**
 * wf_accessible_actions_install:
 *
 * Gives every row of a list “row.activate”, and every combo row and drop-down “choice.next” and “choice.previous”; the
 * “activate” of a search takes the first of what was found. To be called once, before a widget is made.
 */
void
wf_accessible_actions_install (void)
{
  g_autoptr (GTypeClass) row = g_type_class_ref (GTK_TYPE_LIST_BOX_ROW);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (row), "row.activate", NULL, on_activate);
  install_choice (ADW_TYPE_COMBO_ROW);
  install_choice (GTK_TYPE_DROP_DOWN);
  mend_search ();
}
