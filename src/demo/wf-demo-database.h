/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's SQLite file: one connection, cached statements, one transaction a request. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _WfDemoDatabase WfDemoDatabase;

/* path: a file, made when missing, or ":memory:". NULL with a G_IO_ERROR. */
WfDemoDatabase *wf_demo_database_open (const char *path, GError **error);
void wf_demo_database_free (WfDemoDatabase *self);

/* A failed statement is remembered: the commit then rolls back and answers FALSE, so writers
 * need not look at each one. */
void wf_demo_database_begin (WfDemoDatabase *self);
gboolean wf_demo_database_commit (WfDemoDatabase *self, GError **error);
void wf_demo_database_rollback (WfDemoDatabase *self);

/* types: one letter for each argument: s text (NULL is null), i gint64. */
gboolean wf_demo_database_run (WfDemoDatabase *self, const char *sql, const char *types, ...);
/* A bound statement to step with wf_demo_database_step (which ends it after the last row); call
 * wf_demo_database_end when leaving earlier. The same text must not be in use twice at once. */
sqlite3_stmt *wf_demo_database_query (WfDemoDatabase *self, const char *sql, const char *types,
                                      ...);
gboolean wf_demo_database_step (WfDemoDatabase *self, sqlite3_stmt *statement);
void wf_demo_database_end (sqlite3_stmt *statement);
/* The first column of the first row; fallback without one. */
gint64 wf_demo_database_get_number (WfDemoDatabase *self, gint64 fallback, const char *sql,
                                    const char *types, ...);
char *wf_demo_database_dup_text (WfDemoDatabase *self, const char *sql, const char *types, ...);
/* Rows that the last statement changed. */
guint wf_demo_database_get_changes (WfDemoDatabase *self);
const char *wf_demo_column_text (sqlite3_stmt *statement, int column);

/* Values that outlive the process: the log's id, the next revision. */
char *wf_demo_database_dup_meta (WfDemoDatabase *self, const char *key);
void wf_demo_database_set_meta (WfDemoDatabase *self, const char *key, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoDatabase, wf_demo_database_free)

G_END_DECLS
