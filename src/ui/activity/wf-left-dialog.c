/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names the activities with which something could not be done. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-left-dialog.h"

#include "wf-activity-batch-text.h"
#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

/* More than anybody reads; the others are counted. */
#define MOST_ROWS 200

struct _WfLeftDialog
{
  AdwDialog parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (WfLeftDialog, wf_left_dialog, ADW_TYPE_DIALOG)

static void
wf_left_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LEFT_DIALOG);
  G_OBJECT_CLASS (wf_left_dialog_parent_class)->dispose (object);
}

static void
wf_left_dialog_class_init (WfLeftDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_left_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-left-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfLeftDialog, list);
}

static void
wf_left_dialog_init (WfLeftDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_row (WfLeftDialog *self, const WfLeftActivity *left)
{
  const WfActivity *activity = left->activity;
  g_autofree char *title = activity->lead_name != NULL
                               ? g_strdup_printf ("%s · %s", activity->title, activity->lead_name)
                               : g_strdup (activity->title);
  GtkWidget *row = wf_plain_row_new (title, left->reason);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->list, row);
}

AdwDialog *
wf_left_dialog_new (GPtrArray *left)
{
  WfLeftDialog *self = g_object_new (WF_TYPE_LEFT_DIALOG, NULL);
  guint more = left->len > MOST_ROWS ? left->len - MOST_ROWS : 0;

  for (guint i = 0; i < left->len - more; i++)
    add_row (self, left->pdata[i]);
  if (more > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u more", "%u more", more), more);
      gtk_list_box_append (self->list, wf_plain_row_new (text, NULL));
    }
  return ADW_DIALOG (self);
}
