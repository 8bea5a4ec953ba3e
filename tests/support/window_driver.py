# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window as a person would: AT-SPI to look, and to act as a screen reader or a switch does; xdotool for keys and
the pointer. Keys and clicks are counted."""

import contextlib
import json
import pathlib
import queue
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

SECONDS = 30


def wait_for(found, what, seconds=SECONDS):
    """The first true value of found(), asked again and again; objects that vanish meanwhile do not matter."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            value = found()
            if value:
                return value
        except GLib.Error:
            pass
        time.sleep(0.03)
    raise AssertionError(f"timed out: {what}")


def walk(node):
    yield node
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child:
            yield from walk(child)


def is_in(node, state):
    return node.get_state_set().contains(state)


class Window:
    """The application's window on the accessibility bus."""

    presses = 0  # keys, each letter too; one that is held with another counts with it
    clicks = 0

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(command, env=environment)
        self.root = wait_for(self._find_application, "the application on the accessibility bus")

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application and application.get_process_id() == self.process.pid:
                return application
        return None

    def look(self, name, role=None, inside=None, partly=False):
        """The first showing object with that name and role, or None."""
        for node in walk(inside or self.root):
            text = node.get_name() or ""
            if (name in text if partly else text == name) and (role is None or node.get_role_name() == role):
                if is_in(node, Atspi.StateType.SHOWING):
                    return node
        return None

    def find(self, name, role=None, partly=False, seconds=SECONDS):
        return wait_for(lambda: self.look(name, role, partly=partly), f"{role or 'object'} {name!r}", seconds)

    def has_text(self, text, seconds=SECONDS):
        """Waits until some showing object has the text in its name, its text or its description."""

        def look():
            for node in walk(self.root):
                parts = [node.get_name() or "", node.get_description() or ""]
                if node.get_text_iface():
                    parts.append(Atspi.Text.get_text(node, 0, -1))
                if any(text in part for part in parts) and is_in(node, Atspi.StateType.SHOWING):
                    return node
            return None

        return wait_for(look, f"text {text!r}", seconds)

    def focused(self):
        for node in walk(self.root):
            if is_in(node, Atspi.StateType.FOCUSED):
                return node
        return None

    def key(self, *keys):
        self.presses += len(keys)
        subprocess.run(["xdotool", "key", "--delay", "30", *keys], check=True)

    def type(self, text):
        self.presses += len(text)
        subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)

    def take_keyboard(self, title="Workflow"):
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(self.process.pid), "windowfocus", "--sync"],
                       check=False, stderr=subprocess.DEVNULL, timeout=20)

    def tab_to(self, name, role=None, most=60, key="Tab"):
        """Moves the focus by Tab until it is on the object, as a person without a pointer does."""
        for _ in range(most):
            node = self.focused()
            if node and (node.get_name() or "") == name and (role is None or node.get_role_name() == role):
                return node
            self.key(key)
            time.sleep(0.06)
        raise AssertionError(f"the focus never came to {name!r}")

    def frame(self):
        return self.root.get_child_at_index(0)

    def box(self, node):
        """Left, top, width and height on the screen, where the window stands at the top left; popovers count from it, too."""
        origin = self.frame().get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return box.x - origin.x, box.y - origin.y, box.width, box.height

    def middle(self, node):
        x, y, width, height = self.box(node)
        return x + width // 2, y + height // 2

    def still(self, node):
        """The middle of an object, once it no longer moves."""
        last = self.middle(node)
        for _ in range(50):
            time.sleep(0.08)
            now = self.middle(node)
            if now == last:
                return now
            last = now
        raise AssertionError(f"{node.get_name()!r} goes on moving")

    def point(self, *words):
        subprocess.run(["xdotool", *map(str, words)], check=True)

    def click(self, node, low=False):
        """A click where the object stands. GTK 4.18 leaves the padding of what it stands in out of where it says that it stands,
        so low down is surer in a list of a popover."""
        x, y = self.still(node)
        self.clicks += 1
        self.point("mousemove", x, y + self.box(node)[3] // 2 - 3 if low else y, "click", 1)

    def drag(self, start, end, pause=0.05):
        self.clicks += 1
        self.point("mousemove", *start, "mousedown", 1)
        for i in range(1, 9):
            self.point("mousemove", start[0] + (end[0] - start[0]) * i // 8, start[1] + (end[1] - start[1]) * i // 8)
            time.sleep(pause)
        self.point("mouseup", 1)

    def actions(self, node):
        """The names of what the object itself offers to do."""
        action, names = node.get_action_iface(), []
        for i in range(action.get_n_actions() if action else 0):
            try:
                names.append(Atspi.Action.get_action_name(action, i))
            except GLib.Error:  # it cannot be done any more
                names.append("")
        return names

    def do(self, node, name):
        """Does one of the object's own actions."""
        wait_for(lambda: name in self.actions(node), f"{node.get_role_name()} {node.get_name()!r} offers {name}")
        if not node.get_action_iface().do_action(self.actions(node).index(name)):
            raise AssertionError(f"{node.get_role_name()} {node.get_name()!r} did not do {name}")

    def activate(self, node):
        """Does the object's own first action."""
        action = node.get_action_iface()
        if not action or not action.do_action(0):
            raise AssertionError(f"{node.get_role_name()} {node.get_name()!r} has no action")

    def press(self, name, role="button", partly=False):
        """Waits for the button, until it can be pressed, and presses it."""
        node = self.find(name, role, partly)
        wait_for(lambda: is_in(node, Atspi.StateType.SENSITIVE), f"{name!r} can be pressed")
        self.activate(node)
        return node

    def describe(self):
        """The tree as text, for a failed test's log."""
        lines = []

        def add(node, depth):
            if depth == 0 or is_in(node, Atspi.StateType.SHOWING):
                lines.append("  " * depth + f"{node.get_role_name()} {node.get_name()!r} {node.get_description() or ''}")
                for i in range(node.get_child_count()):
                    add(node.get_child_at_index(i), depth + 1)

        add(self.root, 0)
        return "\n".join(lines)

    def end(self):
        self.process.terminate()
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


class TellingWindow(Window):
    """A test program's window, which tells on its standard output what is done in it."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self._read_lines, daemon=True).start()
        self.root = wait_for(self._find_application, "the application on the accessibility bus")

    def _read_lines(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def read_line(self, start, seconds=20):
        """The next line of the program that begins like this."""
        end = time.monotonic() + seconds
        while True:
            try:
                line = self.lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"the window did not tell {start!r}") from None
            if line.startswith(start):
                return line

    def read_until(self, expected, seconds=20):
        """Reads until this line."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.read_line(expected.split(" ", 1)[0], max(0.01, end - time.monotonic())) == expected:
                return
        raise AssertionError(f"{expected!r} did not come")


class Announcements:
    """What a program says to whoever listens to a screen reader, besides what has the focus."""

    def __init__(self, window):
        self.pid = window.process.pid
        self.texts = []
        self.listener = Atspi.EventListener.new(self._on_event)
        if not self.listener.register("object:announcement"):
            raise AssertionError("announcements cannot be listened to")

    def _on_event(self, event):
        if event.source.get_process_id() == self.pid:
            self.texts.append(event.any_data)

    def _poll(self):
        while GLib.MainContext.default().iteration(False):
            pass
        return self.texts

    def expect(self, *texts):
        """Waits for the next ones, which must be these and in this order."""
        wait_for(lambda: len(self._poll()) >= len(texts), f"announcements {texts}, heard {self.texts}")
        heard, self.texts = self.texts, []
        assert heard == list(texts), f"heard {heard} instead of {list(texts)}"

    def clear(self):
        """Forgets what was said until now, by drags for instance."""
        self._poll()
        self.texts = []


class Checks:
    """The lines of a test: each check is one, whatever becomes of the others."""

    def __init__(self):
        self.results = []

    def check(self, name, test):
        try:
            test()
            self.results.append(True)
            print(f"ok {len(self.results)} - {name}")
        except Exception as error:  # noqa: BLE001 - reported
            self.results.append(False)
            print(f"not ok {len(self.results)} - {name}")
            print("# " + str(error).replace("\n", "\n# "))
        sys.stdout.flush()

    def end(self, window):
        """Closes the window, shows it first if something failed, and ends the program."""
        print(f"1..{len(self.results)}")
        passed = bool(self.results) and all(self.results)
        if not passed:
            print("# " + window.describe().replace("\n", "\n# "))
        window.end()
        sys.exit(0 if passed else 1)


class DemoServer:
    """The demo CRM as its own process, and a client of its API as one of its people."""

    def __init__(self, program, folder, *options):
        self.process = subprocess.Popen([program, "--port", "0", "--state-dir", str(folder), *options],
                                        stdout=subprocess.PIPE, text=True)
        ready = json.loads(self.process.stdout.readline())
        self.url = ready["url"]
        self.tokens = json.loads(pathlib.Path(ready["tokens-file"]).read_text(encoding="utf-8"))

    @classmethod
    def start_empty(cls, program, folder, *options):
        """With the sample company and its people, but without its workflows: no option leaves them out, so they are taken away
        between two starts."""
        options = ("--no-generator", "--no-history", *options)
        cls(program, folder, *options).end()
        with sqlite3.connect(pathlib.Path(folder) / "crm.sqlite") as database:
            database.execute("DELETE FROM documents WHERE kind = 'workflow'")
        database.close()
        return cls(program, folder, *options)

    def token(self, person):
        return self.tokens[person]

    def call(self, method, path, person, body=None, content_type="application/json", headers=None):
        request = urllib.request.Request(self.url + path, method=method, headers={
            "Authorization": f"Bearer {self.token(person)}", "Content-Type": content_type, **(headers or {})})
        if body is not None:
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request, timeout=20) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def end(self):
        self.process.terminate()
        self.process.wait(20)

    def write_token(self, person, path):
        """The person's token in a file that only its owner can read, as --token-file wants it."""
        path.write_text(self.token(person), encoding="utf-8")
        path.chmod(0o600)
        return path

    def open_window(self, program, folder, person, page, *options):
        """The application as one of the people, with a state folder of its own in that folder."""
        token = self.write_token(person, folder / f"token-{person}")
        return Window([str(program), "--server", self.url, "--token-file", str(token), "--state-dir",
                       str(folder / f"state-{person}"), "--page", page, *options])

    def post_lead(self, lead, name, owner):
        """A lead that is received now."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        data = {"id": lead, "name": name, "owner": owner, "source": "site", "origin": "web", "stage": "new", "score": 10,
                "phone": "+55 11 5555-0100", "email": "sol@example.com"}
        self.call("POST", "/events", "bridge", {
            "specversion": "1.0", "id": f"received-{lead}", "source": "/test", "type": "lead.received", "time": now,
            "subject": f"lead/{lead}", "data": {"lead": data, "actor": "crm", "import": False}},
            "application/cloudevents+json")


@contextlib.contextmanager
def opened(window, *others):
    """Ends the window and what else was started for it; shows the window first when something failed."""
    try:
        yield window
    except Exception:
        print("\n".join("# " + text for text in window.describe().split("\n")))
        raise
    finally:
        for each in (window, *others):
            each.end()


def run_one(name, check):
    """A test of one check, which gets a folder of its own. Result: the exit status."""
    print("1..1", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            check(pathlib.Path(folder))
        except (AssertionError, GLib.Error, OSError) as error:
            print(f"not ok 1 {name}\n# {type(error).__name__}: {error}")
            return 1
    print(f"ok 1 {name}")
    return 0
