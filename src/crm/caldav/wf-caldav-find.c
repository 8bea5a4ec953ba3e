/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the calendars of a person on a CalDAV server. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-caldav-find.h"

#include "wf-caldav-address.h"
#include "wf-caldav-error.h"
#include "wf-dav-answer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WELL_KNOWN "/.well-known/caldav"
/* Redirections, the person's own resource and their calendars: a server that leads further leads in a circle. */
#define MOST_STEPS 8
/* The last part of the address of a calendar that we make. */
#define NEW_PART "workflow/"

/* Policy. What was given is looked at first. When it is no calendar, it, or else the server's well-known
 * address, leads to the person, who leads to their calendars. A person without a calendar that may be written can
 * have one made. Nothing leads to another server: the password was given for this one. */

typedef struct
{
  char *origin, *path, *user; /* (owned) path: that is looked at */
  gboolean lists;             /* it is looked into, too */
  gboolean was_well_known;
  guint n_steps;
} Search;

static void ask (GTask *task);

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->origin);
  g_free (search->path);
  g_free (search->user);
  g_free (search);
}

/* Takes the task. */
static void
fail (GTask *task, WfCrmError code, const char *message)
{
  g_task_return_new_error_literal (task, WF_CRM_ERROR, (int) code, message);
  g_object_unref (task);
}

/* Takes the task. */
static void
go_to (GTask *task, const char *reference, gboolean lists)
{
  Search *search = g_task_get_task_data (task);
  char *path = wf_caldav_address_follow (search->origin, search->path, reference);

  if (path == NULL)
    {
      g_task_return_new_error (task, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL,
                               _ ("The calendars are on another server. Try this address: %s"),
                               reference);
      g_object_unref (task);
      return;
    }
  g_free (search->path);
  search->path = path;
  search->lists = lists;
  ask (task);
}

/* ---- what was found ---------------------------------------------------------------------------- */

static gboolean
is_usable (const WfDavResource *resource)
{
  return resource->is_calendar && (!resource->has_kinds || resource->takes_events) &&
         (!resource->has_rights || resource->may_write);
}

/* The last part of the path, for calendars without a name. Owned by the caller. */
static char *
make_name (const WfDavResource *resource, const char *path)
{
  g_autofree char *decoded = NULL;
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint n = g_strv_length (parts);

  if (resource->name != NULL && *resource->name != '\0')
    return g_strdup (resource->name);
  while (n > 0 && *parts[n - 1] == '\0')
    n--;
  decoded = n > 0 ? g_uri_unescape_string (parts[n - 1], NULL) : NULL;
  return g_utf8_make_valid (decoded != NULL ? decoded : path, -1);
}

static void
add_target (GPtrArray *targets, const Search *search, const WfDavResource *resource)
{
  g_autofree char *path = wf_caldav_address_follow (search->origin, search->path, resource->href);
  g_autofree char *address = path != NULL ? g_strconcat (search->origin, path, NULL) : NULL;
  g_autofree char *name = path != NULL ? make_name (resource, path) : NULL;

  if (path != NULL)
    g_ptr_array_add (targets,
                     wf_calendar_target_new (WF_CALENDAR_KIND_CALDAV, address, search->user, name,
                                             !resource->has_kinds || resource->takes_tasks));
}

/* In the person's home, which has no calendar that may be written. */
static void
add_new (GPtrArray *targets, const Search *search)
{
  g_autofree char *address =
      g_strconcat (search->origin, search->path,
                   g_str_has_suffix (search->path, "/") ? NEW_PART : "/" NEW_PART, NULL);
  WfCalendarTarget *target =
      wf_calendar_target_new (WF_CALENDAR_KIND_CALDAV, address, search->user, _ ("Workflow"), TRUE);

  target->is_new = TRUE;
  g_ptr_array_add (targets, target);
}

/* Takes the task. */
static void
answer (GTask *task, GPtrArray *resources)
{
  const Search *search = g_task_get_task_data (task);
  g_autoptr (GPtrArray) targets =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_calendar_target_free);
  gboolean any = FALSE;

  for (guint i = 0; i < resources->len; i++)
    {
      const WfDavResource *resource = resources->pdata[i];
      any |= resource->is_calendar;
      if (is_usable (resource))
        add_target (targets, search, resource);
    }
  if (targets->len == 0 && search->lists)
    add_new (targets, search);
  if (targets->len == 0)
    {
      fail (task, any ? WF_CRM_ERROR_FORBIDDEN : WF_CRM_ERROR_NOT_FOUND,
            any ? _ ("You may not put meetings into any of these calendars.")
                : _ ("There is no calendar at this address."));
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&targets), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

/* ---- the way there ----------------------------------------------------------------------------- */

static gboolean
is_redirection (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Takes the task. resources: of an answer that was no list of calendars. */
static void
go_on (GTask *task, GPtrArray *resources)
{
  Search *search = g_task_get_task_data (task);
  const WfDavResource *own = resources->len > 0 ? resources->pdata[0] : NULL;

  if (own != NULL && own->is_calendar)
    answer (task, resources);
  else if (own != NULL && own->home != NULL)
    go_to (task, own->home, TRUE);
  else if (own != NULL && own->principal != NULL)
    go_to (task, own->principal, FALSE);
  else if (!search->was_well_known)
    {
      search->was_well_known = TRUE;
      go_to (task, WELL_KNOWN, FALSE);
    }
  else
    fail (task, WF_CRM_ERROR_NOT_FOUND, _ ("There is no calendar at this address."));
}

/* Takes the task. What is not there may still be at the well-known address. */
static void
go_elsewhere (GTask *task, const WfHttpAnswer *told)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  GError *error;

  if (is_redirection (told->status) && told->location != NULL)
    go_to (task, told->location, search->lists);
  else if (told->status == 404 || told->status == 405 || told->status == 501 || told->status == 200)
    go_on (task, nothing);
  else
    {
      error = wf_caldav_error_from_answer (told, FALSE);
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_new_error_literal (task, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND,
                                         _ ("There is no calendar at this address."));
      g_object_unref (task);
    }
}

static void
on_answer (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  const Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WfHttpAnswer) told = wf_http_send_finish (WF_HTTP (object), result, &error);
  g_autoptr (GPtrArray) resources = NULL;

  if (told != NULL && told->status != 207)
    {
      go_elsewhere (task, told);
      return;
    }
  if (told != NULL)
    resources = wf_dav_answer_read (told->body, &error);
  if (resources == NULL)
    {
      g_task_return_error (task, wf_caldav_error_from_transport (error));
      g_object_unref (task);
    }
  else if (search->lists)
    answer (task, resources);
  else
    go_on (task, resources);
}

/* Takes the task. */
static void
ask (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  const WfHttpRequest request = {
    .method = "PROPFIND",
    .path = search->path + 1,
    .body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
            "<propfind xmlns=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><prop>"
            "<resourcetype/><displayname/><current-user-principal/><current-user-privilege-set/>"
            "<c:calendar-home-set/><c:supported-calendar-component-set/></prop></propfind>",
    .content_type = "application/xml; charset=utf-8",
    .accept = "application/xml, text/xml",
    .depth = search->lists ? "1" : "0",
    .is_read = TRUE,
    .answers_all = TRUE,
  };

  if (search->n_steps++ >= MOST_STEPS)
    fail (task, WF_CRM_ERROR_PROTOCOL, _ ("The server leads in a circle."));
  else
    wf_http_send_async (g_task_get_source_object (task), &request, g_task_get_cancellable (task),
                        on_answer, task);
}

/**
 * wf_caldav_find_async:
 * @http: of the server, signed in
 * @origin: the server
 * @path: where to begin, "/" when nothing is known
 * @user: of the targets
 * @cancellable: (nullable)
 * @callback: called when it is known
 * @user_data: for @callback
 */
void
wf_caldav_find_async (WfHttp *http, const char *origin, const char *path, const char *user,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (http, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->origin = g_strdup (origin);
  search->was_well_known = g_str_equal (path, "/") || g_str_equal (path, WELL_KNOWN);
  search->path = g_strdup (g_str_equal (path, "/") ? WELL_KNOWN : path);
  search->user = g_strdup (user);
  g_task_set_source_tag (task, wf_caldav_find_async);
  g_task_set_task_data (task, search, search_free);
  ask (task);
}

GPtrArray *
wf_caldav_find_finish (WfHttp *http, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, http), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
