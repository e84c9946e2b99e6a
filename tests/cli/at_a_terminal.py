"""at_a_terminal.py COLUMNSxROWS[,COLUMNSxROWS...] PROGRAM ARGUMENT...: runs a program at a terminal of that size and
prints what stands on it in the end, scrolled-off lines included. Further sizes follow each other after a second each:
somebody drags the window. Ends with 77 where there are no terminals, else as the program does.

It knows what progress bars and reports use: line ends, carriage returns, moving up, erasing, colours, wide characters;
and, like most terminals, it wraps what is too long and wraps it anew when it becomes narrower."""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
import unicodedata

sizes = [tuple(map(int, size.split("x"))) for size in sys.argv[1].split(",")]
command = sys.argv[2:]


def width_of(character):
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Screen:
    """Logical lines, a cell a column, each as long as it was written; rows are made of them by the width."""

    def __init__(self, columns):
        self.columns = columns
        self.lines = [""]  # what was written; a line that wraps is one
        self.kept, self.waits = [], 0
        self.line, self.at = 0, 0  # where the cursor is: which line, which character of it

    def rows_before(self):
        """In the line of the cursor: rows above the cursor's."""
        return (self.at - self.waits) // self.columns

    def put(self, character):
        text = self.lines[self.line]
        cells = character + "\0" * (width_of(character) - 1)  # a wide one takes two
        self.lines[self.line] = text[: self.at] + cells + text[self.at + len(cells) :]
        self.at += len(cells)
        self.waits = 1  # a full row is not left before the next character

    def carriage_return(self):
        self.at = self.rows_before() * self.columns
        self.waits = 0

    def up(self, rows):
        for _ in range(rows):
            if self.rows_before() > 0:
                self.at -= self.columns
            elif self.line > 0:
                self.line -= 1
                self.at = 0

    def erase(self, below):
        """A row, or all below. As tmux does, all below the first row goes to where a reader scrolls back."""
        text = self.lines[self.line]
        if below and self.line == 0:
            self.kept.append(text)
        self.lines[self.line] = text[: self.at] + ("" if below else text[self.at + self.columns :])
        if below:
            del self.lines[self.line + 1 :]

    def new_line(self):
        self.line += 1
        self.at = self.waits = 0
        if self.line == len(self.lines):
            self.lines.append("")

    def feed(self, text):
        for part in re.findall("\x1b\\[[0-9;?]*[A-Za-z]|.", text, re.S):
            if part == "\n":
                self.new_line()
            elif part == "\r":
                self.carriage_return()
            elif part.startswith("\x1b"):
                number = int(re.sub("[^0-9]", "", part.split(";")[0]) or 1)
                if part[-1] == "A":
                    self.up(number)
                elif part[-1] in "JK":
                    self.erase(part[-1] == "J")
            else:
                self.put(part)


try:
    child, terminal = pty.fork()
except OSError as trouble:
    print(f"skipped: this machine has no terminals to give ({trouble})")
    sys.exit(77)
if child == 0:
    os.environ["TERM"] = "xterm"
    for name in ("COLUMNS", "LINES", "NO_COLOR"):
        os.environ.pop(name, None)
    time.sleep(0.3)  # until it has its size
    os.execv(command[0], command)


def resize(columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


screen = Screen(sizes[0][0])
resize(*sizes[0])
due = time.monotonic() + 1.5
left = sizes[1:]
raw = b""
while True:
    ready, _, _ = select.select([terminal], [], [], 0.1)
    if ready:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            data = b""
        if not data:
            break
        raw += data
        end = len(raw)
        while end > 0 and raw[end - 1] & 0xC0 == 0x80:  # a character may have come in part
            end -= 1
        if end > 0 and raw[end - 1] >= 0xC0:
            end -= 1
        else:
            end = len(raw)
        if unfinished := re.search(rb"\x1b(\[[0-9;?]*)?$", raw[:end]):  # so may a colour
            end = unfinished.start()
        screen.feed(raw[:end].decode(errors="replace"))
        raw = raw[end:]
    # Just after something was drawn: what is drawn while the window is dragged nobody can get right.
    if left and ready and time.monotonic() > due and not select.select([terminal], [], [], 0.02)[0]:
        screen.columns = left[0][0]
        resize(*left.pop(0))
        due = time.monotonic() + 1
_, status = os.waitpid(child, 0)
for line in screen.kept + screen.lines:
    print(line.replace("\0", "").rstrip())
sys.exit(os.waitstatus_to_exitcode(status))
