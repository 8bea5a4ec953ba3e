/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars on servers and of this computer as one. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-calendar-kinds.h"

/* The answers come from the calendars that were asked: a task of ours carries each over. */

struct _WfCalendarKinds
{
  GObject parent_instance;

  WfCalendars *servers; /* (owned) */
  WfCalendars *desktop; /* (owned) */
};

static void calendars_init (WfCalendarsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfCalendarKinds, wf_calendar_kinds, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_CALENDARS, calendars_init))

static WfCalendars *
choose (WfCalendars *calendars, const WfCalendarTarget *target)
{
  WfCalendarKinds *self = WF_CALENDAR_KINDS (calendars);

  return g_str_equal (target->kind, WF_CALENDAR_KIND_DESKTOP) ? self->desktop : self->servers;
}

static void
answer_pointer (gpointer user_data, gpointer value, GDestroyNotify free_value, GError *error)
{
  g_autoptr (GTask) task = G_TASK (user_data);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, free_value);
}

static void
answer_boolean (gpointer user_data, gboolean value, GError *error)
{
  g_autoptr (GTask) task = G_TASK (user_data);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, value);
}

/* ---- servers
 * ----------------------------------------------------------------------------------- */

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  GPtrArray *targets = wf_calendars_list_finish (WF_CALENDARS (object), result, &error);

  answer_pointer (user_data, targets, (GDestroyNotify) g_ptr_array_unref, error);
}

static void
list_async (WfCalendars *calendars, const char *address, const char *user, const char *password,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (calendars, cancellable, callback, user_data);

  wf_calendars_list_async (WF_CALENDAR_KINDS (calendars)->servers, address, user, password,
                           cancellable, on_listed, task);
}

/* ---- this computer
 * ----------------------------------------------------------------------------- */

static void
on_checked (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean there = wf_calendars_check_own_finish (WF_CALENDARS (object), result, &error);

  answer_boolean (user_data, there, error);
}

static void
check_own_async (WfCalendars *calendars, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (calendars, cancellable, callback, user_data);

  wf_calendars_check_own_async (WF_CALENDAR_KINDS (calendars)->desktop, cancellable, on_checked,
                                task);
}

static void
on_own_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  GPtrArray *targets = wf_calendars_list_own_finish (WF_CALENDARS (object), result, &error);

  answer_pointer (user_data, targets, (GDestroyNotify) g_ptr_array_unref, error);
}

static void
list_own_async (WfCalendars *calendars, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  GTask *task = g_task_new (calendars, cancellable, callback, user_data);

  wf_calendars_list_own_async (WF_CALENDAR_KINDS (calendars)->desktop, cancellable, on_own_listed,
                               task);
}

/* ---- by kind
 * ----------------------------------------------------------------------------------- */

static void
on_kept (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean kept = wf_calendars_keep_password_finish (WF_CALENDARS (object), result, &error);

  answer_boolean (user_data, kept, error);
}

static void
keep_password_async (WfCalendars *calendars, const WfCalendarTarget *target, const char *password,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (calendars, cancellable, callback, user_data);

  wf_calendars_keep_password_async (choose (calendars, target), target, password, cancellable,
                                    on_kept, task);
}

static void
on_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  WfCalendarTarget *target = wf_calendars_make_finish (WF_CALENDARS (object), result, &error);

  answer_pointer (user_data, target, (GDestroyNotify) wf_calendar_target_free, error);
}

static void
make_async (WfCalendars *calendars, const WfCalendarTarget *target, const char *password,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (calendars, cancellable, callback, user_data);

  wf_calendars_make_async (choose (calendars, target), target, password, cancellable, on_made,
                           task);
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  WfCalendarStore *store = wf_calendars_open_finish (WF_CALENDARS (object), result, &error);

  answer_pointer (user_data, store, g_object_unref, error);
}

static void
open_async (WfCalendars *calendars, const WfCalendarTarget *target, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (calendars, cancellable, callback, user_data);

  wf_calendars_open_async (choose (calendars, target), target, cancellable, on_opened, task);
}

/* ---- object
 * ------------------------------------------------------------------------------------ */

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
wf_calendar_kinds_dispose (GObject *object)
{
  WfCalendarKinds *self = WF_CALENDAR_KINDS (object);

  g_clear_object (&self->servers);
  g_clear_object (&self->desktop);
  G_OBJECT_CLASS (wf_calendar_kinds_parent_class)->dispose (object);
}

static void
wf_calendar_kinds_class_init (WfCalendarKindsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_calendar_kinds_dispose;
}

static void
wf_calendar_kinds_init (WfCalendarKinds *self)
{
}

/**
 * wf_calendar_kinds_new:
 * @servers: the calendars on servers
 * @desktop: the calendars of this computer
 *
 * Returns: (transfer full): both as one
 */
WfCalendars *
wf_calendar_kinds_new (WfCalendars *servers, WfCalendars *desktop)
{
  WfCalendarKinds *self = g_object_new (WF_TYPE_CALENDAR_KINDS, NULL);

  self->servers = g_object_ref (servers);
  self->desktop = g_object_ref (desktop);
  return WF_CALENDARS (self);
}
