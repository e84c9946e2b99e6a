#!/usr/bin/env python3
"""Re-tabulates OpenStack's shared gate queue of spring and summer 2013 as entries.csv, with a scenario of its jobs.

Usage: july_2013.py DATA_FOLDER BOOTCAMP_SCENARIO OUT_FOLDER

Reads   openstack_merges_2012_2014.csv.gz   one row a landed change
        openstack_gate_layout.csv.gz        who runs which gate job, June 2013
        BOOTCAMP_SCENARIO                   scenarios/bootcamp-2013/scenario.json: jobs, durations, machines and rule
Writes  entries.csv      changes of the shared queue whose last patch set was uploaded from 15 March to 31 July 2013: when it
                         was uploaded, and when it landed. When a change came into the queue is not recorded: empty.
        scenario.json    that scenario for all projects of these months
        conditional/     July's landings again, each enqueued its week's floor before it landed, with observed.csv
and prints what it counted. Same input, same bytes. Only the standard library is used.
"""

import collections
import csv
import datetime
import gzip
import json
import os
import sys


def day(year, month, number):
    return int(datetime.datetime(year, month, number, tzinfo=datetime.timezone.utc).timestamp())


FIRST, LAST = day(2013, 3, 15), day(2013, 8, 1)
JULY = day(2013, 7, 1)
WEEK = 7 * 86400
LAYOUT_DATE = "2013-06-25"
JOBS = "gate-tempest-devstack-vm-full"  # who runs it has the template devstack


def read_table(folder, name):
    with gzip.open(os.path.join(folder, name), "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def iso(unix_seconds):
    return datetime.datetime.fromtimestamp(int(unix_seconds), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def rows_of(merges):
    rows = [row for row in merges if row["shared_queue"] == "1" and FIRST <= int(row["uploaded"]) < LAST]
    rows.sort(key=lambda row: (int(row["uploaded"]), row["project"], row["change"], row["branch"]))
    nameless = 0
    for row in rows:
        if not row["change"]:
            nameless += 1
            row["change"] = f"no-id-{nameless}"
    return rows


def write_csv(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def entry(number, row):
    exact = row["time_kind"] != "interval"
    times = [row["landed"], "", ""] if exact else ["", row["landed_lo"], row["landed_hi"]]
    return [number, row["change"], row["project"], row["branch"], "" if row["author"] == "0" else row["author"], "",
            *(time and iso(time) for time in times), "landed", iso(row["uploaded"])]


def scenario_of(path, layout, projects, start):
    """The bootcamp's, for these projects: those that it does not have run what the layout of June says of their kind."""
    with open(path, encoding="utf-8") as file:
        scenario = json.load(file)
    integrated = {row["project"].split("/")[-1] for row in layout
                  if row["date"] == LAYOUT_DATE and row["pipeline"] == "gate" and row["job"] == JOBS}
    for project in sorted(projects - scenario["projects"].keys()):
        scenario["projects"][project] = {"templates": ["python"] + (["devstack"] if project in integrated else [])}
    scenario.update({
        "title": "OpenStack's shared gate queue, spring and summer 2013",
        "notes": "Made by tools/importers/july_2013.py from scenarios/bootcamp-2013, whose notes say where the numbers are from.",
        "period": {"kind": "terminating", "start": start, "timezone": "UTC"}})
    del scenario["observed"], scenario["replications"], scenario["$schema"]
    return scenario


def floors(rows):
    """By week: how long the gate took at least. The fastest change was tested twice, by check and by the gate."""
    fastest = {}
    for row in rows:
        if row["time_kind"] == "interval" or int(row["landed"]) <= int(row["uploaded"]):
            continue
        week = (int(row["landed"]) - JULY) // WEEK
        fastest.setdefault(week, []).append(int(row["landed"]) - int(row["uploaded"]))
    return {week: sorted(times)[len(times) // 100] // 2 for week, times in fastest.items()}


def write_conditional(out, merges, scenario):
    rows = [row for row in merges if row["shared_queue"] == "1" and JULY <= int(row["landed"]) < LAST]
    rows.sort(key=lambda row: (int(row["landed"]), int(row["series_pos"])))
    floor, nameless, load, observed = floors(rows), 0, [], []
    for row in rows:
        if not row["change"]:
            nameless += 1
        change = row["change"] or f"no-id-{nameless}"
        enqueued = int(row["landed"]) - floor[(int(row["landed"]) - JULY) // WEEK]
        load.append([row["project"], row["branch"], change, row["author"], iso(row["uploaded"]), iso(enqueued), row["kind"]])
        observed.append([row["project"], row["branch"], change, iso(row["landed"]), row["time_kind"],
                         row["landed_lo"] and iso(row["landed_lo"]), row["landed_hi"] and iso(row["landed_hi"])])
    os.makedirs(out, exist_ok=True)
    write_csv(os.path.join(out, "load.csv"), ["project", "branch", "change", "author", "uploaded", "enqueued", "kind"], load)
    write_csv(os.path.join(out, "observed.csv"),
              ["project", "branch", "change", "landed", "time_kind", "landed_lo", "landed_hi"], observed)
    rule = scenario["strategy"]
    replay = {**scenario, "period": {"kind": "terminating", "start": "2013-06-30T00:00Z", "timezone": "UTC"},
              "load": {**scenario["load"], "replay": {"file": "load.csv", "link_series": False}},
              "observed": {"file": "observed.csv",
                           "rules": {"cancel-behind": rule, "nearest-non-failing": {**rule, "on_failure": "nearest-non-failing"}}}}
    with open(os.path.join(out, "scenario.json"), "w", encoding="utf-8") as file:
        json.dump(replay, file, indent=2)
        file.write("\n")
    return {week: round(seconds / 60) for week, seconds in sorted(floor.items())}, len(rows)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    data, bootcamp, out = sys.argv[1:]
    merges = read_table(data, "openstack_merges_2012_2014.csv.gz")
    rows = rows_of(merges)
    os.makedirs(out, exist_ok=True)
    write_csv(os.path.join(out, "entries.csv"),
              ["entry", "change", "project", "branch", "author", "enqueued", "left", "left_lo", "left_hi", "outcome", "uploaded"],
              [entry(number, row) for number, row in enumerate(rows, 1)])
    scenario = scenario_of(bootcamp, read_table(data, "openstack_gate_layout.csv.gz"), {row["project"] for row in rows},
                           "2013-03-15T00:00Z")
    scenario["load"]["replay"] = {"file": "entries.csv", "stays_apart": True, "enqueue": {"from": "landed", "minus": "54m"}}
    with open(os.path.join(out, "scenario.json"), "w", encoding="utf-8") as file:
        json.dump(scenario, file, indent=2)
        file.write("\n")
    floor, landed = write_conditional(os.path.join(out, "conditional"), merges, scenario)
    kinds = collections.Counter(row["time_kind"] for row in rows)
    print(f"{len(rows)} changes of {len({row['project'] for row in rows})} projects: "
          + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
    print(f"conditional: {landed} landings of July; floor by week, min: " + ", ".join(map(str, floor.values())))


if __name__ == "__main__":
    main()
