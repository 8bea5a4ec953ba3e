/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the store share: a store in a temporary folder, and things to put into it. */
#pragma once

#include "wf-store.h"
#include "wf-test-folder.h"

G_BEGIN_DECLS

/* 2026-11-21T12:00:00Z */
#define NOW G_GINT64_CONSTANT (1795262400000000)
#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

typedef struct
{
  WfTestFolder *folder; /* (owned) */
  char *path;           /* (owned) */
  WfStore *store;       /* (owned) (nullable) */
} WfStoreFixture;

WfStoreFixture *wf_store_fixture_new (void);
void wf_store_fixture_free (WfStoreFixture *self);
/* Closes and opens again. */
void wf_store_fixture_reopen (WfStoreFixture *self);
void wf_store_fixture_begin (WfStoreFixture *self);
void wf_store_fixture_commit (WfStoreFixture *self);

/* lead: nullable. Owned by the caller. */
WfEvent *wf_test_event (const char *id, const char *type, const char *lead, WfInstant time);
/* An open one of person "ana", workflow "w", lead "l-1". Owned by the caller. */
WfActivity *wf_test_activity (const char *id, WfInstant due);
/* The n-th of an endless row of different UUIDs. */
char *wf_test_uuid (guint n);
/* With one create-activity step. Owned by the caller. */
WfWorkflow *wf_test_workflow (const char *id, gint64 version, WfWorkflowState state);
/* Texts are literals: not to be freed. */
WfStoredRun wf_test_run (const char *key, const char *workflow, const char *lead, const char *event,
                         WfInstant started);

/* In their own transaction. */
void wf_store_fixture_put (WfStoreFixture *self, const WfActivity *activity);
void wf_store_fixture_add_outbox (WfStoreFixture *self, WfOutboxKind kind, const char *subject,
                                  const char *lead);
gint64 wf_store_fixture_add_event (WfStoreFixture *self, const char *id, const char *type,
                                   const char *lead, WfInstant time, const char *trace);

void wf_assert_same_activity (const WfActivity *a, const WfActivity *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfStoreFixture, wf_store_fixture_free)

G_END_DECLS
