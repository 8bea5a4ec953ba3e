/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendars of this computer. */
#define G_LOG_DOMAIN "wf-eds"

#include "wf-eds-calendars.h"

#include "wf-eds-protocol.h"
#include "wf-eds-store.h"

#include <glib/gi18n-lib.h>

/* The number at the end of the service's name is raised when its interface changes. */
#define SERVICE "org.gnome.evolution.dataserver.Calendar"

struct _WfEdsCalendars
{
  GObject parent_instance;

  WfEdsLink *link; /* (owned) */
};

static void calendars_init (WfCalendarsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfEdsCalendars, wf_eds_calendars, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_CALENDARS, calendars_init))

static GTask *
make_task (WfCalendars *calendars, gpointer tag, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (calendars, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

/* ---- whether there are any --------------------------------------------------------------------- */

static gboolean
has_service (GVariant *names)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char *name;

  g_variant_get (names, "(as)", &iter);
  while (g_variant_iter_next (iter, "&s", &name))
    if (g_str_has_prefix (name, SERVICE))
      return TRUE;
  return FALSE;
}

static void
on_names (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (GVariant) names =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  if (names != NULL && has_service (names))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error_literal (
        task, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED,
        _ ("This computer keeps no calendars. GNOME Calendar or Evolution brings what is missing: "
           "evolution-data-server."));
}

static void
on_bus (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus != NULL)
    {
      g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                              "org.freedesktop.DBus", "ListActivatableNames", NULL,
                              G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1,
                              g_task_get_cancellable (task), on_names, task);
      return;
    }
  g_info ("There is no session bus: %s", error->message);
  g_task_return_new_error_literal (
      task, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED,
      _ ("This computer’s calendars cannot be reached in this session."));
  g_object_unref (task);
}

static void
check_own_async (WfCalendars *calendars, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = make_task (calendars, check_own_async, cancellable, callback, user_data);
  GError *error = NULL;

  if (wf_eds_link_is_installed (&error))
    g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus, task);
  else
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

/* ---- list -------------------------------------------------------------------------------------- */

static GPtrArray *
read_targets (GVariant *answer)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_calendar_target_free);
  g_autoptr (GVariantIter) iter = NULL;
  const char *id, *name;
  gboolean takes_tasks, is_new;

  g_variant_get (answer, "(a(ssbb))", &iter);
  while (g_variant_iter_next (iter, "(&s&sbb)", &id, &name, &takes_tasks, &is_new))
    {
      WfCalendarTarget *target =
          wf_calendar_target_new (WF_CALENDAR_KIND_DESKTOP, id, NULL, name, takes_tasks);
      target->is_new = is_new;
      g_ptr_array_add (targets, target);
    }
  return targets;
}

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (GVariant) answer = wf_eds_link_call_finish (WF_EDS_LINK (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, read_targets (answer), (GDestroyNotify) g_ptr_array_unref);
}

static void
list_own_async (WfCalendars *calendars, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  wf_eds_link_call_async (WF_EDS_CALENDARS (calendars)->link, "List", NULL, cancellable, on_listed,
                          make_task (calendars, list_own_async, cancellable, callback, user_data));
}

/* There are no servers here. */
static void
list_async (WfCalendars *calendars, const char *address, const char *user, const char *password,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  list_own_async (calendars, cancellable, callback, user_data);
}

/* ---- making and giving up ---------------------------------------------------------------------- */

static void
on_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (GVariant) answer = wf_eds_link_call_finish (WF_EDS_LINK (object), result, &error);
  WfCalendarTarget *made;

  if (answer == NULL)
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
  GTask *task = make_task (calendars, make_async, cancellable, callback, user_data);

  g_task_set_task_data (task, wf_calendar_target_copy (target),
                        (GDestroyNotify) wf_calendar_target_free);
  wf_eds_link_call_async (WF_EDS_CALENDARS (calendars)->link, "Make",
                          g_variant_new ("(ss)", target->address, target->name), cancellable,
                          on_made, task);
}

/* There is no password to keep; given up, our own calendar goes when it is empty. */
static void
keep_password_async (WfCalendars *calendars, const WfCalendarTarget *target, const char *password,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = make_task (calendars, keep_password_async, cancellable, callback, user_data);

  if (password != NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else
    wf_eds_link_call_async (WF_EDS_CALENDARS (calendars)->link, "Release",
                            g_variant_new ("(s)", target->address), cancellable,
                            wf_eds_link_return_done, task);
}

static void
open_async (WfCalendars *calendars, const WfCalendarTarget *target, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = make_task (calendars, open_async, cancellable, callback, user_data);

  g_task_return_pointer (
      task, wf_eds_store_new (WF_EDS_CALENDARS (calendars)->link, target->address), g_object_unref);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
calendars_init (WfCalendarsInterface *iface)
{
  iface->list_async = list_async;
  iface->keep_password_async = keep_password_async;
  iface->open_async = open_async;
  iface->make_async = make_async;
  iface->check_own_async = check_own_async;
  iface->list_own_async = list_own_async;
}

static void
wf_eds_calendars_dispose (GObject *object)
{
  g_clear_object (&WF_EDS_CALENDARS (object)->link);
  G_OBJECT_CLASS (wf_eds_calendars_parent_class)->dispose (object);
}

static void
wf_eds_calendars_class_init (WfEdsCalendarsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_eds_calendars_dispose;
}

static void
wf_eds_calendars_init (WfEdsCalendars *self)
{
}

/**
 * wf_eds_calendars_new:
 * @link: the helper
 *
 * Returns: (transfer full): the calendars of this computer; nothing is started yet
 */
WfCalendars *
wf_eds_calendars_new (WfEdsLink *link)
{
  WfEdsCalendars *self = g_object_new (WF_TYPE_EDS_CALENDARS, NULL);

  self->link = g_object_ref (link);
  return WF_CALENDARS (self);
}
