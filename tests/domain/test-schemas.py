#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schemas accept what the program accepts and refuse what it refuses.

Arguments: the folder with the schemas, and one with sample documents, which must be valid.
"""

import copy
import json
import pathlib
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
                "teams": ["sp"], "units": [], "may": ["receive-web-leads", "create-flow-leads"] } ],
  "groups": [ { "id": "inbound", "name": "Inbound", "coordinator": "carla" } ],
  "teams": [ { "id": "sp", "name": "São Paulo" } ],
  "units": [ { "id": "centro", "name": "Loja Centro", "store-flow": true } ],
  "activity-types": [ { "id": "filter-1", "name": "Realizar Filtro 1", "icon": "call" } ],
  "pipelines": [ { "id": "leads", "record": "lead",
                   "stages": [ { "id": "new", "name": "Novo" }, { "id": "filter-1", "name": "Filtro 1" } ] } ] }""")

EXAMPLES = {"workflow": WORKFLOW, "event": EVENT, "organisation": ORGANISATION}
DAY = {"amount": 1, "unit": "days"}
REMOVE = object()

# (schema, path in its example, new value there, whether the result is valid)
CHANGES = [
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
    ("organisation", ["groups", 0, "store-flow"], True, False),
    ("organisation", ["units", 0, "store-flow"], "yes", False),
    ("organisation", ["pipelines", 0, "record"], "order", False),
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
    for name, example in EXAMPLES.items():
        results.append((f"{name} example", validators[name].is_valid(example)))
    results.append(("event batch", validators["event"].is_valid([EVENT, EVENT])))
    for name, path, value, valid in CHANGES:
        document = changed(EXAMPLES[name], path, value)
        shown = "removed" if value is REMOVE else json.dumps(value)
        results.append((f"{name} {'/'.join(map(str, path))} {shown}", validators[name].is_valid(document) == valid))
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
