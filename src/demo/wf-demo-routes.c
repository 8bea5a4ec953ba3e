/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The routes of the open API and what each does. The description for people and tests is
 * data/openapi.yaml. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-routes.h"

#include "wf-event-catalogue.h"
#include "wf-instant.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_WAIT 60
#define MOST_ID 128

static const char *
get_query (const WfDemoRequest *self, const char *name)
{
  return g_hash_table_lookup (self->query, name);
}

/* -- session ----------------------------------------------------------------------------------- */

static void
write_server (WfDemoRequest *self, WfJsonWriter *writer)
{
  static const char *const features[] = {
    "long-poll", "stream",  "batch",         "notifications", "e-mail",   "comments",
    "bridge",    "actions", "text-messages", "audiences",     "webhooks", "hooks",
  };
  g_autofree char *now = wf_instant_format_utc (wf_demo_crm_now (self->crm));
  guint n_types;
  const WfEventTypeInfo *types = wf_event_catalogue_get_types (&n_types);

  wf_json_writer_begin_object (writer, "server");
  wf_json_writer_add_string (writer, "name",
                             wf_organisation_get_name (wf_demo_crm_get_organisation (self->crm)));
  wf_json_writer_add_string (writer, "version", WF_VERSION);
  wf_json_writer_add_string (writer, "time", now);
  wf_json_writer_begin_array (writer, "features");
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    wf_json_writer_add_string (writer, NULL, features[i]);
  wf_json_writer_end (writer);
  wf_json_writer_begin_array (writer, "event-types");
  for (guint i = 0; i < n_types; i++)
    wf_json_writer_add_string (writer, NULL, types[i].id);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
}

static void
get_me (WfDemoRequest *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfPerson *person = self->caller.person;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "person", person != NULL ? person->id : NULL);
  wf_json_writer_add_string (writer, "name", person != NULL ? person->name : self->caller_name);
  wf_json_writer_begin_array (writer, "roles");
  wf_json_writer_add_string (writer, NULL,
                             person != NULL ? wf_role_get_name (person->role) : self->caller_name);
  wf_json_writer_end (writer);
  write_server (self, writer);
  wf_json_writer_end (writer);
  wf_demo_outcome_succeed (&self->outcome, 200, wf_json_writer_finish (writer, FALSE), 0);
}

/* -- organisation, workflows, audit ------------------------------------------------------------ */

static void
get_organisation (WfDemoRequest *self)
{
  wf_demo_crm_get_organisation_document (self->crm, &self->outcome);
}

static void
put_organisation (WfDemoRequest *self)
{
  wf_demo_crm_put_organisation (self->crm, &self->caller, self->root,
                                wf_demo_request_get_header (self, "If-Match"), &self->outcome);
}

static void
list_workflows (WfDemoRequest *self)
{
  wf_demo_crm_list_workflows (self->crm, &self->outcome);
}

static void
get_workflow (WfDemoRequest *self)
{
  wf_demo_crm_get_workflow (self->crm, self->path[1], &self->outcome);
}

/* A PUT says whether it creates or replaces; without either it might undo somebody's work. */
static gboolean
has_precondition (WfDemoRequest *self)
{
  if (wf_demo_request_is_creation (self) || wf_demo_request_get_header (self, "If-Match") != NULL)
    return TRUE;
  wf_demo_outcome_fail (&self->outcome, 428, "precondition-required",
                        _ ("Send If-None-Match: * to create, or If-Match to replace."));
  return FALSE;
}

static void
put_workflow (WfDemoRequest *self)
{
  if (has_precondition (self))
    wf_demo_crm_put_workflow (self->crm, &self->caller, self->path[1], self->root,
                              wf_demo_request_get_header (self, "If-Match"),
                              wf_demo_request_is_creation (self), &self->outcome);
}

static void
list_audit (WfDemoRequest *self)
{
  wf_demo_crm_list_audit (self->crm, &self->caller, self->query, &self->outcome, &self->next_page);
}

/* -- leads ------------------------------------------------------------------------------------- */

static void
list_leads (WfDemoRequest *self)
{
  wf_demo_crm_list_leads (self->crm, &self->caller, self->query, &self->outcome, &self->next_page);
}

static void
get_lead (WfDemoRequest *self)
{
  wf_demo_crm_get_lead (self->crm, &self->caller, self->path[1], &self->outcome);
}

static void
put_lead (WfDemoRequest *self)
{
  if (has_precondition (self))
    wf_demo_crm_put_lead (self->crm, &self->caller, self->path[1], self->root,
                          wf_demo_request_get_header (self, "If-Match"),
                          wf_demo_request_is_creation (self), &self->outcome);
}

static void
patch_lead (WfDemoRequest *self)
{
  wf_demo_crm_patch_lead (self->crm, &self->caller, self->path[1], self->root,
                          wf_demo_request_get_header (self, "If-Match"), &self->outcome);
}

static void
delete_lead (WfDemoRequest *self)
{
  wf_demo_crm_delete_lead (self->crm, &self->caller, self->path[1],
                           wf_demo_request_get_header (self, "If-Match"), &self->outcome);
}

/* -- activities -------------------------------------------------------------------------------- */

static void
list_activities (WfDemoRequest *self)
{
  wf_demo_crm_list_activities (self->crm, &self->caller, self->query, &self->outcome,
                               &self->next_page);
}

static void
get_activity (WfDemoRequest *self)
{
  wf_demo_crm_get_activity (self->crm, &self->caller, self->path[1], &self->outcome);
}

static void
put_activity (WfDemoRequest *self)
{
  if (!has_precondition (self))
    return;
  if (wf_demo_request_is_creation (self))
    wf_demo_crm_create_activity (self->crm, &self->caller, self->path[1], self->root, "",
                                 &self->outcome);
  else
    wf_demo_crm_replace_activity (self->crm, &self->caller, self->path[1], self->root,
                                  wf_demo_request_get_header (self, "If-Match"), &self->outcome);
}

static void
patch_activity (WfDemoRequest *self)
{
  wf_demo_crm_patch_activity (self->crm, &self->caller, self->path[1], self->root,
                              wf_demo_request_get_header (self, "If-Match"), &self->outcome);
}

static void
delete_activity (WfDemoRequest *self)
{
  wf_demo_crm_delete_activity (self->crm, &self->caller, self->path[1],
                               wf_demo_request_get_header (self, "If-Match"), &self->outcome);
}

static void
write_item (WfJsonWriter *writer, const char *id, const WfDemoOutcome *outcome)
{
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_int (writer, "status", outcome->status);
  wf_json_writer_add_string (writer, "etag", outcome->etag);
  if (wf_demo_outcome_is_problem (outcome))
    {
      g_autofree char *text = wf_demo_outcome_to_text (outcome);
      g_autoptr (WfJsonDocument) problem = wf_json_document_parse (text, -1, 0, NULL);

      wf_json_writer_add_value (writer, "problem", wf_json_document_get_root (problem));
    }
  wf_json_writer_end (writer);
}

static void
create_item (WfDemoRequest *self, guint index, const WfJson *item, WfJsonWriter *writer)
{
  const char *id = wf_json_get_member_string (item, "id");
  g_autofree char *path = g_strdup_printf ("/%u", index);
  g_auto (WfDemoOutcome) outcome = { 0 };

  if (id == NULL || *id == '\0' || strlen (id) > MOST_ID)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autofree char *pointer = g_strconcat (path, "/id", NULL);

      wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "missing", "%s",
                       _ ("This is required."));
      wf_demo_outcome_refuse (&outcome, g_steal_pointer (&problems));
    }
  else
    wf_demo_crm_create_activity (self->crm, &self->caller, id, item, path, &outcome);
  write_item (writer, id, &outcome);
}

/* Many conditional creations in one transaction; each has its own result, in the order of the
 * request. */
static void
post_activities (WfDemoRequest *self)
{
  g_autoptr (WfJsonWriter) writer = NULL;
  WfJsonIter iter;
  const WfJson *item;
  guint index = 0;

  if (!wf_json_is (self->root, WF_JSON_ARRAY) || wf_json_get_size (self->root) > WF_DEMO_MOST_BATCH)
    {
      wf_demo_outcome_fail (&self->outcome, 422, "validation",
                            _ ("Send an array of at most 2,000 activities."));
      return;
    }
  writer = wf_json_writer_new ();
  wf_json_writer_begin_array (writer, NULL);
  wf_json_iter_init (&iter, self->root);
  while (wf_json_iter_next (&iter, NULL, &item))
    create_item (self, index++, item, writer);
  wf_json_writer_end (writer);
  wf_demo_outcome_succeed (&self->outcome, 200, wf_json_writer_finish (writer, FALSE), 0);
}

/* -- events ------------------------------------------------------------------------------------ */

static gboolean
read_wait (WfDemoRequest *self, const char *cursor, WfDemoWait *wait, guint *seconds)
{
  const char *limit = get_query (self, "limit"), *wait_text = get_query (self, "wait");
  guint64 limit_number = 100, wait_number = 0;

  if ((limit != NULL &&
       !g_ascii_string_to_unsigned (limit, 10, 1, WF_DEMO_MOST_EVENTS, &limit_number, NULL)) ||
      (wait_text != NULL &&
       !g_ascii_string_to_unsigned (wait_text, 10, 0, MOST_WAIT, &wait_number, NULL)))
    {
      wf_demo_outcome_fail (&self->outcome, 400, "bad-request",
                            _ ("The limit or the wait cannot be read."));
      return FALSE;
    }
  *wait = (WfDemoWait) {
    .message = self->message,
    .kind = self->caller.kind,
    .person = self->caller.person != NULL ? self->caller.person->id : NULL,
    .limit = (guint) limit_number,
  };
  *seconds = (guint) wait_number;
  return wf_demo_crm_read_cursor (self->crm, cursor, &wait->after, &self->outcome);
}

static void
get_events (WfDemoRequest *self)
{
  g_auto (GStrv) types =
      get_query (self, "types") != NULL ? g_strsplit (get_query (self, "types"), ",", -1) : NULL;
  WfDemoWait wait;
  guint seconds;
  gint64 next;

  if (!read_wait (self, get_query (self, "after"), &wait, &seconds))
    return;
  wait.types = types;
  self->held = TRUE;
  if (wf_demo_waiters_answer (self->crm, &self->caller, &wait, seconds == 0, &next) > 0)
    return;
  wait.after = next;
  wf_demo_waiters_hold (self->waiters, &wait, seconds);
}

static void
stream_events (WfDemoRequest *self)
{
  g_auto (GStrv) types =
      get_query (self, "types") != NULL ? g_strsplit (get_query (self, "types"), ",", -1) : NULL;
  const char *last = wf_demo_request_get_header (self, "Last-Event-ID");
  WfDemoWait wait;
  guint seconds;

  if (!read_wait (self, last != NULL ? last : get_query (self, "after"), &wait, &seconds))
    return;
  wait.types = types;
  self->held = TRUE;
  wf_demo_waiters_stream (self->waiters, &wait);
}

static gboolean
may_post_events (const WfDemoCaller *caller)
{
  if (caller->kind != WF_DEMO_CALLER_PERSON)
    return caller->kind == WF_DEMO_CALLER_BRIDGE;
  return caller->person->role == WF_ROLE_MANAGER || caller->person->role == WF_ROLE_ADMINISTRATOR;
}

/* Well-formed events are kept even when others of the batch are not: a repeat finds them known. */
static void
post_events (WfDemoRequest *self)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfJsonWriter) writer = NULL;
  gboolean is_array = wf_json_is (self->root, WF_JSON_ARRAY);
  guint n = is_array ? wf_json_get_size (self->root) : 1, n_added = 0, n_known = 0;
  WfJsonIter iter;
  const WfJson *item = self->root;

  if (!may_post_events (&self->caller))
    {
      wf_demo_outcome_fail (&self->outcome, 403, "forbidden",
                            _ ("Your role does not send events."));
      return;
    }
  wf_json_iter_init (&iter, is_array ? self->root : NULL);
  for (guint i = 0; i < n && (!is_array || wf_json_iter_next (&iter, NULL, &item)); i++)
    {
      g_autofree char *path = is_array ? g_strdup_printf ("/%u", i) : g_strdup ("");
      gboolean known;

      if (wf_demo_crm_post_event (self->crm, &self->caller, self->body, item, path, &known,
                                  problems))
        (*(known ? &n_known : &n_added))++;
    }
  self->keep = TRUE;
  if (wf_problems_has_errors (problems))
    {
      wf_demo_outcome_refuse (&self->outcome, g_steal_pointer (&problems));
      return;
    }
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "added", n_added);
  wf_json_writer_add_int (writer, "known", n_known);
  wf_json_writer_end (writer);
  wf_demo_outcome_succeed (&self->outcome, 200, wf_json_writer_finish (writer, FALSE), 0);
}

/* -- the table --------------------------------------------------------------------------------- */

#define HOOK "hooks/{id}"

static const struct
{
  const char *method;
  const char *path; /* {id}: any text; {uuid}: a UUID */
  void (*func) (WfDemoRequest *self);
} routes[] = {
  { "GET", "me", get_me },
  { "GET", "organisation", get_organisation },
  { "PUT", "organisation", put_organisation },
  { "GET", "workflows", list_workflows },
  { "GET", "workflows/{uuid}", get_workflow },
  { "PUT", "workflows/{uuid}", put_workflow },
  { "GET", "events", get_events },
  { "POST", "events", post_events },
  { "GET", "events/stream", stream_events },
  { "GET", "activities", list_activities },
  { "POST", "activities", post_activities },
  { "GET", "activities/{id}", get_activity },
  { "PUT", "activities/{id}", put_activity },
  { "PATCH", "activities/{id}", patch_activity },
  { "DELETE", "activities/{id}", delete_activity },
  { "GET", "actions", wf_demo_route_list_actions },
  { "GET", "actions/{uuid}", wf_demo_route_get_action },
  { "PUT", "actions/{uuid}", wf_demo_route_put_action },
  { "GET", "messages", wf_demo_route_list_messages },
  { "GET", "messages/{uuid}", wf_demo_route_get_message },
  { "PUT", "messages/{uuid}", wf_demo_route_put_message },
  { "GET", "leads", list_leads },
  { "GET", "leads/{id}", get_lead },
  { "PUT", "leads/{id}", put_lead },
  { "PATCH", "leads/{id}", patch_lead },
  { "DELETE", "leads/{id}", delete_lead },
  { "GET", "leads/{id}/comments", wf_demo_route_list_comments },
  { "PUT", "leads/{id}/comments/{uuid}", wf_demo_route_put_comment },
  { "GET", "webhook-secret", wf_demo_route_get_webhook_secret },
  { "GET", "hooks", wf_demo_route_list_hooks },
  { "POST", HOOK, wf_demo_route_post_hook },
  { "GET", "audit", list_audit },
};

char *
wf_demo_routes_dup (guint index)
{
  return index < G_N_ELEMENTS (routes)
             ? g_strdup_printf ("%s %s", routes[index].method, routes[index].path)
             : NULL;
}

static gboolean
matches_part (const char *pattern, const char *part)
{
  if (g_str_equal (pattern, "{id}"))
    return *part != '\0' && strlen (part) <= MOST_ID;
  if (g_str_equal (pattern, "{uuid}"))
    return wf_uuid_is_valid (part);
  return g_str_equal (pattern, part);
}

static gboolean
matches (const char *pattern, char **path)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "/", -1);

  if (g_strv_length (parts) != g_strv_length (path))
    return FALSE;
  for (guint i = 0; parts[i] != NULL; i++)
    if (!matches_part (parts[i], path[i]))
      return FALSE;
  return TRUE;
}

gboolean
wf_demo_routes_is_hook (const WfDemoRequest *self)
{
  return soup_server_message_get_method (self->message) == SOUP_METHOD_POST &&
         matches (HOOK, self->path);
}

static void
carry_out (WfDemoRequest *self, void (*func) (WfDemoRequest *))
{
  const char *method = soup_server_message_get_method (self->message);
  gboolean reads = method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD;

  if (reads)
    {
      func (self);
      return;
    }
  if (method != SOUP_METHOD_DELETE && !wf_demo_request_read_body (self))
    return;
  wf_demo_crm_begin (self->crm);
  func (self);
  if (wf_demo_outcome_is_problem (&self->outcome) && !self->keep)
    wf_demo_crm_rollback (self->crm);
  else
    wf_demo_crm_commit (self->crm, &self->outcome);
}

void
wf_demo_routes_dispatch (WfDemoRequest *self)
{
  const char *method = soup_server_message_get_method (self->message);
  gboolean known = FALSE;

  if (method == SOUP_METHOD_HEAD)
    method = "GET";
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!matches (routes[i].path, self->path))
        continue;
      known = TRUE;
      if (g_str_equal (routes[i].method, method))
        {
          carry_out (self, routes[i].func);
          return;
        }
    }
  if (known)
    wf_demo_outcome_fail (&self->outcome, 405, "method-not-allowed",
                          _ ("This address does not know this method."));
  else
    wf_demo_outcome_fail (&self->outcome, 404, "no-such-address",
                          _ ("There is nothing at this address."));
}
