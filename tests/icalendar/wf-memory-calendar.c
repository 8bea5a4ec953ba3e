/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar in memory that does what a test tells it. */
#include "wf-memory-calendar.h"

#include <string.h>

typedef struct
{
  char *text;
  guint version;
} Entry;

struct _WfMemoryCalendar
{
  GObject parent_instance;

  GHashTable *entries; /* (owned) of Entry by UID */
  GPtrArray *journal;  /* (owned) */
  guint n_versions, n_failures;
  WfCrmError code;
  gboolean loses_answer, has_own;
  char *refused; /* (owned) (nullable) */
};

static void calendars_init (WfCalendarsInterface *iface);
static void store_init (WfCalendarStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfMemoryCalendar, wf_memory_calendar, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_CALENDARS, calendars_init)
                                   G_IMPLEMENT_INTERFACE (WF_TYPE_CALENDAR_STORE, store_init))

static void
entry_free (gpointer data)
{
  g_free (((Entry *) data)->text);
  g_free (data);
}

/* FALSE: the task was answered with the failure that the test wants. */
static gboolean
begin (WfMemoryCalendar *self, GTask *task, const char *what, const char *uid)
{
  g_ptr_array_add (self->journal,
                   uid != NULL ? g_strconcat (what, " ", uid, NULL) : g_strdup (what));
  if (self->n_failures == 0)
    return TRUE;
  self->n_failures--;
  g_task_return_new_error_literal (task, WF_CRM_ERROR, (int) self->code, "As the test wants it");
  return FALSE;
}

static gboolean
is_state (WfMemoryCalendar *self, GTask *task, const char *uid, const char *etag)
{
  const Entry *entry = g_hash_table_lookup (self->entries, uid);
  g_autofree char *present = entry != NULL ? g_strdup_printf ("\"%u\"", entry->version) : NULL;

  if (g_strcmp0 (present, etag) == 0)
    return TRUE;
  g_task_return_new_error_literal (
      task, WF_CRM_ERROR, etag == NULL ? WF_CRM_ERROR_ALREADY_EXISTS : WF_CRM_ERROR_CONFLICT,
      "Another state");
  return FALSE;
}

static gboolean
loses (WfMemoryCalendar *self, GTask *task)
{
  if (!self->loses_answer)
    return FALSE;
  self->loses_answer = FALSE;
  g_task_return_new_error_literal (task, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN, "No answer");
  return TRUE;
}

static void
put (WfMemoryCalendar *self, const char *uid, const char *text)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->text = g_strdup (text);
  entry->version = ++self->n_versions;
  g_hash_table_insert (self->entries, g_strdup (uid), entry);
}

static void
put_async (WfCalendarStore *store, const char *uid, const char *text, const char *etag,
           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WfMemoryCalendar *self = WF_MEMORY_CALENDAR (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (!begin (self, task, "put", uid))
    return;
  if (self->refused != NULL && strstr (text, self->refused) != NULL)
    {
      g_task_return_new_error_literal (task, WF_CRM_ERROR, WF_CRM_ERROR_INVALID, "Refused");
      return;
    }
  if (!is_state (self, task, uid, etag))
    return;
  put (self, uid, text);
  if (!loses (self, task))
    g_task_return_pointer (task, g_strdup_printf ("\"%u\"", self->n_versions), g_free);
}

static void
remove_async (WfCalendarStore *store, const char *uid, const char *etag, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  WfMemoryCalendar *self = WF_MEMORY_CALENDAR (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (!begin (self, task, "remove", uid))
    return;
  if (g_hash_table_contains (self->entries, uid) && !is_state (self, task, uid, etag))
    return;
  g_hash_table_remove (self->entries, uid);
  if (!loses (self, task))
    g_task_return_boolean (task, TRUE);
}

static void
find_async (WfCalendarStore *store, const char *uid, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfMemoryCalendar *self = WF_MEMORY_CALENDAR (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const Entry *entry = g_hash_table_lookup (self->entries, uid);

  if (begin (self, task, "find", uid))
    g_task_return_pointer (task, entry != NULL ? g_strdup_printf ("\"%u\"", entry->version) : NULL,
                           g_free);
}

static void
store_init (WfCalendarStoreInterface *iface)
{
  iface->put_async = put_async;
  iface->remove_async = remove_async;
  iface->find_async = find_async;
}

static void
list_async (WfCalendars *calendars, const char *address, const char *user, const char *password,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (calendars, cancellable, callback, user_data);
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_calendar_target_free);

  g_ptr_array_add (targets,
                   wf_calendar_target_new (WF_CALENDAR_KIND_CALDAV, address, user, "Memory", TRUE));
  g_task_return_pointer (task, targets, (GDestroyNotify) g_ptr_array_unref);
}

static void
keep_password_async (WfCalendars *calendars, const WfCalendarTarget *target, const char *password,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (calendars, cancellable, callback, user_data);

  g_ptr_array_add (WF_MEMORY_CALENDAR (calendars)->journal,
                   g_strdup (password != NULL ? "keep" : "forget"));
  g_task_return_boolean (task, TRUE);
}

static void
open_async (WfCalendars *calendars, const WfCalendarTarget *target, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfMemoryCalendar *self = WF_MEMORY_CALENDAR (calendars);
  g_autoptr (GTask) task = g_task_new (calendars, cancellable, callback, user_data);

  if (begin (self, task, "open", NULL))
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
check_own_async (WfCalendars *calendars, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (calendars, cancellable, callback, user_data);

  if (WF_MEMORY_CALENDAR (calendars)->has_own)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error_literal (task, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED,
                                     "No calendars here");
}

static void
list_own_async (WfCalendars *calendars, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  WfMemoryCalendar *self = WF_MEMORY_CALENDAR (calendars);
  g_autoptr (GTask) task = g_task_new (calendars, cancellable, callback, user_data);
  GPtrArray *targets;
  WfCalendarTarget *target;

  if (!begin (self, task, "list-own", NULL))
    return;
  targets = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_calendar_target_free);
  target = wf_calendar_target_new (WF_CALENDAR_KIND_DESKTOP, "own", NULL, "Workflow", TRUE);
  target->is_new = TRUE;
  g_ptr_array_add (targets, target);
  g_ptr_array_add (targets, wf_calendar_target_new (WF_CALENDAR_KIND_DESKTOP, "personal", NULL,
                                                    "Personal", FALSE));
  g_task_return_pointer (task, targets, (GDestroyNotify) g_ptr_array_unref);
}

static void
make_async (WfCalendars *calendars, const WfCalendarTarget *target, const char *password,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WfMemoryCalendar *self = WF_MEMORY_CALENDAR (calendars);
  g_autoptr (GTask) task = g_task_new (calendars, cancellable, callback, user_data);
  WfCalendarTarget *made;

  if (!begin (self, task, "make", target->address))
    return;
  made = wf_calendar_target_copy (target);
  made->is_new = FALSE;
  g_task_return_pointer (task, made, (GDestroyNotify) wf_calendar_target_free);
}

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
wf_memory_calendar_finalize (GObject *object)
{
  WfMemoryCalendar *self = WF_MEMORY_CALENDAR (object);

  g_hash_table_unref (self->entries);
  g_ptr_array_unref (self->journal);
  g_free (self->refused);
  G_OBJECT_CLASS (wf_memory_calendar_parent_class)->finalize (object);
}

static void
wf_memory_calendar_class_init (WfMemoryCalendarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_memory_calendar_finalize;
}

static void
wf_memory_calendar_init (WfMemoryCalendar *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->journal = g_ptr_array_new_with_free_func (g_free);
}

WfMemoryCalendar *
wf_memory_calendar_new (void)
{
  return g_object_new (WF_TYPE_MEMORY_CALENDAR, NULL);
}

guint
wf_memory_calendar_get_n (WfMemoryCalendar *self)
{
  return g_hash_table_size (self->entries);
}

const char *
wf_memory_calendar_get_text (WfMemoryCalendar *self, const char *uid)
{
  const Entry *entry = g_hash_table_lookup (self->entries, uid);

  return entry != NULL ? entry->text : NULL;
}

void
wf_memory_calendar_edit (WfMemoryCalendar *self, const char *uid)
{
  g_assert_true (g_hash_table_contains (self->entries, uid));
  put (self, uid, "edited");
}

void
wf_memory_calendar_delete (WfMemoryCalendar *self, const char *uid)
{
  g_assert_true (g_hash_table_remove (self->entries, uid));
}

void
wf_memory_calendar_fail (WfMemoryCalendar *self, guint times, WfCrmError code)
{
  self->n_failures = times;
  self->code = code;
}

void
wf_memory_calendar_lose_answer (WfMemoryCalendar *self)
{
  self->loses_answer = TRUE;
}

void
wf_memory_calendar_refuse (WfMemoryCalendar *self, const char *text)
{
  g_set_str (&self->refused, text);
}

GPtrArray *
wf_memory_calendar_get_journal (WfMemoryCalendar *self)
{
  return self->journal;
}

void
wf_memory_calendar_set_has_own (WfMemoryCalendar *self, gboolean has_own)
{
  self->has_own = has_own;
}
