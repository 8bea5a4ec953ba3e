/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interfaces to other calendars that entries are published to. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-calendar-store.h"

#include <glib/gi18n-lib.h>

G_DEFINE_INTERFACE (WfCalendarStore, wf_calendar_store, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (WfCalendars, wf_calendars, G_TYPE_OBJECT)

static void
wf_calendar_store_default_init (WfCalendarStoreInterface *iface)
{
}

static void
wf_calendars_default_init (WfCalendarsInterface *iface)
{
}

/* ---- a calendar that entries may be put into
 * ---------------------------------------------------- */

WfCalendarTarget *
wf_calendar_target_new (const char *kind, const char *address, const char *user, const char *name,
                        gboolean takes_tasks)
{
  WfCalendarTarget *self = g_new0 (WfCalendarTarget, 1);

  self->kind = g_strdup (kind);
  self->address = g_strdup (address);
  self->user = g_strdup (user);
  self->name = g_strdup (name);
  self->takes_tasks = takes_tasks;
  return self;
}

WfCalendarTarget *
wf_calendar_target_copy (const WfCalendarTarget *self)
{
  WfCalendarTarget *copy =
      wf_calendar_target_new (self->kind, self->address, self->user, self->name, self->takes_tasks);

  copy->is_new = self->is_new;
  return copy;
}

void
wf_calendar_target_free (WfCalendarTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->address);
  g_free (self->user);
  g_free (self->name);
  g_free (self);
}

/* ---- one calendar
 * ------------------------------------------------------------------------------ */

/**
 * wf_calendar_store_put_async:
 * @self: a calendar
 * @uid: of the entry
 * @text: a VCALENDAR with this one entry
 * @etag: (nullable): the entry's state that is replaced; %NULL: there must be none yet
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 */
void
wf_calendar_store_put_async (WfCalendarStore *self, const char *uid, const char *text,
                             const char *etag, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CALENDAR_STORE (self));
  WF_CALENDAR_STORE_GET_IFACE (self)->put_async (self, uid, text, etag, cancellable, callback,
                                                 user_data);
}

char *
wf_calendar_store_put_finish (WfCalendarStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wf_calendar_store_remove_async:
 * @self: a calendar
 * @uid: of the entry
 * @etag: the entry's state that is removed; another one is %WF_CRM_ERROR_CONFLICT
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 */
void
wf_calendar_store_remove_async (WfCalendarStore *self, const char *uid, const char *etag,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (WF_IS_CALENDAR_STORE (self));
  WF_CALENDAR_STORE_GET_IFACE (self)->remove_async (self, uid, etag, cancellable, callback,
                                                    user_data);
}

gboolean
wf_calendar_store_remove_finish (WfCalendarStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wf_calendar_store_find_async:
 * @self: a calendar
 * @uid: of the entry
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Looks in which state an entry is, after an answer that was lost and after somebody else's change.
 */
void
wf_calendar_store_find_async (WfCalendarStore *self, const char *uid, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CALENDAR_STORE (self));
  WF_CALENDAR_STORE_GET_IFACE (self)->find_async (self, uid, cancellable, callback, user_data);
}

char *
wf_calendar_store_find_finish (WfCalendarStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- all of them
 * ------------------------------------------------------------------------------- */

/**
 * wf_calendars_list_async:
 * @self: the calendars
 * @address: of a calendar, of a person's calendars, or a server's name
 * @user: who signs in
 * @password: (nullable): never logged, not kept
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 */
void
wf_calendars_list_async (WfCalendars *self, const char *address, const char *user,
                         const char *password, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CALENDARS (self));
  WF_CALENDARS_GET_IFACE (self)->list_async (self, address, user, password, cancellable, callback,
                                             user_data);
}

GPtrArray *
wf_calendars_list_finish (WfCalendars *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wf_calendars_keep_password_async:
 * @self: the calendars
 * @target: the calendar that the password opens
 * @password: (nullable): %NULL: it is forgotten
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 */
void
wf_calendars_keep_password_async (WfCalendars *self, const WfCalendarTarget *target,
                                  const char *password, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CALENDARS (self));
  WF_CALENDARS_GET_IFACE (self)->keep_password_async (self, target, password, cancellable, callback,
                                                      user_data);
}

gboolean
wf_calendars_keep_password_finish (WfCalendars *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wf_calendars_open_async:
 * @self: the calendars
 * @target: the calendar
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Nothing is asked of the calendar yet.
 */
void
wf_calendars_open_async (WfCalendars *self, const WfCalendarTarget *target,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (WF_IS_CALENDARS (self));
  WF_CALENDARS_GET_IFACE (self)->open_async (self, target, cancellable, callback, user_data);
}

WfCalendarStore *
wf_calendars_open_finish (WfCalendars *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
refuse (WfCalendars *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, refuse, WF_CRM_ERROR,
                           WF_CRM_ERROR_NOT_SUPPORTED, _ ("There are no calendars of this kind."));
}

/**
 * wf_calendars_make_async:
 * @self: the calendars
 * @target: one that is_new
 * @password: (nullable): never logged, not kept
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Makes a calendar that is not there yet. wf_calendars_make_finish() returns the one that is.
 */
void
wf_calendars_make_async (WfCalendars *self, const WfCalendarTarget *target, const char *password,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (WF_IS_CALENDARS (self));
  if (WF_CALENDARS_GET_IFACE (self)->make_async == NULL)
    refuse (self, callback, user_data);
  else
    WF_CALENDARS_GET_IFACE (self)->make_async (self, target, password, cancellable, callback,
                                               user_data);
}

WfCalendarTarget *
wf_calendars_make_finish (WfCalendars *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wf_calendars_check_own_async:
 * @self: the calendars
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks whether this computer has calendars of its own; the error says in words what is missing.
 */
void
wf_calendars_check_own_async (WfCalendars *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CALENDARS (self));
  if (WF_CALENDARS_GET_IFACE (self)->check_own_async == NULL)
    refuse (self, callback, user_data);
  else
    WF_CALENDARS_GET_IFACE (self)->check_own_async (self, cancellable, callback, user_data);
}

gboolean
wf_calendars_check_own_finish (WfCalendars *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wf_calendars_list_own_async:
 * @self: the calendars
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Lists the calendars of this computer that may be written; the first one is Workflow's own.
 */
void
wf_calendars_list_own_async (WfCalendars *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CALENDARS (self));
  if (WF_CALENDARS_GET_IFACE (self)->list_own_async == NULL)
    refuse (self, callback, user_data);
  else
    WF_CALENDARS_GET_IFACE (self)->list_own_async (self, cancellable, callback, user_data);
}

GPtrArray *
wf_calendars_list_own_finish (WfCalendars *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
