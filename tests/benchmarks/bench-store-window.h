/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What calendar and leads ask the store: a section of bench-store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* folder: for databases; they are removed. n_rows: the largest that is measured. Prints JSON lines. */
void bench_store_window (const char *folder, guint n_rows);

G_END_DECLS
