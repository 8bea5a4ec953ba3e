/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something that the CRM is asked to do once, as a value and as JSON. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-action.h"

#include "wf-json-cursor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *const wf_action_kind_names[] = {
  "post-to-stream", "change-stage",  "change-responsible", "set-field",
  "add-score",      "send-email",    "send-message",       "add-to-audience",
  "webhook",        "delete-record", "close-activities",   "start-workflow",
  "create-lead",    "set-absence",   "end-absence",        NULL,
};

/* What a member is; null counts as missing where it may be missing. */
typedef struct
{
  const char *name;
  WfJsonType type; /* WF_JSON_MISSING: any */
  gboolean needed;
  const char *const *words; /* STRING: one of these; NULL: any text. ARRAY: always of texts */
  gboolean may_be_null;     /* it has to be there, and null says something */
} Member;

#define NEEDED(name, type) { name, WF_JSON_##type, TRUE, NULL }
#define NEEDED_OR_NULL(name, type) { name, WF_JSON_##type, TRUE, NULL, TRUE }
#define OPTIONAL(name, type) { name, WF_JSON_##type, FALSE, NULL }
#define END { NULL, WF_JSON_MISSING, FALSE, NULL }

static const char *const channels[] = { "sms", "whatsapp", NULL };
static const char *const strategies[] = { "round-robin", "least-loaded", NULL };

static const Member post_to_stream[] = { NEEDED ("text", STRING), OPTIONAL ("mentions", ARRAY),
                                         OPTIONAL ("sender", STRING), END };
static const Member change_stage[] = { NEEDED ("stage", STRING), OPTIONAL ("allow-back", BOOLEAN),
                                       OPTIONAL ("reason", STRING), END };
static const Member change_responsible[] = {
  NEEDED_OR_NULL ("owner", STRING), { "strategy", WF_JSON_STRING, FALSE, strategies },
  OPTIONAL ("group", STRING),       OPTIONAL ("candidates", ARRAY),
  OPTIONAL ("rule", NUMBER),        END
};
static const Member set_field[] = { NEEDED ("field", STRING), NEEDED ("value", MISSING), END };
static const Member add_score[] = { NEEDED ("points", NUMBER), END };
static const Member send_email[] = {
  NEEDED ("to", ARRAY),        NEEDED ("subject", STRING),          NEEDED ("text", STRING),
  OPTIONAL ("sender", STRING), OPTIONAL ("track-opening", BOOLEAN), END
};
static const Member send_message[] = { { "channel", WF_JSON_STRING, TRUE, channels },
                                       NEEDED ("to", STRING),
                                       OPTIONAL ("text", STRING),
                                       OPTIONAL ("template", STRING),
                                       END };
static const Member add_to_audience[] = { NEEDED ("platform", STRING), NEEDED ("audience", STRING),
                                          OPTIONAL ("email-sha256", STRING),
                                          OPTIONAL ("phone-sha256", STRING), END };
static const Member webhook[] = { NEEDED ("url", STRING), NEEDED ("payload", MISSING),
                                  OPTIONAL ("allow-private", BOOLEAN), END };
static const Member delete_record[] = { END };
static const Member close_activities[] = { OPTIONAL ("activity-types", ARRAY),
                                           OPTIONAL ("workflow", STRING),
                                           OPTIONAL ("reason", STRING), END };
static const Member start_workflow[] = { NEEDED ("workflow", STRING), END };
static const Member create_lead[] = { NEEDED ("name", STRING),     OPTIONAL ("phone", STRING),
                                      OPTIONAL ("email", STRING),  OPTIONAL ("interest", STRING),
                                      OPTIONAL ("notes", STRING),  OPTIONAL ("unit", STRING),
                                      OPTIONAL ("origin", STRING), END };
static const Member set_absence[] = { NEEDED ("person", STRING), NEEDED ("absence", OBJECT), END };
static const Member end_absence[] = { NEEDED ("person", STRING), NEEDED ("absence", STRING), END };

static const Member *const members_of[] = {
  [WF_ACTION_POST_TO_STREAM] = post_to_stream,
  [WF_ACTION_CHANGE_STAGE] = change_stage,
  [WF_ACTION_CHANGE_RESPONSIBLE] = change_responsible,
  [WF_ACTION_SET_FIELD] = set_field,
  [WF_ACTION_ADD_SCORE] = add_score,
  [WF_ACTION_SEND_EMAIL] = send_email,
  [WF_ACTION_SEND_MESSAGE] = send_message,
  [WF_ACTION_ADD_TO_AUDIENCE] = add_to_audience,
  [WF_ACTION_WEBHOOK] = webhook,
  [WF_ACTION_DELETE_RECORD] = delete_record,
  [WF_ACTION_CLOSE_ACTIVITIES] = close_activities,
  [WF_ACTION_START_WORKFLOW] = start_workflow,
  [WF_ACTION_CREATE_LEAD] = create_lead,
  [WF_ACTION_SET_ABSENCE] = set_absence,
  [WF_ACTION_END_ABSENCE] = end_absence,
};
G_STATIC_ASSERT (G_N_ELEMENTS (members_of) == WF_N_ACTION_KINDS);
G_STATIC_ASSERT (G_N_ELEMENTS (wf_action_kind_names) == WF_N_ACTION_KINDS + 1);

/* What every action has; everything else belongs to its kind. */
static const char *const common[] = { "key", "kind", "lead", "record", "cause", NULL };

/**
 * wf_action_new:
 * @kind: what is to be done
 * @key: a UUID: the effect key (S15)
 * @lead: (nullable): the lead that it is about
 * @members: (transfer full): an object of the kind's members
 *
 * Returns: (transfer full): the action, without record and cause: set them before it is shared
 */
WfAction *
wf_action_new (WfActionKind kind, const char *key, const char *lead, WfJsonDocument *members)
{
  WfAction *self = g_new0 (WfAction, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  g_strlcpy (self->key, key, sizeof self->key);
  self->lead = g_strdup (lead);
  self->members = members;
  return self;
}

/**
 * wf_action_ref:
 * @self: an action
 *
 * Returns: (transfer full): a new reference
 */
WfAction *
wf_action_ref (WfAction *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * wf_action_unref:
 * @self: (nullable) (transfer full): an action
 */
void
wf_action_unref (WfAction *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->lead);
  g_free (self->record);
  g_free (self->cause);
  wf_json_document_unref (self->members);
  g_free (self);
}

/**
 * wf_action_get_member:
 * @self: an action
 * @name: of a member of its kind
 *
 * Returns: (transfer none) (nullable): its value
 */
const WfJson *
wf_action_get_member (const WfAction *self, const char *name)
{
  return wf_json_get_member (wf_json_document_get_root (self->members), name);
}

/**
 * wf_action_get_text:
 * @self: an action
 * @name: of a member of its kind
 *
 * Returns: (transfer none) (nullable): its text
 */
const char *
wf_action_get_text (const WfAction *self, const char *name)
{
  return wf_json_get_string (wf_action_get_member (self, name));
}

/**
 * wf_action_kind_parse:
 * @name: (nullable): as in JSON
 * @kind: receives the kind
 *
 * Returns: %FALSE when there is no such kind
 */
gboolean
wf_action_kind_parse (const char *name, WfActionKind *kind)
{
  for (guint i = 0; name != NULL && wf_action_kind_names[i] != NULL; i++)
    if (strcmp (wf_action_kind_names[i], name) == 0)
      {
        *kind = (WfActionKind) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * wf_action_to_text:
 * @self: an action
 * @with_key: whether its key is among the members
 *
 * Returns: (transfer full): compact JSON; the same action always gives the same bytes
 */
char *
wf_action_to_text (const WfAction *self, gboolean with_key)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  if (with_key)
    wf_json_writer_add_string (writer, "key", self->key);
  wf_json_writer_add_string (writer, "kind", wf_action_kind_names[self->kind]);
  wf_json_writer_add_string (writer, "lead", self->lead);
  wf_json_writer_add_string (writer, "record", self->record);
  wf_json_writer_add_string (writer, "cause", self->cause);
  wf_json_writer_add_members (writer, wf_json_document_get_root (self->members));
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

static WfJsonDocument *
extract_members (const WfJson *root)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, root);
  while (wf_json_iter_next (&iter, &name, &value))
    if (!g_strv_contains (common, name))
      wf_json_writer_add_value (writer, name, value);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

static gboolean
check_texts (const WfJsonCursor *list)
{
  gboolean fine = TRUE;

  for (guint i = 0; i < wf_json_get_size (list->value); i++)
    {
      WfJsonCursor element = wf_json_cursor_element (list, i);

      fine &= wf_json_cursor_get_string (&element, TRUE) != NULL;
    }
  return fine;
}

static gboolean
check_member (const WfJsonCursor *cursor, const Member *member)
{
  WfJsonCursor place = wf_json_cursor_member (cursor, member->name);

  if (!member->needed && (place.value == NULL || wf_json_is (place.value, WF_JSON_NULL)))
    return TRUE;
  if (member->may_be_null && wf_json_is (place.value, WF_JSON_NULL))
    return TRUE;
  if (member->words != NULL)
    return wf_json_cursor_get_enum (&place, member->words, TRUE) >= 0;
  switch (member->type)
    {
    case WF_JSON_MISSING:
      if (place.value == NULL)
        wf_json_cursor_problem (&place, "missing", "%s", _ ("This is missing."));
      return place.value != NULL;
    case WF_JSON_STRING:
      return wf_json_cursor_get_string (&place, TRUE) != NULL;
    case WF_JSON_ARRAY:
      return wf_json_cursor_expect (&place, WF_JSON_ARRAY) && check_texts (&place);
    default:
      return wf_json_cursor_expect (&place, member->type);
    }
}

/* What no single member can say: somebody must receive it, and there must be something to send. */
static gboolean
check_together (const WfJsonCursor *cursor, WfActionKind kind)
{
  WfJsonCursor to = wf_json_cursor_member (cursor, "to");
  WfJsonCursor text = wf_json_cursor_member (cursor, "text");

  if (kind == WF_ACTION_SEND_EMAIL && wf_json_get_size (to.value) == 0)
    {
      wf_json_cursor_problem (&to, "missing", "%s", _ ("Nobody would receive it."));
      return FALSE;
    }
  if (kind == WF_ACTION_SEND_MESSAGE && wf_json_get_string (text.value) == NULL &&
      wf_json_get_member_string (cursor->value, "template") == NULL)
    {
      wf_json_cursor_problem (&text, "missing", "%s",
                              _ ("A message needs a text or an approved template."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_members (const WfJsonCursor *cursor, WfActionKind kind)
{
  static const Member everybodys[] = { OPTIONAL ("lead", STRING), OPTIONAL ("record", STRING),
                                       OPTIONAL ("cause", STRING), END };
  gboolean fine = TRUE;

  for (const Member *member = everybodys; member->name != NULL; member++)
    fine &= check_member (cursor, member);
  for (const Member *member = members_of[kind]; member->name != NULL; member++)
    fine &= check_member (cursor, member);
  return fine && check_together (cursor, kind);
}

/**
 * wf_action_read:
 * @root: the object
 * @key: (nullable): the key when the object has none
 * @problems: (nullable): receives what is wrong, with paths
 *
 * Returns: (transfer full) (nullable): the action, %NULL after a problem
 */
WfAction *
wf_action_read (const WfJson *root, const char *key, WfProblems *problems)
{
  WfJsonCursor cursor = wf_json_cursor_root (root, problems);
  WfJsonCursor kind_cursor, key_cursor;
  const char *own_key;
  WfAction *self;
  int kind;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    return NULL;
  kind_cursor = wf_json_cursor_member (&cursor, "kind");
  key_cursor = wf_json_cursor_member (&cursor, "key");
  kind = wf_json_cursor_get_enum (&kind_cursor, wf_action_kind_names, TRUE);
  own_key = wf_json_cursor_get_string (&key_cursor, key == NULL);
  if (kind < 0 || !check_members (&cursor, (WfActionKind) kind) ||
      (own_key == NULL && (key == NULL || key_cursor.value != NULL)))
    return NULL;
  if (!wf_uuid_is_valid (key != NULL ? key : own_key))
    {
      wf_json_cursor_problem (&key_cursor, "wrong-text", "%s", _ ("The key is not a UUID."));
      return NULL;
    }
  self = wf_action_new ((WfActionKind) kind, key != NULL ? key : own_key,
                        wf_json_get_member_string (root, "lead"), extract_members (root));
  self->record = g_strdup (wf_json_get_member_string (root, "record"));
  self->cause = g_strdup (wf_json_get_member_string (root, "cause"));
  return self;
}
