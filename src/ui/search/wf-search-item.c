/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that the search over everything found. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-search-item.h"

#include <glib/gi18n-lib.h>

struct _WfSearchItem
{
  GObject parent_instance;

  WfSearchSection section;
  char *icon, *title, *action; /* (owned) */
  char *detail, *keys;         /* (owned) (nullable) */
  GVariant *target;            /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (WfSearchItem, wf_search_item, G_TYPE_OBJECT)

static void
wf_search_item_finalize (GObject *object)
{
  WfSearchItem *self = WF_SEARCH_ITEM (object);

  g_free (self->icon);
  g_free (self->title);
  g_free (self->action);
  g_free (self->detail);
  g_free (self->keys);
  g_clear_pointer (&self->target, g_variant_unref);
  G_OBJECT_CLASS (wf_search_item_parent_class)->finalize (object);
}

static void
wf_search_item_class_init (WfSearchItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_search_item_finalize;
}

static void
wf_search_item_init (WfSearchItem *self)
{
}

/**
 * wf_search_item_new:
 * @detail: (nullable): what tells it from others of the same name
 * @action: what opening does, such as "win.show-lead"
 * @target: (nullable): of the action; a floating reference is sunk
 *
 * Returns: (transfer full): the item
 */
WfSearchItem *
wf_search_item_new (WfSearchSection section, const char *icon, const char *title,
                    const char *detail, const char *action, GVariant *target)
{
  WfSearchItem *self = g_object_new (WF_TYPE_SEARCH_ITEM, NULL);

  self->section = section;
  self->icon = g_strdup (icon);
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->action = g_strdup (action);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;
  return self;
}

WfSearchSection
wf_search_item_get_section (WfSearchItem *self)
{
  return self->section;
}

const char *
wf_search_item_get_icon (WfSearchItem *self)
{
  return self->icon;
}

const char *
wf_search_item_get_title (WfSearchItem *self)
{
  return self->title;
}

const char *
wf_search_item_get_detail (WfSearchItem *self)
{
  return self->detail;
}

const char *
wf_search_item_get_action (WfSearchItem *self)
{
  return self->action;
}

GVariant *
wf_search_item_get_target (WfSearchItem *self)
{
  return self->target;
}

const char *
wf_search_item_get_keys (WfSearchItem *self)
{
  return self->keys;
}

void
wf_search_item_set_keys (WfSearchItem *self, const char *keys)
{
  g_set_str (&self->keys, keys);
}

/* The heading is not spoken with each row, so every row says what it is. */
static const char *
get_kind (WfSearchSection section)
{
  switch (section)
    {
    case WF_SEARCH_COMMANDS:
      return _ ("Command");
    case WF_SEARCH_LEADS:
      return _ ("Lead");
    case WF_SEARCH_ACTIVITIES:
      return _ ("Activity");
    case WF_SEARCH_WORKFLOWS:
      return _ ("Workflow");
    default:
      g_return_val_if_reached ("");
    }
}

char *
wf_search_item_dup_spoken (WfSearchItem *self)
{
  const char *further = self->detail != NULL ? self->detail : self->keys;

  if (further == NULL)
    /* Translators: a row that was found: "Command: Show Today" */
    return g_strdup_printf (_ ("%s: %s"), get_kind (self->section), self->title);
  /* Translators: a row that was found: "Lead: Padaria Sol, Filter 1" */
  return g_strdup_printf (_ ("%s: %s, %s"), get_kind (self->section), self->title, further);
}

const char *
wf_search_section_to_text (WfSearchSection section)
{
  switch (section)
    {
    case WF_SEARCH_COMMANDS:
      return _ ("Commands");
    case WF_SEARCH_LEADS:
      return _ ("Leads");
    case WF_SEARCH_ACTIVITIES:
      return _ ("Activities");
    case WF_SEARCH_WORKFLOWS:
      return _ ("Workflows");
    default:
      g_return_val_if_reached ("");
    }
}
