/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions about audiences (R83), webhooks, activities and workflows. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-perform.h"

#include "wf-demo-webhook-address.h"
#include "wf-uuid.h"
#include "wf-workflow.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HASH_LENGTH 64
#define MOST_URL 2000
#define MOST_PAYLOAD (256 * 1024)

/* -- audiences --------------------------------------------------------------------------------- */

static gboolean
is_hash (const char *text)
{
  return strlen (text) == HASH_LENGTH && strspn (text, "0123456789abcdefABCDEF") == HASH_LENGTH;
}

/* R83: who is in an audience is known by hashes only; an address in the clear is refused, not
 * kept. */
static const struct
{
  const char *member, *kind;
} hashes[] = {
  { "email-sha256", "email" },
  { "phone-sha256", "phone" },
};

static void
check_audience (WfDemoPerformance *self)
{
  static const char *const known[] = { "platform", "audience", "email-sha256", "phone-sha256",
                                       NULL };
  WfJsonIter iter;
  const char *name;
  const WfJson *value;

  wf_json_iter_init (&iter, wf_json_document_get_root (self->action->members));
  while (wf_json_iter_next (&iter, &name, &value))
    {
      g_autofree char *pointer = g_strconcat ("/", name, NULL);

      if (!g_strv_contains (known, name))
        wf_demo_perform_refuse (self, pointer, "not-allowed",
                                _ ("Audiences take hashes only, nothing else about anybody."));
    }
}

void
wf_demo_perform_audience (WfDemoPerformance *self)
{
  const char *platform = wf_demo_perform_get_text (self, "platform", TRUE, 128);
  const char *audience = wf_demo_perform_get_text (self, "audience", TRUE, 300);
  guint n = 0, n_added = 0;

  check_audience (self);
  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++)
    {
      const char *text = wf_demo_perform_get_text (self, hashes[i].member, FALSE, MOST_URL);
      g_autofree char *pointer = g_strconcat ("/", hashes[i].member, NULL);
      g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

      if (text == NULL)
        continue;
      n++;
      if (!is_hash (text))
        wf_demo_perform_refuse (self, pointer, "wrong-value",
                                _ ("This must be a SHA-256 of 64 hexadecimal digits."));
      if (wf_demo_outcome_is_problem (self->outcome))
        return;
      wf_demo_database_run (
          self->crm->database,
          "INSERT OR IGNORE INTO audiences (platform, audience, kind, hash) VALUES (?, ?, ?, ?)",
          "ssss", platform, audience, hashes[i].kind, lower);
      n_added += wf_demo_database_get_changes (self->crm->database);
    }
  if (n == 0)
    wf_demo_perform_refuse (self, "/email-sha256", "missing",
                            _ ("Give the hash of an e-mail address or of a telephone number."));
  else if (n_added == 0)
    self->note = WF_DEMO_NOTE_SO;
}

/* -- webhooks ---------------------------------------------------------------------------------- */

/* Only stored here: the delivery is made off the request, and again after a failure. */
void
wf_demo_perform_webhook (WfDemoPerformance *self)
{
  const char *url = wf_demo_perform_get_text (self, "url", TRUE, MOST_URL);
  g_autofree char *payload =
      wf_json_to_text (wf_action_get_member (self->action, "payload"), FALSE);
  g_autoptr (GUri) uri = url != NULL ? wf_demo_webhook_parse_url (url) : NULL;

  if (url != NULL && uri == NULL)
    wf_demo_perform_refuse (self, "/url", "wrong-value",
                            _ ("This must be an address that begins with https:// or http://."));
  if (strlen (payload) > MOST_PAYLOAD)
    wf_demo_perform_refuse (self, "/payload", "too-large", _ ("This is larger than 256 kB."));
  self->state = WF_DEMO_ACTION_PENDING;
}

/* -- activities -------------------------------------------------------------------------------- */

static gboolean
is_among (const WfJson *list, const char *text)
{
  for (guint i = 0; i < wf_json_get_size (list); i++)
    if (g_strcmp0 (wf_json_get_string (wf_json_get_element (list, i)), text) == 0)
      return TRUE;
  return FALSE;
}

/* Ids of the lead's open activities that the action names. */
static GPtrArray *
find_activities (WfDemoPerformance *self)
{
  const WfJson *types = wf_action_get_member (self->action, "activity-types");
  const char *workflow = wf_action_get_text (self->action, "workflow");
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *row = wf_demo_database_query (
      self->crm->database, "SELECT id, body FROM activities WHERE lead = ? AND status = 'open'",
      "s", self->action->lead);

  while (wf_demo_database_step (self->crm->database, row))
    {
      g_autoptr (WfJsonDocument) body =
          wf_json_document_parse (wf_demo_column_text (row, 1), -1, 0, NULL);
      const WfJson *root = wf_json_document_get_root (body);

      if ((wf_json_get_size (types) == 0 ||
           is_among (types, wf_json_get_member_string (root, "type"))) &&
          (workflow == NULL ||
           g_strcmp0 (workflow, wf_json_get_member_string (root, "workflow")) == 0))
        g_ptr_array_add (ids, g_strdup (wf_demo_column_text (row, 0)));
    }
  return ids;
}

void
wf_demo_perform_closing (WfDemoPerformance *self)
{
  const WfJson *types = wf_action_get_member (self->action, "activity-types");
  const char *reason = wf_demo_perform_get_text (self, "reason", FALSE, 1000);
  g_autoptr (GPtrArray) ids = NULL;

  wf_demo_perform_get_text (self, "workflow", FALSE, 64);
  if (types != NULL && !wf_json_is (types, WF_JSON_ARRAY) && !wf_json_is (types, WF_JSON_NULL))
    wf_demo_perform_refuse (self, "/activity-types", "wrong-type", _ ("This must be a list."));
  if (wf_demo_outcome_is_problem (self->outcome))
    return;
  ids = find_activities (self);
  for (guint i = 0; i < ids->len; i++)
    wf_demo_crm_retire_activity (self->crm, self->caller, ids->pdata[i], reason);
  if (ids->len == 0)
    self->note = WF_DEMO_NOTE_SO;
}

/* -- workflows --------------------------------------------------------------------------------- */

static gboolean
is_live (WfDemoCrm *crm, const char *id)
{
  g_autofree char *text = wf_demo_database_dup_text (
      crm->database,
      "SELECT body FROM documents WHERE kind = '" WF_DEMO_KIND_WORKFLOW "' AND id = ?", "s", id);
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                     : NULL;

  return document != NULL &&
         g_strcmp0 (wf_json_get_member_string (wf_json_document_get_root (document), "state"),
                    wf_workflow_state_names[WF_WORKFLOW_LIVE]) == 0;
}

/* R104: the event names the workflow; whoever evaluates it starts the run. */
void
wf_demo_perform_start (WfDemoPerformance *self)
{
  const char *workflow = wf_demo_perform_get_text (self, "workflow", TRUE, WF_UUID_LENGTH);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  if (workflow != NULL && !is_live (self->crm, workflow))
    wf_demo_perform_refuse (self, "/workflow", "unknown-workflow",
                            _ ("There is no such workflow, or it is not live."));
  if (wf_demo_outcome_is_problem (self->outcome))
    return;
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", workflow);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) data = wf_json_writer_finish_document (writer);
  /* Named after the action, so that the run is the same whoever evaluates it (S15). */
  g_autofree char *id = g_strconcat ("start-", self->action->key, NULL);
  WfDemoEventDraft draft = { .type = "manual.started",
                             .id = id,
                             .lead = self->action->lead,
                             .people = self->caller->person != NULL ? self->caller->person->id
                                                                    : NULL,
                             .data = wf_json_document_get_root (data) };
  wf_demo_crm_add_event (self->crm, self->caller, &draft);
}
