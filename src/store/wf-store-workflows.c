/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflow versions, kept for ever (S12), and what became of the activities of each workflow. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#define DAY G_TIME_SPAN_DAY

void
wf_stored_workflow_free (WfStoredWorkflow *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_free (self->etag);
  g_free (self->author);
  g_free (self);
}

static WfWorkflow *
read_document (sqlite3_stmt *row, int index)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (
      (const char *) sqlite3_column_text (row, index), sqlite3_column_bytes (row, index), 0, NULL);
  WfWorkflow *workflow =
      document == NULL ? NULL : wf_workflow_read (wf_json_document_get_root (document), problems);

  if (workflow == NULL)
    g_warning ("A stored workflow version cannot be read");
  return workflow;
}

/* ---- versions ---- */

static gboolean
write_version (WfStore *self, WfWorkflow *workflow, gboolean is_draft, const char *etag,
               const char *author, WfInstant at, GError **error)
{
  g_autofree char *text = wf_workflow_to_text (workflow, FALSE);
  g_auto (WfStatement) set = wf_store_prepare (
      self,
      "INSERT INTO workflows (id, draft, version, saved, etag, author, document) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
      " ON CONFLICT (id, draft, version) DO UPDATE SET saved = ?4, etag = ?5, author = ?6, document = ?7");

  wf_bind_text (set, 1, workflow->id);
  sqlite3_bind_int (set, 2, is_draft);
  sqlite3_bind_int64 (set, 3, workflow->version);
  sqlite3_bind_int64 (set, 4, at);
  wf_bind_text (set, 5, etag);
  wf_bind_text (set, 6, author);
  wf_bind_text (set, 7, text);
  return wf_store_run (self, set, error);
}

/* The document without what publishing itself changes. Owned by the caller. */
static char *
get_content (const WfWorkflow *workflow)
{
  g_autoptr (WfWorkflow) copy = wf_workflow_copy (workflow);

  copy->state = WF_WORKFLOW_DRAFT;
  copy->version = 0;
  return wf_workflow_to_text (copy, FALSE);
}

static gboolean
draft_is_published_by (WfStore *self, const WfWorkflow *workflow)
{
  g_autoptr (WfWorkflow) draft = NULL;
  g_autofree char *ours = NULL, *published = NULL;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT document FROM workflows WHERE id = ? AND draft = 1");

  wf_bind_text (select, 1, workflow->id);
  if (!wf_store_step (self, select))
    return FALSE;
  draft = read_document (select, 0);
  if (draft == NULL)
    return FALSE;
  ours = get_content (draft);
  published = get_content (workflow);
  return g_str_equal (ours, published);
}

gboolean
wf_store_delete_draft (WfStore *self, const char *id, GError **error)
{
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  g_auto (WfStatement) remove =
      wf_store_prepare (self, "DELETE FROM workflows WHERE id = ? AND draft = 1");

  wf_bind_text (remove, 1, id);
  return wf_store_run (self, remove, error);
}

/**
 * wf_store_save_workflow:
 * @etag: (nullable): the CRM's
 * @author: (nullable): person id
 *
 * One whose state is draft replaces this computer's draft of the workflow; any other is a published version, which is kept
 * for ever (the same version again replaces it: its state changes without a new version).
 */
gboolean
wf_store_save_workflow (WfStore *self, WfWorkflow *workflow, const char *etag, const char *author,
                        WfInstant at, GError **error)
{
  gboolean is_draft = workflow->state == WF_WORKFLOW_DRAFT;

  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  if ((is_draft || draft_is_published_by (self, workflow)) &&
      !wf_store_delete_draft (self, workflow->id, error))
    return FALSE;
  return write_version (self, workflow, is_draft, etag, author, at, error);
}

GPtrArray *
wf_store_read_workflows (WfStore *self, sqlite3_stmt *rows)
{
  GPtrArray *workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_stored_workflow_free);

  while (wf_store_step (self, rows))
    {
      g_autoptr (WfStoredWorkflow) stored = g_new0 (WfStoredWorkflow, 1);

      stored->workflow = read_document (rows, 0);
      stored->etag = wf_column_dup_text (rows, 1);
      stored->author = wf_column_dup_text (rows, 2);
      stored->saved = wf_column_instant (rows, 3);
      stored->is_draft = sqlite3_column_int (rows, 4) != 0;
      if (stored->workflow != NULL)
        g_ptr_array_add (workflows, g_steal_pointer (&stored));
    }
  return workflows;
}

GPtrArray *
wf_store_list_workflows (WfStore *self)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT document, etag, author, saved, draft FROM workflows w WHERE draft = 1 OR"
      " version = (SELECT max(version) FROM workflows v WHERE v.id = w.id AND v.draft = 0) ORDER BY id, draft");

  return wf_store_read_workflows (self, select);
}

/**
 * wf_store_get_workflow_version:
 *
 * Result: (nullable): the published version; owned by the caller.
 */
WfWorkflow *
wf_store_get_workflow_version (WfStore *self, const char *id, gint64 version)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT document FROM workflows WHERE id = ? AND draft = 0 AND version = ?");

  wf_bind_text (select, 1, id);
  sqlite3_bind_int64 (select, 2, version);
  return wf_store_step (self, select) ? read_document (select, 0) : NULL;
}

/* ---- figures ---- */

/* Counted by workflow and day as activities are stored: summed up in memory during a transaction, written at its end. */

static guint
day_count_hash (gconstpointer key)
{
  const WfDayCount *count = key;

  return (guint) (count->workflow * 31 + count->day);
}

static gboolean
day_count_equal (gconstpointer a, gconstpointer b)
{
  const WfDayCount *x = a, *y = b;

  return x->workflow == y->workflow && x->day == y->day;
}

GHashTable *
wf_store_day_counts_new (void)
{
  return g_hash_table_new_full (day_count_hash, day_count_equal, g_free, NULL);
}

static gint64
get_day (WfInstant at)
{
  return at / DAY - (at % DAY < 0);
}

void
wf_store_count_day (WfStore *self, gint64 workflow, WfInstant created, int n_created, int n_done,
                    int n_on_time)
{
  WfDayCount key = { .workflow = workflow, .day = get_day (created) };
  WfDayCount *count;

  if (workflow == 0 || created == WF_INSTANT_NONE)
    return;
  count = g_hash_table_lookup (self->day_counts, &key);
  if (count == NULL)
    {
      count = g_new0 (WfDayCount, 1);
      *count = key;
      g_hash_table_add (self->day_counts, count);
    }
  count->created += n_created;
  count->done += n_done;
  count->on_time += n_on_time;
}

static gboolean
write_day_count (WfStore *self, const WfDayCount *count, GError **error)
{
  g_auto (WfStatement) add = wf_store_prepare (
      self,
      "INSERT INTO workflow_days (workflow, day, created, done, on_time) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (workflow, day) DO UPDATE SET created = created + ?3, done = done + ?4, on_time = on_time + ?5");

  sqlite3_bind_int64 (add, 1, count->workflow);
  sqlite3_bind_int64 (add, 2, count->day);
  sqlite3_bind_int (add, 3, count->created);
  sqlite3_bind_int (add, 4, count->done);
  sqlite3_bind_int (add, 5, count->on_time);
  return wf_store_run (self, add, error);
}

gboolean
wf_store_flush_day_counts (WfStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->day_counts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const WfDayCount *count = key;

      if ((count->created != 0 || count->done != 0 || count->on_time != 0) &&
          !write_day_count (self, count, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->day_counts);
  return TRUE;
}

void
wf_store_note_start (WfStore *self, gint64 workflow, WfInstant started)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) workflow);
  WfInstant *last = g_hash_table_lookup (self->starts, key);

  if (last == NULL)
    g_hash_table_insert (self->starts, key, g_memdup2 (&started, sizeof started));
  else
    *last = MAX (*last, started);
}

static gboolean
write_start (WfStore *self, gint64 workflow, WfInstant started, GError **error)
{
  g_auto (WfStatement) set = wf_store_prepare (
      self, "INSERT INTO workflow_starts (workflow, started) VALUES (?1, ?2)"
            " ON CONFLICT (workflow) DO UPDATE SET started = ?2 WHERE started < ?2");

  sqlite3_bind_int64 (set, 1, workflow);
  sqlite3_bind_int64 (set, 2, started);
  return wf_store_run (self, set, error);
}

gboolean
wf_store_flush_starts (WfStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer workflow, started;

  g_hash_table_iter_init (&iter, self->starts);
  while (g_hash_table_iter_next (&iter, &workflow, &started))
    if (!write_start (self, (gint64) GPOINTER_TO_SIZE (workflow), *(WfInstant *) started, error))
      return FALSE;
  g_hash_table_remove_all (self->starts);
  return TRUE;
}

static void
add_day (WfWorkflowFigures *figures, gint64 ago, int created, int done, int on_time)
{
  if (ago < 0 || ago >= (gint64) G_N_ELEMENTS (figures->per_day))
    return;
  figures->created += (guint) created;
  figures->done += (guint) done;
  figures->done_on_time += (guint) on_time;
  figures->per_day[(gint64) G_N_ELEMENTS (figures->per_day) - 1 - ago] += (guint) created;
}

/* What this transaction counted and did not write yet. */
static void
add_unwritten (WfStore *self, gint64 workflow, gint64 today, WfWorkflowFigures *figures)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->day_counts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const WfDayCount *count = key;

      if (count->workflow == workflow)
        add_day (figures, today - count->day, count->created, count->done, count->on_time);
    }
}

/**
 * wf_store_get_workflow_figures:
 * @figures: (out): of the activities created in the last 30 days (UTC): how many, done, done by the deadline
 */
void
wf_store_get_workflow_figures (WfStore *self, const char *workflow, WfInstant now,
                               WfWorkflowFigures *figures)
{
  gint64 number, today = get_day (now);

  wf_store_show_run (self);
  number = wf_store_find_name (self, workflow);

  g_auto (WfStatement) days = wf_store_prepare (
      self,
      "SELECT day, created, done, on_time FROM workflow_days WHERE workflow = ? AND day > ? AND day <= ?");

  *figures = (WfWorkflowFigures) { .last_run = WF_INSTANT_NONE };
  if (number == 0)
    return;
  sqlite3_bind_int64 (days, 1, number);
  sqlite3_bind_int64 (days, 2, today - (gint64) G_N_ELEMENTS (figures->per_day));
  sqlite3_bind_int64 (days, 3, today);
  while (wf_store_step (self, days))
    add_day (figures, today - sqlite3_column_int64 (days, 0), sqlite3_column_int (days, 1),
             sqlite3_column_int (days, 2), sqlite3_column_int (days, 3));
  add_unwritten (self, number, today, figures);
  figures->last_run = wf_store_get_last_run (self, workflow, NULL);
}
