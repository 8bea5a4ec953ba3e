/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which activities Today's list shows, beside the time. Needs no display. */
#pragma once

#include "wf-organisation.h"
#include "wf-store.h"

G_BEGIN_DECLS

typedef enum
{
  WF_WHOSE_MINE,
  WF_WHOSE_UNASSIGNED,
  WF_WHOSE_EVERYONE,
} WfWhose;

/* What a list of ids is about. */
typedef enum
{
  WF_FILTER_TYPES,
  WF_FILTER_WORKFLOWS,
  WF_FILTER_GROUPS,
  WF_FILTER_PEOPLE,
} WfFilterKind;
#define WF_N_FILTER_KINDS 4

/* States that are shown instead of everything that is open. */
typedef enum
{
  WF_FILTER_LATE = 1 << 0,    /* only what is late */
  WF_FILTER_AT_RISK = 1 << 1, /* only what is due within the hour (R5) */
  WF_FILTER_CLOSED = 1 << 2,  /* also what was closed lately */
} WfFilterStates;

typedef struct
{
  WfWhose whose;
  GPtrArray *ids[WF_N_FILTER_KINDS]; /* (owned) of char *; empty: all */
  char *text;                        /* (owned) (nullable) */
  char *origin;                      /* (owned) (nullable) */
  WfFilterStates states;
} WfActivityFilter;

WfActivityFilter *wf_activity_filter_new (void);
WfActivityFilter *wf_activity_filter_copy (const WfActivityFilter *self);
void wf_activity_filter_free (WfActivityFilter *self);
gboolean wf_activity_filter_equal (const WfActivityFilter *a, const WfActivityFilter *b);
gboolean wf_activity_filter_has (const WfActivityFilter *self, WfFilterKind kind, const char *id);
void wf_activity_filter_set (WfActivityFilter *self, WfFilterKind kind, const char *id,
                             gboolean on);
/* No ids, states and text any more; whose and origin stay. */
void wf_activity_filter_clear (WfActivityFilter *self);
/* TRUE when something beside whose and origin narrows the list. */
gboolean wf_activity_filter_is_narrow (const WfActivityFilter *self);

/* The filter as a query: its arrays, NULL-terminated, live as long as this. */
typedef struct
{
  WfActivityQuery query;
  GPtrArray *lists[3]; /* (owned) */
  char *person;        /* (owned) (nullable) */
} WfFilterQuery;
/* organisation, person (who looks): nullable. Groups become their people. */
void wf_filter_query_init (WfFilterQuery *self, const WfActivityFilter *filter,
                           const WfOrganisation *organisation, const char *person);
void wf_filter_query_clear (WfFilterQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfActivityFilter, wf_activity_filter_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfFilterQuery, wf_filter_query_clear)

G_END_DECLS
