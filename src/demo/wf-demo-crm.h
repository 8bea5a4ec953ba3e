/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM without HTTP: what its records are, who may change them, and the events that
 * follow. */
#pragma once

#include "wf-clock.h"
#include "wf-demo-database.h"
#include "wf-organisation.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What became of a request: an answer or a problem (RFC 9457), ready for HTTP. */
typedef struct
{
  guint status;                            /* as in HTTP */
  char *body;                              /* (owned) (nullable) JSON */
  char *etag;                              /* (owned) (nullable) with its quotes */
  const char *problem;                     /* (nullable) last part of the problem's type */
  char *title;                             /* (owned) (nullable) */
  WfProblems *errors;                      /* (owned) (nullable) */
  gboolean has_same_content, same_content; /* of already-exists */
  char *members;                           /* (owned) (nullable) further members, a JSON object */
  char *oldest_cursor;                     /* (owned) (nullable) of cursor-expired */
  guint retry_after;                       /* seconds */
} WfDemoOutcome;

void wf_demo_outcome_clear (WfDemoOutcome *self);
gboolean wf_demo_outcome_is_problem (const WfDemoOutcome *self);
/* Makes self a problem; the first one stays. title: translated. */
void wf_demo_outcome_fail (WfDemoOutcome *self, guint status, const char *problem,
                           const char *title);
/* The same with the list of what is not valid (422); problems is taken. */
void wf_demo_outcome_refuse (WfDemoOutcome *self, WfProblems *problems);
/* Takes body; the tag is made from revision (0: none). */
void wf_demo_outcome_succeed (WfDemoOutcome *self, guint status, char *body, gint64 revision);
/* The problem as JSON. Owned by the caller. */
char *wf_demo_outcome_to_text (const WfDemoOutcome *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfDemoOutcome, wf_demo_outcome_clear)

typedef enum
{
  WF_DEMO_CALLER_PERSON,
  WF_DEMO_CALLER_BRIDGE, /* feeds leads and events in */
  WF_DEMO_CALLER_ENGINE, /* evaluates workflows for everyone, without a window */
  WF_DEMO_CALLER_SELF,   /* the demo CRM and its simulated people */
} WfDemoCallerKind;

/* Who asks, and what follows from it. */
typedef struct
{
  WfDemoCallerKind kind;
  WfOrganisation *organisation; /* (owned) (nullable) keeps person and visible valid */
  const WfPerson *person;       /* (unowned) (nullable) */
  GHashTable
      *visible; /* (owned) (nullable) ids of the people whose records are seen; NULL = everyone */
  char *cause;  /* (owned) (nullable) Workflow-Cause of this request (S14) */
} WfDemoCaller;

typedef struct _WfDemoCrm WfDemoCrm;

/* path: the database's. log_id: NULL makes a random one for a new database. */
WfDemoCrm *wf_demo_crm_open (const char *path, WfClock *clock, const char *log_id, GError **error);
void wf_demo_crm_free (WfDemoCrm *self);
WfDemoDatabase *wf_demo_crm_get_database (WfDemoCrm *self);
WfOrganisation *wf_demo_crm_get_organisation (WfDemoCrm *self);
/* The instant of what is done now: the clock's, or the one that was set for writing the past. */
WfInstant wf_demo_crm_now (WfDemoCrm *self);
void wf_demo_crm_set_now (WfDemoCrm *self, WfInstant now);
/* Called after a commit that added events or changed when an activity becomes late. */
void wf_demo_crm_set_changed_func (WfDemoCrm *self, void (*func) (gpointer user_data),
                                   gpointer user_data);

/* Every change stands between these; commit answers FALSE with a 500 in outcome when the
 * database refuses. */
void wf_demo_crm_begin (WfDemoCrm *self);
gboolean wf_demo_crm_commit (WfDemoCrm *self, WfDemoOutcome *outcome);
void wf_demo_crm_rollback (WfDemoCrm *self);
/* The next value of the counter of changes. */
gint64 wf_demo_crm_next_revision (WfDemoCrm *self);

/* Who asks. person: an id of the organisation; NULL with a kind of machine. */
void wf_demo_crm_init_caller (WfDemoCrm *self, WfDemoCaller *caller, WfDemoCallerKind kind,
                              const char *person);
void wf_demo_caller_clear (WfDemoCaller *caller);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfDemoCaller, wf_demo_caller_clear)
const char *wf_demo_caller_get_id (
    const WfDemoCaller *caller); /* person id, "bridge", "engine" or "crm" */
gboolean wf_demo_caller_sees (const WfDemoCaller *caller,
                              const char *person); /* person NULL: nobody's records */
gboolean wf_demo_crm_caller_may (WfDemoCrm *self, const WfDemoCaller *caller, WfRight right);
/* FALSE for media and ranking, which read only (A7), and for nobody. */
gboolean wf_demo_crm_caller_may_write (WfDemoCrm *self, const WfDemoCaller *caller);

/* -- events: one log --------------------------------------------------------------------------- */

typedef struct
{
  const char *type;
  const char *lead; /* (nullable) its snapshot goes into data.lead */
  const char
      *people; /* (nullable) more people concerned than the lead's owner, separated by spaces */
  const WfJson *data; /* (nullable) further members of data */
  const char *id;     /* (nullable) made when NULL */
} WfDemoEventDraft;

void wf_demo_crm_add_event (WfDemoCrm *self, const WfDemoCaller *caller,
                            const WfDemoEventDraft *draft);
const char *wf_demo_crm_get_source (WfDemoCrm *self);
/* One event of a bridge (a value of document). TRUE when stored or known (*known); else problems
 * tell. */
gboolean wf_demo_crm_post_event (WfDemoCrm *self, const WfDemoCaller *caller,
                                 WfJsonDocument *document, const WfJson *root, const char *path,
                                 gboolean *known, WfProblems *problems);

#define WF_DEMO_MOST_EVENTS 500
typedef struct
{
  gint64 after; /* sequence */
  guint limit;
  char **types; /* (owned) (nullable) */
} WfDemoEventQuery;
/* cursor NULL: the oldest kept; "now": the end. FALSE with a problem when it cannot be read
 * (400) or is too old (410). */
gboolean wf_demo_crm_read_cursor (WfDemoCrm *self, const char *cursor, gint64 *after,
                                  WfDemoOutcome *outcome);
char *wf_demo_crm_make_cursor (WfDemoCrm *self, gint64 sequence);
/* func gets each event in order; *next is where to go on, *more whether at once. Result: how
 * many. */
typedef void (*WfDemoEventFunc) (gint64 sequence, const char *type, const char *body,
                                 gpointer user_data);
guint wf_demo_crm_read_events (WfDemoCrm *self, const WfDemoCaller *caller,
                               const WfDemoEventQuery *query, gint64 *next, gboolean *more,
                               WfDemoEventFunc func, gpointer user_data);
void wf_demo_crm_prune_events (WfDemoCrm *self, guint keep);
/* Retention: keeps the log, the audit trail and closed records within bounds. */
void wf_demo_crm_prune (WfDemoCrm *self);

/* -- leads ------------------------------------------------------------------------------------- */

void wf_demo_crm_list_leads (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                             WfDemoOutcome *outcome, char **next_page);
void wf_demo_crm_get_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                           WfDemoOutcome *outcome);
/* The stored text, NULL without such a lead. */
char *wf_demo_crm_dup_lead (WfDemoCrm *self, const char *id);
void wf_demo_crm_put_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                           const WfJson *body, const char *if_match, gboolean create,
                           WfDemoOutcome *outcome);
void wf_demo_crm_patch_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                             const WfJson *patch, const char *if_match, WfDemoOutcome *outcome);
void wf_demo_crm_delete_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                              const char *if_match, WfDemoOutcome *outcome);
void wf_demo_crm_list_comments (WfDemoCrm *self, const WfDemoCaller *caller, const char *lead,
                                GHashTable *query, WfDemoOutcome *outcome, char **next_page);
void wf_demo_crm_put_comment (WfDemoCrm *self, const WfDemoCaller *caller, const char *lead,
                              const char *id, const WfJson *body, WfDemoOutcome *outcome);
/* Writes the lead as an event shows it, without events of its own. */
void wf_demo_crm_learn_lead (WfDemoCrm *self, const WfJson *snapshot);

/* -- activities -------------------------------------------------------------------------------- */

#define WF_DEMO_MOST_BATCH 2000

void wf_demo_crm_list_activities (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                                  WfDemoOutcome *outcome, char **next_page);
void wf_demo_crm_get_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                               WfDemoOutcome *outcome);
/* path: goes before the members' names in problems. */
void wf_demo_crm_create_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                                  const WfJson *body, const char *path, WfDemoOutcome *outcome);
void wf_demo_crm_replace_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                                   const WfJson *body, const char *if_match,
                                   WfDemoOutcome *outcome);
void wf_demo_crm_patch_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                                 const WfJson *patch, const char *if_match, WfDemoOutcome *outcome);
void wf_demo_crm_delete_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                                  const char *if_match, WfDemoOutcome *outcome);
/* S22: emits "activity became late" once for each that is; WF_INSTANT_NONE or when the next one
 * will be. */
WfInstant wf_demo_crm_announce_late (WfDemoCrm *self);
/* Those already late are not announced: they were before anybody looked. */
void wf_demo_crm_forget_late (WfDemoCrm *self);

/* -- documents, messages, audit ---------------------------------------------------------------- */

void wf_demo_crm_get_organisation_document (WfDemoCrm *self, WfDemoOutcome *outcome);
void wf_demo_crm_put_organisation (WfDemoCrm *self, const WfDemoCaller *caller, const WfJson *body,
                                   const char *if_match, WfDemoOutcome *outcome);
void wf_demo_crm_list_workflows (WfDemoCrm *self, WfDemoOutcome *outcome);
void wf_demo_crm_get_workflow (WfDemoCrm *self, const char *id, WfDemoOutcome *outcome);
void wf_demo_crm_put_workflow (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                               const WfJson *body, const char *if_match, gboolean create,
                               WfDemoOutcome *outcome);
void wf_demo_crm_get_message (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                              WfDemoOutcome *outcome);
void wf_demo_crm_list_messages (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                                WfDemoOutcome *outcome, char **next_page);
void wf_demo_crm_put_message (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                              const WfJson *body, WfDemoOutcome *outcome);
/* A lead opens or answers an e-mail that was sent to it: the event email.opened or email.replied.
 * FALSE when there is none for that. */
gboolean wf_demo_crm_answer_mail (WfDemoCrm *self, gboolean reply);
void wf_demo_crm_list_audit (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                             WfDemoOutcome *outcome, char **next_page);
/* object: "activity/ID". detail: JSON or NULL. */
void wf_demo_crm_audit (WfDemoCrm *self, const WfDemoCaller *caller, const char *action,
                        const char *object, const char *detail);

/* -- actions: done once for their key (S16) ------------------------------------------------------ */

#define WF_DEMO_ACTION_DONE "done"
#define WF_DEMO_ACTION_PENDING "pending" /* a webhook that is not delivered yet */
#define WF_DEMO_ACTION_FAILED "failed"   /* ... that was given up */
#define WF_DEMO_ACTION_REFUSED "refused" /* ... whose address is not allowed */

void wf_demo_crm_put_action (WfDemoCrm *self, const WfDemoCaller *caller, const char *key,
                             const WfJson *body, WfDemoOutcome *outcome);
void wf_demo_crm_get_action (WfDemoCrm *self, const WfDemoCaller *caller, const char *key,
                             WfDemoOutcome *outcome);
void wf_demo_crm_list_actions (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                               WfDemoOutcome *outcome, char **next_page);

/* -- webhooks ------------------------------------------------------------------------------------ */

/* Managers and administrators. */
gboolean wf_demo_caller_is_manager (const WfDemoCaller *caller);
/* The secret with which deliveries are signed, made at its first use: "whsec_" and base64. Owned
 * by the caller. */
char *wf_demo_crm_dup_webhook_secret (WfDemoCrm *self);
void wf_demo_crm_get_webhook_secret (WfDemoCrm *self, const WfDemoCaller *caller,
                                     WfDemoOutcome *outcome);
#define WF_DEMO_MOST_HOOK_BODY ((goffset) 256 * 1024)
/* base: the API's address, "http://host/wfcrm/v1". query: name asks for one that nobody uses yet. */
void wf_demo_crm_list_hooks (WfDemoCrm *self, const WfDemoCaller *caller, const char *base,
                             GHashTable *query, WfDemoOutcome *outcome);
/* token: of the address; nullable. FALSE when it is not this hook's. */
gboolean wf_demo_crm_check_hook (WfDemoCrm *self, const char *name, const char *token);
/* delivery: the sender's id of it (webhook-id); nullable. The same one makes one event only. */
void wf_demo_crm_receive_hook (WfDemoCrm *self, const char *name, const char *delivery,
                               const WfJson *body, WfDemoOutcome *outcome);

/* -- shared by the parts of the model ---------------------------------------------------------- */

char *wf_demo_crm_make_tag (gint64 revision);
/* TRUE when if_match allows changing a record of this revision; else outcome tells (428, 412). */
gboolean wf_demo_crm_check_match (const char *if_match, gint64 revision, WfDemoOutcome *outcome);
/* The page's start (0 = first) and size from the query; FALSE with a 400. */
gboolean wf_demo_crm_read_page (GHashTable *query, gint64 *page, guint *limit,
                                WfDemoOutcome *outcome);
/* SHA-256 of a value, to see whether a repeated creation says the same. Owned by the caller. */
char *wf_demo_crm_fingerprint (const WfJson *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoCrm, wf_demo_crm_free)

G_END_DECLS
