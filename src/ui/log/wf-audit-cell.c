/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was changed, in a cell of the audit trail. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-audit-cell.h"

#include <glib/gi18n-lib.h>

struct _WfAuditCell
{
  GtkBox parent_instance;

  GtkLabel *what;
  GtkLabel *subject;
  GtkLabel *why;
  GtkLabel *rest;
};

G_DEFINE_FINAL_TYPE (WfAuditCell, wf_audit_cell, GTK_TYPE_BOX)

static void
wf_audit_cell_class_init (WfAuditCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "log/wf-audit-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, WfAuditCell, what);
  gtk_widget_class_bind_template_child (widget_class, WfAuditCell, subject);
  gtk_widget_class_bind_template_child (widget_class, WfAuditCell, why);
  gtk_widget_class_bind_template_child (widget_class, WfAuditCell, rest);
}

static void
wf_audit_cell_init (WfAuditCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_audit_cell_new (void)
{
  return g_object_new (WF_TYPE_AUDIT_CELL, NULL);
}

static void
show_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static char *
make_rest (const WfAuditText *text, const char *time)
{
  GString *rest = g_string_new (text->who);

  g_string_append_printf (rest, " · %s", time);
  if (text->before != NULL)
    {
      g_string_append_c (rest, '\n');
      /* Translators: what something was before a change: "Before: Deadline: 3 November 2026, 10:00" */
      g_string_append_printf (rest, _ ("Before: %s"), text->before);
    }
  if (text->after != NULL)
    {
      g_string_append_c (rest, '\n');
      /* Translators: what something is after a change */
      g_string_append_printf (rest, _ ("After: %s"), text->after);
    }
  return g_string_free_and_steal (rest);
}

void
wf_audit_cell_show (WfAuditCell *self, const WfAuditText *text, const char *time, gboolean narrow)
{
  g_return_if_fail (WF_IS_AUDIT_CELL (self));
  g_autofree char *rest = text != NULL && narrow ? make_rest (text, time) : NULL;

  show_label (self->what, text != NULL ? text->what : NULL);
  show_label (self->subject, text != NULL ? text->on : NULL);
  show_label (self->why, text != NULL ? text->why : NULL);
  show_label (self->rest, rest);
}
