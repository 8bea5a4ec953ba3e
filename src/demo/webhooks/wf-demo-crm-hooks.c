/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Webhooks that come in: their addresses, whom they are about, and the event that they make. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm-private.h"
#include "wf-demo-webhook-secret.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SECRET "webhook-secret"
/* The names that were used, in meta. */
#define USED "hook/"
#define MOST_NAME 64
#define MOST_DELIVERY 200
#define EVENT "webhook.received"
#define FIELD "webhook.name"

/* -- secret ------------------------------------------------------------------------------------ */

gboolean
wf_demo_caller_is_manager (const WfDemoCaller *caller)
{
  if (caller->kind == WF_DEMO_CALLER_SELF)
    return TRUE;
  return caller->kind == WF_DEMO_CALLER_PERSON && caller->person != NULL &&
         (caller->person->role == WF_ROLE_MANAGER || caller->person->role == WF_ROLE_ADMINISTRATOR);
}

char *
wf_demo_crm_dup_webhook_secret (WfDemoCrm *self)
{
  char *secret = wf_demo_database_dup_meta (self->database, SECRET);

  if (secret == NULL)
    {
      secret = wf_demo_webhook_make_secret ();
      wf_demo_database_set_meta (self->database, SECRET, secret);
    }
  return secret;
}

static gboolean
check_manager (const WfDemoCaller *caller, WfDemoOutcome *outcome)
{
  if (wf_demo_caller_is_manager (caller))
    return TRUE;
  wf_demo_outcome_fail (outcome, 403, "forbidden", _ ("Your role does not set up webhooks."));
  return FALSE;
}

void
wf_demo_crm_get_webhook_secret (WfDemoCrm *self, const WfDemoCaller *caller, WfDemoOutcome *outcome)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *secret = NULL;

  if (!check_manager (caller, outcome))
    return;
  secret = wf_demo_crm_dup_webhook_secret (self);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "secret", secret);
  wf_json_writer_end (writer);
  wf_demo_outcome_succeed (outcome, 200, wf_json_writer_finish (writer, FALSE), 0);
}

/* -- names ------------------------------------------------------------------------------------- */

static gboolean
is_name (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= MOST_NAME &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (text);
}

static void
add_name (GHashTable *names, const WfJson *value)
{
  const char *text = wf_json_get_string (value);

  if (is_name (text))
    g_hash_table_add (names, g_strdup (text));
  for (guint i = 0; i < wf_json_get_size (value) && wf_json_is (value, WF_JSON_ARRAY); i++)
    add_name (names, wf_json_get_element (value, i));
}

/* Every condition on the hook's name, however deep. The depth of JSON is bounded. */
static void
find_names (const WfJson *value, GHashTable *names)
{
  WfJsonIter iter;
  const WfJson *inner;

  if (g_strcmp0 (wf_json_get_member_string (value, "field"), FIELD) == 0)
    add_name (names, wf_json_get_member (value, "value"));
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &inner))
    if (wf_json_is (inner, WF_JSON_OBJECT) || wf_json_is (inner, WF_JSON_ARRAY))
      find_names (inner, names);
}

static void
find_names_of_workflows (WfDemoCrm *self, GHashTable *names)
{
  sqlite3_stmt *row = wf_demo_database_query (
      self->database, "SELECT body FROM documents WHERE kind = '" WF_DEMO_KIND_WORKFLOW "'", "");

  while (wf_demo_database_step (self->database, row))
    {
      g_autoptr (WfJsonDocument) body =
          wf_json_document_parse (wf_demo_column_text (row, 0), -1, 0, NULL);

      if (body != NULL)
        find_names (wf_json_document_get_root (body), names);
    }
  row = wf_demo_database_query (self->database,
                                "SELECT substr (key, 6) FROM meta WHERE key GLOB '" USED "*'", "");
  while (wf_demo_database_step (self->database, row))
    g_hash_table_add (names, g_strdup (wf_demo_column_text (row, 0)));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
write_hook (WfDemoCrm *self, WfJsonWriter *writer, const char *base, const char *name)
{
  g_autofree char *secret = wf_demo_crm_dup_webhook_secret (self);
  g_autofree char *token = wf_demo_webhook_make_token (secret, name);
  g_autofree char *url = g_strdup_printf ("%s/hooks/%s?token=%s", base, name, token);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "name", name);
  wf_json_writer_add_string (writer, "url", url);
  wf_json_writer_end (writer);
}

void
wf_demo_crm_list_hooks (WfDemoCrm *self, const WfDemoCaller *caller, const char *base,
                        GHashTable *query, WfDemoOutcome *outcome)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *asked = g_hash_table_lookup (query, "name");

  if (!check_manager (caller, outcome))
    return;
  if (asked != NULL && !is_name (asked))
    {
      wf_demo_outcome_fail (outcome, 400, "bad-request",
                            _ ("A hook’s name has small letters, digits and hyphens only."));
      return;
    }
  if (asked != NULL)
    g_hash_table_add (names, g_strdup (asked));
  else
    find_names_of_workflows (self, names);
  g_autoptr (GPtrArray) list = g_hash_table_get_keys_as_ptr_array (names);
  g_ptr_array_sort (list, compare_names);
  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < list->len; i++)
    write_hook (self, writer, base, list->pdata[i]);
  wf_json_writer_end (writer);
  wf_demo_outcome_succeed (outcome, 200, wf_json_writer_finish (writer, FALSE), 0);
}

/* -- what comes in ----------------------------------------------------------------------------- */

gboolean
wf_demo_crm_check_hook (WfDemoCrm *self, const char *name, const char *token)
{
  g_autofree char *secret = NULL, *expected = NULL;

  if (token == NULL || !is_name (name))
    return FALSE;
  secret = wf_demo_crm_dup_webhook_secret (self);
  expected = wf_demo_webhook_make_token (secret, name);
  return wf_demo_webhook_equal (expected, token);
}

/* "+55 (11) 9999" and "55119999" are the same number. Owned by the caller. */
static char *
get_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = text; c != NULL && *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  return digits->len > 0 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

typedef struct
{
  char *email, *phone; /* (owned) (nullable) folded, digits */
} Person;

static gboolean
is_same_person (const WfJson *lead, const Person *person)
{
  const char *email = wf_json_get_member_string (lead, "email");
  g_autofree char *folded = email != NULL ? g_utf8_casefold (email, -1) : NULL;
  g_autofree char *digits = get_digits (wf_json_get_member_string (lead, "phone"));

  return (person->email != NULL && g_strcmp0 (folded, person->email) == 0) ||
         (person->phone != NULL && g_strcmp0 (digits, person->phone) == 0);
}

/* The one lead that has this address or number; none when there are several. Owned by the
 * caller. */
static char *
find_person (WfDemoCrm *self, const Person *person)
{
  g_autofree char *found = NULL;
  gboolean several = FALSE;
  sqlite3_stmt *row = wf_demo_database_query (self->database, "SELECT id, body FROM leads", "");

  while (wf_demo_database_step (self->database, row))
    {
      g_autoptr (WfJsonDocument) body =
          wf_json_document_parse (wf_demo_column_text (row, 1), -1, 0, NULL);

      if (body == NULL || !is_same_person (wf_json_document_get_root (body), person))
        continue;
      several = found != NULL;
      g_set_str (&found, wf_demo_column_text (row, 0));
      if (several)
        {
          wf_demo_database_end (row);
          break;
        }
    }
  return several ? NULL : g_steal_pointer (&found);
}

/* Owned by the caller; NULL when the body identifies no lead. */
static char *
find_lead (WfDemoCrm *self, const WfJson *body)
{
  const WfJson *lead = wf_json_get_member (body, "lead");
  const char *id = wf_json_is (lead, WF_JSON_OBJECT) ? wf_json_get_member_string (lead, "id")
                                                     : wf_json_get_string (lead);
  const char *email = wf_json_get_member_string (body, "email");
  Person person = { 0 };
  char *found = NULL;

  if (id != NULL)
    found =
        wf_demo_database_dup_text (self->database, "SELECT id FROM leads WHERE id = ?", "s", id);
  if (found != NULL)
    return found;
  person.email = email != NULL && *email != '\0' ? g_utf8_casefold (email, -1) : NULL;
  person.phone = get_digits (wf_json_get_member_string (body, "phone"));
  if (person.email != NULL || person.phone != NULL)
    found = find_person (self, &person);
  g_free (person.email);
  g_free (person.phone);
  return found;
}

/* The event's id from the sender's own, so that a repetition is known as one. Owned by the
 * caller; NULL when the sender gives none. */
static char *
make_event_id (const char *name, const char *delivery)
{
  if (delivery == NULL || *delivery == '\0' || strlen (delivery) > MOST_DELIVERY)
    return NULL;
  return g_strdup_printf ("hook-%s-%s", name, delivery);
}

static gboolean
is_known_event (WfDemoCrm *self, const char *id)
{
  return id != NULL && wf_demo_database_get_number (
                           self->database, 0, "SELECT 1 FROM events WHERE source = ? AND id = ?",
                           "ss", self->source, id) != 0;
}

void
wf_demo_crm_receive_hook (WfDemoCrm *self, const char *name, const char *delivery,
                          const WfJson *body, WfDemoOutcome *outcome)
{
  g_autofree char *id = make_event_id (name, delivery);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *lead = find_lead (self, body);
  g_autofree char *used = g_strconcat (USED, name, NULL);
  g_auto (WfDemoCaller) caller = { 0 };

  wf_demo_crm_init_caller (self, &caller, WF_DEMO_CALLER_SELF, NULL);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_object (writer, "webhook");
  wf_json_writer_add_string (writer, "name", name);
  wf_json_writer_add_value (writer, "body", body);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) data = wf_json_writer_finish_document (writer);
  WfDemoEventDraft draft = {
    .type = EVENT, .id = id, .lead = lead, .data = wf_json_document_get_root (data)
  };
  if (!is_known_event (self, id))
    wf_demo_crm_add_event (self, &caller, &draft);
  wf_demo_database_set_meta (self->database, used, "1");
  wf_demo_outcome_succeed (outcome, 202, g_strdup ("{}"), 0);
}
