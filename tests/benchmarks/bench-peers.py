#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our engine beside other rule engines: the same rules, the same events, in one run.

usage: bench-peers.py BENCH_ENGINE PEERS_FOLDER

The peers are installed when this runs, from npm (peers/package.json) into a cache folder and from Debian (section peers of
build-aux/packages); a peer that cannot be had is named and left out. A peer whose matches differ from ours fails the run: a figure
for another result says nothing. Every peer takes events one after another for so many seconds at most. Prints one JSON line a
measure: events a second of ours and, as reference, of the peer.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import node_peers

BENCH, PEERS = sys.argv[1], pathlib.Path(sys.argv[2])
SECONDS = float(os.environ.get("BENCH_PEER_SECONDS", "8"))
SHAPES = ("dense/100", "dense/1000", "dense/10000", "sparse/100", "sparse/1000", "sparse/10000")
NODE_PEERS = ("json-rules-engine", "node-rules", "rools", "node-red")
# More rules than this make a peer's start alone take minutes.
MOST_RULES = {"node-red": 1000}


def run_node_peer(cache, peer, folder):
    """One peer over the shape in folder."""
    command = ["node", str(cache / "run-peer.cjs"), peer, str(folder), str(SECONDS)]
    answer = subprocess.run(command, cwd=cache, capture_output=True, text=True, check=False)
    lines = [line for line in answer.stdout.splitlines() if line.startswith('{"n"')]
    if answer.returncode != 0 or not lines:
        raise RuntimeError(f"{peer}: {answer.stderr.strip()[-400:]}")
    return json.loads(lines[-1])


def write_clips(folder):
    """The same rules for CLIPS: a fact an event, taken back once its rules have fired."""
    lines = ["(deftemplate event (slot type) (slot source) (slot score))", "(defglobal ?*matches* = 0)",
             "(defglobal ?*events* = 0)"]
    for i, rule in enumerate((folder / "rules.txt").read_text(encoding="ascii").splitlines()):
        kind, source, threshold = rule.split()
        lines.append(f"(defrule r{i} (event (type {kind}) (source {source}) (score ?s&:(>= ?s {threshold})))"
                     " => (bind ?*matches* (+ ?*matches* 1)))")
    lines.append(f"""(deffunction go ()
  (open "{folder}/events.txt" in)
  (bind ?start (time))
  (bind ?type (read in))
  (while (and (neq ?type EOF) (or (neq 0 (mod ?*events* 64)) (< (- (time) ?start) {SECONDS}))) do
    (bind ?fact (assert (event (type ?type) (source (read in)) (score (read in)))))
    (read in)
    (run)
    (retract ?fact)
    (bind ?*events* (+ ?*events* 1))
    (bind ?type (read in)))
  (printout t "result " ?*events* " " ?*matches* " " (- (time) ?start) crlf))""")
    program = folder / "rules.clp"
    program.write_text("\n".join(lines), encoding="ascii")
    batch = folder / "run.bat"
    batch.write_text(f'(load* "{program}")\n(reset)\n(go)\n(exit)\n', encoding="ascii")
    return batch


def run_clips(folder):
    """CLIPS, a Rete engine in C."""
    answer = subprocess.run(["clips", "-f2", str(write_clips(folder))], capture_output=True, text=True, check=False)
    for line in answer.stdout.splitlines():
        if line.startswith("result "):
            _, n, matches, seconds = line.split()
            return {"n": int(n), "matches": int(matches), "seconds": float(seconds)}
    raise RuntimeError(f"clips: {answer.stdout[-400:]}{answer.stderr[-400:]}")


def run_ours(shape):
    """Events a second of ours: matches only, and with every verdict kept."""
    answer = subprocess.run([BENCH, shape], capture_output=True, text=True, check=True)
    measures = {}
    for line in answer.stdout.splitlines():
        measure = json.loads(line)
        measures[measure["name"].rsplit("/", 1)[1]] = measure["value"]
    return measures


def check(peer, shape, result, expected):
    """Another number of matches is another job."""
    if result["n"] < 1 or result["matches"] != expected[result["n"] - 1]:
        raise RuntimeError(f"{peer} with {shape}: {result['matches']} matches in {result['n']} events, not "
                           f"{expected[result['n'] - 1]}")


def show(shape, what, value, peer, reference):
    """One measure."""
    print(json.dumps({"name": f"peers/{shape}/{what}/{peer}", "unit": "events/s", "value": round(value),
                      "reference": peer, "reference-value": round(reference, 1), "ratio": round(value / reference, 1)}),
          flush=True)


def compare(shape, cache, has_clips):
    """Every peer with one shape, then ours."""
    results = {}
    with tempfile.TemporaryDirectory(prefix="bench-peers-") as name:
        folder = pathlib.Path(name)
        subprocess.run([BENCH, "--write", name, shape], check=True)
        expected = [int(line.split()[3]) for line in (folder / "events.txt").read_text(encoding="ascii").splitlines()]
        n_rules = int(shape.split("/")[1])
        for peer in (NODE_PEERS if cache else ()) + (("clips",) if has_clips else ()):
            if n_rules > MOST_RULES.get(peer, n_rules):
                continue
            result = run_clips(folder) if peer == "clips" else run_node_peer(cache, peer, folder)
            check(peer, shape, result, expected)
            results[peer] = result["n"] / result["seconds"]
    ours = run_ours(shape)
    for peer, reference in results.items():
        for what in ("matches", "all-verdicts"):
            show(shape, what, ours[what], peer, reference)
    return {peer: 1 / reference for peer, reference in results.items()} | {"ours": 1 / ours["matches"]}


def main():
    """Runs every shape; 77 (skipped) when there is no peer at all."""
    cache = node_peers.install(PEERS)
    has_clips = shutil.which("clips") is not None
    if not has_clips:
        node_peers.say("bench-peers: CLIPS is missing: left out")
    if cache is None and not has_clips:
        return 77
    costs = {shape: compare(shape, cache, has_clips) for shape in SHAPES}
    growth = {peer: costs["sparse/10000"][peer] / cost for peer, cost in costs["sparse/100"].items()
              if peer in costs["sparse/10000"]}
    for peer, value in growth.items():
        if peer != "ours":
            print(json.dumps({"name": f"peers/sparse/growth/{peer}", "unit": "cost at 10000 / cost at 100",
                              "value": round(growth["ours"], 2), "reference": peer, "reference-value": round(value, 2),
                              "ratio": round(growth["ours"] / value, 3)}), flush=True)
    return 0


sys.exit(main())
