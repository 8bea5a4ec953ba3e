# SPDX-License-Identifier: GPL-3.0-or-later
"""The two kinds of desktops on which reminders are shown, as the tests see them: what stands on the screen, and what popped up."""

import json
import subprocess
import sys
import time

from gi.repository import Gio, GLib

CONTROL = "org.example.Workflow.Test.Notifications"
SECONDS = 20
TIMEOUT_MS = 10_000


def wait_for(found, what):
    """The first true value of found(); a bounded wait for another process."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.005)
    raise AssertionError(f"timed out: {what}")


class Desktop:
    """A notification server, and the log that it writes."""

    def __init__(self, support, folder):
        self.log = folder / f"{self.script}.log"
        self.log.touch()
        self.command = [sys.executable, str(support / self.script), str(self.log)]
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.begin()

    def begin(self):
        """Also once more after its end; its log goes on."""
        self.process = subprocess.Popen(self.command)
        wait_for(self.is_there, f"{self.script} is ready")

    def end(self):
        self.process.terminate()
        self.process.wait(10)
        wait_for(lambda: not self.is_there(), f"{self.name} is gone")

    def is_there(self):
        answer = self.bus.call_sync(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "NameHasOwner",
            GLib.Variant("(s)", (self.name,)),
            None,
            Gio.DBusCallFlags.NONE,
            TIMEOUT_MS,
            None,
        )
        return answer.unpack()[0]

    def control(self, method, arguments=None):
        self.bus.call_sync(
            self.name, self.path, CONTROL, method, arguments, None, Gio.DBusCallFlags.NONE, TIMEOUT_MS, None
        )

    def lines(self):
        """What the server was told until now; whoever told it has flushed the bus before."""
        self.control("Sync")
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def shown(self):
        """Every notification that was ever shown, in order."""
        return [shown for shown in map(self.read_shown, self.lines()) if shown]

    def titles(self):
        return [shown["title"] for shown in self.shown()]

    def on_screen(self):
        """Titles of what stands on the screen now."""
        screen = {}
        for line in self.lines():
            shown, key = self.read_shown(line), self.read_key(line)
            if shown:
                screen[key] = shown["title"]
            elif line["event"] in self.ends:
                screen.pop(key, None)
        return sorted(screen.values())


    def wait_cleared(self):
        """Nothing stands on the screen any more. What is taken back in the moment in which it is shown goes when the server has
        answered, which the program hears after it has told its next line."""
        wait_for(lambda: not self.on_screen(), f"an empty screen: {self.on_screen()}")


class Gnome(Desktop):
    """org.gtk.Notifications: ids are the application's own, and outlive it."""

    script = "gtk-notifications.py"
    name, path = "org.gtk.Notifications", "/org/gtk/Notifications"
    ends = ("remove", "press")
    ids_outlive_program = True
    levels = {"low": "quiet", "normal": "normal", "high": "normal", "urgent": "urgent"}

    @staticmethod
    def read_key(line):
        return line.get("id")

    def read_shown(self, line):
        if line["event"] != "add":
            return None
        content = line["notification"]
        return {
            "title": content["title"],
            "body": content["body"],
            "level": self.levels[content.get("priority", "normal")],
            "buttons": [button["label"] for button in content.get("buttons", [])],
        }

    def press(self, title, label):
        line = [l for l in self.lines() if l["event"] == "add" and l["notification"]["title"] == title][-1]
        labels = [button["label"] for button in line["notification"].get("buttons", [])]
        index = labels.index(label) if label else -1
        self.control("Press", GLib.Variant("(ssi)", (line["app"], line["id"], index)))


class Freedesktop(Desktop):
    """org.freedesktop.Notifications: ids are the server's numbers, known to the program that showed them."""

    script = "freedesktop-notifications.py"
    name, path = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
    ends = ("close", "press", "dismiss")
    ids_outlive_program = False
    levels = {0: "quiet", 1: "normal", 2: "urgent"}

    @staticmethod
    def read_key(line):
        return line.get("id")

    def read_shown(self, line):
        if line["event"] != "notify":
            return None
        return {
            "title": line["summary"],
            "body": line["body"],
            "level": self.levels[line["hints"].get("urgency", 1)],
            "buttons": [label for key, label in line["actions"].items() if key != "default"],
        }

    def press(self, title, label):
        line = [l for l in self.lines() if l["event"] == "notify" and l["summary"] == title][-1]
        key = next(k for k, text in line["actions"].items() if (text == label if label else k == "default"))
        self.control("Press", GLib.Variant("(us)", (line["id"], key)))
