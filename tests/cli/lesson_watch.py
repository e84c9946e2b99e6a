"""lesson_watch.py PROGRAM WORK: sits at a terminal while `lesson watch` runs, saves the file, presses keys."""
import os
import pty
import select
import sys
import time

program, work = sys.argv[1:3]
child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "xterm"
    os.execv(program, [program, "lesson", "watch", "00"])

seen = ""


def wait_for(text):
    """Reads until the text appears on the screen; gives up after a minute."""
    global seen
    end = time.monotonic() + 60
    while text not in seen:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            seen += os.read(terminal, 65536).decode(errors="replace")
        if time.monotonic() > end:
            sys.exit(f"never saw {text!r} in:\n{seen}")
    seen = ""


wait_for("Not yet")
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
wait_for("Passed")
os.write(terminal, b"n")
wait_for("Read the gate")
os.write(terminal, b"q")
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
