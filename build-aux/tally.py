#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the results in Meson's own result files.

tally.py FILE...   prints "N passed, N failed, N skipped" as its last line and exits with 1 when
                   anything failed or nothing ran. A file that is missing holds no results.
"""

import json
import sys
from pathlib import Path

PASSED = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP", "IGNORED"}


def results(paths):
    for path in paths:
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                yield from (json.loads(line) for line in lines)


def main(arguments):
    passed = skipped = 0
    failed = []
    for result in results(map(Path, arguments)):
        if result["result"] in PASSED:
            passed += 1
        elif result["result"] in SKIPPED:
            skipped += 1
        else:
            failed.append(f"{result['name']} ({result['result']}, {result['duration']:.1f} s)")
    if failed:
        print("Failed:", *sorted(failed), sep="\n  ")
    if passed + len(failed) == 0:
        print("No test ran.")
    print(f"{passed} passed, {len(failed)} failed, {skipped} skipped")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
