/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the list of workflows: name, trigger in words, how it went in the last 30 days, live or paused. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-row.h"

#include "wf-spark-line.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfWorkflowRow
{
  AdwActionRow parent_instance;

  GtkLabel *badge;
  WfSparkLine *spark_line;
  GtkSwitch *live;
  GtkMenuButton *menu;
  WfWorkflowItem *item;
  gboolean setting;
  gboolean narrow;
};

enum
{
  PROP_NARROW = 1
};

static GParamSpec *properties[PROP_NARROW + 1];
static guint state_wanted_signal;

G_DEFINE_FINAL_TYPE (WfWorkflowRow, wf_workflow_row, ADW_TYPE_ACTION_ROW)

static gboolean
on_state_set (WfWorkflowRow *self, gboolean live)
{
  if (!self->setting)
    g_signal_emit (self, state_wanted_signal, 0, live ? WF_WORKFLOW_LIVE : WF_WORKFLOW_PAUSED);
  return FALSE;
}

static void
show_spark_line (WfWorkflowRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spark_line),
                          !self->narrow && wf_workflow_item_was_published (self->item));
}

static void
wf_workflow_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WfWorkflowRow *self = WF_WORKFLOW_ROW (object);

  switch (id)
    {
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      show_spark_line (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_workflow_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, WF_WORKFLOW_ROW (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_workflow_row_dispose (GObject *object)
{
  g_clear_object (&WF_WORKFLOW_ROW (object)->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_WORKFLOW_ROW);
  G_OBJECT_CLASS (wf_workflow_row_parent_class)->dispose (object);
}

static void
wf_workflow_row_class_init (WfWorkflowRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = wf_workflow_row_set_property;
  G_OBJECT_CLASS (klass)->get_property = wf_workflow_row_get_property;
  G_OBJECT_CLASS (klass)->dispose = wf_workflow_row_dispose;
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
  state_wanted_signal = g_signal_new ("state-wanted", WF_TYPE_WORKFLOW_ROW, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  g_type_ensure (WF_TYPE_SPARK_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "workflows/wf-workflow-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowRow, badge);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowRow, spark_line);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowRow, live);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_state_set);
}

static void
wf_workflow_row_init (WfWorkflowRow *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* "41 activities, 80 % on time". Owned by the caller. */
static char *
make_figures_text (const WfWorkflowFigures *figures)
{
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u activity in the last 30 days",
                                 "%u activities in the last 30 days", figures->created),
                       figures->created);

  if (figures->done == 0)
    return g_steal_pointer (&count);
  /* Translators: a count of activities, and the share that was done on time */
  return g_strdup_printf (_ ("%s, %u %% on time"), count,
                          figures->done_on_time * 100 / figures->done);
}

static void
show_figures (WfWorkflowRow *self)
{
  const WfWorkflowFigures *figures = wf_workflow_item_get_figures (self->item);
  g_autofree char *text = make_figures_text (figures);

  wf_spark_line_set_values (self->spark_line, figures->per_day, G_N_ELEMENTS (figures->per_day),
                            text);
  show_spark_line (self);
}

static void
show_badge (WfWorkflowRow *self)
{
  guint n_errors = wf_workflow_item_get_n_errors (self->item);
  g_autofree char *text = NULL;

  if (wf_workflow_item_is_in_conflict (self->item))
    text = g_strdup (_ ("Published by somebody else meanwhile"));
  else if (n_errors > 0)
    text = g_strdup_printf (ngettext ("%u problem", "%u problems", n_errors), n_errors);
  else if (!wf_workflow_item_was_published (self->item))
    text = g_strdup (_ ("Draft"));
  else if (wf_workflow_item_get_latest (self->item) != wf_workflow_item_get_workflow (self->item))
    text = g_strdup (_ ("Has a draft"));
  else if (wf_workflow_item_get_sync (self->item) == WF_SYNC_LOCAL)
    text = g_strdup (_ ("On this computer"));
  else if (wf_workflow_item_get_sync (self->item) == WF_SYNC_REFUSED)
    text = g_strdup (_ ("Refused by the CRM"));
  gtk_widget_set_visible (GTK_WIDGET (self->badge), text != NULL);
  gtk_label_set_label (self->badge, text != NULL ? text : "");
  if (n_errors > 0 || wf_workflow_item_is_in_conflict (self->item))
    gtk_widget_add_css_class (GTK_WIDGET (self->badge), "warning");
}

static void
show_texts (WfWorkflowRow *self, WfInstant now)
{
  const WfWorkflow *workflow = wf_workflow_item_get_workflow (self->item);
  WfInstant last = wf_workflow_item_get_figures (self->item)->last_run;
  const char *trigger = wf_workflow_item_get_trigger (self->item);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *ago = last != WF_INSTANT_NONE && last > 0 ? wf_time_text_ago (last, now, zone)
                                                             : NULL;
  g_autofree char *run = ago != NULL ? g_strdup_printf (_ ("Last run: %s"), ago) : NULL;
  g_autofree char *figures = make_figures_text (wf_workflow_item_get_figures (self->item));
  g_autofree char *past = run != NULL ? g_strdup_printf ("%s · %s", figures, run)
                                      : g_strdup (figures);
  g_autofree char *subtitle = wf_workflow_item_was_published (self->item)
                                  ? g_strconcat (trigger, "\n", past, NULL)
                                  : g_strdup (trigger);
  g_autofree char *label = g_strdup_printf (_ ("“%s” is live"), workflow->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), workflow->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->live), _ ("Live or paused"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->live), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
append_command (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static void
show_menu (WfWorkflowRow *self, gboolean editable)
{
  const char *id = wf_workflow_item_get_workflow (self->item)->id;
  g_autoptr (GMenu) menu = g_menu_new ();

  if (editable)
    append_command (menu, _ ("_Duplicate"), "workflows.duplicate", id);
  append_command (menu, _ ("_Save to File…"), "workflows.export", id);
  if (editable && wf_workflow_item_is_archived (self->item))
    append_command (menu, _ ("_Take out of the Archive"), "workflows.unarchive", id);
  else if (editable && wf_workflow_item_was_published (self->item))
    append_command (menu, _ ("_Archive"), "workflows.archive", id);
  gtk_menu_button_set_menu_model (self->menu, G_MENU_MODEL (menu));
}

/* editable FALSE: the switch shows the state and cannot be moved (R7). */
WfWorkflowRow *
wf_workflow_row_new (WfWorkflowItem *item, gboolean editable, WfInstant now)
{
  WfWorkflowRow *self = g_object_new (WF_TYPE_WORKFLOW_ROW, NULL);

  self->item = g_object_ref (item);
  show_texts (self, now);
  show_figures (self);
  show_badge (self);
  show_menu (self, editable);
  gtk_widget_set_visible (GTK_WIDGET (self->live), wf_workflow_item_was_published (item));
  gtk_widget_set_sensitive (GTK_WIDGET (self->live), editable);
  gtk_switch_set_active (self->live,
                         wf_workflow_item_get_workflow (item)->state == WF_WORKFLOW_LIVE);
  self->setting = FALSE;
  return self;
}

WfWorkflowItem *
wf_workflow_row_get_item (WfWorkflowRow *self)
{
  return self->item;
}
