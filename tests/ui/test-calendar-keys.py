#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calendar in the real window over the demo CRM, by keyboard alone: a day is walked, a meeting opened, moved two days on with a
reason, and taken back; each looked up in the CRM afterwards, each said aloud.

usage: test-calendar-keys.py BUILD_ROOT SUPPORT_FOLDER   (inside run-headless)
"""
import datetime
import os
import pathlib
import sys
import tempfile
import time
import uuid

os.environ["TZ"] = "America/Sao_Paulo"
time.tzset()
BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from window_driver import Atspi, DemoServer, GLib, Window, is_in, wait_for, walk  # noqa: E402

PERSON = "ana"
DAY = datetime.timedelta(days=1)


def utc(then):
    return then.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Announcements:
    """What the window says without the focus."""

    def __init__(self):
        self.texts = []
        self.listener = Atspi.EventListener.new(lambda event: self.texts.append(str(event.any_data)))
        self.listener.register("object:announcement")

    def wait(self, text):
        context = GLib.MainContext.default()

        def heard():
            while context.iteration(False):
                pass
            return any(text in said for said in self.texts)

        wait_for(heard, f"{text!r} is announced; there were {self.texts}")


class Calendar:
    def __init__(self, folder):
        self.server = DemoServer(str(BUILD / "src/demo/workflow-demo-crm"), folder / "demo", "--no-generator", "--no-history")
        tomorrow = (datetime.datetime.now() + DAY).replace(second=0, microsecond=0)
        self.due = tomorrow.replace(hour=10, minute=30).astimezone()
        self.call_due = tomorrow.replace(hour=9, minute=0).astimezone()
        self.meeting = self.add("Visita ao cliente", self.due, "meeting", ends=utc(self.due + DAY / 24))
        self.add("Confirmar visita", self.call_due, "task")
        token = folder / "token"
        token.write_text(self.server.token(PERSON), encoding="utf-8")
        token.chmod(0o600)
        self.said = Announcements()
        self.window = Window([str(BUILD / "src/workflow"), "--server", self.server.url, "--token-file", str(token), "--state-dir",
                              str(folder / "state"), "--page", "calendar"])

    def add(self, title, due, kind, **more):
        key = str(uuid.uuid4())
        self.server.call("PUT", f"/activities/{key}", "bridge", {
            "lead": "l-1", "lead-name": "Padaria Sol", "type": "visit", "title": title, "due": utc(due), "kind": kind,
            "person": PERSON, **more}, headers={"If-None-Match": "*"})
        return key

    def wait(self, due):
        """Until the meeting begins then in the CRM, and takes an hour as before."""

        def is_so():
            found = self.server.call("GET", f"/activities/{self.meeting}", PERSON)
            return found["due"] == utc(due) and found["ends"] == utc(due + DAY / 24) and found

        return wait_for(is_so, f"the meeting at {utc(due)} in the CRM")

    def wait_focus(self, *parts):
        def look():
            node = self.window.focused()
            return node and all(part in (node.get_name() or "") for part in parts) and node

        return wait_for(look, f"the focus on {parts}; it is on {self.window.focused() and self.window.focused().get_name()!r}")

    def chip(self, text):
        def look():
            for node in walk(self.window.root):
                if node.get_role_name() == "button" and text in (node.get_name() or "") and is_in(node, Atspi.StateType.SHOWING):
                    return node
            return None

        return wait_for(look, f"the activity {text!r}")

    def end(self):
        self.window.end()
        self.server.end()


def check(calendar):
    window = calendar.window
    window.find("Week", "radio button")
    window.take_keyboard()
    window.key("1", "alt+Right")  # the day after today
    calendar.chip("Visita ao cliente")
    window.tab_to(calendar.chip("Confirmar visita").get_name(), "button")
    window.key("Down")
    calendar.wait_focus("Visita ao cliente", "10:30")
    window.key("Return")
    window.has_text("Padaria Sol")
    window.key("Escape")
    calendar.wait_focus("Visita ao cliente")

    window.key("ctrl+Right", "ctrl+Right")
    calendar.wait(calendar.due)  # nothing is moved before it is confirmed
    window.key("Return")
    calendar.wait_focus("Reason")
    window.type("Client asked")
    window.key("Return")
    calendar.said.wait("Moved to")
    moved = calendar.wait(calendar.due + 2 * DAY)
    assert moved["pinned"], moved
    calendar.wait_focus("Visita ao cliente", "10:30")

    window.key("ctrl+z")
    calendar.said.wait("Moved back to")
    back = calendar.wait(calendar.due)
    assert not back.get("pinned"), back


def main():
    print("1..1", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        calendar = Calendar(pathlib.Path(folder))
        try:
            check(calendar)
            print("ok 1 - a meeting moved by keyboard and taken back")
            return 0
        except Exception as error:  # noqa: BLE001 - reported
            print("not ok 1 - a meeting moved by keyboard and taken back")
            print("# " + str(error).replace("\n", "\n# "))
            print("# " + calendar.window.describe().replace("\n", "\n# "))
            return 1
        finally:
            calendar.end()


sys.exit(main())
