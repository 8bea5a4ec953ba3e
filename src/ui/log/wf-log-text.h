/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the log in words: what happened, what each workflow made of it, and why not (B3). Needs no display. */
#pragma once

#include "wf-organisation.h"
#include "wf-store.h"

G_BEGIN_DECLS

/* Names for ids in entries. */
typedef struct
{
  const WfOrganisation *organisation; /* nullable */
  GHashTable *workflows;              /* id -> name; nullable */
  GTimeZone *zone;                    /* the viewer's; nullable */
} WfLogNames;

/* "Lead received", "Activity created: confirmed by the CRM", or the text of a problem or change. Owned by the caller. */
char *wf_log_title (const WfLogEntry *entry);
/* What there is to say about it, one line each: "First contact: started", "Hot lead: Score is at least 80: was 35". Of char*;
 * owned by the caller. */
GPtrArray *wf_log_lines (const WfLogEntry *entry, const WfLogNames *names);
/* The icon of the entry's kind; an effect that failed has its own. Borrowed. */
const char *wf_log_icon (const WfLogEntry *entry);
gboolean wf_log_is_problem (const WfLogEntry *entry); /* also an effect that was refused */
/* TRUE when the text is in title, lines or lead; case and accents do not count. */
gboolean wf_log_matches (const WfLogEntry *entry, const WfLogNames *names, const char *text);

/* The head, and one line, of a CSV file (RFC 4180) with time, kind, title, lead and details. Texts that a spreadsheet would
 * take for a formula are defused. */
void wf_log_append_csv_head (GString *csv);
void wf_log_append_csv (GString *csv, const WfLogEntry *entry, const WfLogNames *names,
                        GTimeZone *zone);

G_END_DECLS
