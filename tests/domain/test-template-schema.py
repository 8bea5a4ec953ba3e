#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every template follows its schema, and in both languages its workflow follows that of workflows.

Arguments: the folder with the schemas, and the one with the templates.
"""

import json
import pathlib
import re
import sys

import jsonschema

LANGUAGES = ["en", "pt_BR"]
# Members whose texts people read: they must be there in both languages, unless there is nothing in them but fields.
READ = {"text", "subject", "notes", "reason", "objective", "name", "scenario", "flow", "benefits", "place"}


def take_language(value, language):
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES):
            return value[language]
        return {name: take_language(member, language) for name, member in value.items()}
    if isinstance(value, list):
        return [take_language(element, language) for element in value]
    return value


def has_words(text):
    return re.search(r"[^\W\d_]", re.sub(r"{[^}]*}", "", text)) is not None


def find_untranslated(value, path=""):
    """Paths of texts for people that are there only once, or twice the same."""
    if isinstance(value, dict) and set(value) == set(LANGUAGES):
        same = value["en"] == value["pt_BR"] and has_words(value["en"])
        return [path] if same or "" in value.values() else []
    if isinstance(value, dict):
        found = [f"{path}/{name}" for name, member in value.items()
                 if name in READ and isinstance(member, str) and has_words(member)]
        return found + [deeper for name, member in value.items() for deeper in find_untranslated(member, f"{path}/{name}")]
    if isinstance(value, list):
        return [found for i, element in enumerate(value) for found in find_untranslated(element, f"{path}/{i}")]
    return []


def check(path, schemas):
    template = json.loads(path.read_text(encoding="utf-8"))
    schemas["template"].validate(template)
    assert path.name == template["id"] + ".template.json", f"{path.name} has the id {template['id']}"
    untranslated = find_untranslated(template)
    assert not untranslated, f"only in one language: {untranslated}"
    for language in LANGUAGES:
        workflow = take_language(template["workflow"], language)
        schemas["workflow"].validate({"name": template["name"][language], **workflow})


def main():
    schemas = {}
    for name in ("template", "workflow"):
        text = (pathlib.Path(sys.argv[1]) / f"{name}.schema.json").read_text(encoding="utf-8")
        jsonschema.Draft202012Validator.check_schema(json.loads(text))
        schemas[name] = jsonschema.Draft202012Validator(json.loads(text))
    folder = pathlib.Path(sys.argv[2])
    paths = sorted(folder.glob("*.template.json"))
    gallery = json.loads((folder / "gallery.json").read_text(encoding="utf-8"))
    failed = False
    print(f"1..{len(paths) + 1}")
    for number, path in enumerate(paths, 1):
        try:
            check(path, schemas)
            print(f"ok {number} {path.name}")
        except (jsonschema.ValidationError, AssertionError) as error:
            failed = True
            print(f"not ok {number} {path.name}")
            print(f"# {' '.join(str(error).split())[:400]}")
    complete = sorted(gallery) == sorted(path.name.removesuffix(".template.json") for path in paths)
    failed |= not complete
    print(f"{'ok' if complete else 'not ok'} {len(paths) + 1} the gallery has them all")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
