#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reminders that really arrive, on a session bus with a real notification server of each protocol.

usage: test-reminders.py CLIENT SUPPORT_FOLDER   (inside run-headless)

The program is the real runtime with the real notifier; its clock and its CRM move as told, nothing waits for real
time. A restart is another process on the same store; a kill is kill -9.
"""

import functools
import pathlib
import signal
import subprocess
import sys

from reminder_desktops import Freedesktop, Gnome

CLIENT, SUPPORT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SUPPORT))

from tap import name_cases, run_cases  # noqa: E402

START = "2026-11-18T13:00:00Z"
DUE, REMIND = "2026-11-18T14:00:00Z", "2026-11-18T13:50:00Z"


def at(time, day=18):
    return f"2026-11-{day:02}T{time}Z"


class Program:
    """One run of the program after the other, on one store. The CRM does not end with it: what happened there is told again."""

    def __init__(self, folder):
        self.store = str(folder / "store.sqlite")
        self.crm = []
        self.process = None
        self.warnings = folder / "warnings"
        self.warnings.touch()

    def start(self, now=START):
        with self.warnings.open("a", encoding="utf-8") as warnings:
            self.process = subprocess.Popen(
                [CLIENT, self.store, START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=warnings,
                text=True,
                # A file that may not grow is then an error of the write, as a full disk is.
                preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
                restore_signals=False,
            )
        for line in self.crm:
            self.ask(line)
        if now != START:
            self.ask(f"jump {now}")
        self.ask("start")

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def answer(self):
        line = self.process.stdout.readline()
        assert line, f"the program ended with {self.process.wait(10)}"
        return line.strip()

    def ask(self, line):
        self.tell(line)
        answer = self.answer()
        assert answer.startswith("ok"), answer
        return answer[3:].strip()

    def crm_does(self, line):
        """Also while the program is not running."""
        self.crm.append(line)
        if self.process is not None:
            self.ask(line)

    def put(self, name, due=DUE, remind=REMIND):
        self.crm_does(f"put {name} call {due} {remind}")

    def stop(self):
        self.process.stdin.close()
        assert self.process.wait(20) == 0
        self.process = None

    def let_store_grow(self, may):
        """The store cannot be written while it may not, as on a full disk. What the program has to say goes there too."""
        limit = "unlimited" if may else "1"
        subprocess.run(["prlimit", "--pid", str(self.process.pid), f"--fsize={limit}:unlimited"], check=True)

    def restart(self, now):
        self.stop()
        self.start(now)

    def dies(self, line):
        """The line is the last thing that it hears."""
        self.tell(line)
        assert self.process.wait(20) == -9
        self.process = None

    def end(self):
        if self.process is not None:
            self.stop()


# ---- the cases ---------------------------------------------------------------------------------------------------


def before_the_deadline(desktop, program):
    program.put("a")
    program.start()
    program.ask(f"until {at('13:49:59')}")
    assert desktop.shown() == []
    program.ask(f"until {REMIND}")
    (shown,) = desktop.shown()
    assert shown["title"] == "Call a" and shown["body"].startswith("Due in 10 minutes"), shown
    assert shown["level"] == "normal" and shown["buttons"] == ["Complete", "Snooze", "Open"], shown
    program.ask(f"until {at('20:00:00')}")
    assert desktop.titles() == ["Call a"]
    assert program.ask("receipts a") == f"shown {REMIND}"


def complete_by_button(desktop, program):
    program.put("a")
    program.start()
    program.ask(f"until {REMIND}")
    desktop.press("Call a", "Complete")
    assert program.answer() == "action complete-activity a"
    assert program.ask("state a").split()[0] == "done"
    desktop.wait_cleared()
    program.ask(f"until {at('20:00:00')}")
    assert desktop.titles() == ["Call a"]


def open_by_click(desktop, program):
    program.put("a")
    program.start()
    program.ask(f"until {REMIND}")
    desktop.press("Call a", None)
    assert program.answer() == "action open-activity a"


def snooze_by_button(desktop, program):
    program.put("a", remind=at("13:30:00"))
    program.start()
    program.ask(f"until {at('13:30:00')}")
    desktop.press("Call a", "Snooze")
    assert program.answer() == "action snooze-activity a"
    desktop.wait_cleared()
    # It survives the end of the program, and moves the reminder only.
    program.restart(at("13:31:00"))
    program.ask(f"until {at('13:44:59')}")
    assert desktop.titles() == ["Call a"]
    program.ask(f"until {at('13:45:00')}")
    assert desktop.titles() == ["Call a"] * 2
    assert program.ask("state a") == f"open {DUE}"
    assert program.ask("receipts a") == f"shown {at('13:30:00')} snoozed {at('13:45:00')} shown {at('13:45:00')}"


def restart_in_between(desktop, program):
    program.put("a")
    program.start()
    program.restart(at("13:20:00"))
    program.ask(f"until {at('13:49:59')}")
    assert desktop.shown() == []
    program.ask(f"until {REMIND}")
    assert desktop.titles() == ["Call a"]
    # And none twice.
    program.restart(at("13:51:00"))
    program.ask(f"until {at('20:00:00')}")
    assert desktop.titles() == ["Call a"]


def missed_while_closed(desktop, program):
    program.put("a")
    program.start()
    program.stop()
    program.start(at("17:00:00"))
    (shown,) = desktop.shown()
    assert shown["level"] == "urgent" and shown["body"].startswith("3 hours late"), shown
    assert program.ask("receipts a") == f"late {at('17:00:00')}"


def clock_three_hours_ahead(desktop, program):
    program.put("a")
    program.put("b", at("15:00:00"), at("14:45:00"))
    program.put("c", at("18:00:00"), at("17:45:00"))
    program.start()
    program.ask(f"jump {at('16:00:00')}")
    (shown,) = desktop.shown()
    assert shown["title"] == "2 activities wait for you" and shown["level"] == "urgent", shown
    program.ask(f"until {at('17:45:00')}")
    assert desktop.titles() == ["2 activities wait for you", "Call c"]


def clock_one_hour_back(desktop, program):
    program.put("a")
    program.start()
    program.ask(f"until {at('13:40:00')}")
    program.ask(f"jump {at('12:40:00')}")
    program.ask(f"until {at('13:49:59')}")
    assert desktop.shown() == []
    program.ask(f"until {REMIND}")
    assert desktop.titles() == ["Call a"]
    # Back over one that was shown: not a second time.
    program.ask(f"jump {at('12:55:00')}")
    program.ask(f"until {at('20:00:00')}")
    assert desktop.titles() == ["Call a"]


def sleep_over_five_deadlines(desktop, program):
    for i in range(5):
        program.put(f"a{i}", at(f"1{4 + i}:00:00"), at(f"1{3 + i}:50:00"))
    program.start()
    program.ask(f"sleep {at('18:30:00')}")
    (shown,) = desktop.shown()
    assert shown["title"] == "5 activities wait for you", shown
    # What can best be saved comes first.
    assert shown["body"].splitlines()[0].startswith("Call a4") and "2 more" in shown["body"], shown
    program.ask(f"until {at('23:00:00')}")
    program.restart(at("23:01:00"))
    assert len(desktop.shown()) == 1


def a_thousand_after_a_weekend(desktop, program):
    for i in range(1000):
        program.put(f"a{i}", at("14:00:00", 21), at("13:30:00", 21))
    program.start()
    program.stop()
    program.start(at("12:00:00", 23))
    program.ask(f"until {at('12:30:00', 23)}")
    (shown,) = desktop.shown()
    assert shown["title"] == "1000 activities wait for you", shown
    assert shown["body"].count("\n") == 3 and "997 more" in shown["body"], shown


def done_elsewhere(desktop, program):
    program.put("a")
    program.put("b", at("16:00:00"), at("15:50:00"))
    program.start()
    program.ask(f"until {REMIND}")
    assert desktop.on_screen() == ["Call a"]
    program.crm_does("done a")
    desktop.wait_cleared()
    program.crm_does("done b")
    program.ask(f"until {at('20:00:00')}")
    assert desktop.titles() == ["Call a"]


def done_elsewhere_out_of_a_catch_up(desktop, program):
    for name in "abc":
        program.put(name)
    program.start()
    program.ask(f"sleep {at('15:00:00')}")
    assert desktop.on_screen() == ["3 activities wait for you"]
    program.crm_does("done a")
    assert desktop.on_screen() == ["2 activities wait for you"]
    assert desktop.shown()[-1]["level"] == "quiet"
    program.crm_does("done b")
    program.crm_does("done c")
    desktop.wait_cleared()


def moved_elsewhere(desktop, program):
    program.put("a")
    program.start()
    program.ask(f"until {REMIND}")
    program.crm_does(f"move a {at('18:00:00')}")
    desktop.wait_cleared()
    program.ask(f"until {at('17:50:00')}")
    assert desktop.on_screen() == ["Call a"] and len(desktop.shown()) == 2


def done_while_closed(desktop, program):
    program.put("a")
    program.start()
    program.ask(f"until {REMIND}")
    program.stop()
    program.crm_does("done a")
    program.start(at("13:55:00"))
    # A number of the server is known only to the program that got it.
    assert desktop.on_screen() == ([] if desktop.ids_outlive_program else ["Call a"])
    assert desktop.titles() == ["Call a"]


def killed_before_showing(desktop, program):
    program.put("a")
    program.start()
    program.ask("die before")
    program.dies(f"until {REMIND}")
    assert desktop.shown() == []
    program.start(at("13:50:10"))
    # It may have been seen, so it is no pop-up of its own; but it is not lost.
    assert desktop.titles() == ["1 activity waits for you"]
    program.ask(f"until {at('20:00:00')}")
    program.restart(at("20:01:00"))
    assert desktop.titles() == ["1 activity waits for you"]


def killed_after_showing(desktop, program):
    program.put("a")
    program.start()
    program.ask("die after")
    program.dies(f"until {REMIND}")
    assert desktop.titles() == ["Call a"]
    program.start(at("13:50:10"))
    assert desktop.titles() == ["Call a", "1 activity waits for you"]
    program.ask(f"until {at('20:00:00')}")
    program.restart(at("20:01:00"))
    assert len(desktop.shown()) == 2


def personal_lead_times(desktop, program):
    program.put("a")
    program.start()
    program.ask('rules {"lead-times":{"*":["30 minutes"]},"at-due":true}')
    program.restart(at("13:10:00"))
    for number, time in enumerate(["13:30:00", "13:50:00", "14:00:00"], 1):
        program.ask(f"until {at(time)}")
        assert len(desktop.shown()) == number
        assert desktop.on_screen() == ["Call a"]
    assert [shown["body"].splitlines()[0] for shown in desktop.shown()] == [
        "Due in 30 minutes",
        "Due in 10 minutes",
        "Due now",
    ]
    program.ask(f"until {at('20:00:00')}")
    assert len(desktop.shown()) == 3


def quiet_hours(desktop, program):
    program.put("a", at("19:40:00"), at("19:35:00"))
    program.start()
    program.ask('rules {"lead-times":{"*":["10 minutes"]},"quiet":{"from":"19:00","until":"20:00"}}')
    program.ask(f"until {at('18:59:00')}")
    assert [shown["level"] for shown in desktop.shown()] == ["normal"]
    program.ask(f"until {at('19:35:00')}")
    assert [shown["level"] for shown in desktop.shown()] == ["normal", "quiet"]
    # What is late is urgent, but not in quiet hours.
    program.put("b", at("19:36:00"), at("19:30:00"))
    program.ask(f"sleep {at('19:50:00')}")
    assert desktop.shown()[-1]["title"] == "Call b" and desktop.shown()[-1]["level"] == "quiet"


def another_zone(desktop, program):
    program.put("a", at("19:40:00"), "-")
    program.start()
    program.ask("zone Etc/UTC")
    program.ask('rules {"lead-times":{"*":["10 minutes"]},"quiet":{"from":"19:00","until":"20:00"}}')
    program.ask("zone Europe/Berlin")
    program.ask(f"until {at('19:29:59')}")
    assert desktop.shown() == []
    program.ask(f"until {at('19:30:00')}")
    assert [shown["level"] for shown in desktop.shown()] == ["normal"]


def catch_up_ahead_of_deadlines(desktop, program):
    """What can all be saved does not insist."""
    program.put("a", at("18:00:00"), at("13:30:00"))
    program.put("b", at("18:00:00"), at("13:30:00"))
    program.start()
    program.ask(f"sleep {at('14:00:00')}")
    (shown,) = desktop.shown()
    assert shown["title"] == "2 activities wait for you" and shown["level"] == "normal", shown


def store_full_before_the_receipt(desktop, program):
    program.put("a")
    program.put("b", at("15:00:00"), at("14:50:00"))
    program.start()
    program.ask(f"until {at('13:49:59')}")
    program.let_store_grow(False)
    program.ask(f"until {at('14:30:00')}")
    assert desktop.titles() == ["Call a"], desktop.titles()
    assert program.ask("receipts a") == f"next {REMIND}", program.ask("receipts a")
    program.ask(f"until {at('14:50:00')}")
    assert desktop.titles() == ["Call a", "Call b"]
    program.let_store_grow(True)
    program.ask(f"until {at('14:53:00')}")
    assert program.ask("receipts a") == f"shown {REMIND}"
    assert program.ask("receipts b") == f"shown {at('14:50:00')}"
    program.restart(at("15:10:00"))
    assert desktop.titles() == ["Call a", "Call b"]


def store_full_before_the_claim(desktop, program):
    program.put("a")
    program.start()
    program.ask(f"until {at('13:30:27')}")
    program.let_store_grow(False)
    program.ask(f"until {at('13:49:59')}")
    assert desktop.shown() == []
    program.ask(f"until {REMIND}")
    assert desktop.titles() == ["Call a"]
    program.ask(f"until {at('14:30:00')}")
    program.let_store_grow(True)
    program.ask(f"until {at('14:33:00')}")
    assert desktop.titles() == ["Call a"]
    assert program.ask("receipts a") == f"shown {REMIND}"


def nobody_shows_notifications(desktop, program):
    desktop.end()
    program.put("a")
    program.put("b", at("15:00:00"), at("14:10:00"))
    program.start()
    program.ask(f"until {at('13:55:00')}")
    assert program.ask("receipts a") == f"next {REMIND}"
    assert program.warnings.read_text(encoding="utf-8").count("could not be shown") == 1
    # A server appears.
    desktop.begin()
    program.ask(f"until {at('13:56:00')}")
    assert desktop.titles() == ["Call a"]
    assert program.ask("receipts a") == f"late {at('13:56:00')}"
    # It goes, and comes again.
    desktop.end()
    program.ask(f"until {at('14:11:00')}")
    assert program.ask("receipts b") == f"next {at('14:10:00')}"
    desktop.begin()
    program.ask(f"until {at('14:12:00')}")
    assert desktop.titles() == ["Call a", "Call b"]
    program.ask(f"until {at('20:00:00')}")
    assert len(desktop.shown()) == 2


def one_after_the_other_and_all_missed(desktop, program):
    program.start()
    for i in range(40):
        program.put(f"a{i}", at("13:30:00"), at("12:30:00"))
    titles = desktop.titles()
    assert titles[:3] == ["Call a0", "Call a1", "Call a2"], titles
    assert titles[-1] == "37 activities wait for you", titles
    assert [shown["level"] for shown in desktop.shown()] == ["normal"] * 4 + ["quiet"] * 36


CASES = [
    before_the_deadline,
    complete_by_button,
    open_by_click,
    snooze_by_button,
    restart_in_between,
    missed_while_closed,
    clock_three_hours_ahead,
    clock_one_hour_back,
    sleep_over_five_deadlines,
    a_thousand_after_a_weekend,
    done_elsewhere,
    done_elsewhere_out_of_a_catch_up,
    moved_elsewhere,
    done_while_closed,
    killed_before_showing,
    killed_after_showing,
    personal_lead_times,
    quiet_hours,
    another_zone,
    catch_up_ahead_of_deadlines,
    store_full_before_the_receipt,
    store_full_before_the_claim,
    nobody_shows_notifications,
    one_after_the_other_and_all_missed,
]


def run(case, kind, folder):
    desktop, program = kind(SUPPORT, folder), Program(folder)
    try:
        case(desktop, program)
    finally:
        try:
            program.end()
        finally:
            if desktop.is_there():
                desktop.end()


def main():
    wanted = sys.argv[3:]
    chosen = [case for case in CASES if not wanted or case.__name__ in wanted]
    return run_cases([(f"{kind.__name__}: {name}", functools.partial(run, case, kind))
                      for kind in (Gnome, Freedesktop) for name, case in name_cases(chosen)])


if __name__ == "__main__":
    sys.exit(main())
