/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replay, table-driven: run modes, waits, branches, permissions, owners, lateness, re-entry,
 * loops and what a lead's end does. */
#include "wf-replay-fixture.h"

#include <string.h>

/* 2026-11-20 is a Friday. */
static const WfReplayCase cases[] = {
  { "S1: business hours over the weekend, reminder and lateness",
    NULL,
    "[{'id':'a'," CALL ",'business-hours':true,'notify':{'amount':10,'unit':'minutes'}}]",
    { RECEIVED ("e1", "20T17:50", "ana") },
    "23T10:00",
    { "20T17:50 create-activity a ana due 23T09:20 remind 23T09:10",
      "23T09:10 reminder a ana due 23T09:20", "23T09:20 became-late a ana due 23T09:20" } },
  { "until defaults to the last event: nothing falls due after it",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    NULL,
    { "20T10:00 create-activity a ana due 20T10:30" } },
  { "S22: at the deadline itself it is not late",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T10:30",
    { "20T10:00 create-activity a ana due 20T10:30" } },
  { "S22: a minute later it is",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T10:31",
    { "20T10:00 create-activity a ana due 20T10:30", "20T10:30 became-late a ana due 20T10:30" } },
  { "S22: done exactly at the deadline is on time",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "ana"), COMPLETED ("e2", "20T10:30", "{e1/a}") },
    "20T12:00",
    { "20T10:00 create-activity a ana due 20T10:30" } },
  { "S6: a reminder longer than the time is at once",
    NULL,
    "[{'id':'a'," CALL ",'notify':{'amount':2,'unit':'hours'}}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T10:05",
    { "20T10:00 create-activity a ana due 20T10:30 remind 20T10:00",
      "20T10:00 reminder a ana due 20T10:30" } },
  { "no reminder once it is done",
    NULL,
    "[{'id':'a'," CALL ",'notify':{'amount':10,'unit':'minutes'}}]",
    { RECEIVED ("e1", "20T10:00", "ana"), COMPLETED ("e2", "20T10:10", "{e1/a}") },
    "20T12:00",
    { "20T10:00 create-activity a ana due 20T10:30 remind 20T10:20" } },

  { "S18: immediate steps are siblings",
    NULL,
    "[{'id':'a'," NOTIFY ("x") "},{'id':'b'," CALL "},{'id':'c'," NOTIFY ("y") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    NULL,
    { "20T10:00 notify a ana", "20T10:00 create-activity b ana due 20T10:30",
      "20T10:00 notify c ana" } },
  { "S18: a delay counts from the event, not from the step above",
    NULL,
    "[{'id':'a'," NOTIFY ("x") "," DELAY (2, "hours") "},{'id':'b'," NOTIFY ("y") "," DELAY (
        1, "hours") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T13:00",
    { "20T11:00 notify b ana", "20T12:00 notify a ana" } },
  { "S18: a deadline counts from the end of the delay, in wall time for days",
    NULL,
    "[{'id':'a'," CALL "," DELAY (1, "days") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "21T10:00",
    { "21T10:00 create-activity a ana due 21T10:30" } },
  { "after previous: an activity succeeds when the person has done it",
    NULL,
    "[{'id':'a'," CALL "},{'id':'b'," CALL "," RUN ("after-previous") "}]",
    { RECEIVED ("e1", "20T10:00", "ana"), COMPLETED ("e2", "20T10:12", "{e1/a}") },
    NULL,
    { "20T10:00 create-activity a ana due 20T10:30",
      "20T10:12 create-activity b ana due 20T10:42" } },
  { "after previous: nothing while it is not done",
    NULL,
    "[{'id':'a'," CALL "},{'id':'b'," CALL "," RUN ("after-previous") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T10:10",
    { "20T10:00 create-activity a ana due 20T10:30" } },
  { "after previous: what the machine does succeeds at its own base time",
    NULL,
    "[{'id':'a'," NOTIFY ("x") "," DELAY (1, "hours") "},{'id':'b'," CALL "," RUN (
        "after-previous") "},"
                          "{'id':'c'," NOTIFY ("y") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T11:00",
    { "20T10:00 notify c ana", "20T11:00 notify a ana",
      "20T11:00 create-activity b ana due 20T11:30" } },
  { "after previous: a skipped step blocks the chain, siblings go on",
    NULL,
    "[{'id':'a'," CALL ",'permission':{'scope':'groups','groups':['outbound']}},"
    "{'id':'b'," NOTIFY ("x") "," RUN ("after-previous") "},{'id':'c'," NOTIFY ("y") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "21T11:00",
    { "20T10:00 notify c ana" } },
  { "a wait holds every step below, also a later wait",
    NULL,
    "[{'id':'a'," NOTIFY ("x") "},{'id':'w','kind':'wait','for':{'amount':1,'unit':'hours'}},{'id':'b'," NOTIFY (
        "y") "},"
             "{'id':'v','kind':'wait','for':{'amount':1,'unit':'hours'}},{'id':'c'," CALL
             "},{'id':'d'," NOTIFY ("z") "," DELAY (15, "minutes") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T12:20",
    { "20T10:00 notify a ana", "20T11:00 notify b ana",
      "20T12:00 create-activity c ana due 20T12:30", "20T12:15 notify d ana" } },
  { "a wait in business hours",
    NULL,
    "[{'id':'w','kind':'wait','for':{'amount':30,'unit':'minutes'},'business-hours':true},{'id':'b'," NOTIFY (
        "y") "}]",
    { RECEIVED ("e1", "20T17:50", "ana") },
    "23T12:00",
    { "23T09:20 notify b ana" } },
  { "after previous below a wait counts from its end",
    NULL,
    "[{'id':'w','kind':'wait','for':{'amount':1,'unit':'hours'}},{'id':'b'," CALL
    "," RUN ("after-previous") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T11:00",
    { "20T11:00 create-activity b ana due 20T11:30" } },
  { "wait until a date of the event",
    NULL,
    "[{'id':'w','kind':'wait','until':'meeting.start'},{'id':'b'," NOTIFY ("y") "}]",
    { EVENT ("e1", "meeting.scheduled", "20T10:00", LEAD ("ana"),
             ",'meeting':{'start':'2026-11-20T15:00:00-03:00'}") },
    "20T16:00",
    { "20T15:00 notify b ana" },
    "meeting.scheduled" },
  { "wait until a date that has passed ends at once",
    NULL,
    "[{'id':'w','kind':'wait','until':'meeting.start'},{'id':'b'," NOTIFY ("y") "}]",
    { EVENT ("e1", "meeting.scheduled", "20T10:00", LEAD ("ana"),
             ",'meeting':{'start':'2026-11-19T15:00:00-03:00'}") },
    "20T16:00",
    { "20T10:00 notify b ana" },
    "meeting.scheduled" },
  { "wait until a date that is missing: what is below never runs",
    NULL,
    "[{'id':'a'," NOTIFY (
        "x") "},{'id':'w','kind':'wait','until':'meeting.start'},{'id':'b'," NOTIFY ("y") "}]",
    { EVENT ("e1", "meeting.scheduled", "20T10:00", LEAD ("ana"), "") },
    "28T16:00",
    { "20T10:00 notify a ana" },
    "meeting.scheduled" },
  { "wait until a condition: an event of the lead ends it",
    NULL,
    "[{'id':'w','kind':'wait','until-condition':{'field':'lead.score','op':'ge','value':80},'time-out':"
    "{'amount':5,'unit':'days'}},{'id':'b'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "ana"),
      EVENT ("e2", "lead.score-changed", "20T11:00", "'id':'l1','score':60", ""),
      EVENT ("e3", "lead.score-changed", "20T12:00", "'id':'l2','score':90", ""),
      EVENT ("e4", "lead.score-changed", "20T13:00", "'id':'l1','score':80", "") },
    NULL,
    { "20T13:00 create-activity b ana due 20T13:30" } },
  { "wait until a condition: the time-out ends it",
    NULL,
    "[{'id':'w','kind':'wait','until-condition':{'field':'lead.score','op':'ge','value':80},'time-out':"
    "{'amount':5,'unit':'days'}},{'id':'b'," NOTIFY ("x") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "26T10:00",
    { "25T10:00 notify b ana" } },
  { "wait until a condition that holds already",
    NULL,
    "[{'id':'w','kind':'wait','until-condition':{'field':'lead.score','op':'ge','value':30},'time-out':"
    "{'amount':5,'unit':'days'}},{'id':'b'," NOTIFY ("x") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    NULL,
    { "20T10:00 notify b ana" } },
  { "S5: 120 minutes before the meeting",
    NULL,
    "[{'id':'a'," NOTIFY (
        "x") ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':120,'unit':'minutes'}}}]",
    { EVENT ("e1", "meeting.scheduled", "20T10:00", LEAD ("ana"),
             ",'meeting':{'start':'2026-11-20T15:00:00-03:00'}") },
    "20T16:00",
    { "20T13:00 notify a ana" },
    "meeting.scheduled" },
  { "S5: already past with the date still ahead: now",
    NULL,
    "[{'id':'a'," NOTIFY (
        "x") ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':120,'unit':'minutes'}}}]",
    { EVENT ("e1", "meeting.scheduled", "20T14:00", LEAD ("ana"),
             ",'meeting':{'start':'2026-11-20T15:00:00-03:00'}") },
    "20T16:00",
    { "20T14:00 notify a ana" },
    "meeting.scheduled" },
  { "S5: the date has passed: nothing",
    NULL,
    "[{'id':'a'," NOTIFY (
        "x") ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':120,'unit':'minutes'}}}]",
    { EVENT ("e1", "meeting.scheduled", "20T15:00", LEAD ("ana"),
             ",'meeting':{'start':'2026-11-20T15:00:00-03:00'}") },
    "20T16:00",
    { NULL },
    "meeting.scheduled" },
  { "R29: an activity due before a date",
    NULL,
    "[{'id':'a','kind':'create-activity','activity-type':'call','complete-within':{'amount':120,'unit':'minutes',"
    "'before':'meeting.start'}}]",
    { EVENT ("e1", "meeting.scheduled", "20T10:00", LEAD ("ana"),
             ",'meeting':{'start':'2026-11-23T09:30:00-03:00'}") },
    NULL,
    { "20T10:00 create-activity a ana due 23T07:30" },
    "meeting.scheduled" },
  { "S5: with the flag it rolls back to the last closing",
    NULL,
    "[{'id':'a','kind':'create-activity','activity-type':'call','complete-within':{'amount':120,'unit':'minutes',"
    "'before':'meeting.start'},'business-hours':true}]",
    { EVENT ("e1", "meeting.scheduled", "20T10:00", LEAD ("ana"),
             ",'meeting':{'start':'2026-11-23T09:30:00-03:00'}") },
    NULL,
    { "20T10:00 create-activity a ana due 20T18:00" },
    "meeting.scheduled" },

  { "S5: the meeting moves, and what counts back from it follows",
    NULL,
    "[{'id':'a','kind':'create-activity','activity-type':'call','complete-within':{'amount':120,'unit':'minutes',"
    "'before':'meeting.start'},'notify':{'amount':30,'unit':'minutes'}},"
    "{'id':'b'," NOTIFY (
        "x") ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':60,'unit':'minutes'}}},"
             "{'id':'w','kind':'wait','until':'meeting.start'},{'id':'c'," NOTIFY ("y") "}]",
    { EVENT ("e1", "meeting.scheduled", "20T10:00", LEAD ("ana"),
             ",'meeting':{'id':'m1','start':'2026-11-23T09:30:00-03:00'}"),
      EVENT ("e2", "meeting.rescheduled", "20T11:00", LEAD ("ana"),
             ",'meeting':{'id':'m2','start':'2026-11-27T09:30:00-03:00'}"),
      EVENT ("e3", "meeting.rescheduled", "20T12:00", LEAD ("ana"),
             ",'meeting':{'id':'m1','start':'2026-11-24T14:00:00-03:00'}") },
    "25T00:00",
    { "20T10:00 create-activity a ana due 23T07:30 remind 23T07:00",
      "24T11:30 reminder a ana due 24T12:00", "24T12:00 became-late a ana due 24T12:00",
      "24T13:00 notify b ana", "24T14:00 notify c ana" },
    "meeting.scheduled" },
  { "S5: the meeting is cancelled, and nothing counts back from it any more",
    NULL,
    "[{'id':'a','kind':'create-activity','activity-type':'call','complete-within':{'amount':120,'unit':'minutes',"
    "'before':'meeting.start'}},"
    "{'id':'b'," NOTIFY (
        "x") ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':60,'unit':'minutes'}}},"
             "{'id':'w','kind':'wait','until':'meeting.start'},{'id':'c'," NOTIFY ("y") "}]",
    { EVENT ("e1", "meeting.scheduled", "20T10:00", LEAD ("ana"),
             ",'meeting':{'id':'m1','start':'2026-11-23T09:30:00-03:00'}"),
      EVENT ("e2", "meeting.cancelled", "20T11:00", LEAD ("ana"), ",'meeting':{'id':'m1'}") },
    "25T00:00",
    { "20T10:00 create-activity a ana due 23T07:30" },
    "meeting.scheduled" },
  { "S5: the date moves during a wait above",
    NULL,
    "[{'id':'w','kind':'wait','for':{'amount':2,'unit':'hours'}},"
    "{'id':'a','kind':'create-activity','activity-type':'call','complete-within':{'amount':120,'unit':'minutes',"
    "'before':'meeting.start'}},"
    "{'id':'b'," NOTIFY (
        "{meeting.start}") ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':60,'unit':'minutes'}}}]",
    { EVENT ("e1", "meeting.scheduled", "20T10:00", LEAD ("ana"),
             ",'meeting':{'id':'m1','start':'2026-11-20T11:00:00-03:00'}"),
      EVENT ("e2", "meeting.rescheduled", "20T10:30", LEAD ("ana"),
             ",'meeting':{'start':'2026-11-24T14:00:00-03:00'}") },
    "24T13:00",
    { "20T12:00 create-activity a ana due 24T12:00", "24T12:00 became-late a ana due 24T12:00",
      "24T13:00 notify b ana" },
    "meeting.scheduled" },

  { "branch: the first path whose condition holds, then what follows",
    NULL,
    "[{'id':'s','kind':'branch','paths':[{'name':'hot','if':{'field':'lead.score','op':'ge','value':80},'steps':"
    "[{'id':'h'," NOTIFY (
        "hot") "}]},{'name':'warm','if':{'field':'lead.score','op':'ge','value':30},'steps':"
               "[{'id':'w'," NOTIFY ("warm") "}]},{'name':'else','steps':[{'id':'e'," NOTIFY (
                   "else") "}]}]},"
                           "{'id':'z'," NOTIFY ("end") "," RUN ("after-previous") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    NULL,
    { "20T10:00 notify w ana", "20T10:00 notify z ana" } },
  { "branch: no path holds, the flow goes on",
    NULL,
    "[{'id':'s','kind':'branch','paths':[{'name':'hot','if':{'field':'lead.score','op':'ge','value':80},'steps':"
    "[{'id':'h'," NOTIFY ("hot") "}]}]},{'id':'z'," NOTIFY ("end") "," RUN ("after-previous") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    NULL,
    { "20T10:00 notify z ana" } },
  { "branch below a wait: the path counts from there, and sees the lead as it is by then",
    NULL,
    "[{'id':'w','kind':'wait','for':{'amount':2,'unit':'hours'}},"
    "{'id':'s','kind':'branch','paths':[{'name':'hot','if':{'field':'lead.score','op':'ge','value':80},'steps':"
    "[{'id':'h'," CALL "},{'id':'i'," NOTIFY ("later") "," DELAY (1, "hours") "}]}]}]",
    { RECEIVED ("e1", "20T10:00", "ana"),
      EVENT ("e2", "lead.score-changed", "20T11:00", "'id':'l1','score':90", "") },
    "20T13:30",
    { "20T12:00 create-activity h ana due 20T12:30", "20T12:30 became-late h ana due 20T12:30",
      "20T13:00 notify i ana" } },
  { "after a branch: once nothing in its path is left for the machine",
    NULL,
    "[{'id':'s','kind':'branch','paths':[{'name':'all','steps':[{'id':'h'," NOTIFY ("x") "," DELAY (
        1, "hours") "},"
                    "{'id':'c'," CALL
                    "}]}]},{'id':'z'," NOTIFY ("end") "," RUN ("after-previous") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T11:00",
    { "20T10:00 create-activity c ana due 20T10:30", "20T10:30 became-late c ana due 20T10:30",
      "20T11:00 notify h ana", "20T11:00 notify z ana" } },

  { "R22: the owner is in the group",
    NULL,
    "[{'id':'a'," CALL ",'permission':{'scope':'groups','groups':['outbound','inbound']}}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    NULL,
    { "20T10:00 create-activity a ana due 20T10:30" } },
  { "R22: the owner is in no such group",
    NULL,
    "[{'id':'a'," CALL ",'permission':{'scope':'groups','groups':['inbound']}}]",
    { RECEIVED ("e1", "20T10:00", "bruno") },
    NULL,
    { NULL } },
  { "A5: no owner, permission all: the queue",
    NULL,
    "[{'id':'a'," CALL "}]",
    { EVENT ("e1", "lead.received", "20T10:00", "'id':'l1','name':'x'", "") },
    NULL,
    { "20T10:00 create-activity a - due 20T10:30" } },
  { "A5: no owner, permission groups: nothing",
    NULL,
    "[{'id':'a'," CALL ",'permission':{'scope':'groups','groups':['inbound']}}]",
    { EVENT ("e1", "lead.received", "20T10:00", "'id':'l1','name':'x'", "") },
    NULL,
    { NULL } },
  { "S11: inactive owner: cover",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "dora") },
    NULL,
    { "20T10:00 create-activity a bruno due 20T10:30" } },
  { "S11: inactive owner without cover: the group's coordinator",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "eva") },
    NULL,
    { "20T10:00 create-activity a carla due 20T10:30" } },
  { "S11: inactive owner with neither: the queue",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "fabio") },
    NULL,
    { "20T10:00 create-activity a - due 20T10:30" } },
  { "S11: unknown owner: the queue",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "zoe") },
    NULL,
    { "20T10:00 create-activity a - due 20T10:30" } },
  { "S11: permission is the owner's, not the cover's",
    NULL,
    "[{'id':'a'," CALL ",'permission':{'scope':'groups','groups':['inbound']}}]",
    { RECEIVED ("e1", "20T10:00", "dora") },
    NULL,
    { "20T10:00 create-activity a bruno due 20T10:30" } },
  { "notify the manager and a named person",
    NULL,
    "[{'id':'a'," TELL ("manager", "x") "},{'id':'b'," TELL (
        "person:bruno", "y") "},{'id':'c'," TELL ("person:dora", "z") "}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    NULL,
    { "20T10:00 notify a carla", "20T10:00 notify b bruno", "20T10:00 notify c bruno" } },
  { "nobody to notify: skipped",
    NULL,
    "[{'id':'a'," NOTIFY ("x") "},{'id':'b'," TELL ("manager", "x") "}]",
    { EVENT ("e1", "lead.received", "20T10:00", "'id':'l1','name':'x'", "") },
    NULL,
    { NULL } },

  { "S26: an event that arrives after its own deadline",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T12:00", "ana"),
      EVENT ("e2", "lead.received", "20T10:00", "'id':'l2','owner':'ana'", "") },
    NULL,
    { "20T12:00 create-activity a ana due 20T12:30",
      "20T12:00 create-activity a ana due 20T12:30 arrived-late" } },
  { "S26: late, but within its deadline: counts from its own time",
    NULL,
    "[{'id':'a'," CALL "}]",
    { EVENT ("e1", "lead.updated", "20T10:20", LEAD ("ana"), ""),
      RECEIVED ("e2", "20T10:00", "ana") },
    NULL,
    { "20T10:20 create-activity a ana due 20T10:30" } },
  { "S16: the same event twice is one",
    NULL,
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "ana"), RECEIVED ("e1", "20T10:00", "ana"),
      RECEIVED ("e1", "20T11:00", "ana") },
    "20T10:00",
    { "20T10:00 create-activity a ana due 20T10:30", "20T10:30 became-late a ana due 20T10:30" } },

  { "S10: a deleted lead ends waiting steps and activities",
    NULL,
    "[{'id':'a'," CALL "},{'id':'b'," NOTIFY ("x") "," DELAY (2, "hours") "}]",
    { RECEIVED ("e1", "20T10:00", "ana"),
      EVENT ("e2", "lead.deleted", "20T10:15", LEAD ("ana"), "") },
    "20T15:00",
    { "20T10:00 create-activity a ana due 20T10:30" } },
  { "S10: a discarded lead: activities retire unless they are kept",
    NULL,
    "[{'id':'a'," CALL "},{'id':'k'," CALL
    ",'keep':true},{'id':'b'," NOTIFY ("x") "," DELAY (2, "hours") "}]",
    { RECEIVED ("e1", "20T10:00", "ana"),
      EVENT ("e2", "lead.discarded", "20T10:15", LEAD ("ana"), "") },
    "20T15:00",
    { "20T10:00 create-activity a ana due 20T10:30", "20T10:00 create-activity k ana due 20T10:30",
      "20T10:30 became-late k ana due 20T10:30" } },
  { "R28: what the discarding itself creates stays",
    NULL,
    "[{'id':'a','kind':'create-activity','activity-type':'call','complete-within':{'amount':3,'unit':'months'}},"
    "{'id':'b'," NOTIFY ("x") "," DELAY (2, "hours") "}]",
    { EVENT ("e1", "lead.discarded", "20T10:00", LEAD ("ana"), "") },
    "20T15:00",
    { "20T10:00 create-activity a ana due 02-20T10:00", "20T12:00 notify b ana" },
    "lead.discarded" },
  { "S9: open activities follow the new owner",
    NULL,
    "[{'id':'a'," CALL ",'notify':{'amount':10,'unit':'minutes'}}]",
    { RECEIVED ("e1", "20T10:00", "ana"),
      EVENT ("e2", "lead.reassigned", "20T10:15", LEAD ("bruno"), "") },
    "20T11:00",
    { "20T10:00 create-activity a ana due 20T10:30 remind 20T10:20",
      "20T10:20 reminder a bruno due 20T10:30", "20T10:30 became-late a bruno due 20T10:30" } },
  { "S19, S28: a lead that left the stage",
    "'conditions':{'field':'lead.stage','op':'eq','value':'filter-1'}",
    "[{'id':'a'," NOTIFY ("x") "},{'id':'b'," NOTIFY ("y") "," DELAY (1, "hours") "}]",
    { EVENT ("e1", "lead.stage-changed", "20T10:00", "'id':'l1','owner':'ana','stage':'filter-1'",
             ""),
      EVENT ("e2", "lead.stage-changed", "20T10:30", "'id':'l1','owner':'ana','stage':'filter-2'",
             "") },
    "20T12:00",
    { "20T10:00 notify a ana" },
    "lead.stage-changed" },
  { "S19: and one that stayed",
    "'conditions':{'field':'lead.stage','op':'eq','value':'filter-1'}",
    "[{'id':'b'," NOTIFY ("y") "," DELAY (1, "hours") "}]",
    { EVENT ("e1", "lead.stage-changed", "20T10:00", "'id':'l1','owner':'ana','stage':'filter-1'",
             ""),
      EVENT ("e2", "lead.updated", "20T10:30", "'id':'l1','owner':'ana','stage':'FILTER-1'", "") },
    "20T12:00",
    { "20T11:00 notify b ana" },
    "lead.stage-changed" },

  { "S15: every event",
    NULL,
    "[{'id':'a'," NOTIFY ("x") "}]",
    { RECEIVED ("e1", "20T10:00", "ana"), RECEIVED ("e2", "20T11:00", "ana") },
    NULL,
    { "20T10:00 notify a ana", "20T11:00 notify a ana" } },
  { "S15: once per lead",
    "'reentry':'once-per-lead'",
    "[{'id':'a'," NOTIFY ("x") "}]",
    { RECEIVED ("e1", "20T10:00", "ana"), RECEIVED ("e2", "20T11:00", "ana"),
      EVENT ("e3", "lead.received", "20T12:00", "'id':'l2','owner':'ana'", "") },
    NULL,
    { "20T10:00 notify a ana", "20T12:00 notify a ana" } },
  { "S15: once while open",
    "'reentry':'once-while-open'",
    "[{'id':'a'," CALL "}]",
    { RECEIVED ("e1", "20T10:00", "ana"), RECEIVED ("e2", "20T10:05", "ana"),
      COMPLETED ("e3", "20T10:10", "{e1/a}"), RECEIVED ("e4", "20T10:15", "ana") },
    NULL,
    { "20T10:00 create-activity a ana due 20T10:30",
      "20T10:15 create-activity a ana due 20T10:45" } },
  { "S15: restart cancels the waiting steps of the earlier run",
    "'reentry':'restart'",
    "[{'id':'a'," NOTIFY ("x") "," DELAY (1, "hours") "}]",
    { RECEIVED ("e1", "20T10:00", "ana"), RECEIVED ("e2", "20T10:30", "ana") },
    "20T13:00",
    { "20T11:30 notify a ana" } },

  { "S14: an event of our own starts nothing",
    NULL,
    "[{'id':'a'," NOTIFY ("x") "}]",
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("ana"), ",'cause':'" W2 "/s/e0'") },
    NULL,
    { NULL } },
  { "S14: unless the workflow says so",
    "'own-events':true",
    "[{'id':'a'," NOTIFY ("x") "}]",
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("ana"), ",'cause':'" W2 "/s/e0'") },
    NULL,
    { "20T10:00 notify a ana" } },
  { "S14: but once in a chain",
    "'own-events':true",
    "[{'id':'a'," NOTIFY ("x") "}]",
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("ana"),
             ",'cause':'" W2 "/s/e0," W1 "/a/e7'") },
    NULL,
    { NULL } },
  { "S14: and not deeper than eight",
    "'own-events':true",
    "[{'id':'a'," NOTIFY ("x") "}]",
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("ana"),
             ",'cause':'a/b/1,a/b/2,a/b/3,a/b/4,a/b/5,a/b/6,a/b/7'"),
      EVENT ("e2", "lead.received", "20T10:01", LEAD ("ana"),
             ",'cause':'a/b/1,a/b/2,a/b/3,a/b/4,a/b/5,a/b/6,a/b/7,a/b/8'") },
    NULL,
    { "20T10:00 notify a ana" } },
  { "a draft's texts: merge fields",
    NULL,
    "[{'id':'a'," CALL ",'notes':'Call {lead.name}, {{not a field'}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    NULL,
    { "20T10:00 create-activity a ana due 20T10:30 Call Padaria Sol, {not a field" } },
};

/* The members as the format promises them, byte for byte. */
static void
test_line (void)
{
  static const WfReplayCase one = {
    "",
    NULL,
    "[{'id':'a'," CALL
    ",'notify':{'amount':10,'unit':'minutes'},'notes':'Hello {lead.name}'},{'id':'b'," NOTIFY (
        "Look at {lead.name}") ",'sender':'carla'}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T10:20",
    { NULL },
  };
  char a[WF_UUID_LENGTH + 1], b[WF_UUID_LENGTH + 1];
  g_autofree char *create = NULL, *notify = NULL, *reminder = NULL;
  WfReplayOutput output;

  wf_effect_make_key (W1, "/crm/acme", "e1", "a", 0, a);
  wf_effect_make_key (W1, "/crm/acme", "e1", "b", 0, b);
  create = g_strdup_printf (
      "{\"time\":\"2026-11-20T10:00:00-03:00\",\"workflow\":\"" W1
      "\",\"version\":3,\"step\":\"a\","
      "\"kind\":\"create-activity\",\"lead\":\"l1\",\"person\":\"ana\",\"key\":\"%s\","
      "\"due\":\"2026-11-20T10:30:00-03:00\",\"remind\":\"2026-11-20T10:20:00-03:00\","
      "\"activity-type\":\"call\",\"title\":\"Ligar\",\"notes\":\"Hello Padaria Sol\"}",
      a);
  notify = g_strdup_printf ("{\"time\":\"2026-11-20T10:00:00-03:00\",\"workflow\":\"" W1
                            "\",\"version\":3,\"step\":\"b\","
                            "\"kind\":\"notify\",\"lead\":\"l1\",\"person\":\"ana\",\"key\":\"%s\","
                            "\"title\":\"Workflow " W1
                            "\",\"text\":\"Look at Padaria Sol\",\"sender\":\"carla\"}",
                            b);
  reminder =
      g_strdup_printf ("{\"time\":\"2026-11-20T10:20:00-03:00\",\"workflow\":\"" W1
                       "\",\"version\":3,\"step\":\"a\","
                       "\"kind\":\"reminder\",\"lead\":\"l1\",\"person\":\"ana\",\"key\":\"%s\","
                       "\"due\":\"2026-11-20T10:30:00-03:00\",\"activity-type\":\"call\"}",
                       a);
  wf_fixture_replay (&one, FALSE, &output);
  g_assert_cmpuint (output.lines->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (output.lines, strcmp (a, b) < 0 ? 0 : 1), ==, create);
  g_assert_cmpstr (g_ptr_array_index (output.lines, strcmp (a, b) < 0 ? 1 : 0), ==, notify);
  g_assert_cmpstr (g_ptr_array_index (output.lines, 2), ==, reminder);
  wf_fixture_output_clear (&output);
}

/* R82: a change of the responsible tells which rule decided, counted from 1. */
static void
test_line_of_rule (void)
{
  static const WfReplayCase one = {
    "",
    NULL,
    "[{'id':'a','kind':'change-responsible','to':'person:ana','rules':["
    "{'if':{'field':'lead.score','op':'ge','value':80},'to':'person:carla'},"
    "{'if':{'field':'lead.score','op':'ge','value':30},'to':'person:bruno'}]}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    NULL,
    { NULL },
  };
  char key[WF_UUID_LENGTH + 1];
  g_autofree char *line = NULL;
  WfReplayOutput output;

  wf_effect_make_key (W1, "/crm/acme", "e1", "a", 0, key);
  line = g_strdup_printf ("{\"time\":\"2026-11-20T10:00:00-03:00\",\"workflow\":\"" W1
                          "\",\"version\":3,\"step\":\"a\",\"kind\":\"change-responsible\","
                          "\"lead\":\"l1\",\"person\":\"bruno\",\"key\":\"%s\","
                          "\"owner\":\"bruno\",\"rule\":2}",
                          key);
  wf_fixture_replay (&one, FALSE, &output);
  g_assert_cmpuint (output.lines->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (output.lines, 0), ==, line);
  wf_fixture_output_clear (&output);
}

static void
test_explain (void)
{
  static const WfReplayCase one = {
    "",
    "'conditions':{'all':[{'field':'lead.source','op':'eq','value':'web'},{'field':'lead.score','op':'ge','value':80}]}",
    "[{'id':'a'," NOTIFY ("x") "}]",
    { EVENT ("e1", "lead.received", "20T10:00", "'id':'l1','owner':'ana','source':'WEB','score':80",
             ""),
      EVENT ("e1", "lead.received", "20T10:00", "'id':'l1','owner':'ana','source':'WEB','score':80",
             ""),
      EVENT ("e2", "lead.received", "20T10:01", "'id':'l1','owner':'ana','source':'web','score':79",
             ""),
      EVENT ("e3", "lead.received", "20T10:02", "'id':'l2','owner':'ana','score':79", ""),
      EVENT ("e4", "lead.updated", "20T10:03", "'id':'l1','owner':'ana','score':79", "") },
    NULL,
    { NULL },
  };
  static const char *const expected[] = {
    "{\"time\":\"2026-11-20T10:00:00-03:00\",\"event\":\"e1\",\"workflow\":\"" W1
    "\",\"version\":3,\"verdict\":\"started\"}",
    "{\"time\":\"2026-11-20T10:00:00-03:00\",\"event\":\"e1\",\"workflow\":\"" W1
    "\",\"version\":3,\"verdict\":\"known\"}",
    NULL,
    "{\"time\":\"2026-11-20T10:01:00-03:00\",\"event\":\"e2\",\"workflow\":\"" W1
    "\",\"version\":3,"
    "\"verdict\":\"condition-failed\",\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80,\"seen\":79}",
    "{\"time\":\"2026-11-20T10:02:00-03:00\",\"event\":\"e3\",\"workflow\":\"" W1
    "\",\"version\":3,"
    "\"verdict\":\"condition-failed\",\"field\":\"lead.source\",\"op\":\"eq\",\"value\":\"web\",\"seen\":null}",
  };
  WfReplayOutput output;

  wf_fixture_replay (&one, TRUE, &output);
  g_assert_cmpuint (output.lines->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < output.lines->len; i++)
    if (expected[i] != NULL)
      g_assert_cmpstr (g_ptr_array_index (output.lines, i), ==, expected[i]);
    else
      g_assert_nonnull (strstr (g_ptr_array_index (output.lines, i), "\"kind\":\"notify\""));
  wf_fixture_output_clear (&output);
}

/* S14: no more than twenty runs of a workflow for a lead on a day; the next day begins anew. */
static void
test_daily_limit (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  WfReplayOutput output = { g_ptr_array_new_with_free_func (g_free),
                            g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (WfReplay) replay = NULL;

  g_ptr_array_add (workflows, wf_fixture_new_workflow_with (W1, "lead.updated", NULL,
                                                            "[{'id':'a'," NOTIFY ("x") "}]"));
  replay = wf_replay_new (organisation, workflows, FALSE, wf_fixture_on_line, &output);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);
      g_autofree char *time = g_strdup_printf ("2026-11-%02uT12:%02u:00Z", i < 30 ? 20u : 21u, i);
      g_autoptr (WfEvent) event =
          wf_fixture_new_event (id, "lead.updated", time, "'id':'l1','owner':'ana'", NULL);

      wf_replay_add (replay, event);
    }
  wf_replay_finish (replay, WF_INSTANT_NONE);
  g_assert_cmpuint (output.lines->len, ==, 40);
  wf_fixture_output_clear (&output);
}

/* S13: held when asked; a replay by itself does not hold. */
static void
test_storm (void)
{
  static const struct
  {
    WfEngineSettings settings;
    guint n;
  } table[] = {
    { { 0, FALSE, TRUE }, 150 },
    { { WF_STORM_MOST_RUNS, FALSE, TRUE }, 100 },
    { { 0, TRUE, TRUE }, 0 },
  };
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);

  g_ptr_array_add (workflows, wf_fixture_new_workflow_with (W1, "lead.received", NULL,
                                                            "[{'id':'a'," NOTIFY ("x") "}]"));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      WfReplayOutput output = { g_ptr_array_new_with_free_func (g_free),
                                g_ptr_array_new_with_free_func (g_free) };
      g_autoptr (WfReplay) replay = wf_replay_new_with_settings (
          organisation, workflows, &table[i].settings, FALSE, wf_fixture_on_line, &output);

      for (guint j = 0; j < 150; j++)
        {
          g_autofree char *id = g_strdup_printf ("e%u", j);
          g_autofree char *lead = g_strdup_printf ("'id':'l%u','owner':'ana'", j);
          g_autoptr (WfEvent) event = wf_fixture_new_event (
              id, "lead.received", "2026-11-20T12:00:00Z", lead, "'import':true");

          wf_replay_add (replay, event);
        }
      wf_replay_finish (replay, WF_INSTANT_NONE);
      g_assert_cmpuint (output.lines->len, ==, table[i].n);
      wf_fixture_output_clear (&output);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  wf_fixture_add_replays ("/replay", cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/replay/line", test_line);
  g_test_add_func ("/replay/line-of-rule", test_line_of_rule);
  g_test_add_func ("/replay/explain", test_explain);
  g_test_add_func ("/replay/daily-limit", test_daily_limit);
  g_test_add_func ("/replay/storm", test_storm);
  return g_test_run ();
}
