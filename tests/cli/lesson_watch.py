"""lesson_watch.py PROGRAM WORK: sits at a terminal of 80x24 while `lesson watch` runs, saves the file, presses keys.
Ends with 77 where there are no terminals.

Every screen that it draws must fit: nothing may scroll away, and no line may be cut."""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

program, work = sys.argv[1:3]
try:
    child, terminal = pty.fork()
except OSError as trouble:  # a machine in a folder can be without them
    print(f"skipped: this machine has no terminals to give ({trouble})")
    sys.exit(77)
if child == 0:
    os.environ["TERM"] = "xterm"
    for name in ("COLUMNS", "LINES"):  # the terminal says how large it is
        os.environ.pop(name, None)
    time.sleep(0.3)  # until it has its size
    os.execv(program, [program, "lesson", "watch", "00"])

fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
seen = ""
CLEAR = "\x1b[2J\x1b[H"


def look_at(screen):
    lines = re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", screen).replace("\r", "").split("\n")
    if len(lines) > 24:
        sys.exit(f"a screen of {len(lines)} lines scrolls:\n{screen}")
    for line in lines:
        if len(line) > 80:
            sys.exit(f"wider than the screen: {line}")


def wait_for(text):
    """Reads until the text appears on the screen; gives up after a minute. The last screen may be half drawn."""
    global seen
    end = time.monotonic() + 60
    while text not in seen:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            seen += os.read(terminal, 65536).decode(errors="replace")
        if time.monotonic() > end:
            sys.exit(f"never saw {text!r} in:\n{seen}")
    for screen in seen.split(CLEAR)[1:]:
        look_at(screen)
    seen = ""


wait_for("✗ not yet: save")
os.write(terminal, b"h")
wait_for("Hint 1 of 4")
os.write(terminal, b"n")
wait_for("not green yet")
os.write(terminal, b"l")
wait_for("00-warm-up")
with open(work, "w", encoding="utf-8") as file:
    file.write('{"set": {')
wait_for("Mend that")
with open(work, "w", encoding="utf-8") as file:
    file.write('{"set": {"/pools/machines/nodes": 4}}')
wait_for("✓ passed: n goes on")
os.write(terminal, b"n")
wait_for("page 1 of 2")
os.write(terminal, b" ")
wait_for("page 2 of 2")
os.write(terminal, b" ")
wait_for("Read the gate")
os.write(terminal, b"q")
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
