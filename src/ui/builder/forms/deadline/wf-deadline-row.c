/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sample of the deadline ruler. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-deadline-row.h"

#include "wf-deadline-track.h"

#include <glib/gi18n-lib.h>

struct _WfDeadlineRow
{
  GtkWidget parent_instance;

  GtkLabel *name;
  GtkLabel *when;
  GtkLabel *result;
  GtkLabel *holidays;
  WfDeadlineTrack *track;
};

G_DEFINE_FINAL_TYPE (WfDeadlineRow, wf_deadline_row, GTK_TYPE_WIDGET)

static void
wf_deadline_row_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_DEADLINE_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wf_deadline_row_parent_class)->dispose (object);
}

static void
wf_deadline_row_class_init (WfDeadlineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WF_TYPE_DEADLINE_TRACK);
  G_OBJECT_CLASS (klass)->dispose = wf_deadline_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/forms/deadline/wf-deadline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRow, name);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRow, when);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRow, result);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRow, holidays);
  gtk_widget_class_bind_template_child (widget_class, WfDeadlineRow, track);
  gtk_widget_class_set_css_name (widget_class, "deadlinerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
wf_deadline_row_init (WfDeadlineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_deadline_row_show (WfDeadlineRow *self, const WfDeadlineSample *sample, WfDeadlineLine *line)
{
  const char *names = line != NULL ? line->holidays : NULL;
  /* Translators: %s are the holidays that a deadline runs over */
  g_autofree char *holidays = names != NULL ? g_strdup_printf (_ ("Holidays: %s"), names) : NULL;
  /* Translators: what a screen reader says: a sample event, when it is, its deadline, holidays */
  g_autofree char *sentence =
      holidays != NULL
          ? g_strdup_printf (_ ("%1$s (%2$s): %3$s. %4$s"), sample->name, sample->when,
                             sample->result, holidays)
          : g_strdup_printf (_ ("%1$s (%2$s): %3$s"), sample->name, sample->when, sample->result);

  gtk_label_set_text (self->name, sample->name);
  gtk_label_set_text (self->when, sample->when);
  gtk_label_set_text (self->result, sample->result);
  gtk_label_set_text (self->holidays, holidays != NULL ? holidays : "");
  gtk_widget_set_visible (GTK_WIDGET (self->holidays), holidays != NULL);
  wf_deadline_track_take_line (self->track, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}
