/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of one type of activity while somebody is away (B10). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-absence-type-row.h"

struct _WfAbsenceTypeRow
{
  AdwComboRow parent_instance;

  char *type; /* (owned) */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfAbsenceTypeRow, wf_absence_type_row, ADW_TYPE_COMBO_ROW)

/* The first choice is that of all others; the rest are the treatments in their order. */
#define OTHERS 0

static void
on_selected (WfAbsenceTypeRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wf_absence_type_row_finalize (GObject *object)
{
  g_free (WF_ABSENCE_TYPE_ROW (object)->type);
  G_OBJECT_CLASS (wf_absence_type_row_parent_class)->finalize (object);
}

static void
wf_absence_type_row_class_init (WfAbsenceTypeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_absence_type_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_ABSENCE_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "absence/wf-absence-type-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
}

static void
wf_absence_type_row_init (WfAbsenceTypeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_absence_type_row_new (const WfEntry *type)
{
  WfAbsenceTypeRow *self = g_object_new (WF_TYPE_ABSENCE_TYPE_ROW, "title", type->name, NULL);

  self->type = g_strdup (type->id);
  return GTK_WIDGET (self);
}

const char *
wf_absence_type_row_get_activity_type (WfAbsenceTypeRow *self)
{
  return self->type;
}

gboolean
wf_absence_type_row_get_treatment (WfAbsenceTypeRow *self, WfAbsenceTreatment *treatment)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (selected == OTHERS || selected == GTK_INVALID_LIST_POSITION)
    return FALSE;
  *treatment = (WfAbsenceTreatment) (selected - 1);
  return TRUE;
}

void
wf_absence_type_row_set_treatment (WfAbsenceTypeRow *self, gboolean own,
                                   WfAbsenceTreatment treatment)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), own ? (guint) treatment + 1 : OTHERS);
}
