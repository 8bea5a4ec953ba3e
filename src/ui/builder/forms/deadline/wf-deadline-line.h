/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn of one deadline (B5): a line of time with its open and closed stretches, the time
 * that counts, and few ticks. Needs no display. */
#pragma once

#include "wf-deadline-samples.h"

G_BEGIN_DECLS

typedef enum
{
  WF_STRETCH_OPEN,
  WF_STRETCH_NIGHT, /* before opening and after closing */
  WF_STRETCH_BREAK, /* between two spans of a day */
  WF_STRETCH_CLOSED_DAY,
  WF_STRETCH_HOLIDAY,
} WfStretchKind;
#define WF_N_STRETCH_KINDS 5

typedef struct
{
  WfInstant from, until;
  WfStretchKind kind;
} WfStretch;

typedef struct
{
  WfInstant at;
  char *label; /* (owned) */
} WfDeadlineTick;

typedef struct
{
  WfInstant from, until;        /* of the line */
  WfInstant event, due, remind; /* remind: WF_INSTANT_NONE: none */
  gboolean backward;            /* counted back from the event */
  GArray *stretches;            /* (owned) of WfStretch, without gaps, in order */
  GArray *counted;  /* (owned) of WfOpenSpan: the time between event and deadline that counts */
  GPtrArray *ticks; /* (owned) of WfDeadlineTick, in order */
  char *holidays;   /* (owned) (nullable) "Natal (25 Dec)", those on the line */
} WfDeadlineLine;

/* NULL when nothing would be created. Owned by the caller. */
WfDeadlineLine *wf_deadline_line_new (const WfDeadlineSample *sample,
                                      const WfCreateActivity *action, const WfWorkingHours *hours);
void wf_deadline_line_free (WfDeadlineLine *self);
/* 0 at the beginning, 1 at the end. */
double wf_deadline_line_get_place (const WfDeadlineLine *self, WfInstant at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDeadlineLine, wf_deadline_line_free)

G_END_DECLS
