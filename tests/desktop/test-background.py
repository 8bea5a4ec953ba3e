#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting at login with consent: by a background portal that says yes, no or nothing, and by an entry without one.

usage: test-background.py CLIENT SUPPORT_FOLDER   (inside run-headless)
"""

import configparser
import json
import os
import pathlib
import subprocess
import sys
import time

CLIENT, SUPPORT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from tap import name_cases, run_cases  # noqa: E402

ENTRY = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "autostart" / "org.example.Workflow.desktop"
SECONDS = 20


class Portal:
    def __init__(self, folder, answer):
        self.log = folder / "portal.log"
        self.log.touch()
        self.process = subprocess.Popen([sys.executable, str(SUPPORT / "background-portal.py"), str(self.log), answer])
        end = time.monotonic() + SECONDS
        while not self.log.read_text(encoding="utf-8"):
            assert time.monotonic() < end, "the portal does not start"
            time.sleep(0.005)

    def events(self):
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()][1:]

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(10)


def ask(*arguments):
    result = subprocess.run([CLIENT, *arguments], capture_output=True, text=True, timeout=SECONDS, check=True)
    assert not result.stderr, result.stderr
    return result.stdout.strip()


def check_consent(folder):
    with Portal(folder, "grant") as portal:
        assert ask("on") == "on"
        (event,) = portal.events()
        options = event["options"]
        assert options["autostart"] is True and options["commandline"] == ["workflow", "--background"], options
        assert options["reason"] and options["dbus-activatable"] is False, options
        assert not ENTRY.exists()  # the portal keeps its own
        assert ask("off") == "off"
        assert portal.events()[1]["options"]["autostart"] is False


def check_refusal(folder):
    with Portal(folder, "refuse"):
        assert ask("on") == "off"
        assert not ENTRY.exists()


def check_question_closed(folder):
    with Portal(folder, "cancel"):
        assert ask("on") == "off"
        assert not ENTRY.exists()


def check_answer_before_the_call(folder):
    with Portal(folder, "early"):
        assert ask("on") == "on"


def check_given_up(folder):
    with Portal(folder, "silent") as portal:
        assert ask("on", "give-up") == "given up"
        end = time.monotonic() + SECONDS
        while [event["event"] for event in portal.events()] != ["request", "close"]:
            assert time.monotonic() < end, portal.events()
            time.sleep(0.005)


def check_without_a_portal(_folder):
    assert ask("on") == "on"
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(ENTRY, encoding="utf-8")
    section = entry["Desktop Entry"]
    assert section["Exec"] == "workflow --background" and section["Type"] == "Application", dict(section)
    subprocess.run(["desktop-file-validate", str(ENTRY)], check=True)
    assert ask("on") == "on"  # once more does no harm
    assert ask("off") == "off"
    assert not ENTRY.exists()
    assert ask("off") == "off"


def check_entry_from_before_the_portal(folder):
    assert ask("on") == "on" and ENTRY.exists()
    with Portal(folder, "grant"):
        assert ask("off") == "off"
        assert not ENTRY.exists()


def check_folder_that_cannot_be_written(_folder):
    ENTRY.parent.rmdir()
    ENTRY.parent.write_text("in the way", encoding="utf-8")
    answer = ask("on")
    assert answer not in ("on", "off") and "login" in answer, answer
    ENTRY.parent.unlink()


def main():
    checks = [
        check_consent,
        check_refusal,
        check_question_closed,
        check_answer_before_the_call,
        check_given_up,
        check_without_a_portal,
        check_entry_from_before_the_portal,
        check_folder_that_cannot_be_written,
    ]
    return run_cases(name_cases(checks))


if __name__ == "__main__":
    sys.exit(main())
