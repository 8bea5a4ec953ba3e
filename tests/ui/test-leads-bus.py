#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The leads in the real window, as a screen reader and a keyboard reach them: finding one, opening it, moving it to the next
stage, commenting with a mention, and what the CRM then has.

usage: test-leads-bus.py BUILD_ROOT SUPPORT_FOLDER   (inside run-headless)
"""
import os
import pathlib
import sys
import tempfile
import time

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from gi.repository import Atspi, GLib  # noqa: E402
from window_driver import DemoServer, Window, is_in, wait_for, walk  # noqa: E402


def post_lead(server):
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    lead = {"id": "l-test", "name": "Padaria Sol", "owner": "carla", "source": "site", "origin": "web", "stage": "new",
            "score": 10, "phone": "+55 11 5555-0100", "email": "sol@example.com"}
    server.call("POST", "/events", "bridge", {
        "specversion": "1.0", "id": "e-test", "source": "/test", "type": "lead.received", "time": now,
        "subject": "lead/l-test", "data": {"lead": lead, "actor": "crm", "import": False}},
        "application/cloudevents+json")


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
    token = folder / "token"
    token.write_text(server.token("carla"), encoding="utf-8")
    token.chmod(0o600)
    post_lead(server)
    window = Window([str(BUILD / "src/workflow"), "--server", server.url, "--token-file", str(token), "--state-dir",
                     str(folder / "state"), "--page", "leads"])
    try:
        window.has_text(" leads")
        find_by_keyboard(window)
        check_stages(window, server)
        check_comment(window, server)
        window.key("Escape")
        window.has_text("1 lead")
    except Exception:
        print("\n".join("# " + text for text in window.describe().split("\n")))
        raise
    finally:
        window.end()
        server.end()


def main():
    with tempfile.TemporaryDirectory() as folder:
        print("1..1")
        try:
            check_leads(pathlib.Path(folder))
            print("ok 1 the leads")
            return 0
        except (AssertionError, GLib.Error, OSError) as error:
            print(f"not ok 1 the leads\n# {type(error).__name__}: {error}")
            return 1


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
