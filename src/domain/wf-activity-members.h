/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members of an activity and of its changes in JSON, as the open API and the outbox name
 * them. */
#pragma once

#include "wf-crm.h"
#include "wf-json-writer.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  gsize offset; /* in WfActivity: of a char *, or of a WfInstant */
} WfActivityMember;

#define WF_N_ACTIVITY_TEXTS 18
#define WF_N_ACTIVITY_INSTANTS 7
/* Without id, etag and explanation, which are written in ways of their own. */
extern const WfActivityMember wf_activity_texts[WF_N_ACTIVITY_TEXTS];
extern const WfActivityMember wf_activity_instants[WF_N_ACTIVITY_INSTANTS];

/* Into an object that is open. What is not set is left out. */
void wf_activity_write_members (const WfActivity *self, WfJsonWriter *writer);
void wf_activity_change_write_members (const WfActivityChange *self, WfJsonWriter *writer);
void wf_activity_write_instant (WfJsonWriter *writer, const char *name, WfInstant instant);

G_END_DECLS
