#!/usr/bin/env python3
"""Turns the polls of one GitHub merge queue (October 2025) into the two neutral tables, entries.csv and runs.csv.

Reads ghmq_enqueues.csv and ghmq_jobs.csv.gz, made from public polls every half hour (wusatosi/tt-merge-queue-monitor,
no licence stated: the tables are for measuring, and are not part of a release).

    tools/importers/ghmq_tables.py SOURCE_FOLDER FOLDER [--groups]

What the polls do not say is left empty or decided here:
* An entry left between the poll that saw it last and the one that missed it. Whether it landed or was withdrawn is not
  in the data; who was neither seen red nor came again counts as landed.
* A run that had not ended when its group was last seen, in a group that a later one of the same entry replaced, is
  superseded; in the last group of an entry it is unfinished. `ended` is then when it was surely still there: the
  latest time that any job of its group shows. Of an entry that landed the last group passed before it was gone, so there
  its unfinished runs passed between these two (ended_lo, ended_hi).
* A skipped run keeps no times but the one when it was asked for.
* With --groups each group is one run of a job `checks`: from its start to the next group of its entry, which superseded it, or
  to the departure. That lies between two polls; where a group of somebody who had waited started in between, it is that moment.
"""
import csv
import gzip
import sys
from collections import defaultdict
from pathlib import Path

ENTRY_COLUMNS = "entry change project branch author enqueued left left_lo left_hi outcome cause priority".split()
RUN_COLUMNS = ("entry group base members state job attempt created queued started ended result voting label "
               "runner ended_lo ended_hi").split()
RESULTS = {"SUCCESS": "success", "FAILURE": "failure", "SKIPPED": "skipped", "CANCELLED": "cancelled"}


def red(row):
    return row["conclusion"] == "FAILURE"


def cause(entry, red_entries):
    """Why an entry was ejected: red checks if any were seen, a conflict if it was unmergeable without any."""
    if entry["last_ci_state"] == "FAILURE" or entry["enqueue"] in red_entries:
        return "failure"
    return "conflict" if "UNMERGEABLE" in entry["states"] else "unknown"


def write_entries(path, entries, red_entries):
    with open(path, "w", newline="") as file:
        out = csv.DictWriter(file, ENTRY_COLUMNS, lineterminator="\n")
        out.writeheader()
        for entry in entries:
            ejected = entry["outcome"] == "ejected"
            out.writerow({"entry": entry["enqueue"], "change": "pr-" + entry["pr"], "project": "metal",
                          "branch": "main", "author": entry["author"], "enqueued": entry["enqueued"],
                          "left_lo": entry["last_seen"], "left_hi": entry["gone_by"],
                          "outcome": "ejected" if ejected else "landed",
                          "cause": cause(entry, red_entries) if ejected else "", "priority": 0})


def latest(rows):
    return max(int(row[column]) for row in rows for column in ("started", "completed", "ci_started") if row[column])


def run_of(row, last_group, seen, stay):
    """One row of runs.csv. The label is what the name says of the machine: nothing here, the polls do not tell."""
    run = {"entry": row["enqueue"], "group": row["merge_group"], "state": row["merge_group"], "job": row["job"],
           "attempt": 1, "created": row["ci_started"], "voting": 1}
    result = RESULTS.get(row["conclusion"]) if row["status"] == "COMPLETED" else None
    replaced = row["merge_group"] != last_group
    if result == "cancelled" and replaced:
        result = "superseded"
    if not result:
        result = "superseded" if replaced else "unfinished"
        run["ended"] = seen
        begun = int(row["started"] or 0)
        if result == "unfinished" and stay["outcome"] != "ejected" and row["status"] != "QUEUED" and begun:
            low = max(seen, begun)
            run.update(ended="", ended_lo=low, ended_hi=max(low, int(stay["gone_by"])))
            result = "success"
    elif result != "skipped":
        run["ended"] = max(int(row["completed"]), int(row["started"]))
    if row["started"] and row["status"] != "QUEUED" and result != "skipped":
        run["started"] = row["started"]
    elif row["status"] == "QUEUED":
        run["queued"] = row["started"]
    run["result"] = result
    return run


def write_groups(path, jobs, stays):
    """Each group as one run. `stays`: the rows of entries.csv, by entry."""
    groups = defaultdict(set)  # (start, group), by entry
    for row in jobs:
        groups[row["enqueue"]].add((int(row["ci_started"]), int(row["merge_group"])))
    waited = [(begun, entry) for entry, own in groups.items() for begun, _ in own if int(stays[entry]["enqueued"]) < begun - 120]
    with open(path, "w", newline="") as file:
        out = csv.DictWriter(file, RUN_COLUMNS, lineterminator="\n")
        out.writeheader()
        for entry, own in groups.items():
            stay = stays[entry]
            low, high = int(stay["left_lo"]), int(stay["left_hi"])
            freed = [begun for begun, other in waited if other != entry and low < begun <= high]
            ends = [begun for begun, _ in sorted(own)][1:] + [min(freed) if freed else (low + high) // 2]
            for n, ((begun, group), end) in enumerate(zip(sorted(own), ends), start=1):
                last = n == len(ends)
                failed = stay["cause"] == "failure"
                out.writerow({"entry": entry, "group": group, "state": group, "job": "checks", "attempt": 1, "created": begun,
                              "started": begun, "ended": max(begun, end), "voting": 1,
                              "result": "superseded" if not last else "failure" if failed else "success"})


def write_runs(path, jobs, stays):
    groups = defaultdict(list)
    for row in jobs:
        groups[row["merge_group"]].append(row)
    last = {}  # the last group of each entry
    for group, rows in groups.items():
        entry, begun = rows[0]["enqueue"], int(rows[0]["ci_started"])
        last[entry] = max(last.get(entry, (0, 0, "")), (begun, int(group), group))
    with open(path, "w", newline="") as file:
        out = csv.DictWriter(file, RUN_COLUMNS, lineterminator="\n")
        out.writeheader()
        for rows in groups.values():
            seen = latest(rows)
            for row in rows:
                out.writerow(run_of(row, last[row["enqueue"]][2], seen, stays[row["enqueue"]]))


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["--groups"]):
        sys.exit("usage: ghmq_tables.py DATA FOLDER [--groups]")
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    with open(source / "ghmq_enqueues.csv", newline="") as file:
        entries = list(csv.DictReader(file))
    with gzip.open(source / "ghmq_jobs.csv.gz", "rt", newline="") as file:
        jobs = list(csv.DictReader(file))
    write_entries(target / "entries.csv", entries, {row["enqueue"] for row in jobs if red(row)})
    if sys.argv[3:]:
        with open(target / "entries.csv", newline="") as file:
            write_groups(target / "runs.csv", jobs, {row["entry"]: row for row in csv.DictReader(file)})
    else:
        write_runs(target / "runs.csv", jobs, {entry["enqueue"]: entry for entry in entries})


if __name__ == "__main__":
    main()
