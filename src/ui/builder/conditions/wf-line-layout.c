/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children in lines. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-line-layout.h"

#define SPACING 6 /* between children, and between lines */

struct _WfLineLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (WfLineLayout, wf_line_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A child's place in its line. */
typedef struct
{
  GtkWidget *child; /* (unowned) */
  int x, width, height;
} Place;

static GtkSizeRequestMode
wf_line_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Fills the next line from *next on, which is moved behind it. Result: the line's height. */
static int
take_line (GtkWidget **next, int width, GArray *line)
{
  int x = 0, height = 0;

  g_array_set_size (line, 0);
  for (; *next != NULL; *next = skip_hidden (gtk_widget_get_next_sibling (*next)))
    {
      Place place = { .child = *next, .x = x };
      int least;

      gtk_widget_measure (*next, GTK_ORIENTATION_HORIZONTAL, -1, &least, &place.width, NULL, NULL);
      if (line->len > 0 && x + place.width > width)
        break;
      place.width = MAX (least, MIN (place.width, width));
      gtk_widget_measure (*next, GTK_ORIENTATION_VERTICAL, place.width, NULL, &place.height, NULL,
                          NULL);
      height = MAX (height, place.height);
      x += place.width + SPACING;
      g_array_append_val (line, place);
    }
  return height;
}

static int
measure_height (GtkWidget *widget, int width)
{
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (Place));
  GtkWidget *next = skip_hidden (gtk_widget_get_first_child (widget));
  int height = 0;

  while (next != NULL)
    height += (height > 0 ? SPACING : 0) + take_line (&next, width, line);
  return height;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL;
       child = skip_hidden (gtk_widget_get_next_sibling (child)))
    {
      int least, wanted;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += (*natural > 0 ? SPACING : 0) + wanted;
    }
}

static void
wf_line_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                        int for_size, int *minimum, int *natural, int *minimum_baseline,
                        int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (widget, minimum, natural);
  else
    *minimum = *natural = measure_height (widget, for_size < 0 ? G_MAXINT / 2 : for_size);
}

static void
wf_line_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                         int baseline)
{
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (Place));
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *next = skip_hidden (gtk_widget_get_first_child (widget));
  int y = 0;

  while (next != NULL)
    {
      int line_height = take_line (&next, width, line);

      for (guint i = 0; i < line->len; i++)
        {
          const Place *place = &g_array_index (line, Place, i);

          gtk_widget_size_allocate (
              place->child,
              &(GtkAllocation) { mirrored ? width - place->x - place->width : place->x,
                                 y + (line_height - place->height) / 2, place->width,
                                 place->height },
              -1);
        }
      y += line_height + SPACING;
    }
}

static void
wf_line_layout_class_init (WfLineLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = wf_line_layout_get_request_mode;
  layout_class->measure = wf_line_layout_measure;
  layout_class->allocate = wf_line_layout_allocate;
}

static void
wf_line_layout_init (WfLineLayout *self)
{
}
