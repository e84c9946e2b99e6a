"""kill9_shards.py PROGRAM SCENARIO: shards of compare and sweep are killed (kill -9) at random instants, over and over, and go
on, two at a time; so is the merge.

After each kill: no result that was finished is lost or there twice. Once all shards have ended by themselves they give, joined,
the bytes of a study on one machine. GATESIM_KILLS says how many kills there are (20), GATESIM_SEED which."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # nothing beside the sources
from kill9 import COMMON, fail, lines_of, luck, program, read, same, scenario, unbroken  # noqa: E402

KILLS = int(os.environ.get("GATESIM_KILLS", "20"))
SHARDS = 3


def begin(words, number, log):
    line = [program, *words, "--out", "shards", *COMMON, "--shard", f"{number}/{SHARDS}"]
    return subprocess.Popen(line, stdout=log, stderr=log, stdin=subprocess.DEVNULL)


def ended(process, seconds, what):
    """Waits so long and kills it then. Whether it ended by itself."""
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return False
    if code != 0:
        fail(f"exit code {code}: {what}: {read('log').decode()}")
    return True


def check(number, known):
    """All that a shard had is there still, and nothing twice. Gives what it has."""
    lines = lines_of(f"shards/shard-{number}-of-{SHARDS}")
    if len(lines) != len(set(lines)):
        fail(f"shard {number} ran {len(lines) - len(set(lines))} replications twice")
    if not known <= set(lines):
        fail(f"shard {number} lost {len(known - set(lines))} of {len(known)} finished replications")
    return set(lines)


def joins(words, longest, expected):
    """Merges, killed now and then. Gives how often."""
    kills = 0
    while True:
        with open("log", "w") as log:
            line = [program, *words, "--out", "joined", *COMMON, "--merge", "shards"]
            process = subprocess.Popen(line, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
            if ended(process, luck.uniform(0, longest) if luck.random() < 0.7 else 60, "merge"):
                break
        kills += 1
    same("joined", expected, " from shards")
    return kills


def study(words, kills):
    longest, expected = unbroken(words)
    done, rounds = 0, 0
    while done < kills or rounds == 0:
        known = {number: set() for number in range(1, SHARDS + 1)}
        open_ones = set(known)
        while open_ones:
            pair = luck.sample(sorted(open_ones), min(2, len(open_ones)))
            with open("log", "w") as log:
                started = [(number, begin(words, number, log)) for number in pair]
                for number, process in started:
                    # Those that have nothing left to do are killed as well: all could be lost at such a moment.
                    patience = luck.uniform(0, 0.6 * longest) if done < kills else 60
                    if ended(process, patience, f"shard {number}"):
                        open_ones.discard(number)
                    else:
                        done += 1
                    known[number] = check(number, known[number])
        done += joins(words, longest / 4, expected)
        rounds += 1
        time.sleep(0.5)  # workers die a moment later
        left = [n for n in os.listdir(".") + os.listdir("joined") if ".partial" in n and "shards" not in n]
        if left:
            fail(f"left aside: {left}")
        shutil.rmtree("shards")
        shutil.rmtree("joined")
    shutil.rmtree("whole")
    print(f"{words[0]}: {done} kills, {rounds} times joined, nothing lost or repeated", flush=True)


home = os.getcwd()
with tempfile.TemporaryDirectory() as place:
    os.chdir(place)
    study(["compare", scenario, "--strategies", "zuul,serial", "--replications", "60"], KILLS // 2)
    study(["sweep", scenario, "--over", "/strategy/window=2,3,5", "--replications", "40"], KILLS - KILLS // 2)
    os.chdir(home)
