/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates (R27-R30, R147-R167): documents that the program carries inside itself. Every text in
 * them is there in both languages, {"en": ..., "pt_BR": ...}; here one of them is taken. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-template.h"

#include "wf-template-resources.h"
#include "wf-uuid.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define PREFIX "/org/example/Workflow/templates/"
#define GALLERY "gallery.json" /* the ids, in order */
#define ENGLISH "en"
#define PORTUGUESE "pt_BR"

static const struct
{
  const char *id, *name;
} categories[] = {
  { "pre-sales", NC_ ("template category", "Pre-sales") },
  { "sales", NC_ ("template category", "Sales") },
  { "onboarding", NC_ ("template category", "Onboarding") },
  { "support", NC_ ("template category", "Support") },
  { "marketing", NC_ ("template category", "Marketing") },
  { "operations", NC_ ("template category", "Operations") },
  { "partners", NC_ ("template category", "Partners") },
};

/**
 * wf_template_free:
 * @self: (nullable) (transfer full): a template
 */
void
wf_template_free (WfTemplate *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->category);
  g_free (self->name);
  g_free (self->scenario);
  g_free (self->flow);
  g_free (self->benefits);
  g_clear_pointer (&self->requirements, g_ptr_array_unref);
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_free (self);
}

/* The first of the user's languages that there are templates in. */
static const char *
find_language (const char *language)
{
  const char *const *names = g_get_language_names ();

  if (language != NULL)
    return g_str_has_prefix (language, "pt") ? PORTUGUESE : ENGLISH;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_has_prefix (names[i], "pt"))
        return PORTUGUESE;
      if (g_str_has_prefix (names[i], "en"))
        return ENGLISH;
    }
  return ENGLISH;
}

/* The text in this language when the value has texts in both and nothing else, else NULL. */
static const char *
get_text (const WfJson *value, const char *language)
{
  if (wf_json_get_size (value) != 2 || wf_json_get_member_string (value, ENGLISH) == NULL ||
      wf_json_get_member_string (value, PORTUGUESE) == NULL)
    return NULL;
  return wf_json_get_member_string (value, language);
}

/* Copies the value with each text in one language. Recursion is bounded by the parser. */
static void
resolve (const WfJson *value, const char *name, const char *language, WfJsonWriter *writer)
{
  gboolean object = wf_json_is (value, WF_JSON_OBJECT);
  const char *text = object ? get_text (value, language) : NULL;
  const char *member;
  const WfJson *child;
  WfJsonIter iter;

  if (text != NULL)
    {
      wf_json_writer_add_string (writer, name, text);
      return;
    }
  if (!object && !wf_json_is (value, WF_JSON_ARRAY))
    {
      wf_json_writer_add_value (writer, name, value);
      return;
    }
  if (object)
    wf_json_writer_begin_object (writer, name);
  else
    wf_json_writer_begin_array (writer, name);
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, &member, &child))
    resolve (child, member, language, writer);
  wf_json_writer_end (writer);
}

static WfJsonDocument *
load (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (wf_template_resources_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (bytes == NULL)
    return NULL;
  return wf_json_document_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                 0, error);
}

/* The document of a template in one language. */
static WfJsonDocument *
load_in_language (const char *id, const char *language, GError **error)
{
  g_autofree char *name = g_strconcat (id, ".template.json", NULL);
  g_autoptr (WfJsonDocument) document = load (name, error);
  g_autoptr (WfJsonWriter) writer = NULL;

  if (document == NULL)
    return NULL;
  writer = wf_json_writer_new ();
  resolve (wf_json_document_get_root (document), NULL, language, writer);
  return wf_json_writer_finish_document (writer);
}

static GPtrArray *
read_requirements (const WfJson *list)
{
  GPtrArray *requirements = g_ptr_array_new_with_free_func (g_free);
  const WfJson *value;
  WfJsonIter iter;

  wf_json_iter_init (&iter, list);
  while (wf_json_iter_next (&iter, NULL, &value))
    g_ptr_array_add (requirements, g_strdup (wf_json_get_string (value)));
  return requirements;
}

/* The workflow has the template's name. NULL when it is none. */
static WfWorkflow *
read_workflow (const WfJson *root, const char *name)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_read (wf_json_get_member (root, "workflow"), NULL);

  if (workflow != NULL)
    g_set_str (&workflow->name, name);
  return g_steal_pointer (&workflow);
}

static WfTemplate *
read_template (const WfJson *root)
{
  WfTemplate *self = g_new0 (WfTemplate, 1);

  self->id = g_strdup (wf_json_get_member_string (root, "id"));
  self->category = g_strdup (wf_json_get_member_string (root, "category"));
  self->name = g_strdup (wf_json_get_member_string (root, "name"));
  self->scenario = g_strdup (wf_json_get_member_string (root, "scenario"));
  self->flow = g_strdup (wf_json_get_member_string (root, "flow"));
  self->benefits = g_strdup (wf_json_get_member_string (root, "benefits"));
  self->requirements = read_requirements (wf_json_get_member (root, "requirements"));
  self->workflow = read_workflow (root, self->name);
  return self;
}

/* What is compiled in is tested, but a template that is broken all the same must not take the
 * others with it. */
static void
add_template (GPtrArray *templates, const char *id, const char *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = load_in_language (id, language, &error);
  WfTemplate *template = NULL;

  if (document != NULL)
    template = read_template (wf_json_document_get_root (document));
  if (template != NULL && template->workflow != NULL && template->id != NULL &&
      template->category != NULL && template->name != NULL && template->scenario != NULL &&
      template->flow != NULL && template->benefits != NULL)
    {
      g_ptr_array_add (templates, template);
      return;
    }
  wf_template_free (template);
  g_warning ("The template “%s” cannot be read%s%s", id, error != NULL ? ": " : "",
             error != NULL ? error->message : "");
}

/**
 * wf_template_list:
 * @language: (nullable): "pt_BR" or "en"; %NULL for the user's
 *
 * Returns: (transfer full) (element-type WfTemplate): all templates in the order of the gallery
 */
GPtrArray *
wf_template_list (const char *language)
{
  GPtrArray *templates = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_template_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) gallery = load (GALLERY, &error);
  const char *chosen = find_language (language);
  const WfJson *id;
  WfJsonIter iter;

  if (gallery == NULL)
    {
      g_warning ("The gallery of templates cannot be read: %s", error->message);
      return templates;
    }
  wf_json_iter_init (&iter, wf_json_document_get_root (gallery));
  while (wf_json_iter_next (&iter, NULL, &id))
    add_template (templates, wf_json_get_string (id), chosen);
  return templates;
}

/**
 * wf_template_instantiate:
 * @self: a template
 *
 * Returns: (transfer full): a draft of its workflow with an id of its own
 */
WfWorkflow *
wf_template_instantiate (const WfTemplate *self)
{
  WfWorkflow *workflow = wf_workflow_copy (self->workflow);

  g_free (workflow->id);
  workflow->id = wf_uuid_new ();
  workflow->state = WF_WORKFLOW_DRAFT;
  workflow->version = 1;
  return workflow;
}

/**
 * wf_template_category_to_text:
 * @category: of a template
 *
 * Returns: (transfer none): its heading in the user's language; itself when it is unknown
 */
const char *
wf_template_category_to_text (const char *category)
{
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (strcmp (categories[i].id, category) == 0)
      return g_dpgettext2 (NULL, "template category", categories[i].name);
  return category;
}
