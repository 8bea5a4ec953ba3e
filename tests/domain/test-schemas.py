#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schemas accept what the program accepts and refuse what it refuses.

Arguments: the folder with the schemas, one with sample documents, which must be valid, and the program that says what it
makes of documents (check-documents.c).
"""

import copy
import json
import pathlib
import subprocess
import sys

import jsonschema

WORKFLOW = json.loads("""
{
  "format": 1, "id": "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11", "name": "First contact for marketing leads",
  "objective": "Nobody waits more than half an hour for Filter 1", "state": "live", "version": 3,
  "trigger": {
    "event": "lead.received",
    "conditions": { "all": [ { "field": "lead.source", "op": "eq", "value": "marketing-platform" } ] },
    "reentry": "every-event"
  },
  "steps": [
    { "id": "filter1", "kind": "create-activity", "run": { "mode": "immediately" }, "activity-type": "filter-1",
      "complete-within": { "amount": 30, "unit": "minutes" }, "notify": { "amount": 10, "unit": "minutes" },
      "permission": { "scope": "groups", "groups": ["inbound"] }, "notes": "Call {lead.name} about {lead.interest}",
      "business-hours": true },
    { "id": "hot", "kind": "branch", "paths": [
      { "name": "Score 80 or more", "if": { "all": [ { "field": "lead.score", "op": "ge", "value": 80 } ] }, "steps": [] },
      { "name": "Otherwise", "steps": [] } ] }
  ]
}""")

EVENT = json.loads("""
{ "specversion": "1.0", "id": "e-1001", "source": "/crm/acme", "type": "lead.received",
  "time": "2026-11-20T17:50:00-03:00", "subject": "lead/l-77",
  "data": { "lead": { "id": "l-77", "name": "Padaria Sol", "owner": "ana", "source": "marketing-platform",
                      "origin": "web", "stage": "filter-1", "score": 35, "email": "contato@padariasol.example",
                      "custom": { "sector": "food" } },
            "actor": "crm", "import": false } }""")

ORGANISATION = json.loads("""
{ "format": 1, "name": "Acme", "process": "2-with-store-flow",
  "working-hours": { "time-zone": "America/Sao_Paulo",
    "week": { "mon": [["09:00","12:00"],["13:00","18:00"]], "tue": [], "wed": [], "thu": [], "fri": [], "sat": [], "sun": [] },
    "holidays": [ { "date": "2026-10-12", "name": "Nossa Senhora Aparecida" }, { "every": "12-25", "name": "Natal" } ] },
  "people": [ { "id": "ana", "name": "Ana Souza", "role": "attendant", "active": true, "groups": ["inbound"],
                "teams": ["sp"], "units": [], "may": ["receive-web-leads", "create-flow-leads"], "capacity": 16,
                "absences": [ { "id": "5e0f2c7e-3a51-4a5d-8d0e-1c1b7f1f6a01", "from": "2026-12-21T00:00:00-03:00",
                                "until": "2027-01-04T00:00:00-03:00", "treatment": "shift", "cover": "carla",
                                "rules": [ { "type": "filter-1", "treatment": "cover" } ], "reason": "Férias" } ] },
              { "id": "carla", "name": "Carla Dias", "role": "coordinator" } ],
  "groups": [ { "id": "inbound", "name": "Inbound", "coordinator": "carla" } ],
  "teams": [ { "id": "sp", "name": "São Paulo" } ],
  "units": [ { "id": "centro", "name": "Loja Centro", "store-flow": true } ],
  "activity-types": [ { "id": "filter-1", "name": "Realizar Filtro 1", "icon": "call",
                        "outcomes": [ { "id": "reached", "name": "Atendeu" }, { "id": "no-answer", "name": "Não atendeu" } ] } ],
  "pipelines": [ { "id": "leads", "record": "lead",
                   "stages": [ { "id": "new", "name": "Novo" }, { "id": "filter-1", "name": "Filtro 1" } ] } ] }""")

PACKAGE = {
    "format": 1, "kind": "workflow-package", "workflows": [WORKFLOW],
    "needs": {"groups": [{"id": "inbound", "name": "Inbound"}], "activity-types": [{"id": "filter-1"}],
              "fields": [{"id": "lead.custom.sector"}]},
}

EXAMPLES = {"workflow": WORKFLOW, "event": EVENT, "organisation": ORGANISATION, "workflow-package": PACKAGE}
DAY = {"amount": 1, "unit": "days"}
MINUTES = {"amount": 29, "unit": "minutes"}
REMOVE = object()

# (schema, path in its example, new value there, whether the result is valid)
CHANGES = [
    ("workflow-package", ["format"], 2, False),
    ("workflow-package", ["format"], REMOVE, False),
    ("workflow-package", ["kind"], "workflow", False),
    ("workflow-package", ["workflows"], REMOVE, False),
    ("workflow-package", ["workflows"], {}, False),
    ("workflow-package", ["workflows"], [1], False),
    ("workflow-package", ["needs"], REMOVE, True),
    ("workflow-package", ["needs"], [], False),
    ("workflow-package", ["needs", "planets"], [], False),
    ("workflow-package", ["needs", "groups", 0, "id"], REMOVE, False),
    ("workflow-package", ["needs", "groups", 0, "name"], REMOVE, True),
    ("workflow-package", ["needs", "groups", 0, "name"], 1, False),
    ("workflow-package", ["needs", "groups", 0, "colour"], "red", False),
    ("workflow-package", ["needs", "people"], [{"id": "ana", "name": "Ana Souza"}], True),
    ("workflow-package", ["needs", "stages"], {}, False),
    ("workflow-package", ["colour"], "red", False),
    ("workflow", ["format"], 2, False),
    ("workflow", ["id"], REMOVE, False),
    ("workflow", ["name"], "", False),
    ("workflow", ["state"], "asleep", False),
    ("workflow", ["version"], 0, False),
    ("workflow", ["version"], 1.5, False),
    ("workflow", ["colour"], "red", False),
    ("workflow", ["trigger"], REMOVE, False),
    ("workflow", ["trigger", "event"], "", False),
    ("workflow", ["trigger", "event"], "moon.rose", True),
    ("workflow", ["trigger", "colour"], "red", False),
    ("workflow", ["trigger", "reentry"], "restart", True),
    ("workflow", ["trigger", "own-events"], True, True),
    ("workflow", ["trigger", "keep-when-left"], True, True),
    ("workflow", ["trigger", "keep-when-left"], "yes", False),
    ("workflow", ["fallback-person"], "ana", True),
    ("workflow", ["fallback-person"], "", False),
    ("workflow", ["trigger", "conditions"], {"any": [{"none": []}]}, True),
    ("workflow", ["trigger", "conditions"], {"any": [], "all": []}, False),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "is-set"}, True),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "eq"}, False),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "like", "value": 1}, False),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "in", "value": 5}, False),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "in", "value": [5, "x"]}, True),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "between", "value": [1]}, False),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "between", "value": [1, 2]}, True),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "member-of", "value": "g"}, True),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "matches-hours", "value": "x"}, False),
    ("workflow", ["trigger", "conditions"], {"field": "a", "op": "is-set", "colour": 1}, False),
    ("workflow", ["steps", 0, "id"], REMOVE, False),
    ("workflow", ["steps", 0, "kind"], "teleport", False),
    ("workflow", ["steps", 0, "activity-type"], REMOVE, False),
    ("workflow", ["steps", 0, "complete-within"], REMOVE, False),
    ("workflow", ["steps", 0, "complete-within", "amount"], 29, False),
    ("workflow", ["steps", 0, "complete-within"], {"amount": 5, "unit": "minutes", "before": "meeting.start"}, True),
    ("workflow", ["steps", 0, "complete-within"], {"amount": 1, "unit": "hours"}, True),
    ("workflow", ["steps", 0, "complete-within", "amount"], 0, False),
    ("workflow", ["steps", 0, "complete-within", "unit"], "years", False),
    ("workflow", ["steps", 0, "complete-within", "colour"], 1, False),
    ("workflow", ["steps", 0, "notify", "amount"], -1, False),
    ("workflow", ["steps", 0, "permission", "groups"], [], False),
    ("workflow", ["steps", 0, "permission", "groups"], REMOVE, False),
    ("workflow", ["steps", 0, "permission"], {"scope": "all"}, True),
    ("workflow", ["steps", 0, "keep"], True, True),
    ("workflow", ["steps", 0, "colour"], "red", False),
    ("workflow", ["steps", 0, "run"], {"mode": "delay"}, False),
    ("workflow", ["steps", 0, "run"], {"mode": "delay", "delay": DAY}, True),
    ("workflow", ["steps", 0, "run"], {"mode": "before", "field": "meeting.start"}, False),
    ("workflow", ["steps", 0, "run"], {"mode": "before", "field": "meeting.start", "offset": DAY}, True),
    ("workflow", ["steps", 1, "paths"], [], False),
    ("workflow", ["steps", 1, "paths", 0, "colour"], 1, False),
    ("workflow", ["steps", 1, "paths", 1, "steps"], [{"id": "x", "kind": "webhook", "url": "https://x.example"}], True),
    ("workflow", ["steps", 1], {"id": "n", "kind": "notify", "text": "Hi", "recipient": "person:ana"}, True),
    ("workflow", ["steps", 1], {"id": "n", "kind": "notify", "text": "Hi", "recipient": "boss"}, False),
    ("workflow", ["steps", 1], {"id": "n", "kind": "notify"}, False),
    ("workflow", ["steps", 1], {"id": "w", "kind": "wait", "for": DAY, "business-hours": True}, True),
    ("workflow", ["steps", 1], {"id": "w", "kind": "wait", "until": "meeting.start"}, True),
    ("workflow", ["steps", 1], {"id": "w", "kind": "wait", "for": DAY, "until": "meeting.start"}, False),
    ("workflow", ["steps", 1], {"id": "w", "kind": "wait", "until-condition": {"all": []}}, False),
    ("workflow", ["steps", 1], {"id": "w", "kind": "wait", "until-condition": {"all": []}, "time-out": DAY}, True),
    ("workflow", ["steps", 1], {"id": "w", "kind": "wait"}, False),
    ("event", ["specversion"], "0.3", False),
    ("event", ["source"], REMOVE, False),
    ("event", ["type"], "", False),
    ("event", ["time"], "yesterday", False),
    ("event", ["id"], REMOVE, True),
    ("event", ["traceparent"], "x", True),
    ("event", ["data"], [], False),
    ("event", ["data", "lead"], "l-77", True),
    ("event", ["data", "lead", "owner"], None, True),
    ("event", ["data", "changes"], {"score": [1, 2]}, True),
    ("event", ["data", "changes"], {"score": 1}, False),
    ("organisation", ["format"], 2, False),
    ("organisation", ["name"], REMOVE, False),
    ("organisation", ["process"], 1, False),
    ("organisation", ["process"], "4", False),
    ("organisation", ["working-hours"], REMOVE, True),
    ("organisation", ["working-hours", "week", "mon"], [["9:00", "12:00"]], False),
    ("organisation", ["working-hours", "week", "mon"], [["00:00", "24:00"]], True),
    ("organisation", ["working-hours", "week", "mon"], [["25:00", "26:00"]], False),
    ("organisation", ["working-hours", "week", "mon"], [["09:00"]], False),
    ("organisation", ["working-hours", "week", "monday"], [], False),
    ("organisation", ["working-hours", "holidays"], [{"name": "x"}], False),
    ("organisation", ["working-hours", "holidays"], [{"date": "2026-10-12", "every": "12-25"}], False),
    ("organisation", ["working-hours", "holidays"], [{"every": "13-25"}], False),
    ("organisation", ["people", 0, "role"], "boss", False),
    ("organisation", ["people", 0, "active"], "yes", False),
    ("organisation", ["people", 0, "cover"], None, True),
    ("organisation", ["people", 0, "colour"], 1, False),
    ("organisation", ["people", 0, "capacity"], REMOVE, True),
    ("organisation", ["people", 0, "capacity"], 0, False),
    ("organisation", ["people", 0, "capacity"], 1001, False),
    ("organisation", ["people", 0, "capacity"], 2.5, False),
    ("organisation", ["people", 0, "capacity"], "20", False),
    ("organisation", ["people", 0, "absences"], [], True),
    ("organisation", ["people", 0, "absences"], {}, False),
    ("organisation", ["people", 0, "absences", 0, "id"], "", False),
    ("organisation", ["people", 0, "absences", 0, "from"], REMOVE, False),
    ("organisation", ["people", 0, "absences", 0, "from"], "2026-12-21", False),
    ("organisation", ["people", 0, "absences", 0, "until"], "later", False),
    ("organisation", ["people", 0, "absences", 0, "treatment"], "forget", False),
    ("organisation", ["people", 0, "absences", 0, "rules"], REMOVE, True),
    ("organisation", ["people", 0, "absences", 0, "rules", 0, "type"], REMOVE, False),
    ("organisation", ["people", 0, "absences", 0, "rules", 0, "treatment"], "forget", False),
    ("organisation", ["people", 0, "absences", 0, "rules", 0, "colour"], 1, False),
    ("organisation", ["people", 0, "absences", 0, "cover"], None, True),
    ("organisation", ["people", 0, "absences", 0, "reason"], 5, False),
    ("organisation", ["people", 0, "absences", 0, "colour"], 1, False),
    ("organisation", ["activity-types", 0, "outcomes"], None, True),
    ("organisation", ["activity-types", 0, "outcomes"], [], True),
    ("organisation", ["activity-types", 0, "outcomes"], {}, False),
    ("organisation", ["activity-types", 0, "outcomes", 0, "id"], "", False),
    ("organisation", ["activity-types", 0, "outcomes", 0, "name"], REMOVE, False),
    ("organisation", ["activity-types", 0, "outcomes", 0, "colour"], 1, False),
    ("organisation", ["groups", 0, "store-flow"], True, False),
    ("organisation", ["units", 0, "store-flow"], "yes", False),
    ("organisation", ["pipelines", 0, "record"], "order", False),
]


# Steps of every kind: (kind, other members, whether the step is valid)
STEPS = [
    ("create-activity", {"activity-type": "t", "complete-within": DAY}, True),
    ("create-activity", {"activity-type": "t", "complete-within": DAY, "assignee": "round-robin:inbound", "retire-on": ["email.replied"], "join": True}, True),
    ("create-activity", {"activity-type": "t", "complete-within": DAY, "assignee": "group:inbound"}, False),
    ("create-activity", {"activity-type": "t", "complete-within": DAY, "assignee": "round-robin:"}, False),
    ("create-activity", {"activity-type": "t", "complete-within": DAY, "retire-on": "email.replied"}, False),
    ("create-activity", {"activity-type": "t", "complete-within": DAY, "retire-on": [""]}, False),
    ("create-activity", {"activity-type": "t", "complete-within": DAY, "join": "yes"}, False),
    ("create-activity", {"activity-type": "t", "complete-within": DAY, "lasts": DAY}, False),
    ("create-activity", {"activity-type": "t", "complete-within": DAY, "place": "here"}, False),
    ("schedule-call", {"complete-within": DAY}, True),
    ("schedule-call", {"activity-type": "t", "complete-within": DAY, "lasts": MINUTES, "assignee": "manager"}, True),
    ("schedule-call", {}, False),
    ("schedule-call", {"complete-within": MINUTES}, False),
    ("schedule-call", {"complete-within": DAY, "lasts": {"amount": 0, "unit": "hours"}}, False),
    ("schedule-call", {"complete-within": DAY, "place": "here"}, False),
    ("schedule-meeting", {"complete-within": DAY, "lasts": DAY, "place": "Room {lead.name}"}, True),
    ("schedule-meeting", {"complete-within": DAY, "place": 5}, False),
    ("schedule-meeting", {"complete-within": DAY, "place": "x" * 1001}, False),
    ("notify", {"text": "Hi", "recipient": "group:inbound"}, True),
    ("notify", {"text": "Hi", "recipient": "group:"}, False),
    ("notify", {"text": " "}, False),
    ("post-to-stream", {"text": "Look, {lead.name}", "mentions": ["responsible", "person:ana", "group:inbound"], "sender": "ana"}, True),
    ("post-to-stream", {"text": "Look"}, True),
    ("post-to-stream", {}, False),
    ("post-to-stream", {"text": ""}, False),
    ("post-to-stream", {"text": "x" * 10001}, False),
    ("post-to-stream", {"text": "Look", "mentions": "ana"}, False),
    ("post-to-stream", {"text": "Look", "mentions": ["ana"]}, False),
    ("post-to-stream", {"text": "Look", "sender": ""}, False),
    ("post-to-stream", {"text": "Look", "colour": "red"}, False),
    ("change-stage", {"stage": "filter-2", "record": "deal", "allow-back": True, "reason": "done"}, True),
    ("change-stage", {"stage": "filter-2"}, True),
    ("change-stage", {}, False),
    ("change-stage", {"stage": " "}, False),
    ("change-stage", {"stage": "filter-2", "record": "order"}, False),
    ("change-stage", {"stage": "filter-2", "allow-back": 1}, False),
    ("change-stage", {"stage": "filter-2", "reason": "two\nlines"}, False),
    ("change-responsible", {"to": "least-loaded:inbound"}, True),
    ("change-responsible", {"rules": [{"if": {"field": "lead.score", "op": "ge", "value": 80}, "to": "person:ana"}], "to": "manager"}, True),
    ("change-responsible", {"rules": [], "to": "responsible"}, True),
    ("change-responsible", {}, False),
    ("change-responsible", {"to": "ana"}, False),
    ("change-responsible", {"to": "manager", "rules": [{"to": "manager"}]}, False),
    ("change-responsible", {"to": "manager", "rules": [{"if": {"all": []}}]}, False),
    ("change-responsible", {"to": "manager", "rules": [{"if": {"all": []}, "to": "manager", "colour": 1}]}, False),
    ("change-responsible", {"to": "manager", "rules": [{"if": {"all": []}, "to": "manager"}] * 100}, True),
    ("change-responsible", {"to": "manager", "rules": [{"if": {"all": []}, "to": "manager"}] * 101}, False),
    ("set-field", {"field": "lead.custom.sector", "value": "food"}, True),
    ("set-field", {"field": "lead.interest", "value": ""}, True),
    ("set-field", {"field": "lead.score", "value": 5.5}, True),
    ("set-field", {"field": "lead.score", "value": "{lead.custom.points}"}, True),
    ("set-field", {"field": "lead.score", "value": "12"}, True),
    ("set-field", {"field": "lead.custom.vip", "value": True}, True),
    ("set-field", {"field": "lead.score", "value": "high"}, False),
    ("set-field", {"field": "lead.score", "value": True}, False),
    ("set-field", {"field": "lead.stage", "value": "filter-2"}, False),
    ("set-field", {"field": "lead.created", "value": "x"}, False),
    ("set-field", {"field": "deal.custom.x", "value": "x"}, False),
    ("set-field", {"field": "lead.custom.", "value": "x"}, False),
    ("set-field", {"field": "lead.interest"}, False),
    ("set-field", {"value": "x"}, False),
    ("set-field", {"field": "lead.interest", "value": None}, False),
    ("set-field", {"field": "lead.interest", "value": ["x"]}, False),
    ("add-score", {"points": 10}, True),
    ("add-score", {"points": -10}, True),
    ("add-score", {"points": 0}, False),
    ("add-score", {"points": 1.5}, False),
    ("add-score", {"points": "10"}, False),
    ("add-score", {"points": 1000001}, False),
    ("add-score", {}, False),
    ("send-email", {"to": "responsible", "subject": "Hello {lead.name}", "text": "Dear", "sender": "ana", "track-opening": True}, True),
    ("send-email", {"subject": "Hello", "text": "Dear\nreader"}, True),
    ("send-email", {"subject": "Hello"}, False),
    ("send-email", {"text": "Dear"}, False),
    ("send-email", {"subject": " ", "text": "Dear"}, False),
    ("send-email", {"subject": "Hello\nBcc: all", "text": "Dear"}, False),
    ("send-email", {"to": "everybody", "subject": "Hello", "text": "Dear"}, False),
    ("send-email", {"subject": "Hello", "text": "Dear", "track-opening": "yes"}, False),
    ("send-message", {"text": "Hi {lead.name}"}, True),
    ("send-message", {"channel": "sms", "template": "hello"}, True),
    ("send-message", {"channel": "whatsapp", "template": "hello", "text": "x"}, True),
    ("send-message", {}, False),
    ("send-message", {"text": " "}, False),
    ("send-message", {"template": ""}, False),
    ("send-message", {"channel": "whatsapp", "text": "Hi"}, False),
    ("send-message", {"channel": "fax", "text": "Hi"}, False),
    ("add-to-audience", {"platform": "google", "audience": "warm", "by": "email"}, True),
    ("add-to-audience", {"audience": "warm"}, True),
    ("add-to-audience", {"platform": "google"}, False),
    ("add-to-audience", {"audience": " "}, False),
    ("add-to-audience", {"platform": "radio", "audience": "warm"}, False),
    ("add-to-audience", {"audience": "warm", "by": "name"}, False),
    ("webhook", {"url": "https://x.example"}, True),
    ("webhook", {"url": "http://x.example:8080/new?lead={lead.id}#top", "send": "lead", "allow-private": True}, True),
    ("webhook", {"url": "https://[2001:db8::1]/"}, True),
    ("webhook", {}, False),
    ("webhook", {"url": "x.example"}, False),
    ("webhook", {"url": "ftp://x.example"}, False),
    ("webhook", {"url": "https://"}, False),
    ("webhook", {"url": "https://ana:secret@x.example/"}, False),
    ("webhook", {"url": "https://{lead.company}.example/"}, False),
    ("webhook", {"url": "https://x.example/a b"}, False),
    ("webhook", {"url": "https://x.example/" + "x" * 2000}, False),
    ("webhook", {"url": "https://x.example", "send": "all"}, False),
    ("delete-record", {"confirmed": True, "record": "deal"}, True),
    ("delete-record", {}, False),
    ("delete-record", {"confirmed": False}, False),
    ("delete-record", {"confirmed": "yes"}, False),
    ("control", {"at-most": DAY}, True),
    ("control", {"at-most": DAY, "business-hours": True, "stage": "new", "recipient": "group:inbound", "text": "Late: {lead.name}", "sender": "ana"}, True),
    ("control", {}, False),
    ("control", {"at-most": 3}, False),
    ("control", {"at-most": {"amount": 1, "unit": "days", "colour": 1}}, False),
    ("control", {"at-most": DAY, "recipient": "boss"}, False),
    ("close-activities", {}, True),
    ("close-activities", {"activity-types": ["filter-1"], "created-by": "this-workflow", "reason": "answered"}, True),
    ("close-activities", {"activity-types": "filter-1"}, False),
    ("close-activities", {"activity-types": [5]}, False),
    ("close-activities", {"created-by": "me"}, False),
    ("request-approval", {"text": "10 % for {lead.name}", "complete-within": DAY}, True),
    ("request-approval", {"text": "10 %", "approver": "person:ana", "complete-within": {"amount": 5, "unit": "minutes", "before": "meeting.start", "business-time": True}, "notify": MINUTES, "business-hours": True, "on-rejection": "continue"}, True),
    ("request-approval", {"complete-within": DAY}, False),
    ("request-approval", {"text": "10 %"}, False),
    ("request-approval", {"text": "10 %", "complete-within": MINUTES}, False),
    ("request-approval", {"text": "10 %", "complete-within": DAY, "on-rejection": "retry"}, False),
    ("request-approval", {"text": "10 %", "complete-within": DAY, "approver": "boss"}, False),
]

# (trigger, whether it is valid)
TICK = {"event": "schedule.tick"}
EVERY_DAY = {"every": "day", "at": "09:00"}
TRIGGERS = [
    ({**TICK, "schedule": EVERY_DAY, "for-each": "lead"}, True),
    ({**TICK, "schedule": {"every": "week", "on": ["mon", "thu"], "interval": 2, "at": "09:00", "working-days": True}, "for-each": "lead"}, True),
    ({**TICK, "schedule": {"every": "month", "day": 31, "at": "23:59"}, "for-each": "lead"}, True),
    ({**TICK, "schedule": {"every": "year", "day": 1, "month": 12, "at": "00:00"}, "for-each": "lead"}, True),
    ({**TICK, "schedule": {"cron": "30 8 * * 1-5"}, "for-each": "lead"}, True),
    ({**TICK, "schedule": {"cron": "@daily"}, "for-each": "lead"}, True),
    ({**TICK, "schedule": {"date": "lead.custom.renewal", "offset": DAY, "direction": "before", "at": "09:00", "yearly": True}}, True),
    ({**TICK, "schedule": {"date": "lead.created"}, "for-each": "lead"}, True),
    (TICK, False),
    ({**TICK, "schedule": 5, "for-each": "lead"}, False),
    ({**TICK, "schedule": {}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"every": "day"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"every": "hour", "at": "09:00"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"every": "day", "at": "9:00"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"every": "day", "at": "24:00"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"every": "week", "at": "09:00"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"every": "week", "on": [], "at": "09:00"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"every": "week", "on": ["monday"], "at": "09:00"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"every": "month", "day": 32, "at": "09:00"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"every": "year", "month": 13, "at": "09:00"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {**EVERY_DAY, "interval": 0}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {**EVERY_DAY, "interval": 3651}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {**EVERY_DAY, "colour": 1}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {**EVERY_DAY, "cron": "@daily"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"cron": "30 8 * *"}, "for-each": "lead"}, False),
    ({**TICK, "schedule": {"date": "payment.due"}}, False),
    ({**TICK, "schedule": {"date": "lead.created", "direction": "around"}}, False),
    ({**TICK, "schedule": EVERY_DAY, "for-each": "deal"}, False),
    ({"event": "lead.received", "schedule": EVERY_DAY}, False),
    ({"event": "lead.received", "for-each": "lead"}, False),
]


def changed(document, path, value):
    document = copy.deepcopy(document)
    place = document
    for part in path[:-1]:
        place = place[part]
    if value is REMOVE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def with_step(kind, members):
    """Of an event that carries a meeting, so that there is a date to count from."""
    document = changed(WORKFLOW, ["trigger", "event"], "meeting.scheduled")
    document["steps"] = [{"id": "a", "kind": kind, **members}]
    return document


def with_trigger(trigger):
    return changed(changed(WORKFLOW, ["trigger"], trigger), ["steps"], [{"id": "a", "kind": "wait", "for": DAY}])


def make_cases():
    """(schema, name, document, whether it is valid)"""
    for name, example in EXAMPLES.items():
        yield name, f"{name} example", example, True
    yield "event", "event batch", [EVENT, EVENT], True
    for name, path, value, valid in CHANGES:
        base = changed(WORKFLOW, ["trigger", "event"], "meeting.scheduled") if name == "workflow" else EXAMPLES[name]
        shown = "removed" if value is REMOVE else json.dumps(value)
        yield name, f"{name} {'/'.join(map(str, path))} {shown}", changed(base, path, value), valid
    for kind, members, valid in STEPS:
        yield "workflow", f"{kind} {json.dumps(members)[:200]}", with_step(kind, members), valid
    for trigger, valid in TRIGGERS:
        yield "workflow", f"trigger {json.dumps(trigger)}", with_trigger(trigger), valid


def ask_program(program, kind, documents):
    """What the program says to each document: "fine", or what is wrong."""
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    answer = subprocess.run([program, kind], input=lines, capture_output=True, text=True, check=True)
    said = answer.stdout.splitlines()
    assert len(said) == len(documents), (kind, len(said), len(documents))
    return said


def check_kinds(validator):
    """Every kind of the schema has a valid and an invalid example."""
    kinds = validator.schema["$defs"]["step"]["properties"]["kind"]["enum"]
    shown = {(kind, valid) for kind, _, valid in STEPS} | {(kind, valid) for kind in ("wait", "branch") for valid in (True, False)}
    return [(f"examples of {kind}", {(kind, True), (kind, False)} <= shown) for kind in kinds]


def schema_of(file, validators):
    return next(validators[word] for word in validators if file.name.endswith(f"{word}.json"))


def main():
    folder = pathlib.Path(sys.argv[1])
    samples = [file for word in ("workflow", "organisation") for file in sorted(pathlib.Path(sys.argv[2]).glob(f"*{word}.json"))]
    validators, results = {}, []
    for name in EXAMPLES:
        schema = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        checker = jsonschema.FormatChecker(formats=())
        checker.checks("date-time")(is_date_time)
        validators[name] = jsonschema.Draft202012Validator(schema, format_checker=checker)
    for name in EXAMPLES:
        cases = [case for case in make_cases() if case[0] == name]
        said = ask_program(sys.argv[3], name, [document for _, _, document, _ in cases])
        for (_, text, document, valid), answer in zip(cases, said):
            accepted = validators[name].is_valid(document)
            # Events of a CRM are read leniently: the program may take what the schema refuses.
            agrees = (answer == "fine") == valid or (name == "event" and not valid)
            if accepted != valid or not agrees:
                print(f"# {text}: expected {valid}, the schema says {accepted}, the program {answer}")
            results.append((text, accepted == valid and agrees))
    results += check_kinds(validators["workflow"])
    for file in samples:
        validator = schema_of(file, validators)
        errors = list(validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))))
        for error in errors:
            print(f"# {file}: {error.json_path}: {error.message}")
        results.append((file.name, not errors))
    print(f"1..{len(results)}")
    for number, (text, good) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {text}".replace("#", ""))
    return 0 if all(good for _, good in results) else 1


def is_date_time(text):
    from datetime import datetime

    if not isinstance(text, str):
        return True
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main())
