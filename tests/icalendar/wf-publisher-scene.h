/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A publisher of an account in memory, for tests against real calendars. */
#pragma once

#include "wf-calendar-publisher.h"
#include "wf-runtime-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  WfFixture fixture;
  WfCalendars *calendars; /* (owned) */
  WfCalendarPublisher *publisher;
} WfPublisherScene;

/* make: (nullable) of the calendars. The person is "ana". */
void wf_publisher_scene_set_up (WfPublisherScene *self, WfCalendars *(*make) (WfClock *clock));
void wf_publisher_scene_tear_down (WfPublisherScene *self);
/* Until no pass is under way any more. */
void wf_publisher_scene_settle (WfPublisherScene *self);
/* Time passes, and what is due on the way is done on the way. */
void wf_publisher_scene_pass (WfPublisherScene *self, gint64 time);
void wf_publisher_scene_begin (WfPublisherScene *self, const WfCalendarTarget *target);
/* The end of the program: what is under way is cut off. */
void wf_publisher_scene_stop (WfPublisherScene *self);
/* The next start. */
void wf_publisher_scene_start (WfPublisherScene *self);
/* An activity; length: of a meeting, 0: unknown. */
void wf_publisher_scene_add (WfPublisherScene *self, const char *id, WfActivityKind kind,
                             gint64 ahead, gint64 length, const char *place);
void wf_publisher_scene_reschedule (WfPublisherScene *self, const char *id, gint64 ahead);
void wf_publisher_scene_complete (WfPublisherScene *self, const char *id);
void wf_publisher_scene_check (WfPublisherScene *self, WfPublisherState state, guint n);

/* One call to its end: of what the next callback was given. */
typedef struct
{
  GAsyncResult *result; /* (owned) (nullable) */
} WfAwait;
void wf_await_callback (GObject *object, GAsyncResult *result, gpointer user_data);
/* Borrowed until the next call. */
GAsyncResult *wf_await (WfAwait *self);
void wf_await_clear (WfAwait *self);

/* Calls of real calendars to their end. Results are owned by the caller, texts NULL with the error. */
WfCalendarStore *wf_await_open (WfAwait *self, WfCalendars *calendars,
                                const WfCalendarTarget *target);
char *wf_await_put (WfAwait *self, WfCalendarStore *store, const char *uid, const char *text,
                    const char *etag, GError **error);
char *wf_await_find (WfAwait *self, WfCalendarStore *store, const char *uid); /* NULL: not there */
gboolean wf_await_remove (WfAwait *self, WfCalendarStore *store, const char *uid, const char *etag,
                          GError **error);

G_END_DECLS
