/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that a report can be narrowed to. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-choice.h"

struct _WfReportChoice
{
  GObject parent_instance;

  WfDimension dimension;
  char *id, *name, *whole, *order; /* (owned) */
  gboolean active;
};

enum
{
  PROP_ACTIVE = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfReportChoice, wf_report_choice, G_TYPE_OBJECT)

static void
wf_report_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, WF_REPORT_CHOICE (object)->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_report_choice_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACTIVE:
      wf_report_choice_set_active (WF_REPORT_CHOICE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_report_choice_finalize (GObject *object)
{
  WfReportChoice *self = WF_REPORT_CHOICE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->whole);
  g_free (self->order);
  G_OBJECT_CLASS (wf_report_choice_parent_class)->finalize (object);
}

static void
wf_report_choice_class_init (WfReportChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wf_report_choice_get_property;
  object_class->set_property = wf_report_choice_set_property;
  object_class->finalize = wf_report_choice_finalize;
  props[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_report_choice_init (WfReportChoice *self)
{
}

WfReportChoice *
wf_report_choice_new (WfDimension dimension, const char *id, const char *name, const char *whole,
                      const char *order)
{
  WfReportChoice *self = g_object_new (WF_TYPE_REPORT_CHOICE, NULL);

  self->dimension = dimension;
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->whole = g_strdup (whole);
  self->order = g_strdup (order);
  return self;
}

WfDimension
wf_report_choice_get_dimension (WfReportChoice *self)
{
  return self->dimension;
}

WfDimension
wf_report_choice_get_section (WfReportChoice *self)
{
  return self->dimension == WF_DIMENSION_VERSION ? WF_DIMENSION_WORKFLOW : self->dimension;
}

const char *
wf_report_choice_get_id (WfReportChoice *self)
{
  return self->id;
}

const char *
wf_report_choice_get_name (WfReportChoice *self)
{
  return self->name;
}

const char *
wf_report_choice_get_whole (WfReportChoice *self)
{
  return self->whole;
}

const char *
wf_report_choice_get_order (WfReportChoice *self)
{
  return self->order;
}

gboolean
wf_report_choice_is_active (WfReportChoice *self)
{
  return self->active;
}

void
wf_report_choice_set_active (WfReportChoice *self, gboolean active)
{
  g_return_if_fail (WF_IS_REPORT_CHOICE (self));
  if (!self->active == !active)
    return;
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

/* ---- in a filter ------------------------------------------------------------------------------- */

gboolean
wf_report_filter_is_wanted (const WfReportFilter *filter, WfDimension dimension, const char *id)
{
  return filter->only[dimension] != NULL &&
         g_strv_contains ((const char *const *) filter->only[dimension], id);
}

void
wf_report_filter_set_wanted (WfReportFilter *filter, WfDimension dimension, const char *id,
                             gboolean wanted)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GStrv before = filter->only[dimension];
  guint n = 0;

  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    {
      if (g_str_equal (before[i], id))
        continue;
      g_strv_builder_add (builder, before[i]);
      n++;
    }
  if (wanted)
    {
      g_strv_builder_add (builder, id);
      n++;
    }
  filter->only[dimension] = n > 0 ? g_strv_builder_end (builder) : NULL;
  g_strfreev (before);
}

gboolean
wf_report_filter_is_narrow (const WfReportFilter *filter)
{
  for (guint i = 0; i < WF_N_DIMENSIONS; i++)
    {
      if (filter->only[i] != NULL)
        return TRUE;
    }
  return FALSE;
}
