#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms depend one way only: each file under src/ may include what the table below allows, and nothing else.

usage: check-layers.py SOURCE_ROOT
"""
import pathlib
import re
import sys

# room: (rooms whose headers it may include, libraries whose headers it may include beside GLib, GIO and libc)
ROOMS = {
    "base": (set(), {"yyjson"}),
    "domain": ({"base"}, set()),
    "icalendar": ({"base", "domain", "store", "runtime"}, {"libical"}),
    "engine": ({"base", "domain"}, set()),
    "store": ({"base", "domain"}, {"sqlite3"}),
    "report": ({"base", "domain", "store"}, set()),
    "runtime": ({"base", "domain", "engine", "store"}, set()),
    "crm": ({"base", "domain"}, {"libsoup", "libsecret"}),
    "eds": ({"base", "domain"}, {"libecal"}),
    "demo": ({"base", "domain"}, {"libsoup", "sqlite3"}),
    "desktop": ({"base", "domain", "runtime", "store"}, set()),
    "ui": ({"base", "domain", "engine", "store", "report", "runtime", "icalendar", "desktop"}, {"adwaita", "gtk", "gdk", "gsk", "graphene", "pango", "cairo"}),
    "cli": ({"base", "domain", "engine", "store", "report", "runtime", "crm", "demo"}, set()),
}
LIBRARIES = re.compile(r"^(yyjson|sqlite3|libsoup|libsecret|libical|libecal|adwaita|gtk|gdk|gsk|graphene|pango|cairo)(?=[./-]|$)")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)


def main():
    root = pathlib.Path(sys.argv[1]) / "src"
    files = [p for p in sorted(root.rglob("*.[ch]")) if p.parent != root]
    home = {p.name: p.relative_to(root).parts[0] for p in files if p.suffix == ".h"}
    problems, seen = [], 0
    for path in files:
        room = path.relative_to(root).parts[0]
        if room not in ROOMS:
            problems.append(f"{path.relative_to(root)}: {room} is no room of the architecture")
            continue
        rooms, libraries = ROOMS[room]
        for kind, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            seen += 1
            other = home.get(name.rsplit("/", 1)[-1]) if kind == '"' else None
            if other and other != room and other not in rooms:
                problems.append(f"src/{path.relative_to(root)}: {room} may not use {other} ({name})")
            library = LIBRARIES.match(name) if kind == "<" else None
            if library and library.group(1) not in libraries:
                problems.append(f"src/{path.relative_to(root)}: {room} may not use {library.group(1)} ({name})")
    if not seen:
        problems.append("no include was read at all")
    print(f"1..1\n# {len(files)} files, {seen} includes")
    for problem in problems:
        print(f"# {problem}")
    print("not ok 1 layers" if problems else "ok 1 layers")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
