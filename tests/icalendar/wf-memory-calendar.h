/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar in memory that does what a test tells it. */
#pragma once

#include "wf-calendar-store.h"

G_BEGIN_DECLS

/* Carries out WfCalendars and WfCalendarStore; it answers in the next iteration. */
#define WF_TYPE_MEMORY_CALENDAR (wf_memory_calendar_get_type ())
G_DECLARE_FINAL_TYPE (WfMemoryCalendar, wf_memory_calendar, WF, MEMORY_CALENDAR, GObject)

WfMemoryCalendar *wf_memory_calendar_new (void);
guint wf_memory_calendar_get_n (WfMemoryCalendar *self);
/* Borrowed; NULL when it is not there. */
const char *wf_memory_calendar_get_text (WfMemoryCalendar *self, const char *uid);
/* As if its owner had done it. */
void wf_memory_calendar_edit (WfMemoryCalendar *self, const char *uid);
void wf_memory_calendar_delete (WfMemoryCalendar *self, const char *uid);
/* The next so many requests fail before they are carried out. */
void wf_memory_calendar_fail (WfMemoryCalendar *self, guint times, WfCrmError code);
/* The next request but find is carried out and answers WF_CRM_ERROR_UNCERTAIN all the same. */
void wf_memory_calendar_lose_answer (WfMemoryCalendar *self);
/* Entries whose text has this in it are refused; NULL: none. */
void wf_memory_calendar_refuse (WfMemoryCalendar *self, const char *text);
/* Whether this computer has calendars of its own, "Workflow", which is new, and "Personal": not unless told. */
void wf_memory_calendar_set_has_own (WfMemoryCalendar *self, gboolean has_own);
/* Requests so far, "put UID", "remove UID", "find UID", "open", "forget", "make ADDRESS", "list-own", oldest
 * first. Borrowed. */
GPtrArray *wf_memory_calendar_get_journal (WfMemoryCalendar *self);

G_END_DECLS
