/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every command has in common: a task, a transaction, an answer. */
#pragma once

#include "wf-runtime-private.h"

G_BEGIN_DECLS

/* A task, or NULL when the account is not open: the caller was then told. */
GTask *wf_command_begin (WfRuntime *self, gpointer tag, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
/* FALSE without a task, or without the right: the caller was then told so with the text, and *task
 * is NULL. */
gboolean wf_command_require (WfRuntime *self, GTask **task, WfRight right, const char *text);
/* Takes task and arguments; job gets a WfCommit as data. */
void wf_command_run (WfRuntime *self, GTask *task, WfStoreJob job, gpointer arguments,
                     GDestroyNotify arguments_free);

/* Answers the task as wf_command_run does: with what the commit says, or with the error. */
void wf_command_return (WfRuntime *self, GTask *task, const WfChanges *changes,
                        const GError *error);

/* FALSE: the caller was told that the person may not edit workflows (R7), or task was NULL. */
gboolean wf_workflow_check_right (WfRuntime *self, GTask **task);
/* FALSE with WF_RUNTIME_ERROR_INVALID and the first thing that is wrong with the document. */
gboolean wf_workflow_expect_valid (WfCommit *self, const WfWorkflow *workflow, GError **error);
/* The current version, or this computer's draft; NULL when there is none. Owned by the caller. */
WfStoredWorkflow *wf_workflow_find_stored (WfStore *store, const char *id, gboolean draft);
/* S30, wf-workflow-conflict.c. Whether a document of this number and tag is based on the published
 * version (nullable), so that it may take its place. */
gboolean wf_workflow_is_based_on (const WfStoredWorkflow *current, gint64 version,
                                  const char *etag);
/* The tag of the version that the edited document is based on. Owned by the caller. */
char *wf_workflow_dup_base_etag (WfStore *store, const WfStoredWorkflow *current,
                                 const WfStoredWorkflow *draft, const WfWorkflow *edited);
/* Remembers that the person was told, and forgets it. */
gboolean wf_workflow_tell_conflict (WfStore *store, const char *id, const char *reason,
                                    GError **error);
gboolean wf_workflow_end_conflict (WfStore *store, const char *id, GError **error);
/* What was published from here is the base of what the person went on editing. base_etag, etag:
 * nullable. */
gboolean wf_workflow_rebase_draft (WfStore *store, const WfWorkflow *published,
                                   const char *base_etag, const char *etag, GError **error);
/* The document on its way to the CRM. etag: of the version that it is based on, nullable. */
gboolean wf_workflow_queue (WfCommit *self, const WfWorkflow *workflow, const char *etag,
                            GError **error);

G_END_DECLS
