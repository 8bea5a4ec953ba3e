# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the cases of a test program and says in the Test Anything Protocol how they went."""

import pathlib
import subprocess
import tempfile
import time
import traceback

from gi.repository import GLib

FAILURES = (AssertionError, KeyError, OSError, ValueError, GLib.Error, subprocess.SubprocessError)


def run_cases(cases):
    """Each of (name, function) gets an empty folder of its own. Returns the program's exit status; what no case may raise goes on."""
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    for number, (name, case) in enumerate(cases, 1):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                case(pathlib.Path(folder))
                print(f"ok {number} {name}", flush=True)
            except FAILURES as error:
                failed += 1
                line = traceback.extract_tb(error.__traceback__)[-1].lineno
                print(f"not ok {number} {name}\n# line {line}: {type(error).__name__}: {error}", flush=True)
        print(f"# {time.monotonic() - began:.1f} s", flush=True)
    return 1 if failed else 0


def name_cases(functions):
    """The same for functions that are named for what they check."""
    return [(function.__name__.replace("_", " "), function) for function in functions]
