/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure of a report: what it is, how much, how it was before, and how it went. Better and worse are said in words and by the
 * sign's shape; colour only repeats it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-card.h"

#include "wf-spark-line.h"

#include <glib/gi18n-lib.h>

#define MOST_BARS 12 /* as many as there is room for */

struct _WfReportCard
{
  GtkButton parent_instance;

  char *title; /* (owned) */
  GtkWidget *title_label;
  GtkLabel *value;
  WfSparkLine *line;
  GtkWidget *difference_box;
  GtkImage *sign;
  GtkLabel *difference;
};

enum
{
  PROP_TITLE = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfReportCard, wf_report_card, GTK_TYPE_BUTTON)

static void
show_trend (WfReportCard *self, WfTrend trend)
{
  static const char *const classes[] = { "dimmed", "dimmed", "success", "error" };
  static const char *const icons[] = { NULL, NULL, "object-select-symbolic",
                                       "dialog-warning-symbolic" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->difference_box, classes[i]);
  gtk_widget_add_css_class (self->difference_box, classes[trend]);
  gtk_widget_set_visible (GTK_WIDGET (self->sign), icons[trend] != NULL);
  gtk_image_set_from_icon_name (self->sign, icons[trend]);
}

/* Many points are drawn as few, each the sum of its neighbours. */
static void
show_line (WfReportCard *self, const guint *values, guint n)
{
  guint sums[MOST_BARS] = { 0 };
  guint shown = MIN (n, MOST_BARS);

  gtk_widget_set_visible (GTK_WIDGET (self->line), values != NULL && n > 1);
  if (values == NULL || n < 2)
    return;
  for (guint i = 0; i < n; i++)
    sums[(gsize) i * shown / n] += values[i];
  wf_spark_line_set_values (self->line, sums, shown, _ ("How it went in the period"));
}

static void
describe (WfReportCard *self, const char *value, const char *difference, const char *before)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *text = NULL;

  g_ptr_array_add (words, (char *) value);
  if (difference != NULL)
    g_ptr_array_add (words, (char *) difference);
  if (before != NULL)
    g_ptr_array_add (words, (char *) before);
  g_ptr_array_add (words, NULL);
  g_autofree char *rest = g_strjoinv (", ", (char **) words->pdata);
  text = g_strdup_printf ("%s: %s", self->title, rest);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), before);
}

static void
wf_report_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, WF_REPORT_CARD (object)->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_report_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TITLE:
      if (g_set_str (&WF_REPORT_CARD (object)->title, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_report_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_REPORT_CARD);
  G_OBJECT_CLASS (wf_report_card_parent_class)->dispose (object);
}

static void
wf_report_card_finalize (GObject *object)
{
  g_free (WF_REPORT_CARD (object)->title);
  G_OBJECT_CLASS (wf_report_card_parent_class)->finalize (object);
}

static void
wf_report_card_class_init (WfReportCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_report_card_get_property;
  object_class->set_property = wf_report_card_set_property;
  object_class->dispose = wf_report_card_dispose;
  object_class->finalize = wf_report_card_finalize;
  props[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (WF_TYPE_SPARK_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-report-card.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReportCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, WfReportCard, value);
  gtk_widget_class_bind_template_child (widget_class, WfReportCard, line);
  gtk_widget_class_bind_template_child (widget_class, WfReportCard, difference_box);
  gtk_widget_class_bind_template_child (widget_class, WfReportCard, sign);
  gtk_widget_class_bind_template_child (widget_class, WfReportCard, difference);
}

static void
wf_report_card_init (WfReportCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_report_card_show (WfReportCard *self, const char *value, WfTrend trend, const char *difference,
                     const char *before, const guint *values, guint n)
{
  g_return_if_fail (WF_IS_REPORT_CARD (self) && value != NULL);
  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->difference, difference != NULL ? difference : " ");
  show_trend (self, trend);
  show_line (self, values, n);
  describe (self, value, difference, before);
}

void
wf_report_card_show_nothing (WfReportCard *self)
{
  wf_report_card_show (self, "–", WF_TREND_SAME, NULL, NULL, NULL, 0);
}

void
wf_report_card_lead_nowhere (WfReportCard *self)
{
  g_return_if_fail (WF_IS_REPORT_CARD (self));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE); /* the action's was another */
  gtk_widget_add_css_class (GTK_WIDGET (self), "wf-report-card-plain");
  g_object_set (self, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
}

const char *
wf_report_card_get_value (WfReportCard *self)
{
  g_return_val_if_fail (WF_IS_REPORT_CARD (self), NULL);
  return gtk_label_get_text (self->value);
}

const char *
wf_report_card_get_difference (WfReportCard *self)
{
  g_return_val_if_fail (WF_IS_REPORT_CARD (self), NULL);
  return gtk_label_get_text (self->difference);
}
