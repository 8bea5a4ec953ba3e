/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The widgets in the columns: only for what is in view and a little around it, used again for another
 * block when theirs goes out of it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

#include <glib/gi18n-lib.h>

/* ---- the list of an hour ----------------------------------------------------------------------- */

void
wf_days_items_close_list (WfDaysGrid *self)
{
  GtkWidget *popover = self->popover;

  g_clear_weak_pointer (&self->popover);
  if (popover != NULL)
    gtk_widget_unparent (popover);
}

static gboolean
on_list_closed_later (gpointer data)
{
  gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

/* Not at once: it is still closing itself. */
static void
on_list_closed (GtkPopover *popover, WfDaysGrid *self)
{
  if (self->popover != GTK_WIDGET (popover))
    return;
  g_clear_weak_pointer (&self->popover);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_list_closed_later, g_object_ref (popover),
                   g_object_unref);
}

static char *
describe_slot (WfDaysGrid *self, const WfDaysBlock *block)
{
  GDate date = self->span.first;
  g_autofree char *hours = g_strdup_printf ("%02u:00–%02u:00", block->hour, block->hour_until);

  g_date_add_days (&date, block->day);
  g_autofree char *text = wf_calendar_date_to_text (&date, FALSE);
  /* Translators: a day and an hour of it: "Friday, 20 November, 10:00–11:00" */
  return g_strdup_printf (_ ("%s, %s"), text, hours);
}

static void
on_more_clicked (GtkWidget *button, WfDaysGrid *self)
{
  const WfDaysBlock *block = wf_days_items_get_block (self, button);

  if (block == NULL || block->slot == NULL)
    return;
  g_autofree char *title = describe_slot (self, block);
  GdkRectangle place;
  GtkWidget *popover = wf_days_list_new (self->model, title, block->slot);

  wf_days_items_close_list (self);
  wf_days_grid_get_bounds (self, block, &place);
  g_set_weak_pointer (&self->popover, popover);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_list_closed), self, 0);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* ---- widgets ----------------------------------------------------------------------------------- */

/* One that waits is neither drawn nor spoken of; to remove and add children would cost a layout. */
static void
set_used (GtkWidget *widget, gboolean is_used)
{
  gtk_widget_set_child_visible (widget, is_used);
  if (is_used)
    gtk_accessible_reset_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN);
  else
    gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

static void
put_away (WfDaysGrid *self, GtkWidget *widget)
{
  set_used (widget, FALSE);
  gtk_widget_set_opacity (widget, 1);
  g_ptr_array_add (WF_IS_CALENDAR_CHIP (widget) ? self->spare_chips : self->spare_more, widget);
}

static GtkWidget *
make_more (WfDaysGrid *self)
{
  GtkWidget *more = wf_days_more_new ();

  g_signal_connect (more, "clicked", G_CALLBACK (on_more_clicked), self);
  return more;
}

static GtkWidget *
take_widget (WfDaysGrid *self, const WfDaysBlock *block)
{
  gboolean is_chip = block->activity != NULL;
  GPtrArray *spare = is_chip ? self->spare_chips : self->spare_more;
  GtkWidget *widget;

  if (spare->len > 0)
    {
      widget = g_ptr_array_steal_index_fast (spare, spare->len - 1);
      set_used (widget, TRUE);
      return widget;
    }
  widget = is_chip ? wf_calendar_chip_new () : make_more (self);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  return widget;
}

static void
bind (WfDaysGrid *self, WfDaysItem *item)
{
  const WfDaysBlock *block = item->block;

  if (block->activity == NULL)
    {
      wf_days_more_bind (WF_DAYS_MORE (item->widget), block->n_hidden, block->hour);
      return;
    }
  wf_calendar_chip_bind (WF_CALENDAR_CHIP (item->widget), block->activity, self->model,
                         block->height >= 2 * self->line_height);
  gtk_widget_set_opacity (item->widget, wf_days_drag_is_moving (self, block->activity) ? 0.4 : 1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (item->widget), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) block->position, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int) block->size, -1);
}

/* ---- covering ---------------------------------------------------------------------------------- */

static char *
make_key (const WfDaysBlock *block)
{
  return block->activity != NULL ? g_strdup (block->activity->id)
                                 : g_strdup_printf ("+%u/%d", block->day, block->y);
}

/* Which widget has which block now; the keys outlive a layout. */
static GHashTable *
list_known (WfDaysGrid *self)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const WfDaysItem *item = &g_array_index (self->items, WfDaysItem, i);
      g_hash_table_insert (known, make_key (item->block), item->widget);
    }
  return known;
}

/* What has the focus keeps its widget, wherever it is. */
static gboolean
is_wanted (WfDaysGrid *self, const WfDaysBlock *block, gboolean has_focus)
{
  if (block->y < self->covered_until && block->y + block->height > self->covered_from)
    return TRUE;
  return has_focus && self->focused != NULL && block->activity != NULL &&
         g_str_equal (block->activity->id, self->focused);
}

static void
bind_wanted (WfDaysGrid *self, GHashTable *known, gboolean force, gboolean has_focus)
{
  for (guint i = 0; i < self->layout->blocks->len; i++)
    {
      WfDaysItem item = { .block = self->layout->blocks->pdata[i] };
      g_autofree char *key = NULL;

      if (!is_wanted (self, item.block, has_focus))
        continue;
      key = make_key (item.block);
      item.widget = g_hash_table_lookup (known, key);
      if (item.widget != NULL)
        g_hash_table_remove (known, key);
      if (item.widget == NULL || force)
        {
          if (item.widget == NULL)
            item.widget = take_widget (self, item.block);
          bind (self, &item);
        }
      g_array_append_val (self->items, item);
    }
}

/* A screen reader goes through them in their order. While somebody scrolls, it is left as it is. */
static void
order_widgets (WfDaysGrid *self)
{
  GtkWidget *previous = NULL;

  for (guint i = 0; i < self->items->len; i++)
    {
      GtkWidget *widget = g_array_index (self->items, WfDaysItem, i).widget;

      if (gtk_widget_get_prev_sibling (widget) != previous)
        gtk_widget_insert_after (widget, GTK_WIDGET (self), previous);
      previous = widget;
    }
}

static void
find_range (WfDaysGrid *self)
{
  double value = self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;
  double page = self->vadjustment != NULL ? gtk_adjustment_get_page_size (self->vadjustment) : 0;

  self->covered_from = (int) (value - page / 4);
  self->covered_until = (int) (value + page * 5 / 4);
}

static gboolean
is_covered (WfDaysGrid *self)
{
  double value = gtk_adjustment_get_value (self->vadjustment);
  double page = gtk_adjustment_get_page_size (self->vadjustment);

  return MAX (value, 0) >= self->covered_from && value + page <= self->covered_until;
}

/* The widget that had the focus went away, or has another block now. */
static void
keep_focus (WfDaysGrid *self)
{
  const WfDaysBlock *block =
      self->focused != NULL ? wf_days_layout_find (self->layout, self->focused) : NULL;
  GtkWidget *widget = block != NULL ? wf_days_items_find (self, block) : NULL;

  if (widget != NULL && !gtk_widget_has_focus (widget))
    gtk_widget_grab_focus (widget);
  else if (widget == NULL && gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
wf_days_items_cover (WfDaysGrid *self, gboolean force)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean has_focus = focus != NULL && (focus == GTK_WIDGET (self) ||
                                         gtk_widget_get_parent (focus) == GTK_WIDGET (self));
  g_autoptr (GHashTable) known = NULL;
  GHashTableIter iter;
  gpointer widget;

  if (self->layout == NULL || self->vadjustment == NULL || (!force && is_covered (self)))
    return;
  find_range (self);
  known = list_known (self);
  g_array_set_size (self->items, 0);
  bind_wanted (self, known, force, has_focus);
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, NULL, &widget))
    put_away (self, widget);
  if (force)
    order_widgets (self);
  if (has_focus && force)
    keep_focus (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
allocate (WfDaysGrid *self, const WfDaysItem *item)
{
  GdkRectangle bounds;
  int min_width, min_height;

  wf_days_grid_get_bounds (self, item->block, &bounds);
  gtk_widget_measure (item->widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  bounds.width = MAX (bounds.width, min_width);
  gtk_widget_measure (item->widget, GTK_ORIENTATION_VERTICAL, bounds.width, &min_height, NULL, NULL,
                      NULL);
  bounds.height = MAX (bounds.height, min_height);
  gtk_widget_size_allocate (item->widget, &bounds, -1);
}

void
wf_days_items_allocate (WfDaysGrid *self)
{
  for (guint i = 0; i < self->items->len; i++)
    allocate (self, &g_array_index (self->items, WfDaysItem, i));
}

/* The time went on: what is late now looks so. */
void
wf_days_items_rebind (WfDaysGrid *self)
{
  for (guint i = 0; i < self->items->len; i++)
    bind (self, &g_array_index (self->items, WfDaysItem, i));
}

const WfDaysBlock *
wf_days_items_get_block (WfDaysGrid *self, GtkWidget *widget)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const WfDaysItem *item = &g_array_index (self->items, WfDaysItem, i);
      if (item->widget == widget)
        return item->block;
    }
  return NULL;
}

GtkWidget *
wf_days_items_find (WfDaysGrid *self, const WfDaysBlock *block)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const WfDaysItem *item = &g_array_index (self->items, WfDaysItem, i);
      if (item->block == block)
        return item->widget;
    }
  return NULL;
}

void
wf_days_items_init (WfDaysGrid *self)
{
  self->items = g_array_new (FALSE, FALSE, sizeof (WfDaysItem));
  self->spare_chips = g_ptr_array_new ();
  self->spare_more = g_ptr_array_new ();
  gtk_widget_set_parent (wf_calendar_chip_new (), GTK_WIDGET (self));
  put_away (self, gtk_widget_get_first_child (GTK_WIDGET (self)));
}

/* As high as one of them is at least. */
int
wf_days_items_get_line (WfDaysGrid *self)
{
  int least = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!WF_IS_CALENDAR_CHIP (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
      break;
    }
  return least;
}

void
wf_days_items_dispose (WfDaysGrid *self)
{
  GtkWidget *child;

  wf_days_items_close_list (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->spare_chips, g_ptr_array_unref);
  g_clear_pointer (&self->spare_more, g_ptr_array_unref);
}
