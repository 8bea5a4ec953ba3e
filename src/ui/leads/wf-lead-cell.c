/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lead's name in the table. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-cell.h"

#include "wf-lead-text.h"
#include "wf-sync-text.h"

struct _WfLeadCell
{
  GtkBox parent_instance;

  WfRuntime *runtime;     /* (owned) */
  WfMinuteClock *minutes; /* (owned) */
  WfPagedItem *item;      /* (owned) (nullable) while bound */
  gboolean narrow;
  GtkInscription *name;
  GtkInscription *subtitle;
  GtkImage *sync;
};

enum
{
  PROP_NARROW = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  OPEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfLeadCell, wf_lead_cell, GTK_TYPE_BOX)

static const WfLead *
get_lead (WfLeadCell *self)
{
  return self->item != NULL ? wf_paged_item_get_row (self->item) : NULL;
}

/* The line below the name is there only in a narrow window. */
static void
show_subtitle (WfLeadCell *self)
{
  const WfLead *lead = get_lead (self);

  if (!self->narrow)
    return;
  if (lead == NULL)
    {
      gtk_inscription_set_text (self->subtitle, "");
      return;
    }
  g_autofree char *subtitle = wf_lead_subtitle (lead, wf_runtime_get_organisation (self->runtime),
                                                wf_minute_clock_get_now (self->minutes),
                                                wf_minute_clock_get_zone (self->minutes));
  gtk_inscription_set_text (self->subtitle, subtitle);
  if (wf_lead_is_next_late (lead, wf_minute_clock_get_now (self->minutes)))
    gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->subtitle), "error");
}

static void
show_row (WfLeadCell *self)
{
  const WfLead *lead = get_lead (self);
  const char *icon = lead != NULL ? wf_sync_change_icon (lead->sync) : NULL;
  g_autofree char *sync = lead != NULL ? wf_sync_change_text (lead->sync, lead->sync_error) : NULL;

  gtk_inscription_set_text (self->name, lead != NULL ? lead->name : "…");
  gtk_widget_set_visible (GTK_WIDGET (self->sync), sync != NULL);
  if (sync != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->sync), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    sync, -1);
  if (sync != NULL && g_strcmp0 (gtk_image_get_icon_name (self->sync), icon) != 0)
    gtk_image_set_from_icon_name (self->sync, icon);
  show_subtitle (self);
}

/* Tooltips are made when somebody asks for one: with each that is set, GTK asks the display where the pointer is. */
static gboolean
on_query_company (WfLeadCell *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  const WfLead *lead = get_lead (self);

  if (lead == NULL || lead->company == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, lead->company);
  return TRUE;
}

static gboolean
on_query_sync (WfLeadCell *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  const WfLead *lead = get_lead (self);
  g_autofree char *sync = lead != NULL ? wf_sync_change_text (lead->sync, lead->sync_error) : NULL;

  gtk_tooltip_set_text (tooltip, sync);
  return sync != NULL;
}

/* One click on the name opens; a click with a modifier selects as everywhere in the row. */
static void
on_clicked (WfLeadCell *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  const WfLead *lead = get_lead (self);
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (lead != NULL && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    g_signal_emit (self, signals[OPEN], 0, lead->id);
}

static void
wf_lead_cell_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, WF_LEAD_CELL (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_lead_cell_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WfLeadCell *self = WF_LEAD_CELL (object);

  switch (id)
    {
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      show_subtitle (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_lead_cell_dispose (GObject *object)
{
  WfLeadCell *self = WF_LEAD_CELL (object);

  wf_lead_cell_unbind (self);
  if (self->minutes != NULL)
    g_signal_handlers_disconnect_by_data (self->minutes, self);
  g_clear_object (&self->runtime);
  g_clear_object (&self->minutes);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LEAD_CELL);
  G_OBJECT_CLASS (wf_lead_cell_parent_class)->dispose (object);
}

static void
wf_lead_cell_class_init (WfLeadCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_lead_cell_get_property;
  object_class->set_property = wf_lead_cell_set_property;
  object_class->dispose = wf_lead_cell_dispose;
  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[OPEN] = g_signal_new ("open", WF_TYPE_LEAD_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "wf-lead-cell");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-lead-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, WfLeadCell, name);
  gtk_widget_class_bind_template_child (widget_class, WfLeadCell, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WfLeadCell, sync);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_query_company);
  gtk_widget_class_bind_template_callback (widget_class, on_query_sync);
}

static void
wf_lead_cell_init (WfLeadCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_lead_cell_new (WfRuntime *runtime, WfMinuteClock *minutes)
{
  WfLeadCell *self = g_object_new (WF_TYPE_LEAD_CELL, NULL);

  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  g_signal_connect_swapped (minutes, "notify::now", G_CALLBACK (show_subtitle), self);
  return GTK_WIDGET (self);
}

void
wf_lead_cell_bind (WfLeadCell *self, GtkColumnViewCell *list_item)
{
  g_return_if_fail (WF_IS_LEAD_CELL (self) && self->item == NULL);
  self->item = g_object_ref (gtk_column_view_cell_get_item (list_item));
  g_signal_connect_swapped (self->item, "notify::row", G_CALLBACK (show_row), self);
  show_row (self);
}

void
wf_lead_cell_unbind (WfLeadCell *self)
{
  g_return_if_fail (WF_IS_LEAD_CELL (self));
  if (self->item == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
}
