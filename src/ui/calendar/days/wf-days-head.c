/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Above the columns: the days' names, and what lasts all day. It stays while the columns scroll down, and
 * goes along when they scroll to the side. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

#define CHIP_GAP 2
#define COLUMN_START 2 /* as in the columns */
#define COLUMN_END 5

struct _WfDaysHead
{
  GtkWidget parent_instance;

  GtkAdjustment *adjustment; /* (owned) */
  WfDaysGrid *grid;          /* (owned) */
  GPtrArray *headings;       /* (owned) of WfDaysHeading, borrowed children */
  GPtrArray *chips;          /* (owned) of WfCalendarChip, likewise */
  GArray *days;              /* (owned) of guint: each chip's */
};

G_DEFINE_FINAL_TYPE (WfDaysHead, wf_days_head, GTK_TYPE_WIDGET)

static void
set_n_children (WfDaysHead *self, GPtrArray *children, guint n, GtkWidget *(*make) (void) )
{
  while (children->len > n)
    gtk_widget_unparent (g_ptr_array_steal_index (children, children->len - 1));
  while (children->len < n)
    {
      GtkWidget *child = make ();

      g_ptr_array_add (children, child);
      gtk_widget_set_parent (child, GTK_WIDGET (self));
    }
}

static GtkWidget *
make_heading (void)
{
  return g_object_new (WF_TYPE_DAYS_HEADING, NULL);
}

/* What has no place in the columns: few, so none is left out. */
static void
refresh_chips (WfDaysHead *self)
{
  const WfDaysLayout *layout = self->grid->layout;
  guint n = layout != NULL ? layout->whole->len : 0;

  set_n_children (self, self->chips, n, wf_calendar_chip_new);
  g_array_set_size (self->days, n);
  for (guint i = 0; i < n; i++)
    {
      const WfDaysWhole *whole = layout->whole->pdata[i];

      g_array_index (self->days, guint, i) = whole->day;
      wf_calendar_chip_bind (self->chips->pdata[i], whole->activity, self->grid->model, FALSE);
    }
}

/**
 * wf_days_head_refresh:
 * @self: the names of the days
 *
 * The grid has shown the model anew.
 */
void
wf_days_head_refresh (WfDaysHead *self)
{
  guint n = self->grid->span.n_days;

  set_n_children (self, self->headings, n, make_heading);
  for (guint i = 0; i < n; i++)
    wf_days_heading_bind (self->headings->pdata[i], self->grid->model,
                          wf_days_grid_get_zone (self->grid), i);
  refresh_chips (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* ---- layout ------------------------------------------------------------------------------------ */

static int
get_height (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
get_highest (GPtrArray *children)
{
  int highest = 0;

  for (guint i = 0; i < children->len; i++)
    highest = MAX (highest, get_height (children->pdata[i]));
  return highest;
}

/* Which of its day's chips it is. */
static guint
get_row (WfDaysHead *self, guint chip)
{
  guint row = 0;

  for (guint i = 0; i < chip; i++)
    row += g_array_index (self->days, guint, i) == g_array_index (self->days, guint, chip);
  return row;
}

static void
wf_days_head_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfDaysHead *self = WF_DAYS_HEAD (widget);
  guint rows = 0;

  *minimum = *natural = 0;
  for (guint i = 0; i < self->headings->len;
       i++) /* measured in both directions before it is placed */
    gtk_widget_measure (self->headings->pdata[i], orientation, -1, NULL, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  for (guint i = 0; i < self->chips->len; i++)
    rows = MAX (rows, get_row (self, i) + 1);
  *minimum = *natural = get_highest (self->headings) +
                        (int) rows * (get_highest (self->chips) + CHIP_GAP);
}

static void
place (GtkWidget *child, int x, int y, int width, int height)
{
  int least;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, MAX (width, least), MAX (height, 1) },
                            -1);
}

static void
wf_days_head_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WfDaysHead *self = WF_DAYS_HEAD (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int top = get_highest (self->headings), chip_height = get_highest (self->chips), x, column;
  int offset = self->adjustment != NULL ? (int) gtk_adjustment_get_value (self->adjustment) : 0;

  for (guint i = 0; i < self->headings->len; i++)
    {
      wf_days_grid_get_column (self->grid, i, &x, &column);
      place (self->headings->pdata[i], x - offset, 0, column, top);
    }
  for (guint i = 0; i < self->chips->len; i++)
    {
      int y = top + (int) get_row (self, i) * (chip_height + CHIP_GAP);

      wf_days_grid_get_column (self->grid, g_array_index (self->days, guint, i), &x, &column);
      place (self->chips->pdata[i], x - offset + (mirrored ? COLUMN_END : COLUMN_START), y,
             column - COLUMN_START - COLUMN_END, chip_height);
    }
}

static void
wf_days_head_dispose (GObject *object)
{
  WfDaysHead *self = WF_DAYS_HEAD (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->headings, g_ptr_array_unref);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->days, g_array_unref);
  g_clear_object (&self->adjustment);
  g_clear_object (&self->grid);
  G_OBJECT_CLASS (wf_days_head_parent_class)->dispose (object);
}

static void
wf_days_head_class_init (WfDaysHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_days_head_dispose;
  widget_class->measure = wf_days_head_measure;
  widget_class->size_allocate = wf_days_head_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "wf-days-head");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wf_days_head_init (WfDaysHead *self)
{
  self->headings = g_ptr_array_new ();
  self->chips = g_ptr_array_new ();
  self->days = g_array_new (FALSE, TRUE, sizeof (guint));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
wf_days_head_set_up (WfDaysHead *self, GtkAdjustment *horizontal, WfDaysGrid *grid)
{
  g_set_object (&self->adjustment, horizontal);
  g_set_object (&self->grid, grid);
  g_signal_connect_object (horizontal, "value-changed", G_CALLBACK (gtk_widget_queue_allocate),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (horizontal, "changed", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
}
