#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program as a service: without a window it stays and reminds, a button of a notification opens the window, also when
the program has to be started for it, and who closes the window for the first time is asked.

usage: test-resident.py BUILD_ROOT SUPPORT_FOLDER   (inside run-headless)
"""

import contextlib
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from window_driver import DemoServer, is_in, wait_for, walk  # noqa: E402
from gi.repository import Atspi, Gio, GLib  # noqa: E402

APP = "org.example.Workflow"
CONTROL = "org.example.Workflow.Test.Notifications"
PERSON = "carla"
COMPLETE, OPEN = 0, 2
TIMEOUT_MS = 10_000


def call_bus(name, path, interface, method, arguments=None):
    return Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, TIMEOUT_MS, None
    )


def is_owned(name):
    answer = call_bus(
        "org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
        "NameHasOwner",
        GLib.Variant("(s)", (name,)),
    )
    return answer.unpack()[0]


def find(name, role):
    """Something that shows in a window of any program on the accessibility bus."""
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(i)
        for node in walk(application) if application else ():
            if node.get_role_name() == role and name in (node.get_name() or "") and is_in(node, Atspi.StateType.SHOWING):
                return node
    return None


def press(name, role="button"):
    node = wait_for(lambda: find(name, role), f"{role} {name!r}")
    node.get_action_iface().do_action(0)


class Double:
    """A server of the tests that writes a log."""

    def __init__(self, folder, script, *arguments):
        self.log = folder / f"{script}.log"
        self.log.touch()
        self.process = subprocess.Popen([sys.executable, str(SUPPORT / script), str(self.log), *arguments])
        wait_for(self.lines, f"{script} is ready")

    def lines(self):
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def find(self, wanted, what):
        return wait_for(lambda: next((line for line in self.lines() if wanted(line)), None), what)

    def end(self):
        self.process.terminate()
        self.process.wait(10)


class World:
    def __init__(self, folder):
        self.folder = folder
        self.notifications = Double(folder, "gtk-notifications.py")
        self.portal = Double(folder, "background-portal.py", "grant")
        self.server = DemoServer(str(BUILD / "src/demo/workflow-demo-crm"), folder / "demo", "--no-generator")
        self.token = folder / "token"
        self.token.write_text(self.server.token(PERSON), encoding="utf-8")
        self.token.chmod(0o600)
        self.command = [
            str(BUILD / "src/workflow"),
            "--server",
            self.server.url,
            "--token-file",
            str(self.token),
            "--state-dir",
            str(folder / "state"),
        ]
        self.process = None

    def start(self, *options):
        self.process = subprocess.Popen([*self.command, *options])
        wait_for(lambda: is_owned(APP), "the program has its name")

    def wait_for_first_reading(self):
        """What is given before it would be the past, which reminds of nothing."""

        def has_cursor():
            for path in (self.folder / "state").glob("*.sqlite"):
                with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
                    try:
                        return store.execute("SELECT 1 FROM facts WHERE name = 'cursor'").fetchone()
                    except sqlite3.OperationalError:  # the tables are being made
                        return None
            return None

        wait_for(has_cursor, "the account was read for the first time")

    def kill(self):
        self.process.kill()
        self.process.wait(10)
        self.process = None
        wait_for(lambda: not is_owned(APP), "the name is free")

    def remind(self, title):
        """Somebody gives an activity that reminds at once. Its notification."""
        key = str(uuid.uuid4())
        now = time.time()
        stamp = lambda at: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))  # noqa: E731
        self.server.call(
            "PUT",
            f"/activities/{key}",
            PERSON,
            {
                "id": key,
                "lead": "l-resident",
                "type": "visit",  # its end needs no outcome
                "title": title,
                "person": PERSON,
                "status": "open",
                "created": stamp(now),
                "due": stamp(now + 1800),
                "remind": stamp(now + 1),
            },
            headers={"If-None-Match": "*"},
        )
        self.notifications.find(
            lambda line: line["event"] == "add" and line["notification"]["title"].startswith(title), f"reminder {title!r}"
        )
        return key

    def press(self, key, button):
        call_bus(
            "org.gtk.Notifications",
            "/org/gtk/Notifications",
            CONTROL,
            "Press",
            GLib.Variant("(ssi)", (APP, f"activity-{key}", button)),
        )

    def status(self, key):
        return self.server.call("GET", f"/activities/{key}", PERSON)["status"]

    def end(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
        self.server.end()
        self.portal.end()
        self.notifications.end()


def check_background(world):
    world.start("--background")
    world.wait_for_first_reading()
    first = world.remind("Without a window")
    assert find("Workflow", "frame") is None, "a window has opened"
    world.press(first, COMPLETE)
    wait_for(lambda: world.status(first) == "done", "completed without a window")
    assert find("Workflow", "frame") is None, "a window has opened"


def check_button_opens_window(world):
    key = world.remind("To be opened")
    world.press(key, OPEN)
    wait_for(lambda: find("", "frame"), "the window")
    wait_for(lambda: find("To be opened", "label") or find("To be opened", "heading"), "its details")


def check_question(world):
    """Who closes the window is asked once, and reminders go on."""
    close_window()
    wait_for(lambda: find("Keep Reminding You?", "label") or find("Keep Reminding You?", "alert"), "the question")
    press("Keep Reminding")
    wait_for(lambda: find("", "frame") is None, "the window closes")
    request = world.portal.find(lambda line: line["event"] == "request", "the portal is asked")
    assert request["options"]["autostart"] is True, request
    assert world.process.poll() is None, "the program has ended"
    key = world.remind("After the window")
    world.press(key, OPEN)
    wait_for(lambda: find("", "frame"), "the window again")
    close_window()
    wait_for(lambda: find("", "frame") is None, "closes without a question")
    assert world.process.poll() is None, "the program has ended"


def close_window():
    """As the button in its header bar does it."""
    press("Close")


def check_activation(world):
    """The bus starts the program for a button, as GNOME does after a restart."""
    key = world.remind("After the end")
    world.kill()
    services = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "dbus-1" / "services"
    services.mkdir(parents=True, exist_ok=True)
    command = " ".join([*world.command, "--gapplication-service"])
    (services / f"{APP}.service").write_text(f"[D-BUS Service]\nName={APP}\nExec={command}\n", encoding="utf-8")
    call_bus("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReloadConfig")
    world.press(key, OPEN)
    wait_for(lambda: find("", "frame"), "the window of the program that the bus has started")
    wait_for(lambda: find("After the end", "label") or find("After the end", "heading"), "its details")
    call_bus(APP, "/org/example/Workflow", "org.gtk.Actions", "Activate", GLib.Variant("(sava{sv})", ("quit", [], {})))
    wait_for(lambda: not is_owned(APP), "the program ends")


def check_token_comes_later(world):
    """The token cannot be read at login: that is said, and once it can be read the account opens by itself."""
    text = world.token.read_text(encoding="utf-8")
    world.token.unlink()
    world.start("--background")
    told = world.notifications.find(
        lambda line: line["event"] == "add" and line["id"] == "account-failed", "the person is told"
    )
    assert told["notification"]["title"] == "Workflow cannot read its password", told
    assert find("", "frame") is None, "a window has opened"
    world.token.write_text(text, encoding="utf-8")
    world.notifications.find(
        lambda line: line["event"] == "remove" and line["id"] == "account-failed", "the account is open, and it is not said any more"
    )
    assert find("", "frame") is None, "a window has opened"


def check_button_without_token(world):
    """What is asked for meanwhile opens the window, and is done once the account is open."""
    key = world.remind("Asked too early")
    text = world.token.read_text(encoding="utf-8")
    world.kill()
    world.token.unlink()
    world.start("--background")
    world.press(key, COMPLETE)
    wait_for(lambda: find("", "frame"), "the window")
    wait_for(lambda: find("This is done as soon as the account is open.", "label"), "that it waits")
    assert world.status(key) == "open", "done already"
    world.token.write_text(text, encoding="utf-8")
    wait_for(lambda: world.status(key) == "done", "done once the account is open")


def main():
    checks = [
        check_background,
        check_button_opens_window,
        check_question,
        check_activation,
        check_token_comes_later,
        check_button_without_token,
    ]
    failed = 0
    print(f"1..{len(checks)}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        world = World(pathlib.Path(name))
        try:
            for number, check in enumerate(checks, 1):
                try:
                    check(world)
                    print(f"ok {number} {check.__name__}", flush=True)
                except (AssertionError, GLib.Error, OSError) as error:
                    failed += 1
                    print(f"not ok {number} {check.__name__}\n# {type(error).__name__}: {error}", flush=True)
                    break
        finally:
            world.end()
    return 1 if failed else 0


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
