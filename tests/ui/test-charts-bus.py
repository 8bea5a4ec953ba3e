#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every chart as a screen reader, a keyboard and a real pointer meet it: a list that says in words what is drawn, walked by arrows,
activated by Enter, by the bus and by a click; and the same numbers as a table.

usage: test-charts-bus.py CHARTS_WINDOW SUPPORT_FOLDER   (inside run-headless)
"""
import queue
import subprocess
import sys
import threading

PROGRAM, SUPPORT = sys.argv[1:]
sys.path.insert(0, SUPPORT)

from window_driver import Atspi, Window, is_in, wait_for, walk  # noqa: E402

results = []

TREND = [f"{day} November 2026: Created {20 + i * 7 % 23 if i % 7 < 5 else 2}, Done on Time {14 + i * 5 % 17 if i % 7 < 5 else 0}, "
         f"Done Late {i * 3 % 7 if i % 7 < 5 else 0}, Created in the Period Before {16 + i * 11 % 13 if i < 22 else 'none'}"
         for i, day in enumerate(range(1, 31))]
PEOPLE = [
    "Ana Souza: Done on Time 48, Done Late 9, Open and Late 2",
    "Bruno Lima: Done on Time 40, Done Late 4, Open and Late 0",
    "Carla Mendes: Done on Time 22, Done Late 12, Open and Late 7",
    "Daniel de Oliveira Figueiredo Neto: Done on Time 18, Done Late 2, Open and Late 1",
    "Elisa: Done on Time 3, Done Late 0, Open and Late 0",
    "Not Assigned: Done on Time 0, Done Late 0, Open and Late 4",
]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HEAT = [f"{day}, {hour:02}:00: {0 if hour < 8 or hour > 18 or hour == 12 or row > 4 else (hour * 7 + row * 5) % 19}"
        for row, day in enumerate(DAYS) for hour in range(24)]
HOURS = [
    "System: Median 15 min, More at the 95th Percentile 40 min",
    "Absence: Median 28 min, More at the 95th Percentile 1 h 9 min",
    "Reassigned: Median 41 min, More at the 95th Percentile 1 h 38 min",
    "Never Reminded: Median 54 min, More at the 95th Percentile 57 min",
    "Reminded: Median 1 h 7 min, More at the 95th Percentile 1 h 26 min",
    "Not Known: Median 1 h 20 min, More at the 95th Percentile 45 min",
]
FUNNEL = [
    "New: Entered 240, Left 212, Here Now 28, Median Time 1 h 35 min, 95th Percentile 15 h",
    "Filtro 1 (bottleneck): Entered 212, Left 120, Here Now 61, Median Time 1 day 10 h, 95th Percentile 4 days 21 h",
    "Filtro 2: Entered 118, Left 96, Here Now 12, Median Time 2 days 17 h, 95th Percentile 9 days 3 h",
    "Meeting Scheduled: Entered 96, Left 44, Here Now 30, Median Time 4 days 1 h, 95th Percentile 13 days 8 h",
    "Sold: Entered 9, Left 0, Here Now 9, Median Time none, 95th Percentile none",
]
CHARTS = (
    ("trend", "Activities over Time", TREND, "Right"),
    ("hours", "Lateness by Cause", HOURS, "Right"),
    ("people", "Activities by Person", PEOPLE, "Down"),
    ("heat", "Done by Weekday and Hour", HEAT, "Right"),
    ("funnel", "Pipeline", FUNNEL, "Down"),
)


def check(name, test, *arguments):
    try:
        test(*arguments)
        results.append(True)
        print(f"ok {len(results)} - {name}")
    except Exception as error:  # noqa: BLE001 - reported
        results.append(False)
        print(f"not ok {len(results)} - {name}")
        print("# " + str(error).replace("\n", "\n# "))
    sys.stdout.flush()


class Charts(Window):
    """The window and what it tells."""

    def __init__(self, *options):
        self.process = subprocess.Popen([PROGRAM, "--width=700", "--height=500", *options], stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self.read_lines, daemon=True).start()
        self.root = wait_for(self._find_application, "the application on the accessibility bus")

    def read_lines(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def read_line(self):
        try:
            return self.lines.get(timeout=20)
        except queue.Empty:
            raise AssertionError("the window told nothing") from None

    def wait_focus(self, name):
        wait_for(lambda: self.focused() and self.focused().get_name() == name,
                 f"the focus on {name!r}, it is on {self.focused() and self.focused().get_name()!r}")


def test_tree(window, title, items):
    chart = window.find(title, "list")
    marks = [chart.get_child_at_index(i) for i in range(chart.get_child_count())]
    assert [mark.get_name() for mark in marks] == items, [mark.get_name() for mark in marks]
    # The place in the set is not told over the bus by GTK 4.18; test-charts.c asserts that it is set.
    for mark in marks:
        assert mark.get_role_name() == "list item", mark.get_role_name()
        assert window.actions(mark) == ["mark.activate"], window.actions(mark)
        assert is_in(mark, Atspi.StateType.FOCUSABLE), mark.get_name()


def test_places(window, title):
    """What a screen reader's pointer finds is where it is drawn: side by side in the chart."""
    chart = window.find(title, "list")
    left, top, width, height = window.box(chart)
    boxes = [window.box(chart.get_child_at_index(i)) for i in range(chart.get_child_count())]
    for x, y, wide, tall in boxes:
        assert wide > 0 and tall > 0, (x, y, wide, tall)
        assert left <= x and x + wide <= left + width + 1 and top <= y and y + tall <= top + height + 1, (x, y, wide, tall)
    assert len(set(boxes)) == len(boxes), "two marks at one place"


def test_walk(window, title, items, key):
    window.take_keyboard()
    window.tab_to(items[0], "list item", most=6)
    window.key(key)
    window.wait_focus(items[1])
    window.key("End")
    window.wait_focus(items[-1])
    window.key("Home")
    window.wait_focus(items[0])
    window.key("Return")
    assert window.read_line().startswith(f"activated {title} "), "Enter"
    window.key("Tab")
    wait_for(lambda: not (window.focused() and window.focused().get_role_name() == "list item"), "Tab leaves the chart")


def test_bus_activation(window, title):
    chart = window.find(title, "list")
    window.do(chart.get_child_at_index(1), "mark.activate")
    assert window.read_line().startswith(f"activated {title} "), "the bus"


def test_pointer(window, title):
    chart = window.find(title, "list")
    window.click(chart.get_child_at_index(1))
    assert window.read_line().startswith(f"activated {title} "), "a click"


def test_table(window, title, items):
    window.find(f"Menu of {title}", "button")
    owner = next(node for node in walk(window.root) if "chart.show-table" in window.actions(node))
    window.do(owner, "chart.show-table")
    wait_for(lambda: not window.look(title, "list"), "the chart makes room for the table")
    for item in items[:3]:
        name, numbers = item.split(": ", 1)
        for number in numbers.split(", "):
            value = number.split()[-1]
            wait_for(lambda n=name, v=value: any((node.get_name() or "").startswith(f"{n}, ") and (node.get_name() or "").endswith(v)
                                                 for node in walk(window.root)), f"{name} {value} in the table")


for chart, title, items, key in CHARTS:
    before = len(results)
    window = Charts(f"--only={chart}")
    check(f"{chart}: what is told", test_tree, window, title, items)
    check(f"{chart}: where it is", test_places, window, title)
    check(f"{chart}: by keyboard", test_walk, window, title, items, key)
    check(f"{chart}: by the bus", test_bus_activation, window, title)
    check(f"{chart}: by a click", test_pointer, window, title)
    if chart == "people":
        check(f"{chart}: as a table", test_table, window, title, items)
    if not all(results[before:]):
        print("# " + window.describe().replace("\n", "\n# "))
    window.end()
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
