/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What needs a manager (R6). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-exceptions-view.h"

#include "wf-late-row.h"
#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

/* More than these would be a report, not what needs a manager now. */
#define MOST_PEOPLE 30

/* A line that is there when its figure is not 0. */
typedef struct
{
  GtkWidget *row;
  GtkLabel *count;
} Line;

struct _WfExceptionsView
{
  AdwBin parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfMinuteClock *minutes;    /* (owned) (nullable) */
  char *origin;              /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  gboolean reading, again, loaded, narrow;
  GtkStack *states;
  GtkWidget *decisions;
  Line at_risk, unassigned, without_next, failing, held, conflicts, problems, refused;
  GtkWidget *late_group;
  GtkListBox *people;
  AdwStatusPage *error;
};

enum
{
  PROP_LOADED = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfExceptionsView, wf_exceptions_view, ADW_TYPE_BIN)

static void read_figures (WfExceptionsView *self);

/* ---- figures ----------------------------------------------------------------------------------- */

/* Returns: 1 when the line is there. */
static guint
show_line (Line *line, guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  gtk_label_set_text (line->count, text);
  gtk_widget_set_visible (line->row, n > 0);
  return n > 0;
}

static guint
count_soon (GPtrArray *people)
{
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    n += ((const WfPersonCount *) people->pdata[i])->soon;
  return n;
}

/* Rows are changed in place, so that the focus and what is read aloud stay. */
static guint
show_people (WfExceptionsView *self, GPtrArray *people)
{
  guint n = 0, most = 1;

  for (guint i = 0; i < people->len; i++)
    most = MAX (most, ((const WfPersonCount *) people->pdata[i])->late);
  for (guint i = 0; i < people->len && n < MOST_PEOPLE; i++)
    {
      const WfPersonCount *person = people->pdata[i];
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->people, (int) n);
      if (person->late == 0)
        continue;
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (wf_late_row_new ());
          wf_late_row_set_narrow (WF_LATE_ROW (row), self->narrow);
          gtk_list_box_append (self->people, GTK_WIDGET (row));
        }
      wf_late_row_show (WF_LATE_ROW (row), person, wf_runtime_get_organisation (self->runtime),
                        wf_minute_clock_get_now (self->minutes), most);
      n++;
    }
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->people, (int) n)) != NULL;)
    gtk_list_box_remove (self->people, GTK_WIDGET (row));
  gtk_widget_set_visible (self->late_group, n > 0);
  return n;
}

static void
show_figures (WfExceptionsView *self, const WfExceptions *figures)
{
  guint decisions = show_line (&self->at_risk, count_soon (figures->people));

  decisions += show_line (&self->unassigned, figures->unassigned);
  decisions += show_line (&self->without_next, figures->without_next);
  decisions += show_line (&self->failing, figures->failing);
  decisions += show_line (&self->held, figures->held);
  decisions += show_line (&self->conflicts, figures->conflicts);
  decisions += show_line (&self->problems, figures->problems);
  decisions += show_line (&self->refused, figures->refused);
  gtk_widget_set_visible (self->decisions, decisions > 0);
  guint late = show_people (self, figures->people);
  gtk_stack_set_visible_child_name (self->states, decisions + late > 0 ? "figures" : "empty");
}

static void
set_loaded (WfExceptionsView *self)
{
  if (self->loaded)
    return;
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
}

static void
on_figures_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfExceptionsView) self = WF_EXCEPTIONS_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfExceptions) figures =
      wf_runtime_get_exceptions_finish (WF_RUNTIME (object), result, &error);

  self->reading = FALSE;
  if (self->runtime == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (figures != NULL)
    show_figures (self, figures);
  else
    {
      wf_plain_page_set_description (self->error, error->message);
      gtk_stack_set_visible_child_name (self->states, "error");
    }
  set_loaded (self);
  if (self->again)
    read_figures (self);
}

/* Policy: nobody looks, nothing is read; several changes while a reading is under way make one more. */
static void
read_figures (WfExceptionsView *self)
{
  if (self->runtime == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  wf_runtime_get_exceptions_async (self->runtime, self->origin, self->cancellable, on_figures_read,
                                   g_object_ref (self));
}

static void
on_retry_clicked (WfExceptionsView *self)
{
  gtk_stack_set_visible_child_name (self->states, "loading");
  read_figures (self);
}

static void
set_narrow (WfExceptionsView *self, gboolean narrow)
{
  GtkListBoxRow *row;

  self->narrow = narrow;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->people, i)) != NULL; i++)
    wf_late_row_set_narrow (WF_LATE_ROW (row), narrow);
}

static void
on_narrow (WfExceptionsView *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide (WfExceptionsView *self)
{
  set_narrow (self, FALSE);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_exceptions_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wf_exceptions_view_parent_class)->map (widget);
  read_figures (WF_EXCEPTIONS_VIEW (widget));
}

static void
wf_exceptions_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, WF_EXCEPTIONS_VIEW (object)->loaded);
}

static void
wf_exceptions_view_dispose (GObject *object)
{
  WfExceptionsView *self = WF_EXCEPTIONS_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->runtime);
  g_clear_object (&self->minutes);
  G_OBJECT_CLASS (wf_exceptions_view_parent_class)->dispose (object);
}

static void
wf_exceptions_view_finalize (GObject *object)
{
  g_free (WF_EXCEPTIONS_VIEW (object)->origin);
  g_object_unref (WF_EXCEPTIONS_VIEW (object)->cancellable);
  G_OBJECT_CLASS (wf_exceptions_view_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WfExceptionsView, child)

/* A line's row and its label have names of the same beginning. */
#define BIND_LINE(line)                                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gtk_widget_class_bind_template_child_full (widget_class, #line, FALSE,                         \
                                               G_STRUCT_OFFSET (WfExceptionsView, line.row));      \
    gtk_widget_class_bind_template_child_full (widget_class, #line "_count", FALSE,                \
                                               G_STRUCT_OFFSET (WfExceptionsView, line.count));    \
  }                                                                                                \
  G_STMT_END

static void
wf_exceptions_view_class_init (WfExceptionsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wf_exceptions_view_get_property;
  object_class->dispose = wf_exceptions_view_dispose;
  object_class->finalize = wf_exceptions_view_finalize;
  widget_class->map = wf_exceptions_view_map;
  props[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "wf-exceptions-view");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "today/wf-exceptions-view.ui");
  BIND (states);
  BIND (decisions);
  BIND_LINE (at_risk);
  BIND_LINE (unassigned);
  BIND_LINE (without_next);
  BIND_LINE (failing);
  BIND_LINE (held);
  BIND_LINE (conflicts);
  BIND_LINE (problems);
  BIND_LINE (refused);
  BIND (late_group);
  BIND (people);
  BIND (error);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
}

static void
wf_exceptions_view_init (WfExceptionsView *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_exceptions_view_set_up (WfExceptionsView *self, WfRuntime *runtime, WfMinuteClock *minutes)
{
  static const char *const causes[] = { "activities-changed", "workflows-changed", "log-changed",
                                        "notify::organisation" };

  g_return_if_fail (WF_IS_EXCEPTIONS_VIEW (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    g_signal_connect_object (runtime, causes[i], G_CALLBACK (read_figures), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (minutes, "notify::now", G_CALLBACK (read_figures), self,
                           G_CONNECT_SWAPPED);
  read_figures (self);
}

void
wf_exceptions_view_set_origin (WfExceptionsView *self, const char *origin)
{
  g_return_if_fail (WF_IS_EXCEPTIONS_VIEW (self));
  if (g_set_str (&self->origin, origin))
    read_figures (self);
}

gboolean
wf_exceptions_view_is_loaded (WfExceptionsView *self)
{
  g_return_val_if_fail (WF_IS_EXCEPTIONS_VIEW (self), FALSE);
  return self->loaded;
}
