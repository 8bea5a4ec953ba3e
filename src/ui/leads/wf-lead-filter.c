/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which leads the table shows. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-filter.h"

#include "wf-json-writer.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  gsize offset;
} lists[] = {
  { "stages", G_STRUCT_OFFSET (WfLeadFilter, stages) },
  { "owners", G_STRUCT_OFFSET (WfLeadFilter, owners) },
  { "sources", G_STRUCT_OFFSET (WfLeadFilter, sources) },
};

static const struct
{
  const char *name;
  gsize offset;
} switches[] = {
  { "without-owner", G_STRUCT_OFFSET (WfLeadFilter, without_owner) },
  { "without-next", G_STRUCT_OFFSET (WfLeadFilter, without_next) },
  { "also-closed", G_STRUCT_OFFSET (WfLeadFilter, also_closed) },
};

#define LIST(self, i) (*(char ***) G_STRUCT_MEMBER_P (self, lists[i].offset))
#define SWITCH(self, i) (*(gboolean *) G_STRUCT_MEMBER_P (self, switches[i].offset))

WfLeadFilter *
wf_lead_filter_new (void)
{
  return g_new0 (WfLeadFilter, 1);
}

WfLeadFilter *
wf_lead_filter_copy (const WfLeadFilter *self)
{
  WfLeadFilter *copy = g_memdup2 (self, sizeof *self);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    LIST (copy, i) = g_strdupv (LIST (self, i));
  return copy;
}

void
wf_lead_filter_free (WfLeadFilter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_strfreev (LIST (self, i));
  g_free (self);
}

gboolean
wf_lead_filter_is_empty (const WfLeadFilter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (LIST (self, i) != NULL)
        return FALSE;
    }
  return !self->without_owner && !self->without_next && !self->also_closed;
}

static gboolean
equal_lists (char *const *a, char *const *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

gboolean
wf_lead_filter_equal (const WfLeadFilter *self, const WfLeadFilter *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (!equal_lists (LIST (self, i), LIST (other, i)))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      if (!SWITCH (self, i) != !SWITCH (other, i))
        return FALSE;
    }
  return TRUE;
}

gboolean
wf_lead_filter_has (char *const *list, const char *value)
{
  return list != NULL && g_strv_contains ((const char *const *) list, value);
}

void
wf_lead_filter_set_in (char ***list, const char *value, gboolean in)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) before = g_steal_pointer (list);

  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    {
      if (!g_str_equal (before[i], value))
        g_strv_builder_add (builder, before[i]);
    }
  if (in)
    g_strv_builder_add (builder, value);
  *list = g_strv_builder_end (builder);
  if (**list == NULL)
    g_clear_pointer (list, g_strfreev);
}

/* ---- kept -------------------------------------------------------------------------------------- */

char *
wf_lead_filter_to_text (const WfLeadFilter *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      char **list = LIST (self, i);
      if (list == NULL)
        continue;
      wf_json_writer_begin_array (writer, lists[i].name);
      for (guint j = 0; list[j] != NULL; j++)
        wf_json_writer_add_string (writer, NULL, list[j]);
      wf_json_writer_end (writer);
    }
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      if (SWITCH (self, i))
        wf_json_writer_add_boolean (writer, switches[i].name, TRUE);
    }
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

WfLeadFilter *
wf_lead_filter_parse (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;

  if (!wf_json_is (root, WF_JSON_OBJECT))
    return NULL;
  WfLeadFilter *self = wf_lead_filter_new ();
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const WfJson *values = wf_json_get_member (root, lists[i].name);
      for (guint j = 0; j < wf_json_get_size (values); j++)
        {
          const char *value = wf_json_get_string (wf_json_get_element (values, j));
          if (value != NULL)
            wf_lead_filter_set_in (&LIST (self, i), value, TRUE);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    SWITCH (self, i) = wf_json_get_boolean (wf_json_get_member (root, switches[i].name), FALSE);
  return self;
}

/* ---- words ------------------------------------------------------------------------------------- */

static const char *
get_name (guint list, const char *value, const WfOrganisation *organisation)
{
  if (list == 0)
    return wf_organisation_get_stage_name (organisation, value);
  return list == 1 ? wf_organisation_get_person_name (organisation, value) : value;
}

static void
append_part (GString *words, const char *part)
{
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, part);
}

static void
append_list (GString *words, guint list, char **values, const WfOrganisation *organisation)
{
  g_autoptr (GString) part = g_string_new (NULL);

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      if (i > 0)
        /* Translators: between alternatives of a filter: "New or Meeting" */
        g_string_append (part, _ (" or "));
      g_string_append (part, get_name (list, values[i], organisation));
    }
  if (part->len > 0)
    append_part (words, part->str);
}

char *
wf_lead_filter_to_words (const WfLeadFilter *self, const WfOrganisation *organisation)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    append_list (words, i, LIST (self, i), organisation);
  if (self->without_owner)
    append_part (words, _ ("without an owner"));
  if (self->without_next)
    append_part (words, _ ("without a next activity"));
  if (self->also_closed)
    append_part (words, _ ("also closed ones"));
  if (words->len > 0)
    return g_string_free_and_steal (words);
  g_string_free (words, TRUE);
  return NULL;
}

void
wf_lead_filter_apply (const WfLeadFilter *self, WfLeadQuery *query)
{
  query->stages = (const char *const *) self->stages;
  query->owners = (const char *const *) self->owners;
  query->sources = (const char *const *) self->sources;
  query->without_owner = self->without_owner;
  query->without_next = self->without_next;
  query->only_open = !self->also_closed;
}
