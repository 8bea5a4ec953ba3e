/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that dies at a chosen commit or request, and is started again: what the CRM ends up
 * with must not tell (S16, S20, B4). */
#pragma once

#include "wf-runtime-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  WfFixture fixture;
  guint point;    /* points passed so far */
  guint crash_at; /* the point at which the program dies */
  gboolean safe;  /* what is under way is not what is tested: no points */
  gboolean crashed;
  WfInstant began;
} WfCrashScene;

/* Nothing runs yet. */
void wf_crash_scene_set_up (WfCrashScene *self, const char *person, guint crash_at);
/* Returns whether the program died on the way. */
gboolean wf_crash_scene_tear_down (WfCrashScene *self);
void wf_crash_scene_start (WfCrashScene *self);
/* After each thing that may have killed it: starts it again, as often as needed. */
void wf_crash_scene_revive (WfCrashScene *self);
void wf_crash_scene_pass (WfCrashScene *self, gint64 microseconds);
/* The computer sleeps until so long after the beginning. */
void wf_crash_scene_sleep_until (WfCrashScene *self, gint64 microseconds);
/* As the CRM has it; NULL when it has not. Borrowed. */
WfActivity *wf_crash_scene_find (WfCrashScene *self, const char *event, const char *step);
/* A person tries until it is done. */
void wf_crash_scene_complete (WfCrashScene *self, const char *event, const char *step);
/* What the CRM has in the end, as text: deadlines in minutes after the beginning. */
char *wf_crash_scene_describe (WfCrashScene *self);

/* Plays the scene once. TRUE when the program died on the way; result: what is there in the end. */
typedef gboolean (*WfCrashPlay) (guint crash_at, char **result);
/* At each point in turn; the result must be the same, and contain what is expected. least: there
 * are more points than that. expected: ended by NULL. */
void wf_crash_check_every_point (WfCrashPlay play, guint least, const char *const *expected);

G_END_DECLS
