/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that Today's list can be narrowed by. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-filter-item.h"

#include <glib/gi18n-lib.h>

struct _WfFilterItem
{
  GObject parent_instance;

  guint kind;
  char *id;   /* (owned) */
  char *name; /* (owned) */
  gboolean active;
};

enum
{
  PROP_ACTIVE = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfFilterItem, wf_filter_item, G_TYPE_OBJECT)

static const struct
{
  const char *id;
  const char *name;
  WfFilterStates state;
} states[] = {
  { "late", NC_ ("activities", "Late"), WF_FILTER_LATE },
  { "at-risk", NC_ ("activities", "Due Within the Hour"), WF_FILTER_AT_RISK },
  { "closed", NC_ ("activities", "Closed Lately, Too"), WF_FILTER_CLOSED },
};

const char *
wf_filter_state_get_id (guint index)
{
  return index < G_N_ELEMENTS (states) ? states[index].id : NULL;
}

const char *
wf_filter_state_get_name (guint index)
{
  return index < G_N_ELEMENTS (states) ? g_dpgettext2 (NULL, "activities", states[index].name)
                                       : NULL;
}

static WfFilterStates
find_state (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (states[i].id, id))
        return states[i].state;
    }
  g_return_val_if_reached (0);
}

static void
wf_filter_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, WF_FILTER_ITEM (object)->active);
}

static void
wf_filter_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  wf_filter_item_set_active (WF_FILTER_ITEM (object), g_value_get_boolean (value));
}

static void
wf_filter_item_finalize (GObject *object)
{
  WfFilterItem *self = WF_FILTER_ITEM (object);

  g_free (self->id);
  g_free (self->name);
  G_OBJECT_CLASS (wf_filter_item_parent_class)->finalize (object);
}

static void
wf_filter_item_class_init (WfFilterItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wf_filter_item_get_property;
  object_class->set_property = wf_filter_item_set_property;
  object_class->finalize = wf_filter_item_finalize;
  props[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_filter_item_init (WfFilterItem *self)
{
}

WfFilterItem *
wf_filter_item_new (guint kind, const char *id, const char *name)
{
  WfFilterItem *self = g_object_new (WF_TYPE_FILTER_ITEM, NULL);

  self->kind = kind;
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  return self;
}

guint
wf_filter_item_get_kind (WfFilterItem *self)
{
  return self->kind;
}

const char *
wf_filter_item_get_name (WfFilterItem *self)
{
  return self->name;
}

gboolean
wf_filter_item_is_active (WfFilterItem *self)
{
  return self->active;
}

void
wf_filter_item_set_active (WfFilterItem *self, gboolean active)
{
  g_return_if_fail (WF_IS_FILTER_ITEM (self));
  if (self->active == !!active)
    return;
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

void
wf_filter_item_read (WfFilterItem *self, const WfActivityFilter *filter)
{
  wf_filter_item_set_active (self, self->kind == WF_FILTER_ITEM_STATE
                                       ? (filter->states & find_state (self->id)) != 0
                                       : wf_activity_filter_has (filter, self->kind, self->id));
}

void
wf_filter_item_write (WfFilterItem *self, WfActivityFilter *filter, gboolean active)
{
  if (self->kind != WF_FILTER_ITEM_STATE)
    wf_activity_filter_set (filter, self->kind, self->id, active);
  else if (active)
    filter->states |= find_state (self->id);
  else
    filter->states &= ~find_state (self->id);
}

const char *
wf_filter_item_kind_to_text (guint kind)
{
  switch (kind)
    {
    case WF_FILTER_TYPES:
      return C_ ("filter", "Type");
    case WF_FILTER_WORKFLOWS:
      return C_ ("filter", "Workflow");
    case WF_FILTER_GROUPS:
      return C_ ("filter", "Group");
    case WF_FILTER_PEOPLE:
      return C_ ("filter", "Person");
    case WF_FILTER_ITEM_STATE:
      return C_ ("filter", "Show");
    default:
      g_return_val_if_reached ("");
    }
}
