#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample company in the real window: within two minutes of the first start, activities from the four examples are there,
those that are due soon stand in Today, and a reminder was sent to a real notification server.

usage: test-sample.py BUILD_ROOT SUPPORT_FOLDER   (inside run-headless)
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

BUILD, SUPPORT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from gi.repository import GLib  # noqa: E402
from window_driver import Window, wait_for  # noqa: E402

SECONDS = 120
EXAMPLES = ("filter-1", "recover-lead", "meeting-confirmation", "contact")  # R27-R30
IN_TODAY = ("Realizar Filtro 1", "Confirmação de reunião", "Contato após abertura de e-mail")


def activities(ready):
    """What stands in the server's own records for Carla, made since the start."""
    token = json.loads(pathlib.Path(ready["tokens-file"]).read_text(encoding="utf-8"))["carla"]
    request = urllib.request.Request(ready["url"] + "/activities?person=carla&status=open&limit=500",
                                     headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def check_sample(folder):
    log = folder / "notifications.log"
    log.touch()
    server = subprocess.Popen([sys.executable, str(SUPPORT / "gtk-notifications.py"), str(log)])
    wait_for(lambda: "ready" in log.read_text(encoding="utf-8"), "the notification server")
    window = Window([str(BUILD / "src/workflow"), "--sample", "--page", "today"],
                    {**os.environ, "WORKFLOW_DEMO_CRM": str(BUILD / "src/demo/workflow-demo-crm")})
    demo = None
    try:
        ready_file = pathlib.Path(os.environ["XDG_STATE_HOME"]) / "workflow/sample/ready.json"
        ready = json.loads(wait_for(lambda: ready_file.exists() and ready_file.read_text(encoding="utf-8"), "the sample's server"))
        demo = ready["pid"]
        before = {activity["id"] for activity in activities(ready)}

        def fresh():
            return [a for a in activities(ready) if a["id"] not in before]

        def all_examples():
            return {a["type"] for a in fresh() if a.get("workflow")} >= set(EXAMPLES)

        wait_for(all_examples, f"the four examples, there are {[a['type'] for a in fresh()]}", SECONDS)
        window.activate(window.find("Everyone"))  # a manager begins with the exceptions
        for title in IN_TODAY:
            window.has_text(title)
        wait_for(lambda: '"add"' in log.read_text(encoding="utf-8"), "a reminder on the bus", SECONDS)
        line = next(json.loads(text) for text in log.read_text(encoding="utf-8").split("\n") if '"add"' in text)
        assert [button["label"] for button in line["notification"]["buttons"]] == ["Complete", "Snooze", "Open"], line
    except Exception:
        print("\n".join("# " + text for text in window.describe().split("\n")))
        raise
    finally:
        window.end()
        server.terminate()
        server.wait(10)
        if demo:
            os.kill(demo, 15)


def main():
    with tempfile.TemporaryDirectory() as folder:
        print("1..1")
        try:
            check_sample(pathlib.Path(folder))
            print("ok 1 the sample company")
            return 0
        except (AssertionError, GLib.Error, OSError) as error:
            print(f"not ok 1 the sample company\n# {type(error).__name__}: {error}")
            return 1


if __name__ == "__main__":
    sys.exit(main())
