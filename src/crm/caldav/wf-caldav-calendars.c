/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendars on CalDAV servers. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-caldav-calendars.h"

#include "wf-caldav-address.h"
#include "wf-caldav-find.h"
#include "wf-caldav-make.h"
#include "wf-caldav-store.h"
#include "wf-credentials.h"

#include <glib/gi18n-lib.h>

/* An entry or a list of calendars; more is no calendar of ours. */
#define MOST_BYTES ((gsize) 8 * 1024 * 1024)

struct _WfCaldavCalendars
{
  GObject parent_instance;

  WfClock *clock; /* (owned) */
};

static void calendars_init (WfCalendarsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfCaldavCalendars, wf_caldav_calendars, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_CALENDARS, calendars_init))

/* *origin, *path: owned by the caller. */
static WfHttp *
connect_to (WfCaldavCalendars *self, const char *address, const char *user, const char *password,
            char **origin, char **path, GError **error)
{
  g_autoptr (WfHttp) http = NULL;

  if (!wf_caldav_address_split (address, origin, path, error))
    return NULL;
  http = wf_http_new (self->clock, *origin, "/", NULL, error);
  if (http == NULL || (user != NULL && *user != '\0' &&
                       !wf_http_set_user (http, user, password != NULL ? password : "", error)))
    return NULL;
  wf_http_set_most_bytes (http, MOST_BYTES);
  return g_steal_pointer (&http);
}

/* ---- list -------------------------------------------------------------------------------------- */

static void
on_found (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  GPtrArray *targets = wf_caldav_find_finish (WF_HTTP (object), result, &error);

  if (targets == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, targets, (GDestroyNotify) g_ptr_array_unref);
}

static void
list_async (WfCalendars *calendars, const char *address, const char *user, const char *password,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (calendars, cancellable, callback, user_data);
  g_autofree char *origin = NULL, *path = NULL;
  GError *error = NULL;
  g_autoptr (WfHttp) http =
      connect_to (WF_CALDAV_CALENDARS (calendars), address, user, password, &origin, &path, &error);

  g_task_set_source_tag (task, list_async);
  if (http == NULL)
    g_task_return_error (task, error);
  else
    wf_caldav_find_async (http, origin, path, user, cancellable, on_found, g_steal_pointer (&task));
}

/* ---- make -------------------------------------------------------------------------------------- */

static void
on_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  WfCalendarTarget *made;

  if (!wf_caldav_make_finish (WF_HTTP (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  made = wf_calendar_target_copy (g_task_get_task_data (task));
  made->is_new = FALSE;
  g_task_return_pointer (task, made, (GDestroyNotify) wf_calendar_target_free);
}

static void
make_async (WfCalendars *calendars, const WfCalendarTarget *target, const char *password,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (calendars, cancellable, callback, user_data);
  g_autofree char *origin = NULL, *path = NULL;
  GError *error = NULL;
  g_autoptr (WfHttp) http = connect_to (WF_CALDAV_CALENDARS (calendars), target->address,
                                        target->user, password, &origin, &path, &error);

  g_task_set_source_tag (task, make_async);
  g_task_set_task_data (task, wf_calendar_target_copy (target),
                        (GDestroyNotify) wf_calendar_target_free);
  if (http == NULL)
    g_task_return_error (task, error);
  else
    wf_caldav_make_async (http, path, target->name, cancellable, on_made, g_steal_pointer (&task));
}

/* ---- passwords --------------------------------------------------------------------------------- */

/* Under which name the password is kept: accounts of the CRM have other ones. Owned by the caller. */
static char *
make_key (const WfCalendarTarget *target)
{
  return g_strdup_printf ("%s %s %s", target->kind, target->user != NULL ? target->user : "",
                          target->address);
}

static void
on_stored (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (wf_credentials_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_cleared (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (wf_credentials_clear_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
keep_password_async (WfCalendars *calendars, const WfCalendarTarget *target, const char *password,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (calendars, cancellable, callback, user_data);
  g_autofree char *key = make_key (target);

  g_task_set_source_tag (task, keep_password_async);
  if (password != NULL)
    wf_credentials_store_async (key, target->address, password, cancellable, on_stored, task);
  else
    wf_credentials_clear_async (key, cancellable, on_cleared, task);
}

/* ---- open -------------------------------------------------------------------------------------- */

/* Takes the task. */
static void
open_with (GTask *task, const char *password)
{
  const WfCalendarTarget *target = g_task_get_task_data (task);
  g_autofree char *origin = NULL, *path = NULL;
  GError *error = NULL;
  g_autoptr (WfHttp) http = connect_to (g_task_get_source_object (task), target->address,
                                        target->user, password, &origin, &path, &error);

  if (http == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, wf_caldav_store_new (http, path), g_object_unref);
  g_object_unref (task);
}

static void
on_password (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  GError *error = NULL;
  char *password = wf_credentials_lookup_finish (result, &error);

  if (password == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  open_with (task, password);
  wf_credentials_free_token (password);
}

static void
open_async (WfCalendars *calendars, const WfCalendarTarget *target, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (calendars, cancellable, callback, user_data);
  g_autofree char *key = make_key (target);

  g_task_set_source_tag (task, open_async);
  g_task_set_task_data (task, wf_calendar_target_copy (target),
                        (GDestroyNotify) wf_calendar_target_free);
  if (target->user != NULL && *target->user != '\0')
    wf_credentials_lookup_stored_async (key, cancellable, on_password, task);
  else
    open_with (task, NULL);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
calendars_init (WfCalendarsInterface *iface)
{
  iface->list_async = list_async;
  iface->keep_password_async = keep_password_async;
  iface->open_async = open_async;
  iface->make_async = make_async;
}

static void
wf_caldav_calendars_dispose (GObject *object)
{
  g_clear_object (&WF_CALDAV_CALENDARS (object)->clock);
  G_OBJECT_CLASS (wf_caldav_calendars_parent_class)->dispose (object);
}

static void
wf_caldav_calendars_class_init (WfCaldavCalendarsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_caldav_calendars_dispose;
}

static void
wf_caldav_calendars_init (WfCaldavCalendars *self)
{
}

/**
 * wf_caldav_calendars_new:
 * @clock: for time limits
 *
 * Returns: (transfer full): the calendars on CalDAV servers
 */
WfCalendars *
wf_caldav_calendars_new (WfClock *clock)
{
  WfCaldavCalendars *self = g_object_new (WF_TYPE_CALDAV_CALENDARS, NULL);

  self->clock = g_object_ref (clock);
  return WF_CALENDARS (self);
}
