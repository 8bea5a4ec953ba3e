/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every command has in common: a task, a transaction, an answer. */
#pragma once

#include "wf-runtime-private.h"

G_BEGIN_DECLS

/* A task, or NULL when the account is not open: the caller was then told. */
GTask *wf_command_begin (WfRuntime *self, gpointer tag, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
/* Takes task and arguments; job gets a WfCommit as data. */
void wf_command_run (WfRuntime *self, GTask *task, WfStoreJob job, gpointer arguments,
                     GDestroyNotify arguments_free);

G_END_DECLS
