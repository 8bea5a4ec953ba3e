/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection: opening with migration, transactions, checkpoints, closing. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-aside.h"
#include "wf-store-migrations.h"
#include "wf-store-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Policy. Durability: WAL with synchronous=FULL, so that what was committed survives a power cut; it costs next to nothing
 * in batches (performance.md). Checkpoints never happen inside a commit: WfStoreThread makes them when nothing else is to
 * do. Small databases are checked whole at each opening; larger ones in the background by WfStoreThread, and at the
 * opening only after a sign of damage. */
#define PATIENCE_MS 5000
#define CACHE_KIB_WRITER 32768
#define CACHE_KIB_READER 8192
#define CHECKED_BYTES (4 * 1024 * 1024)

static int
on_committed (gpointer user_data, sqlite3 *db, const char *name, int n_pages)
{
  ((WfStore *) user_data)->wal_pages = (guint) n_pages;
  return SQLITE_OK;
}

static gboolean
read_number (WfStore *self, const char *sql, gint64 *number, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step (statement) == SQLITE_ROW;

  if (ok)
    *number = sqlite3_column_int64 (statement, 0);
  else
    wf_store_fail (self, error);
  sqlite3_finalize (statement);
  return ok;
}

/* Whose file it is, by reading only: a file of another program or of a newer version stays as it is. */
static gboolean
identify (WfStore *self, gint64 *version, GError **error)
{
  gint64 application = 0, n_tables = 0;

  if (!read_number (self, "PRAGMA application_id", &application, error) ||
      !read_number (self, "PRAGMA user_version", version, error) ||
      !read_number (self, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;
  if (application != WF_STORE_APPLICATION_ID && (application != 0 || n_tables > 0 || *version != 0))
    {
      g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_DAMAGED,
                   _ ("The file belongs to another program."));
      return FALSE;
    }
  if (*version > wf_store_migrations_get_latest ())
    {
      g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_NEWER,
                   _ ("The data of this account was made by a newer version of Workflow."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
configure (WfStore *self, GError **error)
{
  g_autofree char *cache =
      g_strdup_printf ("PRAGMA cache_size = -%d",
                       self->mode == WF_STORE_READ_WRITE ? CACHE_KIB_WRITER : CACHE_KIB_READER);

  if (!wf_store_execute (self, cache, error) ||
      !wf_store_execute (self, "PRAGMA foreign_keys = ON", error) ||
      !wf_store_execute (self, "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = OFF", error))
    return FALSE;
  if (self->mode == WF_STORE_READ_ONLY)
    return wf_store_execute (self, "PRAGMA query_only = ON", error);
  sqlite3_wal_autocheckpoint (self->db, 0);
  sqlite3_wal_hook (self->db, on_committed, self);
  return wf_store_execute (self, "PRAGMA journal_mode = WAL", error) &&
         wf_store_execute (self, "PRAGMA synchronous = FULL", error);
}

static gboolean
is_small (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_size <= CHECKED_BYTES;
}

static gboolean
migrate_and_check (WfStore *self, gint64 version, GError **error)
{
  int latest = wf_store_migrations_get_latest ();

  if (self->mode == WF_STORE_READ_ONLY)
    {
      if (version == latest)
        return TRUE;
      g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED,
                   "The store was not opened for writing yet");
      return FALSE;
    }
  if (wf_store_aside_is_suspect (self->path) || is_small (self->path))
    {
      if (!wf_store_check (self, NULL, error))
        return FALSE;
      wf_store_aside_clear_suspect (self->path);
    }
  if (version < latest &&
      wf_store_migrations_run (self->db, wf_store_migrations, latest) != SQLITE_OK)
    return wf_store_fail (self, error);
  return TRUE;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static WfStore *
try_open (const char *path, WfStoreMode mode, GError **error)
{
  g_autoptr (WfStore) self = g_new0 (WfStore, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
              (mode == WF_STORE_READ_WRITE ? SQLITE_OPEN_CREATE : 0);
  gint64 version = 0;

  self->path = g_strdup (path);
  self->mode = mode;
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->name_texts = g_hash_table_new (NULL, NULL);
  g_mutex_init (&self->reading);
  self->day_counts = wf_store_day_counts_new ();
  self->hour_counts = wf_store_hour_counts_new ();
  self->sort_keys = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->last_event.run_keys = g_ptr_array_new_with_free_func (g_free);
  self->starts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->body = g_byte_array_new ();
  self->changed_blocks = wf_store_new_changed_blocks ();
  self->changed_leads = g_byte_array_new ();
  self->now = WF_INSTANT_NONE;
  if (sqlite3_open_v2 (path, &self->db, flags, NULL) != SQLITE_OK)
    {
      wf_store_fail (self, error);
      return NULL;
    }
  /* A file that is refused keeps its write-ahead log as it is. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, PATIENCE_MS);
  if (!identify (self, &version, error) || !configure (self, error) ||
      !migrate_and_check (self, version, error) || !wf_store_add_text_functions (self, error) ||
      !wf_store_add_next_functions (self, error) || !wf_store_add_lead_functions (self, error))
    {
      self->damaged = FALSE; /* told by the error; the caller decides */
      return NULL;
    }
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return g_steal_pointer (&self);
}

/**
 * wf_store_open:
 *
 * Opens the database of one account, makes or migrates it. A file that is no usable database is moved aside, never deleted,
 * and a new one made; *kept_aside is then where the old one is. WF_STORE_READ_ONLY: must exist and is never moved.
 * The connection may be used by one thread at a time. Errors: NEWER (the file is untouched), LOCKED, FULL, FAILED, and
 * DAMAGED when it could not be moved aside.
 */
WfStore *
wf_store_open (const char *path, WfStoreMode mode, char **kept_aside, GError **error)
{
  g_autoptr (GError) local = NULL;
  WfStore *self = try_open (path, mode, &local);

  if (kept_aside != NULL)
    *kept_aside = NULL;
  if (self == NULL && mode == WF_STORE_READ_WRITE &&
      g_error_matches (local, WF_STORE_ERROR, WF_STORE_ERROR_DAMAGED))
    {
      g_autofree char *aside = wf_store_aside_move (path, error);

      if (aside == NULL)
        return NULL;
      g_warning ("A damaged store was kept aside; a new one is made");
      g_clear_error (&local);
      self = try_open (path, mode, &local);
      if (self != NULL && kept_aside != NULL)
        *kept_aside = g_steal_pointer (&aside);
    }
  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return self;
}

/**
 * wf_store_close:
 *
 * Rolls back an open transaction. The last connection of all writes the log back into the database.
 */
void
wf_store_close (WfStore *self)
{
  if (self == NULL)
    return;
  if (self->in_transaction)
    wf_store_rollback (self);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (self->damaged)
    wf_store_aside_set_suspect (self->path);
  if (self->db != NULL && sqlite3_close (self->db) != SQLITE_OK)
    g_warning ("The store was not closed cleanly: %s", sqlite3_errmsg (self->db));
  wf_store_forget (self);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->name_texts, g_hash_table_unref);
  g_clear_pointer (&self->day_counts, g_hash_table_unref);
  g_clear_pointer (&self->hour_counts, g_hash_table_unref);
  g_clear_pointer (&self->sort_keys, g_hash_table_unref);
  g_clear_pointer (&self->next_leads, wf_next_leads_free);
  g_clear_pointer (&self->text_matches, wf_text_matches_free);
  g_clear_pointer (&self->lead_facts, wf_lead_facts_cache_free);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_pointer (&self->organisation_text, g_free);
  wf_store_clear_lead_list (self);
  wf_store_clear_counts (self);
  g_clear_pointer (&self->starts, g_hash_table_unref);
  g_clear_pointer (&self->last_event.run_keys, g_ptr_array_unref);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->changed_blocks, g_array_unref);
  g_clear_pointer (&self->changed_leads, g_byte_array_unref);
  g_clear_pointer (&self->anchor.kind, g_free);
  g_clear_pointer (&self->anchor.lead, g_free);
  g_mutex_clear (&self->reading);
  g_free (self->path);
  g_free (self);
}

/* ---- transactions ---- */

gboolean
wf_store_begin (WfStore *self, GError **error)
{
  g_auto (WfStatement) begin = wf_store_prepare (self, "BEGIN IMMEDIATE");

  if (!wf_store_run (self, begin, error))
    return FALSE;
  self->in_transaction = TRUE;
  /* Another program may have written meanwhile. */
  self->next_number = 0;
  self->has_watermark = FALSE;
  self->now = WF_INSTANT_NONE;
  g_clear_pointer (&self->last_run_key, g_free);
  g_clear_pointer (&self->last_lead, g_free);
  g_clear_pointer (&self->last_activity, g_free);
  wf_store_forget_event (self);
  wf_store_sync_keys (self);
  return TRUE;
}

/**
 * wf_store_set_now:
 * @now: when the open transaction happens, by the clock of who makes it
 *
 * For what is noted with its time beside the rows: since when somebody holds an activity (S9).
 */
void
wf_store_set_now (WfStore *self, WfInstant now)
{
  self->now = now;
}

/**
 * wf_store_commit:
 *
 * Makes the transaction durable. When that fails, everything in it is rolled back.
 */
gboolean
wf_store_commit (WfStore *self, GError **error)
{
  gboolean ok = wf_store_expect_transaction (self, error) && wf_store_flush (self, error);

  if (ok)
    {
      g_auto (WfStatement) commit = wf_store_prepare (self, "COMMIT");

      ok = wf_store_run (self, commit, error);
    }
  if (ok)
    self->in_transaction = FALSE;
  else
    wf_store_rollback (self);
  return ok;
}

void
wf_store_rollback (WfStore *self)
{
  if (!self->in_transaction)
    return;
  self->in_transaction = FALSE;
  wf_store_forget (self);
  if (!sqlite3_get_autocommit (self->db))
    {
      g_auto (WfStatement) rollback = wf_store_prepare (self, "ROLLBACK");

      if (!wf_store_run (self, rollback, NULL))
        wf_store_warn (self);
    }
}

/* What memory knows of rows that are not there (any more). */
void
wf_store_forget (WfStore *self)
{
  if (self->names != NULL)
    g_hash_table_remove_all (self->names);
  if (self->name_texts != NULL)
    g_hash_table_remove_all (self->name_texts);
  if (self->day_counts != NULL)
    g_hash_table_remove_all (self->day_counts);
  if (self->hour_counts != NULL)
    g_hash_table_remove_all (self->hour_counts);
  if (self->starts != NULL)
    g_hash_table_remove_all (self->starts);
  if (self->changed_blocks != NULL)
    g_array_set_size (self->changed_blocks, 0);
  wf_store_forget_changed_leads (self);
  /* Their states do not tell of what was undone. */
  g_clear_pointer (&self->next_leads, wf_next_leads_free);
  g_clear_pointer (&self->text_matches, wf_text_matches_free);
  g_clear_pointer (&self->lead_facts, wf_lead_facts_cache_free);
  wf_store_clear_lead_list (self);
  wf_store_clear_counts (self);
  wf_recent_keys_clear (&self->recent);
  self->next_number = 0;
  self->has_watermark = FALSE;
  g_clear_pointer (&self->last_run_key, g_free);
  g_clear_pointer (&self->last_lead, g_free);
  g_clear_pointer (&self->last_activity, g_free);
  wf_store_forget_event (self);
}

gboolean
wf_store_flush (WfStore *self, GError **error)
{
  return wf_store_flush_event (self, error) && wf_store_flush_day_counts (self, error) &&
         wf_store_flush_starts (self, error) && wf_store_flush_hours (self, error) &&
         wf_store_flush_changed_blocks (self, error) && wf_store_flush_lead_facts (self, error);
}

WfStoreState
wf_store_get_state (WfStore *self)
{
  WfStoreState state = { -1, sqlite3_total_changes64 (self->db) };
  g_auto (WfStatement) version = wf_store_prepare (self, "PRAGMA data_version");

  if (wf_store_step (self, version))
    state.version = sqlite3_column_int64 (version, 0);
  return state;
}

/* ---- upkeep ---- */

/**
 * wf_store_set_patience:
 * @milliseconds: how long a transaction waits for another program's
 */
void
wf_store_set_patience (WfStore *self, guint milliseconds)
{
  sqlite3_busy_timeout (self->db, (int) milliseconds);
}

/**
 * wf_store_set_most_pages:
 * @pages: a transaction that needs more fails with FULL
 */
void
wf_store_set_most_pages (WfStore *self, guint pages)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %u", pages);

  if (!wf_store_execute (self, sql, NULL))
    wf_store_warn (self);
}

/**
 * wf_store_get_log_pages:
 *
 * Pages in the write-ahead log after the last commit of this connection.
 */
guint
wf_store_get_log_pages (WfStore *self)
{
  return self->wal_pages;
}

/**
 * wf_store_checkpoint:
 *
 * Copies the write-ahead log into the database, without waiting for readers. May be called from another connection than the
 * writing one. Result: TRUE when the whole log was copied, so that the next transaction starts it anew.
 */
gboolean
wf_store_checkpoint (WfStore *self, GError **error)
{
  int n_log = 0, n_copied = 0;
  int code =
      sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &n_log, &n_copied);

  if ((code & 0xff) == SQLITE_BUSY)
    return FALSE;
  if (code != SQLITE_OK)
    return wf_store_fail (self, error);
  if (n_log == n_copied)
    self->wal_pages = 0;
  return n_log == n_copied;
}

/**
 * wf_store_release_memory:
 *
 * Gives cached pages back: for pauses.
 */
void
wf_store_release_memory (WfStore *self)
{
  g_clear_pointer (&self->next_leads, wf_next_leads_free);
  g_clear_pointer (&self->text_matches, wf_text_matches_free);
  wf_store_release_lead_facts (self);
  wf_store_clear_lead_list (self);
  sqlite3_db_release_memory (self->db);
}

/* So many pages, or rows, may be read before the check sees that somebody else wants to read: a page that is not in memory
 * takes some milliseconds on a disk that turns. */
#define CHECK_STEPS 20

static int
on_progress (gpointer user_data)
{
  return g_cancellable_is_cancelled (user_data);
}

/**
 * wf_store_check:
 * @cancellable: (nullable): may be cancelled from another thread
 *
 * Reads the whole database and looks at its structure. FALSE with DAMAGED when it is not sound; the file is then marked, so
 * that the next opening keeps it aside.
 */
gboolean
wf_store_check (WfStore *self, GCancellable *cancellable, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean sound = FALSE, failed;

  sqlite3_progress_handler (self->db, cancellable != NULL ? CHECK_STEPS : 0, on_progress,
                            cancellable);
  failed = sqlite3_prepare_v2 (self->db, "PRAGMA quick_check(1)", -1, &statement, NULL) !=
               SQLITE_OK ||
           sqlite3_step (statement) != SQLITE_ROW;
  if (failed)
    wf_store_fail (self, error);
  else
    sound = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);
  sqlite3_progress_handler (self->db, 0, NULL, NULL);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_clear_error (error);
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return FALSE;
    }
  if (sound || failed)
    return sound;
  self->damaged = TRUE;
  g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_DAMAGED,
               _ ("The data of this account on this computer is damaged."));
  return FALSE;
}

/**
 * wf_store_get_size:
 *
 * Bytes that the database takes, for pruning by size (S29). Free pages are not counted: a file does not get shorter by
 * pruning, but what comes next is written into them. 0 after an error, which is logged.
 */
gint64
wf_store_get_size (WfStore *self)
{
  g_auto (WfStatement) size = wf_store_prepare (
      self, "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count,"
            " pragma_freelist_count, pragma_page_size");

  return wf_store_step (self, size) ? sqlite3_column_int64 (size, 0) : 0;
}
