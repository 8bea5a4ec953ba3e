/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what a WebDAV server tells of its resources. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-dav-answer.h"

#include "wf-crm.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAV "DAV:"
#define CALDAV "urn:ietf:params:xml:ns:caldav"
#define MOST_DEPTH 64

/* A namespace that an element declared, for it and what is in it. */
typedef struct
{
  guint depth;
  char *prefix, *uri; /* (owned) prefix "": of names without one */
} Space;

typedef struct
{
  GArray *spaces;       /* (owned) of Space */
  GPtrArray *names;     /* (owned) of char *: "URI|local" of the elements that are open */
  GString *text;        /* (owned) of the innermost element */
  GPtrArray *resources; /* (owned) */
  WfDavResource *found; /* (owned) (nullable) of the response that is open */
  WfDavResource
      *part; /* (owned) (nullable) of its propstat that is open, until its status is known */
  gboolean part_counts;
} Reading;

void
wf_dav_resource_free (WfDavResource *self)
{
  if (self == NULL)
    return;
  g_free (self->href);
  g_free (self->name);
  g_free (self->etag);
  g_free (self->principal);
  g_free (self->home);
  g_free (self);
}

static void
space_clear (gpointer data)
{
  Space *space = data;

  g_free (space->prefix);
  g_free (space->uri);
}

/* ---- names ------------------------------------------------------------------------------------- */

static void
declare_spaces (Reading *self, const char *const *names, const char *const *values)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      Space space = { self->names->len, NULL, NULL };
      if (g_str_equal (names[i], "xmlns"))
        space.prefix = g_strdup ("");
      else if (g_str_has_prefix (names[i], "xmlns:"))
        space.prefix = g_strdup (names[i] + strlen ("xmlns:"));
      else
        continue;
      space.uri = g_strdup (values[i]);
      g_array_append_val (self->spaces, space);
    }
}

/* "URI|local". Owned by the caller. */
static char *
resolve (Reading *self, const char *name)
{
  const char *colon = strchr (name, ':');
  g_autofree char *prefix = colon != NULL ? g_strndup (name, (gsize) (colon - name))
                                          : g_strdup ("");
  const char *uri = "";

  for (guint i = self->spaces->len; i > 0; i--)
    {
      const Space *space = &g_array_index (self->spaces, Space, i - 1);
      if (g_str_equal (space->prefix, prefix))
        {
          uri = space->uri;
          break;
        }
    }
  return g_strconcat (uri, "|", colon != NULL ? colon + 1 : name, NULL);
}

/* Whether the element that is steps above the innermost one is this. */
static gboolean
is_open (Reading *self, guint steps, const char *name)
{
  return self->names->len > steps &&
         g_str_equal (self->names->pdata[self->names->len - 1 - steps], name);
}

/* ---- what is told ------------------------------------------------------------------------------ */

static void
note_kind (WfDavResource *part, const char *const *names, const char *const *values)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!g_str_equal (names[i], "name"))
        continue;
      part->takes_events |= g_ascii_strcasecmp (values[i], "VEVENT") == 0;
      part->takes_tasks |= g_ascii_strcasecmp (values[i], "VTODO") == 0;
    }
}

/* Rights to change what is in the collection (RFC 3744, 3). */
static gboolean
is_right_to_write (Reading *self)
{
  return is_open (self, 0, DAV "|all") || is_open (self, 0, DAV "|write") ||
         is_open (self, 0, DAV "|write-content") || is_open (self, 0, DAV "|bind");
}

static void
note_begin (Reading *self, const char *const *names, const char *const *values)
{
  WfDavResource *part = self->part;

  if (is_open (self, 0, CALDAV "|calendar") && is_open (self, 1, DAV "|resourcetype"))
    part->is_calendar = TRUE;
  else if (is_open (self, 0, CALDAV "|supported-calendar-component-set"))
    part->has_kinds = TRUE;
  else if (is_open (self, 0, CALDAV "|comp") &&
           is_open (self, 1, CALDAV "|supported-calendar-component-set"))
    note_kind (part, names, values);
  else if (is_open (self, 0, DAV "|current-user-privilege-set"))
    part->has_rights = TRUE;
  else if (is_open (self, 1, DAV "|privilege") &&
           is_open (self, 2, DAV "|current-user-privilege-set") && is_right_to_write (self))
    part->may_write = TRUE;
}

static void
note_end (Reading *self)
{
  const char *text = g_strstrip (self->text->str);
  WfDavResource *part = self->part;

  if (is_open (self, 0, DAV "|status") && is_open (self, 1, DAV "|propstat"))
    self->part_counts = strstr (text, " 2") != NULL;
  else if (is_open (self, 0, DAV "|displayname"))
    g_set_str (&part->name, text);
  else if (is_open (self, 0, DAV "|getetag"))
    g_set_str (&part->etag, text);
  else if (is_open (self, 0, DAV "|href") && is_open (self, 1, DAV "|current-user-principal"))
    g_set_str (&part->principal, text);
  else if (is_open (self, 0, DAV "|href") && is_open (self, 1, CALDAV "|calendar-home-set") &&
           part->home == NULL)
    g_set_str (&part->home, text);
}

static void
take_text (char **to, char **from)
{
  if (*from == NULL)
    return;
  g_free (*to);
  *to = g_steal_pointer (from);
}

/* What could not be told (404, 403) does not count. */
static void
take_part (Reading *self)
{
  WfDavResource *part = self->part, *found = self->found;

  if (self->part_counts)
    {
      take_text (&found->name, &part->name);
      take_text (&found->etag, &part->etag);
      take_text (&found->principal, &part->principal);
      take_text (&found->home, &part->home);
      found->is_calendar |= part->is_calendar;
      found->has_kinds |= part->has_kinds;
      found->takes_events |= part->takes_events;
      found->takes_tasks |= part->takes_tasks;
      found->has_rights |= part->has_rights;
      found->may_write |= part->may_write;
    }
  g_clear_pointer (&self->part, wf_dav_resource_free);
}

/* ---- parser ------------------------------------------------------------------------------------ */

static void
on_start (GMarkupParseContext *context, const char *name, const char **names, const char **values,
          gpointer user_data, GError **error)
{
  Reading *self = user_data;

  if (self->names->len >= MOST_DEPTH)
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                           "It is nested too deep");
      return;
    }
  declare_spaces (self, (const char *const *) names, (const char *const *) values);
  g_ptr_array_add (self->names, resolve (self, name));
  g_string_truncate (self->text, 0);
  if (self->names->len == 1 && !is_open (self, 0, DAV "|multistatus"))
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT,
                         "It is no multi-status");
  else if (is_open (self, 0, DAV "|response") && self->names->len == 2)
    self->found = g_new0 (WfDavResource, 1);
  else if (is_open (self, 0, DAV "|propstat") && self->names->len == 3 && self->found != NULL)
    {
      self->part = g_new0 (WfDavResource, 1);
      self->part_counts = FALSE;
    }
  else if (self->part != NULL)
    note_begin (self, (const char *const *) names, (const char *const *) values);
}

static void
on_end (GMarkupParseContext *context, const char *name, gpointer user_data, GError **error)
{
  Reading *self = user_data;

  if (self->part != NULL && is_open (self, 0, DAV "|propstat") && self->names->len == 3)
    take_part (self);
  else if (self->part != NULL)
    note_end (self);
  else if (self->found != NULL && is_open (self, 0, DAV "|href") && self->names->len == 3)
    g_set_str (&self->found->href, g_strstrip (self->text->str));
  else if (self->found != NULL && self->names->len == 2)
    {
      if (self->found->href != NULL && *self->found->href != '\0')
        g_ptr_array_add (self->resources, g_steal_pointer (&self->found));
      g_clear_pointer (&self->found, wf_dav_resource_free);
    }
  g_ptr_array_set_size (self->names, (int) self->names->len - 1);
  while (self->spaces->len > 0 &&
         g_array_index (self->spaces, Space, self->spaces->len - 1).depth >= self->names->len)
    g_array_set_size (self->spaces, self->spaces->len - 1);
  g_string_truncate (self->text, 0);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data,
         GError **error)
{
  g_string_append_len (((Reading *) user_data)->text, text, (gssize) length);
}

static void
reading_clear (Reading *self)
{
  g_array_unref (self->spaces);
  g_ptr_array_unref (self->names);
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  wf_dav_resource_free (self->found);
  wf_dav_resource_free (self->part);
}

/**
 * wf_dav_answer_read:
 * @body: of an answer 207
 * @error: %WF_CRM_ERROR_PROTOCOL
 *
 * Returns: (transfer full): of #WfDavResource, or %NULL when it cannot be read
 */
GPtrArray *
wf_dav_answer_read (GBytes *body, GError **error)
{
  static const GMarkupParser parser = { on_start, on_end, on_text, NULL, NULL };
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError) own = NULL;
  GPtrArray *resources = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  Reading self = { 0 };

  self.spaces = g_array_new (FALSE, FALSE, sizeof (Space));
  g_array_set_clear_func (self.spaces, space_clear);
  self.names = g_ptr_array_new_with_free_func (g_free);
  self.text = g_string_new (NULL);
  self.resources = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_dav_resource_free);
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &self, NULL);
  if (g_markup_parse_context_parse (context, text != NULL ? text : "", (gssize) length, &own) &&
      g_markup_parse_context_end_parse (context, &own))
    resources = g_steal_pointer (&self.resources);
  else
    g_set_error (error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL,
                 _ ("The calendar’s server answers something that cannot be read: %s"),
                 own->message);
  reading_clear (&self);
  return resources;
}
