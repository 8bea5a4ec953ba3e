/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that put steps into sentences share. Optional parts are added one after the
 * other: each time a complete sentence is put into a longer one, which translators see whole. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

/* Puts the sentence into a longer one, whose format takes it first, then more; frees what it
 * replaces. more, last: nullable, when the format does not use them. */
void wf_sentence_extend (char **sentence, const char *format, const char *more, const char *last);

/* A text of several lines as one; "…" when there is none. Owned by the caller. */
char *wf_sentence_quote (const char *text);
const char *wf_sentence_get_field (const char *field);
const char *wf_sentence_get_type (const char *type, const WfOrganisation *organisation);
const char *wf_sentence_get_group (const char *group, const WfOrganisation *organisation);
/* "the responsible", "the next one in turn of the group Inbound"; NULL is the responsible. Owned
 * by the caller. */
char *wf_sentence_make_assignee (const char *assignee, const WfOrganisation *organisation);
char *wf_sentence_make_recipient (const char *recipient, const WfOrganisation *organisation);
/* "A, B": func names each. Owned by the caller. */
typedef const char *(*WfSentenceNameFunc) (const char *id, const WfOrganisation *organisation);
char *wf_sentence_join (char **ids, WfSentenceNameFunc func, const WfOrganisation *organisation);

typedef struct
{
  WfDuration within;
  const char *before; /* nullable */
  gboolean business_time, business_hours;
} WfSentenceDeadline;
/* ", due in 30 minutes" */
void wf_sentence_add_deadline (char **sentence, const WfSentenceDeadline *deadline);
/* ", remind 10 minutes before" */
void wf_sentence_add_notify (char **sentence, WfDuration notify);
/* ", shown as sent by Ana"; sender: nullable */
void wf_sentence_add_sender (char **sentence, const char *sender,
                             const WfOrganisation *organisation);

/* Each owned by the caller. */
char *wf_sentence_make_activity (const WfStep *step, const WfOrganisation *organisation);
char *wf_sentence_make_settings (const WfStep *step, const WfOrganisation *organisation);

G_END_DECLS
