/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbered steps that bring a database from any older version to the present one. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* SQL texts, NULL-terminated: number n (from 0) brings version n to version n + 1. What was once released never changes. */
extern const char *const wf_store_migrations[];
int wf_store_migrations_get_latest (void);

/* Runs steps until the version is target, each in its own transaction: a step that fails leaves the version before it.
 * Result: SQLite's result code, SQLITE_OK when everything ran. */
int wf_store_migrations_run (sqlite3 *db, const char *const *migrations, int target);

G_END_DECLS
