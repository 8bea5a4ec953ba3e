/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The share of one origin, product or person in commissions. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-share-row.h"

#include <glib/gi18n-lib.h>

struct _WfShareRow
{
  AdwActionRow parent_instance;

  char *id; /* (owned) */
  GtkCheckButton *set;
  GtkSpinButton *percent;
};

G_DEFINE_FINAL_TYPE (WfShareRow, wf_share_row, ADW_TYPE_ACTION_ROW)

static void
on_set_toggled (WfShareRow *self)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               gtk_check_button_get_active (self->set) ? "" : _ ("As all others"));
}

static void
wf_share_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SHARE_ROW);
  G_OBJECT_CLASS (wf_share_row_parent_class)->dispose (object);
}

static void
wf_share_row_finalize (GObject *object)
{
  g_free (WF_SHARE_ROW (object)->id);
  G_OBJECT_CLASS (wf_share_row_parent_class)->finalize (object);
}

static void
wf_share_row_class_init (WfShareRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_share_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_share_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-share-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfShareRow, set);
  gtk_widget_class_bind_template_child (widget_class, WfShareRow, percent);
  gtk_widget_class_bind_template_callback (widget_class, on_set_toggled);
}

static void
wf_share_row_init (WfShareRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_set_toggled (self);
}

GtkWidget *
wf_share_row_new (const char *id, const char *name)
{
  WfShareRow *self = g_object_new (WF_TYPE_SHARE_ROW, "title", name, NULL);
  /* Translators: %s is a person, a product or an origin */
  g_autofree char *set = g_strdup_printf (_ ("An own share for %s"), name);
  g_autofree char *percent = g_strdup_printf (_ ("Per cent for %s"), name);

  self->id = g_strdup (id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->set), GTK_ACCESSIBLE_PROPERTY_LABEL, set,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->percent), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  percent, -1);
  return GTK_WIDGET (self);
}

const char *
wf_share_row_get_id (WfShareRow *self)
{
  g_return_val_if_fail (WF_IS_SHARE_ROW (self), NULL);
  return self->id;
}

void
wf_share_row_set_percent (WfShareRow *self, double percent)
{
  g_return_if_fail (WF_IS_SHARE_ROW (self));
  gtk_spin_button_set_value (self->percent, percent);
  gtk_check_button_set_active (self->set, TRUE);
}

gboolean
wf_share_row_get_percent (WfShareRow *self, double *percent)
{
  g_return_val_if_fail (WF_IS_SHARE_ROW (self), FALSE);
  gtk_spin_button_update (self->percent);
  *percent = gtk_spin_button_get_value (self->percent);
  return gtk_check_button_get_active (self->set);
}
