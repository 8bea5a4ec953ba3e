/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many engines at once on one demo CRM over HTTP, each with a store and a clock of its own. */
#pragma once

#include "wf-demo-server.h"
#include "wf-fake-clock.h"
#include "wf-runtime-private.h"
#include "wf-test-folder.h"

G_BEGIN_DECLS

typedef struct
{
  const char *account; /* whose token */
  gboolean sees_all;
  gint64 ahead;       /* of the true time */
  WfFakeClock *clock; /* (owned) */
  WfRuntime *runtime; /* (owned) (nullable) while it is away */
  char *store_path;   /* (owned) */
} WfFleetEngine;

typedef struct
{
  WfFakeClock *clock; /* (owned) the server's: the true time */
  WfTestFolder *folder;
  WfDemoServer *server;
  GArray *engines;    /* (owned) of WfFleetEngine */
  gint64 n_before[4]; /* of wf_fleet_tables, before anything happens */
  gint64 sequence;    /* of the log, less the number of events kept */
} WfFleet;

typedef enum
{
  WF_FLEET_TABLE_ACTIVITIES,
  WF_FLEET_TABLE_ACTIONS,
  WF_FLEET_TABLE_MESSAGES,
  WF_FLEET_TABLE_LEADS,
} WfFleetTable;

/* The first accounts are given; the rest are engines without a window. Each clock goes wrong by
 * another number of hours. workflows: documents; NULL-terminated. */
void wf_fleet_set_up (WfFleet *self, guint n, const char *const *accounts,
                      const char *const *workflows);
void wf_fleet_tear_down (WfFleet *self);
WfFleetEngine *wf_fleet_get (WfFleet *self, guint index);
/* NULL when it has no engine, or that is away. */
WfRuntime *wf_fleet_find (WfFleet *self, const char *account);
void wf_fleet_start (WfFleet *self, guint index);
/* As a crash does: in the middle of whatever it does. */
void wf_fleet_crash (WfFleet *self, guint index);
WfInstant wf_fleet_now (WfFleet *self);
/* Somebody sets its clock. */
void wf_fleet_set_clock (WfFleet *self, guint index, gint64 ahead);
/* For all clocks alike; nothing runs. */
void wf_fleet_pass (WfFleet *self, gint64 microseconds);
void wf_fleet_happen (WfFleet *self, const char *event);
/* Lets all of them work for so many rounds of the main loop at most. */
void wf_fleet_work (WfFleet *self, guint rounds);
/* Until everybody has seen everything and nothing waits for anything but the time. */
void wf_fleet_settle (WfFleet *self);
/* How many more there are than at the beginning. */
gint64 wf_fleet_count (WfFleet *self, WfFleetTable table);
/* What the server lists there, whole: of WfJsonDocument, each an array. */
GPtrArray *wf_fleet_read (WfFleet *self, const char *path);
/* All activities that an engine has. */
GPtrArray *wf_fleet_list_activities (WfRuntime *runtime);

G_END_DECLS
