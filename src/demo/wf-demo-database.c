/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's SQLite file: one connection, cached statements, one transaction a request. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-database.h"

#include <gio/gio.h>

struct _WfDemoDatabase
{
  sqlite3 *handle;
  GHashTable *statements; /* (owned) text -> sqlite3_stmt */
  char *failure;          /* (owned) (nullable) of the open transaction */
};

/* `revision` is one rising counter over all records: it orders the pages and makes the tags. Each
 * entry brings a database of the version before to the next; what was released is never edited. */
static const char *const migrations[] = {
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE documents (kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, revision INTEGER NOT NULL,"
  "  author TEXT, saved INTEGER NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;"
  "CREATE TABLE leads (id TEXT PRIMARY KEY, body TEXT NOT NULL, revision INTEGER NOT NULL UNIQUE, stage TEXT, owner TEXT,"
  "  updated INTEGER NOT NULL);"
  "CREATE INDEX leads_owner ON leads (owner, stage);"
  "CREATE TABLE comments (id TEXT PRIMARY KEY, lead TEXT NOT NULL, author TEXT, text TEXT NOT NULL, time INTEGER NOT NULL);"
  "CREATE INDEX comments_lead ON comments (lead, time);"
  "CREATE TABLE activities (id TEXT PRIMARY KEY, body TEXT NOT NULL, content TEXT NOT NULL,"
  "  revision INTEGER NOT NULL UNIQUE, lead TEXT, person TEXT, status TEXT NOT NULL, due INTEGER NOT NULL,"
  "  updated INTEGER NOT NULL, announced INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX activities_lead ON activities (lead);"
  "CREATE INDEX activities_person ON activities (person, status);"
  "CREATE INDEX activities_late ON activities (due) WHERE status = 'open' AND announced = 0;"
  "CREATE TABLE messages (id TEXT PRIMARY KEY, body TEXT NOT NULL, content TEXT NOT NULL, time INTEGER NOT NULL);"
  "CREATE TABLE events (sequence INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, id TEXT NOT NULL,"
  "  type TEXT NOT NULL, time INTEGER NOT NULL, lead TEXT, people TEXT, body TEXT NOT NULL, UNIQUE (source, id));"
  "CREATE TABLE audit (sequence INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, person TEXT,"
  "  action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT);",

  /* next: of a delivery that is tried again, when. */
  "CREATE TABLE actions (key TEXT PRIMARY KEY, revision INTEGER NOT NULL UNIQUE, kind TEXT NOT NULL, lead TEXT,"
  "  author TEXT NOT NULL, time INTEGER NOT NULL, state TEXT NOT NULL, note TEXT, body TEXT NOT NULL,"
  "  content TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next INTEGER);"
  "CREATE INDEX actions_lead ON actions (lead);"
  "CREATE INDEX actions_next ON actions (next) WHERE state = 'pending';"
  "CREATE TABLE deals (id TEXT PRIMARY KEY, lead TEXT, body TEXT NOT NULL);"
  "CREATE TABLE audiences (platform TEXT NOT NULL, audience TEXT NOT NULL, kind TEXT NOT NULL, hash TEXT NOT NULL,"
  "  PRIMARY KEY (platform, audience, kind, hash)) WITHOUT ROWID;"
  "ALTER TABLE comments ADD COLUMN mentions TEXT;"
  "ALTER TABLE messages ADD COLUMN kind TEXT;"
  "ALTER TABLE messages ADD COLUMN lead TEXT;"
  "ALTER TABLE messages ADD COLUMN state TEXT NOT NULL DEFAULT 'sent';"
  "UPDATE messages SET kind = json_extract (body, '$.kind'), lead = json_extract (body, '$.lead');"
  "CREATE INDEX messages_lead ON messages (lead);",

  "CREATE TABLE contacts (lead TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;"
  "INSERT INTO contacts SELECT lead, min (time), max (time) FROM events WHERE lead IS NOT NULL AND"
  "  (type IN ('email.opened', 'email.link-clicked', 'email.replied', 'email.sent', 'message.received', 'message.sent',"
  "   'call.made', 'call.missed', 'meeting.held', 'form.submitted', 'ticket.submitted') OR"
  "   (type = 'activity.completed' AND json_extract (body, '$.data.activity.outcome') <> '')) GROUP BY lead;",
};

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static gboolean
fail (WfDemoDatabase *self)
{
  if (self->failure == NULL)
    {
      self->failure = g_strdup (sqlite3_errmsg (self->handle));
      g_warning ("The demo CRM's database refuses: %s", self->failure);
    }
  return FALSE;
}

static gboolean
migrate (WfDemoDatabase *self, guint version)
{
  if (version == G_N_ELEMENTS (migrations))
    return TRUE;

  g_autofree char *stamp =
      g_strdup_printf ("PRAGMA user_version = %" G_GSIZE_FORMAT, G_N_ELEMENTS (migrations));
  wf_demo_database_begin (self);
  for (guint i = version; i < G_N_ELEMENTS (migrations); i++)
    if (sqlite3_exec (self->handle, migrations[i], NULL, NULL, NULL) != SQLITE_OK)
      fail (self);
  if (sqlite3_exec (self->handle, stamp, NULL, NULL, NULL) != SQLITE_OK)
    fail (self);
  return wf_demo_database_commit (self, NULL);
}

static gboolean
set_up (WfDemoDatabase *self)
{
  if (sqlite3_exec (
          self->handle,
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
          "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;",
          NULL, NULL, NULL) != SQLITE_OK)
    return FALSE;

  gint64 version = wf_demo_database_get_number (self, -1, "PRAGMA user_version", "");
  if (version < 0 || version > (gint64) G_N_ELEMENTS (migrations))
    {
      g_warning ("The demo CRM's database is of version %" G_GINT64_FORMAT
                 ", this program knows %" G_GSIZE_FORMAT,
                 version, G_N_ELEMENTS (migrations));
      return FALSE;
    }
  return migrate (self, (guint) version);
}

WfDemoDatabase *
wf_demo_database_open (const char *path, GError **error)
{
  g_autoptr (WfDemoDatabase) self = g_new0 (WfDemoDatabase, 1);

  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  if (sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
          SQLITE_OK ||
      sqlite3_busy_timeout (self->handle, 2000) != SQLITE_OK || !set_up (self))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "The demo CRM's database cannot be opened: %s",
                   self->handle != NULL ? sqlite3_errmsg (self->handle) : "out of memory");
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
wf_demo_database_free (WfDemoDatabase *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->handle, sqlite3_close_v2);
  g_free (self->failure);
  g_free (self);
}

static sqlite3_stmt *
prepare (WfDemoDatabase *self, const char *sql)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    {
      g_return_val_if_fail (!sqlite3_stmt_busy (statement), NULL);
      return statement;
    }
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK)
    {
      fail (self);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

static sqlite3_stmt *
bind (WfDemoDatabase *self, const char *sql, const char *types, va_list arguments)
{
  sqlite3_stmt *statement = prepare (self, sql);

  for (int i = 0; statement != NULL && types[i] != '\0'; i++)
    {
      int result;

      if (types[i] == 's')
        result = sqlite3_bind_text (statement, i + 1, va_arg (arguments, const char *), -1,
                                    SQLITE_TRANSIENT);
      else
        result = sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
      if (result != SQLITE_OK)
        {
          fail (self);
          return NULL;
        }
    }
  return statement;
}

void
wf_demo_database_begin (WfDemoDatabase *self)
{
  g_clear_pointer (&self->failure, g_free);
  wf_demo_database_run (self, "BEGIN IMMEDIATE", "");
}

gboolean
wf_demo_database_commit (WfDemoDatabase *self, GError **error)
{
  if (self->failure == NULL)
    wf_demo_database_run (self, "COMMIT", "");
  if (self->failure == NULL)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The demo CRM's database refuses: %s",
               self->failure);
  wf_demo_database_rollback (self);
  return FALSE;
}

void
wf_demo_database_rollback (WfDemoDatabase *self)
{
  g_clear_pointer (&self->failure, g_free);
  if (!sqlite3_get_autocommit (self->handle))
    wf_demo_database_run (self, "ROLLBACK", "");
}

gboolean
wf_demo_database_run (WfDemoDatabase *self, const char *sql, const char *types, ...)
{
  va_list arguments;

  va_start (arguments, types);
  sqlite3_stmt *statement = bind (self, sql, types, arguments);
  va_end (arguments);
  if (statement == NULL)
    return FALSE;

  int result = sqlite3_step (statement);
  wf_demo_database_end (statement);
  return result == SQLITE_DONE || result == SQLITE_ROW ? TRUE : fail (self);
}

sqlite3_stmt *
wf_demo_database_query (WfDemoDatabase *self, const char *sql, const char *types, ...)
{
  va_list arguments;

  va_start (arguments, types);
  sqlite3_stmt *statement = bind (self, sql, types, arguments);
  va_end (arguments);
  return statement;
}

gboolean
wf_demo_database_step (WfDemoDatabase *self, sqlite3_stmt *statement)
{
  if (statement == NULL)
    return FALSE;

  int result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    fail (self);
  wf_demo_database_end (statement);
  return FALSE;
}

void
wf_demo_database_end (sqlite3_stmt *statement)
{
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }
}

gint64
wf_demo_database_get_number (WfDemoDatabase *self, gint64 fallback, const char *sql,
                             const char *types, ...)
{
  va_list arguments;
  gint64 number = fallback;

  va_start (arguments, types);
  sqlite3_stmt *statement = bind (self, sql, types, arguments);
  va_end (arguments);
  if (wf_demo_database_step (self, statement))
    {
      if (sqlite3_column_type (statement, 0) != SQLITE_NULL)
        number = sqlite3_column_int64 (statement, 0);
      wf_demo_database_end (statement);
    }
  return number;
}

char *
wf_demo_database_dup_text (WfDemoDatabase *self, const char *sql, const char *types, ...)
{
  va_list arguments;
  char *text = NULL;

  va_start (arguments, types);
  sqlite3_stmt *statement = bind (self, sql, types, arguments);
  va_end (arguments);
  if (wf_demo_database_step (self, statement))
    {
      text = g_strdup (wf_demo_column_text (statement, 0));
      wf_demo_database_end (statement);
    }
  return text;
}

guint
wf_demo_database_get_changes (WfDemoDatabase *self)
{
  return (guint) sqlite3_changes (self->handle);
}

const char *
wf_demo_column_text (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

char *
wf_demo_database_dup_meta (WfDemoDatabase *self, const char *key)
{
  return wf_demo_database_dup_text (self, "SELECT value FROM meta WHERE key = ?", "s", key);
}

void
wf_demo_database_set_meta (WfDemoDatabase *self, const char *key, const char *value)
{
  wf_demo_database_run (
      self,
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      "ss", key, value);
}
