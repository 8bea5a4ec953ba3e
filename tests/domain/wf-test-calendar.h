/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars and instants for tests about time. */
#pragma once

#include "wf-working-hours.h"

/* Monday to Friday 09:00-12:00 and 13:00-18:00 in America/Sao_Paulo without holidays: the calendar
 * of the vectors. */
#define WF_TEST_OFFICE_WEEK                                                                        \
  "{'mon':[['09:00','12:00'],['13:00','18:00']],'tue':[['09:00','12:00'],['13:00','18:00']],"      \
  "'wed':[['09:00','12:00'],['13:00','18:00']],'thu':[['09:00','12:00'],['13:00','18:00']],"       \
  "'fri':[['09:00','12:00'],['13:00','18:00']],'sat':[],'sun':[]}"
#define WF_TEST_OFFICE "{'time-zone':'America/Sao_Paulo','week':" WF_TEST_OFFICE_WEEK "}"

/* A cursor's document with single quotes instead of double ones. Fails the test when it is no
 * JSON. */
WfJsonDocument *wf_test_document (const char *text);
/* The calendar; fails the test when there is any problem with it. */
WfWorkingHours *wf_test_hours (const char *text);
/* An RFC 3339 time; fails the test when it is none. NULL: WF_INSTANT_NONE. */
WfInstant wf_test_instant (const char *text);
/* The instant in the calendar's zone, "none" without one. Owned by the caller. */
char *wf_test_instant_text (WfInstant at, const WfWorkingHours *hours);
