/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks in a small popover why an activity is moved. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-reschedule-popover.h"

#include "wf-recent-reasons.h"

#include <glib/gi18n-lib.h>

struct _WfReschedulePopover
{
  GtkPopover parent_instance;

  WfReasonFunc func; /* (nullable) NULL once called */
  gpointer data;
  GtkWidget *focus; /* (nullable) weak: had the focus before */
  guint removal;    /* source */
  GtkLabel *title, *note;
  GtkEditable *reason;
  GtkWidget *recent, *move;
};

G_DEFINE_FINAL_TYPE (WfReschedulePopover, wf_reschedule_popover, GTK_TYPE_POPOVER)

static char *
dup_reason (WfReschedulePopover *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
}

static void
answer (WfReschedulePopover *self, const char *reason)
{
  WfReasonFunc func = g_steal_pointer (&self->func);

  if (func != NULL)
    func (reason, self->data);
}

static void
accept (WfReschedulePopover *self, const char *text)
{
  g_autofree char *reason = g_strstrip (g_strdup (text));

  if (*reason == '\0')
    return;
  wf_recent_reasons_remember (reason);
  answer (self, reason);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_changed (WfReschedulePopover *self)
{
  g_autofree char *reason = dup_reason (self);

  gtk_widget_set_sensitive (self->move, *reason != '\0');
}

static void
on_move_clicked (WfReschedulePopover *self)
{
  accept (self, gtk_editable_get_text (self->reason));
}

static void
on_cancel_clicked (WfReschedulePopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_recent_chosen (gpointer self, const char *reason)
{
  accept (self, reason);
}

static gboolean
on_removal (gpointer data)
{
  WfReschedulePopover *self = data;

  self->removal = 0;
  gtk_widget_unparent (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* Not at once: the popover is still closing itself. */
static void
on_closed (WfReschedulePopover *self)
{
  GtkWidget *focus = self->focus;

  if (self->removal == 0)
    self->removal = g_idle_add (on_removal, self);
  if (focus != NULL && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
  answer (self, NULL);
}

/* The window closes over an open question. */
static void
on_parent_destroyed (WfReschedulePopover *self)
{
  g_clear_handle_id (&self->removal, g_source_remove);
  answer (self, NULL);
  gtk_widget_unparent (GTK_WIDGET (self));
}

static void
wf_reschedule_popover_dispose (GObject *object)
{
  WfReschedulePopover *self = WF_RESCHEDULE_POPOVER (object);

  g_clear_handle_id (&self->removal, g_source_remove);
  answer (self, NULL);
  g_clear_weak_pointer (&self->focus);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_RESCHEDULE_POPOVER);
  G_OBJECT_CLASS (wf_reschedule_popover_parent_class)->dispose (object);
}

static void
wf_reschedule_popover_class_init (WfReschedulePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_reschedule_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "calendar/wf-reschedule-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReschedulePopover, title);
  gtk_widget_class_bind_template_child (widget_class, WfReschedulePopover, note);
  gtk_widget_class_bind_template_child (widget_class, WfReschedulePopover, reason);
  gtk_widget_class_bind_template_child (widget_class, WfReschedulePopover, recent);
  gtk_widget_class_bind_template_child (widget_class, WfReschedulePopover, move);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_move_clicked);
}

static void
wf_reschedule_popover_init (WfReschedulePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "closed", G_CALLBACK (on_closed), NULL);
}

/* A popover is placed by the layout manager of its parent; a widget that lays its children out by itself
 * need not know of it. */
static GtkWidget *
find_parent (GtkWidget *over)
{
  GtkWidget *parent = over;

  while (gtk_widget_get_layout_manager (parent) == NULL && gtk_widget_get_parent (parent) != NULL)
    parent = gtk_widget_get_parent (parent);
  return parent;
}

static void
set_place (WfReschedulePopover *self, GtkWidget *parent, GtkWidget *over, const GdkRectangle *at)
{
  GdkRectangle place = at != NULL ? *at
                                  : (GdkRectangle) { 0, 0, gtk_widget_get_width (over),
                                                     gtk_widget_get_height (over) };
  graphene_point_t corner;

  if (!gtk_widget_compute_point (over, parent,
                                 &GRAPHENE_POINT_INIT ((float) place.x, (float) place.y), &corner))
    return;
  place.x = CLAMP ((int) corner.x, 0, MAX (0, gtk_widget_get_width (parent) - place.width));
  place.y = CLAMP ((int) corner.y, 0, MAX (0, gtk_widget_get_height (parent) - place.height));
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
}

/**
 * wf_reschedule_popover_ask:
 * @over: a widget in a window
 * @at: (nullable): what is moved, in @over
 * @title: the question, translated
 * @note: (nullable): what to consider, translated
 * @func: gets the answer
 * @data: for @func
 */
void
wf_reschedule_popover_ask (GtkWidget *over, const GdkRectangle *at, const char *title,
                           const char *note, WfReasonFunc func, gpointer data)
{
  WfReschedulePopover *self = g_object_new (WF_TYPE_RESCHEDULE_POPOVER, NULL);
  GtkWidget *parent = find_parent (over);
  GtkRoot *root = gtk_widget_get_root (over);

  self->func = func;
  self->data = data;
  g_set_weak_pointer (&self->focus, root != NULL ? gtk_root_get_focus (root) : NULL);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note != NULL ? note : "",
                                  -1);
  wf_recent_reasons_show (ADW_WRAP_BOX (self->recent), on_recent_chosen, self);
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (on_parent_destroyed), self,
                           G_CONNECT_SWAPPED);
  set_place (self, parent, over, at);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}
