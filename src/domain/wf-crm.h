/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface to a CRM. Every operation is asynchronous and cancellable; a connector fills
 * what its CRM can do, the rest answers WF_CRM_ERROR_NOT_SUPPORTED. Called from one main context
 * only. */
#pragma once

#include "wf-action.h"
#include "wf-activity.h"
#include "wf-event.h"
#include "wf-organisation.h"
#include "wf-workflow.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The codes say what the caller can do. */
#define WF_CRM_ERROR (wf_crm_error_quark ())
typedef enum
{
  WF_CRM_ERROR_AUTH,      /* sign in again (401) */
  WF_CRM_ERROR_FORBIDDEN, /* this role may not (403) */
  WF_CRM_ERROR_NOT_FOUND, /* 404 */
  /* somebody changed it meanwhile (409, 412 /problems/changed): read again */
  WF_CRM_ERROR_CONFLICT,
  WF_CRM_ERROR_ALREADY_EXISTS, /* created before: success (S16) */
  WF_CRM_ERROR_INVALID,        /* the CRM refuses the content for good (400, 422) */
  WF_CRM_ERROR_RATE_LIMITED,   /* 429: later; see wf_crm_error_get_retry_after */
  WF_CRM_ERROR_SERVER,         /* 5xx: later */
  WF_CRM_ERROR_OFFLINE,        /* no connection: when the network is back */
  WF_CRM_ERROR_CERTIFICATE,    /* the server is not who it says: tell the person */
  WF_CRM_ERROR_PROTOCOL,       /* an answer that cannot be read */
  WF_CRM_ERROR_UNCERTAIN,      /* sent, no answer: look before repeating */
  WF_CRM_ERROR_CURSOR_EXPIRED, /* start again from "oldest cursor" */
  WF_CRM_ERROR_NOT_SUPPORTED,
} WfCrmError;
GQuark wf_crm_error_quark (void);
/* An error with the seconds that the server asked to wait; 0 = none. */
GError *wf_crm_error_new_retry_after (guint seconds, const char *message);
guint wf_crm_error_get_retry_after (const GError *error);
/* A WF_CRM_ERROR_AUTH of this computer: the token could not be read, the CRM was not asked. */
GError *wf_crm_error_new_token_unread (const char *message);
gboolean wf_crm_error_is_token_unread (const GError *error);
/* TRUE for the codes after which the same request may succeed later. */
gboolean wf_crm_error_is_transient (const GError *error);

typedef struct
{
  char *server_name; /* (owned) */
  /* (owned) id of the signed-in person in the organisation; nullable for a machine account */
  char *person;
  char **roles;        /* (owned) */
  gint64 clock_offset; /* server's time minus ours, microseconds */
} WfCrmSession;
void wf_crm_session_free (WfCrmSession *self);

typedef struct
{
  GPtrArray *events; /* (owned) of WfEvent, in log order */
  char *next_cursor; /* (owned) set even when there are none */
  gboolean more;     /* ask again at once */
  /* (owned) events that could not be read: shown in the log, the rest goes on */
  WfProblems *problems;
} WfEventBatch;
void wf_event_batch_free (WfEventBatch *self);

typedef struct
{
  GPtrArray *activities; /* (owned) of WfActivity */
  char *next_page;       /* (owned) (nullable) */
} WfActivityPage;
void wf_activity_page_free (WfActivityPage *self);

typedef struct
{
  GPtrArray *documents; /* (owned) of WfJsonDocument: leads, or comments */
  char *next_page;      /* (owned) (nullable) */
} WfDocumentPage;
void wf_document_page_free (WfDocumentPage *self);

typedef struct
{
  const char *person;      /* only of this person; NULL = all that may be seen */
  WfInstant updated_after; /* WF_INSTANT_NONE = all */
  gboolean only_open;
  const char *page; /* NULL = the first */
} WfCrmActivityQuery;

typedef enum
{
  WF_PIN_LEAVE,
  WF_PIN_SET,
  WF_PIN_CLEAR,
} WfPin;

/* What changes on an activity; NULL and WF_INSTANT_NONE leave it, an empty outcome or person is
 * taken away. */
typedef struct
{
  const char *status; /* one of wf_activity_status_names */
  const char *outcome;
  const char *person;
  WfPin pin; /* S7 */
  WfInstant due;
  WfInstant ends; /* of a call or a meeting, along with due; 0 leaves it, too */
  WfInstant remind;
  const char *reason; /* why it was rescheduled; audited */
  const char *comment;
  WfInstant completed; /* when it was done, for work done offline */
  /* a UUID that stays the same on a repetition: the comment is added once (S16); NULL: not known */
  const char *comment_key;
} WfActivityChange;

typedef struct
{
  const char *key;           /* idempotency key: the effect key (S15) */
  const char *person;        /* recipient; NULL when people has them */
  const char *const *people; /* several recipients, NULL-terminated; nullable */
  const char *sender;        /* nullable */
  const char *title;
  const char *text;
  const char *lead;  /* nullable */
  const char *cause; /* S14; nullable */
} WfCrmMessage;

/* What became of an action. */
typedef struct
{
  WfJsonDocument *lead; /* (owned) (nullable) the lead as it is now, when the action changed it */
  /* (owned) (nullable) why nothing was to be done: "already-further" (S17), "already-so" */
  char *note;
} WfCrmActionResult;
void wf_crm_action_result_free (WfCrmActionResult *self);

#define WF_TYPE_CRM (wf_crm_get_type ())
G_DECLARE_INTERFACE (WfCrm, wf_crm, WF, CRM, GObject)

struct _WfCrmInterface
{
  GTypeInterface parent_iface;

  /* Signs in and tests. -> WfCrmSession */
  void (*open_async) (WfCrm *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
  WfCrmSession *(*open_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  /* -> WfOrganisation */
  void (*get_organisation_async) (WfCrm *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
  WfOrganisation *(*get_organisation_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  /* cursor NULL: from the oldest kept event; "now": only what comes next. wait: seconds that the
   * server may hold the answer. */
  void (*poll_events_async) (WfCrm *self, const char *cursor, guint limit, guint wait,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
  WfEventBatch *(*poll_events_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  void (*list_activities_async) (WfCrm *self, const WfCrmActivityQuery *query,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
  WfActivityPage *(*list_activities_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  /* Conditional creation of many (S16). -> array as long as activities with NULL (created or
   * already there) or GError (owned). causes: array of char* as long as activities (nullable). */
  void (*create_activities_async) (WfCrm *self, GPtrArray *activities, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*create_activities_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  /* etag: the state the change was made on. CONFLICT when it moved on. -> the activity as it is
   * now */
  void (*change_activity_async) (WfCrm *self, const char *id, const char *etag,
                                 const WfActivityChange *change, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
  WfActivity *(*change_activity_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  void (*get_activity_async) (WfCrm *self, const char *id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
  WfActivity *(*get_activity_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  /* Leads that the person may see. page NULL: the first. -> WfDocumentPage */
  void (*list_leads_async) (WfCrm *self, WfInstant updated_after, const char *page,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
  WfDocumentPage *(*list_leads_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  /* {"id","lead","author","text","at"} each, newest first. -> WfDocumentPage */
  void (*list_comments_async) (WfCrm *self, const char *lead, const char *page,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
  WfDocumentPage *(*list_comments_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  void (*send_message_async) (WfCrm *self, const WfCrmMessage *message, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*send_message_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  /* Once for its key, however often it is asked (S16). -> WfCrmActionResult */
  void (*perform_async) (WfCrm *self, WfAction *action, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
  WfCrmActionResult *(*perform_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  /* -> array of WfCrmWorkflow (owned) */
  void (*list_workflows_async) (WfCrm *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*list_workflows_finish) (WfCrm *self, GAsyncResult *result, GError **error);

  /* etag NULL: create. -> the new etag; CONFLICT when somebody saved meanwhile (S30) */
  void (*save_workflow_async) (WfCrm *self, WfWorkflow *workflow, const char *etag,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
  char *(*save_workflow_finish) (WfCrm *self, GAsyncResult *result, GError **error);
};

typedef struct
{
  WfWorkflow *workflow; /* (owned) */
  char *etag;           /* (owned) */
  char *author;         /* (owned) (nullable) person id */
  WfInstant saved;
} WfCrmWorkflow;
void wf_crm_workflow_free (WfCrmWorkflow *self);

void wf_crm_open_async (WfCrm *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
WfCrmSession *wf_crm_open_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_get_organisation_async (WfCrm *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
WfOrganisation *wf_crm_get_organisation_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_poll_events_async (WfCrm *self, const char *cursor, guint limit, guint wait,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
WfEventBatch *wf_crm_poll_events_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_list_activities_async (WfCrm *self, const WfCrmActivityQuery *query,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
WfActivityPage *wf_crm_list_activities_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_create_activities_async (WfCrm *self, GPtrArray *activities, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_crm_create_activities_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_change_activity_async (WfCrm *self, const char *id, const char *etag,
                                   const WfActivityChange *change, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
WfActivity *wf_crm_change_activity_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_get_activity_async (WfCrm *self, const char *id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
WfActivity *wf_crm_get_activity_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_list_leads_async (WfCrm *self, WfInstant updated_after, const char *page,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
WfDocumentPage *wf_crm_list_leads_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_list_comments_async (WfCrm *self, const char *lead, const char *page,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
WfDocumentPage *wf_crm_list_comments_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_send_message_async (WfCrm *self, const WfCrmMessage *message, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean wf_crm_send_message_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_perform_async (WfCrm *self, WfAction *action, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
WfCrmActionResult *wf_crm_perform_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_list_workflows_async (WfCrm *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_crm_list_workflows_finish (WfCrm *self, GAsyncResult *result, GError **error);
void wf_crm_save_workflow_async (WfCrm *self, WfWorkflow *workflow, const char *etag,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
char *wf_crm_save_workflow_finish (WfCrm *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCrmSession, wf_crm_session_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfEventBatch, wf_event_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfActivityPage, wf_activity_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDocumentPage, wf_document_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCrmActionResult, wf_crm_action_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCrmWorkflow, wf_crm_workflow_free)

G_END_DECLS
