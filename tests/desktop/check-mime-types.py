#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that people keep and send each other have a type of their own, with a name in each
language, and no two types claim the same file.

  check-mime-types.py FILE
"""

import fnmatch
import sys
import xml.etree.ElementTree as ElementTree

NAMESPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FILES = {
    "first contact.workflow.json": "application/x-workflow+json",
    "all.workflow-package.json": "application/x-workflow-package+json",
    "other.json": None,
}


def find_types(root, name):
    return [kind.get("type") for kind in root.iter(f"{NAMESPACE}mime-type")
            if any(fnmatch.fnmatchcase(name, glob.get("pattern"))
                   for glob in kind.iter(f"{NAMESPACE}glob"))]


def main():
    root = ElementTree.parse(sys.argv[1]).getroot()
    problems = []
    for name, expected in FILES.items():
        found = find_types(root, name)
        if found != ([expected] if expected else []):
            problems.append(f"{name}: {found} instead of {expected}")
    for kind in root.iter(f"{NAMESPACE}mime-type"):
        languages = {comment.get(LANGUAGE) for comment in kind.iter(f"{NAMESPACE}comment")}
        if languages != {None, "pt-BR"}:
            problems.append(f"{kind.get('type')}: names in {languages}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
