#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of a pre-seller's day, with the sample company: Today, the calendar, the leads and one of them, light, dark, in high contrast,
on a narrow window and with large text. They are written to BUILD_ROOT/tests/ui/pictures, to be looked at; the test sees that none is blank,
that each shows the whole window, and that nothing stands out of it.

usage: test-day-pictures.py BUILD_ROOT SUPPORT_FOLDER [MODE]...   (inside run-headless)
"""
import functools
import os
import pathlib
import subprocess
import sys

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from tap import run_cases  # noqa: E402
from window_driver import DemoServer, wait_for  # noqa: E402
from window_pictures import PictureWindow, set_text_scale  # noqa: E402

SOURCE = SUPPORT.resolve().parent.parent
PICTURES = BUILD / "tests/ui/pictures"
PERSON = "ana"
HIGH_CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}

# Size of the window, options, language and the scale of text; what more the environment has.
MODES = {
    "light": ("1200x900", (), "en", 1, {}),
    "dark": ("1200x900", ("--dark",), "en", 1, {}),
    "high-contrast": ("1200x900", (), "en", 1, HIGH_CONTRAST),
    "high-contrast-dark": ("1200x900", ("--dark",), "en", 1, HIGH_CONTRAST),
    "narrow": ("360x720", (), "en", 1, {}),
    "large-text": ("1200x900", (), "en", 1.5, {}),
    "narrow-large-text": ("360x720", (), "en", 1.5, {}),
    "portuguese": ("1270x900", (), "pt_BR", 1, {}),
}


def open_page(server, mode, page, folder):
    size, options, language, scale, environment = MODES[mode]
    token = folder / "token"

    set_text_scale(scale)
    server.write_token(PERSON, token)
    return PictureWindow(
        [str(BUILD / "src/workflow"), "--server", server.url, "--token-file", str(token), "--state-dir", str(folder / "state"),
         "--page", page, "--size", size, *options],
        {**os.environ, "LC_ALL": "pt_BR.UTF-8" if language == "pt_BR" else "en_US.UTF-8", "LANGUAGE": language,
         "WORKFLOW_LOCALEDIR": str(BUILD / "po"), "XDG_DATA_DIRS": f"{SOURCE / 'data'}:/usr/share", **environment},
        mode, size, language, PICTURES, BUILD / "po")


def show_today(window):
    wait_for(lambda: window.offering("today.open-one") or window.look(window.word("Activities"), "list"), "the list")
    window.picture("today")


def show_calendar(window):
    wait_for(lambda: window.offering("calendar.today"), "the calendar")
    window.picture("calendar")


def show_leads(window):
    wait_for(lambda: window.offering("leads.next-lead"), "the table")
    window.picture("leads")
    window.take_keyboard()
    window.key("Home")
    window.key("Return")
    wait_for(lambda: window.offering("lead.comment"), "the page of a lead")
    window.picture("lead")


PARTS = {"today": show_today, "calendar": show_calendar, "leads": show_leads}


def run(mode, folder):
    server = DemoServer(str(BUILD / "src/demo/workflow-demo-crm"), folder / "demo", "--no-generator")
    window = None
    try:
        for page, show in PARTS.items():
            window = open_page(server, mode, page, folder)
            show(window)
            window.end()
            window = None
    except Exception:
        if window is not None:
            print("\n".join("# " + text for text in window.describe().split("\n")))
            subprocess.run(["import", "-window", "root", str(PICTURES / f"failed-day-{mode}.png")], check=False)
            window.end()
        raise
    finally:
        server.end()


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    return run_cases([(mode, functools.partial(run, mode)) for mode in MODES if mode in (sys.argv[3:] or MODES)])


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
