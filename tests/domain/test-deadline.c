/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vectors of the semantics for deadlines and reminders: S1-S6, S21, S24, S26. */
#include "wf-deadline.h"
#include "wf-test-calendar.h"

#define OFFICE WF_TEST_OFFICE
#define OFFICE_HOLIDAY                                                                             \
  "{'time-zone':'America/Sao_Paulo','week':" WF_TEST_OFFICE_WEEK                                   \
  ",'holidays':[{'date':'2026-10-12','name':'Nossa Senhora Aparecida'}]}"
#define LATE_THURSDAY                                                                                               \
  "{'time-zone':'America/Sao_Paulo','week':{'mon':[['09:00','12:00'],['13:00','18:00']],'tue':[['10:00','16:00']]," \
  "'wed':[['09:00','12:00'],['13:00','18:00']],'thu':[['09:00','20:00']],'fri':[['09:00','12:00'],['13:00','18:00']]}}"
#define ALWAYS(zone)                                                                               \
  "{'time-zone':'" zone                                                                            \
  "','week':{'mon':[['00:00','24:00']],'tue':[['00:00','24:00']],'wed':[['00:00','24:00']],"       \
  "'thu':[['00:00','24:00']],'fri':[['00:00','24:00']],'sat':[['00:00','24:00']],'sun':[['00:00','24:00']]}}"
#define BERLIN_OFFICE "{'time-zone':'Europe/Berlin','week':" WF_TEST_OFFICE_WEEK "}"
#define BERLIN_NIGHT                                                                               \
  "{'time-zone':'Europe/Berlin','week':{'sat':[['22:00','24:00']],'sun':[['00:00','06:00']],'mon':[['22:00','24:00']]}}"

#define M WF_TIME_UNIT_MINUTES
#define H WF_TIME_UNIT_HOURS
#define D WF_TIME_UNIT_DAYS
#define W WF_TIME_UNIT_WEEKS
#define MO WF_TIME_UNIT_MONTHS

typedef enum
{
  FLAG = 1 << 0,
  BEFORE = 1 << 1,
  BUSINESS_TIME = 1 << 2,
  AT_ONCE = 1 << 3, /* expected, as are the next */
  SHORTENED = 1 << 4,
  ARRIVED_LATE = 1 << 5,
} Marks;

typedef struct
{
  const char *rule, *calendar, *from;
  gint64 amount;
  WfTimeUnit unit;
  Marks marks;
  const char *due;
  gint64 notify;
  WfTimeUnit notify_unit;
  const char *remind;
  const char *now;
} Vector;

static const Vector vectors[] = {
  { "S1 ends at closing", OFFICE, "2026-11-20T17:30:00-03:00", 30, M, FLAG,
    "2026-11-20T18:00:00-03:00" },
  { "S1 over the weekend", OFFICE, "2026-11-20T17:50:00-03:00", 30, M, FLAG,
    "2026-11-23T09:20:00-03:00" },
  { "S1 at closing it is closed for starting", OFFICE, "2026-11-20T18:00:00-03:00", 30, M, FLAG,
    "2026-11-23T09:30:00-03:00" },
  { "S1 over the break", OFFICE, "2026-11-20T11:45:00-03:00", 30, M, FLAG,
    "2026-11-20T13:15:00-03:00" },
  { "S1 hours", OFFICE, "2026-11-20T16:00:00-03:00", 4, H, FLAG, "2026-11-23T11:00:00-03:00" },
  { "S1 from a closed day", OFFICE, "2026-11-21T10:00:00-03:00", 2, H, FLAG,
    "2026-11-23T11:00:00-03:00" },
  { "S1 over a holiday", OFFICE_HOLIDAY, "2026-10-09T17:00:00-03:00", 2, H, FLAG,
    "2026-10-13T10:00:00-03:00" },
  { "S1 on a holiday", OFFICE_HOLIDAY, "2026-10-12T11:00:00-03:00", 30, M, FLAG,
    "2026-10-13T09:30:00-03:00" },
  { "S1 up to the break", OFFICE, "2026-11-20T11:30:00-03:00", 30, M, FLAG,
    "2026-11-20T12:00:00-03:00" },
  { "S1 in the break", OFFICE, "2026-11-20T12:30:00-03:00", 30, M, FLAG,
    "2026-11-20T13:30:00-03:00" },
  { "S1 before opening", OFFICE, "2026-11-20T05:00:00-03:00", 8, H, FLAG,
    "2026-11-20T18:00:00-03:00" },
  { "S1 in the night, never skipped", OFFICE, "2026-11-23T02:00:00-03:00", 30, M, FLAG,
    "2026-11-23T09:30:00-03:00" },
  { "S1 a week of work", OFFICE, "2026-11-20T09:00:00-03:00", 40, H, FLAG,
    "2026-11-26T18:00:00-03:00" },
  { "S1 a year of work", OFFICE, "2026-01-01T00:00:00-03:00", 125280, M, FLAG,
    "2026-12-31T18:00:00-03:00" },
  { "S1 the time's own offset does not matter", OFFICE, "2026-11-20T20:50:00Z", 30, M, FLAG,
    "2026-11-23T09:20:00-03:00" },
  { "S1 without the flag it is clock time", OFFICE, "2026-11-20T17:50:00-03:00", 30, M, 0,
    "2026-11-20T18:20:00-03:00" },
  { "S1 without the flag, weekend", OFFICE, "2026-11-20T17:50:00-03:00", 48, H, 0,
    "2026-11-22T17:50:00-03:00" },

  { "S2 a day is a working day", OFFICE, "2026-11-20T15:00:00-03:00", 1, D, FLAG,
    "2026-11-23T15:00:00-03:00" },
  { "S2 the start is moved first", OFFICE, "2026-11-21T10:00:00-03:00", 2, D, FLAG,
    "2026-11-25T09:00:00-03:00" },
  { "S2 three days", OFFICE, "2023-10-20T15:01:00-03:00", 3, D, FLAG, "2023-10-25T15:01:00-03:00" },
  { "S2 holidays do not count", OFFICE_HOLIDAY, "2026-10-09T15:00:00-03:00", 1, D, FLAG,
    "2026-10-13T15:00:00-03:00" },
  { "S2 from closing", OFFICE, "2026-11-20T18:00:00-03:00", 1, D, FLAG,
    "2026-11-24T09:00:00-03:00" },
  { "S2 from the break", OFFICE, "2026-11-20T12:15:00-03:00", 1, D, FLAG,
    "2026-11-23T13:00:00-03:00" },
  { "S2 clamped to the opening", LATE_THURSDAY, "2026-11-23T09:30:00-03:00", 1, D, FLAG,
    "2026-11-24T10:00:00-03:00" },
  { "S2 clamped to the closing", LATE_THURSDAY, "2026-11-23T17:00:00-03:00", 1, D, FLAG,
    "2026-11-24T16:00:00-03:00" },
  { "S2 clamped from the late day", LATE_THURSDAY, "2026-11-26T19:30:00-03:00", 1, D, FLAG,
    "2026-11-27T18:00:00-03:00" },
  { "S2 clamped to the break's end", LATE_THURSDAY, "2026-11-24T12:30:00-03:00", 1, D, FLAG,
    "2026-11-25T13:00:00-03:00" },
  { "S2 at closing of the break", LATE_THURSDAY, "2026-11-24T12:00:00-03:00", 1, D, FLAG,
    "2026-11-25T12:00:00-03:00" },
  { "S2 the same wall time over a change of the clocks", BERLIN_OFFICE, "2026-10-23T15:00:00+02:00",
    1, D, FLAG, "2026-10-26T15:00:00+01:00" },
  { "S2 a week is seven days", OFFICE, "2026-11-20T15:00:00-03:00", 1, W, FLAG,
    "2026-11-27T15:00:00-03:00" },
  { "S2 a week to a holiday is rolled forward", OFFICE_HOLIDAY, "2026-10-05T15:00:00-03:00", 1, W,
    FLAG, "2026-10-13T09:00:00-03:00" },
  { "S2 a week from a weekend", OFFICE, "2026-11-21T10:00:00-03:00", 1, W, FLAG,
    "2026-11-30T09:00:00-03:00" },
  { "S2 a week into the break", LATE_THURSDAY, "2026-11-26T12:30:00-03:00", 1, W, FLAG,
    "2026-12-03T12:30:00-03:00" },
  { "S2 three weeks", OFFICE, "2026-11-20T15:00:00-03:00", 3, W, FLAG,
    "2026-12-11T15:00:00-03:00" },
  { "S2 without the flag, days", OFFICE, "2026-11-20T15:00:00-03:00", 1, D, 0,
    "2026-11-21T15:00:00-03:00" },
  { "S2 without the flag, weeks", OFFICE, "2026-11-21T15:00:00-03:00", 1, W, 0,
    "2026-11-28T15:00:00-03:00" },

  { "S4 clamped", OFFICE, "2027-01-31T10:00:00-03:00", 1, MO, 0, "2027-02-28T10:00:00-03:00" },
  { "S4 clamped and rolled forward", OFFICE, "2027-01-31T10:00:00-03:00", 1, MO, FLAG,
    "2027-03-01T09:00:00-03:00" },
  { "S4 leap year", OFFICE, "2028-01-31T10:00:00-03:00", 1, MO, 0, "2028-02-29T10:00:00-03:00" },
  { "S4 from the 29th", OFFICE, "2025-11-29T10:00:00-03:00", 3, MO, 0,
    "2026-02-28T10:00:00-03:00" },
  { "S4 from the 30th", OFFICE, "2025-11-30T10:00:00-03:00", 3, MO, 0,
    "2026-02-28T10:00:00-03:00" },
  { "S4 to a shorter month", OFFICE, "2026-08-31T10:00:00-03:00", 1, MO, 0,
    "2026-09-30T10:00:00-03:00" },
  { "S4 computed once, no drift", OFFICE, "2027-01-31T10:00:00-03:00", 2, MO, 0,
    "2027-03-31T10:00:00-03:00" },
  { "S4 over the year", OFFICE, "2026-11-20T10:00:00-03:00", 14, MO, 0,
    "2028-01-20T10:00:00-03:00" },
  { "S4 a month is no 30 days", OFFICE, "2026-12-15T10:00:00-03:00", 1, MO, FLAG,
    "2027-01-15T10:00:00-03:00" },
  { "S4 century without leap day", OFFICE, "2099-12-31T10:00:00-03:00", 2, MO, 0,
    "2100-02-28T10:00:00-03:00" },

  { "S5 clock time even with the flag", OFFICE, "2026-11-23T09:30:00-03:00", 120, M, BEFORE,
    "2026-11-23T07:30:00-03:00" },
  { "S5 business time", OFFICE, "2026-11-23T09:30:00-03:00", 120, M, BEFORE | FLAG | BUSINESS_TIME,
    "2026-11-20T16:30:00-03:00" },
  { "S5 business time without the flag", OFFICE, "2026-11-23T09:30:00-03:00", 2, H,
    BEFORE | BUSINESS_TIME, "2026-11-20T16:30:00-03:00" },
  { "S5 rolled backward", OFFICE, "2026-11-23T09:30:00-03:00", 120, M, BEFORE | FLAG,
    "2026-11-20T18:00:00-03:00" },
  { "S5 in open time it stays", OFFICE, "2026-11-23T11:30:00-03:00", 120, M, BEFORE | FLAG,
    "2026-11-23T09:30:00-03:00" },
  { "S5 the opening counts as open", OFFICE, "2026-11-23T11:00:00-03:00", 120, M, BEFORE | FLAG,
    "2026-11-23T09:00:00-03:00" },
  { "S5 the closing counts as open", OFFICE, "2026-11-20T20:00:00-03:00", 120, M, BEFORE | FLAG,
    "2026-11-20T18:00:00-03:00" },
  { "S5 into the break", OFFICE, "2026-11-20T14:30:00-03:00", 120, M, BEFORE | FLAG,
    "2026-11-20T12:00:00-03:00" },
  { "S5 business time from closed time", OFFICE, "2026-11-22T10:00:00-03:00", 30, M,
    BEFORE | FLAG | BUSINESS_TIME, "2026-11-20T17:30:00-03:00" },
  { "S5 business time back to the opening", OFFICE, "2026-11-23T09:30:00-03:00", 30, M,
    BEFORE | FLAG | BUSINESS_TIME, "2026-11-23T09:00:00-03:00" },
  { "S5 business time from the opening", OFFICE, "2026-11-23T09:00:00-03:00", 30, M,
    BEFORE | FLAG | BUSINESS_TIME, "2026-11-20T17:30:00-03:00" },
  { "S5 days in wall time", OFFICE, "2026-11-25T09:30:00-03:00", 2, D, BEFORE,
    "2026-11-23T09:30:00-03:00" },
  { "S5 days into the weekend", OFFICE, "2026-11-23T09:30:00-03:00", 1, D, BEFORE | FLAG,
    "2026-11-20T18:00:00-03:00" },
  { "S5 days into the weekend, no flag", OFFICE, "2026-11-23T09:30:00-03:00", 1, D, BEFORE,
    "2026-11-22T09:30:00-03:00" },
  { "S5 weeks", OFFICE, "2026-11-23T09:30:00-03:00", 1, W, BEFORE | FLAG,
    "2026-11-16T09:30:00-03:00" },
  { "S5 months clamp too", OFFICE, "2026-03-31T10:00:00-03:00", 1, MO, BEFORE,
    "2026-02-28T10:00:00-03:00" },
  { "S5 months rolled backward", OFFICE, "2026-03-31T10:00:00-03:00", 1, MO, BEFORE | FLAG,
    "2026-02-27T18:00:00-03:00" },
  { "S5 the anchor is ahead", OFFICE, "2026-11-23T09:30:00-03:00", 120, M, BEFORE,
    "2026-11-23T07:30:00-03:00", 0, M, NULL, "2026-11-20T10:00:00-03:00" },
  { "S5 due now is not past", OFFICE, "2026-11-23T09:30:00-03:00", 120, M, BEFORE | AT_ONCE,
    "2026-11-23T07:30:00-03:00", 10, M, "2026-11-23T07:30:00-03:00", "2026-11-23T07:30:00-03:00" },
  { "S5 past, the anchor still ahead", OFFICE, "2026-11-23T09:30:00-03:00", 120, M,
    BEFORE | SHORTENED | AT_ONCE, "2026-11-23T08:30:00-03:00", 10, M, "2026-11-23T08:00:00-03:00",
    "2026-11-23T08:00:00-03:00" },
  { "S5 past, the anchor is near", OFFICE, "2026-11-23T09:30:00-03:00", 120, M,
    BEFORE | SHORTENED | AT_ONCE, "2026-11-23T09:30:00-03:00", 10, M, "2026-11-23T09:10:00-03:00",
    "2026-11-23T09:10:00-03:00" },
  { "S5 rolled backward is past", OFFICE, "2026-11-23T09:30:00-03:00", 120, M,
    BEFORE | FLAG | SHORTENED | AT_ONCE, "2026-11-21T10:30:00-03:00", 10, M,
    "2026-11-21T10:00:00-03:00", "2026-11-21T10:00:00-03:00" },

  { "S6 in the deadline's own time base", OFFICE, "2026-11-20T17:50:00-03:00", 30, M, FLAG,
    "2026-11-23T09:20:00-03:00", 30, M, "2026-11-20T17:50:00-03:00" },
  { "S6 in open time", OFFICE, "2026-11-20T17:50:00-03:00", 30, M, FLAG,
    "2026-11-23T09:20:00-03:00", 10, M, "2026-11-23T09:10:00-03:00" },
  { "S6 hours in open time", OFFICE, "2026-11-20T16:00:00-03:00", 4, H, FLAG,
    "2026-11-23T11:00:00-03:00", 3, H, "2026-11-20T17:00:00-03:00" },
  { "S6 without the flag clock time", OFFICE, "2026-11-20T17:50:00-03:00", 16, H, 0,
    "2026-11-21T09:50:00-03:00", 30, M, "2026-11-21T09:20:00-03:00" },
  { "S6 days in wall time, rolled backward", OFFICE, "2026-11-20T15:00:00-03:00", 1, D, FLAG,
    "2026-11-23T15:00:00-03:00", 1, D, "2026-11-20T18:00:00-03:00" },
  { "S6 days in wall time, no flag", OFFICE, "2026-11-20T15:00:00-03:00", 3, D, 0,
    "2026-11-23T15:00:00-03:00", 1, D, "2026-11-22T15:00:00-03:00" },
  { "S6 weeks", OFFICE, "2026-11-20T15:00:00-03:00", 2, W, FLAG, "2026-12-04T15:00:00-03:00", 1, W,
    "2026-11-27T15:00:00-03:00" },
  { "S6 from the opening it goes back over the night", OFFICE, "2026-11-21T10:00:00-03:00", 2, D,
    FLAG, "2026-11-25T09:00:00-03:00", 10, M, "2026-11-24T17:50:00-03:00" },
  { "S6 before, clock time, reminded in open time", OFFICE, "2026-11-23T09:30:00-03:00", 120, M,
    BEFORE | FLAG, "2026-11-20T18:00:00-03:00", 30, M, "2026-11-20T17:30:00-03:00" },
  { "S6 before without the flag", OFFICE, "2026-11-23T09:30:00-03:00", 120, M, BEFORE,
    "2026-11-23T07:30:00-03:00", 30, M, "2026-11-23T07:00:00-03:00" },
  { "S6 before in business time", OFFICE, "2026-11-23T09:30:00-03:00", 120, M,
    BEFORE | BUSINESS_TIME, "2026-11-20T16:30:00-03:00", 4, H, "2026-11-20T11:30:00-03:00" },
  { "S6 earlier than creation", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, AT_ONCE,
    "2026-11-20T10:30:00-03:00", 1, H, "2026-11-20T10:00:00-03:00", "2026-11-20T10:00:00-03:00" },
  { "S6 at creation", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, AT_ONCE,
    "2026-11-20T10:30:00-03:00", 30, M, "2026-11-20T10:00:00-03:00", "2026-11-20T10:00:00-03:00" },
  { "S6 after creation", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, 0, "2026-11-20T10:30:00-03:00",
    29, M, "2026-11-20T10:01:00-03:00", "2026-11-20T10:00:00-03:00" },
  { "S6 created a little later", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, AT_ONCE,
    "2026-11-20T10:30:00-03:00", 20, M, "2026-11-20T10:12:34-03:00", "2026-11-20T10:12:34-03:00" },
  { "S6 at once, but not in closed time", OFFICE, "2026-11-21T10:00:00-03:00", 30, M,
    FLAG | AT_ONCE, "2026-11-23T09:30:00-03:00", 1, H, "2026-11-23T09:00:00-03:00",
    "2026-11-21T10:00:00-03:00" },
  { "S6 at once in closed time without the flag", OFFICE, "2026-11-21T10:00:00-03:00", 30, M,
    AT_ONCE, "2026-11-21T10:30:00-03:00", 1, H, "2026-11-21T10:00:00-03:00",
    "2026-11-21T10:00:00-03:00" },
  { "S6 without now it is only arithmetic", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, 0,
    "2026-11-20T10:30:00-03:00", 1, H, "2026-11-20T09:30:00-03:00" },

  { "S21 a wall time in the gap is shifted", ALWAYS ("Europe/Berlin"), "2026-03-28T02:30:00+01:00",
    1, D, 0, "2026-03-29T03:30:00+02:00" },
  { "S21 so too in weeks", ALWAYS ("Europe/Berlin"), "2026-03-22T02:30:00+01:00", 1, W, FLAG,
    "2026-03-29T03:30:00+02:00" },
  { "S21 so too in months", ALWAYS ("Europe/Berlin"), "2026-02-28T02:30:00+01:00", 1, MO, 0,
    "2026-03-28T02:30:00+01:00" },
  { "S21 so too counting back", ALWAYS ("Europe/Berlin"), "2026-03-30T02:30:00+02:00", 1, D, BEFORE,
    "2026-03-29T03:30:00+02:00" },
  { "S21 of a repeated wall time the earlier", ALWAYS ("Europe/Berlin"),
    "2026-10-24T02:30:00+02:00", 1, D, 0, "2026-10-25T02:30:00+02:00" },
  { "S21 so too with the flag", ALWAYS ("Europe/Berlin"), "2026-10-24T02:30:00+02:00", 1, D, FLAG,
    "2026-10-25T02:30:00+02:00" },
  { "S21 hours are elapsed time", ALWAYS ("Europe/Berlin"), "2026-03-28T12:00:00+01:00", 24, H, 0,
    "2026-03-29T13:00:00+02:00" },
  { "S21 days are wall time", ALWAYS ("Europe/Berlin"), "2026-03-28T12:00:00+01:00", 1, D, 0,
    "2026-03-29T12:00:00+02:00" },
  { "S21 minutes over the repeated hour", ALWAYS ("Europe/Berlin"), "2026-10-25T02:50:00+02:00", 30,
    M, 0, "2026-10-25T02:20:00+01:00" },
  { "S21 a short night of work", BERLIN_NIGHT, "2026-03-28T22:00:00+01:00", 7, H, FLAG,
    "2026-03-29T06:00:00+02:00" },
  { "S21 a long night of work", BERLIN_NIGHT, "2026-10-24T22:00:00+02:00", 8, H, FLAG,
    "2026-10-25T05:00:00+01:00" },
  { "S21 an hour more than the short night has", BERLIN_NIGHT, "2026-03-28T22:00:00+01:00", 8, H,
    FLAG, "2026-03-30T23:00:00+02:00" },
  { "S21 half an hour's change", ALWAYS ("Australia/Lord_Howe"), "2026-10-03T02:10:00+10:30", 1, D,
    0, "2026-10-04T02:40:00+11:00" },
  { "S21 midnight in the gap", ALWAYS ("America/Sao_Paulo"), "2018-11-03T00:00:00-03:00", 1, D, 0,
    "2018-11-04T01:00:00-02:00" },
  { "S21 long ago, in the gap", ALWAYS ("Europe/Berlin"), "2001-03-24T02:30:00+01:00", 1, D, 0,
    "2001-03-25T03:30:00+02:00" },
  { "S21 long ago, repeated", ALWAYS ("Europe/Berlin"), "2001-10-27T02:30:00+02:00", 1, D, 0,
    "2001-10-28T02:30:00+02:00" },
  { "S21 long ago, a short night of work", BERLIN_NIGHT, "2001-03-24T22:00:00+01:00", 7, H, FLAG,
    "2001-03-25T06:00:00+02:00" },
  { "S21 a zone of half hours", "{'time-zone':'Asia/Kolkata','week':" WF_TEST_OFFICE_WEEK "}",
    "2026-11-20T17:50:00+05:30", 30, M, FLAG, "2026-11-23T09:20:00+05:30" },

  { "S24 rounded up", OFFICE, "2026-11-20T10:00:01-03:00", 30, M, 0, "2026-11-20T10:31:00-03:00" },
  { "S24 a microsecond counts", OFFICE, "2026-11-20T10:00:00.000001-03:00", 30, M, FLAG,
    "2026-11-20T10:31:00-03:00" },
  { "S24 whole minutes stay", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, FLAG,
    "2026-11-20T10:30:00-03:00" },
  { "S24 up to closing, not beyond", OFFICE, "2026-11-20T17:29:30-03:00", 30, M, FLAG,
    "2026-11-20T18:00:00-03:00" },
  { "S24 half a minute is left for Monday", OFFICE, "2026-11-20T17:30:30-03:00", 30, M, FLAG,
    "2026-11-23T09:01:00-03:00" },
  { "S24 days", OFFICE, "2026-11-20T15:00:59-03:00", 1, D, FLAG, "2026-11-23T15:01:00-03:00" },
  { "S24 before", OFFICE, "2026-11-20T15:00:59-03:00", 30, M, BEFORE, "2026-11-20T14:31:00-03:00" },
  { "S24 the reminder counts from the rounded deadline", OFFICE, "2026-11-20T10:00:30-03:00", 30, M,
    0, "2026-11-20T10:31:00-03:00", 10, M, "2026-11-20T10:21:00-03:00" },

  { "S26 in time", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, FLAG, "2026-11-20T10:30:00-03:00", 0,
    M, NULL, "2026-11-20T10:29:00-03:00" },
  { "S26 due on arrival is not late", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, FLAG,
    "2026-11-20T10:30:00-03:00", 0, M, NULL, "2026-11-20T10:30:00-03:00" },
  { "S26 late", OFFICE, "2026-11-20T10:00:00-03:00", 4, H, ARRIVED_LATE,
    "2026-11-20T15:30:00-03:00", 0, M, NULL, "2026-11-20T15:00:00-03:00" },
  { "S26 late, rounded", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, ARRIVED_LATE,
    "2026-11-20T15:31:00-03:00", 0, M, NULL, "2026-11-20T15:00:01-03:00" },
  { "S26 the original duration when it is shorter", OFFICE, "2026-11-20T10:00:00-03:00", 5, M,
    ARRIVED_LATE, "2026-11-20T15:05:00-03:00", 0, M, NULL, "2026-11-20T15:00:00-03:00" },
  { "S26 late in open time", OFFICE, "2026-11-20T10:00:00-03:00", 1, D, FLAG | ARRIVED_LATE,
    "2026-11-24T09:20:00-03:00", 0, M, NULL, "2026-11-23T17:50:00-03:00" },
  { "S26 late in closed time", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, FLAG | ARRIVED_LATE,
    "2026-11-23T09:30:00-03:00", 10, M, "2026-11-23T09:20:00-03:00", "2026-11-20T22:00:00-03:00" },
  { "S26 late, reminded at once", OFFICE, "2026-11-20T10:00:00-03:00", 1, H, ARRIVED_LATE | AT_ONCE,
    "2026-11-20T15:30:00-03:00", 45, M, "2026-11-20T15:00:00-03:00", "2026-11-20T15:00:00-03:00" },
};

static WfDeadlineRequest
get_request (const Vector *vector)
{
  return (WfDeadlineRequest) {
    .from = wf_test_instant (vector->from),
    .now = wf_test_instant (vector->now),
    .within = { vector->amount, vector->unit },
    .before = (vector->marks & BEFORE) != 0,
    .business_hours = (vector->marks & FLAG) != 0,
    .business_time = (vector->marks & BUSINESS_TIME) != 0,
    .notify = { vector->notify, vector->notify_unit },
  };
}

/* The explanation begins with the start and tells the same results. */
static void
check_steps (const Vector *vector, GPtrArray *steps)
{
  guint n_due = 0, n_remind = 0;

  g_assert_cmpuint (steps->len, >=, 2);
  g_assert_cmpuint (steps->len, <=, 20);
  g_assert_true (g_str_has_prefix (steps->pdata[0], vector->marks & BEFORE ? "Date: " : "Start: "));
  for (guint i = 0; i < steps->len; i++)
    {
      g_test_message ("  %s", (char *) steps->pdata[i]);
      n_due += g_str_has_prefix (steps->pdata[i], "Due: ");
      n_remind += g_str_has_prefix (steps->pdata[i], "Reminder: ");
    }
  g_assert_cmpuint (n_due, ==, 1);
  g_assert_cmpuint (n_remind, ==, vector->remind != NULL);
}

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const Vector *vector = &vectors[i];
      g_autoptr (WfWorkingHours) hours = wf_test_hours (vector->calendar);
      g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
      WfDeadlineRequest request = get_request (vector);
      WfDeadline deadline = wf_deadline_compute (&request, hours, steps), again;
      g_autofree char *due = wf_test_instant_text (deadline.due, hours);
      g_autofree char *remind = wf_test_instant_text (deadline.remind, hours);

      g_test_message ("%s", vector->rule);
      g_assert_cmpint (deadline.outcome, ==, WF_DEADLINE_OK);
      g_assert_cmpstr (due, ==, vector->due);
      g_assert_cmpstr (remind, ==, vector->remind != NULL ? vector->remind : "none");
      g_assert_cmpint (deadline.remind_at_once, ==, (vector->marks & AT_ONCE) != 0);
      g_assert_cmpint (deadline.shortened, ==, (vector->marks & SHORTENED) != 0);
      g_assert_cmpint (deadline.arrived_late, ==, (vector->marks & ARRIVED_LATE) != 0);
      check_steps (vector, steps);

      again = wf_deadline_compute (&request, hours, NULL);
      g_assert_cmpint (again.due, ==, deadline.due);
      g_assert_cmpint (again.remind, ==, deadline.remind);
    }
}

static const struct
{
  Vector vector;
  WfDeadlineOutcome outcome;
  const char *last_step;
} failures[] = {
  { { "S5 anchor past", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, BEFORE, NULL, 10, M, NULL,
      "2026-11-20T10:00:01-03:00" },
    WF_DEADLINE_ANCHOR_PAST,
    "This date has passed: nothing is created" },
  { { "S5 the anchor is now", OFFICE, "2026-11-20T10:00:00-03:00", 30, M, BEFORE, NULL, 0, M, NULL,
      "2026-11-20T10:00:00-03:00" },
    WF_DEADLINE_ANCHOR_PAST,
    "This date has passed: nothing is created" },
  { { "beyond the year 9999", OFFICE, "2026-11-20T10:00:00-03:00", 1000000, MO, 0 },
    WF_DEADLINE_OUT_OF_RANGE,
    "The result is beyond the years 1 to 9999" },
  { { "beyond, weeks", OFFICE, "2026-11-20T10:00:00-03:00", 1000000, W, FLAG },
    WF_DEADLINE_OUT_OF_RANGE,
    "The result is beyond the years 1 to 9999" },
  { { "before the year 1", OFFICE, "2026-11-20T10:00:00-03:00", 30000, MO, BEFORE | FLAG },
    WF_DEADLINE_OUT_OF_RANGE,
    "The result is beyond the years 1 to 9999" },
  { { "beyond, open time", OFFICE, "9999-12-31T17:50:00-03:00", 30, M, FLAG },
    WF_DEADLINE_OUT_OF_RANGE,
    "The result is beyond the years 1 to 9999" },
  { { "beyond, elapsed time", OFFICE, "9999-12-31T20:50:00-03:00", 30, M, 0 },
    WF_DEADLINE_OUT_OF_RANGE,
    "The result is beyond the years 1 to 9999" },
};

static void
test_failures (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (WfWorkingHours) hours = wf_test_hours (failures[i].vector.calendar);
      g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
      WfDeadlineRequest request = get_request (&failures[i].vector);
      WfDeadline deadline = wf_deadline_compute (&request, hours, steps);

      g_test_message ("%s", failures[i].vector.rule);
      g_assert_cmpint (deadline.outcome, ==, failures[i].outcome);
      g_assert_cmpint (deadline.due, ==, WF_INSTANT_NONE);
      g_assert_cmpint (deadline.remind, ==, WF_INSTANT_NONE);
      g_assert_cmpuint (steps->len, ==, 2);
      g_assert_cmpstr (steps->pdata[1], ==, failures[i].last_step);
    }
}

/* Open only on one day, which is a holiday in every year. */
static void
test_no_open_time (void)
{
  GString *text =
      g_string_new ("{'time-zone':'UTC','week':{'mon':[['09:00','10:00']]},'holidays':[");
  g_autoptr (GDateTime) first = g_date_time_new_utc (2005, 1, 3, 0, 0, 0);
  g_autofree char *json = NULL;
  g_autoptr (WfWorkingHours) hours = NULL;
  const Marks marks[] = { FLAG, FLAG | BEFORE };
  const WfTimeUnit units[] = { M, D, W, MO };

  for (int week = 0; week < 52 * 40; week++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_weeks (first, week);
      g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");

      g_string_append_printf (text, "%s{'date':'%s'}", week == 0 ? "" : ",", date);
    }
  g_string_append (text, "]}");
  json = g_string_free_and_steal (text);
  hours = wf_test_hours (json);
  for (guint i = 0; i < G_N_ELEMENTS (marks) * G_N_ELEMENTS (units); i++)
    {
      Vector vector = { "", json, "2027-11-20T10:00:00Z", 30, units[i % 4], marks[i / 4] };
      WfDeadlineRequest request = get_request (&vector);
      WfDeadline deadline = wf_deadline_compute (&request, hours, NULL);

      g_assert_cmpint (deadline.outcome, ==, WF_DEADLINE_NO_OPEN_TIME);
      g_assert_cmpint (wf_deadline_add (request.from, request.within, TRUE, hours), ==,
                       WF_INSTANT_NONE);
    }
}

static const struct
{
  Vector vector;
  const char *steps[14];
} sums[] = {
  { { "open time", OFFICE, "2026-11-20T17:50:00-03:00", 30, M, FLAG, NULL, 10, M },
    { "Start: Fri 20 Nov 2026 17:50 (America/Sao_Paulo)",
      "Open until 18:00: 10 min counted, 20 min left", "Closed: weekend",
      "Next opening: Mon 23 Nov 09:00", "Due: Mon 23 Nov 2026 09:20",
      "Reminder: Mon 23 Nov 2026 09:10, 10 minutes before the deadline" } },
  { { "break and night", OFFICE, "2026-11-19T11:30:00-03:00", 6, H, FLAG },
    { "Start: Thu 19 Nov 2026 11:30 (America/Sao_Paulo)",
      "Open until 12:00: 30 min counted, 5 h 30 min left", "Closed: break",
      "Next opening: Thu 19 Nov 13:00", "Open until 18:00: 5 h counted, 30 min left",
      "Closed: night", "Next opening: Fri 20 Nov 09:00", "Due: Fri 20 Nov 2026 09:30" } },
  { { "holiday", OFFICE_HOLIDAY, "2026-10-09T19:00:00-03:00", 30, M, FLAG },
    { "Start: Fri 9 Oct 2026 19:00 (America/Sao_Paulo)", "Closed: weekend, Nossa Senhora Aparecida",
      "Next opening: Tue 13 Oct 09:00", "Due: Tue 13 Oct 2026 09:30" } },
  { { "many openings", OFFICE, "2026-11-20T09:00:00-03:00", 100, H, FLAG },
    { "Start: Fri 20 Nov 2026 09:00 (America/Sao_Paulo)",
      "Open until 12:00: 3 h counted, 97 h left", "Closed: break", "Next opening: Fri 20 Nov 13:00",
      "Open until 18:00: 5 h counted, 92 h left", "Closed: weekend",
      "Next opening: Mon 23 Nov 09:00", "Open until 12:00: 3 h counted, 89 h left",
      "22 more openings until Tue 8 Dec 2026 12:00: 88 h counted, 1 h left", "Closed: break",
      "Next opening: Tue 8 Dec 13:00", "Due: Tue 8 Dec 2026 14:00" } },
  { { "working days", OFFICE_HOLIDAY, "2026-10-09T15:00:00-03:00", 2, D, FLAG },
    { "Start: Fri 9 Oct 2026 15:00 (America/Sao_Paulo)",
      "Not counted: weekend, Nossa Senhora Aparecida",
      "2 working days later: Wed 14 Oct 2026 15:00", "Due: Wed 14 Oct 2026 15:00" } },
  { { "clamped day", LATE_THURSDAY, "2026-11-23T17:00:00-03:00", 1, D, FLAG },
    { "Start: Mon 23 Nov 2026 17:00 (America/Sao_Paulo)",
      "1 working day later: Tue 24 Nov 2026 17:00",
      "Moved into the working hours of that day: 16:00", "Due: Tue 24 Nov 2026 16:00" } },
  { { "month", OFFICE, "2027-01-31T10:00:00-03:00", 1, MO, FLAG },
    { "Start: Sun 31 Jan 2027 10:00 (America/Sao_Paulo)", "1 month later: Sun 28 Feb 2027 10:00",
      "Closed: weekend", "Next opening: Mon 1 Mar 09:00", "Due: Mon 1 Mar 2027 09:00" } },
  { { "before", OFFICE, "2026-11-23T09:30:00-03:00", 120, M, BEFORE | FLAG },
    { "Date: Mon 23 Nov 2026 09:30 (America/Sao_Paulo)",
      "120 minutes before: Mon 23 Nov 2026 07:30", "Closed: weekend",
      "Last closing before it: Fri 20 Nov 18:00", "Due: Fri 20 Nov 2026 18:00" } },
  { { "before in business time", OFFICE, "2026-11-23T09:30:00-03:00", 120, M,
      BEFORE | FLAG | BUSINESS_TIME },
    { "Date: Mon 23 Nov 2026 09:30 (America/Sao_Paulo)",
      "Open since 09:00: 30 min counted, 1 h 30 min left", "Closed: weekend",
      "Last closing before it: Fri 20 Nov 18:00", "Due: Fri 20 Nov 2026 16:30" } },
  { { "rounded", OFFICE, "2026-11-20T17:50:30-03:00", 30, M, FLAG },
    { "Start: Fri 20 Nov 2026 17:50 (America/Sao_Paulo)",
      "Open until 18:00: 9 min 30 s counted, 20 min 30 s left", "Closed: weekend",
      "Next opening: Mon 23 Nov 09:00", "Rounded up to a whole minute",
      "Due: Mon 23 Nov 2026 09:21" } },
};

static void
test_steps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autoptr (WfWorkingHours) hours = wf_test_hours (sums[i].vector.calendar);
      g_autoptr (GPtrArray) steps = g_ptr_array_new_null_terminated (8, g_free, TRUE);
      g_autofree char *text = NULL, *expected = g_strjoinv ("\n", (char **) sums[i].steps);
      WfDeadlineRequest request = get_request (&sums[i].vector);

      wf_deadline_compute (&request, hours, steps);
      text = g_strjoinv ("\n", (char **) steps->pdata);
      g_assert_cmpstr (text, ==, expected);
    }
}

/* However long a duration is, its explanation is short. */
static void
test_steps_are_few (void)
{
  g_autoptr (WfWorkingHours) hours = wf_test_hours (OFFICE_HOLIDAY);
  const WfTimeUnit units[] = { M, H, D };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
      Vector vector = { "", NULL, "2026-11-20T10:00:00-03:00", 1000000, units[i], FLAG };
      WfDeadlineRequest request = get_request (&vector);
      WfDeadline deadline = wf_deadline_compute (&request, hours, steps);

      g_assert_cmpint (deadline.outcome, ==, WF_DEADLINE_OK);
      g_assert_cmpuint (steps->len, <=, 16);
    }
}

static void
test_visible_from (void)
{
  WfInstant created = wf_test_instant ("2026-08-20T10:00:00Z"),
            due = wf_test_instant ("2026-11-20T10:00:00Z");
  const struct
  {
    WfDuration notify;
    const char *visible;
  } rows[] = {
    { WF_DURATION_NONE, "2026-11-13T10:00:00Z" }, { { 1, H }, "2026-11-13T10:00:00Z" },
    { { 7, D }, "2026-11-13T10:00:00Z" },         { { 10, D }, "2026-11-10T10:00:00Z" },
    { { 2, W }, "2026-11-06T10:00:00Z" },         { { 1, MO }, "2026-10-20T10:00:00Z" },
    { { 6, MO }, "2026-08-20T10:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (wf_deadline_visible_from (due, rows[i].notify, created), ==,
                     wf_test_instant (rows[i].visible));
  due = wf_test_instant ("2026-08-20T10:30:00Z");
  g_assert_cmpint (wf_deadline_visible_from (due, WF_DURATION_NONE, created), ==, created);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline/vectors", test_vectors);
  g_test_add_func ("/deadline/failures", test_failures);
  g_test_add_func ("/deadline/no-open-time", test_no_open_time);
  g_test_add_func ("/deadline/steps", test_steps);
  g_test_add_func ("/deadline/steps-are-few", test_steps_are_few);
  g_test_add_func ("/deadline/visible-from", test_visible_from);
  return g_test_run ();
}
