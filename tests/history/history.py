#!/usr/bin/env python3
"""Two histories through import, infer and validate: learnt from one part of the time, tested on the rest.

usage: history.py GATESIM CHECKOUT releng|july|conditional [SEED...]
The tables are not part of the project: GATESIM_DATA names their folder, else ../shared/data beside the checkout is tried.
Without them the answer is 77, "skipped". The bounds are those that sim/TRUST.md has figures for; each can fail.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

FAULTS = []


def data_folder(checkout, *tables):
    folder = pathlib.Path(os.environ.get("GATESIM_DATA") or checkout / ".." / "shared" / "data")
    missing = [table for table in tables if not (folder / table).is_file()]
    if missing:
        print(f"skipped: no {missing[0]} in {folder}; set GATESIM_DATA to the folder of the source tables")
        sys.exit(77)
    return folder


def call(*words, code=0):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode != code:
        sys.exit(f"{' '.join(map(str, words))}: {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
    return done.stdout


def holds(what, value, low, high):
    print(f"{what:44} {value:10.4g}   {low} to {high}")
    if not low <= value <= high:
        FAULTS.append(f"{what} is {value}, not from {low} to {high}")


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def releng(gatesim, checkout, folder, seeds):
    data = data_folder(checkout, "gerrit_releng_events.csv.gz")
    call(sys.executable, checkout / "tools/importers/releng_tables.py", data, folder / "tables", "--events",
         folder / "events.jsonl")
    call(gatesim, "import", "csv", folder / "tables", "--names", "keep", "--out", folder / "releng", "-q")
    # The importer of Gerrit sees the same tests in the same events: every run with a verdict that somebody asked for.
    call(gatesim, "import", "gerrit", folder / "events.jsonl", "--names", "keep", "--out", folder / "gerrit", "-q")
    ours = rows_of(folder / "releng/runs.csv")
    ends = {(row["ended"], row["result"]) for row in rows_of(folder / "gerrit/runs.csv")}
    decided = [row for row in ours if row["ended"]]
    holds("tests of patch sets", len(ours), 1242, 1242)
    holds("verdicts that import gerrit has as well", sum((r["ended"], r["result"]) in ends for r in decided) / len(decided),
          1, 1)
    train = "2017-06-01..2018-04-01"
    call(gatesim, "infer", folder / "releng", "--strategy", "chromium-cq", "--train", train, "-q")
    for seed in seeds:
        # Nobody waits for anybody, and that is what it says: nearer than the trivial models, but not beyond chance.
        found = json.loads(call(gatesim, "validate", folder / "releng", "--train", train, "--seed", seed, "--variant",
                                "one-at-a-time:/strategy/window=1", "--json", "--no-progress", code=1))
        test, trivial = found["test"], found["trivial"]
        holds("queue, mean", test["queue_mean_seen"], 0.02, 0.04)
        holds("queue, mean absolute error over trivial", test["queue_mae"] / test["trivial_mae"], 0.7, 1)
        holds("departures within 30 min", test["departures_within_30min"], 0.97, 1)
        holds("instants in the 90 % band", test["band_cover"], 0.98, 1)
        holds("departures in the 90 % interval", test["departures_interval_met"], 0.82, 0.92)
        holds("its width, min", test["departures_interval_width_s"] / 60, 4, 9)
        holds("lengths off over M/G/inf", test["length_crps"] / trivial["free_stays"]["test_length_crps"], 0.93, 1.0)
        holds("lengths off over constant stays", test["length_crps"] / trivial["constant_stay"]["test_length_crps"], 0.6, 0.8)
        tried = {one["label"]: one for one in found["strategies"]}
        holds("error of one at a time over the model's",
              tried["one-at-a-time"]["train_mae"] / tried["as the scenario has it"]["train_mae"], 1.2, 2)


def july(gatesim, checkout, folder, seeds):
    data = data_folder(checkout, "openstack_merges_2012_2014.csv.gz", "openstack_gate_layout.csv.gz")
    call(sys.executable, checkout / "tools/importers/july_2013.py", data, checkout / "scenarios/bootcamp-2013/scenario.json",
         folder / "tables")
    call(gatesim, "import", "csv", folder / "tables", "--names", "keep", "--out", folder / "july", "-q")
    parts = ["--train", "2013-05-01..2013-07-01", "--test", "2013-07-01..2013-08-01"]
    call(gatesim, "infer", folder / "july", "--strategy", "zuul", *parts[:2], "-q")
    for seed in seeds:
        for name, scenario, off in (("recorded jobs", folder / "tables/scenario.json", (0.31, 0.40)),
                                    ("inferred", folder / "july/scenario.json", (0.42, 0.52))):
            # More changes land and bursts are larger than without a gate; but an hour of May or June, again, has bursts
            # that approvals, drawn one by one, do not make.
            found = json.loads(call(gatesim, "validate", folder / "july", "--scenario", scenario, *parts, "--seed", seed,
                                    "--json", "--no-progress", code=1))
            test, figures = found["test"], found["test"]["figures"]
            holds(f"{name}: off", test["off"], *off)
            holds(f"{name}: off, without uploads", test["off_without_uploads"], test["hours_again_off"], 0.7)
            for figure, low, high in (("landings_a_day", 0.93, 1.0), ("busiest_day", 0.85, 1.0), ("dispersion", 0.6, 0.85),
                                      ("gap_p75", 0.9, 1.1), ("gap_p95", 0.8, 1.0), ("within_a_day", 1.0, 1.1),
                                      ("fastest_of_day", 0.7, 0.9), ("p5_of_day", 0.85, 1.1),
                                      ("upload_to_landing_p50", 0.74, 0.84)):
                holds(f"{name}: {figure}, said over seen", figures[figure]["model"]["median"] / figures[figure]["seen"], low,
                      high)
            if name == "inferred":
                continue
            holds(f"{name}: off over no gate", test["off"] / test["no_gate_off"], 0.65, 0.85)
            holds(f"{name}: burst share", figures["burst_share"]["model"]["median"], 0.34, 0.44)
            holds(f"{name}: burst share without a gate", figures["burst_share"]["no_gate"]["median"], 0.08, 0.18)


def bursts(times):
    sizes = [1]
    for before, after in zip(times, times[1:]):
        if after - before <= 120:
            sizes[-1] += 1
        else:
            sizes.append(1)
    return sizes


def conditional(gatesim, checkout, folder, seeds):
    data = data_folder(checkout, "openstack_merges_2012_2014.csv.gz", "openstack_gate_layout.csv.gz")
    call(sys.executable, checkout / "tools/importers/july_2013.py", data, checkout / "scenarios/bootcamp-2013/scenario.json",
         folder / "tables")
    scenario = folder / "tables/conditional"
    exact = {f'{row["project"]}/{row["change"]}/{row["branch"]}': at
             for at, row in enumerate(rows_of(scenario / "observed.csv")) if row["time_kind"] != "interval"}
    for seed in seeds:
        out = folder / f"run-{seed}"
        call(gatesim, "run", scenario, "--seed", seed, "--replications", 5, "--tables", "all", "--out", out, "-q")
        shares, neighbours, means, in_bursts = [], [], [], []
        for replication in range(1, 6):
            landed = sorted((float(row["left_s"]), exact[row["change"]]) for row in rows_of_replication(out, replication)
                            if row["outcome"] == "landed" and row["change"] in exact)
            order = [at for _, at in landed]
            pairs = sum(a < b for i, a in enumerate(order) for b in order[i + 1:])
            shares.append(2 * pairs / (len(order) * (len(order) - 1)))
            place = {at: i for i, at in enumerate(order)}
            seen = sorted(place)
            neighbours.append(sum(place[a] < place[b] for a, b in zip(seen, seen[1:])) / (len(seen) - 1))
            sizes = bursts([at for at, _ in landed])
            means.append(len(landed) / len(sizes))
            in_bursts.append(sum(size for size in sizes if size > 1) / len(landed))
        mean = lambda values: sum(values) / len(values)
        holds("landings with an exact time", len(exact), 1188, 1188)
        holds("pairs that land in the same order", mean(shares), 0.995, 1)
        holds("neighbours in the same order (no gate: 0.74)", mean(neighbours), 0.92, 0.97)
        holds("mean burst (seen: 1.65; no gate: 1.20)", mean(means), 1.55, 1.70)
        holds("share in bursts (seen: 0.59; no gate: 0.28)", mean(in_bursts), 0.55, 0.62)


def rows_of_replication(out, replication):
    return [row for row in rows_of(out / "stays.csv") if int(row["replication"]) == replication]


def main():
    gatesim, checkout, case = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
    with tempfile.TemporaryDirectory() as folder:
        {"releng": releng, "july": july, "conditional": conditional}[case](gatesim, checkout, pathlib.Path(folder),
                                                                         sys.argv[4:] or ["1"])
    if FAULTS:
        sys.exit("\n".join(FAULTS))


if __name__ == "__main__":
    main()
