/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portable packages of workflows (B22): documents, what they need of an organisation, and no
 * secrets. *.workflow-package.json: {"format": 1, "kind": "workflow-package", "workflows": [...],
 * "needs": {"activity-types": [{"id","name"}], "groups": [...], "people": [...], "stages": [...],
 * "fields": [...]}} */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

typedef struct
{
  const char *kind; /* "activity-type", "group", "person", "stage", "field" */
  char *id, *name;  /* (owned) */
  char *becomes;    /* (owned) (nullable) id here; NULL: nothing here fits */
  gboolean guessed; /* by name, not by id */
} WfPackageNeed;

typedef struct
{
  GPtrArray *workflows; /* (owned) of WfWorkflow */
  GPtrArray *needs;     /* (owned) of WfPackageNeed */
} WfPackage;
void wf_package_free (WfPackage *self);

/* organisation: for names; nullable. workflows: of WfWorkflow. Webhook addresses lose user,
 * password and query: those may be secrets. What was decided about what is under way (S12, S13)
 * stays here. Owned by the caller. */
char *wf_package_write (GPtrArray *workflows, const WfOrganisation *organisation);
/* Also reads a single workflow document. NULL after an error. */
WfPackage *wf_package_read (const WfJson *root, WfProblems *problems);
/* Finds for each need what it becomes here: the same id, else the same name (folded). */
void wf_package_match (WfPackage *self, const WfOrganisation *organisation);
/* map: "group:inbound" -> "group id here", over what match found. Of WfWorkflow: drafts, with new
 * ids where present has the id already; needs without an answer are problems. Owned by the
 * caller. */
GPtrArray *wf_package_import (const WfPackage *self, GHashTable *map, GPtrArray *present,
                              WfProblems *problems);

/* What a need of this kind can become here, in the organisation's order: called for each. Fields
 * and addresses have none: an organisation does not list them. */
typedef void (*WfPackageChoiceFunc) (const char *id, const char *name, gpointer user_data);
void wf_package_foreach_choice (const WfPackageNeed *need, const WfOrganisation *organisation,
                                WfPackageChoiceFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfPackage, wf_package_free)

G_END_DECLS
