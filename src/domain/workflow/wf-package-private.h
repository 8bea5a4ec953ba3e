/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What writing, reading and importing of packages share. */
#pragma once

#include "wf-package.h"
#include "wf-reference.h"

G_BEGIN_DECLS

/* The kinds of needs, in their order in the document. */
typedef struct
{
  WfReferenceKind kind;
  const char *list; /* member of "needs" */
} WfPackageKind;
#define WF_N_PACKAGE_KINDS 5
extern const WfPackageKind wf_package_kinds[WF_N_PACKAGE_KINDS];

/* Its place in wf_package_kinds. */
guint wf_package_need_get_rank (const WfPackageNeed *self);
/* needs: of WfPackageNeed. NULL when it is not needed. */
WfPackageNeed *wf_package_find_need (GPtrArray *needs, const char *kind, const char *id);
/* Names as they are in the organisation. */
void wf_package_take_names (GPtrArray *needs, const WfOrganisation *organisation);

G_END_DECLS
