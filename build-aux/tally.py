#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the results in Meson's own result files.

tally.py FILE...           prints "N passed, N failed, N skipped" as its last line, what the failed
                           ones said before it, and exits with 1 when anything failed or nothing
                           ran. A file that is missing holds no results; a program that is in
                           several files counts as in the last one, and is named when it differs.
tally.py --failed FILE...  prints the names of those that failed, a line each
"""

import json
import sys
from pathlib import Path

PASSED = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP", "IGNORED"}
LAST_LINES = 40


def results(paths):
    for path in paths:
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                yield from (json.loads(line) for line in lines)


def program(result):
    return result["name"].rsplit(" / ", 1)[-1]


def failed(result):
    return result["result"] not in PASSED | SKIPPED


def tell(result):
    said = (result.get("stdout", "") + "\n" + result.get("stderr", "")).strip().splitlines()
    print(f"== {result['name']} ({result['result']}, {result['duration']:.1f} s) said at its end:")
    print(*(f"  {line}" for line in said[-LAST_LINES:]), sep="\n")


def main(arguments):
    only_names = arguments[:1] == ["--failed"]
    latest, unsteady = {}, []
    for result in results(map(Path, arguments[only_names:])):
        before = latest.get(result["name"])
        if before and failed(before) and not failed(result):
            unsteady.append(program(result))
        latest[result["name"]] = result
    wrong = sorted(filter(failed, latest.values()), key=program)
    if only_names:
        print(*map(program, wrong), sep="\n")
        return 0
    for result in wrong:
        tell(result)
    if unsteady:
        print("Unsteady (failed beside others, passed alone):", *sorted(unsteady), sep="\n  ")
    if wrong:
        print("Failed:", *map(program, wrong), sep="\n  ")
    if not latest:
        print("No test ran.")
    skipped = sum(result["result"] in SKIPPED for result in latest.values())
    print(f"{len(latest) - len(wrong) - skipped} passed, {len(wrong)} failed, {skipped} skipped")
    return 1 if wrong or not latest else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
