/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a lead's history. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-moment-row.h"

#include "wf-sync-text.h"
#include "wf-time-text.h"

struct _WfMomentRow
{
  GtkListBoxRow parent_instance;

  WfLeadMoment *moment; /* (owned) (nullable) */
  char *key;            /* (owned) (nullable) */
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *details;
  GtkLabel *comment;
  GtkLabel *sync;
  GtkLabel *time;
  GtkWidget *open;
};

enum
{
  OPEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfMomentRow, wf_moment_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* What a person wrote is read as easily as the sentence above it, and can be copied. */
static void
show_details (WfMomentRow *self, const WfMomentReader *reader)
{
  gboolean is_comment = self->moment->kind == WF_MOMENT_COMMENT;
  g_autofree char *details = wf_moment_details (self->moment, reader);
  g_autofree char *sync = is_comment ? wf_sync_change_text (self->moment->sync, NULL) : NULL;

  show_label (self->details, is_comment ? NULL : details);
  show_label (self->comment, is_comment ? details : NULL);
  show_label (self->sync, sync);
}

static void
show_icon (WfMomentRow *self, const WfMomentReader *reader)
{
  gtk_image_set_from_icon_name (self->icon, wf_moment_icon (self->moment, reader));
  if (wf_moment_is_problem (self->moment))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->icon), "warning");
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "dimmed");
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "warning");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "dimmed");
}

static void
on_open_clicked (WfMomentRow *self)
{
  g_signal_emit (self, signals[OPEN], 0);
}

static void
wf_moment_row_dispose (GObject *object)
{
  WfMomentRow *self = WF_MOMENT_ROW (object);

  g_clear_pointer (&self->moment, wf_lead_moment_unref);
  g_clear_pointer (&self->key, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_MOMENT_ROW);
  G_OBJECT_CLASS (wf_moment_row_parent_class)->dispose (object);
}

static void
wf_moment_row_class_init (WfMomentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_moment_row_dispose;
  signals[OPEN] = g_signal_new ("open", WF_TYPE_MOMENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-moment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfMomentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WfMomentRow, title);
  gtk_widget_class_bind_template_child (widget_class, WfMomentRow, details);
  gtk_widget_class_bind_template_child (widget_class, WfMomentRow, comment);
  gtk_widget_class_bind_template_child (widget_class, WfMomentRow, sync);
  gtk_widget_class_bind_template_child (widget_class, WfMomentRow, time);
  gtk_widget_class_bind_template_child (widget_class, WfMomentRow, open);
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
}

static void
wf_moment_row_init (WfMomentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_moment_row_new (void)
{
  return g_object_new (WF_TYPE_MOMENT_ROW, NULL);
}

void
wf_moment_row_show (WfMomentRow *self, WfLeadMoment *moment, const WfMomentReader *reader,
                    const char *open)
{
  g_return_if_fail (WF_IS_MOMENT_ROW (self));
  g_autofree char *title = wf_moment_title (moment, reader);
  WfLeadMoment *before = g_steal_pointer (&self->moment);

  self->moment = wf_lead_moment_ref (moment);
  g_clear_pointer (&before, wf_lead_moment_unref);
  g_free (self->key);
  self->key = wf_moment_key (moment);
  gtk_label_set_text (self->title, title);
  show_icon (self, reader);
  show_details (self, reader);
  gtk_widget_set_visible (self->open, open != NULL);
  gtk_widget_set_tooltip_text (self->open, open);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), open != NULL);
  wf_moment_row_show_time (self, reader);
}

void
wf_moment_row_show_time (WfMomentRow *self, const WfMomentReader *reader)
{
  g_return_if_fail (WF_IS_MOMENT_ROW (self));
  g_autofree char *time = wf_moment_time (self->moment, reader);
  g_autofree char *full = wf_time_text_full (self->moment->at, reader->zone);
  g_autofree char *spoken = wf_moment_spoken (self->moment, reader);

  gtk_label_set_text (self->time, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), full);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

WfLeadMoment *
wf_moment_row_get_moment (WfMomentRow *self)
{
  g_return_val_if_fail (WF_IS_MOMENT_ROW (self), NULL);
  return self->moment;
}

const char *
wf_moment_row_get_key (WfMomentRow *self)
{
  g_return_val_if_fail (WF_IS_MOMENT_ROW (self), NULL);
  return self->key;
}
