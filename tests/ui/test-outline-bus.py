#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An outline as a screen reader, a keyboard and a pointer meet it: names, levels and positions on the accessibility bus; keys,
clicks and drags by the X server."""

import sys
import time

window_program, support = sys.argv[1:]
sys.path.insert(0, support)

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from window_driver import Announcements, Checks, TellingWindow, is_in, wait_for, walk  # noqa: E402


class Outline(TellingWindow):
    def __init__(self):
        super().__init__([window_program, "--height", "960"])
        self.list = self.find("Outline of the workflow", "list")

    def rows(self):
        return [node for node in walk(self.list) if node.get_role_name() == "list item"]

    def row(self, part):
        return wait_for(lambda: next((row for row in self.rows() if part in row.get_name()), None), f"row {part!r}")

    def place(self, part, down=0.5, right=0.5):
        box = self.row(part).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return round(box.x + box.width * right), round(box.y + box.height * down)


outline = Outline()
announcements = Announcements(outline)
checks = Checks()
TRIGGER = "When a lead is received"


def test_rows():
    names = [row.get_name() for row in outline.rows()]
    assert names[0].startswith(TRIGGER), names
    assert len(names) == 14, names
    assert "“a”" in names[1], names
    assert "path is never taken" in names[9], names
    levels = [int(row.get_attributes()["level"]) for row in outline.rows()]
    assert levels == [1, 1, 1, 2, 3, 3, 4, 5, 4, 2, 2, 3, 1, 1], levels
    places = [row.get_description() for row in outline.rows()]
    assert places[:4] == ["trigger", "step, 1 of 4", "branch, 2 of 4", "path, 1 of 3"], places
    assert places[13] == "step, 4 of 4", places


def test_keyboard():
    outline.take_keyboard("Outline")
    wait_for(lambda: is_in(outline.row(TRIGGER), Atspi.StateType.FOCUSED), "the focus is on the trigger")
    outline.key("Down")
    outline.read_until("selected a")
    wait_for(lambda: is_in(outline.row("“a”"), Atspi.StateType.SELECTED), "an arrow selects the first step")
    outline.key("shift+Down", "shift+Down", "shift+Down")
    outline.read_until("selected a b b1")
    assert not is_in(outline.row("Hot"), Atspi.StateType.SELECTED)
    outline.key("ctrl+Down")
    outline.read_until("focus step b2")
    outline.key("ctrl+space")
    outline.read_until("selected a b b1 b2")
    outline.key("ctrl+space")
    outline.read_until("selected a b b1")
    outline.key("ctrl+a")
    outline.read_until("selected a b b1 b2 c1 b3 d e")
    outline.key("End")
    outline.read_until("selected e")
    outline.key("Return")
    assert outline.read_line("open") == "open step e"
    outline.key("shift+F10")
    assert outline.read_line("menu") == "menu step e"
    outline.key("Home")
    outline.read_until("focus trigger")
    outline.key("Return")
    assert outline.read_line("open") == "open trigger"


def test_space():
    outline.key("Down")
    outline.read_until("selected a")
    outline.key("space")
    outline.read_until("selected")
    outline.key("space")
    outline.read_until("selected a")


def test_plus():
    outline.key("Tab")
    wait_for(lambda: outline.focused() and outline.focused().get_name() == "Add a step after this one", "Tab goes to the button")
    outline.key("space")
    assert outline.read_line("open") == "open place - 0 1"
    outline.key("shift+Tab")
    wait_for(lambda: is_in(outline.row("“a”"), Atspi.StateType.FOCUSED), "and back")
    plus = outline.find("Add a step to this path", "button")
    outline.activate(plus)
    assert outline.read_line("open") == "open place b 0 0"


def test_click():
    outline.point("mousemove", *outline.place("“d”"), "click", 1)
    outline.read_until("selected d")
    outline.point("keydown", "ctrl", "mousemove", *outline.place("“b1”"), "click", 1, "keyup", "ctrl")
    outline.read_until("selected b1 d")
    outline.point("mousemove", *outline.place("Warm"), "click", 1)
    outline.read_until("selected")
    outline.point("mousemove", *outline.place("“e”"), "click", "--repeat", 2, "--delay", 40, 1)
    assert outline.read_line("open") == "open step e"
    outline.point("mousemove", *outline.place("“c1”"), "click", 3)
    outline.read_until("selected c1")
    assert outline.read_line("menu") == "menu step c1"


def drag(start, end, pause, copy):
    outline.point("mousemove", *start, "mousedown", 1)
    time.sleep(pause)
    for part in (0.1, 0.3, 0.6, 1.0):
        outline.point("mousemove", round(start[0] + (end[0] - start[0]) * part), round(start[1] + (end[1] - start[1]) * part))
        time.sleep(pause / 2)
    if copy:
        outline.point("keydown", "ctrl")
        outline.point("mousemove", end[0] + 1, end[1])
    time.sleep(pause)
    outline.point("mouseup", 1)
    time.sleep(pause)
    if copy:
        outline.point("keyup", "ctrl")


def drag_until(expected, start, end, copy=False):
    """A drag that a busy computer did not notice changes nothing: it is made again, more slowly."""
    for pause in (0.2, 0.6, 1.5):
        drag(start, end, pause, copy)
        try:
            outline.read_until(expected, 3)
            return
        except AssertionError:
            if pause > 1:
                raise


def test_drag():
    drag_until("steps d a b(b1 b2(c1|)||b3) e", outline.place("“d”"), outline.place("“a”", 0.4))
    drag_until("steps a b(b1 b2(c1|)|d|b3) e", outline.place("“d”"), outline.place("Warm", 0.6))
    # at the end of a branch the distance from the left says after what
    drag_until("steps b(b1 b2(c1|)|d|b3) a e", outline.place("“a”"), outline.place("“b3”", 0.9, 0.02))
    drag_until("steps b(b1 b2(c1|)|d|b3 a) e", outline.place("“a”"), outline.place("“b3”", 0.9, 0.6))


def test_drag_copy():
    drag_until("steps b(b1 b2(c1|)|d step-9|b3 a) e", outline.place("“e”"), outline.place("“d”", 0.9, 0.6), copy=True)


def test_announcements():
    announcements.clear()
    outline.key("Home", "End")
    outline.read_until("selected e")
    outline.key("alt+Up")
    outline.read_line("steps ")
    announcements.expect("Move Step")
    outline.key("ctrl+z")
    outline.read_line("steps ")
    announcements.expect("Undone: Move Step")
    outline.key("Delete")
    outline.read_line("steps ")
    announcements.expect("Delete Step")
    outline.key("ctrl+z")
    outline.read_line("steps ")
    announcements.expect("Undone: Delete Step")
    outline.key("ctrl+shift+z")
    outline.read_line("steps ")
    announcements.expect("Done again: Delete Step")
    outline.key("Insert")
    outline.read_line("steps ")
    announcements.expect("Add Step")


checks.check("rows have names, levels and positions", test_rows)
checks.check("arrows, Shift, Ctrl, Enter, Home and End", test_keyboard)
checks.check("Space toggles", test_space)
checks.check("the button of a row", test_plus)
checks.check("clicks", test_click)
checks.check("dragging moves", test_drag)
checks.check("dragging with Ctrl copies", test_drag_copy)
checks.check("what is announced", test_announcements)
checks.end(outline)
