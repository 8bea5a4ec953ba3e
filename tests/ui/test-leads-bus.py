#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The leads in the real window, as a screen reader and a keyboard reach them: finding one, opening it, moving it to the next
stage, commenting with a mention, and what the CRM then has.

usage: test-leads-bus.py BUILD_ROOT SUPPORT_FOLDER   (inside run-headless)
"""
import os
import pathlib
import sys
import time

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from gi.repository import Atspi  # noqa: E402
from window_driver import DemoServer, is_in, opened, run_one, wait_for, walk  # noqa: E402


def find_by_keyboard(window):
    window.take_keyboard()
    wait_for(lambda: any(n.get_role_name() == "table" or n.get_name() == "Leads" for n in walk(window.root)), "the table")
    window.key("ctrl+f")
    wait_for(lambda: window.focused() and window.focused().get_role_name() in ("text", "entry"), "the search has the keyboard")
    window.type("padaria s")
    window.has_text("1 lead")
    window.key("Return")
    row = wait_for(lambda: next((n for n in walk(window.root) if (n.get_name() or "").startswith("Padaria Sol, Stage: Novo")), None),
                   "the row with all that it says")
    wait_for(lambda: is_in(row, Atspi.StateType.SELECTED) or is_in(row, Atspi.StateType.FOCUSED), "the row has the keyboard")
    window.key("Return")
    window.has_text("As of")


def stages(window):
    group = window.look("Stage", "grouping")
    return [n for n in walk(group) if n.get_role_name() == "radio button"] if group else []


def stage(window, name):
    return wait_for(lambda: next((n for n in stages(window) if n.get_name() == name), None), f"stage {name}")


def check_stages(window, server):
    wait_for(lambda: stages(window), "the stages")
    assert is_in(stage(window, "Novo"), Atspi.StateType.CHECKED), "the present stage is the checked one"
    refused = stage(window, "Ganho")  # a manager does not finalize
    assert refused.get_description(), "why it is refused can be read"
    wait_for(lambda: window.focused() and window.focused().get_name() == "Novo", "the keyboard is at the present stage")
    window.key("Right", "Return")
    wait_for(lambda: is_in(stage(window, "Filtro 1"), Atspi.StateType.CHECKED), "moved by keys")
    window.has_text("“Padaria Sol” is now in “Filtro 1”")
    wait_for(lambda: server.call("GET", "/leads/l-test", "carla")["stage"] == "filter-1", "the stage in the CRM")
    window.activate(stage(window, "Filtro 2"))
    wait_for(lambda: server.call("GET", "/leads/l-test", "carla")["stage"] == "filter-2", "moved by a screen reader")


def comments(server):
    answer = server.call("GET", "/leads/l-test/comments", "carla")
    return answer if isinstance(answer, list) else answer.get("comments", answer.get("items", []))


def check_comment(window, server):
    window.key("ctrl+m")
    wait_for(lambda: window.focused() and window.focused().get_name() == "Comment", "the comment has the keyboard")
    window.type("Please call, @bru")
    time.sleep(0.5)  # the suggestions follow in an idle moment
    window.key("Return")
    window.type("today")
    window.key("ctrl+Return")
    found = wait_for(lambda: next((c for c in comments(server) if c["text"].endswith("today")), None), "the comment in the CRM")
    assert found["text"].startswith("Please call, @Bruno"), found
    window.has_text("You commented")


def check_leads(folder):
    server = DemoServer(str(BUILD / "src/demo/workflow-demo-crm"), folder / "demo", "--no-generator")
    server.post_lead("l-test", "Padaria Sol", "carla")
    with opened(server.open_window(BUILD / "src/workflow", folder, "carla", "leads"), server) as window:
        window.has_text(" leads")
        find_by_keyboard(window)
        check_stages(window, server)
        check_comment(window, server)
        window.key("Escape")
        window.has_text("1 lead")


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(run_one("the leads", check_leads))
