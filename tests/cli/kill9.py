"""kill9.py PROGRAM SCENARIO: run, compare and sweep are killed (kill -9) at random instants, over and over, and go on.

After each kill: no result that was finished is lost or there twice, and nothing of the user's is touched. Whatever ends by
itself gives the bytes of a study that nobody killed. GATESIM_KILLS says how many kills there are (24), GATESIM_SEED which."""
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib

program, scenario = (os.path.abspath(p) for p in sys.argv[1:3])
KILLS = int(os.environ.get("GATESIM_KILLS", "24"))
luck = random.Random(int(os.environ.get("GATESIM_SEED", "1")))
NOTES = "notes of mine\n"
TABLE = "a,table,of,mine\n"
COMMON = ["--jobs", "2", "--engine", "heap", "--no-progress", "--quiet"]


def fail(what):
    print("FAILED:", what)
    for folder, _, names in os.walk("."):
        for name in names if "parts" not in folder else []:
            print("   ", os.path.join(folder, name), os.path.getsize(os.path.join(folder, name)))
    sys.exit(1)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def lines_of(folder):
    """The whole lines of all journals in a folder."""
    found = []
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if not name.startswith("journal") or not name.endswith(".jsonl"):
            continue
        header, *lines = read(os.path.join(folder, name)).split(b"\n")
        content, _, sum_ = header.rpartition(b"\t")
        if sum_ != b"%08x" % zlib.crc32(content):
            fail(f"{name}: the first line is not whole: {header!r}")
        for line in lines:
            content, _, sum_ = line.rpartition(b"\t")
            if content and sum_ == b"%08x" % zlib.crc32(content, zlib.crc32(header)):
                found.append(content)
    return found


def bytes_of(folder):
    """What must come out the same however often it was killed."""
    out = {}
    for name in os.listdir(folder):
        if name in ("notes.txt", "mine.csv", ".gatesim-files.json") or name.startswith(("journal-", ".partial-")):
            continue
        content = read(os.path.join(folder, name))
        if name in ("summary.json", "compare.json", "sweep.json"):  # with the time it took
            content = content[:content.index(b'"timing"')]
        if name in ("compare.txt", "sweep.txt"):
            content = b"\n".join(l for l in content.split(b"\n") if b" events in " not in l)
        out[name] = content
    return out


def start(words, folder, log):
    return subprocess.Popen([program, *words, "--out", folder, *COMMON], stdout=log, stderr=log, stdin=subprocess.DEVNULL)


def ends(words, folder):
    with open("log", "w") as log:
        code = start(words, folder, log).wait()
    if code != 0:
        fail(f"exit code {code}: {words}: {read('log').decode()}")


def killed(words, folder, longest):
    """Starts it and kills it some time later. False if it has ended by itself."""
    with open("log", "w") as log:
        process = start(words, folder, log)
        try:
            code = process.wait(luck.uniform(0, longest))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
    if code != 0:
        fail(f"exit code {code}: {words}: {read('log').decode()}")
    return False


def put_mine(folder):
    """A folder of ours in which a user keeps something."""
    with open(os.path.join(folder, "notes.txt"), "w") as file:
        file.write(NOTES)
    with open(os.path.join(folder, "mine.csv"), "w") as file:
        file.write(TABLE)


def check_mine(folder):
    if read(os.path.join(folder, "notes.txt")).decode() != NOTES or read(os.path.join(folder, "mine.csv")).decode() != TABLE:
        fail(f"a file of mine in {folder} was touched")


def nothing_left_aside(folder):
    left = [n for n in os.listdir(".") + os.listdir(folder) if ".partial" in n]
    if left:
        fail(f"left aside: {left}")


def unbroken(words):
    """The seconds that it takes if nobody kills it, and what comes out."""
    begin = time.monotonic()
    ends(words, "whole")
    return time.monotonic() - begin, bytes_of("whole")


def same(folder, expected, when=""):
    found = bytes_of(folder)
    if found != expected:
        fail(f"it came out differently{when}: " + str([n for n in {**expected, **found} if found.get(n) != expected.get(n)]))


def last_time(words, folder, expected):
    """Nobody kills it any more; nothing is left of all those that were."""
    time.sleep(1)  # workers die a moment later
    ends(words, folder)
    same(folder, expected, " in the end")
    nothing_left_aside(folder)
    shutil.rmtree(folder)
    shutil.rmtree("whole")


def study(words, kills):
    """compare or sweep, with and without --resume; all that was finished stays, and is done once."""
    longest, expected = unbroken(words)
    all_lines = len(lines_of("whole"))
    done, ended, folder, known, mine = 0, 0, "killed", set(), False
    while done < kills:
        # A resume of what is finished already is the most dangerous moment of all: it is short, and all can be lost.
        finished = len(known) == all_lines
        resume = bool(known) or luck.random() < 0.5
        if killed(words + (["--resume"] if resume else []), folder, longest / 4 if finished else longest / 2):
            done += 1
        else:
            ended += 1
            same(folder, expected)
        lines = lines_of(folder)
        if len(lines) != len(set(lines)):
            fail(f"{len(lines) - len(set(lines))} replications were run twice")
        if not known <= set(lines):
            fail(f"{len(known - set(lines))} of {len(known)} finished replications are lost")
        known = set(lines)
        if mine:
            check_mine(folder)
        elif known:
            put_mine(folder)
            mine = True
        if finished and luck.random() < 0.2:
            shutil.rmtree(folder)
            known, mine = set(), False
    last_time(words + ["--resume"], folder, expected)
    print(f"{words[0]}: {done} kills, {ended} times to the end, nothing lost or repeated", flush=True)


def plain_run(words, kills):
    """run: the folder is the old one, the new one, or there is none; the next run makes it whole."""
    longest, expected = unbroken(words)
    done, ended, folder = 0, 0, "killed"
    while done < kills:
        begun = os.path.isdir(folder)
        if not killed(words, folder, longest * 1.2):
            ended += 1
            same(folder, expected)
            if not begun:
                put_mine(folder)
            if luck.random() < 0.3:
                shutil.rmtree(folder)
            continue
        done += 1
        if os.path.isdir(folder) and begun:
            check_mine(folder)
            gone = [n for n in expected if not os.path.isfile(os.path.join(folder, n))]
            if gone:
                fail(f"{gone} of the run before are gone")
        elif os.path.isdir(folder):
            same(folder, expected, ", and was there before it was whole")
            put_mine(folder)
    last_time(words, folder, expected)
    print(f"{words[0]}: {done} kills, {ended} times to the end, nothing lost", flush=True)


def main():
    home = os.getcwd()
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        each = max(1, KILLS // 4)
        plain_run(["run", scenario, "--replications", "40", "--events", "--tables", "all"], each)
        study(["compare", scenario, "--strategies", "zuul,serial", "--replications", "60"], each)
        study(["compare", scenario, "--strategies", "github,serial", "--tune", "--training", "16", "--replications", "8"], each)
        study(["sweep", scenario, "--over", "/strategy/window=2,3,5", "--replications", "40"], KILLS - 3 * each)
        os.chdir(home)


if __name__ == "__main__":
    main()
