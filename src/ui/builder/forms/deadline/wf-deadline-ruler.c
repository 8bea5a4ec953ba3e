/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The deadline ruler (B5). Its rows stay while somebody types, so that nothing jumps; only what
 * they show changes. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-deadline-ruler.h"

#include "wf-deadline-paint.h"
#include "wf-deadline-row.h"
#include "wf-stretch-swatch.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _WfDeadlineRuler
{
  GtkWidget parent_instance;

  GtkWidget *empty;
  GtkWidget *legend;
  GtkLabel *event;
  GtkWidget *reminder;
  GtkWidget *open, *night, *pause, *closed, *holiday;
  GPtrArray *rows; /* of WfDeadlineRow, unowned */
};

G_DEFINE_FINAL_TYPE (WfDeadlineRuler, wf_deadline_ruler, GTK_TYPE_WIDGET)

static void
set_n_rows (WfDeadlineRuler *self, guint n)
{
  while (self->rows->len > n)
    gtk_widget_unparent (g_ptr_array_steal_index (self->rows, self->rows->len - 1));
  while (self->rows->len < n)
    {
      GtkWidget *row = g_object_new (WF_TYPE_DEADLINE_ROW, NULL);

      gtk_widget_insert_before (row, GTK_WIDGET (self), self->legend);
      g_ptr_array_add (self->rows, row);
    }
  for (guint i = 0; i < n; i++)
    gtk_accessible_update_relation (g_ptr_array_index (self->rows, i),
                                    GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) i + 1,
                                    GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n, -1);
  gtk_widget_set_visible (self->empty, n == 0);
  gtk_widget_set_visible (self->legend, n > 0);
}

/* What is nowhere on the lines is not explained either. */
static void
show_legend (WfDeadlineRuler *self, const gboolean *drawn, gboolean reminds, gboolean backward)
{
  gtk_widget_set_visible (self->open, drawn[WF_STRETCH_OPEN]);
  gtk_widget_set_visible (self->night, drawn[WF_STRETCH_NIGHT]);
  gtk_widget_set_visible (self->pause, drawn[WF_STRETCH_BREAK]);
  gtk_widget_set_visible (self->closed, drawn[WF_STRETCH_CLOSED_DAY]);
  gtk_widget_set_visible (self->holiday, drawn[WF_STRETCH_HOLIDAY]);
  gtk_widget_set_visible (self->reminder, reminds);
  gtk_label_set_text (self->event, backward ? _ ("Date") : _ ("Event"));
}

static void
wf_deadline_ruler_dispose (GObject *object)
{
  WfDeadlineRuler *self = WF_DEADLINE_RULER (object);

  if (self->rows != NULL)
    {
      g_ptr_array_foreach (self->rows, (GFunc) (void (*) (void)) gtk_widget_unparent, NULL);
      g_clear_pointer (&self->rows, g_ptr_array_unref);
    }
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_DEADLINE_RULER);
  G_OBJECT_CLASS (wf_deadline_ruler_parent_class)->dispose (object);
}

static void
wf_deadline_ruler_class_init (WfDeadlineRulerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WF_TYPE_STRETCH_SWATCH);
  G_OBJECT_CLASS (klass)->dispose = wf_deadline_ruler_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/forms/deadline/wf-deadline-ruler.ui");
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRuler, empty);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRuler, legend);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRuler, event);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRuler, reminder);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRuler, open);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRuler, night);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRuler, pause);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRuler, closed);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRuler, holiday);
  gtk_widget_class_set_css_name (widget_class, "deadlineruler");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
wf_deadline_ruler_init (WfDeadlineRuler *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Every sentence says it in words already. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->legend), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Examples of the deadline"), -1);
  set_n_rows (self, 0);
}

/**
 * wf_deadline_ruler_set:
 * @self: the ruler
 * @action: the settings as they are typed; nothing is shown while they say no time
 * @organisation: (nullable): whose hours count; without one every hour does
 * @now: around which the samples are chosen
 */
void
wf_deadline_ruler_set (WfDeadlineRuler *self, const WfCreateActivity *action,
                       const WfOrganisation *organisation, WfInstant now)
{
  g_autoptr (GPtrArray) samples = wf_deadline_samples_make (action, organisation, now);
  g_autoptr (WfWorkingHours) hours = wf_deadline_samples_dup_hours (organisation);
  gboolean drawn[WF_N_STRETCH_KINDS] = { FALSE }, reminds = FALSE;

  set_n_rows (self, samples->len);
  for (guint i = 0; i < samples->len; i++)
    {
      const WfDeadlineSample *sample = g_ptr_array_index (samples, i);
      WfDeadlineLine *line = wf_deadline_line_new (sample, action, hours);

      for (guint j = 0; line != NULL && j < line->stretches->len; j++)
        drawn[g_array_index (line->stretches, WfStretch, j).kind] = TRUE;
      reminds |= line != NULL && line->remind != WF_INSTANT_NONE;
      wf_deadline_row_show (g_ptr_array_index (self->rows, i), sample, line);
    }
  show_legend (self, drawn, reminds, action->before != NULL);
}
