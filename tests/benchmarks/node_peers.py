# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks compare with from npm: installed when they run, into a cache folder, never needed by the build."""
import os
import pathlib
import shutil
import subprocess
import sys


def say(text):
    """A remark, not a measure."""
    print(text, file=sys.stderr, flush=True)


def install(peers):
    """peers: the folder with package.json and the scripts that run the peers.

    The folder with node_modules and the scripts, made once; None when they cannot be had.
    """
    if not shutil.which("node") or not shutil.which("npm"):
        say("node or npm is missing: the peers from npm are left out")
        return None
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "workflow-peers"
    wanted = (peers / "package.json").read_text(encoding="utf-8")
    done = cache / "installed.json"
    cache.mkdir(parents=True, exist_ok=True)
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        shutil.copy(peers / "package.json", cache / "package.json")
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
        if subprocess.run(command, cwd=cache, stdout=sys.stderr, check=False).returncode != 0:
            say("npm could not install the peers: they are left out")
            return None
        done.write_text(wanted, encoding="utf-8")
    for script in peers.iterdir():
        if script.suffix in (".cjs", ".jsx"):
            shutil.copy(script, cache / script.name)
    return cache
