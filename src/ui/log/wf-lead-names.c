/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for the ids of leads, looked up when somebody looks. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-names.h"

/* Policy: forgotten all at once when there are too many; the visible ones are looked up again. */
#define MOST_NAMES 5000

struct _WfLeadNames
{
  GObject parent_instance;

  WfRuntime *runtime;        /* (owned) */
  GHashTable *names;         /* (owned) id -> name, "" when there is none or it is looked up */
  GCancellable *cancellable; /* (owned) */
};

typedef struct
{
  WfLeadNames *names; /* (owned) */
  char *lead;         /* (owned) */
} LookUp;

enum
{
  FOUND,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfLeadNames, wf_lead_names, G_TYPE_OBJECT)

static void
look_up_free (LookUp *look_up)
{
  g_object_unref (look_up->names);
  g_free (look_up->lead);
  g_free (look_up);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LookUp, look_up_free)

static void
on_activities_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LookUp) look_up = user_data;
  WfLeadNames *self = look_up->names;
  guint total;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) activities =
      wf_runtime_list_activities_finish (WF_RUNTIME (object), result, &total, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The name of a lead cannot be read: %s", error->message);
  if (activities == NULL || activities->len == 0)
    return;
  const WfActivity *activity = activities->pdata[0];
  if (activity->lead_name == NULL)
    return;
  g_hash_table_replace (self->names, g_strdup (look_up->lead), g_strdup (activity->lead_name));
  g_signal_emit (self, signals[FOUND], g_quark_from_string (look_up->lead), look_up->lead);
}

static void
wf_lead_names_dispose (GObject *object)
{
  WfLeadNames *self = WF_LEAD_NAMES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->names, g_hash_table_unref);
  G_OBJECT_CLASS (wf_lead_names_parent_class)->dispose (object);
}

static void
wf_lead_names_class_init (WfLeadNamesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_lead_names_dispose;
  signals[FOUND] = g_signal_new ("found", WF_TYPE_LEAD_NAMES, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wf_lead_names_init (WfLeadNames *self)
{
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
}

WfLeadNames *
wf_lead_names_new (WfRuntime *runtime)
{
  WfLeadNames *self = g_object_new (WF_TYPE_LEAD_NAMES, NULL);

  self->runtime = g_object_ref (runtime);
  return self;
}

static void
look_up_name (WfLeadNames *self, const char *lead)
{
  LookUp *look_up = g_new0 (LookUp, 1);
  const WfActivityQuery query = {
    .scope = WF_ACTIVITIES_ALL,
    .lead = lead,
    .now = wf_clock_now (wf_runtime_get_clock (self->runtime)),
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
    .limit = 1,
  };

  if (g_hash_table_size (self->names) >= MOST_NAMES)
    g_hash_table_remove_all (self->names);
  g_hash_table_replace (self->names, g_strdup (lead), g_strdup (""));
  look_up->names = g_object_ref (self);
  look_up->lead = g_strdup (lead);
  wf_runtime_list_activities_async (self->runtime, &query, self->cancellable, on_activities_read,
                                    look_up);
}

const char *
wf_lead_names_get (WfLeadNames *self, const char *lead)
{
  g_return_val_if_fail (WF_IS_LEAD_NAMES (self), NULL);
  const char *name = g_hash_table_lookup (self->names, lead);

  if (name == NULL)
    look_up_name (self, lead);
  return name != NULL && *name != '\0' ? name : NULL;
}
