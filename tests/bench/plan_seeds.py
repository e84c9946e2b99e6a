#!/usr/bin/env python3
"""plan_seeds.py GATESIM SCENARIO FIRST LAST [ARGUMENT...]: how often a whole plan of gatesim is wrong.

Plans 40 to 60 nodes for a p95 wait of at most 5 minutes with the seeds FIRST to LAST, and prints a row a seed: the
answer, whether 49 is excluded, what is undecided, replications and seconds of processor time; at last how many answers
are not 50. The scenario is one pool with 40 changes an hour and one job of an hour (exponential), steady for 20 days;
the truth is 50 (bench_plan says why). What it printed before is not run again: give it the file to append to by >>.
"""
import json
import resource
import subprocess
import sys
import tempfile

POINTER = "/pools/default/nodes"


def plan(program, scenario, seed, more):
    with tempfile.TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [program, "plan", scenario, "--promise", "node_wait_s.p95 <= 5m", "--over", POINTER + "=40..60", "--seed", str(seed),
             "--json", "--quiet", "--no-progress", "--out", folder + "/out"] + more, stdout=subprocess.PIPE, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(done.stdout), used


def main():
    program, scenario, first, last = sys.argv[1:5]
    wrong = excluded = studies = 0
    seconds = []
    for seed in range(int(first), int(last) + 1):
        said, used = plan(program, scenario, seed, sys.argv[5:])
        answer = said["answer"][POINTER] if said["answer"] else None
        out = [e["at"][POINTER] for e in said["excluded"]]
        studies += 1
        wrong += answer != 50
        excluded += 49 in out
        seconds.append(used)
        print(seed, answer, out, [u[POINTER] for u in said["undecided"]], said["runs"], f"{used:.1f}", flush=True)
    print(f"{studies} plans: {wrong} wrong, 49 excluded in {excluded}, {sum(seconds) / studies:.1f} s of processor time on average, "
          f"{max(seconds):.1f} at most")
    return 0 if 10 * wrong < studies else 1


if __name__ == "__main__":
    sys.exit(main())
