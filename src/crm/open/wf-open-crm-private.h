/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the open API's connector, shared by its parts. */
#pragma once

#include "wf-http.h"
#include "wf-open-crm.h"

G_BEGIN_DECLS

struct _WfOpenCrm
{
  GObject parent_instance;

  WfClock *clock;               /* (owned) */
  WfHttp *http;                 /* (owned) */
  WfOrganisation *organisation; /* (owned) (nullable) as last read */
  char *organisation_etag;      /* (owned) (nullable) */
};

/* The body as JSON; WF_CRM_ERROR_PROTOCOL when it is none. */
WfJsonDocument *wf_open_crm_parse (const WfHttpAnswer *answer, GError **error);
/* WF_CRM_ERROR_PROTOCOL with the first problem. */
GError *wf_open_crm_make_error (const WfProblems *problems);
/* An error for an answer that is JSON but not what was asked for. */
GError *wf_open_crm_make_protocol_error (const char *what);

/* The parts of the interface. */
void wf_open_crm_poll_events_async (WfCrm *crm, const char *cursor, guint limit, guint wait,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
WfEventBatch *wf_open_crm_poll_events_finish (WfCrm *crm, GAsyncResult *result, GError **error);
void wf_open_crm_list_activities_async (WfCrm *crm, const WfCrmActivityQuery *query,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
WfActivityPage *wf_open_crm_list_activities_finish (WfCrm *crm, GAsyncResult *result,
                                                    GError **error);
void wf_open_crm_create_activities_async (WfCrm *crm, GPtrArray *activities,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
GPtrArray *wf_open_crm_create_activities_finish (WfCrm *crm, GAsyncResult *result, GError **error);
void wf_open_crm_change_activity_async (WfCrm *crm, const char *id, const char *etag,
                                        const WfActivityChange *change, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
void wf_open_crm_get_activity_async (WfCrm *crm, const char *id, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
WfActivity *wf_open_crm_get_activity_finish (WfCrm *crm, GAsyncResult *result, GError **error);
void wf_open_crm_list_leads_async (WfCrm *crm, WfInstant updated_after, const char *page,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
void wf_open_crm_list_comments_async (WfCrm *crm, const char *lead, const char *page,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
WfDocumentPage *wf_open_crm_list_documents_finish (WfCrm *crm, GAsyncResult *result,
                                                   GError **error);
void wf_open_crm_perform_async (WfCrm *crm, WfAction *action, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
WfCrmActionResult *wf_open_crm_perform_finish (WfCrm *crm, GAsyncResult *result, GError **error);

G_END_DECLS
