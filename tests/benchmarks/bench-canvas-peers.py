#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our canvas beside two web editors: the same graph, in one run.

usage: bench-canvas-peers.py RUN_HEADLESS BENCH_CANVAS PEERS_FOLDER

React Flow and Node-RED's editor are opened in headless Chromium (section peers of build-aux/packages, peers/package.json). What
cannot be had is named and left out. Only our own canvas runs inside run-headless: the peers stay in the user's cache folder. Our
"open" begins with the process, theirs with the navigation in a browser that already runs. Prints one JSON line a measure: ours and, as reference, the peer's.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import node_peers

BENCH, PEERS = sys.argv[1:3], pathlib.Path(sys.argv[3])
SIZES = (1000, 2000)
EDITORS = ("react-flow", "react-flow-visible", "node-red")
UNITS = {"open": "ms", "pan": "ms a frame", "zoom": "ms a step", "whole": "ms a frame", "memory": "MB"}


def find_browser():
    """Chromium's program; None when there is none."""
    return next((path for path in map(shutil.which, ("chromium", "chromium-browser")) if path), None)


def run_editor(cache, browser, editor, graph):
    """One editor with the graph."""
    command = ["node", str(cache / "run-canvas-peer.cjs"), editor, str(graph), browser]
    answer = subprocess.run(command, cwd=cache, capture_output=True, text=True, check=False)
    lines = [line for line in answer.stdout.splitlines() if line.startswith('{"open"')]
    if answer.returncode != 0 or not lines:
        raise RuntimeError(f"{editor}: {answer.stderr.strip()[-600:]}")
    return json.loads(lines[-1])


def run_ours(size):
    """Our own figures of this size, by the same names."""
    answer = subprocess.run([*BENCH, str(size)], capture_output=True, text=True, check=True)
    measures = {}
    for line in answer.stdout.splitlines():
        measure = json.loads(line)
        measures[measure["name"].rsplit("/", 1)[1]] = measure["value"]
    return measures


def main():
    """Every size with every editor; 77 (skipped) when there is none."""
    browser = find_browser()
    cache = node_peers.install(PEERS) if browser else None
    if cache is None:
        node_peers.say("bench-canvas-peers: Chromium or the editors are missing")
        return 77
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="bench-canvas-") as name:
            graph = pathlib.Path(name) / "graph.json"
            subprocess.run([*BENCH, "--write", str(graph), str(size)], check=True)
            ours = run_ours(size)
            for editor in EDITORS:
                theirs = run_editor(cache, browser, editor, graph)
                for what, unit in UNITS.items():
                    print(json.dumps({"name": f"canvas/{size}/{what}/{editor}", "unit": unit,
                                      "value": round(ours[what], 2), "reference": editor,
                                      "reference-value": round(theirs[what], 2),
                                      "ratio": round(ours[what] / theirs[what], 4)}), flush=True)
    return 0


sys.exit(main())
