/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before a paused workflow goes on: what becomes of the steps that came due meanwhile (S12). */
#pragma once

#include "wf-runtime.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*WfResumeAnswer) (gboolean resume, WfResume how, gpointer user_data);
/* Asks only when something came due. answer: is called once; resume FALSE: the person cancels. */
void wf_resume_ask (GtkWidget *parent, WfRuntime *runtime, WfWorkflow *workflow,
                    WfResumeAnswer answer, gpointer user_data, GDestroyNotify free_data);

G_END_DECLS
