/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of reminders do and look at, on the day of the runtime's fixture. */
#pragma once

#include "wf-runtime-fixture.h"

G_BEGIN_DECLS

/* "2026-11-18T14:00:00Z", or "14:00:00" of that day. */
WfInstant wf_reminder_scene_at (const char *text);
/* Of Ana's computer. */
void wf_reminder_scene_begin (WfFixture *f);
void wf_reminder_scene_pass_until (WfFixture *f, const char *text);
/* Somebody gives her an activity in the CRM. remind: nullable. */
void wf_reminder_scene_put (WfFixture *f, const char *id, const char *type, const char *due,
                            const char *remind);
/* The CRM ends it, or moves it with its reminder. due: nullable. */
void wf_reminder_scene_change (WfFixture *f, const char *id, WfActivityStatus status,
                               const char *due);

guint wf_reminder_scene_count (WfFixture *f, const char *prefix);
/* What the notifier was told last; "" when nothing. */
const char *wf_reminder_scene_get_last_line (WfFixture *f);
void wf_reminder_scene_expect_receipts (WfFixture *f, const char *activity, const char *expected);

G_END_DECLS
