/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a ranking that fit: a tenth of the height each, so that ten fill the screen on the wall, and never too small to be
 * read in a window. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-ranking-list.h"

#include <glib/gi18n-lib.h>

#define LEAST_HEIGHT 44 /* pixels of a row */

struct _WfRankingList
{
  GtkWidget parent_instance;

  GtkWidget *rows[WF_RANKING_MOST_ROWS]; /* (owned) */
  guint page_size, n;                    /* n: shown */
};

enum
{
  PROP_PAGE_SIZE = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfRankingList, wf_ranking_list, GTK_TYPE_WIDGET)

static void
wf_ranking_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfRankingList *self = WF_RANKING_LIST (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? LEAST_HEIGHT : 0;
  for (guint i = 0; i < WF_RANKING_MOST_ROWS; i++)
    {
      int least, wanted;

      gtk_widget_measure (self->rows[i], orientation, -1, &least, &wanted, NULL, NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        *natural = MAX (*natural, wanted);
    }
}

static void
on_page_size (gpointer user_data)
{
  g_autoptr (WfRankingList) self = user_data;

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE_SIZE]);
}

static void
set_page_size (WfRankingList *self, int height)
{
  guint fits = (guint) CLAMP (height / LEAST_HEIGHT, 1, WF_RANKING_MOST_ROWS);

  if (self->page_size == fits)
    return;
  self->page_size = fits;
  g_idle_add_once (on_page_size, g_object_ref (self)); /* nothing may change while it is laid out */
}

static void
wf_ranking_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WfRankingList *self = WF_RANKING_LIST (widget);
  int row_height = MAX (height / WF_RANKING_MOST_ROWS, LEAST_HEIGHT);

  set_page_size (self, height);
  for (guint i = 0; i < WF_RANKING_MOST_ROWS; i++)
    {
      gboolean shown = i < self->n && i < self->page_size;
      int least;

      gtk_widget_set_child_visible (self->rows[i], shown);
      if (!shown)
        continue;
      wf_ranking_row_set_height (WF_RANKING_ROW (self->rows[i]), MIN (row_height, width / 6));
      gtk_widget_measure (self->rows[i], GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_size_allocate (
          self->rows[i],
          &(GtkAllocation) { 0, (int) i * row_height, MAX (width, least), row_height }, -1);
    }
}

static void
wf_ranking_list_dispose (GObject *object)
{
  WfRankingList *self = WF_RANKING_LIST (object);

  for (guint i = 0; i < WF_RANKING_MOST_ROWS; i++)
    g_clear_pointer (&self->rows[i], gtk_widget_unparent);
  G_OBJECT_CLASS (wf_ranking_list_parent_class)->dispose (object);
}

static void
wf_ranking_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PAGE_SIZE:
      g_value_set_uint (value, WF_RANKING_LIST (object)->page_size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_ranking_list_class_init (WfRankingListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wf_ranking_list_dispose;
  object_class->get_property = wf_ranking_list_get_property;
  widget_class->measure = wf_ranking_list_measure;
  widget_class->size_allocate = wf_ranking_list_size_allocate;
  props[PROP_PAGE_SIZE] =
      g_param_spec_uint ("page-size", NULL, NULL, 1, WF_RANKING_MOST_ROWS, WF_RANKING_MOST_ROWS,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "rankinglist");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
wf_ranking_list_init (WfRankingList *self)
{
  self->page_size = WF_RANKING_MOST_ROWS;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  for (guint i = 0; i < WF_RANKING_MOST_ROWS; i++)
    {
      self->rows[i] = g_object_new (WF_TYPE_RANKING_ROW, "visible", FALSE, NULL);
      gtk_widget_set_parent (self->rows[i], GTK_WIDGET (self));
    }
}

void
wf_ranking_list_set (WfRankingList *self, GPtrArray *rankings, WfRankingBy by, guint first)
{
  self->n = 0;
  for (guint i = 0; i < WF_RANKING_MOST_ROWS; i++)
    {
      gboolean shown = first + i < rankings->len && i < self->page_size;

      gtk_widget_set_visible (self->rows[i], shown);
      if (!shown)
        continue;
      wf_ranking_row_set (WF_RANKING_ROW (self->rows[i]), rankings->pdata[first + i], by, first + i,
                          rankings->len);
      self->n = i + 1;
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

guint
wf_ranking_list_get_page_size (WfRankingList *self)
{
  return self->page_size;
}
