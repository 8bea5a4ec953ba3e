#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the builder with a nested workflow: each of its parts light, dark, in high contrast, on a narrow window, with large
text and in Portuguese. They are written to BUILD_ROOT/tests/ui/pictures, to be looked at; the test sees that none is blank, that each shows
the whole window, and that nothing stands out of it.

usage: test-builder-pictures.py BUILD_ROOT SUPPORT_FOLDER [MODE]...   (inside run-headless)
"""
import functools
import json
import os
import pathlib
import subprocess
import sys
import time
import warnings

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from tap import run_cases  # noqa: E402
from window_driver import Atspi, DemoServer, is_in, wait_for, walk  # noqa: E402
from window_pictures import PictureWindow, set_text_scale  # noqa: E402

SOURCE = SUPPORT.resolve().parent.parent
PICTURES = BUILD / "tests/ui/pictures"
TEMPLATE = SOURCE / "data/templates/partner-relationship.template.json"  # nested twice, with most kinds of steps
ACTION = "Acompanhar parceiro"  # of the card that is opened

HIGH_CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}
EVENTS = 12  # of the days before, for the comparison

# Size of the window, options, language and the scale of text; what more the environment has.
MODES = {
    "light": ("1200x900", (), "en", 1),
    "dark": ("1200x900", ("--dark",), "en", 1),
    "high-contrast": ("1200x900", (), "en", 1, HIGH_CONTRAST),
    "high-contrast-dark": ("1200x900", ("--dark",), "en", 1, HIGH_CONTRAST),
    "narrow": ("360x720", (), "en", 1),
    "large-text": ("1200x900", (), "en", 1.5),
    "portuguese": ("1200x900", (), "pt_BR", 1),
}

warnings.simplefilter("ignore", DeprecationWarning)


def localise(value, language):
    """A template has the texts of a workflow in each language."""
    if isinstance(value, dict):
        if set(value) == {"en", "pt_BR"}:
            return value[language]
        return {name: localise(inner, language) for name, inner in value.items()}
    return [localise(inner, language) for inner in value] if isinstance(value, list) else value


def add_workflow(server, language):
    template = localise(json.loads(TEMPLATE.read_text(encoding="utf-8")), language)
    workflow = template["workflow"] | {"id": "5f0a3a52-0d3c-4b9a-9d5c-2f6f2f6f2f01", "name": template["name"], "state": "live"}
    server.call("PUT", f"/workflows/{workflow['id']}", "carla", workflow, headers={"If-None-Match": "*"})
    return workflow


def add_events(server):
    """Leads of partners, one after another in the past days."""
    for i in range(EVENTS):
        at = time.gmtime(time.time() - (i % 6 + 1) * 24 * 3600 - i * 600)
        lead = {"id": f"l-partner-{i}", "name": f"Padaria {i + 1}", "owner": ("ana", "bruno", "carla")[i % 3], "source": "site",
                "origin": "web", "stage": "new", "score": 20 + i, "custom": {"partner": "Alfa"}}
        server.call("POST", "/events", "bridge", {
            "specversion": "1.0", "id": f"e-partner-{i}", "source": "/pictures", "type": "lead.received",
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", at), "subject": f"lead/{lead['id']}",
            "data": {"lead": lead, "actor": "crm", "import": False}}, "application/cloudevents+json")


def add_version(server, workflow, number, name):
    """As somebody else publishes it."""
    server.call("PUT", f"/workflows/{workflow['id']}", "carla", workflow | {"version": number, "name": name},
                headers={"If-Match": "*"})


class Builder(PictureWindow):
    def __init__(self, mode, server, folder):
        size, options, language, scale, *more = MODES[mode]
        set_text_scale(scale)
        workflow = add_workflow(server, language)
        name = workflow["name"]
        token = folder / "token"
        token.write_text(server.token("carla"), encoding="utf-8")
        token.chmod(0o600)
        super().__init__(
            [str(BUILD / "src/workflow"), "--server", server.url, "--token-file", str(token), "--state-dir", str(folder / "state"),
             "--page", "workflows", "--size", size, *options],
            {**os.environ, "LC_ALL": "pt_BR.UTF-8" if language == "pt_BR" else "en_US.UTF-8", "LANGUAGE": language,
             "WORKFLOW_LOCALEDIR": str(BUILD / "po"), "XDG_DATA_DIRS": f"{SOURCE / 'data'}:/usr/share", **(more[0] if more else {})},
            mode, size, language, PICTURES, BUILD / "po")
        self.take_keyboard()
        self.find(name, "list item")
        for number, steps in ((2, workflow["steps"][:-1]), (3, workflow["steps"])):
            name = f"{workflow['name']} {number}"
            add_version(server, workflow | {"steps": steps}, number, name)
            self.find(name, "list item")
        add_events(server)
        self.do(self.find(name, "list item"), "row.activate")
        self.editor = wait_for(lambda: self.offering("editor.versions"), "the editor")

    def cards(self):
        return [node for node in walk(self.editor) if is_in(node, Atspi.StateType.SHOWING) and "card.open" in self.actions(node)]

    def card(self, part):
        return wait_for(lambda: next((card for card in self.cards() if part in card.get_name()), None), f"card {part!r}")

    def stands_for_itself(self):
        """A popover may stand out of the window: its list does not count."""
        return any("listitem.scroll-to" in self.actions(node) and node.get_parent().get_name() == self.word("Steps")
                   for node in walk(self.root) if node.get_role_name() == "list item" and is_in(node, Atspi.StateType.SHOWING))


# ---- the parts ----


def show_canvas(window):
    wait_for(window.cards, "the cards")
    window.picture("canvas")
    window.do(window.card(ACTION), "card.choose")
    window.do(window.editor, "editor.zoom-fit")
    window.picture("whole")
    window.do(window.editor, "editor.zoom-100")


def show_inspector(window):
    """Where there is no room beside the canvas it comes when it is asked for."""
    lies_above = window.mode in ("narrow", "large-text")
    if lies_above:
        window.do(window.editor, "editor.inspector")
    wait_for(lambda: window.look(window.word("Deadline"), "heading") or window.look(window.word("Deadline"), "label"), "the settings of the step")
    window.picture("inspector")
    if lies_above:
        window.escape()


def show_dialog(window):
    window.do(window.card(ACTION), "card.open")
    wait_for(lambda: window.offering("step.save"), "the pop-up of the step")
    window.picture("dialog")
    window.escape()


def show_chooser(window):
    window.do(window.editor, "editor.add-step")
    wait_for(lambda: window.look(window.word("Search steps"), "entry"), "the chooser")
    window.picture("chooser")
    window.escape()


def show_outline(window):
    """Where there is no room for the switch, the menu has it."""
    button = window.look(window.word("Outline"), "radio button")
    if button:
        window.activate(button)
    else:
        window.key("ctrl+2")
    wait_for(lambda: window.look(window.word("Outline of the workflow"), "list"), "the outline")
    window.picture("outline")
    window.key("ctrl+1")
    wait_for(lambda: window.focused() and "card.open" in window.actions(window.focused()), "the canvas has the focus")


def show_condition(window):
    """Over the trigger, which starts only for some leads."""
    window.key("Home")
    window.do(window.editor, "editor.edit")
    wait_for(lambda: window.offering("condition.add-test"), "the conditions")
    window.picture("condition")
    if window.mode == "narrow":
        window.escape()


def show_test(window):
    window.do(window.editor, "editor.test")
    window.do(wait_for(lambda: window.offering("test.write"), "the test"), "test.write")
    dialog = wait_for(lambda: window.look(window.word("Event for the Test"), "dialog"), "the form of the event")
    partner = wait_for(lambda: window.look("partner", "text", dialog), "the partner")
    Atspi.EditableText.set_text_contents(partner, "Alfa")
    run = wait_for(lambda: window.look(window.word("_Run").replace("_", ""), "button", dialog), "the button")
    window.activate(run)
    way = wait_for(lambda: window.look(window.word("Way of the event"), "list"), "the way")
    wait_for(lambda: way.get_child_count() > 0, "what happens")
    window.picture("test")
    window.do(window.editor, "editor.close-panel")
    window.rests()


def show_versions(window):
    """With a change that nobody has published, so that there is something to compare."""
    window.do(window.card(ACTION), "card.choose")
    window.do(window.editor, "editor.duplicate")
    window.rests()
    window.do(window.editor, "editor.versions")
    wait_for(lambda: window.look(window.word("Versions"), "dialog"), "the versions")
    window.has_text(window.word("Version %d") % 2)
    window.picture("versions")
    window.escape()


def show_compare(window):
    window.do(window.editor, "editor.compare")
    wait_for(lambda: next((n for n in walk(window.root) if n.get_role_name() == "dialog" and is_in(n, Atspi.StateType.SHOWING)), None),
             "the comparison")
    window.find(window.word("What Is Different"))
    window.picture("compare")
    window.escape()


PARTS = (show_canvas, show_inspector, show_dialog, show_chooser, show_outline, show_condition, show_test, show_versions, show_compare)


def run(mode, folder):
    server = DemoServer.start_empty(str(BUILD / "src/demo/workflow-demo-crm"), folder / "demo")
    window = None
    try:
        window = Builder(mode, server, folder)
        for part in PARTS:
            part(window)
    except Exception:
        if window is not None:
            print("\n".join("# " + text for text in window.describe().split("\n")))
            subprocess.run(["import", "-window", "root", str(PICTURES / f"failed-{mode}.png")], check=False)
        raise
    finally:
        if window is not None:
            window.end()
        server.end()


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    return run_cases([(mode, functools.partial(run, mode)) for mode in MODES if mode in (sys.argv[3:] or MODES)])


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
