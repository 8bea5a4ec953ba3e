#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search over everything in the real window, by keys and as a screen reader hears it: rows with names, the number of results,
a command, a lead, a workflow, and the letters typed among the pages.

usage: test-search-bus.py BUILD_ROOT SUPPORT_FOLDER   (inside run-headless)
"""
import os
import pathlib
import sys

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from gi.repository import Atspi  # noqa: E402
from window_driver import DemoServer, is_in, opened, run_one, wait_for, walk  # noqa: E402


def open_search(window):
    window.key("ctrl+k")
    wait_for(lambda: window.focused() and window.focused().get_name() == "Search over everything", "the search has the keyboard")


def row(window, begins):
    return wait_for(lambda: next((n for n in walk(window.root) if (n.get_name() or "").startswith(begins)), None), f"row {begins!r}")


def is_selected(window, begins):
    return wait_for(lambda: is_in(row(window, begins), Atspi.StateType.SELECTED), f"{begins!r} is selected")


def check_commands(window):
    open_search(window)
    row(window, "Command: Show Today, Alt+1")
    window.has_text("commands can be done here")
    window.type("show cal")
    window.has_text("1 result")
    is_selected(window, "Command: Show the calendar")
    window.key("Return")
    window.find("Week", partly=True)


def check_lead(window):
    open_search(window)
    window.type("adriana")
    window.has_text(" results")
    is_selected(window, "Lead: Adriana")
    first = next(n.get_name() for n in walk(window.root) if (n.get_name() or "").startswith("Lead: Adriana"))
    window.key("Down")
    wait_for(lambda: not is_in(row(window, first), Atspi.StateType.SELECTED), "the arrow goes on while one types")
    assert window.focused().get_name() == "Search over everything", "the keyboard stays in the search"
    window.key("Up", "Return")
    name = first.removeprefix("Lead: ").split(",")[0]
    window.find(name)
    window.has_text("As of")


def check_nothing(window):
    open_search(window)
    window.type("zzqzz")
    window.has_text("Nothing Found")
    window.key("Escape")
    wait_for(lambda: window.look("Search over everything", "entry") is None, "Escape closes it")


def check_workflow(window):
    open_search(window)
    window.type("contato primeiro")
    is_selected(window, "Workflow: Primeiro contato")
    window.key("Return")
    window.find("Add Action", "button")


def check_search(folder):
    server = DemoServer(str(BUILD / "src/demo/workflow-demo-crm"), folder / "demo", "--no-generator")
    with opened(server.open_window(BUILD / "src/workflow", folder, "carla", "today"), server) as window:
        window.find("Today", partly=True)
        window.has_text("Up to date")
        window.take_keyboard()
        check_commands(window)
        check_lead(window)
        check_nothing(window)
        check_workflow(window)


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(run_one("the search over everything", check_search))
