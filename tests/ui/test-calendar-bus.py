#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A week as a keyboard, a screen reader and a real pointer meet it: walked by arrows, an activity opened, moved two days on with a
reason and taken back, dragged, and the workload above it."""

import queue
import subprocess
import sys
import threading
import time

window_program, support = sys.argv[1:]
sys.path.insert(0, support)

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from window_driver import Window, is_in, wait_for, walk  # noqa: E402

results = []
SECOND = 1000000


def check(name, test):
    try:
        test()
        results.append(True)
        print(f"ok {len(results)} - {name}")
    except Exception as error:  # noqa: BLE001 - reported
        results.append(False)
        print(f"not ok {len(results)} - {name}")
        print("# " + str(error).replace("\n", "\n# "))
    sys.stdout.flush()


class Week(Window):
    """The window and what it tells."""

    def __init__(self, *options):
        self.process = subprocess.Popen([window_program, *options], stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self.read_lines, daemon=True).start()
        self.root = wait_for(self._find_application, "the application on the accessibility bus")

    def read_lines(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def read_line(self, start):
        """The next line of the program that begins like this."""
        while True:
            try:
                line = self.lines.get(timeout=20)
            except queue.Empty:
                raise AssertionError(f"the window did not tell {start!r}") from None
            if line.startswith(start):
                return line

    def tells_nothing(self):
        time.sleep(0.4)
        return [line for line in list(self.lines.queue) if line.startswith("reschedule")] == []

    def chip(self, *parts):
        def look():
            for node in walk(self.root):
                name = node.get_name() or ""
                if node.get_role_name() == "button" and all(part in name for part in parts):
                    if is_in(node, Atspi.StateType.SHOWING):
                        return node
            return None

        return wait_for(look, f"the activity {parts!r}")

    def has_focus(self, *parts):
        node = self.focused()
        return node and all(part in (node.get_name() or "") for part in parts)

    def wait_focus(self, what, *parts):
        wait_for(lambda: self.has_focus(*parts), f"{what}: the focus on {parts!r}, it is on {self.focused() and self.focused().get_name()!r}")

    def hold(self, start, end):
        """Presses, and goes there, without letting go."""
        self.point("mousemove", *start, "mousedown", 1)
        for i in range(1, 9):
            self.point("mousemove", start[0] + (end[0] - start[0]) * i // 8, start[1] + (end[1] - start[1]) * i // 8)
            time.sleep(0.03)


week = Week("--person=ana")


def test_names():
    assert week.chip("Realizar Filtro 1", "Padaria Sol", "10:00", "late"), "what is late says so"
    assert week.chip("Meeting with the buyer", "14:00–15:30"), "a meeting says how long it takes"
    assert week.chip("1 more activity at"), "what has no room is told"
    today = week.chip("Wednesday, 18 November, today, 6 activities, 1 late")
    week.activate(today)
    assert week.read_line("show-day") == "show-day 2026-11-18"


def test_walk():
    week.take_keyboard()
    week.tab_to("Saturday, 21 November, 0 activities", "button")
    week.key("Tab")
    wait_for(lambda: week.focused() and ":" in week.focused().get_name(), "Tab comes into the columns")
    week.key("Home")
    for _ in range(7):
        week.key("Left")
    week.wait_focus("the first day", "09:30")
    week.key("Down")
    week.wait_focus("down", "Realizar Filtro 2", "11:00")
    week.key("Right")
    week.wait_focus("the next day at the same height", "Call back", "10:00")
    week.key("Right")
    week.wait_focus("and the next", "10:00", "late")
    week.key("Down")
    week.wait_focus("below it", "10:45")
    week.key("Return")
    assert week.read_line("open") == "open w-2"


def test_move():
    week.key("ctrl+Right", "ctrl+Right", "ctrl+Down")
    week.key("Return")
    week.has_text("Move to Friday, 20 November, 11:00")
    wait_for(lambda: week.has_focus("Reason"), "the reason has the focus")
    week.type("Client asked")
    week.key("Return")
    line = week.read_line("reschedule").split(" ", 3)
    assert line[1] == "w-2" and line[3] == "Client asked", line
    assert int(line[2]) == 1795183200 * SECOND, line  # 2026-11-20T11:00-03:00
    week.wait_focus("the moved one", "11:00")
    week.press("Undo")
    assert week.read_line("undo") == "undo w-2"
    week.chip("Realizar Filtro 1", "10:45")


def test_escape():
    week.take_keyboard()
    week.wait_focus("still there", "10:45")
    week.key("ctrl+Right", "Escape", "Return")
    assert week.read_line("open") == "open w-2"
    assert week.tells_nothing()


def test_past():
    week.key("ctrl+Left", "Return")
    week.has_text("This time has passed.")
    assert week.tells_nothing()


def test_drag():
    start = week.middle(week.chip("Confirm the meeting"))
    end = week.middle(week.chip("Follow up", "09:15"))
    week.hold(start, (end[0], start[1]))
    week.point("mouseup", 1)
    week.has_text("Move to Thursday, 19 November, 11:30")
    week.press("Client asked")
    line = week.read_line("reschedule").split(" ", 3)
    assert line[1] == "w-3" and int(line[2]) == 1795098600 * SECOND, line


def test_drag_left():
    start = week.middle(week.chip("Follow up", "09:15"))
    week.hold(start, (start[0], start[1] + 90))
    week.key("Escape")
    week.point("mouseup", 1)
    assert week.tells_nothing()
    assert not week.look("Move to", partly=True), "nothing is asked"


def test_edge():
    """The lower edge: how long it lasts, without a reason, and back."""
    node = week.chip("Meeting with the buyer", "14:00")
    x, y, width, height = week.box(node)
    start = (x + width // 2, y + height + 3)  # the bus does not count the window's shadow
    week.hold(start, (start[0], start[1] + height))
    week.point("mouseup", 1)
    line = week.read_line("length").split(" ")
    assert line[1] == "w-4" and int(line[2]) > 90, line
    week.press("Undo")
    assert week.read_line("undo") == "undo w-4"
    week.take_keyboard()
    week.wait_focus("the one that was changed", "14:00")
    week.key("ctrl+shift+Down", "Return")
    assert week.read_line("length").startswith("length w-4 ")
    week.press("Undo")
    assert week.read_line("undo") == "undo w-4"


def test_more():
    week.press("more activit", partly=True)
    inside = week.has_text("14:00–15:00")
    assert inside, "the hour's list"
    week.key("Escape")


check("names", test_names)
check("a week by arrows, an activity opened", test_walk)
check("two days on with a reason, and back", test_move)
check("Esc leaves it", test_escape)
check("the past is refused with words", test_past)
check("a dragged activity", test_drag)
check("a drag that Esc ends", test_drag_left)
check("a lower edge that is dragged", test_edge)
check("the list of an hour", test_more)
if not all(results):
    print("# " + week.describe().replace("\n", "\n# "))
week.end()

strip = Week("--strip", "--people=3")


def test_strip():
    strip.take_keyboard()
    cell = strip.find("Ana Souza, Sunday, 15 November", partly=True)
    assert cell.get_role_name() in ("table cell", "grid cell", "cell"), cell.get_role_name()
    strip.find("Bruno Lima, Wednesday, 18 November: 0 activities. Away")
    strip.tab_to(cell.get_name(), most=20)
    strip.key("Tab")
    strip.wait_focus("one Tab out of it", "Sunday, 15 November, 0 activities")
    strip.key("shift+Tab")
    strip.wait_focus("and back", "Ana Souza, Sunday")
    strip.key("Down", "Right", "Right")
    strip.wait_focus("a person down, two days on", "Bruno Lima, Tuesday")
    strip.key("Return")
    assert strip.read_line("show-person") == "show-person bruno 2026-11-17"


check("the workload by keyboard", test_strip)
print(f"1..{len(results)}")
if not results[-1]:
    print("# " + strip.describe().replace("\n", "\n# "))
strip.end()
sys.exit(0 if all(results) else 1)
