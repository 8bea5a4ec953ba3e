/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file that keeps unsaved work. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-draft-file.h"

#include "wf-instant.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FORMAT_MEMBER "workflow-draft"
#define FORMAT 1
#define MOST_NAME 64
#define FOLDER "drafts" /* nothing else is in it */

char *
wf_draft_file_get_folder (const char *account)
{
  return g_build_filename (account, FOLDER, NULL);
}

/* ---- content ---- */

char *
wf_draft_file_make (const char *workflow, const char *base, WfInstant at)
{
  g_autofree char *time = wf_instant_format_utc (at);

  return g_strdup_printf ("{\"%s\":%d,\"at\":\"%s\",\"base\":%s,\"workflow\":%s}", FORMAT_MEMBER,
                          FORMAT, time != NULL ? time : "", base, workflow);
}

/* What is known about problems is found again by whoever shows it. */
static WfWorkflow *
read_workflow (const WfJson *root, const char *name)
{
  const WfJson *value = wf_json_get_member (root, name);

  return wf_json_is (value, WF_JSON_OBJECT) ? wf_workflow_read (value, NULL) : NULL;
}

WfRecoveredDraft *
wf_draft_file_load (const char *path, GError **error)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_load (path, 0, error);
  g_autoptr (WfRecoveredDraft) draft = NULL;
  const WfJson *root;
  const char *at;
  gint64 format;

  if (document == NULL)
    return NULL;
  root = wf_json_document_get_root (document);
  draft = g_new0 (WfRecoveredDraft, 1);
  draft->workflow = read_workflow (root, "workflow");
  draft->base = read_workflow (root, "base");
  at = wf_json_get_member_string (root, "at");
  if (!wf_json_get_int64 (wf_json_get_member (root, FORMAT_MEMBER), &format) || format != FORMAT ||
      draft->workflow == NULL || at == NULL || !wf_instant_parse (at, &draft->at))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no draft of a workflow");
      return NULL;
    }
  return g_steal_pointer (&draft);
}

void
wf_recovered_draft_free (WfRecoveredDraft *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_clear_pointer (&self->base, wf_workflow_unref);
  g_free (self);
}

/* ---- journal ---- */

struct _WfDraftJournal
{
  gatomicrefcount ref_count;
  char *folder;
  char *path;
  gint numbers; /* (atomic) given out so far */
  GMutex mutex;
  GCond idle;
  gint done;     /* (mutex) the newest piece of work that was done */
  guint running; /* (mutex) asynchronous pieces that are not done */
};

typedef struct
{
  WfDraftJournal *journal;
  gint number;
  char *content; /* (nullable) */
} Work;

/* An id of a foreign file can be any text; one that is no safe name stands for itself by its
 * digest. */
static char *
make_file_name (const char *id)
{
  g_autofree char *digest = NULL;
  gsize length = strlen (id);

  if (length > 0 && length <= MOST_NAME &&
      strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == length)
    return g_strconcat (id, ".json", NULL);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  return g_strconcat (digest, ".json", NULL);
}

WfDraftJournal *
wf_draft_journal_new (const char *folder, const char *id)
{
  WfDraftJournal *self = g_new0 (WfDraftJournal, 1);
  g_autofree char *name = make_file_name (id);

  g_atomic_ref_count_init (&self->ref_count);
  self->folder = wf_draft_file_get_folder (folder);
  self->path = g_build_filename (self->folder, name, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  return self;
}

WfDraftJournal *
wf_draft_journal_ref (WfDraftJournal *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_draft_journal_unref (WfDraftJournal *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->folder);
  g_free (self->path);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->idle);
  g_free (self);
}

static gboolean
set_error_from_errno (GError **error, const char *path, int code)
{
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
  return FALSE;
}

static gboolean
write_file (WfDraftJournal *self, const char *content, GError **error)
{
  if (content == NULL)
    {
      if (g_unlink (self->path) == 0 || errno == ENOENT)
        return TRUE;
      return set_error_from_errno (error, self->path, errno);
    }
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    return set_error_from_errno (error, self->folder, errno);
  return g_file_set_contents_full (self->path, content, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

/* With the mutex. */
static gboolean
do_work (WfDraftJournal *self, gint number, const char *content, GError **error)
{
  if (number < self->done)
    return TRUE;
  self->done = number;
  return write_file (self, content, error);
}

gboolean
wf_draft_journal_put (WfDraftJournal *self, char *content, GError **error)
{
  g_autofree char *taken = content;
  gint number = g_atomic_int_add (&self->numbers, 1) + 1;
  gboolean well;

  g_mutex_lock (&self->mutex);
  well = do_work (self, number, taken, error);
  g_mutex_unlock (&self->mutex);
  return well;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  wf_draft_journal_unref (work->journal);
  g_free (work->content);
  g_free (work);
}

static void
work_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  WfDraftJournal *self = work->journal;
  GError *error = NULL;
  gboolean well;

  g_mutex_lock (&self->mutex);
  well = do_work (self, work->number, work->content, &error);
  if (--self->running == 0)
    g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->mutex);
  if (well)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
wf_draft_journal_put_async (WfDraftJournal *self, char *content, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->journal = wf_draft_journal_ref (self);
  work->number = g_atomic_int_add (&self->numbers, 1) + 1;
  work->content = content;
  g_mutex_lock (&self->mutex);
  self->running++;
  g_mutex_unlock (&self->mutex);
  g_task_set_source_tag (task, wf_draft_journal_put_async);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_in_thread);
}

gboolean
wf_draft_journal_put_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wf_draft_journal_wait (WfDraftJournal *self)
{
  g_mutex_lock (&self->mutex);
  while (self->running > 0)
    g_cond_wait (&self->idle, &self->mutex);
  g_mutex_unlock (&self->mutex);
}
