"""The record of a run holds together: stays, attempts and waits, and the trace that is made of the same events.

usage: record_test.py GATESIM FOLDER SCENARIO [OPTION...]
Runs the scenario with tables and a trace into FOLDER and checks what must hold for any run.
"""

import csv
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from urllib.parse import unquote

sys.setrecursionlimit(100_000)  # a state stands on another, and that on another


def rows(folder, name):
    with open(f"{folder}/{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


def names(cell):
    """Of a cell with several."""
    return [unquote(name) for name in cell.split()]


def micros(text):
    whole, _, part = text.partition(".")
    return int(whole) * 1_000_000 + int((part + "000000")[:6])


def check(fine, what):
    if not fine:
        sys.exit(f"record_test: {what}")


def check_waits(stays, waits, end):
    """The reasons of a stay follow one another without a gap, from when it came to when it left."""
    of = defaultdict(list)
    for wait in waits:
        of[wait["item"]].append(wait)
    for stay in stays:
        mine = sorted(of.pop(stay["item"], []), key=lambda wait: micros(wait["from_s"]))
        entered = micros(stay["entered_s"])
        left = micros(stay["left_s"]) if stay["left_s"] else None
        if not mine:
            check(left == entered, f"stay {stay['item']} waits for nothing")
            continue
        at = entered
        for wait in mine:
            check(micros(wait["from_s"]) == at, f"stay {stay['item']}: a gap at {wait['from_s']}")
            check(wait["why"] and wait["reason"], f"stay {stay['item']}: no reason at {wait['from_s']}")
            at = micros(wait["until_s"]) if wait["until_s"] else None
        check(at == left, f"stay {stay['item']}: its last reason ends at {at}, and it left at {left}")
    check(not of, f"reasons of no stay: {list(of)[:3]}")


def check_attempts(stays, attempts, builds, nodes):
    known = {one["attempt"]: one for one in attempts}
    items = {stay["item"]: stay for stay in stays}
    count, cost = defaultdict(int), defaultdict(int)
    for build in builds:
        count[build["attempt"]] += 1
    attempt_of = {build["build"]: build["attempt"] for build in builds}
    for node in nodes:
        if node["build"] in attempt_of:
            cost[attempt_of[node["build"]]] += micros(node["node_s"])
    for one in attempts:
        name = f"attempt {one['attempt']}"
        check(int(one["builds"]) == count[one["attempt"]], f"{name}: {one['builds']} builds, {count[one['attempt']]} rows")
        check(micros(one["node_s"]) >= cost[one["attempt"]], f"{name}: its builds cost more than it did")
        check(micros(one["wasted_s"]) <= micros(one["node_s"]), f"{name}: wastes more than it costs")
        mine = [items[item] for item in one["item"].split()]
        check(all(stay["queue"] == one["queue"] for stay in mine), f"{name}: a stay of another queue")
        for stay in mine:
            check(micros(stay["entered_s"]) <= micros(one["opened_s"]), f"{name}: opened before {stay['change']} came")
        depth = len(names(one["chain"]))
        if one["ahead"]:
            ahead = known[one["ahead"]]
            check(micros(ahead["opened_s"]) <= micros(one["opened_s"]), f"{name}: stands on a later one")
            below = int(ahead["depth"]) + max(1, len(ahead["item"].split()))
            check(0 < int(one["depth"]) <= below, f"{name}: depth {one['depth']} on {below}")
        elif one["kind"] != "probe":
            check(int(one["depth"]) == depth, f"{name}: depth {one['depth']}, but {depth} below")
        check(one["result"] != "red" or one["job"], f"{name}: red, and no job says why")
        check((one["result"] == "timed_out") == (one["why"] == "timed_out"), f"{name}: {one['result']}, {one['why']}")
        for first, then in (("opened_s", "tested_s"), ("opened_s", "ended_s")):
            check(not one[then] or micros(one[first]) <= micros(one[then]), f"{name}: {then} before {first}")
    def below(one):
        if not one["ahead"]:
            return names(one["chain"])
        ahead = known[one["ahead"]]
        both = below(ahead) + [items[item]["change"] for item in ahead["item"].split()]
        return both[len(both) - int(one["depth"]):]

    landed = set()
    for one in attempts:
        if one["end"] == "landed":  # a green state lands all that it holds
            landed.update(below(one), (items[item]["change"] for item in one["item"].split()))
    for stay in stays:
        if stay["outcome"] == "landed":
            check(stay["change"] in landed, f"{stay['change']} landed with no attempt")


def check_trace(trace, builds):
    tracks, flows, names = defaultdict(list), defaultdict(list), {}
    ran = 0
    for event in trace["traceEvents"]:
        if event["ph"] == "X":
            tracks[event["pid"], event["tid"]].append(event)
            ran += "build" in event.get("args", {})
        elif event["ph"] in "sf":
            flows[event["id"]].append(event)
        elif event["ph"] == "C":
            check(all(value >= 0 for value in event["args"].values()), f"a counter below zero: {event}")
        elif event["ph"] == "M" and event["name"] == "process_name":
            names[event["pid"]] = event["args"]["name"]
    check(ran == len(builds), f"{ran} builds in the trace, {len(builds)} in builds.csv")
    for track, slices in tracks.items():
        open_until = []
        for one in sorted(slices, key=lambda one: (one["ts"], -one["dur"])):
            check(one["dur"] >= 0, f"a slice of {one['dur']}")
            while open_until and open_until[-1] <= one["ts"]:
                open_until.pop()
            check(not open_until or one["ts"] + one["dur"] <= open_until[-1],
                  f"{names[track[0]]}: \"{one['name']}\" at {one['ts']} does not nest")
            open_until.append(one["ts"] + one["dur"])
    for number, pair in flows.items():
        check([one["ph"] for one in pair] == ["s", "f"], f"arrow {number} is not whole")
        for one in pair:
            inside = any(s["ts"] <= one["ts"] <= s["ts"] + s["dur"] for s in tracks[one["pid"], one["tid"]])
            check(inside, f"arrow {number} hangs in the air at {one['ts']}")
    return len(flows)


def main():
    program, folder, scenario, *options = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([program, "run", scenario, "--replications", "1", "--trace", "--quiet", "--out", folder, *options],
                   check=True)
    stays, attempts, waits, builds, nodes = (rows(folder, name) for name in
                                             ("stays", "attempts", "waits", "builds", "nodes"))
    gates = {stay["pipeline"] for stay in stays}
    with open(f"{folder}/trace.json") as file:
        arrows = check_trace(json.load(file), builds)
    builds = [build for build in builds if build["pipeline"] in gates]
    check_waits(stays, waits, None)
    check_attempts(stays, attempts, builds, [node for node in nodes if node["pipeline"] in gates])
    labels = {}
    for stay in stays:
        check(labels.setdefault(stay["label"], stay["change"]) == stay["change"], f"two changes are {stay['label']}")
        check(len(stay["label"]) <= 16, f"a long label: {stay['label']}")
    if scenario.endswith("quickstart") and not options:  # as README tells it
        ends = [one["end"] for one in attempts]
        check(ends.count("thrown_away") == 3, f"{ends.count('thrown_away')} attempts thrown away, not 3")
        out = [one for one in attempts if one["end"] == "ejected"]
        check([one["build"] for one in out] == ["7", "19"], f"ejected for {[one['build'] for one in out]}")
        outcomes = [stay["outcome"] for stay in stays]
        check(outcomes.count("landed") == 6 and len(outcomes) == 8, f"outcomes {outcomes}")
        check(arrows == 3, f"{arrows} arrows, not 3")
    print(f"{len(stays)} stays, {len(attempts)} attempts, {len(waits)} reasons, {arrows} arrows")


main()
