/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a paged list at its top for whoever is there. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-top-keeper.h"

#include "wf-list-top.h"

/* Policy. What another query finds is shown from the top, before its rows take the places of the others: a list view has a widget for
 * each row near the view, and moves those at once, while it makes new ones for rows that it has to leave. Whoever is at the top of
 * the list stays there when something more urgent comes in above, but nothing moves under the pointer: then the list goes there when
 * the pointer has left. */
struct _WfTopKeeper
{
  GObject parent_instance;

  GtkWidget *view;             /* (nullable) weak */
  WfPagedSelection *selection; /* (owned) */
  GtkEventController *motion;  /* borrowed from the view */
  gboolean replaced;           /* the rows are those of another query */
  gboolean wanted;             /* the list goes to its top once the pointer has left it */
};

G_DEFINE_FINAL_TYPE (WfTopKeeper, wf_top_keeper, G_TYPE_OBJECT)

static void
show_top (WfTopKeeper *self)
{
  self->wanted = FALSE;
  wf_list_top_show (self->view);
}

static gboolean
is_at_top (WfTopKeeper *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  return adjustment != NULL && gtk_adjustment_get_value (adjustment) <= 0;
}

/* Somebody works further down in the list, though it shows its top. */
static gboolean
is_worked_in (WfTopKeeper *self)
{
  guint last = wf_paged_selection_get_last (self->selection);

  return gtk_widget_get_focus_child (self->view) != NULL && last > 0 &&
         last != GTK_INVALID_LIST_POSITION;
}

static void
on_replacing (WfTopKeeper *self)
{
  self->replaced = TRUE;
  if (self->view != NULL)
    show_top (self);
}

static void
on_refreshed (WfTopKeeper *self)
{
  gboolean replaced = self->replaced;

  self->replaced = FALSE;
  if (self->view == NULL)
    return;
  if (replaced)
    show_top (self);
  else if (!is_at_top (self) || is_worked_in (self))
    return;
  else if (gtk_event_controller_motion_contains_pointer (
               GTK_EVENT_CONTROLLER_MOTION (self->motion)))
    self->wanted = TRUE;
  else
    show_top (self);
}

static void
on_pointer_left (WfTopKeeper *self)
{
  if (self->wanted)
    show_top (self);
}

/* Who scrolls has decided where to be. */
static void
on_scrolled (WfTopKeeper *self)
{
  self->wanted = FALSE;
  wf_list_top_let_go (self->view);
}

static void
wf_top_keeper_dispose (GObject *object)
{
  WfTopKeeper *self = WF_TOP_KEEPER (object);

  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (wf_top_keeper_parent_class)->dispose (object);
}

static void
wf_top_keeper_class_init (WfTopKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_top_keeper_dispose;
}

static void
wf_top_keeper_init (WfTopKeeper *self)
{
}

/**
 * wf_top_keeper_new:
 * @view: a GtkListView or GtkColumnView that shows @selection
 * @selection: what is selected in it
 * @list: its rows
 *
 * Returns: (transfer full): keeps the view at its top until it goes away
 */
WfTopKeeper *
wf_top_keeper_new (GtkWidget *view, WfPagedSelection *selection, WfPagedList *list)
{
  g_return_val_if_fail (GTK_IS_LIST_VIEW (view) || GTK_IS_COLUMN_VIEW (view), NULL);
  WfTopKeeper *self = g_object_new (WF_TYPE_TOP_KEEPER, NULL);
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_set_weak_pointer (&self->view, view);
  self->selection = g_object_ref (selection);
  self->motion = gtk_event_controller_motion_new ();
  g_signal_connect_object (self->motion, "leave", G_CALLBACK (on_pointer_left), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, self->motion);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll-begin", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, scroll);
  g_signal_connect_object (list, "replacing", G_CALLBACK (on_replacing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "refreshed", G_CALLBACK (on_refreshed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}
