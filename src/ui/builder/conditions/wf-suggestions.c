/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions below a text. A screen reader hears how many there are, and each that is chosen: the
 * focus stays in the text, whose active descendant is the chosen row. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-suggestions.h"

#include "wf-suggestion-row.h"

#include <glib/gi18n-lib.h>

struct _WfSuggestions
{
  GtkPopover parent_instance;

  GtkScrolledWindow *scrolled;
  GtkListBox *list;
  GtkWidget *text; /* (nullable) the parent */
  guint n;
  gboolean take_first;
};

static guint chosen_signal, dismissed_signal;

G_DEFINE_FINAL_TYPE (WfSuggestions, wf_suggestions, GTK_TYPE_POPOVER)

/* ---- choosing ---- */

static void
point_at (WfSuggestions *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  if (row != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->text),
                                    GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->text),
                                   GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static void
scroll_to (WfSuggestions *self, GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  graphene_rect_t area;

  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &area))
    gtk_adjustment_clamp_page (adjustment, area.origin.y, area.origin.y + area.size.height);
}

static void
move (WfSuggestions *self, int by)
{
  int selected = wf_suggestions_get_selected (self);
  int next = selected < 0 ? (by > 0 ? 0 : (int) self->n - 1)
                          : (selected + by + (int) self->n) % (int) self->n;
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, next);

  point_at (self, row);
  scroll_to (self, row);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->text),
                           wf_suggestion_row_get_title (WF_SUGGESTION_ROW (row)),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
take (WfSuggestions *self, GtkListBoxRow *row)
{
  g_autofree char *value = g_strdup (wf_suggestion_row_get_value (WF_SUGGESTION_ROW (row)));

  wf_suggestions_hide (self);
  g_signal_emit (self, chosen_signal, 0, value);
}

static void
on_row_activated (WfSuggestions *self, GtkListBoxRow *row)
{
  take (self, row);
}

static gboolean
on_key_pressed (WfSuggestions *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      wf_suggestions_hide (self);
      g_signal_emit (self, dismissed_signal, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_Tab:
      if (selected == NULL)
        return GDK_EVENT_PROPAGATE;
      take (self, selected);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* ---- the widget ---- */

/* It is a child of the text only while that is in a window: a GtkTextView that goes away knows its
 * own children alone. */
static void
on_root_changed (WfSuggestions *self)
{
  if (self->text != NULL && gtk_widget_get_root (self->text) == NULL &&
      gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_widget_unparent (GTK_WIDGET (self));
}

static void
on_text_destroyed (WfSuggestions *self)
{
  self->text = NULL;
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_widget_unparent (GTK_WIDGET (self));
}

static void
wf_suggestions_class_init (WfSuggestionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  chosen_signal = g_signal_new ("chosen", WF_TYPE_SUGGESTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  dismissed_signal = g_signal_new ("dismissed", WF_TYPE_SUGGESTIONS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/conditions/wf-suggestions.ui");
  gtk_widget_class_bind_template_child (widget_class, WfSuggestions, scrolled);
  gtk_widget_class_bind_template_child (widget_class, WfSuggestions, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
wf_suggestions_init (WfSuggestions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

WfSuggestions *
wf_suggestions_new (GtkWidget *text, gboolean take_first)
{
  WfSuggestions *self = g_object_new (WF_TYPE_SUGGESTIONS, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->text = text;
  self->take_first = take_first;
  g_object_set_data_full (G_OBJECT (text), "wf-suggestions", g_object_ref_sink (self),
                          g_object_unref);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (wf_suggestions_hide), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "destroy", G_CALLBACK (on_text_destroyed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "notify::root", G_CALLBACK (on_root_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (text, keys);
  gtk_widget_add_controller (text, focus);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_AUTOCOMPLETE,
                                  GTK_ACCESSIBLE_AUTOCOMPLETE_LIST, -1);
  return self;
}

static void
announce (WfSuggestions *self)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u suggestion", "%u suggestions", self->n), self->n);

  gtk_accessible_announce (GTK_ACCESSIBLE (self->text), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

void
wf_suggestions_show (WfSuggestions *self, const WfSuggestion *suggestions, guint n,
                     const GdkRectangle *at)
{
  guint before = gtk_widget_get_visible (GTK_WIDGET (self)) ? self->n : 0;

  if (self->text == NULL)
    return;
  if (n == 0 || gtk_widget_get_root (self->text) == NULL)
    {
      wf_suggestions_hide (self);
      return;
    }
  if (gtk_widget_get_parent (GTK_WIDGET (self)) == NULL)
    gtk_widget_set_parent (GTK_WIDGET (self), self->text);
  point_at (self, NULL);
  gtk_list_box_remove_all (self->list);
  self->n = MIN (n, WF_SUGGESTIONS_MOST);
  for (guint i = 0; i < self->n; i++)
    gtk_list_box_append (self->list, wf_suggestion_row_new (&suggestions[i]));
  if (self->take_first)
    point_at (self, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_popover_set_pointing_to (GTK_POPOVER (self), at);
  gtk_popover_popup (GTK_POPOVER (self));
  if (self->n != before)
    announce (self);
}

void
wf_suggestions_hide (WfSuggestions *self)
{
  if (self->text == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  point_at (self, NULL);
  gtk_popover_popdown (GTK_POPOVER (self));
}

int
wf_suggestions_get_selected (WfSuggestions *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? gtk_list_box_row_get_index (row) : -1;
}

guint
wf_suggestions_get_n (WfSuggestions *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) ? self->n : 0;
}
