#!/usr/bin/env bash
# checks_test.sh TREE PROGRAM CASE: checks that never report, runs that hang, alike jobs; one case, in a folder of its own.
set -uo pipefail

program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# What was printed as one line, in the file told.
told() { tr -s ' \n' '  ' <stdout >told; }

# A required check that nobody runs for the queue: what is said of it, with a limit and without.
case_lost() {
    cat >lost.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "5m"}}},
 "jobs": {"test": {"duration": "8m"}, "contract": {"duration": "1m", "timeout": "5m", "never_reports": "100%"}},
 "strategy": "github"}
END
    run 0 run lost.json --no-progress
    told; says told "ran into github's time limit of 1 h (/strategy/timeout)."
    run 0 explain a lost.json
    told; says told "contract of a waits: never scheduled, so nobody will hear of it."
    told; says told "contract of a runs into the time limit"
    run 0 run lost.json --strategy zuul --no-progress
    told; says told "a, b, because nobody will ever hear of contract of a, and no time limit ends that"
    told; says told "Runs of contract that never report are waited for, for ever: zuul has no time limit (/jobs/contract/never_reports)."
    run 0 run lost.json --strategy zuul --no-progress --out kept
    says kept/waits.csv unreported
}

# A run that hangs keeps its node; the job's timeout or a limit ends it, or nothing does.
case_hang() {
    cat >hang.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s", "jobs": {"ci": {"hangs_on_run": [0]}}}, "b": {"enqueue_at": "5m"}}},
 "jobs": {"ci": {"duration": "8m"}}, "pools": {"default": {"nodes": 1}}, "strategy": "github"}
END
    run 0 explain b hang.json
    says stdout "ci"
    run 0 run hang.json --no-progress
    told; says told "ran into github's time limit of 1 h (/strategy/timeout)."
    run 0 run hang.json --strategy zuul --no-progress
    told; says told "because ci of a hangs, and no time limit ends that"
    told; says told "Runs of ci that hang are waited for, for ever: zuul has no time limit, nor has the job (hangs_on_run of a listed change)."
    run 0 run hang.json --strategy zuul --set /jobs/ci/timeout=20m --no-progress
    told; says_not told "no time limit"
}

# Alike jobs give the bytes of those that one would write by hand.
case_shards() {
    local load='"load": {"arrivals": {"rate": "6/h", "hours": "always"}}, "period": {"length": "2d"}, "pools": {"default": {"nodes": 9}},
      "failures": {"defect": "10%"}, "strategy": "github"'
    local shard='"duration": {"dist": "lognormal", "mean": "7m", "cv": 0.4}, "flake": "2%", "hangs": "0.2%", "needs": ["build"]'
    cat >one.json <<END
{$load, "jobs": {"build": {"duration": "3m"}, "shard": {"count": 3, $shard}, "end": {"duration": "1m", "needs": ["shard"]}}}
END
    cat >hand.json <<END
{$load, "jobs": {"build": {"duration": "3m"}, "shard-1": {$shard}, "shard-2": {$shard}, "shard-3": {$shard},
  "end": {"duration": "1m", "needs": ["shard-1", "shard-2", "shard-3"]}}}
END
    run 0 run one.json --no-progress --out one --replications 2 --events
    run 0 run hand.json --no-progress --out hand --replications 2 --events
    local table
    for table in one/*.csv one/events.jsonl; do
        cmp "$table" "hand/${table#one/}" >stdout 2>&1 || fail "$table differs"
    done
    says one/builds.csv shard-2
    run 2 run one.json --set '/timeline=[{"at": "1h", "set": {"/jobs/shrad/flake": "4%"}}]'
    says stderr 'there is no job "shrad"'
}

"case_$3"
