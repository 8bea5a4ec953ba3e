/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions that say something: to the lead's stream, by e-mail, by text message. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-perform.h"

#include "wf-uuid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_TEXT 10000
#define MOST_TITLE 500
#define MOST_ADDRESSES 50
#define MOST_ADDRESS 320
#define MOST_PHONE 64

/* -- stream ------------------------------------------------------------------------------------ */

/* The people who are mentioned, each once. NULL with a problem. */
static char **
read_mentions (WfDemoPerformance *self)
{
  const WfJson *list = wf_action_get_member (self->action, "mentions");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  if (list != NULL && !wf_json_is (list, WF_JSON_ARRAY) && !wf_json_is (list, WF_JSON_NULL))
    wf_demo_perform_refuse (self, "/mentions", "wrong-type", _ ("This must be a list."));
  for (guint i = 0; i < wf_json_get_size (list); i++)
    {
      const char *id = wf_json_get_string (wf_json_get_element (list, i));
      g_autofree char *pointer = g_strdup_printf ("/mentions/%u", i);

      if (id == NULL || wf_organisation_get_person (self->crm->organisation, id) == NULL)
        wf_demo_perform_refuse (self, pointer, "unknown-person", _ ("There is no such person."));
      else if (g_hash_table_add (known, (gpointer) id))
        g_strv_builder_add (builder, id);
    }
  return wf_demo_outcome_is_problem (self->outcome) ? NULL : g_strv_builder_end (builder);
}

/* One message for all who are mentioned. Its id follows from the action's key, as everything
 * that an action makes does. */
static void
notify (WfDemoPerformance *self, const char *const *people, const char *sender, const char *text)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  char id[WF_UUID_LENGTH + 1];

  if (people[0] == NULL)
    return;
  wf_uuid_v5 (self->action->key, "mentions", -1, id);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "kind", "notification");
  wf_json_writer_begin_array (writer, "people");
  for (guint i = 0; people[i] != NULL; i++)
    wf_json_writer_add_string (writer, NULL, people[i]);
  wf_json_writer_end (writer);
  wf_json_writer_add_string (writer, "sender", sender);
  wf_json_writer_add_string (writer, "text", text);
  wf_json_writer_add_string (writer, "lead", self->action->lead);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) body = wf_json_writer_finish_document (writer);
  g_autofree char *message =
      wf_demo_crm_store_message (self->crm, self->caller, id, wf_json_document_get_root (body));
}

void
wf_demo_perform_post (WfDemoPerformance *self)
{
  const char *text = wf_demo_perform_get_text (self, "text", TRUE, MOST_TEXT);
  const char *sender = wf_demo_perform_get_text (self, "sender", FALSE, 128);
  g_auto (GStrv) mentions = read_mentions (self);
  WfDemoComment comment = { .id = self->action->key,
                            .lead = self->action->lead,
                            .author = sender != NULL ? sender
                                                     : wf_demo_caller_get_id (self->caller),
                            .text = text,
                            .mentions = (const char *const *) mentions };

  if (sender != NULL && wf_organisation_get_person (self->crm->organisation, sender) == NULL)
    wf_demo_perform_refuse (self, "/sender", "unknown-person", _ ("There is no such person."));
  if (wf_demo_outcome_is_problem (self->outcome))
    return;
  if (!wf_demo_crm_add_comment (self->crm, self->caller, &comment, TRUE))
    self->note = WF_DEMO_NOTE_SO;
  else
    notify (self, (const char *const *) mentions, comment.author, text);
}

/* -- to leads ---------------------------------------------------------------------------------- */

static gboolean
is_address (const char *text)
{
  const char *at = text != NULL ? strchr (text, '@') : NULL;

  return at != NULL && at != text && at[1] != '\0' && strlen (text) <= MOST_ADDRESS &&
         strpbrk (text, " ,;\r\n\t<>") == NULL;
}

/* "a@b.example, c@d.example". Owned by the caller; NULL with a problem. */
static char *
join_addresses (WfDemoPerformance *self)
{
  const WfJson *list = wf_action_get_member (self->action, "to");
  g_autoptr (GString) joined = g_string_new (NULL);

  if (wf_json_get_size (list) == 0 || wf_json_get_size (list) > MOST_ADDRESSES)
    wf_demo_perform_refuse (self, "/to", "wrong-value", _ ("Name one to fifty addresses."));
  for (guint i = 0; i < wf_json_get_size (list); i++)
    {
      const char *address = wf_json_get_string (wf_json_get_element (list, i));
      g_autofree char *pointer = g_strdup_printf ("/to/%u", i);

      if (is_address (address))
        g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", address);
      else
        wf_demo_perform_refuse (self, pointer, "wrong-value", _ ("This is no e-mail address."));
    }
  return wf_demo_outcome_is_problem (self->outcome)
             ? NULL
             : g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
send (WfDemoPerformance *self, WfJsonWriter *writer)
{
  wf_json_writer_add_string (writer, "sender", wf_action_get_text (self->action, "sender"));
  wf_json_writer_add_string (writer, "lead", self->action->lead);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) body = wf_json_writer_finish_document (writer);
  g_autofree char *message = NULL;

  if (wf_demo_database_get_number (self->crm->database, 0, "SELECT 1 FROM messages WHERE id = ?",
                                   "s", self->action->key) != 0)
    self->note = WF_DEMO_NOTE_SO;
  else
    message = wf_demo_crm_store_message (self->crm, self->caller, self->action->key,
                                         wf_json_document_get_root (body));
}

void
wf_demo_perform_email (WfDemoPerformance *self)
{
  g_autofree char *to = join_addresses (self);
  const char *subject = wf_demo_perform_get_text (self, "subject", TRUE, MOST_TITLE);
  const char *text = wf_demo_perform_get_text (self, "text", TRUE, MOST_TEXT);
  const WfJson *track = wf_action_get_member (self->action, "track-opening");
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_demo_perform_get_text (self, "sender", FALSE, MOST_ADDRESS);
  if (wf_demo_outcome_is_problem (self->outcome))
    return;
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "kind", "e-mail");
  wf_json_writer_add_string (writer, "to", to);
  wf_json_writer_add_string (writer, "title", subject);
  wf_json_writer_add_string (writer, "text", text);
  wf_json_writer_add_boolean (writer, "track-opening", wf_json_get_boolean (track, FALSE));
  send (self, writer);
}

static gboolean
is_phone (const char *text)
{
  guint n_digits = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        n_digits++;
      else if (strchr (" +-().", *c) == NULL)
        return FALSE;
    }
  return n_digits >= 5;
}

void
wf_demo_perform_message (WfDemoPerformance *self)
{
  const char *channel = wf_demo_perform_get_text (self, "channel", TRUE, 32);
  const char *to = wf_demo_perform_get_text (self, "to", TRUE, MOST_PHONE);
  const char *text = wf_demo_perform_get_text (self, "text", FALSE, MOST_TEXT);
  const char *template = wf_demo_perform_get_text (self, "template", FALSE, MOST_TITLE);
  const WfJson *variables = wf_action_get_member (self->action, "variables");
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  if (channel != NULL && !g_str_equal (channel, "sms") && !g_str_equal (channel, "whatsapp"))
    wf_demo_perform_refuse (self, "/channel", "wrong-value", _ ("This must be sms or whatsapp."));
  if (to != NULL && !is_phone (to))
    wf_demo_perform_refuse (self, "/to", "wrong-value", _ ("This is no telephone number."));
  if ((text == NULL || *text == '\0') && (template == NULL || *template == '\0'))
    wf_demo_perform_refuse (self, "/text", "missing", _ ("Give a text or a template."));
  if (wf_demo_outcome_is_problem (self->outcome))
    return;
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "kind", channel);
  wf_json_writer_add_string (writer, "to", to);
  wf_json_writer_add_string (writer, "text", text);
  wf_json_writer_add_string (writer, "template", template);
  if (variables != NULL && !wf_json_is (variables, WF_JSON_NULL))
    wf_json_writer_add_value (writer, "variables", variables);
  send (self, writer);
}
