#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pre-seller's whole morning in the real window, by keyboard alone and seen over the accessibility bus: ten pieces of work, each
looked up in the CRM afterwards, each said aloud by the window.

usage: test-morning.py BUILD_ROOT SUPPORT_FOLDER   (inside run-headless)
"""
import calendar
import os
import pathlib
import sys
import tempfile
import time
import uuid

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from gi.repository import Atspi, GLib  # noqa: E402
from window_driver import DemoServer, Window, is_in, wait_for, walk  # noqa: E402

PERSON, MANAGER, COLLEAGUE = "ana", "carla", "Bruno Castro"
STEPS = ("complete with an outcome", "complete plainly", "snooze", "change the deadline", "take from the queue", "comment",
         "dismiss and undo", "complete several and undo", "answer an approval", "give to a colleague")


def iso(minutes):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + minutes * 60))


def another_time(due):
    """A clock time of the same day, a little beside a deadline."""
    then = calendar.timegm(time.strptime(due[:16], "%Y-%m-%dT%H:%M"))
    late, early = time.localtime(then + 120), time.localtime(then - 60)
    return time.strftime("%H:%M", late if late.tm_yday == time.localtime(then).tm_yday else early)


class Office:
    """The CRM of the morning, with its activities."""

    def __init__(self, folder):
        self.server = DemoServer(str(BUILD / "src/demo/workflow-demo-crm"), folder / "demo", "--no-generator", "--no-history")
        self.ids = {}
        lead = {"id": "l-morning", "name": "Padaria Sol", "owner": PERSON, "source": "site", "origin": "web", "stage": "new"}
        self.server.call("POST", "/events", "bridge", {
            "specversion": "1.0", "id": "e-morning", "source": "/test", "type": "lead.updated", "time": iso(0),
            "subject": "lead/l-morning", "data": {"lead": lead, "actor": "crm", "import": False}},
            "application/cloudevents+json")

    def add(self, title, minutes, person=PERSON, kind="task", activity_type="visit"):
        """An activity due in so many minutes; of a type without outcomes unless it is said."""
        key = str(uuid.uuid4())
        body = {"lead": "l-morning", "lead-name": "Padaria Sol", "type": activity_type, "title": title, "due": iso(minutes),
                "notes": title, "kind": kind}
        if person:
            body["person"] = person
        self.server.call("PUT", f"/activities/{key}", "bridge", body, headers={"If-None-Match": "*"})
        self.ids[title] = key

    def get(self, title):
        return self.server.call("GET", f"/activities/{self.ids[title]}", MANAGER)

    def wait(self, title, **wanted):
        """Until the activity's members in the CRM are these."""

        def is_so():
            found = self.get(title)
            return all(found.get(name.replace("_", "-")) == value for name, value in wanted.items()) and found

        try:
            return wait_for(is_so, f"{title} is {wanted} in the CRM")
        except AssertionError as error:
            raise AssertionError(f"{error}; it is {self.get(title)}") from error


class Announcements:
    """What the window says without the focus."""

    def __init__(self):
        self.texts = []
        self.listener = Atspi.EventListener.new(self.hear)
        self.listener.register("object:announcement")

    def hear(self, event):
        self.texts.append(str(event.any_data))

    def wait(self, text):
        context = GLib.MainContext.default()

        def heard():
            while context.iteration(False):
                pass
            return any(text in said for said in self.texts)

        wait_for(heard, f"{text!r} is announced; there were {self.texts}")


class Morning:
    def __init__(self, folder):
        self.office = Office(folder)
        self.fill()
        self.folder = folder
        self.said = Announcements()
        self.window = self.open(PERSON)
        self.window.find("Activities", "list")
        self.row("Outcome")
        self.window.take_keyboard()

    def open(self, person):
        token = self.folder / f"token-{person}"
        token.write_text(self.office.server.token(person), encoding="utf-8")
        token.chmod(0o600)
        return Window([str(BUILD / "src/workflow"), "--server", self.office.server.url, "--token-file", str(token), "--state-dir",
                       str(self.folder / f"state-{person}"), "--page", "today", "--size", "1100x900"])

    def fill(self):
        for i, title in enumerate(("Outcome", "Plain", "Snoozed", "Moved", "Commented", "Dismissed", "Several A", "Several B")):
            self.office.add(title, 5 + i, activity_type="filter-1" if title == "Outcome" else "visit")
        self.office.add("Approval", 40, kind="approval", activity_type="approval")
        self.office.add("Given", 60, person=MANAGER)

    def row(self, title):
        """The row's item on the bus: its name begins with the title."""

        def look():
            for node in walk(self.window.root):
                if node.get_role_name() == "list item" and (node.get_name() or "").startswith(title + ",") and \
                        is_in(node, Atspi.StateType.SHOWING):
                    return node
            return None

        return wait_for(look, f"the row {title!r}")

    def gone(self, title):
        wait_for(lambda: not any(node.get_role_name() == "list item" and (node.get_name() or "").startswith(title + ",")
                                 and is_in(node, Atspi.StateType.SHOWING) for node in walk(self.window.root)), f"{title!r} goes")

    def focused_row(self):
        node = self.window.focused()
        name = node.get_name() or "" if node else ""
        return name.split(",")[0] if node and node.get_role_name() == "list item" else None

    def go_to(self, title):
        """To a row by the arrow keys."""
        self.row(title)
        self.window.key("Home")
        for _ in range(20):
            if wait_for(self.focused_row, "a row with the focus") == title:
                return
            before = self.focused_row()
            self.window.key("Down")
            wait_for(lambda: self.focused_row() not in (before, None), "the focus moves")
        raise AssertionError(f"the focus never came to {title!r}")

    # ---- the work

    def complete_with_outcome(self):
        self.go_to("Outcome")
        self.window.key("space")
        self.window.find("How Did It End?", partly=True)
        self.window.find("Atendeu e tem interesse", partly=True)
        self.window.key("4")
        self.office.wait("Outcome", status="done", outcome="no-answer")
        self.said.wait("Completed “Outcome”")
        self.gone("Outcome")
        assert wait_for(self.focused_row, "a row with the focus") == "Plain", self.focused_row()  # the next one

    def complete_plain(self):
        self.window.key("space")
        self.office.wait("Plain", status="done")
        self.said.wait("Completed “Plain”")
        self.gone("Plain")

    def snooze(self):
        self.go_to("Snoozed")
        before = self.office.get("Snoozed")["due"]
        self.window.key("s")
        wait_for(lambda: any(node.get_role_name() == "menu item" and is_in(node, Atspi.StateType.SHOWING)
                             for node in walk(self.window.root)), "the choices")
        self.window.key("Down", "Return")
        self.said.wait("Reminds you again:")
        assert self.office.get("Snoozed")["due"] == before, "a snooze moved the deadline"

    def change_deadline(self):
        self.go_to("Moved")
        before = self.office.get("Moved")["due"]
        self.window.key("r")
        self.window.find("Change the Deadline", "dialog", partly=True)
        wait_for(lambda: (self.window.focused().get_role_name() or "") in ("text", "entry"), "the reason has the focus")
        self.window.type("They asked for tomorrow")
        self.window.tab_to("Time", key="shift+Tab")
        self.window.key("ctrl+a")
        self.window.type(another_time(before))
        self.window.key("Return")
        self.said.wait("New deadline: ")
        wait_for(lambda: self.office.get("Moved")["due"] != before, "the deadline moves in the CRM")

    def take_from_queue(self):
        self.office.add("Queue", 50, person=None)  # it comes in while somebody works
        self.window.tab_to("Mine", "radio button", key="shift+Tab")
        self.window.key("Left", "space")
        self.row("Queue")
        self.focus_list("Queue")
        self.window.key("t")
        self.office.wait("Queue", person=PERSON)
        self.said.wait("The activity is yours now")
        self.gone("Queue")
        self.window.tab_to("Unassigned", "radio button", key="shift+Tab")
        self.window.key("Right", "space")
        self.row("Queue")
        self.focus_list("Snoozed")

    def focus_list(self, title):
        """From the toggles into the list by Tab."""
        self.row(title)
        for _ in range(20):
            if self.focused_row():
                break
            self.window.key("Tab")
            time.sleep(0.1)
        self.go_to(title)

    def comment(self):
        self.go_to("Commented")
        self.window.key("c")
        wait_for(lambda: (self.window.focused().get_name() or "") == "Add a comment", "the comment has the focus")
        self.window.type("Calls back at noon")
        self.window.key("Return")
        self.said.wait("Comment added")
        wait_for(lambda: "Calls back at noon" in str(self.office.server.call("GET", "/leads/l-morning/comments", MANAGER)),
                 "the comment in the CRM")
        self.window.key("Escape")
        wait_for(self.focused_row, "back in the list")

    def dismiss_and_undo(self):
        self.go_to("Dismissed")
        self.window.key("Delete")
        self.office.wait("Dismissed", status="no-longer-needed")
        self.said.wait("“Dismissed” is no longer needed")
        self.gone("Dismissed")
        self.window.key("ctrl+z")
        self.office.wait("Dismissed", status="open")
        self.row("Dismissed")

    def several_and_undo(self):
        self.go_to("Several A")
        self.window.key("shift+Down")
        self.window.find("2 selected", partly=True)
        self.window.key("space")
        self.office.wait("Several A", status="done")
        self.office.wait("Several B", status="done")
        self.said.wait("2 completed")
        self.window.key("ctrl+z")
        self.office.wait("Several A", status="open")
        self.office.wait("Several B", status="open")

    def approve(self):
        self.go_to("Approval")
        self.window.key("space")
        approve = self.window.find("Approve", "button")
        self.window.tab_to("Approve", "button")
        assert is_in(approve, Atspi.StateType.FOCUSED)
        self.window.key("Return")
        self.office.wait("Approval", status="done", outcome="approved")
        self.said.wait("Approved “Approval”")

    def give(self):
        """A coordinator's part: who sees everyone gives work away."""
        presses = self.window.presses
        self.window.end()
        self.window = self.open(MANAGER)
        self.window.presses = presses
        self.window.find("Exceptions", "radio button")
        self.window.take_keyboard()
        self.window.tab_to("Exceptions", "radio button")
        self.window.key("Right", "space")
        self.focus_list("Given")
        self.window.key("a")
        self.window.find("Give to Another Person", "dialog", partly=True)
        self.window.type(COLLEAGUE)
        time.sleep(0.3)  # the search waits for the next letter
        self.window.key("Return")
        self.office.wait("Given", person="bruno")
        self.said.wait(f"Given to {COLLEAGUE}")

    def work(self):
        for step, do in zip(STEPS, (self.complete_with_outcome, self.complete_plain, self.snooze, self.change_deadline,
                                    self.take_from_queue, self.comment, self.dismiss_and_undo, self.several_and_undo,
                                    self.approve, self.give)):
            print(f"# {step}", flush=True)
            do()
        assert self.window.clicks == 0, "a pointer was used"

    def end(self):
        self.window.end()
        self.office.server.end()


def main():
    print("1..1")
    with tempfile.TemporaryDirectory() as folder:
        morning = Morning(pathlib.Path(folder))
        try:
            morning.work()
            print(f"# {morning.window.presses} keys")
            print("ok 1 a whole morning by keyboard")
            return 0
        except (AssertionError, GLib.Error, OSError) as error:
            print(f"not ok 1 a whole morning by keyboard\n# {type(error).__name__}: {error}")
            print("\n".join("# " + text for text in morning.window.describe().split("\n")))
            return 1
        finally:
            morning.end()


if __name__ == "__main__":
    sys.exit(main())
