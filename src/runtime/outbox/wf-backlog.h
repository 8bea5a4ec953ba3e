/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that is too long for one transaction: kept in the store, done in portions, one a
 * transaction, and taken up where it was after a crash. */
#pragma once

#include "wf-commit.h"

G_BEGIN_DECLS

typedef enum
{
  WF_WORK_MOVE,      /* S12: runs of older versions to this one */
  WF_WORK_STOP,      /* S12: they are cancelled */
  WF_WORK_RESUME,    /* S12: what was held goes on */
  WF_WORK_RELEASE,   /* S13: what a storm held is decided */
  WF_WORK_DATES,     /* R127: the dates of all known leads */
  WF_WORK_TICK,      /* R127: a schedule that starts once for each lead */
  WF_WORK_TAKE_BACK, /* B13 */
} WfWorkKind;

/* One piece of work. What is not said of a kind is not used by it. */
typedef struct
{
  WfWorkKind kind;
  char *workflow;        /* (owned) */
  char *after;           /* (owned) (nullable) where the next portion begins */
  gint64 version;        /* MOVE, STOP, TICK, TAKE_BACK */
  int choice;            /* WfResume, WfRelease */
  guint capacity;        /* RELEASE */
  WfInstant from, until; /* RESUME: the pause; RELEASE: decided, the last event; DATES: from; TICK:
                            from is the tick; TAKE_BACK: the period */
  char *by;              /* (owned) (nullable) who decided */
  GHashTable *counts;    /* (owned) (nullable) RELEASE: person -> how many were given a time */
} WfWork;

WfWork *wf_work_new (WfWorkKind kind, const char *workflow);
void wf_work_free (WfWork *self);

/* In a transaction: it is begun with the next round of the scheduler. Takes work. */
gboolean wf_backlog_add (WfStore *store, WfWork *work, GError **error);
/* The next portion of the first piece; changes->more when something is left. */
gboolean wf_backlog_run (WfCommit *self, GError **error);

/* A portion of one kind. *finished: nothing is left of it. */
gboolean wf_in_flight_run_portion (WfCommit *self, WfWork *work, gboolean *finished,
                                   GError **error);
gboolean wf_storm_run_portion (WfCommit *self, WfWork *work, gboolean *finished, GError **error);
gboolean wf_dates_run_portion (WfCommit *self, WfWork *work, gboolean *finished, GError **error);
gboolean wf_tick_run_portion (WfCommit *self, WfWork *work, gboolean *finished, GError **error);
gboolean wf_take_back_run_portion (WfCommit *self, WfWork *work, gboolean *finished,
                                   GError **error);
/* How much a portion does: well below 100 ms. */
#define WF_PORTION 200

#define WF_FACT_BACKLOG "backlog" /* JSON: pieces of work, the first is under way */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfWork, wf_work_free)

G_END_DECLS
