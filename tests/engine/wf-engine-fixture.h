/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Organisations, workflows and events for the engine's tests, from JSON with single quotes. */
#pragma once

#include "wf-engine.h"

G_BEGIN_DECLS

/* The calendar of the semantics: America/Sao_Paulo, Monday to Friday 09:00-12:00 and
 * 13:00-18:00. People: ana (inbound), bruno (outbound), carla (coordinator of inbound), dora
 * (away; cover bruno), eva (away; inbound), fabio (away; no group). The groups night and weekend
 * (coordinator bruno) have no people. Stages of leads: new, filter-1, filter-2; of deals: offer,
 * closing. */
extern const char wf_fixture_organisation[];
WfOrganisation *wf_fixture_new_organisation (void);

/* Reads a whole document; fails the test on errors. */
WfWorkflow *wf_fixture_new_workflow (const char *quoted);
/* steps: the array; rest: further members such as "'reentry':'restart'" of the trigger, or NULL. */
WfWorkflow *wf_fixture_new_workflow_with (const char *id, const char *event,
                                          const char *trigger_rest, const char *steps);
/* lead: members, or NULL for an event without a lead; data_rest: further members of data, or
 * NULL. */
WfEvent *wf_fixture_new_event (const char *id, const char *type, const char *time, const char *lead,
                               const char *data_rest);
WfEvent *wf_fixture_new_event_from (const char *quoted);
WfJsonDocument *wf_fixture_new_json (const char *quoted);
WfInstant wf_fixture_instant (const char *text);

G_END_DECLS
