/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trigger index: which rules' conditions an event fulfils, at a cost that grows with matches
 * and not with rules.
 *
 * The rules of one event type are kept twice. As a flat list of prepared tests, to say of each
 * rule why it did not match (B3). And as a tree: a node splits its rules by equality ("field is
 * value": a table from value to child), the rest by one threshold each, sorted, so that those
 * that match are the beginning of the list; what fits neither is tested one by one. An event's
 * field is looked up once, and its text turned into the number that the table knows it by.
 *
 * The tree must say exactly what wf_condition_holds() says. So only comparisons whose outcome is
 * plain are indexed: text with text, number with number. For an event whose value is of another
 * kind all rules below are tested one by one. */
#pragma once

#include "wf-engine.h"
#include "wf-text-id.h"

G_BEGIN_DECLS

#define WF_TRIGGER_NO_ID WF_TEXT_NO_ID

/* A field that the rules of one event type ask for, with the values that they compare it with. */
typedef struct
{
  const char *name;   /* borrowed from a condition */
  const char *member; /* without "lead." when it is a plain member of the lead; else NULL */
  gsize member_length;
  WfTextIds *texts; /* (owned) (nullable) */
  guint n_numbers;
  double *numbers; /* (owned) sorted; the id is the place */
} WfTriggerField;

typedef enum
{
  WF_TRIGGER_TEXT_IS,
  WF_TRIGGER_NUMBER_IS,
  WF_TRIGGER_GE,
  WF_TRIGGER_GT,
  WF_TRIGGER_LE,
  WF_TRIGGER_LT,
  WF_TRIGGER_OTHER, /* wf_condition_holds() decides */
} WfTriggerTestKind;

typedef struct
{
  double number;
  guint32 id; /* TEXT_IS, NUMBER_IS: of the value */
  guint16 field;
  guint8 kind; /* WfTriggerTestKind */
  guint8 slot; /* the kind of value that it is plain for; see wf-trigger-match.c */
} WfTriggerTest;

typedef struct
{
  guint32 first_test, n_tests; /* all must hold, in reading order */
} WfTriggerRule;

typedef struct _WfTriggerNode WfTriggerNode;

typedef struct
{
  guint32 field;
  WfTriggerTestKind kind;
  guint mask;
  guint32 *ids;             /* (owned) open addressing, WF_TRIGGER_NO_ID where empty */
  WfTriggerNode **children; /* (owned) beside ids */
} WfTriggerSplit;

/* The rules that match are the first ones: thresholds rise for GE and GT, and fall for LE and
 * LT. */
typedef struct
{
  guint32 field;
  WfTriggerTestKind kind;
  guint n;
  double *thresholds;  /* (owned) */
  guint32 *rules;      /* (owned) */
  WfVerdict *verdicts; /* (owned) (nullable) what to answer; NULL: the rules have further tests */
} WfTriggerRange;

struct _WfTriggerNode
{
  guint n_matches, n_rest, n_splits, n_ranges;
  WfVerdict *matches;     /* (owned) nothing is left to test */
  guint32 *match_rules;   /* (owned) beside matches */
  guint32 *rest;          /* (owned) rules to be tested one by one */
  WfTriggerSplit *splits; /* (owned) */
  WfTriggerRange *ranges; /* (owned) */
};

typedef struct
{
  guint n_rules, n_fields;
  WfTriggerRule *rules; /* (owned) */
  WfVerdict *verdicts; /* (owned) by rule: what a match is answered with before the past is asked */
  WfTriggerTest *tests;           /* (owned) */
  const WfCondition **conditions; /* (owned) beside tests; borrowed from the workflows */
  WfTriggerField *fields;         /* (owned) */
  WfTriggerNode *root;            /* (owned) */
} WfTriggerType;

/* What the event says of a field. */
typedef enum
{
  WF_TRIGGER_SLOT_UNKNOWN, /* not looked up yet */
  WF_TRIGGER_SLOT_EMPTY,   /* missing, null, "", [] or {} */
  WF_TRIGGER_SLOT_TEXT,
  WF_TRIGGER_SLOT_NUMBER,
  WF_TRIGGER_SLOT_OTHER,
} WfTriggerSlot;

/* The rules of one event type, in the workflows' order. verdicts: array of WfVerdict, taken
 * over. */
WfTriggerType *wf_trigger_type_new (GArray *verdicts);
void wf_trigger_type_free (WfTriggerType *self);

/* Appends the verdicts of the rules that match, or with all of every rule. */
void wf_trigger_type_match (const WfTriggerType *self, const WfConditionContext *context,
                            gboolean all, GArray *verdicts);

static inline guint
wf_trigger_hash_id (guint32 id)
{
  return id * 2654435769u >> 7;
}

G_END_DECLS
