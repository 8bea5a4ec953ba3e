/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unsaved work survives a crash: every change of the edited workflow is written to a file beside
 * the account's store within a second, atomically, and the file is removed once the work is saved
 * or given up. */
#pragma once

#include "wf-workflow-document.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Properties: delay (uint): milliseconds from a change to its file. Signal: problem (const char
 * *text): the work cannot be kept, in words for people; once until it can be kept again. It is
 * tried at each change. */
#define WF_TYPE_DRAFT_RECOVERY (wf_draft_recovery_get_type ())
G_DECLARE_FINAL_TYPE (WfDraftRecovery, wf_draft_recovery, WF, DRAFT_RECOVERY, GObject)

/* Watches the document until it is disposed, which still writes what is pending. folder: of the
 * account; a folder “drafts” is made in it when needed. */
WfDraftRecovery *wf_draft_recovery_new (const char *folder, WfWorkflowDocument *document);
/* Writes what is pending now; for the end of the program. */
void wf_draft_recovery_flush (WfDraftRecovery *self);
/* The work was saved or given up: the file goes. */
void wf_draft_recovery_discard (WfDraftRecovery *self);

typedef struct
{
  WfWorkflow *workflow; /* (owned) as it was edited last */
  WfWorkflow *base;     /* (owned) (nullable) what was saved when it was edited */
  gint64 at;            /* WfInstant of the last change */
} WfRecoveredDraft;
void wf_recovered_draft_free (WfRecoveredDraft *self);

/* What an earlier process left behind, newest first. A damaged file is set aside with a message in
 * the log, never deleted. */
void wf_draft_recovery_list_async (const char *folder, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_draft_recovery_list_finish (GAsyncResult *result, GError **error);
/* How many were set aside by it, for the person to be told. */
guint wf_draft_recovery_list_get_n_damaged (GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfRecoveredDraft, wf_recovered_draft_free)

G_END_DECLS
