#!/usr/bin/env bash
# zoo_test.sh TREE PROGRAM CASE: a program that has bad strategies in it; what a broken contract looks like to its user.
set -uo pipefail

program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
left_only() { [[ $(ls -A | sort | tr '\n' ' ') == "$1 " ]] || fail "left in the folder: $(ls -A | tr '\n' ' ')"; }

cat >small.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "1m", "breaks": ["unit"]}}},
 "jobs": {"unit": {"duration": "9m"}, "full": {"duration": "20m"}}}
END
own='small.json stderr stdout'

case_broken_contract() {
    for engine in simgrid heap; do
        run 3 run small.json --strategy zoo-lands-untested --out out --json --engine "$engine"
        [[ ! -s stdout ]] || fail "half a result was printed"
        says stderr 'gatesim run: replication 1: '
        says stderr 'change a in queue'
        says stderr 'last events:'
        says stderr '0 s  enqueued a'
        says stderr "again: gatesim run small.json --seed 1 --replications 1 --strategy zoo-lands-untested"
        left_only "$own"
    done
    # The line that is printed repeats it.
    local line
    line=$(sed -n 's/^ *again: gatesim //p' stderr)
    cp stderr first
    eval "set -- $line"
    run 3 "$@" --out out
    cmp -s first stderr || fail "the printed line says something else"
    rm first
    left_only "$own"
}

# Side by side: harmless until two changes are tested at once, which only some replications have.
case_broken_in_one_of_many() {
    cat >many.json <<'END'
{"period": {"length": "1d"}, "load": {"arrivals": {"rate": "6/day"}}, "jobs": {"unit": {"duration": "20m"}}}
END
    run 3 run many.json --strategy zoo-lands-side-by-side --replications 40 --out new/deep --jobs 2
    says stderr 'gatesim run: replication '
    says stderr 'last events:'
    [[ ! -e new/deep ]] || fail "a run directory was left"
    [[ -z $(find . -name '*partial*') ]] || fail "a half-written folder was left: $(find . -name '*partial*')"
}

# Strategies that never decide, or never stop.
case_broken_endless() {
    run 3 run small.json --strategy zoo-does-nothing --out out
    says stderr '2 changes were never decided, although nothing is left to happen: '
    left_only "$own"
    run 3 run small.json --strategy zoo-never-settles --out out
    says stderr 'last events:'
    says stderr '--strategy zoo-never-settles'
    left_only "$own"
    run 3 run small.json --strategy zoo-tries-until-it-passes --out out
    says stderr 'last events:'
    left_only "$own"
}

# What an earlier run left stays whole.
case_broken_keeps_files() {
    run 0 run small.json --out out
    find out -type f -exec md5sum {} + | sort >before
    run 3 run small.json --strategy zoo-lands-untested --out out --tables all --events
    find out -type f -exec md5sum {} + | sort | cmp -s before - || fail "the earlier run's files changed"
    [[ -z $(find . -name '*partial*') ]] || fail "a half-written folder was left"
}

# Nobody's fault: one node, two jobs; one holds the node and waits for what the other holds.
case_stuck() {
    cat >stuck.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s"}}},
 "jobs": {"first": {"duration": "9m", "semaphore": {"name": "lock", "resources_first": true}},
          "second": {"duration": "9m", "semaphore": "lock"}},
 "pools": {"default": {"nodes": 1}}}
END
    run 0 run stuck.json --out out --json
    says stdout '"code": "stuck"'
    says stdout 'through no fault of the strategy: a'
    says out/summary.json '"code": "stuck"'
    says out/summary.txt 'through no fault of the'
    run 0 run stuck.json --out out
    says stdout 'through no fault of the'
    run 0 run small.json --out fine --json
    ! grep -q '"stuck"' stdout || fail "nothing is stuck there"
}

"case_$3"
