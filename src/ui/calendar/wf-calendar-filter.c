/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the calendar is limited to, and its text, by which a named filter is kept. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-model.h"

#include "wf-json-writer.h"

#define MOST_BYTES ((gsize) 64 * 1024)

/**
 * wf_calendar_filter_copy:
 * @self: a filter
 *
 * Returns: (transfer full): the same once more
 */
WfCalendarFilter *
wf_calendar_filter_copy (const WfCalendarFilter *self)
{
  WfCalendarFilter *copy = g_new0 (WfCalendarFilter, 1);

  copy->people = g_strdupv (self->people);
  copy->groups = g_strdupv (self->groups);
  copy->types = g_strdupv (self->types);
  copy->workflows = g_strdupv (self->workflows);
  copy->everyone = self->everyone;
  copy->closed = self->closed;
  copy->origin = g_strdup (self->origin);
  return copy;
}

/**
 * wf_calendar_filter_free:
 * @self: (transfer full): a filter
 */
void
wf_calendar_filter_free (WfCalendarFilter *self)
{
  g_strfreev (self->people);
  g_strfreev (self->groups);
  g_strfreev (self->types);
  g_strfreev (self->workflows);
  g_free (self->origin);
  g_free (self);
}

static gboolean
lists_equal (char *const *a, char *const *b)
{
  static char *const none[] = { NULL };

  return g_strv_equal ((const char *const *) (a != NULL ? a : none),
                       (const char *const *) (b != NULL ? b : none));
}

/**
 * wf_calendar_filter_equal:
 * @a: a filter
 * @b: another
 *
 * Returns: whether they let the same through; no list and an empty one are the same
 */
gboolean
wf_calendar_filter_equal (const WfCalendarFilter *a, const WfCalendarFilter *b)
{
  return lists_equal (a->people, b->people) && lists_equal (a->groups, b->groups) &&
         lists_equal (a->types, b->types) && lists_equal (a->workflows, b->workflows) &&
         !a->everyone == !b->everyone && !a->closed == !b->closed &&
         g_strcmp0 (a->origin, b->origin) == 0;
}

static void
write_list (WfJsonWriter *writer, const char *name, char *const *list)
{
  if (list == NULL || list[0] == NULL)
    return;
  wf_json_writer_begin_array (writer, name);
  for (guint i = 0; list[i] != NULL; i++)
    wf_json_writer_add_string (writer, NULL, list[i]);
  wf_json_writer_end (writer);
}

/**
 * wf_calendar_filter_to_text:
 * @self: a filter
 *
 * The origin is not part of it: that is the choice of the switch above every list (R61).
 *
 * Returns: (transfer full): JSON for wf_calendar_filter_parse()
 */
char *
wf_calendar_filter_to_text (const WfCalendarFilter *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  write_list (writer, "people", self->people);
  write_list (writer, "groups", self->groups);
  write_list (writer, "types", self->types);
  write_list (writer, "workflows", self->workflows);
  if (self->everyone)
    wf_json_writer_add_boolean (writer, "everyone", TRUE);
  if (self->closed)
    wf_json_writer_add_boolean (writer, "closed", TRUE);
  return wf_json_writer_finish (writer, FALSE);
}

static char **
read_list (const WfJson *root, const char *name)
{
  const WfJson *list = wf_json_get_member (root, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  if (!wf_json_is (list, WF_JSON_ARRAY))
    return NULL;
  for (guint i = 0; i < wf_json_get_size (list); i++)
    {
      const char *id = wf_json_get_string (wf_json_get_element (list, i));
      if (id == NULL || *id == '\0')
        continue;
      g_strv_builder_add (builder, id);
      n++;
    }
  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

/**
 * wf_calendar_filter_parse:
 * @text: (nullable): what wf_calendar_filter_to_text() wrote, perhaps by a later version
 *
 * Returns: (transfer full): the filter; what cannot be read is left out
 */
WfCalendarFilter *
wf_calendar_filter_parse (const char *text)
{
  WfCalendarFilter *self = g_new0 (WfCalendarFilter, 1);
  g_autoptr (WfJsonDocument) document =
      text != NULL ? wf_json_document_parse (text, -1, MOST_BYTES, NULL) : NULL;
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;

  if (!wf_json_is (root, WF_JSON_OBJECT))
    return self;
  self->people = read_list (root, "people");
  self->groups = read_list (root, "groups");
  self->types = read_list (root, "types");
  self->workflows = read_list (root, "workflows");
  self->everyone = wf_json_get_boolean (wf_json_get_member (root, "everyone"), FALSE);
  self->closed = wf_json_get_boolean (wf_json_get_member (root, "closed"), FALSE);
  return self;
}
