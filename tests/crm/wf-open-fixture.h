/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open API's connector in a test: against the demo CRM, or against a scripted server. */
#pragma once

#include "wf-demo-server.h"
#include "wf-fake-clock.h"
#include "wf-open-crm.h"
#include "wf-scripted-server.h"

G_BEGIN_DECLS

#define WF_OPEN_FIXTURE_START "2026-11-20T17:50:00Z"

typedef struct
{
  WfFakeClock *clock;
  WfDemoServer *server;       /* (nullable) one of the two */
  WfScriptedServer *scripted; /* (nullable) */
  WfCrm *crm;
  GAsyncResult *result;
  GError *error; /* of the last call */
} WfOpenFixture;

/* Owned by the caller. */
WfCrm *wf_open_fixture_sign_in (WfOpenFixture *self, const char *url, const char *token);
WfCrm *wf_open_fixture_sign_in_as (WfOpenFixture *self, const char *person);
/* The demo CRM, empty but for its company; person: who signs in. */
void wf_open_fixture_set_up_demo (WfOpenFixture *self, const char *person);
void wf_open_fixture_set_up_scripted (WfOpenFixture *self);
void wf_open_fixture_tear_down (WfOpenFixture *self, gconstpointer data);

void wf_open_fixture_on_result (GObject *source, GAsyncResult *result, gpointer self);
GAsyncResult *wf_open_fixture_wait (WfOpenFixture *self);
/* Until the scripted server holds a request back. */
void wf_open_fixture_wait_held (WfOpenFixture *self);

/* Each call by its name, waited for; what went wrong is in fixture->error. */
#define CALL(fixture, crm, name, ...)                                                              \
  ({                                                                                               \
    wf_crm_##name##_async (crm, ##__VA_ARGS__, NULL, wf_open_fixture_on_result, fixture);          \
    g_autoptr (GAsyncResult) result_ = wf_open_fixture_wait (fixture);                             \
    wf_crm_##name##_finish (crm, result_, &(fixture)->error);                                      \
  })

G_END_DECLS
