/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place in a paged list: a row, or the wait for it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-paged-item.h"

struct _WfPagedItem
{
  GObject parent_instance;

  const WfPagedListReader *reader;
  gpointer row; /* (owned) (nullable) */
  guint section;
};

G_DEFINE_FINAL_TYPE (WfPagedItem, wf_paged_item, G_TYPE_OBJECT)

enum
{
  PROP_ROW = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
wf_paged_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_pointer (value, WF_PAGED_ITEM (object)->row);
}

static void
wf_paged_item_finalize (GObject *object)
{
  WfPagedItem *self = WF_PAGED_ITEM (object);

  if (self->row != NULL)
    self->reader->row_unref (self->row);
  G_OBJECT_CLASS (wf_paged_item_parent_class)->finalize (object);
}

static void
wf_paged_item_class_init (WfPagedItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wf_paged_item_get_property;
  object_class->finalize = wf_paged_item_finalize;
  props[PROP_ROW] = g_param_spec_pointer (
      "row", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_paged_item_init (WfPagedItem *self)
{
}

WfPagedItem *
wf_paged_item_new (const WfPagedListReader *reader, guint section)
{
  WfPagedItem *self = g_object_new (WF_TYPE_PAGED_ITEM, NULL);

  self->reader = reader;
  self->section = section;
  return self;
}

void
wf_paged_item_set_row (WfPagedItem *self, gpointer row)
{
  gpointer old = self->row;

  self->row = row != NULL ? self->reader->row_ref (row) : NULL;
  if (old != NULL)
    self->reader->row_unref (old);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROW]);
}

/* What the query answered; NULL while it is being read. */
gpointer
wf_paged_item_get_row (WfPagedItem *self)
{
  g_return_val_if_fail (WF_IS_PAGED_ITEM (self), NULL);
  return self->row;
}

guint
wf_paged_item_get_section (WfPagedItem *self)
{
  g_return_val_if_fail (WF_IS_PAGED_ITEM (self), 0);
  return self->section;
}

void
wf_paged_item_set_section (WfPagedItem *self, guint section)
{
  self->section = section;
}
