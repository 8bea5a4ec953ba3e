/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks through a window's widgets. */
#include "wf-window-check.h"

#include "wf-row-text.h"

#define LONGEST_WAIT (10 * G_TIME_SPAN_SECOND)

GtkWidget *
wf_window_check_find (GtkWidget *root, GType type, const char *buildable_id)
{
  if (gtk_widget_get_mapped (root) && g_type_is_a (G_OBJECT_TYPE (root), type) &&
      (buildable_id == NULL ||
       g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)), buildable_id) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = wf_window_check_find (child, type, buildable_id);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
on_wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
wf_window_check_wait (gboolean (*condition) (gpointer), gpointer data)
{
  gint64 end = g_get_monotonic_time () + LONGEST_WAIT;
  guint wake =
      g_timeout_add (20, on_wake, NULL); /* the condition may depend on what no source announces */

  /* Asked once each time round: what held a moment ago, such as that nothing waits, may not hold any more. */
  gboolean holds = condition (data);

  while (!holds && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, TRUE);
      holds = condition (data);
    }
  g_source_remove (wake);
  return holds;
}

gboolean
wf_window_check_has_text (GtkWidget *root, const char *text)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text))
    return TRUE;
  if (GTK_IS_INSCRIPTION (root) &&
      g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (root)), text) == 0)
    return TRUE;
  for (guint i = 0; WF_IS_ROW_TEXT (root) && i < WF_ROW_N_LINES; i++)
    if (g_strcmp0 (wf_row_text_get_line (WF_ROW_TEXT (root), i), text) == 0)
      return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (wf_window_check_has_text (child, text))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_label_inside (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_label_inside (child))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) ||
         GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_DROP_DOWN (widget) ||
         GTK_IS_LIST_VIEW (widget) || GTK_IS_SWITCH (widget);
}

/* GTK 4.18 reads the underscore of a mnemonic aloud where a check button draws its label itself. */
static gboolean
says_underscore (GtkWidget *widget)
{
  const char *label =
      GTK_IS_CHECK_BUTTON (widget) ? gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)) : NULL;

  return label != NULL && gtk_check_button_get_use_underline (GTK_CHECK_BUTTON (widget)) &&
         strchr (label, '_') != NULL;
}

/* By what GTK's own computation uses: a label given by the program, a label inside, or the hint. */
static gboolean
has_name (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                        GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;
  return has_label_inside (widget) || (tooltip != NULL && *tooltip != '\0');
}

/* The inner toggle of a menu button and the plus and minus of a spin button are named by it; window buttons are
 * libadwaita's and named there. */
static gboolean
is_part_of_named (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return parent != NULL && (GTK_IS_MENU_BUTTON (parent) || GTK_IS_DROP_DOWN (parent) ||
                            GTK_IS_SPIN_BUTTON (parent) || GTK_IS_WINDOW_CONTROLS (parent) ||
                            gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL);
}

guint
wf_window_check_count_nameless (GtkWidget *root)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (root))
    return 0;
  if (is_control (root) && !is_part_of_named (root) && (!has_name (root) || says_underscore (root)))
    {
      GtkWidget *parent = gtk_widget_get_parent (root);

      g_test_message ("without a name: %s %s in %s", G_OBJECT_TYPE_NAME (root),
                      gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)),
                      parent != NULL ? G_OBJECT_TYPE_NAME (parent) : "nothing");
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += wf_window_check_count_nameless (child);
  return n;
}
