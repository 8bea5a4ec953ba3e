/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendars that evolution-data-server knows. */
#define G_LOG_DOMAIN "wf-eds"

#include "wf-eds-sources.h"

#include "wf-crm.h"
#include "wf-eds-protocol.h"

#include <glib/gi18n-lib.h>

/* evolution-data-server keeps events and tasks in sources of their own. Ours are a pair: the tasks' list is
 * made with the first task. Other calendars take events only. */
#define OWN_TASKS WF_EDS_OWN_CALENDAR ".Tasks"
#define LOCAL "local"
#define LOCAL_PARENT "local-stub"
#define COLOUR "#3584e4"
/* Whether a calendar's server can be reached is found out by using it. */
#define DO_NOT_WAIT ((guint32) - 1)

struct _WfEdsSources
{
  ESourceRegistry *registry; /* (owned) (nullable) */
  GHashTable *clients;       /* (owned) of ECalClient by id */
};

WfEdsSources *
wf_eds_sources_new (void)
{
  WfEdsSources *self = g_new0 (WfEdsSources, 1);

  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

void
wf_eds_sources_free (WfEdsSources *self)
{
  g_hash_table_unref (self->clients);
  g_clear_object (&self->registry);
  g_free (self);
}

void
wf_eds_sources_reset (WfEdsSources *self)
{
  g_hash_table_remove_all (self->clients);
  g_clear_object (&self->registry);
}

static ESourceRegistry *
get_registry (WfEdsSources *self, GError **error)
{
  if (self->registry == NULL)
    self->registry = e_source_registry_new_sync (NULL, error);
  return self->registry;
}

/* ---- list -------------------------------------------------------------------------------------- */

/* What others write, and what is made of something else, is only read. */
static gboolean
is_usable (ESource *source)
{
  static const char *const read_only[] = { "contacts", "weather", "http", "webcal", NULL };
  ESourceBackend *backend = e_source_get_extension (source, E_SOURCE_EXTENSION_CALENDAR);
  const char *name = e_source_backend_get_backend_name (backend);

  return name != NULL && *name != '\0' && !g_strv_contains (read_only, name) &&
         g_strcmp0 (e_source_get_uid (source), WF_EDS_OWN_CALENDAR) != 0;
}

/* Several accounts may have a calendar of one name. Owned by the caller. */
static char *
make_name (ESourceRegistry *registry, ESource *source)
{
  const char *parent = e_source_get_parent (source);
  g_autoptr (ESource) account = parent != NULL && g_strcmp0 (parent, LOCAL_PARENT) != 0
                                    ? e_source_registry_ref_source (registry, parent)
                                    : NULL;

  if (account == NULL)
    return e_source_dup_display_name (source);
  /* Translators: a calendar, and in brackets the account that it belongs to */
  return g_strdup_printf (_ ("%1$s (%2$s)"), e_source_get_display_name (source),
                          e_source_get_display_name (account));
}

GVariant *
wf_eds_sources_list (WfEdsSources *self, GError **error)
{
  ESourceRegistry *registry = get_registry (self, error);
  g_autoptr (ESource) own = NULL;
  GVariantBuilder builder;
  GList *sources;

  if (registry == NULL)
    return NULL;
  own = e_source_registry_ref_source (registry, WF_EDS_OWN_CALENDAR);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssbb)"));
  g_variant_builder_add (&builder, "(ssbb)", WF_EDS_OWN_CALENDAR,
                         own != NULL ? e_source_get_display_name (own) : _ ("Workflow"), TRUE,
                         own == NULL);
  sources = e_source_registry_list_enabled (registry, E_SOURCE_EXTENSION_CALENDAR);
  for (GList *l = sources; l != NULL; l = l->next)
    if (is_usable (l->data))
      {
        g_autofree char *name = make_name (registry, l->data);
        g_variant_builder_add (&builder, "(ssbb)", e_source_get_uid (l->data), name, FALSE, FALSE);
      }
  g_list_free_full (sources, g_object_unref);
  return g_variant_new ("(a(ssbb))", &builder);
}

/* ---- ours -------------------------------------------------------------------------------------- */

/* Its alarms are off: Workflow reminds itself, with buttons to do it or to put it off. */
static gboolean
make_source (WfEdsSources *self, const char *id, const char *extension, const char *name,
             GError **error)
{
  g_autoptr (ESource) source = e_source_new_with_uid (id, NULL, error);
  ESourceExtension *kind;

  if (source == NULL)
    return FALSE;
  e_source_set_display_name (source, name);
  e_source_set_parent (source, LOCAL_PARENT);
  kind = e_source_get_extension (source, extension);
  e_source_backend_set_backend_name (E_SOURCE_BACKEND (kind), LOCAL);
  e_source_selectable_set_color (E_SOURCE_SELECTABLE (kind), COLOUR);
  e_source_alarms_set_include_me (e_source_get_extension (source, E_SOURCE_EXTENSION_ALARMS),
                                  FALSE);
  return e_source_registry_commit_source_sync (self->registry, source, NULL, error);
}

gboolean
wf_eds_sources_make (WfEdsSources *self, const char *id, const char *name, GError **error)
{
  ESourceRegistry *registry = get_registry (self, error);
  g_autoptr (ESource) there = NULL;

  if (registry == NULL)
    return FALSE;
  there = e_source_registry_ref_source (registry, id);
  if (there != NULL)
    return TRUE;
  if (!g_str_equal (id, WF_EDS_OWN_CALENDAR))
    {
      g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND,
                           _ ("The calendar is not there any more. Choose another one."));
      return FALSE;
    }
  return make_source (self, id, E_SOURCE_EXTENSION_CALENDAR, name, error);
}

static gboolean
remove_when_empty (WfEdsSources *self, gboolean tasks, GError **error)
{
  const char *id = tasks ? OWN_TASKS : WF_EDS_OWN_CALENDAR;
  g_autoptr (GError) own = NULL;
  g_autoptr (WfEdsClient) client =
      wf_eds_sources_open (self, WF_EDS_OWN_CALENDAR, tasks, FALSE, &own);
  g_autoptr (ESource) source = NULL;
  GSList *entries = NULL;
  guint n;

  if (client == NULL)
    {
      if (own != NULL)
        g_propagate_error (error, g_steal_pointer (&own));
      return *error == NULL;
    }
  if (!e_cal_client_get_object_list_sync (client, "#t", &entries, NULL, error))
    return FALSE;
  n = g_slist_length (entries);
  g_slist_free_full (entries, g_object_unref);
  if (n > 0)
    return TRUE;
  g_hash_table_remove (self->clients, id);
  source = e_source_registry_ref_source (self->registry, id);
  return source == NULL || e_source_remove_sync (source, NULL, error);
}

gboolean
wf_eds_sources_release (WfEdsSources *self, const char *id, GError **error)
{
  g_autoptr (GError) own = NULL;

  if (!g_str_equal (id, WF_EDS_OWN_CALENDAR) ||
      (remove_when_empty (self, FALSE, &own) && remove_when_empty (self, TRUE, &own)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

/* ---- open -------------------------------------------------------------------------------------- */

/* NULL without an error: it is not there. Owned by the caller. */
static ESource *
find_source (WfEdsSources *self, const char *id, gboolean tasks, gboolean make, GError **error)
{
  ESource *source = e_source_registry_ref_source (self->registry, id);

  if (source != NULL || !tasks || !make ||
      !make_source (self, id, E_SOURCE_EXTENSION_TASK_LIST, _ ("Workflow"), error))
    return source;
  return e_source_registry_ref_source (self->registry, id);
}

ECalClient *
wf_eds_sources_open (WfEdsSources *self, const char *id, gboolean tasks, gboolean make,
                     GError **error)
{
  const char *own = tasks ? OWN_TASKS : id;
  ECalClient *client = g_hash_table_lookup (self->clients, own);
  g_autoptr (ESource) source = NULL;
  EClient *connected;

  if (tasks && !g_str_equal (id, WF_EDS_OWN_CALENDAR))
    return NULL;
  if (get_registry (self, error) == NULL)
    return NULL;
  source = find_source (self, own, tasks, make, error);
  if (source == NULL)
    {
      g_hash_table_remove (self->clients, own);
      return NULL;
    }
  if (client != NULL)
    return g_object_ref (client);
  connected = e_cal_client_connect_sync (
      source, tasks ? E_CAL_CLIENT_SOURCE_TYPE_TASKS : E_CAL_CLIENT_SOURCE_TYPE_EVENTS, DO_NOT_WAIT,
      NULL, error);
  if (connected == NULL)
    return NULL;
  g_hash_table_insert (self->clients, g_strdup (own), connected);
  return g_object_ref (E_CAL_CLIENT (connected));
}
