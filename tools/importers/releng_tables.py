#!/usr/bin/env python3
"""Re-tabulates the tests of a Gerrit project's patch sets as entries.csv and runs.csv.

Usage: releng_tables.py DATA_FOLDER OUT_FOLDER [--events FILE]

Reads   gerrit_releng_events.csv.gz   one row an event: upload, recheck, ci_start, ci_successful, merged ...
Writes  entries.csv, runs.csv         the two neutral tables
        --events FILE                 the same events as lines of JSON, as `gatesim import gerrit` reads them
and prints what it counted. Same input, same bytes. Only the standard library is used.

The project has no gate: a change is submitted when a person says so. What queues is the test of a patch set. A stay is such
a test: it begins with the upload, or the word "recheck"; it ends with the verdict of the CI: green counts as landed (it
left as it should), red or unstable as ejected. What was replaced by another upload before its verdict is withdrawn.

A test that the CI began while it had begun others that were asked for an hour later and more did not wait for a machine:
the CI did not know of it, and what told it is not recorded. Since when it waited is not known, so it is left out.

Up to three jobs share a verdict, and which of them was red is not recorded. So all of them stand as one job of the
project, from the first start to the verdict.
"""

import argparse
import collections
import csv
import gzip
import json
import os
import sys

LONG = 3600
GREEN, RED = {"ci_successful"}, {"ci_failed", "ci_unstable"}
ENTRY_COLUMNS = ["entry", "change", "project", "author", "enqueued", "left", "left_lo", "left_hi", "outcome", "cause"]
RUN_COLUMNS = ["entry", "group", "state", "job", "attempt", "created", "started", "ended", "result", "label"]


def read_events(folder):
    with gzip.open(os.path.join(folder, "gerrit_releng_events.csv.gz"), "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class Test:
    """One patch set in the hands of the CI, since somebody asked for it."""

    def __init__(self, event):
        self.change, self.project, self.person = event["change"], event["project"].split("/")[-1], event["person"]
        self.patchset, self.asked = event["patchset"], int(event["time"])
        self.started = self.ended = self.result = self.replaced = None


def tests_of(events, counts):
    """Tests of one change, whose events are in order of time."""
    tests, waiting = [], {}
    for event in events:
        kind, patchset, at = event["event"], event["patchset"], int(event["time"])
        if kind in ("upload", "recheck"):
            # Who asks twice before the verdict waits since the first time; another patch set replaces the one before it.
            if kind == "recheck" and patchset in waiting:
                counts["asked again before the verdict"] += 1
                continue
            for other in waiting.values():
                other.replaced = other.replaced or at
            waiting[patchset] = Test(event)
            tests.append(waiting[patchset])
        elif kind == "ci_start" and patchset in waiting:
            waiting[patchset].started = waiting[patchset].started or at
        elif kind in GREEN | RED:
            test = waiting.pop(patchset, None)
            if test is None:
                counts["verdict that nobody asked for"] += 1
            elif test.started is None:
                counts["verdict without a start"] += 1
                tests.remove(test)
            else:
                test.ended, test.result = at, "success" if kind in GREEN else "failure"
    return tests


def kept(tests, counts):
    for test in tests:
        if test.started is None:
            counts["patch set that the CI did not take up"] += 1
        elif test.ended is None and test.replaced is None:
            counts["started, without a verdict, not replaced"] += 1
        elif test.ended is None and test.replaced <= test.asked:
            counts["replaced in the same second"] += 1
        else:
            yield test


def without_overtaken(tests, counts):
    """`tests` are in order of their asking."""
    for at, test in enumerate(tests):
        later = (other for other in tests[at + 1:] if test.asked + LONG <= other.asked)
        if any(other.started < test.started for other in later):
            counts["started after others that were asked for an hour later"] += 1
        else:
            yield test


def write_table(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_tables(tests, out):
    entries, runs, states = [], [], {}
    for number, test in enumerate(tests, 1):
        left = test.ended or test.replaced
        outcome = {"success": "landed", "failure": "ejected", None: "withdrawn"}[test.result]
        entries.append([number, test.change, test.project, test.person if test.person != "0" else "", test.asked, left,
                        "", "", outcome, "failure" if outcome == "ejected" else ""])
        # A patch set is one state: who rechecks it tests the same code again (on a branch that may have moved).
        state = states.setdefault((test.change, test.patchset), len(states) + 1)
        attempt = 1 + sum(1 for run in runs if run[2] == state)
        runs.append([number, number, state, f"{test.project}-verify", attempt, test.asked, test.started, test.ended or "",
                     test.result or "superseded", f"{test.project}-ci"])
    write_table(os.path.join(out, "entries.csv"), ENTRY_COLUMNS, entries)
    write_table(os.path.join(out, "runs.csv"), RUN_COLUMNS, runs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--events")
    arguments = parser.parse_args()
    events = read_events(arguments.data)
    os.makedirs(arguments.out, exist_ok=True)
    if arguments.events:
        with open(arguments.events, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(event) + "\n" for event in events)
    by_change = collections.defaultdict(list)
    for event in events:
        by_change[event["change"]].append(event)
    counts, tests = collections.Counter(), []
    for change in by_change.values():
        change.sort(key=lambda event: int(event["time"]))
        tests += kept(tests_of(change, counts), counts)
    tests.sort(key=lambda test: (test.asked, int(test.change), int(test.patchset)))
    tests = list(without_overtaken(tests, counts))
    write_tables(tests, arguments.out)
    results = collections.Counter(test.result or "withdrawn" for test in tests)
    print(f"{len(events)} events of {len(by_change)} changes: {len(tests)} tests, "
          + ", ".join(f"{n} {what}" for what, n in sorted(results.items())))
    for what, n in sorted(counts.items()):
        print(f"  left out: {n:4} {what}")


if __name__ == "__main__":
    sys.exit(main())
