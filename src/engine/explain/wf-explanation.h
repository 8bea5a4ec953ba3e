/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why did I get this? (B2) The explanation that the engine stores with an activity, read back
 * for people. */
#pragma once

#include "wf-organisation.h"

G_BEGIN_DECLS

typedef struct
{
  char *event_type, *event_id;    /* (owned) */
  gint64 event_time;              /* WfInstant */
  char *workflow, *workflow_name; /* (owned) */
  gint64 version;
  GPtrArray *path;     /* (owned) of char*: conditions and branches passed, with the values seen */
  char *responsible;   /* (owned) how the responsible was resolved, as a sentence */
  GPtrArray *deadline; /* (owned) of char*: the sum line by line */
  char *reminder;      /* (owned) (nullable) */
  GPtrArray *also;     /* (owned) of char*: what joined it (B8) */
} WfExplanation;

/* Sentences in the user's language, made from the stored machine words; names as of the decision.
 * NULL with an error when the text is damaged. */
WfExplanation *wf_explanation_parse (const char *json, GError **error);
/* The same, and the deadline's sum in full (nights, breaks, holidays) as long as the
 * organisation's hours for the owner still give the same deadline. organisation: nullable. */
WfExplanation *wf_explanation_parse_with_hours (const char *json,
                                                const WfOrganisation *organisation, GError **error);
/* B8: the explanation of an activity that another one joined, with the other's as a further reason.
 * json, other_json: nullable; what is damaged or known already adds nothing. Owned by the caller;
 * NULL when there is neither. */
char *wf_explanation_join (const char *json, const char *other_json);
#define WF_EXPLANATION_ERROR (wf_explanation_error_quark ())
typedef enum
{
  WF_EXPLANATION_ERROR_DAMAGED, /* no explanation, or a part of it is missing or wrong */
} WfExplanationError;
GQuark wf_explanation_error_quark (void);
void wf_explanation_free (WfExplanation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfExplanation, wf_explanation_free)

G_END_DECLS
