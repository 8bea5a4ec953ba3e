/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The searchable list of steps that can be added. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-chooser.h"

#include "wf-heading-factory.h"
#include "wf-step-choice.h"

struct _WfStepChooser
{
  GtkPopover parent_instance;

  GtkEditable *search;
  GtkScrolledWindow *scrolled;
  GtkListView *list;
  GtkWidget *nothing;

  GtkFilter *filter;             /* (owned) */
  GtkSorter *sorter;             /* (owned) */
  GtkSorter *section_sorter;     /* (owned) */
  GtkSortListModel *sorted;      /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  GtkListItemFactory *headers;   /* (owned) */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfStepChooser, wf_step_chooser, GTK_TYPE_POPOVER)

/* -- what is found ----------------------------------------------------------------------------- */

static const char *
get_query (WfStepChooser *self)
{
  return gtk_editable_get_text (self->search);
}

static gboolean
is_found (gpointer item, gpointer user_data)
{
  return wf_step_choice_rank (item, get_query (user_data)) > 0;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  WfStepChoice *first = (WfStepChoice *) a, *second = (WfStepChoice *) b;
  const char *query = get_query (user_data);
  guint rank_a = wf_step_choice_rank (first, query), rank_b = wf_step_choice_rank (second, query);

  if (rank_a != rank_b)
    return rank_a > rank_b ? -1 : 1;
  return (int) wf_step_choice_get_position (first) - (int) wf_step_choice_get_position (second);
}

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return (int) wf_step_choice_get_group ((WfStepChoice *) a) -
         (int) wf_step_choice_get_group ((WfStepChoice *) b);
}

static void
on_search_changed (WfStepChooser *self)
{
  /* What is found is shown best first: its groups would only be in the way. */
  gboolean searching = *get_query (self) != '\0';

  gtk_sort_list_model_set_section_sorter (self->sorted, searching ? NULL : self->section_sorter);
  gtk_list_view_set_header_factory (self->list, searching ? NULL : self->headers);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  gboolean found = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;
  gtk_widget_set_visible (self->nothing, !found);
  gtk_widget_set_visible (GTK_WIDGET (self->scrolled), found);
  if (!found)
    return;
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_NONE, NULL);
}

/* -- choosing ---------------------------------------------------------------------------------- */

static void
choose (WfStepChooser *self, guint position)
{
  g_autoptr (WfStepChoice) choice =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (choice == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, (int) wf_step_choice_get_info (choice)->kind);
}

/* Who types fast presses Enter before the search has begun. */
static void
on_search_activated (WfStepChooser *self)
{
  on_search_changed (self);
  choose (self, 0);
}

static void
on_activate (WfStepChooser *self, guint position)
{
  choose (self, position);
}

static void
on_search_stopped (WfStepChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* The first is selected already: Down goes to the one after it. */
static gboolean
on_search_key_pressed (WfStepChooser *self, guint key, guint code, GdkModifierType state)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint selected = gtk_single_selection_get_selected (self->selection);

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || n == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_list_view_scroll_to (self->list, MIN (selected + 1, n - 1),
                           GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return GDK_EVENT_STOP;
}

static gboolean
on_list_key_pressed (WfStepChooser *self, guint key, guint code, GdkModifierType state)
{
  if ((key != GDK_KEY_Up && key != GDK_KEY_KP_Up) ||
      gtk_single_selection_get_selected (self->selection) != 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return GDK_EVENT_STOP;
}

static void
on_show (WfStepChooser *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* -- rows -------------------------------------------------------------------------------------- */

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32); /* on a phone, too */
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "dimmed");
    }
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new ();

  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (NULL));
  gtk_box_append (GTK_BOX (texts), make_label ("caption"));
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_widget_add_css_class (row, "wf-step-choice");
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  const WfStepKindInfo *info = wf_step_choice_get_info (gtk_list_item_get_item (list_item));
  const char *label = wf_step_kind_to_text (info->kind);
  const char *summary = wf_step_kind_to_summary (info->kind);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *icon = gtk_widget_get_first_child (row);
  GtkWidget *texts = gtk_widget_get_next_sibling (icon);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), info->icon);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (texts)), label);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (texts)), summary);
  gtk_list_item_set_accessible_label (list_item, label);
  gtk_list_item_set_accessible_description (list_item, summary);
}

static const char *
get_heading (gpointer item)
{
  return wf_step_group_to_text (wf_step_choice_get_info (item)->group);
}

static void
set_factories (WfStepChooser *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();

  self->headers = wf_heading_factory_new (get_heading);
  g_signal_connect (rows, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (rows, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, self->headers);
}

static void
set_model (WfStepChooser *self)
{
  GListModel *choices = G_LIST_MODEL (wf_step_choice_list_new ());
  GListModel *found;

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_found, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  self->section_sorter = GTK_SORTER (gtk_custom_sorter_new (compare_groups, NULL, NULL));
  found = G_LIST_MODEL (gtk_filter_list_model_new (choices, g_object_ref (self->filter)));
  self->sorted = gtk_sort_list_model_new (found, g_object_ref (self->sorter));
  gtk_sort_list_model_set_section_sorter (self->sorted, self->section_sorter);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->sorted)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_step_chooser_dispose (GObject *object)
{
  WfStepChooser *self = WF_STEP_CHOOSER (object);

  /* They ask the search, which goes now. */
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->filter), NULL, NULL, NULL);
  if (self->sorter != NULL)
    gtk_custom_sorter_set_sort_func (GTK_CUSTOM_SORTER (self->sorter), NULL, NULL, NULL);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->section_sorter);
  g_clear_object (&self->sorted);
  g_clear_object (&self->selection);
  g_clear_object (&self->headers);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_STEP_CHOOSER);
  G_OBJECT_CLASS (wf_step_chooser_parent_class)->dispose (object);
}

static void
wf_step_chooser_class_init (WfStepChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_step_chooser_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", WF_TYPE_STEP_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/wf-step-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, WfStepChooser, search);
  gtk_widget_class_bind_template_child (widget_class, WfStepChooser, scrolled);
  gtk_widget_class_bind_template_child (widget_class, WfStepChooser, list);
  gtk_widget_class_bind_template_child (widget_class, WfStepChooser, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
wf_step_chooser_init (WfStepChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_factories (self);
  set_model (self);
  /* Letters typed in the list go on searching. */
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
}

WfStepChooser *
wf_step_chooser_new (void)
{
  return g_object_new (WF_TYPE_STEP_CHOOSER, NULL);
}

void
wf_step_chooser_reset (WfStepChooser *self)
{
  g_return_if_fail (WF_IS_STEP_CHOOSER (self));
  gtk_editable_set_text (self->search, "");
  on_search_changed (self);
}
