/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can happen in the sample company: each scene changes records and leaves events, in the
 * past or now. */
#pragma once

#include "wf-demo-crm.h"

G_BEGIN_DECLS

typedef struct _WfDemoScenes WfDemoScenes;

WfDemoScenes *wf_demo_scenes_new (WfDemoCrm *crm, guint seed, GError **error);
void wf_demo_scenes_free (WfDemoScenes *self);
GRand *wf_demo_scenes_get_rand (WfDemoScenes *self);
/* low <= result < high */
gint wf_demo_scenes_pick (WfDemoScenes *self, gint low, gint high);
gboolean wf_demo_scenes_chance (WfDemoScenes *self, double probability);
/* One of the texts of words.json. Borrowed. */
const char *wf_demo_scenes_word (WfDemoScenes *self, const char *list);
/* How an activity of the type ends: one of its outcomes, else a text. Borrowed. */
const char *wf_demo_scenes_outcome (WfDemoScenes *self, const char *type);

/* All within a transaction. actor: a person's id, NULL for the CRM itself. */

/* A new lead comes in; a store-flow lead (origin "flow") is made by its owner by hand. Result:
 * its id, owned. */
char *wf_demo_scenes_lead (WfDemoScenes *self, const char *owner, const char *source,
                           const char *origin);
void wf_demo_scenes_stage (WfDemoScenes *self, const char *lead, const char *actor,
                           const char *stage, const char *reason);
void wf_demo_scenes_owner (WfDemoScenes *self, const char *lead, const char *actor,
                           const char *owner);
void wf_demo_scenes_score (WfDemoScenes *self, const char *lead, gint change);
/* type: meeting.scheduled, meeting.rescheduled, meeting.cancelled, meeting.held. id: NULL makes
 * one. Result: the id, owned. */
char *wf_demo_scenes_meeting (WfDemoScenes *self, const char *lead, const char *actor,
                              const char *type, const char *id, WfInstant start);
/* email.opened, email.link-clicked, email.replied */
void wf_demo_scenes_mail (WfDemoScenes *self, const char *lead, const char *type);
/* call.made, call.missed */
void wf_demo_scenes_call (WfDemoScenes *self, const char *lead, const char *actor,
                          const char *type);
/* Somebody is asked to approve something of the lead, until due. Nothing without a type of
 * activity for that. */
void wf_demo_scenes_approval (WfDemoScenes *self, const char *lead, const char *person,
                              WfInstant due);
void wf_demo_scenes_deal_won (WfDemoScenes *self, const char *lead, const char *actor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoScenes, wf_demo_scenes_free)

G_END_DECLS
