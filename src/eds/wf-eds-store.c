/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of this computer's calendars. */
#define G_LOG_DOMAIN "wf-eds"

#include "wf-eds-store.h"

struct _WfEdsStore
{
  GObject parent_instance;

  WfEdsLink *link; /* (owned) */
  char *id;        /* (owned) */
};

static void store_init (WfCalendarStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfEdsStore, wf_eds_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_CALENDAR_STORE, store_init))

/* put and find: an empty etag is none. */
static void
on_etag (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (GVariant) answer = wf_eds_link_call_finish (WF_EDS_LINK (object), result, &error);
  const char *etag;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_variant_get (answer, "(&s)", &etag);
  g_task_return_pointer (task, *etag != '\0' ? g_strdup (etag) : NULL, g_free);
}

static void
put_async (WfCalendarStore *store, const char *uid, const char *text, const char *etag,
           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WfEdsStore *self = WF_EDS_STORE (store);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, put_async);
  wf_eds_link_call_async (self->link, "Put",
                          g_variant_new ("(ssss)", self->id, uid, text, etag != NULL ? etag : ""),
                          cancellable, on_etag, task);
}

static void
find_async (WfCalendarStore *store, const char *uid, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfEdsStore *self = WF_EDS_STORE (store);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, find_async);
  wf_eds_link_call_async (self->link, "Find", g_variant_new ("(ss)", self->id, uid), cancellable,
                          on_etag, task);
}

static void
remove_async (WfCalendarStore *store, const char *uid, const char *etag, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  WfEdsStore *self = WF_EDS_STORE (store);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, remove_async);
  wf_eds_link_call_async (self->link, "Remove",
                          g_variant_new ("(sss)", self->id, uid, etag != NULL ? etag : ""),
                          cancellable, wf_eds_link_return_done, task);
}

static void
store_init (WfCalendarStoreInterface *iface)
{
  iface->put_async = put_async;
  iface->remove_async = remove_async;
  iface->find_async = find_async;
}

static void
wf_eds_store_finalize (GObject *object)
{
  WfEdsStore *self = WF_EDS_STORE (object);

  g_clear_object (&self->link);
  g_free (self->id);
  G_OBJECT_CLASS (wf_eds_store_parent_class)->finalize (object);
}

static void
wf_eds_store_class_init (WfEdsStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_eds_store_finalize;
}

static void
wf_eds_store_init (WfEdsStore *self)
{
}

/**
 * wf_eds_store_new:
 * @link: the helper
 * @id: of the calendar
 *
 * Returns: (transfer full): the calendar; nothing is asked of it yet
 */
WfCalendarStore *
wf_eds_store_new (WfEdsLink *link, const char *id)
{
  WfEdsStore *self = g_object_new (WF_TYPE_EDS_STORE, NULL);

  self->link = g_object_ref (link);
  self->id = g_strdup (id);
  return WF_CALENDAR_STORE (self);
}
