/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workload of people above the calendar (B6), for those who see everyone: what is certain, committed
 * and expected on each day that is shown, against the capacity. It is read by itself, so that the calendar
 * never waits for it; what was shown stays until the new figures are there. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-load-private.h"

#include <glib/gi18n-lib.h>

#define SHOWN_KEY "calendar-load-shown"
#define MOST_ROWS 8
#define LEAST_ROWS 3      /* in a low window */
#define SHARE_OF_WINDOW 5 /* a fifth of its height */
#define SHARE_OF_MONTH 9  /* whose own rows need the height */

struct _WfLoadStrip
{
  GtkWidget parent_instance;

  WfCalendarModel *model;    /* (owned) */
  GSettings *settings;       /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) a reading is under way */
  gboolean again;            /* something changed since it began */
  guint fitting, revealing;  /* sources */
  GtkWidget *bar;
  GtkToggleButton *toggle;
  GtkImage *arrow;
  GtkWidget *legend_certain, *legend_committed, *legend_expected, *legend_over;
  GtkLabel *message;
  WfLoadDays *days;
  GtkScrolledWindow *scroller;
  WfLoadGrid *grid;
};

G_DEFINE_FINAL_TYPE (WfLoadStrip, wf_load_strip, GTK_TYPE_WIDGET)

/* What the answer is about: the model may show other days by then. */
typedef struct
{
  WfLoadStrip *strip;  /* (owned) */
  WfCalendarSpan span; /* (owned) */
} Reading;

static void
reading_free (Reading *self)
{
  wf_calendar_span_clear (&self->span);
  g_object_unref (self->strip);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

/* ---- showing ----------------------------------------------------------------------------------- */

static gboolean
is_open (WfLoadStrip *self)
{
  return gtk_toggle_button_get_active (self->toggle);
}

/* The calendar below keeps most of the window. */
static guint
get_most_rows (WfLoadStrip *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int height = root != NULL ? gtk_widget_get_height (GTK_WIDGET (root)) : 0;

  if (height <= 0)
    return LEAST_ROWS;
  height /= wf_load_grid_is_dense (self->grid) ? SHARE_OF_MONTH : SHARE_OF_WINDOW;
  return (guint) CLAMP (height / wf_load_grid_get_row_height (self->grid), LEAST_ROWS, MOST_ROWS);
}

/* Half a row more where there are more: one sees that it scrolls. */
static void
fit_rows (WfLoadStrip *self)
{
  int height = wf_load_grid_get_row_height (self->grid);
  guint all = wf_load_grid_get_n_people (self->grid), rows = MIN (all, get_most_rows (self));
  int most = (int) rows * height + (all > rows ? height / 2 : 0);

  if (gtk_scrolled_window_get_max_content_height (self->scroller) == most)
    return;
  /* Not one after the other: the smallest may never be more than the largest. */
  gtk_scrolled_window_set_min_content_height (self->scroller, -1);
  gtk_scrolled_window_set_max_content_height (self->scroller, most);
  gtk_scrolled_window_set_min_content_height (self->scroller,
                                              (int) MIN (rows, LEAST_ROWS) * height);
}

static void
on_fitting (gpointer data)
{
  WfLoadStrip *self = WF_LOAD_STRIP (data);

  self->fitting = 0;
  fit_rows (self);
}

/* The window has another size; not in the middle of its layout. */
static void
on_window_layout (WfLoadStrip *self)
{
  if (self->fitting == 0)
    self->fitting = g_idle_add_once (on_fitting, self);
}

static void
show_state (WfLoadStrip *self, const char *message)
{
  gboolean open = is_open (self), has_rows = open && wf_load_grid_get_n_people (self->grid) > 0;
  GtkWidget *const legend[] = { self->legend_certain, self->legend_committed, self->legend_expected,
                                self->legend_over };

  gtk_image_set_from_icon_name (self->arrow, open ? "pan-down-symbolic" : "pan-end-symbolic");
  for (guint i = 0; i < G_N_ELEMENTS (legend); i++)
    gtk_widget_set_visible (legend[i], has_rows);
  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), open && message != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->days), has_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), has_rows);
  fit_rows (self);
}

/* In a narrow window the day that the calendar is about is the one that is seen. */
static void
show_date (WfLoadStrip *self)
{
  const WfCalendarSpan *span = wf_load_grid_get_span (self->grid);
  int day = span->n_days > 0
                ? g_date_days_between (&span->first, wf_calendar_model_get_date (self->model))
                : -1;

  if (day >= 0 && day < (int) span->n_days)
    wf_load_grid_reveal_day (self->grid, (guint) day);
}

static void
on_revealing (gpointer data)
{
  WfLoadStrip *self = WF_LOAD_STRIP (data);

  self->revealing = 0;
  show_date (self);
}

/* There is more or less to scroll: told in the middle of a layout, which would not hear of another place. */
static void
on_scrollable_changed (WfLoadStrip *self)
{
  if (self->revealing == 0)
    self->revealing = g_idle_add_once (on_revealing, self);
}

static void
use_answer (WfLoadStrip *self, WfCalendarSpan *span, WfWorkload *workload)
{
  WfRuntime *runtime = wf_calendar_model_get_runtime (self->model);

  wf_load_grid_take (self->grid, wf_runtime_get_organisation (runtime), span, workload);
  show_state (self, workload->n_people == 0 ? _ ("Nobody works activities here.") : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self->days));
}

/* ---- reading ----------------------------------------------------------------------------------- */

static void begin_reading (WfLoadStrip *self);

static void
on_workload_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  WfLoadStrip *self = reading->strip;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfWorkload) workload =
      wf_runtime_get_workload_finish (WF_RUNTIME (object), result, &error);

  if (self->model == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (workload != NULL)
    use_answer (self, &reading->span, g_steal_pointer (&workload));
  else
    show_state (self, error->message);
  if (self->again)
    begin_reading (self);
}

/* One at a time; what changes meanwhile makes one more. */
static void
begin_reading (WfLoadStrip *self)
{
  const WfCalendarSpan *span = wf_calendar_model_get_span (self->model);
  Reading *reading;

  self->again = self->cancellable != NULL;
  if (self->again || span == NULL || span->n_days == 0 || !is_open (self) ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  reading = g_new0 (Reading, 1);
  reading->strip = g_object_ref (self);
  reading->span = *span;
  reading->span.bounds = g_memdup2 (span->bounds, (span->n_days + 1) * sizeof *span->bounds);
  self->cancellable = g_cancellable_new ();
  wf_runtime_get_workload_async (wf_calendar_model_get_runtime (self->model), NULL,
                                 reading->span.bounds, reading->span.n_days, self->cancellable,
                                 on_workload_read, reading);
}

/* ---- what is done with it ---------------------------------------------------------------------- */

/* The calendar shows the person on that day, by the filter that its page shows and keeps. */
static void
on_cell_activated (WfLoadGrid *grid, const char *person, guint day, WfLoadStrip *self)
{
  char text[32];
  GDate date = wf_load_grid_get_span (grid)->first;

  g_date_add_days (&date, day);
  g_snprintf (text, sizeof text, "%04d-%02d-%02d", g_date_get_year (&date),
              g_date_get_month (&date), g_date_get_day (&date));
  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.show-person", "(ss)", person, text);
}

static void
on_toggled (WfLoadStrip *self)
{
  if (self->settings == NULL)
    return;
  g_settings_set_boolean (self->settings, SHOWN_KEY, is_open (self));
  show_state (self, NULL);
  if (self->model != NULL)
    begin_reading (self);
}

static void
update_visible (WfLoadStrip *self)
{
  gtk_widget_set_visible (
      GTK_WIDGET (self),
      wf_runtime_may (wf_calendar_model_get_runtime (self->model), WF_RIGHT_SEE_EVERYONE));
}

static void
on_model_changed (WfLoadStrip *self)
{
  update_visible (self);
  begin_reading (self);
}

/* ---- the widget -------------------------------------------------------------------------------- */

static void
wf_load_strip_map (GtkWidget *widget)
{
  WfLoadStrip *self = WF_LOAD_STRIP (widget);
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));

  GTK_WIDGET_CLASS (wf_load_strip_parent_class)->map (widget);
  g_signal_connect_object (surface, "layout", G_CALLBACK (on_window_layout), self,
                           G_CONNECT_SWAPPED);
  on_window_layout (self);
  begin_reading (self);
}

static void
wf_load_strip_unmap (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));

  g_signal_handlers_disconnect_by_func (surface, on_window_layout, widget);
  GTK_WIDGET_CLASS (wf_load_strip_parent_class)->unmap (widget);
}

static void
wf_load_strip_dispose (GObject *object)
{
  WfLoadStrip *self = WF_LOAD_STRIP (object);

  g_clear_handle_id (&self->fitting, g_source_remove);
  g_clear_handle_id (&self->revealing, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->model);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LOAD_STRIP);
  G_OBJECT_CLASS (wf_load_strip_parent_class)->dispose (object);
}

static void
wf_load_strip_class_init (WfLoadStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_load_strip_dispose;
  widget_class->map = wf_load_strip_map;
  widget_class->unmap = wf_load_strip_unmap;
  g_type_ensure (WF_TYPE_LOAD_SWATCH);
  g_type_ensure (WF_TYPE_LOAD_DAYS);
  g_type_ensure (WF_TYPE_LOAD_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "calendar/load/wf-load-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, bar);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, toggle);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, arrow);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, legend_certain);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, legend_committed);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, legend_expected);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, legend_over);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, message);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, days);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, scroller);
  gtk_widget_class_bind_template_child (widget_class, WfLoadStrip, grid);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_set_css_name (widget_class, "wf-load-strip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wf_load_strip_init (WfLoadStrip *self)
{
  GtkAdjustment *horizontal, *vertical;

  gtk_widget_init_template (GTK_WIDGET (self));
  horizontal = gtk_scrolled_window_get_hadjustment (self->scroller);
  vertical = gtk_scrolled_window_get_vadjustment (self->scroller);
  wf_load_grid_set_adjustments (self->grid, horizontal, vertical);
  wf_load_days_set_up (self->days, horizontal, self->grid);
  g_signal_connect (self->grid, "activated", G_CALLBACK (on_cell_activated), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Workload of people"), -1);
  self->settings = g_settings_new (WF_APPLICATION_ID);
  gtk_toggle_button_set_active (self->toggle, g_settings_get_boolean (self->settings, SHOWN_KEY));
  show_state (self, NULL);
}

/**
 * wf_load_strip_new:
 * @model: the calendar whose days are shown
 *
 * Is visible only to those who may see everyone.
 *
 * Returns: (transfer floating): the strip
 */
GtkWidget *
wf_load_strip_new (WfCalendarModel *model)
{
  static const char *const watched[] = { "notify::organisation", "notify::person" };
  WfLoadStrip *self = g_object_new (WF_TYPE_LOAD_STRIP, NULL);
  WfRuntime *runtime = wf_calendar_model_get_runtime (model);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "changed", G_CALLBACK (on_model_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::date", G_CALLBACK (show_date), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller), "changed",
                           G_CALLBACK (on_scrollable_changed), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (runtime, watched[i], G_CALLBACK (update_visible), self,
                             G_CONNECT_SWAPPED);
  update_visible (self);
  return GTK_WIDGET (self);
}

WfLoadGrid *
wf_load_strip_get_grid (WfLoadStrip *self)
{
  return self->grid;
}
