/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people and their days: a row a person, a cell a day. One stop of the Tab key; arrows, Home and End
 * go from cell to cell, also to people out of view. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-load-private.h"

#include <glib/gi18n-lib.h>

#define GAP 2
#define NAME_EMS 7      /* lines of text that the names are wide */
#define CELL_PADDING 12 /* the number has its bar below it */
#define DENSE_PADDING 2 /* there is the bar alone */
#define LEAST_CELL 16
#define WIDE_CELL_EMS 2.4 /* of a week: the number has room */
#define WEEK 7
#define SPARE_ROWS 2

struct _WfLoadGrid
{
  GtkWidget parent_instance;

  GtkAdjustment *hadjustment, *vadjustment; /* (owned) */
  WfOrganisation *organisation;             /* (owned) (nullable) */
  WfCalendarSpan span;                      /* (owned) */
  WfWorkload *workload;                     /* (owned) (nullable) */
  int line_height;
  guint first, n_rows; /* those that have widgets */
  GPtrArray *cells;    /* (owned) of WfLoadCell, row by row; borrowed children */
  GPtrArray *names;    /* (owned) of GtkLabel, likewise */
  guint row, day;      /* where the focus is, or was */
};

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfLoadGrid, wf_load_grid, GTK_TYPE_WIDGET)

/* ---- geometry ---------------------------------------------------------------------------------- */

static guint
get_n_days (WfLoadGrid *self)
{
  return self->workload != NULL ? self->workload->n_days : 0;
}

guint
wf_load_grid_get_n_people (WfLoadGrid *self)
{
  return self->workload != NULL ? self->workload->n_people : 0;
}

int
wf_load_grid_get_name_width (WfLoadGrid *self)
{
  return NAME_EMS * self->line_height;
}

static void
update_line_height (WfLoadGrid *self)
{
  PangoFontMetrics *font =
      pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);

  self->line_height = PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (font) +
                                         pango_font_metrics_get_descent (font));
  pango_font_metrics_unref (font);
}

/* More days than a week: most numbers would have no room beside each other. */
gboolean
wf_load_grid_is_dense (WfLoadGrid *self)
{
  return get_n_days (self) > WEEK;
}

int
wf_load_grid_get_row_height (WfLoadGrid *self)
{
  update_line_height (self);
  return self->line_height + (wf_load_grid_is_dense (self) ? DENSE_PADDING : CELL_PADDING) + GAP;
}

static int
get_least_cell (WfLoadGrid *self)
{
  return wf_load_grid_is_dense (self) ? LEAST_CELL : (int) (WIDE_CELL_EMS * self->line_height);
}

static gboolean
is_mirrored (WfLoadGrid *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

void
wf_load_grid_get_column (WfLoadGrid *self, guint day, int *x, int *width)
{
  int whole = gtk_widget_get_width (GTK_WIDGET (self)), name = wf_load_grid_get_name_width (self);
  int n = (int) MAX (get_n_days (self), 1);
  int from = name + (whole - name) * (int) day / n,
      until = name + (whole - name) * ((int) day + 1) / n;

  *width = MAX (until - from - GAP, 1);
  *x = is_mirrored (self) ? whole - until + GAP : from;
}

/* ---- cells ------------------------------------------------------------------------------------- */

static const char *
get_holiday (WfLoadGrid *self, const WfPerson *person, guint day)
{
  const WfWorkingHours *hours = self->organisation != NULL
                                    ? wf_organisation_get_hours_for (self->organisation, person)
                                    : NULL;
  const WfInstant *bounds = self->span.bounds;

  return hours != NULL ? wf_working_hours_get_holiday (
                             hours, bounds[day] + (bounds[day + 1] - bounds[day]) / 2)
                       : NULL;
}

static void
bind_cell (WfLoadGrid *self, WfLoadCell *cell, guint row, guint day)
{
  const char *id = self->workload->people[row];
  const WfPerson *person =
      self->organisation != NULL ? wf_organisation_get_person (self->organisation, id) : NULL;
  const char *holiday = get_holiday (self, person, day);
  g_autofree char *description = NULL;
  WfLoadFigures figures;
  GDate date = self->span.first;

  g_date_add_days (&date, day);
  wf_load_figures_init (&figures, &self->workload->loads[row * self->workload->n_days + day],
                        holiday != NULL);
  description =
      wf_load_figures_describe (&figures, person != NULL ? person->name : id, &date, holiday);
  wf_load_cell_bind (cell, row, day, &figures, description);
}

static void
on_cell_activated (WfLoadCell *cell, WfLoadGrid *self)
{
  guint row, day;

  wf_load_cell_get_place (cell, &row, &day);
  if (row < wf_load_grid_get_n_people (self))
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, self->workload->people[row], day);
}

static void
on_cell_focused (GtkWidget *cell, GParamSpec *pspec, WfLoadGrid *self)
{
  if (gtk_widget_has_focus (cell))
    wf_load_cell_get_place (WF_LOAD_CELL (cell), &self->row, &self->day);
}

static void
add_cell (WfLoadGrid *self)
{
  GtkWidget *cell = wf_load_cell_new ();

  g_signal_connect (cell, "activated", G_CALLBACK (on_cell_activated), self);
  g_signal_connect (cell, "notify::has-focus", G_CALLBACK (on_cell_focused), self);
  /* Below the names, which stay when the days scroll away. */
  gtk_widget_insert_before (cell, GTK_WIDGET (self),
                            self->names->len > 0 ? self->names->pdata[0] : NULL);
  g_ptr_array_add (self->cells, cell);
}

static void
add_name (WfLoadGrid *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "wf-load-name");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  g_ptr_array_add (self->names, label);
}

static void
drop_last (GPtrArray *children)
{
  gtk_widget_unparent (g_ptr_array_steal_index (children, children->len - 1));
}

static void
set_n_rows (WfLoadGrid *self, guint n)
{
  guint n_cells = n * get_n_days (self);

  while (self->cells->len > n_cells)
    drop_last (self->cells);
  while (self->cells->len < n_cells)
    add_cell (self);
  while (self->names->len > n)
    drop_last (self->names);
  while (self->names->len < n)
    add_name (self);
  self->n_rows = n;
}

static void
bind_rows (WfLoadGrid *self)
{
  guint n_days = get_n_days (self);

  for (guint i = 0; i < self->n_rows; i++)
    {
      const char *id = self->workload->people[self->first + i];
      const char *name = wf_organisation_get_person_name (self->organisation, id);

      gtk_label_set_text (self->names->pdata[i], name);
      gtk_widget_set_tooltip_text (self->names->pdata[i], name);
      for (guint day = 0; day < n_days; day++)
        bind_cell (self, self->cells->pdata[i * n_days + day], self->first + i, day);
    }
}

GtkWidget *
wf_load_grid_find_cell (WfLoadGrid *self, guint row, guint day)
{
  if (row < self->first || row >= self->first + self->n_rows || day >= get_n_days (self))
    return NULL;
  return self->cells->pdata[(row - self->first) * get_n_days (self) + day];
}

static gboolean
has_cell_focus (WfLoadGrid *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
}

/* Widgets for the rows in view and a few around them; force: what they show is another. */
static void
cover (WfLoadGrid *self, gboolean force)
{
  int height = MAX (wf_load_grid_get_row_height (self), 1);
  guint n = wf_load_grid_get_n_people (self), first, until;
  gboolean had_focus = has_cell_focus (self);
  double value = self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;
  double page = self->vadjustment != NULL ? gtk_adjustment_get_page_size (self->vadjustment) : 0;
  GtkWidget *cell;

  first = MIN ((guint) (value / height), n);
  until = MIN (n, (guint) ((value + page) / height) + 1);
  if (!force && first >= self->first && until <= self->first + self->n_rows)
    return;
  self->first = first - MIN (first, SPARE_ROWS);
  set_n_rows (self, MIN (n, until + SPARE_ROWS) - self->first);
  bind_rows (self);
  cell = had_focus ? wf_load_grid_find_cell (self, self->row, self->day) : NULL;
  if (cell != NULL)
    gtk_widget_grab_focus (cell);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- the keyboard ------------------------------------------------------------------------------ */

static void
reveal (GtkAdjustment *adjustment, double from, double size, double covered)
{
  double value = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);

  if (from - covered < value)
    gtk_adjustment_set_value (adjustment, from - covered);
  else if (from + size > value + page)
    gtk_adjustment_set_value (adjustment, from + size - page);
}

void
wf_load_grid_reveal_day (WfLoadGrid *self, guint day)
{
  int x, width;

  if (gtk_adjustment_get_page_size (self->hadjustment) <= 0)
    return;
  wf_load_grid_get_column (self, day, &x, &width);
  reveal (self->hadjustment, x, width, is_mirrored (self) ? 0 : wf_load_grid_get_name_width (self));
}

static gboolean
focus_cell (WfLoadGrid *self, guint row, guint day)
{
  int height = wf_load_grid_get_row_height (self), x, width;
  GtkWidget *cell;

  if (row >= wf_load_grid_get_n_people (self) || day >= get_n_days (self))
    return FALSE;
  wf_load_grid_get_column (self, day, &x, &width);
  reveal (self->vadjustment, row * height, height, 0);
  reveal (self->hadjustment, x, width, is_mirrored (self) ? 0 : wf_load_grid_get_name_width (self));
  self->row = row;
  self->day = day;
  cover (self, FALSE);
  cell = wf_load_grid_find_cell (self, row, day);
  return cell != NULL && gtk_widget_grab_focus (cell);
}

/* At the border the focus stays. */
static gboolean
step (WfLoadGrid *self, int rows, int days)
{
  gint64 row = CLAMP ((gint64) self->row + rows, 0, (gint64) wf_load_grid_get_n_people (self) - 1);
  gint64 day = CLAMP ((gint64) self->day + days, 0, (gint64) get_n_days (self) - 1);

  focus_cell (self, (guint) MAX (row, 0), (guint) MAX (day, 0));
  return TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
                WfLoadGrid *self)
{
  int ahead = is_mirrored (self) ? -1 : 1;
  int all = (int) get_n_days (self);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0 || !has_cell_focus (self))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return step (self, -1, 0);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return step (self, 1, 0);
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return step (self, 0, -ahead);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return step (self, 0, ahead);
    case GDK_KEY_Home:
      return step (self, 0, -all);
    case GDK_KEY_End:
      return step (self, 0, all);
    default:
      return FALSE;
    }
}

static gboolean
wf_load_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WfLoadGrid *self = WF_LOAD_GRID (widget);

  if (has_cell_focus (self) || wf_load_grid_get_n_people (self) == 0)
    return FALSE;
  return focus_cell (self, MIN (self->row, wf_load_grid_get_n_people (self) - 1),
                     MIN (self->day, get_n_days (self) - 1));
}

/* ---- the widget -------------------------------------------------------------------------------- */

static void
wf_load_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfLoadGrid *self = WF_LOAD_GRID (widget);

  update_line_height (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = wf_load_grid_get_name_width (self) +
                          (int) get_n_days (self) * (get_least_cell (self) + GAP);
  else
    *minimum = *natural = (int) wf_load_grid_get_n_people (self) *
                          wf_load_grid_get_row_height (self);
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  int least_width, least_height;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  width = MAX (width, least_width);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &least_height, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, width, MAX (height, least_height) },
                            -1);
}

static void
wf_load_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WfLoadGrid *self = WF_LOAD_GRID (widget);
  int row_height = wf_load_grid_get_row_height (self), name = wf_load_grid_get_name_width (self), x,
      column;
  double value = self->hadjustment != NULL ? gtk_adjustment_get_value (self->hadjustment) : 0;
  double page = self->hadjustment != NULL ? gtk_adjustment_get_page_size (self->hadjustment) : 0;
  int name_x = is_mirrored (self) ? (int) (value + page) - name : (int) value;
  guint n_days = get_n_days (self);

  cover (self, FALSE);
  for (guint i = 0; i < self->n_rows; i++)
    {
      int y = (int) (self->first + i) * row_height;

      for (guint day = 0; day < n_days; day++)
        {
          wf_load_grid_get_column (self, day, &x, &column);
          allocate (self->cells->pdata[i * n_days + day], x, y, column, row_height - GAP);
        }
      allocate (self->names->pdata[i], page > 0 ? name_x : 0, y, name - GAP, row_height);
    }
}

static void
wf_load_grid_dispose (GObject *object)
{
  WfLoadGrid *self = WF_LOAD_GRID (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_pointer (&self->workload, wf_workload_free);
  wf_calendar_span_clear (&self->span);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  G_OBJECT_CLASS (wf_load_grid_parent_class)->dispose (object);
}

static void
wf_load_grid_class_init (WfLoadGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_load_grid_dispose;
  widget_class->measure = wf_load_grid_measure;
  widget_class->size_allocate = wf_load_grid_size_allocate;
  widget_class->focus = wf_load_grid_focus;
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", WF_TYPE_LOAD_GRID, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                            G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "wf-load-grid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
wf_load_grid_init (WfLoadGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cells = g_ptr_array_new ();
  self->names = g_ptr_array_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Workload"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
wf_load_grid_set_adjustments (WfLoadGrid *self, GtkAdjustment *horizontal, GtkAdjustment *vertical)
{
  g_set_object (&self->hadjustment, horizontal);
  g_set_object (&self->vadjustment, vertical);
  g_signal_connect_object (horizontal, "value-changed", G_CALLBACK (gtk_widget_queue_allocate),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vertical, "value-changed", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (vertical, "notify::page-size", G_CALLBACK (gtk_widget_queue_allocate),
                           self, G_CONNECT_SWAPPED);
}

/**
 * wf_load_grid_take:
 * @self: a grid
 * @organisation: (nullable): whose people they are
 * @span: (transfer full): the days; its bounds are taken over
 * @workload: (transfer full) (nullable): of these days
 */
void
wf_load_grid_take (WfLoadGrid *self, WfOrganisation *organisation, WfCalendarSpan *span,
                   WfWorkload *workload)
{
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  wf_calendar_span_clear (&self->span);
  self->span = *span;
  span->bounds = NULL;
  g_clear_pointer (&self->workload, wf_workload_free);
  self->workload = workload;
  self->row = MIN (self->row, MAX (wf_load_grid_get_n_people (self), 1) - 1);
  self->day = MIN (self->day, MAX (get_n_days (self), 1) - 1);
  cover (self, TRUE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const WfCalendarSpan *
wf_load_grid_get_span (WfLoadGrid *self)
{
  return &self->span;
}
