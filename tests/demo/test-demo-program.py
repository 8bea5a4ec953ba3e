#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo CRM as a program: its ready line, its files, two at once, the end by itself. Argument: the program."""

import http.client
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

PROGRAM = sys.argv.pop(1)
LONGEST = 60


def start(folder, *options):
    return subprocess.Popen([PROGRAM, "--port", "0", "--state-dir", folder, *options], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def ask(ready, path, person="carla"):
    with open(ready["tokens-file"], encoding="utf-8") as file:
        token = json.load(file)[person]
    request = urllib.request.Request(ready["url"] + path, headers={"Authorization": "Bearer " + token})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=LONGEST) as answer:
        return json.load(answer)


class Program(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = os.path.join(temporary.name, "state")
        self.processes = []
        self.addCleanup(self.end_all)

    def end_all(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.communicate(timeout=LONGEST)

    def start(self, *options):
        process = start(self.folder, *options)
        self.processes.append(process)
        return process

    def test_ready(self):
        process = self.start("--no-generator")
        ready = json.loads(process.stdout.readline())
        self.assertEqual(ready["pid"], process.pid)
        self.assertTrue(ready["url"].startswith("http://127.0.0.1:"))
        with open(os.path.join(self.folder, "ready.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file), ready)
        for name in ("tokens.json", "ready.json"):
            self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.folder, name)).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(self.folder).st_mode), 0o700)
        self.assertEqual(ask(ready, "/me")["person"], "carla")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(LONGEST), 0)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "ready.json")))
        self.assertEqual(process.stdout.read(), "")
        self.assertEqual(process.stderr.read(), "")

    def test_two_at_once(self):
        first, second = self.start("--no-generator"), self.start("--no-generator")
        lines = {first.stdout.readline(), second.stdout.readline()}
        self.assertEqual(len(lines), 1)
        ready = json.loads(lines.pop())
        self.assertIn(ready["pid"], (first.pid, second.pid))
        other = second if ready["pid"] == first.pid else first
        self.assertEqual(other.wait(LONGEST), 0)
        self.assertEqual(ask(ready, "/me")["person"], "carla")

    def test_killed(self):
        process = self.start("--no-generator")
        before = json.loads(process.stdout.readline())
        events = ask(before, "/events?limit=500")
        process.kill()
        process.wait(LONGEST)
        process = self.start("--no-generator")
        after = json.loads(process.stdout.readline())
        self.assertEqual(ask(after, "/events?limit=500"), events)

    def test_large_bodies(self):
        ready = json.loads(self.start("--no-generator", "--no-history").stdout.readline())
        address = urllib.parse.urlparse(ready["url"])
        with open(ready["tokens-file"], encoding="utf-8") as file:
            token = json.load(file)["carla"]
        block = b" " * (1 << 20)
        for chunked in (False, True):
            connection = http.client.HTTPConnection(address.hostname, address.port, timeout=LONGEST)
            headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
            if not chunked:
                headers["Content-Length"] = str(len(block) * 9)
            try:
                connection.request("POST", address.path + "/activities", (block for _ in range(9)), headers,
                                   encode_chunked=chunked)
            except (BrokenPipeError, ConnectionResetError):
                self.assertFalse(chunked)  # refused by its head, before all of it was sent
            answer = connection.getresponse()
            self.assertEqual(answer.status, 413)
            self.assertEqual(json.load(answer)["type"], "/problems/too-large")
            connection.close()
        self.assertEqual(ask(ready, "/activities"), [])

    def test_ends_by_itself(self):
        process = self.start("--no-generator", "--no-history", "--exit-when-idle", "1")
        process.stdout.readline()
        self.assertEqual(process.wait(LONGEST), 0)

    def test_wrong_usage(self):
        for options in (["--port", "70000"], ["--nonsense"], ["extra"]):
            process = self.start(*options)
            self.assertEqual(process.wait(LONGEST), 2, options)
            self.assertNotEqual(process.stderr.read(), "")
        process = subprocess.run([PROGRAM], capture_output=True, check=False, timeout=LONGEST)
        self.assertEqual(process.returncode, 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
