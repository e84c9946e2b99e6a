#!/usr/bin/env python3
"""Turns the tables of a run (builds, nodes, attempts, stays) into entries.csv and runs.csv, as an import would write them.

usage: run_tables.py RUN_DIRECTORY OUT
Only what a forge could tell is carried over: no truth. A state is what the branch was and what was tested on top of it.
"""
import bisect
import csv
import pathlib
import sys

OUTCOMES = {"landed": "landed", "": "open", "waiting": "open"}
RESULTS = {"retry": "no_result", "": "unfinished"}
CAUSES = {"conflict": "conflict", "timeout": "timeout"}


def rows(folder, name):
    with open(folder / f"{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


def write_entries(stays, out):
    with open(out / "entries.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["entry", "change", "project", "enqueued", "left", "outcome", "cause"])
        for number, stay in enumerate(stays, 1):
            outcome = OUTCOMES.get(stay["outcome"], "ejected")
            if not stay["left_at"]:
                outcome = "open"
            cause = "" if outcome != "ejected" else "conflict" if "conflict" in stay["why"] else "failure"
            table.writerow([number, stay["change"], "app", stay["entered_at"], stay["left_at"], outcome, cause])


def stay_of(stays_of, change, instant):
    """The number of the stay that the change had then."""
    return next((n for n, begin, end in stays_of.get(change, []) if begin <= instant <= end), None)


def write_runs(builds, nodes, attempts, stays, out):
    stays_of, landings = {}, []
    for number, stay in enumerate(stays, 1):
        end = float(stay["left_s"] or "inf")
        stays_of.setdefault(stay["change"], []).append((number, float(stay["entered_s"]), end))
        if stay["outcome"] == "landed":
            landings.append(end)
    landings.sort()
    opened = {a["attempt"]: float(a["opened_s"]) for a in attempts}
    asked = {n["build"]: float(n["requested_s"]) for n in nodes if n["build"]}
    start = None
    states, seen = {}, {}
    with open(out / "runs.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["entry", "group", "base", "members", "state", "job", "attempt", "created", "queued", "started",
                        "ended", "result", "voting", "label"])
        import datetime as dt
        for build in sorted(builds, key=lambda b: (float(b["start_s"]), int(b["build"]))):
            if start is None:
                begin = dt.datetime.fromisoformat(build["start_at"].replace("Z", "+00:00"))
                start = begin - dt.timedelta(seconds=float(build["start_s"]))
            at = opened[build["attempt"]]
            chain = build["chain"].split()
            members = [stay_of(stays_of, change, at) for change in chain]
            members = [m for m in members if m]
            base = bisect.bisect_right(landings, at)
            state = states.setdefault((base, build["chain"]), len(states) + 1)
            key = (build["attempt"], build["job"])
            seen[key] = seen.get(key, 0) + 1
            queued = (start + dt.timedelta(seconds=asked[build["build"]])).isoformat()
            result = RESULTS.get(build["result"], build["result"])
            if result == "cancelled" and build["waste"] == "reset":
                result = "superseded"
            table.writerow([members[-1] if members else "", int(build["attempt"]) + 1, f"b{base}", " ".join(map(str, members)),
                            state, build["job"], seen[key], queued, queued, build["start_at"], build["end_at"], result,
                            build["voting"], build["pool"]])


def main():
    folder, out = map(pathlib.Path, sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    stays = rows(folder, "stays")
    write_entries(stays, out)
    write_runs(rows(folder, "builds"), rows(folder, "nodes"), rows(folder, "attempts"), stays, out)


if __name__ == "__main__":
    main()
