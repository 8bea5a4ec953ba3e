/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replays as tables: a workflow, events, and the lines that must come of them. */
#pragma once

#include "wf-engine-fixture.h"
#include "wf-replay.h"

G_BEGIN_DECLS

#define W1 "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define W2 "7a1d5b1f-7e1b-4c78-8b66-4a4a7a2c1d22"

#define CALL                                                                                       \
  "'kind':'create-activity','activity-type':'call','complete-within':{'amount':30,'unit':'minutes'}"
#define RUN(mode) "'run':{'mode':'" mode "'}"
#define DELAY(n, unit) "'run':{'mode':'delay','delay':{'amount':" #n ",'unit':'" unit "'}}"
#define NOTIFY(text) "'kind':'notify','text':'" text "'"
#define TELL(to, text) "'kind':'notify','recipient':'" to "','text':'" text "'"

#define EVENT(id, type, time, lead, rest)                                                          \
  "{'specversion':'1.0','id':'" id "','source':'/crm/acme','type':'" type                          \
  "','time':'2026-11-" time ":00-03:00',"                                                          \
  "'data':{'lead':{" lead "}" rest "}}"
#define LEAD(owner)                                                                                \
  "'id':'l1','name':'Padaria Sol','owner':'" owner "','phone':'11 5555','score':35,'stage':'new'"
#define RECEIVED(id, time, owner) EVENT (id, "lead.received", time, LEAD (owner), "")
/* key: "{e1/a}" for what the step a creates for the event e1 */
#define COMPLETED(id, time, key)                                                                   \
  EVENT (id, "activity.completed", time, LEAD ("ana"), ",'activity':{'key':'" key "'}")

typedef struct
{
  const char *name;
  const char *trigger; /* further members of the trigger */
  const char *steps;
  const char *events[8];
  const char *until;        /* "DDTHH:MM" of November 2026, or NULL */
  const char *expected[12]; /* "DDTHH:MM kind step person due [more]" */
  const char *event;        /* the trigger's event; NULL: lead.received */
} WfReplayCase;

typedef struct
{
  GPtrArray *lines; /* (owned) of char: as printed */
  GPtrArray *keys;  /* (owned) of char: of the effects, each once */
} WfReplayOutput;

/* 2026-11-20 is a Friday. output: cleared by wf_fixture_output_clear(). */
void wf_fixture_replay (const WfReplayCase *one, gboolean explain, WfReplayOutput *output);
void wf_fixture_output_clear (WfReplayOutput *self);
/* Keeps the line in a WfReplayOutput. */
void wf_fixture_on_line (const char *line, gpointer user_data);
/* data: a WfReplayCase; the same lines in every run, and in their order. */
void wf_fixture_test_replay (gconstpointer data);
/* Adds a test for each. */
void wf_fixture_add_replays (const char *path, const WfReplayCase *cases, guint n);

G_END_DECLS
