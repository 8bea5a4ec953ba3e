# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes pictures of the real window, and looks at what can be told from them and from the accessibility bus: that none is blank,
that each shows the whole window, and that nothing stands out of it."""

import ctypes
import gettext
import os
import pathlib
import subprocess
import time

from window_driver import Atspi, Window, is_in, walk

FEWEST_COLOURS = 60
STANDING = ("button", "toggle button", "radio button", "check box", "entry", "text", "combo box", "spin button", "label")


def set_root_text(name, text):
    """A text for every program of the display, as xrdb sets it."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.argtypes = x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XChangeProperty.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_int, ctypes.c_int,
                                    ctypes.c_char_p, ctypes.c_int]
    display, data = x11.XOpenDisplay(None), text.encode()
    assert display, "the display"
    x11.XChangeProperty(display, x11.XDefaultRootWindow(display), x11.XInternAtom(display, name.encode(), 0),
                        x11.XInternAtom(display, b"STRING", 0), 8, 0, data, len(data))
    x11.XCloseDisplay(display)


def set_text_scale(scale):
    """Where there is no desktop, GTK asks the display for the size of text, and a file for the rest."""
    folder = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "gtk-4.0"
    folder.mkdir(parents=True, exist_ok=True)
    set_root_text("RESOURCE_MANAGER", f"Xft.dpi:\t{96 * scale}\n")
    settings = {"gtk-enable-animations": "false", "gtk-cursor-blink": "false",
                "gtk-decoration-layout": "appmenu:close"}  # the last as GNOME has it
    (folder / "settings.ini").write_text("\n".join(["[Settings]", *(f"{name}={value}" for name, value in settings.items())]),
                                         encoding="utf-8")


class StillWindow(Window):
    """A window that is waited for until it rests, and whose pictures are looked at. The size is set by whoever makes it."""

    size = (0, 0)

    def rests(self):
        """Waits until what is shown no longer changes."""
        last = None
        for _ in range(60):
            now = subprocess.run(["import", "-window", "root", "rgb:-"], check=True, capture_output=True).stdout
            if now == last:
                return
            last = now
            time.sleep(0.2)
        raise AssertionError("the window goes on changing")

    def take(self, path, fewest_colours):
        """A picture of what rests: whole, not blank, and with nothing that stands out of it."""
        self.rests()
        width, height = self.size
        subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+0+0", "+repage", str(path)], check=True)
        seen = subprocess.run(["identify", "-format", "%w %h %k", str(path)], check=True, capture_output=True, text=True).stdout
        wide, tall, colours = map(int, seen.split())
        assert (wide, tall) == (width, height), f"{path.name} is {wide}x{tall}"
        assert colours >= fewest_colours, f"{path.name} has only {colours} colours"
        outside = list(self.standing_out())
        assert not outside, f"{path.name}: out of the window: {outside}"


class PictureWindow(StillWindow):
    """mode: in the names of the pictures, which go to a folder; size: of the window, such as 1200x900."""

    def __init__(self, command, environment, mode, size, language, pictures, words):
        self.mode, self.size, self.pictures = mode, tuple(map(int, size.split("x"))), pictures
        self.words = gettext.translation("workflow", words, [language], fallback=language == "en")
        super().__init__(command, environment)

    def word(self, text):
        return self.words.gettext(text)

    def offering(self, action):
        """The object that offers an action: it has the same name in every language."""
        return next((node for node in walk(self.root) if is_in(node, Atspi.StateType.SHOWING) and action in self.actions(node)), None)

    def escape(self):
        self.key("Escape")
        self.rests()

    def picture(self, part):
        self.take(self.pictures / f"{part}-{self.mode}.png", FEWEST_COLOURS)

    def stands_for_itself(self):
        """TRUE while something with a surface of its own may stand out of the window."""
        return False

    def standing_out(self):
        """What a person sees or uses, but for what is scrolled and what has a surface of its own."""
        _, _, width, height = self.box(self.frame())

        def look(node):
            if node.get_role_name() in ("scroll pane", "viewport") or not is_in(node, Atspi.StateType.SHOWING):
                return
            if node.get_role_name() in STANDING and node.get_component_iface():
                x, y, wide, tall = self.box(node)
                if wide <= 0 or tall <= 0 or x < -12 or y < -12 or x + wide > width or y + tall > height:
                    yield node.get_role_name(), node.get_name(), (x, y, wide, tall)
            for i in range(node.get_child_count()):
                yield from look(node.get_child_at_index(i))

        if not self.stands_for_itself():
            yield from look(self.frame())
