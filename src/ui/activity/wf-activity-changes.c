/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The changes that the CRM has not confirmed (B18). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-changes.h"

#include "wf-pending-row.h"

/* More than anybody decides in one go: each decision makes room for the next. */
#define MOST_CHANGES 200

struct _WfActivityChanges
{
  AdwBin parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfMinuteClock *minutes;    /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  char *subject;             /* (owned) (nullable) */
  gboolean shown;            /* something was asked for */
  guint n_changes;
  GtkListBox *list;
};

enum
{
  PROP_N_CHANGES = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfActivityChanges, wf_activity_changes, ADW_TYPE_BIN)

/* Of all changes only those are shown that wait for a decision. */
static gboolean
is_shown (WfActivityChanges *self, const WfPendingChange *change)
{
  return self->subject != NULL || change->state == WF_OUTBOX_FAILED;
}

static void
fill (WfActivityChanges *self, GPtrArray *changes)
{
  self->n_changes = 0;
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < changes->len; i++)
    {
      const WfPendingChange *change = changes->pdata[i];
      if (!is_shown (self, change))
        continue;
      self->n_changes++;
      gtk_list_box_append (self->list,
                           wf_pending_row_new (self->runtime, change,
                                               wf_minute_clock_get_now (self->minutes),
                                               wf_minute_clock_get_zone (self->minutes)));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_changes > 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_CHANGES]);
}

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfActivityChanges) self = WF_ACTIVITY_CHANGES (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes =
      wf_runtime_list_pending_finish (WF_RUNTIME (object), result, &error);

  if (changes != NULL && self->runtime != NULL)
    fill (self, changes);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Changes that wait cannot be listed: %s", error->message);
}

static void
reload (WfActivityChanges *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!self->shown || self->runtime == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  wf_runtime_list_pending_async (self->runtime, self->subject, MOST_CHANGES, self->cancellable,
                                 on_listed, g_object_ref (self));
}

void
wf_activity_changes_show (WfActivityChanges *self, const char *subject)
{
  g_return_if_fail (WF_IS_ACTIVITY_CHANGES (self) && self->runtime != NULL);
  gboolean same = g_strcmp0 (subject, self->subject) == 0;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_set_str (&self->subject, subject);
  self->shown = TRUE;
  if (!same)
    fill (self, none);
  reload (self);
}

static void
wf_activity_changes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, WF_ACTIVITY_CHANGES (object)->n_changes);
}

static void
wf_activity_changes_dispose (GObject *object)
{
  WfActivityChanges *self = WF_ACTIVITY_CHANGES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->runtime);
  g_clear_object (&self->minutes);
  G_OBJECT_CLASS (wf_activity_changes_parent_class)->dispose (object);
}

static void
wf_activity_changes_finalize (GObject *object)
{
  g_free (WF_ACTIVITY_CHANGES (object)->subject);
  G_OBJECT_CLASS (wf_activity_changes_parent_class)->finalize (object);
}

static void
wf_activity_changes_class_init (WfActivityChangesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wf_activity_changes_get_property;
  object_class->dispose = wf_activity_changes_dispose;
  object_class->finalize = wf_activity_changes_finalize;
  props[PROP_N_CHANGES] =
      g_param_spec_uint ("n-changes", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-activity-changes.ui");
  gtk_widget_class_bind_template_child (widget_class, WfActivityChanges, list);
}

static void
wf_activity_changes_init (WfActivityChanges *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_activity_changes_set_up (WfActivityChanges *self, WfRuntime *runtime, WfMinuteClock *minutes)
{
  g_return_if_fail (WF_IS_ACTIVITY_CHANGES (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  g_signal_connect_object (runtime, "activities-changed", G_CALLBACK (reload), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (runtime, "notify::pending-changes", G_CALLBACK (reload), self,
                           G_CONNECT_SWAPPED);
}
