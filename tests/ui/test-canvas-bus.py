#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A canvas as a screen reader and a real pointer meet it: names, roles, relations and actions on the accessibility bus; clicks,
double clicks, drags and Ctrl+scroll by the X server."""

import sys

window_program, support = sys.argv[1:]
sys.path.insert(0, support)

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from window_driver import Announcements, Checks, TellingWindow, is_in, wait_for, walk  # noqa: E402


class Canvas(TellingWindow):
    def __init__(self):
        super().__init__([window_program])
        self.canvas = self.find("Workflow", "list")

    def cards(self):
        return [node for node in walk(self.canvas) if node.get_role_name() == "list item"]

    def card(self, part):
        return wait_for(lambda: next((node for node in self.cards() if part in node.get_name()), None), f"card {part!r}")

    def middle(self, part):
        box = self.card(part).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return box.x + box.width // 2, box.y + box.height // 2


canvas = Canvas()
announcements = Announcements(canvas)
checks = Checks()
TRIGGER = "When a lead is received"


def test_names():
    names = [card.get_name() for card in canvas.cards()]
    assert names[0] == TRIGGER, names
    assert "Realizar Filtro 1" in names[1], names
    first = canvas.cards()[1]
    assert first.get_description() == "step, 1 of 4", first.get_description()
    assert first.get_attributes().get("level") == "1", first.get_attributes()


def test_relations():
    relations = canvas.card(TRIGGER).get_relation_set()
    flows = [r for r in relations if r.get_relation_type() == Atspi.RelationType.FLOWS_TO]
    assert flows and flows[0].get_target(0).get_name() == canvas.cards()[1].get_name(), relations


def test_actions():
    card = canvas.cards()[1]
    canvas.activate(card)
    assert canvas.read_line("open") == "open step a"
    plus = canvas.find("Add the first step", "button")
    canvas.activate(plus)
    assert canvas.read_line("open") == "open place - 0 0"


def has_focus(part):
    node = canvas.focused()
    return node and part in node.get_name()


def test_keyboard():
    canvas.take_keyboard("Canvas")
    canvas.key("Tab")
    wait_for(lambda: has_focus(TRIGGER), "Tab enters at the trigger")
    canvas.key("Down")
    wait_for(lambda: has_focus("due in 2 hours"), "an arrow goes to the first step")
    wait_for(lambda: is_in(canvas.card("due in 2 hours"), Atspi.StateType.SELECTED), "the selected state")
    canvas.key("Return")
    assert canvas.read_line("open") == "open step a"
    canvas.key("Tab")
    wait_for(lambda: has_focus("Add a step after"), "Tab goes to its button")
    canvas.key("space")
    assert canvas.read_line("open") == "open place - 0 1"
    canvas.key("shift+Tab")
    wait_for(lambda: has_focus("due in 2 hours"), "and back")
    canvas.key("slash")
    assert canvas.read_line("open") == "open place - 0 1"
    canvas.key("shift+F10")
    assert canvas.read_line("menu") == "menu step a"
    canvas.key("Escape")
    wait_for(lambda: not is_in(canvas.card("due in 2 hours"), Atspi.StateType.SELECTED), "Esc clears")


def test_click():
    canvas.take_keyboard("Canvas")
    x, y = canvas.middle("due in 2 hours")
    canvas.point("mousemove", x, y, "click", "--repeat", 2, "--delay", 40, 1)
    assert canvas.read_line("open") == "open step a"
    wait_for(lambda: is_in(canvas.card("due in 2 hours"), Atspi.StateType.SELECTED), "the clicked card is selected")
    canvas.point("mousemove", *canvas.middle("Note e"), "click", 1)
    wait_for(lambda: is_in(canvas.card("Note e"), Atspi.StateType.SELECTED), "the next one is selected")
    assert not is_in(canvas.card("due in 2 hours"), Atspi.StateType.SELECTED)
    canvas.point("keydown", "ctrl", "mousemove", x, y, "click", 1, "keyup", "ctrl")
    wait_for(lambda: is_in(canvas.card("due in 2 hours"), Atspi.StateType.SELECTED), "Ctrl adds")
    assert is_in(canvas.card("Note e"), Atspi.StateType.SELECTED)
    canvas.point("mousemove", 20, 20, "click", 1)
    wait_for(lambda: not is_in(canvas.card("Note e"), Atspi.StateType.SELECTED), "a click beside clears")
    canvas.point("mousemove", x, y, "click", 3)
    assert canvas.read_line("menu") == "menu step a"


def drag(start, end):
    canvas.point("mousemove", *start, "mousedown", 1)
    for i in range(1, 9):
        canvas.point("mousemove", start[0] + (end[0] - start[0]) * i // 8, start[1] + (end[1] - start[1]) * i // 8)


def top():
    return canvas.card(TRIGGER).get_component_iface().get_extents(Atspi.CoordType.WINDOW).y


def test_scrolling():
    left, upper, width, height = canvas.box(canvas.canvas)
    before = top()
    canvas.point("mousemove", left + 60, upper + height // 2, "click", 5)
    wait_for(lambda: top() < before, "the wheel scrolls")
    canvas.point("click", "--repeat", 5, 4)
    wait_for(lambda: top() == before, "and back")
    # The bar comes to the pointer at the edge.
    canvas.point("mousemove", left + width - 10, upper + 60)
    canvas.point("mousemove", left + width - 8, upper + 62)
    bar = canvas.find("", "scroll bar")
    canvas.point("mousemove", left + width - 6, upper + 64)
    wait_for(lambda: canvas.box(bar)[2] > 20, "it widens")
    canvas.point("mousemove", left + 60, upper + height // 2)
    wait_for(lambda: not canvas.look("", "scroll bar"), "it goes with the pointer")


def test_drag():
    plus = canvas.look('“Otherwise”', "button", partly=True).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    drag(canvas.middle("due in 2 hours"), (plus.x + plus.width // 2, plus.y + plus.height // 2))
    canvas.point("mouseup", 1)
    assert canvas.read_line("steps") == "steps b(c d|a e) f g"


def test_zoom():
    before = canvas.card(TRIGGER).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    canvas.point("mousemove", before.x + 10, before.y + 10, "keydown", "ctrl", "click", 4, "keyup", "ctrl")
    wait_for(lambda: canvas.card(TRIGGER).get_component_iface().get_extents(Atspi.CoordType.WINDOW).width > before.width * 1.1,
             "Ctrl and the wheel zoom in")


def test_announcements():
    canvas.take_keyboard("Canvas")
    announcements.clear()
    canvas.key("Home", "End")
    canvas.read_until("selected g")
    canvas.key("alt+Up")
    canvas.read_until("steps b(c d|a e) g f")
    announcements.expect("Move Step")
    canvas.key("ctrl+z")
    canvas.read_until("steps b(c d|a e) f g")
    announcements.expect("Undone: Move Step")
    canvas.key("Delete")
    canvas.read_until("steps b(c d|a e) f")
    announcements.expect("Delete Step")
    canvas.key("ctrl+z")
    canvas.read_until("steps b(c d|a e) f g")
    announcements.expect("Undone: Delete Step")
    canvas.key("ctrl+shift+z")
    canvas.read_until("steps b(c d|a e) f")
    announcements.expect("Done again: Delete Step")
    canvas.key("Insert")
    canvas.read_line("steps note ")
    announcements.expect("Add Step")


checks.check("names, places and levels", test_names)
checks.check("what flows to what", test_relations)
checks.check("actions", test_actions)
checks.check("the keyboard", test_keyboard)
checks.check("clicks", test_click)
checks.check("the wheel, and a scroll bar that comes to the pointer", test_scrolling)
checks.check("a dragged step", test_drag)
checks.check("Ctrl and the wheel", test_zoom)
checks.check("what is announced", test_announcements)
checks.end(canvas)
