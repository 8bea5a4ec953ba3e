/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unsaved work survives a crash.
 *
 * Policy. A change is in its file at most `delay` after it was made, however fast changes follow
 * one another. Files are written and removed by threads that work for one journal, one after
 * another; each piece of work has a number, and one that comes too late for a newer one does
 * nothing. So a file never goes back to an older state, nor returns after it was discarded. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-draft-recovery.h"

#include "wf-draft-file.h"

#include <glib/gi18n-lib.h>

#define DELAY_MILLISECONDS 1000

struct _WfDraftRecovery
{
  GObject parent_instance;

  WfDraftJournal *journal;
  WfWorkflowDocument *document;
  WfClock *clock;
  guint delay; /* milliseconds */
  guint timeout;
  WfInstant changed_at;
  gboolean failing; /* as told last */
};

typedef enum
{
  PROP_DELAY = 1,
} WfDraftRecoveryProperty;
static GParamSpec *properties[PROP_DELAY + 1];
static guint problem_signal;

G_DEFINE_FINAL_TYPE (WfDraftRecovery, wf_draft_recovery, G_TYPE_OBJECT)

/* ---- writing ---- */

/* The work as it is now; NULL when there is nothing that is not saved. */
static char *
make_content (WfDraftRecovery *self)
{
  if (!wf_workflow_document_is_modified (self->document))
    return NULL;
  return wf_draft_file_make (wf_workflow_document_get_text (self->document),
                             wf_workflow_document_get_saved_text (self->document),
                             self->changed_at);
}

/* error: nullable, it went well. */
static void
tell_result (WfDraftRecovery *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (error == NULL)
    {
      self->failing = FALSE;
      return;
    }
  if (self->failing)
    return;
  self->failing = TRUE;
  /* Translators: %s is the reason that the system gives. */
  text = g_strdup_printf (
      _ ("Unsaved changes cannot be kept on this computer in case the program ends unexpectedly: %s"),
      error->message);
  /* Without the path, which has a person's name in it. */
  g_message ("a draft cannot be kept: %s %d", g_quark_to_string (error->domain), error->code);
  g_signal_emit (self, problem_signal, 0, text);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfDraftRecovery) self = user_data;
  g_autoptr (GError) error = NULL;

  wf_draft_journal_put_finish (result, &error);
  tell_result (self, error);
}

/* The callback holds this object, not the task: that may end in its thread, where nothing of ours
 * must end. */
static void
put (WfDraftRecovery *self, char *content)
{
  wf_draft_journal_put_async (self->journal, content, on_written, g_object_ref (self));
}

static void
write_now (WfDraftRecovery *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  put (self, make_content (self));
}

static gboolean
on_timeout (gpointer user_data)
{
  WfDraftRecovery *self = user_data;

  self->timeout = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

/* The timer that runs already is not put off: what was typed without a pause is kept too. */
static void
on_document_changed (WfDraftRecovery *self)
{
  self->changed_at = wf_clock_now (self->clock);
  if (self->timeout == 0)
    self->timeout = g_timeout_add (self->delay, on_timeout, self);
}

/* Another version may have been saved than the one that is edited now. */
static void
on_document_saved (WfDraftRecovery *self)
{
  if (wf_workflow_document_is_modified (self->document))
    on_document_changed (self);
  else
    wf_draft_recovery_discard (self);
}

/* ---- object ---- */

static void
wf_draft_recovery_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WfDraftRecovery *self = WF_DRAFT_RECOVERY (object);

  switch ((WfDraftRecoveryProperty) id)
    {
    case PROP_DELAY:
      if (self->delay == g_value_get_uint (value))
        return;
      self->delay = g_value_get_uint (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_draft_recovery_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((WfDraftRecoveryProperty) id)
    {
    case PROP_DELAY:
      g_value_set_uint (value, WF_DRAFT_RECOVERY (object)->delay);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* What is pending is written by a thread that needs nothing of this object. */
static void
wf_draft_recovery_dispose (GObject *object)
{
  WfDraftRecovery *self = WF_DRAFT_RECOVERY (object);

  if (self->timeout != 0)
    {
      g_clear_handle_id (&self->timeout, g_source_remove);
      wf_draft_journal_put_async (self->journal, make_content (self), NULL, NULL);
    }
  g_clear_object (&self->document);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->journal, wf_draft_journal_unref);
  G_OBJECT_CLASS (wf_draft_recovery_parent_class)->dispose (object);
}

static void
wf_draft_recovery_class_init (WfDraftRecoveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = wf_draft_recovery_set_property;
  object_class->get_property = wf_draft_recovery_get_property;
  object_class->dispose = wf_draft_recovery_dispose;
  properties[PROP_DELAY] =
      g_param_spec_uint ("delay", NULL, NULL, 0, G_MAXUINT, DELAY_MILLISECONDS,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  problem_signal = g_signal_new ("problem", WF_TYPE_DRAFT_RECOVERY, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wf_draft_recovery_init (WfDraftRecovery *self)
{
  self->clock = wf_system_clock_new ();
  self->delay = DELAY_MILLISECONDS;
}

WfDraftRecovery *
wf_draft_recovery_new (const char *folder, WfWorkflowDocument *document)
{
  WfDraftRecovery *self = g_object_new (WF_TYPE_DRAFT_RECOVERY, NULL);

  self->document = g_object_ref (document);
  self->journal = wf_draft_journal_new (folder, wf_workflow_document_get_workflow (document)->id);
  g_signal_connect_object (document, "changed", G_CALLBACK (on_document_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "saved", G_CALLBACK (on_document_saved), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * wf_draft_recovery_flush:
 * @self: the recovery
 *
 * Writes what is pending, and waits for what is being written: for the end of the program. Blocks.
 */
void
wf_draft_recovery_flush (WfDraftRecovery *self)
{
  g_autoptr (GError) error = NULL;

  if (self->timeout == 0)
    {
      wf_draft_journal_wait (self->journal);
      return;
    }
  g_clear_handle_id (&self->timeout, g_source_remove);
  wf_draft_journal_put (self->journal, make_content (self), &error);
  tell_result (self, error);
}

void
wf_draft_recovery_discard (WfDraftRecovery *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  put (self, NULL);
}
