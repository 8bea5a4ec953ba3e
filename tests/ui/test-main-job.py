#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in the real window: a manager adds a workflow, an event arrives, the activity stands in Today, its reminder
comes, and completing it in the notification completes it in the CRM.

usage: test-main-job.py BUILD_ROOT SUPPORT_FOLDER   (inside run-headless)
"""
import json
import os
import pathlib
import subprocess
import sys
import time

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from gi.repository import Atspi, Gio, GLib  # noqa: E402
from window_driver import DemoServer, is_in, opened, run_one, wait_for, walk  # noqa: E402

APP = "org.example.Workflow"
CONTROL = "org.example.Workflow.Test.Notifications"
WORKFLOW = "First contact by the test"


class Notifications:
    def __init__(self, folder):
        self.log = folder / "notifications.log"
        self.log.touch()
        self.process = subprocess.Popen([sys.executable, str(SUPPORT / "gtk-notifications.py"), str(self.log)])
        self.find(lambda line: line["event"] == "ready", "the notification server")

    def lines(self):
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").split("\n") if line]

    def find(self, wanted, what):
        return wait_for(lambda: next((line for line in self.lines() if wanted(line)), None), what)

    def press(self, key, button):
        Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            "org.gtk.Notifications", "/org/gtk/Notifications", CONTROL, "Press", GLib.Variant("(ssi)", (APP, key, button)),
            None, 0, 10000, None)

    def end(self):
        self.process.terminate()
        self.process.wait(10)


def set_text(window, name, text, inside=None):
    node = wait_for(lambda: window.look(name, "text", inside), f"entry {name!r}")
    Atspi.EditableText.set_text_contents(node, text)


def set_number(window, name, number):
    node = window.find(name, "spin button")
    node.get_value_iface().set_current_value(number)


def open_combo(window, name):
    """A combo row opens as a screen reader's user opens it: focus, then Space."""
    window.tab_to(name, "combo box")
    window.key("space")


def choose(window, name, option):
    open_combo(window, name)
    wait_for(lambda: window.look(option, "label"), f"option {option!r}")
    window.type(option)
    time.sleep(0.3)
    window.key("Down", "Return")


def add_workflow(window):
    window.press("Add Workflow")
    window.find("Add Action", "button")
    window.take_keyboard()
    set_text(window, "Name", WORKFLOW)
    choose(window, "Available events", "Lead received")
    window.press("Add Action")
    window.find("Create an activity", "dialog")
    window.has_text("To save it, fill in “Type of activity”.")
    window.type("Realizar Filtro 1")  # the first field has the keyboard, and typing chooses
    set_number(window, "Complete within", 29)
    window.has_text("Complete within must be at least 30 minutes")
    save = window.find("Save", "button")
    assert not is_in(save, Atspi.StateType.SENSITIVE), "29 minutes could be saved"
    set_number(window, "Complete within", 30)
    wait_for(lambda: is_in(save, Atspi.StateType.SENSITIVE), "30 minutes can be saved")
    set_number(window, "Notify", 31)  # longer than the deadline: the reminder comes at once (S6)
    hours = window.find("Consider the company’s business hours", "check box")
    if is_in(hours, Atspi.StateType.CHECKED):
        window.activate(hours)
        wait_for(lambda: not is_in(hours, Atspi.StateType.CHECKED), "clock time")
    notes = wait_for(lambda: window.look("Notes", "text"), "the notes")
    Atspi.EditableText.set_text_contents(notes, "Call {lead.name}")
    wait_for(lambda: is_in(save, Atspi.StateType.SENSITIVE), "the action can be saved")
    window.activate(save)
    wait_for(lambda: not window.look("Create an activity", "dialog"), "the dialog closes")
    window.press("Publish")
    window.has_text(WORKFLOW)
    window.find("Add Workflow", "button")


def published(server):
    for workflow in server.call("GET", "/workflows", "carla"):
        if workflow["workflow"]["name"] == WORKFLOW:
            return workflow["workflow"]
    return None


def check_main_job(folder):
    notifications = Notifications(folder)
    server = DemoServer(str(BUILD / "src/demo/workflow-demo-crm"), folder / "demo", "--no-generator")
    with opened(server.open_window(BUILD / "src/workflow", folder, "carla", "workflows"), server, notifications) as window:
        window.find("Add Workflow", "button")
        add_workflow(window)
        workflow = wait_for(lambda: published(server), "the workflow on the server")
        assert workflow["state"] == "live", workflow
        assert workflow["steps"][0]["complete-within"] == {"amount": 30, "unit": "minutes"}, workflow

        server.post_lead("l-test", "Padaria Sol", "carla")
        line = notifications.find(lambda l: l["event"] == "add" and "Padaria Sol" in l["notification"]["title"], "the reminder")
        assert "Call Padaria Sol" in line["notification"]["body"], line
        window.take_keyboard()
        window.key("alt+1")
        window.activate(window.find("Everyone"))  # a manager begins with the exceptions
        window.has_text("Padaria Sol")

        activity = line["id"].removeprefix("activity-")
        wait_for(lambda: server.call("GET", f"/activities/{activity}", "carla")["status"] == "open", "the activity on the server")
        notifications.press(line["id"], 0)
        window.find("How Did It End?", partly=True)  # the type of this activity has outcomes
        window.key("1")
        wait_for(lambda: server.call("GET", f"/activities/{activity}", "carla")["status"] == "done", "completed on the server")
        wait_for(lambda: not any("Padaria Sol" in (n.get_name() or "") and n.get_role_name() == "list item"
                                 and is_in(n, Atspi.StateType.SHOWING) for n in walk(window.root)), "gone from Today")


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(run_one("the main job", check_main_job))
