/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was published to a calendar. */
#define G_LOG_DOMAIN "wf-icalendar"

#include "wf-published.h"

#include "wf-json-writer.h"

#define FORMAT 1

static void
entry_free (gpointer data)
{
  WfPublishedEntry *entry = data;

  g_free (entry->uid);
  g_free (entry->etag);
  g_free (entry->digest);
  g_free (entry->refused);
  g_free (entry);
}

WfPublished *
wf_published_new (void)
{
  WfPublished *self = g_new0 (WfPublished, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  return self;
}

void
wf_published_free (WfPublished *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->target, wf_calendar_target_free);
  g_hash_table_unref (self->entries);
  g_free (self);
}

WfPublishedEntry *
wf_published_find (const WfPublished *self, const char *uid)
{
  return g_hash_table_lookup (self->entries, uid);
}

WfPublishedEntry *
wf_published_add (WfPublished *self, const char *uid)
{
  WfPublishedEntry *entry = wf_published_find (self, uid);

  if (entry != NULL)
    return entry;
  entry = g_new0 (WfPublishedEntry, 1);
  entry->uid = g_strdup (uid);
  g_hash_table_insert (self->entries, entry->uid, entry);
  return entry;
}

void
wf_published_remove (WfPublished *self, const char *uid)
{
  g_hash_table_remove (self->entries, uid);
}

/* ---- file -------------------------------------------------------------------------------------- */

static WfCalendarTarget *
read_target (const WfJson *json)
{
  const char *kind = wf_json_get_member_string (json, "kind");
  const char *address = wf_json_get_member_string (json, "address");
  const char *name = wf_json_get_member_string (json, "name");

  if (kind == NULL || address == NULL)
    return NULL;
  return wf_calendar_target_new (
      kind, address, wf_json_get_member_string (json, "user"), name != NULL ? name : address,
      wf_json_get_boolean (wf_json_get_member (json, "takes-tasks"), FALSE));
}

static void
read_entry (WfPublished *self, const WfJson *json)
{
  const char *uid = wf_json_get_member_string (json, "uid");
  gint64 sequence = 0;

  if (uid == NULL)
    return;
  WfPublishedEntry *entry = wf_published_add (self, uid);
  g_set_str (&entry->etag, wf_json_get_member_string (json, "etag"));
  g_set_str (&entry->digest, wf_json_get_member_string (json, "digest"));
  g_set_str (&entry->refused, wf_json_get_member_string (json, "refused"));
  wf_json_get_int64 (wf_json_get_member (json, "sequence"), &sequence);
  entry->sequence = (guint) CLAMP (sequence, 0, G_MAXINT);
}

/**
 * wf_published_read:
 * @text: of the file
 * @length: in bytes, -1: up to its end
 * @error: why it cannot be used
 *
 * Returns: (transfer full): what was published, or %NULL
 */
WfPublished *
wf_published_read (const char *text, gssize length, GError **error)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, length, 0, error);
  const WfJson *root, *entries;
  gint64 format = 0;

  if (document == NULL)
    return NULL;
  root = wf_json_document_get_root (document);
  if (!wf_json_get_int64 (wf_json_get_member (root, "format"), &format) || format != FORMAT)
    {
      g_set_error_literal (error, WF_JSON_ERROR, WF_JSON_ERROR_SYNTAX, "It has another format.");
      return NULL;
    }
  WfPublished *self = wf_published_new ();
  self->target = read_target (wf_json_get_member (root, "target"));
  self->only_meetings = wf_json_get_boolean (wf_json_get_member (root, "only-meetings"), FALSE);
  self->leaving = wf_json_get_boolean (wf_json_get_member (root, "leaving"), FALSE);
  entries = wf_json_get_member (root, "entries");
  for (guint i = 0; i < wf_json_get_size (entries); i++)
    read_entry (self, wf_json_get_element (entries, i));
  return self;
}

static void
write_entry (WfJsonWriter *writer, const WfPublishedEntry *entry)
{
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "uid", entry->uid);
  wf_json_writer_add_string (writer, "etag", entry->etag);
  wf_json_writer_add_string (writer, "digest", entry->digest);
  wf_json_writer_add_string (writer, "refused", entry->refused);
  wf_json_writer_add_int (writer, "sequence", entry->sequence);
  wf_json_writer_end (writer);
}

char *
wf_published_write (const WfPublished *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  GHashTableIter iter;
  gpointer entry;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "format", FORMAT);
  if (self->target != NULL)
    {
      wf_json_writer_begin_object (writer, "target");
      wf_json_writer_add_string (writer, "kind", self->target->kind);
      wf_json_writer_add_string (writer, "address", self->target->address);
      wf_json_writer_add_string (writer, "user", self->target->user);
      wf_json_writer_add_string (writer, "name", self->target->name);
      wf_json_writer_add_boolean (writer, "takes-tasks", self->target->takes_tasks);
      wf_json_writer_end (writer);
    }
  wf_json_writer_add_boolean (writer, "only-meetings", self->only_meetings);
  wf_json_writer_add_boolean (writer, "leaving", self->leaving);
  wf_json_writer_begin_array (writer, "entries");
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    write_entry (writer, entry);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}
