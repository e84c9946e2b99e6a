#!/usr/bin/env python3
"""A scenario for the record of October 2025 (ghmq_tables.py), with durations from training hours only.

    tools/importers/ghmq_scenario.py FOLDER [--odd] [--block HOURS] [--shift HOURS] [--forward] [--level FACTOR]
    tools/importers/ghmq_scenario.py FOLDER --shipped TARGET

The second form writes scenarios/github-queue-2025 (its notes name all commands): durations from all hours, the window that
`gatesim infer` found (FOLDER/scenario.json), and the table of stays.

Writes FOLDER/scenario.json and prints what validate is to be given as --train: every other block of hours (the even ones,
or with --odd the odd ones; --shift moves their bounds), or with --forward the first half. How long a group took is taken from entries at the front
of the queue alone: nobody ahead holds them, so their departure is the end of their group. A departure lies between two
polls; where a group of somebody who had waited started in between, that is the moment. The level of the durations
drifts: it is smoothed over training hours (Gaussian, in the logarithm) and written as a list of factors.
"""
import argparse
import csv
import datetime
import json
import math
import re
import shutil
import statistics
from collections import defaultdict
from pathlib import Path

START = 1761685185  # the first poll; the queue is known from then on
BANDWIDTH_H = 4.0   # of the smoothing
PRIOR = 0.3         # so many observations of the grand mean at every hour
STEP_H = 2.0        # a factor every two hours
# By `validate --variant` on training hours: sigma (of the logarithm around the level) of 0.3 to 0.6, flakes of 0 to 25 %.
SIGMA = 0.6
FLAKE = "18%"
# Of the shipped one: 16 % of the entries were seen as unmergeable, with 7 ahead of them on average.
CONFLICT = "2%"


def seconds(text):
    """A moment as the tables have it: Unix seconds, or ISO 8601."""
    return int(text) if text.isdigit() else int(datetime.datetime.fromisoformat(text).timestamp())


def read(folder):
    with open(folder / "entries.csv", newline="") as file:
        entries = list(csv.DictReader(file))
    for entry in entries:
        for column in ("enqueued", "left_lo", "left_hi"):
            entry[column] = seconds(entry[column])
    entries.sort(key=lambda entry: entry["enqueued"])
    starts = defaultdict(set)  # of the groups, by entry
    with open(folder / "runs.csv", newline="") as file:
        for run in csv.DictReader(file):
            starts[run["entry"]].add(seconds(run["created"]))
    return entries, starts


def fronts(entries, starts):
    """(start, length, departure) of the last group of entries that were surely at the front when seen last."""
    for i, entry in enumerate(entries):
        low, high = entry["left_lo"], entry["left_hi"]
        if not starts[entry["entry"]] or any(ahead["left_hi"] > low for ahead in entries[:i]):
            continue
        begun = max(starts[entry["entry"]])
        freed = [start for k, other in enumerate(entries) if k != i for start in starts[other["entry"]]
                 if low < start <= high and other["enqueued"] < start - 120]
        if freed:
            low = high = min(freed)
        if begun < entry["left_hi"]:
            yield begun, (max(60, low - begun) + high - begun) / 2, entry["left_hi"]


def level(hour, observed):
    """The length of a group that starts then, in seconds."""
    grand = statistics.fmean(math.log(length) for _, length in observed)
    weights = [math.exp(-((begun - hour) / BANDWIDTH_H) ** 2 / 2) for begun, _ in observed]
    total = sum(weight * math.log(length) for weight, (_, length) in zip(weights, observed))
    return math.exp((total + PRIOR * grand) / (sum(weights) + PRIOR))


def steps_of(observed, factor, hours):
    return [{"from": f"{k * STEP_H:g}h", "scale": round(level((k + 0.5) * STEP_H, observed) * factor / 3600, 3)}
            for k in range(int(hours / STEP_H) + 1)]


def ship(folder, target, entries, steps, hours):
    found = json.loads((folder / "scenario.json").read_text())
    scenario = {
        "$schema": "../schema/scenario.json",
        "format": 1,
        "title": "A GitHub merge queue, 28 October to 1 November 2025: 183 entries, five groups at once",
        "notes": "Inferred from half-hourly snapshots of one busy public queue. Sources, and what fits: notes.md.",
        "period": {"kind": "terminating", "start": moment(START), "length": f"{math.ceil(hours)}h", "timezone": "UTC"},
        "replications": 20,
        "load": {"replay": {"file": "entries.csv", "waiting_at_start": True, "stays_apart": True}},
        "strategy": {"name": "github", "window": found["strategy"]["window"], "behind_red": "stop", "timeout": "12h"},
        "jobs": {"checks": {"duration": {"dist": "lognormal", "median": "1h", "sigma": SIGMA}, "flake": FLAKE,
                            "duration_scale": steps}},
        "projects": {"metal": {}},
        "failures": {"textual_conflict": CONFLICT},
    }
    text = json.dumps(scenario, indent=4)
    text = re.sub(r'\{\s+"from": ("\w+"),\s+"scale": ([\d.]+)\s+\}', r'{"from": \1, "scale": \2}', text)
    (target / "scenario.json").write_text(text + "\n")
    shutil.copy(folder / "entries.csv", target / "entries.csv")


def moment(when):
    return datetime.datetime.fromtimestamp(when, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--odd", action="store_true")
    options.add_argument("--forward", action="store_true")
    options.add_argument("--block", type=float, default=6)
    options.add_argument("--shift", type=float, default=0)
    # Fronts are those that last, the typical group is shorter. Which level, `validate --variant` says on training hours.
    options.add_argument("--level", type=float, default=0.75)
    options.add_argument("--shipped", type=Path, metavar="TARGET")
    asked = options.parse_args()
    entries, starts = read(asked.folder)
    hours = (max(entry["left_hi"] for entry in entries) - START) / 3600
    bounds = [0, *(asked.shift + k * asked.block for k in range(int(hours / asked.block) + 2)), hours]
    bounds = sorted({min(max(bound, 0), hours) for bound in bounds})
    train = [pair for k, pair in enumerate(zip(bounds, bounds[1:])) if k % 2 == int(asked.odd)]
    if asked.forward:
        train = [(0, hours / 2)]
    observed = [((begun - START) / 3600, length) for begun, length, left in fronts(entries, starts)
                if asked.shipped or any(low <= (left - START) / 3600 < high for low, high in train)]
    steps = steps_of(observed, asked.level, hours)
    if asked.shipped:
        return ship(asked.folder, asked.shipped, entries, steps, hours)
    scenario = {
        "format": 1,
        "title": "The merge queue of October 2025, durations from training hours",
        "period": {"start": moment(START)},
        "load": {"replay": {"file": "entries.csv", "waiting_at_start": True, "stays_apart": True}},
        "strategy": {"name": "github", "behind_red": "stop", "timeout": "12h"},
        "jobs": {"checks": {"duration": {"dist": "lognormal", "median": "1h", "sigma": SIGMA}, "duration_scale": steps,
                            "flake": FLAKE}},
        "projects": {"metal": {}},
    }
    (asked.folder / "scenario.json").write_text(json.dumps(scenario, indent=2) + "\n")
    print(",".join(f"{low:.6g}h..{high:.6g}h" for low, high in train))


if __name__ == "__main__":
    main()
