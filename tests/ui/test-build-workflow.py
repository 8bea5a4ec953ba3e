#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager builds a workflow in the real window, from the page Today of an account without workflows until it is live and has
created activities: by keys alone in less than forty presses, by the pointer alone, and over the accessibility bus alone.

usage: test-build-workflow.py BUILD_ROOT SUPPORT_FOLDER [keys|pointer|bus]   (inside run-headless)
"""
import functools
import os
import pathlib
import subprocess
import sys
import time
import warnings

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from tap import run_cases  # noqa: E402
from window_driver import Atspi, DemoServer, Window, is_in, wait_for, walk  # noqa: E402

MOST_PRESSES = 40
FIRST, SECOND = "Realizar Filtro 1", "Ligação"
TYPES = ["filter-1", "call"]  # of these activities

warnings.simplefilter("ignore", DeprecationWarning)


class Builder(Window):
    """The window, open on the page Today of an account without workflows."""

    def __init__(self, server, folder):
        token = folder / "token"
        token.write_text(server.token("carla"), encoding="utf-8")
        token.chmod(0o600)
        self.server = server
        super().__init__([str(BUILD / "src/workflow"), "--server", server.url, "--token-file", str(token), "--state-dir",
                          str(folder / "state"), "--page", "today", "--size", "1200x960"])
        self.find("Today", "list item")
        self.find("Workflows", "list item")
        self.take_keyboard()

    def has_focus(self, name, role=None):
        """Waits, as a person looks before the next key."""

        def look():
            node = self.focused()
            return node and node.get_name() == name and (role is None or node.get_role_name() == role)

        wait_for(look, f"the focus is on {name!r}")

    def cards(self):
        canvas = self.find("Workflow", "list")
        return [node for node in walk(canvas) if node.get_role_name() == "list item" and is_in(node, Atspi.StateType.SHOWING)]

    def card(self, part):
        return wait_for(lambda: next((card for card in self.cards() if part in card.get_name()), None), f"card {part!r}")

    def n_cards(self, n):
        wait_for(lambda: len(self.cards()) == n, f"{n} cards")

    def dialog_closes(self, part):
        wait_for(lambda: not self.look(part, "dialog"), f"{part!r} closes")

    def is_listed(self, name):
        """Publishing goes back to the list, which has it."""
        self.find("Add Workflow", "button")
        self.find(name, "list item", partly=True)

    def labels(self, node):
        return [label.get_name() for label in walk(node) if label.get_role_name() == "label" and is_in(label, Atspi.StateType.SHOWING)]


# ---- what was built ----


def check_published(server, field, operator, value):
    """One live workflow: an activity, and a branch on a condition with the other one."""

    def live():
        found = [w["workflow"] for w in server.call("GET", "/workflows", "carla")]
        return found if found and found[0]["state"] == "live" else None

    workflows = wait_for(live, "a live workflow on the server")
    assert len(workflows) == 1, workflows
    workflow = workflows[0]
    assert workflow["name"], workflow
    assert workflow["trigger"]["event"] == "lead.received", workflow
    first, branch = workflow["steps"]
    assert (first["kind"], first["activity-type"]) == ("create-activity", TYPES[0]), first
    assert first["complete-within"] == {"amount": 30, "unit": "minutes"}, first
    assert branch["kind"] == "branch" and len(branch["paths"]) == 2, branch
    test = branch["paths"][0]["if"]
    test = test["all"][0] if "all" in test else test
    assert (test["field"], test["op"], test["value"]) == (field, operator, value), branch
    second, = branch["paths"][0]["steps"]
    assert (second["kind"], second["activity-type"]) == ("create-activity", TYPES[1]), second
    assert "if" not in branch["paths"][1] and not branch["paths"][1]["steps"], branch


def check_activities(server, lead_id):
    """An event makes the two activities."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    lead = {"id": lead_id, "name": "Padaria Sol", "owner": "carla", "source": "site", "origin": "web", "stage": "new", "score": 10}
    server.call("POST", "/events", "bridge", {
        "specversion": "1.0", "id": "e-" + lead_id, "source": "/test", "type": "lead.received", "time": now,
        "subject": "lead/" + lead_id, "data": {"lead": lead, "actor": "crm", "import": False}},
        "application/cloudevents+json")

    def made():
        activities = server.call("GET", "/activities?person=carla&status=open&limit=500", "carla")
        return sorted(a["type"] for a in activities) == sorted(TYPES)

    wait_for(made, "the two activities on the server")


# ---- by keys ----


def build_by_keys(window):
    window.key("alt+4")
    window.find("Add Workflow", "button")
    window.key("ctrl+n")
    window.has_focus("Available events")
    window.type("lead r")
    window.card("When a lead is received")
    for word, title, n in (("rea", FIRST, 2), ("lig", SECOND, 3)):
        window.key("ctrl+n")
        window.has_focus("Type of activity")
        window.find("Create an activity", "dialog")
        window.type(word)
        window.has_text(title)
        window.key("ctrl+Return")
        window.dialog_closes("Create an activity")
        window.n_cards(n)
    window.key("ctrl+b")  # what was added last, into a branch
    window.has_focus("Take the first path whose condition holds, of 2 paths")
    window.key("Down")
    window.has_focus("Path 1: Always")
    window.key("Return")
    window.has_focus("Condition", "button")
    window.key("Return")
    window.has_focus("Field: Choose a field")
    window.key("Return")
    window.has_focus("Search for a field")
    window.type("so")
    wait_for(lambda: window.look("Source", "list item"), "Source is found")
    window.key("Return")
    window.has_focus("Value")
    window.type("site")
    window.card("Path 1: Source is site")
    window.key("ctrl+Return")
    window.is_listed("Lead received")


def test_keys(server, window):
    build_by_keys(window)
    print(f"# {window.presses} key presses")
    assert window.presses < MOST_PRESSES, f"{window.presses} key presses"
    assert window.clicks == 0
    check_published(server, "lead.source", "eq", "site")
    check_activities(server, "l-keys")


# ---- by the pointer ----


def find_option(window, option):
    """The row of a list that is open. In some the row has no name but its label's."""
    label = window.look(option, "label")
    while label and label.get_role_name() not in ("list item", "combo box", "application"):
        label = label.get_parent()
    return label if label and label.get_role_name() == "list item" else None


def scroll_pane_of(node):
    while node.get_role_name() != "scroll pane":
        node = node.get_parent()
    return node


def click_option(window, opener, option):
    """Opens a list and clicks on one of what it offers, with the wheel until it is in sight: a long list has only the rows that
    can be seen, and some more."""
    window.click(opener)
    rows = wait_for(lambda: [n for n in walk(window.root) if n.get_role_name() == "list item"
                             and is_in(n, Atspi.StateType.SHOWING) and "listitem.scroll-to" in window.actions(n)
                             and window.box(n)[2] > 1], "a list opens")
    pane = scroll_pane_of(rows[-1])
    window.point("mousemove", *window.still(pane))
    for _ in range(60):
        node = find_option(window, option)
        if node:
            _, y, _, height = window.box(node)
            _, top, _, tall = window.box(pane)
            if y >= top and y + height <= top + tall:
                window.click(node, low=True)
                return
        window.point("click", 4 if node and y < top else 5)
        time.sleep(0.1)
    raise AssertionError(f"{option!r} is not offered")


def add_by_pointer(window, after, n, kind, title):
    click_option(window, window.find(after, "button", partly=True), kind)
    if title is not None:
        dialog = window.find(kind, "dialog")
        combo = wait_for(lambda: window.look("Type of activity", "combo box", dialog), "the types")
        click_option(window, combo, title)
        save = window.find("Save", "button")
        wait_for(lambda: is_in(save, Atspi.StateType.SENSITIVE), "it can be saved")
        window.click(save)
        window.dialog_closes(kind)
    window.n_cards(n)


def drag_into_path(window, title, path):
    """A drag that a busy computer did not notice changes nothing: it is made again, more slowly."""
    for pause in (0.05, 0.2, 0.5):
        plus = window.find(f"Add a step to “{path}”", "button")
        window.drag(window.still(window.card(title)), window.still(plus), pause)
        try:
            wait_for(lambda: "step, 1 of 1" in window.card(title).get_description(), f"{title!r} is in {path!r}", 3)
            return
        except AssertionError:
            if pause == 0.5:
                raise


def test_pointer(server, window):
    window.click(window.find("Workflows", "list item"))
    window.click(window.find("Add Workflow", "button"))
    click_option(window, window.find("Available events", "combo box"), "Lead received")
    window.card("When a lead is received")
    add_by_pointer(window, "Add the first step", 2, "Create an activity", FIRST)
    add_by_pointer(window, "Add a step after", 3, "Create an activity", SECOND)
    add_by_pointer(window, "Add a step after “Create “Realizar", 6, "Branch", None)
    drag_into_path(window, SECOND, "Path 1")
    window.click(window.card("Path 1"))
    window.click(window.find("Condition", "button"))
    click_option(window, window.find("Field: Choose a field", "toggle button"), "Stage")
    click_option(window, window.find("Choose a stage", "toggle button"), "Novo")
    window.card("Path 1: Stage is Novo")
    window.click(window.find("Publish", "button"))
    window.is_listed("Lead received")
    print(f"# {window.clicks} clicks")
    assert window.presses == 0
    check_published(server, "lead.stage", "eq", "new")
    check_activities(server, "l-pointer")


# ---- over the accessibility bus ----


def choose(window, combo, option):
    """A list to choose from goes to the next and the previous one; what is chosen can be read."""
    for _ in range(100):
        if option in window.labels(combo):
            return
        before = window.labels(combo)
        window.do(combo, "choice.next")
        wait_for(lambda: window.labels(combo) != before, f"{combo.get_name()!r} goes on from {before}")
    raise AssertionError(f"{option!r} is not offered")


def search(window, name, text):
    entry = window.find(name, "entry")
    Atspi.EditableText.set_text_contents(entry, text)
    wait_for(lambda: window.look(text, "list item"), f"{text!r} is found")
    window.do(entry, "activate")


def add_over_bus(window, after, n, title):
    window.activate(window.find(after, "button", partly=True))
    search(window, "Search steps", "Create an activity")
    dialog = window.find("Create an activity", "dialog")
    choose(window, wait_for(lambda: window.look("Type of activity", "combo box", dialog), "the types"), title)
    window.press("Save")
    window.dialog_closes("Create an activity")
    window.n_cards(n)


def flows_to(card):
    return [relation.get_target(i).get_name() for relation in card.get_relation_set()
            if relation.get_relation_type() == Atspi.RelationType.FLOWS_TO for i in range(relation.get_n_targets())]


def check_cards(window):
    """What a screen reader is told of each card: what it is, where it stands, and what comes next."""
    cards = window.cards()
    assert [card.get_description().split(".")[0] for card in cards] == [
        "trigger, 1 of 1", "step, 1 of 2", "branch, 2 of 2", "path, 1 of 2", "step, 1 of 1", "path, 2 of 2"], cards
    assert [card.get_attributes().get("level") for card in cards] == ["1", "1", "1", "2", "3", "2"], [
        card.get_attributes() for card in cards]
    names = [card.get_name() for card in cards]
    assert all(names) and FIRST in names[1] and SECOND in names[4], names
    assert flows_to(cards[0]) == [names[1]], flows_to(cards[0])
    assert flows_to(cards[1]) == [names[2]], flows_to(cards[1])
    assert flows_to(cards[2]) == [names[3], names[5]], flows_to(cards[2])
    assert flows_to(cards[3]) == [names[4]], flows_to(cards[3])


def check_problems(window):
    """Between wrapping and the condition the other path is never taken: the card and the bar at the foot say so."""
    assert "Warning: This path is never taken" in window.card("Otherwise").get_description()
    button = window.find("1 problem", "button", partly=True)
    assert "This path is never taken" in button.get_name(), button.get_name()
    window.activate(button)
    row = window.find("This path is never taken", "list item", partly=True)
    assert row, "the list of problems"
    window.do(editor(window), "editor.close-panel")


def editor(window):
    return wait_for(lambda: next((node for node in walk(window.root) if "editor.undo" in window.actions(node)), None), "the editor")


def check_outline(window):
    """What is selected in the canvas is selected in the outline."""
    card = window.card(FIRST)
    assert window.actions(card) == ["card.open", "card.choose"], f"what is done first opens it: {window.actions(card)}"
    window.do(card, "card.choose")
    wait_for(lambda: is_in(card, Atspi.StateType.SELECTED), "the card is selected")
    window.activate(window.find("Outline", "radio button"))
    outline = window.find("Outline of the workflow", "list")

    def selected():
        return [row.get_name() for row in walk(outline) if row.get_role_name() == "list item" and is_in(row, Atspi.StateType.SELECTED)]

    names = wait_for(selected, "a selected row")
    assert len(names) == 1 and FIRST in names[0], names
    window.activate(window.find("Canvas", "radio button"))
    window.card(FIRST)


def test_bus(server, window):
    window.do(window.find("Workflows", "list item"), "row.activate")
    window.press("Add Workflow")
    choose(window, window.find("Available events", "combo box"), "Lead received")
    window.card("When a lead is received")
    add_over_bus(window, "Add the first step", 2, FIRST)
    add_over_bus(window, "Add a step after", 3, SECOND)
    wait_for(lambda: is_in(window.card(SECOND), Atspi.StateType.SELECTED), "what was added is selected")
    window.do(editor(window), "editor.wrap")
    window.n_cards(6)
    check_cards(window)
    check_problems(window)
    window.do(window.card("Path 1"), "card.open")
    window.press("Condition")
    window.press("Field: Choose a field", "toggle button")
    search(window, "Search for a field", "Source")
    value = window.find("Value", "text")
    Atspi.EditableText.set_text_contents(value, "site")
    window.card("Path 1: Source is site")
    wait_for(lambda: window.look("No problems", "button"), "no problems")
    check_outline(window)
    window.press("Publish")
    window.is_listed("Lead received")
    assert (window.presses, window.clicks) == (0, 0), "only over the bus"
    check_published(server, "lead.source", "eq", "site")
    check_activities(server, "l-bus")


# ---- the tests ----


def run(test, folder):
    server = DemoServer.start_empty(str(BUILD / "src/demo/workflow-demo-crm"), folder / "demo")
    window = None
    try:
        assert server.call("GET", "/workflows", "carla") == []
        window = Builder(server, folder)
        test(server, window)
    except Exception:
        if window is not None:
            print("\n".join("# " + text for text in window.describe().split("\n")))
            if "WORKFLOW_TEST_PICTURE" in os.environ:
                subprocess.run(["import", "-window", "root", os.environ["WORKFLOW_TEST_PICTURE"]], check=False)
        raise
    finally:
        if window is not None:
            window.end()
        server.end()


TESTS = {"by keys alone, in less than forty presses": test_keys, "by the pointer alone": test_pointer,
         "over the accessibility bus alone": test_bus}


def main():
    chosen = [(name, functools.partial(run, test)) for name, test in TESTS.items() if all(word in name for word in sys.argv[3:])]
    return run_cases(chosen)


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
