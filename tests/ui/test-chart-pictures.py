#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every chart: light, dark, in high contrast, on a narrow window, with large text, from right to left, and their tables.
They are written to BUILD_ROOT/tests/ui/pictures, to be looked at; the test sees that none is blank and that nothing stands out of
the window.

usage: test-chart-pictures.py CHARTS_WINDOW BUILD_ROOT SUPPORT_FOLDER [MODE]...   (inside run-headless)
"""
import os
import pathlib
import sys

PROGRAM, BUILD, SUPPORT = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
sys.path.insert(0, SUPPORT)

from window_driver import Atspi, is_in, wait_for, walk  # noqa: E402
from window_pictures import StillWindow  # noqa: E402

PICTURES = BUILD / "tests/ui/pictures"
CHARTS = ("trend", "hours", "people", "heat", "funnel")
FEWEST_COLOURS = 20
NARROW = ("360x640", (), {})
MODES = {
    "light": ("900x420", (), {}),
    "dark": ("900x420", ("--dark",), {}),
    "high-contrast": ("900x420", (), {"ADW_DEBUG_HIGH_CONTRAST": "1"}),
    "narrow": NARROW,
    "large-text": ("600x620", ("--large",), {}),
    "right-to-left": ("700x420", ("--mirrored",), {}),
    "table": ("700x420", ("--table",), {}),
}


class Chart(StillWindow):
    def __init__(self, chart, mode):
        size, options, environment = MODES[mode]
        self.path = PICTURES / f"chart-{chart}-{mode}.png"
        self.size = tuple(map(int, size.split("x")))
        width, height = self.size
        super().__init__([PROGRAM, f"--only={chart}", f"--width={width}", f"--height={height}", *options],
                         {**os.environ, **environment})

    def standing_out(self):
        _, _, width, _ = self.box(self.frame())
        for node in walk(self.frame()):
            if node.get_role_name() == "list item" and is_in(node, Atspi.StateType.SHOWING):
                x, _, wide, tall = self.box(node)
                if wide <= 0 or tall <= 0 or x < 0 or x + wide > width:
                    yield node.get_name()

    def picture(self):
        wait_for(lambda: self.look("Chart Menu", partly=True) or self.look("Menu of", partly=True), "the chart's menu")
        self.take(self.path, FEWEST_COLOURS)
        width, real = self.size[0], self.box(self.frame())[2]
        assert real <= width, f"{self.path.name}: the window wants {real} pixels"


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    failed, n = False, 0
    for mode in sys.argv[4:] or MODES:
        for chart in CHARTS:
            n += 1
            window = Chart(chart, mode)
            try:
                window.picture()
                print(f"ok {n} - {chart}, {mode}")
            except Exception as error:  # noqa: BLE001 - reported
                failed = True
                print(f"not ok {n} - {chart}, {mode}")
                print("# " + str(error).replace("\n", "\n# "))
            finally:
                window.end()
            sys.stdout.flush()
    print(f"1..{n}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
