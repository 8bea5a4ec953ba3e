/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something that happened in the CRM: a CloudEvents 1.0 event. Reading is on the hot path: one
 * pass over the members, and texts are borrowed from the document. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-event.h"

#include "wf-instant.h"
#include "wf-json-writer.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WfEvent
{
  gatomicrefcount ref_count;
  WfJsonDocument *document; /* (owned) */
  /* (owned) (nullable) members that the document lacks: "lead.id", "time", "id" */
  WfJsonDocument *made;
  const WfJson *root;
  const WfJson *data; /* (nullable) */
  const WfJson *lead; /* (nullable) the lead's members */
  const char *id, *source, *type;
  const char *lead_id; /* (nullable) */
  const char *owner;   /* (nullable) */
  const char *cause;   /* (nullable) */
  char *own_id;        /* (owned) (nullable) made from the content */
  char *own_lead_id;   /* (owned) (nullable) written as a number */
  WfInstant time;
  guint depth;
  gboolean import;
};

/* What one pass over the event's members finds. */
typedef struct
{
  const WfJson *specversion, *id, *source, *type, *time, *subject, *data;
} Members;

static const struct
{
  const char *name;
  gsize offset;
} member_places[] = {
  { "specversion", G_STRUCT_OFFSET (Members, specversion) },
  { "id", G_STRUCT_OFFSET (Members, id) },
  { "source", G_STRUCT_OFFSET (Members, source) },
  { "type", G_STRUCT_OFFSET (Members, type) },
  { "time", G_STRUCT_OFFSET (Members, time) },
  { "subject", G_STRUCT_OFFSET (Members, subject) },
  { "data", G_STRUCT_OFFSET (Members, data) },
};

static Members
find_members (const WfJson *root)
{
  Members members = { NULL };
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, root);
  while (wf_json_iter_next (&iter, &name, &value))
    for (guint i = 0; i < G_N_ELEMENTS (member_places); i++)
      if (name[0] == member_places[i].name[0] && strcmp (name, member_places[i].name) == 0)
        {
          G_STRUCT_MEMBER (const WfJson *, &members, member_places[i].offset) = value;
          break;
        }
  return members;
}

static WfJsonCursor
place (const WfJsonCursor *root, const char *name, const WfJson *value)
{
  return (
      WfJsonCursor) { .parent = root, .name = name, .value = value, .problems = root->problems };
}

/* A required text that is not empty, or NULL with a problem. */
static const char *
read_text (const WfJsonCursor *root, const char *name, const WfJson *value)
{
  WfJsonCursor cursor = place (root, name, value);
  const char *text = wf_json_cursor_get_string (&cursor, TRUE);

  if (text == NULL || text[0] != '\0')
    return text;
  wf_json_cursor_problem (&cursor, "missing", "%s", _ ("This is empty."));
  return NULL;
}

static gboolean
check_version (const WfJsonCursor *root, const WfJson *value)
{
  WfJsonCursor cursor = place (root, "specversion", value);
  const char *version = wf_json_cursor_get_string (&cursor, TRUE);

  if (version == NULL || g_str_equal (version, "1.0"))
    return version != NULL;
  wf_json_cursor_problem (&cursor, "wrong-specversion",
                          _ ("Only CloudEvents of version 1.0 can be read, not “%s”."), version);
  return FALSE;
}

static gboolean
read_time (WfEvent *self, const WfJsonCursor *root, const WfJson *value, WfInstant received)
{
  WfJsonCursor cursor = place (root, "time", value);
  const char *text;

  if (value == NULL && received != WF_INSTANT_NONE)
    {
      wf_json_cursor_warning (
          &cursor, "missing-time", "%s",
          _ ("The event has no time; the time at which it was received is used."));
      self->time = received;
      return TRUE;
    }
  text = wf_json_cursor_get_string (&cursor, TRUE);
  if (text == NULL || wf_instant_parse (text, &self->time))
    return text != NULL;
  wf_json_cursor_problem (
      &cursor, "wrong-time",
      _ ("“%s” is no date and time with an offset, such as 2026-11-20T17:50:00-03:00."), text);
  return FALSE;
}

/* "lead/l-77" or "leads/l-77" -> "l-77" */
static const char *
lead_in_subject (const char *subject)
{
  if (subject == NULL || !g_str_has_prefix (subject, "lead"))
    return NULL;
  subject += strlen ("lead");
  if (*subject == 's')
    subject++;
  return subject[0] == '/' && subject[1] != '\0' ? subject + 1 : NULL;
}

/* Some CRMs number their leads. */
static const char *
read_lead_id (WfEvent *self, const WfJson *value)
{
  gint64 number;

  if (wf_json_get_int64 (value, &number))
    return self->own_lead_id = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return wf_json_get_string (value);
}

static const char *
not_empty (const char *text)
{
  return text != NULL && text[0] != '\0' ? text : NULL;
}

/* The lead's members are data.lead, or beside a bare id data.snapshot. */
static void
read_lead (WfEvent *self, const WfJson *subject)
{
  const WfJson *lead = wf_json_get_member (self->data, "lead");

  if (wf_json_is (lead, WF_JSON_OBJECT))
    {
      self->lead = lead;
      self->lead_id = not_empty (read_lead_id (self, wf_json_get_member (lead, "id")));
    }
  else
    {
      const WfJson *snapshot = wf_json_get_member (self->data, "snapshot");

      self->lead = wf_json_is (snapshot, WF_JSON_OBJECT) ? snapshot : NULL;
      self->lead_id = not_empty (read_lead_id (self, lead));
    }
  if (self->lead_id == NULL)
    self->lead_id = not_empty (lead_in_subject (wf_json_get_string (subject)));
  self->owner = not_empty (wf_json_get_member_string (self->lead, "owner"));
}

/* One part for each effect in the chain; they are separated by commas or blanks. */
static guint
count_causes (const char *cause)
{
  guint n = 0;
  gboolean inside = FALSE;

  for (; cause != NULL && *cause != '\0'; cause++)
    {
      gboolean separator = *cause == ',' || *cause == ' ';

      if (!separator && !inside)
        n++;
      inside = !separator;
    }
  return n;
}

/* S15: from type, lead, time and payload, so that the same event always gets the same id. */
static void
make_id (WfEvent *self, const WfJson *time)
{
  g_autofree char *payload = wf_json_to_text (self->data, FALSE);
  g_autofree char *name = NULL;
  const char *when = wf_json_get_string (time);

  name = g_strjoin ("\n", self->type, self->lead_id != NULL ? self->lead_id : "",
                    when != NULL ? when : "", payload != NULL ? payload : "", NULL);
  self->own_id = g_malloc (WF_UUID_LENGTH + 1);
  wf_uuid_v5 (self->source, name, -1, self->own_id);
  self->id = self->own_id;
}

static gboolean
read_id (WfEvent *self, const WfJsonCursor *root, const Members *members)
{
  if (members->id != NULL)
    {
      self->id = read_text (root, "id", members->id);
      return self->id != NULL;
    }
  if (self->source != NULL && self->type != NULL)
    {
      WfJsonCursor cursor = place (root, "id", NULL);

      wf_json_cursor_warning (&cursor, "missing-id", "%s",
                              _ ("The event has no id; one was made from its content."));
      make_id (self, members->time);
    }
  return TRUE;
}

/* Fields that conditions may name but the document does not have as members. */
static void
make_missing (WfEvent *self, const Members *members)
{
  gboolean lead = self->lead_id != NULL && wf_json_get_member_string (self->lead, "id") == NULL;
  g_autoptr (WfJsonWriter) writer = NULL;
  g_autofree char *time = NULL;

  if (!lead && members->id != NULL && members->time != NULL)
    return;
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  if (members->id == NULL)
    wf_json_writer_add_string (writer, "id", self->id);
  if (members->time == NULL)
    wf_json_writer_add_string (writer, "time", time = wf_instant_format_utc (self->time));
  if (lead)
    wf_json_writer_add_string (writer, "lead.id", self->lead_id);
  self->made = wf_json_writer_finish_document (writer);
}

/* What is an import must not start anything by itself (S13): a mark that cannot be read is no
 * “no”. */
static gboolean
read_import (WfEvent *self, const WfJsonCursor *data)
{
  const WfJson *value = wf_json_get_member (self->data, "import");
  WfJsonCursor cursor = place (data, "import", value);

  if (value != NULL && !wf_json_is (value, WF_JSON_NULL) &&
      !wf_json_cursor_expect (&cursor, WF_JSON_BOOLEAN))
    return FALSE;
  self->import = wf_json_get_boolean (value, FALSE);
  return TRUE;
}

static gboolean
read_data (WfEvent *self, const WfJsonCursor *root, const Members *members)
{
  WfJsonCursor cursor = place (root, "data", members->data);

  if (members->data != NULL && !wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    return FALSE;
  self->data = members->data;
  read_lead (self, members->subject);
  self->cause = not_empty (wf_json_get_member_string (self->data, "cause"));
  self->depth = count_causes (self->cause);
  return read_import (self, &cursor);
}

static WfEvent *
read_at (WfJsonDocument *document, const WfJsonCursor *root, WfInstant received)
{
  g_autoptr (WfEvent) self = NULL;
  Members members;
  gboolean usable;

  if (!wf_json_cursor_expect (root, WF_JSON_OBJECT))
    return NULL;
  members = find_members (root->value);
  self = g_new0 (WfEvent, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->document = wf_json_document_ref (document);
  self->root = root->value;
  usable = check_version (root, members.specversion);
  self->source = read_text (root, "source", members.source);
  self->type = read_text (root, "type", members.type);
  usable &= self->source != NULL && self->type != NULL;
  usable &= read_time (self, root, members.time, received);
  usable &= read_data (self, root, &members);
  usable &= read_id (self, root, &members);
  if (!usable)
    return NULL;
  make_missing (self, &members);
  return g_steal_pointer (&self);
}

/**
 * wf_event_read:
 * @document: where @root is from; the event keeps a reference
 * @root: the event
 * @received: the event's time when it says none
 * @problems: (nullable): receives what is wrong
 *
 * Returns: (transfer full) (nullable): the event, NULL after an error
 */
WfEvent *
wf_event_read (WfJsonDocument *document, const WfJson *root, WfInstant received,
               WfProblems *problems)
{
  WfJsonCursor cursor = wf_json_cursor_root (root, problems);

  return read_at (document, &cursor, received);
}

/**
 * wf_events_read:
 * @document: one event, or a batch (application/cloudevents-batch+json)
 * @received: the time of events that say none
 * @problems: (nullable): receives what is wrong, with paths such as "/3/time"
 *
 * Returns: (transfer container) (element-type WfEvent): the events that could be read, in their
 *   order; they share the document
 */
GPtrArray *
wf_events_read (WfJsonDocument *document, WfInstant received, WfProblems *problems)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_event_unref);
  WfJsonCursor root = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  const WfJson *value;
  WfJsonIter iter;

  if (!wf_json_is (root.value, WF_JSON_ARRAY))
    {
      WfEvent *event = read_at (document, &root, received);

      if (event != NULL)
        g_ptr_array_add (events, event);
      return events;
    }
  wf_json_iter_init (&iter, root.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor cursor = { .parent = &root, .index = i, .value = value, .problems = problems };
      WfEvent *event = read_at (document, &cursor, received);

      if (event != NULL)
        g_ptr_array_add (events, event);
    }
  return events;
}

WfEvent *
wf_event_ref (WfEvent *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_event_unref (WfEvent *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  wf_json_document_unref (self->document);
  wf_json_document_unref (self->made);
  g_free (self->own_id);
  g_free (self->own_lead_id);
  g_free (self);
}

const char *
wf_event_get_id (const WfEvent *self)
{
  return self->id;
}

const char *
wf_event_get_source (const WfEvent *self)
{
  return self->source;
}

const char *
wf_event_get_event_type (const WfEvent *self)
{
  return self->type;
}

WfInstant
wf_event_get_time (const WfEvent *self)
{
  return self->time;
}

const char *
wf_event_get_lead (const WfEvent *self)
{
  return self->lead_id;
}

const WfJson *
wf_event_get_lead_members (const WfEvent *self)
{
  return self->lead;
}

const char *
wf_event_get_owner (const WfEvent *self)
{
  return self->owner;
}

gboolean
wf_event_is_import (const WfEvent *self)
{
  return self->import;
}

const char *
wf_event_get_cause (const WfEvent *self)
{
  return self->cause;
}

guint
wf_event_get_depth (const WfEvent *self)
{
  return self->depth;
}

const WfJson *
wf_event_get_data (const WfEvent *self)
{
  return self->data;
}

const WfJson *
wf_event_get_root (const WfEvent *self)
{
  return self->root;
}

static const WfJson *
get_made (const WfEvent *self, const char *name)
{
  return self->made != NULL ? wf_json_get_member (wf_json_document_get_root (self->made), name)
                            : NULL;
}

/**
 * wf_event_get_field:
 * @self: the event
 * @field: dotted name: "lead.score" is data.lead.score, "event.type" the event's own member, all
 *   others are in data
 *
 * Returns: (transfer none) (nullable): the value, NULL when it is missing
 */
const WfJson *
wf_event_get_field (const WfEvent *self, const char *field)
{
  const WfJson *value = NULL;

  if (strncmp (field, "lead.", 5) == 0)
    {
      if (self->made != NULL && strcmp (field, "lead.id") == 0)
        value = get_made (self, field);
      return value != NULL ? value : wf_json_get_path (self->lead, field + 5);
    }
  if (strncmp (field, "event.", 6) != 0)
    return wf_json_get_path (self->data, field);
  value = wf_json_get_path (self->root, field + 6);
  return value != NULL ? value : get_made (self, field + 6);
}

/* A bare date is local midnight, or the day's first instant where midnight does not exist. */
static gboolean
read_instant (const char *text, GTimeZone *zone, WfInstant *instant)
{
  g_autoptr (GDateTime) midnight = NULL;
  int year, month, day;

  if (wf_instant_parse (text, instant))
    return TRUE;
  if (!wf_instant_parse_date (text, &year, &month, &day))
    return FALSE;
  midnight = g_date_time_new (zone, year, month, day, 0, 0, 0);
  if (midnight == NULL)
    return FALSE;
  *instant = g_date_time_to_unix_usec (midnight);
  return TRUE;
}

gboolean
wf_event_get_instant (const WfEvent *self, const char *field, GTimeZone *zone, WfInstant *instant)
{
  if (strcmp (field, "event.time") == 0)
    {
      *instant = self->time;
      return TRUE;
    }
  return read_instant (wf_json_get_string (wf_event_get_field (self, field)), zone, instant);
}

/* With the id and the time that were made for it, so that it is the same event when it is read
 * again. */
char *
wf_event_to_text (const WfEvent *self)
{
  const WfJson *id = get_made (self, "id"), *time = get_made (self, "time");
  g_autoptr (WfJsonWriter) writer = NULL;

  if (id == NULL && time == NULL)
    return wf_json_to_text (self->root, FALSE);
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_members (writer, self->root);
  wf_json_writer_add_value (writer, "id", id);
  wf_json_writer_add_value (writer, "time", time);
  return wf_json_writer_finish (writer, FALSE);
}
