#!/usr/bin/env python3
"""hunt.py PROGRAM SCENARIO FOLDER [--style FILE] [--seed N] [--set /pointer=value …] [--baselines]: logs of a run, and what
`correlate` finds in them, graded (grade.py). Prints the figures as a line of JSON. Which factor each cause has is read from
the scenario."""
import argparse
import collections
import csv
import json
import os
import subprocess
import sys

GRADE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "grade.py")
FACTORS = {"after": "base", "with": "tested_with", "from": "time", "until": "time", "hours": "hour"}


def factors(scenario):
    failures = json.load(open(f"{scenario}/scenario.json"))["failures"]
    out = {name: "time" for name in failures.get("troubles", {})}
    for race in failures.get("races", {}).get("listed", []):
        key = next(iter(race.get("factor", {})), "")
        out[race["name"]] = FACTORS.get(key, key)
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("program")
    p.add_argument("scenario")
    p.add_argument("folder")
    p.add_argument("--style")
    p.add_argument("--seed", default="1")
    p.add_argument("--passed", default="30%")
    p.add_argument("--set", action="append", default=[])
    p.add_argument("--baselines", action="store_true")
    args = p.parse_args()
    logs = os.path.join(args.folder, "logs")
    call = [args.program, "run", args.scenario, "--seed", args.seed, "--replications", "1", "--tables", "none", "--quiet", "--out",
            os.path.join(args.folder, "run"), "--logs", logs, "--log-passed", args.passed]
    call += ["--log-style", args.style] if args.style else []
    for one in args.set:
        call += ["--set", one]
    subprocess.run(call, check=True)
    counts = collections.Counter(r["cause"] for r in csv.DictReader(open(f"{logs}/truth.csv")))
    with open(f"{logs}/factors.csv", "w") as f:
        f.write("cause,factor\n")
        # Fewer than three sightings nobody can tell from chance.
        f.writelines(f"{c},{factor}\n" for c, factor in factors(args.scenario).items() if counts[c] >= 3)
    answer = os.path.join(args.folder, "answer.json")
    with open(answer, "w") as f:
        call = [args.program, "correlate", logs, "--json"] + (["--baselines"] if args.baselines else [])
        subprocess.run(call, check=True, stdout=f)
    graded = subprocess.run([sys.executable, GRADE, logs, answer], check=True, stdout=subprocess.PIPE, text=True)
    print(graded.stdout.strip())


main()
