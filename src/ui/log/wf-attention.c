/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a manager's decision. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-attention.h"

#include <glib/gi18n-lib.h>

/* More than these are counted, not shown: each decision makes room for the next. */
#define MOST_BLOCKED 50

struct _WfAttention
{
  GObject parent_instance;

  WfRuntime *runtime;        /* (owned) */
  GCancellable *cancellable; /* (owned) of the reading under way */
  GCancellable *counting;    /* (owned) of reading the deadlines */
  GPtrArray *held;           /* (owned) of WfHeldStorm */
  GPtrArray *blocked;        /* (owned) of WfBlockedStep */
  guint n_blocked;
  GPtrArray *due_changes; /* (owned) of WfDueChange */
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfAttention, wf_attention, G_TYPE_OBJECT)

static void
take (GPtrArray **place, GPtrArray *list)
{
  g_ptr_array_unref (*place);
  *place = list;
}

static void
on_held_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfAttention) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *held = wf_runtime_list_held_finish (WF_RUNTIME (source), result, &error);

  if (held != NULL)
    {
      take (&self->held, held);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("What is held cannot be listed: %s", error->message);
}

static void
on_blocked_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfAttention) self = user_data;
  g_autoptr (GError) error = NULL;
  guint total = 0;
  GPtrArray *blocked = wf_runtime_list_blocked_finish (WF_RUNTIME (source), result, &total, &error);

  if (blocked != NULL)
    {
      take (&self->blocked, blocked);
      self->n_blocked = total;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Steps that stopped cannot be listed: %s", error->message);
}

static void
on_due_changes_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfAttention) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = wf_runtime_list_due_changes_finish (WF_RUNTIME (source), result, &error);

  if (changes != NULL)
    {
      take (&self->due_changes, changes);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Deadlines that would be others cannot be listed: %s", error->message);
}

/* Policy: every open deadline is reckoned again for it, so not with each entry of the log, but when
 * the working hours may have changed and when somebody looks. */
static void
reload_due_changes (WfAttention *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  if (!wf_runtime_may (self->runtime, WF_RIGHT_EDIT_ORGANISATION))
    return;
  self->counting = g_cancellable_new ();
  wf_runtime_list_due_changes_async (self->runtime, self->counting, on_due_changes_listed,
                                     g_object_ref (self));
}

static void
reload_decisions (WfAttention *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!wf_runtime_may (self->runtime, WF_RIGHT_EDIT_WORKFLOWS))
    return;
  self->cancellable = g_cancellable_new ();
  wf_runtime_list_held_async (self->runtime, self->cancellable, on_held_listed,
                              g_object_ref (self));
  wf_runtime_list_blocked_async (self->runtime, 0, MOST_BLOCKED, self->cancellable,
                                 on_blocked_listed, g_object_ref (self));
}

void
wf_attention_reload (WfAttention *self)
{
  reload_decisions (self);
  reload_due_changes (self);
}

static void
wf_attention_dispose (GObject *object)
{
  WfAttention *self = WF_ATTENTION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->runtime);
  G_OBJECT_CLASS (wf_attention_parent_class)->dispose (object);
}

static void
wf_attention_finalize (GObject *object)
{
  WfAttention *self = WF_ATTENTION (object);

  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->blocked);
  g_ptr_array_unref (self->due_changes);
  G_OBJECT_CLASS (wf_attention_parent_class)->finalize (object);
}

static void
wf_attention_class_init (WfAttentionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_attention_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_attention_finalize;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_ATTENTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
wf_attention_init (WfAttention *self)
{
  self->held = g_ptr_array_new ();
  self->blocked = g_ptr_array_new ();
  self->due_changes = g_ptr_array_new ();
}

WfAttention *
wf_attention_new (WfRuntime *runtime)
{
  WfAttention *self = g_object_new (WF_TYPE_ATTENTION, NULL);
  static const char *const causes[] = { "log-changed", "workflows-changed" };
  static const char *const causes_of_all[] = { "notify::person", "notify::organisation" };

  self->runtime = g_object_ref (runtime);
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    g_signal_connect_object (runtime, causes[i], G_CALLBACK (reload_decisions), self,
                             G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (causes_of_all); i++)
    g_signal_connect_object (runtime, causes_of_all[i], G_CALLBACK (wf_attention_reload), self,
                             G_CONNECT_SWAPPED);
  wf_attention_reload (self);
  return self;
}

WfRuntime *
wf_attention_get_runtime (WfAttention *self)
{
  return self->runtime;
}

GPtrArray *
wf_attention_get_held (WfAttention *self)
{
  return self->held;
}

GPtrArray *
wf_attention_get_blocked (WfAttention *self)
{
  return self->blocked;
}

guint
wf_attention_get_n_blocked (WfAttention *self)
{
  return self->n_blocked;
}

GPtrArray *
wf_attention_get_due_changes (WfAttention *self)
{
  return self->due_changes;
}

static guint
count_held (WfAttention *self)
{
  guint n = 0;

  for (guint i = 0; i < self->held->len; i++)
    n += ((const WfHeldStorm *) g_ptr_array_index (self->held, i))->n;
  return n;
}

/* part: taken over. */
static void
add_part (char **text, char *part)
{
  g_autofree char *before = g_steal_pointer (text);

  if (before == NULL)
    {
      *text = part;
      return;
    }
  /* Translators: "120 matches of workflows are held back, 3 steps have stopped" */
  *text = g_strdup_printf (_ ("%1$s, %2$s"), before, part);
  g_free (part);
}

char *
wf_attention_to_text (WfAttention *self)
{
  guint n_held = count_held (self), n_due = self->due_changes->len;
  char *text = NULL;

  if (n_held > 0)
    add_part (&text, g_strdup_printf (ngettext ("%u match of a workflow is held back",
                                                "%u matches of workflows are held back", n_held),
                                      n_held));
  if (self->n_blocked > 0)
    add_part (&text, g_strdup_printf (
                         ngettext ("%u step has stopped", "%u steps have stopped", self->n_blocked),
                         self->n_blocked));
  if (n_due > 0)
    add_part (&text,
              g_strdup_printf (ngettext ("%u activity would be due at another time",
                                         "%u activities would be due at another time", n_due),
                               n_due));
  return text;
}
