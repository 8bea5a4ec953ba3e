/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The switch Web / Store flow / All at the top of every list of leads (R61). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-origin-switch.h"

struct _WfOriginSwitch
{
  AdwBin parent_instance;

  WfRuntime *runtime;  /* (owned) (nullable) */
  GSettings *settings; /* (owned) */
  AdwToggleGroup *group;
};

enum
{
  PROP_ORIGIN = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfOriginSwitch, wf_origin_switch, ADW_TYPE_BIN)

/* R53-R64: web and flow leads exist in process 2 with store flow and in the hybrid one. */
static gboolean
has_store_flow (WfOriginSwitch *self)
{
  const WfOrganisation *organisation =
      self->runtime != NULL ? wf_runtime_get_organisation (self->runtime) : NULL;

  if (organisation == NULL)
    return FALSE;
  WfProcess process = wf_organisation_get_process (organisation);
  return process == WF_PROCESS_2_WITH_STORE_FLOW || process == WF_PROCESS_3;
}

static void
on_organisation_changed (WfOriginSwitch *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), has_store_flow (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORIGIN]);
}

static void
on_setting_changed (WfOriginSwitch *self)
{
  g_autofree char *origin = g_settings_get_string (self->settings, "lead-origin");

  adw_toggle_group_set_active_name (self->group, origin);
}

static void
on_active_changed (WfOriginSwitch *self)
{
  const char *name = adw_toggle_group_get_active_name (self->group);

  if (name == NULL || self->settings == NULL)
    return;
  g_settings_set_string (self->settings, "lead-origin", name);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORIGIN]);
}

static void
wf_origin_switch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, wf_origin_switch_get_origin (WF_ORIGIN_SWITCH (object)));
}

static void
wf_origin_switch_dispose (GObject *object)
{
  WfOriginSwitch *self = WF_ORIGIN_SWITCH (object);

  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_clear_object (&self->runtime);
  g_clear_object (&self->settings);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else the bin and the template both let it go */
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_ORIGIN_SWITCH);
  G_OBJECT_CLASS (wf_origin_switch_parent_class)->dispose (object);
}

static void
wf_origin_switch_class_init (WfOriginSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wf_origin_switch_get_property;
  object_class->dispose = wf_origin_switch_dispose;
  props[PROP_ORIGIN] =
      g_param_spec_string ("origin", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "wf-origin-switch");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "widgets/wf-origin-switch.ui");
  gtk_widget_class_bind_template_child (widget_class, WfOriginSwitch, group);
  gtk_widget_class_bind_template_callback (widget_class, on_active_changed);
}

static void
wf_origin_switch_init (WfOriginSwitch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (WF_APPLICATION_ID);
  g_signal_connect_object (self->settings, "changed::lead-origin", G_CALLBACK (on_setting_changed),
                           self, G_CONNECT_SWAPPED);
  on_setting_changed (self);
}

void
wf_origin_switch_set_runtime (WfOriginSwitch *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_ORIGIN_SWITCH (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  g_signal_connect_swapped (runtime, "notify::organisation", G_CALLBACK (on_organisation_changed),
                            self);
  on_organisation_changed (self);
}

const char *
wf_origin_switch_get_origin (WfOriginSwitch *self)
{
  g_return_val_if_fail (WF_IS_ORIGIN_SWITCH (self), NULL);
  const char *name = adw_toggle_group_get_active_name (self->group);

  return has_store_flow (self) && g_strcmp0 (name, "all") != 0 ? name : NULL;
}

void
wf_origin_switch_set_all (WfOriginSwitch *self)
{
  g_return_if_fail (WF_IS_ORIGIN_SWITCH (self));
  if (wf_origin_switch_get_origin (self) != NULL)
    adw_toggle_group_set_active_name (self->group, "all");
}
