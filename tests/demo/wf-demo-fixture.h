/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A demo CRM in the test's own process, on a fake clock, and a plain HTTP client for it. */
#pragma once

#include "wf-demo-server.h"
#include "wf-fake-clock.h"
#include "wf-json.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A Friday afternoon, in office hours. */
#define WF_DEMO_FIXTURE_START "2026-11-20T17:50:00Z"

typedef struct
{
  WfFakeClock *clock;
  WfDemoServer *server;
  SoupSession *session;
} WfDemoFixture;

/* data: WfDemoFlags by GINT_TO_POINTER; for g_test_add. */
void wf_demo_fixture_set_up (WfDemoFixture *fixture, gconstpointer data);
void wf_demo_fixture_tear_down (WfDemoFixture *fixture, gconstpointer data);

typedef struct
{
  guint status;                                                             /* 0: no answer */
  char *body;                                                               /* (owned) */
  char *etag, *next_page, *next_cursor, *more, *retry_after, *content_type; /* (owned) (nullable) */
  WfJsonDocument *document;                                                 /* (owned) (nullable) */
  const WfJson *root;
  GError *error; /* (owned) (nullable) of the transport */
  gboolean done;
  SoupMessage *message; /* (owned) */
} WfDemoAnswer;

/* headers: "Name: value" separated by line feeds; nullable. person: whose token; NULL sends
 * none. */
WfDemoAnswer *wf_demo_fixture_start (WfDemoFixture *fixture, const char *method, const char *path,
                                     const char *person, const char *body, const char *headers);
WfDemoAnswer *wf_demo_fixture_ask (WfDemoFixture *fixture, const char *method, const char *path,
                                   const char *person, const char *body, const char *headers);
void wf_demo_fixture_wait (WfDemoAnswer *answer);
/* Until the server holds a request: it arms an alarm for its end, which is that near. */
void wf_demo_fixture_wait_for_alarm (WfDemoFixture *fixture, gint64 microseconds);
void wf_demo_answer_free (WfDemoAnswer *self);
const char *wf_demo_answer_get (WfDemoAnswer *self, const char *dotted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoAnswer, wf_demo_answer_free)

/* Asks, and asserts the status. */
#define wf_demo_assert_status(fixture, method, path, person, body, headers, expected)              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (WfDemoAnswer) asserted_ =                                                           \
        wf_demo_fixture_ask (fixture, method, path, person, body, headers);                        \
    g_assert_cmpuint (asserted_->status, ==, expected);                                            \
  }                                                                                                \
  G_STMT_END

/* Another key for each number. Owned by the caller. */
char *wf_demo_make_key (guint n);
/* Carries out an action with the key of this number. body: JSON. */
WfDemoAnswer *wf_demo_fixture_act (WfDemoFixture *fixture, guint key, const char *person,
                                   const char *body);
/* A bakery that the bridge puts in. */
void wf_demo_fixture_put_lead (WfDemoFixture *fixture, const char *id, const char *owner,
                               const char *stage);
/* Of now. Owned by the caller. */
char *wf_demo_fixture_get_cursor (WfDemoFixture *fixture);
WfDemoAnswer *wf_demo_fixture_read_events (WfDemoFixture *fixture, const char *cursor,
                                           const char *person);
/* "lead.stage-changed lead.finalized": the types of what happened. Owned by the caller. */
char *wf_demo_events_join_types (WfDemoAnswer *events);
/* A member of an event's data, by its dotted name; NULL: not there. */
const WfJson *wf_demo_events_get_data (WfDemoAnswer *events, guint index, const char *dotted);

G_END_DECLS
