#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a translatable file is missing from POTFILES, or a language of LINGUAS is not complete, in the program or its help.

usage: check-translations.py SOURCE_ROOT
"""
import pathlib
import re
import subprocess
import sys
import tempfile

MARKED = re.compile(r'\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*"')
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, capture_output=True, **options).stdout


def translatable_files(root):
    for path in sorted((root / "src").rglob("*")):
        if path.suffix in (".c", ".h", ".blp") and MARKED.search(path.read_text(encoding="utf-8")):
            yield path.relative_to(root).as_posix()
    for path in sorted((root / "data").glob("*.metainfo.xml.in")):
        yield path.relative_to(root).as_posix()


def make_template(root, listed, folder):
    """The template as the build makes it; Blueprint's syntax for texts is C's."""
    template = folder / "workflow.pot"
    run("xgettext", "--from-code=UTF-8", "--language=C", "--add-comments=Translators", "-o", str(template),
        *[f"--keyword={k}" for k in KEYWORDS], *[f for f in listed if not f.endswith(".xml.in")], cwd=root)
    metainfo = [f for f in listed if f.endswith(".xml.in")]
    run("xgettext", "--from-code=UTF-8", "--join-existing", "-o", str(template), *metainfo, cwd=root)
    return template


def messages(text):
    """Message entries, the header and obsolete ones left out."""
    return len(re.findall(r'^msgid "', text, re.M)) - (1 if re.search(r'^msgid ""\nmsgstr ""\n"', text, re.M) else 0)


def make_help_template(root, folder):
    template = folder / "help.pot"
    run("itstool", "-o", str(template), *sorted(path.relative_to(root).as_posix() for path in (root / "help/C").glob("*.page")), cwd=root)
    return template


def check_language(root, name, template, folder):
    """What a language leaves out of a template. name: of its file, from the root on."""
    po, merged = root / name, folder / "merged.po"
    if not po.exists():
        return [f"{name}: does not exist"]
    run("msgfmt", "--check", "-o", "/dev/null", str(po))
    run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", str(merged), str(po), str(template))
    return [f"{name}: {kind}: {text}" for kind in ("untranslated", "only-fuzzy")
            for text in re.findall(r'^msgid (".+")$',
                                   run("msgattrib", f"--{kind}", "--no-obsolete", "--no-wrap", str(merged)), re.M)]


def main():
    root = pathlib.Path(sys.argv[1])
    listed = [line for line in (root / "po/POTFILES").read_text().split("\n") if line and not line.startswith("#")]
    languages = (root / "po/LINGUAS").read_text().split()
    found = list(translatable_files(root))
    problems = [f"po/POTFILES: {f} has texts and is not listed" for f in found if f not in listed]
    problems += [f"po/POTFILES: {f} is listed and has no texts" for f in listed if f not in found]
    problems += [f"po/LINGUAS: {l} is missing" for l in ("en", "pt_BR") if l not in languages]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        template = make_template(root, [f for f in listed if f in found], folder)
        total = messages(template.read_text(encoding="utf-8"))
        for language in languages:
            problems += check_language(root, f"po/{language}.po", template, folder)
        template = make_help_template(root, folder)
        for language in (root / "help/LINGUAS").read_text().split():
            problems += check_language(root, f"help/{language}/{language}.po", template, folder)
    print(f"1..1\n# {len(listed)} files, {total} texts, {len(languages)} languages")
    for problem in problems:
        print(f"# {problem}")
    print("not ok 1 translations" if problems or total == 0 else "ok 1 translations")
    return 1 if problems or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
