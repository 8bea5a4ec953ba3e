/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the outline (B17). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-item-private.h"

struct _WfOutlineItem
{
  GObject parent_instance;

  WfTarget *target;
  WfTarget *place;
  const char *icon;
  char *title;
  char *subtitle;
  char *problem; /* (nullable) */
  gboolean is_error;
  gboolean is_branch;
  guint depth;
  guint number, n;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WfOutlineItem, wf_outline_item, G_TYPE_OBJECT)

static void
wf_outline_item_finalize (GObject *object)
{
  WfOutlineItem *self = WF_OUTLINE_ITEM (object);

  wf_target_free (self->target);
  wf_target_free (self->place);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->problem);
  G_OBJECT_CLASS (wf_outline_item_parent_class)->finalize (object);
}

static void
wf_outline_item_class_init (WfOutlineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_outline_item_finalize;
  changed_signal = g_signal_new ("changed", WF_TYPE_OUTLINE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
wf_outline_item_init (WfOutlineItem *self)
{
}

WfOutlineItem *
wf_outline_item_new (void)
{
  return g_object_new (WF_TYPE_OUTLINE_ITEM, NULL);
}

static gboolean
take_text (char **text, char *fresh)
{
  g_autofree char *taken = fresh;

  return g_set_str (text, taken);
}

static gboolean
take_target (WfTarget **target, WfTarget *fresh)
{
  gboolean same = wf_target_equal (*target, fresh);

  wf_target_free (*target);
  *target = fresh;
  return !same;
}

/* | and not ||: each has to be taken. */
void
wf_outline_item_set_content (WfOutlineItem *self, WfOutlineContent *content)
{
  gboolean changed = take_target (&self->target, content->target) |
                     take_target (&self->place, content->place) |
                     take_text (&self->title, content->title) |
                     take_text (&self->subtitle, content->subtitle) |
                     g_set_str (&self->problem, content->problem);

  changed |= self->icon != content->icon || self->is_error != content->is_error ||
             self->is_branch != content->is_branch || self->depth != content->depth ||
             self->number != content->number || self->n != content->n;
  self->icon = content->icon;
  self->is_error = content->is_error;
  self->is_branch = content->is_branch;
  self->depth = content->depth;
  self->number = content->number;
  self->n = content->n;
  if (changed)
    g_signal_emit (self, changed_signal, 0);
}

const WfTarget *
wf_outline_item_get_target (WfOutlineItem *self)
{
  return self->target;
}

const WfTarget *
wf_outline_item_get_place (WfOutlineItem *self)
{
  return self->place;
}

gboolean
wf_outline_item_is_path (WfOutlineItem *self)
{
  return self->target->kind == WF_TARGET_PATH;
}

gboolean
wf_outline_item_is_branch (WfOutlineItem *self)
{
  return self->is_branch;
}

guint
wf_outline_item_get_depth (WfOutlineItem *self)
{
  return self->depth;
}

guint
wf_outline_item_get_number (WfOutlineItem *self, guint *n)
{
  *n = self->n;
  return self->number;
}

const char *
wf_outline_item_get_title (WfOutlineItem *self)
{
  return self->title;
}

const char *
wf_outline_item_get_subtitle (WfOutlineItem *self)
{
  return self->subtitle;
}

const char *
wf_outline_item_get_problem (WfOutlineItem *self, gboolean *is_error)
{
  if (is_error != NULL)
    *is_error = self->problem != NULL && self->is_error;
  return self->problem;
}

const char *
wf_outline_item_get_icon (WfOutlineItem *self)
{
  return self->icon;
}
