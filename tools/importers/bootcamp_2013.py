#!/usr/bin/env python3
"""Re-tabulates one week of OpenStack's shared gate queue (24-30 June 2013) as a gatesim load.

Usage: bootcamp_2013.py DATA_FOLDER OUT_FOLDER

Reads   openstack_merges_havana.csv.gz   one row a landed change
        openstack_gate_layout.csv.gz     project x pipeline x job, with branches, files and votes
Writes  load.csv       one row an enqueue, in gatesim's load-file format
        observed.csv   when each change really landed, and how well that time is known
        jobs.csv       which gate job ran for which project, branch and kind of change
and prints what it counted. Same input, same bytes. Only the standard library is used; running a simulation needs neither
this script nor the tables that it reads.
"""

import csv
import datetime
import gzip
import io
import os
import sys

WEEK_START = datetime.datetime(2013, 6, 24, tzinfo=datetime.timezone.utc)
WEEK_END = WEEK_START + datetime.timedelta(days=7)
LAYOUT_DATE = "2013-06-25"

# The layout's names, without the project in them, and ours. What is not listed keeps its name.
JOB_NAMES = {
    "gate-tempest-devstack-vm-smoke": "tempest-smoke",
    "gate-tempest-devstack-vm-full": "tempest-full",
    "gate-tempest-devstack-vm-cinder": "tempest-cinder",
    "gate-tempest-devstack-vm-postgres-full": "tempest-postgres-full",
    "gate-tempest-devstack-vm-quantum": "tempest-quantum",
    "gate-tempest-devstack-vm-quantum-full": "tempest-quantum-full",
    "gate-grenade-devstack-vm": "grenade",
}


def read_table(folder, name):
    with gzip.open(os.path.join(folder, name), "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def iso(unix_seconds):
    moment = datetime.datetime.fromtimestamp(int(unix_seconds), datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def rows_of_the_week(merges):
    """Landings of nova's shared queue in the week, in order of landing (ties: a parent before its child)."""
    rows = [
        row for row in merges
        if row["shared_queue"] == "1" and WEEK_START.timestamp() <= int(row["landed"]) < WEEK_END.timestamp()
    ]
    rows.sort(key=lambda row: (int(row["landed"]), int(row["series_pos"])))
    nameless = 0
    for row in rows:
        if not row["change"]:
            nameless += 1
            row["change"] = f"no-id-{nameless}"
    keys = {(row["project"], row["change"], row["branch"]) for row in rows}
    if len(keys) != len(rows):
        sys.exit("two rows have the same project, change and branch: they cannot be told apart")
    return rows


def link_series(rows):
    """Gives every row row["series"]: the change at the bottom of its stack, or "". A stack is a line.

    The source says only that a change was the n-th of a stack when it was last uploaded. Its parent is taken to be the n-1-th
    by the same author, in the same project and branch, that was uploaded before it, landed between this one's upload and
    landing, and is on top of its stack; the latest such upload wins (ties: the latest landing).
    """
    for row in rows:
        row["series"] = ""
    has_child, unlinked = set(), []
    stacked = [row for row in rows if int(row["series_pos"]) > 0]
    stacked.sort(key=lambda row: (int(row["series_pos"]), int(row["uploaded"]), int(row["landed"])))
    for row in stacked:
        def may_be_parent(other):
            return (all(other[key] == row[key] for key in ("author", "project", "branch"))
                    and int(other["series_pos"]) == int(row["series_pos"]) - 1
                    and int(other["uploaded"]) <= int(row["uploaded"]) < int(other["landed"]) <= int(row["landed"])
                    and id(other) not in has_child)

        candidates = [other for other in rows if may_be_parent(other)]
        if not candidates:
            unlinked.append(row)
            continue
        parent = max(candidates, key=lambda other: (int(other["uploaded"]), int(other["landed"])))
        has_child.add(id(parent))
        parent["series"] = parent["series"] or parent["change"]
        row["series"] = parent["series"]
    return len(stacked) - len(unlinked), unlinked


def gate_jobs(layout, projects):
    """(project, our job, the layout's job, voting, branch_regex, files_regex, kinds) per gate job, in the layout's order."""
    def ours(project_name, job):
        if job in JOB_NAMES:
            return JOB_NAMES[job]
        prefix = f"gate-{project_name}-"
        return job[len(prefix):] if job.startswith(prefix) else job

    table = {}
    for row in layout:
        if row["date"] != LAYOUT_DATE or row["pipeline"] != "gate":
            continue
        then = row["project"].split("/")[-1]
        now = then.replace("quantum", "neutron")  # the load calls the project by its later name
        if now not in projects:
            continue
        # Paths are not recorded. The only file matcher of these projects asks for requirements files: kind req.
        kinds = "req" if row["files_regex"] else ""
        table.setdefault(now, []).append(
            (now, ours(then, row["job"]), row["job"], row["voting"], row["branch_regex"], row["files_regex"], kinds))
    return table


def write_csv(path, comments, header, rows):
    text = io.StringIO()
    for comment in comments:
        text.write(f"# {comment}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(text.getvalue())


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    data, out = sys.argv[1:]
    rows = rows_of_the_week(read_table(data, "openstack_merges_havana.csv.gz"))
    linked, unlinked = link_series(rows)
    projects = sorted({row["project"] for row in rows})
    jobs = gate_jobs(read_table(data, "openstack_gate_layout.csv.gz"), projects)
    os.makedirs(out, exist_ok=True)
    week = f"{WEEK_START:%Y-%m-%d} to {WEEK_END - datetime.timedelta(days=1):%Y-%m-%d}, UTC"
    write_csv(
        os.path.join(out, "load.csv"),
        [f"OpenStack's shared gate queue (the one with nova), {week}.",
         "From git histories of the projects (Apache-2.0); table openstack_merges_havana, shared_queue = 1, by tools/importers."],
        ["project", "branch", "change", "patchset", "author", "uploaded", "enqueued", "landed", "depends_on", "series",
         "kind", "files", "lines", "paths"],
        [[row["project"], row["branch"], row["change"], "", row["author"], iso(row["uploaded"]), "", iso(row["landed"]),
          "", row["series"], row["kind"], row["files"], int(row["lines_added"]) + int(row["lines_deleted"]), ""]
         for row in rows])
    write_csv(
        os.path.join(out, "observed.csv"),
        [f"When the changes of load.csv really landed, {week}.",
         "exact: date of the merge commit. interval: fast-forwarded, only the two bounds are known and landed is an estimate."],
        ["project", "branch", "change", "landed", "time_kind", "landed_lo", "landed_hi"],
        [[row["project"], row["branch"], row["change"], iso(row["landed"]), row["time_kind"],
          row["landed_lo"] and iso(row["landed_lo"]), row["landed_hi"] and iso(row["landed_hi"])] for row in rows])
    write_csv(
        os.path.join(out, "jobs.csv"),
        [f"Gate jobs of the projects in load.csv, layout of {LAYOUT_DATE} (table openstack_gate_layout).",
         "job: the name in scenario.json. kinds: what stands for files_regex there, since paths are not recorded."],
        ["project", "job", "layout_job", "voting", "branch_regex", "files_regex", "kinds"],
        [job for project in projects for job in jobs.get(project, [])])

    exact = sum(row["time_kind"] == "exact" for row in rows)
    people = len({row["author"] for row in rows} - {"0"})
    print(f"{len(rows)} landings of {len(projects)} projects by {people} people; {exact} with an exact time; "
          f"{sum(row['branch'] != 'master' for row in rows)} on stable branches")
    print(f"{linked} of {linked + len(unlinked)} stacked changes linked to their parent; not linked: "
          + (", ".join(f"{row['project']}/{row['change']}" for row in unlinked) or "none"))
    missing = [project for project in projects if project not in jobs]
    print("projects without recorded jobs: " + (", ".join(missing) or "none"))


if __name__ == "__main__":
    main()
