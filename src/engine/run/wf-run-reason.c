/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a step ended as it did: the machine word of a run's state as a sentence. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-reason.h"

#include "wf-activity.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *word, *text;
} reasons[] = {
  /* a person's answer */
  { WF_OUTCOME_REJECTED, N_ ("The approval was rejected.") },
  { "no-answer", N_ ("The approval was closed without an answer.") },
  { "no-longer-needed", N_ ("It is no longer needed.") },
  /* what is missing */
  { "no-email", N_ ("The lead has no e-mail address.") },
  { "no-phone", N_ ("The lead has no phone number.") },
  { "no-contact", N_ ("The lead has neither an e-mail address nor a phone number.") },
  { "no-record", N_ ("The record that it is about is not known.") },
  { "no-stage", N_ ("The stage that it is about is not known.") },
  { "no-manager", N_ ("The responsible has no manager.") },
  { "no-member", N_ ("The group has no active member.") },
  { "no-owner", N_ ("Nobody is responsible for the lead.") },
  { "no-assignee", N_ ("None of its rules holds, and nobody is named otherwise.") },
  { "no-audience", N_ ("The audience that it is about is not chosen.") },
  { "no-field", N_ ("The field that it is about is not chosen.") },
  { "no-points", N_ ("The number of points is missing.") },
  { "no-text", N_ ("There is no text.") },
  { "no-url", N_ ("The address is missing.") },
  { "not-confirmed", N_ ("Deleting the record was not confirmed.") },
  { "not-in-groups", N_ ("The responsible is in none of the permitted groups.") },
  { "unknown-owner", N_ ("The organisation does not know the lead’s responsible.") },
  { "unknown-group", N_ ("The organisation does not know the group.") },
  { "unknown-person", N_ ("The organisation does not know the person.") },
  { "unknown-kind", N_ ("This version cannot carry out this kind of step.") },
  { "unknown", N_ ("There is no such stage, person or field.") },
  { "unreadable-rule", N_ ("One of its rules cannot be read.") },
  { "nobody-active", N_ ("The person is not active any more, and nobody stands in.") },
  /* dates */
  { "anchor-missing", N_ ("The date from which it counts is missing.") },
  { "anchor-past", N_ ("The date from which it counts has passed.") },
  { "no-open-time", N_ ("The working hours have no open time.") },
  { "out-of-range", N_ ("It would be due beyond the end of the calendar.") },
  /* what happened above it */
  { "previous-skipped", N_ ("The step before it was skipped.") },
  { "previous-failed", N_ ("The step before it failed.") },
  { "previous-cancelled", N_ ("The step before it was cancelled.") },
  { "wait-not-ended", N_ ("The wait above it did not end.") },
  { "branch-not-reached", N_ ("The branch around it was not reached.") },
  { "path-not-taken", N_ ("Another path was taken.") },
  { "path-failed", N_ ("A step of the path failed.") },
  /* the record, the run */
  { "left-stage", N_ ("The record has left the stage.") },
  { "lead-deleted", N_ ("The lead was deleted.") },
  { "lead-discarded", N_ ("The lead was discarded.") },
  { "lead-finalized", N_ ("The lead was finalized.") },
  { "stopped", N_ ("Somebody stopped the run.") },
  { "restarted", N_ ("The workflow started again for the lead.") },
  { "paused", N_ ("It came due while the workflow was paused.") },
  { "added-later", N_ ("It was added after the run had passed its place.") },
};

/**
 * wf_run_reason_to_text:
 * @reason: (nullable): of a step of a run
 *
 * Returns: (transfer none): why, as a sentence
 */
const char *
wf_run_reason_to_text (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reason, reasons[i].word) == 0)
      return _ (reasons[i].text);
  return reason != NULL ? reason : _ ("No reason is known.");
}
