#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reports of the sample company as a keyboard and a screen reader meet them: opened by a key, cards and charts read, another
period by keyboard, a chart as a table, the activities behind a card, and back.

usage: test-reports-bus.py BUILD_ROOT SUPPORT_FOLDER   (inside run-headless)
"""
import json
import os
import pathlib
import sys

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402
from window_driver import Window, is_in, wait_for, walk  # noqa: E402

CARDS = ("Created", "Done on Time", "Done Late", "Open Late", "Median Lateness", "95th Percentile of Lateness",
         "Time to First Contact", "Leads without Next Activity")
CHARTS = ("Activities over Time", "Activities by Person", "Leads by Stage", "What Workflows Achieve")


def card_value(window, title):
    name = window.find(title + ": ", role="button", partly=True).get_name()
    return name.split(": ", 1)[1].split(",")[0]


def check_cards(window):
    """Numbers are in the sample from its first sync on."""
    wait_for(lambda: card_value(window, "Created") not in ("–", "0"), "activities in the sample", 90)
    for title in CARDS:
        assert card_value(window, title), title
    for title in CHARTS:
        chart = window.find(title, role="list")
        marks = [mark.get_name() for mark in walk(chart) if mark.get_role_name() == "list item"]
        assert marks and all(marks), (title, marks)


def menu_items(window):
    """Those of the menu that is open; GTK gives them no names."""
    return wait_for(lambda: [node for node in walk(window.root) if node.get_role_name() in ("menu item", "radio menu item", "check menu item")
                             and is_in(node, Atspi.StateType.SHOWING)], "the items of a menu")


def check_period(window):
    month = int(card_value(window, "Created").replace(",", ""))
    wait_for(lambda: window.focused() and window.focused().get_name() == "Period: Last 30 Days", "the keyboard in the filter row")
    window.key("p")
    assert len(menu_items(window)) == 14  # dynamic ones and fixed days
    wait_for(lambda: is_in(menu_items(window)[0], Atspi.StateType.FOCUSED), "the keyboard in the menu")
    window.key("Down")
    window.key("Down")
    window.key("Return")
    window.find("Period: Last 7 Days")
    wait_for(lambda: int(card_value(window, "Created").replace(",", "")) <= month, "the figures of seven days")
    window.key("alt+Left")
    window.find("Period: Last 30 Days")


def check_table(window):
    window.activate(window.find("Menu of Activities by Person", role="toggle button"))
    window.activate(menu_items(window)[0])  # Show as Table
    table = window.find("Activities by Person", role="tree table")
    heads = {node.get_name() for node in walk(table)}
    assert {"Person", "Created", "Median Lateness"} <= heads, heads


def check_behind(window):
    number = card_value(window, "Created")
    window.activate(window.find("Created: ", role="button", partly=True))
    window.has_text(f"{number} activit")
    window.find("Activities", role="list")
    window.key("alt+Left")
    window.find("Created: ", role="button", partly=True)


def main():
    print("1..1")
    window = Window([str(BUILD / "src/workflow"), "--sample", "--page", "today"],
                    {**os.environ, "WORKFLOW_DEMO_CRM": str(BUILD / "src/demo/workflow-demo-crm")})
    ready_file = pathlib.Path(os.environ["XDG_STATE_HOME"]) / "workflow/sample/ready.json"
    try:
        window.find("Today")
        window.take_keyboard()
        window.key("alt+5")
        window.find("Period: Last 30 Days")
        for check in (check_cards, check_period, check_table, check_behind):
            check(window)
        print("ok 1 the reports by keyboard and screen reader")
        return 0
    except Exception as error:
        focus = window.focused()
        print(f"# focus: {focus and focus.get_role_name()} {focus and focus.get_name()!r}")
        print("\n".join("# " + text for text in window.describe().split("\n")))
        print(f"# {error!r}\nnot ok 1 the reports by keyboard and screen reader")
        return 1
    finally:
        window.end()
        if ready_file.exists():
            os.kill(json.loads(ready_file.read_text(encoding="utf-8"))["pid"], 15)


if __name__ == "__main__":
    sys.exit(main())
