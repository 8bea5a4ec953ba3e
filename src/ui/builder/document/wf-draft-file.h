/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file that keeps unsaved work: its content, and writing it in order from threads. Needs no
 * display. */
#pragma once

#include "wf-draft-recovery.h"

G_BEGIN_DECLS

/* Where the drafts of an account are; owned by the caller. */
char *wf_draft_file_get_folder (const char *account);
/* {"workflow-draft": 1, "at": TIME, "base": {...}, "workflow": {...}}; both are texts of workflows.
 * Owned by the caller. */
char *wf_draft_file_make (const char *workflow, const char *base, WfInstant at);
/* NULL with an error when the file is damaged. */
WfRecoveredDraft *wf_draft_file_load (const char *path, GError **error);

/* One file. Referenced, used by several threads. */
typedef struct _WfDraftJournal WfDraftJournal;
/* folder: of the account; id: of the workflow, which names the file. */
WfDraftJournal *wf_draft_journal_new (const char *folder, const char *id);
WfDraftJournal *wf_draft_journal_ref (WfDraftJournal *self);
void wf_draft_journal_unref (WfDraftJournal *self);
/* content: taken; NULL removes the file. Blocks. */
gboolean wf_draft_journal_put (WfDraftJournal *self, char *content, GError **error);
/* The content counts from this call on, whenever the thread comes to it. callback: nullable;
 * without a source. */
void wf_draft_journal_put_async (WfDraftJournal *self, char *content, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean wf_draft_journal_put_finish (GAsyncResult *result, GError **error);
/* Until everything that was put is done. Blocks. */
void wf_draft_journal_wait (WfDraftJournal *self);

G_END_DECLS
