/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commissions on closed deals (R59, R166): which share of a deal's value, by where it came from, what
 * was sold, or who sold it. A value. */
#pragma once

#include "wf-json.h"
#include "wf-problem.h"

G_BEGIN_DECLS

typedef enum
{
  WF_COMMISSION_BY_ORIGIN,
  WF_COMMISSION_BY_PRODUCT,
  WF_COMMISSION_BY_PERSON,
} WfCommissionBy;

typedef struct
{
  char *id;       /* (owned) "web", "flow"; product; person */
  double percent; /* 0-100 */
} WfCommissionShare;

typedef struct
{
  WfCommissionBy by;
  double otherwise; /* percent of what no share names */
  GArray *shares;   /* (owned) of WfCommissionShare, by id */
} WfCommissionRule;

WfCommissionRule *wf_commission_rule_new (WfCommissionBy by, double otherwise);
WfCommissionRule *wf_commission_rule_copy (const WfCommissionRule *self);
void wf_commission_rule_free (WfCommissionRule *self);
/* FALSE: not from 0 to 100. */
gboolean wf_commission_rule_set (WfCommissionRule *self, const char *id, double percent);
double wf_commission_rule_get (const WfCommissionRule *self, const char *id);
char *wf_commission_rule_to_text (const WfCommissionRule *self); /* JSON; owned by the caller */
WfCommissionRule *wf_commission_rule_read (const WfJson *root, WfProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCommissionRule, wf_commission_rule_free)

G_END_DECLS
