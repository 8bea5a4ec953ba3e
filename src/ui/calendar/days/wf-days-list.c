/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of an hour that has more activities than fit. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

struct _WfDaysList
{
  GtkPopover parent_instance;

  WfCalendarModel *model; /* (owned) */
  GPtrArray *slot;        /* (owned) of WfActivity */
  GtkLabel *title;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (WfDaysList, wf_days_list, GTK_TYPE_POPOVER)

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, WfDaysList *self)
{
  gtk_list_item_set_child (item, wf_calendar_chip_new ());
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_focusable (item, FALSE); /* the chip is */
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, WfDaysList *self)
{
  guint position = gtk_list_item_get_position (item);

  wf_calendar_chip_bind (WF_CALENDAR_CHIP (gtk_list_item_get_child (item)),
                         g_ptr_array_index (self->slot, position), self->model, FALSE);
}

static void
wf_days_list_dispose (GObject *object)
{
  WfDaysList *self = WF_DAYS_LIST (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_DAYS_LIST);
  g_clear_pointer (&self->slot, g_ptr_array_unref);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (wf_days_list_parent_class)->dispose (object);
}

static void
wf_days_list_class_init (WfDaysListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_days_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "calendar/days/wf-days-list.ui");
  gtk_widget_class_bind_template_child (widget_class, WfDaysList, title);
  gtk_widget_class_bind_template_child (widget_class, WfDaysList, list);
}

static void
wf_days_list_init (WfDaysList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  gtk_list_view_set_factory (self->list, factory);
}

GtkWidget *
wf_days_list_new (WfCalendarModel *model, const char *title, GPtrArray *slot)
{
  WfDaysList *self = g_object_new (WF_TYPE_DAYS_LIST, NULL);
  g_autoptr (GtkStringList) ids = gtk_string_list_new (NULL);

  self->model = g_object_ref (model);
  self->slot = g_ptr_array_ref (slot);
  gtk_label_set_text (self->title, title);
  for (guint i = 0; i < slot->len; i++)
    gtk_string_list_append (ids, ((WfActivity *) slot->pdata[i])->id);
  gtk_list_view_set_model (self->list, g_object_new (GTK_TYPE_NO_SELECTION, "model", ids, NULL));
  return GTK_WIDGET (self);
}
