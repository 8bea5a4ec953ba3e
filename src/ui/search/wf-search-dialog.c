/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search over everything. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-search-dialog.h"

#include "wf-heading-factory.h"
#include "wf-plain-text.h"
#include "wf-search-item.h"
#include "wf-search-source.h"

#include <glib/gi18n-lib.h>

#define PAGE 8 /* rows that Page Up and Page Down go by */

struct _WfSearchDialog
{
  AdwDialog parent_instance;

  GtkWidget *place;              /* (weak) (nullable) where what is chosen is done */
  WfSearchSource *source;        /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  gboolean went;                 /* the person chose a row since the last letter */
  gboolean open_wanted;          /* Enter came before the answer */
  GtkEditable *search;
  GtkStack *states;
  GtkListView *list;
  AdwStatusPage *error;
  GtkLabel *status;
};

G_DEFINE_FINAL_TYPE (WfSearchDialog, wf_search_dialog, ADW_TYPE_DIALOG)

static guint
get_n (WfSearchDialog *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

static void
select_first (WfSearchDialog *self)
{
  if (self->went || get_n (self) == 0)
    return;
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_NONE, NULL);
}

/* GTK tells of a change a moment later. */
static void
on_search_changed (WfSearchDialog *self)
{
  if (self->source == NULL ||
      !wf_search_source_set_text (self->source, gtk_editable_get_text (self->search)))
    return;
  self->went = FALSE;
  self->open_wanted = FALSE;
  select_first (self);
}

/* ---- opening ----------------------------------------------------------------------------------- */

/* The dialog is closed first: the keyboard goes back to where it was, and from there to what is opened. */
static void
open_at (WfSearchDialog *self, guint position)
{
  g_autoptr (WfSearchItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr (GtkWidget) place = self->place != NULL ? g_object_ref (self->place) : NULL;

  if (item == NULL || place == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  adw_dialog_close (ADW_DIALOG (self));
  if (!gtk_widget_activate_action_variant (place, wf_search_item_get_action (item),
                                           wf_search_item_get_target (item)))
    gtk_widget_error_bell (place);
}

static void
on_activate (WfSearchDialog *self, guint position)
{
  open_at (self, position);
}

/* Who types fast presses Enter before the answer: what was found before is not what is meant. */
static void
on_search_activated (WfSearchDialog *self)
{
  on_search_changed (self);
  if (wf_search_source_is_pending (self->source) && !self->went)
    self->open_wanted = TRUE;
  else
    open_at (self, gtk_single_selection_get_selected (self->selection));
}

static void
on_search_stopped (WfSearchDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* ---- what was found ---------------------------------------------------------------------------- */

static const char *
choose_state (WfSearchDialog *self)
{
  if (get_n (self) > 0)
    return "list";
  if (wf_search_source_is_pending (self->source))
    return "loading";
  return wf_search_source_get_error (self->source) != NULL ? "error" : "nothing";
}

static char *
make_status (WfSearchDialog *self)
{
  guint total = wf_search_source_get_total (self->source);

  if (wf_search_source_is_pending (self->source))
    return g_strdup (_ ("Searching…"));
  if (wf_search_source_get_error (self->source) != NULL)
    return g_strdup (wf_search_source_get_error (self->source));
  if (*gtk_editable_get_text (self->search) == '\0')
    return g_strdup_printf (
        ngettext ("%u command can be done here", "%u commands can be done here", total), total);
  return g_strdup_printf (ngettext ("%u result", "%u results", total), total);
}

static void
announce (WfSearchDialog *self, const char *text)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self->list), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
announce_selected (WfSearchDialog *self)
{
  WfSearchItem *item = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *spoken = item != NULL ? wf_search_item_dup_spoken (item) : NULL;

  if (spoken != NULL)
    announce (self, spoken);
}

static void
on_found (WfSearchDialog *self)
{
  g_autofree char *status = make_status (self);
  const char *error = wf_search_source_get_error (self->source);

  if (error != NULL)
    wf_plain_page_set_description (self->error, error);
  gtk_label_set_text (self->status, status);
  gtk_stack_set_visible_child_name (self->states, choose_state (self));
  select_first (self);
  if (wf_search_source_is_pending (self->source))
    return;
  announce (self, status);
  announce_selected (self);
  if (self->open_wanted)
    open_at (self, 0);
  self->open_wanted = FALSE;
}

/* ---- keys -------------------------------------------------------------------------------------- */

static void
go_by (WfSearchDialog *self, int step)
{
  guint n = get_n (self), selected = gtk_single_selection_get_selected (self->selection);
  int wanted = CLAMP ((int) selected + step, 0, (int) n - 1);

  if (n == 0 || (guint) wanted == selected)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  self->went = TRUE;
  gtk_list_view_scroll_to (self->list, (guint) wanted, GTK_LIST_SCROLL_SELECT, NULL);
  announce_selected (self);
}

/* The keyboard stays in the search: the arrows go along what was found while one types on. */
static gboolean
on_key_pressed (WfSearchDialog *self, guint key, guint code, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      go_by (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      go_by (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      go_by (self, PAGE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      go_by (self, -PAGE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* ---- rows -------------------------------------------------------------------------------------- */

static GtkWidget *
make_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *detail = make_label (), *keys = gtk_label_new (NULL);

  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dimmed");
  gtk_widget_add_css_class (keys, "wf-keycap");
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), make_label ());
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), keys);
  gtk_widget_add_css_class (row, "wf-search-row");
  gtk_list_item_set_child (list_item, row);
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  WfSearchItem *item = gtk_list_item_get_item (list_item);
  g_autofree char *spoken = wf_search_item_dup_spoken (item);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *texts = gtk_widget_get_next_sibling (icon);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), wf_search_item_get_icon (item));
  set_text (gtk_widget_get_first_child (texts), wf_search_item_get_title (item));
  set_text (gtk_widget_get_last_child (texts), wf_search_item_get_detail (item));
  set_text (gtk_widget_get_next_sibling (texts), wf_search_item_get_keys (item));
  gtk_list_item_set_accessible_label (list_item, spoken);
}

static const char *
get_heading (gpointer item)
{
  return wf_search_section_to_text (wf_search_item_get_section (item));
}

static void
set_factories (WfSearchDialog *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headings = wf_heading_factory_new (get_heading);

  g_signal_connect (rows, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (rows, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headings);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_search_dialog_dispose (GObject *object)
{
  WfSearchDialog *self = WF_SEARCH_DIALOG (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->source);
  g_clear_weak_pointer (&self->place);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SEARCH_DIALOG);
  G_OBJECT_CLASS (wf_search_dialog_parent_class)->dispose (object);
}

static void
wf_search_dialog_class_init (WfSearchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_search_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "search/wf-search-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfSearchDialog, search);
  gtk_widget_class_bind_template_child (widget_class, WfSearchDialog, states);
  gtk_widget_class_bind_template_child (widget_class, WfSearchDialog, list);
  gtk_widget_class_bind_template_child (widget_class, WfSearchDialog, error);
  gtk_widget_class_bind_template_child (widget_class, WfSearchDialog, status);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
wf_search_dialog_init (WfSearchDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_factories (self);
  /* Letters typed in the list go on searching. */
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
}

AdwDialog *
wf_search_dialog_new (WfRuntime *runtime, GtkWidget *place, const char *text)
{
  g_return_val_if_fail (WF_IS_RUNTIME (runtime) && GTK_IS_WIDGET (place), NULL);
  WfSearchDialog *self = g_object_new (WF_TYPE_SEARCH_DIALOG, NULL);

  g_set_weak_pointer (&self->place, place);
  self->source = wf_search_source_new (runtime, place);
  self->selection =
      gtk_single_selection_new (g_object_ref (wf_search_source_get_model (self->source)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->source, "changed", G_CALLBACK (on_found), self, G_CONNECT_SWAPPED);
  gtk_editable_set_text (self->search, text != NULL ? text : "");
  gtk_editable_set_position (self->search, -1);
  on_found (self);
  return ADW_DIALOG (self);
}
