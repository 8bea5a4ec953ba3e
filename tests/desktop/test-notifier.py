#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The notifier against real servers of both protocols: what is shown, and that each button comes back.

usage: test-notifier.py CLIENT SUPPORT_FOLDER   (inside run-headless)
"""
import json
import pathlib
import subprocess
import sys
import time

from gi.repository import Gio, GLib

CLIENT, SUPPORT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from tap import name_cases, run_cases  # noqa: E402

CONTROL = "org.example.Workflow.Test.Notifications"
APP = "org.example.WorkflowNotify"
SECONDS = 20


def wait_for(found, what):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError(f"timed out: {what}")


class Server:
    """One of the two notification servers, and the log that it writes."""

    def __init__(self, script, name, path, folder):
        self.name, self.path, self.log = name, path, folder / f"{script}.log"
        self.log.touch()
        self.process = subprocess.Popen([sys.executable, str(SUPPORT / script), str(self.log)])
        self.find("ready")

    def lines(self):
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").split("\n") if line]

    def find(self, event, skip=0):
        def look():
            found = [line for line in self.lines() if line["event"] == event]
            return found[skip] if len(found) > skip else None

        return wait_for(look, f"{event} in {self.log.name}")

    def press(self, arguments):
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        bus.call_sync(self.name, self.path, CONTROL, "Press", arguments, None, 0, 10000, None)

    def end(self):
        self.process.terminate()
        self.process.wait(10)


def start_client(what):
    client = subprocess.Popen([CLIENT, what], stdout=subprocess.PIPE, text=True)
    assert client.stdout.readline() == "shown\n"
    return client


def check_gtk(folder):
    server = Server("gtk-notifications.py", "org.gtk.Notifications", "/org/gtk/Notifications", folder)
    try:
        for i, (button, wanted) in enumerate([(0, "complete-activity a-1"), (1, "snooze-activity a-1"), (2, "open-activity a-1"), (-1, "open-activity a-1")]):
            client = start_client("reminder")
            line = server.find("add", i)
            assert line["id"] == "activity-a-1", line
            shown = line["notification"]
            assert shown["title"] == "Realizar Filtro 1: Padaria Sol & Filhos", shown
            assert "25 minutes" in shown["body"] and "Call about <solar>" in shown["body"], shown
            assert [b["label"] for b in shown["buttons"]] == ["Complete", "Snooze", "Open"], shown
            assert shown["priority"] == "high", shown
            server.press(GLib.Variant("(ssi)", (APP, "activity-a-1", button)))
            assert client.stdout.readline() == wanted + "\n"
            assert client.wait(10) == 0
        for i, wanted in enumerate(["approve-activity a-1", "reject-activity a-1", "snooze-activity a-1", "open-activity a-1"]):
            client = start_client("approval")
            shown = server.find("add", 4 + i)["notification"]
            assert [b["label"] for b in shown["buttons"]] == ["Approve", "Reject", "Snooze", "Open"], shown
            server.press(GLib.Variant("(ssi)", (APP, "activity-a-1", i)))
            assert client.stdout.readline() == wanted + "\n"
            assert client.wait(10) == 0
        client = start_client("late")
        shown = server.find("add", 8)["notification"]
        assert shown["priority"] == "urgent" and "3 hours late" in shown["body"], shown
        server.press(GLib.Variant("(ssi)", (APP, "activity-a-1", 0)))
        assert client.wait(10) == 0
        client = start_client("catch-up")
        line = server.find("add", 9)
        assert line["id"] == "catch-up" and line["notification"]["title"] == "5 activities wait for you", line
        assert line["notification"]["priority"] == "urgent", line  # it names what is late
        assert line["notification"]["body"].count("\n") == 3 and "2 more" in line["notification"]["body"], line
        server.press(GLib.Variant("(ssi)", (APP, "catch-up", -1)))
        assert client.stdout.readline() == "show-today -\n"
        assert client.wait(10) == 0
        client = start_client("withdraw")
        assert server.find("remove")["id"] == "activity-a-1"
        client.terminate()
        client.wait(10)
    finally:
        server.end()


def check_freedesktop(folder):
    server = Server("freedesktop-notifications.py", "org.freedesktop.Notifications", "/org/freedesktop/Notifications", folder)
    try:
        client = start_client("reminder")
        line = server.find("notify")
        assert line["summary"] == "Realizar Filtro 1: Padaria Sol & Filhos", line
        assert list(line["actions"].values()).count("Complete") == 1, line
        key = next(k for k, label in line["actions"].items() if label == "Complete")
        server.press(GLib.Variant("(us)", (line["id"], key)))
        assert client.stdout.readline() == "complete-activity a-1\n"
        assert client.wait(10) == 0
        for i, (label, wanted) in enumerate([("Approve", "approve-activity a-1"), ("Reject", "reject-activity a-1")]):
            client = start_client("approval")
            line = server.find("notify", 1 + i)
            assert "Complete" not in line["actions"].values(), line
            key = next(k for k, text in line["actions"].items() if text == label)
            server.press(GLib.Variant("(us)", (line["id"], key)))
            assert client.stdout.readline() == wanted + "\n"
            assert client.wait(10) == 0
        client = start_client("message")
        line = server.find("notify", 3)
        assert line["body"] == "Text", line
        assert line["hints"]["urgency"] == 1, line
        client.terminate()
        client.wait(10)
        client = start_client("quiet-message")
        line = server.find("notify", 4)
        assert line["body"] == "Text", line
        assert line["hints"]["urgency"] == 0, line  # to the list only: no pop-up, no sound
        client.terminate()
        client.wait(10)
        client = start_client("withdraw")  # before the server has told its number
        assert server.find("close")["id"] == server.find("notify", 5)["id"]
        client.terminate()
        client.wait(10)
    finally:
        server.end()


def main():
    return run_cases(name_cases([check_gtk, check_freedesktop]))


if __name__ == "__main__":
    sys.exit(main())
