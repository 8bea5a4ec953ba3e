/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something that the CRM is asked to do once (R70, R78-R88): change a record, send something, close
 * activities. Its key makes a repetition harmless (S16). Immutable, atomic reference count. */
#pragma once

#include "wf-json-writer.h"
#include "wf-problem.h"
#include "wf-uuid.h"

G_BEGIN_DECLS

/* Each with the members it has beside kind, lead, record and cause; those in brackets may be
 * missing. */
typedef enum
{
  WF_ACTION_POST_TO_STREAM, /* text, [mentions: person ids], [sender] */
  WF_ACTION_CHANGE_STAGE,   /* stage, allow-back, [reason] (S17) */
  /* owner: the proposal, null is the queue (S11); [strategy: "round-robin" or "least-loaded",
   * group, candidates: the CRM may choose another of them; rule: which of the criteria held, from
   * 1, for those who ask why (B2)] */
  WF_ACTION_CHANGE_RESPONSIBLE,
  WF_ACTION_SET_FIELD,  /* field ("lead.custom.sector"), value */
  WF_ACTION_ADD_SCORE,  /* points */
  WF_ACTION_SEND_EMAIL, /* to: addresses, subject, text, [sender], [track-opening] */
  /* channel: "sms" or "whatsapp", to: phone, text or template with [variables] */
  WF_ACTION_SEND_MESSAGE,
  WF_ACTION_ADD_TO_AUDIENCE,  /* platform, audience, [email-sha256], [phone-sha256] (R83) */
  WF_ACTION_WEBHOOK,          /* url, payload, [allow-private] */
  WF_ACTION_DELETE_RECORD,    /* nothing more (R78) */
  WF_ACTION_CLOSE_ACTIVITIES, /* [activity-types], [workflow: only those it created], reason */
  WF_ACTION_START_WORKFLOW,   /* workflow: id (manual.started, R104) */
  /* What only people do. */
  /* lead: its new id; name, [phone, email, interest, notes, unit, origin] (R58) */
  WF_ACTION_CREATE_LEAD,
  WF_ACTION_SET_ABSENCE, /* person, absence: an object as in the organisation's document (B10) */
  WF_ACTION_END_ABSENCE, /* person, absence: its id */
} WfActionKind;
#define WF_N_ACTION_KINDS 15
/* The notes of a new lead are its first comment: its id is the version 5 UUID of the key and
 * this. */
#define WF_ACTION_NOTES "notes"
extern const char *const wf_action_kind_names[]; /* "post-to-stream", ..., "start-workflow", NULL */

typedef struct
{
  char key[WF_UUID_LENGTH + 1]; /* effect key (S15), or a random one for what a person does */
  WfActionKind kind;
  char *lead;              /* (owned) (nullable) */
  char *record;            /* (owned) (nullable) id of the deal when it is about one */
  char *cause;             /* (owned) (nullable) S14 */
  WfJsonDocument *members; /* (owned) an object of the members above */
  /*< private >*/
  gatomicrefcount ref_count;
} WfAction;

/* members: taken over. */
WfAction *wf_action_new (WfActionKind kind, const char *key, const char *lead,
                         WfJsonDocument *members);
WfAction *wf_action_ref (WfAction *self);
void wf_action_unref (WfAction *self);
const WfJson *wf_action_get_member (const WfAction *self, const char *name);
const char *wf_action_get_text (const WfAction *self, const char *name); /* NULL when missing */
gboolean wf_action_kind_parse (const char *name, WfActionKind *kind);

/* {"key","kind","lead","record","cause", ...members}: what waits in the outbox, and without key
 * the body of the open API's PUT /actions/{key}. Owned by the caller. */
char *wf_action_to_text (const WfAction *self, gboolean with_key);
/* key: used when the object has none. NULL with problems: unknown kind, members missing or of a
 * wrong type. */
WfAction *wf_action_read (const WfJson *root, const char *key, WfProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAction, wf_action_unref)

G_END_DECLS
