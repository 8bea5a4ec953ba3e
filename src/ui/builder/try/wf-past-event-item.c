/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A past event with its texts. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-past-event-item.h"

#include "wf-event-text.h"
#include "wf-text-fold.h"
#include "wf-time-text.h"

struct _WfPastEventItem
{
  GObject parent_instance;

  WfEvent *event;           /* (owned) */
  WfJsonDocument *document; /* (owned) (nullable) */
  char *lead, *line, *time; /* (owned) */
};

enum
{
  PROP_LEAD = 1,
  PROP_LINE,
  PROP_TIME,
  PROP_SPOKEN,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfPastEventItem, wf_past_event_item, G_TYPE_OBJECT)

static void
wf_past_event_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfPastEventItem *self = WF_PAST_EVENT_ITEM (object);

  switch (id)
    {
    case PROP_LEAD:
      g_value_set_string (value, self->lead);
      break;
    case PROP_LINE:
      g_value_set_string (value, self->line);
      break;
    case PROP_TIME:
      g_value_set_string (value, self->time);
      break;
    case PROP_SPOKEN:
      g_value_take_string (value,
                           g_strdup_printf ("%s, %s, %s", self->lead, self->time, self->line));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_past_event_item_finalize (GObject *object)
{
  WfPastEventItem *self = WF_PAST_EVENT_ITEM (object);

  g_clear_pointer (&self->event, wf_event_unref);
  g_clear_pointer (&self->document, wf_json_document_unref);
  g_free (self->lead);
  g_free (self->line);
  g_free (self->time);
  G_OBJECT_CLASS (wf_past_event_item_parent_class)->finalize (object);
}

static void
wf_past_event_item_class_init (WfPastEventItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wf_past_event_item_get_property;
  object_class->finalize = wf_past_event_item_finalize;
  props[PROP_LEAD] = g_param_spec_string ("lead", NULL, NULL, NULL, flags);
  props[PROP_LINE] = g_param_spec_string ("line", NULL, NULL, NULL, flags);
  props[PROP_TIME] = g_param_spec_string ("time", NULL, NULL, NULL, flags);
  props[PROP_SPOKEN] = g_param_spec_string ("spoken", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_past_event_item_init (WfPastEventItem *self)
{
}

/**
 * wf_past_event_item_new:
 * @past: an event and its lead
 * @organisation: (nullable): for names
 * @now: for days in words
 * @zone: the viewer's
 *
 * Returns: (transfer full): the item
 */
WfPastEventItem *
wf_past_event_item_new (const WfPastEvent *past, const WfOrganisation *organisation, WfInstant now,
                        GTimeZone *zone)
{
  WfPastEventItem *self = g_object_new (WF_TYPE_PAST_EVENT_ITEM, NULL);
  const WfJson *lead = past->lead != NULL ? wf_json_document_get_root (past->lead) : NULL;

  self->event = wf_event_ref (past->event);
  self->document = past->lead != NULL ? wf_json_document_ref (past->lead) : NULL;
  self->lead = wf_event_text_lead (past->event, lead);
  self->line = wf_event_text_line (past->event, lead, organisation, now, zone);
  self->time = wf_time_text_day_and_time (wf_event_get_time (past->event), now, zone);
  return self;
}

WfEvent *
wf_past_event_item_get_event (WfPastEventItem *self)
{
  return self->event;
}

WfJsonDocument *
wf_past_event_item_get_document (WfPastEventItem *self)
{
  return self->document;
}

const char *
wf_past_event_item_get_lead (WfPastEventItem *self)
{
  return self->lead;
}

const char *
wf_past_event_item_get_time (WfPastEventItem *self)
{
  return self->time;
}

gboolean
wf_past_event_item_matches (WfPastEventItem *self, const char *folded)
{
  return wf_text_contains_folded (self->lead, folded) ||
         wf_text_contains_folded (self->line, folded) ||
         wf_text_contains_folded (self->time, folded);
}
