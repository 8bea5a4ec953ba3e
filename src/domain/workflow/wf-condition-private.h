/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a condition is kept, for the files that read, evaluate and describe it. */
#pragma once

#include "wf-condition.h"
#include "wf-event-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  WF_OPERAND_NO_DATE,
  WF_OPERAND_INSTANT,
  WF_OPERAND_DAY, /* a bare date: the whole local day */
} WfOperandDate;

/* A value to compare with, read once in every way in which it may be needed. */
typedef struct
{
  WfJsonType json;
  char *folded; /* (owned) as text, without case and accents */
  gboolean is_number;
  double number;
  gboolean is_boolean, boolean;
  WfOperandDate date;
  WfInstant instant; /* INSTANT */
  gint64 day;        /* DAY: days since 1970-01-01 */
} WfOperand;

struct _WfCondition
{
  gatomicrefcount ref_count;
  WfConditionKind kind;
  WfJsonDocument *extra; /* (owned) (nullable) unknown members */
  GPtrArray *children;   /* (owned) (nullable) groups: of WfCondition */

  /* tests */
  char *field; /* (owned) */
  WfOperator op;
  WfJsonDocument *value; /* (owned) (nullable) */
  gboolean typed;        /* the catalogue knows the field */
  WfFieldType type;
  WfOperand *operands; /* (owned) the value, or a list's elements */
  guint n_operands;
  gboolean list; /* the value is a list */
  /* (owned) (nullable) long in-lists: folded texts, sorted; borrowed from operands */
  GPtrArray *texts;
  GArray *numbers; /* (owned) (nullable) long in-lists: sorted */
};

/* A number that is written as text, wholly. No allocation. */
gboolean wf_operand_parse_number (const char *text, double *number);
/* The value as text: a text itself, numbers and booleans as in JSON. buffer is used when needed;
 * NULL for null, lists, objects. */
const char *wf_operand_value_to_text (const WfJson *value, char buffer[64]);

G_END_DECLS
