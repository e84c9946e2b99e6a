"""lesson_terminal.py PROGRAM CASE: sits at a terminal of 80x24 in the folder of a course. Ends with 77 where there are no
terminals.

CASE `name`: who has a name that is everybody's is asked for one, again after an empty answer, and not a second time.
CASE `nobody`: at the end of the input the question is given up, with what to type instead; nothing is written.
CASE `pages`: a check that is longer than the screen stops after each screenful, its verdict first; keys turn pages.
CASE `quit`: q ends at once, and the terminal shows again what is typed."""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

program, case = sys.argv[1:3]
ROWS, COLUMNS = 24, 80
MORE = "[space] goes on, [q] ends"


class Terminal:
    def __init__(self, *arguments, user):
        try:
            self.child, self.terminal = pty.fork()
        except OSError as trouble:
            print(f"skipped: this machine has no terminals to give ({trouble})")
            sys.exit(77)
        if self.child == 0:
            os.environ.update(TERM="xterm", USER=user)
            for name in ("COLUMNS", "LINES"):
                os.environ.pop(name, None)
            time.sleep(0.3)  # until it has its size
            os.execv(program, [program, "lesson", *arguments])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.seen = ""

    def read(self, seconds):
        """False: the program is gone."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            data = b""
        self.seen += data.decode(errors="replace")
        return bool(data)

    def until(self, text):
        """What was printed up to and with the text, which is then forgotten."""
        end = time.monotonic() + 120
        while text not in self.seen:
            if not self.read(0.2) or time.monotonic() > end:
                sys.exit(f"never saw {text!r} in:\n{self.seen}")
        upto, self.seen = self.seen[: self.seen.index(text) + len(text)], self.seen[self.seen.index(text) + len(text) :]
        return re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", upto).replace("\r", "")

    def press(self, keys):
        os.write(self.terminal, keys.encode())

    def ends(self, expected):
        while self.read(60):
            pass
        _, status = os.waitpid(self.child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code != expected:
            sys.exit(f"exit code {code} instead of {expected}:\n{self.seen}")
        return re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", self.seen).replace("\r", "")

    def shows_what_is_typed(self):
        return bool(termios.tcgetattr(self.terminal)[3] & termios.ECHO)


def must(fact, what):
    if not fact:
        sys.exit(what)


def case_name():
    here = Terminal("start", "00", user="ubuntu")
    here.until("Your name (it decides your luck and stands on the class board): ")
    here.press("\n")
    here.until("Your name (it decides")
    here.press("  Ana \n")
    here.until("Warm-up: it is meant to be red")
    here.ends(0)
    with open("gatesim-lessons/.bootcamp-state.txt", encoding="utf-8") as file:
        must("learner Ana\n" in file.read(), "the name is not kept as it was meant")
    again = Terminal("start", "00", user="ubuntu")
    again.until("Warm-up: it is meant to be red")
    must("Your name" not in again.ends(0), "the name is asked for twice")


def case_nobody():
    here = Terminal("start", "00", user="root")
    here.until("Your name (it decides")
    here.press("\x04")
    said = here.ends(2)
    must("lesson start --name ana" in said, f"it does not say what to type:\n{said}")
    must(not os.path.exists("gatesim-lessons"), "a folder is made for nobody")


def case_pages():
    here = Terminal("check", "01", user="ana")
    pages = [here.until(MORE)]
    must("01 Read the gate" in pages[0] and "Who caused the largest" in pages[0], f"the verdict is not first:\n{pages[0]}")
    here.press("x")  # no key of this page
    here.press(" ")
    for _ in range(9):
        while MORE not in here.seen and here.read(1):
            pass
        if MORE not in here.seen:
            break
        pages.append(here.until(MORE))
        here.press("\n")
    last = here.ends(0)
    must("Next: " in last, f"no last page:\n{last}")
    for page in pages:
        lines = page.strip("\n").split("\n")
        must(len(lines) <= ROWS, f"a page of {len(lines)} lines scrolls:\n{page}")
        must(all(len(line) <= COLUMNS for line in lines), f"wider than the screen:\n{page}")
    text = "".join(pages) + last
    for sentence in ("✓ Passed.", "Why it works", "So the first question"):
        must(text.count(sentence) == 1, f"{sentence} stands there {text.count(sentence)} times")


def case_quit():
    here = Terminal("check", "01", user="ana")
    here.until(MORE)
    must(not here.shows_what_is_typed(), "a key that turns pages would be shown")
    here.press("q")
    said = here.ends(0)
    must("So the first question" not in said, "q does not end it")
    must(here.shows_what_is_typed(), "the terminal does not show what is typed any more")


{"name": case_name, "nobody": case_nobody, "pages": case_pages, "quit": case_quit}[case]()
