/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prepared statements, kept for the life of the connection, and how ids, names and instants become columns. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (wf-store-error-quark, wf_store_error)

/* ---- statements ---- */

void
wf_statement_reset (sqlite3_stmt *statement)
{
  if (statement == NULL)
    return;
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

sqlite3_stmt *
wf_store_prepare (WfStore *self, const char *sql)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    return statement;
  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK)
    {
      wf_store_warn (self);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

static WfStoreError
error_code (WfStore *self)
{
  switch (sqlite3_errcode (self->db) & 0xff)
    {
    case SQLITE_FULL:
      return WF_STORE_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return WF_STORE_ERROR_LOCKED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      self->damaged = TRUE;
      return WF_STORE_ERROR_DAMAGED;
    default:
      return WF_STORE_ERROR_FAILED;
    }
}

static const char *
error_text (WfStoreError code)
{
  switch (code)
    {
    case WF_STORE_ERROR_FULL:
      return _ ("The disk is full. Nothing was saved.");
    case WF_STORE_ERROR_LOCKED:
      return _ ("Another program is using the data of this account.");
    case WF_STORE_ERROR_DAMAGED:
      return _ ("The data of this account on this computer is damaged.");
    case WF_STORE_ERROR_NEWER:
    case WF_STORE_ERROR_FAILED:
    default:
      return _ ("The data of this account on this computer cannot be used.");
    }
}

gboolean
wf_store_fail (WfStore *self, GError **error)
{
  WfStoreError code = error_code (self);

  g_set_error (error, WF_STORE_ERROR, code, "%s (%s)", error_text (code),
               sqlite3_errmsg (self->db));
  return FALSE;
}

/* SQLite's messages name tables and columns, never what is in them. */
void
wf_store_warn (WfStore *self)
{
  (void) error_code (self);
  if (!self->warned)
    g_warning ("The store cannot be read: %s (%d)", sqlite3_errmsg (self->db),
               sqlite3_extended_errcode (self->db));
  self->warned = TRUE;
}

gboolean
wf_store_step (WfStore *self, sqlite3_stmt *statement)
{
  int code = statement == NULL ? SQLITE_ERROR : sqlite3_step (statement);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    wf_store_warn (self);
  return code == SQLITE_ROW;
}

gboolean
wf_store_next_row (WfStore *self, sqlite3_stmt *statement, gboolean *row, GError **error)
{
  int code = statement == NULL ? SQLITE_ERROR : sqlite3_step (statement);

  *row = code == SQLITE_ROW;
  return *row || code == SQLITE_DONE || wf_store_fail (self, error);
}

gboolean
wf_store_run (WfStore *self, sqlite3_stmt *statement, GError **error)
{
  int code = statement == NULL ? SQLITE_ERROR : sqlite3_step (statement);

  return code == SQLITE_DONE || code == SQLITE_ROW ? TRUE : wf_store_fail (self, error);
}

gboolean
wf_store_execute (WfStore *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK ? TRUE
                                                                     : wf_store_fail (self, error);
}

gboolean
wf_store_expect_transaction (WfStore *self, GError **error)
{
  /* A full disk makes SQLite roll back by itself: what follows must not slip in alone. */
  if (self->in_transaction && !sqlite3_get_autocommit (self->db))
    return TRUE;
  g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED,
               "A change of the store needs a transaction");
  return FALSE;
}

/* ---- keys ---- */

static int
hex_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Only the canonical form, which reads back as the same text. */
static gboolean
parse_uuid (const char *text, guint8 bytes[16])
{
  guint n = 0;

  for (guint i = 0; i < 36; i++)
    {
      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (text[i] != '-')
            return FALSE;
          continue;
        }
      int high = hex_value (text[i]);
      int low = high < 0 ? -1 : hex_value (text[i + 1]);

      if (low < 0)
        return FALSE;
      bytes[n++] = (guint8) (high << 4 | low);
      i++;
    }
  return text[36] == '\0';
}

void
wf_key_init (WfKey *self, const char *text)
{
  self->text = text;
  self->is_uuid = text != NULL && parse_uuid (text, self->bytes);
}

gint64
wf_key_hash (const WfKey *self)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  if (self->is_uuid)
    {
      guint64 halves[2];

      memcpy (halves, self->bytes, sizeof halves);
      return (gint64) (GUINT64_FROM_BE (halves[0]) ^ GUINT64_FROM_BE (halves[1]));
    }
  for (const char *p = self->text; p != NULL && *p != '\0'; p++)
    hash = (hash ^ (guchar) *p) * G_GUINT64_CONSTANT (1099511628211);
  return (gint64) hash;
}

/* An event is known by its id and its source. */
gint64
wf_event_key_hash (const WfKey *event, gint64 source)
{
  return (gint64) ((guint64) wf_key_hash (event) ^
                   (guint64) source * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
}

void
wf_column_init_key (WfKey *self, sqlite3_stmt *statement, int index)
{
  if (sqlite3_column_type (statement, index) != SQLITE_BLOB ||
      sqlite3_column_bytes (statement, index) != sizeof self->bytes)
    {
      wf_key_init (self, (const char *) sqlite3_column_text (statement, index));
      return;
    }
  self->text = NULL;
  self->is_uuid = TRUE;
  memcpy (self->bytes, sqlite3_column_blob (statement, index), sizeof self->bytes);
}

/* Its bits are spread once more: who counts by it takes some of them only. */
guint64
wf_key_hash_lead (const WfKey *self)
{
  guint64 hash = (guint64) wf_key_hash (self);

  if (self->text == NULL && !self->is_uuid)
    return 0;
  hash = (hash ^ hash >> 32) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  hash ^= hash >> 29;
  return hash != 0 ? hash : 1;
}

/**
 * wf_store_hash_lead:
 * @id: (nullable)
 *
 * Result: the number under which the facts have a lead; 0 for NULL. Needs no store.
 */
guint64
wf_store_hash_lead (const char *id)
{
  WfKey key;

  wf_key_init (&key, id);
  return wf_key_hash_lead (&key);
}

void
wf_bind_key (sqlite3_stmt *statement, int index, const WfKey *key)
{
  if (key->is_uuid)
    sqlite3_bind_blob (statement, index, key->bytes, sizeof key->bytes, SQLITE_STATIC);
  else
    sqlite3_bind_text (statement, index, key->text, -1, SQLITE_STATIC);
}

static char *
format_uuid (const guint8 bytes[16])
{
  static const char digits[] = "0123456789abcdef";
  char *text, *p;

  text = p = g_malloc (37);
  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = digits[bytes[i] >> 4];
      *p++ = digits[bytes[i] & 15];
    }
  *p = '\0';
  return text;
}

char *
wf_value_dup_key (sqlite3_value *value)
{
  if (sqlite3_value_type (value) != SQLITE_BLOB)
    return g_strdup ((const char *) sqlite3_value_text (value));
  return sqlite3_value_bytes (value) == 16 ? format_uuid (sqlite3_value_blob (value)) : NULL;
}

char *
wf_column_dup_key (sqlite3_stmt *statement, int index)
{
  if (sqlite3_column_type (statement, index) != SQLITE_BLOB)
    return wf_column_dup_text (statement, index);
  return sqlite3_column_bytes (statement, index) == 16
             ? format_uuid (sqlite3_column_blob (statement, index))
             : NULL;
}

/* ---- columns ---- */

void
wf_bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}

void
wf_bind_instant (sqlite3_stmt *statement, int index, WfInstant instant)
{
  if (instant == WF_INSTANT_NONE)
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_int64 (statement, index, instant);
}

void
wf_bind_number (sqlite3_stmt *statement, int index, gint64 number)
{
  if (number == 0)
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_int64 (statement, index, number);
}

char *
wf_column_dup_text (sqlite3_stmt *statement, int index)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, index));
}

WfInstant
wf_column_instant (sqlite3_stmt *statement, int index)
{
  return sqlite3_column_type (statement, index) == SQLITE_NULL
             ? WF_INSTANT_NONE
             : sqlite3_column_int64 (statement, index);
}

/* ---- names ---- */

static void
remember_name (WfStore *self, const char *text, gint64 number)
{
  char *own = g_strdup (text);

  g_hash_table_insert (self->names, own, GSIZE_TO_POINTER ((gsize) number));
  g_hash_table_insert (self->name_texts, GSIZE_TO_POINTER ((gsize) number), own);
}

gint64
wf_store_find_name (WfStore *self, const char *text)
{
  gint64 number =
      text == NULL ? 0 : (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (self->names, text));

  if (text == NULL || number != 0)
    return number;
  g_auto (WfStatement) find = wf_store_prepare (self, "SELECT no FROM names WHERE name = ?");

  wf_bind_text (find, 1, text);
  if (!wf_store_step (self, find))
    return 0;
  number = sqlite3_column_int64 (find, 0);
  remember_name (self, text, number);
  return number;
}

gboolean
wf_store_intern (WfStore *self, const char *text, gint64 *number, GError **error)
{
  *number = wf_store_find_name (self, text);
  if (text == NULL || *number != 0)
    return TRUE;
  g_auto (WfStatement) insert = wf_store_prepare (self, "INSERT INTO names (name) VALUES (?)");

  wf_bind_text (insert, 1, text);
  if (!wf_store_run (self, insert, error))
    return FALSE;
  *number = sqlite3_last_insert_rowid (self->db);
  remember_name (self, text, *number);
  return TRUE;
}

/**
 * wf_store_get_name:
 *
 * Result: (nullable): borrowed until the next call; NULL for 0 and for a number that is not known.
 */
const char *
wf_store_get_name (WfStore *self, guint32 number)
{
  const char *text = g_hash_table_lookup (self->name_texts, GSIZE_TO_POINTER ((gsize) number));

  if (number == 0 || text != NULL)
    return text;
  g_auto (WfStatement) find = wf_store_prepare (self, "SELECT name FROM names WHERE no = ?");

  sqlite3_bind_int64 (find, 1, number);
  if (!wf_store_step (self, find))
    return NULL;
  remember_name (self, (const char *) sqlite3_column_text (find, 0), number);
  return g_hash_table_lookup (self->name_texts, GSIZE_TO_POINTER ((gsize) number));
}

/**
 * wf_store_dup_name:
 *
 * For those who walk facts: in any of their threads.
 *
 * Result: (nullable): owned by the caller; NULL for 0 and for a number that is not known.
 */
char *
wf_store_dup_name (WfStore *self, guint32 number)
{
  char *name;

  g_mutex_lock (&self->reading);
  name = g_strdup (wf_store_get_name (self, number));
  g_mutex_unlock (&self->reading);
  return name;
}

char *
wf_column_dup_name (WfStore *self, sqlite3_stmt *statement, int index)
{
  return g_strdup (wf_store_get_name (self, (guint32) sqlite3_column_int64 (statement, index)));
}

/**
 * wf_store_get_name_number:
 * @name: (nullable)
 *
 * Result: 0 when nothing was ever called so.
 */
guint32
wf_store_get_name_number (WfStore *self, const char *name)
{
  return (guint32) wf_store_find_name (self, name);
}

/* ---- the sequence ---- */

gint64
wf_store_get_newest_number (WfStore *self)
{
  g_auto (WfStatement) newest = wf_store_prepare (
      self,
      "SELECT max(ifnull((SELECT max(id) FROM inbox), 0), ifnull((SELECT max(id) FROM outbox), 0),"
      " ifnull((SELECT max(id) FROM log), 0), ifnull((SELECT max(no) FROM runs), 0),"
      " ifnull((SELECT max(no) FROM activities), 0))");

  return wf_store_step (self, newest) ? sqlite3_column_int64 (newest, 0) : -1;
}

gint64
wf_store_take_number (WfStore *self, GError **error)
{
  if (self->next_number == 0)
    self->next_number = wf_store_get_newest_number (self) + 1;
  if (self->next_number > 0)
    return self->next_number++;
  wf_store_fail (self, error);
  return 0;
}
