/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens in the company of a fleet's test, and what must have become of it: random leads and
 * events, and by a table of its own, without any engine, every effect that they have. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

/* One event of a lead, in the order in which they happen. */
typedef struct
{
  char *id, *type, *lead; /* (owned) */
  const char *owner;
  const char *stage;
  guint score;
  WfInstant at; /* set by whoever lets it happen */
} WfFleetEvent;

typedef enum
{
  WF_FLEET_ACTIVITY,
  WF_FLEET_ACTION,
  WF_FLEET_MESSAGE,
  WF_FLEET_N_KINDS,
} WfFleetKind;

typedef struct
{
  WfFleetKind kind;
  const char *person; /* of an activity */
  WfInstant due;      /* of an activity; WF_INSTANT_NONE: a person's doing decides it */
} WfFleetEffect;

typedef struct _WfFleetModel WfFleetModel;
#define WF_FLEET_FORM_WORKFLOW "f1ee7000-6d0a-4b67-9a55-000000000000"

WfFleetModel *wf_fleet_model_new (guint seed, guint n_events);
/* So many leads that each submit one form. */
WfFleetModel *wf_fleet_model_new_storm (guint n_leads);
void wf_fleet_model_free (WfFleetModel *self);
/* Documents of the workflows, NULL-terminated. Owned by the caller. */
char **wf_fleet_model_list_workflows (void);
#define WF_FLEET_APART (20 * G_TIME_SPAN_SECOND)
guint wf_fleet_model_get_n_events (WfFleetModel *self);
WfFleetEvent *wf_fleet_model_get_event (WfFleetModel *self, guint index);
char *wf_fleet_event_to_text (const WfFleetEvent *self);
/* The activity whose end by a person lets the chain go on, NULL for other events. Owned by the
 * caller. */
char *wf_fleet_event_dup_chain (const WfFleetEvent *self);
/* The person did it: the next one of the chain exists. */
void wf_fleet_model_note_done (WfFleetModel *self, WfFleetEvent *event);

/* After everything has happened. key -> WfFleetEffect. */
GHashTable *wf_fleet_model_make_effects (WfFleetModel *self);
/* lead -> its score, as a number. */
GHashTable *wf_fleet_model_make_scores (WfFleetModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfFleetModel, wf_fleet_model_free)

G_END_DECLS
