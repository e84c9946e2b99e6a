#!/usr/bin/env python3
"""When does a red entry leave GitHub's merge queue, and what becomes of those behind it?

Reads ghmq_enqueues.csv and ghmq_jobs.csv.gz, made from the public polls of one queue (wusatosi/tt-merge-queue-monitor,
October 2025), in the folder given. Prints the table of sim/strategy/SOURCES.md. Usage: when_red_leaves.py FOLDER
"""
import csv
import gzip
import statistics
import sys
from collections import defaultdict
from pathlib import Path


def read(folder):
    """Entries by number, and for each its groups: when each began, and when its first check turned red (or None)."""
    with open(folder / "ghmq_enqueues.csv", newline="") as file:
        entries = {int(row["enqueue"]): row for row in csv.DictReader(file)}
    checks = defaultdict(list)
    with gzip.open(folder / "ghmq_jobs.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            checks[int(row["merge_group"])].append(row)
    groups = defaultdict(list)
    for rows in checks.values():
        red = [int(r["completed"]) for r in rows if r["conclusion"] in ("FAILURE", "TIMED_OUT") and r["completed"]]
        began = min(int(r["ci_started"] or r["started"]) for r in rows if r["ci_started"] or r["started"])
        groups[int(rows[0]["enqueue"])].append((began, min(red, default=None)))
    for of_entry in groups.values():
        of_entry.sort()
    return entries, groups


def at(entries, entry, key):
    return int(entries[entry][key])


def followers(entries, groups, entry, when):
    """Those behind the entry whose group ran at that moment, with the time until their next group (None: none)."""
    out = []
    for other in groups:
        if at(entries, other, "enqueued") <= at(entries, entry, "enqueued") or at(entries, other, "last_seen") < when:
            continue
        begun = [g for g in groups[other] if g[0] <= when]
        if not begun or (begun[-1][1] and begun[-1][1] <= when):
            continue
        later = [g[0] - when for g in groups[other] if g[0] > when]
        out.append(min(later, default=None))
    return out


def main():
    entries, groups = read(Path(sys.argv[1]))
    reds = [(entry, i, red) for entry in groups for i, (_, red) in enumerate(groups[entry]) if red]
    waiting = [(entry, i, red) for entry, i, red in reds
               if any(at(entries, x, "enqueued") < at(entries, entry, "enqueued") and at(entries, x, "last_seen") >= red
                      for x in entries)]
    stays = [at(entries, entry, "last_seen") - red for entry, _, red in waiting]
    behind = [wait for entry, _, red in waiting for wait in followers(entries, groups, entry, red)]
    queued = [red for _, _, red in reds
              if any(at(entries, x, "enqueued") < red - 120 and groups[x][0][0] > red for x in groups)]
    prompt = [red for red in queued
              if any(at(entries, x, "enqueued") < red - 120 and 0 < groups[x][0][0] - red <= 120 for x in groups)]
    ejected = [e for e in entries if entries[e]["outcome"] == "ejected"]
    again = {e for e in ejected if entries[e]["reenqueued_later"] not in ("", "0")}
    last_red = {e for e in ejected if groups.get(e) and groups[e][-1][1]}
    print("groups an entry                                   %.2f" % (sum(map(len, groups.values())) / len(entries)))
    print("red groups with somebody surely still ahead       %d" % len(waiting))
    print("  entry listed at a later poll                    %d" % sum(stay > 0 for stay in stays))
    print("  for so many minutes, median                     %d" % (statistics.median(stays) / 60))
    print("  entry tested again later                        %d" % sum(i + 1 < len(groups[e]) for e, i, _ in waiting))
    print("followers under test when one ahead turned red    %d" % len(behind))
    print("  started again within 3 minutes                  %d" % sum(w is not None and w <= 180 for w in behind))
    print("red groups while others queued                    %d" % len(queued))
    print("  next one started within 2 minutes               %d" % len(prompt))
    print("once red or unmergeable                           %d" % len(ejected))
    print("  enqueued again                                  %d" % len(again))
    print("  red in the last group seen                      %d" % len(last_red))
    print("  either                                          %d" % len(again | last_red))


if __name__ == "__main__":
    main()
