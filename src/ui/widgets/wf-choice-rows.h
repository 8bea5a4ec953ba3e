/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of rows of which one is chosen, for questions with a few answers that need a sentence. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title, *subtitle; /* translated */
} WfChoiceRow;

/* The first is chosen. Labelled for screen readers by title. */
GtkWidget *wf_choice_rows_new (const char *title, const WfChoiceRow *rows, guint n_rows);
guint wf_choice_rows_get_chosen (GtkWidget *rows);

G_END_DECLS
