/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an absence does to the activities that are there already (B10), in the store's thread. */
#pragma once

#include "wf-commit.h"
#include "wf-runtime-day.h"

G_BEGIN_DECLS

/* Open ones of the person whose deadline lies in the absence; of WfActivity, by deadline. */
GPtrArray *wf_absence_list_affected (WfCommit *self, const char *person, const WfAbsence *absence);
/* What becomes of one: a meeting does not shift, others keep its date too. */
WfAbsenceTreatment wf_absence_treat (const WfAbsence *absence, const WfActivity *activity);

/* Carries it out, and remembers what it did. organisation: as it is with the absence. */
gboolean wf_absence_apply (WfCommit *self, WfOrganisation *organisation, const char *person,
                           const WfAbsence *absence, GError **error);
/* It never was: what nobody touched since is as before. */
gboolean wf_absence_revert (WfCommit *self, const char *id, GError **error);
/* It ends now, before its time: what nobody touched comes back, as far as it is still ahead; what
 * would have been due meanwhile is spread from now. */
gboolean wf_absence_cut_short (WfCommit *self, WfOrganisation *organisation, const char *person,
                               const char *id, GError **error);

/* What was done, for the briefing. */
typedef struct
{
  guint shifted, covered, completed; /* completed: of those that are covered */
  char *cover;                       /* (owned) (nullable) who has most of them */
} WfAbsenceFigures;
void wf_absence_figures_clear (WfAbsenceFigures *self);
void wf_absence_count (WfStore *store, const char *id, WfAbsenceFigures *figures);

/* What waits to be told to the CRM, on top of what it told: taken, and given back changed. */
WfOrganisation *wf_absence_overlay (WfStore *store, WfOrganisation *organisation);
/* The CRM has refused an absence, or its end: nothing of it counts. */
gboolean wf_absence_refused (WfCommit *self, const WfAction *action, GError **error);

#define WF_FACT_ABSENCE "absence/" /* + absence's id: JSON: what it did here */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfAbsenceFigures, wf_absence_figures_clear)

G_END_DECLS
