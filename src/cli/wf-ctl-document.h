/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document is, by its content; and members that it has twice. */
#pragma once

#include "wf-json.h"
#include "wf-problem.h"

G_BEGIN_DECLS

typedef enum
{
  WF_CTL_DOCUMENT_UNKNOWN,
  WF_CTL_DOCUMENT_WORKFLOW,
  WF_CTL_DOCUMENT_ORGANISATION,
  WF_CTL_DOCUMENT_EVENTS, /* one, or a batch */
  WF_CTL_DOCUMENT_PACKAGE,
  WF_CTL_DOCUMENT_TEMPLATE,
} WfCtlDocumentKind;

WfCtlDocumentKind wf_ctl_document_get_kind (const WfJson *root);
/* Adds a problem "duplicate-member" for each member that an object has already. */
void wf_ctl_document_find_duplicates (const WfJson *root, WfProblems *problems);

G_END_DECLS
