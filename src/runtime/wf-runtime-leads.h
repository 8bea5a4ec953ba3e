/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime for leads (ui.md "Leads"): the local table of the CRM's leads, and what a person does
 * with one. What is done goes to the CRM as an action with a key of its own (S16), durable here
 * first (B18). */
#pragma once

#include "wf-runtime.h"

G_BEGIN_DECLS

/* The signal of the runtime "leads-changed" (): after a commit that changed what these queries say. */

/* Who sees a lead: whoever sees everyone (machines too) all that are here; others their own, and those
 * of the queue where they may claim or direct leads. The card and the history of a lead are also there
 * for whoever has an activity of it. */

/* Of WfLead, and how many there are in all. owners are limited to those whom the person may see. */
void wf_runtime_list_leads_async (WfRuntime *self, const WfLeadQuery *query,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *wf_runtime_list_leads_finish (WfRuntime *self, GAsyncResult *result, guint *total,
                                         GError **error);
void wf_runtime_get_lead_async (WfRuntime *self, const char *id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
WfLead *wf_runtime_get_lead_finish (WfRuntime *self, GAsyncResult *result, GError **error);

/* Of WfLeadMoment, newest first; *more: there are further ones. The first page also asks the CRM for
 * comments that are not known here; they come with "leads-changed". */
void wf_runtime_list_moments_async (WfRuntime *self, const char *lead, guint offset, guint limit,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *wf_runtime_list_moments_finish (WfRuntime *self, GAsyncResult *result, gboolean *more,
                                           GError **error);

/* The commands end with wf_runtime_command_finish, once the change is durable here; it is seen at
 * once, and what waits lies over what the CRM tells meanwhile (B18). Of WF_RUNTIME_ERROR: NOT_ALLOWED,
 * NOT_FOUND, NO_LONGER_APPLIES (it is so already), INVALID (a reason or a text is missing). What the
 * CRM refuses later is taken back, with sync REFUSED and the reason in sync_error. */

/* reason: needed to move back (S17), else nullable; see wf_lead_explain_stage. */
void wf_runtime_change_stage_async (WfRuntime *self, const char *lead, const char *stage,
                                    const char *reason, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
/* R66: to another person; NULL: to the queue. */
void wf_runtime_direct_lead_async (WfRuntime *self, const char *lead, const char *person,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Whether wf_runtime_direct_lead_async would do it, and why not, in the user's language; NULL when
 * it is allowed. person NULL: the queue. Owned by the caller. */
char *wf_runtime_explain_direction (WfRuntime *self, const WfLead *lead, const char *person);
/* R155. mentions: person ids, NULL-terminated, nullable; they are told by the CRM. */
void wf_runtime_comment_lead_async (WfRuntime *self, const char *lead, const char *text,
                                    const char *const *mentions, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);

/* R58: a client served in the store. */
typedef struct
{
  const char *name;                             /* required */
  const char *phone, *email, *interest, *notes; /* nullable */
  const char *unit; /* one of the person's units with store flow; NULL: the only one */
} WfNewLead;
void wf_runtime_create_lead_async (WfRuntime *self, const WfNewLead *lead,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* The new lead's id, owned by the caller. */
char *wf_runtime_create_lead_finish (WfRuntime *self, GAsyncResult *result, GError **error);

/* Many leads at once (bulk actions). */
typedef struct
{
  const char *stage;  /* NULL: stays */
  const char *owner;  /* NULL: stays; "": the queue */
  const char *reason; /* nullable; needed where it moves a lead back */
} WfLeadChange;
/* What was done with one lead, to be taken back. */
typedef struct
{
  char *lead;                 /* (owned) */
  char *stage_before, *stage; /* (owned) (nullable) */
  char *owner_before, *owner; /* (owned) (nullable) */
  gboolean stage_changed, owner_changed;
} WfLeadDone;
typedef struct
{
  char *lead, *name; /* (owned) */
  char *text;        /* (owned) why it was left out, in words */
} WfLeadRefusal;
typedef struct
{
  GPtrArray *done;    /* (owned) of WfLeadDone */
  GPtrArray *refused; /* (owned) of WfLeadRefusal, in the order of the ids */
} WfLeadsResult;
void wf_leads_result_free (WfLeadsResult *self);
/* In one transaction; what does not apply to a lead is left out and named. A lead that has already
 * what is asked for is neither done nor refused. */
void wf_runtime_change_leads_async (WfRuntime *self, const char *const *leads,
                                    const WfLeadChange *change, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
WfLeadsResult *wf_runtime_change_leads_finish (WfRuntime *self, GAsyncResult *result,
                                               GError **error);
/* Puts stage and owner back as they were before, with a reason; leads that changed since are refused.
 * Also for leads that the person gave away. result: of change_leads; finish with change_leads_finish. */
void wf_runtime_undo_leads_async (WfRuntime *self, const WfLeadsResult *result,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);

/* Saved filters of this account on this computer: a name and a text that the page understands. Of
 * WfSavedFilter, by name. text NULL: removes it. */
typedef struct
{
  char *name, *text; /* (owned) */
} WfSavedFilter;
void wf_saved_filter_free (WfSavedFilter *self);
/* page: "leads", "calendar", ...: whose filters. */
void wf_runtime_list_filters_async (WfRuntime *self, const char *page, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_runtime_list_filters_finish (WfRuntime *self, GAsyncResult *result, GError **error);
void wf_runtime_save_filter_async (WfRuntime *self, const char *page, const char *name,
                                   const char *text, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfLeadsResult, wf_leads_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfSavedFilter, wf_saved_filter_free)

G_END_DECLS
