"""new_terminal.py PROGRAM CASE: sits at a terminal and answers `gatesim new`. Ends with 77 where there are no terminals.

CASE `asked`: eight questions with their defaults; a wrong answer is explained and asked for again; what an option says is
not asked. CASE `end`: at the end of the input nothing is written. CASE `interrupt`: nor after a Ctrl-C."""
import json
import os
import pty
import select
import sys
import time

program, case = sys.argv[1:3]


class Terminal:
    def __init__(self, *arguments):
        try:
            self.child, self.terminal = pty.fork()
        except OSError as trouble:
            print(f"skipped: this machine has no terminals to give ({trouble})")
            sys.exit(77)
        if self.child == 0:
            os.environ.update(TERM="xterm", NO_COLOR="1")
            os.execv(program, [program, "new", *arguments])
        self.seen = ""

    def read(self):
        ready, _, _ = select.select([self.terminal], [], [], 0.2)
        if not ready:
            return True
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            data = b""
        self.seen += data.decode(errors="replace").replace("\r", "")
        return bool(data)

    def until(self, text):
        end = time.monotonic() + 60
        while text not in self.seen:
            if not self.read() or time.monotonic() > end:
                sys.exit(f"never saw {text!r} in:\n{self.seen}")
        upto, self.seen = self.seen.split(text, 1)
        return upto + text

    def type(self, text):
        os.write(self.terminal, text.encode())

    def ends(self, expected):
        while self.read():
            pass
        code = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        must(code == expected, f"exit code {code} instead of {expected}:\n{self.seen}")
        return self.seen


def must(fact, what):
    if not fact:
        sys.exit(what)


def case_asked():
    here = Terminal("shop", "--price", "none")
    here.until("1/8  How many changes come on a day?")
    here.until("[40] ")
    here.type("lots\n")
    here.until('"lots" is no number of changes')
    here.until("[40] ")
    here.type("25\n")
    here.until("2/8")
    here.until("[Mo-Fr 9-17] ")
    here.type("Mo-Fr 9-17 Europe/Berlim\n")
    here.until("Europe/Berlin")
    here.until("[Mo-Fr 9-17] ")
    here.type("\n")
    here.until("3/8")
    here.until("[build 12m, test 30m] ")
    here.type("unit 8m, e2e 40m flake 3%\n")
    here.until("4/8")
    here.until("[1%] ")
    here.type("  2%  \n")
    here.until("5/8")
    here.until("[10] ")
    here.type("6\n")
    must("6/8" not in here.until("7/8"), "asks what an option said")
    here.until("[github] ")
    here.type("zull\n")
    here.until("did you mean zuul")
    here.until("[github] ")
    here.type("zuul\n")
    here.until("8/8")
    here.until("[2h] ")
    must(not os.path.exists("shop"), "written before the last answer")
    here.type("\n")
    said = here.ends(0)
    must("run shop" in said, f"it does not say what next:\n{said}")
    scenario = json.load(open("shop/scenario.json", encoding="utf-8"))
    must(scenario["load"]["arrivals"]["rate"] == "25/day", scenario)
    must(scenario["jobs"]["unit"]["flake"] == "2%" and scenario["jobs"]["e2e"]["flake"] == "3%", scenario)
    must(scenario["pools"]["default"] == {"nodes": 6} and scenario["strategy"] == "zuul", scenario)
    notes = open("shop/notes.md", encoding="utf-8").read()
    must("| 25 | answered |" in notes and "| none | by option |" in notes and "| 2h | default |" in notes, notes)


def case_end():
    here = Terminal("shop")
    here.until("[40] ")
    here.type("\x04")
    must("nothing was written" in here.ends(2), "it does not say so")
    must(os.listdir(".") == [], f"something was written: {os.listdir('.')}")


def case_interrupt():
    here = Terminal("shop")
    here.until("[40] ")
    here.type("30\n")
    here.until("2/8")
    here.type("\x03")
    must("interrupted; nothing was written" in here.ends(130), "it does not say so")
    must(os.listdir(".") == [], f"something was written: {os.listdir('.')}")


{"asked": case_asked, "end": case_end, "interrupt": case_interrupt}[case]()
