#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start-up to the first frame with content, and memory, beside the smallest libadwaita window of the same run.

usage: bench-window.py BARE_WINDOW WORKFLOW SEED_STORE   (inside run-headless)

Offline, from the store. The programs take turns, so that a busy computer slows all of them; a first round fills the page cache
and does not count. Prints one JSON line a measure.
"""
import json
import os
import pathlib
import select
import statistics
import subprocess
import sys
import tempfile
import time

BARE, WORKFLOW, SEED = sys.argv[1:4]
SIZES = (10_000, 100_000)
ROUNDS = 5
SETTLE = 5  # seconds until memory is read
LONGEST = 120  # seconds until the first frame
NOWHERE = "http://127.0.0.1:9"
TICK = os.sysconf("SC_CLK_TCK")


def read_cpu(pid):
    """User and system time of a process, in milliseconds."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICK


def read_pss(pid):
    """Proportional share of memory, in megabytes."""
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("smaps_rollup names no Pss")


def run(command, settle):
    """One start: milliseconds to the line, processor milliseconds until then, megabytes later."""
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            ready, _, _ = select.select([process.stdout], [], [], LONGEST)
            wall = (time.monotonic() - start) * 1000
            cpu = read_cpu(process.pid)
            if not ready or b"first-frame" not in process.stdout.readline():
                raise RuntimeError(f"no first frame from {command[0]}")
            time.sleep(settle)
            return wall, cpu, read_pss(process.pid)
        finally:
            process.kill()


def prepare(folder, size):
    """A folder with the store of an account, and the command that opens it."""
    state, token = folder / str(size), folder / "token"
    state.mkdir()
    token.write_text("benchmark\n", encoding="ascii")
    token.chmod(0o600)
    subprocess.run([SEED, state / "this-run.sqlite", str(size)], check=True)
    return [WORKFLOW, "--server", NOWHERE, "--token-file", token, "--state-dir", state, "--page", "today",
            "--size", "1024x720", "--announce-frame"]


def show(name, unit, value, reference):
    """One measure."""
    print(json.dumps({"name": name, "unit": unit, "value": round(value, 1), "reference": round(reference, 1),
                      "ratio": round(value / reference, 3)}), flush=True)


def main():
    """Runs everything in turn and prints medians."""
    with tempfile.TemporaryDirectory(prefix="bench-window-") as folder:
        commands = {0: [BARE]} | {size: prepare(pathlib.Path(folder), size) for size in SIZES}
        runs = {size: [] for size in commands}
        for command in commands.values():
            run(command, 0)
        for _ in range(ROUNDS):
            for size, command in commands.items():
                runs[size].append(run(command, SETTLE))
    medians = {size: [statistics.median(column) for column in zip(*rows)] for size, rows in runs.items()}
    for size in SIZES:
        for i, (name, unit) in enumerate((("first-frame", "ms"), ("first-frame-cpu", "ms"), ("memory", "MB"))):
            show(f"window/{name}/{size}", unit, medians[size][i], medians[0][i])


main()
