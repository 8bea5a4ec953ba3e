/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Absences as values (B10): read, written, checked, and put into the organisation's document. */
#pragma once

#include "wf-json-cursor.h"
#include "wf-json-writer.h"
#include "wf-organisation.h"

G_BEGIN_DECLS

/* As in the organisation's document; what is wrong is left out, with a problem at its path. types:
 * ids that rules may name, NULL: any. n: how many. Texts are borrowed from the document; ended by
 * wf_absences_free(). */
WfAbsence *wf_absences_read (const WfJsonCursor *person, GHashTable *types, guint *n);
void wf_absences_free (const WfAbsence *absences, guint n);

/* One by itself, which owns its texts. NULL with problems. */
WfAbsence *wf_absence_read (const WfJson *object, WfProblems *problems);
WfAbsence *wf_absence_copy (const WfAbsence *self);
void wf_absence_free (WfAbsence *self);
gboolean wf_absence_equal (const WfAbsence *self, const WfAbsence *other);
/* zone: nullable, UTC. */
void wf_absence_write (const WfAbsence *self, WfJsonWriter *writer, const char *name,
                       GTimeZone *zone);
/* Who covers: its own, else the person's; NULL: nobody. Borrowed. */
const char *wf_absence_get_cover (const WfAbsence *self, const WfPerson *person);
/* TRUE when any type has this treatment. */
gboolean wf_absence_uses (const WfAbsence *self, WfAbsenceTreatment treatment);

/* Who really gets it: the cover, or, while that one is inactive or away too, whoever covers for
 * them, and so on; NULL: nobody, or they go round in a circle (S11). Borrowed. */
const char *wf_organisation_find_cover (const WfOrganisation *self, const WfPerson *person,
                                        const WfAbsence *absence, WfInstant at, const char *type);

/* Of the person, by id; NULL when there is none. Borrowed. */
const WfAbsence *wf_person_find_absence (const WfPerson *person, const char *id);
/* The first one of the person that has a time in common with [from, until), not counting the one
 * with the id (nullable). Borrowed. */
const WfAbsence *wf_person_find_overlap (const WfPerson *person, WfInstant from, WfInstant until,
                                         const char *but);

/* Why the person cannot have this absence, in the user's language; NULL: nothing speaks against it.
 * Owned by the caller. */
char *wf_organisation_explain_absence (const WfOrganisation *self, const char *person,
                                       const WfAbsence *absence);
/* Why one person may not tell of another's absence, or NULL: one's own, of those whose organisation
 * one edits, and of those whom one coordinates. Owned by the caller. */
char *wf_organisation_explain_absence_right (const WfOrganisation *self, const WfPerson *who,
                                             const char *person);

/* The organisation with the absence, in place of the one with the same id; everything else in the
 * document stays. NULL when the person is unknown. */
WfOrganisation *wf_organisation_with_absence (const WfOrganisation *self, const char *person,
                                              const WfAbsence *absence);
/* Ended at that instant; removed when it had not begun. NULL when there is none. */
WfOrganisation *wf_organisation_end_absence (const WfOrganisation *self, const char *person,
                                             const char *id, WfInstant at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAbsence, wf_absence_free)

G_END_DECLS
