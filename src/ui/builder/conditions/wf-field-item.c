/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field of an event as people choose it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-field-item.h"

#include "wf-event-catalogue.h"
#include "wf-word-match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CUSTOM_PREFIX "lead.custom."
#define LONGEST_ID 200

struct _WfFieldItem
{
  GObject parent_instance;

  char *id;
  const char *name;  /* interned or translated: for ever */
  const char *group; /* likewise */
};

typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_GROUP,
  PROP_EXAMPLE,
} WfFieldItemProperty;
static GParamSpec *properties[PROP_EXAMPLE + 1];

G_DEFINE_FINAL_TYPE (WfFieldItem, wf_field_item, G_TYPE_OBJECT)

static void
wf_field_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfFieldItem *self = WF_FIELD_ITEM (object);

  switch ((WfFieldItemProperty) id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_GROUP:
      g_value_set_string (value, self->group);
      break;
    case PROP_EXAMPLE:
      g_value_set_string (value, wf_field_item_get_example (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_field_item_finalize (GObject *object)
{
  g_free (WF_FIELD_ITEM (object)->id);
  G_OBJECT_CLASS (wf_field_item_parent_class)->finalize (object);
}

static void
wf_field_item_class_init (WfFieldItemClass *klass)
{
  static const char *const names[] = { NULL, "id", "name", "group", "example" };

  G_OBJECT_CLASS (klass)->get_property = wf_field_item_get_property;
  G_OBJECT_CLASS (klass)->finalize = wf_field_item_finalize;
  for (guint i = PROP_ID; i < G_N_ELEMENTS (properties); i++)
    properties[i] =
        g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
}

static void
wf_field_item_init (WfFieldItem *self)
{
}

/* "lead.score" is of leads; what has no such beginning is of the event itself. */
static const char *
find_group (const char *id)
{
  const char *end = strchr (id, '.');
  g_autofree char *group = end != NULL ? g_strndup (id, (gsize) (end - id)) : NULL;
  const char *text;

  if (wf_field_is_custom (id) || wf_field_find (id) == NULL)
    return _ ("The CRM’s own fields");
  if (group == NULL || g_str_equal (group, "event"))
    return _ ("Event");
  text = wf_event_group_to_text (group);
  return text != group ? text : _ ("Event");
}

WfFieldItem *
wf_field_item_new (const char *id)
{
  WfFieldItem *self = g_object_new (WF_TYPE_FIELD_ITEM, NULL);

  self->id = g_strdup (id);
  self->name = wf_field_to_text (id);
  self->group = find_group (id);
  return self;
}

const char *
wf_field_item_get_id (WfFieldItem *self)
{
  return self->id;
}

const char *
wf_field_item_get_name (WfFieldItem *self)
{
  return self->name;
}

const char *
wf_field_item_get_group (WfFieldItem *self)
{
  return self->group;
}

/* The fields that texts are merged from most have an example of their own, the others one of their
 * type. */
static const struct
{
  const char *field, *example;
} examples[] = {
  { "lead.name", "Padaria Sol" },
  { "lead.company", "Padaria Sol Ltda" },
  { "lead.email", "contato@padariasol.example" },
  { "lead.phone", "+55 11 5550 1234" },
  { "lead.source", "marketing-platform" },
  { "lead.origin", "web" },
  { "lead.city", "São Paulo" },
  { "lead.score", "80" },
  { "lead.company-size", "25" },
  { "deal.amount", "12500" },
  { "deal.currency", "BRL" },
  { "payment.amount", "990" },
  { "payment.currency", "BRL" },
  { "call.duration", "180" },
  { "call.phone", "+55 11 5550 1234" },
};

const char *
wf_field_item_get_example (WfFieldItem *self)
{
  const WfFieldInfo *info = wf_field_find (self->id);

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    if (g_str_equal (examples[i].field, self->id))
      return examples[i].example;
  if (info == NULL)
    return "…";
  switch (info->type)
    {
    case WF_FIELD_TEXT:
      return C_ ("example of a field", "some text");
    case WF_FIELD_NUMBER:
      return "42";
    case WF_FIELD_BOOLEAN:
      return "true";
    case WF_FIELD_DATE_TIME:
      return "2026-11-20 17:50";
    case WF_FIELD_LIST:
      return C_ ("example of a field", "first, second");
    case WF_FIELD_PERSON:
      return "Ana Souza";
    case WF_FIELD_GROUP:
      return C_ ("example of a field", "a group’s name");
    case WF_FIELD_STAGE:
      return C_ ("example of a field", "a stage’s name");
    }
  g_assert_not_reached ();
}

guint
wf_field_item_match (WfFieldItem *self, const char *query)
{
  g_autofree char *whole = NULL;
  WfWordMatch match = wf_word_match (self->name, query);

  if (match != WF_WORD_MATCH_NONE)
    return (guint) match;
  whole = g_strjoin (" ", self->group, self->name, self->id, NULL);
  return wf_word_match (whole, query) != WF_WORD_MATCH_NONE ? WF_WORD_MATCH_CONTAINS
                                                            : WF_WORD_MATCH_NONE;
}

GListModel *
wf_field_item_list (const char *event_type, gboolean (*filter) (const char *field))
{
  GListStore *store = g_list_store_new (WF_TYPE_FIELD_ITEM);
  guint n = 0;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (event_type, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WfFieldItem) item = NULL;

      if (filter != NULL && !filter (fields[i].id))
        continue;
      item = wf_field_item_new (fields[i].id);
      g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

char *
wf_field_item_make_custom_id (const char *typed)
{
  g_autofree char *plain = g_strstrip (g_strdup (typed));

  if (*plain == '\0' || strlen (plain) > LONGEST_ID || strchr (plain, '.') == plain ||
      plain[strlen (plain) - 1] == '.')
    return NULL;
  for (const char *c = plain; *c != '\0'; c++)
    if (strchr (" {}\"\\/", *c) != NULL || g_ascii_iscntrl (*c))
      return NULL;
  if (wf_field_find (plain) != NULL || strchr (plain, '.') != NULL)
    return g_steal_pointer (&plain);
  return g_strconcat (CUSTOM_PREFIX, plain, NULL);
}
