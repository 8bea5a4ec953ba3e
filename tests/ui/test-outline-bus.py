#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An outline as a screen reader, a keyboard and a pointer meet it: names, levels and positions on the accessibility bus; keys,
clicks and drags by the X server."""

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


process = subprocess.Popen([window_program, "--height", "960"], stdout=subprocess.PIPE, text=True)


lines = queue.Queue()


def read_lines():
    for line in process.stdout:
        lines.put(line.strip())


threading.Thread(target=read_lines, daemon=True).start()


def read_line(start, seconds=20):
    """The next line of the program that begins like this."""
    end = time.monotonic() + seconds
    while True:
        try:
            line = lines.get(timeout=max(0.01, end - time.monotonic()))
        except queue.Empty:
            raise AssertionError(f"no line {start!r}") from None
        if line.startswith(start):
            return line


def read_until(expected, seconds=20):
    """Reads until this line."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if read_line(expected.split(" ", 1)[0], max(0.01, end - time.monotonic())) == expected:
            return
    raise AssertionError(f"{expected!r} did not come")


class Outline(Window):
    def __init__(self):
        self.process = process
        self.root = wait_for(self._find_application, "the application on the accessibility bus")
        self.list = self.find("Outline of the workflow", "list")

    def rows(self):
        return [node for node in walk(self.list) if node.get_role_name() == "list item"]

    def row(self, part):
        return wait_for(lambda: next((row for row in self.rows() if part in row.get_name()), None), f"row {part!r}")

    def point(self, part, down=0.5, right=0.5):
        box = self.row(part).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return round(box.x + box.width * right), round(box.y + box.height * down)


def xdotool(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True)


outline = Outline()
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
    read_until("selected a")
    wait_for(lambda: is_in(outline.row("“a”"), Atspi.StateType.SELECTED), "an arrow selects the first step")
    outline.key("shift+Down", "shift+Down", "shift+Down")
    read_until("selected a b b1")
    assert not is_in(outline.row("Hot"), Atspi.StateType.SELECTED)
    outline.key("ctrl+Down")
    read_until("focus step b2")
    outline.key("ctrl+space")
    read_until("selected a b b1 b2")
    outline.key("ctrl+space")
    read_until("selected a b b1")
    outline.key("ctrl+a")
    read_until("selected a b b1 b2 c1 b3 d e")
    outline.key("End")
    read_until("selected e")
    outline.key("Return")
    assert read_line("open") == "open step e"
    outline.key("shift+F10")
    assert read_line("menu") == "menu step e"
    outline.key("Home")
    read_until("focus trigger")
    outline.key("Return")
    assert read_line("open") == "open trigger"


def test_space():
    outline.key("Down")
    read_until("selected a")
    outline.key("space")
    read_until("selected")
    outline.key("space")
    read_until("selected a")


def test_plus():
    outline.key("Tab")
    wait_for(lambda: outline.focused() and outline.focused().get_name() == "Add a step after this one", "Tab goes to the button")
    outline.key("space")
    assert read_line("open") == "open place - 0 1"
    outline.key("shift+Tab")
    wait_for(lambda: is_in(outline.row("“a”"), Atspi.StateType.FOCUSED), "and back")
    plus = outline.find("Add a step to this path", "button")
    outline.activate(plus)
    assert read_line("open") == "open place b 0 0"


def test_click():
    xdotool("mousemove", *outline.point("“d”"), "click", 1)
    read_until("selected d")
    xdotool("keydown", "ctrl", "mousemove", *outline.point("“b1”"), "click", 1, "keyup", "ctrl")
    read_until("selected b1 d")
    xdotool("mousemove", *outline.point("Warm"), "click", 1)
    read_until("selected")
    xdotool("mousemove", *outline.point("“e”"), "click", "--repeat", 2, "--delay", 40, 1)
    assert read_line("open") == "open step e"
    xdotool("mousemove", *outline.point("“c1”"), "click", 3)
    read_until("selected c1")
    assert read_line("menu") == "menu step c1"


def drag(start, end, pause, copy):
    xdotool("mousemove", *start, "mousedown", 1)
    time.sleep(pause)
    for part in (0.1, 0.3, 0.6, 1.0):
        xdotool("mousemove", round(start[0] + (end[0] - start[0]) * part), round(start[1] + (end[1] - start[1]) * part))
        time.sleep(pause / 2)
    if copy:
        xdotool("keydown", "ctrl")
        xdotool("mousemove", end[0] + 1, end[1])
    time.sleep(pause)
    xdotool("mouseup", 1)
    time.sleep(pause)
    if copy:
        xdotool("keyup", "ctrl")


def drag_until(expected, start, end, copy=False):
    """A drag that a busy computer did not notice changes nothing: it is made again, more slowly."""
    for pause in (0.2, 0.6, 1.5):
        drag(start, end, pause, copy)
        try:
            read_until(expected, 3)
            return
        except AssertionError:
            if pause > 1:
                raise


def test_drag():
    drag_until("steps d a b(b1 b2(c1|)||b3) e", outline.point("“d”"), outline.point("“a”", 0.4))
    drag_until("steps a b(b1 b2(c1|)|d|b3) e", outline.point("“d”"), outline.point("Warm", 0.6))
    # at the end of a branch the distance from the left says after what
    drag_until("steps b(b1 b2(c1|)|d|b3) a e", outline.point("“a”"), outline.point("“b3”", 0.9, 0.02))
    drag_until("steps b(b1 b2(c1|)|d|b3 a) e", outline.point("“a”"), outline.point("“b3”", 0.9, 0.6))


def test_drag_copy():
    drag_until("steps b(b1 b2(c1|)|d step-9|b3 a) e", outline.point("“e”"), outline.point("“d”", 0.9, 0.6), copy=True)


check("rows have names, levels and positions", test_rows)
check("arrows, Shift, Ctrl, Enter, Home and End", test_keyboard)
check("Space toggles", test_space)
check("the button of a row", test_plus)
check("clicks", test_click)
check("dragging moves", test_drag)
check("dragging with Ctrl copies", test_drag_copy)
print(f"1..{len(results)}")
process.terminate()
process.wait(20)
sys.exit(0 if all(results) else 1)
