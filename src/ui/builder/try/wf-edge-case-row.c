/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case of the edge-case bench. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-edge-case-row.h"

#include "wf-replay-text.h"

#include <glib/gi18n-lib.h>

/* Of a case; a storm has hundreds. The exported text has all of them. */
#define MOST_LINES 40

struct _WfEdgeCaseRow
{
  AdwExpanderRow parent_instance;

  GtkImage *icon;
  GtkLabel *verdict;
  GtkLabel *lines;
};

G_DEFINE_FINAL_TYPE (WfEdgeCaseRow, wf_edge_case_row, ADW_TYPE_EXPANDER_ROW)

static char *
join_remarks (const WfEdgeCase *edge)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < edge->remarks->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (edge->remarks, i));
  return g_string_free_and_steal (text);
}

static char *
join_lines (const WfEdgeCase *edge, const WfWorkflow *workflow, const WfOrganisation *organisation,
            GTimeZone *zone)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (edge->lines->len, MOST_LINES); i++)
    {
      g_autofree char *line =
          wf_replay_text_line (g_ptr_array_index (edge->lines, i), workflow, organisation, zone);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  if (edge->lines->len == 0)
    g_string_append (text, _ ("Nothing happened."));
  if (edge->lines->len > MOST_LINES)
    {
      guint more = edge->lines->len - MOST_LINES;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more line", "and %u more lines", more), more);
    }
  return g_string_free_and_steal (text);
}

static void
wf_edge_case_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_EDGE_CASE_ROW);
  G_OBJECT_CLASS (wf_edge_case_row_parent_class)->dispose (object);
}

static void
wf_edge_case_row_class_init (WfEdgeCaseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_edge_case_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/try/wf-edge-case-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfEdgeCaseRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WfEdgeCaseRow, verdict);
  gtk_widget_class_bind_template_child (widget_class, WfEdgeCaseRow, lines);
}

static void
wf_edge_case_row_init (WfEdgeCaseRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
wf_edge_case_to_verdict (const WfEdgeCase *edge)
{
  if (edge->failed)
    return _ ("A rule was broken");
  return edge->remarks->len > 0 ? _ ("Look at it") : _ ("Passed");
}

static void
mark (WfEdgeCaseRow *self, const char *icon, const char *css_class)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict), css_class);
}

WfEdgeCaseRow *
wf_edge_case_row_new (const WfEdgeCase *edge, const WfWorkflow *workflow,
                      const WfOrganisation *organisation, GTimeZone *zone)
{
  WfEdgeCaseRow *self = g_object_new (WF_TYPE_EDGE_CASE_ROW, NULL);
  g_autofree char *remarks = join_remarks (edge);
  g_autofree char *lines = join_lines (edge, workflow, organisation, zone);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), edge->text);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), remarks);
  gtk_label_set_text (self->lines, lines);
  gtk_label_set_text (self->verdict, wf_edge_case_to_verdict (edge));
  if (edge->failed)
    mark (self, "dialog-error-symbolic", "error");
  else if (edge->remarks->len > 0)
    mark (self, "dialog-warning-symbolic", "warning");
  else
    mark (self, "object-select-symbolic", "success");
  return self;
}
