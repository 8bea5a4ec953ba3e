#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The month of our calendar beside GNOME Calendar's: the same items, in one run.

usage: bench-gnome-calendar.py RUN_HEADLESS WORKFLOW SEED_STORE [NUMBER-OF-ITEMS...]

seed-store writes the items, over three months around now, into a store and as iCalendar; the latter becomes the local calendar of
evolution-data-server. GNOME Calendar and that server are not needed by the build (section peers of build-aux/packages).
Every start has a display, a session bus and folders of its own; both programs have a window of the same size, no graphics card and no
animations.

How it is known that a month is complete: by the picture. The display tells when something was drawn (its DAMAGE extension), and the
pixels of the screen are compared then; nothing is polled, which would take the programs' processors. It was complete at the last
change, when none has followed for a second in which the program and its data server were idle too (a program that is busy may only
not have come to paint), or none for half a minute although they were busy. What is not complete after three minutes is told as
"reference-at-least", and so is one that was not complete when the program broke down ("reference-ended" is its status: GNOME Calendar
of Debian 13 aborts when it has to show tens of thousands in a month). To the next month it is sent all the same. An empty calendar is
started first: its picture is not complete when there are items, and neither is a month that is the same after the key.

A busy computer makes everything longer, and what is short the most. So next-month-queued says for how much of the next month the
program's main thread was ready and had to wait for a processor that others had; without them the month had come so much earlier.

Prints one JSON line a measure: medians of ours and, as reference, of GNOME Calendar.
"""
import ctypes
import json
import mmap
import os
import pathlib
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

WIDTH, HEIGHT = 1200, 900
SIZES = (100, 10_000, 30_000, 100_000)
ROUNDS = {0: 1, 100: 5, 10_000: 3}  # of GNOME Calendar, else 1; many items take it minutes
OUR_ROUNDS = 5
MONTHS = {0: 0, 100: 6, 10_000: 3}  # keys pressed for it in a round: on, back, ...; else 2
OUR_MONTHS = 6
QUIET, IDLE = 1.0, 0.2  # seconds without a change; share of a processor that counts as idle
PATIENCE, LONGEST = 30.0, 180.0
CLOCK_OF_PROCESS = 2  # CPUCLOCK_SCHED of Linux: what the scheduler counted, to the nanosecond
NON_EMPTY = 3  # XDamageReportNonEmpty
EVENT = 24 * ctypes.sizeof(ctypes.c_long)  # XEvent
NOWHERE = "http://127.0.0.1:9"
PROGRAMS = ("gnome-calendar", "workflow")
UNITS = {"start": "ms", "start-processor": "ms", "next-month": "ms", "next-month-queued": "ms", "next-month-processor": "ms",
         "month-again": "ms", "month-again-queued": "ms", "memory": "MB", "memory-with-server": "MB"}


class Ended(Exception):
    """The program broke down, so many milliseconds after what was measured began."""


class Screen:
    """The pixels of the virtual display."""

    def __init__(self, folder):
        with open(pathlib.Path(folder) / "Xvfb_screen0", "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)

    def read(self):
        """All of them now."""
        return self.memory[:]


class Display:
    """Keys that come from the display itself (no program is started for them), and its word when something is drawn."""

    def __init__(self):
        self.x11, self.test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self.damages, self.fixes = ctypes.CDLL("libXdamage.so.1"), ctypes.CDLL("libXfixes.so.3")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XStringToKeysym.restype = ctypes.c_ulong
        self.x11.XKeysymToKeycode.restype = ctypes.c_ubyte
        self.damages.XDamageCreate.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(None))
        if not self.display:
            raise RuntimeError("the display cannot be opened")
        self.file = self.x11.XConnectionNumber(self.display)
        self.event = ctypes.create_string_buffer(EVENT)
        self.watch()

    def watch(self):
        """From now on; the pointer, which some programs change and others do not, is not in the picture."""
        root, ignored = ctypes.c_ulong(self.x11.XDefaultRootWindow(self.display)), ctypes.c_int()
        for library, query in ((self.damages, "XDamageQueryExtension"), (self.fixes, "XFixesQueryExtension")):
            if not getattr(library, query)(self.display, ctypes.byref(ignored), ctypes.byref(ignored)):
                raise RuntimeError(f"the display does not know {query}")
        self.fixes.XFixesHideCursor(self.display, root)
        self.damage = ctypes.c_ulong(self.damages.XDamageCreate(self.display, root, NON_EMPTY))
        self.x11.XSync(self.display, 0)

    def wait_drawn(self, seconds):
        """The moment at which something is drawn, or None when nothing is for so long. What is drawn from then on is told anew."""
        if not self.x11.XPending(self.display):
            select.select([self.file], [], [], max(seconds, 0))
        now = time.monotonic()
        if not self.x11.XPending(self.display):
            return None
        while self.x11.XPending(self.display):
            self.x11.XNextEvent(self.display, self.event)
        self.damages.XDamageSubtract(self.display, self.damage, ctypes.c_ulong(0), ctypes.c_ulong(0))
        self.x11.XSync(self.display, 0)
        return now

    def press(self, *names):
        """These keys together."""
        symbols = [ctypes.c_ulong(self.x11.XStringToKeysym(name.encode())) for name in names]
        codes = [ctypes.c_uint(self.x11.XKeysymToKeycode(self.display, symbol)) for symbol in symbols]
        for code in codes:
            self.test.XTestFakeKeyEvent(self.display, code, 1, ctypes.c_ulong(0))
        for code in reversed(codes):
            self.test.XTestFakeKeyEvent(self.display, code, 0, ctypes.c_ulong(0))
        self.x11.XSync(self.display, 0)


class Session:
    """One program on a display and bus of its own."""

    def __init__(self, command, pixels, environment):
        self.screen, self.display = Screen(pixels), Display()
        subprocess.run(["xdotool", "mousemove", str(WIDTH - 1), str(HEIGHT - 1)], check=True)
        self.blank = self.picture = self.screen.read()
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)

    def find_processes(self):
        """The program, and what the bus has started for its data."""
        bus = f"DBUS_SESSION_BUS_ADDRESS={os.environ['DBUS_SESSION_BUS_ADDRESS']}".encode()
        found = [self.process.pid]
        for folder in pathlib.Path("/proc").iterdir():
            try:
                name = (folder / "comm").read_text(encoding="utf-8") if folder.name.isdigit() else ""
                if name.startswith(("evolution-", "workflow-")) and bus in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:
                continue  # it has just ended
        return found

    def read_processor(self):
        """Milliseconds that all of them have had."""
        return sum(time.clock_gettime(~pid << 3 | CLOCK_OF_PROCESS) for pid in self.find_processes()) * 1000

    def read_queued(self):
        """Milliseconds for which the program's main thread was ready, while others had the processors."""
        return int(pathlib.Path(f"/proc/{self.process.pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e6

    def read_memory(self):
        """Proportional share of the program and of all of them, in megabytes."""
        each = []
        for pid in self.find_processes():
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith("Pss:"):
                    each.append(int(line.split()[1]) / 1024)
        return each[0], sum(each)

    def wait_complete(self, before, began, empty=b""):
        """Milliseconds from began until the picture that is another than before, and than that of an empty calendar, was
        complete, whether it was, and what read_queued said then."""
        last, changed, queued, busy = before, began, self.read_queued(), self.read_processor()
        asked = drawn = time.monotonic()
        while True:
            if self.process.poll() is not None:
                raise Ended((time.monotonic() - began) * 1000)
            picture = self.screen.read() if drawn else last
            if picture != last:
                last, changed, queued, busy, asked = picture, drawn, self.read_queued(), self.read_processor(), time.monotonic()
            elif time.monotonic() - asked >= QUIET:
                used, now = self.read_processor(), time.monotonic()
                idle = used - busy < (now - asked) * 1000 * IDLE
                if last not in (before, empty) and (idle or now - changed > PATIENCE):
                    return (changed - began) * 1000, True, queued
                asked, busy = now, used
            if time.monotonic() - began > LONGEST:
                return LONGEST * 1000, False, queued
            drawn = self.display.wait_drawn(asked + QUIET - time.monotonic())

    def focus(self):
        """There is no window manager: the window is given the keys."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], check=True,
                               capture_output=True, text=True).stdout.split()
        subprocess.run(["xdotool", "windowfocus", found[-1]], check=True)

    def turn(self, key):
        """To another month: milliseconds, those of them in a queue, milliseconds of the processor, whether it was complete."""
        before, busy, queued = self.screen.read(), self.read_processor(), self.read_queued()
        began = time.monotonic()
        self.display.press("Alt_L", key)
        wall, complete, waited = self.wait_complete(before, began)
        return (wall, waited - queued, self.read_processor() - busy), complete

    def start(self, result, empty):
        """Until the first month is there; whether it is."""
        result["start"], complete, _ = self.wait_complete(self.blank, self.began, empty)
        result["start-processor"] = self.read_processor()
        self.focus()
        complete = self.wait_complete(b"", time.monotonic())[1] and complete
        self.picture = self.screen.read()
        result["memory"], result["memory-with-server"] = self.read_memory()
        if not complete:
            result.setdefault("at-least", []).append("start")
        return complete

    def turn_months(self, result, months):
        """On and back; whether every month was complete."""
        again = []
        for i in range(months):
            measures, complete = self.turn("Left" if i % 2 else "Right")
            if i == 0:
                result["next-month"], result["next-month-queued"], result["next-month-processor"] = measures
                self.keep_picture("next")
            else:
                again.append(measures)
                result["month-again"], result["month-again-queued"] = (statistics.median(column) for column in list(zip(*again))[:2])
            if not complete:
                result.setdefault("at-least", []).append("month-again" if again else "next-month")
                return False
        return True

    def run(self, months, empty):
        """All measures of one start, or those until the program broke down."""
        result = {}
        try:
            began = self.start(result, empty)
            result["complete"] = self.turn_months(result, months) and began
        except Ended as ended:
            what = "start" if "memory" not in result else "month-again" if "next-month" in result else "next-month"
            result.setdefault("at-least", []).append(what)
            result |= {what: ended.args[0], "complete": False, "ended": self.process.returncode}
        return result

    def keep_picture(self, what):
        """For a look by hand: BENCH_PICTURES names the folder."""
        folder = os.environ.get("BENCH_PICTURES")
        if folder:
            name = pathlib.Path(self.process.args[0]).name
            subprocess.run(["import", "-window", "root", f"{folder}/{name}-{what}-{time.time():.0f}.png"], check=True)


def prepare_gnome_calendar(calendar):
    """Its items and its settings in the folders of this session; the command and what it needs in its environment."""
    data = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "evolution/calendar/system"
    settings = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0/settings"
    data.mkdir(parents=True)
    settings.mkdir(parents=True)
    shutil.copy(calendar, data / "calendar.ics")
    (settings / "keyfile").write_text(
        f"[org/gnome/calendar]\nwindow-maximized=false\nwindow-size=({WIDTH}, {HEIGHT})\nactive-view='month'\n", encoding="ascii")
    return ["gnome-calendar"], {"GSETTINGS_BACKEND": "keyfile", "G_DEBUG": ""}


def prepare_workflow(program, store):
    """The same for ours."""
    state, token = pathlib.Path(os.environ["XDG_STATE_HOME"]) / "account", pathlib.Path(os.environ["HOME"]) / "token"
    state.mkdir()
    shutil.copy(store, state / "this-run.sqlite")
    token.write_text("benchmark\n", encoding="ascii")
    token.chmod(0o600)
    return [program, "--server", NOWHERE, "--token-file", token, "--state-dir", state, "--page", "calendar",
            "--size", f"{WIDTH}x{HEIGHT}"], {}


def run_session(plan):
    """Inside run-headless."""
    style = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "gtk-4.0"
    style.mkdir(parents=True)
    (style / "settings.ini").write_text("[Settings]\ngtk-enable-animations=0\n", encoding="ascii")
    if plan["program"] == "gnome-calendar":
        command, environment = prepare_gnome_calendar(plan["calendar"])
    else:
        command, environment = prepare_workflow(plan["workflow"], plan["store"])
    session = Session(command, plan["pixels"], environment)
    try:
        result = session.run(plan["months"], pathlib.Path(plan["empty"]).read_bytes() if plan["empty"] else b"")
        pathlib.Path(plan["picture"]).write_bytes(session.picture)
    finally:
        session.process.kill()
        session.process.wait()
    print(json.dumps(result))


def start_session(run_headless, folder, plan):
    """One start of a program, on a display and bus of its own."""
    with tempfile.TemporaryDirectory(prefix="pixels-", dir=folder) as pixels:
        plan["pixels"] = pixels
        answer = subprocess.run([run_headless, sys.executable, __file__, "--session", json.dumps(plan)], check=False,
                                capture_output=True, text=True,
                                env=os.environ | {"HEADLESS_SCREEN": f"{WIDTH}x{HEIGHT}", "HEADLESS_PIXELS": pixels})
    lines = [line for line in answer.stdout.splitlines() if line.startswith("{")]
    if answer.returncode != 0 or not lines:
        raise RuntimeError(f"{plan['program']} with {plan['size']}: {answer.stderr.strip()[-2400:]}")
    return json.loads(lines[-1])


def measure(run_headless, workflow, seed, folder, size):
    """All rounds with so many items, the programs in turn: a list of results for each, and the last picture of each."""
    store, calendar = folder / f"{size}.sqlite", folder / f"{size}.ics"
    subprocess.run([seed, store, str(size), calendar], check=True)
    runs = {program: [] for program in PROGRAMS}
    pictures = {program: folder / f"{program}-{size}.pixels" for program in PROGRAMS}
    rounds = {"gnome-calendar": ROUNDS.get(size, 1), "workflow": OUR_ROUNDS if size else 1}
    for i in range(max(rounds.values())):
        for program in PROGRAMS:
            if i < rounds[program]:
                months = MONTHS.get(size, 2) if program == "gnome-calendar" or not size else OUR_MONTHS
                plan = {"program": program, "size": size, "workflow": workflow, "store": str(store), "calendar": str(calendar),
                        "picture": str(pictures[program]), "months": months,
                        "empty": str(folder / f"{program}-0.pixels") if size else ""}
                runs[program].append(start_session(run_headless, folder, plan))
    return runs, {program: path.read_bytes() for program, path in pictures.items()}


def describe(what, ours, theirs):
    """The line of a measure without its name; the peer's part is left out when it broke down before it came to that."""
    value = statistics.median(run[what] for run in ours)
    line = {"unit": UNITS[what], "value": round(value, 1), "reference": "gnome-calendar"}
    ends = [run["ended"] for run in theirs if "ended" in run]
    if ends:
        line["reference-ended"] = ends[0]
    if not all(what in run for run in theirs):
        return line
    reference = statistics.median(run[what] for run in theirs)
    line |= {"reference-value": round(reference, 1), "rounds": [len(ours), len(theirs)]}
    if not what.endswith("-queued"):  # says how busy the computer was
        line["ratio"] = round(value / reference, 4)
    if any(what in run.get("at-least", ()) for run in theirs):
        line["reference-at-least"] = True
    return line


def show(size, runs):
    """Every measure."""
    theirs, ours = (runs[program] for program in PROGRAMS)
    if not all(run["complete"] for run in ours):
        raise RuntimeError(f"our month with {size} was not complete: {ours}")
    for what in UNITS:
        if all(what in run for run in ours):
            print(json.dumps({"name": f"gnome-calendar/{size}/{what}"} | describe(what, ours, theirs)), flush=True)


def main():
    """Every size; 77 (skipped) without GNOME Calendar."""
    if sys.argv[1] == "--session":
        run_session(json.loads(sys.argv[2]))
        return 0
    if not shutil.which("gnome-calendar"):
        print("bench-gnome-calendar: GNOME Calendar is missing", file=sys.stderr)
        return 77
    sizes = [int(word) for word in sys.argv[4:]] or SIZES
    with tempfile.TemporaryDirectory(prefix="bench-gnome-calendar-") as name:
        _, empty = measure(*sys.argv[1:4], pathlib.Path(name), 0)
        for size in sizes:
            runs, pictures = measure(*sys.argv[1:4], pathlib.Path(name), size)
            for program in PROGRAMS:
                if pictures[program] == empty[program] and all(run["complete"] for run in runs[program]):
                    raise RuntimeError(f"{program} does not show any of the {size} items")
            show(size, runs)
    return 0


sys.exit(main())
